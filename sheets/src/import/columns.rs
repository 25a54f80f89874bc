//! Owns what the columns of a table mean, in what they count and of which year.
//!
//! Invariant: every column means one thing, is asked about, or is left out with its reason; no
//! two columns fill one population and year.

use super::above::Around;
use super::choices::{Choices, Meaning, Unit};
use super::grid::{Grid, words};
use super::numbers;
use super::reading::{ColumnRead, LeftColumn, Question};
use super::regions::{Named as Region, Regions};
use super::sheet::Cell;
use super::tables::TableAt;
use super::things::{Class, Things, unit_of};
use super::values::Values;
use super::words::{Said, Word};
use super::years::{self, Named};
use shapan_engine::Year;
use std::collections::BTreeMap;

/// A column as the chain needs it.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) read: ColumnRead,
    pub(super) said: Said,
    /// The year it names is not certain, or no unit is.
    pub(super) is_asked: bool,
    /// Whether the reader said its year.
    pub(super) year_is_chosen: bool,
    /// Whether numbers stand in it.
    pub(super) has_numbers: bool,
    /// Whether its unit is said somewhere, and not only taken to be one.
    pub(super) unit_is_said: bool,
}

/// The columns of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    pub(super) all: Vec<Column>,
    pub(super) region: Option<usize>,
    /// Whether another column may name them as well.
    region_is_doubtful: bool,
    pub(super) year: Option<usize>,
    pub(super) items: Vec<usize>,
    pub(super) unit: Option<usize>,
    /// Whether rows are named by schools too.
    pub(super) has_schools: bool,
    pub(super) questions: Vec<Question>,
}

/// The words of a column's head, from above.
fn head(grid: &Grid<'_>, table: &TableAt, column: usize) -> Vec<String> {
    let mut head: Vec<String> = Vec::new();
    let mut before = None;
    for row in table.head.0..=table.head.1 {
        let origin = grid.origin(row, column);
        let text = words(grid.cell(origin.0, origin.1)).into_owned();
        if !text.is_empty() && before != Some(origin) && head.last() != Some(&text) {
            head.push(text);
        }
        before = Some(origin);
    }
    head
}

/// The heads of all columns. Where nothing is merged, as in text, a group's name stands above its
/// first column only and holds for those beside it.
fn heads(grid: &Grid<'_>, table: &TableAt) -> Vec<Vec<String>> {
    let (first, last) = table.columns;
    let is_merged = grid
        .sheet
        .merged
        .iter()
        .any(|merged| merged.rows.0 <= table.head.1 && merged.rows.1 >= table.head.0);
    if is_merged || table.head.0 == table.head.1 {
        return (first..=last).map(|column| head(grid, table, column)).collect();
    }
    let mut all = vec![Vec::new(); last - first + 1];
    for row in table.head.0..=table.head.1 {
        let mut group: Option<String> = None;
        for column in first..=last {
            let text = words(grid.cell(row, column)).into_owned();
            let below = (row + 1..=table.head.1).any(|row| !grid.cell(row, column).is_empty());
            let mut here = text.clone();
            if text.is_empty() {
                if below && let Some(group) = &group {
                    here.clone_from(group);
                }
            } else {
                // Only what has something below it is a group.
                group = below.then_some(text);
            }
            if !here.is_empty() {
                all[column - first].push(here);
            }
        }
    }
    all
}

/// What the columns mean.
pub(super) fn columns(
    grid: &Grid<'_>,
    table: &TableAt,
    around: &Around,
    things: &Things<'_>,
    regions: &Regions,
    choices: &Choices,
) -> Columns {
    let mut columns = Columns::default();
    for (n, head) in heads(grid, table).into_iter().enumerate() {
        let column = table.columns.0 + n;
        columns.all.push(of_head(grid, table, around, things, choices, column, head));
    }
    columns.find_names(grid, table, regions, choices);
    columns.find_long(grid, table, choices);
    columns.ask_names();
    columns.find_doubles(things);
    columns.ask();
    columns
}

