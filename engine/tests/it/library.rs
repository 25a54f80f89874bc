//! The library of programmes, and plans from nothing: whatever is taken in whatever order, the
//! plan is sound, costs nothing before heads are entered, and holds nothing twice.

use proptest::prelude::*;
use proptest::sample::Index;
use shapan_engine::files::{Contents, Stamp, read, write_plan};
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan as any_plan};
use shapan_testing::*;
use std::collections::BTreeMap;

fn the_library() -> Plan {
    library().unwrap()
}

fn ids(library: &Plan) -> Vec<ProgrammeId> {
    library.programmes.iter().map(|p| p.id.clone()).collect()
}

fn fresh(first: i64, years: u8, stages: &[Stage]) -> Plan {
    let start = Start {
        title: words("某市教育计划", "A city's plan"),
        place: words("某市", "Some city"),
        regions: ["甲县", "乙区"].map(|name| words(name, name)).to_vec(),
        horizon: Horizon::new(year(first), years).unwrap(),
        stages: stages.to_vec(),
    };
    fresh_plan(start, &the_library()).unwrap()
}

fn take(plan: &Plan, library: &Plan, programmes: &[ProgrammeId]) -> Plan {
    let mut document = Document::new(plan.clone());
    document.dispatch(take_from_library(plan, library, programmes), None).unwrap();
    Plan::clone(document.plan())
}

/// Everything a plan had, it still has, unchanged and in its place.
fn only_added(before: &Plan, after: &Plan) -> bool {
    fn starts<T: PartialEq>(before: &[T], after: &[T]) -> bool {
        after.starts_with(before)
    }
    starts(&before.citations, &after.citations)
        && starts(&before.populations, &after.populations)
        && starts(&before.sources, &after.sources)
        && starts(&before.programmes, &after.programmes)
        && starts(&before.rules, &after.rules)
        && (&before.regions, &before.scenarios) == (&after.regions, &after.scenarios)
}

fn spent(plan: &Plan) -> Fen {
    let root = plan.status_quo().unwrap().id.clone();
    evaluate(plan, &root).unwrap().total(Cut::ALL)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn whatever_is_taken_in_whatever_order_costs_nothing_without_heads(
        order in prop::collection::vec(any::<Index>(), 0..12),
        first in 1990i64..2040,
        years in 1u8..=10,
        stages in prop::sample::subsequence(Stage::ALL.to_vec(), 0..=7),
    ) {
        let library = the_library();
        let all = ids(&library);
        let mut plan = fresh(first, years, &stages);
        let mut taken = Vec::new();
        for place in order {
            let id = all[place.index(all.len())].clone();
            let before = plan.programmes.len();
            plan = take(&plan, &library, std::slice::from_ref(&id));
            let is_new = !taken.contains(&id);
            prop_assert_eq!(plan.programmes.len(), before + usize::from(is_new));
            taken.push(id);
        }
        prop_assert_eq!(spent(&plan), Fen::ZERO);
        // All at once is the same but for the order of things.
        let at_once = take(&fresh(first, years, &stages), &library, &taken);
        let names = |plan: &Plan| {
            let mut all: Vec<_> = plan.parameters().map(|(path, p)| (path, p.clone())).collect();
            all.sort_by(|a, b| a.0.cmp(&b.0));
            all
        };
        prop_assert_eq!(names(&plan), names(&at_once));
    }

    #[test]
    fn a_plan_with_things_of_its_own_keeps_them_as_they_are(
        plan in any_plan(),
        some in prop::collection::vec(any::<Index>(), 1..6),
    ) {
        let library = the_library();
        let all = ids(&library);
        let some: Vec<_> = some.iter().map(|n| all[n.index(all.len())].clone()).collect();
        let after = take(&plan, &library, &some);
        prop_assert!(only_added(&plan, &after));
        // What is taken may cost something here: of people and accounts the plan has already.
        let root = plan.status_quo().unwrap().id.clone();
        let own = |of: &Plan| {
            let outcome = evaluate(of, &root).unwrap();
            let each = (0..plan.programmes.len()).map(|n| Cut { programme: Some(n), ..Cut::ALL });
            each.map(|cut| outcome.total(cut)).collect::<Vec<_>>()
        };
        prop_assert_eq!(own(&after), own(&plan));
        prop_assert_eq!(&take(&after, &library, &some), &after, "twice is once");
    }
}

