//! Owns everything of a file that is written as text: names, dates, words in languages, and
//! the words that the model's plain choices are known by.
//!
//! Invariant: each choice has one word, and one table says it for reading and writing.

use super::doc::*;
use crate::id::*;
use crate::plan::*;
use crate::text::{Lang, Text};
use crate::time::{Date, Semester};

/// Values by region.
pub(super) type ByRegion<D> = std::collections::BTreeMap<RegionId, D>;

/// What reads back from its own text, with the pattern of it.
macro_rules! written {
    ($($pattern:literal: $($type:ident)*;)*) => {$($(
        impl Name for $type {
            fn from_name(name: &str) -> Result<Self, Problem> {
                Ok(name.parse::<$type>()?)
            }

            fn to_name(&self) -> Box<str> {
                self.to_string().into()
            }

            fn name_schema() -> Value {
                schema::pattern($pattern)
            }
        }

        impl Doc for $type {
            type Model = Self;

            fn read(node: Node, reader: &mut Reader) -> Read<Self> {
                let at = node.at;
                let text = reader.text(node)?;
                $type::from_name(&text).or_else(|problem| reader.wrong(at, problem))
            }

            fn write(model: &Self) -> Value {
                Value::Text(model.to_name())
            }

            fn schema(_: &mut Shapes) -> Value {
                $type::name_schema()
            }
        }
    )*)*};
}

written! {
    "^[a-z0-9-]{1,64}$":
        CitationId RegionId PopulationId SourceId ProgrammeId SchoolId ResourceId IndicatorId
        RuleId TaskId ScenarioId MeasureId;
    "^(19[0-9]{2}|2[01][0-9]{2}|2200)-(spring|autumn)$": Semester;
    "^(19[0-9]{2}|2[01][0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$": Date;
    "^(populations|sources|programmes|indicators|rules)/[a-z0-9-]{1,64}/[a-z0-9/_-]+$": ParamPath;
}

/// A choice of the model, known by a word.
pub(super) trait Named: Copy + 'static {
    const WORDS: &'static [&'static str];
    fn name(self) -> &'static str;
    fn from_word(word: &str) -> Option<Self>;
}

/// `or default`: the model's default choice goes without saying.
macro_rules! named {
    ($($type:ident $(or $default:ident)? { $($variant:ident = $name:literal,)* })*) => {$(
        impl Named for $type {
            const WORDS: &'static [&'static str] = &[$($name),*];

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            fn from_word(word: &str) -> Option<Self> {
                match word { $($name => Some(Self::$variant),)* _ => None }
            }
        }

        impl Doc for $type {
            type Model = Self;

            fn read(node: Node, reader: &mut Reader) -> Read<Self> {
                let at = node.at;
                let word = reader.text(node)?;
                let wrong = || reader.wrong(at, unknown_word(&word, Self::WORDS));
                Self::from_word(&word).map_or_else(wrong, Ok)
            }

            fn write(model: &Self) -> Value {
                model.name().into()
            }

            $(fn is_absent(model: &Self) -> bool {
                *model == Self::$default()
            })?

            fn schema(_: &mut Shapes) -> Value {
                schema::words(Self::WORDS)
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
    Entrusted {
        People = "people",
        Money = "money",
        Schools = "schools",
        Quantities = "quantities",
    }
    Operation {
        Set = "set",
        Add = "add",
        Scale = "scale",
    }
}

impl Name for Stage {
    const IS_ORDERED_BY_NAME: bool = false;

    fn from_name(name: &str) -> Result<Self, Problem> {
        Self::from_word(name).ok_or_else(|| unknown_word(name, Self::WORDS))
    }

    fn to_name(&self) -> Box<str> {
        self.name().into()
    }

    fn name_schema() -> Value {
        schema::words(Self::WORDS)
    }
}

impl Doc for Text {
    type Model = Self;

    fn read(node: Node, reader: &mut Reader) -> Read<Self> {
        let mut fields = reader.object(node)?;
        let at = fields.at;
        let mut written = Vec::new();
        for lang in Lang::ALL {
            if let Some(words) = reader.optional::<Option<Words>>(&mut fields, lang.tag())? {
                written.push((lang, words));
            }
        }
        reader.keep(fields, &["zh-Hans", "zh-Hant", "en"]);
        let written = written.iter().map(|(lang, words)| (*lang, &**words));
        Self::from_languages(written).or_else(|problem| reader.wrong(at, problem))
    }

    fn write(text: &Self) -> Value {
        let words = |lang: Lang| Some((lang.tag(), text.exactly(lang)?.into()));
        Value::object(Lang::ALL.into_iter().filter_map(words))
    }

    fn schema(shapes: &mut Shapes) -> Value {
        shapes.named("Text", |shapes| {
            let words = schema::or_null(Words::schema(shapes));
            let shape = schema::object(Lang::ALL.map(|lang| (lang.tag(), words.clone(), false)));
            let in_one = |lang: Lang| schema::object([(lang.tag(), schema::pattern(r"\S"), true)]);
            schema::described(
                schema::any_of(shape, Lang::ALL.map(in_one)),
                "Words in one or more languages, up to 2000 characters each, without control \
                 characters or ones that turn the direction of what follows.",
            )
        })
    }
}

/// Words as they are written.
enum Words {}

impl Doc for Words {
    type Model = Box<str>;

    fn read(node: Node, reader: &mut Reader) -> Read<Box<str>> {
        reader.text(node)
    }

    fn write(words: &Box<str>) -> Value {
        Value::from(&**words)
    }

    fn schema(_: &mut Shapes) -> Value {
        Value::object([("type", "string".into())])
    }
}

/// A short mark without languages (a clause, a code, a tag).
pub(super) enum Mark {}

impl Doc for Mark {
    type Model = Box<str>;

    fn read(node: Node, reader: &mut Reader) -> Read<Box<str>> {
        let at = node.at;
        let mark = reader.text(node)?;
        match Text::new(Lang::ZhHans, &mark) {
            Ok(_) => Ok(mark),
            Err(problem) => reader.wrong(at, problem),
        }
    }

    fn write(mark: &Box<str>) -> Value {
        Value::from(&**mark)
    }

    fn schema(_: &mut Shapes) -> Value {
        schema::pattern(r"\S")
    }
}

docs! {
    struct Basis {
        kind: BasisKind,
        citation: Option<CitationId> = default,
        note: Option<Text> = default,
    }

    struct Citation {
        id: CitationId,
        title: Text,
        ..extra
    }
}
