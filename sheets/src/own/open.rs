//! Owns telling our own files apart, before they are read as tables of others.

use super::{Returned, people, workbook};
use crate::error::SheetError;
use crate::import::sheet::Sheet;
use shapan_engine::Plan;

/// What differs in a file that is our own workbook; nothing of another file.
///
/// # Errors
/// [`SheetError::NewerExport`], [`SheetError::NoOutcome`].
pub fn in_bytes(plan: &Plan, bytes: &[u8]) -> Result<Option<Returned>, SheetError> {
    workbook::read(plan, bytes)
}

/// What differs in a sheet that is a table of ours; nothing of another table.
///
/// # Errors
/// [`SheetError::NewerExport`], [`SheetError::NoOutcome`].
pub fn in_sheet(plan: &Plan, sheet: &Sheet) -> Result<Option<Returned>, SheetError> {
    let found = people::recognise(plan, sheet)?;
    found.map_or(Ok(None), |found| people::compare(plan, sheet, &found))
}
