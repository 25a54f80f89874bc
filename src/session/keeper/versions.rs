//! Owns the way back: versions, backups, and what was set aside.
//!
//! Invariant: before another state is brought back, what is on the table is kept as a version.

use super::{Keeper, SaveState, SwitchError, body_of, read_plan};
use crate::clock;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::Plan;
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

/// What tells a plan as it stands from every other: what is kept of it tells the same.
pub fn version_of(plan: &Plan) -> String {
    shapan_keep::packed::digest(&body_of(plan))
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

    /// Keeps what goes out as a version, so that what comes back can be told from it; once for
    /// each that goes out.
    ///
    /// # Errors
    /// Whatever keeps it from being written.
    pub fn keep_exported(self) -> Result<(), KeepError> {
        if self.session.is_visiting_now() {
            return Ok(()); // what is only looked at is not kept
        }
        let version = version_of(&self.session.table.get_untracked());
        let current = self.current.get_untracked();
        let is_kept = self.with_shelf(|shelf| {
            let states = shelf.states(current).unwrap_or_default();
            let versions = states.iter().filter(|id| id.kind == Kind::Version);
            let mut told = versions.filter_map(|id| shelf.about(id).ok());
            told.any(|about| about.content == version)
        });
        if is_kept {
            return Ok(());
        }
        let name = fill(self.session.words_now().travel.exported_version, &[&clock::date()]);
        self.keep_table(&name, Reason::Named)
    }

    /// The plan that a version tells: on the table, or kept on this machine.
    pub fn version(self, version: &str) -> Option<Plan> {
        let table = self.session.table.get_untracked();
        if version_of(&table) == version {
            return Some(Plan::clone(&table));
        }
        let current = self.current.get_untracked();
        let others = self.plans.get_untracked().into_iter().map(|entry| entry.plan);
        let all = std::iter::once(current).chain(others.filter(|plan| *plan != current));
        self.with_shelf(|shelf| {
            all.flat_map(|plan| shelf.states(plan).unwrap_or_default())
                .filter(|id| shelf.about(id).is_ok_and(|about| about.content == version))
                .find_map(|id| read_plan(&shelf.read(&id).ok()?.body).ok())
        })
    }

    /// The version that a plan which came in was opened from, where it is known here.
    pub fn origin_of(self, plan: &Plan) -> Option<Plan> {
        self.version(plan.extra.opened_from()?)
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
