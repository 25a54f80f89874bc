//! Owns what a cell says as a number, exactly: decimals, never floats.
//!
//! Invariant: a number is read only where nothing else can be meant; a mark, a doubtful comma or
//! a word beside it is a fault that names the cell. What people write for nothing brings nothing.

use super::choices::Unit;
use super::names::fold;
use super::reading::Problem;
use super::sheet::Cell;

/// A decimal: `digits` ÷ 10^`places`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) digits: i128,
    pub(super) places: u32,
}

/// A number with the unit that stands in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) number: Decimal,
    pub(super) unit: Option<Unit>,
}

/// Digits that spreadsheets keep; what is beyond is noise of their floats.
const DIGITS: usize = 15;

impl Unit {
    /// Whether it counts people.
    pub(super) fn counts_people(self) -> bool {
        matches!(self, Self::One | Self::Hundred | Self::Thousand | Self::TenThousand)
    }

    /// How many zeros it stands for: people, or yuan.
    pub(super) fn zeros(self) -> u32 {
        match self {
            Self::One | Self::Yuan => 0,
            Self::Hundred => 2,
            Self::Thousand | Self::ThousandYuan => 3,
            Self::TenThousand | Self::TenThousandYuan => 4,
            Self::MillionYuan => 6,
            Self::HundredMillionYuan => 8,
        }
    }
}

impl Decimal {
    /// The whole number it comes to after so many zeros, within bounds.
    pub(super) fn whole(self, zeros: u32) -> Result<i64, Problem> {
        let (mut digits, mut places) = (self.digits, self.places);
        while places > 0 && digits % 10 == 0 {
            (digits, places) = (digits / 10, places - 1);
        }
        if places > zeros {
            (digits, places) = without_noise(digits, places, zeros).ok_or(Problem::NotWhole)?;
        }
        let factor = 10i128.checked_pow(zeros - places).ok_or(Problem::OutOfBounds)?;
        let whole = digits.checked_mul(factor).ok_or(Problem::OutOfBounds)?;
        i64::try_from(whole).map_err(|_| Problem::OutOfBounds)
    }
}

/// Decimals that differ from a whole by less than half a millionth are noise of a float that was
/// computed: spreadsheets show the whole.
fn without_noise(digits: i128, places: u32, zeros: u32) -> Option<(i128, u32)> {
    let beyond = places.checked_sub(zeros + 6).filter(|beyond| *beyond > 0)?;
    let unit = 10i128.checked_pow(beyond)?;
    let rounded = (digits + unit / 2).div_euclid(unit);
    (rounded % 1_000_000 == 0).then_some((rounded / 1_000_000, zeros))
}

/// The people a cell counts; none where nothing stands in it.
pub(super) fn people(cell: &Cell, unit: Unit) -> Result<Option<i64>, Problem> {
    let Some(written) = written(cell)? else { return Ok(None) };
    let unit = match written.unit {
        Some(own) if own.counts_people() => own,
        Some(_) => return Err(Problem::OtherUnit),
        None => unit,
    };
    let heads = written.number.whole(unit.zeros())?;
    if shapan_engine::Unit::Count.bounds().contains(&heads) {
        Ok(Some(heads))
    } else {
        Err(Problem::OutOfBounds)
    }
}

/// Whether a number is written as less than a thousand.
pub(super) fn is_small(cell: &Cell) -> bool {
    let Ok(Some(Written { number, .. })) = written(cell) else { return false };
    let thousand = 10i128.checked_pow(number.places + 3);
    thousand.is_some_and(|thousand| number.digits.abs() < thousand)
}

/// The fen a cell comes to; none where nothing stands in it.
pub(super) fn fen(cell: &Cell, unit: Unit) -> Result<Option<i64>, Problem> {
    let Some(written) = written(cell)? else { return Ok(None) };
    let unit = match written.unit {
        // 5万 of money are 5 万元.
        Some(Unit::TenThousand) => Unit::TenThousandYuan,
        Some(own) if own.counts_people() => return Err(Problem::OtherUnit),
        Some(own) => own,
        None => unit,
    };
    let fen = written.number.whole(unit.zeros() + 2)?;
    if shapan_engine::Unit::Fen.bounds().contains(&fen) {
        Ok(Some(fen))
    } else {
        Err(Problem::OutOfBounds)
    }
}

/// The number in a cell with its unit; none where nothing stands in it.
pub(super) fn written(cell: &Cell) -> Result<Option<Written>, Problem> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Text(words) => text(words),
        Cell::Number(digits) => {
            let number = plain(digits).ok_or(Problem::NotANumber)?;
            Ok(Some(Written { number, unit: None }))
        }
        Cell::Percent(_) => Err(Problem::Percent),
        Cell::Date { .. } => Err(Problem::Date),
        Cell::Truth(_) => Err(Problem::NotANumber),
        Cell::Error(_) => Err(Problem::Error),
        Cell::NotComputed => Err(Problem::NotComputed),
    }
}

