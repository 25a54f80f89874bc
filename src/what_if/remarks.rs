//! Owns what is to be said of a measure beside its cost: whose value it conflicts with, and why
//! it changes nothing.

use crate::names;
use crate::session::{Impact, Session};
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{
    Conflict, Lang, MeasureId, Plan, ReadIn, Reason, ScenarioId, Semester, Silence, conflicts,
    no_effect_in,
};
use std::collections::HashMap;

/// What is to be said of each measure of the scenario looked at.
pub type Remarks = HashMap<MeasureId, Vec<String>>;

/// Recomputed with the scenario's own impact.
pub fn remarks(session: Session) -> Memo<Remarks> {
    Memo::new(move |_| {
        let (w, lang) = (session.words(), session.lang());
        session.own.with(|own| own.get().map(|own| of(w, own, lang)).unwrap_or_default())
    })
}

fn of(w: &Words, own: &Impact, lang: Lang) -> Remarks {
    let (plan, scenario) = (&*own.plan, &own.scenario_id);
    let mut remarks = Remarks::new();
    for found in conflicts(plan, scenario).unwrap_or_default() {
        if found.winner.0 == *scenario {
            let said = conflict(w, plan, &found, lang);
            remarks.entry(found.winner.1.clone()).or_default().push(said);
        }
    }
    // Only what adds nothing on top of the others is asked why: a move of the lever waits.
    for (place, contribution) in own.attribution.contributions().iter().enumerate() {
        if contribution.is_dropped || !own.attribution.step(place).is_zero() {
            continue;
        }
        let measure = (&contribution.scenario, &contribution.measure.id);
        let silences = no_effect_in(plan, scenario, measure, own.scenario()).ok().flatten();
        for silence in silences.into_iter().flatten() {
            let said = silent(w, plan, &contribution.measure, &silence, lang);
            remarks.entry(contribution.measure.id.clone()).or_default().push(said);
        }
    }
    remarks
}

fn title(plan: &Plan, (scenario, measure): &(ScenarioId, MeasureId), lang: Lang) -> String {
    let scenario = plan.scenarios.iter().find(|s| s.id == *scenario);
    let found = scenario.and_then(|s| s.measures.iter().find(|m| m.id == *measure));
    found.map_or_else(|| measure.to_string(), |m| m.title.get(lang).to_owned())
}

fn conflict(w: &Words, plan: &Plan, conflict: &Conflict, lang: Lang) -> String {
    let when = match conflict.until {
        None => fill(w.effects.from_on, &[&names::semester(w, conflict.from)]),
        Some(until) => fill(
            w.effects.from_until,
            &[&names::semester(w, conflict.from), &names::semester(w, until)],
        ),
    };
    let parameter = names::parameter(w, plan, &conflict.path, lang);
    let (other, winner) =
        (title(plan, &conflict.overridden, lang), title(plan, &conflict.winner, lang));
    let said = if conflict.agree { w.effects.conflict_agree } else { w.effects.conflict };
    fill(said, &[&other, &parameter, &when, &winner])
}

fn silent(
    w: &Words,
    plan: &Plan,
    measure: &shapan_engine::Measure,
    silence: &Silence,
    lang: Lang,
) -> String {
    let change = measure.changes.get(silence.change);
    let mut why = reason(w, plan, change.map(|c| &c.path), &silence.reason, lang);
    // With several changes, which of them is meant.
    if let Some(change) = change.filter(|_| measure.changes.len() > 1) {
        let parameter = names::parameter(w, plan, &change.path, lang);
        why = fill(w.effects.no_effect_of, &[&parameter, &why]);
    }
    fill(w.effects.no_effect, &[&why])
}

fn reason(
    w: &Words,
    plan: &Plan,
    path: Option<&shapan_engine::ParamPath>,
    reason: &Reason,
    lang: Lang,
) -> String {
    let e = w.effects;
    let semester = |semester: &Semester| names::semester(w, *semester);
    match reason {
        Reason::NoChanges => w.no_changes_yet.to_owned(),
        Reason::SwitchedOff => w.switched_off.to_owned(),
        Reason::NotInForce { starts } => fill(e.not_in_force, &[&semester(starts)]),
        Reason::Over { ended } => fill(e.over, &[&semester(ended)]),
        Reason::Elsewhere => e.elsewhere.to_owned(),
        Reason::AlreadyThere { least, most } => {
            let value = |value: &i64| {
                path.map(|path| names::value(w, plan, path, lang, *value)).unwrap_or_default()
            };
            let shown = match least == most {
                true => value(least),
                false => format!("{}–{}", value(least), value(most)),
            };
            fill(e.already_there, &[&shown])
        }
        Reason::Overridden { by } => fill(e.overridden, &[&title(plan, by, lang)]),
        Reason::Balanced => e.balanced.to_owned(),
        Reason::NoRecipients => e.no_recipients.to_owned(),
        Reason::TimesNothing { by } => {
            fill(e.times_nothing, &[&names::parameter(w, plan, by, lang)])
        }
        Reason::NotRead { reading: ReadIn::Never } => e.never_read.to_owned(),
        Reason::NotRead { reading } => fill(e.not_read, &[&read_in(w, reading)]),
        Reason::Restated { number } => {
            fill(e.restated, &[&names::parameter(w, plan, number, lang)])
        }
        Reason::PaidOutside => e.paid_outside.to_owned(),
        Reason::BaseNotReached => e.base_not_reached.to_owned(),
        Reason::FloorNotReached => e.floor_not_reached.to_owned(),
        Reason::NothingShared => e.nothing_shared.to_owned(),
        Reason::Rounded => e.rounded.to_owned(),
    }
}

fn read_in(w: &Words, when: &ReadIn) -> String {
    let between = |words, from: &Semester, until: &Semester| {
        fill(words, &[&names::semester(w, *from), &names::semester(w, *until)])
    };
    match when {
        ReadIn::Never => String::new(),
        ReadIn::Once(semester) => names::semester(w, *semester),
        ReadIn::Springs { from, until } => between(w.effects.springs, from, until),
        ReadIn::Autumns { from, until } => between(w.effects.autumns, from, until),
        ReadIn::Semesters { from, until } => between(w.effects.from_until, from, until),
    }
}
