//! Grade progression: small cohorts worked by hand, and laws that hold of any.
//!
//! The rule (DESIGN, section 3): `E(g+1, y+1) = round(E(g, y) × progression(g)) + net
//! migration(g+1)`; the first grade is whoever enters. Deliberately absent: how rates are
//! estimated from past censuses (`estimate`).

use proptest::collection::vec;
use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::cases;
use shapan_testing::*;

fn status_quo(plan: &Plan) -> Outcome {
    evaluate(plan, &id("status-quo")).unwrap()
}

/// Three fiscal years from 2012 in a region of 6-3 and one of 5-4: censuses 2011 to 2014.
fn two_systems() -> PlanParts {
    let mut plan = bare(2012, 3, &["north", "south"]);
    plan.regions[1].system = SchoolSystem::FiveFour;
    let intake = but_in(dated(&[("2000-spring", 110), ("2014-autumn", 105)]), "south", 60);
    let mut primary = by_grade(
        "primary",
        Stage::Primary,
        &[
            (2011, &[("north", &[100, 98, 97, 101, 90, 88]), ("south", &[50, 50, 50, 50, 50])]),
            (2013, &[("north", &[112, 109, 100, 99, 95, 100]), ("south", &[61, 59, 48, 46, 47])]),
        ],
        Entry::Given(intake),
    );
    let of_primary = as_cohort(&mut primary);
    of_primary.progression = [(1, always(985_000)), (5, always(950_000))].into();
    of_primary.migration = [(3, but_in(always(2), "south", -1)), (4, always(-3))].into();
    plan.populations = vec![
        primary,
        by_grade(
            "junior",
            Stage::Junior,
            &[(2011, &[("north", &[80, 82, 84]), ("south", &[40, 41, 42, 43])])],
            leavers("primary", 980_000, None),
        ),
        by_grade(
            "senior",
            Stage::Senior,
            &[(2011, &[("north", &[30, 30, 30]), ("south", &[15, 15, 15])])],
            leavers("junior", 970_000, Some(550_000)),
        ),
        by_grade(
            "vocational",
            Stage::Vocational,
            &[(2011, &[("north", &[20, 20, 20])])], // nobody in the south yet
            Entry::Rest { beside: id("senior") },
        ),
    ]
    .into();
    plan
}

/// The grades of a population in a region, in every school year.
fn grades(plan: &Plan, outcome: &Outcome, population: &str, region: usize) -> Vec<Vec<i64>> {
    let in_year = |n| outcome.grades(&id(population), region, n).unwrap().to_vec();
    (0..=plan.horizon.years()).map(in_year).collect()
}

#[test]
fn grades_move_up_by_rate_and_migration_and_a_later_census_replaces_them() {
    let plan = Plan::new(two_systems()).unwrap();
    let outcome = status_quo(&plan);
    assert_eq!(
        grades(&plan, &outcome, "primary", 0),
        [
            [100, 98, 97, 101, 90, 88], // counted
            // 110 enter; 100 × 0.985 = 98.5 → 99; 98 + 2; 97 − 3; 101; 90 × 0.95 = 85.5 → 86
            [110, 99, 100, 94, 101, 86],
            [112, 109, 100, 99, 95, 100], // counted; 110, 108, 101, 97, 94, 96 would have been
            // 105 enter; 112 × 0.985 = 110.32; 109 + 2; 100 − 3; 99; 95 × 0.95 = 90.25
            [105, 110, 111, 97, 99, 90],
        ]
    );
    assert_eq!(
        grades(&plan, &outcome, "primary", 1),
        [
            [50, 50, 50, 50, 50, 0], // five grades: nobody is ever in a sixth
            [60, 49, 49, 47, 50, 0], // 50 × 0.985 = 49.25; 50 − 1; 50 − 3; nothing of grade 5
            [61, 59, 48, 46, 47, 0], // counted
            [60, 60, 58, 45, 46, 0], // 61 × 0.985 = 60.085; 59 − 1; 48 − 3
        ]
    );
    assert_eq!(outcome.heads(&id("primary"), 0), [574, 590, 615, 612]);
    assert_eq!(outcome.heads(&id("primary"), 1), [250, 255, 261, 269]);
}

