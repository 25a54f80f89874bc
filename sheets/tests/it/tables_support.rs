//! Sheets for tests, out of text.
use shapan_sheets::import::sheet::{Cell, Merged, Sheet};

/// A sheet out of lines with bars between cells; numbers are numbers.
pub fn sheet(text: &str) -> Sheet {
    let cell = |words: &str| {
        let words = words.trim();
        let is_number = words.parse::<f64>().is_ok() && !words.contains(['e', 'E', 'n', 'N']);
        match words {
            "" => Cell::Empty,
            words if is_number => Cell::Number(words.to_owned()),
            words => Cell::Text(words.to_owned()),
        }
    };
    let cells = text.trim_matches('\n').lines().map(|line| line.split('|').map(cell).collect());
    Sheet { cells: cells.collect(), ..Sheet::default() }
}

pub fn merge(mut sheet: Sheet, rows: (usize, usize), columns: (usize, usize)) -> Sheet {
    sheet.merged.push(Merged { rows, columns });
    sheet
}

const REGIONS: [&str; 7] = ["泰山区", "岱岳区", "新泰市", "肥城市", "宁阳县", "东平县", "市直"];
const PRIMARY: [i64; 7] = [41_000, 52_000, 72_000, 48_000, 43_000, 39_000, 6_000];

pub fn rows(f: impl Fn(usize, &str, i64) -> String) -> String {
    (0..7).map(|n| f(n, REGIONS[n], PRIMARY[n]) + "\n").collect()
}

