//! What makes a plan sound: one unsound plan for every fault, with the place it names.
//! People by grade and schools are in `soundness_people`, indicators, rules and tasks in
//! `soundness_goals`.

use shapan_engine::*;
use shapan_testing::refused::*;
use shapan_testing::*;

fn split_of(plan: &mut PlanParts, programme: usize) -> &mut Split {
    &mut plan.programmes[programme].split
}

/// The only change of the proposal's first measure.
fn a_change(plan: &mut PlanParts) -> &mut Change {
    &mut plan.scenarios[2].measures[0].changes[0]
}

fn growth(population: &mut Population) -> &mut Parameter {
    match &mut population.headcount {
        Headcount::Counted { growth, .. } => growth,
        Headcount::ShareOf { share, .. } => share,
        Headcount::Cohort(_) => panic!("no cohort"),
    }
}

fn censuses(population: &mut Population) -> &mut Vec<Census> {
    match &mut population.headcount {
        Headcount::Counted { censuses, .. } => censuses,
        Headcount::ShareOf { .. } | Headcount::Cohort(_) => panic!("counted"),
    }
}

fn standard(plan: &mut PlanParts) -> &mut Parameter {
    match &mut plan.programmes[0].driver {
        Driver::Heads { standard, .. } => &mut standard.value,
        _ => panic!("heads"),
    }
}

fn per_post(plan: &mut PlanParts) -> &mut Parameter {
    match &mut plan.programmes[2].driver {
        Driver::Posts { posts: Posts::PerPupils { pupils_per_post, .. }, .. } => pupils_per_post,
        _ => panic!("posts"),
    }
}

#[test]
fn the_small_plan_is_sound_and_can_be_evaluated_under_all_its_scenarios() {
    let plan = small_plan();
    for scenario in &plan.scenarios {
        assert!(evaluate(&plan, &scenario.id).unwrap().total(Cut::ALL) > Fen::ZERO);
    }
}

#[test]
fn no_payment_of_the_small_plan_follows_from_its_people_by_grade_or_its_goals() {
    let (whole, paid) = (small_plan(), Plan::new(what_is_paid()).unwrap());
    for scenario in &whole.scenarios {
        let [all, alone] = [&whole, &paid].map(|plan| evaluate(plan, &scenario.id).unwrap());
        assert!(agree(&paid, &all, &alone), "{}", scenario.id);
    }
}

#[test]
fn a_list_is_no_longer_than_the_app_takes_on() {
    refused(
        |p| {
            let days = (1900..2001).map(|y| Step { from: year(y).spring(), value: 1 });
            standard(p).steps = days.collect();
        },
        &[("programmes/boarding/standard", too_many(101, 100))],
    );
    refused(
        |p| {
            let change = a_change(p).clone();
            p.scenarios[2].measures[0].changes = vec![change; 501];
        },
        &[("scenarios/proposal/wider", too_many(501, 500))],
    );
    refused(
        |p| {
            p.citations.extend((0..5_001).map(|n| citation(&format!("c-{n}"))));
        },
        &[("citations", too_many(5_003, 5_000))],
    );
}

#[test]
fn a_plan_has_a_region() {
    let faults = Plan::new(bare(2012, 1, &[])).unwrap_err().0;
    assert_eq!(faults, [(Place("regions".to_owned()), Fault::None)]);
}

#[test]
fn a_ratio_is_stated_from_the_start_in_every_region() {
    let late = || dated(&[("2012-autumn", 19_500_000)]);
    let expected = [("programmes/teachers/pupils-per-post", Fault::None)];
    refused(|p| *per_post(p) = late(), &expected);
    // A region's own ratio that starts late passed the check once, and then nothing could be
    // evaluated: before its first date it would have been 0.
    refused(
        |p| {
            per_post(p).by_region.insert(id("south"), late().steps);
        },
        &expected,
    );
}

#[test]
fn nothing_is_named_twice() {
    refused(|p| twice_there(&mut p.regions, 0), &[("regions", twice("north"))]);
    refused(|p| twice_there(&mut p.populations, 1), &[("populations", twice("boarders"))]);
    refused(|p| twice_there(&mut p.sources, 0), &[("sources", twice("county"))]);
    refused(|p| twice_there(&mut p.programmes, 3), &[("programmes", twice("cooks"))]);
    refused(|p| twice_there(&mut p.scenarios, 2), &[("scenarios", twice("proposal"))]);
    refused(|p| twice_there(&mut p.citations, 0), &[("citations", twice("yearbook"))]);
    refused(
        |p| {
            let measure = p.scenarios[1].measures[0].clone();
            p.scenarios[1].measures.push(measure);
        },
        &[("scenarios/adopted", twice("raise"))],
    );
    refused(
        |p| {
            let share = Share { source: id("city"), share: always(1) };
            split_of(p, 0).shares.push(share);
        },
        &[("programmes/boarding/split", twice("city"))],
    );
}

