//! Owns why a measure changes nothing: a reason for each of its changes.
//!
//! Invariant: a measure is silent only where the outcome without it has the same payments,
//! quantities, heads and available money, and it moves nothing that is measured elsewhere
//! (norms, indicators, rules). Deliberately absent: how much a measure does.

use super::layers::{Fate, fate};
use super::reason::{ReadIn, Reason, Silence};
use super::side_by_side::{Focus, Loss};
use super::watch::{self, Watched};
use super::{Held, Span, enabled_line, places};
use crate::evaluate::{EvaluateError, Rows, evaluate_stack, reevaluate_stack};
use crate::id::{MeasureId, RegionId, ScenarioId};
use crate::outcome::Outcome;
use crate::plan::{
    Change, Driver, Measure, Named, ParamPath, Plan, PopulationRole, Programme, ProgrammeRole,
    RuleKind, SourceRole, Term, YearShares,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// Why a measure of a scenario's line changes nothing in the scenario's outcome, by change;
/// `None` where it does change something: a payment, what a payment is reckoned from, a head
/// count, available money, or a number that norms, indicators or rules are measured by.
///
/// # Errors
/// [`EvaluateError::UnknownScenario`]; [`EvaluateError::UnknownMeasure`] where the measure is
/// none of the scenario's line; as [`evaluate_stack`] where the scenario has no outcome.
pub fn no_effect(
    plan: &Plan,
    scenario: &ScenarioId,
    measure: (&ScenarioId, &MeasureId),
) -> Result<Option<Vec<Silence>>, EvaluateError> {
    if let Some(idle) = idle(plan, scenario, measure)? {
        return Ok(Some(idle));
    }
    let outcome = evaluate_stack(plan, &plan.enabled_measures(scenario)?)?;
    no_effect_in(plan, scenario, measure, &outcome)
}

/// As [`no_effect`], for whoever has the scenario's outcome already.
///
/// # Errors
/// As [`no_effect`].
pub fn no_effect_in(
    plan: &Plan,
    scenario: &ScenarioId,
    measure: (&ScenarioId, &MeasureId),
    outcome: &Outcome,
) -> Result<Option<Vec<Silence>>, EvaluateError> {
    if let Some(idle) = idle(plan, scenario, measure)? {
        return Ok(Some(idle));
    }
    let line = enabled_line(plan, scenario)?;
    let is_it = |(id, m): &(&ScenarioId, &Measure)| (*id, &m.id) == measure;
    let Some(place) = line.iter().position(is_it) else {
        return Err(EvaluateError::UnknownMeasure(measure.0.clone(), measure.1.clone()));
    };
    let stack: Vec<&Measure> = line.iter().map(|(_, measure)| *measure).collect();
    let mut rest = stack.clone();
    let measure = rest.remove(place);
    let moved: Vec<&ParamPath> = measure.changes.iter().map(|c| &c.path).collect();
    let Ok(without) = reevaluate_stack(plan, &rest, outcome, &moved) else {
        return Ok(None); // without it there is no outcome: it does a great deal
    };
    let named = plan.named_parameters();
    let silent = Silent {
        plan,
        named: named.iter().map(|n| (&n.path, n)).collect(),
        places: places(plan),
        line: &line,
        stack: &stack,
        place,
        with: outcome,
        without: &without,
    };
    if silent.is_an_effect() {
        return Ok(None);
    }
    let silence = |(change, it)| Ok(Silence { change, reason: silent.reason(change, it)? });
    measure.changes.iter().enumerate().map(silence).collect::<Result<_, _>>().map(Some)
}

/// The reasons that need no outcome.
fn idle(
    plan: &Plan,
    scenario: &ScenarioId,
    (owner, id): (&ScenarioId, &MeasureId),
) -> Result<Option<Vec<Silence>>, EvaluateError> {
    let lineage = plan.lineage(scenario);
    if lineage.is_empty() {
        return Err(EvaluateError::UnknownScenario(scenario.clone()));
    }
    let of_owner = lineage.into_iter().filter(|s| s.id == *owner);
    let Some(measure) = of_owner.flat_map(|s| &s.measures).find(|m| m.id == *id) else {
        return Err(EvaluateError::UnknownMeasure(owner.clone(), id.clone()));
    };
    if measure.changes.is_empty() {
        return Ok(Some(vec![Silence { change: 0, reason: Reason::NoChanges }]));
    }
    let off = |change| Silence { change, reason: Reason::SwitchedOff };
    Ok((!measure.enabled).then(|| (0..measure.changes.len()).map(off).collect()))
}

/// A measure, the outcome with it and the outcome without.
struct Silent<'a> {
    plan: &'a Plan,
    named: HashMap<&'a ParamPath, &'a Named<'a>>,
    places: HashMap<&'a RegionId, usize>,
    line: &'a [(&'a ScenarioId, &'a Measure)],
    stack: &'a [&'a Measure],
    /// The measure's in the stack.
    place: usize,
    with: &'a Outcome,
    without: &'a Outcome,
}

