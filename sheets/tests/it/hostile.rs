//! Words that mean harm stay words in every cell of every sheet, and numbers beyond what
//! spreadsheets compute are refused.
use calamine::{Data, Reader, Xlsx};
use shapan_engine::*;
use shapan_sheets::error::SheetError;
use shapan_sheets::files::open;
use shapan_sheets::own::{in_sheet, in_workbook};
use shapan_sheets::request::{CsvTable, MoneyUnit};
use shapan_sheets::workbook::{Wanted, workbook};
use shapan_sheets::{answer, csv::csv};
use std::io::Cursor;

const HOSTILE: [&str; 52] = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1＋1",
    "{=1+1}",
    "'=1",
    "\"=1",
    "=\"\"&1",
    "<script>alert(1)</script>",
    "<b>粗</b>",
    "&lt;",
    "&amp;",
    "&",
    "]]>",
    "<!--",
    "<?xml?>",
    "a\nb",
    "a\tb",
    "\u{200f}右",
    "👩‍👧",
    "é\u{301}",
    "_x000D_",
    "_x0000_",
    "'; DROP TABLE",
    "../../etc",
    "C:\\x",
    "[1]",
    "*",
    "?",
    "~",
    "~*",
    ">5",
    "<>",
    "=*",
    "R1C1",
    "A1",
    "TRUE",
    "#REF!",
    "#N/A",
    "1E9",
    "0x10",
    "2012-01-01",
    "1/2",
    "50%",
    "￥1",
    "%s",
    "{0}",
    "\\u0000",
    "𠮷野家",
];

/// The sample with everything called by one text.
fn called(words: &str) -> Plan {
    let text = Text::new(Lang::ZhHans, words).unwrap();
    let plan = taian_2012().unwrap();
    let edited = plan.edit(|parts| {
        (parts.title, parts.place) = (text.clone(), text.clone());
        parts.citations.iter_mut().for_each(|c| c.title = text.clone());
        parts.regions.iter_mut().for_each(|r| r.name = text.clone());
        parts.populations.iter_mut().for_each(|p| p.name = text.clone());
        parts.sources.iter_mut().for_each(|s| s.name = text.clone());
        parts.programmes.iter_mut().for_each(|p| p.name = text.clone());
        for scenario in parts.scenarios.iter_mut() {
            scenario.name = text.clone();
            scenario.measures.iter_mut().for_each(|m| m.title = text.clone());
        }
    });
    edited.unwrap()
}

#[test]
fn hostile_words_stay_words() {
    let clean = taian_2012().unwrap();
    let formulas = |plan: &Plan| {
        let (root, top) = (&plan.status_quo().unwrap().id, &plan.scenarios.last().unwrap().id);
        let wanted = Wanted {
            scenario: top,
            base: root,
            lang: Lang::ZhHans,
            unit: MoneyUnit::Yuan,
            saved_at: "2026-01-01",
        };
        let bytes = workbook(plan, &wanted).unwrap().book.to_xlsx().unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let mut formulas = Vec::new();
        let mut words = Vec::new();
        for name in book.sheet_names() {
            let range = book.worksheet_formula(&name).unwrap();
            formulas.extend(range.used_cells().map(|(r, c, f)| format!("{name} {r} {c} {f}")));
            let range = book.worksheet_range(&name).unwrap();
            words.extend(range.used_cells().filter_map(|(.., cell)| match cell {
                Data::String(words) => Some(words.clone()),
                _ => None,
            }));
        }
        (formulas, words)
    };
    let (known, _) = formulas(&clean);
    for hostile in HOSTILE {
        let plan = called(hostile);
        let (found, words) = formulas(&plan);
        assert_eq!(found, known, "{hostile:?}: formulas follow numbers, never words");
        assert!(words.iter().any(|words| words == hostile), "{hostile:?} is there as it is");

        let root = &plan.status_quo().unwrap().id;
        for table in [CsvTable::Payments, CsvTable::People] {
            let bytes = csv(&plan, table, root, Lang::ZhHans).unwrap();
            let mut reader = ::csv::ReaderBuilder::new();
            let mut reader = reader.has_headers(false).flexible(true).from_reader(&bytes[3..]);
            for record in reader.records() {
                for field in &record.unwrap() {
                    assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{field:?}");
                }
            }
        }
    }
}

