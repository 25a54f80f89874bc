//! Owns the arithmetic that is watched: it computes as `Plain` does and writes everything down.
//!
//! A number that enters a formula without a history of its own (a parameter in force, heads of
//! a population) is followed to where it comes from, through the same functions again.

use super::{Case, FundsFigure, IndicatorFigure, Trace, What, Working};
use crate::calc::{Calc, How, Rounding};
use crate::evaluate::{Counting, EvaluateError, Formula, Resolver, Splitter, layers_of};
use crate::exact::Overflow;
use crate::id::PopulationId;
use crate::indicators::Reader;
use crate::outcome::{Cut, Difference, Outcome};
use crate::plan::{Measure, ParamPath, Plan, Population, Scope};
use crate::rules::{Judge, figure as rule_figure};
use crate::table::each_of;
use crate::tasks::report_tasks;
use std::cell::Cell;
use std::collections::HashMap;

/// Formulas within one another in a trace.
const MOST_DEEP: usize = 64;
/// Numbers in a trace.
const MOST_NUMBERS: usize = 20_000;

struct Node {
    what: What,
    value: i64,
    how: How<usize>,
}

pub(super) struct Recorder<'a> {
    plan: &'a Plan,
    measures: &'a [&'a Measure],
    outcome: &'a Outcome,
    before: Option<Case<'a>>,
    nodes: Vec<Node>,
    /// Numbers that have been followed to where they come from.
    known: HashMap<What, usize>,
}

impl Calc for Recorder<'_> {
    type Num = usize;

    fn get(&self, number: usize) -> i64 {
        self.nodes[number].value
    }

    fn note(
        &mut self,
        value: i64,
        what: impl FnOnce() -> What,
        how: impl FnOnce() -> How<usize>,
    ) -> usize {
        let (what, how) = (what(), how());
        match how {
            How::Given => self.followed(what, value),
            how => self.push(what, value, how),
        }
    }
}

impl<'a> Recorder<'a> {
    pub(super) fn new(plan: &'a Plan, now: Case<'a>, before: Option<Case<'a>>) -> Self {
        let Case { measures, outcome } = now;
        Self { plan, measures, outcome, before, nodes: Vec::new(), known: HashMap::new() }
    }

    /// The number asked for with all it comes from; `None` where there is none.
    pub(super) fn explain(&mut self, what: &What) -> Result<Option<Trace>, EvaluateError> {
        let found = self.answer(what)?;
        Ok(found.map(|number| self.tree(number)))
    }

    /// A number made of others that may each be asked for; `None` where one of them is not.
    fn made(&mut self, what: &What) -> Result<Option<usize>, EvaluateError> {
        let named = || what.clone();
        let made = match what {
            What::Before(same) => {
                let Some(before) = self.before else { return Ok(None) };
                let found = Recorder::new(self.plan, before, None).explain(same)?;
                return Ok(found.map(|trace| self.push(named(), trace.value, How::Given)));
            }
            What::Change(same) => {
                let before = self.made(&What::Before(same.clone()))?;
                let Some((now, before)) = self.answer(same)?.zip(before) else { return Ok(None) };
                self.minus(named, now, &[before])
            }
            What::Sum(parts) => {
                let mut numbers = Vec::new();
                for part in parts {
                    let Some(number) = self.answer(part)? else { return Ok(None) };
                    numbers.push(number);
                }
                self.sum(named, &numbers)
            }
            What::Share { part: of, whole: to } | What::PerHead { amount: of, heads: to } => {
                let Some((of, to)) = self.answer(of)?.zip(self.answer(to)?) else {
                    return Ok(None);
                };
                match what {
                    What::Share { .. } if self.get(to) != 0 => {
                        self.ratio(named, of, to, Rounding::HalfUp)
                    }
                    What::PerHead { .. } if self.get(to) > 0 => each_of(self, named, of, to),
                    _ => return Ok(None),
                }
            }
            _ => return Ok(None),
        };
        made.map(Some).map_err(overflow("programmes"))
    }

