//! Owns the plans on the shelf: adding, opening, copying, removing and putting back.
//!
//! Invariant: the plan on the table leaves it only once it is saved.

use super::{Keeper, SaveState, read_plan};
use crate::clock;
use leptos::prelude::*;
use shapan_engine::files::ReadError;
use shapan_engine::{Lang, Plan, Text};
use shapan_keep::{Base, Entry, KeepError, Kind, RecordId, Standing};
use std::sync::Arc;

/// A plan that was taken off the shelf, whole or in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Its place on the shelf.
    pub entry: Entry,
    records: shapan_keep::Removed,
}

impl Removed {
    /// The plan, to be taken along.
    pub fn body(&self) -> String {
        self.records.standing().map(|record| record.body).unwrap_or_default()
    }
}

/// Why another plan did not come on the table.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SwitchError {
    /// Storage failed.
    #[error(transparent)]
    Keep(#[from] KeepError),
    /// The record cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl Keeper {
    /// The plans there are, and the number of the one on the table.
    pub fn plans(self) -> (u32, Vec<Entry>) {
        (self.current.get(), self.plans.get())
    }

    /// The number of the plan on the table.
    pub fn on_table(self) -> u32 {
        self.current.get_untracked()
    }

    /// The other plans on the shelf that were called like this one when they were saved last,
    /// each as it stands; those that cannot be read are left out.
    pub fn others_titled(self, title: &Text) -> Vec<(u32, Plan)> {
        let current = self.current.get_untracked();
        let is_so_called =
            |e: &&Entry| e.plan != current && Lang::ALL.iter().any(|l| title.get(*l) == e.title);
        let numbers: Vec<u32> = self
            .plans
            .with_untracked(|all| all.iter().filter(is_so_called).map(|e| e.plan).collect());
        let standing = |n: u32| Some((n, self.standing(n).ok()?.1));
        numbers.into_iter().filter_map(standing).collect()
    }

    /// What a plan of the shelf was called when it was saved last.
    pub fn title_of(self, number: u32) -> String {
        let plans = self.plans.read_untracked();
        plans.iter().find(|e| e.plan == number).map(|e| e.title.clone()).unwrap_or_default()
    }

    /// Puts a plan that came in on the shelf beside those there are, and on the table.
    ///
    /// # Errors
    /// Where changes to the plan on the table cannot be saved: it then stays there.
    pub fn add(self, plan: Plan) -> Result<(), KeepError> {
        self.may_leave()?;
        self.save();
        match self.state.get_untracked() {
            SaveState::Failed(error) if self.session.can_undo() => return Err(error),
            _ => {}
        }
        // Without storage it is on the table all the same, and takes a place once there is one.
        self.put(None)?;
        self.session.open(plan);
        self.save();
        Ok(())
    }

    /// As [`Keeper::add`], a plan that came in from elsewhere: it remembers the version it came
    /// as, so that what is made of it can go back and be told from that.
    ///
    /// # Errors
    /// As [`Keeper::add`].
    pub fn add_received(self, plan: &Plan) -> Result<(), KeepError> {
        self.add(Self::as_received(plan))
    }

    /// A plan that came in as it is kept: with the version it came as.
    pub fn as_received(plan: &Plan) -> Plan {
        let version = super::versions::version_of(plan);
        // Only what stands beside the plan moves, so it is as sound as it was.
        let marked = plan.edit(|parts| parts.extra.set_opened_from(&version));
        marked.unwrap_or_else(|_| plan.clone())
    }

    /// Puts another plan of the shelf on the table.
    ///
    /// # Errors
    /// Storage or the record; the table is then as it was.
    pub fn switch_to(self, number: u32) -> Result<(), SwitchError> {
        self.may_leave()?;
        self.save();
        if let SaveState::Failed(error) = self.state.get_untracked() {
            return Err(error.into());
        }
        let Standing { id, about, body, .. } =
            self.with_shelf(|shelf| shelf.standing(number, clock::now()))?;
        let plan = read_plan(&body)?;
        self.put(None)?;
        self.session.open(plan);
        let (lineage, document) = (about.lineage, self.session.table.get_untracked());
        Ok(self.put(Some(Base { id, lineage, document }))?)
    }

    /// How a plan of the shelf stands.
    ///
    /// # Errors
    /// Storage or the record.
    pub fn standing(self, number: u32) -> Result<(RecordId, Plan), SwitchError> {
        let Standing { id, body, .. } =
            self.with_shelf(|shelf| shelf.standing(number, clock::now()))?;
        Ok((id, read_plan(&body)?))
    }

    /// How a plan of the shelf stands as a file, readable or not.
    pub fn file_of(self, number: u32) -> Option<String> {
        let states = self.with_shelf(|shelf| shelf.states(number)).ok()?;
        let mut edits = states.iter().filter(|id| id.kind == Kind::Edit);
        self.file_of_state(edits.next()?)
    }

    /// Puts a copy of a plan on the shelf, under another title; the table stays as it is.
    ///
    /// # Errors
    /// Storage or the record; nothing is copied then.
    pub fn duplicate(
        self,
        number: u32,
        retitled: impl FnOnce(&Text) -> Text,
    ) -> Result<(), SwitchError> {
        if number == self.current.get_untracked() {
            self.save();
        }
        let (_, plan) = self.standing(number)?;
        let title = retitled(&plan.title);
        // A title is no matter of soundness.
        let plan = plan.edit(|parts| parts.title = title).unwrap_or(plan);
        Ok(self.put_beside(&plan)?)
    }

    /// Puts a plan on the shelf; the table stays as it is.
    pub(super) fn put_beside(self, plan: &Plan) -> Result<(), KeepError> {
        let plan = Arc::new(plan.clone());
        self.open.with_value(|open| open.put_beside(&plan, clock::now()))?;
        self.look_at_shelf();
        Ok(())
    }

    /// Takes a plan off the shelf; where it was on the table, another comes there. What was
    /// taken off comes back, to be put back, and what kept the rest from going.
    ///
    /// # Errors
    /// No other plan to put on the table, or none that can be: nothing is removed then.
    pub fn remove(self, number: u32) -> Result<(Removed, Result<(), KeepError>), SwitchError> {
        let plans = self.plans.get_untracked();
        let entry = plans.iter().find(|e| e.plan == number).cloned().ok_or(KeepError::Gone)?;
        if number == self.current.get_untracked() {
            let others = plans.iter().filter(|e| e.plan != number);
            let mut switched = Err(KeepError::Gone.into());
            for other in others {
                switched = self.switch_to(other.plan);
                if switched.is_ok() {
                    break;
                }
            }
            switched?;
        }
        let (records, done) = self.with_shelf(|shelf| shelf.remove_plan(number));
        self.look_at_shelf();
        Ok((Removed { entry, records }, done))
    }

    /// Puts a removed plan back on the shelf.
    ///
    /// # Errors
    /// Storage; it is then still to be put back.
    pub fn put_back(self, removed: &Removed) -> Result<(), KeepError> {
        self.with_shelf(|shelf| shelf.put_back(&removed.records))?;
        self.look_at_shelf();
        Ok(())
    }

    /// Not while the reader has yet to choose between this tab's plan and another's.
    pub(super) fn may_leave(self) -> Result<(), KeepError> {
        self.trouble.set(None);
        let is_undecided = self.elsewhere.with_untracked(Option::is_some);
        if is_undecided { Err(KeepError::Moved) } else { Ok(()) }
    }
}
