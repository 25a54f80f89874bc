//! Owns one number of several plans: common where all agree, of each region where they do not.

use super::{Clashes, Part, Pick};
use crate::edit::{Thing, ThingId};
use crate::merge::Key;
use crate::plan::{
    BasisKind, ParamPath, Parameter, RuleRole, Scope, SourceRole, Step, TermRole, Unit,
};
use std::collections::BTreeMap;

/// The number for the whole city; `None` where no plan has it.
pub(super) fn of_all(
    parts: &[Part<'_>],
    holders: &[usize],
    thing: &Thing,
    path: &ParamPath,
    clashes: &mut Clashes<'_>,
) -> Option<Parameter> {
    let id = ThingId::of_parameter(path);
    let of = |n: &usize| {
        let part = parts.get(*n)?;
        let number = part.table.things.get(&id)?.numbers.get(path)?;
        Some((*n, part, number))
    };
    let all: Vec<(usize, &Part<'_>, &Parameter)> = holders.iter().filter_map(of).collect();
    let (_, _, first) = *all.first()?;
    let mut merged = first.clone();
    // One illustrative number makes the whole illustrative.
    if let Some((_, _, p)) = all.iter().find(|(_, _, p)| p.basis.kind == BasisKind::Illustrative) {
        merged.basis.clone_from(&p.basis);
    }
    let who: Vec<usize> = all.iter().map(|(n, ..)| *n).collect();
    if is_one_for_the_city(thing, path, &all) {
        if all.iter().any(|(.., p)| p.steps != first.steps || p.by_region != first.by_region)
            && let Pick::Of(n) = clashes.pick(Key::Parameter(path.clone()), &who, false)
            && let Some((.., picked)) = all.iter().find(|(m, ..)| *m == n)
        {
            merged.clone_from(picked);
        }
        let known = |region: &_| parts.iter().any(|p| p.regions.contains(region));
        merged.by_region.retain(|region, _| known(region));
        return Some(merged);
    }
    // Plans whose common number holds somewhere.
    let counts = |(_, part, p): &&(usize, &Part<'_>, &Parameter)| {
        part.regions.iter().any(|r| !p.by_region.contains_key(r))
    };
    let common: Vec<_> = all.iter().filter(counts).collect();
    let steps = common.first().map_or(&first.steps, |(_, _, p)| &p.steps);
    let mut own: BTreeMap<_, Vec<Step>> = BTreeMap::new();
    let mut pick = Pick::Each;
    if common.iter().any(|(_, _, p)| p.steps != *steps) {
        pick = clashes.pick(Key::Parameter(path.clone()), &who, true);
    }
    let picked = all.iter().find(|(n, ..)| Pick::Of(*n) == pick).map(|(.., p)| &p.steps);
    let steps = picked.unwrap_or(steps).clone();
    for (_, part, p) in &all {
        for region in &part.regions {
            let here = match picked {
                Some(picked) => p.by_region.get(region).unwrap_or(picked),
                None => p.steps_in(region),
            };
            if here != steps.as_slice() || p.by_region.contains_key(region) {
                own.insert(region.clone(), here.to_vec());
            }
        }
    }
    // Elsewhere, where a plan does not have the thing, nothing comes of it.
    let is_everywhere =
        parts.iter().zip(0..).all(|(p, n)| p.regions.is_empty() || who.contains(&n));
    let must_start =
        path.unit() == Unit::Ratio || matches!(path, ParamPath::Rule(_, RuleRole::AtMost));
    merged.steps = steps;
    if !is_everywhere && !must_start {
        for region in all.iter().flat_map(|(_, part, _)| &part.regions) {
            own.entry(region.clone()).or_insert_with(|| merged.steps.clone());
        }
        merged.steps = Vec::new();
    }
    merged.by_region = own;
    Some(merged)
}

/// Whether a number is one for the whole city, so that a region's own means nothing.
fn is_one_for_the_city(
    thing: &Thing,
    path: &ParamPath,
    all: &[(usize, &Part<'_>, &Parameter)],
) -> bool {
    use SourceRole::{Available, AvailableGrowth};
    let scope = match (thing, path) {
        (Thing::Source(s), ParamPath::Source(_, Available | AvailableGrowth)) => {
            s.available.as_ref().map(|a| a.scope)
        }
        (
            Thing::Indicator(i),
            ParamPath::Indicator(..) | ParamPath::Term(_, _, _, TermRole::Given),
        ) => Some(i.scope),
        // A budget may be given for the city, or add up over its regions.
        (
            Thing::Rule(r),
            ParamPath::Rule(
                _,
                RuleRole::Budget
                | RuleRole::BudgetGrowth
                | RuleRole::Revenue
                | RuleRole::RevenueGrowth,
            ),
        ) => {
            let is_one = all.iter().any(|(.., p)| p.by_region.is_empty());
            is_one.then_some(r.scope)
        }
        (Thing::Rule(r), _) => Some(r.scope),
        _ => None,
    };
    scope == Some(Scope::CityWide)
}
