//! The sample's rules, indicators and tasks: figures worked out apart from the engine, from the
//! facts of the plan (amounts in yuan) and its regions, as the comments show.

use shapan_engine::*;
use shapan_testing::*;

const ADOPTED: &str = "plan-2012";
const STATUS_QUO: &str = "status-quo";

/// Heads of the six counties: kindergarten, primary, junior, senior, vocational, special.
const COUNTED: [[i64; 6]; 6] = [
    [18_267, 49_944, 26_390, 11_413, 8_439, 125],
    [17_395, 54_260, 32_497, 12_145, 10_829, 161],
    [31_627, 86_473, 45_692, 19_760, 14_610, 217],
    [22_751, 62_204, 32_869, 14_215, 10_510, 156],
    [18_137, 49_589, 26_203, 11_332, 8_379, 124],
    [17_823, 48_730, 25_749, 11_135, 8_233, 122],
];

fn sample(scenario: &str) -> (Plan, Outcome) {
    let plan = taian_2012().unwrap();
    let outcome = evaluate(&plan, &id(scenario)).unwrap();
    (plan, outcome)
}

fn rule_place(plan: &Plan, name: &str) -> usize {
    plan.rules.iter().position(|r| r.id.as_str() == name).unwrap()
}

fn tested(scenario: &str, rule: &str, year: usize) -> RuleResult {
    let (plan, outcome) = sample(scenario);
    test_rule(&plan, &outcome, rule_place(&plan, rule), year).unwrap()
}

fn read(scenario: &str, name: &str, region: Option<usize>, year: usize) -> Reading {
    let (plan, outcome) = sample(scenario);
    let place = plan.indicators.iter().position(|i| i.id.as_str() == name).unwrap();
    read_indicator(&plan, &outcome, place, region, year).unwrap().unwrap()
}

fn report<'a>(plan: &Plan, reports: &'a [TaskReport], name: &str) -> &'a TaskReport {
    reports.iter().find(|r| plan.tasks[r.task].id.as_str() == name).unwrap()
}

const fn yuan(yuan: i64) -> i64 {
    yuan * 100
}

#[test]
fn the_adopted_plan_gives_vocational_schools_just_what_both_surcharges_owe_them() {
    // 30 % of 28,500 wan and 20 % of 15,000 wan; the counties' own, in wan.
    for (rule, floor, revenues, per_mille) in [
        (
            "education-surcharge-vocational",
            yuan(85_500_000),
            [3_943, 5_060, 6_826, 4_910, 3_914, 3_847],
            300,
        ),
        (
            "local-surcharge-vocational",
            yuan(30_000_000),
            [2_075, 2_663, 3_593, 2_584, 2_060, 2_025],
            200,
        ),
    ] {
        let found = tested(ADOPTED, rule, 0);
        assert_eq!(found.whole.verdict, Verdict::Pass);
        assert_eq!((found.whole.value, found.whole.threshold), (floor, floor), "{rule}");
        assert_eq!(found.whole.slack, Some(Fen::ZERO));
        assert_eq!(found.regions.len(), 7);
        for (finding, wan) in found.regions.iter().zip(revenues) {
            assert_eq!(finding.verdict, Verdict::Pass);
            let owed = yuan(wan * 10_000 / 1_000 * per_mille);
            expect!(finding, value: owed, threshold: owed);
            assert_eq!(finding.shares, Some((per_mille * 1_000, per_mille * 1_000)));
            assert_eq!(finding.slack, Some(Fen::ZERO));
        }
        // The city's own units take in no surcharge.
        assert_eq!(found.regions[6].verdict, Verdict::CannotTell(Missing::Revenue));
        assert_eq!(found.failing_regions().count(), 0);
    }
}

