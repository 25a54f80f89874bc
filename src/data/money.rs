//! Owns the part on money: which sources there are, who pays out of which account, and how the
//! money of each is known. The grid of a source is `money_grid`'s.
//!
//! Invariant: changing whether regions share a source's money keeps its sum at every date.

use super::StatusQuo;
use super::lists::Things;
use super::money_grid::SourceGrid;
use super::place::{self, View};
use crate::names;
use crate::parts::{Choice, Switch};
use crate::session::Session;
use leptos::prelude::*;
use shapan_engine::{
    Account, Available, Basis, Command, Extra, Indexed, Parameter, Payer, Plan, Scope, Source,
    SourceId, Step, ThingId, Unit, fresh_id,
};

const PAYERS: [(&str, Payer); 5] = [
    ("central", Payer::Central),
    ("province", Payer::Province),
    ("city", Payer::City),
    ("county", Payer::County),
    ("other", Payer::Other),
];

const ACCOUNTS: [(&str, Account); 6] = [
    ("general", Account::GeneralBudget),
    ("surcharge", Account::EducationSurcharge),
    ("local", Account::LocalEducationSurcharge),
    ("land", Account::LandIncome),
    ("transfer", Account::SpecialTransfer),
    ("other", Account::Other),
];

fn nothing(plan: &Plan) -> Indexed {
    let value = Parameter::constant(plan.horizon.start(), 0, Basis::default());
    Indexed { value, indexation: None }
}

/// One pot for all regions instead of one each: at each date what they have together.
fn together(plan: &Plan, parameter: &Parameter) -> Parameter {
    let dates = super::steps::dates([parameter], plan.horizon.start());
    let sum = |from| {
        let each = plan
            .regions
            .iter()
            .map(|region| super::steps::cell(parameter, Some(&region.id), from).value.unwrap_or(0));
        each.fold(0i64, i64::saturating_add)
    };
    let most = *Unit::Fen.bounds().end();
    let steps = dates.into_iter().map(|from| Step { from, value: sum(from).min(most) }).collect();
    Parameter { steps, by_region: Default::default(), basis: parameter.basis.clone() }
}

/// One pot for each region: an equal part, the first regions take what does not divide.
fn apart(plan: &Plan, parameter: &Parameter) -> Parameter {
    let count = i64::try_from(plan.regions.len()).unwrap_or(1).max(1);
    let part = |place: usize, step: &Step| {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        Step { from: step.from, value: step.value / count + i64::from(place < step.value % count) }
    };
    let regions = plan.regions.iter().enumerate();
    let by_region = regions.map(|(place, region)| {
        (region.id.clone(), parameter.steps.iter().map(|step| part(place, step)).collect())
    });
    Parameter { steps: Vec::new(), by_region: by_region.collect(), basis: parameter.basis.clone() }
}

/// A source whose money to spend is known in another way.
fn with_available(plan: &Plan, source: &Source, key: &str) -> Source {
    let there = source.available.as_ref();
    let scope = match key {
        "city" => Scope::CityWide,
        "regions" => Scope::PerRegion,
        _ => return Source { available: None, ..source.clone() },
    };
    let amount = match there {
        None => nothing(plan),
        Some(available) if available.scope == scope => return source.clone(),
        Some(Available { amount, .. }) if scope == Scope::CityWide => Indexed {
            value: together(plan, &amount.value),
            indexation: amount
                .indexation
                .clone()
                .map(|growth| Parameter { by_region: Default::default(), ..growth }),
        },
        Some(Available { amount, .. }) => {
            Indexed { value: apart(plan, &amount.value), indexation: amount.indexation.clone() }
        }
    };
    Source { available: Some(Available { scope, amount }), ..source.clone() }
}

