//! One number for all that the engine computes of a generated plan, so that two builds of it can
//! be compared in a line.
//!
//! Invariant: whatever differs in a payment, a quantity, a head count, a gap, a rule's finding,
//! an indicator, a fair share or what is computed again after a change, the digest differs
//! (FNV-1a, 64 bits). Every sixteenth plan is the sample.

use crate::generate::{Mix, Size, generate};
use shapan_engine::*;

/// A plan of a size that depends on the seed, all its scenarios, and one measure dropped from
/// each and computed again.
pub fn digest(seed: u32) -> u64 {
    let plan = match seed % 16 {
        15 => taian_2012().unwrap(),
        _ => generate(&size(seed), seed.into()),
    };
    let mut hash = Fnv::default();
    for scenario in &plan.scenarios {
        let stack = plan.enabled_measures(&scenario.id).unwrap();
        let outcome = evaluate_stack(&plan, &stack).unwrap();
        hash.outcome(&plan, &outcome);
        if let Some((dropped, rest)) = stack.split_last() {
            let moved: Vec<_> = dropped.changes.iter().map(|change| &change.path).collect();
            hash.outcome(&plan, &reevaluate_stack(&plan, rest, &outcome, &moved).unwrap());
        }
    }
    let (first, last) = (&plan.scenarios[0].id, &plan.scenarios[plan.scenarios.len() - 1].id);
    let fair = attribute_fairly(&plan, last, first).unwrap();
    (0..fair.shares().len()).for_each(|place| hash.number(fair.total(place, Cut::ALL).0));
    hash.0
}

/// Mostly what a city has; each seed's is another.
fn size(seed: u32) -> Size {
    Size {
        regions: 1 + seed * 37 % 90,
        programmes: 5 + seed * 7 % 30,
        years: 1 + u8::try_from(seed % 15).unwrap(),
        sources: 1 + seed % 6,
        measures: seed % 13,
        mix: match seed % 8 {
            7 => Mix::HeadsOnly,
            2 | 5 => Mix::Schools,
            _ => Mix::Budget,
        },
    }
}

struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn number(&mut self, number: i64) {
        for byte in number.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn outcome(&mut self, plan: &Plan, outcome: &Outcome) {
        let (years, regions) = (plan.horizon.years(), 0..plan.regions.len());
        for programme in 0..plan.programmes.len() {
            let periods = match outcome.periods(programme) {
                Periods::Semesters => 2 * years,
                Periods::Years => years,
            };
            for (region, period) in regions.clone().flat_map(|r| (0..periods).map(move |p| (r, p)))
            {
                self.number(outcome.quantity(programme, region, period));
                outcome.payment(programme, region, period).for_each(|part| self.number(part.0));
            }
        }
        for population in &plan.populations {
            for region in regions.clone() {
                outcome.heads(&population.id, region).iter().for_each(|heads| self.number(*heads));
            }
        }
        for source in 0..plan.sources.len() {
            for year in 0..years {
                self.number(outcome.gap(source, year).map_or(-1, |gap| gap.0));
            }
        }
        self.number(outcome.total(Cut::ALL).0);
        for result in test_rules(plan, outcome).unwrap() {
            self.number(result.whole.value);
            self.number(result.whole.threshold);
            self.number(result.whole.slack.map_or(-1, |slack| slack.0));
        }
        for indicator in 0..plan.indicators.len() {
            for year in 0..years {
                let reading = read_indicator(plan, outcome, indicator, None, year).unwrap();
                self.number(reading.and_then(|r| r.value).unwrap_or(-1));
            }
        }
    }
}
