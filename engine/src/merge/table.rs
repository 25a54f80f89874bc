//! Owns a plan taken apart: each thing as its frame and its numbers, each scenario as its frame
//! and its measures; and what differs between two plans taken apart so.
//!
//! Invariant: two plans between which nothing differs are equal but for the order of their
//! lists, former names of parameters, and fields this version does not know.

use super::key::Key;
use super::order;
use crate::edit::{Thing, ThingId};
use crate::id::{MeasureId, ScenarioId};
use crate::plan::{ParamPath, Parameter, PlanParts, Scenario};
use crate::text::{Lang, Text};
use std::collections::BTreeMap;
use std::mem::discriminant;

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Differs {
    New,
    Changed,
    Missing,
}

/// A thing taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Apart {
    pub(super) thing: Thing,
    /// The thing with every number blank.
    frame: Thing,
    pub(super) numbers: BTreeMap<ParamPath, Parameter>,
}

impl Apart {
    fn of(thing: Thing, empty: &PlanParts) -> Self {
        let has_none = matches!(
            thing,
            Thing::Citation(_)
                | Thing::Region(_)
                | Thing::School(_)
                | Thing::Resource(_)
                | Thing::Task(_)
        );
        if has_none {
            return Self { frame: thing.clone(), thing, numbers: BTreeMap::new() };
        }
        let mut alone = empty.clone();
        thing.clone().put(&mut alone);
        let numbers = alone.parameters().map(|(path, p)| (path, p.clone())).collect();
        alone.for_each_parameter(&mut |p| *p = Parameter::default());
        let frame = Thing::all(&alone).pop().unwrap_or_else(|| thing.clone());
        Self { thing, frame, numbers }
    }

    /// The thing with every number blank.
    pub(super) fn frame(&self) -> &Thing {
        &self.frame
    }

    /// Whether the numbers of both mean the same, each by its name.
    pub(super) fn is_shaped_like(&self, other: &Self) -> bool {
        // What the terms of an indicator are numbers of, only their order says.
        !matches!(self.thing, Thing::Indicator(_))
            && !are_unlike(&self.thing, &other.thing)
            && self.numbers.keys().eq(other.numbers.keys())
    }

    /// The thing with other numbers in the place of those of the same name.
    pub(super) fn with_numbers(
        &self,
        empty: &PlanParts,
        number: &dyn Fn(&ParamPath) -> Option<Parameter>,
    ) -> Thing {
        let mut alone = empty.clone();
        self.thing.clone().put(&mut alone);
        let mut new: Vec<_> = alone.parameters().map(|(path, _)| number(&path)).collect();
        new.reverse();
        alone.for_each_parameter(&mut |p| {
            if let Some(number) = new.pop().flatten() {
                *p = number;
            }
        });
        Thing::all(&alone).pop().unwrap_or_else(|| self.thing.clone())
    }
}

/// A plan taken apart.
pub(super) struct Table<'p> {
    pub(super) parts: &'p PlanParts,
    pub(super) things: BTreeMap<ThingId, Apart>,
    /// The things' order, kind by kind.
    pub(super) order: Vec<ThingId>,
    pub(super) scenarios: BTreeMap<&'p ScenarioId, &'p Scenario>,
}

impl<'p> Table<'p> {
    pub(super) fn of(parts: &'p PlanParts) -> Self {
        let empty = nothing(parts);
        let all = Thing::all(parts);
        let order = all.iter().map(Thing::id).collect();
        let things = all.into_iter().map(|t| (t.id(), Apart::of(t, &empty))).collect();
        let scenarios = parts.scenarios.iter().map(|s| (&s.id, s)).collect();
        Self { parts, things, order, scenarios }
    }

    /// What another plan has otherwise: things first, kind by kind, then scenarios.
    pub(super) fn differences(&self, there: &Table<'_>) -> Vec<(Key, Differs)> {
        let mut found = Vec::new();
        let (p, q) = (self.parts, there.parts);
        if (&p.title, &p.place) != (&q.title, &q.place) {
            found.push((Key::Name, Differs::Changed));
        }
        if p.horizon != q.horizon {
            found.push((Key::Horizon, Differs::Changed));
        }
        let mut ids = order::together(&self.order, &there.order);
        ids.sort_by_key(kind); // stable: the order within a kind stays
        for id in ids {
            match (self.things.get(&id), there.things.get(&id)) {
                (None, _) => found.push((Key::Thing(id), Differs::New)),
                (_, None) => found.push((Key::Thing(id), Differs::Missing)),
                (Some(a), Some(b)) if a.thing == b.thing => {}
                (Some(a), Some(b)) if a.is_shaped_like(b) => {
                    if a.frame != b.frame {
                        found.push((Key::Thing(id), Differs::Changed));
                    }
                    let moved = a.numbers.iter().zip(b.numbers.values());
                    let moved = moved.filter(|((_, a), b)| a != b).map(|((path, _), _)| path);
                    found.extend(moved.map(|p| (Key::Parameter(p.clone()), Differs::Changed)));
                }
                _ => found.push((Key::Thing(id), Differs::Changed)),
            }
        }
        let ids = |parts: &PlanParts| -> Vec<_> {
            parts.scenarios.iter().map(|s| s.id.clone()).collect()
        };
        for id in order::together(&ids(p), &ids(q)) {
            match (self.scenarios.get(&id), there.scenarios.get(&id)) {
                (None, _) => found.push((Key::Scenario(id), Differs::New)),
                (_, None) => found.push((Key::Scenario(id), Differs::Missing)),
                (Some(a), Some(b)) => stacks(a, b, &mut found),
            }
        }
        found
    }
}

