//! Owns the preview of another plan beside the one on the table: every difference with what can
//! be done about it, what must come along, and the one command that comes of the choices.
//!
//! Invariant: nothing is written; the command is one step. Choosing nothing is no command.
//! Deliberately absent: words for it.

use super::apply::apply;
use super::compare::Verdict;
use super::counts;
use super::key::Key;
use super::references::{Mention, for_each, fresh, rename, rename_scenario};
use super::table::{Differs, Table, are_unlike, frame, nothing};
use super::three::moved;
use crate::edit::{Command, CommandError, ThingId, locked, remove, undisturbed};
use crate::id::{ScenarioId, fresh_id};
use crate::plan::{ParamPath, Plan, PlanErrors, PlanParts};
use std::collections::{BTreeMap, BTreeSet};

/// How something stands in the other plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Only there.
    New,
    /// Here and there, otherwise.
    Changed,
    /// Only here.
    Missing,
    /// Both moved since they were the same, or one name stands for two things, or it is adopted
    /// here and so stays.
    Conflict,
}

/// What is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// It stays as it is here.
    Ours,
    /// It becomes as it is there; what is missing there goes.
    Theirs,
    /// What is there comes beside it, under an id of its own.
    Both,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What differs.
    pub key: Key,
    /// How.
    pub sort: Sort,
    /// What is done unless something else is chosen.
    pub default: Choice,
    /// What can be done, [`Choice::Ours`] first.
    pub choices: &'static [Choice],
}

/// Something that goes along, and what it goes along with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Follows {
    /// What goes along.
    pub key: Key,
    /// Whether it is taken away rather than brought.
    pub is_removal: bool,
    /// What it goes along with.
    pub because: Key,
}

/// What comes of the choices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The one step; none where nothing changes.
    pub command: Option<Command>,
    /// What was not chosen and goes along all the same.
    pub follows: Vec<Follows>,
}

/// Why the choices do not come to a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{item:?}: {error}")]
pub struct Refusal {
    /// What was chosen that does not go, where one thing can be named.
    pub item: Option<Key>,
    /// What is wrong with what would come of it.
    pub error: CommandError,
}

/// Another plan beside the one on the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    here: Plan,
    there: PlanParts,
    base: Option<PlanParts>,
    /// What differs: things first, kind by kind, then scenarios.
    pub items: Vec<Item>,
}

const EITHER: &[Choice] = &[Choice::Ours, Choice::Theirs];
const ALL: &[Choice] = &[Choice::Ours, Choice::Theirs, Choice::Both];
const BESIDE: &[Choice] = &[Choice::Ours, Choice::Both];

impl Preview {
    /// Compares a plan that came in with the one on the table. Where both stem from a plan that
    /// is known, only what moved there since is listed, and what moved on both sides is a
    /// conflict. Where it is not, nobody knows who changed what both have otherwise: it stays
    /// unless it is chosen.
    pub fn of(here: &Plan, there: &Plan, base: Option<&Plan>) -> Self {
        let there = as_here(here, there);
        let base = base.map(|base| as_here(here, base));
        let tables = [Table::of(here), Table::of(&there)];
        let [ours, theirs] = &tables;
        let before = base.as_ref().map(Table::of);
        let found = match &before {
            Some(before) => moved(before, ours, theirs),
            None => {
                let all = ours.differences(theirs).into_iter();
                all.map(|(key, how)| (key, how, Verdict::Theirs)).collect()
            }
        };
        let locked = locked(&here.scenarios);
        let mut items: Vec<Item> = Vec::new();
        for (key, how, verdict) in found {
            // What is adopted here stays: as a whole it can come beside.
            if let Key::Measure(id, _) | Key::Scenario(id) = &key
                && locked.contains(id)
            {
                let whole = Key::Scenario(id.clone());
                let is_there = theirs.scenarios.contains_key(id);
                if is_there && items.last().is_none_or(|last| last.key != whole) {
                    let (sort, default) = (Sort::Conflict, Choice::Ours);
                    items.push(Item { key: whole, sort, default, choices: BESIDE });
                }
                continue;
            }
            items.push(item(ours, theirs, key, how, (verdict, base.is_some())));
        }
        drop(before);
        drop(tables);
        Self { here: here.clone(), there, base, items }
    }

    /// The plan both began from, as far as it is known.
    pub fn base(&self) -> Option<&PlanParts> {
        self.base.as_ref()
    }

    /// The plan that came in, with its status quo and former adoptions as they are called here.
    pub fn there(&self) -> &PlanParts {
        &self.there
    }

    /// The choices that take everything that is not missing, or even that.
    pub fn everything(&self) -> BTreeMap<Key, Choice> {
        let last = |i: &Item| {
            let theirs = i.choices.contains(&Choice::Theirs);
            (i.key.clone(), if theirs { Choice::Theirs } else { Choice::Ours })
        };
        self.items.iter().map(last).collect()
    }

