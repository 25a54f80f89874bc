//! Owns the roll-up: several plans, each of some counties, become one plan of the city.
//!
//! Invariant: where nothing is chosen otherwise, each region keeps the figures it has in its own
//! plan: what a county alone has is made to hold in its regions only, and a number that differs
//! between counties becomes a number of each region. What cannot be both is listed, with every
//! plan that has it, and the first one's stands until another is chosen. Deliberately absent:
//! adding up numbers that are stated for the whole city (nobody knows whether they overlap).

mod names;
mod numbers;
mod people;
mod stacks;

use super::Key;
use super::order;
use super::table::{Table, nothing};
use crate::edit::{Thing, ThingId};
use crate::evaluate::evaluate;
use crate::id::RegionId;
use crate::outcome::Outcome;
use crate::plan::{Plan, PlanErrors, PlanParts};
use std::collections::{BTreeMap, BTreeSet};

/// Whose version holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pick {
    /// Each its own, in its own regions.
    Each,
    /// That of the plan of this place among those rolled up, for all.
    Of(usize),
}

/// Something several plans have otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// What.
    pub key: Key,
    /// The plans that have it, by their place, each with the first of its like.
    pub holders: Vec<usize>,
    /// Whether each can keep its own.
    pub can_each: bool,
    /// What holds now.
    pub pick: Pick,
}

/// A thing of one plan that is called like one of another id in a plan before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The plan, by its place.
    pub plan: usize,
    /// The thing, by its id there.
    pub thing: ThingId,
    /// What it is taken for.
    pub same_as: ThingId,
}

/// What is decided about a roll-up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// What was picked for a clash; the default where nothing was.
    pub picks: BTreeMap<Key, Pick>,
    /// Things of one name and two ids that are two things all the same.
    pub apart: BTreeSet<Match>,
}

/// Plans rolled up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollUp {
    /// What comes of it, or why it does not hold.
    pub plan: Result<Plan, PlanErrors>,
    /// The plans as they were understood: things under the ids they have in the result.
    pub plans: Vec<PlanParts>,
    /// Which plan, by its place, a region comes from.
    pub regions: BTreeMap<RegionId, usize>,
    /// What several plans have otherwise.
    pub clashes: Vec<Clash>,
    /// Things taken for one because they are called the same.
    pub matches: Vec<Match>,
}

/// One plan that is rolled up.
struct Part<'p> {
    table: Table<'p>,
    /// The regions that come from it.
    regions: BTreeSet<RegionId>,
    outcome: Option<Outcome>,
}

/// Rolls plans up. The first leads: names, years and what only a city has are its. Where
/// `leads_only`, it is the city's own, and regions it has already come from the others.
pub fn roll_up(plans: &[Plan], leads_only: bool, decisions: &Decisions) -> RollUp {
    let (named, matches) = names::under_common_names(plans, &decisions.apart);
    let mut rolled = RollUp {
        plan: Err(PlanErrors(Vec::new())),
        plans: named,
        regions: BTreeMap::new(),
        clashes: Vec::new(),
        matches,
    };
    let Some(first) = rolled.plans.first() else { return rolled };
    let mut clashes = Clashes { picks: &decisions.picks, found: Vec::new() };
    rolled.regions = owners(&rolled.plans, leads_only, &mut clashes);
    let parts = rolled.plans.iter().zip(0..).map(|(plan, n)| {
        let own = rolled.regions.iter().filter(|(_, owner)| **owner == n);
        let regions = own.map(|(id, _)| id.clone()).collect();
        let sound = Plan::new(plan.clone()).ok();
        let outcome = sound.and_then(|p| evaluate(&p, &p.status_quo()?.id).ok());
        Part { table: Table::of(plan), regions, outcome }
    });
    let parts: Vec<Part<'_>> = parts.collect();
    let mut city = first.clone();
    if rolled.plans.iter().any(|p| p.horizon != first.horizon) {
        let all: Vec<usize> = (0..rolled.plans.len()).collect();
        if let Pick::Of(n) = clashes.pick(Key::Horizon, &all, false)
            && let Some(plan) = rolled.plans.get(n)
        {
            city.horizon = plan.horizon;
        }
    }
    let ids = parts.iter().fold(Vec::new(), |all, p| order::together(&all, &p.table.order));
    let things = ids.iter().filter_map(|id| thing(&parts, &rolled.regions, id, &mut clashes));
    let things: Vec<Thing> = things.collect();
    Thing::replace_all(&mut city, things);
    let everywhere: BTreeMap<_, _> = rolled.plans.iter().flat_map(|p| p.aliases.clone()).collect();
    city.aliases = everywhere;
    let paths: BTreeSet<_> = city.parameters().map(|(path, _)| path).collect();
    city.aliases.retain(|former, now| {
        paths.contains(now) && !paths.contains(former) && former.unit() == now.unit()
    });
    city.scenarios = stacks::scenarios(&parts, &city, &mut clashes).into();
    rolled.plan = Plan::new(city);
    rolled.clashes = clashes.found;
    rolled
}

