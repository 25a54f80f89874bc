//! Owns how values of the engine stand in JSON between the page and the worker: as the text they
//! read back from.
//!
//! Invariant: what does not read back is an error, never a default.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};
use std::fmt::Display;
use std::str::FromStr;

pub(super) fn serialize<T: Display, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}

pub(super) fn deserialize<'de, T, D>(from: D) -> Result<T, D::Error>
where
    T: FromStr,
    T::Err: Display,
    D: Deserializer<'de>,
{
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

/// A year, which is a number.
pub(super) mod year {
    use super::{Deserialize, Deserializer, Error, Serializer};
    use shapan_engine::Year;

    pub(in crate::import) fn serialize<S: Serializer>(
        year: &Year,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_i16(year.get())
    }

    pub(in crate::import) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Year, D::Error> {
        let year = i64::deserialize(from)?;
        Year::new(year).ok_or_else(|| D::Error::custom("no year of a plan"))
    }
}

/// A year that may be absent.
pub(super) mod some_year {
    use super::{Deserialize, Deserializer, Error, Serializer};
    use shapan_engine::Year;

    pub(in crate::import) fn serialize<S: Serializer>(
        year: &Option<Year>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match year {
            Some(year) => to.serialize_some(&year.get()),
            None => to.serialize_none(),
        }
    }

    pub(in crate::import) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Year>, D::Error> {
        let year = Option::<i64>::deserialize(from)?;
        let plan_year = |year| Year::new(year).ok_or_else(|| D::Error::custom("no year of a plan"));
        year.map(plan_year).transpose()
    }
}

/// A stage, by its name in files.
pub(super) mod stage {
    use super::{Deserialize, Deserializer, Error, Serializer};
    use shapan_engine::Stage;

    const NAMES: [(&str, Stage); 7] = [
        ("preschool", Stage::Preschool),
        ("primary", Stage::Primary),
        ("junior", Stage::Junior),
        ("senior", Stage::Senior),
        ("vocational", Stage::Vocational),
        ("special", Stage::Special),
        ("tertiary", Stage::Tertiary),
    ];

    pub(in crate::import) fn serialize<S: Serializer>(
        stage: &Stage,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let name = NAMES.iter().find(|(_, other)| other == stage).map_or("", |(name, _)| name);
        to.serialize_str(name)
    }

    pub(in crate::import) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Stage, D::Error> {
        let name = String::deserialize(from)?;
        let found = NAMES.iter().find(|(other, _)| *other == name).map(|(_, stage)| *stage);
        found.ok_or_else(|| D::Error::custom("no stage"))
    }
}
