//! Owns how a measure's changes are edited together: changes that are alike but for the
//! parameter form a group that one lever moves.
//!
//! Pure: tested natively.

use shapan_engine::{Change, ChangeValue, Measure, Operation, ParamPath, Semester, Unit};

/// Places of changes that are edited as one.
pub type Group = Vec<usize>;

/// Groups a measure's changes, in the order of their first members.
pub fn groups(measure: &Measure) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (n, change) in measure.changes.iter().enumerate() {
        match groups.iter_mut().find(|g| alike(&measure.changes[g[0]], change)) {
            Some(group) => group.push(n),
            None => groups.push(vec![n]),
        }
    }
    groups
}

fn alike(a: &Change, b: &Change) -> bool {
    a.path.unit() == b.path.unit() && Change { path: b.path.clone(), ..a.clone() } == *b
}

/// The measure with every change of a group edited.
pub fn edited(measure: &Measure, group: &Group, edit: impl Fn(&mut Change)) -> Measure {
    let mut measure = measure.clone();
    for n in group {
        if let Some(change) = measure.changes.get_mut(*n) {
            edit(change);
        }
    }
    measure
}

/// The measure with another parameter moved like a group; as a change of its own where
/// there is no group to follow or the unit differs.
pub fn with_parameter(
    measure: &Measure,
    group: Option<&Group>,
    path: ParamPath,
    from: Semester,
) -> Measure {
    let model = group.and_then(|g| measure.changes.get(*g.first()?));
    let change = match model.filter(|m| m.path.unit() == path.unit()) {
        Some(model) => Change { path, ..model.clone() },
        None => {
            let operation = if path.unit() == Unit::Fen { Operation::Add } else { Operation::Set };
            Change { path, operation, value: ChangeValue::One(0), from, until: None, regions: None }
        }
    };
    let mut measure = measure.clone();
    if !measure.changes.iter().any(|c| c.path == change.path && alike(c, &change)) {
        measure.changes.push(change);
    }
    measure
}

/// The measure without one of its changes.
pub fn without(measure: &Measure, place: usize) -> Measure {
    let mut measure = measure.clone();
    if place < measure.changes.len() {
        measure.changes.remove(place);
    }
    measure
}

/// How a lever runs for a value: its ends and step, in the value's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The left end.
    pub least: i64,
    /// The right end.
    pub most: i64,
    /// One press of an arrow key.
    pub step: i64,
}

impl Range {
    /// A range that suits an operation on a parameter whose value is `current`, and that
    /// holds `value`.
    pub fn of(unit: Unit, operation: Operation, current: i64, value: i64) -> Self {
        let bounds = unit.bounds();
        let (least, most) = match operation {
            Operation::Scale => (0, 2_000_000),
            Operation::Set if unit == Unit::Share => (0, 1_000_000),
            Operation::Set if unit == Unit::Growth => (-200_000, 200_000),
            Operation::Set => (0, round_up(current.max(value / 2).saturating_mul(2))),
            Operation::Add if matches!(unit, Unit::Share | Unit::Growth) => (-200_000, 200_000),
            // From taking half away to adding half.
            Operation::Add => {
                let half = round_up(current / 2);
                (-half, half)
            }
        };
        let (least, most) =
            (least.max(bounds.start().saturating_neg().min(0) - bounds.end()), most.max(1));
        let most = most.max(value);
        let least = least.min(value);
        Self { least, most, step: step(unit, most.max(-least)) }
    }

    /// Whether the lever can stand at a value.
    pub fn holds(&self, value: i64) -> bool {
        (self.least..=self.most).contains(&value)
    }
}

/// The next of 1, 2, 5 × 10ⁿ at or above.
fn round_up(value: i64) -> i64 {
    let mut power: i64 = 1;
    loop {
        for digit in [1, 2, 5] {
            let nice = power.saturating_mul(digit);
            if nice >= value {
                return nice;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// About a hundredth of the way, in whole yuan, tenths of a percent or whole units.
fn step(unit: Unit, reach: i64) -> i64 {
    let least = match unit {
        Unit::Fen => 100,
        Unit::Share | Unit::Growth => 1_000,
        Unit::Count => 1,
        Unit::Ratio => 100_000,
    };
    let mut step: i64 = least;
    while step.saturating_mul(100) < reach {
        step = step.saturating_mul(10);
    }
    // 250 yuan must be a place a lever of 1000 can stand at.
    if step > least && step.saturating_mul(20) >= reach { step / 2 } else { step }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::taian_2012;

    fn raise_again() -> Measure {
        let plan = taian_2012().unwrap();
        plan.scenarios.iter().find(|s| s.id.as_str() == "raise-again").unwrap().measures[0].clone()
    }

    #[test]
    fn one_lever_moves_the_primary_and_the_junior_standard() {
        let measure = raise_again();
        assert_eq!(groups(&measure), [vec![0, 1]]);
        let moved = edited(&measure, &vec![0, 1], |c| c.value = ChangeValue::One(1));
        assert_eq!(groups(&moved), [vec![0, 1]]);
        let apart = edited(&measure, &vec![1], |c| c.value = ChangeValue::One(1));
        assert_eq!(groups(&apart), [vec![0], vec![1]]);
    }

    #[test]
    fn a_parameter_is_added_once_and_moves_like_its_group() {
        let measure = raise_again();
        let path: ParamPath = "programmes/boarding-junior/base-standard".parse().unwrap();
        let from = measure.changes[0].from;
        let more = with_parameter(&measure, Some(&vec![0, 1]), path.clone(), from);
        assert_eq!(groups(&more), [vec![0, 1, 2]]);
        assert_eq!(with_parameter(&more, Some(&vec![0, 1]), path, from), more);
        assert_eq!(without(&more, 2), measure);
    }

    #[test]
    fn a_lever_holds_its_value_and_takes_round_steps() {
        let add = Range::of(Unit::Fen, Operation::Add, 100_000, 25_000);
        assert_eq!(add, Range { least: -50_000, most: 50_000, step: 1_000 });
        assert!(Range::of(Unit::Fen, Operation::Add, 0, 25_000).holds(25_000));
        let set = Range::of(Unit::Fen, Operation::Set, 0, 120_000);
        assert!(set.holds(0) && set.holds(120_000) && set.holds(200_000), "{set:?}");
        let share = Range::of(Unit::Share, Operation::Set, 100_000, 150_000);
        assert_eq!((share.least, share.most), (0, 1_000_000));
    }
}
