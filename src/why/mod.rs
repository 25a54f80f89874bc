//! Owns "why this number": the button a figure becomes, and what it asks the engine.
//!
//! `dialog` shows the answer, `formula` writes it out, `naming` says what each number is.
//! Invariant: nothing is explained here that the engine did not say; a figure it says nothing
//! of is no button.

mod dialog;
mod formula;
mod naming;

pub use dialog::WhyDialog;

use crate::session::{Impact, Session};
use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use shapan_engine::{How, Measure, Outcome, Trace, What, why};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What the figure is called where it stands.
    name: String,
    /// What it is.
    what: What,
    /// Whether it is the difference from the scenario compared with.
    is_change: bool,
}

impl Question {
    /// Why a figure of the scenario looked at is what it is.
    pub fn of(name: String, what: What) -> Self {
        Self { name, what, is_change: false }
    }

    /// Why it differs from the same figure of the scenario compared with.
    pub fn of_change(name: String, what: What) -> Self {
        Self { name, what, is_change: true }
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

impl Side {
    fn of(self, impact: &Impact) -> (Vec<&Measure>, &Outcome) {
        let difference = impact.difference();
        let (id, outcome) = match self {
            Self::Scenario => (&impact.scenario_id, difference.scenario),
            Self::Base => (&impact.base_id, difference.base),
        };
        // Both have outcomes, so both have a stack.
        (impact.plan.enabled_measures(id).unwrap_or_default(), outcome)
    }

    /// Why a number of this side is what it is, if the engine says.
    fn ask(self, impact: &Impact, what: &What) -> Option<Trace> {
        let (measures, outcome) = self.of(impact);
        let ask = |what: &What| why(&impact.plan, &measures, outcome, what).ok().flatten();
        let trace = ask(what)?;
        // A figure that simply is another number is explained as that one.
        if trace.how == How::Given && trace.what != *what {
            return ask(&trace.what).or(Some(trace));
        }
        Some(trace)
    }
}

/// Whether the engine says why a number of the scenario looked at is what it is, and means
/// that number.
pub fn is_answered(impact: &Impact, what: &What, value: i64) -> bool {
    Side::Scenario.ask(impact, what).is_some_and(|trace| trace.value == value)
}
