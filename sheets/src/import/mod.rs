//! Owns tables that come in, as a chain of pure steps: a [`Sheet`](sheet::Sheet) → the tables in
//! it → head → columns → rows → numbers → [`Change`]s → one command.
//!
//! [`read()`] runs the chain under what the reader corrected ([`Choices`]); every step stands in
//! the [`Reading`] it comes to. Invariant: a number comes in right, or it is asked about
//! ([`Question`]), or it stays outside and is listed with its reason; what a question is open
//! about yields no change. Deliberately absent: files (`files`, only in the worker), and the page.

mod above;
mod as_text;
mod beside;
mod block;
mod change;
mod changes;
mod choices;
mod cities;
mod columns;
mod command;
mod grid;
mod heads;
mod held;
mod layouts;
mod measures;
mod names;
mod numbers;
mod read;
mod reading;
mod regions;
mod rows;
mod scale;
pub mod sheet;
mod sums;
mod tables;
mod things;
mod typed;
mod values;
mod words;
mod years;

pub use block::{
    BlockColumn, BlockRow, Fell, Frame, Placed, Refusal, Selected, fields, place_block,
};
pub use change::{Change, Place, Target, When};
pub use choices::{Choices, ColumnChoice, Meaning, Mode, RightSize, Unit};
pub use command::{command, not_in_plan};
pub use layouts::{Layout, forget_layout, keep_layout, layouts};
pub use read::read;
pub use reading::{
    Beside, ColumnRead, Fault, FoundTable, ItemRead, LeftColumn, LeftRow, MOST_TOLD, Problem,
    Question, Reading, RowRead, RowState, Summary, Total,
};
pub use typed::typed_number;

/// The largest file, in megabytes.
pub const MOST_MEGABYTES: u32 = 16;
/// The same in bytes.
pub const MOST_BYTES: u32 = MOST_MEGABYTES << 20;
