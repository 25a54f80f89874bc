//! Owns the drivers: what each programme owes in each region and period, before it is split.
//!
//! Invariant: a payment is rounded once, half-up to a fen, per region × programme ×
//! semester (or × year where it is paid yearly). A yearly payment takes the mean of
//! the year's two semesters, so a change from autumn costs half a year in its first year.

use super::split::{Due, Splitter};
use super::values::Rows;
use super::{EvaluateError, People, Values};
use crate::exact::{MILLION, Overflow, divide_half_up, share_of};
use crate::outcome::{Periods, Spending};
use crate::plan::{
    Driver, HeadsTiming, ParamPath, PlanParts, Posts, Programme, ProgrammeRole as Role, SourceRole,
    YearShares,
};
use crate::time::Horizon;

/// Evaluates one programme over all regions and periods.
pub(super) fn spend(
    plan: &PlanParts,
    programme: &Programme,
    values: &Values,
    people: &People,
) -> Result<Spending, EvaluateError> {
    let periods = match &programme.driver {
        Driver::Heads { timing: HeadsTiming::Semester, .. } => Periods::Semesters,
        _ => Periods::Years,
    };
    let splitter = Splitter::new(plan, programme, values);
    let mut spending = Spending::empty(periods, plan);
    let terms: Vec<_> = (0..spending.periods_len()).map(|p| terms(&programme.driver, p)).collect();
    let parameters = Parameters::of(programme, values);
    for region in 0..plan.regions.len() {
        let desk = Desk { plan, programme, parameters: &parameters, people, region };
        let due = desk.due().map_err(EvaluateError::overflow(&programme.id))?;
        for (period, (quantity, due)) in due.into_iter().enumerate() {
            let parts = spending.cell_mut(region, period, quantity);
            splitter.divide(due, region, &terms[period], parts)?;
        }
    }
    Ok(spending.closed())
}

/// The semesters whose split a period's payment follows.
fn terms(driver: &Driver, period: usize) -> Vec<usize> {
    match driver {
        Driver::Heads { timing: HeadsTiming::Semester, .. } => vec![period + 1],
        Driver::Heads { timing: HeadsTiming::Census, .. } => vec![Horizon::terms(period)[0]],
        Driver::Loans { .. } => vec![Horizon::terms(period)[1]],
        _ => Horizon::terms(period).to_vec(),
    }
}

/// What a period is reckoned from (people, posts, units completed) and what is due in it.
type Entry = (i64, Due);

/// A programme's parameters, looked up once for all regions.
struct Parameters<'a> {
    roles: Vec<(Role, &'a Rows)>,
    revenue: Option<&'a Rows>,
}

impl<'a> Parameters<'a> {
    fn of(programme: &Programme, values: &'a Values) -> Self {
        let rows = |role| values.rows(&ParamPath::Programme(programme.id.clone(), role));
        let base = programme.split.base_standard.as_ref().map(|_| Role::BaseStandard);
        let roles = programme.driver.roles().into_iter().map(|(role, ..)| role).chain(base);
        let revenue = match &programme.driver {
            Driver::Revenue { source, .. } => {
                Some(values.rows(&ParamPath::Source(source.clone(), SourceRole::Revenue)))
            }
            _ => None,
        };
        Self { roles: roles.map(|role| (role, rows(role))).collect(), revenue }
    }
}

/// One programme in one region.
struct Desk<'a> {
    plan: &'a PlanParts,
    programme: &'a Programme,
    parameters: &'a Parameters<'a>,
    people: &'a People,
    region: usize,
}

