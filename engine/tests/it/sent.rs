//! What travels beside a plan or a scenario: the sender's view, and what tells whether a scenario
//! is for a plan at hand.

use proptest::prelude::*;
use serde_json::{Value, json};
use shapan_engine::files::{
    self, BaseFacts, Contents, Opened, ReadError, ScenarioBundle, SentView, Stamp, Unfit,
    fingerprint, fit, open,
};
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario};
use shapan_testing::*;

fn view() -> SentView {
    SentView {
        page: Some("explore?rows=region&cols=year".into()),
        scenario: Some(id("proposal")),
        against: Some(id("adopted")),
        year: Year::new(2013),
        unit: Some("yuan".into()),
    }
}

fn bundle_of(opened: Opened) -> ScenarioBundle {
    match opened.contents {
        Contents::Scenario(bundle) => *bundle,
        Contents::Plan(_) => panic!("a scenario file"),
    }
}

fn sent(plan: &Plan, scenario: &str, with_plan: Option<&[ScenarioId]>) -> String {
    files::send_scenario(plan, &id(scenario), &view(), with_plan, &Stamp::default()).unwrap()
}

#[test]
fn a_view_travels_with_a_plan_and_is_no_part_of_it() {
    let plan = small_plan();
    let file = files::send_plan(&plan, &view(), &Stamp::default());
    let opened = open(&file).unwrap();
    assert_eq!(opened.view, Some(view()));
    assert_eq!(opened.report.unknown_count, 0);
    let Contents::Plan(there) = opened.contents else { panic!("a plan") };
    assert_eq!(*there, plan);
    assert_eq!(fingerprint(&there), fingerprint(&plan));
    let without = files::write_plan(&plan, &Stamp::default());
    assert_eq!(files::write_plan(&there, &Stamp::default()), without, "it is not written back");
    assert_eq!(open(&without).unwrap().view, None);
}

#[test]
fn nothing_a_view_may_hold_keeps_a_plan_from_being_read() {
    let plan = small_plan();
    let mut file: Value =
        serde_json::from_str(&files::send_plan(&plan, &view(), &Stamp::default())).unwrap();
    for hostile in [json!(null), json!([]), json!("x"), json!(7)] {
        file["view"] = hostile;
        let opened = open(&file.to_string()).unwrap();
        assert_eq!((opened.view, opened.contents), (None, Contents::Plan(plan.clone().into())));
    }
    file["view"] = json!({
        "page": "x".repeat(3_000), "scenario": "<script>", "against": ["a"], "year": 1e300,
        "unit": "\u{202e}yuan", "more": {"deep": [[[]]]},
    });
    assert_eq!(open(&file.to_string()).unwrap().view, Some(SentView::default()));
    for page in ["a b", "a\u{0}", "a\nb", "\u{2066}"] {
        file["view"] = json!({ "page": page, "year": 99_999 });
        assert_eq!(open(&file.to_string()).unwrap().view, Some(SentView::default()), "{page:?}");
    }
}

proptest! {
    #![proptest_config(cases(32))]

    /// Opened anywhere, the plan that came along says what the sender's said.
    #[test]
    fn with_its_plan_a_scenario_comes_to_the_same_everywhere((plan, id) in plan_and_scenario()) {
        let file = files::send_scenario(&plan, &id, &view(), Some(&[]), &Stamp::default()).unwrap();
        let bundle = bundle_of(open(&file).unwrap());
        let whole = bundle.whole.clone().unwrap();
        prop_assert_eq!(fingerprint(&whole), fingerprint(&plan));
        prop_assert_eq!(&bundle.base_fingerprint, &fingerprint(&plan));
        let line: Vec<Scenario> = plan.lineage(&id).into_iter().cloned().collect();
        let kept = plan.scenarios.iter().filter(|s| line.contains(s)).cloned().collect::<Vec<_>>();
        prop_assert_eq!(&whole.scenarios[..], &kept[..]);
        prop_assert_eq!(&bundle.scenarios[..], &line[1..]);
        let outcome = evaluate(&whole, &id).unwrap();
        prop_assert!(agree(&plan, &outcome, &evaluate(&plan, &id).unwrap()));
        prop_assert!(fit(&whole, &bundle).scenarios.is_empty(), "it is there already");
    }
}

