//! Owns indicators: their values from data, heads and completed units, whether they reach
//! their target, what is left to do and what that would cost at the plan's own unit costs.
//!
//! Invariant: whether a target is reached is decided on whole numbers, never on a rounded
//! ratio. A year's value is that of its end: the autumn's heads and all completed by then.

use crate::calc::{Calc, Plain, Rounding};
use crate::exact::{Fen, MILLION, Overflow};
use crate::outcome::{Cut, Outcome};
use crate::plan::{
    Driver, Indicator, ParamPath, Plan, Programme, ProgrammeRole, Scope, Sense, Side, Step, Term,
    TermRole, Unit,
};
use crate::time::Horizon;
use crate::why::{IndicatorFigure as Figure, What};

/// An indicator in a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its value in [`Indicator::unit`]: a ratio in millionths rounded half-up, fen or a count.
    /// `None` where it is compared with nothing.
    pub value: Option<i64>,
    /// What is counted.
    pub numerator: i64,
    /// What it is compared with.
    pub denominator: Option<i64>,
    /// The target of the year, if there is one yet.
    pub target: Option<Goal>,
}

/// A target and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Which way is good.
    pub sense: Sense,
    /// The value to be reached, in the indicator's unit.
    pub value: i64,
    /// Whether it is reached; what is compared with nothing reaches none.
    pub is_met: bool,
    /// What the numerator lacks (or has too much of) with the denominator as it is; 0 where met.
    pub left: i64,
    /// How works could do it, the cheapest first; empty where met, or where none can.
    pub ways: Vec<Way>,
}

/// One way to reach a target: more of a programme, in the proportions it has now. Where only a
/// share of what is built counts, it is reckoned without rounding that to whole units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Place of the programme among the plan's.
    pub programme: usize,
    /// Further units; 0 where the target is an amount to be paid.
    pub units: i64,
    /// What they cost at the unit cost of the year, the mean of the regions by what each builds.
    pub cost: Fen,
}

/// Reads an indicator in a fiscal year (a place among the horizon's), in one region or over
/// the whole city; `None` for one region of an indicator whose numbers are the city's.
///
/// # Errors
/// [`Overflow`] where a count does not fit.
pub fn read_indicator(
    plan: &Plan,
    outcome: &Outcome,
    indicator: usize,
    region: Option<usize>,
    year: usize,
) -> Result<Option<Reading>, Overflow> {
    let reader = Reader { plan, outcome, place: indicator, year };
    let it = reader.indicator();
    if region.is_some() && it.scope == Scope::CityWide {
        return Ok(None);
    }
    let Sides { numerator, denominator, value } = reader.sides(&mut Plain, region)?;
    let target = reader.target(region);
    let target = target.map(|target| reader.goal(target, numerator, denominator, region));
    Ok(Some(Reading { value, numerator, denominator, target: target.transpose()? }))
}

/// An indicator's value, which it lacks where it is compared with nothing, and both sides.
pub(crate) struct Sides<N> {
    pub(crate) numerator: N,
    pub(crate) denominator: Option<N>,
    pub(crate) value: Option<N>,
}

/// One indicator in one fiscal year.
pub(crate) struct Reader<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) outcome: &'a Outcome,
    /// Place of the indicator.
    pub(crate) place: usize,
    /// Place of the fiscal year.
    pub(crate) year: usize,
}

