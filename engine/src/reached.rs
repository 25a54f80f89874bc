//! Owns whom programmes reach: how many a programme pays in a year, and how many it newly pays
//! or pays a different amount than before.
//!
//! Invariant: within a programme everybody counts once a year: of its two semesters the larger
//! counts, region by region. Over several programmes a child counts once where that can be told:
//! where one of them reaches everybody of a population, those that reach a part of it add nobody.
//! Where two may reach the same child and it cannot be told, the sum is one of person-times (人次),
//! and says so: [`Beneficiaries`]. Written over watched arithmetic, so that each count can say why
//! (see `calc`).

use crate::calc::{Calc, Plain};
use crate::exact::Overflow;
use crate::id::PopulationId;
use crate::outcome::{Difference, Outcome, Spending};
use crate::plan::{Driver, Headcount, Nature, PlanParts, Population};
use crate::why::{What, Working};

impl PlanParts {
    /// Places of the programmes that aid people, head by head.
    pub fn aids(&self) -> impl Iterator<Item = usize> {
        let programmes = self.programmes.iter().enumerate();
        let aids = programmes.filter(|(n, p)| p.nature == Nature::Aid && self.is_per_head(*n));
        aids.map(|(n, _)| n)
    }
}

/// Whom several programmes reach together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beneficiaries {
    /// How many.
    pub count: i64,
    /// Whether everybody counts once (人); else whoever two programmes reach counts with each (人次).
    pub is_once: bool,
}

impl PlanParts {
    fn population(&self, id: &PopulationId) -> Option<&Population> {
        self.populations.iter().find(|p| p.id == *id)
    }

    /// A population, what it is a part of, what that is a part of …
    fn wholes<'p>(&'p self, id: &'p PopulationId) -> impl Iterator<Item = &'p Population> {
        std::iter::successors(self.population(id), |p| match &p.headcount {
            Headcount::ShareOf { parent, .. } => self.population(parent),
            Headcount::Counted { .. } | Headcount::Cohort(_) => None,
        })
    }

    /// Whether everybody of a population is one of another.
    fn is_within(&self, part: &PopulationId, whole: &PopulationId) -> bool {
        self.wholes(part).any(|p| p.id == *whole)
    }

    /// Whether somebody may belong to both: to parts of one population, or to two of one stage
    /// that nobody says to be apart.
    fn may_share(&self, a: &PopulationId, b: &PopulationId) -> bool {
        let (Some(a), Some(b)) = (self.wholes(a).last(), self.wholes(b).last()) else {
            return true;
        };
        a.id == b.id || a.stage == b.stage
    }

    /// Whom programmes reach, the population each counts: `None` where it counts none.
    fn reach(&self, programme: usize) -> Option<&PopulationId> {
        self.programmes[programme].driver.population()
    }

    /// Whether a programme is for everybody of its population.
    fn is_for_all(&self, programme: usize) -> bool {
        matches!(
            &self.programmes[programme].driver,
            Driver::Heads { coverage: None, take_up: None, school_floor: None, .. }
        )
    }

    /// The programmes that count where everybody counts once as far as that can be told, and
    /// whether everybody then does. `reached` has, for each programme, how many it reaches and
    /// whether that is everybody it could.
    pub(crate) fn counted_once(&self, reached: &[(usize, i64, bool)]) -> (Vec<usize>, bool) {
        let some: Vec<_> = reached.iter().filter(|(_, count, _)| *count != 0).collect();
        let is_counted_with = |n: usize, part: usize| {
            some.iter().enumerate().any(|(m, (whole, _, is_everybody))| {
                let (Some(inner), Some(outer)) = (self.reach(part), self.reach(*whole)) else {
                    return false;
                };
                let is_all = |place: usize, all: bool| all && self.is_for_all(place);
                // Of two that reach everybody of one population, the first counts.
                let is_alike = inner == outer && is_all(some[n].0, some[n].2);
                m != n
                    && is_all(*whole, *is_everybody)
                    && self.is_within(inner, outer)
                    && (!is_alike || m < n)
            })
        };
        let kept = some.iter().enumerate().filter(|(n, (p, ..))| !is_counted_with(*n, *p));
        let kept: Vec<usize> = kept.map(|(_, (programme, ..))| *programme).collect();
        let meet = |a: usize, b: usize| match (self.reach(a), self.reach(b)) {
            (Some(a), Some(b)) => self.may_share(a, b),
            _ => true,
        };
        let is_once = kept.iter().enumerate().all(|(n, a)| kept[..n].iter().all(|b| !meet(*a, *b)));
        (kept, is_once)
    }
}

impl Outcome {
    /// Recipients of a programme in a fiscal year: of its two semesters the larger, by
    /// region, added up.
    pub fn recipients(&self, programme: usize, year: usize) -> i64 {
        // Every count is within its bounds: their sum fits.
        self.recipients_with(&mut Plain, programme, year).unwrap_or(0)
    }

