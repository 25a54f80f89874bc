//! Indicators worked by hand: every kind of term, targets, what is left and what it would take.

use people_and_goals::{indicator, task};
use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::cases;
use shapan_testing::*;

/// Two regions over three years, pupils who change, works completed in two steps.
fn plan(indicators: Vec<Indicator>) -> PlanParts {
    let mut plan = bare(2012, 3, &["north", "south"]);
    plan.sources = vec![source("county"), source("city")].into();
    plan.populations = vec![counted_in(
        "pupils",
        &[
            (2011, &[("north", 90), ("south", 10)]),
            (2012, &[("north", 80), ("south", 20)]),
            (2013, &[("north", 81), ("south", 24)]),
        ],
        0,
    )]
    .into();
    let built = Driver::Works {
        units: but_in(always(3), "north", 5),
        unit: words("所", "school"),
        standard: still(1_000),
        payment: shares_by_year(&[(2012, 300_000), (2013, 700_000)]),
        completion: shares_by_year(&[(2012, 400_000), (2014, 600_000)]),
    };
    plan.programmes = vec![
        programme("schools", built, split(&[("city", 333_333)], "county")),
        programme("aid", heads("pupils", still(3)), split(&[], "county")),
    ]
    .into();
    plan.indicators = indicators.into();
    plan
}

fn completed(share: Option<i64>, per_unit: Option<i64>) -> Term {
    let (share, per_unit) = (share.map(always), per_unit.map(always));
    Term::Completed { programme: id("schools"), share, per_unit }
}

fn to_reach(mut indicator: Indicator, sense: Sense, value: i64) -> Indicator {
    indicator.target = Some(Target { sense, value: always(value) });
    indicator
}

fn given(value: i64) -> Term {
    Term::Given(always(value))
}

fn read_in(plan: &Plan, scenario: &str, region: Option<usize>, year: usize) -> Option<Reading> {
    let outcome = evaluate(plan, &id(scenario)).unwrap();
    read_indicator(plan, &outcome, 0, region, year).unwrap()
}

fn read(parts: PlanParts, region: Option<usize>, year: usize) -> Reading {
    read_in(&Plan::new(parts).unwrap(), "status-quo", region, year).unwrap()
}

/// Values of the city, north and south in each year.
fn values(indicator: &Indicator) -> [[Option<i64>; 3]; 3] {
    let plan = Plan::new(plan(vec![indicator.clone()])).unwrap();
    [0, 1, 2].map(|year| {
        [None, Some(0), Some(1)]
            .map(|region| read_in(&plan, "status-quo", region, year).unwrap().value)
    })
}

#[test]
fn heads_are_those_of_the_autumn_of_the_year() {
    let found = values(&indicator("it", vec![Term::Heads(id("pupils"))], Vec::new()));
    let heads = [[100, 80, 20], [105, 81, 24], [105, 81, 24]];
    assert_eq!(found, heads.map(|row| row.map(Some)));
}

#[test]
fn units_completed_add_up_over_the_years() {
    // 40 % of 5 and of 3 in 2012 (2 and 1.2), all by 2014; nothing in 2013.
    let found = values(&indicator("it", vec![completed(None, None)], Vec::new()));
    assert_eq!(found, [[3, 2, 1], [3, 2, 1], [8, 5, 3]].map(|row| row.map(Some)));
}

#[test]
fn a_share_of_what_is_completed_is_rounded_to_whole_units_in_each_region() {
    // Half of 2 and of 1 are 1 and 0.5, which is 1; half of 5 and of 3 are 3 and 2. Seven each.
    let found = values(&indicator("it", vec![completed(Some(500_000), Some(7))], Vec::new()));
    assert_eq!(found, [[14, 7, 7], [14, 7, 7], [35, 21, 14]].map(|row| row.map(Some)));
    let found = values(&indicator("it", vec![completed(Some(0), None)], Vec::new()));
    assert_eq!(found, [[Some(0); 3]; 3]);
}

