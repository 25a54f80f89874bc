//! Owns the form of one rule: of which kind it is, what it tests, where, against what, and on
//! what it rests.
//!
//! Invariant: a rule whose kind is chosen anew starts from things the plan has; what is missing
//! for a kind is said by the engine when it is saved. The figure that growth rules compare is
//! in `figure`.

use super::balance_fields::balance_fields;
use super::figure::figure_fields;
use crate::session::Session;
use crate::targets::form::{
    Form, FormDialog, Options, Writing, choice_field, several_field, text_field, text_field_among,
    toggled,
};
use crate::targets::parameter::{Dated, Sourced, basis_field, parameter_field};
use leptos::prelude::*;
use shapan_engine::{
    Account, BalanceResource, BalanceTest, Basis, Command, Extra, Figure, Indexed, MILLION, Nature,
    Parameter, Plan, Rule, RuleId, RuleKind, Scope, Stage, Thing, Unit, fresh_id,
};

/// The kinds, by the key of each.
const KINDS: [&str; 8] =
    ["earmark", "share", "growth", "never", "envelope", "use", "target", "balance"];

const ACCOUNTS: [Account; 6] = [
    Account::GeneralBudget,
    Account::EducationSurcharge,
    Account::LocalEducationSurcharge,
    Account::LandIncome,
    Account::SpecialTransfer,
    Account::Other,
];

pub const NATURES: [Nature; 4] =
    [Nature::Aid, Nature::Recurrent, Nature::Personnel, Nature::Capital];

/// The rule being edited, if one is.
#[derive(Clone, Copy)]
pub struct RuleForm {
    pub form: Form,
    pub draft: RwSignal<Option<Rule>>,
    new_citation: RwSignal<String>,
}

impl RuleForm {
    /// Nothing is edited yet.
    pub fn new() -> Self {
        let (draft, new_citation) = (RwSignal::new(None), RwSignal::new(String::new()));
        Self { form: Form::new(), draft, new_citation }
    }

    /// Edits a rule of the plan.
    pub fn edit(self, session: Session, id: &RuleId) {
        let found = session.plan.with_untracked(|p| p.rules.iter().find(|r| r.id == *id).cloned());
        self.open(found);
    }

    /// Makes a rule: whether a source's money suffices, or where there is no source, growth.
    pub fn create(self, session: Session) {
        let plan = session.plan.get_untracked();
        let id = fresh_id::<RuleId>("rule", |id| plan.rules.iter().any(|r| r.id == *id));
        let name = session.typed(session.words().goals.new_rule);
        let kind = made(&plan, "envelope").or_else(|| made(&plan, "never"));
        let (Some(id), Some(name), Some(kind)) = (id, name, kind) else { return };
        let (basis, extra) = (Basis::default(), Extra::default());
        self.open(Some(Rule { id, name, scope: Scope::CityWide, kind, basis, extra }));
    }

    fn open(self, rule: Option<Rule>) {
        self.new_citation.set(String::new());
        self.draft.set(rule);
        self.form.open();
    }

    fn save(self, session: Session) {
        let Some(mut rule) = self.draft.get_untracked() else { return };
        let (cite, basis) = self.sourced().finish(session);
        rule.basis = basis;
        let put = Command::Put(Thing::from(rule));
        self.form.save(session, cite.into_iter().chain([put]).collect());
    }

    fn sourced(self) -> Sourced {
        Sourced {
            value: self.of(|r| r.basis.clone()),
            on_change: Callback::new(move |basis| self.update(|r| r.basis = basis)),
            new: self.new_citation,
        }
    }

    /// Changes the draft.
    pub fn update(self, change: impl FnOnce(&mut Rule)) {
        self.draft.update(|draft| {
            if let Some(rule) = draft {
                change(rule);
            }
        });
    }

