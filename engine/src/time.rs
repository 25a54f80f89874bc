//! Owns fiscal years, semesters and the horizon a plan is computed over.
//!
//! Invariant: a [`Horizon`]'s semester axis starts at the autumn *before* its
//! first fiscal year, because that census pays for the first spring.
//! Deliberately absent: the clock. Nothing here knows what day it is.

use std::fmt;
use std::str::FromStr;

/// A fiscal year (= calendar year), or the school year that starts in its autumn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(i16);

impl Year {
    /// Years a plan may name.
    pub const RANGE: std::ops::RangeInclusive<i64> = 1900..=2200;

    /// The year, if it is one a plan may name.
    pub fn new(year: i64) -> Option<Self> {
        if Self::RANGE.contains(&year) { i16::try_from(year).ok().map(Self) } else { None }
    }

    /// The number of the year.
    pub fn get(self) -> i16 {
        self.0
    }

    /// The year `n` years later (earlier where `n` is negative).
    pub fn plus(self, n: i16) -> Self {
        Self(self.0 + n)
    }

    /// The spring semester of this fiscal year.
    pub fn spring(self) -> Semester {
        Semester { year: self, season: Season::Spring }
    }

    /// The autumn semester of this fiscal year.
    pub fn autumn(self) -> Semester {
        Semester { year: self, season: Season::Autumn }
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One of the two halves of a fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// January to July: taught to the census of the autumn before.
    Spring,
    /// August to December: taught to this autumn's census.
    Autumn,
}

/// A semester, written `2012-spring`; ordered in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Semester {
    /// Its fiscal year.
    pub year: Year,
    /// Its half of the year.
    pub season: Season,
}

impl Semester {
    /// Semesters since year 0: consecutive semesters differ by one.
    fn ordinal(self) -> i32 {
        i32::from(self.year.0) * 2 + i32::from(self.season == Season::Autumn)
    }
}

impl fmt::Display for Semester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let term = match self.season {
            Season::Spring => "spring",
            Season::Autumn => "autumn",
        };
        write!(f, "{}-{term}", self.year)
    }
}

/// A text that is not a semester such as `2012-spring`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a semester such as 2012-spring: {0:?}")]
pub struct NotASemester(pub String);

impl FromStr for Semester {
    type Err = NotASemester;

    fn from_str(text: &str) -> Result<Self, NotASemester> {
        let parse = || {
            let (year, term) = text.split_once('-')?;
            // Four digits and nothing else: no sign, no leading zeros.
            let is_plain = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
            let year = is_plain.then_some(year)?;
            let year = Year::new(year.parse().ok()?)?;
            match term {
                "spring" => Some(year.spring()),
                "autumn" => Some(year.autumn()),
                _ => None,
            }
        };
        parse().ok_or_else(|| NotASemester(text.chars().take(80).collect()))
    }
}

/// A day, written `2012-12-31`; ordered in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: Year,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if the calendar has it.
    pub fn new(year: Year, month: u8, day: u8) -> Option<Self> {
        let is_leap = year.0 % 4 == 0 && (year.0 % 100 != 0 || year.0 % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }

    /// Its year.
    pub fn year(self) -> Year {
        self.year
    }

    /// Its month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Its day of the month.
    pub fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A text that is not a day such as `2012-12-31`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day such as 2012-12-31: {0:?}")]
pub struct NotADate(pub String);

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let parse = || {
            let digits = |text: &str, len| {
                let plain = text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
                if plain { text.parse::<i64>().ok() } else { None }
            };
            let (year, rest) = text.split_once('-')?;
            let (month, day) = rest.split_once('-')?;
            let [month, day] = [digits(month, 2)?, digits(day, 2)?].map(|n| u8::try_from(n).ok());
            Self::new(Year::new(digits(year, 4)?)?, month?, day?)
        };
        parse().ok_or_else(|| NotADate(text.chars().take(80).collect()))
    }
}

/// How often a programme pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Periods {
    /// Each semester: period `2n` is the spring, `2n + 1` the autumn of fiscal year `n`.
    Semesters,
    /// Each fiscal year.
    Years,
}

impl Periods {
    /// Periods in a fiscal year.
    pub fn a_year(self) -> usize {
        match self {
            Self::Semesters => 2,
            Self::Years => 1,
        }
    }
}

/// The fiscal years a plan is computed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    first: Year,
    years: u8,
}

impl Horizon {
    /// The most fiscal years a plan may cover.
    pub const MOST_YEARS: u8 = 30;

