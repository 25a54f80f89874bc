//! An amount by fiscal year: setting one year moves that one alone, and it is what the outcome
//! then reads.

use proptest::prelude::*;
use shapan_engine::*;
use shapan_testing::arbitrary::{cases, plan as any_plan};
use shapan_testing::*;

const WHICH: [SourceRole; 2] = [SourceRole::Available, SourceRole::Revenue];

/// What of a source counts as money to spend.
fn read_as(source: &Source) -> Option<SourceRole> {
    match (&source.available, &source.revenue) {
        (Some(_), _) => Some(SourceRole::Available),
        (None, Some(_)) => Some(SourceRole::Revenue),
        (None, None) => None,
    }
}

fn parameter(plan: &Plan, path: &ParamPath) -> Parameter {
    plan.parameters().find(|(there, _)| there == path).unwrap().1.clone()
}

fn with(plan: &Plan, path: &ParamPath, parameter: Parameter) -> Plan {
    let mut document = Document::new(plan.clone());
    let command = Command::SetParameter { path: path.clone(), parameter: Box::new(parameter) };
    document.dispatch(command, None).unwrap();
    Plan::clone(document.plan())
}

/// Amounts of every region by fiscal year, as the outcome has them; one row for the city.
fn available(plan: &Plan, source: usize) -> Vec<Vec<i64>> {
    let outcome = &evaluate(plan, &plan.status_quo().unwrap().id).unwrap();
    let years = 0..plan.horizon.years();
    let row = |region| years.clone().map(move |y| outcome.available(source, region, y).unwrap().0);
    match &plan.sources[source].available {
        Some(available) if available.scope == Scope::CityWide => vec![row(None).collect()],
        _ => (0..plan.regions.len()).map(|r| row(Some(r)).collect()).collect(),
    }
}

/// A plan over three years with one source that has money by region.
fn with_money(amount: Indexed) -> Plan {
    let mut parts = bare(2026, 3, &["north", "south"]);
    let mut county = source("county");
    county.available = Some(Available { scope: Scope::PerRegion, amount });
    parts.sources = vec![county].into();
    Plan::new(parts).unwrap()
}

fn money() -> ParamPath {
    ParamPath::Source(id("county"), SourceRole::Available)
}

/// The plan after a year was set.
fn set(plan: &Plan, region: Option<&str>, of: i64, amount: Option<i64>) -> Plan {
    let yearly = Yearly::of(plan, &money()).unwrap().unwrap();
    let mut changed = parameter(plan, &money());
    let region = region.map(id);
    yearly.set(&mut changed, region.as_ref(), year(of), amount).unwrap();
    with(plan, &money(), changed)
}

#[test]
fn a_year_is_set_for_both_its_semesters_and_the_next_keeps_what_was_in_force() {
    // From autumn 2025 on, as plans are begun: 2026 was 100, and so were all years after.
    let plan = with_money(Indexed { value: dated(&[("2025-autumn", 100)]), indexation: None });
    let plan = set(&plan, Some("north"), 2026, Some(7));
    assert_eq!(available(&plan, 0), [[7, 100, 100], [100, 100, 100]]);
    let plan = set(&plan, Some("north"), 2028, Some(9));
    assert_eq!(available(&plan, 0), [[7, 100, 9], [100, 100, 100]]);
    let plan = set(&plan, None, 2027, Some(50));
    assert_eq!(available(&plan, 0), [[7, 100, 9], [100, 50, 100]]);
    // Cleared, a region has what all have; with all years cleared it follows them again.
    let plan = set(&plan, Some("north"), 2027, None);
    assert_eq!(available(&plan, 0), [[7, 50, 9], [100, 50, 100]]);
    let plan = set(&set(&plan, Some("north"), 2026, None), Some("north"), 2028, None);
    assert_eq!(available(&plan, 0), [[100, 50, 100]; 2]);
    assert!(parameter(&plan, &money()).by_region.is_empty());
}

