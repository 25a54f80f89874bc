//! Owns the editor of one dated parameter, whatever it belongs to: its steps as a timeline, the
//! values of single regions, and its basis.
//!
//! `steps` is the pure part, `rows` the list of steps, `number` the field for an exact number,
//! `basis` where the numbers come from. Invariant: a parameter is named by its path and changed
//! by `SetParameter` alone; what the engine refuses is said beside the field.

mod basis;
mod number;
mod rows;
pub mod steps;

pub use basis::BasisEditor;
pub use number::{NumberField, Writing};

use crate::files;
use crate::names;
use crate::numbers;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use rows::StepRows;
use shapan_engine::{
    Basis, Change, Command, Horizon, Measure, Operation, ParamPath, Parameter, RegionId, Semester,
    Step, Unit,
};
use steps::{spans, steps_of, value_at, with_own, without_own};

/// A parameter being edited; `Copy`, handed to the pieces of its editor.
#[derive(Clone, Copy)]
pub struct Dated {
    session: Session,
    path: StoredValue<ParamPath>,
    parameter: Memo<Option<Parameter>>,
    /// Why the last edit was not carried out.
    refused: RwSignal<Option<String>>,
}

impl Dated {
    /// The parameter of a path, as it stands.
    pub fn of(session: Session, path: ParamPath) -> Self {
        let path = StoredValue::new(path);
        let parameter = Memo::new(move |_| {
            let found = |p: &Parameter| p.clone();
            session.plan.with(|plan| {
                path.with_value(|path| {
                    plan.parameters().find(|(there, _)| there == path).map(|(_, p)| found(p))
                })
            })
        });
        Self { session, path, parameter, refused: RwSignal::new(None) }
    }

    /// The steps that hold in a region, or the common ones; none where the parameter is gone.
    fn steps(self, region: Option<&RegionId>) -> Vec<Step> {
        self.parameter
            .with(|p| p.as_ref().map(|p| steps_of(p, region).to_vec()))
            .unwrap_or_default()
    }

    /// Puts another in its place, as part of the gesture under way; why not, if not.
    fn set_live(self, parameter: Parameter) -> Option<String> {
        let path = self.path.get_value();
        let session = self.session;
        session.dispatch_live(Command::SetParameter { path, parameter: Box::new(parameter) });
        let error = session.refused.get_untracked();
        if error.is_some() {
            session.refused.set(None); // it is said here
        }
        let refusal = error.map(|e| files::command_error(session.words(), &e));
        self.refused.set(None);
        refusal
    }

    /// Puts another in its place as a step of its own; what is refused is said in the editor.
    fn set(self, parameter: Parameter) {
        self.session.end_gesture();
        let refusal = self.set_live(parameter);
        self.session.end_gesture();
        self.refused.set(refusal);
    }

    fn edit(self, change: impl FnOnce(&Parameter) -> Parameter) {
        if let Some(parameter) = self.parameter.get_untracked() {
            self.set(change(&parameter));
        }
    }

    fn horizon(self) -> Horizon {
        self.session.plan.with(|p| p.horizon)
    }

    /// How its values are written.
    fn writing(self) -> Writing {
        let session = self.session;
        let (power, unit) = session.plan.with(|p| {
            self.path.with_value(|path| names::value_unit(session.words(), p, path, session.lang()))
        });
        let bounds = self.path.with_value(|path| path.unit().bounds());
        Writing { power, unit, bounds }
    }

    /// A value with its unit.
    fn written(self, value: i64) -> String {
        let Writing { power, unit, .. } = self.writing();
        names::with_unit(&numbers::exact(value, power), &unit)
    }

    /// The semester of the year looked at in which most is in force.
    fn now(self) -> Semester {
        let year = self.session.look.with(|l| l.year);
        let horizon = self.horizon();
        horizon.fiscal_years().nth(year).unwrap_or(horizon.first()).autumn()
    }
}

