//! Owns what stands around a table and holds for all of it: its titles, units, years.
//!
//! Invariant: a line that is filled in (填报日期：…) says nothing of the numbers; a unit or a year
//! that may be read in two ways is a doubt.

use super::choices::Unit;
use super::columns::Columns;
use super::grid::{Grid, words};
use super::names::squeezed;
use super::numbers;
use super::regions::{Named as Region, Regions};
use super::sheet::Cell;
use super::tables::{TableAt, is_field};
use super::things::{Above, Things};
use super::words::{Said, Word};
use super::years::Named;
use shapan_engine::Year;
use std::collections::BTreeSet;

/// What holds for a whole table.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    pub(super) above: Above,
    /// Its title lines as they stand.
    pub(super) titles: Vec<String>,
    /// The units that are said.
    pub(super) units: Vec<Unit>,
    /// Whether a unit is said that is not understood.
    pub(super) unit_is_doubtful: bool,
    /// The year its titles name.
    pub(super) year: Option<Year>,
    /// The year that its titles may name.
    pub(super) likely_year: Option<Year>,
}

/// Parts that a title may name and that make the whole table one of a part.
const PARTS: [&str; 13] = [
    "女", "男", "寄宿", "民办", "公办", "城乡", "困难", "特定", "预计", "年级", "类型", "上年",
    "学期",
];

/// Fields that say of which year the numbers are.
const WHEN: [&str; 8] =
    ["年度", "年份", "学年", "报告期", "统计时间", "数据时间", "截止时间", "统计时点"];

/// What a line says of units, and whether it says nothing else. 单位：市教育局 says nothing.
enum UnitLine {
    No,
    Units(Vec<Unit>),
    Doubt,
}

fn unit_line(text: &str) -> UnitLine {
    let none = std::collections::HashSet::new();
    let fits = |words: &str| {
        let said = Said::of(words, &none);
        let is_unit = |word: &Word| matches!(word, Word::In(_) | Word::InOther);
        let all = !said.words.is_empty() && said.unknown.is_empty();
        (all && said.words.iter().all(is_unit)).then(|| said.units())
    };
    let is_of_units =
        ["计量单位", "数据单位", "数量单位", "金额单位", "货币单位", "人数单位", "单位", "unit"];
    let inner = text.trim_start_matches('(').trim_end_matches(')');
    for word in is_of_units {
        let Some(rest) = inner.strip_prefix(word) else { continue };
        let rest = rest.trim_start_matches([':', '为', '是']);
        if let Some(units) = fits(rest) {
            return UnitLine::Units(units);
        }
        let is_of_numbers = word != "单位" && word != "unit";
        let has_number_word = ["万", "千", "百", "亿"].iter().any(|zeros| rest.contains(zeros));
        return if is_of_numbers || (has_number_word && rest.chars().count() < 12) {
            UnitLine::Doubt
        } else {
            UnitLine::No
        };
    }
    let is_bracketed = text.starts_with('(') && text.ends_with(')');
    match fits(inner) {
        Some(units) if is_bracketed || !units.is_empty() => UnitLine::Units(units),
        _ => UnitLine::No,
    }
}

/// What stands around a table.
pub(super) fn around(grid: &Grid<'_>, table: &TableAt, things: &Things<'_>) -> Around {
    let mut around = Around::default();
    let mut years: BTreeSet<Year> = BTreeSet::new();
    let mut doubts: BTreeSet<Year> = BTreeSet::new();
    around.above.is_whole = true;
    for &row in &table.titles {
        for column in 0..grid.columns(row) {
            let text = words(grid.cell(row, column));
            if text.is_empty() {
                continue;
            }
            around.titles.push(text.to_string());
            let squeezed = squeezed(&text);
            let says_when = squeezed
                .split_once(':')
                .is_some_and(|(field, _)| WHEN.iter().any(|word| field.ends_with(word)));
            if around.take_unit(&squeezed) || (is_field(&squeezed) && !says_when) {
                continue;
            }
            // 1. 2. and the like before a title, or a number of the table.
            let said = Said::of(&squeezed, things.known());
            // A yearbook of 2012 may have the numbers of 2011.
            let is_yearbook = squeezed.contains("年鉴");
            for year in &said.years {
                match year {
                    Named::Year(year) if is_yearbook => drop(doubts.insert(*year)),
                    Named::Year(year) => drop(years.insert(*year)),
                    Named::Doubt(year) => drop(doubts.insert(*year)),
                }
            }
            around.units.extend(said.units());
            around.above.is_whole &= said.unknown.is_empty();
            around.above.said.join(said);
        }
    }
    // Beside and below: 单位：万人 at the right of the head, 注：单位为万元 below.
    for row in table.head.0..grid.rows().min(table.last + 1) {
        for column in 0..grid.columns(row) {
            let Cell::Text(text) = grid.cell(row, column) else { continue };
            // Most cells of a text are numbers, which say nothing.
            if text.is_ascii() {
                continue;
            }
            if text.contains("单位") || text.contains("單位") {
                let squeezed = squeezed(text);
                if squeezed.contains("单位:") || squeezed.contains("单位为") {
                    around.take_note(&squeezed);
                }
            } else if row <= table.head.1 && column > table.columns.1 {
                around.take_unit(&squeezed(text));
            }
        }
    }
    let (mut all, doubtful) = (years.into_iter(), !doubts.is_empty());
    let first = all.next();
    around.likely_year =
        first.or(doubts.first().copied()).or_else(|| year_of_notes(grid, table, things));
    let is_one = all.next().is_none() && !doubtful;
    around.year = first.filter(|_| is_one);
    around
}

