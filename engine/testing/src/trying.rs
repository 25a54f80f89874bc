//! Measures tried on the status quo of a plan as small as can be.

use super::*;

/// The plan with a scenario "try" on the status quo.
pub fn with_measures(mut parts: PlanParts, measures: Vec<Measure>) -> Plan {
    parts.scenarios.push(scenario("try", Some("status-quo"), measures));
    Plan::new(parts).unwrap()
}

pub fn set(path: &str, value: i64, from: &str) -> Change {
    change(path, Operation::Set, value, from)
}

pub fn add(path: &str, value: i64, from: &str) -> Change {
    change(path, Operation::Add, value, from)
}

pub fn until(last: &str, change: Change) -> Change {
    Change { until: Some(at(last)), ..change }
}

pub fn within(regions: &[&str], change: Change) -> Change {
    Change { regions: Some(regions.iter().map(|r| id(r)).collect()), ..change }
}

pub fn by_region(values: &[(&str, i64)], change: Change) -> Change {
    let values = values.iter().map(|(region, value)| (id(region), *value)).collect();
    Change { value: ChangeValue::ByRegion(values), ..change }
}

/// Pupils in the north, nobody in the south, and a programme that pays for them.
pub fn paying(standard: Indexed, shares: &[(&str, i64)]) -> PlanParts {
    let mut parts = bare(2012, 3, &["north", "south"]);
    parts.populations = vec![counted("pupils", 2011, &[("north", 1_000)])].into();
    parts.sources = vec![source("county"), source("city")].into();
    parts.programmes =
        vec![programme("meals", heads("pupils", standard), split(shares, "county"))].into();
    parts
}

pub const STANDARD: &str = "programmes/meals/standard";
/// The enabled measures of a scenario's line, with their scenarios.
pub fn line<'p>(plan: &'p Plan, scenario: &ScenarioId) -> Vec<(&'p ScenarioId, &'p Measure)> {
    let line = plan.lineage(scenario).into_iter();
    let all = line.flat_map(|s| s.measures.iter().map(move |m| (&s.id, m)));
    all.filter(|(_, m)| m.enabled).collect()
}
