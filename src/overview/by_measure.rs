//! Owns "what each measure costs": a table whose middle column is a chart of steps, each
//! starting where the one above ended, divided by who pays.

use super::{CardHead, year_and_unit};
use crate::charts::{self, Look};
use crate::parts::{Legend, Money, Svg};
use crate::session::{Impact, Session};
use leptos::prelude::*;
use shapan_engine::{Cut, Fen};

/// Height of a row of the table, which the bars follow; as in `style/main.css`.
const ROW: u16 = 26;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    key: String,
    title: String,
    is_dropped: bool,
    total: Fen,
    parts: Vec<Fen>,
}

fn rows(impact: &Impact, year: usize, lang: shapan_engine::Lang) -> Vec<Row> {
    let all = impact.attribution.contributions().iter().enumerate();
    let mut rows: Vec<Row> = all
        .map(|(n, c)| {
            let cut = Cut::ALL.in_year(year);
            let sources = 0..impact.plan.sources.len();
            Row {
                key: format!("{}/{}", c.scenario, c.measure.id),
                title: c.measure.title.get(lang).to_owned(),
                is_dropped: c.is_dropped,
                total: impact.attribution.total(n, cut),
                parts: sources.map(|s| impact.attribution.total(n, cut.from_source(s))).collect(),
            }
        })
        .collect();
    // The dearest first: what a reader looks for. Equal ones stay in the plan's order.
    rows.sort_by_key(|r| std::cmp::Reverse(r.total));
    rows
}

#[component]
pub fn ByMeasure() -> impl IntoView {
    let session = expect_context::<Session>();
    let rows = Memo::new(move |_| {
        let (year, lang) = (session.look.with(|l| l.year), session.lang());
        session.impact.with(|i| i.get().map_or_else(Vec::new, |i| rows(i, year, lang)))
    });
    let count = Memo::new(move |_| rows.with(|r| u16::try_from(r.len()).unwrap_or(u16::MAX)));
    let chart = move |width: u16| {
        let is_dark = session.is_dark();
        rows.with(|rows| {
            let totals: Vec<Fen> = rows.iter().map(|r| r.total).collect();
            let of = |s: usize| rows.iter().map(|r| r.parts[s]).collect();
            let bars = session.plan.with(|p| charts::bars_by_source(&p.sources, is_dark, of));
            let height = ROW * count.get();
            charts::steps(&totals, &bars, &Look { width, height, ink: charts::ink(is_dark) })
        })
    };
    let total = Signal::derive(move || rows.with(|r| r.iter().map(|r| r.total).sum::<Fen>()));
    view! {
        <section class="card by-measure">
            <CardHead
                title=session.t(|w| w.by_measure)
                note=Signal::derive(move || format!("{} · {}", year_and_unit(session), session.words().against_base_by_measure))
            />
            <Show when=move || { count.get() > 0 } fallback=move || view! {
                <p class="empty">{session.t(|w| w.no_measures_between)}</p>
            }>
                <table>
                    <thead class="visually-hidden"><tr>
                        <th scope="col">{session.t(|w| w.measure)}</th>
                        <th scope="col">{session.t(|w| w.chart)}</th>
                        <th scope="col">{session.t(|w| w.cost)}</th>
                    </tr></thead>
                    <tbody>
                        <For each=move || rows.get().into_iter().enumerate() key=|(n, r)| (*n == 0, r.clone()) let((n, row))>
                            <tr>
                                <th scope="row" class:dropped=row.is_dropped><span class="clip" title=row.title.clone()>{row.title.clone()}</span></th>
                                {(n == 0).then(|| view! {
                                    <td class="chart" rowspan=move || count.get() aria-hidden="true"><Svg draw=chart /></td>
                                })}
                                <td class="num"><Money amount=Signal::derive(move || row.total) change=row.total.0 < 0 /></td>
                            </tr>
                        </For>
                    </tbody>
                    <tfoot><tr>
                        <th scope="row">{session.t(|w| w.sum)}</th>
                        <td></td>
                        <td class="num"><Money amount=total change=true /></td>
                    </tr></tfoot>
                </table>
                <Legend />
            </Show>
        </section>
    }
}
