//! What holds of the engine, a module a subject: one program, so that it is linked once.
//!
//! `cargo test -p shapan-engine --test it rules::` runs one subject. Plans come from
//! `shapan_testing`; files and goldens stand beside this folder.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod bad_files;
mod balance;
mod beneficiaries;
mod cohorts;
mod compare;
mod conflicts;
mod editing;
mod effect;
mod effect_laws;
mod estimates;
mod explore;
mod fair;
mod files;
mod files_goals;
mod fit;
mod frozen;
mod funding;
mod generated;
mod golden;
mod history;
mod hostile;
mod incremental;
mod indicators;
mod laws;
mod library;
mod merge;
mod merge_laws;
mod merge_numbers;
mod needs;
mod packet;
mod roll_up;
mod rules;
mod rules_goals;
mod schema;
mod sent;
mod shown;
mod small_schools;
mod soundness;
mod soundness_goals;
mod soundness_people;
mod table;
mod taian;
mod taian_goals;
mod unknown_fields;
mod why;
mod why_beside;
mod worked_examples;
mod yearly;
