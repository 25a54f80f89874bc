//! Scenarios side by side, and the tree they are chosen from: figures as the engine has them.

use serde_json::json;
use shapan_engine::{
    Cut, Outcome, Plan, ScenarioId, attribute_fairly, differing_parameters, evaluate, per_head,
};

use crate::expected::sample;
use shapan_journeys::{Page, Rows, eventually, journey};

fn id(text: &str) -> ScenarioId {
    text.parse().expect("an id")
}

fn outcome(plan: &Plan, scenario: &str) -> Outcome {
    evaluate(plan, &id(scenario)).expect("it can be computed")
}

/// Opens the comparison of some scenarios by its link.
async fn open(page: &Page<'_>, query: &str) {
    page.run::<()>("location.hash = arguments[0]", &[json!(format!("compare?{query}"))]).await;
    page.find("heading", "主要数字对照").await;
}

async fn expect_row(page: &Page<'_>, heading: &str, name: &str, fen: &[i64]) {
    eventually(&format!("“{name}” under “{heading}”"), async || {
        let rows: Rows = page.card(heading).await.rows().await;
        match rows.iter().find(|(row, _)| row.starts_with(name)) {
            Some((_, seen)) if seen == fen => Ok(()),
            other => Err(format!("{other:?}, not {fen:?}")),
        }
    })
    .await;
}

#[test]
fn a_link_brings_back_four_scenarios_with_every_figure_as_the_engine_has_it() {
    journey(async |page| {
        let ids = ["status-quo", "plan-2012", "raise-again", "wider-coverage"];
        open(page, &format!("with={}&against=plan-2012", ids.join(","))).await;
        let plan = sample();
        let all: Vec<Outcome> = ids.iter().map(|id| outcome(&plan, id)).collect();
        let row = |of: &dyn Fn(&Outcome) -> i64| -> Vec<i64> {
            let base = of(&all[1]);
            let cells = all.iter().enumerate();
            cells
                .flat_map(|(n, o)| {
                    let change = (n != 1).then(|| of(o) - base);
                    [of(o)].into_iter().chain(change)
                })
                .collect()
        };
        let year = Cut::ALL.in_year(0);
        let matrix = "主要数字对照";
        expect_row(page, matrix, "总支出", &row(&|o| o.total(year).0)).await;
        expect_row(page, matrix, "县级负担", &row(&|o| o.county_burden(&plan, year).0)).await;
        for (n, fiscal) in plan.years().enumerate() {
            let of = |o: &Outcome| o.total(Cut::ALL.in_year(n)).0;
            expect_row(page, matrix, &fiscal.to_string(), &row(&of)).await;
        }
        let staff = plan.programmes.iter().position(|p| p.id.as_str() == "staff").unwrap();
        let name = plan.programmes[staff].name.get(Default::default()).to_owned();
        let shown = page.card(matrix).await.text().await;
        assert!(!shown.contains(&name), "what is alike is not listed at first: {shown}");
        page.click("checkbox", "只看有差别的").await;
        let of = |o: &Outcome| o.total(year.of_programme(staff)).0;
        expect_row(page, matrix, &name, &row(&of)).await;

        page.press("2012–2016 年合计").await;
        expect_row(page, matrix, "总支出", &row(&|o| o.total(Cut::ALL).0)).await;
        let hash: String = page.run("return location.hash", &[]).await;
        assert_eq!(
            hash,
            "#compare?with=status-quo,plan-2012,raise-again,wider-coverage&against=plan-2012&years=all"
        );
        page.choose("参照", "现状").await;
        eventually("the other reference", async || {
            let shown: Rows = page.card(matrix).await.rows().await;
            let total = shown.iter().find(|(name, _)| name.as_str() == "总支出").cloned();
            let change = all[1].total(Cut::ALL).0 - all[0].total(Cut::ALL).0;
            match total {
                Some((_, fen)) if fen.get(2) == Some(&change) => Ok(()),
                other => Err(format!("{other:?}")),
            }
        })
        .await;
    });
}

#[test]
fn a_link_to_scenarios_the_plan_lacks_says_so_and_a_step_back_returns() {
    journey(async |page| {
        open(page, "with=plan-2012,raise-again").await;
        open(page, "with=plan-2012,wider-coverage,not-here").await;
        page.expect_text("链接里的情景不在这个计划里：not-here").await;
        page.expect_chosen("细看", "补助覆盖面由 10% 扩大到 15%").await;
        page.run::<()>("history.back()", &[]).await;
        page.expect_chosen("细看", "再提高 250 元（本地自行提标）").await;
        // Left and opened again, the page still has what was chosen.
        page.follow("总览").await;
        page.follow("对比").await;
        page.expect_chosen("细看", "再提高 250 元（本地自行提标）").await;
        let hash: String = page.run("return location.hash", &[]).await;
        assert_eq!(hash, "#compare?with=plan-2012,raise-again");
    });
}

#[test]
fn every_parameter_that_differs_is_listed_with_its_values() {
    journey(async |page| {
        open(page, "with=status-quo,plan-2012,raise-again&against=status-quo").await;
        let plan = sample();
        let all = ["status-quo", "plan-2012", "raise-again"].map(|id| outcome(&plan, id));
        let found = differing_parameters(&plan, &all.each_ref());
        let spans: usize = found.iter().map(|d| d.spans.len()).sum();
        page.expect_text(&format!("{} 个参数，{spans} 处不同", found.len())).await;
        let shown = page.card("有差别的全部参数").await.text().await;
        for differing in &found {
            let name = plan.name_of(&differing.path).unwrap().get(Default::default());
            assert!(shown.contains(name), "{name} in {shown}");
        }
        for words in ["1,250 元", "1,500 元", "2012 年秋季起", "全部地区"] {
            assert!(shown.contains(words), "{words} in {shown}");
        }
    });
}

