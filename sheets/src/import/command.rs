//! Owns the one command that changes become.
//!
//! Invariant: one step to undo, and nothing moves but what the changes name: an autumn that is
//! counted anew starts with what the census before is projected to.

use super::change::{Change, Place, Target, When};
use super::held::started;
use super::measures;
use shapan_engine::{
    Basis, BasisKind, Census, Command, CommandError, Extra, Headcount, Lang, Norms, ParamPath,
    Parameter, Plan, Population, PopulationId, Region, RegionId, SchoolSystem, Semester, Stage,
    Step, Text, ThingId, Year, Yearly,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Display;
use std::str::FromStr;

/// The changes as one command; `None` where there are none. `by_hand` makes the basis of numbers
/// that were replaced out of the one they had.
pub fn command(
    plan: &Plan,
    changes: &[Change],
    lang: Lang,
    by_hand: &dyn Fn(&Basis) -> Basis,
) -> Option<Command> {
    let mut commands = Vec::new();
    let regions = new_regions(plan, changes, lang, &mut commands)?;
    let region = |place: &Place| match place {
        Place::Known(id) => Some(id.clone()),
        Place::New(name) => regions.get(name.as_str()).cloned(),
        Place::Whole => None,
    };
    // In the order of the changes, so that new populations stand as their columns do.
    let mut order: Vec<&Target> = Vec::new();
    let mut by_target: HashMap<&Target, Vec<&Change>> = HashMap::new();
    for change in changes {
        let of_target = by_target.entry(&change.target).or_insert_with(|| {
            order.push(&change.target);
            Vec::new()
        });
        of_target.push(change);
    }
    let mut ids = Fresh::new("population", plan.populations.iter().map(|p| &p.id));
    let mut parameters = Vec::new();
    for target in order {
        let Some(changes) = by_target.get(target) else { continue };
        match target {
            Target::Heads(id) => {
                let found = plan.populations.iter().find(|p| p.id == *id).cloned();
                commands.extend(counted(plan, found?, changes, &region, by_hand));
            }
            Target::NewPopulation { name, stage } => {
                let fresh = fresh(ids.next()?, name, *stage, lang)?;
                commands.extend(counted(plan, fresh, changes, &region, by_hand));
            }
            Target::Parameter(path) => {
                // After all populations: one of them may have this parameter.
                parameters.extend(parameter(plan, path, changes, &region, by_hand));
            }
            Target::Measure { .. } => {} // below: several may be of one measure
        }
    }
    commands.extend(parameters);
    commands.extend(measures::commands(plan, changes, by_hand));
    (!commands.is_empty()).then_some(Command::Together(commands))
}

/// What changes name that the plan does not have (any more), as the engine would refuse it.
pub fn not_in_plan(plan: &Plan, changes: &[Change]) -> Option<CommandError> {
    let regions: HashSet<&RegionId> = plan.regions.iter().map(|region| &region.id).collect();
    let parameters: HashSet<ParamPath> = plan.parameters().map(|(path, _)| path).collect();
    changes.iter().find_map(|change| {
        if let Place::Known(id) = &change.place
            && !regions.contains(id)
        {
            return Some(CommandError::UnknownThing(ThingId::Region(id.clone())));
        }
        match &change.target {
            Target::Heads(id) => {
                let is_there = plan.populations.iter().any(|p| p.id == *id);
                (!is_there).then(|| CommandError::UnknownThing(ThingId::Population(id.clone())))
            }
            Target::Parameter(path) => {
                let is_there = parameters.contains(path);
                (!is_there).then(|| CommandError::UnknownParameter(path.clone()))
            }
            Target::NewPopulation { .. } | Target::Measure { .. } => None,
        }
    })
}

/// Ids of one kind that are free, in order; each is looked for once.
struct Fresh<T> {
    stem: &'static str,
    taken: HashSet<String>,
    last: usize,
    kind: std::marker::PhantomData<T>,
}

impl<T: FromStr + Display> Fresh<T> {
    fn new<'a>(stem: &'static str, taken: impl Iterator<Item = &'a T>) -> Self
    where
        T: 'a,
    {
        let taken = taken.map(ToString::to_string).collect();
        Self { stem, taken, last: 0, kind: std::marker::PhantomData }
    }

    fn next(&mut self) -> Option<T> {
        loop {
            self.last += 1;
            let id = format!("{}-{}", self.stem, self.last);
            if !self.taken.contains(&id) {
                return id.parse().ok();
            }
        }
    }
}

/// Adds the regions that the plan does not have yet, by their names.
fn new_regions<'a>(
    plan: &Plan,
    changes: &'a [Change],
    lang: Lang,
    commands: &mut Vec<Command>,
) -> Option<BTreeMap<&'a str, RegionId>> {
    let mut regions: BTreeMap<&str, RegionId> = BTreeMap::new();
    let mut ids = Fresh::new("region", plan.regions.iter().map(|r| &r.id));
    for change in changes {
        let Place::New(name) = &change.place else { continue };
        if regions.contains_key(name.as_str()) {
            continue;
        }
        let id: RegionId = ids.next()?;
        let name_of = Text::new(lang, name).ok()?;
        let (system, extra) = (SchoolSystem::default(), Extra::default());
        let region = Region { id: id.clone(), name: name_of, system, extra };
        commands.push(Command::Put(region.into()));
        regions.insert(name, id);
    }
    Some(regions)
}

