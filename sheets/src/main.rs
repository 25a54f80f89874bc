//! The worker's program: its one door, seen from JavaScript (`start/sheets.js`).
//!
//! Deliberately absent: messages. What is posted and when is a few lines of the worker's script.

/// The bytes a request comes to; an error is JSON, see `shapan_sheets::error`.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn answer(request: &str, bytes: &[u8]) -> Result<Vec<u8>, String> {
    shapan_sheets::answer(request, bytes)
        .map_err(|error| serde_json::to_string(&error).unwrap_or_default())
}

fn main() {}
