//! Owns the stack: what is inherited, and the scenario's own measures to switch,
//! reorder, add and remove, each with what it costs.

use super::remarks::remarks;
use crate::compare::half_year;
use crate::names;
use crate::overview::{unit, year};
use crate::parts::{Money, Switch, reveal};
use crate::scenarios::{LockedWords, RemovedNotice, ScenarioButtons, duplicate, rename};
use crate::session::Session;
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{
    Basis, Command, Cut, Difference, Extra, Fen, Measure, MeasureId, What, fresh_id,
};

/// A measure as a row: enough to tell whether it has to be drawn again.
#[derive(Clone, PartialEq)]
struct Row {
    measure: Measure,
    place: usize,
    is_last: bool,
    cost: Fen,
    /// Its place among the measures in force, if it is.
    step: Option<usize>,
    remarks: Vec<String>,
}

#[component]
pub fn Stack(
    /// For remarks, which need not move with the lever.
    calm: Session,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let scenario = Memo::new(move |_| session.scenario());
    let is_root = move || scenario.with(|s| s.as_ref().is_none_or(|s| s.parent.is_none()));
    let is_locked = is_locked(session);
    let below = Memo::new(move |_| {
        let parent = scenario.with(|s| s.as_ref().and_then(|s| s.parent.clone()))?;
        let year = session.look.with(|l| l.year);
        session.plan.with(|p| {
            let measures = p.enabled_measures(&parent).ok()?.len();
            let outcome = session.outcome(p, &parent).ok()?;
            let root = session.outcome(p, &p.status_quo()?.id).ok()?;
            let cost = Difference { scenario: &outcome, base: &root }.total(Cut::ALL.in_year(year));
            Some((parent, measures, cost))
        })
    });
    let remarks = remarks(calm);
    let rows = Memo::new(move |_| {
        let year = session.look.with(|l| l.year);
        let measures =
            scenario.with(|s| s.as_ref().map(|s| s.measures.clone())).unwrap_or_default();
        let last = measures.len().saturating_sub(1);
        session.own.with(|own| {
            let step = |m: &Measure| {
                let all = own.get()?.attribution.contributions();
                all.iter().position(|c| c.measure.id == m.id)
            };
            let cost = |step| Some(own.get()?.attribution.total(step, Cut::ALL.in_year(year)));
            let rows = measures.into_iter().enumerate();
            rows.map(|(place, measure)| {
                let step = step(&measure);
                let cost = step.and_then(cost).unwrap_or_default();
                let mut remarks = remarks.with(|r| r.get(&measure.id).cloned().unwrap_or_default());
                remarks.extend(half_year_of(session, &measure, year));
                Row { measure, place, is_last: place == last, cost, step, remarks }
            })
            .collect::<Vec<_>>()
        })
    });
    let keys = Memo::new(move |_| {
        rows.with(|r| r.iter().map(|r| r.measure.id.clone()).collect::<Vec<_>>())
    });
    let name = move || session.scenario_name(&session.look.with(|l| l.scenario.clone()));
    view! {
        <section class="measures" aria-labelledby="stack-title">
            <header class="card-head">
                <h2 id="stack-title">{session.t(|w| w.measures)}</h2>
                <p>{Signal::derive(move || format!("{} · {}", year(session), unit(session)))}</p>
            </header>
            <div class="card flush">
                {move || below.get().filter(|(_, count, _)| *count > 0).map(|(parent, count, cost)| view! {
                    <p class="inherited">
                        <span>{Signal::derive(move || fill(session.words().inherits, &[&session.scenario_name(&parent), &count.to_string()]))}</span>
                        <Money amount=Signal::derive(move || cost) change=true />
                    </p>
                })}
                <Show when=move || is_locked.get() && !is_root()>
                    <CopyToChange />
                </Show>
                <Show when=is_root>
                    <p class="empty">{session.t(|w| w.root_has_no_measures)}</p>
                </Show>
                <ol class="measure-list">
                    <For each=move || keys.get() key=Clone::clone let(id)>
                        {
                            let row = { let id = id.clone(); Memo::new(move |_| {
                                rows.with(|r| r.iter().find(|r| r.measure.id == id).cloned())
                            }) };
                            view! { <MeasureRow id row is_locked /> }
                        }
                    </For>
                </ol>
                <Show when=move || !is_root() fallback=move || view! {
                    <button type="button" class="add" on:click=move |_| new_scenario(session)>
                        {session.t(|w| w.new_scenario)}
                    </button>
                }>
                    <button type="button" class="add" disabled=move || is_locked.get()
                        on:click=move |_| add_measure(session)>
                        {session.t(|w| w.add_measure)}
                    </button>
                </Show>
            </div>
            <RemovedNotice />
            <Show when=move || !is_root()>
                <div class="scenario-actions">
                    <label class="field">
                        <span>{session.t(|w| w.scenario_name)}</span>
                        <input type="text" maxlength="200" prop:value=name disabled=move || is_locked.get()
                            on:change:target=move |e| {
                                let scenario = session.look.with_untracked(|l| l.scenario.clone());
                                rename(session, &scenario, &e.target().value());
                                e.target().set_value(&untrack(name));
                            } />
                    </label>
                    <ScenarioButtons id=Signal::derive(move || session.look.with(|l| l.scenario.clone())) renames=false />
                </div>
            </Show>
        </section>
    }
}

