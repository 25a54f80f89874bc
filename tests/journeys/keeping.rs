//! What was done stays: across a reload, and in memory when the browser keeps nothing.

use serde_json::json;
use shapan_keep::Kind;
use std::collections::BTreeMap;
use thirtyfour::Key;

use crate::expected::first_look;
use shapan_journeys::{Page, Reader, eventually, journey, journey_of};

const RAISE: &str = "如果：再提高 250 元（本地自行提标）？";
const LEVER: &str = "增加（元）";

/// Storage that is there and has no room.
const FULL: &str = "Storage.prototype.setItem = function () {
    throw new DOMException('no room', 'QuotaExceededError') }";
/// Storage that the browser does not let the page touch.
const BLOCKED: &str = "Object.defineProperty(window, 'localStorage', { get() {
    throw new DOMException('denied', 'SecurityError') } })";

/// Moves the lever and sees the exact answer: the page works.
async fn expect_a_working_lever(page: &Page<'_>) {
    page.press(RAISE).await;
    page.expect_rows("本情景", &[("县级财政".to_owned(), vec![84_212_500])]).await;
    page.type_into("textbox", LEVER, "500").await;
    page.expect_rows("本情景", &[("县级财政".to_owned(), vec![168_425_000])]).await;
    page.press("撤销").await;
    page.expect_rows("本情景", &[("县级财政".to_owned(), vec![84_212_500])]).await;
}

/// What is on the table can be taken along as a file.
async fn expect_an_export(page: &Page<'_>) {
    page.press("导入 / 导出").await;
    let file = page.download(async || page.press("导出整个计划").await).await;
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("\"format\": \"shapan/plan\""), "{text:.200}");
    page.press("关闭").await;
}

#[test]
fn a_reload_keeps_the_changed_figures_the_look_and_the_preferences() {
    journey(async |page| {
        page.press(RAISE).await;
        page.choose("年度", "2013 年").await;
        let slider = page.find("slider", LEVER).await;
        slider.send_keys(Key::Right + Key::Right).await.unwrap();
        page.choose("单位", "元").await;
        page.press("换成深色").await;
        page.expect_saved().await;
        let before = page.figures().await;
        let value = slider.prop("value").await.unwrap();

        page.reload().await;
        page.expect_figures(&before).await;
        page.expect_chosen("年度", "2013 年").await;
        page.expect_chosen("单位", "元").await;
        let slider = page.find("slider", LEVER).await;
        assert_eq!(slider.prop("value").await.unwrap(), value);
        page.find("button", "换成浅色").await;
    });
}

#[test]
fn a_change_made_right_before_leaving_is_kept() {
    journey(async |page| {
        page.press(RAISE).await;
        page.type_into("textbox", LEVER, "123.45").await;
        let before = page.figures().await;
        page.reload().await; // before the pause after which changes are saved is over
        page.expect_figures(&before).await;
    });
}

#[test]
fn the_saved_state_is_visible_and_true() {
    journey(async |page| {
        page.expect_saved().await;
        let kept = page.kept(1).await.unwrap();
        assert!(kept.contains("shapan/plan"), "{kept:.200}");
        page.press(RAISE).await;
        page.type_into("textbox", LEVER, "777").await;
        page.expect_saved().await;
        let kept = page.kept(1).await.unwrap();
        assert!(kept.contains("77700"), "said to be saved, and is not");
    });
}

#[test]
fn full_storage_is_said_aloud_and_costs_nothing_in_memory() {
    journey_of(&Reader::whose_browser_runs(FULL), async |page| {
        page.expect_alert("存储已满").await;
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
        expect_a_working_lever(page).await;
        page.expect_text("未能保存").await;
        expect_an_export(page).await;
        page.press("English").await;
        page.expect_alert("storage is full").await;
    });
}

#[test]
fn storage_that_fills_up_later_loses_nothing_and_saves_when_there_is_room_again() {
    journey(async |page| {
        page.press(RAISE).await;
        page.expect_saved().await;
        let _: () = page
            .run(
                "window.kept = Storage.prototype.setItem; return eval(arguments[0]), null",
                &[json!(FULL)],
            )
            .await;
        page.type_into("textbox", LEVER, "500").await;
        page.expect_alert("存储已满").await;
        let before = page.figures().await;
        let _: () = page.run("Storage.prototype.setItem = window.kept; return null", &[]).await;
        page.type_into("textbox", LEVER, "501").await;
        page.type_into("textbox", LEVER, "500").await;
        page.expect_saved().await;
        assert_eq!(page.alerts().await, [""; 0]);
        page.reload().await;
        page.expect_figures(&before).await;
    });
}

#[test]
fn blocked_storage_is_said_aloud_and_the_page_works() {
    journey_of(&Reader::whose_browser_runs(BLOCKED), async |page| {
        page.expect_alert("浏览器不让本页存储数据").await;
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
        expect_a_working_lever(page).await;
        expect_an_export(page).await;
        page.press("繁體中文").await;
        page.expect_alert("瀏覽器不讓本頁儲存資料").await;
    });
}