#[test]
fn what_is_paid_adds_up_over_the_years_and_all_payers() {
    let found = values(&indicator("it", vec![Term::Paid(id("schools"))], Vec::new()));
    // 5,000 and 3,000: three tenths, then the rest.
    let paid = [[2_400, 1_500, 900], [8_000, 5_000, 3_000], [8_000, 5_000, 3_000]];
    assert_eq!(found, paid.map(|row| row.map(Some)));
    let both = vec![Term::Paid(id("schools")), Term::Paid(id("aid"))];
    let ratio = indicator("it", vec![Term::Paid(id("schools"))], both);
    assert_eq!(ratio.unit(), Unit::Rate);
    // 90 pupils × 3 ÷ 2 in spring, 80 in autumn: 135 + 120 and 15 + 30 make 300.
    assert_eq!(values(&ratio)[0][0], Some((2_400 * MILLION + 1_350) / 2_700));
}

#[test]
fn numbers_of_the_city_count_once_and_numbers_of_regions_in_each() {
    let terms = || vec![given(100), completed(None, None)];
    let mut it = indicator("it", terms(), vec![given(10), Term::Heads(id("pupils"))]);
    let regions = Plan::new(plan(vec![it.clone()])).unwrap();
    let reading = |plan: &Plan, region| read_in(plan, "status-quo", region, 0);
    let sides = |reading: Option<Reading>| reading.map(|r| (r.numerator, r.denominator));
    assert_eq!(sides(reading(&regions, None)), Some((203, Some(120))));
    assert_eq!(sides(reading(&regions, Some(1))), Some((101, Some(30))));
    // 101 ÷ 30 = 3.366…, rounded half-up.
    assert_eq!(reading(&regions, Some(1)).unwrap().value, Some(3_366_667));
    it.scope = Scope::CityWide;
    let city = Plan::new(plan(vec![it])).unwrap();
    assert_eq!(sides(reading(&city, None)), Some((103, Some(110))));
    assert_eq!(reading(&city, Some(1)), None, "no region has it");
}

#[test]
fn a_target_begins_with_its_first_date_and_changes_with_its_steps() {
    let mut it = indicator("it", vec![given(7)], Vec::new());
    let value = dated(&[("2013-spring", 9), ("2014-autumn", 7)]);
    it.target = Some(Target { sense: Sense::AtLeast, value });
    it.scope = Scope::CityWide;
    let mut parts = plan(vec![it]);
    let goals = |parts: &PlanParts, scenario| {
        let plan = Plan::new(parts.clone()).unwrap();
        [0, 1, 2].map(|year| {
            let target = read_in(&plan, scenario, None, year).unwrap().target;
            target.map(|t| (t.value, t.is_met, t.left))
        })
    };
    assert_eq!(goals(&parts, "status-quo"), [None, Some((9, false, 2)), Some((7, true, 0))]);
    // A measure may set one earlier.
    let earlier = change("indicators/it/target-count", Operation::Set, 8, "2012-autumn");
    parts.scenarios.push(scenario("s", Some("status-quo"), vec![measure("m", vec![earlier])]));
    assert_eq!(goals(&parts, "s")[0], Some((8, false, 1)));
}

#[test]
fn whether_a_ratio_reaches_its_target_is_decided_before_it_is_rounded() {
    // 1,999,999 of 3 million are 0.66666633…, shown as 0.666666; 2 of 3 are shown as 0.666667.
    let of = |numerator, denominator, sense, target| {
        let it = indicator("it", vec![given(numerator)], vec![given(denominator)]);
        let mut it = to_reach(it, sense, target);
        it.scope = Scope::CityWide;
        let reading = read(plan(vec![it]), None, 0);
        let goal = reading.target.unwrap();
        (reading.value.unwrap(), goal.is_met, goal.left)
    };
    assert_eq!(of(2, 3, Sense::AtLeast, 666_667), (666_667, false, 1));
    assert_eq!(of(2, 3, Sense::AtLeast, 666_666), (666_667, true, 0));
    assert_eq!(of(2, 3, Sense::AtMost, 666_667), (666_667, true, 0));
    assert_eq!(of(1, 3, Sense::AtMost, 333_333), (333_333, false, 1));
    assert_eq!(of(740, 1_051, Sense::AtLeast, 750_000), (704_091, false, 49));
    assert_eq!(of(90, 100, Sense::AtMost, 850_000), (900_000, false, 5));
}

#[test]
fn what_is_too_much_is_left_over_and_nothing_built_would_help() {
    let it = indicator("it", vec![given(10), completed(None, None)], Vec::new());
    let mut it = to_reach(it, Sense::AtMost, 12);
    it.scope = Scope::CityWide;
    let goal = read(plan(vec![it]), None, 0).target.unwrap();
    expect!(goal, is_met: false, left: 1, ways: Vec::new());
}

