//! Owns numbers typed over a formula that carries a number of the plan on: the workbook says that
//! this is how a number changes from a semester on.
//!
//! Invariant: only where the plan at hand makes the same workbook, and nothing but the formula's
//! own number moves with it: under measures it does, so there it is told and not taken.

use super::number::input;
use super::{Cell as Stood, Offer, Reason};
use crate::import::sheet::Cell;
use crate::import::{Change, Place, Target, When};
use crate::workbook::{Input, InputOf};
use shapan_engine::{
    Headcount, ParamPath, Plan, PopulationId, PopulationRole, RegionId, Semester, Unit, Year,
};
use std::collections::{BTreeSet, HashMap};

/// The rows of a workbook whose formulas carry on what stands before them.
pub(crate) struct Rows<'a> {
    plan: &'a Plan,
    rows: HashMap<(&'a str, usize), &'a Input>,
    /// What measures of any scenario change.
    moved: BTreeSet<&'a ParamPath>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(plan: &'a Plan, inputs: &'a [Input]) -> Self {
        let mut rows = HashMap::new();
        for input in inputs {
            if matches!(input.of, InputOf::Parameter(..) | InputOf::Census(..)) {
                let row = usize::try_from(input.row).unwrap_or(usize::MAX);
                rows.entry((input.sheet.as_str(), row)).or_insert(input);
            }
        }
        let measures = plan.scenarios.iter().flat_map(|s| &s.measures);
        let moved = measures.flat_map(|m| &m.changes).map(|change| &change.path).collect();
        Self { plan, rows, moved }
    }

    /// What typing over a formula comes to; `known` is what the formula came to.
    pub(crate) fn offer(
        &self,
        cell: &Stood,
        of: &str,
        found: &Cell,
        known: i64,
    ) -> Result<Offer, Reason> {
        let first = self.rows.get(&(cell.sheet.as_str(), cell.row)).ok_or(Reason::Formula)?;
        let right = cell.column.checked_sub(first.col.into()).ok_or(Reason::Formula)?;
        let region = first.region.and_then(|n| self.plan.regions.get(n)).map(|r| &r.id);
        let (target, place, when) = match &first.of {
            InputOf::Parameter(path, from) => self.parameter(path, *from, right, region)?,
            InputOf::Census(id, year) => self.heads(id, *year, right, region)?,
            _ => return Err(Reason::Formula),
        };
        let new = input(found, first.of.decimals())?;
        let unit = match &target {
            Target::Parameter(path) => path.unit(),
            _ => Unit::Count,
        };
        if !unit.bounds().contains(&new) {
            return Err(Reason::OutOfBounds);
        }
        // The plan states nothing of its own there; what is replaced is what it came to.
        let (old, exported) = (Some(known), Some(known));
        let change = Change { target, place, when, old, new, cell: (cell.row, cell.column) };
        Ok(Offer { change, exported, cell: cell.clone(), of: of.to_owned() })
    }

    fn parameter(
        &self,
        path: &ParamPath,
        from: Semester,
        right: usize,
        region: Option<&RegionId>,
    ) -> Result<(Target, Place, When), Reason> {
        if self.moved.contains(path) {
            return Err(Reason::Several);
        }
        let mut semesters = self.plan.horizon.semesters().skip_while(|s| *s != from);
        let semester = semesters.nth(right).ok_or(Reason::Formula)?;
        let place = region.map_or(Place::Whole, |id| Place::Known(id.clone()));
        Ok((Target::Parameter(path.clone()), place, When::From(semester)))
    }

    fn heads(
        &self,
        id: &PopulationId,
        year: Year,
        right: usize,
        region: Option<&RegionId>,
    ) -> Result<(Target, Place, When), Reason> {
        let population = self.plan.populations.iter().find(|p| p.id == *id);
        let is_counted =
            population.is_some_and(|p| matches!(p.headcount, Headcount::Counted { .. }));
        if !is_counted {
            return Err(Reason::ComputedHeads);
        }
        let growth = ParamPath::Population(id.clone(), PopulationRole::Growth);
        if self.moved.contains(&growth) {
            return Err(Reason::GrowthUnderMeasures);
        }
        let year = year.plus(i16::try_from(right).map_err(|_| Reason::Formula)?);
        let horizon = self.plan.horizon;
        if year < horizon.first().plus(-1) || year > horizon.last() {
            return Err(Reason::Formula);
        }
        let region = region.ok_or(Reason::Formula)?;
        Ok((Target::Heads(id.clone()), Place::Known(region.clone()), When::Autumn(year)))
    }
}
