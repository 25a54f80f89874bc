//! Plans for tests, benches and examples: the words to write a small one in, any plan at all (in
//! `arbitrary`), and plans of any size (in [`generate`]).
//!
//! Amounts are fen, shares millionths, as in the engine.
#![allow(missing_docs, reason = "builders are named after what they build")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "plans for tests: a broken one stops its test"
)]

#[cfg(not(target_arch = "wasm32"))]
pub mod arbitrary;
mod catalogue;
pub mod digest;
pub mod generate;
pub mod people_and_goals;
pub mod refused;
pub mod traces;
pub mod trying;

use shapan_engine::*;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::str::FromStr;

/// Any name, semester or path from its text.
pub fn id<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

pub fn at(semester: &str) -> Semester {
    id(semester)
}

pub fn year(number: i64) -> Year {
    Year::new(number).unwrap()
}

pub fn words(chinese: &str, english: &str) -> Text {
    Text::from_languages([(Lang::ZhHans, chinese), (Lang::En, english)]).unwrap()
}

/// The same value in every region, from long before any horizon.
pub fn always(value: i64) -> Parameter {
    dated(&[("2000-spring", value)])
}

pub fn dated(steps: &[(&str, i64)]) -> Parameter {
    let steps = steps.iter().map(|(from, value)| Step { from: at(from), value: *value });
    Parameter { steps: steps.collect(), ..Parameter::default() }
}

/// An amount that stands still.
pub fn still(value: i64) -> Indexed {
    Indexed { value: always(value), indexation: None }
}

/// An amount that grows by millionths a year.
pub fn growing(value: i64, rate: i64) -> Indexed {
    Indexed { value: always(value), indexation: Some(always(rate)) }
}

/// A plan of regions and a status quo, in which nothing is spent yet.
pub fn bare(first: i64, years: u8, regions: &[&str]) -> PlanParts {
    let region = |r: &&str| Region {
        id: id(r),
        name: words(r, r),
        system: SchoolSystem::default(),
        extra: Extra::default(),
    };
    let horizon = Horizon::new(year(first), years).unwrap();
    PlanParts {
        regions: regions.iter().map(region).collect(),
        scenarios: vec![scenario("status-quo", None, Vec::new())].into(),
        ..PlanParts::empty(
            words("试验计划", "A plan for tests"),
            words("某市", "Some city"),
            horizon,
        )
    }
}

pub fn citation(name: &str) -> Citation {
    Citation { id: id(name), title: words(name, name), extra: Extra::default() }
}

/// One census that holds for good.
pub fn counted(name: &str, autumn: i64, heads: &[(&str, i64)]) -> Population {
    counted_in(name, &[(autumn, heads)], 0)
}

/// Several censuses and the growth after the last.
pub fn counted_in(name: &str, censuses: &[(i64, &[(&str, i64)])], growth: i64) -> Population {
    let census = |(autumn, heads): &(i64, &[(&str, i64)])| Census {
        year: year(*autumn),
        heads: heads.iter().map(|(region, heads)| (id(region), *heads)).collect(),
    };
    population(
        name,
        Headcount::Counted {
            censuses: censuses.iter().map(census).collect(),
            growth: always(growth),
            basis: Basis::default(),
        },
    )
}

pub fn part_of(name: &str, parent: &str, share: i64) -> Population {
    population(name, Headcount::ShareOf { parent: id(parent), share: always(share) })
}

fn population(name: &str, headcount: Headcount) -> Population {
    let (stage, extra) = (Stage::Primary, Extra::default());
    let norms = Norms::default();
    Population { id: id(name), name: words(name, name), stage, headcount, norms, extra }
}

pub fn source(name: &str) -> Source {
    Source {
        id: id(name),
        name: words(name, name),
        payer: Payer::County,
        account: Account::GeneralBudget,
        revenue: None,
        available: None,
        carry_over: false,
        extra: Extra::default(),
    }
}

pub fn programme(name: &str, driver: Driver, split: Split) -> Programme {
    Programme {
        id: id(name),
        name: words(name, name),
        clause: None,
        code: None,
        nature: Nature::Recurrent,
        tags: Vec::new(),
        driver,
        split,
        extra: Extra::default(),
    }
}

/// Heads paid half the standard each semester.
pub fn heads(population: &str, standard: Indexed) -> Driver {
    let (population, timing) = (id(population), HeadsTiming::Semester);
    Driver::Heads {
        population,
        timing,
        standard,
        coverage: None,
        take_up: None,
        school_floor: None,
    }
}

