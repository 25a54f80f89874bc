//! Owns the numbers of a table, read once, and what each of them is of.
//!
//! Invariant: a number has one target and one unit, or none is read. In a long table both are
//! those of the row's item; two items never fill one target.

use super::above::Around;
use super::change::Target;
use super::choices::{Choices, Meaning, Unit};
use super::columns::{Column, Columns};
use super::grid::{Grid, words};
use super::numbers;
use super::reading::{ItemRead, LeftColumn, Problem, Question};
use super::sheet::Cell;
use super::tables::TableAt;
use super::things::{Class, Things, unit_of};
use super::words::Said;
use super::years::Named;
use shapan_engine::Year;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a column's numbers, or those of an item in it, are of.
#[derive(Clone, Debug)]
pub(super) struct Aim {
    pub(super) target: usize,
    pub(super) unit: Option<Unit>,
    pub(super) of_people: bool,
    /// The year the column or the item names.
    pub(super) year: Option<Year>,
}

/// A number that stands in a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub(super) column: usize,
    /// Which of the columns with numbers.
    ordinal: usize,
    pub(super) target: usize,
    pub(super) of_people: bool,
    pub(super) year: Option<Year>,
    pub(super) read: Result<i64, Problem>,
    /// Whether it is written as less than a thousand.
    is_small: bool,
}

/// The numbers of a table.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub(super) targets: Vec<Target>,
    pub(super) items: Vec<ItemRead>,
    pub(super) questions: Vec<Question>,
    first: usize,
    width: usize,
    rows: Vec<Vec<Value>>,
    item_of_row: Vec<Option<usize>>,
    item_is_left: Vec<bool>,
}

struct Maker<'a> {
    grid: &'a Grid<'a>,
    things: &'a Things<'a>,
    around: &'a Around,
    choices: &'a Choices,
    columns: &'a Columns,
    targets: Vec<Target>,
    places: HashMap<Target, usize>,
}

impl Values {
    pub(super) fn read(
        grid: &Grid<'_>,
        table: &TableAt,
        columns: &Columns,
        things: &Things<'_>,
        around: &Around,
        choices: &Choices,
    ) -> Self {
        let mut maker = Maker {
            grid,
            things,
            around,
            choices,
            columns,
            targets: Vec::new(),
            places: HashMap::new(),
        };
        let last = table.last.min(grid.rows().saturating_sub(1));
        let mut values = Self { first: table.first, ..Self::default() };
        let value_columns: Vec<&Column> = columns.values().collect();
        values.width = value_columns.len();
        values.find_items(&mut maker, table.first, last);
        let wide: Vec<Option<Aim>> =
            value_columns.iter().map(|column| maker.aim_of_column(column)).collect();
        let long = values.aims_of_items(&mut maker, &value_columns);
        for row in table.first..=last {
            let item = values.item_of_row.get(row - table.first).copied().flatten();
            let unit = maker.unit_of_row(row);
            let mut read = Vec::with_capacity(value_columns.len());
            for (n, column) in value_columns.iter().enumerate() {
                let aim = match column.read.meaning {
                    Meaning::Value => item.and_then(|item| long[item][n].as_ref()),
                    _ => wide[n].as_ref(),
                };
                let Some(aim) = aim else { continue };
                read.extend(maker.value((row, column.read.column), n, aim, unit.as_deref()));
            }
            if maker.is_split(row) {
                read.iter_mut().for_each(|value| value.read = Err(Problem::Split));
            }
            values.rows.push(read);
        }
        values.targets = maker.targets;
        values
    }

    /// The items of a long table, by their words.
    fn find_items(&mut self, maker: &mut Maker<'_>, first: usize, last: usize) {
        if maker.columns.items.is_empty() {
            return;
        }
        let mut known: HashMap<String, usize> = HashMap::new();
        for row in first..=last {
            let texts = maker.columns.items.iter().map(|c| words(maker.grid.spread(row, *c)));
            let texts: Vec<String> = texts.map(|text| text.into_owned()).collect();
            let joined = texts.iter().filter(|t| !t.is_empty()).cloned().collect::<Vec<_>>();
            if joined.is_empty() {
                self.item_of_row.push(None);
                continue;
            }
            let words = joined.join(" · ");
            let next = known.len();
            let item = *known.entry(words.clone()).or_insert(next);
            if item == self.items.len() {
                let (meaning, left) = (Meaning::Nothing, None);
                self.items.push(ItemRead { words, meaning, rows: 0, left });
            }
            self.items[item].rows += 1;
            self.item_of_row.push(Some(item));
        }
    }

