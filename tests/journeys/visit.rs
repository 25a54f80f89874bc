//! Links and files that open what their sender saw: in an empty browser, beside another city's
//! plan, twice, on a phone, from an intranet; and the clipboard that holds what it is said to hold.

use std::fs;

use serde_json::json;
use shapan_engine::files::{SentView, Stamp, open, send_plan, send_scenario, write_plan};
use shapan_engine::{Command, Document, Driver, Lang, Plan, Text, Thing};

use crate::expected::sample;
use shapan_journeys::{Page, eventually, journey};

const RAISE: &str = "如果：再提高 250 元（本地自行提标）？";
const LEVER: &str = "增加（元）";

fn stamp() -> Stamp {
    Stamp { app: "journey".into(), saved_at: "2012-06-01T00:00:00Z".into() }
}

/// Another city's plan: nothing of the sample's is in it but its shape.
fn another_city() -> Plan {
    let mut plan = sample().into_parts();
    plan.title = Text::new(Lang::ZhHans, "东营教育计划").unwrap();
    plan.place = Text::new(Lang::ZhHans, "东营市").unwrap();
    plan.is_sample = false;
    let mut document = Document::new(Plan::new(plan).unwrap());
    let mut dearer = document.plan().programmes[0].clone();
    if let Driver::Heads { standard, .. } = &mut dearer.driver {
        standard.value.steps[0].value += 12_300;
    }
    document.dispatch(Command::Put(Thing::from(dearer)), None).unwrap();
    Plan::clone(document.plan())
}

/// Every amount of the overview, its sentence first.
async fn overview(page: &Page<'_>) -> Vec<i64> {
    page.card("每项措施花多少钱").await;
    let script = "return [...document.querySelectorAll('.headline data'),
        ...document.querySelectorAll('.tiles data, .columns data, .years data')].map(d => +d.value)";
    page.run(script, &[]).await
}

async fn expect_overview(page: &Page<'_>, before: &[i64]) {
    eventually("the very same figures", async || {
        let seen = overview(page).await;
        if seen == before { Ok(()) } else { Err(format!("{seen:?}, not {before:?}")) }
    })
    .await;
}

/// Lets a journey see what the page copies.
async fn copied_link(page: &Page<'_>, button: &str) -> String {
    let watch = "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); };
        return null";
    let () = page.run(watch, &[]).await;
    page.press("导入 / 导出").await;
    page.press(button).await;
    page.expect_text("链接已复制").await;
    let link: String = page.run("return window.copied", &[]).await;
    page.press("关闭").await;
    link
}

/// A browser in which nobody was before.
async fn clear(page: &Page<'_>) {
    page.driver().goto("about:blank").await.unwrap();
    let origin = json!({ "origin": page.server().origin(), "storageTypes": "all" });
    page.driver().cdp().send_raw("Storage.clearDataForOrigin", origin).await.unwrap();
}

async fn stored(page: &Page<'_>) -> Vec<String> {
    page.run("return Object.keys(localStorage).sort()", &[]).await
}

