//! Owns the list of differences: grouped by what they are numbers of, drawn as far as the reader
//! goes.
//!
//! Invariant: every difference can be reached; what is not drawn is chosen by its group's buttons
//! all the same.

use super::item::{group, name, said_by};
use super::merge::{Desk, key_of};
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::Plan;
use shapan_engine::merge::{Choice, Item, Numbers, Sort};
use std::sync::Arc;

/// Differences up to which every group is open from the start.
const FEW: usize = 120;
/// Rows a group is drawn with at first, and each time more are wanted.
const ROWS: usize = 60;

/// The plans beside each other, with their numbers at hand.
struct Beside {
    plans: [Arc<Plan>; 2],
    numbers: [Numbers; 2],
    base: Option<(Arc<Plan>, Numbers)>,
}

/// The differences, group by group.
#[component]
pub fn Items(desk: Desk) -> impl IntoView {
    let session = expect_context::<Session>();
    let groups = move || {
        let (w, lang) = (session.words(), session.lang());
        let preview = desk.preview.get();
        if preview.items.is_empty() {
            return view! { <p class="aside">{w.travel.nothing_differs}</p> }.into_any();
        }
        let plans = [session.plan.get(), desk.there.get_value()];
        let shown = desk.shown.get();
        let all = preview.items.iter().filter(|i| shown.is_none_or(|s| i.sort == s));
        let all: Vec<&Item> = all.collect();
        let mut groups: Vec<(String, Vec<Item>)> = Vec::new();
        for item in &all {
            let of = group(w, [&plans[0], &plans[1]], &item.key, lang);
            match groups.iter_mut().rfind(|(name, _)| *name == of) {
                Some((_, items)) => items.push((*item).clone()),
                None => groups.push((of, vec![(*item).clone()])),
            }
        }
        let numbers = [Numbers::of(&plans[0]), Numbers::of(&plans[1])];
        let base = desk.base.get_value().map(|plan| {
            let numbers = Numbers::of(&plan);
            (plan, numbers)
        });
        let beside = Arc::new(Beside { plans, numbers, base });
        let is_few = all.len() <= FEW;
        let groups = groups.into_iter().map(|(name, items)| {
            let is_open = is_few || shown == Some(Sort::Conflict);
            section(session, desk, &beside, &name, items, is_open)
        });
        let groups = groups.collect_view();
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
        }
        .into_any()
    };
    view! { {groups} }.into_any()
}

/// One group: its head with "all" and "none", and its rows.
fn section(
    session: Session,
    desk: Desk,
    beside: &Arc<Beside>,
    kind: &str,
    items: Vec<Item>,
    is_open: bool,
) -> AnyView {
    let w = session.words();
    let count = items.len();
    let conflicts = items.iter().filter(|i| i.sort == Sort::Conflict).count();
    let drawn = RwSignal::new(if is_open { ROWS } else { 0 });
    let items = StoredValue::new(items);
    let choose_all = move |choice: Choice| {
        desk.choices.update(|c| {
            items.with_value(|items| {
                let can = |i: &&Item| choice == Choice::Ours || i.choices.contains(&choice);
                c.extend(items.iter().filter(can).map(|i| (i.key.clone(), choice)));
            });
        });
    };
    let beside = Arc::clone(beside);
    let rows = move || {
        let listed = drawn.get().min(count);
        let rows = items.with_value(|items| {
            let rows = items.iter().take(listed);
            rows.map(|item| row(session, desk, &beside, item)).collect_view()
        });
        let rest = count - listed;
        let more = (listed > 0 && rest > 0).then(|| {
            let next = rest.min(ROWS);
            let text = fill(w.travel.show_more, &[&next.to_string(), &rest.to_string()]);
            view! {
                <tr><td colspan="5">
                    <button type="button" on:click=move |_| drawn.update(|n| *n += ROWS)>{text}</button>
                </td></tr>
            }
        });
        view! { {rows}{more} }.into_any()
    };
    let (all, none) = (fill(w.travel.group_all, &[kind]), fill(w.travel.group_none, &[kind]));
    let head = if conflicts == 0 {
        format!("{kind} · {count}")
    } else {
        let conflicts = fill(w.travel.conflict_items, &[&conflicts.to_string()]);
        format!("{kind} · {count} · {conflicts}")
    };
    let toggle = move |_| drawn.update(|n| *n = if *n == 0 { ROWS } else { 0 });
    view! {
        <tbody>
            <tr class="group-head">
                <th scope="colgroup" colspan="5">
                    <button type="button" class="fold"
                        aria-expanded=move || (drawn.get() > 0).to_string()
                        on:click=toggle>{head}</button>
                    <button type="button" on:click=move |_| choose_all(Choice::Theirs)>{all}</button>
                    <button type="button" on:click=move |_| choose_all(Choice::Ours)>{none}</button>
                </th>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn row(session: Session, desk: Desk, beside: &Beside, item: &Item) -> AnyView {
    let (w, lang) = (session.words(), session.lang());
    let [here, there] = &beside.plans;
    let called = name(w, [here, there], &item.key, lang);
    let how = match item.sort {
        Sort::New => w.travel.sort_new,
        Sort::Changed => w.travel.sort_changed,
        Sort::Missing => w.travel.sort_missing,
        Sort::Conflict => w.travel.sort_conflict,
    };
    let none = || "–".to_owned();
    let says = |plan: &Plan, numbers: &Numbers| said_by(w, plan, numbers, &item.key, lang);
    let ours = says(here, &beside.numbers[0]).unwrap_or_else(none);
    let mut theirs = says(there, &beside.numbers[1]).unwrap_or_else(none);
    if theirs == ours {
        theirs = w.travel.other_settings.to_owned();
    }
    let was = beside.base.as_ref().filter(|_| item.sort == Sort::Conflict);
    let was = was.map(|(plan, numbers)| {
        let was = says(plan, numbers).unwrap_or_else(none);
        view! { <small>{fill(w.travel.was, &[&was])}</small> }
    });
    let adopted = (item.choices == [Choice::Ours, Choice::Both])
        .then(|| view! { <small>{w.travel.adopted_stays}</small> });
    view! {
        <tr class=key_of(item.sort)>
            <td data-label=w.travel.choice>{control(w, desk, item, &called)}</td>
            <th scope="row">{called}</th>
            <td data-label=w.travel.how><span class="sort">{how}</span>" "{was}{adopted}</td>
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
