//! Files made to hurt, or hurt on the way: always a typed error, never a panic or a hang.

use proptest::prelude::*;
use shapan_engine::files::{Contents, JsonFault, ReadError, Stamp, read};
use shapan_engine::*;
use shapan_testing::arbitrary::cases;
use shapan_testing::*;

const SAMPLE: &str = include_str!("../../sample/taian-2012.json");

#[test]
fn the_sample_cut_off_anywhere_is_an_error() {
    let end = SAMPLE.trim_end().len();
    for cut in (0..end).step_by(97).chain([end - 1]) {
        // Cut within a character the page would read a replacement character in its place.
        let file = String::from_utf8_lossy(&SAMPLE.as_bytes()[..cut]);
        let found = read(&file);
        let is_cut_short =
            matches!(found, Err(ReadError::NotJson { fault: JsonFault::CutShort, .. }));
        assert!(is_cut_short, "cut at {cut}: {found:?}");
    }
}

#[test]
fn nesting_without_end_is_an_error_wherever_it_stands() {
    let deep = "[".repeat(100_000);
    assert!(read(&deep).is_err());
    assert!(read(&"{\"a\":".repeat(100_000)).is_err());
    let closed = format!("{deep}{}", "]".repeat(100_000));
    let too_deep = |file: &str| {
        matches!(read(file), Err(ReadError::NotJson { fault: JsonFault::TooDeep, .. }))
    };
    assert!(too_deep(&closed));

    let file = files::write_plan(&small_plan(), &Stamp::default());
    for (place, hidden) in [
        // In a field that is kept, one beside the plan, and one of a known kind.
        ("\"first_fiscal_year\"", "\"extra\": "),
        ("\"plan\"", "\"extra\": "),
        ("\"zh-Hans\"", "\"zh-Hant\": "),
    ] {
        let file = file.replacen(place, &format!("{hidden}{closed}, {place}"), 1);
        assert!(too_deep(&file), "before {place}");
    }
}

#[test]
fn names_may_hold_markup_but_nothing_that_acts_by_itself() {
    let script = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    let mut plan = one_of_everything();
    plan.programmes[0].name = words(script, "'); DROP TABLE plans; --");
    let plan = Plan::new(plan).unwrap();
    let (contents, _) = read(&files::write_plan(&plan, &Stamp::default())).unwrap();
    assert_eq!(contents, Contents::Plan(Box::new(plan)), "text stays the text it is");

    let file = files::write_plan(&small_plan(), &Stamp::default());
    for (escaped, code) in [
        ("\\u0000", 0),
        ("\\u001b", 0x1b),
        ("\\u007f", 0x7f),
        ("\\u0085", 0x85),
        ("\\uffff", 0xffff),
    ] {
        let bad = file.replacen("试验计划", &format!("试验{escaped}计划"), 1);
        let Err(ReadError::Value { path, problem, .. }) = read(&bad) else { panic!("{escaped}") };
        assert_eq!(path, "plan.title");
        assert_eq!(problem, files::Problem::Text(TextError::ControlCharacter { code }));
    }
    // A control character may not stand in JSON text as it is, and half a surrogate never.
    for raw in ["\u{0}", "\u{1b}", "\\ud800", "\\x41"] {
        let bad = file.replacen("试验计划", &format!("试验{raw}计划"), 1);
        let found = read(&bad);
        assert!(matches!(found, Err(ReadError::NotJson { .. })), "{raw:?}: {found:?}");
    }
}

#[test]
fn ids_cannot_lead_anywhere() {
    let file = files::write_plan(&small_plan(), &Stamp::default());
    for bad in ["../../etc/passwd", "javascript:alert(1)", "__proto__", "a b", "é", "", "a/b"] {
        let file = file.replacen("\"id\": \"north\"", &format!("\"id\": \"{bad}\""), 1);
        let Err(ReadError::Value { path, .. }) = read(&file) else { panic!("{bad}") };
        assert_eq!(path, "plan.regions[0].id");
    }
}

#[test]
fn a_chain_of_shares_as_long_as_a_plan_may_be_is_counted_without_running_out_of_stack() {
    let mut plan = bare(2012, 1, &["north"]);
    plan.sources = vec![source("county")].into();
    // The deepest first, so that every count has to go all the way up.
    let chain =
        (1..500).rev().map(|n| part_of(&format!("p-{n}"), &format!("p-{}", n - 1), MILLION));
    plan.populations = chain.chain([counted("p-0", 2011, &[("north", 12)])]).collect();
    plan.programmes =
        vec![programme("it", heads("p-499", still(200)), split(&[], "county"))].into();
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    assert_eq!(outcome.total(Cut::ALL), Fen(2_400));
}

