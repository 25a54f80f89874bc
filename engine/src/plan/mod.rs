//! Owns the plan: a plain value that holds all a bureau states, and nothing derived.
//!
//! Invariant: every [`Plan`] has passed [`check`], so evaluation meets no dangling
//! name, cycle or impossible share. The only ways to one are [`Plan::new`] and
//! [`Plan::edit`]. Deliberately absent: JSON (see `files`), results (`outcome`).

mod check;
mod cohort;
mod every;
mod indicator;
mod list;
mod packet;
mod parameter;
mod path;
mod people;
mod programme;
mod registry;
mod rule;
mod scenario;
mod school;
mod source;
mod task;

pub use crate::files::Extra;
pub(crate) use check::most;
pub use check::{Fault, Place, PlanErrors};
pub use cohort::{Cohort, Entry, GradeCensus};
pub use indicator::{Indicator, Sense, Side, Target, Term};
pub use list::List;
pub use packet::{Entrusted, Packet};
pub use parameter::{Basis, BasisKind, Indexed, Parameter, Step, Unit};
pub use path::{
    GradeRole, IndicatorRole, NotAPath, ParamPath, PopulationRole, ProgrammeRole, RuleRole,
    SourceRole, TermRole,
};
pub use people::{Census, Headcount, Norms, Population, Region, SchoolSystem, Stage};
pub use programme::{
    Driver, HeadsTiming, Nature, Posts, Programme, Share, Split, YearShare, YearShares,
};
pub(crate) use registry::Named;
pub use registry::Registered;
pub use rule::{BalanceResource, BalanceTest, Figure, Per, Rule, RuleKind};
pub use scenario::{Change, ChangeValue, Measure, Operation, Scenario};
pub use school::{Resource, School, SchoolKind};
pub use source::{Account, Available, Payer, Scope, Source};
pub use task::Task;

use crate::id::CitationId;
use crate::text::Text;
use crate::time::Horizon;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// A publication or clause that a number rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Its name within the plan.
    pub id: CitationId,
    /// What it is called.
    pub title: Text,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// All that a plan states; not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanParts {
    /// What the plan is called.
    pub title: Text,
    /// The city its regions roll up to.
    pub place: Text,
    /// Whether this is a sample that came with the app.
    pub is_sample: bool,
    /// The fiscal years it is computed over.
    pub horizon: Horizon,
    /// Publications and clauses.
    pub citations: List<Citation>,
    /// Leaf units that count heads and pay.
    pub regions: List<Region>,
    /// Head counts.
    pub populations: List<Population>,
    /// Payers' accounts.
    pub sources: List<Source>,
    /// What money is spent on.
    pub programmes: List<Programme>,
    /// Single schools, where their sizes or resources matter.
    pub schools: List<School>,
    /// What schools have that balance is judged by.
    pub resources: List<Resource>,
    /// Ratios and counts, and the targets they must reach.
    pub indicators: List<Indicator>,
    /// Tests of what the plan comes to.
    pub rules: List<Rule>,
    /// The clauses of the work plan.
    pub tasks: List<Task>,
    /// Former paths of parameters, and what they are called now.
    pub aliases: BTreeMap<ParamPath, ParamPath>,
    /// The status quo and everything stacked on it.
    pub scenarios: List<Scenario>,
    /// What it was handed out for, where it is a region's packet rather than a city's plan.
    pub packet: Option<Arc<Packet>>,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// A checked plan. Reads like its [`PlanParts`]; can only be changed into another checked plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan(PlanParts);

impl Plan {
    /// Checks the parts.
    ///
    /// # Errors
    /// Every fault found, each with its place.
    pub fn new(parts: PlanParts) -> Result<Self, PlanErrors> {
        check::check(&parts)?;
        Ok(Self(parts))
    }

    /// This plan with a change made to its parts, checked again; `self` is untouched.
    ///
    /// # Errors
    /// As [`Plan::new`].
    pub fn edit(&self, change: impl FnOnce(&mut PlanParts)) -> Result<Self, PlanErrors> {
        let mut parts = self.0.clone();
        change(&mut parts);
        self.next(parts)
    }

    /// A version of this plan, checked: where only scenarios differ, only they are.
    ///
    /// # Errors
    /// As [`Plan::new`].
    pub(crate) fn next(&self, parts: PlanParts) -> Result<Self, PlanErrors> {
        if self.0.has_ground_of(&parts) {
            check::check_scenarios(&parts)?;
            Ok(Self(parts))
        } else {
            Self::new(parts)
        }
    }

    /// The parts, given up for building another plan.
    pub fn into_parts(self) -> PlanParts {
        self.0
    }
}

impl PlanParts {
    /// Nothing yet but a name, a place and years; not sound before it has a scenario.
    pub fn empty(title: Text, place: Text, horizon: Horizon) -> Self {
        Self {
            title,
            place,
            is_sample: false,
            horizon,
            citations: List::default(),
            regions: List::default(),
            populations: List::default(),
            sources: List::default(),
            programmes: List::default(),
            schools: List::default(),
            resources: List::default(),
            indicators: List::default(),
            rules: List::default(),
            tasks: List::default(),
            aliases: BTreeMap::new(),
            scenarios: List::default(),
            packet: None,
            extra: Extra::default(),
        }
    }

    /// Whether both are the same but for their scenarios, as versions of one plan are between
    /// changes of its data: then what was found out about the one holds for the other. Looks at
    /// what they share only, so `false` may be said of equal ones too.
    pub fn has_ground_of(&self, other: &Self) -> bool {
        self.horizon == other.horizon
            && self.regions.is_shared_with(&other.regions)
            && self.citations.is_shared_with(&other.citations)
            && self.populations.is_shared_with(&other.populations)
            && self.sources.is_shared_with(&other.sources)
            && self.programmes.is_shared_with(&other.programmes)
            && self.schools.is_shared_with(&other.schools)
            && self.resources.is_shared_with(&other.resources)
            && self.indicators.is_shared_with(&other.indicators)
            && self.rules.is_shared_with(&other.rules)
            && self.tasks.is_shared_with(&other.tasks)
            && self.aliases == other.aliases
            && match (&self.packet, &other.packet) {
                (Some(packet), Some(other)) => Arc::ptr_eq(packet, other),
                (None, None) => true,
                _ => false,
            }
    }
}

impl Deref for Plan {
    type Target = PlanParts;
    fn deref(&self) -> &PlanParts {
        &self.0
    }
}
