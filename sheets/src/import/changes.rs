//! Owns the end of the chain: what the numbers change in the plan, old → new.
//!
//! Invariant: a value equal to the plan's is no change; one that the plan has otherwise waits
//! until it is said whether it is replaced.

use super::change::{Change, Place, Target, When};
use super::choices::{Choices, Mode, RightSize};
use super::held::Held;
use super::names::bare;
use super::reading::{Fault, Problem, Question, RowState, Total};
use super::rows::Rows;
use super::scale::{self, Far, Sum};
use super::values::Values;
use shapan_engine::{Plan, RegionId, Year};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What the numbers come to.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) changes: Vec<Change>,
    pub(super) waiting: Vec<Change>,
    pub(super) kept: usize,
    pub(super) same: usize,
    pub(super) totals: Vec<Total>,
    pub(super) questions: Vec<Question>,
    pub(super) faults: Vec<Fault>,
}

/// What the chain needs to end.
pub(super) struct With<'a, 'p> {
    pub(super) plan: &'a Plan,
    pub(super) held: &'a Held<'p>,
    pub(super) values: &'a Values,
    pub(super) choices: &'a Choices,
    /// The year of what names none.
    pub(super) year: Option<Year>,
    /// The year that is most likely, where none is certain.
    pub(super) likely_year: Option<Year>,
}

impl With<'_, '_> {
    /// What the numbers of the rows that are taken change; rows that need a year are asked about.
    pub(super) fn changes(&self, rows: &mut Rows) -> Changes {
        let mut out = Changes::default();
        let (places, sums) = self.sums(rows, &mut out);
        self.compare(&places, &sums, &mut out);
        out
    }

    fn sums(&self, rows: &mut Rows, out: &mut Changes) -> (Vec<Place>, Vec<Sum>) {
        let (mut places, mut place_of): (Vec<Place>, HashMap<String, usize>) = Default::default();
        let mut sums: Vec<Sum> = Vec::new();
        let mut at: HashMap<(usize, usize, When), usize> = HashMap::new();
        // By a year that a title or the reader says, two columns may come to be of one year.
        let mut twice: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut needs_year = false;
        // Numbers of which a part is missing: what is left is no sum.
        let mut spoilt: HashSet<(usize, usize, When)> = HashSet::new();
        for row in &mut rows.all {
            if row.read.state != RowState::Taken {
                continue;
            }
            let Some(place) = row.read.place.clone() else { continue };
            let key = match &place {
                Place::Known(id) => id.to_string(),
                Place::New(name) => format!(" {}", bare(name)),
                Place::Whole => "*".to_owned(),
            };
            let next = places.len();
            let place_at = *place_of.entry(key).or_insert(next);
            if place_at == next {
                places.push(place);
            }
            let mut is_asked = false;
            for value in self.values.row(row.read.row) {
                let cell = (row.read.row, value.column);
                let year = row.year.or(value.year).or(self.year);
                let when = year.map(|year| match value.of_people {
                    true => When::Autumn(year),
                    false => When::Fiscal(year),
                });
                let number = match value.read {
                    Ok(number) => number,
                    Err(problem) => {
                        let (row, column) = cell;
                        out.faults.push(Fault { row, column, found: String::new(), problem });
                        if let Some(when) = when {
                            spoilt.insert((value.target, place_at, when));
                        }
                        continue;
                    }
                };
                let Some(when) = when else {
                    (needs_year, is_asked) = (true, true);
                    continue;
                };
                let next = sums.len();
                let place = *at.entry((value.target, place_at, when)).or_insert(next);
                if place == next {
                    let target = value.target;
                    sums.push(Sum {
                        target,
                        place: place_at,
                        when,
                        sum: number,
                        cell,
                        is_twice: false,
                    });
                } else if let Some(there) = sums.get_mut(place) {
                    there.sum = there.sum.saturating_add(number);
                    if there.cell.1 != value.column {
                        there.is_twice = true;
                        twice.insert((there.cell.1, value.column));
                    }
                }
            }
            if is_asked {
                row.read.state = RowState::Asked;
            }
        }
        if needs_year {
            let before = self.plan.horizon.first().plus(-1);
            let proposal = self.likely_year.unwrap_or(before);
            out.questions.push(Question::Year { proposal });
        }
        for (first, second) in twice {
            out.questions.push(Question::SameTarget { columns: vec![first, second] });
        }
        sums.retain(|sum| !sum.is_twice);
        sums.retain(|sum| {
            let is_whole = !spoilt.contains(&(sum.target, sum.place, sum.when));
            if !is_whole {
                let ((row, column), problem) = (sum.cell, Problem::PartMissing);
                out.faults.push(Fault { row, column, found: String::new(), problem });
            }
            is_whole
        });
        (places, sums)
    }

    fn old(&self, target: &Target, place: &Place, when: When) -> Option<i64> {
        match (target, place, when) {
            (Target::Heads(id), Place::Known(region), When::Autumn(year)) => {
                self.held.heads(id, region, year)
            }
            (Target::Parameter(path), place, when) => self.held.value(path, place, when),
            _ => None,
        }
    }

