//! Owns balance between schools: how far apart they are in what they have for each pupil.
//!
//! Source: DESIGN section 8; the rules of 2012 (校际均衡差异系数) and 2017 it names. For a
//! resource with `x_i` and pupils `P_i` of school `i`: `X_i = x_i ÷ P_i`, mean `M = Σx_i ÷ ΣP_i`,
//! `S = sqrt(Σ (P_i ÷ ΣP)(X_i − M)²)`, coefficient of variation `CV = S ÷ M`: weighted by
//! pupils, population form.
//!
//! Invariant: integers only. `CV² = Σ e_i² ÷ (P_i ΣP)` with `e_i = (x_i ΣP − P_i Σx) ÷ Σx`, the
//! pupils' worth of the resource a school has beyond its own, held to 10⁻¹² of a pupil; a whole
//! nine-year school's resource is divided to 10⁻⁹ of a unit. So a coefficient is exact to about
//! 10⁻⁹ before it is rounded half-up to millionths, and schools that have the same for each
//! pupil have a coefficient of exactly 0. Deliberately absent: thresholds (`rules`).

use crate::exact::MILLION;
use crate::id::{RegionId, ResourceId, SchoolId};
use crate::plan::{BalanceResource, PlanParts, School, SchoolKind, Stage};

/// Fewest pupils of a teaching point that is judged with the schools.
const LEAST_PUPILS_OF_A_POINT: i64 = 50;

/// Parts of a unit that resources are held in.
const PARTS: i128 = 1_000_000_000;

/// How far apart schools are in one resource; all in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Units for each pupil of all schools together, in millionths of a unit.
    pub mean: i64,
    /// The standard deviation, in millionths of a unit for each pupil.
    pub deviation: i64,
    /// The coefficient of variation: deviation ÷ mean.
    pub coefficient: i64,
}

/// How balanced the schools of a stage are, in the order of the resources asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// How many schools are compared.
    pub schools: usize,
    /// By resource; `None` where a school's figure is missing (see [`Self::missing`]), where no
    /// school has any of it, or where 128 bits do not hold the sums (no plan within its bounds).
    pub spreads: Vec<Option<Spread>>,
    /// The plain mean of the coefficients, in millionths; `None` where one of them is unknown.
    pub mean: Option<i64>,
    /// How many of the resources' levels each school meets, in the plan's order of schools. A
    /// resource that a school's figure is missing of is not met.
    pub levels_met: Vec<(SchoolId, usize)>,
    /// How many resources have a level to be met.
    pub levels: usize,
    /// Resources that some school gives no figure of.
    pub missing: Vec<ResourceId>,
}

impl Balance {
    /// The coefficients of variation by resource, in millionths.
    pub fn coefficients(&self) -> impl Iterator<Item = Option<i64>> {
        self.spreads.iter().map(|spread| spread.map(|s| s.coefficient))
    }

    /// The largest coefficient; `None` where one of them is unknown, or none was asked for.
    pub fn largest(&self) -> Option<i64> {
        self.coefficients().try_fold(None, |most, c| Some(most.max(Some(c?)))).flatten()
    }

    /// The levels met by the school that meets the fewest.
    pub fn least_levels_met(&self) -> usize {
        self.levels_met.iter().map(|(_, met)| *met).min().unwrap_or(0)
    }
}

/// How balanced the schools of a stage are in a region (in the whole city where `None`).
///
/// Special and vocational schools are left out, and teaching points with fewer than 50 pupils.
/// What a nine-year school has is divided between its stages, primary pupils counting 1 and
/// junior pupils 1.1. `None` where no school of the stage is left, or there is no such region.
pub fn balance(
    plan: &PlanParts,
    region: Option<usize>,
    stage: Stage,
    resources: &[BalanceResource],
) -> Option<Balance> {
    let region = match region {
        None => None,
        Some(place) => Some(&plan.regions.get(place)?.id),
    };
    let schools: Vec<Part<'_>> =
        plan.schools.iter().filter_map(|school| Part::of(school, region, stage)).collect();
    if schools.is_empty() {
        return None;
    }
    let mut missing = Vec::new();
    let mut spreads = Vec::new();
    for BalanceResource { resource, .. } in resources {
        let known: Option<Vec<_>> =
            schools.iter().map(|part| Some((part.pupils, part.units(resource)?))).collect();
        spreads.push(known.as_deref().and_then(spread));
        if known.is_none() {
            missing.push(resource.clone());
        }
    }
    let levels_met = schools.iter().map(|part| {
        let met = resources.iter().filter(|r| part.meets(r) == Some(true)).count();
        (part.school.id.clone(), met)
    });
    let mut balance = Balance {
        schools: schools.len(),
        levels_met: levels_met.collect(),
        levels: resources.iter().filter(|r| r.level.is_some()).count(),
        mean: None,
        spreads,
        missing,
    };
    let sum: Option<i128> = balance.coefficients().map(|c| c.map(i128::from)).sum();
    balance.mean = sum.and_then(|sum| {
        let count = i128::try_from(resources.len()).ok().filter(|count| *count > 0)?;
        crate::exact::divide_half_up(sum, count).ok()
    });
    Some(balance)
}

