//! Owns what rounding does to sums where amounts are shown in a coarser unit than they are kept in.
//!
//! Invariant: amounts themselves add up to the fen; only what is shown of them may miss. Whether it
//! does is decided here and nowhere else: page, paper, CSV and workbook ask the same function.

use crate::exact::Fen;

/// A number in whole steps, rounded half away from zero: what is shown of it.
pub fn in_steps(number: i128, step: i128) -> i128 {
    let step = step.max(1);
    (number.abs() + step / 2) / step * number.signum()
}

/// By how many steps the shown parts exceed the shown total (尾差); 0 where they add up as they are
/// shown. `step` is the worth, in fen, of the last digit shown.
pub fn rounding_gap(parts: impl IntoIterator<Item = Fen>, total: Fen, step: i64) -> i128 {
    let shown = |fen: Fen| in_steps(i128::from(fen.0), i128::from(step));
    parts.into_iter().map(shown).sum::<i128>() - shown(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_add_up_as_shown_need_no_note() {
        // 1.00 + 2.00 = 3.00 in 万元 of two decimals: a step is 100 yuan.
        let parts = [Fen(1_000_000), Fen(2_000_000)];
        assert_eq!(rounding_gap(parts, Fen(3_000_000), 10_000), 0);
        assert_eq!(rounding_gap([], Fen::ZERO, 10_000), 0);
    }

    #[test]
    fn parts_that_are_each_rounded_up_exceed_their_total() {
        // 0.005 + 0.005 = 0.01 is shown as 0.01 + 0.01 = 0.01.
        let parts = [Fen(5_000), Fen(5_000)];
        assert_eq!(rounding_gap(parts, Fen(10_000), 10_000), 1);
        assert_eq!(rounding_gap(parts, Fen(10_000), 1), 0, "to the fen there is nothing to miss");
        // The other way round, below nothing too.
        assert_eq!(rounding_gap([Fen(4_000); 3], Fen(12_000), 10_000), -1);
        assert_eq!(rounding_gap([Fen(-5_000); 2], Fen(-10_000), 10_000), -1);
    }

    #[test]
    fn the_ends_of_what_fits_do_not_wrap() {
        let parts = [Fen(i64::MAX), Fen(i64::MIN), Fen(i64::MAX)];
        assert!(rounding_gap(parts, Fen(i64::MIN), 1) > 0);
        assert_eq!(in_steps(-15, 10), -2);
        assert_eq!(in_steps(15, 0), 15);
    }
}
