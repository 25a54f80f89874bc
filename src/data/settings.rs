//! Owns the part on the plan itself: what it is called, the fiscal years it covers, and its
//! citations.
//!
//! Invariant: years the plan's numbers do not reach are refused by the engine, and the page
//! says so; nothing is cut off silently.

use super::lists::Things;
use crate::files;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{
    Citation, CitationId, Command, Extra, Horizon, Plan, Text, ThingId, Year, fresh_id,
};

/// The part.
#[component]
pub fn Settings() -> impl IntoView {
    view! {
        <div class="columns">
            <ThePlan />
            <Citations />
        </div>
    }
    .into_any()
}

#[component]
fn ThePlan() -> impl IntoView {
    let session = expect_context::<Session>();
    let text = move |of: fn(&Plan) -> &Text| {
        let lang = session.lang();
        session.plan.with(|plan| of(plan).get(lang).to_owned())
    };
    let name = move |change: &dyn Fn(&mut Text, &mut Text)| {
        let names = session.plan.with_untracked(|plan| (plan.title.clone(), plan.place.clone()));
        let (mut title, mut place) = names;
        change(&mut title, &mut place);
        session.dispatch(Command::NamePlan { title, place });
    };
    let wrong = RwSignal::new(None::<String>);
    let first = move || session.plan.with(|plan| plan.horizon.first().to_string());
    let years = move || session.plan.with(|plan| plan.horizon.years().to_string());
    let set = move |first: &str, years: &str| {
        let first = first.trim().trim_end_matches('年').parse().ok().and_then(Year::new);
        let years = years.trim().parse::<u8>().ok();
        let horizon = first.zip(years).and_then(|(first, years)| Horizon::new(first, years));
        let w = session.words();
        wrong.set(match horizon {
            None => Some(w.data.wrong_years.to_owned()),
            Some(horizon) => session
                .try_dispatch(Command::SetHorizon(horizon))
                .err()
                .map(|error| files::command_error(w, &error)),
        });
    };
    view! {
        <section class="card stack">
            <header class="card-head"><h2>{session.t(|w| w.data.the_plan)}</h2></header>
            <label class="field">
                <span>{session.t(|w| w.data.plan_title)}</span>
                <input type="text" maxlength="200" autocomplete="off" prop:value=move || text(|p| &p.title)
                    on:change:target=move |e| {
                        let typed = e.target().value();
                        name(&|title, _| session.retype(title, &typed));
                        e.target().set_value(&untrack(|| text(|p| &p.title)));
                    } />
            </label>
            <label class="field">
                <span>{session.t(|w| w.data.plan_place)}</span>
                <input type="text" maxlength="200" autocomplete="off" prop:value=move || text(|p| &p.place)
                    on:change:target=move |e| {
                        let typed = e.target().value();
                        name(&|_, place| session.retype(place, &typed));
                        e.target().set_value(&untrack(|| text(|p| &p.place)));
                    } />
            </label>
            <div class="row">
                <label class="field">
                    <span>{session.t(|w| w.data.first_year)}</span>
                    <input type="text" inputmode="numeric" maxlength="5" autocomplete="off" prop:value=first
                        on:change:target=move |e| {
                            set(&e.target().value(), &untrack(years));
                            e.target().set_value(&untrack(first));
                        } />
                </label>
                <label class="field">
                    <span>{session.t(|w| w.data.how_many_years)}</span>
                    <input type="text" inputmode="numeric" maxlength="2" autocomplete="off" prop:value=years
                        on:change:target=move |e| {
                            set(&untrack(first), &e.target().value());
                            e.target().set_value(&untrack(years));
                        } />
                </label>
            </div>
            {move || wrong.get().map(|text| view! { <p class="field-error" role="alert">{text}</p> })}
            <p class="sense">{session.t(|w| w.data.years_hint)}</p>
        </section>
    }
    .into_any()
}

/// How many numbers rest on a citation.
fn uses(plan: &Plan, id: &CitationId) -> usize {
    plan.removal(&ThingId::Citation(id.clone())).map_or(0, |removal| removal.numbers)
}

fn count_of(session: Session, thing: ThingId) -> AnyView {
    let ThingId::Citation(id) = thing else { return ().into_any() };
    let text = move || {
        let count = session.plan.with(|plan| uses(plan, &id));
        fill(session.words().data.used_by, &[&count.to_string()])
    };
    view! { <span class="sense">{text}</span> }.into_any()
}

#[component]
fn Citations() -> impl IntoView {
    let session = expect_context::<Session>();
    let things = Memo::new(move |_| {
        session.plan.with(|p| {
            p.citations.iter().map(|c| ThingId::Citation(c.id.clone())).collect::<Vec<_>>()
        })
    });
    let name = RwSignal::new(String::new());
    let add = move || {
        let Some(title) = session.typed(&name.get_untracked()) else { return };
        let id = session.plan.with_untracked(|plan| {
            fresh_id::<CitationId>("citation", |id| plan.citations.iter().any(|c| c.id == *id))
        });
        if let Some(id) = id {
            session.dispatch(Command::Put(Citation { id, title, extra: Extra::default() }.into()));
            name.set(String::new());
        }
    };
    view! {
        <section class="card">
            <header class="card-head">
                <h2>{session.t(|w| w.data.citations)}</h2>
                <p>{session.t(|w| w.data.citations_hint)}</p>
            </header>
            <Things label=session.t(|w| w.data.citations) things beside=count_of least=0 />
            <form class="add-form" on:submit=move |e| {
                e.prevent_default();
                add();
            }>
                <label class="field">
                    <span>{session.t(|w| w.data.new_citation)}</span>
                    <input type="text" maxlength="400" autocomplete="off" prop:value=name
                        on:input:target=move |e| name.set(e.target().value()) />
                </label>
                <button type="submit">{session.t(|w| w.data.add)}</button>
            </form>
        </section>
    }
    .into_any()
}
