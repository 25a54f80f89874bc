//! Owns older versions: one step from each to the next, on values and not yet on shapes.
//!
//! Invariant: what a step changes it tells, with its path; what it cannot change it refuses. A step
//! that was shipped never changes again, for files of its version do not either.

use super::json::Node;
use super::problem::Read;

/// A step from one version to the next.
pub(super) type Migration = fn(&mut Node, &mut Vec<Changed>) -> Read<()>;

/// From the oldest version that is read to today's; there is only one version so far.
pub(super) const MIGRATIONS: &[Migration] = &[];

/// Something an older version says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The way to it in the file.
    pub path: String,
    /// What became of it.
    pub how: HowChanged,
}

/// What became of something an older version says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HowChanged {
    /// It is called otherwise now.
    Renamed {
        /// Its name now.
        to: String,
    },
    /// It is written otherwise now.
    Converted {
        /// As it was.
        from: String,
        /// As it is.
        to: String,
    },
    /// Older versions left it open; this is what they meant.
    Added,
    /// It has no meaning any more.
    Removed,
}

/// Takes a file through the steps that are still before it, the first `done` being behind it.
pub(super) fn migrate(file: &mut Node, done: i64, steps: &[Migration]) -> Read<Vec<Changed>> {
    let mut changed = Vec::new();
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    for step in steps.iter().skip(done) {
        step(file, &mut changed)?;
    }
    Ok(changed)
}
