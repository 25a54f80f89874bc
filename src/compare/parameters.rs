//! Owns the list of every parameter that differs: where, when, and its value under each scenario.

use super::Compared;
use crate::names;
use crate::session::{Session, Shown};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{DifferingParameter, DifferingSpan, Outcome, Plan, differing_parameters};

/// Differences of one parameter above which they are folded at first.
const LONG: usize = 24;

#[component]
pub fn Parameters(compared: Compared) -> impl IntoView {
    let session = expect_context::<Session>();
    let found = Memo::new(move |_| {
        compared.sides.with(|sides| {
            let sides = sides.get();
            let columns = sides.map_or(&[][..], |s| &s.columns);
            let outcomes: Vec<&Outcome> = columns.iter().flatten().map(|c| &c.outcome).collect();
            let found = sides.map(|s| differing_parameters(&s.plan, &outcomes));
            Shown::new(Ok((found.unwrap_or_default(), outcomes.len() < columns.len())))
        })
    });
    let count = Memo::new(move |_| {
        found.with(|f| {
            let all = f.get().map_or(&[][..], |(all, _)| all);
            (all.len(), all.iter().map(|d| d.spans.len()).sum::<usize>())
        })
    });
    let note = move || {
        let (parameters, spans) = count.get();
        fill(
            session.words().compare.parameters_note,
            &[&parameters.to_string(), &spans.to_string()],
        )
    };
    let is_partial = move || found.with(|f| f.get().is_some_and(|(_, partial)| *partial));
    let head = move || {
        compared.sides.with(|sides| {
            let sides = sides.get()?;
            let with = sides.ids.iter().zip(&sides.columns).filter(|(_, column)| column.is_some());
            let names = with.map(|(id, _)| session.scenario_name(id));
            Some(names.map(|name| view! { <th scope="col" class="num">{name}</th> }).collect_view())
        })
    };
    let body = move || {
        compared.sides.with(|sides| {
            let sides = sides.get()?;
            let against = compared.chosen.with(|c| c.against);
            // The reference's place among those with a result.
            let reference = sides
                .columns
                .get(against)?
                .as_ref()
                .map(|_| sides.columns.iter().take(against).flatten().count());
            found.with(|f| {
                let (all, _) = f.get()?;
                Some(all.iter().map(|d| group(session, &sides.plan, d, reference)).collect_view())
            })
        })
    };
    view! {
        <section class="card parameters-differ">
            <header class="card-head">
                <h2>{session.t(|w| w.compare.parameters)}</h2>
                <p>{note}</p>
            </header>
            <Show when=is_partial><p class="sense">{session.t(|w| w.compare.parameters_without)}</p></Show>
            <Show when=move || { count.get().0 > 0 } fallback=move || view! {
                <p class="empty">{session.t(|w| w.compare.parameters_none)}</p>
            }>
                <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.compare.parameters)>
                    <table>
                        <thead><tr>
                            <th scope="col">{session.t(|w| w.parameter)}</th>
                            <th scope="col">{session.t(|w| w.regions)}</th>
                            <th scope="col">{session.t(|w| w.compare.when)}</th>
                            {head}
                        </tr></thead>
                        {body}
                    </table>
                </div>
            </Show>
        </section>
    }
}

fn group(
    session: Session,
    plan: &Plan,
    differing: &DifferingParameter,
    reference: Option<usize>,
) -> AnyView {
    let (w, lang) = (session.words(), session.lang());
    let path = &differing.path;
    let (owner, role) = (names::owner(plan, path, lang), names::role(w, plan, path, lang));
    let spans = &differing.spans;
    let is_long = spans.len() > LONG;
    let is_folded = RwSignal::new(is_long);
    let fold = is_long.then(|| {
        let count = spans.len().to_string();
        view! {
            <button type="button" class="quiet" aria-expanded=move || (!is_folded.get()).to_string()
                on:click=move |_| is_folded.update(|f| *f = !*f)>{w.compare.parameters}" "{count}</button>
        }
    });
    let row = |span: &DifferingSpan, head: AnyView| {
        let of_reference = reference.and_then(|n| span.values.get(n));
        let values = span.values.iter().map(|value| {
            let text = names::value(w, plan, path, lang, *value);
            let differs = of_reference.is_some_and(|reference| reference != value);
            view! { <td class="num" class:differs=differs>{text}</td> }
        });
        let (values, regions) = (values.collect_view(), regions(session, plan, &span.regions));
        view! {
            <tr>{head}<td class="where">{regions}</td><td class="when">{when(session, plan, span)}</td>{values}</tr>
        }
        .into_any()
    };
    let rows = spans.iter().enumerate().map(|(n, span)| {
        // The name stands in the first row, over all of them.
        let head = (n == 0).then(|| {
            view! {
                <th scope="rowgroup" rowspan=spans.len().to_string()>{owner.clone()}" · "{role.clone()}</th>
            }
        });
        row(span, head.into_any())
    });
    if !is_long {
        return view! { <tbody>{rows.collect_view()}</tbody> }.into_any();
    }
    let rows = spans.iter().map(|span| row(span, view! { <td></td> }.into_any())).collect_view();
    let columns = (spans.first().map_or(0, |s| s.values.len()) + 2).to_string();
    view! {
        <tbody class:folded=move || is_folded.get()>
            <tr class="head-row"><th scope="rowgroup">{owner}" · "{role}</th><td colspan=columns>{fold}</td></tr>
            {rows}
        </tbody>
    }
    .into_any()
}

/// Regions by name.
fn regions(session: Session, plan: &Plan, places: &[usize]) -> String {
    let (w, lang) = (session.words(), session.lang());
    if places.len() == plan.regions.len() {
        return w.all_regions.to_owned();
    }
    let named = places.iter().filter_map(|n| plan.regions.get(*n)).map(|r| r.name.get(lang));
    named.collect::<Vec<_>>().join(w.compare.comma)
}

/// From when until when.
fn when(session: Session, plan: &Plan, span: &DifferingSpan) -> String {
    let w = session.words();
    let [from, until] = [span.from, span.until].map(|s| names::semester(w, s));
    match (span.from == span.until, span.until == plan.horizon.last().autumn()) {
        (_, true) => fill(w.compare.from_on, &[&from]),
        (true, false) => from,
        (false, false) => fill(w.compare.span, &[&from, &until]),
    }
}
