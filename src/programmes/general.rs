//! Owns what a programme is called and where it belongs: name, clause, code, nature, tags.

use super::editor::Editing;
use super::formula::{NATURES, codes, nature};
use crate::parts::Choice;
use crate::session::Session;
use leptos::prelude::*;
use shapan_engine::{Programme, Text};

/// A short text, or none.
fn mark(session: Session, typed: &str) -> Option<Box<str>> {
    session.typed(typed).map(|t: Text| t.get(session.lang()).into())
}

/// Tags as they are typed: parted by commas of either kind.
fn tags(session: Session, typed: &str) -> Vec<Box<str>> {
    let mut out: Vec<Box<str>> = Vec::new();
    for tag in typed.split([',', '，', '、']).filter_map(|tag| mark(session, tag)) {
        if !out.contains(&tag) {
            out.push(tag);
        }
    }
    out
}

/// A line of text of the programme; `set` is told what was typed.
fn line(
    editing: Editing,
    label: Signal<&'static str>,
    hint: Option<Signal<&'static str>>,
    list: Option<&'static str>,
    get: fn(Session, &Programme) -> String,
    set: fn(Session, &mut Programme, &str),
) -> AnyView {
    let session = editing.session;
    let text = Signal::derive(move || editing.map(|p| get(session, p)).unwrap_or_default());
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="text" maxlength="200" autocomplete="off" list=list placeholder=hint
                prop:value=text
                on:change:target=move |e| {
                    let typed = e.target().value();
                    editing.edit(&|p| set(session, p, &typed));
                    e.target().set_value(&text.get_untracked()); // what holds, where it is no text
                } />
        </label>
    }
    .into_any()
}

#[component]
pub fn General(editing: Editing) -> impl IntoView {
    let session = editing.session;
    let natures = Signal::derive(move || {
        let w = session.words();
        let named = |(n, of)| (usize::to_string(&n), nature(w, of).to_owned());
        NATURES.into_iter().enumerate().map(named).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        let place = editing.map(|p| NATURES.iter().position(|n| *n == p.nature)).flatten();
        place.unwrap_or(0).to_string()
    });
    let name = line(
        editing,
        session.t(|w| w.programmes.name),
        None,
        None,
        |session, p| p.name.get(session.lang()).to_owned(),
        |session, p, typed| session.retype(&mut p.name, typed),
    );
    let clause = line(
        editing,
        session.t(|w| w.programmes.clause),
        None,
        None,
        |_, p| p.clause.as_deref().unwrap_or_default().to_owned(),
        |session, p, typed| p.clause = mark(session, typed),
    );
    let code = line(
        editing,
        session.t(|w| w.programmes.code),
        Some(session.t(|w| w.programmes.code_hint)),
        Some("codes"),
        |_, p| p.code.as_deref().unwrap_or_default().to_owned(),
        |session, p, typed| p.code = mark(session, typed),
    );
    let marks = line(
        editing,
        session.t(|w| w.programmes.tags),
        None,
        None,
        |_, p| p.tags.join("，"),
        |session, p, typed| p.tags = tags(session, typed),
    );
    view! {
        <section class="card programme-general">
            <header class="card-head"><h2>{session.t(|w| w.programmes.general)}</h2></header>
            <div class="programme-fields">
                {name}
                {clause}
                {code}
                <Choice label=session.t(|w| w.programmes.nature) options=natures value=chosen
                    on_choose=Callback::new(move |n: String| {
                        let chosen = n.parse::<usize>().ok().and_then(|n| NATURES.get(n));
                        editing.edit(&|p| p.nature = chosen.copied().unwrap_or(p.nature));
                    }) />
                {marks}
            </div>
            <datalist id="codes">
                {move || codes(session.words()).map(|(code, name)| view! {
                    <option value=code>{format!("{code} {name}")}</option>
                }).collect_view()}
            </datalist>
        </section>
    }
    .into_any()
}
