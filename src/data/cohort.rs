//! Owns the tables of a population by grade: heads of each grade in each autumn, who goes on and
//! who comes, who enters.
//!
//! Invariant: a grade's heads can be typed where they were counted, in one region at a time; the
//! city's are their sums.

use super::edit::Stands;
use super::people::school_years;
use super::steps;
use super::table::{Draft, Table, dated_column, people, people_column, percent};
use crate::grid::{Cell, Column, Means, Measure, Row};
use crate::names;
use crate::words::{Words, fill};
use shapan_engine::{
    Cohort, Entry, Estimate, EstimateMethod, GradeRole, Lang, MILLION, Outcome, ParamPath, Plan,
    Population, PopulationRole, Region, SchoolSystem, Unit, Year, estimate_progression,
};
use std::collections::BTreeSet;

/// A region and its place, where one is looked at rather than the city.
pub type Of<'a> = Option<(usize, &'a Region)>;

/// How many grades there are, in a region or at most in any.
pub fn grades(plan: &Plan, population: &Population, of: Of<'_>) -> u8 {
    let count = |system: SchoolSystem| population.stage.grades(system);
    let most = match of {
        Some((_, region)) => count(region.system),
        None => plan.regions.iter().map(|r| count(r.system)).max().unwrap_or(0),
    };
    u8::try_from(most).unwrap_or(u8::MAX)
}

fn grade_rows(w: &Words, grades: u8) -> Vec<Row> {
    let row = |grade: u8| {
        let name = fill(w.data.grade, &[&grade.to_string()]);
        Row { name, aliases: vec![grade.to_string()], ..Row::default() }
    };
    (1..=grades).map(row).collect()
}

/// Grades × autumns.
pub fn heads_by_grade(
    w: &'static Words,
    plan: &Plan,
    outcome: Option<&Outcome>,
    population: &Population,
    cohort: &Cohort,
    of: Of<'_>,
) -> Table {
    let count = grades(plan, population, of);
    let mut draft = Draft::of_rows(w, plan, w.data.grade_head, grade_rows(w, count));
    let computed: Vec<Year> = school_years(plan);
    let counted = cohort.censuses.iter().map(|census| census.year);
    let years: BTreeSet<Year> = counted.chain(computed.iter().copied()).collect();
    for year in years {
        let census = cohort.censuses.iter().find(|census| census.year == year);
        let band = if census.is_some() { w.data.counted } else { w.data.projected };
        let place = computed.iter().position(|there| *there == year);
        let cell = |grade: u8| {
            let n = usize::from(grade) - 1;
            let counted = |region: &Region| {
                census?.heads.get(&region.id).and_then(|grades| grades.get(n)).copied()
            };
            if let (Some(_), Some((_, region))) = (census, of) {
                let stands = Stands::Grade(population.id.clone(), region.id.clone(), year, grade);
                return (Cell::own(counted(region)), stands);
            }
            let heads = |at: usize| {
                if census.is_some() {
                    return Some(counted(&plan.regions[at]).unwrap_or(0));
                }
                let grades = outcome?.grades(&population.id, at, place?)?;
                Some(grades.get(n).copied().unwrap_or(0))
            };
            let value = match of {
                Some((at, _)) => heads(at),
                None => (0..plan.regions.len()).map(heads).sum::<Option<i64>>(),
            };
            (Cell::computed(value), Stands::Nothing)
        };
        draft.column(people_column(w, year, band), (1..=count).map(cell).collect());
    }
    draft.done(true)
}

/// What past censuses say of progression, in a region or the city; nothing where they do not.
pub fn estimates(plan: &Plan, population: &Population, of: Of<'_>) -> Vec<Estimate> {
    let region = of.map(|(at, _)| at);
    let all = estimate_progression(plan, &population.id, region, EstimateMethod::Weighted);
    let all = all.unwrap_or_default();
    if all.iter().any(|estimate| estimate.rate.is_some()) { all } else { Vec::new() }
}