pub fn cases() -> Vec<(&'static str, Sheet)> {
    let plain = |n: usize, name: &str, heads: i64| {
        let _ = n;
        format!("{name}|{heads}")
    };
    vec![
        (
            "title-row-as-head",
            merge(
                sheet(
                    "高等学校名单（按序号排列）\n序号|校名|所在地\n1|甲大学|东市\n2|乙学院|西市\n3|丙学院|东市",
                ),
                (0, 0),
                (0, 2),
            ),
        ),
        ("two-row-header", {
            let s = format!(
                "2011—2012学年初各县市区基础教育情况||||||\n地区|小学|||初中||\n|学校数|在校生数|专任教师|学校数|在校生数|专任教师\n{}合计|600|301000|17700|334|150500|10000",
                rows(|_, r, h| format!("{r}|82|{h}|2411|45|{}|1366", h / 2))
            );
            let s = merge(sheet(&s), (0, 0), (0, 6));
            let s = merge(s, (1, 2), (0, 0));
            merge(merge(s, (1, 1), (1, 3)), (1, 1), (4, 6))
        }),
        ("merged-down", {
            let mut s = sheet(&format!(
                "地区|学年|小学在校生\n{}",
                rows(|_, r, h| format!("{r}|2011|{h}\n|2012|{}", h + 100))
            ));
            for n in 0..7 {
                s = merge(s, (1 + 2 * n, 2 + 2 * n), (0, 0));
            }
            s
        }),
        (
            "years-as-columns",
            sheet(&format!(
                "地区|2010年小学在校生|2011年小学在校生|2012年小学在校生\n{}",
                rows(|_, r, h| format!("{r}|{}|{h}|{}", h - 1000, h + 1000))
            )),
        ),
        (
            "school-by-school",
            sheet(&format!(
                "序号|学校名称|地区|学段|小学在校生\n{}",
                rows(|n, r, h| format!(
                    "{}|{r}第1小学|{r}|小学|{}\n{}|{r}第2小学|{r}|小学|{}",
                    2 * n + 1,
                    h / 2,
                    2 * n + 2,
                    h / 2
                ))
            )),
        ),
        (
            "budget-by-function",
            sheet(
                "科目编码|科目名称|预算数（万元）\n205|教育支出|3025.29\n20502|普通教育|2000.1\n2050202|小学教育|1200.1\n2050203|初中教育|800\n20503|职业教育|1025.19\n|合计|3025.29",
            ),
        ),
        ("rates-only", sheet("地区|高中阶段毛入学率|巩固率\n泰山区|98.5%|99%\n岱岳区|97.1%|98%")),
        (
            "note-rows",
            merge(
                sheet(&format!(
                    "2011年各县市区在校生情况表|\n地区|小学在校生\n{}\n注：1.本表数据取自教育事业统计报表；2.不含成人学校。|\n填表人：某某　　审核人：某某　　填报日期：2012年3月1日\n数据来源：市教育局",
                    rows(plain)
                )),
                (0, 0),
                (0, 1),
            ),
        ),
        (
            "rollup-rows",
            sheet(
                "地区|小学在校生|初中在校生\n泰安市|301000|150000\n泰山区|41000|20000\n岱岳区|52000|26000\n城区小计|93000|46000\n新泰市|72000|36000\n肥城市|48000|24000\n宁阳县|43000|22000\n东平县|39000|19000\n县（市）小计|202000|101000\n市直|6000|3000\n其中：民办|8000|4000\n全市合计|301000|150000\n区县平均|43000|21429",
            ),
        ),
        (
            "names-of-regions",
            sheet(
                "区县|小学在校生\n泰山|41000\n泰安市岱岳区|52000\n新泰|72000\n肥城市（含高新区）|48000\n370921宁阳县|43000\n  东平县|39000\n市直学校|6000",
            ),
        ),
        (
            "not-pupils",
            sheet(&format!(
                "地区|小学学校数（所）|小学班数（个）|小学专任教师数|小学校舍面积（平方米）|小学在校生\n{}",
                rows(|_, r, h| format!("{r}|82|1025|2411|287000|{h}"))
            )),
        ),
        (
            "two-columns",
            sheet(&format!(
                "地区|小学在校生数|小学在校生数其中：女|小学在校生数其中：寄宿\n{}",
                rows(|_, r, h| format!("{r}|{h}|{}|{}", h / 2, h / 10))
            )),
        ),
        (
            "unit-apart",
            sheet(
                "各县市区小学在校生（万人）\n地区|小学在校生\n泰山区|4.1\n岱岳区|5.2\n新泰市|7.2\n肥城市|4.8\n宁阳县|4.3\n东平县|3.9\n市直|0.6",
            ),
        ),
        (
            "float-noise",
            sheet(
                "地区|小学在校生\n泰山区|41000.00000000001\n岱岳区|51999.99999999901\n新泰市|72000\n肥城市|48000\n宁阳县|4,3000\n东平县|39000.4\n市直|6千",
            ),
        ),
        (
            "marks",
            sheet(
                "地区|小学在校生\n泰山区|41,000*\n岱岳区|52000（6）\n新泰市|约72000\n肥城市|48 000\n宁阳县|4.3万余\n东平县|39000（含民办1200）\n市直|—",
            ),
        ),
        (
            "csv two row",
            sheet(
                "地区|学前||小学|\n|学校数|在园幼儿|学校数|在校生\n泰山区|50|20000|30|50000\n岱岳区|60|21000|31|51000",
            ),
        ),
        (
            "long",
            sheet(&format!(
                "2011年泰安市教育情况\n地区|年份|指标|数值\n{}",
                rows(|_, r, h| format!(
                    "{r}|2011|小学在校生数|{h}\n{r}|2011|小学学校数|82\n{r}|2012|小学在校生数|{}\n{r}|2012|初中在校学生|500",
                    h + 1
                ))
            )),
        ),
        (
            "title says it",
            sheet(&format!(
                "泰安市各县市区小学在校生情况\n单位：人\n地区|2010年|2011年|2012年\n{}",
                rows(|_, r, h| format!("{r}|{}|{h}|{}", h - 1000, h + 1000))
            )),
        ),
        (
            "stage only",
            sheet(&format!(
                "2012年秋季在校生统计\n区县|小学（人）|初中（万人）|备注\n{}",
                rows(|_, r, h| format!("{r}|{h}|0.5|"))
            )),
        ),
        (
            "money",
            sheet(&format!(
                "单位：万元\n地区|2012年城市教育费附加|2013年城市教育费附加|教职工人员经费\n{}",
                rows(|_, r, h| format!("{r}|{h}|{}|5", h + 1))
            )),
        ),
        (
            "private",
            sheet(&format!("2011年泰安市民办学校情况\n地区|小学在校生数\n{}", rows(plain))),
        ),
    ]
}
