//! "Why": from a figure to its formula, its parts, and what they rest on.

use crate::expected::first_look;
use serde_json::json;
use shapan_engine::Cut;
use shapan_journeys::{Page, eventually, journey};
use thirtyfour::Key;

/// Opens the part of the explanation whose line begins with certain words.
async fn open_part(page: &Page<'_>, words: &str) {
    eventually(&format!("a part that begins with “{words}”"), async || {
        let labels = page.labels("DisclosureTriangle").await;
        let found = labels.iter().find(|label| label.trim().starts_with(words));
        let Some(label) = found else { return Err(format!("only {labels:?}")) };
        page.click("DisclosureTriangle", label).await;
        Ok(())
    })
    .await;
}

#[test]
fn the_total_is_followed_down_to_heads_times_standard_and_its_source() {
    journey(async |page| {
        page.press("450,300.00 依据：2012 年总支出").await;
        page.find("dialog", "依据").await;
        page.expect_text("22 项相加 = 4,503,000,000 元").await;
        open_part(page, "初中寄宿生生活费补助 · 2012 年").await;
        open_part(page, "初中寄宿生生活费补助 · 泰山区").await;
        open_part(page, "初中寄宿生生活费补助 · 泰山区 · 2012 年秋季").await;
        page.expect_text("792 人 × 1,250 元 ÷ 2 = 495,000 元").await;
        open_part(page, "初中家庭经济困难寄宿生").await;
        page.expect_text("7,917 人 × 10% = 792 人（四舍五入）").await;
        page.expect_text("山东省寄宿生生活费补助覆盖面").await;
        open_part(page, "初中寄宿生生活费补助 · 标准").await;
        page.expect_text("1,000 元 + 250 元 = 1,250 元").await;

        // Closed by the keyboard, the focus is back on the figure.
        page.key(Key::Escape).await;
        let focused: String = page.run("return document.activeElement.textContent", &[]).await;
        assert!(focused.contains("依据：2012 年总支出"), "{focused}");
    });
}

#[test]
fn a_change_is_one_scenario_less_the_other() {
    journey(async |page| {
        page.press("+62,522.33 依据：泰安市 · 增减").await;
        page.find("dialog", "依据").await;
        page.expect_text("4,503,000,000 元 − 3,877,776,750 元 = 625,223,250 元").await;
        page.press("关闭").await;
        page.follow("校核").await;
        page.press("298,703.29 依据：县级财政拿得出 · 数值").await;
        page.expect_text("= 2,987,032,925 元").await;
    });
}

#[test]
fn the_counties_burden_and_a_clauses_cost_are_sums_one_can_open() {
    journey(async |page| {
        let expected = first_look();
        let county = "298,703.29";
        page.press(&format!("{county} 依据：2012 年县级负担")).await;
        page.find("dialog", "依据").await;
        page.expect_text("2,987,032,925 元").await;
        open_part(page, "总支出 · 县级财政承担 · 2012 年").await;
        page.expect_text("项相加 = 2,987,032,925 元").await;
        page.press("关闭").await;
        page.press("8,703.29 依据：2012 年资金缺口").await;
        open_part(page, "县级财政 · 缺口").await;
        page.expect_text("2,987,032,925 元 − 2,900,000,000 元 = 87,032,925 元").await;
        page.press("关闭").await;

        page.follow("目标与任务").await;
        let report =
            expected.tasks().into_iter().find(|r| r.parts.is_empty() && r.programmes.len() > 1);
        let report = report.unwrap();
        let title = expected.plan.tasks[report.task].title.get(expected.lang).to_owned();
        let label = format!("依据：{title} · 支出");
        let buttons = page.labels("button").await;
        let button = buttons.iter().find(|b| b.ends_with(&label)).unwrap();
        page.press(button).await;
        let fen = report.cost(expected.scenario(), Cut::ALL.in_year(0)).0;
        page.expect_text(&format!("= {}.{:02} 元", whole(fen / 100), fen % 100)).await;
    });
}

#[test]
fn people_reached_slack_and_a_target_say_why() {
    journey(async |page| {
        let expected = first_look();
        let difference = expected.difference();
        let reached = expected.plan.aids().map(|p| difference.reached(p, 0)).sum::<i64>();
        press_why(page, "依据：2012 年直接资助").await;
        page.find("dialog", "依据").await;
        page.expect_text(&format!("= {} 人", whole(reached))).await;
        open_part(page, "初中寄宿生生活费补助").await;
        open_part(page, "初中寄宿生生活费补助 · 新受助或受助金额变动的人数 · 泰山区").await;
        page.expect_text("取较大者：792 人、792 人 → 792 人").await;
        page.press("关闭").await;

        page.follow("校核").await;
        press_why(page, "依据：县级财政拿得出 · 余量").await;
        page.expect_text("2,900,000,000 元 − 2,987,032,925 元 = −87,032,925 元").await;
    });
}

#[test]
fn a_share_an_amount_for_each_head_and_another_scenario_say_why() {
    journey(async |page| {
        let expected = first_look();
        let shown = "explore?rows=region&cols=year&figure=whole&as=head";
        page.run::<()>("location.hash = arguments[0]", &[json!(shown)]).await;
        press_why(page, "依据：泰山区 · 2012").await;
        page.find("dialog", "依据").await;
        page.expect_text(" × 2 ÷ ").await;
        open_part(page, "总支出 · 泰山区 · 2012 年").await;
        let fen = expected.scenario().total(Cut::ALL.in_region(0).in_year(0)).0;
        page.expect_text(&format!("= {}.{:02} 元", whole(fen / 100), fen % 100)).await;
        page.press("关闭").await;

        // The first column is the status quo, which is not the scenario looked at.
        let shown = "compare?with=raise-again,status-quo&against=status-quo";
        page.run::<()>("location.hash = arguments[0]", &[json!(shown)]).await;
        press_why(page, "依据：县级负担 · 2012 年 · 现状").await;
        page.find("dialog", "依据").await;
        let base = expected.difference().base;
        let county = base.county_burden(&expected.plan, Cut::ALL.in_year(0)).0;
        page.expect_text(&format!("= {} 元", whole(county / 100))).await;
    });
}

/// Asks the first figure whose button's name ends with certain words.
async fn press_why(page: &Page<'_>, words: &str) {
    eventually(&format!("a figure named “{words}”"), async || {
        let labels = page.labels("button").await;
        let found = labels.iter().find(|label| label.ends_with(words)).cloned();
        found.ok_or_else(|| format!("only {labels:?}"))
    })
    .await;
    let labels = page.labels("button").await;
    let found = labels.iter().find(|label| label.ends_with(words)).unwrap();
    page.press(found).await;
}

/// `1,234`
fn whole(number: i64) -> String {
    let mut written = number.to_string();
    let mut at = written.len();
    while at > 3 {
        at -= 3;
        written.insert(at, ',');
    }
    written
}