    /// What the items mean in each column.
    fn aims_of_items(
        &mut self,
        maker: &mut Maker<'_>,
        columns: &[&Column],
    ) -> Vec<Vec<Option<Aim>>> {
        let mut all = Vec::new();
        let mut first_of: HashMap<(usize, usize), usize> = HashMap::new();
        let mut doubles: Vec<usize> = Vec::new();
        for place in 0..self.items.len() {
            let parts: Vec<String> =
                self.items[place].words.split(" · ").map(str::to_owned).collect();
            let mut aims = vec![None; columns.len()];
            for (n, column) in columns.iter().enumerate() {
                if column.read.meaning != Meaning::Value {
                    continue;
                }
                let head: Vec<String> =
                    column.read.head.iter().cloned().chain(parts.iter().cloned()).collect();
                let said = maker.things.said(&head);
                let chosen = maker.choices.items.get(&self.items[place].words).cloned();
                let class = match chosen {
                    Some(Meaning::Nothing) => Class::Left(LeftColumn::Chosen),
                    Some(meaning) => Class::Means(meaning),
                    // The item's own words go first: 数值 above them says nothing.
                    None => match maker.things.class(
                        &parts,
                        &maker.things.said(&parts),
                        &maker.around.above,
                    ) {
                        Class::Means(meaning @ (Meaning::Heads(_) | Meaning::Money(_))) => {
                            Class::Means(meaning)
                        }
                        _ => maker.things.class(&head, &said, &maker.around.above),
                    },
                };
                let item = &mut self.items[place];
                match class {
                    Class::Means(meaning) => {
                        aims[n] = maker.aim(&meaning, &head, &said, column);
                        if let Some(aim) = &aims[n] {
                            item.meaning = meaning;
                            let before = *first_of.entry((n, aim.target)).or_insert(place);
                            if before != place {
                                doubles.extend([before, place]);
                            }
                        } else {
                            item.left = Some(LeftColumn::Unknown);
                        }
                    }
                    Class::Asks(proposal) => {
                        item.left = Some(LeftColumn::Asked);
                        let words = item.words.clone();
                        let question = Question::Item { words, proposal };
                        if !self.questions.contains(&question) {
                            self.questions.push(question);
                        }
                    }
                    Class::Left(left) => item.left = Some(left),
                }
            }
            all.push(aims);
        }
        doubles.sort_unstable();
        doubles.dedup();
        for place in doubles {
            // Two items would fill one population: neither does before it is said which.
            let words = self.items[place].words.clone();
            let proposal = self.items[place].meaning.clone();
            if !maker.choices.items.contains_key(&words) {
                self.questions.push(Question::Item { words, proposal });
                self.items[place].left = Some(LeftColumn::Asked);
                all[place] = vec![None; columns.len()];
            }
        }
        self.item_is_left = self.items.iter().map(|item| item.left.is_some()).collect();
        all
    }

    /// Columns in which fractions of people stand that one person or two cannot explain: many, or
    /// numbers too small for a count of people with a slip.
    pub(super) fn fractions(&self) -> BTreeSet<usize> {
        let mut counts: BTreeMap<usize, (usize, usize, bool)> = BTreeMap::new();
        for value in self.rows.iter().flatten() {
            let (all, fractions, is_small) = counts.entry(value.column).or_default();
            *all += 1;
            if value.read == Err(Problem::NotWhole) {
                *fractions += 1;
                *is_small |= value.is_small;
            }
        }
        let is_of_fractions = |(_, (all, fractions, is_small)): &(usize, (usize, usize, bool))| {
            *fractions > 0 && (*is_small || fractions * 2 >= *all)
        };
        counts.into_iter().filter(is_of_fractions).map(|(column, _)| column).collect()
    }

    pub(super) fn item(&self, row: usize) -> Option<usize> {
        self.item_of_row.get(row.checked_sub(self.first)?).copied().flatten()
    }

    pub(super) fn is_item_left(&self, row: usize) -> bool {
        self.item(row).is_some_and(|item| self.item_is_left.get(item) == Some(&true))
    }

    /// The numbers of a row.
    pub(super) fn row(&self, row: usize) -> &[Value] {
        let place = row.checked_sub(self.first);
        place.and_then(|place| self.rows.get(place)).map_or(&[], Vec::as_slice)
    }

    /// How many numbers a row has, and how many cells that are none.
    pub(super) fn counts(&self, row: usize) -> (usize, usize) {
        let numbers = self.row(row).iter().filter(|value| value.read.is_ok()).count();
        (numbers, self.row(row).len() - numbers)
    }

    /// Whether a number of the row could not be read although it is one.
    pub(super) fn has_trouble(&self, row: usize) -> bool {
        self.row(row).iter().any(|value| match value.read {
            Ok(_) => false,
            Err(problem) => !matches!(problem, Problem::NotANumber | Problem::Date),
        })
    }

