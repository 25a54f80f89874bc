//! Owns reading the table out of a file: XLSX, or CSV in UTF-8, GB 18030 or UTF-16.
//!
//! Invariant: sizes are known before anything is unpacked or laid out; no bytes make it panic,
//! hang or fill the memory. Cells are words: a formula's last result, never the formula.

use super::{MOST_BYTES, MOST_CHARS, MOST_COLUMNS, MOST_ROWS, Table};
use crate::error::SheetError;
use calamine::{DataRef, Reader, Xlsx};
use shapan_engine::Text;
use std::io::{Cursor, Read as _};

/// The most bytes an archive may unpack to.
const MOST_UNPACKED: usize = 96 * 1024 * 1024;
/// The most files in an archive.
const MOST_FILES: usize = 2_000;
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// How the files of old or locked workbooks begin.
const OLD: &[u8] = b"\xD0\xCF\x11\xE0";

/// The table on a sheet of a file.
///
/// # Errors
/// [`SheetError`] says what it is instead.
pub fn read(bytes: &[u8], sheet: usize) -> Result<Table, SheetError> {
    if bytes.len() > MOST_BYTES {
        return Err(SheetError::TooLarge { megabytes: MOST_BYTES / 1_048_576 });
    }
    let table = if bytes.starts_with(ARCHIVE) {
        workbook(bytes, sheet)?
    } else if bytes.starts_with(OLD) {
        return Err(SheetError::Unreadable);
    } else {
        Table { sheets: Vec::new(), sheet: 0, rows: text(bytes)? }
    };
    let is_empty = table.rows.iter().flatten().all(|cell| cell.trim().is_empty());
    if is_empty { Err(SheetError::Empty) } else { Ok(table) }
}

/// What a cell's words may be: no control characters, not without end.
fn clean(words: &str) -> String {
    let allowed = |c: &char| Text::allows(*c) && *c != '\n' && *c != '\t';
    words.trim().chars().filter(allowed).take(MOST_CHARS).collect()
}

fn too_wide() -> SheetError {
    SheetError::TooWide { rows: MOST_ROWS, columns: MOST_COLUMNS }
}

/// Unpacks every file of an archive into nothing, to know that it can be.
fn check_archive(bytes: &[u8]) -> Result<(), SheetError> {
    let bomb = || SheetError::Bomb { megabytes: MOST_UNPACKED / 1_048_576 };
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Unreadable)?;
    if archive.len() > MOST_FILES {
        return Err(bomb());
    }
    // Said sizes first: a bomb that tells the truth costs nothing.
    let mut said = 0u64;
    for n in 0..archive.len() {
        let file = archive.by_index_raw(n).map_err(|_| SheetError::Unreadable)?;
        said = said.saturating_add(file.size());
    }
    let most = u64::try_from(MOST_UNPACKED).unwrap_or(u64::MAX);
    if said > most {
        return Err(bomb());
    }
    let mut left = most;
    for n in 0..archive.len() {
        let file = archive.by_index(n).map_err(|_| SheetError::Unreadable)?;
        let mut bounded = file.take(left.saturating_add(1));
        let read = std::io::copy(&mut bounded, &mut std::io::sink());
        let read = read.map_err(|_| SheetError::Unreadable)?;
        left = left.checked_sub(read).ok_or_else(bomb)?;
    }
    Ok(())
}

fn workbook(bytes: &[u8], sheet: usize) -> Result<Table, SheetError> {
    check_archive(bytes)?;
    let unreadable = |_| SheetError::Unreadable;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let names = book.sheet_names();
    let name = names.get(sheet).ok_or(SheetError::Empty)?.clone();
    // Cell by cell: one in the last corner of a sheet must not make a table of billions.
    let mut cells = book.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let words = clean(&words_of(cell.get_value()));
        if words.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let place = usize::try_from(row).ok().zip(usize::try_from(column).ok());
        let within = |(row, column): &(usize, usize)| *row < MOST_ROWS && *column < MOST_COLUMNS;
        let (row, column) = place.filter(within).ok_or_else(too_wide)?;
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        if rows[row].len() <= column {
            rows[row].resize_with(column + 1, String::new);
        }
        rows[row][column] = words;
    }
    let sheets = names.iter().map(|name| clean(name)).collect();
    Ok(Table { sheets, sheet, rows })
}

fn words_of(data: &DataRef<'_>) -> String {
    match data {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(words) => words.clone(),
        DataRef::SharedString(words) => (*words).to_owned(),
        DataRef::Bool(is_true) => is_true.to_string(),
        DataRef::DateTime(date) => date.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        _ => String::new(),
    }
}

/// Text in the encodings spreadsheets write: UTF-8, GB 18030 on a Chinese system, UTF-16 with
/// its mark.
fn decode(bytes: &[u8]) -> Result<String, SheetError> {
    let has_mark = encoding_rs::Encoding::for_bom(bytes).is_some();
    let is_utf16 = has_mark && !bytes.starts_with(b"\xEF\xBB\xBF");
    if bytes.contains(&0) && !is_utf16 {
        return Err(SheetError::NotATable);
    }
    for encoding in [encoding_rs::UTF_8, encoding_rs::GB18030] {
        // A mark goes before what is tried.
        let (text, _, is_broken) = encoding.decode(bytes);
        if !is_broken {
            return Ok(text.into_owned());
        }
    }
    Err(SheetError::NotATable)
}

fn text(bytes: &[u8]) -> Result<Vec<Vec<String>>, SheetError> {
    let text = decode(bytes)?;
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let mark = [(',', b','), ('\t', b'\t'), (';', b';')];
    let (_, delimiter) =
        mark.into_iter().max_by_key(|(c, _)| (count(*c), *c == ',')).unwrap_or(mark[0]);
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| SheetError::NotATable)?;
        if rows.len() >= MOST_ROWS || record.len() > MOST_COLUMNS {
            return Err(too_wide());
        }
        // What our own export marked as text.
        let field = |field: &str| clean(field.strip_prefix('\'').unwrap_or(field));
        rows.push(record.iter().map(field).collect());
    }
    Ok(rows)
}
