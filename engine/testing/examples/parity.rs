//! The engine as bare wasm, without a browser: what it computes, and how fast.
//!
//! `cargo xtask test` compares its digests with those of `digests` on this machine, `cargo xtask
//! bench` times it; `parity.mjs` calls it under Node.
#![allow(clippy::unwrap_used, reason = "an example of plans that are tested to be whole")]
#![allow(unsafe_code, reason = "`no_mangle`: a function's name is how wasm is called")]

use shapan_engine::*;
use shapan_testing::generate::{Size, generate};
use std::cell::RefCell;

/// The digest of all that is computed for a seed.
#[unsafe(no_mangle)]
pub extern "C" fn digest(seed: u32) -> u64 {
    shapan_testing::digest::digest(seed)
}

/// What is timed: a plan, its outcome, and how often a standard has been moved.
struct Timed {
    plan: Plan,
    base: Outcome,
    moves: i64,
}

thread_local! {
    static TIMED: RefCell<Option<Timed>> = const { RefCell::new(None) };
}

/// Makes the plan that the next two are about.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(regions: u32, programmes: u32, years: u32) {
    let years = u8::try_from(years).unwrap();
    let plan = generate(&Size { regions, programmes, years, ..Size::LARGE }, 1);
    let base = evaluate_stack(&plan, &[]).unwrap();
    TIMED.set(Some(Timed { plan, base, moves: 0 }));
}

/// Computes the whole plan; all that it comes to, in fen.
#[unsafe(no_mangle)]
pub extern "C" fn evaluate() -> i64 {
    TIMED.with_borrow_mut(|timed| {
        let timed = timed.as_mut().unwrap();
        timed.base = evaluate_stack(&timed.plan, &[]).unwrap();
        timed.base.total(Cut::ALL).0
    })
}

/// Moves one standard, each time to another amount; all that the plan then comes to, in fen.
#[unsafe(no_mangle)]
pub extern "C" fn move_one_standard() -> i64 {
    TIMED.with_borrow_mut(|timed| {
        let timed = timed.as_mut().unwrap();
        timed.moves += 1;
        let measure = raise(&timed.plan, 25_000 + timed.moves);
        let path = &measure.changes[0].path;
        let moved = reevaluate_stack(&timed.plan, &[&measure], &timed.base, &[path]).unwrap();
        moved.total(Cut::ALL.of_programme(0)).0
    })
}

/// Raises the standard of the first programme, which is paid each semester.
fn raise(plan: &Plan, fen: i64) -> Measure {
    let programme = plan.programmes[0].id.clone();
    let change = Change {
        path: ParamPath::Programme(programme, ProgrammeRole::Standard),
        operation: Operation::Add,
        value: ChangeValue::One(fen),
        from: plan.horizon.first().autumn(),
        until: None,
        regions: None,
    };
    Measure {
        id: "raise".parse().unwrap(),
        title: Text::new(Lang::En, "raise").unwrap(),
        clause: None,
        reason: None,
        basis: Basis::default(),
        enabled: true,
        changes: vec![change],
        extra: Extra::default(),
    }
}
