//! Owns taking by name: what differs between two plans, and one with some of it from the other.
//!
//! Invariant: taking nothing changes nothing; what comes of a taking is sound or refused.
//! Deliberately absent: what would have to come along (`preview`).

use super::apply::apply;
use super::key::Key;
use super::table::Table;
use crate::plan::{Plan, PlanErrors};
use std::collections::BTreeSet;

/// What another plan has otherwise: things first, kind by kind, then scenarios.
pub fn differences(here: &Plan, there: &Plan) -> Vec<Key> {
    let found = Table::of(here).differences(&Table::of(there));
    found.into_iter().map(|(key, _)| key).collect()
}

/// This plan with exactly these of the other's.
///
/// # Errors
/// As [`Plan::new`]: what is taken may name what is not.
pub fn take(here: &Plan, there: &Plan, keys: &BTreeSet<Key>) -> Result<Plan, PlanErrors> {
    if keys.is_empty() {
        return Ok(here.clone());
    }
    let [here, there] = [here, there].map(|plan| Table::of(plan));
    Plan::new(apply(&here, &here, &there, keys, false))
}
