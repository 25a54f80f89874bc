//! What must hold of kept records, whatever fails: one program, a module a subject.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod faults;
mod tabs;
