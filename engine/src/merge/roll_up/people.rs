//! Owns heads of several plans: each region's come from its own plan, autumn by autumn.
//!
//! Invariant: an autumn that one plan counted and another projects is filled from that plan's own
//! projection, so that no region's heads move.

use super::{Clashes, Part};
use crate::edit::{Thing, ThingId};
use crate::id::{PopulationId, RegionId};
use crate::merge::Key;
use crate::plan::{Census, Entry, GradeCensus, Headcount, Population};
use crate::time::Year;
use std::collections::{BTreeMap, BTreeSet};

/// Puts the heads of all plans into a population.
pub(super) fn with_heads(
    parts: &[Part<'_>],
    holders: &[usize],
    thing: &mut Thing,
    clashes: &mut Clashes<'_>,
) {
    let Thing::Population(population) = thing else { return };
    let id = population.id.clone();
    let of = |n: &usize| {
        let part = parts.get(*n)?;
        let found = part.table.parts.populations.iter().find(|p| p.id == id)?;
        Some((part, found))
    };
    let all: Vec<(&Part<'_>, &Population)> = holders.iter().filter_map(of).collect();
    match &mut population.headcount {
        Headcount::Counted { censuses, .. } => *censuses = counted(&all, &id),
        Headcount::Cohort(cohort) => {
            cohort.censuses = by_grade(&all, &id);
            if let Entry::Births { births, .. } = &mut cohort.entry {
                let years = |p: &Population| match &p.headcount {
                    Headcount::Cohort(cohort) => match &cohort.entry {
                        Entry::Births { births, .. } => births.iter().map(|c| c.year).collect(),
                        _ => Vec::new(),
                    },
                    _ => Vec::new(),
                };
                if all.iter().any(|(_, p)| years(p) != years(all[0].1)) {
                    clashes.pick(Key::Thing(ThingId::Population(id.clone())), holders, false);
                }
                *births = born(&all);
            }
        }
        Headcount::ShareOf { .. } => {}
    }
}

/// The autumns any plan counted; where they differ, also the one before the first fiscal year,
/// from which all are then projected alike.
fn autumns(all: &[(&Part<'_>, &Population)], of: &[Vec<Year>]) -> BTreeSet<Year> {
    let mut years: BTreeSet<Year> = of.iter().flatten().copied().collect();
    if of.iter().any(|own| own.len() != years.len()) {
        years.extend(all.iter().map(|(part, _)| part.table.parts.horizon.school_year(0)));
    }
    years
}

/// The place of an autumn among the school years of a plan.
fn place(part: &Part<'_>, year: Year) -> Option<usize> {
    let start = part.table.parts.horizon.school_year(0).get();
    usize::try_from(year.get() - start).ok()
}

fn counted(all: &[(&Part<'_>, &Population)], id: &PopulationId) -> Vec<Census> {
    let own = |p: &Population| match &p.headcount {
        Headcount::Counted { censuses, .. } => censuses.clone(),
        _ => Vec::new(),
    };
    let censuses: Vec<Vec<Census>> = all.iter().map(|(_, p)| own(p)).collect();
    let years: Vec<Vec<Year>> =
        censuses.iter().map(|c| c.iter().map(|c| c.year).collect()).collect();
    let census = |year: Year| {
        let mut heads = BTreeMap::new();
        for ((part, _), own) in all.iter().zip(&censuses) {
            let counted = own.iter().find(|c| c.year == year);
            for (place_of, region) in regions(part) {
                let number = match counted {
                    Some(census) => census.heads.get(region).copied(),
                    None => place(part, year).and_then(|place| {
                        part.outcome.as_ref()?.heads(id, place_of).get(place).copied()
                    }),
                };
                heads.extend(number.map(|n| (region.clone(), n)));
            }
        }
        Census { year, heads }
    };
    autumns(all, &years).into_iter().map(census).collect()
}

fn by_grade(all: &[(&Part<'_>, &Population)], id: &PopulationId) -> Vec<GradeCensus> {
    let own = |p: &Population| match &p.headcount {
        Headcount::Cohort(cohort) => cohort.censuses.clone(),
        _ => Vec::new(),
    };
    let censuses: Vec<Vec<GradeCensus>> = all.iter().map(|(_, p)| own(p)).collect();
    let years: Vec<Vec<Year>> =
        censuses.iter().map(|c| c.iter().map(|c| c.year).collect()).collect();
    let census = |year: Year| {
        let mut heads = BTreeMap::new();
        for ((part, _), own) in all.iter().zip(&censuses) {
            let counted = own.iter().find(|c| c.year == year);
            for (place_of, region) in regions(part) {
                let grades = match counted {
                    Some(census) => census.heads.get(region).cloned(),
                    None => place(part, year).and_then(|place| {
                        let grades = part.outcome.as_ref()?.grades(id, place_of, place)?;
                        let used = grades.iter().rposition(|n| *n != 0).map_or(0, |n| n + 1);
                        Some(grades[..used].to_vec())
                    }),
                };
                heads.extend(grades.map(|g| (region.clone(), g)));
            }
        }
        GradeCensus { year, heads }
    };
    autumns(all, &years).into_iter().map(census).collect()
}

/// Births of all plans; a year one of them does not give stands as the nearest it gives.
fn born(all: &[(&Part<'_>, &Population)]) -> Vec<Census> {
    let own = |p: &Population| match &p.headcount {
        Headcount::Cohort(cohort) => match &cohort.entry {
            Entry::Births { births, .. } => births.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let births: Vec<Vec<Census>> = all.iter().map(|(_, p)| own(p)).collect();
    let years: BTreeSet<Year> = births.iter().flatten().map(|c| c.year).collect();
    let census = |year: Year| {
        let mut heads = BTreeMap::new();
        for ((part, _), own) in all.iter().zip(&births) {
            let before = own.iter().rev().find(|c| c.year <= year);
            let Some(nearest) = before.or_else(|| own.first()) else { continue };
            let here = regions(part).filter_map(|(_, r)| Some((r.clone(), *nearest.heads.get(r)?)));
            heads.extend(here);
        }
        Census { year, heads }
    };
    years.into_iter().map(census).collect()
}

/// The regions that come from a plan, with their places there.
fn regions<'a>(part: &'a Part<'_>) -> impl Iterator<Item = (usize, &'a RegionId)> {
    let all = part.table.parts.regions.iter().map(|r| &r.id).enumerate();
    all.filter(|(_, id)| part.regions.contains(*id))
}
