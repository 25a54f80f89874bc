//! Owns the two questions asked before something goes: what depends on a programme that is
//! removed, and which changes of measures an edit leaves without a parameter.
//!
//! Invariant: what goes along is what the engine says, and all of it goes in one step.

use super::editor::Editing;
use super::make::{Changed, losing, put_with};
use super::{Desk, go_to};
use crate::names;
use crate::session::Session;
use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use shapan_engine::{Command, Lang, Plan, ProgrammeId, ThingId};

/// A dialog that asks yes or no.
#[component]
fn Question(
    /// Whether it is asked.
    is_open: Signal<bool>,
    /// What is asked.
    title: Signal<String>,
    /// What yes is called.
    yes: Signal<&'static str>,
    /// Told the answer.
    on_answer: Callback<bool>,
    /// What there is to know.
    children: Children,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let dialog = NodeRef::<html::Dialog>::new();
    // A dialog opens by a call, not by an attribute.
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (is_open.get(), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog node_ref=dialog aria-label=title on:close=move |_| if is_open.get_untracked() {
            on_answer.run(false);
        }>
            <header><h2>{title}</h2></header>
            {children()}
            <div class="row">
                <button type="button" class="primary" on:click=move |_| on_answer.run(true)>{yes}</button>
                <button type="button" on:click=move |_| on_answer.run(false)>
                    {session.t(|w| w.programmes.cancel)}
                </button>
            </div>
        </dialog>
    }
    .into_any()
}

/// A change of a measure in words.
fn changed(session: Session, plan: &Plan, (scenario, measure, path): &Changed) -> String {
    let (w, lang) = (session.words(), session.lang());
    let scenario = plan.scenarios.iter().find(|s| s.id == *scenario);
    let title = scenario.and_then(|s| s.measures.iter().find(|m| m.id == *measure));
    let scenario = scenario.map_or("", |s| s.name.get(lang));
    let title = title.map_or("", |m| m.title.get(lang));
    let path = plan.current_path(path);
    fill(w.programmes.change_of, &[scenario, title, &names::parameter(w, plan, path, lang)])
}

/// What cannot be without a programme, what lets go of it, and what measures change in it.
fn dependents(session: Session, plan: &Plan, id: &ProgrammeId) -> [Vec<String>; 3] {
    let (w, lang) = (session.words().programmes, session.lang());
    let thing = ThingId::Programme(id.clone());
    let Some(removal) = plan.removal(&thing) else { return Default::default() };
    let along =
        removal.things.iter().filter(|t| **t != thing).map(|t| called(session, plan, t, lang));
    let lets_go = plan.tasks.iter().filter(|t| {
        t.programmes.contains(id)
            || t.indicators.iter().any(|i| removal.things.contains(&ThingId::Indicator(i.clone())))
    });
    let lets_go = lets_go.map(|t| fill(w.task_of, &[t.title.get(lang)]));
    let changes = removal.changes.iter().map(|c| changed(session, plan, c));
    [along.collect(), lets_go.collect(), changes.collect()]
}

fn called(session: Session, plan: &Plan, thing: &ThingId, lang: Lang) -> String {
    let w = session.words().programmes;
    let named = |template, name: Option<&shapan_engine::Text>| {
        fill(template, &[name.map_or("", |n| n.get(lang))])
    };
    match thing {
        ThingId::Indicator(id) => {
            named(w.indicator_of, plan.indicators.iter().find(|i| i.id == *id).map(|i| &i.name))
        }
        ThingId::Rule(id) => {
            named(w.rule_of, plan.rules.iter().find(|r| r.id == *id).map(|r| &r.name))
        }
        other => other.to_string(), // nothing else needs a programme
    }
}

fn listed(title: &'static str, items: Vec<String>) -> Option<AnyView> {
    let each = |text: String| view! { <li>{text}</li> };
    (!items.is_empty()).then(|| {
        view! { <section><h3>{title}</h3><ul class="report">{items.into_iter().map(each).collect_view()}</ul></section> }
            .into_any()
    })
}

/// Asks before a programme is removed.
#[component]
pub fn Removing() -> impl IntoView {
    let session = expect_context::<Session>();
    let desk = expect_context::<Desk>();
    let name = move || {
        let lang = session.lang();
        desk.removing.get().and_then(|id| {
            session.plan.with(|p| {
                p.programmes.iter().find(|p| p.id == id).map(|p| p.name.get(lang).to_owned())
            })
        })
    };
    let told = move || {
        let id = desk.removing.get()?;
        let w = session.words().programmes;
        let [along, lets_go, changes] = session.plan.with(|p| dependents(session, p, &id));
        let none = along.is_empty() && lets_go.is_empty() && changes.is_empty();
        Some(view! {
            {none.then(|| view! { <p>{w.nothing_depends}</p> })}
            {listed(w.goes_along, along)}
            {listed(w.let_go, lets_go)}
            {listed(w.changes_go, changes)}
            <p class="hint">{w.can_undo}</p>
        })
    };
    let answer = Callback::new(move |yes: bool| {
        let name = untrack(name).unwrap_or_default();
        let id = desk.removing.get_untracked();
        desk.removing.set(None);
        let Some(id) = id.filter(|_| yes) else { return };
        let was_chosen = desk.chosen.with_untracked(|c| c.as_ref() == Some(&id));
        session.dispatch(Command::Remove(ThingId::Programme(id)));
        if session.refused.with_untracked(Option::is_none) {
            desk.done.set(fill(session.words().programmes.removed, &[&name]));
            if was_chosen {
                go_to(None);
            }
        }
    });
    view! {
        <Question is_open=Signal::derive(move || desk.removing.with(Option::is_some))
            title=Signal::derive(move || {
                fill(session.words().programmes.remove_title, &[&name().unwrap_or_default()])
            })
            yes=session.t(|w| w.programmes.remove) on_answer=answer>
            {told}
        </Question>
    }
}

/// Asks before an edit takes changes of measures with it.
#[component]
pub fn Losing(editing: Editing) -> impl IntoView {
    let session = editing.session;
    let told = move || {
        let after = editing.losing.get()?;
        let each = session
            .plan
            .with(|p| losing(p, &after).iter().map(|c| changed(session, p, c)).collect::<Vec<_>>());
        listed(session.words().programmes.lose_text, each)
    };
    let answer = Callback::new(move |yes: bool| {
        let after = editing.losing.get_untracked();
        editing.losing.set(None);
        if let Some(after) = after.filter(|_| yes) {
            let plan = session.plan.get_untracked();
            let lost = losing(&plan, &after);
            session.dispatch(put_with(&plan, *after, &lost));
        }
    });
    view! {
        <Question is_open=Signal::derive(move || editing.losing.with(Option::is_some))
            title=Signal::derive(move || session.words().programmes.lose_title.to_owned())
            yes=session.t(|w| w.programmes.lose_confirm) on_answer=answer>
            {told}
        </Question>
    }
}
