//! How long a reader waits for the lever: the built page in Chromium, on What-if, with the sample's
//! proposal of another 250 yuan, and with a plan a hundred times its size. Run by
//! `cargo xtask bench`; prints rows of a table, judges nothing.
//!
//! Two ways to move it, 100 times each, from one end to the other, every time to another value:
//!
//! - *a drag*: browsers hand a drag's moves to the page at the start of a frame, so each `input`
//!   event is sent from the start of a frame. Timed are the page's own work (the handler, and all
//!   that it changes in the document, up to the last change) and the whole way to the painted frame
//!   (that, plus style, layout and paint); then how long until what stands beside the answer
//!   (tables by region, rules, charts), which the page draws a frame later, has followed too;
//! - *an arrow key*: real keys, pressed whenever it happens, so the page's work is followed by a
//!   wait for the next frame (up to 16.7 ms at 60 frames a second) that no page can shorten.
//!
//! "Painted" is when the first task after the frame's rendering runs: asked for in
//! `requestAnimationFrame`, which runs ahead of rendering, by a message that is handled after it.
//! What comes then (compositor, screen) is the same for every page. Browsers round their clock to
//! 0.1 ms against spying.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench, run by hand")]
#![allow(clippy::float_arithmetic, reason = "milliseconds, not money")]

use serde::Deserialize;
use serde_json::json;
use shapan_engine::*;
use shapan_journeys::{Browser, Logs, Page, Server, place, runtime};
use shapan_testing::generate::{Size, generate};
use std::time::Duration;
use thirtyfour::Key;

const MOVES: u32 = 100;

/// Between keys, so that each is told apart.
const PAUSE: Duration = Duration::from_millis(80);

/// Notes when the document last changed.
const CLOCK: &str = "
    window.changed = 0;
    new MutationObserver(() => { changed = performance.now() }).observe(
        document.querySelector('main'),
        { subtree: true, childList: true, characterData: true, attributes: true });
    return null";

/// Sends a move from the start of a frame, and the next when all that follows it is painted.
const DRAG: &str = "
    const [lever, moves, done] = arguments;
    const [least, most] = [lever.min, lever.max].map(Number);
    const frame = () => new Promise(requestAnimationFrame);
    const task = () => new Promise(resolve => setTimeout(resolve, 20));
    (async () => {
        const ways = [];
        for (let n = 1; n <= moves; n++) {
            await frame();
            const began = performance.now();
            lever.value = String(least + (most - least) * n / moves);
            lever.dispatchEvent(new Event('input', { bubbles: true }));
            // Still in the callback of this frame: its rendering comes next, then this message.
            const after = new MessageChannel();
            const painted = new Promise(resolve => after.port1.onmessage = () => resolve({
                work: changed - began, paint: performance.now() - began, changed: changed > began,
            }));
            after.port2.postMessage(null);
            const way = await painted;
            await frame(); // what follows the frame asks for the next one,
            await task(); //  then has its turn,
            await frame(); // and is painted.
            way.rest = changed - began;
            ways.push(way);
            await task();
        }
        return ways;
    })().then(done)";

/// Times every key from the moment the browser got it.
const KEYS: &str = "
    window.ways = [];
    arguments[0].addEventListener('keydown', event => requestAnimationFrame(() => {
        const [began, after] = [event.timeStamp, new MessageChannel()];
        after.port1.onmessage = () => {
            const now = performance.now();
            ways.push({ work: changed - began, paint: now - began, changed: changed > began });
        };
        after.port2.postMessage(null);
    }), { capture: true });
    return null";

/// One move: milliseconds from the event to the last change of the document, and to paint.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Way {
    work: f64,
    paint: f64,
    /// To the very last change, of what follows the frame. Not asked of keys.
    #[serde(default)]
    rest: f64,
    changed: bool,
}

fn main() {
    // Cargo runs benches as tests too (`--all-targets`): then there is nothing to time.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!();
    measured("Lever", async |page| page.press("如果：再提高 250 元（本地自行提标）？").await);
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    std::fs::write(file.path(), large_plan()).unwrap();
    measured("Lever of 150 regions × 30 programmes × 10 years", async |page| {
        page.press("导入 / 导出").await;
        page.choose_file(file.path()).await;
        page.press("作为新计划加入").await;
        page.expect_text("已加入并打开").await;
        page.press("关闭").await;
        page.choose("情景", TITLE).await;
        page.follow("推演").await;
    });
}

const TITLE: &str = "提高寄宿生补助";

