//! What the small plan holds that no payment follows from: people by grade, schools,
//! indicators, rules and tasks, one of each kind.
#![allow(clippy::panic, reason = "tests")]

use super::*;

/// The small plan's cohorts, after the populations that programmes pay for.
pub fn add_people(plan: &mut PlanParts) {
    // So that both divisions of schooling are in use: south has five grades of primary school.
    plan.regions[1].system = SchoolSystem::FiveFour;
    let given = cohort("kindergarten", Stage::Preschool, Entry::Given(always(300)));
    let mut primary = cohort(
        "primary",
        Stage::Primary,
        Entry::Births {
            births: [(2005, 340), (2006, 333), (2007, 320)]
                .map(|(y, heads)| Census {
                    year: year(y),
                    heads: [(id("north"), heads), (id("south"), 100)].into(),
                })
                .into(),
            growth: always(-10_000),
            age: 6,
            survival: always(995_000),
            rate: always(999_000),
        },
    );
    as_cohort(&mut primary).progression = BTreeMap::from([(1, always(990_000)), (5, always(1))]);
    as_cohort(&mut primary).migration = BTreeMap::from([(2, always(-3)), (6, always(4))]);
    primary.norms = Norms {
        class_size: Some(always(45)),
        class_limit: Some(always(56)),
        classes: Some(always(40)),
        pupils_per_post: Some(always(19_000_000)),
        posts: Some(always(90)),
    };
    let leavers = |of: &str, share| Entry::Leavers { of: id(of), transfer: always(990_000), share };
    let rest = Entry::Rest { beside: id("senior") };
    plan.populations.extend([
        given,
        primary,
        cohort("junior", Stage::Junior, leavers("primary", None)),
        cohort("senior", Stage::Senior, leavers("junior", Some(always(550_000)))),
        cohort("vocational", Stage::Vocational, rest),
    ]);
}

/// A cohort with 100 heads in each grade of autumn 2011, in north (6-3) and south (5-4).
pub fn cohort(name: &str, stage: Stage, entry: Entry) -> Population {
    let heads = [("north", SchoolSystem::SixThree), ("south", SchoolSystem::FiveFour)]
        .map(|(region, system)| (id(region), vec![100; stage.grades(system)]));
    let cohort = Cohort {
        censuses: vec![GradeCensus { year: year(2011), heads: heads.into() }],
        entry,
        progression: BTreeMap::new(),
        migration: BTreeMap::new(),
        basis: Basis::default(),
    };
    Population { stage, ..population(name, Headcount::Cohort(Box::new(cohort))) }
}

/// The small plan's schools, indicators, rules and tasks, and a former path.
pub fn add_goals(plan: &mut PlanParts) {
    plan.resources = vec![resource("books"), resource("teachers")].into();
    let mut nine_year = school("hill", "north", &[(Stage::Primary, 45), (Stage::Junior, 37)]);
    nine_year.resources = [(id("books"), 279), (id("teachers"), 9)].into();
    plan.schools = vec![nine_year, school("river", "south", &[(Stage::Junior, 55)])].into();
    plan.indicators = indicators().into();
    plan.rules = rules().into();

    let mut schools = task("schools", None);
    schools.clause = Some("3".into());
    schools.basis.citation = Some(id("clause-3"));
    let mut build = task("build", Some("schools"));
    build.department = Some(words("基建科", "works office"));
    build.due = Some(id("2013-12-31"));
    build.progress = Some(250_000);
    build.programmes = vec![id("schools"), id("teachers")];
    build.indicators = vec![id("schools-built")];
    plan.tasks = vec![build, schools, task("inspect", Some("schools"))].into();
    plan.aliases =
        [(id("programmes/boarders/standard"), id("programmes/boarding/standard"))].into();
}

pub fn resource(name: &str) -> Resource {
    Resource {
        id: id(name),
        name: words(name, name),
        unit: words("个", name),
        extra: Extra::default(),
    }
}

