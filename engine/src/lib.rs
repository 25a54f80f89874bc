//! The planning engine of Shapan: what an education plan costs, who pays, whom it reaches.
//!
//! Pure: no browser, no clock, no input or output, no randomness, no floats. A plan is
//! a checked value ([`Plan`]); [`evaluate`] turns it and a scenario into an [`Outcome`]
//! of exact payments; [`Document`] is the one way to change it, with undo; `files` is
//! the only place that knows JSON.

mod attribution;
mod balance;
mod calc;
mod compare;
mod edit;
mod effect;
mod estimate;
mod evaluate;
mod exact;
mod explore;
pub mod files;
mod funding;
mod history;
mod id;
mod indicators;
mod library;
pub mod merge;
mod needs;
mod outcome;
pub mod packet;
mod plan;
mod reached;
mod recognised;
mod rules;
mod sample;
mod shown;
mod table;
mod tasks;
mod text;
mod time;
mod why;

pub use attribution::{
    Attribution, Contribution, FairAttribution, FairShare, MOST_EXACT, Method, attribute,
    attribute_fairly, attribute_known,
};
pub use balance::{Balance, Spread, balance};
pub use calc::{How, Rounding};
pub use compare::{DifferingParameter, DifferingSpan, differing_parameters};
pub use edit::{Command, CommandError, Removal, Thing, ThingId};
pub use effect::{Conflict, ReadIn, Reason, Silence, conflicts, no_effect, no_effect_in};
pub use estimate::{
    Estimate, EstimateMethod, EstimateWarning, estimate_progression, estimate_transfer,
};
pub use evaluate::{
    EvaluateError, Known, YearAmount, Yearly, evaluate, evaluate_stack, reevaluate_stack,
};
pub use exact::{Fen, MILLION, Overflow, divide_half_up, grow, share_of};
pub use explore::{Sensitivity, seek_goal, sensitivity};
pub use funding::Funding;
pub use history::{Diff, Direction, Document, Gesture};
pub use id::{
    CitationId, IndicatorId, MeasureId, NotAnId, PopulationId, ProgrammeId, RegionId, ResourceId,
    RuleId, ScenarioId, SchoolId, SourceId, TaskId, fresh_id,
};
pub use indicators::{Goal, Reading, Way, read_indicator};
pub use library::{
    LibraryItem, Start, StartError, fresh_plan, library, library_items, take_from_library,
    taken_from_library,
};
pub use needs::{Needs, needs, needs_of_all};
pub use outcome::{Cut, Difference, Outcome};
pub use plan::*;
pub use reached::Beneficiaries;
pub use recognised::{AboveBase, above_base, value_range, with_base_following};
pub use rules::{
    Closing, Finding, Missing, RuleResult, Verdict, flipped_by, test_rule, test_rules,
};
pub use sample::taian_2012;
pub use shown::{in_steps, rounding_gap};
pub use table::per_head;
pub use tasks::{Status, TaskReport, report_tasks};
pub use text::{Lang, Text, TextError};
pub use time::{Date, Horizon, NotADate, NotASemester, Periods, Season, Semester, Year};
pub use why::{
    Case, FundsFigure, IndicatorFigure, RuleFigure, Trace, What, Working, why, why_beside,
};
