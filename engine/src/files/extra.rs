//! Owns what a file says of a thing beyond what this version knows: kept unread, written back.
//!
//! Invariant: what is kept belongs to a thing of the plan and goes where it goes, through edits,
//! undo and other plans. Within the thing it is known by the way to its object, where items of a
//! list are known by what names them rather than by their place, so that it stays with its item
//! when others come and go. It never replaces what is known, and goes when its object goes.

use super::json::{Fields, Node, Value};
use super::problem::Way;
use std::collections::BTreeMap;

/// Fields a newer app wrote into a document: kept as they are and written back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extra(BTreeMap<Vec<Key>, Fields>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// Outside of the thing, at the top of its file.
    Beside,
    Field(Box<str>),
    /// The n-th item of a list that is so called.
    Item(Box<str>, usize),
}

/// Fields that are not known, with the way from their thing to the object they stand in.
pub(crate) type Beyond = Vec<(Vec<Way>, Fields)>;

/// What an item of a list is known by within its list, the first it has.
const NAMES: [&str; 7] = ["id", "parameter", "from", "source", "resource", "autumn", "year"];

fn name_of(item: &Value) -> Box<str> {
    let Value::Object(fields) = item else { return Box::default() };
    let named = NAMES.iter().find_map(|name| item.get(name));
    match named.map(|node| &node.value) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Whole(number)) => number.to_string().into(),
        _ => fields.first().map(|(name, _)| name.clone()).unwrap_or_default(),
    }
}

/// What the page keeps of tables that came in: one text by a layout's fingerprint. Known to be
/// there, so it is not told as unknown; what it says is the page's own business.
pub(super) const LAYOUTS: &str = "table_layouts";

/// Beside a plan: what tells the version it was opened from, a word of the page's. The version is
/// looked for where the plan goes back to, so that two sides can be told from what both began
/// from.
pub(super) const OPENED_FROM: &str = "opened_from";

