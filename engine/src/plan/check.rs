//! Owns what makes a plan sound: every name resolves, nothing is twice, nothing goes
//! in a circle, every number lies within its bounds, shares leave something to the residual.
//!
//! Invariant: a plan that passes can be evaluated; only a scenario that moves a number
//! out of its bounds, or an amount beyond 64 bits, can still stop it.

use super::{
    Change, ChangeValue, Driver, Headcount, Operation, ParamPath, Parameter, PlanParts, Scenario,
    Scope, SourceRole, Step, Unit,
};
use crate::exact::MILLION;
use crate::id::{CitationId, PopulationId, ProgrammeId, RegionId, SourceId};
use crate::text::{Lang, Text};
use crate::time::{Horizon, Semester};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::hash::Hash;

/// Where in a plan something is wrong, such as `programmes/staff/split/county`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(pub String);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A list is longer than the app takes on.
    #[error("{found} of these; at most {most}")]
    TooMany {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A plan needs at least one of these.
    #[error("none; at least one is needed")]
    None,
    /// Two things of one kind share a name.
    #[error("the name {id} is given twice")]
    Duplicate {
        /// The name.
        id: String,
    },
    /// A name that nothing in the plan bears.
    #[error("nothing here is called {id}")]
    Unknown {
        /// The name.
        id: String,
    },
    /// A population or scenario that is its own ancestor.
    #[error("goes in a circle through {id}")]
    Cycle {
        /// One member of the circle.
        id: String,
    },
    /// There must be exactly one scenario without a parent, and it has no measures.
    #[error("not a status quo: {roots} scenarios without a parent, {measures} measures in them")]
    StatusQuo {
        /// Scenarios without a parent.
        roots: usize,
        /// Measures they hold.
        measures: usize,
    },
    /// A value outside of what its unit allows.
    #[error("{value} is outside {least} to {most}")]
    OutOfBounds {
        /// The value.
        value: i64,
        /// The least allowed.
        least: i64,
        /// The most allowed.
        most: i64,
    },
    /// Steps or censuses that are not in ascending order of time.
    #[error("not in ascending order of time")]
    NotAscending,
    /// No census early enough to pay for the first spring.
    #[error("no census of autumn {needed} or before")]
    CensusMissing {
        /// The latest year that would do.
        needed: i16,
    },
    /// The shares of a split add up to more than the whole.
    #[error("the shares add up to {total} millionths, more than the whole")]
    SharesExceedWhole {
        /// Their sum.
        total: i64,
    },
    /// The residual source also has a share.
    #[error("the residual source {id} also has a share")]
    ResidualHasShare {
        /// The source.
        id: String,
    },
    /// A base standard where there is no standard.
    #[error("a base standard needs a standard per head, post or unit")]
    BaseWithoutStandard,
    /// A change that ends before it starts.
    #[error("ends before it starts")]
    EndsBeforeStart,
    /// A clause, code or tag that is no short text: empty, overlong, or with control characters.
    #[error("{words:?} is no short text")]
    NotAMark {
        /// What it is.
        words: String,
    },
    /// Regional values of money the whole city shares.
    #[error("the whole city shares this money: it has no values by region")]
    CityWideByRegion,
    /// A revenue programme on a source that has no revenue.
    #[error("{id} has no revenue")]
    NoRevenue {
        /// The source.
        id: String,
    },
}

/// Every fault of a plan with its place; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(|(place, fault)| format!("{place}: {fault}")).collect::<Vec<_>>().join("; "))]
pub struct PlanErrors(pub Vec<(Place, Fault)>);

/// The most of each thing a plan may hold.
pub(crate) mod most {
    pub(super) const REGIONS: usize = 5_000;
    pub(crate) const THINGS: usize = 500;
    /// Measures of all scenarios: each keeps an outcome when a difference is attributed.
    pub(super) const MEASURES: usize = 5_000;
    pub(super) const STEPS: usize = 100;
    pub(super) const FAULTS: usize = 50;
    /// Payments by source in one outcome: 320 MB of them.
    pub(super) const PAYMENTS: usize = 40_000_000;
}

