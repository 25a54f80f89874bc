//! Sensitivity, goal seek and the registry of parameters.

use shapan_engine::*;
use shapan_testing::*;

fn meals() -> Plan {
    let mut plan = bare(2012, 1, &["north"]);
    plan.populations.push(counted("pupils", 2011, &[("north", 100)]));
    plan.sources = vec![source("county"), source("province")].into();
    let split = split(&[("province", 400_000)], "county");
    plan.programmes = vec![programme("meals", heads("pupils", still(10_000)), split)].into();
    Plan::new(plan).unwrap()
}

fn all(outcome: &Outcome) -> i64 {
    outcome.total(Cut::ALL).0
}

#[test]
fn the_strongest_parameter_comes_first_and_what_moves_nothing_is_left_out() {
    let plan = meals();
    let found = sensitivity(&plan, &[], at("2012-spring"), all).unwrap();
    let found: Vec<_> = found.iter().map(|s| (s.path.to_string(), s.step, s.effect)).collect();
    // A yuan more for 100 heads is 100 yuan. Growth moves the autumn's heads alone, and a tenth
    // of a per cent of 100 heads is nobody.
    assert_eq!(found, [("programmes/meals/standard".to_owned(), 100, 10_000)]);
    let county = |outcome: &Outcome| outcome.total(Cut::ALL.from_source(0)).0;
    let found = sensitivity(&plan, &[], at("2012-spring"), county).unwrap();
    let found: Vec<_> = found.iter().map(|s| (s.path.to_string(), s.effect)).collect();
    let share = ("programmes/meals/split/province".to_owned(), -1_000);
    assert_eq!(found, [("programmes/meals/standard".to_owned(), 6_000), share]);
}

#[test]
fn a_goal_is_reached_by_the_least_value_that_does() {
    let plan = meals();
    let seek = |path: &str, figure: fn(&Outcome) -> i64, goal| {
        seek_goal(&plan, &[], &id(path), at("2012-spring"), figure, goal).unwrap()
    };
    // 100 heads × standard, in fen: half each semester.
    assert_eq!(seek("programmes/meals/standard", all, 1_500_000), Some(15_000));
    assert_eq!(seek("programmes/meals/standard", all, 1_500_001), Some(15_001));
    assert_eq!(seek("programmes/meals/standard", all, 0), Some(0));
    assert_eq!(seek("programmes/meals/split/province", all, 2_000_000), None);
    // The county pays less the more the province does: the last share that leaves it so much.
    let county = |outcome: &Outcome| outcome.total(Cut::ALL.from_source(0)).0;
    assert_eq!(seek("programmes/meals/split/province", county, 300_000), Some(700_000));
}

#[test]
fn the_registry_knows_every_parameter_of_the_sample() {
    let plan = taian_2012().unwrap();
    let outcome = evaluate(&plan, &id("plan-2012")).unwrap();
    let registry = plan.registry();
    assert_eq!(registry.len(), plan.parameters().count());
    for known in &registry {
        assert_eq!(known.path.to_string().parse::<ParamPath>().unwrap(), known.path);
        assert_eq!(known.of, plan.name_of(&known.path).unwrap());
        assert!(known.step() > 0 && !known.bounds().is_empty());
        let values = outcome.in_force(&known.path, 0);
        assert_eq!(values.len(), plan.horizon.semesters_len());
        assert!(values.iter().all(|value| known.bounds().contains(value)), "{}", known.path);
        assert_eq!(known.basis().citation.is_some(), known.citation(&plan).is_some());
    }
    let standard: ParamPath = id("programmes/boarding-junior/standard");
    let values = outcome.in_force(&standard, 0);
    assert_eq!(values[..3], [100_000, 125_000, 125_000]);
    let textbooks = registry.iter().find(|r| r.path == id("programmes/textbooks-junior/standard"));
    let cited = textbooks.unwrap().citation(&plan).unwrap();
    assert_eq!(cited.id.as_str(), "textbooks-2008");
}