impl Reader<'_> {
    fn indicator(&self) -> &Indicator {
        &self.plan.indicators[self.place]
    }

    fn what(&self, figure: Figure, region: Option<usize>) -> What {
        What::Indicator { figure, indicator: self.place, region, year: self.year }
    }

    /// Where the autumn of the year stands on the semester axis.
    fn autumn(&self) -> usize {
        Horizon::terms(self.year)[1]
    }

    /// The indicator's value and what it is made of.
    pub(crate) fn sides<C: Calc>(
        &self,
        c: &mut C,
        region: Option<usize>,
    ) -> Result<Sides<C::Num>, Overflow> {
        let numerator = self.side(c, Side::Numerator, region)?;
        if self.indicator().denominator.is_empty() {
            return Ok(Sides { numerator, denominator: None, value: Some(numerator) });
        }
        let denominator = self.side(c, Side::Denominator, region)?;
        let what = || self.what(Figure::Value, region);
        let value = match c.get(denominator) {
            0 => None,
            _ => Some(c.ratio(what, numerator, denominator, Rounding::HalfUp)?),
        };
        Ok(Sides { numerator, denominator: Some(denominator), value })
    }

    /// A side of the fraction in a region, or over the city.
    fn side<C: Calc>(
        &self,
        c: &mut C,
        side: Side,
        region: Option<usize>,
    ) -> Result<C::Num, Overflow> {
        let it = self.indicator();
        let regions = || region.map_or(0..self.plan.regions.len(), |r| r..r + 1);
        let mut parts = Vec::new();
        for (n, term) in (1..=u8::MAX).zip(it.terms(side)) {
            // A number given for the city is not given again in each region.
            let is_once = it.scope == Scope::CityWide && matches!(term, Term::Given(_));
            for region in if is_once { 0..1 } else { regions() } {
                parts.push(self.term(c, term, (side, n), region)?);
            }
        }
        let figure = match side {
            Side::Numerator => Figure::Numerator,
            Side::Denominator => Figure::Denominator,
        };
        c.sum(|| self.what(figure, region), &parts)
    }

    fn term<C: Calc>(
        &self,
        c: &mut C,
        term: &Term,
        (side, n): (Side, u8),
        region: usize,
    ) -> Result<C::Num, Overflow> {
        let values = self.outcome.values();
        let path = |role| ParamPath::Term(self.indicator().id.clone(), side, n, role);
        let in_force = |c: &mut C, role| values.series(path(role)).at(c, region, self.autumn());
        let counted = || self.what(Figure::Counted, Some(region));
        match term {
            Term::Given(_) => Ok(in_force(c, TermRole::Given)),
            Term::Heads(population) => {
                let heads = self.outcome.heads(population, region);
                let heads = heads.get(self.year + 1).copied().unwrap_or(0);
                let (population, year) =
                    (population.clone(), self.plan.horizon.school_year(self.year + 1));
                Ok(c.put(heads, || What::Heads { population, region, year }))
            }
            Term::Completed { programme, share, per_unit } => {
                let Some(programme) = self.place_of(programme) else {
                    return Ok(c.put(0, counted));
                };
                let units = self.completed(programme, region);
                let what = What::CompletedBy { programme, region, year: self.year };
                let mut units = c.put(units, || what);
                if share.is_some() {
                    let share = in_force(c, TermRole::Share);
                    units = c.share(counted, units, share)?;
                }
                if per_unit.is_some() {
                    let each = in_force(c, TermRole::PerUnit);
                    units = c.times(counted, units, each)?;
                }
                Ok(units)
            }
            Term::Paid(programme) => {
                let Some(programme) = self.place_of(programme) else {
                    return Ok(c.put(0, counted));
                };
                let cut = Cut::ALL.of_programme(programme).in_region(region);
                let mut paid = Vec::new();
                for year in 0..=self.year {
                    let cut = cut.in_year(year);
                    paid.push(c.put(self.outcome.total(cut).0, || What::Total(cut)));
                }
                c.sum(counted, &paid)
            }
        }
    }

    fn place_of(&self, programme: &crate::id::ProgrammeId) -> Option<usize> {
        self.plan.programmes.iter().position(|p| p.id == *programme)
    }

    /// Units completed in a region by the end of the year.
    fn completed(&self, programme: usize, region: usize) -> i64 {
        // Every count of units is within its bounds: their sum fits.
        self.outcome.completed_by(&mut Plain, programme, region, self.year).unwrap_or(0)
    }

    /// The target in force, if there is one yet; the city has one where all regions have it.
    fn target(&self, region: Option<usize>) -> Option<i64> {
        let it = self.indicator();
        let target = it.target.as_ref()?;
        let path = ParamPath::Indicator(it.id.clone(), it.target_role());
        let rows = self.outcome.values().rows(&path);
        let autumn = self.plan.horizon.semester_at(self.autumn());
        let has_begun = |steps: &[Step]| steps.first().is_some_and(|step| step.from <= autumn);
        let of = |region: usize| {
            let value = rows.at(region, self.autumn());
            let steps = target.value.steps_in(&self.plan.regions[region].id);
            (value != 0 || has_begun(steps)).then_some(value)
        };
        match region {
            Some(region) => of(region),
            None => {
                of(0).filter(|value| (1..self.plan.regions.len()).all(|r| of(r) == Some(*value)))
            }
        }
    }

    /// The same, watched.
    pub(crate) fn target_with<C: Calc>(&self, c: &mut C, region: Option<usize>) -> Option<C::Num> {
        self.target(region)?;
        let it = self.indicator();
        let path = ParamPath::Indicator(it.id.clone(), it.target_role());
        let values = self.outcome.values().series(path);
        let stated = values.at(c, region.unwrap_or(0), self.autumn());
        Some(c.same(|| self.what(Figure::Target, region), stated))
    }

    fn goal(
        &self,
        target: i64,
        numerator: i64,
        denominator: Option<i64>,
        region: Option<usize>,
    ) -> Result<Goal, Overflow> {
        let sense = self.indicator().target.as_ref().map_or(Sense::AtLeast, |t| t.sense);
        // The numerator that just reaches the target, the denominator as it is.
        let exactly = match denominator {
            None => i128::from(target) * i128::from(MILLION),
            Some(denominator) => i128::from(target) * i128::from(denominator),
        };
        let million = i128::from(MILLION);
        let needed = match sense {
            Sense::AtLeast => (exactly + million - 1).div_euclid(million),
            Sense::AtMost => exactly.div_euclid(million),
        };
        let needed = i64::try_from(needed).map_err(|_| Overflow)?;
        let left = match sense {
            Sense::AtLeast => needed.checked_sub(numerator),
            Sense::AtMost => numerator.checked_sub(needed),
        };
        let left = left.ok_or(Overflow)?.max(0);
        let ways = match sense {
            Sense::AtLeast if left > 0 => self.ways(target, numerator, denominator, region)?,
            _ => Vec::new(),
        };
        let is_met = left == 0 && denominator != Some(0);
        Ok(Goal { sense, value: target, is_met, left, ways })
    }

    /// How each programme that counts in the numerator could reach the target; a way beyond
    /// what 64 bits hold is none.
    fn ways(
        &self,
        target: i64,
        numerator: i64,
        denominator: Option<i64>,
        region: Option<usize>,
    ) -> Result<Vec<Way>, Overflow> {
        let it = self.indicator();
        if it.unit() == Unit::Fen {
            let paid = it.numerator.iter().filter_map(|term| match term {
                Term::Paid(programme) => self.place_of(programme),
                _ => None,
            });
            let lacking = target.checked_sub(numerator).ok_or(Overflow)?;
            return Ok(paid
                .map(|programme| Way { programme, units: 0, cost: Fen(lacking) })
                .collect());
        }
        let mut ways = Vec::new();
        for (programme, works) in self.plan.programmes.iter().enumerate() {
            let counts = |term: &Term| matches!(term, Term::Completed { programme, .. } if *programme == works.id);
            if !it.numerator.iter().any(counts) {
                continue;
            }
            // What a further unit does to either side, in millionths, over all that is built.
            let (above, built) = self.effect(Side::Numerator, works, region);
            let (below, _) = self.effect(Side::Denominator, works, region);
            let million = i128::from(MILLION);
            let (numerator, target) = (i128::from(numerator), i128::from(target));
            let (gain, lacking) = match denominator {
                None => (Some(above), (target - numerator) * million),
                Some(denominator) => (
                    below.checked_mul(target).map(|drag| above * million - drag),
                    (target * i128::from(denominator) - numerator * million) * million,
                ),
            };
            // Where nothing is gained, more of it never gets there.
            let units = gain.filter(|gain| *gain > 0).and_then(|gain| {
                let up = lacking.checked_mul(built)?.checked_add(gain - 1)?.div_euclid(gain);
                i64::try_from(up).ok()
            });
            let cost = |units| self.cost(works, programme, region, units).ok();
            if let Some((units, cost)) = units.and_then(|units| Some((units, cost(units)?))) {
                ways.push(Way { programme, units, cost });
            }
        }
        ways.sort_by_key(|way| way.cost);
        Ok(ways)
    }

    /// What all units built so far (or one in each region, where there are none) add to a side,
    /// in millionths, and how many units that is.
    fn effect(&self, side: Side, works: &Programme, region: Option<usize>) -> (i128, i128) {
        let it = self.indicator();
        let Some(programme) = self.place_of(&works.id) else { return (0, 1) };
        let weights = self.weights(programme, region);
        let values = self.outcome.values();
        let mut effect = 0;
        for (n, term) in (1..=u8::MAX).zip(it.terms(side)) {
            let Term::Completed { programme: of, share, per_unit } = term else { continue };
            if *of != works.id {
                continue;
            }
            let path = |role| ParamPath::Term(it.id.clone(), side, n, role);
            let (shares, each) =
                (values.rows(&path(TermRole::Share)), values.rows(&path(TermRole::PerUnit)));
            for (region, weight) in &weights {
                let share = share.as_ref().map_or(MILLION, |_| shares.at(*region, self.autumn()));
                let each = per_unit.as_ref().map_or(1, |_| each.at(*region, self.autumn()));
                effect += i128::from(*weight) * i128::from(share) * i128::from(each);
            }
        }
        (effect, weights.iter().map(|(_, weight)| i128::from(*weight)).sum::<i128>().max(1))
    }

    /// Units each region has built by the end of the year; one each where none has.
    fn weights(&self, programme: usize, region: Option<usize>) -> Vec<(usize, i64)> {
        let regions = region.map_or(0..self.plan.regions.len(), |r| r..r + 1);
        let built = regions.clone().map(|r| (r, self.completed(programme, r)));
        let built: Vec<_> = built.filter(|(_, units)| *units > 0).collect();
        if built.is_empty() { regions.map(|r| (r, 1)).collect() } else { built }
    }

    fn cost(
        &self,
        works: &Programme,
        programme: usize,
        region: Option<usize>,
        units: i64,
    ) -> Result<Fen, Overflow> {
        let Driver::Works { .. } = works.driver else { return Ok(Fen::ZERO) };
        let path = ParamPath::Programme(works.id.clone(), ProgrammeRole::Standard);
        let unit_cost = self.outcome.values().rows(&path);
        let weights = self.weights(programme, region);
        let of = |(region, weight): &(usize, i64)| {
            i128::from(unit_cost.at(*region, self.autumn())) * i128::from(*weight)
        };
        let all: i128 = weights.iter().map(|(_, weight)| i128::from(*weight)).sum();
        let cost = i128::from(units).checked_mul(weights.iter().map(of).sum()).ok_or(Overflow)?;
        crate::exact::divide_half_up(cost, all.max(1)).map(Fen)
    }
}
