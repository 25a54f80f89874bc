//! Owns the tree of scenarios: what is stacked on what, what each adds, and what can be done
//! with it.
//!
//! `outcomes` computes every scenario once, `actions` is what can be done, `buttons` where.

mod actions;
mod buttons;
mod outcomes;

pub use actions::{
    RemovedNotice, duplicate, in_tree_order, locked_by, provide_removed, rename, scenario, stack_on,
};
pub use buttons::{LockedWords, ScenarioButtons};
pub use outcomes::Outcomes;

use crate::overview::{IllustrativeMark, unit, year};
use crate::parts::Money;
use crate::session::{Session, Shown};
use crate::words::fill;
use actions::title_id;
use leptos::prelude::*;
use shapan_engine::{Cut, Date, Difference, Fen, ScenarioId};

/// Which scenarios are ticked, and what is done when one is.
#[derive(Clone, Copy)]
pub struct Ticks {
    /// Those ticked.
    pub chosen: Memo<Vec<ScenarioId>>,
    /// The most that can be.
    pub most: usize,
    /// Told which is ticked or unticked.
    pub on_tick: Callback<(ScenarioId, bool)>,
}

/// A scenario as it stands in the tree.
#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    is_root: bool,
    measures: usize,
    off: usize,
    adopted: Option<Date>,
    /// The name of the adopted scenario that locks it, where that is another.
    locked_by: Option<String>,
    /// What it adds to its parent in the year looked at, where both have a result.
    cost: Option<Fen>,
    has_result: bool,
}

/// The tree.
#[component]
pub fn ScenarioTree(
    /// What every scenario comes to.
    outcomes: Memo<Shown<Outcomes>>,
    /// Which are ticked.
    ticks: Ticks,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let note = Signal::derive(move || {
        fill(session.words().compare.scenarios_note, &[&year(session), unit(session)])
    });
    view! {
        <section class="card scenario-tree" aria-labelledby="tree-title">
            <header class="card-head">
                <h2 id="tree-title">{session.t(|w| w.compare.scenarios)}</h2>
                <p>{note}" "<IllustrativeMark /></p>
            </header>
            <RemovedNotice />
            <Branch on=None outcomes ticks />
        </section>
    }
}

/// All scenarios on one, each with those on it.
#[component]
fn Branch(on: Option<ScenarioId>, outcomes: Memo<Shown<Outcomes>>, ticks: Ticks) -> impl IntoView {
    let session = expect_context::<Session>();
    let ids = Memo::new(move |_| {
        session.plan.with(|p| {
            let here = p.scenarios.iter().filter(|s| s.parent == on);
            here.map(|s| s.id.clone()).collect::<Vec<_>>()
        })
    });
    // A list without entries is none.
    let is_any = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    move || {
        is_any.get().then(|| {
            view! {
                <ul>
                    <For each=move || ids.get() key=Clone::clone let(id)>
                        <Node id outcomes ticks />
                    </For>
                </ul>
            }
            .into_any()
        })
    }
}

#[component]
fn Node(id: ScenarioId, outcomes: Memo<Shown<Outcomes>>, ticks: Ticks) -> AnyView {
    let session = expect_context::<Session>();
    let own = StoredValue::new(id.clone());
    let row = Memo::new(move |_| own.with_value(|id| row(session, outcomes, id)));
    let is_looked_at =
        Memo::new(move |_| own.with_value(|id| session.look.with(|l| l.scenario == *id)));
    let is_ticked = move || own.with_value(|id| ticks.chosen.with(|c| c.contains(id)));
    let is_full = move || !is_ticked() && ticks.chosen.with(Vec::len) >= ticks.most;
    let name = move || row.with(|r| r.name.clone());
    let stands = move || {
        let w = session.words().compare;
        row.with(|r| match (r.is_root, r.off) {
            (true, _) => w.root_has_none.to_owned(),
            (_, 0) => fill(w.n_measures, &[&r.measures.to_string()]),
            (_, off) => fill(w.n_measures_off, &[&r.measures.to_string(), &off.to_string()]),
        })
    };
    let marks = move || {
        let w = session.words().compare;
        row.with(|r| {
            let locked = match (&r.adopted, &r.locked_by) {
                (Some(on), _) => Some(fill(w.adopted_on, &[&on.to_string()])),
                (None, Some(by)) => Some(fill(w.locked_by, &[by])),
                (None, None) => None,
            };
            let none = (!r.has_result).then(|| w.no_result.to_owned());
            let marks = locked.into_iter().chain(none);
            marks.map(|mark| view! { <span class="mark plain">{mark}</span> }).collect_view()
        })
    };
    let cost = move || {
        row.with(|r| r.cost.filter(|_| !r.is_root)).map(|cost| {
            view! { <Money amount=Signal::derive(move || cost) change=true /> }
        })
    };
    view! {
        <li>
            <div class="scenario" class:chosen=move || is_looked_at.get()>
                <label class="tick">
                    <input type="checkbox" prop:checked=is_ticked disabled=is_full
                        on:change:target=move |e| {
                            let ticked = e.target().checked();
                            ticks.on_tick.run((own.get_value(), ticked));
                            // Where it was not taken, show what holds.
                            e.target().set_checked(untrack(is_ticked));
                        } />
                    <span class="visually-hidden">{move || fill(session.words().compare.compare_it, &[&name()])}</span>
                </label>
                <button type="button" class="title" id=title_id(&id) aria-current=move || is_looked_at.get().then_some("true")
                    on:click=move |_| own.with_value(|id| session.look_at_scenario(id))>
                    <b>{name}</b>
                    <span>{stands}</span>
                </button>
                <span class="marks">{marks}</span>
                <span class="cost">{cost}</span>
            </div>
            {move || is_looked_at.get().then(|| view! {
                <ScenarioButtons id=Signal::derive(move || own.get_value()) renames=true />
            })}
            <Branch on=Some(id) outcomes ticks />
        </li>
    }
    .into_any()
}

fn row(session: Session, outcomes: Memo<Shown<Outcomes>>, id: &ScenarioId) -> Row {
    let (lang, year) = (session.lang(), session.look.with(|l| l.year));
    outcomes.with(|o| {
        let plan = session.plan.get();
        let it = scenario(&plan, id);
        let own = o.get().and_then(|o| o.get(id));
        let parent = it.and_then(|s| s.parent.as_ref());
        let below = parent.and_then(|parent| o.get()?.get(parent));
        let cut = Cut::ALL.in_year(year);
        let added = |(scenario, base)| Difference { scenario, base }.total(cut);
        // The status quo cannot be changed in any case.
        let locked = locked_by(&plan, id).filter(|(by, _)| by.id != *id && parent.is_some());
        Row {
            name: it.map(|s| s.name.get(lang).to_owned()).unwrap_or_default(),
            is_root: parent.is_none(),
            measures: it.map_or(0, |s| s.measures.len()),
            off: it.map_or(0, |s| s.measures.iter().filter(|m| !m.enabled).count()),
            adopted: it.and_then(|s| s.adopted),
            locked_by: locked.map(|(by, _)| by.name.get(lang).to_owned()),
            cost: own.zip(below).map(added),
            has_result: own.is_some(),
        }
    })
}
