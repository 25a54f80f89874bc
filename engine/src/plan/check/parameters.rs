//! Checks every parameter by the registry, whatever it belongs to, and former paths.

use super::{Checker, Fault, most};
use crate::plan::{ParamPath, RuleRole, Scope, SourceRole, Step, TermRole, Unit};

impl Checker<'_> {
    pub(super) fn parameters(&mut self) {
        for (path, parameter) in self.plan.parameters() {
            let place = path.to_string();
            self.citation(&place, parameter.basis.citation.as_ref());
            for region in parameter.by_region.keys() {
                self.known(&place, self.regions.contains_key(region), region);
            }
            for steps in std::iter::once(&parameter.steps).chain(parameter.by_region.values()) {
                self.steps(&place, path.unit(), steps);
            }
            if !parameter.by_region.is_empty() && self.is_city_wide(&path) {
                self.fault(&place, Fault::CityWideByRegion);
            }
            // A ratio divides, and nothing is at most 0: neither has a "0 before its first
            // date", here or in any region.
            let start = self.plan.horizon.start();
            let starts = |steps: &Vec<Step>| steps.first().is_some_and(|s| s.from <= start);
            let all_start = starts(&parameter.steps) && parameter.by_region.values().all(starts);
            let is_needed = matches!(path, ParamPath::Rule(_, RuleRole::AtMost));
            if (path.unit() == Unit::Ratio || is_needed) && !all_start {
                self.fault(&place, Fault::None);
            }
        }
    }

    fn steps(&mut self, place: &str, unit: Unit, steps: &[Step]) {
        self.at_most(place, steps.len(), most::STEPS);
        if !steps.is_sorted_by(|a, b| a.from < b.from) {
            self.fault(place, Fault::NotAscending);
        }
        for step in steps {
            self.bounds(place, unit, step.value);
        }
    }

    /// Whether a parameter is one number for the whole city, so that a region's own means nothing.
    pub(super) fn is_city_wide(&self, path: &ParamPath) -> bool {
        use SourceRole::{Available, AvailableGrowth};
        let scope = match path {
            ParamPath::Source(id, Available | AvailableGrowth) => {
                self.sources.get(id).and_then(|s| s.available.as_ref()).map(|a| a.scope)
            }
            ParamPath::Indicator(id, _) | ParamPath::Term(id, _, _, TermRole::Given) => {
                self.indicators.get(id).map(|i| i.scope)
            }
            // A budget may be given for the city or add up over its regions.
            ParamPath::Rule(
                id,
                RuleRole::Budget
                | RuleRole::BudgetGrowth
                | RuleRole::Revenue
                | RuleRole::RevenueGrowth,
            ) => self.rules.get(id).filter(|r| r.is_reckoned_once()).map(|r| r.scope),
            ParamPath::Rule(id, _) => self.rules.get(id).map(|r| r.scope),
            // Works are built in regions: what counts of them may differ there.
            ParamPath::Term(_, _, _, TermRole::Share | TermRole::PerUnit)
            | ParamPath::Source(..)
            | ParamPath::Population(..)
            | ParamPath::Grade(..)
            | ParamPath::Programme(..)
            | ParamPath::Split(..) => None,
        };
        scope == Some(Scope::CityWide)
    }

    /// A former path leads to a parameter of today, in one step, and stands for nothing else.
    pub(super) fn aliases(&mut self) {
        let plan = self.plan;
        self.at_most("aliases", plan.aliases.len(), most::THINGS);
        for (former, path) in &plan.aliases {
            let place = format!("aliases/{former}");
            if self.paths.contains(former) {
                self.fault(&place, Fault::Duplicate { id: former.to_string() });
            }
            if !self.paths.contains(path) {
                self.known(&place, false, path);
            } else if former.unit() != path.unit() {
                self.fault(&place, Fault::OtherUnit { id: path.to_string() });
            }
        }
    }
}
