//! Owns telling numbers that are implausibly far from what they can be compared with: a unit that
//! nobody says, such as 百人.
//!
//! Numbers are compared with the plan's of the same place, in that year or the nearest census;
//! where the plan has none, with the table's own of other years; where it has one year only, with
//! people of other stages in the same places. Invariant: what grows as pupils and money do is not
//! asked about, a hundredfold or a hundredth is wherever there is anything to compare with.
//! Linear in the numbers, sorting aside.

use super::change::{Place, Target, When};
use super::held::Held;
use super::reading::Beside;
use shapan_engine::{PopulationId, RegionId, Stage, Year};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many times another number of the same thing is no growth any more. Pupils double in a
/// decade at most, a stage that is being built up may see tenfold; what is read a hundredfold too
/// large or small is beyond this even where it fell to a quarter of it meanwhile.
const FAR: i64 = 25;
/// The same beside another stage of education that takes a small or large part of its age.
const FAR_OF_SELECTIVE: i64 = 40;
/// Totals of people below this may move by any factor.
const FEW: i64 = 200;
/// The same for one place.
const FEW_IN_A_PLACE: i64 = 1_000;
/// Sums of money below this, in fen.
const LITTLE: i64 = 1_000_000;

/// A number of a place, added up where it was chosen so.
pub(super) struct Sum {
    pub(super) target: usize,
    pub(super) place: usize,
    pub(super) when: When,
    pub(super) sum: i64,
    pub(super) cell: (usize, usize),
    /// Whether another column has it too.
    pub(super) is_twice: bool,
}

/// Numbers far from what they are compared with.
#[derive(Debug)]
pub(super) struct Far {
    pub(super) target: usize,
    pub(super) when: When,
    /// Whose they are; nothing where it is all of them.
    pub(super) places: Option<BTreeSet<usize>>,
    pub(super) before: i64,
    pub(super) after: i64,
    pub(super) beside: Beside,
}

impl Far {
    /// Whether it is about a number.
    pub(super) fn is_of(&self, sum: &Sum) -> bool {
        (self.target, self.when) == (sum.target, sum.when)
            && self.places.as_ref().is_none_or(|places| places.contains(&sum.place))
    }
}

/// Whether two numbers are so many times apart, and the larger is no small one.
fn are_far(one: i64, other: i64, times: i64, few: i64) -> bool {
    let (small, large) = (one.min(other), one.max(other));
    large >= few && small.saturating_mul(times) <= large
}

/// What numbers are compared by.
pub(super) struct With<'a, 'p> {
    pub(super) held: &'a Held<'p>,
    pub(super) targets: &'a [Target],
    pub(super) places: &'a [Place],
    pub(super) sums: &'a [Sum],
}

/// What is known of a place.
type Known<'a> = dyn Fn(&Place) -> Option<i64> + 'a;
/// The numbers of a target and time, by place.
type Group = Vec<(usize, i64)>;
type Groups = BTreeMap<(usize, When), Group>;

impl With<'_, '_> {
    /// All that are far from what they can be compared with.
    pub(super) fn far(&self) -> Vec<Far> {
        let mut groups = Groups::new();
        for sum in self.sums {
            groups.entry((sum.target, sum.when)).or_default().push((sum.place, sum.sum));
        }
        groups.values_mut().for_each(|group| group.sort_unstable());
        let mut far = Vec::new();
        // Those that the plan has nothing of.
        let mut alone: BTreeMap<usize, Vec<When>> = BTreeMap::new();
        for ((target, when), group) in &groups {
            match self.in_plan(*target, *when, group) {
                Some(found) => far.extend(found),
                None => alone.entry(*target).or_default().push(*when),
            }
        }
        for (target, whens) in alone {
            let found = self.in_table(&groups, target, &whens);
            let Some((last, others)) = whens.split_last() else { continue };
            // A series without a break may be in the same unit that nobody says, all of it.
            if found.is_empty()
                && let Some(found) = self.beside_stages(&groups, target, *last)
            {
                let before = others.iter();
                far.extend(before.filter_map(|when| self.beside_stages(&groups, target, *when)));
                far.push(found);
            }
            far.extend(found);
        }
        far
    }

