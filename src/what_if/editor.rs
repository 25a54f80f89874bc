//! Owns the editor of one measure: title, reason, and for each group of its changes the
//! parameters, the operation, the value by lever and by typing, dates and regions.

use super::changes::{Group, edited, groups, still_hold, with_parameter, without};
use super::lever::{Lever, before_and_after, from_to};
use super::stack::is_locked;
use crate::names;
use crate::parts::{Choice, Segments};
use crate::scenarios::LockedWords;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{
    BasisKind, Change, ChangeValue, Command, MILLION, Measure, MeasureId, Operation, ParamPath,
    RegionId, ScenarioId, Semester, Text,
};

/// The measure being edited.
pub fn measure(session: Session) -> Option<Measure> {
    session.plan.with(|p| {
        session.look.with(|l| {
            let scenario = p.scenarios.iter().find(|s| s.id == l.scenario)?;
            scenario.measures.iter().find(|m| Some(&m.id) == l.measure.as_ref()).cloned()
        })
    })
}

/// Puts an edited measure in the place of the one being edited.
pub fn put(session: Session, measure: Measure, live: bool) {
    let scenario = session.look.with_untracked(|l| l.scenario.clone());
    let command = Command::PutMeasure { scenario, measure: Box::new(measure) };
    if live { session.dispatch_live(command) } else { session.dispatch(command) }
}

/// A measure as it was opened, and the groups its levers move.
type Opened = Option<((ScenarioId, MeasureId, Vec<ParamPath>), Vec<Group>)>;

#[component]
pub fn Editor(
    /// For what a parameter is called and rests on, which no lever moves.
    calm: Session,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let is_locked = is_locked(session);
    let edited_measure = Memo::new(move |_| measure(session));
    let id = Memo::new(move |_| edited_measure.with(|m| m.as_ref().map(|m| m.id.clone())));
    // Which changes move together is decided when a measure is opened or its parameters
    // change, not while a lever passes another's value.
    let group_list = Memo::new(move |before: Option<&Opened>| {
        let m = edited_measure.get()?;
        let scenario = session.look.with(|l| l.scenario.clone());
        let paths = m.changes.iter().map(|c| c.path.clone()).collect::<Vec<_>>();
        let opened = (scenario, m.id.clone(), paths);
        match before.cloned().flatten() {
            Some((same, before)) if same == opened && still_hold(&m, &before) => {
                Some((same, before))
            }
            _ => Some((opened, groups(&m))),
        }
    });
    let first_group = Signal::derive(move || {
        group_list.with(|g| g.as_ref().and_then(|(_, groups)| groups.first().cloned()))
    });
    let keyed_groups = move || {
        let (opened, groups) = group_list.get().unzip();
        groups.into_iter().flatten().map(|group| (opened.clone(), group)).collect::<Vec<_>>()
    };
    view! {
        <section class="editor" aria-labelledby="editor-title">
            <header class="card-head">
                <h2 id="editor-title">{session.t(|w| w.edit_measure)}</h2>
            </header>
            <Show when=move || id.with(Option::is_some) fallback=move || view! {
                <p class="card empty">{session.t(|w| w.choose_a_measure)}</p>
            }>
                <LockedWords id=Signal::derive(move || session.look.with(|l| l.scenario.clone())) />
                <fieldset class="card" disabled=move || is_locked.get()>
                    <TitleAndReason />
                    <For each=keyed_groups key=Clone::clone let((_, group))>
                        <ChangeGroup group calm />
                    </For>
                    <AddParameter group=first_group calm />
                </fieldset>
            </Show>
            <super::base_story::WhyAllOnTheCounties />
        </section>
    }
}

#[component]
fn TitleAndReason() -> impl IntoView {
    let session = expect_context::<Session>();
    let text = move |of: fn(&Measure) -> Option<&Text>| {
        let lang = session.lang();
        measure(session).and_then(|m| of(&m).map(|t| t.get(lang).to_owned())).unwrap_or_default()
    };
    view! {
        <label class="field">
            <span>{session.t(|w| w.measure_title)}</span>
            <input type="text" maxlength="200" prop:value=move || text(|m| Some(&m.title))
                on:change:target=move |e| {
                    if let Some(mut m) = measure(session) {
                        session.retype(&mut m.title, &e.target().value());
                        put(session, m, false);
                    }
                    e.target().set_value(&untrack(|| text(|m| Some(&m.title))));
                } />
        </label>
        <label class="field">
            <span>{session.t(|w| w.reason)}</span>
            <textarea rows="2" maxlength="2000" placeholder=session.t(|w| w.reason_hint)
                prop:value=move || text(|m| m.reason.as_ref())
                on:change:target=move |e| {
                    if let Some(m) = measure(session) {
                        let reason = session.retyped(m.reason.as_ref(), &e.target().value());
                        put(session, Measure { reason, ..m }, false);
                    }
                }></textarea>
        </label>
    }
}

