//! Owns the tree of tasks as a table: clause by clause, who, by when, how it stands, what it
//! costs and by what it is judged; its filters, and the buttons that change the tree.
//!
//! Invariant: how far a task is and what it costs is the engine's report; rows keep their place
//! on the page while their figures move, so that nobody loses the field being typed in.

use super::form::{Removing, RemovingDialog, Writing};
use super::task_form::{TaskDialog, TaskForm, indent};
use super::timeline::Timeline;
use crate::clock;
use crate::numbers;
use crate::overview::year_and_unit;
use crate::parts::{Act, Choice, Money, Segments, row_acts};
use crate::session::{Impact, Session};
use crate::why::{Ask, Question};
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{
    Command, Cut, Date, Fen, MILLION, Plan, Status, TaskId, TaskReport, Thing, ThingId, Unit, What,
    report_tasks,
};

/// A task as a row.
#[derive(Clone, PartialEq)]
pub struct Row {
    pub id: TaskId,
    place: usize,
    depth: usize,
    has_parts: bool,
    clause: String,
    pub title: String,
    pub department: Option<String>,
    pub due: Option<Date>,
    progress: Option<i64>,
    pub status: Status,
    cost: Option<(Fen, Fen)>,
    judged: Vec<String>,
    /// Places among the plan's tasks of the one before and after it in the same part.
    up: Option<usize>,
    down: Option<usize>,
}

impl Row {
    /// The row without what moves as figures are typed.
    fn standing_still(&self) -> Self {
        let cost = self.cost.map(|_| (Fen::ZERO, Fen::ZERO));
        Self { progress: None, status: Status::NotStarted, cost, ..self.clone() }
    }
}

/// Every task as the scenario leaves it, in the order of the tree.
fn rows(session: Session, impact: &Impact, today: Option<Date>) -> Vec<Row> {
    let (lang, plan) = (session.lang(), &impact.plan);
    let cut = Cut::ALL.in_year(session.look.with(|l| l.year));
    let reports = report_tasks(plan, impact.scenario(), today).unwrap_or_default();
    let row = |report: &TaskReport| {
        let task = &plan.tasks[report.task];
        let spends = !report.programmes.is_empty();
        let cost =
            || (report.cost(impact.scenario(), cut), report.change(impact.difference(), cut));
        // What a part is judged by stands with its clauses.
        let own = if report.parts.is_empty() { report.indicators.as_slice() } else { &[] };
        let (up, down) = beside(plan, report.task);
        Row {
            id: task.id.clone(),
            place: report.task,
            depth: report.depth,
            has_parts: !report.parts.is_empty(),
            clause: task.clause.as_deref().unwrap_or_default().to_owned(),
            title: task.title.get(lang).to_owned(),
            department: task.department.as_ref().map(|d| d.get(lang).to_owned()),
            due: task.due,
            progress: report.progress,
            status: report.status,
            cost: spends.then(cost),
            judged: own.iter().map(|i| plan.indicators[*i].name.get(lang).to_owned()).collect(),
            up,
            down,
        }
    };
    reports.iter().map(row).collect()
}

/// The tasks next to one within the same part.
fn beside(plan: &Plan, place: usize) -> (Option<usize>, Option<usize>) {
    let parent = &plan.tasks[place].parent;
    let siblings = plan.tasks.iter().enumerate().filter(|(_, t)| t.parent == *parent);
    let (before, after): (Vec<_>, Vec<_>) =
        siblings.map(|(n, _)| n).filter(|n| *n != place).partition(|n| *n < place);
    (before.last().copied(), after.first().copied())
}

/// What is shown of the tasks.
#[derive(Clone, Copy)]
struct Filter {
    department: RwSignal<String>,
    status: RwSignal<String>,
}

impl Filter {
    fn lets_pass(self, row: &Row) -> bool {
        let department = self.department.get();
        let status = self.status.get();
        (department.is_empty() || row.department.as_ref() == Some(&department))
            && (status.is_empty() || status == key(row.status))
    }
}

const STATUSES: [Status; 6] = [
    Status::Late,
    Status::AtRisk,
    Status::Unreported,
    Status::Underway,
    Status::NotStarted,
    Status::Done,
];

fn key(status: Status) -> String {
    format!("{status:?}")
}

