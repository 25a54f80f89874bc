//! Owns the lever: one value, moved by a slider and by typing, for a group of changes.
//!
//! Invariant: a drag or a run of arrow keys is one gesture, so it undoes as one step.

use super::changes::{Group, Range, edited};
use super::editor::{measure, put};
use crate::files::{command_error, evaluate_error};
use crate::names;
use crate::numbers;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{
    Change, ChangeValue, CommandError, Fault, Measure, Operation, ParamPath, PlanErrors,
    value_range,
};

#[component]
pub fn Lever(group: StoredValue<Group>) -> impl IntoView {
    let session = expect_context::<Session>();
    let first = move || group.with_value(|g| g[0]);
    let change = Memo::new(move |_| measure(session).and_then(|m| m.changes.get(first()).cloned()));
    let one = Memo::new(move |_| match change.with(|c| c.as_ref().map(|c| c.value.clone())) {
        Some(ChangeValue::One(value)) => Some(value),
        _ => None,
    });
    // Decimals and unit: a factor is written as a percentage.
    let writing = move || {
        change.with(|c| match c.as_ref() {
            None => (0, String::new()),
            Some(c) if c.operation == Operation::Scale => (4, "%".to_owned()),
            Some(c) => session
                .plan
                .with(|p| names::value_unit(session.words(), p, &c.path, session.lang())),
        })
    };
    let change_line = move || {
        let line = |c: &Change| {
            session.plan.with(|p| names::change(session.words(), p, c, session.lang()))
        };
        change.with(|c| c.as_ref().map(line))
    };
    // The lever's ends stay put while it moves; only a value beyond them moves them.
    let range = Memo::new(move |previous: Option<&Kept>| {
        let change = change.get()?;
        let value = one.get()?;
        let key = (change.path.clone(), change.operation);
        match previous.cloned().flatten() {
            Some((before, range)) if before == key && range.holds(value) => Some((key, range)),
            _ => {
                let in_force =
                    before_and_after(session, &change).map_or((0, 0), |(before, _)| before);
                Some((key, Range::of(change.path.unit(), change.operation, in_force, value)))
            }
        }
    });
    let range = move || range.get().map(|(_, r)| r);
    // A value under which there would be no result is taken back at once, in the same gesture,
    // so that it is no step; the last result stays.
    let set = move |value: i64, live: bool| {
        let m = measure(session)?;
        let error = || session.impact.with_untracked(|i| i.error().cloned());
        let had_result = error().is_none();
        if !live {
            session.end_gesture();
        }
        let moved = edited(&m, &group.get_value(), |c| c.value = ChangeValue::One(value));
        put(session, moved, true);
        let command = session.refused.get_untracked();
        let why = if let Some(command) = command {
            session.refused.set(None); // it is said beside the field
            Some(refusal(session, &command, untrack(|| writing().0)))
        } else {
            let refused = error().filter(|_| had_result);
            refused.map(|error| {
                put(session, m, true);
                session.plan.with_untracked(|p| evaluate_error(session, p, &error))
            })
        };
        if !live {
            session.end_gesture();
        }
        why
    };
    let wrong = RwSignal::new(None::<String>);
    let shown = move || one.get().map(|v| numbers::plain(v, writing().0)).unwrap_or_default();
    let typed = move |field: &web_sys::HtmlInputElement| {
        match numbers::parse(&field.value(), writing().0) {
            Ok(value) => {
                let refused = set(value, false);
                if refused.is_none() {
                    field.set_value(&untrack(shown)); // what holds, where it was refused
                }
                wrong.set(refused);
            }
            Err(error) => wrong.set(Some(names::not_a_number(session.words(), error))),
        }
    };
    let label = move || {
        let w = session.words();
        let op = match change.with(|c| c.as_ref().map(|c| c.operation)) {
            Some(Operation::Add) => w.value_to_add,
            Some(Operation::Scale) => w.value_to_scale,
            Some(Operation::Set) | None => w.value_to_set,
        };
        fill(op, &[&writing().1])
    };
    view! {
        <Show when=move || one.with(Option::is_some) fallback=move || view! {
            <p class="field">{change_line}</p>
        }>
            <label class="field value">
                <span>{label}</span>
                <input type="text" inputmode="decimal" autocomplete="off"
                    aria-invalid=move || wrong.get().map(|_| "true")
                    prop:value=shown
                    on:change:target=move |e| typed(&e.target()) />
            </label>
            {move || wrong.get().map(|e| view! {
                <p class="field-error" role="alert">{e}</p>
            })}
            <input class="lever-range" type="range"
                aria-label=label
                min=move || range().map(|r| r.least.to_string())
                max=move || range().map(|r| r.most.to_string())
                step=move || range().map(|r| r.step.to_string())
                prop:value=move || one.get().map(|v| v.to_string()).unwrap_or_default()
                aria-valuetext=change_line
                on:input:target=move |e| {
                    if let Ok(value) = e.target().value().parse() {
                        wrong.set(set(value, true));
                        let stands = untrack(|| one.get());
                        if let Some(stands) = stands.filter(|stands| *stands != value) {
                            e.target().set_value(&stands.to_string());
                        }
                    }
                }
                on:pointerup=move |_| session.end_gesture()
                on:blur=move |_| session.end_gesture() />
            <p class="ends" aria-hidden="true">
                <span>{move || range().map(|r| numbers::exact(r.least, writing().0))}</span>
                <span>{move || range().map(|r| numbers::exact(r.most, writing().0))}</span>
            </p>
        </Show>
    }
}