    /// Something of the draft.
    pub fn of<T: Default + Send + Sync + 'static>(self, of: fn(&Rule) -> T) -> Signal<T> {
        Signal::derive(move || self.draft.with(|r| r.as_ref().map(of).unwrap_or_default()))
    }

    /// A dated number of the draft.
    pub fn dated(
        self,
        session: Session,
        label: Signal<&'static str>,
        unit: Unit,
        of: fn(&mut Rule) -> Option<&mut Parameter>,
    ) -> AnyView {
        let value = move || {
            let found = self.draft.with(|rule| {
                let mut rule = rule.clone()?;
                of(&mut rule).map(|p| p.clone())
            });
            found.unwrap_or_default()
        };
        parameter_field(
            session,
            Dated {
                form: self.form,
                label,
                writing: Signal::derive(move || Writing::of(session.words(), unit, "")),
                value: Signal::derive(value),
                on_change: Callback::new(move |parameter| {
                    self.update(|rule| {
                        if let Some(there) = of(rule) {
                            *there = parameter;
                        }
                    });
                }),
                by_region: self.of(|r| {
                    r.scope == Scope::PerRegion || matches!(r.kind, RuleKind::ShareOfBudget { .. })
                }),
            },
        )
    }
}

/// A rule of a kind about the first things of the plan that it could be about; `None` where
/// the plan has none.
fn made(plan: &Plan, key: &str) -> Option<RuleKind> {
    let start = plan.horizon.start();
    let constant = |value| Parameter::constant(start, value, Basis::default());
    Some(match key {
        "earmark" => {
            let source = plan.sources.iter().find(|s| s.revenue.is_some())?.id.clone();
            let tag = plan.programmes.iter().flat_map(|p| &p.tags).next();
            let tag = tag.map_or_else(|| "vocational".into(), Clone::clone);
            RuleKind::Earmark { source, tag, at_least: constant(3 * MILLION / 10) }
        }
        "share" => {
            RuleKind::ShareOfBudget { budget: Indexed::default(), at_least: constant(MILLION / 5) }
        }
        "growth" => RuleKind::Growth { of: Figure::default(), than: None },
        "never" => RuleKind::NeverDecrease { of: Figure::default() },
        "envelope" => {
            let known = plan.sources.iter().find(|s| s.available.is_some() || s.revenue.is_some());
            RuleKind::Envelope { source: known.or(plan.sources.first())?.id.clone() }
        }
        "use" => RuleKind::UseRestriction {
            account: Account::LandIncome,
            forbidden: vec![Nature::Recurrent, Nature::Personnel],
        },
        "target" => {
            let indicator = plan.indicators.iter().find(|i| i.target.is_some())?.id.clone();
            RuleKind::Target { indicator }
        }
        _ => RuleKind::Balance {
            stage: Stage::Primary,
            resources: plan
                .resources
                .iter()
                .take(8)
                .map(|r| BalanceResource { resource: r.id.clone(), level: None })
                .collect::<Vec<_>>(),
            test: BalanceTest::Mean { at_most: constant(65 * MILLION / 100) },
        },
    })
    .filter(|kind| !matches!(kind, RuleKind::Balance { resources, .. } if resources.is_empty()))
}

fn key_of(kind: &RuleKind) -> &'static str {
    let place = match kind {
        RuleKind::Earmark { .. } => 0,
        RuleKind::ShareOfBudget { .. } => 1,
        RuleKind::Growth { .. } => 2,
        RuleKind::NeverDecrease { .. } => 3,
        RuleKind::Envelope { .. } => 4,
        RuleKind::UseRestriction { .. } => 5,
        RuleKind::Target { .. } => 6,
        RuleKind::Balance { .. } => 7,
    };
    KINDS[place]
}

/// The dialog of a rule.
#[component]
pub fn RuleDialog(rule_form: RuleForm) -> impl IntoView {
    let session = expect_context::<Session>();
    let draft = rule_form.draft;
    view! {
        <FormDialog
            form=rule_form.form
            title=Signal::derive(move || session.words().goals.edit_rule.to_owned())
            is_open=Signal::derive(move || draft.with(Option::is_some))
            fields=ViewFn::from(move || fields(session, rule_form))
            on_save=Callback::new(move |()| rule_form.save(session))
            on_close=Callback::new(move |()| draft.set(None))
        />
    }
}

