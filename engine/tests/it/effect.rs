//! Which measures change nothing, and why.

use shapan_engine::*;
use shapan_testing::trying::*;
use shapan_testing::*;
use std::collections::BTreeMap;

fn reasons_in(plan: &Plan, name: &str) -> Option<Vec<Reason>> {
    let found = no_effect(plan, &id("try"), (&id("try"), &id(name))).unwrap();
    let outcome = evaluate(plan, &id("try")).unwrap();
    assert_eq!(found, no_effect_in(plan, &id("try"), (&id("try"), &id(name)), &outcome).unwrap());
    let silences = found?;
    let places: Vec<usize> = silences.iter().map(|s| s.change).collect();
    assert_eq!(places, (0..silences.len()).collect::<Vec<_>>());
    Some(silences.into_iter().map(|s| s.reason).collect())
}

/// Why each of a measure's changes does nothing; `None` where it does something.
fn reasons(parts: PlanParts, changes: Vec<Change>) -> Option<Vec<Reason>> {
    reasons_in(&with_measures(parts, vec![measure("m", changes)]), "m")
}

/// Why a measure of one change does nothing.
fn reason(parts: PlanParts, change: Change) -> Option<Reason> {
    reasons(parts, vec![change]).map(|reasons| reasons[0].clone())
}

fn not_read(reading: ReadIn) -> Option<Reason> {
    Some(Reason::NotRead { reading })
}

fn one_programme(driver: Driver) -> PlanParts {
    let mut parts = paying(still(0), &[]);
    parts.programmes =
        vec![programme("meals", driver, split(&[("city", 500_000)], "county"))].into();
    parts
}

const BASE: &str = "programmes/meals/base-standard";

#[test]
fn a_measure_switched_off_says_so_and_nothing_is_computed() {
    // Switched on it would leave its bounds, and the scenario have no outcome.
    let mut off = measure("m", vec![add(STANDARD, -10_000, "2012-spring")]);
    off.enabled = false;
    let plan = with_measures(paying(still(5), &[]), vec![off]);
    let both = reasons_in(&plan, "m").unwrap();
    assert_eq!(both, [Reason::SwitchedOff]);
}

#[test]
fn a_measure_without_changes_says_so() {
    assert_eq!(reasons(paying(still(5), &[]), vec![]), Some(vec![Reason::NoChanges]));
}

#[test]
fn a_change_outside_of_the_horizon_says_on_which_side() {
    let parts = || paying(still(5), &[]);
    let later = add(STANDARD, 100, "2015-spring");
    assert_eq!(reason(parts(), later), Some(Reason::NotInForce { starts: at("2015-spring") }));
    let before = until("2011-spring", add(STANDARD, 100, "2005-spring"));
    assert_eq!(reason(parts(), before), Some(Reason::Over { ended: at("2011-spring") }));
    assert_eq!(reason(parts(), add(STANDARD, 100, "2014-autumn")), None);
    assert_eq!(reason(parts(), until("2012-spring", add(STANDARD, 100, "2005-spring"))), None);
}

#[test]
fn a_change_that_names_no_region_is_elsewhere() {
    let parts = || paying(still(5), &[]);
    let north_in_south =
        within(&["south"], by_region(&[("north", 7)], set(STANDARD, 0, "2012-spring")));
    for change in [
        within(&[], set(STANDARD, 7, "2012-spring")),
        by_region(&[], set(STANDARD, 7, "2012-spring")),
        north_in_south,
    ] {
        assert_eq!(reason(parts(), change), Some(Reason::Elsewhere));
    }
}

#[test]
fn what_is_there_already_is_named_with_its_value() {
    let parts = || paying(still(500), &[]);
    let there = |least, most| Some(Reason::AlreadyThere { least, most });
    assert_eq!(reason(parts(), set(STANDARD, 500, "2012-spring")), there(500, 500));
    assert_eq!(reason(parts(), add(STANDARD, 0, "2012-spring")), there(500, 500));
    let same = change(STANDARD, Operation::Scale, MILLION, "2012-spring");
    assert_eq!(reason(parts(), same), there(500, 500));
    // Only where and while the change holds.
    let mut parts = parts();
    let Driver::Heads { standard, .. } = &mut parts.programmes[0].driver else { panic!() };
    standard.value = dated(&[("2000-spring", 300), ("2013-spring", 700)]);
    standard.value.by_region.insert(id("south"), dated(&[("2000-spring", 900)]).steps);
    let nothing = until("2013-autumn", add(STANDARD, 0, "2012-spring"));
    assert_eq!(reason(parts.clone(), within(&["north"], nothing.clone())), there(300, 700));
    assert_eq!(reason(parts, nothing), there(300, 900));
}