/// The part.
#[component]
pub fn Money(of: Memo<String>, outcome: StatusQuo) -> impl IntoView {
    let session = expect_context::<Session>();
    let source = Memo::new(move |_| {
        let of = of.get();
        session.plan.with(|plan| {
            plan.sources.iter().find(|s| s.id.as_str() == of).or(plan.sources.first()).cloned()
        })
    });
    let things = Memo::new(move |_| {
        session
            .plan
            .with(|p| p.sources.iter().map(|s| ThingId::Source(s.id.clone())).collect::<Vec<_>>())
    });
    let by_semester = RwSignal::new(false);
    let name = move || {
        let lang = session.lang();
        source.with(|s| s.as_ref().map(|s| s.name.get(lang).to_owned()).unwrap_or_default())
    };
    view! {
        <Show when=move || source.with(Option::is_some)>
            <section class="card">
                <header class="card-head">
                    <h2>{name}</h2>
                    <p>{move || {
                        let w = session.words().data;
                        if by_semester.get() { w.how_money } else { w.how_money_years }
                    }}</p>
                </header>
                <SourceTools of source by_semester />
                <SourceGrid source outcome by_semester label=Signal::derive(name) />
            </section>
        </Show>
        <section class="card">
            <header class="card-head">
                <h2>{session.t(|w| w.data.sources)}</h2>
                <p>{session.t(|w| w.data.sources_hint)}</p>
            </header>
            <Show when=move || things.with(Vec::is_empty)>
                <p class="empty">{session.t(|w| w.data.no_source)}</p>
            </Show>
            <Things label=session.t(|w| w.data.sources) things beside=who_pays least=0 />
            <AddSource />
        </section>
    }
    .into_any()
}

/// Which source is looked at, and how its money is known.
#[component]
fn SourceTools(
    of: Memo<String>,
    source: Memo<Option<Source>>,
    by_semester: RwSignal<bool>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let put = move |with: &dyn Fn(&Plan, Source) -> Source| {
        if let Some(source) = source.get_untracked() {
            let changed = session.plan.with_untracked(|plan| with(plan, source));
            session.dispatch(Command::Put(changed.into()));
        }
    };
    let available = move || {
        source.with(|s| match s.as_ref().and_then(|s| s.available.as_ref()).map(|a| a.scope) {
            None => "none",
            Some(Scope::CityWide) => "city",
            Some(Scope::PerRegion) => "regions",
        })
    };
    view! {
        <div class="row tools">
            <Choice
                label=session.t(|w| w.goals.source)
                options=Signal::derive(move || {
                    let lang = session.lang();
                    session.plan.with(|p| {
                        p.sources.iter().map(|s| (s.id.to_string(), s.name.get(lang).to_owned())).collect()
                    })
                })
                value=Signal::derive(move || {
                    let _ = of.get();
                    source.with(|s| s.as_ref().map(|s| s.id.to_string()).unwrap_or_default())
                })
                on_choose=Callback::new(|id: String| place::go(View::Money, &id))
            />
            <span class="switched">
                <Switch
                    label=session.t(|w| w.data.has_revenue)
                    on=Signal::derive(move || source.with(|s| s.as_ref().is_some_and(|s| s.revenue.is_some())))
                    on_switch=Callback::new(move |on: bool| put(&|plan, source| {
                        Source { revenue: on.then(|| nothing(plan)), ..source }
                    }))
                />
                <span aria-hidden="true">{session.t(|w| w.data.has_revenue)}</span>
            </span>
            <Choice
                label=session.t(|w| w.goals.available)
                options=Signal::derive(move || {
                    let w = session.words().data;
                    [("none", w.available_revenue), ("city", w.available_city), ("regions", w.available_regions)]
                        .map(|(key, name)| (key.to_owned(), name.to_owned())).to_vec()
                })
                value=Signal::derive(move || available().to_owned())
                on_choose=Callback::new(move |key: String| {
                    put(&|plan, source| with_available(plan, &source, &key));
                })
            />
            <span class="switched">
                <Switch
                    label=session.t(|w| w.data.carries_over)
                    on=Signal::derive(move || source.with(|s| s.as_ref().is_some_and(|s| s.carry_over)))
                    on_switch=Callback::new(move |on: bool| put(&|_, source| Source { carry_over: on, ..source }))
                />
                <span aria-hidden="true">{session.t(|w| w.data.carries_over)}</span>
            </span>
            <span class="switched">
                <Switch
                    label=session.t(|w| w.data.by_semester)
                    on=by_semester
                    on_switch=Callback::new(move |on| by_semester.set(on))
                />
                <span aria-hidden="true">{session.t(|w| w.data.by_semester)}</span>
            </span>
        </div>
    }
    .into_any()
}

