//! Owns what is derived for the page: one scenario against another, and the story of
//! who pays above the base standard. All of it is computed by the engine.

use super::{Look, Session};
use leptos::prelude::*;
use shapan_engine::{
    AboveBase, Attribution, Difference, EvaluateError, FairAttribution, Known, Measure, Outcome,
    Plan, ScenarioId, above_base, attribute_fairly, attribute_known, with_base_following,
};
use std::sync::Arc;

/// A computed thing, or why there is none; equal only to itself, so a memo that makes
/// a new one always tells those who read it.
pub struct Shown<T>(Arc<Result<T, EvaluateError>>);

impl<T> Clone for Shown<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Shown<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Shown<T> {
    /// What was computed.
    pub fn new(result: Result<T, EvaluateError>) -> Self {
        Self(Arc::new(result))
    }

    /// The thing, if it could be computed.
    pub fn get(&self) -> Option<&T> {
        self.0.as_ref().as_ref().ok()
    }

    /// Why it could not be.
    pub fn error(&self) -> Option<&EvaluateError> {
        self.0.as_ref().as_ref().err()
    }
}

/// One scenario against another.
pub struct Impact {
    /// The plan both belong to.
    pub plan: Arc<Plan>,
    /// The one.
    pub scenario_id: ScenarioId,
    /// The other.
    pub base_id: ScenarioId,
    /// What each measure between them contributes, in the order of the stack.
    pub attribution: Attribution,
}

/// What each measure's fair share is of the difference shown: no order moves it.
pub fn fair_shares(impact: Memo<Shown<Impact>>) -> Memo<Option<Shown<FairAttribution>>> {
    Memo::new(move |_| {
        impact.with(|i| {
            let i = i.get()?;
            Some(Shown::new(attribute_fairly(&i.plan, &i.scenario_id, &i.base_id)))
        })
    })
}

impl Impact {
    /// One scenario of a plan against another.
    pub fn of(
        known: &mut Known,
        plan: Arc<Plan>,
        (scenario, base): &(ScenarioId, ScenarioId),
    ) -> Shown<Self> {
        let attribution = attribute_known(&plan, scenario, base, known);
        let (scenario_id, base_id) = (scenario.clone(), base.clone());
        let with = |attribution| Self { plan, scenario_id, base_id, attribution };
        Shown::new(attribution.map(with))
    }

    /// The whole difference.
    pub fn difference(&self) -> Difference<'_> {
        self.attribution.difference()
    }

    /// The scenario's outcome.
    pub fn scenario(&self) -> &Outcome {
        self.difference().scenario
    }
}

/// What a measure above the base standard costs, and what it would if the base rose too.
pub struct BaseStory {
    /// The plan.
    pub plan: Arc<Plan>,
    /// The programmes it lifts above their base standard.
    pub above: Vec<AboveBase>,
    /// The measure with the base raised alongside.
    pub following: Measure,
    without: Outcome,
    with: Outcome,
    with_following: Outcome,
    /// The whole scenario with the base raised alongside this measure.
    pub scenario_following: Outcome,
}

impl BaseStory {
    /// The story of the measure being edited; `None` where no base standard is exceeded.
    pub fn of(
        known: &mut Known,
        plan: &Arc<Plan>,
        look: &Look,
    ) -> Result<Option<Self>, EvaluateError> {
        let scenario = plan.scenarios.iter().find(|s| s.id == look.scenario);
        let measures = scenario.map_or(&[][..], |s| &s.measures);
        let chosen = |m: &Measure| m.enabled && Some(&m.id) == look.measure.as_ref();
        let Some(place) = measures.iter().position(chosen) else {
            return Ok(None);
        };
        let measure = &measures[place];
        let inherited = match scenario.and_then(|s| s.parent.as_ref()) {
            Some(parent) => plan.enabled_measures(parent)?,
            None => Vec::new(),
        };
        let own_before = measures[..place].iter().filter(|m| m.enabled);
        let stack: Vec<&Measure> = inherited.into_iter().chain(own_before).collect();
        let above = above_base(plan, &stack, measure)?;
        if above.is_empty() {
            return Ok(None);
        }
        let mut following = with_base_following(plan, measure);
        // Only bases that are exceeded follow: another would be lowered to its standard.
        following.changes.retain(|change| {
            measure.changes.contains(change)
                || above.iter().any(|a| Some(&a.programme) == change.path.programme())
        });
        if following == *measure {
            return Ok(None); // the bases rise already
        }
        let without = known.outcome(plan, &stack)?;
        let mut with = |above: &[&Measure]| {
            let stack: Vec<&Measure> = stack.iter().chain(above).copied().collect();
            known.outcome(plan, &stack)
        };
        let own_after = measures[place + 1..].iter().filter(|m| m.enabled);
        let whole: Vec<&Measure> = [&following].into_iter().chain(own_after).collect();
        let story = Self {
            plan: Arc::clone(plan),
            above,
            with: with(&[measure])?,
            with_following: with(&[&following])?,
            scenario_following: with(&whole)?,
            without,
            following,
        };
        Ok(Some(story))
    }

    /// Recomputed when the plan or the look moves.
    pub fn memo(session: Session) -> Memo<Option<Shown<Self>>> {
        Memo::new(move |_| {
            let mut story = Ok(None);
            session.plan.with(|p| {
                session.look.with(|l| {
                    session.known.update_value(|known| story = Self::of(known, p, l));
                });
            });
            story.transpose().map(|story| Shown(Arc::new(story)))
        })
    }

    /// What the measure changes as it is.
    pub fn as_it_is(&self) -> Difference<'_> {
        Difference { scenario: &self.with, base: &self.without }
    }

    /// What it would change if the base rose too.
    pub fn if_base_follows(&self) -> Difference<'_> {
        Difference { scenario: &self.with_following, base: &self.without }
    }
}
