//! Packets: a city hands two counties their own numbers, they fill them in, and the city takes
//! both in, number by number.

use std::{fs, path::PathBuf};

use shapan_engine::files::{Contents, Stamp, read, write_plan};
use shapan_engine::{Headcount, Plan, PlanParts};

use crate::data::{expect_cell, go_to};
use crate::expected::sample;
use shapan_journeys::{Page, journey};

const GRID: &str = "2011 年秋季人数";
const PRIMARY: &str = "小学在校生";

fn plan_of(file: &PathBuf) -> Plan {
    match read(&fs::read_to_string(file).unwrap()).unwrap().0 {
        Contents::Plan(plan) => *plan,
        Contents::Scenario(_) => panic!("a plan"),
    }
}

/// A packet in which the county counted so many more.
fn counting(packet: &Plan, more: i64) -> Plan {
    let region = packet.packet.as_ref().unwrap().region.clone();
    let edit = |parts: &mut PlanParts| {
        let mut populations = parts.populations.iter_mut();
        let found = populations.find(|p| matches!(p.headcount, Headcount::Counted { .. }));
        let Headcount::Counted { censuses, .. } = &mut found.unwrap().headcount else { panic!() };
        *censuses[0].heads.get_mut(&region).unwrap() += more;
    };
    packet.edit(edit).unwrap()
}

async fn hand_out(page: &Page<'_>, county: &str) -> PathBuf {
    page.press("导入 / 导出").await;
    page.choose("县区", county).await;
    let save = format!("存为「{county}」的填报包");
    let file = page.download(async || page.press(&save).await).await;
    page.press("关闭").await;
    file
}

#[test]
fn two_counties_fill_their_packets_in_and_the_city_takes_both_in_by_number() {
    journey(async |page| {
        page.expect_saved().await;
        let north = hand_out(page, "东平县").await;
        let south = hand_out(page, "宁阳县").await;

        // A county: its own numbers only, what it may change, and the way back.
        page.press("导入 / 导出").await;
        page.choose_file(&north).await;
        page.press("打开填报").await;
        page.expect_text("请「东平县」填报").await;
        page.expect_text("还没有改动。").await;
        page.follow("数据").await;
        go_to(page, GRID, "东平县", PRIMARY).await;
        page.key("26950").await;
        page.key(thirtyfour::Key::Enter).await;
        expect_cell(page, GRID, "东平县", PRIMARY, "26,950").await;
        page.expect_text("已改 1 处，看改动并交回").await;
        let open = "document.querySelector('.packet summary').click(); return null";
        let () = page.run(open, &[]).await;
        let back = page.download(async || page.press("存为交回文件").await).await;
        assert_eq!(plan_of(&back).regions.len(), 1);

        // The city again, with both.
        page.choose("计划", sample().title.get(shapan_engine::Lang::ZhHans)).await;
        let other = counting(&plan_of(&south), 700);
        let filled = south.with_file_name("宁阳县.json");
        fs::write(&filled, write_plan(&other, &Stamp::default())).unwrap();
        page.press("导入 / 导出").await;
        let both = PathBuf::from(format!("{}\n{}", back.display(), filled.display()));
        page.choose_file(&both).await;
        page.expect_text("26,950").await;
        page.press("合并").await;
        page.follow("数据").await;
        expect_cell(page, GRID, "东平县", PRIMARY, "26,950").await;
        page.press("撤销").await;
        let text = page.text().await;
        assert!(!text.contains("26,950"), "{text}");
    });
}
