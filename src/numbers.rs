//! Owns how exact numbers are written and read: grouping, units, signs, percentages.
//!
//! Invariant: integers only; what is shown is rounded half away from zero at the last
//! digit, what is typed is taken exactly or refused. Deliberately absent: words.

use crate::rounding::Sum;
use shapan_engine::{Fen, Lang, Unit, in_steps};

/// The unit amounts are shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoneyUnit {
    /// 元, exact to the fen.
    Yuan,
    /// 万元
    Wan,
    /// Million yuan.
    Million,
    /// 亿元
    Yi,
}

impl MoneyUnit {
    /// The units a reader of a language thinks in, the usual one first.
    pub fn usual(lang: Lang) -> &'static [Self] {
        match lang {
            Lang::ZhHans | Lang::ZhHant => &[Self::Wan, Self::Yuan, Self::Yi],
            Lang::En => &[Self::Million, Self::Yuan],
        }
    }

    /// Its name in storage.
    pub fn key(self) -> &'static str {
        match self {
            Self::Yuan => "yuan",
            Self::Wan => "wan",
            Self::Million => "million",
            Self::Yi => "yi",
        }
    }

    /// Fen in one, as a power of ten.
    pub fn power(self) -> u32 {
        self.digits().0
    }

    /// Fen in one, as a power of ten, and the decimals shown.
    fn digits(self) -> (u32, u32) {
        match self {
            Self::Yuan => (2, 2),
            Self::Wan => (6, 2),
            Self::Million => (8, 2),
            Self::Yi => (10, 4),
        }
    }
}

/// An amount in a unit, such as `62,522.33`; negatives with a true minus.
pub fn money(amount: Fen, unit: MoneyUnit) -> String {
    let (power, decimals) = unit.digits();
    fixed(i128::from(amount.0), power, decimals)
}

/// By how many of the last digits shown the shown parts of a sum exceed the shown total.
pub fn rounding_gap(sum: &Sum, unit: MoneyUnit) -> i128 {
    let (power, decimals) = unit.digits();
    let step = 10i64.pow(power.saturating_sub(decimals));
    shapan_engine::rounding_gap(sum.parts.iter().copied(), sum.total, step)
}

/// So many of the last digits shown: `0.01`.
pub fn in_last_digits(count: i128, unit: MoneyUnit) -> String {
    let (_, decimals) = unit.digits();
    fixed(count, decimals, decimals)
}

/// As [`money`], with a plus on what is above zero.
pub fn signed_money(amount: Fen, unit: MoneyUnit) -> String {
    let plus = if amount.0 > 0 { "+" } else { "" };
    format!("{plus}{}", money(amount, unit))
}

/// A whole number with thousands separated.
pub fn whole(number: i64) -> String {
    fixed(i128::from(number), 0, 0)
}

/// `part ÷ whole` as a percentage with two decimals; a dash where there is no whole.
pub fn percent(part: Fen, whole: Fen) -> String {
    if whole.0 == 0 {
        return "–".to_owned();
    }
    let (part, whole) =
        (i128::from(part.0) * i128::from(whole.0.signum()), i128::from(whole.0).abs());
    let hundredths = (part.abs() * 20_000 + whole) / (2 * whole) * part.signum();
    format!("{}%", fixed(hundredths, 2, 2))
}

/// Millionths as a percentage with two decimals.
pub fn rate(millionths: i64) -> String {
    format!("{}%", fixed(i128::from(millionths), 4, 2))
}

/// What is no money, as a table shows it: percentages with two decimals, whole things with
/// what they are called, if anything.
pub fn counted(value: i64, unit: Unit, name: &str) -> String {
    match unit {
        Unit::Share | Unit::Growth | Unit::Rate => rate(value),
        Unit::Ratio => exact(value, 6),
        Unit::Fen => money(Fen(value), MoneyUnit::Yuan),
        Unit::Count | Unit::Net if name.is_empty() => whole(value),
        Unit::Count | Unit::Net => format!("{} {name}", whole(value)),
    }
}

