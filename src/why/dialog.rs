//! Owns the dialog that answers "why": the formula with its numbers, and under each number
//! the same again, as far as one cares to open it.

use super::formula::formula;
use super::naming::Naming;
use super::{Asking, Question, Side};
use crate::names;
use crate::numbers;
use crate::session::{Impact, Session};
use leptos::prelude::*;
use shapan_engine::{BasisKind, How, Measure, Outcome, ScenarioId, Trace, Unit, What};

/// The dialog; it answers what was asked last.
#[component]
pub fn WhyDialog() -> impl IntoView {
    let session = expect_context::<Session>();
    let Asking { question, dialog } = expect_context::<Asking>();
    let name = move || question.with(|q| q.as_ref().map(|q| q.name.clone()).unwrap_or_default());
    let answer = move || {
        let question = question.get()?;
        session.impact.with(|i| i.get().map(|impact| answer(session, impact, &question)))
    };
    view! {
        <dialog class="why" node_ref=dialog aria-labelledby="why-title" on:close=move |_| question.set(None)>
            <header>
                <h2 id="why-title">{session.t(|w| w.why.why)}</h2>
                <button type="button" on:click=move |_| {
                    if let Some(dialog) = dialog.get() {
                        dialog.close();
                    }
                }>{session.t(|w| w.close)}</button>
            </header>
            <h3>{name}</h3>
            {answer}
        </dialog>
    }
}

fn answer(session: Session, impact: &Impact, question: &Question) -> AnyView {
    let sides: &[Side] =
        if question.is_change { &[Side::Scenario, Side::Base] } else { &[Side::Scenario] };
    let found: Option<Vec<_>> =
        sides.iter().map(|side| Some((*side, side.ask(impact, &question.what)?))).collect();
    let w = session.words().why;
    match found.as_deref() {
        Some([(side, trace)]) => {
            let (side, trace) = (*side, trace.clone());
            view! {
                {formula_line(session, impact, side, &trace)}
                {parts(session, impact, side, &trace)}
            }
            .into_any()
        }
        Some([(_, now), (_, before)]) => {
            let written =
                |value: i64| names::with_unit(&numbers::exact(value, 2), session.words().unit_yuan);
            // Only amounts are asked for as a change.
            let line = format!(
                "{} − {} = {}",
                written(now.value),
                written(before.value),
                written(now.value.saturating_sub(before.value))
            );
            let lang = session.lang();
            let scenario = |id: &ScenarioId| {
                let found = impact.plan.scenarios.iter().find(|s| s.id == *id);
                found.map_or("", |s| s.name.get(lang)).to_owned()
            };
            let (ours, theirs) = (scenario(&impact.scenario_id), scenario(&impact.base_id));
            view! {
                <p class="formula">{line}</p>
                <ul class="trace">
                    {node(session, impact, Side::Scenario, now.clone(), Some(ours))}
                    {node(session, impact, Side::Base, before.clone(), Some(theirs))}
                </ul>
            }
            .into_any()
        }
        _ => view! { <p class="empty">{w.no_answer}</p> }.into_any(),
    }
}

fn formula_line(session: Session, impact: &Impact, side: Side, trace: &Trace) -> AnyView {
    let of = side.of(impact);
    let naming = naming(session, impact, &of);
    let line = formula(naming, trace);
    let is_empty = matches!(&trace.how, How::Sum(parts) if parts.is_empty());
    let line = match line {
        Some(_) if is_empty => session.words().why.nothing.to_owned(),
        Some(line) => line,
        None => naming.written(&trace.what, trace.value),
    };
    view! { <p class="formula">{line}</p> }.into_any()
}

fn naming<'a>(
    session: Session,
    impact: &'a Impact,
    (measures, outcome): &'a (Vec<&'a Measure>, &'a Outcome),
) -> Naming<'a> {
    Naming { w: session.words(), lang: session.lang(), plan: &impact.plan, outcome, measures }
}

/// The number behind one that only passes it on.
fn origin(trace: &Trace) -> &Trace {
    match &trace.how {
        How::Same(part) => origin(part),
        _ => trace,
    }
}