/// Who pays and out of which account.
fn who_pays(session: Session, thing: ThingId) -> AnyView {
    let ThingId::Source(id) = thing else { return ().into_any() };
    let of = StoredValue::new(id);
    let source =
        move |plan: &Plan| of.with_value(|id| plan.sources.iter().find(|s| s.id == *id).cloned());
    let put = move |with: &dyn Fn(Source) -> Source| {
        if let Some(there) = session.plan.with_untracked(|p| source(p)) {
            session.dispatch(Command::Put(with(there).into()));
        }
    };
    let payer = move || session.plan.with(|p| source(p).map(|s| s.payer));
    let account = move || session.plan.with(|p| source(p).map(|s| s.account));
    view! {
        <Choice
            quiet=true
            label=session.t(|w| w.data.payer)
            options=Signal::derive(move || {
                let w = session.words();
                PAYERS.map(|(key, payer)| (key.to_owned(), names::payer(w, payer).to_owned())).to_vec()
            })
            value=Signal::derive(move || {
                let payer = payer();
                PAYERS.iter().find(|(_, p)| Some(*p) == payer).map_or("", |(key, _)| key).to_owned()
            })
            on_choose=Callback::new(move |chosen: String| {
                if let Some((_, payer)) = PAYERS.iter().find(|(key, _)| *key == chosen) {
                    put(&|source| Source { payer: *payer, ..source });
                }
            })
        />
        <Choice
            quiet=true
            label=session.t(|w| w.data.account)
            options=Signal::derive(move || {
                let w = session.words();
                ACCOUNTS.map(|(key, account)| (key.to_owned(), names::account(w, account).to_owned())).to_vec()
            })
            value=Signal::derive(move || {
                let account = account();
                ACCOUNTS.iter().find(|(_, a)| Some(*a) == account).map_or("", |(key, _)| key).to_owned()
            })
            on_choose=Callback::new(move |chosen: String| {
                if let Some((_, account)) = ACCOUNTS.iter().find(|(key, _)| *key == chosen) {
                    put(&|source| Source { account: *account, ..source });
                }
            })
        />
    }
    .into_any()
}

#[component]
fn AddSource() -> impl IntoView {
    let session = expect_context::<Session>();
    let name = RwSignal::new(String::new());
    let add = move || {
        let Some(called) = session.typed(&name.get_untracked()) else { return };
        let id = session.plan.with_untracked(|plan| {
            fresh_id::<SourceId>("source", |id| plan.sources.iter().any(|s| s.id == *id))
        });
        let Some(id) = id else { return };
        place::go(View::Money, id.as_str());
        let source = Source {
            id,
            name: called,
            payer: Payer::County,
            account: Account::GeneralBudget,
            revenue: None,
            available: None,
            carry_over: false,
            extra: Extra::default(),
        };
        session.dispatch(Command::Put(source.into()));
        name.set(String::new());
    };
    view! {
        <form class="add-form" on:submit=move |e| {
            e.prevent_default();
            add();
        }>
            <label class="field">
                <span>{session.t(|w| w.data.add_source)}</span>
                <input type="text" maxlength="200" autocomplete="off" prop:value=name
                    on:input:target=move |e| name.set(e.target().value()) />
            </label>
            <button type="submit">{session.t(|w| w.data.add)}</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::taian_2012;

    #[test]
    fn money_that_is_divided_or_put_together_stays_the_same_sum() {
        let plan = taian_2012().unwrap();
        let county = plan.sources.iter().find(|s| s.id.as_str() == "county").unwrap();
        let apart = with_available(&plan, county, "regions");
        let sum = |source: &Source| {
            let amount = &source.available.as_ref().unwrap().amount.value;
            together(&plan, amount).steps[0].value
        };
        assert_eq!(apart.available.as_ref().unwrap().scope, Scope::PerRegion);
        assert_eq!(sum(&apart), 290_000_000_000);
        let again = with_available(&plan, &apart, "city");
        let put = |source: Source| {
            plan.edit(|parts| {
                let place = parts.sources.iter().position(|s| s.id == source.id).unwrap();
                parts.sources[place] = source;
            })
        };
        assert_eq!(again.available.as_ref().unwrap().amount.value.steps[0].value, 290_000_000_000);
        assert!(put(apart).is_ok() && put(again).is_ok());
        assert_eq!(with_available(&plan, county, "none").available, None);
    }
}
