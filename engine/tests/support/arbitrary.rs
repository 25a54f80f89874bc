//! Any valid plan that can be evaluated: all drivers, all kinds of parameters, overrides by
//! region, share chains, both scopes of money, trees of scenarios with measures of all kinds.
//!
//! Values are kept so that no stack of measures leaves its bounds: what goes wrong on purpose
//! comes from [`wild_change`].

use proptest::collection::{btree_map, vec};
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::FileFailurePersistence;
use shapan_engine::*;
use std::collections::BTreeMap;

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
    citations: Vec<CitationId>,
    counted: usize,
    shares: usize,
    sources: Vec<SourceId>,
    programmes: usize,
}

fn ids<T: std::str::FromStr<Err: std::fmt::Debug>>(stem: &str, count: usize) -> Vec<T> {
    (0..count).map(|n| format!("{stem}-{n}").parse().unwrap()).collect()
}

fn axes() -> impl Strategy<Value = Axes> {
    (2000..2020i64, 1..=4u8, 1..=3usize, 0..=2usize, 1..=2usize, 0..=3usize, 1..=4usize, 1..=6usize)
        .prop_map(|(first, years, regions, citations, counted, shares, sources, programmes)| Axes {
            horizon: Horizon::new(Year::new(first).unwrap(), years).unwrap(),
            regions: ids("r", regions),
            citations: ids("c", citations),
            counted,
            shares,
            sources: ids("s", sources),
            programmes,
        })
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
/// stack up on one parameter (see [`scenarios`]), which must not carry a share past the whole.
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
        Unit::Rate => (0..=1_500_000, 0..=50_000),
        Unit::Net => (-20..=20, -2..=2),
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

fn population_ids(axes: &Axes) -> Vec<PopulationId> {
    ids("p", axes.counted + axes.shares)
}

/// Counted ones first, then shares of any before them; the list itself in any order.
fn populations(axes: &Axes) -> BoxedStrategy<Vec<Population>> {
    let names = population_ids(axes);
    let start = axes.horizon.first().plus(-1);
    let mut all: Vec<BoxedStrategy<Population>> = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let headcount = if n < axes.counted {
            let years: Vec<Year> = (-2..=2).map(|n| start.plus(n)).collect();
            let heads = btree_map(
                select(axes.regions.clone()),
                prop_oneof![4 => 0..=5_000i64, 1 => 0..=20i64],
                0..=axes.regions.len(),
            );
            let censuses = subsequence(years, 0..=3).prop_flat_map(move |mut years| {
                years.insert(0, start.plus(-3));
                vec(heads.clone(), years.len()).prop_map(move |heads| {
                    let each = years.iter().zip(heads);
                    each.map(|(year, heads)| Census { year: *year, heads }).collect::<Vec<_>>()
                })
            });
            (censuses, parameter(axes, Unit::Growth), basis(&axes.citations))
                .prop_map(|(censuses, growth, basis)| Headcount::Counted {
                    censuses,
                    growth,
                    basis,
                })
                .boxed()
        } else {
            (select(names[..n].to_vec()), parameter(axes, Unit::Share))
                .prop_map(|(parent, share)| Headcount::ShareOf { parent, share })
                .boxed()
        };
        let stages = [
            Stage::Preschool,
            Stage::Primary,
            Stage::Junior,
            Stage::Senior,
            Stage::Vocational,
            Stage::Special,
            Stage::Tertiary,
        ];
        let id = name.clone();
        let population = (text(), select(stages.to_vec()), headcount).prop_map(
            move |(name, stage, headcount)| Population {
                id: id.clone(),
                name,
                stage,
                headcount,
                norms: Norms::default(),
                extra: Extra::default(),
            },
        );
        all.push(population.boxed());
    }
    all.prop_shuffle().boxed()
}

