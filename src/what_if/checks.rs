//! Owns the list of rules beside the stack: how each stands while a lever moves, and how many
//! fail that did not under what the scenario is compared with.
//!
//! Invariant: only the year looked at is tested, for this is done anew with every move.

use crate::checks::verdict_mark;
use crate::numbers;
use crate::overview::{unit, year};
use crate::parts::measured;
use crate::session::{Page, Session};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Fen, Finding, RuleKind, Verdict, test_rule};

/// A rule as it stands.
#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    finding: Finding,
    is_new: bool,
    is_envelope: bool,
}

#[component]
pub fn Checks() -> impl IntoView {
    let session = expect_context::<Session>();
    let rows = Memo::new(move |_| {
        let (lang, year) = (session.lang(), session.look.with(|l| l.year));
        session.impact.with(|impact| {
            let Some(impact) = impact.get() else { return Vec::new() };
            let difference = impact.difference();
            let plan = &impact.plan;
            let row = |rule: usize| {
                let now = test_rule(plan, difference.scenario, rule, year).ok()?.whole;
                let before = test_rule(plan, difference.base, rule, year).ok()?.whole;
                let is_new = now.verdict == Verdict::Fail && before.verdict != Verdict::Fail;
                let is_envelope = matches!(plan.rules[rule].kind, RuleKind::Envelope { .. });
                let name = plan.rules[rule].name.get(lang).to_owned();
                Some(Row { name, finding: now, is_new, is_envelope })
            };
            (0..plan.rules.len()).filter_map(row).collect()
        })
    });
    let note = move || {
        let new = rows.with(|rows| rows.iter().filter(|r| r.is_new).count());
        let base = session.scenario_name(&session.look.with(|l| l.base.clone()));
        fill(session.words().goals.newly_failing, &[&base, &new.to_string(), &year(session)])
    };
    let count = Memo::new(move |_| rows.with(Vec::len));
    view! {
        <Show when=move || count.get() != 0>
            <section class="checks-beside" aria-labelledby="checks-beside">
                <header class="card-head">
                    <h2 id="checks-beside"><a href=Page::Checks.hash()>{session.t(|w| w.goals.checks)}</a></h2>
                    <p>{note}</p>
                </header>
                <div class="card">
                    <ul>
                        <For each=move || 0..count.get() key=|n| *n let(n)>
                            {
                                let row = Memo::new(move |_| rows.with(|rows| rows.get(n).cloned()));
                                move || row.get().map(|row| line(session, row))
                            }
                        </For>
                    </ul>
                </div>
            </section>
        </Show>
    }
}

fn line(session: Session, row: Row) -> AnyView {
    let w = session.words().goals;
    let finding = row.finding;
    let share = finding.shares.map(|(share, _)| numbers::rate(share));
    let figure = match (&finding.verdict, share) {
        (Verdict::CannotTell(_), _) => None,
        (_, Some(share)) => Some(share.into_any()),
        (Verdict::Fail, None) if row.is_envelope => {
            let lacking = finding.slack.map_or(Fen::ZERO, |slack| -slack);
            let amount = measured(lacking.0, shapan_engine::Unit::Fen, "");
            Some(view! { {w.gap}" "{amount}" "{unit(session)} }.into_any())
        }
        _ => Some(measured(finding.value, finding.unit, "")),
    };
    let new = row.is_new.then(|| view! { <small class="short">{w.fails_newly}</small> });
    view! {
        <li>
            <span>{row.name}{new}</span>
            <span class="num">{figure}</span>
            {verdict_mark(session, &finding.verdict)}
        </li>
    }
    .into_any()
}
