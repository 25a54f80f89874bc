//! Owns the lists of what a plan is about: regions and populations, and the list every kind of
//! thing is shown in.
//!
//! Invariant: nothing is removed before it is said what goes with it.

use super::kind::{self, Kind};
use super::place::{Place, View};
use super::removal::Removing;
use crate::names;
use crate::parts::Choice;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{
    Command, Extra, Headcount, Norms, Plan, Population, PopulationId, Region, RegionId,
    SchoolSystem, Stage, Thing, ThingId, fresh_id,
};
use std::collections::BTreeSet;

const STAGES: [(&str, Stage); 7] = [
    ("preschool", Stage::Preschool),
    ("primary", Stage::Primary),
    ("junior", Stage::Junior),
    ("senior", Stage::Senior),
    ("vocational", Stage::Vocational),
    ("special", Stage::Special),
    ("tertiary", Stage::Tertiary),
];

/// A thing under another name.
fn renamed(session: Session, plan: &Plan, id: &ThingId, typed: &str) -> Option<Thing> {
    macro_rules! renamed {
        ($list:ident, $name:ident, $id:expr) => {{
            let mut thing = plan.$list.iter().find(|t| t.id == *$id)?.clone();
            session.retype(&mut thing.$name, typed);
            thing.into()
        }};
    }
    Some(match id {
        ThingId::Citation(id) => renamed!(citations, title, id),
        ThingId::Region(id) => renamed!(regions, name, id),
        ThingId::Population(id) => renamed!(populations, name, id),
        ThingId::Source(id) => renamed!(sources, name, id),
        _ => return None,
    })
}

