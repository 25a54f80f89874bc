//! Owns the guided start: a plan from nothing, on one page in four steps.
//!
//! `draft` has what was typed and what is wrong with it, `library` the programmes to choose
//! from, `facts` what is told of each. Invariant: what was typed stays until it has become a
//! plan, wherever the reader goes meanwhile; the plan that was on the table is kept.

mod draft;
mod facts;
mod library;

pub use library::FromLibrary;

use crate::clock;
use crate::files;
use crate::names;
use crate::numbers::MoneyUnit;
use crate::parts::{Segments, focus};
use crate::session::{Keeper, Page, Session};
use crate::words::{Words, fill};
use draft::{Draft, Fault, Field};
use leptos::prelude::*;
use library::{Chosen, LibraryList, switch};
use shapan_engine::{
    CommandError, Document, Headcount, Plan, Stage, StartError, fresh_plan, take_from_library,
};

/// What has been typed so far, for as long as the page is open.
#[derive(Clone, Copy)]
struct Drafting {
    draft: RwSignal<Draft>,
    /// Whether the reader has asked for the plan: from then on faults are shown.
    tried: RwSignal<bool>,
}

/// Keeps what is typed while the reader looks at other pages.
pub fn provide_draft() {
    let draft = RwSignal::new(Draft::begun_in(clock::year()));
    provide_context(Drafting { draft, tried: RwSignal::new(false) });
}

/// The page.
#[component]
pub fn NewPlan() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <div class="sheet start">
            <header class="page-head">
                <h2>{session.t(|w| w.start.title)}</h2>
                <p>{session.t(|w| w.start.lead)}</p>
            </header>
            <div class="start-steps">
                <div class="stack"><Where /><When /><Stages /></div>
                <Programmes />
            </div>
            <Creation />
        </div>
    }
}

/// Which city, and its counties.
#[component]
fn Where() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <fieldset class="card">
            <legend>{session.t(|w| w.start.step_where)}</legend>
            <Typed field=Field::Place label=session.t(|w| w.start.place)
                example=session.t(|w| w.start.place_example) />
            <Typed field=Field::Regions label=session.t(|w| w.start.regions)
                example=session.t(|w| w.start.regions_example) hint=session.t(|w| w.start.regions_hint) />
        </fieldset>
    }
    .into_any()
}

/// Which years, and the unit of amounts.
#[component]
fn When() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <fieldset class="card">
            <legend>{session.t(|w| w.start.step_when)}</legend>
            <div class="start-pair">
                <Typed field=Field::First label=session.t(|w| w.start.first_year) />
                <Typed field=Field::Years label=session.t(|w| w.start.years) />
                <div class="field">
                    <span>{session.t(|w| w.start.unit)}</span>
                    <Segments
                        label=session.t(|w| w.start.unit)
                        options=Signal::derive(move || {
                            let units = MoneyUnit::usual(session.lang()).iter().take(2);
                            units.map(|u| (u.key().to_owned(), names::unit(session.words(), *u).to_owned())).collect()
                        })
                        value=Signal::derive(move || session.preferences.with(|p| p.unit().key().to_owned()))
                        on_choose=Callback::new(move |key: String| {
                            let unit = MoneyUnit::usual(session.lang()).iter().find(|u| u.key() == key);
                            if let Some(unit) = unit {
                                session.preferences.update(|p| p.set_unit(*unit));
                            }
                        })
                    />
                </div>
            </div>
        </fieldset>
    }
    .into_any()
}

/// Which stages are counted.
#[component]
fn Stages() -> impl IntoView {
    let session = expect_context::<Session>();
    let Drafting { draft, .. } = expect_context();
    let stages = Stage::ALL.map(|stage| {
        view! {
            <label>
                <input type="checkbox" prop:checked=move || draft.with(|d| d.stages.contains(&stage))
                    on:change:target=move |e| {
                        let on = e.target().checked();
                        draft.update(|d| {
                            d.stages.retain(|s| *s != stage);
                            if on {
                                d.stages.push(stage);
                            }
                        });
                    } />
                <span>{move || facts::stage(session.words(), Some(stage))}</span>
            </label>
        }
    });
    view! {
        <fieldset class="card">
            <legend>{session.t(|w| w.start.step_stages)}</legend>
            <p class="hint">{session.t(|w| w.start.stages)}</p>
            <div class="start-stages">{stages}</div>
        </fieldset>
    }
    .into_any()
}

