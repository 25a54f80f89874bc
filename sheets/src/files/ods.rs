//! Owns workbooks of LibreOffice (ODS).
//!
//! Invariant: a value is what the file stores, and where what it shows says something else (a word
//! after it, a scale), the cell says so as `format` would. Repeated empty cells cost nothing.
//! Deliberately absent: flat XML, and drawings with tables in them.

use super::archive::{Archive, Part};
use super::decimal::Decimal;
use super::format::{iso_date, says_nothing};
use super::grid::{Grid, clean, text};
use super::xml::{self, Event, Xml, broken, exact_attribute as attribute};
use crate::error::SheetError;
use crate::import::sheet::{Cell, Sheet, SheetName};
use quick_xml::events::BytesStart;
use std::collections::BTreeSet;

const MOST_SHEETS: usize = 1_000;
const CONTENT: &str = "content.xml";

/// A workbook whose sheets are known.
pub(super) struct Ods {
    archive: Archive,
    pub(super) sheets: Vec<SheetName>,
}

/// What is no table of a sheet although it looks like one, or is seen by nobody.
const SKIPPED: [&str; 8] = [
    "table:tracked-changes",
    "table:dde-links",
    "table:shapes",
    "table:named-expressions",
    "office:forms",
    "office:annotation",
    "office:event-listeners",
    "text:ruby-text",
];

impl Ods {
    /// Reads what sheets there are.
    ///
    /// # Errors
    /// The workbook is locked or damaged.
    pub(super) fn open(mut archive: Archive) -> Result<Self, SheetError> {
        if is_locked(&mut archive)? {
            return Err(SheetError::Locked);
        }
        let (mut sheets, mut hidden, mut style) = (Vec::new(), BTreeSet::new(), String::new());
        let (mut xml, mut buffer) = (xml::reader(content(&mut archive)?), Vec::new());
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(broken)? {
                Event::Start(e) => match e.name().as_ref() {
                    "style:style" => style = attribute(&e, "style:name").unwrap_or_default(),
                    "style:table-properties"
                        if attribute(&e, "table:display").as_deref() == Some("false") =>
                    {
                        hidden.insert(style.clone());
                    }
                    "table:table" => {
                        if sheets.len() < MOST_SHEETS {
                            let name = clean(&attribute(&e, "table:name").unwrap_or_default());
                            let style = attribute(&e, "table:style-name").unwrap_or_default();
                            sheets.push(SheetName { name, hidden: hidden.contains(&style) });
                        }
                        skip(&mut xml)?;
                    }
                    name if SKIPPED.contains(&name) => skip(&mut xml)?,
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        drop(xml);
        if sheets.is_empty() { Err(SheetError::Unreadable) } else { Ok(Self { archive, sheets }) }
    }

    /// Reads a sheet.
    ///
    /// # Errors
    /// There is none, it is damaged, or it is over the bounds.
    pub(super) fn sheet(&mut self, n: usize) -> Result<Sheet, SheetError> {
        if n >= self.sheets.len() {
            return Err(SheetError::Empty);
        }
        let (mut xml, mut buffer) = (xml::reader(content(&mut self.archive)?), Vec::new());
        let mut seen = 0usize;
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(broken)? {
                Event::Start(e) => match e.name().as_ref() {
                    "table:table" => {
                        if seen == n {
                            return table(&mut xml, &mut buffer);
                        }
                        seen += 1;
                        skip(&mut xml)?;
                    }
                    name if SKIPPED.contains(&name) => skip(&mut xml)?,
                    _ => {}
                },
                Event::Eof => return Err(SheetError::Unreadable),
                _ => {}
            }
        }
    }
}

fn content(archive: &mut Archive) -> Result<Part<'_>, SheetError> {
    archive.part(CONTENT)?.ok_or(SheetError::Unreadable)
}

fn is_locked(archive: &mut Archive) -> Result<bool, SheetError> {
    let Some(part) = archive.part("META-INF/manifest.xml")? else { return Ok(false) };
    let (mut xml, mut buffer) = (xml::reader(part), Vec::new());
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(e) if e.local_name().as_ref() == "encryption-data" => return Ok(true),
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// Goes to the end of the element that just began.
fn skip(xml: &mut Xml<'_>) -> Result<(), SheetError> {
    let (mut depth, mut buffer) = (1usize, Vec::new());
    while depth > 0 {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(SheetError::Unreadable),
            _ => {}
        }
    }
    Ok(())
}

fn times(element: &BytesStart<'_>, name: &str) -> usize {
    let value = attribute(element, name).and_then(|value| value.parse().ok());
    value.unwrap_or(1).clamp(1, 1 << 21)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    let visibility = attribute(element, "table:visibility");
    matches!(visibility.as_deref(), Some("collapse" | "filter"))
}

