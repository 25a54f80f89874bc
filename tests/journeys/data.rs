//! The page of data: cells walked and typed in by keyboard, a block from Excel, regions added,
//! renamed, moved and removed; and what the numbers come to is what the engine says.

use serde_json::json;
use shapan_engine::{Census, Headcount, Lang, Plan, PlanParts, ThingId, evaluate};
use thirtyfour::Key;

use crate::expected::sample;
use shapan_journeys::{Page, eventually, journey};

const GRID: &str = "2011 年秋季人数";

/// Finds a cell by the header of its row and of its column, as a reader does.
const CELL: &str = "
    const [grid, row, column] = arguments;
    const words = e => e.firstChild ? e.firstChild.textContent.trim() : '';
    const table = [...document.querySelectorAll('table[role=grid]')]
        .find(t => t.getAttribute('aria-label') === grid);
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    const place = heads.filter(h => h.className !== 'corner').findIndex(h => words(h) === column);
    const line = [...table.rows].find(r => r.cells[0].textContent.trim() === row);
    const cell = line.cells[place + 1];";

async fn text(page: &Page<'_>, grid: &str, row: &str, column: &str) -> String {
    let script = format!("{CELL} return cell.textContent.trim()");
    page.run(&script, &[json!(grid), json!(row), json!(column)]).await
}

pub async fn expect_cell(page: &Page<'_>, grid: &str, row: &str, column: &str, words: &str) {
    eventually(&format!("“{words}” in {row}, {column}"), async || {
        let seen = text(page, grid, row, column).await;
        if seen == words { Ok(()) } else { Err(seen) }
    })
    .await;
}

pub async fn go_to(page: &Page<'_>, grid: &str, row: &str, column: &str) {
    page.find("grid", grid).await;
    let script = format!(
        "{CELL} cell.focus(); cell.dispatchEvent(new PointerEvent('pointerdown', {{ bubbles: true, pointerType: 'mouse' }})); cell.dispatchEvent(new PointerEvent('pointerup', {{ bubbles: true, pointerType: 'mouse' }})); return null"
    );
    let () = page.run(&script, &[json!(grid), json!(row), json!(column)]).await;
}

/// Pastes what another spreadsheet put on the clipboard.
async fn paste(page: &Page<'_>, block: &str) {
    let script = "
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', arguments[0]);
        document.activeElement.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        return null";
    let () = page.run(script, &[json!(block)]).await;
}

/// The sample after an edit of the first census of a population.
fn counted(population: &str, edit: impl FnOnce(&mut Census)) -> Plan {
    let change = |parts: &mut PlanParts| {
        let found = parts.populations.iter_mut().find(|p| p.id.as_str() == population);
        let Headcount::Counted { censuses, .. } = &mut found.unwrap().headcount else {
            panic!("counted")
        };
        edit(&mut censuses[0]);
    };
    sample().edit(change).unwrap()
}

/// Heads of a population in the autumn of 2011, in a region.
fn heads(plan: &Plan, population: &str, region: usize) -> i64 {
    let outcome = evaluate(plan, &plan.status_quo().unwrap().id).unwrap();
    outcome.heads(&population.parse().unwrap(), region)[0]
}

fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|g| std::str::from_utf8(g).unwrap());
    groups.collect::<Vec<_>>().join(",")
}

#[test]
fn cells_are_walked_and_typed_in_by_keyboard_and_what_follows_is_the_engines() {
    journey(async |page| {
        page.follow("数据").await;
        go_to(page, GRID, "泰山区", "在园幼儿").await;
        page.key("20000").await;
        page.key(Key::Enter).await;
        expect_cell(page, GRID, "泰山区", "在园幼儿", "20,000").await;
        // Down by one; what is typed replaces, Escape takes it back.
        page.key("7").await;
        page.key(Key::Escape).await;
        expect_cell(page, GRID, "岱岳区", "在园幼儿", "17,395").await;
        page.key(Key::Up).await;
        page.key(Key::F2).await;
        page.key(Key::End).await;
        page.key("1").await;
        page.key(Key::Tab).await;
        expect_cell(page, GRID, "泰山区", "在园幼儿", "200,001").await;
        let at: String = page.run("return document.activeElement.textContent.trim()", &[]).await;
        assert_eq!(at, "49,944", "Tab goes on to the right");

        let plan = counted("preschool-children", |census| {
            census.heads.insert("taishan".parse().unwrap(), 200_001);
        });
        let share = grouped(heads(&plan, "inclusive-children", 0));
        expect_cell(page, GRID, "泰山区", "普惠性幼儿园在园幼儿", &share).await;
        // A published number changed by hand says so.
        page.key(Key::Left).await;
        page.expect_chosen("来历", "录入").await;
        page.control('z').await;
        expect_cell(page, GRID, "泰山区", "在园幼儿", "20,000").await;
        page.control('z').await;
        expect_cell(page, GRID, "泰山区", "在园幼儿", "18,267").await;
        page.expect_chosen("来历", "发布").await;
    });
}