/// Which programmes to begin with.
#[component]
fn Programmes() -> impl IntoView {
    let session = expect_context::<Session>();
    let Drafting { draft, .. } = expect_context();
    let chosen = Memo::new(move |_| draft.with(|d| d.chosen.clone()));
    let stages = Memo::new(move |_| draft.with(|d| d.stages.clone()));
    let is_open = Callback::new(move |stage: Option<Stage>| {
        stages.with(|s| stage.is_none_or(|stage| s.contains(&stage)))
    });
    let on_switch =
        Callback::new(move |(ids, on)| draft.update(|d| switch(&mut d.chosen, ids, on)));
    view! {
        <fieldset class="card library">
            <legend>{session.t(|w| w.start.step_programmes)}</legend>
            <p class="hint">{session.t(|w| w.start.library_hint)}</p>
            <LibraryList chosen=chosen.into() taken=Signal::stored(Chosen::new()) is_open on_switch />
        </fieldset>
    }
    .into_any()
}

/// What it comes to, and the button that makes the plan.
#[component]
fn Creation() -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let Drafting { draft, tried } = expect_context();
    let refused = RwSignal::new(None::<String>);
    let summary = move || {
        draft.with(|d| {
            let years = d.horizon().map_or(0, |h| h.years());
            let counts = [d.region_names().len(), years, d.chosen.len()].map(|n| n.to_string());
            fill(session.words().start.summary, &[&counts[0], &counts[1], &counts[2]])
        })
    };
    let faults = Memo::new(move |_| if tried.get() { draft.with(|d| d.faults().len()) } else { 0 });
    let trouble = move || {
        let faults = faults.get();
        let to_mend =
            (faults > 0).then(|| fill(session.words().start.has_faults, &[&faults.to_string()]));
        to_mend.or_else(|| refused.get())
    };
    let create = move |_| {
        refused.set(None);
        tried.set(true);
        if let Some((field, _)) = draft.with_untracked(Draft::faults).first() {
            return focus(name_of(*field));
        }
        match made(session, &draft.get_untracked())
            .and_then(|plan| keeper.add(plan).map_err(|e| files::not_added(session.words(), &e)))
        {
            Ok(()) => {
                draft.set(Draft::begun_in(clock::year()));
                tried.set(false);
                let _ = location().set_hash(Page::Data.hash());
                focus("main");
            }
            Err(why) => refused.set(Some(fill(session.words().start.not_created, &[&why]))),
        }
    };
    view! {
        <div class="start-creation">
            <p role="status">{summary}</p>
            {move || trouble().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
            <span class="group">
                <a href=Page::Overview.hash()>{session.t(|w| w.shelf.cancel)}</a>
                <button type="button" class="primary" on:click=create>{session.t(|w| w.start.create)}</button>
            </span>
        </div>
    }
    .into_any()
}

/// The plan a draft makes; what is wrong, in the reader's words, where it makes none.
fn made(session: Session, draft: &Draft) -> Result<Plan, String> {
    let (w, lang) = (session.words(), session.preferences.with_untracked(|p| p.lang));
    let unsound = |e| files::command_error(w, &e);
    let library = shapan_engine::library().map_err(|e| files::read_error(w, &e))?;
    let years = draft.horizon().map(|h| match (h.first(), h.last()) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}–{last}"),
    });
    let title = fill(w.start.plan_title, &[draft.place.trim(), &years.unwrap_or_default()]);
    let start = draft.start(lang, &title).ok_or_else(|| w.start.fault_place.to_owned())?;
    let plan = fresh_plan(start, &library).map_err(|e| match e {
        StartError::Unsound(errors) => unsound(CommandError::Unsound(errors)),
        StartError::Text(_) => w.start.fault_place.to_owned(),
    })?;
    let chosen: Vec<_> = draft.chosen.iter().cloned().collect();
    let mut document = Document::new(plan);
    let command = take_from_library(document.plan(), &library, &chosen);
    document.dispatch(command, None).map_err(unsound)?;
    Ok(Plan::clone(document.plan()))
}

