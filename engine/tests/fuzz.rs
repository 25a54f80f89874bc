//! Reading files from anywhere: bytes at random, and files spoilt in their text and their values.
//!
//! Never a panic, never a hang; what is read evaluates or says why not, and is written and read
//! again as the same. Where something is read, JSON's own library reads it too, and otherwise the
//! other way about. The corpus is every file under `files/`; what once failed is kept in
//! `fuzz.regressions`. For long: `PROPTEST_CASES=100000 cargo test --release -p shapan-engine
//! --test fuzz`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use shapan_engine::files::{self, Contents, JsonFault, ReadError, fit, open, write_plan};
use shapan_engine::*;
use shapan_testing::arbitrary::cases;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Every file of the tests, bad ones too; the sample is large and has its turn elsewhere.
fn corpus() -> &'static [Vec<u8>] {
    static CORPUS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files");
        let mut paths = Vec::new();
        for folder in ["", "/v1", "/bad"] {
            let files = std::fs::read_dir(format!("{root}{folder}")).unwrap();
            paths.extend(files.map(|file| file.unwrap().path()));
        }
        paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
        paths.retain(|path| !path.ends_with("taian-2012.json"));
        paths.sort();
        paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
    })
}

/// What must hold of any bytes at all.
fn holds_of(bytes: &[u8]) -> Result<(), TestCaseError> {
    let start = Instant::now();
    let text = match files::text_of(bytes) {
        Ok(text) => text,
        Err(error) => {
            prop_assert!(!error.to_string().is_empty());
            return Ok(());
        }
    };
    let opened = open(text);
    as_the_library_reads(text, &opened)?;
    match opened {
        Err(error) => prop_assert!(error.to_string().len() < 100_000),
        Ok(opened) => match opened.contents {
            Contents::Plan(plan) => {
                let again = open(&write_plan(&plan, &opened.stamp)).unwrap();
                prop_assert_eq!(&again.contents, &Contents::Plan(plan.clone()));
                prop_assert_eq!(again.report.unknown_count, opened.report.unknown_count);
                for scenario in &plan.scenarios {
                    let _typed = evaluate(&plan, &scenario.id);
                }
            }
            Contents::Scenario(bundle) => {
                let _any = fit(&shapan_testing::small_plan(), &bundle);
            }
        },
    }
    prop_assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    Ok(())
}

/// Whether serde_json takes for JSON what we do, and nothing else, but for what only we bound.
fn as_the_library_reads(
    text: &str,
    opened: &Result<files::Opened, ReadError>,
) -> Result<(), TestCaseError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let library = serde_json::from_str::<Value>(text);
    match opened {
        Err(ReadError::NotJson { fault: JsonFault::TooDeep | JsonFault::TooMany, .. }) => {}
        Err(ReadError::NotJson { fault, .. }) => {
            prop_assert!(library.is_err(), "{fault}: {text}");
            if let Err(error) = library {
                let is_cut = *fault == JsonFault::CutShort;
                // Of half a character and then nothing, each is right.
                let is_escape = text.ends_with("\\")
                    || text.rfind("\\u") >= Some(text.len().saturating_sub(12));
                // The library has floats, and stops at a number beyond them.
                let is_known = is_escape || has_huge_number(text);
                prop_assert!(is_cut == error.is_eof() || is_known, "{fault}, {error}: {text}");
            }
        }
        // The library has floats, and these end somewhere.
        _ => prop_assert!(library.is_ok_and(|_| true) || has_huge_number(text), "{text}"),
    }
    Ok(())
}

fn has_huge_number(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_err_and(|e| e.to_string().contains("out of range"))
}

/// One way to spoil a file.
#[derive(Clone, Debug)]
enum Spoil {
    /// Some bytes of the text become others.
    Bytes(Index, Index, Vec<u8>),
    /// A value becomes another.
    Replace(Index, Value),
    /// A value becomes another one of the file.
    Swap(Index, Index),
    /// A field or item is left out.
    Remove(Index),
    /// An item is there again, or a field under another name.
    Repeat(Index, String),
}

fn hostile_value() -> impl Strategy<Value = Value> {
    let words: Vec<&str> = vec![
        "",
        " ",
        "north",
        "county",
        "pupils",
        "status-quo",
        "adopted",
        "fen",
        "millionths",
        "2012-spring",
        "2200-autumn",
        "1900-spring",
        "2013-02-29",
        "programmes/boarding/standard",
        "populations/boarders/share",
        "indicators/spent/target",
        "\u{202E}x",
        "\u{0}",
        "\u{FEFF}",
        "<script>",
        "=1+1",
        "../..",
        "__proto__",
        "𠀀",
        "e\u{301}",
        "9999999999999999999999",
    ];
    let numbers: Vec<i64> = vec![
        0,
        1,
        -1,
        2,
        30,
        31,
        255,
        256,
        999_999,
        1_000_000,
        1_000_001,
        1900,
        2012,
        2200,
        10_000_000_000_000_000,
        i64::MAX,
        i64::MIN,
        i64::from(i32::MAX),
        -1_000_000,
    ];
    prop_oneof![
        prop::sample::select(words).prop_map(Value::from),
        prop::sample::select(numbers).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(vec![1e300, 1.5, -0.0, 1e19]).prop_map(Value::from),
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        Just(serde_json::json!([])),
        Just(serde_json::json!({})),
        "\\PC{0,12}".prop_map(Value::from),
    ]
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let place = any::<Index>;
    prop_oneof![
        2 => (place(), place(), prop::collection::vec(any::<u8>(), 0..4))
            .prop_map(|(at, size, with)| Spoil::Bytes(at, size, with)),
        4 => (place(), hostile_value()).prop_map(|(at, value)| Spoil::Replace(at, value)),
        2 => (place(), place()).prop_map(|(at, from)| Spoil::Swap(at, from)),
        2 => place().prop_map(Spoil::Remove),
        2 => (place(), "[a-z_]{0,8}").prop_map(|(at, name)| Spoil::Repeat(at, name)),
    ]
}

