//! Owns the start: the plan that was last on the table, or what came in its place.
//!
//! Invariant: nothing found is written over. Bytes that cannot be read are set aside, and the
//! newest state that can be read opens; where there is none the sample does, as another plan.

use super::{SaveState, read_plan};
use crate::clock;
use crate::session::{Look, look::KeptLook};
use crate::storage::{Browser, Setting};
use serde::Deserialize;
use shapan_engine::Plan;
use shapan_engine::files::ReadError;
use shapan_keep::{KeepError, Port, RecordId, Shelf, Standing};

/// The address that opens the page without the plan that was on the table: with it the page
/// may have stopped.
const SAFE: &str = "#safe";

/// What was not as it should be at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The plan cannot be read; its bytes are set aside.
    Unreadable {
        /// Why.
        error: ReadError,
        /// What was there, character for character.
        bytes: String,
    },
    /// The newest state was damaged; its bytes are set aside.
    Damaged,
    /// In place of what cannot be read stands the state saved then.
    Earlier {
        /// In milliseconds since 1970.
        at: u64,
    },
    /// A newer app has saved it; this one leaves it alone.
    Newer,
    /// The reader asked for a start without it.
    Safe,
}

/// What was found at the start.
#[derive(Clone)]
pub struct Found {
    /// The plan to put on the table.
    pub plan: Option<Plan>,
    /// What was looked at.
    pub look: Option<Look>,
    /// Where it stands, and what tells it from another plan there.
    pub(super) base: Option<(RecordId, String)>,
    pub(super) troubles: Vec<Trouble>,
    pub(super) state: SaveState,
    pub(super) shelf: Shelf<Browser>,
}

/// Looks for the plan that was last on the table.
pub fn find() -> Found {
    let shelf = Shelf::new(Browser, clock::tab());
    let mut found = Found {
        plan: None,
        look: None,
        base: None,
        troubles: Vec::new(),
        state: SaveState::Pending,
        shelf,
    };
    match found.shelf.plans() {
        Ok(plans) => {
            let wanted = wanted().filter(|n| plans.iter().any(|e| e.plan == *n));
            let newest = || plans.iter().max_by_key(|e| e.at).map(|e| e.plan);
            if let Some(plan) = wanted.or_else(newest) {
                found.open(plan, leptos::prelude::location().hash().is_ok_and(|hash| hash == SAFE));
            }
        }
        Err(error) => found.state = SaveState::Failed(error),
    }
    let kept = Setting::Look.get().and_then(|json| serde_json::from_str::<KeptLook>(&json).ok());
    found.look = kept.zip(found.plan.as_ref()).and_then(|(kept, p)| Look::restored(&kept, p));
    found
}

/// The plan that was on the table; where an older app wrote it, it did so on its shelf.
fn wanted() -> Option<u32> {
    #[derive(Deserialize)]
    struct OlderShelf {
        current: u32,
    }
    let older = || {
        let json = Browser.get("shapan/shelf").ok().flatten()?;
        serde_json::from_str::<OlderShelf>(&json).ok().map(|shelf| shelf.current)
    };
    Setting::Current.get().and_then(|number| number.parse().ok()).or_else(older)
}

impl Found {
    fn open(&mut self, plan: u32, is_safe: bool) {
        if is_safe {
            self.troubles.push(Trouble::Safe);
            return;
        }
        // Each round sets a state aside, or ends.
        for _ in 0..self.shelf.states(plan).map_or(0, |states| states.len()) {
            match self.shelf.standing(plan, clock::now()) {
                Ok(Standing { id, about, body, damaged }) => {
                    if !damaged.is_empty() && !self.troubles.contains(&Trouble::Damaged) {
                        self.troubles.push(Trouble::Damaged);
                    }
                    match read_plan(&body) {
                        Ok(plan) => {
                            if !self.troubles.is_empty() {
                                self.troubles.push(Trouble::Earlier { at: id.at });
                            }
                            (self.plan, self.base) = (Some(plan), Some((id, about.lineage)));
                            return;
                        }
                        Err(ReadError::TooNew { .. }) => return self.troubles.push(Trouble::Newer),
                        Err(error) => {
                            self.shelf.set_aside(&id);
                            self.troubles.push(Trouble::Unreadable { error, bytes: body });
                        }
                    }
                }
                Err(KeepError::Newer) => return self.troubles.push(Trouble::Newer),
                Err(KeepError::Gone) => return self.troubles.push(Trouble::Damaged),
                Err(error) => {
                    self.state = SaveState::Failed(error);
                    return;
                }
            }
        }
    }
}
