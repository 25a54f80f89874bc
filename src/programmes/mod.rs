//! Owns the page of programmes: what money is spent on, and the editor of one.

use crate::session::Session;
use crate::start::FromLibrary;
use leptos::prelude::*;

/// The page.
#[component]
pub fn Programmes() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <div class="sheet">
            <header class="page-head">
                <h2>{session.t(|w| w.programmes.title)}</h2>
                <FromLibrary />
            </header>
        </div>
    }
}
