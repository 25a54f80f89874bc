//! Our own files come back as what they are: unchanged they change nothing, changed they offer
//! exactly what was changed, and what the plan cannot take is listed.

mod inputs;

use fastrand::Rng;
use inputs::type_number;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use shapan_engine::*;
use shapan_sheets::answer;
use shapan_sheets::book::{Book, Content};
use shapan_sheets::csv::csv;
use shapan_sheets::error::SheetError;
use shapan_sheets::files::open;
use shapan_sheets::import::{Change as Changed, Target, When, command};
use shapan_sheets::own::{Kind, Reason, Returned, Since, in_sheet, in_workbook};
use shapan_sheets::request::{CsvTable, MoneyUnit, Opening};
use shapan_sheets::workbook::{Input, InputOf, Wanted, Workbook, workbook};
use shapan_testing::generate::{Mix, Size, generate};
use std::collections::BTreeMap;

fn plans(count: usize) -> impl Iterator<Item = (Plan, ScenarioId)> {
    let mut runner = TestRunner::deterministic();
    let strategy = shapan_testing::arbitrary::plan_and_scenario();
    std::iter::repeat_with(move || strategy.new_tree(&mut runner).unwrap().current()).take(count)
}

/// What a file is, by the same way the worker goes.
fn look_at(plan: &Plan, bytes: &[u8]) -> Result<Option<Returned>, SheetError> {
    let mut opened = open(bytes, None)?;
    if let Some(returned) = in_workbook(plan, &mut opened)? {
        return Ok(Some(returned));
    }
    in_sheet(plan, &opened.sheet(opened.overview().first)?)
}

/// The rows of a table.
fn table(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = ::csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).flexible(true).from_reader(text);
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The same rows as a file: padded and with its own line ends, as Excel writes them.
fn written(rows: &[Vec<String>]) -> Vec<u8> {
    let width = rows.iter().map(Vec::len).max().unwrap();
    let mut writer = ::csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    for row in rows {
        let cells = row.iter().map(String::as_str);
        let padding = std::iter::repeat_n("", width - row.len());
        writer.write_record(cells.chain(padding)).unwrap();
    }
    writer.into_inner().unwrap()
}

fn people(plan: &Plan, scenario: &ScenarioId, lang: Lang) -> Vec<Vec<String>> {
    table(&csv(plan, CsvTable::People, scenario, lang).unwrap())
}

fn back(plan: &Plan, rows: &[Vec<String>]) -> Returned {
    look_at(plan, &written(rows)).unwrap().unwrap()
}

fn apply(plan: &Plan, changes: &[Changed]) -> Plan {
    let mut document = Document::new(plan.clone());
    if let Some(command) = command(plan, changes, Lang::ZhHans, &Clone::clone) {
        document.dispatch(command, None).unwrap();
    }
    Plan::clone(document.plan())
}

fn changes(returned: &Returned) -> Vec<Changed> {
    returned.offers.iter().map(|offer| offer.change.clone()).collect()
}

fn old_sample() -> Vec<Vec<String>> {
    let file = "cases/own-export/people-exported-by-the-sample.csv";
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/");
    table(&std::fs::read(format!("{folder}{file}")).unwrap())
}

#[test]
fn the_samples_own_people_of_an_older_app_change_nothing() {
    let plan = taian_2012().unwrap();
    let returned = back(&plan, &old_sample());
    assert_eq!((returned.kind, returned.version), (Kind::People, None));
    assert_eq!(returned.since, Since::Unknown);
    assert!(returned.is_unchanged(), "{returned:?}");
}

#[test]
fn an_edited_table_of_an_older_app_waits_for_a_tick() {
    let plan = taian_2012().unwrap();
    let mut sheet = old_sample();
    assert_eq!(sheet[2][2], "18267".to_owned());
    sheet[2][2] = "18,300".to_owned();
    sheet[2][9] = "9".to_owned(); // a share of it
    let returned = back(&plan, &sheet);
    // Whether the file or the plan was changed since, it does not say.
    assert_eq!(returned.offers, []);
    let [offer] = &returned.conflicts[..] else { panic!("{returned:?}") };
    assert_eq!(offer.exported, None);
    assert_eq!((offer.change.old, offer.change.new), (Some(18_267), 18_300));
    assert_eq!(offer.change.when, When::Autumn(Year::new(2012).unwrap()));
    let [left] = &returned.left_out[..] else { panic!("{returned:?}") };
    assert_eq!((left.reason, left.found.as_str()), (Reason::ComputedHeads, "9"));
    assert_eq!(left.of, "泰山区 · 2012 · 普惠性幼儿园在园幼儿");
}

