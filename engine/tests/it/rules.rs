//! Every kind of rule about money, worked by hand on tiny plans: pass, fail and "cannot tell".

use people_and_goals::rule;
use shapan_engine::*;
use shapan_testing::*;

/// A region's amounts from the first year on, for good; nothing elsewhere.
fn by_region(amounts: &[(&str, &[i64])]) -> Parameter {
    let steps = |amounts: &[i64]| {
        let from = (2012..).map(|y| year(y).spring());
        from.zip(amounts).map(|(from, value)| Step { from, value: *value }).collect()
    };
    let own = amounts.iter().map(|(region, amounts)| (id(region), steps(amounts)));
    Parameter { by_region: own.collect(), ..Parameter::default() }
}

fn over_years(amounts: &[i64]) -> Parameter {
    Parameter { steps: by_region(&[("x", amounts)]).by_region[&id("x")].clone(), ..by_region(&[]) }
}

/// What is spent in each region and year, by one source.
fn lump(name: &str, amounts: &[(&str, &[i64])], payer: &str) -> Programme {
    let amount = Indexed { value: by_region(amounts), indexation: None };
    programme(name, Driver::Lump { amount }, split(&[], payer))
}

fn as_is(value: Parameter) -> Indexed {
    Indexed { value, indexation: None }
}

/// Two regions, two years, a surcharge and a general budget, and spending on vocational schools.
fn plan(spending: Vec<Programme>, kind: RuleKind, scope: Scope) -> PlanParts {
    let mut plan = bare(2012, 2, &["north", "south"]);
    plan.citations = vec![citation("yearbook")].into();
    let mut surcharge = source("surcharge");
    surcharge.account = Account::EducationSurcharge;
    surcharge.revenue = Some(still(0));
    let mut land = source("land");
    land.account = Account::LandIncome;
    plan.sources = vec![source("county"), surcharge, land].into();
    plan.populations = vec![
        counted_in(
            "pupils",
            &[
                (2011, &[("north", 10), ("south", 20)]),
                (2012, &[("north", 12), ("south", 20)]),
                (2013, &[("north", 20), ("south", 20)]),
            ],
            0,
        ),
        counted("nobody", 2011, &[]),
    ]
    .into();
    plan.programmes = spending.into();
    plan.rules = vec![Rule { scope, ..rule("it", kind) }].into();
    plan
}

fn test(plan: PlanParts, year: usize) -> RuleResult {
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    test_rule(&plan, &outcome, 0, year).unwrap()
}

/// Verdict, value, threshold and slack.
fn figures(finding: &Finding) -> (Verdict, i64, i64, Option<i64>) {
    (finding.verdict.clone(), finding.value, finding.threshold, finding.slack.map(|s| s.0))
}

fn unknown(missing: Missing) -> (Verdict, i64, i64, Option<i64>) {
    (Verdict::CannotTell(missing), 0, 0, None)
}

use Verdict::{Fail, Pass};

fn vocational(mut programme: Programme) -> Programme {
    programme.tags = vec!["vocational".into()];
    programme
}

fn earmarked(revenues: &[(&str, &[i64])], spending: Vec<Programme>, scope: Scope) -> PlanParts {
    let kind = RuleKind::Earmark {
        source: id("surcharge"),
        tag: "vocational".into(),
        at_least: always(300_000),
    };
    let mut plan = plan(spending, kind, scope);
    plan.sources[1].revenue = Some(as_is(by_region(revenues)));
    plan
}