#[test]
fn a_block_from_a_spreadsheet_is_one_step_and_a_cell_that_cannot_be_read_stays() {
    journey(async |page| {
        page.follow("数据").await;
        go_to(page, GRID, "泰山区", "小学在校生").await;
        let block =
            "地区\t小学在校生\r\n岱岳区\t5.5万\r\n泰山区\t５０，１２３人\r\n新泰市\t12x\r\n";
        paste(page, block).await;
        page.expect_text("已填 2 格；1 格没有填入").await;
        expect_cell(page, GRID, "泰山区", "小学在校生", "50,123").await;
        expect_cell(page, GRID, "岱岳区", "小学在校生", "55,000").await;
        expect_cell(page, GRID, "新泰市", "小学在校生", "12x").await;
        let total = 351_200 - 49_944 - 54_260 + 50_123 + 55_000;
        expect_cell(page, GRID, "合计", "小学在校生", &grouped(total)).await;
        page.press("新泰市 · 实有 · 小学在校生").await;
        let wrong: String =
            page.run("return document.activeElement.getAttribute('aria-invalid')", &[]).await;
        assert_eq!(wrong, "true");
        page.control('z').await;
        for (row, words) in [("泰山区", "49,944"), ("岱岳区", "54,260"), ("新泰市", "86,473")]
        {
            expect_cell(page, GRID, row, "小学在校生", words).await;
        }
        let undo = page.find("button", "撤销").await;
        assert!(!undo.is_enabled().await.unwrap(), "one step took all of it back");
    });
}

#[test]
fn regions_are_added_renamed_moved_and_removed_with_what_depends_on_them() {
    journey(async |page| {
        page.follow("数据").await;
        page.follow("地区与人群").await;
        page.type_into("textbox", "添加地区（可粘贴名单，一行一个）", "高新区、景区、泰山区").await;
        page.card("地区").await.press("添加").await;
        page.expect_text("已添加 2 个；1 个名称已有").await;
        page.type_into("textbox", "名称：景区", "泰山景区").await;
        page.press("上移：泰山景区").await;
        eventually("泰山景区 before 高新区", async || {
            let fields = "return [...document.querySelectorAll('ol[aria-label=\"地区\"] input')].map(i => i.value)";
            let names: Vec<String> = page.run(fields, &[]).await;
            if names.ends_with(&["泰山景区".into(), "高新区".into()]) { Ok(()) } else { Err(format!("{names:?}")) }
        })
        .await;

        page.press("删除：泰山区").await;
        let removal = sample().removal(&ThingId::Region("taishan".parse().unwrap())).unwrap();
        assert!(removal.numbers > 0);
        let said = format!("另有 {} 个填写的数一并删除", removal.numbers);
        page.expect_text(&said).await;
        page.press("删除").await;
        page.follow("人数").await;
        expect_cell(page, GRID, "合计", "小学在校生", &grouped(351_200 - 49_944)).await;
        page.press("撤销").await;
        expect_cell(page, GRID, "合计", "小学在校生", "351,200").await;
        expect_cell(page, GRID, "泰山区", "小学在校生", "49,944").await;
    });
}

#[test]
fn a_population_becomes_one_by_grade_and_keeps_its_heads() {
    journey(async |page| {
        page.follow("数据").await;
        page.choose("人群", "小学在校生").await;
        page.follow("推算办法与各年级").await;
        page.choose("推算办法", "按年级推算").await;
        page.expect_text("先平均分到各年级，标为示例").await;
        page.press("改用这个办法").await;
        expect_cell(page, "各年级人数", "合计", "2011", "351,200").await;
        page.choose("地区", "泰山区").await;
        go_to(page, "各年级人数", "1 年级", "2011").await;
        page.key("9000").await;
        page.key(Key::Enter).await;
        let even = 49_944 / 6;
        expect_cell(page, "各年级人数", "合计", "2011", &grouped(49_944 - even + 9_000)).await;
        expect_cell(page, "各年级人数", "2 年级", "2012", "9,000").await;
        let name = sample().populations[1].name.get(Lang::ZhHans).to_owned();
        page.press("撤销").await;
        page.press("撤销").await;
        page.card(&name).await;
        page.expect_chosen("推算办法", "实有数 + 年增长率").await;
    });
}

