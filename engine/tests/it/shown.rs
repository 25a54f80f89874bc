//! Shown sums: whether parts that are rounded one by one add up to their rounded total is told
//! rightly for every table of every plan.

use proptest::prelude::*;
use shapan_engine::{Cut, Fen, evaluate, rounding_gap};
use shapan_testing::arbitrary::{cases, plan as any_plan};

/// An amount as a page writes it, in steps of its last digit: rounded half away from zero.
fn shown(fen: Fen, step: i64) -> i128 {
    let (number, step) = (i128::from(fen.0), i128::from(step));
    let (whole, rest) = (number / step, number % step);
    whole + if rest.abs() * 2 >= step { number.signum() } else { 0 }
}

/// A table's parts and their total.
type Sum = (Vec<Fen>, Fen);

fn sums(plan: &shapan_engine::Plan, outcome: &shapan_engine::Outcome) -> Vec<Sum> {
    let total = |cut: Cut| outcome.total(cut);
    let mut sums = Vec::new();
    let years = 0..plan.horizon.years();
    for year in years.clone().map(Some).chain([None]) {
        let cut = Cut { year, ..Cut::ALL };
        sums.push(((0..plan.regions.len()).map(|r| total(cut.in_region(r))).collect(), total(cut)));
        sums.push((
            (0..plan.sources.len()).map(|s| total(cut.from_source(s))).collect(),
            total(cut),
        ));
        sums.push((
            (0..plan.programmes.len()).map(|p| total(cut.of_programme(p))).collect(),
            total(cut),
        ));
    }
    sums.push((years.map(|y| total(Cut::ALL.in_year(y))).collect(), total(Cut::ALL)));
    sums
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn wherever_shown_parts_miss_their_shown_total_it_is_told_and_nowhere_else(plan in any_plan()) {
        for scenario in plan.scenarios.iter().take(2) {
            let Ok(outcome) = evaluate(&plan, &scenario.id) else { continue };
            for (parts, total) in sums(&plan, &outcome) {
                prop_assert_eq!(parts.iter().copied().sum::<Fen>(), total, "to the fen");
                // yuan, 万元, million yuan, 亿元: the worth of their last digits
                for step in [1, 10_000, 1_000_000] {
                    let by_hand: i128 =
                        parts.iter().map(|p| shown(*p, step)).sum::<i128>() - shown(total, step);
                    prop_assert_eq!(rounding_gap(parts.iter().copied(), total, step), by_hand);
                    prop_assert!(step > 1 || by_hand == 0, "to the fen nothing is missed");
                    // Each part and the total are off by half a step at most.
                    let most = i128::try_from(parts.len() + 1).unwrap();
                    prop_assert!(by_hand.abs() * 2 <= most);
                }
            }
        }
    }
}
