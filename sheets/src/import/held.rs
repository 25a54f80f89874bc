//! Owns what the plan says of a place at a time, for old → new.
//!
//! Invariant: heads are those counted in that very autumn, never projected ones; an amount of a
//! fiscal year is what the status quo resolves to, growth included.

use super::change::{Place, When};
use shapan_engine::{
    Headcount, Parameter, Plan, PopulationId, RegionId, Step, Year, divide_half_up, grow,
};
use shapan_engine::{ParamPath, Season};
use std::collections::{BTreeMap, HashMap};

/// What a plan has, looked up fast.
pub(super) struct Held<'a> {
    plan: &'a Plan,
    heads: HashMap<&'a PopulationId, BTreeMap<Year, &'a BTreeMap<RegionId, i64>>>,
    parameters: HashMap<ParamPath, (&'a Parameter, Option<ParamPath>)>,
}

impl<'a> Held<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        let mut heads: HashMap<_, BTreeMap<_, _>> = HashMap::new();
        for population in &plan.populations {
            if let Headcount::Counted { censuses, .. } = &population.headcount {
                let counted = censuses.iter().map(|census| (census.year, &census.heads));
                heads.insert(&population.id, counted.collect());
            }
        }
        let registry = plan.registry().into_iter();
        let parameters = registry.map(|r| (r.path, (r.parameter, r.growth))).collect();
        Self { plan, heads, parameters }
    }

    /// Whether heads of it are counted.
    pub(super) fn is_counted(&self, population: &PopulationId) -> bool {
        self.heads.contains_key(population)
    }

    /// Heads counted in an autumn.
    pub(super) fn heads(&self, of: &PopulationId, at: &RegionId, year: Year) -> Option<i64> {
        self.heads.get(of)?.get(&year)?.get(at).copied()
    }

    /// Heads of all regions in the census of an autumn, or the last one before it.
    pub(super) fn latest(&self, of: &PopulationId, year: Year) -> Option<&BTreeMap<RegionId, i64>> {
        self.heads.get(of)?.range(..=year).next_back().map(|(_, heads)| *heads)
    }

    /// Whether there is a census of the very autumn.
    pub(super) fn has_census(&self, of: &PopulationId, year: Year) -> bool {
        self.heads.get(of).is_some_and(|years| years.contains_key(&year))
    }

    /// The value of a parameter.
    pub(super) fn value(&self, path: &ParamPath, place: &Place, when: When) -> Option<i64> {
        let region = match place {
            Place::Known(region) => Some(region),
            Place::Whole => None,
            Place::New(_) => return None,
        };
        let (parameter, growth) = self.parameters.get(path)?;
        let growth = growth.as_ref().and_then(|path| self.parameters.get(path));
        let growth = growth.map_or(&[][..], |(parameter, _)| steps(parameter, region));
        let values = self.resolved(steps(parameter, region), growth);
        let horizon = self.plan.horizon;
        let semesters = || horizon.semesters().zip(&values);
        let mut found = match when {
            When::Fiscal(year) => {
                let halves = semesters().filter(|(semester, _)| semester.year == year);
                halves.map(|(_, value)| *value).collect::<Vec<_>>()
            }
            When::From(from) => {
                semesters().filter(|(s, _)| *s == from).map(|(_, value)| *value).collect()
            }
            When::Autumn(year) => {
                semesters().filter(|(s, _)| *s == year.autumn()).map(|(_, v)| *v).collect()
            }
        };
        if found.len() == 2 {
            let sum: i128 = found.iter().map(|value| i128::from(*value)).sum();
            found = vec![divide_half_up(sum, 2).ok()?];
        }
        found.first().copied()
    }

    fn resolved(&self, steps: &[Step], growth: &[Step]) -> Vec<i64> {
        let mut value = 0;
        let mut steps = steps.iter().peekable();
        let mut resolved = Vec::new();
        for (place, semester) in self.plan.horizon.semesters().enumerate() {
            if semester.season == Season::Spring && place > 1 {
                let rate = growth.iter().take_while(|step| step.from <= semester).last();
                value = grow(value, rate.map_or(0, |step| step.value)).unwrap_or(value);
            }
            while let Some(step) = steps.next_if(|step| step.from <= semester) {
                value = step.value;
            }
            resolved.push(value);
        }
        resolved
    }
}

fn steps<'a>(parameter: &'a Parameter, region: Option<&RegionId>) -> &'a [Step] {
    region.map_or(&parameter.steps, |region| parameter.steps_in(region))
}
