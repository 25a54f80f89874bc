//! The stack of measures: switched, reordered, added, edited and removed, with exact figures.

use shapan_engine::{Change, ChangeValue, Measure, Operation};

use crate::expected::{Expected, first_look, raise_again};
use shapan_journeys::{Page, journey};

const BOARDING: &str = "寄宿生生活费补助提高 250 元";

async fn expect_stack(page: &Page<'_>, expected: &Expected) {
    page.expect_rows("措施", &expected.measures()).await;
    page.expect_rows("逐年", &expected.change_by_year()).await;
    page.expect_rows("地区", &expected.change_by_region()).await;
}

fn find<'m>(measures: &'m mut [Measure], title: &str) -> &'m mut Measure {
    let of = |m: &&mut Measure| m.title.get(shapan_engine::Lang::ZhHans) == title;
    measures.iter_mut().find(of).unwrap()
}

#[test]
fn the_boarding_allowance_alone_costs_1684250_yuan() {
    journey(async |page| {
        page.follow("推演").await;
        expect_stack(page, &first_look()).await;
        let rows = page.card("措施").await.rows().await;
        let boarding = rows.iter().find(|(title, _)| title == BOARDING).unwrap();
        assert_eq!(boarding.1, [168_425_000]);
        page.choose("单位", "元").await;
        page.expect_text("1,684,250.00").await;
    });
}

#[test]
fn a_measure_switched_off_costs_nothing_and_on_again_what_it_did() {
    journey(async |page| {
        page.follow("推演").await;
        expect_stack(page, &first_look()).await;
        let before = page.figures().await;

        let switch = format!("启用：{BOARDING}");
        page.flip(&switch).await;
        let off = first_look().with("plan-2012", |m| find(m, BOARDING).enabled = false);
        assert_eq!(off.change(), first_look().change() - 168_425_000);
        page.expect_rows("逐年", &off.change_by_year()).await;
        page.expect_rows("地区", &off.change_by_region()).await;
        let switched = page.find("switch", &switch).await;
        assert_eq!(switched.attr("aria-checked").await.unwrap().as_deref(), Some("false"));
        page.expect_text("停用").await;

        page.flip(&switch).await;
        page.expect_figures(&before).await;
        page.press("撤销").await;
        page.press("撤销").await;
        page.expect_figures(&before).await;
    });
}

#[test]
fn a_measure_added_found_by_name_dated_limited_to_regions_reordered_and_removed() {
    const PARAMETER: &str = "小学寄宿生生活费补助 · 标准";
    journey(async |page| {
        page.press("如果：再提高 250 元（本地自行提标）？").await;
        expect_stack(page, &raise_again()).await;
        let before = page.figures().await;

        // Added empty: it costs nothing, and says so.
        page.press("＋ 添加措施").await;
        page.expect_text("还没有改动任何参数").await;
        page.type_into("textbox", "名称", "山区先行").await;
        page.type_into("textbox", "依据或理由", "市长办公会 6 月意见").await;

        // A parameter that does not exist is said to be unknown; one that does is found by name.
        page.type_into("combobox", "加一个参数", "标准工资").await;
        page.expect_alert("没有叫这个名字的参数").await;
        page.type_into("combobox", "加一个参数", PARAMETER).await;
        page.press("设为").await;
        page.type_into("textbox", "设为（元）", "2000").await;
        page.choose("自", "2012 年秋季").await;
        let change = Change {
            path: "programmes/boarding-primary/standard".parse().unwrap(),
            operation: Operation::Set,
            value: ChangeValue::One(200_000),
            from: "2012-autumn".parse().unwrap(),
            until: None,
            regions: None,
        };
        let mut measure =
            raise_again().plan.lineage(&"raise-again".parse().unwrap())[2].measures[0].clone();
        measure.id = "measure-1".parse().unwrap();
        measure.title = shapan_engine::Text::new(shapan_engine::Lang::ZhHans, "山区先行").unwrap();
        measure.changes = vec![change];
        let added = measure.clone();
        expect_stack(page, &raise_again().with("raise-again", |m| m.push(added))).await;

        // Only two regions, and only for one year.
        open_regions(page).await;
        for region in ["泰山区", "新泰市", "肥城市", "东平县", "市直"] {
            page.click("checkbox", region).await;
        }
        page.expect_text("2 个地区").await;
        page.choose("至", "2013 年春季").await;
        measure.changes[0].regions =
            Some(vec!["daiyue".parse().unwrap(), "ningyang".parse().unwrap()]);
        measure.changes[0].until = Some("2013-spring".parse().unwrap());
        let (first, limited) = (measure.clone(), measure.clone());
        expect_stack(page, &raise_again().with("raise-again", |m| m.push(limited))).await;

        // Set, then raised by 250, is not raised by 250, then set.
        page.press("上移：山区先行").await;
        let reordered = raise_again().with("raise-again", |m| m.insert(0, first));
        expect_stack(page, &reordered).await;
        page.press("下移：山区先行").await;
        expect_stack(page, &raise_again().with("raise-again", |m| m.push(measure))).await;

        page.press("删除：山区先行").await;
        page.expect_figures(&before).await;
        page.press("撤销").await;
        page.find("switch", "启用：山区先行").await;
    });
}

#[test]
fn a_new_scenario_on_the_plan_starts_without_effect_and_can_be_renamed_and_removed() {
    journey(async |page| {
        page.press("新建情景").await;
        page.expect_text("与「2012 年工作计划」相比，支出没有变化").await;
        page.expect_chosen("情景", "新情景").await;
        page.expect_chosen("对比", "2012 年工作计划").await;
        page.type_into("textbox", "情景名称", "方案甲").await;
        page.expect_chosen("情景", "方案甲").await;
        page.press("删除情景").await;
        page.expect_rows("措施", &first_look().measures()).await;

        // What others are stacked on goes with them only once the reader has read which.
        let before = page.figures().await;
        page.press("删除情景").await;
        page.expect_alert("上面还叠加了 3 个情景，会一并删除").await;
        page.expect_figures(&before).await;
    });
}

async fn open_regions(page: &Page<'_>) {
    page.click("DisclosureTriangle", "地区全部地区").await;
}
