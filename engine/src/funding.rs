//! Owns money there is: what is available from each source, what is asked of it, what is
//! lacking and what is left.
//!
//! Invariant: nothing closes a gap but the same pot's own money; one region's surplus closes
//! no other's gap, one account's none of another's. What is not spent is there in the next
//! year only where the account carries over. Deliberately absent: rules.

use crate::calc::{Calc, Plain};
use crate::evaluate::{EvaluateError, Values};
use crate::exact::{Fen, Overflow};
use crate::outcome::{Cut, Outcome};
use crate::plan::{Account, ParamPath, Plan, PlanParts, Scope, Source, SourceRole};
use crate::why::{FundsFigure, What};

/// What is available from each source; `None` where the plan does not say.
pub(crate) type Funds = Vec<Option<Fund>>;

/// Money available from a source: `[region, or just one row for the city][fiscal year]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fund {
    /// The parameter the amounts are those of.
    path: ParamPath,
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

/// A pot in a fiscal year, in some arithmetic.
pub(crate) struct Pot<N> {
    available: N,
    carried: N,
    pub(crate) demand: N,
    pub(crate) there: N,
    covered: N,
    gap: N,
    surplus: N,
}

impl Pot<i64> {
    fn funding(&self) -> Funding {
        let [available, carried, demand, gap, surplus] =
            [self.available, self.carried, self.demand, self.gap, self.surplus].map(Fen);
        Funding { available, carried, demand, gap, surplus }
    }
}

impl<N: Copy> Pot<N> {
    pub(crate) fn figure(&self, figure: FundsFigure) -> N {
        match figure {
            FundsFigure::Available => self.available,
            FundsFigure::Carried => self.carried,
            FundsFigure::There => self.there,
            FundsFigure::Gap => self.gap,
            FundsFigure::Covered => self.covered,
            FundsFigure::Surplus => self.surplus,
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
        let path = ParamPath::Source(source.id.clone(), role);
        let amounts = amounts(values, &path, rows).map_err(EvaluateError::overflow(&source.id))?;
        all += amounts.iter().flatten().map(|amount| i128::from(*amount)).sum::<i128>();
        if i64::try_from(all).is_err() {
            return Err(EvaluateError::overflow(&source.id)(Overflow));
        }
        Ok(Some(Fund { path, scope, carries_over: source.carry_over, amounts }))
    };
    plan.sources.iter().map(of_source).collect()
}

/// What each fiscal year brings, `[row][fiscal year]`.
fn amounts(values: &Values, path: &ParamPath, rows: usize) -> Result<Vec<Vec<i64>>, Overflow> {
    let series = values.series(path.clone());
    let unnamed = || What::Total(Cut::ALL); // never asked for
    let years = 0..values.horizon().years();
    let row = |row| years.clone().map(|y| series.mean(&mut Plain, row, y, unnamed)).collect();
    (0..rows).map(row).collect()
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
        let last = self.horizon().years() - 1;
        let years = self.pot_until(&mut Plain, source, pot, last).ok()??;
        Some(years.iter().map(Pot::funding).collect())
    }

    /// A pot in every year up to one; `None` where there is no such pot.
    fn pot_until<C: Calc>(
        &self,
        c: &mut C,
        source: usize,
        pot: usize,
        last: usize,
    ) -> Result<Option<Vec<Pot<C::Num>>>, Overflow> {
        let fund = self.funds()[source].as_ref().filter(|fund| pot < fund.amounts.len());
        let Some(fund) = fund else { return Ok(None) };
        let (region, cut) = match fund.scope {
            Scope::CityWide => (None, Cut::ALL),
            Scope::PerRegion => (Some(pot), Cut::ALL.in_region(pot)),
        };
        let series = self.values().series(fund.path.clone());
        let mut pots: Vec<Pot<C::Num>> = Vec::with_capacity(last + 1);
        for year in 0..=last {
            let what = |figure| move || What::Funds { figure, source, region, year };
            let available = || What::Available { source, region, year };
            let available = series.mean(c, pot, year, available)?;
            let cut = cut.from_source(source).in_year(year);
            let demand = c.put(self.total(cut).0, || What::Total(cut));
            let left = pots.last().filter(|_| fund.carries_over).map(|before| before.surplus);
            let carried = left.unwrap_or_else(|| c.put(0, what(FundsFigure::Carried)));
            let there = match left {
                Some(left) => c.sum(what(FundsFigure::There), &[available, left])?,
                None => available,
            };
            let covered = c.least(what(FundsFigure::Covered), demand, there);
            let gap = c.minus(what(FundsFigure::Gap), demand, &[covered])?;
            let surplus = c.minus(what(FundsFigure::Surplus), there, &[covered])?;
            pots.push(Pot { available, carried, demand, there, covered, gap, surplus });
        }
        Ok(Some(pots))
    }

