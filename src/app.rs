//! Owns the shell: header, navigation, notices, and which page is shown.

use crate::checks::Checks;
use crate::compare::Compare;
use crate::data::Data;
use crate::explore::Explore;
use crate::funding::Funding;
use crate::notices::Notices;
use crate::numbers::MoneyUnit;
use crate::overview::Overview;
use crate::parts::Choice;
use crate::programmes::Programmes;
use crate::session::{Keeper, Page, Preferences, SaveState, Session, Theme, find};
use crate::share::{
    self, DropVeil, NotWhileVisiting, PacketStrip, ShareDialog, Travel, VisitBar, VisitHead,
};
use crate::sheets::TableDialog;
use crate::shelf::{self, Files, PlanPicker};
use crate::shortcuts::{self, ShortcutSheet};
use crate::start::{self, FirstSteps, NewPlan};
use crate::targets::Targets;
use crate::what_if::WhatIf;
use crate::why::{self, WhyDialog};
use crate::words::fill;
use crate::{compare, link, names, paper, scenarios, sheets};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use shapan_engine::{Lang, taian_2012};
use wasm_bindgen::JsCast;

/// Finds the plan that was last on the table, or lays out the sample, and mounts the page.
pub fn mount() {
    let Some(place) = document().get_element_by_id("app") else { return };
    let found = find();
    let plan = match found.plan.clone() {
        Some(plan) => plan,
        None => match taian_2012() {
            Ok(plan) => plan,
            Err(_) => return, // a test reads the embedded sample
        },
    };
    let place = place.unchecked_into::<web_sys::HtmlElement>();
    let page = mount_to(place, move || {
        let session = Session::new(plan.clone(), found.look.clone(), Preferences::load());
        provide_context(session);
        provide_context(Keeper::start(session, found));
        why::provide_asking();
        compare::provide_choice();
        scenarios::provide_removed();
        start::provide_draft();
        shelf::provide_telling();
        sheets::provide_tables();
        view! { <App /> }
    });
    page.forget();
}

/// The page: the fragment of the address, up to the page's own part of it.
fn page() -> Memo<Page> {
    let read = || Page::from_hash(&location().hash().unwrap_or_default());
    let (page, set_page) = signal(read());
    let handle = window_event_listener(ev::hashchange, move |_| {
        // A link is met where the reader is; `share` cleans the address.
        if link::is_link(&location().hash().unwrap_or_default()) {
            return;
        }
        // What follows the page's name is the page's own affair.
        if page.get_untracked() != read() {
            set_page.set(read());
        }
    });
    on_cleanup(move || handle.remove());
    // A page that only looks at something else stays where it is.
    Memo::new(move |_| page.get())
}

