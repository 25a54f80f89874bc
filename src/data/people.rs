//! Owns the part on people: regions × populations in one autumn, and regions × years of one
//! population with its rates, counted years beside projected ones.
//!
//! Invariant: what is counted can be typed, what is projected cannot, and each says which it is.

use super::StatusQuo;
use super::dates::Dates;
use super::edit::{Stands, by_hand};
use super::place::{self, Place, View};
use super::table::{DataGrid, Draft, Table, people, people_column, percent};
use crate::grid::{Cell, Column, Means};
use crate::names;
use crate::parts::Choice;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{
    Census, Command, Headcount, Lang, Outcome, ParamPath, Plan, Population, PopulationRole, Region,
    Unit, Year,
};
use std::collections::{BTreeMap, BTreeSet};

/// Heads of a population in each region, in the autumn of a year; none outside the years that
/// are computed.
pub fn projected(
    plan: &Plan,
    outcome: Option<&Outcome>,
    population: &Population,
    year: Year,
) -> Vec<(Cell, Stands)> {
    let place = usize::try_from(year.get() - plan.horizon.first().get() + 1).ok();
    let heads = |region: usize| {
        let row = outcome?.heads(&population.id, region);
        row.get(place?).copied()
    };
    let cell = |(place, region): (usize, &Region)| match heads(place) {
        None => (Cell::computed(None), Stands::Nothing),
        heads => {
            let stands = Stands::Computed(population.id.clone(), region.id.clone(), year);
            (Cell::computed(heads), stands)
        }
    };
    plan.regions.iter().enumerate().map(cell).collect()
}

fn counted(plan: &Plan, population: &Population, census: &Census) -> Vec<(Cell, Stands)> {
    let cell = |region: &Region| {
        let heads = census.heads.get(&region.id).copied();
        let stands = Stands::Heads(population.id.clone(), region.id.clone(), census.year);
        (Cell::own(heads), stands)
    };
    plan.regions.iter().map(cell).collect()
}

fn with_common(cells: Vec<(Cell, Stands)>) -> Vec<(Cell, Stands)> {
    std::iter::once((Cell::default(), Stands::Nothing)).chain(cells).collect()
}

/// Years that are computed: the autumn before the first fiscal year to the last.
pub fn school_years(plan: &Plan) -> Vec<Year> {
    let first = plan.horizon.first().plus(-1);
    std::iter::once(first).chain(plan.horizon.fiscal_years()).collect()
}

/// Regions × populations in the autumn of a year.
pub(super) fn overview(
    w: &'static Words,
    lang: Lang,
    plan: &Plan,
    outcome: Option<&Outcome>,
    year: Year,
) -> Table {
    let mut draft = Draft::of_regions(w, lang, plan, false);
    for population in &plan.populations {
        let census = match &population.headcount {
            Headcount::Counted { censuses, .. } => censuses.iter().find(|c| c.year == year),
            Headcount::ShareOf { .. } | Headcount::Cohort(_) => None,
        };
        let (band, cells) = match census {
            Some(census) => (w.data.counted, counted(plan, population, census)),
            None => (w.data.projected, projected(plan, outcome, population, year)),
        };
        let column = Column {
            name: population.name.get(lang).to_owned(),
            aliases: Lang::ALL.map(|lang| population.name.get(lang).to_owned()).to_vec(),
            band: band.to_owned(),
            measure: people(w),
            adds: true,
            means: Means { year: Some(year), heads: Some(population.id.clone()), amounts: None },
        };
        draft.column(column, cells);
    }
    draft.done(true)
}

/// Regions × years of one population, with its rate.
fn of_population(
    w: &'static Words,
    lang: Lang,
    plan: &Plan,
    outcome: Option<&Outcome>,
    population: &Population,
) -> Table {
    let path = |role| ParamPath::Population(population.id.clone(), role);
    let has_rate = !matches!(population.headcount, Headcount::Cohort(_));
    let mut draft = Draft::of_regions(w, lang, plan, has_rate);
    let mut last = None;
    match &population.headcount {
        Headcount::Counted { censuses, growth, .. } => {
            for census in censuses {
                let cells = with_common(counted(plan, population, census));
                draft.column(of_year(w, population, census.year, w.data.counted), cells);
            }
            last = censuses.last().map(|census| census.year);
            let path = path(PopulationRole::Growth);
            draft.dated(&path, Some(growth), &percent(Unit::Growth), w.role_growth);
        }
        Headcount::ShareOf { parent, share } => {
            let path = path(PopulationRole::Share);
            let band = fill(w.data.share_of, &[names::population(plan, parent, lang)]);
            draft.dated(&path, Some(share), &percent(Unit::Share), &band);
        }
        Headcount::Cohort(_) => {}
    }
    for year in school_years(plan).into_iter().filter(|year| last.is_none_or(|last| *year > last)) {
        let cells = projected(plan, outcome, population, year);
        let cells = if has_rate { with_common(cells) } else { cells };
        draft.column(of_year(w, population, year, w.data.projected), cells);
    }
    draft.done(true)
}

