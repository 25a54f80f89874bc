//! Owns what comes of taking some of what differs.
//!
//! Invariant: what is not taken is as it is here. Deliberately absent: whether the result is
//! sound (`Plan::new`), and what must be taken along (`preview`).

use super::key::Key;
use super::order;
use super::table::{Table, frame, nothing, stack};
use crate::edit::{Thing, ThingId};
use crate::id::MeasureId;
use crate::plan::{ParamPath, PlanParts, Scenario};
use std::collections::BTreeSet;

/// The parts of `here` with what is taken of `there`. What `there` does not have is taken away
/// where its key is taken. Where `theirs_leads`, lists stand in the order they have there.
pub(super) fn apply(
    here: &Table<'_>,
    there: &Table<'_>,
    taken: &BTreeSet<Key>,
    theirs_leads: bool,
) -> PlanParts {
    let mut parts = here.parts.clone();
    if taken.contains(&Key::Name) {
        (parts.title, parts.place) = (there.parts.title.clone(), there.parts.place.clone());
    }
    if taken.contains(&Key::Horizon) {
        parts.horizon = there.parts.horizon;
    }
    let empty = nothing(here.parts);
    let ids = lead(&here.order, &there.order, theirs_leads);
    let things = ids.into_iter().filter_map(|id| thing(here, there, taken, &empty, &id));
    Thing::replace_all(&mut parts, things.collect());
    let names = |p: &PlanParts| -> Vec<_> { p.scenarios.iter().map(|s| s.id.clone()).collect() };
    let scenarios = lead(&names(here.parts), &names(there.parts), theirs_leads);
    let scenarios = scenarios.into_iter().filter_map(|id| {
        let is_taken = taken.contains(&Key::Scenario(id.clone()));
        match (here.scenarios.get(&id), there.scenarios.get(&id)) {
            (Some(here), Some(there)) => Some(scenario(here, there, taken, is_taken)),
            (Some(here), None) => (!is_taken).then(|| (*here).clone()),
            (None, Some(there)) => is_taken.then(|| (*there).clone()),
            (None, None) => None,
        }
    });
    let scenarios: Vec<Scenario> = scenarios.collect();
    if *parts.scenarios != scenarios {
        parts.scenarios = scenarios.into();
    }
    if !taken.is_empty() {
        former_names(&mut parts, there.parts);
    }
    parts
}

fn lead<T: Ord + Clone>(here: &[T], there: &[T], theirs_leads: bool) -> Vec<T> {
    if theirs_leads { order::together(there, here) } else { order::together(here, there) }
}

fn thing(
    here: &Table<'_>,
    there: &Table<'_>,
    taken: &BTreeSet<Key>,
    empty: &PlanParts,
    id: &ThingId,
) -> Option<Thing> {
    let is_taken = taken.contains(&Key::Thing(id.clone()));
    match (here.things.get(id), there.things.get(id)) {
        (Some(here), None) => (!is_taken).then(|| here.thing.clone()),
        (None, Some(there)) => is_taken.then(|| there.thing.clone()),
        (Some(a), Some(b)) if a.thing == b.thing => Some(a.thing.clone()),
        (Some(a), Some(b)) if a.is_shaped_like(b) => {
            let number = |path: &ParamPath| {
                let of = if taken.contains(&Key::Parameter(path.clone())) { b } else { a };
                of.numbers.get(path).cloned()
            };
            Some(if is_taken { b } else { a }.with_numbers(empty, &number))
        }
        (Some(a), Some(b)) => Some(if is_taken { b } else { a }.thing.clone()),
        (None, None) => None,
    }
}

fn scenario(here: &Scenario, there: &Scenario, taken: &BTreeSet<Key>, is_taken: bool) -> Scenario {
    let mut merged = frame(if is_taken { there } else { here });
    let ids = lead(&stack(here), &stack(there), is_taken);
    merged.measures = ids.into_iter().filter_map(|id| measure(here, there, taken, &id)).collect();
    merged
}

fn measure(
    here: &Scenario,
    there: &Scenario,
    taken: &BTreeSet<Key>,
    id: &MeasureId,
) -> Option<crate::plan::Measure> {
    let is_taken = taken.contains(&Key::Measure(here.id.clone(), id.clone()));
    let of = if is_taken { there } else { here };
    of.measures.iter().find(|m| m.id == *id).cloned()
}

/// Former names of both plans, as far as they still lead somewhere and mean nothing else.
fn former_names(parts: &mut PlanParts, there: &PlanParts) {
    if parts.aliases.is_empty() && there.aliases.is_empty() {
        return;
    }
    let units: BTreeSet<ParamPath> = parts.parameters().map(|(path, _)| path).collect();
    let mut aliases = there.aliases.clone();
    aliases.extend(std::mem::take(&mut parts.aliases));
    aliases.retain(|former, now| {
        units.contains(now) && !units.contains(former) && former.unit() == now.unit()
    });
    parts.aliases = aliases;
}