fn of_head(
    grid: &Grid<'_>,
    table: &TableAt,
    around: &Around,
    things: &Things<'_>,
    choices: &Choices,
    column: usize,
    head: Vec<String>,
) -> Column {
    let said = things.said(&head);
    let chosen = choices.columns.get(&column);
    let (mut numbers, mut texts) = (0usize, 0usize);
    for row in table.first..=table.last.min(grid.rows().saturating_sub(1)) {
        if numbers > 0 {
            break;
        }
        match grid.cell(row, column) {
            Cell::Empty => {}
            Cell::Text(text) if text.trim().is_empty() => {}
            cell @ Cell::Text(_) => match numbers::written(cell) {
                Ok(Some(_)) => numbers += 1,
                Ok(None) => {}
                Err(_) => texts += 1,
            },
            _ => numbers += 1,
        }
    }
    let class = match chosen.and_then(|chosen| chosen.meaning.clone()) {
        Some(Meaning::Nothing) => Class::Left(LeftColumn::Chosen),
        Some(Meaning::Heads(id)) if !things.is_counted(&id) => {
            Class::Left(LeftColumn::Computed(id))
        }
        Some(meaning) => Class::Means(meaning),
        None => things.class(&head, &said, &around.above),
    };
    let (mut meaning, mut left, mut is_asked) = match class {
        Class::Means(meaning) => (meaning, None, false),
        Class::Asks(meaning) => (meaning, Some(LeftColumn::Asked), true),
        Class::Left(left) => (Meaning::Nothing, Some(left), false),
    };
    let is_chosen = chosen.is_some_and(|chosen| chosen.meaning.is_some());
    if head.is_empty() && !is_chosen && holds_years(grid, table, column) {
        (meaning, left, is_asked) = (Meaning::Year, None, false);
    }
    if numbers + texts == 0 && !is_chosen {
        (left, is_asked) = (Some(LeftColumn::Empty), false);
    } else if numbers == 0 && is_asked {
        (left, is_asked) = (Some(LeftColumn::Words), false);
    }
    let hidden = grid.is_column_hidden(column);
    if hidden && !is_chosen {
        (meaning, left, is_asked) = (Meaning::Nothing, Some(LeftColumn::Hidden), false);
    }
    let year = chosen.and_then(|chosen| chosen.year).or(match said.years.as_slice() {
        [Named::Year(year)] => Some(*year),
        _ => None,
    });
    let of_people = !matches!(meaning, Meaning::Money(_));
    let own = unit_of(&said.units(), of_people);
    let unit_is_said = chosen.is_some_and(|chosen| chosen.unit.is_some())
        || matches!(own, Ok(Some(_)))
        || matches!(unit_of(&around.units, of_people), Ok(Some(_)));
    let unit = match (chosen.and_then(|chosen| chosen.unit), own) {
        (Some(unit), _) => Some(unit),
        (None, Ok(Some(unit))) => Some(unit),
        (None, Err(())) => None,
        (None, Ok(None)) => match unit_of(&around.units, of_people) {
            Ok(Some(unit)) => Some(unit),
            Ok(None) if of_people && !around.unit_is_doubtful => Some(Unit::One),
            _ => None,
        },
    };
    let read = ColumnRead { column, head, meaning, unit, year, hidden, left };
    let year_is_chosen = chosen.is_some_and(|chosen| chosen.year.is_some());
    Column { read, said, is_asked, year_is_chosen, has_numbers: numbers > 0, unit_is_said }
}

/// Whether nothing but years stands in a column.
fn holds_years(grid: &Grid<'_>, table: &TableAt, column: usize) -> bool {
    let rows = table.first..=table.last.min(grid.rows().saturating_sub(1));
    let mut cells = rows.map(|row| grid.cell(row, column)).filter(|cell| !cell.is_empty());
    let is_year = |cell: &Cell| years::of_cell(cell).is_some();
    cells.next().is_some_and(is_year) && cells.all(is_year)
}

impl Columns {
    pub(super) fn get(&self, column: usize) -> Option<&Column> {
        self.all.iter().find(|other| other.read.column == column)
    }

