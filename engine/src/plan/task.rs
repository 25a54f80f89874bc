//! Owns tasks: the clauses of the work plan as a tree.
//!
//! Invariant (after `check`): parents form no circle and every name resolves.

use super::{Basis, Extra};
use crate::id::{IndicatorId, ProgrammeId, TaskId};
use crate::text::Text;
use crate::time::Date;

/// A clause of the work plan: what is to be done, by whom, by when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its name within the plan.
    pub id: TaskId,
    /// What it is called.
    pub title: Text,
    /// The number of the clause.
    pub clause: Option<Box<str>>,
    /// The task it is part of.
    pub parent: Option<TaskId>,
    /// Who answers for it.
    pub department: Option<Text>,
    /// The day it is to be done by.
    pub due: Option<Date>,
    /// How much of it is done, in millionths; of a task with parts it follows from the parts.
    pub progress: Option<i64>,
    /// The programmes that carry it out.
    pub programmes: Vec<ProgrammeId>,
    /// The indicators it is judged by.
    pub indicators: Vec<IndicatorId>,
    /// Where it comes from.
    pub basis: Basis,
    /// Fields this version does not know.
    pub extra: Extra,
}
