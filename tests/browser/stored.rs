//! What the page has stored, read as the page reads it.

use std::collections::BTreeMap;

use shapan_keep::{Port, PortError, Shelf};

use super::Page;

/// All records of local storage, as they were at one moment; writing to it stays here.
#[derive(Clone, Debug)]
pub struct Stored(pub BTreeMap<String, String>);

impl Port for Stored {
    fn names(&self) -> Result<Vec<String>, PortError> {
        Ok(self.0.keys().cloned().collect())
    }

    fn get(&self, name: &str) -> Result<Option<String>, PortError> {
        Ok(self.0.get(name).cloned())
    }

    fn set(&self, _: &str, _: &str) -> Result<(), PortError> {
        Err(PortError::Blocked)
    }

    fn remove(&self, _: &str) -> Result<(), PortError> {
        Err(PortError::Blocked)
    }
}

impl Page<'_> {
    /// The shelf as it stands in the browser.
    pub async fn shelf(&self) -> Shelf<Stored> {
        let records = self.run("return {...localStorage}", &[]).await;
        Shelf::new(Stored(records), "journey".to_owned())
    }

    /// A plan as it is kept; `None` where there is none.
    pub async fn kept(&self, plan: u32) -> Option<String> {
        self.shelf().await.standing(plan, 0).ok().map(|standing| standing.body)
    }
}
