//! Owns the library of programmes: what a Chinese education bureau usually spends on, a plan
//! file of our own embedded as data, and what a reader has to know of each to choose it.
//!
//! Invariant: what comes from a national document says which; every other number is marked
//! illustrative. A number that holds from the library's own start has no date of its own.
//! Deliberately absent: the words of the page; how a choice gets into a plan (`take`), and a
//! plan that has nothing yet (`fresh`).

mod fresh;
mod take;

pub use fresh::{Start, StartError, fresh_plan};
pub use take::{take_from_library, taken_from_library};

use crate::files::{self, Contents, ReadError};
use crate::plan::{BasisKind, Parameter, Plan, Programme, ProgrammeRole, Stage};

/// The library: a plan of all programmes there are to take, without people and money.
///
/// # Errors
/// None as built: a test reads it.
pub fn library() -> Result<Plan, ReadError> {
    match files::read(include_str!("../../library/programmes.json"))?.0 {
        Contents::Plan(plan) => Ok(*plan),
        Contents::Scenario(_) => Err(ReadError::NotOurs { format: String::new() }),
    }
}

/// A programme to choose, and what its amount is reckoned from.
#[derive(Clone, Copy, Debug)]
pub struct LibraryItem<'a> {
    /// The programme as the library has it.
    pub programme: &'a Programme,
    /// The stage it is for; `None` where it is for all.
    pub stage: Option<Stage>,
    /// What its leading number is: a standard, a share, an amount.
    pub role: ProgrammeRole,
    /// That number, in the unit of the role.
    pub amount: &'a Parameter,
}

impl LibraryItem<'_> {
    /// Whether its leading number has no source.
    pub fn is_illustrative(&self) -> bool {
        self.amount.basis.kind == BasisKind::Illustrative
    }
}

/// The programmes of the library by stage, those for all stages last; each stage in the
/// library's own order.
pub fn library_items(library: &Plan) -> Vec<(Option<Stage>, Vec<LibraryItem<'_>>)> {
    let items: Vec<_> = library.programmes.iter().filter_map(|p| item(library, p)).collect();
    let stages = Stage::ALL.into_iter().map(Some).chain([None]);
    let of = |stage| (stage, items.iter().filter(|i| i.stage == stage).copied().collect());
    stages.map(of).filter(|(_, items): &(_, Vec<_>)| !items.is_empty()).collect()
}

fn item<'a>(library: &'a Plan, programme: &'a Programme) -> Option<LibraryItem<'a>> {
    let (role, amount, _) = programme.driver.roles().into_iter().next()?;
    let population = programme.driver.population();
    let population = library.populations.iter().find(|p| Some(&p.id) == population);
    let stage = population.map(|p| p.stage).or_else(|| stage_of(programme.code.as_deref()?));
    Some(LibraryItem { programme, stage, role, amount })
}

/// The stage a functional code of government expenditure (支出功能分类科目) is for.
fn stage_of(code: &str) -> Option<Stage> {
    let of = |(prefix, stage)| code.starts_with(prefix).then_some(stage);
    let codes = [
        ("2050201", Stage::Preschool),
        ("2050202", Stage::Primary),
        ("2050203", Stage::Junior),
        ("2050204", Stage::Senior),
        ("2050205", Stage::Tertiary),
        ("20503", Stage::Vocational),
        ("20507", Stage::Special),
    ];
    codes.into_iter().find_map(of)
}
