//! Owns where one is in a grid and what is selected: plain arithmetic of rows and columns.
//!
//! Invariant: a range moved within a size lies inside of it, whatever it was before.

use std::ops::RangeInclusive;

/// The place of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Counted from 0.
    pub row: usize,
    /// Counted from 0.
    pub col: usize,
}

/// How many rows and columns there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub cols: usize,
}

/// A selection: from the cell it was begun at to the one it was drawn to, which has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// Where it was begun.
    pub anchor: At,
    /// Where it has been drawn to.
    pub head: At,
}

/// A step from cell to cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One up.
    Up,
    /// One down.
    Down,
    /// One to the left.
    Left,
    /// One to the right.
    Right,
    /// The first column.
    RowStart,
    /// The last column.
    RowEnd,
    /// The first cell of all.
    Start,
    /// The last cell of all.
    End,
    /// So many rows up.
    Back(usize),
    /// So many rows down.
    On(usize),
}

impl Range {
    /// One cell.
    pub fn one(at: At) -> Self {
        Self { anchor: at, head: at }
    }

    /// Everything; the focus stays at its start.
    pub fn all(size: Size) -> Self {
        let last = At { row: size.rows.saturating_sub(1), col: size.cols.saturating_sub(1) };
        Self { anchor: last, head: At::default() }
    }

    /// Its rows.
    pub fn rows(self) -> RangeInclusive<usize> {
        self.anchor.row.min(self.head.row)..=self.anchor.row.max(self.head.row)
    }

    /// Its columns.
    pub fn cols(self) -> RangeInclusive<usize> {
        self.anchor.col.min(self.head.col)..=self.anchor.col.max(self.head.col)
    }

    /// Its first cell.
    pub fn start(self) -> At {
        At { row: *self.rows().start(), col: *self.cols().start() }
    }

    /// How large it is.
    pub fn size(self) -> Size {
        Size { rows: self.rows().count(), cols: self.cols().count() }
    }

    /// Its cells, row by row.
    pub fn cells(self) -> impl Iterator<Item = At> {
        self.rows().flat_map(move |row| self.cols().map(move |col| At { row, col }))
    }

    /// The same within a size.
    pub fn within(self, size: Size) -> Self {
        let clamp = |at: At| At {
            row: at.row.min(size.rows.saturating_sub(1)),
            col: at.col.min(size.cols.saturating_sub(1)),
        };
        Self { anchor: clamp(self.anchor), head: clamp(self.head) }
    }

    /// After a step; `extends` draws the selection along.
    pub fn moved(self, step: Move, size: Size, extends: bool) -> Self {
        let At { row, col } = self.head;
        let (last_row, last_col) = (size.rows.saturating_sub(1), size.cols.saturating_sub(1));
        let head = match step {
            Move::Up => At { row: row.saturating_sub(1), col },
            Move::Down => At { row: row + 1, col },
            Move::Left => At { row, col: col.saturating_sub(1) },
            Move::Right => At { row, col: col + 1 },
            Move::RowStart => At { row, col: 0 },
            Move::RowEnd => At { row, col: last_col },
            Move::Start => At::default(),
            Move::End => At { row: last_row, col: last_col },
            Move::Back(rows) => At { row: row.saturating_sub(rows), col },
            Move::On(rows) => At { row: row + rows, col },
        };
        let anchor = if extends { self.anchor } else { head };
        Self { anchor, head }.within(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { rows: 3, cols: 4 };

    fn at(row: usize, col: usize) -> At {
        At { row, col }
    }

    #[test]
    fn steps_stay_inside_and_take_the_selection_along_only_where_asked() {
        let start = Range::one(at(0, 0));
        assert_eq!(start.moved(Move::Up, SIZE, false), start);
        assert_eq!(start.moved(Move::Left, SIZE, true), start);
        let corner = start.moved(Move::End, SIZE, false);
        assert_eq!(corner, Range::one(at(2, 3)));
        assert_eq!(corner.moved(Move::Down, SIZE, false), corner);
        assert_eq!(corner.moved(Move::Right, SIZE, false), corner);
        let drawn = corner.moved(Move::Up, SIZE, true).moved(Move::RowStart, SIZE, true);
        assert_eq!((drawn.rows(), drawn.cols()), (1..=2, 0..=3));
        assert_eq!(drawn.start(), at(1, 0));
        assert_eq!(drawn.cells().count(), 8);
        assert_eq!(drawn.moved(Move::Left, SIZE, false), Range::one(at(1, 0)));
        assert_eq!(start.moved(Move::On(20), SIZE, false), Range::one(at(2, 0)));
        assert_eq!(corner.moved(Move::Back(20), SIZE, false), Range::one(at(0, 3)));
    }

    #[test]
    fn a_grid_that_shrinks_takes_its_selection_with_it() {
        let all = Range::all(SIZE);
        assert_eq!((all.size(), all.head), (SIZE, at(0, 0)));
        assert_eq!(all.within(Size { rows: 1, cols: 1 }), Range::one(at(0, 0)));
        assert_eq!(all.within(Size { rows: 0, cols: 0 }), Range::one(at(0, 0)));
    }
}
