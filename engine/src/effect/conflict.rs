//! Owns conflicts: measures that set the same number for the same time and region.
//!
//! Invariant: each place and semester is looked at as a pile; a measure that sets a number is
//! in conflict with the one whose number lay on top, and wins over it. So three that set one
//! number are two conflicts, and the last winner is in force. Time grows with what the changes
//! name, not with regions × regions or measures × measures. Deliberately absent: `add` and
//! `scale`, which build on what is there.

use super::{Held, Span, enabled_line, places};
use crate::calc::Plain;
use crate::evaluate::{EvaluateError, Layer, Resolver, Rows, Values};
use crate::id::{MeasureId, RegionId, ScenarioId};
use crate::plan::{Change, ChangeValue, Measure, Named, Operation, ParamPath, Parameter, Plan};
use crate::time::Semester;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Two enabled measures that set the same parameter for the same time and regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What both set.
    pub path: ParamPath,
    /// The earlier in the stack: its value does not count here.
    pub overridden: (ScenarioId, MeasureId),
    /// The later: its value replaces the other's. A third measure may in turn win over it;
    /// that is a conflict of its own.
    pub winner: (ScenarioId, MeasureId),
    /// The first semester of the horizon's axis in which both hold.
    pub from: Semester,
    /// The last; absent where both hold to the horizon's end.
    pub until: Option<Semester>,
    /// Where both hold, in the plan's order; absent where everywhere.
    pub regions: Option<Vec<RegionId>>,
    /// Whether both come to the same value wherever and whenever they meet, growth by
    /// indexation included: then it does not matter which wins.
    pub agree: bool,
}

/// The conflicts between the enabled measures of a scenario's line: in the order of the
/// winners, then of the overridden, of the paths, and in time.
///
/// # Errors
/// [`EvaluateError::UnknownScenario`].
pub fn conflicts(plan: &Plan, scenario: &ScenarioId) -> Result<Vec<Conflict>, EvaluateError> {
    let line = enabled_line(plan, scenario)?;
    let mut sets: BTreeMap<&ParamPath, Vec<(usize, &Change)>> = BTreeMap::new();
    for (measure, (_, of)) in line.iter().enumerate() {
        for change in of.changes.iter().filter(|c| c.operation == Operation::Set) {
            sets.entry(&change.path).or_default().push((measure, change));
        }
    }
    sets.retain(|_, sets| sets.iter().any(|(measure, _)| *measure != sets[0].0));
    if sets.is_empty() {
        return Ok(Vec::new());
    }

    let named = plan.named_parameters();
    let named: HashMap<&ParamPath, &Named<'_>> = named.iter().map(|n| (&n.path, n)).collect();
    let growth_of = |path| named.get(path).and_then(|n| n.growth.as_ref());
    let growths: HashSet<&ParamPath> = sets.keys().filter_map(|path| growth_of(*path)).collect();
    let stack: Vec<&Measure> = line.iter().map(|(_, measure)| *measure).collect();
    // Where indexation has no values, the scenario has no outcome, but it still has conflicts.
    let values = Values::some_in_force(plan, &stack, |path| growths.contains(path)).ok();
    let places = places(plan);
    let mut found = Vec::new();
    for (path, changes) in sets {
        let growth = growth_of(path)
            .map(|path| Growth { path, rates: values.as_ref().map(|values| values.rows(path)) });
        let each = changes.into_iter().filter_map(|(measure, change)| {
            let Span::On(terms) = Span::of(change, plan.horizon) else { return None };
            let (of, held) = (line[measure].1, Held::of(change, &places));
            Some(Set { measure, of, change, held, terms })
        });
        let sets: Vec<Set<'_>> = each.collect();
        let mut pile = Pile { plan, sets: &sets, growth, met: BTreeMap::new() };
        pile.pile_up();
        found.extend(pile.conflicts(path, &line));
    }
    found.sort_by_key(|(order, _)| *order); // stable: paths and time stay in order
    Ok(found.into_iter().map(|(_, conflict)| conflict).collect())
}

