//! What makes indicators, rules and tasks sound, one unsound plan for every fault; and how
//! much a plan may come to.

use shapan_engine::*;
use shapan_testing::people_and_goals::*;
use shapan_testing::refused::*;
use shapan_testing::*;

fn indicator_of<'a>(plan: &'a mut PlanParts, name: &str) -> &'a mut Indicator {
    plan.indicators.iter_mut().find(|i| i.id.as_str() == name).unwrap()
}

fn target<'a>(plan: &'a mut PlanParts, name: &str) -> &'a mut Parameter {
    &mut indicator_of(plan, name).target.as_mut().unwrap().value
}

fn task_of<'a>(plan: &'a mut PlanParts, name: &str) -> &'a mut Task {
    plan.tasks.iter_mut().find(|t| t.id.as_str() == name).unwrap()
}

fn rule_of<'a>(plan: &'a mut PlanParts, name: &str) -> &'a mut Rule {
    plan.rules.iter_mut().find(|r| r.id.as_str() == name).unwrap()
}

/// The figure that never decreases.
fn figure(plan: &mut PlanParts) -> &mut Figure {
    match &mut rule_of(plan, "never-decrease").kind {
        RuleKind::NeverDecrease { of } => of,
        _ => panic!("never-decrease"),
    }
}

/// What the rule of 2017 compares and how.
fn balance(plan: &mut PlanParts) -> (&mut Stage, &mut Vec<BalanceResource>, &mut BalanceTest) {
    match &mut rule_of(plan, "balance-2017").kind {
        RuleKind::Balance { stage, resources, test } => (stage, resources, test),
        _ => panic!("balance"),
    }
}

/// A change of the proposal in the north only.
fn change_in_the_north(path: &'static str) -> impl Fn(&mut PlanParts) {
    move |p| {
        let mut change = change(path, Operation::Add, 1, "2012-spring");
        change.regions = Some(vec![id("north")]);
        p.scenarios[2].measures[0].changes = vec![change];
    }
}

fn heads_of(population: &str) -> Term {
    Term::Heads(id(population))
}

fn paid_for(programme: &str) -> Term {
    Term::Paid(id(programme))
}

fn completed_by(programme: &str) -> Term {
    Term::Completed { programme: id(programme), share: None, per_unit: None }
}

#[test]
fn an_indicator_counts_something_and_not_too_much() {
    refused(
        |p| indicator_of(p, "schools-built").numerator.clear(),
        &[("indicators/schools-built/numerator", Fault::None)],
    );
    let many = |n| vec![heads_of("pupils"); n];
    accepted(|p| indicator_of(p, "boarding-rate").numerator = many(50));
    refused(
        |p| indicator_of(p, "boarding-rate").numerator = many(51),
        &[("indicators/boarding-rate/numerator", too_many(51, 50))],
    );
    refused(
        |p| indicator_of(p, "boarding-rate").denominator = many(51),
        &[("indicators/boarding-rate/denominator", too_many(51, 50))],
    );
}

#[test]
fn an_indicator_counts_what_the_plan_has() {
    let with = |term: Term| {
        move |p: &mut PlanParts| indicator_of(p, "boarding-rate").denominator.push(term)
    };
    let place = "indicators/boarding-rate/denominator/3";
    refused(with(heads_of("ghosts")), &[(place, unknown("ghosts"))]);
    refused(with(completed_by("nothing")), &[(place, unknown("nothing"))]);
    refused(
        with(completed_by("boarding")),
        &[(place, Fault::NotWorks { id: "boarding".to_owned() })],
    );
    refused(
        |p| indicator_of(p, "spent").numerator.push(paid_for("nothing")),
        &[("indicators/spent/numerator/2", unknown("nothing"))],
    );
    refused(
        |p| indicator_of(p, "spent").basis.citation = Some(id("hearsay")),
        &[("indicators/spent", unknown("hearsay"))],
    );
    refused(
        |p| indicator_of(p, "spent").clause = Some(" ".into()),
        &[("indicators/spent", Fault::NotAMark { words: " ".to_owned() })],
    );
}

#[test]
fn money_is_counted_with_money_only() {
    let mixed = [("indicators/spent", Fault::MixedWithMoney)];
    refused(|p| indicator_of(p, "spent").numerator.push(heads_of("pupils")), &mixed);
    accepted(|p| indicator_of(p, "spent").numerator.push(paid_for("other")));
    let per = |denominator| {
        move |p: &mut PlanParts| {
            let spent = indicator_of(p, "spent");
            // Divided, it is a ratio; its target was an amount.
            (spent.denominator, spent.target) = (vec![denominator], None);
        }
    };
    refused(per(heads_of("pupils")), &mixed);
    accepted(per(paid_for("other")));
}

