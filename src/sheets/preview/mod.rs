//! Owns what is shown of a table before it is taken over: how it is read, step by step and
//! correctable; what is asked; every row; what changes; what stays outside; and the button.
//!
//! Invariant: what is shown is one look of the program's, whole; nothing is computed here.

pub(super) mod changes;
mod left;
pub(super) mod naming;
mod questions;
mod rows;
pub(super) mod steps;

use super::tables::Tables;
use crate::parts::Segments;
use crate::session::Session;
use crate::words::fill;
use changes::{Changes, Totals};
use left::Left;
use leptos::prelude::*;
use naming::count;
use questions::Questions;
use rows::Rows;
use shapan_sheets::import::{LeftColumn, Summary};
use std::sync::Arc;
use steps::Steps;

/// The button that takes the table over, by its id.
const TAKE: &str = "table-take";

/// What the summary of the last look says; drawn only where there is one.
type Read = Memo<Option<Arc<Summary>>>;

/// What of the summary is of interest, and nothing before there is one.
fn of<T: Default + PartialEq + Send + Sync + 'static>(
    read: Read,
    pick: impl Fn(&Summary) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| {
        read.with(|read| read.as_ref().map(|summary| pick(summary)).unwrap_or_default())
    })
}

/// Parts that are looked at one at a time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Rows,
    Changes,
    Left,
}

impl Part {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Rows, "rows"), (Self::Changes, "changes"), (Self::Left, "left")];

    fn key(self) -> &'static str {
        Self::ALL.iter().find(|(part, _)| *part == self).map_or("", |(_, key)| key)
    }
}

/// Columns, rows and cells that stay outside, far ones too.
fn left_out(summary: &Summary) -> usize {
    let is_told = |why: &Option<LeftColumn>| why.is_some();
    let columns = summary.columns.iter().filter(|column| is_told(&column.left)).count();
    columns + summary.left_rows + summary.faulty + summary.far_cells
}

/// The preview.
#[component]
pub(super) fn Preview() -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let read: Read = Memo::new(move |_| tables.summary.get());
    let part = RwSignal::new(Part::Rows);
    let parts = move || {
        let t = session.words().tables;
        read.with(|read| {
            let read = read.as_ref();
            let of = |pick: fn(&Summary) -> usize| count(read.map_or(0, |read| pick(read)));
            let names = [
                fill(t.rows, &[&of(|read| read.rows)]),
                fill(t.changes, &[&of(|read| read.changes + read.waiting)]),
                fill(t.left, &[&of(left_out)]),
            ];
            Part::ALL.iter().map(|(_, key)| (*key).to_owned()).zip(names).collect::<Vec<_>>()
        })
    };
    let has_table = of(read, |read| read.table.is_some());
    let is_there = Memo::new(move |_| read.with(Option::is_some));
    view! {
        <div class="table-preview" aria-busy=move || tables.is_reading.get().to_string()>
            <Steps read />
            <Show when=move || is_there.get() && !has_table.get()>
                <p class="notice" role="status">{session.t(|w| w.tables.no_table)}</p>
            </Show>
            <Show when=move || has_table.get()>
                <Questions read />
                <Totals read />
                <Segments
                    label=session.t(|w| w.tables.shows)
                    options=Signal::derive(parts)
                    value=Signal::derive(move || part.get().key().to_owned())
                    on_choose=Callback::new(move |chosen: String| {
                        if let Some((of, _)) = Part::ALL.iter().find(|(_, key)| *key == chosen) {
                            part.set(*of);
                        }
                    })
                />
                {move || match part.get() {
                    Part::Rows => view! { <Rows read /> }.into_any(),
                    Part::Changes => view! { <Changes read /> }.into_any(),
                    Part::Left => view! { <Left read /> }.into_any(),
                }}
            </Show>
        </div>
        <Take read />
    }
    .into_any()
}

/// The button that takes the table over, beside what is still open.
#[component]
fn Take(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let numbers = of(read, |read| (read.changes, read.questions.len()));
    let label = move || {
        let t = session.words().tables;
        match numbers.get().0 {
            0 => t.take_nothing.to_owned(),
            changes => fill(t.take, &[&count(changes)]),
        }
    };
    let open = move || {
        let t = session.words().tables;
        match numbers.get() {
            (0, 0) => read.with(Option::is_some).then(|| t.nothing_changes.to_owned()),
            (_, 0) => None,
            (_, open) => Some(fill(t.open_left, &[&count(open)])),
        }
    };
    let is_off = move || numbers.get().0 == 0 || tables.is_reading.get();
    view! {
        <footer class="row">
            <p class="aside" role="status">{open}</p>
            <button type="button" class="primary" id=TAKE disabled=is_off
                on:click=move |_| tables.take()>{label}</button>
        </footer>
    }
    .into_any()
}
