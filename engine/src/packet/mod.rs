//! Owns what travels between a city and one of its regions: a packet handed out, filled in, and
//! laid over the city's plan again.
//!
//! Invariant: handing out and laying over again without a change gives the city's plan, and what
//! is laid over is of the packet's region and of what it was asked for alone. Deliberately absent:
//! merging (`merge`, which then compares number by number), files (`files::v1`).

mod hand_back;
mod hand_out;
mod lay_over;
mod take_in;

pub use hand_back::{HandBack, hand_back};
pub use hand_out::{HandOutError, hand_out};
pub use lay_over::{LaidOver, Unplaced, lay_over};
pub use take_in::{TakeInError, TakenIn, is_of, take_in};