#[test]
fn of_the_other_scenarios_only_those_looked_at_come_along() {
    let plan = small_plan();
    let alone = bundle_of(open(&sent(&plan, "adopted", Some(&[]))).unwrap());
    assert_eq!(alone.whole.unwrap().scenarios.len(), 2);
    let compared = bundle_of(open(&sent(&plan, "adopted", Some(&[id("proposal")]))).unwrap());
    assert_eq!(compared.whole.unwrap().scenarios[..], plan.scenarios[..]);
    let unknown = bundle_of(open(&sent(&plan, "adopted", Some(&[id("nowhere")]))).unwrap());
    assert_eq!(unknown.whole.unwrap().scenarios.len(), 2);
}

#[test]
fn what_is_seen_is_what_is_added_whatever_the_file_says_beside() {
    let plan = small_plan();
    let mut file: Value = serde_json::from_str(&sent(&plan, "proposal", Some(&[]))).unwrap();
    file["scenarios"][1]["measures"] = json!([]);
    let bundle = bundle_of(open(&file.to_string()).unwrap());
    assert_eq!(bundle.scenarios[..], plan.scenarios[1..]);
    file["scenarios"][1]["id"] = json!("another");
    let unknown = vec![(Place("scenarios".into()), Fault::Unknown { id: "another".into() })];
    assert_eq!(open(&file.to_string()), Err(ReadError::Unsound(PlanErrors(unknown))));
}

#[test]
fn without_its_plan_a_scenario_says_what_place_years_and_regions_it_is_about() {
    let plan = small_plan();
    let bundle = bundle_of(open(&sent(&plan, "proposal", None)).unwrap());
    assert_eq!(bundle.whole, None);
    assert_eq!(bundle.base.place, Some(plan.place.clone()));
    assert_eq!(bundle.base.horizon, Some(plan.horizon));
    assert!(bundle.base.regions.len() <= plan.regions.len());
    assert_eq!(fit(&plan, &bundle).unfit, None);
}

#[test]
fn a_scenario_of_another_place_or_of_other_years_is_not_for_a_plan() {
    // A link of one city once landed on another city's plan and answered 0.00.
    let plan = small_plan();
    let bundle = bundle_of(open(&sent(&plan, "proposal", None)).unwrap());
    let place = |name: &str| Text::new(Lang::ZhHans, name).unwrap();
    let elsewhere = |name: &str| {
        let mut parts = plan.clone().into_parts();
        parts.place = place(name);
        parts.title = place("另一个计划"); // it is no longer the same plan
        Plan::new(parts).unwrap()
    };
    let here = elsewhere("东营市");
    let other = Unfit::OtherPlace { there: plan.place.clone(), here: here.place.clone() };
    assert_eq!(fit(&here, &bundle).unfit, Some(other));
    let own = plan.place.exactly(Lang::ZhHans).unwrap();
    assert_eq!(fit(&elsewhere(own), &bundle).unfit, None);

    let named = |there: &str, here: &str| {
        let base = BaseFacts { place: Some(place(there)), ..bundle.base.clone() };
        fit(&elsewhere(here), &ScenarioBundle { base, ..bundle.clone() }).unfit.is_none()
    };
    assert!(named("泰安市", "泰安") && named("泰安", "泰安市"));
    assert!(!named("长沙市", "长沙县") && !named("市", "县"));

    let later = Horizon::new(plan.horizon.last().plus(1), 3).unwrap();
    let base = BaseFacts { horizon: Some(later), ..bundle.base.clone() };
    let years = Unfit::NoCommonYears { there: later, here: plan.horizon };
    let bundle = ScenarioBundle { base, ..bundle };
    assert_eq!(fit(&elsewhere(own), &bundle).unfit, Some(years));
}

#[test]
fn a_scenario_of_whose_changes_nothing_is_here_is_not_added_empty() {
    let plan = small_plan();
    let mut bundle = bundle_of(open(&sent(&plan, "proposal", None)).unwrap());
    bundle.base = BaseFacts::default(); // as an older app wrote it
    for change in
        bundle.scenarios.iter_mut().flat_map(|s| &mut s.measures).flat_map(|m| &mut m.changes)
    {
        change.path = "programmes/elsewhere/standard".parse().unwrap();
    }
    let fit = fit(&plan, &bundle);
    assert_eq!(fit.unfit, Some(Unfit::NothingToChange));
    assert!(!fit.names_place);
}
