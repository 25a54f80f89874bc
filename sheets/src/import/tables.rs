//! Owns finding the tables in a sheet: title lines above, a head of one or more rows, rows below.
//!
//! Invariant: a line of one cell, merged or not, is never the head; without numbers below there
//! is no table. Tables that stand beside one another are several. Linear in the cells.

use super::grid::{Grid, words};
use super::names::squeezed;
use super::numbers;
use super::regions::{Named, Regions};
use super::sheet::Cell;
use super::words::{Said, Word};
use super::years;
use std::collections::HashSet;

/// A table's rows and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TableAt {
    /// Rows with lines above it.
    pub(super) titles: Vec<usize>,
    /// First and last row of its head.
    pub(super) head: (usize, usize),
    /// The first row below the head.
    pub(super) first: usize,
    /// Its last row.
    pub(super) last: usize,
    /// First and last column.
    pub(super) columns: (usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Blank,
    Line,
    Head,
    Numbering,
    Data,
}

/// The most rows of a head.
const MOST_HEAD: usize = 6;

/// The tables in a sheet, from above and from the left.
pub(super) fn find(grid: &Grid<'_>, regions: &Regions) -> Vec<TableAt> {
    let mut kinds: Vec<Kind> = (0..grid.rows()).map(|row| kind(grid, regions, row)).collect();
    find_short_heads(grid, &mut kinds);
    find_title_lines(grid, &mut kinds);
    let mut tables = Vec::new();
    let mut titles: Vec<usize> = Vec::new();
    let mut row = 0;
    while row < kinds.len() {
        match kinds[row] {
            Kind::Blank | Kind::Numbering => row += 1,
            Kind::Line => {
                titles.push(row);
                row += 1;
            }
            Kind::Data => {
                titles.clear();
                row += 1;
            }
            Kind::Head => {
                let last = head_end(grid, &mut kinds, row);
                let Some(first) = data_after(&kinds, last) else {
                    // Words only: lines of two cells, such as who filled it in and when.
                    titles.extend(row..=last);
                    row = last + 1;
                    continue;
                };
                let end = end(grid, &mut kinds, &titles, (row, last), first);
                let head = (row, last);
                let titles_here = std::mem::take(&mut titles);
                let found =
                    TableAt { titles: titles_here, head, first, last: end, columns: (0, 0) };
                tables.extend(beside(grid, regions, found));
                row = end + 1;
            }
        }
    }
    tables
}

/// A line right above rows of numbers, behind their first column, is a head: that of a table whose
/// names of regions have none.
fn find_short_heads(grid: &Grid<'_>, kinds: &mut [Kind]) {
    let first_of = |row: usize| (0..grid.columns(row)).find(|c| !grid.cell(row, *c).is_empty());
    let none = HashSet::new();
    for row in 1..kinds.len() {
        if kinds[row - 1] != Kind::Line {
            continue;
        }
        if kinds[row] == Kind::Head {
            // The one group above several columns: 特殊教育.
            let above = first_of(row - 1).unwrap_or(0);
            let said = Said::of(&words(grid.cell(row - 1, above)), &none);
            let is_group = said.years.is_empty()
                && said.unknown.is_empty()
                && !said.stages().is_empty()
                && said.words.iter().all(|word| matches!(word, Word::Of(_)));
            if above > 0 && is_group {
                kinds[row - 1] = Kind::Head;
            }
        }
        // What is hidden between them is not there.
        let below = (row..kinds.len()).find(|below| !grid.is_row_hidden(*below)).unwrap_or(row);
        if kinds[below] != Kind::Data {
            continue;
        }
        let (Some(above), Some(first)) = (first_of(row - 1), first_of(below)) else { continue };
        let text = squeezed(&words(grid.cell(row - 1, above)));
        let has_number_below = is_numberish(grid.cell(below, above));
        let is_below_rows = row >= 2 && kinds[row - 2] == Kind::Data;
        if above > first && has_number_below && !is_field(&text) && !is_below_rows {
            kinds[row - 1] = Kind::Head;
        }
    }
}

