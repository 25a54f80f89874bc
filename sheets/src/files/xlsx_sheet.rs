//! Owns a sheet of an XLSX: cells, what is hidden, what is merged, in one pass.
//!
//! Invariant: a cell without a place follows the one before. Hidden is a row or column that is
//! marked so, filtered away, or of no height or width.

use super::decimal::Decimal;
use super::format::{self, Format};
use super::grid::{Grid, text};
use super::xlsx::{Context, item_words};
use super::xml::{self, Event, Xml, attribute, broken, is_set};
use crate::error::SheetError;
use crate::import::sheet::{Cell, Sheet};
use quick_xml::events::BytesStart;

/// What a `c` says before its value.
#[derive(Default)]
struct Place {
    column: usize,
    row: usize,
    style: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Words,
    Inline,
    Truth,
    Error,
    Day,
}

/// Reads a sheet.
///
/// # Errors
/// It is damaged or over the bounds.
pub(super) fn read(mut xml: Xml<'_>, context: &Context) -> Result<Sheet, SheetError> {
    let (mut grid, mut buffer, mut words) = (Grid::default(), Vec::new(), String::new());
    let (mut row, mut column) = (0usize, 0usize);
    let (mut is_sheet, mut is_first_row) = (false, true);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "c" => {
                    let place = place(&e, (row, column))?;
                    column = place.column + 1;
                    let cell = cell(&mut xml, &mut buffer, &mut words, &place, context)?;
                    grid.put(place.row, place.column, cell)?;
                }
                "row" => {
                    let number = attribute(&e, "r");
                    row = match number {
                        Some(number) => whole(&number)?.checked_sub(1).ok_or(broken_sheet())?,
                        None if is_first_row => 0,
                        None => row + 1,
                    };
                    (column, is_first_row) = (0, false);
                    if is_hidden(&e, "ht") {
                        grid.hide_row(row);
                    }
                }
                "col" if is_hidden(&e, "width") => {
                    let end = |name| attribute(&e, name).and_then(|n| n.parse::<usize>().ok());
                    if let (Some(from @ 1..), Some(to @ 1..)) = (end("min"), end("max")) {
                        grid.hide_columns(from - 1, to - 1);
                    }
                }
                "mergeCell" => {
                    let range = attribute(&e, "ref").unwrap_or_default();
                    if let Some((start, end)) = range.split_once(':') {
                        let (start, end) = (reference(start)?, reference(end)?);
                        grid.merge((start.0, end.0), (start.1, end.1))?;
                    }
                }
                "worksheet" => is_sheet = true,
                _ => {}
            },
            Event::Eof if is_sheet => return grid.finish(),
            Event::Eof => return Err(SheetError::Unreadable),
            _ => {}
        }
    }
}

fn broken_sheet() -> SheetError {
    SheetError::Unreadable
}

fn whole(text: &str) -> Result<usize, SheetError> {
    text.parse::<u32>().ok().and_then(|n| usize::try_from(n).ok()).ok_or(SheetError::Unreadable)
}

fn is_hidden(element: &BytesStart<'_>, size: &str) -> bool {
    is_set(attribute(element, "hidden").as_deref())
        || attribute(element, size)
            .and_then(|size| Decimal::parse(&size))
            .is_some_and(|size| size.sign() == std::cmp::Ordering::Equal)
}

/// `B12` is row 11, column 1.
fn reference(text: &str) -> Result<(usize, usize), SheetError> {
    let (mut column, mut row) = (0usize, 0usize);
    for byte in text.bytes().filter(|byte| *byte != b'$') {
        let next = match byte {
            b'A'..=b'Z' if row == 0 => (column * 26 + usize::from(byte - b'A') + 1, row),
            b'a'..=b'z' if row == 0 => (column * 26 + usize::from(byte - b'a') + 1, row),
            b'0'..=b'9' => (column, row * 10 + usize::from(byte - b'0')),
            _ => return Err(SheetError::Unreadable),
        };
        (column, row) = next;
        if column > 1_000_000 || row > 100_000_000 {
            return Err(SheetError::Unreadable);
        }
    }
    match (row.checked_sub(1), column.checked_sub(1)) {
        (Some(row), Some(column)) => Ok((row, column)),
        _ => Err(SheetError::Unreadable),
    }
}

