//! Any valid plan that can be evaluated: all drivers, all kinds of parameters, overrides by
//! region, share chains, cohorts, both scopes of money, schools, indicators, rules, tasks, former
//! names, trees of scenarios with measures of all kinds.
//!
//! Values are kept so that no stack of measures leaves its bounds: what goes wrong on purpose
//! comes from [`wild_change`].

mod changes;
mod goals;
mod money;
mod people;

pub use changes::{change, measure, wild_change};

use people::population_ids;
use proptest::collection::{btree_map, vec};
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::FileFailurePersistence;
use shapan_engine::*;
use std::collections::BTreeMap;

/// Whether plans to be evaluated have cohorts.
const COHORTS: bool = true;
/// Whether in plans to be evaluated a school may count for more pupils than it has: then more are
/// paid for than there are.
const SCHOOL_FLOORS: bool = true;

/// How often a law is tried, unless `PROPTEST_CASES` asks for more; failures are kept beside
/// the test file.
pub fn cases(cases: u32) -> ProptestConfig {
    let asked_for = std::env::var_os("PROPTEST_CASES").map(|_| ProptestConfig::default().cases);
    let cases = asked_for.unwrap_or(cases);
    let failure_persistence =
        Some(Box::new(FileFailurePersistence::WithSource("regressions")) as _);
    ProptestConfig { cases, failure_persistence, ..ProptestConfig::default() }
}

/// The names everything else refers to.
#[derive(Clone, Debug)]
struct Axes {
    horizon: Horizon,
    regions: Vec<RegionId>,
    systems: Vec<SchoolSystem>,
    citations: Vec<CitationId>,
    counted: usize,
    entries: Vec<EntryKind>,
    shares: usize,
    sources: Vec<SourceId>,
    programmes: usize,
    school_floors: bool,
}

/// Who enters a cohort; others are cohorts before it, by their place among cohorts.
#[derive(Clone, Copy, Debug)]
enum EntryKind {
    Births,
    Given,
    Leavers { of: usize, is_divided: bool },
    Rest { beside: usize },
}

fn ids<T: std::str::FromStr<Err: std::fmt::Debug>>(stem: &str, count: usize) -> Vec<T> {
    (0..count).map(|n| format!("{stem}-{n}").parse().unwrap()).collect()
}

/// Who enters each of up to three cohorts, chained as far as the wish can be met: a division has
/// one rest.
fn entries() -> impl Strategy<Value = Vec<EntryKind>> {
    vec((0..6u8, any::<prop::sample::Index>()), 0..=3usize).prop_map(|wishes| {
        let mut kinds: Vec<EntryKind> = Vec::new();
        for (n, (wish, which)) in wishes.iter().enumerate() {
            let divided =
                kinds.iter().position(|k| matches!(k, EntryKind::Leavers { is_divided: true, .. }));
            let has_rest = kinds.iter().any(|k| matches!(k, EntryKind::Rest { .. }));
            kinds.push(match (wish, divided) {
                (4.., Some(beside)) if !has_rest => EntryKind::Rest { beside },
                (2.., _) if n > 0 => {
                    EntryKind::Leavers { of: which.index(n), is_divided: *wish > 2 }
                }
                (0, _) => EntryKind::Given,
                _ => EntryKind::Births,
            });
        }
        kinds
    })
}

fn axes(cohorts: bool, school_floors: bool) -> impl Strategy<Value = Axes> {
    let systems = vec(select(vec![SchoolSystem::SixThree, SchoolSystem::FiveFour]), 3);
    let people = (1..=2usize, entries(), 0..=3usize, systems);
    (2000..2020i64, 1..=4u8, 1..=3usize, 0..=2usize, people, 1..=4usize, 1..=6usize).prop_map(
        move |(first, years, regions, citations, people, sources, programmes)| {
            let (counted, mut entries, shares, mut systems) = people;
            entries.truncate(if cohorts { 3 } else { 0 });
            systems.truncate(regions);
            Axes {
                horizon: Horizon::new(Year::new(first).unwrap(), years).unwrap(),
                regions: ids("r", regions),
                systems,
                citations: ids("c", citations),
                counted,
                entries,
                shares,
                sources: ids("s", sources),
                programmes,
                school_floors,
            }
        },
    )
}

