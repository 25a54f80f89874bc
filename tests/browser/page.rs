//! The page as a reader knows it: things with a role and a label, found in the accessibility tree
//! that Chromium gives to assistive technology, then used like a hand or a keyboard would.
//!
//! **Invariant:** nothing is found by class or place; what is looked for may take a moment to
//! appear, never longer than [`PATIENCE`].

use std::{
    ffi::OsStr,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
    time::{Duration, Instant},
};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{
    Key, WebDriver, WebElement, components::SelectElement, error::WebDriverResult, prelude::*,
};

use super::{Browser, Server};

/// How long a reader waits for something to appear before giving up.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often they look.
const GLANCE: Duration = Duration::from_millis(25);

/// The built page, open in a browser.
pub struct Page<'b> {
    driver: &'b WebDriver,
    server: &'b Server,
    downloads: &'b Path,
    /// What the browser logged and a journey has already looked at.
    expected: Mutex<Vec<String>>,
}

/// Looks until there is something to see; `what` says in vain what was looked for.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Result<T, String>) -> T {
    let started = Instant::now();
    loop {
        match look().await {
            Ok(seen) => return seen,
            Err(instead) if started.elapsed() > PATIENCE => panic!("{what}: {instead}"),
            Err(_) => tokio::time::sleep(GLANCE).await,
        }
    }
}

impl<'b> Page<'b> {
    /// The page of a server, seen with a browser; not yet open.
    pub fn new(browser: &'b Browser, server: &'b Server) -> Self {
        let (driver, downloads) = (browser.driver(), browser.downloads());
        Self { driver, server, downloads, expected: Mutex::default() }
    }

    /// What drives the browser, for what only some journey needs.
    pub fn driver(&self) -> &WebDriver {
        self.driver
    }

    /// Opens the page, and waits until it stands.
    pub async fn open(&self) {
        self.driver.goto(self.server.address()).await.expect("the page's address opens");
        self.stands().await;
    }

    /// Opens an address, and waits until the page stands.
    pub async fn open_at(&self, address: &str) {
        // From elsewhere: the same page at another fragment is not loaded.
        self.driver.goto("about:blank").await.expect("nothing opens");
        self.driver.goto(address).await.expect("the address opens");
        self.stands().await;
    }

    /// Loads the page again, and waits until it stands.
    pub async fn reload(&self) {
        self.driver.refresh().await.expect("the page loads again");
        self.stands().await;
    }

    async fn stands(&self) {
        eventually("the page starts", async || {
            let up: bool = self.run("return document.querySelector('main h1, header h1') !== null && !document.getElementById('boot')", &[]).await;
            if up { Ok(()) } else { Err(self.text().await) }
        })
        .await;
    }

    // ---- finding ----

    /// Everything with this role and label.
    pub async fn all(&self, role: &str, label: &str) -> Vec<WebElement> {
        self.below(None, role, label).await
    }

    /// The one thing with this role and label; waits for it.
    pub async fn find(&self, role: &str, label: &str) -> WebElement {
        self.find_in(None, role, label).await
    }

    async fn find_in(&self, root: Option<&WebElement>, role: &str, label: &str) -> WebElement {
        let what = format!("a {role} “{label}”");
        eventually(&what, async || {
            let mut found = self.below(root, role, label).await;
            match (found.pop(), found.len()) {
                (Some(only), 0) => Ok(only),
                (Some(_), more) => Err(format!("there are {}", more + 1)),
                (None, _) => Err(format!("there are only {:?}", self.labels(role).await)),
            }
        })
        .await
    }

    async fn below(&self, root: Option<&WebElement>, role: &str, label: &str) -> Vec<WebElement> {
        // What the page replaces while it is looked at is not there.
        self.look_below(root, role, label).await.unwrap_or_default()
    }

