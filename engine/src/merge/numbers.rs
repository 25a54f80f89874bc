//! Owns a dated number by region and semester: where two sides have it otherwise, and what comes
//! of taking some of that.
//!
//! Invariant: what is compared is what is in force: the region's own value, or none where it
//! follows the whole. A list that comes to what one side wrote stands as that side wrote it;
//! otherwise it has the fewest steps that mean the same.

use super::compare::{Found, Regions, Verdict};
use super::key::{Key, Span};
use super::table::Differs;
use super::taken::Taken;
use crate::id::RegionId;
use crate::plan::{ParamPath, Parameter, Step};
use crate::time::Semester;
use std::collections::BTreeSet;

/// A dated number as three plans have it.
#[derive(Clone, Copy)]
pub(super) struct Number<'a> {
    /// As both began; ours where that is not known.
    pub(super) base: &'a Parameter,
    pub(super) ours: &'a Parameter,
    pub(super) theirs: &'a Parameter,
}

/// What a region has in a semester.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// What holds in all regions without one of their own.
    Follows,
    /// Its own value; none before the first step.
    Own(Option<i64>),
}

/// A stretch of time between two dates that anything begins at.
type Stretch = Option<Semester>;

/// The value in force from a date on; none before the first step.
fn at(steps: &[Step], stretch: Stretch) -> Option<i64> {
    let from = stretch?;
    let begun = steps.partition_point(|step| step.from <= from);
    begun.checked_sub(1).and_then(|last| steps.get(last)).map(|step| step.value)
}

/// The time before every date, and each date of the lists.
fn stretches<'s>(lists: impl IntoIterator<Item = &'s [Step]>) -> Vec<Stretch> {
    let dates: BTreeSet<Semester> = lists.into_iter().flatten().map(|step| step.from).collect();
    std::iter::once(None).chain(dates.into_iter().map(Some)).collect()
}

/// What a region has on one side, as against how both began: what is copied from the whole, as a
/// list of its own copies what it does not move, is no value of its own; and what no longer
/// has one but comes to the same still has that.
fn state(base: &Parameter, side: &Parameter, region: &RegionId, stretch: Stretch) -> State {
    let whole = at(&side.steps, stretch);
    let of = |parameter: &Parameter| parameter.by_region.get(region).map(|own| at(own, stretch));
    match (of(base), of(side)) {
        (_, None) if of(base) != Some(whole) => State::Follows,
        (None, Some(own)) if own == whole => State::Follows,
        (_, own) => State::Own(own.unwrap_or(whole)),
    }
}

impl<'a> Number<'a> {
    fn all(self) -> [&'a Parameter; 3] {
        [self.base, self.ours, self.theirs]
    }