/// A province's counties over ten years, with measures adopted and proposed below the one that
/// is moved.
fn large_plan() -> String {
    let size = Size { regions: 150, programmes: 30, measures: 12, ..Size::LARGE };
    let mut document = Document::new(generate(&size, 1));
    let title = Text::new(Lang::ZhHans, TITLE).unwrap();
    let change = Change {
        path: "programmes/boarding/standard".parse().unwrap(),
        operation: Operation::Add,
        value: ChangeValue::One(25_000),
        from: document.plan().horizon.first().autumn(),
        until: None,
        regions: None,
    };
    let measure = Measure {
        id: "lever".parse().unwrap(),
        title: title.clone(),
        clause: None,
        reason: None,
        basis: Basis::default(),
        enabled: true,
        changes: vec![change],
        extra: Extra::default(),
    };
    let scenario = Scenario {
        id: "lever".parse().unwrap(),
        name: title,
        parent: Some("proposal".parse().unwrap()),
        measures: vec![measure],
        adopted: None,
        extra: Extra::default(),
    };
    document.dispatch(Command::AddScenarios(vec![scenario]), None).unwrap();
    let stamp = files::Stamp { app: "bench".to_owned(), saved_at: String::new() };
    files::write_plan(document.plan(), &stamp)
}

/// Measures the lever of the page that `open` leads to, and prints rows.
fn measured(name: &str, open: impl AsyncFnOnce(&Page<'_>)) {
    let server = Server::start(place("SHAPAN_DIST"));
    let runtime = runtime();
    let browser = runtime.block_on(Browser::start("zh-CN,zh", Logs::Off));
    let Measured { drag, keys, style_and_layout } = runtime.block_on(async {
        let page = Page::new(&browser, &server);
        page.open().await;
        open(&page).await;
        page.is_drawn().await;
        measure(&page).await
    });
    runtime.block_on(browser.quit()).expect("the browser closes");
    row(&format!("{name}, a drag's move: event to painted frame"), &drag, |way| way.paint);
    row(&format!("{name}, a drag's move: the page's own work in it"), &drag, |way| way.work);
    row(&format!("{name}, a drag's move: until all beside it has followed"), &drag, |way| way.rest);
    println!(
        "| {name}, a drag's move: style and layout for all of it, mean | {style_and_layout:.1} ms |"
    );
    row(&format!("{name}, an arrow key: key to painted frame, wait included"), &keys, |way| {
        way.paint
    });
}

/// What was measured.
struct Measured {
    drag: Vec<Way>,
    keys: Vec<Way>,
    style_and_layout: f64,
}

async fn measure(page: &Page<'_>) -> Measured {
    let lever = page.find("slider", "增加（元）").await;
    let argument = lever.to_json().unwrap();
    let _: () = page.run(CLOCK, &[]).await;

    let driver = page.driver();
    driver.cdp().send_raw("Performance.enable", ()).await.unwrap();
    let before = style_and_layout(page).await;
    let dragged = driver.execute_async(DRAG, vec![argument.clone(), json!(MOVES)]).await.unwrap();
    let drag: Vec<Way> = dragged.convert().unwrap();
    let style_and_layout = (style_and_layout(page).await - before) / f64::from(MOVES);

    let _: () = page.run(KEYS, &[argument]).await;
    lever.focus().await.unwrap();
    for _ in 0..MOVES {
        page.key(Key::Left).await; // back from the right end, where the drag left it
        tokio::time::sleep(PAUSE).await;
    }
    let keys: Vec<Way> = page.run("return window.ways", &[]).await;
    for (what, ways) in [("drag", &drag), ("keys", &keys)] {
        let idle = ways.iter().filter(|way| !way.changed).count();
        assert!(ways.len() >= MOVES as usize && idle == 0, "{what}: {idle} of {} idle", ways.len());
    }
    Measured { drag, keys, style_and_layout }
}

/// Milliseconds that the browser has spent on style and layout so far, by its own count.
async fn style_and_layout(page: &Page<'_>) -> f64 {
    let metrics = page.driver().cdp().send_raw("Performance.getMetrics", ()).await.unwrap();
    let metrics = metrics["metrics"].as_array().cloned().unwrap_or_default().into_iter();
    let counted = ["RecalcStyleDuration", "LayoutDuration"];
    let seconds = metrics
        .filter(|metric| counted.iter().any(|name| metric["name"] == *name))
        .filter_map(|metric| metric["value"].as_f64());
    seconds.sum::<f64>() * 1000.0
}

fn row(what: &str, ways: &[Way], figure: impl Fn(&Way) -> f64) {
    let mut figures: Vec<f64> = ways.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    // The nearest rank: a figure that was measured.
    let at = |percent: usize| figures[(figures.len() * percent).div_ceil(100) - 1];
    println!("| {what}, median | {:.1} ms |", at(50));
    println!("| {what}, p95 | {:.1} ms |", at(95));
}
