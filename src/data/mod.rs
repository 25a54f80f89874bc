//! Owns the page of data: what regions count and take in, year by year, in grids.

use crate::session::Session;
use leptos::prelude::*;

/// The page.
#[component]
pub fn Data() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <div class="sheet">
            <header class="page-head">
                <h2>{session.t(|w| w.data.title)}</h2>
            </header>
        </div>
    }
}
