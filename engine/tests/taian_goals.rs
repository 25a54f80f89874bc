//! The sample's rules, indicators and tasks: figures worked out apart from the engine.
#![allow(clippy::unwrap_used, reason = "tests")]

use shapan_engine::*;

fn adopted() -> (Plan, Outcome) {
    let plan = taian_2012().unwrap();
    let outcome = evaluate(&plan, &"plan-2012".parse().unwrap()).unwrap();
    (plan, outcome)
}

fn rule(plan: &Plan, id: &str) -> usize {
    plan.rules.iter().position(|r| r.id.as_str() == id).unwrap()
}

fn yuan(yuan: i64) -> i64 {
    yuan * 100
}

#[test]
fn print() {
    let (plan, outcome) = adopted();
    for result in test_rules(&plan, &outcome).unwrap() {
        println!("{} {} {:?}", plan.rules[result.rule].id, result.year, result.whole);
    }
    for (n, indicator) in plan.indicators.iter().enumerate() {
        println!("{} {:?}", indicator.id, read_indicator(&plan, &outcome, n, None, 0).unwrap());
    }
    for t in report_tasks(&plan, &outcome, None).unwrap() {
        println!("{:?} {:?}", plan.tasks[t.task].clause, t);
    }
    println!("{:?}", outcome.funding(3));
}
