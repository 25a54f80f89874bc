//! Every kind of workbook comes to the same sheet, what is locked says so, and no damaged copy of
//! any file does harm.
use crate::files::case;
use calamine::{Data, Reader, Sheets, Xlsb};
use proptest::prelude::*;
use shapan_sheets::error::SheetError;
use shapan_sheets::files::open;
use shapan_sheets::import::sheet::{Cell, FileKind, Foreign, Sheet};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn kind(name: &str) -> Vec<u8> {
    case(&format!("../kinds/{name}"))
}

/// `rich.xlsx` was written by hand, the others by LibreOffice from it.
const RICH: [(&str, FileKind); 3] =
    [("rich.xlsx", FileKind::Xlsx), ("rich.xls", FileKind::Xls), ("rich.ods", FileKind::Ods)];

fn rich(name: &str) -> Sheet {
    open(&kind(name), None).unwrap().sheet(1).unwrap()
}

#[test]
fn every_kind_of_workbook_says_the_same() {
    let number = |text: &str| Cell::Number(text.to_owned());
    let text = |text: &str| Cell::Text(text.to_owned());
    let percent = |text: &str| Cell::Percent(text.to_owned());
    let date = Cell::Date { year: 2012, month: 9, day: 1 };
    for (name, kind_of) in RICH {
        let file = open(&kind(name), None).unwrap();
        let overview = file.overview();
        assert_eq!((overview.kind, overview.first), (kind_of, 1), "{name}");
        let sheets: Vec<_> = overview.sheets.iter().map(|s| (&*s.name, s.hidden)).collect();
        assert_eq!(sheets, [("旧表", true), ("人数", false), ("三", false)], "{name}");

        let sheet = rich(name);
        assert_eq!(sheet.hidden_rows.iter().copied().collect::<Vec<_>>(), [4], "{name}");
        assert_eq!(sheet.hidden_columns.iter().copied().collect::<Vec<_>>(), [4], "{name}");
        let merged: Vec<_> = sheet.merged.iter().map(|m| (m.rows, m.columns)).collect();
        let expected = [((0, 0), (0, 3)), ((1, 1), (1, 2)), ((1, 2), (0, 0)), ((1, 2), (3, 3))];
        assert_eq!(merged, expected, "{name}");
        let row = |n: usize| sheet.cells[n].clone();
        assert_eq!(
            row(3),
            [text("泰山区"), number("41000"), percent("12.5"), text("第一行\n第二行")]
        );
        assert_eq!(row(5)[1..], [number("39000.4"), percent("33.33"), date.clone()], "{name}");
        // Words of a format belong to the number; a scale that is not said is no number.
        assert_eq!((&row(6)[1], &row(6)[3]), (&text("3.25万"), &date), "{name}");
        assert!(matches!(&row(7)[1], Cell::Text(words) if words.starts_with("12345 [")), "{name}");
        assert_eq!(row(7)[2..], [text("30所"), number("-1234.5")], "{name}");
        assert_eq!(row(8)[1..3], [number("1234.5"), number("1234567")], "{name}");
        assert!(matches!(&row(8)[3], Cell::Text(time) if time.starts_with("12:00")), "{name}");
        let error = Cell::Error("#DIV/0!".to_owned());
        assert_eq!(row(9)[1..], [number("41001"), error, text("ab")], "{name}");
        let row_10 = [Cell::Truth(true), number("0"), Cell::Empty, text("x")];
        assert_eq!(row(10)[1..], row_10, "{name}");
        let small = number("0.000012345");
        assert_eq!(row(11), [number("1234567890123"), small, number("-5"), date.clone()]);
    }
}

#[test]
fn a_workbook_of_excel_97_is_read() {
    let mut file = open(&case("old-and-false-xls/real-biff8.xls"), None).unwrap();
    assert_eq!(file.overview().kind, FileKind::Xls);
    assert_eq!(file.overview().sheets[0].name, "在校生");
    let sheet = file.sheet(0).unwrap();
    assert_eq!(sheet.cells[1], [Cell::Text("泰山区".to_owned()), Cell::Number("41000".to_owned())]);
    assert_eq!(sheet.cells.len(), 8);
}

