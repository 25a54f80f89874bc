//! A scenario that travels: what it attaches to, what differs there, and that nothing there moves.

use proptest::prelude::*;
use shapan_engine::files::{
    Contents, Fit, ScenarioBundle, Stamp, fingerprint, fit, read, write_scenario,
};
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario};
use shapan_testing::*;

fn travelled(plan: &Plan, scenario: &ScenarioId) -> ScenarioBundle {
    let file = write_scenario(plan, scenario, &Stamp::default()).unwrap();
    match read(&file).unwrap().0 {
        Contents::Scenario(bundle) => *bundle,
        Contents::Plan(_) => panic!("a scenario file"),
    }
}

/// The small plan with only the status quo left.
fn base_alone() -> PlanParts {
    let mut base = what_is_paid();
    base.scenarios.truncate(1);
    base
}

/// Adds what fits through the one door, and checks that nothing there moved.
fn put_on(plan: &Plan, fit: &Fit) -> Plan {
    let mut document = Document::new(plan.clone());
    document.dispatch(Command::AddScenarios(fit.scenarios.clone()), None).unwrap();
    let after = (**document.plan()).clone();
    assert_eq!(after.scenarios[..plan.scenarios.len()], plan.scenarios[..]);
    assert_eq!(fingerprint(&after), fingerprint(plan));
    after
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn at_home_a_scenario_finds_itself_and_on_the_bare_base_it_costs_the_same((plan, id) in plan_and_scenario()) {
        let bundle = travelled(&plan, &id);
        let at_home = fit(&plan, &bundle);
        let found = Fit { subject: Some(id.clone()), ..Fit::default() };
        prop_assert_eq!(at_home, found);

        let bare = plan.edit(|p| p.scenarios.retain(|s| s.parent.is_none())).unwrap();
        prop_assert_eq!(&bundle.base_fingerprint, &fingerprint(&bare));
        let fitted = fit(&bare, &bundle);
        prop_assert!(fitted.differences.is_empty() && fitted.missing.is_empty());
        let there = put_on(&bare, &fitted);
        let subject = fitted.subject.unwrap();
        prop_assert_eq!(&subject, &id);
        prop_assert!(agree(&plan, &evaluate(&there, &subject).unwrap(), &evaluate(&plan, &id).unwrap()));
    }
}

#[test]
fn on_the_same_base_it_attaches_to_the_parent_that_is_there() {
    let plan = small_plan();
    let there = plan.edit(|p| p.scenarios.truncate(2)).unwrap();
    let fitted = fit(&there, &travelled(&plan, &id("proposal")));
    assert_eq!(fitted.scenarios, plan.scenarios[2..]);
    assert_eq!(fitted.subject, Some(id("proposal")));
    expect!(fitted, differences: vec![], missing: vec![], emptied: 0);
}

#[test]
fn where_parameters_stand_otherwise_each_is_shown_as_it_is_there_and_here() {
    let mut other = base_alone();
    other.programmes[0].driver = heads("boarders", still(99_900));
    if let Driver::Works { units, .. } = &mut other.programmes[4].driver {
        *units = always(1);
        units.basis.kind = BasisKind::Illustrative;
    }
    // Only where it comes from differs: no difference.
    if let Headcount::ShareOf { share, .. } = &mut other.populations[1].headcount {
        share.basis.kind = BasisKind::Published;
    }
    let other = Plan::new(other).unwrap();
    let plan = small_plan();
    let bundle = travelled(&plan, &id("proposal"));
    assert_ne!(bundle.base_fingerprint, fingerprint(&other));
    let fitted = fit(&other, &bundle);
    let differences: Vec<_> = fitted
        .differences
        .iter()
        .map(|d| (d.path.to_string(), d.there.steps[0].value, d.here.steps[0].value))
        .collect();
    assert_eq!(
        differences,
        [
            ("programmes/boarding/standard".to_owned(), 125_000, 99_900),
            ("programmes/schools/units".to_owned(), 0, 1),
        ]
    );
    assert!(fitted.missing.is_empty());
    put_on(&other, &fitted);
}

