//! Owns the question "why do the counties carry all of it?": what part of a standard
//! higher levels recognise, and what happens if the base standard rises too.

use crate::evaluate::{EvaluateError, Values};
use crate::id::ProgrammeId;
use crate::plan::{Change, Measure, ParamPath, Plan, ProgrammeRole};
use crate::time::Semester;

/// A programme whose standard a measure lifts above what higher levels recognise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboveBase {
    /// The programme.
    pub programme: ProgrammeId,
    /// The first semester it happens in.
    pub semester: Semester,
    /// The standard in force then, fen; the highest where regions differ.
    pub standard: i64,
    /// The base standard in force then, fen, in the same region.
    pub base_standard: i64,
}

/// The programmes whose standard `measure` lifts above their base standard, when it is
/// applied on top of `stack`.
///
/// # Errors
/// As [`crate::evaluate_stack`].
pub fn above_base(
    plan: &Plan,
    stack: &[&Measure],
    measure: &Measure,
) -> Result<Vec<AboveBase>, EvaluateError> {
    let mut with: Vec<&Measure> = stack.to_vec();
    with.push(measure);
    let of_measure = |path: &ParamPath| {
        let programme = path.programme();
        programme.is_some() && measure.changes.iter().any(|c| c.path.programme() == programme)
    };
    let values = Values::some_in_force(plan, &with, of_measure)?;
    let mut found = Vec::new();
    for (id, change) in changes_of_based_standards(plan, measure) {
        let base = ParamPath::Programme(id.clone(), ProgrammeRole::BaseStandard);
        let (standards, bases) = (values.rows(&change.path), values.rows(&base));
        let semesters = plan.horizon.semesters().enumerate();
        let above = semesters.filter(|(_, s)| *s >= change.from).find_map(|(t, semester)| {
            let regions = 0..plan.regions.len();
            let highest = regions.max_by_key(|r| standards.of(*r)[t])?;
            let (standard, base_standard) = (standards.of(highest)[t], bases.of(highest)[t]);
            (standard > base_standard).then(|| AboveBase {
                programme: id.clone(),
                semester,
                standard,
                base_standard,
            })
        });
        if let Some(above) =
            above.filter(|a| found.iter().all(|f: &AboveBase| f.programme != a.programme))
        {
            found.push(above);
        }
    }
    Ok(found)
}

/// The same measure with the base standards raised alongside: each change of a standard
/// that has a base is made to the base too, where the measure does not do so already.
pub fn with_base_following(plan: &Plan, measure: &Measure) -> Measure {
    let mut following = measure.clone();
    for (id, change) in changes_of_based_standards(plan, measure) {
        let path = ParamPath::Programme(id.clone(), ProgrammeRole::BaseStandard);
        let raised = Change { path, ..change.clone() };
        if !measure.changes.contains(&raised) {
            following.changes.push(raised);
        }
    }
    following
}

/// Changes of standards that have a base standard beside them.
fn changes_of_based_standards<'m>(
    plan: &Plan,
    measure: &'m Measure,
) -> impl Iterator<Item = (&'m ProgrammeId, &'m Change)> {
    measure.changes.iter().filter_map(|change| {
        let ParamPath::Programme(id, ProgrammeRole::Standard) = &change.path else { return None };
        let programme = plan.programmes.iter().find(|p| p.id == *id)?;
        programme.split.base_standard.is_some().then_some((id, change))
    })
}

/// The value of a change's parameter under a stack of measures, in the change's first
/// semester: lowest and highest over the regions it holds in, in the parameter's unit.
///
/// # Errors
/// As [`crate::evaluate_stack`].
pub fn value_range(
    plan: &Plan,
    stack: &[&Measure],
    change: &Change,
) -> Result<(i64, i64), EvaluateError> {
    let values = Values::some_in_force(plan, stack, |wanted| *wanted == change.path)?;
    let at = plan.horizon.clamped_index(change.from);
    let rows = values.rows(&change.path);
    let regions = plan.regions.iter().enumerate();
    let held = regions.filter(|(_, region)| change.value_in(&region.id).is_some());
    let held: Vec<i64> = held.filter_map(|(r, _)| rows.of(r).get(at).copied()).collect();
    let least = held.iter().min().copied().unwrap_or(0);
    Ok((least, held.iter().max().copied().unwrap_or(0)))
}
