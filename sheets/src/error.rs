//! Owns what can go wrong with spreadsheets, as fields the page has words for.

use serde::{Deserialize, Serialize};

/// Why there is no spreadsheet, or nothing was read from one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum SheetError {
    /// What was asked is no request, or of another version of the app.
    #[error("not a request")]
    NotARequest,
    /// The plan could not be read again.
    #[error("the plan: {what}")]
    NotAPlan {
        /// What the reader of files said.
        what: String,
    },
    /// A scenario has no outcome.
    #[error("no outcome: {what}")]
    NoOutcome {
        /// What the engine said.
        what: String,
    },
    /// More rows than a spreadsheet should hold.
    #[error("{rows} rows, more than {most}")]
    TooManyRows {
        /// How many there would be.
        rows: usize,
        /// How many there may be.
        most: usize,
    },
    /// A number beyond the 15 digits that spreadsheets compute exactly.
    #[error("a number beyond what spreadsheets compute exactly")]
    BeyondDigits,
    /// The file is larger than is read.
    #[error("{megabytes} MB are more than is read")]
    TooLarge {
        /// How large a file may be.
        megabytes: usize,
    },
    /// Unpacked, the file would be many times its size.
    #[error("unpacks to more than {megabytes} MB")]
    Bomb {
        /// How much may be unpacked.
        megabytes: usize,
    },
    /// More rows, columns or characters than are read.
    #[error("more than {rows} rows or {columns} columns")]
    TooWide {
        /// How many rows are read.
        rows: usize,
        /// How many columns.
        columns: usize,
    },
    /// Not a table: neither a workbook nor text in UTF-8 or GB 18030.
    #[error("not a table")]
    NotATable,
    /// A workbook that is locked or damaged.
    #[error("the workbook cannot be read")]
    Unreadable,
    /// An export of a newer app.
    #[error("an export of version {version}, newer than {known}")]
    NewerExport {
        /// Its version.
        version: u32,
        /// The newest that is read.
        known: u32,
    },
    /// There is nothing in it.
    #[error("empty")]
    Empty,
    /// The format refused.
    #[error("{what}")]
    Refused {
        /// What it said.
        what: String,
    },
}
