//! Owns what came in and is only looked at: the sentence that says what it comes to, first of all,
//! and what may become of it.
//!
//! Invariant: until the reader keeps it nothing of it is kept on this machine (but in this tab, for
//! when it is loaded again), and what is here already is found again rather than kept twice. A
//! scenario is added to a plan only where it fits; else the reason is told.
//! Deliberately absent: how the session holds both plans (`session::visit`).

use super::{Arrived, Travel};
use crate::files;
use crate::link::{self, Kind};
use crate::overview::Headline;
use crate::session::{Keeper, Page, Session};
use crate::storage::InThisTab;
use crate::words::{Words, fill};
use crate::{compare, names};
use leptos::prelude::*;
use shapan_engine::files::{
    Contents, Fit, Opened, ScenarioBundle, Unfit, fingerprint, fit, send_plan, send_scenario,
};
use shapan_engine::{Command, Document, Plan, ScenarioId, taian_2012};
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::JsValue;

/// What is only looked at, and how it stands to what is here.
pub(super) struct Visit {
    arrived: Arrived,
    /// The scenario that came, where it is not a whole plan.
    scenario: Option<ScenarioId>,
    /// Where the very same is kept here.
    kept: Option<Place>,
    /// Where the scenario's own plan is found here, rather than in what came.
    base: Option<Place>,
    /// The page its reader was on.
    back: &'static str,
}

/// A plan that is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Table,
    Shelf(u32),
    Sample,
}

/// A plan to look at, and what is known of it.
struct Found {
    plan: Plan,
    scenario: Option<ScenarioId>,
    kept: Option<Place>,
    base: Option<Place>,
}

/// A plan with what fits of a scenario, and whether that was there already.
fn with_scenario(base: &Plan, bundle: &ScenarioBundle) -> Option<(Plan, Fit, bool)> {
    let fit = fit(base, bundle);
    let is_there = fit.scenarios.is_empty();
    let mut document = Document::new(base.clone());
    document.dispatch(Command::AddScenarios(fit.scenarios.clone()), None).ok()?;
    Some((Plan::clone(document.plan()), fit, is_there))
}

impl Travel {
    /// Whether there is a plan to look at.
    pub(super) fn can_visit(self, opened: &Opened) -> bool {
        match &opened.contents {
            Contents::Plan(_) => true,
            Contents::Scenario(bundle) => bundle.whole.is_some() || self.base_of(bundle).is_some(),
        }
    }

    /// The plan a scenario was made on, where it is here.
    fn base_of(self, bundle: &ScenarioBundle) -> Option<(Place, Plan)> {
        let is_it = |plan: &Plan| fingerprint(plan) == bundle.base_fingerprint;
        let table = self.session.table.get_untracked();
        if is_it(&table) {
            return Some((self.table(), Plan::clone(&table)));
        }
        let shelf = self.keeper.others_titled(&bundle.base_title);
        let found = shelf.into_iter().find(|(_, plan)| is_it(plan));
        let sample = || taian_2012().ok().filter(is_it).map(|sample| (Place::Sample, sample));
        found.map(|(number, plan)| (Place::Shelf(number), plan)).or_else(sample)
    }

    /// The plan on the table: the reader's own, or the sample that nobody asked for.
    fn table(self) -> Place {
        let is_unasked = untrack(|| self.keeper.has_unasked_sample());
        if is_unasked { Place::Sample } else { Place::Table }
    }

    /// Where a plan is kept here as it is.
    fn place_of(self, plan: &Plan) -> Option<Place> {
        let received = Keeper::as_received(plan);
        let is_it = |kept: &Plan| kept == plan || *kept == received;
        if is_it(&self.session.table.read_untracked()) {
            return Some(self.table()).filter(|place| *place == Place::Table);
        }
        let mut shelf = self.keeper.others_titled(&plan.title).into_iter();
        shelf.find(|(_, kept)| is_it(kept)).map(|(number, _)| Place::Shelf(number))
    }

    fn find(self, opened: &Opened) -> Option<Found> {
        match &opened.contents {
            Contents::Plan(plan) => {
                let (plan, kept) = (Plan::clone(plan), self.place_of(plan));
                Some(Found { plan, scenario: None, kept, base: None })
            }
            Contents::Scenario(bundle) => {
                let here = self.base_of(bundle);
                let own = bundle.whole.as_deref();
                let base = own.or(here.as_ref().map(|(_, plan)| plan))?;
                let (plan, fit, _) = with_scenario(base, bundle)?;
                let in_base = here.as_ref().filter(|(place, plan)| {
                    *place != Place::Sample
                        && with_scenario(plan, bundle).is_some_and(|(_, _, is_there)| is_there)
                });
                let kept = in_base.map(|(place, _)| *place).or_else(|| self.place_of(&plan));
                let base = here.map(|(place, _)| place);
                Some(Found { plan, scenario: fit.subject, kept, base })
            }
        }
    }