/// A school as far as it belongs to one stage.
struct Part<'a> {
    school: &'a School,
    pupils: i64,
    /// Of what the school has, `share.0 ÷ share.1` for each pupil.
    share: (i128, i128),
}

impl<'a> Part<'a> {
    fn of(school: &'a School, region: Option<&RegionId>, stage: Stage) -> Option<Self> {
        let all: i64 = school.pupils.values().fold(0, |sum, n| sum.saturating_add(*n));
        let is_left_out = match school.kind {
            SchoolKind::Ordinary => false,
            SchoolKind::TeachingPoint => all < LEAST_PUPILS_OF_A_POINT,
            SchoolKind::Special | SchoolKind::Vocational => true,
        };
        if is_left_out || region.is_some_and(|id| *id != school.region) {
            return None;
        }
        let of = |stage: Stage| school.pupils.get(&stage).copied().filter(|n| *n > 0);
        let pupils = of(stage)?;
        // Tenths: a primary pupil counts 1, a junior pupil 1.1.
        let weight = |stage| if stage == Stage::Junior { 11 } else { 10 };
        let share = match (stage, of(Stage::Primary), of(Stage::Junior)) {
            (Stage::Primary | Stage::Junior, Some(primary), Some(junior)) => {
                (weight(stage), 10 * i128::from(primary) + 11 * i128::from(junior))
            }
            _ => (1, i128::from(pupils)),
        };
        Some(Self { school, pupils, share })
    }

    /// What it has of a resource.
    fn all(&self, resource: &ResourceId) -> Option<i128> {
        self.school.resources.get(resource).map(|units| i128::from(*units))
    }

    /// What of it belongs to the stage, in [`PARTS`] of a unit, rounded half-up.
    fn units(&self, resource: &ResourceId) -> Option<i128> {
        let (of, to) = self.share;
        let parts = self.all(resource)?.checked_mul(PARTS)?.checked_mul(of)?;
        nearest(parts.checked_mul(i128::from(self.pupils))?, to)
    }

    /// Whether it has as much for each pupil as it should; `None` where that is not known.
    fn meets(&self, resource: &BalanceResource) -> Option<bool> {
        let (of, to) = self.share;
        let each = self.all(&resource.resource)?.checked_mul(of)?;
        let has = each.checked_mul(i128::from(MILLION))?;
        Some(has >= i128::from(resource.level?).checked_mul(to)?)
    }
}

/// `of ÷ to`, rounded half-up; `to` must be positive.
fn nearest(of: i128, to: i128) -> Option<i128> {
    Some(of.checked_mul(2)?.checked_add(to)?.div_euclid(to.checked_mul(2)?))
}

/// The spread of a resource (in [`PARTS`]) over schools with pupils.
fn spread(schools: &[(i64, i128)]) -> Option<Spread> {
    let pupils: i128 = schools.iter().map(|(pupils, _)| i128::from(*pupils)).sum();
    let all = schools.iter().try_fold(0i128, |sum, (_, has)| sum.checked_add(*has))?;
    if all <= 0 || pupils <= 0 {
        return None;
    }
    // Larger cities need more room before the point; then fewer places behind it do.
    let places = [12, 6, 3];
    let root = places.into_iter().find_map(|places| coefficient(schools, pupils, all, places))?;
    let per_pupil = |numerator: i128, of: i128| i64::try_from(nearest(numerator, of)?).ok();
    let to_millionths = PARTS / i128::from(MILLION);
    let square_root_places = 1_000_000_000_000;
    Some(Spread {
        mean: per_pupil(all, pupils * to_millionths)?,
        deviation: per_pupil(
            root.checked_mul(nearest(all, to_millionths)?)?,
            pupils.checked_mul(square_root_places)?,
        )?,
        coefficient: per_pupil(root, square_root_places / i128::from(MILLION))?,
    })
}

/// The coefficient of variation in 10⁻¹², rounded down, from parts of a pupil with so many
/// decimal places; `None` where the sums do not fit.
fn coefficient(schools: &[(i64, i128)], pupils: i128, all: i128, places: u32) -> Option<i128> {
    let scale = 10i128.pow(places);
    let mut squares = 0u128;
    for (own, has) in schools {
        let own = i128::from(*own);
        let beyond = has.checked_mul(pupils)?.checked_sub(own.checked_mul(all)?)?;
        let beyond = nearest(beyond.checked_mul(scale)?, all)?.unsigned_abs();
        squares = squares.checked_add(beyond.checked_mul(beyond)? / own.unsigned_abs())?;
    }
    let squared = squares / pupils.unsigned_abs();
    i128::try_from(squared.checked_mul(100u128.pow(12 - places))?.isqrt()).ok()
}