pub fn works(units: i64, unit_cost: i64, payment: &[(i64, i64)]) -> Driver {
    Driver::Works {
        units: always(units),
        unit: words("所", "school"),
        standard: still(unit_cost),
        payment: shares_by_year(payment),
        completion: shares_by_year(&[payment[payment.len() - 1]].map(|(y, _)| (y, MILLION))),
    }
}

pub fn shares_by_year(shares: &[(i64, i64)]) -> YearShares {
    let share = |(y, share): &(i64, i64)| YearShare { year: year(*y), share: *share };
    YearShares::new(shares.iter().map(share).collect()).unwrap()
}

pub fn split(shares: &[(&str, i64)], residual: &str) -> Split {
    let share = |(source, share): &(&str, i64)| Share { source: id(source), share: always(*share) };
    Split {
        shares: shares.iter().map(share).collect(),
        residual: id(residual),
        base_standard: None,
        basis: Basis::default(),
    }
}

pub fn scenario(name: &str, parent: Option<&str>, measures: Vec<Measure>) -> Scenario {
    let parent = parent.map(id);
    Scenario {
        id: id(name),
        name: words(name, name),
        parent,
        measures,
        adopted: None,
        extra: Extra::default(),
    }
}

pub fn measure(name: &str, changes: Vec<Change>) -> Measure {
    Measure {
        id: id(name),
        title: words(name, name),
        clause: None,
        reason: None,
        basis: Basis::default(),
        enabled: true,
        changes,
        extra: Extra::default(),
    }
}

/// A change in every region for good.
pub fn change(path: &str, operation: Operation, value: i64, from: &str) -> Change {
    Change {
        path: id(path),
        operation,
        value: ChangeValue::One(value),
        from: at(from),
        until: None,
        regions: None,
    }
}

/// A small plan with one of everything: six drivers, every kind of parameter, both scopes of
/// money, every way to know heads, every kind of indicator and rule, an adopted plan and a
/// proposal on it.
pub fn one_of_everything() -> PlanParts {
    let mut plan = what_is_paid();
    people_and_goals::add_people(&mut plan);
    people_and_goals::add_goals(&mut plan);
    plan
}

/// The part of the small plan that payments follow from: it is sound by itself, and things can
/// be taken out of it that goals would miss.
pub fn what_is_paid() -> PlanParts {
    let mut plan = bare(2012, 3, &["north", "south"]);
    plan.citations = vec![citation("yearbook"), citation("clause-3")].into();
    plan.populations = vec![
        counted_in(
            "pupils",
            &[
                (2011, &[("north", 6_819), ("south", 1_001)]),
                (2012, &[("north", 6_820), ("south", 990)]),
            ],
            -10_000,
        ),
        part_of("boarders", "pupils", 100_000),
        counted("borrowers", 2011, &[("north", 100)]),
    ]
    .into();
    let mut county = source("county");
    county.available = Some(Available { scope: Scope::CityWide, amount: growing(1, 80_000) });
    let mut city = source("city");
    city.payer = Payer::City;
    let mut each = still(0);
    each.value.by_region.insert(id("south"), dated(&[("2011-autumn", 5)]).steps);
    city.available = Some(Available { scope: Scope::PerRegion, amount: each });
    let mut surcharge = source("surcharge");
    surcharge.account = Account::EducationSurcharge;
    surcharge.revenue = Some(growing(39_430_001, 50_000));
    plan.sources = vec![county, city, surcharge].into();

    let mut boarding = programme(
        "boarding",
        heads("boarders", still(125_000)),
        split(&[("city", 600_000)], "county"),
    );
    boarding.clause = Some("3".into());
    boarding.code = Some("2050202".into());
    boarding.tags = vec!["aid".into()];
    boarding.split.base_standard = Some(always(125_000));
    if let Driver::Heads { coverage, take_up, .. } = &mut boarding.driver {
        *coverage = Some(always(950_000));
        *take_up = Some(always(900_000));
    }
    let public_funds = Driver::Heads {
        population: id("pupils"),
        timing: HeadsTiming::Census,
        standard: still(50_000),
        coverage: None,
        take_up: None,
        school_floor: None,
    };
    let per_pupils =
        Posts::PerPupils { population: id("pupils"), pupils_per_post: always(19_500_000) };
    let loans = Driver::Loans {
        population: id("borrowers"),
        principal: always(577_400),
        risk_rate: always(150_000),
        interest_rate: always(65_500),
        study_years: 4,
        opening_balance: always(1_000_000),
    };
    let from_surcharge = Driver::Revenue { source: id("surcharge"), share: always(250_000) };
    let all_county = || split(&[], "county");
    plan.programmes = vec![
        boarding,
        programme("public-funds", public_funds, split(&[("city", 333_333)], "county")),
        programme(
            "teachers",
            Driver::Posts { posts: per_pupils, standard: growing(5_500_000, 60_000) },
            all_county(),
        ),
        programme(
            "cooks",
            Driver::Posts { posts: Posts::Given(always(7)), standard: still(3_000_000) },
            all_county(),
        ),
        programme(
            "schools",
            works(0, 20_000_001, &[(2012, 600_000), (2013, 400_000)]),
            split(&[("city", 500_000)], "county"),
        ),
        programme("vocational", from_surcharge, split(&[], "surcharge")),
        programme("other", Driver::Lump { amount: growing(82_157, 50_000) }, split(&[], "city")),
        programme("loans", loans, split(&[("city", 500_000)], "county")),
    ]
    .into();

    let mut raise = measure(
        "raise",
        vec![change("programmes/boarding/standard", Operation::Add, 25_000, "2012-spring")],
    );
    raise.clause = Some("3".into());
    raise.reason = Some(words("物价", "prices"));
    raise.basis = Basis { kind: BasisKind::Stated, citation: Some(id("clause-3")), note: None };
    let mut build = change("programmes/schools/units", Operation::Set, 0, "2012-spring");
    build.value = ChangeValue::ByRegion(BTreeMap::from([(id("north"), 2), (id("south"), 1)]));
    let mut wider =
        change("populations/boarders/share", Operation::Scale, 1_500_000, "2012-autumn");
    wider.until = Some(at("2013-autumn"));
    wider.regions = Some(vec![id("north")]);
    let mut off =
        measure("off", vec![change("sources/surcharge/revenue", Operation::Set, 0, "2013-spring")]);
    off.enabled = false;
    plan.scenarios.extend([
        scenario("adopted", Some("status-quo"), vec![raise, measure("build", vec![build])]),
        scenario("proposal", Some("adopted"), vec![measure("wider", vec![wider]), off]),
    ]);
    plan
}

