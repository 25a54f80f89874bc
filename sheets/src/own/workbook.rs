//! Owns the workbook that comes back: each of its inputs is looked up where it stands now, and
//! what differs from what was exported becomes a change of the plan's own number.
//!
//! Three numbers are compared: exported, in the file, in the plan. What only the reader changed
//! is offered; what the plan changed too waits for a tick; what the reader left alone stays out
//! of it. Deliberately absent: what measures come to (`trial`), formulas (`formulas`).

use super::book::{Book, HEAD, Hidden};
use super::number::input;
use super::{Cell as Stood, Kind, LeftOut, Offer, Reason, Returned, Since, formulas, trial};
use crate::error::SheetError;
use crate::files::Opened;
use crate::import::{Change, Place, Target, When};
use crate::workbook::InputOf;
use crate::workbook::origin::{VERSION, Written};
use shapan_engine::files::fingerprint;
use shapan_engine::{
    Headcount, Operation, Outcome, ParamPath, Plan, PopulationId, RegionId, ScenarioId, Semester,
    Step, Year, evaluate,
};
use std::collections::{BTreeMap, BTreeSet};

/// What differs in a workbook, if it is one of ours.
///
/// # Errors
/// [`SheetError::NewerExport`], [`SheetError::NoOutcome`].
pub(crate) fn read(plan: &Plan, opened: &mut Opened) -> Result<Option<Returned>, SheetError> {
    let Some(mut book) = Book::new(opened) else { return Ok(None) };
    let Some(hidden) = book.hidden()? else { return Ok(None) };
    if hidden.version > VERSION {
        return Err(SheetError::NewerExport { version: hidden.version, known: VERSION });
    }
    let since = match hidden.origin.plan == fingerprint(plan) {
        true => Since::Same,
        false => Since::Changed,
    };
    let scenario = &hidden.origin.scenario;
    let returned = Returned::new(Kind::Workbook, Some(hidden.version), since, scenario);
    for (sheet, _) in hidden.places.values() {
        book.read(sheet)?;
    }
    let mut reading = Reading { plan, book: &book, returned, edits: BTreeMap::new() };
    let stacks = Stacks::new(plan, &hidden)?;
    for written in &hidden.origin.inputs {
        reading.input(&hidden, &stacks, written);
    }
    reading.offer();
    let mut returned = reading.returned;
    trial::check(plan, &hidden.origin, &mut returned)?;
    formulas::check(plan, &mut book, &hidden, &mut returned);
    Ok(Some(returned))
}

/// A scenario of the plan at hand and what it comes to.
pub(crate) struct Stack {
    pub(crate) id: ScenarioId,
    pub(crate) outcome: Outcome,
}

/// The scenario of a workbook and what it is compared with, where the plan has them.
struct Stacks {
    scenario: Option<Stack>,
    base: Option<Stack>,
}

impl Stacks {
    fn new(plan: &Plan, hidden: &Hidden) -> Result<Self, SheetError> {
        let stack = |id: &str| stack(plan, id);
        Ok(Self { scenario: stack(&hidden.origin.scenario)?, base: stack(&hidden.origin.base)? })
    }
}

/// A scenario by the id a file has, and what it comes to.
pub(crate) fn stack(plan: &Plan, id: &str) -> Result<Option<Stack>, SheetError> {
    let Some(id) = plan.scenarios.iter().map(|s| &s.id).find(|s| s.as_str() == id) else {
        return Ok(None);
    };
    let no_outcome =
        |error: shapan_engine::EvaluateError| SheetError::NoOutcome { what: error.to_string() };
    let outcome = evaluate(plan, id).map_err(no_outcome)?;
    Ok(Some(Stack { id: id.clone(), outcome }))
}

/// A number of the plan that an input stands for.
type Number = (Target, Place, When);

/// What the file says of a number that it says something else of than was exported.
struct Edit {
    exported: i64,
    new: i64,
    /// What the plan says where the input looked; nothing where it says none of its own.
    old: Option<i64>,
    /// What the input would show if it were exported now.
    shown: i64,
    cell: Stood,
    of: String,
    found: String,
}

struct Reading<'a> {
    plan: &'a Plan,
    book: &'a Book<'a>,
    returned: Returned,
    edits: BTreeMap<Number, Vec<Edit>>,
}

