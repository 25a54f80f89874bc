//! Owns evaluation: plan × stack of measures → [`Outcome`], a pure function.
//!
//! The steps, a module each: `values` (parameters in force), `people` (heads),
//! `drivers` (what is due), `split` (who pays). Invariant: integers only; the grand
//! total fits in 64 bits, so every sub-total does.

mod cohort;
mod drivers;
mod known;
mod people;
mod split;
mod values;
mod yearly;

pub(crate) use drivers::Formula;
pub use known::Known;
pub(crate) use people::{Counting, People};
pub(crate) use split::Splitter;
pub(crate) use values::{Layer, Resolver, Rows, Values, layers_of};
pub use yearly::{YearAmount, Yearly};

use crate::exact::Overflow;
use crate::funding::funds;
use crate::id::{MeasureId, PopulationId, RegionId, ScenarioId};
use crate::outcome::{Outcome, Spending};
use crate::plan::{Measure, ParamPath, Plan, Programme};
use crate::time::{Semester, Year};
use std::sync::Arc;

/// Why a plan has no outcome under a scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluateError {
    /// No scenario of that name.
    #[error("no scenario {0}")]
    UnknownScenario(ScenarioId),
    /// No measure of that name in that scenario, or none that a scenario builds on.
    #[error("no measure {1} of scenario {0} here")]
    UnknownMeasure(ScenarioId, MeasureId),
    /// A measure moves a parameter out of its unit's bounds.
    #[error("{path} would be {value} in {semester}")]
    OutOfBounds {
        /// The parameter.
        path: ParamPath,
        /// The first semester it happens in.
        semester: Semester,
        /// What it would be, in its unit.
        value: i64,
    },
    /// Measures leave less than nothing to a programme's residual source.
    #[error("the shares of {path} add up to more than the whole")]
    SharesExceedWhole {
        /// One of the shares.
        path: ParamPath,
    },
    /// More people leave a grade than there are.
    #[error("{population} would have less than nobody in {region} in autumn {year}")]
    NegativeHeads {
        /// The cohort.
        population: PopulationId,
        /// Where.
        region: RegionId,
        /// The first autumn it happens in.
        year: Year,
    },
    /// An amount or count beyond 64 bits.
    #[error("{place}: the result does not fit in 64 bits")]
    Overflow {
        /// The population, source or programme.
        place: String,
    },
}

impl EvaluateError {
    pub(crate) fn overflow(place: impl ToString) -> impl FnOnce(Overflow) -> Self {
        move |Overflow| Self::Overflow { place: place.to_string() }
    }
}

/// The outcome of a scenario of the plan.
///
/// # Errors
/// [`EvaluateError`] names the parameter or programme that has no value.
pub fn evaluate(plan: &Plan, scenario: &ScenarioId) -> Result<Outcome, EvaluateError> {
    evaluate_stack(plan, &plan.enabled_measures(scenario)?)
}

/// The outcome of the status quo under any stack of measures, applied in order
/// whether or not they are switched on.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_stack(plan: &Plan, measures: &[&Measure]) -> Result<Outcome, EvaluateError> {
    outcome(plan, Values::in_force(plan, measures)?, None)
}

/// The outcome of a stack of measures, given that of another: only what depends on
/// the parameters of `moved`, in whose changes the stacks differ, is computed again.
///
/// Equal to [`evaluate_stack`] in everything but time.
///
/// # Errors
/// As [`evaluate`].
pub fn reevaluate_stack(
    plan: &Plan,
    measures: &[&Measure],
    other: &Outcome,
    moved: &[&ParamPath],
) -> Result<Outcome, EvaluateError> {
    outcome(plan, other.values().moved(plan, measures, moved)?, Some(other))
}

/// What follows from parameters in force; what is as in `other` is taken from there.
fn outcome(plan: &Plan, values: Values, other: Option<&Outcome>) -> Result<Outcome, EvaluateError> {
    let before = other.map(|o| (&**o.people(), o.values()));
    let people = Arc::new(People::count(plan, &values, before)?);
    let spend = |(place, programme): (usize, &Programme)| {
        let is_as_in = |other: &&Outcome| {
            let same_values = |path: &ParamPath| values.shares(other.values(), path);
            let same_heads = |id| people.shares(other.people(), id);
            programme.paths().iter().all(same_values)
                && programme.driver.population().is_none_or(same_heads)
        };
        match other.filter(is_as_in) {
            Some(other) => Ok(Arc::clone(&other.spending()[place])),
            None => Spending::of(plan, place, &values, &people).map(Arc::new),
        }
    };
    let programmes = plan.programmes.iter().enumerate();
    let spending = programmes.map(spend).collect::<Result<_, EvaluateError>>()?;
    let of_sources = |path: &ParamPath| matches!(path, ParamPath::Source(..));
    let same_funds = |other: &&Outcome| values.share_all(other.values(), of_sources);
    let funds = match other.filter(same_funds) {
        Some(other) => Arc::clone(other.funds()),
        None => Arc::new(funds(plan, &values)?),
    };
    Outcome::new(plan, values, people, spending, funds)
}

impl Plan {
    /// The measures in force under a scenario, its ancestors' first.
    ///
    /// # Errors
    /// [`EvaluateError::UnknownScenario`].
    pub fn enabled_measures(&self, id: &ScenarioId) -> Result<Vec<&Measure>, EvaluateError> {
        let lineage = self.lineage(id);
        if lineage.is_empty() {
            return Err(EvaluateError::UnknownScenario(id.clone()));
        }
        Ok(lineage.into_iter().flat_map(|s| &s.measures).filter(|m| m.enabled).collect())
    }
}
