//! Owns the page that sets two to four scenarios side by side: the tree they are chosen from,
//! their figures, every parameter that differs, and what makes the difference of two of them.
//!
//! Invariant: every scenario is computed once, whatever is shown of it.

mod between;
mod choice;
mod figures;
mod matrix;
mod parameters;
mod regions;

pub use between::half_year;
pub use choice::{forget_choice, named_in, provide_choice};

use crate::overview::year;
use crate::parts;
use crate::scenarios::{Outcomes, ScenarioTree, Ticks, scenario, stack_on};
use crate::session::{Session, Shown};
use crate::words::fill;
use between::{Between, Payers};
use choice::{Choice, Chosen, MOST};
use figures::Column;
use leptos::ev;
use leptos::prelude::*;
use matrix::Matrix;
use parameters::Parameters;
use regions::Regions;
use shapan_engine::{Difference, EvaluateError, Plan, ScenarioId};
use std::sync::Arc;

/// The scenarios side by side.
pub struct Sides {
    plan: Arc<Plan>,
    ids: Vec<ScenarioId>,
    /// A column for each; none where it has no result.
    columns: Vec<Option<Column>>,
    /// Why one has no result.
    errors: Vec<Option<EvaluateError>>,
}

/// What the parts of the page read.
#[derive(Clone, Copy)]
struct Compared {
    chosen: Memo<Chosen>,
    sides: Memo<Shown<Sides>>,
    /// The scenario whose difference from the reference is looked at closely, as a place.
    closer: Memo<Option<usize>>,
}

