//! `cargo xtask test`: the gate, all of it, and the same for everyone.
//!
//! **Invariants:** it stops at the first failure and names the step; what cargo's tests print goes
//! to standard output untouched; the browser journeys use the page of the same run.

use std::time::{Duration, Instant};

use crate::{
    driver,
    error::Error,
    page::Build,
    parity, process,
    project::Project,
    tidy,
    tools::{self, Toolbox},
};

/// The step at which the gate stayed shut.
#[derive(Debug, thiserror::Error)]
#[error("step {number} of {total} FAILED: {name}\n{source}")]
pub struct GateError {
    number: usize,
    total: usize,
    name: &'static str,
    source: Box<Error>,
}

/// Runs every check and test; `quick` leaves out the release build and the browser.
///
/// The release build spends minutes on one core: it goes on beside the steps that need the others.
pub fn test(project: &Project, quick: bool) -> Result<(), Error> {
    let mut gate = Gate { number: 0, total: if quick { 9 } else { 12 } };
    let started = Instant::now();
    let cargo = |words| move || Ok(process::run(&mut project.cargo(words))?);
    let needed: &[_] = if quick { &tools::CHECKS } else { &tools::EVERYTHING };

    let tools = gate.step("set-up", || Ok(tools::ensure(project, needed)?))?;
    gate.step("tidy", || Ok(tidy::tidy(project)?))?;
    gate.step("layout of the code (rustfmt)", cargo("fmt --all --check"))?;
    let build = match quick {
        true => None,
        false => Some(Build::begin(project, &tools, Some("target/page.log"))?),
    };
    gate.step(
        "clippy, everything on this machine",
        cargo("clippy --workspace --all-targets -- -D warnings"),
    )?;
    gate.step(
        "clippy, the page for the browser",
        cargo("clippy -p shapan --all-targets --target wasm32-unknown-unknown -- -D warnings"),
    )?;
    gate.step(
        "clippy, the worker for spreadsheets",
        cargo("clippy -p shapan-sheets --target wasm32-unknown-unknown -- -D warnings"),
    )?;
    gate.step("tests of engine, spreadsheets and xtask", || {
        let mut command =
            project.cargo("test --workspace --exclude shapan --exclude shapan-journeys");
        Ok(process::run(command.envs(tools.variables()))?)
    })?;
    gate.step("tests of the page's parts", cargo("test -p shapan --bins"))?;
    if let Some(build) = build {
        gate.step("parts of the page in a real browser", || components(project, &tools, &[]))?;
        gate.step("release build of the page, begun before", || build.finish())?;
    }
    gate.step("the engine computes the same in wasm", || parity::check(project))?;
    if !quick {
        gate.step("the page in a real browser", || journeys(project, &tools, &[]))?;
    }
    let left_out = if quick { " (release build and browser left out)" } else { "" };
    println!("\nAll {} steps passed in {}{left_out}.", gate.total, seconds(started.elapsed()));
    Ok(())
}

/// Runs the tests of single parts of the page in a browser, those whose names hold one of the
/// words or all of them.
pub fn components(project: &Project, tools: &Toolbox, words: &[String]) -> Result<(), Error> {
    let mut test = project.cargo("test -p shapan --bin shapan --target wasm32-unknown-unknown --");
    test.args(words)
        .env("PATH", tools.search_path())
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    driver::with_browsers(project, tools, test, |test| Ok(process::run(test)?))
}

/// Walks the journeys over the built page, likewise.
pub fn journeys(project: &Project, tools: &Toolbox, words: &[String]) -> Result<(), Error> {
    let mut walk = project.cargo("test -p shapan-journeys --test journeys --");
    walk.args(words);
    driver::with_browsers(project, tools, walk, |walk| Ok(process::run(walk)?))
}

/// A time as people read it, to a tenth of a second.
pub fn seconds(time: Duration) -> String {
    let (whole, tenth) = (time.as_secs(), time.subsec_millis() / 100);
    match (whole / 60, whole % 60) {
        (0, _) => format!("{whole}.{tenth} s"),
        (minutes, rest) => format!("{minutes} min {rest} s"),
    }
}

struct Gate {
    number: usize,
    total: usize,
}

impl Gate {
    fn step<T>(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.number += 1;
        let (number, total) = (self.number, self.total);
        println!("\n── {number}/{total} {name}");
        let started = Instant::now();
        let done =
            work().map_err(|source| GateError { number, total, name, source: Box::new(source) })?;
        println!("   {number}/{total} passed in {}", seconds(started.elapsed()));
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::ServeError;

    #[test]
    fn times_are_read_in_seconds_and_minutes() {
        assert_eq!(seconds(Duration::from_millis(49)), "0.0 s");
        assert_eq!(seconds(Duration::from_millis(12_345)), "12.3 s");
        assert_eq!(seconds(Duration::from_secs(612)), "10 min 12 s");
    }

    #[test]
    fn a_failure_names_its_step() {
        let mut gate = Gate { number: 2, total: 9 };
        let failed = gate.step("clippy", || Err::<(), _>(ServeError::NoneFree.into()));
        let message = failed.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(message.starts_with("step 3 of 9 FAILED: clippy\n"), "{message}");
    }
}
