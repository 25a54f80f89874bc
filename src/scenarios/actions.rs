//! Owns what can be done with a scenario: stack another on it, copy, adopt, remove; and the
//! words that say what was removed, with the way back.
//!
//! Invariant: each is one step of the history.

use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Command, Date, Lang, Plan, PlanParts, Scenario, ScenarioId, Text, fresh_id};
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// What was removed last: its words, and the plan as it was left. Shown until the plan moves on.
#[derive(Clone, Copy)]
pub struct Removed(RwSignal<Option<(String, Arc<Plan>)>>);

/// Lets every page say what was removed.
pub fn provide_removed() {
    provide_context(Removed(RwSignal::new(None)));
}

/// What the button that looks at a scenario is known by on the page.
pub fn title_id(id: &ScenarioId) -> String {
    format!("scenario-{id}")
}

/// Puts the focus on a scenario in the tree, where there is one, once the tree stands: what was
/// pressed may be gone by then.
pub fn focus_on(id: &ScenarioId) {
    let id = title_id(id);
    request_animation_frame(move || {
        if let Some(title) = document().get_element_by_id(&id) {
            let _ = title.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}

/// A scenario of a plan.
pub fn scenario<'a>(plan: &'a PlanParts, id: &ScenarioId) -> Option<&'a Scenario> {
    plan.scenarios.iter().find(|s| s.id == *id)
}

/// All that is stacked on a scenario, what is nearest to it first.
pub fn stacked_on<'a>(plan: &'a PlanParts, id: &ScenarioId) -> Vec<&'a Scenario> {
    let on = |id: &ScenarioId| {
        let id = id.clone();
        plan.scenarios.iter().filter(move |s| s.parent.as_ref() == Some(&id))
    };
    let mut found: Vec<&Scenario> = on(id).collect();
    let mut place = 0;
    while let Some(next) = found.get(place) {
        found.extend(on(&next.id.clone()));
        place += 1;
    }
    found
}

/// Scenarios in the order of the tree, each after what it is stacked on.
pub fn in_tree_order(plan: &PlanParts) -> Vec<&ScenarioId> {
    fn below<'a>(plan: &'a PlanParts, on: Option<&ScenarioId>, out: &mut Vec<&'a ScenarioId>) {
        for scenario in plan.scenarios.iter().filter(|s| s.parent.as_ref() == on) {
            out.push(&scenario.id);
            below(plan, Some(&scenario.id), out);
        }
    }
    let mut out = Vec::new();
    below(plan, None, &mut out);
    out
}

/// Why a scenario stays as it is: the adopted scenario, itself or one stacked on it, and its day.
pub fn locked_by<'a>(plan: &'a PlanParts, id: &ScenarioId) -> Option<(&'a Scenario, Date)> {
    let adopted = |s: &'a Scenario| s.adopted.map(|on| (s, on));
    let itself = scenario(plan, id).and_then(adopted);
    itself.or_else(|| stacked_on(plan, id).into_iter().find_map(adopted))
}

/// A scenario on another, looked at from then on.
pub fn stack_on(session: Session, parent: &ScenarioId) {
    if let Some(name) = session.typed(session.words().new_scenario_name) {
        session.look_at_scenario(parent);
        session.add_scenario(name);
        focus_on(&session.look.with_untracked(|l| l.scenario.clone()));
    }
}

/// The same measures on the same parent under another name, looked at from then on.
pub fn duplicate(session: Session, id: &ScenarioId) {
    let plan = session.plan.get_untracked();
    let Some(there) = scenario(&plan, id) else { return };
    let is_taken = |id: &ScenarioId| plan.scenarios.iter().any(|s| s.id == *id);
    let fresh = fresh_id::<ScenarioId>("scenario", is_taken);
    let (Some(fresh), Some(name)) = (fresh, copy_name(&plan, &there.name)) else { return };
    let copy = Scenario { id: fresh.clone(), name, adopted: None, ..there.clone() };
    session.dispatch(Command::AddScenarios(vec![copy]));
    session.look_at_scenario(&fresh);
    focus_on(&fresh);
}

