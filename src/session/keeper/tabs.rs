//! Owns other tabs: what one of them does to the plan that is on the table here too.
//!
//! Invariant: neither tab's work is written over. Where only one has changes the other follows;
//! where both have, and they touch different things, they are put together; where they touch
//! the same, the reader chooses, and what is not chosen is kept as a version.

use super::{Base, Keeper, SaveState, body_of, read_plan};
use crate::clock;
use leptos::prelude::*;
use shapan_engine::Plan;
use shapan_engine::merge::three_way;
use shapan_keep::{KeepError, Kind, Reason, RecordId, Shelf};
use std::sync::Arc;

/// The plan as another tab has saved it, while there are other changes here.
#[derive(Clone, Debug)]
pub struct Elsewhere {
    id: RecordId,
    theirs: Arc<Plan>,
    /// How many things both had changed otherwise when it came.
    pub conflicts: usize,
}

/// What the reader can do where two tabs changed the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Both, and where they differ what is here.
    Merge,
    /// What is here.
    Ours,
    /// What the other tab has.
    Theirs,
    /// What is here as a plan of its own, beside the other.
    Copy,
}

impl Keeper {
    pub(super) fn listen_to_other_tabs(self) {
        let listener = window_event_listener(leptos::ev::storage, move |event| {
            let Some(name) = event.key() else { return self.cleared() };
            let Some(id) = RecordId::parse(&name) else { return };
            self.look_at_shelf();
            let is_written = event.new_value().is_some();
            let is_base = self.base.with_value(|b| b.as_ref().is_some_and(|b| b.id == id));
            if id.plan == self.current.get_untracked()
                && id.kind == Kind::Edit
                && (is_written || is_base)
                && let Err(error) = self.catch_up()
            {
                self.state.set(SaveState::Failed(error));
            }
        });
        on_cleanup(move || listener.remove());
    }

    /// Everything was cleared from outside: what is on the table is written anew.
    fn cleared(self) {
        self.base.set_value(None);
        self.save();
    }

    /// Goes on from how the plan stands by now.
    pub(super) fn catch_up(self) -> Result<(), KeepError> {
        let standing = self
            .shelf
            .with_value(|shelf| shelf.standing(self.current.get_untracked(), clock::now()));
        let standing = match standing {
            Ok(standing) => standing,
            Err(KeepError::Gone) => {
                // Removed elsewhere: it comes back only when it is changed here.
                self.base.set_value(None);
                return Err(KeepError::Gone);
            }
            Err(error) => return Err(error),
        };
        let base = self.base.get_value();
        if base.as_ref().is_some_and(|base| base.id >= standing.id) {
            return Ok(());
        }
        let theirs = match read_plan(&standing.body) {
            Ok(theirs) => Arc::new(theirs),
            Err(_) => return Err(KeepError::Newer), // sound, and not to be understood here
        };
        let ours = self.session.table.get_untracked();
        let Some(base) = base.filter(|_| theirs != ours) else {
            self.base.set_value(Some(Base { id: standing.id, plan: theirs }));
            return Ok(());
        };
        if base.plan == ours {
            self.base.set_value(Some(Base { id: standing.id, plan: Arc::clone(&theirs) }));
            self.session.go_on_from(&theirs);
            self.state.set(SaveState::Saved { at: clock::time_of_day() });
            return Ok(());
        }
        let merged = three_way(&base.plan, &ours, &theirs);
        if merged.conflicts.is_empty() {
            self.base.set_value(Some(Base { id: standing.id, plan: theirs }));
            self.session.go_on_from(&merged.plan);
        } else {
            let conflicts = merged.conflicts.len();
            self.elsewhere.set(Some(Elsewhere { id: standing.id, theirs, conflicts }));
        }
        Ok(())
    }

    /// Does what the reader chose.
    pub fn choose(self, choice: Choice) {
        let Some(Elsewhere { id, theirs, .. }) = self.elsewhere.get_untracked() else { return };
        // As it is by now: the reader may have gone on since.
        let ours = self.session.table.get_untracked();
        let kept = match choice {
            Choice::Theirs => self.keep_beside(&ours),
            Choice::Ours | Choice::Merge => self.keep_beside(&theirs),
            Choice::Copy => Ok(()),
        };
        if let Err(error) = kept {
            return self.state.set(SaveState::Failed(error)); // the choice is still to be made
        }
        self.elsewhere.set(None);
        match (choice, self.base.get_value()) {
            (Choice::Merge, Some(base)) => {
                self.session.go_on_from(&three_way(&base.plan, &ours, &theirs).plan);
            }
            (Choice::Theirs, _) => self.session.go_on_from(&theirs),
            (Choice::Copy, _) => {
                let free = self.shelf.with_value(Shelf::free_number);
                self.current.set(free.unwrap_or_else(|_| self.current.get_untracked()));
            }
            (Choice::Ours | Choice::Merge, _) => {}
        }
        let base = (choice != Choice::Copy).then_some(Base { id, plan: theirs });
        self.base.set_value(base);
        self.save();
    }

    /// Keeps what is here as a version, where the reader leaves before they chose.
    pub(super) fn keep_ours_beside(self) {
        if let Err(error) = self.keep_beside(&self.session.table.get_untracked()) {
            self.state.set(SaveState::Failed(error));
        }
    }

    fn keep_beside(self, plan: &Arc<Plan>) -> Result<(), KeepError> {
        if self.beside.with_value(|kept| kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, plan)))
        {
            return Ok(());
        }
        self.keep_as(plan, &body_of(plan), "", Reason::OtherTab)?;
        self.beside.set_value(Some(Arc::clone(plan)));
        Ok(())
    }
}
