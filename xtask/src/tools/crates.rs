//! Programs compiled from crates, each in a folder of its own.
//!
//! **Invariant:** the project's and the user's cargo settings for their own code (flags, target,
//! profile) do not reach these builds; proxies, mirrors and the toolchain do.

use std::{env, env::consts::EXE_SUFFIX, path::Path, process::Command};

use super::{Found, ToolError, Wanted, by_hand as by_hand_of, cache::Cache, table::Crate};
use crate::process;

/// The tool in our folder, else the user's own if it is the very version.
pub(super) fn find(wanted: &Wanted, krate: &Crate, cache: &Cache) -> Option<Found> {
    let own = program_in(&cache.folder(&wanted.folder(krate.program)), krate);
    if own.is_file() {
        return Some(Found::own_program(own));
    }
    wanted.find_on_path(krate.program)
}

fn program_in(folder: &Path, krate: &Crate) -> std::path::PathBuf {
    folder.join("bin").join(format!("{}{EXE_SUFFIX}", krate.program))
}

/// Fetches a ready-made program where the user has cargo-binstall, else compiles it.
pub(super) fn install(wanted: &Wanted, krate: &Crate, cache: &Cache) -> Result<(), ToolError> {
    let name = wanted.folder(krate.program);
    let partial = cache.partial(&name)?;
    let program = program_in(&partial, krate);
    let made_ready = which::which("cargo-binstall").is_ok()
        && process::run(&mut binstall(wanted, krate, &partial)).is_ok()
        && wanted.answers(&program);
    if !made_ready {
        process::run(&mut compile(wanted, krate, &partial)).map_err(|source| {
            ToolError::Install { tool: wanted.label(), source, by_hand: by_hand_of(wanted, cache) }
        })?;
    }
    if !wanted.answers(&program) {
        return Err(ToolError::StillMissing {
            tool: wanted.label(),
            by_hand: by_hand_of(wanted, cache),
        });
    }
    cache.complete(&name, "target")
}

fn binstall(wanted: &Wanted, krate: &Crate, root: &Path) -> Command {
    let mut command = process::program("cargo");
    command
        .args(["binstall", "--no-confirm", "--disable-telemetry", "--force"])
        .args(["--disable-strategies", "compile", "--root"])
        .arg(root)
        .arg(format!("{}@{}", krate.package, version(wanted)));
    command
}

fn compile(wanted: &Wanted, krate: &Crate, root: &Path) -> Command {
    let mut command = process::program("cargo");
    // Away from the project, whose `.cargo/config.toml` is for its own code.
    command.current_dir(root);
    for (key, _) in env::vars_os() {
        if key.to_str().is_some_and(is_for_own_code) {
            command.env_remove(key);
        }
    }
    // On the PATH, so that cargo does not advise to put this passing folder there.
    let search = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&search).chain([root.join("bin")]);
    if let Ok(search) = env::join_paths(folders) {
        command.env("PATH", search);
    }
    command
        // Trunk's own release profile, one fat link, takes 28 minutes of CPU; this takes 8.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .args(["install", krate.package, "--version", version(wanted), "--force"])
        .args(krate.flags)
        .arg("--root")
        .arg(root)
        .arg("--target-dir")
        .arg(root.join("target"));
    command
}

/// Cargo settings by environment that are meant for the code being worked on.
fn is_for_own_code(key: &str) -> bool {
    matches!(key, "RUSTFLAGS" | "RUSTDOCFLAGS" | "CARGO_ENCODED_RUSTFLAGS" | "CARGO_INCREMENTAL")
        || ["CARGO_BUILD_", "CARGO_PROFILE_", "CARGO_TARGET_", "CARGO_INSTALL_"]
            .iter()
            .any(|prefix| key.starts_with(prefix))
}

/// What a person would type.
pub(super) fn by_hand(wanted: &Wanted, krate: &Crate, cache: &Cache) -> String {
    let mut words = vec!["cargo", "install", krate.package, "--version", version(wanted)];
    words.extend(krate.flags);
    let folder = cache.folder(&wanted.folder(krate.program));
    format!("{} --root {}", words.join(" "), folder.display())
}

fn version(wanted: &Wanted) -> &str {
    wanted.version.as_deref().unwrap_or("*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_for_the_projects_code_do_not_reach_the_build_of_a_tool() {
        assert!(is_for_own_code("RUSTFLAGS"));
        assert!(is_for_own_code("CARGO_BUILD_TARGET"));
        assert!(is_for_own_code("CARGO_TARGET_DIR"));
        assert!(!is_for_own_code("CARGO_HTTP_PROXY"));
        assert!(!is_for_own_code("CARGO_HOME"));
    }
}
