//! Rates estimated from past censuses, worked by hand.

use EstimateMethod::{Last, Mean, Weighted};
use EstimateWarning::{EmptyGrade, MissingCensus, TooFewCensuses};
use shapan_engine::*;
use shapan_testing::*;

fn junior_schools(censuses: &[CountedGrades<'_>]) -> Plan {
    let mut plan = bare(2012, 1, &["north", "south"]);
    plan.regions[1].system = SchoolSystem::FiveFour;
    plan.populations = vec![
        by_grade("junior", Stage::Junior, censuses, Entry::Given(always(0))),
        counted("teachers", 2011, &[]),
    ]
    .into();
    Plan::new(plan).unwrap()
}

const THREE_YEARS: [CountedGrades<'_>; 3] = [
    (2009, &[("north", &[100, 90, 80]), ("south", &[50, 50, 50, 50])]),
    (2010, &[("north", &[400, 99, 81]), ("south", &[60, 49, 48, 47])]),
    (2011, &[("north", &[120, 380, 97]), ("south", &[70, 57, 49, 46])]),
];

/// From each grade to the next in a region.
fn rates(plan: &Plan, region: Option<usize>, method: EstimateMethod) -> Vec<Option<i64>> {
    let found = estimate_progression(plan, &id("junior"), region, method).unwrap();
    found.iter().map(|estimate| estimate.rate).collect()
}

#[test]
fn the_three_methods_differ_as_a_pencil_says() {
    let plan = junior_schools(&THREE_YEARS);
    // Grade 1 → 2 in the north: 99 ÷ 100 = 0.99 and 380 ÷ 400 = 0.95; together 479 ÷ 500.
    // Grade 2 → 3: 81 ÷ 90 = 0.9 and 97 ÷ 99 = 0.979798; 178 ÷ 189 = 0.9417989….
    assert_eq!(rates(&plan, Some(0), Mean), [Some(970_000), Some(939_899)]);
    assert_eq!(rates(&plan, Some(0), Last), [Some(950_000), Some(979_798)]);
    assert_eq!(rates(&plan, Some(0), Weighted), [Some(958_000), Some(941_799)]);
}

#[test]
fn all_regions_are_added_up_first_and_each_grade_over_those_that_have_the_next() {
    let plan = junior_schools(&THREE_YEARS);
    // Grade 1: 148 ÷ 150 and 437 ÷ 460; together 585 ÷ 610. Grade 3 goes on in the south only:
    // 47 ÷ 50 and 46 ÷ 48; together 93 ÷ 98.
    let found = rates(&plan, None, Weighted);
    assert_eq!(found.len(), 3);
    assert_eq!(found[0], Some(959_016));
    assert_eq!(found[2], Some(948_980));
    assert_eq!(rates(&plan, None, Last)[2], Some(958_333));
    assert_eq!(rates(&plan, None, Mean)[0], Some(968_333)); // (0.986666… + 0.95) ÷ 2
}

#[test]
fn the_years_used_are_the_earlier_of_each_pair() {
    let plan = junior_schools(&THREE_YEARS);
    let of = |method| estimate_progression(&plan, &id("junior"), None, method).unwrap().remove(0);
    assert_eq!(of(Mean).years, [year(2009), year(2010)]);
    assert_eq!(of(Last).years, [year(2010)]);
    assert_eq!(of(Weighted).warnings, []);
}

#[test]
fn a_mean_is_rounded_once() {
    let plan = junior_schools(&[
        (2008, &[("north", &[3])]),
        (2009, &[("north", &[6, 1])]),
        (2010, &[("north", &[8, 1])]),
        (2011, &[("north", &[8, 5])]),
    ]);
    // 1/3 + 1/6 + 5/8 = 9/8, a third of it 0.375.
    assert_eq!(rates(&plan, Some(0), Mean)[0], Some(375_000));
    // 1/64 = 0.015625 and 1/128 = 0.0078125 (0.007813 if it were rounded first) make a mean of
    // 0.01171875.
    let plan = junior_schools(&[
        (2009, &[("north", &[64])]),
        (2010, &[("north", &[128, 1])]),
        (2011, &[("north", &[0, 1])]),
    ]);
    assert_eq!(rates(&plan, Some(0), Mean)[0], Some(11_719));
    // Half a millionth goes up.
    let plan = junior_schools(&[(2010, &[("north", &[2_000_000])]), (2011, &[("north", &[0, 1])])]);
    assert_eq!(rates(&plan, Some(0), Mean)[0], Some(1));
}

#[test]
fn a_gap_in_the_history_is_said_and_left_out() {
    let plan = junior_schools(&[
        (2005, &[("north", &[999])]),
        (2007, &[("north", &[100])]),
        (2008, &[("north", &[100, 90])]),
        (2010, &[("north", &[100, 10])]),
        (2011, &[("north", &[100, 80])]),
    ]);
    let found = estimate_progression(&plan, &id("junior"), Some(0), Mean).unwrap().remove(0);
    expect!(found, rate: Some(850_000), years: vec![year(2007), year(2010)]);
    let missing = |n| MissingCensus { population: id("junior"), year: year(n) };
    assert_eq!(found.warnings, [missing(2006), missing(2009)]);
}

#[test]
fn an_empty_grade_has_no_ratio_and_the_last_that_has_one_counts() {
    let plan = junior_schools(&[
        (2009, &[("north", &[100])]),
        (2010, &[("north", &[0, 95])]),
        (2011, &[("north", &[100, 5])]), // five who came from elsewhere
    ]);
    let of =
        |method| estimate_progression(&plan, &id("junior"), Some(0), method).unwrap().remove(0);
    for method in [Mean, Last, Weighted] {
        let empty = EmptyGrade { year: year(2010) };
        let expected =
            Estimate { rate: Some(950_000), years: vec![year(2009)], warnings: vec![empty] };
        assert_eq!(of(method), expected, "{method:?}");
    }
    // Nobody was ever in the second grade of the south: nothing to estimate from.
    let south = estimate_progression(&plan, &id("junior"), Some(1), Mean).unwrap().remove(1);
    expect!(south, rate: None, years: []);
    assert_eq!(south.warnings.len(), 2);
}

#[test]
fn without_two_consecutive_censuses_there_is_no_estimate() {
    let plan = junior_schools(&[(2011, &[("north", &[100, 90, 80])])]);
    let none = Estimate { rate: None, years: vec![], warnings: vec![TooFewCensuses] };
    let found = estimate_progression(&plan, &id("junior"), Some(0), Last).unwrap();
    assert_eq!(found, [none.clone(), none]);
}

#[test]
fn what_is_no_cohort_or_no_region_has_no_estimate() {
    let plan = junior_schools(&THREE_YEARS);
    for population in ["teachers", "nobody"] {
        assert_eq!(estimate_progression(&plan, &id(population), None, Mean), None);
        assert_eq!(estimate_transfer(&plan, &id(population), &id("junior"), None, Mean), None);
    }
    assert_eq!(estimate_progression(&plan, &id("junior"), Some(2), Mean), None);
}

#[test]
fn transfer_is_from_the_last_grade_of_one_cohort_to_the_first_of_another_a_year_later() {
    let mut plan = junior_schools(&THREE_YEARS).into_parts();
    let censuses: [CountedGrades<'_>; 4] = [
        (2007, &[("north", &[0, 0, 0, 0, 0, 1])]), // long before any junior census
        (2008, &[("north", &[0, 0, 0, 0, 7, 105]), ("south", &[0, 0, 0, 0, 52])]),
        (2010, &[("north", &[0, 0, 0, 0, 7, 125]), ("south", &[0, 0, 0, 0, 70])]),
        (2011, &[("north", &[1, 1, 1, 1, 1, 1])]), // who leave after the last junior census
    ];
    plan.populations.push(by_grade("primary", Stage::Primary, &censuses, Entry::Given(always(0))));
    let plan = Plan::new(plan).unwrap();
    let of = |region, method| {
        estimate_transfer(&plan, &id("primary"), &id("junior"), region, method).unwrap()
    };
    // North: 100 of 105 and 120 of 125; south: 50 of 52 and 70 of 70, out of the fifth grade.
    assert_eq!(of(Some(0), Weighted).rate, Some(956_522)); // 220 ÷ 230
    assert_eq!(of(Some(0), Mean).rate, Some(956_190)); // (0.952381 + 0.96) ÷ 2
    assert_eq!(of(Some(1), Last).rate, Some(1_000_000));
    let all = of(None, Weighted); // 340 ÷ 352
    assert_eq!(all.rate, Some(965_909));
    assert_eq!(all.years, [year(2008), year(2010)]);
    let missing = MissingCensus { population: id("primary"), year: year(2009) };
    assert_eq!(all.warnings, [missing]);
}