    /// The numbers of a row by column, nothing as 0.
    pub(super) fn of_row(&self, row: usize) -> Vec<i128> {
        let mut all = vec![0; self.width.max(1)];
        for value in self.row(row) {
            if let (Ok(number), Some(place)) = (value.read, all.get_mut(value.ordinal)) {
                *place = i128::from(number);
            }
        }
        all
    }
}

impl Maker<'_> {
    fn target(&mut self, target: Target) -> usize {
        let next = self.targets.len();
        let place = *self.places.entry(target.clone()).or_insert(next);
        if place == next {
            self.targets.push(target);
        }
        place
    }

    fn aim_of_column(&mut self, column: &Column) -> Option<Aim> {
        let (meaning, head) = (column.read.meaning.clone(), column.read.head.clone());
        let aim = self.aim(&meaning, &head, &column.said, column);
        aim.map(|aim| Aim { unit: column.read.unit, ..aim })
    }

    fn aim(
        &mut self,
        meaning: &Meaning,
        head: &[String],
        said: &Said,
        column: &Column,
    ) -> Option<Aim> {
        let of_people = !matches!(meaning, Meaning::Money(_));
        let target = match meaning {
            Meaning::Heads(id) => Target::Heads(id.clone()),
            Meaning::NewPopulation(stage) => {
                let name = self.things.new_name(head, said, *stage);
                Target::NewPopulation { name, stage: *stage }
            }
            Meaning::Money(path) => Target::Parameter(path.clone()),
            _ => return None,
        };
        let own = unit_of(&said.units(), of_people).ok().flatten();
        let unit = own.or(match unit_of(&self.around.units, of_people) {
            Ok(Some(unit)) => Some(unit),
            Ok(None) if of_people && !self.around.unit_is_doubtful => Some(Unit::One),
            _ => None,
        });
        let year = column.read.year.or(match said.years.as_slice() {
            [Named::Year(year)] => Some(*year),
            _ => None,
        });
        let target = self.target(target);
        Some(Aim { target, unit, of_people, year })
    }

    /// The units that stand in the row; nothing where no column says them.
    fn unit_of_row(&self, row: usize) -> Option<Vec<Unit>> {
        let column = self.columns.unit?;
        let text = words(self.grid.spread(row, column));
        // Beside units that are said, an empty cell is none of people.
        Some(Said::of(&text, &std::collections::HashSet::new()).units())
    }

    fn value(
        &self,
        (row, column): (usize, usize),
        ordinal: usize,
        aim: &Aim,
        own: Option<&[Unit]>,
    ) -> Option<Value> {
        let cell = self.grid.cell(row, column);
        if matches!(cell, Cell::Empty) {
            return None;
        }
        let unit = match own {
            None => aim.unit,
            Some(units) => unit_of(units, aim.of_people).ok().flatten(),
        };
        let read = match unit {
            None => Err(Problem::OtherUnit),
            // A number that stands for several rows is nobody's.
            Some(_) if self.holds_for_several(row, column) => Err(Problem::NotANumber),
            Some(unit) if aim.of_people => numbers::people(cell, unit).transpose()?,
            Some(unit) => numbers::fen(cell, unit).transpose()?,
        };
        let is_small = read == Err(Problem::NotWhole) && numbers::is_small(cell);
        let Aim { target, of_people, year, .. } = *aim;
        Some(Value { column, ordinal, target, of_people, year, read, is_small })
    }

    /// Whether commas within numbers, which nothing kept together, seem to have split them over
    /// cells: 49,120 stands in two, no piece is longer than three digits, and the row is longer
    /// than the head.
    fn is_split(&self, row: usize) -> bool {
        let headed = self.columns.all.iter().filter(|column| !column.read.head.is_empty());
        let Some(last) = headed.map(|column| column.read.column).max() else { return false };
        if self.grid.columns(row) <= last + 1 {
            return false;
        }
        let pieces = |from: usize| {
            (from..self.grid.columns(row)).filter_map(move |column| {
                match self.grid.cell(row, column) {
                    Cell::Text(text) => Some(text.trim()).filter(|text| {
                        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
                    }),
                    _ => None,
                }
            })
        };
        let beyond = pieces(last + 1).count();
        beyond > 0
            && pieces(0).all(|piece| piece.len() <= 3)
            && pieces(0).skip(1).filter(|piece| piece.len() == 3).count() >= beyond
    }

    fn holds_for_several(&self, row: usize, column: usize) -> bool {
        if !self.grid.holds_below(row, column) {
            return false;
        }
        let origin = |column: Option<usize>| column.map(|c| self.grid.origin(row + 1, c).0 == row);
        let is_same = |column: Option<usize>| origin(column) != Some(false);
        !(is_same(self.columns.region) && is_same(self.columns.year))
    }
}
