//! Why this number: what a trace says is what was computed, in the sample and in any plan.

use insta::assert_snapshot;
use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario};
use shapan_testing::traces::{all, is_right_all_the_way, tree};
use shapan_testing::*;

fn ask(plan: &Plan, scenario: &str, what: &What) -> Option<Trace> {
    let scenario = id(scenario);
    let outcome = evaluate(plan, &scenario).unwrap();
    why(plan, &plan.enabled_measures(&scenario).unwrap(), &outcome, what).unwrap()
}

#[test]
fn a_payment_is_recipients_times_standard_divided_by_two() {
    let plan = taian_2012().unwrap();
    let programme =
        plan.programmes.iter().position(|p| p.id.as_str() == "boarding-junior").unwrap();
    let payment = What::Working { working: Working::Payment, programme, region: 0, period: 0 };
    let trace = ask(&plan, "plan-2012", &payment).unwrap();
    let How::Fraction { terms, divisor, .. } = &trace.how else { panic!("{trace:?}") };
    let factors: Vec<_> = terms[0].1.iter().map(|factor| factor.value).collect();
    // 26,390 pupils, 30 % of them boarders (7,917), 10 % of those poor (792) × 1,250 yuan ÷ 2.
    assert_eq!(factors, [792, 125_000]);
    assert_eq!(*divisor, 2);
    assert_eq!(trace.value, 49_500_000);
    let (heads, standard) = (&terms[0].1[0], &terms[0].1[1]);
    let counted = all(heads).into_iter().find(|t| matches!(t.what, What::Census { .. })).unwrap();
    assert_eq!(counted.value, 26_390);
    let basis = counted.what.basis(&plan, &[]).unwrap();
    assert_eq!(basis.citation.as_ref().unwrap().as_str(), "yearbook2012");
    // 1,000 yuan stated, 250 added by the plan's first measure.
    let parts: Vec<_> =
        standard.parts().iter().map(|part| (part.what.clone(), part.value)).collect();
    assert!(matches!(&parts[0], (What::Stated { .. }, 100_000)), "{parts:?}");
    assert!(
        matches!(&parts[1], (What::Changed { measure, .. }, 25_000) if measure.as_str() == "m-boarding")
    );
    assert!(trace.is_illustrative(&plan, &[]), "the share of boarders has no source");
    let of_textbooks =
        plan.programmes.iter().position(|p| p.id.as_str() == "textbooks-junior").unwrap();
    let payment =
        What::Working { working: Working::Payment, programme: of_textbooks, region: 0, period: 0 };
    assert!(!ask(&plan, "plan-2012", &payment).unwrap().is_illustrative(&plan, &[]));
}

#[test]
fn a_total_names_its_parts_which_can_be_asked_in_turn() {
    let plan = taian_2012().unwrap();
    let total = ask(&plan, "plan-2012", &What::Total(Cut::ALL.in_year(0))).unwrap();
    assert_eq!(total.value, 450_300_000_000);
    let programmes = total.parts();
    assert!(programmes.len() > 10 && is_right_all_the_way(&total));
    let regions = ask(&plan, "plan-2012", &programmes[0].what).unwrap();
    let periods = ask(&plan, "plan-2012", &regions.parts()[0].what).unwrap();
    let payment = ask(&plan, "plan-2012", &periods.parts()[0].what).unwrap();
    assert!(
        all(&payment).iter().any(|t| matches!(t.what, What::Census { .. })),
        "down to the census"
    );
}

#[test]
fn a_rule_and_an_indicator_say_why() {
    let plan = taian_2012().unwrap();
    let rule = |id: &str| plan.rules.iter().position(|r| r.id.as_str() == id).unwrap();
    let threshold =
        |rule| What::Rule { figure: RuleFigure::Threshold, rule, region: None, year: 0 };
    let share = ask(&plan, "plan-2012", &threshold(rule("education-share"))).unwrap();
    assert_eq!(share.value, 460_000_000_000);
    assert!(is_right_all_the_way(&share) && share.is_illustrative(&plan, &[]));
    let never = ask(&plan, "plan-2012", &threshold(rule("never-decrease-per-pupil")));
    assert_eq!(never, None, "the first year cannot be told");
    let in_second = What::Rule {
        figure: RuleFigure::Threshold,
        rule: rule("never-decrease-per-pupil"),
        region: None,
        year: 1,
    };
    assert!(is_right_all_the_way(&ask(&plan, "plan-2012", &in_second).unwrap()));
    let indicator =
        What::Indicator { figure: IndicatorFigure::Value, indicator: 0, region: None, year: 0 };
    let value = ask(&plan, "plan-2012", &indicator).unwrap();
    assert_eq!(value.value, 774_309); // 868 of 1,121
    assert!(is_right_all_the_way(&value));
}

