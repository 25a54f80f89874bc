//! Owns the way from a version 1 file to the model: names, dates, units and words.
//!
//! Invariant: nothing is repaired; what cannot be read is a [`Problem`] at its path.
//! Deliberately absent: whether the plan is sound as a whole (`Plan::new` says).

use super::v1::*;
use crate::id::NotAnId;
use crate::plan::*;
use crate::text::{Lang, Text, TextError};
use crate::time::{Horizon, NotASemester, Semester, Year};
use std::collections::BTreeMap;
use std::str::FromStr;

/// What is wrong with one value of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not a name.
    #[error(transparent)]
    Id(#[from] NotAnId),
    /// Not a semester.
    #[error(transparent)]
    Semester(#[from] NotASemester),
    /// Not a parameter's path.
    #[error(transparent)]
    Path(#[from] NotAPath),
    /// Words that cannot stand in a plan.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A year out of range.
    #[error("{0} is not a year from 1900 to 2200")]
    Year(i64),
    /// More or fewer fiscal years than the app takes on.
    #[error("{0} fiscal years; 1 to 30 are possible")]
    FiscalYears(u8),
    /// Yearly shares that are not ascending, not positive or not the whole.
    #[error("the yearly shares must ascend in time and add up to 1000000 millionths")]
    YearShares,
    /// A parameter in another unit than its role has.
    #[error("the unit is {found} where {expected} is needed")]
    Unit {
        /// The unit the role has.
        expected: &'static str,
        /// The unit in the file.
        found: &'static str,
    },
    /// A change with both or neither of `value` and `value_by_region`.
    #[error("exactly one of value and value_by_region is needed")]
    ChangeValue,
}

/// A problem with the way to it, innermost step last to be added.
#[derive(Debug)]
pub(super) struct Misread {
    steps: Vec<String>,
    pub(super) problem: Problem,
}

impl Misread {
    /// The way as in `plan.programmes[3].split`.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            if !path.is_empty() && !step.starts_with('[') {
                path.push('.');
            }
            path.push_str(step);
        }
        path
    }
}

impl<P: Into<Problem>> From<P> for Misread {
    fn from(problem: P) -> Self {
        Self { steps: Vec::new(), problem: problem.into() }
    }
}

type Read<T> = Result<T, Misread>;

/// Adds a step to the way of a problem.
trait At<T> {
    fn at(self, step: impl ToString) -> Read<T>;
}

impl<T, E: Into<Misread>> At<T> for Result<T, E> {
    fn at(self, step: impl ToString) -> Read<T> {
        self.map_err(|e| {
            let mut misread = e.into();
            misread.steps.push(step.to_string());
            misread
        })
    }
}

fn each<D, T>(name: &str, docs: Vec<D>, read: impl Fn(D) -> Read<T>) -> Read<Vec<T>> {
    let items = docs.into_iter().enumerate().map(|(n, doc)| read(doc).at(format!("[{n}]")));
    items.collect::<Read<Vec<_>>>().at(name)
}

fn id<T: FromStr<Err = NotAnId>>(text: &str) -> Read<T> {
    Ok(text.parse()?)
}

fn by_region<D, T>(
    docs: ByRegion<D>,
    read: impl Fn(D) -> Read<T>,
) -> Read<BTreeMap<crate::RegionId, T>> {
    docs.0.into_iter().map(|(region, doc)| Ok((id(&region)?, read(doc).at(&region)?))).collect()
}

fn text(doc: &TextDoc) -> Read<Text> {
    let languages =
        [(Lang::ZhHans, &doc.zh_hans), (Lang::ZhHant, &doc.zh_hant), (Lang::En, &doc.en)];
    let written = languages.iter().filter_map(|(lang, words)| Some((*lang, words.as_deref()?)));
    Ok(Text::from_languages(written)?)
}

/// A short mark without languages (a clause, a code, a tag).
fn mark(words: String) -> Read<Box<str>> {
    Text::new(Lang::ZhHans, &words)?;
    Ok(words.into())
}

fn year(number: i64) -> Read<Year> {
    Year::new(number).ok_or_else(|| Problem::Year(number).into())
}

fn basis(doc: BasisDoc) -> Read<Basis> {
    let kind = match doc.kind {
        BasisKindDoc::Stated => BasisKind::Stated,
        BasisKindDoc::Published => BasisKind::Published,
        BasisKindDoc::Derived => BasisKind::Derived,
        BasisKindDoc::Entered => BasisKind::Entered,
        BasisKindDoc::Illustrative => BasisKind::Illustrative,
    };
    Ok(Basis {
        kind,
        citation: doc.citation.map(|c| id(&c).at("citation")).transpose()?,
        note: doc.note.as_ref().map(|n| text(n).at("note")).transpose()?,
    })
}