    /// Looks at what arrived, as its sender did; `false` where there is no plan to look at.
    pub(super) fn visit(self, arrived: &Arrived, back: &'static str) -> bool {
        self.visit_at(arrived, back, None)
    }

    pub(super) fn visit_at(self, arrived: &Arrived, back: &'static str, at: Option<&str>) -> bool {
        self.keeper.leave_sample_unkept();
        let Some(Found { plan, scenario, kept, base }) = self.find(&arrived.opened) else {
            return false;
        };
        let mut view = arrived.opened.view.clone().unwrap_or_default();
        // A scenario is looked at, whatever the view beside it says.
        view.scenario = scenario.clone().or(view.scenario);
        self.session.visit(plan, &view);
        let visit = Visit { arrived: arrived.clone(), scenario, kept, base, back };
        self.visit.set(Some(Arc::new(visit)));
        self.outcome.set(None);
        let sent = view.page.map(|page| format!("#{page}")).unwrap_or_default();
        clean_address(
            &location().search().unwrap_or_default(),
            Page::shown_of(at.unwrap_or(&sent)),
        );
        let arrived = arrived.clone();
        // Once it has been shown; another page would start below the sentence.
        let remember = move || self.remember(&arrived);
        request_animation_frame(move || {
            if let Some(page) = document().document_element() {
                page.set_scroll_top(0);
            }
            set_timeout(remember, Duration::from_millis(100));
        });
        true
    }

    /// Keeps what is looked at in this tab, for when the page is loaded again.
    fn remember(self, arrived: &Arrived) {
        let is_still = self.visit.with_untracked(|visit| {
            visit.as_ref().is_some_and(|v| Arc::ptr_eq(&v.arrived.opened, &arrived.opened))
        });
        let (plan, look) = (self.session.plan.get_untracked(), self.session.look.get_untracked());
        let Opened { contents, stamp, view, .. } = &*arrived.opened;
        let view = view.clone().unwrap_or_default();
        let fragment = match contents {
            Contents::Plan(_) => Some((Kind::Plan, send_plan(&plan, &view, stamp))),
            Contents::Scenario(_) => {
                let all: Vec<ScenarioId> = plan.scenarios.iter().map(|s| s.id.clone()).collect();
                let subject = self.visit.with_untracked(|v| v.as_ref()?.scenario.clone());
                let subject = subject.unwrap_or(look.scenario);
                let file = send_scenario(&plan, &subject, &view, Some(&all), stamp);
                file.map(|json| (Kind::Scenario, json))
            }
        };
        if let Some((kind, json)) = fragment.filter(|_| is_still) {
            InThisTab::keep(&link::fragment(kind, &json));
        }
    }

    /// Ends the visit, whatever becomes of what was looked at; the reader stays on their page.
    pub(super) fn leave(self) {
        self.session.end_visit();
        self.visit.set(None);
        self.keeper.keep_table_again();
        let _gone = InThisTab::take();
    }

    /// Goes back to the plan on the table, as it was.
    pub fn go_back(self) {
        let back = self.visit.with_untracked(|v| v.as_ref().map(|v| v.back));
        self.leave();
        clean_address(
            &location().search().unwrap_or_default(),
            back.unwrap_or(Page::Overview.hash()),
        );
    }

    /// Keeps what is looked at as a plan, on the table, and goes on looking at the same.
    fn keep(self) {
        let plan = self.session.plan.get_untracked();
        let look = self.session.look.get_untracked();
        match self.keeper.add_received(&plan) {
            Ok(()) => {
                self.session.look_at(|l| *l = look);
                self.leave();
                self.outcome.set(Some(self.session.words_now().visit.kept.to_owned()));
            }
            Err(error) => {
                let text = files::not_added(self.session.words_now(), &error);
                self.keeper.trouble.set(Some(text));
            }
        }
    }

