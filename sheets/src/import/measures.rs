//! Owns what measures set, changed by our own workbook.
//!
//! Invariant: nothing moves but the numbers named. Where a change sets one number for several
//! regions and some of them get another, it becomes one of a number for each.

use super::change::{Change, Place, Target};
use shapan_engine::{Basis, ChangeValue, Command, Measure, MeasureId, Plan, RegionId, ScenarioId};
use std::collections::BTreeMap;

/// The measures with what changes say, one command each.
pub(super) fn commands(
    plan: &Plan,
    changes: &[Change],
    by_hand: &dyn Fn(&Basis) -> Basis,
) -> Vec<Command> {
    let mut edited: BTreeMap<(ScenarioId, MeasureId), (Measure, bool)> = BTreeMap::new();
    for change in changes {
        let Target::Measure { scenario, measure, change: which } = &change.target else { continue };
        let key = (scenario.clone(), measure.clone());
        if !edited.contains_key(&key) {
            let found = plan.scenarios.iter().find(|s| s.id == *scenario);
            let found = found.and_then(|s| s.measures.iter().find(|m| m.id == *measure));
            let Some(found) = found else { continue };
            edited.insert(key.clone(), (found.clone(), false));
        }
        let Some((measure, is_changed)) = edited.get_mut(&key) else { continue };
        let Some(there) = measure.changes.get_mut(*which) else { continue };
        *is_changed |= match &change.place {
            Place::Whole => set(&mut there.value, change.new),
            Place::Known(region) => set_in(plan, there, region, change.new),
            Place::New(_) => false,
        };
    }
    let changed = edited.into_iter().filter(|(_, (_, is_changed))| *is_changed);
    let command =
        |((scenario, _), (mut measure, _)): ((ScenarioId, MeasureId), (Measure, bool))| {
            measure.basis = by_hand(&measure.basis);
            Command::PutMeasure { scenario, measure: Box::new(measure) }
        };
    changed.map(command).collect()
}

/// One number for all; whether that is another.
fn set(value: &mut ChangeValue, new: i64) -> bool {
    let before = value.clone();
    match value {
        ChangeValue::One(value) => *value = new,
        ChangeValue::ByRegion(values) => values.values_mut().for_each(|value| *value = new),
    }
    *value != before
}

fn set_in(plan: &Plan, change: &mut shapan_engine::Change, region: &RegionId, new: i64) -> bool {
    if change.value_in(region).is_none_or(|value| value == new) {
        return false; // it does not hold there
    }
    if let ChangeValue::One(value) = change.value {
        let holds = plan.regions.iter().filter(|r| change.value_in(&r.id).is_some());
        change.value = ChangeValue::ByRegion(holds.map(|r| (r.id.clone(), value)).collect());
        change.regions = None;
    }
    if let ChangeValue::ByRegion(values) = &mut change.value {
        values.insert(region.clone(), new);
    }
    true
}
