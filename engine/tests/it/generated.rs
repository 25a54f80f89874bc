//! The plans that benches and the parity with wasm are about: of any size, whole, and repeatable.

use shapan_engine::*;
use shapan_testing::generate::{Mix, Size, generate};
use std::collections::BTreeSet;
use std::mem::discriminant;

const SMALL: Size =
    Size { regions: 7, programmes: 24, years: 4, sources: 6, measures: 9, mix: Mix::Budget };

#[test]
fn a_seed_gives_the_same_plan_again_and_another_seed_another() {
    assert_eq!(generate(&SMALL, 1), generate(&SMALL, 1));
    assert_ne!(generate(&SMALL, 1), generate(&SMALL, 2));
}

#[test]
fn plans_of_all_sizes_have_an_outcome_under_every_scenario() {
    for seed in 0..40u8 {
        let size = Size {
            regions: 1 + u32::from(seed) * 3,
            programmes: 1 + u32::from(seed) * 3 / 2,
            years: 1 + seed % 15,
            sources: 1 + u32::from(seed) % 6,
            measures: u32::from(seed) % 20,
            mix: if seed % 4 == 3 { Mix::HeadsOnly } else { Mix::Budget },
        };
        let plan = generate(&size, seed.into());
        assert_eq!(plan.regions.len(), usize::try_from(size.regions).unwrap());
        assert_eq!(plan.programmes.len(), usize::try_from(size.programmes).unwrap());
        for scenario in &plan.scenarios {
            let outcome = evaluate(&plan, &scenario.id);
            let total = outcome.map(|o| o.total(Cut::ALL));
            assert!(matches!(total, Ok(Fen(1..))), "{size:?}, {}: {total:?}", scenario.id);
        }
    }
}

#[test]
fn a_budget_has_every_driver_and_one_to_four_payers() {
    let plan = generate(&SMALL, 1);
    let drivers = plan.programmes.iter().map(|p| discriminant(&p.driver));
    assert_eq!(drivers.collect::<std::collections::HashSet<_>>().len(), 6);
    let payers: BTreeSet<_> = plan.programmes.iter().map(|p| p.split.shares.len() + 1).collect();
    assert_eq!(payers, BTreeSet::from([1, 2, 3, 4]));
    assert!(plan.programmes.iter().any(|p| p.split.base_standard.is_some()));
}

#[test]
fn every_scenario_of_a_generated_plan_moves_something() {
    let plan = generate(&SMALL, 1);
    let moves = |scenario: &Scenario| {
        let (parent, own) = (scenario.parent.as_ref().unwrap(), &scenario.id);
        let (base, scenario) = (evaluate(&plan, parent).unwrap(), evaluate(&plan, own).unwrap());
        !Difference { scenario: &scenario, base: &base }.is_zero()
    };
    assert!(plan.scenarios[1..].iter().all(moves));
}
