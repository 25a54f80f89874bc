//! Owns the library of programmes on the page: the list to choose from, and the dialog that
//! adds what was chosen to the plan on the table, as one step.
//!
//! Invariant: a number without a source is marked where it stands; what the plan has already
//! is said and not offered again.

use super::facts::{Facts, facts, stage};
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::html;
use leptos::prelude::*;
use shapan_engine::{
    Plan, ProgrammeId, Stage, library, library_items, take_from_library, taken_from_library,
};
use std::collections::BTreeSet;

/// Programmes by their ids.
pub type Chosen = BTreeSet<ProgrammeId>;

/// The programmes there are, by stage, each with a switch.
#[component]
pub fn LibraryList(
    /// Those switched on.
    chosen: Signal<Chosen>,
    /// Those the plan has already.
    taken: Signal<Chosen>,
    /// Whether the programmes of a stage are unfolded.
    is_open: Callback<Option<Stage>, bool>,
    /// Told which are switched, and to what.
    on_switch: Callback<(Vec<ProgrammeId>, bool)>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    // A test reads the embedded library.
    let plan = StoredValue::new(library().ok());
    move || {
        let (w, lang) = (session.words(), session.lang());
        let groups = plan.with_value(|plan| {
            plan.as_ref().map(|plan| {
                let told = |item: &_| facts(w, plan, item, lang);
                let of_stage = library_items(plan).into_iter().map(|(stage, items)| {
                    let each = items.iter().map(|i| (i.programme.id.clone(), told(i)));
                    (stage, each.collect::<Vec<_>>())
                });
                of_stage.collect::<Vec<_>>()
            })
        });
        let groups = groups.unwrap_or_default().into_iter();
        groups
            .map(|(stage, items)| view! { <Group w stage items chosen taken is_open on_switch /> })
            .collect_view()
    }
}

/// The programmes of one stage.
#[component]
fn Group(
    w: &'static Words,
    stage: Option<Stage>,
    items: Vec<(ProgrammeId, Facts)>,
    chosen: Signal<Chosen>,
    taken: Signal<Chosen>,
    is_open: Callback<Option<Stage>, bool>,
    on_switch: Callback<(Vec<ProgrammeId>, bool)>,
) -> impl IntoView {
    let ids = StoredValue::new(items.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>());
    let free = move || {
        taken.with(|t| {
            ids.with_value(|ids| {
                ids.iter().filter(|id| !t.contains(id)).cloned().collect::<Vec<_>>()
            })
        })
    };
    let on = move || chosen.with(|c| free().iter().filter(|id| c.contains(id)).count());
    let all_on = move || on() == free().len();
    let tally = move || fill(w.start.chosen_of, &[&on().to_string(), &free().len().to_string()]);
    let unfolded = Memo::new(move |_| is_open.run(stage));
    let rows = items
        .into_iter()
        .map(|(id, facts)| view! { <Row w id facts chosen taken on_switch /> }.into_any())
        .collect_view();
    let name = self::stage(w, stage);
    view! {
        <details class="library-group" prop:open=move || unfolded.get()>
            <summary><b>{name}</b>" "<span>{tally}</span></summary>
            <button type="button" class="quiet" disabled=move || free().is_empty()
                on:click=move |_| on_switch.run((free(), !all_on()))>
                {move || if all_on() { w.start.choose_none } else { w.start.choose_all }}
                <span class="visually-hidden">" · "{name}</span>
            </button>
            <ul>{rows}</ul>
        </details>
    }
    .into_any()
}

