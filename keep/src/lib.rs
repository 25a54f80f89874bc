//! Keeps plans so that a crash, a full disk, a second tab or a newer app loses nothing.
//!
//! Invariant: nothing here panics, and nothing here knows a browser or what a plan is.
//! From the bottom up: a [`Port`] to whatever holds texts, [`packed`] text, a [`Record`] for
//! each state of a plan, which backups stay (`thinning`), the [`Shelf`], and the plan a tab has
//! open on it ([`OpenPlan`]).
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod open;
pub mod packed;
mod port;
mod record;
mod shelf;
mod thinning;

pub use open::{Base, Choice, Documents, Elsewhere, Next, OpenPlan, Saved};
pub use port::{Port, PortError};
pub use record::{About, FORMAT, Kind, MOST_BYTES, ROOT, Reason, Record, RecordError, RecordId};
pub use shelf::{Draft, Entry, KeepError, Removed, Room, Shelf, Standing, Usage};
pub use thinning::{BUDGET, surplus};
