//! Owns the document: a plan, the one way to change it, and the way back.
//!
//! Invariant: every change is a [`Command`] that becomes a [`Diff`] of data; undoing a
//! diff restores exactly what was there. A command that fails changes nothing.
//! Deliberately absent: saving (the page listens for the revision to move).

use crate::id::{MeasureId, ScenarioId};
use crate::plan::{Measure, Plan, PlanErrors, Scenario};
use crate::text::Text;
use std::sync::Arc;

/// Everything that can be done to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Adds scenarios after those there are, in one step.
    AddScenarios(Vec<Scenario>),
    /// Renames a scenario.
    RenameScenario {
        /// Which.
        scenario: ScenarioId,
        /// Its new name.
        name: Text,
    },
    /// Removes a scenario on which nothing is stacked.
    RemoveScenario(ScenarioId),
    /// Adds a measure on top of a scenario's stack, or replaces the one of the same name.
    PutMeasure {
        /// The scenario it belongs to.
        scenario: ScenarioId,
        /// The measure.
        measure: Box<Measure>,
    },
    /// Takes a measure away.
    RemoveMeasure {
        /// The scenario it belongs to.
        scenario: ScenarioId,
        /// Which.
        measure: MeasureId,
    },
    /// Moves a measure to another place in its stack.
    MoveMeasure {
        /// The scenario it belongs to.
        scenario: ScenarioId,
        /// Which.
        measure: MeasureId,
        /// Its new place, counted from 0 and clamped to the stack.
        to: usize,
    },
    /// Switches a measure on or off.
    SwitchMeasure {
        /// The scenario it belongs to.
        scenario: ScenarioId,
        /// Which.
        measure: MeasureId,
        /// Whether it counts from now on.
        enabled: bool,
    },
}

/// Why a command was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// No scenario of that name.
    #[error("no scenario {0}")]
    UnknownScenario(ScenarioId),
    /// No measure of that name in the scenario.
    #[error("no measure {0}")]
    UnknownMeasure(MeasureId),
    /// The status quo takes no measures and cannot be removed.
    #[error("the status quo stays as it is")]
    StatusQuo,
    /// Another scenario is stacked on the one to be removed.
    #[error("{child} is stacked on {parent}")]
    HasChildren {
        /// The scenario to be removed.
        parent: ScenarioId,
        /// The first one stacked on it.
        child: ScenarioId,
    },
    /// The plan would no longer be sound.
    #[error(transparent)]
    Unsound(#[from] PlanErrors),
}

/// What a command did, as data: the scenarios before and after, from the first place
/// that differs to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    at: usize,
    before: Vec<Scenario>,
    after: Vec<Scenario>,
}

/// Which way a diff is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From before to after.
    Forward,
    /// From after to before.
    Backward,
}

