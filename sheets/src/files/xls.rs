//! Owns workbooks of Excel 5 to 2003 (BIFF5 and BIFF8), as WPS writes them too: records, styles
//! and shared words.
//!
//! Invariant: no length or count in the file is believed; what a record lacks makes the workbook
//! damaged. Deliberately absent: Excel 2 to 4, formulas, drawings.

use super::compound::{Compound, size_at, u16_at};
use super::format::{self, Format};
use super::grid::{MOST_CELLS, MOST_TEXT, clean, too_much};
use super::xls_sheet;
use crate::error::SheetError;
use crate::error::SheetError::Unreadable;
use crate::import::sheet::{Foreign, Sheet, SheetName};
use encoding_rs::{BIG5, GB18030, WINDOWS_1252};
use std::collections::BTreeMap;
use std::rc::Rc;

const MOST_STYLES: usize = 70_000;
const MOST_SHEETS: usize = 1_000;

/// A record: its kind and its bytes.
pub(super) type Record<'a> = (u16, &'a [u8]);

/// How words are written.
#[derive(Clone, Copy)]
pub(super) enum Letters {
    /// BIFF8: UTF-16, its upper halves left out where they are zero.
    Units,
    /// BIFF5: an encoding of its time.
    Encoded(&'static encoding_rs::Encoding),
}

/// A workbook whose sheets are known.
pub(super) struct Xls {
    stream: Vec<u8>,
    pub(super) sheets: Vec<SheetName>,
    /// Where each sheet begins.
    starts: Vec<usize>,
    pub(super) context: Context,
}

/// What the cells of every sheet refer to.
pub(super) struct Context {
    pub(super) letters: Letters,
    pub(super) words: Vec<String>,
    pub(super) formats: Vec<Rc<Format>>,
    pub(super) is_1904: bool,
}

/// Records one after another; they end where the bytes do.
pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        let end = 4usize.checked_add(length)?;
        let record = rest.get(4..end)?;
        rest = rest.get(end..)?;
        Some((kind, record))
    })
}

impl Xls {
    /// Reads what sheets there are, from a compound file.
    ///
    /// # Errors
    /// It is locked, damaged, or no workbook.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, SheetError> {
        let file = Compound::open(bytes)?;
        if file.has("EncryptedPackage") {
            return Err(SheetError::Locked);
        }
        for (name, what) in
            [("WordDocument", Foreign::Document), ("PowerPoint Document", Foreign::Slides)]
        {
            if file.has(name) {
                return Err(SheetError::Foreign { what });
            }
        }
        let stream = match file.stream("Workbook")? {
            Some(stream) => stream,
            None => file.stream("Book")?.ok_or(Unreadable)?,
        };
        Self::read(stream)
    }

    fn read(stream: Vec<u8>) -> Result<Self, SheetError> {
        let mut letters = Letters::Units;
        let (mut sheets, mut starts, mut is_1904) = (Vec::new(), Vec::new(), false);
        let mut styles: Vec<u16> = Vec::new();
        let mut known: BTreeMap<u16, Rc<Format>> = BTreeMap::new();
        let mut shared: Vec<&[u8]> = Vec::new();
        let mut is_shared = false;
        let mut is_begun = false;
        for (kind, record) in records(&stream) {
            is_shared &= kind == 0x003C;
            match kind {
                0x0809 if !is_begun => {
                    is_begun = true;
                    match u16_at(record, 0) {
                        Some(0x0600) => {}
                        Some(0x0500) => letters = Letters::Encoded(WINDOWS_1252),
                        _ => return Err(Unreadable),
                    }
                }
                0x002F => return Err(SheetError::Locked),
                0x0042 => {
                    if let Letters::Encoded(encoding) = &mut letters {
                        *encoding = match u16_at(record, 0) {
                            Some(936 | 10_008 | 54_936) => GB18030,
                            Some(950 | 951 | 10_002) => BIG5,
                            Some(1_252 | 0x8000 | 0x8001 | 437 | 850 | 367) => WINDOWS_1252,
                            _ => return Err(Unreadable),
                        };
                    }
                }
                0x0022 => is_1904 = u16_at(record, 0) == Some(1),
                0x041E => {
                    let id = u16_at(record, 0).ok_or(Unreadable)?;
                    let code = match letters {
                        Letters::Units => long_words(record.get(2..).unwrap_or(&[]), letters)?,
                        Letters::Encoded(_) => {
                            short_words(record.get(2..).unwrap_or(&[]), letters)?
                        }
                    };
                    known.insert(id, Rc::new(format::of_code(&code)));
                }
                0x00E0 if styles.len() < MOST_STYLES => {
                    styles.push(u16_at(record, 2).ok_or(Unreadable)?);
                }
                0x0085 if sheets.len() < MOST_SHEETS => {
                    let [start, hidden, kind] = [
                        size_at(record, 0),
                        record.get(4).map(|state| usize::from(state & 3)),
                        record.get(5).map(|kind| usize::from(*kind)),
                    ];
                    let (Some(start), Some(hidden), Some(kind)) = (start, hidden, kind) else {
                        return Err(Unreadable);
                    };
                    let name = short_words(record.get(6..).unwrap_or(&[]), letters)?;
                    // Charts and macros hold no cells.
                    if kind == 0 {
                        sheets.push(SheetName { name: clean(&name), hidden: hidden != 0 });
                        starts.push(start);
                    }
                }
                0x00FC => {
                    shared.push(record);
                    is_shared = true;
                }
                0x003C if is_shared => shared.push(record),
                0x000A => break,
                _ => {}
            }
        }
        if sheets.is_empty() || !is_begun {
            return Err(Unreadable);
        }
        let words = shared_words(&shared)?;
        let mut format = |id: &u16| {
            let format = known.entry(*id).or_insert_with(|| Rc::new(format::builtin((*id).into())));
            Rc::clone(format)
        };
        let formats = styles.iter().map(&mut format).collect();
        let context = Context { letters, words, formats, is_1904 };
        Ok(Self { sheets, starts, context, stream })
    }

    /// Reads a sheet.
    ///
    /// # Errors
    /// There is none, it is damaged, or it is over the bounds.
    pub(super) fn sheet(&self, n: usize) -> Result<Sheet, SheetError> {
        let start = *self.starts.get(n).ok_or(SheetError::Empty)?;
        let stream = self.stream.get(start..).ok_or(Unreadable)?;
        xls_sheet::read(stream, &self.context)
    }
}

