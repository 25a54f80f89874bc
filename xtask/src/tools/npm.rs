//! Packages of npm, each in a folder of its own.
//!
//! **Invariant:** nothing of a package runs while it is installed.

use std::{path::Path, process::Command};

use super::{Found, ToolError, Wanted, by_hand as by_hand_of, cache::Cache, table::Npm};
use crate::process;

/// The file in our folder, else the user's own program if it is the very version.
pub(super) fn find(wanted: &Wanted, package: &Npm, cache: &Cache) -> Option<Found> {
    let folder = cache.folder(&wanted.folder(package.package));
    let own = folder.join("node_modules").join(package.file);
    if !own.is_file() {
        return package.program.and_then(|program| wanted.find_on_path(program));
    }
    Some(match package.program {
        Some(_) => Found::own_program(own),
        None => Found::elsewhere(own),
    })
}

/// Downloads the package.
pub(super) fn install(wanted: &Wanted, package: &Npm, cache: &Cache) -> Result<(), ToolError> {
    let npm = which::which("npm").map_err(|_| ToolError::NoInstaller {
        tool: wanted.label(),
        installer: "npm",
        advice: "Install Node.js, which brings npm (Debian: apt-get install npm).",
    })?;
    let name = wanted.folder(package.package);
    let partial = cache.partial(&name)?;
    process::run(&mut download(wanted, package, &npm, &partial)).map_err(|source| {
        ToolError::Install { tool: wanted.label(), source, by_hand: by_hand_of(wanted, cache) }
    })?;
    let program = partial.join("node_modules").join(package.file);
    let whole = match package.program {
        Some(_) => wanted.answers(&program),
        None => program.is_file(),
    };
    if !whole {
        return Err(ToolError::StillMissing {
            tool: wanted.label(),
            by_hand: by_hand_of(wanted, cache),
        });
    }
    cache.complete(&name, ".npm-leftover")
}

fn download(wanted: &Wanted, package: &Npm, npm: &Path, folder: &Path) -> Command {
    let mut command = process::program(npm);
    command
        .current_dir(folder)
        .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .arg("--prefix")
        .arg(folder)
        .arg(exact(wanted, package));
    command
}

fn exact(wanted: &Wanted, package: &Npm) -> String {
    format!("{}@{}", package.package, wanted.version.as_deref().unwrap_or("latest"))
}

/// What a person would type.
pub(super) fn by_hand(wanted: &Wanted, package: &Npm, cache: &Cache) -> String {
    let folder = cache.folder(&wanted.folder(package.package));
    format!("npm install --prefix {} {}", folder.display(), exact(wanted, package))
}
