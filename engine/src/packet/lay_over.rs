//! Owns laying a region's numbers over the city's plan.
//!
//! Invariant: only numbers of the packet's region move, only of what it was asked for, and only
//! where they differ; a number whose place the city's plan no longer has is told.

use crate::edit::ThingId;
use crate::id::{PopulationId, RegionId, SchoolId};
use crate::plan::{
    Census, Entrusted, Entry, GradeCensus, Headcount, Packet, ParamPath, Parameter, PlanParts,
    School,
};
use crate::time::Year;
use std::collections::{BTreeMap, BTreeSet};

/// A plan with a region's numbers, and those that found no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaidOver {
    /// The plan.
    pub parts: PlanParts,
    /// What has no place in it.
    pub unplaced: Vec<Unplaced>,
}

/// A number of a packet whose place the city's plan does not have (any more).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unplaced {
    /// Heads of a population that is gone, or is known in another way.
    Heads(PopulationId),
    /// A number that is gone.
    Parameter(ParamPath),
    /// The region itself.
    Region(RegionId),
}

/// Lays a region's numbers, as they stand in `own`, over the city's plan.
///
/// `own` is the packet's plan or its base: laid over the same plan they differ in what the region
/// changed, and in nothing else.
pub fn lay_over(city: &PlanParts, packet: &Packet, own: &PlanParts) -> LaidOver {
    let mut laid = LaidOver { parts: city.clone(), unplaced: Vec::new() };
    if !city.regions.iter().any(|r| r.id == packet.region) {
        laid.unplaced.push(Unplaced::Region(packet.region.clone()));
        return laid;
    }
    let may = |what: Entrusted| packet.entrusted.contains(&what);
    if may(Entrusted::People) {
        heads(&mut laid, packet, own);
    }
    parameters(&mut laid, packet, own);
    if may(Entrusted::Schools) {
        schools(&mut laid.parts, packet, own);
    }
    laid
}

fn heads(laid: &mut LaidOver, packet: &Packet, own: &PlanParts) {
    let region = &packet.region;
    let start = laid.parts.horizon.start();
    let mut populations = laid.parts.populations.to_vec();
    for theirs in &own.populations {
        let base = packet.base.populations.iter().find(|p| p.id == theirs.id);
        let base = base.map(|p| &p.headcount);
        let ours = populations.iter_mut().find(|p| p.id == theirs.id);
        let placed = match (ours.map(|p| &mut p.headcount), &theirs.headcount) {
            (
                Some(Headcount::Counted { censuses, growth, .. }),
                Headcount::Counted { censuses: theirs, .. },
            ) => {
                let base = match base {
                    Some(Headcount::Counted { censuses, .. }) => censuses.as_slice(),
                    _ => &[],
                };
                let others = |before: &Census, year| before.projected_to(year, growth, start);
                lay_rows(censuses, theirs, base, region, &others);
                true
            }
            (Some(Headcount::Cohort(ours)), Headcount::Cohort(theirs)) => {
                let base = match base {
                    Some(Headcount::Cohort(cohort)) => Some(cohort),
                    _ => None,
                };
                let known = base.map_or(&[][..], |b| &b.censuses);
                // A census by grade of one region alone would leave the others without pupils.
                let are_all = theirs.censuses.iter().all(|census| {
                    ours.censuses.iter().any(|c| c.year == census.year)
                        || known.iter().any(|c| c.year == census.year)
                });
                lay_rows(&mut ours.censuses, &theirs.censuses, known, region, &|_, _| {
                    BTreeMap::new()
                });
                let born = match (&mut ours.entry, &theirs.entry) {
                    (Entry::Births { births, .. }, Entry::Births { births: theirs, .. }) => {
                        let known = match base.map(|b| &b.entry) {
                            Some(Entry::Births { births, .. }) => births.as_slice(),
                            _ => &[],
                        };
                        lay_rows(births, theirs, known, region, &|before, _| before.heads.clone());
                        true
                    }
                    (ours, theirs) => {
                        std::mem::discriminant(ours) == std::mem::discriminant(theirs)
                    }
                };
                born && are_all
            }
            (Some(Headcount::ShareOf { .. }), Headcount::ShareOf { .. }) => true,
            _ => false,
        };
        if !placed {
            laid.unplaced.push(Unplaced::Heads(theirs.id.clone()));
        }
    }
    laid.parts.populations = populations.into();
}

/// What the regions have in a year.
type ByRegion<R> = BTreeMap<RegionId, <R as Row>::Number>;

/// Numbers of regions of one year.
trait Row: Clone {
    type Number: Clone + PartialEq;
    fn year(&self) -> Year;
    fn new(year: Year, numbers: BTreeMap<RegionId, Self::Number>) -> Self;
    fn numbers(&mut self) -> &mut BTreeMap<RegionId, Self::Number>;
    fn of(&self, region: &RegionId) -> Option<&Self::Number>;
}

