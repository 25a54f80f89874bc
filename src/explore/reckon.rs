//! Owns the table a view shows of one scenario against another: its rows in order, its columns,
//! every figure with what the engine can be asked about it.
//!
//! Invariant: what is left out for being empty is nothing, so sums stay those of what is shown;
//! the chart is drawn from these same figures.

use super::asked::{Asked, Asker};
use super::dims::{Axis, Item, Members, Naming};
use super::pivot::{Cell, Grid, Keep, Shape, Tell};
use super::view::{Amounts, Dim, Shown, Sort, View};
use crate::rounding::Sum;
use crate::session::Impact;
use crate::words::fill;
use shapan_engine::{FairAttribution, Fen, Outcome};

/// A figure, and what can be asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The figure.
    pub cell: Cell,
    /// What the engine can be asked about.
    pub asked: Option<Asked>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is of.
    pub item: Item,
    /// One figure for each column.
    pub figures: Vec<Figure>,
    /// Its sum.
    pub sum: Figure,
}

/// The table of a view.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reckoned {
    /// Columns beside the sum.
    pub cols: Vec<Item>,
    /// Rows in order.
    pub rows: Vec<Row>,
    /// The sums of columns, and the corner last.
    pub sums: Vec<Figure>,
    /// Whether columns, too, add up as they are shown.
    pub adds_up: bool,
}

/// What lies between two scenarios, as layers of payments: first the one compared with, then
/// each measure.
pub fn layers(impact: &Impact, naming: Naming) -> Vec<Item> {
    let lang = naming.lang;
    let base = impact.plan.scenarios.iter().find(|s| s.id == impact.base_id);
    let base = base.map_or("", |s| s.name.get(lang));
    let base = fill(naming.words.explore.base_layer, &[base]);
    let base = Item { key: "_base".to_owned(), name: base, color: None };
    let measures = impact.attribution.contributions().iter().map(|c| Item {
        key: format!("{}.{}", c.scenario, c.measure.id),
        name: c.measure.title.get(lang).to_owned(),
        color: None,
    });
    std::iter::once(base).chain(measures).collect()
}

/// Tells the payments of a figure, layer by layer where measures are told apart.
fn tell(
    impact: &Impact,
    fair: Option<&FairAttribution>,
    amounts: Amounts,
    by_layer: bool,
    tell: Tell,
) {
    let difference = impact.difference();
    let outcome =
        |outcome: &Outcome, tell: Tell| outcome.each_sum(&mut |cut, fen| tell(0, cut, fen));
    match (amounts, by_layer) {
        (Amounts::Base, _) => return outcome(difference.base, tell),
        (Amounts::Whole, false) => return outcome(difference.scenario, tell),
        (Amounts::Change, false) => return difference.each_sum(&mut |cut, fen| tell(0, cut, fen)),
        (Amounts::Whole, true) => outcome(difference.base, tell),
        (Amounts::Change, true) => {}
    }
    for place in 0..impact.attribution.contributions().len() {
        let mut tell = |cut, fen| tell(place + 1, cut, fen);
        match fair {
            Some(fair) => fair.each_sum(place, &mut tell),
            None => impact.attribution.step(place).each_sum(&mut tell),
        }
    }
}

/// Which places count: those selected on every dimension.
fn keep(impact: &Impact, view: &View, naming: Naming, layers: &[Item]) -> Keep {
    let plan = &impact.plan;
    let mut keep = Keep::all(
        plan.programmes.len(),
        plan.regions.len(),
        plan.horizon.years(),
        plan.sources.len(),
        layers.len(),
    );
    for (dim, only) in &view.only {
        let members = Members::of(plan, *dim, naming, layers);
        keep.only(&members, &members.selected(Some(only)));
    }
    // A change has no part of the scenario compared with, and that one has nothing else.
    let by_layer = view.names(Dim::Measure);
    for (place, kept) in keep.layers.iter_mut().enumerate().filter(|_| by_layer) {
        *kept &= match view.amounts {
            Amounts::Whole => true,
            Amounts::Base => place == 0,
            Amounts::Change => place > 0,
        };
    }
    keep
}

