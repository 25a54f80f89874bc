//! Pictures of every page and dialog of the built page, as laptops and phones show them, light and
//! dark, in Chinese and English; and a sheet to look at them all. Run by `cargo xtask screenshots`;
//! judges nothing: that is for whoever looks.
//!
//! **Invariant:** pages are those the navigation offers, so that none can be forgotten here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a tool, run by hand")]

use serde_json::json;
use shapan_journeys::{Browser, Logs, Page, Server, place, runtime};
use std::{fmt::Write, fs, path::Path};

/// Languages as the browser names them, and the short names of pictures.
const LANGUAGES: [(&str, &str); 2] = [("zh-CN,zh", "zh"), ("en-US,en", "en")];
const SIZES: [(u32, u32, bool); 2] = [(1366, 768, false), (390, 844, true)];
const THEMES: [&str; 2] = ["light", "dark"];

/// Addresses of the pages, in the order of the navigation, and of the guided start.
const PAGES: &str =
    "return [...document.querySelectorAll('nav a')].map(a => a.hash).concat('#new')";

/// What is shown in a dialog: the first figure that can be asked, files, shortcuts.
const DIALOGS: [(&str, &str, &str); 3] = [
    ("why", "#overview", "document.querySelector('button.figure')?.click()"),
    ("share", "#overview", "document.querySelector('header button.primary')?.click()"),
    ("shortcuts", "#overview", "document.querySelector('dialog.shortcuts')?.showModal()"),
];

fn main() {
    // Cargo runs benches as tests too (`--all-targets`): then there is nothing to do.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = place("SHAPAN_SCREENSHOTS");
    fs::create_dir_all(&folder).unwrap();
    let server = Server::start(place("SHAPAN_DIST"));
    let mut sheet = String::from("<!doctype html><meta charset=utf-8><title>Shapan</title>\n");
    for (languages, language) in LANGUAGES {
        let runtime = runtime();
        let browser = runtime.block_on(Browser::start(languages, Logs::Off));
        runtime.block_on(async {
            let page = Page::new(&browser, &server);
            page.open().await;
            for (width, height, mobile) in SIZES {
                for theme in THEMES {
                    let name = format!("{language}-{width}-{theme}");
                    let look = Look { name, width, height, mobile, theme };
                    look.put_on(&page).await;
                    let _ = writeln!(sheet, "<h1>{language}, {width} × {height}, {theme}</h1>");
                    for name in take(&page, &folder, &look).await {
                        let _ = writeln!(
                            sheet,
                            "<figure style=\"display:inline-block;margin:8px\"><figcaption>{name}\
                             </figcaption><img src=\"{name}\" width={}></figure>",
                            if mobile { 260 } else { 640 }
                        );
                    }
                }
            }
        });
        runtime.block_on(browser.quit()).expect("the browser closes");
    }
    fs::write(folder.join("index.html"), sheet).unwrap();
    println!("pictures of every page: {}", folder.join("index.html").display());
}

/// The window and the theme.
struct Look {
    name: String,
    width: u32,
    height: u32,
    mobile: bool,
    theme: &'static str,
}

impl Look {
    async fn put_on(&self, page: &Page<'_>) {
        let theme = json!({ "name": "prefers-color-scheme", "value": self.theme });
        let media = json!({ "features": [theme] });
        page.driver().cdp().send_raw("Emulation.setEmulatedMedia", media).await.unwrap();
        self.sized(page, self.height).await;
    }

    async fn sized(&self, page: &Page<'_>, height: u32) {
        let (width, mobile) = (self.width, self.mobile);
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        let cdp = page.driver().cdp();
        cdp.send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
        page.is_drawn().await;
    }
}

/// One picture of each page, all of it, and one of each dialog; what they are called.
async fn take(page: &Page<'_>, folder: &Path, look: &Look) -> Vec<String> {
    let pages: Vec<String> = page.run(PAGES, &[]).await;
    let pages = pages.iter().map(|hash| (hash.trim_start_matches('#'), hash.as_str(), ""));
    let views: Vec<(&str, &str, &str)> = pages.chain(DIALOGS).collect();
    let mut names = Vec::new();
    for (what, hash, open) in views {
        let go = "location.hash = arguments[0]; return null";
        let () = page.run(go, &[json!(hash)]).await;
        page.is_drawn().await;
        let () = page.run(&format!("{open}; return null"), &[]).await;
        page.is_drawn().await;
        if open.is_empty() {
            // A page is shown whole, however long; a dialog in its window.
            let tall: u32 = page.run("return document.documentElement.scrollHeight", &[]).await;
            look.sized(page, tall.max(look.height)).await;
        }
        let name = format!("{}-{what}.png", look.name);
        page.driver().screenshot(&folder.join(&name)).await.expect("a picture is taken");
        names.push(name);
        look.sized(page, look.height).await;
        let close =
            "document.querySelectorAll('dialog[open]').forEach(d => d.close()); return null";
        let () = page.run(close, &[]).await;
    }
    names
}
