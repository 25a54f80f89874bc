//! Owns what goes out: files, and links that carry all they say.

use super::Travel;
use crate::clock;
use crate::explore::put_on_clipboard;
use crate::files;
use crate::link::{self, Kind};
use crate::numbers;
use crate::session::{Keeper, Session};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::ScenarioId;
use shapan_engine::files::{write_plan, write_scenario};

/// The file that carries something: what it is called, and its JSON.
fn file_of(session: Session, kind: Kind) -> Option<(String, String)> {
    let plan = session.plan.get_untracked();
    let stamp = clock::stamp();
    match kind {
        Kind::Plan => {
            let title = plan.title.get(session.lang()).to_owned();
            Some((files::name_of(&title), write_plan(&plan, &stamp)))
        }
        Kind::Scenario => {
            let id = session.look.with_untracked(|l| l.scenario.clone());
            let name = files::name_of(&session.scenario_name(&id));
            Some((name, write_scenario(&plan, &id, &stamp)?))
        }
    }
}

/// Hands over the file.
fn save(session: Session, keeper: Keeper, travel: Travel, kind: Kind) {
    if let Some((name, json)) = file_of(session, kind) {
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
) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let travel = expect_context::<Travel>();
    let too_long = RwSignal::new(None::<(Kind, usize)>);
    let copy = move |kind: Kind| {
        too_long.set(None);
        by_hand.set(None);
        travel.done.set(None);
        let Some((_, json)) = file_of(session, kind) else { return };
        // A link that is too long is refused below; what was kept for it does no harm.
        let _ = kept(session, keeper, kind);
        let here = location().href().unwrap_or_default();
        let here = here.split('#').next().unwrap_or_default();
        let link = format!("{here}{}", link::fragment(kind, &json));
        if link.len() > link::MOST {
            return too_long.set(Some((kind, link.len())));
        }
        let w = session.words();
        leptos::task::spawn_local(async move {
            let characters = characters(link.len());
            if put_on_clipboard(&link).await {
                let told = if link.len() > link::SAFE {
                    fill(w.travel.link_long, &[&characters, &self::characters(link::SAFE)])
                } else {
                    fill(w.travel.link_copied, &[&characters])
                };
                travel.done.set(Some(told));
            } else {
                by_hand.set(Some(link));
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
    let field = move || {
        by_hand.get().map(|link| view! {
            <label class="by-hand">
                <span>{session.t(|w| w.travel.link_by_hand)}</span>
                <textarea readonly rows="3" prop:value=link on:focus:target=move |e| e.target().select()></textarea>
            </label>
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
            {field}
        </section>
    }
    .into_any()
}

fn characters(count: usize) -> String {
    numbers::whole(i64::try_from(count).unwrap_or(i64::MAX))
}
