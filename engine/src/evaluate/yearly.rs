//! Owns a yearly amount as fiscal years see it: what each comes to, and setting one year.
//!
//! A fiscal year's amount is the mean of its two semesters (`Series::mean`), so a year is set by
//! making both semesters that amount. Invariant: setting or clearing one year moves no other
//! year of the plan, growth included: the year after gets a step with what was in force there
//! wherever it would have moved. Deliberately absent: measures, and whose number it was before.

use super::values::{Resolver, Rows};
use crate::calc::Plain;
use crate::exact::{Overflow, divide_half_up};
use crate::id::RegionId;
use crate::plan::{Named, ParamPath, Parameter, PlanParts, Step};
use crate::time::{Horizon, Semester, Year};
use std::collections::HashMap;

/// What a fiscal year comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearAmount {
    /// The amount that counts: the mean of both semesters, half-up.
    pub amount: i64,
    /// What is in force in spring.
    pub spring: i64,
    /// What is in force in autumn.
    pub autumn: i64,
    /// Whether the plan states it for this year; otherwise it follows from earlier years, or
    /// from what all regions have in common.
    pub is_stated: bool,
}

/// A parameter read and written by fiscal year, as the plan states it without measures.
pub struct Yearly<'a> {
    plan: &'a PlanParts,
    path: ParamPath,
    growth: Option<Growth>,
    regions: HashMap<&'a RegionId, usize>,
}

/// The parameter an amount grows by.
struct Growth {
    path: ParamPath,
    by_region: Rows,
    common: Rows,
}

impl<'a> Yearly<'a> {
    /// A parameter of a plan; `None` where there is none of this path.
    ///
    /// # Errors
    /// Where its growth is more than 64 bits hold.
    pub fn of(plan: &'a PlanParts, path: &ParamPath) -> Result<Option<Self>, Overflow> {
        let named = plan.named_parameters();
        let Some(own) = named.iter().find(|n| n.path == *path) else { return Ok(None) };
        let growth = own.growth.as_ref().and_then(|path| named.iter().find(|n| n.path == *path));
        let growth = match growth {
            None => None,
            Some(growth) => Some(Growth {
                path: growth.path.clone(),
                by_region: rows(plan, &growth.path, growth.parameter)?,
                common: rows(plan, &growth.path, &of_steps(&growth.parameter.steps))?,
            }),
        };
        let regions = plan.regions.iter().enumerate().map(|(n, region)| (&region.id, n)).collect();
        Ok(Some(Self { plan, path: path.clone(), growth, regions }))
    }

    /// What each fiscal year comes to in a region, or where a region follows what all have in
    /// common.
    ///
    /// # Errors
    /// Where an amount has more than 64 bits.
    pub fn amounts(
        &self,
        parameter: &Parameter,
        region: Option<&RegionId>,
    ) -> Result<Vec<YearAmount>, Overflow> {
        let own = match region {
            None => Some(&parameter.steps),
            Some(region) => parameter.by_region.get(region),
        };
        let row = self.row(steps_in(parameter, region), region)?;
        let amount = |(place, year): (usize, Year)| {
            let [spring, autumn] = Horizon::terms(place).map(|term| row[term]);
            let amount = divide_half_up(i128::from(spring) + i128::from(autumn), 2)?;
            let of_year = |step: &Step| self.is_of(year, step.from);
            let is_stated = own.is_some_and(|steps| steps.iter().any(of_year));
            Ok(YearAmount { amount, spring, autumn, is_stated })
        };
        self.plan.horizon.fiscal_years().enumerate().map(amount).collect()
    }

    /// Makes a fiscal year come to an amount, in a region or in what all have in common; `None`
    /// lets the year follow again: a region what all have in common, else the year before.
    ///
    /// # Errors
    /// Where an amount has more than 64 bits; the parameter is then as it was.
    pub fn set(
        &self,
        parameter: &mut Parameter,
        region: Option<&RegionId>,
        year: Year,
        amount: Option<i64>,
    ) -> Result<(), Overflow> {
        let Some(place) = self.plan.horizon.year_index(year) else { return Ok(()) };
        let Some(id) = region else { return self.set_common(parameter, place, amount) };
        let mut steps = parameter.steps_in(id).to_vec();
        match amount {
            Some(amount) => self.put_year(&mut steps, place, amount),
            None if !parameter.by_region.contains_key(id) => return Ok(()), // it follows already
            None => self.follow_common(&mut steps, &parameter.steps, id, place)?,
        }
        self.keep_next(&mut steps, parameter.steps_in(id), region, place)?;
        if amount.is_none() && self.is_as_common(&steps, &parameter.steps, id)? {
            parameter.by_region.remove(id);
        } else {
            parameter.by_region.insert(id.clone(), steps);
        }
        Ok(())
    }

    fn set_common(
        &self,
        parameter: &mut Parameter,
        place: usize,
        amount: Option<i64>,
    ) -> Result<(), Overflow> {
        let mut steps = parameter.steps.clone();
        match amount {
            Some(amount) => self.put_year(&mut steps, place, amount),
            None => self.take_year(&mut steps, place),
        }
        self.keep_next(&mut steps, &parameter.steps, None, place)?;
        let apart = self.followers_moved(parameter, &steps, place)?;
        parameter.steps = steps;
        parameter.by_region.extend(apart);
        Ok(())
    }

    /// Both semesters of a year at an amount, whatever that does to later years.
    fn put_year(&self, steps: &mut Vec<Step>, place: usize, amount: i64) {
        let spring = self.spring(place);
        steps.retain(|step| step.from.year != spring.year);
        put(steps, spring, amount);
    }

