//! Owns comparing two sides of one plan, thing by thing: what theirs has otherwise, and whether
//! ours changed that as well since both began.
//!
//! Invariant: a number of a thing that both sides have in the same shape is an item of its own;
//! of every other thing the whole is. Without a known beginning all that differs is theirs'.
//! Numbers of a region that only one side has go with the region.

use super::counts::{self, Counts, Side};
use super::key::Key;
use super::numbers::Number;
use super::order;
use super::table::{Apart, Differs, Table, kind};
use crate::edit::{Thing, ThingId};
use crate::id::RegionId;
use crate::plan::{Population, School};
use std::collections::{BTreeMap, BTreeSet};

/// Who changed something that the two sides have otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Theirs alone.
    Theirs,
    /// Both, and not to the same.
    Both,
}

impl Verdict {
    /// None where theirs changed nothing, or both the same.
    pub(super) fn of<T: PartialEq>(base: &T, ours: &T, theirs: &T) -> Option<Self> {
        match () {
            () if ours == theirs || theirs == base => None,
            () if ours == base => Some(Self::Theirs),
            () => Some(Self::Both),
        }
    }
}

/// Something that theirs changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) key: Key,
    pub(super) how: Differs,
    pub(super) verdict: Verdict,
}

/// The regions of both sides, and which of them come or go with what is taken.
pub(super) struct Regions<'a> {
    ours: &'a BTreeMap<RegionId, usize>,
    theirs: &'a BTreeMap<RegionId, usize>,
    taken: BTreeSet<&'a RegionId>,
}

impl<'a> Regions<'a> {
    pub(super) fn of(ours: &'a Table<'_>, theirs: &'a Table<'_>) -> Self {
        Self { ours: &ours.regions, theirs: &theirs.regions, taken: BTreeSet::new() }
    }

    pub(super) fn with(mut self, taken: &'a BTreeSet<Key>) -> Self {
        self.taken = taken
            .iter()
            .filter_map(|key| match key {
                Key::Thing(ThingId::Region(id)) => Some(id),
                _ => None,
            })
            .collect();
        self
    }

    pub(super) fn is_ours(&self, id: &RegionId) -> bool {
        self.ours.contains_key(id)
    }

    pub(super) fn are_shared(&self, id: &RegionId) -> bool {
        self.ours.contains_key(id) && self.theirs.contains_key(id)
    }

    /// Whether a region of theirs comes.
    pub(super) fn arrives(&self, id: &RegionId) -> bool {
        !self.ours.contains_key(id) && self.theirs.contains_key(id) && self.taken.contains(id)
    }

    /// Whether a region goes that theirs no longer has.
    pub(super) fn leaves(&self, id: &RegionId) -> bool {
        self.ours.contains_key(id) && !self.theirs.contains_key(id) && self.taken.contains(id)
    }

    pub(super) fn ours(&self) -> impl Iterator<Item = &'a RegionId> {
        self.ours.keys()
    }

    pub(super) fn shared(&self) -> impl Iterator<Item = &'a RegionId> {
        self.ours.keys().filter(|id| self.theirs.contains_key(*id))
    }

    pub(super) fn arriving(&self) -> impl Iterator<Item = &'a RegionId> {
        self.theirs.keys().filter(|id| self.arrives(id))
    }
}

/// What theirs changed, of things; kind by kind. Without a base all that differs.
pub(super) fn compare(
    base: Option<&Table<'_>>,
    ours: &Table<'_>,
    theirs: &Table<'_>,
) -> Vec<Found> {
    let regions = Regions::of(ours, theirs);
    let mut ids = order::together(&ours.order, &theirs.order);
    ids.sort_by_key(kind); // stable: the order within a kind stays
    let mut found = Vec::new();
    for id in ids {
        let (o, t) = (ours.things.get(&id), theirs.things.get(&id));
        let whole = |how, verdict| Found { key: Key::Thing(id.clone()), how, verdict };
        let b = match base {
            Some(base) => base.things.get(&id).map(|apart| (base, apart)),
            None => o.map(|apart| (ours, apart)),
        };
        let began = b.map(|(_, apart)| &apart.thing);
        match (o, t) {
            (None, None) => {}
            (None, Some(_)) if began.is_none() => {
                found.push(whole(Differs::New, Verdict::Theirs));
            }
            // Ours removed it, and theirs changed it, or what a region has of its own.
            (None, Some(t)) => {
                if began != Some(&t.thing) || base.is_some_and(|b| have_moved(b, theirs, &id)) {
                    found.push(whole(Differs::New, Verdict::Both));
                }
            }
            (Some(o), None) if began.is_some() => {
                let moved = || base.is_some_and(|b| have_moved(b, ours, &id));
                let is_theirs = began == Some(&o.thing) && !moved();
                let verdict = if is_theirs { Verdict::Theirs } else { Verdict::Both };
                found.push(whole(Differs::Missing, verdict));
            }
            (Some(_), None) => {} // ours added it
            (Some(o), Some(t)) if o.thing == t.thing || began == Some(&t.thing) => {}
            (Some(o), Some(t)) if o.is_shaped_like(t) => {
                let before = b.filter(|(_, b)| b.is_shaped_like(o) && b.is_shaped_like(t));
                let start = found.len();
                let (table, b) = before.unwrap_or((ours, o));
                apart([(table, b), (ours, o), (theirs, t)], &regions, &mut found);
                if before.is_none() {
                    found.iter_mut().skip(start).for_each(|f| f.verdict = Verdict::Both);
                }
            }
            (Some(o), Some(_)) => {
                let is_theirs = began == Some(&o.thing);
                let verdict = if is_theirs { Verdict::Theirs } else { Verdict::Both };
                found.push(whole(Differs::Changed, verdict));
            }
        }
    }
    found
}