#[test]
fn an_earmark_counts_what_is_tagged_and_paid_from_its_account() {
    let spending = || {
        vec![
            vocational(lump("a", &[("north", &[300, 299]), ("south", &[70, 60])], "surcharge")),
            // Tagged but paid by another, and paid by it but not tagged.
            vocational(lump("b", &[("north", &[999, 999])], "county")),
            lump("c", &[("north", &[999, 999])], "surcharge"),
        ]
    };
    let revenues: &[(&str, &[i64])] = &[("north", &[1_000]), ("south", &[200])];
    let found = test(earmarked(revenues, spending(), Scope::PerRegion), 0);
    assert_eq!(figures(&found.regions[0]), (Pass, 300, 300, Some(0)));
    assert_eq!(figures(&found.regions[1]), (Pass, 70, 60, Some(10)));
    assert_eq!(found.regions[1].shares, Some((350_000, 300_000)));
    assert_eq!(figures(&found.whole), (Pass, 370, 360, Some(0)), "the tightest has no room");
    let found = test(earmarked(revenues, spending(), Scope::PerRegion), 1);
    assert_eq!(figures(&found.regions[0]), (Fail, 299, 300, Some(-1)));
    assert_eq!(figures(&found.whole), (Fail, 359, 360, Some(-1)));
    assert_eq!(found.failing_regions().collect::<Vec<_>>(), [0]);
    // One region's plenty makes up for another's lack only where the city is tested.
    let found = test(earmarked(revenues, spending(), Scope::CityWide), 0);
    assert!(found.regions.is_empty());
    assert_eq!(figures(&found.whole), (Pass, 370, 360, Some(10)));
    assert_eq!(found.whole.shares, Some((308_333, 300_000)));
    let found = test(earmarked(revenues, spending(), Scope::CityWide), 1);
    assert_eq!(figures(&found.whole), (Fail, 359, 360, Some(-1)));
}

#[test]
fn what_failing_regions_lack_adds_up_and_passing_ones_do_not_make_up_for_it() {
    let revenues: &[(&str, &[i64])] = &[("north", &[1_000]), ("south", &[1_000])];
    let of = |north, south| {
        let spending =
            vec![vocational(lump("a", &[("north", &[north]), ("south", &[south])], "surcharge"))];
        figures(&test(earmarked(revenues, spending, Scope::PerRegion), 0).whole)
    };
    assert_eq!(of(290, 280), (Fail, 570, 600, Some(-30)));
    assert_eq!(of(290, 999), (Fail, 1_289, 600, Some(-10)));
    assert_eq!(of(310, 305), (Pass, 615, 600, Some(5)));
}

#[test]
fn a_region_without_revenue_cannot_be_told_and_holds_up_no_other() {
    let spending =
        || vec![vocational(lump("a", &[("north", &[30]), ("south", &[5])], "surcharge"))];
    let found = test(earmarked(&[("north", &[100])], spending(), Scope::PerRegion), 0);
    assert_eq!(figures(&found.regions[0]), (Pass, 30, 30, Some(0)));
    assert_eq!(figures(&found.regions[1]), unknown(Missing::Revenue));
    assert_eq!(found.whole.verdict, Pass);
    let found = test(earmarked(&[], spending(), Scope::PerRegion), 0);
    assert_eq!(found.whole.verdict, Verdict::CannotTell(Missing::Revenue));
    let found = test(earmarked(&[], spending(), Scope::CityWide), 0);
    assert_eq!(figures(&found.whole), unknown(Missing::Revenue));
}

#[test]
fn an_earmark_of_a_fraction_of_a_fen_asks_for_what_the_payment_rounds_to() {
    for (revenue, owed) in [(5, 2), (4, 1), (1, 0), (2, 1), (11, 3), (12, 4)] {
        // 30 % of 5 is 1.5: a programme that gives just 30 % gives 2.
        let driver = Driver::Revenue { source: id("surcharge"), share: always(300_000) };
        let given = vocational(programme("a", driver, split(&[], "surcharge")));
        let revenues: &[(&str, &[i64])] = &[("north", &[revenue]), ("south", &[revenue])];
        for scope in [Scope::PerRegion, Scope::CityWide] {
            let found = test(earmarked(revenues, vec![given.clone()], scope), 0);
            assert_eq!(figures(&found.whole), (Pass, 2 * owed, 2 * owed, Some(0)), "{revenue}");
        }
    }
}

