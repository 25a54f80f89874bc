//! Owns what becomes of programmes, as values: a new one, a copy, another kind of driver, and
//! which changes of measures would lose their parameter. Pure, no page.
//!
//! Invariant: what two kinds of driver have in common (standard, population) outlives the change
//! from one to the other; a fresh id is one the plan does not have.

use shapan_engine::{
    Basis, BasisKind, Command, Driver, HeadsTiming, Indexed, Indicator, MILLION, MeasureId, Nature,
    ParamPath, Parameter, Plan, PlanParts, PopulationId, Posts, Programme, ProgrammeId, ScenarioId,
    SourceId, Split, Term, Text, Thing, YearShare, YearShares, fresh_id,
};
use std::collections::BTreeSet;

/// The kinds of drivers as a planner tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Heads, paid each semester.
    HeadsSemester,
    /// Heads, paid once a year by census.
    HeadsCensus,
    /// Posts as given.
    PostsGiven,
    /// Posts that follow pupils.
    PostsPerPupils,
    /// Works.
    Works,
    /// A share of revenue.
    Revenue,
    /// Given amounts.
    Lump,
    /// Loans.
    Loans,
}

impl Kind {
    /// Every kind, in the order one chooses from.
    pub const ALL: [Self; 8] = [
        Self::HeadsSemester,
        Self::HeadsCensus,
        Self::PostsGiven,
        Self::PostsPerPupils,
        Self::Works,
        Self::Revenue,
        Self::Lump,
        Self::Loans,
    ];

    /// Its name in the page's own markup.
    pub fn key(self) -> &'static str {
        match self {
            Self::HeadsSemester => "heads-semester",
            Self::HeadsCensus => "heads-census",
            Self::PostsGiven => "posts-given",
            Self::PostsPerPupils => "posts-per-pupils",
            Self::Works => "works",
            Self::Revenue => "revenue",
            Self::Lump => "lump",
            Self::Loans => "loans",
        }
    }

    /// The kind of a name.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }

    /// The kind of a driver.
    pub fn of(driver: &Driver) -> Self {
        match driver {
            Driver::Heads { timing: HeadsTiming::Semester, .. } => Self::HeadsSemester,
            Driver::Heads { timing: HeadsTiming::Census, .. } => Self::HeadsCensus,
            Driver::Posts { posts: Posts::Given(_), .. } => Self::PostsGiven,
            Driver::Posts { posts: Posts::PerPupils { .. }, .. } => Self::PostsPerPupils,
            Driver::Works { .. } => Self::Works,
            Driver::Revenue { .. } => Self::Revenue,
            Driver::Lump { .. } => Self::Lump,
            Driver::Loans { .. } => Self::Loans,
        }
    }

    /// The nature such spending mostly has.
    pub fn usual_nature(self) -> Nature {
        match self {
            Self::HeadsSemester | Self::Loans => Nature::Aid,
            Self::HeadsCensus | Self::Revenue | Self::Lump => Nature::Recurrent,
            Self::PostsGiven | Self::PostsPerPupils => Nature::Personnel,
            Self::Works => Nature::Capital,
        }
    }

    /// Whether it counts people.
    pub fn needs_population(self) -> bool {
        matches!(self, Self::HeadsSemester | Self::HeadsCensus | Self::PostsPerPupils | Self::Loans)
    }

    /// Whether the plan has what it counts.
    pub fn is_possible(self, plan: &PlanParts) -> bool {
        match self {
            Self::Revenue => plan.sources.iter().any(|s| s.revenue.is_some()),
            kind => !kind.needs_population() || !plan.populations.is_empty(),
        }
    }

    /// A driver of this kind that keeps what it can of another; `None` where the plan lacks
    /// what it counts. `unit` is what works are counted in.
    pub fn driver(self, plan: &PlanParts, from: Option<&Driver>, unit: Text) -> Option<Driver> {
        let none = || constant(plan, 0, BasisKind::Entered);
        let population = || -> Option<PopulationId> {
            let kept = from.and_then(Driver::population).cloned();
            kept.or_else(|| plan.populations.first().map(|p| p.id.clone()))
        };
        let standard = || match from {
            Some(
                Driver::Heads { standard, .. }
                | Driver::Posts { standard, .. }
                | Driver::Works { standard, .. },
            ) => standard.clone(),
            _ => Indexed { value: none(), indexation: None },
        };
        Some(match self {
            Self::HeadsSemester | Self::HeadsCensus => {
                let (coverage, take_up, school_floor) = match from {
                    Some(Driver::Heads { coverage, take_up, school_floor, .. }) => {
                        (coverage.clone(), take_up.clone(), school_floor.clone())
                    }
                    _ => (None, None, None),
                };
                let timing = match self {
                    Self::HeadsSemester => HeadsTiming::Semester,
                    _ => HeadsTiming::Census,
                };
                let (population, standard) = (population()?, standard());
                Driver::Heads { population, timing, standard, coverage, take_up, school_floor }
            }
            Self::PostsGiven => Driver::Posts { posts: Posts::Given(none()), standard: standard() },
            Self::PostsPerPupils => Driver::Posts {
                posts: Posts::PerPupils {
                    population: population()?,
                    // A ratio divides: there must be one, and this one is nobody's.
                    pupils_per_post: constant(plan, 20 * MILLION, BasisKind::Illustrative),
                },
                standard: standard(),
            },
            Self::Works => {
                let first = plan.horizon.first();
                let whole = YearShares::new(vec![YearShare { year: first, share: MILLION }])?;
                Driver::Works {
                    units: none(),
                    unit,
                    standard: standard(),
                    payment: whole.clone(),
                    completion: whole,
                }
            }
            Self::Revenue => {
                let source = plan.sources.iter().find(|s| s.revenue.is_some())?.id.clone();
                Driver::Revenue { source, share: none() }
            }
            Self::Lump => Driver::Lump { amount: Indexed { value: none(), indexation: None } },
            Self::Loans => Driver::Loans {
                population: population()?,
                principal: none(),
                risk_rate: none(),
                interest_rate: none(),
                study_years: 4,
                opening_balance: none(),
            },
        })
    }
}

