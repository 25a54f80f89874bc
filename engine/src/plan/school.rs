//! Owns single schools: their pupils and what they have, for per-school floors and balance.
//!
//! Deliberately absent: what follows from them (`balance`, `evaluate`).

use super::{Extra, Stage};
use crate::id::{RegionId, ResourceId, SchoolId};
use crate::text::Text;
use std::collections::BTreeMap;

/// A school. One with primary and junior pupils is a nine-year school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    /// Its name within the plan.
    pub id: SchoolId,
    /// What it is called.
    pub name: Text,
    /// Where it is.
    pub region: RegionId,
    /// What kind of school it is.
    pub kind: SchoolKind,
    /// Pupils by stage.
    pub pupils: BTreeMap<Stage, i64>,
    /// What it has of each resource, whole units.
    pub resources: BTreeMap<ResourceId, i64>,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// Kinds of schools that are treated apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum SchoolKind {
    #[default]
    Ordinary,
    TeachingPoint,
    Special,
    Vocational,
}

/// Something schools have that balance is judged by (books, floor area, teachers).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its name within the plan.
    pub id: ResourceId,
    /// What it is called.
    pub name: Text,
    /// What a unit of it is.
    pub unit: Text,
    /// Fields this version does not know.
    pub extra: Extra,
}
