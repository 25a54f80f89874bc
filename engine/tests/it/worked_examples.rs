//! Small cases computed by hand under DESIGN's rules: what a reader can check with a pencil.

use shapan_engine::*;
use shapan_testing::*;

fn yearly(plan: &Plan, scenario: &str) -> Vec<Fen> {
    let outcome = evaluate(plan, &id(scenario)).unwrap();
    (0..plan.horizon.years()).map(|y| outcome.total(Cut::ALL.in_year(y))).collect()
}

/// One region, one source, one programme, status quo only.
fn alone(years: u8, driver: Driver) -> PlanParts {
    let mut plan = bare(2012, years, &["north"]);
    plan.sources = vec![source("county")].into();
    plan.programmes = vec![programme("it", driver, split(&[], "county"))].into();
    plan
}

#[test]
fn six_hundred_eighty_two_boarders_cost_426_250_yuan_a_semester() {
    let mut plan = alone(1, heads("boarders", still(125_000)));
    plan.populations = vec![counted("boarders", 2011, &[("north", 682)])].into();
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    assert_eq!(plan.cell("it", "north", "2012-spring").quantity(&outcome), 682);
    assert_eq!(plan.cell("it", "north", "2012-spring").paid(&outcome), Fen(42_625_000));
    assert_eq!(plan.cell("it", "north", "2012-autumn").paid(&outcome), Fen(42_625_000));
}

#[test]
fn a_payment_is_rounded_half_up_once_and_the_residual_takes_what_is_left() {
    // 3 heads × 333 fen ÷ 2 = 499.5 → 500 fen; a third of 500 = 166.67 → 167; the rest is 166.
    let mut plan = alone(1, heads("boarders", still(333)));
    plan.sources = vec![source("central"), source("city"), source("county")].into();
    plan.programmes[0].split = split(&[("central", 333_333), ("city", 333_333)], "county");
    plan.populations = vec![counted("boarders", 2011, &[("north", 3)])].into();
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    let parts = plan.cell("it", "north", "2012-spring").by_source(&outcome);
    assert_eq!(parts, [Fen(167), Fen(167), Fen(166)]);
}

#[test]
fn shares_rounded_up_together_never_pay_more_than_the_payment() {
    // 1 fen at two shares of 50 %: both halves would round up to 1.
    let mut plan = alone(1, heads("boarders", still(2)));
    plan.sources = vec![source("a"), source("b"), source("county")].into();
    plan.programmes[0].split = split(&[("a", 500_000), ("b", 500_000)], "county");
    plan.populations = vec![counted("boarders", 2011, &[("north", 1)])].into();
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    let parts = plan.cell("it", "north", "2012-spring").by_source(&outcome);
    assert_eq!(parts, [Fen(1), Fen(0), Fen(0)]);
}

#[test]
fn spring_pays_last_autumn_s_census_and_autumn_its_own() {
    let mut plan = alone(2, heads("boarders", still(200)));
    plan.populations = vec![counted_in(
        "boarders",
        &[(2011, &[("north", 100)]), (2012, &[("north", 130)])],
        50_000,
    )]
    .into();
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    // 130 × 1.05 = 136.5 → 137 in autumn 2013.
    assert_eq!(outcome.heads(&id("boarders"), 0), [100, 130, 137]);
    let paid = ["2012-spring", "2012-autumn", "2013-spring", "2013-autumn"]
        .map(|semester| plan.cell("it", "north", semester).paid(&outcome).0);
    assert_eq!(paid, [10_000, 13_000, 13_000, 13_700]);
    assert_eq!(outcome.recipients(0, 0), 130);
}

#[test]
fn a_census_older_than_the_plan_grows_a_year_at_a_time_and_is_rounded_each_time() {
    let mut plan = alone(1, heads("boarders", still(200)));
    plan.populations = vec![counted_in("boarders", &[(2009, &[("north", 15)])], 100_000)].into();
    let outcome = evaluate(&Plan::new(plan).unwrap(), &id("status-quo")).unwrap();
    // 15 → 16.5 = 17 (2010) → 18.7 = 19 (2011) → 20.9 = 21 (2012); not 15 × 1.331 = 19.97.
    assert_eq!(outcome.heads(&id("boarders"), 0), [19, 21]);
}

