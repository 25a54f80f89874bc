//! Owns exploring: how much a figure follows each parameter, and what a parameter must be for a
//! figure to reach a goal.
//!
//! Invariant: figures come from whole outcomes, computed anew where a parameter moves; nothing
//! is interpolated. Deliberately absent: what the figure is (the caller says).

use crate::evaluate::{EvaluateError, evaluate_stack, reevaluate_stack};
use crate::outcome::Outcome;
use crate::plan::{Basis, Change, ChangeValue, Extra, Measure, Operation, ParamPath, Plan};
use crate::text::{Lang, Text};
use crate::time::Semester;

/// What one step more of a parameter does to a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensitivity {
    /// The parameter.
    pub path: ParamPath,
    /// How far it was moved, in its unit; below 0 where its bounds leave no room above.
    pub step: i64,
    /// What that adds to the figure, in the figure's unit.
    pub effect: i64,
}

/// Moves every parameter by a step in all regions from a semester on, one at a time, and says
/// what that does to a figure; parameters that do not move it are left out, the strongest come
/// first. A step is that of the parameter's unit: a yuan, a tenth of a per cent, one whole.
///
/// # Errors
/// As [`evaluate_stack`], for the stack itself. A parameter that cannot be moved is left out.
pub fn sensitivity(
    plan: &Plan,
    stack: &[&Measure],
    from: Semester,
    figure: impl Fn(&Outcome) -> i64,
) -> Result<Vec<Sensitivity>, EvaluateError> {
    let base = evaluate_stack(plan, stack)?;
    let at_rest = figure(&base);
    let mut found = Vec::new();
    for parameter in plan.registry() {
        let try_step = |step| {
            let change = change(&parameter.path, Operation::Add, step, from);
            let moved = with_change(plan, stack, &base, change)?;
            let effect = figure(&moved).checked_sub(at_rest)?;
            Some(Sensitivity { path: parameter.path.clone(), step, effect })
        };
        found.extend(try_step(parameter.step()).or_else(|| try_step(-parameter.step())));
    }
    found.retain(|s: &Sensitivity| s.effect != 0);
    found.sort_by_key(|s| std::cmp::Reverse(s.effect.unsigned_abs()));
    Ok(found)
}

/// The value a parameter must be set to, in all regions from a semester on, for a figure to be
/// at least `goal`, as near to the goal as can be; `None` where no value in the parameter's
/// bounds brings it there. The figure must not turn around as the parameter rises.
///
/// # Errors
/// As [`evaluate_stack`], for the stack itself. Values that have no outcome are passed over, as
/// lying beyond what is possible.
pub fn seek_goal(
    plan: &Plan,
    stack: &[&Measure],
    path: &ParamPath,
    from: Semester,
    figure: impl Fn(&Outcome) -> i64,
    goal: i64,
) -> Result<Option<i64>, EvaluateError> {
    let base = evaluate_stack(plan, stack)?;
    let at = |value| {
        let change = change(path, Operation::Set, value, from);
        with_change(plan, stack, &base, change).map(|outcome| figure(&outcome))
    };
    // What it is now has an outcome; from there as far as there is one, up and down.
    let term = plan.horizon.clamped_index(from);
    let Some(here) = base.in_force(path, 0).get(term).copied() else { return Ok(None) };
    let has_outcome = |value| at(value).is_some();
    if !has_outcome(here) {
        return Ok(None);
    }
    let (least, most) = path.unit().bounds().into_inner();
    let least = -last(-here, -least, |value| has_outcome(-value));
    let most = last(here, most, has_outcome);
    let (Some(lowest), Some(highest)) = (at(least), at(most)) else { return Ok(None) };
    let reaches = |value| at(value).is_some_and(|figure| figure >= goal);
    Ok(match (lowest >= goal, highest >= goal) {
        (false, false) => None,
        // Falling or level: the last value that still reaches it; rising: the first.
        (true, true) if highest < lowest => Some(most),
        (true, true) => Some(least),
        (true, false) => Some(last(least, most, reaches)),
        (false, true) => Some(last(least, most, |value| !reaches(value)) + 1),
    })
}

/// The last value from `least` on of which `holds` is true, where it is true of `least`, and
/// false of all values after the first of which it is.
fn last(least: i64, most: i64, holds: impl Fn(i64) -> bool) -> i64 {
    if holds(most) {
        return most;
    }
    let (mut low, mut high) = (least, most); // within the bounds of a unit: no overflow
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle } else { high = middle }
    }
    low
}

fn change(path: &ParamPath, operation: Operation, value: i64, from: Semester) -> Change {
    let value = ChangeValue::One(value);
    Change { path: path.clone(), operation, value, from, until: None, regions: None }
}

/// The outcome with a change on top of the stack; `None` where there is none.
fn with_change(plan: &Plan, stack: &[&Measure], base: &Outcome, change: Change) -> Option<Outcome> {
    let path = change.path.clone();
    let measure = Measure {
        id: "explored".parse().ok()?,
        title: Text::new(Lang::En, "explored").ok()?,
        clause: None,
        reason: None,
        basis: Basis::default(),
        enabled: true,
        changes: vec![change],
        extra: Extra::default(),
    };
    let stack: Vec<&Measure> = stack.iter().copied().chain([&measure]).collect();
    reevaluate_stack(plan, &stack, base, &[&path]).ok()
}