pub(super) fn check(plan: &PlanParts) -> Result<(), PlanErrors> {
    let mut checker = Checker::new(plan);
    checker.lists();
    checker.populations();
    checker.sources_and_programmes();
    checker.parameters();
    checker.scenarios();
    if checker.faults.is_empty() { Ok(()) } else { Err(PlanErrors(checker.faults)) }
}

struct Checker<'a> {
    plan: &'a PlanParts,
    regions: HashSet<&'a RegionId>,
    populations: HashSet<&'a PopulationId>,
    sources: HashSet<&'a SourceId>,
    citations: HashSet<&'a CitationId>,
    faults: Vec<(Place, Fault)>,
}

impl<'a> Checker<'a> {
    fn new(plan: &'a PlanParts) -> Self {
        Self {
            plan,
            regions: plan.regions.iter().map(|r| &r.id).collect(),
            populations: plan.populations.iter().map(|p| &p.id).collect(),
            sources: plan.sources.iter().map(|s| &s.id).collect(),
            citations: plan.citations.iter().map(|c| &c.id).collect(),
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
        if ids.len() > most {
            self.fault(place, Fault::TooMany { found: ids.len(), most });
        }
        let mut seen = HashSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.fault(place, Fault::Duplicate { id: id.to_string() });
            }
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
        if plan.regions.is_empty() {
            self.fault("regions", Fault::None);
        }
        let semesters = 2 * plan.horizon.years();
        let found = [plan.programmes.len(), plan.regions.len(), plan.sources.len(), semesters]
            .into_iter()
            .fold(1, usize::saturating_mul);
        if found > most::PAYMENTS {
            let place = "programmes × regions × sources × semesters";
            self.fault(place, Fault::TooMany { found, most: most::PAYMENTS });
        }
    }

    fn populations(&mut self) {
        let needed = self.plan.horizon.first().plus(-1);
        let mut parents = BTreeMap::new();
        for population in &self.plan.populations {
            let place = format!("populations/{}", population.id);
            match &population.headcount {
                Headcount::Counted { censuses, basis, .. } => {
                    self.citation(&place, basis.citation.as_ref());
                    if !censuses.is_sorted_by(|a, b| a.year < b.year) {
                        self.fault(&place, Fault::NotAscending);
                    }
                    if censuses.first().is_none_or(|c| c.year > needed) {
                        self.fault(&place, Fault::CensusMissing { needed: needed.get() });
                    }
                    for (region, heads) in censuses.iter().flat_map(|c| &c.heads) {
                        self.known(&place, self.regions.contains(region), region);
                        self.bounds(&place, Unit::Count, *heads);
                    }
                }
                Headcount::Cohort(_) => {}
                Headcount::ShareOf { parent, .. } => {
                    self.known(&place, self.populations.contains(parent), parent);
                    parents.insert(&population.id, parent);
                }
            }
        }
        self.no_cycle("populations", &parents);
    }

    fn no_cycle<I: Ord + fmt::Display>(&mut self, place: &str, parents: &BTreeMap<&I, &I>) {
        for start in parents.keys() {
            let mut at = *start;
            for _ in 0..parents.len() {
                let Some(parent) = parents.get(at) else { break };
                at = parent;
                if at == *start {
                    return self.fault(place, Fault::Cycle { id: start.to_string() });
                }
            }
        }
    }

    fn sources_and_programmes(&mut self) {
        for source in &self.plan.sources {
            let Some(available) = &source.available else { continue };
            let growth = available.amount.indexation.as_ref();
            let mut both = std::iter::once(&available.amount.value).chain(growth);
            if available.scope == Scope::CityWide && both.any(|p| !p.by_region.is_empty()) {
                self.fault(format!("sources/{}/available", source.id), Fault::CityWideByRegion);
            }
        }
        for programme in &self.plan.programmes {
            let place = format!("programmes/{}", programme.id);
            if let Driver::Revenue { source, .. } = &programme.driver {
                let found = self.plan.sources.iter().find(|s| s.id == *source);
                self.known(&place, found.is_some(), source);
                if found.is_some_and(|s| s.revenue.is_none()) {
                    self.fault(&place, Fault::NoRevenue { id: source.to_string() });
                }
            }
            if let Some(population) = programme.driver.population() {
                self.known(&place, self.populations.contains(population), population);
            }
            let marks = programme.clause.iter().chain(&programme.code).chain(&programme.tags);
            marks.for_each(|words| self.mark(&place, words));
            let split = &programme.split;
            let place = format!("{place}/split");
            self.citation(&place, split.basis.citation.as_ref());
            self.known(&place, self.sources.contains(&split.residual), &split.residual);
            self.unique(&place, most::THINGS, split.shares.iter().map(|s| &s.source));
            for share in &split.shares {
                self.known(&place, self.sources.contains(&share.source), &share.source);
                if share.source == split.residual {
                    self.fault(&place, Fault::ResidualHasShare { id: share.source.to_string() });
                }
            }
            if split.base_standard.is_some() && !programme.driver.has_standard() {
                self.fault(&place, Fault::BaseWithoutStandard);
            }
            self.shares_leave_a_rest(&place, &programme.id);
        }
    }