    /// Asks whether the table, which words say is of a part, stands for the whole.
    pub(super) fn ask_part(&mut self, words: String) {
        if self.values().next().is_none() {
            return;
        }
        self.questions.push(Question::Part { words });
        let is_value = |column: &Column| {
            matches!(
                column.read.meaning,
                Meaning::Heads(_) | Meaning::NewPopulation(_) | Meaning::Money(_) | Meaning::Value
            )
        };
        for column in self.all.iter_mut().filter(|column| is_value(column)) {
            column.read.left = column.read.left.take().or(Some(LeftColumn::Asked));
        }
    }

    /// Where no unit is said and fractions of people stand, all of it is asked about: what is
    /// whole beside them may be in 万人 too.
    pub(super) fn ask_units(&mut self, values: &Values) -> bool {
        let fractions = values.fractions();
        let is_open = |column: &Column| {
            let is_of_people = matches!(
                column.read.meaning,
                Meaning::Heads(_) | Meaning::NewPopulation(_) | Meaning::Value
            );
            is_of_people && column.read.left.is_none() && !column.unit_is_said
        };
        let has_some = self
            .all
            .iter()
            .any(|column| is_open(column) && fractions.contains(&column.read.column));
        for column in self.all.iter_mut().filter(|column| has_some && is_open(column)) {
            self.questions.push(Question::Unit { column: column.read.column });
            column.read.left = Some(LeftColumn::Asked);
        }
        has_some
    }

    /// Columns that numbers are read in.
    pub(super) fn values(&self) -> impl Iterator<Item = &Column> {
        self.all.iter().filter(|column| {
            column.read.left.is_none()
                && matches!(
                    column.read.meaning,
                    Meaning::Heads(_)
                        | Meaning::NewPopulation(_)
                        | Meaning::Money(_)
                        | Meaning::Value
                )
        })
    }

    /// Whether the table may bring anything.
    pub(super) fn has_counts(&self) -> bool {
        self.values().any(|column| column.has_numbers)
            || self.all.iter().any(|column| column.is_asked && column.has_numbers)
    }

    fn find_names(
        &mut self,
        grid: &Grid<'_>,
        table: &TableAt,
        regions: &Regions,
        choices: &Choices,
    ) {
        let rows = || table.first..=table.last.min(grid.rows().saturating_sub(1));
        let matches = |column: usize| {
            let (mut known, mut named) = (0usize, 0usize);
            let cells = rows().map(|row| grid.cell(row, column));
            for cell in cells.filter(|cell| matches!(cell, Cell::Text(_))).take(2_000) {
                match regions.named(&words(cell)) {
                    Region::Known(_) | Region::Doubt(_) => known += 1,
                    Region::Unknown => {}
                    Region::Sum | Region::Part | Region::Nothing => continue,
                }
                named += 1;
            }
            (known, named)
        };
        let is_chosen = |column: usize| {
            choices.columns.get(&column).is_some_and(|chosen| chosen.meaning.is_some())
        };
        let chosen = self
            .all
            .iter()
            .find(|column| column.read.meaning == Meaning::Region && is_chosen(column.read.column));
        let mut found = chosen.map(|column| column.read.column);
        let mut is_doubtful = false;
        if found.is_none() {
            // By head, and of several the one whose names the plan knows.
            let strong: Vec<usize> = self.of(&Meaning::Region);
            let counted: Vec<(usize, usize)> =
                strong.iter().map(|column| (matches(*column).0, *column)).collect();
            let most = counted.iter().map(|(known, _)| *known).max().unwrap_or(0);
            let best: Vec<usize> = counted
                .iter()
                .filter(|(known, _)| *known == most)
                .map(|(_, column)| *column)
                .collect();
            // Several that fit alike: a city and its counties.
            is_doubtful = best.len() > 1;
            found = best.first().copied();
            if most == 0 {
                // By content, where no head says so.
                let unnamed = self.all.iter().filter(|column| {
                    let is_words = matches!(
                        column.read.left,
                        Some(LeftColumn::Words | LeftColumn::Unknown | LeftColumn::Empty)
                    ) || column.read.head.is_empty()
                        || column.read.meaning == Meaning::Item;
                    is_words && !column.read.hidden && !is_chosen(column.read.column)
                });
                let by_content = unnamed.map(|column| column.read.column).find(|column| {
                    let (known, named) = matches(*column);
                    known > 0 && known * 2 >= named
                });
                if by_content.is_some() {
                    (found, is_doubtful) = (by_content, false);
                } else if let Some(found) = found {
                    // Below a head merged over both, a city and its counties.
                    is_doubtful |= self.all.iter().any(|column| {
                        column.read.column == found + 1
                            && column.read.head.is_empty()
                            && column.read.left == Some(LeftColumn::Unknown)
                            && !column.has_numbers
                    });
                }
            }
        }
        for column in &mut self.all {
            let is_it = Some(column.read.column) == found;
            if is_it {
                column.read.meaning = Meaning::Region;
                column.read.left = None;
                column.is_asked = false;
            } else if column.read.meaning == Meaning::Region {
                column.read.meaning = Meaning::Nothing;
                column.read.left = Some(LeftColumn::Words);
            }
        }
        self.has_schools = self.all.iter().any(|column| column.said.has(Word::SchoolName));
        (self.region, self.region_is_doubtful) = (found, is_doubtful);
        // One column of years; 年度 above numbers that are none is no such column.
        let years = self.of(&Meaning::Year);
        self.year = years.first().copied();
        for column in years.iter().skip(1) {
            self.leave(*column, LeftColumn::Words);
        }
    }

