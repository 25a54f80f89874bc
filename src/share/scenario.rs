//! Owns the preview of a scenario: which measures come, which numbers stand otherwise here and
//! whether theirs come along, and what cannot be applied.
//!
//! Invariant: what comes is one step, onto the plan on the table; what is not for it does not come.

use super::preview::LookFirst;
use super::visit::unfit_text;
use super::{Arrived, Travel, Trouble};
use crate::names;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::files::{Fit, ScenarioBundle, fingerprint, fit};
use shapan_engine::{Command, MeasureId, ParamPath, Parameter, Plan, RegionId, ScenarioId, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A scenario that came in.
#[component]
pub fn ScenarioPreview(name: String, bundle: ScenarioBundle, arrived: Arrived) -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let table = session.table.get_untracked();
    let fit = fit(&table, &bundle);
    let is_own_plan = fingerprint(&table) == bundle.base_fingerprint;
    let names = bundle.base.regions;
    let base = bundle.base_title;
    let can_look = travel.can_visit(&arrived.opened);
    if let Some(unfit) = fit.unfit {
        let why = move || {
            let (w, lang) = (session.words(), session.lang());
            unfit_text(w, lang, table.title.get(lang), &unfit)
        };
        let ask = move || (!can_look).then(|| session.words().visit.ask_for_plan);
        return view! {
            <p>{move || fill(session.words().made_on, &[base.get(session.lang())])}</p>
            <p class="notice" role="alert">{why}" "{ask}</p>
            <LookFirst arrived is_first=true />
        }
        .into_any();
    }
    let doubt = (!fit.names_place && !is_own_plan).then(|| base.clone());
    let doubt = doubt.map(|base| {
        let told = move || fill(session.words().visit.place_unknown, &[base.get(session.lang())]);
        view! { <p class="notice">{told}</p> }
    });
    let is_new = !fit.scenarios.is_empty();
    let fit = StoredValue::new(fit);
    let left_out = RwSignal::new(BTreeSet::<(ScenarioId, MeasureId)>::new());
    let brought = RwSignal::new(BTreeSet::<ParamPath>::new());
    let add = move |_| {
        travel.leave();
        let command = fit.with_value(|f| left_out.with(|out| brought.with(|b| command(f, out, b))));
        if let Some(command) = command
            && let Err(error) = session.try_dispatch(command)
        {
            let trouble = Trouble::File(name.clone(), error.into());
            return travel.arrived.set(Some(Err(trouble)));
        }
        if let Some(subject) = fit.with_value(|f| f.subject.clone()) {
            session.look_at_scenario(&subject);
        }
        travel.arrived.set(None);
        let w = session.words();
        let told = if is_new { w.scenario_added } else { w.scenario_shown };
        travel.done.set(Some(told.to_owned()));
    };
    view! {
        <p>{move || fill(session.words().made_on, &[base.get(session.lang())])}</p>
        {doubt}
        <Report fit names />
        {is_new.then(|| view! { <Measures fit left_out /> })}
        <Differing fit brought />
        <div class="row">
            <LookFirst arrived is_first=true />
            <button type="button" class:primary=!can_look on:click=add>
                {move || if is_new { session.words().add_scenario } else { session.words().show_scenario }}
            </button>
        </div>
    }
    .into_any()
}

/// What was chosen, as one command.
fn command(
    fit: &Fit,
    left_out: &BTreeSet<(ScenarioId, MeasureId)>,
    brought: &BTreeSet<ParamPath>,
) -> Option<Command> {
    let numbers = fit.differences.iter().filter(|d| brought.contains(&d.path));
    let mut commands: Vec<Command> = numbers
        .map(|d| {
            // Where it comes from is the reader's word now: its citation may not be here.
            let parameter = Parameter { basis: d.here.basis.clone(), ..d.there.clone() };
            Command::SetParameter { path: d.path.clone(), parameter: Box::new(parameter) }
        })
        .collect();
    let mut scenarios = fit.scenarios.clone();
    for scenario in &mut scenarios {
        let id = scenario.id.clone();
        scenario.measures.retain(|m| !left_out.contains(&(id.clone(), m.id.clone())));
    }
    if !scenarios.is_empty() {
        commands.push(Command::AddScenarios(scenarios));
    }
    (!commands.is_empty()).then_some(Command::Together(commands))
}