/// What calamine reads must stand in our sheet too: numbers to 12 digits, and words.
fn compare(bytes: &[u8], name: &str) {
    let theirs = calamine::open_workbook_auto_from_rs(Cursor::new(bytes));
    let mut theirs: Sheets<_> = match (theirs, name) {
        (Ok(book), _) => book,
        (Err(_), "xlsb") => Sheets::Xlsb(Xlsb::new(Cursor::new(bytes)).unwrap()),
        (Err(error), _) => panic!("{name}: {error:?}"),
    };
    let mut ours = open(bytes, None).unwrap();
    let names: Vec<String> = ours.overview().sheets.iter().map(|s| s.name.clone()).collect();
    assert_eq!(names, theirs.sheet_names(), "{name}");
    for (n, sheet_name) in names.iter().enumerate() {
        let (range, sheet) = (theirs.worksheet_range(sheet_name).unwrap(), ours.sheet(n).unwrap());
        let mut seen = 0;
        let start = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = (row + start.0 as usize, column + start.1 as usize);
            let cell = sheet.cells.get(at.0).and_then(|row| row.get(at.1)).cloned();
            let cell = cell.unwrap_or_default();
            seen += 1;
            let same = match (&cell, value) {
                (Cell::Number(own), Data::Float(float)) => {
                    let own: f64 = own.parse().unwrap();
                    (own - float).abs() <= float.abs() * 1e-12
                }
                (Cell::Number(own), Data::Int(whole)) => *own == whole.to_string(),
                (Cell::Percent(own), Data::Float(float)) => {
                    (own.parse::<f64>().unwrap() - 100.0 * float).abs() < 1e-9
                }
                (Cell::Percent(_), Data::Int(_)) => true,
                (Cell::Text(own), Data::String(words)) => *own == words.trim().replace('\r', ""),
                // A format's words, a time.
                (Cell::Text(_), Data::Float(_) | Data::Int(_)) => true,
                (Cell::Text(_) | Cell::Date { .. }, Data::DateTime(_) | Data::DateTimeIso(_)) => {
                    true
                }
                (Cell::Text(_), Data::DurationIso(_)) => true,
                (Cell::Truth(own), Data::Bool(truth)) => own == truth,
                (Cell::Truth(own), Data::Float(float)) => *own == (*float > 0.5),
                (Cell::Error(own), Data::Error(error)) => *own == error.to_string(),
                (Cell::Error(own), Data::String(words)) => own == words,
                (Cell::Empty, Data::String(words)) => words.trim().is_empty(),
                (Cell::NotComputed, Data::String(words)) => words.is_empty(),
                _ => false,
            };
            assert!(same, "{name} {at:?}: {cell:?} {value:?}");
        }
        let own = sheet.cells.iter().flatten().filter(|cell| !cell.is_empty()).count();
        let uncomputed = sheet.cells.iter().flatten().filter(|c| **c == Cell::NotComputed).count();
        assert!(own - uncomputed <= seen, "{name}: {own} cells, calamine has {seen}");
    }
}