#[test]
fn unchanged_tables_change_nothing_in_any_order_of_rows_and_columns() {
    let mut rng = Rng::with_seed(1);
    for (n, (plan, scenario)) in plans(150).enumerate() {
        let lang = Lang::ALL[n % 3];
        let mut sheet = people(&plan, &scenario, lang);
        let returned = back(&plan, &sheet);
        assert_eq!((returned.kind, returned.since), (Kind::People, Since::Same));
        assert!(returned.is_unchanged(), "plan {n}: {returned:?}");

        let width = sheet.iter().map(Vec::len).max().unwrap();
        sheet.iter_mut().for_each(|row| row.resize(width + 1, String::new()));
        let last = sheet.len() - 1;
        rng.shuffle(&mut sheet[1..last]);
        let mut order: Vec<usize> = (0..=width).collect();
        rng.shuffle(&mut order[1..]);
        for row in &mut sheet {
            *row = order.iter().map(|column| row[*column].clone()).collect();
        }
        let dropped = rng.usize(1..last);
        sheet.remove(dropped);
        let returned = back(&plan, &sheet);
        let is_head_there = sheet[0].iter().any(|cell| !cell.is_empty());
        assert!(is_head_there && returned.is_unchanged(), "plan {n} anew: {returned:?}");

        let results = csv(&plan, CsvTable::Payments, &scenario, lang).unwrap();
        let returned = back(&plan, &table(&results));
        assert_eq!(returned.kind, Kind::Results);
        assert!(returned.is_unchanged());
    }
}

#[test]
fn edited_counts_are_offered_and_edited_shares_listed() {
    let mut rng = Rng::with_seed(2);
    let (mut offered, mut listed) = (0, 0);
    for (n, (plan, scenario)) in plans(150).enumerate() {
        let mut sheet = people(&plan, &scenario, Lang::ALL[n % 3]);
        let (years, count) = (plan.horizon.years() + 1, plan.populations.len());
        let mut edited: BTreeMap<(usize, usize), i64> = BTreeMap::new();
        for _ in 0..rng.usize(1..=5) {
            let at = (1 + rng.usize(0..years * plan.regions.len()), 2 + rng.usize(0..count));
            let heads: i64 = sheet[at.0][at.1].parse().unwrap();
            let new = heads + rng.i64(1..=9);
            if edited.insert(at, edited.get(&at).copied().unwrap_or(new)).is_none() {
                sheet[at.0][at.1] = new.to_string();
            }
        }
        let returned = back(&plan, &sheet);
        assert_eq!(returned.conflicts, [], "plan {n}");
        let mut told: Vec<_> = returned.offers.iter().map(|o| o.change.cell).collect();
        for offer in &returned.offers {
            assert_eq!(Some(&offer.change.new), edited.get(&offer.change.cell), "plan {n}");
        }
        for left in &returned.left_out {
            let is_reason =
                matches!(left.reason, Reason::ComputedHeads | Reason::GrowthUnderMeasures);
            assert!(is_reason, "plan {n}: {left:?}");
            told.push((left.cell.row, left.cell.column));
        }
        told.sort_unstable();
        assert_eq!(told, edited.keys().copied().collect::<Vec<_>>(), "plan {n}");
        for (row, column) in &told {
            let is_counted =
                matches!(plan.populations[column - 2].headcount, Headcount::Counted { .. });
            let is_offered = returned.offers.iter().any(|o| o.change.cell == (*row, *column));
            assert!(is_counted || !is_offered, "plan {n}");
        }
        offered += returned.offers.len();
        listed += returned.left_out.len();

        // Exported again, the table has the numbers that were edited, and of counts nothing else
        // in the autumns that were edited.
        let after = apply(&plan, &changes(&returned));
        let again = people(&after, &scenario, Lang::ALL[n % 3]);
        for offer in &returned.offers {
            let (row, column) = offer.change.cell;
            assert_eq!(again[row][column], sheet[row][column], "plan {n}");
            for region in 0..plan.regions.len() {
                let row = 1 + region * years + (row - 1) % years;
                if returned.left_out.iter().all(|l| (l.cell.row, l.cell.column) != (row, column))
                    && edited.keys().all(|(r, c)| *c != column || (*r - 1) / years != region)
                {
                    assert_eq!(again[row][column], sheet[row][column], "plan {n}");
                }
            }
        }
    }
    assert!(offered > 100 && listed > 20, "{offered} offered, {listed} listed");
}

