//! Parts of the Rust toolchain that runs us: targets and components.
//!
//! **Invariant:** they are added to the toolchain in use, never to another, and no toolchain is
//! fetched.

use std::path::PathBuf;

use super::{Found, ToolError, Wanted, table::RustPart};
use crate::process;

/// The part, if the toolchain has it, with or without rustup.
pub(super) fn find(part: &RustPart) -> Option<Found> {
    let root = process::capture(process::program("rustc").args(["--print", "sysroot"])).ok()?;
    let sign = PathBuf::from(root.trim()).join(part.sign);
    let program = sign.with_extension(std::env::consts::EXE_EXTENSION);
    (sign.exists() || program.exists()).then(|| Found::elsewhere(sign))
}

/// Has rustup add the part.
pub(super) fn install(wanted: &Wanted, part: &RustPart) -> Result<(), ToolError> {
    if which::which("rustup").is_err() {
        return Err(ToolError::NoInstaller {
            tool: wanted.label(),
            installer: "rustup",
            advice: "Install rustup, or this part of Rust from where your Rust comes from.",
        });
    }
    process::run(process::program("rustup").args([part.kind, "add", part.name])).map_err(|source| {
        ToolError::Install { tool: wanted.label(), source, by_hand: by_hand(part) }
    })
}

/// What a person would type.
pub(super) fn by_hand(part: &RustPart) -> String {
    format!("rustup {} add {}", part.kind, part.name)
}