/// Words in any languages and scripts, mark-up and line breaks among them; mostly out of a few,
/// for there are many in a plan and most laws do not read them.
pub fn text() -> impl Strategy<Value = Text> {
    let known =
        vec!["", "county", "<b>粗</b>", "一\n二\t三", "\u{200f}右", "👩‍👧 &amp; \"x\"", "é\u{301}"];
    let words =
        || prop_oneof![9 => select(known.clone()).prop_map(str::to_owned), 1 => "\\PC{0,8}"];
    (words(), words(), words()).prop_map(|(hans, hant, en)| {
        Text::from_languages([
            (Lang::ZhHans, format!("名{hans}").as_str()),
            (Lang::ZhHant, hant.as_str()),
            (Lang::En, en.as_str()),
        ])
        .unwrap()
    })
}

fn mark() -> impl Strategy<Value = Box<str>> {
    select(vec!["3", "十二", "2050202", " a b ", "<i>"]).prop_map(Into::into)
}

fn basis(citations: &[CitationId]) -> impl Strategy<Value = Basis> + use<> {
    let kinds = [
        BasisKind::Stated,
        BasisKind::Published,
        BasisKind::Derived,
        BasisKind::Entered,
        BasisKind::Illustrative,
    ];
    let citation = if citations.is_empty() {
        Just(None).boxed()
    } else {
        of(select(citations.to_vec())).boxed()
    };
    (select(kinds.to_vec()), citation, weighted(0.1, text()))
        .prop_map(|(kind, citation, note)| Basis { kind, citation, note })
}

/// Semesters before, within and after the horizon.
fn semesters(horizon: Horizon) -> Vec<Semester> {
    let (first, last) = (horizon.first().plus(-2).get(), horizon.last().plus(2).get());
    let years = (first..=last).map(|y| Year::new(y.into()).unwrap());
    years.flat_map(|y| [y.spring(), y.autumn()]).collect()
}

/// The most a plan or a `Set` gives a parameter, and the most an `Add` adds: at most 18 changes
/// stack up on one parameter (see [`changes::scenarios`]), which must not carry a share past the whole.
fn limits(
    unit: Unit,
    among: i64,
) -> (std::ops::RangeInclusive<i64>, std::ops::RangeInclusive<i64>) {
    match unit {
        Unit::Fen => (0..=200_000_000, 0..=50_000),
        Unit::Share => (0..=500_000 / among, 0..=25_000 / among),
        Unit::Growth => (-300_000..=300_000, -10_000..=10_000),
        Unit::Count => (0..=500, 0..=50),
        Unit::Ratio => (500_000..=50_000_000, 0..=1_000_000),
        Unit::Rate => (0..=1_200_000, 0..=10_000),
        // Nobody leaves beyond those who do not go on: heads must not fall below none.
        Unit::Net => (0..=20, 0..=2),
    }
}

/// Mostly anything in range, often nothing, often a small odd number that has to be rounded.
fn value(unit: Unit, among: i64) -> BoxedStrategy<i64> {
    let range = limits(unit, among).0;
    let small = 0..=(*range.end()).min(1_000);
    match unit {
        Unit::Ratio => range.boxed(),
        _ => prop_oneof![6 => range, 2 => small, 1 => Just(0)].boxed(),
    }
}

fn steps(axes: &Axes, unit: Unit, among: i64) -> BoxedStrategy<Vec<Step>> {
    let dates = semesters(axes.horizon);
    // A ratio has no "0 before its first date".
    let first = (unit == Unit::Ratio).then(|| Year::new(1990).unwrap().spring());
    subsequence(dates, 0..=3)
        .prop_flat_map(move |dates| {
            let dates: Vec<_> = first.into_iter().chain(dates).collect();
            vec(value(unit, among), dates.len()).prop_map(move |values| {
                let steps = dates.iter().zip(values);
                steps.map(|(from, value)| Step { from: *from, value }).collect()
            })
        })
        .boxed()
}

