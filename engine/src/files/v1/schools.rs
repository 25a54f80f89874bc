//! Owns single schools and their resources.

use super::doc::*;
use crate::id::{RegionId, ResourceId, SchoolId};
use crate::plan::{Resource, School, SchoolKind, Stage};
use crate::text::Text;
use std::collections::BTreeMap;

docs! {
    struct School {
        id: SchoolId,
        name: Text,
        region: RegionId,
        kind: SchoolKind = default,
        pupils: BTreeMap<Stage, i64> = default,
        resources: BTreeMap<ResourceId, i64> = default,
        ..extra
    }

    struct Resource {
        id: ResourceId,
        name: Text,
        unit: Text,
        ..extra
    }
}
