//! One file for everything that can be wrong with one (`files/bad/`), and exactly what is said.
//!
//! Each is `files/good.json` with one thing wrong. What is said is the English of developers; the
//! page says the same in three languages (`src/misread.rs`).

use shapan_engine::files::{self, JsonFault, MOST_BYTES, MOST_VALUES, ReadError};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is said of each, in the order of their names.
const SAID: &[(&str, &str)] = &[
    (
        "amount-out-of-bounds",
        "programmes/grant/standard: 99999999999999999 is outside 0 to 10000000000000000",
    ),
    ("another-format", "not a Shapan file: format \"geo\""),
    ("bad-escape", "line 18, column 24: no such escape"),
    ("bidi-isolate", "line 95, column 17, plan.programmes[0].name: the control character U+2066"),
    ("bidi", "line 17, column 17, plan.regions[0].name: the control character U+202E"),
    ("comment", "line 1, column 3: '/' where \" should stand"),
    ("control-escaped", "line 17, column 17, plan.regions[0].name: the control character U+0007"),
    ("control-raw", "line 18, column 24: U+0007 within a text"),
    ("cut-short", "line 88, column 6: ends too early"),
    ("cycle-of-populations", "populations: goes in a circle through x"),
    ("cycle-of-scenarios", "scenarios: goes in a circle through a"),
    ("cycle-of-tasks", "tasks: goes in a circle through do"),
    (
        "dangling-parameter",
        "scenarios/plan/raise/1: nothing here is called programmes/nowhere/standard",
    ),
    ("dangling-source", "programmes/grant/split: nothing here is called nobody"),
    ("deep-128", "line 8, column 138: more than 127 deep"),
    ("duplicate-id", "regions: the name north is given twice"),
    (
        "duplicate-key-in-a-map",
        "line 36, column 28, plan.populations[0].heads.counted.censuses[0].heads.north: the field \"north\" is given twice",
    ),
    (
        "duplicate-key",
        "line 13, column 21, plan.fiscal_years: the field \"fiscal_years\" is given twice",
    ),
    ("empty", "line 1, column 1: ends too early"),
    (
        "fraction-of-a-fen",
        "line 109, column 30, plan.programmes[0].driver.heads.standard.amount.steps[0].value: a whole number (fen) is needed, not 1000.5",
    ),
    ("gbk", "not UTF-8 but Other"),
    (
        "huge-digits",
        "line 109, column 30, plan.programmes[0].driver.heads.standard.amount.steps[0].value: a whole number (fen) is needed, not 99999999999999999999",
    ),
    (
        "huge-exponent",
        "line 109, column 30, plan.programmes[0].driver.heads.standard.amount.steps[0].value: a whole number (fen) is needed, not 1e400",
    ),
    ("infinity", "line 109, column 30: \"-Infinity\" is no value"),
    ("leading-zero", "line 109, column 30: \"0100\" is no number"),
    (
        "list-for-an-object",
        "line 119, column 18, plan.programmes[0].split: an object is needed, not a list of 0",
    ),
    ("lone-low-surrogate", "line 18, column 24: half a character, U+DE00"),
    ("lone-surrogate", "line 18, column 24: half a character, U+D83D"),
    ("missing-field", "line 83, column 7, plan.sources[0]: the field payer is missing"),
    (
        "misspelt-field",
        "line 83, column 7, plan.sources[0]: the field payer is missing (is pyaer meant?)",
    ),
    ("nan", "line 109, column 30: \"NaN\" is no value"),
    ("negative-amount", "programmes/grant/standard: -1 is outside 0 to 10000000000000000"),
    ("no-words", "line 5, column 14, plan.title: empty"),
    (
        "not-a-parameter",
        "line 163, column 30, plan.scenarios[1].measures[0].changes[0].parameter: not a parameter such as programmes/boarding-junior/standard: \"grant\"",
    ),
    (
        "not-a-semester",
        "line 166, column 25, plan.scenarios[1].measures[0].changes[0].from: not a semester such as 2012-spring: \"2012\"",
    ),
    (
        "not-an-id",
        "line 16, column 15, plan.regions[0].id: not an id (1 to 64 of a-z, 0-9 and -): \"../../etc/passwd\"",
    ),
    ("not-an-object", "not a Shapan file: format \"\""),
    ("not-json", "line 1, column 1: '教' where a value should stand"),
    ("not-ours", "not a Shapan file: format \"\""),
    (
        "null-for-a-number",
        "line 109, column 30, plan.programmes[0].driver.heads.standard.amount.steps[0].value: a whole number (fen) is needed, not null",
    ),
    ("number-for-a-text", "line 6, column 18, plan.title.zh-Hans: a text is needed, not 5"),
    (
        "number-in-quotes",
        "line 109, column 30, plan.programmes[0].driver.heads.standard.amount.steps[0].value: a whole number (fen) is needed, not \"100000\"",
    ),
    (
        "object-for-a-list",
        "line 14, column 16, plan.regions: a list is needed, not an object of 0 fields",
    ),
    ("python-words", "line 160, column 24: \"True\" is no value"),
    ("single-quotes", "line 2, column 3: '\\'' where \" should stand"),
    ("stamp-of-a-wrong-kind", "line 4, column 10, app: a text is needed, not 7"),
    (
        "text-for-a-flag",
        "line 160, column 24, plan.scenarios[1].measures[0].enabled: true or false is needed, not \"yes\"",
    ),
    ("thousands-separator", "line 109, column 32: '0' where \" should stand"),
    (
        "too-many-years",
        "line 12, column 21, plan.fiscal_years: 31 fiscal years; 1 to 30 are possible",
    ),
    ("trailing-comma", "line 135, column 9: '}' where \" should stand"),
    ("trailing-garbage", "line 175, column 1: more after the end"),
    (
        "two-drivers",
        "line 99, column 19, plan.programmes[0].driver: an object with exactly one of heads, posts, works, revenue, lump, loans is needed, not an object of 2 fields",
    ),
    ("two-files", "line 175, column 1: more after the end"),
    (
        "two-status-quos",
        "scenarios: not a status quo: 2 scenarios without a parent, 0 measures in them",
    ),
    (
        "two-values",
        "line 162, column 15, plan.scenarios[1].measures[0].changes[0]: exactly one of value and value_by_region is needed",
    ),
    (
        "unit-of-another-role",
        "line 67, column 23, plan.populations[1].heads.share-of.share.unit: the unit is fen where millionths is needed",
    ),
    (
        "unknown-driver",
        "line 99, column 19, plan.programmes[0].driver: \"head\" is none of heads, posts, works, revenue, lump, loans (is heads meant?)",
    ),
    (
        "unknown-word",
        "line 98, column 19, plan.programmes[0].nature: \"iad\" is none of aid, recurrent, personnel, capital (is aid meant?)",
    ),
    ("utf-16-be-without-mark", "not UTF-8 but Utf16"),
    ("utf-16-le", "not UTF-8 but Utf16"),
    (
        "version-fraction",
        "line 3, column 14, version: a whole number from 1 to 1 is needed, not 1.0",
    ),
    ("version-huge", "line 3, column 14, version: a whole number from 1 to 1 is needed, not 1e99"),
    ("version-missing", "line 1, column 1, : the field version is missing"),
    (
        "version-negative",
        "line 3, column 14, version: a whole number from 1 to 1 is needed, not -1",
    ),
    ("version-newer", "version 2, newer than 1"),
    ("version-null", "line 3, column 14, version: a whole number from 1 to 1 is needed, not null"),
    ("version-text", "line 3, column 14, version: a whole number from 1 to 1 is needed, not \"1\""),
    ("version-zero", "line 3, column 14, version: a whole number from 1 to 1 is needed, not 0"),
    (
        "wrong-unit",
        "line 105, column 25, plan.programmes[0].driver.heads.standard.amount.unit: the unit is yuan where fen is needed",
    ),
    (
        "year-out-of-range",
        "line 11, column 26, plan.first_fiscal_year: 20120 is not a year from 1900 to 2200",
    ),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/files")
}

