//! Owns what a plan's parts name: every id in them that is of something else, and every path.
//!
//! Invariant: what is passed is all that `check` resolves, so what is renamed here is renamed
//! everywhere, and what is needed is known before it is missed.

use crate::edit::ThingId;
use crate::id::{
    CitationId, IndicatorId, PopulationId, ProgrammeId, RegionId, ResourceId, RuleId, ScenarioId,
    SourceId, TaskId,
};
use crate::plan::{
    ChangeValue, Driver, Entry, Figure, Headcount, ParamPath, Per, PlanParts, Posts, RuleKind,
    Side, Term,
};
use std::collections::BTreeMap;

/// One mention.
pub(super) enum Mention<'a> {
    Citation(&'a mut CitationId),
    Region(&'a mut RegionId),
    Population(&'a mut PopulationId),
    Source(&'a mut SourceId),
    Programme(&'a mut ProgrammeId),
    Resource(&'a mut ResourceId),
    Indicator(&'a mut IndicatorId),
    Task(&'a mut TaskId),
    Scenario(&'a mut ScenarioId),
    Path(&'a mut ParamPath),
}

type Visit<'v> = dyn FnMut(Mention<'_>) + 'v;

/// Passes every mention; things do not mention themselves.
pub(super) fn for_each(parts: &mut PlanParts, visit: &mut Visit<'_>) {
    parts.for_each_parameter(&mut |p| keys(&mut p.by_region, visit));
    parts.for_each_basis(&mut |basis| {
        basis.citation.iter_mut().for_each(|id| visit(Mention::Citation(id)));
    });
    people(parts, visit);
    for programme in &mut parts.programmes {
        match &mut programme.driver {
            Driver::Heads { population, .. }
            | Driver::Loans { population, .. }
            | Driver::Posts { posts: Posts::PerPupils { population, .. }, .. } => {
                visit(Mention::Population(population));
            }
            Driver::Revenue { source, .. } => visit(Mention::Source(source)),
            Driver::Posts { .. } | Driver::Works { .. } | Driver::Lump { .. } => {}
        }
        visit(Mention::Source(&mut programme.split.residual));
        programme.split.shares.iter_mut().for_each(|s| visit(Mention::Source(&mut s.source)));
    }
    goals(parts, visit);
    let aliases = std::mem::take(&mut parts.aliases);
    for (former, mut now) in aliases {
        visit(Mention::Path(&mut now));
        parts.aliases.insert(former, now);
    }
    for scenario in &mut parts.scenarios {
        scenario.parent.iter_mut().for_each(|id| visit(Mention::Scenario(id)));
        for change in scenario.measures.iter_mut().flat_map(|m| &mut m.changes) {
            visit(Mention::Path(&mut change.path));
            change.regions.iter_mut().flatten().for_each(|id| visit(Mention::Region(id)));
            if let ChangeValue::ByRegion(values) = &mut change.value {
                keys(values, visit);
            }
        }
    }
}

fn people(parts: &mut PlanParts, visit: &mut Visit<'_>) {
    for population in &mut parts.populations {
        match &mut population.headcount {
            Headcount::Counted { censuses, .. } => {
                censuses.iter_mut().for_each(|c| keys(&mut c.heads, visit));
            }
            Headcount::ShareOf { parent, .. } => visit(Mention::Population(parent)),
            Headcount::Cohort(cohort) => {
                cohort.censuses.iter_mut().for_each(|c| keys(&mut c.heads, visit));
                match &mut cohort.entry {
                    Entry::Births { births, .. } => {
                        births.iter_mut().for_each(|c| keys(&mut c.heads, visit));
                    }
                    Entry::Leavers { of, .. } => visit(Mention::Population(of)),
                    Entry::Rest { beside } => visit(Mention::Population(beside)),
                    Entry::Given(_) => {}
                }
            }
        }
    }
    for school in &mut parts.schools {
        visit(Mention::Region(&mut school.region));
        for (mut id, number) in std::mem::take(&mut school.resources) {
            visit(Mention::Resource(&mut id));
            school.resources.insert(id, number);
        }
    }
}

fn goals(parts: &mut PlanParts, visit: &mut Visit<'_>) {
    for indicator in &mut parts.indicators {
        for side in [Side::Numerator, Side::Denominator] {
            let terms = match side {
                Side::Numerator => &mut indicator.numerator,
                Side::Denominator => &mut indicator.denominator,
            };
            for term in terms {
                match term {
                    Term::Given(_) => {}
                    Term::Heads(id) => visit(Mention::Population(id)),
                    Term::Completed { programme, .. } | Term::Paid(programme) => {
                        visit(Mention::Programme(programme));
                    }
                }
            }
        }
    }
    for rule in &mut parts.rules {
        match &mut rule.kind {
            RuleKind::Earmark { source, .. } | RuleKind::Envelope { source } => {
                visit(Mention::Source(source));
            }
            RuleKind::Growth { of, .. } | RuleKind::NeverDecrease { of } => pupils(of, visit),
            RuleKind::Target { indicator } => visit(Mention::Indicator(indicator)),
            RuleKind::Balance { resources, .. } => {
                resources.iter_mut().for_each(|r| visit(Mention::Resource(&mut r.resource)));
            }
            RuleKind::ShareOfBudget { .. } | RuleKind::UseRestriction { .. } => {}
        }
    }
    for task in &mut parts.tasks {
        task.parent.iter_mut().for_each(|id| visit(Mention::Task(id)));
        task.programmes.iter_mut().for_each(|id| visit(Mention::Programme(id)));
        task.indicators.iter_mut().for_each(|id| visit(Mention::Indicator(id)));
    }
}

fn pupils(of: &mut Figure, visit: &mut Visit<'_>) {
    if let Per::Pupil(populations) = &mut of.per {
        populations.iter_mut().for_each(|id| visit(Mention::Population(id)));
    }
}

fn keys<T>(map: &mut BTreeMap<RegionId, T>, visit: &mut Visit<'_>) {
    for (mut id, value) in std::mem::take(map) {
        visit(Mention::Region(&mut id));
        map.insert(id, value);
    }
}

/// Gives a thing another id, wherever it is named.
pub(super) fn rename(parts: &mut PlanParts, from: &ThingId, to: &ThingId) {
    fn put<I: PartialEq + Clone>(id: &mut I, from: &I, to: &I) {
        if id == from {
            id.clone_from(to);
        }
    }
    macro_rules! own {
        ($list:ident, $from:expr, $to:expr) => {
            parts.$list.iter_mut().for_each(|t| put(&mut t.id, $from, $to))
        };
    }
    use ThingId as T;
    match (from, to) {
        (T::Citation(a), T::Citation(b)) => own!(citations, a, b),
        (T::Region(a), T::Region(b)) => own!(regions, a, b),
        (T::Population(a), T::Population(b)) => own!(populations, a, b),
        (T::Source(a), T::Source(b)) => own!(sources, a, b),
        (T::Programme(a), T::Programme(b)) => own!(programmes, a, b),
        (T::School(a), T::School(b)) => own!(schools, a, b),
        (T::Resource(a), T::Resource(b)) => own!(resources, a, b),
        (T::Indicator(a), T::Indicator(b)) => own!(indicators, a, b),
        (T::Rule(a), T::Rule(b)) => own!(rules, a, b),
        (T::Task(a), T::Task(b)) => own!(tasks, a, b),
        _ => return,
    }
    for_each(parts, &mut |mention| match (mention, from, to) {
        (Mention::Citation(id), T::Citation(a), T::Citation(b)) => put(id, a, b),
        (Mention::Region(id), T::Region(a), T::Region(b)) => put(id, a, b),
        (Mention::Population(id), T::Population(a), T::Population(b)) => put(id, a, b),
        (Mention::Source(id), T::Source(a), T::Source(b)) => put(id, a, b),
        (Mention::Programme(id), T::Programme(a), T::Programme(b)) => put(id, a, b),
        (Mention::Resource(id), T::Resource(a), T::Resource(b)) => put(id, a, b),
        (Mention::Indicator(id), T::Indicator(a), T::Indicator(b)) => put(id, a, b),
        (Mention::Task(id), T::Task(a), T::Task(b)) => put(id, a, b),
        (Mention::Path(path), from, to) => rename_in_path(path, from, to),
        _ => {}
    });
}

fn rename_in_path(path: &mut ParamPath, from: &ThingId, to: &ThingId) {
    fn put<I: PartialEq + Clone>(id: &mut I, from: &I, to: &I) {
        if id == from {
            id.clone_from(to);
        }
    }
    use ParamPath as P;
    use ThingId as T;
    match (path, from, to) {
        (P::Population(id, _) | P::Grade(id, ..), T::Population(a), T::Population(b)) => {
            put(id, a, b);
        }
        (P::Source(id, _) | P::Split(_, id), T::Source(a), T::Source(b)) => put(id, a, b),
        (P::Programme(id, _) | P::Split(id, _), T::Programme(a), T::Programme(b)) => put(id, a, b),
        (P::Indicator(id, _) | P::Term(id, ..), T::Indicator(a), T::Indicator(b)) => put(id, a, b),
        (P::Rule(id, _), T::Rule(a), T::Rule(b)) => put::<RuleId>(id, a, b),
        _ => {}
    }
}

/// Gives a scenario another id, wherever it is named.
pub(super) fn rename_scenario(parts: &mut PlanParts, from: &ScenarioId, to: &ScenarioId) {
    for scenario in &mut parts.scenarios {
        for id in std::iter::once(&mut scenario.id).chain(&mut scenario.parent) {
            if id == from {
                id.clone_from(to);
            }
        }
    }
}

/// An id for a thing that neither plan has: its own, numbered.
pub(super) fn fresh(id: &ThingId, taken: &dyn Fn(&ThingId) -> bool) -> Option<ThingId> {
    macro_rules! fresh {
        ($kind:ident, $id:expr) => {{
            let stem = $id.as_str();
            let stem = stem.get(..50).unwrap_or(stem);
            crate::id::fresh_id(stem, |id| taken(&ThingId::$kind(Clone::clone(id))))
                .map(ThingId::$kind)
        }};
    }
    match id {
        ThingId::Citation(id) => fresh!(Citation, id),
        ThingId::Region(id) => fresh!(Region, id),
        ThingId::Population(id) => fresh!(Population, id),
        ThingId::Source(id) => fresh!(Source, id),
        ThingId::Programme(id) => fresh!(Programme, id),
        ThingId::School(id) => fresh!(School, id),
        ThingId::Resource(id) => fresh!(Resource, id),
        ThingId::Indicator(id) => fresh!(Indicator, id),
        ThingId::Rule(id) => fresh!(Rule, id),
        ThingId::Task(id) => fresh!(Task, id),
    }
}