impl Reading<'_> {
    fn input(&mut self, hidden: &Hidden, stacks: &Stacks, written: &Written) {
        let Some(of) = &written.of else { return };
        let Some((sheet, at)) = hidden.places.get(&written.row) else {
            let cell = Stood::default();
            let (of, found) = (written.labels.clone(), String::new());
            self.returned.left_out.push(LeftOut { reason: Reason::Gone, cell, of, found });
            return;
        };
        let found = self.book.cell(sheet, *at);
        let new = input(found, of.decimals());
        if new == Ok(written.value) {
            return;
        }
        let found = found.words();
        let (labels, called) = self.book.called(sheet, *at);
        let cell = Stood { sheet: sheet.clone(), row: at.0, column: at.1 };
        let stack = match written.is_of_base {
            true => stacks.base.as_ref(),
            false => stacks.scenario.as_ref(),
        };
        let edit = new.and_then(|new| {
            let head = || self.book.cell(sheet, (HEAD, at.1)).words();
            if labels != written.labels || (hidden.is_recorded && head() != written.head) {
                return Err(Reason::Moved);
            }
            let stack = stack.ok_or(Reason::NotInPlan)?;
            let number = number_of(self.plan, stack, of, written.region.as_ref())?;
            number.bounds(self.plan, new)?;
            Ok((new, number))
        });
        match edit {
            Ok((new, Stands { number, old, shown })) => {
                let exported = written.value;
                let edit = Edit { exported, new, old, shown, cell, of: called, found };
                self.edits.entry(number).or_default().push(edit);
            }
            Err(reason) => {
                self.returned.left_out.push(LeftOut { reason, cell, of: called, found });
            }
        }
    }

    /// Offers what the edits come to: the same number may stand in two places.
    fn offer(&mut self) {
        let edits = std::mem::take(&mut self.edits);
        for ((target, place, when), edits) in edits {
            let Some(first) = edits.first() else { continue };
            if edits.iter().any(|edit| edit.new != first.new) {
                let left = edits.into_iter().map(|Edit { cell, of, found, .. }| LeftOut {
                    reason: Reason::Twice,
                    cell,
                    of,
                    found,
                });
                self.returned.left_out.extend(left);
                continue;
            }
            if first.new == first.shown {
                continue; // the plan says so already
            }
            let change = Change {
                target,
                place,
                when,
                old: first.old,
                new: first.new,
                cell: (first.cell.row, first.cell.column),
            };
            let (exported, cell, of) = (Some(first.exported), first.cell.clone(), first.of.clone());
            let offer = Offer { change, exported, cell, of };
            match first.shown == first.exported {
                true => self.returned.offers.push(offer),
                false => self.returned.conflicts.push(offer),
            }
        }
    }
}

/// Where a number stands in the plan.
struct Stands {
    number: Number,
    old: Option<i64>,
    shown: i64,
}

impl Stands {
    /// Whether such a number may be so large.
    fn bounds(&self, plan: &Plan, value: i64) -> Result<(), Reason> {
        let unit = match &self.number.0 {
            Target::Parameter(path) => path.unit(),
            Target::Measure { scenario, measure, change } => {
                let scenario = plan.scenarios.iter().find(|s| s.id == *scenario);
                let measure = scenario.and_then(|s| s.measures.iter().find(|m| m.id == *measure));
                let change = measure.and_then(|m| m.changes.get(*change));
                change.ok_or(Reason::NotInPlan)?.path.unit()
            }
            Target::Heads(_) | Target::NewPopulation { .. } => shapan_engine::Unit::Count,
        };
        if unit.bounds().contains(&value) { Ok(()) } else { Err(Reason::OutOfBounds) }
    }
}

fn number_of(
    plan: &Plan,
    stack: &Stack,
    of: &InputOf,
    region: Option<&RegionId>,
) -> Result<Stands, Reason> {
    match of {
        InputOf::Parameter(path, semester) => {
            parameter(plan, stack, plan.current_path(path), *semester, region)
        }
        InputOf::Census(id, year) => census(plan, id, *year, region),
        InputOf::Projected(id, _) => Err(match population(plan, id)? {
            Headcount::Counted { .. } => Reason::OldCensus,
            _ => Reason::ComputedHeads,
        }),
        InputOf::YearShare(..) => Err(Reason::YearShare),
        InputOf::Pupils(..) => Err(Reason::Pupils),
    }
}

fn population<'a>(plan: &'a Plan, id: &PopulationId) -> Result<&'a Headcount, Reason> {
    let found = plan.populations.iter().find(|p| p.id == *id);
    found.map(|p| &p.headcount).ok_or(Reason::NotInPlan)
}

