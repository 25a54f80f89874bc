//! Owns the outcome: every payment of a plan under one scenario, and its totals.
//!
//! Invariant: payments are never negative and their grand total fits in 64 bits, so
//! any sub-total and any difference of two does. Totals are sums of payments and are
//! never rounded again. Deliberately absent: shares, ratios, words.

use crate::calc::{Calc, Plain};
use crate::evaluate::{EvaluateError, Formula, People, Splitter, Values};
use crate::exact::{Fen, Overflow};
use crate::funding::Funds;
use crate::id::PopulationId;
use crate::plan::{ParamPath, PlanParts};
use crate::time::{Horizon, Periods};
use crate::why::{What, Working};
use std::sync::Arc;

/// A selection of the payments: each axis one place, or all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cut {
    /// Place among the plan's programmes.
    pub programme: Option<usize>,
    /// Place among the plan's regions.
    pub region: Option<usize>,
    /// Place among the horizon's fiscal years.
    pub year: Option<usize>,
    /// Place among the plan's sources.
    pub source: Option<usize>,
}

impl Cut {
    /// All payments.
    pub const ALL: Self = Self { programme: None, region: None, year: None, source: None };

    /// The same in one fiscal year.
    pub fn in_year(self, year: usize) -> Self {
        Self { year: Some(year), ..self }
    }

    /// The same from one source.
    pub fn from_source(self, source: usize) -> Self {
        Self { source: Some(source), ..self }
    }

    /// The same in one region.
    pub fn in_region(self, region: usize) -> Self {
        Self { region: Some(region), ..self }
    }

    /// The same for one programme.
    pub fn of_programme(self, programme: usize) -> Self {
        Self { programme: Some(programme), ..self }
    }
}

/// One programme's payments: `[region][period][payer]`, and what they are reckoned from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spending {
    periods: Periods,
    regions: usize,
    years: usize,
    /// Places of the paying sources among the plan's: nobody else has a part.
    payers: Vec<usize>,
    payments: Vec<i64>,
    quantities: Vec<i64>,
    /// All regions' payments, `[year][payer]`: what most totals are made of.
    by_year: Vec<i64>,
}

impl Spending {
    /// One programme over all regions and periods.
    pub(crate) fn of(
        plan: &PlanParts,
        place: usize,
        values: &Values,
        people: &People,
    ) -> Result<Self, EvaluateError> {
        let programme = &plan.programmes[place];
        let formula = Formula::new(plan, place, values, people);
        let splitter = Splitter::new(plan, programme, values);
        let (regions, years) = (plan.regions.len(), plan.horizon.years());
        let periods = formula.periods();
        let payers = splitter.payers().to_vec();
        let cells = regions * years * periods.a_year();
        let mut payments = vec![0; cells * payers.len()];
        let mut quantities = Vec::with_capacity(cells);
        let mut by_year = vec![0; years * payers.len()];
        let mut all = 0i64;
        let mut rows = payments.chunks_exact_mut(payers.len());
        for region in 0..regions {
            formula.dues(&mut Plain, region, |c, period, entry| {
                // No part is negative: if all payments fit, so does every sum of parts.
                all = all
                    .checked_add(entry.due.payment)
                    .ok_or(Overflow)
                    .map_err(EvaluateError::overflow(&programme.id))?;
                quantities.push(entry.quantity);
                let Some(row) = rows.next() else { return Ok(()) };
                let year = period / periods.a_year();
                let sums = &mut by_year[year * row.len()..(year + 1) * row.len()];
                splitter.divide(c, &formula, entry.due, (region, period), |payer, part: i64| {
                    row[payer] = part;
                    sums[payer] += part;
                })
            })?;
        }
        Ok(Self { periods, regions, years, payers, payments, quantities, by_year })
    }

    /// The parts of all payments, `[region][period][payer]`.
    pub(crate) fn payments(&self) -> &[i64] {
        &self.payments
    }

    /// All regions' payments, `[year][payer]`.
    pub(crate) fn by_year(&self) -> &[i64] {
        &self.by_year
    }

