//! Owns everything that can be done to a plan: the commands, and what each does to its parts.
//!
//! Invariant: a command is carried out on parts that are then checked as a whole, so no
//! command needs checks of soundness of its own. An adopted scenario, and what it is stacked
//! on, stays as it is. Deliberately absent: the way back (`history`).

mod removal;
mod thing;

pub use removal::Removal;
pub(crate) use removal::remove;
pub use thing::{Thing, ThingId};

use crate::id::{MeasureId, ScenarioId};
use crate::plan::{Measure, ParamPath, Parameter, PlanErrors, PlanParts, Scenario};
use crate::text::Text;
use crate::time::{Date, Horizon};
use std::collections::BTreeSet;

/// Everything that can be done to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Several commands, one after another, as one step.
    Together(Vec<Command>),
    /// Puts other parts in the place of all there are: what a merge comes to. An adopted
    /// scenario, and what it is stacked on, must come as it is.
    Become(Box<PlanParts>),
    /// Says what the plan is called, and which city its regions roll up to.
    NamePlan {
        /// What the plan is called.
        title: Text,
        /// The city.
        place: Text,
    },
    /// Computes the plan over other fiscal years.
    SetHorizon(Horizon),
    /// Adds a thing after those of its kind, or replaces the one of the same id.
    Put(Thing),
    /// Removes a thing and all that cannot be without it; [`PlanParts::removal`] tells what.
    Remove(ThingId),
    /// Moves a thing to another place among those of its kind.
    Move {
        /// Which.
        thing: ThingId,
        /// Its new place, counted from 0 and clamped to the list.
        to: usize,
    },
    /// Replaces a parameter the plan has, with its steps, values by region and basis.
    SetParameter {
        /// Which.
        path: ParamPath,
        /// What it becomes.
        parameter: Box<Parameter>,
    },
    /// Keeps what was chosen for a layout of tables, or forgets it.
    KeepLayout {
        /// Names the layout.
        fingerprint: Box<str>,
        /// What is kept, as the page writes it.
        text: Option<Box<str>>,
    },
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
    /// Marks a scenario as adopted on a day, or as adopted no longer. An adopted scenario
    /// cannot be changed, nor can the measures it inherits.
    Adopt {
        /// Which.
        scenario: ScenarioId,
        /// The day it was adopted on.
        on: Option<Date>,
    },
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
    /// The document is only looked at.
    #[error("only looked at")]
    ReadOnly,
    /// No thing of that id.
    #[error("no {0}")]
    UnknownThing(ThingId),
    /// No parameter of that path.
    #[error("no parameter {0}")]
    UnknownParameter(ParamPath),
    /// No scenario of that name.
    #[error("no scenario {0}")]
    UnknownScenario(ScenarioId),
    /// No measure of that name in the scenario.
    #[error("no measure {0}")]
    UnknownMeasure(MeasureId),
    /// The status quo takes no measures and cannot be removed.
    #[error("the status quo stays as it is")]
    StatusQuo,
    /// The scenario is adopted, or an adopted one is stacked on it: only a copy can change.
    #[error("{0} is adopted")]
    Adopted(ScenarioId),
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

