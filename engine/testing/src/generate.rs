//! Plans of any size, for benches, for the parity of native and wasm, and for tests of size.
//!
//! Invariant: a size and a seed give one plan, the same on every machine: numbers are drawn
//! with stated widths and in one order, never by `usize` or from a hash map. Every plan passes
//! the check and every scenario of it has an outcome. What the programmes are stands in
//! `catalogue`. Deliberately absent: odd plans; those are `arbitrary`'s.

use crate::catalogue::{COUNTED, Kind, SHARES, SOURCES, TEMPLATES, Template};
use fastrand::Rng;
use shapan_engine::*;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// How large a plan is to be.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Regions, 1 to 5,000.
    pub regions: u32,
    /// Programmes, 1 to 500.
    pub programmes: u32,
    /// Fiscal years, 1 to 30.
    pub years: u8,
    /// Sources, 1 to 6.
    pub sources: u32,
    /// Measures of the adopted plan; without any, there is only the status quo.
    pub measures: u32,
    /// Which drivers there are.
    pub mix: Mix,
}

/// Which drivers a plan has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mix {
    /// All six, as often as in a bureau's budget.
    Budget,
    /// The same, and heads by grade besides, in both systems.
    Schools,
    /// Heads × standard each semester and nothing else, nothing indexed, everybody entitled:
    /// what a kernel of a few loops computes too.
    HeadsOnly,
}

impl Size {
    /// Counties of the whole country, a bureau's programmes, ten years.
    pub const LARGE: Self = Self {
        regions: 2_850,
        programmes: 24,
        years: 10,
        sources: 6,
        measures: 0,
        mix: Mix::Budget,
    };
}

/// The plan of a size and a seed.
pub fn generate(size: &Size, seed: u64) -> Plan {
    let mut maker = Maker::new(*size, seed);
    let mut parts = maker.parts();
    parts.scenarios = maker.scenarios(&parts).into();
    Plan::new(parts).unwrap()
}

fn id<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn words(chinese: &str, english: &str) -> Text {
    Text::from_languages([(Lang::ZhHans, chinese), (Lang::En, english)]).unwrap()
}

struct Maker {
    rng: Rng,
    size: Size,
    horizon: Horizon,
    regions: Vec<RegionId>,
    /// How large each region is, in thousandths of a usual one.
    scale: Vec<i64>,
    sources: Vec<SourceId>,
}

impl Maker {
    fn new(size: Size, seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let regions = (1..=size.regions).map(|n| id(&format!("county-{n}"))).collect();
        // Many small ones and few large ones.
        let mut scale = |_| rng.i64(50..=400) * rng.i64(5..=30) / 10;
        let scale = (0..size.regions).map(&mut scale).collect();
        let horizon = Horizon::new(Year::new(2015).unwrap(), size.years).unwrap();
        let sources = SOURCES.iter().zip(0..size.sources).map(|(s, _)| id(s.id)).collect();
        Self { rng, size, horizon, regions, scale, sources }
    }

    fn between(&mut self, range: RangeInclusive<i64>) -> i64 {
        self.rng.i64(range)
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.rng.u32(0..n) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let place = self.rng.u64(0..u64::try_from(from.len()).unwrap());
        &from[usize::try_from(place).unwrap()]
    }

    /// From before any horizon.
    fn long_ago() -> Semester {
        Year::new(2000).unwrap().spring()
    }

    /// A semester of the horizon.
    fn semester(&mut self) -> Semester {
        let year = self.rng.i16(0..i16::from(self.size.years));
        let year = self.horizon.first().plus(year);
        if self.rng.bool() { year.spring() } else { year.autumn() }
    }

    fn steps(&mut self, range: &RangeInclusive<i64>) -> Vec<Step> {
        let mut steps = vec![Step { from: Self::long_ago(), value: self.between(range.clone()) }];
        if self.one_in(4) {
            steps.push(Step { from: self.semester(), value: self.between(range.clone()) });
        }
        steps
    }

