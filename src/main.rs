//! The page of Shapan: Leptos views over the planning engine, wholly in the browser.
//!
//! From the outside in: `app` (the shell), a folder for each page and dialog, `parts`
//! they share, `session` (the plan in memory), `storage` and `files` (the doors out).

mod app;
mod charts;
mod checks;
mod clock;
mod compare;
mod data;
mod dated;
mod explore;
mod files;
mod funding;
mod grid;
mod hints;
mod names;
mod numbers;
mod overview;
mod parts;
mod programmes;
mod scenarios;
mod session;
mod share;
mod sheets;
mod shelf;
mod shortcuts;
mod start;
mod storage;
mod targets;
mod what_if;
mod why;
mod words;

fn main() {
    app::mount();
}
