//! Owns the sheet of parameters: every number policy can move that money follows from, by
//! semester, and beside each the whole number that formulas compute with.
//!
//! Invariant: a number the plan states is an input; what is carried on from the semester before,
//! or grows from it, is a formula. Where measures change a parameter, what they come to in each
//! semester is given: formulas of changes laid over each other would be read by nobody.

use super::stack::Stack;
use crate::book::{Number, Part, Sheet, Shown, at, on};
use crate::formula;
use crate::words::fill;
use shapan_engine::{
    Driver, ParamPath, Parameter, PopulationId, PopulationRole, ProgrammeId, Registered, SchoolId,
    Season, Semester, Stage, Unit, Year, YearShares,
};
use std::collections::HashMap;

/// The first column of numbers.
const FIRST: u16 = 7;
/// The first row of parameters.
const TOP: u32 = 3;

/// Which of a works programme's yearly shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Yearly {
    /// The share paid.
    Payment,
    /// The share completed.
    Completion,
}

/// Where parameters stand.
pub(crate) struct Parameters {
    sheet: &'static str,
    terms: u16,
    rows: HashMap<ParamPath, Rows>,
    shares: HashMap<(ProgrammeId, Yearly, Year), u32>,
}

/// Rows of a parameter: one for each region, or one for all.
#[derive(Clone, Copy)]
struct Rows {
    first: u32,
    is_common: bool,
}

/// A cell that looks like an input: a number of the plan, to be found again when the workbook
/// comes back (`origin` writes where each stands).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The sheet it stands on.
    pub sheet: String,
    /// Its row, counted from 0.
    pub row: u32,
    /// Its column, counted from 0.
    pub col: u16,
    /// What it is.
    pub of: InputOf,
    /// In which region; all where absent.
    pub region: Option<usize>,
    /// What stands there, in the last decimal of its unit.
    pub value: i64,
}

/// What an input is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputOf {
    /// A parameter from a semester on.
    Parameter(ParamPath, Semester),
    /// Heads counted in an autumn.
    Census(PopulationId, Year),
    /// Heads of an autumn as the engine projects them: given, for no formula here could.
    Projected(PopulationId, Year),
    /// A year's share of a works programme.
    YearShare(ProgrammeId, Yearly, Year),
    /// Pupils of a school in a stage.
    Pupils(SchoolId, Stage),
}

impl Parameters {
    /// A term's column as it is read.
    fn shown(term: usize) -> u16 {
        FIRST + u16::try_from(term).unwrap_or(0) // at most 61 terms
    }

    /// A term's column as it is computed with.
    fn exact(&self, term: usize) -> u16 {
        Self::shown(term) + self.terms
    }

    fn row(&self, path: &ParamPath, region: usize) -> u32 {
        // Every parameter that is asked for is on the sheet.
        let rows = self.rows.get(path).copied().unwrap_or(Rows { first: 0, is_common: true });
        match rows.is_common {
            true => rows.first,
            false => rows.first + u32::try_from(region).unwrap_or(0),
        }
    }

    /// A value as it is read: yuan, per cent, whole things.
    pub(crate) fn read(&self, path: &ParamPath, region: usize, term: usize) -> String {
        on(self.sheet, self.row(path, region), Self::shown(term))
    }

    /// A value as the engine has it: fen, millionths, whole things.
    pub(crate) fn value(&self, path: &ParamPath, region: usize, term: usize) -> String {
        on(self.sheet, self.row(path, region), self.exact(term))
    }

    /// A year's share of works, in millionths.
    pub(crate) fn year_share(&self, programme: &ProgrammeId, which: Yearly, year: Year) -> String {
        let row = self.shares.get(&(programme.clone(), which, year)).copied().unwrap_or(0);
        on(self.sheet, row, self.exact(0))
    }
}

