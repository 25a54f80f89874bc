//! Rules on what is no money, worked by hand: targets and balance; and what holds of any rule.

use people_and_goals::{indicator, resource, rule};
use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario};
use shapan_testing::*;

use Verdict::{CannotTell, Fail, Pass};

fn test(plan: PlanParts, year: usize) -> RuleResult {
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    test_rule(&plan, &outcome, 0, year).unwrap()
}

fn unknown(missing: Missing) -> Verdict {
    CannotTell(missing)
}

/// Two regions, one programme of works (3 schools in north in 2012, 500 fen each), and a rule
/// on the one indicator.
fn judged(indicator: Indicator, scope: Scope) -> PlanParts {
    let mut plan = bare(2012, 2, &["north", "south"]);
    plan.citations = vec![citation("yearbook")].into();
    plan.sources = vec![source("county")].into();
    plan.populations = vec![counted("pupils", 2011, &[("north", 90), ("south", 10)])].into();
    let mut built = works(0, 500, &[(2012, MILLION)]);
    if let Driver::Works { units, .. } = &mut built {
        *units = but_in(always(0), "north", 3);
    }
    plan.programmes = vec![programme("schools", built, split(&[], "county"))].into();
    let kind = RuleKind::Target { indicator: indicator.id.clone() };
    plan.indicators = vec![indicator].into();
    plan.rules = vec![Rule { scope, ..rule("it", kind) }].into();
    plan
}

fn with_target(mut indicator: Indicator, sense: Sense, value: Parameter) -> Indicator {
    indicator.target = Some(Target { sense, value });
    indicator
}

fn built() -> Indicator {
    let completed = Term::Completed { programme: id("schools"), share: None, per_unit: None };
    indicator("built", vec![completed], Vec::new())
}

fn paid() -> Indicator {
    indicator("paid", vec![Term::Paid(id("schools"))], Vec::new())
}

fn given(numerator: Parameter, denominator: Parameter) -> Indicator {
    indicator("rate", vec![Term::Given(numerator)], vec![Term::Given(denominator)])
}

#[test]
fn a_target_to_be_reached_costs_what_is_missing_and_one_reached_nothing() {
    let with = |target| {
        test(judged(with_target(built(), Sense::AtLeast, always(target)), Scope::CityWide), 0).whole
    };
    let found = with(5);
    expect!(found, verdict: Fail, value: 3, threshold: 5);
    assert_eq!((found.unit, found.slack), (Unit::Count, Some(Fen(-1_000))), "two at 500");
    let found = with(3);
    assert_eq!((found.verdict, found.slack), (Pass, None), "no money would move it");
    let at_most =
        |target| judged(with_target(built(), Sense::AtMost, always(target)), Scope::CityWide);
    let found = test(at_most(2), 0).whole;
    expect!(found, verdict: Fail, sense: Sense::AtMost, slack: None);
    assert_eq!(test(at_most(3), 0).whole.verdict, Pass);
}

#[test]
fn an_amount_to_be_paid_or_not_exceeded_has_its_slack_in_money_either_way() {
    let with = |sense, target| {
        let found = test(judged(with_target(paid(), sense, always(target)), Scope::CityWide), 0);
        expect!(found.whole, value: 1_500, threshold: target, unit: Unit::Fen);
        (found.whole.verdict, found.whole.slack.unwrap().0)
    };
    assert_eq!(with(Sense::AtLeast, 1_501), (Fail, -1));
    assert_eq!(with(Sense::AtLeast, 1_500), (Pass, 0));
    assert_eq!(with(Sense::AtLeast, 1_400), (Pass, 100));
    assert_eq!(with(Sense::AtMost, 1_499), (Fail, -1));
    assert_eq!(with(Sense::AtMost, 1_500), (Pass, 0));
    assert_eq!(with(Sense::AtMost, 1_600), (Pass, 100));
}