#[test]
fn primary_leavers_enter_junior_schools_from_the_last_grade_of_their_region_s_system() {
    let plan = Plan::new(two_systems()).unwrap();
    let outcome = status_quo(&plan);
    assert_eq!(
        grades(&plan, &outcome, "junior", 0),
        [
            [80, 82, 84, 0],
            [86, 80, 82, 0], // 88 of the sixth grade in 2011 × 0.98 = 86.24
            [84, 86, 80, 0], // 86 × 0.98 = 84.28
            [98, 84, 86, 0], // the 100 counted in 2013, not those projected
        ]
    );
    assert_eq!(
        grades(&plan, &outcome, "junior", 1),
        [
            [40, 41, 42, 43],
            [49, 40, 41, 42], // 50 of the fifth grade in 2011 × 0.98
            [49, 49, 40, 41],
            [46, 49, 49, 40], // 47 × 0.98 = 46.06
        ]
    );
}

#[test]
fn junior_leavers_are_divided_between_senior_and_vocational_schools_without_a_rest() {
    let plan = Plan::new(two_systems()).unwrap();
    let outcome = status_quo(&plan);
    // North: 84 × 0.97 = 81.48 → 81 go on, × 0.55 = 44.55 → 45 to senior schools, 36 elsewhere;
    // then 82 × 0.97 = 79.54 → 80, 44 and 36; then 80 × 0.97 = 77.6 → 78, 42.9 → 43 and 35.
    let intakes = |population: &str, region| {
        let all = grades(&plan, &outcome, population, region);
        all[1..].iter().map(|year| year[0]).collect::<Vec<_>>()
    };
    assert_eq!(intakes("senior", 0), [45, 44, 43]);
    assert_eq!(intakes("vocational", 0), [36, 36, 35]);
    // South: 43 → 41.71 → 42: 23 and 19; 42 → 40.74 → 41: 22.55 → 23 and 18; 41 → 39.77 → 40:
    // 22 and 18.
    assert_eq!(intakes("senior", 1), [23, 23, 22]);
    assert_eq!(intakes("vocational", 1), [19, 18, 18]);
    assert_eq!(outcome.heads(&id("vocational"), 0), [60, 76, 92, 107]);
    assert_eq!(outcome.heads(&id("vocational"), 1), [0, 19, 37, 55]);
}

#[test]
fn births_grow_where_they_are_not_given_and_are_rounded_once_with_survival_and_entry() {
    let mut plan = bare(2012, 5, &["north"]);
    let births = |autumn, born| Census { year: year(autumn), heads: [(id("north"), born)].into() };
    let entry = Entry::Births {
        births: vec![births(2006, 250), births(2008, 300)],
        growth: always(50_000),
        age: 6,
        survival: always(990_000),
        rate: always(950_000),
    };
    plan.populations = vec![by_grade("primary", Stage::Primary, &[(2011, &[])], entry)].into();
    let plan = Plan::new(plan).unwrap();
    let entered: Vec<_> =
        grades(&plan, &status_quo(&plan), "primary", 0).iter().map(|year| year[0]).collect();
    // Born 2006: 250 × 0.99 × 0.95 = 235.125; 236 if the 247.5 survivors were rounded first.
    // Born 2007: 250 × 1.05 = 262.5 → 263, of whom 247.35 enter. Born 2008: 300, 282.15 enter.
    // Born 2009: 315, 296.26 enter. Born 2010: 330.75 → 331, 311.31 enter.
    assert_eq!(entered, [0, 235, 247, 282, 296, 311]);
}

#[test]
fn the_rates_of_an_autumn_are_those_in_force_in_it() {
    let mut plan = bare(2012, 2, &["north"]);
    let mut primary = by_grade(
        "primary",
        Stage::Primary,
        &[(2011, &[("north", &[100, 100, 100, 100, 100, 100])])],
        Entry::Given(dated(&[("2012-autumn", 7), ("2013-spring", 8)])),
    );
    as_cohort(&mut primary).progression =
        [(1, dated(&[("2000-spring", 900_000), ("2013-autumn", 800_000)]))].into();
    plan.populations = vec![primary].into();
    let plan = Plan::new(plan).unwrap();
    let all = grades(&plan, &status_quo(&plan), "primary", 0);
    assert_eq!(all[1][..3], [7, 90, 100]);
    assert_eq!(all[2][..3], [8, 6, 90]); // 7 × 0.8 = 5.6
}