#[component]
pub fn Tasks() -> impl IntoView {
    let session = expect_context::<Session>();
    let is_empty = Memo::new(move |_| session.plan.with(|p| p.tasks.is_empty()));
    let today = clock::date();
    let date: Option<Date> = today.parse().ok();
    let all = Memo::new(move |_| {
        session.impact.with(|i| i.get().map(|i| rows(session, i, date)).unwrap_or_default())
    });
    let filter =
        Filter { department: RwSignal::new(String::new()), status: RwSignal::new(String::new()) };
    let shown = Memo::new(move |_| {
        all.with(|all| {
            all.iter()
                .filter(|row| filter.lets_pass(row))
                .map(|row| row.id.clone())
                .collect::<Vec<_>>()
        })
    });
    let as_timeline = RwSignal::new(false);
    let form = TaskForm::new();
    let removing = Removing::new();
    let note = Signal::derive(move || {
        fill(session.words().goals.tasks_note, &[&today, &year_and_unit(session)])
    });
    let departments = Signal::derive(move || {
        let mut names: Vec<String> =
            all.with(|all| all.iter().filter_map(|r| r.department.clone()).collect());
        names.sort();
        names.dedup();
        let every = (String::new(), session.words().goals.all_departments.to_owned());
        std::iter::once(every).chain(names.into_iter().map(|n| (n.clone(), n))).collect()
    });
    let statuses = Signal::derive(move || {
        let w = session.words();
        let every = (String::new(), w.goals.all_statuses.to_owned());
        let count = |status| {
            all.with(|all| all.iter().filter(|r| !r.has_parts && r.status == status).count())
        };
        let some = STATUSES.into_iter().filter(|s| count(*s) > 0);
        let named = some.map(|s| (key(s), format!("{} ({})", status_words(w, s).2, count(s))));
        std::iter::once(every).chain(named).collect()
    });
    let views = Signal::derive(move || {
        let w = session.words().goals;
        vec![("table".to_owned(), w.table.to_owned()), ("time".to_owned(), w.timeline.to_owned())]
    });
    let new = move || {
        view! {
            <button type="button" class="new" on:click=move |_| form.create(session, None)>
                {session.t(|w| w.goals.add_task)}
            </button>
        }
    };
    view! {
        <section class="card">
            <header class="card-head">
                <h2>{session.t(|w| w.goals.tasks)}</h2>
                <p>{note}</p>
            </header>
            <RemovingDialog removing />
            <Show when=move || !is_empty.get() fallback=move || view! {
                <div class="invites">
                    <p class="empty">{session.t(|w| w.goals.tasks_empty)}</p>
                    {new()}
                </div>
            }>
                <div class="goal-bar">
                    <Segments
                        label=session.t(|w| w.goals.shown_as)
                        options=views
                        value=Signal::derive(move || if as_timeline.get() { "time" } else { "table" }.to_owned())
                        on_choose=Callback::new(move |v: String| as_timeline.set(v == "time"))
                    />
                    <Choice label=session.t(|w| w.goals.department) options=departments
                        value=filter.department.into() on_choose=Callback::new(move |v| filter.department.set(v)) />
                    <Choice label=session.t(|w| w.goals.status) options=statuses
                        value=filter.status.into() on_choose=Callback::new(move |v| filter.status.set(v)) />
                    <span class="gap"></span>
                    {new()}
                </div>
                <Show when=move || as_timeline.get() fallback=move || view! {
                    <Table all shown form removing />
                }>
                    <Timeline
                        rows=Signal::derive(move || all.with(|all| {
                            all.iter().filter(|r| !r.has_parts && filter.lets_pass(r)).cloned().collect()
                        }))
                        today=date
                        on_open=Callback::new(move |id| form.edit(session, &id))
                    />
                </Show>
            </Show>
            <TaskDialog task_form=form />
        </section>
    }
}

#[component]
fn Table(
    all: Memo<Vec<Row>>,
    shown: Memo<Vec<TaskId>>,
    form: TaskForm,
    removing: Removing,
) -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
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
                    <th scope="col"><span class="visually-hidden">{session.t(|w| w.goals.change_it)}</span></th>
                </tr></thead>
                <tbody>
                    <For each=move || shown.get() key=Clone::clone let(id)>
                        {
                            let row = Memo::new(move |_| all.with(|all| all.iter().find(|r| r.id == id).cloned()));
                            let still = Memo::new(move |_| row.with(|row| row.as_ref().map(Row::standing_still)));
                            view! { {move || still.get().map(|now| cells(session, &now, row, (form, removing)))} }
                        }
                    </For>
                </tbody>
            </table>
        </div>
        <Show when=move || shown.with(Vec::is_empty)>
            <p class="empty">{session.t(|w| w.goals.none_pass)}</p>
        </Show>
    }
}

