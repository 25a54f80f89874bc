//! Owns estimates of progression and transfer rates from past grade censuses of a cohort.
//!
//! Source: DESIGN section 3 turned round: what share of a grade was in the next one a year
//! later, migration included. Only censuses of two autumns that follow each other count.
//!
//! Invariant: rates are millionths, rounded half-up once; the ratios of a mean are held to 10⁻¹⁸
//! until then. What was left out of an estimate is said with it. Deliberately absent: putting
//! an estimate into a plan, which is a planner's decision, and births.

use crate::exact::{MILLION, Overflow, divide_half_up};
use crate::id::PopulationId;
use crate::plan::{Cohort, GradeCensus, Headcount, Plan, Population, Stage};
use crate::time::Year;

/// How several years' ratios become one rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EstimateMethod {
    /// The plain mean of the yearly ratios.
    #[default]
    Mean,
    /// The ratio of the latest two consecutive censuses.
    Last,
    /// All heads that arrived ÷ all heads they come from: large years count for more.
    Weighted,
}

/// What was left out of an estimate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EstimateWarning {
    /// An autumn between the first census and the last has none.
    MissingCensus {
        /// Of which cohort.
        population: PopulationId,
        /// Which autumn.
        year: Year,
    },
    /// Nobody was in the grade, so nobody could go on from it.
    EmptyGrade {
        /// In which autumn.
        year: Year,
    },
    /// There are no two censuses a year apart: no estimate.
    TooFewCensuses,
}

/// A rate and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Heads a year later for each head, in millionths; `None` where no two censuses show it.
    pub rate: Option<i64>,
    /// The earlier years of the pairs used, ascending.
    pub years: Vec<Year>,
    /// What was left out.
    pub warnings: Vec<EstimateWarning>,
}

/// Progression from each grade (the first first) to the next, in a region, or over all regions
/// added up where `None`; where systems differ, each grade over the regions that have the next.
///
/// `None` where the population is no cohort or there is no such region.
pub fn estimate_progression(
    plan: &Plan,
    population: &PopulationId,
    region: Option<usize>,
    method: EstimateMethod,
) -> Option<Vec<Estimate>> {
    let of = History::of(plan, population, region)?;
    let most = of.regions.clone().map(|r| of.grades(r)).max()?;
    let pairs = Pairs::between(&of, &of);
    let estimate = |grade: usize| {
        let heads = |region, (before, after): &Pair<'_>| {
            let goes_on = grade < of.grades(region);
            let heads = [of.heads(before, region, grade), of.heads(after, region, grade + 1)];
            if goes_on { heads } else { [0, 0] }
        };
        pairs.estimate(method, heads)
    };
    Some((1..most).map(estimate).collect())
}

/// Transfer from the last grade of one cohort to the first of another, in a region, or over
/// all regions added up where `None`.
///
/// `None` where one of the two is no cohort or there is no such region.
pub fn estimate_transfer(
    plan: &Plan,
    from: &PopulationId,
    to: &PopulationId,
    region: Option<usize>,
    method: EstimateMethod,
) -> Option<Estimate> {
    let (from, to) = (History::of(plan, from, region)?, History::of(plan, to, region)?);
    let heads = |region, (before, after): &Pair<'_>| {
        [from.heads(before, region, from.grades(region)), to.heads(after, region, 1)]
    };
    Some(Pairs::between(&from, &to).estimate(method, heads))
}

/// A cohort's censuses in the regions asked about.
struct History<'a> {
    plan: &'a Plan,
    population: &'a PopulationId,
    stage: Stage,
    cohort: &'a Cohort,
    regions: std::ops::Range<usize>,
}

impl<'a> History<'a> {
    fn of(plan: &'a Plan, id: &PopulationId, region: Option<usize>) -> Option<Self> {
        let Population { id, stage, headcount, .. } =
            plan.populations.iter().find(|p| p.id == *id)?;
        let Headcount::Cohort(cohort) = headcount else { return None };
        let regions = match region {
            None => 0..plan.regions.len(),
            Some(place) if place < plan.regions.len() => place..place + 1,
            Some(_) => return None,
        };
        Some(Self { plan, population: id, stage: *stage, cohort, regions })
    }

    fn grades(&self, region: usize) -> usize {
        self.stage.grades(self.plan.regions[region].system)
    }

