//! Owns what is remembered of layouts: next year's file of the same shape maps itself.
//!
//! Invariant: a layout is known by the fingerprint of its heads without their years; what is
//! remembered is kept in the plan, travels with it, and can be forgotten.

use super::choices::{Choices, ColumnChoice};
use super::reading::Summary;
use super::things::cleaned;
use serde::{Deserialize, Serialize};
use shapan_engine::{Command, Plan};

/// The longest name of a layout, in characters.
const MOST_NAME: usize = 200;

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

/// The layouts a plan remembers; what cannot be read is none.
pub fn layouts(plan: &Plan) -> Vec<Layout> {
    let kept = plan.extra.layouts();
    kept.filter_map(|(_, text)| serde_json::from_str(text).ok()).collect()
}

/// Remembers what was chosen for the layout of a reading: `None` where nothing was.
pub fn keep_layout(reading: &Summary, choices: &Choices) -> Option<Command> {
    let columns = choices
        .columns
        .iter()
        .map(|(column, choice)| (*column, ColumnChoice { year: None, ..choice.clone() }));
    let choices = Choices {
        columns: columns.collect(),
        items: choices.items.clone(),
        regions: choices.regions.clone(),
        add_up: choices.add_up,
        ..Choices::default()
    };
    if choices == Choices::default() {
        return None;
    }
    let heads = reading.columns.iter().map(|column| cleaned(&column.head));
    let name: String = heads.collect::<Vec<_>>().join(" | ").chars().take(MOST_NAME).collect();
    let fingerprint = reading.fingerprint.clone()?;
    let layout = Layout { fingerprint: fingerprint.clone(), name, choices };
    let text = serde_json::to_string(&layout).ok()?;
    Some(Command::KeepLayout { fingerprint: fingerprint.into(), text: Some(text.into()) })
}

/// Forgets a layout.
pub fn forget_layout(fingerprint: &str) -> Command {
    Command::KeepLayout { fingerprint: fingerprint.into(), text: None }
}

/// What the plan remembers of a layout.
pub(super) fn remembered(plan: &Plan, fingerprint: &str) -> Option<Layout> {
    let mut kept = plan.extra.layouts();
    let (_, text) = kept.find(|(own, _)| *own == fingerprint)?;
    serde_json::from_str(text).ok()
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