fn sources(axes: &Axes) -> BoxedStrategy<Vec<Source>> {
    let payers = [Payer::Central, Payer::Province, Payer::City, Payer::County, Payer::Other];
    let accounts = [
        Account::GeneralBudget,
        Account::EducationSurcharge,
        Account::LocalEducationSurcharge,
        Account::LandIncome,
        Account::SpecialTransfer,
        Account::Other,
    ];
    let each = axes.sources.iter().enumerate().map(|(n, id)| {
        let id = id.clone();
        let available = prop_oneof![
            indexed(axes).prop_map(|amount| Available { scope: Scope::PerRegion, amount }),
            // City-wide money is the parameter's common steps.
            indexed(axes).prop_map(|mut amount| {
                amount.value.by_region.clear();
                if let Some(growth) = &mut amount.indexation {
                    growth.by_region.clear();
                }
                Available { scope: Scope::CityWide, amount }
            }),
        ];
        // The first always has revenue, so that there is one to take a share of.
        let revenue = if n == 0 {
            indexed(axes).prop_map(Some).boxed()
        } else {
            weighted(0.3, indexed(axes)).boxed()
        };
        let what = (text(), select(payers.to_vec()), select(accounts.to_vec()));
        (what, revenue, of(available)).prop_map(
            move |((name, payer, account), revenue, available)| Source {
                id: id.clone(),
                name,
                payer,
                account,
                revenue,
                available,
                carry_over: false,
                extra: Extra::default(),
            },
        )
    });
    each.collect::<Vec<_>>().boxed()
}

/// Shares of 1 to 3 years around the horizon.
fn year_shares(horizon: Horizon) -> BoxedStrategy<YearShares> {
    let years: Vec<Year> = (horizon.first().plus(-1).get()..=horizon.last().plus(1).get())
        .map(|y| Year::new(y.into()).unwrap())
        .collect();
    (subsequence(years, 1..=3), 1..333_333i64, 1..333_333i64)
        .prop_map(|(years, a, b)| {
            let shares = match years.len() {
                1 => vec![MILLION],
                2 => vec![a, MILLION - a],
                _ => vec![a, b, MILLION - a - b],
            };
            let each = years.iter().zip(shares);
            YearShares::new(each.map(|(y, share)| YearShare { year: *y, share }).collect()).unwrap()
        })
        .boxed()
}

fn driver(axes: &Axes) -> BoxedStrategy<Driver> {
    let population = || select(population_ids(axes));
    let share = || parameter(axes, Unit::Share);
    let timing = select(vec![HeadsTiming::Semester, HeadsTiming::Census]);
    let heads = (population(), timing, indexed(axes), of(share()), of(share())).prop_map(
        |(population, timing, standard, coverage, take_up)| Driver::Heads {
            population,
            timing,
            standard,
            coverage,
            take_up,
            school_floor: None,
        },
    );
    let posts = prop_oneof![
        parameter(axes, Unit::Count).prop_map(Posts::Given),
        (population(), parameter(axes, Unit::Ratio)).prop_map(|(population, pupils_per_post)| {
            Posts::PerPupils { population, pupils_per_post }
        }),
    ];
    let posts =
        (posts, indexed(axes)).prop_map(|(posts, standard)| Driver::Posts { posts, standard });
    let spread = || year_shares(axes.horizon);
    let works = (parameter(axes, Unit::Count), text(), indexed(axes), spread(), spread()).prop_map(
        |(units, unit, standard, payment, completion)| Driver::Works {
            units,
            unit,
            standard,
            payment,
            completion,
        },
    );
    let source = axes.sources[0].clone();
    let revenue = share().prop_map(move |share| Driver::Revenue { source: source.clone(), share });
    let lump = indexed(axes).prop_map(|amount| Driver::Lump { amount });
    let money = || parameter(axes, Unit::Fen);
    let loans = (population(), money(), share(), share(), 1..=5u8, money()).prop_map(
        |(population, principal, risk_rate, interest_rate, study_years, opening_balance)| {
            Driver::Loans {
                population,
                principal,
                risk_rate,
                interest_rate,
                study_years,
                opening_balance,
            }
        },
    );
    prop_oneof![3 => heads, 2 => posts, 2 => works, 1 => revenue, 1 => lump, 1 => loans].boxed()
}

fn split(axes: &Axes, has_standard: bool) -> BoxedStrategy<Split> {
    let base = if has_standard {
        weighted(0.6, parameter(axes, Unit::Fen)).boxed()
    } else {
        Just(None).boxed()
    };
    let axes = axes.clone();
    (select(axes.sources.clone()), base)
        .prop_flat_map(move |(residual, base_standard)| {
            let others: Vec<_> = axes.sources.iter().filter(|s| **s != residual).cloned().collect();
            let axes = axes.clone();
            (subsequence(others.clone(), 0..=others.len()), basis(&axes.citations)).prop_flat_map(
                move |(paying, basis)| {
                    let among = i64::try_from(paying.len()).unwrap().max(1);
                    let (residual, base_standard) = (residual.clone(), base_standard.clone());
                    vec(parameter_among(&axes, Unit::Share, among), paying.len()).prop_map(
                        move |shares| {
                            let each = paying.iter().cloned().zip(shares);
                            Split {
                                shares: each
                                    .map(|(source, share)| Share { source, share })
                                    .collect(),
                                residual: residual.clone(),
                                base_standard: base_standard.clone(),
                                basis: basis.clone(),
                            }
                        },
                    )
                },
            )
        })
        .boxed()
}