    /// What the choices come to; an item without a choice stays as its default says.
    ///
    /// # Errors
    /// [`Refusal`], where the choices do not come to a sound plan.
    pub fn resolve(&self, choices: &BTreeMap<Key, Choice>) -> Result<Resolved, Refusal> {
        let chosen = |i: &Item| {
            let choice = choices.get(&i.key).copied().unwrap_or(i.default);
            if i.choices.contains(&choice) { choice } else { i.default }
        };
        let with = |wanted: Choice| {
            let items = self.items.iter().filter(move |i| chosen(i) == wanted);
            items.map(|i| i.key.clone())
        };
        let mut there = self.there.clone();
        let mut taken: BTreeSet<Key> = with(Choice::Theirs).collect();
        for key in with(Choice::Both) {
            taken.extend(beside(&self.here, &mut there, &key));
        }
        if taken.is_empty() {
            return Ok(Resolved::default());
        }
        let tables = [Table::of(&self.here), Table::of(&there)];
        let [ours, theirs] = &tables;
        let differs: BTreeMap<Key, Differs> = ours.differences(theirs).into_iter().collect();
        let mut follows = brought_along(ours, theirs, &mut taken);
        // What goes, goes last: with all that cannot be without it by then.
        let (gone, come): (BTreeSet<Key>, BTreeSet<Key>) = taken.into_iter().partition(|key| {
            matches!(key, Key::Thing(_)) && differs.get(key) == Some(&Differs::Missing)
        });
        let before = self.base.as_ref().map(Table::of);
        let mut parts = apply(before.as_ref().unwrap_or(ours), ours, theirs, &come, false);
        for key in &gone {
            let Key::Thing(id) = key else { continue };
            if !id.is_in(&parts) {
                continue; // gone with another
            }
            let refused = |error| Refusal { item: Some(key.clone()), error };
            let removal = remove(&mut parts, id).map_err(refused)?;
            undisturbed(&self.here.scenarios, &parts.scenarios).map_err(refused)?;
            let along = removal.things.into_iter().skip(1).map(Key::Thing);
            follows.extend(along.filter(|k| !gone.contains(k)).map(|along| Follows {
                key: along,
                is_removal: true,
                because: key.clone(),
            }));
        }
        let is_nothing = parts == *self.here;
        if let Err(errors) = Plan::new(parts.clone()) {
            let all: BTreeSet<Key> = come.union(&gone).cloned().collect();
            return Err(Refusal { item: named(&errors, &all), error: errors.into() });
        }
        let command = (!is_nothing).then(|| Command::Become(Box::new(parts)));
        Ok(Resolved { command, follows })
    }
}

/// A plan as it can be compared: its status quo called as here, and nothing adopted but here.
fn as_here(here: &Plan, there: &Plan) -> PlanParts {
    let mut parts = PlanParts::clone(there);
    let root =
        |p: &PlanParts| p.scenarios.iter().find(|s| s.parent.is_none()).map(|s| s.id.clone());
    if let (Some(ours), Some(theirs)) = (root(here), root(there))
        && ours != theirs
    {
        if let Some(free) = free_scenario(here, &parts, &ours)
            && parts.scenarios.iter().any(|s| s.id == ours)
        {
            rename_scenario(&mut parts, &ours, &free);
        }
        rename_scenario(&mut parts, &theirs, &ours);
    }
    for scenario in &mut parts.scenarios {
        let ours = here.scenarios.iter().find(|s| s.id == scenario.id);
        scenario.adopted = ours.and_then(|s| s.adopted);
    }
    parts
}

fn free_scenario(here: &PlanParts, there: &PlanParts, id: &ScenarioId) -> Option<ScenarioId> {
    let stem = id.as_str().get(..50).unwrap_or(id.as_str());
    let taken =
        |id: &ScenarioId| here.scenarios.iter().chain(&there.scenarios).any(|s| s.id == *id);
    fresh_id(stem, taken)
}

fn item(
    ours: &Table<'_>,
    theirs: &Table<'_>,
    key: Key,
    how: Differs,
    (verdict, has_base): (Verdict, bool),
) -> Item {
    let unlike = match &key {
        Key::Thing(id) => match (ours.things.get(id), theirs.things.get(id)) {
            (Some(a), Some(b)) => are_unlike(&a.thing, &b.thing),
            _ => false,
        },
        _ => false,
    };
    let (sort, default) = match how {
        _ if verdict == Verdict::Both || unlike => (Sort::Conflict, Choice::Ours),
        Differs::New => (Sort::New, Choice::Theirs),
        Differs::Missing => (Sort::Missing, Choice::Ours),
        // What the plan is called, and over which years it is reckoned, is this plan's own.
        Differs::Changed if !has_base || matches!(key, Key::Name | Key::Horizon) => {
            (Sort::Changed, Choice::Ours)
        }
        Differs::Changed => (Sort::Changed, Choice::Theirs),
    };
    Item { key, sort, default, choices: if unlike { ALL } else { EITHER } }
}