fn of_year(w: &'static Words, population: &Population, year: Year, band: &str) -> Column {
    let mut column = people_column(w, year, band);
    column.means.heads = Some(population.id.clone());
    column
}

/// The part.
#[component]
pub fn People(of: Memo<String>, outcome: StatusQuo) -> impl IntoView {
    let session = expect_context::<Session>();
    let chosen = Memo::new(move |_| {
        let of = of.get();
        session.plan.with(|plan| plan.populations.iter().find(|p| p.id.as_str() == of).cloned())
    });
    let year = RwSignal::new(None::<Year>);
    let years = Memo::new(move |_| {
        session.plan.with(|plan| {
            let counted = plan.populations.iter().filter_map(|p| match &p.headcount {
                Headcount::Counted { censuses, .. } => Some(censuses.iter().map(|c| c.year)),
                Headcount::ShareOf { .. } | Headcount::Cohort(_) => None,
            });
            counted.flatten().chain(school_years(plan)).collect::<BTreeSet<Year>>()
        })
    });
    let looked_at = Memo::new(move |_| {
        let needed = session.plan.with(|plan| plan.horizon.first().plus(-1));
        year.get().filter(|year| years.with(|years| years.contains(year))).unwrap_or(needed)
    });
    let table = Memo::new(move |_| {
        let (w, lang) = (session.words(), session.lang());
        let outcome = outcome.get();
        session.plan.with(|plan| {
            chosen.with(|chosen| match chosen {
                Some(population) => of_population(w, lang, plan, outcome.as_deref(), population),
                None => overview(w, lang, plan, outcome.as_deref(), looked_at.get()),
            })
        })
    });
    let name = move || {
        let (w, lang) = (session.words(), session.lang());
        chosen.with(|chosen| match chosen {
            Some(population) => population.name.get(lang).to_owned(),
            None => fill(w.data.all_populations_in, &[&looked_at.get().to_string()]),
        })
    };
    let how = move || {
        let (w, lang) = (session.words(), session.lang());
        chosen.with(|chosen| match chosen.as_ref().map(|p| &p.headcount) {
            None => w.data.how_overview.to_owned(),
            Some(Headcount::Counted { .. }) => w.data.how_counted.to_owned(),
            Some(Headcount::ShareOf { parent, .. }) => session
                .plan
                .with(|plan| fill(w.data.how_share, &[names::population(plan, parent, lang)])),
            Some(Headcount::Cohort(_)) => w.data.how_cohort.to_owned(),
        })
    };
    let paths = Memo::new(move |_| {
        chosen.with(|chosen| {
            let path = |p: &Population, role| vec![ParamPath::Population(p.id.clone(), role)];
            chosen.as_ref().map_or_else(Vec::new, |p| match p.headcount {
                Headcount::Counted { .. } => path(p, PopulationRole::Growth),
                Headcount::ShareOf { .. } => path(p, PopulationRole::Share),
                Headcount::Cohort(_) => Vec::new(),
            })
        })
    });
    let is_counted = Memo::new(move |_| {
        chosen
            .with(|c| c.as_ref().is_some_and(|p| matches!(p.headcount, Headcount::Counted { .. })))
    });
    let is_empty = move || session.plan.with(|plan| plan.populations.is_empty());
    view! {
        <section class="card">
            <header class="card-head">
                <h2>{name}</h2>
                <p>{how}</p>
            </header>
            <Show when=move || !is_empty() fallback=move || view! { <NoPopulation /> }>
                <div class="row tools">
                    <PopulationChoice of view=View::People all=true />
                    <Show when=move || chosen.with(Option::is_none)>
                        <Choice
                            label=session.t(|w| w.data.autumn)
                            options=Signal::derive(move || years.with(|years| {
                                years.iter().map(|y| (y.to_string(), y.to_string())).collect()
                            }))
                            value=Signal::derive(move || looked_at.get().to_string())
                            on_choose=Callback::new(move |chosen: String| {
                                year.set(chosen.parse().ok().and_then(Year::new));
                            })
                        />
                    </Show>
                    <Show when=move || is_counted.get()><Censuses chosen /></Show>
                    <Show when=move || chosen.with(Option::is_some)>
                        <a href=move || Place { view: View::Projection, of: of.get() }.hash()>
                            {session.t(|w| w.data.to_projection)}
                        </a>
                    </Show>
                </div>
                <DataGrid label=Signal::derive(name) table />
                <Show when=move || paths.with(|p| !p.is_empty())><Dates paths /></Show>
            </Show>
        </section>
    }
    .into_any()
}

