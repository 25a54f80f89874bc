//! Owns the way of a pasted block from a grid that cannot place it to the preview of tables.
//!
//! Invariant: a grid only hands over text; what it means is the preview's affair.

use leptos::prelude::*;

/// A block that was pasted and waits to be looked at; by context.
#[derive(Clone, Copy)]
pub struct PastedBlock(RwSignal<Option<String>>);

/// Lets grids find the preview.
pub fn provide_pasted() -> PastedBlock {
    let pasted = PastedBlock(RwSignal::new(None));
    provide_context(pasted);
    pasted
}

impl PastedBlock {
    /// Opens the preview on a block: text with tabs between columns, as the clipboard has it.
    pub fn open(self, text: String) {
        self.0.set(Some(text));
    }

    /// The block that waits, which waits no longer.
    pub fn take(self) -> Option<String> {
        let text = self.0.get();
        if text.is_some() {
            self.0.set(None);
        }
        text
    }
}
