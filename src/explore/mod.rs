//! Owns the page on which the outcome is turned about: rows, columns, filters.

use crate::session::Session;
use leptos::prelude::*;

/// The page.
#[component]
pub fn Explore() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <div class="sheet">
            <header class="page-head">
                <h2>{session.t(|w| w.explore.title)}</h2>
            </header>
        </div>
    }
}
