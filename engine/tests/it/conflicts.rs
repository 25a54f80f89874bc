//! Which measures set the same number at the same time and place.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan_and_scenario};
use shapan_testing::trying::*;
use shapan_testing::*;
use std::collections::BTreeSet;

fn conflicts_of(parts: PlanParts, measures: Vec<Measure>) -> Vec<Conflict> {
    conflicts(&with_measures(parts, measures), &id("try")).unwrap()
}

/// A conflict over a standard: the earlier measure, the later, when, where, whether they agree.
fn over_standard(
    pair: (&str, &str),
    (from, until): (&str, Option<&str>),
    regions: Option<&[&str]>,
    agree: bool,
) -> Conflict {
    Conflict {
        path: id(STANDARD),
        overridden: (id("try"), id(pair.0)),
        winner: (id("try"), id(pair.1)),
        from: at(from),
        until: until.map(at),
        regions: regions.map(|some| some.iter().map(|r| id(r)).collect()),
        agree,
    }
}

#[test]
fn two_measures_that_set_one_standard_are_a_conflict_and_the_later_wins() {
    let meals = || paying(still(500), &[]);
    let (a, b) = (set(STANDARD, 600, "2012-autumn"), set(STANDARD, 700, "2013-spring"));
    let both =
        |a: &Change, b: &Change| vec![measure("a", vec![a.clone()]), measure("b", vec![b.clone()])];
    let found = conflicts_of(meals(), both(&a, &b));
    assert_eq!(found, [over_standard(("a", "b"), ("2013-spring", None), None, false)]);
    // The other way round the other wins, over the same time.
    let found = conflicts_of(meals(), both(&b, &a));
    assert_eq!(found, [over_standard(("a", "b"), ("2013-spring", None), None, false)]);
    let plan = with_measures(meals(), both(&b, &a));
    let heads = 1_000;
    let paid = evaluate(&plan, &id("try")).unwrap().total(Cut::ALL.in_year(1));
    assert_eq!(paid, Fen(600 * heads));
    // One that is switched off sets nothing; one that adds builds on what is there.
    let mut off = both(&a, &b);
    off[0].enabled = false;
    assert_eq!(conflicts_of(meals(), off), []);
    let adds = Change { operation: Operation::Add, ..b.clone() };
    assert_eq!(conflicts_of(meals(), both(&a, &adds)), []);
    // A measure is in no conflict with itself.
    assert_eq!(conflicts_of(meals(), vec![measure("a", vec![a, b])]), []);
}

#[test]
fn a_conflict_lasts_as_long_as_both_hold() {
    let meals = || paying(still(500), &[]);
    let spell = |value, from, last| until(last, set(STANDARD, value, from));
    let pair = |a, b| vec![measure("a", vec![a]), measure("b", vec![b])];
    let found = conflicts_of(
        meals(),
        pair(spell(6, "2012-spring", "2013-spring"), spell(7, "2012-autumn", "2014-spring")),
    );
    let when = ("2012-autumn", Some("2013-spring"));
    assert_eq!(found, [over_standard(("a", "b"), when, None, false)]);
    let one_after_the_other =
        pair(spell(6, "2012-spring", "2013-spring"), spell(7, "2013-autumn", "2014-spring"));
    assert_eq!(conflicts_of(meals(), one_after_the_other), []);
    // Only the horizon counts: both ended before, or start after.
    for (from, last) in [("2000-spring", "2011-spring"), ("2015-spring", "2016-spring")] {
        assert_eq!(conflicts_of(meals(), pair(spell(6, from, last), spell(7, from, last))), []);
    }
    // The axis starts in the autumn before the first fiscal year.
    let found = conflicts_of(
        meals(),
        pair(spell(6, "2000-spring", "2011-autumn"), set(STANDARD, 7, "2005-spring")),
    );
    let when = ("2011-autumn", Some("2011-autumn"));
    assert_eq!(found, [over_standard(("a", "b"), when, None, false)]);
}