pub fn indicator(name: &str, numerator: Vec<Term>, denominator: Vec<Term>) -> Indicator {
    Indicator {
        id: id(name),
        name: words(name, name),
        clause: None,
        scope: Scope::PerRegion,
        numerator,
        denominator,
        unit_name: None,
        target: None,
        basis: Basis::default(),
        extra: Extra::default(),
    }
}

fn indicators() -> Vec<Indicator> {
    let completed = |share, per_unit| Term::Completed { programme: id("schools"), share, per_unit };
    // A count, of the city; a ratio, by region; an amount.
    let mut built = indicator(
        "schools-built",
        vec![Term::Given(always(12)), completed(Some(always(500_000)), Some(always(2)))],
        Vec::new(),
    );
    built.clause = Some("3".into());
    built.scope = Scope::CityWide;
    built.unit_name = Some(words("所", "schools"));
    built.target = Some(Target { sense: Sense::AtLeast, value: always(14) });
    let mut boarding = indicator(
        "boarding-rate",
        vec![Term::Heads(id("boarders"))],
        vec![Term::Heads(id("pupils")), Term::Given(always(1))],
    );
    let mut share = always(100_000);
    share.by_region.insert(id("south"), always(50_000).steps);
    boarding.target = Some(Target { sense: Sense::AtMost, value: share });
    let mut spent = indicator("spent", vec![Term::Paid(id("boarding"))], Vec::new());
    spent.target = Some(Target { sense: Sense::AtLeast, value: always(1_000_000) });
    vec![built, boarding, spent]
}

pub fn rule(name: &str, kind: RuleKind) -> Rule {
    Rule {
        id: id(name),
        name: words(name, name),
        scope: Scope::PerRegion,
        kind,
        basis: Basis { kind: BasisKind::Published, citation: Some(id("yearbook")), note: None },
        extra: Extra::default(),
    }
}

fn rules() -> Vec<Rule> {
    let per_pupil = Figure {
        natures: vec![Nature::Recurrent, Nature::Aid],
        tags: vec!["aid".into()],
        accounts: vec![Account::GeneralBudget],
        per: Per::Pupil(vec![id("pupils")]),
        before: Some(always(1_000)),
    };
    let per_post = Figure { per: Per::Post, ..Figure::default() };
    let level = |resource: &str, level| BalanceResource { resource: id(resource), level };
    let mean = BalanceTest::Mean { at_most: always(650_000) };
    let each = BalanceTest::Each { at_most: always(450_000), levels_met: 1 };
    let share_of_budget =
        RuleKind::ShareOfBudget { budget: growing(5_000_000, 50_000), at_least: always(200_000) };
    let mut rules = vec![
        rule(
            "earmark",
            RuleKind::Earmark {
                source: id("surcharge"),
                tag: "aid".into(),
                at_least: always(300_000),
            },
        ),
        rule("share-of-budget", share_of_budget),
        rule("growth", RuleKind::Growth { of: per_post, than: Some(growing(9_000, 80_000)) }),
        rule("never-decrease", RuleKind::NeverDecrease { of: per_pupil }),
        rule("envelope", RuleKind::Envelope { source: id("city") }),
        rule(
            "land-income",
            RuleKind::UseRestriction {
                account: Account::LandIncome,
                forbidden: vec![Nature::Personnel, Nature::Recurrent],
            },
        ),
        rule("target", RuleKind::Target { indicator: id("schools-built") }),
        rule(
            "balance-2012",
            RuleKind::Balance {
                stage: Stage::Primary,
                resources: vec![level("books", None), level("teachers", None)],
                test: mean,
            },
        ),
        rule(
            "balance-2017",
            RuleKind::Balance {
                stage: Stage::Junior,
                resources: vec![level("books", Some(25_000_000)), level("teachers", Some(1))],
                test: each,
            },
        ),
    ];
    rules[1].scope = Scope::CityWide;
    rules
}

pub fn task(name: &str, parent: Option<&str>) -> Task {
    Task {
        id: id(name),
        title: words(name, name),
        clause: None,
        parent: parent.map(id),
        department: None,
        due: None,
        progress: None,
        programmes: Vec::new(),
        indicators: Vec::new(),
        basis: Basis::default(),
        extra: Extra::default(),
    }
}
