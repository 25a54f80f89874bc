//! Owns the tables of web pages, which many systems save as `.xls`.
//!
//! Invariant: all tables of a page stand under each other in one sheet, with the lines of text
//! between them (titles, units, notes), in the order of the page; a table within a cell comes
//! after the one it stands in. Deliberately absent: scripts, styles but `display: none`.

use super::grid::{Grid, MOST_CELLS, MOST_COLUMNS, MOST_TEXT, text, too_much};
use crate::error::SheetError;
use crate::import::sheet::Sheet;
use html5gum::{DefaultEmitter, HtmlString, Token, Tokenizer};
use std::collections::BTreeMap;

/// The longest text of a cell that is gathered, in bytes.
const MOST_WORDS: usize = 8_192;
/// Spans are what HTML allows.
const MOST_SPAN: (usize, usize) = (65_534, 1_000);
const MOST_NESTED: usize = 64;

type Attributes = BTreeMap<HtmlString, html5gum::Spanned<HtmlString, ()>>;

/// What stands in the sheet without a break.
#[derive(Default)]
struct Block {
    is_table: bool,
    /// Text in the table but in none of its cells: a browser shows it before the table.
    before: Vec<String>,
    /// Row, column and words.
    cells: Vec<(usize, usize, String)>,
    /// First row, rows, first column and columns.
    merged: Vec<(usize, usize, usize, usize)>,
    hidden_rows: Vec<usize>,
    hidden_columns: Vec<(usize, usize)>,
    /// For how many more rows each column is taken.
    taken: Vec<usize>,
    /// Rows begun so far, and whether the last is still open.
    rows: usize,
    is_row_open: bool,
    column: usize,
    open_cell: Option<Open>,
    /// Columns described by `col` so far.
    described: usize,
    is_hidden: bool,
}

struct Open {
    words: String,
    rows: usize,
    columns: usize,
    is_hidden: bool,
}

#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
    /// The tables that are open, by their place among the blocks.
    open: Vec<usize>,
    line: String,
    /// An element whose text nobody sees.
    silent: Option<Vec<u8>>,
    bytes: usize,
    work: usize,
}

/// Reads the tables of a page.
///
/// # Errors
/// There is none, or they are over the bounds.
pub(super) fn read(html: &str) -> Result<Sheet, SheetError> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => page.start(&tag.name, &tag.attributes)?,
            Token::EndTag(tag) => page.end(&tag.name)?,
            Token::String(words) => page.words(&String::from_utf8_lossy(&words)),
            _ => {}
        }
        if page.bytes > MOST_TEXT || page.work > 8 * MOST_CELLS {
            return Err(too_much());
        }
    }
    while !page.open.is_empty() {
        page.end(b"table")?;
    }
    page.break_line();
    page.finish()
}

