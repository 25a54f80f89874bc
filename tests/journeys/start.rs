//! From nothing to a plan of one's own, and what becomes of the plans on this machine.

use shapan_engine::files::{Contents, read};
use shapan_engine::{Cut, Fen, Plan, evaluate};
use thirtyfour::Key;

use shapan_journeys::{Page, eventually, journey};

const SAMPLE: &str = "泰安市 2012 年教育工作计划";
const SAMPLES_HEADLINE: &[i64] = &[62_522_325_000, 36_384_287_500, 8_703_292_500];

/// A plan as it is kept, read as the engine reads it.
async fn kept(page: &Page<'_>, number: u32) -> Plan {
    let body = page.kept(number).await.unwrap();
    match read(&body).unwrap().0 {
        Contents::Plan(plan) => *plan,
        Contents::Scenario(_) => panic!("a scenario"),
    }
}

/// Waits until a plan that is kept has so many programmes.
async fn expect_programmes(page: &Page<'_>, number: u32, programmes: usize) -> Plan {
    eventually(&format!("{programmes} programmes in plan {number}"), async || {
        let plan = kept(page, number).await;
        let found = plan.programmes.len();
        if found == programmes { Ok(plan) } else { Err(found.to_string()) }
    })
    .await
}

async fn year(page: &Page<'_>) -> i64 {
    page.run("return new Date().getFullYear()", &[]).await
}

#[test]
fn a_plan_from_nothing_is_sound_costs_nothing_yet_and_leaves_the_sample_on_the_shelf() {
    journey(async |page| {
        let first = year(page).await;
        page.expect_saved().await;
        page.follow("新建我的计划").await;
        page.find("heading", "新建计划").await;

        // What is wrong is said beside its field, and the keyboard is put there.
        page.press("建立计划").await;
        page.expect_alert("还有 2 处要改").await;
        page.expect_text("请填市（或县、区）名称。").await;
        page.key("某市").await;
        page.expect_alert("还有 1 处要改").await;
        page.type_into("textbox", "县市区名称", "甲县、乙区、甲县").await;
        page.expect_text("「甲县」写了两次。").await;
        page.type_into("textbox", "县市区名称", "甲县、乙区").await;
        page.flip("小学寄宿生生活费补助").await;
        page.flip("小学生均公用经费").await;
        page.find("switch", "城市教育费附加用于职业教育").await.send_keys(" ").await.unwrap();
        page.expect_text("2 个地区、5 年、3 个项目").await;

        // Going away and coming back loses nothing.
        page.follow("总览").await;
        page.expect_headline(SAMPLES_HEADLINE).await;
        page.follow("新建我的计划").await;
        page.expect_text("2 个地区、5 年、3 个项目").await;
        page.press("建立计划").await;

        let title = format!("某市 {first}–{} 年教育计划", first + 4);
        page.expect_chosen("计划", &title).await;
        page.expect_text("新计划先填：").await;
        page.expect_saved().await;
        let plan = expect_programmes(page, 2, 3).await;
        assert_eq!((plan.regions.len(), plan.horizon.years()), (2, 5));
        assert_eq!(plan.rules[0].id.as_str(), "education-surcharge-vocational");
        let outcome = evaluate(&plan, &"work-plan".parse().unwrap()).unwrap();
        assert_eq!(outcome.total(Cut::ALL), Fen::ZERO);
        page.follow("总览").await;
        page.expect_tile(&format!("{first} 年总支出"), &[0, 0, 0]).await;
        assert_eq!(page.alerts().await, [""; 0]);

        page.reload().await;
        page.expect_chosen("计划", &title).await;
        page.expect_tile(&format!("{first} 年总支出"), &[0, 0, 0]).await;
        page.choose("计划", SAMPLE).await;
        page.expect_headline(SAMPLES_HEADLINE).await;
        // The next one is begun from nothing.
        page.follow("新建我的计划").await;
        page.expect_text("0 个地区、5 年、0 个项目").await;
    });
}

#[test]
fn a_new_plan_and_the_sample_are_chosen_where_plans_are_chosen() {
    journey(async |page| {
        page.expect_saved().await;
        page.choose("计划", "＋ 新建计划…").await;
        page.find("heading", "新建计划").await;
        page.expect_chosen("计划", SAMPLE).await;
        page.choose("计划", "＋ 示例计划（新的一份）").await;
        page.expect_headline(SAMPLES_HEADLINE).await;
        assert_eq!(kept(page, 2).await, kept(page, 1).await);
    });
}

