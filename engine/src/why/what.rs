//! Owns the names of numbers: what any figure is, in what unit, and on what it rests.
//!
//! Deliberately absent: words for them (the page's) and how they come about (`why`).

use crate::id::{MeasureId, PopulationId, SchoolId};
use crate::outcome::Cut;
use crate::plan::{Basis, Headcount, Measure, Operation, ParamPath, Plan, PlanParts, Unit};
use crate::time::{Semester, Year};

/// What a number is. Places are places in the plan's lists; grades count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// A parameter in force.
    Parameter {
        /// Which.
        path: ParamPath,
        /// Where.
        region: usize,
        /// When.
        semester: Semester,
    },
    /// What a parameter is before its first date: nothing.
    NotYet {
        /// Which.
        path: ParamPath,
    },
    /// A value the plan states.
    Stated {
        /// Of which parameter.
        path: ParamPath,
        /// Where.
        region: usize,
        /// From when on.
        from: Semester,
    },
    /// A value a measure gives.
    Changed {
        /// To which parameter.
        path: ParamPath,
        /// Which measure.
        measure: MeasureId,
        /// Its place in the stack: two scenarios may each have a measure of one name.
        place: usize,
        /// How.
        operation: Operation,
    },
    /// Heads counted in an autumn.
    Census {
        /// Of which population.
        population: PopulationId,
        /// Where.
        region: usize,
        /// When.
        year: Year,
    },
    /// Heads of a grade counted in an autumn.
    GradeCensus {
        /// Of which population.
        population: PopulationId,
        /// Which grade.
        grade: usize,
        /// Where.
        region: usize,
        /// When.
        year: Year,
    },
    /// Births of a calendar year.
    Births {
        /// For which population.
        population: PopulationId,
        /// Where.
        region: usize,
        /// When.
        year: Year,
    },
    /// Heads in an autumn.
    Heads {
        /// Of which population.
        population: PopulationId,
        /// Where.
        region: usize,
        /// When.
        year: Year,
    },
    /// Heads of a grade in an autumn.
    Grade {
        /// Of which population.
        population: PopulationId,
        /// Which grade.
        grade: usize,
        /// Where.
        region: usize,
        /// When.
        year: Year,
    },
    /// Leavers of a population who go on to the next stage in an autumn.
    Transferred {
        /// Which population they leave.
        population: PopulationId,
        /// Where.
        region: usize,
        /// When.
        year: Year,
    },
    /// Pupils of one school.
    SchoolSize {
        /// Which.
        school: SchoolId,
    },
    /// The share of works that falls on a year.
    YearShare {
        /// Whose works.
        programme: usize,
        /// Which year.
        year: Year,
    },
    /// A figure on the way to a payment.
    Working {
        /// Which.
        working: Working,
        /// Of which programme.
        programme: usize,
        /// Where.
        region: usize,
        /// Which of the programme's periods.
        period: usize,
    },
    /// What a source pays of a payment.
    Paid {
        /// For which programme.
        programme: usize,
        /// Where.
        region: usize,
        /// Which of the programme's periods.
        period: usize,
        /// Which source.
        source: usize,
    },
    /// A sum of payments.
    Total(Cut),
    /// Heads of all regions in an autumn.
    AllHeads {
        /// Of which population.
        population: PopulationId,
        /// When.
        year: Year,
    },
    /// Units a works programme has completed by the end of a year.
    CompletedBy {
        /// Whose works.
        programme: usize,
        /// Where.
        region: usize,
        /// Which fiscal year, counted from the first.
        year: usize,
    },
    /// What a source has to spend in a year.
    Available {
        /// Which source.
        source: usize,
        /// Where; for the whole city where absent.
        region: Option<usize>,
        /// Which fiscal year, counted from the first.
        year: usize,
    },
    /// What there is of a source's money in a year.
    Funds {
        /// Which figure.
        figure: FundsFigure,
        /// Which source.
        source: usize,
        /// Where; for the whole city where absent.
        region: Option<usize>,
        /// Which fiscal year, counted from the first.
        year: usize,
    },
    /// What all sources lack in a year.
    Gaps {
        /// Which fiscal year, counted from the first.
        year: usize,
    },
    /// The part of a sum of payments that falls on counties' general budgets.
    CountyBurden(Cut),
    /// What the programmes of a task spend in a year.
    TaskCost {
        /// Place of the task.
        task: usize,
        /// Which fiscal year, counted from the first.
        year: usize,
    },
    /// People a programme pays in a year.
    Recipients {
        /// Which programme.
        programme: usize,
        /// Where; in all regions where absent.
        region: Option<usize>,
        /// Which fiscal year, counted from the first.
        year: usize,
    },
    /// People newly paid, or paid a different amount than before, in a year.
    Reached {
        /// By which programme; by all that are aid where absent.
        programme: Option<usize>,
        /// Where; in all regions where absent.
        region: Option<usize>,
        /// Which fiscal year, counted from the first.
        year: usize,
    },
    /// The same in one of a programme's periods.
    ReachedIn {
        /// By which programme.
        programme: usize,
        /// Where.
        region: usize,
        /// Which of the programme's periods.
        period: usize,
    },
    /// Heads of the two autumns that each fiscal year's semesters are taught to.
    Taught {
        /// Of which population; of all pupils where absent.
        population: Option<PopulationId>,
        /// Where; in all regions where absent.
        region: Option<usize>,
        /// In which fiscal year, counted from the first; in all of them where absent.
        year: Option<usize>,
    },
    /// The same number in the outcome compared with.
    Before(Box<What>),
    /// A number less the same number in the outcome compared with.
    Change(Box<What>),
    /// Numbers of one unit added up.
    Sum(Vec<What>),
    /// What share a number is of another.
    Share {
        /// The one.
        part: Box<What>,
        /// The other.
        whole: Box<What>,
    },
    /// An amount for each head.
    PerHead {
        /// Which amount.
        amount: Box<What>,
        /// Heads, counted twice a year as in [`What::Taught`].
        heads: Box<What>,
    },
    /// A figure of an indicator.
    Indicator {
        /// Which figure.
        figure: IndicatorFigure,
        /// Place of the indicator.
        indicator: usize,
        /// Where; for the whole city where absent.
        region: Option<usize>,
        /// Which fiscal year, counted from the first.
        year: usize,
    },
    /// A figure of a rule.
    Rule {
        /// Which figure.
        figure: RuleFigure,
        /// Place of the rule.
        rule: usize,
        /// Where; for the whole city where absent.
        region: Option<usize>,
        /// Which fiscal year, counted from the first.
        year: usize,
    },
}

