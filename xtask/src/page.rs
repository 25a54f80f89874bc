//! The page's build: Trunk, called so that it has every tool and never fetches one.
//!
//! **Invariant:** Trunk runs offline. What the build needs from a registry, cargo fetches before.

use std::{env, process::Command};

use crate::{dist, error::Error, process, project::Project, tools::Toolbox};

/// Builds the release page into `dist/` and checks what came out.
pub fn build(project: &Project, tools: &Toolbox) -> Result<(), Error> {
    fetch(project)?;
    let mut command = trunk(project, tools);
    process::run(command.args(["build", "--release"]))?;
    dist::check(&project.dist())?;
    println!("dist/ is ready for any folder of any web server");
    Ok(())
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
