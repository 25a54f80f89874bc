//! Owns the one door through which everything comes and goes: the dialog for files, tables, links
//! and paper, what came and is only looked at, and what the page of files shows of an import item
//! by item and of a roll-up.
//!
//! Invariant: what comes is only added or merged when the reader says so; what it is or what it
//! will do is shown first, and what cannot be read changes nothing. Deliberately absent: tables once they
//! have come in, and how spreadsheets are made (`sheets`).

mod arrivals;
mod export;
mod item;
mod merge;
mod merge_list;
mod merge_totals;
mod packets;
mod preview;
mod roll_up;
mod scenario;
mod several;
mod visit;

pub use arrivals::DropVeil;
pub use merge::Merging;
pub use packets::PacketStrip;
pub use roll_up::RollingUp;
pub use visit::{NotWhileVisiting, VisitBar, VisitHead};

use crate::files::{self, OpenError};
use crate::link::{self, LinkError};
use crate::session::{Keeper, Page, Session};
use crate::sheets::{Exports, PastedBlock, Source, Tables};
use crate::shortcuts;
use crate::storage::InThisTab;
use crate::words::{Words, fill};
use export::{Export, Links};
use leptos::html;
use leptos::prelude::*;
use packets::HandOut;
use preview::Preview;
use shapan_engine::Plan;
use shapan_engine::files::Opened;
use std::sync::Arc;
use visit::Visit;

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
            Self::Link(LinkError::Cut) => w.travel.link_cut.to_owned(),
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
    /// The version that it and the plan on the table both came from, where it is known.
    base: Option<Arc<Plan>>,
    /// What has to be said of how it came in.
    notes: Vec<String>,
}

impl Incoming {
    /// A plan that came by itself.
    fn plain(name: String, plan: Arc<Plan>) -> Self {
        Self { name, plan, base: None, notes: Vec::new() }
    }

    /// The version both sides began from: what came along, or what is kept here.
    fn began_from(&self, keeper: Keeper) -> Option<Arc<Plan>> {
        let carried = self.base.clone();
        carried.or_else(|| keeper.origin_of(&self.plan).map(Arc::new))
    }
}

/// What has come in and waits for the reader; by context.
#[derive(Clone, Copy)]
pub struct Travel {
    session: Session,
    keeper: Keeper,
    /// What is only looked at.
    visit: RwSignal<Option<Arc<Visit>>>,
    /// What became of it.
    outcome: RwSignal<Option<String>>,
    dialog: NodeRef<html::Dialog>,
    is_open: RwSignal<bool>,
    arrived: RwSignal<Option<Result<Arrived, Trouble>>>,
    done: RwSignal<Option<String>>,
    /// The plan that is looked at item by item.
    merging: RwSignal<Option<Incoming>>,
    /// The plans that are rolled up, and whether into the plan on the table.
    rolling: RwSignal<Option<(Vec<Incoming>, bool)>>,
    /// Tables that came with a document and are looked at after it.
    later: RwSignal<Vec<Source>>,
}

/// Lets the dialog, the page of files and links find what has come in.
pub fn provide_travel(dialog: NodeRef<html::Dialog>) -> Travel {
    let travel = Travel {
        session: expect_context(),
        keeper: expect_context(),
        visit: RwSignal::new(None),
        outcome: RwSignal::new(None),
        dialog,
        is_open: RwSignal::new(false),
        arrived: RwSignal::new(None),
        done: RwSignal::new(None),
        merging: RwSignal::new(None),
        rolling: RwSignal::new(None),
        later: RwSignal::new(Vec::new()),
    };
    provide_context(travel);
    travel
}

impl Travel {
    /// Opens the dialog.
    pub fn open(self) {
        self.is_open.set(true);
    }

    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    /// Goes on on the page of files, with the plan on the table.
    fn go_on(self) {
        self.close();
        self.leave();
        let _ = location().set_hash(Page::Files.hash());
        shortcuts::focus_main();
    }

    /// Shows what the address carries, and cleans the address; whether it is a link.
    pub fn meet_address(self, page: Page) -> bool {
        let (search, hash) =
            (location().search().unwrap_or_default(), location().hash().unwrap_or_default());
        let found = link::open(&search, &hash);
        let query = link::unmarked(&search);
        let Some(result) = found else {
            if let Some(query) = query {
                visit::clean_address(&query, &hash);
            }
            return false;
        };
        let query = query.unwrap_or(search);
        self.done.set(None);
        self.arrived.set(None);
        match result {
            Ok(opened) => {
                let arrived = Arrived { name: String::new(), opened: Arc::new(opened) };
                visit::clean_address(&query, page.hash());
                if self.visit(&arrived, page.hash()) {
                    return true;
                }
                self.arrived.set(Some(Ok(arrived)));
            }
            Err(error) => {
                self.keeper.leave_sample_unkept();
                visit::clean_address(&query, page.hash());
                self.arrived.set(Some(Err(Trouble::Link(error))));
            }
        }
        self.is_open.set(true);
        true
    }

