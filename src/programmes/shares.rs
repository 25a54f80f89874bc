//! Owns the arithmetic of divisions, as values: who pays at a date, how far a share can go, who
//! takes the rest, and shares of a whole by year. Pure, no page.
//!
//! Invariant: what is made here never exceeds the whole, in any region or semester.

use crate::dated::steps::{value_at, with_step};
use shapan_engine::{
    MILLION, Parameter, RegionId, Semester, Share, SourceId, Split, Step, Year, YearShare,
    YearShares,
};
use std::collections::BTreeSet;

/// Dates on which a share moves, in any region.
pub fn dates(split: &Split) -> BTreeSet<Semester> {
    let all = |p: &Parameter| {
        let regional = p.by_region.values().flatten();
        p.steps.iter().chain(regional).map(|s| s.from).collect::<Vec<_>>()
    };
    split.shares.iter().flat_map(|s| all(&s.share)).collect()
}

/// Regions in which a share has steps of its own, and `None` for all others.
fn places(split: &Split) -> BTreeSet<Option<&RegionId>> {
    let own = split.shares.iter().flat_map(|s| s.share.by_region.keys());
    own.map(Some).chain([None]).collect()
}

fn steps_in<'a>(share: &'a Share, region: Option<&RegionId>) -> &'a [Step] {
    region.map_or(&share.share.steps[..], |r| share.share.steps_in(r))
}

/// The common shares in force in a semester, in the split's order.
pub fn in_force(split: &Split, semester: Semester) -> Vec<i64> {
    split.shares.iter().map(|s| value_at(&s.share.steps, semester)).collect()
}

/// What the shares leave to the residual source.
pub fn rest(shares: &[i64]) -> i64 {
    MILLION - shares.iter().sum::<i64>()
}

/// The most a share can be from a semester on, until its own next step, with all others as
/// they are: wherever the common steps of it hold.
pub fn most_from(split: &Split, place: usize, from: Semester) -> i64 {
    let Some(share) = split.shares.get(place) else { return 0 };
    let end = share.share.steps.iter().map(|s| s.from).find(|s| *s > from);
    let within = |s: &Semester| *s >= from && end.is_none_or(|end| *s < end);
    let at: BTreeSet<Semester> = dates(split).into_iter().filter(within).chain([from]).collect();
    let follow = |r: &Option<&RegionId>| r.is_none_or(|r| !share.share.by_region.contains_key(r));
    let others = |region: Option<&RegionId>, semester: Semester| {
        let those = split.shares.iter().enumerate().filter(|(n, _)| *n != place);
        those.map(|(_, s)| value_at(steps_in(s, region), semester)).sum::<i64>()
    };
    let places = places(split).into_iter().filter(follow);
    let worst = places.flat_map(|region| at.iter().map(move |s| others(region, *s))).max();
    (MILLION - worst.unwrap_or(0)).max(0)
}

/// A share as it is from a semester on, no more than the others leave; whether it was cut.
pub fn clamped(split: &Split, place: usize, from: Semester, wanted: i64) -> (i64, bool) {
    let most = most_from(split, place, from);
    (wanted.clamp(0, most), wanted > most)
}

/// The same division with another source taking what is left; who took it before gets what that
/// came to as a share, where the new one had a share to give up.
/// Semesters before `start` do not count.
pub fn with_residual(split: &Split, residual: &SourceId, start: Semester) -> Split {
    let mut out = split.clone();
    out.residual = residual.clone();
    let Some(place) = split.shares.iter().position(|s| s.source == *residual) else {
        return out;
    };
    let rest_of = |region: Option<&RegionId>| {
        let at = |semester| {
            rest(
                &split
                    .shares
                    .iter()
                    .map(|s| value_at(steps_in(s, region), semester))
                    .collect::<Vec<_>>(),
            )
        };
        // Before the first date of any share it was all of it.
        let dates = dates(split).into_iter().chain([start]).collect::<BTreeSet<_>>();
        dates.into_iter().fold(Vec::<Step>::new(), |steps, from| {
            let value = at(from);
            match steps.last() {
                Some(last) if last.value == value => steps,
                _ => with_step(&steps, from, value),
            }
        })
    };
    let mut share = split.shares[place].share.clone();
    share.steps = rest_of(None);
    let regions = places(split).into_iter().flatten();
    share.by_region = regions.map(|r| (r.clone(), rest_of(Some(r)))).collect();
    out.shares[place] = Share { source: split.residual.clone(), share };
    out
}

/// Shares by year as they are typed: not yet a whole.
pub type Typed = Vec<(Year, i64)>;

/// What a list of yearly shares has.
pub fn typed(shares: &YearShares) -> Typed {
    shares.shares().iter().map(|s| (s.year, s.share)).collect()
}

/// Their sum.
pub fn sum(shares: &Typed) -> i64 {
    shares.iter().fold(0i64, |sum, (_, share)| sum.saturating_add(*share))
}

