//! Tables of others come in right, or the page asks: files and blocks as people have them, through
//! the one door, and our own workbook after LibreOffice has had it.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::json;
use shapan_engine::{Lang, ScenarioId};
use shapan_sheets::book::Content;
use shapan_sheets::csv::csv;
use shapan_sheets::request::{CsvTable, MoneyUnit};
use shapan_sheets::workbook::{InputOf, Wanted, workbook};
use thirtyfour::Key;

use crate::{expected::sample, office};
use shapan_journeys::{Page, eventually, journey};

const DOOR: &str = "导入 / 导出";
const REPLACE: &str = "用表里的数替换";
const AUTUMN: &str = "按 2011 年";

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../sheets/tests/files/cases").join(name)
}

/// Offers a file at the door.
async fn offer(page: &Page<'_>, file: &Path) {
    page.press(DOOR).await;
    page.choose_file(file).await;
    let name = file.file_name().unwrap().to_string_lossy();
    page.find("heading", &format!("核对「{name}」")).await;
    settled(page).await;
}

/// Waits until what is shown is what was last chosen.
async fn settled(page: &Page<'_>) {
    let script = "const part = document.querySelector('dialog[open] [aria-busy]');
        return !!part && part.getAttribute('aria-busy') === 'false'
            && document.querySelectorAll('dialog[open] table, dialog[open] p').length > 0";
    eventually("the table is read", async || {
        if page.run::<bool>(script, &[]).await { Ok(()) } else { Err(page.text().await) }
    })
    .await;
}

/// Answers whatever is asked with one of these, until nothing is.
async fn answer(page: &Page<'_>, answers: &[&str]) {
    let asked = "return [...document.querySelectorAll('dialog[open] [role=group] li button')]
        .map(b => b.textContent.trim())";
    for _ in 0..12 {
        let offered: Vec<String> = page.run(asked, &[]).await;
        if offered.is_empty() {
            return;
        }
        let wanted = answers.iter().find(|answer| offered.iter().any(|o| o == *answer));
        let wanted = wanted.unwrap_or_else(|| panic!("no answer among {offered:?}"));
        page.press(wanted).await;
        settled(page).await;
    }
    panic!("it does not stop asking");
}

/// The totals before and after: what, when, after.
async fn totals(page: &Page<'_>) -> Vec<[String; 3]> {
    let script = "return [...document.querySelectorAll(
        'dialog[open] [role=region][aria-label=导入前后合计] tbody tr')]
        .map(r => [0, 1, 3].map(n => r.cells[n].textContent.trim()))";
    page.run(script, &[]).await
}

async fn expect_totals(page: &Page<'_>, wanted: &[[&str; 3]]) {
    eventually(&format!("{wanted:?}"), async || {
        let seen = totals(page).await;
        if seen == wanted { Ok(()) } else { Err(format!("{seen:?}")) }
    })
    .await;
}

/// Leaves the preview, whatever was chosen in it.
async fn throw_away(page: &Page<'_>) {
    page.press("关闭").await;
    page.press("放弃这些选择").await;
    eventually("the preview is gone", async || {
        let open: usize =
            page.run("return document.querySelectorAll('dialog[open]').length", &[]).await;
        if open == 0 { Ok(()) } else { Err(format!("{open} dialogs")) }
    })
    .await;
}

async fn people(page: &Page<'_>) -> Vec<u8> {
    page.press(DOOR).await;
    let file = page.download(async || page.press("导出人数 CSV").await).await;
    page.press("关闭").await;
    std::fs::read(file).unwrap()
}

