//! What the whole is good for, in a real browser, on the built page: each journey opens it as a
//! reader would, finds things by role and label, and compares every amount to the fen.
//!
//! Run by `cargo xtask test`, which builds the page first.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod access;
mod clipping;
mod compare;
mod craft;
mod data;
mod expected;
mod explore;
mod files;
mod first_open;
mod goals;
mod keeping;
mod languages;
mod lever;
mod measures;
mod merging;
#[path = "../../sheets/tests/it/office.rs"]
#[allow(dead_code, reason = "only what saves anew is wanted here")]
mod office;
mod packets;
mod places;
mod policy;
mod print;
mod programmes;
mod sheets;
mod start;
mod sums;
mod survival;
mod tables;
mod translation;
mod travel;
mod visit;
mod why;
