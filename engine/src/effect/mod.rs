//! Owns what measures do to each other and to the outcome: which set the same number, and
//! which change nothing, and why.
//!
//! Invariant: a reason is read off the layers of a parameter and the formulas that compute the
//! figures; there is no second copy of either. Deliberately absent: words, and how much a
//! measure changes (`attribution`).

mod conflict;
mod layers;
mod reason;
mod side_by_side;
mod silence;
mod watch;

pub use conflict::{Conflict, conflicts};
pub use reason::{ReadIn, Reason, Silence};
pub use silence::{no_effect, no_effect_in};

use crate::evaluate::EvaluateError;
use crate::id::{RegionId, ScenarioId};
use crate::plan::{Change, ChangeValue, Measure, Plan, PlanParts};
use crate::time::{Horizon, Semester};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The enabled measures of a scenario's line in the order they apply, with their scenarios.
fn enabled_line<'p>(
    plan: &'p Plan,
    scenario: &ScenarioId,
) -> Result<Vec<(&'p ScenarioId, &'p Measure)>, EvaluateError> {
    let lineage = plan.lineage(scenario);
    if lineage.is_empty() {
        return Err(EvaluateError::UnknownScenario(scenario.clone()));
    }
    let of = |s: &'p crate::plan::Scenario| {
        s.measures.iter().filter(|m| m.enabled).map(move |m| (&s.id, m))
    };
    Ok(lineage.into_iter().flat_map(of).collect())
}

/// Places of the plan's regions, by name.
fn places(plan: &PlanParts) -> HashMap<&RegionId, usize> {
    plan.regions.iter().enumerate().map(|(place, region)| (&region.id, place)).collect()
}

/// Where a change holds, and with what value.
enum Held {
    /// In every region the same.
    Everywhere(i64),
    /// In these regions, by place.
    In(BTreeMap<usize, i64>),
}

impl Held {
    /// Takes time in proportion to the regions the change names.
    fn of(change: &Change, places: &HashMap<&RegionId, usize>) -> Self {
        let place = |region| places.get(region).copied();
        let one_in = |region, value| Some((place(region)?, value));
        Self::In(match (&change.regions, &change.value) {
            (None, ChangeValue::One(value)) => return Self::Everywhere(*value),
            (None, ChangeValue::ByRegion(values)) => {
                values.iter().filter_map(|(region, value)| one_in(region, *value)).collect()
            }
            (Some(some), ChangeValue::One(value)) => {
                some.iter().filter_map(|region| one_in(region, *value)).collect()
            }
            (Some(some), ChangeValue::ByRegion(values)) => {
                some.iter().filter_map(|region| one_in(region, *values.get(region)?)).collect()
            }
        })
    }

    fn value_in(&self, region: usize) -> Option<i64> {
        match self {
            Self::Everywhere(value) => Some(*value),
            Self::In(values) => values.get(&region).copied(),
        }
    }
}

/// When a change holds, as seen from the semester axis.
enum Span {
    /// At these places on the axis.
    On(Range<usize>),
    /// It starts only after the last.
    NotYet(Semester),
    /// It has ended before the first.
    Over(Semester),
}

impl Span {
    fn of(change: &Change, horizon: Horizon) -> Self {
        match change.until {
            _ if horizon.is_past_end(change.from) => Self::NotYet(change.from),
            Some(until) if until < horizon.start() => Self::Over(until),
            until => {
                let end = until.map_or(horizon.semesters_len(), |u| horizon.clamped_index(u) + 1);
                Self::On(horizon.clamped_index(change.from)..end)
            }
        }
    }
}
