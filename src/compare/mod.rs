//! Owns the page that sets two to four scenarios side by side.

use crate::session::Session;
use leptos::prelude::*;

/// The page.
#[component]
pub fn Compare() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <div class="sheet">
            <header class="page-head">
                <h2>{session.t(|w| w.compare.title)}</h2>
            </header>
        </div>
    }
}
