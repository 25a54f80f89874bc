//! Owns what is taken, looked up by what it is taken of.

use super::key::{Count, Key, Span};
use crate::id::{PopulationId, RegionId};
use crate::plan::ParamPath;
use crate::time::Year;
use std::collections::{BTreeMap, BTreeSet};

/// One count of a census: the region, and which of its numbers.
pub(super) type Place<'k> = (&'k RegionId, Count);

/// What is taken.
pub(super) struct Taken<'k> {
    pub(super) all: &'k BTreeSet<Key>,
    numbers: BTreeMap<&'k ParamPath, BTreeMap<Option<&'k RegionId>, Vec<Span>>>,
    heads: BTreeMap<&'k PopulationId, BTreeMap<Year, Vec<Place<'k>>>>,
}

impl<'k> Taken<'k> {
    pub(super) fn of(all: &'k BTreeSet<Key>) -> Self {
        let mut taken = Self { all, numbers: BTreeMap::new(), heads: BTreeMap::new() };
        for key in all {
            match key {
                Key::Number(path, region, span) => {
                    let of_path = taken.numbers.entry(path).or_default();
                    of_path.entry(region.as_ref()).or_default().push(*span);
                }
                Key::Heads(id, count, region, year) => {
                    let of_population = taken.heads.entry(id).or_default();
                    of_population.entry(*year).or_default().push((region, *count));
                }
                _ => {}
            }
        }
        taken
    }

    /// The semesters taken of a dated number.
    pub(super) fn spans(&self, path: &ParamPath, region: Option<&RegionId>) -> Vec<Span> {
        let of_path = self.numbers.get(path);
        of_path.and_then(|all| all.get(&region)).cloned().unwrap_or_default()
    }

    /// What is taken of a population's counts of a year.
    pub(super) fn heads(&self, id: &PopulationId, year: Year) -> &[Place<'k>] {
        self.heads.get(id).and_then(|all| all.get(&year)).map_or(&[], Vec::as_slice)
    }
}
