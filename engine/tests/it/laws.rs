//! Laws that hold of every plan: what adds up, what changes nothing, what is proportional.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{
    cases, change as any_change, measure as any_measure, plan as any_plan, plan_and_scenario,
    standing_heads, wild_change,
};
use shapan_testing::*;
use std::collections::BTreeMap;

/// Both ways of a sum: fen that are never rounded again cannot depend on it.
fn sum(amounts: impl IntoIterator<Item = Fen>) -> Fen {
    amounts.into_iter().sum()
}

/// The plan with one more scenario, `extra`, on top of another.
fn with_scenario(plan: &Plan, parent: &ScenarioId, measures: Vec<Measure>) -> Plan {
    plan.edit(|parts| {
        parts.scenarios.push(scenario("extra", Some(parent.as_str()), measures));
    })
    .unwrap()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn sources_add_up_to_every_payment_and_parts_to_the_whole((plan, id) in plan_and_scenario()) {
        let outcome = evaluate(&plan, &id).unwrap();
        let cells = payments(&plan, &outcome);
        let whole = outcome.total(Cut::ALL);
        prop_assert_eq!(sum(cells.iter().map(|cell| cell.paid(&outcome))), whole);
        for cell in &cells {
            prop_assert!(cell.by_source(&outcome).into_iter().all(|part| part >= Fen::ZERO));
        }

        let (programmes, regions) = (0..plan.programmes.len(), 0..plan.regions.len());
        let (years, sources) = (0..plan.horizon.years(), 0..plan.sources.len());
        prop_assert_eq!(sum(programmes.clone().map(|p| outcome.total(Cut::ALL.of_programme(p)))), whole);
        prop_assert_eq!(sum(regions.clone().map(|r| outcome.total(Cut::ALL.in_region(r)))), whole);
        prop_assert_eq!(sum(years.clone().map(|y| outcome.total(Cut::ALL.in_year(y)))), whole);
        prop_assert_eq!(sum(sources.clone().map(|s| outcome.total(Cut::ALL.from_source(s)))), whole);
        for p in programmes {
            let a_year = match outcome.periods(p) { Periods::Semesters => 2, Periods::Years => 1 };
            for (r, y) in regions.clone().flat_map(|r| years.clone().map(move |y| (r, y))) {
                let cut = Cut::ALL.of_programme(p).in_region(r).in_year(y);
                let by_source = sources.clone().map(|s| outcome.total(cut.from_source(s)));
                let by_period = (y * a_year..(y + 1) * a_year)
                    .map(|period| Cell { programme: p, region: r, period }.paid(&outcome));
                prop_assert_eq!(sum(by_source), sum(by_period));
            }
        }
    }

    #[test]
    fn a_scenario_without_measures_is_its_parent((plan, id) in plan_and_scenario()) {
        let plan = with_scenario(&plan, &id, Vec::new());
        let (parent, empty) = (evaluate(&plan, &id).unwrap(), evaluate(&plan, &shapan_testing::id("extra")).unwrap());
        prop_assert!(agree(&plan, &empty, &parent));
    }

    #[test]
    fn a_measure_switched_off_changes_nothing(
        (plan, id, mut measure) in plan_and_scenario().prop_flat_map(|(plan, id)| {
            let measure = any_measure(&plan, shapan_testing::id("off"));
            (Just(plan), Just(id), measure)
        })
    ) {
        measure.enabled = false;
        let plan = with_scenario(&plan, &id, vec![measure]);
        let (parent, off) = (evaluate(&plan, &id).unwrap(), evaluate(&plan, &shapan_testing::id("extra")).unwrap());
        prop_assert!(agree(&plan, &off, &parent));
        prop_assert!(attribute(&plan, &shapan_testing::id("extra"), &id).unwrap().contributions().is_empty());
    }

    #[test]
    fn the_same_plan_has_the_same_outcome_again_and_out_of_its_own_file((plan, id) in plan_and_scenario()) {
        let outcome = evaluate(&plan, &id).unwrap();
        prop_assert!(agree(&plan, &outcome, &evaluate(&plan, &id).unwrap()));
        let file = files::write_plan(&plan, &files::Stamp::default());
        let files::Contents::Plan(read) = files::read(&file).unwrap().0 else { panic!("a plan") };
        prop_assert!(agree(&plan, &outcome, &evaluate(&read, &id).unwrap()));
    }

    #[test]
    fn nobody_is_half_nobody_is_missing_and_nobody_is_paid_who_is_not_there((plan, id) in plan_and_scenario()) {
        let outcome = evaluate(&plan, &id).unwrap();
        for population in &plan.populations {
            for r in 0..plan.regions.len() {
                let heads = outcome.heads(&population.id, r);
                prop_assert_eq!(heads.len(), plan.horizon.years() + 1);
                prop_assert!(heads.iter().all(|h| *h >= 0));
                if let Headcount::ShareOf { parent, .. } = &population.headcount {
                    let parents = outcome.heads(parent, r);
                    prop_assert!(heads.iter().zip(parents).all(|(part, whole)| part <= whole));
                }
            }
        }
        for cell in payments(&plan, &outcome) {
            let driver = &plan.programmes[cell.programme].driver;
            let Driver::Heads { population, timing, school_floor, .. } = driver else { continue };
            // Spring reads the census of the autumn before, autumn its own.
            let census = match timing {
                HeadsTiming::Semester => cell.period.div_ceil(2),
                HeadsTiming::Census => cell.period,
            };
            let recipients = cell.quantity(&outcome);
            // A small school counts for more pupils than it has, where there is a floor.
            let most = if school_floor.is_some() { i64::MAX } else { outcome.heads(population, cell.region)[census] };
            prop_assert!((0..=most).contains(&recipients));
        }
    }

    #[test]
    fn doubling_a_standard_doubles_a_heads_programme_up_to_a_fen_per_payment((plan, id) in plan_and_scenario()) {
        let of_heads = plan.programmes.iter().filter(|p| matches!(p.driver, Driver::Heads { .. }));
        let paths = of_heads.map(|p| format!("programmes/{}/standard", p.id)).collect::<Vec<_>>();
        let start = plan.horizon.start().to_string();
        let double = |path: &String| change(path, Operation::Scale, 2 * MILLION, &start);
        let measures = vec![measure("double", paths.iter().map(double).collect())];
        let plan = with_scenario(&plan, &id, measures);
        let (once, twice) = (evaluate(&plan, &id).unwrap(), evaluate(&plan, &shapan_testing::id("extra")).unwrap());
        for cell in payments(&plan, &once) {
            let (once_paid, twice_paid) = (cell.paid(&once), cell.paid(&twice));
            if matches!(plan.programmes[cell.programme].driver, Driver::Heads { .. }) {
                prop_assert!((twice_paid - once_paid - once_paid).abs() <= Fen(1));
                prop_assert_eq!(cell.quantity(&once), cell.quantity(&twice));
            } else {
                prop_assert_eq!(twice_paid, once_paid);
            }
        }
    }

    #[test]
    fn contributions_add_up_to_the_difference_along_every_axis(
        (plan, id) in plan_and_scenario(),
        other in any::<prop::sample::Index>(),
    ) {
        let other = plan.scenarios[other.index(plan.scenarios.len())].id.clone();
        let found = attribute(&plan, &id, &other).unwrap();
        let (scenario, base) = (evaluate(&plan, &id).unwrap(), evaluate(&plan, &other).unwrap());
        prop_assert!(agree(&plan, found.difference().scenario, &scenario));
        prop_assert!(agree(&plan, found.difference().base, &base));
        let whole = Difference { scenario: &scenario, base: &base };
        let same = |cell: Cell| cell.by_source(&scenario) == cell.by_source(&base);
        prop_assert_eq!(whole.is_zero(), payments(&plan, &base).into_iter().all(same));
        let cuts = std::iter::once(Cut::ALL)
            .chain((0..plan.horizon.years()).map(|y| Cut::ALL.in_year(y)))
            .chain((0..plan.sources.len()).map(|s| Cut::ALL.from_source(s)))
            .chain((0..plan.regions.len()).map(|r| Cut::ALL.in_region(r)))
            .chain((0..plan.programmes.len()).map(|p| Cut::ALL.of_programme(p)));
        for cut in cuts {
            let each = (0..found.contributions().len()).map(|place| found.total(place, cut));
            prop_assert_eq!(sum(each), whole.total(cut));
        }
        let enabled = plan.enabled_measures(&id).unwrap().len() + plan.enabled_measures(&other).unwrap().len();
        prop_assert!(found.contributions().len() <= enabled);
    }

    #[test]
    fn a_change_moves_nothing_outside_its_regions_or_before_its_year(
        (plan, id, change) in plan_and_scenario().prop_flat_map(|(plan, id)| {
            let change = any_change(&plan);
            (Just(plan), Just(id), change)
        })
    ) {
        let with = with_scenario(&plan, &id, vec![measure("it", vec![change.clone()])]);
        let (before, after) = (evaluate(&plan, &id).unwrap(), evaluate(&with, &shapan_testing::id("extra")).unwrap());
        let difference = Difference { scenario: &after, base: &before };
        for (r, region) in plan.regions.iter().enumerate() {
            for (y, year) in plan.years().enumerate() {
                if change.value_in(&region.id).is_none() || year < change.from.year {
                    for s in 0..plan.sources.len() {
                        let cut = Cut::ALL.in_region(r).in_year(y).from_source(s);
                        prop_assert_eq!(difference.total(cut), Fen::ZERO);
                    }
                }
            }
        }
    }

    #[test]
    fn a_gap_is_what_is_demanded_above_what_is_there_in_each_pot((plan, id) in plan_and_scenario()) {
        let outcome = evaluate(&plan, &id).unwrap();
        for (s, source) in plan.sources.iter().enumerate() {
            let is_known = source.available.is_some() || source.revenue.is_some();
            prop_assert_eq!(outcome.funding(s).is_some(), is_known);
            // Money stated for the city is one pot, all other money one for each region.
            let pots: Vec<Option<usize>> = match &source.available {
                Some(available) if available.scope == Scope::CityWide => vec![None],
                _ => (0..plan.regions.len()).map(Some).collect(),
            };
            let mut left = vec![Fen::ZERO; pots.len()];
            for y in (0..plan.horizon.years()).filter(|_| is_known) {
                let (mut gap, mut surplus) = (Fen::ZERO, Fen::ZERO);
                for (left, region) in left.iter_mut().zip(&pots) {
                    let cut = Cut { region: *region, ..Cut::ALL.from_source(s).in_year(y) };
                    let carried = if source.carry_over { *left } else { Fen::ZERO };
                    let there = outcome.available(s, *region, y).unwrap() + carried;
                    gap = gap + outcome.total(cut).above(there);
                    *left = there.above(outcome.total(cut));
                    surplus = surplus + *left;
                }
                let funding = outcome.funding(s).unwrap()[y];
                expect!(funding, gap: gap, surplus: surplus);
                prop_assert_eq!(
                    funding.available + funding.carried + funding.gap,
                    funding.demand + funding.surplus
                );
            }
        }
    }

    #[test]
    fn reached_people_are_at_most_those_there_before_or_after(
        (plan, id) in plan_and_scenario(),
        other in any::<prop::sample::Index>(),
    ) {
        let other = &plan.scenarios[other.index(plan.scenarios.len())].id;
        let (scenario, base) = (evaluate(&plan, &id).unwrap(), evaluate(&plan, other).unwrap());
        let difference = Difference { scenario: &scenario, base: &base };
        for p in 0..plan.programmes.len() {
            for y in 0..plan.horizon.years() {
                let reached = difference.reached(p, y);
                prop_assert!(reached >= 0);
                prop_assert!(reached <= scenario.recipients(p, y) + base.recipients(p, y));
                prop_assert_eq!(Difference { scenario: &base, base: &base }.reached(p, y), 0);
            }
        }
    }

    #[test]
    fn a_wild_measure_is_a_typed_error_or_an_outcome_that_adds_up(
        (plan, changes) in any_plan().prop_flat_map(|plan| {
            let changes = prop::collection::vec(prop_oneof![wild_change(&plan), any_change(&plan)], 1..=3);
            (Just(plan), changes)
        })
    ) {
        let root = plan.status_quo().unwrap().id.clone();
        let plan = with_scenario(&plan, &root, vec![measure("wild", changes)]);
        if let Ok(outcome) = evaluate(&plan, &shapan_testing::id("extra")) {
            let cells = payments(&plan, &outcome);
            prop_assert_eq!(sum(cells.iter().map(|cell| cell.paid(&outcome))), outcome.total(Cut::ALL));
            let before = evaluate(&plan, &root).unwrap();
            let difference = Difference { scenario: &outcome, base: &before };
            for (p, y) in (0..plan.programmes.len()).flat_map(|p| (0..plan.horizon.years()).map(move |y| (p, y))) {
                prop_assert!(outcome.recipients(p, y) >= 0);
                prop_assert!(difference.reached(p, y) >= 0);
            }
        }
    }
}

