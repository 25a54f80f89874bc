//! Owns the dialog that answers "why": the formula with its numbers, and under each number
//! the same again, as far as one cares to open it.

use super::formula::formula;
use super::naming::Naming;
use super::{Asking, Grounds, Side, origin};
use crate::names;
use crate::session::{Impact, Session, Shown};
use leptos::prelude::*;
use shapan_engine::{BasisKind, How, Measure, Outcome, ScenarioId, Trace, Unit, What};

/// The dialog; it answers what was asked last.
#[component]
pub fn WhyDialog() -> impl IntoView {
    let session = expect_context::<Session>();
    let Asking { question, dialog } = expect_context::<Asking>();
    let name = move || question.with(|q| q.as_ref().map(|q| q.name.clone()).unwrap_or_default());
    let impact = Memo::new(move |_| {
        let pair = question.with(|q| q.as_ref()?.pair.clone());
        let looked_at = session.impact.get();
        let is_it = |(scenario, base): &(ScenarioId, ScenarioId)| {
            looked_at.get().is_some_and(|i| i.scenario_id == *scenario && i.base_id == *base)
        };
        match pair {
            Some(pair) if !is_it(&pair) => {
                Impact::of(&mut session.known.write_value(), session.plan.get(), &pair)
            }
            _ => looked_at,
        }
    });
    let answer = move || {
        let question = question.get()?;
        let on = Answering { session, impact, step: question.step };
        impact.with(|i| i.get().map(|impact| on.answer(impact, &question.what)))
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

/// The two outcomes an answer is about.
#[derive(Clone, Copy)]
struct Answering {
    session: Session,
    impact: Memo<Shown<Impact>>,
    step: Option<usize>,
}

impl Answering {
    fn grounds(self, impact: &Impact) -> Grounds<'_> {
        Grounds { impact, step: self.step }
    }

    fn answer(self, impact: &Impact, what: &What) -> AnyView {
        let (side, what) = home(Side::Scenario, what);
        match self.grounds(impact).ask(side, what) {
            Some(trace) => self.explained(impact, side, &trace),
            None => view! { <p class="empty">{self.session.words().why.no_answer}</p> }.into_any(),
        }
    }

    /// A formula, and the numbers in it.
    fn explained(self, impact: &Impact, side: Side, trace: &Trace) -> AnyView {
        view! {
            {self.formula_line(impact, side, trace)}
            {self.parts(impact, side, trace)}
        }
        .into_any()
    }

    /// What the two outcomes are called.
    fn names(self, impact: &Impact) -> [String; 2] {
        let w = self.session.words().why;
        if self.step.is_some() {
            return [w.after_step, w.before_step].map(str::to_owned);
        }
        let lang = self.session.lang();
        [&impact.scenario_id, &impact.base_id].map(|id| {
            let found = impact.plan.scenarios.iter().find(|s| s.id == *id);
            found.map_or("", |s| s.name.get(lang)).to_owned()
        })
    }

    fn formula_line(self, impact: &Impact, side: Side, trace: &Trace) -> AnyView {
        let of = self.grounds(impact).of(side);
        let naming = naming(self.session, impact, &of);
        let line = formula(naming, trace);
        let is_empty = matches!(&origin(trace).how, How::Sum(parts) if parts.is_empty());
        let line = match line {
            Some(_) if is_empty => self.session.words().why.nothing.to_owned(),
            Some(line) => line,
            None => naming.written(&trace.what, trace.value),
        };
        view! { <p class="formula">{line}</p> }.into_any()
    }

    /// A list of the numbers in a formula, each once.
    fn parts(self, impact: &Impact, side: Side, trace: &Trace) -> AnyView {
        let mut seen: Vec<&Trace> = Vec::new();
        for part in origin(trace).parts() {
            if !seen.iter().any(|known| known.what == part.what && known.value == part.value) {
                seen.push(part);
            }
        }
        // The two sides of a change are called by what they are of.
        let names = self.names(impact);
        let name = |n: usize| {
            matches!(trace.what, What::Change(_)).then(|| names.get(n).cloned()).flatten()
        };
        let each = seen.into_iter().enumerate();
        let nodes: Vec<_> =
            each.map(|(n, part)| self.node(impact, side, part.clone(), name(n))).collect();
        (!nodes.is_empty()).then(|| view! { <ul class="trace">{nodes}</ul> }).into_any()
    }

    /// A number, what it is, what it rests on, and what it is made of once it is opened.
    fn node(self, impact: &Impact, side: Side, trace: Trace, name: Option<String>) -> AnyView {
        let session = self.session;
        let (side, _) = home(side, &trace.what);
        let of = self.grounds(impact).of(side);
        let naming = naming(session, impact, &of);
        let measures = &of.0;
        let first = origin(&trace);
        let name = name.unwrap_or_else(|| naming.name(&trace.what));
        let value = naming.written(&trace.what, trace.value);
        let unit = trace.what.unit(naming.plan);
        let class = if unit == Unit::Fen { "num money" } else { "num" };
        let rests_on = first.what.basis(&impact.plan, measures);
        let basis = rests_on
            .map(|basis| names::basis(session.words(), &impact.plan, basis, session.lang()));
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
        let (_, asked) = home(side, &first.what);
        let is_asked = matches!(first.how, How::Given) && can_be_asked(asked);
        let is_leaf = match &first.how {
            How::Given => {
                // Sums of payments always have an answer; of other numbers one has to see.
                let sure =
                    matches!(asked, What::Total(_) | What::Working { .. } | What::Paid { .. });
                !is_asked
                    || !sure && {
                        self.grounds(impact).ask(side, asked).is_none_or(|t| t.how == How::Given)
                    }
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
                self.impact.with_untracked(|impact| {
                    let impact = impact.get()?;
                    let mut trace = trace.get_value();
                    if is_asked {
                        let (_, what) = home(side, &origin(&trace).what);
                        trace = self.grounds(impact).ask(side, what)?;
                    }
                    Some(self.explained(impact, side, &trace))
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
}

fn naming<'a>(
    session: Session,
    impact: &'a Impact,
    (measures, outcome): &'a (Vec<&'a Measure>, &'a Outcome),
) -> Naming<'a> {
    Naming { w: session.words(), lang: session.lang(), plan: &impact.plan, outcome, measures }
}

/// Whose number it is: one before is the other side's own.
fn home(side: Side, what: &What) -> (Side, &What) {
    match what {
        What::Before(same) => (Side::Base, same),
        _ => (side, what),
    }
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
            | What::Recipients { .. }
            | What::Taught { .. }
            | What::Available { .. }
            | What::Funds { .. }
            | What::Gaps { .. }
            | What::CountyBurden(_)
            | What::TaskCost { .. }
            | What::Indicator { .. }
            | What::Rule { .. }
    )
}
