//! Owns what tables of an outcome are made of: every payment summed by programme, region, fiscal
//! year and source; what a figure comes to for each head; the stage a programme is for.
//!
//! Invariant: whatever way the sums are put together, they make up the outcome's total to the
//! fen, at a cost proportional to the payments. Deliberately absent: rows, columns and order.

use crate::attribution::FairAttribution;
use crate::calc::{Calc, Plain, Rounding};
use crate::exact::{Fen, Overflow};
use crate::id::PopulationId;
use crate::outcome::{Cut, Difference, Outcome};
use crate::plan::{Driver, Headcount, PlanParts, Population, Posts, Stage};
use crate::why::What;
use std::sync::Arc;

impl Outcome {
    /// Tells the sum of every programme's payments in each region and fiscal year from each of
    /// its sources, in fen; the cuts are whole: each names one place on every axis.
    pub fn each_sum(&self, tell: &mut dyn FnMut(Cut, Fen)) {
        for (programme, spending) in self.spending().iter().enumerate() {
            spending.each_sum(programme, tell);
        }
    }

    /// Heads that fiscal years pay for, twice: those of the two autumns each year's semesters
    /// are taught to, added up over one population or all pupils, one region or all, one
    /// fiscal year or all.
    ///
    /// # Errors
    /// [`Overflow`] where they do not fit.
    pub fn taught(
        &self,
        plan: &PlanParts,
        population: Option<&PopulationId>,
        region: Option<usize>,
        year: Option<usize>,
    ) -> Result<i64, Overflow> {
        self.taught_with(&mut Plain, plan, population, (region, year))
    }

    pub(crate) fn taught_with<C: Calc>(
        &self,
        c: &mut C,
        plan: &PlanParts,
        population: Option<&PopulationId>,
        (region, year): (Option<usize>, Option<usize>),
    ) -> Result<C::Num, Overflow> {
        let all = || plan.pupils().map(|p| &p.id).collect();
        let populations: Vec<_> = population.map_or_else(all, |one| vec![one]);
        let mut parts = Vec::new();
        for population in populations {
            for n in year.map_or(0..plan.horizon.years(), |y| y..y + 1).flat_map(|y| [y, y + 1]) {
                let autumn = plan.horizon.school_year(n);
                parts.push(match region {
                    Some(region) => {
                        let heads = self.heads(population, region).get(n).copied().unwrap_or(0);
                        let population = population.clone();
                        c.put(heads, || What::Heads { population, region, year: autumn })
                    }
                    None => {
                        let heads = self.all_heads(&mut Plain, plan, population, n)?;
                        let population = population.clone();
                        c.put(heads, || What::AllHeads { population, year: autumn })
                    }
                });
            }
        }
        let population = population.cloned();
        c.sum(|| What::Taught { population, region, year }, &parts)
    }

    /// Heads a fiscal year pays for, twice: those of the two autumns its semesters are taught
    /// to, added up.
    pub fn heads_twice(&self, population: &PopulationId, region: usize, year: usize) -> i64 {
        let heads = self.heads(population, region);
        heads.iter().skip(year).take(2).sum()
    }
}

impl Difference<'_> {
    /// As [`Outcome::each_sum`], of the difference; programmes in which nothing moved are passed
    /// over.
    pub fn each_sum(&self, tell: &mut dyn FnMut(Cut, Fen)) {
        let both = self.scenario.spending().iter().zip(self.base.spending());
        for (programme, (now, before)) in both.enumerate() {
            if !Arc::ptr_eq(now, before) {
                now.each_sum(programme, tell);
                before.each_sum(programme, &mut |cut, fen| tell(cut, -fen));
            }
        }
    }
}

impl FairAttribution {
    /// As [`Outcome::each_sum`], of what the measure at `place` adds.
    pub fn each_sum(&self, place: usize, tell: &mut dyn FnMut(Cut, Fen)) {
        for (programme, payments) in self.payments(place) {
            payments.each_sum(programme, tell);
        }
    }
}

/// An amount for each head, in fen rounded half-up; `None` where there is nobody.
///
/// # Errors
/// Where it does not fit in 64 bits.
pub fn per_head(amount: Fen, heads_twice: i64) -> Result<Option<Fen>, Overflow> {
    if heads_twice <= 0 {
        return Ok(None);
    }
    let unnamed = || What::Total(Cut::ALL); // never asked for
    each_of(&mut Plain, unnamed, amount.0, heads_twice).map(Fen).map(Some)
}

/// As [`per_head`], of heads that there are.
pub(crate) fn each_of<C: Calc>(
    c: &mut C,
    what: impl FnOnce() -> What,
    amount: C::Num,
    heads_twice: C::Num,
) -> Result<C::Num, Overflow> {
    c.divided(what, (amount, 2), heads_twice, Rounding::HalfUp)
}

impl PlanParts {
    /// Populations that together are all pupils, nobody counted twice: those that are no share
    /// of another, students of tertiary education apart.
    pub fn pupils(&self) -> impl Iterator<Item = &Population> {
        let is_own = |p: &&Population| !matches!(p.headcount, Headcount::ShareOf { .. });
        self.populations.iter().filter(is_own).filter(|p| p.stage != Stage::Tertiary)
    }

    /// The stage whose heads a programme is reckoned from, where it is reckoned from heads.
    pub fn stage_of(&self, programme: usize) -> Option<Stage> {
        let id = match &self.programmes.get(programme)?.driver {
            Driver::Heads { population, .. }
            | Driver::Loans { population, .. }
            | Driver::Posts { posts: Posts::PerPupils { population, .. }, .. } => population,
            Driver::Posts { .. }
            | Driver::Works { .. }
            | Driver::Revenue { .. }
            | Driver::Lump { .. } => return None,
        };
        self.populations.iter().find(|p| p.id == *id).map(|p| p.stage)
    }
}
