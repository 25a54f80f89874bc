//! Owns the making of a new programme: how its money is reckoned, in plain words, and its name.

use super::make::{self, Kind};
use super::{Desk, formula, go_to};
use crate::programmes::list::focus;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Account, Command, Extra, Payer, PlanParts, Source, SourceId, Text, Thing};

/// Who takes the rest of a new programme: the counties' budget, or whoever there is first.
fn residual(plan: &PlanParts) -> Option<SourceId> {
    let county = plan.sources.iter().find(|s| s.is_county_budget());
    county.or(plan.sources.first()).map(|s| s.id.clone())
}

/// The counties' budget, for a plan without any source.
fn county_budget(name: Text) -> Option<Source> {
    Some(Source {
        id: "county".parse().ok()?,
        name,
        payer: Payer::County,
        account: Account::GeneralBudget,
        revenue: None,
        available: None,
        carry_over: false,
        extra: Extra::default(),
    })
}

#[component]
pub fn Create() -> impl IntoView {
    let session = expect_context::<Session>();
    let desk = expect_context::<Desk>();
    let name = RwSignal::new(String::new());
    let kind = RwSignal::new(session.plan.with_untracked(|p| {
        Kind::ALL.into_iter().find(|k| k.is_possible(p)).unwrap_or(Kind::Lump)
    }));
    let has_sources = Memo::new(move |_| session.plan.with(|p| !p.sources.is_empty()));
    let make = move || {
        let w = session.words();
        let name = session.typed(&name.get_untracked());
        let name = name.or_else(|| session.typed(w.programmes.new_programme))?;
        let unit = session.typed(w.programmes.unit_default)?;
        let plan = session.plan.get_untracked();
        let mut commands = Vec::new();
        let payer = match residual(&plan) {
            Some(id) => id,
            None => {
                let source = county_budget(session.typed(w.programmes.county_budget)?)?;
                let id = source.id.clone();
                commands.push(Command::Put(Thing::from(source)));
                id
            }
        };
        let kind = kind.get_untracked();
        let driver = kind.driver(&plan, None, unit)?;
        let new = make::programme(&plan, name, kind, driver, payer)?;
        let id = new.id.clone();
        commands.push(Command::Put(Thing::from(new)));
        session.dispatch(Command::Together(commands));
        session.refused.with_untracked(Option::is_none).then_some(id)
    };
    let options = move || {
        let w = session.words();
        Kind::ALL
            .into_iter()
            .map(|of| {
                let (title, example) = formula::kind(w, of);
                let possible = session.plan.with(|p| of.is_possible(p));
                let missing = match of {
                    Kind::Revenue => w.programmes.needs_revenue,
                    _ => w.programmes.needs_people,
                };
                let note = if possible { example } else { missing };
                view! {
                    <li><label>
                        <input type="radio" name="kind" disabled=!possible
                            prop:checked=move || kind.get() == of
                            on:change=move |_| kind.set(of) />
                        <span><b>{title}</b><small>{note}</small></span>
                    </label></li>
                }
            })
            .collect_view()
    };
    view! {
        <form class="card programme-create" aria-labelledby="create-title" on:submit=move |e| {
            e.prevent_default();
            if let Some(id) = make() {
                desk.is_creating.set(false);
                go_to(Some(&id));
                focus("programme-title".to_owned());
            }
        }>
            <header class="card-head"><h2 id="create-title">{session.t(|w| w.programmes.new_programme)}</h2></header>
            <label class="field">
                <span>{session.t(|w| w.programmes.name)}</span>
                <input type="text" maxlength="200" autocomplete="off" prop:value=name
                    on:input:target=move |e| name.set(e.target().value()) />
            </label>
            <fieldset>
                <legend>{session.t(|w| w.programmes.choose_kind)}</legend>
                <ul class="programme-kinds">{options}</ul>
            </fieldset>
            <Show when=move || !has_sources.get()>
                <p class="hint">{move || {
                    let w = session.words().programmes;
                    fill(w.first_source, &[w.county_budget])
                }}</p>
            </Show>
            <div class="row">
                <button type="submit" class="primary">{session.t(|w| w.programmes.make)}</button>
                <button type="button" on:click=move |_| desk.is_creating.set(false)>
                    {session.t(|w| w.programmes.cancel)}
                </button>
            </div>
        </form>
    }
    .into_any()
}