/// Whether any of a group's places counts.
fn is_there(members: &Members, keep: &Keep, item: usize) -> bool {
    let mut one = keep.clone();
    let mut selected = vec![false; members.items.len()];
    selected[item] = true;
    one.only(members, &selected);
    let places = match members.axis {
        Axis::Programme => &one.programmes,
        Axis::Region => &one.regions,
        Axis::Year => &one.years,
        Axis::Source => &one.sources,
        Axis::Layer => &one.layers,
    };
    places.contains(&true)
}

impl Reckoned {
    /// The table of a view.
    pub fn of(
        impact: &Impact,
        fair: Option<&FairAttribution>,
        view: &View,
        naming: Naming,
    ) -> Self {
        let plan = &impact.plan;
        let layers = layers(impact, naming);
        let rows = Members::of(plan, view.rows, naming, &layers);
        let cols = view.cols.map(|dim| Members::of(plan, dim, naming, &layers));
        let keep = keep(impact, view, naming, &layers);
        let shape = Shape { rows: &rows, cols: cols.as_ref(), keep: &keep };
        let by_layer = view.names(Dim::Measure);
        let amounts = |of| Grid::of(shape, &|each| tell(impact, fair, of, by_layer, each));
        let money = amounts(view.amounts);
        let shown = match view.shown {
            Shown::Money => money.as_they_are(),
            Shown::OfRow => money.of_rows(),
            Shown::OfColumn => money.of_columns(),
            Shown::OfAll => money.of_all(),
            Shown::PerHead => {
                let of = |amounts: &Grid<Fen>, outcome| {
                    amounts.per_head(&heads(impact, view, shape, outcome))
                };
                let d = impact.difference();
                match view.amounts {
                    Amounts::Whole => of(&money, d.scenario),
                    Amounts::Base => of(&money, d.base),
                    // What each head gets now, less what each got.
                    Amounts::Change => of(&amounts(Amounts::Whole), d.scenario)
                        .zip(&of(&amounts(Amounts::Base), d.base), &less),
                }
            }
        };
        let per = plan.populations.iter().map(|p| &p.id);
        let per = per.into_iter().find(|id| Some(id.as_str()) == view.per.as_deref());
        let asker = Asker { view, shape, in_order: fair.is_none(), per };
        let figure = |cell: Cell, row, col| {
            let asked = if cell.value().is_some() { asker.of(row, col) } else { None };
            Figure { cell, asked }
        };
        let is_shown = |members: &Members, item: usize, is_empty: bool| {
            is_there(members, &keep, item) && !(view.hide_empty && is_empty)
        };
        let zero = |fen: &Fen| *fen == Fen::ZERO;
        let shown_cols: Vec<usize> = cols
            .iter()
            .flat_map(|cols| {
                let is_empty = |col: usize| money.cells.iter().all(|row| zero(&row[col]));
                (0..cols.items.len()).filter(move |col| is_shown(cols, *col, is_empty(*col)))
            })
            .collect();
        let row = |row: usize| {
            let of = shown_cols.iter();
            Row {
                item: rows.items[row].clone(),
                figures: of.map(|c| figure(shown.cells[row][*c], Some(row), Some(*c))).collect(),
                sum: figure(shown.rows[row], Some(row), None),
            }
        };
        let is_empty = |row: usize| money.cells[row].iter().all(zero) && zero(&money.rows[row]);
        let shown_rows = (0..rows.items.len()).filter(|r| is_shown(&rows, *r, is_empty(*r)));
        let mut reckoned = Self {
            rows: shown_rows.map(row).collect(),
            cols: shown_cols
                .iter()
                .filter_map(|c| Some(cols.as_ref()?.items[*c].clone()))
                .collect(),
            sums: shown_cols.iter().map(|c| figure(shown.cols[*c], None, Some(*c))).collect(),
            adds_up: matches!(view.shown, Shown::Money | Shown::OfRow | Shown::OfAll),
        };
        reckoned.sums.push(figure(shown.all, None, None));
        if let Some(sort) = &view.sort {
            reckoned.sort(sort);
        }
        reckoned
    }

