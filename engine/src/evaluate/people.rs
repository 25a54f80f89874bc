//! Owns head counts: every population by region and school year, whole people only.
//!
//! Invariant: school years run from the autumn before the first fiscal year to the
//! last fiscal year's autumn, so spring of fiscal year `n` reads place `n`, its autumn `n + 1`.

use super::EvaluateError;
use super::values::{Series, Values};
use crate::calc::{Calc, Plain};
use crate::exact::Overflow;
use crate::id::PopulationId;
use crate::plan::{
    Census, Entry, GradeRole, Headcount, ParamPath, PlanParts, Population, PopulationRole as Role,
    Unit,
};
use crate::time::Year;
use crate::why::What;
use std::collections::HashMap;
use std::sync::Arc;

/// Heads of every population by region and school year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct People {
    places: Arc<HashMap<PopulationId, usize>>,
    school_years: usize,
    /// Shared with the outcomes these heads are the same in.
    heads: Vec<Arc<Heads>>,
}

/// Heads of one population.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Heads {
    /// `[region][school year]`.
    all: Vec<i64>,
    /// `[region][school year][grade]` of a cohort, and how many grades there are at most.
    grades: Vec<i64>,
    most_grades: usize,
}

impl People {
    /// Counts and projects every population; those whose parameters are as in `before`, and
    /// whose parents are, are taken from there.
    pub(crate) fn count(
        plan: &PlanParts,
        values: &Values,
        before: Option<(&Self, &Values)>,
    ) -> Result<Self, EvaluateError> {
        let populations = plan.populations.iter().enumerate();
        let places = match before {
            Some((people, _)) => Arc::clone(&people.places),
            None => Arc::new(populations.map(|(n, p)| (p.id.clone(), n)).collect()),
        };
        let school_years = plan.horizon.years() + 1;
        let heads = vec![Arc::default(); plan.populations.len()];
        let people = Self { places, school_years, heads };
        let mut count =
            Count { plan, values, before, people, is_counted: vec![false; plan.populations.len()] };
        (0..plan.populations.len()).try_for_each(|n| count.count(n))?;
        Ok(count.people)
    }

    fn of(&self, population: &PopulationId) -> Option<&Arc<Heads>> {
        self.places.get(population).map(|n| &self.heads[*n])
    }

    /// Heads in a region by school year; empty for a population the plan lacks.
    pub(crate) fn row(&self, population: &PopulationId, region: usize) -> &[i64] {
        let row = region * self.school_years..(region + 1) * self.school_years;
        self.of(population).and_then(|heads| heads.all.get(row)).unwrap_or_default()
    }

    /// All heads, `[region][school year]`, and the school years in a row.
    pub(crate) fn table(&self, population: &PopulationId) -> (&[i64], usize) {
        (self.of(population).map_or(&[], |heads| &heads.all), self.school_years)
    }

    /// Heads by grade in a region and school year; `None` where they are not known by grade.
    pub(crate) fn grades(
        &self,
        population: &PopulationId,
        region: usize,
        school_year: usize,
    ) -> Option<&[i64]> {
        let heads = self.of(population)?;
        if school_year >= self.school_years {
            return None; // it would be another region's
        }
        let start = (region * self.school_years + school_year) * heads.most_grades;
        heads.grades.get(start..start + heads.most_grades).filter(|grades| !grades.is_empty())
    }

    /// Whether a population has the heads it has in `other`.
    pub(crate) fn shares(&self, other: &Self, population: &PopulationId) -> bool {
        self.of(population) == other.of(population) // the same ones without a look at them
    }
}

struct Count<'a> {
    plan: &'a PlanParts,
    values: &'a Values,
    before: Option<(&'a People, &'a Values)>,
    people: People,
    is_counted: Vec<bool>,
}