fn steps(docs: Vec<StepDoc>) -> Read<Vec<Step>> {
    let step = |doc: StepDoc| -> Read<Step> {
        Ok(Step { from: doc.from.parse::<Semester>().at("from")?, value: doc.value })
    };
    docs.into_iter().enumerate().map(|(n, doc)| step(doc).at(format!("[{n}]"))).collect()
}

pub(super) fn unit_name(unit: Unit) -> (&'static str, UnitDoc) {
    match unit {
        Unit::Fen => ("fen", UnitDoc::Fen),
        Unit::Share => ("millionths", UnitDoc::Millionths),
        Unit::Growth => ("millionths-a-year", UnitDoc::MillionthsAYear),
        Unit::Count => ("count", UnitDoc::Count),
        Unit::Ratio => ("millionths-of-a-pupil", UnitDoc::MillionthsOfAPupil),
        Unit::Rate => ("millionths-any", UnitDoc::MillionthsAny),
        Unit::Net => ("net-count", UnitDoc::NetCount),
    }
}

pub(super) fn parameter(doc: ParameterDoc, unit: Unit) -> Read<Parameter> {
    let (expected, expected_doc) = unit_name(unit);
    if doc.unit != expected_doc {
        let all = [Unit::Fen, Unit::Share, Unit::Growth, Unit::Count, Unit::Ratio].map(unit_name);
        let found = all.iter().find(|(_, d)| *d == doc.unit).map_or("another", |(name, _)| name);
        return Err(Problem::Unit { expected, found }).at("unit");
    }
    Ok(Parameter {
        steps: steps(doc.steps).at("steps")?,
        by_region: by_region(doc.by_region, steps).at("by_region")?,
        basis: basis(doc.basis).at("basis")?,
    })
}

fn indexed(doc: IndexedDoc) -> Read<Indexed> {
    let indexation = doc.indexation.map(|p| parameter(p, Unit::Growth).at("indexation"));
    Ok(Indexed {
        value: parameter(doc.amount, Unit::Fen).at("amount")?,
        indexation: indexation.transpose()?,
    })
}

fn headcount(doc: HeadsDoc) -> Read<Headcount> {
    let kind = match &doc {
        HeadsDoc::Counted { .. } => "counted",
        HeadsDoc::ShareOf { .. } => "share-of",
    };
    let headcount = || -> Read<Headcount> {
        Ok(match doc {
            HeadsDoc::Counted { censuses, growth, basis: counted } => Headcount::Counted {
                censuses: each("censuses", censuses, |c| {
                    let heads = by_region(c.heads, Ok).at("heads")?;
                    Ok(Census { year: year(c.autumn).at("autumn")?, heads })
                })?,
                growth: parameter(growth, Unit::Growth).at("growth")?,
                basis: basis(counted).at("basis")?,
            },
            HeadsDoc::ShareOf { population, share } => Headcount::ShareOf {
                parent: id(&population).at("population")?,
                share: parameter(share, Unit::Share).at("share")?,
            },
        })
    };
    headcount().at(kind)
}

fn population(doc: PopulationDoc) -> Read<Population> {
    let stage = match doc.stage {
        StageDoc::Preschool => Stage::Preschool,
        StageDoc::Primary => Stage::Primary,
        StageDoc::Junior => Stage::Junior,
        StageDoc::Senior => Stage::Senior,
        StageDoc::Vocational => Stage::Vocational,
        StageDoc::Special => Stage::Special,
        StageDoc::Tertiary => Stage::Tertiary,
    };
    Ok(Population {
        id: id(&doc.id).at("id")?,
        name: text(&doc.name).at("name")?,
        stage,
        headcount: headcount(doc.heads).at("heads")?,
        norms: Norms::default(),
        extra: Extra(doc.extra),
    })
}

fn source(doc: SourceDoc) -> Read<Source> {
    let payer = match doc.payer {
        PayerDoc::Central => Payer::Central,
        PayerDoc::Province => Payer::Province,
        PayerDoc::City => Payer::City,
        PayerDoc::County => Payer::County,
        PayerDoc::Other => Payer::Other,
    };
    let account = match doc.account {
        AccountDoc::GeneralBudget => Account::GeneralBudget,
        AccountDoc::EducationSurcharge => Account::EducationSurcharge,
        AccountDoc::LocalEducationSurcharge => Account::LocalEducationSurcharge,
        AccountDoc::LandIncome => Account::LandIncome,
        AccountDoc::SpecialTransfer => Account::SpecialTransfer,
        AccountDoc::Other => Account::Other,
    };
    let available = |doc: AvailableDoc| -> Read<Available> {
        let scope = match doc.scope {
            ScopeDoc::CityWide => Scope::CityWide,
            ScopeDoc::PerRegion => Scope::PerRegion,
        };
        Ok(Available { scope, amount: indexed(doc.money).at("money")? })
    };
    Ok(Source {
        id: id(&doc.id).at("id")?,
        name: text(&doc.name).at("name")?,
        payer,
        account,
        revenue: doc.revenue.map(|r| indexed(r).at("revenue")).transpose()?,
        available: doc.available.map(|a| available(a).at("available")).transpose()?,
        carry_over: false,
        extra: Extra(doc.extra),
    })
}