    /// The sums that rows and columns are shown to have; of figures that add up at all.
    pub fn shown_sums(&self) -> Vec<Sum> {
        let fen = |figure: &Figure| match figure.cell {
            Cell::Fen(fen) => Some(fen),
            _ => None,
        };
        let row = |figures: &[Figure], sum: &Figure| {
            Some(Sum::of(figures.iter().map(fen).collect::<Option<Vec<_>>>()?, fen(sum)?))
        };
        let whole = self.rows.iter().filter(|_| !self.cols.is_empty());
        let across = whole.filter_map(|r| row(&r.figures, &r.sum));
        let down = self.sums.iter().enumerate().filter_map(|(n, sum)| {
            let of = |r: &Row| r.figures.get(n).unwrap_or(&r.sum).clone();
            row(&self.rows.iter().map(of).collect::<Vec<_>>(), sum)
        });
        let corner = self.sums.split_last().filter(|_| !self.cols.is_empty());
        let corner = corner.and_then(|(sum, figures)| row(figures, sum));
        across.chain(down).chain(corner).collect()
    }

    fn sort(&mut self, sort: &Sort) {
        let col = self.cols.iter().position(|c| c.key == sort.by);
        match (sort.by.as_str(), col) {
            (Sort::NAME, _) => self.rows.sort_by(|a, b| a.item.name.cmp(&b.item.name)),
            (Sort::SUM, _) => self.rows.sort_by_key(|r| r.sum.cell.value()),
            (_, Some(col)) => self.rows.sort_by_key(|r| r.figures[col].cell.value()),
            (_, None) => return,
        }
        if sort.is_descending {
            self.rows.reverse();
        }
    }
}

fn less(now: Cell, before: Cell) -> Cell {
    match (now, before) {
        (Cell::Fen(now), Cell::Fen(before)) => Cell::Fen(now - before),
        _ => Cell::Nothing,
    }
}