    /// Looks again at what was looked at before the page was loaded again; once, for whatever
    /// stops the page must not be met for ever.
    pub fn meet_again(self) {
        let Some(kept) = InThisTab::take() else { return };
        let hash = location().hash().unwrap_or_default();
        if let Some(Ok(opened)) = link::open("", &kept) {
            let arrived = Arrived { name: String::new(), opened: Arc::new(opened) };
            self.visit_at(&arrived, Page::from_hash(&hash).hash(), Some(&hash));
        }
    }
}

/// The kinds of files that are taken; what a file is tells its content.
const ACCEPTED: &str = ".json,.xlsx,.xlsm,.xls,.xlsb,.et,.ods,.csv,.tsv,.txt,.htm,.html,\
    application/json,text/csv,text/plain,text/tab-separated-values,text/html";

/// The button that opens the door where tables are what is wanted.
#[component]
pub fn ImportButton() -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    view! {
        <button type="button" aria-haspopup="dialog" on:click=move |_| travel.open()>
            {session.t(|w| w.sheets.import)}
        </button>
    }
    .into_any()
}

/// The dialog: what comes in, then everything that can be taken along.
#[component]
pub fn ShareDialog() -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let tables = expect_context::<Tables>();
    let Travel { dialog, arrived, done, is_open, later, .. } = travel;
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get().filter(|d| is_open.get() && !d.open()) {
            let _ = dialog.show_modal();
        }
    });
    let [link_by_hand, link_told] = [(), ()].map(|()| RwSignal::new(None::<String>));
    view! {
        <dialog class="share" node_ref=dialog aria-labelledby="share-title" on:close=move |_| {
            arrived.set(None);
            done.set(None);
            link_by_hand.set(None);
            link_told.set(None);
            is_open.set(false);
            tables.add(later.try_update(std::mem::take).unwrap_or_default());
        }>
            <header>
                <h2 id="share-title">{session.t(|w| w.share)}</h2>
                <button type="button" class="icon" aria-label=session.t(|w| w.close)
                    title=session.t(|w| w.close) on:click=move |_| travel.close()>"×"</button>
            </header>
            <Import />
            <p role="status" class="done">{move || done.get()}</p>
            <Export />
            <HandOut />
            <Exports />
            <Links by_hand=link_by_hand told=link_told />
            <section>
                <h3>{session.t(|w| w.travel.paper)}</h3>
                <p>{session.t(|w| w.travel.paper_hint)}</p>
                <div class="row">
                    <button type="button" on:click=move |_| {
                        travel.close();
                        let _ = window().print();
                    }>{session.t(|w| w.travel.print)}</button>
                </div>
            </section>
        </dialog>
    }
    .into_any()
}

/// One field for every file, one for a block of cells, and what a document would do.
#[component]
fn Import() -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let tables = expect_context::<Tables>();
    let block = expect_context::<PastedBlock>();
    let pasted = move |field: web_sys::HtmlTextAreaElement| {
        let text = field.value();
        // What is typed letter by letter is no block yet.
        if text.trim().contains(['\t', '\n']) {
            field.set_value("");
            travel.close();
            block.open(text);
        }
    };
    let waiting = move || {
        let name = tables.in_work()?;
        Some(view! {
            <p class="notice told">
                {move || fill(session.words().sheets.in_work, &[&name])}" "
                <button type="button" on:click=move |_| {
                    travel.close();
                    tables.show();
                }>{session.t(|w| w.sheets.go_on)}</button>
            </p>
        })
    };
    view! {
        <section>
            <h3>{session.t(|w| w.import)}</h3>
            <p>{session.t(|w| w.import_hint)}" "{session.t(|w| w.travel.many_hint)}</p>
            {waiting}
            <div class="row">
                <label class="file">
                    <span>{session.t(|w| w.choose_file)}</span>
                    <input type="file" multiple accept=ACCEPTED
                        on:change:target=move |e| arrivals::chosen(session, travel, tables, &e.target()) />
                </label>
                <label class="paste-here">
                    <span class="visually-hidden">{session.t(|w| w.travel.paste_here)}</span>
                    <textarea rows="1" placeholder=session.t(|w| w.travel.paste_here)
                        on:input:target=move |e| pasted(e.target())></textarea>
                </label>
            </div>
            {move || match travel.arrived.get() {
                None => ().into_any(),
                Some(Err(trouble)) => view! {
                    <p class="notice" role="alert">{trouble.text(session.words())}</p>
                }.into_any(),
                Some(Ok(file)) => view! { <Preview file /> }.into_any(),
            }}
        </section>
    }
    .into_any()
}