/// A plan of one programme on heads that stand still, and a raise from spring or from autumn.
fn raised(driver: Driver, heads: &BTreeMap<RegionId, i64>, path: &str, raise: i64) -> Plan {
    let mut plan = bare(2012, 3, &["north", "south"]);
    let mut pupils = counted("pupils", 2011, &[]);
    if let Headcount::Counted { censuses, .. } = &mut pupils.headcount {
        censuses[0].heads.clone_from(heads);
    }
    plan.populations = vec![pupils, part_of("boarders", "pupils", 301_000)].into();
    plan.sources = vec![source("city"), source("county")].into();
    plan.programmes = vec![programme("aid", driver, split(&[("city", 333_333)], "county"))].into();
    let from =
        |semester| vec![measure("raise", vec![change(path, Operation::Add, raise, semester)])];
    plan.scenarios.push(scenario("from-spring", Some("status-quo"), from("2013-spring")));
    plan.scenarios.push(scenario("from-autumn", Some("status-quo"), from("2013-autumn")));
    Plan::new(plan).unwrap()
}

/// The extra cost of every payment: `(spring, autumn)`.
fn extra_by_year(plan: &Plan) -> Vec<(Fen, Fen)> {
    let [base, spring, autumn] =
        ["status-quo", "from-spring", "from-autumn"].map(|s| evaluate(plan, &id(s)).unwrap());
    let extra = |scenario, y| Difference { scenario, base: &base }.total(Cut::ALL.in_year(y));
    (0..3).map(|y| (extra(&spring, y), extra(&autumn, y))).collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_semester_programme_raised_from_autumn_costs_half_of_raised_from_spring(
        heads_there in standing_heads(&["north", "south"]),
        standard in 0..=500_000i64,
        raise in 1..=99_999i64,
    ) {
        let driver = heads("boarders", still(standard));
        let extra = extra_by_year(&raised(driver, &heads_there, "programmes/aid/standard", raise));
        // Spring and autumn pay the same heads the same, so not a fen of rounding is between them.
        prop_assert_eq!(extra[1].0, extra[1].1 + extra[1].1);
        prop_assert_eq!(extra[0], (Fen::ZERO, Fen::ZERO));
        prop_assert_eq!(extra[2].0, extra[2].1);
    }

    #[test]
    fn posts_raised_from_autumn_cost_half_of_raised_from_spring_up_to_a_fen_per_payment(
        heads_there in standing_heads(&["north", "south"]),
        standard in 0..=5_000_000i64,
        raise in 1..=999_999i64,
        per_pupils in prop::option::of(1_000_000..30_000_000i64),
    ) {
        let posts = match per_pupils {
            Some(ratio) => Posts::PerPupils { population: id("pupils"), pupils_per_post: always(ratio) },
            None => Posts::Given(always(37)),
        };
        let driver = Driver::Posts { posts, standard: still(standard) };
        let extra = extra_by_year(&raised(driver, &heads_there, "programmes/aid/standard", raise));
        prop_assert!((extra[1].0 - extra[1].1 - extra[1].1).abs() <= Fen(2), "one a region: {extra:?}");
        prop_assert_eq!(extra[2].0, extra[2].1);
    }

    #[test]
    fn a_programme_paid_by_census_takes_spring_s_standard_for_the_whole_year(
        heads_there in standing_heads(&["north", "south"]),
        raise in 1..=99_999i64,
    ) {
        let driver = Driver::Heads {
            population: id("pupils"),
            timing: HeadsTiming::Census,
            standard: still(50_000),
            coverage: None,
            take_up: None, school_floor: None,
        };
        let extra = extra_by_year(&raised(driver, &heads_there, "programmes/aid/standard", raise));
        let heads: i64 = heads_there.values().sum();
        prop_assert_eq!(extra[1], (Fen(heads * raise), Fen::ZERO));
        prop_assert_eq!(extra[2], (Fen(heads * raise), Fen(heads * raise)));
    }

    #[test]
    fn a_project_s_payments_add_up_to_its_cost(
        units in 0..=10_000i64,
        unit_cost in 0..=3_000_000_001i64,
        base in prop::option::of(0..=3_000_000_001i64),
        a in 1..333_333i64,
        b in 1..333_333i64,
        share in 0..=MILLION,
    ) {
        let mut plan = bare(2012, 4, &["north"]);
        plan.sources = vec![source("city"), source("county")].into();
        let payment = [(2012, a), (2013, b), (2015, MILLION - a - b)];
        let mut built = programme("schools", works(units, unit_cost, &payment), split(&[("city", share)], "county"));
        built.split.base_standard = base.map(always);
        plan.programmes = vec![built].into();
        let plan = Plan::new(plan).unwrap();
        let outcome = evaluate(&plan, &id("status-quo")).unwrap();
        prop_assert_eq!(outcome.total(Cut::ALL), Fen(units * unit_cost));
        prop_assert_eq!(outcome.total(Cut::ALL.in_year(2)), Fen::ZERO);
        let first = share_of(units * unit_cost, a).unwrap();
        prop_assert_eq!(outcome.total(Cut::ALL.in_year(0)), Fen(first));
        let completed: Vec<_> = (0..4)
            .map(|period| Cell { programme: 0, region: 0, period }.quantity(&outcome))
            .collect();
        prop_assert_eq!(completed, [0, 0, 0, units], "all of it in the last year");
    }

    #[test]
    fn above_the_base_standard_only_the_residual_source_pays(
        heads_there in standing_heads(&["north", "south"]),
        base in 1..=200_000i64,
        raise in 1..=99_999i64,
        shares in (0..=400_000i64, 0..=400_000i64),
    ) {
        let mut plan = bare(2012, 2, &["north", "south"]);
        let mut pupils = counted("pupils", 2011, &[]);
        if let Headcount::Counted { censuses, .. } = &mut pupils.headcount {
            censuses[0].heads.clone_from(&heads_there);
        }
        plan.populations = vec![pupils].into();
        plan.sources = vec![source("central"), source("city"), source("county")].into();
        let mut aid = programme(
            "aid",
            heads("pupils", still(base)),
            split(&[("central", shares.0), ("city", shares.1)], "county"),
        );
        aid.split.base_standard = Some(always(base));
        plan.programmes = vec![aid].into();
        let raise = measure("raise", vec![change("programmes/aid/standard", Operation::Add, raise, "2012-autumn")]);
        plan.scenarios.push(scenario("above", Some("status-quo"), vec![raise.clone()]));
        let plan = Plan::new(plan).unwrap();
        let following = with_base_following(&plan, &raise);
        let plan = plan.edit(|p| p.scenarios.push(scenario("following", Some("status-quo"), vec![following]))).unwrap();

        let [before, above, following] = ["status-quo", "above", "following"].map(|s| evaluate(&plan, &id(s)).unwrap());
        let extra = |scenario, cut| Difference { scenario, base: &before }.total(cut);
        let county = plan.source("county");
        for s in (0..plan.sources.len()).filter(|s| *s != county) {
            prop_assert_eq!(extra(&above, Cut::ALL.from_source(s)), Fen::ZERO);
        }
        prop_assert_eq!(extra(&above, Cut::ALL), extra(&above, Cut::ALL.from_source(county)));

        // With the base the raise is split as everything else is, and costs the same in all.
        prop_assert_eq!(extra(&following, Cut::ALL), extra(&above, Cut::ALL));
        for cell in payments(&plan, &following) {
            let parts = cell.by_source(&following);
            let whole = cell.paid(&following).0;
            // The shares' halves rounded up may not take more than there is of a tiny payment.
            let central = share_of(whole, shares.0).unwrap().min(whole);
            let city = share_of(whole, shares.1).unwrap().min(whole - central);
            prop_assert_eq!(parts, [Fen(central), Fen(city), Fen(whole - central - city)]);
        }
    }
}
