//! Owns what money is spent on: a driver times a standard, with a timing and a split.

use super::{Basis, Extra, Indexed, ParamPath, Parameter, ProgrammeRole, SourceRole, Unit};
use crate::exact::MILLION;
use crate::id::{PopulationId, ProgrammeId, SourceId};
use crate::text::Text;
use crate::time::{Periods, Year};

/// Something money is spent on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// Its name within the plan.
    pub id: ProgrammeId,
    /// What it is called.
    pub name: Text,
    /// The clause of the work plan it belongs to.
    pub clause: Option<Box<str>>,
    /// Functional code of government expenditure.
    pub code: Option<Box<str>>,
    /// What kind of spending it is.
    pub nature: Nature,
    /// Marks that earmarks refer to.
    pub tags: Vec<Box<str>>,
    /// What the amount is reckoned from.
    pub driver: Driver,
    /// Who pays.
    pub split: Split,
    /// Fields this version does not know.
    pub extra: Extra,
}

/// The nature of spending, which decides what accounts may pay for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Nature {
    Aid,
    Recurrent,
    Personnel,
    Capital,
}

/// What a programme's amount is reckoned from (DESIGN: drivers).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Driver {
    /// Recipients × standard.
    Heads {
        /// Who may receive.
        population: PopulationId,
        /// When it is paid.
        timing: HeadsTiming,
        /// Fen per head and year.
        standard: Indexed,
        /// Share of the population entitled; all where absent.
        coverage: Option<Parameter>,
        /// Share of those entitled who take it up; all where absent.
        take_up: Option<Parameter>,
        /// Pupils a school counts for at least, where school sizes are given
        /// ([`Unit::Count`]).
        school_floor: Option<Parameter>,
    },
    /// Posts × yearly standard, paid yearly.
    Posts {
        /// How posts are known.
        posts: Posts,
        /// Fen per post and year.
        standard: Indexed,
    },
    /// Units × unit cost × the year's payment share; priced and sized as in force in
    /// the autumn of the first payment year.
    Works {
        /// Units to build per region; 0 until a measure sets it.
        units: Parameter,
        /// What a unit is (m², school).
        unit: Text,
        /// Fen per unit.
        standard: Indexed,
        /// Shares of the cost paid by year.
        payment: YearShares,
        /// Shares of the units completed by year.
        completion: YearShares,
    },
    /// A share of a source's revenue of the year in the region.
    Revenue {
        /// The source with the revenue.
        source: SourceId,
        /// The share.
        share: Parameter,
    },
    /// Given amounts per region and year.
    Lump {
        /// Fen a year.
        amount: Indexed,
    },
    /// Risk compensation and interest on student loans; the lending itself is no spending.
    Loans {
        /// New borrowers of each autumn.
        population: PopulationId,
        /// Average principal of a new loan, fen.
        principal: Parameter,
        /// Risk compensation, share of what is lent in the year.
        risk_rate: Parameter,
        /// Interest a year on what is outstanding; 4/12 of it on this year's loans.
        interest_rate: Parameter,
        /// Years interest is paid for one loan, the first included.
        study_years: u8,
        /// Outstanding before the first fiscal year, fen; bears interest in the first
        /// `study_years − 1` years.
        opening_balance: Parameter,
    },
}

/// When a heads programme is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeadsTiming {
    /// Half the standard each semester, to the heads of that semester.
    Semester,
    /// Once a year: last autumn's census × the standard in force in spring.
    Census,
}

/// How posts are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posts {
    /// Given per region.
    Given(Parameter),
    /// Pupils ÷ pupils per post, rounded up.
    PerPupils {
        /// The pupils.
        population: PopulationId,
        /// Pupils per post ([`Unit::Ratio`]).
        pupils_per_post: Parameter,
    },
}

/// Shares of a whole by year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearShares(Vec<YearShare>);

/// The share of one year, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearShare {
    /// The fiscal year.
    pub year: Year,
    /// Its share, in millionths, above 0.
    pub share: i64,
}

impl YearShares {
    /// Shares in ascending order of years that make up exactly the whole.
    pub fn new(shares: Vec<YearShare>) -> Option<Self> {
        let ascending = shares.is_sorted_by(|a, b| a.year < b.year);
        let positive = shares.iter().all(|s| (1..=MILLION).contains(&s.share));
        let whole = shares.iter().map(|s| i128::from(s.share)).sum::<i128>() == i128::from(MILLION);
        (ascending && positive && whole).then_some(Self(shares))
    }

    /// The shares in order; never empty.
    pub fn shares(&self) -> &[YearShare] {
        &self.0
    }
}

/// Who pays: a share for each source; the residual source takes what is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// Shares of the recognised amount.
    pub shares: Vec<Share>,
    /// Takes what the shares leave, and all above the base standard.
    pub residual: SourceId,
    /// What higher levels recognise, fen per head, post or unit; everything where absent.
    pub base_standard: Option<Parameter>,
    /// Where the division comes from.
    pub basis: Basis,
}

/// One source's share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Who pays it.
    pub source: SourceId,
    /// How much.
    pub share: Parameter,
}