/// Regions and populations are all called the same here: only their ids tell them apart.
#[test]
fn files_of_hostile_words_come_back_unchanged() {
    let mark = "沙盘 · shapan-people 9 · plan 0 · scenario x · lang en";
    for (n, hostile) in std::iter::once(mark).chain(HOSTILE).enumerate() {
        let plan = called(hostile);
        let (root, top) = (&plan.status_quo().unwrap().id, &plan.scenarios.last().unwrap().id);
        for table in [CsvTable::Payments, CsvTable::People] {
            let bytes = csv(&plan, table, top, Lang::ZhHans).unwrap();
            let sheet = open(&bytes, None).unwrap().sheet(0).unwrap();
            let returned = in_sheet(&plan, &sheet).unwrap().unwrap();
            assert!(returned.is_unchanged(), "{hostile:?}: {returned:?}");
        }
        if n % 9 > 0 {
            continue; // workbooks take their time
        }
        let (lang, unit, saved_at) = (Lang::ZhHans, MoneyUnit::Yuan, "");
        let wanted = Wanted { scenario: top, base: root, lang, unit, saved_at };
        let bytes = workbook(&plan, &wanted).unwrap().book.to_xlsx().unwrap();
        let returned = in_workbook(&plan, &mut open(&bytes, None).unwrap()).unwrap().unwrap();
        assert!(returned.is_unchanged(), "{hostile:?}: {returned:?}");
    }
}

#[test]
fn the_same_plan_makes_the_same_file() {
    let plan = taian_2012().unwrap();
    let text = files::write_plan(&plan, &files::Stamp::default());
    let root = plan.status_quo().unwrap().id.to_string();
    let request = format!(
        r#"{{"workbook":{{"scenario":"{root}","base":"{root}","lang":"en","unit":"wan","saved_at":"x"}}}}"#
    );
    let made = answer(&request, text.as_bytes()).unwrap();
    assert!(made.starts_with(b"PK"));
    assert_eq!(made, answer(&request, text.as_bytes()).unwrap());
    assert_eq!(answer("{}", text.as_bytes()), Err(SheetError::NotARequest));
    assert!(matches!(answer(&request, b"{}"), Err(SheetError::NotAPlan { .. })));
}

#[test]
fn numbers_beyond_what_spreadsheets_compute_are_refused() {
    let plan = taian_2012().unwrap();
    let edited = plan.edit(|parts| {
        let source = &mut parts.sources[0];
        let from = Year::new(2000).unwrap().spring();
        let value = Parameter::constant(from, 1_000_000_000_000_000, Basis::default());
        source.revenue = Some(Indexed { value, indexation: None });
    });
    let plan = edited.unwrap();
    let root = &plan.status_quo().unwrap().id;
    let wanted =
        Wanted { scenario: root, base: root, lang: Lang::En, unit: MoneyUnit::Yuan, saved_at: "" };
    assert_eq!(workbook(&plan, &wanted).err(), Some(SheetError::BeyondDigits));
}

#[test]
fn a_plan_of_almost_nothing_has_a_workbook() {
    for lang in Lang::ALL {
        let plan = taian_2012().unwrap();
        let edited = plan.edit(|parts| {
            let root = parts.scenarios.iter().find(|s| s.parent.is_none()).cloned();
            parts.programmes = List::default();
            parts.tasks = List::default();
            parts.indicators = List::default();
            parts.rules = List::default();
            parts.sources = List::default();
            parts.scenarios = root.into_iter().collect();
        });
        let plan = edited.unwrap();
        let root = &plan.status_quo().unwrap().id;
        let wanted =
            Wanted { scenario: root, base: root, lang, unit: MoneyUnit::Yuan, saved_at: "" };
        workbook(&plan, &wanted).unwrap().book.to_xlsx().unwrap();
    }
}
