//! Owns putting a travelled scenario on another plan: what comes along, under which
//! names, what differs there and what cannot be applied.
//!
//! Invariant: nothing of the receiving plan is touched; the result is only added.

use super::ScenarioBundle;
use crate::id::{ScenarioId, fresh_id};
use crate::plan::{ParamPath, Parameter, Plan, Scenario};
use std::collections::BTreeMap;

/// What adding a bundle to a plan would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The scenarios to add, parents first; empty where the plan has them all already.
    pub scenarios: Vec<Scenario>,
    /// The scenario the file is about, as it is called on this plan.
    pub subject: Option<ScenarioId>,
    /// Parameters that stand otherwise here than where the scenario was made.
    pub differences: Vec<ParameterDifference>,
    /// Parameters this plan does not have; changes to them are left out.
    pub missing: Vec<ParamPath>,
    /// Measures left without any change because their parameters are missing.
    pub emptied: usize,
}

/// A parameter that stands otherwise here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterDifference {
    /// Which.
    pub path: ParamPath,
    /// As it stood where the scenario was made.
    pub there: Parameter,
    /// As it stands here.
    pub here: Parameter,
}

/// Fits a bundle to a plan.
pub fn fit(plan: &Plan, bundle: &ScenarioBundle) -> Fit {
    let here: BTreeMap<ParamPath, &Parameter> = plan.parameters().collect();
    let mut fit = Fit {
        scenarios: Vec::new(),
        subject: None,
        differences: Vec::new(),
        missing: Vec::new(),
        emptied: 0,
    };
    for (path, there) in &bundle.parameters {
        if let Some(here) = here.get(path).filter(|here| !same_values(here, there)) {
            let (path, there, here) = (path.clone(), there.clone(), (*here).clone());
            fit.differences.push(ParameterDifference { path, there, here });
        }
    }
    let mut parent = plan.status_quo().map(|s| s.id.clone());
    for travelled in &bundle.scenarios {
        let mut scenario = travelled.clone();
        // The file's own chain decides what is stacked on what.
        scenario.parent.clone_from(&parent);
        for measure in &mut scenario.measures {
            let before = measure.changes.len();
            measure.changes.retain(|change| {
                let is_here = here.contains_key(&change.path);
                if !is_here && !fit.missing.contains(&change.path) {
                    fit.missing.push(change.path.clone());
                }
                is_here
            });
            fit.emptied += usize::from(before > 0 && measure.changes.is_empty());
        }
        let twin = plan.scenarios.iter().find(|s| s.id == scenario.id && **s == scenario);
        if let Some(twin) = twin.filter(|_| fit.scenarios.is_empty()) {
            parent = Some(twin.id.clone());
            continue;
        }
        let taken = |id: &ScenarioId| {
            plan.scenarios.iter().any(|s| s.id == *id) || fit.scenarios.iter().any(|s| s.id == *id)
        };
        if taken(&scenario.id)
            && let Some(id) =
                fresh_id(scenario.id.as_str().get(..50).unwrap_or(scenario.id.as_str()), taken)
        {
            scenario.id = id;
        }
        parent = Some(scenario.id.clone());
        fit.scenarios.push(scenario);
    }
    fit.subject = parent;
    fit
}

/// Equal values; where they come from may differ.
fn same_values(a: &Parameter, b: &Parameter) -> bool {
    a.steps == b.steps && a.by_region == b.by_region
}
