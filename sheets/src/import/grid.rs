//! Owns looking at a sheet's cells: merged ones spread, mended ones replaced.
//!
//! Invariant: what lies beyond the cells there are costs nothing, however far a merge says it goes.

use super::choices::Choices;
use super::sheet::{Cell, Sheet};
use std::borrow::Cow;
use std::collections::HashMap;

/// The most cells that merges are spread over.
const MOST_SPREAD: usize = 400_000;

static EMPTY: Cell = Cell::Empty;

/// A sheet's cells.
pub(super) struct Grid<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) shows_hidden: bool,
    spread: HashMap<(usize, usize), (usize, usize)>,
    mended: HashMap<(usize, usize), Cell>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(sheet: &'a Sheet, choices: &Choices) -> Self {
        let columns = sheet.cells.iter().map(Vec::len).max().unwrap_or(0);
        let rows = sheet.cells.len();
        let mut spread = HashMap::new();
        let mut left = MOST_SPREAD;
        for merged in &sheet.merged {
            let (top, first) = (merged.rows.0, merged.columns.0);
            let bottom = merged.rows.1.min(rows.saturating_sub(1));
            let last = merged.columns.1.min(columns.saturating_sub(1));
            for row in top..=bottom {
                for column in first..=last {
                    if left == 0 {
                        break;
                    }
                    left -= 1;
                    if (row, column) != (top, first) {
                        spread.insert((row, column), (top, first));
                    }
                }
            }
        }
        let mended = choices.cells.iter();
        let mended =
            mended.map(|(row, column, words)| ((*row, *column), Cell::Text(words.clone())));
        Self { sheet, shows_hidden: choices.hidden, spread, mended: mended.collect() }
    }

    pub(super) fn rows(&self) -> usize {
        self.sheet.cells.len()
    }

    pub(super) fn columns(&self, row: usize) -> usize {
        self.sheet.cells.get(row).map_or(0, Vec::len)
    }

    /// What stands in the cell itself.
    pub(super) fn cell(&self, row: usize, column: usize) -> &Cell {
        if !self.mended.is_empty()
            && let Some(cell) = self.mended.get(&(row, column))
        {
            return cell;
        }
        self.sheet.cells.get(row).and_then(|row| row.get(column)).unwrap_or(&EMPTY)
    }

    /// Where what holds for a cell stands: the first of those merged with it.
    pub(super) fn origin(&self, row: usize, column: usize) -> (usize, usize) {
        if self.spread.is_empty() {
            return (row, column);
        }
        self.spread.get(&(row, column)).copied().unwrap_or((row, column))
    }

    /// What holds for a cell.
    pub(super) fn spread(&self, row: usize, column: usize) -> &Cell {
        let (row, column) = self.origin(row, column);
        self.cell(row, column)
    }

    /// Whether a cell is the first of several rows that are merged.
    pub(super) fn holds_below(&self, row: usize, column: usize) -> bool {
        !self.spread.is_empty() && self.spread.get(&(row + 1, column)) == Some(&(row, column))
    }

    pub(super) fn is_row_hidden(&self, row: usize) -> bool {
        !self.shows_hidden && self.sheet.hidden_rows.contains(&row)
    }

    pub(super) fn is_column_hidden(&self, column: usize) -> bool {
        !self.shows_hidden && self.sheet.hidden_columns.contains(&column)
    }
}

/// The words of a cell, without making any where they stand already.
pub(super) fn words(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(words) | Cell::Number(words) => Cow::Borrowed(words.trim()),
        Cell::Empty => Cow::Borrowed(""),
        other => Cow::Owned(other.words()),
    }
}
