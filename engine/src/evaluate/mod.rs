//! Owns evaluation: plan × stack of measures → [`Outcome`], a pure function.
//!
//! The steps, a module each: `values` (parameters in force), `people` (heads),
//! `drivers` (what is due), `split` (who pays). Invariant: integers only; the grand
//! total fits in 64 bits, so every sub-total does.

mod drivers;
mod people;
mod split;
mod values;

pub(crate) use people::People;
pub(crate) use values::Values;

use crate::exact::Overflow;
use crate::id::ScenarioId;
use crate::outcome::{Funds, Outcome};
use crate::plan::{Measure, ParamPath, Plan, Programme, Scope, Source, SourceRole};
use crate::time::Semester;
use std::sync::Arc;

/// Why a plan has no outcome under a scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvaluateError {
    /// No scenario of that name.
    #[error("no scenario {0}")]
    UnknownScenario(ScenarioId),
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
    let values = Values::in_force(plan, measures)?;
    let people = Arc::new(People::count(plan, &values)?);
    let spend = |p| Ok(Arc::new(drivers::spend(plan, p, &values, &people)?));
    let spending = plan.programmes.iter().map(spend).collect::<Result<_, EvaluateError>>()?;
    let funds = Arc::new(funds(plan, &values)?);
    Outcome::new(values, people, spending, funds)
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
    let values = other.values().moved(plan, measures, moved)?;
    let of_people = |path: &&ParamPath| matches!(path, ParamPath::Population(..));
    let people = if moved.iter().any(of_people) {
        Arc::new(People::count(plan, &values)?)
    } else {
        Arc::clone(other.people())
    };
    let spend = |(place, programme): (usize, &Programme)| {
        let same_values = |path: &ParamPath| values.shares(other.values(), path);
        let same_heads = |id| people.of(id) == other.people().of(id);
        let is_same = programme.paths().iter().all(same_values)
            && programme.driver.population().is_none_or(same_heads);
        if is_same {
            return Ok(Arc::clone(&other.spending()[place]));
        }
        Ok(Arc::new(drivers::spend(plan, programme, &values, &people)?))
    };
    let programmes = plan.programmes.iter().enumerate();
    let spending = programmes.map(spend).collect::<Result<_, EvaluateError>>()?;
    let of_sources = |path: &&ParamPath| matches!(path, ParamPath::Source(..));
    let funds = if moved.iter().any(of_sources) {
        Arc::new(funds(plan, &values)?)
    } else {
        Arc::clone(other.funds())
    };
    Outcome::new(values, people, spending, funds)
}

/// What is available from each source.
fn funds(plan: &Plan, values: &Values) -> Result<Vec<Option<Funds>>, EvaluateError> {
    let of_source = |source: &Source| {
        let Some(available) = &source.available else { return Ok(None) };
        let path = ParamPath::Source(source.id.clone(), SourceRole::Available);
        let rows = match available.scope {
            Scope::CityWide => 1,
            Scope::PerRegion => plan.regions.len(),
        };
        let amounts = values.yearly(&path, rows);
        let all: i128 = amounts.iter().flatten().map(|amount| i128::from(*amount)).sum();
        if i64::try_from(all).is_err() {
            return Err(EvaluateError::overflow(&source.id)(Overflow));
        }
        Ok(Some(Funds { scope: available.scope, amounts }))
    };
    plan.sources.iter().map(of_source).collect()
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
