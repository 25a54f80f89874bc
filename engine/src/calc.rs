//! Owns the arithmetic every figure is made with: exact integers, rounded once, and
//! watched where somebody asks.
//!
//! Formulas are written once, over [`Calc`]. [`Plain`] only computes; what names a number
//! and how it came about are closures it never calls, so they cost nothing. `why` has the
//! other one, which writes everything down. Invariant: both compute in the same functions
//! here, so an explanation cannot differ from its figure.

use crate::exact::{MILLION, Overflow, divide_half_up};
use crate::outcome::Cut;
use crate::why::What;

/// How a number came about, from other numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How<N> {
    /// It was given.
    Given,
    /// It is another number.
    Same(N),
    /// Numbers added up.
    Sum(Vec<N>),
    /// The first less the others.
    Minus(N, Vec<N>),
    /// The least of these.
    Least(Vec<N>),
    /// The most of these.
    Most(Vec<N>),
    /// `value × (1 + rate)`, rounded half-up.
    Grown {
        /// What grows.
        value: N,
        /// By how much, in millionths.
        rate: N,
    },
    /// `of × times ÷ to`, rounded.
    Ratio {
        /// What is divided.
        of: N,
        /// How often: a million for a share, twice where heads are counted twice.
        times: i64,
        /// By what.
        to: N,
        /// Which way it is rounded.
        rounding: Rounding,
    },
    /// `amount × now ÷ then`, rounded.
    Scaled {
        /// What is scaled.
        amount: N,
        /// To what.
        now: N,
        /// From what.
        then: N,
        /// Which way it is rounded.
        rounding: Rounding,
    },
    /// `Σ weight × factor × factor … ÷ divisor`, rounded.
    Fraction {
        /// Weights and factors.
        terms: Vec<(i64, Vec<N>)>,
        /// What their sum is divided by.
        divisor: i128,
        /// Which way it is rounded.
        rounding: Rounding,
    },
}

impl<N: Copy> How<N> {
    /// What comes about in this way from other values of the same numbers; `None` where it
    /// was given.
    pub(crate) fn again(&self, get: impl Fn(N) -> i64) -> Option<Result<i64, Overflow>> {
        let unnamed = || What::Total(Cut::ALL); // never asked for
        let all = |numbers: &[N]| numbers.iter().map(|n| get(*n)).collect::<Vec<_>>();
        Some(match self {
            Self::Given => return None,
            Self::Same(number) => Ok(get(*number)),
            Self::Sum(terms) => Plain.sum(unnamed, &all(terms)),
            Self::Minus(whole, parts) => Plain.minus(unnamed, get(*whole), &all(parts)),
            Self::Least(terms) => Ok(all(terms).into_iter().min().unwrap_or(0)),
            Self::Most(terms) => Ok(all(terms).into_iter().max().unwrap_or(0)),
            Self::Grown { value, rate } => Plain.grown(unnamed, get(*value), get(*rate)),
            Self::Ratio { of, times, to, rounding } => {
                Plain.divided(unnamed, (get(*of), *times), get(*to), *rounding)
            }
            Self::Scaled { amount, now, then, rounding } => {
                Plain.scaled(unnamed, get(*amount), [get(*now), get(*then)], *rounding)
            }
            Self::Fraction { terms, divisor, rounding } => {
                let terms = terms.iter().map(|(weight, factors)| (*weight, all(factors)));
                wide_fraction(&terms.collect::<Vec<_>>(), *divisor, *rounding)
            }
        })
    }
}

/// Which way a fraction is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest, halves up.
    HalfUp,
    /// Up, so that it is enough.
    Up,
    /// To the next whole above, so that it is more.
    Beyond,
}

pub(crate) trait Calc {
    /// A number of this arithmetic.
    type Num: Copy;

    /// Its value.
    fn get(&self, number: Self::Num) -> i64;

