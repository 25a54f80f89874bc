//! Owns "why this number": the button a figure becomes, and what it asks the engine.
//!
//! `dialog` shows the answer, `formula` writes it out, `naming` says what each number is.
//! Invariant: nothing is explained here that the engine did not say; a figure it says nothing
//! of is no button.

mod dialog;
mod formula;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod in_browser;
mod naming;

pub use dialog::WhyDialog;

use crate::session::{Impact, Session};
use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use shapan_engine::{Case, How, Measure, Outcome, ScenarioId, Trace, What, why_beside};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What the figure is called where it stands.
    name: String,
    /// What it is.
    what: What,
    /// The scenario it is of and what that is compared with, if not those looked at.
    pair: Option<(ScenarioId, ScenarioId)>,
    /// The measure between them that makes the difference, if not all of them: its place in
    /// the order of the stack.
    step: Option<usize>,
}

impl Question {
    /// Why a figure of the scenario looked at is what it is.
    pub fn of(name: String, what: What) -> Self {
        Self { name, what, pair: None, step: None }
    }

    /// Why it differs from the same figure of the scenario compared with.
    pub fn of_change(name: String, what: What) -> Self {
        Self::of(name, What::Change(Box::new(what)))
    }

    /// The same of another scenario, compared with another.
    pub fn between(self, scenario: ScenarioId, base: ScenarioId) -> Self {
        Self { pair: Some((scenario, base)), ..self }
    }

    /// The same of what one measure does, in the order of the stack.
    pub fn in_step(self, place: usize) -> Self {
        Self { step: Some(place), ..self }
    }
}

/// The question asked last, and the dialog that answers it.
#[derive(Clone, Copy)]
struct Asking {
    question: RwSignal<Option<Question>>,
    dialog: NodeRef<html::Dialog>,
}

/// Lets figures of the page be asked.
pub fn provide_asking() {
    provide_context(Asking { question: RwSignal::new(None), dialog: NodeRef::new() });
}

/// A figure that can be asked where it comes from.
#[component]
pub fn Ask(
    /// What is asked.
    #[prop(into)]
    question: Signal<Question>,
    /// Whether it stands in a sentence, which reads on without a word between.
    #[prop(optional)]
    in_sentence: bool,
    /// The figure.
    children: Children,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let asking = expect_context::<Asking>();
    let question = Memo::new(move |_| question.get());
    let label = move || question.with(|question| fill(session.words().why.ask, &[&question.name]));
    view! {
        <button type="button" class="figure" aria-haspopup="dialog"
            title=move || in_sentence.then(label) on:click=move |_| {
            asking.question.set(Some(question.get_untracked()));
            if let Some(dialog) = asking.dialog.get_untracked() {
                let _ = dialog.show_modal();
            }
        }>
            {children()}
            {(!in_sentence).then(|| view! { <span class="visually-hidden">" "{label}</span> })}
        </button>
    }
}

/// Which of the two scenarios a number belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The one looked at.
    Scenario,
    /// The one compared with.
    Base,
}

/// Two outcomes of a plan, the second compared with the first.
#[derive(Clone, Copy)]
struct Grounds<'a> {
    impact: &'a Impact,
    step: Option<usize>,
}

impl<'a> Grounds<'a> {
    /// The stack and outcome of a side.
    fn of(self, side: Side) -> (Vec<&'a Measure>, &'a Outcome) {
        let Self { impact, step } = self;
        let attribution = &impact.attribution;
        // Both have outcomes, so both have a stack.
        let stack = |id: &ScenarioId| impact.plan.enabled_measures(id).unwrap_or_default();
        let step = step.filter(|place| *place < attribution.contributions().len());
        let difference = step.map_or_else(|| impact.difference(), |n| attribution.step(n));
        let after = |made| attribution.stack(stack(&impact.base_id), made);
        match (side, step) {
            (Side::Scenario, None) => (stack(&impact.scenario_id), difference.scenario),
            (Side::Base, None) => (stack(&impact.base_id), difference.base),
            (Side::Scenario, Some(place)) => (after(place + 1), difference.scenario),
            (Side::Base, Some(place)) => (after(place), difference.base),
        }
    }

    /// Why a number of a side is what it is, if the engine says.
    fn ask(self, side: Side, what: &What) -> Option<Trace> {
        let [(measures, outcome), (before, base)] = [side, Side::Base].map(|side| self.of(side));
        let now = Case { measures: &measures, outcome };
        let before = Case { measures: &before, outcome: base };
        let ask = |what: &What| why_beside(&self.impact.plan, now, before, what).ok().flatten();
        let trace = ask(what)?;
        // A figure that simply is another number is explained as that one.
        let first = origin(&trace);
        if first.how == How::Given && first.what != *what {
            return ask(&first.what).or(Some(trace));
        }
        Some(trace)
    }
}

/// The number behind one that only passes it on.
fn origin(trace: &Trace) -> &Trace {
    match &trace.how {
        How::Same(part) => origin(part),
        _ => trace,
    }
}

/// The number the engine says why of, where it does.
pub fn answered(impact: &Impact, step: Option<usize>, what: &What) -> Option<i64> {
    Some(Grounds { impact, step }.ask(Side::Scenario, what)?.value)
}

/// Whether the engine says why a number of the scenario looked at is what it is, and means
/// that number.
pub fn is_answered(impact: &Impact, what: &What, value: i64) -> bool {
    answered(impact, None, what) == Some(value)
}
