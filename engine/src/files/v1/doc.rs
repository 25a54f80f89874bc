//! Owns what a document type is: the shape of one thing in a file, and the way both ways
//! between it and the model.
//!
//! Invariant: `read ∘ write = id`. [`docs!`] declares a shape once; that it is written as it
//! is read follows from there being one list of fields. What is written by hand instead is
//! what a list of fields cannot say. Deliberately absent: any particular thing.

pub(super) use super::problem::{At, Problem, Read};
pub(super) use serde::{Deserialize, Serialize};

use crate::plan::Extra;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::marker::PhantomData;

/// The shape of something in a file.
pub(super) trait Doc: Sized {
    /// What it is the shape of.
    type Model;
    /// From the file to the model.
    fn read(self) -> Read<Self::Model>;
    /// From the model to the file.
    fn write(model: &Self::Model) -> Self;
    /// Whether it says nothing, so that an optional field is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Declares document types: `struct X for Model { field: Doc, … }`, and enums whose variants
/// have a name in the file, with fields or one value each.
///
/// A name in brackets after a field is its name in the file where that differs from the
/// model's. `= default` makes a field optional: left out where it says nothing.
macro_rules! docs {
    () => {};
    (@json $field:ident) => { stringify!($field) };
    (@json $field:ident $json:literal) => { $json };
    (
        $(#[$meta:meta])*
        struct $doc:ident for $model:ident {$(
            $(#[$attr:meta])*
            $field:ident $(($json:literal))? : $type:ty $(= $default:ident)?,
        )*}
        $($rest:tt)*
    ) => {
        #[derive(Serialize, Deserialize)]
        $(#[$meta])*
        pub(super) struct $doc {$(
            $(#[$attr])*
            $(#[serde(rename = $json)])?
            $(#[serde($default, skip_serializing_if = "Doc::is_absent")])?
            $field: $type,
        )*}

        impl Doc for $doc {
            type Model = $model;

            fn read(self) -> Read<$model> {
                Ok($model {$(
                    $field: self.$field.read().at(docs!(@json $field $($json)?))?,
                )*})
            }

            fn write(model: &$model) -> Self {
                Self { $($field: Doc::write(&model.$field),)* }
            }

            fn is_absent(&self) -> bool {
                $(self.$field.is_absent())&&*
            }
        }

        docs! { $($rest)* }
    };
    (
        $(#[$meta:meta])*
        enum $doc:ident for $model:ident {$(
            $variant:ident $name:literal
            $({$(
                $field:ident $(($json:literal))? : $type:ty $(= $default:ident)?,
            )*})?
            $(($one:ident : $one_type:ty))?,
        )*}
        $($rest:tt)*
    ) => {
        #[derive(Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        $(#[$meta])*
        pub(super) enum $doc {$(
            #[serde(rename = $name)]
            $variant
            $({$(
                $(#[serde(rename = $json)])?
                $(#[serde($default, skip_serializing_if = "Doc::is_absent")])?
                $field: $type,
            )*})?
            $(($one_type))?,
        )*}

        impl Doc for $doc {
            type Model = $model;

            fn read(self) -> Read<$model> {
                match self {$(
                    Self::$variant $({ $($field,)* })? $(($one))? => {
                        let read = || -> Read<$model> {
                            Ok($model::$variant
                                $({$(
                                    $field: $field.read().at(docs!(@json $field $($json)?))?,
                                )*})?
                                $(($one.read()?))?
                            )
                        };
                        read().at($name)
                    }
                )*}
            }

            fn write(model: &$model) -> Self {
                match model {$(
                    $model::$variant $({ $($field,)* })? $(($one))? => {
                        Self::$variant
                        $({ $($field: Doc::write($field),)* })?
                        $((Doc::write($one)))?
                    }
                )*}
            }
        }

        docs! { $($rest)* }
    };
}
pub(super) use docs;

macro_rules! as_they_are {
    ($($type:ty { absent: $absent:expr })*) => {$(
        impl Doc for $type {
            type Model = Self;

            fn read(self) -> Read<Self> {
                Ok(self)
            }

            fn write(model: &Self) -> Self {
                model.clone()
            }

            fn is_absent(&self) -> bool {
                let absent: fn(&Self) -> bool = $absent;
                absent(self)
            }
        }
    )*};
}

as_they_are! {
    i64 { absent: |_| false }
    u8 { absent: |_| false }
    bool { absent: |yes| !yes }
    String { absent: |_| false }
}

impl<D: Doc> Doc for Option<D> {
    type Model = Option<D::Model>;

    fn read(self) -> Read<Self::Model> {
        self.map(D::read).transpose()
    }

    fn write(model: &Self::Model) -> Self {
        model.as_ref().map(D::write)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<D: Doc> Doc for Vec<D> {
    type Model = Vec<D::Model>;

    fn read(self) -> Read<Self::Model> {
        let items = self.into_iter().enumerate();
        items.map(|(n, doc)| doc.read().at(format_args!("[{n}]"))).collect()
    }

    fn write(model: &Self::Model) -> Self {
        model.iter().map(D::write).collect()
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<D: Doc> Doc for Box<D> {
    type Model = Box<D::Model>;

    fn read(self) -> Read<Self::Model> {
        (*self).read().map(Box::new)
    }

    fn write(model: &Self::Model) -> Self {
        Box::new(D::write(model))
    }
}

/// Fields this version does not know.
pub(super) type Fields = Map<String, Value>;

impl Doc for Fields {
    type Model = Extra;

    fn read(self) -> Read<Extra> {
        Ok(Extra(self))
    }

    fn write(model: &Extra) -> Self {
        model.0.clone()
    }
}

/// Values by name; none stands twice, for which one was meant would be a guess.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct ByName<K, D>(pub(super) BTreeMap<K, D>);

impl<K, D> Default for ByName<K, D> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Doc<Model: Ord> + Ord + Display, D: Doc> Doc for ByName<K, D> {
    type Model = BTreeMap<K::Model, D::Model>;

    fn read(self) -> Read<Self::Model> {
        let read = |(name, doc): (K, D)| {
            let value = doc.read().at(&name);
            Ok((name.read()?, value?))
        };
        self.0.into_iter().map(read).collect()
    }

    fn write(model: &Self::Model) -> Self {
        Self(model.iter().map(|(name, value)| (K::write(name), D::write(value))).collect())
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de, K, D> Deserialize<'de> for ByName<K, D>
where
    K: Deserialize<'de> + Ord + Display,
    D: Deserialize<'de>,
{
    fn deserialize<T: Deserializer<'de>>(deserializer: T) -> Result<Self, T::Error> {
        struct EachOnce<K, D>(PhantomData<(K, D)>);

        impl<'de, K, D> Visitor<'de> for EachOnce<K, D>
        where
            K: Deserialize<'de> + Ord + Display,
            D: Deserialize<'de>,
        {
            type Value = BTreeMap<K, D>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut values = BTreeMap::new();
                while let Some(name) = map.next_key::<K>()? {
                    if values.contains_key(&name) {
                        return Err(A::Error::custom(format_args!("duplicate name `{name}`")));
                    }
                    values.insert(name, map.next_value()?);
                }
                Ok(values)
            }
        }

        deserializer.deserialize_map(EachOnce(PhantomData)).map(Self)
    }
}
