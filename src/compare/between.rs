//! Owns what makes the difference between two of the scenarios: measure by measure, by fair
//! shares or in order, and payer by payer.

use super::Compared;
use crate::names;
use crate::numbers;
use crate::overview::{method, unit};
use crate::parts::Money;
use crate::rounding::{self, Sum, of_columns};
use crate::session::{Impact, Session, Shown, fair_shares};
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Cut, Fen, Measure, Plan, ScenarioId, What};

/// What a measure adds.
#[derive(Clone, PartialEq)]
struct Share {
    title: String,
    holder: String,
    is_dropped: bool,
    half_year: Option<String>,
    /// Its place in the order of the stack, where its shares are what it adds there.
    step: Option<usize>,
    total: Fen,
    error: Option<Fen>,
    by_source: Vec<Fen>,
}

/// Words for a measure that a year pays by half, with what it costs in the year after.
///
/// `cost` gives what the measure adds in a fiscal year.
pub fn half_year(
    session: Session,
    plan: &Plan,
    measure: &Measure,
    shown: Option<usize>,
    cost: impl Fn(usize) -> Fen,
) -> Option<String> {
    let w = session.words().compare;
    let half = plan.half_year_of(measure)?;
    if shown.is_some_and(|year| year != half) {
        return None;
    }
    let mut years = plan.years().skip(half).map(|y| y.to_string());
    let first = years.next()?;
    Some(match years.next() {
        Some(next) => {
            let unit_now = session.preferences.with(|p| p.unit());
            let whole = numbers::signed_money(cost(half + 1), unit_now);
            fill(w.half_year, &[&first, &next, &format!("{whole} {}", unit(session))])
        }
        None => fill(w.half_year_last, &[&first]),
    })
}

/// The scenario looked at closely, and the reference.
pub fn pair(compared: Compared) -> Option<(ScenarioId, ScenarioId)> {
    let closer = compared.closer.get()?;
    compared.chosen.with(|c| Some((c.with.get(closer)?.clone(), c.with.get(c.against)?.clone())))
}

/// `「甲」较「乙」 · 2012 年 · 万元`
pub fn pair_note(session: Session, compared: Compared) -> String {
    let against = compared.chosen.with(|c| c.against);
    let names = [compared.closer.get().unwrap_or(against), against];
    let [one, other] = names.map(|place| compared.name(session, place));
    let of = fill(session.words().compare.between_note, &[&one, &other]);
    format!("{of} · {} · {}", compared.years(session), unit(session))
}