    async fn look_below(
        &self,
        root: Option<&WebElement>,
        role: &str,
        label: &str,
    ) -> WebDriverResult<Vec<WebElement>> {
        let cdp = self.driver.cdp();
        let root = match root {
            Some(element) => json!(element.cdp_remote_object_id().await?),
            None => {
                let document = json!({ "expression": "document" });
                cdp.send_raw("Runtime.evaluate", document).await?["result"]["objectId"].take()
            }
        };
        let query = json!({ "objectId": root, "role": role, "accessibleName": label });
        let answer = cdp.send_raw("Accessibility.queryAXTree", query).await?;
        let mut found = Vec::new();
        for node in answer["nodes"].as_array().into_iter().flatten() {
            if node["ignored"] == true {
                continue;
            }
            let node = json!({ "backendNodeId": node["backendDOMNodeId"] });
            let object = cdp.send_raw("DOM.resolveNode", node).await?;
            // From the protocol's handle to the driver's: by way of the page.
            let keep = json!({
                "objectId": object["object"]["objectId"],
                "functionDeclaration": "function () { window.__found = this }",
            });
            cdp.send_raw("Runtime.callFunctionOn", keep).await?;
            let take = "const e = window.__found; delete window.__found; return e";
            found.push(self.driver.execute(take, vec![]).await?.element()?);
        }
        Ok(found)
    }

