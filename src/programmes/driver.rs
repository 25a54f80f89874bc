//! Owns the fields of how a programme's money is reckoned: the kind, what it counts, and its
//! parameters, those one can do without switched on and off.

use super::editor::Editing;
use super::formula;
use super::make::{Kind, constant, counted_by};
use super::years::{Which, YearsEditor};
use crate::dated::{NumberField, ParameterEditor, Writing};
use crate::parts::{Choice, Switch};
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{
    BasisKind, Driver, Indexed, Parameter, PlanParts, PopulationId, Posts, Programme,
    ProgrammeRole as Role, SourceId,
};

/// The place of a parameter that a programme may do without.
fn slot(programme: &mut Programme, role: Role) -> Option<&mut Option<Parameter>> {
    match (role, &mut programme.driver) {
        (Role::BaseStandard, _) => Some(&mut programme.split.base_standard),
        (Role::Coverage, Driver::Heads { coverage, .. }) => Some(coverage),
        (Role::TakeUp, Driver::Heads { take_up, .. }) => Some(take_up),
        (Role::SchoolFloor, Driver::Heads { school_floor, .. }) => Some(school_floor),
        (
            Role::Indexation,
            Driver::Heads { standard: indexed, .. }
            | Driver::Posts { standard: indexed, .. }
            | Driver::Works { standard: indexed, .. }
            | Driver::Lump { amount: indexed },
        ) => Some(&mut indexed.indexation),
        _ => None,
    }
}

/// What a parameter is when it is switched on: what changes nothing until it is moved.
fn neutral(plan: &PlanParts, programme: &Programme, role: Role) -> Parameter {
    let entered = |value| constant(plan, value, BasisKind::Entered);
    match (role, &programme.driver) {
        (
            Role::BaseStandard,
            Driver::Heads { standard: Indexed { value, .. }, .. }
            | Driver::Posts { standard: Indexed { value, .. }, .. }
            | Driver::Works { standard: Indexed { value, .. }, .. },
        ) => value.clone(),
        (Role::Coverage | Role::TakeUp, _) => entered(shapan_engine::MILLION),
        _ => entered(0),
    }
}

