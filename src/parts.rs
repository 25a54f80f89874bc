//! Owns the small pieces every page is set from: an amount, a choice, a switch.

#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod in_browser;

use crate::names;
use crate::numbers;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Fen, Unit};
use wasm_bindgen::JsCast;

/// An amount in the reader's unit. Carries the exact fen, and shows exact yuan when asked.
#[component]
pub fn Money(
    /// The amount.
    #[prop(into)]
    amount: Signal<Fen>,
    /// Whether it is a change: gets a sign, and colour when it is not zero.
    #[prop(optional)]
    change: bool,
    /// Whether the unit stands beside it.
    #[prop(optional)]
    with_unit: bool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let unit = move || session.preferences.with(|p| p.unit());
    // One piece: amounts move many at a time, and each closure of the page waits its turn.
    let data = move || {
        let (amount, unit) = (amount.get(), unit());
        let shown =
            if change { numbers::signed_money(amount, unit) } else { numbers::money(amount, unit) };
        let yuan = numbers::money(amount, numbers::MoneyUnit::Yuan);
        let exactly = fill(session.words().exact_yuan, &[&yuan]);
        let class = match (change, amount.0) {
            (true, 1..) => "money up",
            (true, ..=-1) => "money down",
            _ => "money",
        };
        view! { <data class=class value=amount.0.to_string() title=exactly>{shown}</data> }
    };
    view! {
        {data}
        {with_unit.then(|| view! { <span class="unit">{Signal::derive(move || names::unit(session.words(), unit()))}</span> })}
    }
}

/// A number in the unit of what it counts: money in the reader's unit, shares as percentages,
/// other things with what a whole one is called.
pub fn measured(value: i64, unit: Unit, name: &str) -> AnyView {
    match unit {
        Unit::Fen => view! { <Money amount=Signal::derive(move || Fen(value)) /> }.into_any(),
        _ => numbers::counted(value, unit, name).into_any(),
    }
}

/// A labelled choice from a list.
#[component]
pub fn Choice(
    /// What is chosen.
    label: Signal<&'static str>,
    /// Value and name of each option.
    options: Signal<Vec<(String, String)>>,
    /// The value chosen.
    value: Signal<String>,
    /// Told the value chosen.
    on_choose: Callback<String>,
    /// Whether the label is only for those who cannot see the value.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    // Drawn anew only where they are others: setting an option lays out the page.
    let options = Memo::new(move |_| options.get());
    let value = Memo::new(move |_| value.get());
    view! {
        <label class="choice">
            <span class:visually-hidden=quiet>{label}</span>
            <select prop:value=value on:change:target=move |e| {
                on_choose.run(e.target().value());
                // Where the choice was refused, show what holds; the choice itself may be gone.
                if let Some(value) = value.try_get_untracked() {
                    e.target().set_value(&value);
                }
            }>
                {move || options.get().into_iter().map(|(key, name)| {
                    let chosen = { let key = key.clone(); move || value.with(|v| *v == key) };
                    view! { <option value=key selected=chosen>{name}</option> }
                }).collect_view()}
            </select>
        </label>
    }
}

/// On or off.
#[component]
pub fn Switch(
    /// What is switched.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Told the new state.
    on_switch: Callback<bool>,
    /// Whether it stays as it is; the reason stands beside it.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button class="switch" type="button" role="switch" aria-checked=move || on.get().to_string()
            disabled=disabled
            aria-label=label on:click=move |_| on_switch.run(!on.get_untracked())></button>
    }
}

/// One of a few.
#[component]
pub fn Segments(
    /// What is chosen.
    label: Signal<&'static str>,
    /// Value and name of each.
    options: Signal<Vec<(String, String)>>,
    /// The value chosen.
    value: Signal<String>,
    /// Told the value chosen.
    on_choose: Callback<String>,
) -> impl IntoView {
    let options = Memo::new(move |_| options.get());
    let value = Memo::new(move |_| value.get());
    view! {
        <div class="segments" role="group" aria-label=label>
            {move || options.get().into_iter().map(|(key, name)| {
                let chosen = { let key = key.clone(); move || value.with(|v| *v == key).to_string() };
                view! {
                    <button type="button" aria-pressed=chosen on:click=move |_| on_choose.run(key.clone())>{name}</button>
                }
            }).collect_view()}
        </div>
    }
}

/// Brings the thing of that id into sight where it is below.
pub fn reveal(id: &str) {
    let Some(place) = document().get_element_by_id(id) else { return };
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    if height.is_some_and(|height| place.get_bounding_client_rect().top() > height) {
        place.scroll_into_view();
    }
}

/// What can be done with the thing of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Edit it.
    Edit,
    /// Make another below it.
    AddBelow,
    /// Put it at another place among its like.
    Move(usize),
    /// Remove it.
    Remove,
}

/// The cell of a row in which something can be done with its thing: what it is called, the
/// places it can move to (up, and down), whether others can stand below it; `on_act` is told
/// what is to be done.
pub fn row_acts(
    session: Session,
    name: &str,
    moves: (Option<usize>, Option<usize>),
    nests: bool,
    on_act: Callback<Act>,
) -> AnyView {
    let w = session.words();
    let act = |template: &str, sign: &'static str, act: Option<Act>| {
        let label = fill(template, &[name]);
        view! {
            <button type="button" class="icon" title=label.clone() aria-label=label
                disabled=act.is_none() on:click=move |_| {
                    if let Some(act) = act {
                        on_act.run(act);
                    }
                }>{sign}</button>
        }
    };
    view! {
        <td class="acts">
            {act(w.goals.edit_named, "✎", Some(Act::Edit))}
            {nests.then(|| act(w.goals.add_below, "+", Some(Act::AddBelow)))}
            {act(w.move_up, "↑", moves.0.map(Act::Move))}
            {act(w.move_down, "↓", moves.1.map(Act::Move))}
            {act(w.remove_measure, "×", Some(Act::Remove))}
        </td>
    }
    .into_any()
}

/// The places something can move to from its own, among so many.
pub fn moves(place: usize, count: usize) -> (Option<usize>, Option<usize>) {
    (place.checked_sub(1), Some(place + 1).filter(|down| *down < count))
}

/// Puts the keyboard where the reader goes on: on the thing of that id.
pub fn focus(id: &str) {
    if let Some(place) = document().get_element_by_id(id) {
        let _ = place.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}
