//! Money there is, worked by hand: what is carried over, what is lacking, what stays apart.

use shapan_engine::*;
use shapan_testing::*;

const YEARS: usize = 3;

/// North and south ask for amounts in three years.
const ASKED: [[i64; YEARS]; 2] = [[60, 130, 90], [120, 80, 100]];

fn yearly(amounts: [i64; YEARS]) -> Vec<Step> {
    let step = |(y, value)| Step { from: year(y).spring(), value };
    (2012..).zip(amounts).map(step).collect()
}

/// A source and one programme that asks it for [`ASKED`].
fn plan(payer: Source) -> PlanParts {
    let mut plan = bare(2012, 3, &["north", "south"]);
    let mut amount = Indexed::default();
    for (region, asked) in ["north", "south"].into_iter().zip(ASKED) {
        amount.value.by_region.insert(id(region), yearly(asked));
    }
    let split = split(&[], payer.id.as_str());
    plan.sources = vec![payer].into();
    plan.programmes = vec![programme("all", Driver::Lump { amount }, split)].into();
    plan
}

fn with_money(scope: Scope, available: [i64; YEARS], carry_over: bool) -> Source {
    let mut county = source("county");
    let value = Parameter { steps: yearly(available), ..Parameter::default() };
    let amount = Indexed { value, indexation: None };
    county.available = Some(Available { scope, amount });
    county.carry_over = carry_over;
    county
}

fn outcome(parts: PlanParts) -> (Plan, Outcome) {
    let plan = Plan::new(parts).unwrap();
    let outcome = evaluate(&plan, &id("status-quo")).unwrap();
    (plan, outcome)
}

/// Available, carried, demand, gap, surplus.
fn figures(years: &[Funding]) -> Vec<[i64; 5]> {
    let figures = |f: &Funding| [f.available, f.carried, f.demand, f.gap, f.surplus].map(|f| f.0);
    years.iter().map(figures).collect()
}

#[test]
fn what_is_not_spent_is_lost_where_nothing_carries_over() {
    let (_, outcome) = outcome(plan(with_money(Scope::PerRegion, [100, 100, 110], false)));
    let pots = outcome.pots(0).unwrap();
    assert_eq!(figures(&pots[0]), [[100, 0, 60, 0, 40], [100, 0, 130, 30, 0], [110, 0, 90, 0, 20]]);
    assert_eq!(
        figures(&pots[1]),
        [[100, 0, 120, 20, 0], [100, 0, 80, 0, 20], [110, 0, 100, 0, 10]]
    );
    // Sums; north's surplus does not close south's gap.
    let all = outcome.funding(0).unwrap();
    assert_eq!(figures(&all), [[200, 0, 180, 20, 40], [200, 0, 210, 30, 20], [220, 0, 190, 0, 30]]);
    assert_eq!(outcome.gap(0, 1), Some(Fen(30)));
}

#[test]
fn what_is_not_spent_is_there_next_year_where_it_carries_over_and_a_gap_is_not() {
    let (_, outcome) = outcome(plan(with_money(Scope::PerRegion, [100, 80, 110], true)));
    let pots = outcome.pots(0).unwrap();
    assert_eq!(figures(&pots[0]), [[100, 0, 60, 0, 40], [80, 40, 130, 10, 0], [110, 0, 90, 0, 20]]);
    assert_eq!(figures(&pots[1]), [[100, 0, 120, 20, 0], [80, 0, 80, 0, 0], [110, 0, 100, 0, 10]]);
    assert_eq!(figures(&outcome.funding(0).unwrap())[1], [160, 40, 210, 10, 0]);
    // What is left twice over is carried twice over.
    let (_, outcome) = self::outcome(plan(with_money(Scope::PerRegion, [200, 200, 1], true)));
    let pot = outcome.pot(0, 1).unwrap();
    assert_eq!(figures(&pot), [[200, 0, 120, 0, 80], [200, 80, 80, 0, 200], [1, 200, 100, 0, 101]]);
    assert_eq!(outcome.pots(0).unwrap()[1], pot);
    assert_eq!(outcome.pot(0, 2), None, "there are two");
}

