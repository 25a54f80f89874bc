//! Owns the dialog through which plans and scenarios come and go as files.
//!
//! Invariant: a file is only added, never put over something; what it will do is shown
//! first, and a file that cannot be read changes nothing.

use crate::clock;
use crate::files::{self, OpenError};
use crate::misread::report_text;
use crate::names;
use crate::numbers;
use crate::session::{Keeper, Session};
use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use shapan_engine::files::{
    Contents, Fit, Opened, Report, Stamp, fit, open, write_plan, write_scenario,
};
use shapan_engine::{Command, Plan};
use std::sync::Arc;

/// A file that has been read, waiting to be added.
#[derive(Clone)]
struct Arrived {
    name: String,
    stamp: Stamp,
    what: Arc<Contents>,
    report: Arc<Report>,
}

#[component]
pub fn ShareDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let session = expect_context::<Session>();
    let arrived = RwSignal::new(None::<Result<Arrived, (String, OpenError)>>);
    let done = RwSignal::new(None::<String>);
    let close = move || {
        if let Some(dialog) = dialog.get() {
            dialog.close();
        }
    };
    let export_plan = move |_| {
        let plan = session.plan.get_untracked();
        let title = plan.title.get(session.lang()).to_owned();
        files::download(&files::name_of(&title), &write_plan(&plan, &clock::stamp()));
        done.set(Some(session.words().exported.to_owned()));
    };
    let export_scenario = move |_| {
        let id = session.look.with_untracked(|l| l.scenario.clone());
        let plan = session.plan.get_untracked();
        if let Some(json) = write_scenario(&plan, &id, &clock::stamp()) {
            files::download(&files::name_of(&session.scenario_name(&id)), &json);
            done.set(Some(session.words().exported.to_owned()));
        }
    };
    let choose = move |input: web_sys::HtmlInputElement| {
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        done.set(None);
        let name: String = file.name().chars().take(120).collect();
        leptos::task::spawn_local(async move {
            let text = files::text_of(file).await;
            let opened = text.and_then(|text| Ok(open(&text)?));
            let result = match opened {
                Ok(Opened { contents, stamp, report }) => {
                    let (what, report) = (Arc::new(contents), Arc::new(report));
                    Ok(Arrived { name, stamp, what, report })
                }
                Err(error) => Err((name, error)),
            };
            let _ = arrived.try_set(Some(result));
        });
    };
    let is_root = move || {
        session.look.with(|l| {
            session.plan.with(|p| p.status_quo().is_some_and(|root| root.id == l.scenario))
        })
    };
    view! {
        <dialog class="share" node_ref=dialog aria-labelledby="share-title" on:close=move |_| {
            arrived.set(None);
            done.set(None);
        }>
            <header>
                <h2 id="share-title">{session.t(|w| w.share)}</h2>
                <button type="button" class="icon" aria-label=session.t(|w| w.close)
                    title=session.t(|w| w.close) on:click=move |_| close()>"×"</button>
            </header>
            <section>
                <h3>{session.t(|w| w.export)}</h3>
                <p>{session.t(|w| w.export_hint)}</p>
                <div class="row">
                    <button type="button" on:click=export_plan>{session.t(|w| w.export_plan)}</button>
                    <button type="button" disabled=is_root on:click=export_scenario>
                        {Signal::derive(move || fill(session.words().export_scenario, &[
                            &session.scenario_name(&session.look.with(|l| l.scenario.clone())),
                        ]))}
                    </button>
                </div>
            </section>
            <section>
                <h3>{session.t(|w| w.import)}</h3>
                <p>{session.t(|w| w.import_hint)}</p>
                <label class="file">
                    <span>{session.t(|w| w.choose_file)}</span>
                    <input type="file" accept=".json,application/json"
                        on:change:target=move |e| choose(e.target()) />
                </label>
                {move || match arrived.get() {
                    None => ().into_any(),
                    Some(Err((name, error))) => view! {
                        <p class="notice" role="alert">
                            {fill(session.words().not_imported, &[&name, &files::open_error(session.words(), &error)])}
                        </p>
                    }.into_any(),
                    Some(Ok(file)) => view! { <Preview file arrived done /> }.into_any(),
                }}
            </section>
            <p role="status" class="done">{move || done.get()}</p>
        </dialog>
    }
}

