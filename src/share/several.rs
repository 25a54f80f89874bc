//! Owns the panel that takes in several files which all began from versions kept here: one after
//! the other, each against the version it began from.
//!
//! Invariant: nothing moves before the reader says so, and then as one step. What both sides
//! changed otherwise stays as it is and is counted.

use super::{Incoming, Travel};
use crate::parts::focus;
use crate::session::{Keeper, Session};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::merge::{Preview, Sort};
use shapan_engine::{Command, Plan};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file with the version it began from.
#[derive(Clone)]
pub struct Begun {
    incoming: Incoming,
    base: Arc<Plan>,
}

impl Begun {
    /// The files with their versions; nothing where one of them has none.
    pub fn all(plans: &[Incoming], keeper: Keeper) -> Option<Vec<Self>> {
        let begun = |incoming: &Incoming| {
            let base = incoming.began_from(keeper)?;
            Some(Self { incoming: incoming.clone(), base })
        };
        plans.iter().map(begun).collect()
    }
}

/// How many items of a file can come in, and how many are in conflict.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Left {
    to_come: usize,
    conflicts: usize,
}

fn left(here: &Plan, file: &Begun) -> (Preview, Left) {
    let preview = Preview::of(here, &file.incoming.plan, Some(&file.base));
    let conflicts = preview.items.iter().filter(|i| i.sort == Sort::Conflict).count();
    let to_come = preview.items.len() - conflicts;
    (preview, Left { to_come, conflicts })
}

/// The panel.
#[component]
pub fn Several(
    /// The files.
    files_in: Vec<Begun>,
    /// Whether they are to be rolled up instead.
    roll_up: RwSignal<bool>,
    /// What was done last.
    told: RwSignal<Option<String>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let files_in = StoredValue::new(files_in);
    let came_in = RwSignal::new(BTreeMap::<usize, usize>::new());
    let lefts = Memo::new(move |_| {
        let here = session.plan.get();
        files_in.with_value(|all| all.iter().map(|file| left(&here, file).1).collect::<Vec<_>>())
    });
    let take_all = move |_| {
        let mut plan = Plan::clone(&session.plan.get_untracked());
        let before = plan.clone();
        let (mut taken, mut conflicts) = (BTreeMap::new(), 0);
        for (n, file) in files_in.get_value().iter().enumerate() {
            let (preview, left) = left(&plan, file);
            conflicts += left.conflicts;
            let resolved = match preview.resolve(&BTreeMap::new()) {
                Ok(resolved) => resolved,
                Err(refusal) => return session.refused.set(Some(refusal.error)),
            };
            let Some(Command::Become(parts)) = resolved.command else { continue };
            match Plan::new(*parts) {
                Ok(next) => plan = next,
                Err(errors) => return session.refused.set(Some(errors.into())),
            }
            taken.insert(n, left.to_come);
        }
        if plan != before
            && let Err(error) = session.try_dispatch(Command::Become(Box::new(plan.into_parts())))
        {
            return session.refused.set(Some(error));
        }
        let items: usize = taken.values().sum();
        let counts = [taken.len(), items, conflicts].map(|n| n.to_string());
        let text = fill(session.words().travel.took_in, &[&counts[0], &counts[1], &counts[2]]);
        told.set(Some(text));
        came_in.set(taken);
        focus("main");
    };
    let title = move || {
        let count = files_in.with_value(Vec::len).to_string();
        fill(session.words().travel.several_title, &[&count, &session.plan_title().get()])
    };
    let rows = move || {
        let w = session.words();
        let (lefts, came_in) = (lefts.get(), came_in.get());
        let all = files_in.get_value().into_iter().zip(lefts).enumerate();
        let row = all.map(|(n, (file, left))| {
            let incoming = file.incoming;
            let look = fill(w.travel.one_by_one, &[&incoming.name]);
            let name = incoming.name.clone();
            let came_in = came_in.get(&n).map_or("–".to_owned(), usize::to_string);
            let is_done = left == Left { to_come: 0, conflicts: 0 };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="num" data-label=w.travel.came_in>{came_in}</td>
                    <td class="num" data-label=w.travel.to_come>{left.to_come}</td>
                    <td class="num" data-label=w.travel.to_decide>{left.conflicts}</td>
                    <td><button type="button" disabled=is_done on:click=move |_| {
                        travel.merging.set(Some(incoming.clone()));
                    }>{look}</button></td>
                </tr>
            }
        });
        row.collect_view()
    };
    let nothing_to_come = move || lefts.with(|all| all.iter().all(|left| left.to_come == 0));
    view! {
        <section class="card merging" aria-labelledby="several">
            <header class="card-head">
                <h2 id="several">{title}</h2>
                <p>{session.t(|w| w.travel.several_lead)}</p>
            </header>
            <table class="stacks">
                <thead><tr>
                    <th scope="col">{session.t(|w| w.travel.file)}</th>
                    <th scope="col" class="num">{session.t(|w| w.travel.came_in)}</th>
                    <th scope="col" class="num">{session.t(|w| w.travel.to_come)}</th>
                    <th scope="col" class="num">{session.t(|w| w.travel.to_decide)}</th>
                    <th scope="col">{session.t(|w| w.travel.choice)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="row">
                <button type="button" class="primary" disabled=nothing_to_come on:click=take_all>{session.t(|w| w.travel.take_all_in)}</button>
                <button type="button" on:click=move |_| roll_up.set(true)>{session.t(|w| w.travel.roll_instead)}</button>
                <button type="button" on:click=move |_| {
                    travel.rolling.set(None);
                    focus("main");
                }>{session.t(|w| w.close)}</button>
            </div>
        </section>
    }
    .into_any()
}
