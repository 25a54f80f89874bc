//! Owns how a measure's changes are edited together: changes that are alike but for the
//! parameter form a group that one lever moves.
//!
//! Pure: tested natively.

use shapan_engine::{Change, ChangeValue, MILLION, Measure, Operation, ParamPath, Semester, Unit};

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

/// Whether groups made earlier are still each of one kind: changes that come to be alike
/// while one lever passes another's value stay two levers.
pub fn still_hold(measure: &Measure, groups: &[Group]) -> bool {
    let at = |n: usize| measure.changes.get(n);
    let one_kind =
        |g: &Group| g.iter().all(|n| at(g[0]).zip(at(*n)).is_some_and(|(a, b)| alike(a, b)));
    groups.iter().map(Vec::len).sum::<usize>() == measure.changes.len()
        && groups.iter().all(one_kind)
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
        // Nothing added: in bounds for every parameter, and changes nothing until it is moved.
        None => Change {
            path,
            operation: Operation::Add,
            value: ChangeValue::One(0),
            from,
            until: None,
            regions: None,
        },
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
    /// A range that suits an operation on a parameter in force between `low` and `high`
    /// over the regions, that holds `value`, and whose ends lead to no value out of bounds.
    pub fn of(unit: Unit, operation: Operation, (low, high): (i64, i64), value: i64) -> Self {
        let (start, end) = unit.bounds().into_inner();
        // Where nothing is in force, a reach to begin with: 1,000 yuan, 100 units.
        let usual = if unit == Unit::Fen { 100_000 } else { 100 };
        let reach = high.max(value.saturating_abs() / 2).max(if high == 0 { usual / 2 } else { 0 });
        let (least, most) = match (operation, unit) {
            (Operation::Scale, _) => (0, 2 * MILLION),
            (Operation::Set, Unit::Share) => (0, MILLION),
            (Operation::Set, Unit::Growth) => (-200_000, 200_000),
            (Operation::Set, Unit::Net) => (-round_up(reach), round_up(reach)),
            (Operation::Set, Unit::Ratio) => (MILLION, round_up(reach.saturating_mul(2))),
            (Operation::Set, _) => (0, round_up(reach.saturating_mul(2))),
            (Operation::Add, Unit::Share | Unit::Growth | Unit::Rate) => (-200_000, 200_000),
            (Operation::Add, Unit::Net) => (-round_up(reach), round_up(reach)),
            // From taking half away to adding half.
            (Operation::Add, _) => (-round_up(reach / 2), round_up(reach / 2)),
        };
        let (least, most) = match operation {
            Operation::Add => {
                (least.max(start.saturating_sub(low)), most.min(end.saturating_sub(high)))
            }
            Operation::Set | Operation::Scale => (least, most),
        };
        let (least, most) = (least.min(value), most.max(value).max(least + 1));
        let step = step(unit, most.max(-least));
        // A browser counts steps from the left end: it and the value must be whole steps.
        let floor = |n: i64| n.div_euclid(step) * step;
        let least = if floor(least) < start.saturating_sub(low) && operation == Operation::Add {
            floor(least) + step
        } else {
            floor(least)
        };
        Self { least: least.min(floor(value)), most, step }
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

/// About a hundredth of the way, in steps that mean something.
fn step(unit: Unit, reach: i64) -> i64 {
    let least = unit.step();
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
        let of = |operation, in_force, value| Range::of(Unit::Fen, operation, in_force, value);
        let add = of(Operation::Add, (100_000, 100_000), 25_000);
        assert_eq!(add, Range { least: -50_000, most: 50_000, step: 1_000 });
        let set = of(Operation::Set, (0, 0), 120_000);
        assert!(set.holds(0) && set.holds(120_000) && set.holds(200_000), "{set:?}");
        // A lever on nothing can be pulled, and what is typed is a place it can stand at.
        let nothing = of(Operation::Add, (0, 0), 0);
        assert!(nothing.least == 0 && nothing.most >= 20_000, "{nothing:?}");
        let typed = of(Operation::Add, (0, 0), 25_000);
        assert_eq!((25_000 - typed.least) % typed.step, 0, "{typed:?}");
        // No end leads below nothing.
        assert!(of(Operation::Add, (42_000, 42_000), 0).least >= -42_000);
        let share = Range::of(Unit::Share, Operation::Set, (100_000, 100_000), 150_000);
        assert_eq!((share.least, share.most), (0, 1_000_000));
        let ratio = Range::of(Unit::Ratio, Operation::Set, (13_500_000, 13_500_000), 13_500_000);
        assert!(ratio.least >= 1 && ratio.holds(13_500_000), "{ratio:?}");
    }
}