#[test]
fn what_is_compared_with_nothing_has_no_value_and_reaches_no_target() {
    for (numerator, sense) in [(0, Sense::AtLeast), (5, Sense::AtLeast), (0, Sense::AtMost)] {
        let mut it =
            to_reach(indicator("it", vec![given(numerator)], vec![given(0)]), sense, 500_000);
        it.scope = Scope::CityWide;
        let mut parts = plan(vec![it]);
        let mut due = task("due", None);
        due.indicators = vec![id("it")];
        parts.tasks = vec![due].into();
        let reading = read(parts.clone(), None, 0);
        expect!(reading, value: None, denominator: Some(0));
        let goal = reading.target.unwrap();
        assert!(!goal.is_met && goal.ways.is_empty());
        // Nor does a task miss what cannot be told.
        let plan = Plan::new(parts).unwrap();
        let outcome = evaluate(&plan, &id("status-quo")).unwrap();
        assert_eq!(report_tasks(&plan, &outcome, None).unwrap()[0].status, Status::NotStarted);
    }
}

#[test]
fn more_is_built_in_the_proportions_of_what_there_is_at_the_mean_of_its_costs() {
    // By 2014: 5 in north at 1,000 and 3 in south at 3,000, so 1,750 on average.
    let it = to_reach(indicator("it", vec![completed(None, None)], Vec::new()), Sense::AtLeast, 11);
    let mut parts = plan(vec![it]);
    if let Driver::Works { standard, .. } = &mut parts.programmes[0].driver {
        standard.value = but_in(always(1_000), "south", 3_000);
    }
    let ways = |region, year| read(parts.clone(), region, year).target.unwrap().ways;
    let way = |units, cost| vec![Way { programme: 0, units, cost: Fen(cost) }];
    assert_eq!(ways(None, 2), way(3, 5_250));
    assert_eq!(ways(Some(0), 2), way(6, 6_000));
    assert_eq!(ways(Some(1), 2), way(8, 24_000));
    // In 2012 there are 2 and 1: 5,000 ÷ 3 each, 8 of them 13,333.33.
    assert_eq!(ways(None, 0), way(8, 13_333));
    // Where none is built yet, one in each region: 2,000 each.
    if let Driver::Works { units, .. } = &mut parts.programmes[0].driver {
        *units = always(0);
    }
    assert_eq!(read(parts, None, 2).target.unwrap().ways, way(11, 22_000));
}

#[test]
fn the_cheapest_way_comes_first_and_one_that_leads_nowhere_is_none() {
    let other = |share| Term::Completed { programme: id("halls"), share, per_unit: None };
    // A school adds 1 to what is counted and 2 to all, which never makes three quarters; a hall
    // adds 2 and 1.
    let it = indicator(
        "it",
        vec![given(10), completed(None, None), other(None), other(None)],
        vec![given(100), completed(None, Some(2)), other(None)],
    );
    let mut parts = plan(vec![to_reach(it, Sense::AtLeast, 750_000)]);
    let hall = works(0, 10, &[(2012, MILLION)]);
    parts.programmes.push(programme("halls", hall, split(&[], "county")));
    let goal = read(parts.clone(), Some(0), 2).target.unwrap();
    // 15 of 110: 67.5 are missing, and each hall brings 2 − 0.75 nearer.
    expect!(goal, left: 68, ways: vec![Way { programme: 2, units: 54, cost: Fen(540) }]);
    // At two fifths a school helps too (1 − 0.8): 29 ÷ 0.2 = 145 at 1,000; a hall 29 ÷ 1.6.
    parts.indicators[0].target = Some(Target { sense: Sense::AtLeast, value: always(400_000) });
    let goal = read(parts, Some(0), 2).target.unwrap();
    let halls = Way { programme: 2, units: 19, cost: Fen(190) };
    let schools = Way { programme: 0, units: 145, cost: Fen(145_000) };
    expect!(goal, left: 29, ways: vec![halls, schools]);
}

#[test]
fn an_amount_still_to_be_paid_is_what_is_missing_of_it() {
    let it = indicator("it", vec![Term::Paid(id("schools"))], Vec::new());
    let goal = read(plan(vec![to_reach(it, Sense::AtLeast, 10_000)]), None, 1).target.unwrap();
    let way = Way { programme: 0, units: 0, cost: Fen(2_000) };
    expect!(goal, left: 2_000, ways: vec![way]);
}

