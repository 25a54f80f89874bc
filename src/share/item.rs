//! Owns how a difference between two plans is written: what it is called, and what each plan
//! says of it, with units.

use crate::names;
use crate::numbers;
use crate::words::{Words, fill};
use shapan_engine::merge::{Count, Key, Numbers, Span, Standing};
use shapan_engine::{
    Census, Entry, Headcount, Lang, ParamPath, Parameter, Plan, Population, PopulationId, RegionId,
    Scenario, ScenarioId, Season, Semester, Step, ThingId, Year,
};

/// Regions whose own values are written out.
const MOST_REGIONS: usize = 4;

/// What an item belongs to, for grouping: a kind's name, and of what has numbers its own.
pub fn group(w: &Words, plans: [&Plan; 2], key: &Key, lang: Lang) -> String {
    match key {
        Key::Scenario(_) | Key::Measure(..) => w.scenario.to_owned(),
        key => match key.thing() {
            None => w.travel.kind_plan.to_owned(),
            Some(id) if !has_numbers(&id) => names::thing_kind(w, &id).to_owned(),
            Some(id) => {
                let named = plans.into_iter().map(|plan| names::thing(plan, &id, lang));
                let name = named.into_iter().find(|name| !name.is_empty());
                format!("{} · {}", names::thing_kind(w, &id), name.unwrap_or_default())
            }
        },
    }
}

fn has_numbers(id: &ThingId) -> bool {
    use ThingId::{Citation, Region, Resource, Task};
    !matches!(id, Citation(_) | Region(_) | Resource(_) | Task(_))
}

/// What an item is called, by whichever plan has it.
pub fn name(w: &Words, plans: [&Plan; 2], key: &Key, lang: Lang) -> String {
    let named = plans.into_iter().filter_map(|plan| name_in(w, plan, key, lang));
    named.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| key.to_string())
}

fn name_in(w: &Words, plan: &Plan, key: &Key, lang: Lang) -> Option<String> {
    let population =
        |id: &PopulationId| Some(names::population(plan, id, lang)).filter(|name| !name.is_empty());
    let parameter =
        |path: &ParamPath| plan.name_of(path).map(|_| names::parameter(w, plan, path, lang));
    Some(match key {
        Key::Name => w.travel.name_and_place.to_owned(),
        Key::Horizon => w.travel.horizon.to_owned(),
        Key::Thing(id) => names::thing(plan, id, lang),
        Key::Parameter(path) => parameter(path)?,
        Key::Number(path, region, span) => {
            let whole = format!("{} {}", parameter(path)?, self::span(w, *span));
            in_region(w, plan, region.as_ref(), &whole, lang)
        }
        Key::Basis(path) => fill(w.travel.basis_of, &[&parameter(path)?]),
        Key::Heads(id, count, region, year) => {
            let population = population(id)?;
            let of = match count {
                Count::Heads => population.to_owned(),
                Count::Grade(n) => {
                    format!("{population} {}", fill(w.data.grade, &[&n.to_string()]))
                }
                Count::Births => fill(w.travel.born, &[population]),
            };
            in_region(w, plan, Some(region), &format!("{of} {year}"), lang)
        }
        Key::Census(id, count, year) => {
            let of = match count {
                Count::Births => fill(w.travel.born, &[population(id)?]),
                Count::Heads | Count::Grade(_) => population(id)?.to_owned(),
            };
            fill(w.travel.census_of, &[&of, &year.to_string()])
        }
        Key::CountBasis(id) => fill(w.travel.basis_of, &[population(id)?]),
        Key::Pupils(id, stage) => {
            let school = names::thing(plan, &ThingId::School(id.clone()), lang);
            format!("{school} {}", names::stage(w, *stage))
        }
        Key::Resource(id, resource) => {
            let school = names::thing(plan, &ThingId::School(id.clone()), lang);
            let resource = names::thing(plan, &ThingId::Resource(resource.clone()), lang);
            format!("{school} {resource}")
        }
        Key::Scenario(id) => fill(w.travel.of_scenario, &[scenario(plan, id)?.name.get(lang)]),
        Key::Measure(of, id) => {
            let scenario = scenario(plan, of)?;
            let measure = scenario.measures.iter().find(|m| m.id == *id)?;
            let names = [measure.title.get(lang), scenario.name.get(lang)];
            fill(w.travel.of_measure, &names)
        }
    })
}

