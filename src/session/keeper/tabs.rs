//! Owns other tabs: what one of them does to the plan that is on the table here too.
//!
//! Invariant: neither tab's work is written over. Where only one has changes the other follows;
//! where both have, and they touch different things, they are put together; where they touch
//! the same, the reader chooses, and what is not chosen is kept as a version.

use super::{Keeper, SaveState};
use crate::clock;
use leptos::prelude::*;
use shapan_keep::{Choice, Kind, OpenPlan, RecordId};
use std::sync::Arc;

impl Keeper {
    pub(super) fn listen_to_other_tabs(self) {
        let listener = window_event_listener(leptos::ev::storage, move |event| {
            let Some(name) = event.key() else { return self.cleared() };
            let Some(id) = RecordId::parse(&name) else { return };
            self.look_at_shelf();
            let is_written = event.new_value().is_some();
            let is_base = self.open.with_value(|open| open.base().is_some_and(|b| b.id == id));
            if id.plan == self.current.get_untracked()
                && id.kind == Kind::Edit
                && (is_written || is_base)
            {
                self.catch_up();
            }
        });
        on_cleanup(move || listener.remove());
    }

    /// Everything was cleared from outside: what is on the table is written anew.
    fn cleared(self) {
        self.open.update_value(OpenPlan::forget_place);
        self.follow();
        self.save();
    }

    /// Goes on from how the plan stands by now.
    fn catch_up(self) {
        let Some(ours) = self.session.table.try_get_untracked() else { return };
        match self.open.try_update_value(|open| open.catch_up(&ours, clock::now())) {
            Some(Ok(next)) => {
                self.go_on(&next);
                // Another tab's plan has its number: it takes a place of its own.
                if self.current.get_untracked() == 0 {
                    return self.save();
                }
                let base =
                    self.open.with_value(|open| open.base().map(|b| Arc::clone(&b.document)));
                if base.is_some_and(|base| base == self.session.table.get_untracked()) {
                    self.state.set(SaveState::Saved { at: clock::time_of_day() });
                }
            }
            Some(Err(error)) => {
                self.follow();
                self.state.set(SaveState::Failed(error));
            }
            None => {}
        }
    }

    /// Does what the reader chose.
    pub fn choose(self, choice: Choice) {
        // As it is by now: the reader may have gone on since.
        let ours = self.session.table.get_untracked();
        match self.open.try_update_value(|open| open.choose(choice, &ours, clock::now())) {
            Some(Ok(next)) => {
                self.go_on(&next);
                self.save();
            }
            Some(Err(error)) => self.state.set(SaveState::Failed(error)), // still to be made
            None => {}
        }
    }

    /// Keeps what is here as a version, where the reader leaves before they chose.
    pub(super) fn keep_ours_beside(self) {
        let ours = self.session.table.get_untracked();
        let kept = self.open.try_update_value(|open| open.keep_beside(&ours, clock::now()));
        if let Some(Err(error)) = kept {
            self.state.set(SaveState::Failed(error));
        }
    }
}
