//! Owns the chart of a table: the same figures, drawn.
//!
//! Invariant: a chart shows only figures of its table, and what it draws together it adds up
//! from them.

use super::dims::Item;
use super::pivot::Cell;
use super::reckon::{Reckoned, Row};
use super::view::{Dim, Shown, View};
use crate::charts::{Figures, Kind, MOST, Picture, Series, nth_color};
use crate::words::{Words, fill};
use shapan_engine::Fen;

/// So many rows are drawn.
pub const MOST_ROWS: usize = 40;

/// The chart of a table.
pub fn picture(table: &Reckoned, view: &View, w: &Words, is_dark: bool) -> Picture {
    let kind = match (view.rows, table.adds_up) {
        (Dim::Year, true) => Kind::Columns,
        (Dim::Year, false) => Kind::Lines,
        _ => Kind::Rows,
    };
    let figures = match view.shown {
        Shown::Money => Figures::Money,
        Shown::PerHead => Figures::Yuan,
        Shown::OfRow | Shown::OfColumn | Shown::OfAll => Figures::Rate,
    };
    let rows = &table.rows[..table.rows.len().min(MOST_ROWS)];
    let sums = || Series {
        name: super::sum_name(w, view).to_owned(),
        color: nth_color(0, is_dark),
        values: rows.iter().map(|r| r.sum.cell.value()).collect(),
    };
    let series = match kind {
        _ if table.cols.is_empty() => vec![sums()],
        // What does not add up is not stacked.
        Kind::Rows if !table.adds_up => vec![sums()],
        _ => by_column(table, rows, w, is_dark),
    };
    let categories = rows.iter().map(|r| r.item.name.clone()).collect();
    Picture { kind, figures, categories, series, forecast_from: None }
}

/// A series for each column; beyond so many, the smaller ones together.
fn by_column(table: &Reckoned, rows: &[Row], w: &Words, is_dark: bool) -> Vec<Series> {
    let size = |col: usize| -> i128 {
        let values = table.rows.iter().filter_map(|r| r.figures[col].cell.value());
        values.map(|v| i128::from(v).abs()).sum()
    };
    let mut by_size: Vec<usize> = (0..table.cols.len()).collect();
    by_size.sort_by_key(|col| std::cmp::Reverse(size(*col)));
    let apart = if by_size.len() > MOST { MOST - 1 } else { MOST };
    let (mut own, others) = by_size.split_at(apart.min(by_size.len()));
    let mut own_in_order = own.to_vec();
    own_in_order.sort_unstable();
    own = &own_in_order;
    let color = |n: usize, item: &Item| item.color.unwrap_or_else(|| nth_color(n, is_dark));
    let mut series: Vec<Series> = own
        .iter()
        .enumerate()
        .map(|(n, col)| Series {
            name: table.cols[*col].name.clone(),
            color: color(n, &table.cols[*col]),
            values: rows.iter().map(|r| r.figures[*col].cell.value()).collect(),
        })
        .collect();
    if !others.is_empty() && table.adds_up {
        series.push(Series {
            name: fill(w.explore.others, &[&others.len().to_string()]),
            color: nth_color(MOST - 1, is_dark),
            values: rows.iter().map(|r| together(r, others).value()).collect(),
        });
    }
    series
}

/// Some figures of a row as one.
fn together(row: &Row, cols: &[usize]) -> Cell {
    let cells = cols.iter().map(|col| row.figures[*col].cell);
    let add = |a: Cell, b: Cell| match (a, b) {
        (Cell::Fen(a), Cell::Fen(b)) => Cell::Fen(a + b),
        (Cell::Share(a, whole), Cell::Share(b, _)) => Cell::Share(a + b, whole),
        (Cell::Nothing, other) | (other, _) => other,
    };
    cells.reduce(add).unwrap_or(Cell::Fen(Fen::ZERO))
}