/// A table up to its end.
fn table(xml: &mut Xml<'_>, buffer: &mut Vec<u8>) -> Result<Sheet, SheetError> {
    let mut grid = Grid::default();
    let (mut row, mut column) = (0usize, 0usize);
    // Groups that are folded away hide what is in them.
    let (mut groups, mut folded): (Vec<bool>, usize) = (Vec::new(), 0);
    loop {
        buffer.clear();
        match xml.read_event_into(buffer).map_err(broken)? {
            Event::Start(e) => match e.name().as_ref() {
                "table:table-row-group" | "table:table-column-group" => {
                    let is_folded = attribute(&e, "table:display").as_deref() == Some("false");
                    folded += usize::from(is_folded);
                    groups.push(is_folded);
                }
                "table:table-column" => {
                    let next = column.saturating_add(times(&e, "table:number-columns-repeated"));
                    if is_hidden(&e) || folded > 0 {
                        grid.hide_columns(column, next - 1);
                    }
                    column = next;
                }
                "table:table-row" => {
                    let repeated = times(&e, "table:number-rows-repeated");
                    let is_hidden = is_hidden(&e) || folded > 0;
                    cells(xml, buffer, &mut grid, (row, repeated))?;
                    let end = row.saturating_add(repeated);
                    if is_hidden {
                        (row..end.min(super::MOST_ROWS)).for_each(|row| grid.hide_row(row));
                    }
                    row = end;
                }
                "table:table" => skip(xml)?,
                name if SKIPPED.contains(&name) => skip(xml)?,
                _ => {}
            },
            Event::End(e) => match e.name().as_ref() {
                "table:table" => return grid.finish(),
                "table:table-row-group" | "table:table-column-group" => {
                    folded -= usize::from(groups.pop().unwrap_or(false));
                }
                _ => {}
            },
            Event::Eof => return Err(SheetError::Unreadable),
            _ => {}
        }
    }
}

/// The cells of a row, which may stand for several.
fn cells(
    xml: &mut Xml<'_>,
    buffer: &mut Vec<u8>,
    grid: &mut Grid,
    (first, repeated): (usize, usize),
) -> Result<(), SheetError> {
    let mut column = 0usize;
    loop {
        buffer.clear();
        match xml.read_event_into(buffer).map_err(broken)? {
            Event::Start(e) => match e.name().as_ref() {
                "table:table-cell" | "table:covered-table-cell" => {
                    let next = column.saturating_add(times(&e, "table:number-columns-repeated"));
                    let stored = Stored::of(&e);
                    let columns = times(&e, "table:number-columns-spanned");
                    let rows = times(&e, "table:number-rows-spanned");
                    let shown = paragraphs(xml)?;
                    let cell = stored.cell(shown.as_deref());
                    if !cell.is_empty() {
                        for row in first..first.saturating_add(repeated) {
                            for column in column..next {
                                grid.put(row, column, cell.clone())?;
                            }
                        }
                    }
                    grid.merge((first, first + rows - 1), (column, column + columns - 1))?;
                    column = next;
                }
                _ => skip(xml)?,
            },
            Event::End(_) => return Ok(()),
            Event::Eof => return Err(SheetError::Unreadable),
            _ => {}
        }
    }
}

/// What a cell shows: its paragraphs, up to its end; nothing where there is not even an empty one.
fn paragraphs(xml: &mut Xml<'_>) -> Result<Option<String>, SheetError> {
    let (mut shown, mut buffer) = (String::new(), Vec::new());
    let (mut depth, mut paragraph, mut has_any) = (1usize, 0usize, false);
    while depth > 0 {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(e) => {
                let name = e.name();
                let name = name.as_ref();
                if SKIPPED.contains(&name) || name == "table:table" || name.starts_with("draw:") {
                    skip(xml)?;
                    continue;
                }
                depth += 1;
                match name {
                    "text:p" | "text:h" => {
                        if paragraph == 0 && !shown.is_empty() {
                            xml::add(&mut shown, "\n");
                        }
                        paragraph += 1;
                        has_any = true;
                    }
                    "text:s" => {
                        let count = times(&e, "text:c").min(300);
                        xml::add(&mut shown, &" ".repeat(count));
                    }
                    "text:tab" => xml::add(&mut shown, " "),
                    "text:line-break" => xml::add(&mut shown, "\n"),
                    _ => {}
                }
            }
            Event::End(e) => {
                depth -= 1;
                paragraph -=
                    usize::from(paragraph > 0 && matches!(e.name().as_ref(), "text:p" | "text:h"));
            }
            Event::Text(text) if paragraph > 0 => xml::add(&mut shown, &text.xml10_content()),
            Event::CData(text) if paragraph > 0 => xml::add(&mut shown, &text.xml10_content()),
            Event::GeneralRef(reference) if paragraph > 0 => {
                xml::add_reference(&mut shown, &reference);
            }
            Event::Eof => return Err(SheetError::Unreadable),
            _ => {}
        }
    }
    Ok(has_any.then_some(shown))
}

