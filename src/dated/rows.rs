//! Owns the list of a parameter's steps: from which semester which value, one a row.

use super::steps::{
    choices, moved, next_free, value_at, with_step, with_steps, with_value, without,
};
use super::{Dated, NumberField};
use crate::names;
use crate::session::Session;
use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use shapan_engine::{RegionId, Semester, Step};

/// The common steps, or a region's own.
#[component]
pub fn StepRows(dated: Dated, region: Option<RegionId>, label: Signal<String>) -> impl IntoView {
    let session = expect_context::<Session>();
    let region = StoredValue::new(region);
    let steps = Memo::new(move |_| region.with_value(|r| dated.steps(r.as_ref())));
    let places = move || 0..steps.with(Vec::len);
    let put = move |steps: Vec<Step>| {
        dated.edit(|p| region.with_value(|r| with_steps(p, r.as_ref(), steps)));
    };
    let add = move |_| {
        let now = steps.get_untracked();
        if let Some(from) = next_free(&now, dated.horizon()) {
            put(with_step(&now, from, value_at(&now, from)));
        }
    };
    let is_full = Memo::new(move |_| next_free(&steps.get(), dated.horizon()).is_none());
    let adder = NodeRef::<html::Button>::new();
    view! {
        <div class="dated-steps">
            <For each=places key=|place| *place let(place)>
                <StepRow dated region steps place label adder />
            </For>
            <button type="button" class="quiet" node_ref=adder disabled=is_full on:click=add>
                {session.t(|w| w.programmes.add_step)}
                <span class="visually-hidden">" "{label}</span>
            </button>
        </div>
    }
    .into_any()
}

#[component]
fn StepRow(
    dated: Dated,
    region: StoredValue<Option<RegionId>>,
    steps: Memo<Vec<Step>>,
    place: usize,
    label: Signal<String>,
    adder: NodeRef<html::Button>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let step = Memo::new(move |_| steps.with(|s| s.get(place).copied()));
    let from = Memo::new(move |_| step.get().map(|s| s.from));
    let put = move |steps: Vec<Step>| {
        dated.edit(|p| region.with_value(|r| with_steps(p, r.as_ref(), steps)));
    };
    let named = move |semester: Semester| {
        let w = session.words();
        let name = names::semester(w, semester);
        // The axis begins before the first fiscal year: whatever held before holds from there.
        if semester == dated.horizon().start() {
            fill(w.programmes.from_the_start, &[&name])
        } else {
            name
        }
    };
    let since = move || from.get().map(|s| names::semester(session.words(), s)).unwrap_or_default();
    let of_step = Signal::derive(move || {
        fill(session.words().programmes.value_from, &[&label.get(), &since()])
    });
    let of_date = move || fill(session.words().programmes.start_of, &[&label.get(), &since()]);
    let value = Signal::derive(move || step.get().map(|s| s.value));
    // A memo: typing a value leaves the list of semesters alone.
    let semesters = Memo::new(move |_| choices(&steps.get(), place, dated.horizon()));
    let on_value = Callback::new(move |value: i64| {
        let parameter = dated.parameter.get_untracked()?;
        let steps = with_value(&steps.get_untracked(), place, value);
        dated.set_live(region.with_value(|r| with_steps(&parameter, r.as_ref(), steps)))
    });
    // A region's last step goes with its own values as a whole.
    let can_go =
        Memo::new(move |_| region.with_value(Option::is_none) || steps.with(|s| s.len() > 1));
    view! {
        <div class="dated-step">
            <label class="choice">
                <span aria-hidden="true">{session.t(|w| w.from)}</span>
                <select aria-label=of_date
                    prop:value=move || from.get().map(|s| s.to_string())
                    on:change:target=move |e| {
                        if let Ok(from) = e.target().value().parse() {
                            put(moved(&steps.get_untracked(), place, from));
                        }
                    }>
                    {move || semesters.get().into_iter().map(|s| view! {
                        <option value=s.to_string() selected=move || from.get() == Some(s)>{named(s)}</option>
                    }).collect_view()}
                </select>
            </label>
            <NumberField label=of_step quiet=true value
                writing=Signal::derive(move || dated.writing()) on_value />
            <Show when=move || can_go.get()>
                <button type="button" class="icon"
                    aria-label=move || fill(session.words().programmes.remove_step, &[&of_step.get()])
                    on:click=move |_| {
                        put(without(&steps.get_untracked(), place));
                        // The row is gone, and with it what had the focus.
                        if let Some(adder) = adder.get_untracked() {
                            let _ = adder.focus();
                        }
                    }>"✕"</button>
            </Show>
        </div>
    }
    .into_any()
}
