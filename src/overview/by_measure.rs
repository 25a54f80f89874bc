//! Owns "what each measure costs": a table whose middle column is a chart of steps, each
//! starting where the one above ended, divided by who pays. A measure's cost is its fair share
//! or, where the reader prefers, what it adds in the order of the stack.

use super::{CardHead, why_change, year_and_unit};
use crate::charts::{self, Line, Look, Series, Spot, Spots, Svg, Swatch, Tip};
use crate::numbers;
use crate::parts::{Money, Segments};
use crate::rounding::{self, Sum};
use crate::session::{Impact, Session, fair_shares};
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Cut, FairAttribution, Fen, Lang, What};

/// What a name has room for on a line, in halves of an ideograph: on a phone, on a narrow laptop,
/// and elsewhere.
const ROOM: [usize; 3] = [20, 30, 40];

/// How many lines the longest name takes: every row is as high as that, for the bars beside them
/// are one drawing.
fn lines(rows: &[Row], room: usize) -> String {
    let halves = |row: &Row| row.title.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let longest: usize = rows.iter().map(halves).max().unwrap_or(0);
    // Words are not broken: a line of them is rarely full.
    let words = rows.iter().any(|row| row.title.is_ascii() && row.title.contains(' '));
    let room = if words { room - room / 5 } else { room };
    longest.div_ceil(room.max(1)).max(1).to_string()
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    key: String,
    /// Its place in the order of the stack, and the year: what is asked of it.
    asked: Option<(usize, usize)>,
    title: String,
    is_dropped: bool,
    total: Fen,
    /// How far a sampled share may be off.
    error: Option<Fen>,
    parts: Vec<Fen>,
}

/// The rows, of fair shares where those are given.
fn rows(impact: &Impact, fair: Option<&FairAttribution>, year: usize, lang: Lang) -> Vec<Row> {
    let all = impact.attribution.contributions().iter().enumerate();
    let mut rows: Vec<Row> = all
        .map(|(n, c)| {
            let cut = Cut::ALL.in_year(year);
            let total = |cut| {
                fair.map_or_else(|| impact.attribution.total(n, cut), |fair| fair.total(n, cut))
            };
            let sources = 0..impact.plan.sources.len();
            Row {
                asked: (total(cut) == impact.attribution.total(n, cut)).then_some((n, year)),
                key: format!("{}/{}", c.scenario, c.measure.id),
                title: c.measure.title.get(lang).to_owned(),
                is_dropped: c.is_dropped,
                total: total(cut),
                error: fair.and_then(|fair| fair.standard_error(n, cut)),
                parts: sources.map(|s| total(cut.from_source(s))).collect(),
            }
        })
        .collect();
    // The dearest first: what a reader looks for. Equal ones stay in the plan's order.
    rows.sort_by_key(|r| std::cmp::Reverse(r.total));
    rows
}

/// What each row of the chart says: who pays how much, exactly.
fn spots(session: Session, rows: &[Row], series: &[Series]) -> Vec<Spot> {
    let unit_now = session.preferences.with(|p| p.unit());
    let written = |fen: Fen| numbers::exact(fen.0, unit_now.power());
    let count = i32::try_from(rows.len().max(1)).unwrap_or(i32::MAX);
    let height = 10_000 / count;
    let each = rows.iter().zip(0..).enumerate();
    each.map(|(row, (r, n))| {
        let part = |s: &Series| {
            let fen = Fen(s.values[row].filter(|v| *v != 0)?);
            Some(Line { color: Some(s.color), name: s.name.clone(), figure: written(fen) })
        };
        let sum = session.words().sum.to_owned();
        let sum = Line { color: None, name: sum, figure: written(r.total) };
        let lines = series.iter().filter_map(part).chain([sum]).collect();
        let tip = Tip { title: format!("{} · {}", r.title, year_and_unit(session)), lines };
        Spot { left: 0, top: n * 10_000 / count, width: 10_000, height, tip }
    })
    .collect()
}

/// A measure's cost. What is added in the order of the stack is the difference of two outcomes,
/// and mostly the fair share as well; where it is not, that is the mean over all orders, which is
/// no formula to be read.
fn figure(session: Session, row: &Row) -> AnyView {
    let total = row.total;
    let shown = view! { <Money amount=Signal::derive(move || total) change=total.0 < 0 /> };
    let Some((place, year)) = row.asked else { return shown.into_any() };
    let name = format!("{} · {}", row.title, session.words().effects.in_order);
    let what = What::Total(Cut::ALL.in_year(year));
    let question = Question::of_change(name, what).in_step(place);
    view! { <Ask question>{shown}</Ask> }.into_any()
}

/// `± 1.20`, said to be an estimate.
fn give_or_take(session: Session, error: Fen) -> impl IntoView {
    let unit = session.preferences.with(|p| p.unit());
    let shown = fill(session.words().effects.give_or_take, &[&numbers::money(error, unit)]);
    view! { <small title=session.t(|w| w.effects.sampled)>{shown}</small> }
}