#[test]
fn calamine_reads_the_same_cells() {
    for (name, _) in RICH {
        compare(&kind(name), name);
    }
    for name in [
        "old-and-false-xls/real-biff8.xls",
        "float-noise/noise.xlsx",
        "hidden-rows/hidden.xlsx",
        "merged-down/merged-down.xlsx",
        "escaped-characters/escapes.xlsx",
        "escaped-characters/shared-strings.xlsx",
        "marks-in-cells/marks.xlsx",
        "unusual-workbooks/strict.xlsx",
        "unusual-workbooks/prefixed-names.xlsx",
        "unusual-workbooks/cells-without-references.xlsx",
    ] {
        compare(&case(name), name);
    }
    compare(&xlsb(2), "xlsb");
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A record of XLSB.
fn record(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut bytes = Vec::new();
    if kind < 0x80 {
        bytes.push(u8::try_from(kind).unwrap());
    } else {
        bytes.push(u8::try_from(kind & 0x7F).unwrap() | 0x80);
        bytes.push(u8::try_from(kind >> 7).unwrap());
    }
    let mut length = body.len();
    while length >= 0x80 {
        bytes.push(u8::try_from(length & 0x7F).unwrap() | 0x80);
        length >>= 7;
    }
    bytes.push(u8::try_from(length).unwrap());
    [bytes, body].concat()
}

fn wide(words: &str) -> Vec<u8> {
    let units: Vec<u16> = words.encode_utf16().collect();
    let count = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    [count, units.iter().flat_map(|unit| unit.to_le_bytes()).collect()].concat()
}

/// A small workbook in XLSB, which says how many shared words it has: no program at hand writes one.
fn xlsb(said: u32) -> Vec<u8> {
    let long = |n: u32| n.to_le_bytes();
    let workbook = [
        record(0x83, &[]),
        record(0x99, &[&long(0), &long(0), &long(0)]),
        record(0x8F, &[]),
        record(0x9C, &[&long(1), &long(1), &wide("rId1"), &wide("旧")]),
        record(0x9C, &[&long(0), &long(2), &wide("rId2"), &wide("人数")]),
        record(0x90, &[]),
        record(0x9D, &[&[0; 26]]),
        record(0x84, &[]),
    ]
    .concat();
    let styles = [
        record(0x116, &[]),
        record(0x267, &[&long(1)]),
        record(0x2C, &[&[164, 0], &wide("0.00\"万\"")]),
        record(0x268, &[]),
        record(0x269, &[&long(4)]),
        record(0x2F, &[&[0, 0, 0, 0], &[0; 12]]),
        record(0x2F, &[&[0, 0, 10, 0], &[0; 12]]),
        record(0x2F, &[&[0, 0, 14, 0], &[0; 12]]),
        record(0x2F, &[&[0, 0, 164, 0], &[0; 12]]),
        record(0x26A, &[]),
        record(0x117, &[]),
    ]
    .concat();
    let words = [
        record(0x9F, &[&long(said), &long(said)]),
        record(0x13, &[&[0], &wide("地区")]),
        record(0x13, &[&[0], &wide("泰山区")]),
        record(0xA0, &[]),
    ]
    .concat();
    let row = |n: u32, hidden: u8| {
        record(0x00, &[&long(n), &long(0), &[0x1D, 1], &[0, hidden], &[0], &long(0)])
    };
    let at = |column: u32, style: u32| [long(column), long(style)].concat();
    let sheet = [
        record(0x81, &[]),
        record(0x94, &[&long(0), &long(3), &long(0), &long(3)]),
        record(0x186, &[]),
        record(0x3C, &[&long(2), &long(3), &long(2_000), &long(0), &[1, 0]]),
        record(0x187, &[]),
        record(0x91, &[]),
        row(0, 0),
        record(0x07, &[&at(0, 0), &long(0)]),
        record(0x06, &[&at(1, 0), &wide("小学")]),
        row(1, 0),
        record(0x07, &[&at(0, 0), &long(1)]),
        record(0x02, &[&at(1, 0), &long(41_000 << 2 | 2)]),
        record(0x05, &[&at(2, 1), &0.125f64.to_le_bytes()]),
        record(0x02, &[&at(3, 2), &long(41_153 << 2 | 2)]),
        row(2, 0x10),
        record(0x05, &[&at(1, 3), &3.25f64.to_le_bytes()]),
        record(0x04, &[&at(2, 0), &[1]]),
        record(0x03, &[&at(3, 0), &[0x07]]),
        record(0x92, &[]),
        record(0xB1, &[&long(1)]),
        record(0xB0, &[&long(1), &long(2), &long(0), &long(0)]),
        record(0xB2, &[]),
        record(0x82, &[]),
    ]
    .concat();
    let empty = [
        record(0x81, &[]),
        record(0x94, &[&[0; 16]]),
        record(0x91, &[]),
        record(0x92, &[]),
        record(0x82, &[]),
    ]
    .concat();
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"rId1\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet1.bin\"/>\
        <Relationship Id=\"rId2\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet2.bin\"/>\
        </Relationships>";
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", rels.as_bytes()),
        ("xl/styles.bin", &styles),
        ("xl/sharedStrings.bin", &words),
        ("xl/worksheets/sheet1.bin", &empty),
        ("xl/worksheets/sheet2.bin", &sheet),
    ])
}

