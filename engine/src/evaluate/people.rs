//! Owns head counts: every population by region and school year, whole people only.
//!
//! Invariant: school years run from the autumn before the first fiscal year to the
//! last fiscal year's autumn, so spring of fiscal year `n` reads place `n`, its autumn `n + 1`.

use super::{EvaluateError, Values};
use crate::exact::{Overflow, grow, share_of};
use crate::id::PopulationId;
use crate::plan::{Census, Headcount, ParamPath, PlanParts, PopulationRole, Region, Unit};
use std::collections::HashMap;

/// Heads of every population: `[population][region][school year]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct People {
    places: HashMap<PopulationId, usize>,
    heads: Vec<Vec<Vec<i64>>>,
}

impl People {
    /// Counts and projects every population.
    pub(crate) fn count(plan: &PlanParts, values: &Values) -> Result<Self, EvaluateError> {
        let places = plan.populations.iter().enumerate().map(|(n, p)| (p.id.clone(), n)).collect();
        let mut counter = Counter { plan, values, places: &places, heads: HashMap::new() };
        for n in 0..plan.populations.len() {
            counter.count(n)?;
        }
        let mut counted = counter.heads;
        let heads =
            (0..plan.populations.len()).map(|n| counted.remove(&n).unwrap_or_default()).collect();
        Ok(Self { places, heads })
    }

    /// Heads by region and school year; empty for a population the plan lacks.
    pub(crate) fn of(&self, population: &PopulationId) -> &[Vec<i64>] {
        self.places.get(population).map_or(&[], |n| &self.heads[*n])
    }

    /// Heads in a region by school year; empty for a population the plan lacks.
    pub(crate) fn row(&self, population: &PopulationId, region: usize) -> &[i64] {
        self.of(population).get(region).map_or(&[], Vec::as_slice)
    }
}

struct Counter<'a> {
    plan: &'a PlanParts,
    values: &'a Values,
    places: &'a HashMap<PopulationId, usize>,
    heads: HashMap<usize, Vec<Vec<i64>>>,
}

impl Counter<'_> {
    /// Counts one population, its parent first; the check has ruled out circles.
    fn count(&mut self, n: usize) -> Result<(), EvaluateError> {
        if self.heads.contains_key(&n) {
            return Ok(());
        }
        let population = &self.plan.populations[n];
        let regions = self.plan.regions.iter().enumerate();
        let overflow = || EvaluateError::overflow(&population.id);
        let heads: Result<Vec<_>, Overflow> = match &population.headcount {
            Headcount::Counted { censuses, .. } => {
                let path = ParamPath::Population(population.id.clone(), PopulationRole::Growth);
                let growth = self.values.rows(&path);
                regions.map(|(r, region)| self.project(censuses, growth.of(r), region)).collect()
            }
            Headcount::Cohort(_) => Ok(Vec::new()),
            Headcount::ShareOf { parent, .. } => {
                let Some(parent) = self.places.get(parent).copied() else { return Ok(()) };
                self.count(parent)?;
                let path = ParamPath::Population(population.id.clone(), PopulationRole::Share);
                let shares = self.values.rows(&path);
                let parents = self.heads.get(&parent).map_or(&[][..], Vec::as_slice);
                regions
                    .map(|(r, _)| {
                        let autumns = shares.of(r).iter().step_by(2);
                        parents[r].iter().zip(autumns).map(|(p, s)| share_of(*p, *s)).collect()
                    })
                    .collect()
            }
        };
        let heads = heads.map_err(overflow())?;
        // No more than a census may count: so people of any number of regions can be added up.
        if heads.iter().flatten().any(|heads| !Unit::Count.bounds().contains(heads)) {
            return Err(overflow()(Overflow));
        }
        self.heads.insert(n, heads);
        Ok(())
    }

    /// The counts where there is a census, the growth of the year before where there is none.
    fn project(
        &self,
        censuses: &[Census],
        growth: &[i64],
        region: &Region,
    ) -> Result<Vec<i64>, Overflow> {
        let heads = |census: &Census| census.heads.get(&region.id).copied().unwrap_or(0);
        let horizon = self.plan.horizon;
        let start = horizon.first().plus(-1);
        let before = censuses.iter().rev().find(|c| c.year < start).map_or(0, heads);
        let mut row = Vec::with_capacity(horizon.years() + 1);
        let mut previous = before;
        let last_known = censuses.iter().rev().find(|c| c.year <= start).map(|c| c.year);
        for (n, year) in std::iter::once(start).chain(horizon.fiscal_years()).enumerate() {
            previous = match censuses.iter().find(|c| c.year == year) {
                Some(census) => heads(census),
                // From an older census to the first autumn: one growth step for each year between.
                None if n == 0 => {
                    let years = last_known.map_or(0, |known| start.get() - known.get());
                    (0..years).try_fold(previous, |heads, _| grow(heads, growth[0]))?
                }
                None => grow(previous, growth[n * 2])?,
            };
            row.push(previous);
        }
        Ok(row)
    }
}
