//! Owns what the browser keeps: the one door to local storage, and to what one tab remembers.
//!
//! Invariant: nothing here panics. Storage is proved usable before gloo-storage hands it out
//! (its `raw` panics where storage is blocked), and every failure is typed.
//! Deliberately absent: what the records mean; plans are kept by `shapan_keep`.

use gloo_storage::{LocalStorage, Storage};
use shapan_keep::{Port, PortError, ROOT};
use wasm_bindgen::{JsCast, JsValue};

/// How much browsers hold for one site, in characters: all of them about this much.
pub const LIMIT: usize = 5 * 1024 * 1024;

/// Local storage, as the port plans are kept through.
#[derive(Clone, Copy, Debug)]
pub struct Browser;

impl Port for Browser {
    fn names(&self) -> Result<Vec<String>, PortError> {
        let storage = usable()?;
        let count = storage.length().map_err(|thrown| named(&thrown))?;
        let names = (0..count).map(|n| storage.key(n).map_err(|thrown| named(&thrown)));
        let is_ours = |name: &String| name.starts_with(ROOT);
        names.filter_map(Result::transpose).filter(|n| n.as_ref().map_or(true, is_ours)).collect()
    }

    fn get(&self, name: &str) -> Result<Option<String>, PortError> {
        usable()?.get_item(name).map_err(|thrown| named(&thrown))
    }

    fn set(&self, name: &str, text: &str) -> Result<(), PortError> {
        usable()?.set_item(name, text).map_err(|thrown| named(&thrown))
    }

    fn remove(&self, name: &str) -> Result<(), PortError> {
        usable()?.remove_item(name).map_err(|thrown| named(&thrown))
    }
}

/// The records that are no plans: each small, written whole, and no loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Language, theme, unit.
    Preferences,
    /// The number of the plan on the table.
    Current,
    /// What was looked at.
    Look,
}

impl Setting {
    fn name(self) -> &'static str {
        match self {
            Self::Preferences => "shapan/preferences",
            Self::Current => "shapan/current",
            Self::Look => "shapan/look",
        }
    }

    /// As it was written last; nothing where that cannot be told.
    pub fn get(self) -> Option<String> {
        Browser.get(self.name()).ok().flatten()
    }

    /// Writes it.
    pub fn set(self, text: &str) -> Result<(), PortError> {
        Browser.set(self.name(), text)
    }
}

/// What is looked at in this tab, for when the page is loaded again: other tabs know nothing of
/// it, and it goes with the tab. No loss where it cannot be kept.
pub struct InThisTab;

impl InThisTab {
    const VISIT: &str = "shapan/visit";

    /// Takes what was looked at: whoever takes it keeps it anew once it is shown, so that what
    /// stops the page is not met again.
    pub fn take() -> Option<String> {
        let storage = Self::storage()?;
        let kept = storage.get_item(Self::VISIT).ok().flatten();
        let _ = storage.remove_item(Self::VISIT);
        kept
    }

    /// Keeps it.
    pub fn keep(text: &str) {
        if let Some(storage) = Self::storage() {
            let _ = storage.set_item(Self::VISIT, text);
        }
    }

    fn storage() -> Option<web_sys::Storage> {
        web_sys::window()?.session_storage().ok().flatten()
    }
}

/// Storage that has been proved to be there.
fn usable() -> Result<web_sys::Storage, PortError> {
    match web_sys::window().map(|w| w.local_storage()) {
        Some(Ok(Some(_))) => Ok(LocalStorage::raw()),
        Some(Err(thrown)) if error_name(&thrown) != "SecurityError" => Err(named(&thrown)),
        _ => Err(PortError::Blocked),
    }
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

fn named(thrown: &JsValue) -> PortError {
    match error_name(thrown).as_str() {
        "QuotaExceededError" | "QUOTA_EXCEEDED_ERR" | "NS_ERROR_DOM_QUOTA_REACHED" => {
            PortError::Full
        }
        "SecurityError" | "InvalidAccessError" => PortError::Blocked,
        other => PortError::Other(other.chars().take(80).collect()),
    }
}