    fn census(&self, year: Year) -> Option<&'a GradeCensus> {
        self.cohort.censuses.iter().find(|census| census.year == year)
    }

    fn years(&self) -> Option<(Year, Year)> {
        let years = || self.cohort.censuses.iter().map(|census| census.year);
        years().min().zip(years().max())
    }

    /// Heads of a grade counted from 1; grades not given are empty.
    fn heads(&self, census: &GradeCensus, region: usize, grade: usize) -> i64 {
        let counted = census.heads.get(&self.plan.regions[region].id);
        counted.and_then(|grades| grades.get(grade - 1)).copied().unwrap_or(0)
    }
}

/// A census and that of the autumn after.
type Pair<'a> = (&'a GradeCensus, &'a GradeCensus);

/// Censuses a year apart, and those that are missing between the first and the last.
struct Pairs<'a> {
    regions: std::ops::Range<usize>,
    pairs: Vec<Pair<'a>>,
    missing: Vec<EstimateWarning>,
}

impl<'a> Pairs<'a> {
    fn between(from: &History<'a>, to: &History<'a>) -> Self {
        let mut found =
            Self { regions: from.regions.clone(), pairs: Vec::new(), missing: Vec::new() };
        let (Some((from_first, from_last)), Some((to_first, to_last))) = (from.years(), to.years())
        else {
            return found;
        };
        let (first, last) = (from_first.max(to_first.plus(-1)), from_last.min(to_last.plus(-1)));
        let years = (first.get()..=last.get()).map(|year| first.plus(year - first.get()));
        for year in years {
            let pair = [(from, year), (to, year.plus(1))];
            let censuses = pair.map(|(history, year)| history.census(year));
            if let [Some(before), Some(after)] = censuses {
                found.pairs.push((before, after));
            }
            let missing = pair.iter().zip(censuses).filter(|(_, census)| census.is_none());
            for ((history, year), _) in missing {
                let population = history.population.clone();
                let warning = EstimateWarning::MissingCensus { population, year: *year };
                if !found.missing.contains(&warning) {
                    found.missing.push(warning);
                }
            }
        }
        found
    }

    /// One rate out of the heads of each pair in each region, before and after.
    fn estimate(
        &self,
        method: EstimateMethod,
        heads: impl Fn(usize, &Pair<'_>) -> [i64; 2],
    ) -> Estimate {
        let mut warnings = self.missing.clone();
        if self.pairs.is_empty() {
            warnings.push(EstimateWarning::TooFewCensuses);
        }
        let mut ratios = Vec::new();
        for pair in &self.pairs {
            let year = pair.0.year;
            let regions = self.regions.clone().map(|region| heads(region, pair));
            let add = |[a, b]: [i128; 2], [c, d]: [i64; 2]| [a + i128::from(c), b + i128::from(d)];
            match regions.fold([0, 0], add) {
                [0, _] => warnings.push(EstimateWarning::EmptyGrade { year }),
                [before, after] => ratios.push((year, before, after)),
            }
        }
        if method == EstimateMethod::Last {
            ratios.drain(..ratios.len().saturating_sub(1));
        }
        let years = ratios.iter().map(|(year, ..)| *year).collect();
        // No rate is beyond the heads of all regions: within a plan's bounds there is no overflow.
        let rate = if ratios.is_empty() { None } else { rate(method, &ratios).ok() };
        Estimate { rate, years, warnings }
    }
}

/// The rate of pairs `(year, heads before, heads after)`, of which there is at least one.
fn rate(method: EstimateMethod, ratios: &[(Year, i128, i128)]) -> Result<i64, Overflow> {
    let million = i128::from(MILLION);
    match method {
        EstimateMethod::Last | EstimateMethod::Weighted => {
            let before: i128 = ratios.iter().map(|(_, before, _)| before).sum();
            let after: i128 = ratios.iter().map(|(.., after)| after).sum();
            divide_half_up(after.checked_mul(million).ok_or(Overflow)?, before)
        }
        EstimateMethod::Mean => {
            let fine = million * million;
            let mut sum = 0i128;
            for (_, before, after) in ratios {
                let parts = after.checked_mul(million * fine).ok_or(Overflow)?;
                let nearest = (2 * parts + before).div_euclid(2 * before);
                sum = sum.checked_add(nearest).ok_or(Overflow)?;
            }
            let count = i128::try_from(ratios.len()).map_err(|_| Overflow)?;
            divide_half_up(sum, count * fine)
        }
    }
}
