//! Owns tables that come in: what their columns mean, what is wrong in their cells, and the one
//! command they become.
//!
//! A table is words in rows and columns ([`read`]); [`guess`] says what each column may mean, the
//! reader may say otherwise; [`look_through`] reads every cell and tells what is wrong where.
//! Invariant: nothing is taken over that was not read without fault, and nothing is removed.
//! Deliberately absent: files (`read` is only in the worker), and the page.

mod cells;
mod command;
mod guess;
#[cfg(feature = "formats")]
pub mod read;

pub use cells::{Faulty, Found, Problem, Read, look_through};
pub use command::command;
pub use guess::guess;

use serde::{Deserialize, Serialize};
use shapan_engine::{PopulationId, Stage, Year};

/// The most rows that are read.
pub const MOST_ROWS: usize = 20_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 256;
/// The longest text of a cell, in characters; what is longer is cut.
pub const MOST_CHARS: usize = 300;
/// The largest file, in bytes.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A table as it stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The sheets of the file, where it has several.
    pub sheets: Vec<String>,
    /// Which of them this is.
    pub sheet: usize,
    /// Its cells, row by row; rows may be of different lengths.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Columns there are.
    pub fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// A cell's words; none where the row is shorter.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
    }
}

/// What a column of counts is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountUnit {
    /// 人
    #[default]
    One,
    /// 万人
    TenThousand,
}

/// What a column means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing that is taken over.
    #[default]
    Nothing,
    /// What the region is called.
    Region,
    /// The autumn counted, row by row.
    Year,
    /// Heads of a population of the plan.
    Heads(PopulationId),
    /// Heads of a population the plan does not have yet, called as the column is.
    NewPopulation(Stage),
}

/// A column and what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// What it means.
    pub meaning: Meaning,
    /// In what it counts.
    pub unit: CountUnit,
}

/// What becomes of what the plan has already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// It stays; only what is missing comes.
    #[default]
    Add,
    /// Counts that the table has too are replaced.
    Replace,
}

/// How a table is to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taking {
    /// The row with the names of the columns; data stand below.
    pub head: usize,
    /// What each column means.
    pub columns: Vec<Column>,
    /// The autumn counted, where no column says it.
    pub year: Year,
    /// What becomes of what is there.
    pub mode: Mode,
}
