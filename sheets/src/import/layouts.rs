//! Owns what is remembered of layouts: next year's file of the same shape maps itself.
//!
//! Invariant: a layout is known by the fingerprint of its heads without their years; what is
//! remembered is kept in the plan, travels with it, and can be forgotten.

use super::choices::Choices;
use serde::{Deserialize, Serialize};

/// What is remembered of a layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The fingerprint of its heads.
    pub fingerprint: String,
    /// Its heads, in words.
    pub name: String,
    /// What was chosen for it.
    pub choices: Choices,
}