#[test]
fn the_status_quo_falls_short_of_both_by_a_twentieth_of_the_revenue() {
    // 25 % instead of 30 %, 15 % instead of 20 %: 5 % of 285 and of 150 million.
    for (rule, lacking, is, owed) in [
        ("education-surcharge-vocational", yuan(14_250_000), 250_000, 300_000),
        ("local-surcharge-vocational", yuan(7_500_000), 150_000, 200_000),
    ] {
        let found = tested(STATUS_QUO, rule, 0);
        assert_eq!(found.whole.verdict, Verdict::Fail);
        assert_eq!(found.whole.slack, Some(Fen(-lacking)));
        assert_eq!(found.whole.value, found.whole.threshold - lacking);
        assert_eq!(found.failing_regions().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
        assert!(found.regions[..6].iter().all(|f| f.shares == Some((is, owed))));
    }
}

#[test]
fn the_measure_that_names_the_surcharge_is_what_turns_its_earmark() {
    let plan = taian_2012().unwrap();
    let attribution = attribute(&plan, &id(ADOPTED), &id(STATUS_QUO)).unwrap();
    let turned_by = |rule: &str, year| {
        let place = flipped_by(&plan, &attribution, rule_place(&plan, rule), year).unwrap();
        place.map(|place| attribution.contributions()[place].measure.id.to_string())
    };
    for year in 0..5 {
        let named = turned_by("education-surcharge-vocational", year);
        assert_eq!(named.as_deref(), Some("m-education-surcharge"));
        let named = turned_by("local-surcharge-vocational", year);
        assert_eq!(named.as_deref(), Some("m-local-surcharge"));
    }
    // The counties afford all but the kindergartens (see below); later years all of it.
    assert_eq!(turned_by("envelope-county", 0).as_deref(), Some("m-kindergartens"));
    assert_eq!(turned_by("envelope-county", 1), None);
    // What fails before and after is turned by nothing.
    assert_eq!(turned_by("education-share", 0), None);
    // Of itself spending rises by 198 million in 2013; 300 million of works in 2012 undo that.
    assert_eq!(turned_by("never-decrease-total", 1).as_deref(), Some("m-safety"));
}

#[test]
fn education_has_195783_millionths_of_the_budget_and_lacks_97_million() {
    let found = tested(ADOPTED, "education-share", 0);
    // 4.503 of 23 thousand million: 0.19578260…; a fifth is 4.6.
    assert_eq!(found.whole.verdict, Verdict::Fail);
    assert!(found.regions.is_empty());
    expect!(found.whole, value: yuan(4_503_000_000), threshold: yuan(4_600_000_000));
    assert_eq!(found.whole.shares, Some((195_783, 200_000)));
    assert_eq!(found.whole.slack, Some(Fen(-yuan(97_000_000))));
    // On top, a fifth of the addition is owed too: 97 ÷ 0.8.
    let closing =
        Closing { within_total: Fen(yuan(97_000_000)), on_top: Some(Fen(yuan(121_250_000))) };
    assert_eq!(found.whole.closing, Some(closing));
    assert_eq!((4_503 + 97) * 5, 23_000);
    assert_eq!((450_300 + 12_125) * 5, 2_300_000 + 12_125);
}

#[test]
fn spending_cannot_be_compared_in_2012_and_falls_in_2013() {
    for rule in ["never-decrease-total", "never-decrease-per-pupil"] {
        let found = tested(ADOPTED, rule, 0);
        assert_eq!(found.whole.verdict, Verdict::CannotTell(Missing::LastYear));
        assert_eq!(found.whole.slack, None);
    }
    let found = tested(ADOPTED, "never-decrease-total", 1);
    // 4,503,000,000.00 less 4,316,655,862.23 (sums of the expected amounts).
    assert_eq!(found.whole.verdict, Verdict::Fail);
    expect!(found.whole, value: 431_665_586_223, threshold: yuan(4_503_000_000));
    assert_eq!(found.whole.slack, Some(Fen(-18_634_413_777)));
    let found = tested(ADOPTED, "never-decrease-per-pupil", 1);
    assert_eq!(found.whole.verdict, Verdict::Fail);
    // Autumns 2011 and 2012 count the same; the next one is rounded in each county.
    let heads = |autumn: i64| -> i64 {
        let counted = COUNTED.iter().flat_map(|row| row.iter().zip([2, -1, -2, -1, 0, 0]));
        let percent = |growth: i64| if autumn < 2013 { 100 } else { 100 + growth };
        counted.map(|(heads, growth)| (heads * percent(growth) + 50) / 100).sum()
    };
    let (before, now) = (heads(2011) + heads(2012), heads(2012) + heads(2013));
    let (spent, divided) = (i128::from(yuan(4_503_000_000)) * i128::from(now), i128::from(before));
    let least = i64::try_from((spent + divided - 1) / divided).unwrap();
    assert_eq!(found.whole.threshold, least);
    assert_eq!(found.whole.slack, Some(Fen(431_665_586_223 - least)));
}

#[test]
fn the_counties_lack_87_million_in_2012_and_the_city_lacks_nothing() {
    let (plan, outcome) = sample(ADOPTED);
    let (county, city) = (plan.source("county"), plan.source("city"));
    assert_eq!(outcome.gap(county, 0), Some(Fen(yuan(87_032_925))));
    assert_eq!(outcome.gap(city, 0), Some(Fen::ZERO));
    assert_eq!(outcome.gap(plan.source("central"), 0), None, "nothing is said of it");
    let funding = outcome.funding(county).unwrap()[0];
    assert_eq!(funding.available, Fen(yuan(2_900_000_000)));
    assert_eq!(funding.demand, Fen(yuan(2_987_032_925)));
    let found = tested(ADOPTED, "envelope-county", 0).whole;
    expect!(found, verdict: Verdict::Fail, slack: Some(Fen(-yuan(87_032_925))));
    let found = tested(ADOPTED, "envelope-city", 0).whole;
    // 1,000,000,000 less 988,073,365.43.
    expect!(found, verdict: Verdict::Pass, slack: Some(Fen(1_192_663_457)));
}

#[test]
fn the_kindergartens_make_the_counties_gap() {
    let plan = taian_2012().unwrap();
    let attribution = attribute(&plan, &id(ADOPTED), &id(STATUS_QUO)).unwrap();
    let county = plan.source("county");
    // The counties' part of each measure. Of their 2,900 million the status quo leaves
    // 276,809,950.
    let parts: [(&str, i64); 12] = [
        ("m-boarding", yuan(505_275)),
        ("m-preschool-aid", yuan(6_048_000)),
        ("m-public-funds", yuan(16_218_000)),
        ("m-education-surcharge", 0),
        ("m-local-surcharge", 0),
        ("m-safety", yuan(180_000_000)),
        ("m-standard-schools", yuan(21_120_000)),
        ("m-computers", yuan(14_000_000)),
        ("m-taicheng", yuan(22_500_000)),
        ("m-special", yuan(362_000)),
        ("m-kindergartens", yuan(99_489_600)),
        ("m-kindergarten-safety", yuan(3_600_000)),
    ];
    let mut free = yuan(276_809_950);
    let mut all = Fen::ZERO;
    assert_eq!(attribution.contributions().len(), parts.len());
    for (place, (name, part)) in parts.into_iter().enumerate() {
        assert_eq!(attribution.contributions()[place].measure.id.as_str(), name);
        let cut = Cut::ALL.in_year(0).from_source(county);
        assert_eq!(attribution.total(place, cut), Fen(part), "{name}");
        let gap = attribution.gap(place, county, 0).unwrap();
        assert_eq!(gap, Fen((part - free.max(0)).max(0)), "{name}");
        free -= part;
        all = all + gap;
    }
    assert_eq!(attribution.gap(10, county, 0), Some(Fen(yuan(83_432_925))));
    assert_eq!(attribution.gap(11, county, 0), Some(Fen(yuan(3_600_000))));
    let (scenario, base) = (attribution.difference().scenario, attribution.base());
    let difference = scenario.gap(county, 0).unwrap() - base.gap(county, 0).unwrap();
    assert_eq!((all, difference), (Fen(yuan(87_032_925)), Fen(yuan(87_032_925))));
    assert_eq!(base.gap(county, 0), Some(Fen::ZERO));
}

#[test]
fn every_indicator_has_the_value_of_2012_worked_out_from_the_regions() {
    // New kindergartens 70, converted 58, extended 40. Sums of the regions' columns:
    // public ones 740 + 70 + 58 of 1,051 + 70; children 88,200 + 70 × 180 + 58 × 120 + 40 × 60
    // of 126,000; 12 provincial and 12 municipal schools; 65 % of 88 is 57.2, of 1,051 683.15.
    let counts = [
        ("public-kindergartens", 868, Some(1_121), 774_309, 750_000, 0),
        ("public-kindergarten-children", 110_160, Some(126_000), 874_286, 750_000, 0),
        ("township-kindergartens", 50, Some(88), 568_182, 650_000, 8),
        ("kindergarten-standard", 640, Some(1_051), 608_944, 650_000, 44),
        ("kindergarten-projects", 168, None, 168, 168, 0),
        ("safety-area", 400_000, None, 400_000, 400_000, 0),
        ("safety-investment", yuan(300_000_000), None, yuan(300_000_000), yuan(300_000_000), 0),
        ("standard-schools", 24, None, 24, 24, 0),
        ("balanced-counties", 0, None, 0, 5, 5),
    ];
    let plan = taian_2012().unwrap();
    assert_eq!(plan.indicators.len(), counts.len());
    for (name, numerator, denominator, value, target, left) in counts {
        let reading = read(ADOPTED, name, None, 0);
        assert_eq!((reading.numerator, reading.denominator), (numerator, denominator), "{name}");
        assert_eq!(reading.value, Some(value), "{name}");
        let goal = reading.target.unwrap();
        assert_eq!((goal.sense, goal.value), (Sense::AtLeast, target), "{name}");
        assert_eq!((goal.is_met, goal.left), (left == 0, left), "{name}");
        assert!(goal.ways.is_empty(), "met, or nothing that is built counts: {name}");
    }
}

#[test]
fn public_kindergartens_are_counted_in_every_county() {
    // Public + new + converted, of all + new: 93 + 9 + 7 of 132 + 9, and so on.
    let shares = [(109, 141), (221, 285), (188, 243), (135, 175), (108, 140), (107, 137), (0, 0)];
    for (region, (public, all)) in shares.into_iter().enumerate() {
        let reading = read(ADOPTED, "public-kindergartens", Some(region), 0);
        expect!(reading, numerator: public, denominator: Some(all));
        let value = (all > 0).then(|| (2_000_000 * public + all) / (2 * all));
        assert_eq!(reading.value, value);
        assert_eq!(reading.target.unwrap().is_met, all > 0);
    }
}

#[test]
fn under_the_status_quo_nothing_is_built_and_kindergartens_could_reach_the_target() {
    let reading = read(STATUS_QUO, "public-kindergartens", None, 0);
    // 740 of 1,051: 0.70409134…; three quarters are 788.25.
    expect!(reading, numerator: 740, value: Some(704_091));
    let goal = reading.target.unwrap();
    expect!(goal, is_met: false, left: 49);
    // One in each of seven regions (the city's own counts for nothing) makes 4.572385 public and
    // 2.496443 more in all: 48.25 × 7 ÷ (4.572385 − 0.75 × 2.496443) = 125.09….
    let (plan, _) = sample(STATUS_QUO);
    let way = Way {
        programme: plan.programme("kindergartens"),
        units: 126,
        cost: Fen(126 * yuan(1_410_000)),
    };
    assert_eq!(goal.ways, [way]);
    let goal = read(STATUS_QUO, "safety-investment", None, 0).target.unwrap();
    let way =
        Way { programme: plan.programme("school-safety"), units: 0, cost: Fen(yuan(300_000_000)) };
    expect!(goal, left: yuan(300_000_000), ways: vec![way]);
    // 168 projects, whatever the mix, at 1.41 million each; 400,000 m² at 750.
    let cost = |name| read(STATUS_QUO, name, None, 0).target.unwrap().ways[0].cost;
    assert_eq!(cost("kindergarten-projects"), Fen(yuan(236_880_000)));
    assert_eq!(cost("safety-area"), Fen(yuan(300_000_000)));
}

#[test]
fn what_is_completed_stays_and_heads_move_on() {
    for year in 0..5 {
        assert_eq!(read(ADOPTED, "public-kindergartens", None, year).numerator, 868);
        assert_eq!(read(ADOPTED, "standard-schools", None, year).value, Some(24));
    }
    // Autumn 2013: 126,000 children and 2 %, rounded in each county, make 128,520 or so.
    let rounded = COUNTED.map(|heads| (heads[0] * 102 + 50) / 100);
    let reading = read(ADOPTED, "public-kindergarten-children", None, 1);
    assert_eq!(reading.denominator, Some(rounded.iter().sum()));
}

#[test]
fn fifteen_tasks_are_three_parts_and_their_twelve_clauses() {
    let (plan, outcome) = sample(ADOPTED);
    let reports = report_tasks(&plan, &outcome, None).unwrap();
    let names: Vec<_> =
        reports.iter().map(|r| (plan.tasks[r.task].id.as_str(), r.depth, r.parts.len())).collect();
    let of = |part: &'static str, n, clauses: &[&'static str]| {
        std::iter::once((part, 0, n)).chain(clauses.iter().map(|c| (*c, 1, 0))).collect::<Vec<_>>()
    };
    let expected = [
        of("part-1", 4, &["clause-1", "clause-2", "clause-3", "clause-4"]),
        of("part-2", 6, &["clause-5", "clause-6", "clause-7", "clause-8", "clause-9", "clause-10"]),
        of("part-3", 2, &["clause-11", "clause-12"]),
    ];
    assert_eq!(names, expected.concat());
    assert_eq!(reports.len(), 15);
    let programmes = |task: &str| -> Vec<&str> {
        let places = &report(&plan, &reports, task).programmes;
        places.iter().map(|p| plan.programmes[*p].id.as_str()).collect()
    };
    assert_eq!(programmes("part-1"), programmes("clause-3"));
    assert_eq!(
        programmes("part-2"),
        [
            "public-funds-special",
            "school-safety",
            "standard-schools-provincial",
            "standard-schools-municipal",
            "computers",
            "taicheng-schools",
        ]
    );
    assert_eq!(programmes("part-3"), ["kindergartens", "kindergarten-safety"]);
    assert_eq!(report(&plan, &reports, "part-3").indicators, [0, 1, 2, 3, 4]);
}

