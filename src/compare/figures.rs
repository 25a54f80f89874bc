//! Owns the figures of the matrix: which rows there are, in groups, and each scenario's cell.
//!
//! Invariant: every figure is the engine's; a scenario without an outcome has no cell filled.

use crate::names;
use crate::rounding::Sum;
use crate::session::Session;
use crate::words::fill;
use shapan_engine::{
    Cut, Difference, Fen, FundsFigure, IndicatorFigure, Outcome, Payer, Plan, RuleResult, Unit,
    Verdict, What, read_indicator, test_rules,
};

/// A scenario to be compared, with all that is worked out for it once.
pub struct Column {
    /// What it comes to.
    pub outcome: Outcome,
    rules: Vec<RuleResult>,
}

impl Column {
    /// An outcome and how the rules stand under it.
    pub fn of(plan: &Plan, outcome: &Outcome) -> Option<Self> {
        let rules = test_rules(plan, outcome).ok()?;
        Some(Self { outcome: outcome.clone(), rules })
    }
}

/// What is side by side, over which years, against which.
pub struct Beside<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// A column for each scenario; none where it has no result.
    pub columns: &'a [Option<Column>],
    /// The place of the reference.
    pub against: usize,
    /// The fiscal year; all where absent.
    pub year: Option<usize>,
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The scenario has no result.
    NoResult,
    /// Nothing to be said.
    Nothing,
    /// A number in the row's unit.
    Number(i64),
    /// How a rule stands, and in which years it fails where several are looked at.
    Stands(Verdict, Vec<String>),
    /// The value of an indicator, and whether its target is met.
    Met(Option<i64>, bool),
}

/// A row of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// What its numbers count.
    pub unit: Unit,
    /// What a whole thing counted is called.
    pub unit_name: String,
    /// A cell for each scenario.
    pub cells: Vec<Cell>,
    /// What can be asked of its numbers.
    pub what: Option<What>,
    /// Whether it is of the fiscal year it is called by, whatever years are looked at.
    pub is_year: bool,
    /// Whether it is a part of the row above.
    pub is_part: bool,
}

impl Row {
    /// Whether its cells are not all alike, of the scenarios that have a result.
    pub fn differs(&self) -> bool {
        let mut told = self.cells.iter().filter(|cell| **cell != Cell::NoResult);
        let first = told.next();
        told.any(|cell| Some(cell) != first)
    }

    /// Whether any cell says anything.
    fn is_told(&self) -> bool {
        self.cells.iter().any(|cell| !matches!(cell, Cell::NoResult | Cell::Nothing))
    }

    fn asked(self, what: What) -> Self {
        Self { what: Some(what), ..self }
    }

    fn called(self, name: &str) -> Self {
        Self { unit_name: name.to_owned(), ..self }
    }
}

/// Rows that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it is known by.
    pub key: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Its rows.
    pub rows: Vec<Row>,
}