/// What to do where there is nobody to count.
#[component]
pub fn NoPopulation() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <p class="empty">{session.t(|w| w.data.no_population)}</p>
        <p><a href=Place { view: View::Lists, of: String::new() }.hash()>{session.t(|w| w.data.to_lists)}</a></p>
    }
    .into_any()
}

/// Which population is looked at, in the address.
#[component]
pub fn PopulationChoice(of: Memo<String>, view: View, all: bool) -> impl IntoView {
    let session = expect_context::<Session>();
    let options = move || {
        let (w, lang) = (session.words(), session.lang());
        let all = all.then(|| (String::new(), w.data.all_populations.to_owned()));
        session.plan.with(|plan| {
            let each = plan.populations.iter();
            let each = each.map(|p| (p.id.to_string(), p.name.get(lang).to_owned()));
            all.into_iter().chain(each).collect::<Vec<_>>()
        })
    };
    view! {
        <Choice
            label=session.t(|w| w.data.population)
            options=Signal::derive(options)
            value=Signal::derive(move || of.get())
            on_choose=Callback::new(move |id: String| place::go(view, &id))
        />
    }
}

/// Adding a census year, and taking one away.
#[component]
fn Censuses(chosen: Memo<Option<Population>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let years = Memo::new(move |_| {
        chosen.with(|c| match c.as_ref().map(|p| &p.headcount) {
            Some(Headcount::Counted { censuses, .. }) => censuses.iter().map(|c| c.year).collect(),
            _ => Vec::new(),
        })
    });
    let to_remove = RwSignal::new(String::new());
    let removing = Memo::new(move |_| {
        let wanted = to_remove.get();
        years
            .with(|years| years.iter().find(|y| y.to_string() == wanted).or(years.first()).copied())
    });
    let change = move |with: &dyn Fn(&mut Vec<Census>)| {
        let Some(mut population) = chosen.get_untracked() else { return };
        if let Headcount::Counted { censuses, basis, .. } = &mut population.headcount {
            with(censuses);
            *basis = by_hand(basis);
        }
        session.dispatch(Command::Put(population.into()));
    };
    let add = move |typed: &str| {
        let year = typed.trim().trim_end_matches('年').parse().ok().and_then(Year::new);
        let Some(year) = year.filter(|year| years.with_untracked(|y| !y.contains(year))) else {
            return;
        };
        change(&|censuses| {
            let place = censuses.partition_point(|census| census.year < year);
            // Starts where the census before left off.
            let before = place.checked_sub(1).map(|before| censuses[before].heads.clone());
            let heads = before.unwrap_or_else(BTreeMap::new);
            censuses.insert(place, Census { year, heads });
        });
    };
    let removed = move || {
        removing.get().map(|year| fill(session.words().data.remove_census, &[&year.to_string()]))
    };
    view! {
        <label class="field short-field">
            <span>{session.t(|w| w.data.add_census)}</span>
            <input type="text" inputmode="numeric" maxlength="6" autocomplete="off" placeholder="2013"
                on:change:target=move |e| {
                    add(&e.target().value());
                    e.target().set_value("");
                } />
        </label>
        <Show when=move || years.with(|y| y.len() > 1)>
            <Choice
                quiet=true
                label=session.t(|w| w.data.census_to_remove)
                options=Signal::derive(move || years.with(|years| {
                    years.iter().map(|y| (y.to_string(), y.to_string())).collect()
                }))
                value=Signal::derive(move || removing.get().map(|y| y.to_string()).unwrap_or_default())
                on_choose=Callback::new(move |year| to_remove.set(year))
            />
            <button type="button" on:click=move |_| {
                if let Some(year) = removing.get_untracked() {
                    change(&|censuses| censuses.retain(|census| census.year != year));
                }
            }>{removed}</button>
        </Show>
    }
    .into_any()
}