#[component]
fn App() -> impl IntoView {
    let session = expect_context::<Session>();
    let share = NodeRef::<html::Dialog>::new();
    let travel = share::provide_travel(share);
    let page = page();
    // Listens before any page does, whose own address would be in the way.
    let moved = window_event_listener(ev::hashchange, move |_| {
        travel.meet_address(page.get_untracked());
    });
    on_cleanup(move || moved.remove());
    if !travel.meet_address(page.get_untracked()) {
        travel.meet_again();
    }
    Effect::new(move |_| {
        let preferences = session.preferences.get();
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", preferences.lang.tag());
            let _ = root.set_attribute("data-theme", preferences.theme.key());
        }
    });
    let title = session.plan_title();
    Effect::new(move |_| {
        let title = if session.printing.get() && !paper::has_margins() {
            paper::line(session, page.get())
        } else {
            format!("{} · {}", title.get(), session.words().app_name)
        };
        document().set_title(&title);
    });
    Effect::new(move |previous: Option<Page>| {
        let now = page.get();
        if previous.is_some_and(|p| p != now) {
            // A new page starts where a reader starts.
            if let Some(main) = document().get_element_by_id("main") {
                main.scroll_into_view();
            }
            // On a phone the pages stand in one row that slides.
            if let Ok(Some(link)) = document().query_selector(".pages a[aria-current]")
                && let Some(row) = document().query_selector(".pages").ok().flatten()
            {
                let link = link.unchecked_into::<web_sys::HtmlElement>();
                row.set_scroll_left(link.offset_left() - row.client_width() / 3);
            }
        }
        now
    });
    let sheet = NodeRef::<html::Dialog>::new();
    shortcuts::listen(session, sheet);
    paper::listen(session, page);
    view! {
        <a class="skip" href="#main" on:click=move |e| {
            e.prevent_default();
            shortcuts::focus_main();
        }>{session.t(|w| w.skip_to_content)}</a>
        <VisitHead />
        <Header share />
        <div class="body">
            <div class="side">
                <nav class="pages" aria-label=session.t(|w| w.pages)>
                    {Page::GROUPS.map(|group| view! {
                        <div class="pages-group">
                            {group.iter().map(|p| view! {
                                <a href=p.hash() aria-current=move || (page.get() == *p).then_some("page")>
                                    {Signal::derive(move || names::page(session.words(), *p))}
                                </a>
                            }).collect_view()}
                        </div>
                    })}
                </nav>
                <PreferencesBar sheet />
            </div>
            <main id="main" tabindex="-1">
                <p class="printed" aria-hidden="true">{move || paper::line(session, page.get())}</p>
                <Notices />
                <PacketStrip />
                {move || match shown(session, page) {
                    page @ (Page::Files | Page::NewPlan) if session.is_visiting() => view! { <NotWhileVisiting page /> }.into_any(),
                    Page::Overview => view! { <Overview share /> }.into_any(),
                    Page::WhatIf => view! { <WhatIf /> }.into_any(),
                    Page::Funding => view! { <Funding /> }.into_any(),
                    Page::Targets => view! { <Targets /> }.into_any(),
                    Page::Checks => view! { <Checks /> }.into_any(),
                    Page::Compare => view! { <Compare /> }.into_any(),
                    Page::Data => view! { <FirstSteps /><Data /> }.into_any(),
                    Page::Programmes => view! { <Programmes /> }.into_any(),
                    Page::Explore => view! { <Explore /> }.into_any(),
                    Page::Files => view! { <Files share /> }.into_any(),
                    Page::NewPlan => view! { <NewPlan /> }.into_any(),
                }}
            </main>
        </div>
        <VisitBar />
        <ShareDialog />
        <TableDialog />
        <DropVeil />
        <WhyDialog />
        <ShortcutSheet dialog=sheet />
    }
}

/// The page that is shown; drawn anew where a change was held back, so that no field shows what
/// does not hold.
fn shown(session: Session, page: Memo<Page>) -> Page {
    let _times = session.held_back();
    page.get()
}

/// The app's name as its readers write it, and in English how it is read.
fn brand(session: Session) -> String {
    let name = session.words().brand;
    if session.lang() == Lang::En { format!("沙盘 {name}") } else { name.to_owned() }
}

