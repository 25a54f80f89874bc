//! Owns what makes a plan sound: every name resolves, nothing is twice, nothing goes
//! in a circle, every number lies within its bounds, shares leave something to the residual.
//!
//! Invariant: a plan that passes can be evaluated; only a scenario that moves a number
//! out of its bounds, or an amount beyond 64 bits, can still stop it. A check takes time in
//! proportion to the plan, so that no file can hang the page.

mod fault;
mod goals;
mod money;
mod parameters;
mod people;
mod scenarios;

pub use fault::{Fault, Place, PlanErrors};

use super::{
    Headcount, Indicator, Named, ParamPath, PlanParts, Population, Programme, Region, Rule,
    SchoolSystem, Source, Stage, Unit,
};
use crate::id::{
    CitationId, IndicatorId, PopulationId, ProgrammeId, RegionId, ResourceId, RuleId, SourceId,
};
use crate::text::{Lang, Text};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::hash::Hash;
use std::ops::RangeInclusive;

/// The most of each thing a plan may hold.
pub(crate) mod most {
    pub(super) const REGIONS: usize = 5_000;
    pub(crate) const THINGS: usize = 500;
    /// Measures of all scenarios: each keeps an outcome when a difference is attributed.
    pub(super) const MEASURES: usize = 5_000;
    pub(super) const SCHOOLS: usize = 20_000;
    pub(super) const TASKS: usize = 5_000;
    /// Terms on one side of an indicator.
    pub(super) const TERMS: usize = 50;
    pub(super) const STEPS: usize = 100;
    /// Steps of one split's shares, over the regions that have steps of their own.
    pub(super) const STEPS_PASSED: usize = 2_000_000;
    pub(super) const FAULTS: usize = 50;
    /// Payments by source in one outcome, and likewise heads, terms and results of rules:
    /// 320 MB of them.
    pub(super) const NUMBERS: usize = 40_000_000;
}

pub(super) fn check(plan: &PlanParts) -> Result<(), PlanErrors> {
    let mut checker = Checker::new(plan);
    checker.lists();
    let before = checker.faults.len();
    checker.sizes();
    if checker.faults.len() > before {
        return Err(PlanErrors(checker.faults)); // the rest would take as long as it is large
    }
    checker.populations();
    checker.schools();
    checker.programmes();
    checker.indicators();
    checker.rules();
    checker.tasks();
    checker.parameters();
    checker.aliases();
    checker.scenarios();
    checker.packet();
    if checker.faults.is_empty() { Ok(()) } else { Err(PlanErrors(checker.faults)) }
}

/// Checks the scenarios of a plan whose other parts have passed.
pub(super) fn check_scenarios(plan: &PlanParts) -> Result<(), PlanErrors> {
    let mut checker = Checker::new(plan);
    checker.unique("scenarios", most::THINGS, plan.scenarios.iter().map(|s| &s.id));
    checker.sizes();
    if checker.faults.is_empty() {
        checker.scenarios();
    }
    if checker.faults.is_empty() { Ok(()) } else { Err(PlanErrors(checker.faults)) }
}

struct Checker<'a> {
    plan: &'a PlanParts,
    regions: HashMap<&'a RegionId, &'a Region>,
    populations: HashMap<&'a PopulationId, &'a Population>,
    sources: HashMap<&'a SourceId, &'a Source>,
    programmes: HashMap<&'a ProgrammeId, &'a Programme>,
    resources: HashSet<&'a ResourceId>,
    indicators: HashMap<&'a IndicatorId, &'a Indicator>,
    rules: HashMap<&'a RuleId, &'a Rule>,
    citations: HashSet<&'a CitationId>,
    paths: HashSet<ParamPath>,
    /// Those of them that differ by region, or grow by one that does.
    regional: Vec<ParamPath>,
    /// How schooling is divided in one region or another.
    systems: HashSet<SchoolSystem>,
    faults: Vec<(Place, Fault)>,
}

