//! Owns years × payers: a chart of columns and its table, of the change or of the whole.

use super::{CardHead, unit};
use crate::charts::{self, Chart, Picture};
use crate::explore::{Dim, View};
use crate::parts::{Money, Segments};
use crate::rounding::{self, Sum};
use crate::session::Session;
use crate::why::{Ask, Question};
use leptos::prelude::*;
use shapan_engine::{Cut, Fen, What};

/// `[year][source]`
type Grid = Vec<Vec<Fen>>;

#[component]
pub fn YearsByPayer() -> impl IntoView {
    let session = expect_context::<Session>();
    let whole = RwSignal::new(false);
    let grid = Memo::new(move |_| {
        let whole = whole.get();
        session.impact.with(|i| {
            let Some(i) = i.get() else { return Grid::new() };
            let d = i.difference();
            let cell = |cut| if whole { d.scenario.total(cut) } else { d.total(cut) };
            let years = 0..i.plan.horizon.years();
            let sources = 0..i.plan.sources.len();
            years
                .map(|y| {
                    sources.clone().map(|s| cell(Cut::ALL.in_year(y).from_source(s))).collect()
                })
                .collect()
        })
    });
    let years = Memo::new(move |_| {
        session.plan.with(|p| p.years().map(|y| y.to_string()).collect::<Vec<_>>())
    });
    // Sources that pay nothing in any year get no column.
    let payers = Memo::new(move |_| {
        let lang = session.lang();
        session.plan.with(|p| {
            grid.with(|grid| {
                let sources = p.sources.iter().enumerate();
                let paying = sources.filter(|(s, _)| grid.iter().any(|year| year[*s] != Fen::ZERO));
                paying.map(|(s, source)| (s, source.name.get(lang).to_owned())).collect::<Vec<_>>()
            })
        })
    });
    let picture = Memo::new(move |_| {
        let look = (session.lang(), session.is_dark());
        let of = |s: usize| grid.with(|grid| grid.iter().map(|year| year[s]).collect());
        let series = session.plan.with(|p| charts::series_by_source(&p.sources, look, &of));
        Picture::columns(years.get(), series)
    });
    let label = Signal::derive(move || {
        let w = session.words();
        format!("{} · {}", w.years_by_payer, if whole.get() { w.whole } else { w.against_base })
    });
    let cell = move |y: usize, s: Option<usize>| {
        Signal::derive(move || {
            grid.with(|g| {
                g.get(y)
                    .map(|year| match s {
                        Some(s) => year[s],
                        None => year.iter().copied().sum(),
                    })
                    .unwrap_or_default()
            })
        })
    };
    let amount = move |y: usize, s: Option<(usize, String)>, year: String| {
        let (s, payer) = s.unzip();
        let cut = Cut { source: s, ..Cut::ALL.in_year(y) };
        let question = Signal::derive(move || {
            let sum = session.words().sum;
            let name = format!("{year} · {}", payer.as_deref().unwrap_or(sum));
            let ask = if whole.get() { Question::of } else { Question::of_change };
            ask(name, What::Total(cut))
        });
        move || {
            let change = !whole.get();
            view! { <Ask question><Money amount=cell(y, s) change /></Ask> }
        }
    };
    view! {
        <section class="card years">
            <CardHead
                title=session.t(|w| w.years_by_payer)
                note=Signal::derive(move || unit(session).to_owned())
                explore=Signal::derive(move || {
                    let view = View::of(Dim::Year, Some(Dim::Source));
                    if whole.get() { view } else { view.of_change() }
                })
            />
            <Segments
                label=session.t(|w| w.years_by_payer)
                options=Signal::derive(move || {
                    let w = session.words();
                    vec![("change".to_owned(), w.against_base.to_owned()), ("whole".to_owned(), w.whole.to_owned())]
                })
                value=Signal::derive(move || if whole.get() { "whole" } else { "change" }.to_owned())
                on_choose=Callback::new(move |v: String| whole.set(v == "whole"))
            />
            <Chart label picture />
            <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.years_by_payer)>
                <table>
                    <thead><tr>
                        <th scope="col">{session.t(|w| w.year)}</th>
                        <For each=move || payers.get() key=Clone::clone let((_, name))>
                            <th scope="col" class="num">{name}</th>
                        </For>
                        <th scope="col" class="num">{session.t(|w| w.sum)}</th>
                    </tr></thead>
                    <tbody>
                        <For each=move || years.get().into_iter().enumerate() key=Clone::clone let((y, year))>
                            <tr>
                                <th scope="row">{year.clone()}</th>
                                {
                                    let year = year.clone();
                                    view! {
                                        <For each=move || payers.get() key=Clone::clone let(payer)>
                                            <td class="num">{amount(y, Some(payer), year.clone())}</td>
                                        </For>
                                    }
                                }
                                <td class="num">{amount(y, None, year)}</td>
                            </tr>
                        </For>
                    </tbody>
                </table>
            </div>
            {move || {
                let sum = |year: &Vec<Fen>| Sum::of(year.iter().copied(), year.iter().copied().sum());
                grid.with(|grid| rounding::note(session, &grid.iter().map(sum).collect::<Vec<_>>()))
            }}
        </section>
    }
}
