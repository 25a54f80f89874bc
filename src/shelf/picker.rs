//! Owns the choice of a plan in the header, with the ways to another one at its end.
//!
//! Invariant: what is shown as chosen is the plan that is shown: the one on the table, or one that
//! is only looked at, which is on no shelf.

use super::open_sample;
use crate::files;
use crate::names;
use crate::parts::Choice;
use crate::session::{Keeper, Page, Session};
use leptos::prelude::*;
use shapan_keep::Entry;

// No number of a plan, so neither can be taken for one.
const NEW: &str = "new";
const SAMPLE: &str = "sample";
const VISITED: &str = "visited";

/// The plan on the table, and which others there could be.
#[component]
pub fn PlanPicker(
    /// Ends a visit, so that the plan on the table is shown again.
    leave_visit: Callback<()>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let title = session.plan_title();
    let on_table =
        Memo::new(move |_| session.table.with(|p| p.title.get(session.lang()).to_owned()));
    let options = move || {
        let (current, mut plans) = keeper.plans();
        // One that has not been saved yet is on no shelf.
        if plans.iter().all(|e| e.plan != current) {
            plans.push(Entry { plan: current, title: String::new(), is_newer: false, at: 0 });
        }
        let named = |e: Entry| {
            let name = if e.plan == current {
                on_table.get()
            } else {
                names::kept_plan(session.words(), &e)
            };
            (e.plan.to_string(), name)
        };
        let w = session.words();
        let others = [(NEW, w.shelf.new_plan), (SAMPLE, w.shelf.fresh_sample)];
        let others = others.map(|(key, name)| (key.to_owned(), name.to_owned()));
        let visited = session.is_visiting().then(|| (VISITED.to_owned(), title.get()));
        visited.into_iter().chain(plans.into_iter().map(named)).chain(others).collect()
    };
    let choose = move |chosen: String| match chosen.as_str() {
        NEW => {
            let _ = location().set_hash(Page::NewPlan.hash());
        }
        SAMPLE => open_sample(session, keeper),
        VISITED => {}
        number => {
            let Ok(number) = number.parse() else { return };
            if number == keeper.on_table() {
                return leave_visit.run(());
            }
            if let Err(error) = keeper.switch_to(number) {
                keeper.trouble.set(Some(files::switch_error(session.words(), &error)));
            }
        }
    };
    view! {
        <h1 class="visually-hidden">{title}</h1>
        <div class="plan">
            <Choice
                quiet=true
                label=session.t(|w| w.plan)
                options=Signal::derive(options)
                value=Signal::derive(move || {
                    if session.is_visiting() { VISITED.to_owned() } else { keeper.plans().0.to_string() }
                })
                on_choose=Callback::new(choose)
            />
        </div>
        <Show when=move || session.plan.with(|p| p.is_sample)>
            <span class="mark" title=session.t(|w| w.sample_hint)>{session.t(|w| w.sample)}</span>
        </Show>
    }
    .into_any()
}