/// Why a value was refused, in the unit it was typed in.
fn refusal(session: Session, error: &CommandError, power: u32) -> String {
    let w = session.words();
    match error {
        CommandError::Unsound(PlanErrors(faults)) => match faults.first() {
            Some((_, Fault::OutOfBounds { least, most, .. })) => {
                let [least, most] = [least, most].map(|n| numbers::exact(*n, power));
                fill(w.goals.out_of_range, &[&least, &most])
            }
            _ => command_error(w, error),
        },
        _ => command_error(w, error),
    }
}

/// The range a lever keeps while it moves the same parameter in the same way.
type Kept = Option<((ParamPath, Operation), Range)>;

/// What stands before and after a change, such as `1,000 → 1,250 元`.
pub fn from_to(session: Session, change: &Change) -> String {
    let w = session.words();
    let Some((before, after)) = before_and_after(session, change) else { return String::new() };
    let lang = session.lang();
    let (power, unit) = session.plan.with(|p| names::value_unit(w, p, &change.path, lang));
    let shown = |(low, high): LowHigh| {
        let low_shown = numbers::exact(low, power);
        if low == high {
            low_shown
        } else {
            format!("{low_shown}–{}", numbers::exact(high, power))
        }
    };
    format!("{} → {} {unit}", shown(before), shown(after))
}

type LowHigh = (i64, i64);

/// The lowest and highest value over the regions in the change's first semester, before
/// the measure and after it.
pub fn before_and_after(session: Session, change: &Change) -> Option<(LowHigh, LowHigh)> {
    let m = measure(session)?;
    session.plan.with(|p| {
        session.look.with(|l| {
            let scenario = p.scenarios.iter().find(|s| s.id == l.scenario)?;
            let mut stack: Vec<&Measure> = match &scenario.parent {
                Some(parent) => p.enabled_measures(parent).ok()?,
                None => Vec::new(),
            };
            stack.extend(
                scenario.measures.iter().take_while(|own| own.id != m.id).filter(|own| own.enabled),
            );
            let before = value_range(p, &stack, change).ok()?;
            stack.push(&m);
            let after = value_range(p, &stack, change).ok()?;
            Some((before, after))
        })
    })
}