fn parameter_among(axes: &Axes, unit: Unit, among: i64) -> BoxedStrategy<Parameter> {
    let by_region = btree_map(select(axes.regions.clone()), steps(axes, unit, among), 0..=1usize);
    // Mostly in force from the start: a plan of nothing but zeros proves little.
    let start = Year::new(1995).unwrap().spring();
    let common = prop_oneof![
        3 => value(unit, among).prop_map(move |value| vec![Step { from: start, value }]),
        1 => steps(axes, unit, among)
    ];
    (common, by_region, basis(&axes.citations))
        .prop_map(|(steps, by_region, basis)| Parameter { steps, by_region, basis })
        .boxed()
}

fn parameter(axes: &Axes, unit: Unit) -> BoxedStrategy<Parameter> {
    parameter_among(axes, unit, 1)
}

fn indexed(axes: &Axes) -> BoxedStrategy<Indexed> {
    (parameter(axes, Unit::Fen), of(parameter(axes, Unit::Growth)))
        .prop_map(|(value, indexation)| Indexed { value, indexation })
        .boxed()
}

fn named<T: Clone + std::fmt::Debug + 'static>(
    ids: &[T],
) -> impl Strategy<Value = Vec<(T, Text)>> + use<T> {
    let ids = ids.to_vec();
    vec(text(), ids.len()).prop_map(move |names| ids.iter().cloned().zip(names).collect())
}

/// Any plan at all that can be evaluated.
pub fn plan() -> impl Strategy<Value = Plan> {
    plan_of(COHORTS, SCHOOL_FLOORS)
}

/// Any plan at all, to be written and read.
pub fn plan_to_be_written() -> impl Strategy<Value = Plan> {
    plan_of(true, true)
}

fn plan_of(cohorts: bool, school_floors: bool) -> impl Strategy<Value = Plan> {
    axes(cohorts, school_floors)
        .prop_flat_map(|axes| {
            let whole = (text(), text(), any::<bool>());
            let lists = (named(&axes.regions), named(&axes.citations));
            let (populations, sources, programmes) =
                (people::populations(&axes), money::sources(&axes), money::programmes(&axes));
            let rest = (populations, sources, programmes);
            (Just(axes), whole, lists, rest).prop_map(|(axes, whole, lists, rest)| {
                let region = |((id, name), system)| {
                    let extra = Extra::default();
                    Region { id, name, system, extra }
                };
                let citation = |(id, title)| Citation { id, title, extra: Extra::default() };
                let parts = PlanParts {
                    title: whole.0,
                    place: whole.1,
                    is_sample: whole.2,
                    horizon: axes.horizon,
                    citations: lists.1.into_iter().map(citation).collect(),
                    regions: lists.0.into_iter().zip(axes.systems.clone()).map(region).collect(),
                    populations: rest.0.into(),
                    sources: rest.1.into(),
                    programmes: rest.2.into(),
                    schools: List::default(),
                    resources: List::default(),
                    indicators: List::default(),
                    rules: List::default(),
                    tasks: List::default(),
                    aliases: BTreeMap::new(),
                    scenarios: List::default(),
                    packet: None,
                    extra: Extra::default(),
                };
                (axes, parts)
            })
        })
        .prop_flat_map(|(axes, parts)| goals::added_to(&axes, parts))
        .prop_flat_map(|parts| {
            changes::scenarios(&parts).prop_map(move |scenarios| PlanParts {
                scenarios: scenarios.into(),
                ..parts.clone()
            })
        })
        .prop_map(|parts| Plan::new(parts).unwrap())
}

/// Any plan, and one of its scenarios.
pub fn plan_and_scenario() -> impl Strategy<Value = (Plan, ScenarioId)> {
    (plan(), any::<prop::sample::Index>()).prop_map(|(plan, which)| {
        let id = plan.scenarios[which.index(plan.scenarios.len())].id.clone();
        (plan, id)
    })
}

/// Heads by region that no growth moves: counted in the autumn before `first`.
pub fn standing_heads(regions: &[&str]) -> impl Strategy<Value = BTreeMap<RegionId, i64>> + use<> {
    let regions: Vec<RegionId> = regions.iter().map(|r| r.parse().unwrap()).collect();
    vec(0..=9_999i64, regions.len())
        .prop_map(move |heads| regions.iter().cloned().zip(heads).collect())
}
