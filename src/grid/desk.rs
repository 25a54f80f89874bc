//! Owns what is under way in a grid: the selection, the cell being typed in, what was not taken.
//!
//! Invariant: what was not taken is shown only while the numbers are those it was typed over, so
//! that undoing shows the old numbers and nothing else.

use super::Field;
use super::OnComputed;
use super::entry::{self, NotTaken};
use super::paste::{self, Typed};
use super::range::{At, Move, Range, Size};
use super::sheet::{Sheet, State, Write};
use crate::names;
use crate::session::Session;
use crate::sheets::PastedBlock;
use crate::words::{Words, fill};
use leptos::html;
use leptos::prelude::*;
use shapan_sheets::import::{Placed, Refusal};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The height of a row in CSS pixels, as the style sheet has it.
pub(super) const ROW: i32 = 27;
/// Rows scrolled at a time where not all are there.
const STRIDE: usize = 20;

/// Cells that were not taken, as they were typed, and why.
pub(super) type Wrong = BTreeMap<At, (String, NotTaken)>;

/// What became of what was pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Note {
    /// Cells written.
    pub(super) taken: usize,
    /// Cells left because they are computed.
    pub(super) computed: usize,
    /// The numbers those were given.
    pub(super) given: Vec<Write>,
    /// Why they could not be made to take them, where that was tried.
    pub(super) refused: Option<String>,
    /// Fields that found no room.
    pub(super) cut: usize,
    /// Cells in which nothing can stand.
    pub(super) nowhere: usize,
    /// Heads of years that the grid lacks.
    pub(super) lacking: Vec<String>,
    /// Rows of sums, which are added up here.
    pub(super) sums: usize,
    /// Why nothing of a block was placed.
    pub(super) refusal: Option<Refusal>,
}

/// What was said after the last step, and over which numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    over: Vec<Option<i64>>,
    wrong: Wrong,
    note: Note,
}

/// What is under way in a grid; `Copy`.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    number: usize,
    pub(super) session: Session,
    pub(super) sheet: Signal<Arc<Sheet>>,
    on_write: Callback<Vec<Write>, Result<(), String>>,
    pub(super) on_computed: Option<OnComputed>,
    /// The way of a block to the preview of tables.
    pasted: Option<PastedBlock>,
    at: RwSignal<At>,
    range: RwSignal<Range>,
    said: RwSignal<Said>,
    holds: Memo<bool>,
    /// What was not taken and is still shown.
    pub(super) wrong: Memo<Wrong>,
    /// The cell typed in.
    pub(super) editing: RwSignal<Option<At>>,
    /// Whether the selection is being drawn.
    pub(super) drawing: StoredValue<bool>,
    /// The first row of those that are there.
    pub(super) first: RwSignal<usize>,
    pub(super) place: NodeRef<html::Div>,
    pub(super) field: Field,
}

fn values(sheet: &Sheet) -> Vec<Option<i64>> {
    sheet.cells.iter().map(|cell| cell.value).collect()
}

impl Desk {
    pub(super) fn new(
        session: Session,
        sheet: Signal<Arc<Sheet>>,
        on_write: Callback<Vec<Write>, Result<(), String>>,
        on_computed: Option<OnComputed>,
        at: RwSignal<At>,
    ) -> Self {
        static GRIDS: AtomicUsize = AtomicUsize::new(0);
        let said = RwSignal::new(Said::default());
        let holds =
            Memo::new(move |_| sheet.with(|sheet| said.with(|said| said.over == values(sheet))));
        let wrong = Memo::new(move |_| {
            if holds.get() { said.with(|said| said.wrong.clone()) } else { Wrong::new() }
        });
        Self {
            number: GRIDS.fetch_add(1, Ordering::Relaxed),
            session,
            sheet,
            on_write,
            on_computed,
            pasted: use_context::<PastedBlock>(),
            at,
            range: RwSignal::new(Range::one(at.get_untracked())),
            said,
            holds,
            wrong,
            editing: RwSignal::new(None),
            drawing: StoredValue::new(false),
            first: RwSignal::new(0),
            place: NodeRef::new(),
            field: NodeRef::new(),
        }
    }

    /// What its parts are told apart from other grids' by.
    pub(super) fn id(self) -> String {
        format!("grid-{}", self.number)
    }

