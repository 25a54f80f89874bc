//! Owns what the two binary kinds of workbooks have in common: numbers, errors, results of
//! formulas.
//!
//! Invariant: a number is read without float arithmetic.

use super::decimal::Decimal;
use super::format::{self, Format};
use crate::import::sheet::Cell;

/// Words for the codes of errors.
pub(super) fn error(code: u8) -> Cell {
    let words = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    };
    Cell::Error(words.to_owned())
}

/// A number packed into four bytes: a whole one or the upper half of a float, perhaps a hundredth.
pub(super) fn packed(bits: u32) -> Option<Decimal> {
    let is_whole = bits & 2 != 0;
    let number = if is_whole {
        let whole = i32::from_le_bytes(bits.to_le_bytes()) >> 2;
        Decimal::parse(&whole.to_string())
    } else {
        Decimal::from_float(f64::from_bits(u64::from(bits & !3) << 32))
    }?;
    Some(if bits & 1 == 0 { number } else { number.shifted(-2) })
}

/// A number under its format.
pub(super) fn number(number: Option<Decimal>, format: Option<&Format>, is_1904: bool) -> Cell {
    match number {
        Some(number) => format::cell(number, format.unwrap_or(&Format::Plain), is_1904),
        None => error(0x24),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_unpacked() {
        for (bits, shown) in [
            (41_000 << 2 | 2, "41000"),
            (4_100_025 << 2 | 3, "41000.25"),
            (0x3FF0_0000, "1"),
            (0x405E_C000 | 1, "1.23"),
            (0xFFFF_FFFE, "-1"),
        ] {
            assert_eq!(packed(bits).unwrap().to_string(), shown, "{bits:x}");
        }
    }
}