#[test]
fn a_target_by_region_is_tested_in_each_and_counts_add_up() {
    let found = test(judged(with_target(built(), Sense::AtLeast, always(2)), Scope::PerRegion), 0);
    let each: Vec<_> = found.regions.iter().map(|f| (f.verdict.clone(), f.value)).collect();
    assert_eq!(each, [(Pass, 3), (Fail, 0)]);
    expect!(found.whole, verdict: Fail, value: 3, threshold: 4);
    assert_eq!(found.whole.slack, Some(Fen(-1_000)), "two in south at 500");
    assert_eq!(found.regions[1].region, Some(1));
    // Numbers of the whole city are tested there, whatever the rule says.
    let mut whole = with_target(built(), Sense::AtLeast, always(2));
    whole.scope = Scope::CityWide;
    let found = test(judged(whole, Scope::PerRegion), 0);
    assert!(found.regions.is_empty());
    assert_eq!(found.whole.verdict, Pass);
}

#[test]
fn of_ratios_the_city_shows_one_region_the_furthest_behind() {
    // North has 80 % and needs 90 %, south 60 % and needs 50 %.
    let rate = given(but_in(always(80), "south", 60), always(100));
    let goal = but_in(always(900_000), "south", 500_000);
    let found =
        test(judged(with_target(rate.clone(), Sense::AtLeast, goal.clone()), Scope::PerRegion), 0);
    assert_eq!(found.failing_regions().collect::<Vec<_>>(), [0]);
    expect!(found.whole, value: 800_000, threshold: 900_000);
    expect!(found.whole, verdict: Fail, unit: Unit::Rate);
    // The other way round it is south, which has 10 points too many.
    let found = test(judged(with_target(rate.clone(), Sense::AtMost, goal), Scope::PerRegion), 0);
    assert_eq!(found.failing_regions().collect::<Vec<_>>(), [1]);
    expect!(found.whole, value: 600_000, threshold: 500_000);
    // Where all pass, the tightest: 80 of 75 and 60 of 30.
    let goal = but_in(always(750_000), "south", 300_000);
    let found = test(judged(with_target(rate, Sense::AtLeast, goal), Scope::PerRegion), 0);
    expect!(found.whole, value: 800_000, threshold: 750_000);
    assert_eq!(found.whole.verdict, Pass);
}

#[test]
fn a_region_whose_ratio_cannot_be_told_does_not_make_ratios_add_up() {
    // North has nothing to compare with; south has 60 %.
    let rate = given(always(60), but_in(always(100), "north", 0));
    let rate = with_target(rate, Sense::AtMost, always(700_000));
    let found = test(judged(rate, Scope::PerRegion), 0);
    assert_eq!(found.regions[0].verdict, unknown(Missing::Denominator));
    let north = &found.regions[0];
    expect!(north, unit: Unit::Rate, sense: Sense::AtMost);
    expect!(found.whole, verdict: Pass, value: 600_000, threshold: 700_000);
    expect!(found.whole, unit: Unit::Rate, sense: Sense::AtMost);
}

#[test]
fn a_target_not_yet_in_force_cannot_be_told() {
    let goal = dated(&[("2013-autumn", 4)]);
    let plan = judged(with_target(built(), Sense::AtLeast, goal), Scope::CityWide);
    assert_eq!(test(plan.clone(), 0).whole.verdict, unknown(Missing::Target));
    assert_eq!(test(plan, 1).whole.verdict, Fail);
    let rate = given(always(60), always(0));
    let plan = judged(with_target(rate, Sense::AtLeast, always(1)), Scope::CityWide);
    assert_eq!(test(plan, 0).whole.verdict, unknown(Missing::Denominator));
}

#[test]
fn a_city_has_a_target_where_all_its_regions_have_the_same() {
    let rate = |goal| with_target(given(always(60), always(100)), Sense::AtLeast, goal);
    let found = test(judged(rate(always(500_000)), Scope::CityWide), 0).whole;
    expect!(found, verdict: Pass, threshold: 500_000);
    for region in ["north", "south"] {
        let goal = but_in(always(500_000), region, 700_000);
        let found = test(judged(rate(goal), Scope::CityWide), 0).whole;
        assert_eq!(found.verdict, unknown(Missing::Target), "{region}'s is not the city's");
    }
}

const VECTOR: [(i64, i64); 5] = [(45, 279), (37, 137), (89, 935), (76, 160), (55, 402)];