/// A change that sets a number within the horizon.
struct Set<'a> {
    /// Place of its measure in the line.
    measure: usize,
    of: &'a Measure,
    change: &'a Change,
    held: Held,
    terms: std::ops::Range<usize>,
}

/// Indexation of the number that is set; without rates where they cannot be known.
struct Growth<'a> {
    path: &'a ParamPath,
    rates: Option<&'a Rows>,
}

/// What lies on top in one semester, as places among the sets.
#[derive(Clone, Default)]
struct Top {
    everywhere: Option<usize>,
    /// Regions where something else does.
    but: BTreeMap<usize, usize>,
}

/// Some regions: these, or all but these.
#[derive(Clone, PartialEq, Eq)]
enum Somewhere {
    In(BTreeSet<usize>),
    NotIn(BTreeSet<usize>),
}

impl Somewhere {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::In(mut a), Self::In(b)) => {
                a.extend(b);
                Self::In(a)
            }
            (Self::NotIn(a), Self::NotIn(b)) => Self::NotIn(&a & &b),
            (Self::NotIn(mut not), Self::In(some)) | (Self::In(some), Self::NotIn(mut not)) => {
                for region in some {
                    not.remove(&region);
                }
                Self::NotIn(not)
            }
        }
    }

    fn contains(&self, region: usize) -> bool {
        match self {
            Self::In(some) => some.contains(&region),
            Self::NotIn(not) => !not.contains(&region),
        }
    }
}

/// Where two measures meet in a semester.
struct Meeting {
    regions: Somewhere,
    agree: bool,
}

/// One parameter's sets, laid on each other.
struct Pile<'a> {
    plan: &'a Plan,
    sets: &'a [Set<'a>],
    growth: Option<Growth<'a>>,
    /// By winner and overridden (places in the line), then by semester.
    met: BTreeMap<(usize, usize), BTreeMap<usize, Meeting>>,
}

impl<'a> Pile<'a> {
    fn pile_up(&mut self) {
        let mut tops = vec![Top::default(); self.plan.horizon.semesters_len()];
        let mut start = 0;
        for of_measure in self.sets.chunk_by(|a, b| a.measure == b.measure) {
            // Its last set first: what a measure itself sets again is no conflict.
            for place in (start..start + of_measure.len()).rev() {
                for term in self.sets[place].terms.clone() {
                    self.lay(place, term, &mut tops[term]);
                }
            }
            start += of_measure.len();
        }
    }

    fn lay(&mut self, place: usize, term: usize, top: &mut Top) {
        let sets = self.sets;
        let measure = sets[place].measure;
        let is_own = |other: usize| sets[other].measure == measure;
        match &sets[place].held {
            Held::Everywhere(_) => {
                if top.everywhere.is_some_and(is_own) {
                    return;
                }
                if let Some(under) = top.everywhere.replace(place)
                    && top.but.len() < self.plan.regions.len()
                {
                    let regions = Somewhere::NotIn(top.but.keys().copied().collect());
                    self.meet(place, under, term, regions);
                }
                let mut but = std::mem::take(&mut top.but);
                but.retain(|region, under| {
                    if !is_own(*under) {
                        self.meet(place, *under, term, Somewhere::In(BTreeSet::from([*region])));
                    }
                    is_own(*under)
                });
                top.but = but;
            }
            Held::In(values) => {
                for region in values.keys() {
                    let under = top.but.get(region).copied().or(top.everywhere);
                    if under.is_some_and(is_own) {
                        continue;
                    }
                    top.but.insert(*region, place);
                    if let Some(under) = under {
                        self.meet(place, under, term, Somewhere::In(BTreeSet::from([*region])));
                    }
                }
            }
        }
    }

