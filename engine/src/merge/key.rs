//! Owns the names of what can be taken from one plan into another: numbers by region, item and
//! date; of everything else the thing, the scenario or the measure.
//!
//! Invariant: a key means the same whichever of the plans it is looked up in. Deliberately
//! absent: what stands under it (`table`), and words for it.

use crate::edit::ThingId;
use crate::id::{MeasureId, PopulationId, RegionId, ResourceId, ScenarioId, SchoolId};
use crate::plan::{ParamPath, PlanParts, Stage};
use crate::time::{Semester, Year};
use std::fmt;

/// Semesters on end: from one on, or from the beginning; up to one, or for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first of them; all before `until` where there is none.
    pub from: Option<Semester>,
    /// The first after them; all from `from` on where there is none.
    pub until: Option<Semester>,
}

impl Span {
    /// Every semester there is.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// Whether a semester lies in it; `None` is the time before every date.
    pub fn has(self, semester: Option<Semester>) -> bool {
        self.from <= semester && self.until.is_none_or(|end| semester.is_none_or(|s| s < end))
    }

    fn meets(self, other: Self) -> bool {
        let ends = |span: Self, from: Option<Semester>| match (span.until, from) {
            (Some(end), Some(from)) => end <= from,
            _ => false,
        };
        !ends(self, other.from) && !ends(other, self.from)
    }
}

/// What of a population is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    /// All its heads.
    Heads,
    /// Those of one grade, counted from 1.
    Grade(u8),
    /// Those born in a year, of whom it comes.
    Births,
}

/// Names something that can be taken from one plan into another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// What the plan and its city are called.
    Name,
    /// The fiscal years.
    Horizon,
    /// A thing: all of it, or all but its numbers where those are items of their own. A region
    /// that only one plan has comes and goes with its numbers.
    Thing(ThingId),
    /// What was counted in one region in one year.
    Heads(PopulationId, Count, RegionId, Year),
    /// Whether anything was counted in a year ([`Count::Heads`] stands for grades too).
    Census(PopulationId, Count, Year),
    /// How the counts of a population are known.
    CountBasis(PopulationId),
    /// What a dated number is in one region, or where regions have none of their own, in some
    /// semesters; in all of them also where its dates are written otherwise and mean the same.
    Number(ParamPath, Option<RegionId>, Span),
    /// How a dated number is known.
    Basis(ParamPath),
    /// A dated number with all its regions and dates; what a roll-up picks.
    Parameter(ParamPath),
    /// Pupils of a school.
    Pupils(SchoolId, Stage),
    /// What a school has of a resource.
    Resource(SchoolId, ResourceId),
    /// A scenario: all of it where only one plan has it; otherwise its name, what it is stacked
    /// on, whether it is adopted, and the order of its measures.
    Scenario(ScenarioId),
    /// A measure of a scenario that both plans have.
    Measure(ScenarioId, MeasureId),
}

impl Key {
    /// The thing it is, or is a number of.
    pub fn thing(&self) -> Option<ThingId> {
        match self {
            Self::Thing(id) => Some(id.clone()),
            Self::Heads(id, ..) | Self::Census(id, ..) | Self::CountBasis(id) => {
                Some(ThingId::Population(id.clone()))
            }
            Self::Number(path, ..) | Self::Basis(path) | Self::Parameter(path) => {
                Some(ThingId::of_parameter(path))
            }
            Self::Pupils(id, _) | Self::Resource(id, _) => Some(ThingId::School(id.clone())),
            Self::Name | Self::Horizon | Self::Scenario(_) | Self::Measure(..) => None,
        }
    }

    /// The region it is a number of, or the region or school itself; none for what holds
    /// everywhere. Where a school is, the plan says.
    pub fn region(&self, plan: &PlanParts) -> Option<RegionId> {
        let of_school = |id: &SchoolId| {
            plan.schools.iter().find(|school| school.id == *id).map(|school| school.region.clone())
        };
        match self {
            Self::Heads(_, _, region, _) => Some(region.clone()),
            Self::Number(_, region, _) => region.clone(),
            Self::Pupils(school, _)
            | Self::Resource(school, _)
            | Self::Thing(ThingId::School(school)) => of_school(school),
            Self::Thing(ThingId::Region(region)) => Some(region.clone()),
            _ => None,
        }
    }

    /// Whether what it stands for is, or lies in, what this stands for; of semesters it is enough
    /// that they meet.
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Thing(id), other) if other.thing().as_ref() == Some(id) => true,
            (Self::Number(a, r, span), Self::Number(b, s, other)) => {
                (a, r) == (b, s) && span.meets(*other)
            }
            (Self::Census(a, Count::Births, y), Self::Heads(b, Count::Births, _, z)) => {
                (a, y) == (b, z)
            }
            (Self::Census(a, Count::Heads, y), Self::Heads(b, count, _, z)) => {
                (a, y) == (b, z) && *count != Count::Births
            }
            _ => self == other,
        }
    }

    /// Whether it is one number, rather than a thing or how something is known.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Heads(..) | Self::Number(..) | Self::Pupils(..) | Self::Resource(..))
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Heads => f.write_str("heads"),
            Self::Grade(grade) => write!(f, "grade/{grade}"),
            Self::Births => f.write_str("births"),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("title"),
            Self::Horizon => f.write_str("horizon"),
            Self::Thing(id) => write!(f, "{id}"),
            Self::Heads(id, count, region, year) => {
                write!(f, "populations/{id}/{count}/{year}/{region}")
            }
            Self::Census(id, count, year) => write!(f, "populations/{id}/{count}/{year}"),
            Self::CountBasis(id) => write!(f, "populations/{id}/basis"),
            Self::Number(path, region, span) => {
                write!(f, "{path}")?;
                region.iter().try_for_each(|region| write!(f, "/{region}"))?;
                span.from.iter().try_for_each(|from| write!(f, "/from/{from}"))?;
                span.until.iter().try_for_each(|until| write!(f, "/until/{until}"))
            }
            Self::Basis(path) => write!(f, "{path}/basis"),
            Self::Parameter(path) => write!(f, "{path}"),
            Self::Pupils(school, stage) => write!(f, "schools/{school}/pupils/{stage:?}"),
            Self::Resource(school, id) => write!(f, "schools/{school}/resources/{id}"),
            Self::Scenario(id) => write!(f, "scenarios/{id}"),
            Self::Measure(scenario, id) => write!(f, "scenarios/{scenario}/{id}"),
        }
    }
}
