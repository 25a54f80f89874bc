//! Owns the overview: what the scenario costs, who pays, where, and an invitation to pull.

mod basis;
mod by_measure;
mod headline;
mod regions;
mod targets;
mod tiles;
mod years;

pub use headline::{Consequences, Emphasised, Figures, GapSentence, why_all_years, why_change};

use crate::explore::{Dim, OpenInExplore, View};
use crate::files;
use crate::hints::{Hint, Hinted};
use crate::names;
use crate::session::{Keeper, Page, Session};
use crate::words::fill;
use basis::BasisCard;
use by_measure::ByMeasure;
pub use by_measure::method;
pub use headline::Headline;
use leptos::html;
use leptos::prelude::*;
use regions::Regions;
use shapan_engine::ScenarioId;
use targets::TargetsCard;
use tiles::Tiles;
use years::YearsByPayer;

/// The overview page.
#[component]
pub fn Overview(share: NodeRef<html::Dialog>) -> impl IntoView {
    let session = expect_context::<Session>();
    let has_result = session.has_result();
    // What came in says it above everything, and there is nothing to pull yet.
    let is_ours = Memo::new(move |_| !session.is_visiting());
    view! {
        <div class="overview">
            <Show when=move || is_ours.get()>
                <div class="lead">
                    <Show when=move || has_result.get() fallback=|| view! { <div></div> }><Headline /></Show>
                    <Invitation share />
                </div>
            </Show>
            <Hinted hint=Hint::Ask />
            <Show when=move || has_result.get()>
                <Tiles />
                <div class="columns">
                    <div class="stack">
                        <ByMeasure />
                        <BasisCard />
                    </div>
                    <div class="stack">
                        <Regions />
                        <TargetsCard />
                    </div>
                </div>
                <YearsByPayer />
            </Show>
        </div>
    }
}

/// What could be pulled next: the scenarios stacked on this one, or a new one.
#[component]
fn Invitation(share: NodeRef<html::Dialog>) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let next = Memo::new(move |_| {
        let lang = session.lang();
        session.plan.with(|p| {
            session.look.with(|l| {
                let on = |parent: Option<&ScenarioId>| {
                    let those = p.scenarios.iter().filter(|s| s.parent.as_ref() == parent);
                    let others = those.filter(|s| s.id != l.scenario);
                    others.map(|s| (s.id.clone(), s.name.get(lang).to_owned())).collect::<Vec<_>>()
                };
                let here = p.scenarios.iter().find(|s| s.id == l.scenario);
                match on(Some(&l.scenario)) {
                    // Nothing is stacked on it: what else could have been pulled instead.
                    none if none.is_empty() => on(here.and_then(|s| s.parent.as_ref())),
                    some => some,
                }
            })
        })
    });
    let go = move || {
        let _ = location().set_hash(Page::WhatIf.hash());
    };
    view! {
        <section class="card invitation" aria-labelledby="try">
            <header class="card-head">
                <h2 id="try">{session.t(|w| w.try_it)}</h2>
                <span class="row">
                    <button type="button" class="quiet" on:click=move |_| {
                        if let Some(name) = session.typed(session.words().new_scenario_name) {
                            session.add_scenario(name);
                            go();
                        }
                    }>{session.t(|w| w.new_scenario)}</button>
                    <Show when=move || session.plan.with(|p| !p.is_sample)>
                        <button type="button" class="quiet" on:click=move |_| {
                            if let Ok(sample) = shapan_engine::taian_2012()
                                && let Err(error) = keeper.add(sample)
                            {
                                keeper.trouble.set(Some(files::not_added(session.words(), &error)));
                            }
                        }>{session.t(|w| w.open_sample)}</button>
                    </Show>
                </span>
            </header>
            <div class="levers">
                <For each=move || next.get() key=|(id, name)| (id.clone(), name.clone()) let((id, name))>
                    <button type="button" class="lever" on:click=move |_| {
                        session.look_at_scenario(&id);
                        go();
                    }>{Signal::derive(move || fill(session.words().what_if_scenario, &[&name]))}</button>
                </For>
            </div>
            <div class="row">
                <a class="button" href=Page::NewPlan.hash()>{session.t(|w| w.start.my_plan)}</a>
                <button type="button" on:click=move |_| {
                    if let Some(dialog) = share.get() {
                        let _ = dialog.show_modal();
                    }
                }>{session.t(|w| w.import)}</button>
            </div>
        </section>
    }
}

/// A table's caption line: what, and of which year and unit.
#[component]
pub fn CardHead(
    /// What the card shows.
    title: Signal<&'static str>,
    /// Year, unit, comparison.
    #[prop(into)]
    note: Signal<String>,
    /// Where its figures can be turned about.
    #[prop(optional, into)]
    explore: Option<Signal<View>>,
) -> impl IntoView {
    let link = explore.map(|view| view! { " " <OpenInExplore what=title view /> });
    view! {
        <header class="card-head"><h2>{title}</h2><p>{note}" "<IllustrativeMark />{link}</p></header>
    }
}

/// The mark of figures that rest on numbers without a source.
#[component]
pub fn IllustrativeMark() -> impl IntoView {
    let session = expect_context::<Session>();
    let any = Memo::new(move |_| session.plan.with(|p| p.rests_on_illustrative()));
    view! {
        <Show when=move || any.get()>
            <span class="mark" title=session.t(|w| w.rests_on_illustrative_hint)>
                {session.t(|w| w.rests_on_illustrative)}
            </span>
        </Show>
    }
}

/// `2012 · 万元`
pub fn year_and_unit(session: Session) -> String {
    format!("{} · {}", year(session), unit(session))
}

/// The fiscal year looked at, as the page of explorations has it.
pub fn in_this_year(session: Session, view: View) -> View {
    view.only(Dim::Year, vec![year(session)])
}

/// The unit amounts are shown in.
pub fn unit(session: Session) -> &'static str {
    names::unit(session.words(), session.preferences.with(|p| p.unit()))
}

/// The fiscal year looked at.
pub fn year(session: Session) -> String {
    let place = session.look.with(|l| l.year);
    session.plan.with(|p| p.years().nth(place).map(|y| y.to_string()).unwrap_or_default())
}