/// Figures on the way to a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it; DESIGN names the formulas")]
pub enum Working {
    Recipients,
    RaisedToFloor,
    Posts,
    Completed,
    Quantity,
    Cost,
    RecognisedCost,
    RecognisedStandard,
    PaidOutside,
    Lending,
    Outstanding,
    Payment,
    Recognised,
    Rest,
}

/// Figures of a source's money in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FundsFigure {
    /// What the year brings.
    Available,
    /// What is left from the year before.
    Carried,
    /// What the year brings and what is left from before.
    There,
    /// What is asked for and there.
    Covered,
    /// What is asked for and not there.
    Gap,
    /// What is left at the end.
    Surplus,
}

/// Figures of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum IndicatorFigure {
    Numerator,
    Denominator,
    Value,
    Counted,
    Target,
}

/// Figures of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum RuleFigure {
    Value,
    Threshold,
    Slack,
    Share,
    Divisor,
    Revenue,
    Budget,
}

impl What {
    /// What the number counts: people and things are counted, amounts are fen, shares millionths.
    pub fn unit(&self, plan: &PlanParts) -> Unit {
        match self {
            Self::Indicator { figure, indicator, .. } => match plan.indicators.get(*indicator) {
                None => Unit::Count,
                Some(it) if matches!(figure, IndicatorFigure::Value | IndicatorFigure::Target) => {
                    it.unit()
                }
                Some(it) if it.counts_money() => Unit::Fen,
                Some(_) => Unit::Count,
            },
            Self::Parameter { path, .. } | Self::NotYet { path } | Self::Stated { path, .. } => {
                path.unit()
            }
            Self::Changed { operation: Operation::Scale, .. } => Unit::Rate,
            Self::Changed { path, .. } => path.unit(),
            Self::Working { working, .. } => working.unit(),
            Self::YearShare { .. } => Unit::Share,
            Self::Paid { .. }
            | Self::Total(_)
            | Self::Available { .. }
            | Self::Funds { .. }
            | Self::Gaps { .. }
            | Self::CountyBurden(_)
            | Self::TaskCost { .. } => Unit::Fen,
            Self::Rule { figure: RuleFigure::Share, .. } => Unit::Rate,
            Self::Rule { figure: RuleFigure::Divisor, .. } => Unit::Count,
            Self::Rule { figure: RuleFigure::Value | RuleFigure::Threshold, rule, .. } => {
                plan.rules.get(*rule).map_or(Unit::Fen, |rule| plan.unit_tested(rule))
            }
            Self::Rule { .. } | Self::PerHead { .. } => Unit::Fen,
            Self::Share { .. } => Unit::Rate,
            Self::Before(same) | Self::Change(same) => same.unit(plan),
            Self::Sum(parts) => parts.first().map_or(Unit::Fen, |part| part.unit(plan)),
            Self::Census { .. }
            | Self::GradeCensus { .. }
            | Self::Births { .. }
            | Self::Heads { .. }
            | Self::Grade { .. }
            | Self::Transferred { .. }
            | Self::SchoolSize { .. }
            | Self::AllHeads { .. }
            | Self::Recipients { .. }
            | Self::Reached { .. }
            | Self::ReachedIn { .. }
            | Self::Taught { .. }
            | Self::CompletedBy { .. } => Unit::Count,
        }
    }

    /// How the number is known, where the plan or a measure gives it.
    pub fn basis<'p>(&self, plan: &'p Plan, measures: &[&'p Measure]) -> Option<&'p Basis> {
        let headcount =
            |id: &PopulationId| plan.populations.iter().find(|p| p.id == *id).map(|p| &p.headcount);
        match self {
            Self::Stated { path, .. } => {
                plan.parameters().find(|(p, _)| p == path).map(|(_, parameter)| &parameter.basis)
            }
            Self::Changed { place, .. } => measures.get(*place).map(|m| &m.basis),
            Self::Census { population, .. }
            | Self::GradeCensus { population, .. }
            | Self::Births { population, .. } => match headcount(population)? {
                Headcount::Counted { basis, .. } => Some(basis),
                Headcount::Cohort(cohort) => Some(&cohort.basis),
                Headcount::ShareOf { .. } => None,
            },
            Self::Paid { programme, .. } => plan.programmes.get(*programme).map(|p| &p.split.basis),
            _ => None,
        }
    }
}

impl Working {
    fn unit(self) -> Unit {
        match self {
            Self::Recipients
            | Self::RaisedToFloor
            | Self::Posts
            | Self::Completed
            | Self::Quantity => Unit::Count,
            _ => Unit::Fen,
        }
    }
}