/// A line of a few cells above a head, the first of which stands over the head of the names: a
/// title and what is filled in beside it, such as 2011年 … 民办. Groups of columns leave that place
/// empty, or name what is grouped.
fn find_title_lines(grid: &Grid<'_>, kinds: &mut [Kind]) {
    const MOST_CELLS: usize = 4;
    let none = HashSet::new();
    let filled = |row: usize| {
        (0..grid.columns(row)).filter(move |column| !grid.cell(row, *column).is_empty())
    };
    for row in 0..kinds.len().saturating_sub(1) {
        if kinds[row] != Kind::Head || kinds[row + 1] != Kind::Head {
            continue;
        }
        let cells: Vec<usize> = filled(row).take(MOST_CELLS + 1).collect();
        let Some((first, others)) = cells.split_first() else { continue };
        if cells.len() > MOST_CELLS || heads_rows(grid.cell(row, *first)) {
            continue;
        }
        let is_above_names = |below: usize| {
            kinds.get(below) == Some(&Kind::Head)
                && filled(below).next().is_some_and(|column| column >= *first)
                && filled(below).count() > cells.len()
                && filled(below).take(3).any(|column| heads_rows(grid.cell(below, column)))
        };
        let is_apart = filled(row + 1).next() > Some(*first);
        // No names of rows are headed by a year.
        let says_year = !Said::of(&words(grid.cell(row, *first)), &none).years.is_empty();
        let is_above = is_above_names(row + 1)
            || (is_apart && (says_year && !others.is_empty() || is_above_names(row + 2)));
        let is_group = |column: &usize| {
            let said = Said::of(&words(grid.cell(row, *column)), &none);
            let is_wide = grid.origin(row, column + 1) == (row, *column);
            is_wide
                || !said.years.is_empty()
                || !said.stages().is_empty()
                || said.is_other()
                || (said.has(Word::Enrolled) && said.parts().is_empty())
                || [Word::Wide, Word::People, Word::Total, Word::School]
                    .iter()
                    .any(|word| said.has(*word))
        };
        let is_merged_down = grid.origin(row + 1, *first) == (row, *first);
        if is_above && !is_merged_down && !others.iter().any(is_group) {
            kinds[row] = Kind::Line;
        }
    }
}

/// A table whose head the reader says.
pub(super) fn with_head(grid: &Grid<'_>, head: (usize, usize)) -> TableAt {
    let last = grid.rows().saturating_sub(1);
    let head = (head.0.min(last), head.1.min(last).max(head.0.min(last)));
    let mut table =
        TableAt { titles: (0..head.0).collect(), head, first: head.1 + 1, last, columns: (0, 0) };
    table.columns = extent(grid, &table);
    table
}

fn is_numberish(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) | Cell::Percent(_) | Cell::Error(_) | Cell::NotComputed => true,
        Cell::Text(text) => {
            let has_digit = text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
            has_digit && (numbers::written(cell).is_ok() || is_mostly_number(text))
        }
        _ => false,
    }
}

/// About 72000, 41,000*: numbers with a mark, which no head is.
fn is_mostly_number(text: &str) -> bool {
    let (named, text) = years::taken_out(text);
    let is_of_head = ["岁", "年级", "班", "月", "级", "年", "类", "表"];
    let is_named = !named.is_empty() || is_of_head.iter().any(|word| text.contains(word));
    if is_named || text.chars().count() > 24 {
        return false;
    }
    let digits = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
    digits * 2 >= text.chars().count()
}

fn is_year(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) | Cell::Number(text) => {
            text.len() < 60
                && text.starts_with(|c: char| c.is_ascii_digit() || !c.is_ascii())
                && years::of_cell(cell).is_some()
        }
        Cell::Date { .. } => true,
        _ => false,
    }
}

