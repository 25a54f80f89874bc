//! Owns the shelf: plans as states that follow each other, written so that a crash at any
//! moment leaves the state before or the state after.
//!
//! Invariants: a state is written beside those there are, read back, and only then counts; it
//! becomes how the plan stands by being the newest that is sound. Nothing that can still be
//! read is removed to make room but backups. A plan on which another tab, or a newer app, went
//! on is never written over. What cannot be read is set aside, byte for byte.
//! Deliberately absent: what a plan is, and when to save.

mod place;

use crate::packed::digest;
use crate::port::{Port, PortError};
use crate::record::{About, Kind, ROOT, Reason, Record, RecordError, RecordId};
use crate::thinning::surplus;

const ASIDE: &str = "shapan/rescue/";

/// Why the shelf did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// The reader's browser allows no storage.
    #[error("blocked")]
    Blocked,
    /// No room left, although every backup that could make room was let go.
    #[error("full")]
    Full,
    /// What was written could not be read back.
    #[error("not kept")]
    NotKept,
    /// Another tab went on with the plan.
    #[error("another tab went on with it")]
    Moved,
    /// A newer app went on with the plan; this one leaves it alone.
    #[error("a newer app went on with it")]
    Newer,
    /// No such plan or state.
    #[error("gone")]
    Gone,
    /// Anything else, by the name it gives itself.
    #[error("{0}")]
    Other(String),
}

impl From<PortError> for KeepError {
    fn from(error: PortError) -> Self {
        match error {
            PortError::Blocked => Self::Blocked,
            PortError::Full => Self::Full,
            PortError::Other(name) => Self::Other(name),
        }
    }
}

/// A state to be written.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// The plan's number on the shelf.
    pub plan: u32,
    /// What tells this plan from another under its number: see [`About::lineage`].
    pub lineage: &'a str,
    /// Now, in milliseconds since 1970.
    pub at: u64,
    /// What the plan is called.
    pub title: &'a str,
    /// Which app writes it.
    pub app: &'a str,
    /// The plan.
    pub body: &'a str,
}

/// How a plan stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The record it was read from: what is written next goes on from there.
    pub id: RecordId,
    /// What is said of it.
    pub about: About,
    /// The plan.
    pub body: String,
    /// Newer states that could not be read; where they are there, they were set aside.
    pub damaged: Vec<RecordId>,
}

/// A plan on the shelf, as far as names and the newest record tell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Its number.
    pub plan: u32,
    /// What it is called; empty where that cannot be read without opening the plan.
    pub title: String,
    /// Whether a newer app has written it.
    pub is_newer: bool,
    /// When it was last saved, in milliseconds since 1970.
    pub at: u64,
}

/// What of a plan takes how much room, in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Room {
    /// How it stands.
    pub standing: usize,
    /// Backups, which go when room is needed.
    pub backups: usize,
    /// Versions, which stay until removed.
    pub versions: usize,
}

/// What takes how much room, in characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// By plan.
    pub plans: Vec<(u32, Room)>,
    /// What could not be read and was set aside.
    pub aside: usize,
    /// Preferences and the like.
    pub other: usize,
}

impl Usage {
    /// All of it.
    pub fn total(&self) -> usize {
        let plans = self.plans.iter().map(|(_, r)| r.standing + r.backups + r.versions);
        plans.sum::<usize>() + self.aside + self.other
    }
}

/// The records of a plan that were taken off the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    records: Vec<(RecordId, String)>,
    /// Whether nothing of the plan was left.
    is_whole: bool,
}

impl Removed {
    /// Whether there is nothing to put back.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// How the plan stood, as far as that can be read.
    pub fn standing(&self) -> Option<Record> {
        self.records.iter().rev().find_map(|(id, text)| Record::read(id, text).ok())
    }
}

/// The shelf, as one tab sees it.
#[derive(Clone, Debug)]
pub struct Shelf<P> {
    port: P,
    tab: String,
}

impl<P: Port> Shelf<P> {
    /// The shelf behind a port; `tab` tells this tab from others: letters and digits.
    pub fn new(port: P, tab: String) -> Self {
        Self { port, tab }
    }

