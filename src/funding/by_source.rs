//! Owns the tables of sources: available, carried over, demanded, lacking, left; in the year
//! looked at, by region where each has its own money, and year by year.

use crate::explore::{Dim, View};
use crate::names;
use crate::overview::{CardHead, in_this_year, unit, year_and_unit};
use crate::parts::Money;
use crate::rounding::{self, Sum, of_columns};
use crate::session::{Impact, Page, Session};
use crate::why::{Ask, Question};
use leptos::prelude::*;
use shapan_engine::{Cut, Fen, Funding, FundsFigure, Scope, What};

#[component]
pub fn BySource() -> impl IntoView {
    let session = expect_context::<Session>();
    let table = move || {
        session.impact.with(|impact| {
            let impact = impact.get()?;
            let places = 0..impact.plan.sources.len();
            Some(places.map(|place| row(session, impact, place)).collect_view())
        })
    };
    let regions = move || {
        session.impact.with(|impact| {
            let impact = impact.get()?;
            let own =
                |place: &usize| impact.scenario().fund_scope(*place) == Some(Scope::PerRegion);
            let places = (0..impact.plan.sources.len()).filter(own);
            Some(places.map(|place| regions_of(session, impact, place)).collect_view())
        })
    };
    // What there is, less what is asked for, is what is left or lacking; regions add up to all.
    let rounded = move || {
        session.impact.with(|impact| {
            let impact = impact.get()?;
            let year = session.look.with(|l| l.year);
            let outcome = impact.scenario();
            let mut sums = Vec::new();
            for place in 0..impact.plan.sources.len() {
                let years = outcome.funding(place);
                let Some(all) = years.as_ref().and_then(|y| y.get(year)) else { continue };
                sums.push(balance(all));
                if outcome.fund_scope(place) != Some(Scope::PerRegion) {
                    continue;
                }
                let pots = outcome.pots(place).unwrap_or_default();
                let pots: Vec<Funding> =
                    pots.iter().filter_map(|pot| pot.get(year).copied()).collect();
                sums.extend(pots.iter().map(balance));
                let rows: Vec<Vec<Fen>> = pots.iter().map(columns).collect();
                sums.extend(of_columns(&rows, &columns(all)));
            }
            rounding::note(session, &sums)
        })
    };
    view! {
        <section class="card">
            <CardHead
                title=session.t(|w| w.goals.funding_by_source)
                note=Signal::derive(move || year_and_unit(session))
                explore=Signal::derive(move || {
                    in_this_year(session, View::of(Dim::Programme, Some(Dim::Source)))
                })
            />
            <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.goals.funding_by_source)>
                <table class="funding stacks">
                    <thead><tr>
                        <th scope="col">{session.t(|w| w.goals.source)}</th>
                        <th scope="col">{session.t(|w| w.goals.payer_and_account)}</th>
                        <Columns />
                    </tr></thead>
                    <tbody>{table}</tbody>
                </table>
            </div>
            {rounded}
            <div class="of-sources">{regions}</div>
        </section>
    }
}

/// A row's amounts, in the order of its columns.
fn columns(f: &Funding) -> Vec<Fen> {
    vec![f.available, f.carried, f.demand, f.gap, f.surplus]
}

/// What is asked for and what is left over are what there is and what is lacking.
fn balance(f: &Funding) -> Sum {
    Sum::of([f.demand, f.surplus, -f.carried, -f.gap], f.available)
}

/// The headers that all tables of money have.
#[component]
fn Columns() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <th scope="col" class="num">{session.t(|w| w.goals.available)}</th>
        <th scope="col" class="num">{session.t(|w| w.goals.carried)}</th>
        <th scope="col" class="num">{session.t(|w| w.goals.demand)}</th>
        <th scope="col" class="num">{session.t(|w| w.goals.gap)}</th>
        <th scope="col" class="num">{session.t(|w| w.goals.surplus)}</th>
    }
}

/// Who can be asked about the cells of a row: the name of the row, and whose money it is.
struct Asked {
    name: String,
    source: usize,
    region: Option<usize>,
    year: usize,
    demand: What,
    carries_over: bool,
}

fn cells(session: Session, funding: Option<Funding>, demand: Fen, asked: Asked) -> impl IntoView {
    let w = session.words().goals;
    let Asked { name, source, region, year, demand: what, carries_over } = asked;
    let amount = |fen: Fen| view! { <Money amount=Signal::derive(move || fen) /> };
    let question = Question::of(format!("{name} · {}", w.demand), what);
    let demanded =
        view! { <td class="num" data-label=w.demand><Ask question>{amount(demand)}</Ask></td> };
    let Some(f) = funding else {
        return view! {
            <td class="num sense" colspan="2" data-label=w.available><a href=Page::Data.hash()>{w.funds_unknown}</a></td>
            {demanded}
            <td class="num sense" data-label=w.gap>"–"</td>
            <td class="num sense" data-label=w.surplus>"–"</td>
        }
        .into_any();
    };
    let asked = |figure, column: &str, fen| {
        let what = What::Funds { figure, source, region, year };
        let question = Question::of(format!("{name} · {column}"), what);
        view! { <Ask question>{amount(fen)}</Ask> }.into_any()
    };
    let there = asked(FundsFigure::Available, w.available, f.available);
    let gap = asked(FundsFigure::Gap, w.gap, f.gap);
    let gap = if f.gap > Fen::ZERO {
        view! { <span class="short"><span aria-hidden="true">"▲ "</span>{gap}</span> }.into_any()
    } else {
        gap
    };
    let carried = if carries_over {
        asked(FundsFigure::Carried, w.carried, f.carried)
    } else {
        view! { <span class="sense" title=w.no_carry_over>"–"</span> }.into_any()
    };
    let surplus = asked(FundsFigure::Surplus, w.surplus, f.surplus);
    view! {
        <td class="num" data-label=w.available>{there}</td>
        <td class="num" data-label=w.carried>{carried}</td>
        {demanded}
        <td class="num" data-label=w.gap>{gap}</td>
        <td class="num" data-label=w.surplus>{surplus}</td>
    }
    .into_any()
}