    /// Shares of these payments, in their place.
    pub(crate) fn with_payments(&self, payments: Vec<i64>) -> Self {
        let payers = self.payers.len();
        let mut by_year = vec![0; self.years * payers];
        for (cell, parts) in payments.chunks_exact(payers).enumerate() {
            let year = cell % self.periods_len() / self.periods.a_year();
            let sums = &mut by_year[year * payers..(year + 1) * payers];
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
        Self { payments, by_year, payers: self.payers.clone(), quantities: Vec::new(), ..*self }
    }

    /// Sums over all regions alone, `[year][payer]`.
    pub(crate) fn with_sums(&self, by_year: &[i64]) -> Self {
        Self {
            payments: Vec::new(),
            by_year: by_year.to_vec(),
            payers: self.payers.clone(),
            quantities: Vec::new(),
            ..*self
        }
    }

    fn all(&self) -> i64 {
        self.by_year.iter().sum()
    }

    /// Regions there are.
    pub(crate) fn regions(&self) -> usize {
        self.regions
    }

    /// Periods there are.
    pub(crate) fn periods_len(&self) -> usize {
        self.years * self.periods.a_year()
    }

    /// A payment's parts, one for each payer.
    pub(crate) fn cell(&self, region: usize, period: usize) -> &[i64] {
        let cell = region * self.periods_len() + period;
        &self.payments[cell * self.payers.len()..(cell + 1) * self.payers.len()]
    }

    /// Tells the sum of each region, year and payer, under this programme's place.
    pub(crate) fn each_sum(&self, programme: usize, tell: &mut dyn FnMut(Cut, Fen)) {
        let (a_year, payers) = (self.periods.a_year(), self.payers.len());
        for (row, cells) in self.payments.chunks_exact(a_year * payers).enumerate() {
            let cut = Cut::ALL.of_programme(programme).in_region(row / self.years);
            let cut = cut.in_year(row % self.years);
            for (payer, source) in self.payers.iter().enumerate() {
                let parts = cells.iter().skip(payer).step_by(payers);
                tell(cut.from_source(*source), Fen(parts.sum()));
            }
        }
    }

    /// The sum of the selected parts; the cut's programme is this one.
    pub(crate) fn total(&self, cut: Cut) -> i64 {
        let payer = match cut.source {
            None => None,
            Some(source) => match self.payers.iter().position(|s| *s == source) {
                None => return 0,
                payer => payer,
            },
        };
        let of = |parts: &[i64]| payer.map_or_else(|| parts.iter().sum(), |payer| parts[payer]);
        match cut.region {
            None => {
                let years = cut.year.map_or(0..self.years, |y| y..y + 1);
                let payers = self.payers.len();
                years.map(|y| of(&self.by_year[y * payers..(y + 1) * payers])).sum()
            }
            Some(region) => {
                let a_year = self.periods.a_year();
                let periods =
                    cut.year.map_or(0..self.periods_len(), |y| y * a_year..(y + 1) * a_year);
                periods.map(|period| of(self.cell(region, period))).sum()
            }
        }
    }
}

/// Everything computed from a plan under one scenario. Places on its axes are places
/// in the plan's lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    // Shared with the outcomes this one was computed from, where nothing moved.
    values: Values,
    people: Arc<People>,
    spending: Vec<Arc<Spending>>,
    funds: Arc<Funds>,
    sources: usize,
}

impl Outcome {
    pub(crate) fn new(
        plan: &PlanParts,
        values: Values,
        people: Arc<People>,
        spending: Vec<Arc<Spending>>,
        funds: Arc<Funds>,
    ) -> Result<Self, EvaluateError> {
        let grand: i128 = spending.iter().map(|s| i128::from(s.all())).sum();
        if i64::try_from(grand).is_err() {
            return Err(EvaluateError::Overflow { place: "programmes".to_owned() });
        }
        Ok(Self { values, people, spending, funds, sources: plan.sources.len() })
    }

    pub(crate) fn values(&self) -> &Values {
        &self.values
    }

    pub(crate) fn people(&self) -> &Arc<People> {
        &self.people
    }

    pub(crate) fn spending(&self) -> &[Arc<Spending>] {
        &self.spending
    }

    pub(crate) fn funds(&self) -> &Arc<Funds> {
        &self.funds
    }

    /// The fiscal years it runs over.
    pub fn horizon(&self) -> Horizon {
        self.values.horizon()
    }

    /// The sum of the selected payments, in fen.
    pub fn total(&self, cut: Cut) -> Fen {
        match cut.programme {
            Some(programme) => Fen(self.spending[programme].total(cut)),
            None => self.spending.iter().map(|s| Fen(s.total(cut))).sum(),
        }
    }

    /// The selected payments that fall on counties' general budgets, in fen.
    pub fn county_burden(&self, plan: &PlanParts, cut: Cut) -> Fen {
        // A sub-total fits, for all payments do.
        self.burden_with(&mut Plain, plan, cut).map_or(Fen::ZERO, Fen)
    }