/// The parameters that differ by region, or grow by one that does.
fn regional(plan: &PlanParts) -> Vec<ParamPath> {
    let named = plan.named_parameters();
    let own = named.iter().filter(|n| !n.parameter.by_region.is_empty()).map(|n| &n.path);
    let own: HashSet<&ParamPath> = own.collect();
    let grows = |n: &&Named<'_>| n.growth.as_ref().is_some_and(|path| own.contains(path));
    let is_one = |n: &&Named<'_>| own.contains(&n.path) || grows(n);
    named.iter().filter(is_one).map(|n| n.path.clone()).collect()
}

impl<'a> Checker<'a> {
    fn new(plan: &'a PlanParts) -> Self {
        Self {
            plan,
            regions: plan.regions.iter().map(|r| (&r.id, r)).collect(),
            populations: plan.populations.iter().map(|p| (&p.id, p)).collect(),
            sources: plan.sources.iter().map(|s| (&s.id, s)).collect(),
            programmes: plan.programmes.iter().map(|p| (&p.id, p)).collect(),
            resources: plan.resources.iter().map(|r| &r.id).collect(),
            indicators: plan.indicators.iter().map(|i| (&i.id, i)).collect(),
            rules: plan.rules.iter().map(|r| (&r.id, r)).collect(),
            citations: plan.citations.iter().map(|c| &c.id).collect(),
            paths: plan.parameters().map(|(path, _)| path).collect(),
            regional: regional(plan),
            systems: plan.regions.iter().map(|r| r.system).collect(),
            faults: Vec::new(),
        }
    }

    fn fault(&mut self, place: impl Into<String>, fault: Fault) {
        if self.faults.len() < most::FAULTS {
            self.faults.push((Place(place.into()), fault));
        }
    }

