//! Owns the what-if page: the stack of measures, the editor of one, and the impact
//! beside it that moves with the lever.

mod base_story;
mod changes;
mod checks;
mod editor;
mod impact;
mod lever;
mod remarks;
mod stack;

use crate::hints::{Hint, Hinted};
use crate::session::Session;
use base_story::WhoPays;
use checks::Checks;
use editor::Editor;
use impact::Impact;
use leptos::prelude::*;
use stack::Stack;

/// The what-if page.
#[component]
pub fn WhatIf() -> impl IntoView {
    let session = expect_context::<Session>();
    base_story::provide_story(session);
    let has_result = session.has_result();
    view! {
        <Hinted hint=Hint::Lever />
        <div class="what-if">
            <div class="left">
                <Stack />
                <Checks />
            </div>
            <Editor />
            <div class="stack impact" aria-live="off">
                <Show when=move || has_result.get()>
                    <Impact />
                    <WhoPays />
                    <impact::YearsAndRegions />
                </Show>
            </div>
        </div>
    }
}
