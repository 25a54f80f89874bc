//! Owns the outcomes that are known already, so that another is computed from the nearest.
//!
//! Invariant: an outcome that comes from here equals [`evaluate_stack`]'s in everything but
//! time. What is kept belongs to one state of a plan's data; with the data, it goes.

use super::{EvaluateError, evaluate_stack, reevaluate_stack};
use crate::outcome::Outcome;
use crate::plan::{Measure, ParamPath, Plan};

/// Outcomes of one plan under the stacks of measures last asked for.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The plan they belong to; of any version with the same data.
    plan: Option<Plan>,
    /// The one last used comes last.
    outcomes: Vec<(Vec<Measure>, Outcome)>,
}

impl Known {
    /// Outcomes kept: enough for a long stack measure by measure. They share most of what they hold.
    const MOST: usize = 48;

    /// The outcome of a stack of measures: known, or computed from the nearest that is.
    ///
    /// # Errors
    /// As [`evaluate_stack`].
    pub fn outcome(&mut self, plan: &Plan, stack: &[&Measure]) -> Result<Outcome, EvaluateError> {
        if !self.plan.as_ref().is_some_and(|known| known.has_ground_of(plan)) {
            *self = Self { plan: Some(plan.clone()), outcomes: Vec::new() };
        }
        if let Some(place) = self.outcomes.iter().rposition(|(known, _)| is_same(known, stack)) {
            let found = self.outcomes.remove(place);
            let outcome = found.1.clone();
            self.outcomes.push(found);
            return Ok(outcome);
        }
        let outcome = match self.nearest(stack) {
            Some((moved, other)) => {
                let moved: Vec<&ParamPath> =
                    moved.into_iter().flat_map(|m| &m.changes).map(|c| &c.path).collect();
                reevaluate_stack(plan, stack, other, &moved)?
            }
            None => evaluate_stack(plan, stack)?,
        };
        if self.outcomes.len() == Self::MOST {
            self.outcomes.remove(0);
        }
        self.outcomes.push((stack.iter().map(|m| (*m).clone()).collect(), outcome.clone()));
        Ok(outcome)
    }

    /// A known outcome that few measures lie between, and these: the latest of the nearest, or
    /// the latest that is one measure moved.
    fn nearest<'a>(&'a self, stack: &[&'a Measure]) -> Option<(Vec<&'a Measure>, &'a Outcome)> {
        let mut nearest: Option<(Vec<&Measure>, &Outcome)> = None;
        for (known, outcome) in self.outcomes.iter().rev() {
            let between = difference(known, stack);
            if nearest.as_ref().is_none_or(|(least, _)| between.len() < least.len()) {
                // A measure moved lies there as it was and as it is: near enough to look no further.
                let is_next = between.len() <= 2;
                nearest = Some((between, outcome));
                if is_next {
                    break;
                }
            }
        }
        nearest
    }
}

/// Whether two stacks change the same. Compared from the top, where stacks mostly differ.
fn is_same(known: &[Measure], stack: &[&Measure]) -> bool {
    known.len() == stack.len()
        && known.iter().rev().zip(stack.iter().rev()).all(|(a, b)| a.changes == b.changes)
}

/// The measures of two stacks between what is the same at their bottom and at their top.
fn difference<'m>(known: &'m [Measure], stack: &[&'m Measure]) -> Vec<&'m Measure> {
    let same = |(a, b): &(&Measure, &&Measure)| a.changes == b.changes;
    let below = known.iter().zip(stack).take_while(same).count();
    let (known, stack) = (&known[below..], &stack[below..]);
    let above = known.iter().rev().zip(stack.iter().rev()).take_while(same).count();
    let (known, stack) = (&known[..known.len() - above], &stack[..stack.len() - above]);
    known.iter().chain(stack.iter().copied()).collect()
}
