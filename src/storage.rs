//! Owns local storage: the one door to it.
//!
//! Invariant: nothing here panics. Storage is proved usable before gloo-storage hands
//! it out (its `raw` panics where storage is blocked), and every failure is typed.
//! Deliberately absent: what the records mean.

use gloo_storage::{LocalStorage, Storage};
use wasm_bindgen::{JsCast, JsValue};

/// Why storage did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser gives this page no storage.
    #[error("blocked")]
    Blocked,
    /// No room left.
    #[error("full")]
    Full,
    /// Another tab has changed the same plan, and the reader has not chosen yet.
    #[error("undecided between two tabs")]
    Undecided,
    /// Anything else, by the name the browser gives it.
    #[error("{0}")]
    Other(String),
}

/// The records there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Language, theme, unit.
    Preferences,
    /// The plans there are, and which is on the table.
    Shelf,
    /// A plan, by its number on the shelf.
    Plan(u32),
    /// What was looked at.
    Look,
    /// Bytes that could not be read, kept aside, by number.
    Rescue(u32),
}

impl Key {
    /// Whether a record of that name is this one.
    pub fn is_called(self, name: &str) -> bool {
        self.name() == name
    }

    fn name(self) -> String {
        match self {
            Self::Preferences => "shapan/preferences".to_owned(),
            Self::Shelf => "shapan/shelf".to_owned(),
            Self::Plan(n) => format!("shapan/plan/{n}"),
            Self::Look => "shapan/look".to_owned(),
            Self::Rescue(n) => format!("shapan/rescue/{n}"),
        }
    }
}

/// Storage that has been proved to be there.
fn usable() -> Result<web_sys::Storage, StorageError> {
    match web_sys::window().map(|w| w.local_storage()) {
        Some(Ok(Some(_))) => Ok(LocalStorage::raw()),
        Some(Err(thrown)) if error_name(&thrown) != "SecurityError" => Err(named(&thrown)),
        _ => Err(StorageError::Blocked),
    }
}

/// Reads a record; `None` where there is none.
pub fn get(key: Key) -> Result<Option<String>, StorageError> {
    usable()?.get_item(&key.name()).map_err(|thrown| named(&thrown))
}

/// Writes a record and reads it back.
pub fn set(key: Key, text: &str) -> Result<(), StorageError> {
    let storage = usable()?;
    storage.set_item(&key.name(), text).map_err(|thrown| named(&thrown))?;
    match storage.get_item(&key.name()) {
        Ok(Some(kept)) if kept == text => Ok(()),
        Ok(_) => Err(StorageError::Other("not kept".to_owned())),
        Err(thrown) => Err(named(&thrown)),
    }
}

/// Takes a record away.
pub fn remove(key: Key) -> Result<(), StorageError> {
    usable()?.remove_item(&key.name()).map_err(|thrown| named(&thrown))
}

/// How large all records of ours are together, in bytes as a file would have them.
pub fn bytes_used() -> usize {
    let Ok(storage) = usable() else { return 0 };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|n| storage.key(n).ok().flatten());
    let ours = names.filter(|name| name.starts_with("shapan/"));
    let size = |name: String| {
        name.len() + storage.get_item(&name).ok().flatten().map_or(0, |record| record.len())
    };
    ours.map(size).sum()
}

/// The numbers of the plans there are, in order.
pub fn plan_numbers() -> Result<Vec<u32>, StorageError> {
    let storage = usable()?;
    let count = storage.length().map_err(|thrown| named(&thrown))?;
    let names = (0..count).filter_map(|n| storage.key(n).ok().flatten());
    let mut numbers: Vec<u32> =
        names.filter_map(|name| name.strip_prefix("shapan/plan/")?.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

fn error_name(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<web_sys::DomException>() {
        Some(exception) => exception.name(),
        // Not an Error at all, from a shim: whatever it says of itself.
        None => js_sys::Reflect::get(thrown, &"name".into())
            .ok()
            .and_then(|name| name.as_string())
            .unwrap_or_else(|| "unknown".to_owned()),
    }
}

fn named(thrown: &JsValue) -> StorageError {
    match error_name(thrown).as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => StorageError::Full,
        "SecurityError" | "InvalidAccessError" => StorageError::Blocked,
        other => StorageError::Other(other.chars().take(80).collect()),
    }
}
