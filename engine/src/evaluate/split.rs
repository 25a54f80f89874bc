//! Owns who pays: one payment divided among sources.
//!
//! Invariant: the parts add up to the payment; each share is rounded half-up to a fen
//! and the residual source takes what is left, with all above the base standard.

use super::EvaluateError;
use super::drivers::{Formula, Terms};
use super::values::{Series, Values};
use crate::calc::{Calc, Rounding};
use crate::exact::MILLION;
use crate::id::SourceId;
use crate::plan::{ParamPath, PlanParts, Programme};
use crate::why::Working;

/// A programme's split with its sources found.
pub(crate) struct Splitter<'a> {
    shares: Vec<Series<'a>>,
    /// Places of the paying sources among the plan's: those with a share, then the residual.
    payers: Vec<usize>,
}

/// A payment due in a region, and how much of it higher levels recognise (fen).
#[derive(Clone, Copy)]
pub(crate) struct Due<N> {
    pub(crate) payment: N,
    pub(crate) recognised: N,
}

impl<'a> Splitter<'a> {
    pub(crate) fn new(plan: &PlanParts, programme: &Programme, values: &'a Values) -> Self {
        let place = |id: &SourceId| plan.sources.iter().position(|s| s.id == *id).unwrap_or(0); // checked: it is there
        let split = &programme.split;
        let shares = split.shares.iter().map(|s| &s.source);
        let path = |id: &SourceId| ParamPath::Split(programme.id.clone(), id.clone());
        Self {
            shares: shares.clone().map(|id| values.series(path(id))).collect(),
            payers: shares.chain([&split.residual]).map(place).collect(),
        }
    }

    /// Places of the paying sources among the plan's, in the order of their parts.
    pub(crate) fn payers(&self) -> &[usize] {
        &self.payers
    }

    /// Divides `due` with the mean of the shares in force in the period's terms, and gives
    /// each payer's part to `pay`.
    #[inline(always)]
    pub(crate) fn divide<C: Calc>(
        &self,
        c: &mut C,
        formula: &Formula<'_>,
        due: Due<C::Num>,
        (region, period): (usize, usize),
        mut pay: impl FnMut(usize, C::Num),
    ) -> Result<(), EvaluateError> {
        let mut rest = due.payment;
        let mut shares = 0;
        let terms = formula.terms(period);
        for (payer, series) in self.shares.iter().enumerate() {
            let what = || formula.paid(region, period, self.payers[payer]);
            let (sum, part) = match terms {
                Terms::One(term) => {
                    let share = series.at(c, region, term);
                    let part = c.share(what, due.recognised, share);
                    (2 * c.get(share), part)
                }
                Terms::Both([spring, autumn]) => {
                    let (a, b) = (series.at(c, region, spring), series.at(c, region, autumn));
                    let halves = [(1, [due.recognised, a]), (1, [due.recognised, b])];
                    let whole = 2 * i128::from(MILLION);
                    (c.get(a) + c.get(b), c.fraction(what, halves, whole, Rounding::HalfUp))
                }
            };
            shares += sum;
            if shares > 2 * MILLION {
                return Err(EvaluateError::SharesExceedWhole { path: series.path().clone() });
            }
            let overflow = || EvaluateError::overflow(series.path());
            let mut part = part.map_err(overflow())?;
            // Several halves rounded up may exceed a tiny payment by a fen: never pay more.
            if c.get(part) > c.get(rest) {
                part = c.least(what, part, rest);
            }
            let left = || formula.what(Working::Rest, region, period);
            rest = c.minus(left, rest, &[part]).map_err(overflow())?;
            pay(payer, part);
        }
        pay(self.shares.len(), rest);
        Ok(())
    }
}
