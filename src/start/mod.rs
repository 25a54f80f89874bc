//! Owns the guided start: a plan from nothing.

use crate::session::Session;
use leptos::prelude::*;

/// The page.
#[component]
pub fn NewPlan() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <div class="sheet">
            <header class="page-head">
                <h2>{session.t(|w| w.start.title)}</h2>
            </header>
        </div>
    }
}
