//! Owns saying why a file was not read, or what was found in one that was: what, where, and how
//! to mend it, in the reader's words.

use crate::files::plan_errors;
use crate::words::{Words, fill};
use shapan_engine::TextError;
use shapan_engine::files::{
    Encoding, Expected, Found, JsonFault, MOST_BYTES, MOST_DEPTH, MOST_VALUES, Problem, ReadError,
    Report, Unknown, VERSION,
};

/// Why a file was not read.
pub fn read_error(w: &Words, error: &ReadError) -> String {
    match error {
        ReadError::TooLarge { .. } => {
            fill(w.file_too_large, &[&(MOST_BYTES / (1024 * 1024)).to_string()])
        }
        ReadError::NotUtf8 { encoding: Encoding::Utf16 } => w.files.utf16.to_owned(),
        ReadError::NotUtf8 { encoding: Encoding::Other } => w.file_not_text.to_owned(),
        ReadError::NotJson { line, column, fault } => {
            let (line, column) = (line.to_string(), column.to_string());
            match fault {
                JsonFault::CutShort => fill(w.file_cut_short, &[&line, &column]),
                fault => fill(w.files.not_json, &[&line, &column, &json_fault(w, fault)]),
            }
        }
        ReadError::NotOurs { format } if format.is_empty() => w.file_not_ours.to_owned(),
        ReadError::NotOurs { format } => fill(w.file_other_format, &[format]),
        ReadError::TooNew { version } => {
            fill(w.file_too_new, &[&version.to_string(), &VERSION.to_string()])
        }
        ReadError::Value { path, line, column, problem } => {
            let path = if path.is_empty() { w.files.whole_file } else { path };
            let (line, column) = (line.to_string(), column.to_string());
            fill(w.files.value, &[&line, &column, path, &problem_text(w, problem)])
        }
        ReadError::Unsound(errors) => plan_errors(w, errors),
    }
}

fn json_fault(w: &Words, fault: &JsonFault) -> String {
    let w = &w.files;
    let code = |code: u32| format!("{code:04X}");
    match fault {
        // Said as a whole above.
        JsonFault::CutShort => String::new(),
        JsonFault::Unexpected { found, expected: "" } => fill(w.json_no_value, &[&shown(*found)]),
        JsonFault::Unexpected { found, expected } => {
            let expected: Vec<_> = expected.chars().map(String::from).collect();
            fill(w.json_unexpected, &[&shown(*found), &expected.join(" / ")])
        }
        JsonFault::Word { found } => fill(w.json_word, &[found]),
        JsonFault::Number { found } => fill(w.json_number, &[found]),
        JsonFault::Escape => w.json_escape.to_owned(),
        JsonFault::Surrogate { code: half } => fill(w.json_half, &[&code(*half)]),
        JsonFault::Control { code: control } => fill(w.json_control, &[&code(*control)]),
        JsonFault::After => w.json_after.to_owned(),
        JsonFault::TooDeep => fill(w.json_deep, &[&MOST_DEPTH.to_string()]),
        JsonFault::TooMany => fill(w.json_many, &[&MOST_VALUES.to_string()]),
    }
}

/// A character as it is, or its code where it has no look of its own.
fn shown(c: char) -> String {
    if c.is_control() { format!("U+{:04X}", u32::from(c)) } else { c.into() }
}

fn problem_text(w: &Words, problem: &Problem) -> String {
    match problem {
        Problem::Kind { expected, found } => {
            fill(w.files.kind, &[&expected_text(w, expected), &found_text(w, found)])
        }
        Problem::Missing { field, nearest: None } => fill(w.files.missing, &[field]),
        Problem::Missing { field, nearest: Some(near) } => {
            fill(w.files.missing_near, &[field, near])
        }
        Problem::Twice { name } => fill(w.files.twice, &[name]),
        Problem::Word { found, allowed, nearest } => {
            let allowed = allowed.join(w.compare.comma);
            match nearest {
                None => fill(w.files.word, &[found, &allowed]),
                Some(near) => fill(w.files.word_near, &[found, near, &allowed]),
            }
        }
        Problem::Id(e) => fill(w.problem_id, &[&e.0]),
        Problem::Semester(e) => fill(w.problem_semester, &[&e.0]),
        Problem::Path(e) => fill(w.problem_path, &[&e.0]),
        Problem::Text(TextError::Empty) => w.problem_text_empty.to_owned(),
        Problem::Text(TextError::TooLong { chars }) => {
            fill(w.problem_text_long, &[&chars.to_string()])
        }
        Problem::Text(TextError::ControlCharacter { code }) => {
            fill(w.problem_text_control, &[&format!("U+{code:04X}")])
        }
        Problem::Year(year) => fill(w.problem_year, &[&year.to_string()]),
        Problem::FiscalYears(years) => fill(w.problem_fiscal_years, &[&years.to_string()]),
        Problem::YearShares => w.problem_year_shares.to_owned(),
        Problem::Unit { expected, found } => fill(w.problem_unit, &[expected, found]),
        Problem::ChangeValue => w.problem_change_value.to_owned(),
        Problem::Date(e) => fill(w.problem_date, &[&e.0]),
        Problem::Grade(text) => fill(w.problem_grade, &[text]),
    }
}

