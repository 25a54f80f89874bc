//! Real-browser journeys: the built page on a server of its own, in a window of its own, and a
//! reader who knows the page by roles and labels only.
//!
//! Browsers are few: a journey takes one that is idle, and gives it back when it ended well. Each
//! has a server of its own and so an address of its own, to which storage, workers, channels and
//! permissions are bound, and a window of its own: nothing of a journey reaches the next.
//!
//! **Invariant:** whatever a journey is about, it also fails when the page wrote an error to the
//! console, broke its content policy, asked for a file that is not there, or called anywhere but
//! home; then a picture, the console and the page's words are kept.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "for tests: what is not as it should be stops them"
)]

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
    sync::Mutex,
    time::Duration,
};

/// Where something is that `cargo xtask test` builds or finds.
pub fn place(variable: &str) -> PathBuf {
    match env::var_os(variable) {
        Some(path) => path.into(),
        None => panic!(
            "{variable} is not set. Run `cargo xtask test`, or `cargo xtask journeys` for some of \
             them: they find or install a browser and tell these tests where it is."
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
    let seat = Seat::take(reader.languages);
    let page = Page::new(&seat.browser, &server);
    let walked = catch_unwind(AssertUnwindSafe(|| {
        seat.runtime.block_on(async {
            seat.browser.welcome(reader).await.expect("a new window");
            page.open().await;
            walk(&page).await;
            page.expect_no_trouble().await;
        });
    }));
    if walked.is_err() {
        seat.runtime.block_on(page.keep_what_it_looked_like());
    }
    seat.give_back(walked.is_ok());
    if let Err(why) = walked {
        resume_unwind(why);
    }
}

/// A browser, and what its driver's client runs on.
struct Seat {
    languages: &'static str,
    runtime: tokio::runtime::Runtime,
    browser: Browser,
}

/// Those nobody sits at.
static IDLE: Mutex<Vec<Seat>> = Mutex::new(Vec::new());

impl Seat {
    /// One that is idle, or a new one: as many are in use as journeys walk side by side.
    fn take(languages: &'static str) -> Self {
        let mut idle = IDLE.lock().expect("no journey panics with the list");
        let fitting = idle.iter().position(|seat| seat.languages == languages);
        let found = fitting.map(|place| idle.swap_remove(place));
        drop(idle);
        found.unwrap_or_else(|| {
            let runtime = runtime();
            let browser = runtime.block_on(Browser::start(languages, Logs::Kept));
            Self { languages, runtime, browser }
        })
    }

    /// A browser in which something went wrong, or that does not answer, is not used again.
    fn give_back(self, is_well: bool) {
        let patience = Duration::from_secs(10);
        let left = self
            .runtime
            .block_on(async { tokio::time::timeout(patience, self.browser.farewell()).await });
        if is_well && matches!(left, Ok(Ok(()))) {
            IDLE.lock().expect("no journey panics with the list").push(self);
        } else {
            let Self { runtime, browser, .. } = self;
            drop(runtime.block_on(async { tokio::time::timeout(patience, browser.quit()).await }));
        }
    }
}

/// What the driver's client runs on.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime of one thread")
}