/// Does to the parts what a command says.
pub(crate) fn carry_out(command: Command, parts: &mut PlanParts) -> Result<(), CommandError> {
    match command {
        Command::Together(commands) => {
            commands.into_iter().try_for_each(|command| carry_out(command, parts))?;
        }
        Command::Become(merged) => {
            undisturbed(&parts.scenarios, &merged.scenarios)?;
            *parts = *merged;
        }
        Command::NamePlan { title, place } => (parts.title, parts.place) = (title, place),
        Command::SetHorizon(horizon) => parts.horizon = horizon,
        Command::Put(thing) => thing.put(parts),
        Command::Remove(thing) => {
            let before = parts.scenarios.clone();
            removal::remove(parts, &thing)?;
            // What an adopted scenario says must not go with a thing.
            undisturbed(&before, &parts.scenarios)?;
        }
        Command::Move { thing, to } => thing.move_to(parts, to)?,
        Command::SetParameter { path, parameter } => set_parameter(parts, &path, &parameter)?,
        Command::KeepLayout { fingerprint, text } => {
            parts.extra.keep_layout(&fingerprint, text.as_deref());
        }
        Command::AddScenarios(added) => parts.scenarios.extend(added),
        Command::Adopt { scenario, on } => find(&mut parts.scenarios, &scenario)?.adopted = on,
        Command::RenameScenario { scenario, name } => {
            unlocked(&parts.scenarios, &scenario)?;
            find(&mut parts.scenarios, &scenario)?.name = name;
        }
        Command::RemoveScenario(id) => {
            if find(&mut parts.scenarios, &id)?.parent.is_none() {
                return Err(CommandError::StatusQuo);
            }
            unlocked(&parts.scenarios, &id)?;
            let mut scenarios = parts.scenarios.iter();
            if let Some(child) = scenarios.find(|s| s.parent.as_ref() == Some(&id)) {
                return Err(CommandError::HasChildren { parent: id, child: child.id.clone() });
            }
            parts.scenarios.retain(|s| s.id != id);
        }
        Command::PutMeasure { scenario, measure } => {
            let stack = stack(parts, &scenario)?;
            match stack.iter_mut().find(|m| m.id == measure.id) {
                Some(there) => *there = *measure,
                None => stack.push(*measure),
            }
        }
        Command::RemoveMeasure { scenario, measure } => {
            let stack = stack(parts, &scenario)?;
            let place = place(stack, &measure)?;
            stack.remove(place);
        }
        Command::MoveMeasure { scenario, measure, to } => {
            let stack = stack(parts, &scenario)?;
            let moved = stack.remove(place(stack, &measure)?);
            stack.insert(to.min(stack.len()), moved);
        }
        Command::SwitchMeasure { scenario, measure, enabled } => {
            let stack = stack(parts, &scenario)?;
            let place = place(stack, &measure)?;
            stack[place].enabled = enabled;
        }
    }
    Ok(())
}

fn set_parameter(
    parts: &mut PlanParts,
    path: &ParamPath,
    parameter: &Parameter,
) -> Result<(), CommandError> {
    let place = parts.parameters().position(|(there, _)| there == *path);
    let place = place.ok_or_else(|| CommandError::UnknownParameter(path.clone()))?;
    let mut passed = 0..;
    parts.for_each_parameter(&mut |there| {
        if passed.next() == Some(place) {
            there.clone_from(parameter);
        }
    });
    Ok(())
}

/// The adopted scenarios and all they are stacked on.
pub(crate) fn locked(scenarios: &[Scenario]) -> BTreeSet<ScenarioId> {
    let mut locked = BTreeSet::new();
    for adopted in scenarios.iter().filter(|s| s.adopted.is_some()) {
        let mut next = Some(&adopted.id);
        while let Some(id) = next.filter(|id| locked.insert((*id).clone())) {
            next = scenarios.iter().find(|s| s.id == *id).and_then(|s| s.parent.as_ref());
        }
    }
    locked
}

/// That what is adopted, and what it is stacked on, stayed as it was.
pub(crate) fn undisturbed(before: &[Scenario], after: &[Scenario]) -> Result<(), CommandError> {
    let locked = locked(before);
    let mut kept = before.iter().filter(|s| locked.contains(&s.id));
    match kept.find(|s| !after.contains(s)) {
        Some(disturbed) => Err(CommandError::Adopted(disturbed.id.clone())),
        None => Ok(()),
    }
}

fn unlocked(scenarios: &[Scenario], id: &ScenarioId) -> Result<(), CommandError> {
    if locked(scenarios).contains(id) { Err(CommandError::Adopted(id.clone())) } else { Ok(()) }
}

impl PlanParts {
    /// Whether a scenario is adopted, or an adopted one is stacked on it: only copies of it
    /// can change then.
    pub fn is_locked(&self, scenario: &ScenarioId) -> bool {
        unlocked(&self.scenarios, scenario).is_err()
    }
}

fn find<'a>(
    scenarios: &'a mut [Scenario],
    id: &ScenarioId,
) -> Result<&'a mut Scenario, CommandError> {
    let found = scenarios.iter_mut().find(|s| s.id == *id);
    found.ok_or_else(|| CommandError::UnknownScenario(id.clone()))
}

fn stack<'a>(
    parts: &'a mut PlanParts,
    id: &ScenarioId,
) -> Result<&'a mut Vec<Measure>, CommandError> {
    unlocked(&parts.scenarios, id)?;
    let scenario = find(&mut parts.scenarios, id)?;
    if scenario.parent.is_none() {
        Err(CommandError::StatusQuo)
    } else {
        Ok(&mut scenario.measures)
    }
}

fn place(stack: &[Measure], id: &MeasureId) -> Result<usize, CommandError> {
    stack.iter().position(|m| m.id == *id).ok_or_else(|| CommandError::UnknownMeasure(id.clone()))
}
