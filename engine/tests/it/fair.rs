//! Fair attribution: Shapley values worked by hand, by all orders, and by law.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario};
use shapan_testing::*;

/// A hundred pupils at 100 yuan a year for one year, 40 % of it from the province.
fn plan_with(measures: Vec<Measure>) -> Plan {
    let mut plan = bare(2012, 1, &["north"]);
    plan.populations.push(counted("pupils", 2011, &[("north", 100)]));
    plan.sources = vec![source("county"), source("province")].into();
    let split = split(&[("province", 400_000)], "county");
    plan.programmes = vec![programme("meals", heads("pupils", still(10_000)), split)].into();
    plan.scenarios.push(scenario("proposal", Some("status-quo"), measures));
    Plan::new(plan).unwrap()
}

fn moved(name: &str, operation: Operation, value: i64) -> Measure {
    measure(name, vec![change("programmes/meals/standard", operation, value, "2012-spring")])
}

fn fair(plan: &Plan) -> FairAttribution {
    attribute_fairly(plan, &id("proposal"), &id("status-quo")).unwrap()
}

fn totals(fair: &FairAttribution, cut: Cut) -> Vec<i64> {
    (0..fair.shares().len()).map(|place| fair.total(place, cut).0).collect()
}

#[test]
fn what_two_measures_do_together_is_halved_between_them() {
    // Alone: +20 yuan is 2,000 yuan, ×1.5 is 5,000; together (100 + 20) × 1.5 − 100 = 80 yuan a
    // head, 8,000 in all: 1,000 more than the two alone, 500 to each.
    let add = || moved("add", Operation::Add, 2_000);
    let scale = || moved("scale", Operation::Scale, 1_500_000);
    let found = fair(&plan_with(vec![add(), scale()]));
    assert_eq!(totals(&found, Cut::ALL), [250_000, 550_000]);
    assert_eq!(totals(&found, Cut::ALL.from_source(1)), [100_000, 220_000]);
    assert_eq!(found.method(0), Method::Exact);
    assert_eq!(found.standard_error(0, Cut::ALL), None);
}

#[test]
fn switched_off_measures_have_no_share_and_dropped_ones_a_share_of_their_own() {
    let off = Measure { enabled: false, ..moved("off", Operation::Add, 9_000) };
    let plan = plan_with(vec![moved("on", Operation::Add, 1_000), off]);
    let back = attribute_fairly(&plan, &id("status-quo"), &id("proposal")).unwrap();
    assert_eq!(totals(&back, Cut::ALL), [-100_000]);
    assert!(back.shares()[0].is_dropped);
    assert_eq!(totals(&fair(&plan), Cut::ALL), [100_000]);
}

#[test]
fn among_more_than_twelve_it_is_sampled_and_says_how_far_it_may_be_off() {
    // Thirteen equal raises, and a scale they all meet: by symmetry each raise has the same
    // exact share, half of the joint effect with the scale.
    let mut measures: Vec<_> =
        (0..13).map(|n| moved(&format!("add-{n}"), Operation::Add, 1_000)).collect();
    measures.push(moved("scale", Operation::Scale, 1_500_000));
    let plan = plan_with(measures);
    let found = fair(&plan);
    assert!(matches!(found.method(0), Method::Sampled { pairs } if pairs >= 100));
    let shares = totals(&found, Cut::ALL);
    let difference = evaluate(&plan, &id("proposal")).unwrap().total(Cut::ALL).0
        - evaluate(&plan, &id("status-quo")).unwrap().total(Cut::ALL).0;
    assert_eq!(shares.iter().sum::<i64>(), difference);
    // +10 yuan for 100 heads, and half of what ×1.5 makes of it.
    let exact = 100_000 + 25_000;
    for (place, share) in shares[..13].iter().enumerate() {
        // A pair of reversed orders has the scale once before and once after each raise: no error.
        let error = found.standard_error(place, Cut::ALL).unwrap().0;
        assert!((share - exact).abs() <= 5 * error + 14, "{place}: {share} ± {error}");
    }
}

#[test]
fn the_standard_error_is_that_of_what_was_drawn() {
    // Three-way interplay is not symmetric in a pair of reversed orders, so there is an error.
    let mut measures: Vec<_> = (0..13)
        .map(|n| moved(&format!("scale-{n}"), Operation::Scale, 1_100_000 + n * 1_000))
        .collect();
    measures.push(moved("add", Operation::Add, 5_000));
    let plan = plan_with(measures);
    let found = fair(&plan);
    let errors: Vec<_> = (0..14).map(|n| found.standard_error(n, Cut::ALL).unwrap().0).collect();
    // The raise comes last in the stack, so it meets none of the scales in any order.
    assert!(errors[..13].iter().all(|e| *e > 0) && errors[13] == 0, "{errors:?}");
    let shares = totals(&found, Cut::ALL);
    assert!(
        errors.iter().zip(&shares).all(|(error, share)| *error < share / 10),
        "{errors:?} {shares:?}"
    );
    assert_eq!(totals(&fair(&plan), Cut::ALL), shares, "seeded: the same every time");
}

