//! Tables of an outcome: sums that make up its totals, figures for each head, stages.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario};
use shapan_testing::*;
use std::collections::HashMap;

type Sums = HashMap<Cut, Fen>;

fn sums(each: impl FnOnce(&mut dyn FnMut(Cut, Fen))) -> Sums {
    let mut sums = Sums::new();
    each(&mut |cut, fen| {
        let sum: &mut Fen = sums.entry(cut).or_default();
        *sum = *sum + fen;
    });
    sums
}

fn cells(plan: &Plan) -> impl Iterator<Item = Cut> {
    let (programmes, regions) = (plan.programmes.len(), plan.regions.len());
    let (years, sources) = (plan.horizon.years(), plan.sources.len());
    let places = (0..programmes).flat_map(move |p| (0..regions).map(move |r| (p, r)));
    let places = places.flat_map(move |(p, r)| (0..years).map(move |y| (p, r, y)));
    places.flat_map(move |(p, r, y)| {
        let cut = Cut::ALL.of_programme(p).in_region(r).in_year(y);
        (0..sources).map(move |s| cut.from_source(s))
    })
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn every_sum_is_the_total_of_its_cut((plan, scenario) in plan_and_scenario()) {
        let base = plan.status_quo().unwrap().id.clone();
        let Ok(steps) = attribute(&plan, &scenario, &base) else { return Ok(()) };
        let difference = steps.difference();
        let now = sums(|tell| difference.scenario.each_sum(tell));
        let change = sums(|tell| difference.each_sum(tell));
        for cut in cells(&plan) {
            let of = |sums: &Sums| sums.get(&cut).copied().unwrap_or_default();
            prop_assert_eq!(of(&now), difference.scenario.total(cut));
            prop_assert_eq!(of(&change), difference.total(cut));
        }
        let Ok(fair) = attribute_fairly(&plan, &scenario, &base) else { return Ok(()) };
        for place in 0..fair.shares().len() {
            let share = sums(|tell| fair.each_sum(place, tell));
            for cut in cells(&plan) {
                let shown = share.get(&cut).copied().unwrap_or_default();
                prop_assert_eq!(shown, fair.total(place, cut));
            }
        }
    }
}

#[test]
fn a_figure_for_each_head_is_over_the_heads_of_both_semesters() {
    let mut plan = bare(2012, 2, &["north"]);
    plan.populations = vec![
        counted_in("pupils", &[(2011, &[("north", 100)]), (2012, &[("north", 110)])], 0),
        part_of("boarders", "pupils", 500_000),
    ]
    .into();
    plan.sources = vec![source("county")].into();
    let split = split(&[], "county");
    plan.programmes = vec![
        programme("meals", heads("boarders", still(10_000)), split.clone()),
        programme("gym", works(1, 1_000, &[(2012, 1_000_000)]), split),
    ]
    .into();
    let plan = Plan::new(plan).unwrap();
    assert_eq!(plan.pupils().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["pupils"]);
    assert_eq!(plan.stage_of(0), Some(plan.populations[1].stage));
    assert_eq!(plan.stage_of(1), None);
    let outcome = evaluate_stack(&plan, &[]).unwrap();
    let pupils = id("pupils");
    assert_eq!(outcome.heads_twice(&pupils, 0, 0), 210);
    assert_eq!(outcome.heads_twice(&pupils, 0, 1), 220);
    // 50 heads × 50 yuan + 55 heads × 50 yuan = 5,250 yuan, and the gym's 10.
    let all = outcome.total(Cut::ALL.in_year(0));
    assert_eq!(all, Fen(525_000 + 1_000));
    // 5,260 yuan over 105 heads: 50.0952…
    assert_eq!(per_head(all, 210), Ok(Some(Fen(5_010))));
    assert_eq!(per_head(-all, 210), Ok(Some(Fen(-5_010))));
    assert_eq!(per_head(all, 0), Ok(None));
    assert_eq!(per_head(Fen(i64::MAX), 1), Err(Overflow));
}
