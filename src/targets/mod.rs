//! Owns the page of targets and tasks: what the plan is to reach, and who does what by when.

pub mod form;
mod indicator_form;
mod indicators;
pub mod parameter;
mod task_form;
mod tasks;
mod timeline;

use crate::overview::IllustrativeMark;
use crate::session::Session;
use indicators::Indicators;
use leptos::prelude::*;
use tasks::Tasks;

/// The page of targets and tasks.
#[component]
pub fn Targets() -> impl IntoView {
    let session = expect_context::<Session>();
    let has_result = session.has_result();
    view! {
        <div class="sheet">
            <header class="page-head">
                <h2>{session.t(|w| w.goals.targets)}</h2>
                <p><IllustrativeMark /></p>
            </header>
            <Show when=move || has_result.get()>
                <Indicators />
                <Tasks />
            </Show>
        </div>
    }
}
