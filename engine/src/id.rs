//! Owns the names things are known by inside a plan: short, stable, never shown.
//!
//! Invariant: an id is 1 to 64 of `a-z 0-9 -`, so it can stand in a path, a file
//! and a web address as it is. Deliberately absent: what people call the thing.

use std::fmt;
use std::str::FromStr;

/// A text that cannot be an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id (1 to 64 of a-z, 0-9 and -): {0:?}")]
pub struct NotAnId(pub String);

fn checked(text: &str) -> Result<Box<str>, NotAnId> {
    let fits = (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits { Ok(text.into()) } else { Err(NotAnId(text.chars().take(80).collect())) }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                checked(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// Names a [`Region`](crate::Region).
    RegionId
    /// Names a [`Population`](crate::Population).
    PopulationId
    /// Names a [`Source`](crate::Source).
    SourceId
    /// Names a [`Programme`](crate::Programme).
    ProgrammeId
    /// Names a [`Citation`](crate::Citation).
    CitationId
    /// Names a [`Scenario`](crate::Scenario).
    ScenarioId
    /// Names a [`Measure`](crate::Measure) within its scenario.
    MeasureId
    /// Names a [`School`](crate::School).
    SchoolId
    /// Names a [`Resource`](crate::Resource) of schools.
    ResourceId
    /// Names an [`Indicator`](crate::Indicator).
    IndicatorId
    /// Names a [`Rule`](crate::Rule).
    RuleId
    /// Names a [`Task`](crate::Task).
    TaskId
}

/// The first of `stem-1`, `stem-2`, … that `taken` does not hold.
pub fn fresh_id<T: FromStr>(stem: &str, taken: impl Fn(&T) -> bool) -> Option<T> {
    (1u32..).filter_map(|n| format!("{stem}-{n}").parse().ok()).find(|id| !taken(id))
}