fn opened(file: &[u8]) -> Result<files::Opened, ReadError> {
    files::text_of(file).and_then(files::open)
}

#[test]
fn of_every_bad_file_there_is_it_is_said_exactly_what_is_wrong() {
    let files = std::fs::read_dir(folder().join("bad")).unwrap().map(|file| file.unwrap().path());
    let found: BTreeMap<String, String> = files
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let Err(error) = opened(&std::fs::read(path).unwrap()) else { panic!("{name}") };
            (name, error.to_string())
        })
        .collect();
    for (name, said) in SAID {
        assert_eq!(found.get(*name).map(String::as_str), Some(*said), "{name}");
    }
    assert_eq!(found.len(), SAID.len(), "a file without its line in the table");
    assert!(opened(&std::fs::read(folder().join("good.json")).unwrap()).is_ok());
}

/// The good file with some values nobody knows beside its title.
fn with(more: &str) -> String {
    let good = std::fs::read_to_string(folder().join("good.json")).unwrap();
    good.replacen("\"title\"", &format!("\"more\": {more}, \"title\""), 1)
}

#[test]
fn brackets_may_stand_in_one_another_so_deep_and_no_deeper() {
    // The file and its plan are two.
    let deep = |depth: usize| with(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    assert!(files::open(&deep(125)).is_ok());
    for depth in [126, 10_000, 1_000_000] {
        let found = files::open(&deep(depth));
        let is_too_deep =
            matches!(found, Err(ReadError::NotJson { fault: JsonFault::TooDeep, .. }));
        assert!(is_too_deep, "{depth}: {found:?}");
    }
}

#[test]
fn a_file_may_be_so_large_and_hold_so_many_values_and_no_more() {
    let good = with("1");
    let padded = |bytes: usize| format!("{good}{}", " ".repeat(bytes - good.len()));
    assert!(files::open(&padded(MOST_BYTES)).is_ok());
    let bytes = MOST_BYTES + 1;
    assert_eq!(files::open(&padded(bytes)), Err(ReadError::TooLarge { bytes }));
    assert_eq!(files::text_of(&vec![0xFF; bytes]), Err(ReadError::TooLarge { bytes }));

    let many = |values: usize| with(&format!("[{}0]", "0,".repeat(values - 1)));
    assert!(files::open(&many(MOST_VALUES - 1_000)).is_ok());
    let found = files::open(&many(MOST_VALUES));
    let is_too_many = matches!(found, Err(ReadError::NotJson { fault: JsonFault::TooMany, .. }));
    assert!(is_too_many, "{found:?}");
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_file_and_moves_no_column() {
    let good = with("1");
    assert_eq!(files::open(&format!("\u{FEFF}{good}")), files::open(&good));
    let bad = with("NaN");
    assert_eq!(files::open(&format!("\u{FEFF}{bad}")), files::open(&bad));
    assert!(files::open(&format!("\u{FEFF}\u{FEFF}{good}")).is_err());
}

#[test]
fn a_file_cut_off_at_any_byte_is_said_to_be_cut_short() {
    let file = std::fs::read(folder().join("v1/everything.json")).unwrap();
    let end = file.trim_ascii_end().len();
    // Reading the first of it time and again would take long, and its ways are soon known.
    for cut in (0..end.min(3_000)).chain((3_000..end).step_by(41)).chain(end - 200..end) {
        // A character that is cut is one the page could not read either.
        let Ok(text) = std::str::from_utf8(&file[..cut]) else { continue };
        let found = files::open(text);
        let is_cut = matches!(found, Err(ReadError::NotJson { fault: JsonFault::CutShort, .. }));
        assert!(is_cut, "{cut}: {found:?}");
    }
}
