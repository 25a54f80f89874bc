//! What makes the page a tool: keys with a sheet, hints that go away for good, a page fit for paper.

use serde_json::json;
use thirtyfour::Key;

use shapan_journeys::{Page, eventually, journey};

const HINT: &str = "带点线的数字都能点开";

async fn hash(page: &Page<'_>) -> String {
    page.run("return location.hash", &[]).await
}

#[test]
fn single_keys_lead_to_pages_and_years_until_they_are_switched_off() {
    journey(async |page| {
        page.key("?").await;
        page.find("dialog", "快捷键").await;
        page.key("2").await;
        assert_eq!(hash(page).await, "", "a dialog keeps its keys");
        page.key(Key::Escape).await;
        page.key("2").await;
        assert_eq!(hash(page).await, "#what-if");
        page.key("]").await;
        page.expect_chosen("年度", "2013 年").await;
        page.key("[").await;
        page.key("[").await;
        page.expect_chosen("年度", "2012 年").await;
        page.key("\\").await;
        page.expect_chosen("情景", "现状").await;
        page.key("\\").await;
        page.expect_chosen("对比", "现状").await;

        page.press("快捷键").await;
        page.click("checkbox", "用单个按键（数字、[、]、\\、?）").await;
        page.key(Key::Escape).await;
        page.key("1").await;
        assert_eq!(hash(page).await, "#what-if");
        page.reload().await;
        page.key("?").await;
        assert!(page.all("dialog", "快捷键").await.is_empty());
    });
}

#[test]
fn what_is_typed_is_no_shortcut() {
    journey(async |page| {
        page.key("2").await;
        page.press("＋ 添加措施").await;
        page.type_into("textbox", "名称", "第 3 条[草案]").await;
        assert_eq!(hash(page).await, "#what-if");
        page.find("textbox", "情景名称").await;
        page.expect_chosen("年度", "2012 年").await;
    });
}

#[test]
fn a_hint_that_was_understood_never_comes_again() {
    journey(async |page| {
        page.expect_text(HINT).await;
        page.press("不再提示").await;
        eventually("the hint is gone", async || {
            let text = page.text().await;
            if text.contains(HINT) { Err(text) } else { Ok(()) }
        })
        .await;
        page.reload().await;
        page.find("heading", "地区").await;
        assert!(!page.text().await.contains(HINT));
    });
}

#[test]
fn on_paper_stand_the_figures_what_they_are_about_and_nothing_to_press() {
    journey(async |page| {
        let paper = json!({ "media": "print" });
        page.driver().cdp().send_raw("Emulation.setEmulatedMedia", paper).await.unwrap();
        let text = page.text().await;
        // What it is about stands on the margins, which are no part of the page's text.
        let margins = "const style = getComputedStyle(document.documentElement);
            return ['--paper-plan', '--paper-scenario', '--paper-about']
                .map(name => style.getPropertyValue(name)).join(' ')";
        let margins: String = page.run(margins, &[]).await;
        for words in ["泰安市", "情景「2012 年工作计划」，对比「现状」", "2012 年", "万元"]
        {
            assert!(margins.contains(words), "{words}: {margins}");
        }
        assert!(text.contains("62,522.33"), "{text}");
        for control in ["不再提示", "导入 / 导出", "新建情景", "总览"] {
            assert!(!text.contains(control), "{control}: {text}");
        }
    });
}