    fn unique<I: Eq + Hash + fmt::Display + 'a>(
        &mut self,
        place: &str,
        most: usize,
        ids: impl ExactSizeIterator<Item = &'a I>,
    ) {
        self.at_most(place, ids.len(), most);
        let mut seen = HashSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.fault(place, Fault::Duplicate { id: id.to_string() });
            }
        }
    }

    /// What a packet was handed out as is a plan of its own.
    fn packet(&mut self) {
        let Some(packet) = &self.plan.packet else { return };
        let (base, region) = (&packet.base, &packet.region);
        self.known("packet", self.regions.contains_key(region), region);
        self.known("packet", base.regions.iter().any(|r| r.id == *region), region);
        self.mark("packet", &packet.of);
        if base.packet.is_some() {
            return self.fault("packet", Fault::Cycle { id: region.to_string() });
        }
        for (place, fault) in check(base).err().into_iter().flat_map(|errors| errors.0) {
            self.fault(format!("packet/{place}"), fault);
        }
    }

    fn mark(&mut self, place: &str, words: &str) {
        if Text::new(Lang::default(), words).is_err() {
            let words = words.chars().take(80).collect();
            self.fault(place, Fault::NotAMark { words });
        }
    }

    fn known(&mut self, place: &str, is_known: bool, id: &impl fmt::Display) {
        if !is_known {
            self.fault(place, Fault::Unknown { id: id.to_string() });
        }
    }

    fn lists(&mut self) {
        let plan = self.plan;
        self.unique("regions", most::REGIONS, plan.regions.iter().map(|r| &r.id));
        self.unique("populations", most::THINGS, plan.populations.iter().map(|p| &p.id));
        self.unique("sources", most::THINGS, plan.sources.iter().map(|s| &s.id));
        self.unique("programmes", most::THINGS, plan.programmes.iter().map(|p| &p.id));
        self.unique("scenarios", most::THINGS, plan.scenarios.iter().map(|s| &s.id));
        self.unique("citations", most::REGIONS, plan.citations.iter().map(|c| &c.id));
        self.unique("schools", most::SCHOOLS, plan.schools.iter().map(|s| &s.id));
        self.unique("resources", most::THINGS, plan.resources.iter().map(|r| &r.id));
        self.unique("indicators", most::THINGS, plan.indicators.iter().map(|i| &i.id));
        self.unique("rules", most::THINGS, plan.rules.iter().map(|r| &r.id));
        self.unique("tasks", most::TASKS, plan.tasks.iter().map(|t| &t.id));
        self.not_empty("regions", plan.regions.is_empty());
    }

    /// What comes of a plan fits into memory: lists that are each short enough still multiply.
    fn sizes(&mut self) {
        let plan = self.plan;
        let (regions, years) = (plan.regions.len(), plan.horizon.years());
        let grades = plan.populations.iter().map(|p| match p.headcount {
            Headcount::Cohort(_) => self.most_grades(p.stage),
            Headcount::Counted { .. } | Headcount::ShareOf { .. } => 1,
        });
        let terms = plan.indicators.iter().map(|i| i.numerator.len() + i.denominator.len());
        let payments = plan.programmes.iter().map(|p| {
            let payers = p.split.shares.len() + 1;
            payers.saturating_mul(p.driver.periods().a_year())
        });
        // What differs by region, by itself or by a measure, is held for each of them.
        let by_region: HashSet<&ParamPath> =
            self.regional
                .iter()
                .chain(
                    plan.scenarios.iter().flat_map(|s| &s.measures).flat_map(|m| {
                        m.changes.iter().filter(|c| !c.is_uniform()).map(|c| &c.path)
                    }),
                )
                .collect();
        for (place, things, times) in [
            ("payers of programmes × regions × payments", payments.sum(), years),
            ("parameters by region × regions × semesters", by_region.len(), 2 * years + 1),
            ("grades of populations × regions × autumns", grades.sum(), years + 1),
            ("terms of indicators × regions × years", terms.sum(), years),
            ("rules × regions × years", plan.rules.len(), years),
        ] {
            let found = things.saturating_mul(regions).saturating_mul(times);
            self.at_most(place, found, most::NUMBERS);
        }
    }

    /// The grades of a stage where it has the most of them.
    fn most_grades(&self, stage: Stage) -> usize {
        self.systems.iter().map(|s| stage.grades(*s)).max().unwrap_or(Stage::MOST_GRADES)
    }

    fn at_most(&mut self, place: &str, found: usize, most: usize) {
        if found > most {
            self.fault(place, Fault::TooMany { found, most });
        }
    }

    fn not_empty(&mut self, place: &str, is_empty: bool) {
        if is_empty {
            self.fault(place, Fault::None);
        }
    }

    fn no_cycle<'p, I: Ord + Hash + fmt::Display>(
        &mut self,
        place: &str,
        parents: &BTreeMap<&'p I, &'p I>,
    ) {
        // Each is passed once, in whichever walk comes by first: a chain of thousands must
        // not be walked from each of its links.
        let mut walks = HashMap::new();
        for (walk, start) in parents.keys().enumerate() {
            let mut at = *start;
            while let Some(parent) = parents.get(at) {
                match walks.insert(at, walk) {
                    None => at = parent,
                    Some(before) if before == walk => {
                        let next = |id: &&'p I| parents.get(*id).copied().filter(|id| *id != at);
                        let round = std::iter::successors(Some(at), next);
                        let id = round.min().unwrap_or(at).to_string();
                        return self.fault(place, Fault::Cycle { id });
                    }
                    Some(_) => break,
                }
            }
        }
    }

    fn bounds(&mut self, place: &str, unit: Unit, value: i64) {
        self.within(place, unit.bounds(), value);
    }

    fn within(&mut self, place: &str, bounds: RangeInclusive<i64>, value: i64) {
        if !bounds.contains(&value) {
            let (least, most) = bounds.into_inner();
            self.fault(place, Fault::OutOfBounds { value, least, most });
        }
    }

    fn citation(&mut self, place: &str, citation: Option<&CitationId>) {
        if let Some(id) = citation {
            self.known(place, self.citations.contains(id), id);
        }
    }
}
