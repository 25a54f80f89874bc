//! Owns charts: amounts turned into SVG by charts-rs, at the size of their box.
//!
//! Invariant: charts carry no figure of their own; each stands beside its exact table
//! and is hidden from assistive technology. Only here do amounts become floats, and only
//! as lengths of bars.

use charts_rs::{BarChart, Box as Margin, ChartBase, Color, HorizontalBarChart, Series};
use shapan_engine::{Account, Fen, Payer, Source};

/// Colours of the sources, in light and in dark. Hues by payer, lighter by account.
pub fn source_color(source: &Source, is_dark: bool) -> &'static str {
    let (light, dark) = match (source.payer, source.account) {
        (_, Account::EducationSurcharge) => ("#8f6ba8", "#b390cc"),
        (_, Account::LocalEducationSurcharge) => ("#c3a3d1", "#d9c2e4"),
        (_, Account::LandIncome) => ("#8a7a55", "#b5a47c"),
        (_, Account::SpecialTransfer) => ("#6d7a86", "#9aa8b5"),
        (Payer::Central, _) => ("#2f4470", "#7d97cf"),
        (Payer::Province, _) => ("#5b83b6", "#94b8e6"),
        (Payer::City, _) => ("#62a596", "#7cc4b3"),
        (Payer::County, _) => ("#cf9540", "#e0aa58"),
        (Payer::Other, _) => ("#8b8b8b", "#a9a9a9"),
    };
    if is_dark { dark } else { light }
}

/// One source's bars: a colour, and a value for each category.
pub struct Bars {
    /// `#rrggbb`
    pub color: &'static str,
    /// A value for each category.
    pub values: Vec<Fen>,
}

/// Bars in each source's colour; `values` gives a source's, by its place in the plan.
pub fn bars_by_source(
    sources: &[Source],
    is_dark: bool,
    values: impl Fn(usize) -> Vec<Fen>,
) -> Vec<Bars> {
    let bars =
        |(place, source)| Bars { color: source_color(source, is_dark), values: values(place) };
    sources.iter().enumerate().map(bars).collect()
}

/// The colour of a chart's texts and lines.
pub fn ink(is_dark: bool) -> &'static str {
    if is_dark { "#b9c2bf" } else { "#5c6663" }
}

/// How the chart looks.
pub struct Look {
    /// Width in CSS pixels.
    pub width: u16,
    /// Height in CSS pixels.
    pub height: u16,
    /// Colour of texts and lines.
    pub ink: &'static str,
}

#[allow(
    clippy::cast_precision_loss,
    reason = "lengths of bars; exact figures stand beside the chart"
)]
fn length(amount: Fen) -> f32 {
    // In yuan, so that large sums stay well within what a float can tell apart.
    (amount.0 / 100) as f32
}

fn series(bars: &[Bars]) -> Vec<Series> {
    bars.iter()
        .map(|b| {
            let mut series =
                Series::new(String::new(), b.values.iter().map(|v| length(*v)).collect());
            series.stack = Some("all".to_owned());
            series
        })
        .collect()
}

