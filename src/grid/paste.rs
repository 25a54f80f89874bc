//! Owns how a block from another spreadsheet comes to lie on a grid.
//!
//! Invariant: every field that is not placed is told of. Deliberately absent: reading the
//! fields (`entry`), and whether a cell may be written.

use super::entry::half_width;
use super::range::{At, Range};
use super::sheet::Sheet;
use std::collections::BTreeMap;

/// A block as it lies on a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// What is typed where.
    pub cells: Vec<(At, String)>,
    /// Fields that found no room.
    pub cut: usize,
    /// Names of rows and columns that the grid does not have.
    pub unknown: Vec<String>,
}

/// The fields of tab-separated text, line by line. A field may stand in double quotes, and
/// then hold tabs and line breaks, and quotes written twice.
pub fn fields(text: &str) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        let Some(line) = lines.last_mut() else { break };
        let Some(field) = line.last_mut() else { break };
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            '\t' if !quoted => line.push(String::new()),
            '\r' if !quoted => {
                chars.next_if_eq(&'\n');
                lines.push(vec![String::new()]);
            }
            '\n' if !quoted => lines.push(vec![String::new()]),
            other => field.push(other),
        }
    }
    // Spreadsheets end the last line too.
    if lines.len() > 1 && lines.last().is_some_and(|line| line.iter().all(String::is_empty)) {
        lines.pop();
    }
    lines
}

/// Lays a block on a grid: by names where its first column, or its first line, holds those of
/// the grid; otherwise from the selection's first cell on. What is smaller than the selection
/// and fits it a whole number of times fills it.
pub fn place(block: &[Vec<String>], sheet: &Sheet, range: Range) -> Placed {
    let mut placed = Placed::default();
    let start = range.start();
    let names = Names::of(sheet);
    let by_row = names_rows(block, &names);
    let first_field = usize::from(by_row);
    let header = header(block, &names, by_row);
    let (first_line, columns): (usize, Option<Vec<Option<usize>>>) = match header {
        Header::None => (0, None),
        Header::Unknown => (1, None),
        Header::Columns(columns) => {
            for (field, _) in named(&block[0][first_field..], &columns) {
                placed.unknown.push(field.trim().to_owned());
            }
            (1, Some(columns))
        }
    };
    let body = &block[first_line.min(block.len())..];
    if !by_row && columns.is_none() {
        tile(body, range, sheet, &mut placed);
        return placed;
    }
    for (n, line) in body.iter().enumerate() {
        let row = if by_row {
            let name = line.first().map_or("", String::as_str);
            match names.row(name) {
                Some(row) => row,
                None if line.iter().all(|field| field.trim().is_empty()) => continue,
                // The grid adds up by itself.
                None if sheet.total.as_ref().is_some_and(|total| bare(total) == bare(name)) => {
                    continue;
                }
                None => {
                    placed.unknown.push(name.trim().to_owned());
                    continue;
                }
            }
        } else {
            start.row + n
        };
        for (n, field) in line.iter().skip(first_field).enumerate() {
            let col = match &columns {
                None => start.col + n,
                Some(columns) => match columns.get(n) {
                    Some(Some(col)) => *col,
                    _ => continue,
                },
            };
            put(field, At { row, col }, sheet, &mut placed);
        }
    }
    placed
}

/// A block without names, from the first cell on, or as often as it fits the selection.
fn tile(body: &[Vec<String>], range: Range, sheet: &Sheet, placed: &mut Placed) {
    let height = body.len().max(1);
    let width = body.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let size = range.size();
    let fits = size.rows.is_multiple_of(height) && size.cols.is_multiple_of(width);
    let (down, across) = if fits { (size.rows / height, size.cols / width) } else { (1, 1) };
    let start = range.start();
    for repeat in 0..down {
        for (n, line) in body.iter().enumerate() {
            for again in 0..across {
                for (m, field) in line.iter().enumerate() {
                    let row = start.row + repeat * height + n;
                    put(field, At { row, col: start.col + again * width + m }, sheet, placed);
                }
            }
        }
    }
}

fn put(field: &str, at: At, sheet: &Sheet, placed: &mut Placed) {
    if at.row < sheet.rows.len() && at.col < sheet.columns.len() {
        placed.cells.push((at, field.to_owned()));
    } else if !field.trim().is_empty() {
        placed.cut += 1;
    }
}

/// Whether the first column holds names of rows: at least half of what stands there is one.
fn names_rows(block: &[Vec<String>], names: &Names) -> bool {
    if block.iter().all(|line| line.len() < 2) {
        return false;
    }
    let first = block.iter().filter_map(|line| line.first()).filter(|name| !name.trim().is_empty());
    let (mut known, mut other) = (0, 0);
    for name in first {
        if names.row(name).is_some() { known += 1 } else { other += 1 }
    }
    known > 0 && known >= other
}

enum Header {
    None,
    /// A line of words that name no column.
    Unknown,
    /// The column each field names.
    Columns(Vec<Option<usize>>),
}

fn header(block: &[Vec<String>], names: &Names, by_row: bool) -> Header {
    let Some(first) = block.first().filter(|_| block.len() > 1) else { return Header::None };
    if by_row && first.first().is_some_and(|name| names.row(name).is_some()) {
        return Header::None;
    }
    let fields = &first[usize::from(by_row).min(first.len())..];
    let columns: Vec<Option<usize>> = fields.iter().map(|field| names.column(field)).collect();
    let is_plain = |field: &String| {
        let field = half_width(field);
        field.trim().bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'))
    };
    // Years alone might be numbers: only beside names are they a header.
    if columns.iter().any(Option::is_some) && (by_row || !fields.iter().all(is_plain)) {
        return Header::Columns(columns);
    }
    let has_words = fields.iter().any(|f| !f.trim().is_empty()) && !fields.iter().any(is_plain);
    if by_row && has_words { Header::Unknown } else { Header::None }
}

