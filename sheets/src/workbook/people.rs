//! Owns the sheet of people: heads of every population by region and autumn, and the sizes of
//! schools where a programme counts small schools for more.
//!
//! Invariant: a count is an input; growth after it and shares of another population are
//! formulas. Heads by grade are given as the engine projects them.

use super::parameters::{Input, InputOf, Parameters};
use super::stack::Stack;
use crate::book::{Number, Part, Sheet, Shown, at, on, rows_on};
use crate::formula;
use crate::words::fill;
use shapan_engine::{
    Basis, Census, Driver, Headcount, ParamPath, Population, PopulationId, PopulationRole, Stage,
    Year,
};
use std::collections::HashMap;

/// The first column of numbers.
const FIRST: u16 = 6;
/// The first row of populations.
const TOP: u32 = 3;
/// The most years from an old census to the first autumn that are written out.
const MOST_YEARS_BACK: i16 = 30;

/// Where heads stand.
pub(crate) struct People {
    sheet: &'static str,
    /// Autumns before the first that is computed.
    before: u16,
    rows: HashMap<PopulationId, u32>,
    /// Rows of the schools of a stage in a region.
    schools: HashMap<(Stage, usize), (u32, u32)>,
}

impl People {
    /// The column of an autumn, counted from the one before the first fiscal year.
    fn column(&self, autumn: usize) -> u16 {
        FIRST + self.before + u16::try_from(autumn).unwrap_or(0) // at most 31
    }

    fn row(&self, population: &PopulationId, region: usize) -> u32 {
        let first = self.rows.get(population).copied().unwrap_or(0); // all are on the sheet
        first + u32::try_from(region).unwrap_or(0)
    }

    /// The heads of an autumn.
    pub(crate) fn heads(&self, population: &PopulationId, region: usize, autumn: usize) -> String {
        on(self.sheet, self.row(population, region), self.column(autumn))
    }

    /// The pupils of each school of a stage in a region, if there are any.
    pub(crate) fn schools(&self, stage: Stage, region: usize) -> Option<String> {
        let rows = self.schools.get(&(stage, region))?;
        Some(rows_on(self.sheet, *rows, FIRST))
    }
}

/// Rows there would be.
pub(crate) fn rows_needed(stack: &Stack<'_>) -> usize {
    stack.plan.populations.len() * stack.plan.regions.len() + stack.plan.schools.len()
}

/// The census in force in the first autumn.
fn known<'a>(stack: &Stack<'_>, population: &'a Population) -> Option<&'a Census> {
    let Headcount::Counted { censuses, .. } = &population.headcount else { return None };
    let first = stack.plan.horizon.first().plus(-1);
    censuses.iter().rev().find(|census| census.year <= first)
}

/// The sheet, and where everything on it stands.
pub(crate) fn sheet(
    stack: &Stack<'_>,
    parameters: &Parameters,
    inputs: &mut Vec<Input>,
) -> (Sheet, People) {
    let mut sheet = Sheet::new(stack.people);
    let plan = stack.plan;
    let first = plan.horizon.first().plus(-1);
    let back = plan.populations.iter().filter_map(|p| known(stack, p));
    let back = back.map(|census| first.get() - census.year.get()).max().unwrap_or(0);
    let before = u16::try_from(back.clamp(0, MOST_YEARS_BACK)).unwrap_or(0);
    let mut places =
        People { sheet: stack.people, before, rows: HashMap::new(), schools: HashMap::new() };
    let regions = u32::try_from(plan.regions.len()).unwrap_or(0);
    let mut row = TOP;
    for population in &plan.populations {
        places.rows.insert(population.id.clone(), row);
        row += regions;
    }
    heads(stack, &mut sheet, &places);
    for population in &plan.populations {
        for region in 0..plan.regions.len() {
            let line = Line { stack, places: &places, parameters, population, region };
            line.write(&mut sheet, inputs);
        }
    }
    schools(stack, &mut sheet, &mut places, row + 1, inputs);
    (sheet, places)
}