fn cells(
    session: Session,
    row: &Row,
    now: Memo<Option<Row>>,
    (form, removing): (TaskForm, Removing),
) -> AnyView {
    let w = session.words();
    let none = || view! { <span class="sense">"–"</span> }.into_any();
    let text = |text: Option<String>| text.map_or_else(none, IntoAny::into_any);
    let year = session.look.with(|l| l.year);
    let what = What::TaskCost { task: row.place, year };
    let amount = move |is_change: bool| {
        Signal::derive(move || {
            let cost = now.with(|row| row.as_ref().and_then(|row| row.cost)).unwrap_or_default();
            if is_change { cost.1 } else { cost.0 }
        })
    };
    let money = |is_change: bool| {
        let (column, ask): (_, fn(String, What) -> Question) = match is_change {
            true => (w.against_base, Question::of_change),
            false => (w.cost, Question::of),
        };
        let question = ask(format!("{} · {column}", row.title), what.clone());
        view! { <Ask question><Money amount=amount(is_change) change=is_change /></Ask> }.into_any()
    };
    let cost = row.cost.map_or_else(none, |_| money(false));
    let change = row.cost.map_or_else(none, |_| money(true));
    let stands =
        move || now.with(|row| row.as_ref().map(|row| status(session.words(), row.status)));
    let title = row.title.clone();
    let id = StoredValue::new(row.id.clone());
    let name = title.clone();
    let thing = move || ThingId::Task(id.get_value());
    let on_act = Callback::new(move |act| match act {
        Act::Edit => form.edit(session, &id.get_value()),
        Act::AddBelow => form.create(session, Some(id.get_value())),
        Act::Move(to) => session.dispatch(Command::Move { thing: thing(), to }),
        Act::Remove => removing.ask(session, thing(), name.clone()),
    });
    let judged = (!row.judged.is_empty()).then(|| row.judged.join(w.semicolon));
    view! {
        <tr class=indent(row.depth, row.has_parts)>
            <td class="clause" data-label=w.goals.clause>{row.clause.clone()}</td>
            <th scope="row">{title.clone()}{judged.map(|judged| view! { <small>{judged}</small> })}</th>
            <td data-label=w.goals.department>{text(row.department.clone())}</td>
            <td class="date" data-label=w.goals.due>{text(row.due.map(|due| due.to_string()))}</td>
            <td class="num" data-label=w.goals.progress>{progress(session, row, now)}</td>
            <td data-label=w.goals.status>{stands}</td>
            <td class="num" data-label=w.cost>{cost}</td>
            <td class="num" data-label=w.against_base>{change}</td>
            {row_acts(session, &title, (row.up, row.down), true, on_act)}
        </tr>
    }
    .into_any()
}

/// How much is done: to be typed where it does not follow from parts.
fn progress(session: Session, row: &Row, now: Memo<Option<Row>>) -> AnyView {
    let written = |p: i64| numbers::exact(p, 4);
    if row.has_parts {
        let shown = move || {
            let progress = now.with(|row| row.as_ref().and_then(|row| row.progress));
            progress.map_or_else(|| "–".to_owned(), |p| format!("{}%", written(p)))
        };
        return shown.into_any();
    }
    let wrong = RwSignal::new(false);
    let label = format!("{} · {} (%)", row.title, session.words().goals.progress);
    let shown = move || {
        now.with(|row| row.as_ref().and_then(|row| row.progress).map(written).unwrap_or_default())
    };
    let place = row.id.clone();
    view! {
        <input type="text" inputmode="decimal" autocomplete="off" class="percent" placeholder="–"
            aria-label=label
            aria-invalid=move || wrong.get().then_some("true")
            title=move || wrong.get().then(|| fill(session.words().goals.out_of_range, &["0", "100"]))
            prop:value=shown
            on:change:target=move |e| {
                let writing = Writing { bounds: 0..=MILLION, ..Writing::of(session.words(), Unit::Share, "") };
                let Ok(progress) = writing.read(session, &e.target().value()) else {
                    wrong.set(true);
                    return;
                };
                wrong.set(false);
                let found = session.plan.with_untracked(|p| p.tasks.iter().find(|t| t.id == place).cloned());
                if let Some(task) = found {
                    session.dispatch(Command::Put(Thing::from(shapan_engine::Task { progress, ..task })));
                }
            } />"%"
    }
    .into_any()
}

/// How a task stands: class, symbol and word.
pub fn status_words(w: &Words, status: Status) -> (&'static str, &'static str, &'static str) {
    match status {
        Status::Done => ("verdict pass", "✓", w.goals.status_done),
        Status::NotStarted => ("verdict", "○", w.goals.status_not_started),
        Status::Underway => ("verdict", "◐", w.goals.status_underway),
        Status::Unreported => ("verdict", "…", w.goals.status_unreported),
        Status::AtRisk => ("verdict unknown", "▲", w.goals.status_at_risk),
        Status::Late => ("verdict fail", "✕", w.goals.status_late),
    }
}

fn status(w: &Words, status: Status) -> impl IntoView + use<> {
    let (class, symbol, word) = status_words(w, status);
    view! { <span class=class><span aria-hidden="true">{symbol}</span>{word}</span> }
}
