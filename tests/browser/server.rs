//! A web server for one folder, as plain as any host: it serves the page from a folder below its
//! root and knows nothing else, so an address that is not relative fails.
//!
//! Deliberately absent: everything the page does not need of a host (ranges, compression, caching).

use std::{
    fs,
    io::{self, BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
};

/// Where the page lies on the server.
const FOLDER: &str = "/planning/table/";
/// What the server is also called.
const INTRANET: &str = "planner.test";

/// A running server; it listens until the process ends.
pub struct Server {
    origin: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// A file that was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its path on the server.
    pub path: String,
    /// Whether it was there.
    pub was_there: bool,
}

impl Server {
    /// Serves a folder from a free port.
    pub fn start(folder: PathBuf) -> Self {
        assert!(
            folder.join("index.html").is_file(),
            "there is no built page in {}: run `cargo xtask build`",
            folder.display()
        );
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("the port");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, log) = (folder.clone(), Arc::clone(&log));
                // A reader that went away in the middle is no fault of the page.
                thread::spawn(move || drop(answer(stream, &folder, &log)));
            }
        });
        Self { origin: format!("http://{address}"), asked }
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The page's address.
    pub fn address(&self) -> String {
        format!("{}{FOLDER}", self.origin)
    }

    /// The page's address on an intranet: a host without a certificate, which browsers trust less.
    pub fn address_on_intranet(&self) -> String {
        self.address().replace("127.0.0.1", INTRANET)
    }

    /// Whether an address is on this server, by either name.
    pub(crate) fn is_home(&self, url: &str) -> bool {
        let url = url.replacen(INTRANET, "127.0.0.1", 1);
        url.strip_prefix(&self.origin).is_some_and(|rest| rest.starts_with('/'))
    }

    /// What was asked for so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no thread panics with the log").clone()
    }
}

fn answer(mut stream: TcpStream, folder: &Path, log: &Mutex<Vec<Asked>>) -> io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let content = path.strip_prefix(FOLDER).and_then(|name| {
        let name = if name.is_empty() { "index.html" } else { name };
        // Names of files only: no way up, no way down.
        (!name.contains(['/', '\\'])).then(|| fs::read(folder.join(name)).ok()).flatten()
    });
    if let Ok(mut log) = log.lock() {
        log.push(Asked { path: path.to_owned(), was_there: content.is_some() });
    }
    let status = if content.is_some() { "200 OK" } else { "404 Not Found" };
    let content = content.unwrap_or_default();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        media_type(path),
        content.len()
    )?;
    stream.write_all(&content)
}

/// As plain hosts have it by the ending of a name.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        None => "text/html; charset=utf-8",
        Some(_) => "application/octet-stream",
    }
}