fn programmes(axes: &Axes) -> BoxedStrategy<Vec<Programme>> {
    let natures = [Nature::Aid, Nature::Recurrent, Nature::Personnel, Nature::Capital];
    let each = ids::<ProgrammeId>("g", axes.programmes).into_iter().map(|id| {
        let words = (text(), of(mark()), of(mark()), vec(mark(), 0..=2));
        let axes = axes.clone();
        let driver = driver(&axes).prop_flat_map(move |driver| {
            split(&axes, driver.has_standard()).prop_map(move |split| (driver.clone(), split))
        });
        (words, select(natures.to_vec()), driver).prop_map(
            move |((name, clause, code, tags), nature, (driver, split))| Programme {
                id: id.clone(),
                name,
                clause,
                code,
                nature,
                tags,
                driver,
                split,
                extra: Extra::default(),
            },
        )
    });
    each.collect::<Vec<_>>().boxed()
}

/// How many shares a path's share is one of.
fn among(plan: &PlanParts, path: &ParamPath) -> i64 {
    let ParamPath::Split(id, _) = path else { return 1 };
    let programme = plan.programmes.iter().find(|p| p.id == *id);
    programme.map_or(1, |p| i64::try_from(p.split.shares.len()).unwrap())
}

/// A change of any parameter of the plan, of any kind, that can be evaluated.
pub fn change(plan: &PlanParts) -> BoxedStrategy<Change> {
    let paths: Vec<(ParamPath, i64)> =
        plan.parameters().map(|(path, _)| (path.clone(), among(plan, &path))).collect();
    let regions: Vec<RegionId> = plan.regions.iter().map(|r| r.id.clone()).collect();
    let dates = semesters(plan.horizon);
    let operations = vec![Operation::Set, Operation::Add, Operation::Scale];
    (select(paths), select(operations))
        .prop_flat_map(move |((path, among), operation)| {
            let unit = path.unit();
            let value = match operation {
                Operation::Set => value(unit, among),
                Operation::Add => limits(unit, among).1.boxed(),
                Operation::Scale => match unit {
                    Unit::Share | Unit::Growth => (0..=MILLION).boxed(),
                    Unit::Fen | Unit::Count => (0..=MILLION * 3 / 2).boxed(),
                    Unit::Rate | Unit::Net => (0..=MILLION).boxed(),
                    Unit::Ratio => (MILLION / 2..=MILLION * 3 / 2).boxed(),
                },
            };
            let some = subsequence(regions.clone(), 1..=regions.len());
            let by_region = btree_map(select(regions.clone()), value.clone(), 0..=2usize);
            let value = prop_oneof![
                3 => value.prop_map(ChangeValue::One),
                1 => by_region.prop_map(ChangeValue::ByRegion),
            ];
            let (from, lasting) = (select(dates.clone()), of(select(dates.clone())));
            (value, from, lasting, weighted(0.3, some)).prop_map(
                move |(value, from, until, regions)| Change {
                    path: path.clone(),
                    operation,
                    value,
                    from,
                    until: until.filter(|until| *until >= from),
                    regions,
                },
            )
        })
        .prop_map(for_the_whole_city)
        .boxed()
}

/// Money the whole city may share has no values by region.
fn for_the_whole_city(change: Change) -> Change {
    use SourceRole::{Available, AvailableGrowth};
    if !matches!(change.path, ParamPath::Source(_, Available | AvailableGrowth)) {
        return change;
    }
    let value = match &change.value {
        ChangeValue::One(value) => *value,
        ChangeValue::ByRegion(values) => values.values().next().copied().unwrap_or(0),
    };
    Change { value: ChangeValue::One(value), regions: None, ..change }
}

