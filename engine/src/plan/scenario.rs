//! Owns scenarios: a parent plus an ordered stack of measures, each a list of changes.
//!
//! Invariant (after `check`): parents form a tree whose root, the status quo, has no measures.

use super::{Basis, Extra, ParamPath};
use crate::id::{MeasureId, RegionId, ScenarioId};
use crate::text::Text;
use crate::time::{Date, Semester};
use std::collections::BTreeMap;

/// A patch on its parent; with no measures it *is* its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its name within the plan.
    pub id: ScenarioId,
    /// What it is called.
    pub name: Text,
    /// What it is stacked on; only the status quo has none.
    pub parent: Option<ScenarioId>,
    /// What it changes, in the order it applies.
    pub measures: Vec<Measure>,
    /// The day it was adopted on; it stays as it is from then on, and so does what it is
    /// stacked on.
    pub adopted: Option<Date>,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// One titled policy change with its clause or reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its name within the scenario.
    pub id: MeasureId,
    /// What it is called.
    pub title: Text,
    /// The clause of the work plan that states it.
    pub clause: Option<Box<str>>,
    /// Why it is proposed.
    pub reason: Option<Text>,
    /// Where it comes from.
    pub basis: Basis,
    /// Whether it counts.
    pub enabled: bool,
    /// What it changes, in order.
    pub changes: Vec<Change>,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// A dated change of one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is changed.
    pub path: ParamPath,
    /// How.
    pub operation: Operation,
    /// By what.
    pub value: ChangeValue,
    /// The first semester it holds in.
    pub from: Semester,
    /// The last semester it holds in; for good where absent.
    pub until: Option<Semester>,
    /// The regions it holds in; all where absent.
    pub regions: Option<Vec<RegionId>>,
}

/// How a change works on the value in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Puts the value in its place; indexation goes on from it.
    Set,
    /// Adds the value, which is indexed like what it is added to.
    Add,
    /// Multiplies by millionths.
    Scale,
}

/// One value, or one for each region (regions not named are left alone).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeValue {
    /// The same for every region.
    One(i64),
    /// A value of its own for each region.
    ByRegion(BTreeMap<RegionId, i64>),
}

impl Change {
    /// The value for a region, if the change holds there.
    pub fn value_in(&self, region: &RegionId) -> Option<i64> {
        if self.regions.as_ref().is_some_and(|some| !some.contains(region)) {
            return None;
        }
        match &self.value {
            ChangeValue::One(value) => Some(*value),
            ChangeValue::ByRegion(values) => values.get(region).copied(),
        }
    }

    /// Whether every region gets the same.
    pub fn is_uniform(&self) -> bool {
        self.regions.is_none() && matches!(self.value, ChangeValue::One(_))
    }
}