/// What is filled in around a table: 单位：…, 填报人：….
pub(super) fn is_field(text: &str) -> bool {
    const FIELDS: [&str; 24] = [
        "单位",
        "填报",
        "填表",
        "制表",
        "制定",
        "编制",
        "审核",
        "报送",
        "日期",
        "时间",
        "表号",
        "批准",
        "有效期",
        "联系",
        "负责人",
        "统计",
        "数据来源",
        "资料来源",
        "来源",
        "备注",
        "说明",
        "注",
        "计量",
        "复核",
    ];
    let Some((before, _)) = text.split_once(':') else { return false };
    FIELDS.iter().any(|field| before.starts_with(field)) && before.chars().count() <= 10
}

fn kind(grid: &Grid<'_>, regions: &Regions, row: usize) -> Kind {
    if grid.is_row_hidden(row) {
        return Kind::Blank;
    }
    let (mut count, mut fields, mut is_known) = (0, 0, false);
    for column in 0..grid.columns(row) {
        let cell = grid.cell(row, column);
        if cell.is_empty() {
            continue;
        }
        if is_numberish(cell) && !is_year(cell) {
            return if is_numbering(grid, row) { Kind::Numbering } else { Kind::Data };
        }
        count += 1;
        if let Cell::Text(text) = cell {
            if count <= 3 && text.len() < 120 {
                is_known |= matches!(regions.named(text), Named::Known(_));
            }
            fields += usize::from(is_field(&squeezed(text)));
        }
    }
    match count {
        0 => Kind::Blank,
        1 => Kind::Line,
        2.. if fields > 0 && count - fields <= 1 => Kind::Line,
        _ if is_known => Kind::Data,
        _ => Kind::Head,
    }
}

/// A row that numbers the columns: 甲 1 2 3.
fn is_numbering(grid: &Grid<'_>, row: usize) -> bool {
    let mut next: Option<i64> = None;
    let mut count = 0;
    for column in 0..grid.columns(row) {
        let cell = grid.cell(row, column);
        let text = squeezed(&words(cell));
        if text.is_empty() {
            continue;
        }
        let digits = text.trim_matches(['(', ')', '[', ']', '栏', '列']);
        match digits.parse::<i64>() {
            Ok(number) => {
                if number != next.unwrap_or(number)
                    || (next.is_none() && !(0..=3).contains(&number))
                {
                    return false;
                }
                next = Some(number + 1);
                count += 1;
            }
            Err(_)
                if ["甲", "乙", "丙", "丁", "栏次", "序号", "a", "b", "c"]
                    .contains(&text.as_str()) => {}
            Err(_) => return false,
        }
    }
    count >= 2
}

/// The last row of a head that begins in a row.
fn head_end(grid: &Grid<'_>, kinds: &mut [Kind], start: usize) -> usize {
    let first_column = (0..grid.columns(start)).find(|c| !grid.cell(start, *c).is_empty());
    let mut last = start;
    while last + 1 < kinds.len() && last + 1 - start < MOST_HEAD {
        let next = last + 1;
        // A number that could be a year, behind a name of its own: a row.
        if kinds[next] == Kind::Head && is_row_with_year(grid, next, first_column) {
            kinds[next] = Kind::Data;
        }
        let belongs = match kinds[next] {
            Kind::Head => true,
            // One cell below the first column begins the rows; elsewhere it parts a head.
            Kind::Line => {
                let at = (0..grid.columns(next)).find(|c| !grid.cell(next, *c).is_empty());
                let text = at.map(|at| squeezed(&words(grid.cell(next, at)))).unwrap_or_default();
                at > first_column
                    && !is_field(&text)
                    && grid.origin(next, at.unwrap_or(0)) == (next, at.unwrap_or(0))
            }
            _ => false,
        };
        if !belongs {
            break;
        }
        last = next;
    }
    last
}

