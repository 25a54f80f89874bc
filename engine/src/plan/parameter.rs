//! Owns the dated parameter: every number of a plan that policy can move.
//!
//! Invariant (after `check`): steps are in strictly ascending order and every value
//! lies within its unit's bounds. Before its first step a parameter is 0.

use crate::exact::MILLION;
use crate::id::{CitationId, RegionId};
use crate::text::Text;
use crate::time::Semester;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// What a parameter's whole numbers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Fen (a standard is fen per head, post or unit and year).
    Fen,
    /// Millionths of a whole, 0 to 100 %.
    Share,
    /// Millionths a year, −100 % to +1000 %.
    Growth,
    /// Whole posts, units or people.
    Count,
    /// Millionths of a pupil per post, above 0.
    Ratio,
    /// Millionths of a whole that may be exceeded, 0 to 100 000 %.
    Rate,
    /// Whole people who come, less those who leave.
    Net,
}

impl Unit {
    /// Values a parameter of this unit may take.
    pub fn bounds(self) -> RangeInclusive<i64> {
        match self {
            // 100 trillion yuan and a billion units: beyond any budget, far from overflow.
            Self::Fen => 0..=10_000_000_000_000_000,
            Self::Share => 0..=MILLION,
            Self::Growth => -MILLION..=10 * MILLION,
            Self::Count => 0..=1_000_000_000,
            Self::Ratio => 1..=10_000 * MILLION,
            Self::Rate => 0..=1_000 * MILLION,
            Self::Net => -1_000_000_000..=1_000_000_000,
        }
    }

    /// The least change that means something to a planner: a yuan, a tenth of a per cent,
    /// one whole thing, a tenth of a pupil per post.
    pub fn step(self) -> i64 {
        match self {
            Self::Fen => 100,
            Self::Share | Self::Growth | Self::Rate => MILLION / 1_000,
            Self::Count | Self::Net => 1,
            Self::Ratio => MILLION / 10,
        }
    }
}

/// How a number is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BasisKind {
    /// The plan itself states it.
    Stated,
    /// Read in the cited publication.
    Published,
    /// Arithmetic on stated or published figures.
    Derived,
    /// Typed in by the user.
    #[default]
    Entered,
    /// A plausible stand-in without a source (示例): always marked where shown.
    Illustrative,
}

/// Where a number comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// How it is known.
    pub kind: BasisKind,
    /// What it rests on.
    pub citation: Option<CitationId>,
    /// How it was derived, or what to mind.
    pub note: Option<Text>,
}

/// A value that holds from a semester on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The first semester it holds in.
    pub from: Semester,
    /// The value, in the parameter's [`Unit`].
    pub value: i64,
}

/// A piecewise constant value over semesters, the same for all regions or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameter {
    /// Steps that hold in every region without steps of its own.
    pub steps: Vec<Step>,
    /// Steps that replace the common ones in one region.
    pub by_region: BTreeMap<RegionId, Vec<Step>>,
    /// Where the numbers come from.
    pub basis: Basis,
}

impl Parameter {
    /// The same value in every region from a semester on.
    pub fn constant(from: Semester, value: i64, basis: Basis) -> Self {
        Self { steps: vec![Step { from, value }], by_region: BTreeMap::new(), basis }
    }

    /// The steps in force in a region.
    pub fn steps_in(&self, region: &RegionId) -> &[Step] {
        self.by_region.get(region).unwrap_or(&self.steps)
    }
}

/// A yearly amount that may grow by itself: `value(y) = round(value(y−1) × (1 + indexation))`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    /// The amount, in the prices of the year of each step (first fiscal year at the earliest).
    pub value: Parameter,
    /// Yearly growth ([`Unit::Growth`]); none means the amount stands still.
    pub indexation: Option<Parameter>,
}
