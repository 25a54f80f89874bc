//! Owns binary workbooks of Excel 2007 and later (XLSB).
//!
//! Invariant: as in `xls`, no length or count in the file is believed. Deliberately absent:
//! formulas (a cell has its last result), charts, drawings.

use super::archive::{Archive, Part, resolve};
use super::binary::{error, number, packed};
use super::compound::{f64_at, size_at, u16_at, u32_at};
use super::decimal::Decimal;
use super::format::{self, Format};
use super::grid::{Grid, MOST_CELLS, MOST_TEXT, clean, text, too_much};
use super::xlsx::relations;
use crate::error::SheetError;
use crate::error::SheetError::Unreadable;
use crate::import::sheet::{Cell, Sheet, SheetName};
use std::collections::BTreeMap;
use std::io::Read;
use std::rc::Rc;

const MOST_STYLES: usize = 70_000;
const MOST_SHEETS: usize = 1_000;
/// The longest record that is kept, in bytes; no cell is longer.
const MOST_RECORD: usize = 1 << 20;
const ROOT: &str = "xl/workbook.bin";

/// A workbook whose sheets are known.
pub(super) struct Xlsb {
    archive: Archive,
    pub(super) sheets: Vec<SheetName>,
    parts: Vec<String>,
    words: Option<Vec<String>>,
    formats: Vec<Rc<Format>>,
    is_1904: bool,
    is_uncomputed: bool,
}

/// Records of a part as they are unpacked.
struct Records<'a> {
    part: Part<'a>,
    record: Vec<u8>,
}

impl<'a> Records<'a> {
    fn new(part: Part<'a>) -> Self {
        Self { part, record: Vec::new() }
    }

    fn byte(&mut self) -> Result<Option<u8>, SheetError> {
        let mut byte = [0];
        match self.part.read(&mut byte) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(byte[0])),
            Err(_) => Err(Unreadable),
        }
    }

    /// The kind of the next record, whose bytes are in `record`; none at the end.
    fn next(&mut self) -> Result<Option<u16>, SheetError> {
        let Some(low) = self.byte()? else { return Ok(None) };
        let mut kind = u16::from(low);
        if low & 0x80 != 0 {
            let high = self.byte()?.ok_or(Unreadable)?;
            kind = u16::from(low & 0x7F) | u16::from(high & 0x7F) << 7;
        }
        let mut length = 0u64;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?.ok_or(Unreadable)?;
            length |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        self.record.clear();
        let most = u64::try_from(MOST_RECORD).unwrap_or(u64::MAX);
        let mut kept = (&mut self.part).take(length.min(most));
        let read = kept.read_to_end(&mut self.record).map_err(|_| Unreadable)?;
        let rest = length.saturating_sub(most);
        let skipped = std::io::copy(&mut (&mut self.part).take(rest), &mut std::io::sink());
        let is_whole = u64::try_from(read).ok() == Some(length.min(most));
        if is_whole && skipped.map_err(|_| Unreadable)? == rest {
            Ok(Some(kind))
        } else {
            Err(Unreadable)
        }
    }
}

/// Words with their number of units before them, and how many bytes they take.
fn wide_words(record: &[u8], at: usize) -> Option<(String, usize)> {
    let count = size_at(record, at)?;
    let start = at.checked_add(4)?;
    let length = count.checked_mul(2)?;
    let bytes = record.get(start..start.checked_add(length)?)?;
    let units = bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
    let words = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some((words.collect(), length + 4))
}

impl Xlsb {
    /// Reads what sheets there are.
    ///
    /// # Errors
    /// The workbook is damaged.
    pub(super) fn open(mut archive: Archive) -> Result<Self, SheetError> {
        let relations = relations(&mut archive, "xl/_rels/workbook.bin.rels")?;
        let mut book = Self {
            formats: formats(&mut archive)?,
            archive,
            sheets: Vec::new(),
            parts: Vec::new(),
            words: None,
            is_1904: false,
            is_uncomputed: false,
        };
        let (mut sheets, mut parts) = (Vec::new(), Vec::new());
        let mut records = Records::new(book.archive.part(ROOT)?.ok_or(Unreadable)?);
        while let Some(kind) = records.next()? {
            let record = &records.record;
            match kind {
                0x009C if sheets.len() < MOST_SHEETS => {
                    let hidden = u32_at(record, 0).ok_or(Unreadable)? != 0;
                    let Some((id, length)) = wide_words(record, 8) else { continue };
                    let (name, _) = wide_words(record, 8 + length).ok_or(Unreadable)?;
                    if let Some((kind, target)) = relations.get(&id)
                        && kind.ends_with("/worksheet")
                    {
                        sheets.push(SheetName { name: clean(&name), hidden });
                        parts.push(resolve("xl", target));
                    }
                }
                0x0099 => book.is_1904 = u32_at(record, 0).is_some_and(|flags| flags & 1 != 0),
                0x009D => {
                    book.is_uncomputed = u16_at(record, 24).is_some_and(|flags| flags & 1 != 0);
                }
                _ => {}
            }
        }
        drop(records);
        (book.sheets, book.parts) = (sheets, parts);
        if book.sheets.is_empty() { Err(Unreadable) } else { Ok(book) }
    }

