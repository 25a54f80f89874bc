//! Owns what has been typed for a new plan, and what is still wrong with it.
//!
//! Invariant: what is typed is kept as it was typed, right or wrong; a draft without faults
//! makes a [`Start`]. Deliberately absent: the page.

use crate::numbers;
use shapan_engine::{Horizon, Lang, ProgrammeId, Stage, Start, Text, Year};
use std::collections::BTreeSet;

/// Where something is to be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The city.
    Place,
    /// Its counties and districts.
    Regions,
    /// The first fiscal year.
    First,
    /// How many.
    Years,
}

/// What is to be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was typed, or no number that means anything.
    Missing,
    /// A name stands there twice.
    Twice(String),
    /// A name that cannot stand in a plan.
    NotAName(String),
}

/// What has been typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The city.
    pub place: String,
    /// Its counties and districts, one a line or with separators between them.
    pub regions: String,
    /// The first fiscal year.
    pub first: String,
    /// How many.
    pub years: String,
    /// The stages to be counted.
    pub stages: Vec<Stage>,
    /// Programmes of the library to begin with.
    pub chosen: BTreeSet<ProgrammeId>,
}

impl Draft {
    /// Nothing typed yet, in a calendar year: the usual answers.
    pub fn begun_in(year: u32) -> Self {
        let stages = Stage::ALL.into_iter().filter(|s| *s != Stage::Tertiary).collect();
        Self { first: year.to_string(), years: "5".to_owned(), stages, ..Self::default() }
    }

    /// The names of regions that were typed or pasted.
    pub fn region_names(&self) -> Vec<&str> {
        let separators = ['\n', '\r', '\t', '、', '，', ',', '；', ';'];
        self.regions.split(separators).map(str::trim).filter(|name| !name.is_empty()).collect()
    }

    /// The fiscal years, as far as they mean something.
    pub fn horizon(&self) -> Option<Horizon> {
        Horizon::new(self.first_year()?, self.count_of_years()?)
    }

    fn first_year(&self) -> Option<Year> {
        // The autumn before the first year is a year of the plan too.
        let year = numbers::parse(&self.first, 0).ok().filter(|y| *y > *Year::RANGE.start())?;
        let last = Year::RANGE.end() - i64::from(Horizon::MOST_YEARS);
        Year::new(year).filter(|_| year <= last)
    }

    fn count_of_years(&self) -> Option<u8> {
        let years = numbers::parse(&self.years, 0).ok()?;
        u8::try_from(years).ok().filter(|n| (1..=Horizon::MOST_YEARS).contains(n))
    }

    /// All that is to be mended, in the order of the page.
    pub fn faults(&self) -> Vec<(Field, Fault)> {
        let regions = self.region_names();
        let mut seen = BTreeSet::new();
        let twice = regions.iter().find(|name| !seen.insert(**name));
        let not_a_name = regions.iter().find(|name| Text::new(Lang::default(), name).is_err());
        let place = match Text::new(Lang::default(), &self.place) {
            _ if self.place.trim().is_empty() => Some(Fault::Missing),
            Err(_) => Some(Fault::NotAName(self.place.trim().chars().take(20).collect())),
            Ok(_) => None,
        };
        let regions = match (twice, not_a_name) {
            _ if regions.is_empty() => Some(Fault::Missing),
            (_, Some(name)) => Some(Fault::NotAName(name.chars().take(20).collect())),
            (Some(name), None) => Some(Fault::Twice((*name).to_owned())),
            (None, None) => None,
        };
        let first = self.first_year().is_none().then_some(Fault::Missing);
        let years = self.count_of_years().is_none().then_some(Fault::Missing);
        let all = [
            (Field::Place, place),
            (Field::Regions, regions),
            (Field::First, first),
            (Field::Years, years),
        ];
        all.into_iter().filter_map(|(field, fault)| Some((field, fault?))).collect()
    }

    /// What the engine has to know, under a title, in the language it was typed in; `None`
    /// where something is to be mended.
    pub fn start(&self, lang: Lang, title: &str) -> Option<Start> {
        let name = |name: &str| Text::new(lang, name).ok();
        let regions = self.region_names().into_iter().map(name).collect::<Option<Vec<_>>>()?;
        let (title, place) = (name(title)?, name(&self.place)?);
        let (horizon, stages) = (self.horizon()?, self.stages.clone());
        self.faults().is_empty().then_some(Start { title, place, regions, horizon, stages })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft { place: "某市".into(), regions: "甲县".into(), ..Draft::begun_in(2026) }
    }

    #[test]
    fn regions_come_one_a_line_or_separated_or_from_a_sheet() {
        let regions = " 甲县、乙区，丙市\n丁县\r\n\n戊县\t己区; 庚县 ".to_owned();
        let draft = Draft { regions, ..draft() };
        let names = ["甲县", "乙区", "丙市", "丁县", "戊县", "己区", "庚县"];
        assert_eq!(draft.region_names(), names);
        assert_eq!(draft.faults(), []);
    }

    #[test]
    fn what_is_to_be_mended_is_said_by_field() {
        let regions = "甲县、乙区、甲县".to_owned();
        let wrong = Draft { regions, first: "26".into(), years: "31".into(), ..Draft::default() };
        let fields = [
            (Field::Place, Fault::Missing),
            (Field::Regions, Fault::Twice("甲县".to_owned())),
            (Field::First, Fault::Missing),
            (Field::Years, Fault::Missing),
        ];
        assert_eq!(wrong.faults(), fields);
        assert_eq!(wrong.start(Lang::ZhHans, "计划"), None);
        let odd = Draft { regions: "甲\u{202E}县".to_owned(), ..draft() };
        assert!(matches!(odd.faults()[..], [(Field::Regions, Fault::NotAName(_))]));
    }

    #[test]
    fn a_draft_without_faults_makes_a_start_in_the_language_it_was_typed_in() {
        let draft = Draft { first: "２０２６".into(), ..draft() };
        let start = draft.start(Lang::ZhHant, "計劃");
        assert_eq!(draft.faults(), []);
        assert!(start.is_some_and(|s| {
            s.regions[0].exactly(Lang::ZhHant) == Some("甲县") && s.horizon.last().get() == 2030
        }));
    }
}
