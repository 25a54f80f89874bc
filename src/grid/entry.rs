//! Owns reading one cell as people type it and as spreadsheets hand it over.
//!
//! Invariant: exact or refused: no float, no rounding. Deliberately absent: what is then done
//! with the number, and the words for what is wrong.

use super::sheet::Measure;
use crate::numbers::{self, NotANumber};
use shapan_engine::Unit;

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

/// The number in a cell, in the unit of its column; none where it is empty or a dash.
///
/// # Errors
/// Why it cannot be taken.
pub fn read(typed: &str, measure: &Measure) -> Result<Option<i64>, NotTaken> {
    let text = half_width(typed);
    let text = text.trim();
    if text.chars().all(|c| matches!(c, '-' | '—' | '–' | '―' | '\u{2212}' | '…' | '/')) {
        return Ok(None);
    }
    let in_brackets = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (text, power) = without_unit(in_brackets.unwrap_or(text).trim(), measure);
    let value = numbers::parse(text, power)?;
    let value = match in_brackets {
        // What stands in brackets is below zero; it has no sign besides.
        Some(_) if value < 0 => return Err(NotANumber::NotDigits.into()),
        Some(_) => -value,
        None => value,
    };
    let bounds = measure.unit.bounds();
    if bounds.contains(&value) {
        return Ok(Some(value));
    }
    let [least, most] = [bounds.start(), bounds.end()].map(|n| numbers::exact(*n, measure.power));
    Err(NotTaken::OutOfBounds { least, most })
}

/// Letters, digits and signs as wide as Latin ones.
pub(super) fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '。' => '.',
        '、' => ',',
        other => other,
    };
    text.chars().map(narrow).collect()
}

/// A number without its unit, and the decimals of that unit; the column's where none is named.
fn without_unit<'a>(text: &'a str, measure: &Measure) -> (&'a str, u32) {
    // Longer ones first: 万元 ends in 元.
    let units: &[(&str, u32)] = match measure.unit {
        Unit::Fen => &[
            ("亿元", 10),
            ("億元", 10),
            ("亿", 10),
            ("億", 10),
            ("万元", 6),
            ("萬元", 6),
            ("万", 6),
            ("萬", 6),
            ("元", 2),
            ("yuan", 2),
        ],
        Unit::Count | Unit::Net => &[
            ("亿人", 8),
            ("億人", 8),
            ("亿", 8),
            ("億", 8),
            ("万人", 4),
            ("萬人", 4),
            ("万", 4),
            ("萬", 4),
            ("人", 0),
            ("名", 0),
            ("people", 0),
        ],
        Unit::Share | Unit::Growth | Unit::Rate => &[("%", 4), ("‰", 3)],
        Unit::Ratio => &[],
    };
    let text = if measure.unit == Unit::Fen { text.trim_start_matches('¥') } else { text };
    // The column's own name for its unit, such as 个班, says nothing new.
    let own = std::iter::once((measure.name.as_str(), measure.power));
    let mut named = units.iter().copied().chain(own).filter(|(name, _)| !name.is_empty());
    let found = named.find_map(|(name, power)| Some((text.strip_suffix(name)?, power)));
    let (number, power) = found.unwrap_or((text, measure.power));
    (number.trim(), power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(unit: Unit, power: u32, name: &str) -> Measure {
        Measure { unit, power, name: name.into() }
    }

    #[test]
    fn a_unit_that_is_named_counts_and_the_columns_own_holds_where_none_is() {
        let wan = measure(Unit::Fen, 6, "万元");
        for (typed, fen) in [
            ("28500", 28_500_000_000),
            ("28,500.5", 28_500_500_000),
            ("28500万", 28_500_000_000),
            ("28500 万元", 28_500_000_000),
            ("2.85亿", 28_500_000_000),
            ("２．８５億元", 28_500_000_000),
            ("285000000元", 28_500_000_000),
            ("¥12.34元", 1_234),
        ] {
            assert_eq!(read(typed, &wan), Ok(Some(fen)), "{typed}");
        }
        let people = measure(Unit::Count, 0, "人");
        for (typed, heads) in [
            ("1234", 1_234),
            ("１，２３４", 1_234),
            ("1 234人", 1_234),
            ("1.2345万", 12_345),
            ("0.5萬人", 5_000),
            ("1,234.00", 1_234),
        ] {
            assert_eq!(read(typed, &people), Ok(Some(heads)), "{typed}");
        }
        let growth = measure(Unit::Growth, 4, "%");
        for (typed, millionths) in
            [("2", 20_000), ("2%", 20_000), ("-1.5％", -15_000), ("(3)", -30_000), ("5‰", 5_000)]
        {
            assert_eq!(read(typed, &growth), Ok(Some(millionths)), "{typed}");
        }
        assert_eq!(read("12个班", &measure(Unit::Count, 0, "个班")), Ok(Some(12)));
    }

    #[test]
    fn dashes_and_blanks_are_empty() {
        let people = measure(Unit::Count, 0, "人");
        for typed in ["", "  ", "-", "—", "——", "－", "–", "\u{2212}", "/", "\u{3000}"] {
            assert_eq!(read(typed, &people), Ok(None), "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_number_or_out_of_bounds_is_refused_with_the_reason() {
        let people = measure(Unit::Count, 0, "人");
        let share = measure(Unit::Share, 4, "%");
        let not = |why: NotANumber| Err(NotTaken::NotANumber(why));
        for typed in ["abc", "12x", "#REF!", "1e3", "5%", "12元", "(-3)", "2012-01-01"] {
            assert_eq!(read(typed, &people), not(NotANumber::NotDigits), "{typed}");
        }
        assert_eq!(read("12.5", &people), not(NotANumber::TooFine(0)));
        assert_eq!(read("1.23456万", &people), not(NotANumber::TooFine(4)));
        assert_eq!(read("99999999999999999999", &people), not(NotANumber::TooLarge));
        let outside = |least: &str, most: &str| {
            Err(NotTaken::OutOfBounds { least: least.into(), most: most.into() })
        };
        assert_eq!(read("-3", &people), outside("0", "1,000,000,000"));
        assert_eq!(read("101", &share), outside("0", "100"));
    }
}