    /// Puts a plan of this machine on the table; whether it is there.
    fn go_to(self, place: Place) -> bool {
        match place {
            Place::Table | Place::Sample => self.keeper.keep_table_again(),
            Place::Shelf(number) => {
                if let Err(error) = self.keeper.switch_to(number) {
                    let text = files::switch_error(self.session.words_now(), &error);
                    self.keeper.trouble.set(Some(text));
                    return false;
                }
            }
        }
        true
    }

    /// Opens what is kept here, looking at the same.
    fn open_kept(self, place: Place) {
        let look = self.session.look.get_untracked();
        if self.go_to(place) {
            self.leave();
            self.session.look_at(|l| *l = look);
        }
    }

    /// Adds the scenario to a plan of this machine: at once where it is the plan it was made on,
    /// else by way of what it would do there.
    fn add_to(self, place: Place) {
        let Some(visit) = self.visit.get_untracked() else { return };
        let Contents::Scenario(bundle) = &visit.arrived.opened.contents else { return };
        if !self.go_to(place) {
            return;
        }
        self.leave();
        let table = self.session.table.get_untracked();
        let fit = fit(&table, bundle);
        if fingerprint(&table) != bundle.base_fingerprint {
            self.arrived.set(Some(Ok(visit.arrived.clone())));
            return self.open();
        }
        self.session.dispatch(Command::AddScenarios(fit.scenarios));
        if let Some(subject) = fit.subject {
            self.session.look_at_scenario(&subject);
        }
        let (w, lang) = (self.session.words_now(), self.session.lang_now());
        self.outcome.set(Some(fill(w.visit.added, &[table.title.get(lang)])));
    }
}

/// Puts an address in the place of a link's, and tells the pages.
pub(super) fn clean_address(query: &str, hash: &str) {
    let at = location();
    let (origin, path) = (at.origin().unwrap_or_default(), at.pathname().unwrap_or_default());
    let Ok(history) = window().history() else { return };
    let put =
        |address: &str| history.replace_state_with_url(&JsValue::NULL, "", Some(address)).is_ok();
    // Where an address has no origin of its own, the fragment alone can still be replaced.
    if put(&format!("{origin}{path}{query}{hash}")) || put(hash) {
        // Later: who hears of it may be the one who is called right now.
        queue_microtask(|| {
            if let Ok(event) = web_sys::Event::new("hashchange") {
                let _ = window().dispatch_event(&event);
            }
        });
    }
}

/// Why a scenario is not to be added to a plan.
pub(super) fn unfit_text(
    w: &Words,
    lang: shapan_engine::Lang,
    title: &str,
    unfit: &Unfit,
) -> String {
    match unfit {
        Unfit::OtherPlace { there, here } => {
            fill(w.visit.other_place, &[title, there.get(lang), here.get(lang)])
        }
        Unfit::NoCommonYears { there, here } => {
            let [a, b, c, d] = [there.first(), there.last(), here.first(), here.last()]
                .map(|year| year.to_string());
            fill(w.visit.other_years, &[title, &a, &b, &c, &d])
        }
        Unfit::NothingToChange => fill(w.visit.nothing_to_change, &[title]),
    }
}

/// What came in, above everything: where from, and the sentence that says what it comes to.
#[component]
pub fn VisitHead() -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let visit = travel.visit;
    let has_result = session.has_result();
    move || {
        let visit = visit.get().filter(|_| session.is_visiting())?;
        let of = Arc::clone(&visit);
        let from = move || {
            let w = session.words();
            let name = &of.arrived.name;
            let from = if name.is_empty() {
                w.visit.from_link.to_owned()
            } else {
                fill(w.visit.from_file, &[name])
            };
            // A moment as files have it; whatever else stands there is no date.
            let day = of.arrived.opened.stamp.saved_at.get(..10).unwrap_or_default();
            let is_day = day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
            let sent = (is_day && !day.is_empty()).then(|| fill(w.visit.saved_on, &[day]));
            [Some(from), sent, Some(w.visit.looked_at.to_owned())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · ")
        };
        let of = Arc::clone(&visit);
        let what = move || {
            let w = session.words();
            let title = session.plan.with(|p| p.title.get(session.lang()).to_owned());
            match &of.scenario {
                Some(id) => fill(w.visit.scenario, &[&session.scenario_name(id), &title]),
                None => fill(w.visit.plan, &[&title]),
            }
        };
        let remarks = move || remarks(session, &visit);
        Some(view! {
            <section class="visit-head" aria-label=session.t(|w| w.visit.title)>
                <p class="from">{from}</p>
                <Show when=move || has_result.get()><Headline /></Show>
                <p class="what">{what}</p>
                {move || remarks().into_iter().map(|line| view! { <p class="what">{line}</p> }).collect_view()}
            </section>
        })
    }
}

