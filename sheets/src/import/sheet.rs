//! Owns a sheet as it stands in a file, before anything is known of what it means.
//!
//! Invariant: a cell says what the file says and nothing is guessed: a number is the decimal the
//! reader sees in the spreadsheet, never a float. Deliberately absent: formats of files (`files`,
//! only in the worker), and tables within a sheet (`tables`).

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words, cleaned of control characters; lines of a cell are apart by `\n`. Of CSV, HTML and a
    /// pasted block every cell is words. So is a number whose format adds words (`3.25万`), and one
    /// that is shown scaled without a word (`12345 [#,##0,]`), which is no number on purpose.
    Text(String),
    /// A number as a plain decimal (`-1234.5`), as the spreadsheet shows it: float noise beyond 15
    /// significant digits is gone.
    Number(String),
    /// A number that is shown as per cent, in per cent: 12.5 is 12.5 %.
    Percent(String),
    /// A day.
    Date {
        /// Its year.
        year: i32,
        /// Its month, 1 to 12.
        month: u8,
        /// Its day, 1 to 31.
        day: u8,
    },
    /// True or false.
    Truth(bool),
    /// An error such as `#REF!`.
    Error(String),
    /// A formula whose result is not stored: the file was written by a program that does not
    /// compute.
    NotComputed,
}

impl Cell {
    /// The words of the cell, as the reader sees them.
    pub fn words(&self) -> String {
        match self {
            Self::Empty | Self::NotComputed => String::new(),
            Self::Text(words) | Self::Error(words) | Self::Number(words) => words.clone(),
            Self::Percent(number) => format!("{number}%"),
            Self::Date { year, month, day } => format!("{year}-{month:02}-{day:02}"),
            Self::Truth(is_true) => is_true.to_string(),
        }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(words) => words.trim().is_empty(),
            _ => false,
        }
    }
}

/// Cells that are one: rows and columns from and to, both counted from 0 and included. What stands
/// there stands in the first; the others are empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// First and last row.
    pub rows: (usize, usize),
    /// First and last column.
    pub columns: (usize, usize),
}

/// A cell so far from the others that it belongs to no table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FarCell {
    /// Its row, counted from 0.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// What stands in it.
    pub cell: Cell,
}

/// One sheet of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its cells row by row from the first; rows may be of different lengths.
    pub cells: Vec<Vec<Cell>>,
    /// What is merged.
    pub merged: Vec<Merged>,
    /// Rows that the spreadsheet hides.
    pub hidden_rows: BTreeSet<usize>,
    /// Columns that the spreadsheet hides.
    pub hidden_columns: BTreeSet<usize>,
    /// Cells with content beyond the rows and columns that are read: left out, to be shown.
    pub far: Vec<FarCell>,
}

/// What kind of file it is, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// A workbook of Excel 2007 or later, or of WPS.
    Xlsx,
    /// The same in binary.
    Xlsb,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// A workbook of LibreOffice.
    Ods,
    /// Text with commas, tabs or semicolons.
    Text,
    /// A web page with tables, whatever its name says.
    Html,
}

/// A file that holds no table, or none that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Foreign {
    /// PDF.
    Pdf,
    /// A text document of Word, WPS or LibreOffice.
    Document,
    /// A presentation.
    Slides,
    /// A picture.
    Image,
    /// An archive that is no workbook.
    Archive,
    /// JSON, such as a plan.
    Json,
    /// A spreadsheet in XML of Excel 2003.
    OldXml,
    /// Other XML.
    Xml,
    /// A web page with all its parts in one file.
    WebArchive,
}

/// How a text is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, either way round.
    Utf16,
    /// GB 18030, which holds GBK and GB 2312.
    Gb18030,
    /// Big5.
    Big5,
}

/// A sheet's name, and whether the spreadsheet shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetName {
    /// What it is called; empty where a file has no names.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// What is known of a file before a sheet is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// What kind it is.
    pub kind: FileKind,
    /// How its text is encoded, where it is text.
    pub encoding: Option<Encoding>,
    /// Its sheets in order; a text has one.
    pub sheets: Vec<SheetName>,
    /// The first sheet that is shown: where reading begins.
    pub first: usize,
}
