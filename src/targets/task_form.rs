//! Owns the form of one task: what it is called, whose it is, by when, how far it has got, what
//! it is part of, and what carries it out.

use super::form::{
    Form, FormDialog, Options, Writing, choice_field, day_field, number_field, several_field,
    text_field, text_field_among, toggled,
};
use super::parameter::{Sourced, basis_field};
use crate::session::Session;
use leptos::prelude::*;
use shapan_engine::{
    Basis, Command, Extra, MILLION, Plan, Task, TaskId, Text, Thing, Unit, fresh_id,
};

/// The task being edited, if one is.
#[derive(Clone, Copy)]
pub struct TaskForm {
    form: Form,
    draft: RwSignal<Option<Task>>,
    new_citation: RwSignal<String>,
}

impl TaskForm {
    /// Nothing is edited yet.
    pub fn new() -> Self {
        let (draft, new_citation) = (RwSignal::new(None), RwSignal::new(String::new()));
        Self { form: Form::new(), draft, new_citation }
    }

    /// Edits a task of the plan.
    pub fn edit(self, session: Session, id: &TaskId) {
        let found = session.plan.with_untracked(|p| p.tasks.iter().find(|t| t.id == *id).cloned());
        self.open(found);
    }

    /// Makes a task, as part of another where one is named.
    pub fn create(self, session: Session, parent: Option<TaskId>) {
        let plan = session.plan.get_untracked();
        let id = fresh_id::<TaskId>("task", |id| plan.tasks.iter().any(|t| t.id == *id));
        let title = session.typed(session.words().goals.new_task);
        let (Some(id), Some(title)) = (id, title) else { return };
        self.open(Some(Task {
            id,
            title,
            clause: None,
            parent,
            department: None,
            due: None,
            progress: None,
            programmes: Vec::new(),
            indicators: Vec::new(),
            basis: Basis::default(),
            extra: Extra::default(),
        }));
    }

    fn open(self, task: Option<Task>) {
        self.new_citation.set(String::new());
        self.draft.set(task);
        self.form.open();
    }

    fn save(self, session: Session) {
        let Some(mut task) = self.draft.get_untracked() else { return };
        let (cite, basis) = self.sourced().finish(session);
        task.basis = basis;
        let put = Command::Put(Thing::from(task));
        self.form.save(session, cite.into_iter().chain([put]).collect());
    }

    fn sourced(self) -> Sourced {
        let draft = self.draft;
        Sourced {
            value: Signal::derive(move || {
                draft.with(|t| t.as_ref().map(|t| t.basis.clone()).unwrap_or_default())
            }),
            on_change: Callback::new(move |basis| self.update(|t| t.basis = basis)),
            new: self.new_citation,
        }
    }

    fn update(self, change: impl FnOnce(&mut Task)) {
        self.draft.update(|task| {
            if let Some(task) = task {
                change(task);
            }
        });
    }

    /// Words of the draft in the reader's language.
    fn words(self, session: Session, of: fn(&Task) -> Option<&Text>) -> Signal<String> {
        Signal::derive(move || {
            let lang = session.lang();
            self.draft.with(|t| {
                t.as_ref().and_then(of).map(|text| text.get(lang).to_owned()).unwrap_or_default()
            })
        })
    }

    fn text(self, of: fn(&Task) -> String) -> Signal<String> {
        Signal::derive(move || self.draft.with(|t| t.as_ref().map(of).unwrap_or_default()))
    }
}

/// The tasks another may be part of: all but itself and what is part of it.
fn parents(plan: &Plan, id: &TaskId, lang: shapan_engine::Lang) -> Options {
    let is_below = |task: &Task| {
        let mut next = Some(&task.id);
        while let Some(here) = next {
            if here == id {
                return true;
            }
            next = plan.tasks.iter().find(|t| t.id == *here).and_then(|t| t.parent.as_ref());
        }
        false
    };
    let others = plan.tasks.iter().filter(|t| !is_below(t));
    others
        .map(|t| {
            let clause = t.clause.as_deref().map(|c| format!("{c} ")).unwrap_or_default();
            (t.id.to_string(), format!("{clause}{}", t.title.get(lang)))
        })
        .collect()
}

/// The dialog of a task.
#[component]
pub fn TaskDialog(task_form: TaskForm) -> impl IntoView {
    let session = expect_context::<Session>();
    let draft = task_form.draft;
    view! {
        <FormDialog
            form=task_form.form
            title=Signal::derive(move || session.words().goals.edit_task.to_owned())
            is_open=Signal::derive(move || draft.with(Option::is_some))
            fields=ViewFn::from(move || fields(session, task_form))
            on_save=Callback::new(move |()| task_form.save(session))
            on_close=Callback::new(move |()| draft.set(None))
        />
    }
}

