//! Owns money there is: what is available from each source, what is asked of it, what is
//! lacking and what is left.
//!
//! Invariant: nothing closes a gap but the same pot's own money; one region's surplus closes
//! no other's gap, one account's none of another's. What is not spent is there in the next
//! year only where the account carries over. Deliberately absent: rules.

use crate::evaluate::{EvaluateError, Values};
use crate::exact::{Fen, Overflow};
use crate::outcome::{Cut, Outcome};
use crate::plan::{Account, ParamPath, Plan, PlanParts, Scope, Source, SourceRole};

/// What is available from each source; `None` where the plan does not say.
pub(crate) type Funds = Vec<Option<Fund>>;

/// Money available from a source: `[region, or just one row for the city][fiscal year]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fund {
    scope: Scope,
    carries_over: bool,
    amounts: Vec<Vec<i64>>,
}

/// The money of a source in a fiscal year, in fen; sums over its regions where each has its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funding {
    /// What the year brings.
    pub available: Fen,
    /// What is left from the year before.
    pub carried: Fen,
    /// What is asked for.
    pub demand: Fen,
    /// What is lacking.
    pub gap: Fen,
    /// What is left.
    pub surplus: Fen,
}

impl Funding {
    fn of(available: Fen, carried: Fen, demand: Fen) -> Self {
        let there = available + carried;
        Self { available, carried, demand, gap: demand.above(there), surplus: there.above(demand) }
    }

    fn and(self, other: Self) -> Self {
        Self {
            available: self.available + other.available,
            carried: self.carried + other.carried,
            demand: self.demand + other.demand,
            gap: self.gap + other.gap,
            surplus: self.surplus + other.surplus,
        }
    }
}

/// What is available from each source: what is stated, else what the account takes in.
pub(crate) fn funds(plan: &PlanParts, values: &Values) -> Result<Funds, EvaluateError> {
    let mut all = 0i128; // of all sources, so that any of their sums fits
    let of_source = |source: &Source| {
        let (scope, role) = match (&source.available, &source.revenue) {
            (Some(available), _) => (available.scope, SourceRole::Available),
            (None, Some(_)) => (Scope::PerRegion, SourceRole::Revenue),
            (None, None) => return Ok(None),
        };
        let rows = match scope {
            Scope::CityWide => 1,
            Scope::PerRegion => plan.regions.len(),
        };
        let amounts = values.yearly(&ParamPath::Source(source.id.clone(), role), rows);
        all += amounts.iter().flatten().map(|amount| i128::from(*amount)).sum::<i128>();
        if i64::try_from(all).is_err() {
            return Err(EvaluateError::overflow(&source.id)(Overflow));
        }
        Ok(Some(Fund { scope, carries_over: source.carry_over, amounts }))
    };
    plan.sources.iter().map(of_source).collect()
}

impl Outcome {
    /// What a fiscal year brings a source, fen; `None` where the plan does not say, or where
    /// regions share it and one region is asked for.
    pub fn available(&self, source: usize, region: Option<usize>, year: usize) -> Option<Fen> {
        let fund = self.funds()[source].as_ref()?;
        match (fund.scope, region) {
            (Scope::CityWide, Some(_)) => None,
            (Scope::PerRegion, Some(region)) => Some(Fen(fund.amounts[region][year])),
            (_, None) => Some(fund.amounts.iter().map(|row| Fen(row[year])).sum()),
        }
    }

    /// The money of a source by fiscal year, `[pot][year]`: a pot for each region, or one for
    /// the city; `None` where the plan does not say what is available.
    pub fn pots(&self, source: usize) -> Option<Vec<Vec<Funding>>> {
        let fund = self.funds()[source].as_ref()?;
        (0..fund.amounts.len()).map(|pot| self.pot(source, pot)).collect()
    }

    /// One of [`Self::pots`]; `None` also where there is no such pot.
    pub fn pot(&self, source: usize, pot: usize) -> Option<Vec<Funding>> {
        let fund = self.funds()[source].as_ref()?;
        let cut = match fund.scope {
            Scope::CityWide => Cut::ALL,
            Scope::PerRegion => Cut::ALL.in_region(pot),
        };
        let mut left = Fen::ZERO;
        let year = |(year, amount): (usize, &i64)| {
            let demand = self.total(cut.from_source(source).in_year(year));
            let carried = if fund.carries_over { left } else { Fen::ZERO };
            let funding = Funding::of(Fen(*amount), carried, demand);
            left = funding.surplus;
            funding
        };
        Some(fund.amounts.get(pot)?.iter().enumerate().map(year).collect())
    }

    /// Whether regions share a source's money or each has its own; `None` where the plan does
    /// not say what is available.
    pub fn fund_scope(&self, source: usize) -> Option<Scope> {
        self.funds()[source].as_ref().map(|fund| fund.scope)
    }

    /// The money of a source by fiscal year, over all its regions; `None` where the plan does
    /// not say what is available.
    pub fn funding(&self, source: usize) -> Option<Vec<Funding>> {
        let pots = self.pots(source)?;
        let years = 0..self.horizon().years();
        let in_year = |year: usize| pots.iter().map(move |pot| pot[year]);
        Some(years.map(|year| in_year(year).fold(Funding::default(), Funding::and)).collect())
    }

    /// The money of all sources with an account by fiscal year; `None` where the plan says of
    /// none of them what is available.
    pub fn account_funding(&self, plan: &Plan, account: Account) -> Option<Vec<Funding>> {
        let sources = plan.sources.iter().enumerate().filter(|(_, s)| s.account == account);
        let each = sources.filter_map(|(place, _)| self.funding(place));
        each.reduce(|a, b| a.into_iter().zip(b).map(|(a, b)| a.and(b)).collect())
    }

    /// What a source lacks in a fiscal year, fen: what is asked for above what is there.
    pub fn gap(&self, source: usize, year: usize) -> Option<Fen> {
        self.funding(source).map(|years| years[year].gap)
    }
}