#[test]
fn a_share_that_rises_in_autumn_asks_for_half_of_the_rise_in_its_year() {
    let revenues: &[(&str, &[i64])] = &[("north", &[1_000])];
    let spending = vec![vocational(lump("a", &[("north", &[250, 250])], "surcharge"))];
    let mut plan = earmarked(revenues, spending, Scope::PerRegion);
    if let RuleKind::Earmark { at_least, .. } = &mut plan.rules[0].kind {
        *at_least = dated(&[("2000-spring", 200_000), ("2012-autumn", 300_000)]);
    }
    let found = test(plan.clone(), 0);
    assert_eq!(figures(&found.regions[0]), (Pass, 250, 250, Some(0)));
    assert_eq!(found.regions[0].shares, Some((250_000, 250_000)));
    let found = test(plan, 1);
    assert_eq!(figures(&found.regions[0]), (Fail, 250, 300, Some(-50)));
    assert_eq!(found.regions[0].shares, Some((250_000, 300_000)));
}

fn share_of_budget(spent: &[(&str, &[i64])], budget: Parameter, scope: Scope) -> PlanParts {
    let kind = RuleKind::ShareOfBudget { budget: as_is(budget), at_least: always(200_000) };
    plan(vec![lump("all", spent, "county")], kind, scope)
}

#[test]
fn a_budget_for_the_city_is_reckoned_once_and_budgets_by_region_add_up() {
    let spent: &[(&str, &[i64])] = &[("north", &[150]), ("south", &[50])];
    let once = share_of_budget(spent, over_years(&[1_000]), Scope::CityWide);
    let found = test(once, 0).whole;
    assert_eq!(figures(&found), (Pass, 200, 200, Some(0)));
    expect!(found, shares: Some((200_000, 200_000)), closing: None);
    let budgets = || by_region(&[("north", &[600]), ("south", &[405])]);
    let found = test(share_of_budget(spent, budgets(), Scope::CityWide), 0).whole;
    assert_eq!(figures(&found), (Fail, 200, 201, Some(-1)));
    assert_eq!(found.shares, Some((199_005, 200_000)));
    let found = test(share_of_budget(spent, budgets(), Scope::PerRegion), 0);
    assert_eq!(figures(&found.regions[0]), (Pass, 150, 120, Some(30)));
    assert_eq!(figures(&found.regions[1]), (Fail, 50, 81, Some(-31)));
    assert_eq!(figures(&found.whole), (Fail, 200, 201, Some(-31)));
    let nothing = share_of_budget(spent, over_years(&[0, 1_000]), Scope::CityWide);
    assert_eq!(figures(&test(nothing, 0).whole), unknown(Missing::Budget));
}

#[test]
fn a_share_of_the_budget_is_not_rounded_in_anybodys_favour() {
    // A fifth of 1,001 is 200.2: 200 are less than a fifth.
    let of = |spent, budget| {
        let once = share_of_budget(&[("north", &[spent])], over_years(&[budget]), Scope::CityWide);
        test(once, 0).whole
    };
    assert_eq!(figures(&of(200, 1_001)), (Fail, 200, 201, Some(-1)));
    let closing = Closing { within_total: Fen(1), on_top: Some(Fen(1)) };
    assert_eq!(of(200, 1_001).closing, Some(closing));
    assert_eq!(figures(&of(201, 1_005)), (Pass, 201, 201, Some(0)));
    // Regions' budgets are added before the share is taken: 0.4 and 0.4 are 0.8, not 2.
    let budgets = by_region(&[("north", &[2]), ("south", &[2])]);
    let found = test(share_of_budget(&[("north", &[1])], budgets, Scope::CityWide), 0).whole;
    assert_eq!(figures(&found), (Pass, 1, 1, Some(0)));
}