#[test]
fn a_binary_workbook_is_read() {
    let mut file = open(&xlsb(u32::MAX), None).unwrap();
    assert_eq!((file.overview().kind, file.overview().first), (FileKind::Xlsb, 1));
    let sheet = file.sheet(1).unwrap();
    let text = |text: &str| Cell::Text(text.to_owned());
    assert_eq!(sheet.cells[0], [text("地区"), text("小学")]);
    let date = Cell::Date { year: 2012, month: 9, day: 1 };
    let (number, percent) = (Cell::Number("41000".to_owned()), Cell::Percent("12.5".to_owned()));
    assert_eq!(sheet.cells[1], [text("泰山区"), number, percent, date]);
    let error = Cell::Error("#DIV/0!".to_owned());
    assert_eq!(sheet.cells[2][1..], [text("3.25万"), Cell::Truth(true), error]);
    assert!(sheet.hidden_rows.contains(&2));
    assert_eq!(sheet.hidden_columns.iter().copied().collect::<Vec<_>>(), [2, 3]);
    assert_eq!((sheet.merged[0].rows, sheet.merged[0].columns), ((1, 2), (0, 0)));
}

/// A compound file with one empty stream of this name.
fn compound(name: &str) -> Vec<u8> {
    let mut file = vec![0xFFu8; 512 * 3];
    file[..76].fill(0);
    file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file[26] = 3;
    file[30] = 9;
    file[32] = 6;
    file[44] = 1;
    file[48] = 1;
    file[60..64].copy_from_slice(&0xFFFF_FFFEu32.to_le_bytes());
    file[68..72].copy_from_slice(&0xFFFF_FFFEu32.to_le_bytes());
    file[76..80].fill(0);
    file[512..516].copy_from_slice(&0xFFFF_FFFDu32.to_le_bytes());
    file[516..520].copy_from_slice(&0xFFFF_FFFEu32.to_le_bytes());
    file[1_024..].fill(0);
    for (n, (name, kind)) in [("Root Entry", 5u8), (name, 2)].into_iter().enumerate() {
        let entry = &mut file[1_024 + 128 * n..][..128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64] = u8::try_from(units.len() + 2).unwrap();
        entry[66] = kind;
        entry[116..120].copy_from_slice(&0xFFFF_FFFEu32.to_le_bytes());
    }
    file
}

fn refused(bytes: &[u8]) -> SheetError {
    match open(bytes, None) {
        Err(error) => error,
        Ok(_) => panic!("was read"),
    }
}