    /// Reads a sheet.
    ///
    /// # Errors
    /// There is none, it is damaged, or it is over the bounds.
    pub(super) fn sheet(&mut self, n: usize) -> Result<Sheet, SheetError> {
        let name = self.parts.get(n).ok_or(SheetError::Empty)?;
        let words = match self.words.take() {
            Some(words) => words,
            None => shared_words(&mut self.archive)?,
        };
        let words = self.words.insert(words);
        let mut records = Records::new(self.archive.part(name)?.ok_or(Unreadable)?);
        let (mut grid, mut row, mut is_sheet) = (Grid::default(), 0usize, false);
        let style = |record: &[u8]| -> Option<&Format> {
            let style = size_at(record, 4)? & 0x00FF_FFFF;
            self.formats.get(style).map(|format| &**format)
        };
        while let Some(kind) = records.next()? {
            let record = &records.record;
            let at = |at| size_at(record, at).ok_or(Unreadable);
            let byte = record.get(8).copied().ok_or(Unreadable);
            let words_at = |at| wide_words(record, at).map(|found| found.0).ok_or(Unreadable);
            let is_1904 = self.is_1904;
            let cell = match kind {
                0x0000 => {
                    row = at(0)?;
                    if record.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                        grid.hide_row(row);
                    }
                    continue;
                }
                0x0002 => {
                    number(packed(u32_at(record, 8).ok_or(Unreadable)?), style(record), is_1904)
                }
                0x0003 | 0x000B => error(byte?),
                0x0004 | 0x000A => Cell::Truth(byte? != 0),
                0x0005 | 0x0009 => {
                    let value = Decimal::from_float(f64_at(record, 8).ok_or(Unreadable)?);
                    let is_zero = value.is_some_and(|value| value.sign().is_eq());
                    if kind == 0x0009 && self.is_uncomputed && is_zero {
                        Cell::NotComputed
                    } else {
                        number(value, style(record), is_1904)
                    }
                }
                0x0006 | 0x0008 => text(&words_at(8)?),
                0x003E => text(&words_at(9)?),
                0x0007 => text(words.get(at(8)?).ok_or(Unreadable)?),
                0x0081 => {
                    is_sheet = true;
                    continue;
                }
                0x003C => {
                    let flags = u16_at(record, 16).unwrap_or(0);
                    if flags & 1 != 0 || at(8)? == 0 {
                        grid.hide_columns(at(0)?, at(4)?);
                    }
                    continue;
                }
                0x00B0 => {
                    grid.merge((at(0)?, at(4)?), (at(8)?, at(12)?))?;
                    continue;
                }
                _ => continue,
            };
            grid.put(row, at(0)?, cell)?;
        }
        if is_sheet { grid.finish() } else { Err(Unreadable) }
    }
}

fn shared_words(archive: &mut Archive) -> Result<Vec<String>, SheetError> {
    let mut all = Vec::new();
    let Some(part) = archive.part("xl/sharedStrings.bin")? else { return Ok(all) };
    let (mut records, mut bytes) = (Records::new(part), 0usize);
    while let Some(kind) = records.next()? {
        if kind == 0x0013 {
            let (words, _) = wide_words(&records.record, 1).ok_or(Unreadable)?;
            let words = clean(&words);
            bytes += words.len();
            all.push(words);
            if bytes > MOST_TEXT || all.len() > MOST_CELLS {
                return Err(too_much());
            }
        }
    }
    Ok(all)
}

fn formats(archive: &mut Archive) -> Result<Vec<Rc<Format>>, SheetError> {
    let mut styles = Vec::new();
    let Some(part) = archive.part("xl/styles.bin")? else { return Ok(styles) };
    let mut records = Records::new(part);
    let mut known: BTreeMap<u16, Rc<Format>> = BTreeMap::new();
    let mut are_cells = false;
    while let Some(kind) = records.next()? {
        let record = &records.record;
        match kind {
            0x002C => {
                let id = u16_at(record, 0).ok_or(Unreadable)?;
                let (code, _) = wide_words(record, 2).ok_or(Unreadable)?;
                known.insert(id, Rc::new(format::of_code(&code)));
            }
            0x0269 => are_cells = true,
            0x026A => are_cells = false,
            0x002F if are_cells && styles.len() < MOST_STYLES => {
                let id = u16_at(record, 2).ok_or(Unreadable)?;
                let format = known.entry(id).or_insert_with(|| Rc::new(format::builtin(id.into())));
                styles.push(Rc::clone(format));
            }
            _ => {}
        }
    }
    Ok(styles)
}
