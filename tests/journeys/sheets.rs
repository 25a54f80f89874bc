//! Plans go out as spreadsheets with the engine's figures, and tables come in; the program that
//! does it is only loaded then, and where it cannot be, the page says so.

use std::{fs, path::PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use shapan_engine::{Headcount, Lang, Plan, ScenarioId};
use shapan_sheets::book::Content;
use shapan_sheets::csv::csv;
use shapan_sheets::request::{CsvTable, MoneyUnit};
use shapan_sheets::workbook::{Wanted, workbook};

use crate::expected::sample;
use shapan_journeys::{Page, journey};

const DOOR: &str = "导入 / 导出";
const BOOK: &str = "导出 Excel 资金测算表";
const RESULTS: &str = "导出结果 CSV";
const PEOPLE: &str = "导出人数 CSV";

async fn export(page: &Page<'_>, button: &str) -> PathBuf {
    page.download(async || page.press(button).await).await
}

/// What the page has loaded of the program for spreadsheets.
async fn loaded(page: &Page<'_>) -> Vec<String> {
    let script = "return performance.getEntriesByType('resource').map(e => e.name)";
    let all: Vec<String> = page.run(script, &[]).await;
    all.into_iter().filter(|name| name.contains("sheets") && !name.contains(".css")).collect()
}

/// The scenario looked at and the one beside it, as the page names them.
async fn looked_at(page: &Page<'_>, plan: &Plan) -> [ScenarioId; 2] {
    let script = "
        const chosen = label => [...document.querySelectorAll('label.choice')]
            .find(l => l.querySelector('span').textContent === label).querySelector('select').value;
        return ['情景', '对比'].map(chosen)";
    let ids: Vec<String> = page.run(script, &[]).await;
    let found = |id: &String| plan.scenarios.iter().find(|s| s.id.as_str() == id).unwrap();
    [found(&ids[0]).id.clone(), found(&ids[1]).id.clone()]
}

#[test]
fn a_workbook_carries_the_engines_figures_and_its_program_is_loaded_only_for_it() {
    journey(async |page| {
        page.press(DOOR).await;
        page.find("button", BOOK).await;
        assert_eq!(loaded(page).await, Vec::<String>::new(), "nothing before it is used");
        let plan = sample();
        let [scenario, base] = looked_at(page, &plan).await;

        let file = export(page, BOOK).await;
        page.expect_text("已导出「").await;
        let wanted = Wanted {
            scenario: &scenario,
            base: &base,
            lang: Lang::ZhHans,
            unit: MoneyUnit::Wan,
            saved_at: "",
        };
        let known = workbook(&plan, &wanted).unwrap().book;
        let mut book: Xlsx<_> = open_workbook(&file).unwrap();
        let names: Vec<&str> = known.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(book.sheet_names(), names);
        let mut compared = 0;
        for sheet in &known.sheets {
            let range = book.worksheet_range(&sheet.name).unwrap();
            let formulas = book.worksheet_formula(&sheet.name).unwrap();
            for cell in &sheet.cells {
                let Content::Formula(formula, Some(value)) = &cell.content else { continue };
                let at = (cell.row, u32::from(cell.col));
                assert_eq!(formulas.get_value(at), Some(formula), "{} {at:?}", sheet.name);
                let wanted: f64 = value.text().parse().unwrap();
                assert_eq!(
                    range.get_value(at),
                    Some(&Data::Float(wanted)),
                    "{} {at:?}",
                    sheet.name
                );
                compared += 1;
            }
        }
        assert!(compared > 1_000, "{compared}");

        for (button, table) in [(RESULTS, CsvTable::Payments), (PEOPLE, CsvTable::People)] {
            let file = export(page, button).await;
            let wanted = csv(&plan, table, &scenario, Lang::ZhHans).unwrap();
            assert!(fs::read(file).unwrap() == wanted, "{button}");
        }
    });
}

/// The sample with other counts of primary pupils in the autumn of 2011.
fn counted(counts: &[(&str, i64)]) -> Plan {
    let edited = sample().edit(|parts| {
        let found = parts.populations.iter_mut().find(|p| p.id.as_str() == "primary-pupils");
        let Headcount::Counted { censuses, .. } = &mut found.unwrap().headcount else {
            panic!("counted")
        };
        let census = censuses.iter_mut().find(|c| c.year.get() == 2011).unwrap();
        for (region, count) in counts {
            census.heads.insert(region.parse().unwrap(), *count);
        }
    });
    edited.unwrap()
}

/// A table of ours without the line that says what it is: that has the fingerprint of the plan,
/// in which it now also stands where the numbers are from.
fn table_of(csv: &[u8]) -> String {
    let text = String::from_utf8(csv.to_vec()).unwrap();
    let (table, mark) = text.split_once("\r\n\r\n").unwrap();
    assert!(mark.contains("shapan-people 1"), "{mark}");
    table.to_owned()
}

async fn people(page: &Page<'_>) -> Vec<u8> {
    page.press(DOOR).await;
    let file = export(page, PEOPLE).await;
    page.press("关闭").await;
    fs::read(file).unwrap()
}

#[test]
fn a_table_with_a_faulty_cell_is_mended_and_comes_in_as_one_step() {
    journey(async |page| {
        let plan = sample();
        let [scenario, _] = looked_at(page, &plan).await;
        page.follow("数据").await;
        page.press("从表格导入…").await;
        let table =
            "区县,小学在校生（人）\n泰山区,\"12,000\"\n岱岳区,一万多\n新泰市,13000\n合计,35000\n";
        page.choose_file_with("人数.csv", table).await;
        page.find("heading", "核对「人数.csv」").await;
        page.press("按 2011 年").await;
        page.press("用表里的数替换").await;
        page.expect_text("导入 2 个数").await;
        // The faulty cell is told with its reason, and mended where it is told.
        page.press("不导入的 2").await;
        page.expect_text("第 3 行「小学在校生（人）」列：应为数字").await;
        page.type_into("textbox", "第 3 行「小学在校生（人）」列改为", "1.1万").await;
        page.press("导入 3 个数").await;
        page.expect_text("已导入 3 个数").await;
        page.press("完成").await;
        let counts = [("taishan", 12_000), ("daiyue", 11_000), ("xintai", 13_000)];
        let of = |plan: &Plan| csv(plan, CsvTable::People, &scenario, Lang::ZhHans).unwrap();
        assert_eq!(table_of(&people(page).await), table_of(&of(&counted(&counts))));
        page.press("撤销").await;
        assert!(people(page).await == of(&plan), "one step brought it, one takes it back");
    });
}

#[test]
fn where_the_program_for_spreadsheets_cannot_be_loaded_the_page_says_so_and_goes_on() {
    journey(async |page| {
        // The policy lets no worker start from anywhere but the page's own folder.
        let hide = "window.kept = Worker;
            window.Worker = function () {
                return new kept(URL.createObjectURL(new Blob(['gone'])));
            };
            return null";
        page.expect_in_log("blob:");
        let () = page.run(hide, &[]).await;
        page.press(DOOR).await;
        page.press(BOOK).await;
        page.expect_alert("处理电子表格的程序没能载入").await;
        let () = page.run("window.Worker = window.kept; return null", &[]).await;
        export(page, BOOK).await;
        page.expect_text("已导出「").await;
    });
}
