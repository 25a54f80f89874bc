//! Owns fair attribution: the Shapley value of each measure, which no order of measures moves.
//!
//! A measure's share is the mean of what it adds over all orders in which the measures could
//! have been made. Programmes do not touch one another, so each is shared out among the
//! measures that move it: exactly among up to [`MOST_EXACT`], by sampled orders beyond.
//!
//! Invariant: shares of every payment add up to its difference to the fen, so they do along
//! every axis, and each measure's sum stays within a fen or so of its exact value: what is
//! rounded off one payment is carried to the next.

use super::Steps;
use crate::evaluate::{EvaluateError, People};
use crate::exact::{Fen, Overflow};
use crate::id::ScenarioId;
use crate::outcome::{Cut, Outcome, Spending};
use crate::plan::{Measure, ParamPath, Plan};
use std::collections::{HashMap, HashSet};

/// Measures that move one programme up to which shares are exact: 4,096 outcomes of it.
pub const MOST_EXACT: usize = 12;
/// Outcomes of one programme that sampling may ask for.
const MOST_SAMPLED: usize = 4_096;

/// How a programme's difference was shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Over all orders.
    Exact,
    /// Over so many drawn orders, each with its reverse.
    Sampled {
        /// How many pairs.
        pairs: usize,
    },
    /// In the order of the stack: some other order has no outcome, or there are too many.
    InOrder,
}

/// The difference between two scenarios shared out among the measures between them.
#[derive(Clone, Debug)]
pub struct FairAttribution {
    shares: Vec<FairShare>,
    methods: Vec<Method>,
}

/// One measure's share.
#[derive(Clone, Debug)]
pub struct FairShare {
    /// The scenario that holds the measure.
    pub scenario: ScenarioId,
    /// The measure.
    pub measure: Measure,
    /// Whether the measure is dropped (it belongs to the base only) rather than added.
    pub is_dropped: bool,
    /// Its part of each programme's payments; none where it moves none of them.
    parts: Vec<Option<Part>>,
}

#[derive(Clone, Debug)]
struct Part {
    payments: Spending,
    /// What it adds in each pair of drawn orders, twice, by `[year][payer]`.
    drawn: Vec<Vec<i64>>,
}

impl FairAttribution {
    /// The measures, in the order of [`super::Attribution::contributions`].
    pub fn shares(&self) -> &[FairShare] {
        &self.shares
    }

    /// What the measure at `place` adds to the selected payments, in fen.
    pub fn total(&self, place: usize, cut: Cut) -> Fen {
        let parts = self.shares[place].parts.iter().enumerate();
        let wanted = parts.filter(|(programme, _)| cut.programme.is_none_or(|p| p == *programme));
        wanted.filter_map(|(_, part)| part.as_ref()).map(|part| Fen(part.payments.total(cut))).sum()
    }

    /// What the measure at `place` adds to each programme it moves.
    pub(crate) fn payments(&self, place: usize) -> impl Iterator<Item = (usize, &Spending)> {
        let parts = self.shares[place].parts.iter().enumerate();
        parts.filter_map(|(programme, part)| Some((programme, &part.as_ref()?.payments)))
    }

    /// How a programme's difference was shared out.
    pub fn method(&self, programme: usize) -> Method {
        self.methods[programme]
    }

    /// The standard error of [`Self::total`] over all regions, in fen; `None` where it is exact.
    pub fn standard_error(&self, place: usize, cut: Cut) -> Option<Fen> {
        let parts = self.shares[place].parts.iter().enumerate();
        let wanted = parts.filter(|(programme, _)| cut.programme.is_none_or(|p| p == *programme));
        // Programmes are sampled apart, so their variances add up.
        let variances = wanted.filter_map(|(_, part)| part.as_ref()?.variance(cut));
        let variance = variances.reduce(u128::saturating_add)?;
        Some(Fen(i64::try_from(variance.isqrt()).unwrap_or(i64::MAX)))
    }
}