/// Finds any parameter of the plan by name and adds it to the measure.
#[component]
fn AddParameter(group: Signal<Option<Group>>, calm: Session) -> impl IntoView {
    let session = expect_context::<Session>();
    let all = Memo::new(move |_| {
        let (w, lang) = (session.words(), session.lang());
        calm.plan.with(|p| {
            let all = p.registry().into_iter();
            all.map(|r| (names::parameter(w, p, &r.path, lang), r.path)).collect::<Vec<_>>()
        })
    });
    let unknown = RwSignal::new(false);
    let add = move |typed: &str| {
        let found = all.with_untracked(|all| {
            let wanted = typed.to_lowercase();
            let holds = |name: &str| name.to_lowercase().contains(&wanted);
            let mut holding = all.iter().filter(|(name, _)| holds(name));
            let exact = all.iter().find(|(name, _)| name == typed);
            // A part of the name will do where only one parameter has it.
            let only = holding.next().filter(|_| holding.next().is_none());
            exact.or(only).map(|(_, path)| path.clone())
        });
        unknown.set(found.is_none() && !typed.is_empty());
        let (Some(path), Some(m)) = (found, measure(session)) else { return false };
        let from = session.plan.with_untracked(|p| p.horizon.first().spring());
        put(session, with_parameter(&m, group.get_untracked().as_ref(), path, from), false);
        true
    };
    view! {
        <label class="field">
            <span>{session.t(|w| w.add_parameter)}</span>
            <input type="search" list="parameters" autocomplete="off"
                placeholder=session.t(|w| w.find_parameter)
                aria-invalid=move || unknown.get().then_some("true")
                on:change:target=move |e| {
                    if add(e.target().value().trim()) {
                        e.target().set_value("");
                    }
                } />
        </label>
        <datalist id="parameters">
            <For each=move || all.get() key=Clone::clone let((name, _))>
                <option value=name></option>
            </For>
        </datalist>
        <Show when=move || unknown.get()>
            <p class="field-error" role="alert">{session.t(|w| w.no_such_parameter)}</p>
        </Show>
    }
}

#[component]
fn ChangeGroup(group: Group, calm: Session) -> impl IntoView {
    let session = expect_context::<Session>();
    let first = group[0];
    let group = StoredValue::new(group);
    let change = Memo::new(move |_| measure(session).and_then(|m| m.changes.get(first).cloned()));
    let edit = move |with: &dyn Fn(&mut Change)| {
        if let Some(m) = measure(session) {
            put(session, edited(&m, &group.get_value(), with), false);
        }
    };
    let semesters = move |none: Option<&'static str>| {
        let w = session.words();
        let mut options: Vec<_> = none.map(|n| (String::new(), n.to_owned())).into_iter().collect();
        session.plan.with(|p| {
            options.extend(p.horizon.semesters().map(|s| (s.to_string(), names::semester(w, s))));
        });
        options
    };
    let operation = move || change.with(|c| c.as_ref().map(|c| c.operation));
    view! {
        <fieldset class="change">
            <legend>{session.t(|w| w.parameter)}</legend>
            <ul class="parameters">
                {group.with_value(|g| g.iter().map(|n| view! { <ParameterRow place=*n calm /> }).collect_view())}
            </ul>
            <Segments
                label=session.t(|w| w.operation)
                options=Signal::derive(move || {
                    let w = session.words();
                    vec![
                        ("set".to_owned(), w.op_set.to_owned()),
                        ("add".to_owned(), w.op_add.to_owned()),
                        ("scale".to_owned(), w.op_scale.to_owned()),
                    ]
                })
                value=Signal::derive(move || match operation() {
                    Some(Operation::Set) | None => "set",
                    Some(Operation::Add) => "add",
                    Some(Operation::Scale) => "scale",
                }.to_owned())
                on_choose=Callback::new(move |chosen: String| {
                    let operation = match chosen.as_str() {
                        "set" => Operation::Set,
                        "add" => Operation::Add,
                        _ => Operation::Scale,
                    };
                    edit(&|c| {
                        // Values by region stay what they are; one lever cannot tell them apart.
                        if c.operation == operation || !matches!(c.value, ChangeValue::One(_)) {
                            return;
                        }
                        // Starts where nothing changes.
                        let in_force = before_and_after(session, c).map_or(0, |(before, _)| before.1);
                        c.value = ChangeValue::One(match operation {
                            Operation::Set => in_force,
                            Operation::Add => 0,
                            Operation::Scale => MILLION,
                        });
                        c.operation = operation;
                    });
                })
            />
            <Lever group />
            <div class="row">
                <Choice
                    label=session.t(|w| w.from)
                    options=Signal::derive(move || semesters(None))
                    value=Signal::derive(move || change.with(|c| c.as_ref().map(|c| c.from.to_string())).unwrap_or_default())
                    on_choose=Callback::new(move |s: String| {
                        if let Ok(from) = s.parse::<Semester>() {
                            edit(&|c| {
                                c.from = from;
                                c.until = c.until.filter(|until| *until >= from);
                            });
                        }
                    })
                />
                <Choice
                    label=session.t(|w| w.until)
                    options=Signal::derive(move || semesters(Some(session.words().for_good)))
                    value=Signal::derive(move || change.with(|c| {
                        c.as_ref().and_then(|c| c.until).map(|s| s.to_string())
                    }).unwrap_or_default())
                    on_choose=Callback::new(move |s: String| {
                        let until = s.parse::<Semester>().ok();
                        edit(&|c| c.until = until);
                    })
                />
            </div>
            <RegionsField change edit=Callback::new(move |regions: Option<Vec<RegionId>>| {
                edit(&|c| c.regions.clone_from(&regions));
            }) />
        </fieldset>
    }
}

