//! Owns the port to whatever holds the records: four calls, each of which may fail.
//!
//! Invariant: a port reports failures and never panics. What is behind it may lie: what was
//! written is believed only once it was read back.

/// Why a call on the port failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// The reader's browser allows no storage.
    #[error("blocked")]
    Blocked,
    /// No room left.
    #[error("full")]
    Full,
    /// Anything else, by the name it gives itself.
    #[error("{0}")]
    Other(String),
}

/// Named texts that outlive the page.
pub trait Port {
    /// The names there are, in any order.
    ///
    /// # Errors
    /// [`PortError`]
    fn names(&self) -> Result<Vec<String>, PortError>;

    /// The text of that name; `None` where there is none.
    ///
    /// # Errors
    /// [`PortError`]
    fn get(&self, name: &str) -> Result<Option<String>, PortError>;

    /// Writes a text under a name, over what was there.
    ///
    /// # Errors
    /// [`PortError`]; what was there may then be there still, or be damaged.
    fn set(&self, name: &str, text: &str) -> Result<(), PortError>;

    /// Takes a text away; no error where there is none.
    ///
    /// # Errors
    /// [`PortError`]
    fn remove(&self, name: &str) -> Result<(), PortError>;
}
