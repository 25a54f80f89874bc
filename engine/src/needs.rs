//! Owns what heads need: classes and teaching posts, what of them there is, what is lacking.
//!
//! Source: DESIGN section 3 and a population's [`Norms`](crate::Norms). Heads and norms are
//! those of one autumn: that of the school year asked about, after the outcome's measures.
//!
//! Invariant: whole classes and whole posts, rounded up; a figure that a norm is not given for
//! is absent, not nothing. What one region has too many of does not help another that lacks it.
//! Deliberately absent: money, and single schools.

use crate::exact::MILLION;
use crate::id::PopulationId;
use crate::outcome::Outcome;
use crate::plan::{ParamPath, Plan, Population, PopulationRole as Role};

/// What a population's heads need in one autumn; counts of people, classes and posts.
///
/// A size, limit or ratio that is 0, as before its first date, counts as not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Heads.
    pub pupils: i64,
    /// `Σ over grades ⌈heads ÷ class size⌉`; over the whole stage where grades are not known.
    pub classes_needed: Option<i64>,
    /// Classes there are.
    pub classes: Option<i64>,
    /// Classes needed beyond those there are.
    pub classes_lacking: Option<i64>,
    /// Classes beyond the limit if pupils are spread as evenly as can be over those there are;
    /// absent where there are pupils and no classes.
    pub classes_oversized: Option<i64>,
    /// `⌈heads ÷ pupils for each post⌉`.
    pub posts_needed: Option<i64>,
    /// Posts there are.
    pub posts: Option<i64>,
    /// Posts needed beyond those there are.
    pub posts_lacking: Option<i64>,
}

/// What a population needs in a region and school year, which counts from the autumn before
/// the first fiscal year on (as in [`Outcome::heads`]).
///
/// `outcome` is one of `plan`. `None` where one of the places is not in it.
pub fn needs(
    plan: &Plan,
    outcome: &Outcome,
    population: &PopulationId,
    region: usize,
    school_year: usize,
) -> Option<Needs> {
    let found = plan.populations.iter().find(|p| p.id == *population)?;
    let pupils = *outcome.heads(population, region).get(school_year)?;
    let norms = in_force(outcome, found, region, school_year);
    let by_grade = outcome.grades(population, region, school_year);
    let grades = by_grade.unwrap_or(std::slice::from_ref(&pupils));
    let classes_needed =
        norms.class_size.map(|size| grades.iter().map(|heads| rounded_up(*heads, size)).sum());
    let posts_needed = norms.pupils_per_post.map(|ratio| rounded_up(pupils * MILLION, ratio));
    let lacking = |needed: Option<i64>, there: Option<i64>| Some((needed? - there?).max(0));
    Some(Needs {
        pupils,
        classes_needed,
        classes: norms.classes,
        classes_lacking: lacking(classes_needed, norms.classes),
        classes_oversized: oversized(pupils, norms.classes, norms.class_limit),
        posts_needed,
        posts: norms.posts,
        posts_lacking: lacking(posts_needed, norms.posts),
    })
}

/// What a population needs in all regions together: each region's figures added up, so that
/// what is lacking is what regions lack. A figure that one region does not have is absent.
pub fn needs_of_all(
    plan: &Plan,
    outcome: &Outcome,
    population: &PopulationId,
    school_year: usize,
) -> Option<Needs> {
    let mut regions =
        (0..plan.regions.len()).map(|r| needs(plan, outcome, population, r, school_year));
    let first = regions.next()??;
    regions.try_fold(first, |sum, region| Some(sum.and(region?)))
}

impl Needs {
    fn and(self, other: Self) -> Self {
        let add = |a: Option<i64>, b: Option<i64>| Some(a? + b?);
        Self {
            pupils: self.pupils + other.pupils,
            classes_needed: add(self.classes_needed, other.classes_needed),
            classes: add(self.classes, other.classes),
            classes_lacking: add(self.classes_lacking, other.classes_lacking),
            classes_oversized: add(self.classes_oversized, other.classes_oversized),
            posts_needed: add(self.posts_needed, other.posts_needed),
            posts: add(self.posts, other.posts),
            posts_lacking: add(self.posts_lacking, other.posts_lacking),
        }
    }
}

/// The norms in force in one region and autumn.
struct InForce {
    class_size: Option<i64>,
    class_limit: Option<i64>,
    classes: Option<i64>,
    pupils_per_post: Option<i64>,
    posts: Option<i64>,
}

fn in_force(
    outcome: &Outcome,
    population: &Population,
    region: usize,
    school_year: usize,
) -> InForce {
    let value = |role| {
        let path = ParamPath::Population(population.id.clone(), role);
        outcome.values().rows(&path).of(region).get(2 * school_year).copied()
    };
    let above_zero = |role| value(role).filter(|value| *value > 0);
    InForce {
        class_size: above_zero(Role::ClassSize),
        class_limit: above_zero(Role::ClassLimit),
        classes: value(Role::Classes),
        pupils_per_post: above_zero(Role::PupilsPerPost),
        posts: value(Role::Posts),
    }
}

/// Of `classes` classes, `pupils mod classes` have one pupil more than the others.
fn oversized(pupils: i64, classes: Option<i64>, limit: Option<i64>) -> Option<i64> {
    let (classes, limit) = (classes?, limit?);
    if classes == 0 {
        return (pupils == 0).then_some(0);
    }
    let (each, with_one_more) = (pupils / classes, pupils % classes);
    Some(if each > limit {
        classes
    } else if each == limit {
        with_one_more
    } else {
        0
    })
}

/// `of ÷ to`, rounded up; neither is negative.
fn rounded_up(of: i64, to: i64) -> i64 {
    of / to + i64::from(of % to > 0)
}
