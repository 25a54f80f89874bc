//! Checks, targets and tasks, funding: every figure as the engine has it.

use shapan_engine::{Cut, Fen, Goal, Lang, Term, Unit, Verdict};

use crate::expected::{Expected, first_look, sample};
use shapan_journeys::{Page, Rows, eventually, journey};

/// Waits until the rows under a heading that begin with certain words hold these amounts first.
async fn expect_row(page: &Page<'_>, heading: &str, name: &str, fen: &[i64]) {
    eventually(&format!("“{name}” under “{heading}”"), async || {
        let rows: Rows = page.card(heading).await.rows().await;
        let found = rows.iter().find(|(row, _)| row.starts_with(name));
        match found {
            Some((_, seen)) if seen.starts_with(fen) => Ok(()),
            other => Err(format!("{other:?}, not {fen:?}")),
        }
    })
    .await;
}

#[test]
fn every_rule_shows_the_engines_value_threshold_and_slack() {
    journey(async |page| {
        page.follow("校核").await;
        let expected = first_look();
        for result in expected.rules() {
            let name = expected.plan.rules[result.rule].name.get(expected.lang).to_owned();
            if !matches!(result.whole.verdict, Verdict::CannotTell(_)) {
                let f = &result.whole;
                let slack = f.slack.unwrap_or(Fen::ZERO).0;
                expect_row(page, "校核", &name, &[f.value, f.threshold, slack]).await;
            }
        }
        // What the law asks of the two surcharges, and of the whole.
        expect_row(page, "校核", "城市教育费附加", &[8_550_000_000, 8_550_000_000, 0]).await;
        expect_row(page, "校核", "地方教育附加", &[3_000_000_000, 3_000_000_000, 0]).await;
        expect_row(page, "校核", "县级财政", &[298_703_292_500, 290_000_000_000, -8_703_292_500])
            .await;
        page.expect_text("占比 19.58%，应达 20.00%").await;
        page.expect_text("总支出不变，教育需增 9,700.00 万元").await;
        page.expect_text("总支出随增，需增 12,125.00 万元").await;
        page.expect_text("缺少上年数").await;
        page.expect_text("3 项通过，2 项不通过，2 项无法判断").await;

        page.choose("单位", "元").await;
        page.expect_text("85,500,000.00").await;
        page.expect_text("30,000,000.00").await;
    });
}

#[test]
fn where_a_rule_fails_it_says_in_which_regions_and_which_measure_turned_it() {
    journey(async |page| {
        page.click("link", "2012 年校核").await;
        page.expect_text("由「城市教育费附加用于中职不低于 30%」转为通过").await;
        page.choose("情景", "现状").await;
        let expected = Expected::of(sample(), "status-quo", "status-quo");
        let failing = expected.rules()[0].failing_regions().count();
        assert!(failing > 0);
        let summary = format!("{failing} 个地区不通过");
        page.expect_text(&summary).await;
        let region = expected.rules()[0].regions[0].clone();
        let name = expected.plan.regions[region.region.unwrap()].name.get(expected.lang);
        expect_row(page, "校核", name, &[region.value, region.threshold]).await;
    });
}

#[test]
fn indicators_show_their_value_of_each_year_and_what_is_left() {
    journey(async |page| {
        page.follow("目标与任务").await;
        let expected = first_look();
        let shown = page.card("指标与目标").await.text().await;
        for place in 0..expected.plan.indicators.len() {
            for (n, year) in expected.plan.years().enumerate() {
                let reading = expected.reading(place, n);
                let unit = expected.plan.indicators[place].unit();
                if let (Some(value), Unit::Rate) = (reading.value, unit) {
                    let hundredths = (value + 50) / 100;
                    let percent = format!("{}.{:02}%", hundredths / 100, hundredths % 100);
                    assert!(shown.contains(&percent), "{year}: {percent} in {shown}");
                }
            }
            let Some(Goal { is_met, left, .. }) = expected.reading(place, 0).target else {
                continue;
            };
            let words = if is_met { "已达到".to_owned() } else { format!("还差 {left}") };
            assert!(shown.contains(&words), "{words} in {shown}");
        }
        assert!(shown.contains("56.82%") && shown.contains("还差 8"), "{shown}");
    });
}

