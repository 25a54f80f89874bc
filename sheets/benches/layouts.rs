//! How many tables of known numbers, laid out at random, come in without a question, and how long
//! large ones take. Prints rows of Markdown for `cargo xtask bench`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_arithmetic,
    dead_code,
    reason = "a bench, with what it shares with the tests"
)]

#[path = "../tests/it/layouts/mod.rs"]
mod layouts;

use shapan_engine::taian_2012;
use shapan_sheets::import::sheet::{Cell, Sheet};
use shapan_sheets::import::{Choices, read};
use std::time::Instant;

const LAYOUTS: u64 = 10_000;

fn main() {
    let tally = layouts::tally(0..LAYOUTS);
    let says_all = tally.exact + tally.asks + tally.outside;
    let tenths = tally.exact * 1_000 / says_all;
    println!(
        "| {LAYOUTS} random layouts: come in exactly without a question, of those that say all | {}.{} % |",
        tenths / 10,
        tenths % 10
    );
    println!("| {LAYOUTS} random layouts: come in wrong | {} |", tally.wrong.len());
    let plan = taian_2012().unwrap();
    let head = (0..50).map(|n| match n {
        0 => Cell::Text("地区".to_owned()),
        n => Cell::Text(format!("{}年小学在校生", 1950 + n)),
    });
    let row = |row: usize| {
        let numbers = (1..50).map(move |n| Cell::Text((row * 7 + n + 1_000).to_string()));
        std::iter::once(Cell::Text(format!("第{row:05}号学区")))
            .chain(numbers)
            .collect::<Vec<Cell>>()
    };
    for (rows, columns) in [(20_000, 50), (2_850, 3)] {
        let cells = std::iter::once(head.clone().take(columns).collect::<Vec<Cell>>());
        let rows_of = (0..rows).map(|n| row(n).into_iter().take(columns).collect::<Vec<Cell>>());
        let sheet: Sheet = Sheet { cells: cells.chain(rows_of).collect(), ..Sheet::default() };
        for all_new in [None, Some(true)] {
            let choices = Choices { all_new, ..Choices::default() };
            let started = Instant::now();
            let reading = read(&plan, &sheet, &choices);
            let millis = started.elapsed().as_millis();
            println!(
                "| a table of {rows} × {columns}, {} changes: read | {millis} ms |",
                reading.changes.len()
            );
        }
    }
}