/// `scaled ÷ 10^power` with a fixed number of decimals.
fn fixed(scaled: i128, power: u32, decimals: u32) -> String {
    let rounded = in_steps(scaled, 10i128.pow(power.saturating_sub(decimals))).abs();
    let one = 10i128.pow(decimals);
    let sign = if scaled < 0 && rounded != 0 { "\u{2212}" } else { "" };
    let (ones, rest) = (rounded / one, rounded % one);
    let grouped = grouped(&ones.to_string());
    match decimals {
        0 => format!("{sign}{grouped}"),
        d => format!("{sign}{grouped}.{rest:0width$}", width = usize::try_from(d).unwrap_or(0)),
    }
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `scaled ÷ 10^power` written exactly, without needless zeros: `1,250`, `6.55`.
pub fn exact(scaled: i64, power: u32) -> String {
    let written = fixed(i128::from(scaled), power, power);
    if power == 0 {
        return written;
    }
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// As [`exact`], but as an input field takes it: no grouping, an ASCII minus.
pub fn plain(scaled: i64, power: u32) -> String {
    exact(scaled, power).replace(',', "").replace('\u{2212}', "-")
}

/// Why what was typed is not a number here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotANumber {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Something other than digits, separators and a sign.
    #[error("not a number")]
    NotDigits,
    /// More decimals than the unit has.
    #[error("more than {0} decimals")]
    TooFine(u32),
    /// More digits than fit.
    #[error("too large")]
    TooLarge,
}

/// Reads a typed decimal exactly as `scaled = value × 10^power`. Takes full-width
/// digits and signs, thousands separators and spaces, as they come from Excel and WPS.
pub fn parse(typed: &str, power: u32) -> Result<i64, NotANumber> {
    let cleaned: String = typed
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
            '．' | '。' => '.',
            '－' | '\u{2212}' => '-',
            '＋' => '+',
            other => other,
        })
        .filter(|c| !matches!(c, ',' | '，' | ' ' | '\u{3000}' | '\u{a0}' | '_'))
        .collect();
    let (negative, digits) = match cleaned.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, cleaned.strip_prefix('+').unwrap_or(&cleaned)),
    };
    let (ones, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if ones.is_empty() && decimals.is_empty() {
        return Err(NotANumber::Empty);
    }
    if !ones.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(NotANumber::NotDigits);
    }
    let decimals = decimals.trim_end_matches('0');
    let width = usize::try_from(power).unwrap_or(0);
    if decimals.len() > width {
        return Err(NotANumber::TooFine(power));
    }
    let scaled = format!("{ones}{decimals:0<width$}");
    let scaled: i64 = scaled.parse().map_err(|_| NotANumber::TooLarge)?;
    Ok(if negative { -scaled } else { scaled })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_rounded_and_signed() {
        assert_eq!(money(Fen(62_522_328_500), MoneyUnit::Wan), "62,522.33");
        assert_eq!(money(Fen(450_300_000_000), MoneyUnit::Yi), "45.0300");
        assert_eq!(money(Fen(-84_212_500), MoneyUnit::Wan), "\u{2212}84.21");
        assert_eq!(signed_money(Fen(84_212_500), MoneyUnit::Yuan), "+842,125.00");
        assert_eq!(signed_money(Fen(0), MoneyUnit::Wan), "0.00");
        assert_eq!(money(Fen(-1), MoneyUnit::Wan), "0.00", "no minus on what shows as nothing");
        assert_eq!(money(Fen(i64::MIN), MoneyUnit::Yuan), "\u{2212}92,233,720,368,547,758.08");
    }

    #[test]
    fn percentages_round_at_the_second_decimal_whatever_the_sign() {
        assert_eq!(percent(Fen(1), Fen(3)), "33.33%");
        assert_eq!(percent(Fen(-2), Fen(3)), "\u{2212}66.67%");
        assert_eq!(percent(Fen(1), Fen(0)), "–");
    }

    #[test]
    fn what_is_written_reads_back_exactly() {
        for (scaled, power) in [(125_000, 2), (-5, 2), (65_500, 4), (0, 2), (7, 0), (i64::MAX, 2)] {
            assert_eq!(parse(&exact(scaled, power), power), Ok(scaled));
            assert_eq!(parse(&plain(scaled, power), power), Ok(scaled));
        }
    }

    #[test]
    fn typed_numbers_from_a_chinese_keyboard_are_understood() {
        assert_eq!(parse("１，２５０．５", 2), Ok(125_050));
        assert_eq!(parse(" －250 ", 2), Ok(-25_000));
        assert_eq!(parse("", 2), Err(NotANumber::Empty));
        assert_eq!(parse("1e5", 2), Err(NotANumber::NotDigits));
        assert_eq!(parse("1.005", 2), Err(NotANumber::TooFine(2)));
        assert_eq!(parse("99999999999999999999", 2), Err(NotANumber::TooLarge));
    }
}