/// Primary schools in north with books (DESIGN's test vector), and a rule on their balance.
fn schools(test: BalanceTest, level: Option<i64>) -> PlanParts {
    let mut plan = bare(2012, 1, &["north", "south"]);
    plan.citations = vec![citation("yearbook")].into();
    plan.resources = vec![resource("books"), resource("computers")].into();
    for (n, (pupils, books)) in VECTOR.iter().enumerate() {
        let mut school = school(&format!("school-{n}"), "north", &[(Stage::Primary, *pupils)]);
        school.resources.insert(id("books"), *books);
        plan.schools.push(school);
    }
    let resources = vec![BalanceResource { resource: id("books"), level }];
    plan.rules =
        vec![rule("it", RuleKind::Balance { stage: Stage::Primary, resources, test })].into();
    plan
}

fn mean(at_most: i64) -> BalanceTest {
    BalanceTest::Mean { at_most: always(at_most) }
}

fn each(at_most: i64, levels_met: u8) -> BalanceTest {
    BalanceTest::Each { at_most: always(at_most), levels_met }
}

#[test]
fn balance_of_2012_is_the_mean_coefficient_of_each_county() {
    // S 3.264 ÷ mean 6.334: 0.515256….
    let found = test(schools(mean(650_000), None), 0);
    assert_eq!(found.regions[0].verdict, Pass);
    let north = &found.regions[0];
    let value = north.value;
    assert_eq!((value + 50) / 100, 5_153);
    expect!(north, threshold: 650_000, unit: Unit::Rate, sense: Sense::AtMost, slack: None);
    assert_eq!(found.regions[1].verdict, unknown(Missing::Schools), "south has none");
    expect!(found.whole, verdict: Pass, value: value);
    assert_eq!(test(schools(mean(value), None), 0).whole.verdict, Pass, "just reached");
    let found = test(schools(mean(value - 1), None), 0);
    expect!(found.whole, verdict: Fail, threshold: value - 1);
    assert_eq!(found.failing_regions().collect::<Vec<_>>(), [0]);
    // Computers, which all have alike, halve the mean.
    let mut plan = schools(mean(300_000), None);
    for school in &mut plan.schools {
        let pupils = school.pupils[&Stage::Primary];
        school.resources.insert(id("computers"), 2 * pupils);
    }
    if let RuleKind::Balance { resources, .. } = &mut plan.rules[0].kind {
        resources.push(BalanceResource { resource: id("computers"), level: None });
    }
    let found = test(plan, 0).whole;
    expect!(found, verdict: Pass, value: (value + 1) / 2);
}

#[test]
fn balance_of_2017_is_every_coefficient_and_the_levels_of_every_school() {
    // The fourth school has 160 ÷ 76 = 2.105 books a pupil, the others 3.7 and more.
    let with = |at_most, level, levels_met| {
        test(schools(each(at_most, levels_met), Some(level)), 0).whole.verdict
    };
    assert_eq!(with(600_000, 2_105_263, 1), Pass);
    assert_eq!(with(600_000, 2_105_264, 1), Fail, "a school below its level");
    assert_eq!(with(600_000, 2_105_264, 0), Pass, "no level asked for");
    assert_eq!(with(500_000, 2_000_000, 1), Fail, "0.5153 is above it");
}

#[test]
fn balance_cannot_be_told_without_the_resources() {
    let books = || unknown(Missing::Resources(vec![id("books")]));
    let mut plan = schools(mean(650_000), None);
    plan.schools[2].resources.clear();
    assert_eq!(test(plan.clone(), 0).whole.verdict, books(), "one school gives no figure");
    for school in &mut plan.schools {
        school.resources.insert(id("books"), 0);
    }
    assert_eq!(test(plan, 0).whole.verdict, books(), "no school has any");
}

#[test]
fn shares_beyond_the_whole_are_refused() {
    let kind = |share| RuleKind::ShareOfBudget { budget: still(9), at_least: always(share) };
    let mut plan = bare(2012, 1, &["north"]);
    plan.citations = vec![citation("yearbook")].into();
    plan.rules = vec![rule("it", kind(MILLION + 1))].into();
    assert!(Plan::new(plan.clone()).is_err());
    plan.rules = vec![rule("it", kind(-1))].into();
    assert!(Plan::new(plan.clone()).is_err());
    plan.rules = vec![rule("it", kind(900_000))].into();
    let raise = change("rules/it/at-least", Operation::Add, 100_001, "2012-spring");
    plan.scenarios.push(scenario("raised", Some("status-quo"), vec![measure("m", vec![raise])]));
    let plan = Plan::new(plan).unwrap();
    let error = evaluate(&plan, &id("raised")).unwrap_err();
    assert!(matches!(error, EvaluateError::OutOfBounds { .. }), "{error}");
}

