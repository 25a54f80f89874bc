//! Owns what goes when a thing is removed: the thing, all that cannot be without it, and what
//! measures and numbers say of them.
//!
//! Invariant: what is told beforehand is what happens, for the same function does both.

use super::{CommandError, ThingId};
use crate::id::{MeasureId, RegionId, ScenarioId};
use crate::plan::{
    Change, ChangeValue, Driver, Entry, Figure, Headcount, Indexed, Indicator, ParamPath, Per,
    PlanParts, Programme, Rule, RuleKind, RuleRole, Scope, SourceRole, Term, TermRole,
};
use std::collections::{BTreeMap, BTreeSet};

/// What goes with a thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removal {
    /// The thing first, then those that cannot be without it, in the order of what they are of.
    pub things: Vec<ThingId>,
    /// Changes of measures that then change nothing: they go too, the measures stay.
    pub changes: Vec<(ScenarioId, MeasureId, ParamPath)>,
    /// Numbers stated for it alone: heads and values of a region, shares of a source, numbers
    /// that lose their citation.
    pub numbers: usize,
}

impl PlanParts {
    /// What would go with a thing, were it removed now; `None` where there is no such thing.
    pub fn removal(&self, thing: &ThingId) -> Option<Removal> {
        remove(&mut self.clone(), thing).ok()
    }
}

/// Removes a thing and what goes with it.
pub(crate) fn remove(parts: &mut PlanParts, thing: &ThingId) -> Result<Removal, CommandError> {
    if !thing.is_in(parts) {
        return Err(thing.unknown());
    }
    let things = with_dependents(parts, thing);
    let gone: BTreeSet<&ThingId> = things.iter().collect();
    things.iter().for_each(|thing| thing.take_out(parts));
    let numbers = match thing {
        ThingId::Region(id) => forget_region(parts, id) + one_for_the_city(parts),
        ThingId::Citation(id) => {
            let mut numbers = 0;
            parts.for_each_basis(&mut |basis| {
                if basis.citation.as_ref() == Some(id) {
                    basis.citation = None;
                    numbers += 1;
                }
            });
            numbers
        }
        ThingId::Resource(id) => {
            let schools = parts.schools.iter_mut();
            schools.filter_map(|s| s.resources.remove(id)).count()
        }
        ThingId::Source(id) => {
            let mut numbers = 0;
            for programme in &mut parts.programmes {
                let before = programme.split.shares.len();
                programme.split.shares.retain(|s| s.source != *id);
                numbers += before - programme.split.shares.len();
            }
            numbers
        }
        _ => 0,
    };
    for task in &mut parts.tasks {
        task.programmes.retain(|id| !gone.contains(&ThingId::Programme(id.clone())));
        task.indicators.retain(|id| !gone.contains(&ThingId::Indicator(id.clone())));
    }
    let is_gone = |path: &ParamPath| {
        let source = match path {
            ParamPath::Split(_, source) => Some(ThingId::Source(source.clone())),
            _ => None,
        };
        gone.contains(&ThingId::of_parameter(path)) || source.is_some_and(|s| gone.contains(&s))
    };
    parts.aliases.retain(|_, current| !is_gone(current));
    let region = match thing {
        ThingId::Region(id) => Some(id),
        _ => None,
    };
    let of_the_city = paths_of_the_city(&parts.rules);
    let mut changes = Vec::new();
    for scenario in &mut parts.scenarios {
        for measure in &mut scenario.measures {
            measure.changes.retain_mut(|change| {
                let stays = !is_gone(&change.path)
                    && region.is_none_or(|r| forget_in(change, r))
                    && (change.is_uniform() || !of_the_city.contains(&change.path));
                if !stays {
                    let path = change.path.clone();
                    changes.push((scenario.id.clone(), measure.id.clone(), path));
                }
                stays
            });
        }
    }
    Ok(Removal { things, changes, numbers })
}

/// The thing and all that cannot be without it.
fn with_dependents(parts: &PlanParts, thing: &ThingId) -> Vec<ThingId> {
    let mut dependents: BTreeMap<ThingId, Vec<ThingId>> = BTreeMap::new();
    let mut add = |id: ThingId, needs: Vec<ThingId>| {
        for needed in needs {
            dependents.entry(needed).or_default().push(id.clone());
        }
    };
    for p in &parts.populations {
        let followed = p.headcount.follows().map(|id| ThingId::Population(id.clone()));
        add(ThingId::Population(p.id.clone()), followed.into_iter().collect());
    }
    for s in &parts.schools {
        add(ThingId::School(s.id.clone()), vec![ThingId::Region(s.region.clone())]);
    }
    for p in &parts.programmes {
        add(ThingId::Programme(p.id.clone()), needs_of_programme(p));
    }
    for i in &parts.indicators {
        add(ThingId::Indicator(i.id.clone()), needs_of_indicator(i));
    }
    for r in &parts.rules {
        add(ThingId::Rule(r.id.clone()), needs_of_rule(r));
    }
    for t in &parts.tasks {
        let parent = t.parent.iter().map(|id| ThingId::Task(id.clone())).collect();
        add(ThingId::Task(t.id.clone()), parent);
    }
    let mut found = vec![thing.clone()];
    let mut seen = BTreeSet::from([thing.clone()]);
    let mut at = 0;
    while let Some(needed) = found.get(at).cloned() {
        let new = dependents.remove(&needed).unwrap_or_default();
        found.extend(new.into_iter().filter(|id| seen.insert(id.clone())));
        at += 1;
    }
    found
}