#[test]
fn what_a_later_measure_sets_again_is_overridden_by_it() {
    let meals = paying(still(500), &[]);
    let raise = || measure("raise", vec![add(STANDARD, 100, "2013-spring")]);
    let fix = |name, from| measure(name, vec![set(STANDARD, 800, from)]);
    let by = |name| Some(vec![Reason::Overridden { by: (id("try"), id(name)) }]);

    let plan = with_measures(meals.clone(), vec![raise(), fix("fix", "2013-spring")]);
    assert_eq!(reasons_in(&plan, "raise"), by("fix"));
    assert_eq!(reasons_in(&plan, "fix"), None);
    // A semester is left, and paid.
    let plan = with_measures(meals.clone(), vec![raise(), fix("fix", "2013-autumn")]);
    assert_eq!(reasons_in(&plan, "raise"), None);
    // Two together leave nothing: the one that takes the last of it is named.
    let short = measure("short", vec![until("2013-spring", set(STANDARD, 7, "2013-spring"))]);
    let plan = with_measures(meals.clone(), vec![raise(), fix("fix", "2013-autumn"), short]);
    assert_eq!(reasons_in(&plan, "raise"), by("short"));
    // So do two in a region each.
    let part =
        |name, region| measure(name, vec![within(&[region], set(STANDARD, 800, "2012-spring"))]);
    let plan = with_measures(meals, vec![raise(), part("n", "north"), part("s", "south")]);
    assert_eq!(reasons_in(&plan, "raise"), by("s"));
}

#[test]
fn a_measure_that_overrides_itself_says_so_and_why_the_rest_does_nothing() {
    let twice = vec![set(STANDARD, 900, "2012-spring"), set(STANDARD, 500, "2012-spring")];
    assert_eq!(
        reasons(paying(still(500), &[]), twice),
        Some(vec![
            Reason::Overridden { by: (id("try"), id("m")) },
            Reason::AlreadyThere { least: 500, most: 500 },
        ])
    );
}

#[test]
fn changes_that_come_to_the_same_are_balanced() {
    let there_and_back =
        vec![add(STANDARD, 100, "2012-spring"), add(STANDARD, -100, "2012-spring")];
    let both = Some(vec![Reason::Balanced; 2]);
    assert_eq!(reasons(paying(still(500), &[]), there_and_back), both);

    // Half of twice as much, where the money there is does not follow revenue.
    let mut parts = paying(still(0), &[]);
    parts.sources[1].revenue = Some(still(4_000));
    parts.sources[1].available = Some(Available { scope: Scope::CityWide, amount: still(9) });
    let driver = Driver::Revenue { source: id("city"), share: always(500_000) };
    parts.programmes = vec![programme("part", driver, split(&[], "county"))].into();
    let changes = vec![
        set("sources/city/revenue", 8_000, "2012-spring"),
        set("programmes/part/share", 250_000, "2012-spring"),
    ];
    assert_eq!(reasons(parts, changes), both);

    // What spring gets more, autumn gets less.
    let mut parts = one_programme(Driver::Lump { amount: still(0) });
    let Driver::Lump { amount } = &mut parts.programmes[0].driver else { panic!() };
    amount.value = dated(&[("2000-spring", 40), ("2012-autumn", 60), ("2013-spring", 50)]);
    let even = until("2012-autumn", set("programmes/meals/amount", 50, "2012-spring"));
    assert_eq!(reason(parts, even), Some(Reason::Balanced));
}

