//! Owns the fields of a number and of where it comes from, within a draft: steps of a dated
//! value, for the whole city and for single regions, and a basis with its citation.
//!
//! Invariant: steps stand in order of time, for a step that would start where another does is
//! put in its place. Deliberately absent: numbers of the plan that are not part of a draft.

use super::form::{Form, Writing, choice_field, number_field, text_field};
use crate::names;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{
    Basis, BasisKind, Citation, CitationId, Command, Extra, Parameter, RegionId, Semester, Step,
    fresh_id,
};

/// A parameter of a draft.
#[derive(Clone, Copy)]
pub struct Dated {
    /// The form it stands in.
    pub form: Form,
    /// What it is.
    pub label: Signal<&'static str>,
    /// How its values are written.
    pub writing: Signal<Writing>,
    /// As it stands in the draft.
    pub value: Signal<Parameter>,
    /// Told what it becomes.
    pub on_change: Callback<Parameter>,
    /// Whether regions may have values of their own.
    pub by_region: Signal<bool>,
}

impl Dated {
    fn steps(self, region: Option<&RegionId>) -> Vec<Step> {
        self.value.with(|p| match region {
            None => p.steps.clone(),
            Some(region) => p.by_region.get(region).cloned().unwrap_or_default(),
        })
    }

    fn put(self, region: Option<&RegionId>, steps: Vec<Step>) {
        let mut parameter = self.value.get_untracked();
        match region {
            None => parameter.steps = steps,
            Some(region) if steps.is_empty() => {
                parameter.by_region.remove(region);
            }
            Some(region) => {
                parameter.by_region.insert(region.clone(), steps);
            }
        }
        self.on_change.run(parameter);
    }

    fn put_step(self, region: Option<&RegionId>, without: Option<Semester>, step: Step) {
        let mut steps = untrack(|| self.steps(region));
        steps.retain(|s| Some(s.from) != without && s.from != step.from);
        let place = steps.partition_point(|s| s.from < step.from);
        steps.insert(place, step);
        self.put(region, steps);
    }
}

/// The steps of a parameter, and of regions with their own where it may have them.
pub fn parameter_field(session: Session, dated: Dated) -> AnyView {
    let regions = move || {
        let lang = session.lang();
        dated.by_region.get().then(|| {
            let all = session.plan.with(|p| {
                let each = p.regions.iter();
                each.map(|r| (r.id.clone(), r.name.get(lang).to_owned())).collect::<Vec<_>>()
            });
            let own = dated.value.with_untracked(|p| !p.by_region.is_empty());
            view! {
                <details class="own-values" open=own>
                    <summary>{session.t(|w| w.goals.by_region)}</summary>
                    {all.into_iter().map(|(id, name)| rows(session, dated, Some(id), name)).collect_view()}
                </details>
            }
        })
    };
    let whole = move || {
        let lang = session.lang();
        session.plan.with(|p| p.place.get(lang).to_owned())
    };
    view! {
        <fieldset class="dated-value">
            <legend>{dated.label}" "{move || dated.writing.with(|w| in_brackets(&w.name))}</legend>
            {move || rows(session, dated, None, whole())}
            {regions}
        </fieldset>
    }
    .into_any()
}

/// A unit as it stands behind what it is the unit of.
fn in_brackets(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!("({unit})") }
}

/// The steps of a region, or of all without their own.
fn rows(session: Session, dated: Dated, region: Option<RegionId>, name: String) -> AnyView {
    let region = StoredValue::new(region);
    let starts = Memo::new(move |_| {
        let steps = region.with_value(|r| dated.steps(r.as_ref()));
        steps.iter().map(|s| s.from).collect::<Vec<_>>()
    });
    let semesters = move |own: Semester| {
        let w = session.words();
        session.plan.with(|p| {
            let mut all: Vec<Semester> = p.horizon.semesters().collect();
            if !all.contains(&own) {
                all.insert(0, own);
            }
            all.into_iter().map(|s| (s.to_string(), names::semester(w, s))).collect()
        })
    };
    let value_at = move |from: Semester| {
        let steps = region.with_value(|r| dated.steps(r.as_ref()));
        steps.iter().find(|s| s.from == from).map(|s| s.value)
    };
    let called = StoredValue::new(name.clone());
    let row = move |from: Semester| {
        let put = move |without, step| {
            region.with_value(|r| dated.put_step(r.as_ref(), without, step));
        };
        let label = Signal::derive(move || {
            [dated.label.get(), &called.get_value(), &names::semester(session.words(), from)]
                .join(" · ")
        });
        let value = Signal::derive(move || value_at(from));
        let typed = Callback::new(move |value: Option<i64>| {
            if let Some(value) = value {
                put(None, Step { from, value });
            }
        });
        view! {
            <li>
                {choice_field(
                    session.t(|w| w.from),
                    Signal::derive(move || semesters(from)),
                    Signal::derive(move || from.to_string()),
                    Callback::new(move |chosen: String| {
                        if let (Ok(to), Some(value)) = (chosen.parse(), untrack(|| value_at(from))) {
                            put(Some(from), Step { from: to, value });
                        }
                    }),
                )}
                {number_field(session, dated.form, label, dated.writing, (value, typed), true)}
                <button type="button" class="icon"
                    aria-label=move || fill(session.words().remove_measure, &[&label.get()])
                    on:click=move |_| {
                        let mut steps = untrack(|| region.with_value(|r| dated.steps(r.as_ref())));
                        steps.retain(|s| s.from != from);
                        region.with_value(|r| dated.put(r.as_ref(), steps));
                    }>"×"</button>
            </li>
        }
    };
    let add = move |_| {
        let steps = untrack(|| region.with_value(|r| dated.steps(r.as_ref())));
        let free = session.plan.with_untracked(|p| {
            let later = |s: &Semester| steps.last().is_none_or(|last| *s > last.from);
            let start = steps.is_empty().then(|| p.horizon.start());
            start.or_else(|| p.horizon.semesters().find(later))
        });
        let least = dated.writing.with_untracked(|w| *w.bounds.start()).max(0);
        let value = steps.last().map_or(least, |s| s.value);
        if let Some(from) = free {
            region.with_value(|r| dated.put_step(r.as_ref(), None, Step { from, value }));
        }
    };
    let label = {
        let name = name.clone();
        move || fill(session.words().goals.add_value, &[&name])
    };
    view! {
        <div class="steps">
            <span class="of">{name}</span>
            <ul>
                <For each=move || starts.get() key=|s| *s let(from)>{row(from)}</For>
            </ul>
            <button type="button" class="quiet" aria-label=label on:click=add>"+ "{session.t(|w| w.goals.value)}</button>
        </div>
    }
    .into_any()
}