    /// What is behind it, for records that are no plans.
    pub fn port(&self) -> &P {
        &self.port
    }

    /// Whether a state was written by this tab.
    pub fn is_mine(&self, id: &RecordId) -> bool {
        id.tab == self.tab
    }

    /// The plans there are, by number.
    ///
    /// # Errors
    /// Only where not even the names can be listed.
    pub fn plans(&self) -> Result<Vec<Entry>, KeepError> {
        let mut ids = self.ids()?;
        ids.sort_unstable_by(|a, b| b.cmp(a)); // newest first
        let mut entries: Vec<Entry> = ids
            .chunk_by(|a, b| a.plan == b.plan)
            .map(|of_plan| {
                let plan = of_plan[0].plan;
                let mut entry = Entry { plan, title: String::new(), is_newer: false, at: 0 };
                for id in of_plan.iter().filter(|id| id.kind == Kind::Edit) {
                    match self.about(id) {
                        Ok(about) => {
                            (entry.title, entry.at) = (about.title, id.at);
                            break;
                        }
                        Err(KeepError::Newer) => entry.is_newer = true,
                        Err(_) => {}
                    }
                }
                entry
            })
            .collect();
        entries.reverse();
        Ok(entries)
    }

    /// A number no plan has.
    ///
    /// # Errors
    /// Where the names cannot be listed.
    pub fn free_number(&self) -> Result<u32, KeepError> {
        let highest = self.ids()?.iter().map(|id| id.plan).max().unwrap_or(0);
        highest.checked_add(1).ok_or(KeepError::Full)
    }

    /// The states of a plan, newest first.
    ///
    /// # Errors
    /// Where the names cannot be listed.
    pub fn states(&self, plan: u32) -> Result<Vec<RecordId>, KeepError> {
        let mut ids = self.ids()?;
        ids.retain(|id| id.plan == plan);
        ids.sort_unstable_by(|a, b| b.cmp(a));
        Ok(ids)
    }

    /// How a plan stands: the newest state that is sound, be it a version where no other is.
    /// Those that are damaged are set aside. `now` in milliseconds since 1970.
    ///
    /// # Errors
    /// [`KeepError::Newer`] where a newer app went on with it, [`KeepError::Gone`] where no
    /// state is sound.
    pub fn standing(&self, plan: u32, now: u64) -> Result<Standing, KeepError> {
        self.take_in_plain(plan, now)?;
        let states = self.states(plan)?;
        let (edits, versions): (Vec<_>, Vec<_>) =
            states.into_iter().partition(|id| id.kind == Kind::Edit);
        let mut damaged = Vec::new();
        for id in edits.into_iter().chain(versions) {
            match self.read(&id) {
                Ok(Record { about, body }) => return Ok(Standing { id, about, body, damaged }),
                Err(KeepError::Newer) if id.kind == Kind::Version => {}
                Err(KeepError::NotKept) => {
                    let text = self.bytes(&id);
                    if let Some(text) = text.filter(|text| Record::read(&id, text).is_err()) {
                        self.move_aside(&id, &text);
                    }
                    damaged.push(id);
                }
                Err(error) => return Err(error),
            }
        }
        Err(KeepError::Gone)
    }

    /// Seals what an older app kept as plain JSON: as how the plan stands where that is all
    /// there is, else as a version, for an older tab still open is neither followed nor lost.
    fn take_in_plain(&self, plan: u32, at: u64) -> Result<(), KeepError> {
        let states = self.states(plan)?;
        let Some(plain) = states.iter().find(|id| id.serial == 0) else { return Ok(()) };
        let Record { about, body } = self.read(plain)?;
        let (lineage, title, app) = (about.lineage.as_str(), &about.title, &about.app);
        let draft = Draft { plan, lineage, at, title, app, body: &body };
        let is_all = states.iter().all(|id| id.kind == Kind::Version || id == plain);
        let (kind, reason) =
            if is_all { (Kind::Edit, None) } else { (Kind::Version, Some(Reason::OtherTab)) };
        // Where there is no room it is read as it is.
        if self.write(draft, kind, "", reason, &states, None).is_ok()
            && self.bytes(plain).as_ref() == Some(&body)
        {
            let _ = self.remove(plain);
        }
        Ok(())
    }

