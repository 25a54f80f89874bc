//! Owns the what-if page: the stack of measures, the editor of one, and the impact
//! beside it that moves with the lever.

mod base_story;
mod changes;
mod checks;
mod editor;
mod impact;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod in_browser;
mod lever;
mod remarks;
mod stack;

use crate::hints::{Hint, Hinted};
use crate::session::Session;
use base_story::WhoPays;
use checks::Checks;
use editor::Editor;
use impact::Impact;
use leptos::context::Provider;
use leptos::prelude::*;
use stack::Stack;

/// The what-if page.
#[component]
pub fn WhatIf() -> impl IntoView {
    let session = expect_context::<Session>();
    // The sentence and the stack move with the lever; what stands beside them follows.
    let calm = session.calm();
    base_story::provide_story(calm);
    let has_result = session.has_result();
    view! {
        <Hinted hint=Hint::Lever />
        <div class="what-if">
            <div class="left">
                <Stack calm />
                <Provider value=calm><Checks /></Provider>
            </div>
            <Editor calm />
            <div class="stack impact" aria-live="off">
                <Show when=move || has_result.get()>
                    <Impact />
                    <Provider value=calm>
                        <WhoPays />
                        <impact::YearsAndRegions />
                    </Provider>
                </Show>
            </div>
        </div>
    }
}
