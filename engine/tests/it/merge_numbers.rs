//! Merging by number, case by case: two counties and a city.

use shapan_engine::merge::*;
use shapan_engine::*;
use shapan_testing::*;
use std::collections::{BTreeMap, BTreeSet};

/// Three counties with pupils who board.
fn city() -> Plan {
    let mut parts = bare(2012, 4, &["east", "west", "south"]);
    let heads = [("east", 26_310), ("west", 8_000), ("south", 500)];
    parts.populations.push(counted_in("primary", &[(2011, &heads)], 20_000));
    parts.sources.push(source("county"));
    let standard = heads_programme();
    parts.programmes.push(programme("meals", standard, split(&[], "county")));
    Plan::new(parts).unwrap()
}

fn heads_programme() -> Driver {
    heads("primary", still(100_000))
}

fn edited(plan: &Plan, change: impl FnOnce(&mut PlanParts)) -> Plan {
    plan.edit(change).unwrap()
}

fn censuses(parts: &mut PlanParts) -> &mut Vec<Census> {
    match &mut parts.populations[0].headcount {
        Headcount::Counted { censuses, .. } => censuses,
        _ => unreachable!("it is counted"),
    }
}

/// What a county counts in an autumn; the page fills in what the others are projected to be.
fn counts(plan: &Plan, autumn: i64, region: &str, number: i64) -> Plan {
    let outcome = evaluate(plan, &plan.status_quo().unwrap().id).unwrap();
    edited(plan, |parts| {
        let place = usize::try_from(autumn - 2011).unwrap();
        let regions: Vec<RegionId> = parts.regions.iter().map(|r| r.id.clone()).collect();
        let all = censuses(parts);
        if all.iter().all(|c| c.year != year(autumn)) {
            let heads = regions.iter().enumerate();
            let heads = heads.map(|(n, r)| (r.clone(), outcome.heads(&id("primary"), n)[place]));
            all.push(Census { year: year(autumn), heads: heads.collect() });
            all.sort_by_key(|c| c.year);
        }
        let census = all.iter_mut().find(|c| c.year == year(autumn)).unwrap();
        census.heads.insert(id(region), number);
    })
}

fn standard(plan: &Plan, region: &str, steps: &[(&str, i64)]) -> Plan {
    edited(plan, |parts| {
        let Driver::Heads { standard, .. } = &mut parts.programmes[0].driver else {
            unreachable!("it is per head")
        };
        standard.value.by_region.insert(id(region), dated(steps).steps);
    })
}

fn names(keys: &[Key]) -> Vec<String> {
    keys.iter().map(ToString::to_string).collect()
}

#[test]
fn two_counties_that_count_one_region_each_both_come_in() {
    // A whole population was one item: the second county's file undid the first's, "0 conflicts".
    let base = city();
    let (a, b) = (counts(&base, 2011, "east", 26_950), counts(&base, 2011, "west", 8_100));
    let first = three_way(&base, &base, &a);
    assert_eq!(first.plan, a);
    assert_eq!(names(&first.taken), ["populations/primary/heads/2011/east"]);
    let both = three_way(&base, &a, &b);
    assert_eq!(both.conflicts, []);
    assert_eq!(both.plan, counts(&a, 2011, "west", 8_100));
    assert_eq!(both.plan, three_way(&base, &b, &a).plan);
}

#[test]
fn an_autumn_that_nobody_had_counted_comes_from_each_county_and_moves_no_other() {
    let base = city();
    let (a, b) = (counts(&base, 2014, "east", 30_000), counts(&base, 2014, "west", 9_000));
    let merged = three_way(&base, &a, &b);
    assert_eq!(merged.conflicts, []);
    let heads = |plan: &Plan| {
        let outcome = evaluate(plan, &plan.status_quo().unwrap().id).unwrap();
        [0, 1, 2].map(|region| outcome.heads(&id("primary"), region)[3])
    };
    assert_eq!(heads(&merged.plan), [30_000, 9_000, heads(&base)[2]]);
}

#[test]
fn what_one_county_lets_grow_otherwise_counts_in_an_autumn_the_other_counts() {
    let base = city();
    let grown = edited(&base, |parts| {
        if let Headcount::Counted { growth, .. } = &mut parts.populations[0].headcount {
            growth.by_region.insert(id("east"), dated(&[("2011-autumn", 500_000)]).steps);
        }
    });
    let counted = counts(&base, 2013, "west", 9_000);
    let merged = three_way(&base, &grown, &counted);
    let back = three_way(&base, &counted, &grown);
    assert_eq!((merged.conflicts, back.conflicts), (vec![], vec![]));
    assert_eq!(merged.plan, back.plan);
    let outcome = evaluate(&grown, &grown.status_quo().unwrap().id).unwrap();
    let mut parts = merged.plan.into_parts();
    let census = censuses(&mut parts).pop().unwrap();
    assert_eq!(census.heads[&id("east")], outcome.heads(&id("primary"), 0)[2]);
}

#[test]
fn one_region_in_two_fiscal_years_does_not_clash() {
    let base = city();
    let a = standard(
        &base,
        "east",
        &[("2000-spring", 100_000), ("2012-spring", 120_000), ("2013-spring", 100_000)],
    );
    let b = standard(
        &base,
        "east",
        &[("2000-spring", 100_000), ("2013-spring", 130_000), ("2014-spring", 100_000)],
    );
    let merged = three_way(&base, &a, &b);
    assert_eq!(merged.conflicts, []);
    let both = [
        ("2000-spring", 100_000),
        ("2012-spring", 120_000),
        ("2013-spring", 130_000),
        ("2014-spring", 100_000),
    ];
    assert_eq!(merged.plan, standard(&base, "east", &both));
    assert_eq!(
        names(&differences(&base, &b)),
        ["programmes/meals/standard/east/from/2013-spring/until/2014-spring"]
    );
}

