//! Owns the grid: a table of numbers one walks, types, copies and pastes in as in a spreadsheet.
//!
//! `sheet` is what it shows, `range` where one is, `entry` reads a cell, `paste` lays a block on
//! it, `desk` is what is under way, `keys` and `body` its keyboard and its rows.
//!
//! Invariant: a grid changes nothing itself: what was typed, pasted or cleared is handed over at
//! once, as one step; what cannot be read stays where it was typed, with the reason, until the
//! numbers under it move by other means. Cells are plain text and there is one field to type in.

mod body;
mod desk;
mod entry;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod in_browser;
mod keys;
mod paste;
mod range;
mod sheet;

pub use range::At;
pub use sheet::{Cell, Column, Means, Measure, Row, Sheet, Write};

use crate::session::Session;
use crate::words::fill;
use desk::Desk;
use leptos::html;
use leptos::prelude::*;
use shapan_sheets::import::Refusal;
use std::sync::Arc;

/// What is to be done where computed cells are given numbers.
#[derive(Clone, Copy)]
pub struct OnComputed {
    /// Why they take none, and what there is to do about it; nothing where nothing is.
    pub reasons: Callback<Vec<Write>, Vec<String>>,
    /// Makes them take the numbers, as one step; answers why that was refused.
    pub accept: Callback<Vec<Write>, Result<(), String>>,
}

/// A grid.
#[component]
pub fn Grid(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// What it shows.
    #[prop(into)]
    sheet: Signal<Arc<Sheet>>,
    /// Told what was typed, all of it one step; answers why it was refused.
    on_write: Callback<Vec<Write>, Result<(), String>>,
    /// Asked where computed cells are given numbers.
    #[prop(optional_no_strip)]
    on_computed: Option<OnComputed>,
    /// The cell one is at.
    at: RwSignal<At>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let desk = Desk::new(session, sheet, on_write, on_computed, at);
    let id = desk.id();
    let count = move |of: fn(&Sheet) -> usize| sheet.with(|sheet| of(sheet).to_string());
    view! {
        <div class="grid" node_ref=desk.place
            on:keydown=move |e| keys::pressed(desk, &e)
            on:copy=move |e| keys::copied(desk, &e, false)
            on:cut=move |e| keys::copied(desk, &e, true)
            on:paste=move |e| keys::pasted(desk, &e)
            on:pointerdown=move |e| keys::pointed(desk, &e)
            on:pointerover=move |e| keys::drawn(desk, &e)
            on:pointerup=move |_| keys::released(desk)
            on:click=move |e| keys::tapped(desk, &e)
            on:dblclick=move |e| keys::edit_at(desk, e.target().as_ref())
        >
            <div class="grid-box" tabindex="-1" on:scroll:target=move |e| {
                desk.scrolled(e.target().scroll_top());
            }>
                <table role="grid" aria-label=label aria-multiselectable="true"
                    aria-describedby=format!("{id}-help")
                    aria-rowcount=move || count(|s| s.rows.len() + 2)
                    aria-colcount=move || count(|s| s.columns.len() + 1 + usize::from(s.row_total.is_some()))>
                    {body::head(desk)}
                    {body::rows(desk)}
                    {body::foot(desk)}
                </table>
            </div>
            <input type="text" class="grid-field" hidden autocomplete="off" spellcheck="false"
                node_ref=desk.field on:blur=move |_| desk.commit() />
            <Said desk />
            <p class="grid-help" id=format!("{id}-help")>{session.t(|w| w.data.grid_help)}</p>
        </div>
    }
}

