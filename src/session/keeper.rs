//! Owns keeping: what is on the table is saved on this machine soon after it moves.
//!
//! Invariant: a plan that fails to be saved stays on the table and the reader is told;
//! bytes that cannot be read are kept aside, never overwritten.

use super::{Look, Session, look::KeptLook};
use crate::clock;
use crate::storage::{self, Key, StorageError};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shapan_engine::files::{self, Contents, ReadError, Stamp};
use shapan_engine::{Plan, Text};
use std::time::Duration;

/// How long after the last change a plan is written: longer than a drag's pauses,
/// shorter than anybody needs to close a tab (closing writes at once anyway).
const PAUSE: Duration = Duration::from_millis(250);

/// Whether what is on the table is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Changed since it was last written.
    Pending,
    /// Written, at this time of day.
    Saved {
        /// `HH:MM`
        at: String,
    },
    /// Could not be written.
    Failed(StorageError),
}

/// A plan that was there but could not be read.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// Why.
    pub error: ReadError,
    /// What was there, byte for byte.
    pub bytes: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Shelf {
    current: u32,
    plans: Vec<Entry>,
}

/// A plan on the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Its number.
    pub number: u32,
    /// What it was called when last saved, to choose it by.
    pub title: String,
}

/// A plan as it was last saved.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The plan.
    pub plan: Plan,
    /// Who saved it, and when.
    pub stamp: Stamp,
    /// The record, byte for byte.
    pub bytes: String,
}

/// All there was of a plan that was taken off the shelf.
#[derive(Clone, Debug)]
pub struct Removed {
    /// Its place on the shelf.
    pub entry: Entry,
    /// Its record, byte for byte.
    pub bytes: String,
}

/// What was found at the start.
#[derive(Clone)]
pub struct Found {
    /// The plan to put on the table.
    pub plan: Option<Plan>,
    /// What was looked at.
    pub look: Option<Look>,
    shelf: Shelf,
    unreadable: Option<Unreadable>,
    state: SaveState,
}

/// Keeps the session's plan.
#[derive(Clone, Copy)]
pub struct Keeper {
    session: Session,
    shelf: RwSignal<Shelf>,
    /// Whether what is on the table is safe.
    pub state: RwSignal<SaveState>,
    /// A plan that was there but could not be read.
    pub unreadable: RwSignal<Option<Unreadable>>,
    /// The same plan as another tab has saved it, when both have changes: saving waits
    /// until the reader chooses.
    pub elsewhere: RwSignal<Option<Plan>>,
    /// What went wrong with what the reader asked for last, in their words.
    pub trouble: RwSignal<Option<String>>,
    written: StoredValue<Option<String>>,
}

/// Looks for the plan that was last on the table.
pub fn find() -> Found {
    let mut found = Found {
        plan: None,
        look: None,
        shelf: Shelf { current: 1, plans: Vec::new() },
        unreadable: None,
        state: SaveState::Pending,
    };
    match storage::get(Key::Shelf) {
        Ok(Some(json)) => match serde_json::from_str(&json) {
            Ok(shelf) => found.shelf = shelf,
            Err(_) => {
                let aside = storage::set(Key::Rescue(0), &json);
                found.state = aside.map_or_else(SaveState::Failed, |()| SaveState::Pending);
                found.shelf = Shelf::rebuilt();
            }
        },
        Ok(None) => {}
        Err(error) => found.state = SaveState::Failed(error),
    }
    if let Ok(Some(bytes)) = storage::get(Key::Plan(found.shelf.current)) {
        match read_plan(&bytes) {
            Ok(plan) => found.plan = Some(plan),
            Err(error) => {
                let aside = storage::set(Key::Rescue(found.shelf.current), &bytes);
                if let Err(error) = aside {
                    found.state = SaveState::Failed(error);
                }
                found.unreadable = Some(Unreadable { error, bytes });
                found.shelf.current = found.shelf.next();
            }
        }
    }
    let kept = storage::get(Key::Look).ok().flatten();
    let kept = kept.and_then(|json| serde_json::from_str::<KeptLook>(&json).ok());
    found.look = kept.zip(found.plan.as_ref()).and_then(|(kept, p)| Look::restored(&kept, p));
    found
}

fn read_plan(bytes: &str) -> Result<Plan, ReadError> {
    match files::read(bytes)?.0 {
        Contents::Plan(plan) => Ok(*plan),
        Contents::Scenario(_) => Err(not_a_plan()),
    }
}

fn not_a_plan() -> ReadError {
    ReadError::NotOurs { format: "shapan/scenario".to_owned() }
}

