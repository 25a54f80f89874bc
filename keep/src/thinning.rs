//! Owns which backups stay: some recent ones, then one an hour, then one a day.
//!
//! Invariant: how a plan stands, the state before it, every version and what an older app left
//! always stay. A clock
//! that goes back costs no backup: what seems to come from the future counts as recent.

use crate::record::{Kind, RecordId};
use std::collections::HashSet;

/// Room for the backups of all plans together, in characters.
pub const BUDGET: usize = 1_500_000;
/// How the newest stand, whatever their age: one that could not be read must not be the last.
const NEWEST: usize = 3;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// Up to which age one backup stays in a slot of which length, in milliseconds.
const SLOTS: [(u64, u64); 3] = [(HOUR, 10 * MINUTE), (DAY, HOUR), (30 * DAY, DAY)];

/// The backups to let go, of all there are: `now` in milliseconds since 1970.
pub fn surplus(all: &[RecordId], now: u64) -> Vec<RecordId> {
    let mut edits: Vec<&RecordId> =
        all.iter().filter(|id| id.kind == Kind::Edit && id.serial > 0).collect();
    edits.sort_unstable_by(|a, b| b.cmp(a)); // newest first, plan by plan
    let mut gone = Vec::new();
    let mut spare = Vec::new();
    for of_plan in edits.chunk_by(|a, b| a.plan == b.plan) {
        let mut taken = HashSet::new();
        for (place, id) in of_plan.iter().enumerate() {
            if !is_kept(id, now, &mut taken) && place >= NEWEST {
                gone.push((*id).clone());
            } else if place >= 2 {
                spare.push(*id);
            }
        }
    }
    spare.sort_unstable_by_key(|id| id.at);
    let mut room: usize = spare.iter().map(|id| id.size).sum();
    for id in spare {
        if room <= BUDGET {
            break;
        }
        room = room.saturating_sub(id.size);
        gone.push(id.clone());
    }
    gone
}

/// Whether it is the first that comes to its slot.
fn is_kept(id: &RecordId, now: u64, taken: &mut HashSet<(u64, u64)>) -> bool {
    let age = now.saturating_sub(id.at);
    let slot = SLOTS.into_iter().find(|(oldest, _)| age <= *oldest);
    slot.is_some_and(|(_, length)| taken.insert((length, id.at / length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved_at(serial: u64, at: u64, size: usize) -> RecordId {
        RecordId { plan: 1, serial, tab: "a".to_owned(), kind: Kind::Edit, at, size }
    }

    /// What stays of a plan saved every so often for so long, thinned each time.
    fn kept(every: u64, long: u64, size: usize) -> (Vec<RecordId>, u64) {
        let start = 1_000 * DAY;
        let mut all = Vec::new();
        for serial in 1..=long / every {
            let now = start + serial * every;
            all.push(saved_at(serial, now, size));
            let gone = surplus(&all, now);
            all.retain(|id| !gone.contains(id));
        }
        (all, start + long / every * every)
    }

    #[test]
    fn a_day_of_work_leaves_the_last_hour_in_tenths_and_the_day_in_hours() {
        let (all, now) = kept(20_000, 10 * HOUR, 100);
        let younger = |age| all.iter().filter(|id| now - id.at <= age).count();
        assert!((6..=10).contains(&younger(HOUR)), "{}", younger(HOUR));
        assert!((14..=20).contains(&all.len()), "{}", all.len());
        assert_eq!(all.iter().map(|id| id.at).max(), Some(now));
    }

    #[test]
    fn two_months_of_work_leave_a_month_of_days() {
        let (all, now) = kept(HOUR, 60 * DAY, 100);
        let days: HashSet<u64> = all.iter().map(|id| id.at / DAY).collect();
        assert!((30..=31).contains(&days.len()), "{}", days.len());
        assert!(all.iter().all(|id| now - id.at <= 31 * DAY));
        assert!(all.len() < 60, "{}", all.len());
    }

    #[test]
    fn backups_stay_within_their_budget_and_the_last_two_states_stay_whatever_their_size() {
        let (all, _) = kept(HOUR, 30 * DAY, BUDGET / 4);
        assert!((5..=7).contains(&all.len()), "{}", all.len());
        let (all, _) = kept(HOUR, 30 * DAY, 2 * BUDGET);
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn a_clock_that_went_back_costs_neither_the_newest_nor_the_one_before() {
        let now = 1_000 * DAY;
        let all: Vec<_> = (1..=40).map(|n| saved_at(n, now + 40 * DAY - n * DAY, 10)).collect();
        let gone = surplus(&all, now - 300 * DAY);
        assert!(gone.iter().all(|id| id.serial < 38), "{gone:?}");
    }

    #[test]
    fn versions_and_other_plans_are_left_alone() {
        let version = |serial| RecordId { kind: Kind::Version, ..saved_at(serial, 0, 9) };
        let other = |serial| RecordId { plan: 2, ..saved_at(serial, 0, 9) };
        let all = [version(1), version(2), version(3), version(4), other(1), saved_at(5, 0, 9)];
        assert_eq!(surplus(&all, 1_000 * DAY), []);
    }
}
