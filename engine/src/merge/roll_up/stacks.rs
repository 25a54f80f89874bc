//! Owns the scenarios of several plans: a measure all have alike is one measure; otherwise each
//! plan's changes hold in its own regions.
//!
//! Invariant: no region is changed by a measure its own plan does not have.

use super::{Clashes, Part, Pick};
use crate::edit::locked;
use crate::id::{MeasureId, RegionId, ScenarioId};
use crate::merge::table::{frame, stack};
use crate::merge::{Key, order};
use crate::plan::{Change, ChangeValue, Measure, ParamPath, PlanParts, Scenario};
use std::collections::{BTreeMap, BTreeSet};

/// The scenarios of all plans, on the parts that were put together already.
pub(super) fn scenarios(
    parts: &[Part<'_>],
    city: &PlanParts,
    clashes: &mut Clashes<'_>,
) -> Vec<Scenario> {
    let names = |p: &Part<'_>| -> Vec<ScenarioId> {
        p.table.parts.scenarios.iter().map(|s| s.id.clone()).collect()
    };
    let ids = parts.iter().fold(Vec::new(), |all, p| order::together(&all, &names(p)));
    let paths: BTreeSet<ParamPath> = city.parameters().map(|(path, _)| path).collect();
    let of_the_city = city.paths_of_the_city();
    let regions: usize = parts.iter().map(|p| p.regions.len()).sum();
    let locked = parts.first().map(|p| locked(&p.table.parts.scenarios)).unwrap_or_default();
    let mut all = Vec::new();
    for id in ids {
        let holders: Vec<usize> = (0..)
            .zip(parts)
            .filter(|(_, p)| p.table.scenarios.contains_key(&id))
            .map(|(n, _)| n)
            .collect();
        let of = |n: usize| parts.get(n).and_then(|p| p.table.scenarios.get(&id)).copied();
        let Some(first) = holders.first().and_then(|n| of(*n)) else { continue };
        // What the city adopted stays as it is.
        if holders.first() == Some(&0) && locked.contains(&id) {
            all.push(first.clone());
            continue;
        }
        let mut scenario = frame(first);
        if holders.iter().filter_map(|n| of(*n)).any(|s| frame(s) != frame(first))
            && let Pick::Of(n) = clashes.pick(Key::Scenario(id.clone()), &holders, false)
            && let Some(picked) = of(n)
        {
            scenario = frame(picked);
        }
        let stacks = holders.iter().filter_map(|n| of(*n)).map(stack);
        for id in stacks.fold(Vec::new(), |all, own| order::together(&all, &own)) {
            let own = |n: &usize| {
                let measure = of(*n)?.measures.iter().find(|m| m.id == id)?;
                Some((*n, parts.get(*n)?, measure))
            };
            let own: Vec<_> = holders.iter().filter_map(own).collect();
            let with = Putting { regions, paths: &paths, of_the_city: &of_the_city };
            scenario.measures.extend(with.measure(&scenario.id, &id, &own, clashes));
        }
        all.push(scenario);
    }
    all
}

struct Putting<'a> {
    /// How many regions there are in all.
    regions: usize,
    paths: &'a BTreeSet<ParamPath>,
    of_the_city: &'a BTreeSet<ParamPath>,
}

impl Putting<'_> {
    fn measure(
        &self,
        scenario: &ScenarioId,
        id: &MeasureId,
        own: &[(usize, &Part<'_>, &Measure)],
        clashes: &mut Clashes<'_>,
    ) -> Option<Measure> {
        let (_, _, first) = *own.first()?;
        let bare = |m: &Measure| Measure { changes: Vec::new(), ..m.clone() };
        let mut merged = first.clone();
        let counts: usize = own.iter().map(|(_, part, _)| part.regions.len()).sum();
        let is_common = own.iter().all(|(.., m)| m.changes == first.changes);
        let differs = own.iter().any(|(.., m)| bare(m) != bare(first));
        let mut pick = Pick::Each;
        if differs || !is_common {
            // Which regions a change names, and whether any is left, follows from where the
            // plan's regions are.
            let mut known = BTreeMap::new();
            let is_one_change = |c: &Change| {
                let one = match c.value {
                    ChangeValue::One(value) => Some(value),
                    ChangeValue::ByRegion(_) => None,
                };
                let how = (c.operation, one);
                *known.entry((c.path.clone(), c.from, c.until)).or_insert(how) == how
            };
            let agree = own.iter().flat_map(|(.., m)| &m.changes).all(is_one_change);
            if differs || !agree {
                let holders: Vec<usize> = own.iter().map(|(n, ..)| *n).collect();
                pick = clashes.pick(Key::Measure(scenario.clone(), id.clone()), &holders, true);
            }
        }
        if let Pick::Of(n) = pick
            && let Some((.., picked)) = own.iter().find(|(m, ..)| *m == n)
        {
            merged = Measure::clone(picked);
        } else if !is_common || counts < self.regions || differs {
            merged.enabled = own.iter().any(|(.., m)| m.enabled);
            let on = own.iter().filter(|(.., m)| m.enabled == merged.enabled);
            let mut seen: BTreeSet<&ParamPath> = BTreeSet::new();
            merged.changes = Vec::new();
            for (_, part, m) in on {
                let mut of_this = BTreeSet::new();
                for change in &m.changes {
                    if self.of_the_city.contains(&change.path) {
                        // One number: the first plan that changes it says how.
                        if !seen.contains(&change.path) {
                            of_this.insert(&change.path);
                            merged.changes.push(change.clone());
                        }
                    } else if let Some(within) = within(change, &part.regions) {
                        merged.changes.push(within);
                    }
                }
                seen.extend(of_this);
            }
        }
        merged.changes.retain(|c| self.paths.contains(&c.path));
        Some(merged)
    }
}

/// A change where it holds in some regions only; `None` where it does in none of them.
fn within(change: &Change, regions: &BTreeSet<RegionId>) -> Option<Change> {
    let mut within = change.clone();
    match &mut within.value {
        ChangeValue::ByRegion(values) => {
            values.retain(|id, _| regions.contains(id));
            if values.is_empty() {
                return None;
            }
        }
        ChangeValue::One(_) if change.regions.is_none() => {
            within.regions = Some(regions.iter().cloned().collect());
        }
        ChangeValue::One(_) => {}
    }
    if let Some(some) = &mut within.regions {
        some.retain(|id| regions.contains(id));
        if some.is_empty() {
            return None;
        }
    }
    Some(within)
}