#[test]
fn the_whole_budget_cannot_be_reached_by_adding_to_it() {
    let with = |share| {
        let mut plan = share_of_budget(&[("north", &[400])], over_years(&[1_000]), Scope::CityWide);
        if let RuleKind::ShareOfBudget { at_least, .. } = &mut plan.rules[0].kind {
            *at_least = always(share);
        }
        test(plan, 0).whole.closing
    };
    assert_eq!(with(MILLION), Some(Closing { within_total: Fen(600), on_top: None }));
    // 0.999999 × 1,000 is 999.999; on top, each fen brings a millionth nearer.
    let closing = Closing { within_total: Fen(600), on_top: Some(Fen(599_999_000)) };
    assert_eq!(with(999_999), Some(closing));
}

#[test]
fn closing_is_reckoned_with_the_share_of_the_year_not_of_its_autumn() {
    let mut plan = share_of_budget(&[("north", &[200])], over_years(&[1_000]), Scope::CityWide);
    if let RuleKind::ShareOfBudget { at_least, .. } = &mut plan.rules[0].kind {
        *at_least = dated(&[("2000-spring", 200_000), ("2012-autumn", 300_000)]);
    }
    let found = test(plan, 0).whole;
    assert_eq!(figures(&found), (Fail, 200, 250, Some(-50)));
    assert_eq!(found.shares, Some((200_000, 250_000)));
    // 50 ÷ 0.75 = 66.7.
    let closing = Closing { within_total: Fen(50), on_top: Some(Fen(67)) };
    assert_eq!(found.closing, Some(closing));
}

fn figure(per: Per, before: Option<i64>) -> Figure {
    Figure { per, before: before.map(always), ..Figure::default() }
}

const AMOUNTS: &[(&str, &[i64])] = &[("north", &[100, 100]), ("south", &[100, 101])];

fn over_the_years(spent: &[(&str, &[i64])], kind: RuleKind, scope: Scope) -> PlanParts {
    plan(vec![lump("all", spent, "county")], kind, scope)
}

#[test]
fn the_same_as_last_year_is_no_decrease_and_no_growth() {
    let of = || figure(Per::Whole, None);
    let never = || RuleKind::NeverDecrease { of: of() };
    let growth = || RuleKind::Growth { of: of(), than: None };
    let found = test(over_the_years(AMOUNTS, never(), Scope::PerRegion), 1);
    assert_eq!(figures(&found.regions[0]), (Pass, 100, 100, Some(0)));
    assert_eq!(figures(&found.regions[1]), (Pass, 101, 100, Some(1)));
    assert_eq!(figures(&found.whole), (Pass, 201, 200, Some(0)));
    let found = test(over_the_years(AMOUNTS, growth(), Scope::PerRegion), 1);
    assert_eq!(figures(&found.regions[0]), (Fail, 100, 101, Some(-1)));
    assert_eq!(figures(&found.regions[1]), (Pass, 101, 101, Some(0)));
    assert_eq!(figures(&found.whole), (Fail, 201, 202, Some(-1)));
    let found = test(over_the_years(AMOUNTS, growth(), Scope::CityWide), 1);
    assert_eq!(figures(&found.whole), (Pass, 201, 201, Some(0)));
    for kind in [never(), growth()] {
        let found = test(over_the_years(AMOUNTS, kind, Scope::PerRegion), 0);
        assert_eq!(figures(&found.whole), unknown(Missing::LastYear));
    }
}

#[test]
fn the_first_year_is_compared_with_the_figure_stated_for_the_year_before() {
    let first = |per, before, scope| {
        let kind = RuleKind::NeverDecrease { of: figure(per, Some(before)) };
        test(over_the_years(AMOUNTS, kind, scope), 0)
    };
    let found = first(Per::Whole, 200, Scope::CityWide).whole;
    assert_eq!(figures(&found), (Pass, 200, 200, Some(0)), "stated once for the city");
    let found = first(Per::Whole, 101, Scope::PerRegion).whole;
    assert_eq!(figures(&found), (Fail, 200, 202, Some(-2)), "stated of each region");
    // 10 and 12 pupils in north, 11 on average: 9 fen each are 99, 10 are 110.
    let pupils = || Per::Pupil(vec![id("pupils")]);
    let found = first(pupils(), 9, Scope::PerRegion);
    assert_eq!(figures(&found.regions[0]), (Pass, 100, 99, Some(1)));
    assert_eq!(figures(&found.regions[1]), (Fail, 100, 180, Some(-80)));
    let found = first(pupils(), 6, Scope::CityWide).whole;
    assert_eq!(figures(&found), (Pass, 200, 186, Some(14)), "31 pupils at 6");
}

