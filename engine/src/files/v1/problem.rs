//! Owns what is wrong with one value of a file, and the way to it.
//!
//! Invariant: nothing is repaired; what cannot be read is a [`Problem`] at its path.
//! Deliberately absent: a wrong shape of the JSON itself (`ReadError::Shape`).

use crate::id::NotAnId;
use crate::plan::NotAPath;
use crate::text::TextError;
use crate::time::{NotADate, NotASemester};
use std::fmt::Display;

/// What is wrong with one value of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
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
        found: &'static str,
    },
    /// A change with both or neither of `value` and `value_by_region`.
    #[error("exactly one of value and value_by_region is needed")]
    ChangeValue,
}

/// A problem with the way to it, innermost step last to be added.
#[derive(Debug)]
pub(in crate::files) struct Misread {
    steps: Vec<String>,
    pub(in crate::files) problem: Problem,
}

impl Misread {
    /// The way as in `plan.programmes[3].split`.
    pub(in crate::files) fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            if !path.is_empty() && !step.starts_with('[') {
                path.push('.');
            }
            path.push_str(step);
        }
        path
    }
}

impl<P: Into<Problem>> From<P> for Misread {
    fn from(problem: P) -> Self {
        Self { steps: Vec::new(), problem: problem.into() }
    }
}

pub(in crate::files) type Read<T> = Result<T, Misread>;

/// Adds a step to the way of a problem.
pub(super) trait At<T> {
    fn at(self, step: impl Display) -> Read<T>;
}

impl<T, E: Into<Misread>> At<T> for Result<T, E> {
    fn at(self, step: impl Display) -> Read<T> {
        self.map_err(|e| {
            let mut misread = e.into();
            misread.steps.push(step.to_string());
            misread
        })
    }
}