#[test]
fn every_name_is_borne_by_something() {
    refused(
        |p| p.populations[1] = part_of("boarders", "ghosts", 1),
        &[("populations/boarders", unknown("ghosts"))],
    );
    refused(
        |p| {
            censuses(&mut p.populations[2])[0].heads.insert(id("east"), 1);
        },
        &[("populations/borrowers", unknown("east"))],
    );
    refused(
        |p| p.programmes[0].driver = heads("ghosts", still(1)),
        &[("programmes/boarding", unknown("ghosts"))],
    );
    refused(
        |p| split_of(p, 0).residual = id("nobody"),
        &[("programmes/boarding/split", unknown("nobody"))],
    );
    refused(
        |p| split_of(p, 2).shares.push(Share { source: id("nobody"), share: always(1) }),
        &[("programmes/teachers/split", unknown("nobody"))],
    );
    refused(
        |p| p.programmes[5].driver = Driver::Revenue { source: id("nobody"), share: always(1) },
        &[("programmes/vocational", unknown("nobody"))],
    );
    refused(
        |p| split_of(p, 0).basis.citation = Some(id("hearsay")),
        &[("programmes/boarding/split", unknown("hearsay"))],
    );
    refused(
        |p| standard(p).basis.citation = Some(id("hearsay")),
        &[("programmes/boarding/standard", unknown("hearsay"))],
    );
    refused(
        |p| p.scenarios[1].measures[0].basis.citation = Some(id("hearsay")),
        &[("scenarios/adopted/raise", unknown("hearsay"))],
    );
    refused(
        |p| {
            standard(p).by_region.insert(id("east"), Vec::new());
        },
        &[("programmes/boarding/standard", unknown("east"))],
    );
    refused(
        |p| a_change(p).path = id("programmes/boarding/indexation"),
        &[("scenarios/proposal/wider/1", unknown("programmes/boarding/indexation"))],
    );
    refused(
        |p| a_change(p).regions = Some(vec![id("east")]),
        &[("scenarios/proposal/wider/1", unknown("east"))],
    );
    refused(
        |p| a_change(p).value = ChangeValue::ByRegion([(id("east"), 1)].into()),
        &[("scenarios/proposal/wider/1", unknown("east"))],
    );
    refused(
        |p| p.scenarios[2].parent = Some(id("nowhere")),
        &[("scenarios/proposal", unknown("nowhere"))],
    );
}

#[test]
fn nothing_goes_in_a_circle() {
    let circle = |id: &str| Fault::Cycle { id: id.to_owned() };
    refused(
        |p| {
            p.populations.push(part_of("a", "b", 1));
            p.populations.push(part_of("b", "a", 1));
        },
        &[("populations", circle("a"))],
    );
    refused(
        |p| p.populations[1] = part_of("boarders", "boarders", 1),
        &[("populations", circle("boarders"))],
    );
    refused(|p| p.scenarios[1].parent = Some(id("proposal")), &[("scenarios", circle("adopted"))]);
}

#[test]
fn there_is_one_status_quo_and_it_has_no_measures() {
    refused(
        |p| p.scenarios[1].parent = None,
        &[("scenarios", Fault::StatusQuo { roots: 2, measures: 2 })],
    );
    refused(
        |p| p.scenarios[0].measures.push(measure("m", Vec::new())),
        &[("scenarios", Fault::StatusQuo { roots: 1, measures: 1 })],
    );
    refused(|p| p.scenarios.clear(), &[("scenarios", Fault::StatusQuo { roots: 0, measures: 0 })]);
}

