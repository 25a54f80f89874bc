//! Owns what is remembered of layouts: next year's file of the same shape maps itself.
//!
//! Invariant: a layout is known by the fingerprint of its heads without their years; what is
//! remembered is kept in the plan, travels with it, and can be forgotten.

use super::change::Place;
use super::choices::{Choices, ColumnChoice, Meaning};
use super::reading::Summary;
use super::things::cleaned;
use serde::{Deserialize, Serialize};
use shapan_engine::{Command, ParamPath, Plan};
use std::collections::HashSet;

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

/// Remembers what was chosen for the layout of a reading, above what the plan remembers of it:
/// `None` where nothing was. What is new is made once and not remembered: next year it is there.
pub fn keep_layout(plan: &Plan, reading: &Summary, choices: &Choices) -> Option<Command> {
    let fingerprint = reading.fingerprint.clone()?;
    let first = reading.columns.first()?.column;
    let before = remembered(plan, &fingerprint);
    let merged = before.map(|(before, _)| below(&before, choices, first, &|_| false));
    let choices = merged.as_ref().unwrap_or(choices);
    let columns = choices.columns.iter().filter_map(|(column, choice)| {
        let meaning = choice.meaning.clone().filter(is_lasting);
        let choice = ColumnChoice { meaning, unit: choice.unit, year: None };
        (choice != ColumnChoice::default()).then_some((column.checked_sub(first)?, choice))
    });
    let items = choices.items.iter().filter(|(_, meaning)| is_lasting(meaning));
    let regions = choices.regions.iter().filter(|(_, place)| matches!(place, Place::Known(_)));
    let choices = Choices {
        columns: columns.collect(),
        items: items.map(|(words, meaning)| (words.clone(), meaning.clone())).collect(),
        regions: regions.map(|(name, place)| (name.clone(), place.clone())).collect(),
        add_up: choices.add_up,
        ..Choices::default()
    };
    if choices == Choices::default() {
        return None;
    }
    let heads = reading.columns.iter().map(|column| cleaned(&column.head));
    let name: String = heads.collect::<Vec<_>>().join(" | ").chars().take(MOST_NAME).collect();
    let layout = Layout { fingerprint: fingerprint.clone(), name, choices };
    let text = serde_json::to_string(&layout).ok()?;
    Some(Command::KeepLayout { fingerprint: fingerprint.into(), text: Some(text.into()) })
}

fn is_lasting(meaning: &Meaning) -> bool {
    !matches!(meaning, Meaning::NewPopulation(_))
}

/// Forgets a layout.
pub fn forget_layout(fingerprint: &str) -> Command {
    Command::KeepLayout { fingerprint: fingerprint.into(), text: None }
}

/// What the plan remembers of a layout, and how much of that names what it does not have any more:
/// that is left to the steps, as if nobody had chosen it.
pub(super) fn remembered(plan: &Plan, fingerprint: &str) -> Option<(Layout, usize)> {
    let mut kept = plan.extra.layouts();
    let (_, text) = kept.find(|(own, _)| *own == fingerprint)?;
    let mut layout: Layout = serde_json::from_str(text).ok()?;
    let parameters: HashSet<ParamPath> = plan.parameters().map(|(path, _)| path).collect();
    let is_there = |meaning: &Meaning| match meaning {
        Meaning::Heads(id) => plan.populations.iter().any(|population| population.id == *id),
        Meaning::Money(path) => parameters.contains(path),
        _ => true,
    };
    let mut gone = 0;
    for choice in layout.choices.columns.values_mut() {
        if choice.meaning.as_ref().is_some_and(|meaning| !is_there(meaning)) {
            // In what it counted, it counted in something else.
            *choice = ColumnChoice::default();
            gone += 1;
        }
    }
    layout.choices.items.retain(|_, meaning| {
        gone += usize::from(!is_there(meaning));
        is_there(meaning)
    });
    layout.choices.regions.retain(|_, place| {
        let is_there = match place {
            Place::Known(id) => plan.regions.iter().any(|region| region.id == *id),
            _ => true,
        };
        gone += usize::from(!is_there);
        is_there
    });
    Some((layout, gone))
}

/// What was chosen, above what is remembered of a table whose first column is `first`. Rows, years,
/// cells and ticks are those of one file and are not remembered; nor does a remembered unit hold
/// where the file says one itself.
pub(super) fn below(
    layout: &Layout,
    chosen: &Choices,
    first: usize,
    says_unit: &dyn Fn(usize) -> bool,
) -> Choices {
    let mut all = chosen.clone();
    for (place, before) in &layout.choices.columns {
        let column = place.saturating_add(first);
        let own = all.columns.entry(column).or_default();
        let meaning = own.meaning.clone().or_else(|| before.meaning.clone().filter(is_lasting));
        let unit = own.unit.or(before.unit.filter(|_| !says_unit(column)));
        *own = ColumnChoice { meaning, unit, year: own.year };
    }
    for (words, meaning) in layout.choices.items.iter().filter(|(_, meaning)| is_lasting(meaning)) {
        all.items.entry(words.clone()).or_insert_with(|| meaning.clone());
    }
    for (name, place) in &layout.choices.regions {
        if matches!(place, Place::Known(_)) {
            all.regions.entry(name.clone()).or_insert_with(|| place.clone());
        }
    }
    all.add_up = all.add_up.or(layout.choices.add_up);
    all
}
