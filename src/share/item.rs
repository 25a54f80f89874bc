//! Owns how a difference between two plans is written: what it is called, and what each plan
//! says of it, with units.

use crate::names;
use crate::numbers;
use crate::words::{Words, fill};
use shapan_engine::merge::Key;
use shapan_engine::{
    Headcount, Lang, ParamPath, Parameter, Plan, Population, RegionId, Scenario, ScenarioId, Step,
    ThingId,
};

/// Regions whose own values are written out.
const MOST_REGIONS: usize = 4;

/// What an item belongs to, for grouping: a kind's name.
pub fn group(w: &Words, key: &Key) -> &'static str {
    match key {
        Key::Scenario(_) | Key::Measure(..) => w.scenario,
        key => key.thing().map_or(w.travel.kind_plan, |id| names::thing_kind(w, &id)),
    }
}

/// What an item is called, by whichever plan has it.
pub fn name(w: &Words, plans: [&Plan; 2], key: &Key, lang: Lang) -> String {
    let of = |plan: &Plan| match key {
        Key::Name => w.travel.name_and_place.to_owned(),
        Key::Horizon => w.travel.horizon.to_owned(),
        Key::Thing(id) => names::thing(plan, id, lang),
        Key::Parameter(path) => match plan.name_of(path) {
            Some(_) => names::parameter(w, plan, path, lang),
            None => String::new(),
        },
        Key::Number(path, ..) | Key::Basis(path) => names::parameter(w, plan, path, lang),
        Key::Heads(..)
        | Key::Census(..)
        | Key::CountBasis(_)
        | Key::Pupils(..)
        | Key::Resource(..) => {
            key.thing().map(|id| names::thing(plan, &id, lang)).unwrap_or_default()
        }
        Key::Scenario(id) => match scenario(plan, id) {
            Some(s) => fill(w.travel.of_scenario, &[s.name.get(lang)]),
            None => String::new(),
        },
        Key::Measure(of, id) => {
            let found = scenario(plan, of);
            let measure = found.and_then(|s| s.measures.iter().find(|m| m.id == *id));
            match (found, measure) {
                (Some(s), Some(m)) => {
                    fill(w.travel.of_measure, &[m.title.get(lang), s.name.get(lang)])
                }
                _ => String::new(),
            }
        }
    };
    plans.into_iter().map(of).find(|name| !name.is_empty()).unwrap_or_else(|| key.to_string())
}

fn scenario<'p>(plan: &'p Plan, id: &ScenarioId) -> Option<&'p Scenario> {
    plan.scenarios.iter().find(|s| s.id == *id)
}

/// What a plan says of an item; nothing where it does not have it.
pub fn said(w: &Words, plan: &Plan, key: &Key, lang: Lang) -> Option<String> {
    match key {
        Key::Name => Some(format!("{} · {}", plan.title.get(lang), plan.place.get(lang))),
        Key::Horizon => {
            let years = [plan.horizon.first().to_string(), plan.horizon.last().to_string()];
            Some(fill(w.years_from_to, &[&years[0], &years[1]]))
        }
        Key::Parameter(path) => {
            let found = plan.parameters().find(|(there, _)| there == path);
            found.map(|(_, p)| {
                let number = number(w, plan, path, p, lang);
                format!("{number} · {}", names::basis(w, plan, &p.basis, lang))
            })
        }
        Key::Thing(id) => thing(w, plan, id, lang),
        Key::Heads(..)
        | Key::Census(..)
        | Key::CountBasis(_)
        | Key::Number(..)
        | Key::Basis(_)
        | Key::Pupils(..)
        | Key::Resource(..) => None,
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

/// A dated number: its steps, then what regions have of their own.
fn number(w: &Words, plan: &Plan, path: &ParamPath, p: &Parameter, lang: Lang) -> String {
    let steps = |steps: &[Step]| {
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
    };
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
            found.and_then(|p| heads(w, p))
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
fn heads(w: &Words, population: &Population) -> Option<String> {
    let (year, sum) = match &population.headcount {
        Headcount::Counted { censuses, .. } => {
            let last = censuses.last()?;
            (last.year, last.heads.values().sum::<i64>())
        }
        Headcount::Cohort(cohort) => {
            let last = cohort.censuses.last()?;
            (last.year, last.heads.values().flatten().sum::<i64>())
        }
        Headcount::ShareOf { .. } => return None,
    };
    Some(fill(w.travel.heads_line, &[&year.to_string(), &numbers::whole(sum)]))
}
