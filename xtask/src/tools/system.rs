//! Programs of the system, such as the browser and its driver: installed by apt where that is
//! possible.
//!
//! **Invariant:** apt is called only as root or where sudo asks for no password; everyone else gets
//! a message and keeps a machine as it was.

use std::path::{Path, PathBuf};

use super::{
    Found, ToolError, Toolbox, Wanted,
    table::{CHROMEDRIVER, CHROMIUM, System},
};
use crate::process;

/// The first of its names on the PATH, else the first of its usual places.
pub(super) fn find(program: &System) -> Option<Found> {
    let on_path = program.names.iter().find_map(|name| which::which(name).ok());
    let places = || program.places.iter().map(PathBuf::from).find(|path| path.is_file());
    on_path.or_else(places).map(Found::elsewhere)
}

/// Has apt install a program with all that belongs to it.
pub(super) fn install(wanted: &Wanted, program: &System) -> Result<(), ToolError> {
    let missing = || ToolError::BySystem { tool: wanted.label(), by_hand: program.by_hand };
    let as_root = as_root().filter(|_| which::which("apt-get").is_ok()).ok_or_else(missing)?;
    let apt = |words: &[&str]| {
        let call = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"];
        let wait = ["-o", "DPkg::Lock::Timeout=300"];
        let mut all = as_root.iter().copied().chain(call).chain(wait);
        let mut command = process::program(all.next().unwrap_or("env"));
        command.args(all).args(words);
        process::run(&mut command).map_err(|source| ToolError::Install {
            tool: wanted.label(),
            source,
            by_hand: program.by_hand.to_owned(),
        })
    };
    apt(&["update"])?;
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(program.packages);
    apt(&words)
}

/// What to put before a command so that it runs as root; nothing when we are root already.
fn as_root() -> Option<&'static [&'static str]> {
    let user = process::capture(process::program("id").arg("-u")).ok()?;
    if user.trim() == "0" {
        return Some(&[]);
    }
    let sudo = process::capture(process::program("sudo").args(["-n", "true"]));
    sudo.is_ok().then_some(&["sudo", "-n"])
}

/// Where the box holds browser and driver: that the one can drive the other.
pub(super) fn check_pair(toolbox: &Toolbox) -> Result<(), ToolError> {
    let major_of = |name: &str| toolbox.found.get(name).and_then(|(_, found)| ask(&found.path));
    let pair = (major_of(CHROMIUM.name), major_of(CHROMEDRIVER.name));
    match pair {
        (Some(chromium), Some(driver)) if chromium != driver => {
            Err(ToolError::Unpaired { chromium, driver })
        }
        _ => Ok(()),
    }
}

fn ask(program: &Path) -> Option<String> {
    let said = process::capture(process::program(program).arg("--version")).ok()?;
    major(&said).map(str::to_owned)
}

/// The major version in what a browser or driver says of itself.
fn major(said: &str) -> Option<&str> {
    said.split_whitespace()
        .filter_map(|word| word.split_once('.'))
        .map(|(major, _)| major)
        .find(|major| !major.is_empty() && major.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_and_driver_are_compared_by_major_version() {
        assert_eq!(major("Chromium 156.0.8078.79 built on Debian GNU/Linux 12\n"), Some("156"));
        assert_eq!(major("ChromeDriver 156.0.8078.79 (a21ce95c)\n"), Some("156"));
        assert_eq!(major("Google Chrome 99.0.1\n"), Some("99"));
        assert_eq!(major("no version here"), None);
    }
}
