//! Owns the plan that a tab has open: where it stands on the shelf, what it goes on from, and what
//! becomes of it beside other tabs.
//!
//! Invariant: a plan that goes on from nothing has no place on the shelf, so it can never be written
//! over another; it takes a place of its own when it is saved. What another tab made of the same
//! plan is followed, put together or asked about. Deliberately absent: when to save, and words.

use crate::port::Port;
use crate::record::{Reason, RecordId};
use crate::shelf::{Draft, KeepError, Shelf, Standing};

/// How often a plan is put together with what other tabs go on writing before it is given up for
/// this time.
const MOST_ROUNDS: usize = 4;

/// What a tab keeps: how it is told apart, written, read and put together.
pub trait Documents {
    /// One state of a plan.
    type Document: Clone + PartialEq;

    /// What it is called.
    fn title(&self, document: &Self::Document) -> String;

    /// What is written of it.
    fn body(&self, document: &Self::Document) -> String;

    /// What was written; `None` where it means nothing here.
    fn read(&self, body: &str) -> Option<Self::Document>;

    /// What two tabs made of a state, put together, and how many things both changed otherwise.
    fn merge(
        &self,
        base: &Self::Document,
        ours: &Self::Document,
        theirs: &Self::Document,
    ) -> (Self::Document, usize);
}

/// A state on the shelf, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base<D> {
    /// Where it is kept.
    pub id: RecordId,
    /// What tells its plan from another under its number.
    pub lineage: String,
    /// What it is.
    pub document: D,
}

/// The plan as another tab has saved it, where both have changed the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere<D> {
    /// What the other tab saved.
    pub theirs: Base<D>,
    /// How many things both changed otherwise.
    pub conflicts: usize,
}

/// What the reader does where two tabs changed the same.
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

/// What the table goes on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next<D> {
    /// What is on it.
    Stay,
    /// Another state of the same plan.
    GoOn(D),
    /// What is on it, once the reader has chosen.
    Ask,
}

/// What came of saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved<D> {
    /// What is then on the table.
    pub next: Next<D>,
    /// Whether that is written; where the reader is asked, it waits.
    pub written: Result<(), KeepError>,
}

/// A tab's plan.
#[derive(Clone, Debug)]
pub struct OpenPlan<P, E: Documents> {
    shelf: Shelf<P>,
    documents: E,
    app: &'static str,
    base: Option<Base<E::Document>>,
    /// As it was when it was removed elsewhere: it comes back only when it is changed here.
    gone: Option<E::Document>,
    elsewhere: Option<Elsewhere<E::Document>>,
    /// The place it has yet to be taken away from, where another plan stands.
    left: Option<u32>,
    /// What was last kept beside another tab's: once is enough.
    beside: Option<E::Document>,
}

impl<P: Port, E: Documents> OpenPlan<P, E> {
    /// A tab with no plan of the shelf.
    pub fn new(shelf: Shelf<P>, documents: E, app: &'static str) -> Self {
        Self {
            shelf,
            documents,
            app,
            base: None,
            gone: None,
            elsewhere: None,
            left: None,
            beside: None,
        }
    }

    /// The shelf it is kept on.
    pub fn shelf(&self) -> &Shelf<P> {
        &self.shelf
    }

    /// Its number on the shelf; none before it has a place there.
    pub fn number(&self) -> Option<u32> {
        self.base.as_ref().map(|base| base.id.plan)
    }

    /// What it goes on from.
    pub fn base(&self) -> Option<&Base<E::Document>> {
        self.base.as_ref()
    }

    /// What another tab made of it that the reader has yet to choose about.
    pub fn elsewhere(&self) -> Option<&Elsewhere<E::Document>> {
        self.elsewhere.as_ref()
    }

    /// Another plan is on the table: one of the shelf, or one that has no place there yet.
    ///
    /// # Errors
    /// [`KeepError::Moved`] before the reader has chosen between two tabs' plans.
    pub fn put(&mut self, base: Option<Base<E::Document>>) -> Result<(), KeepError> {
        if self.elsewhere.is_some() {
            return Err(KeepError::Moved);
        }
        (self.base, self.gone) = (base, None);
        Ok(())
    }

    /// Writes what is on the table where it is not written yet. What it was put together with on
    /// the way comes on the table even where that could not be written: it goes on from there.
    pub fn save(&mut self, ours: &E::Document, now: u64) -> Saved<E::Document> {
        let mut saved = Saved { next: Next::Stay, written: Ok(()) };
        let mut ours = ours.clone();
        for _ in 0..MOST_ROUNDS {
            if self.elsewhere.is_some() {
                saved.next = Next::Ask;
                return saved;
            }
            saved.written = self.write(&ours, now);
            if saved.written != Err(KeepError::Moved) {
                break;
            }
            match self.catch_up(&ours, now) {
                Ok(Next::GoOn(together)) => {
                    ours = together.clone();
                    saved.next = Next::GoOn(together);
                }
                Ok(Next::Stay | Next::Ask) => {}
                // It was changed here since: it comes back, in a place of its own.
                Err(KeepError::Gone) if self.gone.as_ref() != Some(&ours) => {}
                Err(error) => {
                    saved.written = Err(error);
                    break;
                }
            }
        }
        saved
    }

