//! Owns the note beside a table in which shown parts do not add up to the shown total (尾差).
//!
//! Invariant: the note stands where they do not, in whatever unit is chosen, and nowhere else; the
//! engine decides. A table says what its sums are, in exact amounts.

use crate::names;
use crate::numbers;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::Fen;

/// A total that a table shows, and its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// What it is shown as the sum of.
    pub parts: Vec<Fen>,
    /// The total.
    pub total: Fen,
}

impl Sum {
    /// A total and its parts.
    pub fn of(parts: impl IntoIterator<Item = Fen>, total: Fen) -> Self {
        Self { parts: parts.into_iter().collect(), total }
    }

    /// What there was and the change make what there is.
    pub fn change(before: Fen, after: Fen) -> Self {
        Self::of([before, after - before], after)
    }
}

/// The rows and columns of a table with a last row of sums; rows are sums themselves where each
/// ends in one.
pub fn of_columns(rows: &[Vec<Fen>], totals: &[Fen]) -> Vec<Sum> {
    let column = |n: usize| rows.iter().filter_map(move |row| row.get(n).copied());
    totals.iter().enumerate().map(|(n, total)| Sum::of(column(n), *total)).collect()
}

/// The note, where some total is missed.
pub fn note(session: Session, sums: &[Sum]) -> Option<AnyView> {
    let unit = session.preferences.with(|p| p.unit());
    let off = sums.iter().map(|sum| numbers::rounding_gap(sum, unit).abs()).max();
    let off = off.filter(|off| *off > 0)?;
    let w = session.words();
    let words =
        fill(w.paper.rounding, &[&numbers::in_last_digits(off, unit), names::unit(w, unit)]);
    Some(view! { <p class="rounding" role="note">{words}</p> }.into_any())
}