#[test]
fn two_measures_of_one_name_are_told_apart_by_their_place_in_the_stack() {
    let plan = taian_2012().unwrap();
    let standard: ParamPath = id("programmes/boarding-junior/standard");
    let of = |plan: &Plan| {
        let scenario = plan.scenarios.iter().find(|s| s.id.as_str() == "raise-again").unwrap();
        (scenario.id.clone(), scenario.measures[0].clone())
    };
    // The proposal's measure takes the name of one of the adopted plan.
    let plan = plan
        .edit(|parts| {
            let own = parts.scenarios.iter_mut().find(|s| s.id.as_str() == "raise-again");
            own.unwrap().measures[0].id = id("m-boarding");
        })
        .unwrap();
    let (scenario, own) = of(&plan);
    let measures = plan.enabled_measures(&scenario).unwrap();
    let outcome = evaluate(&plan, &scenario).unwrap();
    let what = What::Parameter { path: standard, region: 0, semester: at("2012-autumn") };
    let trace = why(&plan, &measures, &outcome, &what).unwrap().unwrap();
    let titles: Vec<_> = all(&trace)
        .into_iter()
        .filter_map(|t| match &t.what {
            What::Changed { place, .. } => Some(measures[*place].title.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(titles.last(), Some(&own.title));
    assert!(titles.len() == 2 && titles[0] != titles[1], "{titles:?}");
}

#[test]
fn what_is_not_there_has_no_answer() {
    let plan = small_plan();
    for what in [
        What::Total(Cut::ALL.of_programme(99)),
        What::Paid { programme: 0, region: 99, period: 0, source: 0 },
        What::Paid { programme: 0, region: 0, period: 99, source: 0 },
        What::Heads { population: id("nobody"), region: 0, year: year(2012) },
        What::Rule { figure: RuleFigure::Value, rule: 0, region: None, year: 99 },
        What::Parameter {
            path: id("programmes/none/standard"),
            region: 0,
            semester: at("2012-spring"),
        },
    ] {
        assert_eq!(ask(&plan, "status-quo", &what), None, "{what:?}");
    }
}

#[test]
fn the_figures_of_the_sample_are_explained_as_they_were() {
    let plan = taian_2012().unwrap();
    let programme = |name| plan.programme(name);
    let of =
        |name, working| What::Working { working, programme: programme(name), region: 0, period: 0 };
    let rule = plan.rules.iter().position(|rule| rule.id.as_str() == "education-share").unwrap();
    for (name, what) in [
        ("heads", of("boarding-junior", Working::Payment)),
        ("works", of("kindergartens", Working::Payment)),
        (
            "revenue",
            What::Total(
                Cut::ALL.in_year(0).of_programme(programme("vocational-from-education-surcharge")),
            ),
        ),
        ("slack", What::Rule { figure: RuleFigure::Slack, rule, region: None, year: 0 }),
        (
            "indicator",
            What::Indicator { figure: IndicatorFigure::Value, indicator: 0, region: None, year: 0 },
        ),
    ] {
        assert_snapshot!(name, tree(&ask(&plan, "plan-2012", &what).unwrap()));
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn every_payment_is_explained_by_what_was_computed(
        (plan, scenario) in plan_and_scenario(),
        which in any::<prop::sample::Index>(),
    ) {
        let outcome = evaluate(&plan, &scenario).unwrap();
        let measures = plan.enabled_measures(&scenario).unwrap();
        let cells = payments(&plan, &outcome);
        let cell = cells[which.index(cells.len())];
        let Cell { programme, region, period } = cell;
        let ask = |what: What| why(&plan, &measures, &outcome, &what).unwrap().unwrap();
        let whole = ask(What::Working { working: Working::Payment, programme, region, period });
        prop_assert_eq!(whole.value, cell.paid(&outcome).0);
        prop_assert!(is_right_all_the_way(&whole), "{:#?}", whole);
        for (source, part) in cell.by_source(&outcome).into_iter().enumerate() {
            let what = What::Paid { programme, region, period, source };
            match why(&plan, &measures, &outcome, &what).unwrap() {
                Some(trace) => {
                    prop_assert_eq!(trace.value, part.0);
                    prop_assert!(is_right_all_the_way(&trace), "{:#?}", trace);
                }
                None => prop_assert_eq!(part, Fen::ZERO, "who has no part is not asked"),
            }
        }
    }

    #[test]
    fn every_figure_of_money_and_every_sum_is_explained((plan, scenario) in plan_and_scenario()) {
        let outcome = evaluate(&plan, &scenario).unwrap();
        let measures = plan.enabled_measures(&scenario).unwrap();
        let explained = |what: What, value: i64| {
            let trace = why(&plan, &measures, &outcome, &what).unwrap();
            let trace = trace.unwrap_or_else(|| panic!("no answer to {what:?}"));
            assert_eq!(trace.value, value, "{what:?}");
            assert!(is_right_all_the_way(&trace), "{trace:#?}");
        };
        for year in 0..plan.horizon.years() {
            for cut in [Cut::ALL, Cut::ALL.in_region(0)].map(|cut| cut.in_year(year)) {
                explained(What::CountyBurden(cut), outcome.county_burden(&plan, cut).0);
            }
            explained(What::Gaps { year }, outcome.all_gaps(year).0);
            for source in 0..plan.sources.len() {
                let Some(all) = outcome.funding(source) else { continue };
                let figures = |region, funding: Funding| {
                    for (figure, fen) in [
                        (FundsFigure::Available, funding.available),
                        (FundsFigure::Carried, funding.carried),
                        (FundsFigure::Gap, funding.gap),
                        (FundsFigure::Surplus, funding.surplus),
                    ] {
                        explained(What::Funds { figure, source, region, year }, fen.0);
                    }
                    explained(What::Available { source, region, year }, funding.available.0);
                };
                figures(None, all[year]);
                if outcome.fund_scope(source) == Some(Scope::PerRegion) {
                    for (region, pot) in outcome.pots(source).unwrap().into_iter().enumerate() {
                        figures(Some(region), pot[year]);
                    }
                }
            }
            for report in report_tasks(&plan, &outcome, None).unwrap() {
                let cost = report.cost(&outcome, Cut::ALL.in_year(year));
                explained(What::TaskCost { task: report.task, year }, cost.0);
            }
            for population in &plan.populations {
                let heads = (0..plan.regions.len()).map(|r| outcome.heads(&population.id, r)[year + 1]);
                let what = What::AllHeads {
                    population: population.id.clone(),
                    year: plan.years().nth(year).unwrap(),
                };
                explained(what, heads.sum());
            }
            for (programme, _) in plan.programmes.iter().enumerate().filter(|(_, p)| matches!(p.driver, Driver::Works { .. })) {
                let done: i64 = (0..=year).map(|y| outcome.quantity(programme, 0, y)).sum();
                explained(What::CompletedBy { programme, region: 0, year }, done);
            }
        }
    }

    #[test]
    fn every_head_count_and_every_parameter_is_explained((plan, scenario) in plan_and_scenario()) {
        let outcome = evaluate(&plan, &scenario).unwrap();
        let measures = plan.enabled_measures(&scenario).unwrap();
        let ask = |what: What| why(&plan, &measures, &outcome, &what).unwrap().unwrap();
        for population in &plan.populations {
            for region in 0..plan.regions.len() {
                for (n, heads) in outcome.heads(&population.id, region).iter().enumerate() {
                    let year = plan.horizon.first().plus(i16::try_from(n).unwrap() - 1);
                    let trace = ask(What::Heads { population: population.id.clone(), region, year });
                    prop_assert_eq!(trace.value, *heads);
                    prop_assert!(is_right_all_the_way(&trace), "{:#?}", trace);
                }
            }
        }
        for (path, _) in plan.parameters() {
            for (semester, value) in plan.horizon.semesters().zip(outcome.in_force(&path, 0)) {
                let trace = ask(What::Parameter { path: path.clone(), region: 0, semester });
                prop_assert_eq!(trace.value, *value);
                prop_assert!(is_right_all_the_way(&trace), "{:#?}", trace);
            }
        }
    }

    #[test]
    fn every_rule_and_indicator_is_explained((plan, scenario) in plan_and_scenario()) {
        let outcome = evaluate(&plan, &scenario).unwrap();
        let measures = plan.enabled_measures(&scenario).unwrap();
        let ask = |what: What| why(&plan, &measures, &outcome, &what).unwrap();
        for result in test_rules(&plan, &outcome).unwrap() {
            let (rule, year) = (result.rule, result.year);
            for finding in result.regions.iter().chain([&result.whole]) {
                let region = finding.region;
                let slack = finding.slack.map(|slack| slack.0);
                for (figure, value) in [
                    (RuleFigure::Value, Some(finding.value)),
                    (RuleFigure::Threshold, Some(finding.threshold)),
                    (RuleFigure::Slack, slack),
                ] {
                    let trace = ask(What::Rule { figure, rule, region, year });
                    let tells = !matches!(finding.verdict, Verdict::CannotTell(_)) && value.is_some();
                    let is_money = finding.unit == Unit::Fen;
                    let says_why = plan.rules[rule].says_why(figure, finding.unit);
                    prop_assert_eq!(trace.is_some(), tells && says_why, "{:?}", finding);
                    if let Some(trace) = trace {
                        prop_assert_eq!(Some(trace.value), value);
                        prop_assert!(is_right_all_the_way(&trace), "{:#?}", trace);
                        prop_assert_eq!(trace.what.unit(&plan) == Unit::Fen, is_money || figure == RuleFigure::Slack);
                    }
                }
            }
        }
        for indicator in 0..plan.indicators.len() {
            for year in 0..plan.horizon.years() {
                let reading = read_indicator(&plan, &outcome, indicator, None, year).unwrap().unwrap();
                let what = What::Indicator { figure: IndicatorFigure::Value, indicator, region: None, year };
                let trace = ask(what);
                prop_assert_eq!(trace.as_ref().map(|t| t.value), reading.value);
                prop_assert!(trace.is_none_or(|trace| is_right_all_the_way(&trace)));
                let goal = What::Indicator { figure: IndicatorFigure::Target, indicator, region: None, year };
                prop_assert_eq!(ask(goal).map(|t| t.value), reading.target.map(|goal| goal.value));
            }
        }
    }
}
