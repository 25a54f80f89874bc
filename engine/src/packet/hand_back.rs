//! Owns what a region hands back: its packet with what it was asked for, and nothing else.
//!
//! Invariant: what it changed is either handed back or listed as staying.

use super::lay_over;
use crate::merge::{Key, differences};
use crate::plan::{Plan, PlanErrors};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What goes back to the city, and what does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandBack {
    /// The packet as it is handed back.
    pub plan: Plan,
    /// What of it the region changed.
    pub changed: Vec<Key>,
    /// What the region changed beyond what it was asked for: it stays where it is.
    pub staying: Vec<Key>,
}

/// What a packet hands back; `None` where the plan is no packet.
///
/// # Errors
/// As [`Plan::new`], where numbers that go back cannot stand without others that stay.
pub fn hand_back(plan: &Plan) -> Option<Result<HandBack, PlanErrors>> {
    let packet = plan.packet.as_ref()?;
    let cut = || {
        let mut parts = lay_over(&packet.base, packet, plan).parts;
        let base = Plan::new(packet.base.clone())?;
        parts.packet = Some(Arc::clone(packet));
        let handed = Plan::new(parts)?;
        let changed = differences(&base, &handed);
        let all: BTreeSet<Key> = differences(&base, plan).into_iter().collect();
        // A value of all regions that was changed goes back as the region's own.
        let goes: BTreeSet<Key> = changed.iter().cloned().collect();
        let left: BTreeSet<Key> = differences(&handed, plan).into_iter().collect();
        let staying = all.difference(&goes).filter(|key| left.contains(*key)).cloned().collect();
        Ok(HandBack { plan: handed, changed, staying })
    };
    Some(cut())
}