#[component]
pub fn Between(compared: Compared) -> impl IntoView {
    let session = expect_context::<Session>();
    let impact = Memo::new(move |_| {
        let plan = session.plan.get();
        // Where there is but one scenario there is nothing between.
        let root = || plan.scenarios.first().map(|s| s.id.clone());
        let pair = pair(compared).or_else(|| root().map(|id| (id.clone(), id)));
        match pair {
            Some(pair) => Impact::of(&mut session.known.write_value(), plan, &pair),
            None => unreachable!("a plan has scenarios"),
        }
    });
    let fair = fair_shares(impact);
    let in_order = RwSignal::new(false);
    let shares = Memo::new(move |_| {
        let is_in_order = in_order.get();
        let year = compared.chosen.with(|c| c.year);
        let fair = if is_in_order { None } else { fair.get() };
        let fair = fair.as_ref().and_then(Shown::get);
        impact.with(|i| {
            let Some(i) = i.get() else { return Vec::new() };
            let lang = session.lang();
            let all = i.attribution.contributions().iter().enumerate();
            let share = |(n, c): (usize, &shapan_engine::Contribution)| {
                let total =
                    |cut| fair.map_or_else(|| i.attribution.total(n, cut), |f| f.total(n, cut));
                let cut = Cut { year, ..Cut::ALL };
                let in_year = |y| total(Cut::ALL.in_year(y));
                let mut cuts = std::iter::once(cut)
                    .chain((0..i.plan.sources.len()).map(|s| cut.from_source(s)));
                let is_step = cuts.all(|cut| total(cut) == i.attribution.total(n, cut));
                Share {
                    step: is_step.then_some(n),
                    title: c.measure.title.get(lang).to_owned(),
                    holder: session.scenario_name(&c.scenario),
                    is_dropped: c.is_dropped,
                    half_year: half_year(session, &i.plan, &c.measure, year, in_year),
                    total: total(cut),
                    error: fair.and_then(|f| f.standard_error(n, cut)),
                    by_source: (0..i.plan.sources.len())
                        .map(|s| total(cut.from_source(s)))
                        .collect(),
                }
            };
            let mut shares: Vec<Share> = all.map(share).collect();
            if !is_in_order {
                shares.sort_by_key(|share| std::cmp::Reverse(share.total));
            }
            shares
        })
    });
    // Sources that pay anything of any of them.
    let paying = Memo::new(move |_| {
        shares.with(|shares| {
            let pays = |s: &usize| shares.iter().any(|share| share.by_source[*s] != Fen::ZERO);
            let sources = shares.first().map_or(0, |share| share.by_source.len());
            (0..sources).filter(pays).collect::<Vec<_>>()
        })
    });
    let hint = Signal::derive(move || {
        let w = session.words().effects;
        if in_order.get() { w.in_order_hint } else { w.fair_hint }
    });
    let head = move || {
        let lang = session.lang();
        let name = |s: &usize| session.plan.with(|p| p.sources[*s].name.get(lang).to_owned());
        let names = paying.with(|p| p.iter().map(name).collect::<Vec<_>>());
        names
            .into_iter()
            .map(|name| view! { <th scope="col" class="num">{name}</th> })
            .collect_view()
    };
    let cut = move || Cut { year: compared.chosen.with(|c| c.year), ..Cut::ALL };
    // An amount and, where there is a formula to it, the question why.
    let why = move |name: &str, step: Option<usize>, cut: Cut, fen: Fen| {
        let question = Question::of_change(name.to_owned(), What::Total(cut));
        let question = step.into_iter().fold(question, Question::in_step);
        figure(asked(question, &pair(compared)), fen, true)
    };
    let cells = move |by_source: &[Fen], ask: &dyn Fn(Cut, Fen) -> AnyView| {
        let cell = |s: &usize| ask(cut().from_source(*s), by_source[*s]);
        paying.with(|paying| paying.iter().map(cell).collect_view())
    };
    let body = move || {
        let w = session.words();
        shares.with(|shares| {
            let row = |share: &Share| {
                let error = share.error.map(|error| {
                    let unit_now = session.preferences.with(|p| p.unit());
                    let off = fill(w.effects.give_or_take, &[&numbers::money(error, unit_now)]);
                    view! { <small title=w.effects.sampled>{off}</small> }
                });
                let of = fill(w.compare.held_by, &[&share.holder]);
                let of = if share.is_dropped { format!("{} · {of}", w.compare.dropped) } else { of };
                let half = share.half_year.clone().map(|words| view! { <small>{words}</small> });
                let ask = |cut: Cut, fen: Fen| match share.step {
                    Some(_) => why(&share.title, share.step, cut, fen),
                    None => amount(fen).into_any(),
                };
                let total = match error {
                    Some(error) => {
                        let total = share.total;
                        view! { <td class="num"><Money amount=Signal::derive(move || total) change=true />{error}</td> }.into_any()
                    }
                    None => ask(cut(), share.total),
                };
                view! {
                    <tr>
                        <th scope="row"><span class:dropped=share.is_dropped>{share.title.clone()}</span><small>{of}</small>{half}</th>
                        {total}
                        {cells(&share.by_source, &ask)}
                    </tr>
                }
            };
            shares.iter().map(row).collect_view()
        })
    };
    let foot = move || {
        shares.with(|shares| {
            let sources = shares.first().map_or(0, |share| share.by_source.len());
            let sum = |s: usize| shares.iter().map(|share| share.by_source[s]).sum::<Fen>();
            let sums: Vec<Fen> = (0..sources).map(sum).collect();
            let all = shares.iter().map(|share| share.total).sum();
            let ask = |cut: Cut, fen: Fen| why(session.words().sum, None, cut, fen);
            view! { {ask(cut(), all)}{cells(&sums, &ask)} }
        })
    };
    let rounded = move || {
        shares.with(|shares| {
            let row = |share: &Share| {
                std::iter::once(share.total).chain(share.by_source.iter().copied()).collect()
            };
            let rows: Vec<Vec<Fen>> = shares.iter().map(row).collect();
            let columns = rows.first().map_or(0, Vec::len);
            let total = |n: usize| rows.iter().filter_map(|row| row.get(n)).copied().sum();
            let totals: Vec<Fen> = (0..columns).map(total).collect();
            let across = rows.iter().chain([&totals]).filter_map(|row| {
                let (total, parts) = row.split_first()?;
                Some(Sum::of(parts.iter().copied(), *total))
            });
            let sums: Vec<Sum> = across.chain(of_columns(&rows, &totals)).collect();
            rounding::note(session, &sums)
        })
    };
    let is_any = Memo::new(move |_| shares.with(|s| !s.is_empty()));
    view! {
        <section class="card between">
            <header class="card-head">
                <h2>{session.t(|w| w.compare.between)}</h2>
                <p>{move || pair_note(session, compared)}</p>
            </header>
            <Show when=move || is_any.get() fallback=move || view! {
                <p class="empty">{move || if impact.with(|i| i.get().is_some()) {
                    session.words().no_measures_between
                } else {
                    session.words().compare.no_result
                }}</p>
            }>
                <div class="method">
                    {method(session, in_order)}
                    <p class="sense">{hint}</p>
                </div>
                <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.compare.between)>
                    <table>
                        <thead><tr>
                            <th scope="col">{session.t(|w| w.measure)}</th>
                            <th scope="col" class="num">{session.t(|w| w.sum)}</th>
                            {head}
                        </tr></thead>
                        <tbody>{body}</tbody>
                        <tfoot><tr><th scope="row">{session.t(|w| w.sum)}</th>{foot}</tr></tfoot>
                    </table>
                </div>
                {rounded}
            </Show>
        </section>
    }
}