/// A parameter one can do without: a switch, and its editor while it is on.
#[component]
pub fn Optional(
    editing: Editing,
    /// Which.
    role: Role,
    /// What switching it on means.
    label: Signal<&'static str>,
    /// What it does, once it is on.
    #[prop(optional)]
    hint: Option<Signal<String>>,
) -> impl IntoView {
    let session = editing.session;
    let is_on = Memo::new(move |_| {
        editing.programme.get().is_some_and(|mut p| slot(&mut p, role).is_some_and(|s| s.is_some()))
    });
    let switch = Callback::new(move |on: bool| {
        let plan = session.plan.get_untracked();
        editing.edit(&|p| {
            let neutral = neutral(&plan, p, role);
            if let Some(slot) = slot(p, role) {
                *slot = on.then_some(neutral);
            }
        });
    });
    view! {
        <div class="programme-optional">
            <p class="programme-switched">
                <Switch label=Signal::derive(move || label.get().to_owned()) on=is_on on_switch=switch />
                <span aria-hidden="true">{label}</span>
            </p>
            {move || is_on.get().then(|| view! {
                {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
                <ParameterEditor path=editing.path(role) />
            })}
        </div>
    }
    .into_any()
}

#[component]
pub fn DriverFields(editing: Editing) -> impl IntoView {
    let session = editing.session;
    let kind = Memo::new(move |_| editing.map(|p| Kind::of(&p.driver)));
    let kinds = Signal::derive(move || {
        let w = session.words();
        let there = kind.get();
        session.plan.with(|p| {
            let possible = Kind::ALL.into_iter().filter(|k| Some(*k) == there || k.is_possible(p));
            let named = possible.map(|k| (k.key().to_owned(), formula::kind(w, k).0.to_owned()));
            named.collect::<Vec<_>>()
        })
    });
    // Indicators that keep it from becoming what completes nothing.
    let needed_by = RwSignal::new(Vec::<String>::new());
    let on_kind = Callback::new(move |key: String| {
        let Some(kind) = Kind::parse(&key) else { return };
        let Some(unit) = session.typed(session.words().programmes.unit_default) else { return };
        let plan = session.plan.get_untracked();
        let lang = session.lang();
        let by = editing.id.with_value(|id| {
            let names = counted_by(&plan, id).map(|i| i.name.get(lang).to_owned());
            names.collect::<Vec<_>>()
        });
        needed_by.set(if kind == Kind::Works { Vec::new() } else { by });
        if needed_by.with_untracked(|by| !by.is_empty()) {
            return;
        }
        editing.edit(&|p| {
            if let Some(driver) = kind.driver(&plan, Some(&p.driver), unit.clone()) {
                p.driver = driver;
            }
            if !p.driver.has_standard() {
                p.split.base_standard = None;
            }
        });
    });
    let example = move || kind.get().map(|k| formula::kind(session.words(), k).1);
    view! {
        <section class="card programme-driver">
            <header class="card-head"><h2>{session.t(|w| w.programmes.driver)}</h2></header>
            <div class="programme-fields">
                <Choice label=session.t(|w| w.programmes.kind) options=kinds
                    value=Signal::derive(move || kind.get().map_or("", Kind::key).to_owned())
                    on_choose=on_kind />
                {move || kind.get().filter(|k| k.needs_population()).map(|_| population(editing))}
                {move || kind.get().filter(|k| *k == Kind::Revenue).map(|_| revenue(editing))}
                {move || kind.get().filter(|k| *k == Kind::Works).map(|_| unit_name(editing))}
                {move || kind.get().filter(|k| *k == Kind::Loans).map(|_| study_years(editing))}
            </div>
            {move || needed_by.with(|by| !by.is_empty()).then(|| {
                let text = fill(session.words().programmes.needed_by, &[&needed_by.get().join(" / ")]);
                view! { <p class="field-error" role="alert">{text}</p> }
            })}
            <p class="hint">{example}</p>
            {move || kind.get().map(|kind| parameters(editing, kind))}
        </section>
    }
    .into_any()
}

/// A parameter every programme of this kind has.
fn of_kind(editing: Editing, role: Role, label: fn(&Words, &str) -> String) -> AnyView {
    let session = editing.session;
    let unit = move || {
        let lang = session.lang();
        editing.map(|p| match &p.driver {
            Driver::Works { unit, .. } => unit.get(lang).to_owned(),
            _ => String::new(),
        })
    };
    let label = Signal::derive(move || label(session.words(), &unit().unwrap_or_default()));
    view! { <ParameterEditor path=editing.path(role) label /> }.into_any()
}

fn parameters(editing: Editing, kind: Kind) -> AnyView {
    let session: Session = editing.session;
    let standard = |label| of_kind(editing, Role::Standard, label);
    let own = |role| view! { <ParameterEditor path=editing.path(role) /> }.into_any();
    let indexation = || {
        view! {
            <Optional editing role=Role::Indexation label=session.t(|w| w.programmes.use_indexation) />
        }
        .into_any()
    };
    let per_post: fn(&Words, &str) -> String = |w, _| w.programmes.per_post.to_owned();
    match kind {
        Kind::HeadsSemester | Kind::HeadsCensus => view! {
            {standard(|w, _| w.programmes.per_head.to_owned())}
            {indexation()}
            <Optional editing role=Role::Coverage label=session.t(|w| w.programmes.use_coverage) />
            <Optional editing role=Role::TakeUp label=session.t(|w| w.programmes.use_take_up) />
            <Optional editing role=Role::SchoolFloor label=session.t(|w| w.programmes.use_school_floor) />
        }
        .into_any(),
        Kind::PostsGiven => {
            view! { {own(Role::Posts)}{standard(per_post)}{indexation()} }.into_any()
        }
        Kind::PostsPerPupils => {
            view! { {own(Role::PupilsPerPost)}{standard(per_post)}{indexation()} }.into_any()
        }
        Kind::Works => view! {
            {of_kind(editing, Role::Units, |w, unit| fill(w.programmes.units_of, &[unit]))}
            {standard(|w, unit| fill(w.programmes.per_unit, &[unit]))}
            {indexation()}
            <YearsEditor editing which=Which::Payment />
            <YearsEditor editing which=Which::Completion />
        }
        .into_any(),
        Kind::Revenue => own(Role::Share),
        Kind::Lump => view! {
            {of_kind(editing, Role::Amount, |w, _| w.programmes.amount_a_year.to_owned())}
            {indexation()}
        }
        .into_any(),
        Kind::Loans => view! {
            {own(Role::AveragePrincipal)}
            {own(Role::RiskRate)}
            {own(Role::InterestRate)}
            {own(Role::OpeningBalance)}
        }
        .into_any(),
    }
}

fn population(editing: Editing) -> AnyView {
    let session = editing.session;
    let options = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let all = p.populations.iter();
            all.map(|p| (p.id.to_string(), p.name.get(lang).to_owned())).collect::<Vec<_>>()
        })
    });
    let value = Signal::derive(move || {
        let id = editing.map(|p| p.driver.population().map(ToString::to_string));
        id.flatten().unwrap_or_default()
    });
    let choose = Callback::new(move |id: String| {
        let Ok(id) = id.parse::<PopulationId>() else { return };
        editing.edit(&|p| match &mut p.driver {
            Driver::Heads { population, .. }
            | Driver::Loans { population, .. }
            | Driver::Posts { posts: Posts::PerPupils { population, .. }, .. } => {
                population.clone_from(&id);
            }
            _ => {}
        });
    });
    view! { <Choice label=session.t(|w| w.programmes.population) options value on_choose=choose /> }
        .into_any()
}