#[test]
fn years_that_follow_by_growth_stay_as_they_were_and_go_on_growing() {
    let plan = with_money(growing(100, 100_000));
    assert_eq!(available(&plan, 0), [[100, 110, 121]; 2]);
    let first = set(&plan, Some("north"), 2026, Some(50));
    assert_eq!(available(&first, 0), [[50, 110, 121], [100, 110, 121]]);
    // The years after follow once they are cleared: they grow from what was typed.
    let alone = with_money(Indexed {
        value: Parameter { steps: Vec::new(), ..dated(&[]) },
        ..growing(0, 100_000)
    });
    let alone = set(&alone, Some("north"), 2026, Some(50));
    assert_eq!(available(&alone, 0)[0], [50, 0, 0]);
    let alone = set(&set(&alone, Some("north"), 2027, None), Some("north"), 2028, None);
    assert_eq!(available(&alone, 0)[0], [50, 55, 61]);
}

#[test]
fn a_year_of_two_amounts_says_both_and_becomes_one_when_it_is_set() {
    let steps = [("2025-autumn", 100), ("2026-autumn", 201), ("2027-autumn", 300)];
    let plan = with_money(Indexed { value: dated(&steps), indexation: None });
    let yearly = Yearly::of(&plan, &money()).unwrap().unwrap();
    let amounts = yearly.amounts(&parameter(&plan, &money()), None).unwrap();
    let first = YearAmount { amount: 151, spring: 100, autumn: 201, is_stated: true };
    assert_eq!(amounts[0], first);
    assert_eq!(available(&plan, 0)[0], [151, 251, 300]);
    let plan = set(&plan, None, 2026, Some(60));
    assert_eq!(available(&plan, 0)[0], [60, 251, 300]);
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn setting_a_year_moves_no_other_year_and_no_other_region(
        plan in any_plan(),
        writes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::option::of(0..1_000_000_000i64)), 1..6),
    ) {
        for place in 0..plan.sources.len() {
            let Some(role) = read_as(&plan.sources[place]) else { continue };
            prop_assert!(WHICH.contains(&role));
            let path = ParamPath::Source(plan.sources[place].id.clone(), role);
            let is_shared = plan.sources[place].available.as_ref().is_some_and(|a| a.scope == Scope::CityWide);
            let mut plan = plan.clone();
            for (row, year, amount) in &writes {
                let before = available(&plan, place);
                let there = parameter(&plan, &path);
                let yearly = Yearly::of(&plan, &path).unwrap().unwrap();
                let region = match row.index(plan.regions.len() + 1) {
                    0 => None,
                    _ if is_shared => None,
                    n => Some(plan.regions[n - 1].id.clone()),
                };
                for (r, amounts) in before.iter().enumerate() {
                    let of = (!is_shared).then(|| &plan.regions[r].id);
                    let read = yearly.amounts(&there, of).unwrap();
                    prop_assert_eq!(&read.iter().map(|y| y.amount).collect::<Vec<_>>(), amounts);
                }
                let nth = year.index(plan.horizon.years());
                let fiscal = plan.horizon.fiscal_years().nth(nth).unwrap();
                let mut changed = there.clone();
                yearly.set(&mut changed, region.as_ref(), fiscal, *amount).unwrap();
                let next = with(&plan, &path, changed);
                let after = available(&next, place);
                for (r, (before, after)) in before.iter().zip(&after).enumerate() {
                    let own = &plan.regions[r].id;
                    let is_set = match &region {
                        Some(region) => region == own,
                        None => is_shared || !there.by_region.contains_key(own),
                    };
                    for y in 0..before.len() {
                        match amount {
                            Some(amount) if is_set && y == nth => prop_assert_eq!(after[y], *amount),
                            None if is_set && y == nth => {}
                            _ => prop_assert_eq!(after[y], before[y], "region {} year {}", r, y),
                        }
                    }
                }
                plan = next;
            }
        }
    }
}
