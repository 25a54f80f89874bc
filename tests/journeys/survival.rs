//! What lives through the worst: tabs that die at any moment, two tabs at once, a clock that goes
//! back, texts that would run if they could.

use serde_json::{Value, json};
use shapan_engine::files::{Stamp, write_plan};
use shapan_engine::taian_2012;
use std::collections::BTreeSet;
use std::time::Duration;
use thirtyfour::WindowHandle;

use shapan_journeys::{Page, Reader, eventually, journey, journey_of};

const RAISE: &str = "如果：再提高 250 元（本地自行提标）？";

/// Raises the amount of the measure that is looked at, all at once, as typing would.
const RAISE_TO: &str = "const field = [...document.querySelectorAll('input')]
        .find(i => i.labels?.[0]?.innerText.includes('增加（元）') && i.type !== 'range')
        ?? document.querySelector('input[aria-label=\"增加（元）\"]:not([type=range])');
    field.value = arguments[0];
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    return null";

/// Draws numbers, the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % limit
    }
}

/// An amount no other step has, in yuan as typed and in fen as kept.
fn amount(step: u64) -> (String, String) {
    (format!("{}.37", 1000 + step), format!("{}37", 1000 + step))
}

async fn raise_to(page: &Page<'_>, yuan: &str) {
    // The field comes with its page.
    eventually("the field", async || page.try_run::<()>(RAISE_TO, &[json!(yuan)]).await).await;
}

/// Every state there is of plan 1, and what was set aside.
async fn all_kept(page: &Page<'_>) -> Vec<String> {
    let shelf = page.shelf().await;
    let states = shelf.states(1).unwrap();
    states.iter().filter_map(|id| shelf.read(id).ok()).map(|record| record.body).collect()
}

#[test]
fn a_tab_killed_at_any_moment_leaves_what_was_saved_or_what_was_being_saved() {
    journey(async |page| {
        page.press(RAISE).await;
        page.expect_saved().await;
        let home = page.driver().window().await.unwrap();
        let mut draw = Draw(7);
        let mut saved = 0;
        for round in 1..=100 {
            let tab = page.driver().new_tab().await.unwrap();
            page.driver().switch_to_window(tab).await.unwrap();
            page.open().await;
            page.follow("推演").await;
            let (yuan, _) = amount(round);
            raise_to(page, &yuan).await;
            tokio::time::sleep(Duration::from_millis(draw.below(450))).await;
            let text = page.text().await;
            if text.contains("已存本机") && !text.contains("正在保存") {
                saved = round;
            }
            // Nothing of the page runs any more: no handler, no timer, no answer either.
            let crash = page.driver().cdp();
            let crash = crash.send_raw("Page.crash", json!({}));
            drop(tokio::time::timeout(Duration::from_millis(300), crash).await);
            drop(page.driver().close_window().await);
            page.driver().switch_to_window(home.clone()).await.unwrap();
            let kept = page.kept(1).await.expect("a plan that stands");
            let found = (0..=round).rev().find(|n| kept.contains(&amount(*n).1)).unwrap_or(0);
            assert!(found >= saved, "round {round}: {saved} was saved, {found} stands");
            saved = found;
        }
        assert!(saved > 50, "{saved}");
    });
}

#[test]
fn a_clock_that_goes_back_costs_nothing() {
    let back = "const start = Date.now(); let calls = 0;
        Date.now = () => start - 7200000 * ++calls;";
    journey_of(&Reader::whose_browser_runs(back), async |page| {
        page.press(RAISE).await;
        for step in 1..=8 {
            let (yuan, fen) = amount(step);
            raise_to(page, &yuan).await;
            eventually("the change on disk", async || {
                let kept = page.kept(1).await.unwrap_or_default();
                kept.contains(&fen).then_some(()).ok_or_else(|| fen.clone())
            })
            .await;
        }
        let before = page.figures().await;
        page.reload().await;
        page.expect_figures(&before).await;
        assert_eq!(page.alerts().await, [""; 0]);
    });
}

/// What a tab says the amount is.
async fn shown(page: &Page<'_>) -> String {
    let script = RAISE_TO.split("field.value").next().unwrap_or_default();
    page.run(&format!("{script} return field?.value ?? ''"), &[]).await
}

