//! Owns what a number format makes of a stored number: a number, per cent, a day, or words.
//!
//! Invariant: a format never changes a number silently. Where it adds words (`0"万"`), the cell is
//! the words as shown, with all digits; where it scales without saying so (`#,##0,`), the cell is
//! words that are no number, so that somebody is asked. Currency signs and brackets say nothing.

use super::decimal::Decimal;
use crate::import::sheet::Cell;

/// What stands beside a number and says nothing: currency, brackets, strokes.
pub(super) fn says_nothing(c: char) -> bool {
    c.is_whitespace() || "¥￥$€£()（）-+.,:;'\"·*/—–".contains(c)
}

/// What becomes of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A number and nothing else.
    Plain,
    /// A day, perhaps with a time.
    Date,
    /// A time of the day, or a duration.
    Time,
    /// Sections for positive, negative and zero, and the code they come from.
    Sections { sections: Vec<Section>, code: String },
}

/// What one section of a format shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    has_condition: bool,
    has_digits: bool,
    is_percent: bool,
    /// The shown number is the stored one divided by this power of ten.
    scale: i32,
    /// Words before and after the number.
    words: (String, String),
    /// A point that is a letter: `0!.0,` shows ten thousands.
    has_false_point: bool,
    /// Whether the words say anything.
    has_words: bool,
}

impl Section {
    /// Whether words stand beside the number that are more than currency and strokes.
    fn says_something(&self) -> bool {
        let words = format!("{}{}", self.words.0, self.words.1);
        let words = words.replace("CNY", "").replace("RMB", "");
        !words.chars().all(says_nothing)
    }

    fn is_plain(&self) -> bool {
        !self.is_percent && self.scale == 0 && !self.has_words
    }
}

/// The format of an identifier that has no code of its own in the file.
pub(super) fn builtin(id: u32) -> Format {
    match id {
        9 | 10 | 67 | 68 => of_code("0%"),
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Format::Date,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Format::Time,
        _ => Format::Plain,
    }
}

/// The format that a code says.
pub(super) fn of_code(code: &str) -> Format {
    // Excel takes 255 characters.
    let end = code.char_indices().nth(1_000).map_or(code.len(), |(at, _)| at);
    let sections: Vec<&str> = split(&code[..end]);
    if let Some(kind) = sections.first().and_then(|first| day_or_time(first)) {
        return kind;
    }
    let sections: Vec<Section> = sections.iter().take(4).map(|code| section(code)).collect();
    if sections.iter().all(Section::is_plain) {
        return Format::Plain;
    }
    Format::Sections { sections, code: code.chars().take(60).collect() }
}

/// The parts between semicolons that are no letters.
fn split(code: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '"' if !is_bracketed => is_quoted = !is_quoted,
            _ if is_quoted => {}
            ']' => is_bracketed = false,
            _ if is_bracketed => {}
            '[' => is_bracketed = true,
            '\\' | '!' | '_' | '*' => is_escaped = true,
            ';' => {
                parts.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&code[start..]);
    parts
}

/// Whether a section shows a day or a time.
fn day_or_time(code: &str) -> Option<Format> {
    let (mut has_day, mut has_month, mut has_time) = (false, false, false);
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => drop(chars.by_ref().find(|c| *c == '"')),
            '\\' | '!' | '_' | '*' => drop(chars.next()),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let inside = inside.to_lowercase();
                let is_elapsed = matches!(inside.as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss");
                has_time |= is_elapsed;
            }
            'e' | 'E' if matches!(chars.peek(), Some('+' | '-')) => drop(chars.next()),
            'G' | 'g' if code.to_lowercase().contains("general") => return None,
            'G' if chars.peek() == Some(&'/') => return None,
            'y' | 'Y' | 'd' | 'D' | 'e' | 'E' | 'g' | 'G' | 'b' | 'B' => has_day = true,
            'm' | 'M' => has_month = true,
            'h' | 'H' | 's' | 'S' => has_time = true,
            '0' | '#' | '?' if !has_time && !has_day => return None,
            _ => {}
        }
    }
    if has_day || (has_month && !has_time) {
        Some(Format::Date)
    } else if has_time {
        Some(Format::Time)
    } else {
        None
    }
}