#[test]
fn tables_as_people_have_them_come_to_the_right_totals() {
    journey(async |page| {
        let add_up = "按地区加总";
        let (primary, junior) = ("小学在校生", "初中在校生");
        let in_2011 = |name, after| [name, "2011 年秋季", after];
        // Sum rows became regions, and the city was counted four times.
        offer(page, &case("rollup-rows/rollup.xlsx")).await;
        answer(page, &[AUTUMN, "是合计，不导入", REPLACE]).await;
        expect_totals(page, &[in_2011(primary, "301,000"), in_2011(junior, "150,000")]).await;
        throw_away(page).await;

        // Short and full names became twins of the plan's regions.
        offer(page, &case("names-of-regions/short-and-full.xlsx")).await;
        answer(page, &[AUTUMN, "是「市直」", REPLACE]).await;
        expect_totals(page, &[in_2011(primary, "301,000")]).await;
        throw_away(page).await;

        // The first school of each region was taken for the region.
        offer(page, &case("school-by-school/schools.xlsx")).await;
        page.expect_text("各行像是学校：7 个地区共有 21 行").await;
        answer(page, &[add_up, AUTUMN, REPLACE]).await;
        expect_totals(page, &[in_2011(primary, "300,996")]).await;
        throw_away(page).await;

        // Three years went into one.
        offer(page, &case("years-as-columns/years.xlsx")).await;
        answer(page, &[REPLACE]).await;
        let years = [
            [primary, "2010 年秋季", "294,000"],
            in_2011(primary, "301,000"),
            [primary, "2012 年秋季", "308,000"],
        ];
        expect_totals(page, &years).await;
        throw_away(page).await;

        // Numbers of schools became pupils. One step brings it, one takes it back.
        let plan = sample();
        let before = people(page).await;
        offer(page, &case("two-row-header/merged.xlsx")).await;
        answer(page, &[AUTUMN, REPLACE]).await;
        expect_totals(page, &[in_2011(primary, "301,000"), in_2011(junior, "150,500")]).await;
        page.press("导入 14 个数").await;
        page.expect_text("已导入 14 个数").await;
        page.press("完成").await;
        assert!(people(page).await != before, "{}", plan.title.get(Lang::ZhHans));
        page.press("撤销").await;
        assert!(people(page).await == before, "one step brought it, one takes it back");
    });
}

#[test]
fn our_own_table_changes_nothing_when_it_comes_back() {
    journey(async |page| {
        let own = case("own-export/people-exported-by-the-sample.csv");
        page.press(DOOR).await;
        page.choose_file(&own).await;
        page.expect_text("这是沙盘导出的人数表").await;
        page.expect_text("没有要导入的").await;
        page.press("关闭").await;
        page.press(DOOR).await;
        let file = page.download(async || page.press("导出人数 CSV").await).await;
        page.choose_file(&file).await;
        page.expect_text("与导出时一样，没有要导入的").await;
        page.press("关闭").await;
    });
}

#[test]
fn thousands_of_new_regions_are_shown_at_once_and_drawn_as_they_scroll_into_view() {
    journey(async |page| {
        let started = Instant::now();
        offer(page, &case("many-new-regions/2850-new-regions.csv")).await;
        page.expect_text("全部行 2,850").await;
        // Recorded, not asserted: the machine may be busy.
        eprintln!("2,850 new regions were previewed after {:?}", started.elapsed());
        let scroll = "const box = [...document.querySelectorAll('dialog[open] [role=region]')]
                .find(e => e.getAttribute('aria-label').startsWith('全部行'));
            box.scrollTop = box.scrollHeight;
            return document.querySelectorAll('dialog[open] tbody tr').length";
        let drawn: usize = page.run(scroll, &[]).await;
        assert!(drawn < 200, "{drawn} rows are drawn");
        page.find("checkbox", "导入第 2851 行「第02849号学区」").await;
        page.key(Key::Escape).await;
    });
}

/// Drops a file on the page, from its bytes.
async fn drop_file(page: &Page<'_>, name: &str, bytes: &[u8]) {
    let script = "
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(arguments[1])], arguments[0]));
        const event = kind => new DragEvent(kind,
            { dataTransfer: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event('dragover'));
        return new Promise(done => setTimeout(() => {
            const veil = document.body.innerText.includes('松开即导入');
            document.body.dispatchEvent(event('drop'));
            done(veil);
        }, 200));";
    let veil: bool = page.run(script, &[json!(name), json!(bytes)]).await;
    assert!(veil, "the page says that a file can be dropped");
}

