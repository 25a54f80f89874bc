//! Owns the panel that merges another plan into the one on the table, item by item.
//!
//! Invariant: nothing moves before the reader merges, and then as one step. The preview follows
//! the plan on the table; choices stay by name.

use super::item::{group, name, said};
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

/// Rows listed at once: more would be slow, and nobody reads them.
const MOST_ROWS: usize = 300;

/// What of the preview the rows and buttons share.
#[derive(Clone, Copy)]
struct Desk {
    there: StoredValue<Arc<Plan>>,
    preview: Memo<Arc<Preview>>,
    choices: RwSignal<BTreeMap<Key, Choice>>,
    resolved: Memo<Result<Resolved, Refusal>>,
    shown: RwSignal<Option<Sort>>,
}

impl Desk {
    fn chosen(self, item: &Item) -> Choice {
        self.choices.with(|c| c.get(&item.key).copied().unwrap_or(item.default))
    }

    fn choose(self, key: Key, choice: Choice) {
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
    let base = incoming.base.clone();
    let preview = Memo::new(move |_| {
        let here = session.plan.get();
        Arc::new(there.with_value(|there| Preview::of(&here, there, base.as_deref())))
    });
    let choices = RwSignal::new(BTreeMap::new());
    let resolved = Memo::new(move |_| choices.with(|c| preview.with(|p| p.resolve(c))));
    let desk = Desk { there, preview, choices, resolved, shown: RwSignal::new(None) };
    let notes = incoming.notes.iter().map(|text| view! { <p class="notice">{text.clone()}</p> });
    let notes = notes.collect_view();
    let name = StoredValue::new(incoming.name);
    let count = move || {
        let items = preview.with(|p| p.items.clone());
        items.iter().filter(|i| desk.chosen(i) != Choice::Ours).count()
    };
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
    let add = move |_| match keeper.add(there.with_value(|p| Plan::clone(p))) {
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
            {notes}
            <Filter desk />
            <Items desk />
            <Outcome desk />
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

fn key_of(sort: Sort) -> &'static str {
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
        <Segments
            label=session.t(|w| w.travel.filter)
            options=Signal::derive(options)
            value=Signal::derive(move || desk.shown.get().map_or("", key_of).to_owned())
            on_choose=Callback::new(move |key: String| {
                desk.shown.set(SORTS.into_iter().find(|s| key_of(*s) == key));
            })
        />
    }
    .into_any()
}

/// The differences, group by group.
#[component]
fn Items(desk: Desk) -> impl IntoView {
    let session = expect_context::<Session>();
    let groups = move || {
        let w = session.words();
        let preview = desk.preview.get();
        if preview.items.is_empty() {
            return view! { <p class="aside">{w.travel.nothing_differs}</p> }.into_any();
        }
        let shown = desk.shown.get();
        let all = preview.items.iter().filter(|i| shown.is_none_or(|s| i.sort == s));
        let all: Vec<&Item> = all.collect();
        let mut groups: Vec<(&'static str, Vec<Item>)> = Vec::new();
        for item in &all {
            let of = group(w, &item.key);
            match groups.iter_mut().find(|(name, _)| *name == of) {
                Some((_, items)) => items.push((*item).clone()),
                None => groups.push((of, vec![(*item).clone()])),
            }
        }
        let mut room = MOST_ROWS;
        let groups = groups.into_iter().map(|(name, items)| {
            let listed = items.len().min(room);
            room -= listed;
            section(session, desk, name, &items, listed)
        });
        let groups = groups.collect_view();
        let rest = (all.len() > MOST_ROWS).then(|| {
            let counts = [MOST_ROWS.to_string(), all.len().to_string()];
            let text = fill(w.travel.first_rows, &[&counts[0], &counts[1]]);
            view! { <p class="aside">{text}</p> }
        });
        view! {
            <div class="scroll" tabindex="0" role="region" aria-labelledby="merging">
                <table class="stacks items">
                    <thead><tr>
                        <th scope="col">{w.travel.choice}</th>
                        <th scope="col">{w.travel.item}</th>
                        <th scope="col">{w.travel.how}</th>
                        <th scope="col">{w.travel.here}</th>
                        <th scope="col">{w.travel.there}</th>
                    </tr></thead>
                    {groups}
                </table>
            </div>
            {rest}
        }
        .into_any()
    };
    view! { {groups} }.into_any()
}

/// One kind: its head with "all" and "none", and its rows.
fn section(
    session: Session,
    desk: Desk,
    kind: &'static str,
    items: &[Item],
    listed: usize,
) -> AnyView {
    let w = session.words();
    let keys: Vec<(Key, bool)> =
        items.iter().map(|i| (i.key.clone(), i.choices.contains(&Choice::Theirs))).collect();
    let keys = StoredValue::new(keys);
    let choose_all = move |choice: Choice| {
        desk.choices.update(|c| {
            keys.with_value(|keys| {
                let can = keys.iter().filter(|(_, can)| *can || choice == Choice::Ours);
                c.extend(can.map(|(key, _)| (key.clone(), choice)));
            });
        });
    };
    let rows = items[..listed].iter().map(|item| row(session, desk, item)).collect_view();
    let (all, none) = (fill(w.travel.group_all, &[kind]), fill(w.travel.group_none, &[kind]));
    view! {
        <tbody>
            <tr class="group-head">
                <th scope="colgroup" colspan="5">
                    <span>{format!("{kind} · {}", items.len())}</span>
                    <button type="button" on:click=move |_| choose_all(Choice::Theirs)>{all}</button>
                    <button type="button" on:click=move |_| choose_all(Choice::Ours)>{none}</button>
                </th>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn row(session: Session, desk: Desk, item: &Item) -> AnyView {
    let (w, lang) = (session.words(), session.lang());
    let here = session.plan.get();
    let there = desk.there.get_value();
    let called = name(w, [&here, &there], &item.key, lang);
    let how = match item.sort {
        Sort::New => w.travel.sort_new,
        Sort::Changed => w.travel.sort_changed,
        Sort::Missing => w.travel.sort_missing,
        Sort::Conflict => w.travel.sort_conflict,
    };
    let none = || "–".to_owned();
    let ours = said(w, &here, &item.key, lang).unwrap_or_else(none);
    let mut theirs = said(w, &there, &item.key, lang).unwrap_or_else(none);
    if theirs == ours {
        theirs = w.travel.other_settings.to_owned();
    }
    let adopted = (item.choices == [Choice::Ours, Choice::Both])
        .then(|| view! { <small>{w.travel.adopted_stays}</small> });
    view! {
        <tr class=key_of(item.sort)>
            <td data-label=w.travel.choice>{control(w, desk, item, &called)}</td>
            <th scope="row">{called}</th>
            <td data-label=w.travel.how><span class="sort">{how}</span>{adopted}</td>
            <td data-label=w.travel.here>{ours}</td>
            <td data-label=w.travel.there>{theirs}</td>
        </tr>
    }
    .into_any()
}

/// A box to tick where there are two ways, a list where one has to decide.
fn control(w: &'static Words, desk: Desk, item: &Item, called: &str) -> AnyView {
    let (key, item) = (item.key.clone(), item.clone());
    let label = |text: &str| fill(w.travel.take_named, &[text, called]);
    if item.sort != Sort::Conflict {
        let text = match item.sort {
            Sort::New => w.travel.take_new,
            Sort::Missing => w.travel.remove,
            _ => w.travel.take,
        };
        let label = label(text);
        return view! {
            <label class="tick-line">
                <input type="checkbox" aria-label=label
                    prop:checked=move || desk.chosen(&item) == Choice::Theirs
                    on:change:target=move |e| {
                        let on = e.target().checked();
                        desk.choose(key.clone(), if on { Choice::Theirs } else { Choice::Ours });
                    } />
                <span>{text}</span>
            </label>
        }
        .into_any();
    }
    let options: Vec<(&'static str, Choice, &'static str)> = vec![
        ("ours", Choice::Ours, w.travel.keep_ours),
        ("theirs", Choice::Theirs, w.travel.take_theirs),
        ("both", Choice::Both, w.travel.keep_both),
    ];
    let can: Vec<_> = options.into_iter().filter(|(_, c, _)| item.choices.contains(c)).collect();
    let named = can.clone();
    let options = can.iter().map(|(key, _, text)| view! { <option value=*key>{*text}</option> });
    let options = options.collect_view();
    let label = label(w.travel.choice);
    let shown = move || {
        let chosen = desk.chosen(&item);
        named.iter().find(|(_, c, _)| *c == chosen).map_or("ours", |(k, ..)| *k)
    };
    view! {
        <select aria-label=label prop:value=shown on:change:target=move |e| {
            let value = e.target().value();
            if let Some((_, choice, _)) = can.iter().find(|(k, ..)| *k == value) {
                desk.choose(key.clone(), *choice);
            }
        }>{options}</select>
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
                let lines = resolved.follows.iter().take(MOST_ROWS).map(line).collect_view();
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