/// Whether money follows from a parameter here.
fn is_wanted(stack: &Stack<'_>, path: &ParamPath) -> bool {
    match path {
        // The heads of cohorts are given as they come out.
        ParamPath::Population(_, role) => {
            matches!(role, PopulationRole::Growth | PopulationRole::Share)
        }
        ParamPath::Source(..) | ParamPath::Programme(..) | ParamPath::Split(..) => true,
        _ => false,
    }
    .then(|| stack.plan.regions.is_empty())
    .is_some_and(|none| !none)
}

/// Whether a parameter is the same in all regions, and in how it comes about.
fn is_common(stack: &Stack<'_>, of: &Registered<'_>, common: &HashMap<ParamPath, Rows>) -> bool {
    let grows_alike = |path: &ParamPath| common.get(path).is_none_or(|rows| rows.is_common);
    let values = |region| stack.outcome.in_force(&of.path, region);
    of.parameter.by_region.is_empty()
        && of.growth.as_ref().is_none_or(grows_alike)
        && (1..stack.plan.regions.len()).all(|region| values(region) == values(0))
}

/// How many decimals a unit is read with.
pub(crate) fn decimals(unit: Unit) -> u32 {
    match unit {
        Unit::Fen => 2,
        // Per cent are shares to a spreadsheet.
        Unit::Share | Unit::Growth | Unit::Rate | Unit::Ratio => 6,
        Unit::Count | Unit::Net => 0,
    }
}

fn shown(unit: Unit) -> Shown {
    match unit {
        Unit::Fen => Shown::Money,
        Unit::Share | Unit::Growth | Unit::Rate => Shown::Percent,
        Unit::Ratio => Shown::Plain,
        Unit::Count | Unit::Net => Shown::Whole,
    }
}

/// Rows there would be.
pub(crate) fn rows_needed(stack: &Stack<'_>) -> usize {
    let paths = stack.plan.registry();
    paths.iter().filter(|of| is_wanted(stack, &of.path)).count() * stack.plan.regions.len()
}

/// The sheet, and where everything on it stands.
pub(crate) fn sheet(stack: &Stack<'_>, inputs: &mut Vec<Input>) -> (Sheet, Parameters) {
    let mut sheet = Sheet::new(stack.parameters);
    let terms = stack.plan.horizon.semesters_len();
    let mut places = Parameters {
        sheet: stack.parameters,
        terms: u16::try_from(terms).unwrap_or(0),
        rows: HashMap::new(),
        shares: HashMap::new(),
    };
    heads(stack, &mut sheet, &places);
    let registry = stack.plan.registry();
    let wanted: Vec<_> = registry.iter().filter(|of| is_wanted(stack, &of.path)).collect();
    // What a parameter grows by stands after it, so places come before formulas; and whether it
    // is common is asked of its growth first.
    let mut common = HashMap::new();
    for with_growth in [false, true] {
        for of in wanted.iter().filter(|of| of.growth.is_some() == with_growth) {
            let is_common = is_common(stack, of, &common);
            common.insert(of.path.clone(), Rows { first: 0, is_common });
        }
    }
    let mut row = TOP;
    for of in &wanted {
        let is_common = common.get(&of.path).is_none_or(|rows| rows.is_common);
        places.rows.insert(of.path.clone(), Rows { first: row, is_common });
        row += if is_common { 1 } else { u32::try_from(stack.plan.regions.len()).unwrap_or(0) };
    }
    for of in &wanted {
        let is_common = common.get(&of.path).is_none_or(|rows| rows.is_common);
        let regions = if is_common { 1 } else { stack.plan.regions.len() };
        for region in 0..regions {
            Line { stack, places: &places, of, region, is_common }.write(&mut sheet, inputs);
        }
    }
    year_shares(stack, &mut sheet, &mut places, row + 1, inputs);
    (sheet, places)
}

