//! Native = wasm: the engine computes the same in a browser as on this machine, to the fen.
//!
//! **Invariants:** the wasm is the release build that ships, the other side a development build
//! with all its checks; both compute the same seeded plans, and every digest must agree. The
//! wasm has no bindings and runs under Node, so a difference is the engine's and nobody else's.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{error::Error, process, project::Project};

/// Plans that are computed on both sides.
const SEEDS: &str = "48";

/// Native and wasm disagree, or can't be compared.
#[derive(Debug, thiserror::Error)]
pub enum ParityError {
    /// Nothing to run the wasm with.
    #[error(
        "`node` is not on the PATH. Install Node.js 18 or newer (Debian: apt-get install nodejs)."
    )]
    NoNode,
    /// One side has other digests.
    #[error(
        "the engine computes something else in wasm: the plan of seed and digest\n\
         `{native}` on this machine is\n`{wasm}` in wasm"
    )]
    Differs {
        /// The seed and digest of this machine.
        native: String,
        /// What wasm has in its place.
        wasm: String,
    },
}

/// Builds the engine for wasm and compares what it computes.
pub fn check(project: &Project) -> Result<(), Error> {
    let wasm = build(project)?;
    let mut digests = project.cargo("run --quiet -p shapan-testing --example digests --");
    let native = process::capture(digests.arg(SEEDS))?;
    let in_wasm = process::capture(node(project, &wasm)?.args(["digests", SEEDS]))?;
    compare(&native, &in_wasm)?;
    println!("{} plans come to the same, payment by payment", native.lines().count());
    Ok(())
}

/// What a large plan takes in wasm, as rows of the table of figures.
pub fn times(project: &Project) -> Result<String, Error> {
    let wasm = build(project)?;
    let mut node = node(project, &wasm)?;
    Ok(process::run_and_keep(node.args(["times", "2850", "24", "10"]))?)
}

/// The engine alone as wasm, with the settings of the release build.
fn build(project: &Project) -> Result<PathBuf, Error> {
    // Told and not asked, so that the file is where we look whatever cargo is configured to.
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| project.path("target"), Into::into);
    let words =
        "build --release -p shapan-testing --example parity --target wasm32-unknown-unknown";
    process::run(project.cargo(words).arg("--target-dir").arg(&target))?;
    Ok(target.join("wasm32-unknown-unknown/release/examples/parity.wasm"))
}

/// Node with the script that calls the wasm.
fn node(project: &Project, wasm: &Path) -> Result<Command, ParityError> {
    which::which("node").map_err(|_| ParityError::NoNode)?;
    let mut command = project.program("node");
    command.arg("engine/testing/examples/parity.mjs").arg(wasm);
    Ok(command)
}

/// Line by line; a line that only one side has differs from nothing.
fn compare(native: &str, wasm: &str) -> Result<(), ParityError> {
    let (mut ours, mut theirs) = (native.lines(), wasm.lines());
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return Ok(()),
            (native, wasm) if native == wasm => {}
            (native, wasm) => {
                let text = |line: Option<&str>| line.unwrap_or("(nothing)").to_owned();
                return Err(ParityError::Differs { native: text(native), wasm: text(wasm) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_digest_that_differs_is_named() {
        assert!(compare("0 ab\n1 cd\n", "0 ab\n1 cd\n").is_ok());
        let message = |native, wasm| compare(native, wasm).err().map(|error| error.to_string());
        let differs = message("0 ab\n1 cd\n2 ef\n", "0 ab\n1 ce\n2 ff\n").unwrap_or_default();
        assert!(differs.contains("`1 cd`") && differs.contains("`1 ce`"), "{differs}");
        let shorter = message("0 ab\n1 cd\n", "0 ab\n").unwrap_or_default();
        assert!(shorter.contains("`(nothing)` in wasm"), "{shorter}");
    }
}
