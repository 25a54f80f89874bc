//! Owns setting scenarios side by side: every parameter that differs between them, heads to
//! divide a difference by, and which measures are paid for a part of their first year only.
//!
//! Invariant: a parameter is listed exactly where its values in force differ, region by region
//! and semester by semester. Deliberately absent: differences of money (`outcome`) and whose
//! they are (`attribution`).

use crate::exact::{Fen, divide_half_up};
use crate::id::PopulationId;
use crate::outcome::Outcome;
use crate::plan::{Measure, ParamPath, PlanParts};
use crate::time::{Horizon, Season, Semester};
use std::collections::HashMap;

/// A parameter whose values in force are not the same under all of some scenarios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferingParameter {
    /// Its name.
    pub path: ParamPath,
    /// Where and when it differs: by regions that go together, each in order of time.
    pub spans: Vec<DifferingSpan>,
}

/// Regions and semesters over which a parameter keeps its values, which differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferingSpan {
    /// Places of the regions among the plan's, in order.
    pub regions: Vec<usize>,
    /// The first semester.
    pub from: Semester,
    /// The last semester.
    pub until: Semester,
    /// The value under each scenario, in the parameter's unit.
    pub values: Vec<i64>,
}

/// From one place on the semester axis to another, both included, with a value a scenario.
type Run = (usize, usize, Vec<i64>);

/// Every parameter of the plan that is not the same under all of these outcomes, in the plan's
/// order. All are outcomes of this plan.
pub fn differing_parameters(plan: &PlanParts, outcomes: &[&Outcome]) -> Vec<DifferingParameter> {
    let Some((first, others)) = outcomes.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    for named in plan.named_parameters() {
        let path = named.path;
        if others.iter().all(|other| other.values().shares(first.values(), &path)) {
            continue;
        }
        let spans = spans(plan, outcomes, &path);
        // Equal values may be held in unequal rows: by region, or one for all.
        if !spans.is_empty() {
            found.push(DifferingParameter { path, spans });
        }
    }
    found
}

fn spans(plan: &PlanParts, outcomes: &[&Outcome], path: &ParamPath) -> Vec<DifferingSpan> {
    let is_uniform = outcomes.iter().all(|o| o.values().rows(path).is_uniform());
    let looked_at = if is_uniform { plan.regions.len().min(1) } else { plan.regions.len() };
    let mut together: Vec<(Vec<Run>, Vec<usize>)> = Vec::new();
    let mut places: HashMap<Vec<Run>, usize> = HashMap::new();
    for region in 0..looked_at {
        let runs = runs(outcomes, path, region);
        let place = *places.entry(runs).or_insert_with_key(|runs| {
            together.push((runs.clone(), Vec::new()));
            together.len() - 1
        });
        together[place].1.push(region);
    }
    let all: Vec<usize> = (0..plan.regions.len()).collect();
    let in_regions = |(runs, regions): (Vec<Run>, Vec<usize>)| {
        let regions = if is_uniform { all.clone() } else { regions };
        runs.into_iter().map(move |(from, until, values)| DifferingSpan {
            regions: regions.clone(),
            from: plan.horizon.semester_at(from),
            until: plan.horizon.semester_at(until),
            values,
        })
    };
    together.into_iter().flat_map(in_regions).collect()
}

/// Where the values of a region differ, from semester to semester.
fn runs(outcomes: &[&Outcome], path: &ParamPath, region: usize) -> Vec<Run> {
    let rows: Vec<&[i64]> = outcomes.iter().map(|o| o.in_force(path, region)).collect();
    let semesters = rows.iter().map(|row| row.len()).min().unwrap_or(0);
    let mut runs: Vec<Run> = Vec::new();
    for term in 0..semesters {
        let mut values = rows.iter().map(|row| row[term]);
        let first = values.next();
        if values.all(|value| Some(value) == first) {
            continue;
        }
        let values = || rows.iter().map(|row| row[term]);
        match runs.last_mut() {
            Some((_, until, held)) if *until + 1 == term && values().eq(held.iter().copied()) => {
                *until = term;
            }
            _ => runs.push((term, term, values().collect())),
        }
    }
    runs
}

impl PlanParts {
    /// The fiscal year (a place among the horizon's) that pays a measure for its autumn only:
    /// the first in which one of its changes starts, of something that is paid through the year.
    pub fn half_year_of(&self, measure: &Measure) -> Option<usize> {
        let is_paid_through_the_year = |path: &ParamPath| match path {
            ParamPath::Population(..) | ParamPath::Grade(..) => true,
            _ => {
                let programme = self.programmes.iter().find(|p| Some(&p.id) == path.programme());
                programme.is_some_and(|p| p.driver.is_paid_through_the_year())
            }
        };
        let first = measure.changes.iter().map(|c| c.from).min()?;
        let changes = measure.changes.iter().filter(|c| c.from == first);
        let halves = changes.filter(|c| is_paid_through_the_year(&c.path)).count();
        (first.season == Season::Autumn && halves > 0)
            .then(|| self.horizon.year_index(first.year))
            .flatten()
    }
}

impl Outcome {
    /// Heads of some populations, added up over the semesters of a fiscal year or, where absent,
    /// of all: spring counts the autumn before, autumn its own. In a region, or over all.
    pub fn heads_by_semester(
        &self,
        plan: &PlanParts,
        populations: &[&PopulationId],
        region: Option<usize>,
        year: Option<usize>,
    ) -> i64 {
        let regions = region.map_or(0..plan.regions.len(), |r| r..r + 1);
        let years = year.map_or(0..self.horizon().years(), |y| y..y + 1);
        let mut heads = 0i64;
        for (population, region) in
            populations.iter().flat_map(|p| regions.clone().map(move |r| (p, r)))
        {
            let row = self.heads(population, region);
            for year in years.clone() {
                for term in Horizon::terms(year) {
                    // Both axes start with the autumn before the first year; a school year is
                    // two semesters.
                    let of_term = row.get(term / 2).copied().unwrap_or(0);
                    heads = heads.saturating_add(of_term);
                }
            }
        }
        heads
    }
}

/// What an amount comes to for each head and year, in fen, where heads are added up over
/// semesters; `None` where there is nobody.
pub fn per_head_and_year(amount: Fen, heads_by_semester: i64) -> Option<Fen> {
    if heads_by_semester <= 0 {
        return None;
    }
    let twice = i128::from(amount.0) * 2;
    divide_half_up(twice, i128::from(heads_by_semester)).ok().map(Fen)
}
