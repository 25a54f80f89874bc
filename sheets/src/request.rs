//! Owns what the page asks of this program, and in what words: JSON, with bytes beside it.
//!
//! Invariant: page and worker are built together, yet either may be an older copy in a browser's
//! cache: what is not understood is an error, never a guess.

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
#[serde(tag = "ask", rename_all = "kebab-case")]
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
    /// The table in a file (the bytes beside it), as a [`Table`](crate::import::Table) in JSON.
    Read {
        /// Which of its sheets, counted from 0.
        sheet: usize,
    },
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