#[test]
fn locked_files_and_documents_say_what_they_are() {
    assert_eq!(refused(&compound("EncryptedPackage")), SheetError::Locked);
    let document = SheetError::Foreign { what: Foreign::Document };
    assert_eq!(refused(&compound("WordDocument")), document);
    assert_eq!(refused(&compound("Anything")), SheetError::Unreadable);
    // The record of the code page becomes that of a password.
    let mut locked = case("old-and-false-xls/real-biff8.xls");
    let at = locked.windows(4).position(|bytes| bytes == [0x42, 0, 2, 0]).unwrap();
    locked[at] = 0x2F;
    assert_eq!(refused(&locked), SheetError::Locked);
    let ods = b"application/vnd.oasis.opendocument.spreadsheet";
    let manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let locked = archive(&[("mimetype", ods), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(refused(&locked), SheetError::Locked);
    let slides = SheetError::Foreign { what: Foreign::Slides };
    assert_eq!(refused(&archive(&[("ppt/presentation.xml", b"")])), slides);
    assert_eq!(refused(&archive(&[("word/document.xml", b"")])), document);
    let zip = SheetError::Foreign { what: Foreign::Archive };
    assert_eq!(refused(&archive(&[("a.txt", b"a")])), zip);
    // An ODS without a sheet.
    assert_eq!(refused(&case("unusual-workbooks/libre.ods")), SheetError::Unreadable);
}

/// Reads all there is.
fn read_all(bytes: &[u8]) {
    if let Ok(mut file) = open(bytes, None) {
        for n in 0..file.overview().sheets.len().min(5) {
            let _ = file.sheet(n);
        }
    }
}

/// What an archive holds, so that parts are spoilt before they are packed.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|n| {
            let mut file = archive.by_index(n).unwrap();
            let mut bytes = Vec::new();
            std::io::copy(&mut file, &mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// Files whose damaged copies are read.
fn spoilt(n: usize) -> Vec<u8> {
    match n {
        0 => kind("rich.xlsx"),
        1 => kind("rich.xls"),
        2 => kind("rich.ods"),
        3 => xlsb(2),
        4 => case("old-and-false-xls/real-biff8.xls"),
        5 => case("old-and-false-xls/html-named.xls"),
        6 => case("escaped-characters/shared-strings.xlsx"),
        _ => case("other-encodings/gbk-good.csv"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..600), kind in 0..7u8) {
        let begin: &[u8] = match kind {
            0 => b"PK\x03\x04",
            1 => b"\xEF\xBB\xBF",
            2 => b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            3 => b"<table><tr><td rowspan=2 colspan=3>",
            4 => b"\xFF\xFE",
            5 => b"\x09\x08\x10\x00",
            _ => b"",
        };
        read_all(&[begin, &bytes].concat());
    }

    #[test]
    fn no_damaged_copy_does_harm(
        file in 0..8usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = spoilt(file);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        read_all(&bytes);
    }

    #[test]
    fn no_damaged_part_does_harm(
        file in prop::sample::select(vec![0usize, 2, 3, 6]),
        part in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut parts = parts(&spoilt(file));
        let part = part.index(parts.len());
        let bytes = &mut parts[part].1;
        for (place, byte) in changes {
            if !bytes.is_empty() {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
        }
        let parts: Vec<_> = parts.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
        read_all(&archive(&parts));
    }
}

/// A workbook of one sheet, with what the workbook says besides and the formats of its styles.
fn xlsx(sheet: &str, workbook: &str, formats: &[&str]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{KIND}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inner: String| {
        let space = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("<Relationships xmlns=\"{space}\">{inner}</Relationships>")
    };
    let numbered = || (164..).zip(formats);
    let codes: String = numbered()
        .map(|(n, code)| {
            let code = code.replace('"', "&quot;").replace('<', "&lt;");
            format!("<numFmt numFmtId=\"{n}\" formatCode=\"{code}\"/>")
        })
        .collect();
    let styles: String = numbered().map(|(n, _)| format!("<xf numFmtId=\"{n}\"/>")).collect();
    let root = relations(relation("rId1", "officeDocument", "/xl/workbook.xml"));
    let inner = relations(
        relation("rId1", "worksheet", "worksheets/sheet1.xml")
            + &relation("rId2", "styles", "styles.xml"),
    );
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{KIND}\">{workbook}<sheets>\
         <sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><numFmts>{codes}</numFmts><cellXfs>\
         <xf numFmtId=\"0\"/>{styles}</cellXfs></styleSheet>"
    );
    let sheet = format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>");
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", inner.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn read(bytes: &[u8]) -> Result<Sheet, SheetError> {
    open(bytes, None)?.sheet(0)
}

#[test]
fn what_merged_cells_cover_is_seen_by_nobody() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>\
        <row r=\"2\"><c r=\"A2\"><v>3</v></c><c r=\"C2\"><v>4</v></c></row></sheetData>\
        <mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"C9:XFD1048576\"/></mergeCells>";
    let sheet = read(&xlsx(sheet, "", &[])).unwrap();
    let number = |text: &str| Cell::Number(text.to_owned());
    assert_eq!(sheet.cells[0], [number("1"), Cell::Empty]);
    assert_eq!(sheet.cells[1], [Cell::Empty, Cell::Empty, number("4")]);
}

#[test]
fn rows_and_columns_without_size_are_hidden() {
    let sheet = "<cols><col min=\"2\" max=\"2\" width=\"0\"/><col min=\"4\" max=\"16384\" \
        hidden=\"true\"/></cols><sheetData><row r=\"1\" ht=\"0\" customHeight=\"1\"><c><v>1</v></c>\
        </row><row r=\"2\"><c><v>2</v></c></row><row r=\"9\" hidden=\"1\"/></sheetData>";
    let sheet = read(&xlsx(sheet, "", &[])).unwrap();
    assert_eq!(sheet.hidden_rows.iter().copied().collect::<Vec<_>>(), [0]);
    let columns: Vec<_> = sheet.hidden_columns.iter().copied().take(3).collect();
    assert_eq!((columns, sheet.hidden_columns.contains(&2)), (vec![1, 3, 4], false));
}

#[test]
fn a_writer_that_computes_nothing_has_no_results() {
    // Libraries write 0 for every formula, and ask the spreadsheet to compute on opening.
    let sheet = "<sheetData><row r=\"1\"><c><f>A9+1</f><v>0</v></c><c><v>0</v></c>\
        <c><f>B9</f><v>7</v></c><c t=\"str\"><f>\"\"</f><v></v></c></row></sheetData>";
    let number = |text: &str| Cell::Number(text.to_owned());
    let uncomputed = read(&xlsx(sheet, "<calcPr fullCalcOnLoad=\"1\"/>", &[])).unwrap();
    assert_eq!(uncomputed.cells[0], [Cell::NotComputed, number("0"), number("7")]);
    let computed = read(&xlsx(sheet, "<calcPr calcId=\"1\"/>", &[])).unwrap();
    assert_eq!(computed.cells[0], [number("0"), number("0"), number("7")]);
}

#[test]
fn dates_of_both_systems_and_conditions_of_formats_are_read() {
    let sheet = "<sheetData><row r=\"1\"><c s=\"1\"><v>39691</v></c><c s=\"2\"><v>12345</v></c>\
        <c t=\"d\"><v>2012-09-01T00:00:00Z</v></c><c s=\"3\"><v>5</v></c></row></sheetData>";
    let formats = ["yyyy/m/d", "[<1]0.0%;0", "0\"人\""];
    let sheet = read(&xlsx(sheet, "<workbookPr date1904=\"true\"/>", &formats)).unwrap();
    let date = Cell::Date { year: 2012, month: 9, day: 1 };
    assert_eq!(sheet.cells[0][0], date);
    assert!(matches!(&sheet.cells[0][1], Cell::Text(words) if words.contains('[')));
    assert_eq!(sheet.cells[0][2..], [date, Cell::Text("5人".to_owned())]);
}

#[test]
fn broken_workbooks_are_refused() {
    for sheet in [
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row></sheetData>",
        "<sheetData><row r=\"0\"/></sheetData>",
        "<sheetData><row r=\"1\"><c r=\"1A\"/></row></sheetData>",
        "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</row></sheetData>",
        "<sheetData><row><c t=\"what\"><v>1</v></c></row></sheetData>",
    ] {
        assert_eq!(read(&xlsx(sheet, "", &[])), Err(SheetError::Unreadable), "{sheet}");
    }
    let whole = kind("rich.xls");
    assert_eq!(read(&whole[..whole.len() / 2]).err(), Some(SheetError::Unreadable));
    let whole = kind("rich.xlsx");
    assert_eq!(read(&whole[..whole.len() / 2]).err(), Some(SheetError::Unreadable));
}

/// Files that are small and ask for much work must not be worked on for long.
#[test]
fn hostile_repetitions_end_soon() {
    let start = std::time::Instant::now();
    let columns = "<col min=\"1\" max=\"16384\" hidden=\"1\"/>".repeat(200_000);
    let sheet = format!("<cols>{columns}</cols><sheetData><row><c><v>1</v></c></row></sheetData>");
    assert!(read(&xlsx(&sheet, "", &[])).unwrap().hidden_columns.contains(&0));
    let merged = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(100_000);
    let cells = "<c><v>1</v></c>".repeat(500);
    let sheet = format!(
        "<sheetData><row>{cells}</row><row>{cells}</row></sheetData><mergeCells>{merged}</mergeCells>"
    );
    assert_eq!(read(&xlsx(&sheet, "", &[])), Err(SheetError::Unreadable));
    let rows = "<tr><td colspan=1000>".repeat(300_000);
    let error = read(format!("<table>{rows}<td>1</table>").as_bytes());
    assert!(matches!(error, Err(SheetError::TooMuch { .. })), "{error:?}");
    let ods = b"application/vnd.oasis.opendocument.spreadsheet";
    let groups = "<table:table-row-group>".repeat(50_000);
    let rows = "<table:table-row table:number-rows-repeated=\"1048576\"/>".repeat(50_000);
    let end = "</table:table-row-group>".repeat(50_000);
    let content = format!(
        "<office:document-content><table:table table:name=\"a\">{groups}{rows}{end}\
         <table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell \
         table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/>\
         </table:table-row></table:table></office:document-content>"
    );
    let error = read(&archive(&[("mimetype", ods), ("content.xml", content.as_bytes())]));
    assert!(matches!(error, Err(SheetError::TooWide { .. })), "{error:?}");
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
}
