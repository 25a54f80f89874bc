//! Owns handing a pasted block to the chain that reads tables: what a grid's rows and columns
//! are, and what falls where.
//!
//! Invariant: names, heads, units and numbers are read by the chain (`shapan_sheets::import`),
//! never here. Deliberately absent: whether a cell may be written.

use super::range::{At, Range};
use super::sheet::{Column, Row, Sheet};
use shapan_engine::Plan;
use shapan_sheets::import::{
    BlockColumn, BlockRow, Frame, Placed, Refusal, Selected, fields, place_block,
};

/// What is typed in a cell, or falls on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The cell.
    pub at: At,
    /// The words.
    pub text: String,
    /// The decimals of the unit its head names; the column's own where it names none.
    pub power: Option<u32>,
}

impl Typed {
    /// Words in the unit of their column.
    pub fn plain(at: At, text: &str) -> Self {
        Self { at, text: text.to_owned(), power: None }
    }
}

fn frame(sheet: &Sheet) -> Frame {
    let names = |name: &String, aliases: &[String]| {
        std::iter::once(name).chain(aliases).cloned().collect::<Vec<_>>()
    };
    let column = |column: &Column| BlockColumn {
        names: names(&column.name, &column.aliases),
        band: column.band.clone(),
        year: column.means.year,
        heads: column.means.heads.clone(),
        amounts: column.means.amounts.clone(),
        unit: column.measure.unit,
    };
    let row = |row: &Row| BlockRow { names: names(&row.name, &row.aliases), region: row.region };
    Frame {
        columns: sheet.columns.iter().map(column).collect(),
        rows: sheet.rows.iter().map(row).collect(),
    }
}

/// A pasted text as it lies on a grid: a single field in every selected cell, a block by its
/// names and heads.
///
/// # Errors
/// Why nothing of it is placed.
pub fn place(
    plan: &Plan,
    sheet: &Sheet,
    text: &str,
    range: Range,
) -> Result<(Vec<Typed>, Placed), Refusal> {
    let block = fields(text);
    if let [line] = block.as_slice()
        && let [field] = line.as_slice()
    {
        let cells = range.cells().map(|at| Typed::plain(at, field));
        return Ok((cells.collect(), Placed::default()));
    }
    let (start, size) = (range.start(), range.size());
    let at = Selected { start: (start.row, start.col), size: (size.rows, size.cols) };
    let mut placed = place_block(plan, &frame(sheet), &block, at)?;
    let cells = std::mem::take(&mut placed.cells).into_iter();
    let cells = cells.map(|fell| Typed {
        at: At { row: fell.row, col: fell.col },
        text: fell.words,
        power: fell.power,
    });
    Ok((cells.collect(), placed))
}
