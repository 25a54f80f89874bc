//! Owns what a sheet is read as: every step of the chain, what is asked, what is left out, and
//! the changes it comes to.
//!
//! Invariant: every row, column and cell of the table is taken, asked about, or left out with its
//! reason; rows and columns are those of the sheet, counted from 0.

use super::as_text;
use super::change::{Change, Place, Target, When};
use super::choices::{Meaning, RightSize, Unit};
use super::sheet::{Cell, FarCell, Sheet};
use crate::request::RowShown;
use serde::{Deserialize, Serialize};
use shapan_engine::{PopulationId, RegionId, Year};
use std::collections::{BTreeMap, BTreeSet};

/// What a sheet is read as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The tables in the sheet, from above.
    pub tables: Vec<FoundTable>,
    /// Which of them is read; none where there is none.
    pub table: Option<usize>,
    /// First and last row of its head.
    pub head: Option<(usize, usize)>,
    /// Its columns.
    pub columns: Vec<ColumnRead>,
    /// The items of a long table, by their words.
    pub items: Vec<ItemRead>,
    /// The rows below its head.
    pub rows: Vec<RowRead>,
    /// The year of what names none, found above the head or chosen.
    pub year: Option<Year>,
    /// What must be answered before all of it comes in.
    pub questions: Vec<Question>,
    /// Cells that are left out because of what stands in them.
    pub faults: Vec<Fault>,
    /// Cells so far from the others that they belong to no table.
    pub far: Vec<FarCell>,
    /// What comes in.
    pub changes: Vec<Change>,
    /// Values that the plan has otherwise; they wait for a [`Mode`](super::Mode).
    pub waiting: Vec<Change>,
    /// Values of the plan that stay although the table has others, for so it was chosen.
    pub kept: usize,
    /// Values that the plan has already.
    pub same: usize,
    /// What the changes, and those that wait, come to.
    pub totals: Vec<Total>,
    /// Names the layout; nothing where there is no table.
    pub fingerprint: Option<String>,
    /// Whether what is remembered of the layout was used.
    pub remembered: bool,
    /// How much of that names what the plan does not have any more, and was not used.
    pub gone: usize,
}

/// A table in a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundTable {
    /// What stands above it, line by line.
    pub titles: Vec<String>,
    /// First and last row of its head.
    pub head: (usize, usize),
    /// Its last row.
    pub last: usize,
    /// First and last column.
    pub columns: (usize, usize),
}

/// A column of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnRead {
    /// Which.
    pub column: usize,
    /// Its head, from above.
    pub head: Vec<String>,
    /// What it means.
    pub meaning: Meaning,
    /// In what it counts, where that is known.
    pub unit: Option<Unit>,
    /// The year it names, or was chosen.
    #[serde(with = "as_text::some_year")]
    pub year: Option<Year>,
    /// Whether the spreadsheet hides it.
    pub hidden: bool,
    /// Why it is left out, where it is.
    pub left: Option<LeftColumn>,
}

/// An item of a long table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRead {
    /// Its words.
    pub words: String,
    /// What it means.
    pub meaning: Meaning,
    /// In how many rows it stands.
    pub rows: usize,
    /// Why its rows are left out, where they are.
    pub left: Option<LeftColumn>,
}

/// Why a column, or an item of a long table, is left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftColumn {
    /// The spreadsheet hides it.
    Hidden,
    /// Nothing stands in it.
    Empty,
    /// Running numbers or codes.
    Running,
    /// Names or words.
    Words,
    /// Schools, classes, teachers, areas, entrants, leavers: no pupils.
    NotPeople,
    /// Rates and averages.
    Rate,
    /// Money that the plan has no place for.
    Money,
    /// A part of another number, such as girls.
    Part,
    /// A sum over stages or columns.
    Sum,
    /// Heads that the plan computes.
    Computed(#[serde(with = "as_text")] PopulationId),
    /// Another column has the exact name.
    OtherHasName {
        /// That column.
        column: usize,
    },
    /// What it means is asked.
    Asked,
    /// Nothing known is said of it.
    Unknown,
    /// The reader left it out.
    Chosen,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowRead {
    /// Which.
    pub row: usize,
    /// The name that stands in it.
    pub name: String,
    /// Whose it is, where that is known.
    pub place: Option<Place>,
    /// Whether it is taken.
    pub state: RowState,
}

/// Whether a row is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowState {
    /// It is.
    Taken,
    /// It waits for an answer.
    Asked,
    /// It stays outside.
    Left(LeftRow),
}