fn section(code: &str) -> Section {
    let code = code.replace("G/通用格式", "0").replace("General", "0").replace("GENERAL", "0");
    let mut section = Section::default();
    // Commas since the last digit: they scale unless another digit follows.
    let (mut commas, mut places, mut has_point) = (0, 0, false);
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        let letter = match c {
            '0' | '#' | '?' | '@' => {
                commas = 0;
                if section.has_digits && section.words.1 == "." && !has_point {
                    section.has_false_point = true;
                    section.words.1.clear();
                }
                places += i32::from(section.has_false_point);
                section.has_digits = true;
                continue;
            }
            ',' => {
                commas += 1;
                continue;
            }
            '.' => {
                section.scale += 3 * commas;
                (commas, has_point) = (0, true);
                continue;
            }
            '%' => {
                section.is_percent = true;
                continue;
            }
            'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => {
                chars.next();
                continue;
            }
            '_' | '*' => {
                chars.next();
                continue;
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                section.has_condition |= inside.starts_with(['<', '>', '=']);
                // `[$¥-804]`: what stands before the dash is shown.
                inside.strip_prefix('$').and_then(|c| c.split('-').next()).unwrap_or("").to_owned()
            }
            '"' => chars.by_ref().take_while(|c| *c != '"').collect(),
            '\\' | '!' => chars.next().map(String::from).unwrap_or_default(),
            other => other.to_string(),
        };
        if section.has_digits {
            section.words.1.push_str(&letter);
        } else {
            section.words.0.push_str(&letter);
        }
    }
    if section.has_digits {
        section.scale += 3 * commas;
    }
    section.scale += places;
    section.has_words = section.says_something();
    section
}

/// What a stored number is under a format.
pub(super) fn cell(number: Decimal, format: &Format, is_1904: bool) -> Cell {
    match format {
        Format::Plain => Cell::Number(number.to_string()),
        Format::Date => date(number, is_1904),
        Format::Time => time(number),
        Format::Sections { sections, code } => shown(number, sections, code),
    }
}

fn shown(number: Decimal, sections: &[Section], code: &str) -> Cell {
    use std::cmp::Ordering::{Equal, Less};
    // No number: whoever reads it is asked, and sees why.
    let asked = || Cell::Text(format!("{number} [{code}]"));
    if sections.iter().any(|section| section.has_condition) {
        return asked();
    }
    let at = match (number.sign(), sections.len()) {
        (Less, 2..) => 1,
        (Equal, 3..) => 2,
        _ => 0,
    };
    let Some(section) = sections.get(at) else { return asked() };
    let (before, after) = (section.words.0.trim(), section.words.1.trim());
    let has_words = section.has_words;
    if section.is_percent {
        let is_clear = section.scale == 0 && !has_words;
        return if is_clear { Cell::Percent(number.shifted(2).to_string()) } else { asked() };
    }
    match (has_words, section.has_digits) {
        (true, false) => Cell::Text(format!("{before}{after}")),
        (true, true) => {
            let number = number.shifted(-section.scale);
            Cell::Text(format!("{before}{number}{after}"))
        }
        (false, _) if section.scale != 0 => asked(),
        (false, _) => Cell::Number(number.to_string()),
    }
}

const MILLION: i64 = 1_000_000;
/// Days from the day 0 of Excel (30 December 1899) to 1 January 1970.
const EPOCH: i64 = 25_569;
/// The last day of the year 9999.
const LAST_DAY: i64 = 2_958_465;

fn date(number: Decimal, is_1904: bool) -> Cell {
    let Some(days) = number.millionths().map(|millionths| millionths.div_euclid(MILLION)) else {
        return Cell::Number(number.to_string());
    };
    let days = if is_1904 { days + 1_462 } else { days };
    match days {
        // Excel takes 1900 for a leap year: day 60 does not exist, those before are one off.
        1..=59 => day(days + 1 - EPOCH),
        61..=LAST_DAY => day(days - EPOCH),
        0 => time(number),
        _ => Cell::Number(number.to_string()),
    }
}

/// A day so many days after 1 January 1970, by the calendar.
fn day(days: i64) -> Cell {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    match (i32::try_from(year), u8::try_from(month), u8::try_from(day)) {
        (Ok(year), Ok(month), Ok(day)) => Cell::Date { year, month, day },
        _ => Cell::Empty,
    }
}

fn time(number: Decimal) -> Cell {
    // A microsecond more, for 0.5 may be stored as 0.49999999999.
    let seconds = number.millionths().and_then(|m| m.checked_mul(86_400)?.checked_add(MILLION / 2));
    match seconds {
        Some(seconds) if number.sign() != std::cmp::Ordering::Less => {
            let seconds = seconds / MILLION;
            let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
            Cell::Text(format!("{hours}:{minutes:02}:{seconds:02}"))
        }
        _ => Cell::Text(format!("{number} [h:mm:ss]")),
    }
}