fn attribute(attributes: &Attributes, name: &str) -> Option<String> {
    let value = attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

fn is_hidden(attributes: &Attributes) -> bool {
    let style = attribute(attributes, "style").unwrap_or_default().to_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    attributes.contains_key(&b"hidden"[..]) || style.contains("display:none")
}

impl Page {
    fn table(&mut self) -> Option<&mut Block> {
        self.open.last().and_then(|at| self.blocks.get_mut(*at))
    }

    fn start(&mut self, name: &[u8], attributes: &Attributes) -> Result<(), SheetError> {
        match name {
            b"script" | b"style" | b"title" | b"select" | b"noscript" | b"textarea" => {
                self.silent = Some(name.to_vec());
            }
            b"br" => self.words_or_break("\n"),
            b"table" => {
                self.break_line();
                if self.open.len() < MOST_NESTED {
                    let is_hidden = is_hidden(attributes);
                    self.open.push(self.blocks.len());
                    self.blocks.push(Block { is_table: true, is_hidden, ..Block::default() });
                }
            }
            b"tr" => {
                if let Some(table) = self.table() {
                    table.end_row();
                    table.begin_row();
                    if table.is_hidden || is_hidden(attributes) {
                        table.hidden_rows.push(table.rows - 1);
                    }
                    self.work += 1 + self.table().map_or(0, |table| table.taken.len());
                }
            }
            b"col" => {
                let span = span(attributes, "span", MOST_SPAN.1);
                if let Some(table) = self.table() {
                    let from = table.described;
                    table.described = from.saturating_add(span);
                    if is_hidden(attributes) && from < MOST_COLUMNS {
                        table.hidden_columns.push((from, table.described - 1));
                    }
                }
            }
            b"td" | b"th" => {
                let (rows, columns) = (
                    span(attributes, "rowspan", MOST_SPAN.0),
                    span(attributes, "colspan", MOST_SPAN.1),
                );
                let is_hidden = is_hidden(attributes);
                self.end_cell();
                if let Some(table) = self.table() {
                    if !table.is_row_open {
                        table.begin_row();
                    }
                    table.open_cell = Some(Open { words: String::new(), rows, columns, is_hidden });
                }
            }
            b"p" | b"div" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"li" | b"caption"
            | b"hr" | b"pre" | b"center" => self.words_or_break("\n"),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8]) -> Result<(), SheetError> {
        if self.silent.as_deref() == Some(name) {
            self.silent = None;
        }
        match name {
            b"td" | b"th" => self.end_cell(),
            b"tr" => {
                self.end_cell();
                if let Some(table) = self.table() {
                    table.end_row();
                }
            }
            b"table" => {
                self.end_cell();
                self.break_line();
                if let Some(table) = self.table() {
                    table.end_row();
                }
                self.open.pop();
            }
            b"p" | b"div" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"li" | b"caption" => {
                self.words_or_break("\n");
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let Some(table) = self.table() else { return };
        let (bytes, work) = table.end_cell();
        self.bytes += bytes;
        self.work += work;
    }

    /// A break within a cell, or the end of a line between tables.
    fn words_or_break(&mut self, words: &str) {
        let is_in_cell = self.table().is_some_and(|table| table.open_cell.is_some());
        if is_in_cell { self.words(words) } else { self.break_line() }
    }

    fn words(&mut self, words: &str) {
        if self.silent.is_some() {
            return;
        }
        let at = self.open.last().copied();
        let target = match at.and_then(|at| self.blocks.get_mut(at)?.open_cell.as_mut()) {
            Some(cell) => &mut cell.words,
            None => &mut self.line,
        };
        let is_break = words == "\n";
        for c in words.chars() {
            if target.len() >= MOST_WORDS {
                break;
            }
            let c = if c.is_whitespace() && !is_break { ' ' } else { c };
            let follows_space = target.ends_with([' ', '\n']) || target.is_empty();
            if !(follows_space && c.is_whitespace()) {
                target.push(c);
            }
        }
    }

    /// A line of text outside tables is a row of one cell.
    fn break_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        self.bytes += line.len();
        self.work += 1;
        match self.table() {
            Some(table) => table.before.push(line.to_owned()),
            None => {
                let before = vec![line.to_owned()];
                self.blocks.push(Block { before, ..Block::default() });
            }
        }
    }

    fn finish(self) -> Result<Sheet, SheetError> {
        let mut grid = Grid::default();
        if !self.blocks.iter().any(|block| block.is_table) {
            return Err(SheetError::NotATable);
        }
        let (mut top, mut is_after_table) = (0usize, false);
        for block in self.blocks {
            if block.rows == 0 && block.before.is_empty() {
                continue;
            }
            // A blank row keeps what follows apart.
            top += usize::from(is_after_table);
            is_after_table = block.rows > 0;
            for line in block.before {
                grid.put(top, 0, text(&line))?;
                top += 1;
            }
            for (row, column, words) in block.cells {
                grid.put(top + row, column, text(&words))?;
            }
            for (row, rows, column, columns) in block.merged {
                let end = row.saturating_add(rows).min(block.rows).max(row + 1);
                grid.merge((top + row, top + end - 1), (column, column + columns - 1))?;
            }
            for row in block.hidden_rows {
                grid.hide_row(top + row);
            }
            for (from, to) in block.hidden_columns {
                grid.hide_columns(from, to);
            }
            top += block.rows;
        }
        grid.finish()
    }
}

fn span(attributes: &Attributes, name: &str, most: usize) -> usize {
    let value = attribute(attributes, name).and_then(|value| value.trim().parse().ok());
    value.unwrap_or(1).clamp(1, most)
}

impl Block {
    fn begin_row(&mut self) {
        self.rows += 1;
        self.column = 0;
        self.is_row_open = true;
    }

    fn end_row(&mut self) {
        self.end_cell();
        if self.is_row_open {
            for taken in &mut self.taken {
                *taken = taken.saturating_sub(1);
            }
            self.is_row_open = false;
        }
    }

    /// Puts the open cell where the next free column is; bytes and steps it took.
    fn end_cell(&mut self) -> (usize, usize) {
        let Some(open) = self.open_cell.take() else { return (0, 0) };
        if open.is_hidden {
            return (0, 1);
        }
        let start = self.column;
        while self.taken.get(self.column).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let (row, column) = (self.rows.saturating_sub(1), self.column);
        // Far to the right nothing is read: spans there take no place.
        let end = (column + open.columns).min(column.max(MOST_COLUMNS) + 1);
        if column < MOST_COLUMNS {
            if self.taken.len() < end {
                self.taken.resize(end, 0);
            }
            for taken in &mut self.taken[column..end] {
                *taken = open.rows;
            }
        }
        if open.rows > 1 || open.columns > 1 {
            self.merged.push((row, open.rows, column, open.columns));
        }
        self.column = end;
        let words = open.words.trim();
        let bytes = words.len();
        if bytes > 0 {
            self.cells.push((row, column, words.to_owned()));
        }
        (bytes, 1 + end - start)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "tests")]
mod tests {
    use super::*;

    fn rows(html: &str) -> Vec<Vec<String>> {
        let sheet = read(html).unwrap();
        sheet.cells.iter().map(|row| row.iter().map(|cell| cell.words()).collect()).collect()
    }

    #[test]
    fn cells_rows_and_entities_are_read_as_a_browser_would() {
        let html = "<html><head><title>x</title><style>td{}</style></head><body><table>
            <tr><th>地区<th>小学<br>在校生&nbsp;数</tr>
            <tr><td> 泰山\n区 <td>&#52;1&#44;000</table></body></html>";
        assert_eq!(rows(html), [["地区", "小学\n在校生 数"], ["泰山 区", "41,000"]]);
    }

    #[test]
    fn spans_become_merged_cells() {
        let html = "<table><tr><td rowspan=2>地区<td colspan=2>小学<tr><td>学校<td>学生
            <tr><td rowspan=9>泰山区<td>1<td>2</table><p>注：略</p>";
        assert_eq!(
            rows(html),
            [
                vec!["地区", "小学"],
                vec!["", "学校", "学生"],
                vec!["泰山区", "1", "2"],
                vec![],
                vec!["注：略"]
            ]
        );
        let merged = read(html).unwrap().merged;
        let found: Vec<_> = merged.iter().map(|m| (m.rows, m.columns)).collect();
        assert_eq!(found, [((0, 0), (1, 2)), ((0, 1), (0, 0))]);
    }

    #[test]
    fn titles_and_tables_within_cells_stand_in_their_order() {
        let html = "<h3>2012年</h3>单位：万人<table><tr><td>外<table><tr><td>地区<td>数</table></td></tr></table>";
        assert_eq!(
            rows(html),
            [vec!["2012年"], vec!["单位：万人"], vec!["外"], vec![], vec!["地区", "数"]]
        );
    }

    #[test]
    fn hidden_rows_and_columns_are_marked() {
        let html = "<table><col><col style='display: none'><tr style=\"DISPLAY:none\"><td>a<td>b
            <tr><td>c<td style='display:none'>x<td>d</table>";
        let sheet = read(html).unwrap();
        assert!(sheet.hidden_rows.contains(&0) && sheet.hidden_columns.contains(&1));
        assert_eq!(rows(html)[1], ["c", "d"]);
    }

    #[test]
    fn a_page_without_a_table_is_none() {
        assert_eq!(read("<html><p>404</p></html>"), Err(SheetError::NotATable));
    }
}
