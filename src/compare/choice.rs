//! Owns which scenarios are compared, against which, and over which years; the address says it
//! too, so that a link brings it back.
//!
//! Invariant: what is chosen are scenarios the plan has, in the order of the tree, at most
//! [`MOST`]; until the reader chooses, they are those looked at.

use crate::scenarios::in_tree_order;
use crate::session::{Look, Page, Session};
use leptos::prelude::*;
use shapan_engine::{Plan, ScenarioId};
use wasm_bindgen::JsValue;

/// The most scenarios that are compared at once.
pub const MOST: usize = 4;

/// What is wanted: in memory while the page is open, and in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The scenarios; `None` while they follow what is looked at.
    pub with: Option<Vec<ScenarioId>>,
    /// The one the others are compared with.
    pub against: Option<ScenarioId>,
    /// Whether over all years together, rather than in the year looked at.
    pub all_years: bool,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The scenarios, in the order of the tree.
    pub with: Vec<ScenarioId>,
    /// The place among them of the one the others are compared with.
    pub against: usize,
    /// The fiscal year, as a place; all together where absent.
    pub year: Option<usize>,
}

impl Wanted {
    /// What a fragment says, and what of it is no id at all.
    pub fn from_hash(hash: &str) -> Option<Self> {
        let (_, query) = hash.split_once('?')?;
        let mut wanted = Self::default();
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match key {
                "with" => {
                    wanted.with = Some(value.split(',').filter_map(|id| id.parse().ok()).collect());
                }
                "against" => wanted.against = value.parse().ok(),
                "years" => wanted.all_years = value == "all",
                _ => {} // of a newer page
            }
        }
        Some(wanted)
    }

    /// The fragment that says it.
    pub fn hash(&self) -> String {
        let with = self.with.as_ref().map(|with| {
            let ids: Vec<&str> = with.iter().map(ScenarioId::as_str).collect();
            format!("with={}", ids.join(","))
        });
        let against = self.against.as_ref().map(|id| format!("against={id}"));
        let years = self.all_years.then(|| "years=all".to_owned());
        let said: Vec<String> = [with, against, years].into_iter().flatten().collect();
        let page = Page::Compare.hash();
        if said.is_empty() { page.to_owned() } else { format!("{page}?{}", said.join("&")) }
    }

    /// Which of the scenarios wanted the plan does not have.
    pub fn missing(&self, plan: &Plan) -> Vec<ScenarioId> {
        let wanted = self.with.iter().flatten().chain(&self.against);
        let mut missing: Vec<ScenarioId> =
            wanted.filter(|id| plan.scenarios.iter().all(|s| s.id != **id)).cloned().collect();
        missing.sort();
        missing.dedup();
        missing
    }

    /// What is compared of what the plan has.
    pub fn settled(&self, plan: &Plan, look: &Look) -> Chosen {
        let order = in_tree_order(plan);
        let those = |wanted: &[ScenarioId]| -> Vec<ScenarioId> {
            let here = order.iter().filter(|id| wanted.contains(id));
            here.take(MOST).map(|id| (*id).clone()).collect()
        };
        let mut with = those(self.with.as_deref().unwrap_or_default());
        // Nothing chosen, or all of another plan: what is looked at.
        if with.is_empty() && self.with.as_ref().is_none_or(|w| !w.is_empty()) {
            with = those(&[look.scenario.clone(), look.base.clone()]);
            if with.len() == 1 {
                let other = order.iter().find(|id| !with.contains(id)).map(|id| (*id).clone());
                with = those(&with.iter().cloned().chain(other).collect::<Vec<_>>());
            }
        }
        let place = |id: &ScenarioId| with.iter().position(|w| w == id);
        let against = self.against.as_ref().and_then(place).or_else(|| place(&look.base));
        let year = (!self.all_years).then_some(look.year);
        Chosen { against: against.unwrap_or(0), with, year }
    }
}

/// What is wanted, kept while the reader is on other pages.
#[derive(Clone, Copy)]
pub struct Choice(RwSignal<Wanted>);

/// Lets the page of comparison find what was chosen when it is opened again.
pub fn provide_choice() {
    provide_context(Choice(RwSignal::new(Wanted::default())));
}

