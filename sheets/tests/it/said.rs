//! What a table comes to, as lines of words, so that tests say it as a reader would.
use shapan_engine::{
    Basis, Command, Document, Headcount, Lang, Plan, Population, RegionId, Text, Year, taian_2012,
};
use shapan_sheets::import::sheet::{Cell, Sheet};
use shapan_sheets::import::{Choices, Mode, Place, Reading, Target, When, command, read};
use std::collections::BTreeMap;

/// A sheet out of lines with bars between cells; all of it words, as in a text.
pub fn sheet(text: &str) -> Sheet {
    let cell = |words: &str| match words.trim() {
        "" => Cell::Empty,
        words => Cell::Text(words.to_owned()),
    };
    let cells = text.trim_matches('\n').lines().map(|line| line.split('|').map(cell).collect());
    Sheet { cells: cells.collect(), ..Sheet::default() }
}

pub fn replacing() -> Choices {
    Choices { mode: Some(Mode::Replace), ..Choices::default() }
}

pub fn adding_up() -> Choices {
    Choices { add_up: Some(true), ..replacing() }
}

/// A plan that knows none of the names in a table.
pub fn of_other_places() -> Plan {
    let mut document = Document::new(taian_2012().unwrap());
    for (n, region) in document.plan().regions.clone().into_iter().enumerate() {
        let mut region = region;
        region.name = Text::new(Lang::ZhHans, &format!("某地{n}")).unwrap();
        document.dispatch(Command::Put(region.into()), None).unwrap();
    }
    (**document.plan()).clone()
}

/// What a reading comes to, a line for each change, sorted.
pub fn comes(reading: &Reading) -> Vec<String> {
    let line = |change: &shapan_sheets::import::Change| {
        let target = match &change.target {
            Target::Heads(id) => id.to_string(),
            Target::NewPopulation { name, .. } => format!("new {name}"),
            Target::Parameter(path) => path.to_string(),
            Target::Measure { .. } => "measure".to_owned(),
        };
        let when = match change.when {
            When::Autumn(year) | When::Fiscal(year) => year.to_string(),
            When::From(semester) => semester.to_string(),
        };
        let place = match &change.place {
            Place::Known(id) => id.to_string(),
            Place::New(name) => format!("+{name}"),
            Place::Whole => "*".to_owned(),
        };
        format!("{target} {when} {place} {}", change.new)
    };
    let mut lines: Vec<String> = reading.changes.iter().map(line).collect();
    lines.sort();
    lines
}

/// `primary 2011: taishan 5, daiyue 6; junior 2011: …` as lines of [`comes`].
pub fn expected(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for group in text.split(';').filter(|group| !group.trim().is_empty()) {
        let (head, values) = group.split_once(':').unwrap();
        let (target, year) = head.trim().split_once(' ').unwrap();
        let target = match target {
            "primary" | "junior" | "senior" | "special" => format!("{target}-pupils"),
            "preschool" => "preschool-children".to_owned(),
            "vocational" => "vocational-students".to_owned(),
            other => other.to_owned(),
        };
        lines.extend(values.split(',').map(|value| format!("{target} {year} {}", value.trim())));
    }
    lines.sort();
    lines
}

pub fn heads(population: &Population, year: Year) -> BTreeMap<RegionId, i64> {
    let Headcount::Counted { censuses, .. } = &population.headcount else {
        return BTreeMap::new();
    };
    let census = censuses.iter().find(|census| census.year == year);
    census.map(|census| census.heads.clone()).unwrap_or_default()
}

/// What is carried out is what was shown, and nothing else of what was counted moves.
pub fn carried_out(plan: &Plan, reading: &Reading, name: &str) {
    let by_hand = |basis: &Basis| basis.clone();
    let Some(command) = command(plan, &reading.changes, Lang::ZhHans, &by_hand) else {
        assert!(reading.changes.is_empty(), "{name}");
        return;
    };
    let mut document = Document::new(plan.clone());
    document.dispatch(command, None).unwrap();
    for population in &document.plan().populations {
        let Headcount::Counted { censuses, .. } = &population.headcount else { continue };
        let Some(before) = plan.populations.iter().find(|p| p.id == population.id) else {
            continue;
        };
        for census in censuses {
            let mut wanted = heads(before, census.year);
            let is_new = wanted.is_empty();
            for change in &reading.changes {
                let is_of_it = change.target == Target::Heads(population.id.clone())
                    && change.when == When::Autumn(census.year);
                if let (true, Place::Known(id)) = (is_of_it, &change.place) {
                    assert!(!(change.old.is_some() && is_new), "{name}: old");
                    if !is_new {
                        assert_eq!(wanted.get(id).copied(), change.old, "{name}: old");
                    }
                    wanted.insert(id.clone(), change.new);
                }
            }
            let known = |id: &RegionId| plan.regions.iter().any(|region| region.id == *id);
            for (id, heads) in census.heads.iter().filter(|(id, _)| known(id)) {
                if !is_new || wanted.contains_key(id) {
                    assert_eq!(wanted.get(id), Some(heads), "{name}: {} {id}", population.id);
                }
            }
        }
    }
    // The totals are those of the plan before and after.
    for total in &reading.totals {
        let Target::Heads(id) = &total.target else { continue };
        let When::Autumn(year) = total.when else { continue };
        let population = document.plan().populations.iter().find(|p| p.id == *id).unwrap();
        let sum: i64 = heads(population, year).values().sum();
        assert_eq!(total.after, sum, "{name}: total of {id}");
    }
    assert!(document.undo() && !document.can_undo(), "{name}");
}

pub fn check(plan: &Plan, choices: &Choices, name: &str, table: &str, wanted: &str) {
    let found = read(plan, &sheet(table), choices);
    assert_eq!(comes(&found), expected(wanted), "{name}: {:?} {:?}", found.questions, found.rows);
    carried_out(plan, &found, name);
}