#[test]
fn where_nobody_receives_a_standard_moves_nothing() {
    let south = within(&["south"], add(STANDARD, 100, "2012-spring"));
    assert_eq!(reason(paying(still(500), &[]), south), Some(Reason::NoRecipients));
    let posts = |count| Driver::Posts { posts: Posts::Given(always(count)), standard: still(500) };
    let raise = || add(STANDARD, 100, "2012-spring");
    assert_eq!(reason(one_programme(posts(0)), raise()), Some(Reason::NoRecipients));
    assert_eq!(reason(one_programme(posts(1)), raise()), None);
    let none = || one_programme(works(0, 500, &[(2012, MILLION)]));
    assert_eq!(reason(none(), raise()), Some(Reason::NoRecipients));
    let more = set("programmes/meals/split/city", 900_000, "2012-spring");
    assert_eq!(reason(none(), more), Some(Reason::NoRecipients));
}

#[test]
fn a_part_of_nobody_is_nobody() {
    let mut parts = paying(still(500), &[]);
    parts.populations.push(part_of("boarders", "pupils", 100_000));
    let south = within(&["south"], set("populations/boarders/share", 200_000, "2012-spring"));
    assert_eq!(reason(parts.clone(), south), Some(Reason::NoRecipients));
    let growth = within(&["south"], set("populations/pupils/growth", 200_000, "2012-spring"));
    assert_eq!(reason(parts.clone(), growth), Some(Reason::NoRecipients));
    // Heads that no programme pays for are counted all the same.
    let north = within(&["north"], set("populations/boarders/share", 200_000, "2012-spring"));
    assert_eq!(reason(parts, north), None);
}

#[test]
fn rates_between_grades_are_silent_where_nobody_is_there_to_go_on() {
    let mut parts = bare(2012, 3, &["north", "south"]);
    let census = (2011, &[("north", &[40, 40, 40, 40, 40, 40][..])][..]);
    let births = Entry::Births {
        births: vec![Census { year: year(2000), heads: BTreeMap::from([(id("north"), 50)]) }],
        growth: always(0),
        age: 6,
        survival: always(900_000),
        rate: always(0),
    };
    let mut primary = by_grade("primary", Stage::Primary, &[census], births);
    let rates = [(2, always(990_000)), (5, always(990_000))];
    as_cohort(&mut primary).progression.extend(rates);
    let junior_census = (2011, &[("north", &[30, 30, 30][..])][..]);
    let junior =
        by_grade("junior", Stage::Junior, &[junior_census], leavers("primary", 950_000, None));
    parts.populations = vec![primary, junior].into();

    let all = |path| set(path, 500_000, "2000-spring");
    let south = |path| within(&["south"], all(path));
    let nobody_enters = Some(Reason::TimesNothing { by: id("populations/primary/entry-rate") });
    assert_eq!(reason(parts.clone(), all("populations/primary/survival")), nobody_enters);
    for path in ["populations/junior/transfer-rate", "populations/primary/progression/5"] {
        assert_eq!(reason(parts.clone(), south(path)), Some(Reason::NoRecipients), "{path}");
        assert_eq!(reason(parts.clone(), all(path)), None, "{path}");
    }
    // A rate leads to the autumn it is read in; springs have none.
    let spring = until("2013-spring", set("populations/junior/transfer-rate", 0, "2013-spring"));
    let when = ReadIn::Autumns { from: at("2012-autumn"), until: at("2014-autumn") };
    assert_eq!(reason(parts, spring), not_read(when));
}

#[test]
fn a_share_of_no_revenue_is_nothing() {
    let mut parts = one_programme(Driver::Revenue { source: id("city"), share: always(500_000) });
    parts.sources[1].revenue = Some(still(0));
    let share = set("programmes/meals/share", 900_000, "2012-spring");
    assert_eq!(reason(parts, share), Some(Reason::NoRecipients));
}

#[test]
fn what_is_multiplied_by_nothing_says_by_what() {
    let nothing = |by| Some(Reason::TimesNothing { by: id(by) });
    let more = || set("programmes/meals/split/city", 900_000, "2012-spring");
    assert_eq!(reason(paying(still(0), &[("city", 500_000)]), more()), nothing(STANDARD));
    let mut unrecognised = paying(still(500), &[("city", 500_000)]);
    unrecognised.programmes[0].split.base_standard = Some(always(0));
    assert_eq!(reason(unrecognised, more()), nothing(BASE));
    let growing = paying(growing(0, 50_000), &[]);
    let faster = set("programmes/meals/indexation", 90_000, "2012-spring");
    assert_eq!(reason(growing, faster), nothing(STANDARD));
}