    /// A state, body and all.
    ///
    /// # Errors
    /// [`KeepError::NotKept`] where it is damaged.
    pub fn read(&self, id: &RecordId) -> Result<Record, KeepError> {
        self.look_twice(id, Record::read)
    }

    /// What is said of a state.
    ///
    /// # Errors
    /// As [`Shelf::read`].
    pub fn about(&self, id: &RecordId) -> Result<About, KeepError> {
        self.look_twice(id, Record::about)
    }

    /// Looks again where a record seems damaged, for it may only have been misread.
    fn look_twice<T>(
        &self,
        id: &RecordId,
        look: fn(&RecordId, &str) -> Result<T, RecordError>,
    ) -> Result<T, KeepError> {
        let name = id.name();
        let once = || {
            let text = self.port.get(&name)?.ok_or(KeepError::NotKept)?;
            Ok(look(id, &text)?)
        };
        once().or_else(|e| if e == KeepError::NotKept { once() } else { Err(e) })
    }

    /// The text of a state as it is, sound or not, to be taken along.
    pub fn bytes(&self, id: &RecordId) -> Option<String> {
        self.port.get(&id.name()).ok().flatten()
    }

    /// Goes on with a plan from the state `from`, and thins its backups.
    ///
    /// # Errors
    /// [`KeepError::Moved`] and [`KeepError::Newer`] where somebody else went on from there,
    /// and whatever keeps the state from being written; how the plan stood is then there
    /// still. Where two tabs write at once, at least one of them gives way and is told.
    pub fn commit(&self, draft: Draft, from: &RecordId) -> Result<RecordId, KeepError> {
        let states = self.states(draft.plan)?;
        if !states.contains(from) {
            return Err(KeepError::Moved); // thinned by whoever went on, or removed
        }
        let is_after = |id: &&RecordId| id.kind == Kind::Edit && *id > from;
        for id in states.iter().filter(is_after) {
            match self.about(id) {
                Ok(_) => return Err(KeepError::Moved),
                Err(KeepError::NotKept) => {} // half-written: nobody stands there
                Err(error) => return Err(error),
            }
        }
        let written = self.write(draft, Kind::Edit, "", None, &states, Some(from))?;
        // Another tab may have written in the same moment, and looked before this one had. Whoever
        // sees the other gives way: its state stays on the table, to be put together with that.
        let is_new =
            |id: &RecordId| id.kind == Kind::Edit && !self.is_mine(id) && !states.contains(id);
        if self.states(draft.plan)?.iter().any(is_new) {
            self.port.remove(&written.name())?;
            return Err(KeepError::Moved);
        }
        // Best effort: what stays too long takes room, no more.
        let mut all = self.ids().unwrap_or_default();
        all.sort_unstable();
        for id in surplus(&all, draft.at) {
            if !self.is_before_a_turn(&id, &all) {
                let _ = self.port.remove(&id.name());
            }
        }
        Ok(written)
    }

    /// Keeps a state as a version, beside how the plan stands.
    ///
    /// # Errors
    /// Whatever keeps it from being written.
    pub fn keep_version(
        &self,
        draft: Draft,
        name: &str,
        reason: Reason,
    ) -> Result<RecordId, KeepError> {
        let states = self.states(draft.plan)?;
        self.write(draft, Kind::Version, name, Some(reason), &states, None)
    }

    /// Whether the state after it is another tab's or has another title: what stood before such a
    /// turn is what a reader looks for, whatever its age.
    fn is_before_a_turn(&self, id: &RecordId, all: &[RecordId]) -> bool {
        let after = all.iter().find(|next| *next > id && next.kind == Kind::Edit);
        let Some(after) = after.filter(|next| next.plan == id.plan) else { return false };
        let title = |id: &RecordId| self.about(id).map(|about| about.title).ok();
        after.tab != id.tab || title(id) != title(after)
    }

