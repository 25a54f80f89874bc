//! Owns turning values into SVG, by charts-rs: bars and lines, and nothing besides.
//!
//! Invariant: an SVG fills its box to the edges, so that what is laid over it lies where it
//! should. Only here do figures become floats, and only as lengths. Deliberately absent: texts
//! and rules, which are HTML.

use super::scale::Scale;
use super::{Kind, Picture, Series};
use charts_rs::{
    BarChart, Box as Margin, ChartBase, Color, HorizontalBarChart, Series as Drawn, SeriesCategory,
    Symbol,
};

/// The size of a chart's box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Look {
    /// Width in CSS pixels.
    pub width: u16,
    /// Height in CSS pixels.
    pub height: u16,
}

impl Look {
    /// What a chart has on a sheet of paper that stands upright.
    pub const PAPER: Self = Self { width: 620, height: 150 };
}

/// Bars follow the box they lie in where it is another than they were drawn for, as on paper:
/// so names and ticks, at the same parts of that box, stay theirs.
fn stretched(svg: &str) -> String {
    svg.replacen("<svg ", "<svg preserveAspectRatio=\"none\" ", 1)
}

/// The whole of a scale, in parts a float tells apart.
const PARTS: i128 = 1_000_000;
const WHOLE: f32 = 1_000_000.0;

#[allow(
    clippy::cast_precision_loss,
    reason = "lengths of bars in millionths of the box; exact figures stand beside the chart"
)]
fn length(value: i128, span: i128) -> f32 {
    let parts = i32::try_from(value * PARTS / span.max(1)).unwrap_or(0);
    parts as f32
}

/// What all charts have in common: the size of their box, and nothing but what is drawn.
fn dress(chart: &mut ChartBase, look: &Look, colors: Vec<Color>) {
    chart.width = f32::from(look.width);
    chart.height = f32::from(look.height);
    chart.margin = Margin { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
    chart.background_color = Color::transparent();
    chart.legend.show = Some(false);
    chart.y_axis_hidden = true;
    chart.x_axis.hidden = true;
    chart.grid.stroke_width = 0.0;
    chart.series.smooth = false;
    chart.series.fill = false;
    chart.series.colors = colors;
}

fn stacked(values: Vec<f32>) -> Drawn {
    let mut drawn = Drawn::new(String::new(), values);
    drawn.stack = Some("all".to_owned());
    drawn
}

/// A picture at the size of its box; empty where charts-rs refuses.
pub(super) fn picture(picture: &Picture, scale: Scale, look: &Look) -> String {
    match picture.kind {
        Kind::Columns => columns(picture, scale, look),
        Kind::Lines => lines(picture, scale, look),
        Kind::Rows => rows_from(picture, scale, look),
    }
}

fn upright(drawn: Vec<Drawn>, colors: Vec<Color>, names: usize, ends: (f32, f32)) -> BarChart {
    let mut chart = BarChart::new(drawn, vec![String::new(); names]);
    if let Some(axis) = chart.y_axis_configs.first_mut() {
        (axis.min, axis.max) = (Some(ends.0), Some(ends.1));
    }
    chart.series.colors = colors;
    chart
}

fn columns(picture: &Picture, scale: Scale, look: &Look) -> String {
    let span = scale.span();
    let series = |s: &Series| {
        stacked(s.values.iter().map(|v| length(i128::from(v.unwrap_or(0)), span)).collect())
    };
    let drawn = picture.series.iter().map(series).collect();
    let ends = (length(scale.from(), span), length(scale.from() + span, span));
    let colors: Vec<Color> = picture.series.iter().map(|s| Color::from(s.color)).collect();
    let count = picture.categories.len();
    let mut chart = upright(drawn, colors.clone(), count, ends);
    dress(&mut chart, look, colors);
    stretched(&chart.svg().unwrap_or_default())
}

/// The symbol of the n-th line, so that lines are told apart without their colours.
fn symbol(n: usize) -> Symbol {
    match n % 4 {
        0 => Symbol::Circle(3.0, None),
        1 => Symbol::Rect(3.0, None),
        2 => Symbol::Triangle(4.0, None),
        _ => Symbol::Diamond(4.0, None),
    }
}

/// The same in a legend.
pub(super) fn symbol_glyph(n: usize) -> &'static str {
    ["●", "■", "▲", "◆"][n % 4]
}