    /// In every region and from every date on which a share moves.
    fn shares_leave_a_rest(&mut self, place: &str, programme: &ProgrammeId) {
        let Some(programme) = self.plan.programmes.iter().find(|p| p.id == *programme) else {
            return;
        };
        let shares = &programme.split.shares;
        let regions: BTreeSet<_> = shares.iter().flat_map(|s| s.share.by_region.keys()).collect();
        for region in std::iter::once(None).chain(regions.into_iter().map(Some)) {
            let in_region = |p: &'a Parameter| region.map_or(&p.steps[..], |r| p.steps_in(r));
            let steps = shares.iter().enumerate().flat_map(|(n, s)| {
                in_region(&s.share).iter().map(move |step| (step.from, n, step.value))
            });
            // One sweep through time: a file full of steps must not keep the page waiting.
            let mut steps: Vec<(Semester, usize, i64)> = steps.collect();
            steps.sort_by_key(|(from, ..)| *from);
            let mut in_force = vec![0; shares.len()];
            let mut total = 0i128;
            for same_date in steps.chunk_by(|a, b| a.0 == b.0) {
                for (_, share, value) in same_date {
                    total += i128::from(*value) - i128::from(in_force[*share]);
                    in_force[*share] = *value;
                }
                if total > i128::from(MILLION) {
                    let total = i64::try_from(total).unwrap_or(i64::MAX);
                    return self.fault(place, Fault::SharesExceedWhole { total });
                }
            }
        }
    }

    fn parameters(&mut self) {
        for (path, parameter) in self.plan.parameters() {
            let place = path.to_string();
            self.citation(&place, parameter.basis.citation.as_ref());
            for region in parameter.by_region.keys() {
                self.known(&place, self.regions.contains(region), region);
            }
            for steps in std::iter::once(&parameter.steps).chain(parameter.by_region.values()) {
                self.steps(&place, path.unit(), steps);
            }
            // A ratio divides: it has no "0 before its first date", here or in any region.
            let start = self.plan.horizon.start();
            let starts = |steps: &Vec<Step>| steps.first().is_some_and(|s| s.from <= start);
            let all_start = starts(&parameter.steps) && parameter.by_region.values().all(starts);
            if path.unit() == Unit::Ratio && !all_start {
                self.fault(&place, Fault::None);
            }
        }
    }

    fn steps(&mut self, place: &str, unit: Unit, steps: &[Step]) {
        if steps.len() > most::STEPS {
            self.fault(place, Fault::TooMany { found: steps.len(), most: most::STEPS });
        }
        if !steps.is_sorted_by(|a, b| a.from < b.from) {
            self.fault(place, Fault::NotAscending);
        }
        for step in steps {
            self.bounds(place, unit, step.value);
        }
    }