    pub(crate) fn burden_with<C: Calc>(
        &self,
        c: &mut C,
        plan: &PlanParts,
        cut: Cut,
    ) -> Result<C::Num, Overflow> {
        let sources = plan.sources.iter().enumerate().filter(|(_, s)| s.is_county_budget());
        let sources = sources.map(|(place, _)| cut.from_source(place));
        let parts: Vec<_> =
            sources.map(|cut| c.put(self.total(cut).0, || What::Total(cut))).collect();
        c.sum(|| What::CountyBurden(cut), &parts)
    }

    /// Heads of all regions in a school year, counted as in [`Self::heads`].
    pub(crate) fn all_heads<C: Calc>(
        &self,
        c: &mut C,
        plan: &PlanParts,
        population: &PopulationId,
        school_year: usize,
    ) -> Result<C::Num, Overflow> {
        let year = plan.horizon.school_year(school_year);
        let mut parts = Vec::new();
        for region in 0..plan.regions.len() {
            let heads = self.heads(population, region).get(school_year).copied().unwrap_or(0);
            let population = population.clone();
            parts.push(c.put(heads, || What::Heads { population, region, year }));
        }
        c.sum(|| What::AllHeads { population: population.clone(), year }, &parts)
    }

    /// Units a works programme has completed in a region by the end of a fiscal year.
    pub(crate) fn completed_by<C: Calc>(
        &self,
        c: &mut C,
        programme: usize,
        region: usize,
        year: usize,
    ) -> Result<C::Num, Overflow> {
        let working = Working::Quantity;
        let each = (0..=year).map(|period| {
            let units = self.quantity(programme, region, period);
            c.put(units, || What::Working { working, programme, region, period })
        });
        let each: Vec<_> = each.collect();
        c.sum(|| What::CompletedBy { programme, region, year }, &each)
    }

    /// How often a programme pays.
    pub fn periods(&self, programme: usize) -> Periods {
        self.spending[programme].periods
    }

    /// A payment's parts by source, in fen; `period` as in [`Periods`].
    pub fn payment(
        &self,
        programme: usize,
        region: usize,
        period: usize,
    ) -> impl Iterator<Item = Fen> {
        let spending = &self.spending[programme];
        let cell = spending.cell(region, period);
        (0..self.sources).map(move |source| {
            let payer = spending.payers.iter().position(|s| *s == source);
            payer.map_or(Fen::ZERO, |payer| Fen(cell[payer]))
        })
    }

    /// What a payment is reckoned from: recipients, posts, new borrowers, or units
    /// completed in the year; 0 for revenue shares and lump sums.
    pub fn quantity(&self, programme: usize, region: usize, period: usize) -> i64 {
        let spending = &self.spending[programme];
        spending.quantities[region * spending.periods_len() + period]
    }

    /// A parameter's values in force in a region by semester, from the autumn before the first
    /// fiscal year on, in its unit; empty for a parameter the plan lacks.
    pub fn in_force(&self, path: &ParamPath, region: usize) -> &[i64] {
        self.values.rows(path).of(region)
    }

    /// Heads of a population in a region by school year, from the autumn before the first
    /// fiscal year on.
    pub fn heads(&self, population: &PopulationId, region: usize) -> &[i64] {
        self.people.row(population, region)
    }

    /// Heads by grade, the first grade first, in a region and school year (counted as in
    /// [`Self::heads`]); 0 in grades that the region's system does not have. `None` where
    /// heads are not known by grade.
    pub fn grades(
        &self,
        population: &PopulationId,
        region: usize,
        school_year: usize,
    ) -> Option<&[i64]> {
        self.people.grades(population, region, school_year)
    }
}

/// What a scenario costs beyond another, fen by fen.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'a> {
    /// The scenario looked at.
    pub scenario: &'a Outcome,
    /// What it is compared with.
    pub base: &'a Outcome,
}

impl Difference<'_> {
    /// The difference of the selected payments, in fen.
    pub fn total(&self, cut: Cut) -> Fen {
        self.scenario.total(cut) - self.base.total(cut)
    }

    /// The difference that falls on counties' general budgets, in fen.
    pub fn county_burden(&self, plan: &PlanParts, cut: Cut) -> Fen {
        self.scenario.county_burden(plan, cut) - self.base.county_burden(plan, cut)
    }

    /// Whether any payment differs.
    pub fn is_zero(&self) -> bool {
        let (a, b) = (&self.scenario.spending, &self.base.spending);
        a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b) || a.payments == b.payments)
    }
}
