//! Owns tables that come in, as a chain of pure steps: a [`Sheet`](sheet::Sheet) → the tables in
//! it → head → columns → rows → numbers → [`Change`]s → one command.
//!
//! [`read()`] runs the chain under what the reader corrected ([`Choices`]); every step stands in
//! the [`Reading`] it comes to. Invariant: a number comes in right, or it is asked about
//! ([`Question`]), or it stays outside and is listed with its reason; what a question is open
//! about yields no change. Deliberately absent: files (`files`, only in the worker), and the page.

mod as_text;
mod change;
mod choices;
mod command;
mod held;
mod layouts;
mod read;
mod reading;
pub mod sheet;

pub use change::{Change, Place, Target, When};
pub use choices::{Choices, ColumnChoice, Meaning, Mode, Unit};
pub use command::command;
pub use layouts::Layout;
pub use read::read;
pub use reading::{
    ColumnRead, Fault, FoundTable, ItemRead, LeftColumn, LeftRow, MOST_TOLD, Problem, Question,
    Reading, RowRead, RowState, Summary, Total,
};
