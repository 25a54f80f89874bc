//! Plans and scenarios travel as files: out, and into an empty browser, with identical numbers;
//! what is broken or hostile changes nothing.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use shapan_engine::files::{MOST_BYTES, Stamp, write_plan};

use crate::expected::sample;
use shapan_journeys::{Figure, Page, eventually, journey};

const RAISE: &str = "如果：再提高 250 元（本地自行提标）？";
const LEVER: &str = "增加（元）";

/// Exports something, and keeps the file from the next reader's clearing out.
async fn export(page: &Page<'_>, button: &str) -> PathBuf {
    page.press("导入 / 导出").await;
    let file = page.download(async || page.press(button).await).await;
    page.expect_text("已导出").await;
    page.press("关闭").await;
    file
}

/// A browser in which nobody was before.
async fn clear(page: &Page<'_>) {
    // Away first: leaving the page saves it.
    page.driver().goto("about:blank").await.unwrap();
    let origin = json!({ "origin": page.server().origin(), "storageTypes": "all" });
    page.driver().cdp().send_raw("Storage.clearDataForOrigin", origin).await.unwrap();
    page.open().await;
    page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
}

fn sample_file() -> String {
    write_plan(&sample(), &Stamp { app: "journey".into(), saved_at: "2012-06-01T00:00:00Z".into() })
}

/// The sample's file with an edit of its JSON.
fn edited(edit: impl FnOnce(&mut Value)) -> String {
    let mut file = serde_json::from_str(&sample_file()).unwrap();
    edit(&mut file);
    serde_json::to_string_pretty(&file).unwrap()
}

/// Offers a file for import and sees it refused with these words, and everything as it was.
async fn expect_refused(page: &Page<'_>, name: &str, content: impl AsRef<[u8]>, words: &[&str]) {
    let before = page.figures().await;
    let kept = page.kept(1).await;
    page.press("导入 / 导出").await;
    page.choose_file_with(name, content).await;
    let alert = page.expect_alert(&format!("没有导入「{name}」")).await;
    for word in words {
        assert!(alert.contains(word), "{name}: “{word}” is not in: {alert}");
    }
    assert!(alert.contains("现有计划没有变"), "{alert}");
    page.press("关闭").await;
    page.expect_figures(&before).await;
    assert_eq!(page.kept(1).await, kept);
}

#[test]
fn a_plan_exported_and_imported_into_an_empty_browser_gives_identical_numbers() {
    journey(async |page| {
        page.press(RAISE).await;
        page.type_into("textbox", LEVER, "321.99").await;
        page.press("＋ 添加措施").await;
        page.type_into("combobox", "加一个参数", "学前教育政府助学金 · 标准").await;
        page.type_into("textbox", "增加（元）", "100").await;
        page.reload().await; // which measure was being edited is not part of a plan
        let before = page.figures_of_both_pages().await;
        let file = export(page, "导出整个计划").await;

        clear(page).await;
        page.press("导入 / 导出").await;
        page.choose_file(&file).await;
        page.expect_text(
            "计划「泰安市 2012 年教育工作计划」，2012–2016 年，7 个地区、22 个项目、5 个情景",
        )
        .await;
        page.press("作为新计划加入").await;
        page.expect_text("已加入并打开").await;
        page.press("关闭").await;
        page.choose("情景", "再提高 250 元（本地自行提标）").await;
        page.expect_figures_of_both_pages(&before).await;

        // What was there is still there, untouched, and one choice away.
        page.follow("总览").await;
        let plans = page.find("combobox", "计划").await;
        let plans = thirtyfour::components::SelectElement::new(&plans).await.unwrap();
        // Below the plans stand the ways to a new one.
        assert_eq!(plans.options().await.unwrap().len(), 2 + 2);
        plans.select_by_index(0).await.unwrap();
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
        page.expect_saved().await;
        page.reload().await;
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
    });
}

