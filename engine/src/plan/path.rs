//! Owns the stable name of every parameter.
//!
//! Invariant: a path reads back from its own text and says in what unit its values are.
//! Deliberately absent: which parameters a plan has (`registry`).

use super::{Indicator, Side, Unit};
use crate::id::{IndicatorId, PopulationId, ProgrammeId, RuleId, SourceId};
use std::fmt;
use std::str::FromStr;

/// Names one parameter of a plan, such as `programmes/boarding-junior/standard`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParamPath {
    /// A parameter of a population.
    Population(PopulationId, PopulationRole),
    /// A parameter of one grade (counted from 1) of a cohort.
    Grade(PopulationId, GradeRole, u8),
    /// A parameter of a source.
    Source(SourceId, SourceRole),
    /// A parameter of a programme.
    Programme(ProgrammeId, ProgrammeRole),
    /// A source's share in a programme's split.
    Split(ProgrammeId, SourceId),
    /// A parameter of an indicator.
    Indicator(IndicatorId, IndicatorRole),
    /// A parameter of one term (counted from 1) of an indicator's fraction.
    Term(IndicatorId, Side, u8, TermRole),
    /// A parameter of a rule.
    Rule(RuleId, RuleRole),
}

/// A text that names no kind of parameter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a parameter such as programmes/boarding-junior/standard: {0:?}")]
pub struct NotAPath(pub String);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident { $($(#[$role_doc:meta])* $role:ident = $text:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$role_doc])* $role,)* }

        impl $name {
            fn as_str(self) -> &'static str {
                match self { $(Self::$role => $text,)* }
            }

            fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$role),)* _ => None }
            }
        }
    )*};
}

roles! {
    /// What a population's parameter is.
    PopulationRole {
        /// Yearly growth after the last census.
        Growth = "growth",
        /// Share of the parent population.
        Share = "share",
        /// Yearly growth of births where they are not given.
        BirthsGrowth = "births-growth",
        /// Share of the born who reach the age of entry.
        Survival = "survival",
        /// Share of those who enter.
        EntryRate = "entry-rate",
        /// Entrants given.
        Intake = "intake",
        /// Share of leavers who go on.
        Transfer = "transfer-rate",
        /// Share of those who go on that comes here.
        Division = "division",
        /// Pupils a class should have.
        ClassSize = "class-size",
        /// Pupils beyond which a class is oversized.
        ClassLimit = "class-limit",
        /// Classes there are.
        Classes = "classes",
        /// Pupils for each teaching post.
        PupilsPerPost = "pupils-per-post",
        /// Teaching posts there are.
        Posts = "posts",
    }
    /// What a grade's parameter is.
    GradeRole {
        /// Share of the grade that goes on to the next.
        Progression = "progression",
        /// Net migration into the grade.
        Migration = "migration",
    }
    /// What a source's parameter is.
    SourceRole {
        /// What the account takes in, fen a year.
        Revenue = "revenue",
        /// Yearly growth of revenue.
        RevenueGrowth = "revenue-growth",
        /// What is there to spend, fen a year.
        Available = "available",
        /// Yearly growth of what is there.
        AvailableGrowth = "available-growth",
    }
    /// What a programme's parameter is.
    ProgrammeRole {
        /// Unit amount: fen per head, post or unit.
        Standard = "standard",
        /// Yearly growth of the standard or amount.
        Indexation = "indexation",
        /// What higher levels recognise of the standard.
        BaseStandard = "base-standard",
        /// Share of the population entitled.
        Coverage = "coverage",
        /// Share of those entitled who take it up.
        TakeUp = "take-up",
        /// Pupils a school counts for at least.
        SchoolFloor = "school-floor",
        /// Posts paid.
        Posts = "posts",
        /// Pupils for each post.
        PupilsPerPost = "pupils-per-post",
        /// Units to build.
        Units = "units",
        /// Share of an account's revenue.
        Share = "share",
        /// Amount a year, fen.
        Amount = "amount",
        /// Average principal of a new loan, fen.
        AveragePrincipal = "average-principal",
        /// Risk compensation on new lending.
        RiskRate = "risk-rate",
        /// Yearly interest on what is outstanding.
        InterestRate = "interest-rate",
        /// Loans outstanding before the first year, fen.
        OpeningBalance = "opening-balance",
    }
    /// What an indicator's parameter is: its target, in the indicator's unit.
    IndicatorRole {
        /// The ratio to be reached.
        TargetRate = "target-rate",
        /// The count to be reached.
        TargetCount = "target-count",
        /// The amount to be reached, fen.
        TargetAmount = "target-amount",
    }
    /// What a term's parameter is.
    TermRole {
        /// The number given.
        Given = "given",
        /// Share of completed units that count.
        Share = "share",
        /// What a completed unit counts for.
        PerUnit = "per-unit",
    }
    /// What a rule's parameter is.
    RuleRole {
        /// The least share.
        AtLeast = "at-least",
        /// The largest coefficient of variation.
        AtMost = "at-most",
        /// Public budget expenditure, fen a year.
        Budget = "budget",
        /// Yearly growth of the budget.
        BudgetGrowth = "budget-growth",
        /// Recurrent revenue, fen a year.
        Revenue = "revenue",
        /// Yearly growth of recurrent revenue.
        RevenueGrowth = "revenue-growth",
        /// The figure of the year before the first, fen.
        Before = "before",
    }
}

impl Side {
    fn as_str(self) -> &'static str {
        match self {
            Self::Numerator => "numerator",
            Self::Denominator => "denominator",
        }
    }
}

