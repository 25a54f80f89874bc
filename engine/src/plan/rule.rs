//! Owns rules: statutory or policy tests of what a plan comes to.
//!
//! Invariant (after `check`): every name resolves. Deliberately absent: how a rule is
//! tested (`rules`).

use super::{
    Account, Basis, Extra, Indexed, Indicator, Nature, Parameter, PlanParts, Scope, Stage, Unit,
};
use crate::id::{IndicatorId, PopulationId, ResourceId, RuleId, SourceId};
use crate::text::Text;

/// A test with its threshold and citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name within the plan.
    pub id: RuleId,
    /// What it is called.
    pub name: Text,
    /// Whether every region is tested, or the city as a whole.
    pub scope: Scope,
    /// What is tested.
    pub kind: RuleKind,
    /// Where it comes from.
    pub basis: Basis,
    /// Fields this version does not know.
    pub extra: Extra,
}

impl Rule {
    /// Whether the yearly amount the rule compares with is one for the whole city, rather than
    /// the sum of its regions'.
    pub(crate) fn is_reckoned_once(&self) -> bool {
        let amount = match &self.kind {
            RuleKind::ShareOfBudget { budget, .. } => Some(budget),
            RuleKind::Growth { than, .. } => than.as_ref(),
            _ => None,
        };
        self.scope == Scope::CityWide && amount.is_some_and(|a| a.value.by_region.is_empty())
    }
}

impl PlanParts {
    /// What the figures a rule compares count: fen, or what its indicator does.
    pub fn unit_tested(&self, rule: &Rule) -> Unit {
        match &rule.kind {
            RuleKind::Target { indicator } => {
                let found = self.indicators.iter().find(|i| i.id == *indicator);
                found.map_or(Unit::Count, Indicator::unit)
            }
            RuleKind::Balance { .. } => Unit::Rate,
            _ => Unit::Fen,
        }
    }
}

/// What a rule tests, in each fiscal year (DESIGN: rules).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Spending with a tag from a source ÷ the source's revenue is at least a share.
    Earmark {
        /// The account with the revenue.
        source: SourceId,
        /// The tag of the programmes it must pay for.
        tag: Box<str>,
        /// The share.
        at_least: Parameter,
    },
    /// All education spending ÷ total public budget expenditure is at least a share.
    ShareOfBudget {
        /// Budget expenditure, fen a year; where the city is tested and regions have their own,
        /// their sum.
        budget: Indexed,
        /// The share.
        at_least: Parameter,
    },
    /// A figure grows: more than last year's, or faster than a revenue does.
    Growth {
        /// The figure.
        of: Figure,
        /// The revenue, fen a year, as a budget; the figure is then compared as a whole.
        than: Option<Indexed>,
    },
    /// A figure is at least last year's (只增不减).
    NeverDecrease {
        /// The figure.
        of: Figure,
    },
    /// What a source is asked for is there.
    Envelope {
        /// The source.
        source: SourceId,
    },
    /// An account pays for no spending of certain natures.
    UseRestriction {
        /// The account.
        account: Account,
        /// What it may not pay for.
        forbidden: Vec<Nature>,
    },
    /// An indicator reaches its target of the year.
    Target {
        /// The indicator.
        indicator: IndicatorId,
    },
    /// Schools of a stage do not differ too much in what they have for each pupil (section 8).
    Balance {
        /// The stage, primary or junior.
        stage: Stage,
        /// What is compared.
        resources: Vec<BalanceResource>,
        /// The test.
        test: BalanceTest,
    },
}

/// A spending figure that rules compare over the years.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Only spending of these natures; of all where empty.
    pub natures: Vec<Nature>,
    /// Only programmes with one of these tags; all where empty.
    pub tags: Vec<Box<str>>,
    /// Only from these accounts; all where empty.
    pub accounts: Vec<Account>,
    /// What it is divided by.
    pub per: Per,
    /// The figure of the year before the first fiscal year, fen (per pupil or post where
    /// divided); without it the first year cannot be told.
    pub before: Option<Parameter>,
}

/// What a spending figure is divided by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Per {
    /// Nothing: the amount itself.
    #[default]
    Whole,
    /// Pupils: the mean of the two censuses that pay for the year.
    Pupil(Vec<PopulationId>),
    /// Posts of the selected programmes.
    Post,
}

/// A resource whose balance is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceResource {
    /// The resource.
    pub resource: ResourceId,
    /// What a school should have of it for each pupil, in millionths of a unit.
    pub level: Option<i64>,
}

/// How balance is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BalanceTest {
    /// The plain mean of the coefficients of variation is at most this (2012).
    Mean {
        /// Millionths.
        at_most: Parameter,
    },
    /// Every coefficient is at most this, and every school meets the level of at least so
    /// many resources (2017).
    Each {
        /// Millionths.
        at_most: Parameter,
        /// Levels every school must meet.
        levels_met: u8,
    },
}
