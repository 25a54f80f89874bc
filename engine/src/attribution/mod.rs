//! Owns attribution: what each measure contributes to the difference between two scenarios.
//!
//! Invariant: contributions add up to the difference, to the fen, along every axis.
//! Here in declared order: each measure's effect is what it changes on top of those
//! before it, so where two measures meet, the later one shows the joint effect. `fair`
//! shares out what no order moves.

mod fair;

pub use fair::{FairAttribution, FairShare, MOST_EXACT, Method, attribute_fairly};

use crate::evaluate::{EvaluateError, Known};
use crate::exact::Fen;
use crate::id::ScenarioId;
use crate::outcome::{Cut, Difference, Outcome};
use crate::plan::{Measure, Plan, Scenario};

/// One measure's contribution.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// The scenario that holds the measure.
    pub scenario: ScenarioId,
    /// The measure.
    pub measure: Measure,
    /// Whether the measure is dropped (it belongs to the base only) rather than added.
    pub is_dropped: bool,
    after: Outcome,
}

/// The way from one scenario to another, a measure at a time.
#[derive(Clone, Debug)]
pub struct Attribution {
    base: Outcome,
    contributions: Vec<Contribution>,
}

impl Attribution {
    /// The steps in order: the base's own measures dropped, the last first, then the
    /// scenario's added.
    pub fn contributions(&self) -> &[Contribution] {
        &self.contributions
    }

    /// The outcome before all contributions: the base's.
    pub fn base(&self) -> &Outcome {
        &self.base
    }

    /// The outcome once the contribution at `place` and those before it are made.
    pub fn after(&self, place: usize) -> &Outcome {
        &self.contributions[place].after
    }

    /// The stack once so many contributions are made, from that of the base.
    pub fn stack<'a>(&'a self, base: Vec<&'a Measure>, made: usize) -> Vec<&'a Measure> {
        let mut stack = base;
        for contribution in self.contributions.iter().take(made) {
            if contribution.is_dropped {
                stack.pop(); // the last first
            } else {
                stack.push(&contribution.measure);
            }
        }
        stack
    }

    /// What the contribution at `place` adds to a source's gap in a fiscal year, fen; `None`
    /// where the plan does not say what is available.
    pub fn gap(&self, place: usize, source: usize, year: usize) -> Option<Fen> {
        let step = self.step(place);
        Some(step.scenario.gap(source, year)? - step.base.gap(source, year)?)
    }

    /// What the contribution at `place` adds to the selected payments, in fen.
    pub fn total(&self, place: usize, cut: Cut) -> Fen {
        self.step(place).total(cut)
    }

    /// What the contribution at `place` changes.
    pub fn step(&self, place: usize) -> Difference<'_> {
        let base = if place == 0 { &self.base } else { &self.contributions[place - 1].after };
        Difference { scenario: &self.contributions[place].after, base }
    }

    /// The whole difference.
    pub fn difference(&self) -> Difference<'_> {
        let scenario = self.contributions.last().map_or(&self.base, |last| &last.after);
        Difference { scenario, base: &self.base }
    }
}

/// Attributes the difference between two scenarios to the enabled measures between them.
///
/// # Errors
/// As [`evaluate_stack`](crate::evaluate_stack).
pub fn attribute(
    plan: &Plan,
    scenario: &ScenarioId,
    base: &ScenarioId,
) -> Result<Attribution, EvaluateError> {
    attribute_known(plan, scenario, base, &mut Known::default())
}

/// As [`attribute`], with the outcomes known already.
///
/// # Errors
/// As [`evaluate_stack`](crate::evaluate_stack).
pub fn attribute_known(
    plan: &Plan,
    scenario: &ScenarioId,
    base: &ScenarioId,
    known: &mut Known,
) -> Result<Attribution, EvaluateError> {
    let steps = Steps::between(plan, scenario, base)?;
    let mut made = vec![false; steps.len()];
    let base = known.outcome(plan, &steps.stack(&made))?;
    let mut contributions: Vec<Contribution> = Vec::new();
    for place in 0..steps.len() {
        let (scenario, measure, is_dropped) = steps.step(place);
        made[place] = true;
        let after = match known.outcome(plan, &steps.stack(&made)) {
            Ok(after) => after,
            // Half-way a sound scenario may be none: the next measure shows the joint effect.
            Err(_) if place + 1 < steps.len() => {
                contributions.last().map_or(&base, |last| &last.after).clone()
            }
            Err(error) => return Err(error),
        };
        contributions.push(Contribution {
            scenario: scenario.clone(),
            measure: measure.clone(),
            is_dropped,
            after,
        });
    }
    Ok(Attribution { base, contributions })
}

/// The enabled measures between two scenarios: the base's own to be dropped, the last first,
/// then the scenario's to be added.
struct Steps<'a> {
    /// Those of both, in order.
    common: Vec<&'a Measure>,
    dropped: Vec<(&'a ScenarioId, &'a Measure)>,
    added: Vec<(&'a ScenarioId, &'a Measure)>,
}

impl<'a> Steps<'a> {
    fn between(
        plan: &'a Plan,
        scenario: &ScenarioId,
        base: &ScenarioId,
    ) -> Result<Self, EvaluateError> {
        let measures_of = |id: &ScenarioId| {
            let line = plan.lineage(id);
            if line.is_empty() {
                return Err(EvaluateError::UnknownScenario(id.clone()));
            }
            let enabled =
                |s: &'a Scenario| s.measures.iter().filter(|m| m.enabled).map(move |m| (&s.id, m));
            Ok(line.into_iter().flat_map(enabled).collect::<Vec<_>>())
        };
        let (mut added, mut dropped) = (measures_of(scenario)?, measures_of(base)?);
        let same = |(a, b): &(&(_, &Measure), &(_, &Measure))| a.0 == b.0 && a.1.id == b.1.id;
        let common = added.iter().zip(&dropped).take_while(same).count();
        dropped.drain(..common);
        dropped.reverse();
        let common = added.drain(..common).map(|(_, measure)| measure).collect();
        Ok(Self { common, dropped, added })
    }

    fn len(&self) -> usize {
        self.dropped.len() + self.added.len()
    }

    /// The measure of a step, the scenario that holds it, and whether the step drops it.
    fn step(&self, place: usize) -> (&'a ScenarioId, &'a Measure, bool) {
        match place.checked_sub(self.dropped.len()) {
            None => (self.dropped[place].0, self.dropped[place].1, true),
            Some(place) => (self.added[place].0, self.added[place].1, false),
        }
    }

    /// The stack once some of the steps are made.
    fn stack(&self, made: &[bool]) -> Vec<&'a Measure> {
        let (drops, adds) = made.split_at(self.dropped.len());
        let kept = self.dropped.iter().zip(drops).filter(|(_, is_made)| !**is_made).rev();
        let added = self.added.iter().zip(adds).filter(|(_, is_made)| **is_made);
        let own = kept.chain(added).map(|((_, measure), _)| *measure);
        self.common.iter().copied().chain(own).collect()
    }
}