/// Why a row is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftRow {
    /// The spreadsheet hides it.
    Hidden,
    /// It has no numbers: a note, a heading.
    Note,
    /// It is a sum, by its name.
    Sum,
    /// It is the sum of other rows.
    SumOf {
        /// The first of them.
        first: usize,
        /// The last.
        last: usize,
    },
    /// A part of another row (其中).
    Part,
    /// No region of the plan, and the reader did not make it one.
    NotInPlan,
    /// The table says that it belongs to another city than the plan's.
    OtherCity,
    /// No region is named.
    NoName,
    /// No year can be read.
    NoYear,
    /// What the row counts is left out.
    Item,
    /// The reader left it out.
    Chosen,
}

/// What must be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Question {
    /// Which column names the regions.
    RegionColumn,
    /// Which year's numbers they are.
    Year {
        /// The year that is most likely.
        #[serde(with = "as_text::year")]
        proposal: Year,
    },
    /// Which year's numbers a column has.
    ColumnYear {
        /// The column.
        column: usize,
        /// The year that is most likely.
        #[serde(with = "as_text::some_year")]
        proposal: Option<Year>,
    },
    /// What a column means.
    Column {
        /// The column.
        column: usize,
        /// What is most likely.
        proposal: Meaning,
    },
    /// What an item of a long table means.
    Item {
        /// Its words.
        words: String,
        /// What is most likely.
        proposal: Meaning,
    },
    /// In what a column counts.
    Unit {
        /// The column.
        column: usize,
    },
    /// Several columns would fill one population and year.
    SameTarget {
        /// The columns.
        columns: Vec<usize>,
    },
    /// Which region a name means.
    Region {
        /// The name.
        name: String,
        /// The region it most likely means.
        #[serde(with = "as_text")]
        proposal: RegionId,
    },
    /// Whether names that the plan does not know are new regions.
    NewRegions {
        /// How many names.
        names: usize,
    },
    /// Several rows belong to one region: whether they are added up.
    AddUp {
        /// How many regions.
        regions: usize,
        /// How many rows.
        rows: usize,
        /// Whether the rows seem to be schools.
        schools: bool,
    },
    /// Whether a row that is a sum of others is a region all the same.
    SumRow {
        /// The row.
        row: usize,
        /// The first row of those it is the sum of.
        first: usize,
        /// The last.
        last: usize,
    },
    /// What becomes of values that the plan has otherwise.
    Replace {
        /// How many.
        values: usize,
    },
    /// Numbers are far from what they are compared with: whether they are right.
    Magnitude {
        /// What.
        target: Target,
        /// When.
        when: When,
        /// Whose, where it is not all of them.
        places: Vec<Place>,
        /// What they are compared with.
        beside: Beside,
        /// What that has in the same places.
        before: i64,
        /// What they come to.
        after: i64,
    },
    /// The words above say that the table is of a part only: whether it stands for the whole.
    Part {
        /// Those words.
        words: String,
    },
}

impl Question {
    /// The answer that numbers far from others are right, where that is asked.
    pub fn right_size(&self) -> Option<RightSize> {
        match self {
            Self::Magnitude { target, when, after, .. } => {
                Some(RightSize { target: target.clone(), when: *when, after: *after })
            }
            _ => None,
        }
    }
}

/// What numbers are compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beside {
    /// The plan's own of that time.
    Plan,
    /// The plan's own of another autumn.
    PlanOf(When),
    /// The table's own of another time.
    Table(When),
    /// People of another stage.
    Others(Target),
}

/// A cell that is left out because of what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// What stands there.
    pub found: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// A number was expected.
    NotANumber,
    /// A whole number of people, or whole fen, was expected.
    NotWhole,
    /// More than a plan may hold, or less than nothing.
    OutOfBounds,
    /// A share stands where a number of people or money was expected.
    Percent,
    /// A day stands there.
    Date,
    /// The spreadsheet shows an error.
    Error,
    /// The result of its formula is not stored in the file.
    NotComputed,
    /// A year was expected.
    NotAYear,
    /// A name no plan may hold.
    NotAName,
    /// Its unit is not that of the column, or none is known.
    OtherUnit,
    /// Money of a year the plan is not computed over.
    YearOutside,
    /// Another row of the same region cannot be read: the others are no sum.
    PartMissing,
    /// Commas within numbers seem to have split them over several cells.
    Split,
}

