//! Why a tool can't be had, and what a person can do about it.

use std::{io, path::PathBuf};

use crate::{process::ProcessError, project::ProjectError};

/// A tool that can't be had.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// No place for the tools folder.
    #[error(
        "there is no home folder to keep tools in: set SHAPAN_TOOLS to a folder of your choice"
    )]
    NoFolder,
    /// The tools folder can't be used.
    #[error(
        "the tools folder can't be used: {path}: {source}\n\
         Set SHAPAN_TOOLS to a folder that can be written."
    )]
    Folder {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file of the project can't be read.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The version can't be read from Cargo.lock.
    #[error("Cargo.lock has no package `{package}`, so the version of its tool is unknown")]
    NotLocked {
        /// The package looked for.
        package: &'static str,
    },
    /// The program that would install it is missing.
    #[error("{tool} can't be installed: `{installer}` is not on the PATH. {advice}")]
    NoInstaller {
        /// What was to be installed.
        tool: String,
        /// What would install it.
        installer: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// The installation failed.
    #[error("{tool} could not be installed: {source}\nBy hand: {by_hand}")]
    Install {
        /// What was to be installed.
        tool: String,
        /// Which command failed.
        source: ProcessError,
        /// The command a person would type.
        by_hand: String,
    },
    /// The installation succeeded, but the tool does not run or is another version.
    #[error("{tool} was installed but does not run as that version here.\nBy hand: {by_hand}")]
    StillMissing {
        /// What was to be installed.
        tool: String,
        /// The command a person would type.
        by_hand: String,
    },
    /// A program of the system that we can't install here.
    #[error("{tool} is missing and can't be installed from here.\n{by_hand}")]
    BySystem {
        /// What is missing.
        tool: String,
        /// What a person can do.
        by_hand: &'static str,
    },
    /// Browser and driver of different versions.
    #[error(
        "Chromium is version {chromium} but ChromeDriver is {driver}: it drives only its own.\n\
         Install a matching pair, or name one with SHAPAN_CHROMIUM and SHAPAN_CHROMEDRIVER."
    )]
    Unpaired {
        /// The browser's major version.
        chromium: String,
        /// The driver's.
        driver: String,
    },
}
