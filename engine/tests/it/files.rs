//! Files: what is written reads back as it was, and what is wrong is named with its place.
//! One bad file for every kind of error.

use proptest::prelude::*;
use serde_json::{Value, json};
use shapan_engine::files::{Contents, Expected, Found, JsonFault, Problem, ReadError, Stamp, read};
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario, plan_to_be_written};
use shapan_testing::*;

fn stamp() -> Stamp {
    Stamp { app: "shapan 0.1.0".to_owned(), saved_at: "2026-11-23T00:00:00Z".to_owned() }
}

fn plan_of(contents: Contents) -> Plan {
    let Contents::Plan(plan) = contents else { panic!("a plan file") };
    *plan
}

fn bundle_of(contents: Contents) -> files::ScenarioBundle {
    let Contents::Scenario(bundle) = contents else { panic!("a scenario file") };
    *bundle
}

/// The file of the small plan as JSON, to be spoilt.
fn small_file() -> Value {
    serde_json::from_str(&files::write_plan(&small_plan(), &stamp())).unwrap()
}

fn small_scenario_file() -> Value {
    let file = files::write_scenario(&small_plan(), &id("proposal"), &stamp()).unwrap();
    serde_json::from_str(&file).unwrap()
}

/// The small plan's file with `value` put at a JSON pointer, in the usual layout.
fn spoilt(pointer: &str, value: Value) -> String {
    spoilt_file(small_file(), pointer, value)
}

fn spoilt_file(mut file: Value, pointer: &str, value: Value) -> String {
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    match file.pointer_mut(parent).unwrap_or_else(|| panic!("{parent}")) {
        Value::Array(items) => items[field.parse::<usize>().unwrap()] = value,
        Value::Object(fields) => drop(fields.insert(field.to_owned(), value)),
        other => panic!("{parent} is {other}"),
    }
    serde_json::to_string_pretty(&file).unwrap()
}

/// A JSON pointer as errors write the way to a value.
fn dotted(pointer: &str) -> String {
    pointer.split('/').skip(1).fold(String::new(), |path, step| match step.parse::<usize>() {
        Ok(n) => format!("{path}[{n}]"),
        Err(_) if path.is_empty() => step.to_owned(),
        Err(_) => format!("{path}.{step}"),
    })
}