#[test]
fn a_clause_costs_what_its_programmes_do_and_a_part_what_its_clauses_do() {
    let (plan, outcome) = sample(ADOPTED);
    let reports = report_tasks(&plan, &outcome, None).unwrap();
    let cost = |task: &str| report(&plan, &reports, task).cost(&outcome, Cut::ALL.in_year(0));
    // Aid 1,054,000 + 7,103,750 + 12,096,000 + 12,001,500 + 54,898,500 + 5,387,459.57; public
    // funds 210,720,000 + 151,520,000; books 31,608,000 + 34,092,000; surcharges 115,500,000.
    assert_eq!(cost("clause-3"), Fen(63_598_120_957));
    assert_eq!(cost("part-1"), cost("clause-3"));
    // 300 million; 14.4 and 9.6 million; 20; 45; 2.715 million.
    assert_eq!(cost("clause-6"), Fen(yuan(324_000_000)));
    assert_eq!(cost("part-2"), Fen(yuan(391_715_000)));
    assert_eq!(cost("part-3"), Fen(yuan(142_128_000 + 3_600_000)));
    let base = evaluate(&plan, &id(STATUS_QUO)).unwrap();
    let difference = Difference { scenario: &outcome, base: &base };
    let change = report(&plan, &reports, "clause-3").change(difference, Cut::ALL.in_year(0));
    // 1,684,250 boarding, 12,096,000 preschool, 54,060,000 public funds, 21,750,000 surcharges.
    assert_eq!(change, Fen(yuan(1_684_250 + 12_096_000 + 54_060_000 + 21_750_000)));
}