#[test]
fn of_older_censuses_the_last_counts_and_each_autumn_has_the_growth_in_force_in_it() {
    let mut plan = alone(3, heads("boarders", still(200)));
    let mut boarders =
        counted_in("boarders", &[(2008, &[("north", 900)]), (2010, &[("north", 100)])], 0);
    if let Headcount::Counted { growth, .. } = &mut boarders.headcount {
        *growth = dated(&[("2011-autumn", 100_000), ("2013-autumn", 200_000), ("2014-autumn", 0)]);
    }
    plan.populations = vec![boarders].into();
    let outcome = evaluate(&Plan::new(plan).unwrap(), &id("status-quo")).unwrap();
    assert_eq!(outcome.heads(&id("boarders"), 0), [110, 121, 145, 145]);
}

#[test]
fn a_payment_follows_the_split_in_force_when_it_is_paid() {
    // The city's share rises from nothing to a half in autumn 2012, within the fiscal year.
    let city_s_part = |driver: Driver| {
        let mut plan = alone(1, driver);
        plan.sources = vec![source("city"), source("county")].into();
        let share = Share { source: id("city"), share: dated(&[("2012-autumn", 500_000)]) };
        plan.programmes[0].split.shares = vec![share];
        plan.populations = vec![counted("people", 2011, &[("north", 10)])].into();
        let outcome = evaluate(&Plan::new(plan).unwrap(), &id("status-quo")).unwrap();
        let total = outcome.total(Cut::ALL);
        (outcome.total(Cut::ALL.from_source(0)), total)
    };
    let census = Driver::Heads {
        population: id("people"),
        timing: HeadsTiming::Census,
        standard: still(100),
        coverage: None,
        take_up: None,
        school_floor: None,
    };
    let loans = Driver::Loans {
        population: id("people"),
        principal: always(100),
        risk_rate: always(MILLION),
        interest_rate: always(0),
        study_years: 4,
        opening_balance: always(0),
    };
    let posts = Driver::Posts { posts: Posts::Given(always(10)), standard: still(100) };
    let spread = works(10, 100, &[(2012, MILLION)]);
    assert_eq!(city_s_part(heads("people", still(100))), (Fen(250), Fen(1_000)), "autumn's half");
    assert_eq!(city_s_part(census), (Fen(0), Fen(1_000)), "paid in spring");
    assert_eq!(city_s_part(loans), (Fen(500), Fen(1_000)), "lent in autumn");
    for yearly in [posts, spread, Driver::Lump { amount: still(1_000) }] {
        assert_eq!(city_s_part(yearly), (Fen(250), Fen(1_000)), "the mean of the year");
    }
}

#[test]
fn a_project_is_priced_and_sized_as_in_force_in_the_autumn_of_its_first_payment() {
    let mut plan = bare(2012, 3, &["north"]);
    plan.sources = vec![source("county")].into();
    let mut built = works(0, 0, &[(2013, 400_000), (2014, 600_000)]);
    if let Driver::Works { units, standard, .. } = &mut built {
        *units = dated(&[("2013-autumn", 3), ("2014-spring", 9)]);
        standard.value = dated(&[("2012-spring", 7), ("2013-autumn", 101), ("2014-spring", 999)]);
    }
    plan.programmes = vec![programme("it", built, split(&[], "county"))].into();
    let plan = Plan::new(plan).unwrap();
    // 3 × 101 = 303: 121.2 → 121, and the rest.
    assert_eq!(yearly(&plan, "status-quo"), [Fen(0), Fen(121), Fen(182)]);
}

