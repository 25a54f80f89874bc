//! Owns attribution: what each measure contributes to the difference between two scenarios.
//!
//! Invariant: contributions add up to the difference, to the fen, along every axis.
//! Here in declared order: each measure's effect is what it changes on top of those
//! before it, so where two measures meet, the later one shows the joint effect.

use crate::evaluate::{EvaluateError, evaluate_stack};
use crate::exact::Fen;
use crate::id::ScenarioId;
use crate::outcome::{Cut, Difference, Outcome};
use crate::plan::{Measure, Plan};

/// One measure's contribution.
#[derive(Clone, Debug)]
pub struct Contribution<'a> {
    /// The scenario that holds the measure.
    pub scenario: &'a ScenarioId,
    /// The measure.
    pub measure: &'a Measure,
    /// Whether the measure is dropped (it belongs to the base only) rather than added.
    pub is_dropped: bool,
    before: usize,
}

/// The way from one scenario to another, a measure at a time.
#[derive(Clone, Debug)]
pub struct Attribution<'a> {
    /// The steps in order: the base's own measures dropped, the last first, then the scenario's added.
    pub contributions: Vec<Contribution<'a>>,
    outcomes: Vec<Outcome>,
}

impl Attribution<'_> {
    /// What the contribution at `place` adds to the selected payments, in fen.
    pub fn total(&self, place: usize, cut: Cut) -> Fen {
        let before = self.contributions[place].before;
        Difference { scenario: &self.outcomes[before + 1], base: &self.outcomes[before] }.total(cut)
    }

    /// The outcome of the scenario looked at.
    pub fn scenario(&self) -> Option<&Outcome> {
        self.outcomes.last()
    }

    /// The outcome it is compared with.
    pub fn base(&self) -> Option<&Outcome> {
        self.outcomes.first()
    }
}

/// Attributes the difference between two scenarios to the enabled measures between them.
///
/// # Errors
/// As [`evaluate_stack`].
pub fn attribute<'a>(
    plan: &'a Plan,
    scenario: &ScenarioId,
    base: &ScenarioId,
) -> Result<Attribution<'a>, EvaluateError> {
    let measures_of = |id| {
        let line = plan.lineage(id);
        line.into_iter()
            .flat_map(|s| s.measures.iter().filter(|m| m.enabled).map(move |m| (&s.id, m)))
            .collect::<Vec<_>>()
    };
    if plan.lineage(scenario).is_empty() || plan.lineage(base).is_empty() {
        return Err(EvaluateError::UnknownScenario(scenario.clone()));
    }
    let (ours, theirs): (Vec<(&'a ScenarioId, &'a Measure)>, Vec<_>) =
        (measures_of(scenario), measures_of(base));
    let same =
        |a: &(&ScenarioId, &Measure), b: &(&ScenarioId, &Measure)| a.0 == b.0 && a.1.id == b.1.id;
    let common = ours.iter().zip(&theirs).take_while(|(a, b)| same(a, b)).count();

    let mut stack: Vec<&Measure> = theirs.iter().map(|(_, m)| *m).collect();
    let mut outcomes = vec![evaluate_stack(plan, &stack)?];
    let mut contributions = Vec::new();
    let dropped = theirs[common..].iter().rev().map(|s| (s, true));
    for ((scenario, measure), is_dropped) in
        dropped.chain(ours[common..].iter().map(|s| (s, false)))
    {
        if is_dropped {
            stack.pop();
        } else {
            stack.push(measure);
        }
        contributions.push(Contribution {
            scenario,
            measure,
            is_dropped,
            before: outcomes.len() - 1,
        });
        outcomes.push(evaluate_stack(plan, &stack)?);
    }
    Ok(Attribution { contributions, outcomes })
}