/// Grades × rates: who goes on, who comes.
pub fn rates_by_grade(
    w: &'static Words,
    plan: &Plan,
    population: &Population,
    cohort: &Cohort,
    of: Of<'_>,
) -> Table {
    let count = grades(plan, population, of);
    let mut draft = Draft::of_rows(w, plan, w.data.grade_head, grade_rows(w, count));
    let region = of.map(|(_, region)| &region.id);
    let net = Measure { unit: Unit::Net, ..people(w) };
    for (role, by_grade, measure, band, absent, least, most) in [
        (
            GradeRole::Progression,
            &cohort.progression,
            percent(Unit::Rate),
            w.data.progression,
            MILLION,
            1,
            count.saturating_sub(1),
        ),
        (GradeRole::Migration, &cohort.migration, net, w.data.migration, 0, 2, count),
    ] {
        for from in steps::dates(by_grade.values(), plan.horizon.start()) {
            let cell = |grade: u8| {
                if !(least..=most).contains(&grade) {
                    return (Cell::default(), Stands::Nothing);
                }
                let cell = by_grade.get(&grade).map_or(Cell::followed(Some(absent)), |parameter| {
                    steps::cell(parameter, region, from)
                });
                let path = ParamPath::Grade(population.id.clone(), role, grade);
                (cell, Stands::Step(path, region.cloned(), from))
            };
            let column = dated_column(w, from, band, &measure, false);
            draft.column(column, (1..=count).map(cell).collect());
        }
        let estimated = estimates(plan, population, of);
        if role == GradeRole::Progression && !estimated.is_empty() {
            let column = Column {
                name: w.data.estimated.to_owned(),
                aliases: Vec::new(),
                band: band.to_owned(),
                measure: measure.clone(),
                adds: false,
                means: Means::default(),
            };
            let cell = |estimate: &Estimate| (Cell::computed(estimate.rate), Stands::Nothing);
            draft.column(column, estimated.iter().map(cell).collect());
        }
    }
    draft.done(false)
}

/// Regions × who enters the first grade.
pub fn entry_by_region(
    w: &'static Words,
    lang: Lang,
    plan: &Plan,
    population: &Population,
    cohort: &Cohort,
) -> Table {
    let mut draft = Draft::of_regions(w, lang, plan, true);
    let path = |role| ParamPath::Population(population.id.clone(), role);
    if let Entry::Births { births, .. } = &cohort.entry {
        for census in births {
            let cells = plan.regions.iter().map(|region| {
                let id = (population.id.clone(), region.id.clone());
                let stands = Stands::Births(id.0, id.1, census.year);
                (Cell::own(census.heads.get(&region.id).copied()), stands)
            });
            let common = std::iter::once((Cell::default(), Stands::Nothing));
            let column = people_column(w, census.year, w.data.births);
            draft.column(column, common.chain(cells).collect());
        }
    }
    for (role, parameter) in entry_parameters(&cohort.entry) {
        let path = path(role);
        let (power, name) = names::value_unit(w, plan, &path, lang);
        let measure = Measure { unit: path.unit(), power, name };
        draft.dated(&path, Some(parameter), &measure, &names::role(w, plan, &path, lang));
    }
    draft.done(matches!(cohort.entry, Entry::Births { .. }))
}

/// The parameters that say who enters.
pub fn entry_parameters(entry: &Entry) -> Vec<(PopulationRole, &shapan_engine::Parameter)> {
    use PopulationRole as R;
    match entry {
        Entry::Births { growth, survival, rate, .. } => {
            vec![(R::BirthsGrowth, growth), (R::Survival, survival), (R::EntryRate, rate)]
        }
        Entry::Given(intake) => vec![(R::Intake, intake)],
        Entry::Leavers { transfer, share, .. } => {
            let share = share.iter().map(|share| (R::Division, share));
            std::iter::once((R::Transfer, transfer)).chain(share).collect()
        }
        Entry::Rest { .. } => Vec::new(),
    }
}