impl Part {
    /// The variance of the mean over drawn orders; `None` where none were drawn.
    fn variance(&self, cut: Cut) -> Option<u128> {
        let drawn: Vec<i64> = self
            .drawn
            .iter()
            .map(|sums| self.payments.with_sums(sums).total(Cut { region: None, ..cut }))
            .collect();
        let count = i128::try_from(drawn.len()).ok().filter(|count| *count > 1)?;
        let sum: i128 = drawn.iter().map(|n| i128::from(*n)).sum();
        // Of twice the values (both orders of a pair added up): a fourth of their variance.
        let spread = |n: &i64| (i128::from(*n) * count - sum).unsigned_abs();
        let squares = drawn.iter().map(|n| spread(n).saturating_mul(spread(n)));
        let squares = squares.reduce(u128::saturating_add)?;
        let count = count.unsigned_abs();
        Some(squares / (count * count) / (4 * count * (count - 1)))
    }
}

/// Shares the difference between two scenarios out among the enabled measures between them.
///
/// # Errors
/// As [`crate::evaluate_stack`], for the two scenarios themselves.
pub fn attribute_fairly(
    plan: &Plan,
    scenario: &ScenarioId,
    base: &ScenarioId,
) -> Result<FairAttribution, EvaluateError> {
    let steps = Steps::between(plan, scenario, base)?;
    let none = vec![false; steps.len()];
    let start = crate::evaluate::evaluate_stack(plan, &steps.stack(&none))?;
    crate::evaluate::evaluate_stack(plan, &steps.stack(&vec![true; steps.len()]))?;
    let share = |place| {
        let (scenario, measure, is_dropped) = steps.step(place);
        let (scenario, measure) = (scenario.clone(), measure.clone());
        FairShare { scenario, measure, is_dropped, parts: vec![None; plan.programmes.len()] }
    };
    let mut shares: Vec<FairShare> = (0..steps.len()).map(share).collect();
    let mut methods = Vec::with_capacity(plan.programmes.len());
    for programme in 0..plan.programmes.len() {
        let depends_on = plan.parameters_of(programme);
        let moves = |place: &usize| {
            steps.step(*place).1.changes.iter().any(|c| depends_on.contains(&c.path))
        };
        let movers: Vec<usize> = (0..steps.len()).filter(moves).collect();
        let game = Game { plan, steps: &steps, start: &start, programme, movers, depends_on };
        let (method, parts) = game.share_out()?;
        methods.push(method);
        for (place, part) in game.movers.iter().zip(parts) {
            shares[*place].parts[programme] = Some(part);
        }
    }
    // Apart, two programmes may move by more than the whole difference: that it fits proves nothing.
    for share in &shares {
        let parts = share.parts.iter().flatten().flat_map(|part| part.payments.payments());
        let all: u128 = parts.map(|part| u128::from(part.unsigned_abs())).sum();
        i64::try_from(all).map_err(|_| EvaluateError::overflow("programmes")(Overflow))?;
    }
    Ok(FairAttribution { shares, methods })
}

/// One programme and the measures that move it.
struct Game<'a> {
    plan: &'a Plan,
    steps: &'a Steps<'a>,
    /// The outcome before any of them is made.
    start: &'a Outcome,
    programme: usize,
    /// Places of the measures among the steps.
    movers: Vec<usize>,
    /// The parameters the programme follows from.
    depends_on: HashSet<ParamPath>,
}