#[test]
fn a_plan_without_programmes_in_another_language_has_every_page() {
    journey(async |page| {
        page.press("English").await;
        page.follow("Start my own plan").await;
        page.type_into("textbox", "City (or county, district)", "Some county").await;
        page.type_into("textbox", "Counties and districts", "Some county").await;
        page.type_into("textbox", "How many years", "1").await;
        page.press("Create the plan").await;
        let title = format!("Some county education plan {}", year(page).await);
        page.expect_chosen("Plan", &title).await;
        for name in ["Overview", "What if", "Compare", "Data", "Programmes", "Explore"] {
            page.follow(name).await;
        }
        for name in ["Funding", "Targets and tasks", "Checks", "Files"] {
            page.follow(name).await;
            page.find("heading", name).await;
        }
        assert_eq!(page.alerts().await, [""; 0]);
    });
}

#[test]
fn the_library_adds_what_the_plan_lacks_as_one_step() {
    journey(async |page| {
        page.expect_saved().await;
        let before = kept(page, 1).await;
        page.follow("项目").await;
        page.press("从项目库添加…").await;
        let there = page.find("switch", "学前教育政府助学金").await;
        assert_eq!(there.prop("disabled").await.unwrap().as_deref(), Some("true"));
        page.expect_text("本计划已有").await;
        page.flip("普通高中免学杂费").await;
        page.flip("小学教职工人员经费").await;
        page.press("加入所选 2 个项目").await;
        let after = expect_programmes(page, 1, before.programmes.len() + 2).await;
        let fees = after.programmes.iter().find(|p| p.id.as_str() == "senior-fee-waiver").unwrap();
        assert_eq!(fees.split.residual.as_str(), "county", "the sample's own source");
        assert_eq!(after.sources, before.sources);
        page.press("撤销").await;
        assert_eq!(expect_programmes(page, 1, before.programmes.len()).await, before);
        let undo = page.find("button", "撤销").await;
        assert!(!undo.is_enabled().await.unwrap(), "one step");
    });
}

#[test]
fn plans_are_duplicated_renamed_removed_and_put_back() {
    journey(async |page| {
        page.expect_saved().await;
        let original = kept(page, 1).await;
        page.follow("文件").await;
        let only = page.find("button", &format!("移除「{SAMPLE}」")).await;
        assert!(!only.is_enabled().await.unwrap(), "the only plan stays");

        let copy = format!("{SAMPLE}（副本）");
        page.press(&format!("复制「{SAMPLE}」")).await;
        page.expect_text(&format!("已复制为「{copy}」。")).await;
        let copied = kept(page, 2).await;
        assert_eq!(original, copied.edit(|p| p.title = original.title.clone()).unwrap());

        // The one on the table is removed: the copy takes its place.
        page.press(&format!("移除「{SAMPLE}」")).await;
        page.expect_alert(&format!("已从本机移除「{SAMPLE}」")).await;
        page.find("heading", &copy).await;
        assert_eq!(page.kept(1).await, None);
        page.press("恢复").await;
        page.expect_text(&format!("已恢复「{SAMPLE}」。")).await;
        assert_eq!(kept(page, 1).await, original);

        page.press(&format!("给「{copy}」改名")).await;
        page.type_into("textbox", "计划名称", "试算稿").await;
        page.press("保存名称").await;
        page.expect_chosen("计划", "试算稿").await;
        page.press("撤销").await;
        page.expect_chosen("计划", &copy).await;
        page.press("重做").await;

        page.press("打开「泰安市 2012 年教育工作计划」").await;
        page.expect_headline(SAMPLES_HEADLINE).await;
        page.follow("文件").await;
        page.press("移除「试算稿」").await;
        page.follow("总览").await;
        page.follow("文件").await;
        page.expect_alert("已从本机移除「试算稿」").await;
        page.reload().await;
        page.find("heading", SAMPLE).await;
        assert_eq!(page.kept(2).await, None);
    });
}

#[test]
fn a_plan_that_cannot_be_read_is_listed_and_can_be_taken_along() {
    journey(async |page| {
        page.expect_saved().await;
        // As an older app left it.
        let script = "localStorage.setItem('shapan/plan/7', '{\"format\"'); return null";
        let () = page.run(script, &[]).await;
        page.reload().await;
        page.follow("文件").await;
        page.expect_text("读不出来").await;
        let file = page.download(async || page.press("导出「计划 7」").await).await;
        assert_eq!(std::fs::read_to_string(file).unwrap(), "{\"format\"");
        page.press("移除「计划 7」").await;
        page.expect_alert("已从本机移除「计划 7」").await;
        page.key(Key::Tab).await;
        page.find("heading", SAMPLE).await;
    });
}
