//! Owns the formulas of a sheet of an XLSX, which only our own workbook is looked through for:
//! where its inputs stand, and what was overwritten.
//!
//! Invariant: a formula is told with the cell it was written for; whoever asks moves it to a cell
//! that shares it. Deliberately absent: what formulas come to.

use super::xlsx_sheet::reference;
use super::xml::{self, Event, Xml, attribute, broken};
use crate::error::SheetError;
use std::collections::BTreeMap;

/// The longest text of formulas that several cells share, in bytes.
const MOST_SHARED: usize = 8 * 1024 * 1024;

/// A formula in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// Without `=`, as it was written for another cell or this one.
    pub text: String,
    /// How many rows and columns further down and right this cell is.
    pub moved: (i64, i64),
}

/// Tells every formula of a sheet with its row and column, in their order in the file.
///
/// # Errors
/// The sheet is damaged or over the bounds.
pub(super) fn read(
    mut xml: Xml<'_>,
    each: &mut dyn FnMut((usize, usize), Formula),
) -> Result<(), SheetError> {
    let mut buffer = Vec::new();
    let mut shared: BTreeMap<String, ((usize, usize), String)> = BTreeMap::new();
    let mut bytes = 0;
    let mut at = None;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "c" => at = attribute(&e, "r").map(|place| reference(&place)).transpose()?,
                "f" => {
                    let kind = attribute(&e, "t");
                    let group = attribute(&e, "si").filter(|_| kind.as_deref() == Some("shared"));
                    let text = words(&mut xml, &mut buffer)?;
                    // A program that leaves places out writes no workbook of ours.
                    let Some(at) = at else { continue };
                    let (first, text) = match group {
                        None => (at, text),
                        Some(group) if text.is_empty() => match shared.get(&group) {
                            Some(first) => first.clone(),
                            None => continue,
                        },
                        Some(group) => {
                            bytes += text.len();
                            if bytes > MOST_SHARED {
                                return Err(super::grid::too_much());
                            }
                            shared.insert(group, (at, text.clone()));
                            (at, text)
                        }
                    };
                    let moved = (between(first.0, at.0), between(first.1, at.1));
                    each(at, Formula { text, moved });
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn between(from: usize, to: usize) -> i64 {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    number(to).saturating_sub(number(from))
}

/// The words of an element, up to its end.
fn words(xml: &mut Xml<'_>, buffer: &mut Vec<u8>) -> Result<String, SheetError> {
    let (mut words, mut depth) = (String::new(), 1usize);
    while depth > 0 {
        buffer.clear();
        match xml.read_event_into(buffer).map_err(broken)? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(text) => xml::add(&mut words, &text.xml10_content()),
            Event::CData(text) => xml::add(&mut words, &text.xml10_content()),
            Event::GeneralRef(reference) => xml::add_reference(&mut words, &reference),
            Event::Eof => return Err(SheetError::Unreadable),
            _ => {}
        }
    }
    Ok(words)
}
