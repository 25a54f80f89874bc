//! Owns writing JSON schema: what each shape of a file says of itself.
//!
//! Invariant: a schema is put together by the same declarations that read and write, so the two
//! cannot part. Not called by the page, and so no part of it. Deliberately absent: what a whole
//! plan must fulfil (names that exist, bounds, no circles); a schema cannot say that.

use super::json::Value;
use std::collections::BTreeMap;

/// Shapes that are referred to by name.
#[derive(Default)]
pub(super) struct Shapes(BTreeMap<&'static str, Value>);

impl Shapes {
    /// A reference to the shape of a name, which is written out once.
    pub(super) fn named(
        &mut self,
        name: &'static str,
        shape: impl FnOnce(&mut Self) -> Value,
    ) -> Value {
        if !self.0.contains_key(name) {
            self.0.insert(name, Value::Null);
            let shape = shape(self);
            self.0.insert(name, shape);
        }
        Value::object([("$ref", Value::Text(format!("#/$defs/{name}").into()))])
    }

    /// All of them.
    pub(super) fn defs(self) -> Value {
        Value::object(self.0)
    }
}

/// A field of an object: its name, its shape, whether it must be there.
pub(super) type Field = (&'static str, Value, bool);

/// An object with such fields, and any others.
pub(super) fn object(fields: impl IntoIterator<Item = Field>) -> Value {
    let (mut properties, mut required) = (Vec::new(), Vec::new());
    for (name, shape, is_required) in fields {
        properties.push((name, shape));
        if is_required {
            required.push(name.into());
        }
    }
    let mut shape = vec![("type", "object".into()), ("properties", Value::object(properties))];
    if !required.is_empty() {
        shape.push(("required", Value::list(required)));
    }
    Value::object(shape)
}

/// An object with exactly one of such fields, and any others.
pub(super) fn choice(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let fields: Vec<_> = fields.into_iter().collect();
    let one = |(name, _): &(&'static str, Value)| {
        Value::object([("required", Value::list([(*name).into()]))])
    };
    let one_of = Value::list(fields.iter().map(one));
    Value::object([
        ("type", "object".into()),
        ("properties", Value::object(fields)),
        ("oneOf", one_of),
    ])
}

/// A shape that is also one of these.
pub(super) fn any_of(shape: Value, shapes: impl IntoIterator<Item = Value>) -> Value {
    let mut shape = shape;
    if let Value::Object(fields) = &mut shape {
        fields.push(("anyOf".into(), Value::list(shapes).into()));
    }
    shape
}

/// A text of one of these words.
pub(super) fn words(words: &[&'static str]) -> Value {
    Value::object([("enum", Value::list(words.iter().map(|word| (*word).into())))])
}

/// A text of a pattern.
pub(super) fn pattern(pattern: &'static str) -> Value {
    Value::object([("type", "string".into()), ("pattern", pattern.into())])
}

/// A whole number in bounds.
pub(super) fn whole(least: i64, most: i64) -> Value {
    let bounds = [("minimum", least.into()), ("maximum", most.into())];
    Value::object([("type", "integer".into())].into_iter().chain(bounds))
}

/// A list of such items.
pub(super) fn list(items: Value) -> Value {
    Value::object([("type", "array".into()), ("items", items)])
}

/// A shape, or `null`.
pub(super) fn or_null(shape: Value) -> Value {
    Value::object([("anyOf", Value::list([shape, Value::object([("type", "null".into())])]))])
}

/// The same with a few words on what it is.
pub(super) fn described(shape: Value, words: &'static str) -> Value {
    let mut shape = shape;
    if let Value::Object(fields) = &mut shape {
        fields.insert(0, ("description".into(), Value::from(words).into()));
    }
    shape
}
