//! Owns how plans and scenarios come and go: the dialog for files and links, and what the page
//! of files shows of an import item by item and of a roll-up.
//!
//! Invariant: what comes is only added or merged when the reader says so; what it will do is
//! shown first, and what cannot be read changes nothing.

mod export;
mod item;
mod merge;
mod preview;
mod roll_up;
mod scenario;

pub use merge::Merging;
pub use roll_up::RollingUp;

use crate::files::{self, OpenError};
use crate::link::{self, LinkError};
use crate::session::{Page, Session};
use crate::shortcuts;
use crate::words::{Words, fill};
use export::{Export, Links};
use leptos::html;
use leptos::prelude::*;
use preview::Preview;
use shapan_engine::Plan;
use shapan_engine::files::{Contents, Opened};
use std::sync::Arc;
use wasm_bindgen::JsValue;

/// Something that has been read, waiting to be added.
#[derive(Clone)]
struct Arrived {
    name: String,
    opened: Arc<Opened>,
}

/// Why nothing arrived.
#[derive(Clone)]
enum Trouble {
    /// A file that was not read.
    File(String, OpenError),
    /// A link that was not read.
    Link(LinkError),
    /// A scenario among files to roll up.
    NotAPlan(String),
}

impl Trouble {
    fn text(&self, w: &Words) -> String {
        match self {
            Self::File(name, error) => fill(w.not_imported, &[name, &files::open_error(w, error)]),
            Self::Link(LinkError::Damaged) => w.travel.link_damaged.to_owned(),
            Self::Link(LinkError::Newer) => w.travel.link_newer.to_owned(),
            Self::Link(LinkError::TooLarge) => w.travel.link_too_large.to_owned(),
            Self::Link(LinkError::Contents(error)) => {
                fill(w.travel.link_other, &[&files::open_error(w, error)])
            }
            Self::NotAPlan(name) => fill(w.travel.only_plans, &[name]),
        }
    }
}

/// A plan that came in, by what it is called where it came from.
#[derive(Clone)]
struct Incoming {
    name: String,
    plan: Arc<Plan>,
}

/// What has come in and waits for the reader; by context.
#[derive(Clone, Copy)]
pub struct Travel {
    dialog: NodeRef<html::Dialog>,
    is_open: RwSignal<bool>,
    arrived: RwSignal<Option<Result<Arrived, Trouble>>>,
    done: RwSignal<Option<String>>,
    /// The plan that is looked at item by item.
    merging: RwSignal<Option<Incoming>>,
    /// The plans that are rolled up, and whether into the plan on the table.
    rolling: RwSignal<Option<(Vec<Incoming>, bool)>>,
}

/// Lets the dialog, the page of files and links find what has come in.
pub fn provide_travel(dialog: NodeRef<html::Dialog>) -> Travel {
    let travel = Travel {
        dialog,
        is_open: RwSignal::new(false),
        arrived: RwSignal::new(None),
        done: RwSignal::new(None),
        merging: RwSignal::new(None),
        rolling: RwSignal::new(None),
    };
    provide_context(travel);
    travel
}

impl Travel {
    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    /// Goes on on the page of files.
    fn go_on(self) {
        self.close();
        let _ = location().set_hash(Page::Files.hash());
        shortcuts::focus_main();
    }

    /// Offers what the address carries, where it is a link, and cleans the address.
    pub fn meet_address(self, page: Page) {
        let hash = location().hash().unwrap_or_default();
        let Some(result) = link::open(&hash) else { return };
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(page.hash()));
        }
        self.arrived.set(Some(match result {
            Ok(opened) => Ok(Arrived { name: String::new(), opened: Arc::new(opened) }),
            Err(error) => Err(Trouble::Link(error)),
        }));
        self.done.set(None);
        self.is_open.set(true);
    }
}

/// Takes files in: one is previewed; several are rolled up.
fn take_in(travel: Travel, input: &web_sys::HtmlInputElement) {
    let Some(list) = input.files() else { return };
    let chosen: Vec<web_sys::File> = (0..list.length()).filter_map(|n| list.get(n)).collect();
    input.set_value("");
    travel.done.set(None);
    leptos::task::spawn_local(async move {
        let mut all = Vec::new();
        for file in chosen {
            let name: String = file.name().chars().take(120).collect();
            let text = files::text_of(file).await;
            match text.and_then(|text| Ok(shapan_engine::files::open(&text)?)) {
                Ok(opened) => all.push(Arrived { name, opened: Arc::new(opened) }),
                Err(error) => {
                    let _ = travel.arrived.try_set(Some(Err(Trouble::File(name, error))));
                    return;
                }
            }
        }
        if all.len() == 1 {
            let _ = travel.arrived.try_set(all.pop().map(Ok));
            return;
        }
        let mut plans = Vec::new();
        for Arrived { name, opened } in all {
            let Contents::Plan(plan) = &opened.contents else {
                let _ = travel.arrived.try_set(Some(Err(Trouble::NotAPlan(name))));
                return;
            };
            plans.push(Incoming { name, plan: Arc::new(Plan::clone(plan)) });
        }
        if !plans.is_empty() {
            travel.rolling.set(Some((plans, false)));
            travel.go_on();
        }
    });
}

/// The dialog for files and links.
#[component]
pub fn ShareDialog() -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let Travel { dialog, arrived, done, is_open, .. } = travel;
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get().filter(|d| is_open.get() && !d.open()) {
            let _ = dialog.show_modal();
        }
    });
    let link_by_hand = RwSignal::new(None::<String>);
    view! {
        <dialog class="share" node_ref=dialog aria-labelledby="share-title" on:close=move |_| {
            arrived.set(None);
            done.set(None);
            link_by_hand.set(None);
            is_open.set(false);
        }>
            <header>
                <h2 id="share-title">{session.t(|w| w.share)}</h2>
                <button type="button" class="icon" aria-label=session.t(|w| w.close)
                    title=session.t(|w| w.close) on:click=move |_| travel.close()>"×"</button>
            </header>
            <Export />
            <Links by_hand=link_by_hand />
            <section>
                <h3>{session.t(|w| w.import)}</h3>
                <p>{session.t(|w| w.import_hint)}" "{session.t(|w| w.travel.many_hint)}</p>
                <label class="file">
                    <span>{session.t(|w| w.choose_file)}</span>
                    <input type="file" multiple accept=".json,application/json"
                        on:change:target=move |e| take_in(travel, &e.target()) />
                </label>
                {move || match arrived.get() {
                    None => ().into_any(),
                    Some(Err(trouble)) => view! {
                        <p class="notice" role="alert">{trouble.text(session.words())}</p>
                    }.into_any(),
                    Some(Ok(file)) => view! { <Preview file /> }.into_any(),
                }}
            </section>
            <p role="status" class="done">{move || done.get()}</p>
        </dialog>
    }
    .into_any()
}
