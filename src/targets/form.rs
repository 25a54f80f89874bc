//! Owns the pieces that forms about goals are set from: labelled fields over a draft, the dialog
//! that holds them, and the question that comes before something is removed.
//!
//! Invariant: a field that holds no valid value says so beside itself, and the form is not saved
//! while any does; the draft keeps the last valid value. Callbacks and signals are all of one
//! type, so that a field is compiled once.

use crate::files::command_error;
use crate::names;
use crate::numbers;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::html;
use leptos::prelude::*;
use shapan_engine::{Command, ThingId, Unit};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Value and name of each option of a choice.
pub type Options = Vec<(String, String)>;

/// What the fields of one form have in common.
#[derive(Clone, Copy)]
pub struct Form {
    dialog: NodeRef<html::Dialog>,
    wrong: RwSignal<BTreeSet<u32>>,
    next: StoredValue<u32>,
    said: RwSignal<Option<String>>,
}

impl Form {
    /// A form that is not open yet.
    pub fn new() -> Self {
        Self {
            dialog: NodeRef::new(),
            wrong: RwSignal::new(BTreeSet::new()),
            next: StoredValue::new(0),
            said: RwSignal::new(None),
        }
    }

    /// Shows the form, with nothing wrong yet.
    pub fn open(self) {
        self.wrong.set(BTreeSet::new());
        self.said.set(None);
        if let Some(dialog) = self.dialog.get_untracked()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    }

    /// Closes the form.
    pub fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    /// Says beside the buttons why it is not saved.
    pub fn say(self, why: &str) {
        self.said.set(Some(why.to_owned()));
    }

    /// Carries the commands out as one step and closes, or says why not.
    pub fn save(self, session: Session, mut commands: Vec<Command>) -> bool {
        let w = session.words();
        if self.wrong.with_untracked(|wrong| !wrong.is_empty()) {
            self.say(w.goals.mend_first);
            return false;
        }
        let command = match (commands.pop(), commands.is_empty()) {
            (Some(only), true) => only,
            (last, _) => Command::Together(commands.into_iter().chain(last).collect()),
        };
        match session.try_dispatch(command) {
            Ok(()) => {
                self.close();
                true
            }
            Err(error) => {
                self.say(&command_error(w, &error));
                false
            }
        }
    }

    fn field(self) -> u32 {
        self.next.update_value(|n| *n += 1);
        let id = self.next.get_value();
        let wrong = self.wrong;
        on_cleanup(move || {
            let _ = wrong.try_update(|wrong| wrong.remove(&id));
        });
        id
    }

    fn judge(self, field: u32, is_wrong: bool) {
        self.wrong.update(|wrong| {
            if is_wrong {
                wrong.insert(field);
            } else {
                wrong.remove(&field);
            }
        });
    }
}

/// The dialog of a form: its title, its fields, and the buttons beneath.
#[component]
pub fn FormDialog(
    /// What all its fields have in common.
    form: Form,
    /// What it is about.
    title: Signal<String>,
    /// Whether there is something to edit.
    is_open: Signal<bool>,
    /// The fields.
    fields: ViewFn,
    /// Told to save.
    on_save: Callback<()>,
    /// Told that it is closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let id = StoredValue::new(format!("form-{}", form.field()));
    view! {
        <dialog class="goal-form" node_ref=form.dialog aria-labelledby=id.get_value() on:close=move |_| on_close.run(())>
            <Show when=move || is_open.get()>
                <form on:submit=move |e| {
                    e.prevent_default();
                    on_save.run(());
                }>
                    <header><h2 id=id.get_value()>{title}</h2></header>
                    <div class="fields">{fields.run()}</div>
                    {move || form.said.get().map(|said| view! { <p class="field-error" role="alert">{said}</p> })}
                    <div class="row buttons">
                        <button type="submit" class="primary">{session.t(|w| w.goals.save)}</button>
                        <button type="button" on:click=move |_| form.close()>{session.t(|w| w.goals.cancel)}</button>
                    </div>
                </form>
            </Show>
        </dialog>
    }
}

/// A line of words.
pub fn text_field(
    label: Signal<&'static str>,
    value: Signal<String>,
    on_type: Callback<String>,
) -> AnyView {
    text_field_among(label, value, on_type, None)
}

