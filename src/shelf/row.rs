//! Owns one plan of the shelf as a row: what is known of it, and what can be done with it.

use super::{Telling, kilobytes};
use crate::clock;
use crate::files;
use crate::names;
use crate::numbers;
use crate::parts::focus;
use crate::session::{Keeper, Page, Session, SwitchError};
use crate::words::{fill, words};
use leptos::prelude::*;
use shapan_engine::{Lang, Plan};
use shapan_keep::Entry;

/// What is known of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Facts {
    lang: Lang,
    number: u32,
    is_open: bool,
    is_only: bool,
    /// Whether the machine has it; the one on the table may only be in memory.
    is_kept: bool,
    title: String,
    what: Result<Known, String>,
}

/// What is known of one that can be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Known {
    place: String,
    is_sample: bool,
    years: String,
    regions: usize,
    programmes: usize,
    /// In characters, with versions and backups.
    size: usize,
    saved: String,
}

impl Facts {
    /// Of all plans there are, in the order they came.
    pub fn of_all(keeper: Keeper, session: Session) -> Vec<Self> {
        let (current, mut plans) = keeper.plans();
        let on_table = session.plan.get();
        let lang = session.lang();
        let w = words(lang);
        let is_kept = plans.iter().any(|e| e.plan == current);
        if !is_kept {
            plans.push(Entry { plan: current, title: String::new(), is_newer: false, at: 0 });
        }
        let is_only = plans.len() == 1;
        let usage = keeper.usage();
        let facts = |entry: Entry| {
            let (number, is_open) = (entry.plan, entry.plan == current);
            let room = usage.plans.iter().find(|(plan, _)| *plan == number);
            let size = room.map_or(0, |(_, r)| r.standing + r.backups + r.versions);
            let known = |plan: &Plan| Known {
                place: plan.place.get(lang).to_owned(),
                is_sample: plan.is_sample,
                years: format!("{}–{}", plan.horizon.first(), plan.horizon.last()),
                regions: plan.regions.len(),
                programmes: plan.programmes.len(),
                size,
                saved: match entry.at {
                    0 => w.shelf.not_kept.to_owned(),
                    at => clock::moment(at),
                },
            };
            let (title, what) = if is_open {
                (on_table.title.get(lang).to_owned(), Ok(known(&on_table)))
            } else {
                match keeper.standing(number) {
                    Ok((_, plan)) => (plan.title.get(lang).to_owned(), Ok(known(&plan))),
                    Err(error) => {
                        (names::kept_plan(w, &entry), Err(files::switch_error(w, &error)))
                    }
                }
            };
            let is_kept = is_kept || !is_open;
            Self { lang, number, is_open, is_only, is_kept, title, what }
        };
        plans.into_iter().map(facts).collect()
    }
}

/// A plan and what can be done with it.
#[component]
pub fn Row(facts: Facts) -> impl IntoView {
    let w = words(facts.lang);
    let title = facts.title.clone();
    let count = |n: usize| numbers::whole(i64::try_from(n).unwrap_or(i64::MAX));
    let mark = |text: &'static str| view! { <span class="mark plain">{text}</span> };
    let open = facts.is_open.then(|| mark(w.shelf.is_open));
    let actions = view! { <Actions facts=facts.clone() /> };
    let cells = match facts.what {
        Ok(known) => {
            let sample = known.is_sample.then(|| view! { <span class="mark">{w.sample}</span> });
            view! {
                <th scope="row">
                    <b>{title}</b>" "{open}" "{sample}
                    <small>{known.place}</small>
                </th>
                <td data-label=w.shelf.years>{known.years}</td>
                <td class="num" data-label=w.shelf.regions>{count(known.regions)}</td>
                <td class="num" data-label=w.shelf.programmes>{count(known.programmes)}</td>
                <td class="num" data-label=w.shelf.size>{kilobytes(known.size)}</td>
                <td data-label=w.shelf.saved>{known.saved}</td>
            }
            .into_any()
        }
        Err(error) => view! {
            <th scope="row"><b>{title}</b></th>
            <td colspan="5">{fill(w.shelf.unreadable, &[&error])}</td>
        }
        .into_any(),
    };
    view! { <tr>{cells}<td>{actions}</td></tr> }
}

/// What can be done with a plan.
#[component]
fn Actions(facts: Facts) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let Telling { done, removed, is_renaming } = expect_context();
    let Facts { lang, number, is_open, is_only, is_kept, title, what } = facts;
    let w = words(lang);
    let is_readable = what.is_ok();
    let refused = move |error: SwitchError| {
        keeper.trouble.set(Some(files::switch_error(w, &error)));
    };
    let labelled = |template: &'static str| fill(template, &[&title]);
    let (export_title, copied) = (title.clone(), fill(w.shelf.copy_of, &[&title]));
    let open = move |_| {
        done.set(None);
        match keeper.switch_to(number) {
            Ok(()) => {
                let _ = location().set_hash(Page::Overview.hash());
            }
            Err(error) => refused(error),
        }
    };
    let duplicate = move |_| match keeper
        .duplicate(number, |title| names::worded(title, |w| w.shelf.copy_of))
    {
        Ok(()) => done.set(Some(fill(w.shelf.duplicated, &[&copied]))),
        Err(error) => refused(error),
    };
    let export = move |_| {
        if is_open {
            files::download_plan(&session.plan.get_untracked(), session.lang());
        } else if let Some(file) = keeper.file_of(number) {
            files::download(&files::name_of(&export_title), &file);
        }
    };
    let remove = move |_| {
        done.set(None);
        match keeper.remove(number) {
            Ok((gone, all)) => {
                removed.update(|removed| removed.push(gone));
                focus("main");
                if let Err(error) = all {
                    refused(error.into());
                }
            }
            Err(error) => refused(error),
        }
    };
    let button = "quiet";
    view! {
        <div class="actions">
            {(!is_open && is_readable).then(|| view! {
                <button type="button" class=button aria-label=labelled(w.shelf.open_this) on:click=open>{w.shelf.open}</button>
            })}
            {is_open.then(|| view! {
                <button type="button" class=button aria-label=labelled(w.shelf.rename_this)
                    aria-expanded=move || is_renaming.get().to_string()
                    on:click=move |_| is_renaming.update(|r| *r = !*r)>{w.shelf.rename}</button>
            })}
            {(is_kept && is_readable).then(|| view! {
                <button type="button" class=button aria-label=labelled(w.shelf.duplicate_this) on:click=duplicate>{w.shelf.duplicate}</button>
            })}
            <button type="button" class=button aria-label=labelled(w.shelf.export_this) on:click=export>{w.shelf.export}</button>
            <button type="button" class=button aria-label=labelled(w.shelf.remove_this) disabled=is_only
                title=is_only.then_some(w.shelf.the_only_one) on:click=remove>{w.shelf.remove}</button>
        </div>
    }
}