fn heads(stack: &Stack<'_>, sheet: &mut Sheet, places: &Parameters) {
    let w = stack.w;
    sheet.text((0, 0), Part::Title, stack.parameters);
    sheet.text((1, 0), Part::Note, w.how_carried);
    sheet.heads(2, [w.thing, w.what, w.region, w.unit, w.basis, w.citation, w.note]);
    for (term, semester) in stack.plan.horizon.semesters().enumerate() {
        let name = semester_name(stack, semester);
        sheet.text((2, Parameters::shown(term)), Part::Head, &name);
        sheet.text((2, places.exact(term)), Part::Head, &fill(w.exact, &[&name]));
    }
    sheet.widths = [28, 18, 14, 10, 8, 24, 24].into_iter().collect();
    sheet.widths.extend(std::iter::repeat_n(14, stack.plan.horizon.semesters_len()));
    sheet.frozen = (3, FIRST);
    sheet.repeated = Some((2, 2));
    sheet.folded = Some((places.exact(0), places.exact(0) + places.terms - 1));
}

fn semester_name(stack: &Stack<'_>, semester: Semester) -> String {
    let template = match semester.season {
        Season::Spring => stack.w.spring_of,
        Season::Autumn => stack.w.autumn_of,
    };
    fill(template, &[&semester.year.to_string()])
}

/// A parameter in a region.
struct Line<'a> {
    stack: &'a Stack<'a>,
    places: &'a Parameters,
    of: &'a Registered<'a>,
    region: usize,
    is_common: bool,
}

impl Line<'_> {
    fn write(&self, sheet: &mut Sheet, inputs: &mut Vec<Input>) {
        let (stack, of) = (self.stack, self.of);
        let row = self.places.row(&of.path, self.region);
        self.describe(sheet, row);
        let values = stack.outcome.in_force(&of.path, self.region);
        let steps = of.parameter.steps_in(&stack.plan.regions[self.region].id);
        let is_changed = stack.is_changed(&of.path);
        let unit = of.unit();
        let number = |value| Number { value, decimals: decimals(unit) };
        for (term, semester) in stack.plan.horizon.semesters().enumerate() {
            let value = values.get(term).copied().unwrap_or(0);
            let cell = (row, Parameters::shown(term));
            let before = term.checked_sub(1);
            let is_stated = match before {
                None => true,
                Some(before) if is_changed => values.get(before) != Some(&value),
                Some(_) => steps.iter().any(|step| step.from == semester),
            };
            match before {
                Some(before) if !is_stated => {
                    let carried = self.carried(before, term, is_changed);
                    sheet.formula(cell, Part::Body, shown(unit), carried, Some(number(value)));
                }
                _ => {
                    sheet.number(cell, Part::Input, shown(unit), number(value));
                    inputs.push(Input {
                        sheet: sheet.name.clone(),
                        row,
                        col: cell.1,
                        of: InputOf::Parameter(of.path.clone(), semester),
                        region: (!self.is_common).then_some(self.region),
                        value,
                    });
                }
            }
            let times = 10u64.pow(decimals(unit));
            let exact = format!("ROUND({}*{times},0)", at(row, cell.1));
            let cell = (row, self.places.exact(term));
            sheet.formula(cell, Part::Helper, Shown::Plain, exact, Some(Number::whole(value)));
        }
    }

    /// What a semester has from the one before.
    fn carried(&self, before: usize, term: usize, is_changed: bool) -> String {
        let row = self.places.row(&self.of.path, self.region);
        match &self.of.growth {
            // Springs are the odd places; the first fiscal year's states the base.
            Some(growth) if !is_changed && term % 2 == 1 && term > 1 => {
                let value = at(row, self.places.exact(before));
                let rate = self.places.row(growth, self.region);
                let grown = formula::grown(&value, &at(rate, self.places.exact(term)));
                format!("({grown})/{}", 10u64.pow(decimals(self.of.unit())))
            }
            _ => at(row, Parameters::shown(before)),
        }
    }

    fn describe(&self, sheet: &mut Sheet, row: u32) {
        let (stack, of, w) = (self.stack, self.of, self.stack.w);
        sheet.text((row, 0), Part::Body, of.of.get(stack.lang));
        sheet.text((row, 1), Part::Body, &w.role(stack.plan, &of.path, stack.lang));
        let region = match self.is_common {
            true => w.all_regions,
            false => stack.plan.regions[self.region].name.get(stack.lang),
        };
        sheet.text((row, 2), Part::Body, region);
        let unit = match of.unit() {
            Unit::Fen => w.yuan,
            Unit::Share | Unit::Growth | Unit::Rate => "%",
            Unit::Ratio => w.of_pupils_per_post,
            Unit::Count | Unit::Net => "",
        };
        sheet.text((row, 3), Part::Body, unit);
        let basis = of.basis();
        sheet.text((row, 4), Part::Body, w.basis_kind(basis.kind));
        sheet.text((row, 5), Part::Body, stack.citation(basis.citation.as_ref()));
        let note = basis.note.as_ref().map(|note| note.get(stack.lang).to_owned());
        let measures = stack.changed_by(&of.path).join("、");
        let changed = (!measures.is_empty()).then(|| fill(w.changed_by, &[&measures]));
        let notes: Vec<String> = note.into_iter().chain(changed).collect();
        sheet.text((row, 6), Part::Note, &notes.join("; "));
    }
}

