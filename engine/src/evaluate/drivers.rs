//! Owns the drivers: what each programme owes in each region and period, before it is split.
//!
//! Invariant: a payment is rounded once, half-up to a fen, per region × programme ×
//! semester (or × year where it is paid yearly). A yearly payment takes the mean of
//! the year's two semesters, so a change from autumn costs half a year in its first year.

use super::split::Due;
use super::values::{Series, Values};
use super::{EvaluateError, People};
use crate::calc::{Calc, Rounding};
use crate::exact::{MILLION, Overflow};
use crate::id::{PopulationId, SchoolId};
use crate::plan::{
    Driver, HeadsTiming, ParamPath, PlanParts, Posts, Programme, ProgrammeRole as Role, SourceRole,
    YearShares,
};
use crate::time::{Horizon, Periods};
use crate::why::{What, Working};

/// A programme with all its formula reads, looked up once for all regions.
pub(crate) struct Formula<'a> {
    horizon: Horizon,
    programme: &'a Programme,
    /// Its place among the plan's.
    place: usize,
    kind: Kind<'a>,
}

/// The semesters a period's payment follows, as places on the semester axis.
#[derive(Clone, Copy)]
pub(crate) enum Terms {
    One(usize),
    Both([usize; 2]),
}

/// What a period is reckoned from (people, posts, units completed) and what is due in it.
pub(crate) struct Entry<N> {
    pub(crate) quantity: N,
    pub(crate) due: Due<N>,
}

/// What each driver reads.
enum Kind<'a> {
    Heads {
        timing: HeadsTiming,
        heads: Heads<'a>,
        standard: Standard<'a>,
        coverage: Option<Series<'a>>,
        take_up: Option<Series<'a>>,
        small_schools: Option<SmallSchools<'a>>,
    },
    Posts {
        posts: PostsOf<'a>,
        standard: Standard<'a>,
    },
    Works {
        units: Series<'a>,
        standard: Standard<'a>,
        payment: &'a YearShares,
        completion: &'a YearShares,
    },
    Revenue {
        revenue: Series<'a>,
        share: Series<'a>,
    },
    Lump {
        amount: Series<'a>,
    },
    Loans {
        heads: Heads<'a>,
        principal: Series<'a>,
        risk_rate: Series<'a>,
        interest_rate: Series<'a>,
        opening_balance: Series<'a>,
        study_years: usize,
    },
}

/// How posts are known.
enum PostsOf<'a> {
    Given(Series<'a>),
    PerPupils { heads: Heads<'a>, pupils_per_post: Series<'a> },
}

/// Heads of a population.
struct Heads<'a> {
    population: &'a PopulationId,
    heads: &'a [i64],
    school_years: usize,
    horizon: Horizon,
}

impl Heads<'_> {
    /// Heads of a term: spring reads last autumn's census, autumn its own.
    #[inline(always)]
    fn at<C: Calc>(&self, c: &mut C, region: usize, term: usize) -> C::Num {
        let heads = self.heads[region * self.school_years + term / 2];
        c.put(heads, || What::Heads {
            population: self.population.clone(),
            region,
            year: self.horizon.school_year(term / 2),
        })
    }
}

/// A standard and what higher levels recognise of it.
struct Standard<'a> {
    full: Series<'a>,
    base: Option<Series<'a>>,
}

/// Schools that count for more pupils than they have.
struct SmallSchools<'a> {
    floor: Series<'a>,
    /// Sizes by region.
    sizes: Vec<Vec<(&'a SchoolId, i64)>>,
}