#[test]
fn only_the_recognised_part_of_posts_and_projects_is_shared() {
    let by_source = |driver: Driver| {
        let mut plan = alone(1, driver);
        plan.sources = vec![source("city"), source("county")].into();
        plan.programmes[0].split = split(&[("city", 500_000)], "county");
        plan.programmes[0].split.base_standard = Some(always(60));
        let outcome = evaluate(&Plan::new(plan).unwrap(), &id("status-quo")).unwrap();
        [0, 1].map(|s| outcome.total(Cut::ALL.from_source(s)))
    };
    let posts = Driver::Posts { posts: Posts::Given(always(10)), standard: still(100) };
    assert_eq!(by_source(posts), [Fen(300), Fen(700)]);
    assert_eq!(by_source(works(10, 100, &[(2012, MILLION)])), [Fen(300), Fen(700)]);
    let below = Driver::Posts { posts: Posts::Given(always(10)), standard: still(50) };
    assert_eq!(by_source(below), [Fen(250), Fen(250)], "below the base all of it is");
}

#[test]
fn a_share_of_a_share_is_rounded_to_people_at_each_step() {
    let mut plan = alone(1, heads("poor", still(200)));
    plan.populations = vec![
        part_of("poor", "boarders", 100_000),
        part_of("boarders", "pupils", 30_000),
        counted("pupils", 2011, &[("north", 1_517)]),
    ]
    .into();
    let outcome = evaluate(&Plan::new(plan).unwrap(), &id("status-quo")).unwrap();
    // 1,517 × 3 % = 45.51 → 46; 46 × 10 % = 4.6 → 5.
    assert_eq!(outcome.heads(&id("boarders"), 0), [46, 46]);
    assert_eq!(outcome.heads(&id("poor"), 0), [5, 5]);
}

#[test]
fn coverage_and_take_up_are_rounded_to_people_once() {
    let mut plan = alone(1, heads("pupils", still(200)));
    plan.populations = vec![counted("pupils", 2011, &[("north", 11)])].into();
    if let Driver::Heads { coverage, take_up, .. } = &mut plan.programmes[0].driver {
        (*coverage, *take_up) = (Some(always(500_000)), Some(always(500_000)));
    }
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    // 11 × 50 % × 50 % = 2.75 → 3 (in two steps it would be 6 × 50 % = 3 as well; 9 tells them apart).
    assert_eq!(plan.cell("it", "north", "2012-spring").quantity(&outcome), 3);
    let mut plan = alone(1, heads("pupils", still(200)));
    plan.populations = vec![counted("pupils", 2011, &[("north", 9)])].into();
    if let Driver::Heads { coverage, take_up, .. } = &mut plan.programmes[0].driver {
        (*coverage, *take_up) = (Some(always(500_000)), Some(always(500_000)));
    }
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    // 9 × 25 % = 2.25 → 2; in two steps 5 × 50 % = 2.5 → 3.
    assert_eq!(plan.cell("it", "north", "2012-spring").quantity(&outcome), 2);
}

#[test]
fn posts_are_pupils_divided_and_rounded_up() {
    let posts = Posts::PerPupils { population: id("pupils"), pupils_per_post: always(19_500_000) };
    let mut plan = alone(1, Driver::Posts { posts, standard: still(5_500_000) });
    plan.populations = vec![counted("pupils", 2011, &[("north", 196)])].into();
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    // 196 ÷ 19.5 = 10.05 → 11 posts × 55,000 yuan.
    assert_eq!(plan.cell("it", "north", "2012").quantity(&outcome), 11);
    assert_eq!(yearly(&plan, "status-quo"), [Fen(60_500_000)]);
}

#[test]
fn posts_that_come_in_autumn_are_paid_for_half_the_year_and_counted_in_full() {
    let posts =
        Posts::Given(dated(&[("2011-autumn", 10), ("2012-autumn", 13), ("2013-autumn", 4)]));
    let plan = Plan::new(alone(2, Driver::Posts { posts, standard: still(101) })).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    // (10 + 13) × 101 ÷ 2 = 1,161.5 → 1,162; (13 + 4) × 101 ÷ 2 = 858.5 → 859.
    assert_eq!(yearly(&plan, "status-quo"), [Fen(1_162), Fen(859)]);
    let posts = ["2012", "2013"].map(|year| plan.cell("it", "north", year).quantity(&outcome));
    assert_eq!(posts, [13, 13], "the larger semester's");
}