/// The yearly shares of works, below.
fn year_shares(
    stack: &Stack<'_>,
    sheet: &mut Sheet,
    places: &mut Parameters,
    first: u32,
    inputs: &mut Vec<Input>,
) {
    let w = stack.w;
    let mut row = first;
    let mut add = |sheet: &mut Sheet, name: &str, id: &ProgrammeId, which, shares: &YearShares| {
        for share in shares.shares() {
            sheet.text((row, 0), Part::Body, name);
            let what = match which {
                Yearly::Payment => w.payment_share,
                Yearly::Completion => w.completion_share,
            };
            sheet.text((row, 1), Part::Body, what);
            sheet.text((row, 2), Part::Body, &share.year.to_string());
            sheet.text((row, 3), Part::Body, "%");
            let number = Number { value: share.share, decimals: 6 };
            sheet.number((row, FIRST), Part::Input, Shown::Percent, number);
            inputs.push(Input {
                sheet: sheet.name.clone(),
                row,
                col: FIRST,
                of: InputOf::YearShare(id.clone(), which, share.year),
                region: None,
                value: share.share,
            });
            let exact = format!("ROUND({}*1000000,0)", at(row, FIRST));
            let value = Some(Number::whole(share.share));
            sheet.formula((row, places.exact(0)), Part::Helper, Shown::Plain, exact, value);
            places.shares.insert((id.clone(), which, share.year), row);
            row += 1;
        }
    };
    let mut has_title = false;
    for programme in &stack.plan.programmes {
        if let Driver::Works { payment, completion, .. } = &programme.driver {
            if !std::mem::replace(&mut has_title, true) {
                sheet.text((first - 1, 0), Part::Section, w.year_shares);
            }
            let name = programme.name.get(stack.lang);
            add(sheet, name, &programme.id, Yearly::Payment, payment);
            add(sheet, name, &programme.id, Yearly::Completion, completion);
        }
    }
}

/// Whether a number is so large that a spreadsheet would not compute exactly.
pub(crate) fn is_beyond(unit: Unit, value: i64) -> bool {
    match unit {
        Unit::Fen => value > formula::MOST,
        Unit::Count | Unit::Net => value.abs() > formula::MOST_COUNTED,
        _ => false,
    }
}

/// The numbers of a parameter in force, in all regions.
pub(crate) fn any_beyond(stack: &Stack<'_>) -> bool {
    let beyond = |(path, _): (ParamPath, &Parameter)| {
        is_wanted(stack, &path)
            && (0..stack.plan.regions.len()).any(|region| {
                let values = stack.outcome.in_force(&path, region);
                values.iter().any(|value| is_beyond(path.unit(), *value))
            })
    };
    stack.plan.parameters().any(beyond)
}
