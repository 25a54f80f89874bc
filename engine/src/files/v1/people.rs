//! Owns regions and the people in them: counts, shares, cohorts, and what they need.

use super::doc::*;
use super::numbers::{YearDoc, unit};
use super::words::{BasisDoc, ByRegion, TextDoc, Word, Written};
use crate::id::{PopulationId, RegionId};
use crate::plan::*;
use std::fmt;

docs! {
    struct RegionDoc for Region {
        id: Written<RegionId>,
        name: TextDoc,
        system: Word<SchoolSystem> = default,
        #[serde(flatten)]
        extra: Fields,
    }

    struct PopulationDoc for Population {
        id: Written<PopulationId>,
        name: TextDoc,
        stage: Word<Stage>,
        headcount ("heads"): HeadsDoc,
        norms: NormsDoc = default,
        #[serde(flatten)]
        extra: Fields,
    }

    enum HeadsDoc for Headcount {
        Counted "counted" {
            censuses: Vec<CensusDoc>,
            growth: unit::Growth,
            basis: BasisDoc,
        },
        ShareOf "share-of" {
            parent ("population"): Written<PopulationId>,
            share: unit::Share,
        },
        Cohort "cohort" (cohort: Box<CohortDoc>),
    }

    #[serde(deny_unknown_fields)]
    struct CensusDoc for Census {
        year ("autumn"): YearDoc,
        heads: ByRegion<i64>,
    }

    #[serde(deny_unknown_fields)]
    struct CohortDoc for Cohort {
        censuses: Vec<GradeCensusDoc>,
        entry: EntryDoc,
        progression: ByName<Grade, unit::Rate> = default,
        migration: ByName<Grade, unit::Net> = default,
        basis: BasisDoc,
    }

    #[serde(deny_unknown_fields)]
    struct GradeCensusDoc for GradeCensus {
        year ("autumn"): YearDoc,
        heads ("grades"): ByRegion<Vec<i64>>,
    }

    enum EntryDoc for Entry {
        Births "births" {
            births: Vec<BirthsDoc>,
            growth: unit::Growth,
            age: u8,
            survival: unit::Share,
            rate: unit::Share,
        },
        Given "given" (intake: unit::Count),
        Leavers "leavers" {
            of: Written<PopulationId>,
            transfer: unit::Share,
            share: Option<unit::Share> = default,
        },
        Rest "rest" {
            beside: Written<PopulationId>,
        },
    }

    #[serde(deny_unknown_fields)]
    struct BirthsDoc for Census {
        year: YearDoc,
        heads ("born"): ByRegion<i64>,
    }

    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    struct NormsDoc for Norms {
        class_size: Option<unit::Count> = default,
        class_limit: Option<unit::Count> = default,
        classes: Option<unit::Count> = default,
        pupils_per_post: Option<unit::Ratio> = default,
        posts: Option<unit::Count> = default,
    }
}

/// The number of a grade, counted from 1, as a name.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Grade(String);

impl Doc for Grade {
    type Model = u8;

    fn read(self) -> Read<u8> {
        // Written as it is written back, or two names could mean one grade.
        let grade = self.0.parse::<u8>().ok().filter(|n| *n > 0 && n.to_string() == self.0);
        grade.ok_or_else(|| Problem::Grade(self.0.chars().take(80).collect()).into())
    }

    fn write(grade: &u8) -> Self {
        Self(grade.to_string())
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
