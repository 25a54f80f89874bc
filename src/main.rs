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
mod explore;
mod files;
mod funding;
mod grid;
mod names;
mod numbers;
mod overview;
mod parts;
mod programmes;
mod session;
mod share;
mod shelf;
mod start;
mod storage;
mod targets;
mod what_if;
mod why;
mod words;

fn main() {
    app::mount();
}
