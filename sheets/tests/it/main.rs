//! Workbooks out and tables in, a module a subject: one program, so that it is linked once.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "tests")]

mod bureaus;
mod elsewhere;
mod files;
mod hostile;
mod import;
mod kinds;
mod layouts;
mod office;
mod own;
mod paste;
mod recalculated;
mod reviewed;
mod reviewed_blocks;
mod said;
mod scale;
mod tables;
