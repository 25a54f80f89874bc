//! Checks who pays and what for: programmes, their drivers and their splits.

use super::{Checker, Fault, most};
use crate::exact::MILLION;
use crate::id::SourceId;
use crate::plan::{Driver, Parameter, Programme, Split};
use crate::time::Semester;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Years interest may be paid for one loan.
const STUDY_YEARS: RangeInclusive<i64> = 1..=30;

impl<'a> Checker<'a> {
    pub(super) fn programmes(&mut self) {
        for programme in &self.plan.programmes {
            let place = format!("programmes/{}", programme.id);
            match &programme.driver {
                Driver::Revenue { source, .. } => self.revenue(&place, source),
                Driver::Loans { study_years, .. } => {
                    let place = format!("{place}/study-years");
                    self.within(&place, STUDY_YEARS, i64::from(*study_years));
                }
                _ => {}
            }
            if let Some(population) = programme.driver.population() {
                self.known(&place, self.populations.contains_key(population), population);
            }
            let marks = programme.clause.iter().chain(&programme.code).chain(&programme.tags);
            marks.for_each(|words| self.mark(&place, words));
            self.split(&format!("{place}/split"), programme);
        }
    }

    /// A source whose revenue something is a share of.
    pub(super) fn revenue(&mut self, place: &str, source: &SourceId) {
        match self.sources.get(source) {
            None => self.known(place, false, source),
            Some(found) if found.revenue.is_none() => {
                self.fault(place, Fault::NoRevenue { id: source.to_string() });
            }
            Some(_) => {}
        }
    }

    fn split(&mut self, place: &str, programme: &'a Programme) {
        let split = &programme.split;
        self.citation(place, split.basis.citation.as_ref());
        self.known(place, self.sources.contains_key(&split.residual), &split.residual);
        self.unique(place, most::THINGS, split.shares.iter().map(|s| &s.source));
        for share in &split.shares {
            self.known(place, self.sources.contains_key(&share.source), &share.source);
            if share.source == split.residual {
                self.fault(place, Fault::ResidualHasShare { id: share.source.to_string() });
            }
        }
        if split.base_standard.is_some() && !programme.driver.has_standard() {
            self.fault(place, Fault::BaseWithoutStandard);
        }
        self.shares_leave_a_rest(place, split);
    }

    /// In every region and from every date on which a share moves.
    fn shares_leave_a_rest(&mut self, place: &str, split: &'a Split) {
        let shares = &split.shares;
        let regions: BTreeSet<_> = shares.iter().flat_map(|s| s.share.by_region.keys()).collect();
        // In each region all common steps are gone through again.
        let common: usize = shares.iter().map(|s| s.share.steps.len()).sum();
        let passed = common.saturating_mul(regions.len() + 1);
        if passed > most::STEPS_PASSED {
            return self.fault(place, Fault::TooMany { found: passed, most: most::STEPS_PASSED });
        }
        for region in std::iter::once(None).chain(regions.into_iter().map(Some)) {
            let in_region = |p: &'a Parameter| region.map_or(&p.steps[..], |r| p.steps_in(r));
            let steps = shares.iter().enumerate().flat_map(|(n, s)| {
                in_region(&s.share).iter().map(move |step| (step.from, n, step.value))
            });
            // One sweep through time: a file full of steps must not keep the page waiting.
            let mut steps: Vec<(Semester, usize, i64)> = steps.collect();
            steps.sort_by_key(|(from, ..)| *from);
            let mut in_force = vec![0; shares.len()];
            let mut total = 0i128;
            for same_date in steps.chunk_by(|a, b| a.0 == b.0) {
                for (_, share, value) in same_date {
                    total += i128::from(*value) - i128::from(in_force[*share]);
                    in_force[*share] = *value;
                }
                if total > i128::from(MILLION) {
                    let total = i64::try_from(total).unwrap_or(i64::MAX);
                    return self.fault(place, Fault::SharesExceedWhole { total });
                }
            }
        }
    }
}