    /// What is to be said of the last step.
    pub(super) fn note(self) -> Note {
        if self.holds.get() { self.said.with(|said| said.note.clone()) } else { Note::default() }
    }

    pub(super) fn size(self) -> Size {
        self.sheet
            .with_untracked(|sheet| Size { rows: sheet.rows.len(), cols: sheet.columns.len() })
    }

    /// The selection as far as the grid reaches.
    pub(super) fn range(self) -> Range {
        let size =
            self.sheet.with(|sheet| Size { rows: sheet.rows.len(), cols: sheet.columns.len() });
        self.range.get().within(size)
    }

    pub(super) fn range_untracked(self) -> Range {
        self.range.get_untracked().within(self.size())
    }

    /// Selects, and tells where one is.
    pub(super) fn select(self, range: Range) {
        self.range.set(range);
        if self.at.get_untracked() != range.head {
            self.at.set(range.head);
        }
    }

    /// Takes a step, with the focus.
    pub(super) fn step(self, step: Move, extends: bool) {
        self.select(self.range_untracked().moved(step, self.size(), extends));
        self.focus();
    }

    /// Goes to a cell.
    pub(super) fn go_to(self, at: At) {
        self.select(Range::one(at));
        self.focus();
    }

    fn element(self, at: At) -> Option<HtmlElement> {
        let place = self.place.get_untracked()?;
        let found = place.query_selector(&format!("td[data-at='{}-{}']", at.row, at.col));
        found.ok().flatten().map(|found| found.unchecked_into())
    }

    /// Gives the selection's head the focus, scrolled to where it is not there yet.
    pub(super) fn focus(self) {
        let head = self.range_untracked().head;
        if let Some(cell) = self.element(head) {
            let _ = cell.focus();
            return;
        }
        let Some(place) = self.place.get_untracked() else { return };
        let Ok(Some(scroll)) = place.query_selector(".grid-box") else { return };
        let row = i32::try_from(head.row).unwrap_or(i32::MAX / ROW);
        scroll.set_scroll_top((row - 5).max(0).saturating_mul(ROW));
        self.scrolled(scroll.scroll_top());
        request_animation_frame(move || {
            if let Some(cell) = self.element(head) {
                let _ = cell.focus();
            }
        });
    }

    /// Notes how far down one is.
    pub(super) fn scrolled(self, top: i32) {
        let row = usize::try_from(top / ROW).unwrap_or(0);
        let first = row / STRIDE * STRIDE;
        if self.first.get_untracked() != first {
            self.first.set(first);
        }
    }

    /// What a cell is called: its row and its column.
    pub(super) fn name_of(self, at: At) -> String {
        self.sheet.with(|sheet| {
            let row = sheet.rows.get(at.row).map_or("", |row| row.name.as_str());
            let column = sheet.columns.get(at.col);
            let band = column.map_or("", |column| column.band.as_str());
            let column = column.map_or("", |column| column.name.as_str());
            let parts = [row, band, column].into_iter().filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(" · ")
        })
    }

    /// Starts typing in the cell that has the focus; with what stands there where nothing is
    /// given.
    pub(super) fn edit(self, text: Option<&str>) {
        let at = self.range_untracked().head;
        let sheet = self.sheet.get_untracked();
        let (Some(field), Some(cell)) = (self.field.get_untracked(), self.element(at)) else {
            return;
        };
        // A computed cell says why it takes nothing once something is typed.
        if sheet.cell(at).state == State::Nothing {
            return;
        }
        let there =
            self.wrong.with_untracked(|wrong| wrong.get(&at).map(|(typed, _)| typed.clone()));
        let there = || there.unwrap_or_else(|| sheet.plain(at));
        // A phone's keys for numbers have no minus.
        let has_minus = *sheet.columns[at.col].measure.unit.bounds().start() < 0;
        field.set_value(&text.map_or_else(there, str::to_owned));
        let _ = field.set_attribute("inputmode", if has_minus { "text" } else { "decimal" });
        let _ = field.set_attribute("aria-label", &self.name_of_untracked(at));
        self.editing.set(Some(at));
        let _ = cell.append_child(&field);
        field.set_hidden(false);
        let _ = field.focus();
        if text.is_none() {
            field.select();
        }
    }

    fn name_of_untracked(self, at: At) -> String {
        untrack(|| self.name_of(at))
    }