/// A line of words, with those already used to choose from.
pub fn text_field_among(
    label: Signal<&'static str>,
    value: Signal<String>,
    on_type: Callback<String>,
    known: Option<(&'static str, Signal<Vec<String>>)>,
) -> AnyView {
    let list = known.map(|(id, _)| id);
    let options = known.map(|(id, known)| {
        view! {
            <datalist id=id>
                {move || known.get().into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
            </datalist>
        }
    });
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="text" maxlength="200" autocomplete="off" list=list prop:value=value
                on:change:target=move |e| on_type.run(e.target().value()) />
        </label>
        {options}
    }
    .into_any()
}

/// A day.
pub fn day_field(
    label: Signal<&'static str>,
    value: Signal<String>,
    on_type: Callback<String>,
) -> AnyView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="date" min="1900-01-01" max="2200-12-31" prop:value=value
                on:change:target=move |e| on_type.run(e.target().value()) />
        </label>
    }
    .into_any()
}

/// One of a list.
pub fn choice_field(
    label: Signal<&'static str>,
    options: Signal<Options>,
    value: Signal<String>,
    on_choose: Callback<String>,
) -> AnyView {
    view! { <crate::parts::Choice label options value on_choose /> }.into_any()
}

/// How a number is written: what it counts, what a whole one is called, what it may be.
#[derive(Clone)]
pub struct Writing {
    /// What its whole numbers count.
    pub unit: Unit,
    /// What a whole one is called.
    pub name: String,
    /// What it may be.
    pub bounds: RangeInclusive<i64>,
}

impl Writing {
    /// Numbers of a unit.
    pub fn of(w: &Words, unit: Unit, counted: &str) -> Self {
        let name = match unit {
            Unit::Fen => w.unit_yuan,
            Unit::Share | Unit::Growth | Unit::Rate => "%",
            Unit::Ratio => w.unit_pupils_per_post,
            Unit::Count | Unit::Net => counted,
        };
        Self { unit, name: name.to_owned(), bounds: unit.bounds() }
    }

    /// Decimals that a number of it has.
    pub fn power(&self) -> u32 {
        match self.unit {
            Unit::Fen => 2,
            Unit::Share | Unit::Growth | Unit::Rate => 4,
            Unit::Ratio => 6,
            Unit::Count | Unit::Net => 0,
        }
    }

    /// What was typed; `None` where nothing was.
    ///
    /// # Errors
    /// Why it is no number here, in words.
    pub fn read(&self, session: Session, typed: &str) -> Result<Option<i64>, String> {
        let typed = typed.trim().trim_end_matches('%');
        if typed.is_empty() {
            return Ok(None);
        }
        let value = numbers::parse(typed, self.power());
        let value = value.map_err(|error| names::not_a_number(session.words(), error))?;
        if self.bounds.contains(&value) {
            return Ok(Some(value));
        }
        let [least, most] =
            [self.bounds.start(), self.bounds.end()].map(|n| numbers::exact(*n, self.power()));
        Err(fill(session.words().goals.out_of_range, &[&least, &most]))
    }
}

/// A number. `is_needed`: nothing is no answer.
pub fn number_field(
    session: Session,
    form: Form,
    label: Signal<String>,
    writing: Signal<Writing>,
    (value, on_type): (Signal<Option<i64>>, Callback<Option<i64>>),
    is_needed: bool,
) -> AnyView {
    let wrong = RwSignal::new(None::<String>);
    let id = form.field();
    let shown = move || {
        let power = writing.with(Writing::power);
        value.get().map(|value| numbers::plain(value, power)).unwrap_or_default()
    };
    let note = format!("wrong-{id}");
    let described = note.clone();
    view! {
        <label class="field number">
            <span>{label}" "<small>{move || writing.with(|w| w.name.clone())}</small></span>
            <input type="text" inputmode="decimal" autocomplete="off" prop:value=shown
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                aria-describedby=move || wrong.with(Option::is_some).then(|| described.clone())
                on:change:target=move |e| {
                    let read = writing.with_untracked(|w| w.read(session, &e.target().value()));
                    let read = match read {
                        Ok(None) if is_needed => Err(session.words().number_empty.to_owned()),
                        other => other,
                    };
                    form.judge(id, read.is_err());
                    match read {
                        Ok(value) => {
                            wrong.set(None);
                            on_type.run(value);
                        }
                        Err(why) => wrong.set(Some(why)),
                    }
                } />
            {move || wrong.get().map(|why| view! { <span class="field-error" id=note.clone() role="alert">{why}</span> })}
        </label>
    }
    .into_any()
}

/// Any of a list.
pub fn several_field(
    label: Signal<&'static str>,
    options: Signal<Options>,
    chosen: Signal<Vec<String>>,
    on_toggle: Callback<(String, bool)>,
) -> AnyView {
    view! {
        <fieldset class="several">
            <legend>{label}</legend>
            <ul>
                {move || options.get().into_iter().map(|(key, name)| {
                    let is_on = { let key = key.clone(); move || chosen.with(|c| c.contains(&key)) };
                    view! {
                        <li><label>
                            <input type="checkbox" prop:checked=is_on
                                on:change:target=move |e| on_toggle.run((key.clone(), e.target().checked())) />
                            {name}
                        </label></li>
                    }
                }).collect_view()}
            </ul>
        </fieldset>
    }
    .into_any()
}