#[test]
fn half_a_pupil_counts_and_what_is_owed_is_rounded_up() {
    // 20 and 21 pupils: 20.5 × 5 = 102.5 are owed, which 102 are not.
    let kind = || RuleKind::NeverDecrease { of: figure(Per::Pupil(vec![id("pupils")]), Some(5)) };
    let with = |spent| {
        let mut plan = over_the_years(&[("south", &[spent])], kind(), Scope::CityWide);
        plan.populations[0] =
            counted_in("pupils", &[(2011, &[("south", 20)]), (2012, &[("south", 21)])], 0);
        figures(&test(plan, 0).whole)
    };
    assert_eq!(with(102), (Fail, 102, 103, Some(-1)));
    assert_eq!(with(103), (Pass, 103, 103, Some(0)));
}

#[test]
fn spending_per_pupil_follows_the_pupils() {
    // North: 10 + 12 pupils pay for 2012, 12 + 20 for 2013; 100 fen then are 145.45 now.
    let of = || figure(Per::Pupil(vec![id("pupils")]), None);
    let per_pupil = |north, kind: fn(Figure) -> RuleKind| {
        let spent: &[(&str, &[i64])] = &[("north", &[100, north]), ("south", &[100, 100])];
        test(over_the_years(spent, kind(of()), Scope::PerRegion), 1)
    };
    let never = |of| RuleKind::NeverDecrease { of };
    let growth = |of| RuleKind::Growth { of, than: None };
    assert_eq!(figures(&per_pupil(145, never).regions[0]), (Fail, 145, 146, Some(-1)));
    assert_eq!(figures(&per_pupil(146, never).regions[0]), (Pass, 146, 146, Some(0)));
    assert_eq!(figures(&per_pupil(146, growth).regions[0]), (Pass, 146, 146, Some(0)));
    // South's pupils are the same: what is no decrease is no growth.
    assert_eq!(figures(&per_pupil(146, never).regions[1]), (Pass, 100, 100, Some(0)));
    assert_eq!(figures(&per_pupil(146, growth).regions[1]), (Fail, 100, 101, Some(-1)));
    // The city: 62 pupil-censuses, then 72; 200 × 72 ÷ 62 = 232.26.
    let spent: &[(&str, &[i64])] = &[("north", &[100, 132]), ("south", &[100, 100])];
    let found = test(over_the_years(spent, never(of()), Scope::CityWide), 1).whole;
    assert_eq!(figures(&found), (Fail, 232, 233, Some(-1)));
}

#[test]
fn nobody_to_divide_by_cannot_be_told() {
    for per in [Per::Pupil(vec![id("nobody")]), Per::Post] {
        for (year, before) in [(0, Some(3)), (1, None)] {
            let kind = RuleKind::NeverDecrease { of: figure(per.clone(), before) };
            let found = test(over_the_years(AMOUNTS, kind, Scope::PerRegion), year);
            assert_eq!(figures(&found.whole), unknown(Missing::Divisor));
        }
    }
}