/// Whether a verdict follows from the slack.
fn is_told_by_slack(finding: &Finding) -> bool {
    match finding.verdict {
        Pass => finding.slack.is_some_and(|slack| slack >= Fen::ZERO),
        Fail => finding.slack.is_some_and(|slack| slack < Fen::ZERO),
        CannotTell(_) => finding.slack.is_none(),
    }
}

/// Spending and a budget of the city in one year, and the share required.
fn budgeted(spent: i64, budget: i64, share: i64) -> Finding {
    let mut plan = bare(2012, 1, &["north", "south"]);
    plan.citations = vec![citation("yearbook")].into();
    plan.sources = vec![source("county")].into();
    let amount = Indexed { value: but_in(always(0), "south", spent), indexation: None };
    plan.programmes = vec![programme("all", Driver::Lump { amount }, split(&[], "county"))].into();
    let kind = RuleKind::ShareOfBudget { budget: still(budget), at_least: always(share) };
    plan.rules = vec![Rule { scope: Scope::CityWide, ..rule("it", kind) }].into();
    test(plan, 0).whole
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_money_rule_passes_where_its_slack_is_not_below_zero((plan, scenario) in plan_and_scenario()) {
        let outcome = evaluate(&plan, &scenario).unwrap();
        for found in test_rules(&plan, &outcome).unwrap() {
            let kind = &plan.rules[found.rule].kind;
            for finding in found.regions.iter().chain([&found.whole]) {
                prop_assert!(finding.closing.is_none() || finding.verdict == Fail);
                if matches!(kind, RuleKind::Target { .. } | RuleKind::Balance { .. }) {
                    continue;
                }
                prop_assert!(is_told_by_slack(finding), "{:?} {finding:?}", kind);
                if let (Some(slack), true) = (finding.slack, found.regions.is_empty() || finding.region.is_some()) {
                    let room = finding.value - finding.threshold;
                    let room = if finding.sense == Sense::AtLeast { room } else { -room };
                    prop_assert_eq!(slack, Fen(room));
                }
            }
            let failing: Vec<_> = found.failing_regions().collect();
            let is_failing = found.whole.verdict == Fail;
            prop_assert!(found.regions.is_empty() || failing.is_empty() != is_failing);
        }
    }

    #[test]
    fn tasks_and_indicators_of_any_plan_are_told((plan, scenario) in plan_and_scenario()) {
        let outcome = evaluate(&plan, &scenario).unwrap();
        let reports = report_tasks(&plan, &outcome, Some(id("2015-06-30"))).unwrap();
        prop_assert_eq!(reports.len(), plan.tasks.len());
        for (place, indicator) in plan.indicators.iter().enumerate() {
            for region in std::iter::once(None).chain((0..plan.regions.len()).map(Some)) {
                let reading = read_indicator(&plan, &outcome, place, region, 0).unwrap();
                let is_told = region.is_none() || indicator.scope == Scope::PerRegion;
                prop_assert_eq!(reading.is_some(), is_told);
                for goal in reading.iter().flat_map(|r| &r.target) {
                    prop_assert!(!goal.is_met || (goal.left == 0 && goal.ways.is_empty()));
                }
            }
        }
    }

    #[test]
    fn what_closes_a_share_of_the_budget_just_closes_it(
        spent in 0..=2_000_000i64,
        more in 0..=9_000_000i64,
        share in 1..MILLION,
    ) {
        let budget = spent + more + 1;
        let found = budgeted(spent, budget, share);
        let Some(closing) = found.closing else {
            prop_assert_eq!(found.verdict, Pass);
            return Ok(());
        };
        prop_assert_eq!(found.slack, Some(-closing.within_total));
        let Fen(within) = closing.within_total;
        prop_assert_eq!(budgeted(spent + within, budget, share).verdict, Pass);
        prop_assert_eq!(budgeted(spent + within - 1, budget, share).verdict, Fail);
        let Fen(on_top) = closing.on_top.unwrap();
        prop_assert_eq!(budgeted(spent + on_top, budget + on_top, share).verdict, Pass);
        prop_assert_eq!(budgeted(spent + on_top - 1, budget + on_top - 1, share).verdict, Fail);
    }
}