/// What a draft says of where it comes from, and a citation that is still to be added.
#[derive(Clone, Copy)]
pub struct Sourced {
    /// As it stands in the draft.
    pub value: Signal<Basis>,
    /// Told what it becomes.
    pub on_change: Callback<Basis>,
    /// The title of a citation the plan does not have yet.
    pub new: RwSignal<String>,
}

impl Sourced {
    /// The command that adds the new citation, if one was typed, and the basis that names it.
    pub fn finish(self, session: Session) -> (Option<Command>, Basis) {
        let mut basis = self.value.get_untracked();
        let Some(title) = session.typed(&self.new.get_untracked()) else { return (None, basis) };
        let plan = session.plan.get_untracked();
        let taken = |id: &CitationId| plan.citations.iter().any(|c| c.id == *id);
        let Some(id) = fresh_id("citation", taken) else { return (None, basis) };
        basis.citation = Some(id.clone());
        let citation = Citation { id, title, extra: Extra::default() };
        (Some(Command::Put(citation.into())), basis)
    }
}

/// Where something comes from.
pub fn basis_field(session: Session, sourced: Sourced) -> AnyView {
    const KINDS: [BasisKind; 5] = [
        BasisKind::Stated,
        BasisKind::Published,
        BasisKind::Derived,
        BasisKind::Entered,
        BasisKind::Illustrative,
    ];
    let place = |kind| KINDS.iter().position(|k| *k == kind).unwrap_or_default().to_string();
    let kinds = move || {
        let w = session.words();
        KINDS.iter().map(|k| (place(*k), names::basis_kind(w, *k).to_owned())).collect()
    };
    let edit = move |with: &dyn Fn(&mut Basis)| {
        let mut basis = sourced.value.get_untracked();
        with(&mut basis);
        sourced.on_change.run(basis);
    };
    let citations = move || {
        let (w, lang) = (session.words(), session.lang());
        let none = (String::new(), w.goals.none.to_owned());
        session.plan.with(|p| {
            let all = p.citations.iter();
            let all = all.map(|c| (c.id.to_string(), c.title.get(lang).to_owned()));
            std::iter::once(none).chain(all).collect::<Vec<_>>()
        })
    };
    let cited = move || {
        sourced.value.with(|b| b.citation.as_ref().map(ToString::to_string).unwrap_or_default())
    };
    let note = move || {
        let lang = session.lang();
        sourced.value.with(|b| b.note.as_ref().map(|n| n.get(lang).to_owned()).unwrap_or_default())
    };
    view! {
        <fieldset class="basis-fields">
            <legend>{session.t(|w| w.why.why)}</legend>
            {choice_field(
                session.t(|w| w.goals.basis_kind),
                Signal::derive(kinds),
                Signal::derive(move || place(sourced.value.with(|b| b.kind))),
                Callback::new(move |chosen: String| {
                    let kind = chosen.parse::<usize>().ok().and_then(|n| KINDS.get(n));
                    if let Some(kind) = kind {
                        edit(&|basis| basis.kind = *kind);
                    }
                }),
            )}
            {choice_field(
                session.t(|w| w.goals.citation),
                Signal::derive(citations),
                Signal::derive(cited),
                Callback::new(move |chosen: String| edit(&|basis| basis.citation = chosen.parse().ok())),
            )}
            {text_field(
                session.t(|w| w.goals.new_citation),
                sourced.new.into(),
                Callback::new(move |typed| sourced.new.set(typed)),
            )}
            {text_field(
                session.t(|w| w.goals.note),
                Signal::derive(note),
                Callback::new(move |typed: String| {
                    edit(&|basis| basis.note = session.retyped(basis.note.as_ref(), &typed));
                }),
            )}
        </fieldset>
    }
    .into_any()
}
