//! Owns the totals of a merge: what heads and payments come to before and after what is ticked.
//!
//! Invariant: figures are the engine's, of the scenario that is looked at; only what changes is
//! listed.

use super::merge::Desk;
use crate::names;
use crate::numbers;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::merge::Resolved;
use shapan_engine::{Command, Cut, Fen, Outcome, Plan, ScenarioId, evaluate};

/// A line: what it is the total of, and its numbers by year, before and after.
struct Line {
    name: String,
    years: Vec<[String; 2]>,
}

/// What the totals come to.
#[component]
pub fn Totals(desk: Desk) -> impl IntoView {
    let session = expect_context::<Session>();
    let table = move || {
        let here = session.plan.get();
        let after = desk.resolved.with(|resolved| match resolved {
            Ok(Resolved { command: Some(Command::Become(parts)), .. }) => {
                Plan::new((**parts).clone()).ok()
            }
            _ => None,
        })?;
        let w = session.words();
        let scenario = scenario_of(session, &here, &after)?;
        let outcomes = [&*here, &after].map(|plan| evaluate(plan, &scenario).ok());
        let [Some(before), Some(then)] = outcomes else { return None };
        let lines = lines(session, [(&here, &before), (&after, &then)]);
        if lines.is_empty() {
            return Some(view! { <p class="aside">{w.travel.totals_same}</p> }.into_any());
        }
        let unit = names::unit(w, session.preferences.with(|p| p.unit()));
        let lead = fill(w.travel.totals_lead, &[&session.scenario_name(&scenario), unit]);
        let years: Vec<String> = here.horizon.fiscal_years().map(|y| y.to_string()).collect();
        let heads = years.iter().map(|y| view! { <th scope="col" class="num">{y.clone()}</th> });
        let heads = heads.collect_view();
        let rows = lines.into_iter().map(|line| {
            let cells = line.years.into_iter().zip(&years).map(|([before, after], year)| {
                let shown = if before == after {
                    view! { {before} }.into_any()
                } else {
                    let text = fill(w.travel.changes_to, &[&before, &after]);
                    view! { <strong>{text}</strong> }.into_any()
                };
                view! { <td class="num" data-label=year.clone()>{shown}</td> }
            });
            let cells = cells.collect_view();
            view! { <tr><th scope="row">{line.name}</th>{cells}</tr> }
        });
        let rows = rows.collect_view();
        Some(
            view! {
                <h3 id="merge-totals">{w.travel.totals}</h3>
                <p>{lead}</p>
                <div class="scroll" tabindex="0" role="region" aria-labelledby="merge-totals">
                    <table class="stacks totals">
                        <thead><tr><th scope="col">{w.travel.item}</th>{heads}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any(),
        )
    };
    view! { {table} }.into_any()
}

/// The scenario that is looked at, where it is there after as well.
fn scenario_of(session: Session, here: &Plan, after: &Plan) -> Option<ScenarioId> {
    let looked_at = session.look.with(|look| look.scenario.clone());
    let is_there = |plan: &Plan| plan.scenarios.iter().any(|s| s.id == looked_at);
    if is_there(here) && is_there(after) {
        return Some(looked_at);
    }
    let root = here.status_quo()?.id.clone();
    after.scenarios.iter().any(|s| s.id == root).then_some(root)
}

/// Populations and sources of which anything changes.
fn lines(session: Session, sides: [(&Plan, &Outcome); 2]) -> Vec<Line> {
    let lang = session.lang();
    let unit = session.preferences.with(|p| p.unit());
    let [(here, _), (after, _)] = sides;
    let mut lines = Vec::new();
    let mut add = |name: &str, before: Vec<Option<String>>, then: Vec<Option<String>>| {
        if before == then {
            return;
        }
        let none = || "–".to_owned();
        let pairs = before.into_iter().zip(then.into_iter().chain(std::iter::repeat(None)));
        let years = pairs.map(|(a, b)| [a.unwrap_or_else(none), b.unwrap_or_else(none)]);
        lines.push(Line { name: name.to_owned(), years: years.collect() });
    };
    let years = here.horizon.fiscal_years();
    let years: Vec<_> = years.collect();
    let populations = here
        .populations
        .iter()
        .chain(after.populations.iter().filter(|p| here.populations.iter().all(|h| h.id != p.id)));
    for population in populations {
        let of = |(plan, outcome): (&Plan, &Outcome)| -> Vec<Option<String>> {
            let in_year = |year: &shapan_engine::Year| {
                plan.populations.iter().find(|p| p.id == population.id)?;
                let place = plan.horizon.year_index(*year)? + 1; // its autumn
                let all = (0..plan.regions.len()).map(|region| {
                    outcome.heads(&population.id, region).get(place).copied().unwrap_or(0)
                });
                Some(numbers::whole(all.sum()))
            };
            years.iter().map(in_year).collect()
        };
        let [before, then] = sides.map(of);
        add(population.name.get(lang), before, then);
    }
    let sources = here
        .sources
        .iter()
        .chain(after.sources.iter().filter(|s| here.sources.iter().all(|h| h.id != s.id)));
    for source in sources {
        let of = |(plan, outcome): (&Plan, &Outcome)| -> Vec<Option<Fen>> {
            let place = plan.sources.iter().position(|s| s.id == source.id);
            let in_year = |year: &shapan_engine::Year| {
                let cut = Cut::default().in_year(plan.horizon.year_index(*year)?);
                Some(outcome.total(cut.from_source(place?)))
            };
            years.iter().map(in_year).collect()
        };
        let [before, then] = sides.map(of);
        // Told apart by the fen, shown in the reader's unit.
        if before != then {
            let [before, then] = [before, then].map(|all| {
                all.into_iter().map(|fen| fen.map(|fen| numbers::money(fen, unit))).collect()
            });
            add(source.name.get(lang), before, then);
        }
    }
    lines
}