#[test]
fn any_file_can_be_dropped_on_the_page_and_what_it_is_tells_its_content() {
    journey(async |page| {
        let stamp =
            shapan_engine::files::Stamp { app: "journey".into(), saved_at: "2012-06-01".into() };
        let plan = shapan_engine::files::write_plan(&sample(), &stamp);
        // Its name says nothing of it.
        drop_file(page, "计划.txt", plan.as_bytes()).await;
        page.expect_text("计划「泰安市 2012 年教育工作计划」，2012–2016 年").await;
        page.press("关闭").await;
        let table = std::fs::read(case("two-row-header/merged.xlsx")).unwrap();
        drop_file(page, "表.dat", &table).await;
        page.find("heading", "核对「表.dat」").await;
        page.expect_text("Excel 工作簿").await;
        settled(page).await;
        page.press("关闭").await;
    });
}

#[test]
fn nothing_that_was_chosen_is_lost_by_escape() {
    journey(async |page| {
        // Nothing was chosen: the table goes out of sight and can be gone on with.
        offer(page, &case("rollup-rows/rollup.xlsx")).await;
        page.key(Key::Escape).await;
        page.press(DOOR).await;
        page.expect_text("「rollup.xlsx」还没有处理完。").await;
        page.press("继续核对").await;
        page.find("heading", "核对「rollup.xlsx」").await;
        settled(page).await;

        page.press(AUTUMN).await;
        settled(page).await;
        page.key(Key::Escape).await;
        page.find("alertdialog", "还没有导入").await;
        page.press("继续核对").await;
        page.expect_text(REPLACE).await;
        page.key(Key::Escape).await;
        page.find("alertdialog", "还没有导入").await;
        page.key(Key::Escape).await;
        // Pressed twice in a row, the key closes dialogs by force: still nothing is lost.
        page.expect_text(REPLACE).await;
        throw_away(page).await;
        page.press(DOOR).await;
        let text = page.text().await;
        assert!(!text.contains("还没有处理完"), "{text}");
    });
}

/// A table that was out of sight was thrown away by the next that came.
#[test]
fn what_is_in_work_waits_while_another_table_is_looked_at() {
    journey(async |page| {
        offer(page, &case("rollup-rows/rollup.xlsx")).await;
        page.key(Key::Escape).await;
        paste(page, "2011年秋季\t\n地区\t小学在校生\n泰山区\t41000\n").await;
        page.expect_text("之后还有 1 个文件").await;
        answer(page, &[REPLACE]).await;
        page.press("导入 1 个数").await;
        page.press("下一个文件").await;
        page.find("heading", "核对「rollup.xlsx」").await;
        settled(page).await;
    });
}

/// Puts a block of cells into the door's field, as a paste does.
async fn paste(page: &Page<'_>, block: &str) {
    page.press(DOOR).await;
    let field = page.find("textbox", "或在此粘贴一块表格（从 Excel、WPS 复制）").await;
    let script = "const field = arguments[0];
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));
        return null";
    let field = field.to_json().unwrap();
    page.driver().execute(script, vec![field, json!(block)]).await.unwrap();
    page.find("heading", "核对「粘贴的表格」").await;
    settled(page).await;
}

/// A table as yearbooks have it: number, title, unit, sums and notes around what is wanted.
fn yearbook(autumn: i64, counts: [&str; 2], sum: &str) -> String {
    format!(
        "附表1\t\t\n某市{autumn}年秋季各县区在校生情况\t\t\n\t\t单位：人\n县区\t小学学校数\t小学在校生数\n\
         甲县\t41\t{}\n乙区\t17\t{}\n合计\t58\t{sum}\n注：数据来源于教育事业统计报表。\t\t\n",
        counts[0], counts[1],
    )
}