/// Whether a row has a name in the first column and, as its numbers, some that could be years.
fn is_row_with_year(grid: &Grid<'_>, row: usize, first_column: Option<usize>) -> bool {
    let mut cells = (0..grid.columns(row)).map(|c| (c, grid.cell(row, c)));
    let first = cells.find(|(_, cell)| !cell.is_empty());
    let is_named = first.is_some_and(|(column, cell)| {
        Some(column) <= first_column
            && matches!(cell, Cell::Text(_))
            && !is_year(cell)
            && !heads_rows(cell)
    });
    is_named && cells.any(|(_, cell)| is_numberish(cell))
}

/// Whether a cell heads the names of rows: 地区, 序号.
fn heads_rows(cell: &Cell) -> bool {
    let said = Said::of(&words(cell), &HashSet::new());
    [Word::Region, Word::Running, Word::Item, Word::Unclear, Word::SchoolName, Word::Year]
        .iter()
        .any(|word| said.is_only(*word))
}

/// The first row below a head, where numbers follow soon.
fn data_after(kinds: &[Kind], last: usize) -> Option<usize> {
    let mut first = last + 1;
    if kinds.get(first) == Some(&Kind::Numbering) {
        first += 1;
    }
    let mut below = kinds.get(first..)?.iter().take(8).filter(|kind| **kind != Kind::Blank);
    let next = below.find(|kind| **kind != Kind::Line)?;
    matches!(next, Kind::Data | Kind::Numbering).then_some(first)
}

/// The last row of a table: before the lines above the next head, or the last there is.
fn end(
    grid: &Grid<'_>,
    kinds: &mut [Kind],
    titles: &[usize],
    head: (usize, usize),
    first: usize,
) -> usize {
    let same = |row: usize| {
        (0..=head.1 - head.0).any(|n| {
            let columns = grid.columns(row).max(grid.columns(head.0 + n));
            (0..columns).all(|c| words(grid.cell(row, c)) == words(grid.cell(head.0 + n, c)))
        })
    };
    for row in first..kinds.len() {
        if kinds[row] != Kind::Head
            || (same(row) && !is_below_other_title(grid, kinds, titles, row))
        {
            continue;
        }
        let heads_names = (0..grid.columns(row)).any(|column| heads_rows(grid.cell(row, column)));
        let its_last = head_end(grid, kinds, row);
        if heads_names && data_after(kinds, its_last).is_some() {
            // The lines between belong to what follows, but for notes.
            let mut start = row;
            while start > first {
                match kinds[start - 1] {
                    Kind::Blank => start -= 1,
                    Kind::Line if !is_note(grid, start - 1) => start -= 1,
                    _ => break,
                }
            }
            return start.saturating_sub(1).max(first);
        }
    }
    kinds.len().saturating_sub(1)
}

/// Whether a head that stands there once more is that of another table: right above it a line says
/// something else than the lines above the first, and no more than that the table goes on.
fn is_below_other_title(grid: &Grid<'_>, kinds: &[Kind], titles: &[usize], head: usize) -> bool {
    let text = |row: usize| {
        let cells = (0..grid.columns(row)).map(|column| squeezed(&words(grid.cell(row, column))));
        cells.filter(|text| !text.is_empty() && !is_field(text)).collect::<String>()
    };
    let said: HashSet<String> = titles.iter().map(|row| text(*row)).collect();
    let lines = (0..head).rev().take_while(|row| matches!(kinds[*row], Kind::Blank | Kind::Line));
    let lines = lines.filter(|row| kinds[*row] == Kind::Line && !is_note(grid, *row));
    let is_other = |text: &String| {
        let goes_on = text.contains('续') || text.contains('第') && text.contains('页');
        !text.is_empty() && !goes_on && !said.contains(text)
    };
    lines.map(text).any(|text| is_other(&text))
}

