//! Owns tables of text: commas, tabs or semicolons between cells, quotes around them.
//!
//! Invariant: every line of the file is a row, blank ones too, so that a row's number is the one
//! a spreadsheet shows. Nothing is read into the words: `00123` and `1-2` stay as they are.

use super::grid::{Grid, text as words};
use crate::error::SheetError;
use crate::import::sheet::{Cell, Sheet};

/// Lines that say what stands between the cells.
const FIRST_LINES: usize = 60;

/// Reads a table.
///
/// # Errors
/// It is over the bounds.
pub(super) fn read(text: &str) -> Result<Sheet, SheetError> {
    let (separator, text) = separator(text);
    let mut grid = Grid::default();
    let (mut row, mut column, mut rest) = (0usize, 0usize, text);
    let mut unquoted = String::new();
    while !rest.is_empty() {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => (None, unquote(quoted, separator, &mut unquoted)),
            None => {
                let end = rest.find([separator, '\n', '\r']).unwrap_or(rest.len());
                (Some(&rest[..end]), &rest[end..])
            }
        };
        let field = field.unwrap_or(&unquoted);
        let cell = words(plain(field));
        if !matches!(cell, Cell::Empty) {
            grid.put(row, column, cell)?;
        }
        if let Some(next) = after.strip_prefix(separator) {
            (column, rest) = (column + 1, next);
        } else {
            let next = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r']));
            (row, column, rest) = (row + 1, 0, next.unwrap_or(""));
        }
    }
    grid.finish()
}

/// A cell without the marks that make it words in a spreadsheet: the stroke of our own export, and
/// the formula `="00123"` of others.
fn plain(field: &str) -> &str {
    let inner = field.trim().strip_prefix("=\"").and_then(|inner| inner.strip_suffix('"'));
    match inner.filter(|inner| !inner.contains('"')) {
        Some(inner) => inner,
        None => field.strip_prefix('\'').unwrap_or(field),
    }
}

/// The words of a quoted cell, and what comes after it. What stands after the closing quote
/// belongs to the cell too, as spreadsheets have it.
fn unquote<'a>(quoted: &'a str, separator: char, words: &mut String) -> &'a str {
    words.clear();
    let mut rest = quoted;
    loop {
        let Some(end) = rest.find('"') else {
            words.push_str(rest);
            return "";
        };
        words.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(more) => {
                words.push('"');
                rest = more;
            }
            None => {
                let end = rest.find([separator, '\n', '\r']).unwrap_or(rest.len());
                words.push_str(&rest[..end]);
                return &rest[end..];
            }
        }
    }
}

/// What stands between the cells: what most of the first lines have equally often. Excel's own
/// `sep=;` goes before.
fn separator(text: &str) -> (char, &str) {
    let text = text.trim_start_matches('\u{feff}').trim_end_matches('\u{1a}');
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let said = first.trim_end().strip_prefix("sep=").map(|said| said.chars().collect::<Vec<_>>());
    if let Some([said]) = said.as_deref()
        && !said.is_alphanumeric()
    {
        return (*said, rest);
    }
    let lines = first_lines(text);
    let mut best = (0, ',');
    for mark in ['\t', ';', ',', '|'] {
        let counts = lines.iter().map(|line| line.matches(mark).count());
        let counts: Vec<usize> = counts.filter(|count| *count > 0).collect();
        let alike = counts.iter().map(|n| counts.iter().filter(|m| n == *m).count());
        // Lines with it, and twice those that have it as often as most.
        let weight = counts.len() + 2 * alike.max().unwrap_or(0);
        if weight > best.0 {
            best = (weight, mark);
        }
    }
    (best.1, text)
}

/// The first lines that are not blank, without what stands in quotes.
fn first_lines(text: &str) -> Vec<String> {
    let (mut lines, mut line, mut is_quoted) = (Vec::new(), String::new(), false);
    for c in text.chars().take(1 << 16) {
        match c {
            '"' => is_quoted = !is_quoted,
            '\n' | '\r' if !is_quoted => {
                if !line.trim_matches([' ', ',']).is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                line.clear();
            }
            _ if is_quoted => {}
            c => line.push(c),
        }
        if lines.len() >= FIRST_LINES {
            return lines;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "tests")]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let sheet = read(text).unwrap();
        sheet.cells.iter().map(|row| row.iter().map(Cell::words).collect()).collect()
    }

    #[test]
    fn cells_are_told_apart_by_what_most_lines_have() {
        assert_eq!(rows("a,b\n1,2\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(
            rows("题目，甲,乙\na\tb\n1,000\t2\r\n3\t4"),
            rows("题目，甲,乙\na\tb\n1,000\t2\r\n3\t4\n")
        );
        assert_eq!(rows("a\tb\n1,000\t2,000\n")[1], ["1,000", "2,000"]);
        assert_eq!(rows("a;b\n1,5;2,5\n")[1], ["1,5", "2,5"]);
        assert_eq!(rows("sep=|\na|b;c\n"), [["a", "b;c"]]);
        assert_eq!(rows("各县情况（2012年）\n\n地区,人数\n泰山区,5\n")[2], ["地区", "人数"]);
        assert_eq!(rows("one\ntwo\n"), [["one"], ["two"]]);
    }

    #[test]
    fn quotes_hold_separators_and_lines() {
        assert_eq!(rows("\"a,\"\"b\"\"\",c\n\"x\ny\",2\n"), [["a,\"b\"", "c"], ["x\ny", "2"]]);
        assert_eq!(rows("\"1,234\",2\n"), [["1,234", "2"]]);
        assert_eq!(rows("\"open,1\n2"), [["open,1\n2"]]);
        assert_eq!(rows("a,\"b\"c,d\n"), [["a", "bc", "d"]]);
        assert_eq!(rows("'=1+1,'5\n"), [["=1+1", "5"]]);
        assert_eq!(rows("=\"00123\",\"=\"\"7\"\"\",=1\n"), [["00123", "7", "=1"]]);
    }

    #[test]
    fn blank_lines_stay_rows() {
        let sheet = read("a\n\n\n,b\n,,\n\n").unwrap();
        assert_eq!(sheet.cells.len(), 4);
        assert_eq!(sheet.cells[3].len(), 2);
    }
}