#[test]
fn pay_grows_for_each_post_not_with_the_posts() {
    let posts = Parameter {
        steps: dated(&[("2000-spring", 10), ("2013-spring", 8)]).steps,
        ..Parameter::default()
    };
    let pay = |standard| {
        let driver = Driver::Posts { posts: Posts::Given(posts.clone()), standard };
        let mut teachers = programme("teachers", driver, split(&[], "county"));
        teachers.nature = Nature::Personnel;
        teachers
    };
    let with = |standard, before: Option<i64>, year| {
        let of = Figure { natures: vec![Nature::Personnel], ..figure(Per::Post, before) };
        let kind = RuleKind::Growth { of, than: None };
        // What is spent on other things is no pay.
        let spending = vec![pay(standard), lump("other", AMOUNTS, "county")];
        figures(&test(plan(spending, kind, Scope::CityWide), year).whole)
    };
    // 20 posts at 1,000, then 16 at 1,001: less in all, more for each.
    let raised = || as_is(dated(&[("2000-spring", 1_000), ("2013-spring", 1_001)]));
    assert_eq!(with(raised(), None, 1), (Pass, 16_016, 16_001, Some(15)));
    assert_eq!(with(still(1_000), None, 1), (Fail, 16_000, 16_001, Some(-1)));
    assert_eq!(with(still(1_000), Some(999), 0), (Pass, 20_000, 19_981, Some(19)));
    assert_eq!(with(still(1_000), Some(1_000), 0), (Fail, 20_000, 20_001, Some(-1)));
}

#[test]
fn a_grant_grows_faster_than_a_revenue_by_the_exact_fraction() {
    let than = |revenues: &[i64]| Some(as_is(over_years(revenues)));
    let with = |spent: [i64; 2], revenues: &[i64]| {
        let kind = RuleKind::Growth { of: figure(Per::Whole, None), than: than(revenues) };
        figures(&test(over_the_years(&[("north", &spent)], kind, Scope::CityWide), 1).whole)
    };
    // Both by a third: no faster. 3 → 4 makes 300 → 400.
    assert_eq!(with([300, 400], &[3, 4]), (Fail, 400, 401, Some(-1)));
    assert_eq!(with([300, 401], &[3, 4]), (Pass, 401, 401, Some(0)));
    // 7 → 8 makes 100 → 114.29.
    assert_eq!(with([100, 114], &[7, 8]), (Fail, 114, 115, Some(-1)));
    assert_eq!(with([100, 115], &[7, 8]), (Pass, 115, 115, Some(0)));
    // A revenue that falls lets a grant fall, by less.
    assert_eq!(with([100, 51], &[10, 5]), (Pass, 51, 51, Some(0)));
    assert_eq!(with([100, 115], &[0, 8]), unknown(Missing::Revenue));
    let kind = RuleKind::Growth { of: figure(Per::Whole, Some(1)), than: than(&[3, 4]) };
    let first = test(over_the_years(&[("north", &[9])], kind, Scope::CityWide), 0).whole;
    assert_eq!(figures(&first), unknown(Missing::LastYear), "the revenue before is not known");
}

#[test]
fn revenues_by_region_are_compared_with_by_region_and_add_up_for_the_city() {
    let revenues = || as_is(by_region(&[("north", &[10, 11]), ("south", &[90, 90])]));
    let with = |scope| {
        let kind = RuleKind::Growth { of: figure(Per::Whole, None), than: Some(revenues()) };
        let spent: &[(&str, &[i64])] = &[("north", &[100, 110]), ("south", &[100, 101])];
        test(over_the_years(spent, kind, scope), 1)
    };
    let found = with(Scope::PerRegion);
    assert_eq!(figures(&found.regions[0]), (Fail, 110, 111, Some(-1)));
    assert_eq!(figures(&found.regions[1]), (Pass, 101, 101, Some(0)));
    // 100 → 101 makes 200 → 202.
    assert_eq!(figures(&with(Scope::CityWide).whole), (Pass, 211, 203, Some(8)));
}

#[test]
fn a_figure_compared_with_a_revenue_needs_nobody_to_divide_it_by() {
    let than = Some(as_is(over_years(&[3, 4])));
    let kind = RuleKind::Growth { of: figure(Per::Post, None), than };
    let spent: &[(&str, &[i64])] = &[("north", &[300, 401])];
    let found = test(over_the_years(spent, kind, Scope::CityWide), 1).whole;
    assert_eq!(figures(&found), (Pass, 401, 401, Some(0)));
}