fn revenue(editing: Editing) -> AnyView {
    let session = editing.session;
    let options = Signal::derive(move || {
        let lang = session.lang();
        session.plan.with(|p| {
            let with_revenue = p.sources.iter().filter(|s| s.revenue.is_some());
            with_revenue
                .map(|s| (s.id.to_string(), s.name.get(lang).to_owned()))
                .collect::<Vec<_>>()
        })
    });
    let value = Signal::derive(move || {
        let id = editing.map(|p| match &p.driver {
            Driver::Revenue { source, .. } => source.to_string(),
            _ => String::new(),
        });
        id.unwrap_or_default()
    });
    let choose = Callback::new(move |id: String| {
        let Ok(id) = id.parse::<SourceId>() else { return };
        editing.edit(&|p| {
            if let Driver::Revenue { source, .. } = &mut p.driver {
                source.clone_from(&id);
            }
        });
    });
    view! { <Choice label=session.t(|w| w.programmes.revenue_of) options value on_choose=choose /> }
        .into_any()
}

fn unit_name(editing: Editing) -> AnyView {
    let session = editing.session;
    let text = Signal::derive(move || {
        let lang = session.lang();
        let unit = editing.map(|p| match &p.driver {
            Driver::Works { unit, .. } => unit.get(lang).to_owned(),
            _ => String::new(),
        });
        unit.unwrap_or_default()
    });
    view! {
        <label class="field">
            <span>{session.t(|w| w.programmes.unit_name)}</span>
            <input type="text" maxlength="40" autocomplete="off" prop:value=text
                on:change:target=move |e| {
                    let typed = e.target().value();
                    editing.edit(&|p| if let Driver::Works { unit, .. } = &mut p.driver {
                        session.retype(unit, &typed);
                    });
                    e.target().set_value(&text.get_untracked());
                } />
        </label>
    }
    .into_any()
}

fn study_years(editing: Editing) -> AnyView {
    let session = editing.session;
    let value = Signal::derive(move || {
        let years = editing.map(|p| match &p.driver {
            Driver::Loans { study_years, .. } => Some(i64::from(*study_years)),
            _ => None,
        });
        years.flatten()
    });
    let on_value = Callback::new(move |years: i64| {
        let years = u8::try_from(years).ok()?;
        editing.edit_live(&|p| {
            if let Driver::Loans { study_years, .. } = &mut p.driver {
                *study_years = years;
            }
        });
        None
    });
    let label = Signal::derive(move || session.words().programmes.study_years.to_owned());
    let writing = Signal::derive(move || {
        let unit = session.words().programmes.unit_years.to_owned();
        Writing { power: 0, unit, bounds: 1..=30 }
    });
    view! { <NumberField label value writing on_value /> }.into_any()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::{Cut, evaluate_stack, taian_2012};

    #[test]
    fn what_is_switched_on_changes_no_amount_until_it_is_moved() {
        let plan = taian_2012().unwrap();
        let before = evaluate_stack(&plan, &[]).unwrap().total(Cut::ALL);
        let all =
            [Role::Coverage, Role::TakeUp, Role::SchoolFloor, Role::Indexation, Role::BaseStandard];
        for role in all {
            let with = plan.edit(|parts| {
                let copied = parts.clone();
                for programme in &mut parts.programmes {
                    let has_base = role != Role::BaseStandard || programme.driver.has_standard();
                    let neutral = neutral(&copied, programme, role);
                    if let Some(slot) = slot(programme, role).filter(|s| s.is_none() && has_base) {
                        *slot = Some(neutral);
                    }
                }
            });
            let after = evaluate_stack(&with.unwrap(), &[]).unwrap().total(Cut::ALL);
            assert_eq!(after, before, "{role:?}");
        }
    }
}
