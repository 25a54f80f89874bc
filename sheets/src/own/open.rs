//! Owns telling our own files apart, before they are read as tables of others.

use super::{Returned, people, workbook};
use crate::error::SheetError;
use crate::files::Opened;
use shapan_engine::Plan;

/// What differs in a file that is our own; nothing of another file.
///
/// # Errors
/// [`SheetError::NewerExport`] where a newer app wrote it, [`SheetError::NoOutcome`] where the
/// plan comes to nothing it could be compared with; and what the reader of files says.
pub fn look(plan: &Plan, opened: &mut Opened) -> Result<Option<Returned>, SheetError> {
    if let Some(returned) = workbook::read(plan, opened)? {
        return Ok(Some(returned));
    }
    // A table stays one where a spreadsheet saved it in another format.
    let first = opened.overview().first;
    let sheet = opened.sheet(first)?;
    let found = people::recognise(plan, &sheet)?;
    found.map_or(Ok(None), |found| people::compare(plan, &sheet, &found))
}