/// Things of one kind in their order: each can be renamed, moved and removed.
#[component]
pub fn Things(
    /// What they are called together.
    label: Signal<&'static str>,
    /// Which, in order.
    things: Memo<Vec<ThingId>>,
    /// What else stands in the line of each.
    beside: fn(Session, ThingId) -> AnyView,
    /// How many there must be at least.
    least: usize,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let removing = expect_context::<Removing>();
    let line = move |thing: ThingId| {
        let key = thing.to_string();
        let of = StoredValue::new(thing.clone());
        let name = Memo::new(move |_| {
            let lang = session.lang();
            session.plan.with(|plan| of.with_value(|id| names::thing(plan, id, lang)))
        });
        let place = move || of.with_value(|id| things.with(|all| all.iter().position(|t| t == id)));
        let count = move || things.with(Vec::len);
        let is_first = Memo::new(move |_| place() == Some(0));
        let is_last = Memo::new(move |_| place().is_some_and(|place| place + 1 == count()));
        let move_by = {
            let key = key.clone();
            move |down: bool, focus: &str| {
                let Some(place) = untrack(place) else { return };
                let to = if down { place + 1 } else { place.saturating_sub(1) };
                session.dispatch(Command::Move { thing: of.get_value(), to });
                // What is moved in the page loses the focus.
                let id = format!("{focus}-{key}");
                request_animation_frame(move || focus_on(&id));
            }
        };
        let rename = move |typed: &str| {
            let thing = session
                .plan
                .with_untracked(|plan| of.with_value(|id| renamed(session, plan, id, typed)));
            if let Some(thing) = thing {
                session.dispatch(Command::Put(thing));
            }
        };
        let named = move |text: fn(&'static Words) -> &'static str| {
            Signal::derive(move || fill(text(session.words()), &[&name.get()]))
        };
        let (up, down) = (move_by.clone(), move_by.clone());
        view! {
            <li class="thing">
                <input type="text" maxlength="200" autocomplete="off" id=format!("name-{key}")
                    aria-label=named(|w| w.data.name_of) prop:value=name
                    on:keydown=move |e| {
                        let down = e.key() == "ArrowDown";
                        if e.alt_key() && (down || e.key() == "ArrowUp") {
                            e.prevent_default();
                            move_by(down, "name");
                        }
                    }
                    on:change:target=move |e| {
                        rename(&e.target().value());
                        e.target().set_value(&name.get_untracked());
                    } />
                {beside(session, thing)}
                <span class="thing-moves">
                    <button type="button" class="icon" id=format!("up-{key}") disabled=is_first
                        aria-label=named(|w| w.move_up) on:click=move |_| up(false, "up")>"↑"</button>
                    <button type="button" class="icon" id=format!("down-{key}") disabled=is_last
                        aria-label=named(|w| w.move_down) on:click=move |_| down(true, "down")>"↓"</button>
                    <button type="button" class="icon" disabled=move || count() <= least
                        aria-label=named(|w| w.remove_measure)
                        on:click=move |_| removing.ask(of.get_value())>"×"</button>
                </span>
            </li>
        }
        .into_any()
    };
    view! {
        <ol class="things" aria-label=label>
            <For each=move || things.get() key=Clone::clone let(thing)>{line(thing)}</For>
        </ol>
    }
    .into_any()
}

fn focus_on(id: &str) {
    use wasm_bindgen::JsCast;
    let found = document().get_element_by_id(id);
    let found = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    // At the end of the list the button that was pressed is out of use: its row then.
    if let Some(found) = found {
        let is_off = found.has_attribute("disabled");
        let name = id.split_once('-').map(|(_, key)| format!("name-{key}"));
        let name = name.filter(|_| is_off).and_then(|id| document().get_element_by_id(&id));
        let name = name.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
        let _ = name.unwrap_or(found).focus();
    }
}

/// The part.
#[component]
pub fn Lists() -> impl IntoView {
    let session = expect_context::<Session>();
    let regions = Memo::new(move |_| {
        session
            .plan
            .with(|p| p.regions.iter().map(|r| ThingId::Region(r.id.clone())).collect::<Vec<_>>())
    });
    let populations = Memo::new(move |_| {
        session.plan.with(|p| {
            p.populations.iter().map(|r| ThingId::Population(r.id.clone())).collect::<Vec<_>>()
        })
    });
    view! {
        <div class="columns">
            <section class="card">
                <header class="card-head">
                    <h2>{session.t(|w| w.regions)}</h2>
                    <p>{session.t(|w| w.data.regions_hint)}</p>
                </header>
                <Things label=session.t(|w| w.regions) things=regions beside=system_of least=1 />
                <AddRegions />
            </section>
            <section class="card">
                <header class="card-head">
                    <h2>{session.t(|w| w.data.populations)}</h2>
                    <p>{session.t(|w| w.data.populations_hint)}</p>
                </header>
                <Show when=move || populations.with(Vec::is_empty)>
                    <p class="empty">{session.t(|w| w.data.no_population_yet)}</p>
                </Show>
                <Things label=session.t(|w| w.data.populations) things=populations beside=stage_of least=0 />
                <AddPopulation />
            </section>
        </div>
    }
    .into_any()
}

/// How a region's years of schooling are divided.
fn system_of(session: Session, thing: ThingId) -> AnyView {
    let ThingId::Region(id) = thing else { return ().into_any() };
    let of = StoredValue::new(id);
    let region =
        move |plan: &Plan| of.with_value(|id| plan.regions.iter().find(|r| r.id == *id).cloned());
    let system = move || session.plan.with(|p| region(p).map(|r| r.system)).unwrap_or_default();
    view! {
        <Choice
            quiet=true
            label=session.t(|w| w.data.system)
            options=Signal::derive(move || {
                let w = session.words().data;
                vec![("63".to_owned(), w.six_three.to_owned()), ("54".to_owned(), w.five_four.to_owned())]
            })
            value=Signal::derive(move || if system() == SchoolSystem::FiveFour { "54" } else { "63" }.to_owned())
            on_choose=Callback::new(move |chosen: String| {
                let system = if chosen == "54" { SchoolSystem::FiveFour } else { SchoolSystem::SixThree };
                if let Some(there) = session.plan.with_untracked(|p| region(p)) {
                    session.dispatch(Command::Put(Region { system, ..there }.into()));
                }
            })
        />
    }
    .into_any()
}

/// The stage of a population, and the way to its numbers.
fn stage_of(session: Session, thing: ThingId) -> AnyView {
    let ThingId::Population(id) = thing else { return ().into_any() };
    let hash = Place { view: View::People, of: id.to_string() }.hash();
    let of = StoredValue::new(id);
    let population = move |plan: &Plan| {
        of.with_value(|id| plan.populations.iter().find(|p| p.id == *id).cloned())
    };
    let stage = move || session.plan.with(|p| population(p).map(|p| p.stage));
    let kind = move || {
        let w = session.words().data;
        session.plan.with(|p| {
            population(p).map_or("", |p| match p.headcount {
                Headcount::Counted { .. } => w.kind_counted,
                Headcount::ShareOf { .. } => w.kind_share,
                Headcount::Cohort(_) => w.kind_cohort,
            })
        })
    };
    view! {
        <StageChoice stage=Signal::derive(move || stage().unwrap_or(Stage::Primary)) quiet=true
            on_choose=Callback::new(move |stage| {
                if let Some(there) = session.plan.with_untracked(|p| population(p)) {
                    session.dispatch(Command::Put(Population { stage, ..there }.into()));
                }
            }) />
        <a class="thing-kind" href=hash>{kind}</a>
    }
    .into_any()
}

#[component]
fn StageChoice(stage: Signal<Stage>, quiet: bool, on_choose: Callback<Stage>) -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Choice
            quiet=quiet
            label=session.t(|w| w.data.stage)
            options=Signal::derive(move || {
                let w = session.words();
                STAGES.map(|(key, stage)| (key.to_owned(), names::stage(w, stage).to_owned())).to_vec()
            })
            value=Signal::derive(move || {
                let stage = stage.get();
                STAGES.iter().find(|(_, there)| *there == stage).map_or("", |(key, _)| key).to_owned()
            })
            on_choose=Callback::new(move |chosen: String| {
                if let Some((_, stage)) = STAGES.iter().find(|(key, _)| *key == chosen) {
                    on_choose.run(*stage);
                }
            })
        />
    }
}