/// The choice between fair shares and the order of the stack.
pub fn method(session: Session, in_order: RwSignal<bool>) -> AnyView {
    let key = |in_order: bool| if in_order { "order" } else { "fair" }.to_owned();
    let methods = Signal::derive(move || {
        let w = session.words().effects;
        vec![(key(false), w.fair.to_owned()), (key(true), w.in_order.to_owned())]
    });
    view! {
        <Segments
            label=session.t(|w| w.effects.attribution)
            options=methods
            value=Signal::derive(move || key(in_order.get()))
            on_choose=Callback::new(move |chosen| in_order.set(chosen == key(true)))
        />
    }
    .into_any()
}

#[component]
pub fn ByMeasure() -> impl IntoView {
    let session = expect_context::<Session>();
    let in_order = RwSignal::new(false);
    let fair = fair_shares(session.impact);
    let rows = Memo::new(move |_| {
        let (year, lang) = (session.look.with(|l| l.year), session.lang());
        let fair = if in_order.get() { None } else { fair.get() };
        let fair = fair.as_ref().and_then(|fair| fair.get());
        session.impact.with(|i| i.get().map_or_else(Vec::new, |i| rows(i, fair, year, lang)))
    });
    let hint = Signal::derive(move || {
        let w = session.words().effects;
        if in_order.get() { w.in_order_hint } else { w.fair_hint }
    });
    let count = Memo::new(move |_| rows.with(|r| u16::try_from(r.len()).unwrap_or(u16::MAX)));
    let series = Memo::new(move |_| {
        let look = (session.lang(), session.is_dark());
        let of = |s: usize| rows.with(|rows| rows.iter().map(|r| r.parts[s]).collect());
        session.plan.with(|p| charts::series_by_source(&p.sources, look, &of))
    });
    let draw = Callback::new(move |look: Look| {
        let totals: Vec<i64> = rows.with(|rows| rows.iter().map(|r| r.total.0).collect());
        series.with(|series| charts::steps(&totals, series, &look))
    });
    let spots = Memo::new(move |_| rows.with(|rows| series.with(|s| spots(session, rows, s))));
    let label = Signal::derive(move || {
        format!("{} · {}", session.words().by_measure, year_and_unit(session))
    });
    let payers = move || {
        let paying = |s: &Series| s.values.iter().flatten().any(|v| *v != 0);
        let paying = series.get().into_iter().filter(paying);
        paying.map(|s| view! { <li><Swatch color=s.color />{s.name}</li> }).collect_view()
    };
    let total = Signal::derive(move || rows.with(|r| r.iter().map(|r| r.total).sum::<Fen>()));
    view! {
        <section class="card by-measure"
            style=("--lines-narrow", move || rows.with(|rows| lines(rows, ROOM[0])))
            style=("--lines-middling", move || rows.with(|rows| lines(rows, ROOM[1])))
            style=("--lines-wide", move || rows.with(|rows| lines(rows, ROOM[2])))>
            <CardHead
                title=session.t(|w| w.by_measure)
                note=Signal::derive(move || year_and_unit(session))
            />
            <Show when=move || { count.get() > 0 } fallback=move || view! {
                <p class="empty">{session.t(|w| w.no_measures_between)}</p>
            }>
                <div class="method" title=hint>
                    {method(session, in_order)}
                </div>
                <table>
                    <thead class="visually-hidden"><tr>
                        <th scope="col">{session.t(|w| w.measure)}</th>
                        <th scope="col">{session.t(|w| w.chart)}</th>
                        <th scope="col">{session.t(|w| w.cost)}</th>
                    </tr></thead>
                    <tbody>
                        <For each=move || rows.get().into_iter().enumerate() key=|(n, r)| (*n == 0, r.clone()) let((n, row))>
                            <tr>
                                <th scope="row" class:dropped=row.is_dropped>{row.title.clone()}</th>
                                {(n == 0).then(|| view! {
                                    <td class="chart" rowspan=move || count.get()>
                                        <div class="waterfall" style=("--rows", move || count.get().to_string())
                                            >
                                            <Svg draw />
                                            <Spots label spots />
                                        </div>
                                    </td>
                                })}
                                <td class="num">{figure(session, &row)}{row.error.map(|error| give_or_take(session, error))}</td>
                            </tr>
                        </For>
                    </tbody>
                    <tfoot><tr>
                        <th scope="row">{session.t(|w| w.sum)}</th>
                        <td></td>
                        <td class="num"><Ask question=why_change(session)><Money amount=total change=true /></Ask></td>
                    </tr></tfoot>
                </table>
                {move || rounding::note(session, &[Sum::of(rows.with(|r| r.iter().map(|r| r.total).collect::<Vec<_>>()), total.get())])}
                <ul class="legend" aria-hidden="true">{payers}</ul>
            </Show>
        </section>
    }
}
