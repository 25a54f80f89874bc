//! The tools the commands need: which, at which version, why, and the one door to get them.
//!
//! **Invariants:** every version stands in the table below (that of wasm-bindgen in Cargo.lock);
//! a tool is either wholly there or not there ([`cache`] renames it into place when it is done and
//! has answered); nothing outside the project's own tools folder is changed, apart from what
//! rustup and apt keep themselves. When nothing is missing, [`ensure`] only looks.

mod cache;
mod crates;
mod error;
mod npm;
mod rust;
mod system;
mod table;

use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    fmt,
    path::{Path, PathBuf},
    time::Instant,
};

pub use error::ToolError;
pub use table::{CHECKS, EVERYTHING, PAGE};

use crate::{gate::seconds, lockfile::locked_version, process, project::Project};
use cache::Cache;
use table::{Source, Tool, Version};

/// A tool that is there.
#[derive(Debug, Clone)]
struct Found {
    /// The program or file.
    path: PathBuf,
    /// The folder to put on the PATH, where the tool is a program of our own.
    search: Option<PathBuf>,
}

impl Found {
    /// Something of the user's or the system's, used as it is.
    fn elsewhere(path: PathBuf) -> Self {
        Self { path, search: None }
    }

    /// A program in the project's own folder.
    fn own_program(path: PathBuf) -> Self {
        let search = path.parent().map(Path::to_owned);
        Self { path, search }
    }
}

/// The tools of a command, all there.
#[derive(Debug, Default)]
pub struct Toolbox {
    found: BTreeMap<String, (&'static Tool, Found)>,
}

impl Toolbox {
    /// The PATH on which every tool of the box comes first.
    pub fn search_path(&self) -> OsString {
        let own = self.found.values().filter_map(|(_, found)| found.search.clone());
        let before = env::var_os("PATH").unwrap_or_default();
        let folders = own.chain(env::split_paths(&before)).collect::<Vec<_>>();
        env::join_paths(folders).unwrap_or(before)
    }

    /// What tells tests and benches where the tools are: `SHAPAN_AXE` and so on.
    pub fn variables(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        self.found
            .values()
            .filter_map(|(tool, found)| tool.variable.map(|name| (name, found.path.as_path())))
    }
}

impl fmt::Display for Toolbox {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (label, (_, found)) in &self.found {
            writeln!(out, "{label:<34} {}", found.path.display())?;
        }
        Ok(())
    }
}

/// One tool with its version worked out.
struct Wanted {
    tool: &'static Tool,
    version: Option<String>,
}

impl Wanted {
    fn new(project: &Project, tool: &'static Tool) -> Result<Self, ToolError> {
        let version = match tool.version {
            Version::Exactly(version) => Some(version.to_owned()),
            Version::AsLocked(package) => {
                let lock = project.read("Cargo.lock")?;
                let version = locked_version(&lock, package);
                Some(version.ok_or(ToolError::NotLocked { package })?.to_owned())
            }
            Version::Any => None,
        };
        Ok(Self { tool, version })
    }

    /// Name and version, for messages.
    fn label(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {version}", self.tool.name),
            None => self.tool.name.to_owned(),
        }
    }

    /// Its folder in the cache: name and version.
    fn folder(&self, name: &str) -> String {
        format!("{name}-{}", self.version.as_deref().unwrap_or("any"))
    }

    fn find(&self, cache: &Cache) -> Option<Found> {
        if let Some(path) = self.tool.variable.and_then(env::var_os).map(PathBuf::from)
            && path.is_file()
        {
            return Some(Found::elsewhere(path));
        }
        match &self.tool.source {
            Source::RustPart(part) => rust::find(part),
            Source::Crate(krate) => crates::find(self, krate, cache),
            Source::Npm(package) => npm::find(self, package, cache),
            Source::System(place) => system::find(place),
        }
    }

    fn install(&self, cache: &Cache) -> Result<(), ToolError> {
        match &self.tool.source {
            Source::RustPart(part) => rust::install(self, part),
            Source::Crate(krate) => crates::install(self, krate, cache),
            Source::Npm(package) => npm::install(self, package, cache),
            Source::System(program) => system::install(self, program),
        }
    }

    /// The program of this name on the user's PATH, if it is of exactly this version.
    fn find_on_path(&self, program: &str) -> Option<Found> {
        let path = which::which(program).ok()?;
        self.answers(&path).then(|| Found::elsewhere(path))
    }

    /// Whether the program runs and says that it is of this version.
    fn answers(&self, program: &Path) -> bool {
        let said = process::capture(process::program(program).arg("--version"));
        said.is_ok_and(|said| match &self.version {
            Some(version) => says_version(&said, version),
            None => true,
        })
    }
}

