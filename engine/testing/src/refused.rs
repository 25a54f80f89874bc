//! Plans with one thing wrong, and what is said of them.

use super::*;

/// Whether the small plan with one thing wrong is refused for just that.
#[track_caller]
pub fn refused(spoil: impl FnOnce(&mut PlanParts), expected: &[(&str, Fault)]) {
    let faults = Plan::new(spoilt(spoil)).unwrap_err().0;
    let found: Vec<_> =
        faults.iter().map(|(place, fault)| (place.0.as_str(), fault.clone())).collect();
    assert_eq!(found, expected);
}

/// Whether the small plan with a change is still sound.
#[track_caller]
pub fn accepted(change: impl FnOnce(&mut PlanParts)) {
    Plan::new(spoilt(change)).unwrap();
}

fn spoilt(change: impl FnOnce(&mut PlanParts)) -> PlanParts {
    let mut plan = one_of_everything();
    change(&mut plan);
    plan
}

pub fn unknown(id: &str) -> Fault {
    Fault::Unknown { id: id.to_owned() }
}

pub fn twice(id: &str) -> Fault {
    Fault::Duplicate { id: id.to_owned() }
}

pub fn outside(value: i64, bounds: std::ops::RangeInclusive<i64>) -> Fault {
    Fault::OutOfBounds { value, least: *bounds.start(), most: *bounds.end() }
}

pub fn too_many(found: usize, most: usize) -> Fault {
    Fault::TooMany { found, most }
}

/// Adds what is at a place once more.
pub fn twice_there<T: Clone>(list: &mut List<T>, place: usize) {
    let again = list[place].clone();
    list.push(again);
}