#[component]
fn Header(share: NodeRef<html::Dialog>) -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let keeper = expect_context::<Keeper>();
    let scenarios = move || {
        let lang = session.lang();
        session.plan.with(|p| names::scenario_tree(p, lang))
    };
    let choices = Signal::derive(scenarios);
    let years = Signal::derive(move || {
        session.plan.with(|p| {
            let name =
                |y: shapan_engine::Year| fill(session.words().fiscal_year, &[&y.to_string()]);
            p.years().enumerate().map(|(n, y)| (n.to_string(), name(y))).collect::<Vec<_>>()
        })
    });
    view! {
        <header class="top">
            <span class="brand" aria-hidden="true">{move || brand(session)}</span>
            <PlanPicker leave_visit=Callback::new(move |()| travel.go_back()) />
            <Choice
                label=session.t(|w| w.scenario)
                options=choices
                value=Signal::derive(move || session.look.with(|l| l.scenario.to_string()))
                on_choose=Callback::new(move |id: String| {
                    if let Ok(id) = id.parse() {
                        session.look_at_scenario(&id);
                    }
                })
            />
            <Choice
                label=session.t(|w| w.compared_with)
                options=choices
                value=Signal::derive(move || session.look.with(|l| l.base.to_string()))
                on_choose=Callback::new(move |id: String| {
                    if let Ok(id) = id.parse() {
                        session.look_at(|look| look.base = id);
                    }
                })
            />
            <Choice
                quiet=true
                label=session.t(|w| w.year)
                options=years
                value=Signal::derive(move || session.look.with(|l| l.year.to_string()))
                on_choose=Callback::new(move |year: String| {
                    if let Ok(year) = year.parse() {
                        session.look_at(|look| look.year = year);
                    }
                })
            />
            <span class="gap"></span>
            // Nothing is said of a sample that nobody asked for, and which is not kept.
            <Show when=move || !session.is_visiting() && !keeper.has_unasked_sample()>
                <SavedState />
            </Show>
            <Show when=move || !session.is_visiting()>
            <span class="group">
                <button class="icon" type="button" disabled=move || !session.can_undo()
                    title=move || format!("{} (Ctrl+Z)", session.words().undo)
                    aria-label=session.t(|w| w.undo) on:click=move |_| session.undo()>"↶"</button>
                <button class="icon" type="button" disabled=move || !session.can_redo()
                    title=move || format!("{} (Ctrl+Y)", session.words().redo)
                    aria-label=session.t(|w| w.redo) on:click=move |_| session.redo()>"↷"</button>
            </span>
            </Show>
            <button class="primary" type="button" on:click=move |_| {
                if let Some(dialog) = share.get() {
                    let _ = dialog.show_modal();
                }
            }>{session.t(|w| w.share)}</button>
        </header>
    }
}

#[component]
fn SavedState() -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let text = move || {
        let w = session.words();
        match keeper.state.get() {
            SaveState::Pending => w.saving.to_owned(),
            SaveState::Saved { at } => fill(w.saved_at, &[&at]),
            SaveState::Failed(_) => w.not_saved.to_owned(),
        }
    };
    let class = move || match keeper.state.get() {
        SaveState::Pending => "saved pending",
        SaveState::Saved { .. } => "saved",
        SaveState::Failed(_) => "saved failed",
    };
    view! { <span class=class role="status">{text}</span> }
}

#[component]
fn PreferencesBar(sheet: NodeRef<html::Dialog>) -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <div class="preferences" role="group" aria-label=session.t(|w| w.preferences)>
        <Choice
            quiet=true
            label=session.t(|w| w.unit)
            options=Signal::derive(move || {
                let w = session.words();
                let units = MoneyUnit::usual(session.lang()).iter();
                units.map(|u| (u.key().to_owned(), names::unit(w, *u).to_owned())).collect()
            })
            value=Signal::derive(move || session.preferences.with(|p| p.unit().key().to_owned()))
            on_choose=Callback::new(move |key: String| {
                let chosen = MoneyUnit::usual(session.lang()).iter().find(|u| u.key() == key);
                if let Some(unit) = chosen {
                    session.preferences.update(|p| p.set_unit(*unit));
                }
            })
        />
        <span class="group" role="group" aria-label=session.t(|w| w.language)>
            {Lang::ALL.map(|lang| {
                let (short, full) = names::language(lang);
                view! {
                    <button class="icon" type="button" lang=lang.tag() title=full aria-label=full
                        aria-pressed=move || (session.lang() == lang).to_string()
                        on:click=move |_| session.preferences.update(|p| p.lang = lang)>{short}</button>
                }
            })}
        </span>
        <button class="icon" type="button"
            title=move || names::theme(session.words(), session.is_dark())
            aria-label=move || names::theme(session.words(), session.is_dark())
            on:click=move |_| {
                let next = if session.is_dark() { Theme::Light } else { Theme::Dark };
                session.preferences.update(|p| p.theme = next);
            }>"◐"</button>
        <button class="icon" type="button" title=session.t(|w| w.craft.shortcuts)
            aria-label=session.t(|w| w.craft.shortcuts) on:click=move |_| {
                if let Some(sheet) = sheet.get() {
                    let _ = sheet.show_modal();
                }
            }>"?"</button>
        </div>
    }
}
