//! Owns what a shape is: how one thing stands in a file, and the way both ways between it and
//! the model.
//!
//! Invariant: `read ∘ write = id`. [`docs!`] declares a shape once; that it is written as it
//! is read, and that the schema says the same, follows from there being one list of fields. What
//! is written by hand instead is what a list of fields cannot say. Deliberately absent: any
//! particular thing.

pub(super) use crate::files::extra::Extra;
pub(super) use crate::files::json::{Node, Value};
pub(super) use crate::files::problem::{Expected, Problem, Read, Way};
pub(super) use crate::files::reader::{Reader, Unread, unknown_word};
pub(super) use crate::files::schema::{self, Shapes};

use crate::plan::List;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The shape of something in a file; mostly the model's type itself stands for it.
pub(in crate::files) trait Doc {
    /// What it is the shape of.
    type Model;
    /// From the file to the model.
    fn read(node: Node, reader: &mut Reader) -> Read<Self::Model>;
    /// From the model to the file.
    fn write(model: &Self::Model) -> Value;
    /// Whether it says nothing, so that an optional field is left out.
    fn is_absent(_: &Self::Model) -> bool {
        false
    }
    /// What a file may hold here.
    fn schema(shapes: &mut Shapes) -> Value;
}

impl Reader {
    /// A field that must be there.
    pub(super) fn field<D: Doc>(
        &mut self,
        fields: &mut Unread,
        name: &'static str,
    ) -> Read<D::Model> {
        let node = self.required(fields, name)?;
        self.within(Way::Field(name), |reader| D::read(node, reader))
    }

    /// A field that is left out where it says nothing.
    pub(super) fn optional<D: Doc<Model: Default>>(
        &mut self,
        fields: &mut Unread,
        name: &'static str,
    ) -> Read<D::Model> {
        match fields.take(name) {
            None => Ok(D::Model::default()),
            Some(node) => self.within(Way::Field(name), |reader| D::read(node, reader)),
        }
    }
}

/// An object that is being written.
#[derive(Default)]
pub(super) struct Written(Vec<(Box<str>, Node)>);

impl Written {
    pub(super) fn field<D: Doc>(&mut self, name: &'static str, model: &D::Model) {
        self.value(name, D::write(model));
    }

    pub(super) fn optional<D: Doc>(&mut self, name: &'static str, model: &D::Model) {
        if !D::is_absent(model) {
            self.field::<D>(name, model);
        }
    }

    pub(super) fn value(&mut self, name: &'static str, value: Value) {
        self.0.push((name.into(), value.into()));
    }

