//! Owns the rows of a table: whose they are, of which year, and which are no region's.
//!
//! Invariant: every row that is not blank is taken, asked about, or left out with its reason; no
//! region's number is taken twice, nor the first of several.

use super::beside::{Beside, is_beside, may_be_whole};
use super::change::Place;
use super::choices::Choices;
use super::cities::{Cities, City, named_city};
use super::columns::{Column, Columns};
use super::grid::{Grid, words};
use super::names::{bare, squeezed};
use super::reading::{Fault, LeftColumn, LeftRow, Problem, Question, RowRead, RowState};
use super::regions::{Named, Regions, is_sum, name_of};
use super::sheet::Cell;
use super::sums::sums;
use super::tables::TableAt;
use super::values::Values;
use super::years::{self, Named as NamedYear};
use shapan_engine::{Lang, Plan, Text, Year};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A row as the chain needs it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) read: RowRead,
    pub(super) year: Option<Year>,
    pub(super) item: Option<usize>,
}

/// What the rows come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) all: Vec<Row>,
    pub(super) questions: Vec<Question>,
    pub(super) faults: Vec<Fault>,
}

/// What the rows are read with.
pub(super) struct With<'a> {
    pub(super) plan: &'a Plan,
    pub(super) grid: &'a Grid<'a>,
    pub(super) table: &'a TableAt,
    pub(super) columns: &'a Columns,
    pub(super) regions: &'a Regions,
    pub(super) choices: &'a Choices,
}

