//! Why a figure of two outcomes is what it is: changes, people reached, shares, amounts for each
//! head, and sums of figures.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario};
use shapan_testing::id;
use shapan_testing::traces::{all, is_right_all_the_way};

/// A plan under two of its scenarios.
struct Pair {
    plan: Plan,
    ids: [ScenarioId; 2],
    outcomes: [Outcome; 2],
}

impl Pair {
    fn of(plan: Plan, ids: [ScenarioId; 2]) -> Self {
        let outcomes = ids.each_ref().map(|id| evaluate(&plan, id).unwrap());
        Self { plan, ids, outcomes }
    }

    fn taian() -> Self {
        Self::of(taian_2012().unwrap(), [id("raise-again"), id("status-quo")])
    }

    fn difference(&self) -> Difference<'_> {
        Difference { scenario: &self.outcomes[0], base: &self.outcomes[1] }
    }

    fn ask(&self, what: &What) -> Option<Trace> {
        let stacks = self.ids.each_ref().map(|id| self.plan.enabled_measures(id).unwrap());
        let case = |n: usize| Case { measures: &stacks[n], outcome: &self.outcomes[n] };
        why_beside(&self.plan, case(0), case(1), what).unwrap()
    }

    /// That a figure is explained, and every number before is one the other case has.
    fn explained(&self, what: &What, value: i64) {
        let trace = self.ask(what).unwrap_or_else(|| panic!("no answer to {what:?}"));
        assert_eq!((trace.value, &trace.what), (value, what));
        assert!(is_right_all_the_way(&trace), "{trace:#?}");
        for number in all(&trace) {
            let What::Before(same) = &number.what else { continue };
            let stack = self.plan.enabled_measures(&self.ids[1]).unwrap();
            let there = why(&self.plan, &stack, &self.outcomes[1], same).unwrap().unwrap();
            assert_eq!(there.value, number.value, "{same:?}");
        }
    }
}

fn total(cut: Cut) -> Box<What> {
    Box::new(What::Total(cut))
}

#[test]
fn people_reached_are_followed_to_the_recipients_of_both_outcomes() {
    let pair = Pair::of(taian_2012().unwrap(), [id("plan-2012"), id("status-quo")]);
    let what = What::Reached { programme: None, region: None, year: 0 };
    let aids = pair.plan.aids().map(|p| pair.difference().reached(p, 0));
    pair.explained(&what, aids.sum());
    let trace = pair.ask(&what).unwrap();
    let boarding = pair.plan.programmes.iter().position(|p| p.id.as_str() == "boarding-junior");
    let of_boarding = What::Reached { programme: boarding, region: None, year: 0 };
    let found = trace.parts().into_iter().find(|part| part.what == of_boarding).unwrap();
    let taishan = found.parts()[0];
    // 792 poor boarders in Taishan in the larger of the two semesters: all get more.
    assert_eq!(taishan.value, 792);
    assert!(all(taishan).iter().any(|t| matches!(&t.what, What::Before(_)) && t.value == 792));
}

#[test]
fn a_change_by_nobody_is_nothing_and_without_another_outcome_there_is_no_answer() {
    let pair = Pair::taian();
    let nothing = What::Share { part: total(Cut::ALL), whole: total(Cut::ALL.from_source(99)) };
    assert_eq!(pair.ask(&nothing), None);
    let change = What::Change(total(Cut::ALL));
    let stack = pair.plan.enabled_measures(&pair.ids[0]).unwrap();
    assert_eq!(why(&pair.plan, &stack, &pair.outcomes[0], &change).unwrap(), None);
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn figures_of_two_outcomes_are_explained_by_what_was_computed(
        (plan, scenario) in plan_and_scenario(),
        other in any::<prop::sample::Index>(),
    ) {
        let other = plan.scenarios[other.index(plan.scenarios.len())].id.clone();
        let pair = Pair::of(plan, [scenario, other]);
        let (plan, d) = (&pair.plan, pair.difference());
        let [now, before] = &pair.outcomes;
        for year in 0..plan.horizon.years() {
            let cut = Cut::ALL.in_year(year);
            pair.explained(&What::Before(total(cut)), before.total(cut).0);
            pair.explained(&What::Change(total(cut)), d.total(cut).0);
            let burden = Box::new(What::CountyBurden(cut));
            pair.explained(&What::Change(burden), d.county_burden(plan, cut).0);
            let reached = plan.aids().map(|p| d.reached(p, year)).sum();
            pair.explained(&What::Reached { programme: None, region: None, year }, reached);
            for programme in 0..plan.programmes.len() {
                let what = What::Reached { programme: Some(programme), region: None, year };
                pair.explained(&what, d.reached(programme, year));
                let what = What::Recipients { programme, region: None, year };
                pair.explained(&what, now.recipients(programme, year));
            }
            for region in [None, Some(0)] {
                let cut = Cut { region, ..cut };
                let heads = now.taught(plan, None, region, Some(year)).unwrap();
                let of_heads =
                    Box::new(What::Taught { population: None, region, year: Some(year) });
                pair.explained(&of_heads, heads);
                let what = What::PerHead { amount: total(cut), heads: of_heads };
                match per_head(now.total(cut), heads).unwrap() {
                    Some(each) => pair.explained(&what, each.0),
                    None => prop_assert_eq!(pair.ask(&what), None),
                }
            }
        }
        let years = (0..plan.horizon.years()).map(|year| What::Gaps { year }).collect();
        let gaps = (0..plan.horizon.years()).map(|year| now.all_gaps(year).0).sum();
        pair.explained(&What::Sum(years), gaps);
        pair.explained(&What::Total(Cut::ALL), now.total(Cut::ALL).0);
        // A share of a change is that of two differences, whichever way they go.
        let (part, whole) = (Cut::ALL.in_year(0), Cut::ALL);
        let what = What::Share {
            part: Box::new(What::Change(total(part))),
            whole: Box::new(What::Change(total(whole))),
        };
        let (part, whole) = (i128::from(d.total(part).0), i128::from(d.total(whole).0));
        match whole {
            0 => prop_assert_eq!(pair.ask(&what), None),
            _ => {
                let share = part * whole.signum() * i128::from(MILLION);
                if let Ok(share) = divide_half_up(share, whole.abs()) {
                    pair.explained(&what, share);
                }
            }
        }
    }
}
