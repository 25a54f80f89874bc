//! Owns the card of targets: each indicator with a target of the year, from what to what it
//! moves, and whether that is enough.

use super::{CardHead, year};
use crate::checks::sign;
use crate::parts::measured;
use crate::session::{Impact, Page, Session};
use crate::why::{Ask, Question, is_answered};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Goal, IndicatorFigure, Sense, Unit, What, read_indicator};

/// How many targets of the year are reached, and how many there are.
pub fn reached(session: Session) -> (usize, usize) {
    let year = session.look.with(|l| l.year);
    session.impact.with(|impact| {
        let Some(impact) = impact.get() else { return (0, 0) };
        let goals = goals(impact, year);
        (goals.iter().filter(|(_, _, goal)| goal.is_met).count(), goals.len())
    })
}

/// Indicators with a target in a year: place, value, target.
fn goals(impact: &Impact, year: usize) -> Vec<(usize, Option<i64>, Goal)> {
    let read = |place| {
        let reading = read_indicator(&impact.plan, impact.scenario(), place, None, year);
        let reading = reading.ok().flatten()?;
        Some((place, reading.value, reading.target?))
    };
    (0..impact.plan.indicators.len()).filter_map(read).collect()
}

#[component]
pub fn TargetsCard() -> impl IntoView {
    let session = expect_context::<Session>();
    let rows = move || {
        let year = session.look.with(|l| l.year);
        session.impact.with(|impact| {
            let impact = impact.get()?;
            let all = goals(impact, year);
            let row = |goal| row(session, impact, year, goal);
            Some(all.into_iter().map(row).collect_view())
        })
    };
    let any = Memo::new(move |_| reached(session).1 > 0);
    view! {
        <section class="card targets-card">
            <CardHead
                title=session.t(|w| w.goals.card_targets)
                note=Signal::derive(move || fill(session.words().goals.end_of, &[&year(session)]))
            />
            <Show when=move || any.get() fallback=move || view! {
                <p class="empty">
                    {session.t(|w| w.goals.no_targets)}" "
                    <a href=Page::Targets.hash()>{session.t(|w| w.goals.targets)}</a>
                </p>
            }>
                <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.goals.card_targets)>
                    <table>
                        <thead class="visually-hidden"><tr>
                            <th scope="col">{session.t(|w| w.goals.indicator)}</th>
                            <th scope="col">{session.t(|w| w.goals.value)}</th>
                            <th scope="col">{session.t(|w| w.goals.result)}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

fn row(
    session: Session,
    impact: &Impact,
    year: usize,
    (place, value, goal): (usize, Option<i64>, Goal),
) -> AnyView {
    let (w, lang) = (session.words(), session.lang());
    let indicator = &impact.plan.indicators[place];
    let unit = indicator.unit();
    let counted = indicator.unit_name.as_ref().map_or("", |name| name.get(lang));
    let name = indicator.name.get(lang).to_owned();
    let target = |figure| What::Indicator { figure, indicator: place, region: None, year };
    let base = read_indicator(&impact.plan, impact.difference().base, place, None, year);
    let base = base.ok().flatten().and_then(|reading| reading.value);
    let before = base.filter(|before| Some(*before) != value).map(|before| {
        let what = What::Before(Box::new(target(IndicatorFigure::Value)));
        let question = Question::of(format!("{name} · {}", w.compare.before), what);
        view! { <span class="sense"><Ask question>{measured(before, unit, "")}</Ask>" → "</span> }
    });
    let what = target(IndicatorFigure::Value);
    let shown = match value {
        None => "–".into_any(),
        Some(value) if is_answered(impact, &what, value) => {
            let question = Question::of(name.clone(), what);
            view! { <Ask question><b>{measured(value, unit, "")}</b></Ask> }.into_any()
        }
        Some(value) => view! { <b>{measured(value, unit, "")}</b> }.into_any(),
    };
    let why_goal =
        Question::of(format!("{name} · {}", w.why.target), target(IndicatorFigure::Target));
    let goal_shown = measured(goal.value, unit, counted);
    let result = if goal.is_met {
        view! { <span class="verdict pass"><span aria-hidden="true">"✓"</span>{w.goals.met}</span> }
            .into_any()
    } else {
        let template = match goal.sense {
            Sense::AtLeast => w.goals.left,
            Sense::AtMost => w.goals.too_much,
        };
        let (before, after) = template.split_once("{0}").unwrap_or((template, ""));
        let left = match unit {
            Unit::Fen => measured(goal.left, unit, ""),
            _ => measured(goal.left, Unit::Count, counted),
        };
        view! { <span class="verdict fail"><span aria-hidden="true">"✕"</span>{before}{left}{after}</span> }
            .into_any()
    };
    view! {
        <tr>
            <th scope="row">{name}" "<span class="sense">{sign(goal.sense)}" "<Ask question=why_goal>{goal_shown}</Ask></span></th>
            <td class="num">{before}{shown}</td>
            <td class="num">{result}</td>
        </tr>
    }
    .into_any()
}
