//! Owns what the page asks of this program, and in what words: JSON, with bytes beside it.
//!
//! Invariant: page and worker are built together, yet either may be an older copy in a browser's
//! cache: what is not understood is an error, never a guess.

use crate::import::sheet::{Encoding, Overview};
use crate::import::{Choices, Fault, RowRead};
use crate::own::Returned;
use serde::{Deserialize, Serialize};

/// In what sums of money are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoneyUnit {
    /// 元
    #[default]
    Yuan,
    /// 万元
    Wan,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
// Not tagged within: columns and rows by their number would not be read back.
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// The workbook of a plan (the text beside it) under a scenario.
    Workbook {
        /// Which scenario.
        scenario: String,
        /// What it is compared with.
        base: String,
        /// The tag of the language.
        lang: String,
        /// In what sums are shown.
        unit: MoneyUnit,
        /// When it is made, as people write it.
        saved_at: String,
    },
    /// A table of a plan (the text beside it) as CSV.
    Csv {
        /// Which table.
        table: CsvTable,
        /// Under which scenario.
        scenario: String,
        /// The tag of the language.
        lang: String,
    },
    /// Keeps a plan (the text beside it) for what is asked next; nothing is answered.
    Plan,
    /// Opens a file (the bytes beside it) and keeps it: an [`Opening`] in JSON.
    Open {
        /// How its text is encoded, where the reader says so.
        encoding: Option<Encoding>,
    },
    /// Reads a sheet of the kept file against the kept plan and keeps the reading: its
    /// [`Summary`](crate::import::Summary) in JSON.
    Look {
        /// Which sheet, counted from 0.
        sheet: usize,
        /// What the reader chose.
        choices: Box<Choices>,
    },
    /// Rows of the reading, in JSON: a list of [`RowShown`].
    Rows {
        /// The first, counted from 0 below the head.
        from: usize,
        /// How many.
        count: usize,
    },
    /// Changes of the reading, then those that wait, in JSON: a list of
    /// [`Change`](crate::import::Change).
    Changes {
        /// The first, counted from 0.
        from: usize,
        /// How many.
        count: usize,
    },
    /// All changes of the reading that come in, in JSON.
    Take,
}

/// What a file turns out to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// One with tables.
    Tables(Overview),
    /// One of our own: what was changed in it since it was exported.
    Own(Box<Returned>),
}

/// A row of the table as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowShown {
    /// What became of it.
    pub read: RowRead,
    /// Its cells in words, those of the table's columns.
    pub cells: Vec<String>,
    /// What is wrong in it.
    pub faults: Vec<Fault>,
}

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CsvTable {
    /// Every sum of payments by programme, region, year and source.
    Payments,
    /// Heads of every population by region and autumn.
    People,
}
