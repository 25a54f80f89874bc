//! Owns which measures make a gap: from the gap of the scenario compared with, measure by
//! measure, to that of the scenario looked at.

use crate::overview::year_and_unit;
use crate::parts::Money;
use crate::rounding::{self, of_columns};
use crate::session::{Impact, Session};
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Fen, FundsFigure, What};

/// The gaps of some sources before, by measure, and after.
struct Makers {
    /// Places and names.
    sources: Vec<(usize, String)>,
    before: Vec<Fen>,
    /// Each with its place in the order of the stack.
    measures: Vec<(usize, String, bool, Vec<Fen>)>,
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
    let name = |source: &usize| (*source, impact.plan.sources[*source].name.get(lang).to_owned());
    let measures = steps.filter_map(|step| {
        let contribution = &attribution.contributions()[step];
        let amounts: Vec<Fen> = moved.iter().map(|source| by(step, *source)).collect();
        let title = contribution.measure.title.get(lang).to_owned();
        let counts = amounts.iter().any(|amount| *amount != Fen::ZERO);
        counts.then_some((step, title, contribution.is_dropped, amounts))
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
    // What each amount of a row is, given the gap of its source.
    let amounts = move |made: &Makers,
                        all: Vec<Fen>,
                        row: &str,
                        asked: &dyn Fn(What) -> (What, Option<usize>)| {
        let year = session.look.with(|l| l.year);
        let cells = all.into_iter().zip(&made.sources).map(|(fen, (source, name))| {
            let what = What::Funds { figure: FundsFigure::Gap, source: *source, region: None, year };
            let (what, step) = asked(what);
            let change = step.is_some();
            let question = Question::of(format!("{row} · {name}"), what);
            let question = step.into_iter().fold(question, Question::in_step);
            view! {
                <td class="num"><Ask question><Money amount=Signal::derive(move || fen) change /></Ask></td>
            }
        });
        cells.collect_view()
    };
    let table = move || {
        let made = session.impact.with(|i| i.get().map(|impact| makers(session, impact)))?;
        let w = session.words().goals;
        if made.measures.is_empty() {
            return Some(view! { <p class="empty">{w.gap_makers_none}</p> }.into_any());
        }
        let row = |(step, title, is_dropped, all): &(usize, String, bool, Vec<Fen>)| {
            let asked = |gap| (What::Change(Box::new(gap)), Some(*step));
            let cells = amounts(&made, all.clone(), title, &asked);
            view! {
                <tr><th scope="row" class:dropped=*is_dropped>{title.clone()}</th>{cells}</tr>
            }
        };
        let before = fill(w.gap_before, &[&base()]);
        let of_before = amounts(&made, made.before.clone(), &before, &|gap| {
            (What::Before(Box::new(gap)), None)
        });
        let of_after = amounts(&made, made.after.clone(), w.gap, &|gap| (gap, None));
        let sources = made.sources.iter().cloned();
        let each = made.measures.iter().map(|(_, _, _, amounts)| amounts.clone());
        let rows: Vec<Vec<Fen>> = std::iter::once(made.before.clone()).chain(each).collect();
        Some(view! {
            <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.goals.gap_makers)>
                <table class="gap-makers">
                    <thead><tr>
                        <th scope="col">{session.t(|w| w.measure)}</th>
                        {sources.map(|(_, name)| view! { <th scope="col" class="num">{name}</th> }).collect_view()}
                    </tr></thead>
                    <tbody>
                        <tr><th scope="row">{before}</th>{of_before}</tr>
                        {made.measures.iter().map(row).collect_view()}
                    </tbody>
                    <tfoot><tr><th scope="row">{w.gap}</th>{of_after}</tr></tfoot>
                </table>
            </div>
            {rounding::note(session, &of_columns(&rows, &made.after))}
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
