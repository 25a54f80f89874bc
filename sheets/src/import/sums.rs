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

/// A number that stands for a row's numbers. That of a sum of rows is the sum of theirs, so what is
/// looked for is found without adding up rows.
fn mark(row: &[i128]) -> i128 {
    // Of each column another odd factor, all bits of which matter.
    const SPREAD: i128 = 0x2545_f491_4f6c_dd1d_9e37_79b9_7f4a_7c15;
    let mut factor: i128 = 1;
    row.iter().fold(0, |sum: i128, value| {
        factor = factor.wrapping_mul(SPREAD).rotate_left(29) | 1;
        sum.wrapping_add(value.wrapping_mul(factor))
    })
}

fn pass(rows: &[Vec<i128>], active: &[usize]) -> Vec<SumOf> {
    let width = rows.first().map_or(0, Vec::len);
    // What the rows come to from the first on, column by column, and the mark of each.
    let mut running: Vec<i128> = vec![0; width];
    running.reserve(width * active.len());
    let mut marks = vec![0i128];
    let own: Vec<i128> = active.iter().map(|row| mark(&rows[*row])).collect();
    for (place, row) in active.iter().enumerate() {
        for column in 0..width {
            running.push(running[place * width + column] + rows[*row][column]);
        }
        marks.push(marks[place].wrapping_add(own[place]));
    }
    let places: HashMap<i128, usize> =
        marks.iter().enumerate().map(|(place, mark)| (*mark, place)).collect();
    let total = &running[active.len() * width..];
    // Whether rows from one place up to another come to a row, column by column.
    let is_sum = |from: usize, to: usize, values: &[i128]| {
        let mut columns = values.iter().enumerate();
        columns.all(|(column, value)| {
            running[to * width + column] - running[from * width + column] == *value
        })
    };
    let mut found = Vec::new();
    for (place, row) in active.iter().enumerate() {
        let values = &rows[*row];
        let columns = values.iter().filter(|value| **value != 0).count();
        if columns == 0 {
            continue;
        }
        let above = places.get(&marks[place].wrapping_sub(own[place]));
        let above = above.filter(|start| **start + 2 <= place && is_sum(**start, place, values));
        let above = above.map(|start| (*start, place - 1));
        let below = places.get(&marks[place + 1].wrapping_add(own[place]));
        let below = below.filter(|end| **end >= place + 3 && is_sum(place + 1, **end, values));
        let below = below.map(|end| (place + 1, *end - 1));
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