/// Gives what is there an id of its own, so that it comes beside what is here.
fn beside(here: &PlanParts, there: &mut PlanParts, key: &Key) -> Option<Key> {
    match key {
        Key::Thing(id) => {
            let free = fresh(id, &|id| id.is_in(here) || id.is_in(there))?;
            rename(there, id, &free);
            Some(Key::Thing(free))
        }
        Key::Scenario(id) => {
            let free = free_scenario(here, there, id)?;
            rename_scenario(there, id, &free);
            for scenario in there.scenarios.iter_mut().filter(|s| s.id == free) {
                scenario.adopted = None;
            }
            Some(Key::Scenario(free))
        }
        _ => None,
    }
}

/// Takes all that what is taken names and the plan here does not have.
fn brought_along(ours: &Table<'_>, theirs: &Table<'_>, taken: &mut BTreeSet<Key>) -> Vec<Follows> {
    let paths: BTreeSet<&ParamPath> = ours.things.values().flat_map(|t| t.numbers.keys()).collect();
    let empty = nothing(theirs.parts);
    let mut follows = Vec::new();
    let mut open: Vec<Key> = taken.iter().cloned().collect();
    while let Some(because) = open.pop() {
        for key in needed(theirs, &empty, &because) {
            let key = match key {
                Key::Parameter(path) if paths.contains(&path) => continue,
                Key::Parameter(path) => Key::Thing(ThingId::of_parameter(&path)),
                Key::Thing(id) if ours.things.contains_key(&id) => continue,
                Key::Scenario(id) if ours.scenarios.contains_key(&id) => continue,
                key => key,
            };
            if taken.insert(key.clone()) {
                open.push(key.clone());
                let because = because.clone();
                follows.push(Follows { key, is_removal: false, because });
            }
        }
    }
    follows
}

/// What something there names: things, numbers, scenarios.
fn needed(theirs: &Table<'_>, empty: &PlanParts, key: &Key) -> Vec<Key> {
    let mut alone = empty.clone();
    match key {
        Key::Thing(id) => {
            if let Some(apart) = theirs.things.get(id) {
                apart.thing.clone().put(&mut alone);
            }
        }
        Key::Parameter(path) | Key::Basis(path) => {
            // Of the thing only this number counts.
            let id = ThingId::of_parameter(path);
            let number = theirs.things.get(&id).and_then(|t| t.numbers.get(path));
            let Some(number) = number else { return Vec::new() };
            let is_whole = matches!(key, Key::Parameter(_));
            let regions = number.by_region.keys().filter(|_| is_whole).cloned();
            let cited = number.basis.citation.iter().cloned().map(ThingId::Citation);
            return regions.map(ThingId::Region).chain(cited).map(Key::Thing).collect();
        }
        Key::CountBasis(id) => {
            let population = theirs.parts.populations.iter().find(|p| p.id == *id);
            let basis = population.and_then(counts::basis);
            let cited = basis.and_then(|basis| basis.citation.clone());
            return cited.map(|id| Key::Thing(ThingId::Citation(id))).into_iter().collect();
        }
        Key::Resource(_, id) => return vec![Key::Thing(ThingId::Resource(id.clone()))],
        Key::Name | Key::Horizon | Key::Heads(..) | Key::Census(..) | Key::Pupils(..) => {}
        Key::Number(..) => {} // of regions both have
        Key::Scenario(id) => {
            if let Some(scenario) = theirs.scenarios.get(id) {
                alone.scenarios.push((*scenario).clone());
            }
        }
        Key::Measure(scenario, id) => {
            if let Some(scenario) = theirs.scenarios.get(scenario) {
                let mut only = frame(scenario);
                only.measures = scenario.measures.iter().filter(|m| m.id == *id).cloned().collect();
                alone.scenarios.push(only);
            }
        }
    }
    let mut found = Vec::new();
    for_each(&mut alone, &mut |mention| {
        found.push(match mention {
            Mention::Citation(id) => Key::Thing(ThingId::Citation(id.clone())),
            Mention::Region(id) => Key::Thing(ThingId::Region(id.clone())),
            Mention::Population(id) => Key::Thing(ThingId::Population(id.clone())),
            Mention::Source(id) => Key::Thing(ThingId::Source(id.clone())),
            Mention::Programme(id) => Key::Thing(ThingId::Programme(id.clone())),
            Mention::Resource(id) => Key::Thing(ThingId::Resource(id.clone())),
            Mention::Indicator(id) => Key::Thing(ThingId::Indicator(id.clone())),
            Mention::Task(id) => Key::Thing(ThingId::Task(id.clone())),
            Mention::Scenario(id) => Key::Scenario(id.clone()),
            Mention::Path(path) => Key::Parameter(path.clone()),
        });
    });
    found
}

/// The item a fault is about: the one whose name its place goes on from.
fn named(errors: &PlanErrors, items: &BTreeSet<Key>) -> Option<Key> {
    let places = errors.0.iter().map(|(place, _)| place.0.as_str());
    let mut names: Vec<(String, &Key)> = items.iter().map(|key| (key.to_string(), key)).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let begins = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    for place in places {
        let of = names.iter().find(|(name, _)| begins(place, name) || begins(name, place));
        if let Some((_, key)) = of {
            return Some((*key).clone());
        }
    }
    None
}