#[test]
fn a_programme_of_two_clauses_costs_their_part_once() {
    let (plan, outcome) = sample(ADOPTED);
    let plan = plan
        .edit(|parts| {
            let clause = parts.tasks.iter_mut().find(|t| t.id.as_str() == "clause-12").unwrap();
            clause.programmes.push(id("kindergartens"));
        })
        .unwrap();
    let reports = report_tasks(&plan, &outcome, None).unwrap();
    let cost = |task: &str| report(&plan, &reports, task).cost(&outcome, Cut::ALL.in_year(0));
    assert_eq!(cost("clause-12"), Fen(yuan(145_728_000)));
    assert_eq!(cost("part-3"), Fen(yuan(145_728_000)));
}

#[test]
fn a_task_that_misses_its_target_is_at_risk_and_after_its_day_it_is_late_or_not_reported() {
    let (plan, outcome) = sample(ADOPTED);
    let status = |today: Option<&str>, task: &str| {
        let reports = report_tasks(&plan, &outcome, today.map(id)).unwrap();
        report(&plan, &reports, task).status
    };
    for today in [None, Some("2012-12-31")] {
        // No county is balanced; township kindergartens and standards fall short.
        for task in ["clause-5", "clause-11", "clause-12", "part-2", "part-3"] {
            assert_eq!(status(today, task), Status::AtRisk, "{task}");
        }
        for task in ["clause-3", "clause-4", "clause-6", "part-1"] {
            assert_eq!(status(today, task), Status::NotStarted, "{task}");
        }
    }
    // Nobody says how much is done: that is not the same as late.
    for task in ["clause-4", "clause-6", "part-1"] {
        assert_eq!(status(Some("2013-01-01"), task), Status::Unreported, "{task}");
    }
    for task in ["clause-5", "clause-11", "part-2", "part-3"] {
        assert_eq!(status(Some("2013-01-01"), task), Status::AtRisk, "{task}");
    }
    let begun = plan.edit(|parts| {
        let clause = parts.tasks.iter_mut().find(|t| t.id.as_str() == "clause-4");
        clause.unwrap().progress = Some(500_000);
    });
    let begun = begun.unwrap();
    let reports = report_tasks(&begun, &outcome, Some(id("2013-01-01"))).unwrap();
    assert_eq!(report(&begun, &reports, "clause-4").status, Status::Late);
    assert_eq!(status(Some("2013-01-01"), "clause-3"), Status::NotStarted, "no day is named");
    let base = evaluate(&plan, &id(STATUS_QUO)).unwrap();
    let reports = report_tasks(&plan, &base, None).unwrap();
    assert_eq!(report(&plan, &reports, "clause-6").status, Status::AtRisk, "nothing is built");
}

