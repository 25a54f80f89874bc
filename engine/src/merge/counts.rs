//! Owns what was counted of a population, by region and year: where two sides have it otherwise,
//! and what comes of taking some of that.
//!
//! Invariant: a year that one side counted and the other projects is compared with the
//! projection, and where it comes in, the regions nobody counted keep the heads they had.
//! Births, whose projection nobody keeps, come and go by the year.

use super::compare::{Found, Regions, Verdict};
use super::key::{Count, Key};
use super::table::{Differs, Table};
use super::taken::Taken;
use crate::id::RegionId;
use crate::plan::{Basis, Census, Entry, GradeCensus, Headcount, Population};
use crate::time::Year;
use std::collections::{BTreeMap, BTreeSet};

/// Heads by region, the first grade first; one number where they are not counted by grade.
type Heads = BTreeMap<RegionId, Vec<i64>>;

/// Everything counted of a population: heads, and births where it comes of them.
type Counted = BTreeMap<(Count, Year), Heads>;

/// A population as one plan has it.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) table: &'a Table<'a>,
    pub(super) population: &'a Population,
}

/// A population as three plans have it.
#[derive(Clone, Copy)]
pub(super) struct Counts<'a> {
    /// As both began; ours where that is not known.
    pub(super) base: Side<'a>,
    pub(super) ours: Side<'a>,
    pub(super) theirs: Side<'a>,
}

/// One number of a year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Named(i64),
    /// The year was counted, and this not.
    Unnamed,
    /// The year was not counted; what it is projected to be, where that is known.
    Projected(Option<i64>),
}

impl State {
    fn in_force(self) -> Option<i64> {
        match self {
            Self::Named(heads) => Some(heads),
            Self::Unnamed => Some(0),
            Self::Projected(heads) => heads,
        }
    }
}

impl Side<'_> {
    fn is_by_grade(self) -> bool {
        matches!(self.population.headcount, Headcount::Cohort(_))
    }

    fn counted(self) -> Counted {
        counted(self.population)
    }

    /// What a year nobody counted is projected to be in a region.
    fn projected(self, count: Count, region: &RegionId, year: Year) -> Option<Vec<i64>> {
        if count == Count::Births {
            return None;
        }
        let start = self.table.parts.horizon.school_year(0).get();
        let place = usize::try_from(year.get() - start).ok()?;
        let (outcome, region) = (self.table.outcome()?, *self.table.regions.get(region)?);
        let id = &self.population.id;
        if self.is_by_grade() {
            return outcome.grades(id, region, place).map(<[i64]>::to_vec);
        }
        outcome.heads(id, region).get(place).map(|heads| vec![*heads])
    }
}

fn counted(population: &Population) -> Counted {
    let plain = |census: &Census| -> Heads {
        census.heads.iter().map(|(region, heads)| (region.clone(), vec![*heads])).collect()
    };
    match &population.headcount {
        Headcount::Counted { censuses, .. } => {
            censuses.iter().map(|c| ((Count::Heads, c.year), plain(c))).collect()
        }
        Headcount::Cohort(cohort) => {
            let all = cohort.censuses.iter();
            let mut all: Counted = all.map(|c| ((Count::Heads, c.year), c.heads.clone())).collect();
            if let Entry::Births { births, .. } = &cohort.entry {
                all.extend(births.iter().map(|c| ((Count::Births, c.year), plain(c))));
            }
            all
        }
        Headcount::ShareOf { .. } => Counted::new(),
    }
}

/// How it is known what was counted of a population.
pub(super) fn basis(population: &Population) -> Option<&Basis> {
    match &population.headcount {
        Headcount::Counted { basis, .. } => Some(basis),
        Headcount::Cohort(cohort) => Some(&cohort.basis),
        Headcount::ShareOf { .. } => None,
    }
}

fn basis_mut(population: &mut Population) -> Option<&mut Basis> {
    match &mut population.headcount {
        Headcount::Counted { basis, .. } => Some(basis),
        Headcount::Cohort(cohort) => Some(&mut cohort.basis),
        Headcount::ShareOf { .. } => None,
    }
}