#[test]
fn a_change_holds_in_its_regions_with_each_its_value_and_as_long_as_it_lasts() {
    let mut plan = bare(2012, 3, &["north", "south", "west"]);
    plan.sources = vec![source("county")].into();
    let driver = Driver::Lump { amount: still(1_000) };
    plan.programmes = vec![programme("it", driver, split(&[], "county"))].into();
    let plan = Plan::new(plan).unwrap();
    let lump = |operation| change("programmes/it/amount", operation, 0, "2013-spring");
    let by_region = |m: Change| {
        let outcome = evaluate_stack(&plan, &[&measure("m", vec![m])]).unwrap();
        let of = |r| [0, 1, 2].map(|y| outcome.total(Cut::ALL.in_region(r).in_year(y)).0);
        [0, 1, 2].map(of)
    };

    let mut in_some = lump(Operation::Add);
    in_some.value = ChangeValue::One(7);
    in_some.regions = Some(vec![id("west"), id("north")]);
    in_some.until = Some(at("2013-autumn"));
    let (moved, still) = ([1_000, 1_007, 1_000], [1_000; 3]);
    assert_eq!(by_region(in_some), [moved, still, moved]);

    let mut each = lump(Operation::Set);
    each.value = ChangeValue::ByRegion([(id("north"), 5), (id("south"), 6)].into());
    assert_eq!(by_region(each.clone()), [[1_000, 5, 5], [1_000, 6, 6], still]);
    each.regions = Some(vec![id("south"), id("west")]);
    assert_eq!(by_region(each), [still, [1_000, 6, 6], still], "both conditions hold");

    let mut halved = lump(Operation::Scale);
    halved.value = ChangeValue::One(MILLION / 2);
    halved.until = Some(at("2013-spring"));
    assert_eq!(by_region(halved)[1], [1_000, 750, 1_000], "half of one semester");
}

#[test]
fn a_standard_is_indexed_every_year_from_the_first_and_rounded_each_time() {
    let posts = Posts::Given(always(10));
    let plan =
        Plan::new(alone(4, Driver::Posts { posts, standard: growing(100_001, 60_000) })).unwrap();
    // 1,000.01 → 1,060.0106 = 1,060.01 → 1,123.6106 = 1,123.61 → 1,191.0266 = 1,191.03 yuan.
    let expected = [1_000_010, 1_060_010, 1_123_610, 1_191_030].map(Fen);
    assert_eq!(yearly(&plan, "status-quo"), expected);
}

#[test]
fn a_lump_sum_in_force_from_autumn_is_half_in_its_first_year() {
    let amount = Indexed { value: dated(&[("2012-autumn", 1_001)]), indexation: None };
    let plan = Plan::new(alone(2, Driver::Lump { amount })).unwrap();
    assert_eq!(yearly(&plan, "status-quo"), [Fen(501), Fen(1_001)], "500.5 rounds up");
}

#[test]
fn a_revenue_programme_takes_its_share_of_the_year_s_revenue() {
    let mut plan = alone(2, Driver::Revenue { source: id("county"), share: always(250_000) });
    plan.sources[0].revenue = Some(growing(39_430_001, 50_000));
    let plan = Plan::new(plan).unwrap();
    // 394,300.01 yuan × 25 % = 98,575.0025; a year on 414,015.01 (of 414,015.0105) × 25 % = 103,503.7525.
    assert_eq!(yearly(&plan, "status-quo"), [Fen(9_857_500), Fen(10_350_375)]);
}