fn row(session: Session, impact: &Impact, place: usize) -> impl IntoView + use<> {
    let (w, lang) = (session.words(), session.lang());
    let year = session.look.with(|l| l.year);
    let source = &impact.plan.sources[place];
    let outcome = impact.scenario();
    let cut = Cut::ALL.in_year(year).from_source(place);
    let funding = outcome.funding(place).and_then(|years| years.get(year).copied());
    let name = source.name.get(lang).to_owned();
    let of = format!("{} · {}", names::payer(w, source.payer), names::account(w, source.account));
    let scope = outcome.fund_scope(place).map(|scope| match scope {
        Scope::CityWide => w.goals.money_of_city,
        Scope::PerRegion => w.goals.money_of_region,
    });
    let asked = Asked {
        name: name.clone(),
        source: place,
        region: None,
        year,
        demand: What::Total(cut),
        carries_over: source.carry_over,
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=w.goals.payer_and_account>{of}{scope.map(|scope| view! { <small>{scope}</small> })}</td>
            {cells(session, funding, outcome.total(cut), asked)}
        </tr>
    }
}

/// A source's money by region, to be opened.
fn regions_of(session: Session, impact: &Impact, place: usize) -> impl IntoView + use<> {
    let (w, lang) = (session.words(), session.lang());
    let year = session.look.with(|l| l.year);
    let outcome = impact.scenario();
    let source = impact.plan.sources[place].name.get(lang).to_owned();
    let pots = outcome.pots(place).unwrap_or_default();
    let row = |(region, pot): (usize, &Vec<Funding>)| {
        let name = impact.plan.regions.get(region)?.name.get(lang).to_owned();
        let cut = Cut::ALL.in_year(year).from_source(place).in_region(region);
        let asked = Asked {
            name: format!("{source} · {name}"),
            source: place,
            region: Some(region),
            year,
            demand: What::Total(cut),
            carries_over: impact.plan.sources[place].carry_over,
        };
        let funding = pot.get(year).copied();
        let cells = cells(session, funding, outcome.total(cut), asked);
        Some(view! { <tr><th scope="row">{name}</th>{cells}</tr> })
    };
    let rows = pots.iter().enumerate().map(row).collect_view();
    let summary = format!("{source} · {}", w.goals.by_region);
    view! {
        <details>
            <summary>{summary.clone()}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=summary>
                <table class="funding stacks">
                    <thead><tr><th scope="col">{session.t(|w| w.region)}</th><Columns /></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

/// Every year of the sources whose money is known.
#[component]
pub fn ByYear() -> impl IntoView {
    let session = expect_context::<Session>();
    let groups = move || {
        session.impact.with(|impact| {
            let impact = impact.get()?;
            let known = (0..impact.plan.sources.len())
                .filter_map(|place| Some((place, impact.scenario().funding(place)?)));
            let groups = known.map(|(place, years)| group(session, impact, place, &years));
            Some(groups.collect_view())
        })
    };
    let rounded = move || {
        session.impact.with(|impact| {
            let impact = impact.get()?;
            let known =
                (0..impact.plan.sources.len()).filter_map(|place| impact.scenario().funding(place));
            let sums: Vec<Sum> = known.flatten().map(|year| balance(&year)).collect();
            rounding::note(session, &sums)
        })
    };
    view! {
        <section class="card">
            <CardHead
                title=session.t(|w| w.goals.funding_by_year)
                note=Signal::derive(move || unit(session).to_owned())
            />
            <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.goals.funding_by_year)>
                <table class="funding by-year stacks">
                    <thead><tr>
                        <th scope="col">{session.t(|w| w.goals.source)}</th>
                        <th scope="col">{session.t(|w| w.year)}</th>
                        <Columns />
                    </tr></thead>
                    {groups}
                </table>
            </div>
            {rounded}
        </section>
    }
}

fn group(
    session: Session,
    impact: &Impact,
    place: usize,
    years: &[Funding],
) -> impl IntoView + use<> {
    let lang = session.lang();
    let name = impact.plan.sources[place].name.get(lang).to_owned();
    let count = years.len().to_string();
    let looked_at = session.look.with(|l| l.year);
    let named = impact.plan.years().zip(years).enumerate();
    let rows = named.map(|(n, (year, funding))| {
        let cut = Cut::ALL.in_year(n).from_source(place);
        let asked = Asked {
            name: format!("{name} · {year}"),
            source: place,
            region: None,
            year: n,
            demand: What::Total(cut),
            carries_over: impact.plan.sources[place].carry_over,
        };
        let head = (n == 0).then(|| {
            let (name, count) = (name.clone(), count.clone());
            view! { <th scope="rowgroup" rowspan=count>{name}</th> }
        });
        let cells = cells(session, Some(*funding), impact.scenario().total(cut), asked);
        view! {
            <tr class:now=n == looked_at>{head}<th scope="row">{year.to_string()}</th>{cells}</tr>
        }
    });
    view! { <tbody>{rows.collect_view()}</tbody> }
}