#[test]
fn more_leavers_than_there_are_pupils_is_an_error_that_names_where_and_when() {
    let mut plan = two_systems();
    let south = but_in(dated(&[("2012-autumn", -40), ("2014-autumn", -62)]), "north", 0);
    as_cohort(&mut plan.populations[0]).migration = [(2, south)].into();
    let plan = Plan::new(plan).unwrap();
    // South: 61 in the first grade of 2013, 60 of whom go on: two less than nobody in 2014.
    assert_eq!(
        evaluate(&plan, &id("status-quo")).unwrap_err(),
        EvaluateError::NegativeHeads {
            population: id("primary"),
            region: id("south"),
            year: year(2014)
        }
    );
}

#[test]
fn a_share_of_a_cohort_follows_it_and_a_programme_pays_for_it() {
    let mut plan = two_systems();
    plan.populations.push(part_of("boarders", "junior", 100_000));
    plan.sources = vec![source("county")].into();
    plan.programmes = vec![
        programme("public-funds", heads("junior", still(80_000)), split(&[], "county")),
        programme("boarding", heads("boarders", still(125_000)), split(&[], "county")),
    ]
    .into();
    let plan = Plan::new(plan).unwrap();
    let outcome = status_quo(&plan);
    // North: 246, 248, 250, 268 pupils.
    assert_eq!(outcome.heads(&id("junior"), 0), [246, 248, 250, 268]);
    assert_eq!(outcome.heads(&id("boarders"), 0), [25, 25, 25, 27]);
    // 800 yuan a year: half for 246 in spring 2012, half for 248 in its autumn.
    let paid = |programme, semester| plan.cell(programme, "north", semester).paid(&outcome);
    assert_eq!(paid("public-funds", "2012-spring"), Fen(246 * 40_000));
    assert_eq!(paid("public-funds", "2012-autumn"), Fen(248 * 40_000));
    assert_eq!(paid("public-funds", "2014-autumn"), Fen(268 * 40_000));
    assert_eq!(paid("boarding", "2014-autumn"), Fen(27 * 62_500));
}

#[test]
fn what_is_not_known_by_grade_has_no_grades_and_neither_has_a_year_past_the_end() {
    let mut plan = two_systems();
    plan.populations.push(counted("teachers", 2011, &[("north", 3)]));
    let plan = Plan::new(plan).unwrap();
    let outcome = status_quo(&plan);
    assert_eq!(outcome.grades(&id("teachers"), 0, 0), None);
    assert_eq!(outcome.grades(&id("nobody"), 0, 0), None);
    // The place after the north's last year used to be the south's first.
    assert_eq!(outcome.grades(&id("primary"), 0, 4), None);
    assert_eq!(outcome.grades(&id("primary"), 2, 0), None);
}

/// Those beside the rest stood still (nobody went to senior schools, before or after), so the
/// rest was taken from the outcome before, although more pupils left junior schools.
#[test]
fn the_rest_of_the_leavers_moves_although_those_beside_stand_still() {
    let mut plan = two_systems();
    // Those who enter junior schools in 2012 leave them in 2015.
    plan.horizon = Horizon::new(year(2012), 6).unwrap();
    as_cohort(&mut plan.populations[2]).entry = leavers("junior", 970_000, Some(0));
    let plan = Plan::new(plan).unwrap();
    let path = id("populations/junior/transfer-rate");
    let more = change("populations/junior/transfer-rate", Operation::Set, MILLION, "2012-autumn");
    let more = measure("more", vec![more]);
    let before = status_quo(&plan);
    let again = reevaluate_stack(&plan, &[&more], &before, &[&path]).unwrap();
    assert_eq!(again, evaluate_stack(&plan, &[&more]).unwrap());
    assert_ne!(again.heads(&id("vocational"), 0), before.heads(&id("vocational"), 0));
    assert_eq!(again.heads(&id("senior"), 0), before.heads(&id("senior"), 0));
}