/// The same value everywhere from the start of the horizon.
pub fn constant(plan: &PlanParts, value: i64, kind: BasisKind) -> Parameter {
    Parameter::constant(plan.horizon.start(), value, Basis { kind, ..Basis::default() })
}

/// A new programme that `residual` pays.
pub fn programme(
    plan: &PlanParts,
    name: Text,
    kind: Kind,
    driver: Driver,
    residual: SourceId,
) -> Option<Programme> {
    Some(Programme {
        id: fresh(plan)?,
        name,
        clause: None,
        code: None,
        nature: kind.usual_nature(),
        tags: Vec::new(),
        driver,
        split: Split { shares: Vec::new(), residual, base_standard: None, basis: Basis::default() },
        extra: shapan_engine::Extra::default(),
    })
}

/// An id no programme of the plan has, and no measure speaks of.
fn fresh(plan: &PlanParts) -> Option<ProgrammeId> {
    fresh_id("programme", |id| plan.programmes.iter().any(|p| p.id == *id))
}

/// A copy of a programme under a name of its own.
pub fn copy(plan: &PlanParts, of: &Programme, name: Text) -> Option<Programme> {
    Some(Programme { id: fresh(plan)?, name, ..of.clone() })
}

/// A change of a measure: where it is, and what it moves.
pub type Changed = (ScenarioId, MeasureId, ParamPath);

/// The changes of measures whose parameter would be gone, were a programme put in its place.
pub fn losing(plan: &Plan, after: &Programme) -> Vec<Changed> {
    let paths_of = |p: &Programme| {
        let alone = PlanParts { programmes: vec![p.clone()].into(), ..PlanParts::clone(plan) };
        let own = alone.parameters().map(|(path, _)| path);
        own.filter(|path| path.programme() == Some(&after.id)).collect::<BTreeSet<_>>()
    };
    let before = plan.programmes.iter().find(|p| p.id == after.id);
    let (before, after) = (before.map(paths_of).unwrap_or_default(), paths_of(after));
    if before.is_subset(&after) {
        return Vec::new();
    }
    let measures = plan.scenarios.iter().flat_map(|s| s.measures.iter().map(move |m| (s, m)));
    let changes = measures.flat_map(|(s, m)| m.changes.iter().map(move |c| (s, m, c)));
    let gone = changes.filter(|(.., c)| {
        let path = plan.current_path(&c.path);
        before.contains(path) && !after.contains(path)
    });
    gone.map(|(s, m, c)| (s.id.clone(), m.id.clone(), c.path.clone())).collect()
}

/// The indicators that count what a programme completes: it has to stay works.
pub fn counted_by<'p>(plan: &'p Plan, id: &'p ProgrammeId) -> impl Iterator<Item = &'p Indicator> {
    let counts =
        move |term: &Term| matches!(term, Term::Completed { programme, .. } if programme == id);
    let terms = |i: &'p Indicator| i.numerator.iter().chain(&i.denominator);
    plan.indicators.iter().filter(move |i| terms(i).any(counts))
}

