//! Scenarios side by side: every parameter that differs, nothing else; and measures that
//! their first year pays for by half.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan as any_plan};
use shapan_testing::{expect, id};

fn outcomes(plan: &Plan, most: usize) -> Vec<Outcome> {
    plan.scenarios.iter().take(most).map(|s| evaluate(plan, &s.id).unwrap()).collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_parameter_is_listed_exactly_where_and_when_its_values_in_force_differ(plan in any_plan()) {
        let outcomes = outcomes(&plan, 4);
        let outcomes: Vec<&Outcome> = outcomes.iter().collect();
        let found = differing_parameters(&plan, &outcomes);
        let order: Vec<&ParamPath> = found.iter().map(|d| &d.path).collect();
        let registered: Vec<ParamPath> = plan.parameters().map(|(path, _)| path).collect();
        let listed: Vec<&ParamPath> = registered.iter().filter(|p| order.contains(p)).collect();
        prop_assert_eq!(&order, &listed, "in the plan's order, each once");
        for path in &registered {
            let spans = found.iter().find(|d| d.path == *path).map_or(&[][..], |d| &d.spans);
            for region in 0..plan.regions.len() {
                for (term, semester) in plan.horizon.semesters().enumerate() {
                    let values: Vec<i64> =
                        outcomes.iter().map(|o| o.in_force(path, region)[term]).collect();
                    let differ = values.iter().any(|v| *v != values[0]);
                    let here: Vec<&DifferingSpan> = spans
                        .iter()
                        .filter(|s| s.regions.contains(&region))
                        .filter(|s| (s.from..=s.until).contains(&semester))
                        .collect();
                    prop_assert_eq!(here.len(), usize::from(differ), "{} {}", path, semester);
                    prop_assert!(here.iter().all(|s| s.values == values));
                }
            }
        }
    }

    #[test]
    fn an_empty_scenario_and_a_scenario_beside_itself_list_nothing(plan in any_plan()) {
        let outcomes = outcomes(&plan, 1);
        let parent = plan.scenarios[0].id.clone();
        let plan = plan.edit(|parts| {
            parts.scenarios.push(shapan_testing::scenario("extra", Some(parent.as_str()), Vec::new()));
        }).unwrap();
        let empty = evaluate(&plan, &id("extra")).unwrap();
        prop_assert_eq!(differing_parameters(&plan, &[&outcomes[0], &empty]), Vec::new());
        prop_assert_eq!(differing_parameters(&plan, &[&empty]), Vec::new());
        prop_assert_eq!(differing_parameters(&plan, &[]), Vec::new());
    }

    #[test]
    fn neighbouring_spans_are_not_cut_in_two(plan in any_plan()) {
        let outcomes = outcomes(&plan, 4);
        let outcomes: Vec<&Outcome> = outcomes.iter().collect();
        for differing in differing_parameters(&plan, &outcomes) {
            for pair in differing.spans.windows(2) {
                let [a, b] = pair else { continue };
                if a.regions == b.regions {
                    prop_assert!(a.until < b.from);
                    let next = plan.horizon.semesters().find(|s| *s > a.until);
                    prop_assert!(next != Some(b.from) || a.values != b.values);
                }
            }
        }
    }
}

#[test]
fn what_the_further_raise_moves_is_one_standard_each_from_autumn_on() {
    let plan = taian_2012().unwrap();
    let of = |name: &str| evaluate(&plan, &id(name)).unwrap();
    let found = differing_parameters(&plan, &[&of("plan-2012"), &of("raise-again")]);
    let [primary, junior] = found.as_slice() else { panic!("{found:?}") };
    for (differing, path, values) in [
        (primary, "programmes/boarding-primary/standard", [100_000, 125_000]),
        (junior, "programmes/boarding-junior/standard", [125_000, 150_000]),
    ] {
        assert_eq!(differing.path, id(path));
        let [span] = differing.spans.as_slice() else { panic!("{differing:?}") };
        let (from, until) = (shapan_testing::at("2012-autumn"), plan.horizon.last().autumn());
        expect!(span, from: from, until: until, values: values);
        assert_eq!(span.regions.len(), 7, "{path}");
    }
}

#[test]
fn a_raise_from_autumn_is_paid_by_half_in_its_first_year_and_one_from_spring_is_not() {
    let plan = taian_2012().unwrap();
    let measure = |name: &str| {
        let scenario = plan.scenarios.iter().find(|s| s.id == id(name)).unwrap();
        scenario.measures[0].clone()
    };
    let raise = measure("raise-again");
    assert_eq!(plan.half_year_of(&raise), Some(0));
    let mut from_spring = raise.clone();
    for change in &mut from_spring.changes {
        change.from = shapan_testing::at("2013-spring");
    }
    assert_eq!(plan.half_year_of(&from_spring), None);
    let mut past_the_end = raise;
    for change in &mut past_the_end.changes {
        change.from = plan.horizon.last().plus(1).autumn();
    }
    assert_eq!(plan.half_year_of(&past_the_end), None);
}
