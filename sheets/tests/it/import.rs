//! Tables come in as they are written in China: any of three encodings, XLSX, any order of
//! columns; what is wrong is named by its cell, and no bytes do harm.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_sheets::book::{Book, Number, Part, Sheet as Written, Shown};
use shapan_sheets::error::SheetError;
use shapan_sheets::files::{MOST_COLUMNS, MOST_ROWS, open};
use shapan_sheets::import::sheet::{Cell, Foreign, Sheet};
use shapan_sheets::import::{
    Choices, ColumnChoice, LeftRow, MOST_BYTES, Meaning, Mode, Place, Problem, Reading, RowState,
    Unit as Counted, When, command, read,
};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const TABLE: &str = "2012年秋季在校生统计\n区县,小学在校生（人）,初中（万人）,备注\n泰山区,\"12,345\",0.5,\n新设区,678,0.0321,新\n合计,13023,0.5321,\n";

/// A plan with one region and one counted population.
fn plan() -> Plan {
    let horizon = Horizon::new(Year::new(2013).unwrap(), 2).unwrap();
    let words = |words| Text::new(Lang::ZhHans, words).unwrap();
    let mut parts = PlanParts::empty(words("计划"), words("泰安市"), horizon);
    let region = |id: &str, name| Region {
        id: id.parse().unwrap(),
        name: words(name),
        system: SchoolSystem::default(),
        extra: Extra::default(),
    };
    parts.regions = vec![region("taishan", "泰山区")].into();
    let year = Year::new(2012).unwrap();
    let heads = [("taishan".parse().unwrap(), 11_000)].into_iter().collect();
    let basis = Basis { kind: BasisKind::Published, ..Basis::default() };
    parts.populations = vec![Population {
        id: "primary".parse().unwrap(),
        name: words("小学在校生"),
        stage: Stage::Primary,
        headcount: Headcount::Counted {
            censuses: vec![Census { year, heads }],
            growth: Parameter::default(),
            basis,
        },
        norms: Norms::default(),
        extra: Extra::default(),
    }]
    .into();
    parts.scenarios = vec![Scenario {
        id: "status-quo".parse().unwrap(),
        name: words("现状"),
        parent: None,
        measures: Vec::new(),
        adopted: None,
        extra: Extra::default(),
    }]
    .into();
    Plan::new(parts).unwrap()
}

fn sheet_of(bytes: &[u8], n: usize) -> Result<Sheet, SheetError> {
    open(bytes, None)?.sheet(n)
}

fn words(sheet: &Sheet, row: usize, column: usize) -> String {
    sheet.cells.get(row).and_then(|row| row.get(column)).map_or_else(String::new, Cell::words)
}

/// The plan once the changes are carried out, which is one step to undo.
fn taken(plan: &Plan, reading: &Reading) -> Plan {
    let by_hand = |basis: &Basis| Basis { kind: BasisKind::Entered, ..basis.clone() };
    let command = command(plan, &reading.changes, Lang::ZhHans, &by_hand).unwrap();
    let mut document = Document::new(plan.clone());
    document.dispatch(command, None).unwrap();
    let after = Plan::clone(document.plan());
    assert!(document.undo() && !document.can_undo(), "one step");
    assert_eq!(**document.plan(), *plan);
    after
}

fn counted(plan: &Plan, population: usize, region: usize) -> Option<i64> {
    let Headcount::Counted { censuses, .. } = &plan.populations[population].headcount else {
        panic!("counted")
    };
    censuses[0].heads.get(&plan.regions[region].id).copied()
}