fn heads(stack: &Stack<'_>, sheet: &mut Sheet, places: &People) {
    let w = stack.w;
    sheet.text((0, 0), Part::Title, stack.people);
    sheet.text((1, 0), Part::Note, w.how_heads);
    sheet.heads(2, [w.population, w.stage, w.region, w.what, w.basis, w.citation]);
    let first =
        stack.plan.horizon.first().plus(-1).get() - i16::try_from(places.before).unwrap_or(0);
    let autumns = usize::from(places.before) + stack.plan.horizon.years() + 1;
    for (n, year) in (0u16..).zip(first..).take(autumns) {
        let name = fill(w.autumn_of, &[&year.to_string()]);
        sheet.text((2, FIRST + n), Part::Head, &name);
    }
    sheet.widths = vec![24, 10, 14, 20, 8, 24];
    sheet.widths.extend(std::iter::repeat_n(11, autumns));
    sheet.frozen = (3, FIRST);
    sheet.repeated = Some((2, 2));
}

/// A population in a region.
struct Line<'a> {
    stack: &'a Stack<'a>,
    places: &'a People,
    parameters: &'a Parameters,
    population: &'a Population,
    region: usize,
}

impl Line<'_> {
    fn write(&self, sheet: &mut Sheet, inputs: &mut Vec<Input>) {
        let (stack, id) = (self.stack, &self.population.id);
        let row = self.places.row(id, self.region);
        self.describe(sheet, row);
        self.before(sheet, row, inputs);
        for (autumn, heads) in stack.outcome.heads(id, self.region).iter().enumerate() {
            let cell = (row, self.places.column(autumn));
            let year = self.year(autumn);
            match self.formula(autumn, row) {
                Some(formula) => {
                    let value = Some(Number::whole(*heads));
                    sheet.formula(cell, Part::Body, Shown::Whole, formula, value);
                }
                None => {
                    sheet.number(cell, Part::Input, Shown::Whole, Number::whole(*heads));
                    self.input(sheet, cell, (year, *heads), inputs);
                }
            }
        }
    }

    fn year(&self, autumn: usize) -> Year {
        let first = self.stack.plan.horizon.first().plus(-1);
        first.plus(i16::try_from(autumn).unwrap_or(0))
    }

    fn input(
        &self,
        sheet: &Sheet,
        (row, col): (u32, u16),
        (year, value): (Year, i64),
        inputs: &mut Vec<Input>,
    ) {
        let id = self.population.id.clone();
        let of = match &self.population.headcount {
            Headcount::Counted { censuses, .. } if censuses.iter().any(|c| c.year == year) => {
                InputOf::Census(id, year)
            }
            // Of a cohort, or grown from a census too old to be written out.
            _ => InputOf::Projected(id, year),
        };
        let (sheet, region) = (sheet.name.clone(), Some(self.region));
        inputs.push(Input { sheet, row, col, of, region, value });
    }

    /// From a census before the first autumn to that autumn.
    fn before(&self, sheet: &mut Sheet, row: u32, inputs: &mut Vec<Input>) {
        let Some(census) = known(self.stack, self.population) else { return };
        let years = self.year(0).get() - census.year.get();
        if years <= 0 || years > MOST_YEARS_BACK {
            return;
        }
        let region = &self.stack.plan.regions[self.region].id;
        let heads = census.heads.get(region).copied().unwrap_or(0);
        let first = self.places.column(0) - u16::try_from(years).unwrap_or(0);
        sheet.number((row, first), Part::Input, Shown::Whole, Number::whole(heads));
        self.input(sheet, (row, first), (census.year, heads), inputs);
        for col in first + 1..self.places.column(0) {
            sheet.formula((row, col), Part::Body, Shown::Whole, self.grown(row, col, 0), None);
        }
    }

    fn own(&self, role: PopulationRole) -> ParamPath {
        ParamPath::Population(self.population.id.clone(), role)
    }

    /// The heads of the autumn before, grown by the rate of a term.
    fn grown(&self, row: u32, col: u16, term: usize) -> String {
        let rate = self.parameters.value(&self.own(PopulationRole::Growth), self.region, term);
        formula::grown(&at(row, col - 1), &rate)
    }

    /// What the heads of an autumn follow from; `None` where they are given.
    fn formula(&self, autumn: usize, row: u32) -> Option<String> {
        match &self.population.headcount {
            Headcount::Counted { censuses, .. } => {
                let is_old = known(self.stack, self.population)
                    .is_some_and(|c| self.year(0).get() - c.year.get() > MOST_YEARS_BACK);
                let is_counted = censuses.iter().any(|c| c.year == self.year(autumn));
                if is_counted || (autumn == 0 && is_old) {
                    return None;
                }
                Some(self.grown(row, self.places.column(autumn), 2 * autumn))
            }
            Headcount::ShareOf { parent, .. } => {
                let whole = at(self.places.row(parent, self.region), self.places.column(autumn));
                let share = self.own(PopulationRole::Share);
                let share = self.parameters.value(&share, self.region, 2 * autumn);
                Some(formula::share_of(&whole, &share))
            }
            Headcount::Cohort(_) => None,
        }
    }

    fn describe(&self, sheet: &mut Sheet, row: u32) {
        let (stack, w, lang) = (self.stack, self.stack.w, self.stack.lang);
        sheet.text((row, 0), Part::Body, self.population.name.get(lang));
        sheet.text((row, 1), Part::Body, w.stage(self.population.stage));
        sheet.text((row, 2), Part::Body, stack.plan.regions[self.region].name.get(lang));
        let (how, basis): (String, Option<&Basis>) = match &self.population.headcount {
            Headcount::Counted { basis, .. } => (w.census.to_owned(), Some(basis)),
            Headcount::ShareOf { parent, share } => {
                let parent = stack.plan.populations.iter().find(|p| p.id == *parent);
                let parent = parent.map_or("", |p| p.name.get(lang));
                (fill(w.share_of_parent, &[parent]), Some(&share.basis))
            }
            Headcount::Cohort(cohort) => (w.by_grade.to_owned(), Some(&cohort.basis)),
        };
        sheet.text((row, 3), Part::Body, &how);
        if let Some(basis) = basis {
            sheet.text((row, 4), Part::Body, w.basis_kind(basis.kind));
            sheet.text((row, 5), Part::Body, stack.citation(basis.citation.as_ref()));
        }
    }
}