impl Silent<'_> {
    fn is_an_effect(&self) -> bool {
        let (with, without) = (self.with, self.without);
        let growths: HashSet<&ParamPath> =
            self.named.values().filter_map(|n| n.growth.as_ref()).collect();
        // A rate of growth is no figure by itself: the number that grows by it is.
        let is_figure = |path: &ParamPath| !growths.contains(path) && self.is_measured(path);
        with.people() != without.people()
            || with.spending() != without.spending()
            || with.funds() != without.funds()
            || !with.values().share_all(without.values(), is_figure)
    }

    /// Whether norms, indicators or rules read a parameter; none of them is in the outcome.
    fn is_measured(&self, path: &ParamPath) -> bool {
        use PopulationRole::{ClassLimit, ClassSize, Classes, Posts, PupilsPerPost};
        match path {
            ParamPath::Indicator(..) | ParamPath::Term(..) | ParamPath::Rule(..) => true,
            ParamPath::Population(_, role) => {
                matches!(role, ClassSize | ClassLimit | Classes | PupilsPerPost | Posts)
            }
            ParamPath::Source(id, SourceRole::Revenue) => {
                self.plan.rules.iter().any(
                    |rule| matches!(&rule.kind, RuleKind::Earmark { source, .. } if source == id),
                )
            }
            // What it would cost to reach an indicator's target is reckoned at this price.
            ParamPath::Programme(id, ProgrammeRole::Standard) => {
                let aimed_at = self.plan.indicators.iter().filter(|i| i.target.is_some());
                let mut terms = aimed_at.flat_map(|i| i.numerator.iter().chain(&i.denominator));
                terms.any(|t| matches!(t, Term::Completed { programme, .. } if programme == id))
            }
            _ => false,
        }
    }

    fn rows(&self, path: &ParamPath) -> [&Rows; 2] {
        [self.with, self.without].map(|outcome| outcome.values().rows(path))
    }

    fn reason(&self, number: usize, change: &Change) -> Result<Reason, EvaluateError> {
        let span = match Span::of(change, self.plan.horizon) {
            Span::On(span) => span,
            Span::NotYet(starts) => return Ok(Reason::NotInForce { starts }),
            Span::Over(ended) => return Ok(Reason::Over { ended }),
        };
        let held = Held::of(change, &self.places);
        if matches!(&held, Held::In(values) if values.is_empty()) {
            return Ok(Reason::Elsewhere);
        }
        // A checked plan has the parameter; a change of none would move nothing.
        let Some(named) = self.named.get(&change.path) else { return Ok(Reason::Elsewhere) };
        let growth = named.growth.as_ref().map(|path| self.with.values().rows(path));
        let place = (self.place, number);
        match fate(self.plan, named, growth, self.stack, place, &held) {
            Fate::AlreadyThere => Ok(self.already_there(&change.path, &held, span)),
            Fate::Overridden(by) => {
                let (scenario, measure) = self.line[by];
                Ok(Reason::Overridden { by: (scenario.clone(), measure.id.clone()) })
            }
            Fate::Lasts => self.lost(&change.path, &held, &span),
        }
    }

    /// Places of the regions a change holds in; one stands for all where all share a row.
    fn regions(&self, held: &Held, is_uniform: bool) -> Vec<usize> {
        match held {
            Held::In(values) => values.keys().copied().collect(),
            Held::Everywhere(_) if is_uniform => vec![0],
            Held::Everywhere(_) => (0..self.plan.regions.len()).collect(),
        }
    }

    fn already_there(&self, path: &ParamPath, held: &Held, span: Range<usize>) -> Reason {
        let rows = self.with.values().rows(path);
        let regions = self.regions(held, rows.is_uniform());
        let in_force = regions.into_iter().flat_map(|r| &rows.of(r)[span.clone()]);
        let (least, most) = in_force.fold((i64::MAX, i64::MIN), |(least, most), value| {
            (least.min(*value), most.max(*value))
        });
        Reason::AlreadyThere { least, most }
    }

    /// Why nothing comes of a change that reaches the value in force.
    fn lost(
        &self,
        path: &ParamPath,
        held: &Held,
        span: &Range<usize>,
    ) -> Result<Reason, EvaluateError> {
        let all = self.regions(held, false);
        let cells = all.into_iter().map(|region| (region, span.clone().collect::<Vec<_>>()));
        let focus = self.moved(path, cells.collect());
        if focus.cells.is_empty() {
            return Ok(Reason::Balanced);
        }
        let sides = (self.with, self.without);
        let grown = self.named.values().find(|n| n.growth.as_ref() == Some(path));
        let Some(grown) = grown else { return self.found(&focus) };
        let (watched, moved) = watch::growth(self.plan, grown, self.stack, sides, &focus)?;
        if moved.is_empty() {
            let restated = || Reason::Restated { number: grown.path.clone() };
            return Ok(self.named_loss(&focus, watched).unwrap_or_else(restated));
        }
        let focus = self.moved(&grown.path, moved);
        if focus.cells.is_empty() { Ok(Reason::Balanced) } else { self.found(&focus) }
    }

    /// Those cells of a parameter whose value the measure moves.
    fn moved(&self, path: &ParamPath, cells: BTreeMap<usize, Vec<usize>>) -> Focus {
        let [with, without] = self.rows(path);
        let moves = |(region, mut terms): (usize, Vec<usize>)| {
            terms.retain(|term| with.at(region, *term) != without.at(region, *term));
            (!terms.is_empty()).then_some((region, terms))
        };
        Focus { path: path.clone(), cells: cells.into_iter().filter_map(moves).collect() }
    }

    /// What the formulas make of a difference that no payment shows.
    fn found(&self, focus: &Focus) -> Result<Reason, EvaluateError> {
        let programme = self.plan.programmes.iter().find(|p| Some(&p.id) == focus.path.programme());
        if let Some(reason) = programme.and_then(|p| self.plainly(p, &focus.path)) {
            return Ok(reason);
        }
        let (with, without) = (self.with, self.without);
        let watched = watch::formulas(self.plan, (with, without), focus)?;
        if let Some(reason) = self.named_loss(focus, watched) {
            return Ok(reason);
        }
        // Formulas choose their way by the values of the first side: a floor that only the
        // other side's schools fall below shows from there.
        let watched = watch::formulas(self.plan, (without, with), focus)?;
        Ok(self.named_loss(focus, watched).unwrap_or(match &focus.path {
            ParamPath::Programme(_, ProgrammeRole::SchoolFloor) => Reason::FloorNotReached,
            _ => Reason::NotRead { reading: ReadIn::Never }, // looked up, but then not used
        }))
    }

    /// The reason that was watched; `None` where the number was read and then not used.
    fn named_loss(&self, focus: &Focus, watched: Watched) -> Option<Reason> {
        if !watched.is_focus_read {
            return Some(Reason::NotRead { reading: self.read_in(&watched.read) });
        }
        let is_base = matches!(&focus.path, ParamPath::Programme(_, ProgrammeRole::BaseStandard));
        Some(match watched.losses.into_iter().next()? {
            Loss::Balanced => Reason::Balanced,
            Loss::Rounded => Reason::Rounded,
            Loss::BaseNotReached => Reason::BaseNotReached,
            Loss::TimesNothing(ParamPath::Split(..)) if is_base => Reason::NothingShared,
            Loss::TimesNothing(by) => Reason::TimesNothing { by },
            Loss::NoRecipients => Reason::NoRecipients,
        })
    }

    fn read_in(&self, read: &BTreeSet<usize>) -> ReadIn {
        let semester = |term: &usize| self.plan.horizon.semester_at(*term);
        let (Some(from), Some(until)) = (read.first().map(semester), read.last().map(semester))
        else {
            return ReadIn::Never;
        };
        let are_all = |odd| read.iter().all(|place| place % 2 == odd); // springs are odd
        match () {
            () if from == until => ReadIn::Once(from),
            () if are_all(1) => ReadIn::Springs { from, until },
            () if are_all(0) => ReadIn::Autumns { from, until },
            () => ReadIn::Semesters { from, until },
        }
    }

    /// What a programme says by itself of why a parameter of it moves nothing.
    fn plainly(&self, programme: &Programme, path: &ParamPath) -> Option<Reason> {
        let is_of = |role| matches!(path, ParamPath::Programme(_, r) if *r == role);
        if is_of(ProgrammeRole::BaseStandard) && programme.split.shares.is_empty() {
            return Some(Reason::NothingShared);
        }
        let Driver::Works { payment, completion, .. } = &programme.driver else { return None };
        let is_within = |shares: &YearShares| {
            let mut years = shares.shares().iter().map(|share| share.year);
            years.any(|year| self.plan.horizon.year_index(year).is_some())
        };
        // Units are also counted when they are completed.
        let is_seen = is_within(payment) || is_of(ProgrammeRole::Units) && is_within(completion);
        (!is_seen).then_some(Reason::PaidOutside)
    }
}
