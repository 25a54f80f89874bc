//! Other programs: started, waited for, and their failure told with the command line.
//!
//! **Invariant:** what cargo told `xtask` about itself (`CARGO_PKG_*`, `CARGO_MANIFEST_DIR`, …)
//! never reaches a child, where it would describe the wrong package. Which toolchain runs
//! (`RUSTUP_TOOLCHAIN`) does: a child compiles with the same one.

use std::{
    env,
    ffi::OsStr,
    io::{self, BufRead, BufReader},
    process::{Command, ExitStatus, Stdio},
};

/// A program that could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// It did not even start.
    #[error("`{command}` could not be started: {source}")]
    Start {
        /// The command line.
        command: String,
        /// What the system said.
        source: io::Error,
    },
    /// It ran and failed; its own output, above, says why.
    #[error("`{command}` failed ({status}); its own words are above")]
    Failed {
        /// The command line.
        command: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// It ran and failed, its output held back until now.
    #[error("`{command}` failed ({status}):\n{said}")]
    FailedQuietly {
        /// The command line.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// What it wrote.
        said: String,
    },
}

/// A program to run, not yet started.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    for (key, _) in env::vars_os() {
        if key.to_str().is_some_and(tells_of_this_package) {
            command.env_remove(key);
        }
    }
    command
}

/// The variables cargo sets for a program it runs, as opposed to those a user sets for cargo.
fn tells_of_this_package(key: &str) -> bool {
    matches!(key, "CARGO" | "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE")
        || key.starts_with("CARGO_PKG_")
        || key.starts_with("CARGO_MANIFEST_")
}

/// Runs to the end, output on our own terminal.
pub fn run(command: &mut Command) -> Result<(), ProcessError> {
    let status = command.status().map_err(|source| start_error(command, source))?;
    if status.success() {
        Ok(())
    } else {
        Err(ProcessError::Failed { command: command_line(command), status })
    }
}

/// Runs to the end and returns what it wrote to standard output.
pub fn capture(command: &mut Command) -> Result<String, ProcessError> {
    let output =
        command.stdin(Stdio::null()).output().map_err(|source| start_error(command, source))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let said = text + &String::from_utf8_lossy(&output.stderr);
    Err(ProcessError::FailedQuietly {
        command: command_line(command),
        status: output.status,
        said: said.trim().to_owned(),
    })
}

/// Runs to the end, its standard output both shown as it comes and returned.
pub fn run_and_keep(command: &mut Command) -> Result<String, ProcessError> {
    let failed = |command: &Command, source| start_error(command, source);
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|source| failed(command, source))?;
    let mut kept = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|source| failed(command, source))?;
            println!("{line}");
            kept.push_str(&line);
            kept.push('\n');
        }
    }
    let status = child.wait().map_err(|source| failed(command, source))?;
    if status.success() {
        Ok(kept)
    } else {
        Err(ProcessError::Failed { command: command_line(command), status })
    }
}

/// That a program could not be started.
pub fn start_error(command: &Command, source: io::Error) -> ProcessError {
    ProcessError::Start { command: command_line(command), source }
}

/// The command as one would type it.
pub fn command_line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| {
            let word = word.to_string_lossy();
            if word.is_empty() || word.contains([' ', '*', '"']) {
                format!("'{word}'")
            } else {
                word.into_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_shown_as_one_would_type_it() {
        let mut command = Command::new("cargo");
        command.args(["test", "--test", "*", "-p", "shapan"]);
        assert_eq!(command_line(&command), "cargo test --test '*' -p shapan");
    }

    #[test]
    fn only_what_cargo_says_of_xtask_is_kept_from_children() {
        assert!(tells_of_this_package("CARGO_MANIFEST_DIR"));
        assert!(tells_of_this_package("CARGO_PKG_VERSION"));
        assert!(tells_of_this_package("CARGO"));
        assert!(!tells_of_this_package("CARGO_HOME"));
        assert!(!tells_of_this_package("CARGO_TARGET_DIR"));
        assert!(!tells_of_this_package("RUSTUP_TOOLCHAIN"));
    }
}