/// Which scenarios come, and what cannot be applied.
#[component]
fn Report(
    fit: StoredValue<Fit>,
    /// What regions are called where it was made.
    names: BTreeMap<RegionId, Text>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let lines = move || {
        let (w, lang) = (session.words(), session.lang());
        fit.with_value(|fit| {
            let come = fit.scenarios.iter();
            let come = come.map(|s| {
                fill(w.brings_scenario, &[s.name.get(lang), &s.measures.len().to_string()])
            });
            let mut lines: Vec<String> = come.collect();
            if lines.is_empty() {
                lines.push(w.brings_nothing.to_owned());
            }
            let missing = fit.missing.iter().map(|p| fill(w.missing_here, &[&p.to_string()]));
            lines.extend(missing);
            let regions = fit.missing_regions.iter();
            let name = |id| names.get(id).map_or(id.as_str(), |name: &Text| name.get(lang));
            lines.extend(regions.map(|id| fill(w.missing_region, &[name(id)])));
            let citations = fit.missing_citations.iter();
            lines.extend(citations.map(|id| fill(w.missing_citation, &[id.as_str()])));
            if fit.emptied > 0 {
                lines.push(fill(w.emptied_measures, &[&fit.emptied.to_string()]));
            }
            let all_here = fit.missing.is_empty() && fit.missing_regions.is_empty();
            if fit.differences.is_empty() && all_here {
                lines.push(w.same_base.to_owned());
            }
            lines
        })
    };
    view! {
        <ul class="report">
            {move || lines().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
        </ul>
    }
    .into_any()
}

/// The measures, each to be left out.
#[component]
fn Measures(
    fit: StoredValue<Fit>,
    left_out: RwSignal<BTreeSet<(ScenarioId, MeasureId)>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let rows = move || {
        let (w, lang) = (session.words(), session.lang());
        let plan = session.plan.get();
        let all = fit.with_value(|f| f.scenarios.clone());
        let each = all.iter().flat_map(|s| s.measures.iter().map(move |m| (s.id.clone(), m)));
        each.map(|(scenario, measure)| {
            let key = (scenario, measure.id.clone());
            let text = format!(
                "{} · {}",
                measure.title.get(lang),
                names::measure(w, &plan, measure, lang)
            );
            ticked(text, left_out.with_untracked(|l| !l.contains(&key)), move |on| {
                left_out.update(|l| {
                    if on {
                        l.remove(&key)
                    } else {
                        l.insert(key.clone())
                    };
                });
            })
        })
        .collect_view()
    };
    view! {
        <fieldset class="tick-list">
            <legend>{session.t(|w| w.travel.measures_in)}</legend>
            {rows}
        </fieldset>
    }
    .into_any()
}

/// Numbers that stand otherwise here; theirs can come along.
#[component]
fn Differing(fit: StoredValue<Fit>, brought: RwSignal<BTreeSet<ParamPath>>) -> impl IntoView {
    let session = expect_context::<Session>();
    if fit.with_value(|f| f.differences.is_empty()) {
        return ().into_any();
    }
    let rows = move || {
        let w = session.words();
        let plan: Arc<Plan> = session.plan.get();
        let all = fit.with_value(|f| f.differences.clone());
        all.into_iter()
            .map(|d| {
                let at_end = |p: &Parameter| at_end(session, w, &plan, &d.path, p);
                let name = names::parameter(w, &plan, &d.path, session.lang());
                let (there, here) = (at_end(&d.there), at_end(&d.here));
                let text = fill(w.differs_here, &[&name, &there, &here]);
                let text = format!("{text}{}{}", w.semicolon, w.travel.bring_value);
                let is_on = brought.with_untracked(|b| b.contains(&d.path));
                ticked(text, is_on, move |on| {
                    brought.update(|b| {
                        if on {
                            b.insert(d.path.clone())
                        } else {
                            b.remove(&d.path)
                        };
                    });
                })
            })
            .collect_view()
    };
    view! {
        <fieldset class="tick-list">
            <legend>{session.t(|w| w.travel.differing)}</legend>
            {rows}
        </fieldset>
    }
    .into_any()
}

fn at_end(session: Session, w: &Words, plan: &Plan, path: &ParamPath, p: &Parameter) -> String {
    match p.steps.last() {
        Some(step) if p.by_region.is_empty() => {
            names::value(w, plan, path, session.lang(), step.value)
        }
        _ => w.change_by_region.to_owned(),
    }
}

/// A line with a box to tick.
pub fn ticked(text: String, is_on: bool, on_tick: impl Fn(bool) + 'static) -> AnyView {
    view! {
        <label class="tick-line">
            <input type="checkbox" prop:checked=is_on on:change:target=move |e| on_tick(e.target().checked()) />
            <span>{text}</span>
        </label>
    }
    .into_any()
}