fn place(element: &BytesStart<'_>, next: (usize, usize)) -> Result<Place, SheetError> {
    let mut place = Place { row: next.0, column: next.1, ..Place::default() };
    let mut attributes = element.attributes();
    for found in attributes.with_checks(false).flatten() {
        match found.key.as_ref() {
            "r" => (place.row, place.column) = reference(&found.value)?,
            "s" => place.style = found.value.parse().unwrap_or(0),
            "t" => {
                place.kind = match found.value.as_ref() {
                    "s" => Kind::Shared,
                    "str" => Kind::Words,
                    "inlineStr" => Kind::Inline,
                    "b" => Kind::Truth,
                    "e" => Kind::Error,
                    "d" => Kind::Day,
                    "n" => Kind::Number,
                    _ => return Err(SheetError::Unreadable),
                };
            }
            _ => {}
        }
    }
    Ok(place)
}

/// What stands in a cell, up to its end.
fn cell(
    xml: &mut Xml<'_>,
    buffer: &mut Vec<u8>,
    words: &mut String,
    place: &Place,
    context: &Context,
) -> Result<Cell, SheetError> {
    let (mut depth, mut is_value) = (1usize, false);
    let (mut has_formula, mut has_value, mut is_inline) = (false, false, false);
    words.clear();
    while depth > 0 {
        buffer.clear();
        match xml.read_event_into(buffer).map_err(broken)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "is" => {
                    is_inline = true;
                    item_words(xml, buffer, words)?;
                }
                name => {
                    is_value = name == "v" && depth == 1;
                    has_value |= is_value;
                    has_formula |= name == "f" && depth == 1;
                    depth += 1;
                }
            },
            Event::End(_) => {
                depth -= 1;
                is_value = false;
            }
            Event::Text(more) if is_value => xml::add(words, &more.xml10_content()),
            Event::CData(more) if is_value => xml::add(words, &more.xml10_content()),
            Event::GeneralRef(reference) if is_value => xml::add_reference(words, &reference),
            Event::Eof => return Err(SheetError::Unreadable),
            _ => {}
        }
    }
    let is_missing = !has_value || (words.is_empty() && place.kind != Kind::Words);
    if has_formula && (is_missing || (context.is_uncomputed && words == "0")) {
        return Ok(Cell::NotComputed);
    }
    if is_inline {
        return Ok(text(&xml::unescape_units(words)));
    }
    Ok(match place.kind {
        Kind::Number => number(words.trim(), place.style, context),
        Kind::Shared if words.trim().is_empty() => Cell::Empty,
        Kind::Shared => {
            let shared = context.words.get(whole(words.trim())?).ok_or(SheetError::Unreadable)?;
            if shared.is_empty() { Cell::Empty } else { Cell::Text(shared.clone()) }
        }
        Kind::Words | Kind::Inline => text(&xml::unescape_units(words)),
        Kind::Truth if words.trim().is_empty() => Cell::Empty,
        Kind::Truth => Cell::Truth(is_set(Some(words.trim())) || words.trim() == "TRUE"),
        Kind::Error => Cell::Error(super::grid::clean(words)),
        Kind::Day if words.trim().is_empty() => Cell::Empty,
        Kind::Day => format::iso_date(words.trim()),
    })
}

fn number(words: &str, style: usize, context: &Context) -> Cell {
    if words.is_empty() {
        return Cell::Empty;
    }
    let format = context.formats.get(style).map_or(&Format::Plain, |format| format);
    // Most cells are whole numbers, written as they are shown.
    let is_whole =
        words.len() < 15 && !words.starts_with('0') && words.bytes().all(|b| b.is_ascii_digit());
    if is_whole && *format == Format::Plain {
        return Cell::Number(words.to_owned());
    }
    match Decimal::parse(words) {
        Some(number) => format::cell(number, format, context.is_1904),
        None => text(words),
    }
}
