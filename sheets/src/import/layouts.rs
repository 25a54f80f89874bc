//! Owns what is remembered of layouts: next year's file of the same shape maps itself.
//!
//! Invariant: a layout is known by the fingerprint of its heads without their years; what is
//! remembered is kept in the plan, travels with it, and can be forgotten.

use super::choices::{Choices, ColumnChoice};
use super::things::cleaned;
use serde::{Deserialize, Serialize};
use shapan_engine::Plan;

/// What is remembered of a layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The fingerprint of its heads.
    pub fingerprint: String,
    /// Its heads, in words.
    pub name: String,
    /// What was chosen for it.
    pub choices: Choices,
}

/// Names a layout by its heads: their words without years, in order.
pub(super) fn fingerprint<'a>(heads: impl Iterator<Item = &'a [String]>) -> String {
    // FNV-1a, 64 bits: short, and the same on every machine.
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for head in heads {
        for byte in cleaned(head).bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// What the plan remembers of a layout.
pub(super) fn remembered(_plan: &Plan, _fingerprint: &str) -> Option<Layout> {
    None
}

/// What was chosen, above what is remembered. Rows, years, cells and ticks are those of one
/// file and are not remembered.
pub(super) fn below(layout: &Layout, chosen: &Choices) -> Choices {
    let mut all = chosen.clone();
    for (column, before) in &layout.choices.columns {
        let own = all.columns.entry(*column).or_default();
        let meaning = own.meaning.clone().or_else(|| before.meaning.clone());
        *own = ColumnChoice { meaning, unit: own.unit.or(before.unit), year: own.year };
    }
    for (words, meaning) in &layout.choices.items {
        all.items.entry(words.clone()).or_insert_with(|| meaning.clone());
    }
    for (name, place) in &layout.choices.regions {
        all.regions.entry(name.clone()).or_insert_with(|| place.clone());
    }
    all.add_up = all.add_up.or(layout.choices.add_up);
    all
}
