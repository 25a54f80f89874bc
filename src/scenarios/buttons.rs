//! Owns the buttons of one scenario, and what they ask before they act.

use super::actions::{
    adopt, duplicate, focus_on, locked_by, remove, rename, scenario, stack_on, stacked_on,
};
use crate::clock;
use crate::session::Session;
use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use shapan_engine::{Date, ScenarioId};

/// What is asked before something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Name,
    Removal,
    Adoption,
    Withdrawal,
}

/// What can be done with a scenario.
#[component]
pub fn ScenarioButtons(
    /// The scenario.
    #[prop(into)]
    id: Signal<ScenarioId>,
    /// Whether it can be renamed here.
    renames: bool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let asked = RwSignal::new(None::<Asked>);
    let name = move || session.scenario_name(&id.get());
    let facts = Memo::new(move |_| {
        let id = id.get();
        session.plan.with(|p| {
            let it = scenario(p, &id);
            let is_root = it.is_none_or(|s| s.parent.is_none());
            (is_root, it.and_then(|s| s.adopted), p.is_locked(&id))
        })
    });
    let is_locked = move || facts.get().2;
    let label = Signal::derive(move || fill(session.words().compare.actions_of, &[&name()]));
    let ask = move |what: Asked| asked.set(Some(what));
    let begin_removal = move || {
        let id = id.get_untracked();
        if session.plan.with_untracked(|p| stacked_on(p, &id).is_empty()) {
            remove(session, &id);
        } else {
            ask(Asked::Removal);
        }
    };
    let of_others = move || {
        let (is_root, adopted, _) = facts.get();
        (!is_root).then(|| {
            view! {
                <button type="button" on:click=move |_| duplicate(session, &id.get_untracked())>
                    {session.t(|w| w.compare.duplicate)}
                </button>
                {renames.then(|| view! {
                    <button type="button" disabled=is_locked on:click=move |_| ask(Asked::Name)>
                        {session.t(|w| w.compare.rename)}
                    </button>
                })}
                {if adopted.is_some() {
                    view! {
                        <button type="button" on:click=move |_| ask(Asked::Withdrawal)>{session.t(|w| w.compare.withdraw)}</button>
                    }
                    .into_any()
                } else {
                    view! {
                        <button type="button" on:click=move |_| ask(Asked::Adoption)>{session.t(|w| w.compare.adopt)}</button>
                    }
                    .into_any()
                }}
                <button type="button" disabled=is_locked on:click=move |_| begin_removal()>
                    {session.t(|w| w.remove_scenario)}
                </button>
            }
        })
    };
    view! {
        <div class="scenario-buttons" role="group" aria-label=label
            on:keydown=move |e| {
                if e.key() == "Escape" && asked.get_untracked().is_some() {
                    asked.set(None);
                    focus_on(&id.get_untracked());
                }
            }>
            <div class="row">
                <button type="button" on:click=move |_| stack_on(session, &id.get_untracked())>
                    {session.t(|w| w.stack_another)}
                </button>
                {of_others}
            </div>
            {renames.then(|| view! { <LockedWords id /> })}
            {move || asked.get().map(|what| panel(session, id, what, asked))}
        </div>
    }
}

/// Why a scenario is locked, in words.
#[component]
pub fn LockedWords(
    /// The scenario.
    id: Signal<ScenarioId>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let words = move || {
        let (w, lang, id) = (session.words().compare, session.lang(), id.get());
        session.plan.with(|p| {
            let (by, on) = locked_by(p, &id)?;
            let name = by.name.get(lang);
            Some(if by.id == id {
                fill(w.locked_adopted, &[name, &on.to_string()])
            } else {
                fill(w.locked_below, &[name])
            })
        })
    };
    view! { {move || words().map(|words| view! { <p class="locked">{words}</p> })} }
}

/// What is asked, with the buttons that do it or leave it.
fn panel(
    session: Session,
    id: Signal<ScenarioId>,
    what: Asked,
    asked: RwSignal<Option<Asked>>,
) -> AnyView {
    let w = session.words().compare;
    let name = session.scenario_name(&id.get());
    let first = NodeRef::<html::Input>::new();
    // Whoever opened the panel types or answers next.
    first.on_load(|input| {
        request_animation_frame(move || {
            let _ = input.focus();
            input.select();
        });
    });
    let done = move |act: &dyn Fn(&ScenarioId)| {
        asked.set(None);
        let id = id.get_untracked();
        focus_on(&id);
        act(&id);
    };
    let leave = move || {
        view! { <button type="button" on:click=move |_| done(&|_| {})>{w.cancel}</button> }
    };
    match what {
        Asked::Name => view! {
            <form class="asked" on:submit=move |e| {
                e.prevent_default();
                let typed = first.get_untracked().map(|i| i.value()).unwrap_or_default();
                done(&|id| rename(session, id, &typed));
            }>
                <label class="field"><span>{w.rename_it}</span>
                    <input type="text" maxlength="200" node_ref=first value=name />
                </label>
                <div class="row"><button type="submit">{w.save}</button>{leave()}</div>
            </form>
        }
        .into_any(),
        Asked::Adoption => view! {
            <form class="asked" on:submit=move |e| {
                e.prevent_default();
                let typed = first.get_untracked().map(|i| i.value()).unwrap_or_default();
                if let Ok(on) = typed.parse::<Date>() {
                    done(&|id| adopt(session, id, Some(on)));
                }
            }>
                <p>{fill(w.adopt_ask, &[&name])}</p>
                <label class="field"><span>{w.adopt_on}</span>
                    <input type="date" required min="1900-01-01" max="2200-12-31" node_ref=first value=clock::date() />
                </label>
                <div class="row"><button type="submit">{w.adopt_do}</button>{leave()}</div>
            </form>
        }
        .into_any(),
        Asked::Withdrawal => {
            confirm(fill(w.withdraw_ask, &[&name]), w.withdraw_do, leave(), move || {
                done(&|id| adopt(session, id, None));
            })
        }
        Asked::Removal => {
            let lang = session.lang();
            let above = session.plan.with_untracked(|p| {
                let names = stacked_on(p, &id.get_untracked());
                names.iter().map(|s| fill(w.quoted, &[s.name.get(lang)])).collect::<Vec<_>>()
            });
            let names = above.join(w.comma);
            let words = fill(w.delete_ask, &[&name, &above.len().to_string(), &names]);
            confirm(words, w.delete_all, leave(), move || {
                done(&|id| remove(session, id));
            })
        }
    }
}

/// A question whose answer is one button.
fn confirm(
    words: String,
    answer: &'static str,
    leave: impl IntoView + 'static,
    act: impl Fn() + 'static,
) -> AnyView {
    let first = NodeRef::<html::Button>::new();
    first.on_load(|button| {
        request_animation_frame(move || {
            let _ = button.focus();
        });
    });
    view! {
        <div class="asked" role="alert">
            <p>{words}</p>
            <div class="row">
                <button type="button" node_ref=first on:click=move |_| act()>{answer}</button>
                {leave}
            </div>
        </div>
    }
    .into_any()
}
