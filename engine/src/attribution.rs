//! Owns attribution: what each measure contributes to the difference between two scenarios.
//!
//! Invariant: contributions add up to the difference, to the fen, along every axis.
//! Here in declared order: each measure's effect is what it changes on top of those
//! before it, so where two measures meet, the later one shows the joint effect.

use crate::evaluate::{EvaluateError, evaluate_stack, reevaluate_stack};
use crate::exact::Fen;
use crate::id::ScenarioId;
use crate::outcome::{Cut, Difference, Outcome};
use crate::plan::{Measure, Plan};

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
/// As [`evaluate_stack`].
pub fn attribute(
    plan: &Plan,
    scenario: &ScenarioId,
    base: &ScenarioId,
) -> Result<Attribution, EvaluateError> {
    let measures_of = |id| {
        let line = plan.lineage(id);
        line.into_iter()
            .flat_map(|s| s.measures.iter().filter(|m| m.enabled).map(move |m| (&s.id, m)))
            .collect::<Vec<_>>()
    };
    if let Some(unknown) = [scenario, base].into_iter().find(|id| plan.lineage(id).is_empty()) {
        return Err(EvaluateError::UnknownScenario(unknown.clone()));
    }
    let (ours, theirs) = (measures_of(scenario), measures_of(base));
    let same =
        |a: &(&ScenarioId, &Measure), b: &(&ScenarioId, &Measure)| a.0 == b.0 && a.1.id == b.1.id;
    let common = ours.iter().zip(&theirs).take_while(|(a, b)| same(a, b)).count();

    let mut stack: Vec<&Measure> = theirs.iter().map(|(_, m)| *m).collect();
    let base = evaluate_stack(plan, &stack)?;
    let mut contributions: Vec<Contribution> = Vec::new();
    let dropped = theirs[common..].iter().rev().map(|s| (s, true));
    let added = ours[common..].iter().map(|s| (s, false));
    let mut steps = dropped.chain(added).peekable();
    let mut moved = Vec::new();
    while let Some(((scenario, measure), is_dropped)) = steps.next() {
        if is_dropped {
            stack.pop();
        } else {
            stack.push(measure);
        }
        moved.extend(measure.changes.iter().map(|c| &c.path));
        let before = contributions.last().map_or(&base, |last| &last.after);
        let after = match reevaluate_stack(plan, &stack, before, &moved) {
            Ok(after) => {
                moved.clear();
                after
            }
            // Half-way a sound scenario may be none: the next measure shows the joint effect.
            Err(_) if steps.peek().is_some() => before.clone(),
            Err(error) => return Err(error),
        };
        contributions.push(Contribution {
            scenario: (*scenario).clone(),
            measure: (*measure).clone(),
            is_dropped,
            after,
        });
    }
    Ok(Attribution { base, contributions })
}