/// Asking why of a grade that a region's system does not have never came to an end.
#[test]
fn every_grade_can_be_asked_where_it_comes_from_and_says_what_the_outcome_says() {
    let plan = Plan::new(two_systems()).unwrap();
    let outcome = status_quo(&plan);
    for population in &plan.populations {
        let places = (0..2).flat_map(|r| (0..=3).map(move |n| (r, n)));
        for (region, n) in places {
            let autumn = year(2011 + i64::try_from(n).unwrap());
            for (grade, heads) in (1..).zip(outcome.grades(&population.id, region, n).unwrap()) {
                let population = population.id.clone();
                let what = What::Grade { population, grade, region, year: autumn };
                let trace = why(&plan, &[], &outcome, &what).unwrap().unwrap();
                assert_eq!(trace.value, *heads, "{what:?}");
            }
            let what = What::Heads { population: population.id.clone(), region, year: autumn };
            let trace = why(&plan, &[], &outcome, &what).unwrap().unwrap();
            assert_eq!(trace.value, outcome.heads(&population.id, region)[n]);
        }
    }
}

/// What a chain of four stages is made of: systems by region, years, and by region the heads
/// of a first census; transfer rates and the division of leavers.
#[derive(Clone, Debug)]
struct Chain {
    systems: Vec<SchoolSystem>,
    years: u8,
    heads: Vec<Vec<i64>>,
    intake: i64,
    rates: [i64; 4],
}

fn chain() -> impl Strategy<Value = Chain> {
    let system = prop_oneof![Just(SchoolSystem::SixThree), Just(SchoolSystem::FiveFour)];
    let regions = vec((system, vec(0..3_000i64, 15)), 1..=3);
    let rate = || prop_oneof![Just(0), Just(MILLION), 0..=MILLION, 0..=MILLION];
    let rates = [rate(), rate(), rate(), rate()];
    (regions, 1..=12u8, 0..3_000i64, rates).prop_map(|(regions, years, intake, rates)| {
        let (systems, heads) = regions.into_iter().unzip();
        Chain { systems, years, heads, intake, rates }
    })
}

impl Chain {
    /// Nobody repeats, leaves or comes. The rates: primary and junior transfer, division, and
    /// one that laws may use for grades.
    fn parts(&self) -> PlanParts {
        let names = ["r0", "r1", "r2"];
        let mut plan = bare(2012, self.years, &names[..self.systems.len()]);
        for (region, system) in plan.regions.iter_mut().zip(&self.systems) {
            region.system = *system;
        }
        let census = |stage: Stage, from: usize| {
            let region = |(r, system): (usize, &SchoolSystem)| {
                let grades = self.heads[r][from..from + stage.grades(*system)].to_vec();
                (id(names[r]), grades)
            };
            let heads = self.systems.iter().enumerate().map(region).collect();
            vec![GradeCensus { year: year(2011), heads }]
        };
        let of = |name: &str, stage: Stage, from: usize, entry: Entry| {
            let mut population = by_grade(name, stage, &[], entry);
            as_cohort(&mut population).censuses = census(stage, from);
            population
        };
        let [transfer, on, division, _] = self.rates;
        plan.populations = vec![
            of("vocational", Stage::Vocational, 12, Entry::Rest { beside: id("senior") }),
            of("senior", Stage::Senior, 9, leavers("junior", on, Some(division))),
            of("junior", Stage::Junior, 5, leavers("primary", transfer, None)),
            of("primary", Stage::Primary, 0, Entry::Given(always(self.intake))),
        ]
        .into();
        plan
    }

