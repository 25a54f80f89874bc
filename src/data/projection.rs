//! Owns the part on projection: how one population's heads are known, how they go on, and the
//! tables by grade where they are projected by grade.
//!
//! Invariant: whatever kind is chosen, it starts from the heads there are, and the page says
//! what will change before it is chosen.

use super::StatusQuo;
use super::cohort::{self, Of};
use super::dates::Dates;
use super::edit::by_hand;
use super::kind::{self, Kind};
use super::people::{NoPopulation, PopulationChoice, school_years};
use super::place::View;
use super::table::{DataGrid, Table};
use crate::charts::{Chart, Picture, Series, nth_color};
use crate::names;
use crate::numbers;
use crate::parts::Choice;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{
    Basis, BasisKind, Census, Cohort, Command, Entry, GradeCensus, Headcount, Lang, ParamPath,
    Parameter, Plan, Population, RegionId, Year,
};
use std::collections::{BTreeMap, BTreeSet};

/// Heads of an autumn, and whether they were counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Autumn {
    year: Year,
    heads: Option<i64>,
    is_counted: bool,
}

/// Heads of every autumn that is counted or computed, in a region or the city.
fn autumns(
    plan: &Plan,
    outcome: Option<&shapan_engine::Outcome>,
    population: &Population,
    of: Of<'_>,
) -> Vec<Autumn> {
    let sum = |heads: &dyn Fn(usize) -> Option<i64>| match of {
        Some((at, _)) => heads(at),
        None => (0..plan.regions.len()).map(heads).sum(),
    };
    let mut found: BTreeMap<Year, Autumn> = BTreeMap::new();
    for (place, year) in school_years(plan).into_iter().enumerate() {
        let heads = sum(&|at| outcome?.heads(&population.id, at).get(place).copied());
        found.insert(year, Autumn { year, heads, is_counted: false });
    }
    let mut counted = |year: Year, of_region: &dyn Fn(&RegionId) -> i64| {
        let heads = sum(&|at| Some(of_region(&plan.regions[at].id)));
        found.insert(year, Autumn { year, heads, is_counted: true });
    };
    match &population.headcount {
        Headcount::Counted { censuses, .. } => censuses.iter().for_each(|census| {
            counted(census.year, &|id| census.heads.get(id).copied().unwrap_or(0));
        }),
        Headcount::Cohort(cohort) => cohort.censuses.iter().for_each(|census| {
            counted(census.year, &|id| {
                census.heads.get(id).map_or(0, |grades| grades.iter().sum())
            });
        }),
        Headcount::ShareOf { .. } => {}
    }
    found.into_values().collect()
}

/// The part.
#[component]
pub fn Projection(of: Memo<String>, outcome: StatusQuo) -> impl IntoView {
    let session = expect_context::<Session>();
    let population = Memo::new(move |_| {
        let of = of.get();
        session.plan.with(|plan| {
            let all = &plan.populations;
            all.iter().find(|p| p.id.as_str() == of).or(all.first()).cloned()
        })
    });
    let id = Memo::new(move |_| {
        population.with(|p| p.as_ref().map(|p| p.id.to_string()).unwrap_or_default())
    });
    let region = RwSignal::new(String::new());
    let in_region = Memo::new(move |_| {
        let wanted = region.get();
        session.plan.with(|plan| plan.regions.iter().position(|r| r.id.as_str() == wanted))
    });
    let is_cohort = Memo::new(move |_| {
        population.with(|p| p.as_ref().is_some_and(|p| matches!(p.headcount, Headcount::Cohort(_))))
    });
    let name = move || {
        let lang = session.lang();
        population.with(|p| p.as_ref().map(|p| p.name.get(lang).to_owned()).unwrap_or_default())
    };
    view! {
        <Show when=move || population.with(Option::is_some) fallback=move || view! {
            <section class="card"><NoPopulation /></section>
        }>
            <section class="card">
                <header class="card-head">
                    <h2>{name}</h2>
                    <p>{session.t(|w| w.data.projection_hint)}</p>
                </header>
                <div class="row tools">
                    <PopulationChoice of=id view=View::Projection all=false />
                    <RegionChoice region in_region />
                </div>
                <Course population outcome in_region />
                <KindChoice population outcome />
            </section>
            <Show when=move || is_cohort.get()>
                <ByGrade population outcome in_region />
            </Show>
        </Show>
    }
    .into_any()
}

