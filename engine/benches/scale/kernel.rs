//! The bare arithmetic of a plan of heads each semester: loops over flat arrays, nothing else.
//!
//! Invariant: every payment is the engine's to the fen. It has what no engine can do without,
//! reading heads, standards and shares and storing each payment, and nothing of what an engine
//! is for: no measures, no other drivers, no bounds, no errors, no heads of its own. So the
//! engine's time divided by its time says what all of that costs.

use shapan_engine::*;

/// One programme on flat arrays. A row runs over the horizon's semesters, the first year's
/// spring first; a stride of 0 means that all regions have the same row.
struct Line {
    /// `[region][school year]`, from the autumn before the first fiscal year on.
    heads: Vec<i64>,
    standard: Grid,
    /// What higher levels recognise: everything where the plan has no base standard.
    base: Grid,
    shares: Vec<(usize, Grid)>,
    residual: usize,
}

struct Grid {
    values: Vec<i64>,
    stride: usize,
}

/// A plan as flat arrays.
pub struct Kernel {
    regions: usize,
    semesters: usize,
    sources: usize,
    lines: Vec<Line>,
}

impl Kernel {
    /// Takes the arrays out of a plan of [`Mix::HeadsOnly`](crate::generate::Mix) without
    /// measures, and its heads out of the outcome.
    pub fn of(plan: &Plan, outcome: &Outcome) -> Self {
        let place = |id: &SourceId| plan.sources.iter().position(|s| s.id == *id).unwrap();
        let line = |programme: &Programme| {
            let Driver::Heads { population, standard, .. } = &programme.driver else {
                unreachable!("a plan of heads only");
            };
            let split = &programme.split;
            let grid = |parameter: &Parameter| Grid::of(plan, parameter);
            let heads = (0..plan.regions.len()).flat_map(|r| outcome.heads(population, r));
            Line {
                heads: heads.copied().collect(),
                standard: grid(&standard.value),
                base: split.base_standard.as_ref().map_or_else(|| Grid::unbounded(plan), grid),
                shares: split.shares.iter().map(|s| (place(&s.source), grid(&s.share))).collect(),
                residual: place(&split.residual),
            }
        };
        Self {
            regions: plan.regions.len(),
            semesters: 2 * plan.horizon.years(),
            sources: plan.sources.len(),
            lines: plan.programmes.iter().map(line).collect(),
        }
    }

    /// Room for the payments: `[programme][region][semester][source]`.
    pub fn room(&self) -> Vec<i64> {
        vec![0; self.payments() * self.sources]
    }

    /// Payments: programme × region × semester.
    pub fn payments(&self) -> usize {
        self.lines.len() * self.regions * self.semesters
    }

    /// Computes every payment. Products wrap, for speed: the plan's are far from 64 bits.
    pub fn run(&self, payments: &mut [i64]) {
        let school_years = self.semesters / 2 + 1;
        let mut rooms = payments.chunks_exact_mut(self.sources);
        for line in &self.lines {
            for region in 0..self.regions {
                let heads = &line.heads[region * school_years..(region + 1) * school_years];
                let (standard, base) = (line.standard.row(region), line.base.row(region));
                // Spring is paid for last autumn's heads, autumn for its own.
                for semester in 0..self.semesters {
                    let Some(parts) = rooms.next() else { return };
                    let recipients = heads[semester.div_ceil(2)];
                    let (standard, base) = (standard[semester], base[semester]);
                    let mut rest = half(recipients.wrapping_mul(standard));
                    let recognised = half(recipients.wrapping_mul(standard.min(base)));
                    for (source, share) in &line.shares {
                        let share = share.values[region * share.stride + semester];
                        let part = millionths(recognised.wrapping_mul(share)).min(rest);
                        rest = rest.wrapping_sub(part);
                        parts[*source] = part;
                    }
                    parts[line.residual] = rest;
                }
            }
        }
    }
}

impl Grid {
    fn of(plan: &Plan, parameter: &Parameter) -> Self {
        let is_uniform = parameter.by_region.is_empty();
        let regions = if is_uniform { &plan.regions[..1] } else { &plan.regions[..] };
        let in_force = |steps: &[Step], semester| {
            steps.iter().rev().find(|step| step.from <= semester).map_or(0, |step| step.value)
        };
        let row = |region: &Region| {
            let steps = parameter.steps_in(&region.id);
            plan.horizon.semesters().skip(1).map(move |semester| in_force(steps, semester))
        };
        let values = regions.iter().flat_map(row).collect();
        Self { values, stride: if is_uniform { 0 } else { 2 * plan.horizon.years() } }
    }

    fn unbounded(plan: &Plan) -> Self {
        Self { values: vec![i64::MAX; 2 * plan.horizon.years()], stride: 0 }
    }

    fn row(&self, region: usize) -> &[i64] {
        &self.values[region * self.stride..]
    }
}

/// Half of it, half-up; of what is not below 0.
#[inline(always)]
fn half(amount: i64) -> i64 {
    amount.wrapping_add(1) >> 1
}

/// So many millionths of one, half-up; of what is not below 0.
#[inline(always)]
fn millionths(product: i64) -> i64 {
    product.wrapping_add(MILLION / 2) / MILLION
}