/// The editor of a parameter of the plan: its steps, a timeline, single regions, its basis.
#[component]
pub fn ParameterEditor(
    /// Which parameter.
    path: ParamPath,
    /// What it is called here; its role in the reader's language where absent.
    #[prop(optional)]
    label: Option<Signal<String>>,
    /// What it does, in a sentence.
    #[prop(optional)]
    hint: Option<Signal<&'static str>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let dated = Dated::of(session, path);
    let label = label.unwrap_or_else(|| {
        Signal::derive(move || {
            session.plan.with(|p| {
                let role = |path: &ParamPath| names::role(session.words(), p, path, session.lang());
                dated.path.with_value(role)
            })
        })
    });
    let basis = Signal::derive(move || {
        dated.parameter.with(|p| p.as_ref().map(|p| p.basis.clone())).unwrap_or_default()
    });
    let on_basis = Callback::new(move |(basis, live): (Basis, bool)| {
        let Some(parameter) = dated.parameter.get_untracked() else { return };
        let parameter = Parameter { basis, ..parameter };
        if live {
            dated.refused.set(dated.set_live(parameter));
        } else {
            dated.set(parameter);
        }
    });
    let refused = move || {
        dated.refused.get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })
    };
    view! {
        <fieldset class="dated-parameter">
            <legend>{label}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            <StepRows dated region=None label />
            {refused}
            <Timeline dated label />
            <Measures dated />
            <ByRegion dated label />
            <BasisEditor label basis on_edit=on_basis />
        </fieldset>
    }
    .into_any()
}

/// The measures in force under the scenario looked at that change the parameter: what is edited
/// here shows only where they leave it alone.
#[component]
fn Measures(dated: Dated) -> impl IntoView {
    let session = dated.session;
    let lines = Memo::new(move |_| {
        let (w, lang) = (session.words(), session.lang());
        let scenario = session.look.with(|l| l.scenario.clone());
        let name = session.scenario_name(&scenario);
        session.plan.with(|p| {
            dated.path.with_value(|path| {
                let measures = p.enabled_measures(&scenario).unwrap_or_default();
                let changes =
                    measures.into_iter().flat_map(|m| m.changes.iter().map(move |c| (m, c)));
                let own = changes.filter(|(_, c)| p.current_path(&c.path) == path);
                let line = |(m, c): (&Measure, &Change)| {
                    let what = names::change(w, p, c, lang);
                    let line = fill(w.programmes.measure_moves, &[&name, m.title.get(lang), &what]);
                    match c.operation {
                        Operation::Set => format!("{line} {}", w.programmes.measure_prevails),
                        Operation::Add | Operation::Scale => line,
                    }
                };
                own.map(line).collect::<Vec<_>>()
            })
        })
    });
    move || {
        let each = |line: String| view! { <li>{line}</li> };
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            view! { <ul class="moved-by">{lines.into_iter().map(each).collect_view()}</ul> }
        })
    }
}

