//! Owns the formulas of the six drivers: what a programme owes in a region and period, as the
//! engine's `evaluate/drivers.rs` has it.
//!
//! Invariant: the same roundings in the same places; whole fen, whole people.

use super::parameters::{Parameters, Yearly};
use super::payments::{Payments, above};
use super::people::People;
use super::stack::Stack;
use crate::book::{Number, at};
use crate::formula;
use shapan_engine::{
    Driver, HeadsTiming, Horizon, ParamPath, PopulationId, Posts, Programme, ProgrammeRole as Role,
    Season, SourceRole, Year, YearShares,
};
use std::collections::BTreeSet;

/// What is due in one period.
pub(crate) struct Due {
    pub(crate) year: Year,
    pub(crate) season: Option<Season>,
    /// Its place among the periods; none outside of the fiscal years.
    pub(crate) period: Option<usize>,
    /// What it is reckoned from, where it is from something.
    pub(crate) quantity: Option<String>,
    /// The standard in yuan, and what it is.
    pub(crate) standard: Option<(String, Number)>,
    /// Cells between.
    pub(crate) steps: Vec<String>,
    /// Fen.
    pub(crate) payment: String,
    /// Fen that shares apply to.
    pub(crate) recognised: String,
    /// The semesters whose shares hold.
    pub(crate) terms: Vec<usize>,
}

/// A programme in a region.
pub(crate) struct Desk<'a> {
    pub(crate) stack: &'a Stack<'a>,
    pub(crate) parameters: &'a Parameters,
    pub(crate) people: &'a People,
    pub(crate) places: &'a Payments,
    /// The programme's place.
    pub(crate) place: usize,
    pub(crate) region: usize,
}

/// Spring and autumn of a fiscal year on the axis of semesters.
fn terms(year: usize) -> [usize; 2] {
    [2 * year + 1, 2 * year + 2]
}

