//! Counties' plans become the city's: what each region costs stays what it costs there.

use proptest::prelude::*;
use shapan_engine::merge::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan as any_plan};
use shapan_testing::*;

/// The part of a plan that is about one region.
fn county(plan: &Plan, region: &RegionId) -> Plan {
    let mut document = Document::new(plan.clone());
    // Adopted scenarios would hold regions back.
    for scenario in plan.scenarios.iter().map(|s| s.id.clone()) {
        document.dispatch(Command::Adopt { scenario, on: None }, None).unwrap();
    }
    for other in plan.regions.iter().filter(|r| r.id != *region) {
        let other = ThingId::Region(other.id.clone());
        document.dispatch(Command::Remove(other), None).unwrap();
    }
    Plan::clone(document.plan())
}

fn place(plan: &Plan, region: &RegionId) -> usize {
    plan.regions.iter().position(|r| r.id == *region).unwrap()
}

/// What a source pays of a payment.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Paid {
    period: usize,
    source: SourceId,
    amount: Fen,
}

/// What every payment of a programme in a region comes to, by source; nothing for one a plan
/// does not have.
fn paid(plan: &Plan, outcome: &Outcome, programme: &ProgrammeId, region: &RegionId) -> Vec<Paid> {
    let Some(g) = plan.programmes.iter().position(|p| p.id == *programme) else {
        return Vec::new();
    };
    let Some(r) = plan.regions.iter().position(|p| p.id == *region) else { return Vec::new() };
    let periods = outcome.periods(g).a_year() * plan.horizon.years();
    let all = (0..periods).flat_map(|period| {
        let by_source: Vec<_> = outcome.payment(g, r, period).collect();
        let named = plan.sources.iter().map(|s| s.id.clone()).zip(by_source);
        named.map(move |(source, amount)| Paid { period, source, amount }).collect::<Vec<_>>()
    });
    let mut all: Vec<_> = all.filter(|paid| paid.amount != Fen::ZERO).collect();
    all.sort();
    all
}

