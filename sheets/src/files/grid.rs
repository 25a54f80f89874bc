//! Owns the collecting of cells into a [`Sheet`], whatever file they come from.
//!
//! Invariant: what a sheet takes in memory is bounded as a whole (cells, and bytes of words), and
//! a file over the bounds is refused, never cut. A stray cell far away costs nothing: it is listed.

use crate::error::SheetError;
use crate::import::sheet::{Cell, FarCell, Merged, Sheet};
use shapan_engine::Text;
use std::collections::BTreeMap;

/// Rows that are read; what stands further down is far away.
pub const MOST_ROWS: usize = 100_000;
/// Columns that are read.
pub const MOST_COLUMNS: usize = 1_024;
/// Cells of a sheet, with the empty ones before the last of each row.
pub const MOST_CELLS: usize = 2_000_000;
/// Bytes of all words and numbers of a sheet.
pub const MOST_TEXT: usize = 32 * 1024 * 1024;
/// The longest text of a cell, in characters; what is longer is cut.
const MOST_CHARS: usize = 300;
/// Cells far away that are listed; a sheet with more is simply too large.
const MOST_FAR: usize = 100;
const MOST_MERGED: usize = 200_000;

/// More than is read.
pub(super) fn too_much() -> SheetError {
    SheetError::TooMuch { cells: MOST_CELLS, megabytes: MOST_TEXT / 1_048_576 }
}

/// Words without control characters; a line break stays, for two numbers in a cell are not one.
pub(super) fn clean(words: &str) -> String {
    let allowed = |c: &char| Text::allows(*c) && *c != '\t';
    let words = words.trim();
    let is_short = words.len() <= MOST_CHARS;
    if is_short && words.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return words.to_owned();
    }
    words
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(allowed)
        .take(MOST_CHARS)
        .collect()
}

/// Words of a cell.
pub(super) fn text(words: &str) -> Cell {
    let words = clean(words);
    if words.is_empty() { Cell::Empty } else { Cell::Text(words) }
}

/// Cells of one sheet as they come.
#[derive(Default)]
pub(super) struct Grid {
    sheet: Sheet,
    cells: usize,
    text: usize,
    /// How many hidden stretches begin and end before each column, for a hostile file has millions.
    hidden: BTreeMap<usize, i64>,
}

impl Grid {
    /// Puts a cell at its place; the last one put there stays.
    ///
    /// # Errors
    /// The sheet is over the bounds.
    pub(super) fn put(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), SheetError> {
        let bytes = match &cell {
            Cell::Empty => return Ok(()),
            Cell::Text(words) | Cell::Number(words) | Cell::Percent(words) | Cell::Error(words) => {
                words.len()
            }
            Cell::Date { .. } | Cell::Truth(_) | Cell::NotComputed => 0,
        };
        self.text += bytes;
        if self.text > MOST_TEXT {
            return Err(too_much());
        }
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            if self.sheet.far.len() >= MOST_FAR {
                return Err(SheetError::TooWide { rows: MOST_ROWS, columns: MOST_COLUMNS });
            }
            self.sheet.far.push(FarCell { row, column, cell });
            return Ok(());
        }
        let rows = &mut self.sheet.cells;
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        let width = rows[row].len();
        if width <= column {
            self.cells += column + 1 - width;
            if self.cells > MOST_CELLS {
                return Err(too_much());
            }
            rows[row].resize_with(column + 1, Cell::default);
        }
        rows[row][column] = cell;
        Ok(())
    }

    /// Marks cells as one.
    ///
    /// # Errors
    /// There are more than any sheet has.
    pub(super) fn merge(
        &mut self,
        rows: (usize, usize),
        columns: (usize, usize),
    ) -> Result<(), SheetError> {
        let (top, left) = (rows.0, columns.0);
        let is_one = rows.1 <= top && columns.1 <= left;
        if is_one || top >= MOST_ROWS || left >= MOST_COLUMNS || rows.1 < top || columns.1 < left {
            return Ok(());
        }
        if self.sheet.merged.len() >= MOST_MERGED {
            return Err(too_much());
        }
        let merged = Merged {
            rows: (top, rows.1.min(MOST_ROWS - 1)),
            columns: (left, columns.1.min(MOST_COLUMNS - 1)),
        };
        self.sheet.merged.push(merged);
        Ok(())
    }

    /// Marks a row as hidden.
    pub(super) fn hide_row(&mut self, row: usize) {
        if row < MOST_ROWS {
            self.sheet.hidden_rows.insert(row);
        }
    }

    /// Marks columns as hidden, from and to.
    pub(super) fn hide_columns(&mut self, from: usize, to: usize) {
        let end = to.saturating_add(1).min(MOST_COLUMNS);
        if from < end {
            *self.hidden.entry(from).or_default() += 1;
            *self.hidden.entry(end).or_default() -= 1;
        }
    }

    /// The sheet: what merged cells cover is empty, for nobody sees it.
    ///
    /// # Errors
    /// Merged cells cover each other: no spreadsheet writes that.
    pub(super) fn finish(mut self) -> Result<Sheet, SheetError> {
        // Merged cells that do not overlap cover no more than there are.
        let mut left = MOST_CELLS.saturating_mul(2);
        let mut merged = std::mem::take(&mut self.sheet.merged);
        merged.sort_unstable_by_key(|region| (region.rows, region.columns));
        for region in &merged {
            let end = (region.rows.1 + 1).min(self.sheet.cells.len());
            for row in region.rows.0..end {
                let cells = &mut self.sheet.cells[row];
                let end = (region.columns.1 + 1).min(cells.len());
                left = left
                    .checked_sub(1 + end.saturating_sub(region.columns.0))
                    .ok_or(SheetError::Unreadable)?;
                for (column, cell) in cells.iter_mut().enumerate().take(end) {
                    let is_first = row == region.rows.0 && column == region.columns.0;
                    if column >= region.columns.0 && !is_first {
                        *cell = Cell::Empty;
                    }
                }
            }
        }
        self.sheet.merged = merged;
        let (mut from, mut open) = (0, 0);
        for (at, change) in &self.hidden {
            if open > 0 {
                self.sheet.hidden_columns.extend(from..*at);
            }
            (from, open) = (*at, open + change);
        }
        // Hidden rows below the last cell say nothing.
        let rows = self.sheet.cells.len();
        self.sheet.hidden_rows.retain(|row| *row < rows);
        Ok(self.sheet)
    }
}
