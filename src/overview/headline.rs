//! Owns the sentence with the numbers: what it costs beyond the base, who bears it,
//! whom it reaches, and what is lacking.

use super::{IllustrativeMark, unit, year};
use crate::checks::share_that_falls_short;
use crate::numbers;
use crate::parts::Money;
use crate::session::{Impact, Session};
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Beneficiaries, Cut, Fen, FundsFigure, What};

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
    /// What may be asked about it.
    #[prop(optional)]
    question: Option<Signal<Question>>,
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
        <strong class=class>
            {match question {
                Some(question) => view! { <Ask question in_sentence=true><Money amount /></Ask> }.into_any(),
                None => view! { <Money amount /> }.into_any(),
            }}
            " "{Signal::derive(move || unit(session))}
        </strong>
        {move || half(1)}
    }
}

/// What changes in the year looked at.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// All payments.
    pub change: Fen,
    /// What falls on the counties.
    pub county: Fen,
    /// Whom aid reaches.
    pub reached: Beneficiaries,
}

impl Figures {
    /// Recomputed when the impact or the year moves.
    pub fn memo(session: Session) -> Memo<Self> {
        Memo::new(move |_| {
            let year = session.look.with(|l| l.year);
            let cut = Cut::ALL.in_year(year);
            session.impact.with(|i| {
                i.get()
                    .map(|i| Self {
                        change: i.difference().total(cut),
                        county: i.difference().county_burden(&i.plan, cut),
                        reached: i.difference().beneficiaries(&i.plan, year),
                    })
                    .unwrap_or_default()
            })
        })
    }
}

/// A name as it stands in a sentence: its braces are no places to be filled in.
fn in_sentence(name: &str) -> String {
    name.replace('{', "{\u{2060}")
}

/// How the sentence goes on: what falls on the counties, and whom it reaches.
#[component]
pub fn Consequences(figures: Memo<Figures>) -> impl IntoView {
    let session = expect_context::<Session>();
    let saves = move || figures.get().change < Fen::ZERO;
    let all_on_county = move || {
        let f = figures.get();
        f.county == f.change && f.change != Fen::ZERO
    };
    let all = Signal::derive(move || {
        let w = session.words();
        if saves() { w.headline_all_county_saves } else { w.headline_all_county }
    });
    let part = Signal::derive(move || {
        let w = session.words();
        if saves() { w.headline_county_saves } else { w.headline_county }.to_owned()
    });
    let amount = Signal::derive(move || {
        let county = figures.get().county;
        if saves() { -county } else { county }
    });
    let why_county = Signal::derive(move || {
        let w = session.words();
        let cut = Cut::ALL.in_year(session.look.with(|l| l.year));
        let name = format!("{} · {} · {}", year(session), w.county_burden, w.against_base);
        Question::of_change(name, What::CountyBurden(cut))
    });
    let reached = Memo::new(move |_| figures.get().reached);
    let half = move |n: usize| {
        let w = session.words();
        let template = match (saves(), reached.get().is_once) {
            (true, true) => w.headline_affected,
            (false, true) => w.headline_reached,
            (true, false) => w.paper.affected_times,
            (false, false) => w.paper.reached_times,
        };
        let (before, after) = template.split_once("{0}").unwrap_or((template, ""));
        [before, after][n]
    };
    let why_reached = why_reached(session);
    view! {
        <Show when=all_on_county fallback=move || view! { <Emphasised sentence=part amount question=why_county /> }>{all}</Show>
        <Show when=move || reached.get().count != 0>
            {move || half(0)}
            <Ask question=why_reached in_sentence=true>{move || numbers::whole(reached.get().count)}</Ask>
            {move || half(1)}
        </Show>
        {session.t(|w| w.full_stop)}
    }
}

/// People whom programmes of aid newly pay, or pay a different amount, in a year.
pub fn people_reached(impact: &Impact, year: usize) -> Vec<(usize, i64)> {
    let each = impact.plan.aids().map(|n| (n, impact.difference().reached(n, year)));
    each.filter(|(_, reached)| *reached > 0).collect()
}

/// Whom aid reaches in the year looked at.
pub fn why_reached(session: Session) -> Signal<Question> {
    Signal::derive(move || {
        let year_place = session.look.with(|l| l.year);
        let name = fill(session.words().tile_reached, &[&year(session)]);
        Question::of(name, What::Reached { programme: None, region: None, year: year_place })
    })
}

