//! Owns the sentence with the numbers: what it costs beyond the base, who bears it,
//! whom it reaches, and what is lacking.

use super::{IllustrativeMark, unit, year};
use crate::numbers;
use crate::parts::Money;
use crate::session::{Impact, Session};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Cut, Fen, Nature};

/// A sentence of the page's with one amount set off: the text before `{0}`, the amount,
/// the text after it.
#[component]
pub fn Emphasised(
    /// The sentence with `{0}`.
    #[prop(into)]
    sentence: Signal<String>,
    /// The amount.
    #[prop(into)]
    amount: Signal<Fen>,
    /// Whether it is bad news.
    #[prop(optional)]
    alarm: bool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let half = move |n: usize| {
        let sentence = sentence.get();
        let (before, after) = sentence.split_once("{0}").unwrap_or((&sentence, ""));
        [before, after][n].to_owned()
    };
    let class = if alarm { "figure alarm" } else { "figure" };
    view! {
        {move || half(0)}
        <strong class=class><Money amount />" "{Signal::derive(move || unit(session))}</strong>
        {move || half(1)}
    }
}

/// What changes in the year looked at.
#[derive(Clone, Copy, PartialEq)]
struct Figures {
    change: Fen,
    county: Fen,
    reached: i64,
}

/// People whom programmes of aid newly pay, or pay a different amount, in a year.
pub fn people_reached(impact: &Impact, year: usize) -> Vec<(usize, i64)> {
    let programmes = impact.plan.programmes.iter().enumerate();
    programmes
        .filter(|(n, p)| p.nature == Nature::Aid && impact.plan.is_per_head(*n))
        .map(|(n, _)| (n, impact.difference().reached(n, year)))
        .filter(|(_, reached)| *reached > 0)
        .collect()
}

#[component]
pub fn Headline() -> impl IntoView {
    let session = expect_context::<Session>();
    let year_place = move || session.look.with(|l| l.year);
    let figures = Memo::new(move |_| {
        let year = year_place();
        session.impact.with(|i| {
            i.get().map(|i| {
                let cut = Cut::ALL.in_year(year);
                Figures {
                    change: i.difference().total(cut),
                    county: i.difference().county_burden(&i.plan, cut),
                    reached: people_reached(i, year).iter().map(|(_, n)| n).sum(),
                }
            })
        })
    });
    let is_same = move || session.look.with(|l| l.scenario == l.base);
    let total = Memo::new(move |_| {
        session.impact.with(|i| {
            i.get().map(|i| i.scenario().total(Cut::ALL.in_year(year_place()))).unwrap_or_default()
        })
    });
    let scenario = move || session.scenario_name(&session.look.with(|l| l.scenario.clone()));
    let base = move || session.scenario_name(&session.look.with(|l| l.base.clone()));
    let change = Signal::derive(move || figures.get().map(|f| f.change.abs()).unwrap_or_default());
    let county = Signal::derive(move || figures.get().map(|f| f.county).unwrap_or_default());
    let first = Signal::derive(move || {
        let w = session.words();
        let fell = figures.get().is_some_and(|f| f.change < Fen::ZERO);
        let template = if fell { w.headline_less } else { w.headline_more };
        template
            .replace("{scenario}", &scenario())
            .replace("{base}", &base())
            .replace("{year}", &year(session))
    });
    let all_on_county =
        move || figures.get().is_some_and(|f| f.county == f.change && f.change != Fen::ZERO);
    let second = session.t(|w| w.headline_county);
    let same = Signal::derive(move || {
        let template = session.words().headline_same;
        template.replace("{scenario}", &scenario()).replace("{year}", &year(session))
    });
    let measures =
        move || session.impact.with(|i| i.get().map_or(0, |i| i.attribution.contributions().len()));
    let reached = move || figures.get().map_or(0, |f| f.reached);
    view! {
        <div class="headline">
            <p class="sentence">
                <Show when=move || is_same() fallback=move || view! {
                    <Emphasised sentence=first amount=change />
                    <Show when=all_on_county fallback=move || view! {
                        <Emphasised sentence=second amount=county />
                    }>{session.t(|w| w.headline_all_county)}</Show>
                    <Show when=move || { reached() > 0 }>
                        {Signal::derive(move || fill(session.words().headline_reached, &[&numbers::whole(reached())]))}
                    </Show>
                    {session.t(|w| w.full_stop)}
                }>
                    <Emphasised sentence=same amount=Signal::derive(move || total.get()) />
                </Show>
                " "
                <GapSentence />
            </p>
            <p class="sub">
                <IllustrativeMark />" "
                {move || {
                    let unit_now = session.preferences.with(|p| p.unit());
                    let amount = numbers::money(total.get(), unit_now);
                    let total = format!("{amount} {}", unit(session));
                    fill(session.words().headline_sub, &[&measures().to_string(), &year(session), &total])
                }}
            </p>
        </div>
    }
}

/// What a source lacks in the year looked at, one clause for each that lacks anything.
#[component]
pub fn GapSentence() -> impl IntoView {
    let session = expect_context::<Session>();
    let gaps = Memo::new(move |_| gaps(session));
    view! {
        <For each=move || gaps.get() key=Clone::clone let((source, gap))>
            {
                let sentence = Signal::derive(move || session.words().headline_gap.replace("{source}", &source));
                view! { <Emphasised sentence amount=Signal::derive(move || gap) alarm=true /> }
            }
        </For>
    }
}

/// Sources that lack money in the year looked at: name and how much.
pub fn gaps(session: Session) -> Vec<(String, Fen)> {
    let (year, lang) = (session.look.with(|l| l.year), session.lang());
    session.impact.with(|i| {
        let Some(i) = i.get() else { return Vec::new() };
        let sources = i.plan.sources.iter().enumerate();
        sources
            .filter_map(|(n, s)| Some((s.name.get(lang).to_owned(), i.scenario().gap(n, year)?)))
            .filter(|(_, gap)| *gap > Fen::ZERO)
            .collect()
    })
}
