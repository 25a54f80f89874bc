//! Owns the trial of what a workbook offers where measures have a hand in it: the changes are
//! made, and the plan must come to what the workbook says, semester by semester.
//!
//! A number under measures stands in one cell and may carry on, grow or be changed again in
//! others. Invariant: what would move any other number than the workbook shows is left out.

use super::workbook::{Stack, stack};
use super::{LeftOut, Reason, Returned};
use crate::error::SheetError;
use crate::import::{Change, Target, command};
use crate::workbook::InputOf;
use crate::workbook::origin::Origin;
use shapan_engine::{Document, Lang, ParamPath, Plan, RegionId, Semester};
use std::collections::{BTreeMap, BTreeSet};

/// Takes out of the offers what does not come to what the workbook shows.
pub(crate) fn check(
    plan: &Plan,
    origin: &Origin,
    returned: &mut Returned,
) -> Result<(), SheetError> {
    let ids: BTreeSet<&str> = [origin.scenario.as_str(), origin.base.as_str()].into();
    for id in ids {
        let Some(before) = stack(plan, id)? else { continue };
        let moved = moved_by_measures(plan, &before);
        let paths: BTreeSet<ParamPath> = returned
            .offers
            .iter()
            .filter_map(|offer| path_of(plan, &offer.change))
            .filter(|path| moved.contains(path))
            .collect();
        if paths.is_empty() {
            continue;
        }
        let changes: Vec<Change> = returned.offers.iter().map(|o| o.change.clone()).collect();
        let after = made(plan, &changes).and_then(|plan| stack(&plan, id).ok().flatten());
        for path in paths {
            let holds = after
                .as_ref()
                .is_some_and(|after| is_shown(plan, origin, id, &path, (&before, after), &changes));
            if !holds {
                leave_out(plan, returned, &path);
            }
        }
    }
    Ok(())
}

/// The plan with changes made.
fn made(plan: &Plan, changes: &[Change]) -> Option<Plan> {
    let command = command(plan, changes, Lang::default(), &Clone::clone)?;
    let mut document = Document::new(plan.clone());
    document.dispatch(command, None).ok()?;
    Some(Plan::clone(document.plan()))
}

fn moved_by_measures(plan: &Plan, stack: &Stack) -> BTreeSet<ParamPath> {
    let measures = plan.enabled_measures(&stack.id).unwrap_or_default();
    measures.iter().flat_map(|m| &m.changes).map(|change| change.path.clone()).collect()
}

/// The parameter a change is of.
fn path_of(plan: &Plan, change: &Change) -> Option<ParamPath> {
    match &change.target {
        Target::Parameter(path) => Some(path.clone()),
        Target::Measure { scenario, measure, change } => {
            let scenario = plan.scenarios.iter().find(|s| s.id == *scenario)?;
            let measure = scenario.measures.iter().find(|m| m.id == *measure)?;
            measure.changes.get(*change).map(|change| change.path.clone())
        }
        Target::Heads(_) | Target::NewPopulation { .. } => None,
    }
}

/// Whether a parameter comes to what the workbook shows: what was edited, and what is carried on
/// from it until the next cell that is given; everything else as before.
fn is_shown(
    plan: &Plan,
    origin: &Origin,
    id: &str,
    path: &ParamPath,
    (before, after): (&Stack, &Stack),
    changes: &[Change],
) -> bool {
    let mut rows: BTreeMap<(bool, Option<&RegionId>), BTreeSet<Semester>> = BTreeMap::new();
    for written in &origin.inputs {
        let is_here = if written.is_of_base { origin.base == id } else { origin.scenario == id };
        if let (Some(InputOf::Parameter(there, semester)), true) = (&written.of, is_here)
            && plan.current_path(there) == path
        {
            let row = rows.entry((written.is_of_base, written.region.as_ref())).or_default();
            row.insert(*semester);
        }
    }
    let semesters: Vec<Semester> = plan.horizon.semesters().collect();
    rows.into_iter().all(|((_, region), given)| {
        let mut places = plan.regions.iter().enumerate();
        places.all(|(place, of)| {
            if region.is_some_and(|region| of.id != *region) {
                return true;
            }
            let (old, new) =
                (before.outcome.in_force(path, place), after.outcome.in_force(path, place));
            let mut edited: Option<i64> = None;
            semesters.iter().enumerate().all(|(term, semester)| {
                if given.contains(semester) {
                    edited = edit_of(plan, changes, path, &of.id, (term, *semester));
                }
                new.get(term).copied() == edited.or_else(|| old.get(term).copied())
            })
        })
    })
}

/// What an input in a semester is changed to.
fn edit_of(
    plan: &Plan,
    changes: &[Change],
    path: &ParamPath,
    region: &RegionId,
    (term, semester): (usize, Semester),
) -> Option<i64> {
    use crate::import::{Place, When};
    let here = |change: &&Change| {
        let is_there = match &change.place {
            Place::Known(id) => id == region,
            Place::Whole => true,
            Place::New(_) => false,
        };
        let When::From(from) = change.when else { return false };
        is_there
            && (from == semester || (term == 0 && from <= semester))
            && path_of(plan, change).as_ref() == Some(path)
    };
    changes.iter().find(here).map(|change| change.new)
}

fn leave_out(plan: &Plan, returned: &mut Returned, path: &ParamPath) {
    let offers = std::mem::take(&mut returned.offers);
    let is_of = |change: &Change| path_of(plan, change).as_ref() == Some(path);
    let (out, stay): (Vec<_>, Vec<_>) = offers.into_iter().partition(|o| is_of(&o.change));
    returned.offers = stay;
    returned.left_out.extend(out.into_iter().map(|offer| LeftOut {
        reason: Reason::Several,
        cell: offer.cell,
        of: offer.of,
        found: offer.change.new.to_string(),
    }));
}
