//! Owns the order of a list that two lists are put together into.
//!
//! Invariant: one list leads and keeps its order; what only the other has comes after what it
//! came after there.

use std::collections::{BTreeMap, BTreeSet};

/// The names of both lists, the leading one's order first.
pub(super) fn together<T: Ord + Clone>(leading: &[T], other: &[T]) -> Vec<T> {
    let known: BTreeSet<&T> = leading.iter().collect();
    let mut after: BTreeMap<Option<&T>, Vec<T>> = BTreeMap::new();
    let mut anchor = None;
    for name in other {
        if known.contains(name) {
            anchor = Some(name);
        } else {
            after.entry(anchor).or_default().push(name.clone());
        }
    }
    let mut all = after.remove(&None).unwrap_or_default();
    for name in leading {
        all.push(name.clone());
        all.extend(after.remove(&Some(name)).unwrap_or_default());
    }
    all
}

/// Whether what both lists have comes in the same order.
pub(super) fn is_same<T: Ord>(one: &[T], other: &[T]) -> bool {
    let common = |a: &'_ [T], b: &'_ [T]| -> Vec<usize> {
        let places: BTreeMap<&T, usize> = b.iter().zip(0..).collect();
        a.iter().filter_map(|name| places.get(name).copied()).collect()
    };
    common(one, other).is_sorted()
}
