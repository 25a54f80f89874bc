//! Checks, targets and tasks, funding: every figure as the engine has it.

use shapan_engine::{Cut, Fen, Goal, Unit, Verdict};

use crate::{
    expected::{Expected, first_look, sample},
    support::{Page, Rows, eventually, journey},
};

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
        page.expect_rows("任务", &rows).await;
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