#[test]
fn where_an_order_has_no_outcome_the_stack_s_own_is_taken() {
    // The province's share would be above the whole if it rose before the other fell.
    let fall = measure(
        "fall",
        vec![change("programmes/meals/split/other", Operation::Set, 0, "2012-spring")],
    );
    let rise = measure(
        "rise",
        vec![change("programmes/meals/split/province", Operation::Set, 900_000, "2012-spring")],
    );
    let mut parts = plan_with(Vec::new()).into_parts();
    parts.sources.push(source("other"));
    parts.programmes[0].split = split(&[("province", 400_000), ("other", 600_000)], "county");
    parts.scenarios[1].measures = vec![fall, rise];
    let plan = Plan::new(parts).unwrap();
    let found = fair(&plan);
    assert_eq!(found.method(0), Method::InOrder);
    assert_eq!(totals(&found, Cut::ALL.from_source(0)), [600_000, -500_000]);
    assert_eq!(totals(&found, Cut::ALL), [0, 0]);
}

#[test]
fn where_measures_do_not_meet_both_attributions_are_the_same() {
    let plan = taian_2012().unwrap();
    let (adopted, status_quo) = (id("plan-2012"), id("status-quo"));
    let fair = attribute_fairly(&plan, &adopted, &status_quo).unwrap();
    let declared = attribute(&plan, &adopted, &status_quo).unwrap();
    for (place, contribution) in declared.contributions().iter().enumerate() {
        assert_eq!(fair.shares()[place].measure.id, contribution.measure.id);
        for year in 0..5 {
            let cut = Cut::ALL.in_year(year);
            assert_eq!(fair.total(place, cut), declared.total(place, cut));
        }
    }
}

/// The mean over all orders, as a fraction: the sum over them, and how many there are.
fn over_all_orders(plan: &Plan, measures: &[&Measure]) -> (Vec<i128>, i128) {
    fn orders(left: &[usize]) -> Vec<Vec<usize>> {
        if left.is_empty() {
            return vec![Vec::new()];
        }
        let first = |n: usize| {
            let mut rest = left.to_vec();
            let first = rest.remove(n);
            orders(&rest).into_iter().map(move |rest| [vec![first], rest].concat())
        };
        (0..left.len()).flat_map(first).collect()
    }
    let all = orders(&(0..measures.len()).collect::<Vec<_>>());
    let mut sums = vec![0; measures.len()];
    for order in &all {
        let mut made = vec![false; measures.len()];
        let total = |made: &[bool]| {
            let stack = measures.iter().zip(made).filter(|(_, made)| **made).map(|(m, _)| *m);
            evaluate_stack(plan, &stack.collect::<Vec<_>>()).unwrap().total(Cut::ALL).0
        };
        for player in order {
            let before = total(&made);
            made[*player] = true;
            sums[*player] += i128::from(total(&made) - before);
        }
    }
    (sums, i128::try_from(all.len()).unwrap())
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn shares_add_up_to_the_difference_along_every_axis((plan, scenario) in plan_and_scenario()) {
        let base = &plan.status_quo().unwrap().id;
        let fair = attribute_fairly(&plan, &scenario, base).unwrap();
        let (with, without) = (evaluate(&plan, &scenario).unwrap(), evaluate(&plan, base).unwrap());
        let programmes = (0..plan.programmes.len()).map(|p| Cut::ALL.of_programme(p));
        let regions = (0..plan.regions.len()).map(|r| Cut::ALL.in_region(r));
        let years = (0..plan.horizon.years()).map(|y| Cut::ALL.in_year(y));
        let sources = (0..plan.sources.len()).flat_map(|s| {
            (0..plan.horizon.years()).map(move |y| Cut::ALL.from_source(s).in_year(y))
        });
        for cut in [Cut::ALL].into_iter().chain(programmes).chain(regions).chain(years).chain(sources) {
            let shares: Fen = (0..fair.shares().len()).map(|place| fair.total(place, cut)).sum();
            prop_assert_eq!(shares, with.total(cut) - without.total(cut));
        }
    }

    #[test]
    fn a_share_is_the_mean_over_all_orders((plan, scenario) in plan_and_scenario()) {
        let measures = plan.enabled_measures(&scenario).unwrap();
        prop_assume!((2..=4).contains(&measures.len()));
        let fair = attribute_fairly(&plan, &scenario, &plan.status_quo().unwrap().id).unwrap();
        prop_assume!((0..plan.programmes.len()).all(|p| fair.method(p) == Method::Exact));
        let (sums, orders) = over_all_orders(&plan, &measures);
        // Each programme carries its own rounding: at most a fen or so.
        let room = 2 * i128::try_from(plan.programmes.len()).unwrap();
        for (place, sum) in sums.iter().enumerate() {
            let share = i128::from(fair.total(place, Cut::ALL).0);
            prop_assert!((share * orders - sum).abs() <= room * orders, "{} {}/{}", share, sum, orders);
        }
    }
}
