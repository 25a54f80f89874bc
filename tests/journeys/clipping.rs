//! No number is ever cut: on a phone, a laptop and a wide screen, in yuan, where amounts are
//! longest, in every language, with the sample and with a big city of long names.
//!
//! Digits were cut on phones, in the page of analysis on a laptop, and beside long names.

use serde_json::json;
use shapan_engine::{Headcount, Lang, Plan, Text, files};
use shapan_journeys::{Page, Reader, eventually, journey_of};

use crate::expected::sample;

const WIDTHS: [(u32, u32); 3] = [(390, 844), (1366, 768), (1920, 1080)];
const LONG: &str = "莫力达瓦达斡尔族自治旗经济技术开发区社会事业局";

/// Texts with digits that are not wholly to be seen: cut by a box that hides what is beyond it, or
/// beyond the window or their cell with nothing to scroll; and fields too narrow for their number.
const CUT: &str = "
    const out = [], width = document.documentElement.clientWidth;
    const scrolls = s => s.overflowX === 'auto' || s.overflowX === 'scroll';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode, e = text.parentElement;
        if (!/\\d/.test(text.data) || !e.checkVisibility({ visibilityProperty: true })) continue;
        if (e.closest('.visually-hidden, option, script, style, svg, noscript, .skip, .names')) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const tell = why => out.push(`${why}: ${e.tagName}.${e.className} “${text.data.trim().slice(0, 60)}”`);
        rects: for (const box of range.getClientRects()) {
            if (box.width < 1) continue;
            let hasScroller = false;
            for (let up = e; up && up !== document.documentElement; up = up.parentElement) {
                const s = getComputedStyle(up), r = up.getBoundingClientRect();
                if (r.width <= 1) break rects;
                if (scrolls(s)) { hasScroller = true; break; }
                const hides = ['hidden', 'clip'].includes(s.overflowX) || s.contain.includes('paint');
                if (hides && (box.right > r.right + 1 || box.left < r.left - 1)) { tell('cut'); break rects; }
            }
            if (!hasScroller && (box.right > width + 1 || box.left < -1)) { tell('beyond the window'); break; }
            const cell = e.closest('td, th')?.getBoundingClientRect();
            if (cell && (box.right > cell.right + 2 || box.left < cell.left - 2)) { tell('beyond its cell'); break; }
        }
    }
    for (const field of document.querySelectorAll('input')) {
        const number = /^[\\d,.\\u2212+-]+$/.test(field.value);
        if (field.type === 'text' && number && field.checkVisibility() && field.scrollWidth > field.clientWidth + 1)
            out.push(`a field: ${field.value}`);
    }
    if (document.documentElement.scrollWidth > width) out.push('the page is broader than the window');
    return [...new Set(out)]";

/// The sample as a big city: thirty times the pupils, a hundred times the standards and the money,
/// and regions, sources and programmes of long names.
fn big_city() -> Plan {
    let plan = sample();
    let edited = plan.edit(|parts| {
        let long = |text: &Text| {
            text.with(Lang::ZhHans, &format!("{}{LONG}", text.get(Lang::ZhHans))).unwrap()
        };
        for region in parts.regions.iter_mut() {
            region.name = long(&region.name);
        }
        for source in parts.sources.iter_mut() {
            source.name = long(&source.name);
        }
        for population in parts.populations.iter_mut() {
            if let Headcount::Counted { censuses, .. } = &mut population.headcount {
                let heads = censuses.iter_mut().flat_map(|census| census.heads.values_mut());
                heads.for_each(|heads| *heads *= 30);
            }
        }
        parts.title = long(&parts.title);
    });
    edited.unwrap()
}

async fn walk(page: &Page<'_>, what: &str) {
    let pages = "return [...document.querySelectorAll('nav a')].map(a => a.hash)";
    let mut pages: Vec<String> = page.run(pages, &[]).await;
    let more = ["#new", "#data?projection", "#data?money", "#data?lists", "#data?settings"];
    pages.extend(more.map(str::to_owned));
    let mut cut = Vec::new();
    for (width, height) in WIDTHS {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        let cdp = page.driver().cdp();
        cdp.send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
        for hash in &pages {
            let () = page.run("location.hash = arguments[0]; return null", &[json!(hash)]).await;
            page.is_drawn().await;
            tokio::time::sleep(std::time::Duration::from_millis(120)).await;
            let found: Vec<String> = page.run(CUT, &[]).await;
            cut.extend(found.into_iter().map(|found| format!("{what}, {width}, {hash}: {found}")));
        }
    }
    assert!(cut.is_empty(), "{} are cut:\n{}", cut.len(), cut.join("\n"));
}

async fn in_yuan(page: &Page<'_>) {
    let choose = "const list = document.querySelector('.preferences select');
        list.value = 'yuan';
        list.dispatchEvent(new Event('change', { bubbles: true }));
        return list.value";
    eventually("yuan", async || match page.run::<String>(choose, &[]).await.as_str() {
        "yuan" => Ok(()),
        other => Err(other.to_owned()),
    })
    .await;
}

#[test]
fn no_number_of_the_sample_is_cut_on_any_screen_in_any_language() {
    for languages in ["zh-CN,zh", "zh-TW", "en-US,en"] {
        journey_of(&Reader::of(languages), async |page| {
            in_yuan(page).await;
            walk(page, languages).await;
        });
    }
}

#[test]
fn no_number_of_a_big_city_with_long_names_is_cut() {
    journey_of(&Reader::default(), async |page| {
        let plan = big_city();
        let text = files::write_plan(&plan, &files::Stamp::default());
        page.press("导入 / 导出").await;
        page.choose_file_with("大城市.json", text).await;
        page.press("作为新计划加入").await;
        page.expect_text(LONG).await;
        let close =
            "document.querySelectorAll('dialog[open]').forEach(d => d.close()); return null";
        let () = page.run(close, &[]).await;
        in_yuan(page).await;
        walk(page, "a big city").await;
    });
}