#[test]
fn the_library_is_small_and_lists_every_programme_once_under_its_stage() {
    let library = the_library();
    assert!(include_str!("../../library/programmes.json").len() < 40 * 1024);
    let items = library_items(&library);
    let listed: usize = items.iter().map(|(_, of_stage)| of_stage.len()).sum();
    assert_eq!(listed, library.programmes.len());
    let stages: Vec<_> = items.iter().map(|(stage, _)| *stage).collect();
    let expected = [
        Some(Stage::Preschool),
        Some(Stage::Primary),
        Some(Stage::Junior),
        Some(Stage::Senior),
        Some(Stage::Vocational),
        Some(Stage::Special),
        Some(Stage::Tertiary),
        None,
    ];
    assert_eq!(stages, expected);
    assert_eq!(spent(&library), Fen::ZERO);
    for lang in Lang::ALL {
        assert!(library.programmes.iter().all(|p| p.name.exactly(lang).is_some()));
        assert!(library.citations.iter().all(|c| c.title.exactly(lang).is_some()));
    }
}

#[test]
fn every_number_of_the_library_is_cited_or_marked_illustrative_or_left_to_be_entered() {
    let library = the_library();
    let open = library.horizon.start();
    for (path, parameter) in library.parameters() {
        let basis = &parameter.basis;
        match basis.kind {
            BasisKind::Published => assert!(basis.citation.is_some(), "{path}"),
            BasisKind::Illustrative => {}
            BasisKind::Entered => assert!(parameter.steps.is_empty(), "{path}"),
            other => panic!("{path} is {other:?}"),
        }
        assert!(parameter.by_region.is_empty(), "{path}");
        let later = parameter.steps.iter().skip(1);
        assert!(later.clone().all(|s| s.from != open), "{path}: an open date is the first");
    }
}

#[test]
fn a_fresh_plan_has_what_is_needed_and_nothing_else() {
    let plan = fresh(2026, 5, &[Stage::Junior, Stage::Primary]);
    let names = |ids: Vec<&str>| ids.join(" ");
    assert_eq!(names(plan.regions.iter().map(|r| r.id.as_str()).collect()), "region-1 region-2");
    let populations = plan.populations.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(names(populations), "primary-pupils junior-pupils");
    let sources = plan.sources.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(names(sources), "central province city county");
    assert_eq!(plan.scenarios[1].name.get(Lang::ZhHans), "2026 年工作计划");
    assert!(plan.programmes.is_empty() && plan.citations.is_empty() && plan.rules.is_empty());
    assert!(!plan.rests_on_illustrative());
    let Headcount::Counted { censuses, .. } = &plan.populations[0].headcount else { panic!() };
    assert_eq!(censuses, &[Census { year: year(2025), heads: BTreeMap::new() }]);
    assert_eq!(spent(&plan), Fen::ZERO);
    let (contents, _) = read(&write_plan(&plan, &Stamp::default())).unwrap();
    assert_eq!(contents, Contents::Plan(Box::new(plan)));
}

#[test]
fn a_plan_of_no_region_is_refused() {
    let horizon = Horizon::new(year(2026), 1).unwrap();
    let (title, place) = (words("计划", "plan"), words("市", "city"));
    let start = Start { title, place, regions: Vec::new(), horizon, stages: Vec::new() };
    assert!(matches!(fresh_plan(start, &the_library()), Err(StartError::Unsound(_))));
}