    fn take_year(&self, steps: &mut Vec<Step>, place: usize) {
        let year = self.spring(place).year;
        steps.retain(|step| !self.is_of(year, step.from));
    }

    /// A region's year as all regions have it in common, where they have anything.
    fn follow_common(
        &self,
        steps: &mut Vec<Step>,
        common: &[Step],
        region: &RegionId,
        place: usize,
    ) -> Result<(), Overflow> {
        self.take_year(steps, place);
        if common.is_empty() {
            return Ok(());
        }
        let year = self.spring(place).year;
        let of_year = common.iter().filter(|step| self.is_of(year, step.from));
        of_year.for_each(|step| put(steps, step.from, step.value));
        // Where these alone do not bring the common amounts back.
        let (wanted, is) = (self.row(common, Some(region))?, self.row(steps, Some(region))?);
        for term in Horizon::terms(place) {
            if wanted[term] != is[term] {
                put(steps, self.plan.horizon.semester_at(term), wanted[term]);
            }
        }
        Ok(())
    }

    /// Gives the year after one what was in force there, where it would move.
    fn keep_next(
        &self,
        steps: &mut Vec<Step>,
        before: &[Step],
        region: Option<&RegionId>,
        place: usize,
    ) -> Result<(), Overflow> {
        let [next, _] = Horizon::terms(place + 1);
        let Some(was) = self.row(before, region)?.get(next).copied() else { return Ok(()) };
        if self.row(steps, region)?.get(next) != Some(&was) {
            put(steps, self.plan.horizon.semester_at(next), was);
        }
        Ok(())
    }

    /// Steps of their own for regions that followed what all have in common and grow at another
    /// rate, where the common steps would now move other years than the one.
    fn followers_moved(
        &self,
        before: &Parameter,
        common: &[Step],
        place: usize,
    ) -> Result<Vec<(RegionId, Vec<Step>)>, Overflow> {
        let mut apart = Vec::new();
        if self.growth.as_ref().is_none_or(|growth| growth.by_region.is_uniform()) {
            return Ok(apart);
        }
        let follow = self.plan.regions.iter().filter(|r| !before.by_region.contains_key(&r.id));
        for region in follow {
            let mut steps = common.to_vec();
            self.keep_next(&mut steps, &before.steps, Some(&region.id), place)?;
            if steps != common {
                apart.push((region.id.clone(), steps));
            }
        }
        Ok(apart)
    }

    /// Whether a region's own steps say what all have in common says already.
    fn is_as_common(
        &self,
        own: &[Step],
        common: &[Step],
        region: &RegionId,
    ) -> Result<bool, Overflow> {
        if own == common {
            return Ok(true);
        }
        let is_within = own.iter().all(|step| !self.plan.horizon.is_past_end(step.from));
        let as_common = || Ok(self.row(own, Some(region))? == self.row(common, Some(region))?);
        Ok(is_within && !common.is_empty() && as_common()?)
    }

    fn spring(&self, place: usize) -> Semester {
        self.plan.horizon.semester_at(Horizon::terms(place)[0])
    }

    /// Whether a step decides a fiscal year: those before the first decide that one.
    fn is_of(&self, year: Year, from: Semester) -> bool {
        from.year == year || (year == self.plan.horizon.first() && from.year < year)
    }

    /// Steps over the semester axis, as they grow in a region or in common.
    fn row(&self, steps: &[Step], region: Option<&RegionId>) -> Result<Vec<i64>, Overflow> {
        let place = region.and_then(|id| self.regions.get(id)).copied();
        let growth = self.growth.as_ref();
        let rows = growth.map(|g| if place.is_some() { &g.by_region } else { &g.common });
        let named = Named {
            path: self.path.clone(),
            parameter: &of_steps(steps),
            growth: growth.map(|g| g.path.clone()),
        };
        row(self.plan, &named, rows, place.unwrap_or(0))
    }
}

fn of_steps(steps: &[Step]) -> Parameter {
    Parameter { steps: steps.to_vec(), ..Parameter::default() }
}

fn steps_in<'a>(parameter: &'a Parameter, region: Option<&RegionId>) -> &'a [Step] {
    region.map_or(&parameter.steps[..], |region| parameter.steps_in(region))
}

fn put(steps: &mut Vec<Step>, from: Semester, value: i64) {
    match steps.binary_search_by_key(&from, |step| step.from) {
        Ok(place) => steps[place].value = value,
        Err(place) => steps.insert(place, Step { from, value }),
    }
}

fn row(
    plan: &PlanParts,
    named: &Named<'_>,
    growth: Option<&Rows>,
    region: usize,
) -> Result<Vec<i64>, Overflow> {
    let mut row = Vec::with_capacity(plan.horizon.semesters_len());
    Resolver::new(plan, named, growth, &[]).stated(&mut Plain, region, &mut row)?;
    Ok(row)
}

/// A parameter that does not grow, in every region.
fn rows(plan: &PlanParts, path: &ParamPath, parameter: &Parameter) -> Result<Rows, Overflow> {
    let named = Named { path: path.clone(), parameter, growth: None };
    if parameter.by_region.is_empty() {
        return Ok(Rows::uniform(row(plan, &named, None, 0)?));
    }
    let each = (0..plan.regions.len()).map(|region| row(plan, &named, None, region));
    Ok(Rows::by_region(&each.collect::<Result<Vec<_>, _>>()?))
}