#[component]
fn RegionChoice(region: RwSignal<String>, in_region: Memo<Option<usize>>) -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Choice
            label=session.t(|w| w.region)
            options=Signal::derive(move || {
                let lang = session.lang();
                session.plan.with(|plan| {
                    let city = (String::new(), plan.place.get(lang).to_owned());
                    let each = plan.regions.iter();
                    let each = each.map(|r| (r.id.to_string(), r.name.get(lang).to_owned()));
                    std::iter::once(city).chain(each).collect()
                })
            })
            value=Signal::derive(move || session.plan.with(|plan| {
                in_region.get().map(|at| plan.regions[at].id.to_string()).unwrap_or_default()
            }))
            on_choose=Callback::new(move |id| region.set(id))
        />
    }
}

/// How heads go on, autumn by autumn.
#[component]
fn Course(
    population: Memo<Option<Population>>,
    outcome: StatusQuo,
    in_region: Memo<Option<usize>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let course = Memo::new(move |_| {
        let outcome = outcome.get();
        session.plan.with(|plan| {
            let of = in_region.get().map(|at| (at, &plan.regions[at]));
            population.with(|p| {
                p.as_ref().map(|p| autumns(plan, outcome.as_deref(), p, of)).unwrap_or_default()
            })
        })
    });
    let cells = move |of: fn(&'static Words, &Autumn) -> String| {
        let w = session.words();
        course
            .get()
            .into_iter()
            .map(|autumn| {
                let class = if autumn.is_counted { "num" } else { "num computed" };
                view! { <td class=class>{of(w, &autumn)}</td> }
            })
            .collect_view()
    };
    let picture = Memo::new(move |_| {
        let (w, lang, is_dark) = (session.words(), session.lang(), session.is_dark());
        let name = population.with(|p| p.as_ref().map(|p| p.name.get(lang).to_owned()));
        course.with(|course| {
            let series = Series {
                name: name.unwrap_or_default(),
                color: nth_color(0, is_dark),
                values: course.iter().map(|a| a.heads).collect(),
            };
            let years = course.iter().map(|a| a.year.to_string()).collect();
            let projected = course.iter().position(|a| !a.is_counted);
            Picture::lines(years, vec![series], w.unit_people.to_owned(), projected)
        })
    });
    let label = Signal::derive(move || session.words().data.course.to_owned());
    view! {
        <Chart label picture />
        <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.data.course)>
            <table class="course">
                <thead><tr>
                    <th scope="col">{session.t(|w| w.data.autumn)}</th>
                    {move || course.get().into_iter().map(|a| view! {
                        <th scope="col" class="num">{a.year.to_string()}</th>
                    }).collect_view()}
                </tr></thead>
                <tbody>
                    <tr>
                        <th scope="row">{session.t(|w| w.data.heads)}</th>
                        {move || cells(|_, a| a.heads.map_or_else(|| "–".to_owned(), numbers::whole))}
                    </tr>
                    <tr>
                        <th scope="row">{session.t(|w| w.data.how_known)}</th>
                        {move || cells(|w, a| if a.is_counted { w.data.counted } else { w.data.projected }.to_owned())}
                    </tr>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// How heads are known, and what changes when that does.
#[component]
fn KindChoice(population: Memo<Option<Population>>, outcome: StatusQuo) -> impl IntoView {
    let session = expect_context::<Session>();
    let options = move || {
        let (w, lang) = (session.words().data, session.lang());
        let mut options = vec![
            ("counted".to_owned(), w.kind_counted.to_owned()),
            ("cohort".to_owned(), w.kind_cohort.to_owned()),
        ];
        session.plan.with(|plan| {
            population.with(|p| {
                let Some(p) = p else { return };
                options.extend(kind::possible_parents(plan, &p.id).into_iter().map(|parent| {
                    let name = fill(w.share_of, &[parent.name.get(lang)]);
                    (format!("share {}", parent.id), name)
                }));
            });
        });
        options
    };
    let now = move || {
        population.with(|p| p.as_ref().map(|p| Kind::key(&p.headcount)).unwrap_or_default())
    };
    let wanted = RwSignal::new(None::<String>);
    // A choice that has become true is none.
    let pending = Memo::new(move |_| wanted.get().filter(|key| *key != now()));
    let explained = move || {
        let w = session.words().data;
        pending.with(|key| match key.as_deref() {
            Some("counted") => w.to_counted,
            Some("cohort") => w.to_cohort,
            Some(_) => w.to_share,
            None => "",
        })
    };
    let switch = move || {
        let (Some(key), Some(p)) = (pending.get_untracked(), population.get_untracked()) else {
            return;
        };
        let outcome = outcome.get_untracked();
        let changed = session.plan.with_untracked(|plan| {
            kind::switched(plan, outcome.as_deref(), &p, Kind::of_key(plan, &key))
        });
        wanted.set(None);
        session.dispatch(Command::Put(changed.into()));
    };
    view! {
        <div class="row tools">
            <Choice
                label=session.t(|w| w.data.kind)
                options=Signal::derive(options)
                value=Signal::derive(move || pending.get().unwrap_or_else(now))
                on_choose=Callback::new(move |key| wanted.set(Some(key)))
            />
        </div>
        <Show when=move || pending.with(Option::is_some)>
            <div class="remark" role="status">
                <p>{explained}</p>
                <div class="row">
                    <button type="button" class="primary" on:click=move |_| switch()>{session.t(|w| w.data.switch_kind)}</button>
                    <button type="button" on:click=move |_| wanted.set(None)>{session.t(|w| w.data.keep)}</button>
                </div>
            </div>
        </Show>
    }
    .into_any()
}

/// What a table of a cohort is made of.
type Make = fn(
    &'static Words,
    Lang,
    &Plan,
    Option<&shapan_engine::Outcome>,
    &Population,
    &Cohort,
    Of<'_>,
) -> Table;

/// The tables by grade.
#[component]
fn ByGrade(
    population: Memo<Option<Population>>,
    outcome: StatusQuo,
    in_region: Memo<Option<usize>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let table = move |make: Make| {
        Memo::new(move |_| {
            let (w, lang, outcome) = (session.words(), session.lang(), outcome.get());
            session
                .plan
                .with(|plan| {
                    let of = in_region.get().and_then(|at| Some((at, plan.regions.get(at)?)));
                    population.with(|p| {
                        let p = p.as_ref()?;
                        let Headcount::Cohort(cohort) = &p.headcount else { return None };
                        Some(make(w, lang, plan, outcome.as_deref(), p, cohort, of))
                    })
                })
                .unwrap_or_default()
        })
    };
    let heads = table(|w, _, plan, outcome, p, cohort, of| {
        cohort::heads_by_grade(w, plan, outcome, p, cohort, of)
    });
    let rates =
        table(|w, _, plan, _, p, cohort, of| cohort::rates_by_grade(w, plan, p, cohort, of));
    let entry =
        table(|w, lang, plan, _, p, cohort, _| cohort::entry_by_region(w, lang, plan, p, cohort));
    let entry_paths = Memo::new(move |_| {
        population.with(|p| {
            let Some(p) = p else { return Vec::new() };
            let Headcount::Cohort(cohort) = &p.headcount else { return Vec::new() };
            let roles = cohort::entry_parameters(&cohort.entry).into_iter();
            roles.map(|(role, _)| ParamPath::Population(p.id.clone(), role)).collect()
        })
    });
    let where_ = move || {
        let (w, lang) = (session.words().data, session.lang());
        session.plan.with(|plan| match in_region.get() {
            Some(at) => {
                plan.regions.get(at).map(|r| r.name.get(lang).to_owned()).unwrap_or_default()
            }
            None => w.city_sums.to_owned(),
        })
    };
    let rates_of = move || {
        let (w, lang) = (session.words().data, session.lang());
        session.plan.with(|plan| match in_region.get() {
            Some(at) => {
                plan.regions.get(at).map(|r| r.name.get(lang).to_owned()).unwrap_or_default()
            }
            None => w.all_alike.to_owned(),
        })
    };
    let has_estimate = move || {
        rates.with(|t| {
            let w = session.words();
            t.sheet.columns.iter().any(|c| c.name == w.data.estimated)
        })
    };
    view! {
        <section class="card">
            <header class="card-head">
                <h2>{session.t(|w| w.data.by_grade)}</h2>
                <p>{where_}</p>
            </header>
            <CohortCensuses population />
            <DataGrid label=session.t(|w| w.data.by_grade) table=heads />
        </section>
        <section class="card">
            <header class="card-head">
                <h2>{session.t(|w| w.data.who_enters)}</h2>
                <p>{session.t(|w| w.data.who_enters_hint)}</p>
            </header>
            <EntryChoice population outcome />
            <Show when=move || entry.with(|t| !t.sheet.columns.is_empty()) fallback=move || view! {
                <p class="empty">{session.t(|w| w.data.entry_rest_says)}</p>
            }>
                <DataGrid label=session.t(|w| w.data.who_enters) table=entry />
                <Dates paths=entry_paths />
            </Show>
        </section>
        <section class="card">
            <header class="card-head">
                <h2>{session.t(|w| w.data.who_goes_on)}</h2>
                <p>{rates_of}</p>
            </header>
            <DataGrid label=session.t(|w| w.data.who_goes_on) table=rates />
            <Show when=has_estimate fallback=move || view! {
                <p class="sense">{session.t(|w| w.data.no_estimate)}</p>
            }>
                <div class="row tools">
                    <button type="button" on:click=move |_| adopt_estimates(session, population, in_region)>
                        {session.t(|w| w.data.adopt_estimates)}
                    </button>
                </div>
            </Show>
        </section>
    }
    .into_any()
}

/// Takes what past censuses say as the rates from the start on, as one step.
fn adopt_estimates(
    session: Session,
    population: Memo<Option<Population>>,
    in_region: Memo<Option<usize>>,
) {
    let Some(mut population) = population.get_untracked() else { return };
    let changed = session.plan.with_untracked(|plan| {
        let of = in_region.get_untracked().and_then(|at| Some((at, plan.regions.get(at)?)));
        let estimated = cohort::estimates(plan, &population, of);
        let Headcount::Cohort(cohort) = &mut population.headcount else { return None };
        let start = plan.horizon.start();
        for (grade, estimate) in (1u8..).zip(estimated) {
            let Some(rate) = estimate.rate else { continue };
            let common = || Parameter::constant(start, shapan_engine::MILLION, Basis::default());
            let there = cohort.progression.entry(grade).or_insert_with(common);
            *there = super::steps::with(there, of.map(|(_, r)| &r.id), start, Some(rate));
            there.basis =
                Basis { kind: BasisKind::Derived, citation: None, note: there.basis.note.clone() };
        }
        Some(population)
    });
    if let Some(changed) = changed {
        session.dispatch(Command::Put(changed.into()));
    }
}

/// Who enters the first grade.
#[component]
fn EntryChoice(population: Memo<Option<Population>>, outcome: StatusQuo) -> impl IntoView {
    let session = expect_context::<Session>();
    let offered = Memo::new(move |_| {
        let outcome = outcome.get();
        session.plan.with(|plan| {
            population.with(|p| {
                let Some(p) = p else { return Vec::new() };
                let heads = kind::heads_at_start(plan, outcome.as_deref(), &p.id);
                kind::entries(plan, p, &heads)
            })
        })
    });
    let now = move || {
        population.with(|p| match p.as_ref().map(|p| &p.headcount) {
            Some(Headcount::Cohort(cohort)) => kind::entry_key(&cohort.entry),
            _ => String::new(),
        })
    };
    let named = move || {
        let (w, lang) = (session.words().data, session.lang());
        session.plan.with(|plan| {
            let name = |key: &str, entry: &Entry| match entry {
                Entry::Given(_) => w.entry_given.to_owned(),
                Entry::Births { .. } => w.entry_births.to_owned(),
                Entry::Leavers { of, share: None, .. } => {
                    fill(w.entry_leavers, &[names::population(plan, of, lang)])
                }
                Entry::Leavers { of, .. } => {
                    fill(w.entry_part, &[names::population(plan, of, lang)])
                }
                Entry::Rest { beside } => {
                    let _ = key;
                    fill(w.entry_rest, &[names::population(plan, beside, lang)])
                }
            };
            offered.with(|all| {
                all.iter().map(|(key, entry)| (key.clone(), name(key, entry))).collect::<Vec<_>>()
            })
        })
    };
    view! {
        <div class="row tools">
            <Choice
                label=session.t(|w| w.data.entry)
                options=Signal::derive(named)
                value=Signal::derive(now)
                on_choose=Callback::new(move |key: String| {
                    let Some(mut p) = population.get_untracked() else { return };
                    let entry = offered.with_untracked(|all| {
                        all.iter().find(|(there, _)| *there == key).map(|(_, entry)| entry.clone())
                    });
                    if let (Some(entry), Headcount::Cohort(cohort)) = (entry, &mut p.headcount) {
                        cohort.entry = entry;
                        session.dispatch(Command::Put(p.into()));
                    }
                })
            />
            <BirthYear population />
        </div>
    }
    .into_any()
}

/// Another year of births.
#[component]
fn BirthYear(population: Memo<Option<Population>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let has_births = move || {
        population.with(|p| match p.as_ref().map(|p| &p.headcount) {
            Some(Headcount::Cohort(cohort)) => matches!(cohort.entry, Entry::Births { .. }),
            _ => false,
        })
    };
    let add = move |year: Year| {
        let Some(mut p) = population.get_untracked() else { return };
        if let Headcount::Cohort(cohort) = &mut p.headcount
            && let Entry::Births { births, .. } = &mut cohort.entry
            && births.iter().all(|census| census.year != year)
        {
            let place = births.partition_point(|census| census.year < year);
            let before = place.checked_sub(1).map(|before| births[before].heads.clone());
            births.insert(place, Census { year, heads: before.unwrap_or_default() });
            session.dispatch(Command::Put(p.into()));
        }
    };
    view! {
        <Show when=has_births>
            <YearField label=session.t(|w| w.data.add_births) on_year=Callback::new(add) />
        </Show>
    }
}

/// Another autumn counted by grade, and taking one away.
#[component]
fn CohortCensuses(population: Memo<Option<Population>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let needed = move || session.plan.with(|plan| plan.horizon.first().plus(-1));
    let years = Memo::new(move |_| {
        population.with(|p| match p.as_ref().map(|p| &p.headcount) {
            Some(Headcount::Cohort(c)) => c.censuses.iter().map(|c| c.year).collect(),
            _ => BTreeSet::new(),
        })
    });
    let change = move |with: &dyn Fn(&mut Vec<GradeCensus>)| {
        let Some(mut p) = population.get_untracked() else { return };
        if let Headcount::Cohort(cohort) = &mut p.headcount {
            with(&mut cohort.censuses);
            cohort.basis = by_hand(&cohort.basis);
            session.dispatch(Command::Put(p.into()));
        }
    };
    let add = move |year: Year| {
        if years.with_untracked(|years| years.contains(&year)) {
            return;
        }
        change(&|censuses| {
            let place = censuses.partition_point(|census| census.year < year);
            let near = place.checked_sub(1).or((!censuses.is_empty()).then_some(0));
            let heads = near.map(|near| censuses[near].heads.clone()).unwrap_or_default();
            censuses.insert(place, GradeCensus { year, heads });
        });
    };
    let extra = move || {
        let needed = needed();
        years.with(|years| years.iter().filter(|y| **y != needed).copied().collect::<Vec<_>>())
    };
    view! {
        <div class="row tools">
            <YearField label=session.t(|w| w.data.add_census) on_year=Callback::new(add) />
            <For each=extra key=|year| *year let(year)>
                <button type="button" on:click=move |_| change(&|all| all.retain(|c| c.year != year))>
                    {Signal::derive(move || fill(session.words().data.remove_census, &[&year.to_string()]))}
                </button>
            </For>
        </div>
    }
    .into_any()
}

/// A field for a year that is told once it is one, and is then empty again.
#[component]
fn YearField(label: Signal<&'static str>, on_year: Callback<Year>) -> impl IntoView {
    view! {
        <label class="field short-field">
            <span>{label}</span>
            <input type="text" inputmode="numeric" maxlength="6" autocomplete="off" placeholder="2013"
                on:change:target=move |e| {
                    let typed = e.target().value();
                    let year = typed.trim().trim_end_matches('年').parse().ok().and_then(Year::new);
                    e.target().set_value("");
                    if let Some(year) = year {
                        on_year.run(year);
                    }
                } />
        </label>
    }
    .into_any()
}