#[test]
fn a_table_is_read_alike_in_every_encoding() {
    let wanted = sheet_of(TABLE.as_bytes(), 0).unwrap();
    assert_eq!(words(&wanted, 2, 1), "12,345");
    let marked = [b"\xEF\xBB\xBF", TABLE.as_bytes()].concat();
    let chinese = encoding_rs::GB18030.encode(TABLE).0.into_owned();
    let wide: Vec<u8> =
        [0xFEFF].into_iter().chain(TABLE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let lines = TABLE.replace('\n', "\r\n").into_bytes();
    for bytes in [marked, chinese, wide, lines] {
        assert_eq!(sheet_of(&bytes, 0).unwrap(), wanted);
    }
    let tabs = "区县\t小学\n泰山区\t1,5\n";
    assert_eq!(words(&sheet_of(tabs.as_bytes(), 0).unwrap(), 1, 1), "1,5");
}

#[test]
fn columns_are_guessed_and_the_table_becomes_one_step() {
    let plan = plan();
    let sheet = sheet_of(TABLE.as_bytes(), 0).unwrap();
    let first = read(&plan, &sheet, &Choices::default());
    assert_eq!(first.head, Some((1, 1)));
    let meanings: Vec<&Meaning> = first.columns.iter().map(|c| &c.meaning).collect();
    let primary = Meaning::Heads("primary".parse().unwrap());
    assert_eq!(meanings[..2], [&Meaning::Region, &primary]);
    assert!(matches!(meanings[2], Meaning::NewPopulation(_)), "{meanings:?}");
    assert_eq!(meanings[3], &Meaning::Nothing);
    assert_eq!(first.columns[2].unit, Some(Counted::TenThousand));
    let autumn = When::Autumn(Year::new(2012).unwrap());
    assert!(first.changes.iter().all(|change| change.when == autumn));

    // A name the plan does not have is a region once the reader ticks its row.
    let ticked =
        |mode| Choices { rows: [(3, true)].into(), mode: Some(mode), ..Choices::default() };
    let added = taken(&plan, &read(&plan, &sheet, &ticked(Mode::Add)));
    assert_eq!(added.regions.len(), 2);
    assert_eq!(counted(&added, 0, 0), Some(11_000), "what is there stays");
    assert_eq!(counted(&added, 0, 1), Some(678));
    assert_eq!([counted(&added, 1, 0), counted(&added, 1, 1)], [Some(5_000), Some(321)]);

    let replaced = taken(&plan, &read(&plan, &sheet, &ticked(Mode::Replace)));
    assert_eq!(counted(&replaced, 0, 0), Some(12_345));
}

#[test]
fn each_faulty_cell_is_named_and_left_out() {
    let plan = plan();
    let text = "地区,年份,小学在校生\n泰山区,2012,十二\n,2012,5\n乙区,不详,6\n丙区,2012,1.5\n丁区,2012,-3\n";
    let sheet = sheet_of(text.as_bytes(), 0).unwrap();
    let choices = Choices {
        rows: [3, 4, 5].map(|row| (row, true)).into(),
        // Decimals might be those of 万人: it asks.
        columns: [(2, ColumnChoice { unit: Some(Counted::One), ..ColumnChoice::default() })].into(),
        mode: Some(Mode::Replace),
        ..Choices::default()
    };
    let found = read(&plan, &sheet, &choices);
    let faults: Vec<_> = found.faults.iter().map(|f| ((f.row, f.column), &f.problem)).collect();
    assert_eq!(
        faults,
        [
            ((3, 1), &Problem::NotAYear), // years are read before numbers
            ((1, 2), &Problem::NotANumber),
            ((4, 2), &Problem::NotWhole),
            ((5, 2), &Problem::OutOfBounds),
        ]
    );
    let nameless = found.rows.iter().find(|row| row.row == 2).unwrap();
    assert_eq!(nameless.state, RowState::Left(LeftRow::NoName));
    assert!(found.changes.is_empty() && found.waiting.is_empty());
}

#[test]
fn a_region_that_stands_twice_is_never_taken_from_its_first_row() {
    let text = "地区,小学在校生\n泰山区,7000\n泰山区,8000\n";
    let choices =
        Choices { mode: Some(Mode::Replace), year: Year::new(2012), ..Choices::default() };
    let found = read(&plan(), &sheet_of(text.as_bytes(), 0).unwrap(), &choices);
    assert!(found.changes.is_empty() && !found.questions.is_empty(), "it asks");
    let added = read(
        &plan(),
        &sheet_of(text.as_bytes(), 0).unwrap(),
        &Choices { add_up: Some(true), ..choices },
    );
    assert_eq!(added.changes.iter().map(|change| change.new).collect::<Vec<_>>(), [15_000]);
    assert_eq!(added.changes[0].place, Place::Known("taishan".parse().unwrap()));
}

fn sheet(name: &str, cells: &[((u32, u16), &str)]) -> Written {
    let mut sheet = Written::new(name);
    for (at, words) in cells {
        match words.parse::<i64>() {
            Ok(value) => sheet.number(*at, Part::Body, Shown::Whole, Number::whole(value)),
            Err(_) => sheet.text(*at, Part::Body, words),
        }
    }
    sheet
}

#[test]
fn workbooks_are_read_sheet_by_sheet() {
    let first = sheet("封面", &[((0, 0), "教育局")]);
    let second =
        sheet("人数", &[((0, 0), "区县"), ((0, 1), "小学"), ((1, 0), "泰山区"), ((1, 1), "42")]);
    let book = Book { sheets: vec![first, second], ..Book::default() };
    let mut opened = open(&book.to_xlsx().unwrap(), None).unwrap();
    let names: Vec<&str> = opened.overview().sheets.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["封面", "人数"]);
    assert_eq!(words(&opened.sheet(0).unwrap(), 0, 0), "教育局");
    let table = opened.sheet(1).unwrap();
    assert_eq!(words(&table, 1, 0), "泰山区");
    assert_eq!(table.cells[1][1], Cell::Number("42".to_owned()));
    assert_eq!(opened.sheet(2), Err(SheetError::Empty));
}

