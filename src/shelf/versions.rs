//! Owns the states the plan on the table can be brought back to: versions and backups.
//!
//! Invariant: nothing here replaces what is on the table without keeping it first.

use super::{Telling, kilobytes};
use crate::clock;
use crate::files;
use crate::parts::focus;
use crate::session::{Keeper, Session, State, SwitchError};
use crate::words::{Words, fill, words};
use leptos::prelude::*;
use shapan_engine::Lang;
use shapan_keep::{Reason, RecordId};

/// All states, newest first, and the way to keep one more.
#[component]
pub fn Versions() -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let Telling { done, .. } = expect_context();
    // Read anew when something was saved, or a state came or went.
    let states = Memo::new(move |_| {
        keeper.state.track();
        done.track();
        let lang = session.lang();
        let states = keeper.states(keeper.plans().0);
        states.into_iter().map(|state| (lang, state)).collect::<Vec<_>>()
    });
    let name = RwSignal::new(String::new());
    let keep = move |e: leptos::ev::SubmitEvent| {
        e.prevent_default();
        let called: String = name.with_untracked(|n| n.trim().chars().take(80).collect());
        let w = session.words();
        match keeper.keep_version(&called) {
            Ok(()) => {
                done.set(Some(fill(w.shelf.version_kept, &[&called])));
                name.set(String::new());
            }
            Err(error) => keeper.trouble.set(Some(files::storage_error(w, &error))),
        }
    };
    view! {
        <section class="card states">
            <header class="card-head">
                <h2>{session.t(|w| w.shelf.versions)}</h2>
                <p>{session.t(|w| w.shelf.versions_lead)}</p>
            </header>
            <form class="row" on:submit=keep>
                <input type="text" required maxlength="80" aria-label=session.t(|w| w.shelf.version_name)
                    placeholder=session.t(|w| w.shelf.version_name) bind:value=name />
                <button type="submit">{session.t(|w| w.shelf.keep_version)}</button>
            </form>
            <table class="stacks plans">
                <thead><tr>
                    <th scope="col">{session.t(|w| w.shelf.when)}</th>
                    <th scope="col">{session.t(|w| w.shelf.state)}</th>
                    <th scope="col" title=session.t(|w| w.shelf.hash_hint)>{session.t(|w| w.shelf.hash)}</th>
                    <th scope="col" class="num">{session.t(|w| w.shelf.size)}</th>
                    <th scope="col">{session.t(|w| w.shelf.actions)}</th>
                </tr></thead>
                <tbody>
                    <For each=move || states.get() key=Clone::clone let((lang, state))><Row lang state /></For>
                </tbody>
            </table>
        </section>
    }
    .into_any()
}

/// What a state is.
fn what(w: &Words, state: &State) -> String {
    let Some(about) = &state.about else { return w.shelf.state_damaged.to_owned() };
    match about.reason {
        Some(Reason::Named) => fill(w.shelf.named, &[&about.name]),
        Some(Reason::Adopted) => fill(w.shelf.adopted, &[&about.name]),
        Some(Reason::BeforeRestoring) => w.shelf.before_restoring.to_owned(),
        Some(Reason::OtherTab) => w.shelf.other_tab.to_owned(),
        None if state.is_standing => w.shelf.standing.to_owned(),
        None => w.shelf.backup.to_owned(),
    }
}

#[component]
fn Row(lang: Lang, state: State) -> impl IntoView {
    let w = words(lang);
    let hash = state.about.as_ref().map(|about| about.content.clone());
    view! {
        <tr>
            <th scope="row">{clock::moment(state.id.at)}</th>
            <td data-label=w.shelf.state>{what(w, &state)}</td>
            <td data-label=w.shelf.hash><code>{hash}</code></td>
            <td class="num" data-label=w.shelf.size>{kilobytes(state.id.size)}</td>
            <td><Actions lang state /></td>
        </tr>
    }
    .into_any()
}

/// What can be done with a state. One that an adoption locked goes only with the plan.
#[component]
fn Actions(lang: Lang, state: State) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let Telling { done, .. } = expect_context();
    let w = words(lang);
    let State { id, about, is_standing } = state;
    let when = clock::moment(id.at);
    let labelled = |template: &'static str| fill(template, &[&when]);
    let is_sound = about.is_some();
    let is_locked = about.is_some_and(|about| about.reason == Some(Reason::Adopted));
    let act = move |id: &RecordId,
                    what: fn(Keeper, &RecordId) -> Result<(), SwitchError>,
                    told: String| {
        match what(keeper, id) {
            Ok(()) => {
                done.set(Some(told));
                focus("main");
            }
            Err(error) => keeper.trouble.set(Some(files::switch_error(w, &error))),
        }
    };
    let id = StoredValue::new(id);
    let brought_back = labelled(w.shelf.brought_back);
    let bring_back = move |_| {
        id.with_value(|id| act(id, |k, id| k.bring_back(id), brought_back.clone()));
    };
    let as_plan = move |_| {
        id.with_value(|id| act(id, |k, id| k.state_as_plan(id), w.shelf.as_plan_done.to_owned()));
    };
    let export = move |_| {
        let file = id.with_value(|id| keeper.file_of_state(id));
        let title = keeper.title_of(id.with_value(|id| id.plan));
        if let Some(file) = file {
            files::download(&files::name_of(&title), &file);
        }
    };
    let remove = move |_| {
        id.with_value(|id| {
            act(id, |k, id| Ok(k.remove_state(id)?), w.shelf.state_removed.to_owned());
        });
    };
    view! {
        <div class="actions">
            {(is_sound && !is_standing).then(|| view! {
                <button type="button" class="quiet" aria-label=labelled(w.shelf.bring_back_this) on:click=bring_back>{w.shelf.bring_back}</button>
                <button type="button" class="quiet" aria-label=labelled(w.shelf.as_plan_this) on:click=as_plan>{w.shelf.as_plan}</button>
            })}
            <button type="button" class="quiet" aria-label=labelled(w.shelf.export_state) on:click=export>{w.shelf.export}</button>
            {(!is_standing && !is_locked).then(|| view! {
                <button type="button" class="quiet" aria-label=labelled(w.shelf.remove_state) on:click=remove>{w.shelf.remove}</button>
            })}
        </div>
    }
    .into_any()
}