/// What is to be known of it beside: that it is here already, or why it cannot be added.
fn remarks(session: Session, visit: &Visit) -> Vec<String> {
    let w = session.words();
    let mut lines = crate::misread::report_text(w, &visit.arrived.opened.report);
    match (visit.kept, &visit.scenario) {
        (Some(_), None) => lines.push(w.visit.is_kept.to_owned()),
        (Some(_), Some(_)) => lines.push(w.visit.scenario_is_kept.to_owned()),
        (None, Some(_)) => {
            let title = session.table.with(|t| t.title.get(session.lang()).to_owned());
            let unfit = unfit_here(session, visit);
            lines.extend(unfit.map(|unfit| unfit_text(w, session.lang(), &title, &unfit)));
        }
        (None, None) => {}
    }
    lines
}

/// Why the scenario cannot be added to the plan on the table, unless its own plan is elsewhere here.
fn unfit_here(session: Session, visit: &Visit) -> Option<Unfit> {
    let Contents::Scenario(bundle) = &visit.arrived.opened.contents else { return None };
    session.table.with(|table| fit(table, bundle).unfit)
}

/// What may become of it, always at hand.
#[component]
pub fn VisitBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let forget_choice = compare::forget_choice();
    let held_back = move || {
        (session.held_back() > 0).then(|| {
            view! {
                <p class="held-back" role="alert">{session.t(|w| w.visit.read_only)}</p>
            }
        })
    };
    // A visit also ends where another plan comes on the table: nothing of it stays behind.
    Effect::new(move |_| {
        if !session.is_visiting() && travel.visit.with_untracked(Option::is_some) {
            travel.leave();
        }
    });
    let bar = move || {
        let visit = travel.visit.get().filter(|_| session.is_visiting())?;
        let w = session.words();
        let (table, is_sample) =
            session.table.with(|t| (t.title.get(session.lang()).to_owned(), t.is_sample));
        let is_scenario = visit.scenario.is_some();
        let may_add = is_scenario && unfit_here(session, &visit).is_none();
        let base = visit.base.filter(|place| *place != Place::Sample);
        let title_at = |place: Place| match place {
            Place::Shelf(number) => travel.keeper.title_of(number),
            Place::Table | Place::Sample => table.clone(),
        };
        let keep = view! {
            <button type="button" class:primary=base.is_none() on:click=move |_| travel.keep()>{w.visit.keep}</button>
        };
        let ways = if let Some(place) = visit.kept {
            let name = fill(w.visit.open_kept, &[&title_at(place)]);
            view! {
                <button type="button" class="primary" on:click=move |_| travel.open_kept(place)>{name}</button>
            }
            .into_any()
        } else {
            // Its own plan first; else whatever is on the table, where it fits.
            let place = base.or((may_add && !is_sample).then_some(Place::Table));
            let add = place.map(|place| {
                let name = fill(w.visit.add_scenario, &[&title_at(place)]);
                view! {
                    <button type="button" class:primary=base.is_some() on:click=move |_| travel.add_to(place)>{name}</button>
                }
            });
            view! { {add}{keep} }.into_any()
        };
        let back = if travel.keeper.has_unasked_sample() {
            w.visit.back_to_sample.to_owned()
        } else {
            fill(w.visit.back, &[&table])
        };
        Some(view! {
            <div class="visit-bar" role="region" aria-label=w.visit.title>
                {held_back}
                <div class="row">
                    {ways}
                    <button type="button" class="quiet" on:click=move |_| {
                        travel.go_back();
                        forget_choice();
                    }>{back}</button>
                </div>
            </div>
        })
    };
    let outcome = move || {
        travel.outcome.get().map(|text| view! {
            <p class="visit-outcome" role="status">
                {text}" "
                <button type="button" class="quiet" on:click=move |_| travel.outcome.set(None)>{session.t(|w| w.dismiss)}</button>
            </p>
        })
    };
    view! { {bar}{outcome} }.into_any()
}

/// In the place of a page that is about the reader's own plans.
#[component]
pub fn NotWhileVisiting(page: Page) -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <section class="card">
            <h2>{move || names::page(session.words(), page)}</h2>
            <p>{session.t(|w| w.visit.not_here)}</p>
        </section>
    }
    .into_any()
}