impl<'a> Formula<'a> {
    /// A programme's formula under given values and heads.
    pub(crate) fn new(
        plan: &'a PlanParts,
        place: usize,
        values: &'a Values,
        people: &'a People,
    ) -> Self {
        let (programme, horizon) = (&plan.programmes[place], plan.horizon);
        let own = |role| values.series(ParamPath::Programme(programme.id.clone(), role));
        let has_base = programme.split.base_standard.is_some();
        let standard = || Standard {
            full: own(Role::Standard),
            base: has_base.then(|| own(Role::BaseStandard)),
        };
        let heads = |population: &'a PopulationId| {
            let (heads, school_years) = people.table(population);
            Heads { population, heads, school_years, horizon }
        };
        let kind = match &programme.driver {
            Driver::Heads { population, timing, coverage, take_up, school_floor, .. } => {
                Kind::Heads {
                    timing: *timing,
                    heads: heads(population),
                    standard: standard(),
                    coverage: coverage.as_ref().map(|_| own(Role::Coverage)),
                    take_up: take_up.as_ref().map(|_| own(Role::TakeUp)),
                    small_schools: school_floor.as_ref().map(|_| SmallSchools {
                        floor: own(Role::SchoolFloor),
                        sizes: plan.school_sizes(population),
                    }),
                }
            }
            Driver::Posts { posts, .. } => Kind::Posts {
                posts: match posts {
                    Posts::Given(_) => PostsOf::Given(own(Role::Posts)),
                    Posts::PerPupils { population, .. } => PostsOf::PerPupils {
                        heads: heads(population),
                        pupils_per_post: own(Role::PupilsPerPost),
                    },
                },
                standard: standard(),
            },
            Driver::Works { payment, completion, .. } => {
                Kind::Works { units: own(Role::Units), standard: standard(), payment, completion }
            }
            Driver::Revenue { source, .. } => Kind::Revenue {
                revenue: values.series(ParamPath::Source(source.clone(), SourceRole::Revenue)),
                share: own(Role::Share),
            },
            Driver::Lump { .. } => Kind::Lump { amount: own(Role::Amount) },
            Driver::Loans { population, study_years, .. } => Kind::Loans {
                heads: heads(population),
                principal: own(Role::AveragePrincipal),
                risk_rate: own(Role::RiskRate),
                interest_rate: own(Role::InterestRate),
                opening_balance: own(Role::OpeningBalance),
                study_years: usize::from(*study_years),
            },
        };
        Self { horizon, programme, place, kind }
    }

    /// How often it pays.
    pub(crate) fn periods(&self) -> Periods {
        self.programme.driver.periods()
    }

    /// The semesters whose split a period's payment follows.
    #[inline(always)]
    pub(crate) fn terms(&self, period: usize) -> Terms {
        match &self.kind {
            Kind::Heads { timing: HeadsTiming::Semester, .. } => Terms::One(period + 1),
            Kind::Heads { timing: HeadsTiming::Census, .. } => {
                Terms::One(Horizon::terms(period)[0])
            }
            Kind::Loans { .. } => Terms::One(Horizon::terms(period)[1]),
            _ => Terms::Both(Horizon::terms(period)),
        }
    }

    pub(crate) fn what(&self, working: Working, region: usize, period: usize) -> What {
        What::Working { working, programme: self.place, region, period }
    }

    pub(crate) fn paid(&self, region: usize, period: usize, source: usize) -> What {
        What::Paid { programme: self.place, region, period, source }
    }

    /// What is due in a region in every period, in order.
    #[inline(always)]
    pub(crate) fn dues<C: Calc>(
        &self,
        c: &mut C,
        region: usize,
        mut due: impl FnMut(&mut C, usize, Entry<C::Num>) -> Result<(), EvaluateError>,
    ) -> Result<(), EvaluateError> {
        let overflow = || EvaluateError::overflow(&self.programme.id);
        match &self.kind {
            Kind::Works { .. } => {
                let entries = self.works(c, region).map_err(overflow())?;
                entries.into_iter().enumerate().try_for_each(|(n, entry)| due(c, n, entry))
            }
            Kind::Loans { .. } => {
                let entries = self.loans(c, region).map_err(overflow())?;
                entries.into_iter().enumerate().try_for_each(|(n, entry)| due(c, n, entry))
            }
            _ => {
                for period in 0..self.horizon.years() * self.periods().a_year() {
                    let entry = self.entry(c, region, period).map_err(overflow())?;
                    due(c, period, entry)?;
                }
                Ok(())
            }
        }
    }

    /// What is due in one period, of drivers whose periods stand each for itself.
    #[inline(always)]
    fn entry<C: Calc>(
        &self,
        c: &mut C,
        region: usize,
        period: usize,
    ) -> Result<Entry<C::Num>, Overflow> {
        let what = |working| move || self.what(working, region, period);
        match &self.kind {
            Kind::Heads { timing, standard, .. } => {
                let term = match timing {
                    HeadsTiming::Semester => period + 1,
                    HeadsTiming::Census => Horizon::terms(period)[0],
                };
                let quantity = self.recipients(c, region, period, term)?;
                let full = standard.full.at(c, region, term);
                // A semester pays half of the yearly standard.
                let pay = |c: &mut C, working, standard| match timing {
                    HeadsTiming::Semester => c.part(what(working), quantity, standard, 2),
                    HeadsTiming::Census => c.times(what(working), quantity, standard),
                };
                let payment = pay(c, Working::Payment, full)?;
                let recognised = match self.recognised(c, standard, region, period, term) {
                    None => payment,
                    Some(base) => pay(c, Working::Recognised, base)?,
                };
                Ok(Entry { quantity, due: Due { payment, recognised } })
            }
            Kind::Posts { posts, standard } => {
                let posts = self.posts_of(c, posts, region, period)?;
                self.by_post(c, posts, standard, region, period)
            }
            Kind::Revenue { revenue, share } => {
                let half =
                    |c: &mut C, term| (1, [revenue.at(c, region, term), share.at(c, region, term)]);
                let halves = Horizon::terms(period).map(|term| half(c, term));
                let whole = 2 * i128::from(MILLION);
                let payment =
                    c.fraction(what(Working::Payment), halves, whole, Rounding::HalfUp)?;
                Ok(self.without_quantity(c, payment, region, period))
            }
            Kind::Lump { amount } => {
                let halves = Horizon::terms(period).map(|term| (1, [amount.at(c, region, term)]));
                let payment = c.fraction(what(Working::Payment), halves, 2, Rounding::HalfUp)?;
                Ok(self.without_quantity(c, payment, region, period))
            }
            Kind::Works { .. } | Kind::Loans { .. } => {
                let nothing = c.put(0, what(Working::Payment)); // their periods hang together
                Ok(self.without_quantity(c, nothing, region, period))
            }
        }
    }

    /// Posts of a fiscal year's two semesters; `None` of a programme that pays none.
    pub(crate) fn posts<C: Calc>(
        &self,
        c: &mut C,
        region: usize,
        year: usize,
    ) -> Result<Option<[C::Num; 2]>, Overflow> {
        match &self.kind {
            Kind::Posts { posts, .. } => self.posts_of(c, posts, region, year).map(Some),
            _ => Ok(None),
        }
    }

    fn posts_of<C: Calc>(
        &self,
        c: &mut C,
        posts: &PostsOf<'_>,
        region: usize,
        year: usize,
    ) -> Result<[C::Num; 2], Overflow> {
        let terms = Horizon::terms(year);
        match posts {
            PostsOf::Given(posts) => Ok(terms.map(|term| posts.at(c, region, term))),
            PostsOf::PerPupils { heads, pupils_per_post } => {
                let mut needed = |term| {
                    let pupils = heads.at(c, region, term);
                    let ratio = pupils_per_post.at(c, region, term);
                    let what = || self.what(Working::Posts, region, year);
                    c.ratio(what, pupils, ratio, Rounding::Up)
                };
                Ok([needed(terms[0])?, needed(terms[1])?])
            }
        }
    }

    fn without_quantity<C: Calc>(
        &self,
        c: &mut C,
        payment: C::Num,
        region: usize,
        period: usize,
    ) -> Entry<C::Num> {
        let quantity = c.put(0, || self.what(Working::Quantity, region, period));
        Entry { quantity, due: Due { payment, recognised: payment } }
    }

    /// The part of a standard that higher levels recognise; `None` where that is all of it.
    #[inline(always)]
    fn recognised<C: Calc>(
        &self,
        c: &mut C,
        standard: &Standard<'_>,
        region: usize,
        period: usize,
        term: usize,
    ) -> Option<C::Num> {
        let base = standard.base.as_ref()?.at(c, region, term);
        let full = standard.full.at(c, region, term);
        Some(c.least(|| self.what(Working::RecognisedStandard, region, period), full, base))
    }

    /// Heads × coverage × take-up, rounded once to people; small schools raised to the floor.
    #[inline(always)]
    fn recipients<C: Calc>(
        &self,
        c: &mut C,
        region: usize,
        period: usize,
        term: usize,
    ) -> Result<C::Num, Overflow> {
        let Kind::Heads { heads, coverage, take_up, small_schools, .. } = &self.kind else {
            return Ok(c.put(0, || self.what(Working::Recipients, region, period)));
        };
        let mut people = heads.at(c, region, term);
        if let Some(schools) = small_schools {
            let floor = schools.floor.at(c, region, term);
            let mut all = vec![people];
            for (id, size) in &schools.sizes[region] {
                if *size < c.get(floor) {
                    let size = c.put(*size, || What::SchoolSize { school: (*id).clone() });
                    let what = || self.what(Working::RaisedToFloor, region, period);
                    all.push(c.minus(what, floor, &[size])?);
                }
            }
            if all.len() > 1 {
                people = c.sum(|| self.what(Working::RaisedToFloor, region, period), &all)?;
            }
        }
        let what = || self.what(Working::Recipients, region, period);
        let million = i128::from(MILLION);
        match (coverage, take_up) {
            (None, None) => Ok(people),
            (Some(share), None) | (None, Some(share)) => {
                let share = share.at(c, region, term);
                c.share(what, people, share)
            }
            (Some(coverage), Some(take_up)) => {
                let factors = [people, coverage.at(c, region, term), take_up.at(c, region, term)];
                c.fraction(what, [(1, factors)], million * million, Rounding::HalfUp)
            }
        }
    }

    /// Posts × yearly standard, the mean of the year's two semesters.
    fn by_post<C: Calc>(
        &self,
        c: &mut C,
        posts: [C::Num; 2],
        standard: &Standard<'_>,
        region: usize,
        year: usize,
    ) -> Result<Entry<C::Num>, Overflow> {
        let [spring, autumn] = Horizon::terms(year);
        let full = [spring, autumn].map(|term| standard.full.at(c, region, term));
        let halves = |of: [C::Num; 2]| [(1, [posts[0], of[0]]), (1, [posts[1], of[1]])];
        let what = |working| move || self.what(working, region, year);
        let payment = c.fraction(what(Working::Payment), halves(full), 2, Rounding::HalfUp)?;
        let recognised = match (
            self.recognised(c, standard, region, year, spring),
            self.recognised(c, standard, region, year, autumn),
        ) {
            (Some(a), Some(b)) => {
                c.fraction(what(Working::Recognised), halves([a, b]), 2, Rounding::HalfUp)?
            }
            _ => payment,
        };
        // The larger of the two counts as the year's.
        let most = if c.get(posts[0]) > c.get(posts[1]) { posts[0] } else { posts[1] };
        Ok(Entry { quantity: most, due: Due { payment, recognised } })
    }

    /// Payments by year; the last takes the remainder, so they add up to the cost. Priced and
    /// sized as in force in the autumn of the first payment year.
    fn works<C: Calc>(&self, c: &mut C, region: usize) -> Result<Vec<Entry<C::Num>>, Overflow> {
        let Kind::Works { units, standard, payment, completion } = &self.kind else {
            return Ok(Vec::new());
        };
        let contracted = self.horizon.clamped_index(payment.shares()[0].year.autumn());
        let units = units.at(c, region, contracted);
        let full = standard.full.at(c, region, contracted);
        let what = |working| move || self.what(working, region, 0);
        let cost = c.times(what(Working::Cost), units, full)?;
        let paid = self.by_year(c, cost, payment, region, Working::Payment)?;
        let recognised = match self.recognised(c, standard, region, 0, contracted) {
            None => paid.clone(),
            Some(base) => {
                let cost = c.times(what(Working::RecognisedCost), units, base)?;
                self.by_year(c, cost, payment, region, Working::Recognised)?
            }
        };
        let completed = self.by_year(c, units, completion, region, Working::Completed)?;
        let each = completed.into_iter().zip(paid.into_iter().zip(recognised));
        Ok(each
            .map(|(quantity, (payment, recognised))| Entry {
                quantity,
                due: Due { payment, recognised },
            })
            .collect())
    }

    /// Divides a whole by yearly shares, the last part taking the remainder: the parts of the
    /// horizon's fiscal years.
    fn by_year<C: Calc>(
        &self,
        c: &mut C,
        whole: C::Num,
        shares: &YearShares,
        region: usize,
        working: Working,
    ) -> Result<Vec<C::Num>, Overflow> {
        let mut in_years = Vec::with_capacity(self.horizon.years());
        for period in 0..self.horizon.years() {
            in_years.push(c.put(0, || self.what(working, region, period)));
        }
        let mut earlier = Vec::new();
        let mut rest = whole;
        for (n, share) in shares.shares().iter().enumerate() {
            let period = self.horizon.year_index(share.year);
            let what = || match period {
                Some(period) => self.what(working, region, period),
                None => self.what(Working::PaidOutside, region, 0),
            };
            let mut part = if n + 1 == shares.shares().len() {
                if earlier.is_empty() { whole } else { c.minus(what, whole, &earlier)? }
            } else {
                let year = share.year;
                let share = c.put(share.share, || What::YearShare { programme: self.place, year });
                c.share(what, whole, share)?
            };
            if c.get(part) > c.get(rest) {
                part = c.least(what, part, rest);
            }
            rest = c.minus(|| self.what(Working::Rest, region, 0), rest, &[part])?;
            earlier.push(part);
            if let Some(place) = period {
                in_years[place] = part;
            }
        }
        Ok(in_years)
    }

    /// Risk compensation on this year's lending, interest on what is outstanding:
    /// earlier years in full, this year's for 4 of 12 months; rounded once.
    fn loans<C: Calc>(&self, c: &mut C, region: usize) -> Result<Vec<Entry<C::Num>>, Overflow> {
        let Kind::Loans {
            heads,
            principal,
            risk_rate,
            interest_rate,
            opening_balance,
            study_years,
        } = &self.kind
        else {
            return Ok(Vec::new());
        };
        let opening = opening_balance.at(c, region, 0);
        let mut lent: Vec<C::Num> = Vec::new();
        let mut entries = Vec::new();
        for year in 0..self.horizon.years() {
            let what = |working| move || self.what(working, region, year);
            let [_, autumn] = Horizon::terms(year);
            let borrowers = heads.at(c, region, autumn);
            let principal = principal.at(c, region, autumn);
            let lending = c.times(what(Working::Lending), borrowers, principal)?;
            let mut outstanding: Vec<C::Num> =
                lent.iter().rev().take(study_years.saturating_sub(1)).copied().collect();
            if year + 1 < *study_years {
                outstanding.push(opening);
            }
            let outstanding = c.sum(what(Working::Outstanding), &outstanding)?;
            let (risk, interest) =
                (risk_rate.at(c, region, autumn), interest_rate.at(c, region, autumn));
            let twelfths =
                [(12, [lending, risk]), (12, [outstanding, interest]), (4, [lending, interest])];
            let whole = 12 * i128::from(MILLION);
            let payment = c.fraction(what(Working::Payment), twelfths, whole, Rounding::HalfUp)?;
            entries.push(Entry { quantity: borrowers, due: Due { payment, recognised: payment } });
            lent.push(lending);
        }
        Ok(entries)
    }
}

impl PlanParts {
    /// Pupils of single schools in a population's stage, by region.
    fn school_sizes(&self, population: &PopulationId) -> Vec<Vec<(&SchoolId, i64)>> {
        let stage = self.populations.iter().find(|p| p.id == *population).map(|p| p.stage);
        let places: std::collections::HashMap<_, _> =
            self.regions.iter().enumerate().map(|(n, r)| (&r.id, n)).collect();
        let mut sizes = vec![Vec::new(); self.regions.len()];
        for school in &self.schools {
            let size = stage.and_then(|stage| school.pupils.get(&stage)).filter(|size| **size > 0);
            if let (Some(size), Some(place)) = (size, places.get(&school.region)) {
                sizes[*place].push((&school.id, *size));
            }
        }
        sizes
    }
}
