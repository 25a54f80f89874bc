//! Checks the people of a plan: counts and projections that can be reckoned, and schools
//! that lie in it.

use super::{Checker, Fault, most};
use crate::id::{PopulationId, RegionId};
use crate::plan::{
    Census, Cohort, Entry, GradeRole, Headcount, ParamPath, Population, SchoolSystem, Stage, Unit,
};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Ages at which a first grade is entered.
const AGES: RangeInclusive<i64> = 0..=30;

impl<'a> Checker<'a> {
    pub(super) fn populations(&mut self) {
        let needed = self.plan.horizon.first().plus(-1);
        let mut parents = BTreeMap::new();
        for population in &self.plan.populations {
            let place = format!("populations/{}", population.id);
            let parent = match &population.headcount {
                Headcount::Counted { censuses, basis, .. } => {
                    self.citation(&place, basis.citation.as_ref());
                    self.censuses(&place, censuses);
                    if censuses.first().is_none_or(|c| c.year > needed) {
                        self.fault(&place, Fault::CensusMissing { needed: needed.get() });
                    }
                    None
                }
                Headcount::Cohort(cohort) => {
                    self.grades(&place, population, cohort);
                    self.entry(&place, &cohort.entry)
                }
                Headcount::ShareOf { parent, .. } => {
                    self.known(&place, self.populations.contains_key(parent), parent);
                    Some(parent)
                }
            };
            parents.extend(parent.map(|parent| (&population.id, parent)));
        }
        self.no_cycle("populations", &parents);
    }

    fn censuses(&mut self, place: &str, censuses: &'a [Census]) {
        if !censuses.is_sorted_by(|a, b| a.year < b.year) {
            self.fault(place, Fault::NotAscending);
        }
        for (region, heads) in censuses.iter().flat_map(|c| &c.heads) {
            self.known(place, self.regions.contains_key(region), region);
            self.bounds(place, Unit::Count, *heads);
        }
    }

    /// The grades that are counted, and those that something is said of.
    fn grades(&mut self, place: &str, population: &'a Population, cohort: &'a Cohort) {
        self.citation(place, cohort.basis.citation.as_ref());
        if !cohort.censuses.is_sorted_by(|a, b| a.year < b.year) {
            self.fault(place, Fault::NotAscending);
        }
        let needed = self.plan.horizon.first().plus(-1);
        if cohort.censuses.iter().all(|c| c.year != needed) {
            self.fault(place, Fault::GradesMissing { needed: needed.get() });
        }
        for census in &cohort.censuses {
            let place = format!("{place}/{}", census.year);
            for (region, heads) in &census.heads {
                self.grades_of_region(&place, population, region, heads);
            }
        }
        // In whichever system: a region that changes its own, or goes, must not be held up by
        // a rate nobody reads.
        let systems = [SchoolSystem::SixThree, SchoolSystem::FiveFour];
        let most = systems.map(|system| population.stage.grades(system)).into_iter().max();
        let most = most.unwrap_or(Stage::MOST_GRADES);
        for (role, by_grade, least, most) in [
            (GradeRole::Progression, &cohort.progression, 1, most - 1),
            (GradeRole::Migration, &cohort.migration, 2, most),
        ] {
            for grade in by_grade.keys() {
                let path = ParamPath::Grade(population.id.clone(), role, *grade);
                let grade = usize::from(*grade);
                if !(least..=most).contains(&grade) {
                    self.fault(path.to_string(), Fault::NoSuchGrade { grade, least, most });
                }
            }
        }
    }

    fn grades_of_region(
        &mut self,
        place: &str,
        population: &Population,
        region: &RegionId,
        heads: &[i64],
    ) {
        let Some(known) = self.regions.get(region) else {
            return self.known(place, false, region);
        };
        let (found, most) = (heads.len(), population.stage.grades(known.system));
        if found > most {
            let region = region.to_string();
            self.fault(place, Fault::TooManyGrades { region, found, most });
        }
        heads.iter().for_each(|heads| self.bounds(place, Unit::Count, *heads));
    }

    /// Checks an entry and names the population it waits for.
    fn entry(&mut self, place: &str, entry: &'a Entry) -> Option<&'a PopulationId> {
        match entry {
            Entry::Given(_) => None,
            Entry::Births { births, age, .. } => {
                self.births(place, births, *age);
                None
            }
            Entry::Leavers { of, .. } => {
                match self.headcount(of) {
                    None => self.known(place, false, of),
                    Some(Headcount::Cohort(_)) => {}
                    Some(_) => self.fault(place, Fault::NotACohort { id: of.to_string() }),
                }
                Some(of)
            }
            Entry::Rest { beside } => {
                let is_divided =
                    |cohort: &Cohort| matches!(cohort.entry, Entry::Leavers { share: Some(_), .. });
                match self.headcount(beside) {
                    None => self.known(place, false, beside),
                    Some(Headcount::Cohort(cohort)) if is_divided(cohort) => {}
                    Some(_) => self.fault(place, Fault::NotDivided { id: beside.to_string() }),
                }
                Some(beside)
            }
        }
    }

    fn headcount(&self, population: &PopulationId) -> Option<&'a Headcount> {
        self.populations.get(population).map(|p| &p.headcount)
    }

    fn births(&mut self, place: &str, births: &'a [Census], age: u8) {
        let place_of_births = format!("{place}/births");
        self.censuses(&place_of_births, births);
        if !AGES.contains(&i64::from(age)) {
            return self.within(&format!("{place}/age"), AGES, i64::from(age));
        }
        // The autumn before is counted; that of the first fiscal year is the first to be projected.
        let needed = self.plan.horizon.first().plus(-i16::from(age));
        if births.first().is_none_or(|b| b.year > needed) {
            self.fault(place_of_births, Fault::BirthsMissing { needed: needed.get() });
        }
    }

    pub(super) fn schools(&mut self) {
        for school in &self.plan.schools {
            let place = format!("schools/{}", school.id);
            self.known(&place, self.regions.contains_key(&school.region), &school.region);
            self.at_most(&place, school.resources.len(), most::THINGS);
            for resource in school.resources.keys() {
                self.known(&place, self.resources.contains(resource), resource);
            }
            for count in school.pupils.values().chain(school.resources.values()) {
                self.bounds(&place, Unit::Count, *count);
            }
        }
    }
}