/// A day as ISO 8601 writes it, perhaps with a time after it; words where it is none.
pub(super) fn iso_date(text: &str) -> Cell {
    let mut parts = text.get(..10).unwrap_or(text).splitn(3, '-');
    let year = parts.next().and_then(|part| part.parse::<i32>().ok());
    let mut next = || parts.next().and_then(|part| part.parse::<u8>().ok());
    match (year, next(), next()) {
        (Some(year), Some(month @ 1..=12), Some(day @ 1..=31)) => Cell::Date { year, month, day },
        _ => Cell::Text(text.chars().take(60).collect()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "tests")]
mod tests {
    use super::*;

    fn read(number: &str, code: &str) -> Cell {
        cell(Decimal::parse(number).unwrap(), &of_code(code), false)
    }

    fn number(text: &str) -> Cell {
        Cell::Number(text.to_owned())
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn plain_formats_are_numbers() {
        for code in [
            "General",
            "G/通用格式",
            "0",
            "#,##0.00",
            "0.00E+00",
            "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            "\"¥\"#,##0.00",
            "[$¥-804]#,##0.00;[红色]-[$¥-804]#,##0.00",
            "#,##0_);[Red](#,##0)",
            "[DBNum1][$-804]General",
            "@",
            "# ?/?",
            "000000",
        ] {
            assert_eq!(read("1234.5", code), number("1234.5"), "{code}");
        }
        assert_eq!(read("0", "#,##0;-#,##0;\"-\""), number("0"));
        assert_eq!(read("-5", "0;(0)"), number("-5"));
    }

    #[test]
    fn per_cent_is_in_per_cent() {
        assert_eq!(read("0.125", "0%"), Cell::Percent("12.5".to_owned()));
        assert_eq!(read("1", "0.00%;[Red]-0.00%"), Cell::Percent("100".to_owned()));
        assert_eq!(builtin(10), of_code("0.00%").clone_as("0%"));
    }

    impl Format {
        fn clone_as(&self, code: &str) -> Self {
            match self {
                Self::Sections { sections, .. } => {
                    Self::Sections { sections: sections.clone(), code: code.to_owned() }
                }
                other => other.clone(),
            }
        }
    }

    #[test]
    fn words_of_a_format_are_read_as_shown() {
        assert_eq!(read("3.25", "0.00\"万\""), text("3.25万"));
        assert_eq!(read("3.25", "0.00万"), text("3.25万"));
        assert_eq!(read("12345", "0!.0,\"万\""), text("1.2345万"));
        assert_eq!(read("12345", "0\\.0,万"), text("1.2345万"));
        assert_eq!(read("12345", "#,##0,\"千\""), text("12.345千"));
        assert_eq!(read("2012", "0\"年\""), text("2012年"));
        assert_eq!(read("30", "\"约\"0"), text("约30"));
        assert_eq!(read("30", "0\"所\";-0\"所\""), text("30所"));
    }

    #[test]
    fn a_scale_that_is_not_said_is_no_number() {
        assert_eq!(read("12345", "#,##0.0,"), text("12345 [#,##0.0,]"));
        assert_eq!(read("12345", "[>=10000]0!.0,\"万\";0"), text("12345 [[>=10000]0!.0,\"万\";0]"));
        assert_eq!(read("12345", "0!.0,"), text("12345 [0!.0,]"));
    }

    #[test]
    fn days_and_times_are_told_apart() {
        let date = |year, month, day| Cell::Date { year, month, day };
        assert_eq!(read("41153", "yyyy/m/d"), date(2012, 9, 1));
        assert_eq!(read("41153.75", "yyyy\"年\"m\"月\"d\"日\";@"), date(2012, 9, 1));
        assert_eq!(read("41153", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"), date(2012, 9, 1));
        assert_eq!(read("41153", "mmm-yy"), date(2012, 9, 1));
        assert_eq!(read("1", "yyyy-mm-dd"), date(1900, 1, 1));
        assert_eq!(read("59", "yyyy-mm-dd"), date(1900, 2, 28));
        assert_eq!(read("61", "yyyy-mm-dd"), date(1900, 3, 1));
        assert_eq!(read("60", "yyyy-mm-dd"), number("60"));
        assert_eq!(read("-1", "yyyy-mm-dd"), number("-1"));
        assert_eq!(read("0.5", "h:mm AM/PM"), text("12:00:00"));
        assert_eq!(read("1.5", "[h]:mm:ss"), text("36:00:00"));
        assert_eq!(cell(Decimal::parse("0").unwrap(), &Format::Date, true), date(1904, 1, 1));
        assert_eq!(builtin(31), Format::Date);
        assert_eq!(iso_date("2012-09-01T00:00:00"), date(2012, 9, 1));
        assert_eq!(iso_date("then"), text("then"));
    }
}