/// A list of the numbers in a formula, each once.
fn parts(session: Session, impact: &Impact, side: Side, trace: &Trace) -> AnyView {
    let mut seen: Vec<&Trace> = Vec::new();
    for part in origin(trace).parts() {
        if !seen.iter().any(|known| known.what == part.what && known.value == part.value) {
            seen.push(part);
        }
    }
    let nodes: Vec<_> =
        seen.into_iter().map(|part| node(session, impact, side, part.clone(), None)).collect();
    (!nodes.is_empty()).then(|| view! { <ul class="trace">{nodes}</ul> }).into_any()
}

/// Whether a number that was given may be asked for in turn.
fn can_be_asked(what: &What) -> bool {
    matches!(
        what,
        What::Total(_)
            | What::Working { .. }
            | What::Paid { .. }
            | What::Heads { .. }
            | What::AllHeads { .. }
            | What::CompletedBy { .. }
            | What::Available { .. }
            | What::Funds { .. }
            | What::Gaps { .. }
            | What::CountyBurden(_)
            | What::TaskCost { .. }
            | What::Indicator { .. }
            | What::Rule { .. }
    )
}

/// A number, what it is, what it rests on, and what it is made of once it is opened.
fn node(
    session: Session,
    impact: &Impact,
    side: Side,
    trace: Trace,
    name: Option<String>,
) -> AnyView {
    let of = side.of(impact);
    let naming = naming(session, impact, &of);
    let measures = &of.0;
    let first = origin(&trace);
    let name = name.unwrap_or_else(|| naming.name(&trace.what));
    let value = naming.written(&trace.what, trace.value);
    let unit = trace.what.unit(naming.plan);
    let class = if unit == Unit::Fen { "num money" } else { "num" };
    let rests_on = first.what.basis(&impact.plan, measures);
    let basis =
        rests_on.map(|basis| names::basis(session.words(), &impact.plan, basis, session.lang()));
    let is_illustrative = trace.is_illustrative(&impact.plan, measures);
    let mark = is_illustrative.then(|| {
        let is_own = rests_on.is_some_and(|basis| basis.kind == BasisKind::Illustrative);
        let w = session.words();
        let word = if is_own { w.basis_mark_illustrative } else { w.rests_on_illustrative };
        view! { " "<span class="mark">{word}</span> }
    });
    // A value the plan or a measure gives: say which.
    let given = (first.what != trace.what).then(|| naming.origin(&first.what));
    let source = match (given, basis) {
        (Some(given), Some(basis)) => Some(format!("{given} · {basis}")),
        (given, basis) => basis.or(given),
    };
    let head = view! {
        <span class="what">{name}{mark}{source.map(|source| view! { <small>{source}</small> })}</span>
        <b class=class>{value}</b>
    };
    let is_asked = matches!(first.how, How::Given) && can_be_asked(&first.what);
    let is_leaf = match &first.how {
        How::Given => {
            // Sums of payments always have an answer; of other numbers one has to see.
            let sure =
                matches!(first.what, What::Total(_) | What::Working { .. } | What::Paid { .. });
            !is_asked || !sure && side.ask(impact, &first.what).is_none_or(|t| t.how == How::Given)
        }
        _ => false,
    };
    if is_leaf {
        return view! { <li class="leaf">{head}</li> }.into_any();
    }
    let opened = RwSignal::new(false);
    let trace = StoredValue::new(trace);
    let inside = move || {
        opened.get().then(|| {
            session.impact.with_untracked(|impact| {
                let impact = impact.get()?;
                let trace = trace.get_value();
                let trace = if is_asked { side.ask(impact, &origin(&trace).what)? } else { trace };
                Some(view! {
                    {formula_line(session, impact, side, &trace)}
                    {parts(session, impact, side, &trace)}
                })
            })
        })
    };
    view! {
        <li><details on:toggle=move |_| opened.set(true)>
            <summary>{head}</summary>
            {inside}
        </details></li>
    }
    .into_any()
}