/// Which plan each region comes from.
fn owners(
    plans: &[PlanParts],
    leads_only: bool,
    clashes: &mut Clashes<'_>,
) -> BTreeMap<RegionId, usize> {
    let mut holders: BTreeMap<RegionId, Vec<usize>> = BTreeMap::new();
    for (plan, n) in plans.iter().zip(0..) {
        for region in &plan.regions {
            holders.entry(region.id.clone()).or_default().push(n);
        }
    }
    let mut owners = BTreeMap::new();
    for (id, mut of) in holders {
        if leads_only && of.len() > 1 {
            of.retain(|n| *n > 0); // the city knew it; its county says how it stands
        }
        let owner = match of.as_slice() {
            [one] => *one,
            several => {
                let key = Key::Thing(ThingId::Region(id.clone()));
                match clashes.pick(key, several, false) {
                    Pick::Of(n) => n,
                    Pick::Each => several.first().copied().unwrap_or_default(),
                }
            }
        };
        owners.insert(id, owner);
    }
    owners
}

/// What is found to differ, and what was picked.
struct Clashes<'d> {
    picks: &'d BTreeMap<Key, Pick>,
    found: Vec<Clash>,
}

impl Clashes<'_> {
    /// Lists a difference; what holds.
    fn pick(&mut self, key: Key, holders: &[usize], can_each: bool) -> Pick {
        let default = if can_each {
            Pick::Each
        } else {
            Pick::Of(holders.first().copied().unwrap_or_default())
        };
        let allowed = |pick: &Pick| match pick {
            Pick::Each => can_each,
            Pick::Of(n) => holders.contains(n),
        };
        let pick = self.picks.get(&key).copied().filter(allowed).unwrap_or(default);
        self.found.push(Clash { key, holders: holders.to_vec(), can_each, pick });
        pick
    }
}

/// A thing of all the plans that have it.
fn thing(
    parts: &[Part<'_>],
    owners: &BTreeMap<RegionId, usize>,
    id: &ThingId,
    clashes: &mut Clashes<'_>,
) -> Option<Thing> {
    let mut holders: Vec<usize> = parts
        .iter()
        .zip(0..)
        .filter(|(p, _)| p.table.things.contains_key(id))
        .map(|(_, n)| n)
        .collect();
    let of = |n: usize| parts.get(n).and_then(|p: &Part<'_>| p.table.things.get(id));
    match id {
        ThingId::Region(region) => {
            return owners.get(region).and_then(|n| of(*n)).map(|t| t.thing.clone());
        }
        ThingId::School(_) => {
            // A school comes with its region.
            holders.retain(|n| match of(*n).map(|t| &t.thing) {
                Some(Thing::School(school)) => owners.get(&school.region) == Some(n),
                _ => false,
            });
        }
        // A plan none of whose regions count has no say where others do.
        _ => {
            let says = |n: &usize| parts.get(*n).is_some_and(|p| !p.regions.is_empty());
            if holders.iter().any(says) {
                holders.retain(says);
            }
        }
    }
    let first = of(*holders.first()?)?;
    let bare = |n: usize| of(n).map(super::table::Apart::frame);
    let differ = holders.iter().any(|n| bare(*n) != bare(holders[0]));
    let leading = if differ {
        match clashes.pick(Key::Thing(id.clone()), &holders, false) {
            Pick::Of(n) => of(n)?,
            Pick::Each => first,
        }
    } else {
        first
    };
    let mut frame = leading.clone();
    people::with_heads(parts, &holders, &mut frame.thing, clashes);
    let of_all = frame.numbers.keys().map(|path| {
        let number = numbers::of_all(parts, &holders, &frame.thing, path, clashes);
        (path.clone(), number)
    });
    let of_all: BTreeMap<_, _> = of_all.collect();
    let empty = nothing(parts.first()?.table.parts);
    Some(frame.with_numbers(&empty, &|path| of_all.get(path).cloned().flatten()))
}
