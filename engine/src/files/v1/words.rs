//! Owns everything of a file that is written as text: names, dates, words in languages, and
//! the words that the model's plain choices are known by.
//!
//! Invariant: each choice has one word, and one table says it for reading and writing.

use super::doc::*;
use crate::id::{CitationId, RegionId};
use crate::plan::*;
use crate::text::{Lang, Text};
use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

/// Something that reads back from its own text: an id, a semester, a day, a path.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub(super) struct Written<T>(String, PhantomData<T>);

/// Values by region.
pub(super) type ByRegion<D> = ByName<Written<RegionId>, D>;

impl<T: FromStr<Err: Into<Problem>> + Display> Doc for Written<T> {
    type Model = T;

    fn read(self) -> Read<T> {
        self.0.parse().map_err(|e: T::Err| e.into().into())
    }

    fn write(model: &T) -> Self {
        Self(model.to_string(), PhantomData)
    }
}

impl<T> Display for Written<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A choice of the model, known by a word.
pub(super) trait Named: Copy + 'static {
    const ALL: &'static [Self];
    const NAMES: &'static [&'static str];
    fn name(self) -> &'static str;
    fn goes_without_saying(self) -> bool;
}

/// A choice by its word.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word<T>(pub(super) T);

/// `or default`: the model's default choice goes without saying.
macro_rules! named {
    ($($type:ident $(or $default:ident)? { $($variant:ident = $name:literal,)* })*) => {$(
        impl Named for $type {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];
            const NAMES: &'static [&'static str] = &[$($name,)*];

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            fn goes_without_saying(self) -> bool {
                $(if self == Self::$default() { return true; })?
                false
            }
        }
    )*};
}

named! {
    BasisKind {
        Stated = "stated",
        Published = "published",
        Derived = "derived",
        Entered = "entered",
        Illustrative = "illustrative",
    }
    Unit {
        Fen = "fen",
        Share = "millionths",
        Growth = "millionths-a-year",
        Count = "count",
        Ratio = "millionths-of-a-pupil",
        Rate = "millionths-any",
        Net = "net-count",
    }
    SchoolSystem or default {
        SixThree = "six-three",
        FiveFour = "five-four",
    }
    Stage {
        Preschool = "preschool",
        Primary = "primary",
        Junior = "junior",
        Senior = "senior",
        Vocational = "vocational",
        Special = "special",
        Tertiary = "tertiary",
    }
    SchoolKind or default {
        Ordinary = "ordinary",
        TeachingPoint = "teaching-point",
        Special = "special",
        Vocational = "vocational",
    }
    Payer {
        Central = "central",
        Province = "province",
        City = "city",
        County = "county",
        Other = "other",
    }
    Account {
        GeneralBudget = "general-budget",
        EducationSurcharge = "education-surcharge",
        LocalEducationSurcharge = "local-education-surcharge",
        LandIncome = "land-income",
        SpecialTransfer = "special-transfer",
        Other = "other",
    }
    Scope {
        CityWide = "city-wide",
        PerRegion = "per-region",
    }
    Nature {
        Aid = "aid",
        Recurrent = "recurrent",
        Personnel = "personnel",
        Capital = "capital",
    }
    HeadsTiming {
        Semester = "semester",
        Census = "census",
    }
    Sense {
        AtLeast = "at-least",
        AtMost = "at-most",
    }
    Operation {
        Set = "set",
        Add = "add",
        Scale = "scale",
    }
}

impl<T: Named> Doc for Word<T> {
    type Model = T;

    fn read(self) -> Read<T> {
        Ok(self.0)
    }

    fn write(model: &T) -> Self {
        Self(*model)
    }

    fn is_absent(&self) -> bool {
        self.0.goes_without_saying()
    }
}

impl<T: Named> Display for Word<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl<T: Named> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de, T: Named> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOf<T>(PhantomData<T>);

        impl<T: Named> Visitor<'_> for OneOf<T> {
            type Value = Word<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Word<T>, E> {
                let place = T::NAMES.iter().position(|name| *name == word);
                let choice = place.and_then(|n| T::ALL.get(n)).copied();
                choice.map(Word).ok_or_else(|| E::unknown_variant(word, T::NAMES))
            }
        }

        // By a visitor, so that an unknown word is placed where it stands, not where its object ends.
        deserializer.deserialize_str(OneOf(PhantomData))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextDoc {
    #[serde(rename = "zh-Hans", default, skip_serializing_if = "Option::is_none")]
    zh_hans: Option<String>,
    #[serde(rename = "zh-Hant", default, skip_serializing_if = "Option::is_none")]
    zh_hant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

impl Doc for TextDoc {
    type Model = Text;

    fn read(self) -> Read<Text> {
        let languages =
            [(Lang::ZhHans, &self.zh_hans), (Lang::ZhHant, &self.zh_hant), (Lang::En, &self.en)];
        let written = languages.iter().filter_map(|(lang, words)| Some((*lang, words.as_deref()?)));
        Ok(Text::from_languages(written)?)
    }

    fn write(text: &Text) -> Self {
        let words = |lang| text.exactly(lang).map(ToOwned::to_owned);
        Self { zh_hans: words(Lang::ZhHans), zh_hant: words(Lang::ZhHant), en: words(Lang::En) }
    }
}

/// A short mark without languages (a clause, a code, a tag).
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Mark(String);

impl Doc for Mark {
    type Model = Box<str>;

    fn read(self) -> Read<Box<str>> {
        Text::new(Lang::ZhHans, &self.0)?;
        Ok(self.0.into())
    }

    fn write(mark: &Box<str>) -> Self {
        Self(mark.to_string())
    }
}

docs! {
    #[serde(deny_unknown_fields)]
    struct BasisDoc for Basis {
        kind: Word<BasisKind>,
        citation: Option<Written<CitationId>> = default,
        note: Option<TextDoc> = default,
    }

    struct CitationDoc for Citation {
        id: Written<CitationId>,
        title: TextDoc,
        #[serde(flatten)]
        extra: Fields,
    }
}
