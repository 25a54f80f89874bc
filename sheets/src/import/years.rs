//! Owns years as tables write them: 2011, 2011年秋, 2011-2012学年, a day.
//!
//! Invariant: only what names one autumn (or one fiscal year) is a year; a span, a spring or a
//! month before September is a doubt, never a year.

use super::names::squeezed;
use super::sheet::Cell;
use shapan_engine::Year;

/// A year that stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// One autumn, or one fiscal year.
    Year(Year),
    /// Something that may be either of two: a spring, a span; most likely this one.
    Doubt(Year),
}

impl Named {
    pub(super) fn likely(self) -> Year {
        match self {
            Self::Year(year) | Self::Doubt(year) => year,
        }
    }
}

/// Years that tables have; other numbers of four digits are numbers.
fn plausible(digits: &str) -> Option<Year> {
    let year: i64 = digits.parse().ok()?;
    (1949..=2100).contains(&year).then(|| Year::new(year)).flatten()
}

/// Terms that may be in the spring.
const SPRINGS: [&str; 5] = ["第二学期", "第2学期", "二学期", "2学期", "下学期"];
/// What is before the autumn of its year.
const EARLY: [&str; 13] = [
    "春季学期",
    "春季",
    "春",
    "上半年",
    "第一季度",
    "一季度",
    "第二季度",
    "二季度",
    "前三季度",
    "第三季度",
    "三季度",
    "初",
    "年初",
];

/// The first year in squeezed text: where it stands, in bytes, and what it is.
pub(super) fn first(text: &str) -> Option<(std::ops::Range<usize>, Named)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if end - at == 4
            && let Some(year) = plausible(&text[at..end])
        {
            let (length, mut named) = rest(year, &text[end..]);
            // The second of two, of which the first is no year: 12011/2012.
            let before = text[..at].strip_suffix(['-', '/', '~']);
            if before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit())) {
                named = Named::Doubt(named.likely());
            }
            return Some((at..end + length, named));
        }
        at = end;
    }
    None
}

/// What stands behind a year and belongs to it.
fn rest(year: Year, text: &str) -> (usize, Named) {
    let mut used = 0;
    let eat = |used: &mut usize, words: &[&str]| {
        // 2013年初中 is no 年初.
        let fits = |word: &str| {
            let after = text[*used..].strip_prefix(word);
            let goes_on = ["中", "级", "一", "二", "三", "四", "等"];
            after.is_some_and(|after| {
                !word.ends_with('初') || !goes_on.iter().any(|next| after.starts_with(next))
            })
        };
        let found = words.iter().find(|word| fits(word));
        found.map(|word| *used += word.len()).is_some()
    };
    let digits = |used: usize| {
        let count = text[used..].bytes().take_while(u8::is_ascii_digit).count();
        (&text[used..used + count], count)
    };
    let next = year.plus(1);
    let is_next = |digits: &str| {
        let next = next.to_string();
        digits == next || digits == &next[2..]
    };
    // A span: of a school year where it says so and runs from one year to the next.
    let mut probe = 0;
    eat(&mut probe, &["年"]);
    if eat(&mut probe, &["-", "/", "~", "至"]) {
        let (second, count) = digits(probe);
        // 2011-12-01 is a day.
        let is_day = text[probe + count..].starts_with(['-', '/']);
        if !is_day && (count == 4 || (count == 2 && is_next(second))) {
            used = probe + count;
            let is_school_year = eat(&mut used, &["学年度", "学年"]);
            eat(&mut used, &["年度", "年"]);
            if is_school_year && eat(&mut used, &SPRINGS) {
                return (used, Named::Doubt(year));
            }
            if is_school_year && is_next(second) {
                eat(&mut used, &["学年初", "年初", "初", "秋季", "秋", "第一学期", "上学期"]);
                return (used, Named::Year(year));
            }
            // 2011-12 may be a month: both name the autumn of 2011.
            let is_month = count == 2 && second == "12" && text.starts_with('-');
            return (used, if is_month { Named::Year(year) } else { Named::Doubt(year) });
        }
    }
    // A month.
    let mut probe = 0;
    if eat(&mut probe, &["年", "-", ".", "/"]) {
        let (month, count) = digits(probe);
        let number = month.parse::<u8>().ok().filter(|month| (1..=12).contains(month));
        let mut after = probe + count;
        let has_mark = eat(&mut after, &["月底", "月末", "月份", "月"]);
        let is_date = has_mark || !text.starts_with('年');
        // 2012年1-6月
        if !is_date && number.is_some() && eat(&mut after, &["-", "~", "至"]) {
            after += digits(after).1;
            if eat(&mut after, &["月份", "月"]) {
                return (after, Named::Doubt(year.plus(-1)));
            }
        }
        if let (1..=2, Some(month), true) = (count, number, is_date) {
            used = after;
            if eat(&mut used, &["-", ".", "/"]) || has_mark {
                let (_, count) = digits(used);
                used += count;
                eat(&mut used, &["日", "号"]);
            }
            let doubt = if month >= 9 { Named::Year(year) } else { Named::Doubt(year.plus(-1)) };
            return (used, doubt);
        }
    }
    if eat(&mut used, &["学年度", "学年", "年度", "年"]) {
        // Which half of a year a term is, differs from place to place.
        if eat(&mut used, &SPRINGS) || (!text.starts_with("学年") && eat(&mut used, &["上学期"]))
        {
            return (used, Named::Doubt(year));
        }
        if eat(&mut used, &EARLY) {
            let is_school_year = text.starts_with("学年");
            let doubt =
                if is_school_year { Named::Year(year) } else { Named::Doubt(year.plus(-1)) };
            return (used, doubt);
        }
        eat(&mut used, &["秋季学期", "秋季", "秋", "年底", "底", "年末", "末"]);
    } else {
        eat(&mut used, &["秋季", "秋", "autumn", "fall"]);
    }
    (used, Named::Year(year))
}