    /// Whether a plan can hold the value: money only in its fiscal years, all within bounds.
    fn problem(&self, target: &Target, sum: &Sum) -> Option<Problem> {
        let bounds = match target {
            Target::Parameter(path) => path.unit().bounds(),
            _ => shapan_engine::Unit::Count.bounds(),
        };
        let is_outside = match sum.when {
            When::Fiscal(year) => self.plan.horizon.year_index(year).is_none(),
            When::Autumn(_) | When::From(_) => false,
        };
        if is_outside {
            Some(Problem::YearOutside)
        } else if bounds.contains(&sum.sum) {
            None
        } else {
            Some(Problem::OutOfBounds)
        }
    }

    fn compare(&self, places: &[Place], sums: &[Sum], out: &mut Changes) {
        let mut kept = Vec::with_capacity(sums.len());
        for sum in sums {
            let Some(target) = self.values.targets.get(sum.target) else { continue };
            match self.problem(target, sum) {
                Some(problem) => {
                    let (row, column) = sum.cell;
                    out.faults.push(Fault { row, column, found: String::new(), problem });
                }
                None => kept.push(sum),
            }
        }
        let far = self.ask_sizes(places, sums, out);
        kept.retain(|sum| {
            let of_it = far.get(&(sum.target, sum.when));
            of_it.is_none_or(|far| !far.is_of(sum))
        });
        let mut totals: BTreeMap<(usize, When), (Start, i64)> = BTreeMap::new();
        let mut replaced = 0;
        for sum in kept {
            let (Some(target), Some(place)) =
                (self.values.targets.get(sum.target), places.get(sum.place))
            else {
                continue;
            };
            let old = self.old(target, place, sum.when);
            if old == Some(sum.sum) {
                out.same += 1;
                continue;
            }
            let (start, after) = totals.entry((sum.target, sum.when)).or_insert_with(|| {
                let start = self.start(target, sum.when);
                let before = start.total;
                (start, before)
            });
            // An autumn that is counted anew starts from the one before.
            let base = old.or_else(|| start.of(place)).unwrap_or(0);
            let (target, place) = (target.clone(), place.clone());
            let change =
                Change { target, place, when: sum.when, old, new: sum.sum, cell: sum.cell };
            let is_there = old.is_some() && self.is_stated(&change);
            if is_there && self.choices.mode == Some(Mode::Add) {
                out.kept += 1;
                continue;
            }
            *after = after.saturating_sub(base).saturating_add(sum.sum);
            if is_there && self.choices.mode.is_none() {
                replaced += 1;
                out.waiting.push(change);
            } else {
                out.changes.push(change);
            }
        }
        if replaced > 0 {
            out.questions.push(Question::Replace { values: replaced });
        }
        for ((target, when), (start, after)) in totals {
            let before = start.total;
            if before != after
                && let Some(target) = self.values.targets.get(target)
            {
                out.totals.push(Total { target: target.clone(), when, before, after });
            }
        }
    }

    /// Asks about numbers that are far from what they can be compared with, and tells which.
    fn ask_sizes(
        &self,
        places: &[Place],
        sums: &[Sum],
        out: &mut Changes,
    ) -> HashMap<(usize, When), Far> {
        let (held, targets) = (self.held, self.values.targets.as_slice());
        let mut asked = HashMap::new();
        for far in (scale::With { held, targets, places, sums }).far() {
            let Some(target) = targets.get(far.target).cloned() else { continue };
            let (when, before, after) = (far.when, far.before, far.after);
            let answer = RightSize { target: target.clone(), when, after };
            if self.choices.magnitudes.contains(&answer) {
                continue;
            }
            let of = far.places.iter().flatten().filter_map(|place| places.get(*place).cloned());
            let (places, beside) = (of.collect(), far.beside.clone());
            out.questions.push(Question::Magnitude { target, when, places, beside, before, after });
            asked.insert((far.target, when), far);
        }
        asked
    }

    /// Whether the plan has the value as one that was put in, not one that follows.
    fn is_stated(&self, change: &Change) -> bool {
        match &change.target {
            Target::Parameter(_) => change.old != Some(0),
            _ => true,
        }
    }

    /// What the plan has of it in all regions, and what an autumn starts with.
    fn start(&self, target: &Target, when: When) -> Start {
        let total = |values: &mut dyn Iterator<Item = i64>| values.fold(0i64, i64::saturating_add);
        match (target, when) {
            (Target::Heads(id), When::Autumn(year)) => {
                let heads = self.held.in_autumn(id, year);
                Start { total: total(&mut heads.values().copied()), heads }
            }
            (Target::Parameter(path), when) => {
                let regions = self.plan.regions.iter().map(|r| Place::Known(r.id.clone()));
                let mut values = regions.filter_map(|place| self.held.value(path, &place, when));
                Start { total: total(&mut values), heads: BTreeMap::new() }
            }
            _ => Start::default(),
        }
    }
}

/// What the plan has of a target and time before anything changes.
#[derive(Default)]
struct Start {
    total: i64,
    heads: BTreeMap<RegionId, i64>,
}

impl Start {
    fn of(&self, place: &Place) -> Option<i64> {
        match place {
            Place::Known(region) => self.heads.get(region).copied(),
            _ => None,
        }
    }
}