    /// The number asked for; `None` where there is none.
    fn answer(&mut self, what: &What) -> Result<Option<usize>, EvaluateError> {
        let (regions, years) = (self.plan.regions.len(), self.plan.horizon.years());
        Ok(match what {
            What::Total(cut) | What::CountyBurden(cut) if !self.fits(*cut) => None,
            What::Total(cut) => Some(self.total(*cut).map_err(overflow("programmes"))?),
            What::CountyBurden(cut) => {
                let (plan, outcome) = (self.plan, self.outcome);
                let burden = outcome.burden_with(self, plan, *cut);
                Some(burden.map_err(overflow("programmes"))?)
            }
            What::TaskCost { task, year } if *year < years => {
                let (plan, outcome) = (self.plan, self.outcome);
                let reports = report_tasks(plan, outcome, None).map_err(overflow("tasks"))?;
                let Some(report) = reports.iter().find(|r| r.task == *task) else {
                    return Ok(None);
                };
                let cost = report.cost_with(self, outcome, Cut::ALL.in_year(*year));
                Some(cost.map_err(overflow("tasks"))?)
            }
            What::Gaps { year } if *year < years => {
                let outcome = self.outcome;
                Some(outcome.gaps_with(self, *year).map_err(overflow("sources"))?)
            }
            What::Available { source, region, year } => {
                let figure = FundsFigure::Available;
                self.funds(figure, *source, *region, *year).map_err(overflow("sources"))?
            }
            What::Funds { figure, source, region, year } => {
                self.funds(*figure, *source, *region, *year).map_err(overflow("sources"))?
            }
            What::AllHeads { population, year } => {
                let (plan, outcome) = (self.plan, self.outcome);
                let mut known = plan.populations.iter();
                let n = (0..=years).find(|n| plan.horizon.school_year(*n) == *year);
                match n.filter(|_| known.any(|p| p.id == *population)) {
                    Some(n) => {
                        let all = outcome.all_heads(self, plan, population, n);
                        Some(all.map_err(overflow("populations"))?)
                    }
                    None => None,
                }
            }
            What::CompletedBy { programme, region, year }
                if *year < years
                    && *region < regions
                    && *programme < self.plan.programmes.len()
                    && self.outcome.periods(*programme).a_year() == 1 =>
            {
                let outcome = self.outcome;
                let completed = outcome.completed_by(self, *programme, *region, *year);
                Some(completed.map_err(overflow("programmes"))?)
            }
            What::Working { programme, region, .. } | What::Paid { programme, region, .. } => {
                if *programme >= self.plan.programmes.len() || *region >= regions {
                    return Ok(None);
                }
                self.payments(*programme, *region)?;
                self.nodes.iter().rposition(|node| node.what == *what)
            }
            What::Indicator { figure, indicator, region, year }
                if *indicator < self.plan.indicators.len()
                    && region.is_none_or(|r| r < regions)
                    && *year < years =>
            {
                let (plan, outcome) = (self.plan, self.outcome);
                let reader = Reader { plan, outcome, place: *indicator, year: *year };
                if region.is_some() && plan.indicators[*indicator].scope == Scope::CityWide {
                    return Ok(None); // its numbers are the city's
                }
                match figure {
                    IndicatorFigure::Value => {
                        let sides = reader.sides(self, *region);
                        sides.map_err(overflow("indicators"))?.value
                    }
                    IndicatorFigure::Target => reader.target_with(self, *region),
                    _ => None,
                }
            }
            What::Rule { figure, rule, region, year }
                if *rule < self.plan.rules.len()
                    && region.is_none_or(|r| r < regions)
                    && *year < years =>
            {
                let (plan, outcome) = (self.plan, self.outcome);
                let judge = Judge { plan, outcome, place: *rule, year: *year };
                rule_figure(self, &judge, *figure, *region).map_err(overflow("rules"))?
            }
            What::Recipients { programme, region: None, year }
                if *programme < self.plan.programmes.len() && *year < years =>
            {
                let outcome = self.outcome;
                let recipients = outcome.recipients_with(self, *programme, *year);
                Some(recipients.map_err(overflow("programmes"))?)
            }
            What::Reached { programme, region: None, year }
                if programme.is_none_or(|p| p < self.plan.programmes.len()) && *year < years =>
            {
                let Some(before) = self.before else { return Ok(None) };
                let difference = Difference { scenario: self.outcome, base: before.outcome };
                let plan = self.plan;
                let reached = match programme {
                    Some(programme) => difference.reached_with(self, *programme, *year),
                    None => difference.reached_by_aid(self, plan, *year),
                };
                Some(reached.map_err(overflow("programmes"))?)
            }
            What::Taught { population, region, year }
                if region.is_none_or(|r| r < regions)
                    && year.is_none_or(|y| y < years)
                    && population.as_ref().is_none_or(|id| self.has(id)) =>
            {
                let (plan, outcome) = (self.plan, self.outcome);
                let taught = outcome.taught_with(self, plan, population.as_ref(), (*region, *year));
                Some(taught.map_err(overflow("populations"))?)
            }
            What::Before(_)
            | What::Change(_)
            | What::Sum(_)
            | What::Share { .. }
            | What::PerHead { .. } => self.made(what)?,
            What::Parameter { region, .. }
            | What::Heads { region, .. }
            | What::Grade { region, .. }
                if *region < regions =>
            {
                let followed = self.follow(what);
                followed.map_err(overflow(&format!("{what:?}")))?;
                self.known.get(what).copied()
            }
            _ => None,
        })
    }

