//! The lever: one pull from the first page, and what it says about who pays, and why.

use shapan_engine::with_base_following;
use thirtyfour::Key;

use crate::expected::{Expected, move_lever, raise_again, sample};
use shapan_journeys::{Page, journey};

const RAISE: &str = "如果：再提高 250 元（本地自行提标）？";
const LEVER: &str = "增加（元）";

/// What the page shows of a proposal, against the engine.
async fn expect_impact(page: &Page<'_>, expected: &Expected) {
    let change = expected.change();
    let mut headline = vec![change.abs()];
    if expected.county_change() != change {
        // Less spent is worded as saved: of a fall, the counties' part is shown without its sign.
        headline.push(expected.county_change() * change.signum());
    }
    headline.extend((expected.gap() > 0).then(|| expected.gap()));
    page.expect_headline(&headline).await;
    page.expect_rows("逐年", &expected.change_by_year()).await;
    page.expect_rows("地区", &expected.change_by_region()).await;
    page.expect_rows("本情景", &expected.payers()).await;
    page.expect_rows("措施", &expected.measures()).await;
}

fn at(value: i64) -> Expected {
    raise_again().with("raise-again", |measures| move_lever(&mut measures[0], value))
}

#[test]
fn one_pull_from_first_open_costs_842125_yuan_all_of_it_on_the_counties_and_says_why() {
    journey(async |page| {
        page.press(RAISE).await;
        expect_impact(page, &raise_again()).await;

        // DESIGN.md §11, to the fen.
        let years = page.card("逐年").await.rows().await;
        assert_eq!(years[0], ("2012".to_owned(), vec![84_212_500]));
        assert_eq!(years[1], ("2013".to_owned(), vec![166_837_500]));
        let payers = page.card("本情景").await.rows().await;
        assert_eq!(payers, [("县级财政".to_owned(), vec![84_212_500])]);
        page.choose("单位", "元").await;
        page.expect_text("2012 年多支出 842,125.00 元，全部由县级承担").await;

        let story = page.card("为什么全部由县级承担？").await.text().await;
        for words in ["小学寄宿生生活费补助标准 1,250 元，基础标准 1,000 元", "842,125.00 元"]
        {
            assert!(story.contains(words), "{story}");
        }
    });
}

#[test]
fn the_next_year_costs_1668375_yuan() {
    journey(async |page| {
        page.press(RAISE).await;
        page.choose("年度", "2013 年").await;
        expect_impact(page, &raise_again().in_year(1)).await;
        page.choose("单位", "元").await;
        page.expect_text("2013 年多支出 1,668,375.00 元，全部由县级承担").await;
    });
}

#[test]
fn if_the_base_standard_rises_too_higher_levels_share_in_it() {
    journey(async |page| {
        page.press(RAISE).await;
        let shared = Expected::of(sample(), "raise-with-base", "plan-2012").payers();
        assert!(shared.len() > 1, "{shared:?}");
        page.expect_rows("若基础标准同步提高", &shared).await;

        let before = page.figures().await;
        page.press("基础标准也提高").await;
        let plan = sample();
        let raised = raise_again()
            .with("raise-again", |measures| measures[0] = with_base_following(&plan, &measures[0]));
        expect_impact(page, &raised).await;
        assert_eq!(raised.payers(), shared);
        page.press("撤销").await;
        page.expect_figures(&before).await;
    });
}

#[test]
fn arrow_keys_move_the_exact_figures_and_one_undo_returns_the_very_same() {
    journey(async |page| {
        page.press(RAISE).await;
        expect_impact(page, &at(25_000)).await;
        let before = page.figures().await;

        let slider = page.find("slider", LEVER).await;
        let mut values = Vec::new();
        for key in [Key::Right, Key::Right, Key::PageUp, Key::Left, Key::End, Key::Home, Key::Up] {
            slider.send_keys(key).await.unwrap();
            let value = slider.prop("value").await.unwrap().unwrap().parse::<i64>().unwrap();
            expect_impact(page, &at(value)).await;
            values.push(value);
        }
        assert!(values[0] > 25_000 && values[1] > values[0], "{values:?}");
        assert!(values[5] < 0, "the left end takes some of the standard away: {values:?}");

        let after = page.figures().await;
        page.control('z').await;
        page.expect_figures(&before).await;
        page.control('y').await;
        page.expect_figures(&after).await;
        page.press("撤销").await;
        page.expect_figures(&before).await;
        let nothing_more = page.find("button", "撤销").await;
        assert!(!nothing_more.is_enabled().await.unwrap(), "keys in a row are one step");
    });
}

#[test]
fn a_drag_moves_the_exact_figures_and_undoes_as_one_step() {
    journey(async |page| {
        page.press(RAISE).await;
        let slider = page.find("slider", LEVER).await;
        let before = page.figures().await;
        slider.scroll_into_view().await.unwrap();
        let drag = page.driver().action_chain().move_to_element_center(&slider).click_and_hold();
        let drag = drag.move_by_offset(20, 0).move_by_offset(25, 0).move_by_offset(-90, 0);
        drag.release().perform().await.unwrap();
        let value = slider.prop("value").await.unwrap().unwrap().parse::<i64>().unwrap();
        assert!(value < 0, "dragged to the left of the middle: {value}");
        expect_impact(page, &at(value)).await;
        page.press("撤销").await;
        page.expect_figures(&before).await;
    });
}

#[test]
fn a_typed_value_counts_to_the_fen_and_what_is_no_number_changes_nothing() {
    journey(async |page| {
        page.press(RAISE).await;
        page.type_into("textbox", LEVER, "333.33").await;
        expect_impact(page, &at(33_333)).await;
        page.type_into("textbox", LEVER, "１，０００").await;
        expect_impact(page, &at(100_000)).await;
        page.type_into("textbox", LEVER, "-250").await;
        expect_impact(page, &at(-25_000)).await;

        let before = page.figures().await;
        for (typed, why) in
            [("1e5", "这不是一个数"), ("0.001", "最多 2 位小数"), ("", "请填一个数")]
        {
            page.type_into("textbox", LEVER, typed).await;
            page.expect_alert(why).await;
            page.expect_figures(&before).await;
        }

        page.type_into("textbox", LEVER, "0").await;
        page.expect_text("与「2012 年工作计划」相比，支出没有变化").await;
        assert_eq!(page.alerts().await, [""; 0]);
    });
}
