//! What size costs: `cargo bench -p shapan-engine --bench scale`.
//!
//! Four questions, on generated plans: how far the engine is from the bare arithmetic, whether
//! cost grows with size and no faster, what moving one number of a large plan costs, and what
//! outcomes weigh. Rows in Markdown go into the project's table of figures.
#![allow(clippy::unwrap_used, reason = "a benchmark of plans that are tested to be whole")]
#![allow(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "of times, not of money")]

#[path = "scale/kernel.rs"]
mod kernel;
#[path = "scale/memory.rs"]
mod memory;

use divan::{Bencher, black_box};
use kernel::Kernel;
use shapan_engine::*;
use shapan_testing::generate::{Mix, Size, generate};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;

fn main() {
    // A word picks single benches; the tables are for whoever asks for all.
    if std::env::args().skip(1).all(|word| word.starts_with("--")) {
        compare_with_the_bare_arithmetic();
        show_growth();
        weigh();
    }
    divan::main();
}

/// The plan without measures that most of this is about.
static LARGE: LazyLock<(Plan, Outcome)> = LazyLock::new(|| {
    let plan = generate(&Size::LARGE, 1);
    let outcome = evaluate_stack(&plan, &[]).unwrap();
    (plan, outcome)
});

fn large() -> (&'static Plan, &'static Outcome) {
    (&LARGE.0, &LARGE.1)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let made = black_box(work());
    (made, started.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}

// ── The bare arithmetic ──

/// The engine beside a kernel of a few loops that computes the same payments, in turns.
fn compare_with_the_bare_arithmetic() {
    let plan = generate(&Size { mix: Mix::HeadsOnly, ..Size::LARGE }, 1);
    let outcome = evaluate_stack(&plan, &[]).unwrap();
    let kernel = Kernel::of(&plan, &outcome);
    let mut room = kernel.room();
    kernel.run(&mut room);
    expect_the_same(&plan, &outcome, &room);
    drop(outcome);
    let (mut engine, mut fresh, mut reused) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..7 {
        engine.push(timed(|| evaluate_stack(black_box(&plan), &[]).unwrap()).1);
        // An outcome is new each time; so is the kernel's, or it would be spared the system's part.
        let new_room = || {
            let mut room = black_box(&kernel).room();
            kernel.run(&mut room);
            room
        };
        fresh.push(timed(new_room).1);
        reused.push(timed(|| black_box(&kernel).run(black_box(&mut room))).1);
    }
    let (engine, fresh, reused) = (median(engine), median(fresh), median(reused));
    let times = |other: Duration| engine.as_secs_f64() / other.as_secs_f64();
    println!("\n{} payments, heads each semester:", kernel.payments());
    println!("| Engine, 2,850 regions × 24 × 10 years × 6 sources | {} |", milliseconds(engine));
    println!("| The same payments in bare loops, stored anew | {} |", milliseconds(fresh));
    println!("| Engine ÷ bare loops | {:.1} |", times(fresh));
    println!("in room that is there already: {} ({:.1})", milliseconds(reused), times(reused));
}

/// Every payment, and what each source pays.
fn expect_the_same(plan: &Plan, outcome: &Outcome, payments: &[i64]) {
    let sources = plan.sources.len();
    let mut cells = payments.chunks_exact(sources);
    for programme in 0..plan.programmes.len() {
        for region in 0..plan.regions.len() {
            for semester in 0..2 * plan.horizon.years() {
                let (ours, theirs) = (outcome.payment(programme, region, semester), cells.next());
                assert!(ours.eq(theirs.unwrap().iter().copied().map(Fen)));
            }
        }
    }
    for source in 0..sources {
        let total = payments.iter().skip(source).step_by(sources).sum();
        assert_eq!(outcome.total(Cut::ALL.from_source(source)), Fen(total));
    }
}

// ── Growth ──

/// Time a payment at every size: a row that rises to the right or a column that rises
/// downward would be a cost that grows faster than the plan.
fn show_growth() {
    const YEARS: [u8; 3] = [1, 5, 15];
    println!("\nns a payment (region × programme × period, by source):");
    println!("regions  programmes {}", YEARS.map(|y| format!("{y:>5} years")).join(" "));
    for regions in [6, 60, 600, 2_850] {
        for programmes in [5, 20, 60] {
            let each = YEARS.map(|years| {
                let plan = generate(&Size { regions, programmes, years, ..Size::LARGE }, 1);
                format!("{:>11.1}", nanoseconds_a_payment(&plan))
            });
            println!("{regions:>7}  {programmes:>10} {}", each.join(" "));
        }
    }
}

fn nanoseconds_a_payment(plan: &Plan) -> f64 {
    let (outcome, first) = timed(|| evaluate_stack(plan, &[]).unwrap());
    let periods = |programme| match outcome.periods(programme) {
        Periods::Semesters => 2 * plan.horizon.years(),
        Periods::Years => plan.horizon.years(),
    };
    let payments = plan.regions.len() * (0..plan.programmes.len()).map(periods).sum::<usize>();
    drop(outcome);
    // The more often the quicker it is; the first run has paid for what comes but once.
    let runs = (Duration::from_millis(60).as_nanos() / first.as_nanos().max(1)).clamp(2, 50);
    let times = (0..runs).map(|_| timed(|| evaluate_stack(black_box(plan), &[]).unwrap()).1);
    median(times.collect()).as_secs_f64() * 1e9 / payments as f64
}

// ── What an outcome weighs ──

fn weigh() {
    let megabytes = |bytes: usize| format!("{:.1} MB", bytes as f64 / 1e6);
    let ((plan, base), ..) = memory::held_by(large);
    let (outcome, held, most) = memory::held_by(|| evaluate_stack(plan, &[]).unwrap());
    drop(outcome);
    println!("\nWeight of outcomes of the large plan:");
    println!("| Outcome of a large plan | {} |", megabytes(held));
    println!("at most while it is computed: {}", megabytes(most));
    for lever in Lever::ALL {
        let measure = lever.measure();
        let (_moved, held, _) = memory::held_by(|| lever.pull(plan, base, &measure));
        println!("| Outcome with {} moved, beside it | {} |", lever.words(), megabytes(held));
    }
}

// ── One number moved ──

#[derive(Clone, Copy)]
enum Lever {
    Standard,
    Growth,
    RegionsPosts,
}

impl Lever {
    const ALL: [Self; 3] = [Self::Standard, Self::Growth, Self::RegionsPosts];

    fn words(self) -> &'static str {
        match self {
            Self::Standard => "one standard",
            Self::Growth => "one population's growth",
            Self::RegionsPosts => "one region's posts",
        }
    }

    fn measure(self) -> Measure {
        let (path, operation, value) = match self {
            Self::Standard => {
                ("programmes/boarding/standard", Operation::Add, ChangeValue::One(25_000))
            }
            Self::Growth => ("populations/junior/growth", Operation::Set, ChangeValue::One(12_345)),
            Self::RegionsPosts => {
                let one = [("county-7".parse().unwrap(), 3)];
                ("programmes/cooks/posts", Operation::Add, ChangeValue::ByRegion(one.into()))
            }
        };
        let change = Change {
            path: path.parse().unwrap(),
            operation,
            value,
            from: "2016-autumn".parse().unwrap(),
            until: None,
            regions: None,
        };
        Measure {
            id: "lever".parse().unwrap(),
            title: Text::new(Lang::En, self.words()).unwrap(),
            clause: None,
            reason: None,
            basis: Basis::default(),
            enabled: true,
            changes: vec![change],
            extra: Extra::default(),
        }
    }

    fn pull(self, plan: &Plan, base: &Outcome, measure: &Measure) -> Outcome {
        reevaluate_stack(plan, &[measure], base, &[&measure.changes[0].path]).unwrap()
    }

    fn bench(self, bencher: Bencher<'_, '_>) {
        let ((plan, base), measure) = (large(), self.measure());
        assert_eq!(self.pull(plan, base, &measure), evaluate_stack(plan, &[&measure]).unwrap());
        bencher.bench_local(|| self.pull(black_box(plan), base, &measure));
    }
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn evaluate_a_large_plan(bencher: Bencher<'_, '_>) {
    let (plan, _) = large();
    bencher.bench_local(|| evaluate_stack(black_box(plan), &[]).unwrap());
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn move_one_standard_of_a_large_plan(bencher: Bencher<'_, '_>) {
    Lever::Standard.bench(bencher);
}

#[divan::bench(sample_count = 30, sample_size = 1)]
fn move_one_growth_of_a_large_plan(bencher: Bencher<'_, '_>) {
    Lever::Growth.bench(bencher);
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn move_one_region_of_a_large_plan(bencher: Bencher<'_, '_>) {
    Lever::RegionsPosts.bench(bencher);
}
