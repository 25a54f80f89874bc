//! Owns regions and the people in them: counts, shares, cohorts, and what they need.

use super::doc::*;
use super::numbers::unit;
use super::words::ByRegion;
use crate::id::{PopulationId, RegionId};
use crate::plan::*;
use crate::text::Text;
use crate::time::Year;
use std::collections::BTreeMap;

docs! {
    struct Region {
        id: RegionId,
        name: Text,
        system: SchoolSystem = default,
        ..extra
    }

    struct Population {
        id: PopulationId,
        name: Text,
        stage: Stage,
        headcount ("heads"): Headcount,
        norms: Norms = default,
        ..extra
    }

    enum Headcount {
        Counted "counted" {
            censuses: Vec<Census>,
            growth: unit::Growth,
            basis: Basis,
        },
        ShareOf "share-of" {
            parent ("population"): PopulationId,
            share: unit::Share,
        },
        Cohort "cohort" (cohort: Box<Cohort>),
    }

    struct Census {
        year ("autumn"): Year,
        heads: ByRegion<i64>,
    }

    struct Cohort {
        censuses: Vec<GradeCensus>,
        entry: Entry,
        progression: BTreeMap<u8, unit::Rate> = default,
        migration: BTreeMap<u8, unit::Net> = default,
        basis: Basis,
    }

    struct GradeCensus {
        year ("autumn"): Year,
        heads ("grades"): ByRegion<Vec<i64>>,
    }

    enum Entry {
        Births "births" {
            births: Vec<Births>,
            growth: unit::Growth,
            age: u8,
            survival: unit::Share,
            rate: unit::Share,
        },
        Given "given" (intake: unit::Count),
        Leavers "leavers" {
            of: PopulationId,
            transfer: unit::Share,
            share: Option<unit::Share> = default,
        },
        Rest "rest" {
            beside: PopulationId,
        },
    }

    struct Births for Census {
        year: Year,
        heads ("born"): ByRegion<i64>,
    }

    struct Norms {
        class_size: Option<unit::Count> = default,
        class_limit: Option<unit::Count> = default,
        classes: Option<unit::Count> = default,
        pupils_per_post: Option<unit::Ratio> = default,
        posts: Option<unit::Count> = default,
    }
}

impl Name for u8 {
    fn from_name(name: &str) -> Result<Self, Problem> {
        // Written as it is written back, or two names could mean one grade.
        let grade = name.parse::<Self>().ok().filter(|n| *n > 0 && n.to_string() == name);
        grade.ok_or_else(|| Problem::Grade(name.chars().take(80).collect()))
    }

    fn to_name(&self) -> Box<str> {
        self.to_string().into()
    }

    fn name_schema() -> Value {
        schema::pattern("^[1-9][0-9]{0,2}$")
    }
}