/// Heads of the population chosen, or of all pupils, in an outcome.
fn heads(impact: &Impact, view: &View, shape: Shape, outcome: &Outcome) -> Grid<i64> {
    let chosen = impact.plan.populations.iter();
    let mut chosen = chosen.filter(|p| Some(p.id.as_str()) == view.per.as_deref()).peekable();
    let populations: Vec<_> = match chosen.peek() {
        Some(_) => chosen.collect(),
        None => impact.plan.pupils().collect(),
    };
    Grid::heads_twice(shape, &|region, year| {
        populations.iter().map(|p| outcome.heads_twice(&p.id, region, year)).sum()
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::words::words;
    use shapan_engine::Known;
    use shapan_engine::{Cut, Lang, attribute_fairly, taian_2012};
    use std::sync::Arc;

    fn naming() -> Naming {
        Naming { words: words(Lang::En), lang: Lang::En, is_dark: false }
    }

    fn fen(figure: &Figure) -> i64 {
        match figure.cell {
            Cell::Fen(fen) => fen.0,
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn every_pair_of_dimensions_adds_up_to_the_outcome() {
        let plan = Arc::new(taian_2012().unwrap());
        let pair = ("plan-2012".parse().unwrap(), "status-quo".parse().unwrap());
        let impact = Impact::of(&mut Known::default(), Arc::clone(&plan), &pair);
        let impact = impact.get().unwrap();
        let fair = attribute_fairly(&plan, &pair.0, &pair.1).unwrap();
        let d = impact.difference();
        let ones = [None, Some((Dim::Payer, "county", false)), Some((Dim::Year, "2013", true))];
        for (rows, cols) in Dim::ALL.iter().flat_map(|r| Dim::ALL.iter().map(move |c| (*r, *c))) {
            for amounts in Amounts::ALL {
                for only in &ones {
                    let mut view = View { amounts: *amounts, ..View::of(rows, Some(cols)) };
                    let mut whole = Cut::ALL;
                    if let Some((dim, key, is_cut)) = only {
                        view = view.only(*dim, vec![(*key).to_owned()]);
                        whole.year = is_cut.then_some(1);
                    }
                    let view = view.settled();
                    let table = Reckoned::of(impact, Some(&fair), &view, naming());
                    let all = fen(table.sums.last().unwrap());
                    if only.is_none_or(|(.., is_cut)| is_cut) {
                        let total = match amounts {
                            Amounts::Whole => d.scenario.total(whole),
                            Amounts::Base => d.base.total(whole),
                            Amounts::Change => d.total(whole),
                        };
                        assert_eq!(all, total.0, "{view:?}");
                    }
                    let by_row: i64 = table.rows.iter().map(|r| fen(&r.sum)).sum();
                    assert_eq!(by_row, all, "{view:?}");
                    for row in table.rows.iter().filter(|_| view.cols.is_some()) {
                        let by_cell: i64 = row.figures.iter().map(fen).sum();
                        assert_eq!(by_cell, fen(&row.sum), "{view:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_a_figure_is_asked_as_is_answered_with_that_figure() {
        let plan = Arc::new(taian_2012().unwrap());
        let pair = ("raise-again".parse().unwrap(), "status-quo".parse().unwrap());
        let impact = Impact::of(&mut Known::default(), plan, &pair);
        let impact = impact.get().unwrap();
        let ways = [Shown::Money, Shown::OfRow, Shown::OfColumn, Shown::OfAll, Shown::PerHead];
        let shapes = [
            (Dim::Region, Some(Dim::Year)),
            (Dim::Stage, Some(Dim::Payer)),
            (Dim::Measure, Some(Dim::Year)),
            (Dim::Year, Some(Dim::Measure)),
        ];
        for (rows, cols) in shapes {
            for (shown, amounts) in
                ways.iter().flat_map(|way| Amounts::ALL.iter().map(move |a| (*way, *a)))
            {
                let per = Some("junior-pupils".to_owned());
                let view = View { shown, amounts, per, ..View::of(rows, cols) }.settled();
                let table = Reckoned::of(impact, None, &view, naming());
                let figures = table.rows.iter().flat_map(|r| r.figures.iter().chain([&r.sum]));
                let figures: Vec<_> = figures.chain(&table.sums).collect();
                let asked: Vec<_> = figures.iter().filter(|f| f.asked.is_some()).collect();
                assert!(!asked.is_empty(), "{view:?}");
                for figure in asked.iter().step_by(asked.len().div_ceil(9)) {
                    let Asked { what, step } = figure.asked.clone().unwrap();
                    let answer = crate::why::answered(impact, step, &what);
                    assert_eq!(answer, figure.cell.value(), "{view:?} {what:?} {step:?}");
                }
            }
        }
    }

    #[test]
    fn shares_of_a_row_make_up_the_whole_and_heads_divide_what_they_should() {
        let plan = Arc::new(taian_2012().unwrap());
        let pair = ("plan-2012".parse().unwrap(), "status-quo".parse().unwrap());
        let impact = Impact::of(&mut Known::default(), Arc::clone(&plan), &pair);
        let impact = impact.get().unwrap();
        let view = View { shown: Shown::OfRow, ..View::of(Dim::Region, Some(Dim::Source)) };
        let table = Reckoned::of(impact, None, &view, naming());
        for row in &table.rows {
            assert_eq!(row.sum.cell.value(), Some(1_000_000));
            let shares: i64 = row.figures.iter().filter_map(|f| f.cell.value()).sum();
            assert!((999_990..=1_000_010).contains(&shares), "{row:?}");
        }
        let per = Some("junior-pupils".to_owned());
        let view = View { shown: Shown::PerHead, per, ..View::default() };
        let table = Reckoned::of(impact, None, &view, naming());
        let cut = Cut::ALL.in_region(0).in_year(1);
        let heads = impact.scenario().heads_twice(&"junior-pupils".parse().unwrap(), 0, 1);
        let each = shapan_engine::per_head(impact.scenario().total(cut), heads).unwrap();
        assert_eq!(table.rows[0].figures[1].cell, Cell::Fen(each.unwrap()));
    }

    #[test]
    fn rows_are_sorted_by_their_exact_figures_and_empty_ones_can_be_left_out() {
        let plan = Arc::new(taian_2012().unwrap());
        let pair = ("plan-2012".parse().unwrap(), "status-quo".parse().unwrap());
        let impact = Impact::of(&mut Known::default(), plan, &pair);
        let impact = impact.get().unwrap();
        let sort = Some(Sort { by: "2012".into(), is_descending: true });
        let view = View { sort, ..View::of(Dim::Programme, Some(Dim::Year)).of_change() };
        let table = Reckoned::of(impact, None, &view, naming());
        assert!(table.rows.is_sorted_by(|a, b| fen(&a.figures[0]) >= fen(&b.figures[0])));
        let all = table.rows.len();
        let view = View { hide_empty: true, ..view };
        let shown = Reckoned::of(impact, None, &view, naming());
        assert!(shown.rows.len() < all && shown.sums == table.sums);
    }
}
