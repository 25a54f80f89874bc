//! Owns bringing two versions of a plan, or two plans, together: what differs, item by item,
//! and what comes of the items that are taken.
//!
//! Invariant: taking nothing changes nothing, and of a thing only what is taken moves. A number
//! is an item of its own where both plans have the thing in the same shape; otherwise the thing
//! is taken whole, so that no number ends up under another's name. Deliberately absent: where
//! the other plan came from.

mod apply;
mod compare;
mod counts;
mod key;
mod numbers;
mod order;
mod preview;
mod reading;
mod references;
mod roll_up;
mod table;
mod take;
mod taken;
mod three;

pub use key::{Count, Key, Span};
pub use preview::{Choice, Follows, Item, Preview, Refusal, Resolved, Sort};
pub use reading::{Numbers, Standing};
pub use roll_up::{Clash, Decisions, Match, Pick, RollUp, roll_up};
pub(crate) use table::reads_alike;
pub use take::{differences, take};
pub use three::{Merged, three_way};