impl With<'_> {
    /// The rows of the table; `values` are those of its cells, row by row.
    pub(super) fn rows(&self, values: &Values) -> Rows {
        let mut rows = Rows::default();
        let names = self.names();
        // Where no name is known, as in a new plan, all may be new; else one is made row by row.
        let offers_new =
            !names.values().any(|named| matches!(named, Named::Known(_) | Named::Doubt(_)));
        let beside = Beside::new(self.grid, self.table, self.columns);
        let cities = Cities::new(self.grid, self.table, self.columns, self.regions);
        // Of another city, by a line above.
        let mut is_below_other = false;
        let is_merged = self.grid.sheet.merged.iter().any(|merged| {
            merged.rows.0 >= self.table.first && Some(merged.columns.0) == self.columns.region
        });
        let mut above = String::new();
        for row in self.table.first..=self.table.last.min(self.grid.rows().saturating_sub(1)) {
            if (0..self.grid.columns(row)).all(|column| self.grid.spread(row, column).is_empty()) {
                continue;
            }
            let mut name = self
                .columns
                .region
                .map_or(String::new(), |column| words(self.grid.spread(row, column)).into_owned());
            let is_sum = beside.has_schools() && self.says_sum(row);
            if name.is_empty() && !is_merged && !is_sum && beside.is_school(self.grid, row) {
                // A county's name stands beside the first of its schools only.
                name.clone_from(&above);
            }
            above = if is_sum { String::new() } else { name.clone() };
            let named = names.get(&name).copied().unwrap_or(Named::Nothing);
            let mut state = self.state(row, named, values);
            match named_city(self.regions, &name, named) {
                City::Own => is_below_other = false,
                City::Other if self.is_alone(row) => is_below_other = true,
                _ => {}
            }
            let is_of_other = cities.is_other(row) || is_below_other;
            if is_of_other && state == RowState::Taken && !self.is_ticked(row) {
                state = RowState::Left(LeftRow::OtherCity);
            }
            let found = (name.as_str(), named, offers_new);
            let place = self.place(row, found, &mut state, &mut rows.faults);
            let year = self.year(row, &mut state, &mut rows.faults);
            let item = values.item(row);
            let read = RowRead { row, name, place, state };
            rows.all.push(Row { read, year, item });
        }
        self.ask_names(&mut rows, &names);
        self.find_sums(&mut rows, values);
        self.leave_summed_cities(&mut rows);
        self.find_doubles(&mut rows, values, &beside);
        rows
    }

    /// Whether nothing stands in a row but its name.
    fn is_alone(&self, row: usize) -> bool {
        let filled = |column: &usize| !self.grid.cell(row, *column).is_empty();
        (0..self.grid.columns(row)).filter(filled).nth(1).is_none()
    }

    fn is_ticked(&self, row: usize) -> bool {
        self.choices.rows.get(&row) == Some(&true)
    }

    /// What every name in the column of names means.
    fn names(&self) -> HashMap<String, Named> {
        let mut names = HashMap::new();
        let Some(column) = self.columns.region else { return names };
        for row in self.table.first..=self.table.last.min(self.grid.rows().saturating_sub(1)) {
            let name = words(self.grid.spread(row, column));
            if !names.contains_key(name.as_ref()) {
                let named = self.regions.of_row(&name);
                names.insert(name.into_owned(), named);
            }
        }
        names
    }

    /// Whether a row can be a region's, by its name and what stands in it.
    fn state(&self, row: usize, named: Named, values: &Values) -> RowState {
        if self.choices.rows.get(&row) == Some(&false) {
            return RowState::Left(LeftRow::Chosen);
        }
        let is_ticked = self.is_ticked(row);
        if self.grid.is_row_hidden(row) && !is_ticked {
            return RowState::Left(LeftRow::Hidden);
        }
        if values.is_item_left(row) {
            return RowState::Left(LeftRow::Item);
        }
        if self.columns.values().next().is_none() {
            let is_asked = |c: &Column| c.read.left == Some(LeftColumn::Asked);
            return if self.columns.all.iter().any(is_asked) {
                RowState::Asked
            } else {
                RowState::Left(LeftRow::Note)
            };
        }
        let (numbers, faults) = values.counts(row);
        let is_region = matches!(named, Named::Known(_) | Named::Doubt(_));
        let is_note = if is_region {
            numbers + faults == 0
        } else {
            numbers == 0 && !values.has_trouble(row)
        };
        if is_note {
            return RowState::Left(LeftRow::Note);
        }
        if is_ticked {
            return RowState::Taken;
        }
        match named {
            Named::Sum => RowState::Left(LeftRow::Sum),
            Named::Part => RowState::Left(LeftRow::Part),
            _ if self.says_sum(row) => RowState::Left(LeftRow::Sum),
            _ => RowState::Taken,
        }
    }

    /// Whether a word beside the name makes the row a sum: 小计 where the school is named.
    fn says_sum(&self, row: usize) -> bool {
        let mut beside =
            self.columns.all.iter().filter(|column| {
                is_beside(column) && Some(column.read.column) != self.columns.region
            });
        beside.any(|column| match self.grid.cell(row, column.read.column) {
            Cell::Text(text) => {
                text.len() <= 30 && (is_sum(text) || squeezed(text).starts_with("其中"))
            }
            _ => false,
        })
    }

    fn place(
        &self,
        row: usize,
        (name, named, offers_new): (&str, Named, bool),
        state: &mut RowState,
        faults: &mut Vec<Fault>,
    ) -> Option<Place> {
        if *state != RowState::Taken {
            return match named {
                Named::Known(place) => Some(Place::Known(self.plan.regions[place].id.clone())),
                _ => None,
            };
        }
        if self.columns.region.is_none() {
            *state = RowState::Asked;
            return None;
        }
        match self.choices.regions.get(name) {
            // A new region is called as a tick would call it, whatever its cell has besides.
            Some(Place::New(chosen)) => return self.new_place(row, chosen, state, faults),
            Some(chosen) => return Some(chosen.clone()),
            None => {}
        }
        let is_ticked = self.is_ticked(row);
        match named {
            Named::Known(place) => Some(Place::Known(self.plan.regions[place].id.clone())),
            Named::Nothing => {
                *state = RowState::Left(LeftRow::NoName);
                None
            }
            Named::Doubt(_) => {
                *state = RowState::Asked;
                None
            }
            Named::Unknown | Named::Sum | Named::Part => {
                let place = self.new_place(row, name, state, faults)?;
                *state = match (self.choices.all_new, is_ticked) {
                    (_, true) | (Some(true), _) => RowState::Taken,
                    (Some(false), _) => RowState::Left(LeftRow::NotInPlan),
                    (None, _) if offers_new => RowState::Asked,
                    (None, _) => RowState::Left(LeftRow::NotInPlan),
                };
                Some(place)
            }
        }
    }

    /// A region that the plan does not have, by the name it would get; a name that no plan may hold
    /// is a fault.
    fn new_place(
        &self,
        row: usize,
        name: &str,
        state: &mut RowState,
        faults: &mut Vec<Fault>,
    ) -> Option<Place> {
        let own = name_of(name);
        if Text::new(Lang::ZhHans, &own).is_ok() {
            return Some(Place::New(own));
        }
        let column = self.columns.region.unwrap_or_default();
        let (found, problem) = (name.to_owned(), Problem::NotAName);
        faults.push(Fault { row, column, found, problem });
        *state = RowState::Left(LeftRow::NoName);
        None
    }

    fn year(&self, row: usize, state: &mut RowState, faults: &mut Vec<Fault>) -> Option<Year> {
        let column = self.columns.year?;
        let cell = self.grid.spread(row, column);
        let found = years::of_cell(cell);
        let of_school_years = self.columns.get(column).is_some_and(|column| {
            column.read.head.iter().any(|words| squeezed(words).contains("学年"))
        });
        let year = match found {
            Some(NamedYear::Year(year)) => Some(year),
            // 2011-2012 below 学年.
            Some(NamedYear::Doubt(_)) if of_school_years => {
                let text = format!("{}学年", words(cell));
                match years::of_cell(&Cell::Text(text)) {
                    Some(NamedYear::Year(year)) => Some(year),
                    _ => None,
                }
            }
            _ => None,
        };
        if year.is_none() && matches!(state, RowState::Taken | RowState::Asked) {
            *state = RowState::Left(LeftRow::NoYear);
            let found = words(cell).into_owned();
            faults.push(Fault { row, column, found, problem: Problem::NotAYear });
        }
        year
    }

    /// One question for each name that may be a region's, and one for all that are new.
    fn ask_names(&self, rows: &mut Rows, names: &HashMap<String, Named>) {
        let mut asked: HashSet<&str> = HashSet::new();
        let mut new: HashSet<String> = HashSet::new();
        for row in &rows.all {
            if row.read.state != RowState::Asked {
                continue;
            }
            match (names.get(&row.read.name), &row.read.place) {
                (Some(Named::Doubt(place)), None) if asked.insert(&row.read.name) => {
                    let proposal = self.plan.regions[*place].id.clone();
                    let name = row.read.name.clone();
                    rows.questions.push(Question::Region { name, proposal });
                }
                (_, Some(Place::New(name))) => drop(new.insert(bare(name))),
                _ => {}
            }
        }
        if !new.is_empty() {
            rows.questions.push(Question::NewRegions { names: new.len() });
        }
    }

    /// Rows that are the sum of others are left out, or asked about where they are regions.
    fn find_sums(&self, rows: &mut Rows, values: &Values) {
        let mut groups: BTreeMap<(Option<Year>, Option<usize>), Vec<usize>> = BTreeMap::new();
        for (n, row) in rows.all.iter().enumerate() {
            let is_apart = matches!(
                row.read.state,
                RowState::Left(
                    LeftRow::Note
                        | LeftRow::Part
                        | LeftRow::Hidden
                        | LeftRow::Item
                        | LeftRow::OtherCity
                )
            );
            if !is_apart {
                groups.entry((row.year, row.item)).or_default().push(n);
            }
        }
        for group in groups.into_values().filter(|group| group.len() > 2) {
            let numbers: Vec<Vec<i128>> =
                group.iter().map(|n| values.of_row(rows.all[*n].read.row)).collect();
            let known: Vec<bool> = group
                .iter()
                .map(|n| matches!(rows.all[*n].read.state, RowState::Left(LeftRow::Sum)))
                .collect();
            for sum in sums(&numbers, &known) {
                let at = group[sum.at];
                let row = rows.all[at].read.row;
                if self.choices.rows.contains_key(&row) {
                    continue;
                }
                let [first, last] = [sum.of.0, sum.of.1].map(|n| rows.all[group[n]].read.row);
                let is_known = matches!(rows.all[at].read.place, Some(Place::Known(_)));
                let is_open = matches!(rows.all[at].read.state, RowState::Taken | RowState::Asked);
                // In one column two numbers that add up to a third may be chance.
                let is_certain = sum.columns > 1 || sum.is_whole;
                if is_open && is_known && !is_certain {
                    continue;
                }
                rows.all[at].read.state = if is_open && (is_known || !is_certain) {
                    rows.questions.push(Question::SumRow { row, first, last });
                    RowState::Asked
                } else {
                    RowState::Left(LeftRow::SumOf { first, last })
                };
            }
        }
    }

    /// Rows that add up to that of another city are its counties.
    fn leave_summed_cities(&self, rows: &mut Rows) {
        let spans = rows.all.iter().filter_map(|row| match row.read.state {
            RowState::Left(LeftRow::SumOf { first, last }) => {
                let name = &row.read.name;
                let is_other =
                    named_city(self.regions, name, self.regions.of_row(name)) == City::Other;
                is_other.then_some((first, last))
            }
            _ => None,
        });
        let spans: Vec<(usize, usize)> = spans.collect();
        for (first, last) in spans {
            let from = rows.all.partition_point(|row| row.read.row < first);
            let of_city = rows.all[from..].iter_mut().take_while(|row| row.read.row <= last);
            for row in of_city.filter(|row| !self.choices.rows.contains_key(&row.read.row)) {
                if matches!(row.read.state, RowState::Taken | RowState::Asked) {
                    row.read.state = RowState::Left(LeftRow::OtherCity);
                }
            }
        }
    }

    /// A part of a number is never the number: 女 beside 泰山区, alone or below the whole.
    fn leave_parts(&self, beside: &Beside, group: &mut Vec<usize>, rows: &mut Rows) {
        let parts = |n: usize| beside.parts(self.grid, rows.all[n].read.row);
        let parts: Vec<_> = group.iter().map(|n| parts(*n)).collect();
        if may_be_whole(&parts) {
            return;
        }
        let all = std::mem::take(group);
        for (n, parts) in all.into_iter().zip(parts) {
            if parts.is_empty() || self.choices.rows.contains_key(&rows.all[n].read.row) {
                group.push(n);
            } else {
                rows.all[n].read.state = RowState::Left(LeftRow::Part);
            }
        }
    }

    /// Several rows of one region, year and item: schools to be added up, or asked.
    fn find_doubles(&self, rows: &mut Rows, values: &Values, beside: &Beside) {
        let mut groups: HashMap<(String, Option<Year>, Option<usize>), Vec<usize>> = HashMap::new();
        for (n, row) in rows.all.iter().enumerate() {
            let is_open = matches!(row.read.state, RowState::Taken | RowState::Asked);
            let key = match &row.read.place {
                Some(Place::Known(id)) => id.to_string(),
                Some(Place::New(name)) => format!(" {}", bare(name)),
                _ => continue,
            };
            if is_open {
                groups.entry((key, row.year, row.item)).or_default().push(n);
            }
        }
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort();
        // Within its own rows a region's sum is known by arithmetic.
        for group in groups.iter_mut().filter(|group| group.len() > 1) {
            let numbers: Vec<Vec<i128>> =
                group.iter().map(|n| values.of_row(rows.all[*n].read.row)).collect();
            let found = sums(&numbers, &vec![false; group.len()]);
            let whole: Vec<_> = found.iter().filter(|sum| sum.is_whole).collect();
            if let [sum] = whole.as_slice() {
                let [first, last] = [sum.of.0, sum.of.1].map(|n| rows.all[group[n]].read.row);
                let at = group[sum.at];
                if !self.choices.rows.contains_key(&rows.all[at].read.row) {
                    rows.all[at].read.state = RowState::Left(LeftRow::SumOf { first, last });
                    group.retain(|n| *n != at);
                }
            }
        }
        for group in &mut groups {
            self.leave_parts(beside, group, rows);
        }
        let is_school = |n: &usize| beside.is_school(self.grid, rows.all[*n].read.row);
        let has_schools = groups.iter().flatten().any(is_school);
        groups.retain(|group| group.len() > 1 || group.iter().any(is_school));
        if groups.is_empty() {
            return;
        }
        let count = groups.iter().map(Vec::len).sum();
        match self.choices.add_up {
            Some(true) => {}
            Some(false) => {
                for n in groups.into_iter().flatten() {
                    rows.all[n].read.state = RowState::Left(LeftRow::Chosen);
                }
            }
            None => {
                let schools = self.columns.has_schools || has_schools;
                let regions = groups.len();
                rows.questions.push(Question::AddUp { regions, rows: count, schools });
                for n in groups.into_iter().flatten() {
                    rows.all[n].read.state = RowState::Asked;
                }
            }
        }
    }
}
