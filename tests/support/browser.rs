//! One Chromium with a driver, a profile and a folder of downloads of its own.
//!
//! **Invariant:** dropping it ends both programs: the driver is killed, and Chromium, which hangs
//! on a pipe of the driver's, goes with it.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{
    Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, error::WebDriverResult,
};

use super::place;

/// Why each is there: the sandbox wants a user that is not root; a headless machine has no graphics
/// and needs none; the rest would call home or ask questions.
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Whatever is not on this machine has no address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    // The planner's laptop.
    "--window-size=1366,768",
    // Ends with its driver, see above.
    "--remote-debugging-pipe",
];

/// Whose browser it is.
#[derive(Clone)]
pub struct Reader {
    languages: &'static str,
    prelude: String,
}

impl Default for Reader {
    fn default() -> Self {
        Self { languages: "zh-CN,zh", prelude: String::new() }
    }
}

impl Reader {
    /// A browser set to these languages.
    pub fn of(languages: &'static str) -> Self {
        Self { languages, ..Self::default() }
    }

    /// A browser in which this script runs ahead of every page.
    pub fn whose_browser_runs(script: &str) -> Self {
        Self { prelude: script.to_owned(), ..Self::default() }
    }
}

/// Whether the browser keeps what it was told and what it asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Logs {
    /// For journeys.
    Kept,
    /// For benches: keeping takes time.
    Off,
}

/// A running browser.
pub struct Browser {
    // Dropped in this order: first the programs end, then what they wrote into goes.
    chromedriver: Chromedriver,
    driver: WebDriver,
    downloads: TempDir,
    _profile: TempDir,
}

impl Browser {
    /// Starts driver and browser.
    pub async fn start(reader: &Reader, logs: Logs) -> Self {
        let profile = TempDir::with_prefix("shapan-profile-").expect("room for a profile");
        let downloads = TempDir::with_prefix("shapan-downloads-").expect("room for downloads");
        let chromedriver = Chromedriver::start();
        let capabilities = capabilities(reader, logs, profile.path(), downloads.path());
        let capabilities = capabilities.expect("capabilities are plain JSON");
        let address = format!("http://127.0.0.1:{}", chromedriver.port);
        let driver = WebDriver::new(address, capabilities).await.expect("Chromium starts");
        if !reader.prelude.is_empty() {
            let script = json!({ "source": reader.prelude });
            let cdp = driver.cdp();
            let added = cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script).await;
            added.expect("Chromium takes a script to run ahead of pages");
        }
        Self { chromedriver, driver, downloads, _profile: profile }
    }

    /// What drives it.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Where downloads go.
    pub fn downloads(&self) -> &Path {
        self.downloads.path()
    }

    /// Closes the browser and its driver.
    pub async fn quit(self) -> WebDriverResult<()> {
        self.driver.clone().quit().await
    }
}

fn capabilities(
    reader: &Reader,
    logs: Logs,
    profile: &Path,
    downloads: &Path,
) -> WebDriverResult<Capabilities> {
    let mut chrome = DesiredCapabilities::chrome();
    chrome.set_binary(&place("SHAPAN_CHROMIUM").to_string_lossy())?;
    for flag in FLAGS {
        chrome.add_arg(flag)?;
    }
    chrome.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    chrome.add_experimental_option(
        "prefs",
        json!({
            "intl.accept_languages": reader.languages,
            "download.default_directory": downloads,
            "download.prompt_for_download": false,
        }),
    )?;
    let mut all = Capabilities::from(chrome);
    if logs == Logs::Kept {
        all.set("goog:loggingPrefs", json!({ "browser": "ALL", "performance": "ALL" }))?;
    }
    Ok(all)
}

/// The driver, for as long as it is held.
struct Chromedriver {
    _process: Running,
    port: u16,
    // Closed, it would stop the driver at its next word.
    _says: BufReader<ChildStdout>,
}

impl Chromedriver {
    /// A driver that has a port. It takes a free one of IPv4 and then the same of IPv6, which
    /// another driver may have taken in between: then it ends, and one more is started.
    fn start() -> Self {
        (0..5).find_map(|_| Self::try_start()).expect("a driver finds a free port in five tries")
    }

    /// `None` where it ends before it names its port.
    fn try_start() -> Option<Self> {
        let program = place("SHAPAN_CHROMEDRIVER");
        let started = Command::new(&program)
            .args(["--port=0", "--log-level=SEVERE"]) // 0: any free port, which it then names
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut process = match started {
            Ok(process) => Running(process),
            Err(why) => panic!("{} does not start: {why}", program.display()),
        };
        let mut says = BufReader::new(process.0.stdout.take().expect("it is piped"));
        let mut line = String::new();
        while says.read_line(&mut line).expect("the driver speaks text") > 0 {
            if let Some((_, port)) = line.split_once("successfully on port ") {
                let port = port.trim().trim_end_matches('.').parse().expect("a port");
                return Some(Self { _process: process, port, _says: says });
            }
            line.clear();
        }
        None
    }
}

/// A program that ends when nobody holds it any more.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