#[test]
fn numbers_of_indicators_lie_within_their_bounds() {
    refused(
        |p| *target(p, "boarding-rate") = always(-1),
        &[("indicators/boarding-rate/target-rate", outside(-1, Unit::Rate.bounds()))],
    );
    refused(
        |p| *target(p, "spent") = always(-1),
        &[("indicators/spent/target-amount", outside(-1, Unit::Fen.bounds()))],
    );
    refused(
        |p| {
            let given = Term::Given(always(-1));
            indicator_of(p, "schools-built").numerator[0] = given;
        },
        &[("indicators/schools-built/numerator/1/given", outside(-1, Unit::Count.bounds()))],
    );
}

#[test]
fn what_is_one_number_for_the_city_has_no_values_by_region() {
    let in_the_south = || {
        let mut parameter = always(1);
        parameter.by_region.insert(id("south"), always(2).steps);
        parameter
    };
    refused(
        |p| *target(p, "schools-built") = in_the_south(),
        &[("indicators/schools-built/target-count", Fault::CityWideByRegion)],
    );
    let given = || Term::Given(in_the_south());
    refused(
        |p| indicator_of(p, "schools-built").numerator[0] = given(),
        &[("indicators/schools-built/numerator/1/given", Fault::CityWideByRegion)],
    );
    accepted(|p| indicator_of(p, "boarding-rate").numerator.push(given()));
    // What is built is built in regions.
    accepted(|p| match &mut indicator_of(p, "schools-built").numerator[1] {
        Term::Completed { per_unit, .. } => *per_unit = Some(in_the_south()),
        _ => panic!("completed"),
    });
    // A budget may be the sum of its regions'; one number for the city grows as one.
    accepted(|p| match &mut rule_of(p, "share-of-budget").kind {
        RuleKind::ShareOfBudget { budget, .. } => budget.value = in_the_south(),
        _ => panic!("share of budget"),
    });
    refused(
        |p| match &mut rule_of(p, "share-of-budget").kind {
            RuleKind::ShareOfBudget { budget, .. } => budget.indexation = Some(in_the_south()),
            _ => panic!("share of budget"),
        },
        &[("rules/share-of-budget/budget-growth", Fault::CityWideByRegion)],
    );
    accepted(|p| match &mut rule_of(p, "earmark").kind {
        RuleKind::Earmark { at_least, .. } => *at_least = in_the_south(),
        _ => panic!("earmark"),
    });
}

#[test]
fn no_measure_moves_a_number_of_the_city_in_one_region() {
    for path in [
        "indicators/schools-built/target-count",
        "indicators/schools-built/numerator/1/given",
        "rules/share-of-budget/at-least",
        "rules/share-of-budget/budget-growth",
        "sources/county/available-growth",
    ] {
        refused(
            change_in_the_north(path),
            &[("scenarios/proposal/wider/1", Fault::CityWideByRegion)],
        );
    }
    for path in [
        "indicators/boarding-rate/target-rate",
        "indicators/schools-built/numerator/2/per-unit",
        "rules/earmark/at-least",
        "sources/city/available",
    ] {
        accepted(change_in_the_north(path));
    }
}

#[test]
fn a_rule_is_about_what_the_plan_has() {
    let earmark = |source: &'static str, tag: &'static str| {
        move |p: &mut PlanParts| {
            let (source, tag, at_least) = (id(source), tag.into(), always(1));
            rule_of(p, "earmark").kind = RuleKind::Earmark { source, tag, at_least };
        }
    };
    refused(earmark("nobody", "aid"), &[("rules/earmark", unknown("nobody"))]);
    refused(
        earmark("city", "aid"),
        &[("rules/earmark", Fault::NoRevenue { id: "city".to_owned() })],
    );
    refused(
        earmark("surcharge", ""),
        &[("rules/earmark", Fault::NotAMark { words: String::new() })],
    );
    refused(
        |p| rule_of(p, "envelope").kind = RuleKind::Envelope { source: id("nobody") },
        &[("rules/envelope", unknown("nobody"))],
    );
    refused(
        |p| rule_of(p, "target").kind = RuleKind::Target { indicator: id("nothing") },
        &[("rules/target", unknown("nothing"))],
    );
    refused(
        |p| indicator_of(p, "schools-built").target = None,
        &[("rules/target", Fault::NoTarget { id: "schools-built".to_owned() })],
    );
    refused(
        |p| rule_of(p, "target").basis.citation = Some(id("hearsay")),
        &[("rules/target", unknown("hearsay"))],
    );
}

#[test]
fn a_restriction_forbids_something() {
    let forbids = |forbidden| {
        move |p: &mut PlanParts| {
            let account = Account::LandIncome;
            rule_of(p, "land-income").kind = RuleKind::UseRestriction { account, forbidden };
        }
    };
    refused(forbids(vec![]), &[("rules/land-income/forbidden", Fault::None)]);
    refused(
        forbids(vec![Nature::Aid; 501]),
        &[("rules/land-income/forbidden", too_many(501, 500))],
    );
}