#[test]
fn a_cell_in_the_last_corner_is_listed_and_makes_no_table_of_billions() {
    for at in [(1_048_575, 16_383), (1_048_575, 0), (0, 16_383)] {
        let book =
            Book { sheets: vec![sheet("a", &[((0, 0), "x"), (at, "y")])], ..Book::default() };
        let read = sheet_of(&book.to_xlsx().unwrap(), 0).unwrap();
        assert_eq!((read.cells.len(), read.far.len()), (1, 1), "{at:?}");
    }
    let too_wide = SheetError::TooWide { rows: MOST_ROWS, columns: MOST_COLUMNS };
    let wide = vec!["1"; MOST_COLUMNS + 200].join(",");
    assert_eq!(sheet_of(wide.as_bytes(), 0), Err(too_wide.clone()));
    assert_eq!(sheet_of("1\n".repeat(MOST_ROWS + 200).as_bytes(), 0), Err(too_wide));
}

fn archive(files: &[(&str, usize)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let zeros = vec![b' '; 1 << 20];
    for (name, megabytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        for _ in 0..*megabytes {
            archive.write_all(&zeros).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn archives_that_unpack_to_too_much_are_refused_before_they_are_read() {
    let bomb = archive(&[("xl/workbook.xml", 100)]);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(sheet_of(&bomb, 0), Err(SheetError::Bomb { .. })));
    // One that lies about its size: wherever it says a hundred megabytes, it says one byte.
    let (said, mut lying) = ((100u32 << 20).to_le_bytes(), bomb);
    let places: Vec<usize> =
        lying.windows(4).enumerate().filter(|(_, w)| *w == said).map(|(n, _)| n).collect();
    assert!(!places.is_empty());
    for place in places {
        lying[place..place + 4].copy_from_slice(&1u32.to_le_bytes());
    }
    assert!(matches!(sheet_of(&lying, 0), Err(SheetError::Bomb { .. } | SheetError::Unreadable)));
    assert!(sheet_of(&archive(&[("a.txt", 0)]), 0).is_err());
}

#[test]
fn what_is_no_table_says_so() {
    assert_eq!(sheet_of(b"", 0), Err(SheetError::Empty));
    assert_eq!(sheet_of(b" ,,\n", 0), Err(SheetError::Empty));
    assert_eq!(
        sheet_of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 0),
        Err(SheetError::Foreign { what: Foreign::Image })
    );
    assert_eq!(sheet_of(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 0), Err(SheetError::Unreadable));
    let large = vec![b'1'; usize::try_from(MOST_BYTES).unwrap() + 1];
    assert!(matches!(sheet_of(&large, 0), Err(SheetError::TooLarge { .. })));
}

proptest! {
    #[test]
    fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in 0..3u8) {
        let begin: &[u8] = match kind { 0 => b"PK\x03\x04", 1 => b"\xEF\xBB\xBF", _ => b"" };
        let _ = sheet_of(&[begin, &bytes].concat(), 0);
    }

    #[test]
    fn a_damaged_workbook_does_no_harm(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let cells = [((0, 0), "区县"), ((0, 1), "小学"), ((1, 0), "泰山区"), ((1, 1), "42")];
        let book = Book { sheets: vec![sheet("a", &cells)], ..Book::default() };
        let mut bytes = book.to_xlsx().unwrap();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let _ = sheet_of(&bytes, 0);
    }

    #[test]
    fn any_table_is_looked_through(rows in proptest::collection::vec(
        proptest::collection::vec("[\\PC]{0,6}|[0-9.,万-]{0,8}|泰山区|小学|2012", 0..5), 0..8)) {
        let plan = plan();
        let cells = rows.into_iter().map(|row| row.into_iter().map(Cell::Text).collect()).collect();
        let sheet = Sheet { cells, ..Sheet::default() };
        let found = read(&plan, &sheet, &Choices { mode: Some(Mode::Replace), ..Choices::default() });
        let by_hand = |basis: &Basis| basis.clone();
        if let Some(command) = command(&plan, &found.changes, Lang::ZhHans, &by_hand) {
            // Refused or carried out: never half.
            let _ = Document::new(plan).dispatch(command, None);
        }
    }
}
