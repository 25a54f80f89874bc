//! Owns why a cell was not taken. Its number is read by the chain that reads tables.
//!
//! Invariant: exact or refused: no float, no rounding. Deliberately absent: what is then done
//! with the number, and the words for what is wrong.

use super::paste::Typed;
use super::range::At;
use super::sheet::{Measure, Sheet, State, Write};
use crate::numbers::{self, NotANumber};
use shapan_sheets::import::{Problem, typed_number};

/// Why a cell was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Not a number of this column's unit.
    #[error(transparent)]
    NotANumber(#[from] NotANumber),
    /// A number that cannot be of this unit.
    #[error("outside {least} to {most}")]
    OutOfBounds {
        /// The least possible, as it is written.
        least: String,
        /// The most possible, as it is written.
        most: String,
    },
    /// Sound in itself, but the plan would not be.
    #[error("{0}")]
    Refused(String),
}

/// The number in a cell, in the unit of its column; none where it is empty or a dash. `power` is
/// the decimals of another unit that its head names.
///
/// # Errors
/// Why it cannot be taken.
pub fn read(typed: &str, measure: &Measure, power: Option<u32>) -> Result<Option<i64>, NotTaken> {
    let (power, own) = match power {
        None => (measure.power, measure.name.as_str()),
        Some(power) => (power, ""),
    };
    typed_number(typed, measure.unit, power, own).map_err(|problem| match problem {
        Problem::OutOfBounds => {
            let bounds = measure.unit.bounds();
            let [least, most] =
                [bounds.start(), bounds.end()].map(|n| numbers::exact(*n, measure.power));
            NotTaken::OutOfBounds { least, most }
        }
        Problem::NotWhole => NotANumber::TooFine(power).into(),
        _ => NotANumber::NotDigits.into(),
    })
}

/// What typed or pasted cells come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    /// What is written, and the words it was read from.
    pub writes: Vec<(Write, String)>,
    /// Cells that are not taken.
    pub wrong: Vec<(At, String, NotTaken)>,
    /// Cells that are: those that stay as they are too.
    pub taken: Vec<At>,
    /// Computed cells that were given a number.
    pub computed: usize,
    /// The numbers those were given.
    pub given: Vec<Write>,
    /// Cells in which nothing can stand.
    pub nowhere: usize,
}

/// Reads what is typed or pasted, each cell by its column.
pub fn sort(sheet: &Sheet, typed: Vec<Typed>) -> Sorted {
    let mut sorted = Sorted::default();
    for Typed { at, text, power } in typed {
        let (cell, Some(column)) = (sheet.cell(at), sheet.columns.get(at.col)) else { continue };
        let found = read(&text, &column.measure, power);
        match (cell.state, found) {
            // An empty field asks for nothing, nor does the number that stands there.
            (State::Nothing | State::Computed, Ok(None)) => {}
            (State::Computed, Ok(value)) if value == cell.value => {}
            (State::Nothing, _) => sorted.nowhere += 1,
            (State::Computed, found) => {
                sorted.computed += 1;
                sorted.given.extend(found.ok().map(|value| Write { at, value }));
            }
            (_, Err(why)) => sorted.wrong.push((at, text, why)),
            (state, Ok(value)) => {
                sorted.taken.push(at);
                if value != cell.value || state == State::Followed {
                    sorted.writes.push((Write { at, value }, text));
                }
            }
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use shapan_engine::Unit;

    #[test]
    fn what_is_no_number_or_out_of_bounds_is_refused_with_the_reason() {
        let people = Measure { unit: Unit::Count, power: 0, name: "人".into() };
        let share = Measure { unit: Unit::Share, power: 4, name: "%".into() };
        let not = |why: NotANumber| Err(NotTaken::NotANumber(why));
        for typed in ["abc", "12x", "#REF!", "1e3", "5%", "12元", "2012-01-01"] {
            assert_eq!(read(typed, &people, None), not(NotANumber::NotDigits), "{typed}");
        }
        assert_eq!(read("12.5", &people, None), not(NotANumber::TooFine(0)));
        assert_eq!(read("1.25", &people, Some(4)), Ok(Some(12_500)), "its head says 万人");
        let outside = |least: &str, most: &str| {
            Err(NotTaken::OutOfBounds { least: least.into(), most: most.into() })
        };
        assert_eq!(read("-3", &people, None), outside("0", "1,000,000,000"));
        assert_eq!(read("101", &share, None), outside("0", "100"));
    }
}