    /// A parameter within a range; where `own_in` is given, one region of so many has its own.
    fn parameter(&mut self, range: RangeInclusive<i64>, own_in: Option<u32>) -> Parameter {
        let steps = self.steps(&range);
        let mut by_region = BTreeMap::new();
        if let Some(n) = own_in {
            for place in 0..self.regions.len() {
                if self.one_in(n) {
                    by_region.insert(self.regions[place].clone(), self.steps(&range));
                }
            }
        }
        Parameter { steps, by_region, basis: Basis::default() }
    }

    /// About so much in a usual region, more in a larger one.
    fn in_scale(&mut self, usual: i64, place: usize) -> i64 {
        usual * self.scale[place] / 1_000 * self.between(85..=115) / 100
    }

    /// A number for every region, in its scale.
    fn by_scale(&mut self, usual: i64) -> Parameter {
        let step = |value| vec![Step { from: Self::long_ago(), value }];
        let by_region = (0..self.regions.len())
            .map(|place| (self.regions[place].clone(), step(self.in_scale(usual, place))))
            .collect();
        Parameter { steps: Vec::new(), by_region, basis: Basis::default() }
    }

    /// Most amounts of most plans grow, but not those of [`Mix::HeadsOnly`].
    fn indexed(&mut self, value: Parameter) -> Indexed {
        let grows = self.size.mix != Mix::HeadsOnly && self.one_in(3);
        let indexation = grows.then(|| self.parameter(20_000..=60_000, None));
        Indexed { value, indexation }
    }

    fn parts(&mut self) -> PlanParts {
        let region = |(n, id): (usize, &RegionId)| Region {
            id: id.clone(),
            name: words(&format!("县{}", n + 1), &format!("county {}", n + 1)),
            system: match n % 3 {
                0 if self.size.mix == Mix::Schools => SchoolSystem::FiveFour,
                _ => SchoolSystem::SixThree,
            },
            extra: Extra::default(),
        };
        PlanParts {
            regions: self.regions.iter().enumerate().map(region).collect(),
            populations: self.populations().into(),
            sources: self.sources().into(),
            programmes: (0..self.size.programmes).map(|n| self.programme(n)).collect(),
            ..PlanParts::empty(
                words("规模试验", "A plan of size"),
                words("某地", "Some place"),
                self.horizon,
            )
        }
    }

    fn populations(&mut self) -> Vec<Population> {
        let mut all = Vec::new();
        for people in &COUNTED {
            let mut censuses = Vec::new();
            for back in [-2, -1] {
                let heads = (0..self.regions.len())
                    .map(|place| (self.regions[place].clone(), self.in_scale(people.heads, place)))
                    .collect();
                censuses.push(Census { year: self.horizon.first().plus(back), heads });
            }
            let own = self.one_in(3).then_some(4);
            let growth = self.parameter(-30_000..=30_000, own);
            let basis = Basis::default();
            let headcount = Headcount::Counted { censuses, growth, basis };
            all.push(population(people.id, people.words, people.stage, headcount));
        }
        for part in &SHARES {
            let own = self.one_in(3).then_some(3);
            let share = self.parameter(part.share * 7 / 10..=part.share, own);
            let headcount = Headcount::ShareOf { parent: id(part.parent), share };
            all.push(population(part.id, part.words, part.stage, headcount));
        }
        if self.size.mix == Mix::Schools {
            all.extend(self.grades());
        }
        all
    }

    /// Primary, junior, senior and vocational school by grade.
    fn grades(&mut self) -> Vec<Population> {
        let leavers = |of: &str, transfer, share| Entry::Leavers { of: id(of), transfer, share };
        let mut births = Vec::new();
        for back in -8..=0 {
            let heads = (0..self.regions.len())
                .map(|place| (self.regions[place].clone(), self.in_scale(1_200, place)))
                .collect();
            births.push(Census { year: self.horizon.first().plus(back), heads });
        }
        let born = Entry::Births {
            births,
            growth: self.parameter(-20_000..=5_000, None),
            age: 6,
            survival: self.parameter(985_000..=999_000, None),
            rate: self.parameter(970_000..=999_000, Some(5)),
        };
        let to_junior = leavers("primary-grades", self.parameter(960_000..=999_000, None), None);
        let division = self.parameter(450_000..=650_000, Some(4));
        let to_senior =
            leavers("junior-grades", self.parameter(900_000..=990_000, None), Some(division));
        let rest = Entry::Rest { beside: id("senior-grades") };
        vec![
            self.cohort("primary-grades", Stage::Primary, born),
            self.cohort("junior-grades", Stage::Junior, to_junior),
            self.cohort("senior-grades", Stage::Senior, to_senior),
            self.cohort("vocational-grades", Stage::Vocational, rest),
        ]
    }

