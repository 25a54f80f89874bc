//! Owns what the reader says of a table: every step of the chain may be corrected, none need be.
//!
//! Invariant: rows and columns are those of the sheet, counted from 0, so a choice holds whatever
//! the chain finds; what is not chosen is found, or asked.

use super::as_text;
use super::change::{Place, Target, When};
use serde::{Deserialize, Serialize};
use shapan_engine::{ParamPath, PopulationId, Stage, Year};
use std::collections::BTreeMap;

/// What the reader corrected or answered; all of it optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Which of the tables in the sheet.
    pub table: Option<usize>,
    /// First and last row of the head.
    pub head: Option<(usize, usize)>,
    /// What columns mean.
    pub columns: BTreeMap<usize, ColumnChoice>,
    /// What the items of a long table mean, by their words.
    pub items: BTreeMap<String, Meaning>,
    /// The year of what names none.
    #[serde(with = "as_text::some_year")]
    pub year: Option<Year>,
    /// Ticks of rows: whether the row is taken.
    pub rows: BTreeMap<usize, bool>,
    /// What region a name means, by the name as it stands.
    pub regions: BTreeMap<String, Place>,
    /// Whether every name that the plan does not know is a new region.
    pub all_new: Option<bool>,
    /// Whether several rows of one region are added up.
    pub add_up: Option<bool>,
    /// Whether hidden rows and columns are read too.
    pub hidden: bool,
    /// What becomes of what the plan has already.
    pub mode: Option<Mode>,
    /// Numbers far from what they were compared with that are right all the same.
    pub magnitudes: Vec<RightSize>,
    /// Whether a table of a part (民办, 女生 …) stands for the whole.
    pub part: bool,
    /// Cells that were mended: row, column and what stands there now.
    pub cells: Vec<(usize, usize, String)>,
}

/// That numbers are right although they are far from what they were compared with. It is of
/// what they come to: under another unit, meaning or table they come to something else, and it
/// answers nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightSize {
    /// What.
    pub target: Target,
    /// When.
    pub when: When,
    /// What they come to.
    pub after: i64,
}

impl Choices {
    /// Reads another table of the sheet. What was said of the one before as a whole says nothing of
    /// it; columns and rows are those of the sheet and stay.
    pub fn choose_table(&mut self, table: Option<usize>) {
        if self.table == table {
            return;
        }
        let (columns, rows, cells) = (
            std::mem::take(&mut self.columns),
            std::mem::take(&mut self.rows),
            std::mem::take(&mut self.cells),
        );
        let (regions, mode) = (std::mem::take(&mut self.regions), self.mode);
        let hidden = self.hidden;
        *self = Self { table, columns, rows, cells, regions, mode, hidden, ..Self::default() };
    }
}

/// What the reader says of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnChoice {
    /// What it means.
    pub meaning: Option<Meaning>,
    /// In what it counts.
    pub unit: Option<Unit>,
    /// Its year.
    #[serde(with = "as_text::some_year")]
    pub year: Option<Year>,
}

/// What a column, or an item of a long table, means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// Nothing that is taken over.
    #[default]
    Nothing,
    /// What the region is called.
    Region,
    /// The year, row by row.
    Year,
    /// What is counted, row by row: a long table.
    Item,
    /// In what the row counts: a long table.
    Unit,
    /// A number of whatever the row's item says.
    Value,
    /// Heads of a population of the plan.
    Heads(#[serde(with = "as_text")] PopulationId),
    /// Heads of a population that the plan does not have yet, called as the column is.
    NewPopulation(#[serde(with = "as_text::stage")] Stage),
    /// Money of the plan.
    Money(#[serde(with = "as_text")] ParamPath),
}

/// In what a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// 人
    One,
    /// 百人
    Hundred,
    /// 千人
    Thousand,
    /// 万人
    TenThousand,
    /// 元
    Yuan,
    /// 千元
    ThousandYuan,
    /// 万元
    TenThousandYuan,
    /// 百万元
    MillionYuan,
    /// 亿元
    HundredMillionYuan,
}

/// What becomes of what the plan has already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// It stays; only what is missing comes.
    #[default]
    Add,
    /// Values that the table has too are replaced.
    Replace,
}
