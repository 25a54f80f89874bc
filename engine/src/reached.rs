//! Owns whom programmes reach: how many a programme pays in a year, and how many it newly pays
//! or pays a different amount than before.
//!
//! Invariant: everybody counts once a year: of its two semesters the larger counts, region by
//! region. Written over watched arithmetic, so that each count can say why (see `calc`).

use crate::calc::{Calc, Plain};
use crate::exact::Overflow;
use crate::outcome::{Difference, Outcome, Spending};
use crate::plan::{Nature, PlanParts};
use crate::why::{What, Working};

impl PlanParts {
    /// Places of the programmes that aid people, head by head.
    pub fn aids(&self) -> impl Iterator<Item = usize> {
        let programmes = self.programmes.iter().enumerate();
        let aids = programmes.filter(|(n, p)| p.nature == Nature::Aid && self.is_per_head(*n));
        aids.map(|(n, _)| n)
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

    /// The same over all programmes of aid: whoever two of them reach counts with each.
    pub(crate) fn reached_by_aid<C: Calc>(
        &self,
        c: &mut C,
        plan: &PlanParts,
        year: usize,
    ) -> Result<C::Num, Overflow> {
        let mut all = Vec::new();
        for programme in plan.aids() {
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
