//! The schema that is published says of files what the reader says of them.
//!
//! To keep a new one after a change that is meant: `SHAPAN_KEEP_SCHEMA=1 cargo test -p
//! shapan-engine --test it schema::`, and look at the difference: what version 1 asks for only grows by
//! what may be left out.

use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;
use shapan_engine::files::{self, Found, Problem, ReadError, Stamp};
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario, plan_to_be_written};
use std::path::PathBuf;

const PUBLISHED: &str = include_str!("../../../schema/shapan-1.schema.json");

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(PUBLISHED).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "itself no schema");
    jsonschema::validator_for(&schema).unwrap()
}

/// The files of a folder of tests, by name.
fn files_in(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let files = paths.filter(|path| path.extension().is_some_and(|e| e == "json"));
    files
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect()
}

#[test]
fn what_is_published_is_what_the_reader_declares() {
    let declared = files::schema() + "\n";
    if std::env::var_os("SHAPAN_KEEP_SCHEMA").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/shapan-1.schema.json");
        std::fs::write(path, &declared).unwrap();
    }
    assert!(declared == PUBLISHED, "keep the new schema, see above");
}

#[test]
fn every_file_of_ours_fulfils_it() {
    let validator = validator();
    let folders = ["tests/files/v1", "tests/files", "sample", "library"];
    let files: Vec<_> = folders.into_iter().flat_map(files_in).collect();
    assert!(files.len() >= 7);
    for (name, file) in files {
        let file: Value = serde_json::from_slice(&file).unwrap();
        let faults = faults_of(&validator, &file);
        assert_eq!(faults, [""; 0], "{name}");
    }
}

fn faults_of(validator: &Validator, file: &Value) -> Vec<String> {
    let brief = |text: String| text.chars().take(300).collect::<String>();
    let faults = validator.iter_errors(file);
    faults.map(|e| format!("{}: {}", e.instance_path(), brief(e.to_string()))).collect()
}

/// Whether a schema can say what is wrong.
fn is_of_shape(problem: &Problem) -> bool {
    // To a schema 1.0 is a whole number.
    let is_fraction = |digits: &str| digits.contains(['.', 'e', 'E']);
    !matches!(problem, Problem::Kind { found: Found::Number(digits), .. } if is_fraction(digits))
        && !matches!(
            problem,
            Problem::Twice { .. }
                | Problem::Text(TextError::ControlCharacter { .. })
                | Problem::Text(TextError::TooLong { .. })
                | Problem::YearShares
                | Problem::ChangeValue
        )
}

/// Whether the schema and the reader say the same of a file, where a schema can say anything.
fn agree(validator: &Validator, text: &str, file: &Value) -> Result<(), String> {
    let fulfils = validator.is_valid(file);
    match files::open(text) {
        Ok(_) | Err(ReadError::Unsound(_)) if !fulfils => {
            Err("read, against the schema".to_owned())
        }
        // Whether a target counts or is a share follows from the indicator around it.
        Err(ReadError::Value { path, problem: Problem::Unit { .. }, .. })
            if path.ends_with(".target.value.unit") =>
        {
            Ok(())
        }
        Err(ReadError::Value { path, problem, .. }) if fulfils && is_of_shape(&problem) => {
            Err(format!("fulfils the schema, but {path}: {problem}"))
        }
        _ => Ok(()),
    }
}

#[test]
fn every_bad_file_is_refused_by_it_where_a_schema_can_say_what_is_wrong() {
    let validator = validator();
    for (name, file) in files_in("tests/files/bad") {
        let Ok(text) = std::str::from_utf8(&file) else { continue };
        let Ok(value) = serde_json::from_str(text) else { continue };
        assert_eq!(agree(&validator, text, &value), Ok(()), "{name}");
    }
}

/// Puts something else in the place of the n-th value of a file.
fn replace_nth(value: &mut Value, n: &mut usize, with: &Option<Value>) -> bool {
    if *n == 0 {
        *value = with.clone().unwrap_or(Value::Null);
        return true;
    }
    *n -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| replace_nth(item, n, with)),
        Value::Object(fields) => {
            let names: Vec<String> = fields.keys().cloned().collect();
            for name in names {
                if *n == 0 && with.is_none() {
                    fields.remove(&name);
                    return true;
                }
                if replace_nth(&mut fields[&name], n, with) {
                    return true;
                }
            }
            false
        }
        _ => false,
    }
}

fn something_else() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        3 => Just(None),
        6 => prop::sample::select(vec![
            Value::Null, true.into(), 0.into(), (-1).into(), 31.into(), 256.into(), 1.5.into(),
            "".into(), "north".into(), "fen".into(), "heads".into(), "2012-spring".into(),
            "No".into(), Value::Array(vec![]), Value::Object(serde_json::Map::new()),
        ])
        .prop_map(Some),
    ]
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn plans_and_scenarios_of_every_kind_fulfil_it(
        plan in plan_to_be_written(),
        (other, scenario) in plan_and_scenario(),
    ) {
        let validator = validator();
        let stamp = Stamp::default();
        let view = files::SentView { page: Some("overview".into()), ..Default::default() };
        let send = |with| files::send_scenario(&other, &scenario, &view, with, &stamp).unwrap();
        for file in [
            files::write_plan(&plan, &stamp),
            files::write_scenario(&other, &scenario, &stamp).unwrap(),
            files::send_plan(&plan, &view, &stamp),
            send(None),
            send(Some(&[])),
        ] {
            let file = serde_json::from_str(&file).unwrap();
            let faults = faults_of(&validator, &file);
            prop_assert_eq!(faults, [""; 0]);
        }
    }
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn the_reader_and_it_agree_on_files_with_any_one_value_replaced_or_left_out(
        place in any::<prop::sample::Index>(),
        with in something_else(),
    ) {
        const FILE: &str = include_str!("../files/v1/everything.json");
        thread_local!(static VALIDATOR: Validator = validator());
        let mut file: Value = serde_json::from_str(FILE).unwrap();
        // Not the file as a whole, and not more than it has.
        let mut n = 1 + place.index(1_700);
        replace_nth(&mut file, &mut n, &with);
        let said = VALIDATOR.with(|validator| agree(validator, &file.to_string(), &file));
        prop_assert_eq!(said, Ok(()));
    }
}