    fn has(&self, population: &PopulationId) -> bool {
        self.plan.populations.iter().any(|p| p.id == *population)
    }

    /// Whether a cut selects what there is.
    fn fits(&self, cut: Cut) -> bool {
        cut.programme.is_none_or(|p| p < self.plan.programmes.len())
            && cut.region.is_none_or(|r| r < self.plan.regions.len())
            && cut.year.is_none_or(|y| y < self.plan.horizon.years())
            && cut.source.is_none_or(|s| s < self.plan.sources.len())
    }

    /// A figure of a source's money; `None` where the plan does not say what is available.
    fn funds(
        &mut self,
        figure: FundsFigure,
        source: usize,
        region: Option<usize>,
        year: usize,
    ) -> Result<Option<usize>, Overflow> {
        let outcome = self.outcome;
        let fits = source < self.plan.sources.len()
            && region.is_none_or(|r| r < self.plan.regions.len())
            && year < self.plan.horizon.years();
        if !fits {
            return Ok(None);
        }
        Ok(outcome.pot_in(self, source, region, year)?.map(|pot| pot.figure(figure)))
    }

    /// A number and all it comes from, as far as a reader may follow: numbers beyond
    /// [`MOST_DEEP`] or [`MOST_NUMBERS`] stand as given.
    pub(super) fn tree(&self, number: usize) -> Trace {
        self.tree_within(number, 0, &Cell::new(MOST_NUMBERS))
    }

