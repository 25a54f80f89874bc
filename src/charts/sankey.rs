//! Owns the layout of flows from one side to the other: bands as broad as their amounts.
//!
//! Invariant: whole numbers only; on either side the bands of a block lie edge to edge and add
//! up to it, and blocks to the whole, without a gap or an overlap. Deliberately absent: what
//! flows, colours, names.

/// So much from a block on the left to a block on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Place on the left.
    pub from: usize,
    /// Place on the right.
    pub to: usize,
    /// How much, above 0.
    pub amount: i64,
}

/// Where a block or one end of a band lies, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Side {
    /// From the top.
    pub top: i32,
    /// How high.
    pub height: i32,
}

impl Side {
    /// Where it ends.
    pub fn bottom(self) -> i32 {
        self.top + self.height
    }

    /// Half-way down.
    pub fn middle(self) -> i32 {
        self.top + self.height / 2
    }
}

/// Blocks on both sides, and the ends of every band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Blocks on the left.
    pub left: Vec<Side>,
    /// Blocks on the right.
    pub right: Vec<Side>,
    /// The two ends of each flow, in the order given.
    pub bands: Vec<(Side, Side)>,
}

impl Layout {
    /// Lays flows out in a box so high, with so much between blocks. Blocks through which
    /// nothing flows have no height.
    pub fn of(left: usize, right: usize, flows: &[Flow], height: i32, gap: i32) -> Self {
        let total: i128 = flows.iter().map(|f| i128::from(f.amount)).sum();
        let most = i32::try_from(left.max(right)).unwrap_or(1);
        // Between blocks at most half of the box.
        let gap = gap.min(height / (2 * most.max(1)));
        let room = i128::from(height - gap * (most - 1).max(0));
        let at = |amount: i128| i32::try_from(amount * room / total.max(1)).unwrap_or(0);
        let mut bands = vec![(Side::default(), Side::default()); flows.len()];
        let mut stack = |count: usize, is_left: bool| {
            let own = |f: &Flow| if is_left { (f.from, f.to) } else { (f.to, f.from) };
            let mut order: Vec<usize> = (0..flows.len()).collect();
            order.sort_by_key(|n| own(&flows[*n]));
            let gaps = i32::try_from(count).unwrap_or(1).max(1) - 1;
            let start = (height - gap * gaps - at(total)) / 2;
            let (mut below, mut top) = (0i128, start);
            let mut rest = order.into_iter().peekable();
            let mut blocks = Vec::with_capacity(count);
            for block in 0..count {
                let mut side = Side { top, height: 0 };
                while let Some(n) = rest.next_if(|n| own(&flows[*n]).0 == block) {
                    let next = below + i128::from(flows[n].amount);
                    let end = Side { top: side.bottom(), height: at(next) - at(below) };
                    if is_left {
                        bands[n].0 = end;
                    } else {
                        bands[n].1 = end;
                    }
                    side.height += end.height;
                    below = next;
                }
                top = side.bottom() + gap;
                blocks.push(side);
            }
            blocks
        };
        let (left, right) = (stack(left, true), stack(right, false));
        Self { left, right, bands }
    }
}

/// Moves middles of labels apart until there is so much between them, keeping their order and
/// within a box where they fit.
pub fn spread(middles: &[i32], least: i32, height: i32) -> Vec<i32> {
    let mut out = middles.to_vec();
    let mut floor = least / 2;
    for middle in &mut out {
        *middle = (*middle).max(floor);
        floor = *middle + least;
    }
    let mut ceiling = height - least / 2;
    for middle in out.iter_mut().rev() {
        *middle = (*middle).min(ceiling);
        ceiling = *middle - least;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flows(amounts: &[(usize, usize, i64)]) -> Vec<Flow> {
        amounts.iter().map(|&(from, to, amount)| Flow { from, to, amount }).collect()
    }

    #[test]
    fn bands_lie_edge_to_edge_and_add_up_to_their_blocks() {
        let amounts =
            [(0, 0, 7), (0, 1, 11), (1, 0, 1), (1, 2, 333), (2, 1, 5), (0, 2, i64::MAX / 3)];
        for amounts in [&amounts[..5], &amounts[..]] {
            let flows = flows(amounts);
            let layout = Layout::of(3, 3, &flows, 4_000, 60);
            for (blocks, is_left) in [(&layout.left, true), (&layout.right, false)] {
                let whole: i32 = blocks.iter().map(|b| b.height).sum();
                assert_eq!(whole, 4_000 - 2 * 60);
                for (place, block) in blocks.iter().enumerate() {
                    let mut ends: Vec<Side> = flows
                        .iter()
                        .zip(&layout.bands)
                        .filter(|(f, _)| place == if is_left { f.from } else { f.to })
                        .map(|(_, (l, r))| if is_left { *l } else { *r })
                        .collect();
                    ends.sort_by_key(|end| (end.top, end.height));
                    let mut top = block.top;
                    for end in ends {
                        assert_eq!(end.top, top);
                        top = end.bottom();
                    }
                    assert_eq!(top, block.bottom());
                }
            }
        }
    }

    #[test]
    fn nothing_and_one_flow_can_be_laid_out() {
        assert_eq!(Layout::of(0, 0, &[], 100, 10).bands, []);
        assert_eq!(
            Layout::of(2, 1, &[], 100, 10).left,
            [Side { top: 45, height: 0 }, Side { top: 55, height: 0 }]
        );
        let one = Layout::of(1, 1, &flows(&[(0, 0, 1)]), 100, 10);
        assert_eq!(one.bands, [(Side { top: 0, height: 100 }, Side { top: 0, height: 100 })]);
    }

    #[test]
    fn labels_are_moved_apart_and_stay_in_the_box() {
        assert_eq!(spread(&[50, 51, 52], 20, 200), [50, 70, 90]);
        assert_eq!(spread(&[195, 196, 197], 20, 200), [150, 170, 190]);
        assert_eq!(spread(&[100], 20, 200), [100]);
    }
}
