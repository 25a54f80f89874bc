//! What a command can end in: the error of the stage that failed, unchanged.

use crate::{
    bench::BenchError, cli::CliError, dist::DistError, driver::DriverError, gate::GateError,
    page::PageError, parity::ParityError, process::ProcessError, project::ProjectError,
    serve::ServeError, tidy::TidyError, tools::ToolError,
};

/// Any failure of any command.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
#[allow(missing_docs, reason = "each variant only passes on the stage's own error")]
pub enum Error {
    Cli(#[from] CliError),
    Project(#[from] ProjectError),
    Tool(#[from] ToolError),
    Process(#[from] ProcessError),
    Tidy(#[from] TidyError),
    Dist(#[from] DistError),
    Driver(#[from] DriverError),
    Serve(#[from] ServeError),
    Gate(#[from] GateError),
    Page(#[from] PageError),
    Parity(#[from] ParityError),
    Bench(#[from] BenchError),
}