#[test]
fn what_no_formula_reads_says_when_one_does() {
    let (once, parts) = (ReadIn::Once(at("2012-autumn")), || what_is_paid());
    // Works: the autumn of their first payment year.
    let late = set("programmes/schools/units", 3, "2013-spring");
    assert_eq!(reason(parts(), late), not_read(once));
    // Once a year to last autumn's census: spring.
    let only = |term, change| until(term, change);
    let funds = only("2012-autumn", add("programmes/public-funds/standard", 100, "2012-autumn"));
    let springs = ReadIn::Springs { from: at("2012-spring"), until: at("2014-spring") };
    assert_eq!(reason(parts(), funds), not_read(springs));
    // Loans are made in autumn.
    let loans = only("2012-spring", add("programmes/loans/risk-rate", 100, "2012-spring"));
    let autumns = ReadIn::Autumns { from: at("2012-autumn"), until: at("2014-autumn") };
    assert_eq!(reason(parts(), loans), not_read(autumns));
    // Where there is a census, nothing is projected.
    let growth = only("2012-autumn", set("populations/pupils/growth", 90_000, "2012-autumn"));
    let autumns = ReadIn::Autumns { from: at("2013-autumn"), until: at("2014-autumn") };
    assert_eq!(reason(parts(), growth), not_read(autumns));
    // Growth begins with the spring after the first fiscal year.
    let early = only("2012-autumn", set("programmes/other/indexation", 0, "2011-autumn"));
    let springs = ReadIn::Springs { from: at("2013-spring"), until: at("2014-spring") };
    assert_eq!(reason(parts(), early), not_read(springs));
    // The autumn before the first fiscal year is only there for its census.
    let early = |path| only("2011-autumn", set(path, 1, "2011-autumn"));
    let semesters = || ReadIn::Semesters { from: at("2012-spring"), until: at("2014-autumn") };
    for path in ["programmes/boarding/standard", "sources/city/available"] {
        assert_eq!(reason(parts(), early(path)), not_read(semesters()), "{path}");
    }
}

#[test]
fn revenue_that_nobody_takes_a_share_of_is_not_read() {
    let mut parts = paying(still(0), &[]);
    parts.sources[1].revenue = Some(still(4_000));
    parts.sources[1].available = Some(Available { scope: Scope::CityWide, amount: still(9) });
    let more = || set("sources/city/revenue", 8_000, "2012-spring");
    assert_eq!(reason(parts.clone(), more()), not_read(ReadIn::Never));
    // Where nothing else is said of what is available, revenue says it.
    parts.sources[1].available = None;
    assert_eq!(reason(parts, more()), None);
}

#[test]
fn a_rate_does_nothing_to_a_number_that_is_stated_every_year() {
    let mut standard = growing(0, 50_000);
    standard.value = dated(&[("2012-spring", 500), ("2013-spring", 600), ("2014-spring", 700)]);
    let faster = || set("programmes/meals/indexation", 90_000, "2012-spring");
    let restated = Some(Reason::Restated { number: id(STANDARD) });
    assert_eq!(reason(paying(standard.clone(), &[]), faster()), restated);
    standard.value = dated(&[("2012-spring", 500), ("2013-spring", 600)]);
    assert_eq!(reason(paying(standard, &[]), faster()), None);
}

#[test]
fn a_rate_is_as_silent_as_the_number_that_grows_by_it() {
    let mut parts = one_programme(works(5, 50_000, &[(2012, MILLION)]));
    let Driver::Works { standard, .. } = &mut parts.programmes[0].driver else { panic!() };
    standard.indexation = Some(always(0));
    let faster = set("programmes/meals/indexation", 90_000, "2012-spring");
    assert_eq!(reason(parts, faster), not_read(ReadIn::Once(at("2012-autumn"))));
}

#[test]
fn works_paid_in_other_years_are_paid_outside() {
    let paid_before = || one_programme(works(5, 50_000, &[(2010, 400_000), (2011, 600_000)]));
    let more = |path: &str| set(path, 7, "2000-spring");
    for path in [STANDARD, "programmes/meals/units"] {
        assert_eq!(reason(paid_before(), more(path)), Some(Reason::PaidOutside), "{path}");
    }
    let mut completed_within = paid_before();
    let Driver::Works { completion, .. } = &mut completed_within.programmes[0].driver else {
        panic!()
    };
    *completion = shares_by_year(&[(2012, MILLION)]);
    assert_eq!(reason(completed_within.clone(), more("programmes/meals/units")), None);
    assert_eq!(reason(completed_within, more(STANDARD)), Some(Reason::PaidOutside));
}

