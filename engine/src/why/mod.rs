//! Owns "why this number": any figure with the formula, the numbers put in, and where each
//! of them comes from.
//!
//! Invariant: a trace is written by the very functions that compute the figure, run once more
//! with somebody watching (see `calc`); there is no second formula. Large sums name their
//! parts as questions of their own, so that a trace stays small. Nothing is recorded unless
//! asked for.

mod recorder;
mod what;

pub use what::{FundsFigure, IndicatorFigure, RuleFigure, What, Working};

use crate::calc::How;
use crate::evaluate::EvaluateError;
use crate::outcome::Outcome;
use crate::plan::{BasisKind, Measure, Plan};
use recorder::Recorder;

/// A number, what it is, and how it came about from other such numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// What it is.
    pub what: What,
    /// Its value, in the unit of what it is.
    pub value: i64,
    /// How it came about. A number given with [`How::Given`] that is itself a figure of the
    /// outcome (a total, heads of another population) can be asked for in turn.
    pub how: How<Box<Trace>>,
}

impl Trace {
    /// The numbers it is made of, in the order of its formula.
    pub fn parts(&self) -> Vec<&Self> {
        match &self.how {
            How::Given => Vec::new(),
            How::Same(part) => vec![part],
            How::Sum(parts) | How::Least(parts) | How::Most(parts) => {
                parts.iter().map(Box::as_ref).collect()
            }
            How::Minus(whole, parts) => {
                std::iter::once(whole).chain(parts).map(Box::as_ref).collect()
            }
            How::Scaled { amount, now, then, .. } => vec![amount, now, then],
            How::Grown { value: a, rate: b } | How::Ratio { of: a, to: b, .. } => vec![a, b],
            How::Fraction { terms, .. } => {
                terms.iter().flat_map(|(_, factors)| factors).map(Box::as_ref).collect()
            }
        }
    }

    /// Whether a number shown here, or the division of one, has no source. What is only named
    /// (a total's parts) is asked in turn.
    pub fn is_illustrative(&self, plan: &Plan, measures: &[&Measure]) -> bool {
        let own = self.what.basis(plan, measures);
        own.is_some_and(|basis| basis.kind == BasisKind::Illustrative)
            || self.parts().iter().any(|part| part.is_illustrative(plan, measures))
    }
}

/// Why a number of an outcome is what it is; `None` where the outcome has no such number.
///
/// `measures` is the stack the outcome was computed under.
///
/// # Errors
/// As [`crate::evaluate_stack`], where the outcome is of another stack.
pub fn why(
    plan: &Plan,
    measures: &[&Measure],
    outcome: &Outcome,
    what: &What,
) -> Result<Option<Trace>, EvaluateError> {
    Recorder::new(plan, Case { measures, outcome }, None).explain(what)
}

/// An outcome, and the stack of measures it was computed under.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The stack.
    pub measures: &'a [&'a Measure],
    /// The outcome.
    pub outcome: &'a Outcome,
}

/// As [`why`], where a number may also be one of the outcome compared with, or be made of
/// numbers of both: [`What::Before`], [`What::Change`], [`What::Reached`].
///
/// A number [`What::Before`] stands as given: it is asked for in turn in the other case.
///
/// # Errors
/// As [`why`].
pub fn why_beside(
    plan: &Plan,
    now: Case<'_>,
    before: Case<'_>,
    what: &What,
) -> Result<Option<Trace>, EvaluateError> {
    Recorder::new(plan, now, Some(before)).explain(what)
}