    fn write(
        &self,
        draft: Draft,
        kind: Kind,
        name: &str,
        reason: Option<Reason>,
        states: &[RecordId],
        from: Option<&RecordId>,
    ) -> Result<RecordId, KeepError> {
        let Draft { plan, lineage, at, title, app, body } = draft;
        let content = digest(body);
        let [title, app, lineage, name] = [title, app, lineage, name].map(str::to_owned);
        let about = About { title, app, content, lineage, name, reason };
        let text = Record::write(&about, body);
        let serials = states.iter().chain(from).map(|id| id.serial);
        let serial = serials.max().unwrap_or(0).saturating_add(1);
        let (tab, size) = (self.tab.clone(), text.chars().count());
        let id = RecordId { plan, serial, tab, kind, at, size };
        self.set_with_room(&id.name(), &text)?;
        Ok(id)
    }

    /// Writes a text and reads it back; where there is no room, backups go, oldest first.
    fn set_with_room(&self, name: &str, text: &str) -> Result<(), KeepError> {
        let mut spare = None::<Vec<RecordId>>;
        loop {
            let set = self.port.set(name, text);
            let kept = match &set {
                Ok(()) => self.port.get(name),
                Err(_) => Ok(None),
            };
            if matches!(&kept, Ok(Some(kept)) if kept == text) {
                return Ok(());
            }
            // Half of it may be there.
            let _ = self.port.remove(name);
            match set.err().or(kept.err()) {
                None => return Err(KeepError::NotKept),
                Some(PortError::Full) => {}
                Some(error) => return Err(error.into()),
            }
            let spare = spare.get_or_insert_with(|| self.backups(None).unwrap_or_default());
            let oldest = spare.pop().ok_or(KeepError::Full)?;
            self.port.remove(&oldest.name())?;
        }
    }

    /// The backups that may go, of one plan or of all, newest first: not the newest sound
    /// state nor the sound one before it, for the newest may rot.
    fn backups(&self, plan: Option<u32>) -> Result<Vec<RecordId>, KeepError> {
        let mut ids = self.ids()?;
        ids.retain(|id| id.kind == Kind::Edit && plan.is_none_or(|plan| id.plan == plan));
        ids.sort_unstable_by(|a, b| b.cmp(a));
        let mut backups = Vec::new();
        for of_plan in ids.chunk_by(|a, b| a.plan == b.plan) {
            let is_sound = |(_, id): &(usize, &RecordId)| self.about(id).is_ok();
            let before = of_plan.iter().enumerate().filter(is_sound).nth(1);
            backups
                .extend(before.into_iter().flat_map(|(place, _)| &of_plan[place + 1..]).cloned());
        }
        backups.sort_by_key(|id| std::cmp::Reverse(id.at));
        Ok(backups)
    }

    /// Lets the backups go, of one plan or of all.
    ///
    /// # Errors
    /// The first that could not be removed.
    pub fn free(&self, plan: Option<u32>) -> Result<(), KeepError> {
        for id in self.backups(plan)? {
            self.port.remove(&id.name())?;
        }
        Ok(())
    }

    /// Removes one state.
    ///
    /// # Errors
    /// [`PortError`]
    pub fn remove(&self, id: &RecordId) -> Result<(), KeepError> {
        Ok(self.port.remove(&id.name())?)
    }

    /// Takes a plan off the shelf, the oldest state first: stopped half-way, it still stands
    /// as it stood. What is removed is in the caller's hands, whether or not it was all.
    pub fn remove_plan(&self, plan: u32) -> (Removed, Result<(), KeepError>) {
        let mut records = Vec::new();
        let done = self.take_off(plan, &mut records);
        (Removed { records, is_whole: done.is_ok() }, done)
    }

    fn take_off(&self, plan: u32, taken: &mut Vec<(RecordId, String)>) -> Result<(), KeepError> {
        let mut ids = self.states(plan)?;
        ids.reverse();
        ids.sort_by_key(|id| id.kind == Kind::Edit); // versions first
        for id in ids {
            let sound =
                self.look_twice(&id, |id, text| Record::about(id, text).map(|_| text.to_owned()));
            let text = match sound {
                Ok(text) => Some(text),
                // What is damaged goes along as it is.
                Err(KeepError::NotKept | KeepError::Newer) => self.port.get(&id.name())?,
                Err(error) => return Err(error),
            };
            taken.extend(text.map(|text| (id.clone(), text)));
            self.remove(&id)?;
        }
        Ok(())
    }

