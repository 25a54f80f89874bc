//! Owns what things of several plans are called: one id for what is one thing.
//!
//! Invariant: afterwards two plans have a thing under the same id only where it is the same
//! thing. What has the same id but is of another sort, or is called otherwise, gets an id of its
//! own; what is called the same under two ids is taken for one, unless it was said to be two.

use super::Match;
use crate::edit::{Thing, ThingId};
use crate::merge::references::{fresh, rename, rename_scenario};
use crate::merge::table::are_unlike;
use crate::plan::{Plan, PlanParts};
use std::collections::{BTreeMap, BTreeSet};

/// The plans with things under common ids, and what was taken for one by its name.
pub(super) fn under_common_names(
    plans: &[Plan],
    apart: &BTreeSet<Match>,
) -> (Vec<PlanParts>, Vec<Match>) {
    let mut known: BTreeMap<ThingId, Thing> = BTreeMap::new();
    let mut root = None;
    let (mut named, mut matches) = (Vec::new(), Vec::new());
    for (plan, n) in plans.iter().zip(0..) {
        let mut parts = PlanParts::clone(plan);
        let own = parts.scenarios.iter().find(|s| s.parent.is_none()).map(|s| s.id.clone());
        match (&root, own) {
            (None, own) => root = own,
            (Some(root), Some(own)) if *root != own => {
                if parts.scenarios.iter().any(|s| s.id == *root) {
                    let taken = |id: &_| parts.scenarios.iter().any(|s| s.id == *id);
                    let stem = root.as_str().get(..50).unwrap_or(root.as_str());
                    if let Some(free) = crate::id::fresh_id(stem, taken) {
                        rename_scenario(&mut parts, root, &free);
                    }
                }
                rename_scenario(&mut parts, &own, root);
            }
            _ => {}
        }
        if n > 0 {
            // What a county adopted stays so in its own file.
            parts.scenarios.iter_mut().for_each(|s| s.adopted = None);
        }
        // Regions before schools, which are told apart by them.
        let mut ids: Vec<ThingId> = Thing::all(&parts).iter().map(Thing::id).collect();
        ids.sort_by_key(|id| matches!(id, ThingId::School(_)));
        let mut done: BTreeSet<ThingId> = BTreeSet::new();
        let table = |parts: &PlanParts| -> BTreeMap<ThingId, Thing> {
            Thing::all(parts).into_iter().map(|t| (t.id(), t)).collect()
        };
        let mut things = table(&parts);
        let mut at = 0;
        while let Some(id) = ids.get(at).cloned() {
            if matches!(id, ThingId::School(_))
                && !done.iter().any(|i| matches!(i, ThingId::School(_)))
            {
                things = table(&parts); // by now their regions are called as they will be
            }
            at += 1;
            let Some(thing) = things.get(&id).cloned() else { continue };
            let new = match known.get(&id) {
                Some(there) if !are_unlike(there, &thing) => id.clone(),
                there => {
                    let twin = known.values().find(|k| is_called_like(k, &thing)).map(Thing::id);
                    let found = twin.map(|same_as| Match { plan: n, thing: id.clone(), same_as });
                    let is_apart = found.as_ref().is_some_and(|m| apart.contains(m));
                    matches.extend(found.clone());
                    match found.filter(|m| !is_apart && !done.contains(&m.same_as)) {
                        Some(found) => found.same_as,
                        None if there.is_none() => id.clone(),
                        None => {
                            let taken = |id: &ThingId| known.contains_key(id) || id.is_in(&parts);
                            fresh(&id, &taken).unwrap_or_else(|| id.clone())
                        }
                    }
                }
            };
            if new != id {
                if new.is_in(&parts) {
                    // Another thing of this plan has that id: it gets out of the way first.
                    let taken = |id: &ThingId| known.contains_key(id) || id.is_in(&parts);
                    if let Some(free) = fresh(&new, &taken) {
                        rename(&mut parts, &new, &free);
                        if let Some(moved) = things.remove(&new) {
                            things.insert(free.clone(), moved);
                        }
                        ids.iter_mut().filter(|i| **i == new).for_each(|i| *i = free.clone());
                    }
                }
                rename(&mut parts, &id, &new);
            }
            done.insert(new);
        }
        for thing in Thing::all(&parts) {
            known.entry(thing.id()).or_insert(thing);
        }
        named.push(parts);
    }
    (named, matches)
}

/// Whether a thing of another id is the same thing by its sort and name.
fn is_called_like(known: &Thing, thing: &Thing) -> bool {
    let counts = matches!(
        known,
        Thing::Region(_)
            | Thing::Population(_)
            | Thing::Source(_)
            | Thing::Programme(_)
            | Thing::Resource(_)
            | Thing::Indicator(_)
            | Thing::Rule(_)
            | Thing::Citation(_)
    );
    counts && known.id() != thing.id() && !are_unlike(known, thing)
}