#[test]
fn a_conflict_is_where_both_hold() {
    let three = || {
        let mut parts = paying(still(500), &[]);
        parts.regions.push(bare(2012, 1, &["west"]).regions.remove(0));
        parts
    };
    let everywhere = |value| set(STANDARD, value, "2012-spring");
    let pair = |a, b| vec![measure("a", vec![a]), measure("b", vec![b])];
    let regions = |a, b| {
        let found = conflicts_of(three(), pair(a, b));
        found.into_iter().map(|c| (c.regions, c.agree)).collect::<Vec<_>>()
    };
    let named = |names: &[&str]| Some(names.iter().map(|n| id(n)).collect::<Vec<RegionId>>());

    let south = within(&["south", "west"], everywhere(7));
    assert_eq!(regions(everywhere(6), south.clone()), [(named(&["south", "west"]), false)]);
    assert_eq!(regions(south.clone(), everywhere(6)), [(named(&["south", "west"]), false)]);
    // Values by region meet where both name a region.
    let values = by_region(&[("north", 7), ("west", 7)], everywhere(0));
    assert_eq!(regions(values.clone(), south.clone()), [(named(&["west"]), true)]);
    assert_eq!(regions(within(&["north"], everywhere(7)), south), []);
    let all = within(&["west", "north", "south"], everywhere(7));
    assert_eq!(regions(all, everywhere(6)), [(None, false)]);
    // One region they disagree in is enough.
    assert_eq!(regions(values, everywhere(7)), [(named(&["north", "west"]), true)]);
    let values = by_region(&[("north", 7), ("west", 8)], everywhere(0));
    assert_eq!(regions(values, everywhere(7)), [(named(&["north", "west"]), false)]);
}

#[test]
fn of_three_measures_each_wins_over_what_lies_on_top() {
    let everywhere = |value| set(STANDARD, value, "2012-spring");
    let found = conflicts_of(
        paying(still(500), &[]),
        vec![
            measure("a", vec![everywhere(6)]),
            measure("b", vec![within(&["south"], everywhere(7))]),
            measure("c", vec![everywhere(6)]),
        ],
    );
    let always = ("2012-spring", None);
    assert_eq!(
        found,
        [
            over_standard(("a", "b"), always, Some(&["south"]), false),
            over_standard(("a", "c"), always, Some(&["north"]), true),
            over_standard(("b", "c"), always, Some(&["south"]), false),
        ]
    );
}

#[test]
fn a_measure_that_sets_a_number_twice_is_judged_by_what_it_leaves() {
    let twice = vec![set(STANDARD, 6, "2012-spring"), set(STANDARD, 7, "2013-spring")];
    let seven = |from| measure("a", vec![set(STANDARD, 7, from)]);
    let found = conflicts_of(
        paying(still(500), &[]),
        vec![seven("2013-spring"), measure("b", twice.clone())],
    );
    assert_eq!(found, [over_standard(("a", "b"), ("2013-spring", None), None, true)]);
    let found =
        conflicts_of(paying(still(500), &[]), vec![seven("2012-spring"), measure("b", twice)]);
    assert_eq!(found, [over_standard(("a", "b"), ("2012-spring", None), None, false)]);
}

#[test]
fn whether_indexed_values_agree_depends_on_when_they_were_set() {
    let indexed = || paying(growing(500, 100_000), &[]);
    let pair = |a: (i64, &str), b: (i64, &str)| {
        let each = |name, (value, from)| measure(name, vec![set(STANDARD, value, from)]);
        vec![each("a", a), each("b", b)]
    };
    let agree = |a, b| conflicts_of(indexed(), pair(a, b))[0].agree;
    assert!(agree((600, "2012-spring"), (600, "2012-spring")));
    // No spring with a new year's prices lies between.
    assert!(agree((600, "2012-spring"), (600, "2012-autumn")));
    assert!(!agree((600, "2012-autumn"), (600, "2013-spring")));
    // 600 yuan grown by a tenth are 660.
    assert!(agree((600, "2012-autumn"), (660, "2013-spring")));
    // Different growth in one region is enough to disagree.
    let mut parts = indexed();
    let Driver::Heads { standard, .. } = &mut parts.programmes[0].driver else { panic!() };
    let growth = standard.indexation.as_mut().unwrap();
    growth.by_region.insert(id("south"), dated(&[("2000-spring", 0)]).steps);
    let measures = pair((600, "2012-autumn"), (660, "2013-spring"));
    assert!(!conflicts_of(parts, measures)[0].agree);
}