#[test]
fn a_year_of_money_overrides_the_common_number_and_moves_no_other_year() {
    journey(async |page| {
        page.follow("数据").await;
        page.follow("收入与财力").await;
        page.choose("资金来源", "城市教育费附加").await;
        let grid = "城市教育费附加";
        expect_cell(page, grid, "合计", "2012 年", "28,500").await;
        let next = text(page, grid, "合计", "2013 年").await;
        go_to(page, grid, "市直", "2012 年").await;
        page.key("1.5亿").await;
        page.key(Key::Enter).await;
        expect_cell(page, grid, "市直", "2012 年", "15,000").await;
        expect_cell(page, grid, "合计", "2012 年", "43,500").await;
        expect_cell(page, grid, "合计", "2013 年", &next).await;
        // Dates finer than a year on demand; a date that is added moves nothing.
        page.flip("按学期").await;
        expect_cell(page, grid, "市直", "2012 年春季", "15,000").await;
        page.choose("从哪个学期起另填", "2012 年秋季").await;
        page.press("加一列").await;
        expect_cell(page, grid, "泰山区", "2012 年秋季", "3,943").await;
        go_to(page, grid, "泰山区", "2012 年秋季").await;
        page.key("5943").await;
        page.key(Key::Enter).await;
        page.flip("按学期").await;
        expect_cell(page, grid, "泰山区", "2012 年", "4,943").await;
        page.expect_text("泰山区 2012 年春 3,943、秋 5,943").await;
    });
}

#[test]
fn a_table_of_three_years_pastes_as_it_is() {
    journey(async |page| {
        page.follow("数据").await;
        page.follow("收入与财力").await;
        page.choose("资金来源", "城市教育费附加").await;
        let grid = "城市教育费附加";
        go_to(page, grid, "泰山区", "2012 年").await;
        let fourth = text(page, grid, "泰山区", "2015 年").await;
        let block = "地区\t2012年（亿元）\t2013年（亿元）\t2014年（亿元）\t2001年（亿元）\r\n\
            泰山\t18.77\t19.5\t20\t1\r\n泰安市岱岳区\t12.02\t13\t—\t1\r\n合计\t30.79\t32.5\t20\t2\r\n";
        paste(page, block).await;
        page.expect_text("已填 5 格；合计行 1 行不必填，表里自动加总；表里没有：2001年（亿元）")
            .await;
        for (row, column, words) in [
            ("泰山区", "2012 年", "187,700"),
            ("泰山区", "2013 年", "195,000"),
            ("泰山区", "2014 年", "200,000"),
            ("泰山区", "2015 年", fourth.as_str()),
            ("岱岳区", "2012 年", "120,200"),
            ("岱岳区", "2013 年", "130,000"),
        ] {
            expect_cell(page, grid, row, column, words).await;
        }
        page.control('z').await;
        expect_cell(page, grid, "泰山区", "2012 年", "3,943").await;
        expect_cell(page, grid, "岱岳区", "2012 年", "5,060").await;
        let undo = page.find("button", "撤销").await;
        assert!(!undo.is_enabled().await.unwrap(), "one step took all of it back");
    });
}

#[test]
fn a_block_with_words_the_grid_does_not_know_places_nothing_and_opens_the_preview() {
    journey(async |page| {
        page.follow("数据").await;
        go_to(page, GRID, "泰山区", "在园幼儿").await;
        // Short names are matched, from the selected column on.
        paste(page, include_str!("../../sheets/tests/files/cases/paste/short-names.tsv")).await;
        page.expect_text("已填 3 格").await;
        expect_cell(page, GRID, "新泰市", "在园幼儿", "30,000").await;
        page.control('z').await;
        expect_cell(page, GRID, "新泰市", "在园幼儿", "31,627").await;
        go_to(page, GRID, "泰山区", "在园幼儿").await;
        paste(page, include_str!("../../sheets/tests/files/cases/paste/two-row-head.tsv")).await;
        page.expect_text("没有粘贴任何数：这张表里没有「学前 学校数」").await;
        page.find("dialog", "核对「粘贴的表格」").await;
        expect_cell(page, GRID, "泰山区", "在园幼儿", "18,267").await;
    });
}

#[test]
fn a_computed_cell_says_why_it_takes_no_number_and_offers_to_be_counted() {
    journey(async |page| {
        page.follow("数据").await;
        let column = "普惠性幼儿园在园幼儿";
        let other = text(page, GRID, "岱岳区", column).await;
        let before = text(page, GRID, "泰山区", column).await;
        go_to(page, GRID, "泰山区", column).await;
        page.key("12345").await;
        page.key(Key::Enter).await;
        page.expect_text("「普惠性幼儿园在园幼儿」是按占「在园幼儿」的比例推算的，不能直接填")
            .await;
        expect_cell(page, GRID, "泰山区", column, &before).await;
        page.press("改为实有人数，填入 1 格").await;
        expect_cell(page, GRID, "泰山区", column, "12,345").await;
        expect_cell(page, GRID, "岱岳区", column, &other).await;
        page.control('z').await;
        expect_cell(page, GRID, "泰山区", column, &before).await;
        let undo = page.find("button", "撤销").await;
        assert!(!undo.is_enabled().await.unwrap(), "one step took all of it back");
    });
}