/// What a cell stores.
#[derive(Default)]
struct Stored {
    kind: String,
    value: Option<String>,
    day: Option<String>,
    truth: Option<String>,
    words: Option<String>,
    has_formula: bool,
    is_error: bool,
}

impl Stored {
    fn of(element: &BytesStart<'_>) -> Self {
        let mut stored = Self::default();
        let mut attributes = element.attributes();
        for found in attributes.with_checks(false).flatten() {
            let value = || Some(xml::unescaped(&found.value).into_owned());
            match found.key.as_ref() {
                "office:value-type" => stored.kind = found.value.to_string(),
                "office:value" => stored.value = value(),
                "office:date-value" => stored.day = value(),
                "office:boolean-value" => stored.truth = value(),
                "office:string-value" => stored.words = value(),
                "table:formula" => stored.has_formula = true,
                "calcext:value-type" => stored.is_error = found.value.as_ref() == "error",
                _ => {}
            }
        }
        stored
    }

    fn cell(&self, shown: Option<&str>) -> Cell {
        let is_blank = shown.is_some();
        let shown = shown.unwrap_or("");
        if self.is_error {
            return Cell::Error(clean(shown));
        }
        let number = self.value.as_deref().and_then(Decimal::parse);
        match (self.kind.as_str(), number) {
            ("percentage", Some(number)) => Cell::Percent(number.shifted(2).to_string()),
            ("float" | "currency", Some(number)) => as_shown(number, &clean(shown)),
            ("date", _) => iso_date(self.day.as_deref().unwrap_or(shown)),
            ("boolean", _) => Cell::Truth(self.truth.as_deref() == Some("true")),
            // LibreOffice writes an empty paragraph where a formula comes to an empty text.
            ("", _) if self.has_formula && !is_blank => Cell::NotComputed,
            _ if shown.is_empty() => text(self.words.as_deref().unwrap_or("")),
            _ => text(shown),
        }
    }
}

/// A number, unless what is shown says more.
fn as_shown(number: Decimal, shown: &str) -> Cell {
    let stored = number.to_string();
    if shown.is_empty() || shown == stored {
        return Cell::Number(stored);
    }
    match shown {
        "TRUE" => return Cell::Truth(true),
        "FALSE" => return Cell::Truth(false),
        _ => {}
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let (Some(from), Some(to)) = (shown.find(is_digit), shown.rfind(is_digit)) else {
        // A stroke for zero says nothing; words say what they say.
        let is_stroke = shown.chars().all(says_nothing);
        return if is_stroke { Cell::Number(stored) } else { text(shown) };
    };
    let (before, after) = (shown[..from].trim(), shown[to + 1..].trim());
    let digits = shown[from..=to].replace([',', ' ', '\u{a0}'], "");
    let asked = || Cell::Text(format!("{stored} [{shown}]"));
    let Some(seen) = Decimal::parse(&digits) else { return asked() };
    let places = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let places = if digits.contains(['e', 'E']) { 15 } else { i32::try_from(places).unwrap_or(15) };
    // The sign may be a bracket or a colour.
    let is_same = |number: Decimal| number.rounded(places).absolute() == seen.absolute();
    let has_words = !before.chars().chain(after.chars()).all(says_nothing);
    if digits.contains(['e', 'E']) && !has_words {
        return Cell::Number(stored);
    }
    match has_words {
        false if is_same(number) => Cell::Number(stored),
        false => asked(),
        true => {
            let scaled = [0, 3, 4, 6, 8, 9].map(|power| number.shifted(-power));
            let found = scaled.into_iter().find(|number| is_same(*number));
            found.map_or_else(asked, |number| Cell::Text(format!("{before}{number}{after}")))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_compared_with_what_is_stored() {
        for (stored, shown, cell) in [
            ("41000", "41,000", Cell::Number("41000".to_owned())),
            ("41000.25", "41,000", Cell::Number("41000.25".to_owned())),
            ("0.3333333", "0.33", Cell::Number("0.3333333".to_owned())),
            ("-5", "(5)", Cell::Number("-5".to_owned())),
            ("1234.5", "¥1,234.50", Cell::Number("1234.5".to_owned())),
            ("0", "-", Cell::Number("0".to_owned())),
            ("123456", "1.23E+05", Cell::Number("123456".to_owned())),
            ("3.25", "3.25万", Cell::Text("3.25万".to_owned())),
            ("12345", "1.2万", Cell::Text("1.2345万".to_owned())),
            ("12345", "12", Cell::Text("12345 [12]".to_owned())),
            ("30", "约30人", Cell::Text("约30人".to_owned())),
        ] {
            assert_eq!(as_shown(Decimal::parse(stored).unwrap(), shown), cell, "{stored} {shown}");
        }
    }
}