#[test]
fn what_the_receiving_plan_does_not_have_is_named_and_left_out() {
    let mut other = base_alone();
    other.programmes.retain(|p| p.id.as_str() != "schools");
    other.sources[2].revenue = None;
    other.programmes.retain(|p| p.id.as_str() != "vocational");
    let other = Plan::new(other).unwrap();
    let fitted = fit(&other, &travelled(&small_plan(), &id("proposal")));
    let missing: Vec<_> = fitted.missing.iter().map(ToString::to_string).collect();
    assert_eq!(missing, ["programmes/schools/units", "sources/surcharge/revenue"]);
    assert_eq!(fitted.emptied, 2, "both had no other change");
    let there = put_on(&other, &fitted);
    let changes: Vec<usize> = there.scenarios[1..]
        .iter()
        .flat_map(|s| s.measures.iter().map(|m| m.changes.len()))
        .collect();
    assert_eq!(changes, [1, 0, 1, 0], "measures stay, so that nobody wonders where they went");
}

#[test]
fn regions_and_citations_it_cannot_bring_are_named_and_left_out() {
    let mut home = one_of_everything();
    let mut only_south = change("programmes/boarding/standard", Operation::Add, 7, "2012-spring");
    only_south.regions = Some(vec![id("south")]);
    home.scenarios[1].measures.push(measure("only-south", vec![only_south]));
    let home = Plan::new(home).unwrap();

    // The same plan before the south joined, and without the work plan's clauses.
    let mut other = base_alone();
    other.regions.truncate(1);
    other.citations.truncate(1);
    if let Headcount::Counted { censuses, .. } = &mut other.populations[0].headcount {
        censuses.iter_mut().for_each(|c| c.heads.retain(|r, _| r.as_str() == "north"));
    }
    other.sources[1].available.as_mut().unwrap().amount.value.by_region.clear();
    let other = Plan::new(other).unwrap();

    let fitted = fit(&other, &travelled(&home, &id("proposal")));
    assert_eq!(fitted.missing_regions, [id("south")]);
    assert_eq!(fitted.missing_citations, [id("clause-3")]);
    assert_eq!(fitted.missing, []);
    assert_eq!(fitted.emptied, 1, "what was for the south only");
    let there = put_on(&other, &fitted);
    let adopted = &there.scenarios[1].measures;
    assert_eq!(adopted[0].basis.citation, None);
    assert_eq!(adopted[1].changes[0].value, ChangeValue::ByRegion([(id("north"), 2)].into()));
    assert_eq!(adopted[2].changes, [], "it does not become a change for everybody");
    assert_eq!(there.scenarios[2].measures[0].changes[0].regions, Some(vec![id("north")]));
}

#[test]
fn a_measure_that_never_changed_anything_is_not_counted_as_emptied() {
    let mut home = base_alone();
    let idle = measure("idle", Vec::new());
    home.scenarios.push(scenario("x", Some("status-quo"), vec![idle]));
    let bundle = travelled(&Plan::new(home).unwrap(), &id("x"));
    assert_eq!(fit(&small_plan(), &bundle).emptied, 0);
}

#[test]
fn two_scenarios_of_one_name_in_a_file_become_two() {
    let mut bundle = travelled(&small_plan(), &id("proposal"));
    bundle.scenarios[1].id = id("adopted");
    let other = Plan::new(base_alone()).unwrap();
    let fitted = fit(&other, &bundle);
    let names: Vec<_> = fitted.scenarios.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(names, ["adopted", "adopted-1"]);
    assert_eq!(fitted.subject, Some(id("adopted-1")));
    assert_eq!(put_on(&other, &fitted).lineage(&id("adopted-1")).len(), 3);
}

#[test]
fn a_name_already_taken_gets_a_fresh_one_and_what_is_stacked_on_it_follows() {
    let plan = small_plan();
    let mut other = base_alone();
    other.scenarios.push(scenario("adopted", Some("status-quo"), Vec::new()));
    other.scenarios.push(scenario("adopted-1", Some("adopted"), Vec::new()));
    let other = Plan::new(other).unwrap();
    let fitted = fit(&other, &travelled(&plan, &id("proposal")));
    let line: Vec<_> = fitted
        .scenarios
        .iter()
        .map(|s| (s.id.to_string(), s.parent.as_ref().unwrap().to_string()))
        .collect();
    assert_eq!(
        line,
        [
            ("adopted-2".to_owned(), "status-quo".to_owned()),
            ("proposal".to_owned(), "adopted-2".to_owned()),
        ]
    );
    let there = put_on(&other, &fitted);
    let (here, at_home) =
        (evaluate(&there, &id("proposal")).unwrap(), evaluate(&plan, &id("proposal")).unwrap());
    assert!(agree(&plan, &here, &at_home));
}

