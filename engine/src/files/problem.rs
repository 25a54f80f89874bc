//! Owns what is wrong with one value of a file, and where it stands.
//!
//! Invariant: nothing is repaired; what cannot be read is a [`Problem`] at its path.
//! Deliberately absent: sentences for readers (the page words every problem), and what is not
//! JSON at all (`JsonFault`).

use super::json::{Node, Value};
use crate::id::NotAnId;
use crate::plan::NotAPath;
use crate::text::TextError;
use crate::time::{NotADate, NotASemester};
use std::fmt;

/// What is wrong with one value of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Another kind of value than belongs here.
    #[error("{expected} is needed, not {found}")]
    Kind {
        /// What belongs here.
        expected: Expected,
        /// What is here.
        found: Found,
    },
    /// A field is not there.
    #[error("the field {field} is missing{}", meant(nearest.as_deref()))]
    Missing {
        /// Its name.
        field: &'static str,
        /// A field that is there, is not known, and is called nearly so.
        nearest: Option<String>,
    },
    /// A field or name is there more than once.
    #[error("the field {name:?} is given twice")]
    Twice {
        /// Its name.
        name: String,
    },
    /// A word that is none of those that may stand here.
    #[error("{found:?} is none of {}{}", allowed.join(", "), meant(*nearest))]
    Word {
        /// The word.
        found: String,
        /// The words that may stand here.
        allowed: &'static [&'static str],
        /// The one that is called nearly so.
        nearest: Option<&'static str>,
    },
    /// Not a name.
    #[error(transparent)]
    Id(#[from] NotAnId),
    /// Not a semester.
    #[error(transparent)]
    Semester(#[from] NotASemester),
    /// Not a day.
    #[error(transparent)]
    Date(#[from] NotADate),
    /// Not a parameter's path.
    #[error(transparent)]
    Path(#[from] NotAPath),
    /// Words that cannot stand in a plan.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A year out of range.
    #[error("{0} is not a year from 1900 to 2200")]
    Year(i64),
    /// More or fewer fiscal years than the app takes on.
    #[error("{0} fiscal years; 1 to 30 are possible")]
    FiscalYears(u8),
    /// Not a grade's number.
    #[error("not the number of a grade such as 1: {0:?}")]
    Grade(String),
    /// Yearly shares that are not ascending, not positive or not the whole.
    #[error("the yearly shares must ascend in time and add up to 1000000 millionths")]
    YearShares,
    /// A parameter in another unit than its role has.
    #[error("the unit is {found} where {expected} is needed")]
    Unit {
        /// The unit the role has.
        expected: &'static str,
        /// The unit in the file.
        found: String,
    },
    /// A change with both or neither of `value` and `value_by_region`.
    #[error("exactly one of value and value_by_region is needed")]
    ChangeValue,
}

/// A kind of value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Fields in braces.
    Object,
    /// Items in square brackets.
    List,
    /// A text in quotes.
    Text,
    /// `true` or `false`.
    YesNo,
    /// Digits without quotes, fraction or exponent.
    Whole {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
        /// The unit it is in, as files call it, where it has one.
        unit: Option<&'static str>,
    },
    /// An object with exactly one of these fields.
    OneOf(&'static [&'static str]),
}

/// A value as a message shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// `null`.
    Null,
    /// `true` or `false`.
    YesNo(bool),
    /// A number, as it is written.
    Number(String),
    /// A text, the first of it.
    Text(String),
    /// A list of so many items.
    List(usize),
    /// An object of so many fields.
    Object(usize),
}

impl Found {
    /// What a value is, in bounds.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(yes) => Self::YesNo(*yes),
            Value::Whole(number) => Self::Number(number.to_string()),
            Value::Number(digits) => Self::Number(digits.chars().take(80).collect()),
            Value::Text(text) => Self::Text(text.chars().take(80).collect()),
            Value::List(items) => Self::List(items.len()),
            Value::Object(fields) => Self::Object(fields.len()),
        }
    }
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map(|near| format!(" (is {near} meant?)")).unwrap_or_default()
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object => f.write_str("an object"),
            Self::List => f.write_str("a list"),
            Self::Text => f.write_str("a text"),
            Self::YesNo => f.write_str("true or false"),
            Self::Whole { unit: Some(unit), .. } => write!(f, "a whole number ({unit})"),
            Self::Whole { least: i64::MIN, .. } => f.write_str("a whole number"),
            Self::Whole { least, most, .. } => write!(f, "a whole number from {least} to {most}"),
            Self::OneOf(names) => write!(f, "an object with exactly one of {}", names.join(", ")),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::YesNo(yes) => write!(f, "{yes}"),
            Self::Number(digits) => f.write_str(digits),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(items) => write!(f, "a list of {items}"),
            Self::Object(fields) => write!(f, "an object of {fields} fields"),
        }
    }
}

/// One step of the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// A field this version knows.
    Field(&'static str),
    /// A name of the file's own.
    Name(Box<str>),
    /// The place in a list.
    Item(usize),
}

/// The way to a value as messages write it: `plan.programmes[3].split`.
pub(crate) struct Path<'a>(pub(crate) &'a [Way]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, step) in self.0.iter().enumerate() {
            let name = match step {
                Way::Item(place) => {
                    write!(f, "[{place}]")?;
                    continue;
                }
                Way::Field(name) => name,
                Way::Name(name) => &**name,
            };
            let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            match name.chars().all(is_plain) && !name.is_empty() {
                true if n == 0 => f.write_str(name)?,
                true => write!(f, ".{name}")?,
                false => write!(f, "[{name:?}]")?,
            }
        }
        Ok(())
    }
}

/// As much of a file's own words as a message needs.
pub(crate) fn brief(words: &str) -> String {
    words.chars().take(300).collect()
}

/// A problem, the way to it and the byte at which it stands.
#[derive(Debug)]
pub(crate) struct Misread {
    pub(crate) path: String,
    pub(crate) at: usize,
    pub(crate) problem: Problem,
}

impl Misread {
    pub(crate) fn new(way: &[Way], at: usize, problem: impl Into<Problem>) -> Box<Self> {
        Box::new(Self { path: brief(&Path(way).to_string()), at, problem: problem.into() })
    }
}

pub(crate) type Read<T> = Result<T, Box<Misread>>;

/// Refuses a name that stands twice in one object, for which was meant would be a guess.
pub(crate) fn each_name_once(node: &Node, way: &mut Vec<Way>) -> Read<()> {
    match &node.value {
        Value::List(items) => items.iter().enumerate().try_for_each(|(place, item)| {
            way.push(Way::Item(place));
            each_name_once(item, way)?;
            way.pop();
            Ok(())
        }),
        Value::Object(fields) => {
            let mut seen = std::collections::HashSet::new();
            for (n, (name, field)) in fields.iter().enumerate() {
                let is_twice = match fields.len() {
                    // Most objects are small, and then looking is quicker than remembering.
                    0..=16 => fields.iter().take(n).any(|(other, _)| other == name),
                    _ => !seen.insert(name),
                };
                way.push(Way::Name(name.clone()));
                if is_twice {
                    let name = name.chars().take(80).collect();
                    return Err(Misread::new(way, field.at, Problem::Twice { name }));
                }
                each_name_once(field, way)?;
                way.pop();
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