fn expected_text(w: &Words, expected: &Expected) -> String {
    let all = w;
    let w = &w.files;
    match expected {
        Expected::Object => w.needs_object.to_owned(),
        Expected::List => w.needs_list.to_owned(),
        Expected::Text => w.needs_text.to_owned(),
        Expected::YesNo => w.needs_yes_no.to_owned(),
        Expected::Whole { unit: Some("fen"), .. } => w.needs_fen.to_owned(),
        Expected::Whole { unit: Some(unit), .. } if unit.starts_with("millionths") => {
            w.needs_millionths.to_owned()
        }
        Expected::Whole { least: i64::MIN, .. } => w.needs_whole.to_owned(),
        Expected::Whole { least, most, .. } if least == most => {
            fill(w.needs_this, &[&least.to_string()])
        }
        Expected::Whole { least, most, .. } => {
            fill(w.needs_between, &[&least.to_string(), &most.to_string()])
        }
        Expected::OneOf(names) => fill(w.needs_one_of, &[&names.join(all.compare.comma)]),
    }
}

fn found_text(w: &Words, found: &Found) -> String {
    let w = &w.files;
    match found {
        Found::Null => w.is_null.to_owned(),
        Found::YesNo(yes) => format!(" {yes}"),
        Found::Number(digits) => format!(" {digits}"),
        Found::Text(text) => fill(w.is_text, &[text]),
        Found::List(items) => fill(w.is_list, &[&items.to_string()]),
        Found::Object(fields) => fill(w.is_object, &[&fields.to_string()]),
    }
}

/// What a reader should know of a file that was read; nothing where there is nothing to say.
pub fn report_text(w: &Words, report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    if report.version < i64::from(VERSION) {
        let (from, to) = (report.version.to_string(), VERSION.to_string());
        lines.push(fill(w.files.older, &[&from, &to, &report.changed.len().to_string()]));
    }
    if report.unknown_count > 0 {
        let most = 5;
        let mut fields: Vec<_> =
            report.unknown.iter().take(most).map(|field| unknown_text(w, field)).collect();
        if report.unknown_count > most {
            fields.push(fill(w.and_more_faults, &[&(report.unknown_count - most).to_string()]));
        }
        let is_kept = report.unknown.iter().all(|field| field.is_kept);
        let words = if is_kept { w.files.unknown_kept } else { w.files.unknown_left };
        let count = report.unknown_count.to_string();
        lines.push(fill(words, &[&count, &fields.join(w.semicolon)]));
    }
    lines
}

fn unknown_text(w: &Words, field: &Unknown) -> String {
    let text = match field.nearest {
        None => field.path.clone(),
        Some(meant) => fill(w.files.meant, &[&field.path, meant]),
    };
    if field.is_kept { text } else { fill(w.files.left_out, &[&text]) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::words;
    use shapan_engine::{Lang, files};

    const SAMPLE: &str = include_str!("../engine/sample/taian-2012.json");

    fn said(lang: Lang, from: &str, to: &str) -> String {
        let file = SAMPLE.replacen(from, to, 1);
        read_error(words::words(lang), &files::open(&file).unwrap_err())
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_how_to_mend_it() {
        let nature = "\"nature\": \"aid\"";
        let line = 1 + SAMPLE.lines().position(|l| l.contains(nature)).unwrap();
        let text = said(Lang::En, nature, "\"nature\": \"aidd\"");
        assert!(text.starts_with(&format!("Line {line}, column ")), "{text}");
        assert!(text.contains("nature: there is no “aidd”; is aid meant?"), "{text}");
        let text = said(Lang::ZhHans, "\"version\": 1", "\"version\": \"1\"");
        assert!(text.ends_with("，version：应为整数 1，文件里是文字“1”。"), "{text}");
        let text = said(Lang::ZhHans, "\"fiscal_years\": ", "\"fiscal_years\": 0");
        assert!(text.contains("不是 JSON 的数字"), "{text}");
    }

    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn every_bad_file_is_told_in_three_languages() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/engine/tests/files/bad");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let mut said: Vec<String> = files
            .map(|path| {
                let bytes = std::fs::read(&path).unwrap();
                let error = files::text_of(&bytes).and_then(files::open).unwrap_err();
                let told = Lang::ALL.map(|lang| read_error(words::words(lang), &error));
                format!("{}\n{}\n", path.file_stem().unwrap().display(), told.join("\n"))
            })
            .collect();
        said.sort();
        insta::assert_snapshot!(said.join("\n"));
    }

    #[test]
    fn an_amount_with_a_fraction_is_told_to_be_written_in_fen() {
        let at = SAMPLE.find("\"unit\": \"fen\"").unwrap();
        let value = at + SAMPLE[at..].find("\"value\": ").unwrap() + "\"value\": ".len();
        let file = format!("{}12.5, \"was\": {}", &SAMPLE[..value], &SAMPLE[value..]);
        let text = read_error(words::words(Lang::ZhHans), &files::open(&file).unwrap_err());
        assert!(text.ends_with("应为以分为单位的整数（1 元写 100），文件里是 12.5。"), "{text}");
    }

    #[test]
    fn fields_that_are_not_known_are_told_and_what_may_be_meant() {
        let file = SAMPLE.replacen("\"place\"", "\"plaec\": 1, \"place\"", 1);
        let report = files::open(&file).unwrap().report;
        let said = report_text(words::words(Lang::En), &report);
        let [line] = said.as_slice() else { unreachable!("{said:?}") };
        assert!(line.ends_with("(1): plan.plaec (is place meant?)"), "{line}");
        let nothing = files::open(SAMPLE).unwrap().report;
        assert_eq!(report_text(words::words(Lang::En), &nothing), [""; 0]);
    }
}
