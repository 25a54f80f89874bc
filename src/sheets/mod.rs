//! Owns what goes to spreadsheets and comes from them, on the page's side: buttons, words, and the
//! preview of a table before it is taken over.
//!
//! The program that reads and writes these files is another one (`sheets/`), asked through
//! `worker` and loaded only then. `source` is a file or pasted block as it came, `tables` what is
//! looked at, `dialog`, `preview` and `own` how it is shown, `slices` rows that scroll into view.
//!
//! Invariant: a table changes the plan in one step, once the reader has seen what it brings.
//! Deliberately absent: formats, formulas, and what a table means.

mod dialog;
mod export;
mod own;
mod preview;
mod slices;
mod source;
mod tables;
mod worker;

pub use dialog::TableDialog;
pub use export::Exports;
pub use source::Source;
pub use tables::{PastedBlock, Tables, provide_tables};

use crate::words::{Words, fill};
use shapan_sheets::error::SheetError;
use shapan_sheets::import::sheet::{Encoding, Foreign};
use worker::Failure;

/// Why there is no file, or nothing was read.
fn failure(w: &Words, failure: &Failure) -> String {
    let w = w.sheets;
    let error = match failure {
        Failure::Missing => return w.missing.to_owned(),
        Failure::Crashed => return w.crashed.to_owned(),
        Failure::Refused(error) => error,
    };
    match error {
        SheetError::NotARequest | SheetError::NotAPlan { .. } => w.other_version.to_owned(),
        SheetError::NoOutcome { .. } => w.no_outcome.to_owned(),
        SheetError::TooManyRows { rows, most } => {
            fill(w.too_many_rows, &[&rows.to_string(), &most.to_string()])
        }
        SheetError::BeyondDigits => w.beyond_digits.to_owned(),
        SheetError::TooLarge { megabytes } => fill(w.too_large, &[&megabytes.to_string()]),
        SheetError::Bomb { megabytes } => fill(w.bomb, &[&megabytes.to_string()]),
        SheetError::TooWide { rows, columns } => {
            fill(w.too_wide, &[&rows.to_string(), &columns.to_string()])
        }
        SheetError::TooMuch { cells, megabytes } => {
            fill(w.too_much, &[&cells.to_string(), &megabytes.to_string()])
        }
        SheetError::Foreign { what } => match what {
            Foreign::Pdf => w.foreign_pdf,
            Foreign::Document => w.foreign_document,
            Foreign::Slides => w.foreign_slides,
            Foreign::Image => w.foreign_image,
            Foreign::Archive => w.foreign_archive,
            Foreign::Json => w.foreign_json,
            Foreign::OldXml => w.foreign_old_xml,
            Foreign::Xml => w.foreign_xml,
            Foreign::WebArchive => w.foreign_web_archive,
        }
        .to_owned(),
        SheetError::NewerExport { version, known } => {
            fill(w.newer_export, &[&version.to_string(), &known.to_string()])
        }
        SheetError::Locked => w.locked.to_owned(),
        SheetError::UnknownEncoding => w.unknown_encoding.to_owned(),
        SheetError::NotInEncoding { encoding } => {
            fill(w.not_in_encoding, &[encoding_name(*encoding)])
        }
        SheetError::NotATable => w.not_a_table.to_owned(),
        SheetError::Unreadable => w.unreadable.to_owned(),
        SheetError::Empty => w.empty.to_owned(),
        SheetError::Refused { what } => fill(w.refused, &[what]),
    }
}

/// What an encoding is called; the same in all languages.
fn encoding_name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16 => "UTF-16",
        Encoding::Gb18030 => "GB 18030",
        Encoding::Big5 => "Big5",
    }
}