fn lines(picture: &Picture, scale: Scale, look: &Look) -> String {
    let count = picture.categories.len();
    let forecast = picture.forecast_from.unwrap_or(count).min(count);
    let place = |v: &i64| length(i128::from(*v) - scale.from(), scale.span());
    let (mut drawn, mut colors) = (Vec::new(), Vec::new());
    for (n, series) in picture.series.iter().enumerate() {
        // What is known, whole; what is projected, dashed from the last that is known.
        let known = 0..forecast;
        let projected = forecast.saturating_sub(1)..count;
        for (range, is_dashed) in [(known, false), (projected, true)] {
            let within = |at: &usize| range.contains(at);
            let values = series.values.iter().enumerate();
            let data: Vec<Option<f32>> = values
                .map(|(at, value)| value.as_ref().filter(|_| within(&at)).map(place))
                .collect();
            if range.is_empty() || forecast == count && is_dashed {
                continue;
            }
            let mut line = Drawn::new(String::new(), Vec::new());
            line.data = data;
            line.category = Some(SeriesCategory::Line);
            line.symbol = Some(symbol(n));
            line.stroke_dash_array = is_dashed.then(|| "4,3".to_owned());
            drawn.push(line);
            colors.push(Color::from(series.color));
        }
    }
    let mut chart = upright(drawn, colors.clone(), count, (0.0, WHOLE));
    dress(&mut chart, look, colors);
    chart.series.stroke_width = 2.0;
    chart.svg().unwrap_or_default()
}

/// Rows that begin at nothing, wherever on the scale that is: what lies left of it is a bar one
/// cannot see up to the first that is below nothing.
fn rows_from(picture: &Picture, scale: Scale, look: &Look) -> String {
    let count = picture.categories.len();
    let value = |s: &Series, row: usize| s.values.get(row).copied().flatten().unwrap_or(0);
    let mut stack = vec![(Color::transparent(), Vec::with_capacity(count))];
    for row in 0..count {
        let below: i128 = picture.series.iter().map(|s| i128::from(value(s, row).min(0))).sum();
        stack[0].1.push(below - scale.from());
    }
    for is_below in [true, false] {
        for series in &picture.series {
            let part = |row| {
                let value = value(series, row);
                if (value < 0) == is_below { i128::from(value).abs() } else { 0 }
            };
            stack.push((Color::from(series.color), (0..count).map(part).collect()));
        }
    }
    rows(stack, count, scale.span(), look)
}

/// Bars that start where the one above ended: what each step adds. One row for each
/// step, from the top, as high as the rows of the table they stand in.
pub fn steps(totals: &[i64], parts: &[Series], look: &Look) -> String {
    let mut running = 0i128;
    let mut ends = Vec::with_capacity(totals.len());
    for total in totals {
        let next = running + i128::from(*total);
        ends.push((running.min(next), running.max(next)));
        running = next;
    }
    let lowest = ends.iter().map(|e| e.0).min().unwrap_or_default().min(0);
    let highest = ends.iter().map(|e| e.1).max().unwrap_or_default();
    // Where a step starts is a bar one cannot see.
    let starts = ends.iter().map(|e| e.0 - lowest).collect();
    let mut stack = vec![(Color::transparent(), starts)];
    let size = |series: &Series, row: usize| {
        i128::from(series.values.get(row).copied().flatten().unwrap_or(0)).abs()
    };
    for part in parts {
        // A step whose parts pull both ways is drawn by their sizes, within its net length.
        let values = totals.iter().enumerate().map(|(row, total)| {
            let sum: i128 = parts.iter().map(|p| size(p, row)).sum();
            (size(part, row) * i128::from(*total).abs()).checked_div(sum).unwrap_or(0)
        });
        stack.push((Color::from(part.color), values.collect()));
    }
    rows(stack, totals.len(), highest - lowest, look)
}

