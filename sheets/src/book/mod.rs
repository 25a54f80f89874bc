//! Owns a spreadsheet as a value: sheets of cells with formulas, before anything is written.
//!
//! Invariant: a cell is written once; texts are texts and never formulas. Deliberately absent:
//! what a plan is (`workbook`), and the file format (`write`).

mod write;

pub(crate) use write::to_xlsx;

use crate::error::SheetError;

/// A number as whole units and the decimals they stand for: 12345 with 2 is 123.45.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// In the last decimal.
    pub value: i64,
    /// How many decimals.
    pub decimals: u32,
}

impl Number {
    /// Whole things.
    pub fn whole(value: impl Into<i64>) -> Self {
        Self { value: value.into(), decimals: 0 }
    }

    /// Written out exactly; spreadsheets keep the nearest they can.
    pub fn text(self) -> String {
        if self.decimals == 0 {
            return self.value.to_string();
        }
        let unit = 10u64.pow(self.decimals);
        let sign = if self.value < 0 { "-" } else { "" };
        let (whole, rest) = (self.value.unsigned_abs() / unit, self.value.unsigned_abs() % unit);
        let width = usize::try_from(self.decimals).unwrap_or(0);
        format!("{sign}{whole}.{rest:0width$}")
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Words, never read as a formula.
    Text(String),
    /// A number.
    Number(Number),
    /// A formula without `=`, and what it comes to where that is known already.
    Formula(String, Option<Number>),
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shown {
    /// As it is.
    #[default]
    Plain,
    /// Whole things, grouped.
    Whole,
    /// Money with two decimals, grouped.
    Money,
    /// A share as per cent.
    Percent,
}

/// What a cell is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// Something computed or named.
    #[default]
    Body,
    /// A number to change.
    Input,
    /// A sum.
    Total,
    /// The head of a column.
    Head,
    /// The title of a sheet.
    Title,
    /// A title within a sheet.
    Section,
    /// Small print.
    Note,
    /// What formulas need and nobody reads.
    Helper,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// What it is for.
    pub part: Part,
    /// How its number is shown.
    pub shown: Shown,
}

/// A cell with its place, both counted from 0.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Which row.
    pub row: u32,
    /// Which column.
    pub col: u16,
    /// What stands there.
    pub content: Content,
    /// How it looks.
    pub look: Look,
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What it is called: at most 31 characters, none of `[]:*?/\`.
    pub name: String,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Widths of the first columns, in characters.
    pub widths: Vec<u16>,
    /// Rows and columns that stay in view.
    pub frozen: (u32, u16),
    /// The heads of columns, repeated on each printed page: first and last row.
    pub repeated: Option<(u32, u32)>,
    /// Columns folded away: first and last.
    pub folded: Option<(u16, u16)>,
    /// Whether it is for this program alone: spreadsheets do not show it, nor offer to.
    pub is_hidden: bool,
}

impl Sheet {
    /// An empty one.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    fn put(&mut self, (row, col): (u32, u16), content: Content, look: Look) {
        self.cells.push(Cell { row, col, content, look });
    }

    /// Words; nothing where there are none.
    pub fn text(&mut self, at: (u32, u16), part: Part, words: &str) {
        if !words.is_empty() {
            let look = Look { part, shown: Shown::Plain };
            self.put(at, Content::Text(words.to_owned()), look);
        }
    }

    /// A row of heads of columns.
    pub fn heads<'a>(&mut self, row: u32, words: impl IntoIterator<Item = &'a str>) {
        for (col, words) in (0u16..).zip(words) {
            self.text((row, col), Part::Head, words);
        }
    }

    /// A number.
    pub fn number(&mut self, at: (u32, u16), part: Part, shown: Shown, number: Number) {
        self.put(at, Content::Number(number), Look { part, shown });
    }

    /// A formula, and what it comes to where that is known.
    pub fn formula(
        &mut self,
        at: (u32, u16),
        part: Part,
        shown: Shown,
        formula: String,
        value: Option<Number>,
    ) {
        self.put(at, Content::Formula(formula, value), Look { part, shown });
    }
}

/// A workbook.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Its title.
    pub title: String,
    /// Who or what made it.
    pub made_by: String,
    /// The page of how many, with places `&P` and `&N`.
    pub footer: String,
    /// Properties of its own, by name: what the file is, for whoever looks at its properties.
    pub properties: Vec<(&'static str, String)>,
    /// Its sheets in order.
    pub sheets: Vec<Sheet>,
}

impl Book {
    /// The file.
    ///
    /// # Errors
    /// [`SheetError::Refused`] where the format cannot hold it.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, SheetError> {
        to_xlsx(self)
    }
}

/// The letters of a column.
pub(crate) fn letters(col: u16) -> String {
    let mut rest = u32::from(col) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0); // below 26
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A cell's address, such as `H5`.
pub(crate) fn at(row: u32, col: u16) -> String {
    format!("{}{}", letters(col), row + 1)
}

/// A cell's address on another sheet.
pub(crate) fn on(sheet: &str, row: u32, col: u16) -> String {
    format!("'{}'!{}", sheet.replace('\'', "''"), at(row, col))
}

/// Rows of a column on another sheet, last included, that stay where the formula is copied.
pub(crate) fn rows_on(sheet: &str, (first, last): (u32, u32), col: u16) -> String {
    let letters = letters(col);
    let sheet = sheet.replace('\'', "''");
    format!("'{sheet}'!${letters}${}:${letters}${}", first + 1, last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_out_to_their_last_decimal() {
        for (value, decimals, text) in
            [(12_345, 2, "123.45"), (-5, 2, "-0.05"), (7, 0, "7"), (600_000, 6, "0.600000")]
        {
            assert_eq!(Number { value, decimals }.text(), text);
        }
    }

    #[test]
    fn columns_have_letters() {
        for (col, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(col), name);
        }
        assert_eq!(on("it's", 4, 7), "'it''s'!H5");
        assert_eq!(rows_on("a", (4, 9), 1), "'a'!$B$5:$B$10");
    }
}