/// The sizes of schools, region by region, where a programme counts them.
fn schools(
    stack: &Stack<'_>,
    sheet: &mut Sheet,
    places: &mut People,
    first: u32,
    inputs: &mut Vec<Input>,
) {
    let (plan, w, lang) = (stack.plan, stack.w, stack.lang);
    let floors = plan.programmes.iter().filter_map(|programme| match &programme.driver {
        Driver::Heads { population, school_floor: Some(_), .. } => Some(population),
        _ => None,
    });
    let mut stages: Vec<Stage> = floors
        .filter_map(|id| plan.populations.iter().find(|p| p.id == *id).map(|p| p.stage))
        .collect();
    stages.sort_unstable();
    stages.dedup();
    let mut row = first + 1;
    for stage in stages {
        for (place, region) in plan.regions.iter().enumerate() {
            let start = row;
            let here = plan.schools.iter().filter(|school| school.region == region.id);
            for school in here {
                let Some(size) = school.pupils.get(&stage).filter(|size| **size > 0) else {
                    continue;
                };
                sheet.text((row, 0), Part::Body, school.name.get(lang));
                sheet.text((row, 1), Part::Body, w.stage(stage));
                sheet.text((row, 2), Part::Body, region.name.get(lang));
                sheet.number((row, FIRST), Part::Input, Shown::Whole, Number::whole(*size));
                inputs.push(Input {
                    sheet: sheet.name.clone(),
                    row,
                    col: FIRST,
                    of: InputOf::Pupils(school.id.clone(), stage),
                    region: Some(place),
                    value: *size,
                });
                row += 1;
            }
            if row > start {
                places.schools.insert((stage, place), (start, row - 1));
            }
        }
    }
    if row > first + 1 {
        sheet.text((first, 0), Part::Section, w.schools);
    }
}