#[test]
fn loans_cost_risk_compensation_and_interest_but_never_the_lending() {
    let driver = Driver::Loans {
        population: id("borrowers"),
        principal: always(577_400),
        risk_rate: always(150_000),
        interest_rate: always(65_500),
        study_years: 2,
        opening_balance: always(1_000_000),
    };
    let mut plan = alone(3, driver);
    plan.populations = vec![counted_in(
        "borrowers",
        &[
            (2011, &[("north", 90)]),
            (2012, &[("north", 100)]),
            (2013, &[("north", 120)]),
            (2014, &[("north", 130)]),
        ],
        0,
    )]
    .into();
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    let new_borrowers =
        ["2012", "2013", "2014"].map(|year| plan.cell("it", "north", year).quantity(&outcome));
    assert_eq!(new_borrowers, [100, 120, 130]);
    assert_eq!(
        yearly(&plan, "status-quo"),
        [
            // Lent 57,740,000: risk 8,661,000; 4/12 of 6.55 % = 1,260,656.67; opening 65,500.
            Fen(9_987_157),
            // Lent 69,288,000: risk 10,393,200; 1,512,788; on 57,740,000 in full 3,781,970.
            Fen(15_687_958),
            // Lent 75,062,000: risk 11,259,300; 1,638,853.67; on 69,288,000 in full 4,538,364.
            // The loans of 2012 are past the two study years.
            Fen(17_436_518),
        ]
    );
}

#[test]
fn a_raise_above_the_base_names_its_base_and_shares_if_the_base_follows() {
    let mut plan = alone(2, heads("boarders", still(125_000)));
    plan.sources = vec![source("central"), source("county")].into();
    plan.programmes[0].split = split(&[("central", 500_000)], "county");
    plan.programmes[0].split.base_standard = Some(always(125_000));
    plan.populations = vec![counted("boarders", 2011, &[("north", 1_000)])].into();
    let raise = measure(
        "raise",
        vec![change("programmes/it/standard", Operation::Add, 25_000, "2012-autumn")],
    );
    let plan = Plan::new(plan).unwrap();

    let above = above_base(&plan, &[], &raise).unwrap();
    assert_eq!(
        above,
        [AboveBase {
            programme: id("it"),
            semester: at("2012-autumn"),
            standard: 150_000,
            base_standard: 125_000,
        }]
    );
    let following = with_base_following(&plan, &raise);
    assert_eq!(above_base(&plan, &[], &following).unwrap(), []);

    let by_source = |measures: &[&Measure]| {
        let outcome = evaluate_stack(&plan, measures).unwrap();
        [0, 1].map(|s| outcome.total(Cut::ALL.in_year(0).from_source(s)))
    };
    assert_eq!(by_source(&[]), [Fen(62_500_000), Fen(62_500_000)]);
    assert_eq!(by_source(&[&raise]), [Fen(62_500_000), Fen(75_000_000)]);
    assert_eq!(by_source(&[&following]), [Fen(68_750_000), Fen(68_750_000)]);
}

#[test]
fn a_parameter_s_range_is_over_the_regions_in_the_semester_asked_for() {
    let plan = small_plan();
    let from = |semester| change("programmes/schools/units", Operation::Add, 0, semester);
    let adopted = plan.enabled_measures(&id("adopted")).unwrap();
    assert_eq!(value_range(&plan, &[], &from("2012-spring")), Ok((0, 0)));
    assert_eq!(value_range(&plan, &adopted, &from("2012-spring")), Ok((1, 2)));
    assert_eq!(value_range(&plan, &adopted, &from("2011-autumn")), Ok((0, 0)));
    let in_one = Change { regions: Some(vec![id("south")]), ..from("2012-spring") };
    let (least, most) = value_range(&plan, &adopted, &in_one).unwrap();
    assert_eq!(least, most, "one region has one value");
}

#[test]
fn people_are_reached_where_they_come_go_or_get_another_amount() {
    let mut plan = alone(2, heads("aided", still(100_000)));
    plan.populations =
        vec![counted("pupils", 2011, &[("north", 1_000)]), part_of("aided", "pupils", 100_000)]
            .into();
    let plan = Plan::new(plan).unwrap();
    let base = evaluate(&plan, &id("status-quo")).unwrap();
    let reached = |path: &str, operation, value| {
        let measure = measure("m", vec![change(path, operation, value, "2012-autumn")]);
        let scenario = evaluate_stack(&plan, &[&measure]).unwrap();
        Difference { scenario: &scenario, base: &base }.reached(0, 0)
    };
    assert_eq!(reached("programmes/it/standard", Operation::Add, 1_000), 100, "everybody");
    assert_eq!(reached("programmes/it/standard", Operation::Add, 0), 0, "nobody");
    assert_eq!(reached("populations/aided/share", Operation::Set, 150_000), 50, "who came");
    assert_eq!(reached("populations/aided/share", Operation::Set, 70_000), 30, "who went");
    assert_eq!(reached("populations/aided/share", Operation::Set, 0), 100, "all of whom went");
    assert_eq!(reached("programmes/it/standard", Operation::Set, 0), 100, "who lose it all");
}

