//! Outcomes of several plans, kept: whatever a change of the engine moves shows as a difference.
//!
//! Not worked out apart from the engine, as the sample's are; they say "the same as before". After
//! a change that is meant: `INSTA_UPDATE=always cargo test -p shapan-engine --test it golden::`, and
//! look at the difference in `snapshots/`.

use insta::assert_snapshot;
use shapan_engine::*;
use shapan_testing::generate::{Mix, Size, generate};
use shapan_testing::small_plan;
use std::fmt::Write;

/// All that is computed of a plan, a line each.
fn outcome_of(plan: &Plan) -> String {
    let mut lines = String::new();
    for scenario in &plan.scenarios {
        let outcome = evaluate(plan, &scenario.id).unwrap();
        let id = &scenario.id;
        for (p, programme) in plan.programmes.iter().enumerate() {
            for (y, year) in plan.years().enumerate() {
                for (s, source) in plan.sources.iter().enumerate() {
                    let cut = Cut::ALL.of_programme(p).in_year(y).from_source(s);
                    let Fen(total) = outcome.total(cut);
                    if total != 0 {
                        writeln!(lines, "{id},pays,{},{year},{},{total}", programme.id, source.id)
                            .unwrap();
                    }
                }
            }
        }
        for population in &plan.populations {
            for (r, region) in plan.regions.iter().enumerate() {
                let heads = outcome.heads(&population.id, r);
                writeln!(lines, "{id},heads,{},{},{heads:?}", population.id, region.id).unwrap();
            }
        }
        for (s, source) in plan.sources.iter().enumerate() {
            for (year, funding) in plan.years().zip(outcome.funding(s).into_iter().flatten()) {
                let (Fen(gap), Fen(left)) = (funding.gap, funding.surplus);
                writeln!(lines, "{id},funding,{},{year},lacks {gap},has left {left}", source.id)
                    .unwrap();
            }
        }
        for result in test_rules(plan, &outcome).unwrap() {
            let (rule, found) = (&plan.rules[result.rule].id, &result.whole);
            let (verdict, slack) = (&found.verdict, found.slack);
            writeln!(
                lines,
                "{id},rule,{rule},{},{verdict:?},{},{},{slack:?}",
                result.year, found.value, found.threshold
            )
            .unwrap();
        }
        for (n, indicator) in plan.indicators.iter().enumerate() {
            for y in 0..plan.horizon.years() {
                let reading = read_indicator(plan, &outcome, n, None, y).unwrap().unwrap();
                writeln!(
                    lines,
                    "{id},indicator,{},{y},{:?},{:?}",
                    indicator.id, reading.value, reading.target
                )
                .unwrap();
            }
        }
    }
    lines
}

fn of_size(regions: u32, programmes: u32, years: u8, seed: u64) -> Plan {
    generate(&Size { regions, programmes, years, sources: 6, measures: 6, mix: Mix::Schools }, seed)
}

#[test]
fn the_small_plan_comes_to_what_it_did() {
    assert_snapshot!("small-plan", outcome_of(&small_plan()));
}

#[test]
fn a_county_comes_to_what_it_did() {
    assert_snapshot!("six-regions", outcome_of(&of_size(6, 12, 3, 2)));
}

#[test]
fn a_long_horizon_comes_to_what_it_did() {
    assert_snapshot!("fifteen-years", outcome_of(&of_size(6, 7, 15, 3)));
}

#[test]
fn the_adopted_sample_comes_to_what_it_did() {
    assert_snapshot!("taian-2012", outcome_of(&taian_2012().unwrap()));
}