/// Words with their number of characters in two bytes.
pub(super) fn long_words(record: &[u8], letters: Letters) -> Result<String, SheetError> {
    let count = usize::from(u16_at(record, 0).ok_or(Unreadable)?);
    counted(record.get(2..).unwrap_or(&[]), count, letters)
}

/// Words with their number of characters in one byte.
fn short_words(record: &[u8], letters: Letters) -> Result<String, SheetError> {
    let count = usize::from(*record.first().ok_or(Unreadable)?);
    counted(record.get(1..).unwrap_or(&[]), count, letters)
}

fn counted(bytes: &[u8], count: usize, letters: Letters) -> Result<String, SheetError> {
    match letters {
        Letters::Encoded(encoding) => {
            let bytes = bytes.get(..count).ok_or(Unreadable)?;
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
            text.map(std::borrow::Cow::into_owned).ok_or(Unreadable)
        }
        Letters::Units => {
            // Some writers leave an empty text without its flags.
            let flags = match bytes.first() {
                Some(flags) => *flags,
                None if count == 0 => 0,
                None => return Err(Unreadable),
            };
            let bytes = bytes.get(1..).unwrap_or(&[]);
            let is_wide = flags & 1 != 0;
            let length = if is_wide { count * 2 } else { count };
            Ok(units(bytes.get(..length).ok_or(Unreadable)?, is_wide))
        }
    }
}

fn units(bytes: &[u8], is_wide: bool) -> String {
    if is_wide {
        let units = bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else {
        bytes.iter().map(|byte| char::from(*byte)).collect()
    }
}

/// Shared words go on from record to record, and say anew with each how wide they are.
struct Pieces<'a> {
    pieces: &'a [&'a [u8]],
    piece: usize,
    at: usize,
}

impl Pieces<'_> {
    fn left(&self) -> usize {
        self.pieces.get(self.piece).map_or(0, |piece| piece.len().saturating_sub(self.at))
    }

    /// Goes on to the next record where this one is at its end.
    fn turn(&mut self) {
        while self.left() == 0 && self.piece < self.pieces.len() {
            self.piece += 1;
            self.at = 0;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        self.turn();
        let byte = *self.pieces.get(self.piece)?.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.turn();
            let step = self.left().min(count);
            if step == 0 {
                return None;
            }
            self.at += step;
            count -= step;
        }
        Some(())
    }

    fn words(&mut self) -> Option<String> {
        let mut count = usize::from(self.short()?);
        let mut flags = self.byte()?;
        let runs = if flags & 8 != 0 { usize::from(self.short()?) } else { 0 };
        let extra = if flags & 4 != 0 {
            let bytes = [self.byte()?, self.byte()?, self.byte()?, self.byte()?];
            usize::try_from(u32::from_le_bytes(bytes)).ok()?
        } else {
            0
        };
        let mut words = String::new();
        while count > 0 {
            if self.left() == 0 {
                self.turn();
                flags = self.byte()?;
            }
            let is_wide = flags & 1 != 0;
            let width = if is_wide { 2 } else { 1 };
            let step = (self.left() / width).min(count);
            if step == 0 {
                return None;
            }
            let piece = self.pieces.get(self.piece)?;
            let bytes = piece.get(self.at..self.at + step * width)?;
            words.push_str(&units(bytes, is_wide));
            self.at += step * width;
            count -= step;
        }
        self.skip(runs.checked_mul(4)?.checked_add(extra)?)?;
        Some(words)
    }
}

fn shared_words(pieces: &[&[u8]]) -> Result<Vec<String>, SheetError> {
    let mut pieces = Pieces { pieces, piece: 0, at: 0 };
    let mut all = Vec::new();
    if pieces.pieces.is_empty() {
        return Ok(all);
    }
    pieces.skip(4).ok_or(Unreadable)?;
    let count = [pieces.short(), pieces.short()];
    let [Some(low), Some(high)] = count else { return Err(Unreadable) };
    let count = u32::from(high) << 16 | u32::from(low);
    let mut bytes = 0usize;
    // The count says when to stop, never how much to set aside.
    for _ in 0..count {
        let Some(words) = pieces.words() else { break };
        let words = clean(&words);
        bytes += words.len();
        all.push(words);
        if bytes > MOST_TEXT || all.len() > MOST_CELLS {
            return Err(too_much());
        }
    }
    Ok(all)
}
