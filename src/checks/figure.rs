//! Owns the fields of the spending figure that rules on growth compare: which spending, divided
//! by what, what it was before the first year, and the revenue it must outgrow.

use super::rule_form::{NATURES, RuleForm, accounts, all_accounts, keys, natures, switch};
use crate::session::Session;
use crate::targets::form::{Options, choice_field, several_field, text_field, toggled};
use leptos::prelude::*;
use shapan_engine::{Figure, Indexed, Per, Rule, RuleKind, Unit};

fn figure(rule: &Rule) -> Option<&Figure> {
    match &rule.kind {
        RuleKind::Growth { of, .. } | RuleKind::NeverDecrease { of } => Some(of),
        _ => None,
    }
}

fn figure_mut(rule: &mut Rule) -> Option<&mut Figure> {
    match &mut rule.kind {
        RuleKind::Growth { of, .. } | RuleKind::NeverDecrease { of } => Some(of),
        _ => None,
    }
}

/// The fields of the figure; `grows`: it may be compared with a revenue's growth.
pub fn figure_fields(session: Session, it: RuleForm, grows: bool) -> AnyView {
    let update = move |change: &dyn Fn(&mut Figure)| {
        it.update(|rule| {
            if let Some(of) = figure_mut(rule) {
                change(of);
            }
        });
    };
    let pers = Signal::derive(move || {
        let w = session.words().goals;
        let populations = session.plan.with(|p| !p.populations.is_empty());
        let pupil = populations.then(|| ("pupil".to_owned(), w.per_pupils.to_owned()));
        let whole = ("whole".to_owned(), w.per_whole.to_owned());
        let post = ("post".to_owned(), w.per_posts.to_owned());
        [Some(whole), pupil, Some(post)].into_iter().flatten().collect::<Options>()
    });
    let per = it.of(|r| {
        match figure(r).map(|f| &f.per) {
            Some(Per::Pupil(_)) => "pupil",
            Some(Per::Post) => "post",
            _ => "whole",
        }
        .to_owned()
    });
    let by_pupil = Memo::new(move |_| per.get() == "pupil");
    let chosen_natures =
        it.of(|r| figure(r).map(|f| keys(&NATURES, &f.natures)).unwrap_or_default());
    let chosen_accounts =
        it.of(|r| figure(r).map(|f| keys(all_accounts(), &f.accounts)).unwrap_or_default());
    let tags = it.of(|r| figure(r).map(|f| f.tags.join(" ")).unwrap_or_default());
    let populations = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let all = p.populations.iter();
            all.map(|p| (p.id.to_string(), p.name.get(lang).to_owned())).collect::<Options>()
        })
    });
    let pupils = it.of(|r| match figure(r).map(|f| &f.per) {
        Some(Per::Pupil(some)) => some.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    });
    let toggle_pupils = Callback::new(move |(key, on): (String, bool)| {
        let Ok(key) = key.parse() else { return };
        let plan = session.plan.get_untracked();
        update(&|f| {
            if let Per::Pupil(some) = &mut f.per {
                toggled(some, plan.populations.iter().map(|p| p.id.clone()), &key, on);
            }
        });
    });
    view! {
        {choice_field(session.t(|w| w.goals.divided_by), pers, per, Callback::new(move |chosen: String| {
            let first = session.plan.with_untracked(|p| p.populations.first().map(|p| p.id.clone()));
            update(&|f| f.per = match (chosen.as_str(), &first) {
                ("pupil", Some(first)) => Per::Pupil(vec![first.clone()]),
                ("post", _) => Per::Post,
                _ => Per::Whole,
            });
        }))}
        {move || by_pupil.get().then(|| several_field(session.t(|w| w.goals.pupils_of), populations, pupils, toggle_pupils))}
        {several_field(session.t(|w| w.goals.only_natures), natures(session), chosen_natures, Callback::new(move |(key, on): (String, bool)| {
            update(&|f| switch(&mut f.natures, &NATURES, &key, on));
        }))}
        {several_field(session.t(|w| w.goals.only_accounts), accounts(session), chosen_accounts, Callback::new(move |(key, on): (String, bool)| {
            update(&|f| switch(&mut f.accounts, all_accounts(), &key, on));
        }))}
        {text_field(session.t(|w| w.goals.only_tags), tags, Callback::new(move |typed: String| {
            update(&|f| f.tags = typed.split_whitespace().map(Into::into).collect());
        }))}
        {it.dated(session, session.t(|w| w.role_before), Unit::Fen, |r| figure_mut(r).map(|f| f.before.get_or_insert_default()))}
        {grows.then(|| than(session, it))}
    }
    .into_any()
}

/// The revenue it must outgrow, if any.
fn than(session: Session, it: RuleForm) -> AnyView {
    let options = Signal::derive(move || {
        let w = session.words().goals;
        vec![
            ("last".to_owned(), w.than_last.to_owned()),
            ("revenue".to_owned(), w.than_revenue.to_owned()),
        ]
    });
    let is_revenue = Memo::new(move |_| {
        it.of(|r| matches!(&r.kind, RuleKind::Growth { than: Some(_), .. })).get()
    });
    let now = Signal::derive(move || if is_revenue.get() { "revenue" } else { "last" }.to_owned());
    let revenue = move || {
        is_revenue.get().then(|| view! {
            {it.dated(session, session.t(|w| w.role_recurrent_revenue), Unit::Fen, |r| match &mut r.kind {
                RuleKind::Growth { than: Some(than), .. } => Some(&mut than.value),
                _ => None,
            })}
            {it.dated(session, session.t(|w| w.role_recurrent_growth), Unit::Growth, |r| match &mut r.kind {
                RuleKind::Growth { than: Some(than), .. } => Some(than.indexation.get_or_insert_default()),
                _ => None,
            })}
        })
    };
    view! {
        {choice_field(session.t(|w| w.goals.grows_than), options, now, Callback::new(move |chosen: String| it.update(|r| {
            if let RuleKind::Growth { than, .. } = &mut r.kind {
                *than = (chosen == "revenue").then(Indexed::default);
            }
        })))}
        {revenue}
    }
    .into_any()
}
