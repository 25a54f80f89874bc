//! Owns what the reader has to know, whatever page is shown: storage in trouble, what was not
//! as it should be at the start, another tab's changes, a command refused, no result.
//!
//! Invariant: each says what happened, what became of the data, and what can be done.

use crate::clock;
use crate::files;
use crate::session::{Choice, Elsewhere, Keeper, Page, SaveState, Session, Trouble};
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::CommandError;
use shapan_keep::KeepError;

/// All notices there are.
#[component]
pub fn Notices() -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let storage = move || match keeper.state.get() {
        SaveState::Failed(error) => Some(unsaved(session, keeper, &error)),
        SaveState::Pending | SaveState::Saved { .. } => None,
    };
    let troubles = move || {
        let troubles = keeper.troubles.get();
        (!troubles.is_empty()).then(|| at_start(session, keeper, &troubles))
    };
    let elsewhere = move || keeper.elsewhere.get().map(|e| both_changed(session, keeper, &e));
    // What is only looked at says so itself, with what can be done.
    let refused = move || {
        let refused = session.refused.get().filter(|e| *e != CommandError::ReadOnly);
        refused.map(|e| files::command_error(session.words(), &e))
    };
    let no_result = move || {
        let error = session.impact.with(|i| i.error().cloned());
        error.map(|e| session.plan.with(|p| files::evaluate_error(session, p, &e)))
    };
    let notice = move |text: Option<String>| {
        text.map(|text| view! { <p class="notice" role="alert">{text}</p> })
    };
    view! {
        {storage}
        {troubles}
        {elsewhere}
        {move || notice(keeper.trouble.get())}
        {move || notice(refused())}
        {move || notice(no_result())}
    }
}

/// The plan could not be saved: take it along, make room, try again.
fn unsaved(session: Session, keeper: Keeper, error: &KeepError) -> AnyView {
    let w = session.words();
    let export = move |_| {
        let plan = session.table.get_untracked();
        files::download_plan(&plan, session.lang());
    };
    let make_room = (*error == KeepError::Full)
        .then(|| view! { <a class="button" href=Page::Files.hash()>{w.shelf.make_room}</a> });
    view! {
        <div class="notice" role="alert">
            <p>{files::storage_error(w, error)}</p>
            <button type="button" on:click=export>{w.shelf.export_now}</button>
            {make_room}
            <button type="button" on:click=move |_| keeper.save()>{w.shelf.try_again}</button>
        </div>
    }
    .into_any()
}

/// What was not as it should be at the start: one text, and the bytes to take along.
fn at_start(session: Session, keeper: Keeper, troubles: &[Trouble]) -> AnyView {
    let w = session.words();
    let is_instead = troubles.iter().any(|t| matches!(t, Trouble::Earlier { .. }));
    let texts: Vec<String> = troubles.iter().map(|t| trouble(w, t)).collect();
    let bytes = troubles.iter().find_map(|t| match t {
        Trouble::Unreadable { bytes, .. } => Some(bytes.clone()),
        _ => None,
    });
    let save = bytes.map(|bytes| {
        view! {
            <button type="button" on:click=move |_| files::download("shapan-rescue.json", &bytes)>
                {w.save_bytes}
            </button>
        }
    });
    let instead = (!is_instead).then_some(w.shelf.sample_instead);
    view! {
        <div class="notice" role="alert">
            <p><b>{w.shelf.safe_mode}</b>" "{texts.join(" ")}" "{instead}</p>
            {save}
            <a class="button" href=Page::Files.hash()>{w.shelf.see_states}</a>
            <button type="button" on:click=move |_| keeper.troubles.set(Vec::new())>{w.dismiss}</button>
        </div>
    }
    .into_any()
}

fn trouble(w: &Words, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreadable { error, .. } => {
            fill(w.unreadable_plan, &[&files::read_error(w, error)])
        }
        Trouble::Damaged => w.shelf.damaged.to_owned(),
        Trouble::Earlier { at } => fill(w.shelf.earlier, &[&clock::moment(*at)]),
        Trouble::Newer => w.shelf.newer.to_owned(),
        Trouble::Safe => w.shelf.safe_start.to_owned(),
    }
}

/// Two tabs changed the same: the reader chooses.
fn both_changed(session: Session, keeper: Keeper, elsewhere: &Elsewhere) -> AnyView {
    let w = session.words();
    let ways = [
        (Choice::Merge, w.shelf.merge_both),
        (Choice::Ours, w.keep_ours),
        (Choice::Theirs, w.take_theirs),
        (Choice::Copy, w.shelf.as_copy),
    ];
    let count = elsewhere.conflicts.to_string();
    view! {
        <div class="notice" role="alert">
            <p>{fill(w.changed_elsewhere, &[&count])}</p>
            {ways.map(|(choice, text)| view! {
                <button type="button" on:click=move |_| keeper.choose(choice)>{text}</button>
            })}
        </div>
    }
    .into_any()
}
