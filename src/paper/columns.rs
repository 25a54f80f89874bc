//! Owns which columns of a table share a sheet of paper.
//!
//! Invariant: every column comes on exactly one sheet, in its order; the columns that name the
//! rows come on each. Whole numbers only.

use std::ops::Range;

/// Columns sheet by sheet: as many as there is room for beside those that name the rows, and
/// spread evenly over as few sheets as it takes. A column broader than the sheet has one to
/// itself.
pub fn sheets(widths: &[i32], naming: usize, room: i32) -> Vec<Range<usize>> {
    let naming = naming.min(widths.len());
    let room = room - widths[..naming].iter().sum::<i32>();
    let fewest = greedy(widths, naming, room);
    // The same number of sheets, but no last one with a single column on it.
    let count = i32::try_from(fewest.len()).unwrap_or(1).max(1);
    let mut even = widths[naming..].iter().sum::<i32>() / count;
    let step = (room / 50).max(1);
    while even < room {
        let tried = greedy(widths, naming, even);
        if tried.len() <= fewest.len() {
            return tried;
        }
        even += step;
    }
    fewest
}

fn greedy(widths: &[i32], naming: usize, room: i32) -> Vec<Range<usize>> {
    let mut sheets = Vec::new();
    let (mut first, mut used) = (naming, 0);
    for (place, width) in widths.iter().enumerate().skip(naming) {
        if place > first && used + width > room {
            sheets.push(first..place);
            (first, used) = (place, 0);
        }
        used += width;
    }
    if first < widths.len() {
        sheets.push(first..widths.len());
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_on_one_sheet() {
        assert_eq!(sheets(&[100, 50, 50], 1, 200), vec![Range { start: 1, end: 3 }]);
        assert!(sheets(&[], 1, 200).is_empty());
        assert!(sheets(&[100], 1, 200).is_empty());
    }

    #[test]
    fn columns_are_spread_evenly_over_the_fewest_sheets() {
        // Greedy would set 5 and 1.
        assert_eq!(sheets(&[100, 50, 50, 50, 50, 50, 50], 1, 350), [1..4, 4..7]);
        assert_eq!(sheets(&[100, 400, 50], 1, 300), [1..2, 2..3]);
        assert_eq!(sheets(&[400, 50, 50], 1, 300), [1..2, 2..3], "names broader than the sheet");
    }

    #[test]
    fn no_column_is_lost_or_doubled() {
        for room in 0..600 {
            let widths: Vec<i32> = (0..17).map(|n| 20 + (n * 37) % 90).collect();
            for naming in 0..3 {
                let all: Vec<usize> = sheets(&widths, naming, room).into_iter().flatten().collect();
                assert_eq!(all, (naming..widths.len()).collect::<Vec<_>>());
            }
        }
    }
}
