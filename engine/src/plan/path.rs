//! Owns the stable name of every parameter and the list of all of them.
//!
//! Invariant: a path reads back from its own text, and [`PlanParts::parameters`] is
//! the one place that says what parameters a plan has.

use super::{BasisKind, Driver, Headcount, Parameter, PlanParts, Unit};
use crate::id::{PopulationId, ProgrammeId, SourceId};
use std::fmt;
use std::str::FromStr;

/// Names one parameter of a plan, such as `programmes/boarding-junior/standard`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParamPath {
    /// A parameter of a population.
    Population(PopulationId, PopulationRole),
    /// A parameter of a source.
    Source(SourceId, SourceRole),
    /// A parameter of a programme.
    Programme(ProgrammeId, ProgrammeRole),
    /// A source's share in a programme's split.
    Split(ProgrammeId, SourceId),
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
}

impl ParamPath {
    /// What the parameter's values count.
    pub fn unit(&self) -> Unit {
        match self {
            Self::Population(_, PopulationRole::Growth)
            | Self::Source(_, SourceRole::RevenueGrowth | SourceRole::AvailableGrowth) => {
                Unit::Growth
            }
            Self::Population(_, PopulationRole::Share) | Self::Split(..) => Unit::Share,
            Self::Source(_, SourceRole::Revenue | SourceRole::Available) => Unit::Fen,
            Self::Programme(_, role) => role.unit(),
        }
    }

    /// The programme it belongs to, if it does.
    pub fn programme(&self) -> Option<&ProgrammeId> {
        match self {
            Self::Programme(id, _) | Self::Split(id, _) => Some(id),
            Self::Population(..) | Self::Source(..) => None,
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
        }
    }
}

impl FromStr for ParamPath {
    type Err = NotAPath;

    fn from_str(text: &str) -> Result<Self, NotAPath> {
        let parts: Vec<&str> = text.splitn(5, '/').collect();
        let path = match parts.as_slice() {
            ["populations", id, role] => id
                .parse()
                .ok()
                .zip(PopulationRole::parse(role))
                .map(|(id, r)| Self::Population(id, r)),
            ["sources", id, role] => {
                id.parse().ok().zip(SourceRole::parse(role)).map(|(id, r)| Self::Source(id, r))
            }
            ["programmes", id, role] => id
                .parse()
                .ok()
                .zip(ProgrammeRole::parse(role))
                .map(|(id, r)| Self::Programme(id, r)),
            ["programmes", id, "split", source] => {
                id.parse().ok().zip(source.parse().ok()).map(|(id, s)| Self::Split(id, s))
            }
            _ => None,
        };
        path.ok_or_else(|| NotAPath(text.chars().take(200).collect()))
    }
}

/// A parameter with its name and that of the parameter it grows by.
pub(crate) struct Named<'a> {
    pub(crate) path: ParamPath,
    pub(crate) parameter: &'a Parameter,
    pub(crate) growth: Option<ParamPath>,
}

impl PlanParts {
    /// Every parameter of the plan, populations first, then sources, then programmes.
    pub(crate) fn named_parameters(&self) -> Vec<Named<'_>> {
        let mut all = Vec::new();
        let mut name = |path, parameter, growth| all.push(Named { path, parameter, growth });
        for p in &self.populations {
            match &p.headcount {
                Headcount::Counted { growth, .. } => {
                    name(ParamPath::Population(p.id.clone(), PopulationRole::Growth), growth, None);
                }
                Headcount::ShareOf { share, .. } => {
                    name(ParamPath::Population(p.id.clone(), PopulationRole::Share), share, None);
                }
            }
        }
        for s in &self.sources {
            let available = s.available.as_ref().map(|a| &a.amount);
            for (amount, role, growth_role) in [
                (s.revenue.as_ref(), SourceRole::Revenue, SourceRole::RevenueGrowth),
                (available, SourceRole::Available, SourceRole::AvailableGrowth),
            ] {
                let Some(amount) = amount else { continue };
                let growth = ParamPath::Source(s.id.clone(), growth_role);
                let grows = amount.indexation.as_ref();
                let path = ParamPath::Source(s.id.clone(), role);
                name(path, &amount.value, grows.map(|_| growth.clone()));
                if let Some(parameter) = grows {
                    name(growth, parameter, None);
                }
            }
        }
        for p in &self.programmes {
            let role_path = |role| ParamPath::Programme(p.id.clone(), role);
            for (role, parameter, grows) in p.driver.roles() {
                let growth = grows.then(|| role_path(ProgrammeRole::Indexation));
                name(role_path(role), parameter, growth);
            }
            if let Some(base) = &p.split.base_standard {
                name(role_path(ProgrammeRole::BaseStandard), base, None);
            }
            for share in &p.split.shares {
                name(ParamPath::Split(p.id.clone(), share.source.clone()), &share.share, None);
            }
        }
        all
    }

    /// Every parameter of the plan with its path, in the plan's order.
    pub fn parameters(&self) -> impl Iterator<Item = (ParamPath, &Parameter)> {
        self.named_parameters().into_iter().map(|n| (n.path, n.parameter))
    }

    /// Whether any number policy can move, or any division among payers, has no source.
    pub fn rests_on_illustrative(&self) -> bool {
        let parameters = self.parameters().map(|(_, p)| p.basis.kind);
        let splits = self.programmes.iter().map(|p| p.split.basis.kind);
        let counts = self.populations.iter().filter_map(|p| match &p.headcount {
            Headcount::Counted { basis, .. } => Some(basis.kind),
            Headcount::ShareOf { .. } => None,
        });
        parameters.chain(splits).chain(counts).any(|kind| kind == BasisKind::Illustrative)
    }

    /// Whether a programme's amounts follow heads rather than something else.
    pub fn is_per_head(&self, programme: usize) -> bool {
        matches!(self.programmes[programme].driver, Driver::Heads { .. })
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
        ] {
            assert_eq!(text.parse::<ParamPath>().unwrap().to_string(), text);
        }
        for text in
            ["", "programmes/x", "programmes/x/nothing", "programmes/X/standard", "a/b/c/d/e/f"]
        {
            assert!(text.parse::<ParamPath>().is_err(), "{text:?}");
        }
    }
}
