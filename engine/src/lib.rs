//! The planning engine of Shapan: what an education plan costs, who pays, whom it reaches.
//!
//! Pure: no browser, no clock, no input or output, no randomness, no floats. A plan is
//! a checked value ([`Plan`]); [`evaluate`] turns it and a scenario into an [`Outcome`]
//! of exact payments; [`Document`] is the one way to change it, with undo; `files` is
//! the only place that knows JSON.

mod attribution;
mod balance;
mod calc;
mod estimate;
mod evaluate;
mod exact;
pub mod files;
mod funding;
mod history;
mod id;
mod needs;
mod outcome;
mod plan;
mod recognised;
mod sample;
mod text;
mod time;
mod why;

pub use attribution::{Attribution, Contribution, attribute};
pub use balance::{Balance, Spread, balance};
pub use calc::{How, Rounding};
pub use estimate::{
    Estimate, EstimateMethod, EstimateWarning, estimate_progression, estimate_transfer,
};
pub use evaluate::{EvaluateError, evaluate, evaluate_stack, reevaluate_stack};
pub use exact::{Fen, MILLION, Overflow, divide_half_up, grow, share_of};
pub use funding::Funding;
pub use history::{Command, CommandError, Diff, Direction, Document, Gesture};
pub use id::{
    CitationId, IndicatorId, MeasureId, NotAnId, PopulationId, ProgrammeId, RegionId, ResourceId,
    RuleId, ScenarioId, SchoolId, SourceId, TaskId, fresh_id,
};
pub use needs::{Needs, needs, needs_of_all};
pub use outcome::{Cut, Difference, Outcome};
pub use plan::*;
pub use recognised::{AboveBase, above_base, value_range, with_base_following};
pub use sample::taian_2012;
pub use text::{Lang, Text, TextError};
pub use time::{Date, Horizon, NotADate, NotASemester, Periods, Semester, Term, Year};
pub use why::{IndicatorFigure, RuleFigure, Trace, What, Working, why};
