//! Owns walking a file's values: where reading stands, what it met beyond what it knows, and
//! how a wrong value is told.
//!
//! Invariant: every field of an object is read, kept or an error; none is dropped unsaid.

use super::extra::{Beyond, Extra, LAYOUTS};
use super::json::{Fields, Node, Value};
use super::near::nearest;
use super::problem::{Expected, Found, Misread, Path, Problem, Read, Way, brief};

/// How many unknown fields are told one by one.
const MOST_TOLD: usize = 100;

/// A field this version does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The way to it, as in `plan.programmes[3].standrad`.
    pub path: String,
    /// A known field that is called nearly so, and that may have been meant.
    pub nearest: Option<&'static str>,
    /// Whether it is kept and written back; else there is nothing of the plan it belongs to.
    pub is_kept: bool,
}

/// Where reading stands.
#[derive(Default)]
pub(super) struct Reader {
    way: Vec<Way>,
    /// How long the way to the thing is that is being read.
    thing: Option<usize>,
    beyond: Beyond,
    /// The unit of the parameter that is being read, as files call it.
    pub(super) unit: Option<&'static str>,
    pub(super) unknown: Vec<Unknown>,
    pub(super) unknown_count: usize,
}

/// What was being read before a thing began.
pub(super) struct Outer(Option<usize>, Beyond);

/// The fields of an object that are still to be read.
#[derive(Default)]
pub(super) struct Unread {
    pub(super) at: usize,
    fields: Vec<Option<(Box<str>, Node)>>,
}

impl Unread {
    pub(super) fn take(&mut self, name: &str) -> Option<Node> {
        let is_it = |f: &&mut Option<(Box<str>, Node)>| f.as_ref().is_some_and(|f| *f.0 == *name);
        self.fields.iter_mut().find(is_it)?.take().map(|(_, node)| node)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().flatten().map(|(name, _)| &**name)
    }
}

impl Reader {
    /// A problem at the place reading stands at.
    pub(super) fn wrong<T>(&self, at: usize, problem: impl Into<Problem>) -> Read<T> {
        Err(Misread::new(&self.way, at, problem))
    }

    /// Another kind of value than belongs here.
    pub(super) fn not<T>(&self, expected: Expected, node: &Node) -> Read<T> {
        self.wrong(node.at, Problem::Kind { expected, found: Found::of(&node.value) })
    }

    /// Reads one step further on.
    pub(super) fn within<T>(
        &mut self,
        step: Way,
        read: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<T> {
        self.way.push(step);
        // Where it fails the way stays as it is, and the reading ends.
        let found = read(self)?;
        self.way.pop();
        Ok(found)
    }

    pub(super) fn object(&self, node: Node) -> Read<Unread> {
        match node.value {
            Value::Object(fields) => {
                Ok(Unread { at: node.at, fields: fields.into_iter().map(Some).collect() })
            }
            _ => self.not(Expected::Object, &node),
        }
    }

    pub(super) fn list(&self, node: Node) -> Read<Vec<Node>> {
        match node.value {
            Value::List(items) => Ok(items),
            _ => self.not(Expected::List, &node),
        }
    }

    pub(super) fn text(&self, node: Node) -> Read<Box<str>> {
        match node.value {
            Value::Text(text) => Ok(text),
            _ => self.not(Expected::Text, &node),
        }
    }

    pub(super) fn whole(&self, node: &Node, least: i64, most: i64) -> Read<i64> {
        match node.value {
            Value::Whole(number) if (least..=most).contains(&number) => Ok(number),
            _ => self.not(Expected::Whole { least, most, unit: self.unit }, node),
        }
    }

    /// A field that must be there.
    pub(super) fn required(&self, fields: &mut Unread, field: &'static str) -> Read<Node> {
        match fields.take(field) {
            Some(node) => Ok(node),
            None => {
                let meant = fields.names().filter(|name| nearest(name, [field]).is_some());
                let nearest = meant.min().map(brief);
                self.wrong(fields.at, Problem::Missing { field, nearest })
            }
        }
    }

    /// The one field of an object that says what kind it is.
    pub(super) fn choice(
        &mut self,
        node: Node,
        allowed: &'static [&'static str],
    ) -> Read<(&'static str, Node)> {
        let one_of = Expected::OneOf(allowed);
        if !matches!(node.value, Value::Object(_)) {
            return self.not(one_of, &node);
        }
        let (found, mut fields) = (Found::of(&node.value), self.object(node)?);
        let mut chosen = allowed.iter().filter_map(|name| Some((*name, fields.take(name)?)));
        let (first, second) = (chosen.next(), chosen.next());
        match (first, second) {
            (Some(chosen), None) => {
                self.keep(fields, allowed);
                Ok(chosen)
            }
            (None, _) if fields.names().count() == 1 => {
                let found = fields.names().collect::<String>();
                self.wrong(fields.at, unknown_word(&found, allowed))
            }
            _ => self.wrong(fields.at, Problem::Kind { expected: one_of, found }),
        }
    }

    /// What is left of an object is not known: it is told and, where it belongs to a thing, kept.
    pub(super) fn keep(&mut self, fields: Unread, known: &'static [&'static str]) {
        let is_kept = self.thing.is_some();
        let rest = self.rest(fields, known, is_kept);
        if let (Some(start), false) = (self.thing, rest.is_empty()) {
            let way = self.way.get(start..).unwrap_or_default().to_vec();
            self.beyond.push((way, rest));
        }
    }

    /// What is left of an object, told.
    pub(super) fn rest(
        &mut self,
        fields: Unread,
        known: &'static [&'static str],
        is_kept: bool,
    ) -> Fields {
        let rest: Fields = fields.fields.into_iter().flatten().collect();
        for (name, _) in rest.iter().filter(|(name, _)| **name != *LAYOUTS) {
            self.unknown_count += 1;
            if self.unknown.len() < MOST_TOLD {
                self.way.push(Way::Name(name.clone()));
                let path = brief(&Path(&self.way).to_string());
                self.way.pop();
                let nearest = nearest(name, known.iter().copied());
                self.unknown.push(Unknown { path, nearest, is_kept });
            }
        }
        rest
    }

    /// From here on, what is not known belongs to the thing that begins here.
    pub(super) fn begin_thing(&mut self) -> Outer {
        let thing = self.thing.replace(self.way.len());
        Outer(thing, std::mem::take(&mut self.beyond))
    }

    /// What was found beyond the thing that ends here, which is written as `known`.
    pub(super) fn end_thing(&mut self, outer: Outer, known: impl FnOnce() -> Value) -> Extra {
        self.thing = outer.0;
        let beyond = std::mem::replace(&mut self.beyond, outer.1);
        if beyond.is_empty() { Extra::default() } else { Extra::found(&known(), beyond) }
    }
}

/// A word that is none of those that may stand here.
pub(super) fn unknown_word(found: &str, allowed: &'static [&'static str]) -> Problem {
    let nearest = nearest(found, allowed.iter().copied());
    Problem::Word { found: found.chars().take(80).collect(), allowed, nearest }
}
