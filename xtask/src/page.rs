//! The page's build: Trunk, called so that it has every tool and never fetches one.
//!
//! **Invariants:** Trunk runs offline; what the build needs from a registry, cargo fetches before.
//! What is in `dist/` is not built again while neither it nor anything it is made of has changed:
//! cargo knows that of the program, but the steps after it take minutes and ask nobody.

use std::{
    collections::hash_map::DefaultHasher,
    env,
    fs::{self, File},
    hash::{Hash, Hasher},
    io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{dist, error::Error, process, project::Project, tools::Toolbox};

/// Folders that are no part of the page.
const NOT_OF_THE_PAGE: [&str; 10] = [
    "tests/",
    "xtask/",
    "docs/",
    ".ci/",
    "engine/tests/",
    "engine/testing/",
    "engine/benches/",
    "keep/tests/",
    "sheets/tests/",
    "sheets/benches/",
];
/// How it is built, and by which versions of what.
const HOW: [&str; 2] = ["xtask/src/page.rs", "xtask/src/tools/table.rs"];
/// Settings by environment that change what is built.
const SETTINGS: [&str; 5] =
    ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_PROFILE_", "CARGO_BUILD_", "CARGO_TARGET_"];

/// A build that can't be begun.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Its files can't be read, or what it says can't be kept.
    #[error("{path} can't be used: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Builds the release page into `dist/` and checks what came out.
pub fn build(project: &Project, tools: &Toolbox) -> Result<(), Error> {
    Build::begin(project, tools, None)?.finish()
}

/// A build under way.
pub struct Build {
    project: Project,
    /// None where `dist/` is of these very files.
    trunk: Option<Running>,
    inputs: u64,
}

struct Running {
    child: Child,
    command: String,
    log: Option<PathBuf>,
}

impl Build {
    /// Begins it; with a log, what it says is kept there and shown only where it fails.
    pub fn begin(project: &Project, tools: &Toolbox, log: Option<&str>) -> Result<Self, Error> {
        let inputs = inputs(project)?;
        let project = project.clone();
        if kept(&project) == Some(stamp(inputs, &project)?) {
            return Ok(Self { project, trunk: None, inputs });
        }
        fetch(&project)?;
        let mut command = trunk(&project, tools);
        command.args(["build", "--release"]);
        let log = log.map(|log| project.path(log));
        if let Some(log) = &log {
            let unusable = |source| PageError::File { path: log.clone(), source };
            let file = File::create(log).map_err(unusable)?;
            command.stderr(file.try_clone().map_err(unusable)?).stdout(file).stdin(Stdio::null());
        }
        let child = command.spawn().map_err(|source| process::start_error(&command, source))?;
        let command = process::command_line(&command);
        Ok(Self { project, trunk: Some(Running { child, command, log }), inputs })
    }

    /// Waits for it, and checks what came out.
    pub fn finish(mut self) -> Result<(), Error> {
        let Some(Running { child, command, log }) = &mut self.trunk else {
            println!("dist/ is of these very files already");
            return Ok(());
        };
        let status = child
            .wait()
            .map_err(|source| process::ProcessError::Start { command: command.clone(), source })?;
        if !status.success() {
            if let Some(log) = log {
                println!("{}", fs::read_to_string(log).unwrap_or_default());
            }
            return Err(process::ProcessError::Failed { command: command.clone(), status }.into());
        }
        dist::check(&self.project.dist())?;
        let path = self.project.path(STAMP);
        fs::write(&path, stamp(self.inputs, &self.project)?)
            .map_err(|source| PageError::File { path, source })?;
        println!("dist/ is ready for any folder of any web server");
        Ok(())
    }
}

impl Drop for Build {
    fn drop(&mut self) {
        if let Some(Running { child, .. }) = &mut self.trunk {
            // Where it has ended there is nothing to end.
            let _ = child.kill();
        }
    }
}

/// Where it stands what `dist/` was made of, and what came of it.
const STAMP: &str = "target/dist.stamp";

fn kept(project: &Project) -> Option<String> {
    fs::read_to_string(project.path(STAMP)).ok()
}

fn stamp(inputs: u64, project: &Project) -> Result<String, Error> {
    let folder = project.dist();
    let mut names: Vec<PathBuf> = fs::read_dir(&folder)
        .map(|files| {
            files.flatten().map(|file| file.path()).filter(|path| path.is_file()).collect()
        })
        .unwrap_or_default();
    names.sort();
    Ok(format!("{inputs:016x} {:016x}\n", hash_of_files(names.iter().map(PathBuf::as_path))?))
}

/// One number for all that the page is made of, and by what.
fn inputs(project: &Project) -> Result<u64, Error> {
    let files = project.files()?;
    let of_page = files.iter().filter(|file| {
        let is_apart = NOT_OF_THE_PAGE.iter().any(|folder| file.starts_with(folder));
        !file.ends_with(".md") && (!is_apart || HOW.contains(&file.as_str()))
    });
    let paths: Vec<PathBuf> = of_page.map(|file| project.path(file)).collect();
    let there = paths.iter().map(PathBuf::as_path).filter(|path| path.is_file());
    let mut hasher = DefaultHasher::new();
    hash_of_files(there)?.hash(&mut hasher);
    process::capture(project.program("rustc").arg("-V"))?.hash(&mut hasher);
    let settings = env::vars().filter(|(key, _)| SETTINGS.iter().any(|s| key.starts_with(s)));
    settings.for_each(|setting| setting.hash(&mut hasher));
    Ok(hasher.finish())
}

fn hash_of_files<'path>(paths: impl Iterator<Item = &'path Path>) -> Result<u64, PageError> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        let content =
            fs::read(path).map_err(|source| PageError::File { path: path.to_owned(), source })?;
        (path, content).hash(&mut hasher);
    }
    Ok(hasher.finish())
}

/// Has cargo download the dependencies that are locked and not yet here.
pub fn fetch(project: &Project) -> Result<(), Error> {
    Ok(process::run(&mut project.cargo("fetch"))?)
}

/// Trunk with our tools first on its PATH.
pub fn trunk(project: &Project, tools: &Toolbox) -> Command {
    let mut command = project.program("trunk");
    command
        .env("PATH", tools.search_path())
        .env("TRUNK_OFFLINE", "true")
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk takes no other value for it than `true`; `NO_COLOR=1`, as everyone has it, stops it.
    if env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command
}
