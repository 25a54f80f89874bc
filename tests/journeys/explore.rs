//! The outcome turned about: every figure as the engine has it, the address that keeps a view,
//! the chart by keyboard, text for a spreadsheet, and where the money goes.

use std::fs;

use serde_json::json;
use shapan_engine::{Cut, Fen};
use thirtyfour::Key;

use crate::expected::{Expected, first_look};
use shapan_journeys::{Page, Rows, eventually, journey, place};

/// The amounts of regions by year, and their sums, as a table of both shows them.
fn regions_by_year(expected: &Expected, of: impl Fn(Cut) -> Fen) -> Rows {
    let years = 0..expected.plan.horizon.years();
    let row = |name: &str, cut: Cut| {
        let fen = years.clone().map(|y| of(cut.in_year(y)).0).chain([of(cut).0]);
        (name.to_owned(), fen.collect::<Vec<_>>())
    };
    let regions = expected.plan.regions.iter().enumerate();
    let regions =
        regions.map(|(r, region)| row(region.name.get(expected.lang), Cut::ALL.in_region(r)));
    let all = row("合计", Cut::ALL);
    regions.chain([all]).collect()
}

async fn expect_address(page: &Page<'_>, part: &str) {
    eventually(&format!("“{part}” in the address"), async || {
        let address: String = page.run("return location.hash", &[]).await;
        if address.contains(part) { Ok(()) } else { Err(address) }
    })
    .await;
}

#[test]
fn rows_columns_figures_and_filters_agree_with_the_engine_and_stay_in_the_address() {
    journey(async |page| {
        page.follow("分析").await;
        let expected = first_look();
        let table = "明细表 · 地区 × 年度";
        let whole = |cut| expected.scenario().total(cut);
        page.expect_rows(table, &regions_by_year(&expected, whole)).await;
        page.press("增减").await;
        let change = |cut| expected.difference().total(cut);
        page.expect_rows(table, &regions_by_year(&expected, change)).await;
        expect_address(page, "figure=change").await;

        page.click("DisclosureTriangleGrouped", "资金来源：全部").await;
        page.click("checkbox", "县级财政").await;
        let county = expected.plan.sources.iter().position(|s| s.id.as_str() == "county").unwrap();
        let of_county = |cut: Cut| expected.difference().total(cut.from_source(county));
        page.expect_rows(table, &regions_by_year(&expected, of_county)).await;
        page.key(Key::Escape).await;

        // The address alone brings it back.
        page.reload().await;
        page.expect_rows(table, &regions_by_year(&expected, of_county)).await;
        page.press("清除筛选").await;
        page.choose("列", "不分列").await;
        let sums = regions_by_year(&expected, change).into_iter();
        let sums: Rows = sums.map(|(name, fen)| (name, fen[fen.len() - 1..].to_vec())).collect();
        page.expect_rows("明细表 · 地区", &sums).await;
        page.press("地区").await;
        page.press("合计").await;
        let mut sorted = sums[..sums.len() - 1].to_vec();
        sorted.sort_by_key(|(_, fen)| std::cmp::Reverse(fen[0]));
        sorted.extend(sums.last().cloned());
        page.expect_rows("明细表 · 地区", &sorted).await;
    });
}