#[test]
fn the_money_of_one_region_closes_no_gap_of_another() {
    let mut plan = bare(2012, 1, &["north", "south"]);
    let mut each = still(0);
    each.value.by_region = [(id("north"), 100), (id("south"), 1_000)]
        .into_iter()
        .map(|(r, money)| (r, dated(&[("2011-autumn", money)]).steps))
        .collect();
    let mut county = source("county");
    county.available = Some(Available { scope: Scope::PerRegion, amount: each });
    plan.sources = vec![county].into();
    plan.programmes =
        vec![programme("it", Driver::Lump { amount: still(400) }, split(&[], "county"))].into();
    let outcome = evaluate(&Plan::new(plan.clone()).unwrap(), &id("status-quo")).unwrap();
    assert_eq!(outcome.gap(0, 0), Some(Fen(300)));
    assert_eq!(outcome.available(0, Some(1), 0), Some(Fen(1_000)));
    assert_eq!(outcome.available(0, None, 0), Some(Fen(1_100)));

    let city_wide = Available { scope: Scope::CityWide, amount: still(700) };
    plan.sources[0].available = Some(city_wide);
    let outcome = evaluate(&Plan::new(plan).unwrap(), &id("status-quo")).unwrap();
    assert_eq!(outcome.gap(0, 0), Some(Fen(100)));
    assert_eq!(outcome.available(0, Some(1), 0), None, "they share it");
}

#[test]
fn what_cannot_be_evaluated_is_a_typed_error_that_names_the_place() {
    let plan = small_plan();
    let with = |path: &str, operation, value| {
        let measure = measure("m", vec![change(path, operation, value, "2012-autumn")]);
        evaluate_stack(&plan, &[&measure]).map(|_| ())
    };
    assert_eq!(
        with("programmes/boarding/standard", Operation::Add, -125_001),
        Err(EvaluateError::OutOfBounds {
            path: id("programmes/boarding/standard"),
            semester: at("2012-autumn"),
            value: -1,
        })
    );
    assert_eq!(
        evaluate(&plan, &id("nowhere")).map(|_| ()),
        Err(EvaluateError::UnknownScenario(id("nowhere")))
    );
    let most = *Unit::Fen.bounds().end();
    assert_eq!(
        with("programmes/teachers/standard", Operation::Set, most),
        Err(EvaluateError::OutOfBounds {
            path: id("programmes/teachers/standard"),
            semester: at("2013-spring"),
            value: 10_600_000_000_000_000,
        }),
        "indexation carries it past the bound"
    );
    let mut huge = alone(1, works(1_000_000_000, most, &[(2012, MILLION)]));
    huge.programmes[0].id = id("tower");
    let huge = Plan::new(huge).unwrap();
    assert_eq!(
        evaluate(&huge, &id("status-quo")).map(|_| ()),
        Err(EvaluateError::Overflow { place: "tower".to_owned() })
    );

    let mut shared = one_of_everything();
    shared.programmes[0].split = split(&[("city", 600_000), ("surcharge", 400_000)], "county");
    let shared = Plan::new(shared).unwrap();
    let more = measure(
        "m",
        vec![change("programmes/boarding/split/city", Operation::Set, 600_001, "2012-autumn")],
    );
    assert_eq!(
        evaluate_stack(&shared, &[&more]).map(|_| ()),
        Err(EvaluateError::SharesExceedWhole { path: id("programmes/boarding/split/surcharge") })
    );
}

