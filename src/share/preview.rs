//! Owns the preview in the dialog: what one file or link would do, and the buttons that do it.

use super::packets::PacketPreview;
use super::scenario::ScenarioPreview;
use super::{Arrived, Incoming, Travel};
use crate::files;
use crate::misread::report_text;
use crate::numbers;
use crate::session::{Keeper, Page, Session};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::Plan;
use shapan_engine::files::{Contents, ScenarioBundle};
use std::sync::Arc;

/// What a file or link would do.
#[component]
pub fn Preview(file: Arrived) -> impl IntoView {
    let session = expect_context::<Session>();
    let arrived = file.clone();
    let Arrived { name, opened } = file;
    let (called, stamp) = (name.clone(), opened.stamp.clone());
    let from = move || {
        let w = session.words();
        let name = if called.is_empty() { w.travel.from_link } else { &called };
        fill(w.file_from, &[name, &stamp.app, &stamp.saved_at])
    };
    let body = match &opened.contents {
        Contents::Plan(plan) => {
            let plan = Arc::new(Plan::clone(plan));
            if plan.packet.is_some() {
                view! { <PacketPreview name plan /> }.into_any()
            } else {
                view! { <PlanPreview name plan arrived /> }.into_any()
            }
        }
        Contents::Scenario(bundle) => {
            let bundle = ScenarioBundle::clone(bundle);
            view! { <ScenarioPreview name bundle arrived /> }.into_any()
        }
    };
    let report = move || {
        let said = report_text(session.words(), &opened.report).into_iter();
        said.map(|line| view! { <p>{line}</p> }).collect_view()
    };
    view! { <div class="preview"><p>{from}</p>{report}{body}</div> }.into_any()
}

/// A plan: beside the others, or into the one on the table.
#[component]
fn PlanPreview(name: String, plan: Arc<Plan>, arrived: Arrived) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let travel = expect_context::<Travel>();
    let shown = Arc::clone(&plan);
    let title = move |plan: &Plan| plan.title.get(session.lang()).to_owned();
    let incoming = move || {
        let name = if name.is_empty() { title(&plan) } else { name.clone() };
        Incoming::plain(name, Arc::clone(&plan))
    };
    let incoming = StoredValue::new(incoming());
    let is_sent = arrived.opened.view.is_some();
    let add = move |_| match incoming.with_value(|i| keeper.add_received(&i.plan)) {
        Ok(()) => {
            travel.arrived.set(None);
            travel.done.set(Some(session.words().plan_added.to_owned()));
        }
        Err(error) => travel.done.set(Some(files::not_added(session.words(), &error))),
    };
    view! {
        <p>{move || plan_line(session, &shown)}</p>
        <div class="row">
            <LookFirst arrived is_first=is_sent />
            <button type="button" class:primary=!is_sent on:click=add>{session.t(|w| w.add_as_new_plan)}</button>
            <button type="button" on:click=move |_| {
                travel.merging.set(Some(incoming.get_value()));
                travel.rolling.set(None);
                travel.go_on();
            }>{session.t(|w| w.travel.item_by_item)}</button>
            <button type="button" on:click=move |_| {
                travel.rolling.set(Some((vec![incoming.get_value()], true)));
                travel.merging.set(None);
                travel.go_on();
            }>{session.t(|w| w.travel.into_city)}</button>
        </div>
    }
    .into_any()
}

/// Looks at what arrived before anything is done with it, where there is a plan to look at.
#[component]
pub fn LookFirst(
    arrived: Arrived,
    /// Whether that is what it was sent for.
    is_first: bool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    if !travel.can_visit(&arrived.opened) {
        return ().into_any();
    }
    let look = move |_| {
        let hash = location().hash().unwrap_or_default();
        travel.close();
        travel.visit(&arrived, Page::from_hash(&hash).hash());
    };
    view! {
        <button type="button" class:primary=is_first on:click=look>{session.t(|w| w.visit.look_first)}</button>
    }
    .into_any()
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
