//! Owns a file or a pasted block with tables, as it came.
//!
//! Invariant: its size is looked at before it is read. Deliberately absent: what it holds.

use shapan_sheets::error::SheetError;
use shapan_sheets::import::MOST_BYTES;
use std::sync::Arc;
use wasm_bindgen_futures::JsFuture;

/// A file or a block, by its name and bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file's name; none of a block.
    pub(super) name: Option<String>,
    /// What it holds, or why it was not even read.
    pub(super) bytes: Result<Arc<Vec<u8>>, SheetError>,
}

impl Source {
    /// A block from the clipboard.
    pub fn pasted(text: String) -> Self {
        Self { name: None, bytes: Ok(Arc::new(text.into_bytes())) }
    }

    /// A file that was chosen or dropped.
    pub async fn of_file(file: &web_sys::File) -> Self {
        let name: String = file.name().chars().take(120).collect();
        let bytes = if file.size() > f64::from(MOST_BYTES) {
            Err(SheetError::too_large())
        } else {
            match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => Ok(Arc::new(js_sys::Uint8Array::new(&buffer).to_vec())),
                Err(_) => Err(SheetError::Unreadable),
            }
        };
        Self { name: Some(name), bytes }
    }
}
