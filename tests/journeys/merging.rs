//! Two counties and a city: what each county changed comes in number by number, and a number
//! that both changed is a conflict.

use std::fs;

use shapan_engine::files::{Contents, Stamp, read, write_plan};
use shapan_engine::{Command, Document, Headcount, Plan, RegionId};
use shapan_journeys::{Page, eventually, journey};
use thirtyfour::components::SelectElement;

/// The plan in a file that the page handed out.
async fn exported(page: &Page<'_>) -> (std::path::PathBuf, Plan) {
    page.press("导入 / 导出").await;
    let file = page.download(async || page.press("导出整个计划").await).await;
    page.press("关闭").await;
    let Contents::Plan(plan) = read(&fs::read_to_string(&file).unwrap()).unwrap().0 else {
        panic!("a plan")
    };
    (file, *plan)
}

/// What is counted first of a region's first population.
fn first(plan: &Plan) -> (&str, i16, &std::collections::BTreeMap<RegionId, i64>) {
    let counted = plan.populations.iter().find_map(|p| match &p.headcount {
        Headcount::Counted { censuses, .. } => {
            let name = p.name.get(shapan_engine::Lang::ZhHans);
            Some((name, censuses[0].year.get(), &censuses[0].heads))
        }
        _ => None,
    });
    counted.unwrap()
}

/// The plan with so many more in a region.
fn with_more(plan: &Plan, region: &str, more: i64) -> Plan {
    let mut all = plan.populations.iter();
    let counted = |p: &&shapan_engine::Population| matches!(p.headcount, Headcount::Counted { .. });
    let mut population = all.find(counted).unwrap().clone();
    if let Headcount::Counted { censuses, .. } = &mut population.headcount {
        *censuses[0].heads.get_mut(&region.parse::<RegionId>().unwrap()).unwrap() += more;
    }
    let mut document = Document::new(plan.clone());
    document.dispatch(Command::Put(population.into()), None).unwrap();
    Plan::clone(document.plan())
}

fn file(plan: &Plan) -> String {
    write_plan(plan, &Stamp { app: "journey".into(), saved_at: "2012-06-01T00:00:00Z".into() })
}

#[test]
fn two_counties_changes_come_in_by_number_and_what_both_changed_is_a_conflict() {
    journey(async |page| {
        page.expect_saved().await;
        // The city hands its plan out; a county opens it, and what it hands back says from what.
        let (sent, city) = exported(page).await;
        page.press("导入 / 导出").await;
        page.choose_file(&sent).await;
        page.press("作为新计划加入").await;
        page.expect_text("已加入并打开").await;
        page.press("关闭").await;
        page.follow("总览").await;
        let (_, county) = exported(page).await;
        assert!(county.extra.opened_from().is_some() && city.extra.opened_from().is_none());
        let (name, year, heads) = first(&city);
        let heads = |region: &str| heads[&region.parse::<RegionId>().unwrap()];

        // Back at the city, two counties' files come in at once.
        let plans = page.find("combobox", "计划").await;
        SelectElement::new(&plans).await.unwrap().select_by_index(0).await.unwrap();
        page.expect_saved().await;
        let folder = sent.parent().unwrap();
        let paths = [("甲.json", "taishan", 111), ("乙.json", "daiyue", 222)].map(
            |(name, region, more)| {
                let path = folder.join(name);
                fs::write(&path, file(&with_more(&county, region, more))).unwrap();
                path
            },
        );
        page.press("导入 / 导出").await;
        let both = paths.each_ref().map(|path| path.to_str().unwrap()).join("\n");
        page.choose_file(both.as_ref()).await;
        page.expect_text("2 个文件并入当前计划").await;
        page.press("并入全部没有冲突的").await;
        page.expect_text("已并入 2 个文件的 2 项，冲突 0 项没有动").await;
        page.press("关闭").await;
        let (_, merged) = exported(page).await;
        let (_, _, now) = first(&merged);
        let now = |region: &str| now[&region.parse::<RegionId>().unwrap()];
        assert_eq!(now("taishan"), heads("taishan") + 111);
        assert_eq!(now("daiyue"), heads("daiyue") + 222);
        assert_eq!(now("xintai"), heads("xintai"), "nobody changed it");

        // One county comes again with another number for what has changed here since.
        page.press("导入 / 导出").await;
        page.choose_file_with("再来.json", file(&with_more(&county, "taishan", 333))).await;
        page.press("逐项合并到当前计划…").await;
        page.expect_text("冲突 1").await;
        let region = city.regions.iter().find(|r| r.id.as_str() == "taishan").unwrap();
        let region = region.name.get(shapan_engine::Lang::ZhHans);
        page.expect_text(&format!("{region} {name} {year}")).await;
        let grouped = |n: i64| {
            let digits = n.to_string();
            let head = digits.len() % 3;
            let mut all: Vec<&str> = Vec::new();
            if head > 0 {
                all.push(&digits[..head]);
            }
            all.extend((head..digits.len()).step_by(3).map(|n| &digits[n..n + 3]));
            all.join(",")
        };
        for number in [heads("taishan"), heads("taishan") + 111, heads("taishan") + 333] {
            page.expect_text(&grouped(number)).await;
        }
        page.expect_text("已选 0 项").await;
        page.press("不合并，关闭").await;
        eventually("the panel is gone", async || {
            let text = page.text().await;
            if text.contains("逐项合并：") { Err(text) } else { Ok(()) }
        })
        .await;
        let (_, after) = exported(page).await;
        assert_eq!(file(&after), file(&merged), "nothing chosen, nothing changed");
    });
}
