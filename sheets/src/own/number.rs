//! Owns numbers in cells of our own files, exactly: whole units of a last decimal.
//!
//! Invariant: what is finer than that decimal is refused, never rounded.

use super::Reason;
use crate::import::sheet::Cell;

/// A whole number.
pub(crate) fn whole(cell: &Cell) -> Result<i64, Reason> {
    match cell {
        Cell::Number(text) | Cell::Text(text) => exact(&grouped(text), 0),
        _ => Err(Reason::NotANumber),
    }
}

/// Without what groups digits, and with digits as everyone writes them.
fn grouped(text: &str) -> String {
    let text = text.trim().trim_start_matches('\'');
    let narrow = |c: char| match c {
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        '．' => '.',
        '－' | '−' => '-',
        '，' => ',',
        c => c,
    };
    let text: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<&str> = text.trim_start_matches('-').split(',').collect();
    let is_grouped = parts.len() > 1
        && !parts[0].is_empty()
        && parts[0].len() <= 3
        && parts[1..].iter().all(|part| part.split('.').next().is_some_and(|p| p.len() == 3));
    if is_grouped { text.replace(',', "") } else { text }
}

/// A plain decimal, such as `-1234.50`, in units of its last decimal.
pub(crate) fn exact(text: &str, decimals: u32) -> Result<i64, Reason> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && part.is_empty()) || !are_digits(whole) || !are_digits(part) {
        return Err(Reason::NotANumber);
    }
    let part = part.trim_end_matches('0');
    let decimals = usize::try_from(decimals).unwrap_or(0);
    if part.len() > decimals {
        return Err(Reason::TooFine);
    }
    let value: i64 =
        format!("{whole}{part:0<decimals$}").parse().map_err(|_| match whole.is_empty() {
            true => Reason::NotANumber,
            false => Reason::OutOfBounds,
        })?;
    Ok(if is_negative { -value } else { value })
}

/// A number that a spreadsheet keeps, in units of the last decimal; words are none.
pub(crate) fn input(cell: &Cell, decimals: u32) -> Result<i64, Reason> {
    match cell {
        Cell::Number(text) => exact(text, decimals),
        // In per cent: two of the decimals are before the point.
        Cell::Percent(text) => match decimals.checked_sub(2) {
            Some(decimals) => exact(text, decimals),
            None => Err(Reason::NotANumber),
        },
        _ => Err(Reason::NotANumber),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_or_refused() {
        for (text, decimals, value) in [
            ("750", 2, Ok(75_000)),
            ("0.6", 6, Ok(600_000)),
            ("-12.5", 2, Ok(-1_250)),
            (".5", 2, Ok(50)),
            ("18267.0", 0, Ok(18_267)),
            ("12.345", 2, Err(Reason::TooFine)),
            ("1e5", 2, Err(Reason::NotANumber)),
            ("", 2, Err(Reason::NotANumber)),
            ("-", 2, Err(Reason::NotANumber)),
            ("99999999999999999999", 2, Err(Reason::OutOfBounds)),
        ] {
            assert_eq!(exact(text, decimals), value, "{text:?}");
        }
    }

    #[test]
    fn per_cent_are_millionths_to_the_last_one() {
        for (text, value) in [
            ("60", Ok(600_000)),
            ("0.0001", Ok(1)),
            ("-12.5", Ok(-125_000)),
            ("0.00001", Err(Reason::TooFine)),
        ] {
            assert_eq!(input(&Cell::Percent(text.to_owned()), 6), value, "{text}");
        }
        assert_eq!(input(&Cell::Number("0.6".to_owned()), 6), Ok(600_000));
        assert_eq!(input(&Cell::Text("0.6".to_owned()), 6), Err(Reason::NotANumber));
        assert_eq!(input(&Cell::Percent("100".to_owned()), 0), Err(Reason::NotANumber));
    }

    #[test]
    fn counts_may_be_grouped_and_full_width() {
        for (text, value) in [
            ("18,267", Ok(18_267)),
            (" 18267 ", Ok(18_267)),
            ("１８２６７", Ok(18_267)),
            ("1,2", Err(Reason::NotANumber)),
            ("18267.5", Err(Reason::TooFine)),
            ("12人", Err(Reason::NotANumber)),
        ] {
            assert_eq!(whole(&Cell::Text(text.to_owned())), value, "{text:?}");
        }
    }
}