    fn tree_within(&self, number: usize, depth: usize, left: &Cell<usize>) -> Trace {
        let node = &self.nodes[number];
        let tree = |n: &usize| Box::new(self.tree_within(*n, depth + 1, left));
        let all = |parts: &[usize]| parts.iter().map(tree).collect();
        let is_cut = depth == MOST_DEEP || left.get() == 0;
        left.set(left.get().saturating_sub(1));
        let how = match &node.how {
            _ if is_cut => How::Given,
            How::Given => How::Given,
            How::Same(part) => How::Same(tree(part)),
            How::Sum(parts) => How::Sum(all(parts)),
            How::Least(parts) => How::Least(all(parts)),
            How::Most(parts) => How::Most(all(parts)),
            How::Minus(whole, parts) => How::Minus(tree(whole), all(parts)),
            How::Grown { value, rate } => How::Grown { value: tree(value), rate: tree(rate) },
            How::Ratio { of, times, to, rounding } => {
                How::Ratio { of: tree(of), times: *times, to: tree(to), rounding: *rounding }
            }
            How::Scaled { amount, now, then, rounding } => How::Scaled {
                amount: tree(amount),
                now: tree(now),
                then: tree(then),
                rounding: *rounding,
            },
            How::Fraction { terms, divisor, rounding } => How::Fraction {
                terms: terms.iter().map(|(weight, factors)| (*weight, all(factors))).collect(),
                divisor: *divisor,
                rounding: *rounding,
            },
        };
        Trace { what: node.what.clone(), value: node.value, how }
    }

    fn push(&mut self, what: What, value: i64, how: How<usize>) -> usize {
        self.nodes.push(Node { what, value, how });
        self.nodes.len() - 1
    }

    /// A number that was given, followed to where it comes from if that is known.
    fn followed(&mut self, what: What, value: i64) -> usize {
        // What has been computed once can be computed again: there is no overflow to report.
        if !self.known.contains_key(&what) {
            let _ = self.follow(&what);
        }
        match self.known.get(&what) {
            Some(number) => *number,
            None => self.push(what, value, How::Given),
        }
    }

    /// Computes a number anew, watched, so that it is known.
    fn follow(&mut self, what: &What) -> Result<(), Overflow> {
        match what {
            What::Parameter { path, region, .. } => self.parameter(path, *region),
            What::Heads { population, region, .. } | What::Grade { population, region, .. } => {
                self.heads(population, *region)
            }
            _ => Ok(()),
        }
    }

    /// Makes a number known under the name it was asked for.
    fn know(&mut self, what: What, number: usize) {
        let number = if self.nodes[number].what == what {
            number
        } else {
            self.push(what.clone(), self.nodes[number].value, How::Same(number))
        };
        self.known.insert(what, number);
    }

    fn parameter(&mut self, path: &ParamPath, region: usize) -> Result<(), Overflow> {
        let named = self.plan.named_parameters();
        let Some(named) = named.iter().find(|n| n.path == *path) else { return Ok(()) };
        let values = self.outcome.values();
        let growth = named.growth.as_ref().map(|path| values.rows(path));
        let layers: Vec<_> =
            layers_of(self.measures).filter(|layer| layer.change.path == *path).collect();
        let resolver = Resolver::new(self.plan, named, growth, &layers);
        let mut row = Vec::new();
        resolver.row(self, region, &mut row)?;
        for (semester, number) in self.plan.horizon.semesters().zip(row) {
            self.know(What::Parameter { path: path.clone(), region, semester }, number);
        }
        Ok(())
    }

    fn heads(&mut self, population: &PopulationId, region: usize) -> Result<(), Overflow> {
        // Those it follows from first, the farthest before all: a long line is no deep recursion.
        let populations: HashMap<_, _> = self.plan.populations.iter().map(|p| (&p.id, p)).collect();
        let mut line: Vec<&Population> = populations.get(population).copied().into_iter().collect();
        let mut n = 0;
        while n < line.len() {
            let parents = self.plan.follows_from(line[n]).into_iter();
            let parents = parents.filter_map(|id| populations.get(id).copied());
            line.extend(parents.filter(|p| !self.is_known(&p.id, region)).collect::<Vec<_>>());
            n += 1;
        }
        line.iter().rev().try_for_each(|population| self.heads_of(population, region))
    }

    fn is_known(&self, population: &PopulationId, region: usize) -> bool {
        let year = self.plan.horizon.school_year(0);
        self.known.contains_key(&What::Heads { population: population.clone(), region, year })
    }

