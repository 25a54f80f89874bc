//! Keeps records so that a crash, a full disk or a second tab loses nothing.
//!
//! Invariant: nothing here panics, and nothing here knows a browser or what is in a record.

pub mod packed;