/// Whether a program's `--version` means `version`; binaryen leaves out its `.0.0`.
fn says_version(said: &str, version: &str) -> bool {
    let short = version.strip_suffix(".0.0").unwrap_or(version);
    said.split_whitespace().any(|word| word == version || word == short)
}

/// Makes sure that every tool is there, installing what is missing, and says what it does.
pub fn ensure(project: &Project, tools: &[&'static Tool]) -> Result<Toolbox, ToolError> {
    let cache = Cache::locate()?;
    let mut toolbox = Toolbox::default();
    let mut missing = Vec::new();
    for &tool in tools {
        let wanted = Wanted::new(project, tool)?;
        match wanted.find(&cache) {
            Some(found) => drop(toolbox.found.insert(wanted.label(), (tool, found))),
            None => missing.push(wanted),
        }
    }
    if !missing.is_empty() {
        announce(&missing, &cache);
        let _lock = cache.lock()?;
        for (done, wanted) in missing.iter().enumerate() {
            let found = get(wanted, &cache, &format!("{}/{}", done + 1, missing.len()))?;
            toolbox.found.insert(wanted.label(), (wanted.tool, found));
        }
    }
    system::check_pair(&toolbox)?;
    Ok(toolbox)
}

fn announce(missing: &[Wanted], cache: &Cache) {
    println!("set-up: missing, and now to be installed (own tools go into {cache}):");
    for wanted in missing {
        let Tool { why, how_long, .. } = wanted.tool;
        println!("  {:<34} {why}; {how_long}", wanted.label());
    }
}

/// Installs one tool, unless another set-up did so while this one waited.
fn get(wanted: &Wanted, cache: &Cache, progress: &str) -> Result<Found, ToolError> {
    if let Some(found) = wanted.find(cache) {
        return Ok(found);
    }
    let (label, started) = (wanted.label(), Instant::now());
    println!("set-up {progress}: installing {label} ({}) …", wanted.tool.how_long);
    wanted.install(cache)?;
    let found = wanted.find(cache).ok_or_else(|| ToolError::StillMissing {
        tool: label.clone(),
        by_hand: by_hand(wanted, cache),
    })?;
    println!("set-up {progress}: {label} is ready after {}", seconds(started.elapsed()));
    Ok(found)
}

/// The command a person would type instead.
fn by_hand(wanted: &Wanted, cache: &Cache) -> String {
    match &wanted.tool.source {
        Source::RustPart(part) => rust::by_hand(part),
        Source::Crate(krate) => crates::by_hand(wanted, krate, cache),
        Source::Npm(package) => npm::by_hand(wanted, package, cache),
        Source::System(program) => program.by_hand.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_of_another_version_is_not_taken_for_ours() {
        assert!(says_version("trunk 0.21.14\n", "0.21.14"));
        assert!(says_version("wasm-opt version 132 (version_132)\n", "132.0.0"));
        assert!(!says_version("trunk 0.21.1\n", "0.21.14"));
        assert!(!says_version("wasm-opt version 108\n", "132.0.0"));
    }

    #[test]
    fn every_tool_has_a_name_of_its_own() {
        let names = EVERYTHING.map(|tool| tool.name);
        let mut unique = names.to_vec();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), names.len());
    }
}