#[test]
fn every_number_lies_within_its_bounds() {
    refused(
        |p| standard(p).steps[0].value = -1,
        &[("programmes/boarding/standard", outside(-1, Unit::Fen.bounds()))],
    );
    refused(
        |p| *growth(&mut p.populations[0]) = always(-1_000_001),
        &[("populations/pupils/growth", outside(-1_000_001, Unit::Growth.bounds()))],
    );
    refused(
        |p| *growth(&mut p.populations[1]) = always(1_000_001),
        &[("populations/boarders/share", outside(1_000_001, Unit::Share.bounds()))],
    );
    refused(
        |p| *per_post(p) = always(0),
        &[("programmes/teachers/pupils-per-post", outside(0, Unit::Ratio.bounds()))],
    );
    refused(
        |p| {
            censuses(&mut p.populations[2])[0].heads.insert(id("south"), 1_000_000_001);
        },
        &[("populations/borrowers", outside(1_000_000_001, Unit::Count.bounds()))],
    );
    for (operation, value, bounds) in [
        (Operation::Set, MILLION + 1, 0..=MILLION),
        (Operation::Set, -1, 0..=MILLION),
        (Operation::Add, MILLION + 1, -MILLION..=MILLION),
        (Operation::Add, -MILLION - 1, -MILLION..=MILLION),
        (Operation::Scale, -1, 0..=1_000 * MILLION),
        (Operation::Scale, i64::MAX, 0..=1_000 * MILLION),
    ] {
        refused(
            |p| {
                let change = a_change(p);
                (change.operation, change.value) = (operation, ChangeValue::One(value));
            },
            &[("scenarios/proposal/wider/1", outside(value, bounds))],
        );
    }
}

#[test]
fn steps_and_censuses_ascend_in_time() {
    refused(
        |p| standard(p).steps = dated(&[("2012-autumn", 1), ("2012-spring", 2)]).steps,
        &[("programmes/boarding/standard", Fault::NotAscending)],
    );
    refused(
        |p| standard(p).steps = dated(&[("2012-autumn", 1), ("2012-autumn", 2)]).steps,
        &[("programmes/boarding/standard", Fault::NotAscending)],
    );
    refused(
        |p| {
            let again = censuses(&mut p.populations[0])[0].clone();
            censuses(&mut p.populations[0]).push(again);
        },
        &[("populations/pupils", Fault::NotAscending)],
    );
}

#[test]
fn somebody_was_counted_before_the_first_spring() {
    let missing = [("populations/pupils", Fault::CensusMissing { needed: 2011 })];
    refused(
        |p| {
            censuses(&mut p.populations[0]).remove(0);
        },
        &missing,
    );
    refused(|p| censuses(&mut p.populations[0]).clear(), &missing);
}

#[test]
fn shares_leave_a_rest_at_every_date_and_in_every_region() {
    let too_much = [("programmes/boarding/split", Fault::SharesExceedWhole { total: 1_000_001 })];
    let with = |share: Parameter| {
        move |p: &mut PlanParts| {
            split_of(p, 0).shares.push(Share { source: id("surcharge"), share });
        }
    };
    refused(with(always(400_001)), &too_much);
    refused(
        with(dated(&[("2000-spring", 1), ("2013-spring", 400_001), ("2014-spring", 2)])),
        &too_much,
    );
    let mut in_the_south = always(400_000);
    in_the_south.by_region.insert(id("south"), always(400_001).steps);
    refused(with(in_the_south), &too_much);

    let mut sound = one_of_everything();
    with(always(400_000))(&mut sound);
    assert!(Plan::new(sound).is_ok(), "nothing left is still a rest");
}

#[test]
fn the_residual_source_has_no_share() {
    refused(
        |p| split_of(p, 0).residual = id("city"),
        &[("programmes/boarding/split", Fault::ResidualHasShare { id: "city".to_owned() })],
    );
}

#[test]
fn a_base_standard_needs_a_standard() {
    refused(
        |p| split_of(p, 6).base_standard = Some(always(1)),
        &[("programmes/other/split", Fault::BaseWithoutStandard)],
    );
}

#[test]
fn a_change_does_not_end_before_it_starts() {
    refused(
        |p| a_change(p).until = Some(at("2012-spring")),
        &[("scenarios/proposal/wider/1", Fault::EndsBeforeStart)],
    );
    let mut one_semester = one_of_everything();
    a_change(&mut one_semester).until = Some(at("2012-autumn"));
    assert!(Plan::new(one_semester).is_ok());
}

#[test]
fn a_share_of_revenue_needs_revenue() {
    refused(
        |p| p.programmes[5].driver = Driver::Revenue { source: id("city"), share: always(1) },
        &[("programmes/vocational", Fault::NoRevenue { id: "city".to_owned() })],
    );
}

#[test]
fn interest_is_paid_for_a_loan_for_one_to_thirty_years() {
    let years = |years| {
        move |p: &mut PlanParts| match &mut p.programmes[7].driver {
            Driver::Loans { study_years, .. } => *study_years = years,
            _ => panic!("loans"),
        }
    };
    refused(years(0), &[("programmes/loans/study-years", outside(0, 1..=30))]);
    refused(years(31), &[("programmes/loans/study-years", outside(31, 1..=30))]);
    accepted(years(1));
    accepted(years(30));
}