fn amount(fen: Fen) -> impl IntoView {
    view! { <td class="num"><Money amount=Signal::derive(move || fen) change=true /></td> }
}

/// A question of the two scenarios looked at closely.
pub fn asked(question: Question, pair: &Option<(ScenarioId, ScenarioId)>) -> Question {
    match pair.clone() {
        Some((scenario, base)) => question.between(scenario, base),
        None => question,
    }
}

/// An amount that can be asked why.
pub fn figure(question: Question, fen: Fen, change: bool) -> AnyView {
    view! {
        <td class="num"><Ask question><Money amount=Signal::derive(move || fen) change /></Ask></td>
    }
    .into_any()
}

/// Who pays more and who pays less.
#[component]
pub fn Payers(compared: Compared) -> impl IntoView {
    let session = expect_context::<Session>();
    let rows = move || {
        let (w, lang) = (session.words(), session.lang());
        let pair = pair(compared);
        compared.pair(|plan, difference, year| {
            let (now, before) = (difference.scenario, difference.base);
            let cut = Cut { year, ..Cut::ALL };
            let each: Vec<(usize, Fen, Fen)> = (0..plan.sources.len())
                .map(|s| (s, before.total(cut.from_source(s)), now.total(cut.from_source(s))))
                .collect();
            let most = each.iter().map(|(_, a, b)| (*b - *a).abs()).max().unwrap_or_default();
            let mut sorted = each;
            sorted.sort_by_key(|(_, a, b)| std::cmp::Reverse(*b - *a));
            let row = |name: String, cut: Cut, bar: Option<AnyView>| {
                let (fen_now, fen_before) = (now.total(cut), before.total(cut));
                let figure = |called: &str, what: What, fen: Fen, change: bool| {
                    let question = Question::of(format!("{name} · {called}"), what);
                    figure(asked(question, &pair), fen, change)
                };
                let (c, total) = (w.compare, What::Total(cut));
                let of_before = What::Before(Box::new(total.clone()));
                let of_change = What::Change(Box::new(total.clone()));
                view! {
                    <tr>
                        <th scope="row">{name.clone()}</th>
                        {figure(c.before, of_before, fen_before, false)}
                        {figure(c.after, total, fen_now, false)}
                        {figure(c.against_reference, of_change, fen_now - fen_before, true)}
                        <td class="bars" aria-hidden="true">{bar}</td>
                    </tr>
                }
            };
            let body = sorted.iter().map(|(s, before, now)| {
                let source = &plan.sources[*s];
                let name = format!("{} · {}", names::payer(w, source.payer), source.name.get(lang));
                row(name, cut.from_source(*s), Some(bar((*now - *before).0, most.0)))
            });
            let body = body.collect_view();
            let sum = row(w.sum.to_owned(), cut, None);
            view! { <tbody>{body}</tbody><tfoot>{sum}</tfoot> }
        })
    };
    let rounded = move || {
        compared.pair(|plan, difference, year| {
            let cut = Cut { year, ..Cut::ALL };
            let figures = |cut: Cut| {
                let (after, before) = (difference.scenario.total(cut), difference.base.total(cut));
                vec![before, after, after - before]
            };
            let rows: Vec<_> =
                (0..plan.sources.len()).map(|s| figures(cut.from_source(s))).collect();
            let totals = figures(cut);
            let changes = rows.iter().chain([&totals]).map(|row| Sum::change(row[0], row[1]));
            let sums: Vec<Sum> = changes.chain(of_columns(&rows, &totals)).collect();
            rounding::note(session, &sums)
        })
    };
    view! {
        <section class="card payers-differ">
            <header class="card-head">
                <h2>{session.t(|w| w.compare.payers)}</h2>
                <p>{move || pair_note(session, compared)}</p>
            </header>
            <Show when=move || compared.pair(|_, _, _| ()).is_some() fallback=move || no_result(session)>
                <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.compare.payers)>
                    <table>
                        <thead><tr>
                            <th scope="col">{session.t(|w| w.goals.source)}</th>
                            <th scope="col" class="num">{session.t(|w| w.compare.before)}</th>
                            <th scope="col" class="num">{session.t(|w| w.compare.after)}</th>
                            <th scope="col" class="num">{session.t(|w| w.compare.against_reference)}</th>
                            <td class="bars"></td>
                        </tr></thead>
                        {rows}
                    </table>
                </div>
                {rounded}
            </Show>
        </section>
    }
}

/// Said where one of the two has no result.
pub fn no_result(session: Session) -> impl IntoView {
    view! { <p class="empty">{session.t(|w| w.compare.no_result)}</p> }
}

/// A bar to the right for more and to the left for less, as long as `value` is of `most`.
pub fn bar(value: i64, most: i64) -> AnyView {
    // In thousandths of the longest: whole numbers are fine enough for a bar.
    let length = i128::from(value.abs()) * 1_000 / i128::from(most.max(1));
    let start = if value < 0 { -length } else { 0 };
    let class = if value < 0 { "less" } else { "more" };
    view! {
        <svg class="bar" viewBox="-1000 0 2000 10" preserveAspectRatio="none" aria-hidden="true">
            <line x1="0" y1="0" x2="0" y2="10" />
            <rect class=class x=start.to_string() y="1" width=length.to_string() height="8" />
        </svg>
    }
    .into_any()
}