fn fields(session: Session, it: RuleForm) -> AnyView {
    // What the plan has nothing for is not offered.
    let kinds = Signal::derive(move || {
        let w = session.words().goals;
        let words = [
            w.does_earmark,
            w.does_share,
            w.does_growth,
            w.does_never,
            w.does_envelope,
            w.does_use,
            w.does_target,
            w.does_balance,
        ];
        let now = it.draft.with(|r| r.as_ref().map(|r| key_of(&r.kind)));
        session.plan.with(|p| {
            let all = KINDS.into_iter().zip(words);
            let some = all.filter(|(key, _)| Some(*key) == now || made(p, key).is_some());
            some.map(|(key, words)| (key.to_owned(), words.to_owned())).collect::<Options>()
        })
    });
    let key = Memo::new(move |_| {
        it.draft.with(|r| r.as_ref().map(|r| key_of(&r.kind)).unwrap_or_default())
    });
    let scopes = Signal::derive(move || {
        let w = session.words().goals;
        vec![
            ("city".to_owned(), w.test_city.to_owned()),
            ("region".to_owned(), w.test_region.to_owned()),
        ]
    });
    let scope = it.of(|r| {
        match r.scope {
            Scope::CityWide => "city",
            Scope::PerRegion => "region",
        }
        .to_owned()
    });
    let has_scope = move || !matches!(key.get(), "envelope" | "balance");
    let name = Signal::derive(move || {
        let lang = session.lang();
        it.draft.with(|r| r.as_ref().map(|r| r.name.get(lang).to_owned()).unwrap_or_default())
    });
    view! {
        {text_field(session.t(|w| w.goals.rule), name, Callback::new(move |typed: String| {
            it.update(|r| session.retype(&mut r.name, &typed));
        }))}
        <div class="pair">
            {choice_field(session.t(|w| w.goals.tests_what), kinds, Signal::derive(move || key.get().to_owned()), Callback::new(move |chosen: String| {
                if let Some(kind) = session.plan.with_untracked(|p| made(p, &chosen)) {
                    it.update(|r| r.kind = kind);
                }
            }))}
            {move || has_scope().then(|| choice_field(session.t(|w| w.goals.tested_where), scopes, scope, Callback::new(move |chosen: String| {
                it.update(|r| r.scope = if chosen == "city" { Scope::CityWide } else { Scope::PerRegion });
            })))}
        </div>
        {move || of_kind(session, it, key.get())}
        {basis_field(session, it.sourced())}
    }
    .into_any()
}

fn of_kind(session: Session, it: RuleForm, key: &str) -> AnyView {
    match key {
        "earmark" => view! {
            {source(session, it, true)}
            {tag(session, it)}
            {least_share(session, it)}
        }
        .into_any(),
        "share" => view! {
            {it.dated(session, session.t(|w| w.role_budget), Unit::Fen, |r| match &mut r.kind {
                RuleKind::ShareOfBudget { budget, .. } => Some(&mut budget.value),
                _ => None,
            })}
            {it.dated(session, session.t(|w| w.role_budget_growth), Unit::Growth, |r| match &mut r.kind {
                RuleKind::ShareOfBudget { budget, .. } => Some(budget.indexation.get_or_insert_default()),
                _ => None,
            })}
            {least_share(session, it)}
        }
        .into_any(),
        "growth" | "never" => figure_fields(session, it, key == "growth"),
        "envelope" => source(session, it, false),
        "use" => restriction(session, it),
        "target" => indicator(session, it),
        _ => balance_fields(session, it),
    }
}

fn least_share(session: Session, it: RuleForm) -> AnyView {
    it.dated(session, session.t(|w| w.role_at_least), Unit::Share, |r| match &mut r.kind {
        RuleKind::Earmark { at_least, .. } | RuleKind::ShareOfBudget { at_least, .. } => {
            Some(at_least)
        }
        _ => None,
    })
}

fn source(session: Session, it: RuleForm, with_revenue: bool) -> AnyView {
    let sources = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let some = p.sources.iter().filter(|s| !with_revenue || s.revenue.is_some());
            some.map(|s| (s.id.to_string(), s.name.get(lang).to_owned())).collect::<Options>()
        })
    });
    let now = it.of(|r| match &r.kind {
        RuleKind::Earmark { source, .. } | RuleKind::Envelope { source } => source.to_string(),
        _ => String::new(),
    });
    choice_field(
        session.t(|w| w.goals.source),
        sources,
        now,
        Callback::new(move |chosen: String| {
            let Ok(chosen) = chosen.parse() else { return };
            it.update(|r| {
                if let RuleKind::Earmark { source, .. } | RuleKind::Envelope { source } =
                    &mut r.kind
                {
                    *source = chosen;
                }
            });
        }),
    )
}