    /// The labels of all things with a role, to say what there was instead.
    pub async fn labels(&self, role: &str) -> Vec<String> {
        let tree = self.driver.cdp().send_raw("Accessibility.getFullAXTree", ()).await;
        let tree = tree.unwrap_or_default();
        let nodes = tree["nodes"].as_array().into_iter().flatten();
        nodes
            .filter(|n| n["ignored"] == false && n["role"]["value"] == role)
            .map(|n| n["name"]["value"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// The card, tile or dialog under a heading.
    pub async fn card(&self, heading: &str) -> Card<'_, 'b> {
        let script = "const h = arguments[0], up = h.parentElement;
            return up.tagName === 'HEADER' ? up.parentElement : up";
        let element = eventually(&format!("what stands under “{heading}”"), async || {
            let heading = self.find("heading", heading).await;
            let argument = heading.to_json().map_err(|e| e.to_string())?;
            let found = self.driver.execute(script, vec![argument]).await;
            found.and_then(|e| e.element()).map_err(|e| e.to_string())
        })
        .await;
        Card { page: self, element }
    }

    // ---- doing ----

    /// Presses a button.
    pub async fn press(&self, label: &str) {
        self.click("button", label).await;
    }

    /// Follows a link.
    pub async fn follow(&self, label: &str) {
        self.click("link", label).await;
    }

    /// Flips a switch.
    pub async fn flip(&self, label: &str) {
        self.click("switch", label).await;
    }

    /// Clicks like a hand: what is covered by something else cannot be clicked, and what moves
    /// away or is drawn anew is aimed at again.
    pub async fn click(&self, role: &str, label: &str) {
        self.click_in(None, role, label).await;
    }

    async fn click_in(&self, root: Option<&WebElement>, role: &str, label: &str) {
        eventually(&format!("a click on the {role} “{label}”"), async || {
            let element = self.find_in(root, role, label).await;
            element.scroll_into_view().await.map_err(|why| why.to_string())?;
            element.click().await.map_err(|why| why.to_string())
        })
        .await;
    }

    /// Chooses from a list by the option's words; options may be indented.
    pub async fn choose(&self, label: &str, option: &str) {
        eventually(&format!("“{option}” in the list “{label}”"), async || {
            let list = self.find("combobox", label).await;
            choose_in(&list, option)
                .await
                .map_err(|why| why.to_string())?
                .ok_or_else(|| "no".into())
        })
        .await;
    }

    /// Waits for something to be chosen in a list.
    pub async fn expect_chosen(&self, label: &str, option: &str) {
        eventually(&format!("“{option}” chosen in the list “{label}”"), async || {
            let list = self.find("combobox", label).await;
            let chosen = chosen_in(&list).await.map_err(|why| why.to_string())?;
            if chosen == option { Ok(()) } else { Err(chosen) }
        })
        .await;
    }

    /// Types into a field in place of what is there, and leaves it.
    pub async fn type_into(&self, role: &str, label: &str, words: &str) {
        self.click(role, label).await;
        let field = self.find(role, label).await;
        field.send_keys(Key::Control + "a").await.expect("it takes keys");
        field.send_keys(Key::Delete).await.expect("it takes keys");
        field.send_keys(words).await.expect("it takes words");
        field.send_keys(Key::Tab).await.expect("it can be left");
    }

    /// Presses a key wherever the focus is.
    pub async fn key(&self, keys: impl Into<TypingData>) {
        let keys: TypingData = keys.into();
        self.driver.action_chain().send_keys(keys).perform().await.expect("keys can be pressed");
    }

    /// Presses a key while Control is held, wherever the focus is.
    pub async fn control(&self, key: char) {
        let chain = self.driver.action_chain().key_down(Key::Control).send_keys(key.to_string());
        chain.key_up(Key::Control).perform().await.expect("keys can be pressed");
    }

    /// Chooses a file in the dialog that is open.
    pub async fn choose_file(&self, path: &Path) {
        // As the driver wants it; several files, a line each, are no path.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let field = self.driver.find(By::Css("dialog[open] input[type=file]")).await;
        let field = field.expect("a field for files in the open dialog");
        field.send_keys(path.to_string_lossy().as_ref()).await.expect("it takes a file");
    }

    /// Chooses a file with this content in the dialog that is open.
    pub async fn choose_file_with(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.downloads.join(name);
        fs::write(&path, content).expect("room for a file");
        self.choose_file(&path).await;
    }

    /// Does what starts a download, and waits for the file.
    pub async fn download(&self, start: impl AsyncFnOnce()) -> PathBuf {
        let there = || -> Vec<PathBuf> {
            let files = fs::read_dir(self.downloads).expect("the folder of downloads");
            files.flatten().map(|file| file.path()).collect()
        };
        let is_whole = |ending: &OsStr| ending == "json" || ending == "xlsx" || ending == "csv";
        let before = there();
        start().await;
        eventually("a downloaded file", async || {
            let new: Vec<_> = there().into_iter().filter(|f| !before.contains(f)).collect();
            match new.as_slice() {
                // Chromium gives a file its name when it is whole.
                [file] if file.extension().is_some_and(is_whole) => Ok(file.clone()),
                other => Err(format!("{other:?}")),
            }
        })
        .await
    }

    /// Runs a script in the page, for what no role or label tells.
    pub async fn run<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> T {
        self.try_run(script, arguments).await.unwrap_or_else(|why| panic!("{script}: {why}"))
    }

    /// As [`Page::run`], where what it is about may be gone by now.
    pub async fn try_run<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: &[Value],
    ) -> Result<T, String> {
        let ran = self.driver.execute(script, arguments.to_vec()).await;
        ran.and_then(|value| value.convert()).map_err(|why| why.to_string())
    }

    // ---- seeing ----

    /// All visible text.
    pub async fn text(&self) -> String {
        self.run("return document.body.innerText", &[]).await
    }

    /// Waits for words to be visible.
    pub async fn expect_text(&self, words: &str) {
        eventually(&format!("the words “{words}”"), async || {
            let text = self.text().await;
            if text.contains(words) { Ok(()) } else { Err(format!("the page says {text:?}")) }
        })
        .await;
    }

    /// Waits until every chart has been drawn.
    pub async fn is_drawn(&self) {
        eventually("charts", async || {
            let empty = "return [...document.querySelectorAll('main .svg')]
                .filter(e => e.checkVisibility() && !e.querySelector('svg')).length";
            match self.run::<u32>(empty, &[]).await {
                0 => Ok(()),
                empty => Err(format!("{empty} of them are empty")),
            }
        })
        .await;
    }

    /// The words of the alerts that are up, in order.
    pub async fn alerts(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('[role=alert]')]
            .filter(e => e.checkVisibility()).map(e => e.innerText.trim())";
        self.run(script, &[]).await
    }

    /// Waits for an alert with certain words in it.
    pub async fn expect_alert(&self, words: &str) -> String {
        eventually(&format!("an alert with “{words}”"), async || {
            let alerts = self.alerts().await;
            let found = alerts.iter().find(|alert| alert.contains(words)).cloned();
            found.ok_or_else(|| format!("alerts: {alerts:?}"))
        })
        .await
    }

    /// A record of local storage.
    pub async fn stored(&self, name: &str) -> Option<String> {
        self.run("return localStorage.getItem(arguments[0])", &[json!(name)]).await
    }

    /// Waits until everything is saved.
    pub async fn expect_saved(&self) {
        self.expect_text("已存本机").await;
    }

    // ---- judging ----

    /// Lets pass what the browser logs from now on if it holds these words.
    pub fn expect_in_log(&self, words: &str) {
        self.expected.lock().expect("one thread").push(words.to_owned());
    }

    /// Nothing was complained of, nothing missing, nobody else called: what every journey ends in.
    pub async fn expect_no_trouble(&self) {
        let expected = self.expected.lock().expect("one thread").clone();
        let log = self.driver.browser_log().await.expect("the browser's log");
        let complaints: Vec<_> = log
            .into_iter()
            .filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"))
            .map(|entry| entry.message)
            .filter(|message| !expected.iter().any(|words| message.contains(words)))
            .collect();
        assert!(complaints.is_empty(), "the browser's console: {complaints:#?}");

        let missing: Vec<_> =
            self.server.asked().into_iter().filter(|asked| !asked.was_there).collect();
        assert!(missing.is_empty(), "asked for and not there: {missing:?}");

        let abroad: Vec<_> =
            self.requests().await.into_iter().filter(|url| !self.is_home(url)).collect();
        assert!(abroad.is_empty(), "requests that left the page's own origin: {abroad:?}");
    }

    /// Every address the page asked for since the last look, whether or not it got anywhere.
    pub async fn requests(&self) -> Vec<String> {
        let events = self.driver.get_log("performance").await.expect("the log of the network");
        let events = events.iter().filter_map(|e| serde_json::from_str::<Value>(&e.message).ok());
        events
            .map(|event| event["message"].clone())
            .filter(|event| event["method"] == "Network.requestWillBeSent")
            // The browser's own first tab is not the page.
            .filter(|event| {
                let page = event["params"]["documentURL"].as_str();
                !page.is_some_and(|url| url.starts_with("chrome:"))
            })
            .filter_map(|event| Some(event["params"]["request"]["url"].as_str()?.to_owned()))
            .collect()
    }

    fn is_home(&self, url: &str) -> bool {
        // What is made on the page itself: a file to save, an icon in a style sheet.
        self.server.is_home(url) || url.starts_with("blob:") || url.starts_with("data:")
    }

    /// The server's address and what it was asked for.
    pub fn server(&self) -> &Server {
        self.server
    }

    /// What is needed to see why a journey failed: a picture, and a text with the page's words and
    /// all that the console said.
    pub async fn keep_what_it_looked_like(&self) {
        let folder = super::place("SHAPAN_FAILED");
        let name = std::thread::current().name().unwrap_or("journey").replace("::", "-");
        let (picture, text) =
            (folder.join(format!("{name}.png")), folder.join(format!("{name}.txt")));
        let made = fs::create_dir_all(&folder);
        let pictured = self.driver.screenshot(&picture).await;
        let words =
            self.try_run::<String>("return location + '\\n\\n' + document.body.innerText", &[]);
        let mut said = words.await.unwrap_or_else(|why| format!("the page does not answer: {why}"));
        for entry in self.driver.browser_log().await.unwrap_or_default() {
            let _ = write!(said, "\n\nconsole: {} {}", entry.level, entry.message);
        }
        let written = fs::write(&text, &said);
        if made.is_ok() && pictured.is_ok() && written.is_ok() {
            eprintln!("what the page looked like: {}", picture.display());
            eprintln!("its words and its console: {}", text.display());
        } else {
            eprintln!("{said}"); // where nothing can be kept
        }
    }
}

/// What stands under one heading.
pub struct Card<'p, 'b> {
    page: &'p Page<'b>,
    element: WebElement,
}

impl Card<'_, '_> {
    /// The page it is on.
    pub fn page(&self) -> &Page<'_> {
        self.page
    }

    /// Its element.
    pub fn element(&self) -> &WebElement {
        &self.element
    }

    /// The one thing in it with this role and label.
    pub async fn find(&self, role: &str, label: &str) -> WebElement {
        self.page.find_in(Some(&self.element), role, label).await
    }

    /// Presses a button in it.
    pub async fn press(&self, label: &str) {
        self.page.click_in(Some(&self.element), "button", label).await;
    }

    /// Its visible text.
    pub async fn text(&self) -> String {
        self.element.text().await.expect("it has words")
    }
}

/// Chooses an option, if there is one with these words.
async fn choose_in(list: &WebElement, option: &str) -> WebDriverResult<Option<()>> {
    for candidate in SelectElement::new(list).await?.options().await? {
        if candidate.text().await?.trim() == option {
            candidate.click().await?;
            return Ok(Some(()));
        }
    }
    Ok(None)
}

async fn chosen_in(list: &WebElement) -> WebDriverResult<String> {
    let option = SelectElement::new(list).await?.first_selected_option().await?;
    Ok(option.text().await?.trim().to_owned())
}