#[test]
fn a_scenario_exported_and_imported_onto_a_fresh_sample_gives_identical_numbers() {
    journey(async |page| {
        page.press(RAISE).await;
        page.type_into("textbox", LEVER, "321.99").await;
        page.type_into("textbox", "情景名称", "带走的方案").await;
        let before = page.figures_of_both_pages().await;
        let file = export(page, "只导出情景「带走的方案」").await;

        clear(page).await;
        page.press("导入 / 导出").await;
        page.choose_file(&file).await;
        page.expect_text("在计划「泰安市 2012 年教育工作计划」上做的情景").await;
        page.expect_text("加入情景「带走的方案」（1 项措施）").await;
        page.press("加入情景").await;
        page.expect_text("已加入").await;
        page.press("关闭").await;
        page.expect_chosen("情景", "带走的方案").await;
        page.expect_figures_of_both_pages(&before).await;

        // It came as one step, and the sample's own proposal is as it was.
        page.choose("情景", "再提高 250 元（本地自行提标）").await;
        page.expect_rows("本情景", &[("县级财政".to_owned(), vec![84_212_500])]).await;
        page.press("撤销").await;
        let scenarios = page.text().await;
        assert!(!scenarios.contains("带走的方案"), "{scenarios}");
    });
}

#[test]
fn a_scenario_that_is_here_already_is_shown_and_not_added_again() {
    journey(async |page| {
        page.press(RAISE).await;
        let own = export(page, "只导出情景「再提高 250 元（本地自行提标）」").await;
        page.type_into("textbox", LEVER, "321.99").await;
        page.type_into("textbox", "情景名称", "带走的方案").await;
        let changed = export(page, "只导出情景「带走的方案」").await;
        clear(page).await;

        expect_here_already(page, &own).await;
        page.press("导入 / 导出").await;
        page.choose_file(&changed).await;
        page.press("加入情景").await;
        page.press("关闭").await;
        // It got another id, because its own stands for something else here; it is the same still.
        expect_here_already(page, &changed).await;
    });
}

async fn expect_here_already(page: &Page<'_>, file: &Path) {
    page.press("导入 / 导出").await;
    page.choose_file(file).await;
    page.expect_text("这里已有同样的情景").await;
    page.press("查看情景").await;
    page.press("关闭").await;
}

#[test]
fn a_broken_foreign_or_newer_file_is_refused_with_its_place_and_changes_nothing() {
    journey(async |page| {
        page.expect_saved().await;
        let whole = sample_file();
        let half: String = whole.chars().take(whole.chars().count() / 2).collect();
        let lines = half.lines().count();
        let at = format!("第 {lines} 行");
        expect_refused(page, "half.json", &half, &[&at, "不完整"]).await;
        expect_refused(page, "empty.json", "", &["不完整"]).await;
        expect_refused(page, "picture.json", [0xff, 0xd8, 0xff, 0xe0], &["不是 UTF-8 文本"]).await;
        expect_refused(page, "words.json", "教育经费", &["第 1 行", "JSON"]).await;
        expect_refused(page, "other.json", "{\"a\": 1}", &["不是沙盘的计划或情景文件"]).await;

        let newer = edited(|file| file["version"] = json!(999));
        expect_refused(page, "newer.json", newer, &["999", "新版"]).await;
        let other = edited(|file| file["format"] = json!("visio/plan"));
        expect_refused(page, "visio.json", other, &["visio/plan"]).await;
        let unsound = edited(|file| {
            file["plan"]["scenarios"][1]["measures"][0]["changes"][0]["parameter"] =
                json!("programmes/nowhere/standard");
        });
        expect_refused(page, "unsound.json", unsound, &["nowhere"]).await;
        let big = vec![b' '; MOST_BYTES + 1];
        expect_refused(page, "big.json", big, &["MB"]).await;
        let deep = format!(
            "{{\"format\": \"shapan/plan\", \"version\": 1, \"plan\": {}",
            "[".repeat(100_000)
        );
        expect_refused(page, "deep.json", deep, &["第 1 行"]).await;
    });
}

#[test]
fn control_characters_are_refused_with_the_way_to_them() {
    journey(async |page| {
        page.expect_saved().await;
        for code in ['\u{7}', '\u{1b}', '\u{0}', '\u{ffff}'] {
            let file = edited(|file| {
                file["plan"]["regions"][2]["name"]["en"] = json!(format!("Xin{code}tai"));
            });
            let code = format!("U+{:04X}", u32::from(code));
            expect_refused(page, "control.json", file, &["plan.regions[2].name", &code]).await;
        }
    });
}

