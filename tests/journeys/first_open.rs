//! The first time somebody opens the page.

use crate::expected::{Expected, first_look};
use shapan_journeys::{Reader, journey, journey_of};

#[test]
fn first_open_shows_the_samples_exact_headline() {
    journey(async |page| {
        let expected = first_look();
        assert_eq!(page.driver().title().await.unwrap(), "泰安市 2012 年教育工作计划 · 沙盘");
        page.find("heading", "泰安市 2012 年教育工作计划").await;
        page.expect_text("示例").await;

        // What it costs beyond the status quo, the counties' part, and what the counties lack.
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
        assert_eq!(
            [expected.change(), expected.county_change(), expected.gap()],
            [62_522_325_000, 36_384_287_500, 8_703_292_500]
        );
        page.expect_text("多支出 62,522.33 万元，其中县级承担 36,384.29 万元").await;
        page.expect_text("惠及 16,817 人").await;
        page.expect_text("县级财政还差 8,703.29 万元").await;
    });
}

#[test]
fn first_open_shows_every_tile_and_table_to_the_fen() {
    journey(async |page| {
        let expected = first_look();
        let all_years = expected.change_over_all_years();
        page.expect_tile("2012 年总支出", &[450_300_000_000, 62_522_325_000, all_years]).await;
        assert_eq!(expected.total(), 450_300_000_000);
        page.expect_tile("2012 年县级负担", &[expected.county(), expected.county_change()]).await;
        page.expect_tile("2012 年资金缺口", &[expected.gap()]).await;
        let targets = page.card("2012 年目标").await.text().await;
        assert!(targets.contains("6 / 9"), "{targets}");
        let reached = page.card("2012 年直接资助").await.text().await;
        assert!(reached.contains("16,817"), "{reached}");

        page.expect_rows("每项措施花多少钱", &expected.measures_by_cost("合计")).await;
        page.expect_rows("地区", &expected.regions()).await;
        let years = "逐年由谁出钱";
        page.expect_rows(years, &expected.years_by_payer(|cut| expected.changed(cut))).await;
        page.card(years).await.press("全部支出").await;
        page.expect_rows(years, &expected.years_by_payer(|cut| expected.spent(cut))).await;
    });
}

#[test]
fn another_year_another_base_and_another_unit_show_their_own_exact_figures() {
    journey(async |page| {
        page.choose("年度", "2014 年").await;
        let expected = first_look().in_year(2);
        let all_years = expected.change_over_all_years();
        page.expect_tile("2014 年总支出", &[expected.total(), expected.change(), all_years]).await;
        page.expect_rows("地区", &expected.regions()).await;

        page.choose("单位", "元").await;
        page.expect_rows("地区", &expected.regions()).await;
        page.expect_text(&yuan(expected.total())).await;

        page.choose("情景", "再提高 250 元（本地自行提标）").await;
        page.choose("对比", "现状").await;
        let expected = Expected::of(expected.plan, "raise-again", "status-quo").in_year(2);
        page.expect_rows("每项措施花多少钱", &expected.measures_by_cost("合计")).await;
        page.expect_rows("地区", &expected.regions()).await;
    });
}

#[test]
fn a_browser_that_speaks_no_chinese_opens_in_english_and_one_of_taiwan_in_traditional() {
    journey_of(&Reader::of("en-GB,en"), async |page| {
        page.find("heading", "Tai'an education work plan 2012").await;
        page.expect_text("Sample").await;
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
    });
    journey_of(&Reader::of("zh-TW,zh"), async |page| {
        page.find("heading", "泰安市 2012 年教育工作計劃").await;
        page.expect_headline(&[62_522_325_000, 36_384_287_500, 8_703_292_500]).await;
    });
}

/// `4503000000.00` fen as the page writes yuan.
fn yuan(fen: i64) -> String {
    let digits = (fen / 100).to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{:02}", fen % 100)
}
