//! Owns the editor of shares by year: what works are paid and completed in each.
//!
//! Invariant: the plan holds a whole at all times. What is typed is kept beside it until it is
//! one; then it becomes part of the plan.

use super::editor::Editing;
use super::shares::{Typed, filled, sum, typed, whole, with_share};
use crate::dated::{NumberField, Writing};
use crate::numbers;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Driver, MILLION, Programme, Year, YearShares};

/// Which shares of works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Of the cost, as it is paid.
    Payment,
    /// Of the units, as they are completed.
    Completion,
}

impl Which {
    fn of(self, programme: &mut Programme) -> Option<&mut YearShares> {
        match (&mut programme.driver, self) {
            (Driver::Works { payment, .. }, Self::Payment) => Some(payment),
            (Driver::Works { completion, .. }, Self::Completion) => Some(completion),
            _ => None,
        }
    }
}

#[component]
pub fn YearsEditor(editing: Editing, which: Which) -> impl IntoView {
    let session = editing.session;
    let title = session.t(match which {
        Which::Payment => |w| w.programmes.payment,
        Which::Completion => |w| w.programmes.completion,
    });
    let held = Memo::new(move |_| {
        let mut programme = editing.programme.get()?;
        which.of(&mut programme).map(|shares| typed(shares))
    });
    // What is typed and no whole yet, and what the plan held then: undo puts it aside.
    let draft = RwSignal::new(None::<(Typed, Typed)>);
    let shown = Memo::new(move |_| {
        let held = held.get().unwrap_or_default();
        match draft.get() {
            Some((draft, on)) if on == held => draft,
            _ => held,
        }
    });
    let years = Memo::new(move |_| {
        let mut years: Vec<Year> = session.plan.with(|p| p.years().collect());
        years.extend(shown.get().iter().map(|(year, _)| *year));
        years.sort();
        years.dedup();
        years
    });
    let put = move |shares: Typed| match whole(&shares) {
        Some(shares) => {
            draft.set(None);
            editing.edit_live(&|p| {
                if let Some(there) = which.of(p) {
                    there.clone_from(&shares);
                }
            });
        }
        None => draft.set(Some((shares, held.get_untracked().unwrap_or_default()))),
    };
    let percent =
        Signal::derive(move || Writing { power: 4, unit: "%".to_owned(), bounds: 0..=MILLION });
    let row = move |year: Year| {
        let share = Signal::derive(move || {
            let found = shown.with(|s| s.iter().find(|(y, _)| *y == year).map(|(_, share)| *share));
            Some(found.unwrap_or(0))
        });
        let label = Signal::derive(move || {
            fill(session.words().programmes.share_in, &[title.get(), &year.to_string()])
        });
        let on_value = Callback::new(move |share: i64| {
            put(with_share(&shown.get_untracked(), year, share));
            None
        });
        view! {
            <li>
                <span aria-hidden="true">{year.to_string()}</span>
                <NumberField label quiet=true value=share writing=percent on_value />
                <button type="button" class="quiet" on:click=move |_| {
                    session.end_gesture();
                    put(filled(&shown.get_untracked(), year));
                    session.end_gesture();
                }>{session.t(|w| w.programmes.rest_here)}<span class="visually-hidden">" "{label}</span></button>
            </li>
        }
    };
    let total = Memo::new(move |_| shown.with(sum));
    let is_whole = Memo::new(move |_| total.get() == MILLION);
    let line = move || {
        let written = format!("{}%", numbers::exact(total.get(), 4));
        fill(session.words().programmes.shares_sum, &[&written])
    };
    view! {
        <fieldset class="dated-parameter years-editor">
            <legend>{title}</legend>
            <ul><For each=move || years.get() key=|year| *year children=row /></ul>
            <p class:sense=is_whole>{line}</p>
            {move || (!is_whole.get()).then(|| view! {
                <p class="field-error" role="alert">{session.t(|w| w.programmes.shares_not_whole)}</p>
            })}
        </fieldset>
    }
    .into_any()
}