/// Gives every text of a file, in every language, words that would do harm as HTML.
fn poison(value: &mut Value) {
    const HARM: &str = "<script>window.harm = 1</script><img src=x onerror=\"window.harm = 1\">\
         <svg onload=\"window.harm = 1\">\"'><a href=\"javascript:window.harm=1\">{0}";
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(words)
                        if matches!(name.as_str(), "zh-Hans" | "zh-Hant" | "en") =>
                    {
                        *words = format!("{HARM} {words}");
                    }
                    Value::String(words) if matches!(name.as_str(), "clause" | "app") => {
                        *words = HARM.to_owned();
                    }
                    other => poison(other),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(poison),
        _ => {}
    }
}

/// What a script in a name would leave behind.
async fn expect_no_harm(page: &Page<'_>) {
    let dialog = page.driver().get_alert_text().await;
    assert!(dialog.is_err(), "a dialog opened: {dialog:?}");
    let harm: Value = page
        .run(
            "return {
                ran: window.harm ?? null,
                scripts: [...document.querySelectorAll('script')].filter(s => !s.src).length,
                images: document.querySelectorAll('img').length,
                links: document.querySelectorAll('a[href^=\"javascript:\"]').length,
                handlers: document.querySelectorAll('[onerror], [onload]').length,
            }",
            &[],
        )
        .await;
    let none = json!({ "ran": null, "scripts": 0, "images": 0, "links": 0, "handlers": 0 });
    assert_eq!(harm, none);
}

#[test]
fn a_hostile_file_is_shown_as_text_and_nothing_in_it_runs() {
    journey(async |page| {
        let before = page.figures().await;
        page.press("导入 / 导出").await;
        page.choose_file_with("hostile.json", edited(poison)).await;
        page.expect_text("<script>window.harm = 1</script>").await;
        expect_no_harm(page).await;
        page.press("作为新计划加入").await;
        page.expect_text("已加入并打开").await;
        page.press("关闭").await;

        // The same plan under other names: the same figures, its names shown letter by letter.
        let fen = |figures: &[Figure]| figures.iter().map(|f| f.fen).collect::<Vec<_>>();
        eventually("the same figures", async || {
            let now = page.figures().await;
            if fen(&now) == fen(&before) { Ok(()) } else { Err(format!("{now:?}")) }
        })
        .await;
        expect_no_harm(page).await;
        page.expect_text("<img src=x onerror=\"window.harm = 1\">").await;
        for language in ["繁體中文", "English", "简体中文"] {
            page.press(language).await;
            expect_no_harm(page).await;
        }
        page.follow("推演").await;
        page.expect_text("<svg onload=\"window.harm = 1\">").await;
        expect_no_harm(page).await;
        page.expect_saved().await;
        page.reload().await;
        page.expect_text("<svg onload=\"window.harm = 1\">").await;
        expect_no_harm(page).await;

        // It goes out as it came in.
        let file = export(page, "导出整个计划").await;
        let plan = |text: &str| serde_json::from_str::<Value>(text).unwrap()["plan"].clone();
        let mut hostile: Value = serde_json::from_str(&sample_file()).unwrap();
        poison(&mut hostile);
        assert_eq!(plan(&fs::read_to_string(file).unwrap()), hostile["plan"]);
    });
}

#[test]
fn a_hostile_scenario_is_shown_as_text_and_undone_in_one_step() {
    journey(async |page| {
        let before = page.figures().await;
        page.press(RAISE).await;
        let scenario = export(page, "只导出情景「再提高 250 元（本地自行提标）」").await;
        let mut file: Value = serde_json::from_str(&fs::read_to_string(scenario).unwrap()).unwrap();
        let place = file["base"]["plan"]["place"].clone();
        poison(&mut file);
        // Of another place it would not even be offered.
        file["base"]["plan"]["place"] = place;
        page.press("导入 / 导出").await;
        page.choose_file_with("hostile.json", file.to_string()).await;
        page.press("先看看（只看不改）").await;
        page.expect_text("<script>window.harm = 1</script>").await;
        expect_no_harm(page).await;
        page.press("返回「泰安市 2012 年教育工作计划」").await;
        page.press("导入 / 导出").await;
        page.choose_file_with("hostile.json", file.to_string()).await;
        page.expect_text("<script>window.harm = 1</script>").await;
        expect_no_harm(page).await;
        page.press("加入情景").await;
        page.press("关闭").await;
        page.expect_text("<svg onload=\"window.harm = 1\">").await;
        expect_no_harm(page).await;
        page.press("撤销").await;
        page.choose("情景", "2012 年工作计划").await;
        page.follow("总览").await;
        page.expect_figures(&before).await;
    });
}