#[test]
fn a_tower_of_scenarios_as_high_as_a_plan_may_be_is_evaluated() {
    let mut plan = one_of_everything();
    plan.scenarios.truncate(1);
    let raise = || {
        measure("m", vec![change("programmes/boarding/standard", Operation::Add, 1, "2012-spring")])
    };
    let mut parent = "status-quo".to_owned();
    for n in 1..500 {
        let name = format!("x-{n}");
        plan.scenarios.push(scenario(&name, Some(&parent), vec![raise()]));
        parent = name;
    }
    let plan = Plan::new(plan).unwrap();
    let top = plan.enabled_measures(&id("x-499")).unwrap();
    assert_eq!(top.len(), 499);
    assert_eq!(
        value_range(
            &plan,
            &top,
            &change("programmes/boarding/standard", Operation::Add, 0, "2012-spring")
        ),
        Ok((125_499, 125_499))
    );
}

#[test]
fn a_plan_too_large_to_be_evaluated_in_a_page_is_refused() {
    // Each list is within its own limit; an outcome of them all would take 600 MB.
    let names: Vec<String> = (0..5_000).map(|n| format!("r-{n}")).collect();
    let mut plan = bare(2012, 30, &names.iter().map(String::as_str).collect::<Vec<_>>());
    plan.sources = (0..500).map(|n| source(&format!("s-{n}"))).collect();
    let lump = |n| {
        let driver = Driver::Lump { amount: still(1) };
        programme(&format!("g-{n}"), driver, split(&[], "s-0"))
    };
    plan.programmes = (0..500).map(lump).collect();
    let place = Place("payers of programmes × regions × payments".to_owned());
    let found = 500 * 5_000 * 30; // one payer each, once a year
    assert_eq!(
        Plan::new(plan).unwrap_err().0,
        [(place, Fault::TooMany { found, most: 40_000_000 })]
    );
}

#[test]
fn shares_that_move_often_in_many_regions_are_checked_at_once() {
    // Checking each date of each share against each step of every other took minutes.
    let names: Vec<String> = (0..100).map(|n| format!("r-{n}")).collect();
    let mut plan = bare(2012, 1, &names.iter().map(String::as_str).collect::<Vec<_>>());
    plan.sources = (0..31).map(|n| source(&format!("s-{n}"))).collect();
    let mut moving = always(0);
    moving.steps = (1950..2000)
        .flat_map(|y| [year(y).spring(), year(y).autumn()])
        .map(|from| Step { from, value: MILLION / 30 })
        .collect();
    moving.by_region = names.iter().map(|r| (id(r), moving.steps.clone())).collect();
    let mut lump = programme("it", Driver::Lump { amount: still(1) }, split(&[], "s-0"));
    lump.split.shares =
        (1..31).map(|n| Share { source: id(&format!("s-{n}")), share: moving.clone() }).collect();
    plan.programmes = vec![lump].into();
    assert!(Plan::new(plan.clone()).is_ok());
    let last = plan.programmes[0].split.shares[29].share.by_region.get_mut(&id("r-99")).unwrap();
    last[99].value += 11;
    let place = Place("programmes/it/split".to_owned());
    assert_eq!(
        Plan::new(plan).unwrap_err().0,
        [(place, Fault::SharesExceedWhole { total: MILLION + 1 })]
    );
}

#[test]
fn a_scenario_file_of_very_many_scenarios_is_refused_before_names_are_found_for_them() {
    let file = files::write_scenario(&small_plan(), &id("proposal"), &Stamp::default()).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&file).unwrap();
    let one = file["scenarios"][0].clone();
    file["scenarios"] = vec![one; 501].into();
    let place = Place("scenarios".to_owned());
    let faults = PlanErrors(vec![(place, Fault::TooMany { found: 501, most: 500 })]);
    assert_eq!(read(&file.to_string()), Err(ReadError::Unsound(faults)));
}

