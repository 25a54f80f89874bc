//! Owns decimals as spreadsheets show them: at most 15 significant digits, written out.
//!
//! Invariant: no float arithmetic; a number that goes in as text comes out as the text a reader
//! sees. What lies beyond 15 digits is float noise and rounds away: 41000.00000000001 is 41000.
//! Deliberately absent: formats (`format`) and units.

use std::fmt;

/// As many digits as spreadsheets compute and show.
const DIGITS: usize = 15;
/// The largest power of ten a float reaches; what lies beyond was never written by a spreadsheet.
const MOST_POWER: i32 = 330;

/// A decimal of at most 15 significant digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    is_negative: bool,
    /// Significant digits; neither the first nor the last is 0.
    digits: [u8; DIGITS],
    /// How many of them there are; 0 is zero.
    len: usize,
    /// The power of ten of the last digit.
    power: i32,
}

impl Decimal {
    /// Reads `-12.5` or `1.25E-3`, rounded to 15 digits; nothing else is a number.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            None => (text, 0),
            Some(at) => {
                let exponent = text.get(at + 1..)?;
                let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
                if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                (text.get(..at)?, exponent.parse::<i32>().ok()?)
            }
        };
        let mut number = Self { is_negative, digits: [0; DIGITS], len: 0, power: 0 };
        let (mut is_after_point, mut any, mut extra) = (false, false, None);
        for byte in mantissa.bytes() {
            match byte {
                b'.' if !is_after_point => is_after_point = true,
                b'0'..=b'9' => {
                    any = true;
                    let digit = byte - b'0';
                    let is_kept = number.len < DIGITS;
                    if is_kept && (number.len > 0 || digit > 0) {
                        number.digits[number.len] = digit;
                        number.len += 1;
                    } else if !is_kept {
                        extra = extra.or(Some(digit));
                    }
                    let shift = i32::from(!is_kept) - i32::from(is_after_point);
                    number.power = number.power.checked_add(shift)?;
                }
                _ => return None,
            }
        }
        if !any {
            return None;
        }
        if extra.is_some_and(|digit| digit >= 5) {
            number.round_up();
        }
        number.power = number.power.checked_add(exponent)?;
        number.tidy();
        let is_near = number.len == 0 || number.power.abs() <= MOST_POWER;
        is_near.then_some(number)
    }

    /// The decimal nearest to a float; none of infinity or what is no number.
    pub(super) fn from_float(value: f64) -> Option<Self> {
        // The shortest digits that mean this float, which `parse` rounds to 15.
        if value.is_finite() { Self::parse(&format!("{value:e}")) } else { None }
    }

    fn round_up(&mut self) {
        let mut at = self.len;
        while at > 0 {
            at -= 1;
            if self.digits[at] < 9 {
                self.digits[at] += 1;
                return;
            }
            self.digits[at] = 0;
        }
        // All were nines: 1 and as many zeros.
        self.digits[0] = 1;
        self.power += i32::try_from(self.len).unwrap_or(0);
        self.len = 1;
    }

    fn tidy(&mut self) {
        while self.len > 0 && self.digits[self.len - 1] == 0 {
            self.len -= 1;
            self.power = self.power.saturating_add(1);
        }
        if self.len == 0 {
            (self.is_negative, self.power) = (false, 0);
        }
        // Equal numbers have equal digits, those beyond the last too.
        self.digits[self.len..].fill(0);
    }

    /// The same times a power of ten.
    pub(super) fn shifted(self, power: i32) -> Self {
        let power = if self.len == 0 { 0 } else { self.power.saturating_add(power) };
        Self { power, ..self }
    }

    /// The same without its sign.
    pub(super) fn absolute(self) -> Self {
        Self { is_negative: false, ..self }
    }

    /// Less than zero, zero or more.
    pub(super) fn sign(self) -> std::cmp::Ordering {
        match (self.len, self.is_negative) {
            (0, _) => std::cmp::Ordering::Equal,
            (_, true) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Greater,
        }
    }

    /// The whole part of its millionfold, towards zero: none where that is beyond an `i64`.
    pub(super) fn millionths(self) -> Option<i64> {
        let shifted = self.shifted(6).to_string();
        shifted.split('.').next()?.parse().ok()
    }

    /// The same rounded to so many places after the point, halves away from zero.
    pub(super) fn rounded(self, places: i32) -> Self {
        let mut number = self;
        let drop = -places - self.power;
        let Ok(drop) = usize::try_from(drop) else { return number };
        if drop == 0 || self.len == 0 {
            return number;
        }
        if drop > self.len {
            number.len = 0;
        } else {
            let next = self.digits[self.len - drop];
            number.len = self.len - drop;
            number.power = -places;
            if next >= 5 {
                if number.len == 0 {
                    number.digits[0] = 1;
                    number.len = 1;
                } else {
                    number.round_up();
                }
            }
        }
        number.tidy();
        number
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        if self.len == 0 {
            return f.write_str("0");
        }
        if self.is_negative {
            f.write_str("-")?;
        }
        let digits = &self.digits[..self.len];
        let len = i32::try_from(self.len).unwrap_or(0);
        let point = len.saturating_add(self.power);
        if point <= 0 {
            f.write_str("0.")?;
        }
        for _ in point..0 {
            f.write_str("0")?;
        }
        for (n, digit) in (0i32..).zip(digits) {
            if n == point && n > 0 {
                f.write_char('.')?;
            }
            f.write_char(char::from(b'0' + digit))?;
        }
        for _ in 0..self.power.max(0) {
            f.write_str("0")?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::float_arithmetic, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_out_with_fifteen_digits() {
        for (text, shown) in [
            ("41000.00000000001", "41000"),
            ("51999.99999999901", "51999.999999999"),
            ("51999.9999999999901", "52000"),
            ("39000.4", "39000.4"),
            ("0.30000000000000004", "0.3"),
            ("0.28999999999999998", "0.29"),
            ("999999999999999.5", "1000000000000000"),
            ("4.8E+04", "48000"),
            ("1.25e-3", "0.00125"),
            ("-0.0", "0"),
            ("-12.50", "-12.5"),
            ("007", "7"),
            ("1234567890123456789", "1234567890123460000"),
            ("0", "0"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1E20", "100000000000000000000"),
        ] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), shown, "{text}");
        }
        for text in ["", "-", ".", "1.2.3", "abc", "1e", "1e999", "1e99999999999", "0x1", "1 2"] {
            let number = Decimal::parse(text);
            assert!(number.is_none(), "{text}: {number:?}");
        }
        assert_eq!(Decimal::from_float(0.1 + 0.2).unwrap().to_string(), "0.3");
        assert_eq!(Decimal::from_float(1e15).unwrap().to_string(), "1000000000000000");
        assert_eq!(Decimal::from_float(f64::NAN), None);
    }

    #[test]
    fn numbers_round_to_places() {
        let rounded = Decimal::parse("41000.25").unwrap().rounded(0);
        assert_eq!(rounded, Decimal::parse("41000").unwrap());
        for (text, places, shown) in [
            ("12.345", 2, "12.35"),
            ("12.345", 0, "12"),
            ("12.345", 5, "12.345"),
            ("0.6", 0, "1"),
            ("0.04", 1, "0"),
            ("99.99", 1, "100"),
            ("1234", -2, "1200"),
        ] {
            assert_eq!(Decimal::parse(text).unwrap().rounded(places).to_string(), shown, "{text}");
        }
    }
}
