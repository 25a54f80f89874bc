//! Owns the way back: versions, backups, and what was set aside.
//!
//! Invariant: before another state is brought back, what is on the table is kept as a version.

use super::{Keeper, SaveState, SwitchError, read_plan};
use crate::clock;
use leptos::prelude::*;
use shapan_engine::files;
use shapan_keep::{About, KeepError, Kind, Reason, RecordId, Shelf};

/// A state a plan can be brought back to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// Which.
    pub id: RecordId,
    /// What is said of it; nothing where it cannot be read.
    pub about: Option<About>,
    /// Whether the plan stands as this one.
    pub is_standing: bool,
}

impl Keeper {
    /// The states of a plan, newest first.
    pub fn states(self, plan: u32) -> Vec<State> {
        self.with_shelf(|shelf| {
            let mut is_first = true;
            let state = |id: RecordId| {
                let about = shelf.about(&id).ok();
                let is_standing =
                    id.kind == Kind::Edit && about.is_some() && std::mem::take(&mut is_first);
                State { id, about, is_standing }
            };
            shelf.states(plan).unwrap_or_default().into_iter().map(state).collect()
        })
    }

    /// Keeps what is on the table as a version.
    ///
    /// # Errors
    /// Whatever keeps it from being written.
    pub fn keep_version(self, name: &str) -> Result<(), KeepError> {
        self.keep_table(name, Reason::Named)
    }

    fn keep_table(self, name: &str, reason: Reason) -> Result<(), KeepError> {
        let plan = self.session.table.get_untracked();
        self.open
            .with_value(|open| open.keep_version(&plan, clock::now(), name, reason))
            .map(|_| ())
    }

    /// Brings a state of the plan on the table back, as one step.
    ///
    /// # Errors
    /// Storage or the record; the table is then as it was.
    pub fn bring_back(self, id: &RecordId) -> Result<(), SwitchError> {
        self.may_leave()?;
        let plan = read_plan(&self.with_shelf(|shelf| shelf.read(id))?.body)?;
        self.keep_table("", Reason::BeforeRestoring)?;
        self.session.go_on_from(&plan);
        self.save();
        match self.state.get_untracked() {
            SaveState::Failed(error) => Err(error.into()),
            SaveState::Pending | SaveState::Saved { .. } => Ok(()),
        }
    }

    /// Puts a state on the shelf as a plan of its own.
    ///
    /// # Errors
    /// Storage or the record.
    pub fn state_as_plan(self, id: &RecordId) -> Result<(), SwitchError> {
        let plan = read_plan(&self.with_shelf(|shelf| shelf.read(id))?.body)?;
        Ok(self.put_beside(&plan)?)
    }

    /// A state as a file, readable or not.
    pub fn file_of_state(self, id: &RecordId) -> Option<String> {
        let Ok(record) = self.with_shelf(|shelf| shelf.read(id)) else {
            return self.with_shelf(|shelf| shelf.bytes(id));
        };
        // Signed by this app, as any file it hands out.
        let plan = read_plan(&record.body);
        Some(plan.map_or(record.body, |plan| files::write_plan(&plan, &clock::stamp())))
    }

    /// Removes a state.
    ///
    /// # Errors
    /// Storage.
    pub fn remove_state(self, id: &RecordId) -> Result<(), KeepError> {
        self.with_shelf(|shelf| shelf.remove(id))?;
        self.look_at_shelf();
        Ok(())
    }

    /// Lets all backups go that may, and saves what could not be saved for want of room.
    ///
    /// # Errors
    /// Storage.
    pub fn free(self) -> Result<(), KeepError> {
        self.with_shelf(|shelf| shelf.free(None))?;
        self.save();
        Ok(())
    }

    /// What was set aside because it cannot be read, names and texts.
    pub fn aside(self) -> Vec<(String, String)> {
        self.with_shelf(Shelf::aside).unwrap_or_default()
    }

    /// Lets go of what was set aside.
    ///
    /// # Errors
    /// Storage.
    pub fn discard_aside(self) -> Result<(), KeepError> {
        self.with_shelf(Shelf::discard_aside)?;
        self.save();
        Ok(())
    }
}
