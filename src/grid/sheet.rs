//! Owns what a grid shows: rows, columns, cells and totals, all exact whole numbers.
//!
//! Invariant: cells stand row by row, as many in each as there are columns; a total is the sum
//! of what is shown above it, or nothing. Deliberately absent: what a cell stands for (the page
//! that makes the sheet knows) and the browser.

use super::range::{At, Range};
use crate::numbers;
use shapan_engine::{ParamPath, PopulationId, Unit, Year};

/// What the numbers of a column count, and how they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What they count; says the bounds too.
    pub unit: Unit,
    /// Decimals of the unit shown: fen in 万元 have 6.
    pub power: u32,
    /// What the unit shown is called.
    pub name: String,
}

/// What a column is of, so that heads of other tables can mean it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Means {
    /// The autumn or fiscal year it is of.
    pub year: Option<Year>,
    /// The population whose heads it holds.
    pub heads: Option<PopulationId>,
    /// The parameter whose amounts it holds.
    pub amounts: Option<ParamPath>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub name: String,
    /// Other names a pasted header may give it.
    pub aliases: Vec<String>,
    /// What stands over it and its neighbours of the same band; empty for nothing.
    pub band: String,
    /// What its numbers count.
    pub measure: Measure,
    /// Whether its numbers add up to something.
    pub adds: bool,
    /// What it is of.
    pub means: Means,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// Other names a pasted first column may give it, such as those in other languages.
    pub aliases: Vec<String>,
    /// The group it belongs to; empty for none.
    pub group: String,
    /// Whether it stands apart from the others and is part of no total.
    pub is_apart: bool,
    /// The place of the region it is, in the plan.
    pub region: Option<usize>,
}

/// How a cell's number came there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum State {
    /// Nothing can stand here.
    #[default]
    Nothing,
    /// A number of its own, or none yet.
    Own,
    /// A number that holds here because nothing else was said; typing replaces it.
    Followed,
    /// A year's number whose two semesters differ; typing makes both the same.
    Halves,
    /// A number that is computed: it cannot be typed.
    Computed,
}

/// A cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Its number, in the unit of its column.
    pub value: Option<i64>,
    /// How it came there.
    pub state: State,
}

impl Cell {
    /// A number of its own, or room for one.
    pub fn own(value: Option<i64>) -> Self {
        Self { value, state: State::Own }
    }

    /// A number that follows from elsewhere and may be replaced.
    pub fn followed(value: Option<i64>) -> Self {
        Self { value, state: State::Followed }
    }

    /// A year's number whose two semesters differ.
    pub fn halves(value: Option<i64>) -> Self {
        Self { value, state: State::Halves }
    }

    /// A computed number.
    pub fn computed(value: Option<i64>) -> Self {
        Self { value, state: State::Computed }
    }

    /// Whether something may be typed here.
    pub fn is_editable(self) -> bool {
        matches!(self.state, State::Own | State::Followed | State::Halves)
    }
}

/// A number for a cell, or none: an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Write {
    /// Which cell.
    pub at: At,
    /// The number, in the unit of the column; none clears the cell.
    pub value: Option<i64>,
}

/// All that a grid shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What the rows are, over their names.
    pub corner: String,
    /// From left to right.
    pub columns: Vec<Column>,
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// Row by row.
    pub cells: Vec<Cell>,
    /// What the row of totals is called, if there is one.
    pub total: Option<String>,
    /// What the column of totals is called, if there is one.
    pub row_total: Option<String>,
}

impl Sheet {
    /// The cell at a place; an empty one outside.
    pub fn cell(&self, at: At) -> Cell {
        let inside = at.row < self.rows.len() && at.col < self.columns.len();
        if inside { self.cells[at.row * self.columns.len() + at.col] } else { Cell::default() }
    }

    /// A cell's number as it is shown.
    pub fn text(&self, at: At) -> String {
        self.cell(at).value.map_or_else(String::new, |value| {
            numbers::exact(value, self.columns[at.col].measure.power)
        })
    }