fn tag(session: Session, it: RuleForm) -> AnyView {
    let known = Signal::derive(move || {
        session.plan.with(|p| {
            let mut tags: Vec<String> =
                p.programmes.iter().flat_map(|p| &p.tags).map(ToString::to_string).collect();
            tags.sort();
            tags.dedup();
            tags
        })
    });
    let now = it.of(|r| match &r.kind {
        RuleKind::Earmark { tag, .. } => tag.to_string(),
        _ => String::new(),
    });
    text_field_among(
        session.t(|w| w.goals.spent_on_tag),
        now,
        Callback::new(move |typed: String| {
            it.update(|r| {
                if let RuleKind::Earmark { tag, .. } = &mut r.kind {
                    *tag = typed.trim().into();
                }
            });
        }),
        Some(("tags", known)),
    )
}

/// The names of natures of spending.
pub fn natures(session: Session) -> Signal<Options> {
    Signal::derive(move || {
        let w = session.words().goals;
        let words = [w.nature_aid, w.nature_recurrent, w.nature_personnel, w.nature_capital];
        let all = NATURES.iter().enumerate().zip(words);
        all.map(|((n, _), word)| (n.to_string(), word.to_owned())).collect()
    })
}

/// The names of accounts.
pub fn accounts(session: Session) -> Signal<Options> {
    Signal::derive(move || {
        let all = ACCOUNTS.iter().enumerate();
        let name = |a: &Account| crate::names::account(session.words(), *a).to_owned();
        all.map(|(n, a)| (n.to_string(), name(a))).collect()
    })
}

/// The keys of some among all.
pub fn keys<T: PartialEq>(all: &[T], some: &[T]) -> Vec<String> {
    let places = all.iter().enumerate().filter(|(_, one)| some.contains(one));
    places.map(|(n, _)| n.to_string()).collect()
}

/// Switches the one of a key among some.
pub fn switch<T: PartialEq + Clone>(some: &mut Vec<T>, all: &[T], key: &str, on: bool) {
    let found = key.parse::<usize>().ok().and_then(|n| all.get(n));
    if let Some(one) = found {
        toggled(some, all.iter().cloned(), one, on);
    }
}

/// All accounts, in the order of [`accounts`].
pub fn all_accounts() -> &'static [Account] {
    &ACCOUNTS
}

fn restriction(session: Session, it: RuleForm) -> AnyView {
    let account = it.of(|r| match &r.kind {
        RuleKind::UseRestriction { account, .. } => keys(&ACCOUNTS, &[*account]).concat(),
        _ => String::new(),
    });
    let forbidden = it.of(|r| match &r.kind {
        RuleKind::UseRestriction { forbidden, .. } => keys(&NATURES, forbidden),
        _ => Vec::new(),
    });
    view! {
        {choice_field(session.t(|w| w.goals.account), accounts(session), account, Callback::new(move |chosen: String| {
            let found = chosen.parse::<usize>().ok().and_then(|n| ACCOUNTS.get(n));
            it.update(|r| {
                if let (RuleKind::UseRestriction { account, .. }, Some(found)) = (&mut r.kind, found) {
                    *account = *found;
                }
            });
        }))}
        {several_field(session.t(|w| w.goals.may_not_pay), natures(session), forbidden, Callback::new(move |(key, on): (String, bool)| {
            it.update(|r| {
                if let RuleKind::UseRestriction { forbidden, .. } = &mut r.kind {
                    switch(forbidden, &NATURES, &key, on);
                }
            });
        }))}
    }
    .into_any()
}

fn indicator(session: Session, it: RuleForm) -> AnyView {
    let indicators = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let some = p.indicators.iter().filter(|i| i.target.is_some());
            some.map(|i| (i.id.to_string(), i.name.get(lang).to_owned())).collect::<Options>()
        })
    });
    let now = it.of(|r| match &r.kind {
        RuleKind::Target { indicator } => indicator.to_string(),
        _ => String::new(),
    });
    choice_field(
        session.t(|w| w.goals.indicator),
        indicators,
        now,
        Callback::new(move |chosen: String| {
            let Ok(chosen) = chosen.parse() else { return };
            it.update(|r| r.kind = RuleKind::Target { indicator: chosen });
        }),
    )
}
