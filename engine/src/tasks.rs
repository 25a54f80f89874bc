//! Owns what becomes of tasks: cost, progress and status, rolled up from the clauses to the parts.
//!
//! Invariant: a programme that several clauses of a part name counts once in the part's cost.
//! Deliberately absent: today's date, which the caller says.

use crate::calc::{Calc, Plain};
use crate::exact::{Fen, Overflow};
use crate::indicators::read_indicator;
use crate::outcome::{Cut, Difference, Outcome};
use crate::plan::Plan;
use crate::time::Date;
use crate::why::What;
use std::collections::{BTreeSet, HashMap};

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// All of it is done.
    Done,
    /// Nothing is done yet, and it is not late.
    NotStarted,
    /// Some of it is done, and it is not late.
    Underway,
    /// It was due, and nobody says how much of it is done.
    Unreported,
    /// An indicator it is judged by misses its target in the year it is due (in the last year,
    /// where no day is named).
    AtRisk,
    /// It was due and is not done.
    Late,
}

/// A task with all that is part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskReport {
    /// Place among the plan's tasks.
    pub task: usize,
    /// How many tasks it is part of, one within the other.
    pub depth: usize,
    /// Places of the tasks that are part of it, in the plan's order.
    pub parts: Vec<usize>,
    /// How much is done, in millionths: as stated, or the plain mean of its parts.
    pub progress: Option<i64>,
    /// How it stands; of a task with parts, how the worst of them does.
    pub status: Status,
    /// Places of the programmes that carry it or its parts out, each once.
    pub programmes: Vec<usize>,
    /// Places of the indicators it or its parts are judged by, each once.
    pub indicators: Vec<usize>,
}

impl TaskReport {
    /// What its programmes spend of the selected payments, in fen.
    pub fn cost(&self, outcome: &Outcome, cut: Cut) -> Fen {
        // A sub-total fits, for all payments do.
        self.cost_with(&mut Plain, outcome, cut).map_or(Fen::ZERO, Fen)
    }

    pub(crate) fn cost_with<C: Calc>(
        &self,
        c: &mut C,
        outcome: &Outcome,
        cut: Cut,
    ) -> Result<C::Num, Overflow> {
        let cuts = self.programmes.iter().map(|programme| cut.of_programme(*programme));
        let parts: Vec<_> =
            cuts.map(|cut| c.put(outcome.total(cut).0, || What::Total(cut))).collect();
        let (task, year) = (self.task, cut.year.unwrap_or(0));
        c.sum(|| What::TaskCost { task, year }, &parts)
    }

    /// What its programmes spend beyond another scenario, in fen.
    pub fn change(&self, difference: Difference<'_>, cut: Cut) -> Fen {
        self.programmes.iter().map(|programme| difference.total(cut.of_programme(*programme))).sum()
    }
}

/// Every task of the plan, each part before what it holds, in the plan's order.
///
/// # Errors
/// [`Overflow`] where an indicator does not fit.
pub fn report_tasks(
    plan: &Plan,
    outcome: &Outcome,
    today: Option<Date>,
) -> Result<Vec<TaskReport>, Overflow> {
    let places: HashMap<_, _> = plan.tasks.iter().enumerate().map(|(n, t)| (&t.id, n)).collect();
    let mut parts = vec![Vec::new(); plan.tasks.len()];
    let mut roots = Vec::new();
    for (n, task) in plan.tasks.iter().enumerate() {
        match task.parent.as_ref().and_then(|parent| places.get(parent)) {
            Some(parent) => parts[*parent].push(n),
            None => roots.push(n),
        }
    }
    // Every task after those it is part of; so, backwards, its parts come first.
    let mut order: Vec<(usize, usize)> = Vec::with_capacity(plan.tasks.len());
    let mut next: Vec<(usize, usize)> = roots.into_iter().rev().map(|n| (n, 0)).collect();
    while let Some((n, depth)) = next.pop() {
        order.push((n, depth));
        next.extend(parts[n].iter().rev().map(|part| (*part, depth + 1)));
    }
    let mut missed = Missed { plan, outcome, known: HashMap::new() };
    let mut reports: HashMap<usize, TaskReport> = HashMap::new();
    for (n, depth) in order.iter().rev() {
        let of_parts: Vec<&TaskReport> = parts[*n].iter().filter_map(|p| reports.get(p)).collect();
        let report = report(&mut missed, today, (*n, *depth), &parts[*n], &of_parts)?;
        reports.insert(*n, report);
    }
    Ok(order.iter().filter_map(|(n, _)| reports.remove(n)).collect())
}

/// Which indicators miss their targets; each is read once, however many tasks name it.
struct Missed<'a> {
    plan: &'a Plan,
    outcome: &'a Outcome,
    known: HashMap<(usize, usize), bool>,
}

impl Missed<'_> {
    fn is_missed(&mut self, indicator: usize, year: usize) -> Result<bool, Overflow> {
        if let Some(known) = self.known.get(&(indicator, year)) {
            return Ok(*known);
        }
        let reading = read_indicator(self.plan, self.outcome, indicator, None, year)?;
        let reading = reading.filter(|reading| reading.value.is_some());
        let missed = reading.and_then(|r| r.target).is_some_and(|target| !target.is_met);
        self.known.insert((indicator, year), missed);
        Ok(missed)
    }
}

fn report(
    missed: &mut Missed<'_>,
    today: Option<Date>,
    (n, depth): (usize, usize),
    parts: &[usize],
    of_parts: &[&TaskReport],
) -> Result<TaskReport, Overflow> {
    let plan = missed.plan;
    let task = &plan.tasks[n];
    let programmes = task.programmes.iter();
    let programmes = programmes.filter_map(|id| plan.programmes.iter().position(|p| p.id == *id));
    let indicators = task.indicators.iter();
    let indicators = indicators.filter_map(|id| plan.indicators.iter().position(|i| i.id == *id));
    let own_indicators: BTreeSet<usize> = indicators.collect();
    let progress = match i64::try_from(of_parts.len()) {
        Ok(count) if count > 0 => {
            let known = of_parts.iter().any(|part| part.progress.is_some());
            let sum: i64 = of_parts.iter().map(|part| part.progress.unwrap_or(0)).sum();
            known.then_some((2 * sum + count) / (2 * count))
        }
        _ => task.progress,
    };
    let mut misses = false;
    for indicator in &own_indicators {
        let (first, last) = (plan.horizon.first(), plan.horizon.last());
        let due = task.due.map_or(last, |due| due.year().clamp(first, last));
        let year = plan.horizon.year_index(due).unwrap_or(0);
        misses |= missed.is_missed(*indicator, year)?;
    }
    let is_late = task.due.zip(today).is_some_and(|(due, today)| due < today);
    let own = match progress {
        Some(crate::exact::MILLION) => Status::Done,
        Some(_) if is_late => Status::Late,
        _ if misses => Status::AtRisk,
        None if is_late => Status::Unreported,
        None | Some(0) => Status::NotStarted,
        Some(_) => Status::Underway,
    };
    let all_done = !of_parts.is_empty() && of_parts.iter().all(|p| p.status == Status::Done);
    let worst = of_parts.iter().map(|part| part.status).max();
    Ok(TaskReport {
        task: n,
        depth,
        parts: parts.to_vec(),
        progress,
        status: if all_done { Status::Done } else { worst.map_or(own, |worst| worst.max(own)) },
        programmes: of_parts
            .iter()
            .flat_map(|part| part.programmes.iter().copied())
            .chain(programmes)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        indicators: of_parts
            .iter()
            .flat_map(|part| part.indicators.iter().copied())
            .chain(own_indicators)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
    })
}
