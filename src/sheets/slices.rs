//! Owns rows that are drawn as they scroll into view: which are asked for, and which are there.
//!
//! Invariant: rows have one height, so those that are not there take the room they would have; an
//! answer to a look of before shows nowhere. Deliberately absent: what a row looks like.

use super::tables::Tables;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use shapan_sheets::request::Request;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// The height of a row, as the style sheet has it.
const ROW: i32 = 30;
/// Rows asked for at a time.
const SLICE: usize = 100;
/// Rows drawn: those in view and some around.
const DRAWN: usize = 60;
/// Rows scrolled at a time.
const STEP: usize = 10;

/// What asks for so many rows from one on.
type Ask = fn(usize, usize) -> Request;

/// Rows of a look, as far as they are there.
pub(super) struct Slices<T: 'static> {
    source: Option<(Tables, Ask)>,
    count: Signal<usize>,
    first: RwSignal<usize>,
    got: RwSignal<BTreeMap<usize, Arc<Vec<T>>>>,
    asked: StoredValue<(u64, BTreeSet<usize>)>,
}

impl<T> Clone for Slices<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slices<T> {}

impl<T: Clone + PartialEq + Send + Sync + DeserializeOwned + 'static> Slices<T> {
    /// Rows that a request brings, so many in all.
    pub(super) fn new(tables: Tables, count: Signal<usize>, request: Ask) -> Self {
        let slices = Self {
            source: Some((tables, request)),
            count,
            first: RwSignal::new(0),
            got: RwSignal::new(BTreeMap::new()),
            asked: StoredValue::new((0, BTreeSet::new())),
        };
        Effect::new(move |_| slices.fetch());
        slices
    }

    /// Rows that are all there.
    pub(super) fn held(rows: &[T]) -> Self {
        let slices = rows.chunks(SLICE).map(|rows| Arc::new(rows.to_vec())).enumerate();
        Self {
            source: None,
            count: Signal::stored(rows.len()),
            first: RwSignal::new(0),
            got: RwSignal::new(slices.collect()),
            asked: StoredValue::new((0, BTreeSet::new())),
        }
    }

    /// Tells how far the box around the rows is scrolled.
    pub(super) fn scrolled(self, top: i32) {
        let first = usize::try_from(top / ROW).unwrap_or(0) / STEP * STEP;
        if self.first.get_untracked() != first {
            self.first.set(first);
        }
    }

    fn drawn(self) -> Range<usize> {
        let count = self.count.get();
        let first = self.first.get().min(count.saturating_sub(1));
        first.saturating_sub(STEP)..(first + DRAWN).min(count)
    }

    /// Asks for what is to be drawn and was not asked for yet.
    fn fetch(self) {
        let Some((tables, request)) = self.source else { return };
        let (look, drawn) = (tables.look(), self.drawn());
        if drawn.is_empty() {
            return;
        }
        let slices = drawn.start / SLICE..(drawn.end - 1) / SLICE + 1;
        self.asked.update_value(|asked| {
            if asked.0 != look {
                *asked = (look, BTreeSet::new());
            }
        });
        // What is in view stays until its successor is there.
        let kept = slices.clone();
        if self.got.with_untracked(|got| got.keys().any(|slice| !kept.contains(slice))) {
            self.got.update(|got| got.retain(|slice, _| kept.contains(slice)));
            self.asked.update_value(|asked| asked.1.retain(|slice| kept.contains(slice)));
        }
        for slice in slices {
            if self.asked.try_update_value(|asked| asked.1.insert(slice)) != Some(true) {
                continue;
            }
            let request = request(slice * SLICE, SLICE);
            leptos::task::spawn_local(async move {
                let rows = tables.ask::<Vec<T>>(&request, look).await;
                if let Some(Ok(rows)) = rows {
                    let _ = self.got.try_update(|got| got.insert(slice, Arc::new(rows)));
                }
            });
        }
    }

    /// The rows of a table's body; `draw` is given a row's place and what stands in it, once it is
    /// there.
    pub(super) fn body(
        self,
        draw: impl Fn(usize, Memo<Option<T>>) -> AnyView + Clone + Send + 'static,
    ) -> AnyView {
        let drawn = Memo::new(move |_| self.drawn());
        let space = move |rows: usize| {
            let rows = i32::try_from(rows).unwrap_or(i32::MAX / ROW);
            let height = format!("{}px", rows.saturating_mul(ROW));
            (rows > 0).then(|| {
                view! { <tr aria-hidden="true" class="space"><td style:height=height></td></tr> }
            })
        };
        view! {
            <tbody>
                {move || space(drawn.get().start)}
                <For each=move || drawn.get() key=|place| *place let(place)>
                    {
                        let draw = draw.clone();
                        let row = Memo::new(move |_| {
                            let found = |rows: &Arc<Vec<T>>| rows.get(place % SLICE).cloned();
                            self.got.with(|got| got.get(&(place / SLICE)).and_then(found))
                        });
                        draw(place, row)
                    }
                </For>
                {move || space(self.count.get().saturating_sub(drawn.get().end))}
            </tbody>
        }
        .into_any()
    }
}
