//! Owns putting a travelled scenario on another plan: what comes along, under which
//! names, what differs there and what cannot be applied.
//!
//! Invariant: nothing of the receiving plan is touched; the result is only added. What comes
//! along under a former name of a parameter is put under its current one. What was made for
//! another place or other years does not fit, and the reason is told: it would come to nothing,
//! which is no answer.

use super::{BaseFacts, ScenarioBundle, fingerprint};
use crate::id::{CitationId, RegionId, ScenarioId, fresh_id};
use crate::plan::{Change, ChangeValue, ParamPath, Parameter, Plan, Scenario};
use crate::text::{Lang, Text};
use crate::time::Horizon;
use std::collections::{BTreeMap, HashSet};

/// What adding a bundle to a plan would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// Why it is not to be added, where that is so.
    pub unfit: Option<Unfit>,
    /// Whether the file says what place it is about.
    pub names_place: bool,
    /// The scenarios to add, parents first; empty where the plan has them all already.
    pub scenarios: Vec<Scenario>,
    /// The scenario the file is about, as it is called on this plan.
    pub subject: Option<ScenarioId>,
    /// Parameters that stand otherwise here than where the scenario was made.
    pub differences: Vec<ParameterDifference>,
    /// Parameters this plan does not have; changes to them are left out.
    pub missing: Vec<ParamPath>,
    /// Regions this plan does not have; what is changed in them is left out.
    pub missing_regions: Vec<RegionId>,
    /// Citations this plan does not have; the measures come without them.
    pub missing_citations: Vec<CitationId>,
    /// Measures left without any change because their parameters are missing.
    pub emptied: usize,
}

/// Why a scenario is not for a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is about another place.
    OtherPlace {
        /// Which.
        there: Text,
        /// The plan's.
        here: Text,
    },
    /// It is about other years, all of them.
    NoCommonYears {
        /// Which.
        there: Horizon,
        /// The plan's.
        here: Horizon,
    },
    /// The plan has nothing of what it changes.
    NothingToChange,
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
    let regions: HashSet<&RegionId> = plan.regions.iter().map(|r| &r.id).collect();
    let mut fit = Fit { names_place: bundle.base.place.is_some(), ..Fit::default() };
    for (path, there) in &bundle.parameters {
        let path = current(plan, &here, path);
        if let Some(here) = here.get(path).filter(|here| !same_values(here, there)) {
            let (path, there, here) = (path.clone(), there.clone(), (*here).clone());
            fit.differences.push(ParameterDifference { path, there, here });
        }
    }
    let mut parent = plan.status_quo().map(|s| s.id.clone());
    let mut brought = 0;
    for travelled in &bundle.scenarios {
        let mut scenario = travelled.clone();
        // The file's own chain decides what is stacked on what.
        scenario.parent.clone_from(&parent);
        // Where it was adopted it stays as it is; what comes here is a copy.
        scenario.adopted = None;
        for measure in &mut scenario.measures {
            let before = measure.changes.len();
            measure.changes.retain_mut(|change| fit.keep_what_fits(plan, &here, &regions, change));
            fit.emptied += usize::from(before > 0 && measure.changes.is_empty());
            let known = |id: &CitationId| plan.citations.iter().any(|c| c.id == *id);
            if let Some(unknown) = measure.basis.citation.take_if(|id| !known(id)) {
                note(&mut fit.missing_citations, unknown);
            }
        }
        // The same under whatever name it got when it came the first time.
        let is_twin = |s: &&Scenario| {
            Scenario { id: scenario.id.clone(), adopted: None, ..(*s).clone() } == scenario
        };
        let twin = plan.scenarios.iter().find(is_twin);
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
        brought += changes_of([travelled]);
        fit.scenarios.push(scenario);
    }
    fit.subject = parent;
    let is_emptied = brought > 0 && changes_of(&fit.scenarios) == 0;
    fit.unfit = unfit(plan, bundle).or(is_emptied.then_some(Unfit::NothingToChange));
    let mut named = HashSet::new();
    fit.missing_regions.retain(|id| named.insert(id.clone()));
    fit
}

fn changes_of<'a>(scenarios: impl IntoIterator<Item = &'a Scenario>) -> usize {
    scenarios.into_iter().flat_map(|s| &s.measures).map(|m| m.changes.len()).sum()
}

/// What speaks against a plan as far as its own facts go; the plan it was made on is right.
fn unfit(plan: &Plan, bundle: &ScenarioBundle) -> Option<Unfit> {
    let BaseFacts { place, horizon, .. } = &bundle.base;
    if let Some(there) = place.as_ref().filter(|there| !is_same_place(there, &plan.place))
        && fingerprint(plan) != bundle.base_fingerprint
    {
        return Some(Unfit::OtherPlace { there: there.clone(), here: plan.place.clone() });
    }
    let here = plan.horizon;
    let apart = |there: &Horizon| there.last() < here.first() || here.last() < there.first();
    horizon.filter(apart).map(|there| Unfit::NoCommonYears { there, here })
}

/// Whether two names are of one place: the same in some language, where the word that says what
/// kind of place it is may be left out (but 长沙市 is not 长沙县).
fn is_same_place(a: &Text, b: &Text) -> bool {
    let is_without_kind = |long: &str, short: &str| {
        let kind = long.strip_prefix(short);
        kind.is_some_and(|kind| ["市", "县", "縣", "区", "區", "州", "省"].contains(&kind))
    };
    let same = |(a, b): (&str, &str)| {
        a.eq_ignore_ascii_case(b) || is_without_kind(a, b) || is_without_kind(b, a)
    };
    Lang::ALL.into_iter().any(|lang| a.exactly(lang).zip(b.exactly(lang)).is_some_and(same))
}

impl Fit {
    /// Leaves out of a change what this plan does not have; `false` where nothing is left.
    fn keep_what_fits(
        &mut self,
        plan: &Plan,
        here: &BTreeMap<ParamPath, &Parameter>,
        regions: &HashSet<&RegionId>,
        change: &mut Change,
    ) -> bool {
        change.path = current(plan, here, &change.path).clone();
        if !here.contains_key(&change.path) {
            note(&mut self.missing, change.path.clone());
            return false;
        }
        let mut is_here = |id: &RegionId| {
            let known = regions.contains(id);
            if !known {
                self.missing_regions.push(id.clone());
            }
            known
        };
        if let Some(some) = &mut change.regions {
            let named = some.len();
            some.retain(&mut is_here);
            if named > 0 && some.is_empty() {
                return false;
            }
        }
        if let ChangeValue::ByRegion(values) = &mut change.value {
            let named = values.len();
            values.retain(|id, _| is_here(id));
            return named == 0 || !values.is_empty();
        }
        true
    }
}

/// What a parameter is called here, where it may still bear a former name.
fn current<'a>(
    plan: &'a Plan,
    here: &BTreeMap<ParamPath, &Parameter>,
    path: &'a ParamPath,
) -> &'a ParamPath {
    if here.contains_key(path) { path } else { plan.current_path(path) }
}

fn note<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Equal values; where they come from may differ.
fn same_values(a: &Parameter, b: &Parameter) -> bool {
    a.steps == b.steps && a.by_region == b.by_region
}