fn needs_of_programme(p: &Programme) -> Vec<ThingId> {
    let revenue = match &p.driver {
        Driver::Revenue { source, .. } => Some(source),
        _ => None,
    };
    let sources = revenue.into_iter().chain([&p.split.residual]);
    let population = p.driver.population().map(|id| ThingId::Population(id.clone()));
    sources.map(|id| ThingId::Source(id.clone())).chain(population).collect()
}

fn needs_of_indicator(i: &Indicator) -> Vec<ThingId> {
    let of = |term: &Term| match term {
        Term::Given(_) => None,
        Term::Heads(population) => Some(ThingId::Population(population.clone())),
        Term::Completed { programme, .. } | Term::Paid(programme) => {
            Some(ThingId::Programme(programme.clone()))
        }
    };
    i.numerator.iter().chain(&i.denominator).filter_map(of).collect()
}

fn needs_of_rule(r: &Rule) -> Vec<ThingId> {
    let pupils = |of: &Figure| match &of.per {
        Per::Pupil(populations) => {
            populations.iter().map(|id| ThingId::Population(id.clone())).collect()
        }
        Per::Whole | Per::Post => Vec::new(),
    };
    match &r.kind {
        RuleKind::Earmark { source, .. } | RuleKind::Envelope { source } => {
            vec![ThingId::Source(source.clone())]
        }
        RuleKind::Growth { of, .. } | RuleKind::NeverDecrease { of } => pupils(of),
        RuleKind::Target { indicator } => vec![ThingId::Indicator(indicator.clone())],
        RuleKind::Balance { resources, .. } => {
            resources.iter().map(|r| ThingId::Resource(r.resource.clone())).collect()
        }
        RuleKind::ShareOfBudget { .. } | RuleKind::UseRestriction { .. } => Vec::new(),
    }
}

/// Drops what is stated for a region; how many numbers that were.
fn forget_region(parts: &mut PlanParts, region: &RegionId) -> usize {
    let mut numbers = 0;
    parts.for_each_parameter(&mut |parameter| {
        numbers += parameter.by_region.remove(region).map_or(0, |steps| steps.len());
    });
    for population in &mut parts.populations {
        match &mut population.headcount {
            Headcount::Counted { censuses, .. } => {
                numbers += censuses.iter_mut().filter_map(|c| c.heads.remove(region)).count();
            }
            Headcount::Cohort(cohort) => {
                let censuses = cohort.censuses.iter_mut();
                let grades = censuses.filter_map(|c| c.heads.remove(region));
                numbers += grades.map(|by_grade| by_grade.len()).sum::<usize>();
                if let Entry::Births { births, .. } = &mut cohort.entry {
                    numbers += births.iter_mut().filter_map(|b| b.heads.remove(region)).count();
                }
            }
            Headcount::ShareOf { .. } => {}
        }
    }
    numbers
}

/// The yearly amount a rule compares with.
fn amount(kind: &mut RuleKind) -> Option<&mut Indexed> {
    match kind {
        RuleKind::ShareOfBudget { budget, .. } => Some(budget),
        RuleKind::Growth { than, .. } => than.as_mut(),
        _ => None,
    }
}

/// Where the last region with an amount of its own is gone, the city's grows in one way; how
/// many rates by region go with it.
fn one_for_the_city(parts: &mut PlanParts) -> usize {
    let mut numbers = 0;
    for rule in parts.rules.iter_mut().filter(|r| r.is_reckoned_once()) {
        if let Some(growth) = amount(&mut rule.kind).and_then(|a| a.indexation.as_mut()) {
            numbers += std::mem::take(&mut growth.by_region).values().map(Vec::len).sum::<usize>();
        }
    }
    numbers
}

impl PlanParts {
    /// Every number that is one for the whole city, so that no region has its own.
    pub(crate) fn paths_of_the_city(&self) -> BTreeSet<ParamPath> {
        let mut all = paths_of_the_city(&self.rules);
        let pots = self
            .sources
            .iter()
            .filter(|s| s.available.as_ref().is_some_and(|a| a.scope == Scope::CityWide));
        use SourceRole::{Available, AvailableGrowth};
        let roles = [Available, AvailableGrowth];
        all.extend(pots.flat_map(|s| roles.map(|role| ParamPath::Source(s.id.clone(), role))));
        let is_city_wide = |path: &ParamPath| match path {
            ParamPath::Indicator(id, _) | ParamPath::Term(id, _, _, TermRole::Given) => {
                self.indicators.iter().any(|i| i.id == *id && i.scope == Scope::CityWide)
            }
            ParamPath::Rule(id, RuleRole::AtLeast | RuleRole::AtMost | RuleRole::Before) => {
                self.rules.iter().any(|r| r.id == *id && r.scope == Scope::CityWide)
            }
            _ => false,
        };
        all.extend(self.parameters().map(|(path, _)| path).filter(is_city_wide));
        all
    }
}

/// Amounts of rules, and their growth, that are one number for the whole city.
fn paths_of_the_city(rules: &[Rule]) -> BTreeSet<ParamPath> {
    use RuleRole::{Budget, BudgetGrowth, Revenue, RevenueGrowth};
    let once = rules.iter().filter(|r| r.is_reckoned_once());
    let roles = [Budget, BudgetGrowth, Revenue, RevenueGrowth];
    once.flat_map(|r| roles.map(|role| ParamPath::Rule(r.id.clone(), role))).collect()
}

/// Takes a region out of a change; whether anything is left of it.
fn forget_in(change: &mut Change, region: &RegionId) -> bool {
    if let Some(regions) = &mut change.regions {
        regions.retain(|r| r != region);
        if regions.is_empty() {
            return false;
        }
    }
    match &mut change.value {
        ChangeValue::One(_) => true,
        ChangeValue::ByRegion(values) => values.remove(region).is_none() || !values.is_empty(),
    }
}
