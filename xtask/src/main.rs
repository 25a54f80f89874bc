//! Every developer command of the project, called as `cargo xtask <command>`.
//!
//! **Invariant:** a command ends in success or in one plain message that says what failed and what
//! to do; nothing here panics. Deliberately absent: anything the product itself needs at run time.

mod bench;
mod cli;
mod dist;
mod driver;
mod error;
mod gate;
mod lockfile;
mod page;
mod parity;
mod process;
mod project;
mod serve;
mod tidy;
mod tools;
mod transfer;

use std::process::ExitCode;

use cli::Command;
use error::Error;
use project::Project;

fn main() -> ExitCode {
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ncargo xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<(), Error> {
    let command = cli::parse(lexopt::Parser::from_env())?;
    if command == Command::Help {
        println!("{}", cli::HELP);
        return Ok(());
    }
    let project = Project::locate()?;
    match command {
        Command::Help => Ok(()),
        Command::Serve { port, release } => serve::serve(&project, port, release),
        Command::Build => {
            let tools = tools::ensure(&project, &tools::PAGE)?;
            page::build(&project, &tools)?;
            Ok(())
        }
        Command::Test { quick } => gate::test(&project, quick),
        Command::Components { words } => {
            let tools = tools::ensure(&project, &tools::EVERYTHING)?;
            gate::components(&project, &tools, &words)
        }
        Command::Journeys { words } => {
            let tools = tools::ensure(&project, &tools::EVERYTHING)?;
            page::build(&project, &tools)?;
            gate::journeys(&project, &tools, &words)
        }
        Command::Bench => bench::bench(&project),
        Command::Screenshots => screenshots(&project),
        Command::Tidy => {
            tidy::tidy(&project)?;
            println!("tidy: nothing to complain of");
            Ok(())
        }
        Command::Setup => {
            let tools = tools::ensure(&project, &tools::EVERYTHING)?;
            print!("{tools}");
            Ok(())
        }
    }
}

/// Takes pictures of the built page.
fn screenshots(project: &Project) -> Result<(), Error> {
    let tools = tools::ensure(project, &tools::EVERYTHING)?;
    page::build(project, &tools)?;
    let mut take = project.cargo("bench -p shapan-journeys --bench screenshots");
    take.env("SHAPAN_SCREENSHOTS", project.path("screenshots"));
    driver::with_browsers(project, &tools, take, |take| Ok(process::run(take)?))
}
