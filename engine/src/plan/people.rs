//! Owns regions and the people in them.
//!
//! Invariant (after `check`): shares form no cycle, and a counted population has a
//! census at or before the autumn that pays for the first spring.

use super::{Basis, Extra, Parameter};
use crate::id::{PopulationId, RegionId};
use crate::text::Text;
use crate::time::Year;
use std::collections::BTreeMap;

/// A leaf unit that counts heads and pays: county, district, city-direct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its name within the plan.
    pub id: RegionId,
    /// What it is called.
    pub name: Text,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// A stage of education (学段).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Stage {
    Preschool,
    Primary,
    Junior,
    Senior,
    Vocational,
    Special,
    Tertiary,
}

/// A head count per region and school year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    /// Its name within the plan.
    pub id: PopulationId,
    /// What it is called.
    pub name: Text,
    /// The stage it belongs to.
    pub stage: Stage,
    /// How its heads are known.
    pub headcount: Headcount,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// How heads are known. All heads are whole; a region not named has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Headcount {
    /// Counted each autumn, then projected from the last census.
    Counted {
        /// Censuses in ascending order.
        censuses: Vec<Census>,
        /// Yearly growth after the last census: `round(previous × (1 + growth))`.
        growth: Parameter,
        /// Where the counts come from.
        basis: Basis,
    },
    /// `round(parent × share in force that autumn)`.
    ShareOf {
        /// The population it is part of.
        parent: PopulationId,
        /// Its share.
        share: Parameter,
    },
}

/// Heads counted in one autumn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Census {
    /// The autumn's year.
    pub year: Year,
    /// Heads by region.
    pub heads: BTreeMap<RegionId, i64>,
}
