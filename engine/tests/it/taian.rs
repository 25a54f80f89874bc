//! The embedded sample, to the fen: figures computed independently under DESIGN's rules.

use shapan_engine::*;
use shapan_testing::*;
use std::collections::BTreeMap;

fn sample() -> Plan {
    taian_2012().unwrap()
}

fn outcome(plan: &Plan, scenario: &str) -> Outcome {
    evaluate(plan, &id(scenario)).unwrap()
}

/// Rows of a golden file: the first fields as key, the last as an amount.
fn golden(csv: &'static str, fields: usize) -> BTreeMap<Vec<&'static str>, Fen> {
    let rows = csv.lines().skip(1).map(|row| {
        let mut key: Vec<&str> = row.split(',').collect();
        assert_eq!(key.len(), fields, "{row}");
        let amount = key.pop().unwrap().parse().unwrap();
        (key, Fen(amount))
    });
    rows.collect()
}

/// Yuan and fen as DESIGN prints them.
fn yuan(text: &str) -> Fen {
    let (yuan, fen) = text.split_once('.').unwrap();
    Fen(format!("{}{fen}", yuan.replace(',', "")).parse().unwrap())
}

const RAISED: [&str; 2] = ["boarding-primary", "boarding-junior"];

#[test]
fn every_expected_amount_is_reproduced_to_the_fen_and_everything_else_is_nothing() {
    let plan = sample();
    let expected = golden(include_str!("../golden/expected.csv"), 5);
    let mut found = BTreeMap::new();
    let years: Vec<(usize, String)> =
        plan.years().enumerate().map(|(y, year)| (y, year.to_string())).collect();
    for scenario in ["status-quo", "plan-2012", "raise-again", "raise-with-base"] {
        let outcome = outcome(&plan, scenario);
        for (p, programme) in plan.programmes.iter().enumerate() {
            for (y, year) in &years {
                for (s, source) in plan.sources.iter().enumerate() {
                    let cut = Cut::ALL.of_programme(p).in_year(*y).from_source(s);
                    let amount = outcome.total(cut);
                    if amount != Fen::ZERO {
                        let key = [scenario, programme.id.as_str(), year, source.id.as_str()];
                        found.insert(key.map(str::to_owned).to_vec(), amount);
                    }
                }
            }
        }
    }
    let expected: BTreeMap<Vec<String>, Fen> = expected
        .into_iter()
        .map(|(key, amount)| (key.into_iter().map(str::to_owned).collect(), amount))
        .collect();
    assert_eq!(expected.len(), 808);
    for (key, amount) in &expected {
        assert_eq!(found.get(key), Some(amount), "{key:?}");
    }
    let unexpected: Vec<_> = found.iter().filter(|(key, _)| !expected.contains_key(*key)).collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
}

#[test]
fn every_expected_amount_of_a_region_is_reproduced_and_the_rest_of_its_programme_is_nothing() {
    let plan = sample();
    let mut expected = golden(include_str!("../golden/expected-regions-2012.csv"), 5);
    assert_eq!(expected.len(), 168);
    let of: Vec<[&str; 2]> = {
        let mut of: Vec<_> = expected.keys().map(|key| [key[0], key[1]]).collect();
        of.dedup();
        of
    };
    let y = plan.year(2012);
    for [scenario, programme] in of {
        let outcome = outcome(&plan, scenario);
        let cut = Cut::ALL.of_programme(plan.programme(programme)).in_year(y);
        for (r, region) in plan.regions.iter().enumerate() {
            for (s, source) in plan.sources.iter().enumerate() {
                let key = [scenario, programme, region.id.as_str(), source.id.as_str()];
                let amount = expected.remove(key.as_slice()).unwrap_or(Fen::ZERO);
                assert_eq!(outcome.total(cut.in_region(r).from_source(s)), amount, "{key:?}");
            }
        }
    }
    assert!(expected.is_empty(), "not in the plan: {expected:?}");
}

#[test]
fn boarding_subsidies_under_the_adopted_plan_are_8_157_750_yuan_for_6_737_pupils() {
    let plan = sample();
    let (adopted, y) = (outcome(&plan, "plan-2012"), plan.year(2012));
    let each = RAISED.map(|p| adopted.total(Cut::ALL.of_programme(plan.programme(p)).in_year(y)));
    assert_eq!(each.into_iter().sum::<Fen>(), yuan("8,157,750.00"));
    let pupils = RAISED.map(|p| adopted.recipients(plan.programme(p), y));
    assert_eq!(pupils.into_iter().sum::<i64>(), 6_737);
}

#[test]
fn the_raise_of_250_yuan_alone_costs_1_684_250_yuan_and_reaches_6_737_pupils() {
    let plan = sample();
    let y = plan.year(2012);
    let found = attribute(&plan, &id("plan-2012"), &id("status-quo")).unwrap();
    let is_raise = |c: &Contribution| c.measure.id == id("m-boarding");
    let place = found.contributions().iter().position(is_raise).unwrap();
    assert_eq!(found.total(place, Cut::ALL.in_year(y)), yuan("1,684,250.00"));
    let reached = RAISED.map(|p| found.step(place).reached(plan.programme(p), y));
    assert_eq!(reached.into_iter().sum::<i64>(), 6_737);
}

#[test]
fn preschool_aid_is_12_096_000_yuan_and_all_spending_4_503_million() {
    let plan = sample();
    let (adopted, y) = (outcome(&plan, "plan-2012"), plan.year(2012));
    let aid = Cut::ALL.of_programme(plan.programme("preschool-aid")).in_year(y);
    assert_eq!(adopted.total(aid), yuan("12,096,000.00"));
    assert_eq!(adopted.total(Cut::ALL.in_year(y)), yuan("4,503,000,000.00"));
}

#[test]
fn raising_again_costs_842_125_then_1_668_375_yuan_all_of_it_on_the_counties() {
    let plan = sample();
    let (again, adopted) = (outcome(&plan, "raise-again"), outcome(&plan, "plan-2012"));
    let difference = Difference { scenario: &again, base: &adopted };
    for (number, extra) in [(2012, "842,125.00"), (2013, "1,668,375.00")] {
        let cut = Cut::ALL.in_year(plan.year(number));
        assert_eq!(difference.total(cut), yuan(extra), "{number}");
        assert_eq!(
            difference.total(cut.from_source(plan.source("county"))),
            yuan(extra),
            "{number}"
        );
        assert_eq!(difference.county_burden(&plan, cut), yuan(extra), "{number}");
    }
    let raise = &plan.lineage(&id("raise-again"))[2].measures[0];
    let stack = plan.enabled_measures(&id("plan-2012")).unwrap();
    let above: Vec<_> = above_base(&plan, &stack, raise).unwrap();
    let why = above.iter().map(|a| (a.programme.as_str(), a.standard, a.base_standard));
    assert_eq!(
        why.collect::<Vec<_>>(),
        [("boarding-primary", 125_000, 100_000), ("boarding-junior", 150_000, 125_000)]
    );
}

#[test]
fn where_the_base_follows_the_same_raise_is_shared_as_the_rest() {
    let plan = sample();
    let raise = &plan.lineage(&id("raise-again"))[2].measures[0];
    let following = with_base_following(&plan, raise);
    let mut stack = plan.enabled_measures(&id("plan-2012")).unwrap();
    stack.push(&following);
    let shared = evaluate_stack(&plan, &stack).unwrap();
    assert!(agree(&plan, &shared, &outcome(&plan, "raise-with-base")));
    let adopted = outcome(&plan, "plan-2012");
    let difference = Difference { scenario: &shared, base: &adopted };
    let cut = Cut::ALL.in_year(plan.year(2012));
    assert_eq!(difference.total(cut), yuan("842,125.00"));
    assert_eq!(difference.total(cut.from_source(plan.source("central"))), yuan("421,062.50"));
}

#[test]
fn the_counties_lack_8_703_29_wan_in_2012() {
    let plan = sample();
    let (adopted, y) = (outcome(&plan, "plan-2012"), plan.year(2012));
    let county = plan.source("county");
    let demand = adopted.total(Cut::ALL.in_year(y).from_source(county));
    assert_eq!(adopted.available(county, None, y), Some(yuan("2,900,000,000.00")));
    assert_eq!(adopted.gap(county, y), Some(demand.above(yuan("2,900,000,000.00"))));
    // 万元 to two places, as the page shows it.
    let wan_hundredths = |amount: Fen| divide_half_up(amount.0.into(), 10_000).unwrap();
    assert_eq!(wan_hundredths(demand), 29_870_329);
    assert_eq!(wan_hundredths(adopted.gap(county, y).unwrap()), 870_329);
    assert_eq!(adopted.gap(plan.source("central"), y), None, "nothing is said of it");
}

#[test]
fn the_sample_says_where_every_number_comes_from_in_three_languages() {
    let plan = sample();
    assert!(plan.is_sample);
    let names = [&plan.title, &plan.place]
        .into_iter()
        .chain(plan.regions.iter().map(|r| &r.name))
        .chain(plan.populations.iter().map(|p| &p.name))
        .chain(plan.sources.iter().map(|s| &s.name))
        .chain(plan.programmes.iter().map(|p| &p.name))
        .chain(plan.citations.iter().map(|c| &c.title))
        .chain(plan.scenarios.iter().map(|s| &s.name))
        .chain(plan.scenarios.iter().flat_map(|s| &s.measures).map(|m| &m.title));
    for name in names {
        for lang in Lang::ALL {
            assert!(name.exactly(lang).is_some(), "{name:?} in {lang:?}");
        }
    }
    for (path, parameter) in plan.parameters() {
        assert_ne!(parameter.basis.kind, BasisKind::Entered, "{path}");
    }
    let measures = plan.scenarios.iter().flat_map(|s| &s.measures);
    for measure in measures.filter(|m| m.clause.is_some()) {
        assert_ne!(measure.basis.kind, BasisKind::Entered, "{}", measure.id);
    }
}

#[test]
fn the_sample_reads_back_from_its_own_file() {
    let plan = sample();
    let written = files::write_plan(&plan, &files::Stamp::default());
    let files::Contents::Plan(read) = files::read(&written).unwrap().0 else { panic!("a plan") };
    assert_eq!(*read, plan);
}