fn fields(session: Session, it: TaskForm) -> AnyView {
    let id = it.draft.with_untracked(|t| t.as_ref().map(|t| t.id.clone()));
    let id = StoredValue::new(id);
    let has_parts = id.with_value(|id| {
        session.plan.with_untracked(|p| p.tasks.iter().any(|t| t.parent == *id && id.is_some()))
    });
    let departments = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let all = p.tasks.iter().filter_map(|t| t.department.as_ref());
            let mut all: Vec<String> = all.map(|d| d.get(lang).to_owned()).collect();
            all.sort();
            all.dedup();
            all
        })
    });
    let programmes = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let all = p.programmes.iter();
            all.map(|p| (p.id.to_string(), p.name.get(lang).to_owned())).collect::<Options>()
        })
    });
    let indicators = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let all = p.indicators.iter();
            all.map(|i| (i.id.to_string(), i.name.get(lang).to_owned())).collect::<Options>()
        })
    });
    let chosen = move |of: fn(&Task) -> Vec<String>| {
        Signal::derive(move || it.draft.with(|t| t.as_ref().map(of).unwrap_or_default()))
    };
    let within = move || {
        let (w, lang) = (session.words(), session.lang());
        let none = (String::new(), w.goals.top_level.to_owned());
        let all = id.with_value(|id| {
            id.as_ref().map(|id| session.plan.with(|p| parents(p, id, lang))).unwrap_or_default()
        });
        std::iter::once(none).chain(all).collect::<Options>()
    };
    let percent = Signal::derive(move || Writing {
        bounds: 0..=MILLION,
        ..Writing::of(session.words(), Unit::Share, "")
    });
    let progress = Signal::derive(move || it.draft.with(|t| t.as_ref().and_then(|t| t.progress)));
    view! {
        {text_field(session.t(|w| w.goals.task), it.words(session, |t| Some(&t.title)), Callback::new(move |typed: String| {
            it.update(|t| session.retype(&mut t.title, &typed));
        }))}
        <div class="pair">
            {text_field(session.t(|w| w.goals.clause), it.text(|t| t.clause.as_deref().unwrap_or_default().to_owned()), Callback::new(move |typed: String| {
                let clause = Some(typed.trim()).filter(|c| !c.is_empty()).map(Into::into);
                it.update(|t| t.clause = clause);
            }))}
            {choice_field(session.t(|w| w.goals.part_of), Signal::derive(within), it.text(|t| t.parent.as_ref().map(ToString::to_string).unwrap_or_default()), Callback::new(move |chosen: String| {
                it.update(|t| t.parent = chosen.parse().ok());
            }))}
            {text_field_among(session.t(|w| w.goals.department), it.words(session, |t| t.department.as_ref()), Callback::new(move |typed: String| {
                it.update(|t| t.department = session.retyped(t.department.as_ref(), &typed));
            }), Some(("departments", departments)))}
            {day_field(session.t(|w| w.goals.due), it.text(|t| t.due.map(|d| d.to_string()).unwrap_or_default()), Callback::new(move |typed: String| {
                it.update(|t| t.due = typed.parse().ok());
            }))}
            {(!has_parts).then(|| number_field(session, it.form, Signal::derive(move || session.words().goals.progress.to_owned()), percent, (progress, Callback::new(move |value| {
                it.update(|t| t.progress = value);
            })), false))}
        </div>
        {several_field(session.t(|w| w.goals.carried_out_by), programmes, chosen(|t| t.programmes.iter().map(ToString::to_string).collect()), Callback::new(move |(key, on): (String, bool)| {
            let Ok(key) = key.parse() else { return };
            let plan = session.plan.get_untracked();
            it.update(|t| toggled(&mut t.programmes, plan.programmes.iter().map(|p| p.id.clone()), &key, on));
        }))}
        {several_field(session.t(|w| w.goals.judged_by), indicators, chosen(|t| t.indicators.iter().map(ToString::to_string).collect()), Callback::new(move |(key, on): (String, bool)| {
            let Ok(key) = key.parse() else { return };
            let plan = session.plan.get_untracked();
            it.update(|t| toggled(&mut t.indicators, plan.indicators.iter().map(|i| i.id.clone()), &key, on));
        }))}
        {basis_field(session, it.sourced())}
    }
    .into_any()
}

/// How far a task is in its tree, for its title's indent.
pub fn indent(depth: usize, has_parts: bool) -> &'static str {
    match (has_parts, depth) {
        (true, 0) => "part depth-0",
        (true, _) => "part depth-1",
        (false, 0) => "depth-0",
        (false, 1) => "depth-1",
        (false, _) => "depth-2",
    }
}