/// The common steps over the horizon, where there is more than one thing to see.
#[component]
fn Timeline(dated: Dated, label: Signal<String>) -> impl IntoView {
    let session = expect_context::<Session>();
    let runs = Memo::new(move |_| {
        let runs = spans(&dated.steps(None), dated.horizon());
        if runs.len() > 1 { runs } else { Vec::new() }
    });
    let years = move || {
        let horizon = dated.horizon();
        horizon.fiscal_years().map(|y| y.to_string()).collect::<Vec<_>>()
    };
    let each = move || {
        let w = session.words();
        runs.get()
            .into_iter()
            .map(|run| {
                let value =
                    run.value.map_or_else(|| w.programmes.not_yet.to_owned(), |v| dated.written(v));
                let from = fill(w.from_semester, &[&names::semester(w, run.from)]);
                let grow = run.len.to_string();
                let title = format!("{from} {value}");
                view! {
                    <li class:none=run.value.is_none() style:flex-grow=grow title=title>
                        <span class="visually-hidden">{from}" "</span>{value}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || runs.with(|r| !r.is_empty())>
            <div class="dated-timeline">
                <ol aria-label=move || fill(session.words().programmes.timeline_of, &[&label.get()])>{each}</ol>
                <p class="axis" aria-hidden="true">
                    <span></span>
                    {move || years().into_iter().map(|y| view! { <span>{y}</span> }).collect_view()}
                </p>
            </div>
        </Show>
    }
    .into_any()
}

/// What single regions have instead of the common steps.
#[component]
fn ByRegion(dated: Dated, label: Signal<String>) -> impl IntoView {
    let session = expect_context::<Session>();
    let regions = Memo::new(move |_| {
        session.plan.with(|p| p.regions.iter().map(|r| r.id.clone()).collect::<Vec<_>>())
    });
    let own =
        Memo::new(move |_| dated.parameter.with(|p| p.as_ref().map_or(0, |p| p.by_region.len())));
    // Where only regions have values, they are what one came for.
    let is_open = RwSignal::new(dated.parameter.with_untracked(|p| {
        p.as_ref().is_some_and(|p| p.steps.is_empty() && !p.by_region.is_empty())
    }));
    let sum = move || {
        let is_whole = dated.path.with_value(|p| matches!(p.unit(), Unit::Count));
        let now = dated.now();
        (is_whole && own.get() > 0).then(|| {
            let each = dated.parameter.with(|p| {
                let Some(p) = p.as_ref() else { return 0 };
                let at = |r: &RegionId| value_at(p.steps_in(r), now);
                regions.with(|all| all.iter().map(at).fold(0i64, i64::saturating_add))
            });
            let w = session.words();
            fill(w.programmes.sum_in, &[&names::semester(w, now), &dated.written(each)])
        })
    };
    let summary = move || match own.get() {
        0 => session.words().programmes.same_everywhere.to_owned(),
        n => fill(session.words().programmes.regions_differ, &[&n.to_string()]),
    };
    view! {
        <Show when=move || regions.with(|r| r.len() > 1) || (own.get() > 0)>
            <details class="dated-regions" prop:open=is_open.get_untracked() on:toggle=move |_| is_open.set(true)>
                <summary>
                    <span class="sense">{session.t(|w| w.programmes.by_region)}</span>" "{summary}
                    {move || sum().map(|sum| format!(" · {sum}"))}
                    <span class="visually-hidden">" "{label}</span>
                </summary>
                {move || is_open.get().then(|| view! {
                    <ul>
                        <For each=move || regions.get() key=Clone::clone let(region)>
                            <InRegion dated region label />
                        </For>
                    </ul>
                })}
            </details>
        </Show>
    }
    .into_any()
}

#[component]
fn InRegion(dated: Dated, region: RegionId, label: Signal<String>) -> impl IntoView {
    let session = expect_context::<Session>();
    let region = StoredValue::new(region);
    let name = move || {
        let lang = session.lang();
        session.plan.with(|p| region.with_value(|r| names::region(p, r, lang).to_owned()))
    };
    let has_own = Memo::new(move |_| {
        dated.parameter.with(|p| {
            region.with_value(|r| p.as_ref().is_some_and(|p| p.by_region.contains_key(r)))
        })
    });
    let common = move || {
        let now = dated.now();
        fill(
            session.words().programmes.as_everywhere,
            &[&dated.written(value_at(&dated.steps(None), now))],
        )
    };
    let of_region = Signal::derive(move || format!("{} · {}", name(), label.get()));
    let switch = move |_| {
        let horizon = dated.horizon();
        let is_own = has_own.get_untracked();
        dated.edit(|p| {
            let with =
                |r: &RegionId| if is_own { without_own(p, r) } else { with_own(p, r, horizon) };
            region.with_value(with)
        });
    };
    let offer = move || {
        let w = session.words().programmes;
        if has_own.get() { w.like_others } else { w.set_apart }
    };
    view! {
        <li>
            <b>{name}</b>
            {move || if has_own.get() {
                view! { <StepRows dated region=Some(region.get_value()) label=of_region /> }.into_any()
            } else {
                view! { <span class="sense">{common}</span> }.into_any()
            }}
            <button type="button" class="quiet" on:click=switch>
                {offer}<span class="visually-hidden">" "{of_region}</span>
            </button>
        </li>
    }
    .into_any()
}