#[test]
fn progress_of_a_part_is_the_mean_of_its_clauses() {
    let (plan, outcome) = sample(ADOPTED);
    let with = |progress: &[(&str, i64)]| {
        let plan = plan
            .edit(|parts| {
                for (name, done) in progress {
                    let task = parts.tasks.iter_mut().find(|t| t.id.as_str() == *name).unwrap();
                    task.progress = Some(*done);
                }
            })
            .unwrap();
        let reports = report_tasks(&plan, &outcome, None).unwrap();
        let of = |name: &str| {
            let report = report(&plan, &reports, name);
            (report.progress, report.status)
        };
        (of("part-1"), of("part-3"))
    };
    assert_eq!(with(&[]).0, (None, Status::NotStarted));
    // What is not stated counts as nothing done: (1 + 0.5) ÷ 4, and a third of a millionth is
    // rounded.
    let (part, _) = with(&[("clause-1", MILLION), ("clause-2", 500_000)]);
    assert_eq!(part, (Some(375_000), Status::Underway));
    let (_, part) = with(&[("clause-11", MILLION), ("clause-12", 333_333)]);
    assert_eq!(part, (Some(666_667), Status::AtRisk));
    // Done is done, whatever the targets say.
    let (_, part) = with(&[("clause-11", MILLION), ("clause-12", MILLION)]);
    assert_eq!(part, (Some(MILLION), Status::Done));
}