impl Desk<'_> {
    fn programme(&self) -> &Programme {
        &self.stack.plan.programmes[self.place]
    }

    fn horizon(&self) -> Horizon {
        self.stack.plan.horizon
    }

    fn path(&self, role: Role) -> ParamPath {
        ParamPath::Programme(self.programme().id.clone(), role)
    }

    fn value(&self, role: Role, term: usize) -> String {
        self.parameters.value(&self.path(role), self.region, term)
    }

    fn heads(&self, population: &PopulationId, term: usize) -> String {
        self.people.heads(population, self.region, term / 2)
    }

    /// A standard as it is read in a term.
    fn read(&self, role: Role, term: usize) -> (String, Number) {
        let values = self.stack.outcome.in_force(&self.path(role), self.region);
        let value = values.get(term).copied().unwrap_or(0);
        let formula = self.parameters.read(&self.path(role), self.region, term);
        (formula, Number { value, decimals: 2 })
    }

    /// The mean of both terms, as it is read.
    fn mean_read(&self, role: Role, [a, b]: [usize; 2]) -> (String, Number) {
        let ((a, first), (b, second)) = (self.read(role, a), self.read(role, b));
        // Half fens are thousandths of a yuan; below the bound of amounts, tenfold fits.
        let value = (first.value.saturating_add(second.value)).saturating_mul(5);
        (format!("({a}+{b})/2"), Number { value, decimals: 3 })
    }

    /// The part of a standard that is recognised; `None` where that is all of it.
    fn least(&self, term: usize) -> Option<String> {
        self.programme().split.base_standard.as_ref()?;
        let (full, base) = (self.value(Role::Standard, term), self.value(Role::BaseStandard, term));
        Some(format!("MIN({full},{base})"))
    }

    fn year(&self, place: usize) -> Year {
        self.horizon().first().plus(i16::try_from(place).unwrap_or(0)) // at most 30
    }

    /// What is due in every period, the first of which will stand in a row.
    pub(crate) fn dues(&self, first: u32) -> Vec<Due> {
        let rows = |n: usize| first + u32::try_from(n).unwrap_or(0);
        let years = 0..self.horizon().years();
        match &self.programme().driver {
            Driver::Heads { timing: HeadsTiming::Semester, .. } => {
                (0..2 * self.horizon().years()).map(|n| self.semester(rows(n), n)).collect()
            }
            Driver::Heads { .. } => years.map(|n| self.census(rows(n), n)).collect(),
            Driver::Posts { posts, .. } => years.map(|n| self.posts(rows(n), n, posts)).collect(),
            Driver::Works { payment, completion, .. } => self.works(first, payment, completion),
            Driver::Revenue { source, .. } => {
                let path = ParamPath::Source(source.clone(), SourceRole::Revenue);
                years.map(|n| self.revenue(rows(n), n, &path)).collect()
            }
            Driver::Lump { .. } => years.map(|n| self.lump(rows(n), n)).collect(),
            Driver::Loans { population, study_years, .. } => {
                let study_years = usize::from(*study_years);
                years.map(|n| self.loans(first, n, population, study_years)).collect()
            }
        }
    }

    fn yearly(&self, row: u32, year: usize, payment: String) -> Due {
        Due {
            year: self.year(year),
            season: None,
            period: Some(year),
            quantity: None,
            standard: None,
            steps: Vec::new(),
            payment,
            recognised: at(row, self.places.due()),
            terms: terms(year).to_vec(),
        }
    }

    /// Heads × coverage × take-up, rounded once; small schools raised to the floor. With the
    /// cells between.
    fn recipients(&self, row: u32, term: usize) -> (String, Vec<String>) {
        let Driver::Heads { population, coverage, take_up, school_floor, .. } =
            &self.programme().driver
        else {
            return ("0".to_owned(), Vec::new());
        };
        let stage = self.stack.plan.populations.iter().find(|p| p.id == *population);
        let schools = stage.and_then(|p| self.people.schools(p.stage, self.region));
        let mut people = self.heads(population, term);
        if let (Some(_), Some(schools)) = (school_floor, schools) {
            let floor = self.value(Role::SchoolFloor, term);
            people = format!("{people}+SUMPRODUCT(({schools}<{floor})*({floor}-{schools}))");
        }
        let cell = at(row, self.places.step(0));
        let coverage = coverage.as_ref().map(|_| self.value(Role::Coverage, term));
        let take_up = take_up.as_ref().map(|_| self.value(Role::TakeUp, term));
        match (coverage, take_up) {
            (None, None) => (people, Vec::new()),
            (Some(share), None) | (None, Some(share)) => {
                (formula::share_of(&cell, &share), vec![people])
            }
            (Some(coverage), Some(take_up)) => {
                let product = at(row, self.places.step(1));
                let steps = vec![people, format!("{cell}*{coverage}")];
                (formula::both_shares(&product, &take_up), steps)
            }
        }
    }

    /// Where a quantity stands.
    fn quantity(row: u32) -> String {
        at(row, 4)
    }

    fn semester(&self, row: u32, period: usize) -> Due {
        let term = period + 1;
        let (quantity, steps) = self.recipients(row, term);
        let pay = |standard: &str| formula::half(&format!("{}*{standard}", Self::quantity(row)));
        let payment = pay(&self.value(Role::Standard, term));
        let recognised = self.least(term).map(|least| pay(&least));
        Due {
            year: self.year(period / 2),
            season: Some(if period.is_multiple_of(2) { Season::Spring } else { Season::Autumn }),
            period: Some(period),
            quantity: Some(quantity),
            standard: Some(self.read(Role::Standard, term)),
            steps,
            payment,
            recognised: recognised.unwrap_or_else(|| at(row, self.places.due())),
            terms: vec![term],
        }
    }

    fn census(&self, row: u32, year: usize) -> Due {
        let [spring, _] = terms(year);
        let (quantity, steps) = self.recipients(row, spring);
        let pay = |standard: &str| format!("{}*{standard}", Self::quantity(row));
        let due = self.yearly(row, year, pay(&self.value(Role::Standard, spring)));
        let recognised = self.least(spring).map(|least| pay(&least));
        Due {
            quantity: Some(quantity),
            standard: Some(self.read(Role::Standard, spring)),
            steps,
            recognised: recognised.unwrap_or_else(|| due.recognised.clone()),
            terms: vec![spring],
            ..due
        }
    }

    fn posts(&self, row: u32, year: usize, posts: &Posts) -> Due {
        let [spring, autumn] = terms(year);
        let of = |term| match posts {
            Posts::Given(_) => self.value(Role::Posts, term),
            Posts::PerPupils { population, .. } => {
                let per = self.value(Role::PupilsPerPost, term);
                formula::posts(&self.heads(population, term), &per)
            }
        };
        let (a, b) = (at(row, self.places.step(0)), at(row, self.places.step(1)));
        let pay = |x: &str, y: &str| formula::half(&format!("{a}*{x}+{b}*{y}"));
        let standard = |term| self.value(Role::Standard, term);
        let due = self.yearly(row, year, pay(&standard(spring), &standard(autumn)));
        let recognised = self.least(spring).zip(self.least(autumn)).map(|(x, y)| pay(&x, &y));
        Due {
            quantity: Some(format!("MAX({a},{b})")),
            standard: Some(self.mean_read(Role::Standard, [spring, autumn])),
            steps: vec![of(spring), of(autumn)],
            recognised: recognised.unwrap_or_else(|| due.recognised.clone()),
            ..due
        }
    }

    fn revenue(&self, row: u32, year: usize, revenue: &ParamPath) -> Due {
        let of = |term| {
            let taken = self.parameters.value(revenue, self.region, term);
            (taken, self.value(Role::Share, term))
        };
        let (millions, rest) = formula::parts(&terms(year).map(of));
        let cells = (at(row, self.places.step(0)), at(row, self.places.step(1)));
        let payment = formula::of_parts(&cells.0, &cells.1, 2);
        Due { steps: vec![millions, rest], ..self.yearly(row, year, payment) }
    }

    fn lump(&self, row: u32, year: usize) -> Due {
        let [a, b] = terms(year).map(|term| self.value(Role::Amount, term));
        self.yearly(row, year, formula::half(&format!("{a}+{b}")))
    }

    /// Risk compensation on this year's lending, interest on what is outstanding: earlier years
    /// in full, this year's for 4 of 12 months.
    fn loans(&self, first: u32, year: usize, population: &PopulationId, study_years: usize) -> Due {
        let row = first + u32::try_from(year).unwrap_or(0);
        let [_, autumn] = terms(year);
        let step = |n| at(row, self.places.step(n));
        let back = u32::try_from(year.min(study_years.saturating_sub(1))).unwrap_or(0);
        let lent = above((row - back, row), self.places.step(0));
        let opening = (year + 1 < study_years).then(|| self.value(Role::OpeningBalance, 0));
        let outstanding: Vec<String> = lent.into_iter().chain(opening).collect();
        let (risk, interest) =
            (self.value(Role::RiskRate, autumn), self.value(Role::InterestRate, autumn));
        let (millions, rest) = formula::parts(&[
            (step(0), format!("(3*{risk}+{interest})")),
            (step(1), format!("(3*{interest})")),
        ]);
        let lending =
            format!("{}*{}", Self::quantity(row), self.value(Role::AveragePrincipal, autumn));
        let outstanding =
            if outstanding.is_empty() { "0".to_owned() } else { outstanding.join("+") };
        let due = self.yearly(row, year, formula::of_parts(&step(2), &step(3), 3));
        Due {
            quantity: Some(self.heads(population, autumn)),
            standard: Some(self.read(Role::AveragePrincipal, autumn)),
            steps: vec![lending, outstanding, millions, rest],
            terms: vec![autumn],
            ..due
        }
    }

    /// Cost divided by yearly shares, the last payment taking the remainder; priced and sized as
    /// in the autumn of the first payment year.
    fn works(&self, first: u32, payment: &YearShares, completion: &YearShares) -> Vec<Due> {
        let horizon = self.horizon();
        let shares = payment.shares().iter().chain(completion.shares());
        let years: BTreeSet<Year> = shares
            .map(|s| s.year)
            .filter(|y| *y <= horizon.last())
            .chain(horizon.fiscal_years())
            .collect();
        let start = payment.shares().first().map_or(horizon.first(), |s| s.year).autumn();
        let contracted = horizon.semesters().position(|s| s >= start);
        let contracted = contracted.unwrap_or(horizon.semesters_len() - 1);
        let units = self.value(Role::Units, contracted);
        let standard = self.value(Role::Standard, contracted);
        let cost = format!("{units}*{standard}");
        let recognised = self.least(contracted).map(|least| format!("{units}*{least}"));
        let mut dues = Vec::new();
        for (row, year) in (first..).zip(years) {
            let place = horizon.year_index(year);
            let part = |whole: String, col: u16, which, shares: &YearShares| {
                let (whole, range) = ((whole, col), (first, row));
                self.part(whole, range, year, (which, shares))
            };
            let cells = (at(row, self.places.step(0)), at(row, self.places.step(1)));
            let due = self.places.due();
            let paid = part(cells.0, due, Yearly::Payment, payment);
            let known = match recognised {
                None => at(row, due),
                Some(_) => part(cells.1, due + 1, Yearly::Payment, payment),
            };
            let mut steps = vec![cost.clone()];
            steps.extend(recognised.clone());
            dues.push(Due {
                year,
                season: None,
                period: place,
                quantity: Some(part(units.clone(), 4, Yearly::Completion, completion)),
                standard: Some(self.read(Role::Standard, contracted)),
                steps,
                payment: paid,
                recognised: known,
                terms: place.map_or(Vec::new(), |n| terms(n).to_vec()),
            });
        }
        dues
    }

    /// A year's part of a whole, given the parts of the years above it.
    fn part(
        &self,
        (whole, col): (String, u16),
        (first, row): (u32, u32),
        year: Year,
        (which, shares): (Yearly, &YearShares),
    ) -> String {
        let shares = shares.shares();
        let Some(n) = shares.iter().position(|s| s.year == year) else { return "0".to_owned() };
        let rest = match above((first, row), col) {
            Some(paid) => format!("{whole}-{paid}"),
            None => whole.clone(),
        };
        if n + 1 == shares.len() {
            return rest;
        }
        let share = self.parameters.year_share(&self.programme().id, which, year);
        format!("MIN({},{rest})", formula::share_of(&whole, &share))
    }
}