fn made(plan: &Plan, scenario: &ScenarioId, base: &ScenarioId, lang: Lang) -> Workbook {
    let unit = MoneyUnit::Wan;
    workbook(plan, &Wanted { scenario, base, lang, unit, saved_at: "2026-01-01" }).unwrap()
}

fn workbook_back(plan: &Plan, book: &Book) -> Returned {
    look_at(plan, &book.to_xlsx().unwrap()).unwrap().unwrap()
}

#[test]
fn what_the_plan_changed_too_waits_and_what_nobody_touched_stays() {
    let plan = taian_2012().unwrap();
    let root = plan.status_quo().unwrap().id.clone();
    let before = made(&plan, &root, &root, Lang::En);
    let year = Year::new(2012).unwrap();
    let heads = |n: usize| InputOf::Census(plan.populations[n].id.clone(), year);
    let (touched, other) = (heads(0), heads(1));
    let cell =
        |of: &InputOf| before.inputs.iter().find(|i| i.of == *of && i.region == Some(0)).unwrap();
    let (a, b) = (cell(&touched), cell(&other));
    let later = |n: usize, new: i64| Changed {
        target: Target::Heads(plan.populations[n].id.clone()),
        place: shapan_sheets::import::Place::Known(plan.regions[0].id.clone()),
        when: When::Autumn(year),
        old: None,
        new,
        cell: (0, 0),
    };
    let now = apply(&plan, &[later(0, 5), later(2, 6)]);

    // The workbook that nobody changed brings nothing back.
    let returned = workbook_back(&now, &before.book);
    assert_eq!(returned.since, Since::Changed);
    assert!(returned.is_unchanged(), "{returned:?}");

    let mut book = before.book.clone();
    type_number(&mut book, a, 7);
    type_number(&mut book, b, 8);
    let returned = workbook_back(&now, &book);
    let [offer] = &returned.offers[..] else { panic!("{returned:?}") };
    assert_eq!((offer.change.old, offer.change.new), (Some(b.value), 8));
    let [conflict] = &returned.conflicts[..] else { panic!("{returned:?}") };
    let three = (conflict.exported, conflict.change.new, conflict.change.old);
    assert_eq!(three, (Some(a.value), 7, Some(5)));
    assert_eq!(returned.left_out, []);

    // So with tables: a column that was not touched is known by its digest.
    let sheet = people(&plan, &root, Lang::En);
    assert!(back(&now, &sheet).is_unchanged());
    let mut sheet = people(&plan, &root, Lang::En);
    sheet[2][2] = "7".to_owned();
    sheet[2][3] = "8".to_owned();
    let returned = back(&now, &sheet);
    assert_eq!(returned.since, Since::Changed);
    assert_eq!(returned.offers.iter().map(|o| o.change.new).collect::<Vec<_>>(), [8]);
    assert!(returned.conflicts.iter().any(|o| o.change.new == 7 && o.exported.is_none()));
    assert!(returned.conflicts.iter().all(|o| o.change.target == later(0, 0).target));
}

