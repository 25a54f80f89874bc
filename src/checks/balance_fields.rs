//! Owns the fields of a rule on balance between schools: the stage, what is compared, how it is
//! judged, and what every school should have.

use super::rule_form::RuleForm;
use crate::session::Session;
use crate::targets::form::{Options, Writing, choice_field, number_field, several_field};
use leptos::prelude::*;
use shapan_engine::{BalanceResource, BalanceTest, MILLION, RuleKind, Stage, Unit};

/// The stage, what is compared, how it is judged, and what schools should have.
pub fn balance_fields(session: Session, it: RuleForm) -> AnyView {
    let stages = Signal::derive(move || {
        let w = session.words().goals;
        vec![
            ("primary".to_owned(), w.stage_primary.to_owned()),
            ("junior".to_owned(), w.stage_junior.to_owned()),
        ]
    });
    let stage = it.of(|r| {
        match &r.kind {
            RuleKind::Balance { stage: Stage::Junior, .. } => "junior",
            _ => "primary",
        }
        .to_owned()
    });
    let tests = Signal::derive(move || {
        let w = session.words().goals;
        vec![
            ("mean".to_owned(), w.balance_mean.to_owned()),
            ("each".to_owned(), w.balance_each.to_owned()),
        ]
    });
    let is_each = Memo::new(move |_| {
        it.of(|r| matches!(&r.kind, RuleKind::Balance { test: BalanceTest::Each { .. }, .. })).get()
    });
    let chosen = it.of(|r| match &r.kind {
        RuleKind::Balance { resources, .. } => {
            resources.iter().map(|r| r.resource.to_string()).collect()
        }
        _ => Vec::new(),
    });
    let resources = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let all = p.resources.iter();
            all.map(|r| (r.id.to_string(), r.name.get(lang).to_owned())).collect::<Options>()
        })
    });
    let toggle = Callback::new(move |(key, on): (String, bool)| {
        let plan = session.plan.get_untracked();
        it.update(|r| {
            let RuleKind::Balance { resources, .. } = &mut r.kind else { return };
            let now = std::mem::take(resources);
            let wanted = plan.resources.iter().filter(|r| {
                if r.id.as_str() == key { on } else { now.iter().any(|n| n.resource == r.id) }
            });
            let kept = wanted.map(|r| {
                let known = now.iter().find(|n| n.resource == r.id).cloned();
                known.unwrap_or(BalanceResource { resource: r.id.clone(), level: None })
            });
            *resources = kept.collect();
        });
    });
    let levels = move || is_each.get().then(|| levels(session, it, chosen));
    view! {
        <div class="pair">
            {choice_field(session.t(|w| w.goals.stage), stages, stage, Callback::new(move |chosen: String| it.update(|r| {
                if let RuleKind::Balance { stage, .. } = &mut r.kind {
                    *stage = if chosen == "junior" { Stage::Junior } else { Stage::Primary };
                }
            })))}
            {choice_field(session.t(|w| w.goals.judged_how), tests, Signal::derive(move || if is_each.get() { "each" } else { "mean" }.to_owned()), Callback::new(move |chosen: String| it.update(|r| {
                let RuleKind::Balance { test, resources, .. } = &mut r.kind else { return };
                let (BalanceTest::Mean { at_most } | BalanceTest::Each { at_most, .. }) = test.clone();
                *test = if chosen == "each" {
                    // What schools should have has to be said: nothing, until it is.
                    resources.iter_mut().for_each(|r| r.level = r.level.or(Some(0)));
                    let all = u8::try_from(resources.len()).unwrap_or(u8::MAX);
                    BalanceTest::Each { at_most, levels_met: all.saturating_sub(1) }
                } else {
                    BalanceTest::Mean { at_most }
                };
            })))}
        </div>
        {several_field(session.t(|w| w.goals.resources), resources, chosen, toggle)}
        {it.dated(session, session.t(|w| w.role_at_most), Unit::Rate, |r| match &mut r.kind {
            RuleKind::Balance { test: BalanceTest::Mean { at_most } | BalanceTest::Each { at_most, .. }, .. } => Some(at_most),
            _ => None,
        })}
        {levels}
    }
    .into_any()
}

/// What a school should have of each resource, and of how many.
fn levels(session: Session, it: RuleForm, chosen: Signal<Vec<String>>) -> AnyView {
    let ratio = Signal::derive(move || Writing {
        unit: Unit::Ratio,
        name: session.words().goals.per_pupil.to_owned(),
        bounds: 0..=1_000_000 * MILLION,
    });
    let count = Signal::derive(move || Writing {
        bounds: 0..=i64::try_from(chosen.with(Vec::len)).unwrap_or(0),
        ..Writing::of(session.words(), Unit::Count, "")
    });
    let required = it.of(|r| match &r.kind {
        RuleKind::Balance { test: BalanceTest::Each { levels_met, .. }, .. } => {
            Some(i64::from(*levels_met))
        }
        _ => None,
    });
    let level = move |key: String| {
        let id = StoredValue::new(key);
        let value = Signal::derive(move || {
            it.draft.with(|r| match r.as_ref().map(|r| &r.kind) {
                Some(RuleKind::Balance { resources, .. }) => id.with_value(|id| {
                    resources.iter().find(|r| r.resource.as_str() == id).and_then(|r| r.level)
                }),
                _ => None,
            })
        });
        let put = Callback::new(move |value: Option<i64>| {
            it.update(|r| {
                let RuleKind::Balance { resources, .. } = &mut r.kind else { return };
                let found =
                    id.with_value(|id| resources.iter_mut().find(|r| r.resource.as_str() == id));
                if let Some(found) = found {
                    found.level = value;
                }
            });
        });
        let label = Signal::derive(move || {
            let lang = session.lang();
            session
                .plan
                .with(|p| {
                    id.with_value(|id| {
                        p.resources
                            .iter()
                            .find(|r| r.id.as_str() == id)
                            .map(|r| r.name.get(lang).to_owned())
                    })
                })
                .unwrap_or_default()
        });
        number_field(session, it.form, label, ratio, (value, put), true)
    };
    view! {
        <div class="pair">
            {move || chosen.get().into_iter().map(level).collect_view()}
            {number_field(session, it.form, Signal::derive(move || session.words().goals.levels_required.to_owned()), count, (required, Callback::new(move |value: Option<i64>| it.update(|r| {
                if let RuleKind::Balance { test: BalanceTest::Each { levels_met, .. }, .. } = &mut r.kind {
                    *levels_met = value.and_then(|v| u8::try_from(v).ok()).unwrap_or(0);
                }
            }))), true)}
        </div>
    }
    .into_any()
}