#[test]
fn a_figure_is_of_marks_and_per_pupils_of_the_plan() {
    refused(
        |p| figure(p).tags.push("a\u{1}".into()),
        &[("rules/never-decrease", Fault::NotAMark { words: "a\u{1}".to_owned() })],
    );
    refused(
        |p| figure(p).natures = vec![Nature::Aid; 501],
        &[("rules/never-decrease", too_many(501, 500))],
    );
    let place = "rules/never-decrease/pupils";
    refused(|p| figure(p).per = Per::Pupil(vec![]), &[(place, Fault::None)]);
    refused(|p| figure(p).per = Per::Pupil(vec![id("ghosts")]), &[(place, unknown("ghosts"))]);
    refused(|p| figure(p).per = Per::Pupil(vec![id("pupils"); 2]), &[(place, twice("pupils"))]);
    refused(
        |p| figure(p).before = Some(always(-1)),
        &[("rules/never-decrease/before", outside(-1, Unit::Fen.bounds()))],
    );
    refused(
        |p| match &mut rule_of(p, "growth").kind {
            RuleKind::Growth { of, .. } => of.per = Per::Pupil(vec![]),
            _ => panic!("growth"),
        },
        &[("rules/growth/pupils", Fault::None)],
    );
}

#[test]
fn balance_is_judged_of_primary_or_junior_schools_by_resources_each_named_once() {
    refused(|p| *balance(p).0 = Stage::Senior, &[("rules/balance-2017", Fault::NotJudged)]);
    refused(
        |p| {
            let (_, resources, test) = balance(p);
            resources.clear();
            *test = BalanceTest::Mean { at_most: always(1) };
        },
        &[("rules/balance-2017/resources", Fault::None)],
    );
    refused(
        |p| balance(p).1[1].resource = id("books"),
        &[("rules/balance-2017/resources", twice("books"))],
    );
    refused(
        |p| balance(p).1[1].resource = id("gold"),
        &[("rules/balance-2017/resources", unknown("gold"))],
    );
}

#[test]
fn a_school_is_asked_for_levels_that_are_stated() {
    let books = "rules/balance-2017/resources/books";
    let level = |level| move |p: &mut PlanParts| balance(p).1[0].level = level;
    refused(level(None), &[(books, Fault::LevelMissing { id: "books".to_owned() })]);
    let most = 1_000_000 * MILLION;
    refused(level(Some(-1)), &[(books, outside(-1, 0..=most))]);
    refused(level(Some(most + 1)), &[(books, outside(most + 1, 0..=most))]);
    accepted(|p| {
        balance(p).1[0].level = None;
        *balance(p).2 = BalanceTest::Mean { at_most: always(1) };
    });
    let levels_met = |n| {
        move |p: &mut PlanParts| {
            *balance(p).2 = BalanceTest::Each { at_most: always(1), levels_met: n };
        }
    };
    accepted(levels_met(2));
    refused(levels_met(3), &[("rules/balance-2017/levels-met", outside(3, 0..=2))]);
}

#[test]
fn a_task_names_what_the_plan_has_and_each_once() {
    refused(
        |p| task_of(p, "build").parent = Some(id("nothing")),
        &[("tasks/build", unknown("nothing"))],
    );
    refused(
        |p| task_of(p, "build").programmes.push(id("nothing")),
        &[("tasks/build", unknown("nothing"))],
    );
    refused(
        |p| task_of(p, "build").programmes.push(id("schools")),
        &[("tasks/build", twice("schools"))],
    );
    refused(
        |p| task_of(p, "build").indicators.push(id("nothing")),
        &[("tasks/build", unknown("nothing"))],
    );
    refused(
        |p| task_of(p, "build").indicators.push(id("schools-built")),
        &[("tasks/build", twice("schools-built"))],
    );
    refused(
        |p| task_of(p, "build").basis.citation = Some(id("hearsay")),
        &[("tasks/build", unknown("hearsay"))],
    );
}

#[test]
fn a_task_is_between_not_begun_and_done_and_its_clause_is_short() {
    for progress in [-1, MILLION + 1] {
        refused(
            |p| task_of(p, "build").progress = Some(progress),
            &[("tasks/build", outside(progress, 0..=MILLION))],
        );
    }
    accepted(|p| task_of(p, "build").progress = Some(MILLION));
    let long = "长".repeat(2_001);
    refused(
        |p| task_of(p, "build").clause = Some(long.as_str().into()),
        &[("tasks/build", Fault::NotAMark { words: "长".repeat(80) })],
    );
}