impl Desk<'_> {
    fn due(&self) -> Result<Vec<Entry>, Overflow> {
        let years = 0..self.plan.horizon.years();
        match &self.programme.driver {
            Driver::Heads { timing: HeadsTiming::Semester, .. } => years
                .flat_map(Horizon::terms)
                .map(|term| self.per_unit(&[term], 2, |t| self.recipients(t)))
                .collect(),
            Driver::Heads { timing: HeadsTiming::Census, .. } => years
                .map(|year| self.per_unit(&Horizon::terms(year)[..1], 1, |t| self.recipients(t)))
                .collect(),
            Driver::Posts { posts, .. } => years
                .map(|year| self.per_unit(&Horizon::terms(year), 2, |t| self.posts(posts, t)))
                .collect(),
            Driver::Works { payment, completion, .. } => self.works(payment, completion),
            Driver::Revenue { .. } => {
                let revenue = self.parameters.revenue.map_or(&[][..], |r| r.of(self.region));
                years
                    .map(|year| {
                        let product = |t: usize| {
                            i128::from(revenue[t]) * i128::from(self.value(Role::Share, t))
                        };
                        let sum = Horizon::terms(year).into_iter().map(product).sum();
                        let payment = divide_half_up(sum, 2 * i128::from(MILLION))?;
                        Ok((0, Due { payment, recognised: payment }))
                    })
                    .collect()
            }
            Driver::Lump { .. } => years
                .map(|year| {
                    let terms = Horizon::terms(year).into_iter();
                    let sum = terms.map(|t| i128::from(self.value(Role::Amount, t))).sum();
                    let payment = divide_half_up(sum, 2)?;
                    Ok((0, Due { payment, recognised: payment }))
                })
                .collect(),
            Driver::Loans { study_years, .. } => self.loans(usize::from(*study_years)),
        }
    }

    /// A role's value in force in this region; 0 for one the programme does not have.
    fn value(&self, role: Role, term: usize) -> i64 {
        let rows = self.parameters.roles.iter().find(|(r, _)| *r == role);
        rows.map_or(0, |(_, rows)| rows.of(self.region)[term])
    }

    /// The part of a standard that higher levels recognise.
    fn recognised_standard(&self, standard: i64, term: usize) -> i64 {
        match self.programme.split.base_standard {
            Some(_) => standard.min(self.value(Role::BaseStandard, term)),
            None => standard,
        }
    }

    /// `Σ quantity × standard ÷ parts` over the terms of a period, rounded once.
    fn per_unit(
        &self,
        terms: &[usize],
        parts: i128,
        quantity: impl Fn(usize) -> Result<i64, Overflow>,
    ) -> Result<Entry, Overflow> {
        let (mut most, mut payment, mut recognised) = (0, 0i128, 0i128);
        for &term in terms {
            let units = quantity(term)?;
            let standard = self.value(Role::Standard, term);
            most = most.max(units);
            payment += i128::from(units) * i128::from(standard);
            recognised += i128::from(units) * i128::from(self.recognised_standard(standard, term));
        }
        let due = Due {
            payment: divide_half_up(payment, parts)?,
            recognised: divide_half_up(recognised, parts)?,
        };
        Ok((most, due))
    }

    /// Heads of a term: spring reads last autumn's census, autumn its own.
    fn heads(&self, population: &crate::id::PopulationId, term: usize) -> i64 {
        self.people.row(population, self.region).get(term / 2).copied().unwrap_or(0)
    }

    /// Heads × coverage × take-up, rounded once to people.
    fn recipients(&self, term: usize) -> Result<i64, Overflow> {
        let Driver::Heads { population, coverage, take_up, .. } = &self.programme.driver else {
            return Ok(0);
        };
        let share = |p: &Option<_>, role| match p {
            Some(_) => i128::from(self.value(role, term)),
            None => i128::from(MILLION),
        };
        let shares = share(coverage, Role::Coverage) * share(take_up, Role::TakeUp);
        let whole = i128::from(MILLION) * i128::from(MILLION);
        divide_half_up(i128::from(self.heads(population, term)) * shares, whole)
    }

    fn posts(&self, posts: &Posts, term: usize) -> Result<i64, Overflow> {
        match posts {
            Posts::Given(_) => Ok(self.value(Role::Posts, term)),
            Posts::PerPupils { population, .. } => {
                let pupils = i128::from(self.heads(population, term)) * i128::from(MILLION);
                let ratio = i128::from(self.value(Role::PupilsPerPost, term)).max(1);
                i64::try_from((pupils + ratio - 1).div_euclid(ratio)).map_err(|_| Overflow)
            }
        }
    }

    /// Payments by year; the last takes the remainder, so they add up to the cost.
    fn works(&self, payment: &YearShares, completion: &YearShares) -> Result<Vec<Entry>, Overflow> {
        let horizon = self.plan.horizon;
        let contracted = horizon.clamped_index(payment.shares()[0].year.autumn());
        let units = self.value(Role::Units, contracted);
        let standard = self.value(Role::Standard, contracted);
        let cost = |standard: i64| units.checked_mul(standard).ok_or(Overflow);
        let paid = by_year(cost(standard)?, payment)?;
        let recognised = by_year(cost(self.recognised_standard(standard, contracted))?, payment)?;
        let completed = by_year(units, completion)?;
        let mut entries = Vec::with_capacity(horizon.years());
        for year in horizon.fiscal_years() {
            let in_year = |parts: &[i64], shares: &YearShares| {
                let place = shares.shares().iter().position(|s| s.year == year);
                place.map_or(0, |n| parts[n])
            };
            let due =
                Due { payment: in_year(&paid, payment), recognised: in_year(&recognised, payment) };
            entries.push((in_year(&completed, completion), due));
        }
        Ok(entries)
    }

    /// Risk compensation on this year's lending, interest on what is outstanding:
    /// earlier years in full, this year's for 4 of 12 months; rounded once.
    fn loans(&self, study_years: usize) -> Result<Vec<Entry>, Overflow> {
        let Driver::Loans { population, .. } = &self.programme.driver else {
            return Ok(Vec::new());
        };
        let opening = self.value(Role::OpeningBalance, 0);
        let mut lent: Vec<i64> = Vec::new();
        let mut entries = Vec::new();
        for year in 0..self.plan.horizon.years() {
            let [_, autumn] = Horizon::terms(year);
            let borrowers = self.heads(population, autumn);
            let principal = self.value(Role::AveragePrincipal, autumn);
            let lending = borrowers.checked_mul(principal).ok_or(Overflow)?;
            let earlier = lent.iter().rev().take(study_years.saturating_sub(1));
            let opening = if year + 1 < study_years { opening } else { 0 };
            let outstanding = earlier.map(|l| i128::from(*l)).sum::<i128>() + i128::from(opening);
            let (risk, interest) = (
                i128::from(self.value(Role::RiskRate, autumn)),
                i128::from(self.value(Role::InterestRate, autumn)),
            );
            let lending_now = i128::from(lending);
            let twelfths =
                12 * (lending_now * risk + outstanding * interest) + 4 * lending_now * interest;
            let payment = divide_half_up(twelfths, 12 * i128::from(MILLION))?;
            entries.push((borrowers, Due { payment, recognised: payment }));
            lent.push(lending);
        }
        Ok(entries)
    }
}

/// Divides a whole by yearly shares; the last part takes the remainder.
fn by_year(whole: i64, shares: &YearShares) -> Result<Vec<i64>, Overflow> {
    let mut rest = whole;
    let shares = shares.shares();
    let mut parts = Vec::with_capacity(shares.len());
    for (n, year) in shares.iter().enumerate() {
        let part =
            if n + 1 == shares.len() { rest } else { share_of(whole, year.share)?.min(rest) };
        rest -= part;
        parts.push(part);
    }
    Ok(parts)
}