#[test]
fn two_pasted_tables_make_a_new_plans_numbers() {
    journey(async |page| {
        let first: i64 = page.run("return new Date().getFullYear()", &[]).await;
        page.follow("新建我的计划").await;
        page.type_into("textbox", "市（或县、区）名称", "某市").await;
        page.type_into("textbox", "县市区名称", "甲县、乙区").await;
        page.flip("小学生均公用经费").await;
        page.press("建立计划").await;
        page.expect_text("新计划先填：").await;
        for (autumn, counts, sum) in
            [(first - 1, ["12,345", "6,789"], "19,134"), (first - 2, ["12,001", "6,899"], "18,900")]
        {
            paste(page, &yearbook(autumn, counts, sum)).await;
            answer(page, &[REPLACE]).await;
            expect_totals(page, &[["小学在校生", &format!("{autumn} 年秋季"), sum]]).await;
            page.press("导入 2 个数").await;
            page.expect_text("已导入 2 个数").await;
            page.press("完成").await;
        }
    });
}

#[test]
fn a_workbook_changed_in_libreoffice_offers_exactly_what_was_changed() {
    let Some(soffice) = office::find() else { return };
    journey(async |page| {
        let plan = sample();
        let id = |text: &str| -> ScenarioId {
            plan.scenarios.iter().find(|s| s.id.as_str() == text).unwrap().id.clone()
        };
        let root = plan.status_quo().unwrap().id.clone();
        let scenario = id(plan.scenarios[1].id.as_str());
        let wanted = Wanted {
            scenario: &scenario,
            base: &root,
            lang: Lang::ZhHans,
            unit: MoneyUnit::Wan,
            saved_at: "2012-06-01",
        };
        let mut made = workbook(&plan, &wanted).unwrap();
        let input = made.inputs.iter().find(
            |input| matches!(&input.of, InputOf::Census(id, _) if id.as_str() == "primary-pupils"),
        );
        let input = input.unwrap().clone();
        let sheet = made.book.sheets.iter_mut().find(|s| s.name == input.sheet).unwrap();
        let mut cells = sheet.cells.iter_mut();
        let cell = cells.find(|c| (c.row, c.col) == (input.row, input.col)).unwrap();
        let Content::Number(number) = &mut cell.content else { panic!("a number") };
        number.value = input.value + 123;
        let saved = office::saved_anew(&soffice, &[made.book.to_xlsx().unwrap()], "xlsx");

        page.press(DOOR).await;
        page.choose_file_with("改过.xlsx", &saved[0]).await;
        page.expect_text("这是沙盘导出的资金测算表").await;
        page.press("导入 1 个数").await;
        page.expect_text("已导入 1 个数").await;
        page.press("完成").await;
        let before = csv(&plan, CsvTable::People, &scenario, Lang::ZhHans).unwrap();
        assert!(people(page).await != before);
        page.press("撤销").await;
        assert!(people(page).await == before);
    });
}

#[test]
fn next_years_table_of_the_same_layout_is_read_as_was_chosen_until_it_is_forgotten() {
    const SAME: &str = "版式与以前导入过的相同，按当时的选择读。";
    let table = |autumn: i64, taishan: &str| {
        format!("{autumn} 年秋季\n街办名称,学生人次\n泰山区,{taishan}\n岱岳区,22000\n")
    };
    journey(async |page| {
        page.press(DOOR).await;
        page.choose_file_with("2011.csv", table(2011, "41000")).await;
        page.find("heading", "核对「2011.csv」").await;
        settled(page).await;
        assert!(!page.text().await.contains(SAME));
        // Nobody knows what a head like this means: the reader says it.
        page.choose("「学生人次」列的含义", "人数：小学在校生").await;
        settled(page).await;
        answer(page, &[REPLACE, "人"]).await;
        page.press("导入 2 个数").await;
        page.press("完成").await;

        page.press(DOOR).await;
        page.choose_file_with("2012.csv", table(2012, "42000")).await;
        page.find("heading", "核对「2012.csv」").await;
        page.expect_text(SAME).await;
        settled(page).await;
        answer(page, &[REPLACE]).await;
        expect_totals(page, &[["小学在校生", "2012 年秋季", "310,996"]]).await;
        page.press("忘掉，重新判断").await;
        settled(page).await;
        assert!(!page.text().await.contains(SAME));
        assert_eq!(totals(page).await, [[""; 3]; 0]);
        throw_away(page).await;
    });
}
