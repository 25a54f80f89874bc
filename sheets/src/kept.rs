//! Owns what the program keeps between requests: a plan, an opened file, the sheet that was read
//! last and what it was read as.
//!
//! Invariant: the page never gets a whole large sheet, only what it shows of it. One page asks one
//! worker, one request after another.

use crate::error::SheetError;
use crate::files::{Opened, open};
use crate::import::sheet::{Encoding, Sheet};
use crate::import::{Change, Choices, Reading, Summary, read};
use crate::own;
use crate::request::{Opening, RowShown};
use shapan_engine::Plan;
use std::cell::RefCell;

/// The most rows or changes that are answered at once.
const MOST_SHOWN: usize = 2_000;

#[derive(Default)]
struct Kept {
    plan: Option<Plan>,
    opened: Option<Opened>,
    sheet: Option<(usize, Sheet)>,
    reading: Reading,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// Keeps a plan for what is asked next.
pub(crate) fn keep_plan(plan: Plan) {
    KEPT.with_borrow_mut(|kept| kept.plan = Some(plan));
}

/// Opens a file and keeps it in the place of the one before. One of our own is compared with the
/// kept plan at once.
pub(crate) fn keep_file(bytes: &[u8], wanted: Option<Encoding>) -> Result<Opening, SheetError> {
    KEPT.with_borrow_mut(|kept| {
        (kept.opened, kept.sheet, kept.reading) = (None, None, Reading::default());
        let mut opened = open(bytes, wanted)?;
        let overview = opened.overview().clone();
        if let Some(plan) = &kept.plan {
            if let Some(returned) = own::in_workbook(plan, &mut opened)? {
                return Ok(Opening::Own(Box::new(returned)));
            }
            // What is wrong with the sheet is told when it is looked at.
            if let Ok(sheet) = opened.sheet(overview.first) {
                if let Some(returned) = own::in_sheet(plan, &sheet)? {
                    return Ok(Opening::Own(Box::new(returned)));
                }
                kept.sheet = Some((overview.first, sheet));
            }
        }
        kept.opened = Some(opened);
        Ok(Opening::Tables(overview))
    })
}

/// Reads a sheet of the kept file against the kept plan.
pub(crate) fn look(sheet: usize, choices: &Choices) -> Result<Summary, SheetError> {
    KEPT.with_borrow_mut(|kept| {
        if kept.sheet.as_ref().is_none_or(|(n, _)| *n != sheet) {
            let opened = kept.opened.as_mut().ok_or(SheetError::NotARequest)?;
            kept.sheet = Some((sheet, opened.sheet(sheet)?));
        }
        let (Some(plan), Some((_, sheet))) = (&kept.plan, &kept.sheet) else {
            return Err(SheetError::NotARequest);
        };
        kept.reading = Reading::default();
        make_room(sheet);
        kept.reading = read(plan, sheet, choices);
        Ok(kept.reading.summary())
    })
}

/// Has the program's memory grown once by about what reading a sheet takes. It never shrinks, and
/// grown piece by piece, as reading asks for it, it cost more than the reading itself: browsers
/// collect garbage at every few megabytes it grows.
fn make_room(sheet: &Sheet) {
    const OF_A_CELL: usize = 150;
    const MOST: usize = 256 << 20;
    let cells: usize = sheet.cells.iter().map(Vec::len).sum();
    let mut room: Vec<u8> = Vec::new();
    // Where there is not so much, reading asks for what it needs.
    let _ = room.try_reserve_exact(cells.saturating_mul(OF_A_CELL).min(MOST));
    std::hint::black_box(&room);
}

/// Rows of what was read last.
pub(crate) fn rows(from: usize, count: usize) -> Vec<RowShown> {
    KEPT.with_borrow(|kept| {
        let Some((_, sheet)) = &kept.sheet else { return Vec::new() };
        kept.reading.shown(sheet, from, count.min(MOST_SHOWN))
    })
}

/// Changes of what was read last, then those that wait.
pub(crate) fn changes(from: usize, count: usize) -> Vec<Change> {
    KEPT.with_borrow(|kept| {
        let all = kept.reading.changes.iter().chain(&kept.reading.waiting);
        all.skip(from).take(count.min(MOST_SHOWN)).cloned().collect()
    })
}

/// All changes of what was read last.
pub(crate) fn take() -> Vec<Change> {
    KEPT.with_borrow(|kept| kept.reading.changes.clone())
}