/// A name with its region before it.
fn in_region(w: &Words, plan: &Plan, region: Option<&RegionId>, name: &str, lang: Lang) -> String {
    match region {
        Some(region) => fill(w.travel.of_region, &[names::region(plan, region, lang), name]),
        None => name.to_owned(),
    }
}

/// Semesters on end: as years where they are whole years.
fn span(w: &Words, Span { from, until }: Span) -> String {
    let is_spring = |s: Semester| s.season == Season::Spring;
    match (from, until) {
        (None, None) => w.travel.dates_written.to_owned(),
        (Some(from), None) if is_spring(from) => fill(w.travel.year_on, &[&from.year.to_string()]),
        (Some(from), None) => fill(w.from_semester, &[&names::semester(w, from)]),
        (Some(from), Some(until)) if is_spring(from) && is_spring(until) => {
            let last = until.year.plus(-1);
            if last == from.year { last.to_string() } else { format!("{}–{last}", from.year) }
        }
        (from, Some(until)) => {
            let is_after_autumn = is_spring(until);
            let last =
                if is_after_autumn { until.year.plus(-1).autumn() } else { until.year.spring() };
            let (last, from) = (names::semester(w, last), from.map(|s| names::semester(w, s)));
            match from {
                Some(from) if from != last => fill(w.travel.until_semester, &[&from, &last]),
                _ => last,
            }
        }
    }
}

fn scenario<'p>(plan: &'p Plan, id: &ScenarioId) -> Option<&'p Scenario> {
    plan.scenarios.iter().find(|s| s.id == *id)
}

/// What a plan says of an item; nothing where it does not have it.
pub fn said(w: &Words, plan: &Plan, key: &Key, lang: Lang) -> Option<String> {
    said_by(w, plan, &Numbers::of(plan), key, lang)
}

/// As [`said`], of a plan whose numbers have been looked at before.
pub fn said_by(w: &Words, plan: &Plan, numbers: &Numbers, key: &Key, lang: Lang) -> Option<String> {
    let people = |n: i64| names::with_unit(&numbers::whole(n), w.unit_people);
    let dated = |path: &ParamPath| {
        let mut all = plan.parameters();
        all.find(|(there, _)| there == path).map(|(_, parameter)| parameter)
    };
    match key {
        Key::Name => Some(format!("{} · {}", plan.title.get(lang), plan.place.get(lang))),
        Key::Horizon => {
            let years = [plan.horizon.first().to_string(), plan.horizon.last().to_string()];
            Some(fill(w.years_from_to, &[&years[0], &years[1]]))
        }
        Key::Parameter(path) => dated(path).map(|p| {
            let number = number(w, plan, path, p, lang);
            format!("{number} · {}", names::basis(w, plan, &p.basis, lang))
        }),
        Key::Number(path, region, Span::ALWAYS) => {
            let parameter = dated(path)?;
            let own = region.as_ref().map(|region| parameter.by_region.get(region));
            Some(match own {
                Some(Some(own)) => steps(w, plan, path, lang, own),
                Some(None) => w.programmes.like_others.to_owned(),
                None => steps(w, plan, path, lang, &parameter.steps),
            })
        }
        Key::Number(path, ..) => {
            let value = |v: i64| names::value(w, plan, path, lang, v);
            match numbers.get(key)? {
                Standing::Whole(Some(v)) => Some(fill(w.programmes.as_everywhere, &[&value(v)])),
                reading => reading.value().map(value),
            }
        }
        Key::Heads(..) => match numbers.get(key)? {
            Standing::Projected(n) => Some(fill(w.travel.projected, &[&people(n)])),
            reading => reading.value().map(people),
        },
        Key::Pupils(..) => numbers.get(key)?.value().map(people),
        Key::Resource(_, id) => {
            let resource = plan.resources.iter().find(|r| r.id == *id)?;
            let number = numbers::whole(numbers.get(key)?.value()?);
            Some(names::with_unit(&number, resource.unit.get(lang)))
        }
        Key::Basis(path) => dated(path).map(|p| names::basis(w, plan, &p.basis, lang)),
        Key::CountBasis(id) => {
            let population = plan.populations.iter().find(|p| p.id == *id)?;
            let basis = match &population.headcount {
                Headcount::Counted { basis, .. } => basis,
                Headcount::Cohort(cohort) => &cohort.basis,
                Headcount::ShareOf { .. } => return None,
            };
            Some(names::basis(w, plan, basis, lang))
        }
        Key::Census(id, count, year) => census(plan, id, *count, *year).map(people),
        Key::Thing(id) => thing(w, plan, id, lang),
        Key::Scenario(id) => scenario(plan, id).map(|s| {
            fill(w.travel.scenario_line, &[s.name.get(lang), &s.measures.len().to_string()])
        }),
        Key::Measure(of, id) => {
            let measure = scenario(plan, of)?.measures.iter().find(|m| m.id == *id)?;
            let line = names::measure(w, plan, measure, lang);
            Some(format!("{} · {line}", measure.title.get(lang)))
        }
    }
}

