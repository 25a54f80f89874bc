//! What was done stays: across a reload, and in memory when the browser keeps nothing.

use serde_json::json;
use thirtyfour::Key;

use crate::{
    expected::first_look,
    support::{Page, Reader, journey, journey_of},
};

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
        let kept = page.stored("shapan/plan/1").await.unwrap();
        assert!(kept.contains("shapan/plan"), "{kept:.200}");
        page.press(RAISE).await;
        page.type_into("textbox", LEVER, "777").await;
        page.expect_saved().await;
        let kept = page.stored("shapan/plan/1").await.unwrap();
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
        assert_eq!(page.stored("shapan/rescue/1").await.as_deref(), Some(GARBAGE));
        let saved = page.download(async || page.press("保存原始数据").await).await;
        assert_eq!(std::fs::read_to_string(saved).unwrap(), GARBAGE);

        expect_a_working_lever(page).await;
        page.expect_saved().await;
        assert_eq!(page.stored("shapan/rescue/1").await.as_deref(), Some(GARBAGE));
        let before = page.figures().await;
        page.press("知道了").await;
        page.reload().await;
        page.expect_figures(&before).await;
        assert_eq!(page.alerts().await, [""; 0], "told once, not at every visit");
        assert_eq!(page.stored("shapan/rescue/1").await.as_deref(), Some(GARBAGE));
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

#[test]
fn two_tabs_with_one_plan_follow_each_other_and_where_both_changed_it_the_reader_chooses() {
    let on_the_counties = |fen: i64| [("县级财政".to_owned(), vec![fen])];
    journey(async |page| {
        page.press(RAISE).await;
        page.expect_saved().await;
        let first = page.driver().window().await.unwrap();
        let second = page.driver().new_tab().await.unwrap();
        page.driver().switch_to_window(second.clone()).await.unwrap();
        page.open().await;
        page.follow("推演").await;
        page.type_into("textbox", LEVER, "500").await;
        page.expect_saved().await;

        // Nothing was changed here, so this tab goes along.
        page.driver().switch_to_window(first.clone()).await.unwrap();
        page.expect_rows("本情景", &on_the_counties(168_425_000)).await;
        assert_eq!(page.alerts().await, [""; 0]);

        // Changed in both: nobody's work is written over unasked.
        page.type_into("textbox", LEVER, "750").await;
        page.expect_rows("本情景", &on_the_counties(252_637_500)).await;
        page.expect_saved().await;
        page.driver().switch_to_window(second).await.unwrap();
        page.expect_alert("另一个标签页改了这个计划").await;
        page.expect_rows("本情景", &on_the_counties(168_425_000)).await;
        page.press("用这边的").await;
        page.expect_rows("本情景", &on_the_counties(168_425_000)).await;
        assert_eq!(page.alerts().await, [""; 0]);
        page.expect_saved().await;

        page.driver().switch_to_window(first).await.unwrap();
        page.expect_alert("另一个标签页改了这个计划").await;
        page.press("用那边的").await;
        page.expect_rows("本情景", &on_the_counties(168_425_000)).await;
        page.reload().await;
        page.expect_rows("本情景", &on_the_counties(168_425_000)).await;
    });
}