fn posts(doc: PostsDoc) -> Read<Posts> {
    let per_pupils = |population: &str, pupils_per_post| -> Read<Posts> {
        Ok(Posts::PerPupils {
            population: id(population).at("population")?,
            pupils_per_post: parameter(pupils_per_post, Unit::Ratio).at("pupils_per_post")?,
        })
    };
    match doc {
        PostsDoc::Given(posts) => parameter(posts, Unit::Count).map(Posts::Given).at("given"),
        PostsDoc::PerPupils { population, pupils_per_post } => {
            per_pupils(&population, pupils_per_post).at("per-pupils")
        }
    }
}

fn driver(doc: DriverDoc) -> Read<Driver> {
    let kind = match &doc {
        DriverDoc::Heads { .. } => "heads",
        DriverDoc::Posts { .. } => "posts",
        DriverDoc::Works { .. } => "works",
        DriverDoc::Revenue { .. } => "revenue",
        DriverDoc::Lump { .. } => "lump",
        DriverDoc::Loans { .. } => "loans",
    };
    driver_of_kind(doc).at(kind)
}

fn driver_of_kind(doc: DriverDoc) -> Read<Driver> {
    let share = |name, doc: Option<ParameterDoc>| {
        doc.map(|p| parameter(p, Unit::Share).at(name)).transpose()
    };
    let year_shares = |name, docs: Vec<YearShareDoc>| {
        let shares = each(name, docs, |s| {
            Ok(YearShare { year: year(s.year).at("year")?, share: s.millionths })
        })?;
        YearShares::new(shares).ok_or(Problem::YearShares).at(name)
    };
    Ok(match doc {
        DriverDoc::Heads { population, timing, standard, coverage, take_up } => Driver::Heads {
            population: id(&population).at("population")?,
            timing: match timing {
                TimingDoc::Semester => HeadsTiming::Semester,
                TimingDoc::Census => HeadsTiming::Census,
            },
            standard: indexed(standard).at("standard")?,
            coverage: share("coverage", coverage)?,
            take_up: share("take_up", take_up)?,
            school_floor: None,
        },
        DriverDoc::Posts { posts: known, standard } => Driver::Posts {
            posts: posts(known).at("posts")?,
            standard: indexed(standard).at("standard")?,
        },
        DriverDoc::Works { units, unit_name, standard, payment, completion } => Driver::Works {
            units: parameter(units, Unit::Count).at("units")?,
            unit: text(&unit_name).at("unit_name")?,
            standard: indexed(standard).at("standard")?,
            payment: year_shares("payment", payment)?,
            completion: year_shares("completion", completion)?,
        },
        DriverDoc::Revenue { source, share } => Driver::Revenue {
            source: id(&source).at("source")?,
            share: parameter(share, Unit::Share).at("share")?,
        },
        DriverDoc::Lump { money } => Driver::Lump { amount: indexed(money).at("money")? },
        DriverDoc::Loans {
            population,
            average_principal,
            risk_rate,
            interest_rate,
            study_years,
            opening_balance,
        } => Driver::Loans {
            population: id(&population).at("population")?,
            principal: parameter(average_principal, Unit::Fen).at("average_principal")?,
            risk_rate: parameter(risk_rate, Unit::Share).at("risk_rate")?,
            interest_rate: parameter(interest_rate, Unit::Share).at("interest_rate")?,
            study_years,
            opening_balance: parameter(opening_balance, Unit::Fen).at("opening_balance")?,
        },
    })
}

fn split(doc: SplitDoc) -> Read<Split> {
    Ok(Split {
        shares: each("shares", doc.shares, |s| {
            let source = id(&s.source).at("source")?;
            Ok(Share { source, share: parameter(s.share, Unit::Share).at("share")? })
        })?,
        residual: id(&doc.residual).at("residual")?,
        base_standard: doc
            .base_standard
            .map(|p| parameter(p, Unit::Fen).at("base_standard"))
            .transpose()?,
        basis: basis(doc.basis).at("basis")?,
    })
}

