//! Owns who pays: one payment divided among sources.
//!
//! Invariant: the parts add up to the payment; each share is rounded half-up to a fen
//! and the residual source takes what is left, with all above the base standard.

use super::values::Rows;
use super::{EvaluateError, Values};
use crate::exact::{MILLION, Overflow, divide_half_up};
use crate::id::SourceId;
use crate::plan::{ParamPath, PlanParts, Programme, Share};

/// A programme's split with its sources found.
pub(super) struct Splitter<'a> {
    shares: Vec<(usize, ParamPath, &'a Rows)>,
    residual: usize,
}

/// A payment due in a region, and how much of it higher levels recognise (fen).
#[derive(Clone, Copy)]
pub(super) struct Due {
    pub(super) payment: i64,
    pub(super) recognised: i64,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(plan: &PlanParts, programme: &Programme, values: &'a Values) -> Self {
        let place = |id: &SourceId| plan.sources.iter().position(|s| s.id == *id).unwrap_or(0); // checked: it is there
        let share = |s: &Share| {
            let path = ParamPath::Split(programme.id.clone(), s.source.clone());
            let rows = values.rows(&path);
            (place(&s.source), path, rows)
        };
        Self {
            shares: programme.split.shares.iter().map(share).collect(),
            residual: place(&programme.split.residual),
        }
    }

    /// Divides `due` with the mean of the shares in force in `terms`, into `parts` by source.
    pub(super) fn divide(
        &self,
        due: Due,
        region: usize,
        terms: &[usize],
        parts: &mut [i64],
    ) -> Result<(), EvaluateError> {
        let whole = i128::try_from(terms.len()).unwrap_or(1) * i128::from(MILLION);
        let mut rest = due.payment;
        let mut shares = 0;
        for (source, path, rows) in &self.shares {
            let in_force = rows.of(region);
            let share: i128 = terms.iter().map(|t| i128::from(in_force[*t])).sum();
            shares += share;
            if shares > whole {
                return Err(EvaluateError::SharesExceedWhole { path: path.clone() });
            }
            let part = divide_half_up(i128::from(due.recognised) * share, whole)
                .and_then(|part| {
                    // Several halves rounded up may exceed a tiny payment by a fen: never pay more.
                    let part = part.min(rest);
                    rest = rest.checked_sub(part).ok_or(Overflow)?;
                    Ok(part)
                })
                .map_err(EvaluateError::overflow(path))?;
            parts[*source] = part;
        }
        parts[self.residual] = rest;
        Ok(())
    }
}