#[test]
fn a_standard_taken_pays_by_its_dates_and_above_the_base_the_county_pays_all() {
    let library = the_library();
    let plan = fresh(2023, 3, &[Stage::Junior]);
    let plan = take(&plan, &library, &[id("public-funds-junior")]);
    let plan = plan
        .edit(|parts| {
            let Headcount::Counted { censuses, .. } = &mut parts.populations[0].headcount else {
                panic!()
            };
            censuses[0].heads.insert(id("region-1"), 1_000);
        })
        .unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    // 1,000 pupils at 940 yuan from spring 2023 on; half of it central, a fifth provincial.
    assert_eq!(outcome.total(Cut::ALL.in_year(0)), Fen(94_000_000));
    let county = plan.sources.iter().position(|s| s.id.as_str() == "county").unwrap();
    assert_eq!(outcome.total(Cut::ALL.in_year(0).from_source(county)), Fen(28_200_000));
}

#[test]
fn works_are_paid_from_the_plans_first_year_on() {
    let library = the_library();
    let plan = take(&fresh(2031, 4, &[]), &library, &[id("kindergartens")]);
    let Driver::Works { payment, completion, .. } = &plan.programmes[0].driver else { panic!() };
    let years = |shares: &YearShares| -> Vec<i16> {
        shares.shares().iter().map(|s| s.year.get()).collect()
    };
    assert_eq!((years(payment), years(completion)), (vec![2031, 2032], vec![2032]));
}

#[test]
fn what_comes_with_a_programme_is_used_where_it_is_there_and_brought_where_it_is_not() {
    let library = the_library();
    let plan = fresh(2026, 2, &[Stage::Junior]);
    let plan = take(&plan, &library, &[id("boarding-junior")]);
    let populations: Vec<_> = plan.populations.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(populations, ["junior-pupils", "junior-boarders", "junior-poor-boarders"]);
    assert_eq!(plan.sources.len(), 4);
    let plan = take(&plan, &library, &[id("vocational-from-education-surcharge")]);
    assert!(plan.sources.iter().any(|s| s.id.as_str() == "education-surcharge"));
    assert_eq!(plan.rules[0].id.as_str(), "education-surcharge-vocational");
    let plan = take(&plan, &library, &[id("vocational-from-local-surcharge")]);
    assert_eq!(plan.rules.len(), 1, "the local surcharge has no earmark of the nation's");
}

#[test]
fn an_id_that_means_something_else_in_the_plan_is_left_alone() {
    let library = the_library();
    let mut parts = bare(2026, 2, &["a"]);
    parts.populations = vec![counted("senior-pupils", 2025, &[("a", 7)])].into(); // of the primary stage
    parts.sources = vec![Source { payer: Payer::Other, ..source("county") }].into();
    parts.citations = vec![citation("grants-2024")].into();
    let plan = Plan::new(parts).unwrap();
    let after = take(&plan, &library, &[id("senior-grant")]);
    assert!(only_added(&plan, &after));
    let grant = &after.programmes[0];
    assert_eq!(grant.split.residual.as_str(), "county-1");
    let population = after.populations.iter().find(|p| p.id.as_str() == "senior-aided").unwrap();
    let Headcount::ShareOf { parent, .. } = &population.headcount else { panic!() };
    assert_eq!(parent.as_str(), "senior-pupils-1");
    let Driver::Heads { standard, .. } = &grant.driver else { panic!() };
    assert_eq!(standard.value.basis.citation.as_ref().unwrap().as_str(), "grants-2024-1");
    assert_eq!(spent(&after), Fen::ZERO);
    assert_eq!(take(&after, &library, &[id("senior-grant")]), after);
    assert!(taken_from_library(&after, &library.programmes[0]).is_none());
}

#[test]
fn taking_is_one_step_and_undo_gives_back_the_plan_as_it_was() {
    let library = the_library();
    let plan = fresh(2026, 5, &Stage::ALL);
    let mut document = Document::new(plan.clone());
    document.dispatch(take_from_library(&plan, &library, &ids(&library)), None).unwrap();
    assert_eq!(document.plan().programmes.len(), library.programmes.len());
    document.undo();
    assert_eq!(**document.plan(), plan);
    assert!(!document.can_undo());
}