    fn bounds(&mut self, place: &str, unit: Unit, value: i64) {
        let bounds = unit.bounds();
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

    fn scenarios(&mut self) {
        let plan = self.plan;
        let roots: Vec<_> = plan.scenarios.iter().filter(|s| s.parent.is_none()).collect();
        let measures = roots.iter().map(|s| s.measures.len()).sum();
        if roots.len() != 1 || measures > 0 {
            self.fault("scenarios", Fault::StatusQuo { roots: roots.len(), measures });
        }
        let found = plan.scenarios.iter().map(|s| s.measures.len()).sum();
        if found > most::MEASURES {
            self.fault("scenarios", Fault::TooMany { found, most: most::MEASURES });
        }
        let ids: HashSet<_> = plan.scenarios.iter().map(|s| &s.id).collect();
        let mut parents = BTreeMap::new();
        let paths: HashSet<ParamPath> = plan.parameters().map(|(path, _)| path).collect();
        for scenario in &plan.scenarios {
            let place = format!("scenarios/{}", scenario.id);
            if let Some(parent) = &scenario.parent {
                self.known(&place, ids.contains(parent), parent);
                parents.insert(&scenario.id, parent);
            }
            self.unique(&place, most::THINGS, scenario.measures.iter().map(|m| &m.id));
            self.measures(&place, scenario, &paths);
        }
        self.no_cycle("scenarios", &parents);
    }

    fn measures(&mut self, scenario_place: &str, scenario: &Scenario, paths: &HashSet<ParamPath>) {
        for measure in &scenario.measures {
            let place = format!("{scenario_place}/{}", measure.id);
            self.citation(&place, measure.basis.citation.as_ref());
            measure.clause.iter().for_each(|words| self.mark(&place, words));
            if measure.changes.len() > most::THINGS {
                let found = measure.changes.len();
                self.fault(&place, Fault::TooMany { found, most: most::THINGS });
            }
            for (n, change) in measure.changes.iter().enumerate() {
                let place = format!("{place}/{}", n + 1);
                self.known(&place, paths.contains(&change.path), &change.path);
                self.change(&place, change);
            }
        }
    }

    fn change(&mut self, place: &str, change: &Change) {
        if !change.is_uniform() && self.is_city_wide(&change.path) {
            self.fault(place, Fault::CityWideByRegion);
        }
        if change.until.is_some_and(|until| until < change.from) {
            self.fault(place, Fault::EndsBeforeStart);
        }
        let by_region = match &change.value {
            ChangeValue::One(value) => {
                self.change_value(place, change, *value);
                None
            }
            ChangeValue::ByRegion(values) => {
                values.values().for_each(|v| self.change_value(place, change, *v));
                Some(values.keys())
            }
        };
        for region in by_region.into_iter().flatten().chain(change.regions.iter().flatten()) {
            self.known(place, self.regions.contains(region), region);
        }
    }

    fn is_city_wide(&self, path: &ParamPath) -> bool {
        use SourceRole::{Available, AvailableGrowth};
        let ParamPath::Source(id, Available | AvailableGrowth) = path else { return false };
        let source = self.plan.sources.iter().find(|s| s.id == *id);
        let available = source.and_then(|s| s.available.as_ref());
        available.is_some_and(|a| a.scope == Scope::CityWide)
    }

    fn change_value(&mut self, place: &str, change: &Change, value: i64) {
        let bounds = match change.operation {
            Operation::Set => change.path.unit().bounds(),
            Operation::Add => {
                let most = *change.path.unit().bounds().end();
                -most..=most
            }
            Operation::Scale => 0..=1_000 * MILLION,
        };
        if !bounds.contains(&value) {
            let (least, most) = bounds.into_inner();
            self.fault(place, Fault::OutOfBounds { value, least, most });
        }
    }
}

impl PlanParts {
    /// The scenario's ancestors from the status quo down, itself last; empty if unknown.
    pub fn lineage(&self, id: &crate::id::ScenarioId) -> Vec<&Scenario> {
        let mut line = Vec::new();
        let mut at = Some(id);
        while let Some(id) = at {
            let Some(scenario) = self.scenarios.iter().find(|s| s.id == *id) else { break };
            line.push(scenario);
            at = scenario.parent.as_ref();
            if line.len() > self.scenarios.len() {
                break;
            }
        }
        line.reverse();
        line
    }

    /// The scenario without a parent: the status quo.
    pub fn status_quo(&self) -> Option<&Scenario> {
        self.scenarios.iter().find(|s| s.parent.is_none())
    }

    /// The horizon's fiscal years; shorthand for tables.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = crate::time::Year> + Clone {
        Horizon::fiscal_years(self.horizon)
    }
}
