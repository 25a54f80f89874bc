//! Owns exact arithmetic: money in fen, rates in millionths, half-up rounding.
//!
//! Invariant: no float, and no wrap: what does not fit is [`Overflow`].
//! Deliberately absent: any notion of what an amount is for.

use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

/// Millionths in one: shares and rates are held in millionths (100 % = 1 000 000).
pub const MILLION: i64 = 1_000_000;

/// An exact amount of money in fen (分), 1/100 yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(pub i64);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The amount without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// What exceeds `other`, or nothing.
    pub fn above(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }
}

// An outcome's grand total is proved to fit when it is computed, and every
// payment is at least 0, so sums and differences of its parts cannot overflow.
impl Add for Fen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Fen {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Fen {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// A result outside of what 64 bits hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the result does not fit in 64 bits")]
pub struct Overflow;

/// `numerator ÷ denominator`, rounded half-up (towards plus infinity at a half).
///
/// `denominator` must be positive.
pub fn divide_half_up(numerator: i128, denominator: i128) -> Result<i64, Overflow> {
    let twice =
        numerator.checked_mul(2).and_then(|n| n.checked_add(denominator)).ok_or(Overflow)?;
    i64::try_from(twice.div_euclid(2 * denominator)).map_err(|_| Overflow)
}

/// `whole × millionths ÷ 1 000 000`, rounded half-up.
pub fn share_of(whole: i64, millionths: i64) -> Result<i64, Overflow> {
    divide_half_up(i128::from(whole) * i128::from(millionths), i128::from(MILLION))
}

/// `value × (1 + rate)`, rounded half-up; `rate` in millionths.
pub fn grow(value: i64, rate: i64) -> Result<i64, Overflow> {
    share_of(value, rate.checked_add(MILLION).ok_or(Overflow)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_round_up_and_only_halves() {
        let cases =
            [(5, 2, 3), (4, 2, 2), (1, 3, 0), (2, 3, 1), (-5, 2, -2), (-7, 2, -3), (-2, 3, -1)];
        for (numerator, denominator, rounded) in cases {
            assert_eq!(
                divide_half_up(numerator, denominator),
                Ok(rounded),
                "{numerator}/{denominator}"
            );
        }
    }

    #[test]
    fn what_does_not_fit_is_an_overflow() {
        assert_eq!(share_of(i64::MAX, 2 * MILLION), Err(Overflow));
        assert_eq!(grow(1, i64::MAX), Err(Overflow));
        assert_eq!(divide_half_up(i128::MAX, 1), Err(Overflow));
    }
}