/// Whether a region has numbers of its own otherwise than it began with.
fn have_moved(base: &Table<'_>, side: &Table<'_>, id: &ThingId) -> bool {
    let ThingId::Region(region) = id else { return false };
    let of = |thing: &Apart| -> Vec<_> {
        let own = thing
            .numbers
            .iter()
            .filter_map(|(path, p)| Some((path.clone(), p.by_region.get(region)?.clone())));
        own.collect()
    };
    let heads = |thing: &Apart| match &thing.thing {
        Thing::Population(population) => counts::in_region(population, region),
        _ => Vec::new(),
    };
    base.things.iter().any(|(id, before)| {
        let now = side.things.get(id);
        now.is_some_and(|now| of(before) != of(now) || heads(before) != heads(now))
    })
}

/// What theirs has otherwise of a thing that all have in the same shape.
fn apart(
    [(table_b, b), (table_o, o), (table_t, t)]: [(&Table<'_>, &Apart); 3],
    regions: &Regions<'_>,
    found: &mut Vec<Found>,
) {
    let id = o.thing.id();
    if let Some(verdict) = Verdict::of(b.frame(), o.frame(), t.frame()) {
        found.push(Found { key: Key::Thing(id), how: Differs::Changed, verdict });
    }
    match (&b.thing, &o.thing, &t.thing) {
        (Thing::Population(b), Thing::Population(o), Thing::Population(t)) => {
            counts([(table_b, b), (table_o, o), (table_t, t)]).compare(regions, found);
        }
        (Thing::School(b), Thing::School(o), Thing::School(t)) => school([b, o, t], found),
        _ => {}
    }
    for (path, ours) in &o.numbers {
        let (Some(base), Some(theirs)) = (b.numbers.get(path), t.numbers.get(path)) else {
            continue; // of one shape: all have it
        };
        if ours == theirs || theirs == base {
            continue;
        }
        Number { base, ours, theirs }.compare(path, regions, found);
        if let Some(verdict) = Verdict::of(&base.basis, &ours.basis, &theirs.basis) {
            found.push(Found { key: Key::Basis(path.clone()), how: Differs::Changed, verdict });
        }
    }
}

/// The counts of a population that all have in the same shape.
pub(super) fn counts<'a>([base, ours, theirs]: [(&'a Table<'a>, &'a Population); 3]) -> Counts<'a> {
    let side = |(table, population)| Side { table, population };
    Counts { base: side(base), ours: side(ours), theirs: side(theirs) }
}

fn school([b, o, t]: [&School; 3], found: &mut Vec<Found>) {
    let stages: BTreeSet<_> = o.pupils.keys().chain(t.pupils.keys()).copied().collect();
    for stage in stages {
        let numbers = [b, o, t].map(|school| school.pupils.get(&stage).copied());
        found.extend(one(Key::Pupils(o.id.clone(), stage), numbers));
    }
    let resources: BTreeSet<_> = o.resources.keys().chain(t.resources.keys()).collect();
    for resource in resources {
        let numbers = [b, o, t].map(|school| school.resources.get(resource).copied());
        found.extend(one(Key::Resource(o.id.clone(), resource.clone()), numbers));
    }
}

fn one(key: Key, [b, o, t]: [Option<i64>; 3]) -> Option<Found> {
    let how = match (o, t) {
        (None, _) => Differs::New,
        (_, None) => Differs::Missing,
        _ => Differs::Changed,
    };
    Verdict::of(&b, &o, &t).map(|verdict| Found { key, how, verdict })
}
