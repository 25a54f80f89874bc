//! Owns putting together what two sides made of one plan.
//!
//! Invariant: what only one side changed is as that side has it; what both changed otherwise is
//! as ours has it, and is listed. The result is sound: what theirs changed and cannot stand
//! beside what ours changed is listed likewise.

use super::apply::apply;
use super::compare::{Verdict, compare};
use super::key::{Key, Span};
use super::order;
use super::table::{Differs, Table, frame, stack};
use crate::edit::{Command, locked};
use crate::id::ScenarioId;
use crate::plan::{Plan, PlanParts};
use std::collections::{BTreeMap, BTreeSet};

/// What comes of two sides' changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Ours, with what theirs changed besides.
    pub plan: Plan,
    /// What was taken from theirs.
    pub taken: Vec<Key>,
    /// What theirs changed and did not get: ours changed it too, or it cannot stand beside what
    /// ours changed.
    pub conflicts: Vec<Key>,
}

impl Merged {
    /// Makes the merged plan of ours, as one step.
    pub fn command(&self) -> Command {
        Command::Become(Box::new(PlanParts::clone(&self.plan)))
    }
}

/// Puts together what two sides made of one plan; where they differ, ours stays.
pub fn three_way(base: &Plan, ours: &Plan, theirs: &Plan) -> Merged {
    let tables = [base, ours, theirs].map(|plan| Table::of(plan));
    let [base, our, their] = &tables;
    let (mut wanted, mut conflicts) = (Vec::new(), Vec::new());
    for (key, _, verdict) in moved(base, our, their) {
        match verdict {
            Verdict::Theirs => wanted.push(key),
            Verdict::Both => conflicts.push(key),
        }
    }
    // A list one side put in another order keeps that order.
    let theirs_leads = order::is_same(&base.order, &our.order)
        && base
            .parts
            .scenarios
            .iter()
            .map(|s| &s.id)
            .is_sorted_by_key(|id| our.parts.scenarios.iter().position(|s| s.id == *id));
    let (was, now) = (base.parts, their.parts);
    let mut taking = Taking { base, our, their, theirs_leads, plan: None, taken: BTreeSet::new() };
    let rest = |parts: &mut PlanParts| {
        if parts.extra == was.extra {
            parts.extra.clone_from(&now.extra);
        }
        if parts.is_sample == was.is_sample {
            parts.is_sample = now.is_sample;
        }
        if parts.packet == was.packet {
            parts.packet.clone_from(&now.packet);
        }
    };
    let mut left = taking.take(&wanted, &rest);
    // What was refused may have waited for what came after it.
    while !left.is_empty() {
        let still = taking.take(&left, &rest);
        if still.len() == left.len() {
            break;
        }
        left = still;
    }
    conflicts.extend(left);
    let plan = taking.plan.unwrap_or_else(|| ours.clone());
    // What was taken may have moved again with something taken after it.
    let now = Table::of(&plan);
    for (key, ..) in moved(base, &now, their) {
        // How dates are written that mean the same is nobody's loss.
        let is_left = !matches!(key, Key::Scenario(_) | Key::Number(_, _, Span::ALWAYS));
        if is_left && !conflicts.iter().any(|listed| listed.covers(&key)) {
            conflicts.push(key);
        }
    }
    drop(now);
    Merged { plan, taken: taking.taken.into_iter().collect(), conflicts }
}

/// What theirs changed and has otherwise than ours, and who else changed it.
pub(super) fn moved(
    base: &Table<'_>,
    our: &Table<'_>,
    their: &Table<'_>,
) -> Vec<(Key, Differs, Verdict)> {
    let names = |side: &Table<'_>| -> BTreeSet<Key> {
        base.names(side).into_iter().map(|(key, _)| key).collect()
    };
    let (ours, theirs) = (names(our), names(their));
    let named = our.names(their).into_iter().filter(|(key, _)| theirs.contains(key));
    let mut found: Vec<(Key, Differs, Verdict)> = named
        .map(|(key, how)| {
            let both = ours.contains(&key);
            (key, how, if both { Verdict::Both } else { Verdict::Theirs })
        })
        .collect();
    found.extend(compare(Some(base), our, their).into_iter().map(|f| (f.key, f.how, f.verdict)));
    let ours_moved: BTreeMap<Key, Differs> = base.stacks(our).into_iter().collect();
    for (key, how) in base.stacks(their) {
        let verdict = match clashes(base, our, their, &ours_moved, &key, how) {
            true if stands_otherwise(our, their, &key) => Verdict::Both,
            true => continue,
            false => Verdict::Theirs,
        };
        found.push((key, how, verdict));
    }
    found
}