#[test]
fn tasks_roll_up_what_their_programmes_cost() {
    journey(async |page| {
        page.follow("目标与任务").await;
        let expected = first_look();
        let cut = Cut::ALL.in_year(0);
        let rows: Rows = expected
            .tasks()
            .iter()
            .filter(|report| !report.programmes.is_empty())
            .map(|report| {
                let title = expected.plan.tasks[report.task].title.get(expected.lang);
                let cost = report.cost(expected.scenario(), cut).0;
                (title.to_owned(), vec![cost, report.change(expected.difference(), cut).0])
            })
            .collect();
        assert!(rows.len() > 5, "{rows:?}");
        for (title, fen) in rows {
            expect_row(page, "任务", &title, &fen).await;
        }
    });
}

#[test]
fn funding_shows_what_each_source_has_and_lacks_and_which_measures_make_the_gap() {
    journey(async |page| {
        page.follow("资金").await;
        let expected = first_look();
        for (place, source) in expected.plan.sources.iter().enumerate() {
            let name = source.name.get(expected.lang);
            let demand = expected.spent(Cut::ALL.in_year(0).from_source(place));
            let fen = match expected.scenario().funding(place) {
                None => vec![demand],
                Some(years) => {
                    let f = years[0];
                    let carried = source.carry_over.then_some(f.carried.0);
                    let rest = [demand, f.gap.0, f.surplus.0];
                    [f.available.0].into_iter().chain(carried).chain(rest).collect()
                }
            };
            expect_row(page, "各资金来源", name, &fen).await;
        }
        expect_row(
            page,
            "各资金来源",
            "县级财政",
            &[290_000_000_000, 298_703_292_500, 8_703_292_500, 0],
        )
        .await;

        let makers = page.card("哪些措施造成缺口").await.rows().await;
        let (after, before) = (makers.last().unwrap(), makers.first().unwrap());
        assert_eq!(after.1, [8_703_292_500]);
        let made: i64 = makers[1..makers.len() - 1].iter().map(|(_, fen)| fen[0]).sum();
        assert_eq!(before.1[0] + made, after.1[0], "{makers:?}");
    });
}

#[test]
fn a_clause_is_made_from_nothing_reported_on_and_removed_again() {
    journey(async |page| {
        page.follow("目标与任务").await;
        page.press("＋ 新增任务").await;
        page.find("dialog", "编辑任务").await;
        page.type_into("textbox", "任务", "改造十所农村学校食堂").await;
        page.type_into("textbox", "条款", "13").await;
        page.type_into("combobox", "责任部门", "后勤科").await;
        let day = page.find("Date", "期限").await;
        let set = "arguments[0].value = '2012-10-31';
            arguments[0].dispatchEvent(new Event('change', { bubbles: true }))";
        let _: Option<()> = page.run(set, &[day.to_json().unwrap()]).await;
        page.press("保存").await;
        page.expect_text("改造十所农村学校食堂").await;
        page.expect_text("2012-10-31").await;
        page.expect_text("后勤科").await;

        // The day is long over, but nobody has said how far it has got: that is not "late".
        let row = "return [...document.querySelectorAll('.tasks tbody tr')]
            .find(tr => tr.innerText.includes('农村学校食堂')).innerText";
        assert!(page.run::<String>(row, &[]).await.contains("到期未报进度"));
        page.type_into("textbox", "改造十所农村学校食堂 · 进度 (%)", "40").await;
        eventually("late", async || {
            let row: String = page.run(row, &[]).await;
            if row.contains("已逾期") { Ok(()) } else { Err(row) }
        })
        .await;
        page.type_into("textbox", "改造十所农村学校食堂 · 进度 (%)", "100").await;
        eventually("done", async || {
            let row: String = page.run(row, &[]).await;
            if row.contains("已完成") { Ok(()) } else { Err(row) }
        })
        .await;

        // In time: a mark in its month.
        page.press("时间线").await;
        page.expect_text("2012-10-31 已完成").await;
        page.press("表格").await;
        page.choose("责任部门", "后勤科").await;
        assert_eq!(
            page.run::<usize>("return document.querySelectorAll('.tasks tbody tr').length", &[])
                .await,
            1
        );

        page.press("删除：改造十所农村学校食堂").await;
        page.expect_text("已删除「改造十所农村学校食堂」").await;
    });
}