/// Any JSON value, as a field of a newer app might hold.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Fifteen digits survive; beyond them serde_json's reader may be off by the last bit.
        (any::<i32>(), 0..1_000_000u32)
            .prop_map(|(whole, part)| format!("{whole}.{part:06}").parse::<f64>().unwrap())
            .prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,6}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_plan_reads_back_from_its_file_as_it_was(plan in plan_to_be_written()) {
        let file = files::write_plan(&plan, &stamp());
        let (contents, read_stamp) = read(&file).unwrap();
        let read_plan = plan_of(contents);
        prop_assert_eq!(&read_plan, &plan);
        prop_assert_eq!(&read_stamp, &stamp());
        prop_assert_eq!(files::write_plan(&read_plan, &read_stamp), file);
        prop_assert_eq!(files::fingerprint(&read_plan), files::fingerprint(&plan));
    }

    #[test]
    fn a_scenario_travels_with_its_line_and_the_parameters_it_touches((plan, id) in plan_and_scenario()) {
        let file = files::write_scenario(&plan, &id, &stamp()).unwrap();
        let (contents, read_stamp) = read(&file).unwrap();
        let bundle = bundle_of(contents);
        let line: Vec<Scenario> = plan.lineage(&id)[1..].iter().map(|s| (*s).clone()).collect();
        prop_assert_eq!(&read_stamp, &stamp());
        prop_assert_eq!(&bundle.base_title, &plan.title);
        prop_assert_eq!(&bundle.base_fingerprint, &files::fingerprint(&plan));
        let touched = |path: &ParamPath| {
            let mut changes = line.iter().flat_map(|s| &s.measures).flat_map(|m| &m.changes);
            changes.any(|c| c.path == *path)
        };
        let expected = plan.parameters().filter(|(path, _)| touched(path)).map(|(path, p)| (path, p.clone()));
        prop_assert_eq!(&bundle.parameters, &expected.collect());
        prop_assert_eq!(bundle.scenarios, line);
    }

    #[test]
    fn fields_of_a_newer_app_survive(value in any_json()) {
        let mut file = small_file();
        for place in [
            "/plan",
            "/plan/citations/0",
            "/plan/regions/1",
            "/plan/populations/0",
            "/plan/sources/2",
            "/plan/programmes/4",
            "/plan/scenarios/1",
            "/plan/scenarios/1/measures/0",
        ] {
            file.pointer_mut(place).unwrap()["from_tomorrow"] = value.clone();
        }
        let (contents, read_stamp) = read(&file.to_string()).unwrap();
        let mut document = Document::new(plan_of(contents));
        let again = files::write_plan(document.plan(), &read_stamp);
        prop_assert_eq!(serde_json::from_str::<Value>(&again).unwrap(), file.clone());

        // An edit next to them and its undo leave them alone too.
        let name = words("另一个名字", "another name");
        document.dispatch(Command::RenameScenario { scenario: id("adopted"), name }, None).unwrap();
        let edited: Value = serde_json::from_str(&files::write_plan(document.plan(), &read_stamp)).unwrap();
        prop_assert_eq!(edited.pointer("/plan/scenarios/1/from_tomorrow"), Some(&value));
        document.undo();
        let undone: Value = serde_json::from_str(&files::write_plan(document.plan(), &read_stamp)).unwrap();
        prop_assert_eq!(undone, file);
        let travelled = files::write_scenario(document.plan(), &id("adopted"), &read_stamp).unwrap();
        let travelled: Value = serde_json::from_str(&travelled).unwrap();
        prop_assert_eq!(travelled.pointer("/scenarios/0/measures/0/from_tomorrow"), Some(&value));
    }
}

#[test]
fn a_scenario_the_plan_does_not_have_makes_no_file() {
    assert_eq!(files::write_scenario(&small_plan(), &id("nowhere"), &stamp()), None);
}

#[test]
fn equal_bases_have_equal_fingerprints_whatever_is_stacked_on_them() {
    let (plan, mut other) = (small_plan(), one_of_everything());
    other.scenarios.truncate(1);
    let other = Plan::new(other).unwrap();
    assert_eq!(files::fingerprint(&plan), files::fingerprint(&other));
    let moved = other.edit(|p| p.programmes[6].driver = Driver::Lump { amount: still(1) }).unwrap();
    assert_ne!(files::fingerprint(&plan), files::fingerprint(&moved));
}

#[test]
fn a_byte_order_mark_and_a_missing_stamp_are_no_reason_to_refuse() {
    let file = format!("\u{FEFF}{}", files::write_plan(&small_plan(), &stamp()));
    assert_eq!(plan_of(read(&file).unwrap().0), small_plan());
    let mut bare = small_file();
    bare.as_object_mut().unwrap().retain(|field, _| !["app", "saved_at"].contains(&field.as_str()));
    assert_eq!(read(&bare.to_string()).unwrap().1, Stamp::default());
}

#[test]
fn what_is_not_json_is_named_with_its_line() {
    let file = files::write_plan(&small_plan(), &stamp());
    let lines = file.lines().count();
    assert_eq!(
        read(&format!("{file}\n}}")),
        Err(ReadError::NotJson { line: lines + 1, column: 1, fault: JsonFault::After })
    );
    let half = file.lines().take(20).collect::<Vec<_>>().join("\n");
    let column = half.lines().last().unwrap().chars().count() + 1;
    let fault = JsonFault::CutShort;
    assert_eq!(read(&half), Err(ReadError::NotJson { line: 20, column, fault: fault.clone() }));
    assert_eq!(read(""), Err(ReadError::NotJson { line: 1, column: 1, fault }));
    let broken = file.replacen("\"fiscal_years\": 3", "\"fiscal_years\": NaN", 1);
    let line = 1 + broken.lines().position(|l| l.contains("NaN")).unwrap();
    let fault = JsonFault::Word { found: "NaN".to_owned() };
    assert_eq!(read(&broken), Err(ReadError::NotJson { line, column: 21, fault }));
}

