//! Owns the outcome: every payment of a plan under one scenario, and its totals.
//!
//! Invariant: payments are never negative and their grand total fits in 64 bits, so
//! any sub-total and any difference of two does. Totals are sums of payments and are
//! never rounded again. Deliberately absent: shares, ratios, words.

use crate::evaluate::{EvaluateError, People, Values};
use crate::exact::Fen;
use crate::id::PopulationId;
use crate::plan::{PlanParts, Scope};
use crate::time::Horizon;
use std::sync::Arc;

/// How often a programme pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Periods {
    /// Each semester: period `2n` is the spring, `2n + 1` the autumn of fiscal year `n`.
    Semesters,
    /// Each fiscal year.
    Years,
}

/// A selection of the payments: each axis one place, or all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// One programme's payments: `[region][period][source]`, and what they are reckoned from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spending {
    periods: Periods,
    regions: usize,
    years: usize,
    sources: usize,
    payments: Vec<i64>,
    quantities: Vec<i64>,
    /// The sum of all payments.
    total: i128,
}

impl Spending {
    pub(crate) fn empty(periods: Periods, plan: &PlanParts) -> Self {
        let (regions, sources, years) =
            (plan.regions.len(), plan.sources.len(), plan.horizon.years());
        let mut spending = Self {
            periods,
            regions,
            years,
            sources,
            payments: Vec::new(),
            quantities: Vec::new(),
            total: 0,
        };
        let cells = regions * spending.periods_len();
        spending.payments = vec![0; cells * sources];
        spending.quantities = vec![0; cells];
        spending
    }

    /// The payments are all there: adds them up.
    pub(crate) fn closed(mut self) -> Self {
        self.total = self.payments.iter().map(|p| i128::from(*p)).sum();
        self
    }

    pub(crate) fn periods_len(&self) -> usize {
        self.years * self.periods_a_year()
    }

    fn periods_a_year(&self) -> usize {
        match self.periods {
            Periods::Semesters => 2,
            Periods::Years => 1,
        }
    }

    /// Notes the quantity and gives the parts by source to fill in.
    pub(crate) fn cell_mut(&mut self, region: usize, period: usize, quantity: i64) -> &mut [i64] {
        let cell = region * self.periods_len() + period;
        self.quantities[cell] = quantity;
        &mut self.payments[cell * self.sources..(cell + 1) * self.sources]
    }

    fn cell(&self, region: usize, period: usize) -> &[i64] {
        let cell = region * self.periods_len() + period;
        &self.payments[cell * self.sources..(cell + 1) * self.sources]
    }

    fn total(&self, cut: Cut) -> i64 {
        let regions = cut.region.map_or(0..self.regions, |r| r..r + 1);
        let a_year = self.periods_a_year();
        let periods = cut.year.map_or(0..self.periods_len(), |y| y * a_year..(y + 1) * a_year);
        let cells = regions.flat_map(|r| periods.clone().map(move |p| (r, p)));
        cells
            .map(|(r, p)| {
                let parts = self.cell(r, p);
                cut.source.map_or_else(|| parts.iter().sum(), |s| parts[s])
            })
            .sum()
    }
}

/// Money available from a source: `[region, or just one row for the city][fiscal year]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Funds {
    pub(crate) scope: Scope,
    pub(crate) amounts: Vec<Vec<i64>>,
}

/// Everything computed from a plan under one scenario. Places on its axes are places
/// in the plan's lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    // Shared with the outcomes this one was computed from, where nothing moved.
    values: Values,
    people: Arc<People>,
    spending: Vec<Arc<Spending>>,
    funds: Arc<Vec<Option<Funds>>>,
}