    fn heads_of(&mut self, found: &Population, region: usize) -> Result<(), Overflow> {
        let population = &found.id;
        let (values, people) = (self.outcome.values(), self.outcome.people());
        let counting = Counting::new(self.plan, values, people, found);
        let (mut heads, mut grades) = (Vec::new(), Vec::new());
        counting.row(self, region, &mut heads, &mut grades)?;
        let a_year = grades.len() / heads.len().max(1);
        for (n, number) in heads.into_iter().enumerate() {
            let (population, year) = (population.clone(), self.plan.horizon.school_year(n));
            for grade in 1..=a_year {
                let what = What::Grade { population: population.clone(), grade, region, year };
                self.know(what, grades[n * a_year + grade - 1]);
            }
            self.know(What::Heads { population, region, year }, number);
        }
        Ok(())
    }

    /// All payments of a programme in a region, and who pays them.
    fn payments(&mut self, programme: usize, region: usize) -> Result<(), EvaluateError> {
        let (plan, values, people) = (self.plan, self.outcome.values(), self.outcome.people());
        let formula = Formula::new(plan, programme, values, people);
        let splitter = Splitter::new(plan, &plan.programmes[programme], values);
        let residual = splitter.payers().last().copied().unwrap_or(0);
        formula.dues(self, region, |c, period, entry| {
            let named = |working| formula.what(working, region, period);
            let is_unnamed = |c: &Self, n: usize, what: &What| c.nodes[n].what != *what;
            for (working, number) in
                [(Working::Payment, entry.due.payment), (Working::Quantity, entry.quantity)]
            {
                if is_unnamed(c, number, &named(working)) {
                    c.push(named(working), c.get(number), How::Same(number));
                }
            }
            let mut rest = None;
            splitter.divide(c, &formula, entry.due, (region, period), |payer, part| {
                if payer + 1 == splitter.payers().len() {
                    rest = Some(part);
                }
            })?;
            if let Some(rest) = rest {
                c.push(formula.paid(region, period, residual), c.get(rest), How::Same(rest));
            }
            Ok(())
        })
    }

    /// A sum of payments: its parts along the next axis, each a question of its own.
    fn total(&mut self, cut: Cut) -> Result<usize, Overflow> {
        let outcome = self.outcome;
        let parts: Vec<(What, i64)> = match (cut.programme, cut.region) {
            (None, _) => {
                let all = (0..self.plan.programmes.len()).map(|p| cut.of_programme(p));
                all.map(|cut| (What::Total(cut), outcome.total(cut).0)).collect()
            }
            (_, None) => {
                let all = (0..self.plan.regions.len()).map(|r| cut.in_region(r));
                all.map(|cut| (What::Total(cut), outcome.total(cut).0)).collect()
            }
            (Some(programme), Some(region)) => {
                let a_year = outcome.periods(programme).a_year();
                let all = 0..self.plan.horizon.years() * a_year;
                let periods = all.filter(|p| cut.year.is_none_or(|year| p / a_year == year));
                let part = |period| {
                    let mut by_source = outcome.payment(programme, region, period);
                    match cut.source {
                        Some(source) => {
                            let paid = by_source.nth(source).unwrap_or_default();
                            (What::Paid { programme, region, period, source }, paid.0)
                        }
                        None => {
                            let all: i64 = by_source.map(|part| part.0).sum();
                            let working = Working::Payment;
                            (What::Working { working, programme, region, period }, all)
                        }
                    }
                };
                periods.map(part).collect()
            }
        };
        let parts = parts.into_iter().filter(|(_, value)| *value != 0);
        let parts: Vec<usize> =
            parts.map(|(what, value)| self.push(what, value, How::Given)).collect();
        self.sum(|| What::Total(cut), &parts)
    }
}

fn overflow(place: &str) -> impl FnOnce(Overflow) -> EvaluateError {
    EvaluateError::overflow(place)
}
