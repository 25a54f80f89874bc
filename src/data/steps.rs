//! Owns how a dated parameter is read and written as a table: a column for each date, a row for
//! all regions together and one for each.
//!
//! Invariant: a region without steps of its own follows the common ones; what is written for it
//! at one date leaves what it had at the others as it was. A date that is added changes nothing.

use crate::grid::Cell;
use shapan_engine::{Horizon, Parameter, RegionId, Season, Semester, Step, Year, YearAmount};
use std::collections::{BTreeMap, BTreeSet};

/// Every date on which one of them takes a value, the start where none does.
pub fn dates<'a>(
    parameters: impl IntoIterator<Item = &'a Parameter>,
    start: Semester,
) -> Vec<Semester> {
    let parameters = parameters.into_iter();
    let steps = parameters.flat_map(|p| p.steps.iter().chain(p.by_region.values().flatten()));
    let found: BTreeSet<Semester> = steps.map(|step| step.from).collect();
    if found.is_empty() { vec![start] } else { found.into_iter().collect() }
}

/// What stands in a fiscal year.
pub fn year_cell(year: &YearAmount) -> Cell {
    match year {
        YearAmount { amount, spring, autumn, .. } if spring != autumn => {
            Cell::halves(Some(*amount))
        }
        YearAmount { amount, is_stated: true, .. } => Cell::own(Some(*amount)),
        YearAmount { amount, .. } => Cell::followed(Some(*amount)),
    }
}

/// The fiscal year a growth from a date on is first read in: growth comes with a spring, and the
/// first year of a plan is what others grow from.
pub fn growth_year(from: Semester, horizon: Horizon) -> Year {
    let year = match from.season {
        Season::Spring => from.year,
        Season::Autumn => from.year.plus(1),
    };
    year.max(horizon.first().plus(1))
}

/// The fiscal years from which another growth holds, each with the date that says so.
pub fn growth_years(parameter: &Parameter, horizon: Horizon) -> BTreeMap<Year, Semester> {
    let dates = dates([parameter], horizon.start()).into_iter();
    // Of several dates before one spring the last holds.
    dates.map(|from| (growth_year(from, horizon), from)).collect()
}

/// What stands at a date, for one region or for all together: a value of its own, or what holds.
pub fn cell(parameter: &Parameter, region: Option<&RegionId>, from: Semester) -> Cell {
    let own = match region {
        None => Some(&parameter.steps),
        Some(region) => parameter.by_region.get(region),
    };
    let own = own.and_then(|steps| steps.iter().find(|step| step.from == from));
    if let Some(step) = own {
        return Cell::own(Some(step.value));
    }
    let steps = region.map_or(&parameter.steps[..], |region| parameter.steps_in(region));
    Cell::followed(in_force(steps, from))
}

fn in_force(steps: &[Step], at: Semester) -> Option<i64> {
    steps.iter().rev().find(|step| step.from <= at).map(|step| step.value)
}

/// The parameter with another value at a date; none lets the region, or the date, follow again.
pub fn with(
    parameter: &Parameter,
    region: Option<&RegionId>,
    from: Semester,
    value: Option<i64>,
) -> Parameter {
    let mut changed = parameter.clone();
    match (region, value) {
        (None, value) => put(&mut changed.steps, from, value),
        (Some(region), Some(_)) => {
            let common = parameter.steps.clone();
            put(changed.by_region.entry(region.clone()).or_insert(common), from, value);
        }
        (Some(region), None) => {
            let common = parameter.steps.iter().find(|step| step.from == from);
            if let Some(steps) = changed.by_region.get_mut(region) {
                put(steps, from, common.map(|step| step.value));
                if steps.is_empty() || *steps == parameter.steps {
                    changed.by_region.remove(region);
                }
            }
        }
    }
    changed
}

fn put(steps: &mut Vec<Step>, from: Semester, value: Option<i64>) {
    let place = steps.partition_point(|step| step.from < from);
    let is_there = steps.get(place).is_some_and(|step| step.from == from);
    match value {
        Some(value) if is_there => steps[place].value = value,
        Some(value) => steps.insert(place, Step { from, value }),
        None if is_there => {
            steps.remove(place);
        }
        None => {}
    }
}

/// The parameter with a step at a date wherever it has steps, at the value in force: nothing moves.
pub fn with_date(parameter: &Parameter, from: Semester) -> Parameter {
    let mut changed = parameter.clone();
    let add = |steps: &mut Vec<Step>| put(steps, from, Some(in_force(steps, from).unwrap_or(0)));
    if !changed.steps.is_empty() || changed.by_region.is_empty() {
        add(&mut changed.steps);
    }
    changed.by_region.values_mut().for_each(add);
    changed
}

/// The parameter without its steps at a date: what held before goes on.
pub fn without_date(parameter: &Parameter, from: Semester) -> Parameter {
    let mut changed = parameter.clone();
    put(&mut changed.steps, from, None);
    changed.by_region.values_mut().for_each(|steps| put(steps, from, None));
    changed
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::Basis;

    fn at(text: &str) -> Semester {
        text.parse().unwrap()
    }

    fn parameter() -> Parameter {
        let common = Parameter::constant(at("2011-autumn"), 5, Basis::default());
        with(&common, None, at("2013-autumn"), Some(8))
    }

    #[test]
    fn a_region_keeps_what_held_at_other_dates_and_follows_again_once_cleared() {
        let (region, common): (RegionId, _) = ("taishan".parse().unwrap(), parameter());
        let own = with(&common, Some(&region), at("2013-autumn"), Some(9));
        assert_eq!(cell(&own, Some(&region), at("2011-autumn")), Cell::own(Some(5)));
        assert_eq!(cell(&own, Some(&region), at("2013-autumn")), Cell::own(Some(9)));
        assert_eq!(cell(&own, None, at("2013-autumn")), Cell::own(Some(8)));
        assert_eq!(cell(&common, Some(&region), at("2013-autumn")), Cell::followed(Some(8)));
        assert_eq!(with(&own, Some(&region), at("2013-autumn"), None), common);
        assert_eq!(with(&common, Some(&region), at("2013-autumn"), None), common);
    }

    #[test]
    fn a_date_that_is_added_moves_nothing_and_can_be_taken_away() {
        let (region, common): (RegionId, _) = ("taishan".parse().unwrap(), parameter());
        let own = with(&common, Some(&region), at("2011-autumn"), Some(6));
        let more = with_date(&own, at("2012-spring"));
        assert_eq!(cell(&more, None, at("2012-spring")), Cell::own(Some(5)));
        assert_eq!(cell(&more, Some(&region), at("2012-spring")), Cell::own(Some(6)));
        assert_eq!(without_date(&more, at("2012-spring")), own);
        let columns = ["2011-autumn", "2012-spring", "2013-autumn"].map(at);
        assert_eq!(dates([&more], at("2000-spring")), columns);
        assert_eq!(dates([&Parameter::default()], at("2000-spring")), [at("2000-spring")]);
    }
}
