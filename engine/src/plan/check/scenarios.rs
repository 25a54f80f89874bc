//! Checks the tree of scenarios, their measures and changes; and owns the ways through the tree.

use super::{Checker, Fault, most};
use crate::exact::MILLION;
use crate::plan::{Change, ChangeValue, Operation, PlanParts, Scenario};
use crate::time::Horizon;
use std::collections::{BTreeMap, HashSet};

impl Checker<'_> {
    pub(super) fn scenarios(&mut self) {
        let plan = self.plan;
        let roots: Vec<_> = plan.scenarios.iter().filter(|s| s.parent.is_none()).collect();
        let measures = roots.iter().map(|s| s.measures.len()).sum();
        if roots.len() != 1 || measures > 0 {
            self.fault("scenarios", Fault::StatusQuo { roots: roots.len(), measures });
        }
        let found = plan.scenarios.iter().map(|s| s.measures.len()).sum();
        self.at_most("scenarios", found, most::MEASURES);
        let ids: HashSet<_> = plan.scenarios.iter().map(|s| &s.id).collect();
        let mut parents = BTreeMap::new();
        for scenario in &plan.scenarios {
            let place = format!("scenarios/{}", scenario.id);
            if let Some(parent) = &scenario.parent {
                self.known(&place, ids.contains(parent), parent);
                parents.insert(&scenario.id, parent);
            }
            self.unique(&place, most::THINGS, scenario.measures.iter().map(|m| &m.id));
            self.measures(&place, scenario);
        }
        self.no_cycle("scenarios", &parents);
    }

    fn measures(&mut self, scenario_place: &str, scenario: &Scenario) {
        for measure in &scenario.measures {
            let place = format!("{scenario_place}/{}", measure.id);
            self.citation(&place, measure.basis.citation.as_ref());
            measure.clause.iter().for_each(|words| self.mark(&place, words));
            self.at_most(&place, measure.changes.len(), most::THINGS);
            for (n, change) in measure.changes.iter().enumerate() {
                let place = format!("{place}/{}", n + 1);
                self.known(&place, self.paths.contains(&change.path), &change.path);
                self.change(&place, change);
            }
        }
    }

    fn change(&mut self, place: &str, change: &Change) {
        if !change.is_uniform() && self.is_city_wide(&change.path) {
            self.fault(place, Fault::CityWideByRegion);
        }
        if change.until.is_some_and(|until| until < change.from) {
            self.fault(place, Fault::EndsBeforeStart);
        }
        let by_region = match &change.value {
            ChangeValue::One(value) => {
                self.change_value(place, change, *value);
                None
            }
            ChangeValue::ByRegion(values) => {
                values.values().for_each(|v| self.change_value(place, change, *v));
                Some(values.keys())
            }
        };
        for region in by_region.into_iter().flatten().chain(change.regions.iter().flatten()) {
            self.known(place, self.regions.contains_key(region), region);
        }
    }

    fn change_value(&mut self, place: &str, change: &Change, value: i64) {
        let bounds = match change.operation {
            Operation::Set => change.path.unit().bounds(),
            Operation::Add => {
                let most = *change.path.unit().bounds().end();
                -most..=most
            }
            Operation::Scale => 0..=1_000 * MILLION,
        };
        self.within(place, bounds, value);
    }
}

impl PlanParts {
    /// The scenario's ancestors from the status quo down, itself last; empty if unknown.
    pub fn lineage(&self, id: &crate::id::ScenarioId) -> Vec<&Scenario> {
        let mut line = Vec::new();
        let mut at = Some(id);
        while let Some(id) = at {
            let Some(scenario) = self.scenarios.iter().find(|s| s.id == *id) else { break };
            line.push(scenario);
            at = scenario.parent.as_ref();
            if line.len() > self.scenarios.len() {
                break;
            }
        }
        line.reverse();
        line
    }

    /// The scenario without a parent: the status quo.
    pub fn status_quo(&self) -> Option<&Scenario> {
        self.scenarios.iter().find(|s| s.parent.is_none())
    }

    /// The horizon's fiscal years; shorthand for tables.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = crate::time::Year> + Clone {
        Horizon::fiscal_years(self.horizon)
    }
}
