//! Owns what can be wrong with a plan, and where.
//!
//! Deliberately absent: sentences for readers (the page words every fault).

use std::fmt;

/// Where in a plan something is wrong, such as `programmes/staff/split/county`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(pub String);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A list is longer than the app takes on.
    #[error("{found} of these; at most {most}")]
    TooMany {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A plan needs at least one of these.
    #[error("none; at least one is needed")]
    None,
    /// Two things of one kind share a name.
    #[error("the name {id} is given twice")]
    Duplicate {
        /// The name.
        id: String,
    },
    /// A name that nothing in the plan bears.
    #[error("nothing here is called {id}")]
    Unknown {
        /// The name.
        id: String,
    },
    /// A population, scenario or task that is its own ancestor.
    #[error("goes in a circle through {id}")]
    Cycle {
        /// One member of the circle.
        id: String,
    },
    /// There must be exactly one scenario without a parent, and it has no measures.
    #[error("not a status quo: {roots} scenarios without a parent, {measures} measures in them")]
    StatusQuo {
        /// Scenarios without a parent.
        roots: usize,
        /// Measures they hold.
        measures: usize,
    },
    /// A value outside of what its unit allows.
    #[error("{value} is outside {least} to {most}")]
    OutOfBounds {
        /// The value.
        value: i64,
        /// The least allowed.
        least: i64,
        /// The most allowed.
        most: i64,
    },
    /// Steps or censuses that are not in ascending order of time.
    #[error("not in ascending order of time")]
    NotAscending,
    /// No census early enough to pay for the first spring.
    #[error("no census of autumn {needed} or before")]
    CensusMissing {
        /// The latest year that would do.
        needed: i16,
    },
    /// The shares of a split add up to more than the whole.
    #[error("the shares add up to {total} millionths, more than the whole")]
    SharesExceedWhole {
        /// Their sum.
        total: i64,
    },
    /// The residual source also has a share.
    #[error("the residual source {id} also has a share")]
    ResidualHasShare {
        /// The source.
        id: String,
    },
    /// A base standard where there is no standard.
    #[error("a base standard needs a standard per head, post or unit")]
    BaseWithoutStandard,
    /// A change that ends before it starts.
    #[error("ends before it starts")]
    EndsBeforeStart,
    /// A clause, code or tag that is no short text: empty, overlong, or with control characters.
    #[error("{words:?} is no short text")]
    NotAMark {
        /// What it is.
        words: String,
    },
    /// Regional values of what is one number for the whole city.
    #[error("the whole city shares this number: it has no values by region")]
    CityWideByRegion,
    /// A share of the revenue of a source that has none.
    #[error("{id} has no revenue")]
    NoRevenue {
        /// The source.
        id: String,
    },
    /// No heads by grade in the autumn every later one follows from.
    #[error("no heads by grade for autumn {needed}")]
    GradesMissing {
        /// That autumn's year; no other will do.
        needed: i16,
    },
    /// More grades than the stage has where schooling is divided as in that region.
    #[error("{found} grades in {region}; there are {most}")]
    TooManyGrades {
        /// The region.
        region: String,
        /// How many are given.
        found: usize,
        /// How many there are.
        most: usize,
    },
    /// A parameter of a grade that nobody goes on from, or to.
    #[error("grade {grade} is outside {least} to {most}")]
    NoSuchGrade {
        /// The grade.
        grade: usize,
        /// The first that may have this parameter.
        least: usize,
        /// The last, in the system with the most grades.
        most: usize,
    },
    /// No births early enough for the first autumn that is projected.
    #[error("no births of {needed} or before")]
    BirthsMissing {
        /// The latest year that would do.
        needed: i16,
    },
    /// Leavers of a population that is not projected by grade.
    #[error("{id} is not projected by grade: it has no leavers")]
    NotACohort {
        /// The population.
        id: String,
    },
    /// The rest of a population that takes no share of leavers.
    #[error("{id} takes no share of leavers: it leaves no rest")]
    NotDivided {
        /// The population.
        id: String,
    },
    /// What a programme completes, where it is not works.
    #[error("{id} completes nothing: only works do")]
    NotWorks {
        /// The programme.
        id: String,
    },
    /// An indicator that counts both money and other things.
    #[error("money is counted together with other things")]
    MixedWithMoney,
    /// A rule about the target of an indicator that has none.
    #[error("{id} has no target")]
    NoTarget {
        /// The indicator.
        id: String,
    },
    /// Balance between schools of a stage it is not judged for.
    #[error("balance is judged for primary and junior schools only")]
    NotJudged,
    /// A resource without the level every school is to meet.
    #[error("{id} has no level to meet")]
    LevelMissing {
        /// The resource.
        id: String,
    },
    /// A former path of a parameter that counts something else.
    #[error("{id} counts in another unit")]
    OtherUnit {
        /// The parameter.
        id: String,
    },
}

/// Every fault of a plan with its place; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(|(place, fault)| format!("{place}: {fault}")).collect::<Vec<_>>().join("; "))]
pub struct PlanErrors(pub Vec<(Place, Fault)>);