/// The year that the lines below a table name, where it is one: 注：数据为2010年.
fn year_of_notes(grid: &Grid<'_>, table: &TableAt, things: &Things<'_>) -> Option<Year> {
    let mut years: BTreeSet<Year> = BTreeSet::new();
    for row in table.first..grid.rows().min(table.last + 1) {
        let mut cells =
            (0..grid.columns(row)).map(|c| grid.cell(row, c)).filter(|cell| !cell.is_empty());
        let (Some(Cell::Text(text)), None) = (cells.next(), cells.next()) else { continue };
        years.extend(Said::of(text, things.known()).years.iter().map(|year| year.likely()));
    }
    years.first().copied().filter(|_| years.len() == 1)
}

/// A line among the rows that says that those below are of something else, such as 二、民办学校.
pub(super) fn section_of_a_part(
    grid: &Grid<'_>,
    table: &TableAt,
    things: &Things<'_>,
    regions: &Regions,
) -> Option<String> {
    let last = table.last.min(grid.rows().saturating_sub(1));
    let filled = |row: usize| {
        (0..grid.columns(row)).map(move |c| grid.cell(row, c)).filter(|cell| !cell.is_empty())
    };
    let end = (table.first..=last).rev().find(|row| filled(*row).count() > 1)?;
    // A title and a head that stand on every page say nothing new.
    let is_title =
        |text: &str| table.titles.iter().any(|row| filled(*row).any(|c| words(c) == text));
    let is_head = |row: usize| {
        (table.head.0..=table.head.1).any(|head| {
            (0..grid.columns(row)).all(|c| words(grid.cell(row, c)) == words(grid.cell(head, c)))
        })
    };
    (table.first..end).filter(|row| !grid.is_row_hidden(*row)).find_map(|row| {
        let mut cells = filled(row);
        let Some(Cell::Text(text)) = cells.next() else { return None };
        let mut others = cells.peekable();
        let is_alone = others.peek().is_none();
        // Beside the line only what is filled in, or nothing: 二、初中 … 单位：人.
        let is_line = others.all(|cell| match cell {
            Cell::Text(words) => {
                is_field(&squeezed(words)) || matches!(numbers::written(cell), Ok(None))
            }
            _ => false,
        });
        if !is_line || is_title(text) || is_head(row) {
            return None;
        }
        let squeezed = squeezed(text);
        let named = regions.named(text);
        if is_field(&squeezed) || matches!(named, Region::Known(_) | Region::Sum) {
            return None;
        }
        if !is_alone && squeezed.starts_with("其中") {
            return None;
        }
        let said = Said::of(text, things.known());
        let says_other = !said.years.is_empty()
            || said.is_other()
            || said.has(Word::OfWhich)
            || squeezed.contains("其中")
            || !said.parts().is_empty()
            || !said.stages().is_empty();
        says_other.then(|| text.clone())
    })
}

impl Around {
    /// Words above that make it a table of a part, or of changes, where the columns do not say so
    /// themselves.
    pub(super) fn words_of_a_part(&self, columns: &Columns) -> Option<String> {
        let parts = self.above.said.parts();
        let says = |part: &str| columns.values().all(|c| c.said.parts().contains(part));
        let is_part = PARTS.iter().any(|part| parts.contains(part) && !says(part));
        (is_part || self.above.said.has(Word::Rate)).then(|| self.titles.join(" "))
    }

    /// Takes in a line that says a unit; whether it did.
    fn take_unit(&mut self, line: &str) -> bool {
        match unit_line(line) {
            UnitLine::No => false,
            UnitLine::Units(units) => {
                self.units.extend(units);
                true
            }
            UnitLine::Doubt => {
                self.unit_is_doubtful = true;
                true
            }
        }
    }

    /// Takes in a unit that a note says among other things.
    fn take_note(&mut self, note: &str) {
        for sentence in note.split([';', ',', '。', '.', '!']) {
            let Some(at) = sentence.find("单位") else { continue };
            self.take_unit(&sentence[at..]);
        }
    }
}