#[test]
fn a_figure_counts_only_the_natures_tags_and_accounts_it_names() {
    let mut built = lump("built", &[("north", &[7, 7])], "land");
    built.nature = Nature::Capital;
    let spending = vec![
        vocational(lump("a", &[("north", &[10, 10])], "county")),
        vocational(built),
        lump("b", &[("north", &[100, 100])], "county"),
        lump("c", &[("north", &[1_000, 1_000])], "surcharge"),
    ];
    let value = |natures: &[Nature], tags: &[&str], accounts: &[Account]| {
        let of = Figure {
            natures: natures.to_vec(),
            tags: tags.iter().map(|tag| (*tag).into()).collect(),
            accounts: accounts.to_vec(),
            ..Figure::default()
        };
        let kind = RuleKind::NeverDecrease { of };
        test(plan(spending.clone(), kind, Scope::CityWide), 1).whole.value
    };
    assert_eq!(value(&[], &[], &[]), 1_117);
    assert_eq!(value(&[Nature::Capital], &[], &[]), 7);
    assert_eq!(value(&[], &["vocational", "x"], &[]), 17);
    assert_eq!(value(&[Nature::Recurrent], &["vocational"], &[]), 10);
    assert_eq!(value(&[], &[], &[Account::GeneralBudget, Account::LandIncome]), 117);
    assert_eq!(value(&[], &[], &[Account::Other]), 0);
}

#[test]
fn land_income_may_not_pay_for_personnel() {
    let with = |payer: &str, scope| {
        let mut pay = lump("pay", &[("north", &[5, 0])], payer);
        pay.nature = Nature::Personnel;
        let mut build = lump("build", &[("north", &[50, 50])], "land");
        build.nature = Nature::Capital;
        let kind = RuleKind::UseRestriction {
            account: Account::LandIncome,
            forbidden: vec![Nature::Personnel, Nature::Recurrent],
        };
        plan(vec![pay, build], kind, scope)
    };
    let found = test(with("land", Scope::PerRegion), 0);
    assert_eq!(figures(&found.regions[0]), (Fail, 5, 0, Some(-5)));
    assert_eq!(figures(&found.regions[1]), (Pass, 0, 0, Some(0)));
    assert_eq!(figures(&found.whole), (Fail, 5, 0, Some(-5)));
    assert_eq!(found.whole.sense, Sense::AtMost);
    assert_eq!(figures(&test(with("land", Scope::CityWide), 0).whole), (Fail, 5, 0, Some(-5)));
    assert_eq!(figures(&test(with("land", Scope::PerRegion), 1).whole), (Pass, 0, 0, Some(0)));
    assert_eq!(figures(&test(with("county", Scope::CityWide), 0).whole), (Pass, 0, 0, Some(0)));
}

#[test]
fn an_envelope_is_tested_where_its_money_is_and_carries_over_where_the_account_does() {
    let with = |carry_over, available: Option<Scope>| {
        let kind = RuleKind::Envelope { source: id("county") };
        let spent: &[(&str, &[i64])] = &[("north", &[60, 130]), ("south", &[120, 80])];
        let mut plan = over_the_years(spent, kind, Scope::CityWide);
        plan.sources[0].carry_over = carry_over;
        plan.sources[0].available =
            available.map(|scope| Available { scope, amount: as_is(over_years(&[100])) });
        plan
    };
    let found = test(with(false, Some(Scope::PerRegion)), 0);
    assert_eq!(figures(&found.regions[0]), (Pass, 60, 100, Some(40)));
    assert_eq!(figures(&found.regions[1]), (Fail, 120, 100, Some(-20)));
    assert_eq!(figures(&found.whole), (Fail, 180, 200, Some(-20)), "40 there do not help here");
    let found = test(with(false, Some(Scope::PerRegion)), 1);
    assert_eq!(figures(&found.regions[0]), (Fail, 130, 100, Some(-30)));
    let found = test(with(true, Some(Scope::PerRegion)), 1);
    assert_eq!(figures(&found.regions[0]), (Pass, 130, 140, Some(10)));
    assert_eq!(figures(&found.regions[1]), (Pass, 80, 100, Some(20)), "a gap is not carried");
    assert_eq!(figures(&found.whole), (Pass, 210, 240, Some(10)));
    let found = test(with(false, Some(Scope::CityWide)), 0);
    assert!(found.regions.is_empty());
    assert_eq!(figures(&found.whole), (Fail, 180, 100, Some(-80)));
    assert_eq!(figures(&test(with(false, None), 0).whole), unknown(Missing::Available));
}