/// The plan of [`one_of_everything`], checked.
pub fn small_plan() -> Plan {
    Plan::new(one_of_everything()).unwrap()
}

/// Places on the axes of a plan, by name.
pub trait Places {
    fn programme(&self, name: &str) -> usize;
    fn source(&self, name: &str) -> usize;
    fn region(&self, name: &str) -> usize;
    fn year(&self, number: i64) -> usize;
    /// The payment of a programme in a region and a semester (`2012-spring`), or a year (`2012`)
    /// where it is paid yearly.
    fn cell(&self, programme: &str, region: &str, period: &str) -> Cell;
}

impl Places for Plan {
    fn programme(&self, name: &str) -> usize {
        self.programmes.iter().position(|p| p.id.as_str() == name).unwrap()
    }
    fn source(&self, name: &str) -> usize {
        self.sources.iter().position(|s| s.id.as_str() == name).unwrap()
    }
    fn region(&self, name: &str) -> usize {
        self.regions.iter().position(|r| r.id.as_str() == name).unwrap()
    }
    fn year(&self, number: i64) -> usize {
        self.horizon.year_index(year(number)).unwrap()
    }
    fn cell(&self, programme: &str, region: &str, period: &str) -> Cell {
        let period = match period.split_once('-') {
            None => self.year(period.parse().unwrap()),
            Some((year, "spring")) => 2 * self.year(year.parse().unwrap()),
            Some((year, _)) => 2 * self.year(year.parse().unwrap()) + 1,
        };
        Cell { programme: self.programme(programme), region: self.region(region), period }
    }
}

/// The place of a payment: which programme, which region, which semester or year, each counted
/// from 0 along its axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub programme: usize,
    pub region: usize,
    pub period: usize,
}

impl Cell {
    /// What it comes to, by source.
    pub fn by_source(self, outcome: &Outcome) -> Vec<Fen> {
        outcome.payment(self.programme, self.region, self.period).collect()
    }

    /// What it comes to over all sources.
    pub fn paid(self, outcome: &Outcome) -> Fen {
        self.by_source(outcome).into_iter().sum()
    }

    /// What is paid for: recipients, posts, units.
    pub fn quantity(self, outcome: &Outcome) -> i64 {
        outcome.quantity(self.programme, self.region, self.period)
    }
}

