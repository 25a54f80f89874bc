//! Owns a plan taken apart: each thing as its frame and its numbers, each scenario as its frame
//! and its measures; and what differs between two plans taken apart so.
//!
//! Invariant: two plans between which nothing differs are equal but for the order of their
//! lists, former names of parameters, and fields this version does not know.

use super::compare::compare;
use super::counts;
use super::key::Key;
use super::order;
use crate::edit::{Thing, ThingId};
use crate::evaluate::evaluate;
use crate::id::{MeasureId, RegionId, ScenarioId};
use crate::outcome::Outcome;
use crate::plan::{ParamPath, Parameter, Plan, PlanParts, Scenario};
use crate::text::{Lang, Text};
use std::cell::OnceCell;
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
    /// The thing with every number blank, and nothing counted.
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
            return Self { frame: uncounted(thing.clone()), thing, numbers: BTreeMap::new() };
        }
        let mut alone = empty.clone();
        thing.clone().put(&mut alone);
        let numbers = alone.parameters().map(|(path, p)| (path, p.clone())).collect();
        alone.for_each_parameter(&mut |p| *p = Parameter::default());
        let frame = Thing::all(&alone).pop().unwrap_or_else(|| thing.clone());
        Self { thing, frame: uncounted(frame), numbers }
    }

    /// The thing with every number blank, and nothing counted.
    pub(super) fn frame(&self) -> &Thing {
        &self.frame
    }

    /// Whether the numbers of both mean the same, each by its name.
    pub(super) fn is_shaped_like(&self, other: &Self) -> bool {
        // What the terms of an indicator are numbers of, only their order says.
        (!matches!(self.thing, Thing::Indicator(_)) || self.frame == other.frame)
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

/// A thing without what is counted in it.
fn uncounted(mut thing: Thing) -> Thing {
    match &mut thing {
        Thing::Population(population) => counts::clear(population),
        Thing::School(school) => {
            school.pupils.clear();
            school.resources.clear();
        }
        _ => {}
    }
    thing
}

/// A plan taken apart.
pub(super) struct Table<'p> {
    pub(super) parts: &'p PlanParts,
    pub(super) things: BTreeMap<ThingId, Apart>,
    /// The things' order, kind by kind.
    pub(super) order: Vec<ThingId>,
    pub(super) scenarios: BTreeMap<&'p ScenarioId, &'p Scenario>,
    /// The regions, by their places.
    pub(super) regions: BTreeMap<RegionId, usize>,
    /// What the status quo comes to, once somebody asks.
    outcome: OnceCell<Option<Outcome>>,
}

impl<'p> Table<'p> {
    pub(super) fn of(parts: &'p PlanParts) -> Self {
        let empty = nothing(parts);
        let all = Thing::all(parts);
        let order = all.iter().map(Thing::id).collect();
        let things = all.into_iter().map(|t| (t.id(), Apart::of(t, &empty))).collect();
        let scenarios = parts.scenarios.iter().map(|s| (&s.id, s)).collect();
        let regions = parts.regions.iter().zip(0..).map(|(r, n)| (r.id.clone(), n)).collect();
        Self { parts, things, order, scenarios, regions, outcome: OnceCell::new() }
    }

    /// What the status quo comes to; nothing where it comes to nothing.
    pub(super) fn outcome(&self) -> Option<&Outcome> {
        let evaluated = || {
            let plan = Plan::new(self.parts.clone()).ok()?;
            evaluate(&plan, &plan.status_quo()?.id).ok()
        };
        self.outcome.get_or_init(evaluated).as_ref()
    }

    /// What another plan has otherwise: things first, kind by kind, then scenarios.
    pub(super) fn differences(&self, there: &Table<'_>) -> Vec<(Key, Differs)> {
        let mut found = self.names(there);
        found.extend(compare(None, self, there).into_iter().map(|f| (f.key, f.how)));
        found.extend(self.stacks(there));
        found
    }

    /// Whether another plan is called otherwise or has other years.
    pub(super) fn names(&self, there: &Table<'_>) -> Vec<(Key, Differs)> {
        let mut found = Vec::new();
        let (p, q) = (self.parts, there.parts);
        if (&p.title, &p.place) != (&q.title, &q.place) {
            found.push((Key::Name, Differs::Changed));
        }
        if p.horizon != q.horizon {
            found.push((Key::Horizon, Differs::Changed));
        }
        found
    }

    /// What scenarios of another plan have otherwise.
    pub(super) fn stacks(&self, there: &Table<'_>) -> Vec<(Key, Differs)> {
        let mut found = Vec::new();
        let (p, q) = (self.parts, there.parts);
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
pub(super) fn kind(id: &ThingId) -> u8 {
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