impl Shelf {
    /// The shelf as the plans that are there tell it.
    fn rebuilt() -> Self {
        let numbers = storage::plan_numbers().unwrap_or_default();
        let title = |n: u32| {
            let bytes = storage::get(Key::Plan(n)).ok().flatten()?;
            let plan = read_plan(&bytes).ok()?;
            Some(plan.title.get(shapan_engine::Lang::default()).to_owned())
        };
        let entry =
            |number: u32| Entry { number, title: title(number).unwrap_or(format!("{number}")) };
        let plans: Vec<Entry> = numbers.into_iter().map(entry).collect();
        Self { current: plans.last().map_or(1, |e| e.number), plans }
    }

    /// With the plans that another tab has put on it.
    fn with_others(mut self) -> Self {
        let stored = storage::get(Key::Shelf).ok().flatten();
        let stored = stored.and_then(|json| serde_json::from_str::<Self>(&json).ok());
        for entry in stored.into_iter().flat_map(|s| s.plans) {
            if self.plans.iter().all(|ours| ours.number != entry.number) {
                self.plans.push(entry);
            }
        }
        self
    }

    fn next(&self) -> u32 {
        let highest = self.plans.iter().map(|e| e.number).max().unwrap_or(0).max(self.current);
        highest.saturating_add(1)
    }
}

