//! The page of Shapan: Leptos views over the planning engine, wholly in the browser.
//!
//! From the outside in: `app` (the shell), a folder for each page and dialog, `parts`
//! they share, `session` (the plan in memory), `storage` and `files` (the doors out).

mod app;
mod charts;
mod checks;
mod clipboard;
mod clock;
mod compare;
mod data;
mod dated;
mod explore;
mod files;
mod funding;
mod grid;
mod hints;
mod link;
mod misread;
mod names;
mod notices;
mod numbers;
mod overview;
mod paper;
mod parts;
mod programmes;
mod rounding;
mod scenarios;
mod session;
mod share;
mod sheets;
mod shelf;
mod shortcuts;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod stage;
mod start;
mod storage;
mod targets;
mod what_if;
mod why;
mod words;

fn main() {
    std::panic::set_hook(Box::new(|info| stopped(&info.to_string())));
    app::mount();
}

/// Has start/rescue.js stand in for the page: no panic is known, and none may cost a plan.
fn stopped(detail: &str) {
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&detail.into());
    let event = web_sys::CustomEvent::new_with_event_init_dict("shapan-stopped", &init);
    let document = web_sys::window().and_then(|window| window.document());
    if let (Some(document), Ok(event)) = (document, event) {
        let _ = document.dispatch_event(&event);
    }
}