    /// Where no column names the regions, of what may be a long table too, it is asked which does.
    fn ask_names(&mut self) {
        if self.has_counts() && (self.region.is_none() || self.region_is_doubtful) {
            self.questions.push(Question::RegionColumn);
            self.region = None;
        }
    }

    fn of(&self, meaning: &Meaning) -> Vec<usize> {
        let fitting =
            self.all.iter().filter(|c| c.read.meaning == *meaning && c.read.left.is_none());
        fitting.map(|column| column.read.column).collect()
    }

    fn leave(&mut self, column: usize, why: LeftColumn) {
        if let Some(found) = self.all.iter_mut().find(|other| other.read.column == column) {
            found.read.left = Some(why);
            found.is_asked = false;
        }
    }

    /// Long tables: what is counted stands in the row.
    fn find_long(&mut self, grid: &Grid<'_>, table: &TableAt, choices: &Choices) {
        let none = std::collections::HashSet::new();
        // A column of units: all its cells are some.
        for n in 0..self.all.len() {
            let column = self.all[n].read.column;
            if choices.columns.get(&column).is_some_and(|chosen| chosen.meaning.is_some())
                || !self.all[n].said.is_only(Word::Unclear)
                || self.region == Some(column)
            {
                continue;
            }
            let mut cells = (table.first..=table.last).map(|row| words(grid.spread(row, column)));
            let is_unit = |text: &str| {
                let said = Said::of(text, &none);
                said.unknown.is_empty()
                    && said.words.iter().all(|word| matches!(word, Word::In(_) | Word::InOther))
            };
            if cells.all(|text| is_unit(&text)) && self.all[n].read.left != Some(LeftColumn::Empty)
            {
                (self.all[n].read.meaning, self.all[n].read.left) = (Meaning::Unit, None);
            }
        }
        self.unit = self.of(&Meaning::Unit).first().copied();
        let mut items = self.of(&Meaning::Item);
        items.retain(|column| self.get(*column).is_some_and(|column| !column.has_numbers));
        let chosen_value = self.all.iter().any(|c| c.read.meaning == Meaning::Value);
        // What has no meaning without the row's words.
        let needs_item = |column: &Column| {
            let said = &column.said;
            let is_open = said.unknown.is_empty()
                && said.stages().is_empty()
                && !said.is_other()
                && said.words.iter().all(|word| {
                    matches!(
                        word,
                        Word::Value
                            | Word::Enrolled
                            | Word::People
                            | Word::Total
                            | Word::Filler
                            | Word::OfTable
                            | Word::In(_)
                    )
                });
            let is_free = column.read.left.is_some()
                || column.is_asked
                || matches!(column.read.meaning, Meaning::NewPopulation(_) | Meaning::Heads(_));
            is_open
                && is_free
                && column.has_numbers
                && column.read.left != Some(LeftColumn::Chosen)
                && !column.read.hidden
                && column.read.left != Some(LeftColumn::Hidden)
        };
        if items.is_empty() {
            return;
        }
        let mut is_long = chosen_value;
        for n in 0..self.all.len() {
            let is_chosen = choices
                .columns
                .get(&self.all[n].read.column)
                .is_some_and(|chosen| chosen.meaning.is_some());
            if !is_chosen && needs_item(&self.all[n]) {
                let column = &mut self.all[n];
                (column.read.meaning, column.read.left, column.is_asked) =
                    (Meaning::Value, None, false);
                is_long = true;
            }
        }
        if is_long {
            self.items = items;
        } else {
            items.iter().for_each(|column| self.leave(*column, LeftColumn::Words));
        }
    }