/// Takes as much as leaves the plan sound.
struct Taking<'a> {
    base: &'a Table<'a>,
    our: &'a Table<'a>,
    their: &'a Table<'a>,
    theirs_leads: bool,
    taken: BTreeSet<Key>,
    plan: Option<Plan>,
}

impl Taking<'_> {
    /// Takes all it can; what it cannot is given back.
    fn take(&mut self, keys: &[Key], rest: &dyn Fn(&mut PlanParts)) -> Vec<Key> {
        let mut taken = self.taken.clone();
        taken.extend(keys.iter().cloned());
        let mut parts = apply(self.base, self.our, self.their, &taken, self.theirs_leads);
        rest(&mut parts);
        if let Ok(plan) = Plan::new(parts) {
            (self.plan, self.taken) = (Some(plan), taken);
            return Vec::new();
        }
        if keys.len() <= 1 {
            return keys.to_vec();
        }
        let (first, second) = keys.split_at(keys.len() / 2);
        let mut left = self.take(first, rest);
        left.extend(self.take(second, rest));
        left
    }
}

/// Whether the two sides differ in something of a scenario.
fn stands_otherwise(our: &Table<'_>, their: &Table<'_>, key: &Key) -> bool {
    match key {
        Key::Scenario(id) => {
            let of = |side: &Table<'_>| side.scenarios.get(id).map(|s| (frame(s), stack(s)));
            of(our) != of(their)
        }
        Key::Measure(scenario, id) => {
            let of = |side: &Table<'_>| {
                let scenario = side.scenarios.get(scenario)?;
                scenario.measures.iter().find(|m| m.id == *id).cloned()
            };
            of(our) != of(their)
        }
        _ => false,
    }
}

/// The scenario that a change is a change of.
fn scenario_of(key: &Key) -> Option<&ScenarioId> {
    match key {
        Key::Scenario(id) | Key::Measure(id, _) => Some(id),
        _ => None,
    }
}

/// Whether ours changed a scenario in a way that theirs' change of it does not go with.
fn clashes(
    base: &Table<'_>,
    our: &Table<'_>,
    their: &Table<'_>,
    ours_moved: &BTreeMap<Key, Differs>,
    key: &Key,
    how: Differs,
) -> bool {
    if ours_moved.contains_key(key) {
        return true;
    }
    let has_moved = |id: &ScenarioId| ours_moved.keys().any(|k| scenario_of(k) == Some(id));
    match key {
        Key::Scenario(id) if how == Differs::Changed => {
            // Adopted there while it, or what it is stacked on, moved here.
            let newly = |side: &Table<'_>| {
                let before = locked(&base.parts.scenarios);
                let mut now = locked(&side.parts.scenarios);
                now.retain(|id| !before.contains(id));
                now
            };
            let (theirs, ours) = (newly(their), newly(our));
            let line = lineage(their, id);
            ours.contains(id) || (theirs.contains(id) && line.iter().any(has_moved))
        }
        Key::Scenario(id) => has_moved(id),
        Key::Measure(id, _) => {
            let gone = !our.scenarios.contains_key(id);
            let is_locked = locked(&our.parts.scenarios).contains(id)
                && !locked(&base.parts.scenarios).contains(id);
            gone || is_locked
        }
        _ => false,
    }
}

/// A scenario and what it is stacked on.
fn lineage(side: &Table<'_>, id: &ScenarioId) -> Vec<ScenarioId> {
    let mut line: Vec<ScenarioId> = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next.filter(|id| !line.contains(*id)) {
        line.push(id.clone());
        next = side.scenarios.get(id).and_then(|s| s.parent.as_ref());
    }
    line
}
