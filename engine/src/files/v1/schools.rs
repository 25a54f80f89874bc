//! Owns single schools and their resources.

use super::doc::*;
use super::words::{TextDoc, Word, Written};
use crate::id::{RegionId, ResourceId, SchoolId};
use crate::plan::{Resource, School, SchoolKind, Stage};

docs! {
    struct SchoolDoc for School {
        id: Written<SchoolId>,
        name: TextDoc,
        region: Written<RegionId>,
        kind: Word<SchoolKind> = default,
        pupils: ByName<Word<Stage>, i64> = default,
        resources: ByName<Written<ResourceId>, i64> = default,
        #[serde(flatten)]
        extra: Fields,
    }

    struct ResourceDoc for Resource {
        id: Written<ResourceId>,
        name: TextDoc,
        unit: TextDoc,
        #[serde(flatten)]
        extra: Fields,
    }
}