/// Whether the scenario looked at stays as it is: adopted, or below an adopted one.
pub fn is_locked(session: Session) -> Memo<bool> {
    Memo::new(move |_| session.plan.with(|p| session.look.with(|l| p.is_locked(&l.scenario))))
}

/// Why nothing can be changed here, and the way on.
#[component]
fn CopyToChange() -> impl IntoView {
    let session = expect_context::<Session>();
    let scenario = move || session.look.with(|l| l.scenario.clone());
    view! {
        <div class="copy-to-change">
            <LockedWords id=Signal::derive(scenario) />
            <button type="button" on:click=move |_| duplicate(session, &untrack(scenario))>
                {session.t(|w| w.compare.copy_and_change)}
            </button>
        </div>
    }
}

fn new_scenario(session: Session) {
    if let Some(name) = session.typed(session.words().new_scenario_name) {
        session.add_scenario(name);
    }
}

/// Words for a measure in force that the year looked at pays by half.
fn half_year_of(session: Session, measure: &Measure, year: usize) -> Option<String> {
    session.own.with(|own| {
        let own = own.get()?;
        let all = own.attribution.contributions();
        let place = all.iter().position(|c| c.measure.id == measure.id)?;
        let cost = |year| own.attribution.total(place, Cut::ALL.in_year(year));
        let words = half_year(session, &own.plan, measure, Some(year), cost);
        words.filter(|_| cost(year) != Fen::ZERO)
    })
}

fn add_measure(session: Session) {
    let Some(scenario) = session.scenario() else { return };
    let id = fresh_id::<MeasureId>("measure", |id| scenario.measures.iter().any(|m| m.id == *id));
    let title = session.typed(session.words().new_measure_title);
    let (Some(id), Some(title)) = (id, title) else { return };
    let measure = Measure {
        id: id.clone(),
        title,
        clause: None,
        reason: None,
        basis: Basis::default(),
        enabled: true,
        changes: Vec::new(),
        extra: Extra::default(),
    };
    session.dispatch(Command::PutMeasure { scenario: scenario.id, measure: Box::new(measure) });
    session.select_measure(Some(id));
}