/// A field to type in, with what is wrong with what was typed.
#[component]
fn Typed(
    field: Field,
    label: Signal<&'static str>,
    #[prop(optional)] example: Option<Signal<&'static str>>,
    #[prop(optional)] hint: Option<Signal<&'static str>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let Drafting { draft, tried } = expect_context();
    let name = name_of(field);
    let value = move || draft.with(|d| typed(d, field).clone());
    let on_input = move |words: String| draft.update(|d| *typed_mut(d, field) = words);
    let fault = Memo::new(move |_| {
        let faults = if tried.get() { draft.with(Draft::faults) } else { Vec::new() };
        let own = faults.into_iter().find(|(of, _)| *of == field);
        own.map(|(_, fault)| fault_text(session.words(), field, &fault))
    });
    let is_wrong = move || fault.with(Option::is_some).to_string();
    let (error, help) = (format!("{name}-error"), format!("{name}-hint"));
    let told = format!("{error} {help}");
    let example = move || example.map(|e| e.get()).unwrap_or_default();
    let input = if field == Field::Regions {
        view! {
            <textarea id=name rows="3" prop:value=value placeholder=example aria-invalid=is_wrong
                aria-describedby=told on:input:target=move |e| on_input(e.target().value())></textarea>
        }
        .into_any()
    } else {
        let digits = matches!(field, Field::First | Field::Years);
        view! {
            <input id=name type="text" autocomplete="off" inputmode=digits.then_some("numeric")
                prop:value=value placeholder=example aria-invalid=is_wrong aria-describedby=told
                on:input:target=move |e| on_input(e.target().value()) />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {input}
            {hint.map(|hint| view! { <p class="hint" id=help>{hint}</p> })}
            <p class="field-error" id=error>{move || fault.get()}</p>
        </div>
    }
}

fn name_of(field: Field) -> &'static str {
    match field {
        Field::Place => "start-place",
        Field::Regions => "start-regions",
        Field::First => "start-first",
        Field::Years => "start-years",
    }
}

fn typed(draft: &Draft, field: Field) -> &String {
    match field {
        Field::Place => &draft.place,
        Field::Regions => &draft.regions,
        Field::First => &draft.first,
        Field::Years => &draft.years,
    }
}

fn typed_mut(draft: &mut Draft, field: Field) -> &mut String {
    match field {
        Field::Place => &mut draft.place,
        Field::Regions => &mut draft.regions,
        Field::First => &mut draft.first,
        Field::Years => &mut draft.years,
    }
}

fn fault_text(w: &Words, field: Field, fault: &Fault) -> String {
    match (fault, field) {
        (Fault::Twice(name), _) => fill(w.start.fault_twice, &[name]),
        (Fault::NotAName(name), _) => fill(w.start.fault_name, &[name]),
        (Fault::Missing, Field::Place) => w.start.fault_place.to_owned(),
        (Fault::Missing, Field::Regions) => w.start.fault_regions.to_owned(),
        (Fault::Missing, Field::First) => fill(w.start.fault_first, &[&clock::year().to_string()]),
        (Fault::Missing, Field::Years) => w.start.fault_years.to_owned(),
    }
}

/// What to fill in first, until a plan counts somebody and has money, or moves on to measures.
#[component]
pub fn FirstSteps() -> impl IntoView {
    let session = expect_context::<Session>();
    let lacks = Memo::new(move |_| {
        session.plan.with(|p| {
            let has_money = p.sources.iter().any(|s| s.available.is_some());
            let has_measures = p.scenarios.iter().any(|s| !s.measures.is_empty());
            (!has_measures).then_some((counts_nobody(p), !has_money))
        })
    });
    let is_new = move || lacks.get().is_some_and(|(heads, money)| heads || money);
    let done = move |is_open: fn((bool, bool)) -> bool| {
        let is_done = move || lacks.get().is_some_and(|lacks| !is_open(lacks));
        view! { <Show when=is_done><span class="verdict pass">"✓ "</span></Show> }
    };
    view! {
        <Show when=is_new>
            <p class="first-steps">
                {session.t(|w| w.start.first_steps)}
                {done(|(heads, _)| heads)}
                <a href=Page::Data.hash()>{session.t(|w| w.start.first_heads)}</a>" → "
                {done(|(_, money)| money)}
                <a href=Page::Data.hash()>{session.t(|w| w.start.first_money)}</a>" → "
                <a href=Page::Programmes.hash()>{session.t(|w| w.start.first_programmes)}</a>
            </p>
        </Show>
    }
}

/// Whether a plan has populations and not one head in them.
fn counts_nobody(plan: &Plan) -> bool {
    let is_empty = |headcount: &Headcount| match headcount {
        Headcount::Counted { censuses, .. } => {
            censuses.iter().all(|c| c.heads.values().all(|heads| *heads == 0))
        }
        Headcount::ShareOf { .. } => true,
        Headcount::Cohort(_) => false,
    };
    !plan.populations.is_empty() && plan.populations.iter().all(|p| is_empty(&p.headcount))
}
