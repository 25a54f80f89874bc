//! Owns the arithmetic that computes a figure twice, with a measure and without it, and
//! notes where a difference is lost on the way.
//!
//! Invariant: both values come from the same formulas and functions as every other figure.
//! What is followed is the difference of the cells in focus only; other differences of the
//! same measure take part, but are not what is asked about.

use crate::calc::{Calc, How, wide_sum};
use crate::evaluate::Values;
use crate::exact::MILLION;
use crate::plan::{ParamPath, ProgrammeRole, SourceRole};
use crate::why::{What, Working};
use std::collections::{BTreeMap, BTreeSet};

/// How a difference was lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loss {
    /// Differences make up for each other.
    Balanced,
    /// It is too small for a whole fen or person.
    Rounded,
    /// Only the lesser of two standards counts, and this is not it.
    BaseNotReached,
    /// It is multiplied by a parameter that is nothing.
    TimesNothing(ParamPath),
    /// It is multiplied by nobody, or by no posts, units or revenue.
    NoRecipients,
}

/// Cells of a parameter whose difference is followed: `[region][semester]`.
pub(super) struct Focus {
    pub(super) path: ParamPath,
    pub(super) cells: BTreeMap<usize, Vec<usize>>,
}

/// Why a number is nothing.
#[derive(Clone, Copy)]
enum Nothing {
    Nobody,
    /// This parameter is, by place among those met.
    Parameter(usize),
    /// It is what is left, or too little for one.
    Little,
}

/// A number with and without the measure.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    with: i64,
    without: i64,
    /// Whether a difference in focus has come as far as this.
    is_reached: bool,
    nothing: Option<Nothing>,
}

impl Pair {
    /// Whether a difference in focus has come as far as this.
    pub(super) fn is_reached(self) -> bool {
        self.is_reached
    }
}

/// Computes with the values of one outcome and, beside them, of another.
pub(super) struct SideBySide<'a> {
    other: &'a Values,
    focus: &'a Focus,
    met: Vec<ParamPath>,
    /// Places on the semester axis at which the parameter in focus was read at all.
    pub(super) read: BTreeSet<usize>,
    /// Whether a cell in focus was.
    pub(super) is_focus_read: bool,
    pub(super) losses: BTreeSet<Loss>,
}

impl Calc for SideBySide<'_> {
    type Num = Pair;

    fn get(&self, number: Pair) -> i64 {
        number.with
    }

    fn note(
        &mut self,
        value: i64,
        what: impl FnOnce() -> What,
        how: impl FnOnce() -> How<Pair>,
    ) -> Pair {
        let how = how();
        match how.again(|n| n.without) {
            None => self.enter(value, what()),
            // It has been computed before, so it fits.
            Some(without) => self.follow(value, without.unwrap_or(i64::MAX), what, &how),
        }
    }
}

impl<'a> SideBySide<'a> {
    pub(super) fn new(other: &'a Values, focus: &'a Focus) -> Self {
        Self {
            other,
            focus,
            met: Vec::new(),
            read: BTreeSet::new(),
            is_focus_read: false,
            losses: BTreeSet::new(),
        }
    }

    fn enter(&mut self, with: i64, what: What) -> Pair {
        let mut pair = Pair { with, without: with, is_reached: false, nothing: None };
        let mut nothing = Nothing::Little;
        match what {
            What::Parameter { path, region, semester } => {
                let term = self.other.horizon().clamped_index(semester);
                pair.without = self.other.rows(&path).at(region, term);
                if path == self.focus.path {
                    self.read.insert(term);
                    let cells = self.focus.cells.get(&region);
                    pair.is_reached = pair.with != pair.without
                        && cells.is_some_and(|terms| terms.contains(&term));
                    self.is_focus_read |= pair.is_reached;
                }
                nothing = self.nothing_of(pair, path);
            }
            What::NotYet { path } | What::Stated { path, .. } | What::Changed { path, .. } => {
                nothing = self.nothing_of(pair, path);
            }
            What::Heads { .. }
            | What::Grade { .. }
            | What::Census { .. }
            | What::GradeCensus { .. }
            | What::Births { .. }
            // A year in which nothing is built or paid.
            | What::Working { .. } => nothing = Nothing::Nobody,
            _ => {}
        }
        pair.nothing = (pair.with == 0 && pair.without == 0).then_some(nothing);
        pair
    }

    fn nothing_of(&mut self, pair: Pair, path: ParamPath) -> Nothing {
        use ProgrammeRole::{Coverage, Posts, TakeUp, Units};
        let is_quantity = matches!(
            path,
            ParamPath::Programme(_, Coverage | Posts | TakeUp | Units)
                | ParamPath::Source(_, SourceRole::Revenue)
        );
        if is_quantity {
            return Nothing::Nobody;
        }
        if pair.with != 0 || pair.without != 0 {
            return Nothing::Little; // not nothing: nobody will ask
        }
        let known = self.met.iter().position(|met| *met == path);
        Nothing::Parameter(known.unwrap_or_else(|| {
            self.met.push(path);
            self.met.len() - 1
        }))
    }