/// What people write where there is nothing.
fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "-" | "--" | "---" | "/" | "\\")
}

/// Units that may stand behind a number, the longer first.
const SUFFIXES: [(&str, Unit); 14] = [
    ("百万元", Unit::MillionYuan),
    ("万人", Unit::TenThousand),
    ("千人", Unit::Thousand),
    ("百人", Unit::Hundred),
    ("万名", Unit::TenThousand),
    ("万元", Unit::TenThousandYuan),
    ("千元", Unit::ThousandYuan),
    ("亿元", Unit::HundredMillionYuan),
    ("亿", Unit::HundredMillionYuan),
    ("万", Unit::TenThousand),
    ("人", Unit::One),
    ("名", Unit::One),
    ("元", Unit::Yuan),
    ("圆", Unit::Yuan),
];

fn text(words: &str) -> Result<Option<Written>, Problem> {
    if !words.is_empty() && words.len() <= DIGITS && words.bytes().all(|b| b.is_ascii_digit()) {
        let digits = words.parse().map_err(|_| Problem::NotANumber)?;
        return Ok(Some(Written { number: Decimal { digits, places: 0 }, unit: None }));
    }
    let folded: String = words.trim().chars().map(fold).map(space).collect();
    let mut text = folded.trim();
    if is_nothing(text) {
        return Ok(None);
    }
    if text.ends_with('%') {
        return Err(Problem::Percent);
    }
    if text.starts_with('#') {
        return Err(Problem::Error);
    }
    let mut negative = false;
    if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        // Accountants write what is below nothing in brackets; (1) beside a list is no number.
        (negative, text) = (true, inner.trim());
    } else if let Some(rest) = text.strip_suffix('-') {
        (negative, text) = (true, rest.trim_end());
    }
    let mut is_money = false;
    loop {
        let rest = match text.chars().next() {
            Some('-' | '△' | '▲' | '▼') if !negative => {
                negative = true;
                &text[text.chars().next().map_or(0, char::len_utf8)..]
            }
            Some(c @ ('¥' | '￥')) if !is_money => {
                is_money = true;
                &text[c.len_utf8()..]
            }
            Some('+') if !negative => &text[1..],
            _ => break,
        };
        text = rest.trim_start();
    }
    let suffix = SUFFIXES
        .iter()
        .find_map(|(word, unit)| text.strip_suffix(word).map(|rest| (rest.trim_end(), *unit)));
    let mut unit = is_money.then_some(Unit::Yuan);
    if let Some((rest, own)) = suffix {
        text = rest;
        unit = match (is_money, own) {
            (true, Unit::TenThousand) => Some(Unit::TenThousandYuan),
            (true, own) if own.counts_people() => return Err(Problem::NotANumber),
            (_, own) => Some(own),
        };
    }
    let mut number = ungrouped(text).and_then(|text| plain(&text)).ok_or(Problem::NotANumber)?;
    if negative {
        number.digits = -number.digits;
    }
    Ok(Some(Written { number, unit }))
}

/// Every kind of space as one; a line break is none, for two lines are not one number.
fn space(c: char) -> char {
    if (c.is_whitespace() && c != '\n') || c == '\u{202F}' { ' ' } else { c }
}

/// A number without the marks between its thousands; none where they stand elsewhere, for then
/// the comma may be that of a decimal.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let separators = [',', ' ', '\''];
    let Some(mark) = separators.into_iter().find(|mark| whole.contains(*mark)) else {
        return Some(text.to_owned());
    };
    let groups: Vec<&str> = whole.split(mark).collect();
    let (first, rest) = groups.split_first()?;
    let is_grouped = (1..=3).contains(&first.len())
        && rest.iter().all(|group| group.len() == 3)
        && *first != "0"
        && !decimals.contains(separators);
    is_grouped.then(|| text.replace(mark, ""))
}