/// One parameter of a group: its name, what it rests on, and how it moves.
#[component]
fn ParameterRow(place: usize, calm: Session) -> impl IntoView {
    let session = expect_context::<Session>();
    let change = Memo::new(move |_| measure(session).and_then(|m| m.changes.get(place).cloned()));
    let path = Memo::new(move |_| change.with(|c| c.as_ref().map(|c| c.path.clone())));
    let name = Memo::new(move |_| {
        let (w, lang) = (session.words(), session.lang());
        path.with(|path| {
            calm.plan.with(|p| path.as_ref().map(|path| names::parameter(w, p, path, lang)))
        })
        .unwrap_or_default()
    });
    let basis = Memo::new(move |_| {
        let (w, lang) = (session.words(), session.lang());
        calm.plan.with(|p| {
            path.with(|path| {
                let parameter = p.parameters().find(|(known, _)| Some(known) == path.as_ref())?.1;
                Some((parameter.basis.kind, names::basis(w, p, &parameter.basis, lang)))
            })
        })
    });
    let mark = move || {
        basis.get().map(|(kind, source)| {
        let class = if kind == BasisKind::Illustrative { "mark" } else { "mark plain" };
        view! { <span class=class title=source>{names::basis_kind(session.words(), kind)}</span> }
    })
    };
    view! {
        <li>
            <span>{name}" "{mark}</span>
            <b>{move || change.with(|c| c.as_ref().map(|c| from_to(session, c)))}</b>
            <button type="button" class="icon"
                aria-label=move || fill(session.words().remove_parameter, &[&name.get()])
                on:click=move |_| {
                    if let Some(m) = measure(session) {
                        put(session, without(&m, place), false);
                    }
                }>"×"</button>
        </li>
    }
}

/// All regions, or some of them.
#[component]
fn RegionsField(
    change: Memo<Option<Change>>,
    edit: Callback<Option<Vec<RegionId>>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let all = move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let each = p.regions.iter();
            each.map(|r| (r.id.clone(), r.name.get(lang).to_owned())).collect::<Vec<_>>()
        })
    };
    let chosen = move || change.with(|c| c.as_ref().and_then(|c| c.regions.clone()));
    let summary = move || match chosen() {
        None => session.words().all_regions.to_owned(),
        Some(some) => fill(session.words().n_regions, &[&some.len().to_string()]),
    };
    let toggle = move |id: &RegionId, on: bool| {
        let every: Vec<RegionId> =
            session.plan.with(|p| p.regions.iter().map(|r| r.id.clone()).collect());
        let now = chosen().unwrap_or_else(|| every.clone());
        let kept: Vec<_> =
            every.iter().filter(|r| if *r == id { on } else { now.contains(r) }).cloned().collect();
        edit.run(if kept.len() == every.len() { None } else { Some(kept) });
    };
    view! {
        <details class="field regions-field">
            <summary><span>{session.t(|w| w.regions)}</span>{summary}</summary>
            <ul>
                <For each=all key=Clone::clone let((id, name))>
                    {
                        let is_on = { let id = id.clone(); move || chosen().is_none_or(|some| some.contains(&id)) };
                        view! {
                            <li><label>
                                <input type="checkbox" prop:checked=is_on
                                    on:change:target=move |e| toggle(&id, e.target().checked()) />
                                {name}
                            </label></li>
                        }
                    }
                </For>
            </ul>
        </details>
    }
}
