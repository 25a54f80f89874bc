//! Owns the outcomes of all scenarios, each computed once, from its parent's where it can be.

use crate::session::Shown;
use leptos::prelude::*;
use shapan_engine::{
    EvaluateError, Outcome, ParamPath, Plan, Scenario, ScenarioId, evaluate, reevaluate_stack,
};
use std::collections::HashMap;
use std::sync::Arc;

/// What every scenario of a plan comes to.
pub struct Outcomes {
    /// The plan.
    pub plan: Arc<Plan>,
    by_scenario: HashMap<ScenarioId, Result<Outcome, EvaluateError>>,
}

impl Outcomes {
    /// Recomputed when the plan moves.
    pub fn memo(plan: Memo<Arc<Plan>>) -> Memo<Shown<Self>> {
        Memo::new(move |_| plan.with(|plan| Shown::new(Ok(Self::of(plan)))))
    }

    fn of(plan: &Arc<Plan>) -> Self {
        let mut by_scenario = HashMap::new();
        let mut on: HashMap<Option<&ScenarioId>, Vec<&Scenario>> = HashMap::new();
        for scenario in &plan.scenarios {
            on.entry(scenario.parent.as_ref()).or_default().push(scenario);
        }
        let mut next = on.get(&None).cloned().unwrap_or_default();
        while let Some(scenario) = next.pop() {
            next.extend(on.get(&Some(&scenario.id)).into_iter().flatten());
            let parent = scenario.parent.as_ref().and_then(|parent| by_scenario.get(parent));
            let outcome = match parent {
                Some(Ok(parent)) => on_top(plan, scenario, parent),
                _ => evaluate(plan, &scenario.id),
            };
            by_scenario.insert(scenario.id.clone(), outcome);
        }
        Self { by_scenario, plan: Arc::clone(plan) }
    }

    /// What a scenario comes to, if it could be computed.
    pub fn get(&self, id: &ScenarioId) -> Option<&Outcome> {
        self.by_scenario.get(id)?.as_ref().ok()
    }

    /// Why a scenario has no outcome.
    pub fn error(&self, id: &ScenarioId) -> Option<&EvaluateError> {
        self.by_scenario.get(id)?.as_ref().err()
    }
}

/// A scenario's outcome from that of what it is stacked on: only what its own measures move.
fn on_top(plan: &Plan, scenario: &Scenario, parent: &Outcome) -> Result<Outcome, EvaluateError> {
    let own = scenario.measures.iter().filter(|m| m.enabled);
    let moved: Vec<&ParamPath> = own.flat_map(|m| &m.changes).map(|c| &c.path).collect();
    reevaluate_stack(plan, &plan.enabled_measures(&scenario.id)?, parent, &moved)
}
