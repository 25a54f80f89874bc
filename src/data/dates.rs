//! Owns adding a date to a dated parameter, and taking one away.
//!
//! Invariant: a date that is added moves no number until one is typed there.

use super::steps;
use crate::names;
use crate::parts::Choice;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Command, ParamPath, Parameter, Plan, Semester, Year};

/// A parameter of the plan.
fn found<'a>(plan: &'a Plan, path: &ParamPath) -> Option<&'a Parameter> {
    plan.parameters().find(|(there, _)| there == path).map(|(_, parameter)| parameter)
}

/// The dates of parameters.
#[component]
pub fn Dates(
    /// Which; one is chosen where there are several.
    paths: Memo<Vec<ParamPath>>,
    /// Whether the dates are fiscal years from which another growth holds.
    #[prop(default = false)]
    by_year: bool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let chosen = RwSignal::new(String::new());
    let path = Memo::new(move |_| {
        let wanted = chosen.get();
        paths
            .with(|paths| paths.iter().find(|p| p.to_string() == wanted).or(paths.first()).cloned())
    });
    let there = Memo::new(move |_| {
        session.plan.with(|plan| {
            let found = path.with(|path| found(plan, path.as_ref()?));
            let dates = |p: &Parameter| match by_year {
                true => steps::growth_years(p, plan.horizon).into_values().collect(),
                false => steps::dates([p], plan.horizon.start()),
            };
            found.map(dates).unwrap_or_default()
        })
    });
    let name = move |semester: Semester| {
        let (w, horizon) = (session.words(), session.plan.with(|plan| plan.horizon));
        match by_year {
            true => fill(w.fiscal_year, &[&steps::growth_year(semester, horizon).to_string()]),
            false => names::semester(w, semester),
        }
    };
    let named = move |semesters: Vec<Semester>| {
        let each = semesters.into_iter().map(|s| (s.to_string(), name(s)));
        each.collect::<Vec<_>>()
    };
    let free = Memo::new(move |_| {
        let horizon = session.plan.with(|plan| plan.horizon);
        let taken = there.get();
        if by_year {
            let taken: Vec<_> = taken.into_iter().map(|s| steps::growth_year(s, horizon)).collect();
            let years = horizon.fiscal_years().skip(1).filter(|year| !taken.contains(year));
            return years.map(Year::spring).collect();
        }
        horizon.semesters().filter(|s| !taken.contains(s)).collect::<Vec<_>>()
    });
    let (to_add, to_remove) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // What was chosen, as long as it can be; else the first, or for removing the last.
    let adding = Memo::new(move |_| {
        let wanted = to_add.get();
        free.with(|free| free.iter().find(|s| s.to_string() == wanted).or(free.first()).copied())
    });
    let removing = Memo::new(move |_| {
        let wanted = to_remove.get();
        there.with(|dates| dates.iter().find(|s| s.to_string() == wanted).or(dates.last()).copied())
    });
    let change = move |at: Option<Semester>, with: fn(&Parameter, Semester) -> Parameter| {
        let command = session.plan.with_untracked(|plan| {
            let path = path.get_untracked()?;
            let parameter = Box::new(with(found(plan, &path)?, at?));
            Some(Command::SetParameter { path, parameter })
        });
        if let Some(command) = command {
            session.dispatch(command);
        }
    };
    let text = |semester: Option<Semester>| semester.map(|s| s.to_string()).unwrap_or_default();
    let removed =
        move || removing.get().map(|s| fill(session.words().data.remove_date, &[&name(s)]));
    view! {
        <div class="row tools">
            <Show when=move || paths.with(|p| p.len() > 1)>
                <Choice
                    label=session.t(|w| w.data.dated_number)
                    options=Signal::derive(move || {
                        let (w, lang) = (session.words(), session.lang());
                        session.plan.with(|plan| paths.with(|paths| {
                            let name = |p: &ParamPath| names::role(w, plan, p, lang);
                            paths.iter().map(|p| (p.to_string(), name(p))).collect()
                        }))
                    })
                    value=Signal::derive(move || path.with(|p| p.as_ref().map(ToString::to_string).unwrap_or_default()))
                    on_choose=Callback::new(move |id| chosen.set(id))
                />
            </Show>
            <Show when=move || free.with(|f| !f.is_empty())>
                <Choice
                    label=if by_year { session.t(|w| w.data.other_growth_from) } else { session.t(|w| w.data.other_from) }
                    options=Signal::derive(move || named(free.get()))
                    value=Signal::derive(move || text(adding.get()))
                    on_choose=Callback::new(move |s| to_add.set(s))
                />
                <button type="button" on:click=move |_| change(adding.get_untracked(), steps::with_date)>
                    {session.t(|w| w.data.add_date)}
                </button>
            </Show>
            <Show when=move || there.with(|t| t.len() > 1)>
                <Choice
                    quiet=true
                    label=session.t(|w| w.data.date_to_remove)
                    options=Signal::derive(move || named(there.get()))
                    value=Signal::derive(move || text(removing.get()))
                    on_choose=Callback::new(move |s| to_remove.set(s))
                />
                <button type="button" on:click=move |_| change(removing.get_untracked(), steps::without_date)>
                    {removed}
                </button>
            </Show>
        </div>
    }
    .into_any()
}
