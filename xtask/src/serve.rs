//! `cargo xtask serve`: the page at an address of this machine, rebuilt when a file changes.
//!
//! **Invariant:** it builds into a folder of its own, so it never disturbs `dist/`.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    thread,
    time::Duration,
};

use crate::{error::Error, page, process, project::Project, tools};

const FIRST_PORT: u16 = 8080;
const LAST_PORT: u16 = 8129;

/// No port to serve on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port that was asked for is taken.
    #[error("port {port} can't be used ({source}); leave out --port to get a free one")]
    Taken {
        /// The port.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// None is free.
    #[error("no port from {FIRST_PORT} to {LAST_PORT} is free; name one with --port")]
    NoneFree,
}

/// Builds, serves and rebuilds until interrupted.
pub fn serve(project: &Project, port: Option<u16>, release: bool) -> Result<(), Error> {
    let port = choose_port(port)?;
    let tools = tools::ensure(project, &tools::PAGE)?;
    page::fetch(project)?;
    println!(
        "Building the page; it will be at http://localhost:{port}/ (the first build takes minutes)"
    );
    thread::spawn(move || announce_when_up(port));
    let mut command = page::trunk(project, &tools);
    command.args(["serve", "--dist", "target/serve", "--port"]).arg(port.to_string());
    if release {
        command.arg("--release");
    }
    Ok(process::run(&mut command)?)
}

fn choose_port(asked: Option<u16>) -> Result<u16, ServeError> {
    match asked {
        Some(port) => match probe(port) {
            Ok(()) => Ok(port),
            Err(source) => Err(ServeError::Taken { port, source }),
        },
        None => {
            (FIRST_PORT..=LAST_PORT).find(|&port| probe(port).is_ok()).ok_or(ServeError::NoneFree)
        }
    }
}

fn probe(port: u16) -> io::Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop)
}

/// Trunk starts to listen when the first build is over.
fn announce_when_up(port: u16) {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
        thread::sleep(Duration::from_millis(250));
    }
    println!("\n  沙盘 Shapan is at  http://localhost:{port}/");
    println!("  It is rebuilt when a file changes: then reload the page. Ctrl-C ends it.\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over_unless_it_was_asked_for() -> io::Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = taken.local_addr()?.port();
        assert!(matches!(choose_port(Some(port)), Err(ServeError::Taken { .. })));
        assert!(choose_port(None).is_ok_and(|free| free != port));
        Ok(())
    }
}
