//! Owns knowing rows that are sums of others by arithmetic.
//!
//! Invariant: linear in the cells, however the rows lie: a run of rows adds up to a row where
//! their running sums differ by it. Sums within sums are found from the inside.

use std::collections::{HashMap, HashSet};

/// A row that is the sum of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SumOf {
    /// Its place among the rows.
    pub(super) at: usize,
    /// First and last place of those that add up to it.
    pub(super) of: (usize, usize),
    /// In how many columns.
    pub(super) columns: usize,
    /// Whether these are all others.
    pub(super) is_whole: bool,
}

/// How many sums may lie within one another.
const MOST_PASSES: usize = 4;

/// Rows that are sums of others; `is_sum` are rows that are known to be some already.
pub(super) fn sums(rows: &[Vec<i128>], is_sum: &[bool]) -> Vec<SumOf> {
    let mut left: HashSet<usize> = (0..rows.len()).filter(|row| is_sum[*row]).collect();
    let mut found: Vec<SumOf> = Vec::new();
    for _ in 0..MOST_PASSES {
        let active: Vec<usize> = (0..rows.len()).filter(|row| !left.contains(row)).collect();
        let more = pass(rows, &active);
        if more.is_empty() {
            break;
        }
        left.extend(more.iter().map(|sum| sum.at));
        found.extend(more);
    }
    found.sort_by_key(|sum| sum.at);
    found
}

fn pass(rows: &[Vec<i128>], active: &[usize]) -> Vec<SumOf> {
    let width = rows.first().map_or(0, Vec::len);
    let mut running: Vec<Vec<i128>> = vec![vec![0; width]];
    for row in active {
        let before = &running[running.len() - 1];
        let next = before.iter().zip(&rows[*row]).map(|(sum, value)| sum + value).collect();
        running.push(next);
    }
    let places: HashMap<&[i128], usize> =
        running.iter().enumerate().map(|(place, sum)| (sum.as_slice(), place)).collect();
    let total = &running[running.len() - 1];
    let mut found = Vec::new();
    for (place, row) in active.iter().enumerate() {
        let values = &rows[*row];
        let columns = values.iter().filter(|value| **value != 0).count();
        if columns == 0 {
            continue;
        }
        let shifted = |from: &[i128], sign: i128| {
            from.iter().zip(values).map(|(sum, value)| sum + sign * value).collect::<Vec<_>>()
        };
        let above = places.get(shifted(&running[place], -1).as_slice());
        let above = above.filter(|start| **start + 2 <= place).map(|start| (*start, place - 1));
        let below = places.get(shifted(&running[place + 1], 1).as_slice());
        let below = below.filter(|end| **end >= place + 3).map(|end| (place + 1, *end - 1));
        let is_whole =
            active.len() > 2 && total.iter().zip(values).all(|(total, value)| *total == 2 * value);
        let run = above.or(below).or(is_whole.then(|| (0, active.len() - 1)));
        if let Some((first, last)) = run {
            let of = (active[first], active[last]);
            found.push(SumOf { at: *row, of, columns, is_whole });
        }
    }
    // Where one row is the sum of all others, those others are no sums of it and them.
    if let Some(whole) = found.iter().find(|sum| sum.is_whole).copied() {
        found.retain(|sum| sum.at == whole.at || !(sum.of.0..=sum.of.1).contains(&whole.at));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(rows: &[&[i128]]) -> Vec<usize> {
        let rows: Vec<Vec<i128>> = rows.iter().map(|row| row.to_vec()).collect();
        sums(&rows, &vec![false; rows.len()]).iter().map(|sum| sum.at).collect()
    }

    #[test]
    fn sums_are_found_above_below_and_within_one_another() {
        assert_eq!(at(&[&[41, 20], &[52, 26], &[93, 46]]), [2]);
        assert_eq!(at(&[&[93, 46], &[41, 20], &[52, 26]]), [0]);
        let nested: &[&[i128]] = &[
            &[301, 150],
            &[41, 20],
            &[52, 26],
            &[93, 46],
            &[72, 36],
            &[48, 24],
            &[43, 22],
            &[39, 19],
            &[202, 101],
            &[6, 3],
            &[301, 150],
        ];
        assert_eq!(at(nested), [0, 3, 8, 10]);
        assert_eq!(at(&[&[41, 20], &[52, 26], &[72, 36]]), [] as [usize; 0]);
        assert_eq!(at(&[&[5, 5], &[5, 5]]), [] as [usize; 0], "one row is no sum of another");
        assert_eq!(at(&[&[0, 0], &[0, 0], &[0, 0]]), [] as [usize; 0]);
    }

    #[test]
    fn many_rows_cost_what_they_are() {
        let rows: Vec<Vec<i128>> = (0..20_000).map(|n| vec![1_000 + n, 7 * n]).collect();
        assert_eq!(sums(&rows, &vec![false; rows.len()]), []);
    }
}