#[test]
fn a_base_standard_above_the_standard_recognises_no_more() {
    let mut parts = paying(still(500), &[("city", 500_000)]);
    parts.programmes[0].split.base_standard = Some(always(500));
    let raise = add(BASE, 100, "2012-spring");
    assert_eq!(reason(parts.clone(), raise.clone()), Some(Reason::BaseNotReached));
    assert_eq!(reason(parts.clone(), add(BASE, -100, "2012-spring")), None);
    // Where nobody receives, that is the reason, reached or not.
    parts.programmes[0].split.base_standard = Some(always(400));
    let south = within(&["south"], raise.clone());
    assert_eq!(reason(parts.clone(), south), Some(Reason::NoRecipients));
    // What is recognised is only shared where somebody has a share.
    for shares in [split(&[], "county"), split(&[("city", 0)], "county")] {
        let base_standard = Some(always(400));
        parts.programmes[0].split = Split { base_standard, ..shares };
        assert_eq!(reason(parts.clone(), raise.clone()), Some(Reason::NothingShared));
    }
}

#[test]
fn a_standard_nobody_receives_is_not_taken_for_a_base() {
    let mut parts = paying(still(500), &[("city", 500_000)]);
    parts.programmes[0].split.base_standard = Some(always(400));
    let south = within(&["south"], add(STANDARD, 100, "2012-spring"));
    assert_eq!(reason(parts, south), Some(Reason::NoRecipients));
}

#[test]
fn a_floor_below_every_school_raises_nobody() {
    let mut parts = paying(still(500), &[]);
    let Driver::Heads { school_floor, take_up, .. } = &mut parts.programmes[0].driver else {
        panic!()
    };
    (*school_floor, *take_up) = (Some(always(50)), Some(always(MILLION)));
    parts.schools = vec![school("only", "north", &[(Stage::Primary, 100)])].into();
    let floor = |pupils| set("programmes/meals/school-floor", pupils, "2012-spring");
    assert_eq!(reason(parts.clone(), floor(100)), Some(Reason::FloorNotReached));
    assert_eq!(reason(parts.clone(), floor(101)), None);
    // From the side without the measure, too: a floor that is lowered and was reached.
    let Driver::Heads { school_floor, take_up, .. } = &mut parts.programmes[0].driver else {
        panic!()
    };
    (*school_floor, *take_up) = (Some(always(200)), Some(always(0)));
    assert_eq!(reason(parts, floor(80)), Some(Reason::NoRecipients));
}

#[test]
fn what_is_too_little_for_a_fen_or_a_person_is_rounded() {
    let mut parts = paying(still(501), &[("city", 500_000)]);
    parts.populations = vec![counted("pupils", 2011, &[("north", 1)])].into();
    // One head's half of 5.01 yuan is 2.51 yuan, as of 5.02 yuan.
    let fen = add(STANDARD, 1, "2012-spring");
    assert_eq!(reason(parts.clone(), fen), Some(Reason::Rounded));
    let share = add("programmes/meals/split/city", 1, "2012-spring");
    assert_eq!(reason(parts.clone(), share), Some(Reason::Rounded));
    let growth = add("populations/pupils/growth", 1_000, "2012-spring");
    assert_eq!(reason(parts.clone(), growth), Some(Reason::Rounded));
    let per_pupils =
        Posts::PerPupils { population: id("pupils"), pupils_per_post: always(MILLION) };
    parts.programmes[0].driver = Driver::Posts { posts: per_pupils, standard: still(500) };
    let ratio = set("programmes/meals/pupils-per-post", 20 * MILLION, "2012-spring");
    assert_eq!(reason(parts, ratio), Some(Reason::Rounded));
}