impl Beside<'_> {
    fn cut(&self) -> Cut {
        Cut { year: self.year, ..Cut::ALL }
    }

    fn years(&self) -> std::ops::Range<usize> {
        self.year.map_or(0..self.plan.horizon.years(), |y| y..y + 1)
    }

    fn row(&self, name: String, unit: Unit, cell: impl Fn(&Column) -> Cell) -> Row {
        let cells = self.columns.iter().map(|c| c.as_ref().map_or(Cell::NoResult, &cell));
        let (unit_name, cells) = (String::new(), cells.collect());
        Row { name, unit, unit_name, cells, what: None, is_year: false, is_part: false }
    }

    fn fen(&self, name: String, of: impl Fn(&Outcome) -> Fen) -> Row {
        self.row(name, Unit::Fen, |c| Cell::Number(of(&c.outcome).0))
    }

    fn spent(&self, name: &str, cut: Cut) -> Row {
        self.fen(name.to_owned(), |o| o.total(cut)).asked(What::Total(cut))
    }

    /// A figure of each of the years, added up.
    fn over_years(&self, of: impl Fn(usize) -> What) -> What {
        match self.year {
            Some(year) => of(year),
            None => What::Sum(self.years().map(of).collect()),
        }
    }

    fn gap(&self, outcome: &Outcome, source: usize) -> Option<Fen> {
        let years = outcome.funding(source)?;
        Some(self.years().map(|year| years[year].gap).sum())
    }

    /// All groups that have rows.
    pub fn groups(&self, session: Session) -> Vec<Group> {
        let w = session.words().compare;
        let group = |key, title, rows| Group { key, title, rows };
        let mut groups = vec![
            group("key", w.group_key, self.overall(session)),
            group("years", w.group_years, self.by_year()),
            group("sources", w.group_sources, self.by_source(session)),
            group("regions", w.group_regions, self.by_region(session)),
            group("county", w.group_county, self.borne_by_region(session)),
            group("programmes", w.group_programmes, self.by_programme(session)),
            group("recipients", w.group_recipients, self.recipients(session)),
            group("gaps", w.group_gaps, self.gaps(session)),
            group("rules", w.group_rules, self.rules(session)),
            group("targets", w.group_targets, self.targets(session)),
        ];
        groups.retain(|group| !group.rows.is_empty());
        groups
    }

    /// The sums that groups are shown to have: payers, regions, programmes and years are the whole,
    /// accounts of a payer are the payer's; and a change is what lies between two figures.
    pub fn shown_sums(&self) -> Vec<Sum> {
        let (plan, cut) = (self.plan, self.cut());
        let mut sums = Vec::new();
        let base = self.columns.get(self.against).and_then(Option::as_ref);
        for column in self.columns.iter().flatten() {
            let outcome = &column.outcome;
            let mut groups: Vec<(Vec<Cut>, Cut)> = vec![
                ((0..plan.sources.len()).map(|s| cut.from_source(s)).collect(), cut),
                ((0..plan.regions.len()).map(|r| cut.in_region(r)).collect(), cut),
                ((0..plan.programmes.len()).map(|p| cut.of_programme(p)).collect(), cut),
            ];
            if self.year.is_none() {
                groups.push((self.years().map(|y| cut.in_year(y)).collect(), cut));
            }
            for (parts, whole) in groups {
                let amounts = |outcome: &Outcome| -> Vec<Fen> {
                    parts.iter().map(|cut| outcome.total(*cut)).collect()
                };
                let (now, total) = (amounts(outcome), outcome.total(whole));
                if let Some(base) = base {
                    let (before, all) = (amounts(&base.outcome), base.outcome.total(whole));
                    sums.extend(before.iter().zip(&now).map(|(a, b)| Sum::change(*a, *b)));
                    sums.push(Sum::change(all, total));
                    sums.push(Sum::of(now.iter().zip(&before).map(|(b, a)| *b - *a), total - all));
                }
                sums.push(Sum::of(now, total));
            }
            let burden = |cut| outcome.county_burden(plan, cut);
            let regions = (0..plan.regions.len()).map(|r| burden(cut.in_region(r)));
            sums.push(Sum::of(regions, burden(cut)));
            for payer in [Payer::Central, Payer::Province, Payer::City, Payer::County, Payer::Other]
            {
                let own = plan.sources.iter().enumerate().filter(|(_, s)| s.payer == payer);
                let parts: Vec<Fen> = own.map(|(n, _)| outcome.total(cut.from_source(n))).collect();
                sums.push(Sum::of(parts.clone(), parts.into_iter().sum()));
            }
        }
        sums
    }

    fn overall(&self, session: Session) -> Vec<Row> {
        let (w, plan) = (session.words().compare, self.plan);
        let total = self.spent(w.row_total, self.cut());
        let county = self.fen(w.row_county.to_owned(), |o| o.county_burden(plan, self.cut()));
        let county = county.asked(What::CountyBurden(self.cut()));
        let mut rows = vec![total, county];
        let known: Vec<usize> = (0..plan.sources.len())
            .filter(|s| self.columns.iter().flatten().any(|c| self.gap(&c.outcome, *s).is_some()))
            .collect();
        if !known.is_empty() {
            let gap = |o: &Outcome| known.iter().filter_map(|s| self.gap(o, *s)).sum();
            let what = self.over_years(|year| What::Gaps { year });
            rows.push(self.fen(w.row_gap.to_owned(), gap).asked(what));
        }
        rows.extend(self.whose_aid_changes(session));
        if !plan.rules.is_empty() {
            let tested = plan.rules.len() * self.years().len();
            let count = |c: &Column, is_it: fn(&Verdict) -> bool| {
                let here = c.rules.iter().filter(|r| self.years().contains(&r.year));
                number(here.filter(|r| is_it(&r.whole.verdict)).count())
            };
            let name = fill(w.row_failing, &[&tested.to_string()]);
            rows.push(self.row(name, Unit::Count, |c| count(c, |v| *v == Verdict::Fail)));
            let unknown = |v: &Verdict| matches!(v, Verdict::CannotTell(_));
            rows.push(self.row(w.row_unknown.to_owned(), Unit::Count, |c| count(c, unknown)));
        }
        let year = self.years().last().unwrap_or(0);
        let has_goal = |c: &Column, n: usize| goal(plan, &c.outcome, n, year).is_some();
        let with_goal: Vec<usize> = (0..plan.indicators.len())
            .filter(|n| self.columns.iter().flatten().any(|c| has_goal(c, *n)))
            .collect();
        if !with_goal.is_empty() {
            let name = fill(
                w.row_reached,
                &[
                    &with_goal.len().to_string(),
                    &plan.years().nth(year).map(|y| y.to_string()).unwrap_or_default(),
                ],
            );
            let met = |c: &Column| {
                let met =
                    |n: &&usize| goal(plan, &c.outcome, **n, year).is_some_and(|(_, met)| met);
                number(with_goal.iter().filter(met).count())
            };
            rows.push(self.row(name, Unit::Count, met));
        }
        rows
    }

    /// People whose aid is not what it is under the reference.
    fn whose_aid_changes(&self, session: Session) -> Option<Row> {
        let (w, plan) = (session.words(), self.plan);
        let aids: Vec<usize> = plan.aids().collect();
        let base = &self.columns.get(self.against)?.as_ref()?.outcome;
        if aids.is_empty() {
            return None;
        }
        let of =
            |c: &Column, year| Difference { scenario: &c.outcome, base }.beneficiaries(plan, year);
        let reached = |c: &Column| {
            let each = self.years().map(|year| of(c, year).count);
            Cell::Number(each.fold(0, i64::saturating_add))
        };
        // Everybody once: in one year, and where no two programmes may reach the same child.
        let is_once = |year| self.columns.iter().flatten().all(|c| of(c, year).is_once);
        let (name, people) = match self.year {
            Some(year) if is_once(year) => (w.compare.row_changed, w.unit_people),
            Some(_) => (w.paper.row_changed_times, w.compare.people_year),
            None => (w.compare.row_changed_years, w.compare.people_year),
        };
        let mut row = self.row(name.to_owned(), Unit::Count, reached).called(people);
        row.cells[self.against] = Cell::Nothing;
        let what = |year| What::Reached { programme: None, region: None, year };
        Some(row.asked(self.over_years(what)))
    }

    fn by_year(&self) -> Vec<Row> {
        let years = self.plan.years().enumerate();
        let row = |(n, year): (usize, shapan_engine::Year)| Row {
            is_year: true,
            ..self.spent(&year.to_string(), Cut::ALL.in_year(n))
        };
        years.map(row).collect()
    }

    fn by_source(&self, session: Session) -> Vec<Row> {
        let (w, lang) = (session.words(), session.lang());
        let cut = self.cut();
        let mut rows = Vec::new();
        for payer in [Payer::Central, Payer::Province, Payer::City, Payer::County, Payer::Other] {
            let sources = self.plan.sources.iter().enumerate().filter(|(_, s)| s.payer == payer);
            let places: Vec<usize> = sources.map(|(n, _)| n).collect();
            let several = places.len() > 1;
            if several {
                let name = fill(w.compare.of_payer, &[names::payer(w, payer)]);
                let sum = |o: &Outcome| places.iter().map(|n| o.total(cut.from_source(*n))).sum();
                let what = places.iter().map(|n| What::Total(cut.from_source(*n))).collect();
                rows.push(self.fen(name, sum).asked(What::Sum(what)));
            }
            rows.extend(places.iter().map(|n| {
                let name = self.plan.sources[*n].name.get(lang);
                Row { is_part: several, ..self.spent(name, cut.from_source(*n)) }
            }));
        }
        rows
    }

    fn by_region(&self, session: Session) -> Vec<Row> {
        let regions = self.plan.regions.iter().enumerate();
        let row = |(n, region): (usize, &shapan_engine::Region)| {
            self.spent(region.name.get(session.lang()), self.cut().in_region(n))
        };
        regions.map(row).collect()
    }

    fn borne_by_region(&self, session: Session) -> Vec<Row> {
        let regions = self.plan.regions.iter().enumerate();
        let row = |(n, region): (usize, &shapan_engine::Region)| {
            let cut = self.cut().in_region(n);
            let name = region.name.get(session.lang()).to_owned();
            self.fen(name, |o| o.county_burden(self.plan, cut)).asked(What::CountyBurden(cut))
        };
        regions.map(row).collect()
    }

    fn by_programme(&self, session: Session) -> Vec<Row> {
        let programmes = self.plan.programmes.iter().enumerate();
        let row = |(n, programme): (usize, &shapan_engine::Programme)| {
            self.spent(programme.name.get(session.lang()), self.cut().of_programme(n))
        };
        programmes.map(row).collect()
    }

    fn recipients(&self, session: Session) -> Vec<Row> {
        let w = session.words();
        let people = if self.year.is_some() { w.unit_people } else { w.compare.people_year };
        let each = (0..self.plan.programmes.len()).filter(|n| self.plan.is_per_head(*n));
        let row = |n: usize| {
            let count = |c: &Column| {
                let years = self.years().map(|year| c.outcome.recipients(n, year));
                Cell::Number(years.fold(0, i64::saturating_add))
            };
            let name = self.plan.programmes[n].name.get(session.lang()).to_owned();
            let what = |year| What::Recipients { programme: n, region: None, year };
            self.row(name, Unit::Count, count).called(people).asked(self.over_years(what))
        };
        each.map(row).collect()
    }

    fn gaps(&self, session: Session) -> Vec<Row> {
        let row = |n: usize| {
            let cell = |c: &Column| match self.gap(&c.outcome, n) {
                Some(gap) => Cell::Number(gap.0),
                None => Cell::Nothing,
            };
            let name = self.plan.sources[n].name.get(session.lang()).to_owned();
            let figure = FundsFigure::Gap;
            let what = |year| What::Funds { figure, source: n, region: None, year };
            let row = self.row(name, Unit::Fen, cell).asked(self.over_years(what));
            row.is_told().then_some(row)
        };
        (0..self.plan.sources.len()).filter_map(row).collect()
    }

    fn rules(&self, session: Session) -> Vec<Row> {
        let row = |(n, rule): (usize, &shapan_engine::Rule)| {
            let stands = |c: &Column| {
                let here =
                    || c.rules.iter().filter(|r| r.rule == n && self.years().contains(&r.year));
                let failing = here().filter(|r| r.whole.verdict == Verdict::Fail);
                let years: Vec<String> = failing
                    .filter_map(|r| Some(self.plan.years().nth(r.year)?.to_string()))
                    .collect();
                let is_told = |v: &Verdict| !matches!(v, Verdict::CannotTell(_));
                let verdicts = || here().map(|r| &r.whole.verdict);
                let worst = verdicts()
                    .find(|v| **v == Verdict::Fail)
                    .or_else(|| verdicts().find(|v| !is_told(v)))
                    .or_else(|| verdicts().next());
                let years = if self.year.is_some() { Vec::new() } else { years };
                worst.map_or(Cell::Nothing, |worst| Cell::Stands(worst.clone(), years))
            };
            self.row(rule.name.get(session.lang()).to_owned(), Unit::Count, stands)
        };
        self.plan.rules.iter().enumerate().map(row).collect()
    }

    fn targets(&self, session: Session) -> Vec<Row> {
        let lang = session.lang();
        let year = self.years().last().unwrap_or(0);
        let row = |(n, it): (usize, &shapan_engine::Indicator)| {
            let cell = |c: &Column| match goal(self.plan, &c.outcome, n, year) {
                Some((value, is_met)) => Cell::Met(value, is_met),
                None => Cell::Nothing,
            };
            let called = it.unit_name.as_ref().map_or("", |name| name.get(lang));
            let figure = IndicatorFigure::Value;
            let what = What::Indicator { figure, indicator: n, region: None, year };
            let row = self.row(it.name.get(lang).to_owned(), it.unit(), cell);
            let row = row.called(called).asked(what);
            row.is_told().then_some(row)
        };
        self.plan.indicators.iter().enumerate().filter_map(row).collect()
    }
}

/// An indicator's value in a year that has a target, and whether it is met.
fn goal(plan: &Plan, outcome: &Outcome, n: usize, year: usize) -> Option<(Option<i64>, bool)> {
    let reading = read_indicator(plan, outcome, n, None, year).ok()??;
    Some((reading.value, reading.target?.is_met))
}

fn number(count: usize) -> Cell {
    Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: Vec<Cell>) -> Row {
        let (name, unit_name) = (String::new(), String::new());
        Row { name, unit: Unit::Fen, unit_name, cells, what: None, is_year: false, is_part: false }
    }

    #[test]
    fn a_scenario_without_a_result_makes_no_row_differ() {
        use Cell::{NoResult, Nothing, Number};
        assert!(!row(vec![NoResult, Number(5), NoResult, Number(5)]).differs());
        assert!(row(vec![Number(5), NoResult, Number(6)]).differs());
        assert!(row(vec![Nothing, Number(5)]).differs(), "there is a target under one only");
        assert!(!row(vec![NoResult, NoResult]).differs() && !row(Vec::new()).differs());
    }
}