/// What the changes of a target and time come to, over all regions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// What.
    pub target: Target,
    /// When.
    pub when: When,
    /// What the plan has now.
    pub before: i64,
    /// What it has after all changes, those that wait included.
    pub after: i64,
}

/// A [`Reading`] without its rows and changes, of which only the number is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The tables in the sheet.
    pub tables: Vec<FoundTable>,
    /// Which of them is read.
    pub table: Option<usize>,
    /// First and last row of its head.
    pub head: Option<(usize, usize)>,
    /// Its columns.
    pub columns: Vec<ColumnRead>,
    /// The items of a long table.
    pub items: Vec<ItemRead>,
    /// The year of what names none.
    #[serde(with = "as_text::some_year")]
    pub year: Option<Year>,
    /// What must be answered.
    pub questions: Vec<Question>,
    /// Cells that are left out, the first [`MOST_TOLD`].
    pub faults: Vec<Fault>,
    /// How many there are in all.
    pub faulty: usize,
    /// Cells so far from the others that they belong to no table, the first [`MOST_TOLD`].
    pub far: Vec<FarCell>,
    /// How many there are in all.
    pub far_cells: usize,
    /// Rows below the head.
    pub rows: usize,
    /// Rows that are taken.
    pub taken: usize,
    /// Rows that are left out, the first [`MOST_TOLD`].
    pub left: Vec<RowRead>,
    /// How many there are in all.
    pub left_rows: usize,
    /// How many changes.
    pub changes: usize,
    /// How many of them wait for a choice.
    pub waiting: usize,
    /// Values of the plan that stay although the table has others.
    pub kept: usize,
    /// Values that the plan has already.
    pub same: usize,
    /// What the changes come to.
    pub totals: Vec<Total>,
    /// Names the layout.
    pub fingerprint: Option<String>,
    /// Whether what is remembered of the layout was used.
    pub remembered: bool,
    /// How much of that names what the plan does not have any more, and was not used.
    pub gone: usize,
}

/// How many faults and rows a summary tells one by one.
pub const MOST_TOLD: usize = 200;

impl Reading {
    /// Rows below the head as they are shown, from one on.
    pub fn shown(&self, sheet: &Sheet, from: usize, count: usize) -> Vec<RowShown> {
        let shown = self.rows.iter().skip(from).take(count);
        let wanted: BTreeSet<usize> = shown.clone().map(|row| row.row).collect();
        let mut faults: BTreeMap<usize, Vec<Fault>> = BTreeMap::new();
        for fault in self.faults.iter().filter(|fault| wanted.contains(&fault.row)) {
            faults.entry(fault.row).or_default().push(fault.clone());
        }
        let cell = |row: usize, column: &ColumnRead| {
            let cell = sheet.cells.get(row).and_then(|cells| cells.get(column.column));
            cell.map(Cell::words).unwrap_or_default()
        };
        shown
            .map(|read| RowShown {
                read: read.clone(),
                cells: self.columns.iter().map(|column| cell(read.row, column)).collect(),
                faults: faults.remove(&read.row).unwrap_or_default(),
            })
            .collect()
    }

    /// What is told of it at once.
    pub fn summary(&self) -> Summary {
        let is_left = |row: &&RowRead| matches!(row.state, RowState::Left(_));
        Summary {
            tables: self.tables.clone(),
            table: self.table,
            head: self.head,
            columns: self.columns.clone(),
            items: self.items.iter().take(MOST_TOLD).cloned().collect(),
            year: self.year,
            questions: self.questions.iter().take(MOST_TOLD).cloned().collect(),
            faults: self.faults.iter().take(MOST_TOLD).cloned().collect(),
            faulty: self.faults.len(),
            far: self.far.iter().take(MOST_TOLD).cloned().collect(),
            far_cells: self.far.len(),
            rows: self.rows.len(),
            taken: self.rows.iter().filter(|row| row.state == RowState::Taken).count(),
            left: self.rows.iter().filter(is_left).take(MOST_TOLD).cloned().collect(),
            left_rows: self.rows.iter().filter(is_left).count(),
            changes: self.changes.len(),
            waiting: self.waiting.len(),
            kept: self.kept,
            same: self.same,
            totals: self.totals.clone(),
            fingerprint: self.fingerprint.clone(),
            remembered: self.remembered,
            gone: self.gone,
        }
    }
}