    /// A number with what it is and how it came about.
    fn note(
        &mut self,
        value: i64,
        what: impl FnOnce() -> What,
        how: impl FnOnce() -> How<Self::Num>,
    ) -> Self::Num;

    /// A number that enters the arithmetic.
    #[inline(always)]
    fn put(&mut self, value: i64, what: impl FnOnce() -> What) -> Self::Num {
        self.note(value, what, || How::Given)
    }

    /// `Σ weight × factors ÷ divisor`, rounded.
    #[inline(always)]
    fn fraction<const TERMS: usize, const FACTORS: usize>(
        &mut self,
        what: impl FnOnce() -> What,
        terms: [(i64, [Self::Num; FACTORS]); TERMS],
        divisor: i128,
        rounding: Rounding,
    ) -> Result<Self::Num, Overflow> {
        let values = terms.map(|(weight, factors)| (weight, factors.map(|n| self.get(n))));
        let value = fraction(values, divisor, rounding)?;
        let how = || {
            let terms = terms.iter().map(|(weight, factors)| (*weight, factors.to_vec())).collect();
            How::Fraction { terms, divisor, rounding }
        };
        Ok(self.note(value, what, how))
    }

    /// `a × b ÷ divisor`, rounded half-up: what nearly every payment is made of.
    #[inline(always)]
    fn part(
        &mut self,
        what: impl FnOnce() -> What,
        a: Self::Num,
        b: Self::Num,
        divisor: u32,
    ) -> Result<Self::Num, Overflow> {
        let value = part(self.get(a), self.get(b), divisor)?;
        let rounding = Rounding::HalfUp;
        let how =
            || How::Fraction { terms: vec![(1, vec![a, b])], divisor: divisor.into(), rounding };
        Ok(self.note(value, what, how))
    }

    /// `whole × share`, the share in millionths.
    #[inline(always)]
    fn share(
        &mut self,
        what: impl FnOnce() -> What,
        whole: Self::Num,
        share: Self::Num,
    ) -> Result<Self::Num, Overflow> {
        self.part(what, whole, share, 1_000_000)
    }

    /// `a × b`.
    #[inline(always)]
    fn times(
        &mut self,
        what: impl FnOnce() -> What,
        a: Self::Num,
        b: Self::Num,
    ) -> Result<Self::Num, Overflow> {
        self.part(what, a, b, 1)
    }

    /// `of × 1 000 000 ÷ to`, rounded; nothing where `to` is nothing.
    fn ratio(
        &mut self,
        what: impl FnOnce() -> What,
        of: Self::Num,
        to: Self::Num,
        rounding: Rounding,
    ) -> Result<Self::Num, Overflow> {
        self.divided(what, (of, MILLION), to, rounding)
    }

    /// `of × times ÷ to`, rounded; nothing where `to` is nothing.
    fn divided(
        &mut self,
        what: impl FnOnce() -> What,
        (of, times): (Self::Num, i64),
        to: Self::Num,
        rounding: Rounding,
    ) -> Result<Self::Num, Overflow> {
        let value = match self.get(to) {
            0 => 0,
            // What is divided by is above nothing: a sign goes over to the other side.
            divisor => {
                let terms = [(times * divisor.signum(), [self.get(of)])];
                fraction(terms, i128::from(divisor).abs(), rounding)?
            }
        };
        Ok(self.note(value, what, || How::Ratio { of, times, to, rounding }))
    }

    /// `value × (1 + rate)`.
    #[inline(always)]
    fn grown(
        &mut self,
        what: impl FnOnce() -> What,
        value: Self::Num,
        rate: Self::Num,
    ) -> Result<Self::Num, Overflow> {
        let factor = self.get(rate).checked_add(MILLION).ok_or(Overflow)?;
        let grown = part(self.get(value), factor, 1_000_000)?;
        Ok(self.note(grown, what, || How::Grown { value, rate }))
    }

