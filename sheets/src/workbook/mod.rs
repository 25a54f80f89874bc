//! Owns the workbook of a plan: 资金测算表, whose formulas compute what the engine computes.
//!
//! Sheets: what it is, sums, payments by programme × region × period, the parameters and people
//! they follow from, sources, differences between scenarios, citations. Invariant: recalculated
//! by a spreadsheet, also after an input was changed, each amount is the engine's to the fen
//! (`tests/recalculated.rs`). A plan whose numbers a spreadsheet cannot hold exactly is refused.

mod about;
mod drivers;
pub(crate) mod origin;
mod parameters;
mod payments;
mod people;
mod stack;
mod summary;

pub(crate) use parameters::decimals;
pub use parameters::{Input, InputOf, Yearly};

use crate::book::{Book, Sheet};
use crate::error::SheetError;
use crate::formula::{MOST, MOST_COUNTED};
use crate::request::MoneyUnit;
use crate::words::words;
use parameters::Parameters;
use payments::Payments;
use shapan_engine::files::fingerprint;
use shapan_engine::{Cut, Driver, Lang, Plan, ScenarioId};
use stack::Stack;

/// The most rows of one sheet: more open slowly, and belong into a data base.
pub const MOST_ROWS: usize = 100_000;

/// What a workbook is to be of.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The scenario.
    pub scenario: &'a ScenarioId,
    /// What it is compared with; the same scenario for nothing.
    pub base: &'a ScenarioId,
    /// In which language.
    pub lang: Lang,
    /// In what sums are shown.
    pub unit: MoneyUnit,
    /// When it is made, as people write it.
    pub saved_at: &'a str,
}

/// A workbook and where its inputs stand.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// The workbook.
    pub book: Book,
    /// What looks like an input, of the scenario first, then of the base.
    pub inputs: Vec<Input>,
}

/// The workbook of a plan.
///
/// # Errors
/// [`SheetError::NoOutcome`], [`SheetError::TooManyRows`], [`SheetError::BeyondDigits`].
pub fn workbook(plan: &Plan, wanted: &Wanted<'_>) -> Result<Workbook, SheetError> {
    let w = words(wanted.lang);
    let stack = |id, is_base| Stack::new(plan, id, is_base, wanted.lang, w);
    let scenario = stack(wanted.scenario, false)?;
    let base = match wanted.base == wanted.scenario {
        true => None,
        false => Some(stack(wanted.base, true)?),
    };
    for stack in std::iter::once(&scenario).chain(&base) {
        check(stack)?;
    }
    let name = |id: &ScenarioId| {
        let found = plan.scenarios.iter().find(|s| s.id == *id);
        found.map_or("", |s| s.name.get(wanted.lang))
    };
    let names = [name(wanted.scenario), base.as_ref().map_or("", |_| name(wanted.base))];

    let mut inputs = Vec::new();
    let (own, (payments, parameters)) = sheets_of(&scenario, wanted.unit, &mut inputs);
    let mut sheets = vec![
        about::sheet(&scenario, names, wanted.saved_at),
        summary::sheet(&scenario, &payments, wanted.unit),
    ];
    let funds = summary::funds(&scenario, &payments, &parameters, wanted.unit);
    let mut of_base = Vec::new();
    let mut differences = None;
    if let Some(base) = &base {
        let (sheets, (base_payments, _)) = sheets_of(base, wanted.unit, &mut inputs);
        let pair = ((&scenario, &payments), (base, &base_payments));
        differences = Some(summary::differences(pair.0, pair.1, names, wanted.unit));
        of_base = sheets;
    }
    sheets.extend(own);
    sheets.push(funds);
    sheets.extend(differences);
    sheets.push(about::citations(&scenario));
    sheets.extend(of_base);
    let fingerprint = fingerprint(plan);
    sheets.push(origin::sheet(plan, wanted, &fingerprint, &sheets, &inputs));
    let book = Book {
        title: format!("{} · {}", plan.title.get(wanted.lang), w.title),
        made_by: w.made_by.to_owned(),
        footer: w.footer.to_owned(),
        properties: origin::properties(&fingerprint),
        sheets,
    };
    Ok(Workbook { book, inputs })
}

/// Payments, parameters and people of a stack.
fn sheets_of(
    stack: &Stack<'_>,
    unit: MoneyUnit,
    inputs: &mut Vec<Input>,
) -> (Vec<Sheet>, (Payments, Parameters)) {
    let (of_parameters, parameters) = parameters::sheet(stack, inputs);
    let (of_people, people) = people::sheet(stack, &parameters, inputs);
    let (of_payments, payments) = payments::sheet(stack, &parameters, &people, unit);
    (vec![of_payments, of_parameters, of_people], (payments, parameters))
}

/// Whether a spreadsheet can hold and compute it.
fn check(stack: &Stack<'_>) -> Result<(), SheetError> {
    let needed = [
        payments::rows_needed(stack),
        parameters::rows_needed(stack),
        people::rows_needed(stack),
        stack.plan.sources.len() * stack.plan.horizon.years() * stack.plan.regions.len(),
    ];
    if let Some(rows) = needed.into_iter().max().filter(|rows| *rows > MOST_ROWS) {
        return Err(SheetError::TooManyRows { rows, most: MOST_ROWS });
    }
    let heads = |id| (0..stack.plan.regions.len()).flat_map(move |r| stack.outcome.heads(id, r));
    let too_many = |id| heads(id).any(|heads| *heads > MOST_COUNTED);
    let is_beyond = stack.outcome.total(Cut::ALL).0 > MOST
        || parameters::any_beyond(stack)
        || stack.plan.populations.iter().any(|p| too_many(&p.id))
        || products(stack).any(|product| product > i128::from(MOST));
    if is_beyond { Err(SheetError::BeyondDigits) } else { Ok(()) }
}

/// Bounds of what is computed on the way and may be more than what is paid.
fn products<'a>(stack: &'a Stack<'_>) -> impl Iterator<Item = i128> + 'a {
    use shapan_engine::{ParamPath, ProgrammeRole as Role};
    let most = |values: &mut dyn Iterator<Item = i64>| i128::from(values.max().unwrap_or(0));
    stack.plan.programmes.iter().map(move |programme| {
        let of = |role| {
            let path = ParamPath::Programme(programme.id.clone(), role);
            let regions = 0..stack.plan.regions.len();
            most(&mut regions.flat_map(|r| stack.outcome.in_force(&path, r)).copied())
        };
        match &programme.driver {
            Driver::Works { .. } => of(Role::Units) * of(Role::Standard),
            Driver::Loans { population, .. } => {
                let regions = 0..stack.plan.regions.len();
                let heads = &mut regions.flat_map(|r| stack.outcome.heads(population, r)).copied();
                // What is outstanding adds up over the years.
                let years = i128::try_from(stack.plan.horizon.years()).unwrap_or(0);
                most(heads) * of(Role::AveragePrincipal) * years + of(Role::OpeningBalance)
            }
            _ => 0,
        }
    })
}
