//! Owns the chart of a population's heads: counted autumns, and the projected ones after them.
//!
//! Invariant: lengths are whole tenths of a pixel; the exact numbers stand in the table beside.

use std::fmt::Write;

const HEIGHT: i64 = 150;
const TOP: i64 = 22;
const BOTTOM: i64 = 24;
const SIDE: i64 = 34;

/// An autumn: its year, its heads, whether they were counted.
pub type Point = (i16, i64, bool);

/// The chart as SVG text, at a width in pixels; `written` says how heads are written.
pub fn course(points: &[Point], width: u16, written: fn(i64) -> String) -> String {
    let (Some((first, ..)), Some((last, ..))) = (points.first(), points.last()) else {
        return String::new();
    };
    let heads = || points.iter().map(|(_, heads, _)| *heads);
    let (least, most) = (heads().min().unwrap_or(0), heads().max().unwrap_or(0));
    let (years, span) = (i64::from((last - first).max(1)), (most - least).max(1));
    let room = (i64::from(width) - 2 * SIDE).max(1);
    // Tenths of a pixel; what does not move lies in the middle.
    let x = |year: i16| SIDE * 10 + i64::from(year - first) * room * 10 / years;
    let y = |heads: i64| {
        let height = (HEIGHT - TOP - BOTTOM) * 10;
        if most == least {
            return TOP * 10 + height / 2;
        }
        let up = i128::from(heads - least) * i128::from(height) / i128::from(span);
        TOP * 10 + height - i64::try_from(up).unwrap_or(0)
    };
    let px = |tenths: i64| format!("{}.{}", tenths / 10, tenths % 10);
    let line = |of: &[Point]| {
        let each = of.iter().map(|(year, heads, _)| format!("{},{}", px(x(*year)), px(y(*heads))));
        each.collect::<Vec<_>>().join(" ")
    };
    let counted = points.iter().take_while(|(.., is_counted)| *is_counted).count();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{HEIGHT}\" \
         class=\"course-chart\" aria-hidden=\"true\" fill=\"none\" stroke-width=\"2\">"
    );
    let _ =
        write!(svg, "<polyline stroke=\"currentColor\" points=\"{}\"/>", line(&points[..counted]));
    let _ = write!(
        svg,
        "<polyline stroke=\"currentColor\" stroke-dasharray=\"5 4\" points=\"{}\"/>",
        line(&points[counted.saturating_sub(1)..])
    );
    // Every year is named where there is room, else every second, and so on.
    let every = usize::try_from(i64::from(36) * (years + 1) / room).unwrap_or(0) + 1;
    for (n, (year, heads, is_counted)) in points.iter().enumerate() {
        let (cx, cy) = (px(x(*year)), px(y(*heads)));
        let fill = if *is_counted { "currentColor" } else { "none" };
        let _ = write!(
            svg,
            "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"3\" stroke=\"currentColor\" fill=\"{fill}\"/>"
        );
        if n.is_multiple_of(every) {
            let _ = write!(
                svg,
                "<text x=\"{cx}\" y=\"{}\" text-anchor=\"middle\">{year}</text>",
                HEIGHT - 6
            );
        }
        let is_end = n == 0 || n + 1 == points.len();
        if is_end || *heads == most || *heads == least {
            let anchor = if n == 0 {
                "start"
            } else if n + 1 == points.len() {
                "end"
            } else {
                "middle"
            };
            let at = match anchor {
                "start" => px(x(*year) - 40),
                "end" => px(x(*year) + 40),
                _ => cx,
            };
            let above = px(y(*heads) - 80);
            let _ = write!(
                svg,
                "<text x=\"{at}\" y=\"{above}\" text-anchor=\"{anchor}\">{}</text>",
                written(*heads)
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_is_at_the_top_and_the_years_are_spread_over_the_width() {
        let svg = course(&[(2011, 100, true), (2012, 200, true), (2013, 150, false)], 268, |n| {
            n.to_string()
        });
        for point in ["34.0,126.0 134.0,22.0\"", "134.0,22.0 234.0,74.0\""] {
            assert!(svg.contains(point), "{point}: {svg}");
        }
        for bad in ["style=", "NaN", "<script"] {
            assert!(!svg.contains(bad), "{bad}");
        }
    }

    #[test]
    fn one_autumn_or_none_is_no_trouble() {
        assert_eq!(course(&[], 300, |n| n.to_string()), "");
        assert!(course(&[(2011, 0, true)], 10, |n| n.to_string()).contains("<circle"));
    }
}
