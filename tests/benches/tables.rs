//! How long a reader waits for the preview of a large table: the built page in Chromium, from the
//! moment a file is chosen until its preview stands. Run by `cargo xtask bench`; prints rows of a
//! table, judges nothing.
//!
//! The preview stands when the list of all rows says how many there are and its first rows are
//! drawn. The clock is the page's own: it starts when the file arrives at the page's input, ahead of
//! all that the page does with it, so starting the program that reads tables, sending it the plan
//! and the file, reading, and drawing are in it. Each is the median of several.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench, run by hand")]
#![allow(clippy::float_arithmetic, reason = "milliseconds, not money")]

use serde_json::json;
use shapan_journeys::{Browser, Logs, Page, Server, place, runtime};
use std::fmt::Write;

const TIMES: usize = 5;

/// Notes when a file is chosen, and when the preview of so many rows stands with its first ones.
const CLOCK: &str = "
    const [shown] = arguments;
    window.began = window.stood = 0;
    addEventListener('change', event => {
        if (event.target.type === 'file') { window.began = performance.now(); }
    }, { capture: true });
    new MutationObserver((_, watcher) => {
        const dialog = document.querySelector('dialog.table-import[open]');
        if (!dialog || !dialog.innerText.includes(shown)) { return; }
        if (!dialog.querySelector('tbody tr td.num, tbody tr td')) { return; }
        if (!dialog.querySelector('tbody input[type=checkbox]')) { return; }
        watcher.disconnect();
        requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => { window.stood = performance.now(); };
            after.port2.postMessage(null);
        });
    }).observe(document.body,
        { subtree: true, childList: true, characterData: true, attributes: true });
    return null";

/// Waits until the preview stood, and says how long that took.
const WAITED: &str = "
    const done = arguments[arguments.length - 1];
    const look = () => window.stood > 0 ? done(window.stood - window.began)
        : setTimeout(look, 20);
    look()";

fn main() {
    // Cargo runs benches as tests too (`--all-targets`): then there is nothing to time.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!();
    measured("a table of 20,000 rows × 50 columns", "20,000", &wide(20_000, 50));
    measured("a table of 5,000 rows × 50 columns", "5,000", &wide(5_000, 50));
    measured("a table of 2,850 new regions", "2,850", &wide(2_850, 3));
}

/// A table of regions that the sample does not have.
fn wide(rows: usize, columns: usize) -> String {
    let mut text = "地区".to_owned();
    for column in 1..columns {
        let _ = write!(text, ",{}年小学在校生", 1950 + column);
    }
    for row in 0..rows {
        let _ = write!(text, "\n第{row:05}号学区");
        for column in 1..columns {
            let _ = write!(text, ",{}", row % 900 * 7 + column + 1_000);
        }
    }
    text
}

/// Has a table previewed several times, each by a page of its own, and prints the median.
fn measured(name: &str, rows: &str, table: &str) {
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::fs::write(file.path(), table).unwrap();
    let server = Server::start(place("SHAPAN_DIST"));
    let runtime = runtime();
    let mut ways: Vec<f64> = Vec::new();
    for _ in 0..TIMES {
        let browser = runtime.block_on(Browser::start("zh-CN,zh", Logs::Off));
        ways.push(runtime.block_on(async {
            let page = Page::new(&browser, &server);
            page.open().await;
            page.press("导入 / 导出").await;
            page.is_drawn().await;
            let _: () = page.run(CLOCK, &[json!(format!("全部行 {rows}"))]).await;
            page.choose_file(file.path()).await;
            let waited = page.driver().execute_async(WAITED, vec![]).await.unwrap();
            waited.convert::<f64>().unwrap()
        }));
        runtime.block_on(browser.quit()).expect("the browser closes");
    }
    ways.sort_by(f64::total_cmp);
    println!(
        "| {name}: from choosing the file to its preview, median of {TIMES} | {:.0} ms |",
        ways[TIMES / 2]
    );
    println!("| {name}: the longest of them | {:.0} ms |", ways[TIMES - 1]);
}
