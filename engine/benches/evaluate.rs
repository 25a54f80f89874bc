//! What a lever waits for, on the embedded sample: `cargo bench -p shapan-engine`.
#![allow(clippy::unwrap_used, reason = "a benchmark of a sample that is tested to be whole")]

use divan::{Bencher, black_box};
use shapan_engine::files::{self, Stamp};
use shapan_engine::{
    ChangeValue, Command, Document, Gesture, Plan, ScenarioId, attribute, evaluate, taian_2012,
};

fn main() {
    divan::main();
}

const FILE: &str = include_str!("../sample/taian-2012.json");

fn sample() -> Plan {
    taian_2012().unwrap()
}

fn id(text: &str) -> ScenarioId {
    text.parse().unwrap()
}

#[divan::bench]
fn evaluate_the_adopted_plan(bencher: Bencher<'_, '_>) {
    let (plan, adopted) = (sample(), id("plan-2012"));
    bencher.bench_local(|| evaluate(black_box(&plan), &adopted).unwrap());
}

#[divan::bench]
fn attribute_the_adopted_plan_to_its_twelve_measures(bencher: Bencher<'_, '_>) {
    let (plan, adopted, status_quo) = (sample(), id("plan-2012"), id("status-quo"));
    bencher.bench_local(|| attribute(black_box(&plan), &adopted, &status_quo).unwrap());
}

/// Moves the raise of a proposal to another amount, as one more move of a drag.
fn lever(plan: &Plan, scenario: &ScenarioId, fen: i64) -> Command {
    let mut measure = plan.lineage(scenario)[2].measures[0].clone();
    for change in &mut measure.changes {
        change.value = ChangeValue::One(fen);
    }
    Command::PutMeasure { scenario: scenario.clone(), measure: Box::new(measure) }
}

#[divan::bench]
fn dispatch_one_lever_step(bencher: Bencher<'_, '_>) {
    let mut document = Document::new(sample());
    let (proposal, mut fen) = (id("raise-again"), 25_000);
    bencher.bench_local(|| {
        fen = 25_000 + (fen + 1) % 1_000;
        let command = lever(document.plan(), &proposal, fen);
        document.dispatch(command, Some(Gesture(1))).unwrap();
    });
}

/// All that a slider's move asks of the engine: the command, the proposal's outcome, and what
/// it costs beyond the status quo, measure by measure.
#[divan::bench]
fn move_a_lever_and_see_the_impact(bencher: Bencher<'_, '_>) {
    let mut document = Document::new(sample());
    let (proposal, status_quo, mut fen) = (id("raise-again"), id("status-quo"), 25_000);
    bencher.bench_local(|| {
        fen = 25_000 + (fen + 1) % 1_000;
        let command = lever(document.plan(), &proposal, fen);
        document.dispatch(command, Some(Gesture(1))).unwrap();
        let outcome = evaluate(document.plan(), &proposal).unwrap();
        (outcome, attribute(document.plan(), &proposal, &status_quo).unwrap())
    });
}

#[divan::bench]
fn read_the_sample_file(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| files::read(black_box(FILE)).unwrap());
}

#[divan::bench]
fn write_the_sample_file(bencher: Bencher<'_, '_>) {
    let plan = sample();
    bencher.bench_local(|| files::write_plan(black_box(&plan), &Stamp::default()));
}