/// One programme.
#[component]
fn Row(
    w: &'static Words,
    id: ProgrammeId,
    facts: Facts,
    chosen: Signal<Chosen>,
    taken: Signal<Chosen>,
    on_switch: Callback<(Vec<ProgrammeId>, bool)>,
) -> impl IntoView {
    let told = format!("library-{id}");
    let id = StoredValue::new(id);
    let has = Memo::new(move |_| taken.with(|t| id.with_value(|id| t.contains(id))));
    let is_on =
        Memo::new(move |_| has.get() || chosen.with(|c| id.with_value(|id| c.contains(id))));
    let mark = || view! { <span class="mark">{w.basis_mark_illustrative}</span> }.into_any();
    let basis = (!facts.basis.is_empty()).then(|| view! { <p>{facts.basis}</p> });
    let people = facts.people.map(|people| view! { <p>{people}" "{mark()}</p> });
    view! {
        <li>
            <label>
                <input type="checkbox" role="switch" aria-describedby=told.clone() prop:checked=is_on
                    disabled=has
                    on:change:target=move |e| on_switch.run((vec![id.get_value()], e.target().checked())) />
                <span>{facts.name}</span>
            </label>
            <div id=told>
                <Show when=move || has.get()><span class="mark plain">{w.start.taken}</span></Show>
                <p class="formula">{facts.formula}" "{facts.is_illustrative.then(mark)}</p>
                {people}
                {basis}
            </div>
        </li>
    }
}

/// The button that opens the library, and the dialog that adds what was chosen to the plan on
/// the table, as one step.
#[component]
pub fn FromLibrary() -> impl IntoView {
    let session = expect_context::<Session>();
    let dialog = NodeRef::<html::Dialog>::new();
    let is_open = RwSignal::new(false);
    let chosen = RwSignal::new(Chosen::new());
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let add = move |_| {
        let ids: Vec<_> = chosen.get_untracked().into_iter().collect();
        if let Ok(library) = library() {
            let command = session.plan.with_untracked(|p| take_from_library(p, &library, &ids));
            session.dispatch(command);
        }
        close();
    };
    view! {
        <button type="button" aria-haspopup="dialog" on:click=move |_| {
            chosen.set(Chosen::new());
            is_open.set(true);
            if let Some(dialog) = dialog.get_untracked() {
                let _ = dialog.show_modal();
            }
        }>{session.t(|w| w.start.add_from_library)}</button>
        <dialog class="library" node_ref=dialog aria-labelledby="library-title"
            on:close=move |_| is_open.set(false)>
            <header>
                <h2 id="library-title">{session.t(|w| w.start.library)}</h2>
                <button type="button" class="icon" aria-label=session.t(|w| w.close)
                    title=session.t(|w| w.close) on:click=move |_| close()>"×"</button>
            </header>
            <p>{session.t(|w| w.start.library_hint)}</p>
            <Show when=move || is_open.get()><OfThisPlan chosen /></Show>
            <footer>
                <button type="button" class="primary" disabled=move || chosen.with(Chosen::is_empty) on:click=add>
                    {move || fill(session.words().start.add_chosen, &[&chosen.with(Chosen::len).to_string()])}
                </button>
            </footer>
        </dialog>
    }
}

/// The list beside the plan on the table.
#[component]
fn OfThisPlan(chosen: RwSignal<Chosen>) -> impl IntoView {
    let session = expect_context::<Session>();
    let library = StoredValue::new(library().ok());
    let taken = Memo::new(move |_| {
        session.plan.with(|plan| {
            library.with_value(|l| l.as_ref().map(|l| in_plan(plan, l)).unwrap_or_default())
        })
    });
    let on_switch = Callback::new(move |(ids, on)| chosen.update(|chosen| switch(chosen, ids, on)));
    let is_open = Callback::new(move |stage: Option<Stage>| {
        session
            .plan
            .with(|p| stage.is_none_or(|stage| p.populations.iter().any(|p| p.stage == stage)))
    });
    view! { <LibraryList chosen=chosen.into() taken=taken.into() is_open on_switch /> }
}

/// The programmes of the library that a plan has.
fn in_plan(plan: &Plan, library: &Plan) -> Chosen {
    let those = library.programmes.iter().filter(|p| taken_from_library(plan, p).is_some());
    those.map(|p| p.id.clone()).collect()
}

/// Switches programmes on or off.
pub fn switch(chosen: &mut Chosen, ids: Vec<ProgrammeId>, on: bool) {
    for id in ids {
        if on {
            chosen.insert(id);
        } else {
            chosen.remove(&id);
        }
    }
}