#[test]
fn garbage_in_storage_is_kept_aside_and_the_sample_opens() {
    const GARBAGE: &str = "{\"format\": \"shapan/plan\", \"version\": 1, \"plan\": {\"title\"";
    let script = format!(
        "if (!sessionStorage.planted) {{
            sessionStorage.planted = 1;
            localStorage.setItem('shapan/plan/1', {});
        }}",
        json!(GARBAGE)
    );
    journey_of(&Reader::whose_browser_runs(&script), async |page| {
        page.expect_alert("上次的计划读不出来").await;
        page.expect_alert("第 1 行").await;
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
        assert_eq!(aside(page).await, [GARBAGE]);
        let saved = page.download(async || page.press("保存原始数据").await).await;
        assert_eq!(std::fs::read_to_string(saved).unwrap(), GARBAGE);

        expect_a_working_lever(page).await;
        page.expect_saved().await;
        assert_eq!(aside(page).await, [GARBAGE]);
        let before = page.figures().await;
        page.press("知道了").await;
        page.reload().await;
        page.expect_figures(&before).await;
        assert_eq!(page.alerts().await, [""; 0], "told once, not at every visit");
        assert_eq!(aside(page).await, [GARBAGE]);
    });
}

#[test]
fn garbage_in_every_other_record_stops_nothing() {
    let script = "if (!sessionStorage.planted) {
        sessionStorage.planted = 1;
        for (const name of ['shelf', 'look', 'preferences'])
            localStorage.setItem('shapan/' + name, '{\"current\": \"<b>\", ');
    }";
    journey_of(&Reader::whose_browser_runs(script), async |page| {
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
        page.expect_rows("地区", &first_look().regions()).await;
        expect_a_working_lever(page).await;
        page.expect_saved().await;
        let before = page.figures().await;
        page.reload().await;
        page.expect_figures(&before).await;
    });
}

/// What was set aside because nobody can read it.
async fn aside(page: &Page<'_>) -> Vec<String> {
    page.shelf().await.aside().unwrap().into_iter().map(|(_, text)| text).collect()
}

/// A reader in whose storage these records are from the start.
fn finds(records: &[(&str, &str)]) -> Reader {
    let records: BTreeMap<_, _> = records.iter().copied().collect();
    Reader::whose_browser_runs(&format!(
        "if (!sessionStorage.planted) {{
            sessionStorage.planted = 1;
            Object.entries({}).forEach(([name, text]) => localStorage.setItem(name, text));
        }}",
        json!(records)
    ))
}

#[test]
fn every_way_in_which_storage_refuses_is_said_and_costs_nothing() {
    let thrown = |what: &str| format!("Storage.prototype.setItem = function () {{ throw {what} }}");
    let exception = |name: &str| thrown(&format!("new DOMException('x', '{name}')"));
    let null = "Object.defineProperty(window, 'localStorage', { get() { return null } })";
    for (script, words) in [
        (exception("NS_ERROR_DOM_QUOTA_REACHED"), "存储已满"),
        (exception("QUOTA_EXCEEDED_ERR"), "存储已满"),
        (exception("SecurityError"), "浏览器不让本页存储数据"),
        (thrown("'no Error at all'"), "未能保存（unknown）"),
        (thrown("{ name: '<b>Shim</b>' }"), "未能保存（<b>Shim</b>）"),
        (null.to_owned(), "浏览器不让本页存储数据"),
        ("Storage.prototype.setItem = function () {}".to_owned(), "没有把计划完整存下"),
    ] {
        journey_of(&Reader::whose_browser_runs(&script), async |page| {
            page.expect_alert(words).await;
            expect_a_working_lever(page).await;
            let file = page.download(async || page.press("立即导出计划").await).await;
            assert!(std::fs::read_to_string(file).unwrap().contains("shapan/plan"));
        });
    }
}

#[test]
fn a_record_half_written_is_set_aside_and_the_state_before_it_opens() {
    journey(async |page| {
        page.press(RAISE).await;
        page.expect_saved().await;
        let before = page.figures().await;
        page.type_into("textbox", LEVER, "777").await;
        page.expect_saved().await;
        let script = "const name = Object.keys(localStorage).filter(n => /plan.1.\\d+.e/.test(n))
                .sort((a, b) => parseInt(b.slice(14)) - parseInt(a.slice(14)))[0];
            const half = localStorage[name].slice(0, 4000);
            localStorage[name] = half; return [name, half]";
        let (name, half): (String, String) = page.run(script, &[]).await;
        page.reload().await;
        page.expect_alert("上次保存的状态已损坏，原始数据已另存。").await;
        page.expect_alert("现在打开的是").await;
        page.expect_figures(&before).await;
        let aside = name.replace("shapan/", "shapan/rescue/");
        assert_eq!(page.stored(&aside).await.as_ref(), Some(&half));
        assert_eq!(page.stored(&name).await, None);
        page.press("知道了").await;
        page.reload().await;
        page.expect_figures(&before).await;
        assert_eq!(page.alerts().await, [""; 0], "told once");
    });
}

