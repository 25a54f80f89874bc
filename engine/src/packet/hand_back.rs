//! Owns what a region hands back: its packet with what it was asked for, and nothing else.
//!
//! Invariant: what it changed is either handed back or listed as staying.

use super::lay_over;
use crate::id::PopulationId;
use crate::merge::{Key, differences};
use crate::plan::{ParamPath, Plan, PlanErrors};
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

/// What a number is a number of, wherever and whenever.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Of<'k> {
    Parameter(&'k ParamPath),
    Counts(&'k PopulationId),
}

fn of(key: &Key) -> Option<Of<'_>> {
    match key {
        Key::Number(path, ..) | Key::Basis(path) => Some(Of::Parameter(path)),
        Key::Heads(id, ..) | Key::Census(id, ..) | Key::CountBasis(id) => Some(Of::Counts(id)),
        _ => None,
    }
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
        let all = differences(&base, plan);
        let gone: BTreeSet<Of<'_>> = changed.iter().filter_map(of).collect();
        let left: BTreeSet<Key> = differences(&handed, plan).into_iter().collect();
        // A value of all regions goes back as the region's own, and how a number is known is the
        // city's to say once it has taken it.
        let went = |key: &Key| match key {
            Key::Number(_, None, _) | Key::Basis(_) | Key::CountBasis(_) => {
                of(key).is_some_and(|of| gone.contains(&of))
            }
            _ => false,
        };
        let stays = |key: &Key| left.contains(key) && !went(key);
        let staying = all.into_iter().filter(stays).collect();
        Ok(HandBack { plan: handed, changed, staying })
    };
    Some(cut())
}
