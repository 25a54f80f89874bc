//! Three ways in which one plan was once written over another: each keeps both.

use shapan_engine::files::{Stamp, write_plan};
use shapan_engine::{Lang, Plan, Text};

use crate::expected::sample;
use shapan_journeys::{Page, Reader, eventually, journey, journey_of};

fn titled(title: &str) -> String {
    let mut parts = sample().into_parts();
    parts.title = Text::new(Lang::ZhHans, title).unwrap();
    parts.is_sample = false;
    write_plan(&Plan::new(parts).unwrap(), &Stamp::default())
}

async fn add(page: &Page<'_>, title: &str) {
    page.press("导入 / 导出").await;
    page.choose_file_with(&format!("{title}.json"), titled(title)).await;
    page.press("作为新计划加入").await;
    page.expect_text("已加入").await;
    page.press("关闭").await;
}

/// What the plans are called that stand on the shelf.
async fn standing(page: &Page<'_>) -> Vec<String> {
    let mut titles: Vec<String> =
        page.shelf().await.plans().unwrap().into_iter().map(|entry| entry.title).collect();
    titles.sort();
    titles
}

async fn expect_standing(page: &Page<'_>, titles: &[&str]) {
    eventually("both plans on the shelf", async || {
        let seen = standing(page).await;
        let is_there = titles.iter().all(|title| seen.iter().any(|seen| seen == title));
        if is_there { Ok(()) } else { Err(format!("{seen:?}")) }
    })
    .await;
}

#[test]
fn a_plan_that_found_no_room_takes_a_place_of_its_own_once_there_is_room() {
    journey(async |page| {
        page.expect_saved().await;
        let fill = "const room = 9000; let size = 5 * 1024 * 1024;
            for (let n = 0; size > 100; size = Math.floor(size / 2)) {
                try { localStorage.setItem('filler' + n++, 'x'.repeat(size)) } catch {}
            }
            const last = Object.keys(localStorage).filter(n => n.startsWith('filler'));
            for (const n of last) if (localStorage[n].length <= 2 * room && localStorage[n].length > room / 2) localStorage.removeItem(n);
            return null";
        let () = page.run(fill, &[]).await;
        let first = page.driver().window().await.unwrap();
        add(page, "甲市计划").await;
        let second = page.driver().new_tab().await.unwrap();
        page.driver().switch_to_window(second).await.unwrap();
        page.open().await;
        add(page, "乙市计划").await;
        let free = "Object.keys(localStorage).filter(n => n.startsWith('filler'))
            .forEach(n => localStorage.removeItem(n)); return null";
        let () = page.run(free, &[]).await;
        let save = "window.dispatchEvent(new Event('pagehide')); return null";
        let () = page.run(save, &[]).await;
        page.driver().switch_to_window(first).await.unwrap();
        let () = page.run(save, &[]).await;
        expect_standing(page, &["甲市计划", "乙市计划"]).await;
    });
}

#[test]
fn a_plan_that_could_not_be_read_once_is_not_written_over_by_the_sample() {
    let once = "const get = Storage.prototype.getItem;
        Storage.prototype.getItem = function (name) {
            if (/plan.\\d+.\\d/.test(name) && sessionStorage.getItem('planted') === '1') {
                sessionStorage.setItem('planted', '2');
                throw new DOMException('x', 'UnknownError');
            }
            return get.call(this, name);
        };";
    journey_of(&Reader::whose_browser_runs(once), async |page| {
        add(page, "我的计划").await;
        page.expect_saved().await;
        let () = page.run("sessionStorage.setItem('planted', '1'); return null", &[]).await;
        page.reload().await;
        // Whether it is tried again by itself or by hand: the plan is there, and opens.
        page.expect_saved().await;
        expect_standing(page, &["我的计划"]).await;
        page.expect_chosen("计划", "我的计划").await;
    });
}

#[test]
fn two_tabs_that_add_a_plan_in_the_same_moment_have_a_place_each() {
    journey(async |page| {
        page.expect_saved().await;
        let first = page.driver().window().await.unwrap();
        let second = page.driver().new_tab().await.unwrap();
        let mut at: i64 = page.run("return Date.now()", &[]).await;
        at += 4_000;
        for (tab, title) in [(&first, "甲市计划"), (&second, "乙市计划")] {
            page.driver().switch_to_window(tab.clone()).await.unwrap();
            if *tab == second {
                page.open().await;
            }
            page.press("导入 / 导出").await;
            page.choose_file_with(&format!("{title}.json"), titled(title)).await;
            page.find("button", "作为新计划加入").await;
            let press = format!(
                "const button = [...document.querySelectorAll('dialog[open] button')]
                    .find(b => b.textContent.includes('作为新计划加入'));
                setTimeout(() => button.click(), Math.max(0, {at} - Date.now())); return null"
            );
            let () = page.run(&press, &[]).await;
        }
        expect_standing(page, &["甲市计划", "乙市计划"]).await;
    });
}
