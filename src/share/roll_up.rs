//! Owns the panel that rolls several plans up: which region comes from which file, what differs
//! between them, and what comes of it.
//!
//! Invariant: nothing moves before the reader says so; into the plan on the table it is one step.

use super::item::{name, said};
use super::several::{Begun, Several};
use super::{Incoming, Travel};
use crate::files;
use crate::parts::{Choice, Money, focus};
use crate::session::{Keeper, Page, Session};
use crate::words::fill;
use crate::{names, numbers};
use leptos::prelude::*;
use shapan_engine::merge::{Clash, Decisions, Key, Match, Pick, RollUp, roll_up};
use shapan_engine::{Command, Cut, Fen, Plan, PlanErrors, PlanParts, ThingId, evaluate};
use std::sync::Arc;

/// What the parts of the panel share.
#[derive(Clone, Copy)]
struct Desk {
    /// What each plan is called, in the order they are rolled up.
    sources: Memo<Arc<Vec<String>>>,
    plans: Memo<Arc<Vec<Plan>>>,
    rolled: Memo<Arc<RollUp>>,
    decisions: RwSignal<Decisions>,
}

/// The panel, where plans wait for it; and what was done last.
#[component]
pub fn RollingUp() -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let travel = expect_context::<Travel>();
    let told = RwSignal::new(None::<String>);
    let roll_up = RwSignal::new(false);
    // What comes next is asked anew.
    Effect::new(move |_| {
        if travel.rolling.with(Option::is_none) {
            roll_up.set(false);
        }
    });
    view! {
        {move || told.get().map(|text| view! {
            <div class="notice told">
                <p role="status">{text}
                    <button type="button" on:click=move |_| {
                        session.undo();
                        told.set(None);
                        focus("main");
                    }>{session.t(|w| w.travel.undo)}</button>
                </p>
            </div>
        })}
        {move || travel.rolling.get().map(|(plans, onto)| {
            // What all began from versions kept here comes in number by number.
            let begun = (!onto && !roll_up.get()).then(|| Begun::all(&plans, keeper)).flatten();
            match begun {
                Some(files_in) => view! { <Several files_in roll_up told /> }.into_any(),
                None => view! { <Panel plans onto told /> }.into_any(),
            }
        })}
    }
    .into_any()
}

#[component]
fn Panel(plans: Vec<Incoming>, onto: bool, told: RwSignal<Option<String>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let travel = expect_context::<Travel>();
    let files_in = StoredValue::new(plans);
    let onto = RwSignal::new(onto);
    let decisions = RwSignal::new(Decisions::default());
    let sources = Memo::new(move |_| {
        let mut all: Vec<String> =
            files_in.with_value(|f| f.iter().map(|i| i.name.clone()).collect());
        if onto.get() {
            all.insert(0, session.words().travel.this_plan.to_owned());
        }
        Arc::new(all)
    });
    let plans = Memo::new(move |_| {
        let mut all: Vec<Plan> =
            files_in.with_value(|f| f.iter().map(|i| Plan::clone(&i.plan)).collect());
        if onto.get() {
            all.insert(0, Plan::clone(&session.plan.get()));
        }
        Arc::new(all)
    });
    let rolled =
        Memo::new(move |_| Arc::new(plans.with(|p| decisions.with(|d| roll_up(p, onto.get(), d)))));
    let desk = Desk { sources, plans, rolled, decisions };
    let finish = move || {
        travel.rolling.set(None);
        focus("main");
    };
    let into_this = move |_| {
        let Ok(plan) = rolled.with(|r| r.plan.clone()) else { return };
        match session.try_dispatch(Command::Become(Box::new(plan.into_parts()))) {
            Ok(()) => {
                let count = files_in.with_value(Vec::len).to_string();
                told.set(Some(fill(session.words().travel.roll_done, &[&count])));
                finish();
            }
            Err(error) => session.refused.set(Some(error)),
        }
    };
    let as_new = move |_| {
        let Ok(plan) = rolled.with(|r| r.plan.clone()) else { return };
        let title = names::worded(&plan.title, |w| w.travel.rolled_name);
        let Ok(plan) = plan.edit(|p| p.title = title) else { return };
        match keeper.add(plan) {
            Ok(()) => {
                finish();
                let _ = location().set_hash(Page::Overview.hash());
            }
            Err(error) => keeper.trouble.set(Some(files::not_added(session.words(), &error))),
        }
    };
    let cannot = move || rolled.with(|r| r.plan.is_err());
    let trouble = move || {
        let errors: Option<PlanErrors> = rolled.with(|r| r.plan.as_ref().err().cloned());
        errors.map(|errors| {
            let w = session.words();
            let error = files::command_error(w, &errors.into());
            let text = fill(w.travel.refused_all, &[&error]);
            view! { <p class="notice" role="alert">{text}</p> }
        })
    };
    view! {
        <section class="card merging" aria-labelledby="rolling">
            <header class="card-head">
                <h2 id="rolling">{session.t(|w| w.travel.roll_title)}</h2>
                <p>{session.t(|w| w.travel.roll_lead)}</p>
            </header>
            <div class="row">
                <Choice
                    label=session.t(|w| w.travel.onto)
                    options=Signal::derive(move || {
                        let w = session.words();
                        let title = session.plan.with(|p| p.title.get(session.lang()).to_owned());
                        vec![
                            ("new".to_owned(), w.travel.onto_new.to_owned()),
                            ("this".to_owned(), fill(w.travel.onto_this, &[&title])),
                        ]
                    })
                    value=Signal::derive(move || if onto.get() { "this" } else { "new" }.to_owned())
                    on_choose=Callback::new(move |key: String| {
                        // Places among the plans move: what was decided by them is decided anew.
                        decisions.set(Decisions::default());
                        onto.set(key == "this");
                    })
                />
            </div>
            <Sums desk />
            {trouble}
            <Clashes desk />
            <Matches desk />
            <div class="row">
                {move || if onto.get() {
                    view! { <button type="button" class="primary" disabled=cannot on:click=into_this>{session.t(|w| w.travel.roll_into)}</button> }.into_any()
                } else {
                    ().into_any()
                }}
                <button type="button" class:primary=move || !onto.get() disabled=cannot on:click=as_new>{session.t(|w| w.add_as_new_plan)}</button>
                <button type="button" on:click=move |_| finish()>{session.t(|w| w.travel.leave_it)}</button>
            </div>
        </section>
    }
    .into_any()
}