#[test]
fn regions_that_share_a_pot_close_each_others_gaps() {
    let (_, outcome) = outcome(plan(with_money(Scope::CityWide, [200, 190, 195], true)));
    assert_eq!(outcome.fund_scope(0), Some(Scope::CityWide));
    assert_eq!(outcome.pots(0).unwrap().len(), 1);
    let expected = [[200, 0, 180, 0, 20], [190, 20, 210, 0, 0], [195, 0, 190, 0, 5]];
    assert_eq!(figures(&outcome.funding(0).unwrap()), expected);
    assert_eq!(outcome.available(0, None, 1), Some(Fen(190)));
    assert_eq!(outcome.available(0, Some(0), 1), None, "it is shared");
    assert_eq!(outcome.pot(0, 1), None);
}

#[test]
fn revenue_is_what_is_available_where_nothing_else_is_stated() {
    let mut county = source("county");
    let value = but_in(always(100), "south", 90);
    county.revenue = Some(Indexed { value, indexation: Some(always(100_000)) });
    let (_, outcome) = outcome(plan(county.clone()));
    assert_eq!(outcome.fund_scope(0), Some(Scope::PerRegion));
    assert_eq!(outcome.available(0, Some(1), 0), Some(Fen(90)));
    // 100, 110, 121 and 90, 99, 108.9, which is 109.
    let all = figures(&outcome.funding(0).unwrap());
    assert_eq!(all, [[190, 0, 180, 30, 40], [209, 0, 210, 20, 19], [230, 0, 190, 0, 40]]);
    // What is stated goes before it, though it be less.
    county.available = with_money(Scope::CityWide, [1, 1, 1], false).available;
    let (_, outcome) = self::outcome(plan(county));
    assert_eq!(outcome.gap(0, 0), Some(Fen(179)));
    // Where neither is, nothing can be told.
    let (plan, outcome) = self::outcome(plan(source("county")));
    assert_eq!(outcome.funding(0), None);
    assert_eq!(outcome.gap(0, 0), None);
    assert_eq!(outcome.pots(0), None);
    assert_eq!(outcome.account_funding(&plan, Account::GeneralBudget), None);
}

#[test]
fn money_that_comes_in_autumn_counts_half_of_a_year() {
    let mut county = with_money(Scope::CityWide, [0; YEARS], false);
    let from_autumn = dated(&[("2000-spring", 100), ("2012-autumn", 201)]);
    county.available.as_mut().unwrap().amount.value = from_autumn;
    let (_, outcome) = outcome(plan(county));
    // 150.5 is rounded half-up.
    assert_eq!(outcome.available(0, None, 0), Some(Fen(151)));
    assert_eq!(outcome.available(0, None, 1), Some(Fen(201)));
}

#[test]
fn an_account_is_all_its_sources_and_none_pays_for_another() {
    let mut parts = plan(with_money(Scope::PerRegion, [100, 100, 110], false));
    let mut city = with_money(Scope::CityWide, [500, 500, 500], false);
    city.id = id("city");
    let mut land = with_money(Scope::CityWide, [9_000, 9_000, 9_000], false);
    (land.id, land.account) = (id("land"), Account::LandIncome);
    let mut silent = source("silent");
    silent.account = Account::SpecialTransfer;
    parts.sources.extend([city, land, silent]);
    let (plan, outcome) = outcome(parts);
    let account = |account| outcome.account_funding(&plan, account).map(|years| figures(&years));
    let general = account(Account::GeneralBudget).unwrap();
    // South's 20 stay a gap beside the city's 500 left over and the land's 9,000.
    assert_eq!(general[0], [700, 0, 180, 20, 540]);
    assert_eq!(general[1], [700, 0, 210, 30, 520]);
    assert_eq!(account(Account::LandIncome).unwrap()[0], [9_000, 0, 0, 0, 9_000]);
    assert_eq!(account(Account::SpecialTransfer), None, "nothing is said of it");
    assert_eq!(account(Account::Other), None);
}

#[test]
fn money_of_all_sources_that_does_not_fit_is_an_error() {
    // 10,000 million million a year in each of 300 regions for two years, twice: each source
    // fits 64 bits, both do not.
    let most = *Unit::Fen.bounds().end();
    let regions: Vec<String> = (0..300).map(|n| format!("r-{n}")).collect();
    let names: Vec<&str> = regions.iter().map(String::as_str).collect();
    let with = |sources: usize| {
        let mut plan = bare(2012, 2, &names);
        for n in 0..sources {
            let mut rich = source(&format!("rich-{n}"));
            rich.revenue = Some(still(most));
            plan.sources.push(rich);
        }
        let plan = Plan::new(plan).unwrap();
        evaluate(&plan, &id("status-quo"))
    };
    assert!(with(1).is_ok());
    assert!(matches!(with(2), Err(EvaluateError::Overflow { .. })));
}