/// The scenarios that an address of this page sets side by side.
pub fn named_in(address: &str) -> Vec<ScenarioId> {
    let wanted = Some(address).filter(|a| Page::from_hash(a) == Page::Compare);
    wanted.and_then(Wanted::from_hash).and_then(|w| w.with).unwrap_or_default()
}

/// How to forget what was chosen on another plan.
pub fn forget_choice() -> impl Fn() + Copy + 'static {
    let choice = expect_context::<Choice>();
    move || choice.0.set(Wanted::default())
}

impl Choice {
    /// Takes what the address says; says in the address what is wanted where it says nothing.
    pub fn meet_address(self) {
        match Wanted::from_hash(&location().hash().unwrap_or_default()) {
            Some(wanted) if wanted != self.0.get_untracked() => self.0.set(wanted),
            Some(_) => {}
            None => self.tell_address(),
        }
    }

    /// What is wanted.
    pub fn wanted(self) -> Wanted {
        self.0.get()
    }

    /// What is compared.
    pub fn chosen(self, session: Session) -> Memo<Chosen> {
        Memo::new(move |_| {
            session.plan.with(|p| session.look.with(|l| self.0.with(|w| w.settled(p, l))))
        })
    }

    /// Wants something else.
    pub fn want(self, change: impl FnOnce(&mut Wanted)) {
        self.0.update(change);
        self.tell_address();
    }

    /// Replaces the address without a step in the browser's history, and without an event.
    fn tell_address(self) {
        let hash = self.0.with_untracked(Wanted::hash);
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&hash));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use shapan_engine::taian_2012;

    fn id(text: &str) -> ScenarioId {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_wanted_reads_back_from_its_own_fragment() {
        let wanted = Wanted {
            with: Some(vec![id("status-quo"), id("raise-again")]),
            against: Some(id("raise-again")),
            all_years: true,
        };
        let hash = wanted.hash();
        assert_eq!(hash, "#compare?with=status-quo,raise-again&against=raise-again&years=all");
        assert_eq!(Wanted::from_hash(&hash), Some(wanted));
        assert_eq!(Wanted::default().hash(), "#compare");
        assert_eq!(Wanted::from_hash("#compare"), None);
        let none = Wanted { with: Some(Vec::new()), ..Wanted::default() };
        assert_eq!(Wanted::from_hash(&none.hash()), Some(none));
    }

    #[test]
    fn a_fragment_of_anything_names_nothing_the_plan_lacks() {
        let plan = taian_2012().unwrap();
        let look = Look::first(&plan);
        let hostile = "#compare?with=<script>,status-quo,x,,plan-2012&against=%00&z=1&&=";
        let wanted = Wanted::from_hash(hostile).unwrap();
        assert_eq!(wanted.missing(&plan), [id("x")]);
        let chosen = wanted.settled(&plan, &look);
        assert_eq!(chosen.with, [id("status-quo"), id("plan-2012")]);
        assert_eq!(chosen.against, 0);
    }

    #[test]
    fn until_the_reader_chooses_what_is_looked_at_is_compared() {
        let plan = taian_2012().unwrap();
        let look = Look::first(&plan);
        let chosen = Wanted::default().settled(&plan, &look);
        assert_eq!(chosen.with, [id("status-quo"), id("plan-2012")]);
        assert_eq!(chosen.year, Some(0));
        let of_another_plan = Wanted { with: Some(vec![id("x")]), ..Wanted::default() };
        assert_eq!(of_another_plan.settled(&plan, &look), chosen);
        let nothing = Wanted { with: Some(Vec::new()), ..Wanted::default() };
        assert!(nothing.settled(&plan, &look).with.is_empty(), "all were unticked");
        let five: Vec<_> = plan.scenarios.iter().map(|s| s.id.clone()).collect();
        assert!(five.len() > MOST);
        let all = Wanted { with: Some(five), against: Some(id("x")), all_years: true };
        let chosen = all.settled(&plan, &look);
        assert_eq!((chosen.with.len(), chosen.against, chosen.year), (MOST, 0, None));
    }
}