/// The way to every value but the whole.
fn pointers(value: &Value, way: &str, all: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Array(items) => {
            items.iter().enumerate().map(|(n, item)| (n.to_string(), item)).collect()
        }
        Value::Object(fields) => fields
            .iter()
            .map(|(name, field)| (name.replace('~', "~0").replace('/', "~1"), field))
            .collect(),
        _ => return,
    };
    for (step, value) in inner {
        let way = format!("{way}/{step}");
        all.push(way.clone());
        pointers(value, &way, all);
    }
}

fn spoilt(file: Vec<u8>, spoil: &Spoil) -> Vec<u8> {
    if let Spoil::Bytes(at, size, with) = spoil {
        let mut file = file;
        let at = at.index(file.len() + 1);
        let end = (at + size.index(4)).min(file.len());
        file.splice(at..end, with.iter().copied());
        return file;
    }
    let Ok(mut value) = serde_json::from_slice::<Value>(&file) else { return file };
    let mut all = Vec::new();
    pointers(&value, "", &mut all);
    if all.is_empty() {
        return file;
    }
    let place = |at: &Index| &all[at.index(all.len())];
    match spoil {
        Spoil::Bytes(..) => unreachable!("above"),
        Spoil::Replace(at, with) => *value.pointer_mut(place(at)).unwrap() = with.clone(),
        Spoil::Swap(at, from) => {
            let from = value.pointer(place(from)).unwrap().clone();
            *value.pointer_mut(place(at)).unwrap() = from;
        }
        Spoil::Remove(at) | Spoil::Repeat(at, _) => {
            let (parent, step) = place(at).rsplit_once('/').unwrap();
            match value.pointer_mut(parent).unwrap() {
                Value::Array(items) => {
                    let n: usize = step.parse().unwrap();
                    match spoil {
                        Spoil::Remove(_) => drop(items.remove(n)),
                        _ => items.insert(n, items[n].clone()),
                    }
                }
                Value::Object(fields) => {
                    let name = step.replace("~1", "/").replace("~0", "~");
                    match spoil {
                        Spoil::Repeat(_, other) => {
                            let again = fields[&name].clone();
                            fields.insert(other.clone(), again);
                        }
                        _ => drop(fields.remove(&name)),
                    }
                }
                _ => {}
            }
        }
    }
    serde_json::to_vec(&value).unwrap()
}

#[test]
fn every_file_of_the_corpus_holds() {
    for file in corpus() {
        holds_of(file).unwrap();
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn files_spoilt_in_any_way_are_read_or_refused(
        which in any::<Index>(),
        spoils in prop::collection::vec(spoil(), 1..5),
    ) {
        let file = corpus()[which.index(corpus().len())].clone();
        holds_of(&spoils.iter().fold(file, spoilt))?;
    }

    #[test]
    fn two_files_grown_together_are_read_or_refused(
        one in any::<Index>(),
        other in any::<Index>(),
        (cut, from) in any::<(Index, Index)>(),
    ) {
        let (one, other) = (&corpus()[one.index(corpus().len())], &corpus()[other.index(corpus().len())]);
        let (cut, from) = (cut.index(one.len() + 1), from.index(other.len() + 1));
        holds_of(&[&one[..cut], &other[from..]].concat())?;
    }
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn bytes_at_random_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(files::text_of(&bytes).and_then(open).is_err());
        holds_of(&bytes)?;
    }

    #[test]
    fn what_looks_like_json_is_json_to_us_where_it_is_to_the_library(
        text in r#"([\[\]{},:"\\ \n]|true|null|nul|"[a-z]{0,3}"|"\\u[dD][89abcdef]?[0-9a-f]{1,3}\\?u?|\\n"|-?[0-9]{1,3}(\.[0-9]{0,2})?([eE][+-]?[0-9]{0,3})?){0,14}"#
    ) {
        holds_of(text.as_bytes())?;
        // Within something of ours, so that it is looked at and not put aside as foreign.
        let file = format!("{{\"format\": \"shapan/plan\", \"version\": 1, \"plan\": {text}}}");
        holds_of(file.as_bytes())?;
    }
}

#[test]
fn time_grows_with_the_length_of_a_file_and_not_faster() {
    let plan = |fields: &str| {
        format!("{{\"format\": \"shapan/plan\", \"version\": 1, \"plan\": {{{fields}}}}}")
    };
    let many = 100_000;
    let names: Vec<String> = (0..many).map(|n| format!("\"f{n}\": 1")).collect();
    let same = vec!["\"same\": 1"; many];
    let regions: Vec<String> = (0..many).map(|n| format!("{{\"id\": \"r{n}\"}}")).collect();
    for (what, file) in [
        ("fields nobody knows", plan(&names.join(","))),
        ("one field again and again", plan(&same.join(","))),
        ("a long text", plan(&format!("\"title\": {{\"en\": \"{}\"}}", "\\u0041".repeat(many)))),
        ("things that lack everything", plan(&format!("\"regions\": [{}]", regions.join(",")))),
        ("one long number", plan(&format!("\"fiscal_years\": {}", "9".repeat(many * 10)))),
        ("quotes that never end", plan(&"\"a".repeat(many))),
    ] {
        let start = Instant::now();
        assert!(open(&file).is_err(), "{what}");
        assert!(start.elapsed() < Duration::from_secs(5), "{what}: {:?}", start.elapsed());
    }
}
