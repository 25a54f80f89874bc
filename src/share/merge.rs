//! Owns the panel that merges another plan into the one on the table, item by item.
//!
//! Invariant: nothing moves before the reader merges, and then as one step. The preview follows
//! the plan on the table; choices stay by name.

use super::item::name;
use super::merge_list::Items;
use super::merge_totals::Totals;
use super::{Incoming, Travel};
use crate::files;
use crate::parts::{Segments, focus};
use crate::session::{Keeper, Session};
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::Plan;
use shapan_engine::merge::{Choice, Item, Key, Preview, Refusal, Resolved, Sort};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Lines of what goes along: more would be slow, and nobody reads them.
const MOST_LINES: usize = 300;

/// What of the preview the rows and buttons share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) there: StoredValue<Arc<Plan>>,
    /// The version both sides began from, where it is known.
    pub(super) base: StoredValue<Option<Arc<Plan>>>,
    pub(super) preview: Memo<Arc<Preview>>,
    pub(super) choices: RwSignal<BTreeMap<Key, Choice>>,
    pub(super) resolved: Memo<Result<Resolved, Refusal>>,
    pub(super) shown: RwSignal<Option<Sort>>,
}

impl Desk {
    pub(super) fn chosen(self, item: &Item) -> Choice {
        self.choices.with(|c| c.get(&item.key).copied().unwrap_or(item.default))
    }

    pub(super) fn choose(self, key: Key, choice: Choice) {
        self.choices.update(|c| {
            c.insert(key, choice);
        });
    }
}

/// The panel, where a plan waits for it; and what was done last.
#[component]
pub fn Merging() -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let told = RwSignal::new(None::<String>);
    view! {
        {move || told.get().map(|text| view! {
            <div class="notice told">
                <p role="status">{text}
                    <button type="button" on:click=move |_| {
                        session.undo();
                        told.set(None);
                        focus("main");
                    }>{session.t(|w| w.travel.undo)}</button>
                </p>
            </div>
        })}
        {move || travel.merging.get().map(|incoming| view! { <Panel incoming told /> })}
    }
    .into_any()
}

#[component]
fn Panel(incoming: Incoming, told: RwSignal<Option<String>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let travel = expect_context::<Travel>();
    let there = StoredValue::new(Arc::clone(&incoming.plan));
    let base = StoredValue::new(incoming.began_from(keeper));
    let preview = Memo::new(move |_| {
        let here = session.plan.get();
        let base = base.get_value();
        Arc::new(there.with_value(|there| Preview::of(&here, there, base.as_deref())))
    });
    let choices = RwSignal::new(BTreeMap::new());
    let resolved = Memo::new(move |_| choices.with(|c| preview.with(|p| p.resolve(c))));
    let desk = Desk { there, base, preview, choices, resolved, shown: RwSignal::new(None) };
    let notes = incoming.notes.iter().map(|text| view! { <p class="notice">{text.clone()}</p> });
    let notes = notes.collect_view();
    let has_base = base.with_value(Option::is_some);
    let name = StoredValue::new(incoming.name);
    let count =
        move || preview.with(|p| p.items.iter().filter(|i| desk.chosen(i) != Choice::Ours).count());
    let merge = move |_| {
        let chosen = count();
        let Ok(Resolved { command: Some(command), .. }) = resolved.get_untracked() else { return };
        match session.try_dispatch(command) {
            Ok(()) => {
                let w = session.words();
                let name = name.get_value();
                told.set(Some(fill(w.travel.merged, &[&name, &chosen.to_string()])));
                travel.merging.set(None);
                focus("main");
            }
            Err(error) => session.refused.set(Some(error)),
        }
    };
    let add = move |_| match there.with_value(|p| keeper.add_received(p)) {
        Ok(()) => {
            travel.merging.set(None);
            told.set(None);
            focus("main");
        }
        Err(error) => keeper.trouble.set(Some(files::not_added(session.words(), &error))),
    };
    let title = move || {
        let here = session.plan_title().get();
        fill(session.words().travel.merge_title, &[&name.get_value(), &here])
    };
    let cannot = move || resolved.with(|r| r.as_ref().map_or(true, |r| r.command.is_none()));
    view! {
        <section class="card merging" aria-labelledby="merging">
            <header class="card-head">
                <h2 id="merging">{title}</h2>
                <p>{session.t(|w| w.travel.merge_lead)}</p>
            </header>
                <p class:notice=move || !has_base>{session.t(if has_base {
                    |w: &'static Words| w.travel.with_base
                } else {
                    |w: &'static Words| w.travel.no_base
                })}</p>
            {notes}
            <Filter desk />
            <Items desk />
            <Outcome desk />
            <Totals desk />
            <div class="row">
                <button type="button" class="primary" disabled=cannot on:click=merge>{session.t(|w| w.travel.merge)}</button>
                <span>{move || fill(session.words().travel.n_chosen, &[&count().to_string()])}</span>
                <button type="button" on:click=add>{session.t(|w| w.add_as_new_plan)}</button>
                <button type="button" on:click=move |_| {
                    travel.merging.set(None);
                    focus("main");
                }>{session.t(|w| w.travel.leave_it)}</button>
            </div>
        </section>
    }
    .into_any()
}