#[component]
fn MeasureRow(id: MeasureId, row: Memo<Option<Row>>, is_locked: Memo<bool>) -> impl IntoView {
    let session = expect_context::<Session>();
    let id = StoredValue::new(id);
    let scenario = move || session.look.with_untracked(|l| l.scenario.clone());
    let title = move || {
        let lang = session.lang();
        row.with(|r| r.as_ref().map(|r| r.measure.title.get(lang).to_owned())).unwrap_or_default()
    };
    let enabled =
        Signal::derive(move || row.with(|r| r.as_ref().is_some_and(|r| r.measure.enabled)));
    let cost = Signal::derive(move || row.with(|r| r.as_ref().map(|r| r.cost)).unwrap_or_default());
    let step = Memo::new(move |_| row.with(|r| r.as_ref().and_then(|r| r.step)));
    let why_cost = Memo::new(move |_| {
        let step = step.get()?;
        let (scenario, parent) = session.plan.with(|p| session.look.with(|l| l.stacked(p)));
        let what = What::Total(Cut::ALL.in_year(session.look.with(|l| l.year)));
        let name = format!("{} · {}", title(), session.words().effects.in_order);
        Some(Question::of_change(name, what).in_step(step).between(scenario, parent))
    });
    let chosen = move || session.look.with(|l| l.measure.as_ref() == Some(&id.get_value()));
    let line = move || {
        let (w, lang) = (session.words(), session.lang());
        row.with(|r| {
            r.as_ref().map(|r| session.plan.with(|p| names::measure(w, p, &r.measure, lang)))
        })
    };
    let remarks =
        Memo::new(move |_| row.with(|r| r.as_ref().map(|r| r.remarks.clone())).unwrap_or_default());
    let place = move || row.with(|r| r.as_ref().map_or((0, true), |r| (r.place, r.is_last)));
    let move_to = move |to: usize| {
        session.dispatch(Command::MoveMeasure {
            scenario: scenario(),
            measure: id.get_value(),
            to,
        });
    };
    view! {
        <li class="measure" class:chosen=chosen class:off=move || !enabled.get()>
            <Switch
                label=Signal::derive(move || fill(session.words().switch_measure, &[&title()]))
                on=enabled
                disabled=is_locked
                on_switch=Callback::new(move |enabled| session.dispatch(Command::SwitchMeasure {
                    scenario: scenario(), measure: id.get_value(), enabled,
                }))
            />
            <button type="button" class="title" aria-pressed=move || chosen().to_string()
                on:click=move |_| {
                    session.select_measure(Some(id.get_value()));
                    reveal("editor-title");
                }>
                <b>{title}</b>
                <span>{line}</span>
                <Show when=move || !enabled.get()><span>{session.t(|w| w.switched_off)}</span></Show>
            </button>
            <span class="cost num">
                {move || match why_cost.get() {
                    Some(question) => view! { <Ask question><Money amount=cost change=true /></Ask> }.into_any(),
                    None => view! { <Money amount=cost change=true /> }.into_any(),
                }}
            </span>
            {move || remarks.get().into_iter().map(|said| view! { <p class="remark">{said}</p> }).collect_view()}
            <span class="moves">
                <button type="button" class="icon" disabled=move || is_locked.get() || place().0 == 0
                    aria-label=move || fill(session.words().move_up, &[&title()])
                    title=move || fill(session.words().move_up, &[&title()])
                    on:click=move |_| move_to(place().0.saturating_sub(1))>"↑"</button>
                <button type="button" class="icon" disabled=move || is_locked.get() || place().1
                    aria-label=move || fill(session.words().move_down, &[&title()])
                    title=move || fill(session.words().move_down, &[&title()])
                    on:click=move |_| move_to(place().0 + 1)>"↓"</button>
                <button type="button" class="icon" disabled=move || is_locked.get()
                    aria-label=move || fill(session.words().remove_measure, &[&title()])
                    title=move || fill(session.words().remove_measure, &[&title()])
                    on:click=move |_| session.dispatch(Command::RemoveMeasure {
                        scenario: scenario(), measure: id.get_value(),
                    })>"×"</button>
            </span>
        </li>
    }
}