    pub(super) fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// Declares shapes: `struct X { field: Doc, … }` for the model's `X`, and enums whose variants
/// have a name in the file, with fields or one value each.
///
/// `struct Shape for X` is another shape of the model's `X`. A name in brackets after a field is
/// its name in the file where that differs from the model's. `= default` makes a field optional:
/// left out where it says nothing. `..extra` makes it a thing that keeps what is not known.
macro_rules! docs {
    () => {};
    (@json $field:ident) => { stringify!($field) };
    (@json $field:ident $json:literal) => { $json };
    (@read $reader:ident $fields:ident $name:expr, $type:ty) => {
        $reader.field::<$type>(&mut $fields, $name)?
    };
    (@read $reader:ident $fields:ident $name:expr, $type:ty, default) => {
        $reader.optional::<$type>(&mut $fields, $name)?
    };
    (@write $out:ident $name:expr, $model:expr, $type:ty) => {
        $out.field::<$type>($name, $model)
    };
    (@write $out:ident $name:expr, $model:expr, $type:ty, default) => {
        $out.optional::<$type>($name, $model)
    };
    (@is_required) => { true };
    (@is_required default) => { false };
    (
        struct $doc:ident for $model:ident { $($fields:tt)* }
        $($rest:tt)*
    ) => {
        pub(super) enum $doc {}
        docs! { @struct $doc, $model { $($fields)* } }
        docs! { $($rest)* }
    };
    (
        struct $model:ident { $($fields:tt)* }
        $($rest:tt)*
    ) => {
        docs! { @struct $model, $model { $($fields)* } }
        docs! { $($rest)* }
    };
    (@struct $doc:ident, $model:ident {$(
        $field:ident $(($json:literal))? : $type:ty $(= $default:ident)?,
    )* $(..$extra:ident)?}) => {
        impl Doc for $doc {
            type Model = $model;

            fn read(node: Node, reader: &mut Reader) -> Read<$model> {
                let mut fields = reader.object(node)?;
                $(let $extra = reader.begin_thing();)?
                let model = $model {
                    $($field: docs!(@read reader fields
                        docs!(@json $field $($json)?), $type $(, $default)?),)*
                    $($extra: Extra::default(),)?
                };
                reader.keep(fields, &[$(docs!(@json $field $($json)?)),*]);
                $(let model = $model {
                    $extra: reader.end_thing($extra, || Self::write(&model)),
                    ..model
                };)?
                Ok(model)
            }

            fn write(model: &$model) -> Value {
                let mut out = Written::default();
                $(docs!(@write out
                    docs!(@json $field $($json)?), &model.$field, $type $(, $default)?);)*
                #[allow(unused_mut, reason = "not everything is a thing that keeps more")]
                let mut written = out.done();
                $(model.$extra.put_onto(&mut written);)?
                written
            }

            fn is_absent(model: &$model) -> bool {
                $(<$type as Doc>::is_absent(&model.$field))&&*
            }

            fn schema(shapes: &mut Shapes) -> Value {
                shapes.named(stringify!($doc), |shapes| schema::object([$((
                    docs!(@json $field $($json)?),
                    <$type as Doc>::schema(shapes),
                    docs!(@is_required $($default)?),
                ),)*]))
            }
        }
    };
    (
        enum $model:ident {$(
            $variant:ident $name:literal
            $({$(
                $field:ident $(($json:literal))? : $type:ty $(= $default:ident)?,
            )*})?
            $(($one:ident : $one_type:ty))?,
        )*}
        $($rest:tt)*
    ) => {
        impl Doc for $model {
            type Model = $model;

            fn read(node: Node, reader: &mut Reader) -> Read<$model> {
                let (name, node) = reader.choice(node, &[$($name),*])?;
                reader.within(Way::Field(name), |reader| match name {
                    $($name => {
                        $(
                            let mut fields = reader.object(node)?;
                            let model = $model::$variant {
                                $($field: docs!(@read reader fields
                                    docs!(@json $field $($json)?), $type $(, $default)?),)*
                            };
                            reader.keep(fields, &[$(docs!(@json $field $($json)?)),*]);
                            Ok(model)
                        )?
                        $(
                            let $one = <$one_type as Doc>::read(node, reader)?;
                            Ok($model::$variant($one))
                        )?
                    })*
                    _ => reader.not(Expected::OneOf(&[$($name),*]), &node),
                })
            }

            fn write(model: &$model) -> Value {
                let mut choice = Written::default();
                match model {$(
                    $model::$variant $({ $($field,)* })? $(($one))? => {
                        $(
                            let mut out = Written::default();
                            $(docs!(@write out
                                docs!(@json $field $($json)?), $field, $type $(, $default)?);)*
                            choice.value($name, out.done());
                        )?
                        $(choice.field::<$one_type>($name, $one);)?
                    }
                )*}
                choice.done()
            }

            fn schema(shapes: &mut Shapes) -> Value {
                shapes.named(stringify!($model), |shapes| schema::choice([$((
                    $name,
                    {
                        $(schema::object([$((
                            docs!(@json $field $($json)?),
                            <$type as Doc>::schema(shapes),
                            docs!(@is_required $($default)?),
                        ),)*]))?
                        $(<$one_type as Doc>::schema(shapes))?
                    },
                ),)*]))
            }
        }

        docs! { $($rest)* }
    };
}
pub(super) use docs;

impl Doc for i64 {
    type Model = Self;

    fn read(node: Node, reader: &mut Reader) -> Read<Self> {
        reader.whole(&node, Self::MIN, Self::MAX)
    }

    fn write(number: &Self) -> Value {
        (*number).into()
    }

    fn schema(_: &mut Shapes) -> Value {
        schema::whole(Self::MIN, Self::MAX)
    }
}

impl Doc for u8 {
    type Model = Self;

    fn read(node: Node, reader: &mut Reader) -> Read<Self> {
        let number = reader.whole(&node, 0, Self::MAX.into())?;
        Ok(Self::try_from(number).unwrap_or_default()) // it is within its bounds
    }

    fn write(number: &Self) -> Value {
        i64::from(*number).into()
    }

    fn schema(_: &mut Shapes) -> Value {
        schema::whole(0, Self::MAX.into())
    }
}

impl Doc for bool {
    type Model = Self;

    fn read(node: Node, reader: &mut Reader) -> Read<Self> {
        match node.value {
            Value::Bool(yes) => Ok(yes),
            _ => reader.not(Expected::YesNo, &node),
        }
    }

