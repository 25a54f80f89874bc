//! Owns the outcomes of all scenarios, each computed once, from the nearest that is known.

use crate::session::{Session, Shown};
use leptos::prelude::*;
use shapan_engine::{EvaluateError, Outcome, Plan, ScenarioId};
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
    pub fn memo(session: Session) -> Memo<Shown<Self>> {
        Memo::new(move |_| {
            let plan = session.plan.get();
            let all = plan.scenarios.iter();
            let all = all.map(|s| (s.id.clone(), session.outcome(&plan, &s.id)));
            let by_scenario = all.collect();
            Shown::new(Ok(Self { plan, by_scenario }))
        })
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