#[test]
fn two_scenarios_of_which_neither_is_stacked_on_the_other_are_told_apart_to_the_fen() {
    journey(async |page| {
        open(page, "with=raise-again,wider-coverage&against=raise-again").await;
        let plan = sample();
        let fair = attribute_fairly(&plan, &id("wider-coverage"), &id("raise-again")).unwrap();
        let (now, before) = (outcome(&plan, "wider-coverage"), outcome(&plan, "raise-again"));
        let year = Cut::ALL.in_year(0);
        let change = now.total(year).0 - before.total(year).0;
        let rows = page.card("差额从哪里来").await.rows().await;
        assert_eq!(rows.len(), fair.shares().len() + 1, "{rows:?}");
        let (sum, measures) = rows.split_last().unwrap();
        assert_eq!(sum.1[0], change);
        assert_eq!(measures.iter().map(|(_, fen)| fen[0]).sum::<i64>(), change);
        for (_, fen) in &rows {
            assert_eq!(fen[1..].iter().sum::<i64>(), fen[0], "payers add up: {rows:?}");
        }
        for place in 0..fair.shares().len() {
            let total = fair.total(place, year).0;
            assert!(measures.iter().any(|(_, fen)| fen[0] == total), "{total} in {rows:?}");
        }
        page.expect_text("首年半年：2012 年只付秋季学期，2013 年全年").await;

        let pupils: Vec<_> = plan.pupils().map(|p| &p.id).collect();
        for (place, region) in plan.regions.iter().enumerate() {
            let cut = year.in_region(place);
            let spent = now.total(cut) - before.total(cut);
            let borne = now.county_burden(&plan, cut) - before.county_burden(&plan, cut);
            let heads = pupils.iter().map(|id| before.heads_twice(id, place, 0)).sum();
            let each = |fen| per_head(fen, heads).unwrap().map(|fen| fen.0);
            let figures = [Some(spent.0), each(spent), Some(borne.0), each(borne)];
            let figures: Vec<i64> = figures.into_iter().flatten().collect();
            let name = region.name.get(Default::default());
            expect_row(page, "哪些地区增加，哪些减少", name, &figures).await;
        }
        for source in 0..plan.sources.len() {
            let cut = year.from_source(source);
            let (a, b) = (before.total(cut).0, now.total(cut).0);
            let rows = page.card("谁多出，谁少出").await.rows().await;
            assert!(rows.iter().any(|(_, fen)| *fen == [a, b, b - a]), "{rows:?}");
        }
    });
}

#[test]
fn the_tree_stacks_renames_copies_and_removes_and_undo_brings_all_back() {
    journey(async |page| {
        page.follow("对比").await;
        let before = page.card("情景").await.text().await;
        // The button of a scenario says its name and what it holds.
        page.press("2012 年工作计划 12 项措施").await;
        page.press("以此为基础新建").await;
        page.press("改名").await;
        page.type_into("textbox", "情景的新名称", "方案甲").await;
        page.press("保存").await;
        page.expect_chosen("情景", "方案甲").await;
        page.press("复制一份").await;
        page.expect_chosen("情景", "方案甲 副本").await;
        page.press("删除情景").await;
        page.expect_text("已删除「方案甲 副本」。").await;
        page.press("2012 年工作计划 12 项措施").await;

        page.press("删除情景").await;
        let asked = page.expect_alert("上面还叠加了 4 个情景，会一并删除").await;
        assert!(asked.contains("「方案甲」") && asked.contains("「再提高 250 元"), "{asked}");
        page.press("取消").await;
        page.press("删除情景").await;
        page.press("连同上层情景一并删除").await;
        page.expect_text("已删除「2012 年工作计划」和叠加在上面的 4 个情景。").await;
        page.expect_text("计划里只有现状").await;
        let card = page.card("情景").await;
        card.press("撤销").await;
        page.find("button", "方案甲 0 项措施").await;
        for _ in 0..4 {
            page.press("撤销").await;
        }
        eventually("the tree as it was", async || {
            let now = page.card("情景").await.text().await;
            let names = |text: &str| text.matches("项措施").count();
            if names(&now) == names(&before) { Ok(()) } else { Err(now) }
        })
        .await;
    });
}

#[test]
fn an_adopted_scenario_is_locked_and_a_copy_of_it_can_be_changed() {
    journey(async |page| {
        page.follow("对比").await;
        page.press("采用…").await;
        let field = page.find("Date", "采用日期").await;
        let today: String = field.prop("value").await.unwrap().unwrap();
        page.press("采用并锁定").await;
        page.expect_text(&format!("已采用 {today} · 锁定")).await;
        assert!(!page.find("button", "改名").await.is_enabled().await.unwrap());
        assert!(!page.find("button", "删除情景").await.is_enabled().await.unwrap());

        page.follow("推演").await;
        page.expect_text("措施已锁定。要改就复制一份，在副本上改。").await;
        let add = page.find("button", "＋ 添加措施").await;
        assert!(!add.is_enabled().await.unwrap());
        assert!(!page.find("textbox", "名称").await.is_enabled().await.unwrap());
        page.press("复制一份再改").await;
        page.expect_chosen("情景", "2012 年工作计划 副本").await;
        assert!(page.find("textbox", "名称").await.is_enabled().await.unwrap());

        page.choose("情景", "2012 年工作计划").await;
        page.press("撤回采用…").await;
        page.press("撤回采用").await;
        eventually("the plan to be open again", async || {
            let enabled = page.find("textbox", "名称").await.is_enabled().await;
            if enabled.is_ok_and(|e| e) { Ok(()) } else { Err("locked".to_owned()) }
        })
        .await;
    });
}
