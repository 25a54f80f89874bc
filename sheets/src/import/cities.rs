//! Owns telling of which city the rows of a table are, where it says so beside their names: in a
//! column, down which a name may stand once for all its rows, or in lines above them.
//!
//! Invariant: a county of the same name of another city is never the plan's; what the table does
//! not say of a row is not made up. Deliberately absent: cities within a name (`regions`).

use super::beside::is_beside;
use super::columns::{Column, Columns};
use super::grid::{Grid, words};
use super::names::squeezed;
use super::regions::{Named, Regions};
use super::sheet::Cell;
use super::tables::TableAt;
use super::words::Word;
use std::collections::{HashMap, HashSet};

/// What names of cities end with.
const ENDINGS: [&str; 7] = ["市", "自治州", "州", "盟", "地区", "prefecture", "city"];
/// Heads of columns that name cities.
const HEADS: [&str; 18] = [
    "市",
    "地市",
    "市州",
    "州市",
    "城市",
    "地级市",
    "设区市",
    "市名",
    "市名称",
    "地市名称",
    "城市名称",
    "所属市",
    "所在市",
    "所属城市",
    "所在城市",
    "所属地市",
    "prefecture",
    "city",
];
/// What a province ends with.
const PROVINCES: [&str; 4] = ["省", "自治区", "特别行政区", "province"];
/// The longest name of a city, in characters.
const LONGEST: usize = 12;

/// What words say of a city.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum City {
    /// The plan's.
    Own,
    /// Another.
    Other,
    /// Nothing.
    Unsaid,
}

/// What the rows of a table say of their city.
pub(super) struct Cities {
    of_row: HashMap<usize, City>,
}

fn is_province(text: &str) -> bool {
    PROVINCES.iter().any(|ending| text.ends_with(ending))
}

/// What a text, of which is known what it means as a name, says of a city; `is_headed` is whether
/// its column is one of cities.
fn city(regions: &Regions, text: &str, named: Named, is_headed: bool) -> City {
    if !matches!(named, Named::Sum | Named::Unknown) {
        return City::Unsaid;
    }
    let text = squeezed(text);
    if text.is_empty() || is_province(&text) || text.chars().count() > LONGEST {
        return City::Unsaid;
    }
    match named {
        Named::Sum if regions.is_place(&text) => City::Own,
        Named::Unknown if is_headed || ENDINGS.iter().any(|ending| text.ends_with(ending)) => {
            City::Other
        }
        _ => City::Unsaid,
    }
}

/// What the name of a row, of which is known what it means, says of a city: one that the plan does
/// not have as a region is another.
pub(super) fn named_city(regions: &Regions, name: &str, named: Named) -> City {
    city(regions, name, named, false)
}

impl Cities {
    pub(super) fn new(
        grid: &Grid<'_>,
        table: &TableAt,
        columns: &Columns,
        regions: &Regions,
    ) -> Self {
        let mut cities = Self { of_row: HashMap::new() };
        let Some(names) = columns.region else { return cities };
        let last = table.last.min(grid.rows().saturating_sub(1));
        let is_of_others =
            |column: &Column| column.said.has(Word::Remark) || column.said.has(Word::SchoolName);
        let may_name = |column: &&Column| {
            is_beside(column) && !is_of_others(column) && column.read.column != names
        };
        // A name that stands once holds for those below it: the first row has one.
        let first = (table.first..=last).find(|row| !words(grid.spread(*row, names)).is_empty());
        for column in columns.all.iter().filter(may_name) {
            let place = column.read.column;
            let is_headed = column.read.head.iter().any(|words| {
                let words = squeezed(words);
                HEADS.contains(&words.as_str())
            });
            let begins = |row: usize| matches!(grid.spread(row, place), Cell::Text(_));
            if !is_headed && !first.is_some_and(begins) {
                continue;
            }
            let mut known: HashMap<&str, City> = HashMap::new();
            let mut others: HashSet<&str> = HashSet::new();
            for row in table.first..=last {
                let Cell::Text(text) = grid.spread(row, place) else { continue };
                if !known.contains_key(text.as_str()) {
                    let named = regions.of_row(text);
                    let found = city(regions, text, named, is_headed);
                    let says_nothing = text.trim().is_empty()
                        || is_province(&squeezed(text))
                        || matches!(named, Named::Sum | Named::Part);
                    if found == City::Unsaid && !says_nothing {
                        others.insert(text);
                    }
                    known.insert(text, found);
                }
            }
            // Words of other things, among which one ends as cities do.
            let has_cities = known.values().any(|found| *found != City::Unsaid);
            if !has_cities || others.len() * 4 > known.len() {
                continue;
            }
            let mut here = City::Unsaid;
            for row in table.first..=last {
                match grid.spread(row, place) {
                    Cell::Text(text) => here = known.get(text.as_str()).copied().unwrap_or(here),
                    // Below nothing at all another part of the table begins.
                    _ if words(grid.spread(row, names)).is_empty() => here = City::Unsaid,
                    _ => {}
                }
                let there = cities.of_row.entry(row).or_insert(City::Unsaid);
                if *there != City::Own && here != City::Unsaid {
                    *there = here;
                }
            }
        }
        cities
    }

    /// Whether a row says that it is of another city.
    pub(super) fn is_other(&self, row: usize) -> bool {
        self.of_row.get(&row) == Some(&City::Other)
    }
}