impl Outcome {
    pub(crate) fn new(
        values: Values,
        people: Arc<People>,
        spending: Vec<Arc<Spending>>,
        funds: Arc<Vec<Option<Funds>>>,
    ) -> Result<Self, EvaluateError> {
        let grand: i128 = spending.iter().map(|s| s.total).sum();
        if i64::try_from(grand).is_err() {
            return Err(EvaluateError::Overflow { place: "programmes".to_owned() });
        }
        Ok(Self { values, people, spending, funds })
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

    pub(crate) fn funds(&self) -> &Arc<Vec<Option<Funds>>> {
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
        let sources = plan.sources.iter().enumerate().filter(|(_, s)| s.is_county_budget());
        sources.map(|(place, _)| self.total(cut.from_source(place))).sum()
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
        self.spending[programme].cell(region, period).iter().map(|part| Fen(*part))
    }

    /// What a payment is reckoned from: recipients, posts, new borrowers, or units
    /// completed in the year; 0 for revenue shares and lump sums.
    pub fn quantity(&self, programme: usize, region: usize, period: usize) -> i64 {
        let spending = &self.spending[programme];
        spending.quantities[region * spending.periods_len() + period]
    }

    /// Recipients of a programme in a fiscal year: of its two semesters the larger, by
    /// region, added up.
    pub fn recipients(&self, programme: usize, year: usize) -> i64 {
        let spending = &self.spending[programme];
        let a_year = spending.periods_a_year();
        let periods = year * a_year..(year + 1) * a_year;
        let most = |r| periods.clone().map(|p| self.quantity(programme, r, p)).max().unwrap_or(0);
        (0..spending.regions).map(most).sum()
    }

    /// Heads of a population in a region by school year, from the autumn before the first
    /// fiscal year on.
    pub fn heads(&self, population: &PopulationId, region: usize) -> &[i64] {
        self.people.row(population, region)
    }

    /// What is available from a source in a fiscal year, fen; `None` where the plan does
    /// not say, or where regions share it and one region is asked for.
    pub fn available(&self, source: usize, region: Option<usize>, year: usize) -> Option<Fen> {
        let funds = self.funds[source].as_ref()?;
        match (funds.scope, region) {
            (Scope::CityWide, Some(_)) => None,
            (Scope::PerRegion, Some(region)) => Some(Fen(funds.amounts[region][year])),
            (_, None) => Some(funds.amounts.iter().map(|row| Fen(row[year])).sum()),
        }
    }

    /// What a source lacks in a fiscal year, fen: what is demanded above what is available.
    /// Where each region has its own money, one region's surplus closes no other's gap.
    pub fn gap(&self, source: usize, year: usize) -> Option<Fen> {
        let funds = self.funds[source].as_ref()?;
        let cut = Cut::ALL.in_year(year).from_source(source);
        Some(match funds.scope {
            Scope::CityWide => self.total(cut).above(Fen(funds.amounts[0][year])),
            Scope::PerRegion => {
                let rows = funds.amounts.iter().enumerate();
                rows.map(|(r, row)| self.total(cut.in_region(r)).above(Fen(row[year]))).sum()
            }
        })
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

    /// People a programme newly pays, or pays a different amount, in a fiscal year.
    ///
    /// In each region and period: everybody, where what one head gets differs; otherwise
    /// those who came or went. Of a year's two semesters the larger counts.
    pub fn reached(&self, programme: usize, year: usize) -> i64 {
        let (new, old) = (&self.scenario.spending[programme], &self.base.spending[programme]);
        let a_year = new.periods_a_year();
        let in_period = |region: usize, period: usize| {
            let (heads, heads_before) = (
                self.scenario.quantity(programme, region, period),
                self.base.quantity(programme, region, period),
            );
            let paid =
                |s: &Spending| s.cell(region, period).iter().map(|p| i128::from(*p)).sum::<i128>();
            let (now, before) = (paid(new), paid(old));
            // now/heads and before/heads_before, compared without dividing; a fen of rounding
            // per payment is no raise.
            let (a, b) = (now * i128::from(heads_before), before * i128::from(heads));
            let same_each = (a - b).abs() <= i128::from(heads.max(heads_before));
            match (heads, heads_before) {
                (_, _) if now == before && heads == heads_before => 0,
                (0, gone) => gone,
                (come, 0) => come,
                _ if before == 0 || now == 0 => heads.max(heads_before),
                _ if same_each => (heads - heads_before).abs(),
                _ => heads.max(heads_before),
            }
        };
        let periods = year * a_year..(year + 1) * a_year;
        (0..new.regions).map(|r| periods.clone().map(|p| in_period(r, p)).max().unwrap_or(0)).sum()
    }
}