    fn write(yes: &Self) -> Value {
        (*yes).into()
    }

    fn is_absent(yes: &Self) -> bool {
        !yes
    }

    fn schema(_: &mut Shapes) -> Value {
        Value::object([("type", "boolean".into())])
    }
}

impl<D: Doc> Doc for Option<D> {
    type Model = Option<D::Model>;

    fn read(node: Node, reader: &mut Reader) -> Read<Self::Model> {
        if node.value == Value::Null { Ok(None) } else { D::read(node, reader).map(Some) }
    }

    fn write(model: &Self::Model) -> Value {
        model.as_ref().map_or(Value::Null, D::write)
    }

    fn is_absent(model: &Self::Model) -> bool {
        model.is_none()
    }

    fn schema(shapes: &mut Shapes) -> Value {
        schema::or_null(D::schema(shapes))
    }
}

impl<D: Doc> Doc for Vec<D> {
    type Model = Vec<D::Model>;

    fn read(node: Node, reader: &mut Reader) -> Read<Self::Model> {
        let items = reader.list(node)?.into_iter().enumerate();
        let read = |(place, item)| reader.within(Way::Item(place), |reader| D::read(item, reader));
        items.map(read).collect()
    }

    fn write(model: &Self::Model) -> Value {
        Value::list(model.iter().map(D::write))
    }

    fn is_absent(model: &Self::Model) -> bool {
        model.is_empty()
    }

    fn schema(shapes: &mut Shapes) -> Value {
        schema::list(D::schema(shapes))
    }
}

impl<D: Doc> Doc for List<D> {
    type Model = List<D::Model>;

    fn read(node: Node, reader: &mut Reader) -> Read<Self::Model> {
        Vec::<D>::read(node, reader).map(List::from)
    }

    fn write(model: &Self::Model) -> Value {
        Vec::<D>::write(model)
    }

    fn is_absent(model: &Self::Model) -> bool {
        model.is_empty()
    }

    fn schema(shapes: &mut Shapes) -> Value {
        Vec::<D>::schema(shapes)
    }
}

/// What is held behind a pointer stands in the file as itself.
macro_rules! behind {
    ($($pointer:ident)*) => {$(
        impl<D: Doc> Doc for $pointer<D> {
            type Model = $pointer<D::Model>;

            fn read(node: Node, reader: &mut Reader) -> Read<Self::Model> {
                D::read(node, reader).map($pointer::new)
            }

            fn write(model: &Self::Model) -> Value {
                D::write(model)
            }

            fn schema(shapes: &mut Shapes) -> Value {
                D::schema(shapes)
            }
        }
    )*};
}

behind! { Box Arc }

/// What values in a file are called by.
pub(super) trait Name: Ord + Sized {
    /// Whether they stand in the order of their names, rather than of what those mean.
    const IS_ORDERED_BY_NAME: bool = true;
    fn from_name(name: &str) -> Result<Self, Problem>;
    fn to_name(&self) -> Box<str>;
    fn name_schema() -> Value;
}

/// Values by name.
pub(super) fn write_by_name<K: Name, V>(
    values: &BTreeMap<K, V>,
    write: impl Fn(&K, &V) -> Value,
) -> Value {
    let field = |(key, value)| (K::to_name(key), write(key, value).into());
    let mut fields: Vec<(Box<str>, Node)> = values.iter().map(field).collect();
    if K::IS_ORDERED_BY_NAME {
        fields.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    }
    Value::Object(fields)
}

impl<K: Name, D: Doc> Doc for BTreeMap<K, D> {
    type Model = BTreeMap<K, D::Model>;

    fn read(node: Node, reader: &mut Reader) -> Read<Self::Model> {
        let Value::Object(fields) = node.value else { return reader.not(Expected::Object, &node) };
        let read = |(name, node): (Box<str>, Node)| {
            let key = K::from_name(&name);
            reader.within(Way::Name(name), |reader| match key {
                Ok(key) => Ok((key, D::read(node, reader)?)),
                Err(problem) => reader.wrong(node.at, problem),
            })
        };
        fields.into_iter().map(read).collect()
    }

    fn write(model: &Self::Model) -> Value {
        write_by_name(model, |_, value| D::write(value))
    }

    fn is_absent(model: &Self::Model) -> bool {
        model.is_empty()
    }

    fn schema(shapes: &mut Shapes) -> Value {
        Value::object([
            ("type", "object".into()),
            ("propertyNames", K::name_schema()),
            ("additionalProperties", D::schema(shapes)),
        ])
    }
}
