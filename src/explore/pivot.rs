//! Owns turning payments into a table: cells, sums of rows and columns, shares, figures for each
//! head; and which cell is a plain total the engine can explain.
//!
//! Invariant: a sum is the sum of exact fen, never of what is shown, so rows, columns and the
//! corner agree to the fen, with each other and with the outcome. Deliberately absent: names
//! and the order of rows.

use super::dims::{Axis, Members};
use shapan_engine::{Cut, Fen, per_head};

/// A figure of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// An amount, of all or for each head.
    Fen(Fen),
    /// A part of a whole.
    Share(Fen, Fen),
    /// There is none: nobody to divide by, or more than fits.
    Nothing,
}

impl Cell {
    /// As one number: fen, or millionths of the whole rounded half-up.
    pub fn value(self) -> Option<i64> {
        match self {
            Self::Fen(fen) => Some(fen.0),
            Self::Share(_, Fen(0)) | Self::Nothing => None,
            Self::Share(part, whole) => {
                let sign = i128::from(whole.0.signum());
                let part = i128::from(part.0) * sign * 1_000_000;
                shapan_engine::divide_half_up(part, i128::from(whole.0).abs()).ok()
            }
        }
    }
}

/// Which places of each axis count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Programmes.
    pub programmes: Vec<bool>,
    /// Regions.
    pub regions: Vec<bool>,
    /// Years.
    pub years: Vec<bool>,
    /// Sources.
    pub sources: Vec<bool>,
    /// Layers.
    pub layers: Vec<bool>,
}

impl Keep {
    /// Everything.
    pub fn all(
        programmes: usize,
        regions: usize,
        years: usize,
        sources: usize,
        layers: usize,
    ) -> Self {
        let all = |count| vec![true; count];
        Self {
            programmes: all(programmes),
            regions: all(regions),
            years: all(years),
            sources: all(sources),
            layers: all(layers),
        }
    }

    /// Of these groups, only some.
    pub fn only(&mut self, members: &Members, selected: &[bool]) {
        let places = match members.axis {
            Axis::Programme => &mut self.programmes,
            Axis::Region => &mut self.regions,
            Axis::Year => &mut self.years,
            Axis::Source => &mut self.sources,
            Axis::Layer => &mut self.layers,
        };
        for (place, item) in places.iter_mut().zip(&members.of) {
            *place &= selected.get(*item).copied().unwrap_or(false);
        }
    }

    pub fn of(&self, axis: Axis) -> &[bool] {
        match axis {
            Axis::Programme => &self.programmes,
            Axis::Region => &self.regions,
            Axis::Year => &self.years,
            Axis::Source => &self.sources,
            Axis::Layer => &self.layers,
        }
    }

    fn holds(&self, layer: usize, cut: Cut) -> bool {
        let on = |axis, place: Option<usize>| {
            place.is_none_or(|place| self.of(axis).get(place).copied().unwrap_or(false))
        };
        on(Axis::Programme, cut.programme)
            && on(Axis::Region, cut.region)
            && on(Axis::Year, cut.year)
            && on(Axis::Source, cut.source)
            && on(Axis::Layer, Some(layer))
    }
}

/// What stands in rows and columns, and what counts.
#[derive(Clone, Copy)]
pub struct Shape<'a> {
    /// Rows.
    pub rows: &'a Members,
    /// Columns, where there are any beside the sum.
    pub cols: Option<&'a Members>,
    /// What counts.
    pub keep: &'a Keep,
}

/// Sums of payments: cells, and the sums of rows, columns and all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid<T> {
    /// `[row][column]`
    pub cells: Vec<Vec<T>>,
    /// One for each row.
    pub rows: Vec<T>,
    /// One for each column.
    pub cols: Vec<T>,
    /// The corner.
    pub all: T,
}

fn place_on(members: &Members, layer: usize, cut: Cut) -> Option<usize> {
    let place = match members.axis {
        Axis::Programme => cut.programme?,
        Axis::Region => cut.region?,
        Axis::Year => cut.year?,
        Axis::Source => cut.source?,
        Axis::Layer => layer,
    };
    members.of.get(place).copied()
}

impl<T: Copy> Grid<T> {
    fn filled(shape: Shape, value: T) -> Self {
        let (rows, cols) = (shape.rows.items.len(), shape.cols.map_or(0, |c| c.items.len()));
        Self {
            cells: vec![vec![value; cols]; rows],
            rows: vec![value; rows],
            cols: vec![value; cols],
            all: value,
        }
    }