    /// All of `terms` added up.
    fn sum(
        &mut self,
        what: impl FnOnce() -> What,
        terms: &[Self::Num],
    ) -> Result<Self::Num, Overflow> {
        let add = |sum: i64, n: &Self::Num| sum.checked_add(self.get(*n));
        let value = terms.iter().try_fold(0, add).ok_or(Overflow)?;
        Ok(self.note(value, what, || How::Sum(terms.to_vec())))
    }

    /// `whole` less all of `parts`.
    #[inline(always)]
    fn minus(
        &mut self,
        what: impl FnOnce() -> What,
        whole: Self::Num,
        parts: &[Self::Num],
    ) -> Result<Self::Num, Overflow> {
        let less = |rest: i64, n: &Self::Num| rest.checked_sub(self.get(*n));
        let value = parts.iter().try_fold(self.get(whole), less).ok_or(Overflow)?;
        Ok(self.note(value, what, || How::Minus(whole, parts.to_vec())))
    }

    /// `amount × now ÷ then`, rounded; `then` must be positive.
    fn scaled(
        &mut self,
        what: impl FnOnce() -> What,
        amount: Self::Num,
        [now, then]: [Self::Num; 2],
        rounding: Rounding,
    ) -> Result<Self::Num, Overflow> {
        let terms = [(1, [self.get(amount), self.get(now)])];
        let value = wide_fraction(&terms, self.get(then).max(1).into(), rounding)?;
        Ok(self.note(value, what, || How::Scaled { amount, now, then, rounding }))
    }

    /// A number under another name.
    fn same(&mut self, what: impl FnOnce() -> What, number: Self::Num) -> Self::Num {
        self.note(self.get(number), what, || How::Same(number))
    }

    /// The most of these; nothing where there are none.
    fn most(&mut self, what: impl FnOnce() -> What, terms: &[Self::Num]) -> Self::Num {
        let value = terms.iter().map(|n| self.get(*n)).max().unwrap_or(0);
        self.note(value, what, || How::Most(terms.to_vec()))
    }

    /// The lesser of two.
    #[inline(always)]
    fn least(&mut self, what: impl FnOnce() -> What, a: Self::Num, b: Self::Num) -> Self::Num {
        let value = self.get(a).min(self.get(b));
        self.note(value, what, || How::Least(vec![a, b]))
    }
}

/// Only computes.
pub(crate) struct Plain;

impl Calc for Plain {
    type Num = i64;

    #[inline(always)]
    fn get(&self, number: i64) -> i64 {
        number
    }

    #[inline(always)]
    fn note(&mut self, value: i64, _: impl FnOnce() -> What, _: impl FnOnce() -> How<i64>) -> i64 {
        value
    }
}

/// `a × b ÷ divisor`, rounded half-up.
#[inline(always)]
fn part(a: i64, b: i64, divisor: u32) -> Result<i64, Overflow> {
    // Nearly every amount is small enough for 64 bits, which is many times as fast; and the
    // divisor is a constant where this is inlined, so there is no division either.
    match small_product(a, b) {
        Some(product) if divisor == 1 => i64::try_from(product).map_err(|_| Overflow),
        Some(product) => {
            let divisor = u64::from(divisor);
            i64::try_from((2 * product + divisor) / (2 * divisor)).map_err(|_| Overflow)
        }
        None => wide_fraction(&[(1, [a, b])], divisor.into(), Rounding::HalfUp),
    }
}

/// The product where neither is negative and it has fewer than 58 bits.
#[inline(always)]
fn small_product(a: i64, b: i64) -> Option<u64> {
    // a < 2^(64−za) and b < 2^(64−zb), so a × b < 2^(128−za−zb); what is negative has no zeros.
    let is_small = a.leading_zeros() + b.leading_zeros() >= 70 && (a | b) >= 0;
    is_small.then(|| a.cast_unsigned().wrapping_mul(b.cast_unsigned()))
}

