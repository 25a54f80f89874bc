//! Owns telling our own files apart, before they are read as tables of others.

use super::{Returned, people, workbook};
use crate::error::SheetError;
use crate::files::Opened;
use crate::import::sheet::Sheet;
use shapan_engine::Plan;

/// What differs in a file that is our own workbook; nothing of another file.
///
/// # Errors
/// [`SheetError::NewerExport`] where a newer app wrote it, [`SheetError::NoOutcome`] where the
/// plan comes to nothing it could be compared with; and what the reader of files says.
pub fn in_workbook(plan: &Plan, opened: &mut Opened) -> Result<Option<Returned>, SheetError> {
    workbook::read(plan, opened)
}

/// What differs in a sheet that is a table of ours, in whatever kind of file a spreadsheet saved
/// it; nothing of another table.
///
/// # Errors
/// As [`in_workbook`].
pub fn in_sheet(plan: &Plan, sheet: &Sheet) -> Result<Option<Returned>, SheetError> {
    let found = people::recognise(plan, sheet)?;
    found.map_or(Ok(None), |found| people::compare(plan, sheet, &found))
}
