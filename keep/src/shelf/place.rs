//! Owns the place of a new plan on the shelf: a number that no other plan has.
//!
//! Invariant: two tabs that take a number in the same moment do not keep it both.

use super::{Draft, KeepError, Shelf};
use crate::port::Port;
use crate::record::{Kind, RecordId};

/// Numbers a tab tries for a new plan before it says that others are faster.
const MOST_PLACES: u32 = 8;

impl<P: Port> Shelf<P> {
    /// Puts a new plan on the shelf, under a number that no other has; tells its lineage.
    ///
    /// Two tabs may take a number in the same moment. Whoever then sees another's state beside its
    /// own gives the number up: both see it or one does, and neither writes over the other.
    ///
    /// # Errors
    /// Whatever keeps it from being written; nothing of it is then on the shelf.
    pub fn take_place(&self, draft: Draft) -> Result<(RecordId, String), KeepError> {
        for attempt in 0..MOST_PLACES {
            let plan = self.free_number()?.checked_add(self.apart(attempt));
            let plan = plan.ok_or(KeepError::Full)?;
            let lineage = format!("{}.{}", self.tab, draft.at);
            let draft = Draft { plan, lineage: &lineage, ..draft };
            let states = self.states(draft.plan)?;
            if !states.is_empty() {
                continue;
            }
            let id = self.write(draft, Kind::Edit, "", None, &states, None)?;
            match self.states(draft.plan) {
                Ok(states) if states.iter().all(|state| *state == id) => return Ok((id, lineage)),
                others => {
                    self.port.remove(&id.name())?;
                    others?;
                }
            }
        }
        Err(KeepError::Moved)
    }

    /// How far from the next free number a tab looks: tabs that met once part ways.
    fn apart(&self, attempt: u32) -> u32 {
        let of_tab =
            self.tab.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte));
        if attempt == 0 { 0 } else { of_tab.rotate_left(attempt * 5) % 61 }
    }
}
