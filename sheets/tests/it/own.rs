//! Our own files come back as what they are: unchanged they change nothing, changed they offer
//! exactly what was changed, and what the plan cannot take is listed.

use fastrand::Rng;
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
fn an_edited_table_of_an_older_app_offers_what_was_edited() {
    let plan = taian_2012().unwrap();
    let mut sheet = old_sample();
    assert_eq!(sheet[2][2], "18267".to_owned());
    sheet[2][2] = "18,300".to_owned();
    sheet[2][9] = "9".to_owned(); // a share of it
    let returned = back(&plan, &sheet);
    let [offer] = &returned.offers[..] else { panic!("{returned:?}") };
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

fn type_in(book: &mut Book, input: &Input, content: &Content) {
    let sheet = book.sheets.iter_mut().find(|s| s.name == input.sheet).unwrap();
    let mut cells = sheet.cells.iter_mut();
    let cell = cells.find(|c| (c.row, c.col) == (input.row, input.col)).unwrap();
    cell.content = content.clone();
}

fn type_number(book: &mut Book, input: &Input, value: i64) {
    let sheet = book.sheets.iter_mut().find(|s| s.name == input.sheet).unwrap();
    let mut cells = sheet.cells.iter_mut();
    let cell = cells.find(|c| (c.row, c.col) == (input.row, input.col)).unwrap();
    let Content::Number(number) = &mut cell.content else { unreachable!("{input:?}") };
    number.value = value;
}

/// Another number near the one that stands there, within bounds.
fn another(rng: &mut Rng, input: &Input) -> i64 {
    let unit = match &input.of {
        InputOf::Parameter(path, _) => path.unit(),
        InputOf::YearShare(..) => Unit::Share,
        _ => Unit::Count,
    };
    let step = rng.i64(1..=9);
    match input.value.checked_sub(step).filter(|value| unit.bounds().contains(value)) {
        Some(less) => less,
        None => input.value + step,
    }
}

/// The changes of a workbook of the status quo alone, where every input is a number of the plan.
#[test]
fn edited_inputs_of_the_status_quo_are_offered_one_by_one() {
    let mut rng = Rng::with_seed(3);
    for (n, (plan, _)) in plans(60).enumerate() {
        let lang = Lang::ALL[n % 3];
        let root = plan.status_quo().unwrap().id.clone();
        let before = made(&plan, &root, &root, lang);
        let returned = workbook_back(&plan, &before.book);
        assert_eq!((returned.kind, returned.version), (Kind::Workbook, Some(1)));
        assert!(returned.is_unchanged(), "plan {n}: {returned:?}");

        let mut book = before.book.clone();
        let mut wanted = BTreeMap::new();
        let mut fixed = 0;
        for input in &before.inputs {
            if rng.usize(0..6) > 0 {
                continue;
            }
            let value = another(&mut rng, input);
            type_number(&mut book, input, value);
            match input.of {
                InputOf::Parameter(..) | InputOf::Census(..) => {
                    let place = (input.sheet.clone(), input.row, input.col);
                    wanted.insert(place, (input.value, value));
                }
                _ => fixed += 1,
            }
        }
        let returned = workbook_back(&plan, &book);
        let offered: BTreeMap<_, _> = returned
            .offers
            .iter()
            .map(|offer| {
                let (row, column) = (offer.cell.row, offer.cell.column);
                let place =
                    (offer.cell.sheet.clone(), row.try_into().unwrap(), column.try_into().unwrap());
                (place, (offer.exported.unwrap(), offer.change.new))
            })
            .collect();
        assert_eq!(offered, wanted, "plan {n}: {returned:?}");
        assert_eq!((returned.left_out.len(), returned.conflicts.len()), (fixed, 0), "plan {n}");

        let after = apply(&plan, &changes(&returned));
        let again = made(&after, &root, &root, lang);
        for input in &again.inputs {
            let place = (input.sheet.clone(), input.row, input.col);
            let same = before.inputs.iter().find(|i| i.of == input.of && i.region == input.region);
            let value = wanted.get(&place).map_or(same.map(|i| i.value), |(_, new)| Some(*new));
            if !matches!(input.of, InputOf::Projected(..)) {
                assert_eq!(Some(input.value), value, "plan {n}: {input:?}");
            }
        }
        assert!(workbook_back(&after, &again.book).is_unchanged(), "plan {n}");
    }
}

/// Under measures an edit is offered or listed; what is offered comes to what the file says.
#[test]
fn edited_inputs_under_measures_are_offered_exactly_or_listed() {
    let mut rng = Rng::with_seed(4);
    let (mut offered, mut listed, mut of_measures) = (0, BTreeMap::new(), 0);
    let size =
        Size { regions: 4, programmes: 14, years: 4, sources: 6, measures: 9, mix: Mix::Budget };
    let generated = (1..=6).map(|seed| {
        let plan = generate(&size, seed);
        let last = plan.scenarios.last().unwrap().id.clone();
        (plan, last)
    });
    for (n, (plan, scenario)) in generated.chain(plans(60)).enumerate() {
        let root = plan.status_quo().unwrap().id.clone();
        let before = made(&plan, &scenario, &root, Lang::ZhHans);
        let returned = workbook_back(&plan, &before.book);
        assert!(returned.is_unchanged(), "plan {n}: {returned:?}");
        // Of the scenario alone: the base has the same numbers once more.
        let own = |input: &&Input| ["参数", "人数"].contains(&input.sheet.as_str());
        let mut book = before.book.clone();
        let mut edited = BTreeMap::new();
        let moved = plan.enabled_measures(&scenario).unwrap();
        let moved: Vec<_> = moved.iter().flat_map(|m| &m.changes).map(|c| &c.path).collect();
        for input in before.inputs.iter().filter(own) {
            let is_moved = matches!(&input.of, InputOf::Parameter(p, _) if moved.contains(&p));
            if rng.usize(0..if is_moved { 2 } else { 20 }) > 0 {
                continue;
            }
            let value = another(&mut rng, input);
            type_number(&mut book, input, value);
            edited.insert((input.sheet.clone(), input.row, input.col), value);
        }
        let returned = workbook_back(&plan, &book);
        assert_eq!(returned.conflicts, [], "plan {n}");
        let told = returned.offers.len() + returned.left_out.len();
        assert_eq!(told, edited.len(), "plan {n}: {returned:?}");
        let after = apply(&plan, &changes(&returned));
        let again = made(&after, &scenario, &root, Lang::ZhHans);
        let offered_paths: Vec<_> = changes(&returned).into_iter().map(|c| c.target).collect();
        let grows = |of: &InputOf| {
            let InputOf::Parameter(path, _) = of else { return false };
            let registry = plan.registry();
            let growth = registry.iter().find(|r| r.path == *path).unwrap().growth.clone();
            growth.is_some_and(|g| {
                moved.contains(&path) && {
                    let of_growth = |t: &Target| *t == Target::Parameter(g.clone());
                    offered_paths.iter().any(of_growth) || moved.contains(&&g)
                }
            })
        };
        for input in again.inputs.iter().filter(own) {
            let place = (input.sheet.clone(), input.row, input.col);
            let is_offered = returned.offers.iter().any(|o| {
                let cell = (o.cell.row, o.cell.column);
                o.cell.sheet == input.sheet && cell == (input.row as usize, input.col.into())
            });
            let was = before
                .inputs
                .iter()
                .find(|i| (i.row, i.col, &i.sheet) == (input.row, input.col, &input.sheet));
            match (was, is_offered) {
                (Some(_), true) => assert_eq!(edited.get(&place), Some(&input.value), "plan {n}"),
                // Numbers that measures come to are given, so what grows follows in the plan alone.
                (Some(was), false) if was.of == input.of && !grows(&input.of) => {
                    assert_eq!(was.value, input.value, "plan {n}: {input:?}");
                }
                _ => {}
            }
        }
        offered += returned.offers.len();
        of_measures += returned
            .offers
            .iter()
            .filter(|o| matches!(o.change.target, Target::Measure { .. }))
            .count();
        for left in &returned.left_out {
            *listed.entry(format!("{:?}", left.reason)).or_insert(0) += 1;
        }
    }
    assert!(offered > 100 && of_measures > 20, "{offered} {of_measures} {listed:?}");
}

/// A parameter of the sample that no measure changes, by its path.
fn unmoved(plan: &Plan, top: &ScenarioId, unit: Unit) -> ParamPath {
    let moved: Vec<_> = plan.enabled_measures(top).unwrap();
    let is_moved =
        |path: &ParamPath| moved.iter().flat_map(|m| &m.changes).any(|change| change.path == *path);
    let mut all = plan.parameters().filter(|(path, p)| path.unit() == unit && !p.steps.is_empty());
    all.find(|(path, _)| matches!(path, ParamPath::Programme(..)) && !is_moved(path)).unwrap().0
}

#[test]
fn what_cannot_be_taken_is_listed_with_its_reason() {
    let plan = taian_2012().unwrap();
    let root = plan.status_quo().unwrap().id.clone();
    let made = made(&plan, &root, &root, Lang::ZhHans);
    let path = unmoved(&plan, &root, Unit::Fen);
    let first = plan.horizon.start();
    let money = |i: &&Input| matches!(&i.of, InputOf::Parameter(p, s) if *p == path && *s == first);
    let money = made.inputs.iter().find(money).unwrap();
    let census = made.inputs.iter().find(|i| matches!(i.of, InputOf::Census(..))).unwrap();
    let finer = shapan_sheets::book::Number { value: money.value * 10 + 5, decimals: 3 };
    let beyond = shapan_sheets::book::Number { value: -1, decimals: 0 };
    let words = Content::Text("750 元".to_owned());
    for (cell, content, reason, found) in [
        (money, Content::Number(finer), Reason::TooFine, finer.text()),
        (census, Content::Number(beyond), Reason::OutOfBounds, "-1".to_owned()),
        (money, words, Reason::NotANumber, "750 元".to_owned()),
    ] {
        let mut book = made.book.clone();
        type_in(&mut book, cell, &content);
        let returned = workbook_back(&plan, &book);
        let [left] = &returned.left_out[..] else { panic!("{returned:?}") };
        assert_eq!((left.reason, left.found.as_str()), (reason, found.as_str()));
        assert_eq!((returned.offers.len(), returned.conflicts.len()), (0, 0));
    }
    // Formulas: one of sums, overwritten, and one of the parameters, another.
    let mut book = made.book.clone();
    for (sheet, content) in [
        ("汇总", Content::Number(beyond)),
        ("参数", Content::Formula("1+1".to_owned(), Some(beyond))),
    ] {
        let sheet = book.sheets.iter_mut().find(|s| s.name == sheet).unwrap();
        let is_formula =
            |c: &&mut shapan_sheets::book::Cell| matches!(c.content, Content::Formula(..));
        sheet.cells.iter_mut().find(is_formula).unwrap().content = content;
    }
    let returned = workbook_back(&plan, &book);
    let told: Vec<_> =
        returned.left_out.iter().map(|l| (l.reason, l.cell.sheet.as_str())).collect();
    assert_eq!(told, [(Reason::Formula, "汇总"), (Reason::Formula, "参数")]);
    assert_eq!(returned.offers, []);
    // Rows that were sorted: labels no longer say what they said.
    let mut book = made.book.clone();
    type_number(&mut book, money, money.value + 100);
    let sheet = book.sheets.iter_mut().find(|s| s.name == money.sheet).unwrap();
    let label = sheet.cells.iter_mut().find(|c| (c.row, c.col) == (money.row, 0)).unwrap();
    label.content = Content::Text("别的".to_owned());
    let returned = workbook_back(&plan, &book);
    assert_eq!(returned.left_out[0].reason, Reason::Moved);
    assert_eq!(returned.offers, []);
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
fn what_an_adopted_scenario_sets_stays() {
    let plan = taian_2012().unwrap();
    let top = plan.scenarios.last().unwrap().clone();
    let of_measures = |plan: &Plan| {
        let before = made(plan, &top.id, &top.id, Lang::ZhHans);
        let mut book = before.book.clone();
        for input in before.inputs.iter().filter(|i| matches!(i.of, InputOf::Parameter(..))) {
            let value = another(&mut Rng::with_seed(5), input);
            type_number(&mut book, input, value);
        }
        workbook_back(plan, &book)
    };
    let is_of_measure = |c: &Changed| matches!(c.target, Target::Measure { .. });
    let open = of_measures(&plan);
    let count = changes(&open).iter().filter(|c| is_of_measure(c)).count();
    assert!(count > 0, "{:?}", open.left_out);
    let day = "2012-05-01".parse().unwrap();
    let mut document = Document::new(plan);
    document.dispatch(Command::Adopt { scenario: top.id.clone(), on: Some(day) }, None).unwrap();
    let adopted = of_measures(document.plan());
    assert!(!changes(&adopted).iter().any(is_of_measure));
    assert!(adopted.left_out.iter().any(|left| left.reason == Reason::Adopted));
}

/// Saved by LibreOffice, a workbook is still ours, and what was typed in is what is offered.
#[test]
fn workbooks_saved_anew_by_libreoffice_come_back() {
    let Some(soffice) = crate::office::find() else { return };
    let mut rng = Rng::with_seed(7);
    let taian = taian_2012().unwrap();
    let top = taian.scenarios.last().unwrap().id.clone();
    let cases: Vec<(Plan, ScenarioId)> = std::iter::once((taian, top)).chain(plans(12)).collect();
    let (mut files, mut wanted) = (Vec::new(), Vec::new());
    for (n, (plan, scenario)) in cases.iter().enumerate() {
        let root = plan.status_quo().unwrap().id.clone();
        let lang = Lang::ALL[n % 3];
        let before = made(plan, scenario, &root, lang);
        files.push(before.book.to_xlsx().unwrap());
        wanted.push((plan, workbook_back(plan, &before.book)));
        let mut book = before.book.clone();
        for input in &before.inputs {
            if rng.usize(0..10) == 0 {
                let value = another(&mut rng, input);
                type_number(&mut book, input, value);
            }
        }
        files.push(book.to_xlsx().unwrap());
        wanted.push((plan, workbook_back(plan, &book)));
    }
    let mut count = 0;
    for kind in ["xlsx", "ods"] {
        let saved = crate::office::saved_anew(&soffice, &files, kind);
        for (n, (file, (plan, wanted))) in saved.iter().zip(&wanted).enumerate() {
            let returned = look_at(plan, file).unwrap().unwrap();
            // A tab within a name is a space to one kind of file and nothing to another.
            let offered = |r: &Returned| {
                let each = r.offers.iter().map(|o| (o.change.clone(), o.exported, o.cell.clone()));
                each.collect::<Vec<_>>()
            };
            assert_eq!(offered(&returned), offered(wanted), "{kind} {n}");
            let told = |r: &Returned| {
                let each = r.left_out.iter().map(|l| (l.reason, l.cell.clone(), l.found.clone()));
                each.collect::<Vec<_>>()
            };
            assert_eq!(told(&returned), told(wanted), "{kind} {n}");
            assert!(n % 2 == 1 || returned.is_unchanged(), "{kind} {n}");
            count += returned.offers.len();
        }
    }
    assert!(count > 50, "{count}");
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

/// "Later semesters carry it by formula and can be overwritten": so they are new steps.
#[test]
fn a_number_typed_over_a_carried_one_holds_from_its_semester_on() {
    let mut rng = Rng::with_seed(8);
    let (mut typed_steps, mut counts) = (0, 0);
    for (n, (plan, _)) in plans(60).enumerate() {
        let root = plan.status_quo().unwrap().id.clone();
        let before = made(&plan, &root, &root, Lang::ZhHans);
        let mut book = before.book.clone();
        let terms = u16::try_from(plan.horizon.semesters().count()).unwrap();
        let mut typed = BTreeMap::new();
        for sheet in book.sheets.iter_mut().filter(|s| ["参数", "人数"].contains(&s.name.as_str()))
        {
            for cell in &mut sheet.cells {
                let Content::Formula(_, Some(value)) = &cell.content else { continue };
                let is_shown = sheet.name == "人数" || cell.col < 7 + terms;
                if is_shown && rng.usize(0..25) == 0 {
                    let place = (sheet.name.clone(), cell.row, cell.col);
                    let number = shapan_sheets::book::Number { value: value.value + 1, ..*value };
                    typed.insert(place, number);
                    cell.content = Content::Number(number);
                }
            }
        }
        let returned = workbook_back(&plan, &book);
        assert_eq!(returned.offers.len() + returned.left_out.len(), typed.len(), "plan {n}");
        let after = apply(&plan, &changes(&returned));
        let outcome = evaluate(&after, &root).unwrap();
        for Changed { target, place, when, new, .. } in changes(&returned) {
            let region = match &place {
                shapan_sheets::import::Place::Known(id) => id.clone(),
                _ => after.regions[0].id.clone(),
            };
            match (target, when) {
                (Target::Parameter(path), When::From(semester)) => {
                    let (_, parameter) = after.parameters().find(|(p, _)| *p == path).unwrap();
                    let mut steps = parameter.steps_in(&region).iter();
                    let stated = steps.find(|s| s.from == semester).map(|step| step.value);
                    assert_eq!(stated, Some(new), "plan {n}");
                    typed_steps += 1;
                }
                (Target::Heads(id), When::Autumn(year)) => {
                    let place = after.regions.iter().position(|r| r.id == region).unwrap();
                    let autumn = year.get() + 1 - after.horizon.first().get();
                    let heads = outcome.heads(&id, place)[usize::try_from(autumn).unwrap()];
                    assert_eq!(heads, new, "plan {n}");
                    counts += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(typed_steps > 40 && counts > 10, "{typed_steps} {counts}");
}
