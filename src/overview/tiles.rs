//! Owns the tiles: the six figures a planner looks at first.

use super::headline::{gaps, people_reached, why_all_years, why_change, why_reached, why_total};
use super::targets::reached;
use super::{unit, year};
use crate::checks::tally;
use crate::numbers;
use crate::parts::Money;
use crate::session::{Impact, Page, Session};
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Cut, Fen, Outcome, What};

#[component]
pub fn Tiles() -> impl IntoView {
    let session = expect_context::<Session>();
    let figure = move |of: fn(&Impact, &Outcome, Cut) -> Fen| {
        let pick = move |is_base: bool, all_years: bool| {
            let year = session.look.with(|l| l.year);
            session.impact.with(|i| {
                i.get().map_or(Fen::ZERO, |i| {
                    let d = i.difference();
                    let cut = if all_years { Cut::ALL } else { Cut::ALL.in_year(year) };
                    of(i, if is_base { d.base } else { d.scenario }, cut)
                })
            })
        };
        (
            Memo::new(move |_| pick(false, false)),
            Memo::new(move |_| pick(true, false)),
            Memo::new(move |_| pick(false, true) - pick(true, true)),
        )
    };
    let (total, total_before, all_years) = figure(|_, outcome, cut| outcome.total(cut));
    let (county, county_before, _) = figure(|i, outcome, cut| outcome.county_burden(&i.plan, cut));
    let gap = Memo::new(move |_| gaps(session));
    let aided = Memo::new(move |_| {
        let (year, lang) = (session.look.with(|l| l.year), session.lang());
        session.impact.with(|i| {
            i.get().map_or_else(Vec::new, |i| {
                let name = |n: usize| i.plan.programmes[n].name.get(lang).to_owned();
                people_reached(i, year).into_iter().map(|(n, heads)| (name(n), heads)).collect()
            })
        })
    });
    let together = Memo::new(move |_| {
        let year = session.look.with(|l| l.year);
        let of = |i: &Impact| i.difference().beneficiaries(&i.plan, year);
        session.impact.with(|i| i.get().map(of).unwrap_or_default())
    });
    let checks = Memo::new(move |_| tally(session));
    let targets = Memo::new(move |_| reached(session));
    let gap_is_unknown = Memo::new(move |_| {
        session
            .plan
            .with(|p| p.sources.iter().all(|s| s.available.is_none() && s.revenue.is_none()))
    });
    let horizon = move || {
        session.plan.with(|p| {
            fill(
                session.words().years_from_to,
                &[&p.horizon.first().to_string(), &p.horizon.last().to_string()],
            )
        })
    };
    let unit = move || unit(session);
    let this_year = move || session.look.with(|l| l.year);
    let why_county = Signal::derive(move || {
        let name = fill(session.words().tile_county, &[&year(session)]);
        Question::of(name, What::CountyBurden(Cut::ALL.in_year(this_year())))
    });
    let why_gap = Signal::derive(move || {
        let name = fill(session.words().tile_gap, &[&year(session)]);
        Question::of(name, What::Gaps { year: this_year() })
    });
    let why_county_change = Signal::derive(move || {
        let w = session.words();
        let name = format!("{} · {}", fill(w.tile_county, &[&year(session)]), w.against_base);
        Question::of_change(name, What::CountyBurden(Cut::ALL.in_year(this_year())))
    });
    let change = move |now: Memo<Fen>, before: Memo<Fen>, question: Signal<Question>| {
        let difference = Signal::derive(move || now.get() - before.get());
        view! {
            <Ask question><Money amount=difference change=true /></Ask>
            " ("{Signal::derive(move || numbers::percent(difference.get(), before.get()))}")"
        }
    };
    view! {
        <ul class="tiles">
            <li>
                <h3>{Signal::derive(move || fill(session.words().tile_total, &[&year(session)]))}</h3>
                <p class="big"><Ask question=why_total(session)><Money amount=total /></Ask><span class="unit">{unit}</span></p>
                <p>{change(total, total_before, why_change(session))}</p>
                <p>{horizon}" "<Ask question=why_all_years(session)><Money amount=all_years change=true /></Ask></p>
            </li>
            <li>
                <h3>{Signal::derive(move || fill(session.words().tile_county, &[&year(session)]))}</h3>
                <p class="big"><Ask question=why_county><Money amount=county /></Ask><span class="unit">{unit}</span></p>
                <p>{change(county, county_before, why_county_change)}</p>
            </li>
            <li>
                <h3>{Signal::derive(move || fill(session.words().tile_gap, &[&year(session)]))}</h3>
                <p class="big" class:alarm=move || !gap.with(Vec::is_empty)>
                    <Ask question=why_gap>
                        <Money amount=Signal::derive(move || gap.with(|g| g.iter().map(|(_, _, gap)| *gap).sum())) />
                    </Ask>
                    <span class="unit">{unit}</span>
                </p>
                <p>{move || gap.with(|g| match g.as_slice() {
                    [] if gap_is_unknown.get() => session.words().gap_unknown.to_owned(),
                    [] => session.words().no_gap.to_owned(),
                    some => some.iter().map(|(_, name, _)| name.as_str()).collect::<Vec<_>>().join(" · "),
                })}</p>
            </li>
            <li>
                <h3>{Signal::derive(move || fill(session.words().tile_reached, &[&year(session)]))}</h3>
                <p class="big">
                    <Ask question=why_reached(session)>
                        {move || numbers::whole(together.get().count)}
                    </Ask>
                    <span class="unit" title=move || (!together.get().is_once).then(|| session.words().paper.times_hint)>{move || {
                        let w = session.words();
                        if together.get().is_once { w.unit_people } else { w.paper.person_times }
                    }}</span>
                </p>
                <p>{move || match aided.with(Vec::len) {
                    0 => session.words().nobody_reached.to_owned(),
                    _ => list(&aided.get()),
                }}</p>
            </li>
            <li>
                <h3><a href=Page::Targets.hash()>{Signal::derive(move || fill(session.words().goals.tile_targets, &[&year(session)]))}</a></h3>
                <p class="big">
                    {move || {
                        let (met, all) = targets.get();
                        fill(session.words().goals.checks_of, &[&met.to_string(), &all.to_string()])
                    }}
                    <span class="unit">{session.t(|w| w.goals.targets_reached)}</span>
                </p>
                <p>{move || {
                    let w = session.words().goals;
                    match targets.get() {
                        (_, 0) => w.no_target.to_owned(),
                        (met, all) if met < all => fill(w.targets_missed, &[&(all - met).to_string()]),
                        _ => w.targets_all.to_owned(),
                    }
                }}</p>
            </li>
            <li>
                <h3><a href=Page::Checks.hash()>{Signal::derive(move || fill(session.words().goals.tile_checks, &[&year(session)]))}</a></h3>
                <p class="big" class:alarm=move || checks.with(|t| t.fail > 0)>
                    {move || {
                        let t = checks.get();
                        fill(session.words().goals.checks_of, &[&t.pass.to_string(), &t.all().to_string()])
                    }}
                    <span class="unit">{session.t(|w| w.goals.checks_passed)}</span>
                </p>
                <p>{move || {
                    let (w, t) = (session.words().goals, checks.get());
                    match t {
                        t if t.all() == 0 => w.no_rules.to_owned(),
                        t if t.fail > 0 && t.unknown > 0 => {
                            fill(w.checks_failing_and, &[&t.fail.to_string(), &t.unknown.to_string()])
                        }
                        t if t.fail > 0 => fill(w.checks_failing, &[&t.fail.to_string()]),
                        t if t.unknown > 0 => fill(w.checks_not_told, &[&t.unknown.to_string()]),
                        _ => w.checks_all_pass.to_owned(),
                    }
                }}</p>
            </li>
        </ul>
    }
}

fn list(reached: &[(String, i64)]) -> String {
    let each = reached.iter().map(|(name, heads)| format!("{name} {}", numbers::whole(*heads)));
    each.collect::<Vec<_>>().join(" · ")
}
