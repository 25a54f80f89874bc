//! Where the project's own files are.

use std::{
    collections::BTreeSet,
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use crate::process::{self, ProcessError};

/// The checkout that the commands work on.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
}

/// The checkout can't be found or read.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// Not started by cargo, which says where the project is.
    #[error("run this as `cargo xtask …`, anywhere inside the project")]
    NotUnderCargo,
    /// A file of the project can't be read.
    #[error("{path} can't be read: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Project {
    /// Finds the project from what cargo tells a program that it runs.
    pub fn locate() -> Result<Self, ProjectError> {
        let xtask = env::var_os("CARGO_MANIFEST_DIR").ok_or(ProjectError::NotUnderCargo)?;
        let root = Path::new(&xtask).parent().ok_or(ProjectError::NotUnderCargo)?;
        Ok(Self { root: root.to_owned() })
    }

    /// A path inside the project.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// The release build of the page.
    pub fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// The text of a file of the project.
    pub fn read(&self, inside: &str) -> Result<String, ProjectError> {
        let path = self.path(inside);
        fs::read_to_string(&path).map_err(|source| ProjectError::Unreadable { path, source })
    }

    /// Every file that git knows or would take in, by its path from the root.
    pub fn files(&self) -> Result<BTreeSet<String>, ProcessError> {
        let mut git = self.program("git");
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let listed = process::capture(&mut git)?;
        Ok(listed.split('\0').filter(|file| !file.is_empty()).map(str::to_owned).collect())
    }

    /// A program that works in the project's root.
    pub fn program(&self, name: &str) -> Command {
        let mut command = process::program(name);
        command.current_dir(&self.root);
        command
    }

    /// A cargo command on this workspace, its words given as one line.
    pub fn cargo(&self, words: &str) -> Command {
        let mut command = self.program("cargo");
        command.args(words.split_whitespace());
        command
    }
}