impl Indicator {
    /// The role of its target's value, which says the unit.
    pub fn target_role(&self) -> IndicatorRole {
        match self.unit() {
            Unit::Fen => IndicatorRole::TargetAmount,
            Unit::Count => IndicatorRole::TargetCount,
            _ => IndicatorRole::TargetRate,
        }
    }
}

impl ParamPath {
    /// What the parameter's values count.
    pub fn unit(&self) -> Unit {
        match self {
            Self::Population(_, role) => role.unit(),
            Self::Grade(_, GradeRole::Progression, _)
            | Self::Indicator(_, IndicatorRole::TargetRate)
            | Self::Rule(_, RuleRole::AtMost) => Unit::Rate,
            Self::Grade(_, GradeRole::Migration, _) => Unit::Net,
            Self::Source(_, SourceRole::RevenueGrowth | SourceRole::AvailableGrowth)
            | Self::Rule(_, RuleRole::BudgetGrowth | RuleRole::RevenueGrowth) => Unit::Growth,
            Self::Source(_, SourceRole::Revenue | SourceRole::Available)
            | Self::Indicator(_, IndicatorRole::TargetAmount)
            | Self::Rule(_, RuleRole::Budget | RuleRole::Revenue | RuleRole::Before) => Unit::Fen,
            Self::Programme(_, role) => role.unit(),
            Self::Split(..)
            | Self::Term(_, _, _, TermRole::Share)
            | Self::Rule(_, RuleRole::AtLeast) => Unit::Share,
            Self::Indicator(_, IndicatorRole::TargetCount)
            | Self::Term(_, _, _, TermRole::Given | TermRole::PerUnit) => Unit::Count,
        }
    }

    /// The programme it belongs to, if it does.
    pub fn programme(&self) -> Option<&ProgrammeId> {
        match self {
            Self::Programme(id, _) | Self::Split(id, _) => Some(id),
            _ => None,
        }
    }
}

impl fmt::Display for ParamPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Population(id, role) => write!(f, "populations/{id}/{}", role.as_str()),
            Self::Source(id, role) => write!(f, "sources/{id}/{}", role.as_str()),
            Self::Programme(id, role) => write!(f, "programmes/{id}/{}", role.as_str()),
            Self::Split(id, source) => write!(f, "programmes/{id}/split/{source}"),
            Self::Grade(id, role, grade) => write!(f, "populations/{id}/{}/{grade}", role.as_str()),
            Self::Indicator(id, role) => write!(f, "indicators/{id}/{}", role.as_str()),
            Self::Term(id, side, n, role) => {
                write!(f, "indicators/{id}/{}/{n}/{}", side.as_str(), role.as_str())
            }
            Self::Rule(id, role) => write!(f, "rules/{id}/{}", role.as_str()),
        }
    }
}

impl FromStr for ParamPath {
    type Err = NotAPath;

    fn from_str(text: &str) -> Result<Self, NotAPath> {
        let parts: Vec<&str> = text.splitn(6, '/').collect();
        parse(&parts).ok_or_else(|| NotAPath(text.chars().take(200).collect()))
    }
}

fn parse(parts: &[&str]) -> Option<ParamPath> {
    use ParamPath as P;
    // One to 255, written as it is written back.
    let number = |text: &str| text.parse::<u8>().ok().filter(|n| *n > 0 && n.to_string() == text);
    Some(match parts {
        ["populations", id, role] => P::Population(id.parse().ok()?, PopulationRole::parse(role)?),
        ["populations", id, role, grade] => {
            P::Grade(id.parse().ok()?, GradeRole::parse(role)?, number(grade)?)
        }
        ["sources", id, role] => P::Source(id.parse().ok()?, SourceRole::parse(role)?),
        ["programmes", id, role] => P::Programme(id.parse().ok()?, ProgrammeRole::parse(role)?),
        ["programmes", id, "split", source] => P::Split(id.parse().ok()?, source.parse().ok()?),
        ["indicators", id, role] => P::Indicator(id.parse().ok()?, IndicatorRole::parse(role)?),
        ["indicators", id, side, n, role] => {
            let side = match *side {
                "numerator" => Side::Numerator,
                "denominator" => Side::Denominator,
                _ => return None,
            };
            P::Term(id.parse().ok()?, side, number(n)?, TermRole::parse(role)?)
        }
        ["rules", id, role] => P::Rule(id.parse().ok()?, RuleRole::parse(role)?),
        _ => return None,
    })
}

impl PopulationRole {
    /// What the role's values count.
    fn unit(self) -> Unit {
        match self {
            Self::Growth | Self::BirthsGrowth => Unit::Growth,
            Self::Share | Self::Survival | Self::EntryRate | Self::Transfer | Self::Division => {
                Unit::Share
            }
            Self::Intake | Self::ClassSize | Self::ClassLimit | Self::Classes | Self::Posts => {
                Unit::Count
            }
            Self::PupilsPerPost => Unit::Ratio,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_back_from_its_own_text() {
        for text in [
            "programmes/boarding-junior/standard",
            "programmes/boarding-junior/split/county",
            "populations/junior-boarders/share",
            "sources/county/available-growth",
            "populations/primary-pupils/progression/3",
            "indicators/public-kindergartens/numerator/2/per-unit",
            "rules/education-share/at-least",
        ] {
            assert_eq!(text.parse::<ParamPath>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "programmes/x",
            "programmes/x/nothing",
            "programmes/X/standard",
            "a/b/c/d/e/f",
            "populations/x/progression/03",
            "populations/x/progression/0",
        ] {
            assert!(text.parse::<ParamPath>().is_err(), "{text:?}");
        }
    }
}