    fn cohort(&mut self, name: &str, stage: Stage, entry: Entry) -> Population {
        let least = stage.grades(SchoolSystem::FiveFour).min(stage.grades(SchoolSystem::SixThree));
        let mut heads = BTreeMap::new();
        for place in 0..self.regions.len() {
            let grades = (0..least).map(|_| self.in_scale(1_000, place)).collect();
            heads.insert(self.regions[place].clone(), grades);
        }
        let start = self.horizon.first().plus(-1);
        let cohort = Cohort {
            censuses: vec![GradeCensus { year: start, heads }],
            entry,
            progression: [(1, self.parameter(960_000..=1_010_000, Some(6)))].into(),
            migration: [(2, self.net())].into(),
            basis: Basis::default(),
        };
        let words = (name, name);
        population(name, words, stage, Headcount::Cohort(Box::new(cohort)))
    }

    /// A few who come: where few are there to begin with, nobody could go.
    fn net(&mut self) -> Parameter {
        self.parameter(0..=9, Some(3))
    }

    fn sources(&mut self) -> Vec<Source> {
        let mut all = Vec::new();
        for (n, template) in SOURCES.iter().enumerate().take(self.sources.len()) {
            // The last of the first two has revenue, so that there is one to take a share of.
            let has_revenue = n == 1.min(self.sources.len() - 1) || template.revenue > 0;
            let revenue = has_revenue.then(|| {
                let value = self.by_scale(template.revenue.max(1_000_000_000));
                self.indexed(value)
            });
            let available = template.scope.map(|scope| {
                let value = match scope {
                    Scope::PerRegion => self.by_scale(15_000_000_000),
                    Scope::CityWide => self.parameter(50_000_000_000..=90_000_000_000, None),
                };
                Available { scope, amount: self.indexed(value) }
            });
            all.push(Source {
                id: id(template.id),
                name: words(template.words.0, template.words.1),
                payer: template.payer,
                account: template.account,
                revenue,
                available,
                carry_over: false,
                extra: Extra::default(),
            });
        }
        all
    }

    fn programme(&mut self, n: u32) -> Programme {
        let fits = |t: &&Template| match self.size.mix {
            Mix::Budget | Mix::Schools => true,
            Mix::HeadsOnly => matches!(t.kind, Kind::Semester(_)),
        };
        let templates: Vec<&Template> = TEMPLATES.iter().filter(fits).collect();
        let length = u32::try_from(templates.len()).unwrap();
        let template = templates[usize::try_from(n % length).unwrap()];
        let (name, words) = match n / length {
            0 => (template.id.to_owned(), words(template.words.0, template.words.1)),
            round => {
                let (round, (chinese, english)) = (round + 1, template.words);
                let words = words(&format!("{chinese}之{round}"), &format!("{english} {round}"));
                (format!("{}-{round}", template.id), words)
            }
        };
        let driver = self.driver(template);
        Programme {
            id: id(&name),
            name: words,
            clause: Some((n + 1).to_string().into()),
            code: None,
            nature: template.nature,
            tags: Vec::new(),
            split: self.split(template, driver.has_standard()),
            driver,
            extra: Extra::default(),
        }
    }

