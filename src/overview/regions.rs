//! Owns the table of regions: what is spent in each, what changes, what its county bears.

use super::{CardHead, in_this_year, year_and_unit};
use crate::explore::{Dim, View};
use crate::parts::Money;
use crate::rounding::{self, of_columns};
use crate::session::Session;
use crate::why::{Ask, Question};
use leptos::prelude::*;
use shapan_engine::{Cut, Fen, What};

#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    name: String,
    cut: Cut,
    figures: [Fen; 4],
}

#[component]
pub fn Regions() -> impl IntoView {
    let session = expect_context::<Session>();
    let rows = Memo::new(move |_| {
        let (year, lang) = (session.look.with(|l| l.year), session.lang());
        session.impact.with(|i| {
            let Some(i) = i.get() else { return Vec::new() };
            let d = i.difference();
            let figures = |cut| {
                [
                    d.scenario.total(cut),
                    d.total(cut),
                    d.scenario.county_burden(&i.plan, cut),
                    d.county_burden(&i.plan, cut),
                ]
            };
            let cut = Cut::ALL.in_year(year);
            let regions = i.plan.regions.iter().enumerate();
            let mut rows: Vec<Row> = regions
                .map(|(r, region)| {
                    let (name, cut) = (region.name.get(lang).to_owned(), cut.in_region(r));
                    Row { name, cut, figures: figures(cut) }
                })
                .collect();
            let name = i.plan.place.get(lang).to_owned();
            rows.push(Row { name, cut, figures: figures(cut) });
            rows
        })
    });
    let row = move |row: Row| {
        let (name, cut) = (row.name.clone(), row.cut);
        let ask = move |is_burden: bool, is_change: bool| {
            let name = name.clone();
            Signal::derive(move || {
                let w = session.words();
                let (what, column) = match is_burden {
                    true => (What::CountyBurden(cut), w.county_burden),
                    false => (What::Total(cut), w.total),
                };
                let named = |column: &str| format!("{name} · {column}");
                match (is_burden, is_change) {
                    (true, true) => {
                        let column = format!("{column} · {}", w.against_base);
                        Question::of_change(named(&column), what)
                    }
                    (false, true) => Question::of_change(named(w.against_base), what),
                    (_, false) => Question::of(named(column), what),
                }
            })
        };
        let [total, change, county, county_change] = row.figures.map(|f| Signal::derive(move || f));
        view! {
            <tr>
                <th scope="row">{row.name}</th>
                <td class="num"><Ask question=ask(false, false)><Money amount=total /></Ask></td>
                <td class="num"><Ask question=ask(false, true)><Money amount=change change=true /></Ask></td>
                <td class="num"><Ask question=ask(true, false)><Money amount=county /></Ask></td>
                <td class="num"><Ask question=ask(true, true)><Money amount=county_change change=true /></Ask></td>
            </tr>
        }
    };
    let split = move || {
        let mut rows = rows.get();
        let last = rows.pop();
        (rows, last)
    };
    view! {
        <section class="card regions">
            <CardHead
                title=session.t(|w| w.regions)
                note=Signal::derive(move || year_and_unit(session))
                explore=Signal::derive(move || {
                    in_this_year(session, View::of(Dim::Region, Some(Dim::Payer)))
                })
            />
            <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.regions)>
            <table>
                <thead><tr>
                    <th scope="col">{session.t(|w| w.region)}</th>
                    <th scope="col" class="num">{session.t(|w| w.total)}</th>
                    <th scope="col" class="num">{session.t(|w| w.against_base)}</th>
                    <th scope="col" class="num">{session.t(|w| w.county_burden)}</th>
                    <th scope="col" class="num">{session.t(|w| w.against_base)}</th>
                </tr></thead>
                <tbody>
                    <For each=move || split().0.into_iter().enumerate() key=Clone::clone let((_, r))>{row(r)}</For>
                </tbody>
                <tfoot>{move || split().1.map(row)}</tfoot>
            </table>
            </div>
            {move || {
                let (rows, last) = split();
                let rows: Vec<_> = rows.iter().map(|row| row.figures.to_vec()).collect();
                last.and_then(|last| rounding::note(session, &of_columns(&rows, &last.figures)))
            }}
        </section>
    }
}