/// A parameter of a programme, the role that names it, and whether it grows by the
/// programme's indexation.
pub(crate) type Role<'a> = (ProgrammeRole, &'a Parameter, bool);

impl Driver {
    /// Whether what starts in autumn costs half a year in its first fiscal year.
    pub fn is_paid_through_the_year(&self) -> bool {
        match self {
            Self::Heads { timing, .. } => *timing == HeadsTiming::Semester,
            Self::Posts { .. } | Self::Revenue { .. } | Self::Lump { .. } => true,
            Self::Works { .. } | Self::Loans { .. } => false,
        }
    }

    /// How often it is paid.
    pub fn periods(&self) -> Periods {
        match self {
            Self::Heads { timing: HeadsTiming::Semester, .. } => Periods::Semesters,
            _ => Periods::Years,
        }
    }

    /// The people it counts, if it counts any.
    pub fn population(&self) -> Option<&PopulationId> {
        match self {
            Self::Heads { population, .. }
            | Self::Loans { population, .. }
            | Self::Posts { posts: Posts::PerPupils { population, .. }, .. } => Some(population),
            Self::Posts { .. } | Self::Works { .. } | Self::Revenue { .. } | Self::Lump { .. } => {
                None
            }
        }
    }

    /// Whether a base standard means anything here.
    pub fn has_standard(&self) -> bool {
        matches!(self, Self::Heads { .. } | Self::Posts { .. } | Self::Works { .. })
    }

    /// The driver's parameters.
    pub(crate) fn roles(&self) -> Vec<Role<'_>> {
        use ProgrammeRole as R;
        // The one list of what a driver is made of; paths, checks and evaluation all read it.
        let plain = |role, parameter| (role, parameter, false);
        let (mut roles, rest): (Vec<Role<'_>>, Vec<Role<'_>>) = match self {
            Self::Heads { standard, coverage, take_up, school_floor, .. } => {
                let coverage = coverage.iter().map(|p| plain(R::Coverage, p));
                let take_up = take_up.iter().map(|p| plain(R::TakeUp, p));
                let floor = school_floor.iter().map(|p| plain(R::SchoolFloor, p));
                (indexed(R::Standard, standard), coverage.chain(take_up).chain(floor).collect())
            }
            Self::Posts { posts, standard } => {
                let posts = match posts {
                    Posts::Given(posts) => plain(R::Posts, posts),
                    Posts::PerPupils { pupils_per_post, .. } => {
                        plain(R::PupilsPerPost, pupils_per_post)
                    }
                };
                (indexed(R::Standard, standard), vec![posts])
            }
            Self::Works { units, standard, .. } => {
                (indexed(R::Standard, standard), vec![plain(R::Units, units)])
            }
            Self::Revenue { share, .. } => (vec![plain(R::Share, share)], Vec::new()),
            Self::Lump { amount } => (indexed(R::Amount, amount), Vec::new()),
            Self::Loans { principal, risk_rate, interest_rate, opening_balance, .. } => (
                vec![plain(R::AveragePrincipal, principal), plain(R::RiskRate, risk_rate)],
                vec![
                    plain(R::InterestRate, interest_rate),
                    plain(R::OpeningBalance, opening_balance),
                ],
            ),
        };
        roles.extend(rest);
        roles
    }
}

impl Programme {
    /// The paths of all parameters its payments follow from, those of its source of
    /// revenue included; populations apart.
    pub(crate) fn paths(&self) -> Vec<ParamPath> {
        let own = |role| ParamPath::Programme(self.id.clone(), role);
        let base = self.split.base_standard.iter().map(|_| own(ProgrammeRole::BaseStandard));
        let shares = self.split.shares.iter();
        let shares = shares.map(|s| ParamPath::Split(self.id.clone(), s.source.clone()));
        let revenue = match &self.driver {
            Driver::Revenue { source, .. } => {
                Some(ParamPath::Source(source.clone(), SourceRole::Revenue))
            }
            _ => None,
        };
        let roles = self.driver.roles().into_iter().map(|(role, ..)| own(role));
        roles.chain(base).chain(shares).chain(revenue).collect()
    }
}

/// An amount and, where it grows by itself, its indexation.
fn indexed(role: ProgrammeRole, amount: &Indexed) -> Vec<Role<'_>> {
    let own = amount.indexation.iter().map(|p| (ProgrammeRole::Indexation, p, false));
    std::iter::once((role, &amount.value, amount.indexation.is_some())).chain(own).collect()
}

impl ProgrammeRole {
    /// What the role's values count.
    pub fn unit(self) -> Unit {
        match self {
            Self::Standard
            | Self::BaseStandard
            | Self::Amount
            | Self::AveragePrincipal
            | Self::OpeningBalance => Unit::Fen,
            Self::Indexation => Unit::Growth,
            Self::Coverage | Self::TakeUp | Self::Share | Self::RiskRate | Self::InterestRate => {
                Unit::Share
            }
            Self::Posts | Self::Units | Self::SchoolFloor => Unit::Count,
            Self::PupilsPerPost => Unit::Ratio,
        }
    }
}