#[test]
fn an_attribution_drops_the_base_s_measures_last_first_and_then_adds_the_scenario_s() {
    let mut plan = one_of_everything();
    let more = |name, amount| {
        let change = change("programmes/other/amount", Operation::Add, amount, "2012-spring");
        measure(name, vec![change])
    };
    plan.scenarios.push(scenario("left", Some("adopted"), vec![more("a", 1), more("b", 20)]));
    plan.scenarios.push(scenario("right", Some("adopted"), vec![more("c", 300), more("d", 4_000)]));
    let plan = Plan::new(plan).unwrap();
    let found = attribute(&plan, &id("right"), &id("left")).unwrap();
    let steps = found.contributions().iter().enumerate().map(|(place, c)| {
        let fen = found.total(place, Cut::ALL.in_year(0)).0;
        (c.scenario.to_string(), c.measure.id.to_string(), c.is_dropped, fen)
    });
    let expected = [
        // In each of two regions.
        ("left", "b", true, -40),
        ("left", "a", true, -2),
        ("right", "c", false, 600),
        ("right", "d", false, 8_000),
    ];
    let expected = expected.map(|(s, m, dropped, fen)| (s.to_owned(), m.to_owned(), dropped, fen));
    assert_eq!(steps.collect::<Vec<_>>(), expected);
}

#[test]
fn an_attribution_with_an_unknown_base_names_the_base() {
    let plan = small_plan();
    assert_eq!(
        attribute(&plan, &id("adopted"), &id("nowhere")).map(|_| ()),
        Err(EvaluateError::UnknownScenario(id("nowhere")))
    );
}

#[test]
fn money_of_very_many_regions_is_an_overflow_and_never_a_panic() {
    // A thousand regions with all the money a parameter may hold exceed 64 bits together.
    let regions: Vec<String> = (0..1_000).map(|n| format!("r-{n}")).collect();
    let regions: Vec<&str> = regions.iter().map(String::as_str).collect();
    let mut plan = bare(2012, 1, &regions);
    let mut county = source("county");
    county.available =
        Some(Available { scope: Scope::PerRegion, amount: still(*Unit::Fen.bounds().end()) });
    plan.sources = vec![county].into();
    let found = evaluate(&Plan::new(plan).unwrap(), &id("status-quo")).map(|_| ());
    assert_eq!(found, Err(EvaluateError::Overflow { place: "county".to_owned() }));
}

#[test]
fn spending_that_cannot_be_added_up_is_an_overflow_and_never_a_panic() {
    // Each payment fits in 64 bits, a thousand of them do not.
    let regions: Vec<String> = (0..1_000).map(|n| format!("r-{n}")).collect();
    let regions: Vec<&str> = regions.iter().map(String::as_str).collect();
    let mut plan = bare(2012, 1, &regions);
    plan.sources = vec![source("county")].into();
    let driver = Driver::Lump { amount: still(*Unit::Fen.bounds().end()) };
    plan.programmes = vec![programme("it", driver, split(&[], "county"))].into();
    let found = evaluate(&Plan::new(plan).unwrap(), &id("status-quo")).map(|_| ());
    assert_eq!(found, Err(EvaluateError::Overflow { place: "it".to_owned() }));
}

#[test]
fn heads_that_grow_beyond_counting_are_an_overflow_and_never_a_panic() {
    // Paid nothing each, they overflow no amount, but nobody could add them up.
    let mut plan = bare(2012, 30, &["north", "south"]);
    plan.sources = vec![source("county")].into();
    plan.populations = vec![counted_in(
        "pupils",
        &[(2011, &[("north", 9_000_000), ("south", 9_000_000)])],
        1_490_000,
    )]
    .into();
    plan.programmes = vec![programme("it", heads("pupils", still(0)), split(&[], "county"))].into();
    let found = evaluate(&Plan::new(plan).unwrap(), &id("status-quo")).map(|_| ());
    assert_eq!(found, Err(EvaluateError::Overflow { place: "pupils".to_owned() }));
}
