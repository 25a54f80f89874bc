//! Owns what can be done to the dated steps of a parameter, as values: pure, no page.
//!
//! Invariant: steps that came in ascending order leave in ascending order, one a semester; a
//! parameter whose numbers were changed by hand says that they were entered.

use shapan_engine::{BasisKind, Horizon, Parameter, RegionId, Semester, Step};

/// The value in force in a semester: 0 before the first step.
pub fn value_at(steps: &[Step], semester: Semester) -> i64 {
    steps.iter().rev().find(|s| s.from <= semester).map_or(0, |s| s.value)
}

/// With a value from a semester on; one that starts there already is replaced.
pub fn with_step(steps: &[Step], from: Semester, value: i64) -> Vec<Step> {
    let mut out: Vec<Step> = steps.iter().filter(|s| s.from != from).copied().collect();
    let place = out.partition_point(|s| s.from < from);
    out.insert(place, Step { from, value });
    out
}

/// With another value at a place.
pub fn with_value(steps: &[Step], place: usize, value: i64) -> Vec<Step> {
    let mut out = steps.to_vec();
    if let Some(step) = out.get_mut(place) {
        step.value = value;
    }
    out
}

/// With the step at a place starting in another semester; as it was where one starts there.
pub fn moved(steps: &[Step], place: usize, from: Semester) -> Vec<Step> {
    match steps.get(place) {
        Some(step) if steps.iter().all(|s| s.from != from) => {
            with_step(&without(steps, place), from, step.value)
        }
        _ => steps.to_vec(),
    }
}

/// Without the step at a place.
pub fn without(steps: &[Step], place: usize) -> Vec<Step> {
    let kept = steps.iter().enumerate().filter(|(n, _)| *n != place);
    kept.map(|(_, step)| *step).collect()
}

/// Semesters the step at a place may start in: those of the horizon that no other takes, and
/// where it starts now.
pub fn choices(steps: &[Step], place: usize, horizon: Horizon) -> Vec<Semester> {
    let own = steps.get(place).map(|s| s.from);
    let taken = |semester: &Semester| steps.iter().any(|s| s.from == *semester);
    let free = horizon.semesters().filter(|s| !taken(s));
    let mut out: Vec<Semester> = own.into_iter().chain(free).collect();
    out.sort();
    out
}

/// The semester the next step is likely to start in: the first of the horizon after the last
/// step, or any that is free. What begins with the horizon holds from ever on: only a first
/// step does.
pub fn next_free(steps: &[Step], horizon: Horizon) -> Option<Semester> {
    let last = steps.last().map(|s| s.from);
    let is_free = |semester: &Semester| steps.iter().all(|s| s.from != *semester);
    let start = horizon.start();
    let after = horizon.semesters().find(|s| last.is_none_or(|last| *s > last.max(start)));
    after.or_else(|| horizon.semesters().find(is_free))
}

/// A run of semesters with one value; `None` before the first step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first semester, within the horizon.
    pub from: Semester,
    /// How many semesters.
    pub len: usize,
    /// The value.
    pub value: Option<i64>,
}

/// The steps as runs that fill the horizon's semester axis.
pub fn spans(steps: &[Step], horizon: Horizon) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for semester in horizon.semesters() {
        let begun = steps.iter().any(|s| s.from <= semester);
        let value = begun.then(|| value_at(steps, semester));
        let starts = steps.iter().any(|s| s.from == semester);
        match out.last_mut() {
            Some(span) if !starts && span.value == value => span.len += 1,
            _ => out.push(Span { from: semester, len: 1, value }),
        }
    }
    out
}

/// The steps of a region of its own, or the common ones.
pub fn steps_of<'a>(parameter: &'a Parameter, region: Option<&RegionId>) -> &'a [Step] {
    match region {
        None => &parameter.steps,
        Some(region) => parameter.steps_in(region),
    }
}

/// With other steps, common or a region's own.
pub fn with_steps(parameter: &Parameter, region: Option<&RegionId>, steps: Vec<Step>) -> Parameter {
    let mut out = parameter.clone();
    match region {
        None => out.steps = steps,
        Some(region) => {
            out.by_region.insert(region.clone(), steps);
        }
    }
    entered(out, parameter)
}

/// With steps of its own for a region, the common ones to start from.
pub fn with_own(parameter: &Parameter, region: &RegionId, horizon: Horizon) -> Parameter {
    let steps = match parameter.steps_in(region) {
        [] => vec![Step { from: horizon.start(), value: 0 }],
        some => some.to_vec(),
    };
    let mut out = parameter.clone();
    out.by_region.insert(region.clone(), steps);
    out
}