    fn meet(&mut self, winner: usize, overridden: usize, term: usize, regions: Somewhere) {
        let agree = self.agree(winner, overridden, term, &regions);
        let pair = (self.sets[winner].measure, self.sets[overridden].measure);
        let meetings = self.met.entry(pair).or_default();
        let meeting = match meetings.remove(&term) {
            None => Meeting { regions, agree },
            Some(met) => Meeting { regions: met.regions.and(regions), agree: met.agree && agree },
        };
        meetings.insert(term, meeting);
    }

    /// Whether two sets come to the same value in a semester; where they meet in more than one
    /// region, neither has values by region.
    fn agree(&self, a: usize, b: usize, term: usize, regions: &Somewhere) -> bool {
        let first = match regions {
            Somewhere::In(some) => some.first().copied().unwrap_or(0),
            Somewhere::NotIn(_) => 0,
        };
        let [a, b] = [a, b].map(|place| &self.sets[place]);
        let (Some(ours), Some(theirs)) = (a.held.value_in(first), b.held.value_in(first)) else {
            return false;
        };
        let Some(growth) = &self.growth else { return ours == theirs };
        if ours == theirs && a.terms.start == b.terms.start {
            return true;
        }
        let Some(rates) = growth.rates else { return false };
        let in_region = |region| {
            let at =
                |set: &Set<'_>, value| self.in_force(set, value, growth.path, rates, region, term);
            matches!((at(a, ours), at(b, theirs)), (Some(a), Some(b)) if a == b)
        };
        match regions {
            Somewhere::NotIn(_) if rates.is_uniform() => in_region(0),
            _ => (0..self.plan.regions.len()).filter(|r| regions.contains(*r)).all(in_region),
        }
    }

    /// What a set comes to by itself in a semester, indexed from its start.
    fn in_force(
        &self,
        set: &Set<'_>,
        value: i64,
        growth: &ParamPath,
        rates: &Rows,
        region: usize,
        term: usize,
    ) -> Option<i64> {
        let nothing = Parameter::default();
        let path = set.change.path.clone();
        let named = Named { path, parameter: &nothing, growth: Some(growth.clone()) };
        let change =
            Change { value: ChangeValue::One(value), regions: None, ..Change::clone(set.change) };
        let layers = [Layer { measure: set.of, place: 0, change: &change }];
        let resolver = Resolver::new(self.plan, &named, Some(rates), &layers);
        let mut row = Vec::new();
        resolver.row(&mut Plain, region, &mut row).ok()?;
        row.get(term).copied()
    }

    /// What was met, neighbouring semesters joined, each with the places of its measures.
    fn conflicts(
        self,
        path: &ParamPath,
        line: &[(&ScenarioId, &Measure)],
    ) -> Vec<((usize, usize), Conflict)> {
        let horizon = self.plan.horizon;
        let name = |place: usize| (line[place].0.clone(), line[place].1.id.clone());
        let mut found = Vec::new();
        for (pair, meetings) in self.met {
            let mut spells: Vec<(usize, usize, Meeting)> = Vec::new();
            for (term, meeting) in meetings {
                match spells.last_mut() {
                    Some((_, last, spell))
                        if *last + 1 == term && spell.regions == meeting.regions =>
                    {
                        *last = term;
                        spell.agree &= meeting.agree;
                    }
                    _ => spells.push((term, term, meeting)),
                }
            }
            for (first, last, Meeting { regions, agree }) in spells {
                let places = || (0..self.plan.regions.len()).filter(|r| regions.contains(*r));
                let is_everywhere = places().count() == self.plan.regions.len();
                let id = |region: usize| self.plan.regions[region].id.clone();
                let conflict = Conflict {
                    path: path.clone(),
                    overridden: name(pair.1),
                    winner: name(pair.0),
                    from: horizon.semester_at(first),
                    until: (last + 1 < horizon.semesters_len()).then(|| horizon.semester_at(last)),
                    regions: (!is_everywhere).then(|| places().map(id).collect()),
                    agree,
                };
                found.push((pair, conflict));
            }
        }
        found
    }
}