#[test]
fn what_is_not_ours_is_said_to_be_what_it_says_it_is() {
    let not_ours = |format: &str| Err(ReadError::NotOurs { format: format.to_owned() });
    for file in ["{}", "[]", "3", "null", "\"shapan/plan\"", r#"{"type": "FeatureCollection"}"#] {
        assert_eq!(read(file), not_ours(""), "{file}");
    }
    assert_eq!(read(r#"{"format": "geo", "version": 1}"#), not_ours("geo"));
    let long = format!(r#"{{"format": "{}", "version": 1}}"#, "长".repeat(5_000));
    assert_eq!(read(&long), not_ours(&"长".repeat(80)), "bounded");
}

#[test]
fn a_newer_file_is_refused_before_its_contents_are_looked_at() {
    let newer = r#"{"format": "shapan/plan", "version": 2, "plan": "in a shape of tomorrow"}"#;
    assert_eq!(read(newer), Err(ReadError::TooNew { version: 2 }));
    let newer = spoilt_file(small_scenario_file(), "/version", json!(7));
    assert_eq!(read(&newer), Err(ReadError::TooNew { version: 7 }));
}

#[test]
fn a_file_too_large_is_refused_unread() {
    let bytes = 17 * 1024 * 1024;
    assert_eq!(read(&" ".repeat(bytes)), Err(ReadError::TooLarge { bytes }));
    let padding = " ".repeat(files::MOST_BYTES);
    assert_eq!(
        read(&padding),
        Err(ReadError::NotJson {
            line: 1,
            column: files::MOST_BYTES + 1,
            fault: JsonFault::CutShort
        }),
        "the largest one is still read"
    );
}

/// What is wrong with one value of a file: path, line, problem.
fn problem(file: &str) -> (String, usize, Problem) {
    match read(file) {
        Err(ReadError::Value { path, line, problem, .. }) => (path, line, problem),
        other => panic!("{other:?}"),
    }
}

fn whole(least: i64, most: i64, unit: Option<&'static str>) -> Expected {
    Expected::Whole { least, most, unit }
}

fn any_whole(unit: Option<&'static str>) -> Expected {
    whole(i64::MIN, i64::MAX, unit)
}

#[test]
fn a_value_of_the_wrong_kind_is_named_with_its_way_its_line_and_what_belongs_there() {
    let text = |text: &str| Found::Text(text.to_owned());
    let number = |text: &str| Found::Number(text.to_owned());
    let payers: &[_] = &["central", "province", "city", "county", "other"];
    let drivers: &[_] = &["heads", "posts", "works", "revenue", "lump", "loans"];
    let value = "/plan/programmes/2/driver/posts/standard/amount/steps/0/value";
    for (pointer, value, expected, found) in [
        ("/plan/fiscal_years", json!("three"), whole(0, 255, None), text("three")),
        ("/plan/fiscal_years", json!(300), whole(0, 255, None), number("300")),
        ("/plan/fiscal_years", json!(null), whole(0, 255, None), Found::Null),
        (value, json!(12.5), any_whole(Some("fen")), number("12.5")),
        (value, json!("12.5"), any_whole(Some("fen")), text("12.5")),
        ("/plan/sources/0/payer", json!(null), Expected::Text, Found::Null),
        ("/plan/sources/0/payer", json!(payers), Expected::Text, Found::List(5)),
        ("/plan/scenarios/1/measures/0/enabled", json!("yes"), Expected::YesNo, text("yes")),
        ("/plan/regions", json!({}), Expected::List, Found::Object(0)),
        ("/plan/regions/0", json!("north"), Expected::Object, text("north")),
        ("/plan/programmes/0/driver", json!("heads"), Expected::OneOf(drivers), text("heads")),
        ("/plan/programmes/0/driver", json!({}), Expected::OneOf(drivers), Found::Object(0)),
    ] {
        let file = spoilt(pointer, value);
        let (path, line, problem) = problem(&file);
        assert_eq!((path, problem), (dotted(pointer), Problem::Kind { expected, found }));
        let field = pointer.rsplit('/').find(|step| step.parse::<u8>().is_err()).unwrap();
        let text = file.lines().take(line).collect::<Vec<_>>();
        let near = &text[text.len().saturating_sub(2)..];
        assert!(near.iter().any(|l| l.contains(&format!("\"{field}\""))), "{near:?}: {pointer}");
    }
    // Both kinds of driver, and which was meant is a guess.
    let mut file = small_file();
    file["plan"]["programmes"][0]["driver"]["lump"] = json!({});
    let two = Problem::Kind { expected: Expected::OneOf(drivers), found: Found::Object(2) };
    assert_eq!(problem(&file.to_string()).2, two);
}

#[test]
fn a_word_that_is_not_known_is_told_with_those_that_are_and_the_one_it_may_mean() {
    let natures: &[_] = &["aid", "recurrent", "personnel", "capital"];
    let drivers: &[_] = &["heads", "posts", "works", "revenue", "lump", "loans"];
    for (pointer, value, found, allowed, nearest) in [
        ("/plan/programmes/0/nature", json!("gift"), "gift", natures, None),
        ("/plan/programmes/0/nature", json!("captial"), "captial", natures, Some("capital")),
        ("/plan/programmes/6/driver", json!({"lumps": {}}), "lumps", drivers, Some("lump")),
    ] {
        let found = found.to_owned();
        let (path, _, problem) = problem(&spoilt(pointer, value));
        assert_eq!((path, problem), (dotted(pointer), Problem::Word { found, allowed, nearest }));
    }
}

#[test]
fn a_missing_field_is_named_with_where_it_is_missing() {
    for (pointer, field, path) in [
        ("/plan", "regions", "plan"),
        ("/plan/programmes/7/driver/loans", "risk_rate", "plan.programmes[7].driver.loans"),
        ("/plan/scenarios/1/measures/0", "enabled", "plan.scenarios[1].measures[0]"),
    ] {
        let mut file = small_file();
        let object = file.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
        let value = object.remove(field).unwrap();
        let (found, _, is) = problem(&file.to_string());
        assert_eq!((&*found, is), (path, Problem::Missing { field, nearest: None }));
        // Misspelt it is missing too, and what may be meant is said.
        let misspelt = format!("{field}s");
        file.pointer_mut(pointer).unwrap()[&misspelt] = value;
        let (_, _, is) = problem(&file.to_string());
        assert_eq!(is, Problem::Missing { field, nearest: Some(misspelt) });
    }
}

#[test]
fn a_field_or_name_given_twice_is_refused_because_which_was_meant_is_a_guess() {
    let file = files::write_plan(&small_plan(), &stamp());
    for (first, again, path) in [
        ("\"fiscal_years\"", "\"fiscal_years\": 9", "plan.fiscal_years"),
        // The later of two heads of one region used to win without a word.
        (
            "\"south\": 1001",
            "\"south\": 7",
            "plan.populations[0].heads.counted.censuses[0].heads.south",
        ),
        ("\"residual\"", "\"residual\": \"city\"", "plan.programmes[0].split.residual"),
        ("\"format\"", "\"format\": \"shapan/plan\"", "format"),
        // In what is only kept it would be lost.
        ("\"plan\"", "\"new\": {\"a\": [{\"b\": 1, \"c\": 2, \"b\": 1}]}", "new.a[0].b"),
    ] {
        let at = file.find(first).unwrap_or_else(|| panic!("{first}"));
        let file = format!("{}{again}, {}", &file[..at], &file[at..]);
        let name = path.rsplit('.').next().unwrap().to_owned();
        let (found, _, problem) = problem(&file);
        assert_eq!((&*found, problem), (path, Problem::Twice { name }));
    }
}

#[test]
fn numbers_no_plan_can_hold_are_refused_where_they_stand() {
    let at = "plan.programmes[0].driver.heads.standard.amount.steps[0].value";
    let file = files::write_plan(&small_plan(), &stamp());
    let with = |number| file.replacen("\"value\": 125000", &format!("\"value\": {number}"), 1);
    for number in [
        "9223372036854775808",
        "1e400",
        "-1e400",
        "1e3",
        "0.1",
        "-0",
        "123456789012345678901234567890",
    ] {
        let bad = with(number);
        let (path, line, problem) = problem(&bad);
        let found = Found::Number(number.to_owned());
        let expected = any_whole(Some("fen"));
        assert_eq!((&*path, problem), (at, Problem::Kind { expected, found }));
        assert!(bad.lines().nth(line - 1).unwrap().contains(number));
    }
    for number in ["NaN", "Infinity", "-Infinity", "01", "+1", "0x10", ".5", "5.", "1e"] {
        let Err(ReadError::NotJson { fault, .. }) = read(&with(number)) else { panic!("{number}") };
        let found = number.to_owned();
        let is_word = number.contains('N') || number.contains('I');
        let expected =
            if is_word { JsonFault::Word { found } } else { JsonFault::Number { found } };
        assert_eq!(fault, expected);
    }
}

#[test]
fn every_value_that_means_nothing_is_a_problem_at_its_place() {
    let not_an_id = |text: &str| Problem::Id(NotAnId(text.to_owned()));
    let standard = "/plan/programmes/0/driver/heads/standard/amount/steps/0/from";
    let change = "/plan/scenarios/1/measures/0/changes/0";
    let both = json!({
        "parameter": "programmes/boarding/standard", "operation": "add",
        "value": 1, "value_by_region": {"north": 1}, "from": "2012-spring",
    });
    let neither = json!({
        "parameter": "programmes/boarding/standard", "operation": "add", "from": "2012-spring",
    });
    for (pointer, value, problem) in [
        ("/plan/regions/0/id", json!("North!"), not_an_id("North!")),
        ("/plan/regions/0/id", json!(""), not_an_id("")),
        ("/plan/populations/1/heads/share-of/population", json!("<b>"), not_an_id("<b>")),
        ("/plan/programmes/0/split/residual", json!("../x"), not_an_id("../x")),
        ("/plan/populations/0/heads/counted/censuses/0/heads", json!({"No": 1}), not_an_id("No")),
        (standard, json!("2012"), Problem::Semester(NotASemester("2012".to_owned()))),
        (
            standard,
            json!("+2012-spring"),
            Problem::Semester(NotASemester("+2012-spring".to_owned())),
        ),
        (
            "/plan/scenarios/1/measures/0/changes/0/parameter",
            json!("programmes/boarding"),
            Problem::Path(NotAPath("programmes/boarding".to_owned())),
        ),
        ("/plan/title", json!({}), Problem::Text(TextError::Empty)),
        ("/plan/regions/1/name", json!({"en": " "}), Problem::Text(TextError::Empty)),
        (
            "/plan/programmes/3/name",
            json!({"en": "x".repeat(2_001)}),
            Problem::Text(TextError::TooLong { chars: 2_001 }),
        ),
        (
            "/plan/scenarios/1/measures/0/title",
            json!({"zh-Hans": "名\u{8}字"}),
            Problem::Text(TextError::ControlCharacter { code: 8 }),
        ),
        (
            "/plan/programmes/0/clause",
            json!("3\u{1b}[31m"),
            Problem::Text(TextError::ControlCharacter { code: 0x1b }),
        ),
        ("/plan/first_fiscal_year", json!(1899), Problem::Year(1899)),
        (
            "/plan/populations/0/heads/counted/censuses/1/autumn",
            json!(20_120),
            Problem::Year(20_120),
        ),
        ("/plan/programmes/4/driver/works/payment/0/year", json!(-1), Problem::Year(-1)),
        ("/plan/fiscal_years", json!(0), Problem::FiscalYears(0)),
        ("/plan/fiscal_years", json!(31), Problem::FiscalYears(31)),
        ("/plan/programmes/4/driver/works/payment", json!([]), Problem::YearShares),
        (
            "/plan/programmes/4/driver/works/completion",
            json!([{"year": 2012, "millionths": 999_999}]),
            Problem::YearShares,
        ),
        (
            "/plan/programmes/4/driver/works/payment",
            json!([{"year": 2013, "millionths": 500_000}, {"year": 2012, "millionths": 500_000}]),
            Problem::YearShares,
        ),
        (
            "/plan/programmes/4/driver/works/payment",
            json!([{"year": 2012, "millionths": 1_500_000}, {"year": 2013, "millionths": -500_000}]),
            Problem::YearShares,
        ),
        (
            "/plan/populations/1/heads/share-of/share/unit",
            json!("fen"),
            Problem::Unit { expected: "millionths", found: "fen".to_owned() },
        ),
        (
            "/plan/programmes/2/driver/posts/posts/per-pupils/pupils_per_post/unit",
            json!("count"),
            Problem::Unit { expected: "millionths-of-a-pupil", found: "count".to_owned() },
        ),
        (change, both, Problem::ChangeValue),
        (change, neither, Problem::ChangeValue),
    ] {
        let (path, _, found) = self::problem(&spoilt(pointer, value));
        // A name is told where it stands.
        assert!(path.starts_with(&dotted(pointer)), "{path}");
        assert_eq!(found, problem, "{pointer}");
    }
}

#[test]
fn problems_of_a_scenario_file_are_named_too() {
    let file = |pointer, value| {
        let (path, _, problem) = problem(&spoilt_file(small_scenario_file(), pointer, value));
        (path, problem)
    };
    let value = |path: &str, problem| (path.to_owned(), problem);
    assert_eq!(
        file("/scenarios/1/id", json!("No Name")),
        value("scenarios[1].id", Problem::Id(NotAnId("No Name".to_owned())))
    );
    assert_eq!(
        file("/base/title", json!({})),
        value("base.title", Problem::Text(TextError::Empty))
    );
    let mut parameter = small_scenario_file()["parameters"]["populations/boarders/share"].clone();
    parameter["unit"] = json!("fen");
    assert_eq!(
        file("/parameters", json!({"populations/boarders/share": parameter})),
        value(
            "parameters[\"populations/boarders/share\"].unit",
            Problem::Unit { expected: "millionths", found: "fen".to_owned() }
        )
    );
    assert_eq!(
        file(
            "/parameters",
            json!({"a": small_scenario_file()["parameters"]["populations/boarders/share"]})
        ),
        value("parameters.a", Problem::Path(NotAPath("a".to_owned())))
    );
}

#[test]
fn what_a_file_says_of_itself_is_repeated_in_bounds() {
    let long = "x".repeat(100_000);
    let report = files::open(&spoilt(&format!("/plan/title/{long}"), json!(1))).unwrap().report;
    assert!(report.unknown[0].path.len() <= 300);
    for pointer in [
        "/plan/regions/0/id",
        "/plan/fiscal_years",
        "/plan/programmes/0/nature",
        "/plan/scenarios/1/measures/0/changes/0/from",
    ] {
        let error = read(&spoilt(pointer, json!(long))).unwrap_err().to_string();
        assert!(error.len() < 500, "{}", error.len());
    }
}

#[test]
fn a_plan_that_does_not_hold_together_is_refused_with_its_faults() {
    let file = spoilt("/plan/programmes/0/split/residual", json!("nobody"));
    let faults = vec![(
        Place("programmes/boarding/split".to_owned()),
        Fault::Unknown { id: "nobody".to_owned() },
    )];
    assert_eq!(read(&file), Err(ReadError::Unsound(PlanErrors(faults))));
}
