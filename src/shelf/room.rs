//! Owns what takes how much room on this machine, and what can be freed.
//!
//! Invariant: nothing goes unless the reader says so here (backups, when a plan needs their
//! room, are let go by `shapan_keep`); what was set aside can be taken along first.

use super::{Telling, kilobytes};
use crate::files;
use crate::session::{Keeper, Session};
use crate::storage::LIMIT;
use crate::words::fill;
use leptos::prelude::*;
use shapan_keep::{BUDGET, KeepError};

/// The card.
#[component]
pub fn Room() -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let Telling { done, .. } = expect_context();
    let usage = Memo::new(move |_| {
        keeper.state.track();
        keeper.plans();
        done.track();
        keeper.usage()
    });
    let sum = move |of: fn(&shapan_keep::Room) -> usize| {
        usage.with(|u| u.plans.iter().map(|(_, room)| of(room)).sum::<usize>())
    };
    let used = move || {
        let [used, limit] = [usage.with(shapan_keep::Usage::total), LIMIT].map(kilobytes);
        fill(session.words().shelf.room_used, &[&used, &limit])
    };
    let act =
        move |what: fn(Keeper) -> Result<(), KeepError>, told: &'static str| match what(keeper) {
            Ok(()) => done.set(Some(told.to_owned())),
            Err(error) => {
                keeper.trouble.set(Some(files::storage_error(session.words(), &error)));
            }
        };
    let save_aside = move |_| {
        let aside = keeper.aside().into_iter().collect::<std::collections::BTreeMap<_, _>>();
        let json = serde_json::to_string_pretty(&aside).unwrap_or_default();
        files::download(&files::name_of("shapan-rescue"), &json);
    };
    let has_aside = move || usage.with(|u| u.aside > 0);
    let row = move |name: Signal<String>, size: Signal<usize>| {
        let size = move || fill(session.words().shelf.kilobytes, &[&kilobytes(size.get())]);
        view! { <dt>{name}</dt><dd class="num">{size}</dd> }
    };
    let named = move |pick: fn(&'static crate::words::Words) -> &'static str| {
        Signal::derive(move || fill(pick(session.words()), &[&kilobytes(BUDGET)]))
    };
    view! {
        <section class="card room">
            <header class="card-head">
                <h2>{session.t(|w| w.shelf.room)}</h2>
                <p>{used}</p>
            </header>
            <meter min="0" max=LIMIT.to_string() high=(LIMIT / 10 * 8).to_string()
                prop:value=move || usage.with(|u| u.total().to_string())
                aria-label=session.t(|w| w.shelf.room)></meter>
            <dl>
                {row(named(|w| w.shelf.room_plans), Signal::derive(move || sum(|r| r.standing)))}
                {row(named(|w| w.shelf.room_versions), Signal::derive(move || sum(|r| r.versions)))}
                {row(named(|w| w.shelf.room_backups), Signal::derive(move || sum(|r| r.backups)))}
                {row(named(|w| w.shelf.room_aside), Signal::derive(move || usage.with(|u| u.aside)))}
                {row(named(|w| w.shelf.room_other), Signal::derive(move || usage.with(|u| u.other)))}
            </dl>
            <div class="row">
                <button type="button" on:click=move |_| act(Keeper::free, session.words().shelf.freed)>
                    {session.t(|w| w.shelf.free_backups)}
                </button>
                <Show when=has_aside>
                    <button type="button" on:click=save_aside>{session.t(|w| w.shelf.save_aside)}</button>
                    <button type="button" on:click=move |_| act(Keeper::discard_aside, session.words().shelf.discarded)>
                        {session.t(|w| w.shelf.discard_aside)}
                    </button>
                </Show>
            </div>
            <p>{session.t(|w| w.shelf.export_reminder)}</p>
        </section>
    }
    .into_any()
}