impl Diff {
    fn between(before: &[Scenario], after: &[Scenario]) -> Self {
        let at = before.iter().zip(after).take_while(|(b, a)| b == a).count();
        let same_tail = before[at..].iter().rev().zip(after[at..].iter().rev());
        let tail = same_tail.take_while(|(b, a)| b == a).count();
        Self {
            at,
            before: before[at..before.len() - tail].to_vec(),
            after: after[at..after.len() - tail].to_vec(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }
}

fn apply(plan: &Plan, diff: &Diff, direction: Direction) -> Result<Plan, PlanErrors> {
    let (out, into) = match direction {
        Direction::Forward => (&diff.before, &diff.after),
        Direction::Backward => (&diff.after, &diff.before),
    };
    plan.edit(|parts| {
        parts.scenarios.splice(diff.at..diff.at + out.len(), into.iter().cloned());
    })
}

/// Commands of one gesture (a slider's drag, a word being typed) undo as one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gesture(pub u64);

#[derive(Clone, Debug)]
struct Entry {
    diff: Diff,
    gesture: Option<Gesture>,
}

/// A plan with its history.
#[derive(Clone, Debug)]
pub struct Document {
    plan: Arc<Plan>,
    past: Vec<Entry>,
    future: Vec<Entry>,
    revision: u64,
}

impl Document {
    /// Steps that can be undone; older ones are let go.
    pub const MOST_STEPS: usize = 500;

    /// A document with no history.
    pub fn new(plan: Plan) -> Self {
        Self { plan: Arc::new(plan), past: Vec::new(), future: Vec::new(), revision: 0 }
    }

    /// The plan as it stands.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// Moves whenever the plan does.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Carries out a command; commands of one gesture become one step.
    ///
    /// # Errors
    /// [`CommandError`]; the plan is then as it was.
    pub fn dispatch(
        &mut self,
        command: Command,
        gesture: Option<Gesture>,
    ) -> Result<(), CommandError> {
        let mut scenarios = self.plan.scenarios.clone();
        carry_out(command, &mut scenarios)?;
        let diff = Diff::between(&self.plan.scenarios, &scenarios);
        if diff.is_nothing() {
            return Ok(());
        }
        let changed = apply(&self.plan, &diff, Direction::Forward)?;
        self.future.clear();
        let continued =
            self.past.last().filter(|last| gesture.is_some() && last.gesture == gesture);
        if let Some(last) = continued {
            let start = apply(&self.plan, &last.diff, Direction::Backward)?;
            let diff = Diff::between(&start.scenarios, &changed.scenarios);
            self.past.pop();
            if !diff.is_nothing() {
                self.past.push(Entry { diff, gesture });
            }
        } else {
            self.past.push(Entry { diff, gesture });
        }
        if self.past.len() > Self::MOST_STEPS {
            self.past.remove(0);
        }
        self.set_plan(changed);
        Ok(())
    }

    /// Takes the last step back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        self.step(Direction::Backward)
    }

    /// Does the last undone step again; `false` where there is none.
    pub fn redo(&mut self) -> bool {
        self.step(Direction::Forward)
    }

    fn step(&mut self, direction: Direction) -> bool {
        let (from, to) = match direction {
            Direction::Backward => (&mut self.past, &mut self.future),
            Direction::Forward => (&mut self.future, &mut self.past),
        };
        let Some(mut entry) = from.pop() else { return false };
        let Ok(plan) = apply(&self.plan, &entry.diff, direction) else { return false };
        entry.gesture = None; // what was undone is not continued
        to.push(entry);
        self.set_plan(plan);
        true
    }

    fn set_plan(&mut self, plan: Plan) {
        self.plan = Arc::new(plan);
        self.revision += 1;
    }
}

fn carry_out(command: Command, scenarios: &mut Vec<Scenario>) -> Result<(), CommandError> {
    match command {
        Command::AddScenarios(added) => scenarios.extend(added),
        Command::RenameScenario { scenario, name } => find(scenarios, &scenario)?.name = name,
        Command::RemoveScenario(id) => {
            if find(scenarios, &id)?.parent.is_none() {
                return Err(CommandError::StatusQuo);
            }
            if let Some(child) = scenarios.iter().find(|s| s.parent.as_ref() == Some(&id)) {
                return Err(CommandError::HasChildren { parent: id, child: child.id.clone() });
            }
            scenarios.retain(|s| s.id != id);
        }
        Command::PutMeasure { scenario, measure } => {
            let stack = stack(scenarios, &scenario)?;
            match stack.iter_mut().find(|m| m.id == measure.id) {
                Some(there) => *there = *measure,
                None => stack.push(*measure),
            }
        }
        Command::RemoveMeasure { scenario, measure } => {
            let stack = stack(scenarios, &scenario)?;
            let place = place(stack, &measure)?;
            stack.remove(place);
        }
        Command::MoveMeasure { scenario, measure, to } => {
            let stack = stack(scenarios, &scenario)?;
            let moved = stack.remove(place(stack, &measure)?);
            stack.insert(to.min(stack.len()), moved);
        }
        Command::SwitchMeasure { scenario, measure, enabled } => {
            let stack = stack(scenarios, &scenario)?;
            let place = place(stack, &measure)?;
            stack[place].enabled = enabled;
        }
    }
    Ok(())
}

fn find<'a>(
    scenarios: &'a mut [Scenario],
    id: &ScenarioId,
) -> Result<&'a mut Scenario, CommandError> {
    let found = scenarios.iter_mut().find(|s| s.id == *id);
    found.ok_or_else(|| CommandError::UnknownScenario(id.clone()))
}

fn stack<'a>(
    scenarios: &'a mut [Scenario],
    id: &ScenarioId,
) -> Result<&'a mut Vec<Measure>, CommandError> {
    let scenario = find(scenarios, id)?;
    if scenario.parent.is_none() {
        Err(CommandError::StatusQuo)
    } else {
        Ok(&mut scenario.measures)
    }
}

fn place(stack: &[Measure], id: &MeasureId) -> Result<usize, CommandError> {
    stack.iter().position(|m| m.id == *id).ok_or_else(|| CommandError::UnknownMeasure(id.clone()))
}