    /// Puts a removed plan back, under another number where its own is taken, and tells it.
    ///
    /// # Errors
    /// Whatever keeps it from being written; it can be tried again.
    pub fn put_back(&self, removed: &Removed) -> Result<u32, KeepError> {
        let plan = removed.records.first().ok_or(KeepError::Gone)?.0.plan;
        // A number that was free may be another plan's by now.
        let ours = |id: &RecordId| removed.records.iter().any(|(there, _)| there == id);
        let is_taken = removed.is_whole && self.states(plan)?.iter().any(|id| !ours(id));
        let number = if is_taken { self.free_number()? } else { plan };
        for (id, text) in removed.records.iter().rev() {
            self.set_with_room(&RecordId { plan: number, ..id.clone() }.name(), text)?;
        }
        Ok(number)
    }

    /// Sets a state aside whose body means nothing to the caller, character for character; it
    /// stays where it is when that fails.
    pub fn set_aside(&self, id: &RecordId) {
        if let Ok(record) = self.read(id) {
            self.move_aside(id, &record.body);
        }
    }

    fn move_aside(&self, id: &RecordId, text: &str) {
        let name = id.name();
        if self.keep_aside(name.strip_prefix(ROOT).unwrap_or(&name), text).is_ok() {
            let _ = self.remove(id);
        }
    }

    /// Keeps bytes aside under a name that tells where they come from.
    ///
    /// # Errors
    /// Whatever keeps them from being written.
    pub fn keep_aside(&self, from: &str, text: &str) -> Result<(), KeepError> {
        let mut name = format!("{ASIDE}{from}");
        while let Some(there) = self.port.get(&name)? {
            if there == text {
                return Ok(());
            }
            name.push('+');
        }
        self.set_with_room(&name, text)
    }

    /// What was set aside: names and texts.
    ///
    /// # Errors
    /// Where the names cannot be listed.
    pub fn aside(&self) -> Result<Vec<(String, String)>, KeepError> {
        let mut names = self.port.names()?;
        names.retain(|name| name.starts_with(ASIDE));
        names.sort_unstable();
        let read = |name: String| Some((self.port.get(&name).ok().flatten()?, name));
        Ok(names.into_iter().filter_map(read).map(|(text, name)| (name, text)).collect())
    }

    /// Lets go of what was set aside.
    ///
    /// # Errors
    /// [`PortError`]
    pub fn discard_aside(&self) -> Result<(), KeepError> {
        for (name, _) in self.aside()? {
            self.port.remove(&name)?;
        }
        Ok(())
    }

    /// What takes how much room.
    ///
    /// # Errors
    /// Where the names cannot be listed.
    pub fn usage(&self) -> Result<Usage, KeepError> {
        let mut usage = Usage::default();
        let mut states = Vec::new();
        for name in self.port.names()?.into_iter().filter(|name| name.starts_with(ROOT)) {
            let text = || self.port.get(&name).ok().flatten().map_or(0, |t| t.chars().count());
            match RecordId::parse(&name) {
                Some(id) if id.serial == 0 => states.push((id, name.len() + text())),
                Some(id) => states.push((id.clone(), name.len() + id.size)),
                None if name.starts_with(ASIDE) => usage.aside += name.len() + text(),
                None => usage.other += name.len() + text(),
            }
        }
        states.sort_unstable_by(|a, b| b.cmp(a));
        for of_plan in states.chunk_by(|a, b| a.0.plan == b.0.plan) {
            let mut room = Room::default();
            for (id, size) in of_plan {
                match id.kind {
                    Kind::Version => room.versions += size,
                    Kind::Edit if room.standing == 0 => room.standing = *size,
                    Kind::Edit => room.backups += size,
                }
            }
            usage.plans.insert(0, (of_plan[0].0.plan, room));
        }
        Ok(usage)
    }

    fn ids(&self) -> Result<Vec<RecordId>, KeepError> {
        Ok(self.port.names()?.iter().filter_map(|name| RecordId::parse(name)).collect())
    }
}

impl From<RecordError> for KeepError {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Damaged => Self::NotKept,
            RecordError::Newer => Self::Newer,
        }
    }
}