    /// No two columns fill one population and year: the exact name does, or it is asked.
    fn find_doubles(&mut self, things: &Things<'_>) {
        let mut by_target: BTreeMap<(String, Option<Year>), Vec<usize>> = BTreeMap::new();
        for (n, column) in self.all.iter().enumerate() {
            let is_value = matches!(
                column.read.meaning,
                Meaning::Heads(_) | Meaning::NewPopulation(_) | Meaning::Money(_)
            );
            if !is_value || column.read.left.is_some() || !column.has_numbers {
                continue;
            }
            let key = match &column.read.meaning {
                Meaning::NewPopulation(stage) => {
                    things.new_name(&column.read.head, &column.said, *stage)
                }
                other => format!("{other:?}"),
            };
            by_target.entry((key, column.read.year)).or_default().push(n);
        }
        for places in by_target.into_values().filter(|places| places.len() > 1) {
            let exact: Vec<usize> = places
                .iter()
                .copied()
                .filter(|n| things.is_exact(&self.all[*n].read.head))
                .collect();
            if let [exact] = exact.as_slice() {
                let column = self.all[*exact].read.column;
                for n in places.into_iter().filter(|n| n != exact) {
                    self.all[n].read.left = Some(LeftColumn::OtherHasName { column });
                }
                continue;
            }
            let columns = places.iter().map(|n| self.all[*n].read.column).collect();
            self.questions.push(Question::SameTarget { columns });
            places.into_iter().for_each(|n| self.all[n].read.left = Some(LeftColumn::Asked));
        }
    }

    /// What is open of single columns.
    fn ask(&mut self) {
        let is_of_values = |column: &Column| {
            column.is_asked
                || matches!(
                    column.read.meaning,
                    Meaning::Heads(_)
                        | Meaning::NewPopulation(_)
                        | Meaning::Money(_)
                        | Meaning::Value
                )
        };
        for column in &mut self.all {
            if !column.has_numbers || !is_of_values(column) {
                continue;
            }
            let place = column.read.column;
            if column.is_asked {
                let proposal = column.read.meaning.clone();
                self.questions.push(Question::Column { column: place, proposal });
                column.read.left = Some(LeftColumn::Asked);
                continue;
            }
            if column.read.left.is_some() {
                continue;
            }
            let has_years = column.read.year.is_none() && !column.said.years.is_empty();
            let is_twice =
                self.year.is_some() && column.read.year.is_some() && !column.year_is_chosen;
            if has_years || is_twice {
                let proposal = column.said.years.first().map(|named| named.likely());
                self.questions.push(Question::ColumnYear { column: place, proposal });
                column.read.left = Some(LeftColumn::Asked);
            }
            let needs_unit = column.read.meaning != Meaning::Value && column.read.unit.is_none();
            if needs_unit && column.read.left.is_none() {
                self.questions.push(Question::Unit { column: place });
                column.read.left = Some(LeftColumn::Asked);
            }
        }
    }
}
