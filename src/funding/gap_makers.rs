//! Owns which measures make a gap: from the gap of the scenario compared with, measure by
//! measure, to that of the scenario looked at.

use crate::overview::year_and_unit;
use crate::parts::Money;
use crate::session::{Impact, Session};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::Fen;

/// The gaps of some sources before, by measure, and after.
struct Makers {
    sources: Vec<String>,
    before: Vec<Fen>,
    measures: Vec<(String, bool, Vec<Fen>)>,
    after: Vec<Fen>,
}

fn makers(session: Session, impact: &Impact) -> Makers {
    let (year, lang) = (session.look.with(|l| l.year), session.lang());
    let attribution = &impact.attribution;
    let steps = 0..attribution.contributions().len();
    let by = |step, source| attribution.gap(step, source, year).unwrap_or_default();
    let gap =
        |outcome: &shapan_engine::Outcome, source| outcome.gap(source, year).unwrap_or_default();
    let difference = impact.difference();
    let moved: Vec<usize> = (0..impact.plan.sources.len())
        .filter(|source| {
            gap(difference.scenario, *source) != Fen::ZERO
                || steps.clone().any(|step| by(step, *source) != Fen::ZERO)
        })
        .collect();
    let name = |source: &usize| impact.plan.sources[*source].name.get(lang).to_owned();
    let measures = steps.filter_map(|step| {
        let contribution = &attribution.contributions()[step];
        let amounts: Vec<Fen> = moved.iter().map(|source| by(step, *source)).collect();
        let title = contribution.measure.title.get(lang).to_owned();
        let counts = amounts.iter().any(|amount| *amount != Fen::ZERO);
        counts.then_some((title, contribution.is_dropped, amounts))
    });
    Makers {
        measures: measures.collect(),
        sources: moved.iter().map(name).collect(),
        before: moved.iter().map(|source| gap(difference.base, *source)).collect(),
        after: moved.iter().map(|source| gap(difference.scenario, *source)).collect(),
    }
}

#[component]
pub fn GapMakers() -> impl IntoView {
    let session = expect_context::<Session>();
    let base = move || session.scenario_name(&session.look.with(|l| l.base.clone()));
    let note = move || {
        let against = fill(session.words().goals.gap_makers_note, &[&base()]);
        format!(
            "{} · {against} · {}",
            year_and_unit(session),
            session.words().against_base_by_measure
        )
    };
    let amount = |fen: Fen, change: bool| {
        view! { <td class="num"><Money amount=Signal::derive(move || fen) change /></td> }
    };
    let amounts = move |all: Vec<Fen>, change: bool| {
        all.into_iter().map(|fen| amount(fen, change)).collect_view()
    };
    let table = move || {
        let made = session.impact.with(|i| i.get().map(|impact| makers(session, impact)))?;
        let w = session.words().goals;
        if made.measures.is_empty() {
            return Some(view! { <p class="empty">{w.gap_makers_none}</p> }.into_any());
        }
        let row = |(title, is_dropped, all): (String, bool, Vec<Fen>)| {
            view! {
                <tr><th scope="row" class:dropped=is_dropped>{title}</th>{amounts(all, true)}</tr>
            }
        };
        let sources = made.sources.into_iter();
        Some(view! {
            <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.goals.gap_makers)>
                <table class="gap-makers">
                    <thead><tr>
                        <th scope="col">{session.t(|w| w.measure)}</th>
                        {sources.map(|name| view! { <th scope="col" class="num">{name}</th> }).collect_view()}
                    </tr></thead>
                    <tbody>
                        <tr><th scope="row">{fill(w.gap_before, &[&base()])}</th>{amounts(made.before, false)}</tr>
                        {made.measures.into_iter().map(row).collect_view()}
                    </tbody>
                    <tfoot><tr><th scope="row">{w.gap}</th>{amounts(made.after, false)}</tr></tfoot>
                </table>
            </div>
        }.into_any())
    };
    view! {
        <section class="card">
            <header class="card-head">
                <h2>{session.t(|w| w.goals.gap_makers)}</h2>
                <p>{note}</p>
            </header>
            {table}
        </section>
    }
}
