//! Real-browser journeys: the built page on a server of its own, a browser of its own, and a
//! reader who knows the page by roles and labels only.
//!
//! **Invariant:** whatever a journey is about, it also fails when the page wrote an error to the
//! console, broke its content policy, asked for a file that is not there, or called anywhere but
//! home; and browser, driver, profile and downloads are gone when it ends, well or badly.
#![allow(dead_code, unused_imports, reason = "journeys and bench each use a part")]

mod browser;
mod figures;
mod page;
mod server;
mod stored;

pub use browser::{Browser, Logs, Reader};
pub use figures::{Figure, Rows};
pub use page::{Card, Page, eventually};
pub use server::Server;
pub use stored::Stored;

use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::PathBuf,
    time::Duration,
};

/// Where something is that `cargo xtask test` builds or finds.
pub fn place(variable: &str) -> PathBuf {
    match env::var_os(variable) {
        Some(path) => path.into(),
        None => panic!(
            "{variable} is not set. Run `cargo xtask test`: it builds the page, finds or installs \
             a browser, and tells these tests where they are."
        ),
    }
}

/// Walks a journey as the reader the page is made for: a browser that speaks Chinese.
pub fn journey(walk: impl AsyncFnOnce(&Page)) {
    journey_of(&Reader::default(), walk);
}

/// Walks a journey as some other reader.
pub fn journey_of(reader: &Reader, walk: impl AsyncFnOnce(&Page)) {
    let server = Server::start(place("SHAPAN_DIST"));
    let runtime = runtime();
    let browser = runtime.block_on(Browser::start(reader, Logs::Kept));
    let page = Page::new(&browser, &server);
    let walked = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            page.open().await;
            walk(&page).await;
            page.expect_no_trouble().await;
        });
    }));
    if walked.is_err() {
        runtime.block_on(page.keep_what_it_looked_like());
    }
    runtime.block_on(async {
        let gone = tokio::time::timeout(Duration::from_secs(10), browser.quit());
        drop(gone.await); // a browser that does not answer is ended with its driver
    });
    if let Err(why) = walked {
        resume_unwind(why);
    }
}

/// What the driver's client runs on.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime of one thread")
}