#[test]
fn no_task_is_part_of_itself() {
    let circle = |id: &str| [("tasks", Fault::Cycle { id: id.to_owned() })];
    refused(|p| task_of(p, "schools").parent = Some(id("schools")), &circle("schools"));
    // `inspect` only leads into the circle.
    refused(|p| task_of(p, "schools").parent = Some(id("build")), &circle("build"));
}

#[test]
fn a_chain_of_as_many_tasks_as_there_may_be_is_checked_link_by_link_once() {
    let chain = |n: usize| {
        let link = |n: usize| task(&format!("t-{n}"), Some(&format!("t-{}", n + 1)));
        std::iter::once(task(&format!("t-{n}"), None)).chain((1..n).map(link)).collect::<Vec<_>>()
    };
    accepted(|p| p.tasks = chain(5_000).into());
    refused(|p| p.tasks = chain(5_001).into(), &[("tasks", too_many(5_001, 5_000))]);
    refused(
        |p| {
            p.tasks = chain(5_000).into();
            p.tasks[0].parent = Some(id("t-4990"));
        },
        &[("tasks", Fault::Cycle { id: "t-4990".to_owned() })],
    );
}

#[test]
fn indicators_rules_and_tasks_have_names_of_their_own() {
    refused(|p| twice_there(&mut p.indicators, 2), &[("indicators", twice("spent"))]);
    refused(|p| twice_there(&mut p.rules, 0), &[("rules", twice("earmark"))]);
    refused(|p| twice_there(&mut p.tasks, 2), &[("tasks", twice("inspect"))]);
    let terms = || vec![heads_of("pupils")];
    refused(
        |p| {
            let more = (0..498).map(|n| indicator(&format!("i-{n}"), terms(), vec![]));
            p.indicators.extend(more);
        },
        &[("indicators", too_many(501, 500))],
    );
    refused(
        |p| {
            let envelope =
                |n| RuleKind::Envelope { source: id(if n > 0 { "city" } else { "county" }) };
            p.rules.extend((0..492).map(|n| rule(&format!("r-{n}"), envelope(n))));
        },
        &[("rules", too_many(501, 500))],
    );
}

#[test]
fn short_lists_do_not_multiply_into_more_than_fits_into_memory() {
    let names: Vec<_> = (0..5_000).map(|n| format!("r-{n}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let mut plan = bare(2012, 30, &names);
    plan.sources = vec![source("county")].into();
    // 5,000 regions and 31 autumns leave room for 258 grades: 28 special schools have 252.
    let cohort = |n| {
        let mut special = cohort(&format!("c-{n}"), Stage::Special, Entry::Given(always(1)));
        as_cohort(&mut special).censuses[0].heads.clear();
        special
    };
    plan.populations = vec![counted("pupils", 2011, &[])].into();
    plan.populations.extend((0..28).map(cohort));
    plan.indicators = (0..2)
        .map(|n| indicator(&format!("i-{n}"), vec![heads_of("pupils"); 50], vec![]))
        .collect();
    plan.rules = vec![rule("envelope", RuleKind::Envelope { source: id("county") })].into();
    plan.rules[0].basis = Basis::default();
    assert!(Plan::new(plan.clone()).is_ok());

    plan.populations.push(cohort(28));
    plan.indicators.extend((2..5).map(|n| {
        let terms = || vec![heads_of("pupils"); 50];
        indicator(&format!("i-{n}"), terms(), terms())
    }));
    let envelope = plan.rules[0].clone();
    plan.rules.extend((1..267).map(|n| Rule { id: id(&format!("r-{n}")), ..envelope.clone() }));
    let faults = Plan::new(plan).unwrap_err().0;
    let found: Vec<_> =
        faults.iter().map(|(place, fault)| (place.0.as_str(), fault.clone())).collect();
    assert_eq!(
        found,
        [
            ("grades of populations × regions × autumns", too_many(40_610_000, 40_000_000)),
            ("terms of indicators × regions × years", too_many(60_000_000, 40_000_000)),
            ("rules × regions × years", too_many(40_050_000, 40_000_000)),
        ]
    );
}

#[test]
fn balance_has_a_limit_from_the_start() {
    // Before its first date it would be 0, and every region would fail.
    let later = || dated(&[("2012-autumn", 650_000)]);
    let balance = |p: &mut PlanParts| {
        let is_one = |r: &&mut Rule| matches!(r.kind, RuleKind::Balance { .. });
        let rule = p.rules.iter_mut().find(is_one).unwrap();
        let RuleKind::Balance { test, .. } = &mut rule.kind else { panic!("balance") };
        let (BalanceTest::Mean { at_most } | BalanceTest::Each { at_most, .. }) = test;
        *at_most = later();
        format!("rules/{}/at-most", rule.id)
    };
    let place = balance(&mut one_of_everything());
    refused(|p| drop(balance(p)), &[(place.as_str(), Fault::None)]);
}
