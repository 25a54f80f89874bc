//! Owns charts: what one shows, drawn at the size of its box, and the exact figures on pointing
//! at it or walking through it with the keyboard.
//!
//! `scale` chooses round ticks, `draw` turns values into SVG by charts-rs, `sankey` lays out
//! flows, `chart` and `spots` are the components. Invariant: SVG holds shapes and colours only;
//! every text beside it is HTML, set as text. An exact table stands beside each chart. Only
//! `draw` and `spots` have floats, and only as lengths.

mod chart;
mod colors;
mod draw;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod in_browser;
mod sankey;
mod scale;
mod spots;

pub use chart::{Chart, Svg, Swatch};
pub use colors::{MOST, nth_color, source_color};
pub use draw::{Look, share_bar, steps};
pub use sankey::{Flow, Layout, Side, spread};
pub use scale::percent;
pub use spots::{Line, Spot, Spots, Tip};

use shapan_engine::{Fen, Lang, Source};

/// One thing followed through all categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// `#rrggbb`
    pub color: &'static str,
    /// A value for each category, none where there is nothing to say.
    pub values: Vec<Option<i64>>,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A column for each category, its parts stacked.
    Columns,
    /// A line for each series.
    Lines,
    /// A row for each category, its parts side by side.
    Rows,
}

/// What the values are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figures {
    /// Fen, written in the reader's unit.
    Money,
    /// Fen, written in yuan: amounts for one head.
    Yuan,
    /// Whole things, and what one is called.
    Counted(String),
    /// Millionths, written as percentages.
    Rate,
}

/// What a chart shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// How.
    pub kind: Kind,
    /// What the values are.
    pub figures: Figures,
    /// The categories, such as years.
    pub categories: Vec<String>,
    /// What is stacked, or drawn as lines.
    pub series: Vec<Series>,
    /// The first category that is a projection, where some are.
    pub forecast_from: Option<usize>,
}

impl Picture {
    /// Stacked columns of money.
    pub fn columns(categories: Vec<String>, series: Vec<Series>) -> Self {
        Self {
            kind: Kind::Columns,
            figures: Figures::Money,
            categories,
            series,
            forecast_from: None,
        }
    }

    /// Lines of whole things, of which all from a category on are projected.
    pub fn lines(
        categories: Vec<String>,
        series: Vec<Series>,
        unit_name: String,
        forecast_from: Option<usize>,
    ) -> Self {
        let figures = Figures::Counted(unit_name);
        Self { kind: Kind::Lines, figures, categories, series, forecast_from }
    }

    /// The series that have something to show: in a stack, what is nothing is not there.
    fn shown(&self) -> impl Iterator<Item = (usize, &Series)> {
        let is_line = self.kind == Kind::Lines;
        let anything = move |v: &Option<i64>| v.is_some_and(|v| is_line || v != 0);
        self.series.iter().enumerate().filter(move |(_, s)| s.values.iter().any(anything))
    }

    /// The least and the greatest that has to fit: values of lines, sums of stacks by sign.
    fn extent(&self) -> (i64, i64) {
        let of = |place: usize| self.series.iter().filter_map(move |s| *s.values.get(place)?);
        let clamp =
            |sum: i128| i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX });
        let ends = |place: usize| match self.kind {
            Kind::Lines => of(place).min().zip(of(place).max()),
            Kind::Columns | Kind::Rows => {
                let below = of(place).filter(|v| *v < 0).map(i128::from).sum();
                let above = of(place).filter(|v| *v > 0).map(i128::from).sum();
                Some((clamp(below), clamp(above)))
            }
        };
        let all = (0..self.categories.len()).filter_map(ends);
        all.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or_default()
    }
}

/// A series in each source's colour; `values` gives a source's, by its place in the plan.
pub fn series_by_source(
    sources: &[Source],
    (lang, is_dark): (Lang, bool),
    values: &dyn Fn(usize) -> Vec<Fen>,
) -> Vec<Series> {
    let series = |(place, source): (usize, &Source)| Series {
        name: source.name.get(lang).to_owned(),
        color: source_color(source, is_dark),
        values: values(place).into_iter().map(|fen| Some(fen.0)).collect(),
    };
    sources.iter().enumerate().map(series).collect()
}
