//! Owns the kinds of things a plan lists by id, so that one command adds, replaces, moves or
//! removes any of them.
//!
//! Invariant: a kind is named here once; scenarios, which have commands of their own, are not.

use super::CommandError;
use crate::id::{
    CitationId, IndicatorId, PopulationId, ProgrammeId, RegionId, ResourceId, RuleId, SchoolId,
    SourceId, TaskId,
};
use crate::plan::{
    Citation, Indicator, ParamPath, PlanParts, Population, Programme, Region, Resource, Rule,
    School, Source, Task,
};
use std::fmt;

macro_rules! things {
    ($($kind:ident($id:ident) in $list:ident,)*) => {
        /// A thing a plan lists by id.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the names say it")]
        pub enum Thing { $($kind(Box<$kind>),)* }

        /// Names a thing of a plan.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the names say it")]
        pub enum ThingId { $($kind($id),)* }

        impl Thing {
            /// Its id.
            pub fn id(&self) -> ThingId {
                match self { $(Self::$kind(thing) => ThingId::$kind(thing.id.clone()),)* }
            }

            /// Every thing of a plan, kind by kind, in the plan's order.
            pub(crate) fn all(parts: &PlanParts) -> Vec<Self> {
                let mut all = Vec::new();
                $(all.extend(parts.$list.iter().cloned().map(Self::from));)*
                all
            }

            /// Puts things in the place of all there are, kind by kind; what is as it was stays
            /// shared.
            pub(crate) fn replace_all(parts: &mut PlanParts, things: Vec<Self>) {
                $(let mut $list = Vec::new();)*
                for thing in things {
                    match thing { $(Self::$kind(thing) => $list.push(*thing),)* }
                }
                $(if *parts.$list != $list {
                    parts.$list = $list.into();
                })*
            }

            /// Puts it in the place of the one of the same id, or after all of its kind.
            pub(crate) fn put(self, parts: &mut PlanParts) {
                match self {
                    $(Self::$kind(thing) => {
                        match parts.$list.iter_mut().find(|there| there.id == thing.id) {
                            Some(there) => *there = *thing,
                            None => parts.$list.push(*thing),
                        }
                    })*
                }
            }
        }

        $(impl From<$kind> for Thing {
            fn from(thing: $kind) -> Self {
                Self::$kind(Box::new(thing))
            }
        })*

        impl ThingId {
            /// Whether the plan has it.
            pub fn is_in(&self, parts: &PlanParts) -> bool {
                match self { $(Self::$kind(id) => parts.$list.iter().any(|t| t.id == *id),)* }
            }

            /// Moves it among its kind.
            pub(super) fn move_to(
                &self,
                parts: &mut PlanParts,
                to: usize,
            ) -> Result<(), CommandError> {
                match self {
                    $(Self::$kind(id) => {
                        let list = &mut parts.$list;
                        let from = list.iter().position(|t| t.id == *id);
                        let moved = list.remove(from.ok_or_else(|| self.unknown())?);
                        let to = to.min(list.len());
                        list.insert(to, moved);
                    })*
                }
                Ok(())
            }

            /// Takes it, and nothing else, out of its list.
            pub(super) fn take_out(&self, parts: &mut PlanParts) {
                match self { $(Self::$kind(id) => parts.$list.retain(|t| t.id != *id),)* }
            }
        }

        impl fmt::Display for ThingId {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$kind(id) => write!(f, "{}/{id}", stringify!($list)),)*
                }
            }
        }
    };
}

things! {
    Citation(CitationId) in citations,
    Region(RegionId) in regions,
    Population(PopulationId) in populations,
    Source(SourceId) in sources,
    Programme(ProgrammeId) in programmes,
    School(SchoolId) in schools,
    Resource(ResourceId) in resources,
    Indicator(IndicatorId) in indicators,
    Rule(RuleId) in rules,
    Task(TaskId) in tasks,
}

impl ThingId {
    pub(super) fn unknown(&self) -> CommandError {
        CommandError::UnknownThing(self.clone())
    }

    /// The thing a parameter belongs to.
    pub fn of_parameter(path: &ParamPath) -> Self {
        match path {
            ParamPath::Population(id, _) | ParamPath::Grade(id, ..) => Self::Population(id.clone()),
            ParamPath::Source(id, _) => Self::Source(id.clone()),
            ParamPath::Programme(id, _) | ParamPath::Split(id, _) => Self::Programme(id.clone()),
            ParamPath::Indicator(id, _) | ParamPath::Term(id, ..) => Self::Indicator(id.clone()),
            ParamPath::Rule(id, _) => Self::Rule(id.clone()),
        }
    }
}