    fn is_of_people(&self, target: usize) -> bool {
        !matches!(self.targets.get(target), Some(Target::Parameter(_)))
    }

    fn few(&self, target: usize, is_of_one: bool) -> i64 {
        match (self.is_of_people(target), is_of_one) {
            (false, _) => LITTLE,
            (true, true) => FEW_IN_A_PLACE,
            (true, false) => FEW,
        }
    }

    /// Beside the plan's own; nothing where the plan has none of them.
    fn in_plan(&self, target: usize, when: When, group: &Group) -> Option<Option<Far>> {
        let mut beside = Beside::Plan;
        let known: Box<Known<'_>> = match (self.targets.get(target)?, when) {
            (Target::Heads(id), When::Autumn(year)) => {
                let (counted, heads) = self.held.nearest(id, year)?;
                if counted != year {
                    beside = Beside::PlanOf(When::Autumn(counted));
                }
                Box::new(move |place| match place {
                    Place::Known(region) => heads.get(region).copied(),
                    _ => None,
                })
            }
            (Target::Parameter(path), when) => {
                Box::new(move |place| self.held.value(path, place, when))
            }
            _ => return None,
        };
        let place = |place: usize| known(self.places.get(place)?).filter(|known| *known != 0);
        let pairs = group.iter().filter_map(|(at, sum)| Some((*at, place(*at)?, *sum)));
        let pairs: Vec<(usize, i64, i64)> = pairs.collect();
        if pairs.is_empty() {
            return None;
        }
        Some(self.apart(target, when, &pairs, beside))
    }

    /// What is far in pairs of what is known of a place and what the table says.
    fn apart(
        &self,
        target: usize,
        when: When,
        pairs: &[(usize, i64, i64)],
        beside: Beside,
    ) -> Option<Far> {
        let total = |pairs: &[(usize, i64, i64)]| {
            pairs.iter().fold((0i64, 0i64), |(known, said), pair| {
                (known.saturating_add(pair.1), said.saturating_add(pair.2))
            })
        };
        let (before, after) = total(pairs);
        if are_far(before, after, FAR, self.few(target, false)) {
            return Some(Far { target, when, places: None, before, after, beside });
        }
        // That a place has none any more is no question of units.
        let few = self.few(target, true);
        let is_far = |pair: &&(usize, i64, i64)| pair.2 != 0 && are_far(pair.1, pair.2, FAR, few);
        let apart: Vec<(usize, i64, i64)> = pairs.iter().filter(is_far).copied().collect();
        if apart.is_empty() {
            return None;
        }
        let (before, after) = total(&apart);
        let places = Some(apart.iter().map(|pair| pair.0).collect());
        Some(Far { target, when, places, before, after, beside })
    }

    /// Beside the table's own numbers of other years: where a series breaks, nothing says which
    /// side of it is right, so all of it is asked about.
    fn in_table(&self, groups: &Groups, target: usize, whens: &[When]) -> Vec<Far> {
        let group = |when: &When| groups.get(&(target, *when)).map_or(&[][..], Vec::as_slice);
        let total = |group: &[(usize, i64)]| group.iter().fold(0i64, |a, n| a.saturating_add(n.1));
        let mut breaks = Vec::new();
        let mut broken: BTreeSet<usize> = BTreeSet::new();
        for two in whens.windows(2) {
            let [first, second] = [group(&two[0]), group(&two[1])];
            let pairs = common(first, second);
            let (before, after) = (
                total(&pairs.iter().map(|pair| (pair.0, pair.1)).collect::<Group>()),
                total(&pairs.iter().map(|pair| (pair.0, pair.2)).collect::<Group>()),
            );
            if are_far(before, after, FAR, self.few(target, false)) {
                breaks.push((two[0], two[1]));
            }
            let few = self.few(target, true);
            let is_far = |pair: &&(usize, i64, i64)| {
                pair.1 != 0 && pair.2 != 0 && are_far(pair.1, pair.2, FAR, few)
            };
            broken.extend(pairs.iter().filter(is_far).map(|pair| pair.0));
        }
        let is_whole = !breaks.is_empty();
        if !is_whole && broken.is_empty() {
            return Vec::new();
        }
        let mut far = Vec::new();
        for (n, when) in whens.iter().enumerate() {
            let own: Group = group(when)
                .iter()
                .filter(|(place, _)| is_whole || broken.contains(place))
                .copied()
                .collect();
            // The year it is told beside: the next one across a break.
            let across = breaks.iter().map(|(first, second)| match when.cmp(second) {
                Ordering::Less => *second,
                _ => *first,
            });
            let near = n.checked_sub(1).or(Some(n + 1)).and_then(|n| whens.get(n).copied());
            let Some(other) = across.min_by_key(|other| distance(*when, *other)).or(near) else {
                continue;
            };
            let pairs = common(group(&other), &own);
            let (before, after) = (pairs.iter().map(|pair| pair.1), total(&own));
            let before = before.fold(0i64, i64::saturating_add);
            let places = (!is_whole).then(|| own.iter().map(|(place, _)| *place).collect());
            if !own.is_empty() {
                let beside = Beside::Table(other);
                far.push(Far { target, when: *when, places, before, after, beside });
            }
        }
        far
    }

    /// Beside people of other stages in the same places.
    fn beside_stages(&self, groups: &Groups, target: usize, when: When) -> Option<Far> {
        let stage = self.stage(target)?;
        let (weight, times) = measure(stage)?;
        let own = groups.get(&(target, when))?;
        let When::Autumn(year) = when else { return None };
        let mut found: Option<(i64, i64, Target)> = None;
        let mut take = |other: Stage, pairs: &[(usize, i64, i64)], of: &dyn Fn() -> Target| {
            let Some((other_weight, other_times)) = measure(other) else { return };
            let sum = |pick: fn(&(usize, i64, i64)) -> i64| {
                pairs.iter().map(pick).fold(0i64, i64::saturating_add)
            };
            let (theirs, ours) = (sum(|pair| pair.1), sum(|pair| pair.2));
            // As if both had as many grades, and as much of each.
            let (one, other) = (theirs.saturating_mul(weight), ours.saturating_mul(other_weight));
            let is_large = theirs.max(ours) >= FEW_IN_A_PLACE && theirs > 0 && ours > 0;
            // The nearest stage in age is not known to be right either: any that is far asks.
            let is_larger = found.as_ref().is_none_or(|(before, ..)| theirs > *before);
            if is_large && is_larger && are_far(one, other, times.max(other_times), 1) {
                found = Some((theirs, ours, of()));
            }
        };
        let (largest_in_table, largest_in_plan) = (self.largest(groups, when), self.counted(year));
        let is_part = largest_in_table.get(&stage).is_some_and(|other| *other != target)
            || largest_in_plan.get(&stage).is_some_and(|(id, _)| {
                self.targets.get(target) != Some(&Target::Heads(id.clone()))
            });
        if is_part {
            return None; // of another population of its stage: how much of it, nobody knows
        }
        for (other, at) in largest_in_table.iter().filter(|(other, _)| **other != stage) {
            let Some(theirs) = groups.get(&(*at, when)) else { continue };
            take(*other, &common(theirs, own), &|| self.targets[*at].clone());
        }
        for (other, (id, heads)) in largest_in_plan.iter().filter(|(other, _)| **other != stage) {
            let heads_of = |place: usize| match self.places.get(place)? {
                Place::Known(region) => heads.get(region).copied(),
                _ => None,
            };
            let pairs = own.iter().filter_map(|(at, sum)| Some((*at, heads_of(*at)?, *sum)));
            take(*other, &pairs.collect::<Vec<_>>(), &|| Target::Heads(id.clone()));
        }
        let (before, after, other) = found?;
        let beside = Beside::Others(other);
        Some(Far { target, when, places: None, before, after, beside })
    }

    fn stage(&self, target: usize) -> Option<Stage> {
        match self.targets.get(target)? {
            Target::NewPopulation { stage, .. } => Some(*stage),
            Target::Heads(id) => {
                self.held.counted().find(|(own, _)| *own == id).map(|(_, stage)| stage)
            }
            _ => None,
        }
    }

    /// The target with the most people of each stage in a year of the table: others are its parts.
    fn largest(&self, groups: &Groups, when: When) -> HashMap<Stage, usize> {
        let mut largest: HashMap<Stage, (i64, usize)> = HashMap::new();
        for ((target, _), group) in groups.iter().filter(|((_, other), _)| *other == when) {
            let Some(stage) = self.stage(*target) else { continue };
            let sum = group.iter().fold(0i64, |sum, (_, n)| sum.saturating_add(*n));
            let there = largest.entry(stage).or_insert((sum, *target));
            if sum > there.0 {
                *there = (sum, *target);
            }
        }
        largest.into_iter().map(|(stage, (_, target))| (stage, target)).collect()
    }

    /// The same of the plan.
    fn counted(&self, year: Year) -> HashMap<Stage, (PopulationId, BTreeMap<RegionId, i64>)> {
        let mut largest: HashMap<Stage, (i64, PopulationId, BTreeMap<RegionId, i64>)> =
            HashMap::new();
        for (id, stage) in self.held.counted() {
            let Some((_, heads)) = self.held.nearest(id, year) else { continue };
            let sum = heads.values().fold(0i64, |sum, n| sum.saturating_add(*n));
            if sum > largest.get(&stage).map_or(0, |(there, ..)| *there) {
                largest.insert(stage, (sum, id.clone(), heads));
            }
        }
        largest.into_iter().map(|(stage, (_, id, heads))| (stage, (id, heads))).collect()
    }
}