#[test]
fn a_way_beyond_all_bounds_is_left_out_and_no_panic() {
    // A thousand million schools, to be all of 10¹⁸ places in halls.
    let halls = Term::Completed {
        programme: id("halls"),
        share: None,
        per_unit: Some(always(1_000_000_000)),
    };
    let it = indicator("it", vec![completed(None, None)], vec![halls]);
    let mut parts = plan(vec![to_reach(it, Sense::AtLeast, MILLION)]);
    parts.regions.truncate(1);
    parts.populations.clear();
    let works =
        |name| programme(name, works(1_000_000_000, 0, &[(2012, MILLION)]), split(&[], "county"));
    parts.programmes = vec![works("schools"), works("halls")].into();
    let goal = read(parts, None, 0).target.unwrap();
    assert_eq!(goal.left, 1_000_000_000_000_000_000 - 1_000_000_000);
    assert_eq!(goal.ways, []);
}

#[test]
fn a_task_is_judged_in_the_year_it_is_due_or_the_nearest_there_is() {
    let mut it = indicator("it", vec![completed(None, None)], Vec::new());
    it.target = Some(Target { sense: Sense::AtLeast, value: always(4) });
    it.scope = Scope::CityWide;
    // Three in 2012 and 2013, eight in 2014, of four; in 2013 three are enough.
    let lower = change("indicators/it/target-count", Operation::Set, 3, "2013-spring");
    let until = Change { until: Some(at("2013-autumn")), ..lower };
    let mut parts = plan(vec![it]);
    parts.scenarios.push(scenario("s", Some("status-quo"), vec![measure("m", vec![until])]));
    let mut due = task("due", None);
    due.indicators = vec![id("it")];
    let status = |day: Option<&str>| {
        let plan = Plan::new(PlanParts {
            tasks: vec![Task { due: day.map(id), ..due.clone() }].into(),
            ..parts.clone()
        });
        let plan = plan.unwrap();
        let outcome = evaluate(&plan, &id("s")).unwrap();
        report_tasks(&plan, &outcome, None).unwrap()[0].status
    };
    assert_eq!(status(Some("2012-12-31")), Status::AtRisk);
    assert_eq!(status(Some("2013-06-30")), Status::NotStarted);
    assert_eq!(status(Some("2014-12-31")), Status::NotStarted);
    assert_eq!(status(None), Status::NotStarted, "in the last year");
    assert_eq!(status(Some("2020-12-31")), Status::NotStarted, "in the last year");
    assert_eq!(status(Some("2010-12-31")), Status::AtRisk, "in the first year");
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn building_as_many_more_as_a_way_says_reaches_the_target_and_one_fewer_does_not(
        sides in (0..=500i64, prop::option::of(1..=500i64)),
        per_unit in (0..=5i64, 0..=5i64),
        units in 0..=20i64,
        target in 1..=1_500_000i64,
    ) {
        let (numerator, denominator) = sides;
        let target = if denominator.is_some() { target } else { target / 1_000 };
        let below = |given_below| vec![given(given_below), completed(None, Some(per_unit.1))];
        let it = indicator(
            "it",
            vec![given(numerator), completed(None, Some(per_unit.0))],
            denominator.map_or_else(Vec::new, below),
        );
        let mut parts = plan(vec![to_reach(it, Sense::AtLeast, target)]);
        parts.regions.truncate(1);
        parts.populations.clear();
        let built = works(units, 7, &[(2012, MILLION)]);
        parts.programmes = vec![programme("schools", built, split(&[], "county"))].into();
        let is_met = |more| {
            let mut parts = parts.clone();
            let more = change("programmes/schools/units", Operation::Add, more, "2012-spring");
            parts.scenarios.push(scenario("s", Some("status-quo"), vec![measure("m", vec![more])]));
            let plan = Plan::new(parts).unwrap();
            read_in(&plan, "s", None, 0).unwrap().target.unwrap().is_met
        };
        let goal = read(parts.clone(), None, 0).target.unwrap();
        prop_assert!(goal.ways.len() <= 1);
        match goal.ways.first() {
            Some(way) => {
                prop_assert!(way.units > 0 && !goal.is_met);
                prop_assert_eq!(way.cost, Fen(7 * way.units));
                prop_assert!(is_met(way.units));
                prop_assert!(!is_met(way.units - 1));
            }
            None => prop_assert!(goal.is_met || !is_met(1_000_000)),
        }
    }
}