#[test]
fn a_pile_of_measures_over_many_regions_is_seen_through_at_once() {
    // By hand: every measure overrides the one before it, everywhere or in its own region.
    let names: Vec<String> = (0..1_000).map(|n| format!("r-{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut parts = bare(2012, 10, &names);
    parts.populations = vec![counted("pupils", 2011, &[])].into();
    parts.sources = vec![source("county")].into();
    parts.programmes =
        vec![programme("meals", heads("pupils", still(500)), split(&[], "county"))].into();
    let measures = (0..400usize).map(|n| {
        let all = set(STANDARD, i64::try_from(n).unwrap(), "2012-spring");
        let change = if n % 2 == 0 { all } else { within(&[names[n]], all) };
        measure(&format!("m-{n}"), vec![change])
    });
    let found = conflicts_of(parts, measures.collect());
    // A region's measure over the one before; the next over both.
    assert_eq!(found.len(), 200 + 199 * 2);
    assert!(found.iter().all(|c| c.until.is_none() && !c.agree));
}

#[test]
fn the_sample_has_no_conflict() {
    let plan = taian_2012().unwrap();
    for scenario in &plan.scenarios {
        assert_eq!(conflicts(&plan, &scenario.id), Ok(Vec::new()), "{}", scenario.id);
    }
    let nowhere: ScenarioId = id("nowhere");
    assert_eq!(conflicts(&plan, &nowhere), Err(EvaluateError::UnknownScenario(nowhere.clone())));
}

/// Semesters and regions in which one measure sets over another, one by one.
type Cells =
    BTreeSet<(ParamPath, (ScenarioId, MeasureId), (ScenarioId, MeasureId), Semester, RegionId)>;

fn cells_of(plan: &Plan, conflicts: &[Conflict]) -> Cells {
    let mut cells = Cells::new();
    for c in conflicts {
        let all: Vec<RegionId> = plan.regions.iter().map(|r| r.id.clone()).collect();
        let semesters: Vec<Semester> = plan
            .horizon
            .semesters()
            .filter(|s| *s >= c.from && c.until.is_none_or(|u| *s <= u))
            .collect();
        for region in c.regions.as_ref().unwrap_or(&all) {
            for semester in &semesters {
                let (a, b) = (c.overridden.clone(), c.winner.clone());
                cells.insert((c.path.clone(), a, b, *semester, region.clone()));
            }
        }
    }
    cells
}

fn cells_one_by_one(plan: &Plan, scenario: &ScenarioId) -> Cells {
    let mut cells = Cells::new();
    for path in plan.parameters().map(|(path, _)| path) {
        for region in &plan.regions {
            for semester in plan.horizon.semesters() {
                let mut top: Option<(ScenarioId, MeasureId)> = None;
                for (owner, measure) in line(plan, scenario) {
                    let sets = measure.changes.iter().any(|c| {
                        c.path == path
                            && c.operation == Operation::Set
                            && c.from <= semester
                            && c.until.is_none_or(|u| semester <= u)
                            && c.value_in(&region.id).is_some()
                    });
                    if !sets {
                        continue;
                    }
                    let name = (owner.clone(), measure.id.clone());
                    if let Some(under) = top.replace(name.clone()) {
                        let place = (path.clone(), under, name, semester, region.id.clone());
                        cells.insert(place);
                    }
                }
            }
        }
    }
    cells
}

/// The plan with all changes setting small values, of few numbers: much to collide.
fn setting(plan: &Plan) -> Plan {
    let all: Vec<ParamPath> = plan.parameters().map(|(path, _)| path).collect();
    let set = |change: &mut Change| {
        let bounds = change.path.unit().bounds();
        change.operation = Operation::Set;
        match &mut change.value {
            ChangeValue::One(value) => *value = (*bounds.start()).max(*value % 3),
            ChangeValue::ByRegion(values) => {
                values.values_mut().for_each(|v| *v = (*bounds.start()).max(*v % 3));
            }
        }
    };
    plan.edit(|parts| {
        for measure in parts.scenarios.iter_mut().flat_map(|s| &mut s.measures) {
            for change in &mut measure.changes {
                // Few paths, so that measures meet.
                let unit = change.path.unit();
                let same = all.iter().find(|p| p.unit() == unit && p.programme().is_some());
                if let Some(path) = same {
                    change.path = path.clone();
                }
                set(change);
            }
        }
    })
    .unwrap()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn conflicts_are_what_looking_at_every_region_and_semester_finds((plan, id) in plan_and_scenario()) {
        for plan in [setting(&plan), plan] {
            let found = conflicts(&plan, &id).unwrap();
            prop_assert_eq!(cells_of(&plan, &found), cells_one_by_one(&plan, &id));
            let line = line(&plan, &id);
            let place = |name: &(ScenarioId, MeasureId)| {
                line.iter().position(|(s, m)| (*s, &m.id) == (&name.0, &name.1)).unwrap()
            };
            prop_assert!(found.iter().all(|c| place(&c.overridden) < place(&c.winner)));
        }
    }

    #[test]
    fn measures_agree_where_each_alone_pays_what_the_other_would(
        (value, rates, starts, how) in
            (1..999_999i64, [-900_000..900_000i64, -900_000..900_000i64], [0..7usize, 0..7usize], 0..4)
    ) {
        // Two heads: what a semester pays is the standard.
        let rate = but_in(always(rates[0]), "south", if how == 0 { rates[1] } else { rates[0] });
        let standard = Indexed { value: always(1), indexation: Some(rate) };
        let mut parts = paying(standard, &[]);
        parts.populations = vec![counted("pupils", 2011, &[("north", 2), ("south", 2)])].into();
        let all: Vec<Semester> = parts.horizon.semesters().collect();
        let [from, other_from] = starts.map(|place| all[place].to_string());
        let alone = |value, from: &str| {
            let plan = with_measures(parts.clone(), vec![measure("m", vec![set(STANDARD, value, from)])]);
            let outcome = evaluate(&plan, &id("try")).unwrap();
            payments(&plan, &outcome).into_iter().map(|cell| (cell, cell.paid(&outcome))).collect::<Vec<_>>()
        };
        let ours = alone(value, &from);
        // What the first has grown to by the time of the second, or something else.
        let grown = ours.iter().find(|(cell, _)| cell.region == 0 && cell.period + 1 == starts[1]);
        let other = grown.filter(|_| how < 3).map_or(value, |(_, amount)| amount.0);
        let (place, late) = (starts[0].max(starts[1]), all[starts[0].max(starts[1])]);
        let theirs = alone(other, &other_from);
        let same = ours.iter().zip(&theirs).filter(|((cell, _), _)| cell.period + 1 >= place);
        // The autumn before the first fiscal year is not paid for.
        let same = same.clone().all(|(a, b)| a == b) && (place > 0 || value == other);
        let found = conflicts_of(parts.clone(), vec![
            measure("a", vec![set(STANDARD, value, &from)]),
            measure("b", vec![set(STANDARD, other, &other_from)]),
        ]);
        prop_assert_eq!(found, [over_standard(("a", "b"), (&late.to_string(), None), None, same)]);
    }

    #[test]
    fn measures_of_disjoint_regions_are_in_no_conflict(values in prop::collection::vec(0..9_999i64, 2..6)) {
        let names: Vec<String> = (0..values.len()).map(|n| format!("r-{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut parts = bare(2012, 2, &names);
        parts.populations = vec![counted("pupils", 2011, &[])].into();
        parts.sources = vec![source("county")].into();
        parts.programmes = vec![programme("meals", heads("pupils", still(1)), split(&[], "county"))].into();
        let each = values.iter().zip(&names).map(|(value, region)| {
            measure(region, vec![within(&[region], set(STANDARD, *value, "2012-spring"))])
        });
        prop_assert!(conflicts_of(parts, each.collect()).is_empty());
    }
}