impl Game<'_> {
    fn share_out(&self) -> Result<(Method, Vec<Part>), EvaluateError> {
        let players = self.movers.len();
        if players == 0 {
            return Ok((Method::Exact, Vec::new()));
        }
        if players > MOST_SAMPLED / 8 {
            return self.in_order(); // too few orders could be drawn to tell anything
        }
        let shared = if players <= MOST_EXACT { self.exactly() } else { self.by_sampling() };
        match shared {
            Ok(shared) => Ok(shared),
            // Half-way a sound scenario may be none.
            Err(_) => self.in_order(),
        }
    }

    /// The programme's payments once the measures of a set are made.
    fn outcome(&self, is_made: impl Fn(usize) -> bool) -> Result<Spending, EvaluateError> {
        let mut made = vec![false; self.steps.len()];
        for (n, place) in self.movers.iter().enumerate() {
            made[*place] = is_made(n);
        }
        let moved = self.movers.iter().flat_map(|place| &self.steps.step(*place).1.changes);
        let moved: Vec<&ParamPath> =
            moved.map(|c| &c.path).filter(|path| self.depends_on.contains(path)).collect();
        // Measures that do not move this programme are made or not: nothing here can tell.
        let values = self.start.values().moved(self.plan, &self.steps.stack(&made), &moved)?;
        let before = Some((&**self.start.people(), self.start.values()));
        let people = People::count(self.plan, &values, before)?;
        Spending::of(self.plan, self.programme, &values, &people)
    }

    /// Over all sets of measures: `Σ |S|! (n − |S| − 1)! ÷ n! × (what the measure adds to S)`.
    fn exactly(&self) -> Result<(Method, Vec<Part>), EvaluateError> {
        let players = self.movers.len();
        let factorial = |n: usize| (1..=n).fold(1, |product: i128, k| product * (k as i128));
        let weight = |before: usize| factorial(before) * factorial(players - before - 1);
        let mut start = None;
        let mut sums: Vec<Vec<i128>> = Vec::new();
        for set in 0..1usize << players {
            let outcome = self.outcome(|n| set >> n & 1 == 1)?;
            let size = set.count_ones() as usize;
            if sums.is_empty() {
                sums = vec![vec![0; outcome.payments().len()]; players];
            }
            for (n, sums) in sums.iter_mut().enumerate() {
                let is_in = set >> n & 1 == 1;
                let weight = if is_in { weight(size - 1) } else { -weight(size) };
                for (sum, payment) in sums.iter_mut().zip(outcome.payments()) {
                    *sum += weight * i128::from(*payment);
                }
            }
            start.get_or_insert(outcome);
        }
        let Some(start) = start else { return Ok((Method::Exact, Vec::new())) };
        let shares = in_whole_fen(&sums, factorial(players));
        let part = |payments| Part { payments: start.with_payments(payments), drawn: Vec::new() };
        Ok((Method::Exact, shares.into_iter().map(part).collect()))
    }

    /// Over drawn orders, each with its reverse, in which what is early once is late once.
    fn by_sampling(&self) -> Result<(Method, Vec<Part>), EvaluateError> {
        let players = self.movers.len();
        let pairs = MOST_SAMPLED / (2 * players);
        let mut random = fastrand::Rng::with_seed(u64::try_from(self.programme).unwrap_or(0));
        let start = self.outcome(|_| false)?;
        let mut sums = vec![vec![0i128; start.payments().len()]; players];
        let mut drawn = vec![Vec::with_capacity(pairs); players];
        let mut order: Vec<usize> = (0..players).collect();
        for _ in 0..pairs {
            random.shuffle(&mut order);
            let mut of_pair = vec![vec![0i64; start.by_year().len()]; players];
            for is_reversed in [false, true] {
                let mut made = vec![false; players];
                let mut before = start.clone();
                for n in 0..players {
                    let player = order[if is_reversed { players - 1 - n } else { n }];
                    made[player] = true;
                    let after = self.outcome(|n| made[n])?;
                    let steps = after.payments().iter().zip(before.payments());
                    for (sum, (after, before)) in sums[player].iter_mut().zip(steps) {
                        *sum += i128::from(*after) - i128::from(*before);
                    }
                    let years = after.by_year().iter().zip(before.by_year());
                    for (sum, (after, before)) in of_pair[player].iter_mut().zip(years) {
                        *sum = sum.saturating_add(after - before);
                    }
                    before = after;
                }
            }
            for (drawn, of_pair) in drawn.iter_mut().zip(of_pair) {
                drawn.push(of_pair);
            }
        }
        let shares = in_whole_fen(&sums, i128::try_from(2 * pairs).unwrap_or(i128::MAX));
        let part = |(payments, drawn)| Part { payments: start.with_payments(payments), drawn };
        Ok((Method::Sampled { pairs }, shares.into_iter().zip(drawn).map(part).collect()))
    }

    /// In the order of the stack; what has no outcome half-way shows with the next measure.
    fn in_order(&self) -> Result<(Method, Vec<Part>), EvaluateError> {
        let mut before = self.outcome(|_| false)?;
        let mut parts = Vec::with_capacity(self.movers.len());
        for last in 0..self.movers.len() {
            let after = match self.outcome(|n| n <= last) {
                Ok(after) => after,
                Err(_) if last + 1 < self.movers.len() => before.clone(),
                Err(error) => return Err(error),
            };
            let each = after.payments().iter().zip(before.payments());
            let payments = each.map(|(after, before)| after - before).collect();
            parts.push(Part { payments: before.with_payments(payments), drawn: Vec::new() });
            before = after;
        }
        Ok((Method::InOrder, parts))
    }
}