/// Steps with the semesters they begin in; one that always holds without.
fn steps(w: &Words, plan: &Plan, path: &ParamPath, lang: Lang, steps: &[Step]) -> String {
    let step = |s: &Step| {
        let value = names::value(w, plan, path, lang, s.value);
        format!("{value} · {}", fill(w.from_semester, &[&names::semester(w, s.from)]))
    };
    match steps {
        [] => w.travel.not_in_force.to_owned(),
        [only] if only.from <= plan.horizon.start() => {
            names::value(w, plan, path, lang, only.value)
        }
        steps => steps.iter().map(step).collect::<Vec<_>>().join(w.semicolon),
    }
}

/// A dated number: its steps, then what regions have of their own.
fn number(w: &Words, plan: &Plan, path: &ParamPath, p: &Parameter, lang: Lang) -> String {
    let steps = |list: &[Step]| steps(w, plan, path, lang, list);
    let mut text = steps(&p.steps);
    if !p.by_region.is_empty() {
        let each = |(id, own): (&RegionId, &Vec<Step>)| {
            format!("{} {}", names::region(plan, id, lang), steps(own))
        };
        let mut own: Vec<String> = p.by_region.iter().take(MOST_REGIONS).map(each).collect();
        if p.by_region.len() > MOST_REGIONS {
            own.push("…".to_owned());
        }
        let count = p.by_region.len().to_string();
        let own = fill(w.travel.own_in_regions, &[&count, &own.join(w.semicolon)]);
        text = if p.steps.is_empty() { own } else { format!("{text}{}{own}", w.semicolon) };
    }
    text
}

/// A thing by its name and its first number.
fn thing(w: &Words, plan: &Plan, id: &ThingId, lang: Lang) -> Option<String> {
    let name = names::thing(plan, id, lang);
    if name.is_empty() {
        return None;
    }
    let more = match id {
        ThingId::Population(id) => {
            let found = plan.populations.iter().find(|p| p.id == *id);
            found.and_then(|p| heads(w, plan, p))
        }
        _ => {
            let mut all = plan.parameters();
            let first = all.find(|(path, _)| ThingId::of_parameter(path) == *id);
            first.map(|(path, p)| {
                let role = names::role(w, plan, &path, lang);
                format!("{role} {}", number(w, plan, &path, p, lang))
            })
        }
    };
    Some(match more {
        Some(more) => format!("{name} · {more}"),
        None => name,
    })
}

/// The heads last counted.
fn heads(w: &Words, plan: &Plan, population: &Population) -> Option<String> {
    let year = match &population.headcount {
        Headcount::Counted { censuses, .. } => censuses.last()?.year,
        Headcount::Cohort(cohort) => cohort.censuses.last()?.year,
        Headcount::ShareOf { .. } => return None,
    };
    let sum = census(plan, &population.id, Count::Heads, year)?;
    Some(fill(w.travel.heads_line, &[&year.to_string(), &numbers::whole(sum)]))
}

/// Everybody counted in a year.
fn census(plan: &Plan, id: &PopulationId, count: Count, year: Year) -> Option<i64> {
    let population = plan.populations.iter().find(|p| p.id == *id)?;
    let plain = |all: &[Census]| {
        let census = all.iter().find(|census| census.year == year)?;
        Some(census.heads.values().sum::<i64>())
    };
    match (&population.headcount, count) {
        (Headcount::Counted { censuses, .. }, Count::Heads) => plain(censuses),
        (Headcount::Cohort(cohort), Count::Heads) => {
            let census = cohort.censuses.iter().find(|census| census.year == year)?;
            Some(census.heads.values().flatten().sum::<i64>())
        }
        (Headcount::Cohort(cohort), Count::Births) => match &cohort.entry {
            Entry::Births { births, .. } => plain(births),
            _ => None,
        },
        _ => None,
    }
}
