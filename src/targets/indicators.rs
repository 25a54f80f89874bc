//! Owns the table of indicators: their value by year, the target of the year looked at, and
//! where it is missed, what is left and what would do it.

use super::form::{Removing, RemovingDialog};
use super::indicator_form::{IndicatorDialog, IndicatorForm};
use crate::checks::sign;
use crate::names;
use crate::numbers;
use crate::overview::{unit, year, year_and_unit};
use crate::parts::{Act, Money, measured, moves, row_acts};
use crate::session::{Impact, Session};
use crate::why::{Ask, Question, is_answered};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{
    BasisKind, Command, Driver, Fen, Goal, Indicator, IndicatorFigure, ParamPath, Plan, Reading,
    Sense, ThingId, Unit, Way, What, read_indicator,
};

#[component]
pub fn Indicators() -> impl IntoView {
    let session = expect_context::<Session>();
    let is_empty = Memo::new(move |_| session.plan.with(|p| p.indicators.is_empty()));
    let years = move || session.plan.with(|p| p.years().enumerate().collect::<Vec<_>>());
    let is_now = move |place: usize| session.look.with(|l| l.year == place);
    let form = IndicatorForm::new();
    let removing = Removing::new();
    let rows = move || {
        session.impact.with(|impact| {
            let impact = impact.get()?;
            let places = 0..impact.plan.indicators.len();
            Some(places.map(|place| row(session, impact, place, (form, removing))).collect_view())
        })
    };
    let new = move || {
        view! {
            <button type="button" class="new" on:click=move |_| form.create(session)>
                {session.t(|w| w.goals.add_indicator)}
            </button>
        }
    };
    view! {
        <section class="card">
            <header class="card-head">
                <h2>{session.t(|w| w.goals.indicators)}</h2>
                <p>{Signal::derive(move || year_and_unit(session))}</p>
                <Show when=move || !is_empty.get()>{new()}</Show>
            </header>
            <RemovingDialog removing />
            <IndicatorDialog indicator_form=form />
            <Show when=move || !is_empty.get() fallback=move || view! {
                <div class="invites">
                    <p class="empty">{session.t(|w| w.goals.indicators_empty)}</p>
                    {new()}
                </div>
            }>
                <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.goals.indicators)>
                    <table class="indicators stacks">
                        <thead><tr>
                            <th scope="col">{session.t(|w| w.goals.indicator)}</th>
                            {move || years().into_iter().map(|(place, year)| view! {
                                <th scope="col" class="num" class:now=move || is_now(place)>{year.to_string()}</th>
                            }).collect_view()}
                            <th scope="col" class="num">{Signal::derive(move || fill(session.words().goals.target_of, &[&year(session)]))}</th>
                            <th scope="col">{session.t(|w| w.goals.result)}</th>
                            <th scope="col">{session.t(|w| w.goals.to_get_there)}</th>
                            <th scope="col"><span class="visually-hidden">{session.t(|w| w.goals.change_it)}</span></th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

fn row(
    session: Session,
    impact: &Impact,
    place: usize,
    (form, removing): (IndicatorForm, Removing),
) -> impl IntoView + use<> {
    let (w, lang, plan) = (session.words(), session.lang(), &impact.plan);
    let indicator = &plan.indicators[place];
    let now = session.look.with(|l| l.year);
    let name = indicator.name.get(lang).to_owned();
    let counted = indicator.unit_name.as_ref().map_or("", |n| n.get(lang)).to_owned();
    let what = |year| What::Indicator {
        figure: IndicatorFigure::Value,
        indicator: place,
        region: None,
        year,
    };
    let readings: Vec<Option<Reading>> = (0..plan.horizon.years())
        .map(|year| read_indicator(plan, impact.scenario(), place, None, year).ok().flatten())
        .collect();
    let value = |(year, reading): (usize, &Option<Reading>)| {
        let class = if year == now { "num now" } else { "num" };
        let of_year = plan.years().nth(year).map(|y| y.to_string()).unwrap_or_default();
        let Some(value) = reading.as_ref().and_then(|r| r.value) else {
            return view! { <td class=class data-label=of_year title=w.goals.no_value>"–"</td> }
                .into_any();
        };
        let unit = indicator.unit();
        let number = measured(value, unit, "");
        if is_answered(impact, &what(year), value) {
            let question = Question::of(format!("{name} · {of_year}"), what(year));
            view! { <td class=class data-label=of_year><Ask question>{number}</Ask></td> }
                .into_any()
        } else {
            view! { <td class=class data-label=of_year>{number}</td> }.into_any()
        }
    };
    let values = readings.iter().enumerate().map(value).collect_view();
    let goal = readings.get(now).and_then(|r| r.as_ref()).and_then(|r| r.target.as_ref());
    let target = goal.map(|goal| {
        let (value, unit) = (goal.value, indicator.unit());
        let of_target = What::Indicator {
            figure: IndicatorFigure::Target,
            indicator: place,
            region: None,
            year: now,
        };
        let question = Question::of(format!("{name} · {}", w.why.target), of_target);
        view! {
            <span class="sense">{sign(goal.sense)}</span>" "
            <Ask question>{measured(value, unit, "")}</Ask>
        }
    });
    let clause = indicator.clause.as_ref().map(|clause| fill(w.goals.clause_n, &[clause]));
    let basis = names::basis(w, plan, &indicator.basis, lang);
    let counted_in = (!counted.is_empty()).then_some(counted.clone());
    let id = StoredValue::new(indicator.id.clone());
    let (called, count) = (name.clone(), plan.indicators.len());
    let thing = move || ThingId::Indicator(id.get_value());
    let on_act = Callback::new(move |act| match act {
        Act::Edit => form.edit(session, &id.get_value()),
        Act::Move(to) => session.dispatch(Command::Move { thing: thing(), to }),
        Act::Remove => removing.ask(session, thing(), called.clone()),
        Act::AddBelow => {}
    });
    let target_label = fill(w.goals.target_of, &[&year(session)]);
    let note = [counted_in, clause, Some(basis)].into_iter().flatten().collect::<Vec<_>>();
    view! {
        <tr>
            <th scope="row">
                {name.clone()}
                <small>{note.join(" · ")}" "{mark(session, plan, indicator)}</small>
            </th>
            {values}
            <td class="num" data-label=target_label>{target.map_or_else(|| view! { <span class="sense">{w.goals.no_target}</span> }.into_any(), IntoAny::into_any)}</td>
            <td data-label=w.goals.result>{goal.map(|goal| result(session, indicator, goal, &counted))}</td>
            <td>{goal.map(|goal| ways(session, plan, indicator, goal))}</td>
            {row_acts(session, &name, moves(place, count), false, on_act)}
        </tr>
    }
}

/// Met, or what is left.
fn result(
    session: Session,
    indicator: &Indicator,
    goal: &Goal,
    counted: &str,
) -> impl IntoView + use<> {
    let w = session.words().goals;
    if goal.is_met {
        let met = w.met.to_owned();
        return view! { <span class="verdict pass"><span aria-hidden="true">"✓"</span>{met}</span> };
    }
    let left = match indicator.unit() {
        Unit::Fen => {
            let unit_now = session.preferences.with(|p| p.unit());
            format!("{} {}", numbers::money(Fen(goal.left.abs()), unit_now), unit(session))
        }
        _ => numbers::counted(goal.left.abs(), Unit::Count, counted),
    };
    let template = match goal.sense {
        Sense::AtLeast => w.left,
        Sense::AtMost => w.too_much,
    };
    let text = fill(template, &[&left]);
    view! { <span class="verdict fail"><span aria-hidden="true">"✕"</span>{text}</span> }
}

/// What would do it, the cheapest first.
fn ways(
    session: Session,
    plan: &Plan,
    indicator: &Indicator,
    goal: &Goal,
) -> Option<impl IntoView + use<>> {
    let (w, lang) = (session.words().goals, session.lang());
    if goal.is_met {
        return None;
    }
    if goal.ways.is_empty() {
        return Some(view! { <span class="sense">{w.no_way}</span> }.into_any());
    }
    let way = |way: &Way| {
        let programme = &plan.programmes[way.programme];
        let name = programme.name.get(lang);
        let text = match (&programme.driver, indicator.unit()) {
            (_, Unit::Fen) => fill(w.way_money, &[name]),
            (Driver::Works { unit, .. }, _) => {
                let units = numbers::counted(way.units, Unit::Count, unit.get(lang));
                fill(w.way_units, &[name, &units])
            }
            _ => fill(w.way_units, &[name, &numbers::whole(way.units)]),
        };
        let cost = way.cost;
        view! { <li>{text}" · "<Money amount=Signal::derive(move || cost) with_unit=true /></li> }
    };
    Some(view! { <ul class="ways">{goal.ways.iter().map(way).collect_view()}</ul> }.into_any())
}

/// The mark of an indicator that rests on numbers of its own without a source.
fn mark(session: Session, plan: &Plan, indicator: &Indicator) -> Option<impl IntoView + use<>> {
    let is_own = |path: &ParamPath| matches!(path, ParamPath::Indicator(id, _) | ParamPath::Term(id, ..) if *id == indicator.id);
    let of_parameters = plan
        .registry()
        .iter()
        .any(|r| is_own(&r.path) && r.basis().kind == BasisKind::Illustrative);
    (of_parameters || indicator.basis.kind == BasisKind::Illustrative).then(|| {
        let w = session.words();
        view! { <span class="mark" title=w.rests_on_illustrative_hint>{w.rests_on_illustrative}</span> }
    })
}
