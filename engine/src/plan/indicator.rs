//! Owns indicators and the targets they must reach.
//!
//! Invariant (after `check`): every name resolves, and an indicator that counts money
//! counts nothing else. Deliberately absent: how they are reckoned (`indicators`).

use super::{Basis, Extra, Parameter, Scope, Unit};
use crate::id::{IndicatorId, PopulationId, ProgrammeId};
use crate::text::Text;

/// A ratio or count, from data and from what programmes complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its name within the plan.
    pub id: IndicatorId,
    /// What it is called.
    pub name: Text,
    /// The clause of the work plan that states it.
    pub clause: Option<Box<str>>,
    /// Whether given numbers are those of the whole city or of each region.
    pub scope: Scope,
    /// What is counted.
    pub numerator: Vec<Term>,
    /// What it is compared with; a plain count where empty.
    pub denominator: Vec<Term>,
    /// What a unit of a plain count is (school, m²).
    pub unit_name: Option<Text>,
    /// What it must reach.
    pub target: Option<Target>,
    /// Where the indicator comes from.
    pub basis: Basis,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// One term of a numerator or denominator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A number from data ([`Unit::Count`]).
    Given(Parameter),
    /// Heads of a population in the autumn of the year.
    Heads(PopulationId),
    /// What a works programme has completed by the end of the year:
    /// `round(units × share) × per unit`.
    Completed {
        /// The works.
        programme: ProgrammeId,
        /// Share of the units that count here; all where absent.
        share: Option<Parameter>,
        /// What each counts for ([`Unit::Count`]); 1 where absent.
        per_unit: Option<Parameter>,
    },
    /// What a programme has paid by the end of the year, fen.
    Paid(ProgrammeId),
}

/// The value an indicator must reach, by year: what is in force in the autumn counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Which way is good.
    pub sense: Sense,
    /// The value, in the indicator's unit; no target before its first date.
    pub value: Parameter,
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Sense {
    AtLeast,
    AtMost,
}

/// A side of an indicator's fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Side {
    Numerator,
    Denominator,
}

impl Indicator {
    /// What its values count: millionths of a ratio, fen, or whole things.
    pub fn unit(&self) -> Unit {
        match self.counts_money() {
            _ if !self.denominator.is_empty() => Unit::Rate,
            true => Unit::Fen,
            false => Unit::Count,
        }
    }

    /// Whether what it counts, before it is divided, is money.
    pub fn counts_money(&self) -> bool {
        matches!(self.numerator.first(), Some(Term::Paid(_)))
    }

    /// The terms of a side.
    pub fn terms(&self, side: Side) -> &[Term] {
        match side {
            Side::Numerator => &self.numerator,
            Side::Denominator => &self.denominator,
        }
    }
}