#[test]
fn an_indicator_is_made_and_reached_by_works() {
    journey(async |page| {
        page.follow("目标与任务").await;
        page.press("＋ 新增指标").await;
        page.find("dialog", "编辑指标").await;
        page.type_into("textbox", "指标", "新改扩建公办园").await;
        page.type_into("textbox", "计量单位（如 所、平方米）", "处").await;
        page.choose("数从哪里来", "工程累计完工").await;
        let plan = sample();
        let works = plan.indicators.iter().flat_map(|i| &i.numerator).find_map(|term| match term {
            Term::Completed { programme, .. } => Some(programme.clone()),
            _ => None,
        });
        let works = works.unwrap();
        let programme = plan.programmes.iter().find(|p| p.id == works).unwrap();
        page.choose("哪一个", programme.name.get(Lang::ZhHans)).await;
        page.choose("目标", "不低于").await;
        // A target of nothing would be met by doing nothing.
        page.press("保存").await;
        page.expect_text("目标还没有数值").await;
        page.type_into("textbox", "目标 · 泰安市 · 2011 年秋季 处", "100").await;
        page.press("保存").await;

        let place = plan.programmes.iter().position(|p| p.id == works).unwrap();
        let expected = first_look();
        let done: i64 = (0..plan.regions.len())
            .map(|region| expected.scenario().quantity(place, region, 0))
            .sum();
        assert!(done >= 100);
        eventually("the new indicator", async || {
            let text = page.card("指标与目标").await.text().await;
            let row = text
                .split_once("新改扩建公办园")
                .map(|(_, row)| row.to_owned())
                .unwrap_or_default();
            let holds = row.contains(&done.to_string()) && row.contains("已达到");
            if holds { Ok(()) } else { Err(text) }
        })
        .await;
    });
}

#[test]
fn an_envelope_rule_is_made_and_fails_by_the_engines_gap() {
    journey(async |page| {
        page.follow("校核").await;
        page.press("＋ 新增规则").await;
        page.find("dialog", "编辑规则").await;
        page.type_into("textbox", "规则", "县里的钱够不够").await;
        page.choose("检查什么", "收支平衡：对资金来源的需求不超过可用财力").await;
        page.choose("资金来源", "县级财政").await;
        page.press("保存").await;
        let expected = first_look();
        let county =
            expected.plan.sources.iter().position(|s| s.name.get(Lang::ZhHans) == "县级财政");
        let funding = expected.scenario().funding(county.unwrap()).unwrap()[0];
        let there = funding.available + funding.carried;
        let fen = [funding.demand.0, there.0, -funding.gap.0];
        expect_row(page, "校核", "县里的钱够不够", &fen).await;
        // Under every scenario: the status quo has room, the plan has not.
        let rows: Rows = page.card("各情景对照").await.rows().await;
        let row = rows.iter().find(|(name, _)| name == "县里的钱够不够").unwrap();
        assert!(row.1[0] > 0 && row.1[1] == -funding.gap.0, "{row:?}");
        // The list beside the lever says the same.
        page.follow("推演").await;
        page.expect_text("新增不通过").await;
    });
}

#[test]
fn a_value_without_a_result_is_refused_beside_its_field_and_the_last_result_stays() {
    journey(async |page| {
        page.follow("推演").await;
        page.press("城市教育费附加用于中职不低于 30% 比例 设为 30% · 自 2012 年春季 · 全部地区")
            .await;
        let before = page.headline().await;
        page.type_into("textbox", "设为（%）", "150").await;
        page.expect_alert("须在 0 到 100 之间").await;
        page.expect_headline(&before).await;
        page.type_into("textbox", "设为（%）", "30").await;
        eventually("no alert", async || {
            let alerts = page.alerts().await;
            if alerts.is_empty() { Ok(()) } else { Err(format!("{alerts:?}")) }
        })
        .await;
    });
}