/// What all charts have in common: the size of their box, their colours, and nothing but bars.
fn dress(chart: &mut ChartBase, bars: &[Bars], look: &Look) {
    chart.width = f32::from(look.width);
    chart.height = f32::from(look.height);
    chart.margin = Margin { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
    chart.background_color = Color::transparent();
    chart.legend.show = Some(false);
    chart.y_axis_hidden = true;
    chart.grid.stroke_width = 0.0;
    chart.series.colors = bars.iter().map(|b| Color::from(b.color)).collect();
}

/// Stacked columns, one for each category; empty where charts-rs refuses.
pub fn columns(categories: Vec<String>, bars: &[Bars], look: &Look) -> String {
    let mut chart = BarChart::new(series(bars), categories);
    dress(&mut chart, bars, look);
    chart.margin.top = 6.0;
    chart.x_axis.height = 24.0;
    chart.x_axis.font.color = Color::from(look.ink);
    chart.x_axis.font.size = 12.0;
    chart.x_axis.stroke_color = Color::from(look.ink);
    chart.svg().unwrap_or_default()
}

/// Bars that start where the one above ended: what each step adds. One row for each
/// step, from the top, as high as the rows of the table they stand in.
pub fn steps(totals: &[Fen], parts: &[Bars], look: &Look) -> String {
    let mut running = Fen::ZERO;
    let mut ends = Vec::with_capacity(totals.len());
    for total in totals {
        let next = running + *total;
        ends.push((running.min(next), running.max(next)));
        running = next;
    }
    let lowest = ends.iter().map(|e| e.0).min().unwrap_or_default().min(Fen::ZERO);
    let highest = ends.iter().map(|e| e.1).max().unwrap_or_default();
    // Where a step starts is a bar one cannot see.
    let mut stack =
        vec![Bars { color: "#000000", values: ends.iter().map(|e| e.0 - lowest).collect() }];
    for part in parts {
        // A step whose parts pull both ways is drawn by their sizes, within its net length.
        let values = part.values.iter().enumerate().map(|(row, value)| {
            let sum: i128 = parts.iter().map(|p| i128::from(p.values[row].abs().0)).sum();
            let net = i128::from(totals[row].abs().0);
            let scaled = (i128::from(value.abs().0) * net).checked_div(sum).unwrap_or(0);
            Fen(i64::try_from(scaled).unwrap_or(0))
        });
        stack.push(Bars { color: part.color, values: values.collect() });
    }
    let mut chart = rows(&stack, totals.len(), look);
    chart.series.colors[0] = Color::transparent();
    if let Some(axis) = chart.y_axis_configs.first_mut() {
        axis.min = Some(0.0);
        axis.max = Some(length(highest - lowest).max(1.0));
    }
    chart.svg().unwrap_or_default()
}

/// One bar of parts, as wide as the box.
pub fn share_bar(parts: &[Bars], look: &Look) -> String {
    let mut chart = rows(parts, 1, look);
    let whole: Fen = parts.iter().flat_map(|p| &p.values).map(|v| v.abs()).sum();
    if let Some(axis) = chart.y_axis_configs.first_mut() {
        axis.min = Some(0.0);
        axis.max = Some(length(whole).max(1.0));
    }
    chart.svg().unwrap_or_default()
}

fn rows(bars: &[Bars], count: usize, look: &Look) -> HorizontalBarChart {
    // charts-rs draws the first category at the bottom.
    let upside_down: Vec<Bars> = bars
        .iter()
        .map(|b| Bars { color: b.color, values: b.values.iter().rev().copied().collect() })
        .collect();
    let mut chart = HorizontalBarChart::new(series(&upside_down), vec![String::new(); count]);
    dress(&mut chart, bars, look);
    chart.x_axis.hidden = true;
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Look = Look { width: 200, height: 48, ink: "#333333" };

    #[test]
    fn a_step_that_goes_down_starts_where_the_one_before_ended() {
        let totals = [Fen(30_000), Fen(-10_000)];
        let parts = [Bars { color: "#112233", values: totals.to_vec() }];
        let svg = steps(&totals, &parts, &LOOK);
        let bars: Vec<&str> = svg.lines().filter(|l| l.contains("#112233")).collect();
        assert_eq!(bars.len(), 2, "{svg}");
        // 300 yuan fill the box of 200 pixels; the fall of 100 yuan covers its last third.
        assert!(bars.iter().any(|b| b.contains("width=\"200\"")), "{svg}");
        assert!(
            bars.iter().any(|b| b.contains("x=\"133.3\"") && b.contains("width=\"66.7\"")),
            "{svg}"
        );
    }

    #[test]
    fn charts_hold_no_script_style_or_number_that_is_none() {
        let bars = [Bars { color: "#112233", values: vec![Fen(0), Fen(i64::MAX)] }];
        for svg in [
            columns(vec!["2012".into(), "2013".into()], &bars, &LOOK),
            share_bar(&bars[..0], &LOOK),
        ] {
            for bad in ["<script", "style=", "NaN", "inf"] {
                assert!(!svg.contains(bad), "{bad}: {svg}");
            }
        }
    }
}
