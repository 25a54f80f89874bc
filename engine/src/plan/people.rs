//! Owns regions and the people in them.
//!
//! Invariant (after `check`): shares form no cycle, and a counted population has a
//! census at or before the autumn that pays for the first spring.

use super::{Basis, Cohort, Entry, Extra, Parameter};
use crate::exact::grow;
use crate::id::{PopulationId, RegionId};
use crate::text::Text;
use crate::time::{Semester, Year};
use std::collections::BTreeMap;

/// A leaf unit that counts heads and pays: county, district, city-direct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its name within the plan.
    pub id: RegionId,
    /// What it is called.
    pub name: Text,
    /// How its years of compulsory schooling are divided.
    pub system: SchoolSystem,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// How nine years of compulsory schooling are divided between primary and junior (学制).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SchoolSystem {
    /// Six years of primary and three of junior school.
    #[default]
    SixThree,
    /// Five years of primary and four of junior school.
    FiveFour,
}

/// A stage of education (学段).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Stage {
    /// Every stage, in the order of age.
    pub const ALL: [Self; 7] = [
        Self::Preschool,
        Self::Primary,
        Self::Junior,
        Self::Senior,
        Self::Vocational,
        Self::Special,
        Self::Tertiary,
    ];

    /// The most grades any stage has in any system.
    pub const MOST_GRADES: usize = 9;

    /// How many grades the stage has where schooling is divided so.
    pub fn grades(self, system: SchoolSystem) -> usize {
        match (self, system) {
            (Self::Primary, SchoolSystem::SixThree) => 6,
            (Self::Primary, SchoolSystem::FiveFour) => 5,
            (Self::Junior, SchoolSystem::FiveFour) | (Self::Tertiary, _) => 4,
            (Self::Junior, SchoolSystem::SixThree)
            | (Self::Preschool | Self::Senior | Self::Vocational, _) => 3,
            (Self::Special, _) => Self::MOST_GRADES,
        }
    }
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
    /// What classes and teachers its heads need.
    pub norms: Norms,
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
    /// Projected grade by grade.
    Cohort(Box<Cohort>),
}

impl Headcount {
    /// The population whose heads these follow from, where they do.
    pub fn follows(&self) -> Option<&PopulationId> {
        match self {
            Self::ShareOf { parent, .. } => Some(parent),
            Self::Cohort(cohort) => match &cohort.entry {
                Entry::Leavers { of, .. } => Some(of),
                Entry::Rest { beside } => Some(beside),
                Entry::Births { .. } | Entry::Given(_) => None,
            },
            Self::Counted { .. } => None,
        }
    }
}

/// What the heads of a population need, and what of it there is; each may be left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Norms {
    /// Pupils a class should have, at most ([`Unit::Count`](super::Unit)).
    pub class_size: Option<Parameter>,
    /// Pupils beyond which a class counts as oversized (大班额).
    pub class_limit: Option<Parameter>,
    /// Classes there are, by region.
    pub classes: Option<Parameter>,
    /// Pupils for each teaching post ([`Unit::Ratio`](super::Unit)).
    pub pupils_per_post: Option<Parameter>,
    /// Teaching posts there are, by region.
    pub posts: Option<Parameter>,
}

/// Heads counted in one autumn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Census {
    /// The autumn's year.
    pub year: Year,
    /// Heads by region.
    pub heads: BTreeMap<RegionId, i64>,
}

impl Census {
    /// What the heads grow to by another autumn, as they are projected: a region that nobody
    /// counts anew keeps the heads it had. Years before the first semester that is computed grow
    /// as that does.
    pub fn projected_to(
        &self,
        year: Year,
        growth: &Parameter,
        start: Semester,
    ) -> BTreeMap<RegionId, i64> {
        let grown = |(region, heads): (&RegionId, &i64)| {
            let steps = growth.steps_in(region);
            let years = 1..=year.get().saturating_sub(self.year.get());
            let grown = years.fold(*heads, |heads, n| {
                let semester = self.year.plus(n).autumn().max(start);
                let step = steps.iter().rev().find(|step| step.from <= semester);
                // Heads out of bounds are refused where the plan is checked.
                grow(heads, step.map_or(0, |step| step.value)).unwrap_or(heads)
            });
            (region.clone(), grown)
        };
        self.heads.iter().map(grown).collect()
    }
}