fn census(
    plan: &Plan,
    id: &PopulationId,
    year: Year,
    region: Option<&RegionId>,
) -> Result<Stands, Reason> {
    let Headcount::Counted { censuses, .. } = population(plan, id)? else {
        return Err(Reason::ComputedHeads);
    };
    let known = |id: &&RegionId| plan.regions.iter().any(|r| r.id == **id);
    let region = region.filter(known).ok_or(Reason::NotInPlan)?;
    let census = censuses.iter().find(|c| c.year == year).ok_or(Reason::NotInPlan)?;
    let heads = census.heads.get(region).copied().unwrap_or(0);
    let place = Place::Known(region.clone());
    let number = (Target::Heads(id.clone()), place, When::Autumn(year));
    Ok(Stands { number, old: Some(heads), shown: heads })
}

/// The step or the change of a measure that a semester's value is.
fn parameter(
    plan: &Plan,
    stack: &Stack,
    path: &ParamPath,
    semester: Semester,
    region: Option<&RegionId>,
) -> Result<Stands, Reason> {
    let (_, parameter) =
        plan.parameters().find(|(there, _)| there == path).ok_or(Reason::NotInPlan)?;
    let is_it = |r: &shapan_engine::Region| region.is_none_or(|id| r.id == *id);
    let places: Vec<usize> =
        plan.regions.iter().enumerate().filter(|(_, r)| is_it(r)).map(|(n, _)| n).collect();
    let first = *places.first().ok_or(Reason::NotInPlan)?;
    let term = plan.horizon.semesters().position(|s| s == semester).ok_or(Reason::NotInPlan)?;
    let value = |region| stack.outcome.in_force(path, region).get(term).copied();
    let shown = value(first).ok_or(Reason::NotInPlan)?;
    if places.iter().any(|region| value(*region) != Some(shown)) {
        return Err(Reason::Several); // it was the same in all regions and no longer is
    }
    let place = region.map_or(Place::Whole, |id| Place::Known(id.clone()));
    let regions: Vec<&RegionId> = places.iter().map(|n| &plan.regions[*n].id).collect();
    let is_first = term == 0;
    match last_change(plan, stack, path, semester, &regions) {
        None => {
            if region.is_none() && !parameter.by_region.is_empty() {
                return Err(Reason::Several);
            }
            let steps = regions.first().map_or(&*parameter.steps, |id| parameter.steps_in(id));
            let step: Option<&Step> = steps.iter().rev().find(|step| step.from <= semester);
            let (from, old) = match step {
                Some(step) if is_first || step.from == semester => (step.from, Some(step.value)),
                None if is_first => (semester, None),
                _ => return Err(Reason::Several),
            };
            if old.unwrap_or(0) != shown {
                return Err(Reason::Several);
            }
            let number = (Target::Parameter(path.clone()), place, When::From(from));
            Ok(Stands { number, old, shown })
        }
        Some((scenario, measure, which)) => {
            let change = &measure.changes[which];
            let begins = change.from == semester || (is_first && change.from <= semester);
            let is_all = regions.iter().all(|id| change.value_in(id) == Some(shown));
            if !begins || change.operation != Operation::Set || !is_all {
                return Err(Reason::Several);
            }
            if is_locked(plan, scenario) {
                return Err(Reason::Adopted);
            }
            let target = Target::Measure {
                scenario: scenario.clone(),
                measure: measure.id.clone(),
                change: which,
            };
            let number = (target, place, When::From(change.from));
            Ok(Stands { number, old: Some(shown), shown })
        }
    }
}

/// The last change of a stack that holds in a semester in any of some regions.
fn last_change<'a>(
    plan: &'a Plan,
    stack: &Stack,
    path: &ParamPath,
    semester: Semester,
    regions: &[&RegionId],
) -> Option<(&'a ScenarioId, &'a shapan_engine::Measure, usize)> {
    let mut last = None;
    for scenario in plan.lineage(&stack.id) {
        for measure in scenario.measures.iter().filter(|m| m.enabled) {
            for (which, change) in measure.changes.iter().enumerate() {
                let holds = change.from <= semester
                    && change.until.is_none_or(|until| semester <= until)
                    && regions.iter().any(|id| change.value_in(id).is_some());
                if change.path == *path && holds {
                    last = Some((&scenario.id, measure, which));
                }
            }
        }
    }
    last
}

/// Whether a scenario stays as it is: it is adopted, or one that is stacked on it is.
fn is_locked(plan: &Plan, scenario: &ScenarioId) -> bool {
    let adopted = plan.scenarios.iter().filter(|s| s.adopted.is_some());
    let locked: BTreeSet<&ScenarioId> =
        adopted.flat_map(|s| plan.lineage(&s.id)).map(|s| &s.id).collect();
    locked.contains(scenario)
}
