//! Owns what goes to spreadsheets and comes from them, on the page's side: buttons, words, and the
//! preview of a table before it is taken over.
//!
//! The program that reads and writes these files is another one (`sheets/`), asked through
//! `worker` and loaded only then. `source` is a file or pasted block as it came, `tables` what is
//! looked at, `dialog` and `preview` how it is shown, `slices` rows that scroll into view.
//!
//! Invariant: a table changes the plan in one step, once the reader has seen what it brings.
//! Deliberately absent: formats, formulas, and what a table means.

mod dialog;
mod export;
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
        SheetError::NotATable => w.not_a_table.to_owned(),
        SheetError::Unreadable => w.unreadable.to_owned(),
        SheetError::Empty => w.empty.to_owned(),
        SheetError::Refused { what } => fill(w.refused, &[what]),
    }
}