/// Shares with a common divisor, in whole fen. The shares of each payment add up to what they
/// did (a whole number); what is rounded off or on is carried to the measure's next payment.
fn in_whole_fen(sums: &[Vec<i128>], divisor: i128) -> Vec<Vec<i64>> {
    let payments = sums.first().map_or(0, Vec::len);
    let mut shares = vec![Vec::with_capacity(payments); sums.len()];
    let mut carried = vec![0i128; sums.len()];
    for payment in 0..payments {
        let exact: Vec<i128> = sums.iter().zip(&carried).map(|(s, c)| s[payment] + c).collect();
        let mut whole: Vec<i128> = exact.iter().map(|e| e.div_euclid(divisor)).collect();
        let rests: i128 = exact.iter().map(|e| e.rem_euclid(divisor)).sum();
        // As many fen are left as the rests come to; the largest rests get one each.
        let mut order: Vec<usize> = (0..sums.len()).collect();
        order.sort_by_key(|n| std::cmp::Reverse(exact[*n].rem_euclid(divisor)));
        let left = usize::try_from(rests / divisor).unwrap_or(0);
        order.iter().take(left).for_each(|n| whole[*n] += 1);
        for (n, share) in shares.iter_mut().enumerate() {
            carried[n] = exact[n] - whole[n] * divisor;
            share.push(i64::try_from(whole[n]).unwrap_or(0)); // no more than the payments themselves
        }
    }
    shares
}

impl Plan {
    /// Every parameter a programme's payments follow from, through its people too.
    fn parameters_of(&self, programme: usize) -> HashSet<ParamPath> {
        let programme = &self.programmes[programme];
        let mut paths = programme.paths();
        let populations: HashMap<_, _> = self.populations.iter().map(|p| (&p.id, p)).collect();
        let mut next: Vec<_> = programme.driver.population().into_iter().collect();
        let mut seen = HashSet::new();
        while let Some(id) = next.pop() {
            if let Some(population) = populations.get(id).filter(|_| seen.insert(id)) {
                paths.extend(population.head_parameters());
                next.extend(self.follows_from(population));
            }
        }
        let mut all: HashSet<ParamPath> = paths.into_iter().collect();
        let named = self.named_parameters();
        let growths = named.into_iter().filter(|n| all.contains(&n.path)).filter_map(|n| n.growth);
        let growths: Vec<_> = growths.collect();
        all.extend(growths);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rounded_off_is_carried_to_the_next_payment() {
        // Halves of 1, 1, 1 and 3 between two: no payment is off by a fen, nor is the sum.
        let halves = vec![1, 1, 1, 3];
        let shares = in_whole_fen(&[halves.clone(), halves], 2);
        assert_eq!(shares, [[1, 0, 1, 1], [0, 1, 0, 2]]);
    }
}
