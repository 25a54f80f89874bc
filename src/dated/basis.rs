//! Owns the editor of where a number comes from: how it is known, on what it rests, a note.
//!
//! Invariant: a citation made here and its use are one step of undo.

use crate::names;
use crate::parts::Choice;
use crate::session::Session;
use leptos::prelude::*;
use shapan_engine::{Basis, BasisKind, Citation, CitationId, Command, Extra, fresh_id};

const KINDS: [BasisKind; 5] = [
    BasisKind::Stated,
    BasisKind::Published,
    BasisKind::Derived,
    BasisKind::Entered,
    BasisKind::Illustrative,
];

/// Where a number comes from, to be opened and edited. `on_edit` is told the basis, and whether
/// it belongs to the gesture under way.
#[component]
pub fn BasisEditor(
    /// Whose basis it is, for those who hear it.
    label: Signal<String>,
    /// As it stands.
    basis: Signal<Basis>,
    /// Told what it becomes.
    on_edit: Callback<(Basis, bool)>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let line = move || {
        session.plan.with(|p| basis.with(|b| names::basis(session.words(), p, b, session.lang())))
    };
    let is_illustrative = Memo::new(move |_| basis.with(|b| b.kind == BasisKind::Illustrative));
    let is_open = RwSignal::new(false);
    view! {
        <details class="basis-editor" on:toggle=move |_| is_open.set(true)>
            <summary>
                <span class="sense">{session.t(|w| w.programmes.basis)}</span>" "
                <span class:mark=move || is_illustrative.get()>{line}</span>
                <span class="visually-hidden">" "{label}</span>
            </summary>
            // What is behind it is made when it is first opened: a page has many of these.
            {move || is_open.get().then(|| fields(session, basis, on_edit))}
        </details>
    }
    .into_any()
}

fn fields(session: Session, basis: Signal<Basis>, on_edit: Callback<(Basis, bool)>) -> AnyView {
    let kinds = Signal::derive(move || {
        let w = session.words();
        let named =
            |(n, kind): (usize, BasisKind)| (n.to_string(), names::basis_kind(w, kind).to_owned());
        KINDS.into_iter().enumerate().map(named).collect::<Vec<_>>()
    });
    let kind = Signal::derive(move || {
        basis.with(|b| KINDS.iter().position(|k| *k == b.kind)).unwrap_or(0).to_string()
    });
    let citations = Signal::derive(move || {
        let none = (String::new(), session.words().programmes.no_citation.to_owned());
        let lang = session.lang();
        let all = session.plan.with(|p| {
            let named =
                p.citations.iter().map(|c| (c.id.to_string(), c.title.get(lang).to_owned()));
            named.collect::<Vec<_>>()
        });
        std::iter::once(none).chain(all).collect::<Vec<_>>()
    });
    let citation = Signal::derive(move || {
        basis.with(|b| b.citation.as_ref().map(ToString::to_string)).unwrap_or_default()
    });
    let note = move || {
        let lang = session.lang();
        basis.with(|b| b.note.as_ref().map(|n| n.get(lang).to_owned())).unwrap_or_default()
    };
    let add = move |title: &str| {
        let Some(title) = session.typed(title) else { return };
        let id = session.plan.with_untracked(|p| {
            fresh_id::<CitationId>("citation", |id| p.citations.iter().any(|c| c.id == *id))
        });
        let Some(id) = id else { return };
        session.end_gesture();
        let new = Citation { id: id.clone(), title, extra: Extra::default() };
        session.dispatch_live(Command::Put(new.into()));
        on_edit.run((Basis { citation: Some(id), ..basis.get_untracked() }, true));
        session.end_gesture();
    };
    view! {
        <div class="basis-fields">
            <Choice label=session.t(|w| w.programmes.known_by) options=kinds value=kind
                on_choose=Callback::new(move |n: String| {
                    if let Some(kind) = n.parse::<usize>().ok().and_then(|n| KINDS.get(n)) {
                        on_edit.run((Basis { kind: *kind, ..basis.get_untracked() }, false));
                    }
                }) />
            <Choice label=session.t(|w| w.programmes.citation) options=citations value=citation
                on_choose=Callback::new(move |id: String| {
                    let citation = id.parse().ok();
                    on_edit.run((Basis { citation, ..basis.get_untracked() }, false));
                }) />
            <label class="field">
                <span>{session.t(|w| w.programmes.new_citation)}</span>
                <input type="text" maxlength="300" placeholder=session.t(|w| w.programmes.new_citation_hint)
                    on:change:target=move |e| {
                        add(&e.target().value());
                        e.target().set_value("");
                    } />
            </label>
            <label class="field">
                <span>{session.t(|w| w.programmes.note)}</span>
                <textarea rows="2" maxlength="2000" prop:value=note on:change:target=move |e| {
                    let before = basis.get_untracked();
                    let note = session.retyped(before.note.as_ref(), &e.target().value());
                    on_edit.run((Basis { note, ..before }, false));
                }></textarea>
            </label>
        </div>
    }
    .into_any()
}
