//! Owns the page of funding: what flows from where to what, what there is to spend from each source, what is asked of it,
//! what is lacking, and which measures make it so.

mod by_source;
mod flows;
mod gap_makers;

use crate::overview::{IllustrativeMark, year_and_unit};
use crate::session::Session;
use by_source::{BySource, ByYear};
use flows::FlowsCard;
use gap_makers::GapMakers;
use leptos::prelude::*;

/// The page of funding.
#[component]
pub fn Funding() -> impl IntoView {
    let session = expect_context::<Session>();
    let has_result = session.has_result();
    view! {
        <div class="sheet">
            <header class="page-head">
                <h2>{session.t(|w| w.goals.funding)}</h2>
                <p>{Signal::derive(move || year_and_unit(session))}" "<IllustrativeMark /></p>
                <p class="summary">{session.t(|w| w.goals.not_interchangeable)}</p>
            </header>
            <Show when=move || has_result.get()>
                <FlowsCard />
                <BySource />
                <GapMakers />
                <ByYear />
            </Show>
        </div>
    }
}
