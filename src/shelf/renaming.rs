//! Owns the new name of the plan on the table.

use super::Telling;
use crate::parts::focus;
use crate::session::Session;
use leptos::prelude::*;
use shapan_engine::{Command, Plan, Text};
use std::sync::Arc;

/// The open plan's name and place, to be changed.
#[component]
pub fn Renaming() -> impl IntoView {
    let session = expect_context::<Session>();
    let Telling { is_renaming, .. } = expect_context();
    let lang = session.preferences.with_untracked(|p| p.lang);
    let now =
        |pick: fn(&Plan) -> &Text| session.plan.with_untracked(|p| pick(p).get(lang).to_owned());
    let title = RwSignal::new(now(|p| &p.title));
    let place = RwSignal::new(now(|p| &p.place));
    let is_missing = RwSignal::new(false);
    let text = move |words: RwSignal<String>, before: fn(&Plan) -> &Text| {
        let retyped = |p: &Arc<Plan>| session.retyped(Some(before(p)), &words.get_untracked());
        session.plan.with_untracked(retyped)
    };
    let close = move || {
        is_renaming.set(false);
        focus("main");
    };
    let keep = move |_| {
        let (Some(title), Some(place)) = (text(title, |p| &p.title), text(place, |p| &p.place))
        else {
            return is_missing.set(true);
        };
        session.dispatch(Command::NamePlan { title, place });
        close();
    };
    let field = |label: Signal<&'static str>, words: RwSignal<String>| {
        view! {
            <label class="field">
                <span>{label}</span>
                <input type="text" prop:value=words on:input:target=move |e| words.set(e.target().value()) />
            </label>
        }
    };
    view! {
        <section class="card renaming" aria-labelledby="renaming">
            <h2 id="renaming">{session.t(|w| w.shelf.rename)}</h2>
            {field(session.t(|w| w.shelf.name), title)}
            {field(session.t(|w| w.shelf.place), place)}
            <Show when=move || is_missing.get()><p class="field-error" role="alert">{session.t(|w| w.shelf.name_missing)}</p></Show>
            <div class="row">
                <button type="button" class="primary" on:click=keep>{session.t(|w| w.shelf.keep_name)}</button>
                <button type="button" on:click=move |_| close()>{session.t(|w| w.shelf.cancel)}</button>
            </div>
        </section>
    }
}