/// What became of what was typed or pasted, and the cells that were not taken.
#[component]
fn Said(desk: Desk) -> impl IntoView {
    const MOST: usize = 12;
    let session = desk.session;
    let summary = move || {
        let w = session.words().data;
        let (note, wrong) = (desk.note(), desk.wrong.with(|wrong| wrong.len()));
        let counted = [
            (note.taken, w.grid_taken),
            (wrong, w.grid_not_taken),
            (note.computed, w.grid_computed),
            (note.nowhere, w.grid_nowhere),
            (note.cut, w.grid_cut),
            (note.sums, w.grid_sums),
        ];
        let counted = counted.into_iter().filter(|(n, _)| *n > 0);
        let mut said: Vec<_> = counted.map(|(n, text)| fill(text, &[&n.to_string()])).collect();
        if !note.lacking.is_empty() {
            said.push(fill(w.grid_unknown, &[&note.lacking.join(" / ")]));
        }
        said.extend(note.refusal.as_ref().map(|refusal| refused(w, refusal)));
        said.join(session.words().semicolon)
    };
    let first = move || {
        let (found, id) = (desk.wrong.get(), desk.id());
        let more = found.len().saturating_sub(MOST);
        let w = session.words();
        let each = found.into_iter().take(MOST).map(|(at, (typed, why))| {
            let why = desk::not_taken(w, &why);
            let place = desk.name_of(at);
            view! {
                <li>
                    <button type="button" on:click=move |_| desk.go_to(at)>{place}</button>
                    " "<span id=format!("{id}-{}-{}", at.row, at.col)>{format!("“{typed}” · {why}")}</span>
                </li>
            }
        });
        let each = each.collect_view();
        let more =
            (more > 0).then(|| view! { <li>{fill(w.data.grid_more, &[&more.to_string()])}</li> });
        view! { {each}{more} }
    };
    view! {
        <p class="grid-said" role="status" class:wrong=move || {
            desk.wrong.with(|w| !w.is_empty()) || desk.note().refusal.is_some()
        }>{summary}</p>
        <Computed desk />
        <Show when=move || desk.wrong.with(|w| !w.is_empty())>
            <ul class="grid-wrong">{first}</ul>
        </Show>
    }
}

/// Why nothing of a block was placed, and what to do.
fn refused(w: &crate::words::data::Words, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Words(words) if words.is_empty() => w.paste_no_head.to_owned(),
        Refusal::Words(words) => fill(w.paste_words, &[words]),
        Refusal::Twice(words) => fill(w.paste_twice, &[words]),
        Refusal::Years => w.paste_years.to_owned(),
        Refusal::Running => w.paste_running.to_owned(),
    }
}

/// Why computed cells take no numbers, and the way to make them.
#[component]
fn Computed(desk: Desk) -> impl IntoView {
    let session = desk.session;
    let note = Memo::new(move |_| desk.note());
    let reasons = Memo::new(move |_| {
        let given = note.with(|note| note.given.clone());
        match desk.on_computed {
            Some(on_computed) if !given.is_empty() => on_computed.reasons.run(given),
            _ => Vec::new(),
        }
    });
    let offer = move || {
        let count = note.with(|note| note.given.len());
        fill(session.words().data.make_counted, &[&count.to_string()])
    };
    view! {
        <Show when=move || reasons.with(|reasons| !reasons.is_empty())>
            <div class="remark">
                {move || reasons.get().into_iter().map(|why| view! { <p>{why}</p> }).collect_view()}
                <p>{session.t(|w| w.data.make_counted_says)}</p>
                {move || note.with(|note| note.refused.clone())
                    .map(|why| view! { <p class="notice" role="alert">{why}</p> })}
                <p><button type="button" on:click=move |_| desk.count_given()>{offer}</button></p>
            </div>
        </Show>
    }
    .into_any()
}

/// What a pasted text writes into a sheet, as the grid takes it.
#[cfg(test)]
pub fn pasted(
    plan: &shapan_engine::Plan,
    sheet: &Sheet,
    text: &str,
    at: At,
) -> Result<(Vec<Write>, Vec<Write>), Refusal> {
    let (typed, _) = paste::place(plan, sheet, text, range::Range::one(at))?;
    let sorted = entry::sort(sheet, typed);
    Ok((sorted.writes.into_iter().map(|(write, _)| write).collect(), sorted.given))
}

/// The field of a grid, where one types.
type Field = NodeRef<html::Input>;