fn is_note(grid: &Grid<'_>, row: usize) -> bool {
    let text = (0..grid.columns(row)).map(|c| grid.cell(row, c)).find(|cell| !cell.is_empty());
    let text = text.map(|cell| squeezed(&words(cell))).unwrap_or_default();
    ["注", "备注", "填表", "填报", "数据来源", "资料来源", "说明", "审核", "note", "source"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// First and last column in which a head or more than a stray cell stands.
fn extent(grid: &Grid<'_>, table: &TableAt) -> (usize, usize) {
    let mut counts: Vec<usize> = Vec::new();
    for row in table.head.0..=table.last.min(grid.rows().saturating_sub(1)) {
        let is_head = row <= table.head.1;
        for column in 0..grid.columns(row) {
            if grid.cell(row, column).is_empty() {
                continue;
            }
            if counts.len() <= column {
                counts.resize(column + 1, 0);
            }
            counts[column] += if is_head { 2 } else { 1 };
        }
    }
    let first = counts.iter().position(|count| *count > 0).unwrap_or(0);
    let last = counts.iter().rposition(|count| *count > 1).unwrap_or(first);
    (first, last.max(first))
}

/// Tables that stand beside one another, each with names of its own.
fn beside(grid: &Grid<'_>, regions: &Regions, mut table: TableAt) -> Vec<TableAt> {
    table.columns = extent(grid, &table);
    let (first, last) = table.columns;
    let none = HashSet::new();
    let head_of = |column: usize| {
        let rows = table.head.0..=table.head.1;
        let words = rows.map(|row| words(grid.spread(row, column)).into_owned());
        words.collect::<Vec<_>>()
    };
    let has_numbers = |from: usize, to: usize| {
        let mut rows = table.first..=table.last.min(grid.rows().saturating_sub(1));
        rows.any(|row| (from + 1..to).any(|column| is_numberish(grid.cell(row, column))))
    };
    let mut starts: Vec<usize> = Vec::new();
    let mut names: Option<(usize, Vec<String>)> = None;
    for column in first..=last {
        let head = head_of(column);
        let is_headed = head.iter().any(|words| Said::of(words, &none).is_only(Word::Region));
        // Rows of two columns of names that do not agree are those of two tables.
        let agrees = |other: usize| {
            (table.first..=table.last).all(|row| {
                let here = grid.spread(row, column);
                let named = |cell: &Cell| regions.named(&words(cell));
                !matches!(named(here), Named::Known(_))
                    || named(here) == named(grid.spread(row, other))
            })
        };
        let holds_names = || {
            let cells = (table.first..=table.last).map(|row| grid.cell(row, column));
            let cells = cells.filter(|cell| matches!(cell, Cell::Text(_))).take(60);
            let found: Vec<bool> =
                cells.map(|cell| matches!(regions.named(&words(cell)), Named::Known(_))).collect();
            let known = found.iter().filter(|is_known| **is_known).count();
            known >= 2 && known * 2 >= found.len()
        };
        let is_names = is_headed || holds_names();
        if !is_names {
            continue;
        }
        match &names {
            None => names = Some((column, head)),
            // Names right beside names, such as a city's and its counties', are those of one table.
            Some((before, _)) if !has_numbers(*before, column) => {}
            Some((before, its_head)) => {
                let is_same_head = is_headed && *its_head == head;
                if is_same_head || (holds_names() && !agrees(*before)) {
                    // What stands before the names, such as running numbers, goes with them.
                    let offset = names.as_ref().map_or(0, |(column, _)| column - first);
                    let start = column.saturating_sub(if starts.is_empty() { offset } else { 0 });
                    starts.push(start.max(*before + 1));
                    names = Some((column, head));
                }
            }
        }
    }
    let mut tables = Vec::new();
    let mut from = first;
    for start in starts {
        tables.push(TableAt { columns: (from, start - 1), ..table.clone() });
        from = start;
    }
    tables.push(TableAt { columns: (from, last), ..table });
    tables
}
