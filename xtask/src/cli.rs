//! The command line: which command, with which options.
//!
//! **Invariant:** whatever is accepted here is listed in [`HELP`], and the other way round.

use lexopt::prelude::{Long, Short, Value, ValueExt};

/// What `cargo xtask --help` prints.
pub const HELP: &str = "\
Usage: cargo xtask <command>

  serve [--port N] [--release]   build the page and serve it; rebuilds when a file changes
  test [--quick]                 the gate: every check and test, real browser included;
                                 --quick leaves out the release build and the browser
  build                          the release build of the page, in dist/
  components [word …]            the tests of single parts of the page, in a browser
  journeys [word …]              build the page if need be, and walk the journeys with such names
  bench                          speed and size, into bench/latest.md
  screenshots                    a picture of every page and dialog, in screenshots/index.html
  tidy                           the house rules that no compiler checks (part of test)
  setup                          only install what the other commands need

Each command first installs the tools it lacks into a folder of the project's own:
$SHAPAN_TOOLS, else $XDG_CACHE_HOME/shapan, else ~/.cache/shapan. Your own tools stay as they are.
To use your own browser: SHAPAN_CHROMIUM and SHAPAN_CHROMEDRIVER.";

/// One developer command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Build and serve the page, and rebuild on change.
    Serve {
        /// The port asked for; otherwise the first free one from 8080.
        port: Option<u16>,
        /// The release profile instead of the quick one.
        release: bool,
    },
    /// The release build in `dist/`.
    Build,
    /// The gate.
    Test {
        /// Without the release build and the browser.
        quick: bool,
    },
    /// Some of the tests of single parts in a browser, or all.
    Components {
        /// What their names hold.
        words: Vec<String>,
    },
    /// Some of the browser journeys, or all.
    Journeys {
        /// What their names hold.
        words: Vec<String>,
    },
    /// Speed and size.
    Bench,
    /// Pictures of every page.
    Screenshots,
    /// House rules.
    Tidy,
    /// Only the installation.
    Setup,
    /// What there is.
    Help,
}

/// A command line that cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The command does not exist.
    #[error("there is no command `{given}`\n\n{HELP}")]
    UnknownCommand {
        /// What was asked for.
        given: String,
    },
    /// The option does not exist, does not belong to the command, or has no proper value.
    #[error("{0}\n\n{HELP}")]
    Option(#[from] lexopt::Error),
}

/// Reads the command line.
pub fn parse(mut parser: lexopt::Parser) -> Result<Command, CliError> {
    let mut command = match parser.next()? {
        None | Some(Long("help") | Short('h')) => return Ok(Command::Help),
        Some(Value(name)) => match name.to_string_lossy().as_ref() {
            "serve" => Command::Serve { port: None, release: false },
            "build" => Command::Build,
            "test" => Command::Test { quick: false },
            "components" => Command::Components { words: Vec::new() },
            "journeys" => Command::Journeys { words: Vec::new() },
            "bench" => Command::Bench,
            "screenshots" => Command::Screenshots,
            "tidy" => Command::Tidy,
            "setup" => Command::Setup,
            "help" => return Ok(Command::Help),
            given => return Err(CliError::UnknownCommand { given: given.to_owned() }),
        },
        Some(other) => return Err(other.unexpected().into()),
    };
    while let Some(argument) = parser.next()? {
        match (&mut command, argument) {
            (_, Long("help") | Short('h')) => return Ok(Command::Help),
            (Command::Serve { port, .. }, Long("port")) => *port = Some(parser.value()?.parse()?),
            (Command::Serve { release, .. }, Long("release")) => *release = true,
            (Command::Test { quick }, Long("quick")) => *quick = true,
            (Command::Journeys { words } | Command::Components { words }, Value(word)) => {
                words.push(word.to_string_lossy().into_owned());
            }
            (_, other) => return Err(other.unexpected().into()),
        }
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Option<Command> {
        parse(lexopt::Parser::from_args(words)).ok()
    }

    #[test]
    fn each_command_is_read_with_its_options() {
        assert_eq!(
            read(&["serve", "--port", "9000", "--release"]),
            Some(Command::Serve { port: Some(9000), release: true })
        );
        assert_eq!(read(&["serve"]), Some(Command::Serve { port: None, release: false }));
        assert_eq!(read(&["test", "--quick"]), Some(Command::Test { quick: true }));
        assert_eq!(read(&["build"]), Some(Command::Build));
        let words = vec!["lever".to_owned(), "why".to_owned()];
        assert_eq!(read(&["journeys", "lever", "why"]), Some(Command::Journeys { words }));
    }

    #[test]
    fn help_is_shown_without_a_command_and_wherever_it_is_asked_for() {
        assert_eq!(read(&[]), Some(Command::Help));
        assert_eq!(read(&["--help"]), Some(Command::Help));
        assert_eq!(read(&["test", "-h"]), Some(Command::Help));
    }

    #[test]
    fn an_option_of_another_command_is_refused() {
        assert_eq!(read(&["build", "--quick"]), None);
        assert_eq!(read(&["serve", "--port", "many"]), None);
        assert_eq!(read(&["dance"]), None);
    }
}
