//! What this version does not know is told, kept at every level and written back, through edits.

use proptest::prelude::*;
use serde_json::{Value, json};
use shapan_engine::files::{self, Contents, Opened, Stamp, Unknown, open};
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario, plan_to_be_written};
use shapan_testing::*;

const EVERYTHING: &str = include_str!("../files/v1/everything.json");
const FROM_TOMORROW: &str = include_str!("../files/v1/from-tomorrow.json");

/// Objects whose names are the file's own, so that none of them is a field that is not known.
const BY_NAME: [&str; 10] = [
    "heads",
    "born",
    "grades",
    "progression",
    "migration",
    "by_region",
    "value_by_region",
    "pupils",
    "resources",
    "aliases",
];

/// Adds a field to every object of a file that `picked` says and that has none so called; the ways
/// to them.
fn add_to_each(
    value: &mut Value,
    way: &str,
    field: &str,
    picked: &mut impl FnMut() -> Option<Value>,
) -> Vec<String> {
    let mut ways = Vec::new();
    match value {
        Value::Array(items) => {
            for (n, item) in items.iter_mut().enumerate() {
                ways.extend(add_to_each(item, &format!("{way}[{n}]"), field, picked));
            }
        }
        Value::Object(fields) => {
            let inner: Vec<String> = fields.keys().cloned().collect();
            for name in &inner {
                let way = match name.contains('/') {
                    true => format!("{way}[{name:?}]"),
                    false => format!("{way}.{name}"),
                };
                let way = way.trim_start_matches('.').to_owned();
                ways.extend(add_to_each(&mut fields[name], &way, field, picked));
            }
            let is_by_name = |name: &str| way.ends_with(&format!(".{name}"));
            // Heads are an object of kinds in a population and one of regions in a census.
            let is_kind = ["counted", "share-of", "cohort"].iter().any(|k| fields.contains_key(*k));
            let is_by_name = !is_kind && BY_NAME.iter().any(|name| is_by_name(name));
            if !is_by_name
                && !fields.contains_key(field)
                && let Some(value) = picked()
            {
                fields.insert(field.to_owned(), value);
                let way = format!("{way}.{field}");
                ways.push(way.trim_start_matches('.').to_owned());
            }
        }
        _ => {}
    }
    ways
}

/// Another value each time, so that none can stand for another.
fn numbered() -> impl FnMut() -> Option<Value> {
    let mut count = 0;
    move || {
        count += 1;
        Some(json!({ "n": count, "list": [null, {"x": 0.10}] }))
    }
}

fn plan_of(opened: Opened) -> (Plan, Stamp) {
    let Contents::Plan(plan) = opened.contents else { panic!("a plan") };
    (*plan, opened.stamp)
}

fn json_of(plan: &Plan, stamp: &Stamp) -> Value {
    serde_json::from_str(&files::write_plan(plan, stamp)).unwrap()
}

#[test]
fn fields_of_a_newer_app_survive_in_every_object_there_is_and_are_told() {
    let mut file: Value = serde_json::from_str(EVERYTHING).unwrap();
    let mut ways = add_to_each(&mut file, "", "from_tomorrow", &mut numbered());
    assert!(ways.len() > 400, "{}", ways.len());
    let opened = open(&file.to_string()).unwrap();
    assert_eq!(opened.report.unknown_count, ways.len());
    let told: Vec<&str> = opened.report.unknown.iter().map(|u| u.path.as_str()).collect();
    ways.sort();
    for way in &told {
        assert!(ways.binary_search(&(*way).to_owned()).is_ok(), "{way}");
    }
    assert!(opened.report.unknown.iter().all(|u| u.is_kept && u.nearest.is_none()));
    let (plan, stamp) = plan_of(opened);
    let again = json_of(&plan, &stamp);
    assert!(again == file, "something was lost");
    // What is written is read again as the same plan.
    let (same, _) = plan_of(open(&files::write_plan(&plan, &stamp)).unwrap());
    assert_eq!(same, plan);
}

