//! Owns the answer: the sentence that moves with the lever, year by year, region by region.

use crate::charts::{self, Chart, Picture};
use crate::numbers;
use crate::overview::{
    CardHead, Consequences, Emphasised, Figures, GapSentence, unit, why_all_years, why_change,
    year, year_and_unit,
};
use crate::parts::Money;
use crate::rounding::{self, Sum};
use crate::session::Session;
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Cut, Fen, ParamPath, Season, What};

#[component]
pub fn Impact() -> impl IntoView {
    let session = expect_context::<Session>();
    let figures = Figures::memo(session);
    let all_years = Memo::new(move |_| {
        session.impact.with(|i| {
            i.get()
                .map(|i| (i.difference().total(Cut::ALL), i.difference().is_zero()))
                .unwrap_or_default()
        })
    });
    let change = Signal::derive(move || figures.get().change.abs());
    let sentence = Signal::derive(move || {
        let w = session.words();
        let template = if figures.get().change < Fen::ZERO { w.impact_less } else { w.impact_more };
        template.replace("{year}", &year(session))
    });
    let not_this_year = Signal::derive(move || {
        session.words().impact_not_this_year.replace("{year}", &year(session))
    });
    let starts_in_autumn = Memo::new(move |_| {
        session.own.with(|own| {
            own.get().is_some_and(|own| {
                let measures = own.attribution.contributions().iter();
                let mut changes = measures.flat_map(|c| &c.measure.changes);
                changes.any(|c| {
                    let programme =
                        own.plan.programmes.iter().find(|p| Some(&p.id) == c.path.programme());
                    c.from.season == Season::Autumn
                        && (matches!(c.path, ParamPath::Population(..))
                            || programme.is_some_and(|p| p.driver.is_paid_through_the_year()))
                })
            })
        })
    });
    let all_years_sentence = Signal::derive(move || {
        session.plan.with(|p| {
            session
                .words()
                .impact_all_years
                .replace("{from}", &p.horizon.first().to_string())
                .replace("{to}", &p.horizon.last().to_string())
        })
    });
    let base = move || session.scenario_name(&session.look.with(|l| l.base.clone()));
    view! {
        <div class="headline" role="status">
            <Show when=move || !all_years.get().1 fallback=move || view! {
                <p class="sentence">{Signal::derive(move || fill(session.words().impact_none, &[&base()]))}</p>
                <p class="sub">{session.t(|w| w.impact_none_why)}</p>
            }>
                <p class="sentence">
                    <Show when=move || figures.get().change != Fen::ZERO fallback=move || view! {
                        <Emphasised sentence=not_this_year amount=Signal::derive(move || all_years.get().0) question=why_all_years(session) />
                    }>
                        <Emphasised sentence amount=change question=why_change(session) />
                        <Consequences figures />
                    </Show>
                </p>
                <p class="sub">
                    {Signal::derive(move || fill(session.words().compared_with_base, &[&base()]))}
                    <Show when=move || starts_in_autumn.get()>{session.t(|w| w.half_a_year)}</Show>
                    {move || {
                        let text = all_years_sentence.get();
                        let unit_now = session.preferences.with(|p| p.unit());
                        let amount = format!("{} {}", numbers::signed_money(all_years.get().0, unit_now), unit(session));
                        let (before, after) = text.split_once("{0}").unwrap_or((&text, ""));
                        let (before, after) = (before.to_owned(), after.to_owned());
                        view! {
                            {before}<Ask question=why_all_years(session) in_sentence=true>{amount}</Ask>{after}
                        }
                    }}
                </p>
            </Show>
            <p class="sub"><GapSentence /></p>
        </div>
    }
}

/// The change by year and by region, side by side.
#[component]
pub fn YearsAndRegions() -> impl IntoView {
    let session = expect_context::<Session>();
    // Names apart from amounts: only these move with a lever.
    let year_names = Memo::new(move |_| {
        session.plan.with(|p| p.years().map(|year| year.to_string()).collect::<Vec<_>>())
    });
    let region_names = Memo::new(move |_| {
        let name = |r: &shapan_engine::Region| r.name.get(session.lang()).to_owned();
        session.plan.with(|p| p.regions.iter().map(name).collect::<Vec<_>>())
    });
    let of_year = move |year: usize| Cut::ALL.in_year(year);
    let of_region = move |region: usize| of_year(session.look.with(|l| l.year)).in_region(region);
    let picture = Memo::new(move |_| {
        let look = (session.lang(), session.is_dark());
        let names = year_names.get();
        let of = |source: usize| {
            let years = 0..names.len();
            years.map(|year| total(session, of_year(year).from_source(source))).collect()
        };
        let series = session.plan.with(|p| charts::series_by_source(&p.sources, look, &of));
        Picture::columns(names, series)
    });
    let label = Signal::derive(move || {
        let w = session.words();
        format!("{} · {}", w.by_year, w.against_base)
    });
    view! {
        <div class="pair">
            <section class="card">
                <CardHead
                    title=session.t(|w| w.by_year)
                    note=Signal::derive(move || format!("{} · {}", session.words().against_base, unit(session)))
                />
                <Chart label picture />
                <table><tbody>{rows(session, year_names, of_year)}</tbody></table>
            </section>
            <section class="card">
                <CardHead
                    title=session.t(|w| w.regions)
                    note=Signal::derive(move || year_and_unit(session))
                />
                <table>
                    <tbody>{rows(session, region_names, of_region)}</tbody>
                    <tfoot><tr>
                        <th scope="row">{move || session.plan.with(|p| p.place.get(session.lang()).to_owned())}</th>
                        <td class="num"><Ask question=why_change(session)>
                            <Money amount=Signal::derive(move || total(session, of_year(session.look.with(|l| l.year)))) change=true />
                        </Ask></td>
                    </tr></tfoot>
                </table>
                {move || {
                    let regions = region_names.with(Vec::len);
                    let parts = (0..regions).map(|n| total(session, of_region(n)));
                    let all = total(session, of_year(session.look.with(|l| l.year)));
                    rounding::note(session, &[Sum::of(parts, all)])
                }}
            </section>
        </div>
    }
}

/// What a part of the payments differs by.
fn total(session: Session, cut: Cut) -> Fen {
    session.impact.with(|i| i.get().map(|i| i.difference().total(cut)).unwrap_or_default())
}

/// A row for each name, with what its part of the payments differs by.
fn rows(
    session: Session,
    names: Memo<Vec<String>>,
    cut: impl Fn(usize) -> Cut + Copy + Send + Sync + 'static,
) -> AnyView {
    view! {
        <For each=move || names.get().into_iter().enumerate() key=Clone::clone let((n, name))>
            {
                let called = name.clone();
                let amount = Signal::derive(move || {
                    // A row may hear of a plan without its year or region before it goes.
                    let is_there = names.with(|names| n < names.len());
                    if is_there { total(session, cut(n)) } else { Fen::ZERO }
                });
                let question = Signal::derive(move || {
                    let name = format!("{called} · {}", session.words().against_base);
                    Question::of_change(name, What::Total(cut(n)))
                });
                view! {
                    <tr>
                        <th scope="row">{name}</th>
                        <td class="num"><Ask question>
                            <Money amount change=true />
                        </Ask></td>
                    </tr>
                }
            }
        </For>
    }
    .into_any()
}
