//! Owns what a table comes to: cells of the plan, old → new.
//!
//! Invariant: a change differs from what the plan says, and names the cell it was read in.

use super::as_text;
use serde::{Deserialize, Serialize};
use shapan_engine::{
    MeasureId, ParamPath, PopulationId, RegionId, ScenarioId, Semester, Stage, Year,
};

/// Whose value it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A region of the plan.
    Known(#[serde(with = "as_text")] RegionId),
    /// A region that the plan does not have yet, by its name.
    New(String),
    /// All regions, or the city.
    Whole,
}

/// What is given a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// Heads of a counted population.
    Heads(#[serde(with = "as_text")] PopulationId),
    /// Heads of a population that the plan does not have yet.
    NewPopulation {
        /// What it is called.
        name: String,
        /// Its stage.
        #[serde(with = "as_text::stage")]
        stage: Stage,
    },
    /// A parameter, in its unit.
    Parameter(#[serde(with = "as_text")] ParamPath),
    /// What a change of a measure sets, in the unit of its parameter: from our own workbook.
    Measure {
        /// The scenario it belongs to.
        #[serde(with = "as_text")]
        scenario: ScenarioId,
        /// The measure.
        #[serde(with = "as_text")]
        measure: MeasureId,
        /// Which of its changes, counted from 0.
        change: usize,
    },
}

/// When it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Counted in an autumn.
    Autumn(#[serde(with = "as_text::year")] Year),
    /// Of a fiscal year.
    Fiscal(#[serde(with = "as_text::year")] Year),
    /// From a semester on.
    From(#[serde(with = "as_text")] Semester),
}

/// A value of the plan that becomes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What is given it.
    pub target: Target,
    /// Whose.
    pub place: Place,
    /// When.
    pub when: When,
    /// What the plan says; nothing where it says none.
    pub old: Option<i64>,
    /// What the table says: whole people, or the parameter's unit (money: fen).
    pub new: i64,
    /// Row and column of the cell it was read in, counted from 0; of several that were added up,
    /// the first.
    pub cell: (usize, usize),
}