/// Every region pays in the city's plan what it pays in its own, under a scenario both have.
fn agree_by_region(
    city: &Plan,
    counties: &[Plan],
    scenario: &ScenarioId,
) -> Result<(), TestCaseError> {
    let Ok(whole) = evaluate(city, scenario) else { return Ok(()) };
    for county in counties {
        let has = county.scenarios.iter().any(|s| s.id == *scenario);
        let root = county.status_quo().unwrap().id.clone();
        let Ok(own) = evaluate(county, if has { scenario } else { &root }) else { return Ok(()) };
        for region in &county.regions {
            for programme in &city.programmes {
                prop_assert_eq!(
                    paid(city, &whole, &programme.id, &region.id),
                    paid(county, &own, &programme.id, &region.id),
                    "{} in {}",
                    programme.id,
                    region.id
                );
            }
            for population in &county.populations {
                let there = own.heads(&population.id, place(county, &region.id));
                let here = whole.heads(&population.id, place(city, &region.id));
                prop_assert_eq!(there, here, "{} in {}", population.id, region.id);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_plan_split_into_counties_and_rolled_up_again_has_the_same_figures(plan in any_plan()) {
        let counties: Vec<Plan> = plan.regions.iter().map(|r| county(&plan, &r.id)).collect();
        // Names are drawn: what is called the same here is still two things.
        let mut decisions = Decisions::default();
        let mut rolled = roll_up(&counties, false, &decisions);
        while rolled.matches.iter().any(|m| !decisions.apart.contains(m)) {
            decisions.apart.extend(rolled.matches.clone());
            rolled = roll_up(&counties, false, &decisions);
        }
        let city = rolled.plan.unwrap();
        for scenario in &plan.scenarios {
            agree_by_region(&city, &counties, &scenario.id)?;
            if let (Ok(a), Ok(b)) = (evaluate(&plan, &scenario.id), evaluate(&city, &scenario.id)) {
                for year in 0..plan.horizon.years() {
                    let cut = Cut::default().in_year(year);
                    prop_assert_eq!(a.total(cut), b.total(cut));
                }
            }
        }
    }
}

/// A county's plan, made from the small plan's north under a name of its own.
fn named(region: &str, standard: i64) -> Plan {
    let plan = Plan::new(what_is_paid()).unwrap();
    let plan = county(&plan, &id("north"));
    plan.edit(|p| {
        p.regions[0].name = words(region, region);
        if let Driver::Heads { standard: s, .. } = &mut p.programmes[0].driver {
            s.value = always(standard);
        }
    })
    .unwrap()
}

fn total(plan: &Plan) -> i64 {
    evaluate(plan, &plan.status_quo().unwrap().id).unwrap().total(Cut::default()).0
}

#[test]
fn counties_made_from_one_pattern_are_told_apart_by_their_names_and_keep_their_standards() {
    let counties = [named("甲县", 100_000), named("乙县", 120_000), named("丙县", 100_000)];
    let rolled = roll_up(&counties, false, &Decisions::default());
    let city = rolled.plan.unwrap();
    assert_eq!(city.regions.len(), 3);
    assert_eq!(total(&city), counties.iter().map(total).sum::<i64>());
    let clashes: Vec<_> = rolled.clashes.iter().map(|c| (c.key.to_string(), c.pick)).collect();
    assert_eq!(clashes, [("programmes/boarding/standard".to_owned(), Pick::Each)]);

    // One standard for all.
    let key = rolled.clashes[0].key.clone();
    let decisions = Decisions { picks: [(key, Pick::Of(1))].into(), ..Decisions::default() };
    let city = roll_up(&counties, false, &decisions).plan.unwrap();
    let same = [named("甲县", 120_000), named("乙县", 120_000), named("丙县", 120_000)];
    assert_eq!(total(&city), same.iter().map(total).sum::<i64>());
}

#[test]
fn two_files_of_one_county_are_a_conflict_and_the_one_picked_counts() {
    let counties = [named("甲县", 100_000), named("甲县", 120_000)];
    let rolled = roll_up(&counties, false, &Decisions::default());
    let region = Key::Thing(ThingId::Region(id("north")));
    assert_eq!(rolled.clashes[0].key, region);
    assert_eq!(total(&rolled.plan.unwrap()), total(&counties[0]));
    let decisions = Decisions { picks: [(region, Pick::Of(1))].into(), ..Decisions::default() };
    let rolled = roll_up(&counties, false, &decisions);
    assert_eq!(total(&rolled.plan.unwrap()), total(&counties[1]));
}

#[test]
fn the_city_on_the_table_takes_its_counties_numbers_and_keeps_its_other_regions() {
    let city = Plan::new(what_is_paid()).unwrap();
    let north = county(&city, &id("north"));
    let changed = north
        .edit(|p| {
            if let Headcount::Counted { censuses, .. } = &mut p.populations[0].headcount {
                censuses.iter_mut().for_each(|c| c.heads.values_mut().for_each(|n| *n += 100));
            }
        })
        .unwrap();
    let rolled = roll_up(&[city.clone(), changed.clone()], true, &Decisions::default());
    assert_eq!(rolled.clashes, []);
    assert_eq!(rolled.regions[&id("north")], 1);
    let after = rolled.plan.unwrap();
    assert_eq!(total(&after) - total(&city), total(&changed) - total(&north));
}

#[test]
fn a_programme_one_county_has_costs_nothing_in_the_others() {
    let a = named("甲县", 100_000);
    let b = named("乙县", 100_000).edit(|p| {
        let mut more = p.programmes[0].clone();
        more.id = id("more");
        more.name = words("县里自己的", "Of its own");
        p.programmes.push(more);
    });
    let counties = [a, b.unwrap()];
    let rolled = roll_up(&counties, false, &Decisions::default());
    assert_eq!(rolled.clashes, []);
    assert_eq!(total(&rolled.plan.unwrap()), counties.iter().map(total).sum::<i64>());
}

#[test]
fn a_programme_of_one_name_and_two_ids_is_one_unless_said_otherwise() {
    let a = named("甲县", 100_000);
    let b = named("乙县", 100_000).edit(|p| {
        p.programmes[0].id = id("lodging");
        p.aliases.clear();
        p.scenarios.truncate(1);
    });
    let counties = [a, b.unwrap()];
    let rolled = roll_up(&counties, false, &Decisions::default());
    let found: Vec<_> =
        rolled.matches.iter().map(|m| (m.thing.to_string(), m.same_as.to_string())).collect();
    assert_eq!(found, [("programmes/lodging".to_owned(), "programmes/boarding".to_owned())]);
    let sum = counties.iter().map(total).sum::<i64>();
    assert_eq!(total(&rolled.plan.unwrap()), sum);
    let decisions =
        Decisions { apart: rolled.matches.into_iter().collect(), ..Decisions::default() };
    let apart = roll_up(&counties, false, &decisions).plan.unwrap();
    assert_eq!(apart.programmes.len(), counties[0].programmes.len() + 1);
    assert_eq!(total(&apart), sum);
}

#[test]
fn an_autumn_only_one_county_has_counted_moves_no_heads_of_the_other() {
    let a = named("甲县", 100_000);
    let b = named("乙县", 100_000).edit(|p| {
        if let Headcount::Counted { censuses, .. } = &mut p.populations[0].headcount {
            censuses.truncate(1);
        }
    });
    let counties = [a, b.unwrap()];
    let rolled = roll_up(&counties, false, &Decisions::default());
    assert_eq!(total(&rolled.plan.unwrap()), counties.iter().map(total).sum::<i64>());
}
