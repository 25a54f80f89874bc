//! Owns reading one number that is typed or pasted into a grid whose column knows what it counts.
//!
//! Invariant: read as the cells of a table are (`numbers`), exactly or not at all. Deliberately
//! absent: what becomes of the number.

use super::choices::Unit;
use super::numbers::{self, Written};
use super::reading::Problem;
use super::sheet::Cell;

/// The number of a cell in a column's unit; none where nothing stands in it. `power` is the
/// decimals of what is counted where the cell names no unit of its own, `own` what the column
/// calls its unit: behind a number it says nothing new.
///
/// # Errors
/// What is wrong in it.
pub fn typed_number(
    words: &str,
    unit: shapan_engine::Unit,
    power: u32,
    own: &str,
) -> Result<Option<i64>, Problem> {
    use shapan_engine::Unit as Of;
    let read = match unit {
        Of::Fen | Of::Count | Of::Net => with_unit(words, unit, power),
        Of::Share | Of::Growth | Of::Rate => of_parts(words, power),
        Of::Ratio => plain(words, power),
    };
    let read = match (read, words.trim().strip_suffix(own)) {
        (Err(_), Some(rest)) if !own.is_empty() && !rest.trim().is_empty() => plain(rest, power),
        (read, _) => read,
    };
    match read? {
        Some(number) if !unit.bounds().contains(&number) => Err(Problem::OutOfBounds),
        number => Ok(number),
    }
}

fn written(words: &str) -> Result<Option<Written>, Problem> {
    numbers::written(&Cell::Text(words.to_owned()))
}

/// A number that names no unit.
fn plain(words: &str, power: u32) -> Result<Option<i64>, Problem> {
    let Some(Written { number, unit }) = written(words)? else { return Ok(None) };
    if unit.is_some() { Err(Problem::OtherUnit) } else { number.whole(power).map(Some) }
}

/// Per cent or per mille, whether the mark stands there or not.
fn of_parts(words: &str, power: u32) -> Result<Option<i64>, Problem> {
    let words = words.trim();
    let marks = [(&['%', '％', '﹪'][..], 4), (&['‰'][..], 3)];
    let marked =
        marks.iter().find_map(|(marks, power)| Some((words.strip_suffix(*marks)?, *power)));
    match marked {
        Some((rest, power)) => match plain(rest, power)? {
            None => Err(Problem::NotANumber), // a mark alone
            number => Ok(number),
        },
        None => plain(words, power),
    }
}

/// People or money; a unit in the cell counts.
fn with_unit(words: &str, of: shapan_engine::Unit, power: u32) -> Result<Option<i64>, Problem> {
    let Some(Written { number, unit }) = written(words)? else { return Ok(None) };
    let power = match unit {
        None => power,
        Some(unit) => power_of(unit, of).ok_or(Problem::OtherUnit)?,
    };
    number.whole(power).map(Some)
}

/// The decimals of a unit in people or fen; none where it is not of them.
pub(super) fn power_of(unit: Unit, of: shapan_engine::Unit) -> Option<u32> {
    match of {
        // 5万 of money are 5 万元.
        shapan_engine::Unit::Fen if unit == Unit::TenThousand => {
            Some(Unit::TenThousandYuan.zeros() + 2)
        }
        shapan_engine::Unit::Fen if !unit.counts_people() => Some(unit.zeros() + 2),
        shapan_engine::Unit::Count | shapan_engine::Unit::Net if unit.counts_people() => {
            Some(unit.zeros())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shapan_engine::Unit as Of;

    #[test]
    fn a_unit_that_is_named_counts_and_the_columns_own_holds_where_none_is() {
        for (typed, fen) in [
            ("28500", 28_500_000_000),
            ("28,500.5", 28_500_500_000),
            ("28500万", 28_500_000_000),
            ("28500 万元", 28_500_000_000),
            ("2.85亿", 28_500_000_000),
            ("２．８５億元", 28_500_000_000),
            ("285000000元", 28_500_000_000),
            ("80元", 8_000),
            ("¥12.34元", 1_234),
            ("￥1,234.00", 123_400),
            ("¥1,200.50", 120_050),
        ] {
            assert_eq!(typed_number(typed, Of::Fen, 6, "万元"), Ok(Some(fen)), "{typed}");
        }
        for (typed, heads) in
            [("1234", 1_234), ("１，２３４", 1_234), ("1.2345万", 12_345), ("0.5萬人", 5_000)]
        {
            assert_eq!(typed_number(typed, Of::Count, 0, "人"), Ok(Some(heads)), "{typed}");
        }
        for (typed, millionths) in
            [("2", 20_000), ("2%", 20_000), ("-1.5％", -15_000), ("(3)", -30_000), ("5‰", 5_000)]
        {
            assert_eq!(typed_number(typed, Of::Growth, 4, "%"), Ok(Some(millionths)), "{typed}");
        }
        assert_eq!(typed_number("12个班", Of::Count, 0, "个班"), Ok(Some(12)));
        assert_eq!(typed_number("-3", Of::Net, 0, "人"), Ok(Some(-3)));
    }

    #[test]
    fn dashes_and_blanks_are_empty_and_what_is_no_number_is_refused() {
        for typed in ["", "  ", "-", "—", "——", "－", "–", "\u{2212}", "/", "\u{3000}"] {
            assert_eq!(typed_number(typed, Of::Count, 0, "人"), Ok(None), "{typed:?}");
        }
        for (typed, problem) in [
            ("abc", Problem::NotANumber),
            ("12x", Problem::NotANumber),
            ("1e3", Problem::NotANumber),
            ("5%", Problem::Percent),
            ("12元", Problem::OtherUnit),
            ("12.5", Problem::NotWhole),
            ("-3", Problem::OutOfBounds),
            ("2012-01-01", Problem::NotANumber),
        ] {
            assert_eq!(typed_number(typed, Of::Count, 0, "人"), Err(problem), "{typed}");
        }
        assert_eq!(typed_number("%", Of::Share, 4, "%"), Err(Problem::NotANumber));
        assert_eq!(typed_number("101", Of::Share, 4, "%"), Err(Problem::OutOfBounds));
    }
}