/// The fields of a header that name no column.
fn named<'a>(
    fields: &'a [String],
    columns: &'a [Option<usize>],
) -> impl Iterator<Item = (&'a String, &'a Option<usize>)> {
    let each = fields.iter().zip(columns);
    each.filter(|(field, column)| column.is_none() && !field.trim().is_empty())
}

/// Names of rows and columns, as they are compared: looked up for every line of a block.
struct Names {
    rows: BTreeMap<String, usize>,
    columns: BTreeMap<String, usize>,
}

impl Names {
    fn of(sheet: &Sheet) -> Self {
        let mut names = Self { rows: BTreeMap::new(), columns: BTreeMap::new() };
        let add = |names: &mut BTreeMap<String, usize>, name: &str, place: usize| {
            let name = bare(name);
            if !name.is_empty() {
                names.entry(name).or_insert(place);
            }
        };
        // A name of its own goes before another's other name.
        for (place, row) in sheet.rows.iter().enumerate() {
            add(&mut names.rows, &row.name, place);
        }
        for (place, row) in sheet.rows.iter().enumerate() {
            row.aliases.iter().for_each(|alias| add(&mut names.rows, alias, place));
        }
        for (place, column) in sheet.columns.iter().enumerate() {
            add(&mut names.columns, &column.name, place);
        }
        for (place, column) in sheet.columns.iter().enumerate() {
            column.aliases.iter().for_each(|alias| add(&mut names.columns, alias, place));
        }
        names
    }

    fn row(&self, name: &str) -> Option<usize> {
        self.rows.get(&bare(name)).copied()
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.get(&bare(name)).copied()
    }
}

/// A name without what differs from table to table: spaces, width, case.
fn bare(name: &str) -> String {
    half_width(name).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sheet::tests::sheet;
    use super::*;

    fn laid(text: &str, range: Range) -> Placed {
        place(&fields(text), &sheet(), range)
    }

    fn cells(placed: &Placed) -> Vec<(usize, usize, &str)> {
        placed.cells.iter().map(|(at, text)| (at.row, at.col, text.as_str())).collect()
    }

    fn one(row: usize, col: usize) -> Range {
        Range::one(At { row, col })
    }

    #[test]
    fn fields_are_told_apart_with_quotes_and_any_line_break() {
        assert_eq!(fields("1\t2\r\n3\t4\r\n"), [["1", "2"], ["3", "4"]]);
        assert_eq!(fields("1\n\n2"), [["1"], [""], ["2"]]);
        assert_eq!(
            fields("\"a\tb\"\t\"say \"\"hi\"\"\"\r3"),
            [vec!["a\tb", "say \"hi\""], vec!["3"]]
        );
        assert_eq!(fields("\"1,234\"\t"), [["1,234", ""]]);
        assert_eq!(fields(""), [[""]]);
    }

    #[test]
    fn a_block_lies_from_the_first_cell_on_and_what_has_no_room_is_told() {
        let placed = laid("1\t2\t3\n4\t5\t6\n7\t8\t9", one(1, 1));
        assert_eq!(cells(&placed), [(1, 1, "1"), (1, 2, "2"), (2, 1, "4"), (2, 2, "5")]);
        assert_eq!(placed.cut, 5);
    }

    #[test]
    fn a_single_value_fills_the_selection_and_a_block_that_fits_is_repeated() {
        let all = Range { anchor: At { row: 1, col: 0 }, head: At { row: 2, col: 1 } };
        assert_eq!(cells(&laid("7", all)).len(), 4);
        let twice = laid("1\t2", all);
        assert_eq!(cells(&twice), [(1, 0, "1"), (1, 1, "2"), (2, 0, "1"), (2, 1, "2")]);
        let once = laid("1\n2\n3", all);
        assert_eq!((cells(&once).len(), once.cut), (2, 1), "what does not fit lies once");
    }

    #[test]
    fn rows_are_found_by_name_in_any_order_and_unknown_names_are_told() {
        let placed = laid("岱岳区\t5\n 泰山 区\t6\n新泰市\t7\n\t", one(0, 1));
        assert_eq!(cells(&placed), [(2, 1, "5"), (1, 1, "6")]);
        assert_eq!(placed.unknown, ["新泰市"]);
    }

    #[test]
    fn a_header_names_columns_and_one_that_names_none_is_passed_over() {
        let placed = laid("地区\t2012年\t2013年\t2011\n泰山区\t1\t2\t3", one(0, 0));
        assert_eq!(cells(&placed), [(1, 1, "1"), (1, 0, "3")]);
        assert_eq!(placed.unknown, ["2013年"]);
        let words = laid("地区\t在校生\n泰山区\t9", one(0, 0));
        assert_eq!(cells(&words), [(1, 0, "9")]);
        let without_rows = laid("2012年\t2011年\n8\t9", one(1, 0));
        assert_eq!(cells(&without_rows), [(1, 1, "8"), (1, 0, "9")]);
    }

    #[test]
    fn numbers_that_look_like_years_are_numbers_where_nothing_is_named() {
        let placed = laid("2011\t2012\n5\t6", one(1, 0));
        assert_eq!(cells(&placed), [(1, 0, "2011"), (1, 1, "2012"), (2, 0, "5"), (2, 1, "6")]);
    }
}
