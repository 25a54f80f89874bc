//! Owns what comes of taking some of what differs.
//!
//! Invariant: what is not taken is as it is here. Deliberately absent: whether the result is
//! sound (`Plan::new`), and what must be taken along (`preview`).

use super::compare::{Regions, counts};
use super::key::Key;
use super::numbers::Number;
use super::order;
use super::table::{Apart, Table, frame, nothing, stack};
use super::taken::Taken;
use crate::edit::{Thing, ThingId};
use crate::id::MeasureId;
use crate::plan::{ParamPath, PlanParts, Scenario};
use std::collections::{BTreeMap, BTreeSet};

/// The parts of `here` with what is taken of `there`. What `there` does not have is taken away
/// where its key is taken. Where `theirs_leads`, lists stand in the order they have there. What a
/// region has of its own, the base tells, where both began; `here` where that is not known.
pub(super) fn apply(
    base: &Table<'_>,
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
    let work = Work {
        base,
        here,
        there,
        taken: Taken::of(taken),
        regions: Regions::of(here, there).with(taken),
        empty: &empty,
    };
    let things = ids.into_iter().filter_map(|id| work.thing(&id));
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

/// What a thing is put together from.
struct Work<'a> {
    base: &'a Table<'a>,
    here: &'a Table<'a>,
    there: &'a Table<'a>,
    taken: Taken<'a>,
    regions: Regions<'a>,
    empty: &'a PlanParts,
}

impl Work<'_> {
    fn thing(&self, id: &ThingId) -> Option<Thing> {
        let is_taken = self.taken.all.contains(&Key::Thing(id.clone()));
        match (self.here.things.get(id), self.there.things.get(id)) {
            (Some(here), None) => (!is_taken).then(|| here.thing.clone()),
            (None, Some(there)) => is_taken.then(|| there.thing.clone()),
            (Some(a), Some(b)) if a.thing == b.thing => Some(a.thing.clone()),
            (Some(a), Some(b)) if a.is_shaped_like(b) => Some(self.apart(id, a, b, is_taken)),
            (Some(a), Some(b)) => Some(if is_taken { b } else { a }.thing.clone()),
            (None, None) => None,
        }
    }

    /// A thing that both have in the same shape, number by number.
    fn apart(&self, id: &ThingId, a: &Apart, b: &Apart, is_taken: bool) -> Thing {
        let began = self.base.things.get(id).filter(|c| c.is_shaped_like(a) && c.is_shaped_like(b));
        let (table, began) = began.map_or((self.here, a), |began| (self.base, began));
        let number = |path: &ParamPath| {
            let [base, ours, theirs] = [began, a, b].map(|side| side.numbers.get(path));
            let (ours, theirs) = (ours?, theirs?);
            if ours == theirs {
                return Some(ours.clone());
            }
            let number = Number { base: base.unwrap_or(ours), ours, theirs };
            Some(number.merged(path, &self.regions, &self.taken))
        };
        let mut merged = if is_taken { b } else { a }.with_numbers(self.empty, &number);
        match (&mut merged, &began.thing, &a.thing, &b.thing) {
            (
                Thing::Population(merged),
                Thing::Population(base),
                Thing::Population(ours),
                Thing::Population(theirs),
            ) => {
                let sides = [(table, &**base), (self.here, &**ours), (self.there, &**theirs)];
                counts(sides).merge_into(merged, &self.regions, &self.taken);
            }
            (Thing::School(merged), _, Thing::School(ours), Thing::School(theirs)) => {
                merged.pupils = picked(&ours.pupils, &theirs.pupils, |stage| {
                    self.taken.all.contains(&Key::Pupils(ours.id.clone(), *stage))
                });
                merged.resources = picked(&ours.resources, &theirs.resources, |resource| {
                    self.taken.all.contains(&Key::Resource(ours.id.clone(), resource.clone()))
                });
            }
            _ => {}
        }
        merged
    }
}

/// One side's numbers, with those of the other that are taken.
fn picked<K: Ord + Clone>(
    ours: &BTreeMap<K, i64>,
    theirs: &BTreeMap<K, i64>,
    is_taken: impl Fn(&K) -> bool,
) -> BTreeMap<K, i64> {
    let mut all = ours.clone();
    all.retain(|key, _| !is_taken(key));
    let taken = theirs.iter().filter(|(key, _)| is_taken(key));
    all.extend(taken.map(|(key, number)| (key.clone(), *number)));
    all
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
