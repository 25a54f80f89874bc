//! One file for everything that can be wrong with one (`files/bad/`), and exactly what is said.
//!
//! Each is `files/good.json` with one thing wrong. What is said is kept in `snapshots/`, in the
//! English of developers; the page says the same in three languages (`src/misread.rs`).

use insta::assert_snapshot;
use shapan_engine::files::{self, JsonFault, MOST_BYTES, MOST_VALUES, ReadError};
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/files")
}

fn opened(file: &[u8]) -> Result<files::Opened, ReadError> {
    files::text_of(file).and_then(files::open)
}

#[test]
fn of_every_bad_file_there_is_it_is_said_exactly_what_is_wrong() {
    let files = std::fs::read_dir(folder().join("bad")).unwrap().map(|file| file.unwrap().path());
    let mut said: Vec<String> = files
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let Err(error) = opened(&std::fs::read(path).unwrap()) else { panic!("{name}") };
            format!("{name}: {error}")
        })
        .collect();
    said.sort();
    assert_snapshot!(said.join("\n"));
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
