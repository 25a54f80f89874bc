//! Owns what the formulas make of a parameter that moves: which of them read it, when, and
//! where they lose the difference.
//!
//! Invariant: every formula that could read a parameter is run, and in every region in focus.
//! Deliberately absent: rules and indicators; what moves them is no silent change.

use super::side_by_side::{Focus, Loss, SideBySide};
use crate::evaluate::{Counting, EvaluateError, Formula, Layer, Resolver, Splitter, layers_of};
use crate::outcome::Outcome;
use crate::plan::{Measure, Named, ParamPath, Plan, Source, SourceRole};
use crate::time::Horizon;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a difference.
#[derive(Debug)]
pub(super) struct Watched {
    /// Places on the semester axis at which the parameter is read in the regions in focus.
    pub(super) read: BTreeSet<usize>,
    /// Whether any cell in focus is read.
    pub(super) is_focus_read: bool,
    /// Where differences were lost, the most telling first.
    pub(super) losses: BTreeSet<Loss>,
}

impl Watched {
    fn of(calc: SideBySide<'_>) -> Self {
        let SideBySide { read, is_focus_read, losses, .. } = calc;
        Self { read, is_focus_read, losses }
    }
}

/// Computes everything that reads the parameter in focus, under one outcome's values and
/// beside it under another's.
pub(super) fn formulas(
    plan: &Plan,
    (this, other): (&Outcome, &Outcome),
    focus: &Focus,
) -> Result<Watched, EvaluateError> {
    let (values, people) = (this.values(), this.people());
    let mut calc = SideBySide::new(other.values(), focus);
    for population in &plan.populations {
        if !population.head_parameters().contains(&focus.path) {
            continue;
        }
        let counting = Counting::new(plan, values, people, population);
        for region in focus.cells.keys() {
            counting
                .row(&mut calc, *region, &mut Vec::new(), &mut Vec::new())
                .map_err(EvaluateError::overflow(&population.id))?;
        }
    }
    for (place, programme) in plan.programmes.iter().enumerate() {
        if !programme.paths().contains(&focus.path) {
            continue;
        }
        let formula = Formula::new(plan, place, values, people);
        let splitter = Splitter::new(plan, programme, values);
        for region in focus.cells.keys() {
            formula.dues(&mut calc, *region, |c, period, entry| {
                splitter.divide(c, &formula, entry.due, (*region, period), |_, _| {})
            })?;
        }
    }
    let mut watched = Watched::of(calc);
    if plan.sources.iter().any(|source| is_money_of(source, &focus.path)) {
        available((this, other), focus, &mut watched);
    }
    Ok(watched)
}

/// Whether a parameter says what is available from a source.
fn is_money_of(source: &Source, path: &ParamPath) -> bool {
    let role = match source.available {
        Some(_) => SourceRole::Available,
        None => SourceRole::Revenue,
    };
    matches!(path, ParamPath::Source(id, r) if *id == source.id && *r == role)
}

/// Available money is the mean of a year's two semesters.
fn available((this, other): (&Outcome, &Outcome), focus: &Focus, watched: &mut Watched) {
    let [with, without] = [this, other].map(|outcome| outcome.values().rows(&focus.path));
    for (region, cells) in &focus.cells {
        for terms in (0..this.horizon().years()).map(Horizon::terms) {
            watched.read.extend(terms);
            if !terms.iter().any(|term| cells.contains(term)) {
                continue;
            }
            watched.is_focus_read = true;
            let [a, b] = [with, without].map(|rows| {
                terms.map(|term| i128::from(rows.at(*region, term))).iter().sum::<i128>()
            });
            watched.losses.insert(if a == b { Loss::Balanced } else { Loss::Rounded });
        }
    }
}

/// Resolves the number that grows by the parameter in focus; also the cells that move.
pub(super) fn growth(
    plan: &Plan,
    grown: &Named<'_>,
    stack: &[&Measure],
    (this, other): (&Outcome, &Outcome),
    focus: &Focus,
) -> Result<(Watched, BTreeMap<usize, Vec<usize>>), EvaluateError> {
    let layers: Vec<Layer<'_>> =
        layers_of(stack).filter(|layer| layer.change.path == grown.path).collect();
    let rates = this.values().rows(&focus.path);
    let resolver = Resolver::new(plan, grown, Some(rates), &layers);
    let mut calc = SideBySide::new(other.values(), focus);
    let mut moved = BTreeMap::new();
    for region in focus.cells.keys() {
        let mut row = Vec::new();
        resolver.row(&mut calc, *region, &mut row).map_err(EvaluateError::overflow(&grown.path))?;
        let cells: Vec<usize> =
            row.iter().enumerate().filter(|(_, n)| n.is_reached()).map(|(term, _)| term).collect();
        if !cells.is_empty() {
            moved.insert(*region, cells);
        }
    }
    Ok((Watched::of(calc), moved))
}