const SORTS: [Sort; 4] = [Sort::New, Sort::Changed, Sort::Missing, Sort::Conflict];

pub(super) fn key_of(sort: Sort) -> &'static str {
    match sort {
        Sort::New => "new",
        Sort::Changed => "changed",
        Sort::Missing => "missing",
        Sort::Conflict => "conflict",
    }
}

/// Which sorts are listed, with how many there are of each.
#[component]
fn Filter(desk: Desk) -> impl IntoView {
    let session = expect_context::<Session>();
    let options = move || {
        let w = session.words();
        let count = |sort: Option<Sort>| {
            let items = desk
                .preview
                .with(|p| p.items.iter().filter(|i| sort.is_none_or(|s| i.sort == s)).count());
            items.to_string()
        };
        let named = |sort: Sort| {
            let text = match sort {
                Sort::New => w.travel.new_items,
                Sort::Changed => w.travel.changed_items,
                Sort::Missing => w.travel.missing_items,
                Sort::Conflict => w.travel.conflict_items,
            };
            (key_of(sort).to_owned(), fill(text, &[&count(Some(sort))]))
        };
        let all = (String::new(), fill(w.travel.all_items, &[&count(None)]));
        std::iter::once(all).chain(SORTS.map(named)).collect()
    };
    view! {
        <div class="row">
        <Segments
            label=session.t(|w| w.travel.filter)
            options=Signal::derive(options)
            value=Signal::derive(move || desk.shown.get().map_or("", key_of).to_owned())
            on_choose=Callback::new(move |key: String| {
                desk.shown.set(SORTS.into_iter().find(|s| key_of(*s) == key));
            })
        />
        <button type="button" on:click=move |_| {
            let keys = desk.preview.with(|p| p.items.iter().map(|i| i.key.clone()).collect::<Vec<_>>());
            desk.choices.set(keys.into_iter().map(|key| (key, Choice::Ours)).collect());
        }>{session.t(|w| w.travel.untick_all)}</button>
        </div>
    }
    .into_any()
}

/// What goes along, or why the choices do not go together.
#[component]
fn Outcome(desk: Desk) -> impl IntoView {
    let session = expect_context::<Session>();
    let shown = move || {
        let (w, lang) = (session.words(), session.lang());
        let here = session.plan.get();
        let there = desk.there.get_value();
        let called = |key: &Key| name(w, [&here, &there], key, lang);
        desk.resolved.with(|resolved| match resolved {
            Err(Refusal { item, error }) => {
                let error = files::command_error(w, error);
                let text = match item {
                    Some(key) => fill(w.travel.refused_item, &[&called(key), &error]),
                    None => fill(w.travel.refused_all, &[&error]),
                };
                view! { <p class="notice" role="alert">{text}</p> }.into_any()
            }
            Ok(resolved) if resolved.follows.is_empty() => ().into_any(),
            Ok(resolved) => {
                let line = |f: &shapan_engine::merge::Follows| {
                    let text = if f.is_removal { w.travel.goes_with } else { w.travel.comes_with };
                    let text = fill(text, &[&called(&f.because), &called(&f.key)]);
                    view! { <li>{text}</li> }
                };
                let lines = resolved.follows.iter().take(MOST_LINES).map(line).collect_view();
                view! {
                    <div>
                        <h3>{w.travel.follows}</h3>
                        <ul class="report">{lines}</ul>
                    </div>
                }
                .into_any()
            }
        })
    };
    view! { <div aria-live="polite">{shown}</div> }.into_any()
}