/// How many pupils of a stage there are for a given number of children of an age, in hundredths of
/// a grade, and how far it may be from that.
fn measure(stage: Stage) -> Option<(i64, i64)> {
    match stage {
        Stage::Preschool => Some((250, FAR)),
        Stage::Primary => Some((600, FAR)),
        Stage::Junior => Some((300, FAR)),
        Stage::Senior => Some((200, FAR)),
        Stage::Vocational => Some((100, FAR_OF_SELECTIVE)),
        Stage::Special => Some((2, FAR_OF_SELECTIVE)),
        // Where its students come from, its places do not say.
        Stage::Tertiary => None,
    }
}

fn distance(one: When, other: When) -> i32 {
    let year = |when: When| match when {
        When::Autumn(year) | When::Fiscal(year) => i32::from(year.get()),
        When::From(semester) => i32::from(semester.year.get()),
    };
    (year(one) - year(other)).abs()
}

/// The places that two groups have, with the numbers of both.
fn common(first: &[(usize, i64)], second: &[(usize, i64)]) -> Vec<(usize, i64, i64)> {
    let (mut first, mut second) = (first.iter().peekable(), second.iter().peekable());
    let mut pairs = Vec::new();
    while let (Some((one, theirs)), Some((other, ours))) = (first.peek(), second.peek()) {
        match one.cmp(other) {
            Ordering::Less => drop(first.next()),
            Ordering::Greater => drop(second.next()),
            Ordering::Equal => {
                pairs.push((*one, *theirs, *ours));
                first.next();
                second.next();
            }
        }
    }
    pairs
}
