//! People and person-times (人 and 人次): over several programmes a child counts once where that
//! can be told, and the sum says so where it cannot.
//!
//! "534,600 people" once counted a child once for each programme.

use shapan_engine::*;
use shapan_testing::*;

/// 1 000 pupils, of whom 300 board and 100 are poor; 400 juniors. Every programme of `pays` is
/// newly paid by 100 yuan a year in a scenario on the status quo.
fn reached(pays: &[(&str, Option<i64>)]) -> Beneficiaries {
    let mut plan = bare(2012, 2, &["north"]);
    plan.sources = vec![source("county")].into();
    let mut junior = counted("junior", 2011, &[("north", 400)]);
    junior.stage = Stage::Junior;
    plan.populations = vec![
        counted("primary", 2011, &[("north", 1_000)]),
        part_of("boarders", "primary", 300_000),
        part_of("poor-boarders", "boarders", 200_000),
        part_of("poor", "primary", 100_000),
        counted("left-behind", 2011, &[("north", 50)]),
        junior,
    ]
    .into();
    let programmes = pays.iter().enumerate().map(|(n, (population, share))| {
        let mut driver = heads(population, still(0));
        if let Driver::Heads { coverage, .. } = &mut driver {
            *coverage = share.map(always);
        }
        let mut paid = programme(&format!("p{n}"), driver, split(&[], "county"));
        paid.nature = Nature::Aid;
        paid
    });
    plan.programmes = programmes.collect::<Vec<_>>().into();
    let changes = (0..pays.len()).map(|n| {
        change(&format!("programmes/p{n}/standard"), Operation::Set, 10_000, "2012-spring")
    });
    let paid = scenario("paid", Some("status-quo"), vec![measure("pay", changes.collect())]);
    plan.scenarios.push(paid);
    let plan = Plan::new(plan).unwrap();
    let [base, now] =
        ["status-quo", "paid"].map(|name| evaluate(&plan, &id::<ScenarioId>(name)).unwrap());
    Difference { scenario: &now, base: &base }.beneficiaries(&plan, 0)
}

fn people(count: i64) -> Beneficiaries {
    Beneficiaries { count, is_once: true }
}

fn person_times(count: i64) -> Beneficiaries {
    Beneficiaries { count, is_once: false }
}

#[test]
fn one_programme_reaches_people() {
    assert_eq!(reached(&[("boarders", None)]), people(300));
    assert_eq!(reached(&[]), people(0));
}

#[test]
fn pupils_of_two_stages_are_not_the_same() {
    assert_eq!(reached(&[("boarders", None), ("junior", None)]), people(700));
}

#[test]
fn who_is_of_a_part_is_counted_with_the_whole() {
    // Poor boarders are boarders, and boarders are pupils: 1 000 children, not 1 360.
    let nested = [("poor-boarders", None), ("primary", None), ("boarders", None)];
    assert_eq!(reached(&nested), people(1_000));
    assert_eq!(reached(&[("boarders", None), ("poor-boarders", None)]), people(300));
    // Twice the same children.
    assert_eq!(reached(&[("boarders", None), ("boarders", None)]), people(300));
}

#[test]
fn where_the_same_child_may_be_paid_twice_it_is_person_times() {
    // Some of the poor may board.
    assert_eq!(reached(&[("boarders", None), ("poor", None)]), person_times(400));
    // Half of the pupils: whether the boarders are among them nobody says.
    assert_eq!(reached(&[("primary", Some(500_000)), ("boarders", None)]), person_times(800));
    // Counted apart, of the same stage: nobody says that they are others.
    assert_eq!(reached(&[("primary", Some(500_000)), ("left-behind", None)]), person_times(550));
}
