//! Owns the rules as they stand under the scenario looked at: tested once, read by all pages.

use super::{Impact, Shown};
use leptos::prelude::*;
use shapan_engine::{EvaluateError, Overflow, Plan, RuleResult, Verdict, flipped_by, test_rules};
use std::sync::Arc;

/// Every rule of a plan in every fiscal year, under one scenario.
pub struct Checked {
    /// The plan.
    pub plan: Arc<Plan>,
    results: Vec<RuleResult>,
}

/// How many rules pass, fail, and cannot be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rules that pass.
    pub pass: usize,
    /// Rules that fail.
    pub fail: usize,
    /// Rules that cannot be told.
    pub unknown: usize,
}

impl Tally {
    /// All of them.
    pub fn all(self) -> usize {
        self.pass + self.fail + self.unknown
    }
}

impl Checked {
    fn of(impact: &Impact) -> Result<Self, EvaluateError> {
        let results = test_rules(&impact.plan, impact.scenario())
            .map_err(|Overflow| EvaluateError::Overflow { place: "rules".to_owned() })?;
        Ok(Self { plan: Arc::clone(&impact.plan), results })
    }

    /// Recomputed when the impact moves, and only where somebody reads it; `None` where the
    /// scenario has no result.
    pub fn memo(impact: Memo<Shown<Impact>>) -> Memo<Option<Shown<Self>>> {
        Memo::new(move |_| impact.with(|i| i.get().map(|impact| Shown::new(Self::of(impact)))))
    }

    /// The results of a fiscal year, rule by rule.
    pub fn in_year(&self, year: usize) -> impl Iterator<Item = &RuleResult> + Clone {
        self.results.iter().filter(move |result| result.year == year)
    }

    /// How the rules of a fiscal year stand.
    pub fn tally(&self, year: usize) -> Tally {
        self.in_year(year).fold(Tally::default(), |mut tally, result| {
            match result.whole.verdict {
                Verdict::Pass => tally.pass += 1,
                Verdict::Fail => tally.fail += 1,
                Verdict::CannotTell(_) => tally.unknown += 1,
            }
            tally
        })
    }
}

/// The title of the measure that made a rule's verdict another than under the base.
pub fn flipper(impact: &Impact, result: &RuleResult, lang: shapan_engine::Lang) -> Option<String> {
    let place = flipped_by(&impact.plan, &impact.attribution, result.rule, result.year);
    let place = place.ok().flatten()?;
    let measure = &impact.attribution.contributions().get(place)?.measure;
    Some(measure.title.get(lang).to_owned())
}