#[test]
fn two_tabs_edited_at_random_lose_nothing() {
    journey(async |page| {
        page.press(RAISE).await;
        page.expect_saved().await;
        let first = page.driver().window().await.unwrap();
        let second = page.driver().new_tab().await.unwrap();
        page.driver().switch_to_window(second.clone()).await.unwrap();
        page.open().await;
        page.follow("推演").await;
        let tabs = [first, second];
        let mut draw = Draw(2012);
        let mut chosen = BTreeSet::new();
        for step in 1..=500 {
            let tab = usize::try_from(draw.below(2)).unwrap();
            page.driver().switch_to_window(tabs[tab].clone()).await.unwrap();
            match draw.below(10) {
                0..=6 => raise_to(page, &amount(step).0).await,
                7 => drop(page.try_run::<Value>(UNDO, &[]).await),
                _ => {
                    let milliseconds = draw.below(400);
                    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                }
            }
            chosen.extend(settle(page, &mut draw).await);
        }
        // Both come to rest on what is kept.
        agree(page, &tabs, &mut draw).await;
        assert!(chosen.len() > 1, "the tabs never met: {chosen:?}");
        let first = page.figures().await;
        page.reload().await;
        page.expect_figures(&first).await;
    });
}

const UNDO: &str =
    "document.querySelector('header.top button[aria-label=\"撤销\"]').click(); return null";

/// Where the reader is asked, chooses anything, and sees that what was not chosen is kept.
async fn settle(page: &Page<'_>, draw: &mut Draw) -> Option<&'static str> {
    let alerts = page.alerts().await;
    if !alerts.iter().any(|alert| alert.contains("另一个标签页也改了这个计划")) {
        return None;
    }
    let choices = ["合并，冲突处用这边的", "用这边的", "用那边的"];
    let choice = choices[usize::try_from(draw.below(3)).unwrap()];
    let ours = shown(page).await.replace('.', "");
    let theirs = page.kept(1).await.unwrap();
    page.press(choice).await;
    let kept = eventually("the choice to be kept", async || {
        let kept = all_kept(page).await;
        let alerts = page.alerts().await;
        if alerts.is_empty() { Ok(kept) } else { Err(format!("{alerts:?}")) }
    })
    .await;
    let has_ours = ours.is_empty() || kept.iter().any(|body| body.contains(&ours));
    assert!(has_ours, "{choice}: what was here is gone: {ours}");
    assert!(kept.contains(&theirs), "{choice}: what was there is gone");
    Some(choice)
}

/// Lets both tabs come to what is kept.
async fn agree(page: &Page<'_>, tabs: &[WindowHandle; 2], draw: &mut Draw) {
    let rounds = 10;
    for _ in 0..rounds {
        let mut seen = Vec::new();
        for tab in tabs {
            page.driver().switch_to_window(tab.clone()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(400)).await;
            settle(page, draw).await;
            page.expect_saved().await;
            seen.push(shown(page).await.replace('.', ""));
        }
        let kept = page.kept(1).await.unwrap();
        let is_kept = |fen: &String| fen.is_empty() || kept.contains(fen);
        if seen[0] == seen[1] && seen.iter().all(is_kept) {
            return;
        }
    }
    panic!("the tabs do not agree after {rounds} rounds");
}

/// Texts that would run, break out, or break a drawing.
const HOSTILE: [&str; 52] = [
    "<script>pwned()</script>",
    "<img src=x onerror=pwned()>",
    "<svg onload=pwned()>",
    "\"><svg/onload=pwned()>",
    "'><img src=x onerror=pwned()>",
    "</title><script>pwned()</script>",
    "</style><script>pwned()</script>",
    "</textarea><script>pwned()</script>",
    "</svg><script>pwned()</script>",
    "]]><script>pwned()</script>",
    "<!--<script>pwned()//-->",
    "<![CDATA[<script>pwned()</script>]]>",
    "<?xml-stylesheet href=\"javascript:pwned()\"?>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>&a;",
    "<a href=javascript:pwned()>x</a>",
    "javascript:pwned()",
    "data:text/html,<script>pwned()</script>",
    "<iframe srcdoc=\"<script>parent.pwned()</script>\">",
    "<object data=javascript:pwned()>",
    "<embed src=javascript:pwned()>",
    "<base href=//example.invalid/>",
    "<meta http-equiv=refresh content=0;url=//example.invalid>",
    "<link rel=stylesheet href=//example.invalid/a.css>",
    "<style>*{display:none}</style>",
    "<form action=//example.invalid><button>",
    "<input autofocus onfocus=pwned()>",
    "<details open ontoggle=pwned()>",
    "<video><source onerror=pwned()>",
    "<math><mtext><script>pwned()</script>",
    "<foreignObject><script>pwned()</script></foreignObject>",
    "<use href=\"data:image/svg+xml,<svg onload=pwned()>\">",
    "<animate onbegin=pwned() attributeName=x>",
    "<set attributeName=onload to=pwned()>",
    "\" onmouseover=\"pwned()",
    "' onfocus='pwned()' autofocus='",
    "` onmouseover=`pwned()",
    "&lt;script&gt;pwned()&lt;/script&gt;",
    "&#60;script&#62;pwned()&#60;/script&#62;",
    "&amp;lt;b&amp;gt;",
    "\\u003cscript\\u003epwned()\\u003c/script\\u003e",
    "${pwned()}",
    "{{constructor.constructor('pwned()')()}}",
    "=HYPERLINK(\"http://example.invalid\",\"x\")",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'; DROP TABLE plans; --",
    "../../../../etc/passwd",
    "%3Cscript%3Epwned()%3C/script%3E",
    "<b>😀𠮷</b>&<i>é̂̃̄</i>",
    "{0}{1}{2}{999}",
    "&#𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏&<>\"'",
];

/// The sample with one text in place of every name, note and title.
fn sample_saying(text: &str) -> String {
    fn replace(value: &mut Value, text: &str) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match (name.as_str(), &mut *value) {
                        ("zh-Hans" | "zh-Hant" | "en", Value::String(words)) => {
                            text.clone_into(words);
                        }
                        ("note" | "url" | "quote" | "department", Value::String(words)) => {
                            text.clone_into(words);
                        }
                        _ => replace(value, text),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| replace(item, text)),
            _ => {}
        }
    }
    let plan = write_plan(&taian_2012().unwrap(), &Stamp::default());
    let mut plan: Value = serde_json::from_str(&plan).unwrap();
    replace(&mut plan, text);
    plan.to_string()
}

