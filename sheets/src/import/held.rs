//! Owns what the plan says of a place at a time, for old → new.
//!
//! Invariant: heads are those counted in that very autumn; what an autumn without a census starts
//! from is what the command makes of it ([`started`]); an amount of a fiscal year is what the
//! engine says of it (`Yearly`), growth included.

use super::change::{Place, When};
use shapan_engine::{
    Census, Headcount, ParamPath, Parameter, Plan, PopulationId, RegionId, Season, Stage, Year,
    YearAmount, Yearly,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

/// A counted population.
struct Counted<'a> {
    stage: Stage,
    censuses: &'a [Census],
    growth: &'a Parameter,
}

/// What a plan has, looked up fast.
pub(super) struct Held<'a> {
    plan: &'a Plan,
    heads: HashMap<&'a PopulationId, Counted<'a>>,
    parameters: HashMap<ParamPath, &'a Parameter>,
    /// Made where they are asked for.
    amounts: RefCell<HashMap<ParamPath, Amounts<'a>>>,
}

/// A parameter by fiscal year, in the regions that were asked about.
struct Amounts<'a> {
    yearly: Option<Yearly<'a>>,
    of: HashMap<Option<RegionId>, Vec<YearAmount>>,
}

impl<'a> Held<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        let counted = plan.populations.iter().filter_map(|population| {
            let Headcount::Counted { censuses, growth, .. } = &population.headcount else {
                return None;
            };
            Some((&population.id, Counted { stage: population.stage, censuses, growth }))
        });
        let heads = counted.collect();
        let parameters = plan.parameters().collect();
        Self { plan, heads, parameters, amounts: RefCell::default() }
    }

    /// Whether heads of it are counted.
    pub(super) fn is_counted(&self, population: &PopulationId) -> bool {
        self.heads.contains_key(population)
    }

    /// The populations that are counted, with their stages.
    pub(super) fn counted(&self) -> impl Iterator<Item = (&'a PopulationId, Stage)> {
        self.heads.iter().map(|(id, counted)| (*id, counted.stage))
    }

    fn census(&self, of: &PopulationId, year: Year) -> Option<&'a Census> {
        self.heads.get(of)?.censuses.iter().find(|census| census.year == year)
    }

    /// Heads counted in an autumn.
    pub(super) fn heads(&self, of: &PopulationId, at: &RegionId, year: Year) -> Option<i64> {
        self.census(of, year)?.heads.get(at).copied()
    }

    /// Heads of all regions in an autumn, as a number for it meets them: those counted then, or
    /// those that the autumn is started with; nothing before the first census.
    pub(super) fn in_autumn(&self, of: &PopulationId, year: Year) -> BTreeMap<RegionId, i64> {
        let Some(counted) = self.heads.get(of) else { return BTreeMap::new() };
        match self.census(of, year) {
            Some(census) => census.heads.clone(),
            None => started(self.plan, counted.censuses, counted.growth, year),
        }
    }

    /// Heads of all regions in the autumn nearest to one: those of that autumn, or of the first
    /// census behind it.
    pub(super) fn nearest(
        &self,
        of: &PopulationId,
        year: Year,
    ) -> Option<(Year, BTreeMap<RegionId, i64>)> {
        let censuses = self.heads.get(of)?.censuses;
        let heads = self.in_autumn(of, year);
        if !heads.is_empty() {
            return Some((year, heads));
        }
        let later = censuses.iter().find(|census| census.year > year && !census.heads.is_empty());
        later.map(|census| (census.year, census.heads.clone()))
    }

    /// The value of a parameter.
    pub(super) fn value(&self, path: &ParamPath, place: &Place, when: When) -> Option<i64> {
        let region = match place {
            Place::Known(region) => Some(region),
            Place::Whole => None,
            Place::New(_) => return None,
        };
        let parameter = self.parameters.get(path)?;
        let mut known = self.amounts.borrow_mut();
        if !known.contains_key(path) {
            let yearly = Yearly::of(self.plan, path).ok().flatten();
            known.insert(path.clone(), Amounts { yearly, of: HashMap::new() });
        }
        let Amounts { yearly, of } = known.get_mut(path)?;
        let region = region.cloned();
        if !of.contains_key(&region) {
            let amounts = yearly.as_ref()?.amounts(parameter, region.as_ref()).ok()?;
            of.insert(region.clone(), amounts);
        }
        let amounts = of.get(&region)?;
        let of_year = |year: Year| amounts.get(self.plan.horizon.year_index(year)?);
        match when {
            When::Fiscal(year) => Some(of_year(year)?.amount),
            When::Autumn(year) => Some(of_year(year)?.autumn),
            When::From(from) => of_year(from.year).map(|amount| match from.season {
                Season::Spring => amount.spring,
                Season::Autumn => amount.autumn,
            }),
        }
    }
}

/// What an autumn that is counted anew starts with: the heads of the census before, grown as the
/// engine projects them, so that regions nobody counts anew keep the heads they had.
pub(super) fn started(
    plan: &Plan,
    censuses: &[Census],
    growth: &Parameter,
    year: Year,
) -> BTreeMap<RegionId, i64> {
    let before = censuses.iter().rev().find(|census| census.year < year);
    before.map(|census| census.projected_to(year, growth, plan.horizon.start())).unwrap_or_default()
}