fn programme(doc: ProgrammeDoc) -> Read<Programme> {
    let nature = match doc.nature {
        NatureDoc::Aid => Nature::Aid,
        NatureDoc::Recurrent => Nature::Recurrent,
        NatureDoc::Personnel => Nature::Personnel,
        NatureDoc::Capital => Nature::Capital,
    };
    Ok(Programme {
        id: id(&doc.id).at("id")?,
        name: text(&doc.name).at("name")?,
        clause: doc.clause.map(|c| mark(c).at("clause")).transpose()?,
        code: doc.code.map(|c| mark(c).at("code")).transpose()?,
        nature,
        tags: each("tags", doc.tags, mark)?,
        driver: driver(doc.driver).at("driver")?,
        split: split(doc.split).at("split")?,
        extra: Extra(doc.extra),
    })
}

fn change(doc: ChangeDoc) -> Read<Change> {
    let value = match (doc.value, doc.value_by_region) {
        (Some(value), None) => ChangeValue::One(value),
        (None, Some(values)) => ChangeValue::ByRegion(by_region(values, Ok).at("value_by_region")?),
        _ => return Err(Problem::ChangeValue.into()),
    };
    Ok(Change {
        path: doc.parameter.parse::<ParamPath>().at("parameter")?,
        operation: match doc.operation {
            OperationDoc::Set => Operation::Set,
            OperationDoc::Add => Operation::Add,
            OperationDoc::Scale => Operation::Scale,
        },
        value,
        from: doc.from.parse::<Semester>().at("from")?,
        until: doc.until.map(|u| u.parse::<Semester>().at("until")).transpose()?,
        regions: doc.regions.map(|some| each("regions", some, |r| id(&r))).transpose()?,
    })
}

fn measure(doc: MeasureDoc) -> Read<Measure> {
    Ok(Measure {
        id: id(&doc.id).at("id")?,
        title: text(&doc.title).at("title")?,
        clause: doc.clause.map(|c| mark(c).at("clause")).transpose()?,
        reason: doc.reason.as_ref().map(|r| text(r).at("reason")).transpose()?,
        basis: basis(doc.basis).at("basis")?,
        enabled: doc.enabled,
        changes: each("changes", doc.changes, change)?,
        extra: Extra(doc.extra),
    })
}

fn scenario(doc: ScenarioDoc) -> Read<Scenario> {
    Ok(Scenario {
        id: id(&doc.id).at("id")?,
        name: text(&doc.name).at("name")?,
        parent: doc.parent.map(|p| id(&p).at("parent")).transpose()?,
        measures: each("measures", doc.measures, measure)?,
        extra: Extra(doc.extra),
    })
}

pub(super) fn scenarios(docs: Vec<ScenarioDoc>) -> Read<Vec<Scenario>> {
    each("scenarios", docs, scenario)
}

pub(super) fn base(doc: &BaseDoc) -> Read<Text> {
    text(&doc.title).at("title").at("base")
}

pub(super) fn parameters(docs: ByName<ParameterDoc>) -> Read<BTreeMap<ParamPath, Parameter>> {
    let read = |(name, doc): (String, ParameterDoc)| {
        let path = name.parse::<ParamPath>().at(format!("[{name:?}]"))?;
        let value = parameter(doc, path.unit()).at(format!("[{name:?}]"))?;
        Ok((path, value))
    };
    docs.0.into_iter().map(read).collect::<Read<_>>().at("parameters")
}

pub(super) fn plan(doc: PlanDoc) -> Read<PlanParts> {
    let parts = || -> Read<PlanParts> {
        let first = year(doc.first_fiscal_year).at("first_fiscal_year")?;
        let horizon = Horizon::new(first, doc.fiscal_years);
        Ok(PlanParts {
            title: text(&doc.title).at("title")?,
            place: text(&doc.place).at("place")?,
            is_sample: doc.is_sample,
            horizon: horizon.ok_or(Problem::FiscalYears(doc.fiscal_years)).at("fiscal_years")?,
            citations: each("citations", doc.citations, |c| {
                let title = text(&c.title).at("title")?;
                Ok(Citation { id: id(&c.id).at("id")?, title, extra: Extra(c.extra) })
            })?,
            regions: each("regions", doc.regions, |r| {
                let name = text(&r.name).at("name")?;
                Ok(Region {
                    id: id(&r.id).at("id")?,
                    name,
                    system: SchoolSystem::default(),
                    extra: Extra(r.extra),
                })
            })?,
            populations: each("populations", doc.populations, population)?,
            sources: each("sources", doc.sources, source)?,
            programmes: each("programmes", doc.programmes, programme)?,
            schools: Vec::new(),
            resources: Vec::new(),
            indicators: Vec::new(),
            rules: Vec::new(),
            tasks: Vec::new(),
            aliases: BTreeMap::new(),
            scenarios: scenarios(doc.scenarios)?,
            extra: Extra(doc.extra),
        })
    };
    parts().at("plan")
}