impl Keeper {
    /// Starts keeping the session: every change, the look and the preferences.
    pub fn start(session: Session, found: Found) -> Self {
        let keeper = Self {
            session,
            shelf: RwSignal::new(found.shelf),
            state: RwSignal::new(found.state),
            unreadable: RwSignal::new(found.unreadable),
            elsewhere: RwSignal::new(None),
            trouble: RwSignal::new(None),
            written: StoredValue::new(None),
        };
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            session.plan.track();
            session.look.track();
            if !matches!(keeper.state.get_untracked(), SaveState::Failed(_)) {
                keeper.state.set(SaveState::Pending);
            }
            if let Some(handle) = waiting.get_value() {
                handle.clear();
            }
            waiting.set_value(set_timeout_with_handle(move || keeper.save(), PAUSE).ok());
        });
        Effect::new(move |_| {
            if let Err(error) = session.preferences.with(super::Preferences::save) {
                keeper.state.set(SaveState::Failed(error));
            }
        });
        let other_tab = window_event_listener(leptos::ev::storage, move |event| {
            let is_ours = keeper.shelf.with_untracked(|s| Key::Plan(s.current));
            if event.key().is_some_and(|name| is_ours.is_called(&name)) {
                keeper.saved_elsewhere(&event.new_value().unwrap_or_default());
            }
        });
        on_cleanup(move || other_tab.remove());
        for leaving in ["pagehide", "visibilitychange"] {
            let handle = window_event_listener_untyped(leaving, move |_| {
                if keeper.state.get_untracked() == SaveState::Pending {
                    keeper.save();
                }
            });
            on_cleanup(move || handle.remove());
        }
        keeper
    }

    /// Another tab has saved the plan that is on the table here too: follow it, or, where
    /// there are changes here, let the reader choose.
    fn saved_elsewhere(self, bytes: &str) {
        let Ok(plan) = read_plan(bytes) else { return };
        if self.session.plan.with_untracked(|ours| **ours == plan) {
            return;
        }
        if self.session.can_undo() {
            self.elsewhere.set(Some(plan));
        } else {
            self.take(plan);
        }
    }

    /// Goes on with the plan as the other tab has saved it.
    pub fn take(self, plan: Plan) {
        self.elsewhere.set(None);
        // It is what storage holds: writing it back could only overwrite something newer.
        self.written.set_value(Some(files::write_plan(&plan, &Stamp::default())));
        self.session.take(plan);
    }

    /// Goes on with the plan as it is here, and saves it over the other tab's.
    pub fn keep_ours(self) {
        self.elsewhere.set(None);
        self.written.set_value(None);
        self.save();
    }

    /// Writes what is on the table, now.
    pub fn save(self) {
        if self.elsewhere.with_untracked(Option::is_some) {
            return;
        }
        let Some(plan) = self.session.plan.try_get_untracked() else { return };
        self.state.set(match self.write(&plan) {
            Ok(()) => SaveState::Saved { at: clock::time_of_day() },
            Err(error) => SaveState::Failed(error),
        });
    }

    fn write(self, plan: &Plan) -> Result<(), StorageError> {
        let mut shelf = self.shelf.get_untracked().with_others();
        // The stamp stays out of the comparison: the same plan is not written twice.
        let same = files::write_plan(plan, &Stamp::default());
        if self.written.with_value(|w| w.as_ref() != Some(&same)) {
            storage::set(Key::Plan(shelf.current), &files::write_plan(plan, &clock::stamp()))?;
            self.written.set_value(Some(same));
        }
        let title = plan.title.get(self.session.preferences.get_untracked().lang).to_owned();
        let entry = Entry { number: shelf.current, title };
        match shelf.plans.iter_mut().find(|e| e.number == shelf.current) {
            Some(there) => *there = entry,
            None => shelf.plans.push(entry),
        }
        self.rearrange(shelf)?;
        let look = self.session.look.get_untracked().kept();
        storage::set(Key::Look, &serde_json::to_string(&look).unwrap_or_default())
    }

    /// The plans there are, and the number of the one on the table.
    pub fn plans(self) -> (u32, Vec<Entry>) {
        self.shelf.with(|s| (s.current, s.plans.clone()))
    }

    /// Puts a plan that came in on the shelf beside those there are, and on the table.
    ///
    /// # Errors
    /// Where changes to the plan on the table cannot be saved: it then stays there.
    pub fn add(self, plan: Plan) -> Result<(), StorageError> {
        self.may_leave()?;
        self.save();
        match self.state.get_untracked() {
            SaveState::Failed(error) if self.session.can_undo() => return Err(error),
            _ => {}
        }
        self.put_away(self.shelf.get_untracked().with_others().next());
        self.session.open(plan);
        self.save();
        Ok(())
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
        let plan = self.kept(number)?.plan;
        self.put_away(number);
        self.session.open(plan);
        Ok(())
    }

    /// A plan of the shelf as it was last saved.
    ///
    /// # Errors
    /// Storage or the record.
    pub fn kept(self, number: u32) -> Result<Kept, SwitchError> {
        let bytes =
            storage::get(Key::Plan(number))?.ok_or(StorageError::Other("gone".to_owned()))?;
        match files::read(&bytes)? {
            (Contents::Plan(plan), stamp) => Ok(Kept { plan: *plan, stamp, bytes }),
            (Contents::Scenario(_), _) => Err(not_a_plan().into()),
        }
    }

    /// A plan's record as it was last saved, readable or not.
    pub fn bytes(self, number: u32) -> Option<String> {
        storage::get(Key::Plan(number)).ok().flatten()
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
        if number == self.shelf.with_untracked(|s| s.current) {
            self.save();
        }
        let plan = self.kept(number)?.plan;
        let title = retitled(&plan.title);
        // A title is no matter of soundness.
        let plan = plan.edit(|parts| parts.title = title).unwrap_or(plan);
        let mut shelf = self.shelf.get_untracked().with_others();
        let number = shelf.next();
        storage::set(Key::Plan(number), &files::write_plan(&plan, &clock::stamp()))?;
        let lang = self.session.preferences.with_untracked(|p| p.lang);
        shelf.plans.push(Entry { number, title: plan.title.get(lang).to_owned() });
        Ok(self.rearrange(shelf)?)
    }

    /// Takes a plan off the shelf; where it was on the table, another comes there. What comes
    /// back is all there was of it, to be put back.
    ///
    /// # Errors
    /// Storage, or no other plan to put on the table; nothing is removed then.
    pub fn remove(self, number: u32) -> Result<Removed, SwitchError> {
        let (current, plans) = self.plans();
        let entry = plans.iter().find(|e| e.number == number).cloned();
        let entry = entry.ok_or(StorageError::Other("gone".to_owned()))?;
        if number == current {
            let other = plans.iter().find(|e| e.number != number);
            let other = other.ok_or(StorageError::Other("last".to_owned()))?;
            self.switch_to(other.number)?;
        }
        let bytes = storage::get(Key::Plan(number))?.unwrap_or_default();
        let mut shelf = self.shelf.get_untracked().with_others();
        shelf.plans.retain(|e| e.number != number);
        self.rearrange(shelf)?;
        storage::remove(Key::Plan(number))?;
        Ok(Removed { entry, bytes })
    }

    /// Puts a removed plan back on the shelf.
    ///
    /// # Errors
    /// Storage; it is then still to be put back.
    pub fn put_back(self, removed: Removed) -> Result<(), StorageError> {
        let mut shelf = self.shelf.get_untracked().with_others();
        let Removed { entry, bytes } = removed;
        // Its number may be another plan's by now.
        let is_taken =
            shelf.current == entry.number || shelf.plans.iter().any(|e| e.number == entry.number);
        let number = if is_taken { shelf.next() } else { entry.number };
        storage::set(Key::Plan(number), &bytes)?;
        shelf.plans.push(Entry { number, ..entry });
        shelf.plans.sort_by_key(|e| e.number);
        self.rearrange(shelf)
    }

    /// Writes which plans there are.
    fn rearrange(self, shelf: Shelf) -> Result<(), StorageError> {
        storage::set(Key::Shelf, &serde_json::to_string(&shelf).unwrap_or_default())?;
        self.shelf.set(shelf);
        Ok(())
    }

    /// Not while the reader has yet to choose between this tab's plan and another's.
    fn may_leave(self) -> Result<(), StorageError> {
        self.trouble.set(None);
        let is_undecided = self.elsewhere.with_untracked(Option::is_some);
        if is_undecided { Err(StorageError::Undecided) } else { Ok(()) }
    }

    fn put_away(self, next: u32) {
        self.written.set_value(None);
        self.shelf.update(|s| s.current = next);
    }
}

/// Why another plan did not come on the table.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SwitchError {
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The record cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}
