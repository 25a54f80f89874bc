//! Files as they come: every kind is told by its content, cells say what their reader sees, and
//! what cannot be read says why.
use shapan_sheets::error::SheetError;
use shapan_sheets::files::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Opened, open};
use shapan_sheets::import::sheet::{Cell, Encoding, FileKind, Foreign, Sheet};
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

pub(crate) fn case(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/cases");
    std::fs::read(folder.join(name)).unwrap()
}

fn opened(name: &str) -> Opened {
    open(&case(name), None).unwrap()
}

/// The sheet that is shown first.
fn first(name: &str) -> Sheet {
    let mut file = opened(name);
    let first = file.overview().first;
    file.sheet(first).unwrap()
}

fn words(sheet: &Sheet) -> Vec<Vec<String>> {
    sheet.cells.iter().map(|row| row.iter().map(Cell::words).collect()).collect()
}

fn column(sheet: &Sheet, column: usize) -> Vec<Cell> {
    sheet.cells.iter().map(|row| row.get(column).cloned().unwrap_or_default()).collect()
}

fn number(text: &str) -> Cell {
    Cell::Number(text.to_owned())
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn refused(bytes: &[u8]) -> SheetError {
    match open(bytes, None) {
        Err(error) => error,
        Ok(_) => panic!("was read"),
    }
}

#[test]
fn float_noise_is_not_read_and_real_decimals_are() {
    let found = column(&first("float-noise/noise.xlsx"), 1);
    let expected = [
        text("小学在校生"),
        number("41000"),
        number("51999.999999999"),
        number("72000"),
        text("4.8E+04"),
        text("4,3000"),
        number("39000.4"),
        text("6千"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_formula_without_a_result_says_so() {
    let sheet = first("formulas-without-results/formulas.xlsx");
    assert_eq!(column(&sheet, 3)[0], text("小学在校生"));
    assert!(column(&sheet, 3)[1..].iter().all(|cell| *cell == Cell::NotComputed), "{sheet:?}");
    assert_eq!(column(&sheet, 1)[1], number("11000"));
}

#[test]
fn hidden_rows_columns_and_sheets_are_marked() {
    let file = opened("hidden-rows/hidden.xlsx");
    assert_eq!(file.overview().kind, FileKind::Xlsx);
    let sheet = first("hidden-rows/hidden.xlsx");
    assert_eq!(sheet.hidden_rows.iter().copied().collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(sheet.hidden_columns.iter().copied().collect::<Vec<_>>(), [2]);
    assert_eq!(sheet.cells[4][..2], [text("泰山区"), number("41000")]);
}

#[test]
fn merged_cells_are_told() {
    let sheet = first("merged-down/merged-down.xlsx");
    assert_eq!(sheet.merged.len(), 7);
    assert_eq!((sheet.merged[0].rows, sheet.merged[0].columns), ((1, 2), (0, 0)));
    assert_eq!(sheet.cells[2][..2], [Cell::Empty, text("2012")]);
    assert_eq!(sheet.cells.len(), 15);
}

#[test]
fn escaped_characters_are_decoded() {
    let sheet = first("escaped-characters/escapes.xlsx");
    assert_eq!(sheet.cells[0][1], text("小学在校生\n数"));
    assert_eq!(sheet.cells[1][0], text("泰山区"));
    let sheet = first("escaped-characters/shared-strings.xlsx");
    assert_eq!(column(&sheet, 0), [text("地区"), text("泰山区"), text("岱岳区")]);
}

#[test]
fn marks_stay_in_their_cells() {
    let found = column(&first("marks-in-cells/marks.xlsx"), 1);
    let marks =
        ["41,000*", "52000（6）", "约72000", "48 000", "4.3万余", "39000\n（含民办1200）", "—"];
    assert_eq!(found[1..], marks.map(text));
}

#[test]
fn unusual_workbooks_are_read() {
    for name in ["strict.xlsx", "prefixed-names.xlsx", "cells-without-references.xlsx"] {
        let sheet = first(&format!("unusual-workbooks/{name}"));
        assert_eq!(words(&sheet)[0], ["地区", "小学在校生"], "{name}");
        assert_eq!(words(&sheet)[7], ["市直", "6000"], "{name}");
    }
}

#[test]
fn pages_and_xml_that_are_called_xls_are_told_apart() {
    let file = opened("old-and-false-xls/html-named.xls");
    assert_eq!(file.overview().kind, FileKind::Html);
    assert_eq!(file.overview().encoding, Some(Encoding::Gb18030));
    let sheet = first("old-and-false-xls/html-named.xls");
    assert_eq!(words(&sheet)[0], ["地区", "小学在校生"]);
    assert_eq!(words(&sheet)[1], ["泰山区", "41000"]);
    assert_eq!(
        refused(&case("old-and-false-xls/xml2003.xls")),
        SheetError::Foreign { what: Foreign::OldXml }
    );
}

#[test]
fn encodings_are_recognised_or_asked() {
    let file = opened("other-encodings/gbk-good.csv");
    assert_eq!(file.overview().encoding, Some(Encoding::Gb18030));
    let sheet = first("other-encodings/gbk-good.csv");
    assert_eq!(words(&sheet)[0], ["地区", "小学在校生", "备注"]);
    assert_eq!(words(&sheet)[8], ["合计", "301000", "全市"]);
    for name in ["latin1.csv", "utf8-cut-in-last-character.csv"] {
        let bytes = case(&format!("other-encodings/{name}"));
        assert_eq!(refused(&bytes), SheetError::UnknownEncoding, "{name}");
        for wanted in [Encoding::Utf8, Encoding::Utf16, Encoding::Gb18030] {
            let error = SheetError::NotInEncoding { encoding: wanted };
            assert_eq!(open(&bytes, Some(wanted)).err(), Some(error), "{name} {wanted:?}");
        }
    }
}

#[test]
fn text_in_every_encoding_and_with_every_separator_is_read() {
    let lines =
        [["地區", "國小學生數", "備註"], ["中正區", "41,000", "無"], ["合計", "301000", "全市"]];
    for separator in [",", "\t", ";"] {
        let line = |cells: &[&str; 3]| {
            let quoted = cells.map(|cell| match cell.contains(separator) {
                true => format!("\"{cell}\""),
                false => cell.to_owned(),
            });
            quoted.join(separator) + "\r\n"
        };
        let table: String = lines.iter().map(line).collect();
        let units = |table: &str| table.encode_utf16().collect::<Vec<_>>();
        let marked = format!("\u{feff}{table}");
        let all = [
            (table.as_bytes().to_vec(), Encoding::Utf8),
            (marked.as_bytes().to_vec(), Encoding::Utf8),
            (units(&marked).into_iter().flat_map(u16::to_le_bytes).collect(), Encoding::Utf16),
            (units(&marked).into_iter().flat_map(u16::to_be_bytes).collect(), Encoding::Utf16),
            (units(&table).into_iter().flat_map(u16::to_le_bytes).collect(), Encoding::Utf16),
            (encoding_rs::BIG5.encode(&table).0.into_owned(), Encoding::Big5),
        ];
        for (bytes, encoding) in all {
            let mut file = open(&bytes, None).unwrap();
            assert_eq!(file.overview().encoding, Some(encoding));
            assert_eq!(file.overview().kind, FileKind::Text);
            // Asked twice, it is the same twice.
            for _ in 0..2 {
                assert_eq!(words(&file.sheet(0).unwrap()), lines, "{encoding:?} {separator:?}");
            }
        }
        // The reader may say which it is.
        let bytes = encoding_rs::GB18030.encode(&table).0.into_owned();
        let mut file = open(&bytes, Some(Encoding::Gb18030)).unwrap();
        assert_eq!(words(&file.sheet(0).unwrap()), lines);
    }
}

#[test]
fn pages_of_other_systems_are_read() {
    let page = |head: &str| {
        format!(
            "{head}<body><div>2012年各区县情况</div><p>单位：人</p><table border=1 x:str>\
             <tr><td rowspan=2 class=xl24>地区</td><td colspan=2>小学</td></tr>\
             <tr><td>学校数</td><td>在校生&nbsp;数</td></tr>\
             <tr><td>泰山区</td><td x:num>12</td><td x:num=\"41000\">41,000&#12288;</td></tr>\
             </table></body></html>"
        )
    };
    let office = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head>\
        <meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">\
        <!--[if gte mso 9]><xml><x:ExcelWorkbook></x:ExcelWorkbook></xml><![endif]-->\
        <style>td{mso-number-format:\\@;}</style></head>";
    let told = page(office);
    let expected = [
        vec!["2012年各区县情况"],
        vec!["单位：人"],
        vec!["地区", "小学"],
        vec!["", "学校数", "在校生\u{a0}数"],
        vec!["泰山区", "12", "41,000"],
    ];
    let gb = encoding_rs::GB18030.encode(&told).0.into_owned();
    // A page that says one encoding and is in another, and one that says none.
    let silent = page("\r\n<!DOCTYPE html><html>");
    let silent_gb = encoding_rs::GB18030.encode(&silent).0.into_owned();
    for bytes in [gb, told.into_bytes(), silent.into_bytes(), silent_gb] {
        let mut file = open(&bytes, None).unwrap();
        assert_eq!(file.overview().kind, FileKind::Html);
        let sheet = file.sheet(0).unwrap();
        let found: Vec<Vec<String>> = words(&sheet)
            .into_iter()
            .map(|row| row.into_iter().map(|cell| cell.replace(' ', "\u{a0}")).collect())
            .collect();
        assert_eq!(found, expected);
        let merged: Vec<_> = sheet.merged.iter().map(|m| (m.rows, m.columns)).collect();
        assert_eq!(merged, [((2, 2), (1, 2)), ((2, 3), (0, 0))]);
    }
}

#[test]
fn files_of_other_kinds_say_what_they_are() {
    for (bytes, what) in [
        (&b"%PDF-1.7\n"[..], Foreign::Pdf),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Foreign::Image),
        (b"{\"kind\": \"plan\"}", Foreign::Json),
        (b"[1, 2]", Foreign::Json),
        (b"<?xml version=\"1.0\"?><a/>", Foreign::Xml),
        (b"MIME-Version: 1.0\r\n", Foreign::WebArchive),
        (b"Rar!\x1a\x07\x00", Foreign::Archive),
        (b"{\\rtf1\\ansi", Foreign::Document),
    ] {
        assert_eq!(refused(bytes), SheetError::Foreign { what });
    }
    assert_eq!(refused(b"ID;PWXL;N;E\nC;Y1;X1;K1\n"), SheetError::NotATable);
    assert_eq!(refused(b""), SheetError::Empty);
    assert_eq!(refused(b" ,,\n"), SheetError::Empty);
    assert_eq!(refused(b"\x01\x02\x03"), SheetError::NotATable);
}

/// A workbook with these cells.
fn workbook(cells: &[((u32, u16), &str)]) -> Vec<u8> {
    let mut sheet = shapan_sheets::book::Sheet::new("a");
    for (at, words) in cells {
        sheet.text(*at, shapan_sheets::book::Part::Body, words);
    }
    let book = shapan_sheets::book::Book { sheets: vec![sheet], ..Default::default() };
    book.to_xlsx().unwrap()
}

#[test]
fn a_stray_cell_far_away_is_listed_and_costs_nothing() {
    let bytes = workbook(&[((0, 0), "地区"), ((1, 0), "泰山区"), ((1_048_575, 16_383), "x")]);
    let sheet = in_time(&bytes).unwrap();
    assert_eq!(words(&sheet), [["地区"], ["泰山区"]]);
    assert_eq!(sheet.far.len(), 1);
    assert_eq!((sheet.far[0].row, sheet.far[0].column), (1_048_575, 16_383));
    assert_eq!(sheet.far[0].cell, text("x"));
}

/// Reads all there is, within the time the page allows.
fn in_time(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let start = Instant::now();
    let result = open(bytes, None).and_then(|mut file| file.sheet(0));
    // Tests are not optimised as the worker is, and run beside others.
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    result
}

#[test]
fn what_a_table_takes_is_bounded_as_a_whole() {
    let too_much = |result| matches!(result, Err(SheetError::TooMuch { .. }));
    assert!(too_much(in_time(&case("robust/19999x256-text300.xlsx"))));
    assert!(too_much(in_time(&case("robust/19999x256.xlsx"))));
    let sheet = in_time(&case("robust/sheet-xml-bomb-90MB.xlsx")).unwrap();
    assert_eq!(sheet.cells.len(), 1);
    // A count of 4,294,967,295 shared words is not believed.
    let sheet = in_time(&case("robust/crash-ss-count-huge.xlsx")).unwrap();
    assert_eq!(words(&sheet), [["地区"]]);
    // Sixteen megabytes of line ends hold nothing.
    assert_eq!(in_time(&vec![b'\n'; 16 << 20]), Err(SheetError::Empty));
    let line = format!("{}1\n", "1,".repeat(499));
    assert!(too_much(in_time(line.repeat(MOST_CELLS / 500 + 1).as_bytes())));
    let too_wide = SheetError::TooWide { rows: MOST_ROWS, columns: MOST_COLUMNS };
    assert_eq!(in_time("1\n".repeat(MOST_ROWS + 200).as_bytes()), Err(too_wide));
}

/// An archive with a part of so many megabytes, and one that names it an XLSX.
fn bomb(name: &str, megabytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let spaces = vec![b' '; 1 << 20];
    for (name, megabytes) in [("xl/workbook.xml", 0), (name, megabytes)] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        for _ in 0..megabytes {
            archive.write_all(&spaces).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn archives_that_unpack_to_too_much_are_refused_before_they_are_read() {
    let bomb = bomb("xl/styles.xml", 100);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(refused(&bomb), SheetError::Bomb { megabytes: 96 });
    // One that lies about its size: wherever it says a hundred megabytes, it says one byte.
    let (said, mut lying) = ((100u32 << 20).to_le_bytes(), bomb);
    let places: Vec<usize> =
        lying.windows(4).enumerate().filter(|(_, w)| *w == said).map(|(n, _)| n).collect();
    assert!(!places.is_empty());
    for place in places {
        lying[place..place + 4].copy_from_slice(&1u32.to_le_bytes());
    }
    let error = refused(&lying);
    assert!(matches!(error, SheetError::Bomb { .. } | SheetError::Unreadable), "{error:?}");
    let large = vec![b'1'; (16 << 20) + 1];
    assert_eq!(refused(&large), SheetError::TooLarge { megabytes: 16 });
}
