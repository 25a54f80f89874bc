//! Owns what can go wrong with spreadsheets, as fields the page has words for.

use crate::import::MOST_MEGABYTES;
use crate::import::sheet::{Encoding, Foreign};
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
        megabytes: u32,
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
    /// More cells or words than are read.
    #[error("more than {cells} cells or {megabytes} MB of words")]
    TooMuch {
        /// How many cells are read.
        cells: usize,
        /// How many megabytes of words.
        megabytes: usize,
    },
    /// A file of another kind.
    #[error("not a spreadsheet: {what:?}")]
    Foreign {
        /// What it is.
        what: Foreign,
    },
    /// A workbook with a password.
    #[error("locked")]
    Locked,
    /// Text in no encoding that is recognised: the reader may choose one.
    #[error("unknown encoding")]
    UnknownEncoding,
    /// Text that is not in the encoding the reader chose.
    #[error("not in {encoding:?}")]
    NotInEncoding {
        /// What was chosen.
        encoding: Encoding,
    },
    /// Not a table: neither a workbook nor text.
    #[error("not a table")]
    NotATable,
    /// A workbook that is damaged.
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

impl SheetError {
    /// Of a file that is larger than is read.
    pub fn too_large() -> Self {
        Self::TooLarge { megabytes: MOST_MEGABYTES }
    }
}