    fn follow(
        &mut self,
        with: i64,
        without: i64,
        what: impl FnOnce() -> What,
        how: &How<Pair>,
    ) -> Pair {
        let is_zero = with == 0 && without == 0;
        let nothing = if is_zero { Some(why_nothing(how)) } else { None };
        let is_reached = parts(how).any(|n| n.is_reached);
        if is_reached && with == without {
            self.losses.extend(self.loss(how, what));
        }
        Pair { with, without, is_reached: is_reached && with != without, nothing }
    }

    /// How the difference in focus was lost in a number; `None` where that is not why it is
    /// lost in the end.
    fn loss(&self, how: &How<Pair>, what: impl FnOnce() -> What) -> Option<Loss> {
        let times = |n: Pair| match n.nothing {
            Some(Nothing::Nobody) => Loss::NoRecipients,
            Some(Nothing::Parameter(place)) => Loss::TimesNothing(self.met[place].clone()),
            Some(Nothing::Little) | None => Loss::Rounded,
        };
        let is_exact = |terms: &[(i64, Vec<Pair>)]| {
            let sum = |get: fn(&Pair) -> i64| {
                let term = |(weight, factors): &(i64, Vec<Pair>)| {
                    (*weight, factors.iter().map(get).collect::<Vec<_>>())
                };
                wide_sum(&terms.iter().map(term).collect::<Vec<_>>())
            };
            sum(|n| n.with) == sum(|n| n.without)
        };
        Some(match how {
            How::Fraction { terms, .. } => {
                // What each factor in focus is multiplied by, where that is nothing.
                let mut nothings = Vec::new();
                let mut are_all = true;
                for (_, factors) in terms.iter().filter(|(_, f)| f.iter().any(|n| n.is_reached)) {
                    let found = factors.iter().find(|n| n.nothing.is_some());
                    are_all &= found.is_some();
                    nothings.extend(found.copied());
                }
                match nothings.first() {
                    Some(nothing) if are_all => times(*nothing),
                    _ if is_exact(terms) => Loss::Balanced,
                    _ => Loss::Rounded,
                }
            }
            How::Grown { value, rate } => {
                let product = |value: i64, rate: i64| {
                    i128::from(value) * (i128::from(rate) + i128::from(MILLION))
                };
                let same = product(value.with, rate.with) == product(value.without, rate.without);
                match value.nothing {
                    Some(_) => times(*value),
                    None if same => Loss::Balanced,
                    None => Loss::Rounded,
                }
            }
            How::Ratio { of, to, .. } => {
                let cross = |of: i64, to: i64| i128::from(of) * i128::from(to);
                match of.nothing {
                    Some(_) => times(*of),
                    None if cross(of.with, to.without) == cross(of.without, to.with) => {
                        Loss::Balanced
                    }
                    None => Loss::Rounded,
                }
            }
            How::Least(_) => match what() {
                What::Working { working: Working::RecognisedStandard, .. } => {
                    // A standard counts in full all the same, beyond what is recognised.
                    let is_base = matches!(
                        self.focus.path,
                        ParamPath::Programme(_, ProgrammeRole::BaseStandard)
                    );
                    return is_base.then_some(Loss::BaseNotReached);
                }
                _ => Loss::Rounded, // what halves that round up would take too much
            },
            How::Minus(whole, parts) => {
                let is_other = |n: &Pair| !n.is_reached && n.with != n.without;
                let other = std::iter::once(whole).chain(parts).any(is_other);
                // What is left after parts that were rounded.
                if other { Loss::Balanced } else { Loss::Rounded }
            }
            How::Given | How::Scaled { .. } | How::Same(_) | How::Sum(_) | How::Most(_) => {
                Loss::Balanced
            }
        })
    }
}

/// Why something that came out as nothing is nothing.
fn why_nothing(how: &How<Pair>) -> Nothing {
    let of = |n: &Pair| n.nothing;
    let found = match how {
        How::Fraction { terms, .. } => {
            let mut each = terms.iter().map(|(_, factors)| factors.iter().find_map(of));
            let first = each.next().flatten();
            if each.all(|term| term.is_some()) { first } else { None }
        }
        How::Sum(all) => {
            let first = all.first().and_then(of);
            if all.iter().all(|n| n.nothing.is_some()) { first } else { None }
        }
        How::Least(all) | How::Most(all) => all.iter().find_map(of),
        How::Same(n)
        | How::Minus(n, _)
        | How::Grown { value: n, .. }
        | How::Ratio { of: n, .. } => n.nothing,
        How::Given | How::Scaled { .. } => None,
    };
    found.unwrap_or(Nothing::Little)
}

/// The numbers a number is made of.
fn parts(how: &How<Pair>) -> Box<dyn Iterator<Item = &Pair> + '_> {
    match how {
        How::Given => Box::new(std::iter::empty()),
        How::Same(n) => Box::new(std::iter::once(n)),
        How::Sum(all) | How::Least(all) | How::Most(all) => Box::new(all.iter()),
        How::Minus(whole, parts) => Box::new(std::iter::once(whole).chain(parts)),
        How::Grown { value: a, rate: b } | How::Ratio { of: a, to: b, .. } => {
            Box::new([a, b].into_iter())
        }
        How::Scaled { amount, now, then, .. } => Box::new([amount, now, then].into_iter()),
        How::Fraction { terms, .. } => Box::new(terms.iter().flat_map(|(_, factors)| factors)),
    }
}
