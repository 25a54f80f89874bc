//! Owns the scale of a chart: where it begins and ends, its round ticks, what place a value
//! has on it.
//!
//! Invariant: whole numbers only; every value it was made over lies on it, and every tick is a
//! multiple of its step. Deliberately absent: how a tick is written.

/// Hundredths of a per cent: the whole of a box.
pub const WHOLE: i32 = 10_000;

/// From the first tick to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    from: i128,
    to: i128,
    step: i128,
}

impl Scale {
    /// A scale over values with at most so many steps, each 1, 2 or 5 of a power of ten: round
    /// in every unit that is a power of ten.
    pub fn over(lowest: i64, highest: i64, most: i128) -> Self {
        let (low, high) = (i128::from(lowest.min(highest)), i128::from(highest.max(lowest)));
        let ends = |step: i128| (low.div_euclid(step), -(-high).div_euclid(step));
        let mut power = 1i128;
        loop {
            for step in [power, 2 * power, 5 * power] {
                let (first, last) = ends(step);
                if last - first <= most.max(1) {
                    // All values are alike: a scale of one step above them.
                    let last = last.max(first + 1);
                    return Self { from: first * step, to: last * step, step };
                }
            }
            power *= 10; // ends at the latest where a step is all of 64 bits
        }
    }

    /// A scale for bars, which begin at nothing.
    pub fn of_bars(lowest: i64, highest: i64, most: i128) -> Self {
        Self::over(lowest.min(0), highest.max(0), most)
    }

    /// A scale for lines: from nothing, unless that would press them flat.
    pub fn of_lines(lowest: i64, highest: i64, most: i128) -> Self {
        let far_up = lowest > 0 && i128::from(lowest) * 2 > i128::from(highest);
        if far_up {
            Self::over(lowest, highest, most)
        } else {
            Self::of_bars(lowest, highest, most)
        }
    }

    /// Where it begins.
    pub fn from(self) -> i128 {
        self.from
    }

    /// From its beginning to its end.
    pub fn span(self) -> i128 {
        self.to - self.from
    }

    /// Its ticks, the least first.
    pub fn ticks(self) -> Vec<i64> {
        let count = (self.to - self.from) / self.step;
        (0..=count).filter_map(|n| i64::try_from(self.from + n * self.step).ok()).collect()
    }

    /// How far up a value is, in [`WHOLE`]ths.
    pub fn place(self, value: i64) -> i32 {
        let up = (i128::from(value) - self.from) * i128::from(WHOLE) / self.span();
        i32::try_from(up).unwrap_or(0)
    }
}

/// A place in a box as style sheets have it: `12.34%`.
pub fn percent(place: i32) -> String {
    let sign = if place < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}%", place.abs() / 100, place.abs() % 100)
}

/// Every how many names of categories there is room for one in a box of so many pixels.
pub fn every(names: &[String], width: u16) -> usize {
    let pixels = |name: &String| name.chars().map(|c| if c.is_ascii() { 7 } else { 12 }).sum();
    let widest: usize = names.iter().map(pixels).max().unwrap_or(0) + 8;
    (widest * names.len()).div_ceil(usize::from(width).max(1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_every_value() {
        let scale = Scale::of_bars(0, 62_522_328_500, 4);
        assert_eq!(
            scale.ticks(),
            [0, 20_000_000_000, 40_000_000_000, 60_000_000_000, 80_000_000_000]
        );
        assert_eq!(Scale::of_bars(-130, 250, 4).ticks(), [-200, 0, 200, 400]);
        assert_eq!(
            Scale::of_lines(101_200, 103_900, 4).ticks(),
            [101_000, 102_000, 103_000, 104_000]
        );
        assert_eq!(Scale::of_lines(10, 103_900, 3).ticks(), [0, 50_000, 100_000, 150_000]);
    }

    #[test]
    fn the_ends_of_what_fits_have_a_scale_and_so_has_nothing() {
        for (low, high) in [(0, 0), (i64::MIN, i64::MAX), (i64::MAX, i64::MAX), (-1, 0), (7, 7)] {
            let scale = Scale::over(low, high, 4);
            assert!(scale.span() > 0);
            for value in [low, high] {
                assert!((0..=WHOLE).contains(&scale.place(value)), "{scale:?} {value}");
            }
        }
        assert_eq!(Scale::of_bars(0, 0, 4).ticks(), [0, 1]);
    }

    #[test]
    fn names_that_would_overlap_are_left_out() {
        let years: Vec<String> = (2012..2027).map(|y: i32| y.to_string()).collect();
        assert_eq!(every(&years, 900), 1);
        assert_eq!(every(&years, 300), 2);
        assert_eq!(percent(1_234), "12.34%");
        assert_eq!(percent(-5), "-0.05%");
    }
}