    fn driver(&mut self, template: &Template) -> Driver {
        match template.kind {
            Kind::Semester(people) => self.heads(people, HeadsTiming::Semester, template),
            Kind::Census(people) => self.heads(people, HeadsTiming::Census, template),
            Kind::Posts(usual) => Driver::Posts {
                posts: Posts::Given(self.by_scale(usual)),
                standard: self.standard(template, 2),
            },
            Kind::PostsPerPupils(people) => {
                let pupils_per_post = self.parameter(12_500_000..=19_500_000, Some(10));
                let posts = Posts::PerPupils { population: id(people), pupils_per_post };
                Driver::Posts { posts, standard: self.standard(template, 2) }
            }
            Kind::Works(usual, (chinese, english)) => Driver::Works {
                units: match self.rng.bool() {
                    true => self.by_scale(usual),
                    // Nothing until a measure says so.
                    false => Parameter::constant(Self::long_ago(), 0, Basis::default()),
                },
                unit: words(chinese, english),
                standard: self.standard(template, 4),
                payment: self.year_shares(),
                completion: self.year_shares(),
            },
            Kind::Revenue => Driver::Revenue {
                source: self.sources[1.min(self.sources.len() - 1)].clone(),
                share: self.parameter(200_000..=300_000, None),
            },
            Kind::Lump(usual) => {
                let amount = self.by_scale(usual);
                Driver::Lump { amount: self.indexed(amount) }
            }
            Kind::Loans(people) => Driver::Loans {
                population: id(people),
                principal: self.parameter(*template.fen().start()..=*template.fen().end(), None),
                risk_rate: self.parameter(100_000..=150_000, None),
                interest_rate: self.parameter(45_000..=70_000, None),
                study_years: self.rng.u8(3..=5),
                opening_balance: self.by_scale(300_000_000),
            },
        }
    }

    fn heads(&mut self, people: &str, timing: HeadsTiming, template: &Template) -> Driver {
        let standard = self.standard(template, 3);
        let not_all = self.size.mix != Mix::HeadsOnly && self.one_in(3);
        let coverage = not_all.then(|| self.parameter(600_000..=950_000, None));
        let take_up = (not_all && self.rng.bool()).then(|| self.parameter(800_000..=990_000, None));
        let population = id(people);
        Driver::Heads { population, timing, standard, coverage, take_up, school_floor: None }
    }

    /// Of one programme in five the standard differs by region.
    fn standard(&mut self, template: &Template, own_in: u32) -> Indexed {
        let own = self.one_in(5).then_some(own_in);
        let value = self.parameter(template.fen(), own);
        self.indexed(value)
    }

    /// Two or three years, from one of the horizon's first on.
    fn year_shares(&mut self) -> YearShares {
        let first = self.horizon.first().plus(self.rng.i16(0..i16::from(self.size.years.min(3))));
        let (a, b) = (self.between(200_000..=450_000), self.between(200_000..=450_000));
        let shares =
            if self.rng.bool() { vec![a, b, MILLION - a - b] } else { vec![a, MILLION - a] };
        let years = (0..).map(|n| first.plus(n));
        let each = years.zip(shares).map(|(year, share)| YearShare { year, share });
        YearShares::new(each.collect()).unwrap()
    }

    /// One to four payers. The most each may be given adds up to less than the whole, so that
    /// neither a date, a region nor a measure takes more than there is.
    fn split(&mut self, template: &Template, has_standard: bool) -> Split {
        let mut others = self.sources.clone();
        let residual = match template.kind {
            Kind::Revenue => others.remove(1.min(others.len() - 1)),
            _ => others.remove(0),
        };
        let payers = self.between(0..=3);
        let mut shares = Vec::new();
        for _ in 0..payers {
            if others.is_empty() {
                break;
            }
            let source = self.pick(&others).clone();
            others.retain(|s| *s != source);
            let most = self.between(50_000..=950_000 / payers);
            let own = self.one_in(4).then_some(3);
            shares.push(Share { source, share: self.parameter(most * 6 / 10..=most, own) });
        }
        let base_standard = (has_standard && self.rng.u32(0..10) < 6).then(|| {
            let (low, high) = template.fen().into_inner();
            self.parameter(low * 7 / 10..=high * 95 / 100, None)
        });
        Split { shares, residual, base_standard, basis: Basis::default() }
    }

