//! Owns the one command a table becomes.

use super::{Found, Meaning, Mode, Read, Table, Taking};
use shapan_engine::{
    Basis, BasisKind, Census, Command, Extra, Headcount, Lang, Norms, Parameter, Plan, Population,
    PopulationId, Region, RegionId, SchoolSystem, Stage, Text, Year, fresh_id,
};
use std::collections::BTreeMap;

/// The rows that were read, as one command; `None` where they bring nothing. `by_hand` makes the
/// basis of counts that were replaced out of the one they had.
pub fn command(
    plan: &Plan,
    table: &Table,
    taking: &Taking,
    rows: &[Read],
    lang: Lang,
    by_hand: &dyn Fn(&Basis) -> Basis,
) -> Option<Command> {
    let mut commands = Vec::new();
    let mut regions: BTreeMap<&str, RegionId> = BTreeMap::new();
    let mut ids: Vec<RegionId> = plan.regions.iter().map(|r| r.id.clone()).collect();
    for read in rows {
        let Found::New(name) = &read.region else { continue };
        if regions.contains_key(name.as_str()) {
            continue;
        }
        let id: RegionId = fresh_id("region", |id| ids.contains(id))?;
        let name_of = Text::new(lang, name).ok()?;
        let (system, extra) = (SchoolSystem::default(), Extra::default());
        let region = Region { id: id.clone(), name: name_of, system, extra };
        commands.push(Command::Put(region.into()));
        ids.push(id.clone());
        regions.insert(name, id);
    }
    let mut populations: Vec<PopulationId> =
        plan.populations.iter().map(|p| p.id.clone()).collect();
    for (column, meaning) in taking.columns.iter().map(|c| &c.meaning).enumerate() {
        let found = match meaning {
            Meaning::Heads(id) => plan.populations.iter().find(|p| p.id == *id).cloned(),
            Meaning::NewPopulation(stage) => {
                let id: PopulationId = fresh_id("population", |id| populations.contains(id))?;
                populations.push(id.clone());
                fresh(id, table.cell(taking.head, column), *stage, lang)
            }
            _ => None,
        };
        let Some(mut population) = found else { continue };
        let before = population.clone();
        for read in rows {
            let region = match &read.region {
                Found::Known(id) => Some(id),
                Found::New(name) => regions.get(name.as_str()),
            };
            if let (Some(heads), Some(region)) = (read.heads.get(&column), region) {
                put(&mut population, region, (read.year, *heads), taking.mode, by_hand);
            }
        }
        let is_new = !plan.populations.iter().any(|p| p.id == population.id);
        let has_heads = matches!(&population.headcount,
            Headcount::Counted { censuses, .. } if !censuses.is_empty());
        if population != before || (is_new && has_heads) {
            commands.push(Command::Put(population.into()));
        }
    }
    (!commands.is_empty()).then_some(Command::Together(commands))
}

/// A population that nobody has counted yet.
fn fresh(id: PopulationId, name: &str, stage: Stage, lang: Lang) -> Option<Population> {
    Some(Population {
        id,
        name: Text::new(lang, name).ok()?,
        stage,
        headcount: Headcount::Counted {
            censuses: Vec::new(),
            growth: Parameter::default(),
            basis: Basis { kind: BasisKind::Entered, ..Basis::default() },
        },
        norms: Norms::default(),
        extra: Extra::default(),
    })
}

/// Counts a region's heads in an autumn.
fn put(
    population: &mut Population,
    region: &RegionId,
    (year, count): (Year, i64),
    mode: Mode,
    by_hand: &dyn Fn(&Basis) -> Basis,
) {
    let Headcount::Counted { censuses, basis, .. } = &mut population.headcount else { return };
    let place = censuses.partition_point(|census| census.year < year);
    let is_there = censuses.get(place).is_some_and(|census| census.year == year);
    if !is_there {
        // Starts where the census before left off, as one that is added by hand.
        let before = place.checked_sub(1).map(|before| censuses[before].heads.clone());
        censuses.insert(place, Census { year, heads: before.unwrap_or_default() });
    }
    let heads = &mut censuses[place].heads;
    let stays = is_there && mode == Mode::Add && heads.contains_key(region);
    if !stays && heads.insert(region.clone(), count) != Some(count) {
        *basis = by_hand(basis); // the citation was of other numbers
    }
}
