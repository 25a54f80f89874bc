//! Owns the panel that says where the number of the chosen cell comes from, and lets it be said.
//!
//! Invariant: a basis is of a whole parameter or of all heads counted of a population, and the
//! panel says of what.

use super::edit::{Rests, basis_of, rest_on};
use crate::names;
use crate::parts::Choice;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{Basis, BasisKind, Citation, CitationId, Command, Extra, Plan, fresh_id};

const KINDS: [(&str, BasisKind); 5] = [
    ("stated", BasisKind::Stated),
    ("published", BasisKind::Published),
    ("derived", BasisKind::Derived),
    ("entered", BasisKind::Entered),
    ("illustrative", BasisKind::Illustrative),
];

fn key(kind: BasisKind) -> &'static str {
    KINDS.iter().find(|(_, there)| *there == kind).map_or("", |(key, _)| key)
}

/// What a basis is of, in words.
fn name_of(w: &Words, plan: &Plan, rests: &Rests, lang: shapan_engine::Lang) -> String {
    match rests {
        Rests::Parameter(path) => names::parameter(w, plan, path, lang),
        Rests::Counts(id) => fill(w.data.counts_of, &[names::population(plan, id, lang)]),
    }
}

/// The panel.
#[component]
pub fn BasisPanel(
    /// What the chosen cell's number rests on.
    rests: Memo<Option<Rests>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let basis = Memo::new(move |_| {
        session.plan.with(|plan| rests.with(|r| basis_of(plan, r.as_ref()?).cloned()))
    });
    let change = move |with: &dyn Fn(&mut Basis)| {
        let Some(mut new) = basis.get_untracked() else { return };
        with(&mut new);
        let command = session
            .plan
            .with_untracked(|plan| rests.with_untracked(|r| rest_on(plan, r.as_ref()?, new)));
        if let Some(command) = command {
            session.dispatch(command);
        }
    };
    let name = move || {
        let (w, lang) = (session.words(), session.lang());
        session.plan.with(|plan| {
            rests.with(|r| r.as_ref().map(|r| name_of(w, plan, r, lang)).unwrap_or_default())
        })
    };
    let citations = move || {
        let (w, lang) = (session.words(), session.lang());
        let none = (String::new(), w.data.no_citation.to_owned());
        session.plan.with(|plan| {
            let each = plan.citations.iter();
            let each = each.map(|c| (c.id.to_string(), c.title.get(lang).to_owned()));
            std::iter::once(none).chain(each).collect::<Vec<_>>()
        })
    };
    let note = move || {
        let lang = session.lang();
        basis.with(|b| {
            b.as_ref()
                .and_then(|b| b.note.as_ref())
                .map(|n| n.get(lang).to_owned())
                .unwrap_or_default()
        })
    };
    let add_citation = move |title: &str| {
        let (Some(title), Some(mut new)) = (session.typed(title), basis.get_untracked()) else {
            return;
        };
        let command = session.plan.with_untracked(|plan| {
            let id = fresh_id::<CitationId>("citation", |id| {
                plan.citations.iter().any(|c| c.id == *id)
            })?;
            new.citation = Some(id.clone());
            let rest = rests.with_untracked(|r| rest_on(plan, r.as_ref()?, new))?;
            let citation = Citation { id, title, extra: Extra::default() };
            Some(Command::Together(vec![Command::Put(citation.into()), rest]))
        });
        if let Some(command) = command {
            session.dispatch(command);
        }
    };
    let is_illustrative =
        move || basis.with(|b| b.as_ref().is_some_and(|b| b.kind == BasisKind::Illustrative));
    view! {
        <section class="cell-basis" aria-label=session.t(|w| w.data.basis)>
            <Show when=move || basis.with(Option::is_some) fallback=move || view! {
                <p class="sense">{session.t(|w| w.data.no_basis)}</p>
            }>
                <h3>{session.t(|w| w.data.basis)}": "{name}" "
                    <Show when=is_illustrative><span class="mark">{session.t(|w| w.basis_mark_illustrative)}</span></Show>
                </h3>
                <div class="row">
                    <Choice
                        label=session.t(|w| w.data.basis_kind)
                        options=Signal::derive(move || {
                            let w = session.words();
                            KINDS.map(|(key, kind)| (key.to_owned(), names::basis_kind(w, kind).to_owned())).to_vec()
                        })
                        value=Signal::derive(move || basis.with(|b| b.as_ref().map_or("", |b| key(b.kind)).to_owned()))
                        on_choose=Callback::new(move |chosen: String| {
                            let kind = KINDS.iter().find(|(key, _)| *key == chosen);
                            if let Some((_, kind)) = kind {
                                change(&|basis| basis.kind = *kind);
                            }
                        })
                    />
                    <Choice
                        label=session.t(|w| w.data.citation)
                        options=Signal::derive(citations)
                        value=Signal::derive(move || basis.with(|b| {
                            b.as_ref().and_then(|b| b.citation.as_ref()).map(ToString::to_string).unwrap_or_default()
                        }))
                        on_choose=Callback::new(move |id: String| {
                            let id = id.parse::<CitationId>().ok();
                            change(&|basis| basis.citation.clone_from(&id));
                        })
                    />
                    <label class="field">
                        <span>{session.t(|w| w.data.new_citation)}</span>
                        <input type="text" maxlength="400" autocomplete="off" on:change:target=move |e| {
                            add_citation(&e.target().value());
                            e.target().set_value("");
                        } />
                    </label>
                    <label class="field grow">
                        <span>{session.t(|w| w.data.note)}</span>
                        <input type="text" maxlength="1000" autocomplete="off" prop:value=note
                            on:change:target=move |e| {
                                let typed = e.target().value();
                                change(&|basis| basis.note = session.retyped(basis.note.as_ref(), &typed));
                            } />
                    </label>
                </div>
                <p class="sense">{session.t(|w| w.data.basis_rule)}</p>
            </Show>
        </section>
    }
    .into_any()
}