/// Puts a programme in its place, and takes the changes with it that lose their parameter.
pub fn put_with(plan: &Plan, after: Programme, lost: &[Changed]) -> Command {
    let mut commands = Vec::new();
    for scenario in &plan.scenarios {
        for measure in &scenario.measures {
            let is_lost = |path: &ParamPath| {
                lost.iter().any(|(s, m, p)| *s == scenario.id && *m == measure.id && p == path)
            };
            if measure.changes.iter().any(|c| is_lost(&c.path)) {
                let mut kept = measure.clone();
                kept.changes.retain(|c| !is_lost(&c.path));
                let scenario = scenario.id.clone();
                commands.push(Command::PutMeasure { scenario, measure: Box::new(kept) });
            }
        }
    }
    commands.push(Command::Put(Thing::from(after)));
    Command::Together(commands)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::{Document, Lang, taian_2012};

    fn words(text: &str) -> Text {
        Text::new(Lang::ZhHans, text).unwrap()
    }

    fn found<'p>(plan: &'p Plan, id: &str) -> &'p Programme {
        plan.programmes.iter().find(|p| p.id.as_str() == id).unwrap()
    }

    #[test]
    fn every_kind_of_driver_can_be_made_and_makes_a_sound_plan() {
        let plan = taian_2012().unwrap();
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.key()), Some(kind));
            let driver = kind.driver(&plan, None, words("个")).unwrap();
            assert_eq!(Kind::of(&driver), kind);
            let residual = plan.sources[0].id.clone();
            let new = programme(&plan, words("新"), kind, driver, residual).unwrap();
            let mut document = Document::new(plan.clone());
            document.dispatch(Command::Put(new.into()), None).unwrap();
        }
    }

    #[test]
    fn a_plan_without_people_or_revenue_has_no_drivers_that_count_them() {
        let mut parts = taian_2012().unwrap().into_parts();
        parts.populations.clear();
        parts.sources.iter_mut().for_each(|s| s.revenue = None);
        let possible: Vec<_> = Kind::ALL.into_iter().filter(|k| k.is_possible(&parts)).collect();
        assert_eq!(possible, [Kind::PostsGiven, Kind::Works, Kind::Lump]);
        let made = |kind: Kind| kind.driver(&parts, None, words("个")).is_some();
        assert!(Kind::ALL.into_iter().all(|k| made(k) == k.is_possible(&parts)));
    }

    #[test]
    fn a_standard_outlives_the_change_of_its_driver() {
        let plan = taian_2012().unwrap();
        let boarding = found(&plan, "boarding-junior");
        let Driver::Heads { standard, .. } = &boarding.driver else { unreachable!() };
        let posts = Kind::PostsGiven.driver(&plan, Some(&boarding.driver), words("个")).unwrap();
        let Driver::Posts { standard: kept, .. } = posts else { unreachable!() };
        assert_eq!(kept, *standard);
    }

    #[test]
    fn changes_that_lose_their_parameter_are_named_and_go_with_it_in_one_step() {
        let plan = taian_2012().unwrap();
        let boarding = found(&plan, "boarding-junior").clone();
        assert_eq!(losing(&plan, &boarding), []);
        let driver = Kind::Lump.driver(&plan, Some(&boarding.driver), words("个")).unwrap();
        let mut after = Programme { driver, ..boarding };
        after.split.base_standard = None;
        let lost = losing(&plan, &after);
        assert!(lost.iter().any(|(s, _, p)| {
            s.as_str() == "raise-again" && p.to_string() == "programmes/boarding-junior/standard"
        }));
        let mut document = Document::new(plan.clone());
        assert!(document.dispatch(Command::Put(after.clone().into()), None).is_err());
        document.dispatch(put_with(&plan, after.clone(), &lost), None).unwrap();
        assert_eq!(*found(document.plan(), "boarding-junior"), after);
        assert!(document.undo());
        assert_eq!(**document.plan(), plan);
    }

    #[test]
    fn works_that_indicators_count_are_told_by_name() {
        let plan = taian_2012().unwrap();
        let counted = |id: &str| counted_by(&plan, &id.parse().unwrap()).count();
        assert!(counted("kindergartens") > 0);
        assert_eq!(counted("staff"), 0);
    }

    #[test]
    fn a_copy_has_an_id_of_its_own() {
        let plan = taian_2012().unwrap();
        let copied = copy(&plan, &plan.programmes[0], words("副本")).unwrap();
        assert!(plan.programmes.iter().all(|p| p.id != copied.id));
        assert_eq!(copied.split, plan.programmes[0].split);
    }
}
