//! Owns the reasons there are for a change that does nothing, with all that words for them need.
//!
//! Invariant: each says what is so, not what is likely. Deliberately absent: an unknown reason.

use crate::id::{MeasureId, ScenarioId};
use crate::plan::ParamPath;
use crate::time::Semester;

/// Why one change of a measure does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// Place among the measure's changes; 0 where it has none.
    pub change: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a change does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The measure changes no number at all.
    NoChanges,
    /// The measure is switched off; what it would do is not looked at.
    SwitchedOff,
    /// It starts only after the horizon's end.
    NotInForce {
        /// When.
        starts: Semester,
    },
    /// It ends before the first semester numbers are held for.
    Over {
        /// The last semester it held in.
        ended: Semester,
    },
    /// It names no region.
    Elsewhere,
    /// The number is the same without it.
    AlreadyThere {
        /// The least value in force while and where it holds, in the parameter's unit.
        least: i64,
        /// The highest.
        most: i64,
    },
    /// Later changes of the same number leave nothing of it.
    Overridden {
        /// The measure that takes away the last of it; perhaps the same one.
        by: (ScenarioId, MeasureId),
    },
    /// What it adds in one place, it or another change of the measure takes away in another,
    /// so that they come to the same.
    Balanced,
    /// The number moves, but where it does nobody receives and nothing is posted, built or
    /// taken in.
    NoRecipients,
    /// The number moves, but where it does it is multiplied by one that is 0.
    TimesNothing {
        /// That one.
        by: ParamPath,
    },
    /// The number moves, but only where no formula reads it.
    NotRead {
        /// When formulas do, in the regions where it moves.
        reading: ReadIn,
    },
    /// The rate moves, but the number that grows by it is given anew, by the plan or by a
    /// measure, whenever it would make a difference.
    Restated {
        /// That number.
        number: ParamPath,
    },
    /// It prices or sizes works that are paid in no year of the horizon.
    PaidOutside,
    /// The base standard moves, but where it does it stays at or above the standard, all of
    /// which is recognised already.
    BaseNotReached,
    /// The floor moves, but no school is smaller.
    FloorNotReached,
    /// The base standard moves what is recognised, but no source has a share in that: the
    /// residual source pays for everything.
    NothingShared,
    /// The number moves, but by too little: every payment comes to the same fen, and every
    /// count to the same whole.
    Rounded,
}

/// The semesters in which formulas read a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadIn {
    /// In none.
    Never,
    /// In one only.
    Once(Semester),
    /// In springs, between these.
    Springs {
        /// The first.
        from: Semester,
        /// The last.
        until: Semester,
    },
    /// In autumns, between these.
    Autumns {
        /// The first.
        from: Semester,
        /// The last.
        until: Semester,
    },
    /// In semesters of both kinds, between these.
    Semesters {
        /// The first.
        from: Semester,
        /// The last.
        until: Semester,
    },
}
