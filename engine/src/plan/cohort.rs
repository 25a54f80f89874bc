//! Owns grade progression: how the heads of a stage follow from those a year before.
//!
//! Invariant (after `check`): the grades of the autumn before the first fiscal year are
//! known, entries form no circle, and every grade of a census is within bounds.

use super::{Basis, Census, Parameter};
use crate::id::{PopulationId, RegionId};
use crate::time::Year;
use std::collections::BTreeMap;

/// A population projected by grade: `E(g+1, y+1) = round(E(g, y) × progression(g)) + net migration(g+1)`.
///
/// How many grades there are follows from the stage and each region's system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// Heads by grade, in ascending order of years. That of the autumn before the first
    /// fiscal year is needed; later ones replace the projection, earlier ones serve estimates.
    pub censuses: Vec<GradeCensus>,
    /// Who enters the first grade.
    pub entry: Entry,
    /// Share of a grade (counted from 1) that goes on to the next ([`Unit::Rate`](super::Unit));
    /// all where absent.
    pub progression: BTreeMap<u8, Parameter>,
    /// Who comes to a grade (counted from 1; 2 or more) beyond those who go on, less who
    /// leaves ([`Unit::Net`](super::Unit)); nobody where absent.
    pub migration: BTreeMap<u8, Parameter>,
    /// Where the counts come from.
    pub basis: Basis,
}

/// Heads by grade counted in one autumn; a region not named has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeCensus {
    /// The autumn's year.
    pub year: Year,
    /// Heads by region, the first grade first; grades not given are empty.
    pub heads: BTreeMap<RegionId, Vec<i64>>,
}

/// Who enters the first grade in an autumn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// `round(births(y − age) × survival × entry rate)`.
    Births {
        /// Births by calendar year, ascending; from the first on, a year not given is the year
        /// before it, grown.
        births: Vec<Census>,
        /// Yearly growth where births are not given.
        growth: Parameter,
        /// Age at entry.
        age: u8,
        /// Share of the born who reach that age.
        survival: Parameter,
        /// Share of those who enter.
        rate: Parameter,
    },
    /// Given numbers, as in force in each autumn.
    Given(Parameter),
    /// Leavers of another cohort: last year's last grade × transfer rate, and of those who
    /// transfer a share.
    Leavers {
        /// The cohort they leave.
        of: PopulationId,
        /// Share of them that goes on.
        transfer: Parameter,
        /// Share of those that comes here (普职分流); all where absent.
        share: Option<Parameter>,
    },
    /// Those who transfer but do not go where the division sends the others.
    Rest {
        /// The cohort that takes its share of [`Entry::Leavers`] first.
        beside: PopulationId,
    },
}
