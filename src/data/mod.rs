//! Owns the page of data: what regions count and take in, year by year, in grids.
//!
//! `place` is which part is looked at, `table` a grid with what its cells stand for, `edit` the
//! command that writing cells becomes, `steps` dated numbers as a table, `basis` where a number
//! comes from. `people`, `projection`, `money`, `lists` and `settings` are the parts.
//!
//! Invariant: everything here is the plan itself, as it stands without measures; what is
//! projected is projected under the status quo.

mod basis;
mod cohort;
mod counted;
mod dates;
mod edit;
mod kind;
mod lists;
mod money;
mod money_grid;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod pasting;
mod people;
mod place;
mod projection;
mod removal;
mod settings;
mod steps;
mod table;

pub use edit::by_hand;

use crate::session::Session;
use crate::share::ImportButton;
use leptos::prelude::*;
use place::{Place, View};
use shapan_engine::{Outcome, evaluate};
use std::sync::Arc;

/// What the plan comes to without measures, while the page is open.
type StatusQuo = Memo<Option<Arc<Outcome>>>;

/// The page.
#[component]
pub fn Data() -> impl IntoView {
    let session = expect_context::<Session>();
    removal::provide();
    let place = place::here();
    let outcome: StatusQuo = Memo::new(move |_| {
        session.plan.with(|plan| {
            let root = plan.status_quo()?;
            evaluate(plan, &root.id).ok().map(Arc::new)
        })
    });
    let view = Memo::new(move |_| place.with(|place| place.view));
    let of = Memo::new(move |_| place.with(|place| place.of.clone()));
    view! {
        <div class="sheet data-page">
            <header class="page-head">
                <h2>{session.t(|w| w.data.title)}</h2>
                <p>{session.t(|w| w.data.lead)}</p>
                <ImportButton />
            </header>
            <nav class="parts" aria-label=session.t(|w| w.data.title)>
                {View::ALL.map(|part| view! {
                    <a href=Place { view: part, of: String::new() }.hash()
                        aria-current=move || (view.get() == part).then_some("true")>
                        {Signal::derive(move || part.name(session.words()))}
                    </a>
                })}
            </nav>
            {move || match view.get() {
                View::People => view! { <people::People of outcome /> }.into_any(),
                View::Projection => view! { <projection::Projection of outcome /> }.into_any(),
                View::Money => view! { <money::Money of outcome /> }.into_any(),
                View::Lists => view! { <lists::Lists /> }.into_any(),
                View::Settings => view! { <settings::Settings /> }.into_any(),
            }}
            <removal::RemovalDialog />
        </div>
    }
}
