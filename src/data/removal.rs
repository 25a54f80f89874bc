//! Owns the dialog that says what goes with a thing before it is removed.
//!
//! Invariant: what is told is what the engine says would go, and nothing goes before the reader
//! has been told. Undoing brings all of it back.

use crate::files;
use crate::names;
use crate::session::Session;
use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use shapan_engine::{Command, ThingId};

/// The thing that is to be removed, if one is, and the dialog that asks; `Copy`.
#[derive(Clone, Copy)]
pub struct Removing {
    thing: RwSignal<Option<ThingId>>,
    dialog: NodeRef<html::Dialog>,
}

/// Lets things be removed.
pub fn provide() {
    provide_context(Removing { thing: RwSignal::new(None), dialog: NodeRef::new() });
}

impl Removing {
    /// Asks whether a thing is to be removed.
    pub fn ask(self, thing: ThingId) {
        self.thing.set(Some(thing));
        if let Some(dialog) = self.dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    }
}

/// The dialog.
#[component]
pub fn RemovalDialog() -> impl IntoView {
    let session = expect_context::<Session>();
    let Removing { thing, dialog } = expect_context::<Removing>();
    let refused = RwSignal::new(None::<String>);
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let title = move || {
        let (w, lang) = (session.words(), session.lang());
        let name = thing.with(|thing| {
            session.plan.with(|plan| thing.as_ref().map(|t| names::thing(plan, t, lang)))
        });
        fill(w.data.remove_thing, &[&name.unwrap_or_default()])
    };
    let what = move || {
        let (w, lang) = (session.words(), session.lang());
        let thing = thing.get()?;
        session.plan.with(|plan| {
            let removal = plan.removal(&thing)?;
            let others = removal.things.iter().skip(1);
            let things: Vec<String> = others
                .map(|t| format!("{} · {}", names::thing_kind(w, t), names::thing(plan, t, lang)))
                .collect();
            let change = |(scenario, measure, path): &(_, _, _)| {
                let scenario = plan.scenarios.iter().find(|s| s.id == *scenario)?;
                let measure = scenario.measures.iter().find(|m| m.id == *measure)?;
                let (name, title) = (scenario.name.get(lang), measure.title.get(lang));
                Some(format!("{name} · {title} · {}", names::parameter(w, plan, path, lang)))
            };
            let changes: Vec<String> = removal.changes.iter().filter_map(change).collect();
            let is_alone = things.is_empty() && changes.is_empty() && removal.numbers == 0;
            let numbers = (removal.numbers > 0)
                .then(|| fill(w.data.goes_numbers, &[&removal.numbers.to_string()]));
            let list = |head: &'static str, items: Vec<String>| {
                (!items.is_empty()).then(|| {
                    let count = items.len().to_string();
                    let items = items.into_iter().map(|item| view! { <li>{item}</li> });
                    view! {
                        <h3>{fill(head, &[&count])}</h3>
                        <ul class="report">{items.collect_view()}</ul>
                    }
                })
            };
            Some(view! {
                {list(w.data.goes_things, things)}
                {list(w.data.goes_changes, changes)}
                {numbers.map(|text| view! { <p>{text}</p> })}
                {is_alone.then(|| view! { <p>{w.data.goes_alone}</p> })}
            })
        })
    };
    let remove = move || {
        let Some(id) = thing.get_untracked() else { return };
        match session.try_dispatch(Command::Remove(id)) {
            Ok(()) => close(),
            Err(error) => {
                refused.set(Some(untrack(|| files::command_error(session.words(), &error))));
            }
        }
    };
    view! {
        <dialog node_ref=dialog aria-labelledby="removal-title" on:close=move |_| {
            thing.set(None);
            refused.set(None);
        }>
            <header>
                <h2 id="removal-title">{title}</h2>
            </header>
            <section>
                {what}
                <p>{session.t(|w| w.data.undo_brings_back)}</p>
                {move || refused.get().map(|text| view! { <p class="notice" role="alert">{text}</p> })}
                <div class="row">
                    <button type="button" class="primary" on:click=move |_| remove()>{session.t(|w| w.data.remove)}</button>
                    <button type="button" on:click=move |_| close()>{session.t(|w| w.data.keep)}</button>
                </div>
            </section>
        </dialog>
    }
    .into_any()
}
