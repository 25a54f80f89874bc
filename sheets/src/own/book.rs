//! Owns looking into a workbook of ours: its hidden sheet, and where inputs stand now.
//!
//! Invariant: a sheet is read once, by the reader of all files and within its bounds. A workbook
//! without the hidden sheet is nothing, not an error: others may read it.

use crate::error::SheetError;
use crate::files::{Formula, Opened};
use crate::import::sheet::{Cell, FileKind, Sheet};
use crate::workbook::origin::{self, LABELS, NAME, Origin, PLACE, Written, label};
use std::collections::HashMap;

/// The row with the heads of columns, on sheets with inputs.
pub(crate) const HEAD: usize = 2;

/// Row and column, counted from 0.
pub(crate) type At = (usize, usize);

/// A workbook that may be ours.
pub(crate) struct Book<'a> {
    opened: &'a mut Opened,
    names: Vec<String>,
    sheets: HashMap<String, Sheet>,
}

/// What the hidden sheet says.
pub(crate) struct Hidden {
    pub(crate) version: u32,
    pub(crate) origin: Origin,
    /// Where inputs stand, by the row of the hidden sheet: the sheet and the cell.
    pub(crate) places: HashMap<usize, (String, At)>,
    /// Whether that is where they stood: nothing follows them in this kind of file, so the heads
    /// of columns must be what they were.
    pub(crate) is_recorded: bool,
}

impl<'a> Book<'a> {
    /// A workbook of any kind that a spreadsheet may have saved ours as.
    pub(crate) fn new(opened: &'a mut Opened) -> Option<Self> {
        let overview = opened.overview();
        let names = overview.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        let is_text = matches!(overview.kind, FileKind::Text | FileKind::Html);
        (!is_text).then(|| Self { opened, names, sheets: HashMap::new() })
    }

    /// Whether it has a sheet of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|other| other == name)
    }

    /// The hidden sheet, if it has one of ours.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub(crate) fn hidden(&mut self) -> Result<Option<Hidden>, SheetError> {
        let sheets = self.opened.overview().sheets.iter().enumerate();
        let hidden = sheets.filter(|(_, sheet)| sheet.hidden || sheet.name == NAME);
        let hidden: Vec<usize> = hidden.map(|(n, _)| n).collect();
        for n in hidden {
            let Ok(sheet) = self.opened.sheet(n) else { continue };
            let words = |row, column: u16| words(&sheet, (row, column.into()));
            let Some(version) = origin::version(&words(0, 0), &words(0, 1)) else { continue };
            let origin = origin::read(words, sheet.cells.len());
            let mut places = HashMap::new();
            self.opened.formulas(n, &mut |(row, column), formula| {
                if column == usize::from(PLACE) {
                    places.extend(address(&formula).map(|place| (row, place)));
                }
            })?;
            let is_recorded = self.opened.overview().kind != FileKind::Xlsx;
            if is_recorded {
                let place = |input: &Written| Some((input.row, address_of(&input.stood)?));
                places = origin.inputs.iter().filter_map(place).collect();
            }
            return Ok(Some(Hidden { version, origin, places, is_recorded }));
        }
        Ok(None)
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }

    /// Reads a sheet, so that its cells can be looked at; one that is gone has none.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn read(&mut self, name: &str) -> Result<(), SheetError> {
        if let (Some(n), false) = (self.place(name), self.sheets.contains_key(name)) {
            self.sheets.insert(name.to_owned(), self.opened.sheet(n)?);
        }
        Ok(())
    }

    /// A cell of a sheet that was read.
    pub(crate) fn cell(&self, name: &str, at: At) -> &Cell {
        self.sheets.get(name).map_or(&Cell::Empty, |sheet| cell(sheet, at))
    }

    /// Every formula of a sheet with its place.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn formulas(
        &mut self,
        name: &str,
        each: &mut dyn FnMut(At, Formula),
    ) -> Result<(), SheetError> {
        match self.place(name) {
            Some(n) => self.opened.formulas(n, each),
            None => Ok(()),
        }
    }

    /// What the row of a cell is called, and the cell with its column's head.
    pub(crate) fn called(&self, name: &str, (row, column): At) -> (String, String) {
        let words = |at| self.cell(name, at).words();
        let labels: Vec<String> =
            (0..usize::from(LABELS)).map(|column| words((row, column))).collect();
        let all = labels.iter().cloned().chain([words((HEAD, column))]);
        let all: Vec<String> = all.filter(|words| !words.is_empty()).collect();
        (label(&labels), all.join(" · "))
    }
}

fn cell(sheet: &Sheet, (row, column): At) -> &Cell {
    sheet.cells.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Empty)
}

fn words(sheet: &Sheet, at: At) -> String {
    cell(sheet, at).words()
}

fn address_of(text: &str) -> Option<(String, At)> {
    address(&Formula { text: text.to_owned(), moved: (0, 0) })
}

/// The cell that a formula names, and nothing else: `'参数'!$H$5`.
fn address(formula: &Formula) -> Option<(String, At)> {
    let (sheet, cell) = formula.text.trim_start_matches('=').rsplit_once('!')?;
    let sheet = match sheet.strip_prefix('\'') {
        Some(quoted) => quoted.strip_suffix('\'')?.replace("''", "'"),
        None => sheet.to_owned(),
    };
    if sheet.contains(['[', ']']) {
        return None; // of another file
    }
    let (rest, is_column_fixed) = unfixed(cell);
    let end = rest.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, rest) = rest.split_at(end);
    let (row, is_row_fixed) = unfixed(rest);
    if letters.is_empty() || letters.len() > 3 || !row.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().fold(0i64, |column, letter| {
        column * 26 + i64::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row: i64 = row.parse().ok()?;
    let moved = |place: i64, is_fixed: bool, by: i64| {
        let place = place.checked_sub(1)?.checked_add(if is_fixed { 0 } else { by })?;
        usize::try_from(place).ok()
    };
    let (down, right) = formula.moved;
    Some((sheet, (moved(row, is_row_fixed, down)?, moved(column, is_column_fixed, right)?)))
}

fn unfixed(text: &str) -> (&str, bool) {
    text.strip_prefix('$').map_or((text, false), |rest| (rest, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_programs_write_them() {
        let place = |sheet: &str, at| Some((sheet.to_owned(), at));
        for (text, moved, known) in [
            ("'参数'!H5", (0, 0), place("参数", (4, 7))),
            ("参数!$H$5", (0, 0), place("参数", (4, 7))),
            ("'it''s'!AA10", (0, 0), place("it's", (9, 26))),
            ("=Base!A1", (0, 0), place("Base", (0, 0))),
            // One formula for many cells, as Excel writes them.
            ("参数!H5", (3, 1), place("参数", (7, 8))),
            ("参数!$H5", (3, 1), place("参数", (7, 7))),
            ("参数!H5", (-5, 0), None),
            ("#REF!", (0, 0), None),
            ("参数!#REF!", (0, 0), None),
            ("[1]参数!H5", (0, 0), None),
            ("参数!H5+1", (0, 0), None),
            ("H5", (0, 0), None),
            ("参数!H0", (0, 0), None),
            ("参数!H", (0, 0), None),
        ] {
            let formula = Formula { text: text.to_owned(), moved };
            assert_eq!(address(&formula), known, "{text}");
        }
    }
}
