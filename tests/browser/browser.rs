//! One Chromium, driven by the driver that `cargo xtask` has started for the whole run.
//!
//! **Invariant:** it ends with that driver at the latest: Chromium hangs on a pipe of the driver's.

use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{
    Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, WindowHandle,
    error::WebDriverResult,
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
    // Whatever is not on this machine has no address; a host of an intranet is, by another name.
    "--host-resolver-rules=MAP planner.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    // The planner's laptop.
    "--window-size=1366,768",
    // Ends with its driver, see above.
    "--remote-debugging-pipe",
];

/// Whose browser it is.
#[derive(Clone)]
pub struct Reader {
    pub(crate) languages: &'static str,
    pub(crate) prelude: String,
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
    driver: WebDriver,
    downloads: TempDir,
    /// The window it began with, which stays empty.
    home: WindowHandle,
}

impl Browser {
    /// Starts one for readers of some languages, with a profile of its own.
    pub async fn start(languages: &str, logs: Logs) -> Self {
        let downloads = TempDir::with_prefix("shapan-downloads-").expect("room for downloads");
        let capabilities = capabilities(languages, logs, downloads.path());
        let capabilities = capabilities.expect("capabilities are plain JSON");
        let address = place("SHAPAN_DRIVER").to_string_lossy().into_owned();
        let driver = WebDriver::new(address, capabilities).await.expect("Chromium starts");
        let home = driver.window().await.expect("it has a window");
        Self { driver, downloads, home }
    }

    /// What drives it.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Where downloads go.
    pub fn downloads(&self) -> &Path {
        self.downloads.path()
    }

    /// A new window for a reader, in which nothing of the one before is left: windows keep to
    /// themselves what a reader sets (size, media, scripts), and a page's address keeps apart what
    /// it stores.
    pub async fn welcome(&self, reader: &Reader) -> WebDriverResult<()> {
        let window = self.driver.new_window().await?;
        self.driver.switch_to_window(window).await?;
        self.driver.set_window_rect(0, 0, 1366, 768).await?;
        if !reader.prelude.is_empty() {
            let script = json!({ "source": reader.prelude });
            let cdp = self.driver.cdp();
            cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script).await?;
        }
        Ok(())
    }

    /// Closes what a reader left open, and forgets what was logged.
    pub async fn farewell(&self) -> WebDriverResult<()> {
        for window in self.driver.windows().await? {
            if window != self.home {
                self.driver.switch_to_window(window).await?;
                self.driver.close_window().await?;
            }
        }
        self.driver.switch_to_window(self.home.clone()).await?;
        for log in ["browser", "performance"] {
            self.driver.get_log(log).await?;
        }
        Ok(())
    }

    /// Closes the browser.
    pub async fn quit(self) -> WebDriverResult<()> {
        self.driver.clone().quit().await
    }
}

fn capabilities(languages: &str, logs: Logs, downloads: &Path) -> WebDriverResult<Capabilities> {
    let mut chrome = DesiredCapabilities::chrome();
    chrome.set_binary(&place("SHAPAN_CHROMIUM").to_string_lossy())?;
    for flag in FLAGS {
        chrome.add_arg(flag)?;
    }
    chrome.add_experimental_option(
        "prefs",
        json!({
            "intl.accept_languages": languages,
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