    fn write(&mut self, ours: &E::Document, now: u64) -> Result<(), KeepError> {
        if self.gone.as_ref() == Some(ours) {
            return Err(KeepError::Gone);
        }
        if self.base.as_ref().is_some_and(|base| base.document == *ours) {
            return Ok(());
        }
        let written = self.with_draft(ours, now, |shelf, draft| match &self.base {
            Some(Base { id, lineage, .. }) => {
                let id = shelf.commit(Draft { plan: id.plan, lineage, ..draft }, id)?;
                Ok((id, lineage.clone()))
            }
            None => shelf.take_place(draft),
        });
        let (id, lineage) = written?;
        (self.base, self.gone) = (Some(Base { id, lineage, document: ours.clone() }), None);
        // It stands in its new place: what this tab wrote into the other's goes.
        if let Some(place) = self.left.take() {
            let states = self.shelf.states(place).unwrap_or_default();
            states.iter().filter(|id| self.shelf.is_mine(id)).for_each(|id| {
                let _ = self.shelf.remove(id);
            });
        }
        Ok(())
    }

    /// Goes on from how the plan stands by now.
    ///
    /// # Errors
    /// [`KeepError::Gone`] where it was removed elsewhere, [`KeepError::Newer`] where what stands
    /// there means nothing here, and storage.
    pub fn catch_up(
        &mut self,
        ours: &E::Document,
        now: u64,
    ) -> Result<Next<E::Document>, KeepError> {
        let Some(base) = self.base.clone() else { return Ok(Next::Stay) };
        let standing = self.shelf.standing(base.id.plan, now);
        let Standing { id, about, body, .. } = match standing {
            Ok(standing) if standing.about.lineage == base.lineage => standing,
            // A tab that could not be seen yet took the number in the same moment, and its plan is
            // the one that stands there: this one takes another place.
            Ok(_) if self.shelf.states(base.id.plan)?.contains(&base.id) => {
                (self.base, self.left) = (None, Some(base.id.plan));
                return Ok(Next::Stay);
            }
            // Under its number another plan stands by now, or none.
            Ok(_) | Err(KeepError::Gone) => {
                (self.base, self.gone) = (None, Some(base.document));
                return Err(KeepError::Gone);
            }
            Err(error) => return Err(error),
        };
        if base.id >= id {
            return Ok(Next::Stay);
        }
        let document = self.documents.read(&body).ok_or(KeepError::Newer)?;
        let theirs = Base { id, lineage: about.lineage, document };
        if theirs.document == *ours {
            self.base = Some(theirs);
            return Ok(Next::Stay);
        }
        if base.document == *ours {
            let next = theirs.document.clone();
            self.base = Some(theirs);
            return Ok(Next::GoOn(next));
        }
        let (together, conflicts) = self.documents.merge(&base.document, ours, &theirs.document);
        if conflicts > 0 {
            self.elsewhere = Some(Elsewhere { theirs, conflicts });
            return Ok(Next::Ask);
        }
        self.base = Some(theirs);
        Ok(Next::GoOn(together))
    }

    /// Everything was cleared from outside: what is on the table is written anew, where there is
    /// room for it.
    pub fn forget_place(&mut self) {
        (self.base, self.gone, self.elsewhere) = (None, None, None);
    }

    /// Does what the reader chose; what is then on the table is still to be saved.
    ///
    /// # Errors
    /// Where what was not chosen cannot be kept as a version: the choice is still to be made.
    pub fn choose(
        &mut self,
        choice: Choice,
        ours: &E::Document,
        now: u64,
    ) -> Result<Next<E::Document>, KeepError> {
        let Some(Elsewhere { theirs, .. }) = self.elsewhere.clone() else { return Ok(Next::Stay) };
        match choice {
            Choice::Theirs => self.keep_beside(ours, now)?,
            Choice::Ours | Choice::Merge => self.keep_beside(&theirs.document, now)?,
            Choice::Copy => {}
        }
        self.elsewhere = None;
        let next = match (choice, &self.base) {
            (Choice::Merge, Some(base)) => {
                Next::GoOn(self.documents.merge(&base.document, ours, &theirs.document).0)
            }
            (Choice::Theirs, _) => Next::GoOn(theirs.document.clone()),
            _ => Next::Stay,
        };
        self.base = (choice != Choice::Copy).then_some(theirs);
        Ok(next)
    }

    /// Keeps a state of the plan as a version, where the reader leaves before they chose.
    ///
    /// # Errors
    /// Whatever keeps it from being written.
    pub fn keep_beside(&mut self, document: &E::Document, now: u64) -> Result<(), KeepError> {
        if self.beside.as_ref() != Some(document) {
            self.keep_version(document, now, "", Reason::OtherTab)?;
            self.beside = Some(document.clone());
        }
        Ok(())
    }

    /// Keeps a state of the plan as a version.
    ///
    /// # Errors
    /// [`KeepError::Gone`] before the plan has a place, and whatever keeps it from being written.
    pub fn keep_version(
        &self,
        document: &E::Document,
        now: u64,
        name: &str,
        reason: Reason,
    ) -> Result<RecordId, KeepError> {
        let Base { id, lineage, .. } = self.base.as_ref().ok_or(KeepError::Gone)?;
        self.with_draft(document, now, |shelf, draft| {
            shelf.keep_version(Draft { plan: id.plan, lineage, ..draft }, name, reason)
        })
    }

    /// Puts a document on the shelf beside the others; the table stays as it is.
    ///
    /// # Errors
    /// Whatever keeps it from being written.
    pub fn put_beside(&self, document: &E::Document, now: u64) -> Result<RecordId, KeepError> {
        self.with_draft(document, now, |shelf, draft| shelf.take_place(draft).map(|(id, _)| id))
    }

    fn with_draft<T>(
        &self,
        document: &E::Document,
        at: u64,
        then: impl FnOnce(&Shelf<P>, Draft<'_>) -> T,
    ) -> T {
        let (title, body) = (self.documents.title(document), self.documents.body(document));
        then(
            &self.shelf,
            Draft { plan: 0, lineage: "", at, title: &title, app: self.app, body: &body },
        )
    }
}
