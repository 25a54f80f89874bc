//! Owns what a plan has under the name of a number, to be shown beside what another has.
//!
//! Invariant: a number that is not stated is what holds in its place, and says so.

use super::key::{Count, Key};
use crate::evaluate::evaluate;
use crate::id::{PopulationId, RegionId};
use crate::outcome::Outcome;
use crate::plan::{Census, Entry, Headcount, Parameter, Plan, Step};
use crate::time::{Semester, Year};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A number as a plan has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Stated in its place.
    Stated(i64),
    /// Of a year nobody counted: the projection.
    Projected(i64),
    /// What holds in all regions without one of their own; none before its first date.
    Whole(Option<i64>),
}

impl Standing {
    /// The number that holds.
    pub fn value(self) -> Option<i64> {
        match self {
            Self::Stated(value) | Self::Projected(value) => Some(value),
            Self::Whole(value) => value,
        }
    }
}

/// A plan whose numbers are looked up by their names.
pub struct Numbers {
    plan: Plan,
    regions: BTreeMap<RegionId, usize>,
    outcome: OnceLock<Option<Outcome>>,
}

impl Numbers {
    /// Of a plan.
    pub fn of(plan: &Plan) -> Self {
        let regions = plan.regions.iter().zip(0..).map(|(r, n)| (r.id.clone(), n)).collect();
        Self { plan: plan.clone(), regions, outcome: OnceLock::new() }
    }

    /// What the plan has under a name; none where it has nothing there, or it is no number.
    pub fn get(&self, key: &Key) -> Option<Standing> {
        match key {
            Key::Heads(id, count, region, year) => self.heads(id, *count, region, *year),
            Key::Number(path, region, span) => {
                let (_, parameter) = self.plan.parameters().find(|(there, _)| there == path)?;
                value(parameter, region.as_ref(), span.from)
            }
            Key::Pupils(id, stage) => {
                let school = self.plan.schools.iter().find(|school| school.id == *id)?;
                school.pupils.get(stage).copied().map(Standing::Stated)
            }
            Key::Resource(id, resource) => {
                let school = self.plan.schools.iter().find(|school| school.id == *id)?;
                school.resources.get(resource).copied().map(Standing::Stated)
            }
            _ => None,
        }
    }

    fn heads(
        &self,
        id: &PopulationId,
        count: Count,
        region: &RegionId,
        year: Year,
    ) -> Option<Standing> {
        let population = self.plan.populations.iter().find(|p| p.id == *id)?;
        let plain = |censuses: &[Census]| {
            let census = censuses.iter().find(|census| census.year == year)?;
            Some(census.heads.get(region).copied())
        };
        let grade = |grade: u8| usize::from(grade).checked_sub(1);
        let counted = match (&population.headcount, count) {
            (Headcount::Counted { censuses, .. }, Count::Heads) => plain(censuses),
            (Headcount::Cohort(cohort), Count::Births) => match &cohort.entry {
                Entry::Births { births, .. } => plain(births),
                _ => return None,
            },
            (Headcount::Cohort(cohort), Count::Grade(n)) => {
                let place = grade(n)?;
                let census = cohort.censuses.iter().find(|census| census.year == year);
                census.map(|census| {
                    let row = census.heads.get(region)?;
                    Some(row.get(place).copied().unwrap_or(0))
                })
            }
            _ => return None,
        };
        if let Some(counted) = counted {
            return counted.map(Standing::Stated);
        }
        let place = year.get() - self.plan.horizon.school_year(0).get();
        let place = usize::try_from(place).ok()?;
        let evaluated = || evaluate(&self.plan, &self.plan.status_quo()?.id).ok();
        let outcome = self.outcome.get_or_init(evaluated).as_ref()?;
        let region = *self.regions.get(region)?;
        let projected = match count {
            Count::Heads => outcome.heads(id, region).get(place).copied(),
            Count::Grade(n) => {
                let row = outcome.grades(id, region, place)?;
                row.get(grade(n)?).copied()
            }
            Count::Births => None,
        };
        projected.map(Standing::Projected)
    }
}

/// What a dated number is from a date on.
fn value(
    parameter: &Parameter,
    region: Option<&RegionId>,
    from: Option<Semester>,
) -> Option<Standing> {
    let at = |steps: &[Step]| {
        let begun = steps.iter().rfind(|step| from.is_some_and(|from| step.from <= from));
        begun.map(|step| step.value)
    };
    match region.map(|region| parameter.by_region.get(region)) {
        Some(Some(own)) => at(own).map(Standing::Stated),
        Some(None) => Some(Standing::Whole(at(&parameter.steps))),
        None => at(&parameter.steps).map(Standing::Stated),
    }
}