    /// The status quo, an adopted plan of so many measures, a proposal on it, and another
    /// plan instead of it.
    fn scenarios(&mut self, parts: &PlanParts) -> Vec<Scenario> {
        let mut all = vec![scenario("status-quo", None, Vec::new())];
        let count = self.size.measures;
        if count > 0 {
            let paths: Vec<Movable> = parts.parameters().map(Movable::of).collect();
            let mut measures = |count| (0..count).map(|n| self.measure(n, &paths)).collect();
            all.push(scenario("adopted", Some("status-quo"), measures(count)));
            all.push(scenario("proposal", Some("adopted"), measures(2)));
            all.push(scenario("instead", Some("status-quo"), measures(count.div_ceil(2))));
        }
        all
    }

    fn measure(&mut self, n: u32, paths: &[Movable]) -> Measure {
        let standards: Vec<&Movable> = paths.iter().filter(|m| m.is_standard()).collect();
        let mut changes = Vec::new();
        for _ in 0..self.rng.u32(1..=3) {
            let often = !standards.is_empty() && self.rng.bool();
            let movable = if often { self.pick(&standards) } else { self.pick(paths) };
            changes.push(self.change(movable));
        }
        Measure {
            id: id(&format!("measure-{}", n + 1)),
            title: words(&format!("措施{}", n + 1), &format!("measure {}", n + 1)),
            clause: None,
            reason: None,
            basis: Basis::default(),
            enabled: !self.one_in(7),
            changes,
            extra: Extra::default(),
        }
    }

    fn change(&mut self, movable: &Movable) -> Change {
        let most = movable.most;
        let (operation, range) = match (movable.path.unit(), self.rng.u8(0..3)) {
            (Unit::Fen | Unit::Count, 0) => (Operation::Add, 0..=most / 10 + 3),
            (Unit::Fen | Unit::Count, 1) => (Operation::Scale, 900_000..=1_150_000),
            (Unit::Fen | Unit::Count, _) => (Operation::Set, most * 9 / 10..=most * 11 / 10 + 9),
            (Unit::Growth, _) => (Operation::Set, -20_000..=40_000),
            (Unit::Ratio, _) => (Operation::Scale, 950_000..=1_050_000),
            // No share above what the plan ever gives it: see `split`.
            _ => (Operation::Set, most / 2..=most),
        };
        let may_differ = !matches!(movable.path, ParamPath::Source(..));
        let value = if may_differ && self.one_in(5) {
            let mut own = BTreeMap::new();
            for place in 0..self.regions.len() {
                if self.one_in(3) {
                    own.insert(self.regions[place].clone(), self.between(range.clone()));
                }
            }
            ChangeValue::ByRegion(own)
        } else {
            ChangeValue::One(self.between(range))
        };
        let from = self.semester();
        let until = self.one_in(5).then(|| self.semester()).filter(|until| *until >= from);
        let some = may_differ && self.one_in(8);
        let regions = some.then(|| self.regions.iter().step_by(3).cloned().collect());
        Change { path: movable.path.clone(), operation, value, from, until, regions }
    }
}

/// A parameter that a measure can change, and the most the plan gives it anywhere.
struct Movable {
    path: ParamPath,
    most: i64,
}

impl Movable {
    fn of((path, parameter): (ParamPath, &Parameter)) -> Self {
        let steps = std::iter::once(&parameter.steps).chain(parameter.by_region.values());
        let most = steps.flatten().map(|step| step.value).max().unwrap_or(0);
        Self { path, most }
    }

    fn is_standard(&self) -> bool {
        matches!(self.path, ParamPath::Programme(_, ProgrammeRole::Standard))
    }
}

fn population(name: &str, named: (&str, &str), stage: Stage, headcount: Headcount) -> Population {
    let (name, called) = (id(name), words(named.0, named.1));
    let (norms, extra) = (Norms::default(), Extra::default());
    Population { id: name, name: called, stage, headcount, norms, extra }
}

fn scenario(name: &str, parent: Option<&str>, measures: Vec<Measure>) -> Scenario {
    let name_of = match name {
        "status-quo" => words("现状", "status quo"),
        _ => words(name, name),
    };
    Scenario {
        id: id(name),
        name: name_of,
        parent: parent.map(id),
        measures,
        adopted: None,
        extra: Extra::default(),
    }
}
