//! Owns grade progression: the grades of each autumn from those of the autumn before.
//!
//! `E(g+1, y+1) = round(E(g, y) × progression(g)) + net migration(g+1)`; the first grade is
//! whoever enters. Rates count as in force in the autumn they lead to.

use super::people::Counting;
use crate::calc::{Calc, Rounding};
use crate::exact::{MILLION, Overflow};
use crate::id::PopulationId;
use crate::plan::{
    Census, Cohort, Entry, GradeRole, Headcount, PlanParts, Population, PopulationRole as Role,
    SchoolSystem,
};
use crate::time::Year;
use crate::why::What;

impl Counting<'_> {
    /// The most grades the population has in any region; none where it is no cohort.
    pub(super) fn most_grades(&self) -> usize {
        let Headcount::Cohort(_) = &self.population.headcount else { return 0 };
        let systems = [SchoolSystem::SixThree, SchoolSystem::FiveFour];
        systems.map(|s| self.population.stage.grades(s)).into_iter().max().unwrap_or(0)
    }

    /// Adds a region's heads of every school year, and its grades; grades that the region's
    /// system does not have are empty.
    pub(super) fn cohort<C: Calc>(
        &self,
        c: &mut C,
        cohort: &Cohort,
        region: usize,
        heads: &mut Vec<C::Num>,
        grades: &mut Vec<C::Num>,
    ) -> Result<(), Overflow> {
        let (horizon, most) = (self.plan.horizon, self.most_grades());
        let count = self.population.stage.grades(self.plan.regions[region].system);
        for n in 0..=horizon.years() {
            let year = horizon.school_year(n);
            let place = grades.len();
            match cohort.censuses.iter().find(|census| census.year == year) {
                Some(census) => {
                    let counted = census.heads.get(&self.plan.regions[region].id);
                    for grade in 1..=count {
                        let heads = counted.and_then(|all| all.get(grade - 1)).copied();
                        let what = || What::GradeCensus {
                            population: self.population.id.clone(),
                            grade,
                            region,
                            year,
                        };
                        grades.push(c.put(heads.unwrap_or(0), what));
                    }
                }
                // The check has seen to a census of the first autumn.
                None if n == 0 => {}
                None => {
                    let intake = self.intake(c, &cohort.entry, region, n)?;
                    grades.push(intake);
                    for grade in 2..=count {
                        let below = grades[place - most + grade - 2];
                        let reached = self.progressed(c, below, grade, region, n)?;
                        grades.push(reached);
                    }
                }
            }
            heads.push(c.sum(|| self.heads_in(region, year), &grades[place..])?);
            for grade in grades.len() - place + 1..=most {
                // A sum of nothing, for it follows from nothing: it must not be asked for again.
                grades.push(c.sum(|| self.grade(grade, region, year), &[])?);
            }
        }
        Ok(())
    }

    fn grade(&self, grade: usize, region: usize, year: Year) -> What {
        What::Grade { population: self.population.id.clone(), grade, region, year }
    }

    /// Heads of a grade (2 or more) from those of the grade below, the year before.
    fn progressed<C: Calc>(
        &self,
        c: &mut C,
        below: C::Num,
        grade: usize,
        region: usize,
        n: usize,
    ) -> Result<C::Num, Overflow> {
        let year = self.plan.horizon.school_year(n);
        let mut reached = below;
        if let Some(rate) = self.of_grade(GradeRole::Progression, grade - 1) {
            let rate = rate.at(c, region, 2 * n);
            reached = c.share(|| self.grade(grade, region, year), reached, rate)?;
        }
        if let Some(net) = self.of_grade(GradeRole::Migration, grade) {
            let net = net.at(c, region, 2 * n);
            reached = c.sum(|| self.grade(grade, region, year), &[reached, net])?;
        }
        Ok(reached)
    }

    /// Who enters the first grade.
    fn intake<C: Calc>(
        &self,
        c: &mut C,
        entry: &Entry,
        region: usize,
        n: usize,
    ) -> Result<C::Num, Overflow> {
        let year = self.plan.horizon.school_year(n);
        let what = || self.grade(1, region, year);
        match entry {
            Entry::Births { births, age, .. } => {
                let born = self.born(c, births, region, year.plus(-i16::from(*age)))?;
                let survival = self.value(c, Role::Survival, region, 2 * n);
                let rate = self.value(c, Role::EntryRate, region, 2 * n);
                let whole = i128::from(MILLION) * i128::from(MILLION);
                c.fraction(what, [(1, [born, survival, rate])], whole, Rounding::HalfUp)
            }
            Entry::Given(_) => Ok(self.value(c, Role::Intake, region, 2 * n)),
            Entry::Leavers { of, share, .. } => {
                let transferred = self.transferred(c, of, region, n)?;
                match share {
                    None => Ok(transferred),
                    Some(_) => {
                        let share = self.value(c, Role::Division, region, 2 * n);
                        c.share(what, transferred, share)
                    }
                }
            }
            Entry::Rest { beside } => {
                let Some(Entry::Leavers { of, share, .. }) = self.plan.entry_of(beside) else {
                    return c.sum(what, &[]); // the check has seen to it
                };
                let transferred = self.transferred(c, of, region, n)?;
                if share.is_none() {
                    return c.minus(what, transferred, &[transferred]); // all go there
                }
                let share = self.value(c, Role::Division, region, 2 * n);
                let there = What::Grade { population: beside.clone(), grade: 1, region, year };
                let others = c.share(|| there, transferred, share)?;
                c.minus(what, transferred, &[others])
            }
        }
    }

    /// Those of last year's last grade of `of` who go on.
    fn transferred<C: Calc>(
        &self,
        c: &mut C,
        of: &PopulationId,
        region: usize,
        n: usize,
    ) -> Result<C::Num, Overflow> {
        let system = self.plan.regions[region].system;
        let stage = self.plan.populations.iter().find(|p| p.id == *of).map(|p| p.stage);
        let last = stage.map_or(1, |stage| stage.grades(system));
        let leavers = self.people.grades(of, region, n - 1).map_or(0, |grades| grades[last - 1]);
        let year = self.plan.horizon.school_year(n - 1);
        let leavers =
            c.put(leavers, || What::Grade { population: of.clone(), grade: last, region, year });
        let rate = self.value(c, Role::Transfer, region, 2 * n);
        let year = self.plan.horizon.school_year(n);
        c.share(|| What::Transferred { population: of.clone(), region, year }, leavers, rate)
    }

    /// Births of a calendar year: given, or the last given before it, grown.
    fn born<C: Calc>(
        &self,
        c: &mut C,
        births: &[Census],
        region: usize,
        year: Year,
    ) -> Result<C::Num, Overflow> {
        let what = |year| What::Births { population: self.population.id.clone(), region, year };
        let Some(known) = births.iter().rev().find(|census| census.year <= year) else {
            return Ok(c.put(0, || what(year))); // the check has seen to it
        };
        let given = known.heads.get(&self.plan.regions[region].id).copied().unwrap_or(0);
        let mut born = c.put(given, || what(known.year));
        for years in 1..=year.get() - known.year.get() {
            let year = known.year.plus(years);
            let term = self.plan.horizon.clamped_index(year.autumn());
            let rate = self.value(c, Role::BirthsGrowth, region, term);
            born = c.grown(|| what(year), born, rate)?;
        }
        Ok(born)
    }
}

impl PlanParts {
    /// Who enters a cohort; `None` for what is no cohort.
    pub(super) fn entry_of(&self, population: &PopulationId) -> Option<&Entry> {
        let find = |p: &&Population| p.id == *population;
        match &self.populations.iter().find(find)?.headcount {
            Headcount::Cohort(cohort) => Some(&cohort.entry),
            _ => None,
        }
    }
}
