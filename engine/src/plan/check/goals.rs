//! Checks what a plan is to reach: indicators with their targets, rules, and tasks.

use super::{Checker, Fault, most};
use crate::exact::MILLION;
use crate::plan::{
    BalanceResource, BalanceTest, Driver, Figure, Indicator, Per, Rule, RuleKind, Stage, Term,
};
use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

/// What a school may be asked to have for each pupil, in millionths of a unit: up to a million,
/// for equipment is counted in yuan.
const LEVELS: RangeInclusive<i64> = 0..=1_000_000 * MILLION;

/// How much of a task can be done.
const PROGRESS: RangeInclusive<i64> = 0..=MILLION;

impl<'a> Checker<'a> {
    pub(super) fn indicators(&mut self) {
        for indicator in &self.plan.indicators {
            let place = format!("indicators/{}", indicator.id);
            self.citation(&place, indicator.basis.citation.as_ref());
            indicator.clause.iter().for_each(|words| self.mark(&place, words));
            self.terms(&format!("{place}/numerator"), &indicator.numerator);
            self.not_empty(&format!("{place}/numerator"), indicator.numerator.is_empty());
            self.terms(&format!("{place}/denominator"), &indicator.denominator);
            self.money_apart(&place, indicator);
        }
    }

    fn terms(&mut self, place: &str, terms: &[Term]) {
        self.at_most(place, terms.len(), most::TERMS);
        for (n, term) in terms.iter().enumerate() {
            let place = format!("{place}/{}", n + 1);
            match term {
                Term::Given(_) => {}
                Term::Heads(population) => {
                    self.known(&place, self.populations.contains_key(population), population);
                }
                Term::Paid(programme) => {
                    self.known(&place, self.programmes.contains_key(programme), programme);
                }
                Term::Completed { programme, .. } => {
                    match self.programmes.get(programme).map(|p| &p.driver) {
                        None => self.known(&place, false, programme),
                        Some(Driver::Works { .. }) => {}
                        Some(_) => {
                            self.fault(place, Fault::NotWorks { id: programme.to_string() });
                        }
                    }
                }
            }
        }
    }

    /// An indicator counts fen on both sides, or on neither.
    fn money_apart(&mut self, place: &str, indicator: &Indicator) {
        let mut terms = indicator.numerator.iter().chain(&indicator.denominator);
        let is_money = |term: &Term| matches!(term, Term::Paid(_));
        if terms.clone().any(is_money) && !terms.all(is_money) {
            self.fault(place, Fault::MixedWithMoney);
        }
    }

    pub(super) fn rules(&mut self) {
        for rule in &self.plan.rules {
            let place = format!("rules/{}", rule.id);
            self.citation(&place, rule.basis.citation.as_ref());
            self.rule(&place, rule);
        }
    }

    fn rule(&mut self, place: &str, rule: &'a Rule) {
        match &rule.kind {
            RuleKind::Earmark { source, tag, .. } => {
                self.revenue(place, source);
                self.mark(place, tag);
            }
            RuleKind::ShareOfBudget { .. } => {}
            RuleKind::Growth { of, .. } | RuleKind::NeverDecrease { of } => self.figure(place, of),
            RuleKind::Envelope { source } => {
                self.known(place, self.sources.contains_key(source), source);
            }
            RuleKind::UseRestriction { forbidden, .. } => {
                let place = format!("{place}/forbidden");
                self.not_empty(&place, forbidden.is_empty());
                self.at_most(&place, forbidden.len(), most::THINGS);
            }
            RuleKind::Target { indicator } => match self.indicators.get(indicator) {
                None => self.known(place, false, indicator),
                Some(found) if found.target.is_none() => {
                    self.fault(place, Fault::NoTarget { id: indicator.to_string() });
                }
                Some(_) => {}
            },
            RuleKind::Balance { stage, resources, test } => {
                if !matches!(stage, Stage::Primary | Stage::Junior) {
                    self.fault(place, Fault::NotJudged);
                }
                self.balance(place, resources, test);
            }
        }
    }

    fn figure(&mut self, place: &str, figure: &'a Figure) {
        figure.tags.iter().for_each(|tag| self.mark(place, tag));
        for found in [figure.natures.len(), figure.tags.len(), figure.accounts.len()] {
            self.at_most(place, found, most::THINGS);
        }
        if let Per::Pupil(populations) = &figure.per {
            let place = &format!("{place}/pupils");
            self.not_empty(place, populations.is_empty());
            // Named twice, a population's pupils would count twice.
            self.unique(place, most::THINGS, populations.iter());
            for population in populations {
                self.known(place, self.populations.contains_key(population), population);
            }
        }
    }

    fn balance(&mut self, rule: &str, resources: &'a [BalanceResource], test: &BalanceTest) {
        let place = &format!("{rule}/resources");
        self.not_empty(place, resources.is_empty());
        self.unique(place, most::THINGS, resources.iter().map(|r| &r.resource));
        for BalanceResource { resource, level } in resources {
            self.known(place, self.resources.contains(resource), resource);
            let place = format!("{place}/{resource}");
            match level {
                Some(level) => self.within(&place, LEVELS, *level),
                None if matches!(test, BalanceTest::Each { .. }) => {
                    self.fault(place, Fault::LevelMissing { id: resource.to_string() });
                }
                None => {}
            }
        }
        if let BalanceTest::Each { levels_met, .. } = test {
            let most = i64::try_from(resources.len()).unwrap_or(i64::MAX);
            self.within(&format!("{rule}/levels-met"), 0..=most, i64::from(*levels_met));
        }
    }

    pub(super) fn tasks(&mut self) {
        let ids: HashSet<_> = self.plan.tasks.iter().map(|t| &t.id).collect();
        let mut parents = BTreeMap::new();
        for task in &self.plan.tasks {
            let place = format!("tasks/{}", task.id);
            self.citation(&place, task.basis.citation.as_ref());
            task.clause.iter().for_each(|words| self.mark(&place, words));
            task.progress.iter().for_each(|done| self.within(&place, PROGRESS, *done));
            if let Some(parent) = &task.parent {
                self.known(&place, ids.contains(parent), parent);
                parents.insert(&task.id, parent);
            }
            self.unique(&place, most::THINGS, task.programmes.iter());
            for programme in &task.programmes {
                self.known(&place, self.programmes.contains_key(programme), programme);
            }
            self.unique(&place, most::THINGS, task.indicators.iter());
            for indicator in &task.indicators {
                self.known(&place, self.indicators.contains_key(indicator), indicator);
            }
        }
        self.no_cycle("tasks", &parents);
    }
}