impl Count<'_> {
    /// Counts one population, those it follows from first; the check has ruled out circles.
    fn count(&mut self, n: usize) -> Result<(), EvaluateError> {
        if std::mem::replace(&mut self.is_counted[n], true) {
            return Ok(());
        }
        let population = &self.plan.populations[n];
        let parents = self.plan.follows_from(population);
        for parent in &parents {
            if let Some(place) = self.people.places.get(*parent).copied() {
                self.count(place)?;
            }
        }
        if let Some((people, values)) = self.before {
            let same_values = |path: &ParamPath| self.values.shares(values, path);
            if parents.iter().all(|parent| self.people.shares(people, parent))
                && population.head_parameters().iter().all(same_values)
            {
                self.people.heads[n] = Arc::clone(&people.heads[n]);
                return Ok(());
            }
        }
        self.people.heads[n] = Arc::new(self.heads(population)?);
        Ok(())
    }

    fn heads(&self, population: &Population) -> Result<Heads, EvaluateError> {
        let overflow = || EvaluateError::overflow(&population.id);
        let counting = Counting::new(self.plan, self.values, &self.people, population);
        let most_grades = counting.most_grades();
        let rows = self.plan.regions.len() * self.people.school_years;
        let mut heads = Heads {
            all: Vec::with_capacity(rows),
            grades: Vec::with_capacity(rows * most_grades),
            most_grades,
        };
        for region in 0..self.plan.regions.len() {
            counting
                .row(&mut Plain, region, &mut heads.all, &mut heads.grades)
                .map_err(overflow())?;
        }
        // No more than a census may count: so people of any number of regions can be added up.
        let bounds = Unit::Count.bounds();
        if let Some(place) = heads.grades.iter().position(|n| *n < 0) {
            let place = place / most_grades;
            return Err(EvaluateError::NegativeHeads {
                population: population.id.clone(),
                region: self.plan.regions[place / self.people.school_years].id.clone(),
                year: self.plan.horizon.school_year(place % self.people.school_years),
            });
        }
        if heads.all.iter().chain(&heads.grades).any(|heads| !bounds.contains(heads)) {
            return Err(overflow()(Overflow));
        }
        Ok(heads)
    }
}

/// One population, ready to be counted in every region.
pub(crate) struct Counting<'a> {
    pub(super) plan: &'a PlanParts,
    /// Those it follows from have been counted.
    pub(super) people: &'a People,
    pub(super) population: &'a Population,
    /// The parameters they follow from, looked up once for all regions.
    series: Vec<Series<'a>>,
}

impl<'a> Counting<'a> {
    pub(crate) fn new(
        plan: &'a PlanParts,
        values: &'a Values,
        people: &'a People,
        population: &'a Population,
    ) -> Self {
        let series = population.head_parameters().into_iter().map(|p| values.series(p)).collect();
        Self { plan, people, population, series }
    }

