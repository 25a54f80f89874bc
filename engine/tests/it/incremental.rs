//! Computing again only what moved gives what computing everything gives.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario};

fn paths(measure: &Measure) -> Vec<&ParamPath> {
    measure.changes.iter().map(|c| &c.path).collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_stack_without_one_of_its_measures_is_the_same_either_way((plan, id) in plan_and_scenario()) {
        let stack = plan.enabled_measures(&id).unwrap();
        let Ok(whole) = evaluate_stack(&plan, &stack) else { return Ok(()) };
        for place in 0..stack.len() {
            let mut rest = stack.clone();
            let dropped = rest.remove(place);
            let again = reevaluate_stack(&plan, &rest, &whole, &paths(dropped));
            prop_assert_eq!(&again, &evaluate_stack(&plan, &rest));
            if let Ok(less) = again {
                let back = reevaluate_stack(&plan, &stack, &less, &paths(dropped));
                prop_assert_eq!(back.as_ref(), Ok(&whole));
            }
        }
    }

    #[test]
    fn an_attribution_ends_where_the_scenario_is((plan, id) in plan_and_scenario()) {
        let root = plan.status_quo().unwrap().id.clone();
        if let Ok(attribution) = attribute(&plan, &id, &root) {
            let difference = attribution.difference();
            prop_assert_eq!(difference.scenario, &evaluate(&plan, &id).unwrap());
            prop_assert_eq!(difference.base, &evaluate(&plan, &root).unwrap());
        }
    }

    #[test]
    fn what_is_known_helps_with_the_next_and_changes_nothing(
        (plan, id) in plan_and_scenario(),
        order in proptest::collection::vec(any::<(prop::sample::Index, bool)>(), 1..12),
    ) {
        let stack = plan.enabled_measures(&id).unwrap();
        let mut known = Known::default();
        let mut plan = plan.clone();
        for (which, is_other_data) in order {
            if is_other_data {
                // The same numbers, but nothing tells that: all is forgotten.
                plan = Plan::new(PlanParts { regions: plan.regions.to_vec().into(), ..plan.into_parts() }).unwrap();
            }
            let mut some = stack.clone();
            if !some.is_empty() {
                let at = which.index(some.len());
                some.rotate_left(at);
                some.truncate(at + 1);
            }
            prop_assert_eq!(known.outcome(&plan, &some), evaluate_stack(&plan, &some));
        }
    }
}