#[test]
fn what_the_city_raises_for_all_reaches_a_county_that_set_one_year() {
    let base = city();
    let raised = edited(&base, |parts| {
        if let Driver::Heads { standard, .. } = &mut parts.programmes[0].driver {
            standard.value.steps[0].value = 200_000;
        }
    });
    let own = [("2000-spring", 100_000), ("2013-spring", 130_000), ("2014-spring", 100_000)];
    let merged = three_way(&base, &raised, &standard(&base, "east", &own));
    assert_eq!(merged.conflicts, []);
    let both = [("2000-spring", 200_000), ("2013-spring", 130_000), ("2014-spring", 200_000)];
    assert_eq!(merged.plan, standard(&raised, "east", &both));
}

#[test]
fn one_number_changed_to_two_is_a_conflict_and_to_one_is_none() {
    let base = city();
    let (a, b) = (counts(&base, 2011, "east", 27_000), counts(&base, 2011, "east", 28_000));
    let merged = three_way(&base, &a, &b);
    assert_eq!(merged.plan, a);
    assert_eq!(names(&merged.conflicts), ["populations/primary/heads/2011/east"]);
    assert_eq!(merged.conflicts[0].region(&base), Some(id("east")));
    assert_eq!(three_way(&base, &a, &a).conflicts, []);
    let preview = Preview::of(&a, &b, Some(&base));
    expect!(preview.items[0], sort: Sort::Conflict, default: Choice::Ours);
    let [was, ours, theirs] =
        [&base, &a, &b].map(|plan| Numbers::of(plan).get(&preview.items[0].key));
    assert_eq!(was, Some(Standing::Stated(26_310)));
    assert_eq!((ours, theirs), (Some(Standing::Stated(27_000)), Some(Standing::Stated(28_000))));
}

#[test]
fn without_a_common_version_a_number_that_differs_is_not_taken_unless_it_is_chosen() {
    let (here, there) = (city(), counts(&city(), 2011, "east", 28_000));
    let preview = Preview::of(&here, &there, None);
    expect!(preview.items[0], sort: Sort::Changed, default: Choice::Ours);
    assert!(preview.base().is_none());
    assert_eq!(preview.resolve(&BTreeMap::new()).unwrap(), Resolved::default());
    let known = Preview::of(&here, &there, Some(&here));
    expect!(known.items[0], sort: Sort::Changed, default: Choice::Theirs);
}

#[test]
fn what_ours_removed_with_a_region_is_listed_where_theirs_had_changed_it() {
    let base = city();
    let mut document = Document::new(base.clone());
    document.dispatch(Command::Remove(ThingId::Region(id("east"))), None).unwrap();
    let ours = Plan::clone(document.plan());
    let merged = three_way(&base, &ours, &counts(&base, 2011, "east", 27_000));
    assert_eq!(names(&merged.conflicts), ["regions/east"]);
    assert_eq!(merged.plan, ours);
    // The other way round the region stays, and that it was removed there is listed.
    let back = three_way(&base, &counts(&base, 2011, "east", 27_000), &ours);
    assert_eq!(names(&back.conflicts), ["regions/east"]);
}

#[test]
fn a_new_region_comes_with_its_numbers() {
    let base = city();
    let there = edited(&base, |parts| {
        let mut north = parts.regions[0].clone();
        north.id = id("north");
        parts.regions.push(north);
        censuses(parts)[0].heads.insert(id("north"), 77);
    });
    let there = standard(&there, "north", &[("2000-spring", 1)]);
    let merged = three_way(&base, &counts(&base, 2011, "west", 1), &there);
    assert_eq!(merged.plan, counts(&there, 2011, "west", 1));
}

#[test]
fn exactly_the_numbers_of_one_region_can_be_taken() {
    let base = city();
    let there = counts(&counts(&base, 2011, "east", 27_000), 2011, "west", 1);
    let there = standard(&there, "east", &[("2000-spring", 5)]);
    let all = differences(&base, &there);
    let of_east: BTreeSet<Key> =
        all.into_iter().filter(|key| key.region(&base) == Some(id("east"))).collect();
    assert_eq!(of_east.len(), 2);
    let taken = take(&base, &there, &of_east).unwrap();
    let wanted = standard(&counts(&base, 2011, "east", 27_000), "east", &[("2000-spring", 5)]);
    assert_eq!(taken, wanted);
}

#[test]
fn pupils_and_books_of_one_school_are_numbers_of_their_own() {
    let base = edited(&city(), |parts| {
        let unit = words("册", "books");
        let extra = Extra::default();
        parts.resources.push(Resource { id: id("books"), name: unit.clone(), unit, extra });
        let mut one = school("first", "east", &[(Stage::Primary, 300)]);
        one.resources.insert(id("books"), 10);
        parts.schools.push(one);
    });
    let a = edited(&base, |parts| {
        parts.schools[0].pupils.insert(Stage::Primary, 310);
    });
    let b = edited(&base, |parts| {
        parts.schools[0].resources.insert(id("books"), 99);
    });
    let merged = three_way(&base, &a, &b);
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.plan.schools[0].pupils[&Stage::Primary], 310);
    assert_eq!(merged.plan.schools[0].resources[&id("books")], 99);
    assert_eq!(names(&merged.taken), ["schools/first/resources/books"]);
}