/// One bar of parts, as wide as the box.
pub fn share_bar(parts: &[(&str, i64)], look: &Look) -> String {
    let whole = parts.iter().map(|(_, value)| i128::from(*value).abs()).sum();
    let stack = parts.iter().map(|(color, v)| (Color::from(*color), vec![i128::from(*v).abs()]));
    rows(stack.collect(), 1, whole, look)
}

fn rows(stack: Vec<(Color, Vec<i128>)>, count: usize, span: i128, look: &Look) -> String {
    let (colors, values): (Vec<Color>, Vec<Vec<i128>>) = stack.into_iter().unzip();
    // charts-rs draws the first category at the bottom.
    let drawn =
        |values: &Vec<i128>| stacked(values.iter().rev().map(|v| length(*v, span)).collect());
    let drawn = values.iter().map(drawn).collect();
    let mut chart = HorizontalBarChart::new(drawn, vec![String::new(); count]);
    if let Some(axis) = chart.y_axis_configs.first_mut() {
        (axis.min, axis.max) = (Some(0.0), Some(WHOLE));
    }
    dress(&mut chart, look, colors);
    stretched(&chart.svg().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::Figures;
    use super::*;

    const LOOK: Look = Look { width: 200, height: 48 };

    fn series(color: &'static str, values: &[i64]) -> Series {
        let values = values.iter().map(|v| Some(*v)).collect();
        Series { name: "<b>".into(), color, values }
    }

    fn drawn(kind: Kind, series: Vec<Series>, forecast_from: Option<usize>) -> String {
        let categories = vec!["<i>".to_owned(); series.first().map_or(0, |s| s.values.len())];
        let shown = Picture { kind, figures: Figures::Money, categories, series, forecast_from };
        let (low, high) = shown.extent();
        picture(&shown, Scale::of_bars(low, high, 4), &LOOK)
    }

    #[test]
    fn a_step_that_goes_down_starts_where_the_one_before_ended() {
        let totals = [30_000, -10_000];
        let svg = steps(&totals, &[series("#112233", &totals)], &LOOK);
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
    fn a_row_below_nothing_ends_where_one_above_begins() {
        let svg = drawn(Kind::Rows, vec![series("#112233", &[-100, 100])], None);
        // From −100 to 100 over 200 pixels: nothing is in the middle.
        let bars: Vec<&str> = svg.lines().filter(|l| l.contains("#112233")).collect();
        assert!(bars.iter().any(|b| b.contains("x=\"0\"") && b.contains("width=\"100\"")), "{svg}");
        assert!(
            bars.iter().any(|b| b.contains("x=\"100\"") && b.contains("width=\"100\"")),
            "{svg}"
        );
    }

    #[test]
    fn a_column_fills_its_box_from_nothing_to_its_value() {
        let svg = drawn(Kind::Columns, vec![series("#112233", &[400, -400])], None);
        let bars: Vec<&str> = svg.lines().filter(|l| l.contains("#112233")).collect();
        assert!(bars.iter().any(|b| b.contains("y=\"0\"") && b.contains("height=\"24\"")), "{svg}");
        assert!(
            bars.iter().any(|b| b.contains("y=\"24\"") && b.contains("height=\"24\"")),
            "{svg}"
        );
    }

    #[test]
    fn what_is_projected_is_dashed() {
        let svg = drawn(Kind::Lines, vec![series("#112233", &[1, 2, 3, 4])], Some(2));
        assert!(svg.contains("stroke-dasharray"), "{svg}");
        let known = drawn(Kind::Lines, vec![series("#112233", &[1, 2, 3, 4])], None);
        assert!(!known.contains("stroke-dasharray"), "{known}");
    }

    #[test]
    fn charts_hold_no_script_style_text_or_number_that_is_none() {
        for kind in [Kind::Columns, Kind::Lines, Kind::Rows] {
            for all in [vec![], vec![series("#112233", &[0, i64::MAX, i64::MIN])]] {
                let svg = drawn(kind, all, Some(1));
                for bad in ["<script", "style=", "NaN", "inf", "<b>", "<i>", "&lt;"] {
                    assert!(!svg.contains(bad), "{bad}: {svg}");
                }
            }
        }
        assert!(!share_bar(&[], &LOOK).contains("NaN"));
    }
}