macro_rules! rows {
    ($($row:ident: $number:ty;)*) => {$(
        impl Row for $row {
            type Number = $number;
            fn year(&self) -> Year {
                self.year
            }
            fn new(year: Year, heads: BTreeMap<RegionId, $number>) -> Self {
                Self { year, heads }
            }
            fn numbers(&mut self) -> &mut BTreeMap<RegionId, $number> {
                &mut self.heads
            }
            fn of(&self, region: &RegionId) -> Option<&$number> {
                self.heads.get(region)
            }
        }
    )*};
}

rows! {
    Census: i64;
    GradeCensus: Vec<i64>;
}

/// Lays the region's number of every year over those of the city. A year the city's plan lacks
/// begins, where the region changed it, with what the others have without it.
fn lay_rows<R: Row>(
    ours: &mut Vec<R>,
    theirs: &[R],
    base: &[R],
    region: &RegionId,
    others: &dyn Fn(&R, Year) -> ByRegion<R>,
) {
    let years: BTreeSet<Year> = theirs.iter().chain(base).map(Row::year).collect();
    for year in years {
        let of =
            |rows: &[R]| rows.iter().find(|r| r.year() == year).and_then(|r| r.of(region).cloned());
        let number = of(theirs);
        let place = ours.partition_point(|row| row.year() < year);
        if ours.get(place).is_none_or(|row| row.year() != year) {
            if number.is_none() || number == of(base) {
                continue; // the city gave the year up
            }
            let before = place.checked_sub(1).and_then(|before| ours.get(before));
            let numbers = before.map(|row| others(row, year)).unwrap_or_default();
            ours.insert(place, R::new(year, numbers));
        }
        if let Some(row) = ours.get_mut(place) {
            match number {
                Some(number) => row.numbers().insert(region.clone(), number),
                None => row.numbers().remove(region),
            };
        }
    }
}

/// Lays over what is in force of each number in the region.
fn parameters(laid: &mut LaidOver, packet: &Packet, own: &PlanParts) {
    let is_asked = |path: &ParamPath| {
        Entrusted::of_parameter(path).is_some_and(|e| packet.entrusted.contains(&e))
    };
    let theirs: BTreeMap<ParamPath, &Parameter> =
        own.parameters().filter(|(path, _)| is_asked(path)).collect();
    let of_the_city = laid.parts.paths_of_the_city();
    let ours: Vec<ParamPath> = laid.parts.parameters().map(|(path, _)| path).collect();
    let mut paths = ours.iter();
    laid.parts.for_each_parameter(&mut |parameter| {
        let Some(path) = paths.next() else { return };
        let Some(theirs) = theirs.get(path).filter(|_| !of_the_city.contains(path)) else { return };
        let steps = theirs.steps_in(&packet.region);
        if steps != parameter.steps_in(&packet.region) {
            parameter.by_region.insert(packet.region.clone(), steps.to_vec());
        }
    });
    let ours: BTreeSet<&ParamPath> = ours.iter().collect();
    let gone = theirs.keys().filter(|path| !ours.contains(path));
    laid.unplaced.extend(gone.cloned().map(Unplaced::Parameter));
}

/// Lays over the region's schools: those it gave up go, new ones come.
fn schools(parts: &mut PlanParts, packet: &Packet, own: &PlanParts) {
    let theirs: BTreeMap<_, &School> = own.schools.iter().map(|s| (&s.id, s)).collect();
    let base: BTreeSet<_> = packet.base.schools.iter().map(|s| &s.id).collect();
    let mut schools: Vec<School> = parts.schools.to_vec();
    let mut seen = BTreeSet::new();
    schools.retain_mut(|school| {
        if school.region != packet.region {
            return true;
        }
        seen.insert(school.id.clone());
        match theirs.get(&school.id) {
            Some(theirs) => {
                school.clone_from(theirs);
                true
            }
            None => !base.contains(&school.id),
        }
    });
    let is_free = |id: &SchoolId| !schools.iter().any(|s| s.id == *id);
    let new: Vec<School> = own
        .schools
        .iter()
        .filter(|s| !seen.contains(&s.id) && !base.contains(&s.id) && is_free(&s.id))
        .cloned()
        .collect();
    schools.extend(new);
    if *parts.schools != schools {
        parts.schools = schools.into();
    }
}

impl Unplaced {
    /// The thing whose number it is.
    pub fn thing(&self) -> ThingId {
        match self {
            Self::Heads(id) => ThingId::Population(id.clone()),
            Self::Parameter(path) => ThingId::of_parameter(path),
            Self::Region(id) => ThingId::Region(id.clone()),
        }
    }
}