/// Everything counted in one region.
pub(super) fn in_region(
    population: &Population,
    region: &RegionId,
) -> Vec<((Count, Year), Vec<i64>)> {
    let all = counted(population).into_iter();
    all.filter_map(|(when, mut census)| Some((when, census.remove(region)?))).collect()
}

/// Takes out what was counted and how that is known.
pub(super) fn clear(population: &mut Population) {
    match &mut population.headcount {
        Headcount::Counted { censuses, .. } => censuses.clear(),
        Headcount::Cohort(cohort) => {
            cohort.censuses.clear();
            if let Entry::Births { births, .. } = &mut cohort.entry {
                births.clear();
            }
        }
        Headcount::ShareOf { .. } => {}
    }
    if let Some(basis) = basis_mut(population) {
        *basis = Basis::default();
    }
}

/// The number of a census.
fn named(census: &Heads, region: &RegionId, place: usize) -> State {
    match census.get(region) {
        Some(heads) => State::Named(heads.get(place).copied().unwrap_or(0)),
        None => State::Unnamed,
    }
}

impl Counts<'_> {
    fn key(self, count: Count, region: &RegionId, year: Year, place: usize) -> Key {
        let count = match count {
            Count::Heads if self.ours.is_by_grade() => {
                Count::Grade(u8::try_from(place + 1).unwrap_or(u8::MAX)) // nine at most
            }
            count => count,
        };
        Key::Heads(self.ours.population.id.clone(), count, region.clone(), year)
    }

    /// What theirs has otherwise.
    pub(super) fn compare(self, regions: &Regions<'_>, found: &mut Vec<Found>) {
        let id = &self.ours.population.id;
        let sides = [self.base, self.ours, self.theirs];
        let [b, o, t] = sides.map(|side| {
            let mut all = side.counted();
            all.values_mut().for_each(|census| census.retain(|r, _| regions.are_shared(r)));
            all
        });
        let years: BTreeSet<(Count, Year)> = o.keys().chain(t.keys()).copied().collect();
        for (count, year) in years {
            let of = |all| Counted::get(all, &(count, year));
            let (b, o, t) = (of(&b), of(&o), of(&t));
            let key = Key::Census(id.clone(), count, year);
            match (b, o, t) {
                (Some(b), Some(o), None) => {
                    let verdict = if o == b { Verdict::Theirs } else { Verdict::Both };
                    found.push(Found { key, how: Differs::Missing, verdict });
                }
                (Some(b), None, Some(t)) if t != b => {
                    found.push(Found { key, how: Differs::Changed, verdict: Verdict::Both });
                }
                // Of a year that ours counted theirs has another projection where theirs moved
                // what it follows from; where ours only copied its own, that is what holds.
                (None, Some(o), None) if count == Count::Heads => {
                    self.numbers((count, year), [None, Some(o), None], regions, found);
                }
                (None, None, Some(_)) if count == Count::Births => {
                    found.push(Found { key, how: Differs::New, verdict: Verdict::Theirs });
                }
                (None, None, Some(t)) => {
                    let before = found.len();
                    self.numbers((count, year), [None, None, Some(t)], regions, found);
                    if found.len() == before {
                        found.push(Found { key, how: Differs::New, verdict: Verdict::Theirs });
                    }
                }
                (b, Some(o), Some(t)) if o != t && b != Some(t) => {
                    let is_same =
                        self.numbers((count, year), [b, Some(o), Some(t)], regions, found);
                    if is_same && b == Some(o) {
                        found.push(Found { key, how: Differs::Changed, verdict: Verdict::Theirs });
                    }
                }
                _ => {}
            }
        }
        let [b, o, t] = sides.map(|side| basis(side.population));
        if let Some(verdict) = Verdict::of(&b, &o, &t) {
            found.push(Found { key: Key::CountBasis(id.clone()), how: Differs::Changed, verdict });
        }
    }

    /// The numbers of a year that theirs has otherwise; whether all are the same here and there.
    fn numbers(
        self,
        (count, year): (Count, Year),
        [b, o, t]: [Option<&Heads>; 3],
        regions: &Regions<'_>,
        found: &mut Vec<Found>,
    ) -> bool {
        let mut all: BTreeSet<&RegionId> =
            [b, o, t].into_iter().flatten().flat_map(Heads::keys).collect();
        if b.is_none() || o.is_none() || t.is_none() {
            all.extend(regions.shared());
        }
        let mut is_same = true;
        for region in all {
            let sides = [(self.base, b), (self.ours, o), (self.theirs, t)];
            let projected = sides.map(|(side, census)| match census {
                None => side.projected(count, region, year),
                Some(_) => None,
            });
            let longest = [b, o, t].into_iter().flatten().filter_map(|c| c.get(region));
            let longest = longest.chain(projected.iter().flatten()).map(Vec::len).max();
            for place in 0..longest.unwrap_or(0) {
                let state = |census: Option<&Heads>, projected: &Option<Vec<i64>>| match census {
                    Some(census) => named(census, region, place),
                    None => State::Projected(
                        projected.as_ref().map(|all| all.get(place).copied().unwrap_or(0)),
                    ),
                };
                let states =
                    [state(b, &projected[0]), state(o, &projected[1]), state(t, &projected[2])];
                is_same &= states[1] == states[2];
                if let Some(verdict) = verdict(states) {
                    let is_new = states[1].in_force().is_none();
                    let how = if is_new { Differs::New } else { Differs::Changed };
                    let key = self.key(count, region, year, place);
                    found.push(Found { key, how, verdict });
                }
            }
        }
        is_same
    }

    /// Ours, with what is taken of theirs; `population` has the rest already.
    pub(super) fn merge_into(
        self,
        population: &mut Population,
        regions: &Regions<'_>,
        taken: &Taken<'_>,
    ) {
        let id = &self.ours.population.id;
        let [o, t] = [self.ours, self.theirs].map(Side::counted);
        let years: BTreeSet<(Count, Year)> = o.keys().chain(t.keys()).copied().collect();
        let mut merged = Counted::new();
        for (count, year) in years {
            let census = self.year(
                (count, year),
                o.get(&(count, year)),
                t.get(&(count, year)),
                regions,
                taken,
            );
            merged.extend(census.map(|census| ((count, year), census)));
        }
        put(population, &merged);
        let of =
            if taken.all.contains(&Key::CountBasis(id.clone())) { self.theirs } else { self.ours };
        if let (Some(basis), Some(new)) = (basis_mut(population), basis(of.population)) {
            basis.clone_from(new);
        }
    }

    fn year(
        self,
        (count, year): (Count, Year),
        ours: Option<&Heads>,
        theirs: Option<&Heads>,
        regions: &Regions<'_>,
        taken: &Taken<'_>,
    ) -> Option<Heads> {
        let id = &self.ours.population.id;
        let is_whole = taken.all.contains(&Key::Census(id.clone(), count, year));
        let wanted: Vec<(&RegionId, usize)> = taken
            .heads(id, year)
            .iter()
            .filter_map(|(region, of)| match (count, of) {
                (Count::Births, Count::Births) | (Count::Heads, Count::Heads) => Some((*region, 0)),
                (Count::Heads, Count::Grade(grade)) => {
                    Some((*region, usize::from(*grade).checked_sub(1)?))
                }
                _ => None,
            })
            .collect();
        let mut merged = match (ours, theirs) {
            (_, None) if is_whole => return None,
            (None, _) if !is_whole && wanted.is_empty() => return None,
            (_, Some(theirs)) if is_whole => {
                let mut merged = theirs.clone();
                merged.retain(|region, _| regions.are_shared(region));
                if ours.is_none() {
                    // What theirs only copied from its projection is here what it is projected
                    // to be here.
                    let of =
                        |side: Side<'_>, region| side.projected(count, region, year).map(trimmed);
                    for (region, heads) in &mut merged {
                        let (was, here) = (of(self.base, region), of(self.ours, region));
                        if was != here && was == Some(trimmed(heads.clone())) {
                            *heads = here.unwrap_or_default();
                        }
                    }
                }
                merged
            }
            (Some(ours), _) => ours.clone(),
            (None, _) => Heads::new(),
        };
        if ours.is_none() {
            // Regions nobody counts keep what they are projected to be.
            let all = regions.ours().filter(|r| !(is_whole && regions.are_shared(r)));
            merged.extend(all.filter_map(|region| {
                Some((region.clone(), trimmed(self.ours.projected(count, region, year)?)))
            }));
        } else if let (Some(ours), true) = (ours, is_whole) {
            let own = ours.iter().filter(|(region, _)| !regions.are_shared(region));
            merged.extend(own.map(|(region, heads)| (region.clone(), heads.clone())));
        }
        for (region, place) in wanted {
            let heads = match theirs {
                Some(theirs) => theirs.get(region).cloned(),
                None => self.theirs.projected(count, region, year),
            };
            let Some(heads) = heads else {
                merged.remove(region);
                continue;
            };
            let row = merged.entry(region.clone()).or_default();
            if row.len() <= place {
                row.resize(place + 1, 0);
            }
            row[place] = heads.get(place).copied().unwrap_or(0);
            // As it is written there where it comes to the same.
            if trimmed(row.clone()) == trimmed(heads.clone()) {
                *row = heads;
            }
        }
        merged.retain(|region, _| regions.is_ours(region) && !regions.leaves(region));
        for region in regions.arriving() {
            let heads = match theirs {
                Some(theirs) => theirs.get(region).cloned(),
                None => self.theirs.projected(count, region, year).map(trimmed),
            };
            merged.extend(heads.map(|heads| (region.clone(), heads)));
        }
        Some(merged)
    }
}