/// Without steps of its own for a region.
pub fn without_own(parameter: &Parameter, region: &RegionId) -> Parameter {
    let mut out = parameter.clone();
    out.by_region.remove(region);
    entered(out, parameter)
}

/// What was typed is no longer what the plan or a publication says; the citation and the note
/// stay for the reader to judge.
fn entered(mut after: Parameter, before: &Parameter) -> Parameter {
    if after.steps != before.steps || after.by_region != before.by_region {
        after.basis.kind = BasisKind::Entered;
    }
    after
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::{Basis, Year};

    fn spring(year: i64) -> Semester {
        Year::new(year).unwrap().spring()
    }

    fn autumn(year: i64) -> Semester {
        Year::new(year).unwrap().autumn()
    }

    fn horizon() -> Horizon {
        Horizon::new(Year::new(2012).unwrap(), 2).unwrap()
    }

    fn two() -> Vec<Step> {
        vec![Step { from: autumn(2011), value: 100 }, Step { from: autumn(2012), value: 125 }]
    }

    #[test]
    fn a_step_put_between_others_stands_in_its_place_in_time() {
        let three = with_step(&two(), spring(2012), 110);
        assert_eq!(three.iter().map(|s| s.value).collect::<Vec<_>>(), [100, 110, 125]);
        assert_eq!(with_step(&three, spring(2012), 7)[1].value, 7, "replaced, not doubled");
        assert_eq!(value_at(&three, autumn(2013)), 125);
        assert_eq!(value_at(&three, autumn(2010)), 0);
    }

    #[test]
    fn a_step_moves_past_others_and_never_onto_one() {
        let moved_past = moved(&two(), 0, spring(2013));
        assert_eq!(moved_past.iter().map(|s| s.value).collect::<Vec<_>>(), [125, 100]);
        assert!(moved_past.is_sorted_by(|a, b| a.from < b.from));
        assert_eq!(moved(&two(), 0, autumn(2012)), two(), "taken");
        assert_eq!(without(&two(), 0), two()[1..]);
    }

    #[test]
    fn a_step_may_start_in_any_semester_no_other_takes() {
        let free = choices(&two(), 0, horizon());
        assert_eq!(free, [autumn(2011), spring(2012), spring(2013), autumn(2013)]);
        // One from before the horizon may stay where it is.
        let old = [Step { from: spring(2001), value: 1 }];
        assert_eq!(choices(&old, 0, horizon())[0], spring(2001));
        assert_eq!(next_free(&two(), horizon()), Some(spring(2013)));
        assert_eq!(next_free(&[], horizon()), Some(autumn(2011)));
        let late = [Step { from: autumn(2013), value: 1 }];
        assert_eq!(next_free(&late, horizon()), Some(autumn(2011)));
        let full: Vec<_> = horizon().semesters().map(|from| Step { from, value: 1 }).collect();
        assert_eq!(next_free(&full, horizon()), None);
    }

    #[test]
    fn spans_fill_the_horizon_and_say_where_nothing_holds_yet() {
        let lens = |steps: &[Step]| {
            spans(steps, horizon()).iter().map(|s| (s.len, s.value)).collect::<Vec<_>>()
        };
        assert_eq!(lens(&two()), [(2, Some(100)), (3, Some(125))]);
        assert_eq!(lens(&[]), [(5, None)]);
        assert_eq!(lens(&two()[1..]), [(2, None), (3, Some(125))]);
        assert_eq!(lens(&[Step { from: spring(1990), value: 3 }]), [(5, Some(3))]);
    }

    #[test]
    fn numbers_changed_by_hand_are_entered_and_those_left_alone_stay_what_they_were() {
        let region: RegionId = "east".parse().unwrap();
        let basis = Basis { kind: BasisKind::Published, ..Basis::default() };
        let published = Parameter { steps: two(), basis, ..Parameter::default() };
        let same = with_steps(&published, None, two());
        assert_eq!(same.basis.kind, BasisKind::Published);
        let other = with_steps(&published, None, without(&two(), 1));
        assert_eq!(other.basis.kind, BasisKind::Entered);
        // Steps of its own start as the common ones: nothing is changed by that alone.
        let own = with_own(&published, &region, horizon());
        assert_eq!((own.steps_in(&region), own.basis.kind), (&two()[..], BasisKind::Published));
        assert_eq!(without_own(&own, &region).by_region.len(), 0);
        let none = with_own(&Parameter::default(), &region, horizon());
        assert_eq!(none.by_region[&region], [Step { from: autumn(2011), value: 0 }]);
    }
}