/// A population that nobody has counted yet.
fn fresh(id: PopulationId, name: &str, stage: Stage, lang: Lang) -> Option<Population> {
    Some(Population {
        id,
        name: Text::new(lang, name).ok()?,
        stage,
        headcount: Headcount::Counted {
            censuses: Vec::new(),
            growth: Parameter::default(),
            basis: Basis { kind: BasisKind::Entered, ..Basis::default() },
        },
        norms: Norms::default(),
        extra: Extra::default(),
    })
}

/// A population with its counts.
fn counted(
    plan: &Plan,
    mut population: Population,
    changes: &[&Change],
    region: &dyn Fn(&Place) -> Option<RegionId>,
    by_hand: &dyn Fn(&Basis) -> Basis,
) -> Option<Command> {
    let Headcount::Counted { censuses, growth, basis } = &mut population.headcount else {
        return None;
    };
    let years: BTreeSet<Year> = changes.iter().filter_map(|change| autumn(change.when)).collect();
    for year in years {
        let place = censuses.partition_point(|census| census.year < year);
        if censuses.get(place).is_none_or(|census| census.year != year) {
            let heads = started(plan, censuses, growth, year);
            censuses.insert(place, Census { year, heads });
        }
    }
    let mut is_changed = false;
    for change in changes {
        let (Some(year), Some(region)) = (autumn(change.when), region(&change.place)) else {
            continue;
        };
        let place = censuses.partition_point(|census| census.year < year);
        let Some(census) = censuses.get_mut(place) else { continue };
        is_changed |= census.heads.insert(region, change.new) != Some(change.new);
    }
    if !is_changed {
        return None;
    }
    *basis = by_hand(basis); // the citation was of other numbers
    Some(Command::Put(population.into()))
}

fn autumn(when: When) -> Option<Year> {
    match when {
        When::Autumn(year) => Some(year),
        When::Fiscal(_) | When::From(_) => None,
    }
}

/// A parameter with its steps. An amount of a fiscal year is of that year alone.
fn parameter(
    plan: &Plan,
    path: &ParamPath,
    changes: &[&Change],
    region: &dyn Fn(&Place) -> Option<RegionId>,
    by_hand: &dyn Fn(&Basis) -> Basis,
) -> Option<Command> {
    let (_, before) = plan.parameters().find(|(there, _)| there == path)?;
    let yearly = Yearly::of(plan, path).ok()??;
    let mut parameter = before.clone();
    for change in changes {
        let region = match &change.place {
            Place::Whole => None,
            place => Some(region(place)?),
        };
        if let When::Fiscal(year) = change.when {
            yearly.set(&mut parameter, region.as_ref(), year, Some(change.new)).ok()?;
            continue;
        }
        let steps = match region {
            None => &mut parameter.steps,
            Some(region) => {
                let common = parameter.steps.clone();
                parameter.by_region.entry(region).or_insert(common)
            }
        };
        match change.when {
            When::From(semester) => put(steps, semester, change.new),
            When::Autumn(year) => put(steps, year.autumn(), change.new),
            When::Fiscal(_) => {}
        }
    }
    if parameter == *before {
        return None;
    }
    parameter.basis = by_hand(&parameter.basis);
    Some(Command::SetParameter { path: path.clone(), parameter: Box::new(parameter) })
}

fn put(steps: &mut Vec<Step>, from: Semester, value: i64) {
    let place = steps.partition_point(|step| step.from < from);
    match steps.get_mut(place) {
        Some(step) if step.from == from => step.value = value,
        _ => steps.insert(place, Step { from, value }),
    }
}
