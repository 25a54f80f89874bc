//! Owns looking into a workbook of ours: cells with their formulas, which tables of others have
//! no use for.
//!
//! Invariant: sizes are known before anything is unpacked, and only cells that are asked for are
//! kept. What is no such workbook is nothing, not an error: others may read it.

use super::number;
use crate::workbook::origin::{NAME, Origin, PLACE, read, version};
use calamine::{DataRef, Reader as _, SheetVisible, Xlsx};
use std::collections::{HashMap, HashSet};
use std::io::Cursor;

/// The most bytes an archive may unpack to.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;
/// The most cells of a sheet that are looked at.
const MOST_CELLS: usize = 4_000_000;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A number as a plain decimal.
    Number(String),
    Text(String),
    /// A truth, a date, an error.
    Other(String),
}

impl Found {
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Number(words) | Self::Text(words) | Self::Other(words) => words,
        }
    }
}

/// Row and column, counted from 0.
pub(crate) type At = (u32, u32);

/// A workbook that may be ours.
pub(crate) struct Book {
    book: Xlsx<Cursor<Vec<u8>>>,
}

/// What the hidden sheet says.
pub(crate) struct Hidden {
    pub(crate) version: u32,
    pub(crate) origin: Origin,
    /// Where inputs stand, by the row of the hidden sheet: the sheet and the cell.
    pub(crate) places: HashMap<u32, (String, At)>,
}

impl Book {
    /// A workbook out of a file's bytes.
    pub(crate) fn open(bytes: &[u8]) -> Option<Self> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut size = 0u64;
        for n in 0..archive.len() {
            size = size.saturating_add(archive.by_index_raw(n).ok()?.size());
        }
        if size > MOST_UNPACKED {
            return None;
        }
        Xlsx::new(Cursor::new(bytes.to_vec())).ok().map(|book| Self { book })
    }

    /// The names of its sheets.
    pub(crate) fn names(&self) -> Vec<String> {
        self.book.sheet_names()
    }

    /// The hidden sheet, if it has one of ours.
    pub(crate) fn hidden(&mut self) -> Option<Hidden> {
        let sheets = self.book.sheets_metadata().iter();
        let hidden = sheets.filter(|s| s.name == NAME || s.visible != SheetVisible::Visible);
        let names: Vec<String> = hidden.map(|sheet| sheet.name.clone()).collect();
        names.iter().find_map(|name| self.hidden_sheet(name))
    }

    fn hidden_sheet(&mut self, name: &str) -> Option<Hidden> {
        let first = self.cells(name, |at| at == (0, 0) || at == (0, 1))?;
        let words = |at| first.get(&at).map_or("", Found::words);
        let version = version(words((0, 0)), words((0, 1)))?;
        let cells = self.cells(name, |(_, column)| column < 8)?;
        let rows = cells.keys().map(|(row, _)| row + 1).max().unwrap_or(0);
        let origin = read(|row, col| cells.get(&(row, col)).map_or("", Found::words), rows);
        let mut places = HashMap::new();
        self.formulas(name, |(row, column), formula| {
            if column == PLACE {
                places.extend(address(formula).map(|place| (row, place)));
            }
        })?;
        Some(Hidden { version, origin, places })
    }

    /// Cells of a sheet that are wanted; `None` where it cannot be read.
    pub(crate) fn cells(
        &mut self,
        sheet: &str,
        is_wanted: impl Fn(At) -> bool,
    ) -> Option<HashMap<At, Found>> {
        let mut reader = self.book.worksheet_cells_reader(sheet).ok()?;
        let mut cells = HashMap::new();
        while let Some(cell) = reader.next_cell().ok()? {
            let at = cell.get_position();
            if is_wanted(at) {
                if cells.len() >= MOST_CELLS {
                    return None;
                }
                cells.extend(found(cell.get_value()).map(|found| (at, found)));
            }
        }
        Some(cells)
    }

    /// Every formula of a sheet with its place.
    pub(crate) fn formulas(&mut self, sheet: &str, mut each: impl FnMut(At, &str)) -> Option<()> {
        let mut reader = self.book.worksheet_cells_reader(sheet).ok()?;
        while let Some(cell) = reader.next_formula().ok()? {
            if !cell.get_value().is_empty() {
                each(cell.get_position(), cell.get_value());
            }
        }
        Some(())
    }

    /// Cells at places, and the words their rows begin with.
    pub(crate) fn around(
        &mut self,
        sheet: &str,
        places: &HashSet<At>,
        labels: u32,
        head: u32,
    ) -> Option<HashMap<At, Found>> {
        let rows: HashSet<u32> = places.iter().map(|(row, _)| *row).collect();
        self.cells(sheet, |at| {
            places.contains(&at) || at.0 == head || (at.1 < labels && rows.contains(&at.0))
        })
    }
}

fn found(value: &DataRef<'_>) -> Option<Found> {
    Some(match value {
        DataRef::Int(number) => Found::Number(number.to_string()),
        DataRef::Float(number) => Found::Number(number::decimal(*number)?),
        DataRef::String(words) => Found::Text(words.clone()),
        DataRef::SharedString(words) => Found::Text((*words).to_owned()),
        DataRef::Empty => return None,
        DataRef::DateTime(_) => Found::Other(String::new()),
        DataRef::Error(error) => Found::Other(error.to_string()),
        DataRef::Bool(is_true) => Found::Other(is_true.to_string()),
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => Found::Other(words.clone()),
    })
}

/// The cell that a formula names, and nothing else: `'参数'!$H$5`.
fn address(formula: &str) -> Option<(String, At)> {
    let (sheet, cell) = formula.trim_start_matches('=').rsplit_once('!')?;
    let sheet = match sheet.strip_prefix('\'') {
        Some(quoted) => quoted.strip_suffix('\'')?.replace("''", "'"),
        None => sheet.to_owned(),
    };
    if sheet.contains(['[', ']']) {
        return None; // of another file
    }
    let cell = cell.replace('$', "");
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = cell.split_at(digits);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut column = 0u32;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
    }
    let row: u32 = number.parse().ok()?;
    Some((sheet, (row.checked_sub(1)?, column - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_programs_write_them() {
        let place = |sheet: &str, at| Some((sheet.to_owned(), at));
        for (text, known) in [
            ("'参数'!H5", place("参数", (4, 7))),
            ("参数!$H$5", place("参数", (4, 7))),
            ("'it''s'!AA10", place("it's", (9, 26))),
            ("=Base!A1", place("Base", (0, 0))),
            ("#REF!", None),
            ("参数!#REF!", None),
            ("[1]参数!H5", None),
            ("参数!H5+1", None),
            ("H5", None),
            ("参数!H0", None),
        ] {
            assert_eq!(address(text), known, "{text}");
        }
    }
}