    /// The parameter in a role; the population's own, or of the one it is divided from.
    pub(super) fn own(&self, role: Role) -> Option<&Series<'a>> {
        let is_it = |s: &&Series<'_>| matches!(s.path(), ParamPath::Population(_, r) if *r == role);
        self.series.iter().find(is_it)
    }

    /// A parameter of one grade, if it has one.
    pub(super) fn of_grade(&self, role: GradeRole, grade: usize) -> Option<&Series<'a>> {
        let is_it = |s: &&Series<'_>| match s.path() {
            ParamPath::Grade(_, r, n) => *r == role && usize::from(*n) == grade,
            _ => false,
        };
        self.series.iter().find(is_it)
    }

    /// The value in force of the parameter in a role; 0 for one it does not have.
    pub(super) fn value<C: Calc>(
        &self,
        c: &mut C,
        role: Role,
        region: usize,
        term: usize,
    ) -> C::Num {
        match self.own(role) {
            Some(series) => series.at(c, region, term),
            None => c.put(0, || What::NotYet {
                path: ParamPath::Population(self.population.id.clone(), role),
            }),
        }
    }

    /// Adds a region's heads, and of a cohort its grades, of every school year.
    pub(crate) fn row<C: Calc>(
        &self,
        c: &mut C,
        region: usize,
        heads: &mut Vec<C::Num>,
        grades: &mut Vec<C::Num>,
    ) -> Result<(), Overflow> {
        match &self.population.headcount {
            Headcount::Counted { censuses, .. } => self.counted(c, censuses, region, heads),
            Headcount::ShareOf { parent, .. } => self.share_of(c, parent, region, heads),
            Headcount::Cohort(cohort) => self.cohort(c, cohort, region, heads, grades),
        }
    }

    pub(super) fn heads_in(&self, region: usize, year: Year) -> What {
        What::Heads { population: self.population.id.clone(), region, year }
    }

    /// The counts where there is a census, the growth of the year before where there is none.
    fn counted<C: Calc>(
        &self,
        c: &mut C,
        censuses: &[Census],
        region: usize,
        heads: &mut Vec<C::Num>,
    ) -> Result<(), Overflow> {
        let horizon = self.plan.horizon;
        let id = &self.plan.regions[region].id;
        let start = horizon.school_year(0);
        let mut censuses = censuses.iter().peekable();
        let mut known: Option<&Census> = None;
        while let Some(census) = censuses.next_if(|c| c.year <= start) {
            known = Some(census);
        }
        let counted = |c: &mut C, census: &Census| {
            let heads = census.heads.get(id).copied().unwrap_or(0);
            let (population, year) = (self.population.id.clone(), census.year);
            c.put(heads, || What::Census { population, region, year })
        };
        let first = known.map_or(start, |census| census.year);
        let mut previous = match known {
            Some(census) => counted(c, census),
            None => c.put(0, || self.heads_in(region, start)),
        };
        // From an older census to the first autumn: one growth step for each year between.
        for year in first.get()..start.get() {
            let rate = self.value(c, Role::Growth, region, 0);
            let what = || self.heads_in(region, first.plus(year - first.get() + 1));
            previous = c.grown(what, previous, rate)?;
        }
        heads.push(previous);
        for n in 1..=horizon.years() {
            let year = horizon.school_year(n);
            previous = match censuses.next_if(|c| c.year == year) {
                Some(census) => counted(c, census),
                None => {
                    let rate = self.value(c, Role::Growth, region, 2 * n);
                    c.grown(|| self.heads_in(region, year), previous, rate)?
                }
            };
            heads.push(previous);
        }
        Ok(())
    }

    fn share_of<C: Calc>(
        &self,
        c: &mut C,
        parent: &PopulationId,
        region: usize,
        heads: &mut Vec<C::Num>,
    ) -> Result<(), Overflow> {
        for (n, whole) in self.people.row(parent, region).iter().enumerate() {
            let year = self.plan.horizon.school_year(n);
            let whole = c.put(*whole, || What::Heads { population: parent.clone(), region, year });
            let share = self.value(c, Role::Share, region, 2 * n);
            heads.push(c.share(|| self.heads_in(region, year), whole, share)?);
        }
        Ok(())
    }
}

impl PlanParts {
    /// The populations whose heads a population's follow from.
    pub(crate) fn follows_from<'a>(&'a self, population: &'a Population) -> Vec<&'a PopulationId> {
        let Headcount::Cohort(cohort) = &population.headcount else {
            return match &population.headcount {
                Headcount::ShareOf { parent, .. } => vec![parent],
                _ => Vec::new(),
            };
        };
        match &cohort.entry {
            Entry::Births { .. } | Entry::Given(_) => Vec::new(),
            Entry::Leavers { of, .. } => vec![of],
            // Those beside may stand still while the leavers both are divided from move.
            Entry::Rest { beside } => match self.entry_of(beside) {
                Some(Entry::Leavers { of, .. }) => vec![beside, of],
                _ => vec![beside],
            },
        }
    }
}

impl Population {
    /// The parameters its heads follow from, its parents' apart.
    pub(crate) fn head_parameters(&self) -> Vec<ParamPath> {
        let own = |role| ParamPath::Population(self.id.clone(), role);
        let cohort = match &self.headcount {
            Headcount::Counted { .. } => return vec![own(Role::Growth)],
            Headcount::ShareOf { .. } => return vec![own(Role::Share)],
            Headcount::Cohort(cohort) => cohort,
        };
        let mut paths = match &cohort.entry {
            Entry::Births { .. } => {
                vec![own(Role::BirthsGrowth), own(Role::Survival), own(Role::EntryRate)]
            }
            Entry::Given(_) => vec![own(Role::Intake)],
            Entry::Leavers { share, .. } => {
                let division = share.iter().map(|_| own(Role::Division));
                std::iter::once(own(Role::Transfer)).chain(division).collect()
            }
            // The same that divide the leavers for the other cohort.
            Entry::Rest { beside } => {
                let other = |role| ParamPath::Population(beside.clone(), role);
                vec![other(Role::Transfer), other(Role::Division)]
            }
        };
        let grade = |role, n: &u8| ParamPath::Grade(self.id.clone(), role, *n);
        paths.extend(cohort.progression.keys().map(|n| grade(GradeRole::Progression, n)));
        paths.extend(cohort.migration.keys().map(|n| grade(GradeRole::Migration, n)));
        paths
    }
}
