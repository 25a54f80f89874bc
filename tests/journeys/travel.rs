//! What comes and goes: a plan merged item by item, counties rolled up, links that do not arrive.

use std::{fs, path::PathBuf};

use serde_json::json;
use shapan_engine::files::{Stamp, write_plan};
use shapan_engine::merge::{Decisions, Pick, roll_up};
use shapan_engine::{
    Command, Cut, Document, Driver, Lang, Plan, RegionId, Text, Thing, ThingId, evaluate,
};

use crate::expected::sample;
use shapan_journeys::{Page, eventually, journey};

fn file(plan: &Plan) -> String {
    write_plan(plan, &Stamp { app: "journey".into(), saved_at: "2012-06-01T00:00:00Z".into() })
}

fn after(plan: &Plan, commands: Vec<Command>) -> Plan {
    let mut document = Document::new(plan.clone());
    for command in commands {
        document.dispatch(command, None).unwrap();
    }
    Plan::clone(document.plan())
}

/// The sample with one more programme and another standard.
fn changed() -> Plan {
    let plan = sample();
    let mut more = plan.programmes[0].clone();
    more.id = "travel-more".parse().unwrap();
    more.name = Text::new(Lang::ZhHans, "远方来的项目").unwrap();
    let mut dearer = plan.programmes[0].clone();
    if let Driver::Heads { standard, .. } = &mut dearer.driver {
        standard.value.steps[0].value += 12_300;
    }
    after(&plan, vec![Command::Put(Thing::from(more)), Command::Put(Thing::from(dearer))])
}

#[test]
fn a_plan_is_merged_item_by_item_as_one_step() {
    journey(async |page| {
        page.expect_saved().await;
        let before = page.figures().await;
        page.press("导入 / 导出").await;
        page.choose_file_with("来的.json", file(&changed())).await;
        page.press("逐项合并到当前计划…").await;
        page.expect_text("逐项合并：「来的.json」").await;
        page.expect_text("新增 1").await;
        page.expect_text("有改动 1").await;
        // Nobody knows which side changed the standard: it is not ticked beforehand.
        page.expect_text("没有找到双方共同的版本").await;
        page.expect_text("已选 1 项").await;
        page.press("合并").await;
        page.expect_text("已合并「来的.json」：1 项").await;
        page.follow("项目").await;
        page.expect_text("远方来的项目").await;

        page.follow("文件").await;
        page.press("撤销").await;
        page.follow("项目").await;
        let text = page.text().await;
        assert!(!text.contains("远方来的项目"), "{text}");
        page.follow("总览").await;
        page.expect_figures(&before).await;
    });
}

fn standard_of_the_first() -> String {
    format!("{} · 标准", sample().programmes[0].name.get(Lang::ZhHans))
}

/// The part of the sample that is about one county.
fn county(region: &str) -> Plan {
    let plan = sample();
    let region: RegionId = region.parse().unwrap();
    let adopted = plan.scenarios.iter().map(|s| s.id.clone());
    let mut commands: Vec<Command> =
        adopted.map(|scenario| Command::Adopt { scenario, on: None }).collect();
    let others = plan.regions.iter().filter(|r| r.id != region);
    commands.extend(others.map(|r| Command::Remove(ThingId::Region(r.id.clone()))));
    after(&plan, commands)
}

fn status_quo_of_2012(plan: &Plan) -> i64 {
    evaluate(plan, &plan.status_quo().unwrap().id).unwrap().total(Cut::default().in_year(0)).0
}

/// The totals under the table: of the files, and rolled up.
async fn totals(page: &Page<'_>) -> Vec<i64> {
    let values = "return [...document.querySelectorAll('.merging tfoot data')].map(d => +d.value)";
    page.run(values, &[]).await
}

#[test]
fn three_counties_are_rolled_up_and_their_one_conflict_decided() {
    journey(async |page| {
        let dearer = {
            let plan = county("xintai");
            let mut first = plan.programmes[0].clone();
            if let Driver::Heads { standard, .. } = &mut first.driver {
                standard.value.steps[0].value += 12_300;
            }
            after(&plan, vec![Command::Put(Thing::from(first))])
        };
        let plans = [county("taishan"), county("daiyue"), dearer];
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<String> = ["a.json", "b.json", "c.json"]
            .into_iter()
            .zip(&plans)
            .map(|(name, plan)| {
                let path = folder.path().join(name);
                fs::write(&path, file(plan)).unwrap();
                path.to_string_lossy().into_owned()
            })
            .collect();
        page.press("导入 / 导出").await;
        page.choose_file(&PathBuf::from(paths.join("\n"))).await;
        page.expect_text("汇总各县区的计划").await;
        let sum: i64 = plans.iter().map(status_quo_of_2012).sum();
        eventually("the sums agree", async || {
            let totals = totals(page).await;
            if totals == [sum, sum] { Ok(()) } else { Err(totals) }.map_err(|t| format!("{t:?}"))
        })
        .await;
        page.expect_text("汇总数与各文件合计一致。").await;
        page.expect_text("县区之间不同（1）").await;

        // One standard for all: as the engine has it.
        let rolled = roll_up(&plans, false, &Decisions::default());
        let key = rolled.clashes[0].key.clone();
        let decisions = Decisions { picks: [(key, Pick::Of(0))].into(), ..Decisions::default() };
        let one = status_quo_of_2012(&roll_up(&plans, false, &decisions).plan.unwrap());
        assert_ne!(one, sum);
        page.choose(&format!("处理：{}", standard_of_the_first()), "都按「a.json」").await;
        eventually("one standard for all", async || {
            let totals = totals(page).await;
            if totals == [sum, one] { Ok(()) } else { Err(format!("{totals:?}")) }
        })
        .await;
        page.press("作为新计划加入").await;
        page.expect_text("（汇总）").await;
        page.follow("数据").await;
        page.expect_text("岱岳区").await;
    });
}

#[test]
fn a_damaged_link_says_so_and_one_too_long_offers_the_file() {
    journey(async |page| {
        let before = page.figures().await;
        page.follow("对比").await;
        let current = "return document.querySelector('.pages a[aria-current]').textContent";
        eventually("the page of comparison", async || {
            let shown: String = page.run(current, &[]).await;
            if shown == "对比" { Ok(()) } else { Err(shown) }
        })
        .await;
        for damaged in ["#s=0123456789abcdefzAAAA", "#p=", "#/s=x&from=singlemessage"] {
            let () = page.run("location.hash = arguments[0]; return null", &[json!(damaged)]).await;
            page.expect_alert("这个链接不完整或被改过").await;
            let hash: String = page.run("return location.hash", &[]).await;
            assert!(hash.starts_with("#compare"), "{hash}");
            page.press("关闭").await;
        }
        page.follow("总览").await;
        page.expect_figures(&before).await;

        page.press("导入 / 导出").await;
        page.press("复制整个计划的链接").await;
        page.expect_alert("请改发文件").await;
        let saved = page.download(async || page.press("改存为文件").await).await;
        let saved = fs::read_to_string(saved).unwrap();
        assert!(saved.contains("shapan/plan"), "{}", saved.len());
    });
}
