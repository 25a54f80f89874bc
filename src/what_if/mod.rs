//! Owns the what-if page: the stack of measures, the editor of one, and the impact
//! beside it that moves with the lever.

mod base_story;
mod changes;
mod editor;
mod impact;
mod lever;
mod stack;

use base_story::WhoPays;
use editor::Editor;
use impact::Impact;
use leptos::prelude::*;
use stack::Stack;

/// The what-if page.
#[component]
pub fn WhatIf() -> impl IntoView {
    base_story::provide_story(expect_context::<crate::session::Session>());
    view! {
        <div class="what-if">
            <Stack />
            <Editor />
            <div class="stack impact" aria-live="off">
                <Impact />
                <WhoPays />
                <impact::YearsAndRegions />
            </div>
        </div>
    }
}