    /// A horizon of `years` fiscal years, 1 to [`Self::MOST_YEARS`].
    pub fn new(first: Year, years: u8) -> Option<Self> {
        (1..=Self::MOST_YEARS).contains(&years).then_some(Self { first, years })
    }

    /// The first fiscal year.
    pub fn first(self) -> Year {
        self.first
    }

    /// The last fiscal year.
    pub fn last(self) -> Year {
        self.first.plus(i16::from(self.years) - 1)
    }

    /// How many fiscal years.
    pub fn years(self) -> usize {
        usize::from(self.years)
    }

    /// The fiscal years in order.
    pub fn fiscal_years(self) -> impl DoubleEndedIterator<Item = Year> + Clone {
        (0..i16::from(self.years)).map(move |n| self.first.plus(n))
    }

    /// The school year at a place, counted from the autumn before the first fiscal year.
    pub(crate) fn school_year(self, place: usize) -> Year {
        self.first.plus(i16::try_from(place).unwrap_or(i16::MAX) - 1) // a place is at most 30
    }

    /// Place of a fiscal year among [`Self::fiscal_years`].
    pub fn year_index(self, year: Year) -> Option<usize> {
        usize::try_from(year.0 - self.first.0).ok().filter(|n| *n < self.years())
    }

    /// How many semesters parameters are held for: `2 × years + 1`.
    pub fn semesters_len(self) -> usize {
        self.years() * 2 + 1
    }

    /// Autumn before the first fiscal year, then every semester to the last autumn.
    pub fn semesters(self) -> impl DoubleEndedIterator<Item = Semester> + Clone {
        std::iter::once(self.start())
            .chain(self.fiscal_years().flat_map(|y| [y.spring(), y.autumn()]))
    }

    /// The first semester parameters are held for.
    pub fn start(self) -> Semester {
        self.first.plus(-1).autumn()
    }

    /// Place of a semester among [`Self::semesters`], clamped to its ends.
    pub(crate) fn clamped_index(self, semester: Semester) -> usize {
        let offset = semester.ordinal() - self.start().ordinal();
        usize::try_from(offset).unwrap_or(0).min(self.semesters_len() - 1)
    }

    /// The semester at a place among [`Self::semesters`].
    pub(crate) fn semester_at(self, place: usize) -> Semester {
        // A place on the axis is at most 60.
        let year = self.first.plus(i16::try_from(place.div_ceil(2)).unwrap_or(i16::MAX) - 1);
        if place.is_multiple_of(2) { year.autumn() } else { year.spring() }
    }

    /// Whether a semester lies after the horizon's last autumn.
    pub fn is_past_end(self, semester: Semester) -> bool {
        semester > self.last().autumn()
    }

    /// Places of the spring and autumn semesters of the fiscal year at `year_index`.
    pub(crate) fn terms(year_index: usize) -> [usize; 2] {
        [year_index * 2 + 1, year_index * 2 + 2]
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_semester_axis_starts_at_the_autumn_before_the_first_year() {
        let horizon = Horizon::new(Year(2012), 2).unwrap();
        let names: Vec<_> = horizon.semesters().map(|s| s.to_string()).collect();
        assert_eq!(
            names,
            ["2011-autumn", "2012-spring", "2012-autumn", "2013-spring", "2013-autumn"]
        );
        for (index, semester) in horizon.semesters().enumerate() {
            assert_eq!(horizon.clamped_index(semester), index);
            assert_eq!(horizon.semester_at(index), semester);
        }
        assert_eq!(horizon.clamped_index(Year(1990).spring()), 0);
        assert_eq!(horizon.clamped_index(Year(2050).spring()), 4);
    }

    #[test]
    fn a_semester_reads_back_from_its_own_text_and_nothing_else_does() {
        for text in ["2012-spring", "1999-autumn"] {
            assert_eq!(text.parse::<Semester>().unwrap().to_string(), text);
        }
        for text in ["2012-02-29", "2011-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in ["2011-02-29", "2012-13-01", "2012-00-10", "2012-1-1", "2012-04-31", "2012-04"]
        {
            assert!(text.parse::<Date>().is_err(), "{text:?}");
        }
        for text in [
            "2012",
            "2012-summer",
            "spring-2012",
            "12-spring",
            "",
            "2012-spring ",
            "+2012-spring",
            "02012-spring",
        ] {
            assert!(text.parse::<Semester>().is_err(), "{text:?}");
        }
    }
}