/// Adds a key to a list in the order of another, or takes it out.
pub fn toggled<T: PartialEq + Clone>(
    list: &mut Vec<T>,
    order: impl Iterator<Item = T>,
    it: &T,
    on: bool,
) {
    let now = std::mem::take(list);
    *list = order.filter(|one| if one == it { on } else { now.contains(one) }).collect();
}

/// What is to be removed, once the reader has seen what goes with it, and what was removed last.
#[derive(Clone, Copy)]
pub struct Removing {
    asked: RwSignal<Option<(ThingId, String)>>,
    removed: RwSignal<Option<String>>,
    dialog: NodeRef<html::Dialog>,
}

impl Removing {
    /// Nothing is to be removed yet.
    pub fn new() -> Self {
        Self { asked: RwSignal::new(None), removed: RwSignal::new(None), dialog: NodeRef::new() }
    }

    /// Removes a thing; asks first where something goes with it.
    pub fn ask(self, session: Session, thing: ThingId, name: String) {
        let removal = session.plan.with_untracked(|p| p.removal(&thing));
        let Some(removal) = removal else { return };
        let alone = removal.things.len() == 1 && removal.changes.is_empty() && removal.numbers == 0;
        self.asked.set(Some((thing, name)));
        if alone {
            self.remove(session);
        } else if let Some(dialog) = self.dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    }

    fn remove(self, session: Session) {
        let Some((thing, name)) = self.asked.get_untracked() else { return };
        self.asked.set(None);
        session.dispatch(Command::Remove(thing));
        let done = session.refused.with_untracked(Option::is_none);
        self.removed.set(done.then_some(name));
    }
}

/// The question, and the line that says what is gone and how it comes back.
#[component]
pub fn RemovingDialog(removing: Removing) -> impl IntoView {
    let session = expect_context::<Session>();
    let lines = move || {
        let (w, lang) = (session.words(), session.lang());
        removing.asked.with(|asked| {
            let (thing, _) = asked.as_ref()?;
            session.plan.with(|p| {
                let removal = p.removal(thing)?;
                let mut lines: Vec<String> = Vec::new();
                let named = removal.things.iter().skip(1);
                lines.extend(named.map(|thing| names::thing(p, thing, lang)));
                lines.extend(removal.changes.iter().map(|(scenario, measure, path)| {
                    let scenario = p.scenarios.iter().find(|s| s.id == *scenario);
                    let measure =
                        scenario.and_then(|s| s.measures.iter().find(|m| m.id == *measure));
                    let title = measure.map_or("", |m| m.title.get(lang));
                    fill(w.goals.goes_change, &[title, &names::parameter(w, p, path, lang)])
                }));
                if removal.numbers > 0 {
                    lines.push(fill(w.goals.goes_numbers, &[&removal.numbers.to_string()]));
                }
                Some(lines)
            })
        })
    };
    let name = move || removing.asked.with(|a| a.as_ref().map(|a| a.1.clone()).unwrap_or_default());
    let removed = move || {
        let name = removing.removed.get()?;
        Some(view! {
            {fill(session.words().goals.removed, &[&name])}" "
            <button type="button" on:click=move |_| {
                session.undo();
                removing.removed.set(None);
            }>{session.t(|w| w.undo)}</button>
        })
    };
    view! {
        <p class="removed" role="status">{removed}</p>
        <dialog node_ref=removing.dialog aria-labelledby="removing" on:close=move |_| removing.asked.set(None)>
            <h2 id="removing">{Signal::derive(move || fill(session.words().remove_measure, &[&name()]))}</h2>
            <p>{session.t(|w| w.goals.goes_with_it)}</p>
            <ul class="report">
                {move || lines().into_iter().flatten().map(|line| view! { <li>{line}</li> }).collect_view()}
            </ul>
            <div class="row buttons">
                <button type="button" class="primary" on:click=move |_| {
                    removing.remove(session);
                    if let Some(dialog) = removing.dialog.get() {
                        dialog.close();
                    }
                }>{session.t(|w| w.goals.remove_all)}</button>
                <button type="button" on:click=move |_| {
                    if let Some(dialog) = removing.dialog.get() {
                        dialog.close();
                    }
                }>{session.t(|w| w.goals.cancel)}</button>
            </div>
        </dialog>
    }
}