#[test]
fn former_names_that_lead_to_each_other_or_nowhere_lead_no_further_than_one_step() {
    let file = files::write_plan(&small_plan(), &Stamp::default());
    let mut file: serde_json::Value = serde_json::from_str(&file).unwrap();
    let path = |n: usize| format!("programmes/former-{n}/standard");
    // Enough of them that following each through all others would take minutes.
    let names = (0..20_000).map(|n| (path(n), path((n + 1) % 20_000).into()));
    file["plan"]["aliases"] = serde_json::Value::Object(names.collect());
    let change = "/plan/scenarios/1/measures/0/changes/0/parameter";
    *file.pointer_mut(change).unwrap() = path(7).into();
    let Err(ReadError::Unsound(faults)) = read(&file.to_string()) else { panic!("no such thing") };
    let unknown = Fault::Unknown { id: path(8) };
    let is_first_change = |place: &Place| place.0 == "scenarios/adopted/raise/1";
    // The aliases themselves may be faults too, and only so many are told.
    let told = faults.0.iter().find(|(place, _)| is_first_change(place));
    assert!(told.is_none_or(|(_, fault)| *fault == unknown), "{told:?}");
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn flipped_bytes_are_an_error_or_another_plan_that_reads_back(
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1..=255u8), 1..=3)
    ) {
        let mut bytes = files::write_plan(&small_plan(), &Stamp::default()).into_bytes();
        for (place, flip) in flips {
            let place = place.index(bytes.len());
            bytes[place] ^= flip;
        }
        if let Ok((Contents::Plan(plan), stamp)) = read(&String::from_utf8_lossy(&bytes)) {
            let again = read(&files::write_plan(&plan, &stamp)).unwrap();
            prop_assert_eq!(again.0, Contents::Plan(plan.clone()));
            for scenario in &plan.scenarios {
                let _typed = evaluate(&plan, &scenario.id);
            }
        }
    }

    #[test]
    fn a_digit_another_digit_away_is_an_error_or_a_plan_that_is_evaluated_or_refused(
        place in any::<prop::sample::Index>(),
        digits in "-?[0-9]{0,19}",
    ) {
        let file = files::write_plan(&small_plan(), &Stamp::default());
        let numbers: Vec<usize> = file
            .char_indices()
            .filter(|(n, c)| c.is_ascii_digit() && !file.as_bytes()[n - 1].is_ascii_digit())
            .map(|(n, _)| n)
            .collect();
        let start = numbers[place.index(numbers.len())];
        let end = start + file[start..].chars().take_while(char::is_ascii_digit).count();
        let file = format!("{}{digits}{}", &file[..start], &file[end..]);
        if let Ok((Contents::Plan(plan), _)) = read(&file) {
            for scenario in &plan.scenarios {
                if let Ok(outcome) = evaluate(&plan, &scenario.id) {
                    prop_assert!(outcome.total(Cut::ALL) >= Fen::ZERO);
                }
            }
        }
    }

    #[test]
    fn any_text_at_all_is_refused(text in "\\PC{0,200}", json in "[\\[\\]{}\",:a-z0-9.eE+-]{0,60}") {
        prop_assert!(read(&text).is_err());
        prop_assert!(read(&json).is_err());
    }
}

#[test]
fn a_plan_whose_parameters_would_fill_the_memory_is_refused() {
    // One value of its own in one region, and the parameter is held for each of 5,000.
    let names: Vec<String> = (0..5_000).map(|n| format!("r-{n}")).collect();
    let mut plan = bare(2012, 30, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let own = || but_in(always(1), "r-7", 2);
    plan.sources = (0..200)
        .map(|n| Source {
            revenue: Some(Indexed { value: always(1), indexation: Some(own()) }),
            ..source(&format!("s-{n}"))
        })
        .collect();
    let place = Place("parameters by region × regions × semesters".to_owned());
    let found = 400 * 5_000 * 61; // the growth, and the revenue that grows by it
    assert_eq!(
        Plan::new(plan).unwrap_err().0,
        [(place, Fault::TooMany { found, most: 40_000_000 })]
    );
}

#[test]
fn shares_of_many_steps_in_many_regions_do_not_hang_the_check() {
    let names: Vec<String> = (0..5_000).map(|n| format!("r-{n}")).collect();
    let mut plan = bare(2012, 1, &names.iter().map(String::as_str).collect::<Vec<_>>());
    plan.sources = (0..=400).map(|n| source(&format!("s-{n}"))).collect();
    let days: Vec<String> = (0..100).map(|n| format!("{}-spring", 1950 + n)).collect();
    let steps: Vec<(&str, i64)> = days.iter().map(|day| (day.as_str(), 1)).collect();
    let share = |n: usize| Share { source: id(&format!("s-{n}")), share: dated(&steps) };
    let mut split = split(&[], "s-400");
    split.shares = (0..400).map(share).collect();
    let first = split.shares[0].share.steps.clone();
    split.shares[0].share.by_region = names.iter().map(|name| (id(name), first.clone())).collect();
    plan.programmes = vec![programme("it", Driver::Lump { amount: still(1) }, split)].into();
    let place = Place("programmes/it/split".to_owned());
    let found = 400 * 100 * 5_001;
    assert_eq!(
        Plan::new(plan).unwrap_err().0,
        [(place, Fault::TooMany { found, most: 2_000_000 })]
    );
}