#[test]
fn an_export_of_a_newer_app_is_refused() {
    let plan = taian_2012().unwrap();
    let root = plan.status_quo().unwrap().id.clone();
    let newer = SheetError::NewerExport { version: 2, known: 1 };
    for (kind, known) in [(CsvTable::People, 1), (CsvTable::Payments, 2)] {
        let newer = SheetError::NewerExport { version: known + 1, known };
        let text = String::from_utf8(csv(&plan, kind, &root, Lang::En).unwrap()).unwrap();
        let text = text.replace("shapan-people 1", "shapan-people 2");
        let text = text.replace("shapan-results 2", "shapan-results 3");
        assert_eq!(look_at(&plan, text.as_bytes()), Err(newer));
    }
    let mut book = made(&plan, &root, &root, Lang::En).book;
    let hidden = book.sheets.iter_mut().find(|sheet| sheet.is_hidden).unwrap();
    let version = hidden.cells.iter_mut().find(|c| (c.row, c.col) == (0, 1)).unwrap();
    version.content = Content::Text("2".to_owned());
    assert_eq!(look_at(&plan, &book.to_xlsx().unwrap()), Err(newer));
    assert_eq!(look_at(&plan, "地区,年度,在园幼儿\n泰山区,2012,1\n".as_bytes()), Ok(None));
}

#[test]
fn the_worker_says_that_a_file_is_our_own() {
    let plan = taian_2012().unwrap();
    let root = plan.status_quo().unwrap().id.clone();
    let text = files::write_plan(&plan, &files::Stamp::default());
    let ask = |request: &str, bytes: &[u8]| answer(request, bytes);
    ask(r#""plan""#, text.as_bytes()).unwrap();
    let opening = |bytes: &[u8]| {
        let answered = ask(r#"{"open":{"encoding":null}}"#, bytes)?;
        Ok::<Opening, SheetError>(serde_json::from_slice(&answered).unwrap())
    };
    let people = csv(&plan, CsvTable::People, &root, Lang::ZhHans).unwrap();
    let Opening::Own(own) = opening(&people).unwrap() else { panic!("not our own") };
    assert_eq!((own.kind, own.version, own.is_unchanged()), (Kind::People, Some(1), true));
    let results = csv(&plan, CsvTable::Payments, &root, Lang::ZhHans).unwrap();
    let Opening::Own(own) = opening(&results).unwrap() else { panic!("not our own") };
    assert_eq!((own.kind, own.version, own.is_unchanged()), (Kind::Results, Some(2), true));
    let book = made(&plan, &root, &root, Lang::ZhHans);
    let cell = book.inputs.iter().find(|i| matches!(i.of, InputOf::Census(..))).unwrap();
    let mut edited = book.book.clone();
    type_number(&mut edited, cell, 1);
    let Opening::Own(own) = opening(&edited.to_xlsx().unwrap()).unwrap() else {
        panic!("not our own")
    };
    assert_eq!((own.kind, own.offers.len()), (Kind::Workbook, 1));
    let other = "地区,年度,在园幼儿\n泰山区,2012,1\n".as_bytes();
    assert!(matches!(opening(other), Ok(Opening::Tables(_))));
}

/// A spreadsheet on a Chinese system saves a CSV in GB 18030, one of another make with tabs in
/// UTF-16; both pad every line.
#[test]
fn tables_saved_in_other_encodings_are_still_ours() {
    let plan = taian_2012().unwrap();
    let root = plan.status_quo().unwrap().id.clone();
    let mut rows = people(&plan, &root, Lang::ZhHans);
    rows[1][2] = "18300".to_owned();
    let text = String::from_utf8(written(&rows)[3..].to_vec()).unwrap();
    let (chinese, _, _) = encoding_rs::GB18030.encode(&text);
    let tabs = text.replace(',', "\t");
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(tabs.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [chinese.into_owned(), wide] {
        let returned = look_at(&plan, &bytes).unwrap().unwrap();
        assert_eq!((returned.kind, returned.version), (Kind::People, Some(1)));
        let [offer] = &returned.offers[..] else { panic!("{returned:?}") };
        assert_eq!((offer.change.old, offer.change.new), (Some(18_267), 18_300));
        assert_eq!(returned.left_out, []);
    }
}

/// To a plan that has none of its regions or populations, our table is one like any other.
#[test]
fn a_table_of_another_plan_is_one_of_others() {
    let plan = taian_2012().unwrap();
    let root = plan.status_quo().unwrap().id.clone();
    let bytes = csv(&plan, CsvTable::People, &root, Lang::ZhHans).unwrap();
    let (other, _) = plans(1).next().unwrap();
    assert_eq!(look_at(&other, &bytes), Ok(None));
}