/// `… 副本`, numbered where a scenario is called that already.
fn copy_name(plan: &PlanParts, name: &Text) -> Option<Text> {
    let named = |n: usize| {
        let each = Lang::ALL.into_iter().filter_map(|lang| {
            let w = crate::words::words(lang).compare;
            // Room for the addition within what a text may hold.
            let short: String = name.exactly(lang)?.chars().take(Text::MOST_CHARS - 40).collect();
            let copied = match n {
                1 => fill(w.copy_of, &[&short]),
                n => fill(w.copy_of_n, &[&short, &n.to_string()]),
            };
            Some((lang, copied))
        });
        let each: Vec<(Lang, String)> = each.collect();
        Text::from_languages(each.iter().map(|(lang, words)| (*lang, words.as_str()))).ok()
    };
    // One more than there are scenarios: one of them is free.
    let mut names = (1..=plan.scenarios.len() + 1).filter_map(named);
    names.find(|name| plan.scenarios.iter().all(|s| s.name != *name))
}

/// Marks a scenario as adopted on a day, or as adopted no longer.
pub fn adopt(session: Session, id: &ScenarioId, on: Option<Date>) {
    session.dispatch(Command::Adopt { scenario: id.clone(), on });
}

/// Gives a scenario another name.
pub fn rename(session: Session, id: &ScenarioId, typed: &str) {
    let name = session
        .plan
        .with_untracked(|plan| session.retyped(scenario(plan, id).map(|s| &s.name), typed));
    if let Some(name) = name {
        session.dispatch(Command::RenameScenario { scenario: id.clone(), name });
    }
}

/// Removes a scenario and all that is stacked on it, looks at its parent and says what is gone.
pub fn remove(session: Session, id: &ScenarioId) {
    let plan = session.plan.get_untracked();
    let Some(gone) = scenario(&plan, id) else { return };
    let above = stacked_on(&plan, id);
    let all = above.iter().rev().map(|s| &s.id).chain([id]);
    let commands = all.map(|id| Command::RemoveScenario(id.clone())).collect();
    let was_looked_at = session
        .look
        .with_untracked(|l| l.scenario == *id || above.iter().any(|s| s.id == l.scenario));
    if let Err(error) = session.try_dispatch(Command::Together(commands)) {
        session.refused.set(Some(error));
        return;
    }
    if let (true, Some(parent)) = (was_looked_at, &gone.parent) {
        session.look_at_scenario(parent);
        focus_on(parent);
    }
    let (w, name) = (session.words().compare, gone.name.get(session.lang()));
    let words = match above.len() {
        0 => fill(w.deleted, &[name]),
        more => fill(w.deleted_with, &[name, &more.to_string()]),
    };
    expect_context::<Removed>().0.set(Some((words, session.plan.get_untracked())));
}

/// What was removed, with the way back, until something else happens to the plan.
#[component]
pub fn RemovedNotice() -> impl IntoView {
    let session = expect_context::<Session>();
    let removed = expect_context::<Removed>();
    let words = move || {
        let is_last = |plan: &Arc<Plan>| session.plan.with(|now| Arc::ptr_eq(now, plan));
        removed.0.get().filter(|(_, plan)| is_last(plan)).map(|(words, _)| words)
    };
    view! {
        <div role="status">
            {move || words().map(|words| view! {
                <p class="notice told">
                    {words}" "
                    <button type="button" on:click=move |_| session.undo()>{session.t(|w| w.undo)}</button>
                </p>
            })}
        </div>
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_a_name_nothing_else_has_in_every_language_of_the_original() {
        let plan = shapan_engine::taian_2012().unwrap();
        let name = &plan.scenarios[1].name;
        let first = copy_name(&plan, name).unwrap();
        assert_eq!(first.get(Lang::ZhHans), "2012 年工作计划 副本");
        assert_eq!(first.get(Lang::En), "2012 work plan (copy)");
        let plan = plan.edit(|parts| parts.scenarios[2].name = first).unwrap();
        let second = copy_name(&plan, &plan.scenarios[1].name).unwrap();
        assert_eq!(second.get(Lang::ZhHant), "2012 年工作計劃 副本 2");
    }

    #[test]
    fn the_tree_lists_every_scenario_after_what_it_is_stacked_on() {
        let plan = shapan_engine::taian_2012().unwrap();
        let order = in_tree_order(&plan);
        assert_eq!(order.len(), plan.scenarios.len());
        assert_eq!(order[0].as_str(), "status-quo");
        let above = stacked_on(&plan, order[0]);
        assert_eq!(above.len(), plan.scenarios.len() - 1);
        assert_eq!(above[0].id.as_str(), "plan-2012");
    }
}