impl Extra {
    /// What tells the version a plan was opened from.
    pub fn opened_from(&self) -> Option<&str> {
        let kept = self.beside().iter().find(|(name, _)| &**name == OPENED_FROM);
        match kept.map(|(_, node)| &node.value) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Remembers what tells the version a plan was opened from; it stands in no undo step, for
    /// the plan is put on the table with it.
    pub fn set_opened_from(&mut self, version: &str) {
        let fields = self.0.entry(vec![Key::Beside]).or_default();
        fields.retain(|(name, _)| &**name != OPENED_FROM);
        fields.push((OPENED_FROM.into(), Value::from(version).into()));
    }

    /// The texts kept of layouts of tables, by their fingerprints.
    pub fn layouts(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.0.get([].as_slice()).map_or(&[][..], Vec::as_slice);
        let kept = fields.iter().find(|(name, _)| &**name == LAYOUTS);
        let fields = match kept.map(|(_, node)| &node.value) {
            Some(Value::Object(fields)) => fields.as_slice(),
            _ => &[],
        };
        fields.iter().filter_map(|(name, node)| match &node.value {
            Value::Text(text) => Some((&**name, &**text)),
            _ => None,
        })
    }

    /// Keeps a text of a layout, or none any more.
    pub(crate) fn keep_layout(&mut self, fingerprint: &str, text: Option<&str>) {
        let fields = self.0.entry(Vec::new()).or_default();
        let mut kept = match fields.iter().position(|(name, _)| &**name == LAYOUTS) {
            Some(place) => match fields.remove(place).1.value {
                Value::Object(kept) => kept,
                _ => Fields::new(),
            },
            None => Fields::new(),
        };
        kept.retain(|(name, _)| **name != *fingerprint);
        kept.extend(text.map(|text| (fingerprint.into(), Value::from(text).into())));
        if !kept.is_empty() {
            fields.push((LAYOUTS.into(), Value::Object(kept).into()));
        }
        if fields.is_empty() {
            self.0.remove([].as_slice());
        }
    }

    /// What was found beyond a thing that is written as `known`.
    pub(crate) fn found(known: &Value, beyond: Beyond) -> Self {
        let mut extra = Self::default();
        for (way, mut fields) in beyond {
            let (mut here, mut keys) = (Some(known), Vec::new());
            // Where nothing is written, as of an object that says nothing known.
            let mut unwritten: Vec<Box<str>> = Vec::new();
            for step in way {
                let name: Box<str> = match step {
                    Way::Item(place) => {
                        let Some(Value::List(items)) = here else { break };
                        let Some(item) = items.get(place) else { break };
                        let name = name_of(&item.value);
                        let is_so_called = |other: &&Node| name_of(&other.value) == name;
                        let before = items.iter().take(place).filter(is_so_called).count();
                        keys.push(Key::Item(name, before));
                        here = Some(&item.value);
                        continue;
                    }
                    Way::Field(name) => name.into(),
                    Way::Name(name) => name,
                };
                here = here.and_then(|value| value.get(&name)).map(|node| &node.value);
                match here {
                    Some(_) => keys.push(Key::Field(name)),
                    None => unwritten.push(name),
                }
            }
            for name in unwritten.into_iter().rev() {
                fields = vec![(name, Value::Object(fields).into())];
            }
            extra.0.entry(keys).or_default().extend(fields);
        }
        extra
    }

    /// Puts all of it onto the thing as it is written.
    pub(crate) fn put_onto(&self, written: &mut Value) {
        // All places before anything is added, for what is added could be taken for a name.
        let mut places: Vec<(Vec<usize>, &Fields)> = Vec::new();
        for (keys, fields) in &self.0 {
            places.extend(place_of(written, keys).map(|place| (place, fields)));
        }
        for (place, fields) in places {
            let object = place.iter().try_fold(&mut *written, |here, n| match here {
                Value::List(items) => items.get_mut(*n).map(|node| &mut node.value),
                Value::Object(fields) => fields.get_mut(*n).map(|(_, node)| &mut node.value),
                _ => None,
            });
            if let Some(Value::Object(known)) = object {
                join(known, fields);
            }
        }
    }

    /// Keeps fields that stand beside the thing at the top of its file.
    pub(crate) fn keep_beside(&mut self, fields: Fields) {
        if !fields.is_empty() {
            self.0.insert(vec![Key::Beside], fields);
        }
    }

    /// The fields that stand beside the thing at the top of its file.
    pub(crate) fn beside(&self) -> &[(Box<str>, Node)] {
        self.0.get([Key::Beside].as_slice()).map_or(&[], Vec::as_slice)
    }
}

/// Where an object stands in a thing as it is written: places in its lists and objects.
fn place_of(written: &Value, keys: &[Key]) -> Option<Vec<usize>> {
    let mut here = written;
    let step = |key: &Key| {
        let (place, next) = match (key, here) {
            (Key::Field(name), Value::Object(fields)) => {
                let mut named = fields.iter().enumerate().filter(|(_, (other, _))| other == name);
                named.next().map(|(place, (_, node))| (place, node))?
            }
            (Key::Item(name, before), Value::List(items)) => {
                let is_so_called = |(_, item): &(usize, &Node)| name_of(&item.value) == *name;
                items.iter().enumerate().filter(is_so_called).nth(*before)?
            }
            _ => return None,
        };
        here = &next.value;
        Some(place)
    };
    keys.iter().map(step).collect()
}

/// Adds fields to an object; what it has stays.
fn join(known: &mut Fields, more: &[(Box<str>, Node)]) {
    for (name, node) in more {
        match known.iter_mut().find(|(other, _)| other == name) {
            None => known.push((name.clone(), node.clone())),
            Some((_, known)) => {
                if let (Value::Object(known), Value::Object(more)) = (&mut known.value, &node.value)
                {
                    join(known, more);
                }
            }
        }
    }
}