/// A plain decimal such as `-1234.5`; what is beyond the digits that spreadsheets keep is rounded.
pub(super) fn plain(text: &str) -> Option<Decimal> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let is_number = !whole.is_empty() && all_digits(whole) && all_digits(decimals);
    if !is_number || digits.ends_with('.') || whole.len() > 20 || decimals.len() > 40 {
        return None;
    }
    let whole_digits = whole.trim_start_matches('0').len();
    let kept = match whole_digits {
        // The zeros before the first digit of a fraction are no digits of it.
        0 => DIGITS + decimals.len() - decimals.trim_start_matches('0').len(),
        _ => DIGITS.saturating_sub(whole_digits),
    };
    let (decimals, rest) = decimals.split_at(kept.min(decimals.len()));
    let mut number: i128 = match decimals {
        "" => whole.parse().ok()?,
        decimals => format!("{whole}{decimals}").parse().ok()?,
    };
    if rest.as_bytes().first().is_some_and(|digit| *digit >= b'5') {
        number += 1;
    }
    let places = u32::try_from(decimals.len()).ok()?;
    Some(Decimal { digits: if negative { -number } else { number }, places })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str, unit: Unit) -> Result<Option<i64>, Problem> {
        people(&Cell::Text(text.to_owned()), unit)
    }

    #[test]
    fn counts_are_read_as_people_write_them() {
        use Unit::{One, TenThousand};
        for (cell, unit, expected) in [
            ("1234", One, Ok(Some(1_234))),
            (" 1,234 人", One, Ok(Some(1_234))),
            ("１２３４", One, Ok(Some(1_234))),
            ("1，234", One, Ok(Some(1_234))),
            ("1234.0", One, Ok(Some(1_234))),
            ("48 000", One, Ok(Some(48_000))),
            ("3.25", TenThousand, Ok(Some(32_500))),
            ("3.25万人", One, Ok(Some(32_500))),
            ("120人", TenThousand, Ok(Some(120))),
            ("0", TenThousand, Ok(Some(0))),
            ("—", One, Ok(None)),
            ("——", One, Ok(None)),
            ("", One, Ok(None)),
            ("41000.00000000001", One, Ok(Some(41_000))),
            ("51999.99999999901", One, Ok(Some(52_000))),
            ("51999.999901", One, Err(Problem::NotWhole)),
            ("0.4100000000001", TenThousand, Ok(Some(4_100))),
            ("39000.4", One, Err(Problem::NotWhole)),
            ("1.5", One, Err(Problem::NotWhole)),
            ("1.00001", TenThousand, Err(Problem::NotWhole)),
            ("1,5", One, Err(Problem::NotANumber)),
            ("4,3000", One, Err(Problem::NotANumber)),
            ("0,500", One, Err(Problem::NotANumber)),
            ("约30", One, Err(Problem::NotANumber)),
            ("4.3万余", One, Err(Problem::NotANumber)),
            ("41,000*", One, Err(Problem::NotANumber)),
            ("52000（6）", One, Err(Problem::NotANumber)),
            ("39000\n（含民办1200）", One, Err(Problem::NotANumber)),
            ("6千", One, Err(Problem::NotANumber)),
            ("1e3", One, Err(Problem::NotANumber)),
            ("=1+1", One, Err(Problem::NotANumber)),
            ("12.5%", One, Err(Problem::Percent)),
            ("#REF!", One, Err(Problem::Error)),
            ("-5", One, Err(Problem::OutOfBounds)),
            ("（1,234）", One, Err(Problem::OutOfBounds)),
            ("5万元", One, Err(Problem::OtherUnit)),
            ("99999999999999999999", One, Err(Problem::OutOfBounds)),
            ("12 34", One, Err(Problem::NotANumber)),
            ("1.", One, Err(Problem::NotANumber)),
        ] {
            assert_eq!(counted(cell, unit), expected, "{cell}");
        }
    }

    #[test]
    fn money_comes_in_its_unit_to_the_fen() {
        let fen_of = |text: &str, unit| fen(&Cell::Text(text.to_owned()), unit);
        assert_eq!(fen_of("18.77", Unit::HundredMillionYuan), Ok(Some(187_700_000_000)));
        assert_eq!(fen_of("￥1,234.00", Unit::TenThousandYuan), Ok(Some(123_400)));
        assert_eq!(fen_of("¥1,200.50", Unit::Yuan), Ok(Some(120_050)));
        assert_eq!(fen_of("3万", Unit::Yuan), Ok(Some(3_000_000)));
        assert_eq!(fen_of("1.234", Unit::Yuan), Err(Problem::NotWhole));
        assert_eq!(fen_of("(5)", Unit::Yuan), Err(Problem::OutOfBounds));
    }

    #[test]
    fn a_cell_that_is_no_number_says_what_it_is() {
        for (cell, problem) in [
            (Cell::Percent("12.5".to_owned()), Problem::Percent),
            (Cell::Date { year: 2011, month: 9, day: 1 }, Problem::Date),
            (Cell::Error("#REF!".to_owned()), Problem::Error),
            (Cell::NotComputed, Problem::NotComputed),
            (Cell::Truth(true), Problem::NotANumber),
        ] {
            assert_eq!(people(&cell, Unit::One), Err(problem));
        }
        assert_eq!(people(&Cell::Empty, Unit::One), Ok(None));
    }
}