impl Compared {
    /// The outcomes of the scenario looked at closely and of the reference, where both have
    /// one, told to `read` with the plan.
    fn pair<T>(self, read: impl FnOnce(&Plan, Difference<'_>, Option<usize>) -> T) -> Option<T> {
        let (chosen, closer) = (self.chosen.get(), self.closer.get()?);
        self.sides.with(|sides| {
            let sides = sides.get().filter(|s| s.ids == chosen.with)?;
            let outcome = |n: usize| sides.columns.get(n)?.as_ref().map(|c| &c.outcome);
            let (scenario, base) = (outcome(closer)?, outcome(chosen.against)?);
            Some(read(&sides.plan, Difference { scenario, base }, chosen.year))
        })
    }

    /// The years compared, in words.
    fn years(self, session: Session) -> String {
        let w = session.words().compare;
        match self.chosen.with(|c| c.year) {
            Some(_) => fill(w.one_year, &[&year(session)]),
            None => fill(w.all_years, &[&horizon(session)]),
        }
    }

    /// A scenario's name by its column.
    fn name(self, session: Session, place: usize) -> String {
        self.chosen
            .with(|c| c.with.get(place).map(|id| session.scenario_name(id)))
            .unwrap_or_default()
    }
}

/// The page.
#[component]
pub fn Compare() -> impl IntoView {
    let session = expect_context::<Session>();
    let choice = expect_context::<Choice>();
    choice.meet_address();
    let moved = window_event_listener(ev::hashchange, move |_| choice.meet_address());
    on_cleanup(move || moved.remove());

    let outcomes = Outcomes::memo(session);
    let chosen = choice.chosen(session);
    let ids = Memo::new(move |_| chosen.with(|c| c.with.clone()));
    let sides = Memo::new(move |_| {
        outcomes.with(|o| {
            let plan = o.get().map_or_else(|| session.plan.get(), |o| Arc::clone(&o.plan));
            let ids = ids.get();
            let of = |id: &ScenarioId| Column::of(&plan, o.get()?.get(id)?);
            let columns = ids.iter().map(of).collect();
            let error = |id: &ScenarioId| o.get()?.error(id).cloned();
            let errors = ids.iter().map(error).collect();
            Shown::new(Ok(Sides { columns, errors, ids, plan }))
        })
    });
    let wanted_closer = RwSignal::new(None::<ScenarioId>);
    let closer = Memo::new(move |_| {
        chosen.with(|c| {
            let others = (0..c.with.len()).filter(|place| *place != c.against);
            let wanted =
                |place: &usize| wanted_closer.with(|w| w.as_ref() == Some(&c.with[*place]));
            let looked_at = |place: &usize| session.look.with(|l| l.scenario == c.with[*place]);
            let (mut a, mut b, mut any) = (others.clone(), others.clone(), others);
            a.find(wanted).or_else(|| b.find(looked_at)).or_else(|| any.next())
        })
    });
    let compared = Compared { chosen, sides, closer };
    let on_tick = move |(id, ticked): (ScenarioId, bool)| {
        let mut now = chosen.with_untracked(|c| c.with.clone());
        now.retain(|other| *other != id);
        if ticked && now.len() < MOST {
            now.push(id);
        }
        choice.want(|wanted| wanted.with = Some(now));
    };
    let ticks = Ticks { chosen: ids, most: MOST, on_tick: Callback::new(on_tick) };
    let is_alone = Memo::new(move |_| session.plan.with(|p| p.scenarios.len() < 2));
    let is_enough = Memo::new(move |_| ids.with(Vec::len) > 1);
    let hint = Signal::derive(move || {
        let w = session.words().compare;
        ids.with(|ids| match ids.len() {
            _ if is_alone.get() => "",
            0 => w.pick_hint,
            1 => w.pick_more,
            MOST.. => w.pick_full,
            _ => w.pick_hint,
        })
    });
    let missing = move || {
        let missing = session.plan.with(|p| choice.wanted().missing(p));
        let ids = missing.iter().map(ToString::to_string).collect::<Vec<_>>();
        let w = session.words().compare;
        let named = ids.join(w.comma);
        (!missing.is_empty()).then(|| {
            view! { <p class="notice told" role="status">{fill(w.pick_missing, &[&named])}</p> }
        })
    };
    view! {
        <div class="sheet compare">
            <header class="page-head">
                <h2>{session.t(|w| w.compare.title)}</h2>
                <p>{hint}</p>
            </header>
            {missing}
            <ScenarioTree outcomes ticks />
            <Show when=move || is_alone.get()>
                <section class="card">
                    <p class="empty">{session.t(|w| w.compare.only_status_quo)}</p>
                    <button type="button" class="primary" on:click=move |_| {
                        let root = session.plan.with_untracked(|p| p.status_quo().map(|s| s.id.clone()));
                        if let Some(root) = root {
                            stack_on(session, &root);
                        }
                    }>{session.t(|w| w.new_scenario)}</button>
                </section>
            </Show>
            <Show when=move || is_enough.get()>
                <Tools compared choice wanted_closer />
                <Matrix compared />
                <Parameters compared />
                <Between compared />
                <Payers compared />
                <Regions compared />
            </Show>
        </div>
    }
}

/// Which is the reference, which other is looked at closely, and over which years.
#[component]
fn Tools(
    compared: Compared,
    choice: Choice,
    wanted_closer: RwSignal<Option<ScenarioId>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let options = move |without_reference: bool| {
        Signal::derive(move || {
            let lang = session.lang();
            compared.chosen.with(|c| {
                let ids = c.with.iter().enumerate();
                let ids = ids.filter(|(n, _)| !(without_reference && *n == c.against));
                let named = |id: &ScenarioId| {
                    let name =
                        session.plan.with(|p| scenario(p, id).map(|s| s.name.get(lang).to_owned()));
                    (id.to_string(), name.unwrap_or_default())
                };
                ids.map(|(_, id)| named(id)).collect::<Vec<_>>()
            })
        })
    };
    let id_at = move |place: Option<usize>| {
        compared
            .chosen
            .with(|c| place.and_then(|n| c.with.get(n)).map(ToString::to_string))
            .unwrap_or_default()
    };
    let years = Signal::derive(move || {
        let w = session.words().compare;
        vec![
            ("one".to_owned(), fill(w.one_year, &[&year(session)])),
            ("all".to_owned(), fill(w.all_years, &[&horizon(session)])),
        ]
    });
    view! {
        <div class="row tools">
            <parts::Choice
                label=session.t(|w| w.compare.reference)
                options=options(false)
                value=Signal::derive(move || id_at(Some(compared.chosen.with(|c| c.against))))
                on_choose=Callback::new(move |id: String| choice.want(|w| w.against = id.parse().ok()))
            />
            <parts::Choice
                label=session.t(|w| w.compare.look_closer)
                options=options(true)
                value=Signal::derive(move || id_at(compared.closer.get()))
                on_choose=Callback::new(move |id: String| wanted_closer.set(id.parse().ok()))
            />
            <parts::Segments
                label=session.t(|w| w.compare.years_shown)
                options=years
                value=Signal::derive(move || {
                    compared.chosen.with(|c| if c.year.is_none() { "all" } else { "one" }.to_owned())
                })
                on_choose=Callback::new(move |years: String| choice.want(|w| w.all_years = years == "all"))
            />
        </div>
    }
}

/// `2012–2016`
fn horizon(session: Session) -> String {
    session.plan.with(|p| format!("{}–{}", p.horizon.first(), p.horizon.last()))
}
