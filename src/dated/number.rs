//! Owns the field an exact number is typed into: it moves the plan while it is typed, and says
//! beside itself what is wrong.
//!
//! Invariant: what was typed stays until it is a number, and the plan keeps the last one that
//! was; a run of typing is one gesture.

use crate::numbers::{self, NotANumber};
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use std::ops::RangeInclusive;

/// How a number is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// Decimals its whole numbers stand for.
    pub power: u32,
    /// What it counts, after it.
    pub unit: String,
    /// Values it may take.
    pub bounds: RangeInclusive<i64>,
}

/// What was typed, and the value that held then.
type Typed = Option<(String, Option<i64>)>;

/// A field for an exact number. `on_value` moves the plan as part of the gesture under way, and
/// says why it did not.
#[component]
pub fn NumberField(
    /// What it is.
    label: Signal<String>,
    /// The value that holds; `None` where there is none yet.
    value: Signal<Option<i64>>,
    /// How it is written.
    writing: Signal<Writing>,
    /// Told the new value.
    on_value: Callback<i64, Option<String>>,
    /// Whether the label is only for those who cannot see what stands around.
    #[prop(optional)]
    quiet: bool,
    /// What is said where the field is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let typed = RwSignal::new(None::<(String, Option<i64>)>);
    let wrong = RwSignal::new(None::<String>);
    // What was typed gives way when the value is moved by something else, such as undo.
    let text = Memo::new(move |_| {
        let (value, power) = (value.get(), writing.with(|w| w.power));
        typed.with(|typed| shown(typed, value, power))
    });
    let read = move |text: &str| {
        let w = session.words();
        let Writing { power, bounds, .. } = writing.get_untracked();
        let result = match numbers::parse(text, power) {
            Err(error) => Some(not_a_number(w, error)),
            Ok(value) if !bounds.contains(&value) => {
                let ends = [bounds.start(), bounds.end()].map(|v| numbers::exact(*v, power));
                Some(fill(w.programmes.out_of_bounds, &[&ends[0], &ends[1]]))
            }
            Ok(value) => on_value.run(value),
        };
        wrong.set(result);
    };
    let settle = move || {
        session.end_gesture();
        if wrong.with_untracked(Option::is_none) {
            typed.set(None);
        }
    };
    let is_wrong = Memo::new(move |_| {
        let held = text.with(|t| typed.with(|typed| typed.as_ref().is_some_and(|(x, _)| x == t)));
        held && wrong.with(Option::is_some)
    });
    view! {
        <label class="field dated-number">
            <span class:visually-hidden=quiet>{label}</span>
            <span class="with-unit">
                <input type="text" inputmode="decimal" autocomplete="off"
                    placeholder=placeholder
                    aria-invalid=move || is_wrong.get().then_some("true")
                    prop:value=text
                    on:input:target=move |e| {
                        let text = e.target().value();
                        typed.set(Some((text.clone(), value.get_untracked())));
                        read(&text);
                    }
                    on:change=move |_| settle()
                    on:blur=move |_| settle()
                    on:keydown=move |e| if e.key() == "Escape" {
                        wrong.set(None);
                        typed.set(None);
                    } />
                <span class="unit">{move || writing.with(|w| w.unit.clone())}</span>
            </span>
            {move || is_wrong.get().then(|| view! {
                <span class="field-error" role="alert">{wrong.get()}</span>
            })}
        </label>
    }
    .into_any()
}

/// The text of the field: what was typed as long as it says what holds, or nothing else has
/// moved the value since.
fn shown(typed: &Typed, value: Option<i64>, power: u32) -> String {
    match typed {
        Some((text, on)) if *on == value || numbers::parse(text, power).ok() == value => {
            text.clone()
        }
        _ => value.map(|v| numbers::plain(v, power)).unwrap_or_default(),
    }
}

/// Why what was typed is no number here.
pub fn not_a_number(w: &Words, error: NotANumber) -> String {
    match error {
        NotANumber::Empty => w.number_empty.to_owned(),
        NotANumber::NotDigits => w.number_not_digits.to_owned(),
        NotANumber::TooFine(most) => fill(w.number_too_fine, &[&most.to_string()]),
        NotANumber::TooLarge => w.number_too_large.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_stays_while_it_is_typed_and_gives_way_to_undo() {
        let typed = |text: &str, on| Some((text.to_owned(), Some(on)));
        assert_eq!(shown(&None, Some(125_000), 2), "1250");
        // A comma or a trailing zero is not taken away under the hand.
        assert_eq!(shown(&typed("1,250.50", 7), Some(125_050), 2), "1,250.50");
        // Nonsense stays to be mended, for the value has not moved.
        assert_eq!(shown(&typed("12x", 7), Some(7), 2), "12x");
        // Undo moved the value back.
        assert_eq!(shown(&typed("1300", 125_000), Some(120_000), 2), "1200");
    }
}