/// What is active or ill-formed on the page as it stands.
const ACTIVE: &str = "const found = [];
    if (window.wasPwned) found.push('it ran');
    const allowed = new Set([...document.scripts].filter(s => s.src.startsWith(location.origin)));
    for (const e of document.querySelectorAll('script, iframe, object, embed, base, style, math, foreignObject, form[action], meta[http-equiv=refresh], [autofocus]'))
        if (!allowed.has(e)) found.push(e.outerHTML.slice(0, 200));
    for (const e of document.querySelectorAll('*'))
        for (const a of e.attributes) {
            if (/^on/i.test(a.name)) found.push(a.name);
            if (/^(href|src|action|xlink:href)$/i.test(a.name) && /^\\s*javascript:/i.test(a.value)) found.push(a.value);
        }
    for (const svg of document.querySelectorAll('svg')) {
        const text = new XMLSerializer().serializeToString(svg);
        const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
        if (parsed.querySelector('parsererror')) found.push('ill-formed: ' + text.slice(0, 200));
    }
    return found";

#[test]
fn hostile_texts_in_every_field_stay_texts_on_every_page() {
    let prelude = "window.pwned = () => { window.wasPwned = true };";
    journey_of(&Reader::whose_browser_runs(prelude), async |page| {
        page.expect_saved().await;
        for text in HOSTILE {
            // As an older app kept it: the page reads it like any file.
            let plan = sample_saying(text);
            let script = "for (const name of Object.keys(localStorage))
                    if (name.startsWith('shapan/plan')) localStorage.removeItem(name);
                localStorage.setItem('shapan/plan/1', arguments[0]); return null";
            let () = page.run(script, &[json!(plan)]).await;
            page.reload().await;
            assert_eq!(page.alerts().await, [""; 0], "{text}");
            let title: String = page.run("return document.title", &[]).await;
            assert!(title.starts_with(&text[..2]), "{text}: {title}");
            for hash in PAGES {
                let go = "location.hash = arguments[0]; return new Promise(done =>
                    requestAnimationFrame(() => setTimeout(() => done(null), 30)))";
                let () = page.run(go, &[json!(hash)]).await;
                let found: Vec<String> = page.run(ACTIVE, &[]).await;
                assert_eq!(found, [""; 0], "{text} on {hash}");
            }
        }
    });
}

const PAGES: [&str; 11] = [
    "#overview",
    "#what-if",
    "#compare",
    "#data",
    "#programmes",
    "#funding",
    "#targets",
    "#checks",
    "#explore",
    "#files",
    "#new-plan",
];