    /// The money of a source in a year, in one region or over the city, where each region's is
    /// a number of its own; `None` where the plan does not say, or where regions share it and
    /// one is asked for.
    pub(crate) fn pot_in<C: Calc>(
        &self,
        c: &mut C,
        source: usize,
        region: Option<usize>,
        year: usize,
    ) -> Result<Option<Pot<C::Num>>, Overflow> {
        let Some(fund) = self.funds()[source].as_ref() else { return Ok(None) };
        let pot = match (fund.scope, region) {
            (Scope::CityWide, Some(_)) => return Ok(None),
            (Scope::CityWide, None) => 0,
            (Scope::PerRegion, Some(region)) => region,
            (Scope::PerRegion, None) => return self.all_pots(c, source, year),
        };
        Ok(self.pot_until(c, source, pot, year)?.and_then(|mut pots| pots.pop()))
    }

    /// The sums of a source's regions.
    fn all_pots<C: Calc>(
        &self,
        c: &mut C,
        source: usize,
        year: usize,
    ) -> Result<Option<Pot<C::Num>>, Overflow> {
        let mut each = Vec::new();
        for region in 0..self.funds()[source].as_ref().map_or(0, |fund| fund.amounts.len()) {
            each.extend(self.pot_in(&mut Plain, source, Some(region), year)?);
        }
        let mut sum = |figure: FundsFigure| {
            let parts = each.iter().enumerate().map(|(region, pot)| {
                let region = Some(region);
                c.put(pot.figure(figure), || What::Funds { figure, source, region, year })
            });
            let parts: Vec<_> = parts.collect();
            c.sum(|| What::Funds { figure, source, region: None, year }, &parts)
        };
        let [available, carried] = [sum(FundsFigure::Available)?, sum(FundsFigure::Carried)?];
        let [there, gap] = [sum(FundsFigure::There)?, sum(FundsFigure::Gap)?];
        let [covered, surplus] = [sum(FundsFigure::Covered)?, sum(FundsFigure::Surplus)?];
        let cut = Cut::ALL.from_source(source).in_year(year);
        let demand = c.put(self.total(cut).0, || What::Total(cut));
        Ok(Some(Pot { available, carried, demand, there, covered, gap, surplus }))
    }

    /// What all sources lack in a fiscal year, fen.
    pub fn all_gaps(&self, year: usize) -> Fen {
        self.gaps_with(&mut Plain, year).map_or(Fen::ZERO, Fen) // gaps are demand: they fit
    }

    pub(crate) fn gaps_with<C: Calc>(&self, c: &mut C, year: usize) -> Result<C::Num, Overflow> {
        let (figure, region) = (FundsFigure::Gap, None);
        let gaps =
            (0..self.funds().len()).filter_map(|source| Some((source, self.gap(source, year)?)));
        let gaps = gaps.filter(|(_, gap)| *gap != Fen::ZERO);
        let gaps =
            gaps.map(|(source, gap)| c.put(gap.0, || What::Funds { figure, source, region, year }));
        let gaps: Vec<_> = gaps.collect();
        c.sum(|| What::Gaps { year }, &gaps)
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
