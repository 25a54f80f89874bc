//! Classes and posts that heads need, worked by hand.

use shapan_engine::*;
use shapan_testing::*;

/// Junior schools in a region of 6-3 and one of 5-4, two fiscal years from 2012.
fn junior_schools(norms: Norms) -> Plan {
    let mut plan = bare(2012, 2, &["north", "south"]);
    plan.regions[1].system = SchoolSystem::FiveFour;
    let censuses: &[CountedGrades<'_>] =
        &[(2011, &[("north", &[101, 100, 99]), ("south", &[50, 51, 0, 1])])];
    let mut junior = by_grade("junior", Stage::Junior, censuses, Entry::Given(always(151)));
    junior.norms = norms.clone();
    let mut infants = counted("infants", 2011, &[("north", 301), ("south", 0)]);
    infants.norms = norms;
    plan.populations = vec![junior, infants].into();
    Plan::new(plan).unwrap()
}

fn all_norms() -> Norms {
    Norms {
        class_size: Some(always(50)),
        class_limit: Some(always(55)),
        classes: Some(but_in(always(5), "south", 3)),
        pupils_per_post: Some(always(13_500_000)),
        posts: Some(but_in(always(20), "south", 9)),
    }
}

fn of(plan: &Plan, population: &str, region: usize, school_year: usize) -> Needs {
    let outcome = evaluate(plan, &id("status-quo")).unwrap();
    needs(plan, &outcome, &id(population), region, school_year).unwrap()
}

#[test]
fn each_grade_needs_whole_classes_and_the_stage_whole_posts() {
    let plan = junior_schools(all_norms());
    // 101, 100 and 99 pupils need 3 + 2 + 2 classes of 50, where 300 in one would need 6.
    // 300 in 5 classes are 60 each, all beyond 55. 300 ÷ 13.5 = 22.2 posts.
    let expected = Needs {
        pupils: 300,
        classes_needed: Some(7),
        classes: Some(5),
        classes_lacking: Some(2),
        classes_oversized: Some(5),
        posts_needed: Some(23),
        posts: Some(20),
        posts_lacking: Some(3),
    };
    assert_eq!(of(&plan, "junior", 0, 0), expected);
    // 50, 51, 0 and 1: 1 + 2 + 0 + 1 classes. 102 in 3 are 34 each. 102 ÷ 13.5 = 7.6 posts.
    let expected = Needs {
        pupils: 102,
        classes_needed: Some(4),
        classes: Some(3),
        classes_lacking: Some(1),
        classes_oversized: Some(0),
        posts_needed: Some(8),
        posts: Some(9),
        posts_lacking: Some(0),
    };
    assert_eq!(of(&plan, "junior", 1, 0), expected);
}

#[test]
fn a_post_that_is_not_needed_in_one_region_does_not_fill_one_that_is_lacking_in_another() {
    let plan = junior_schools(all_norms());
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    let expected = Needs {
        pupils: 402,
        classes_needed: Some(11),
        classes: Some(8),
        classes_lacking: Some(3),
        classes_oversized: Some(5),
        posts_needed: Some(31),
        posts: Some(29),
        posts_lacking: Some(3), // though 31 − 29 = 2
    };
    assert_eq!(needs_of_all(&plan, &outcome, &id("junior"), 0), Some(expected));
}

#[test]
fn where_grades_are_not_known_the_whole_stage_is_divided_into_classes() {
    let plan = junior_schools(all_norms());
    let found = of(&plan, "infants", 0, 2);
    expect!(found, classes_needed: Some(7), classes_oversized: Some(5)); // 301 ÷ 50
    let nobody = of(&plan, "infants", 1, 2);
    expect!(nobody, pupils: 0, classes_needed: Some(0), posts_needed: Some(0));
    expect!(nobody, classes_lacking: Some(0), classes_oversized: Some(0));
}

#[test]
fn pupils_are_spread_so_evenly_that_only_some_classes_may_be_beyond_the_limit() {
    let oversized = |classes, limit| {
        let norms = Norms {
            classes: Some(always(classes)),
            class_limit: Some(always(limit)),
            ..Norms::default()
        };
        of(&junior_schools(norms), "infants", 0, 0).classes_oversized
    };
    // 301 = 1 × 51 + 5 × 50 = 7 × 43.
    assert_eq!(oversized(6, 51), Some(0));
    assert_eq!(oversized(6, 50), Some(1));
    assert_eq!(oversized(6, 49), Some(6));
    assert_eq!(oversized(7, 43), Some(0));
    assert_eq!(oversized(7, 42), Some(7));
    assert_eq!(oversized(0, 42), None); // no classes to spread 301 pupils over
    assert_eq!(oversized(6, 0), None); // no limit yet
}

#[test]
fn what_no_norm_is_given_for_is_absent() {
    let none = Needs {
        pupils: 300,
        classes_needed: None,
        classes: None,
        classes_lacking: None,
        classes_oversized: None,
        posts_needed: None,
        posts: None,
        posts_lacking: None,
    };
    assert_eq!(of(&junior_schools(Norms::default()), "junior", 0, 0), none);
    let size = Norms { class_size: Some(always(50)), ..Norms::default() };
    let some = Needs { classes_needed: Some(7), ..none };
    assert_eq!(of(&junior_schools(size), "junior", 0, 0), some);
    // The south has no class size: what the north needs is not what both need.
    let size = but_in(always(50), "south", 0);
    let plan = junior_schools(Norms { class_size: Some(size), ..Norms::default() });
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    let all = needs_of_all(&plan, &outcome, &id("junior"), 0);
    assert_eq!(all, Some(Needs { pupils: 402, ..none }));
}

#[test]
fn norms_are_those_in_force_in_the_autumn_of_the_school_year_after_the_measures() {
    let size = dated(&[("2000-spring", 50), ("2013-spring", 45), ("2014-spring", 1)]);
    let plan = junior_schools(Norms { class_size: Some(size), ..Norms::default() });
    // 2011: 101, 100, 99. 2012: 151, 101, 100 in classes of 50. 2013: 151, 151, 101 in 45.
    let needed = |n| of(&plan, "junior", 0, n).classes_needed.unwrap();
    assert_eq!([needed(0), needed(1), needed(2)], [7, 9, 11]);
    let path = "populations/junior/class-size";
    let smaller = measure("smaller", vec![change(path, Operation::Add, -5, "2012-autumn")]);
    let outcome = evaluate_stack(&plan, &[&smaller]).unwrap();
    let needed = |n| needs(&plan, &outcome, &id("junior"), 0, n).unwrap().classes_needed.unwrap();
    // Classes of 50, 45, 40.
    assert_eq!([needed(0), needed(1), needed(2)], [7, 10, 11]);
}

#[test]
fn what_is_not_in_the_plan_needs_nothing() {
    let plan = junior_schools(all_norms());
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    assert_eq!(needs(&plan, &outcome, &id("nobody"), 0, 0), None);
    assert_eq!(needs(&plan, &outcome, &id("junior"), 2, 0), None);
    assert_eq!(needs(&plan, &outcome, &id("junior"), 0, 3), None);
    assert_eq!(needs_of_all(&plan, &outcome, &id("junior"), 3), None);
}
