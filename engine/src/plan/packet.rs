//! Owns what makes a plan a packet: which region it was handed to, what that region may change,
//! and how it stood when it was handed out.
//!
//! Invariant (after `check`): the region is one of the plan's, the base is a sound plan with that
//! region, and no packet holds another. Deliberately absent: how a packet is made, handed back
//! and taken in (`packet`).

use super::{ParamPath, PlanParts, PopulationRole, ProgrammeRole};
use crate::id::RegionId;
use crate::text::Text;

/// What a city handed to one of its regions to fill in (填报包).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// The region that fills it in.
    pub region: RegionId,
    /// The city that handed it out.
    pub city: Text,
    /// What the region may change.
    pub entrusted: Vec<Entrusted>,
    /// Which of the city's plans it is part of: its [`fingerprint`](crate::files::fingerprint).
    pub of: Box<str>,
    /// The plan as it was handed out.
    pub base: PlanParts,
}

/// Numbers of its own that a region may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entrusted {
    /// Heads counted and projected, classes and posts there are (人数).
    People,
    /// Revenues and available money of the region's own accounts (财力).
    Money,
    /// Schools, their pupils and what they have (学校).
    Schools,
    /// How much of each programme: posts, units, amounts, coverage (项目数量).
    Quantities,
}

impl Entrusted {
    /// All of them, in the order they are listed.
    pub const ALL: [Self; 4] = [Self::People, Self::Money, Self::Schools, Self::Quantities];

    /// Which of them a parameter is a number of; `None` for what only the city decides:
    /// standards, who pays, targets and rules.
    pub fn of_parameter(path: &ParamPath) -> Option<Self> {
        use PopulationRole::{ClassLimit, ClassSize, PupilsPerPost};
        use ProgrammeRole::{Amount, Coverage, OpeningBalance, Posts, TakeUp, Units};
        match path {
            // What a class or a post should be is the city's norm.
            ParamPath::Population(_, ClassSize | ClassLimit | PupilsPerPost)
            | ParamPath::Split(..)
            | ParamPath::Indicator(..)
            | ParamPath::Term(..)
            | ParamPath::Rule(..) => None,
            ParamPath::Population(..) | ParamPath::Grade(..) => Some(Self::People),
            ParamPath::Source(..) => Some(Self::Money),
            ParamPath::Programme(_, role) => {
                let is_own =
                    matches!(role, Amount | Coverage | OpeningBalance | Posts | TakeUp | Units);
                is_own.then_some(Self::Quantities)
            }
        }
    }
}