/// Every year in a text, and the text without them; where one stood a space stands.
pub(super) fn taken_out(text: &str) -> (Vec<Named>, String) {
    let mut rest = squeezed(text);
    let mut named = Vec::new();
    while let Some((range, year)) = first(&rest) {
        named.push(year);
        rest.replace_range(range, " ");
    }
    (named, rest)
}

/// The year a whole cell is, nothing else beside it.
pub(super) fn of_cell(cell: &Cell) -> Option<Named> {
    match cell {
        Cell::Date { year, month, day } => {
            let year = Year::new(i64::from(*year))?;
            // A year that is kept as a day is its first or last one.
            let is_year = (*month, *day) == (1, 1);
            Some(match month {
                9.. => Named::Year(year),
                _ if is_year => Named::Year(year),
                _ => Named::Doubt(year.plus(-1)),
            })
        }
        Cell::Number(words) | Cell::Text(words) => {
            let words = squeezed(words);
            let words = words.strip_suffix(".0").unwrap_or(&words);
            let (range, named) = first(words)?;
            (range.len() == words.len()).then_some(named)
        }
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_what_names_one_autumn() {
        let year = |n| Some(Named::Year(Year::new(n).unwrap()));
        let doubt = |n| Some(Named::Doubt(Year::new(n).unwrap()));
        for (text, expected) in [
            ("2011", year(2011)),
            ("2011年", year(2011)),
            ("2011 年秋季", year(2011)),
            ("2011—2012学年", year(2011)),
            ("2011/2012学年初", year(2011)),
            ("2011-12学年度", year(2011)),
            ("2011年-2012学年", year(2011)),
            ("2011学年", year(2011)),
            ("2011年底", year(2011)),
            ("2011年9月", year(2011)),
            ("2011-09-01", year(2011)),
            ("2011.9", year(2011)),
            ("2011-12", year(2011)),
            ("2011-12-01", year(2011)),
            ("2011-2012", doubt(2011)),
            ("2010-2012年", doubt(2010)),
            ("2012年春季", doubt(2011)),
            ("2012年3月1日", doubt(2011)),
            ("2012年初", doubt(2011)),
            ("41000", None),
            ("1234", None),
            ("11年", None),
        ] {
            assert_eq!(of_cell(&Cell::Text(text.to_owned())), expected, "{text}");
        }
        let date = |month, day| of_cell(&Cell::Date { year: 2012, month, day });
        assert_eq!(date(9, 1), year(2012));
        assert_eq!(date(1, 1), year(2012));
        assert_eq!(date(3, 1), doubt(2011));
    }

    #[test]
    fn years_are_taken_out_of_what_is_around_them() {
        assert_eq!(taken_out("2013年初中在校生").1, " 初中在校生");
        assert_eq!(taken_out("表1 2011/2012学年").0, [Named::Year(Year::new(2011).unwrap())]);
        let (named, rest) = taken_out("2010年小学在校生");
        assert_eq!((named.len(), rest.as_str()), (1, " 小学在校生"));
        assert_eq!(taken_out("2010年、2011年").0.len(), 2);
    }
}