#[test]
fn what_a_newer_app_wrote_is_left_alone() {
    let newer = ("shapan/plan/1/5.e.9.9.new", "shapan-record 2 {}");
    journey_of(&finds(&[newer]), async |page| {
        page.expect_alert("更新版本的沙盘").await;
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
        expect_a_working_lever(page).await;
        page.expect_saved().await;
        assert_eq!(page.stored(newer.0).await.as_deref(), Some(newer.1));
        assert!(page.kept(2).await.is_some(), "the sample is a plan of its own");
        page.follow("文件").await;
        page.expect_text("读不出来：这个计划由更新版本的沙盘保存过").await;
    });
}

#[test]
fn a_tab_of_an_older_app_stops_writing_when_a_newer_one_went_on() {
    journey(async |page| {
        page.press(RAISE).await;
        page.expect_saved().await;
        let script = "localStorage['shapan/plan/1/99.e.9.9.new'] = 'shapan-record 2 {}';
            return null";
        let () = page.run(script, &[]).await;
        page.type_into("textbox", LEVER, "500").await;
        page.expect_alert("更新版本的沙盘").await;
        let states = page.shelf().await.states(1).unwrap();
        assert_eq!(states[0].tab, "new", "{states:?}");
        expect_an_export(page).await;
    });
}

#[test]
fn versions_are_named_brought_back_and_undone() {
    journey(async |page| {
        page.press(RAISE).await;
        page.expect_saved().await;
        let before = page.figures().await;
        page.follow("文件").await;
        page.type_into("textbox", "版本名称，如「报局务会稿」", "报局务会稿").await;
        page.press("留作版本").await;
        page.expect_text("已留作版本「报局务会稿」。").await;
        page.expect_text("版本：报局务会稿").await;
        page.follow("推演").await;
        page.type_into("textbox", LEVER, "900").await;
        page.expect_saved().await;
        let after = page.figures().await;

        page.follow("文件").await;
        let states = page.shelf().await.states(1).unwrap();
        assert!(states.iter().any(|id| id.kind == Kind::Version));
        let row = "[...document.querySelectorAll('.states tr')]
            .find(r => r.innerText.includes('报局务会稿')).querySelector('button').click();
            return null";
        let () = page.run(row, &[]).await;
        page.expect_text("之前的状态留作了版本，也可以撤销").await;
        page.expect_text("恢复之前的状态").await;
        page.follow("推演").await;
        page.expect_figures(&before).await;
        page.press("撤销").await;
        page.expect_figures(&after).await;
        page.expect_saved().await;
        page.reload().await;
        page.expect_figures(&after).await;
    });
}

#[test]
fn room_is_shown_and_backups_go_when_asked() {
    journey(async |page| {
        page.press(RAISE).await;
        for raise in ["300", "400", "500", "600"] {
            page.type_into("textbox", LEVER, raise).await;
            page.expect_saved().await;
            page.key(Key::Tab).await;
            eventually("the change on disk", async || {
                let kept = page.kept(1).await.unwrap();
                kept.contains(&format!("{raise}00")).then_some(()).ok_or(raise.to_owned())
            })
            .await;
        }
        let count = async || page.shelf().await.states(1).unwrap().len();
        assert!(count().await >= 3);
        page.follow("文件").await;
        page.expect_text("浏览器给本站约 5,243 kB").await;
        page.press("清除备份").await;
        page.expect_text("备份已清除").await;
        assert_eq!(count().await, 2, "as it stands, and the state before");
    });
}

#[test]
fn a_program_that_stops_is_replaced_by_the_way_to_the_saved_plans() {
    journey(async |page| {
        page.press(RAISE).await;
        page.type_into("textbox", LEVER, "432.10").await;
        page.expect_saved().await;
        page.key(Key::Tab).await;
        let before = page.figures().await;
        page.expect_in_log("");
        // Its memory turns to garbage, and then it is asked to do something.
        let script = "return (async () => {
            const named = name => document.querySelector(`meta[name=${name}]`).content;
            const module = await import(new URL(named('shapan-module'), document.baseURI).href);
            const program = await module.default();
            new Uint8Array(program.memory.buffer).fill(255);
            document.querySelector('.pages a[href=\"#funding\"]').click();
            setTimeout(() => document.querySelector('header.top button').click(), 100);
            return null })()";
        let () = page.run(script, &[]).await;
        page.expect_alert("沙盘停住了").await;
        let title = "泰安市 2012 年教育工作计划";
        let file = page.download(async || page.press(&format!("导出 {title}")).await).await;
        let file = std::fs::read_to_string(file).unwrap();
        assert_eq!(Some(file), page.kept(1).await);
        page.press("重新载入").await;
        page.follow("推演").await;
        page.expect_figures(&before).await;

        let () = page.run("location.hash = '#safe'; location.reload(); return null", &[]).await;
        page.expect_alert("这次没有打开上次的计划").await;
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
    });
}