#[test]
fn a_part_that_is_left_when_others_are_rounded_is_rounded() {
    // 90 % of 4 and of 5 fen round to all of it: nothing is left for the year that counts.
    let parts = one_programme(works(1, 4, &[(2011, 900_000), (2012, 100_000)]));
    assert_eq!(reason(parts.clone(), add(STANDARD, 1, "2000-spring")), Some(Reason::Rounded));
    assert_eq!(reason(parts, add(STANDARD, 100, "2000-spring")), None);
}

#[test]
fn norms_indicators_and_rules_are_effects_though_nothing_is_paid() {
    let mut parts = paying(still(500), &[]);
    parts.populations[0].norms.class_size = Some(always(45));
    parts.sources[1].revenue = Some(still(4_000));
    parts.sources[1].available = Some(Available { scope: Scope::CityWide, amount: still(9) });
    parts.indicators = vec![Indicator {
        id: id("paid"),
        name: words("已付", "Paid"),
        clause: None,
        scope: Scope::CityWide,
        numerator: vec![Term::Paid(id("meals"))],
        denominator: Vec::new(),
        unit_name: None,
        target: Some(Target { sense: Sense::AtLeast, value: always(5) }),
        basis: Basis::default(),
        extra: Extra::default(),
    }]
    .into();
    let revenue = set("sources/city/revenue", 8_000, "2012-spring");
    assert_eq!(reason(parts.clone(), revenue.clone()), not_read(ReadIn::Never));
    parts.rules = vec![Rule {
        id: id("earmark"),
        name: words("专款", "Earmark"),
        scope: Scope::CityWide,
        kind: RuleKind::Earmark {
            source: id("city"),
            tag: "aid".into(),
            at_least: always(300_000),
        },
        basis: Basis::default(),
        extra: Extra::default(),
    }]
    .into();
    for change in [
        set("populations/pupils/class-size", 40, "2012-spring"),
        set("indicators/paid/target-amount", 9, "2012-spring"),
        set("rules/earmark/at-least", 200_000, "2012-spring"),
        revenue,
    ] {
        assert_eq!(reason(parts.clone(), change.clone()), None, "{}", change.path);
    }
    let same = set("rules/earmark/at-least", 300_000, "2012-spring");
    let there = Reason::AlreadyThere { least: 300_000, most: 300_000 };
    assert_eq!(reason(parts, same), Some(there));
}

#[test]
fn money_that_is_there_is_an_effect() {
    let more = set("sources/city/available", 70, "2012-spring");
    assert_eq!(reason(what_is_paid(), more), None);
}

#[test]
fn a_measure_without_which_there_is_no_outcome_has_an_effect() {
    let cut = measure("cut", vec![add(STANDARD, -600, "2012-spring")]);
    let raise = measure("raise", vec![add(STANDARD, 600, "2012-spring")]);
    let plan = with_measures(paying(still(500), &[]), vec![raise, cut]);
    assert_eq!(reasons_in(&plan, "raise"), None);
}

#[test]
fn a_measure_that_is_not_there_is_an_error() {
    let plan = Plan::new(what_is_paid()).unwrap();
    let ask = |scenario: &str, owner: &str, name: &str| {
        no_effect(&plan, &id(scenario), (&id(owner), &id(name)))
    };
    assert_eq!(ask("adopted", "adopted", "raise"), Ok(None));
    assert_eq!(ask("proposal", "adopted", "raise"), Ok(None));
    let unknown = |owner, name| Err(EvaluateError::UnknownMeasure(id(owner), id(name)));
    assert_eq!(ask("adopted", "adopted", "nothing"), unknown("adopted", "nothing"));
    // A descendant's measure is not in force.
    assert_eq!(ask("adopted", "proposal", "wider"), unknown("proposal", "wider"));
    let nowhere = EvaluateError::UnknownScenario(id("nowhere"));
    assert_eq!(ask("nowhere", "adopted", "raise"), Err(nowhere));
}

#[test]
fn no_measure_of_the_samples_adopted_plan_is_silent() {
    let plan = taian_2012().unwrap();
    let adopted: ScenarioId = id("plan-2012");
    let outcome = evaluate(&plan, &adopted).unwrap();
    let line = line(&plan, &adopted);
    assert_eq!(line.len(), 12);
    for (owner, measure) in line {
        let found = no_effect_in(&plan, &adopted, (owner, &measure.id), &outcome);
        assert_eq!(found, Ok(None), "{}", measure.id);
    }
}