    /// Each figure with the same of another grid of the same shape.
    pub fn zip<U: Copy, V: Copy>(&self, other: &Grid<U>, with: &dyn Fn(T, U) -> V) -> Grid<V> {
        let line = |a: &[T], b: &[U]| a.iter().zip(b).map(|(a, b)| with(*a, *b)).collect();
        Grid {
            cells: self.cells.iter().zip(&other.cells).map(|(a, b)| line(a, b)).collect(),
            rows: line(&self.rows, &other.rows),
            cols: line(&self.cols, &other.cols),
            all: with(self.all, other.all),
        }
    }
}

/// Tells payments: of which layer, where, how much.
pub type Tell<'a> = &'a mut dyn FnMut(usize, Cut, Fen);

impl Grid<Fen> {
    /// Adds up what `each` tells.
    pub fn of(shape: Shape, each: &dyn Fn(Tell)) -> Self {
        let mut grid = Self::filled(shape, Fen::ZERO);
        let add = |sum: &mut Fen, fen: Fen| sum.0 = sum.0.saturating_add(fen.0);
        each(&mut |layer, cut, fen| {
            if fen == Fen::ZERO || !shape.keep.holds(layer, cut) {
                return;
            }
            let Some(row) = place_on(shape.rows, layer, cut) else { return };
            add(&mut grid.rows[row], fen);
            add(&mut grid.all, fen);
            if let Some(col) = shape.cols.and_then(|cols| place_on(cols, layer, cut)) {
                add(&mut grid.cells[row][col], fen);
                add(&mut grid.cols[col], fen);
            }
        });
        grid
    }

    /// The amounts themselves.
    pub fn as_they_are(&self) -> Grid<Cell> {
        self.zip(self, &|fen, _| Cell::Fen(fen))
    }

    /// For each of so many heads (counted twice).
    pub fn per_head(&self, heads_twice: &Grid<i64>) -> Grid<Cell> {
        self.zip(heads_twice, &|fen, heads| {
            per_head(fen, heads).ok().flatten().map_or(Cell::Nothing, Cell::Fen)
        })
    }

    /// As shares of their rows.
    pub fn of_rows(&self) -> Grid<Cell> {
        let wholes = Grid {
            cells: self
                .cells
                .iter()
                .zip(&self.rows)
                .map(|(c, whole)| vec![*whole; c.len()])
                .collect(),
            rows: self.rows.clone(),
            cols: vec![self.all; self.cols.len()],
            all: self.all,
        };
        self.zip(&wholes, &Cell::Share)
    }

    /// As shares of their columns.
    pub fn of_columns(&self) -> Grid<Cell> {
        let wholes = Grid {
            cells: vec![self.cols.clone(); self.rows.len()],
            rows: vec![self.all; self.rows.len()],
            cols: self.cols.clone(),
            all: self.all,
        };
        self.zip(&wholes, &Cell::Share)
    }

    /// As shares of everything.
    pub fn of_all(&self) -> Grid<Cell> {
        self.zip(self, &|fen, _| Cell::Share(fen, self.all))
    }
}

impl Grid<i64> {
    /// Heads of each cell, counted twice: of the regions and years that count there. Over more
    /// than one year they add up, so that an amount for each head is one for each year.
    pub fn heads_twice(shape: Shape, heads: &dyn Fn(usize, usize) -> i64) -> Self {
        let mut of_both = Grid::filled(shape, 0);
        let regions = shape.keep.regions.iter().enumerate().filter(|(_, keep)| **keep);
        for (region, _) in regions {
            let years = shape.keep.years.iter().enumerate().filter(|(_, keep)| **keep);
            for (year, _) in years {
                let heads = heads(region, year);
                let cut = Cut::ALL.in_region(region).in_year(year);
                // Where rows or columns tell no regions and years apart, everybody is in each.
                let within = |members: &Members, count: usize| match members.axis {
                    Axis::Region | Axis::Year => {
                        place_on(members, 0, cut).map_or(0..0, |place| place..place + 1)
                    }
                    Axis::Programme | Axis::Source | Axis::Layer => 0..count,
                };
                let rows = within(shape.rows, of_both.rows.len());
                let cols = shape.cols.map_or(0..0, |cols| within(cols, of_both.cols.len()));
                of_both.all += heads;
                rows.clone().for_each(|row| of_both.rows[row] += heads);
                cols.clone().for_each(|col| of_both.cols[col] += heads);
                for row in rows {
                    cols.clone().for_each(|col| of_both.cells[row][col] += heads);
                }
            }
        }
        of_both
    }
}