    fn last(&self, stage: Stage, region: usize) -> usize {
        stage.grades(self.systems[region]) - 1
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn without_rates_and_migration_everybody_moves_up_and_nobody_is_lost(chain in chain()) {
        let plan = Plan::new(chain.parts()).unwrap();
        let outcome = status_quo(&plan);
        for population in &plan.populations {
            for region in 0..plan.regions.len() {
                let last = chain.last(population.stage, region);
                let all = grades(&plan, &outcome, population.id.as_str(), region);
                for (before, after) in all.iter().zip(&all[1..]) {
                    prop_assert_eq!(&before[..last], &after[1..=last]);
                }
                let sums: Vec<i64> = all.iter().map(|year| year.iter().sum()).collect();
                prop_assert_eq!(outcome.heads(&population.id, region), &sums[..]);
                prop_assert!(all.iter().flat_map(|year| &year[last + 1..]).all(|heads| *heads == 0));
            }
        }
    }

    #[test]
    fn every_leaver_who_goes_on_is_in_one_school_or_the_other(chain in chain()) {
        let plan = Plan::new(chain.parts()).unwrap();
        let outcome = status_quo(&plan);
        for region in 0..plan.regions.len() {
            let of = |name: &str| grades(&plan, &outcome, name, region);
            let (primary, junior) = (of("primary"), of("junior"));
            let (senior, vocational) = (of("senior"), of("vocational"));
            for n in 1..=plan.horizon.years() {
                let leavers = primary[n - 1][chain.last(Stage::Primary, region)];
                prop_assert_eq!(junior[n][0], share_of(leavers, chain.rates[0]).unwrap());
                let leavers = junior[n - 1][chain.last(Stage::Junior, region)];
                let gone_on = share_of(leavers, chain.rates[1]).unwrap();
                prop_assert_eq!(senior[n][0] + vocational[n][0], gone_on);
                prop_assert_eq!(senior[n][0], share_of(gone_on, chain.rates[2]).unwrap());
            }
        }
    }

    #[test]
    fn a_rate_below_one_never_makes_a_year_group_larger_and_migration_adds_just_itself(
        (chain, net) in (chain(), 0..50i64)
    ) {
        let mut plan = chain.parts();
        let plan_regions = plan.regions.len();
        let primary = as_cohort(&mut plan.populations[3]);
        let most = (0..plan_regions).map(|r| chain.last(Stage::Primary, r)).max().unwrap();
        let all = 1..=u8::try_from(most).unwrap();
        primary.progression = all.map(|grade| (grade, always(chain.rates[3]))).collect();
        let without = Plan::new(plan.clone()).unwrap();
        as_cohort(&mut plan.populations[3]).migration = [(2, always(net))].into();
        let with = Plan::new(plan).unwrap();
        let (outcome, outcome_with) = (status_quo(&without), status_quo(&with));
        for region in 0..without.regions.len() {
            let all = grades(&without, &outcome, "primary", region);
            let all_with = grades(&with, &outcome_with, "primary", region);
            for (before, after) in all.iter().zip(&all[1..]) {
                prop_assert!(before.iter().zip(&after[1..]).all(|(from, to)| to <= from));
            }
            for (one, other) in all[1..].iter().zip(&all_with[1..]) {
                prop_assert_eq!(one[1] + net, other[1]);
            }
        }
    }

    #[test]
    fn a_later_census_of_what_was_projected_anyway_changes_nothing((chain, n) in (chain(), 0..12usize)) {
        let plan = Plan::new(chain.parts()).unwrap();
        let outcome = status_quo(&plan);
        let n = 1 + n % plan.horizon.years();
        let counted = plan.edit(|parts| {
            for population in &mut parts.populations {
                let grades = |region: usize| {
                    let grades = outcome.grades(&population.id, region, n).unwrap();
                    grades[..=chain.last(population.stage, region)].to_vec()
                };
                let heads = plan.regions.iter().enumerate().map(|(r, region)| (region.id.clone(), grades(r)));
                let autumn = year(2011 + i64::try_from(n).unwrap());
                let census = GradeCensus { year: autumn, heads: heads.collect() };
                as_cohort(population).censuses.push(census);
            }
        }).unwrap();
        let again = status_quo(&counted);
        for (population, region) in plan.populations.iter().flat_map(|p| (0..plan.regions.len()).map(move |r| (p, r))) {
            let all = |outcome| grades(&plan, outcome, population.id.as_str(), region);
            prop_assert_eq!(all(&outcome), all(&again));
        }
    }

    #[test]
    fn computing_again_what_moved_equals_computing_everything(
        (chain, path, value) in (chain(), 0..4usize, 0..=MILLION)
    ) {
        let plan = Plan::new(chain.parts()).unwrap();
        let paths = ["primary/intake", "junior/transfer-rate", "senior/transfer-rate", "senior/division"];
        let path = format!("populations/{}", paths[path]);
        let moved = measure("moved", vec![change(&path, Operation::Set, value, "2013-spring")]);
        let again = reevaluate_stack(&plan, &[&moved], &status_quo(&plan), &[&id(&path)]).unwrap();
        prop_assert_eq!(again, evaluate_stack(&plan, &[&moved]).unwrap());
    }
}