/// What of a scenario both have is otherwise.
fn stacks(a: &Scenario, b: &Scenario, found: &mut Vec<(Key, Differs)>) {
    let (here, there) = (stack(a), stack(b));
    if frame(a) != frame(b) || !order::is_same(&here, &there) {
        found.push((Key::Scenario(a.id.clone()), Differs::Changed));
    }
    for id in order::together(&here, &there) {
        let of = |s: &Scenario| s.measures.iter().find(|m| m.id == id).cloned();
        let differs = match (of(a), of(b)) {
            (None, _) => Differs::New,
            (_, None) => Differs::Missing,
            (a, b) if a != b => Differs::Changed,
            _ => continue,
        };
        found.push((Key::Measure(a.id.clone(), id), differs));
    }
}

/// The measures' names in the order they apply.
pub(super) fn stack(scenario: &Scenario) -> Vec<MeasureId> {
    scenario.measures.iter().map(|m| m.id.clone()).collect()
}

/// A scenario without its measures.
pub(super) fn frame(scenario: &Scenario) -> Scenario {
    let Scenario { id, name, parent, adopted, extra, .. } = scenario.clone();
    Scenario { id, name, parent, measures: Vec::new(), adopted, extra }
}

/// Parts with nothing in them, to look at one thing alone.
pub(super) fn nothing(like: &PlanParts) -> PlanParts {
    PlanParts::empty(like.title.clone(), like.place.clone(), like.horizon)
}

/// The order of kinds.
fn kind(id: &ThingId) -> u8 {
    match id {
        ThingId::Citation(_) => 0,
        ThingId::Region(_) => 1,
        ThingId::Population(_) => 2,
        ThingId::Source(_) => 3,
        ThingId::Programme(_) => 4,
        ThingId::School(_) => 5,
        ThingId::Resource(_) => 6,
        ThingId::Indicator(_) => 7,
        ThingId::Rule(_) => 8,
        ThingId::Task(_) => 9,
    }
}

/// Whether two things of one name are of another sort or unit, or are called otherwise: then
/// they are hardly the same thing.
pub(super) fn are_unlike(a: &Thing, b: &Thing) -> bool {
    let alike = match (a, b) {
        (Thing::Citation(a), Thing::Citation(b)) => reads_alike(&a.title, &b.title),
        (Thing::Region(a), Thing::Region(b)) => reads_alike(&a.name, &b.name),
        (Thing::Population(a), Thing::Population(b)) => {
            a.stage == b.stage
                && discriminant(&a.headcount) == discriminant(&b.headcount)
                && reads_alike(&a.name, &b.name)
        }
        (Thing::Source(a), Thing::Source(b)) => {
            (a.payer, a.account) == (b.payer, b.account) && reads_alike(&a.name, &b.name)
        }
        (Thing::Programme(a), Thing::Programme(b)) => {
            discriminant(&a.driver) == discriminant(&b.driver) && reads_alike(&a.name, &b.name)
        }
        (Thing::School(a), Thing::School(b)) => {
            a.region == b.region && reads_alike(&a.name, &b.name)
        }
        (Thing::Resource(a), Thing::Resource(b)) => reads_alike(&a.name, &b.name),
        (Thing::Indicator(a), Thing::Indicator(b)) => {
            a.unit() == b.unit() && reads_alike(&a.name, &b.name)
        }
        (Thing::Rule(a), Thing::Rule(b)) => {
            discriminant(&a.kind) == discriminant(&b.kind) && reads_alike(&a.name, &b.name)
        }
        (Thing::Task(a), Thing::Task(b)) => reads_alike(&a.title, &b.title),
        _ => false,
    };
    !alike
}

/// Whether two texts are the same in a language both have.
pub(crate) fn reads_alike(one: &Text, other: &Text) -> bool {
    Lang::ALL.into_iter().any(|l| one.exactly(l).is_some_and(|w| other.exactly(l) == Some(w)))
}