#[test]
fn the_envelope_of_a_city_with_its_money_in_regions_is_explained_with_the_sums() {
    let kind = RuleKind::Envelope { source: id("surcharge") };
    let spent = vec![lump("a", &[("north", &[60]), ("south", &[120])], "surcharge")];
    let mut plan = plan(spent, kind, Scope::PerRegion);
    plan.sources[1].revenue = Some(still(100));
    let plan = Plan::new(plan).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    let whole = test_rule(&plan, &outcome, 0, 0).unwrap().whole;
    let ask = |figure| {
        let what = What::Rule { figure, rule: 0, region: None, year: 0 };
        why(&plan, &[], &outcome, &what).unwrap().unwrap().value
    };
    assert_eq!((ask(RuleFigure::Value), ask(RuleFigure::Threshold)), (180, 200));
    expect!(whole, value: 180, threshold: 200);
}

#[test]
fn figures_that_do_not_fit_are_an_error_not_a_panic() {
    // 10^15 in each region, and a revenue 6,000 times what it was: each region would have to
    // spend 6 × 10^18, both together more than 64 bits hold.
    let huge = 1_000_000_000_000_000;
    let kind = RuleKind::Growth {
        of: figure(Per::Whole, None),
        than: Some(as_is(over_years(&[1, 6_000]))),
    };
    let spent: &[(&str, &[i64])] = &[("north", &[huge, huge]), ("south", &[huge, huge])];
    let plan = Plan::new(over_the_years(spent, kind, Scope::PerRegion)).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    assert_eq!(test_rule(&plan, &outcome, 0, 1), Err(Overflow));
    assert!(test_rule(&plan, &outcome, 0, 0).is_ok());
}

#[test]
fn a_verdict_is_turned_by_the_measure_after_which_it_stays() {
    let kind = RuleKind::UseRestriction {
        account: Account::LandIncome,
        forbidden: vec![Nature::Recurrent],
    };
    let mut parts = plan(vec![lump("a", &[("north", &[0])], "land")], kind, Scope::CityWide);
    let set = |name: &str, value| {
        measure(name, vec![change("programmes/a/amount", Operation::Set, value, "2012-spring")])
    };
    parts.scenarios.extend([
        scenario("back-and-forth", Some("status-quo"), vec![set("a", 5), set("b", 0), set("c", 7)]),
        scenario("and-back", Some("back-and-forth"), vec![set("d", 0)]),
        scenario("idle", Some("back-and-forth"), vec![set("e", 8)]),
    ]);
    let plan = Plan::new(parts).unwrap();
    let flipped = |scenario: &str, base: &str| {
        let found = attribute(&plan, &id(scenario), &id(base)).unwrap();
        flipped_by(&plan, &found, 0, 0).unwrap()
    };
    assert_eq!(flipped("back-and-forth", "status-quo"), Some(2));
    assert_eq!(flipped("and-back", "status-quo"), None);
    assert_eq!(flipped("idle", "status-quo"), Some(2), "the last one changes no verdict");
    assert_eq!(flipped("idle", "back-and-forth"), None);
    assert_eq!(flipped("status-quo", "idle"), Some(3), "8, 7, 0, 5 and at last 0 again");
}
