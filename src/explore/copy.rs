//! Owns the table as text that a spreadsheet takes: cells between tabs, exact yuan, nothing that
//! a spreadsheet would run.

use super::pivot::Cell;
use super::reckon::{Figure, Reckoned};
use crate::numbers;

/// The table as tab-separated text; `corner` and `sum` are what the page calls them.
pub fn tab_separated(table: &Reckoned, corner: &str, sum: &str) -> String {
    let names = table.cols.iter().map(|c| inert(&c.name));
    let head = [inert(corner)].into_iter().chain(names).chain([inert(sum)]);
    let mut lines = vec![head.collect::<Vec<_>>().join("\t")];
    let mut line = |name: &str, figures: &mut dyn Iterator<Item = &Figure>| {
        let cells = std::iter::once(inert(name)).chain(figures.map(|f| written(f.cell)));
        lines.push(cells.collect::<Vec<_>>().join("\t"));
    };
    for row in &table.rows {
        line(&row.item.name, &mut row.figures.iter().chain([&row.sum]));
    }
    line(sum, &mut table.sums.iter());
    lines.join("\r\n")
}

fn written(cell: Cell) -> String {
    match (cell, cell.value()) {
        (Cell::Fen(fen), _) => numbers::plain(fen.0, 2),
        (_, Some(share)) => format!("{}%", numbers::plain(share, 4)),
        (_, None) => String::new(),
    }
}

/// Words as words: what would start a formula is marked as text.
fn inert(words: &str) -> String {
    let words = words.replace(['\t', '\r', '\n'], " ");
    let starts_formula =
        words.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if starts_formula { format!("'{words}") } else { words }
}

#[cfg(test)]
mod tests {
    use super::super::dims::Item;
    use super::super::reckon::Row;
    use super::*;
    use shapan_engine::Fen;

    #[test]
    fn a_spreadsheet_gets_plain_exact_numbers_and_no_formula() {
        let item = |name: &str| Item { key: "a".into(), name: name.into(), color: None };
        let figure = |cell| Figure { cell, asked: None };
        let one = figure(Cell::Fen(Fen(-123_456_789)));
        let share = figure(Cell::Share(Fen(1), Fen(3)));
        let table = Reckoned {
            cols: vec![item("2012")],
            rows: vec![Row { item: item("=cmd|' /C calc'!A1\t"), figures: vec![one], sum: share }],
            sums: vec![figure(Cell::Fen(Fen(100))), figure(Cell::Nothing)],
            adds_up: true,
        };
        let text = tab_separated(&table, "@地区", "合计");
        let expected =
            "'@地区\t2012\t合计\r\n'=cmd|' /C calc'!A1 \t-1234567.89\t33.3333%\r\n合计\t1\t";
        assert_eq!(text, expected);
    }
}