    /// Ends typing; what was typed, where there was any.
    pub(super) fn leave_field(self) -> Option<(At, String)> {
        let at = self.editing.get_untracked()?;
        let field = self.field.get_untracked()?;
        self.editing.set(None);
        let typed = field.value();
        // The focus first: a field that is hidden with it lets it fall to the page.
        if document().active_element().is_some_and(|active| active.is_same_node(Some(&field)))
            && let Some(cell) = self.element(at)
        {
            let _ = cell.focus();
        }
        field.set_hidden(true);
        Some((at, typed))
    }

    /// Takes what was typed in the field.
    pub(super) fn commit(self) {
        if let Some((at, typed)) = self.leave_field() {
            let before = self.sheet.with_untracked(|sheet| sheet.plain(at));
            let was_wrong = self.wrong.with_untracked(|wrong| wrong.contains_key(&at));
            // Looking into a cell is no change.
            if typed != before || was_wrong {
                self.take(vec![Typed::plain(at, &typed)], Note::default());
            }
        }
    }

    /// Takes what was typed or pasted, as one step.
    pub(super) fn take(self, typed: Vec<Typed>, mut note: Note) {
        let sheet = self.sheet.get_untracked();
        let mut wrong = self.wrong.get_untracked();
        let is_one = typed.len() == 1;
        let sorted = entry::sort(&sheet, typed);
        sorted.taken.iter().for_each(|at| {
            wrong.remove(at);
        });
        wrong.extend(sorted.wrong.into_iter().map(|(at, text, why)| (at, (text, why))));
        note.taken = sorted.taken.len();
        (note.computed, note.given) = (sorted.computed, sorted.given);
        note.nowhere = sorted.nowhere;
        let writes: Vec<Write> = sorted.writes.iter().map(|(write, _)| *write).collect();
        if !writes.is_empty()
            && let Err(why) = self.on_write.run(writes)
        {
            note.taken -= sorted.writes.len();
            for (write, text) in sorted.writes {
                wrong.insert(write.at, (text, NotTaken::Refused(why.clone())));
            }
        }
        if is_one {
            note.taken = 0; // one sees what one typed
        }
        let over = self.sheet.with_untracked(|sheet| values(sheet));
        self.said.set(Said { over, wrong, note });
    }

    /// Takes a pasted text, as one step; a block whose words the grid does not know goes to the
    /// preview of tables.
    pub(super) fn paste(self, text: &str) {
        let sheet = self.sheet.get_untracked();
        let range = self.range_untracked();
        let placed =
            self.session.plan.with_untracked(|plan| paste::place(plan, &sheet, text, range));
        match placed {
            Ok((cells, placed)) => {
                let Placed { cut, lacking, sums, .. } = placed;
                self.take(cells, Note { cut, lacking, sums, ..Note::default() });
            }
            Err(refusal) => {
                let is_for_preview = matches!(refusal, Refusal::Words(_) | Refusal::Twice(_));
                self.take(Vec::new(), Note { refusal: Some(refusal), ..Note::default() });
                if let Some(pasted) = self.pasted.filter(|_| is_for_preview) {
                    pasted.open(text.to_owned());
                }
            }
        }
    }

    /// Makes the series of computed cells counted, with the numbers they were given.
    pub(super) fn count_given(self) {
        let Some(on_computed) = self.on_computed else { return };
        let given = self.said.with_untracked(|said| said.note.given.clone());
        if let Err(why) = on_computed.accept.run(given) {
            self.said.update(|said| said.note.refused = Some(why));
        }
        self.focus();
    }

    /// Empties the selection, as one step.
    pub(super) fn clear(self) {
        let sheet = self.sheet.get_untracked();
        let cells = self.range_untracked().cells();
        let own = cells.filter(|at| sheet.cell(*at).is_editable());
        self.take(own.map(|at| Typed::plain(at, "")).collect(), Note::default());
    }
}

/// Why a cell was not taken.
pub(super) fn not_taken(w: &Words, why: &NotTaken) -> String {
    match why {
        NotTaken::NotANumber(error) => names::not_a_number(w, *error),
        NotTaken::OutOfBounds { least, most } => fill(w.data.grid_out_of_bounds, &[least, most]),
        NotTaken::Refused(why) => why.clone(),
    }
}