/// What adding a file would do, and the button that does it.
#[component]
fn Preview(
    file: Arrived,
    arrived: RwSignal<Option<Result<Arrived, (String, OpenError)>>>,
    done: RwSignal<Option<String>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let from = {
        let file = file.clone();
        move || {
            fill(session.words().file_from, &[&file.name, &file.stamp.app, &file.stamp.saved_at])
        }
    };
    let finish = move |text: &'static str| {
        arrived.set(None);
        done.set(Some(text.to_owned()));
    };
    let body = match file.what.as_ref() {
        Contents::Plan(plan) => {
            let (shown, added) = (Plan::clone(plan), Plan::clone(plan));
            view! {
                <p>{move || plan_line(session, &shown)}</p>
                <button type="button" class="primary" on:click=move |_| {
                    match keeper.add(added.clone()) {
                        Ok(()) => finish(session.words().plan_added),
                        Err(error) => done.set(Some(files::not_added(session.words(), &error))),
                    }
                }>{session.t(|w| w.add_as_new_plan)}</button>
            }
            .into_any()
        }
        Contents::Scenario(bundle) => {
            let fit = session.plan.with_untracked(|p| fit(p, bundle));
            let (base, name) = (bundle.base_title.clone(), file.name.clone());
            let (scenarios, subject) = (fit.scenarios.clone(), fit.subject.clone());
            let is_new = !scenarios.is_empty();
            view! {
                <p>{Signal::derive(move || fill(session.words().made_on, &[base.get(session.lang())]))}</p>
                <FitReport fit />
                <button type="button" class="primary" on:click=move |_| {
                    if is_new && let Err(error) = session.try_dispatch(Command::AddScenarios(scenarios.clone())) {
                        arrived.set(Some(Err((name.clone(), error.into()))));
                        return;
                    }
                    if let Some(subject) = &subject {
                        session.look_at_scenario(subject);
                    }
                    finish(if is_new { session.words().scenario_added } else { session.words().scenario_shown });
                }>{move || if is_new { session.words().add_scenario } else { session.words().show_scenario }}</button>
            }.into_any()
        }
    };
    let report = move || {
        let said = report_text(session.words(), &file.report).into_iter();
        said.map(|line| view! { <p>{line}</p> }).collect_view()
    };
    view! { <div class="preview"><p>{from}</p>{report}{body}</div> }
}

fn plan_line(session: Session, plan: &Plan) -> String {
    let count = |n: usize| numbers::whole(i64::try_from(n).unwrap_or(i64::MAX));
    fill(
        session.words().plan_in_file,
        &[
            plan.title.get(session.lang()),
            &plan.horizon.first().to_string(),
            &plan.horizon.last().to_string(),
            &count(plan.regions.len()),
            &count(plan.programmes.len()),
            &count(plan.scenarios.len()),
        ],
    )
}

/// Which scenarios come, what stands otherwise on this plan, and what cannot be applied.
#[component]
fn FitReport(fit: Fit) -> impl IntoView {
    let session = expect_context::<Session>();
    let lines = move || {
        let (w, lang) = (session.words(), session.lang());
        let mut lines: Vec<String> = fit
            .scenarios
            .iter()
            .map(|s| fill(w.brings_scenario, &[s.name.get(lang), &s.measures.len().to_string()]))
            .collect();
        if lines.is_empty() {
            lines.push(w.brings_nothing.to_owned());
        }
        session.plan.with(|plan| {
            for d in &fit.differences {
                let at_end = |p: &shapan_engine::Parameter| match p.steps.last() {
                    Some(step) if p.by_region.is_empty() => {
                        names::value(w, plan, &d.path, lang, step.value)
                    }
                    _ => w.change_by_region.to_owned(),
                };
                let name = names::parameter(w, plan, &d.path, lang);
                lines.push(fill(w.differs_here, &[&name, &at_end(&d.there), &at_end(&d.here)]));
            }
        });
        for path in &fit.missing {
            lines.push(fill(w.missing_here, &[&path.to_string()]));
        }
        lines.extend(fit.missing_regions.iter().map(|id| fill(w.missing_region, &[id.as_str()])));
        lines.extend(
            fit.missing_citations.iter().map(|id| fill(w.missing_citation, &[id.as_str()])),
        );
        if fit.emptied > 0 {
            lines.push(fill(w.emptied_measures, &[&fit.emptied.to_string()]));
        }
        let all_here = fit.missing.is_empty() && fit.missing_regions.is_empty();
        if fit.differences.is_empty() && all_here {
            lines.push(w.same_base.to_owned());
        }
        lines
    };
    view! {
        <ul class="report">
            <For each=move || lines().into_iter().enumerate() key=Clone::clone let((_, line))><li>{line}</li></For>
        </ul>
    }
}