#[test]
fn a_table_opened_from_the_overview_is_walked_asked_and_copied() {
    journey(async |page| {
        page.follow("在「分析」中打开明细：逐年由谁出钱").await;
        page.find("heading", "明细表 · 年度 × 资金来源").await;
        let expected = first_look();
        let of =
            |y: usize, s: usize| expected.difference().total(Cut::ALL.in_year(y).from_source(s));
        let rows = page.card("明细表 · 年度 × 资金来源").await.rows().await;
        for (y, (_, fen)) in rows.iter().take(5).enumerate() {
            let sources = 0..expected.plan.sources.len();
            assert_eq!(fen[..6], sources.map(|s| of(y, s).0).collect::<Vec<_>>());
        }

        // By keyboard: the chart is one stop, arrows walk its years, each says exact figures.
        let walk = "document.querySelector('.explored .spot[tabindex=\"0\"]').focus(); return null";
        let () = page.run(walk, &[]).await;
        page.key(Key::Right).await;
        let label = "return document.activeElement.getAttribute('aria-label')";
        let label: String = page.run(label, &[]).await;
        assert!(label.starts_with("2013 · 万元：中央财政 1,164.61875；"), "{label}");
        assert!(label.ends_with("合计 24,104.0075"), "{label}");

        let catch =
            "navigator.clipboard.writeText = t => { window.caught = t; return Promise.resolve() };
            return null";
        let () = page.run(catch, &[]).await;
        page.press("复制表格（元）").await;
        page.expect_text("已复制").await;
        let text: String = page.run("return window.caught", &[]).await;
        let line = text.lines().nth(2).unwrap();
        assert!(line.starts_with("2013\t11646187.5\t") && line.ends_with("\t241040075"), "{text}");

        page.press("+36,384.29 依据：2012 · 县级财政").await;
        page.find("dialog", "依据").await;
    });
}

#[test]
fn flows_of_money_show_every_payment_of_the_year_once() {
    journey(async |page| {
        page.follow("资金").await;
        let card = page.card("资金流向").await;
        card.press("条款").await;
        page.click("DisclosureTriangle", "资金来源 × 去向").await;
        let expected = first_look();
        eventually("sums of all sources", async || {
            let rows = page.card("资金流向").await.rows().await;
            let rows: Vec<_> = rows.into_iter().filter(|(_, fen)| fen.len() > 1).collect();
            let Some((_, sums)) = rows.last() else { return Err("no rows".to_owned()) };
            let sources = 0..expected.plan.sources.len();
            let cut = Cut::ALL.in_year(0);
            let paid = sources.map(|s| expected.spent(cut.from_source(s)));
            let paid: Vec<i64> = paid.chain([expected.total()]).collect();
            if *sums == paid { Ok(()) } else { Err(format!("{sums:?}, not {paid:?}")) }
        })
        .await;
    });
}

#[test]
fn axe_finds_no_violation_in_what_is_explored_and_nothing_scrolls_sideways() {
    const AXE: &str = "
        const done = arguments[arguments.length - 1];
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
            .then(result => done(result.violations.flatMap(v => v.nodes.map(n =>
                `${v.id}: ${n.target.join(' ')} ${n.html} ${n.failureSummary}`))),
                error => done([`axe itself: ${error}`]))";
    journey(async |page| {
        let axe = fs::read_to_string(place("SHAPAN_AXE")).unwrap();
        let axe = json!({ "expression": axe + "; 'loaded'" });
        page.driver().cdp().send_raw("Runtime.evaluate", axe).await.unwrap();
        let views = [
            "#explore",
            "#explore?rows=programme&cols=source&figure=change&empty=hide&sort=_sum~desc",
            "#explore?rows=year&cols=region&figure=whole&as=head&per=junior-pupils",
            "#explore?rows=measure&cols=none&figure=whole&as=of-all",
            "#funding",
        ];
        for (width, dark) in [(1366, false), (390, true)] {
            let size = json!({ "width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500 });
            page.driver().cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
            if dark {
                page.press("换成深色").await;
            }
            for view in views {
                let () =
                    page.run("location.hash = arguments[0]; return null", &[json!(view)]).await;
                page.is_drawn().await;
                let open =
                    "document.querySelector('.filter')?.setAttribute('open', ''); return null";
                let () = page.run(open, &[]).await;
                let found = page.driver().execute_async(AXE, vec![]).await.unwrap();
                let found: Vec<String> = found.convert().unwrap();
                assert!(found.is_empty(), "{view} at {width}: {found:#?}");
                let wider = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
                let wider: i64 = page.run(wider, &[]).await;
                assert_eq!(wider, 0, "{view} at {width}");
            }
        }
    });
}