/// The places of every payment.
pub fn payments(plan: &Plan, outcome: &Outcome) -> Vec<Cell> {
    let periods = |programme| outcome.periods(programme).a_year() * plan.horizon.years();
    let regions = 0..plan.regions.len();
    (0..plan.programmes.len())
        .flat_map(|programme| regions.clone().map(move |region| (programme, region)))
        .flat_map(|(programme, region)| {
            (0..periods(programme)).map(move |period| Cell { programme, region, period })
        })
        .collect()
}

/// Whether two outcomes of one plan agree in every payment and every quantity.
pub fn agree(plan: &Plan, a: &Outcome, b: &Outcome) -> bool {
    payments(plan, a)
        .into_iter()
        .all(|cell| cell.by_source(a) == cell.by_source(b) && cell.quantity(a) == cell.quantity(b))
}

/// Asserts fields of one value by their names, so that a failure says which of them it is about:
/// `expect!(found, verdict: Fail, value: 3)`.
#[macro_export]
macro_rules! expect {
    ($value:expr, $($($field:ident).+ : $expected:expr),+ $(,)?) => {{
        let value = &$value;
        $(assert_eq!(
            value.$($field).+, $expected,
            "{} of {}", stringify!($($field).+), stringify!($value)
        );)+
    }};
}

/// An autumn and the grades counted in it by region.
pub type CountedGrades<'a> = (i64, &'a [(&'a str, &'a [i64])]);

/// A cohort of a stage: its grades in some autumns, and who enters.
pub fn by_grade(
    name: &str,
    stage: Stage,
    censuses: &[CountedGrades<'_>],
    entry: Entry,
) -> Population {
    let census = |(autumn, heads): &CountedGrades<'_>| GradeCensus {
        year: year(*autumn),
        heads: heads.iter().map(|(region, grades)| (id(region), grades.to_vec())).collect(),
    };
    let cohort = Cohort {
        censuses: censuses.iter().map(census).collect(),
        entry,
        progression: BTreeMap::new(),
        migration: BTreeMap::new(),
        basis: Basis::default(),
    };
    Population { stage, ..population(name, Headcount::Cohort(Box::new(cohort))) }
}

/// The cohort of a population that is one.
pub fn as_cohort(population: &mut Population) -> &mut Cohort {
    match &mut population.headcount {
        Headcount::Cohort(cohort) => cohort,
        _ => unreachable!("{} is no cohort", population.id),
    }
}

/// Leavers of a cohort who go on at a rate; of those, where it is given, a share comes here.
pub fn leavers(of: &str, transfer: i64, share: Option<i64>) -> Entry {
    Entry::Leavers { of: id(of), transfer: always(transfer), share: share.map(always) }
}

/// A parameter with a value of its own in one region.
pub fn but_in(mut parameter: Parameter, region: &str, value: i64) -> Parameter {
    parameter.by_region.insert(id(region), always(value).steps);
    parameter
}

pub fn school(name: &str, region: &str, pupils: &[(Stage, i64)]) -> School {
    School {
        id: id(name),
        name: words(name, name),
        region: id(region),
        kind: SchoolKind::Ordinary,
        pupils: pupils.iter().copied().collect(),
        resources: BTreeMap::new(),
        extra: Extra::default(),
    }
}

/// Every thing a plan lists by id.
pub fn things(plan: &Plan) -> Vec<ThingId> {
    let citations = plan.citations.iter().map(|t| ThingId::Citation(t.id.clone()));
    let regions = plan.regions.iter().map(|t| ThingId::Region(t.id.clone()));
    let populations = plan.populations.iter().map(|t| ThingId::Population(t.id.clone()));
    let sources = plan.sources.iter().map(|t| ThingId::Source(t.id.clone()));
    let programmes = plan.programmes.iter().map(|t| ThingId::Programme(t.id.clone()));
    let schools = plan.schools.iter().map(|t| ThingId::School(t.id.clone()));
    let resources = plan.resources.iter().map(|t| ThingId::Resource(t.id.clone()));
    let indicators = plan.indicators.iter().map(|t| ThingId::Indicator(t.id.clone()));
    let rules = plan.rules.iter().map(|t| ThingId::Rule(t.id.clone()));
    let tasks = plan.tasks.iter().map(|t| ThingId::Task(t.id.clone()));
    let money = sources.chain(programmes);
    let people = regions.chain(populations).chain(schools).chain(resources);
    citations.chain(people).chain(money).chain(indicators).chain(rules).chain(tasks).collect()
}