async fn kept_plans(page: &Page<'_>) -> usize {
    let names = stored(page).await;
    let numbers = names.iter().filter_map(|name| name.strip_prefix("shapan/plan/"));
    let mut numbers: Vec<&str> = numbers.filter_map(|name| name.split('/').next()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len()
}

#[test]
fn a_link_opens_on_what_its_sender_saw_and_leaves_nothing_until_it_is_kept() {
    journey(async |page| {
        page.press(RAISE).await;
        page.type_into("textbox", LEVER, "321.99").await;
        page.type_into("textbox", "情景名称", "发给县里的方案").await;
        page.choose("年度", "2013 年").await;
        page.choose("单位", "元").await;
        page.follow("总览").await;
        page.expect_chosen("年度", "2013 年").await;
        page.is_drawn().await;
        let before = overview(page).await;
        let link = copied_link(page, "复制情景「发给县里的方案」的链接").await;
        assert!(link.contains("?l#s="), "{link}");

        // In an empty browser, as a messenger hands it on.
        clear(page).await;
        page.open_at(&format!("{}%E3%80%82", link.replace("#s=", "#s%3D"))).await;
        page.expect_text("收到的链接").await;
        page.expect_text("发给县里的方案").await;
        page.expect_chosen("情景", "发给县里的方案").await;
        page.expect_chosen("年度", "2013 年").await;
        page.expect_chosen("单位", "元").await;
        expect_overview(page, &before).await;
        let address: String = page.run("return location.search + location.hash", &[]).await;
        assert_eq!(address, "#overview", "the address is clean");
        page.follow("推演").await;
        // It can only be looked at, and says so with the way to keep it at hand.
        page.type_into("textbox", LEVER, "1").await;
        page.expect_alert("只能看").await;
        eventually("the field shows what holds", async || {
            let field = page.find("textbox", LEVER).await;
            let value = field.prop("value").await.unwrap().unwrap_or_default();
            if value == "321.99" { Ok(()) } else { Err(value) }
        })
        .await;
        // Loaded again it is still there, and still nothing is kept.
        eventually("this tab remembers", async || {
            let some: usize = page.run("return sessionStorage.length", &[]).await;
            if some == 1 { Ok(()) } else { Err(some.to_string()) }
        })
        .await;
        page.reload().await;
        page.expect_text("收到的链接").await;
        page.follow("总览").await;
        expect_overview(page, &before).await;
        assert_eq!(stored(page).await, [""; 0], "nothing is kept");

        page.press("保存为我的计划").await;
        page.expect_text("已保存为您的计划").await;
        page.expect_saved().await;
        expect_overview(page, &before).await;
        assert_eq!(kept_plans(page).await, 1, "and no sample beside it");

        // Opened twice, it is found again.
        page.open_at(&link).await;
        page.expect_text("不会再").await;
        expect_overview(page, &before).await;
        let labels = page.labels("button").await;
        let open = labels.iter().find(|label| label.starts_with("打开本机的")).unwrap();
        page.press(open).await;
        page.expect_saved().await;
        page.expect_chosen("情景", "发给县里的方案").await;
        assert_eq!(kept_plans(page).await, 1);
    });
}

#[test]
fn beside_another_citys_plan_a_link_is_looked_at_and_never_added_to_it() {
    journey(async |page| {
        let third = another_city().edit(|parts| {
            parts.place = Text::new(Lang::ZhHans, "烟台市").unwrap();
            parts.title = Text::new(Lang::ZhHans, "烟台教育计划").unwrap();
        });
        let third = third.unwrap();
        let scenario = third.scenarios.last().unwrap().id.clone();
        let view = SentView { page: Some("funding".into()), ..SentView::default() };
        page.press("导入 / 导出").await;
        page.choose_file_with("东营.json", write_plan(&another_city(), &stamp())).await;
        page.press("作为新计划加入").await;
        page.press("关闭").await;
        page.expect_saved().await;
        let (before, plans) = (page.figures().await, kept_plans(page).await);
        let records: serde_json::Value = page.run("return {...localStorage}", &[]).await;

        // A scenario of a third city, with its plan.
        let file = send_scenario(&third, &scenario, &view, Some(&[]), &stamp()).unwrap();
        page.press("导入 / 导出").await;
        page.choose_file_with("情景.json", file).await;
        page.expect_alert("不能加入「东营教育计划」").await;
        page.press("先看看（只看不改）").await;
        page.expect_text("文件「情景.json」").await;
        page.expect_text("不能加入「东营教育计划」").await;
        let hash: String = page.run("return location.hash", &[]).await;
        assert_eq!(hash, "#funding", "the sender's page");
        page.press("返回「东营教育计划」").await;
        page.expect_figures(&before).await;
        let now: serde_json::Value = page.run("return {...localStorage}", &[]).await;
        assert_eq!(now, records, "what was on the table is as it was");

        // Without its plan, and none like it here, it is not offered; the reason is told.
        let file = send_scenario(&third, &scenario, &view, None, &stamp()).unwrap();
        page.press("导入 / 导出").await;
        page.choose_file_with("烟台.json", file).await;
        let told = page.expect_alert("不能加入「东营教育计划」").await;
        assert!(told.contains("烟台市") && told.contains("请对方发整个计划"), "{told}");
        assert!(!page.labels("button").await.iter().any(|label| label == "加入情景"));
        page.press("关闭").await;
        assert_eq!(kept_plans(page).await, plans);
    });
}

#[test]
fn a_plan_is_looked_at_first_on_the_page_it_was_sent_from_and_hostile_views_fall_back() {
    journey(async |page| {
        let plan = another_city();
        let address = "compare?with=status-quo,raise-again&years=all";
        let view = SentView { page: Some(address.into()), ..SentView::default() };
        let file = send_plan(&plan, &view, &stamp());
        page.press("导入 / 导出").await;
        page.choose_file_with("计划.json", &file).await;
        page.press("先看看（只看不改）").await;
        page.expect_text("计划「东营教育计划」").await;
        let hash = async || page.run::<String>("return location.hash", &[]).await;
        assert!(hash().await.starts_with("#compare?with=status-quo,raise-again"));
        page.follow("文件").await;
        page.expect_text("正在看收到的内容").await;
        page.press("返回「泰安市 2012 年教育工作计划」").await;

        let hostile = json!({ "page": "<script>alert(1)</script>", "scenario": "x", "year": 1e99 });
        let mut spoilt: serde_json::Value = serde_json::from_str(&file).unwrap();
        spoilt["view"] = hostile;
        page.press("导入 / 导出").await;
        page.choose_file_with("计划.json", spoilt.to_string()).await;
        page.press("先看看（只看不改）").await;
        page.expect_text("计划「东营教育计划」").await;
        assert_eq!(hash().await, "#overview");
        page.press("保存为我的计划").await;
        page.expect_text("已保存为您的计划").await;
        page.expect_saved().await;
    });
}

#[test]
fn a_link_cut_at_its_fragment_says_so_and_a_plain_visit_says_nothing() {
    journey(async |page| {
        page.expect_saved().await;
        let before = page.figures().await;
        let plain = page.server().address();
        for cut in ["?l", "?l#", "?l#s", "?l="] {
            page.open_at(&format!("{plain}{cut}")).await;
            page.expect_alert("在路上断了").await;
            let address: String = page.run("return location.search + location.hash", &[]).await;
            assert_eq!(address, "#overview", "{cut}");
            page.press("关闭").await;
            page.expect_figures(&before).await;
        }
        page.open_at(&format!("{plain}?x=1#overview")).await;
        page.expect_figures(&before).await;
        assert_eq!(page.alerts().await, [""; 0]);

        // Who came for something else gets no sample of ours kept; a change of theirs is.
        clear(page).await;
        page.open_at(&format!("{plain}?l")).await;
        page.expect_alert("在路上断了").await;
        page.press("关闭").await;
        expect_overview(page, &overview(page).await).await;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        assert_eq!(kept_plans(page).await, 0);
        page.press(RAISE).await;
        page.type_into("textbox", LEVER, "321.99").await;
        page.expect_saved().await;
        assert_eq!(kept_plans(page).await, 1);
    });
}

/// The reader of a chat: the sentence with the numbers comes first, whole, and the way to keep it
/// is at hand.
#[test]
fn on_a_phone_the_sentence_comes_first_and_the_way_to_keep_it_is_at_hand() {
    journey(async |page| {
        // Another page than the first begins below it.
        page.follow("资金").await;
        let link = copied_link(page, "复制情景「2012 年工作计划」的链接").await;
        let size = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
        let cdp = page.driver().cdp();
        cdp.send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
        clear(page).await;
        page.open_at(&link).await;
        page.expect_text("账户之间不能调剂").await;
        let seen = "
            const box = e => e.getBoundingClientRect();
            const sentence = box(document.querySelector('.sentence'));
            const keep = [...document.querySelectorAll('button')].find(b => b.innerText === '保存为我的计划');
            const before = [...document.querySelectorAll('header.top, main, nav')].filter(e => box(e).top < sentence.top);
            return [sentence.top >= 0, sentence.bottom < 500, box(keep).bottom <= 844, before.length === 0,
                document.documentElement.scrollWidth <= 390]";
        eventually("the sentence first", async || {
            let seen: Vec<bool> = page.run(seen, &[]).await;
            if seen == [true; 5] { Ok(()) } else { Err(format!("{seen:?}")) }
        })
        .await;
    });
}

/// On an intranet without a certificate the page said “copied” over an old clipboard: within a
/// dialog, what lies outside of it cannot be selected.
#[test]
fn from_an_intranet_without_a_certificate_copied_means_copied() {
    journey(async |page| {
        page.open_at(&page.server().address_on_intranet()).await;
        page.expect_saved().await;
        let is_trusted: bool = page.run("return window.isSecureContext", &[]).await;
        assert!(!is_trusted);
        page.press("导入 / 导出").await;
        page.press("复制情景「2012 年工作计划」的链接").await;
        page.expect_text("链接已复制").await;
        // What the clipboard holds is what comes when it is pasted.
        page.click("textbox", "或在此粘贴一块表格（从 Excel、WPS 复制）").await;
        page.control('v').await;
        let pasted = eventually("something pasted", async || {
            let field = page.find("textbox", "或在此粘贴一块表格（从 Excel、WPS 复制）").await;
            let value = field.prop("value").await.unwrap().unwrap_or_default();
            if value.is_empty() { Err(value) } else { Ok(value) }
        })
        .await;
        assert!(pasted.starts_with("http://planner.test:") && pasted.contains("?l#s="), "{pasted}");

        // A browser that refuses shows the text, selected.
        let refuse = "document.execCommand = () => false; return null";
        let () = page.run(refuse, &[]).await;
        page.press("复制情景「2012 年工作计划」的链接").await;
        page.expect_alert("请自己复制").await;
        eventually("the link selected", async || {
            let chosen = "const e = document.activeElement;
                return e.tagName === 'TEXTAREA' ? e.value.slice(e.selectionStart, e.selectionEnd) : ''";
            let chosen: String = page.run(chosen, &[]).await;
            let is_whole = chosen.starts_with("http://planner.test:") && chosen.len() > 1_000;
            if is_whole { Ok(()) } else { Err(chosen) }
        })
        .await;
        assert!(!page.text().await.contains("链接已复制"));
    });
}

/// What a file says of its sender's view is in the file that is saved.
#[test]
fn a_saved_file_carries_the_view() {
    journey(async |page| {
        page.follow("资金").await;
        page.press("导入 / 导出").await;
        let saved = page.download(async || page.press("导出整个计划").await).await;
        let opened = open(&fs::read_to_string(saved).unwrap()).unwrap();
        assert_eq!(opened.view.unwrap().page.as_deref(), Some("funding"));
    });
}