/// Regions typed or pasted, one a line: those whose names are new, as one step.
fn added_regions(session: Session, typed: &str) -> (Vec<Command>, usize) {
    session.plan.with_untracked(|plan| {
        let lang = session.lang();
        let taken: BTreeSet<RegionId> = plan.regions.iter().map(|r| r.id.clone()).collect();
        // One count for all of them: each from the start would take long for a whole province.
        let ids = (1u32..).filter_map(|n| format!("region-{n}").parse::<RegionId>().ok());
        let mut ids = ids.filter(|id| !taken.contains(id));
        let mut names: BTreeSet<String> =
            plan.regions.iter().map(|r| r.name.get(lang).to_owned()).collect();
        let (mut commands, mut known) = (Vec::new(), 0);
        let lines = typed.split(['\n', '\r', '\t', '，', '、', '；', ';']);
        for name in lines.map(str::trim).filter(|name| !name.is_empty()) {
            if !names.insert(name.to_owned()) {
                known += 1;
                continue;
            }
            let Some(name) = session.typed(name) else { continue };
            let Some(id) = ids.next() else { break };
            let system = SchoolSystem::default();
            commands
                .push(Command::Put(Region { id, name, system, extra: Extra::default() }.into()));
        }
        (commands, known)
    })
}

#[component]
fn AddRegions() -> impl IntoView {
    let session = expect_context::<Session>();
    let typed = RwSignal::new(String::new());
    let said = RwSignal::new(None::<(usize, usize)>);
    let add = move || {
        let (commands, known) = untrack(|| added_regions(session, &typed.get_untracked()));
        said.set(Some((commands.len(), known)));
        if !commands.is_empty() {
            session.dispatch(Command::Together(commands));
            typed.set(String::new());
        }
    };
    let text = move || {
        let w = session.words().data;
        said.get()
            .map(|(added, known)| fill(w.regions_added, &[&added.to_string(), &known.to_string()]))
    };
    view! {
        <form class="add-form" on:submit=move |e| {
            e.prevent_default();
            add();
        }>
            <label class="field">
                <span>{session.t(|w| w.data.add_regions)}</span>
                <textarea rows="2" maxlength="60000" prop:value=typed
                    on:input:target=move |e| typed.set(e.target().value())></textarea>
            </label>
            <button type="submit">{session.t(|w| w.data.add)}</button>
            <p class="sense" role="status">{text}</p>
        </form>
    }
    .into_any()
}

#[component]
fn AddPopulation() -> impl IntoView {
    let session = expect_context::<Session>();
    let (name, stage) = (RwSignal::new(String::new()), RwSignal::new(Stage::Primary));
    let kind = RwSignal::new("counted".to_owned());
    let add = move || {
        let Some(called) = session.typed(&name.get_untracked()) else { return };
        let command = session.plan.with_untracked(|plan| {
            let id = fresh_id::<PopulationId>("population", |id| {
                plan.populations.iter().any(|p| p.id == *id)
            })?;
            let kind = Kind::of_key(plan, &kind.get_untracked());
            let population = Population {
                id,
                name: called,
                stage: stage.get_untracked(),
                headcount: kind::start(plan, kind, &[]),
                norms: Norms::default(),
                extra: Extra::default(),
            };
            Some(Command::Put(population.into()))
        });
        if let Some(command) = command {
            session.dispatch(command);
            name.set(String::new());
        }
    };
    let kinds = move || {
        let (w, lang) = (session.words().data, session.lang());
        session.plan.with(|plan| {
            let shares = plan
                .populations
                .iter()
                .map(|p| (format!("share {}", p.id), fill(w.share_of, &[p.name.get(lang)])));
            let counted = ("counted".to_owned(), w.kind_counted.to_owned());
            let cohort = ("cohort".to_owned(), w.kind_cohort.to_owned());
            [counted, cohort].into_iter().chain(shares).collect::<Vec<_>>()
        })
    };
    view! {
        <form class="add-form" on:submit=move |e| {
            e.prevent_default();
            add();
        }>
            <label class="field">
                <span>{session.t(|w| w.data.add_population)}</span>
                <input type="text" maxlength="200" autocomplete="off" prop:value=name
                    on:input:target=move |e| name.set(e.target().value()) />
            </label>
            <div class="row">
                <StageChoice stage=stage.into() quiet=false on_choose=Callback::new(move |s| stage.set(s)) />
                <Choice
                    label=session.t(|w| w.data.kind)
                    options=Signal::derive(kinds)
                    value=kind.into()
                    on_choose=Callback::new(move |chosen| kind.set(chosen))
                />
                <button type="submit">{session.t(|w| w.data.add)}</button>
            </div>
        </form>
    }
    .into_any()
}
