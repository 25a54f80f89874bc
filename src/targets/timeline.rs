//! Owns the tasks in time: a year's months as columns, a task a row, its day as a mark in its
//! month; tasks of other years and those without a day are counted beneath.
//!
//! Invariant: it is a table that reads aloud as one; a mark is a symbol with its words.

use super::tasks::{Row, status_words};
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Date, TaskId, Year};

/// The months of a year.
const MONTHS: std::ops::RangeInclusive<u8> = 1..=12;

/// The tasks of a year by month.
#[component]
pub fn Timeline(
    /// The tasks that are no parts.
    rows: Signal<Vec<Row>>,
    /// The reader's day.
    today: Option<Date>,
    /// Told the task to open.
    on_open: Callback<TaskId>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let year = move || {
        let place = session.look.with(|l| l.year);
        session.plan.with(|p| p.years().nth(place))
    };
    let is_now = move |month: u8| {
        today.is_some_and(|today| Some(today.year()) == year() && today.month() == month)
    };
    let in_year = move |year: Option<Year>| {
        let mut of_year: Vec<Row> = rows.get();
        of_year.retain(|r| r.due.is_some_and(|due| Some(due.year()) == year));
        of_year.sort_by_key(|r| r.due);
        of_year
    };
    let body = move || {
        let tasks = in_year(year());
        if tasks.is_empty() {
            let none = session.words().goals.none_due;
            return view! { <tr><td colspan="13" class="empty">{none}</td></tr> }.into_any();
        }
        tasks.into_iter().map(|task| line(session, task, is_now, on_open)).collect_view().into_any()
    };
    let others = move || {
        let now = year();
        let dated = |r: &&Row| r.due.is_some_and(|due| Some(due.year()) != now);
        let (elsewhere, undated) = rows.with(|rows| {
            (rows.iter().filter(dated).count(), rows.iter().filter(|r| r.due.is_none()).count())
        });
        let w = session.words().goals;
        let some =
            |count: usize, template| (count > 0).then(|| fill(template, &[&count.to_string()]));
        let lines = [some(elsewhere, w.due_other_years), some(undated, w.due_never)];
        lines.into_iter().flatten().collect::<Vec<_>>().join(session.words().semicolon)
    };
    let caption = move || {
        let year = year().map(|y| y.to_string()).unwrap_or_default();
        fill(session.words().goals.timeline_of, &[&year])
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.goals.timeline)>
            <table class="timeline">
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col">{session.t(|w| w.goals.task)}</th>
                    {MONTHS.map(|month| view! {
                        <th scope="col" class="month" class:now=move || is_now(month)>
                            {Signal::derive(move || fill(session.words().goals.month, &[&month.to_string()]))}
                        </th>
                    }).collect_view()}
                </tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        <p class="sub">{others}</p>
    }
}

fn line(
    session: Session,
    task: Row,
    is_now: impl Fn(u8) -> bool + Copy + 'static,
    on_open: Callback<TaskId>,
) -> AnyView {
    let w = session.words();
    let (class, symbol, word) = status_words(w, task.status);
    let due = task.due;
    let cells = MONTHS.map(|month| {
        let mark = due.filter(|due| due.month() == month).map(|due| {
            let said = format!("{due} {word}");
            view! {
                <span class=class>
                    <span aria-hidden="true">{symbol}" "{due.day()}</span>
                    <span class="visually-hidden">{said}</span>
                </span>
            }
        });
        let ahead = due.is_some_and(|due| due.month() > month);
        view! { <td class:now=is_now(month) class:ahead=ahead>{mark}</td> }
    });
    let id = task.id.clone();
    view! {
        <tr>
            <th scope="row">
                <button type="button" class="plain" on:click=move |_| on_open.run(id.clone())>{task.title}</button>
                {task.department.map(|d| view! { <small>{d}</small> })}
            </th>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}
