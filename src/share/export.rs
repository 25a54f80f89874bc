//! Owns what goes out: files, and links that carry all they say.

use super::Travel;
use crate::clipboard::{self, ByHand};
use crate::clock;
use crate::compare;
use crate::files;
use crate::link::{self, Kind};
use crate::numbers;
use crate::session::{Keeper, Look, Session};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::files::{fingerprint, send_plan, send_scenario};
use shapan_engine::{ScenarioId, taian_2012};

/// A scenario's plan, in the file that carries the scenario.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    /// Goes along, so that whoever opens it sees what is seen here.
    Along,
    /// Stays: only what it is known by goes along.
    Known,
}

/// The file that carries what is looked at, and how: what it is called, and its JSON.
fn file_of(session: Session, kind: Kind, base: Base) -> Option<(String, String)> {
    let plan = session.plan.get_untracked();
    let stamp = clock::stamp();
    let address = location().hash().unwrap_or_default();
    let view = session.view_to_send(&address);
    match kind {
        Kind::Plan => {
            let title = plan.title.get(session.lang_now()).to_owned();
            Some((files::name_of(&title), send_plan(&plan, &view, &stamp)))
        }
        Kind::Scenario => {
            let (id, against) = session.look.with_untracked(Look::compared);
            let mut others = compare::named_in(&address);
            others.push(against);
            let others = (base == Base::Along).then_some(&*others);
            let name = files::name_of(&session.scenario_name(&id));
            Some((name, send_scenario(&plan, &id, &view, others, &stamp)?))
        }
    }
}

/// The link that carries what is looked at: with a scenario's plan where that fits.
fn link_of(session: Session, kind: Kind) -> Option<(String, Base)> {
    let here = location().href().unwrap_or_default();
    let link = |base: Base| {
        let (_, json) = file_of(session, kind, base)?;
        Some(link::address(&here, &link::fragment(kind, &json)))
    };
    let whole = link(Base::Along)?;
    if kind == Kind::Plan || whole.len() <= link::MOST {
        return Some((whole, Base::Along));
    }
    Some((link(Base::Known)?, Base::Known))
}

/// Whether what is looked at rests on the very sample that comes with the page.
fn is_made_on_sample(session: Session) -> bool {
    let of_plan = session.plan.with_untracked(|p| p.is_sample.then(|| fingerprint(p)));
    of_plan.is_some_and(|mark| taian_2012().is_ok_and(|sample| fingerprint(&sample) == mark))
}

/// Hands over the file.
fn save(session: Session, keeper: Keeper, travel: Travel, kind: Kind) {
    if let Some((name, json)) = file_of(session, kind, Base::Along) {
        files::download(&name, &json);
        let told =
            kept(session, keeper, kind).unwrap_or_else(|| session.words().exported.to_owned());
        travel.done.set(Some(told));
    }
}

/// Keeps a plan that goes out, so that what comes back is told from it; says where it is not.
fn kept(session: Session, keeper: Keeper, kind: Kind) -> Option<String> {
    if kind != Kind::Plan {
        return None;
    }
    let w = session.words_now();
    let error = keeper.keep_exported().err()?;
    Some(fill(w.travel.not_kept, &[&files::storage_error(w, &error)]))
}

/// Whether the scenario looked at is the status quo, of which there is nothing to send.
fn is_root(session: Session) -> bool {
    let is =
        |id: &ScenarioId| session.plan.with(|p| p.status_quo().is_some_and(|root| root.id == *id));
    session.look.with(|l| is(&l.scenario))
}

fn named(session: Session, template: &str) -> String {
    fill(template, &[&session.scenario_name(&session.look.with(|l| l.scenario.clone()))])
}

/// Files to save.
#[component]
pub fn Export() -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let travel = expect_context::<Travel>();
    view! {
        <section>
            <h3>{session.t(|w| w.export)}</h3>
            <p>{session.t(|w| w.export_hint)}</p>
            <div class="row">
                <button type="button" on:click=move |_| save(session, keeper, travel, Kind::Plan)>{session.t(|w| w.export_plan)}</button>
                <button type="button" disabled=move || is_root(session) on:click=move |_| save(session, keeper, travel, Kind::Scenario)>
                    {move || named(session, session.words().export_scenario)}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// Links to copy; too long a one is refused, and the file offered.
#[component]
pub fn Links(
    /// The link, where the browser gave no clipboard.
    by_hand: RwSignal<Option<String>>,
    /// What is said of it, where it was asked for.
    told: RwSignal<Option<String>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let travel = expect_context::<Travel>();
    let too_long = RwSignal::new(None::<(Kind, usize)>);
    let copy = move |kind: Kind| {
        too_long.set(None);
        by_hand.set(None);
        told.set(None);
        travel.done.set(None);
        let Some((link, base)) = link_of(session, kind) else { return };
        // A link that is too long is refused below; what was kept for it does no harm.
        let _ = kept(session, keeper, kind);
        if link.len() > link::MOST {
            return too_long.set(Some((kind, link.len())));
        }
        let w = session.words();
        let length = characters(link.len());
        let copied = if link.len() > link::SAFE {
            fill(w.travel.link_long, &[&length, &characters(link::SAFE)])
        } else {
            fill(w.travel.link_copied, &[&length])
        };
        let carried = match (kind, base) {
            (Kind::Plan, _) => None,
            (Kind::Scenario, Base::Along) => Some(w.travel.link_with_plan),
            // Everybody has the sample.
            (Kind::Scenario, Base::Known) if is_made_on_sample(session) => None,
            (Kind::Scenario, Base::Known) => Some(w.travel.link_without_plan),
        };
        clipboard::copy(link.clone(), move |is_there| {
            if is_there {
                let said = [Some(&*copied), carried].into_iter().flatten().collect::<Vec<_>>();
                let _ = told.try_set(Some(said.join(" ")));
            } else {
                let _ = told.try_set(carried.map(str::to_owned));
                let _ = by_hand.try_set(Some(link));
            }
        });
    };
    let refused = move || {
        let (kind, length) = too_long.get()?;
        let (length, most) = (characters(length), characters(link::MOST));
        Some(view! {
            <div class="notice" role="alert">
                <p>{move || fill(session.words().travel.link_too_long, &[&length, &most])}</p>
                <button type="button" on:click=move |_| {
                    too_long.set(None);
                    save(session, keeper, travel, kind);
                }>{session.t(|w| w.travel.save_file_instead)}</button>
            </div>
        })
    };
    view! {
        <section>
            <h3>{session.t(|w| w.travel.link)}</h3>
            <p>{session.t(|w| w.travel.link_hint)}</p>
            <div class="row">
                <button type="button" disabled=move || is_root(session) on:click=move |_| copy(Kind::Scenario)>
                    {move || named(session, session.words().travel.copy_scenario_link)}
                </button>
                <button type="button" on:click=move |_| copy(Kind::Plan)>{session.t(|w| w.travel.copy_plan_link)}</button>
            </div>
            {refused}
            <p role="status" class="done">{move || told.get()}</p>
            <ByHand text=by_hand label=|w| w.travel.link_by_hand />
        </section>
    }
    .into_any()
}

fn characters(count: usize) -> String {
    numbers::whole(i64::try_from(count).unwrap_or(i64::MAX))
}