fn verdict([b, o, t]: [State; 3]) -> Option<Verdict> {
    if !matches!(b, State::Projected(_)) {
        return match Verdict::of(&b, &o, &t)? {
            // Named as none and not named are two ways to say one number.
            Verdict::Both => Verdict::of(&b.in_force(), &o.in_force(), &t.in_force()),
            Verdict::Theirs => Some(Verdict::Theirs),
        };
    }
    // Nobody had counted the year.
    if o.in_force() == t.in_force() && o.in_force().is_some() {
        return None;
    }
    match (o, t) {
        (_, State::Projected(None)) => None,
        (_, State::Projected(there)) => {
            let is_copied = o.in_force() == b.in_force() && there != b.in_force();
            is_copied.then_some(Verdict::Theirs)
        }
        (State::Named(_), State::Unnamed) => None,
        (State::Projected(None), State::Unnamed) => None,
        (State::Unnamed, _) => Some(Verdict::Theirs),
        (State::Projected(_), _) if t.in_force() == b.in_force() => None,
        (State::Projected(_), _) => Some(Verdict::Theirs),
        _ => Verdict::of(&b.in_force(), &o.in_force(), &t.in_force()),
    }
}

/// Grades without the empty ones at the end.
fn trimmed(mut heads: Vec<i64>) -> Vec<i64> {
    let used = heads.iter().rposition(|n| *n != 0).map_or(0, |last| last + 1);
    heads.truncate(used.max(1));
    heads
}

/// Puts what was counted into a population.
fn put(population: &mut Population, all: &Counted) {
    let of = |count: Count| all.iter().filter(move |((c, _), _)| *c == count);
    let plain = |count: Count| -> Vec<Census> {
        let census = |((_, year), heads): (&(Count, Year), &Heads)| {
            let first = |(region, heads): (&RegionId, &Vec<i64>)| {
                (region.clone(), heads.first().copied().unwrap_or(0))
            };
            Census { year: *year, heads: heads.iter().map(first).collect() }
        };
        of(count).map(census).collect()
    };
    match &mut population.headcount {
        Headcount::Counted { censuses, .. } => *censuses = plain(Count::Heads),
        Headcount::Cohort(cohort) => {
            let census = |((_, year), heads): (&(Count, Year), &Heads)| GradeCensus {
                year: *year,
                heads: heads.clone(),
            };
            cohort.censuses = of(Count::Heads).map(census).collect();
            if let Entry::Births { births, .. } = &mut cohort.entry {
                *births = plain(Count::Births);
            }
        }
        Headcount::ShareOf { .. } => {}
    }
}
