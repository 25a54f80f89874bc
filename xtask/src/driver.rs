//! The program that drives browsers, started once for all journeys or benches of a run.
//!
//! **Invariant:** dropping it ends it and every browser it drives (each hangs on a pipe of the
//! driver's), and removes their profiles.

use std::{
    fs,
    io::{self, BufRead, BufReader},
    path::PathBuf,
    process::{self, Child, ChildStdout, Command, Stdio},
};

use crate::{error::Error, process::program, project::Project, tools::Toolbox};

/// The driver can't be had.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// It does not start.
    #[error("ChromeDriver does not start: {0}")]
    Start(#[from] io::Error),
    /// It ends at once, time and again.
    #[error("ChromeDriver finds no free port")]
    NoPort,
}

/// The driver, for as long as it is held.
struct Driver {
    process: Child,
    port: u16,
    /// Where profiles of browsers are.
    profiles: PathBuf,
    // Closed, it would stop the driver at its next word.
    _says: BufReader<ChildStdout>,
}

impl Driver {
    /// A driver that has a port. It takes a free one of IPv4 and then the same of IPv6, which
    /// another driver may have taken in between: then it ends, and one more is started.
    fn start(project: &Project, tools: &Toolbox) -> Result<Self, DriverError> {
        let named = tools.variables().find(|(name, _)| *name == "SHAPAN_CHROMEDRIVER");
        let chromedriver = named.map_or_else(|| "chromedriver".into(), |(_, path)| path.to_owned());
        // Of this run alone: another one may be under way.
        let profiles = project.path("target/browsers").join(process::id().to_string());
        fs::create_dir_all(&profiles)?;
        for _ in 0..5 {
            let mut command = program(&chromedriver);
            command.env("TMPDIR", &profiles).env("TEMP", &profiles);
            if let Some((process, port, says)) = try_start(&mut command)? {
                return Ok(Self { process, port, profiles, _says: says });
            }
        }
        Err(DriverError::NoPort)
    }

    /// Where it listens.
    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// Does what uses browsers, with what it has to be told: where the driver, the built page and the
/// other tools are, and where a failed journey leaves what there was to see.
pub fn with_browsers<T>(
    project: &Project,
    tools: &Toolbox,
    mut command: Command,
    work: impl FnOnce(&mut Command) -> Result<T, Error>,
) -> Result<T, Error> {
    let driver = Driver::start(project, tools)?;
    command
        .envs(tools.variables())
        .env("SHAPAN_DIST", project.dist())
        .env("SHAPAN_DRIVER", driver.address())
        .env("CHROMEDRIVER_REMOTE", driver.address()) // what wasm-bindgen-test-runner calls it
        .env("SHAPAN_FAILED", project.path("target/failed"));
    work(&mut command)
}

/// `None` where it ends before it names its port.
fn try_start(command: &mut Command) -> io::Result<Option<(Child, u16, BufReader<ChildStdout>)>> {
    let mut process = command
        .args(["--port=0", "--log-level=SEVERE"]) // 0: any free port, which it then names
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let Some(stdout) = process.stdout.take() else { return Ok(None) };
    let mut says = BufReader::new(stdout);
    let mut line = String::new();
    while says.read_line(&mut line)? > 0 {
        if let Some((_, port)) = line.split_once("successfully on port ")
            && let Ok(port) = port.trim().trim_end_matches('.').parse()
        {
            return Ok(Some((process, port, says)));
        }
        line.clear();
    }
    process.wait()?;
    Ok(None)
}

impl Drop for Driver {
    fn drop(&mut self) {
        // What is gone already needs no ending.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.profiles);
    }
}
