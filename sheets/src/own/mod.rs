//! Owns our own files when they come back: what kind each is, which of its cells differ from
//! what was exported, and what of that the plan can take.
//!
//! A file says itself what it is ([`Kind`] and version), so nothing is guessed: its columns and
//! cells have ids. Invariant: a file that nobody changed changes nothing, even where the plan has
//! changed since; what is computed is never taken for a count; what a reader changed is offered,
//! or listed with the reason. Deliberately absent: tables of others (`import`), and files
//! (`people` reads sheets, only `book` has to look at formulas).

#[cfg(feature = "formats")]
mod book;
#[cfg(feature = "formats")]
mod carried;
#[cfg(feature = "formats")]
mod formulas;
#[cfg(feature = "formats")]
pub(crate) mod mark;
#[cfg(feature = "formats")]
mod number;
#[cfg(feature = "formats")]
mod open;
#[cfg(feature = "formats")]
mod people;
#[cfg(feature = "formats")]
mod trial;
#[cfg(feature = "formats")]
mod workbook;

#[cfg(feature = "formats")]
pub use open::{in_sheet, in_workbook};

use crate::import::Change;
use serde::{Deserialize, Serialize};

/// What kind of export a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Heads by population, region and autumn.
    People,
    /// Payments by programme, region, year and source.
    Results,
    /// The workbook.
    Workbook,
}

/// How the plan at hand stands to the one a file was exported from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Since {
    /// Nothing but its scenarios may have changed.
    Same,
    /// It has changed, or is another plan.
    Changed,
    /// The file does not say: an older app wrote it.
    Unknown,
}

/// Where something stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The sheet, where the file has several.
    pub sheet: String,
    /// Its row, counted from 0.
    pub row: usize,
    /// Its column, counted from 0.
    pub column: usize,
}

/// A number that is not what was exported, and that the plan can take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What would change: old is what the plan says now.
    pub change: Change,
    /// What was exported, where that is known.
    pub exported: Option<i64>,
    /// Where it stands.
    pub cell: Cell,
    /// What its row and column are called, as the file has it.
    pub of: String,
}

/// Why a cell that differs is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A share of another population, or projected by grade.
    ComputedHeads,
    /// Projected from a census by growth that measures change: a count here would undo them.
    GrowthUnderMeasures,
    /// Grown from a census of too long ago.
    OldCensus,
    /// A formula was overwritten, or is another.
    Formula,
    /// Words, an error or nothing where a number was.
    NotANumber,
    /// Finer than the plan's numbers are: less than a fen, a ten-thousandth of a per cent, one.
    TooFine,
    /// Beyond what such a number may be.
    OutOfBounds,
    /// What its row is called is no longer what was exported: rows may have been sorted.
    Moved,
    /// The cell is gone.
    Gone,
    /// The plan at hand has no such thing, region or year, or the scenario is gone.
    NotInPlan,
    /// Several regions are called so, and nothing tells which is meant.
    Ambiguous,
    /// Two cells say different things of the same number.
    Twice,
    /// Given by a measure of an adopted scenario.
    Adopted,
    /// Comes out of several measures or of growth: there is no single number to change.
    Several,
    /// A year's share of a works programme: changed with all its years, on the page.
    YearShare,
    /// Pupils of a school: changed on the page.
    Pupils,
}

/// A cell that differs from what was exported and is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Why.
    pub reason: Reason,
    /// Where it stands.
    pub cell: Cell,
    /// What its row and column are called, as the file has it.
    pub of: String,
    /// What the file says.
    pub found: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// What kind of export it is.
    pub kind: Kind,
    /// Its version; none of one that an older app wrote, which did not say.
    pub version: Option<u32>,
    /// Whether the plan has changed since.
    pub since: Since,
    /// The scenario it was exported under, by its id; empty where the file does not say.
    pub scenario: String,
    /// What the reader changed and the plan can take.
    pub offers: Vec<Offer>,
    /// The same where the plan has changed too since the export, or the file does not say what was
    /// exported: each to be ticked.
    pub conflicts: Vec<Offer>,
    /// What differs and is not taken.
    pub left_out: Vec<LeftOut>,
}

impl Returned {
    /// A file in which nothing was found yet.
    pub fn new(kind: Kind, version: Option<u32>, since: Since, scenario: &str) -> Self {
        Self {
            kind,
            version,
            since,
            scenario: scenario.to_owned(),
            offers: Vec::new(),
            conflicts: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Offers what stands in a cell, unless another cell says something else of it.
    #[cfg(feature = "formats")]
    fn add(&mut self, offer: Offer, found: &str) {
        let is_of_it = |other: &Offer| {
            let (one, other) = (&offer.change, &other.change);
            (&one.target, &one.place, one.when) == (&other.target, &other.place, other.when)
        };
        match self.offers.iter().position(is_of_it) {
            None => self.offers.push(offer),
            Some(place) if self.offers[place].change.new == offer.change.new => {}
            Some(place) => {
                let other = self.offers.remove(place);
                let said = other.change.new.to_string();
                for (offer, found) in [(other, said), (offer, found.to_owned())] {
                    let (reason, Offer { cell, of, .. }) = (Reason::Twice, offer);
                    self.left_out.push(LeftOut { reason, cell, of, found });
                }
            }
        }
    }

    /// Whether it brings nothing and leaves nothing out.
    pub fn is_unchanged(&self) -> bool {
        self.offers.is_empty() && self.conflicts.is_empty() && self.left_out.is_empty()
    }
}