/// A change the check lets through, but that evaluation may have to refuse.
pub fn wild_change(plan: &PlanParts) -> BoxedStrategy<Change> {
    change(plan)
        .prop_flat_map(|change| {
            let (least, most) = match change.operation {
                Operation::Set => change.path.unit().bounds().into_inner(),
                Operation::Add => {
                    let most = *change.path.unit().bounds().end();
                    (-most, most)
                }
                Operation::Scale => (0, 1_000 * MILLION),
            };
            prop_oneof![least..=most, Just(least), Just(most)]
                .prop_map(move |value| Change { value: ChangeValue::One(value), ..change.clone() })
        })
        .boxed()
}

/// A measure with one or two changes, mostly switched on.
pub fn measure(plan: &PlanParts, id: MeasureId) -> BoxedStrategy<Measure> {
    let citations: Vec<_> = plan.citations.iter().map(|c| c.id.clone()).collect();
    let words = (text(), of(mark()), of(text()), basis(&citations));
    (words, prop::bool::weighted(0.8), vec(change(plan), 1..=2))
        .prop_map(move |((title, clause, reason, basis), enabled, changes)| Measure {
            id: id.clone(),
            title,
            clause,
            reason,
            basis,
            enabled,
            changes,
            extra: Extra::default(),
        })
        .boxed()
}

/// A tree under the status quo, at most three deep and three measures each; in any order.
fn scenarios(plan: &PlanParts) -> BoxedStrategy<Vec<Scenario>> {
    let plan = plan.clone();
    let parents = vec(any::<prop::sample::Index>(), 0..=4usize);
    (parents, text())
        .prop_flat_map(move |(parents, name)| {
            let names: Vec<ScenarioId> = ids("x", parents.len() + 1);
            let root = Scenario {
                id: names[0].clone(),
                name,
                parent: None,
                measures: Vec::new(),
                extra: Extra::default(),
            };
            let mut all = vec![Just(root).boxed()];
            let mut depth = vec![0];
            for (n, parent) in parents.iter().enumerate() {
                let above: Vec<usize> = (0..=n).filter(|p| depth[*p] < 3).collect();
                let parent = above[parent.index(above.len())];
                depth.push(depth[parent] + 1);
                let (id, parent) = (names[n + 1].clone(), names[parent].clone());
                let each = |count| ids("m", count).into_iter().map(|id| measure(&plan, id));
                let measures = prop_oneof![
                    each(0).collect::<Vec<_>>(),
                    each(1).collect::<Vec<_>>(),
                    each(3).collect::<Vec<_>>(),
                ];
                let scenario = (text(), measures).prop_map(move |(name, measures)| Scenario {
                    id: id.clone(),
                    name,
                    parent: Some(parent.clone()),
                    measures,
                    extra: Extra::default(),
                });
                all.push(scenario.boxed());
            }
            all.prop_shuffle()
        })
        .boxed()
}

fn named<T: Clone + std::fmt::Debug + 'static>(
    ids: &[T],
) -> impl Strategy<Value = Vec<(T, Text)>> + use<T> {
    let ids = ids.to_vec();
    vec(text(), ids.len()).prop_map(move |names| ids.iter().cloned().zip(names).collect())
}

/// Any plan at all.
pub fn plan() -> impl Strategy<Value = Plan> {
    let parts = axes().prop_flat_map(|axes| {
        let horizon = axes.horizon;
        let whole = (text(), text(), any::<bool>());
        let lists = (named(&axes.regions), named(&axes.citations));
        let rest = (populations(&axes), sources(&axes), programmes(&axes));
        (whole, lists, rest).prop_map(move |((title, place, is_sample), lists, rest)| PlanParts {
            title,
            place,
            is_sample,
            horizon,
            citations: lists
                .1
                .into_iter()
                .map(|(id, title)| Citation { id, title, extra: Extra::default() })
                .collect(),
            regions: lists
                .0
                .into_iter()
                .map(|(id, name)| Region {
                    id,
                    name,
                    system: SchoolSystem::default(),
                    extra: Extra::default(),
                })
                .collect(),
            populations: rest.0,
            sources: rest.1,
            programmes: rest.2,
            schools: Vec::new(),
            resources: Vec::new(),
            indicators: Vec::new(),
            rules: Vec::new(),
            tasks: Vec::new(),
            aliases: BTreeMap::new(),
            scenarios: Vec::new(),
            extra: Extra::default(),
        })
    });
    parts
        .prop_flat_map(|parts| {
            scenarios(&parts).prop_map(move |scenarios| PlanParts { scenarios, ..parts.clone() })
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