#[component]
pub fn Headline() -> impl IntoView {
    let session = expect_context::<Session>();
    let year_place = move || session.look.with(|l| l.year);
    let figures = Figures::memo(session);
    let is_same = move || session.look.with(|l| l.scenario == l.base);
    let total = Memo::new(move |_| {
        session.impact.with(|i| {
            i.get().map(|i| i.scenario().total(Cut::ALL.in_year(year_place()))).unwrap_or_default()
        })
    });
    let scenario = move || session.scenario_name(&session.look.with(|l| l.scenario.clone()));
    let base = move || session.scenario_name(&session.look.with(|l| l.base.clone()));
    let change = Signal::derive(move || figures.get().change.abs());
    let first = Signal::derive(move || {
        let w = session.words();
        let template =
            if figures.get().change < Fen::ZERO { w.headline_less } else { w.headline_more };
        template
            .replace("{scenario}", &in_sentence(&scenario()))
            .replace("{base}", &in_sentence(&base()))
            .replace("{year}", &year(session))
    });
    let same = Signal::derive(move || {
        let template = session.words().headline_same;
        template.replace("{scenario}", &in_sentence(&scenario())).replace("{year}", &year(session))
    });
    let measures = move || measures_added(session);
    view! {
        <div class="headline">
            <p class="sentence">
                <Show when=move || is_same() fallback=move || view! {
                    <Emphasised sentence=first amount=change question=why_change(session) />
                    <Consequences figures />
                }>
                    <Emphasised sentence=same amount=Signal::derive(move || total.get()) question=why_total(session) />
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
                    let line = fill(session.words().headline_sub, &[&measures().to_string(), &year(session), &total]);
                    [Some(line), share_that_falls_short(session)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
                }}
            </p>
        </div>
    }
}

/// Why all that is spent in the year looked at is what it is.
pub fn why_total(session: Session) -> Signal<Question> {
    Signal::derive(move || {
        let name = fill(session.words().tile_total, &[&year(session)]);
        Question::of(name, What::Total(Cut::ALL.in_year(session.look.with(|l| l.year))))
    })
}

/// Why all that is spent over all years differs from what it is compared with.
pub fn why_all_years(session: Session) -> Signal<Question> {
    Signal::derive(move || {
        let years = session.plan.with(|p| {
            let (from, to) = (p.horizon.first().to_string(), p.horizon.last().to_string());
            fill(session.words().years_from_to, &[&from, &to])
        });
        let name = format!("{years} · {}", session.words().against_base);
        Question::of_change(name, What::Total(Cut::ALL))
    })
}

/// Why all that is spent in the year looked at differs from what it is compared with.
pub fn why_change(session: Session) -> Signal<Question> {
    Signal::derive(move || {
        let cut = Cut::ALL.in_year(session.look.with(|l| l.year));
        let name = format!("{} · {}", year(session), session.words().against_base);
        Question::of_change(name, What::Total(cut))
    })
}

/// What a source lacks in the year looked at, one clause for each that lacks anything.
#[component]
pub fn GapSentence() -> impl IntoView {
    let session = expect_context::<Session>();
    let gaps = Memo::new(move |_| gaps(session));
    view! {
        <For each=move || gaps.get() key=|(place, source, _)| (*place, source.clone()) let((place, source, _))>
            {
                let gap = move || gaps.with(|gaps| gaps.iter().find(|(p, ..)| *p == place).map(|(.., gap)| *gap));
                let name = source.clone();
                let sentence = Signal::derive(move || session.words().headline_gap.replace("{source}", &in_sentence(&source)));
                let question = Signal::derive(move || {
                    let year = session.look.with(|l| l.year);
                    let what = What::Funds { figure: FundsFigure::Gap, source: place, region: None, year };
                    Question::of(format!("{name} · {}", session.words().goals.gap), what)
                });
                view! { <Emphasised sentence amount=Signal::derive(move || gap().unwrap_or_default()) alarm=true question /> }
            }
        </For>
    }
}

/// Measures in force that the scenario has beyond the base.
fn measures_added(session: Session) -> usize {
    session.impact.with(|i| {
        let contributions = i.get().map_or(&[][..], |i| i.attribution.contributions());
        contributions.iter().filter(|c| !c.is_dropped).count()
    })
}

/// Sources that lack money in the year looked at: place, name and how much.
pub fn gaps(session: Session) -> Vec<(usize, String, Fen)> {
    let (year, lang) = (session.look.with(|l| l.year), session.lang());
    session.impact.with(|i| {
        let Some(i) = i.get() else { return Vec::new() };
        let sources = i.plan.sources.iter().enumerate();
        sources
            .filter_map(|(n, s)| Some((n, s.name.get(lang).to_owned(), i.scenario().gap(n, year)?)))
            .filter(|(_, _, gap)| *gap > Fen::ZERO)
            .collect()
    })
}