    /// A cell's number as it is typed.
    pub fn plain(&self, at: At) -> String {
        self.cell(at).value.map_or_else(String::new, |value| {
            numbers::plain(value, self.columns[at.col].measure.power)
        })
    }

    /// The sum of a column; none where it adds up to nothing, or does not fit.
    pub fn column_total(&self, col: usize) -> Option<i64> {
        let rows = self.rows.iter().enumerate().filter(|(_, row)| !row.is_apart);
        let cells = rows.map(|(row, _)| self.cell(At { row, col }).value);
        self.columns[col].adds.then(|| sum(cells)).flatten()
    }

    /// The sum of a row over the columns that add up.
    pub fn row_total(&self, row: usize) -> Option<i64> {
        let columns = self.columns.iter().enumerate().filter(|(_, column)| column.adds);
        sum(columns.map(|(col, _)| self.cell(At { row, col }).value))
    }

    /// The sum of all.
    pub fn grand_total(&self) -> Option<i64> {
        let columns = (0..self.columns.len()).filter(|col| self.columns[*col].adds);
        sum(columns.map(|col| self.column_total(col)))
    }

    /// A range as other spreadsheets take it: plain numbers, tabs and line breaks.
    pub fn copied(&self, range: Range) -> String {
        let line = |row| {
            let cells = range.cols().map(|col| self.plain(At { row, col }));
            cells.collect::<Vec<_>>().join("\t")
        };
        range.rows().map(line).collect::<Vec<_>>().join("\r\n")
    }
}

/// None where there is no number, or where they do not add up in 64 bits.
fn sum(values: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    values
        .flatten()
        .try_fold(None, |sum: Option<i64>, value| sum.unwrap_or(0).checked_add(value).map(Some))?
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two regions, a common row above them, two years of people and a share.
    pub(in crate::grid) fn sheet() -> Sheet {
        let people = Measure { unit: Unit::Count, power: 0, name: "人".into() };
        let column = |name: &str, measure: &Measure, adds| Column {
            name: name.into(),
            aliases: vec![format!("{name}年")],
            band: String::new(),
            measure: measure.clone(),
            adds,
            means: Means::default(),
        };
        let share = Measure { unit: Unit::Share, power: 4, name: "%".into() };
        let row = |name: &str, is_apart| Row { name: name.into(), is_apart, ..Row::default() };
        let own = |v| Cell::own(Some(v));
        Sheet {
            corner: "地区".into(),
            columns: vec![
                column("2011", &people, true),
                column("2012", &people, true),
                column("占比", &share, false),
            ],
            rows: vec![row("共同", true), row("泰山区", false), row("岱岳区", false)],
            cells: vec![
                Cell::default(),
                Cell::default(),
                own(50_000),
                own(1_234),
                Cell::own(None),
                Cell::followed(Some(50_000)),
                own(1_000_000),
                Cell::computed(Some(7)),
                own(65_500),
            ],
            total: Some("合计".into()),
            row_total: Some("两年".into()),
        }
    }

    #[test]
    fn totals_are_the_sums_of_what_is_shown_and_leave_out_what_stands_apart() {
        let sheet = sheet();
        assert_eq!(sheet.column_total(0), Some(1_001_234));
        assert_eq!(sheet.column_total(1), Some(7));
        assert_eq!(sheet.column_total(2), None, "shares add up to nothing");
        assert_eq!(sheet.row_total(2), Some(1_000_007));
        assert_eq!(sheet.row_total(0), None);
        assert_eq!(sheet.grand_total(), Some(1_001_241));
        let mut large = sheet;
        large.cells[3] = Cell::own(Some(i64::MAX));
        assert_eq!(large.column_total(0), None, "what does not fit is no total");
    }

    #[test]
    fn what_is_copied_is_plain_numbers_between_tabs() {
        let range = Range { anchor: At { row: 2, col: 2 }, head: At { row: 1, col: 0 } };
        assert_eq!(sheet().copied(range), "1234\t\t5\r\n1000000\t7\t6.55");
    }
}
