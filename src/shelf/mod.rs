//! Owns the page of files: the plans kept on this machine, and the way to a new one.

use crate::session::Session;
use leptos::prelude::*;

/// The page.
#[component]
pub fn Files() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <div class="sheet">
            <header class="page-head">
                <h2>{session.t(|w| w.shelf.title)}</h2>
            </header>
        </div>
    }
}