#[test]
fn a_former_path_leads_to_a_parameter_of_today_and_is_none_itself() {
    let alias = |from: &'static str, to: &'static str| {
        move |p: &mut PlanParts| {
            p.aliases.insert(id(from), id(to));
        }
    };
    refused(
        alias("programmes/boarders/standard", "programmes/ghosts/standard"),
        &[("aliases/programmes/boarders/standard", unknown("programmes/ghosts/standard"))],
    );
    // Not by way of another former path either.
    refused(
        alias("programmes/old/standard", "programmes/boarders/standard"),
        &[("aliases/programmes/old/standard", unknown("programmes/boarders/standard"))],
    );
    refused(
        alias("programmes/public-funds/standard", "programmes/boarding/standard"),
        &[("aliases/programmes/public-funds/standard", twice("programmes/public-funds/standard"))],
    );
    refused(
        alias("programmes/old/coverage", "programmes/boarding/standard"),
        &[(
            "aliases/programmes/old/coverage",
            Fault::OtherUnit { id: "programmes/boarding/standard".to_owned() },
        )],
    );
    refused(
        |p| {
            let former = (0..500).map(|n| id(&format!("programmes/old-{n}/standard")));
            p.aliases.extend(former.map(|path| (path, id("programmes/boarding/standard"))));
        },
        &[("aliases", too_many(501, 500))],
    );
}

#[test]
fn a_change_names_a_parameter_as_it_is_called_today() {
    refused(
        |p| a_change(p).path = id("programmes/boarders/standard"),
        &[("scenarios/proposal/wider/1", unknown("programmes/boarders/standard"))],
    );
}

#[test]
fn a_plan_full_of_faults_names_the_first_fifty() {
    let mut plan = one_of_everything();
    plan.regions.clear();
    for n in 0..200 {
        plan.populations.push(part_of(&format!("p-{n}"), "ghosts", 1));
    }
    assert_eq!(Plan::new(plan).unwrap_err().0.len(), 50);
}

#[test]
fn clauses_codes_and_tags_are_short_texts() {
    let bad = |words: &str| Fault::NotAMark { words: words.to_owned() };
    refused(|p| p.programmes[0].clause = Some("".into()), &[("programmes/boarding", bad(""))]);
    refused(
        |p| p.programmes[0].tags = vec!["a\u{1}".into()],
        &[("programmes/boarding", bad("a\u{1}"))],
    );
}

#[test]
fn money_the_whole_city_shares_has_no_values_by_region() {
    let county = |p: &PlanParts| p.sources.iter().position(|s| s.available.is_some()).unwrap();
    refused(
        |p| {
            let (county, region) = (county(p), p.regions[0].id.clone());
            let amount = &mut p.sources[county].available.as_mut().unwrap().amount.value;
            amount.by_region.insert(region, amount.steps.clone());
        },
        &[("sources/county/available", Fault::CityWideByRegion)],
    );
    refused(
        |p| {
            let region = p.regions[0].id.clone();
            let change = a_change(p);
            change.path = "sources/county/available".parse().unwrap();
            change.operation = Operation::Add;
            change.value = ChangeValue::One(1);
            change.regions = Some(vec![region]);
        },
        &[("scenarios/proposal/wider/1", Fault::CityWideByRegion)],
    );
}

#[test]
fn measures_are_bounded_over_all_scenarios() {
    let most = 5_000;
    refused(
        |p| {
            let model = p.scenarios.iter().find(|s| s.parent.is_some()).unwrap().clone();
            let measures = (0..500).map(|n| Measure {
                id: format!("m-{n}").parse().unwrap(),
                changes: Vec::new(),
                ..model.measures[0].clone()
            });
            let measures: Vec<_> = measures.collect();
            for n in 0..11 {
                let id = format!("x-{n}").parse().unwrap();
                p.scenarios.push(Scenario { id, measures: measures.clone(), ..model.clone() });
            }
            let others: usize = p.scenarios.iter().map(|s| s.measures.len()).sum::<usize>() - 5_500;
            let first = p.scenarios.iter_mut().find(|s| s.measures.len() == 500).unwrap();
            first.measures.truncate(500 - others); // a round number to expect
        },
        &[("scenarios", Fault::TooMany { found: 5_500, most })],
    );
}