/// What all spend in the first fiscal year in some regions, with no measure in force.
fn spending(plan: &Plan, regions: &dyn Fn(usize) -> bool) -> Option<i64> {
    let outcome = evaluate(plan, &plan.status_quo()?.id).ok()?;
    let each = (0..plan.regions.len()).filter(|r| regions(*r));
    let mut each = each.map(|r| outcome.total(Cut::default().in_year(0).in_region(r)).0);
    each.try_fold(0, |sum: i64, fen| sum.checked_add(fen))
}

/// Each file with its regions and what they spend, and the sum beside what is rolled up.
#[component]
fn Sums(desk: Desk) -> impl IntoView {
    let session = expect_context::<Session>();
    let table = move || {
        let (w, lang) = (session.words(), session.lang());
        let (sources, plans, rolled) = (desk.sources.get(), desk.plans.get(), desk.rolled.get());
        let unit = names::unit(w, session.preferences.with(|p| p.unit()));
        let year = plans.first().map(|p| p.horizon.first().to_string()).unwrap_or_default();
        let head = fill(w.travel.spending_in, &[&year, unit]);
        let mut sum = Some(0_i64);
        let all = plans.iter().zip(&rolled.plans).zip(sources.iter()).zip(0_usize..);
        let rows = all.map(|(((plan, parts), source), n)| {
            // A region of the table's plan that a file brings counts as the file's.
            let own = |r: usize| {
                parts.regions.get(r).is_some_and(|r| rolled.regions.get(&r.id) == Some(&n))
            };
            let spent = spending(plan, &own);
            sum = sum.zip(spent).and_then(|(sum, fen)| sum.checked_add(fen));
            let regions = parts.regions.iter().enumerate().filter(|(r, _)| own(*r));
            let regions: Vec<&str> = regions.map(|(_, r)| r.name.get(lang)).collect();
            view! {
                <tr>
                    <th scope="row">{source.clone()}</th>
                    <td data-label=w.travel.county_plan>{plan.title.get(lang).to_owned()}</td>
                    <td data-label=w.travel.its_regions>{regions.join(" / ")}</td>
                    <td class="num" data-label=head.clone()>{amount(spent)}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let total = rolled.plan.as_ref().ok().and_then(|p| spending(p, &|_| true));
        let verdict = sum.zip(total).map(|(sum, total)| {
            if sum == total {
                w.travel.sums_agree.to_owned()
            } else {
                let yuan = numbers::exact(total.saturating_sub(sum), 2);
                fill(w.travel.sums_differ, &[&yuan])
            }
        });
        view! {
            <table class="stacks">
                <thead><tr>
                    <th scope="col">{w.travel.file}</th>
                    <th scope="col">{w.travel.county_plan}</th>
                    <th scope="col">{w.travel.its_regions}</th>
                    <th scope="col" class="num">{head.clone()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr><th scope="row" colspan="3">{w.travel.sum_of_files}</th><td class="num">{amount(sum)}</td></tr>
                    <tr><th scope="row" colspan="3">{w.travel.rolled_up}</th><td class="num">{amount(total)}</td></tr>
                </tfoot>
            </table>
            <p role="status">{verdict}</p>
        }
        .into_any()
    };
    view! { {table} }.into_any()
}

fn amount(fen: Option<i64>) -> AnyView {
    match fen {
        Some(fen) => view! { <Money amount=Signal::derive(move || Fen(fen)) /> }.into_any(),
        None => "–".into_any(),
    }
}

/// What differs between the files, each with what each says and what holds.
#[component]
fn Clashes(desk: Desk) -> impl IntoView {
    let session = expect_context::<Session>();
    let list = move || {
        let w = session.words();
        let rolled = desk.rolled.get();
        if rolled.clashes.is_empty() {
            return view! { <p class="aside">{w.travel.no_clashes}</p> }.into_any();
        }
        let plans: Vec<Plan> =
            rolled.plans.iter().filter_map(|p| Plan::new(PlanParts::clone(p)).ok()).collect();
        if plans.len() != rolled.plans.len() {
            return ().into_any(); // only names were changed, so each is sound
        }
        let rows = rolled.clashes.iter().map(|c| row(session, desk, &plans, c)).collect_view();
        let count = rolled.clashes.len().to_string();
        view! {
            <h3 id="clashes">{fill(w.travel.clashes, &[&count])}</h3>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="clashes">
                <table class="stacks items">
                    <thead><tr>
                        <th scope="col">{w.travel.item}</th>
                        <th scope="col">{w.travel.who_says}</th>
                        <th scope="col">{w.travel.choice}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! { {list} }.into_any()
}

fn row(session: Session, desk: Desk, plans: &[Plan], clash: &Clash) -> AnyView {
    let (w, lang) = (session.words(), session.lang());
    let sources = desk.sources.get();
    let source = |n: usize| sources.get(n).cloned().unwrap_or_default();
    let Some(first) = clash.holders.first().and_then(|n| plans.get(*n)) else {
        return ().into_any();
    };
    let called = name(w, [first, first], &clash.key, lang);
    let called = match &clash.key {
        Key::Thing(id) => format!("{} {called}", names::thing_kind(w, id)),
        _ => called,
    };
    let says = clash.holders.iter().map(|n| {
        let said = plans.get(*n).and_then(|p| said(w, p, &clash.key, lang)).unwrap_or_default();
        view! { <li>{fill(w.travel.who_says_one, &[&source(*n), &said])}</li> }
    });
    let says = says.collect_view();
    let twice = matches!(clash.key, Key::Thing(ThingId::Region(_)))
        .then(|| view! { <small>{w.travel.twice_region}</small> });
    let mut options: Vec<(String, Pick, String)> = Vec::new();
    if clash.can_each {
        options.push(("each".to_owned(), Pick::Each, w.travel.each_own.to_owned()));
    }
    options.extend(
        clash
            .holders
            .iter()
            .map(|n| (n.to_string(), Pick::Of(*n), fill(w.travel.all_as, &[&source(*n)]))),
    );
    let now = options.iter().find(|(_, p, _)| *p == clash.pick).map(|(k, ..)| k.clone());
    let now = now.unwrap_or_default();
    let shown = options.iter().map(|(key, _, text)| {
        let is_now = *key == now;
        view! { <option value=key.clone() selected=is_now>{text.clone()}</option> }
    });
    let shown = shown.collect_view();
    let key = clash.key.clone();
    let label = fill(w.travel.take_named, &[w.travel.choice, &called]);
    view! {
        <tr>
            <th scope="row">{called}{twice}</th>
            <td data-label=w.travel.who_says><ul>{says}</ul></td>
            <td data-label=w.travel.choice>
                <select aria-label=label on:change:target=move |e| {
                    let value = e.target().value();
                    if let Some((_, pick, _)) = options.iter().find(|(k, ..)| *k == value) {
                        desk.decisions.update(|d| {
                            d.picks.insert(key.clone(), *pick);
                        });
                    }
                }>{shown}</select>
            </td>
        </tr>
    }
    .into_any()
}

/// Things of one name and two ids.
#[component]
fn Matches(desk: Desk) -> impl IntoView {
    let session = expect_context::<Session>();
    let list = move || {
        let (w, lang) = (session.words(), session.lang());
        let (rolled, sources, plans) = (desk.rolled.get(), desk.sources.get(), desk.plans.get());
        if rolled.matches.is_empty() {
            return ().into_any();
        }
        let line = |found: &Match| {
            let called = plans.get(found.plan).map(|p| names::thing(p, &found.thing, lang));
            let kind = names::thing_kind(w, &found.thing);
            let called = format!("{kind} {}", called.unwrap_or_default());
            let source = sources.get(found.plan).cloned().unwrap_or_default();
            let text = fill(w.travel.same_as, &[&called, &source]);
            let is_on = desk.decisions.with_untracked(|d| !d.apart.contains(found));
            let found = found.clone();
            super::scenario::ticked(text, is_on, move |on| {
                desk.decisions.update(|d| {
                    if on {
                        d.apart.remove(&found)
                    } else {
                        d.apart.insert(found.clone())
                    };
                });
            })
        };
        let lines = rolled.matches.iter().map(line).collect_view();
        let count = rolled.matches.len().to_string();
        view! {
            <fieldset class="tick-list">
                <legend>{fill(w.travel.same_names, &[&count])}</legend>
                {lines}
            </fieldset>
        }
        .into_any()
    };
    view! { {list} }.into_any()
}
