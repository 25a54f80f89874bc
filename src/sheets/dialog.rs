//! Owns the dialog in which a table is looked at, and the question before choices are lost.
//!
//! Invariant: nothing that was chosen is lost by a key or a press beside it. Deliberately absent:
//! what the dialog shows of a table (`preview`).

use super::encoding_name;
use super::failure;
use super::own::OwnFile;
use super::preview::Preview;
use super::preview::steps::EncodingChoice;
use super::tables::{NotTaken, Tables};
use super::worker::Failure;
use crate::files;
use crate::session::Session;
use crate::words::fill;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use shapan_sheets::error::SheetError;

/// What is looked at, by the name it came with.
pub(super) fn name_of(session: Session, name: Option<&String>) -> String {
    name.cloned().unwrap_or_else(|| session.words().tables.pasted.to_owned())
}

/// The dialog, and the one that asks before it goes.
#[component]
pub fn TableDialog() -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let dialog = NodeRef::<html::Dialog>::new();
    let asking = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (tables.is_open.get(), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let leave = move || {
        if tables.has_choices() {
            if let Some(asking) = asking.get_untracked().filter(|asking| !asking.open()) {
                let _ = asking.show_modal();
            }
        } else {
            tables.hide();
        }
    };
    // The browser closes a dialog by itself where Escape is pressed twice.
    let closed = move || {
        if tables.is_open.get_untracked() {
            if tables.has_choices()
                && let Some(dialog) = dialog.get_untracked()
            {
                let _ = dialog.show_modal();
            }
            leave();
        }
    };
    let pressed = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            leave();
        }
    };
    let name = move || {
        let name = tables.source.with(|source| source.as_ref().and_then(|s| s.name.clone()));
        name_of(session, name.as_ref())
    };
    let more = move || {
        let more = tables.more();
        (more > 0).then(|| fill(session.words().tables.more_files, &[&more.to_string()]))
    };
    view! {
        <dialog class="table-import" node_ref=dialog aria-labelledby="table-import-title"
            on:keydown=pressed
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                leave();
            }
            on:close=move |_| closed()>
            <header>
                <h2 id="table-import-title">{move || fill(session.words().tables.title, &[&name()])}</h2>
                <span class="aside">{more}</span>
                <button type="button" class="icon" aria-label=session.t(|w| w.close)
                    title=session.t(|w| w.close) on:click=move |_| leave()>"×"</button>
            </header>
            <Outcome />
            <Show when=move || tables.overview.with(Option::is_some) && tables.taken.get().is_none()>
                <Preview />
            </Show>
            {move || tables.own.get().map(|own| view! { <OwnFile own /> })}
        </dialog>
        <Leaving asking name=Signal::derive(name) />
    }
    .into_any()
}

/// What cannot be read, and what was taken over.
#[component]
fn Outcome() -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let trouble = move || {
        let w = session.words();
        let name = tables.source.with(|source| source.as_ref().and_then(|s| s.name.clone()));
        let name = name_of(session, name.as_ref());
        let said = match (tables.failure.get(), tables.not_taken.get()) {
            (Some(why), _) => fill(w.sheets.not_read, &[&name, &failure(w, &why)]),
            (None, Some(NotTaken::Program(why))) => fill(w.tables.not_taken, &[&failure(w, &why)]),
            (None, Some(NotTaken::Plan(why))) => {
                fill(w.tables.not_taken, &[&files::command_error(w, &why)])
            }
            (None, None) => return None,
        };
        Some(view! { <p class="notice" role="alert">{said}</p> })
    };
    let status = move || {
        let w = session.words();
        let taken = tables.taken.get();
        let said = |taken: usize| match taken {
            0 => w.tables.taken_none.to_owned(),
            some => fill(w.tables.taken, &[&some.to_string()]),
        };
        taken.map(said).or_else(|| {
            let is_first = tables.summary.with(Option::is_none) && tables.own.with(Option::is_none);
            (tables.is_reading.get() && is_first).then(|| w.sheets.reading.to_owned())
        })
    };
    let is_of_encoding = move || {
        use SheetError::{NotInEncoding, UnknownEncoding};
        tables.failure.with(|failure| {
            matches!(failure, Some(Failure::Refused(UnknownEncoding | NotInEncoding { .. })))
        })
    };
    let chosen = Memo::new(move |_| tables.encoding.get().map(encoding_name));
    view! {
        {trouble}
        <Show when=is_of_encoding><EncodingChoice encoding=chosen /></Show>
        <p role="status" class="done">{status}</p>
        <Show when=move || tables.taken.get().is_some()>
            <div class="row">
                // Where nothing was taken, a step to undo would be of something else.
                <Show when=move || tables.taken.get().is_some_and(|taken| taken > 0)>
                    <button type="button" on:click=move |_| {
                        session.undo();
                        tables.next();
                    }>{session.t(|w| w.undo)}</button>
                </Show>
                <button type="button" class="primary" on:click=move |_| tables.next()>
                    {move || {
                        let w = session.words();
                        if tables.more() > 0 { w.tables.next } else { w.tables.done }
                    }}
                </button>
            </div>
        </Show>
        <Show when=move || tables.failure.with(Option::is_some) && { tables.more() > 0 }>
            <div class="row">
                <button type="button" class="primary" on:click=move |_| tables.next()>
                    {session.t(|w| w.tables.next)}
                </button>
            </div>
        </Show>
    }
    .into_any()
}

/// Asks whether choices may be lost.
#[component]
fn Leaving(asking: NodeRef<html::Dialog>, name: Signal<String>) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let close = move || {
        if let Some(asking) = asking.get_untracked() {
            asking.close();
        }
    };
    view! {
        <dialog class="leaving" role="alertdialog" node_ref=asking
            aria-labelledby="leaving-title" aria-describedby="leaving-text">
            <h2 id="leaving-title">{session.t(|w| w.tables.leave_title)}</h2>
            <p id="leaving-text">{move || fill(session.words().tables.leave_text, &[&name.get()])}</p>
            <div class="row">
                <button type="button" class="primary" on:click=move |_| close()>
                    {session.t(|w| w.tables.keep_working)}
                </button>
                <button type="button" on:click=move |_| {
                    close();
                    tables.next();
                }>{session.t(|w| w.tables.throw_away)}</button>
            </div>
        </dialog>
    }
    .into_any()
}
