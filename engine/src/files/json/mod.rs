//! Owns JSON as files hold it: values in the order of the file, each with where it stood.
//!
//! Invariant: nothing is lost between a text and its values: names keep their order, and a
//! number that is not a whole one of 64 bits keeps its digits as they were written.
//! Deliberately absent: what any value means. *Why not a library*: one that keeps places, digits
//! and names given twice is needed, and deriving readers of every type took 400 kB of the page;
//! tests hold this one against serde_json.

mod parse;
mod write;

pub(crate) use parse::parse;
pub use parse::{JsonFault, MOST_DEPTH, MOST_VALUES};
pub(crate) use write::write;

/// A value and the byte of the file where it begins; two are equal wherever they stood.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: usize,
    pub(crate) value: Value,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Node {}

/// The fields of an object.
pub(crate) type Fields = Vec<(Box<str>, Node)>;

/// Any value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A whole number as we write them.
    Whole(i64),
    /// Any other number, as it is written.
    Number(Box<str>),
    Text(Box<str>),
    List(Vec<Node>),
    Object(Fields),
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Self { at: 0, value }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<i64> for Value {
    fn from(whole: i64) -> Self {
        Self::Whole(whole)
    }
}

impl Value {
    /// A list of values.
    pub(crate) fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self::List(items.into_iter().map(Node::from).collect())
    }

    /// An object of fields.
    pub(crate) fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        Self::Object(fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// The field of a name, where this is an object that has it.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        let Self::Object(fields) = self else { return None };
        fields.iter().find(|(field, _)| &**field == name).map(|(_, node)| node)
    }
}

/// The line and column of a byte, both from 1; columns count characters.
pub(crate) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (1 + before.bytes().filter(|b| *b == b'\n').count(), 1 + line.chars().count())
}