/// With a year taking what the others leave; nothing where they leave nothing.
pub fn filled(shares: &Typed, year: Year) -> Typed {
    let others = shares.iter().filter(|(y, _)| *y != year);
    let left = (MILLION - others.map(|(_, share)| share).sum::<i64>()).max(0);
    with_share(shares, year, left)
}

/// With another share in a year.
pub fn with_share(shares: &Typed, year: Year, share: i64) -> Typed {
    let mut out: Typed = shares.iter().filter(|(y, _)| *y != year).copied().collect();
    let place = out.partition_point(|(y, _)| *y < year);
    out.insert(place, (year, share));
    out
}

/// The shares, where they make up the whole.
pub fn whole(shares: &Typed) -> Option<YearShares> {
    let some = shares.iter().filter(|(_, share)| *share != 0);
    YearShares::new(some.map(|(year, share)| YearShare { year: *year, share: *share }).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::Basis;

    fn year(n: i64) -> Year {
        Year::new(n).unwrap()
    }

    fn share(source: &str, steps: &[(Semester, i64)]) -> Share {
        let steps = steps.iter().map(|(from, value)| Step { from: *from, value: *value }).collect();
        let share = Parameter { steps, ..Parameter::default() };
        Share { source: source.parse().unwrap(), share }
    }

    /// Central pays 50 %, from 2014 60 %; the city 30 %, in the east 10 %; the counties the rest.
    fn split() -> Split {
        let (start, later) = (year(2011).autumn(), year(2014).spring());
        let mut city = share("city", &[(start, 300_000)]);
        let east = Step { from: start, value: 100_000 };
        city.share.by_region.insert("east".parse().unwrap(), vec![east]);
        Split {
            shares: vec![share("central", &[(start, 500_000), (later, 600_000)]), city],
            residual: "county".parse().unwrap(),
            base_standard: None,
            basis: Basis::default(),
        }
    }

    #[test]
    fn a_share_goes_as_far_as_the_others_leave_room_until_its_next_step() {
        let (start, later) = (year(2011).autumn(), year(2014).spring());
        assert_eq!(in_force(&split(), start), [500_000, 300_000]);
        assert_eq!(rest(&in_force(&split(), later)), 100_000);
        // The city's one step lasts into 2014, when only 40 % are left.
        assert_eq!(most_from(&split(), 1, start), 400_000);
        assert_eq!(most_from(&split(), 0, start), 700_000);
        assert_eq!(clamped(&split(), 1, start, 450_000), (400_000, true));
        assert_eq!(clamped(&split(), 1, start, 400_000), (400_000, false));
        assert_eq!(clamped(&split(), 1, start, -1), (0, false));
        // A step of its own in 2014 frees the years before.
        let mut stepped = split();
        stepped.shares[1].share.steps.push(Step { from: later, value: 0 });
        assert_eq!(most_from(&stepped, 1, start), 500_000);
    }

    #[test]
    fn whoever_takes_the_rest_the_shares_are_what_they_were() {
        let central = "central".parse().unwrap();
        let turned = with_residual(&split(), &central, year(2011).autumn());
        assert_eq!(turned.shares[0].source.as_str(), "county");
        let (start, later) = (year(2011).autumn(), year(2014).spring());
        assert_eq!(in_force(&turned, start), [200_000, 300_000]);
        assert_eq!(rest(&in_force(&turned, start)), 500_000);
        assert_eq!(rest(&in_force(&turned, later)), 600_000);
        let east = &turned.shares[0].share.by_region[&"east".parse().unwrap()];
        assert_eq!(value_at(east, start), 400_000);
        // Back again is where it was, in force.
        let back = with_residual(&turned, &"county".parse().unwrap(), start);
        assert_eq!(in_force(&back, later), in_force(&split(), later));
        // Somebody new takes the rest alone.
        let new = with_residual(&split(), &"province".parse().unwrap(), start);
        assert_eq!(new.shares, split().shares);
    }

    #[test]
    fn a_year_takes_what_the_others_leave() {
        let three = |a, b, c| vec![(year(2012), a), (year(2013), b), (year(2014), c)];
        let left = filled(&three(300_000, 200_000, 0), year(2014));
        assert_eq!(left, three(300_000, 200_000, 500_000));
        assert_eq!(filled(&three(700_000, 400_000, 1), year(2014)), three(700_000, 400_000, 0));
        assert_eq!(filled(&Vec::new(), year(2012)), [(year(2012), MILLION)]);
        assert_eq!(with_share(&three(1, 2, 3), year(2013), 9), three(1, 9, 3));
        assert!(whole(&three(300_000, 200_000, 0)).is_none());
        let made = whole(&three(300_000, 0, 700_000)).unwrap();
        assert_eq!(typed(&made), [(year(2012), 300_000), (year(2014), 700_000)]);
        assert_eq!(sum(&typed(&made)), MILLION);
    }
}