/// `Σ weight × factors ÷ divisor`, rounded; `divisor` must be positive.
#[inline(always)]
fn fraction<const TERMS: usize, const FACTORS: usize>(
    terms: [(i64, [i64; FACTORS]); TERMS],
    divisor: i128,
    rounding: Rounding,
) -> Result<i64, Overflow> {
    const { assert!(TERMS <= 8, "more terms might leave 61 bits") };
    let mut sum = 0u64;
    for (weight, factors) in &terms {
        let mut product = *weight;
        for factor in factors {
            match small_product(product, *factor) {
                Some(small) => product = small.cast_signed(),
                None => return wide_fraction(&terms, divisor, rounding),
            }
        }
        sum = sum.wrapping_add(product.cast_unsigned()); // at most eight of 58 bits
    }
    match u64::try_from(divisor) {
        Ok(divisor) if divisor < 1 << 42 => {
            let rounded = match rounding {
                Rounding::HalfUp => (2 * sum + divisor) / (2 * divisor),
                Rounding::Up => sum.div_ceil(divisor),
                Rounding::Beyond => sum / divisor + 1,
            };
            i64::try_from(rounded).map_err(|_| Overflow)
        }
        _ => wide_fraction(&terms, divisor, rounding),
    }
}

/// `Σ weight × factors`, before anything is divided or rounded.
pub(crate) fn wide_sum(terms: &[(i64, impl AsRef<[i64]>)]) -> Result<i128, Overflow> {
    let mut sum = 0i128;
    for (weight, factors) in terms {
        let times = |product: i128, factor: &i64| product.checked_mul(i128::from(*factor));
        let product = factors.as_ref().iter().try_fold(i128::from(*weight), times);
        sum = sum.checked_add(product.ok_or(Overflow)?).ok_or(Overflow)?;
    }
    Ok(sum)
}

#[cold]
fn wide_fraction(
    terms: &[(i64, impl AsRef<[i64]>)],
    divisor: i128,
    rounding: Rounding,
) -> Result<i64, Overflow> {
    let sum = wide_sum(terms)?;
    match rounding {
        Rounding::HalfUp => divide_half_up(sum, divisor),
        Rounding::Up => {
            let up = sum.checked_add(divisor - 1).ok_or(Overflow)?.div_euclid(divisor);
            i64::try_from(up).map_err(|_| Overflow)
        }
        Rounding::Beyond => {
            let beyond = sum.div_euclid(divisor).checked_add(1).ok_or(Overflow)?;
            i64::try_from(beyond).map_err(|_| Overflow)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_way_and_the_wide_way_are_the_same() {
        let numbers = [0, 1, 2, 3, 7, 999_999, 1_000_001, 1 << 31, 1 << 40, i64::MAX >> 6];
        for a in numbers {
            for b in numbers {
                for divisor in [1, 2, 3, 1_000_000, 2_000_000, 12_000_000] {
                    let whole = u32::try_from(divisor).unwrap_or(1);
                    let one = wide_fraction(&[(1, [a, b])], divisor, Rounding::HalfUp);
                    assert_eq!(part(a, b, whole), one, "{a} {b} {divisor}");
                    for rounding in [Rounding::HalfUp, Rounding::Up, Rounding::Beyond] {
                        let terms = [(1, [a, b]), (4, [b, 3])];
                        let quick = fraction(terms, divisor, rounding);
                        assert_eq!(quick, wide_fraction(&terms, divisor, rounding), "{a} {b}");
                    }
                }
            }
        }
    }

    #[test]
    fn halves_go_up_below_zero_too() {
        assert_eq!(fraction([(1, [-5, 1])], 2, Rounding::HalfUp), Ok(-2));
        assert_eq!(fraction([(1, [5, 1])], 2, Rounding::HalfUp), Ok(3));
        assert_eq!(fraction([(1, [5, 1])], 2, Rounding::Up), Ok(3));
    }
}
