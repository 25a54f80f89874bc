//! Small schools paid as if they had more pupils (不足 100 人按 100 人核定), worked by hand.

use shapan_engine::*;
use shapan_testing::*;

/// Public funds of 600 yuan a year for primary pupils, small schools counted for 100.
///
/// North: 1 000 pupils, three primary schools of 40, 99 and 100, a nine-year school with 70 of
/// them, a junior school of 30. South: 500 pupils and no schools listed.
fn public_funds() -> PlanParts {
    let mut plan = bare(2012, 2, &["north", "south"]);
    plan.sources = vec![source("county")].into();
    plan.populations = vec![counted("primary", 2011, &[("north", 1_000), ("south", 500)])].into();
    plan.schools = vec![
        school("hill", "north", &[(Stage::Primary, 40)]),
        school("river", "north", &[(Stage::Primary, 99)]),
        school("town", "north", &[(Stage::Primary, 100)]),
        school("nine", "north", &[(Stage::Primary, 70), (Stage::Junior, 400)]),
        school("junior", "north", &[(Stage::Junior, 30)]),
        school("empty", "north", &[(Stage::Primary, 0)]),
    ]
    .into();
    let mut driver = heads("primary", still(60_000));
    let Driver::Heads { school_floor, .. } = &mut driver else { unreachable!() };
    *school_floor = Some(always(100));
    plan.programmes = vec![programme("public-funds", driver, split(&[], "county"))].into();
    plan
}

fn quantities(plan: &Plan, measures: &[&Measure], region: usize) -> Vec<i64> {
    let outcome = evaluate_stack(plan, measures).unwrap();
    let a_year = outcome.periods(0).a_year();
    (0..plan.horizon.years() * a_year).map(|n| outcome.quantity(0, region, n)).collect()
}

#[test]
fn each_small_school_of_the_stage_is_paid_for_up_to_the_floor() {
    let plan = Plan::new(public_funds()).unwrap();
    // Hill + 60, river + 1, town is large enough; of the nine-year school only the 70 primary
    // pupils count, + 30; the junior school is of another stage, the empty one has no pupils.
    assert_eq!(quantities(&plan, &[], 0), [1_091; 4]);
    assert_eq!(quantities(&plan, &[], 1), [500; 4]);
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    let spring = plan.cell("public-funds", "north", "2012-spring");
    assert_eq!(spring.paid(&outcome), Fen(1_091 * 30_000));
}

#[test]
fn coverage_and_take_up_apply_after_the_floor_and_are_rounded_once() {
    let mut plan = public_funds();
    if let Driver::Heads { coverage, take_up, .. } = &mut plan.programmes[0].driver {
        *coverage = Some(always(950_000));
        *take_up = Some(always(900_000));
    }
    let plan = Plan::new(plan).unwrap();
    // 1 091 × 0.95 × 0.9 = 932.805; the floor after the shares would have made 855 + 91 = 946.
    assert_eq!(quantities(&plan, &[], 0), [933; 4]);
}

#[test]
fn a_programme_paid_by_census_has_the_floor_in_force_in_spring() {
    let mut plan = public_funds();
    if let Driver::Heads { timing, school_floor, .. } = &mut plan.programmes[0].driver {
        *timing = HeadsTiming::Census;
        *school_floor = Some(dated(&[("2012-autumn", 100)]));
    }
    let plan = Plan::new(plan).unwrap();
    assert_eq!(quantities(&plan, &[], 0), [1_000, 1_091]);
}

#[test]
fn a_measure_moves_the_floor_from_a_semester_on_and_where_it_says() {
    let mut plan = public_funds();
    let mut town = school("town-south", "south", &[(Stage::Primary, 150)]);
    town.pupils.insert(Stage::Preschool, 20);
    plan.schools.push(town);
    let plan = Plan::new(plan).unwrap();
    let path = "programmes/public-funds/school-floor";
    let higher = measure("higher", vec![change(path, Operation::Set, 200, "2012-autumn")]);
    // Up to 200: 160 + 101 + 100 + 130 in the north, 50 in the south.
    assert_eq!(quantities(&plan, &[&higher], 0), [1_091, 1_491, 1_491, 1_491]);
    assert_eq!(quantities(&plan, &[&higher], 1), [500, 550, 550, 550]);
    let mut none = change(path, Operation::Set, 0, "2013-spring");
    none.regions = Some(vec![id("north")]);
    let none = measure("none", vec![none]);
    assert_eq!(quantities(&plan, &[&higher, &none], 0), [1_091, 1_491, 1_000, 1_000]);
    assert_eq!(quantities(&plan, &[&higher, &none], 1), [500, 550, 550, 550]);
    // And the same when only what moved is computed again.
    let before = evaluate(&plan, &id("status-quo")).unwrap();
    let again = reevaluate_stack(&plan, &[&higher], &before, &[&id(path)]).unwrap();
    assert_eq!(again, evaluate_stack(&plan, &[&higher]).unwrap());
}

#[test]
fn the_floor_is_that_of_the_population_s_stage_where_only_a_share_is_paid() {
    let mut plan = public_funds();
    plan.populations.push(part_of("boarders", "primary", 100_000));
    let Driver::Heads { population, .. } = &mut plan.programmes[0].driver else { unreachable!() };
    *population = id("boarders");
    let plan = Plan::new(plan).unwrap();
    assert_eq!(quantities(&plan, &[], 0), [191; 4]); // 100 boarders + 60 + 1 + 30
}

#[test]
fn what_small_schools_are_raised_by_is_in_the_trace() {
    let plan = Plan::new(public_funds()).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    let what = |working| What::Working { working, programme: 0, region: 0, period: 0 };
    let trace = why(&plan, &[], &outcome, &what(Working::Payment)).unwrap().unwrap();
    assert_eq!(trace.value, 1_091 * 30_000);
    let mut schools = Vec::new();
    let mut open = vec![&trace];
    while let Some(trace) = open.pop() {
        if let What::SchoolSize { school } = &trace.what {
            schools.push((school.to_string(), trace.value));
        }
        open.extend(trace.parts());
    }
    schools.sort();
    assert_eq!(schools, [("hill".into(), 40), ("nine".into(), 70), ("river".into(), 99)]);
}
