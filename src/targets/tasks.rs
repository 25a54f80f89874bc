//! Owns the tree of tasks as a table: clause by clause, who, by when, how it stands, what it
//! costs and by what it is judged.

use crate::clock;
use crate::numbers;
use crate::overview::year_and_unit;
use crate::parts::Money;
use crate::session::{Impact, Session};
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{Cut, Date, Fen, Status, TaskReport, report_tasks};

#[component]
pub fn Tasks() -> impl IntoView {
    let session = expect_context::<Session>();
    let is_empty = Memo::new(move |_| session.plan.with(|p| p.tasks.is_empty()));
    let today = clock::date();
    let date: Option<Date> = today.parse().ok();
    let rows = move || {
        session.impact.with(|impact| {
            let impact = impact.get()?;
            let reports = report_tasks(&impact.plan, impact.scenario(), date).ok()?;
            Some(reports.iter().map(|report| row(session, impact, report)).collect_view())
        })
    };
    let note = Signal::derive(move || {
        fill(session.words().goals.tasks_note, &[&today, &year_and_unit(session)])
    });
    view! {
        <section class="card">
            <header class="card-head">
                <h2>{session.t(|w| w.goals.tasks)}</h2>
                <p>{note}</p>
            </header>
            <Show when=move || !is_empty.get() fallback=move || view! {
                <p class="empty">{session.t(|w| w.goals.tasks_empty)}</p>
            }>
                <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.goals.tasks)>
                    <table class="tasks stacks">
                        <thead><tr>
                            <th scope="col">{session.t(|w| w.goals.clause)}</th>
                            <th scope="col">{session.t(|w| w.goals.task)}</th>
                            <th scope="col">{session.t(|w| w.goals.department)}</th>
                            <th scope="col">{session.t(|w| w.goals.due)}</th>
                            <th scope="col" class="num">{session.t(|w| w.goals.progress)}</th>
                            <th scope="col">{session.t(|w| w.goals.status)}</th>
                            <th scope="col" class="num">{session.t(|w| w.cost)}</th>
                            <th scope="col" class="num">{session.t(|w| w.against_base)}</th>
                            <th scope="col">{session.t(|w| w.goals.indicator)}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

fn row(session: Session, impact: &Impact, report: &TaskReport) -> impl IntoView + use<> {
    let (w, lang, plan) = (session.words(), session.lang(), &impact.plan);
    let task = &plan.tasks[report.task];
    let cut = Cut::ALL.in_year(session.look.with(|l| l.year));
    let none = || view! { <span class="sense">"–"</span> }.into_any();
    let money = |amount: Fen, change: bool| {
        if report.programmes.is_empty() {
            return none();
        }
        view! { <Money amount=Signal::derive(move || amount) change /> }.into_any()
    };
    // What a part is judged by stands with its clauses.
    let own = if report.parts.is_empty() { report.indicators.as_slice() } else { &[] };
    let judged = own.iter().map(|i| plan.indicators[*i].name.get(lang));
    let judged = judged.collect::<Vec<_>>().join(w.semicolon);
    let class = match (report.parts.is_empty(), report.depth) {
        (false, 0) => "part depth-0",
        (false, _) => "part depth-1",
        (true, 0) => "depth-0",
        (true, 1) => "depth-1",
        (true, _) => "depth-2",
    };
    let text = |text: Option<String>| text.map_or_else(none, IntoAny::into_any);
    let progress = report.progress.map(|p| format!("{}%", numbers::exact(p, 4)));
    view! {
        <tr class=class>
            <td class="clause" data-label=w.goals.clause>{task.clause.as_deref().map(str::to_owned)}</td>
            <th scope="row">{task.title.get(lang).to_owned()}</th>
            <td data-label=w.goals.department>{text(task.department.as_ref().map(|d| d.get(lang).to_owned()))}</td>
            <td class="date" data-label=w.goals.due>{text(task.due.map(|due| due.to_string()))}</td>
            <td class="num" data-label=w.goals.progress>{text(progress)}</td>
            <td data-label=w.goals.status>{status(w, report.status)}</td>
            <td class="num" data-label=w.cost>{money(report.cost(impact.scenario(), cut), false)}</td>
            <td class="num" data-label=w.against_base>{money(report.change(impact.difference(), cut), true)}</td>
            <td class="judged" data-label=w.goals.indicator>{judged}</td>
        </tr>
    }
}

/// How a task stands: symbol, word and colour.
fn status(w: &Words, status: Status) -> impl IntoView + use<> {
    let (class, symbol, word) = match status {
        Status::Done => ("verdict pass", "✓", w.goals.status_done),
        Status::NotStarted => ("verdict", "○", w.goals.status_not_started),
        Status::Underway => ("verdict", "◐", w.goals.status_underway),
        Status::AtRisk => ("verdict unknown", "▲", w.goals.status_at_risk),
        Status::Late => ("verdict fail", "✕", w.goals.status_late),
    };
    view! { <span class=class><span aria-hidden="true">{symbol}</span>{word}</span> }
}