    fn owns(self) -> BTreeSet<&'a RegionId> {
        self.all().into_iter().flat_map(|p| p.by_region.keys()).collect()
    }

    fn stretches_of(self, region: Option<&RegionId>) -> Vec<Stretch> {
        let whole = self.all().map(|p| p.steps.as_slice()).into_iter();
        let own = self.all().into_iter().filter_map(|p| p.by_region.get(region?));
        stretches(whole.chain(own.map(Vec::as_slice)))
    }

    /// What theirs has otherwise.
    pub(super) fn compare(self, path: &ParamPath, regions: &Regions<'_>, found: &mut Vec<Found>) {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        let mut spans = Spans::default();
        if !(ours.steps == theirs.steps || theirs.steps == base.steps) {
            let lists = self.all().map(|p| p.steps.as_slice());
            let mut is_same = true;
            for stretch in stretches(lists) {
                let [b, o, t] = lists.map(|steps| at(steps, stretch));
                is_same &= o == t;
                spans.add(stretch, Verdict::of(&b, &o, &t), (b, o, t));
            }
            if is_same && ours.steps == base.steps {
                spans.always();
            }
        }
        spans.found(path, None, found);
        for region in self.owns().into_iter().filter(|region| regions.are_shared(region)) {
            let own = self.all().map(|p| p.by_region.get(region));
            let [b, o, t] = own;
            let is_whole_same = ours.steps == theirs.steps && base.steps == ours.steps;
            if o == t && (o.is_some() || is_whole_same) {
                continue;
            }
            let mut spans = Spans::default();
            let mut is_same = true;
            for stretch in self.stretches_of(Some(region)) {
                let states = self.all().map(|side| state(base, side, region, stretch));
                is_same &= states[1] == states[2];
                spans.add(stretch, self.verdict(region, stretch, states), states);
            }
            if is_same && o != t && o == b {
                spans.always();
            }
            spans.found(path, Some(region), found);
        }
    }

    fn verdict(
        self,
        region: &RegionId,
        stretch: Stretch,
        [b, o, t]: [State; 3],
    ) -> Option<Verdict> {
        let verdict = Verdict::of(&b, &o, &t)?;
        let own = self.ours.by_region.get(region).map(|own| at(own, stretch));
        match (o, t) {
            // It stands here already, and happens to be what holds elsewhere.
            (State::Follows, State::Own(theirs)) if own == Some(theirs) => None,
            // Both came to the same number, one of them by what holds elsewhere.
            (State::Follows, State::Own(theirs)) if at(&self.ours.steps, stretch) == theirs => {
                Some(Verdict::Theirs)
            }
            // Here it is what holds elsewhere, whether it follows that or not; there it follows.
            (State::Own(ours), State::Follows) if verdict == Verdict::Both => {
                let [b, o, t] = self.all().map(|p| at(&p.steps, stretch));
                let is_same = t == ours || (o == ours && t == b);
                (!is_same).then_some(Verdict::Both)
            }
            _ => Some(verdict),
        }
    }

    /// Ours, with what is taken of theirs.
    pub(super) fn merged(
        self,
        path: &ParamPath,
        regions: &Regions<'_>,
        taken: &Taken<'_>,
    ) -> Parameter {
        let (ours, theirs) = (self.ours, self.theirs);
        if taken.all.contains(&Key::Parameter(path.clone())) {
            return theirs.clone();
        }
        let mut merged = Parameter::default();
        let basis = if taken.all.contains(&Key::Basis(path.clone())) { theirs } else { ours };
        merged.basis.clone_from(&basis.basis);
        let spans = taken.spans(path, None);
        let lists = self.all().map(|p| p.steps.as_slice());
        let wanted: Vec<(Stretch, Option<i64>)> = stretches(lists)
            .into_iter()
            .map(|stretch| {
                let of = if spans.iter().any(|s| s.has(stretch)) { theirs } else { ours };
                (stretch, at(&of.steps, stretch))
            })
            .collect();
        let mut written = [&ours.steps, &theirs.steps];
        if spans.contains(&Span::ALWAYS) {
            written.reverse();
        }
        merged.steps = as_written(&wanted, written);
        let mut all: BTreeSet<&RegionId> = ours.by_region.keys().collect();
        all.extend(theirs.by_region.keys());
        for region in all {
            let own = if regions.arrives(region) {
                theirs.by_region.get(region).cloned()
            } else if regions.leaves(region) || !regions.is_ours(region) {
                None
            } else if !regions.are_shared(region) {
                ours.by_region.get(region).cloned()
            } else {
                self.in_region(region, &merged.steps, &taken.spans(path, Some(region)))
            };
            merged.by_region.extend(own.map(|own| (region.clone(), own)));
        }
        merged
    }

    /// What a region has of its own in the end, if anything.
    fn in_region(self, region: &RegionId, whole: &[Step], spans: &[Span]) -> Option<Vec<Step>> {
        let [ours, theirs] = [self.ours, self.theirs].map(|p| p.by_region.get(region));
        if spans.is_empty() && whole == self.ours.steps {
            return ours.cloned();
        }
        let mut is_own = false;
        let mut dates = self.stretches_of(Some(region));
        dates.extend(whole.iter().map(|step| Some(step.from)));
        dates.sort_unstable();
        dates.dedup();
        let wanted = dates.into_iter().map(|stretch| {
            let is_taken = spans.iter().any(|span| span.has(stretch));
            let side = if is_taken { self.theirs } else { self.ours };
            match state(self.base, side, region, stretch) {
                State::Follows => (stretch, at(whole, stretch)),
                State::Own(value) => {
                    is_own = true;
                    (stretch, value)
                }
            }
        });
        let wanted: Vec<(Stretch, Option<i64>)> = wanted.collect();
        let fits = |own: Option<&Vec<Step>>| comes_to(own.map_or(whole, Vec::as_slice), &wanted);
        if spans.contains(&Span::ALWAYS) && fits(theirs) {
            return theirs.cloned();
        }
        let mut written = [ours, theirs].into_iter();
        match written.find(|own| (own.is_some() || !is_own) && fits(*own)) {
            Some(own) => own.cloned(),
            None => is_own.then(|| fewest(&wanted)),
        }
    }
}

fn comes_to(steps: &[Step], wanted: &[(Stretch, Option<i64>)]) -> bool {
    wanted.iter().all(|(stretch, value)| at(steps, *stretch) == *value)
}

fn as_written(wanted: &[(Stretch, Option<i64>)], written: [&Vec<Step>; 2]) -> Vec<Step> {
    let fits = written.into_iter().find(|steps| comes_to(steps, wanted));
    fits.cloned().unwrap_or_else(|| fewest(wanted))
}

/// The fewest steps that come to the values. What has begun does not end: it becomes nothing.
fn fewest(wanted: &[(Stretch, Option<i64>)]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (stretch, value) in wanted {
        let before = steps.last().map(|step| step.value);
        let value = value.or(before.map(|_| 0));
        if let (Some(from), Some(value)) = (*stretch, value)
            && before != Some(value)
        {
            steps.push(Step { from, value });
        }
    }
    steps
}

/// Semesters on end in which the same differs in the same way.
struct Spans<T> {
    all: Vec<(Span, Verdict)>,
    open: Option<(Stretch, Verdict, T)>,
}

impl<T> Default for Spans<T> {
    fn default() -> Self {
        Self { all: Vec::new(), open: None }
    }
}

impl<T: PartialEq> Spans<T> {
    fn add(&mut self, from: Stretch, verdict: Option<Verdict>, what: T) {
        let next = verdict.map(|verdict| (from, verdict, what));
        if let (Some((_, a, b)), Some((_, c, d))) = (&self.open, &next)
            && (a, b) == (c, d)
        {
            return;
        }
        self.close(from);
        self.open = next;
    }

    fn close(&mut self, until: Option<Semester>) {
        if let Some((from, verdict, _)) = self.open.take() {
            self.all.push((Span { from, until }, verdict));
        }
    }

    /// Written otherwise, and nothing else.
    fn always(&mut self) {
        self.all.push((Span::ALWAYS, Verdict::Theirs));
    }

    fn found(mut self, path: &ParamPath, region: Option<&RegionId>, found: &mut Vec<Found>) {
        self.close(None);
        found.extend(self.all.into_iter().map(|(span, verdict)| Found {
            key: Key::Number(path.clone(), region.cloned(), span),
            how: Differs::Changed,
            verdict,
        }));
    }
}
