//! Owns what stands in words beside a row's name: the part of a number that it is, or a school.
//!
//! Invariant: a column says parts or schools by the whole words in its cells. Its different words
//! are few, or it is looked at no further: linear in the cells.

use super::columns::{Column, Columns};
use super::grid::{Grid, words};
use super::reading::LeftColumn;
use super::sheet::Cell;
use super::tables::TableAt;
use super::words::{Said, Word};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What a row is of a number: 女, 民办 …; nothing where it is all of it.
pub(super) type Parts = BTreeSet<&'static str>;

/// The most different words of a column that are looked at.
const MOST_WORDS: usize = 64;
/// Parts that together are the whole.
const WHOLES: [&[&str]; 5] = [&["女", "男"], &["公办", "民办"], &["城乡"], &["年级"], &["类型"]];
/// What a school is of as a whole, so that its pupils are no part of their own number.
const KINDS_OF_SCHOOLS: [&str; 5] = ["公办", "民办", "城乡", "普惠", "类型"];
/// Heads of what is remarked, which may be of a part: 民办已计入.
const REMARKS: [&str; 4] = ["备注", "说明", "注", "備註"];
/// What names of schools end with.
const SCHOOLS: [&str; 10] =
    ["小学", "中学", "学校", "幼儿园", "中心校", "实验校", "一中", "二中", "三中", "高中"];

/// What the columns beside the names say.
#[derive(Debug, Default)]
pub(super) struct Beside {
    parts: Vec<(usize, HashMap<String, Parts>)>,
    schools: Vec<usize>,
}

/// Whether words may stand in a column that say what a row is of.
pub(super) fn is_beside(column: &Column) -> bool {
    matches!(
        column.read.left,
        Some(
            LeftColumn::Words
                | LeftColumn::Running
                | LeftColumn::Unknown
                | LeftColumn::Empty
                | LeftColumn::NotPeople
        )
    )
}

impl Beside {
    pub(super) fn new(grid: &Grid<'_>, table: &TableAt, columns: &Columns) -> Self {
        let mut beside = Self::default();
        let last = table.last.min(grid.rows().saturating_sub(1));
        for column in columns.all.iter().filter(|column| is_beside(column)) {
            let place = column.read.column;
            if Some(place) == columns.region {
                continue;
            }
            let mut texts: HashSet<&str> = HashSet::new();
            for row in table.first..=last {
                if let Cell::Text(text) = grid.spread(row, place)
                    && texts.len() <= MOST_WORDS
                {
                    texts.insert(text);
                }
            }
            let is_school = texts.iter().filter(|text| is_school(text)).count();
            let heads_schools = column.said.has(Word::SchoolName);
            if heads_schools || (is_school > 0 && is_school * 2 >= texts.len()) {
                beside.schools.push(place);
                continue;
            }
            let is_remark = column.read.head.iter().any(|words| REMARKS.contains(&words.trim()));
            if texts.len() > MOST_WORDS || is_remark {
                continue;
            }
            let parts = texts.into_iter().map(|text| (text.to_owned(), parts_of(text)));
            let parts: HashMap<String, Parts> = parts.filter(|(_, p)| !p.is_empty()).collect();
            if !parts.is_empty() {
                beside.parts.push((place, parts));
            }
        }
        beside
    }

    /// Whether some rows are those of schools.
    pub(super) fn has_schools(&self) -> bool {
        !self.schools.is_empty()
    }

    /// Whether a row is that of a school.
    pub(super) fn is_school(&self, grid: &Grid<'_>, row: usize) -> bool {
        self.schools.iter().any(|column| matches!(grid.spread(row, *column), Cell::Text(_)))
    }

    /// What a row is of the number.
    pub(super) fn parts(&self, grid: &Grid<'_>, row: usize) -> Parts {
        let found = self
            .parts
            .iter()
            .filter_map(|(column, parts)| parts.get(words(grid.spread(row, *column)).as_ref()));
        let is_of_school = self.is_school(grid, row);
        let is_kind = |part: &&str| is_of_school && KINDS_OF_SCHOOLS.contains(part);
        found.flatten().copied().filter(|part| !is_kind(part)).collect()
    }
}

/// Whether rows that are parts may be added up to the whole.
pub(super) fn may_be_whole(parts: &[Parts]) -> bool {
    let all: Parts = parts.iter().flatten().copied().collect();
    let is_of_one = |whole: &&[&str]| {
        all.iter().all(|part| whole.contains(part)) && (whole.len() == 1 || all.len() > 1)
    };
    parts.len() > 1 && parts.iter().all(|part| part.len() == 1) && WHOLES.iter().any(is_of_one)
}

fn parts_of(text: &str) -> Parts {
    if text.chars().count() > 20 {
        return Parts::new();
    }
    let said = Said::of(text, &HashSet::new());
    let mut parts = said.parts();
    if said.has(Word::Flow) || said.has(Word::Rate) {
        parts.insert("变动");
    }
    if said.unknown.is_empty() { parts } else { Parts::new() }
}

/// 泰山区实验小学: more than the words of a stage.
fn is_school(text: &str) -> bool {
    SCHOOLS.iter().any(|ending| text.trim_end().ends_with(ending))
        && !Said::of(text, &HashSet::new()).unknown.is_empty()
}