    pub(crate) fn recipients_with<C: Calc>(
        &self,
        c: &mut C,
        programme: usize,
        year: usize,
    ) -> Result<C::Num, Overflow> {
        let mut all = Vec::new();
        for region in 0..self.spending()[programme].regions() {
            let each = self.periods_of(programme, year).map(|period| {
                let heads = self.quantity(programme, region, period);
                c.put(heads, || quantity(programme, region, period))
            });
            let each: Vec<_> = each.collect();
            let region = Some(region);
            all.push(c.most(|| What::Recipients { programme, region, year }, &each));
        }
        c.sum(|| What::Recipients { programme, region: None, year }, &all)
    }

    fn periods_of(&self, programme: usize, year: usize) -> std::ops::Range<usize> {
        let a_year = self.periods(programme).a_year();
        year * a_year..(year + 1) * a_year
    }
}

/// What a payment is reckoned from.
fn quantity(programme: usize, region: usize, period: usize) -> What {
    What::Working { working: Working::Quantity, programme, region, period }
}

impl Difference<'_> {
    /// People a programme newly pays, or pays a different amount, in a fiscal year.
    ///
    /// In each region and period: everybody, where what one head gets differs; otherwise
    /// those who came or went. Of a year's two semesters the larger counts.
    pub fn reached(&self, programme: usize, year: usize) -> i64 {
        // Every count is within its bounds: their sum fits.
        self.reached_with(&mut Plain, programme, year).unwrap_or(0)
    }

    pub(crate) fn reached_with<C: Calc>(
        &self,
        c: &mut C,
        programme: usize,
        year: usize,
    ) -> Result<C::Num, Overflow> {
        let mut all = Vec::new();
        for region in 0..self.scenario.spending()[programme].regions() {
            let mut each = Vec::new();
            for period in self.scenario.periods_of(programme, year) {
                each.push(self.reached_in(c, programme, region, period)?);
            }
            let what = || What::Reached { programme: Some(programme), region: Some(region), year };
            all.push(c.most(what, &each));
        }
        all.retain(|number| c.get(*number) != 0);
        c.sum(|| What::Reached { programme: Some(programme), region: None, year }, &all)
    }

    /// Whom the programmes of aid newly pay, or pay a different amount, in a fiscal year.
    pub fn beneficiaries(&self, plan: &PlanParts, year: usize) -> Beneficiaries {
        let (kept, is_once) = plan.counted_once(&self.reached_each(plan, year));
        let count = kept.iter().fold(0i64, |sum, n| sum.saturating_add(self.reached(*n, year)));
        Beneficiaries { count, is_once }
    }

    /// For each programme of aid, how many it reaches, and whether these are all it pays.
    fn reached_each(&self, plan: &PlanParts, year: usize) -> Vec<(usize, i64, bool)> {
        let each = plan.aids().map(|n| {
            let paid = self.scenario.recipients(n, year).max(self.base.recipients(n, year));
            let reached = self.reached(n, year);
            (n, reached, reached >= paid)
        });
        each.collect()
    }

    /// The count of [`Self::beneficiaries`].
    pub(crate) fn reached_by_aid<C: Calc>(
        &self,
        c: &mut C,
        plan: &PlanParts,
        year: usize,
    ) -> Result<C::Num, Overflow> {
        let mut all = Vec::new();
        for programme in plan.counted_once(&self.reached_each(plan, year)).0 {
            all.push(self.reached_with(c, programme, year)?);
        }
        all.retain(|number| c.get(*number) != 0);
        c.sum(|| What::Reached { programme: None, region: None, year }, &all)
    }

    fn reached_in<C: Calc>(
        &self,
        c: &mut C,
        programme: usize,
        region: usize,
        period: usize,
    ) -> Result<C::Num, Overflow> {
        let paid = |outcome: &Outcome| {
            let spending: &Spending = &outcome.spending()[programme];
            spending.cell(region, period).iter().map(|p| i128::from(*p)).sum::<i128>()
        };
        let (now, before) = (paid(self.scenario), paid(self.base));
        let heads = self.scenario.quantity(programme, region, period);
        let heads_before = self.base.quantity(programme, region, period);
        let what = || What::ReachedIn { programme, region, period };
        let those_now = c.put(heads, || quantity(programme, region, period));
        let of_before = || What::Before(Box::new(quantity(programme, region, period)));
        let those_before = c.put(heads_before, of_before);
        // now/heads and before/heads_before, compared without dividing; a fen of rounding
        // per payment is no raise.
        let (a, b) = (now * i128::from(heads_before), before * i128::from(heads));
        let same_each = (a - b).abs() <= i128::from(heads.max(heads_before));
        match (heads, heads_before) {
            (_, _) if now == before && heads == heads_before => c.sum(what, &[]),
            (0, _) => Ok(c.same(what, those_before)),
            (_, 0) => Ok(c.same(what, those_now)),
            _ if before == 0 || now == 0 => Ok(c.most(what, &[those_now, those_before])),
            _ if same_each && heads < heads_before => c.minus(what, those_before, &[those_now]),
            _ if same_each => c.minus(what, those_now, &[those_before]),
            _ => Ok(c.most(what, &[those_now, those_before])),
        }
    }
}
