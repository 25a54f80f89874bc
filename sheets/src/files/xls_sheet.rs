//! Owns a sheet of an XLS: cells, what is hidden, what is merged.
//!
//! Invariant: a formula of which no result is stored says so; an empty text is a result where
//! other formulas of the sheet have results.

use super::binary::{error, number, packed};
use super::compound::{f64_at, size_at, u16_at, u32_at};
use super::decimal::Decimal;
use super::grid::{Grid, text};
use super::xls::{Context, Record, long_words, records};
use crate::error::SheetError;
use crate::error::SheetError::Unreadable;
use crate::import::sheet::{Cell, Sheet};

/// What the cells of a sheet come to.
struct Reading<'a> {
    context: &'a Context,
    grid: Grid,
    /// A formula whose words come in a record of their own.
    awaiting: Option<(usize, usize)>,
    /// Formulas with an empty text for a result, which some writers store for no result.
    blank: Vec<(usize, usize)>,
    has_results: bool,
}

/// Reads a sheet from its first record.
///
/// # Errors
/// It is damaged or over the bounds.
pub(super) fn read(stream: &[u8], context: &Context) -> Result<Sheet, SheetError> {
    let (mut depth, mut is_ended) = (0usize, false);
    let mut reading = Reading {
        context,
        grid: Grid::default(),
        awaiting: None,
        blank: Vec::new(),
        has_results: false,
    };
    for record in records(stream) {
        match record.0 {
            0x0809 => depth += 1,
            0x000A => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    is_ended = true;
                    break;
                }
            }
            // A chart within the sheet has records of its own.
            _ if depth == 1 => reading.record(record)?,
            _ if depth == 0 => return Err(Unreadable),
            _ => {}
        }
    }
    // A file cut short is damaged: what is missing could be anything.
    if !is_ended {
        return Err(Unreadable);
    }
    if !reading.has_results {
        for (row, column) in reading.blank {
            reading.grid.put(row, column, Cell::NotComputed)?;
        }
    }
    reading.grid.finish()
}

fn short(record: &[u8], at: usize) -> Result<usize, SheetError> {
    u16_at(record, at).map(usize::from).ok_or(Unreadable)
}

impl Reading<'_> {
    fn number(&self, style: usize, value: Option<Decimal>) -> Cell {
        let format = self.context.formats.get(style).map(|format| &**format);
        number(value, format, self.context.is_1904)
    }

    fn put(&mut self, record: &[u8], cell: Cell) -> Result<(), SheetError> {
        self.grid.put(short(record, 0)?, short(record, 2)?, cell)
    }

    fn record(&mut self, (kind, record): Record<'_>) -> Result<(), SheetError> {
        match kind {
            0x0203 => {
                let value = Decimal::from_float(f64_at(record, 6).ok_or(Unreadable)?);
                let cell = self.number(short(record, 4)?, value);
                self.put(record, cell)
            }
            0x027E => {
                let value = packed(u32_at(record, 6).ok_or(Unreadable)?);
                let cell = self.number(short(record, 4)?, value);
                self.put(record, cell)
            }
            0x00BD => {
                let (row, first) = (short(record, 0)?, short(record, 2)?);
                let values = record.get(4..record.len().saturating_sub(2)).unwrap_or(&[]);
                for (n, value) in values.as_chunks::<6>().0.iter().enumerate() {
                    let packed = packed(u32_at(value, 2).ok_or(Unreadable)?);
                    let cell = self.number(short(value, 0)?, packed);
                    self.grid.put(row, first + n, cell)?;
                }
                Ok(())
            }
            0x00FD => {
                let words = size_at(record, 6).and_then(|at| self.context.words.get(at));
                let cell = text(words.ok_or(Unreadable)?);
                self.put(record, cell)
            }
            0x0204 | 0x00D6 => {
                let words = long_words(record.get(6..).unwrap_or(&[]), self.context.letters)?;
                self.put(record, text(&words))
            }
            0x0205 => {
                let (Some(value), Some(is_error)) = (record.get(6), record.get(7)) else {
                    return Err(Unreadable);
                };
                let cell = if *is_error == 0 { Cell::Truth(*value != 0) } else { error(*value) };
                self.put(record, cell)
            }
            0x0006 | 0x0206 | 0x0406 => self.formula(record),
            0x0207 => {
                let words = long_words(record, self.context.letters)?;
                match self.awaiting.take() {
                    Some((row, column)) => self.grid.put(row, column, text(&words)),
                    None => Ok(()),
                }
            }
            0x0208 => {
                let (height, flags) = (short(record, 6)?, short(record, 12)?);
                // Some writers leave the height out; only one that was set says anything.
                if flags & 0x20 != 0 || (flags & 0x40 != 0 && height & 0x7FFF == 0) {
                    self.grid.hide_row(short(record, 0)?);
                }
                Ok(())
            }
            0x007D => {
                let (width, flags) = (short(record, 4)?, short(record, 8)?);
                if flags & 1 != 0 || width == 0 {
                    self.grid.hide_columns(short(record, 0)?, short(record, 2)?);
                }
                Ok(())
            }
            0x00E5 => {
                for region in record.get(2..).unwrap_or(&[]).as_chunks::<8>().0 {
                    let at = |at| short(region, at);
                    self.grid.merge((at(0)?, at(2)?), (at(4)?, at(6)?))?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn formula(&mut self, record: &[u8]) -> Result<(), SheetError> {
        let place = (short(record, 0)?, short(record, 2)?);
        let result = record.get(6..14).ok_or(Unreadable)?;
        self.awaiting = None;
        let cell = match (u16_at(result, 6), result[0], result[2]) {
            (Some(0xFFFF), 0, _) => {
                self.awaiting = Some(place);
                self.has_results = true;
                return Ok(());
            }
            (Some(0xFFFF), 1, truth) => Cell::Truth(truth != 0),
            (Some(0xFFFF), 2, code) => error(code),
            (Some(0xFFFF), 3, _) => {
                self.blank.push(place);
                return if self.blank.len() > super::MOST_CELLS {
                    Err(super::grid::too_much())
                } else {
                    Ok(())
                };
            }
            _ => {
                let value = Decimal::from_float(f64_at(result, 0).ok_or(Unreadable)?);
                self.number(short(record, 4)?, value)
            }
        };
        self.has_results = true;
        self.grid.put(place.0, place.1, cell)
    }
}