#[test]
fn a_name_as_long_as_names_may_be_still_finds_a_fresh_one() {
    let long = "a".repeat(64);
    let mut plan = base_alone();
    plan.scenarios.push(scenario(&long, Some("status-quo"), Vec::new()));
    let plan = Plan::new(plan).unwrap();
    let mut changed = travelled(&plan, &id(&long));
    changed.scenarios[0].name = words("改过", "changed");
    let fitted = fit(&plan, &changed);
    assert_eq!(fitted.scenarios[0].id.as_str(), format!("{}-1", "a".repeat(50)));
    put_on(&plan, &fitted);
}

#[test]
fn the_status_quo_may_be_called_otherwise_there() {
    let mut other = base_alone();
    other.scenarios[0] = scenario("now", None, Vec::new());
    let other = Plan::new(other).unwrap();
    let fitted = fit(&other, &travelled(&small_plan(), &id("proposal")));
    assert_eq!(fitted.scenarios[0].parent, Some(id("now")));
    assert_eq!(put_on(&other, &fitted).lineage(&id("proposal")).len(), 3);
}

#[test]
fn imported_twice_it_is_found_the_second_time() {
    let other = Plan::new(base_alone()).unwrap();
    let bundle = travelled(&small_plan(), &id("proposal"));
    let once = put_on(&other, &fit(&other, &bundle));
    let again = fit(&once, &bundle);
    assert_eq!(again.scenarios, []);
    assert_eq!(again.subject, Some(id("proposal")));
    assert_eq!(put_on(&once, &again), once);
}

#[test]
fn imported_twice_after_a_change_it_stands_beside_what_it_became() {
    let other = Plan::new(base_alone()).unwrap();
    let bundle = travelled(&small_plan(), &id("adopted"));
    let once = put_on(&other, &fit(&other, &bundle));
    let changed = once.edit(|p| p.scenarios[1].measures[0].enabled = false).unwrap();
    let again = fit(&changed, &bundle);
    assert_eq!(again.subject, Some(id("adopted-1")));
    let both = put_on(&changed, &again);
    assert_eq!(both.scenarios.len(), 3);
    assert!(!both.scenarios[1].measures[0].enabled, "the changed one keeps its change");
}

#[test]
fn the_status_quo_itself_travels_as_nothing() {
    let plan = small_plan();
    let bundle = travelled(&plan, &id("status-quo"));
    assert!(bundle.scenarios.is_empty() && bundle.parameters.is_empty());
    let fitted = fit(&plan, &bundle);
    expect!(fitted, scenarios: vec![], subject: Some(id("status-quo")));
}

#[test]
fn regions_and_citations_that_are_not_here_are_named_and_left_out() {
    let plan = shapan_engine::taian_2012().unwrap();
    let mut bundle = travelled(&plan, &"raise-again".parse().unwrap());
    let measure = &mut bundle.scenarios.last_mut().unwrap().measures[0];
    measure.changes[0].regions =
        Some(vec!["atlantis".parse().unwrap(), "taishan".parse().unwrap()]);
    measure.changes[1].regions = Some(vec!["atlantis".parse().unwrap()]);
    measure.basis.citation = Some("nowhere".parse().unwrap());
    let fitted = fit(&plan, &bundle);
    assert_eq!(fitted.missing_regions, ["atlantis".parse().unwrap()]);
    assert_eq!(fitted.missing_citations, ["nowhere".parse().unwrap()]);
    let measure = &fitted.scenarios.last().unwrap().measures[0];
    assert_eq!(measure.changes.len(), 1);
    assert_eq!(measure.changes[0].regions, Some(vec!["taishan".parse().unwrap()]));
    assert_eq!(measure.basis.citation, None);
    put_on(&plan, &fitted);
}