#[test]
fn they_survive_where_they_are_called_as_what_names_the_items_of_a_list() {
    for field in ["id", "from", "source", "year", "autumn"] {
        for value in [json!("2000-spring"), json!(2012), json!({"steps": 1})] {
            let mut file: Value = serde_json::from_str(EVERYTHING).unwrap();
            let ways = add_to_each(&mut file, "", field, &mut || Some(value.clone()));
            let opened = open(&file.to_string()).unwrap();
            assert_eq!(opened.report.unknown_count, ways.len());
            let (plan, stamp) = plan_of(opened);
            assert!(json_of(&plan, &stamp) == file, "{field} {value}: something was lost");
        }
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn in_any_plan_they_survive_wherever_they_stand(
        plan in plan_to_be_written(),
        (other, scenario) in plan_and_scenario(),
        picks in prop::collection::vec(any::<bool>(), 1..40),
    ) {
        let stamp = Stamp::default();
        let spread = |text: &str| {
            let mut file: Value = serde_json::from_str(text).unwrap();
            let (mut picks, mut number) = (picks.iter().cycle(), numbered());
            let mut picked = || if *picks.next().unwrap() { number() } else { None };
            let ways = add_to_each(&mut file, "", "new", &mut picked);
            (file, ways)
        };
        let (file, ways) = spread(&files::write_plan(&plan, &stamp));
        let opened = open(&file.to_string()).unwrap();
        prop_assert_eq!(opened.report.unknown_count, ways.len());
        let (read, _) = plan_of(opened);
        prop_assert!(json_of(&read, &stamp) == file, "something was lost");
        let (again, _) = plan_of(open(&files::write_plan(&read, &stamp)).unwrap());
        prop_assert_eq!(again, read);

        // Scenarios travel with theirs, and are the same on the plan they come from.
        let (file, _) = spread(&files::write_plan(&other, &stamp));
        let (other, _) = plan_of(open(&file.to_string()).unwrap());
        let travelled = files::write_scenario(&other, &scenario, &stamp).unwrap();
        let Contents::Scenario(bundle) = open(&travelled).unwrap().contents else {
            panic!("a scenario")
        };
        prop_assert_eq!(files::fit(&other, &bundle).scenarios, []);
    }
}

#[test]
fn they_stay_with_their_own_step_share_or_change_when_others_come_and_go() {
    let mut file: Value = serde_json::from_str(EVERYTHING).unwrap();
    add_to_each(&mut file, "", "from_tomorrow", &mut numbered());
    let (plan, stamp) = plan_of(open(&file.to_string()).unwrap());
    let mark = |file: &Value, pointer: &str| {
        file.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"))["from_tomorrow"]["n"].clone()
    };
    let standard = "/plan/programmes/1/driver/heads/standard/amount/by_region/north";
    let (first, second) =
        (mark(&file, &format!("{standard}/0")), mark(&file, &format!("{standard}/1")));
    let programme = file.pointer("/plan/programmes/2").unwrap().clone();

    let edited = plan
        .edit(|parts| {
            parts.programmes.remove(0);
            if let Driver::Heads { standard, .. } = &mut parts.programmes[0].driver {
                let steps = standard.value.by_region.get_mut(&id("north")).unwrap();
                steps.insert(1, Step { from: at("2005-autumn"), value: 7 });
                steps[2].value = 8;
            }
            parts.scenarios.truncate(1);
            parts.indicators = List::default();
            parts.rules = List::default();
            parts.tasks = List::default();
            parts.aliases.clear();
        })
        .unwrap();
    let edited = json_of(&edited, &stamp);
    let standard = standard.replace("programmes/1", "programmes/0");
    assert_eq!(mark(&edited, &format!("{standard}/0")), first);
    let new = edited.pointer(&format!("{standard}/1")).unwrap();
    assert_eq!(new, &json!({"from": "2005-autumn", "value": 7}));
    assert_eq!(mark(&edited, &format!("{standard}/2")), second);
    assert_eq!(edited.pointer("/plan/programmes/1"), Some(&programme), "moved as it is");
}

#[test]
fn another_driver_leaves_behind_what_belonged_to_the_one_before() {
    let mut file: Value = serde_json::from_str(EVERYTHING).unwrap();
    file["plan"]["programmes"][6]["driver"]["lump"]["new"] = json!(1);
    file["plan"]["programmes"][6]["driver"]["beside"] = json!(2);
    let (plan, stamp) = plan_of(open(&file.to_string()).unwrap());
    let loans = plan.programmes[7].driver.clone();
    let edited = plan.edit(|parts| parts.programmes[6].driver = loans).unwrap();
    let edited = json_of(&edited, &stamp);
    let driver = &edited["plan"]["programmes"][6]["driver"];
    assert_eq!(driver.get("lump"), None);
    assert_eq!(driver.get("beside"), Some(&json!(2)));
}

#[test]
fn a_scenario_travels_with_what_is_not_known_of_it() {
    let mut file: Value = serde_json::from_str(EVERYTHING).unwrap();
    add_to_each(&mut file, "", "from_tomorrow", &mut numbered());
    let (plan, stamp) = plan_of(open(&file.to_string()).unwrap());
    let travelled = files::write_scenario(&plan, &id("proposal"), &stamp).unwrap();
    let travelled: Value = serde_json::from_str(&travelled).unwrap();
    assert_eq!(travelled["scenarios"][1], file["plan"]["scenarios"][2]);

    let Contents::Scenario(bundle) = open(&travelled.to_string()).unwrap().contents else {
        panic!("a scenario")
    };
    assert_eq!(bundle.scenarios[1], plan.scenarios[2]);
}

#[test]
fn what_belongs_to_no_scenario_of_a_scenario_file_is_said_not_to_be_kept() {
    let plan = small_plan();
    let file = files::write_scenario(&plan, &id("proposal"), &Stamp::default()).unwrap();
    let mut file: Value = serde_json::from_str(&file).unwrap();
    file["base"]["author"] = json!("x");
    file["note"] = json!("x");
    file["scenarios"][0]["note"] = json!("x");
    let unknown = open(&file.to_string()).unwrap().report.unknown;
    let told: Vec<_> = unknown.iter().map(|u| (u.path.as_str(), u.is_kept)).collect();
    assert_eq!(told, [("base.author", false), ("scenarios[0].note", true), ("note", false)]);
}

#[test]
fn a_misspelt_field_is_noticed_though_it_is_kept() {
    // A misspelt `coverage` once made a programme cover everybody without a word.
    let mut file: Value = serde_json::from_str(EVERYTHING).unwrap();
    let heads = &mut file["plan"]["programmes"][0]["driver"]["heads"];
    let coverage = heads.as_object_mut().unwrap().remove("coverage").unwrap();
    heads["coverrage"] = coverage;
    file["plan"]["title"]["ja"] = json!("計画");
    let unknown = open(&file.to_string()).unwrap().report.unknown;
    let told = |path: &str, nearest| Unknown { path: path.to_owned(), nearest, is_kept: true };
    assert_eq!(
        unknown,
        [
            told("plan.title.ja", None),
            told("plan.programmes[0].driver.heads.coverrage", Some("coverage")),
        ]
    );
}

#[test]
fn a_file_from_tomorrow_reads_and_is_written_as_it_was() {
    // A fixture: as `everything.json`, with fields in every object that version 1 does not know.
    let (plan, stamp) = plan_of(open(FROM_TOMORROW).unwrap());
    let again = json_of(&plan, &stamp);
    assert!(again == serde_json::from_str::<Value>(FROM_TOMORROW).unwrap(), "never write it anew");
}

#[test]
fn numbers_that_are_not_known_keep_their_digits() {
    let numbers = r#"{"a": 1.10, "b": 1e400, "c": 12345678901234567890123, "d": -0, "e": 1E+2}"#;
    let file = EVERYTHING.replacen("\"place\"", &format!("\"new\": {numbers}, \"place\""), 1);
    let (plan, stamp) = plan_of(open(&file).unwrap());
    let again = files::write_plan(&plan, &stamp);
    for digits in ["1.10", "1e400", "12345678901234567890123", "-0", "1E+2"] {
        assert!(again.contains(&format!(": {digits}")), "{digits}");
    }
}

#[test]
fn what_is_kept_of_layouts_of_tables_travels_with_the_plan_and_is_forgotten() {
    let keep = |text: Option<&str>| Command::KeepLayout {
        fingerprint: "a1".into(),
        text: text.map(Into::into),
    };
    let plan = taian_2012().unwrap();
    let mut document = Document::new(plan.clone());
    document.dispatch(keep(Some("{\"a\":1}")), None).unwrap();
    let file = files::write_plan(document.plan(), &files::Stamp::default());
    let opened = files::open(&file).unwrap();
    assert_eq!(opened.report.unknown_count, 0, "it is no stranger");
    let files::Contents::Plan(read) = opened.contents else { panic!("a plan") };
    assert_eq!(read.extra.layouts().collect::<Vec<_>>(), [("a1", "{\"a\":1}")]);
    document.dispatch(keep(None), None).unwrap();
    assert_eq!(**document.plan(), plan);
    assert!(document.undo() && document.plan().extra.layouts().count() == 1);
}

#[test]
fn the_version_a_plan_was_opened_from_goes_with_it_and_is_not_told_as_unknown() {
    let plan = small_plan().edit(|p| p.extra.set_opened_from("0123456789abcdef")).unwrap();
    assert_eq!(files::fingerprint(&plan), files::fingerprint(&small_plan()));
    let written = files::write_plan(&plan, &files::Stamp::default());
    let opened = files::open(&written).unwrap();
    assert_eq!(opened.report.unknown, []);
    let files::Contents::Plan(read) = opened.contents else { panic!("it is a plan") };
    assert_eq!(read.extra.opened_from(), Some("0123456789abcdef"));
    assert_eq!(*read, plan);
}
