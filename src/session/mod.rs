//! Owns the plan in memory and the one way to change it, and what is looked at.
//!
//! Invariant: components never hold or mutate a plan; they read signals from here and
//! call [`Session::dispatch`]. Everything shown is derived from (plan, look). What is kept is the
//! plan on the table, which is not the one shown while another is only looked at (`visit`).

mod calm;
mod checked;
mod impact;
mod keeper;
mod look;
mod preferences;
mod visit;

pub use checked::{Checked, Tally, flipper};
pub use impact::{BaseStory, Impact, Shown, fair_shares};
pub use keeper::{
    Choice, Elsewhere, Keeper, Removed, SaveState, State, SwitchError, Trouble, find,
};
pub use look::{Look, Page};
pub use preferences::{Preferences, Theme};

use crate::words::{Words, words};
use leptos::prelude::*;
use shapan_engine::{
    Command, CommandError, Document, EvaluateError, Gesture, Known, Lang, MeasureId, Outcome, Plan,
    Scenario, ScenarioId, Text,
};
use std::sync::Arc;

/// The session's signals; `Copy`, handed out by context.
#[derive(Clone, Copy)]
pub struct Session {
    document: RwSignal<Document>,
    gesture: StoredValue<u64>,
    /// Whether the last change is part of a gesture under way.
    is_live: StoredValue<bool>,
    /// What is only looked at, in place of the plan on the table.
    visited: RwSignal<Option<Document>>,
    /// How often the reader tried to change it: said once for the whole page, whatever part of
    /// the page tells of a refusal beside.
    held_back: RwSignal<usize>,
    /// The plan that is shown, as it stands.
    pub plan: Memo<Arc<Plan>>,
    /// The plan on the table.
    pub table: Memo<Arc<Plan>>,
    /// Which scenario, base, year and measure are looked at (always ones that exist).
    pub look: Memo<Look>,
    /// Which of the plan on the table are.
    pub table_look: Memo<Look>,
    wanted: RwSignal<Look>,
    wanted_there: RwSignal<Look>,
    /// Language, theme and unit.
    pub preferences: RwSignal<Preferences>,
    /// Outcomes computed lately: another is computed from the nearest of them.
    pub known: StoredValue<Known>,
    /// The scenario against the base.
    pub impact: Memo<Shown<Impact>>,
    /// The scenario against what it is stacked on.
    pub own: Memo<Shown<Impact>>,
    /// The rules under the scenario.
    pub checked: Memo<Option<Shown<Checked>>>,
    system_dark: RwSignal<bool>,
    /// Whether the page is being printed: then all rows are there, and colours are those of paper.
    pub printing: RwSignal<bool>,
    /// The last command that was refused.
    pub refused: RwSignal<Option<CommandError>>,
}

impl Session {
    /// Starts on a plan.
    pub fn new(plan: Plan, look: Option<Look>, preferences: Preferences) -> Self {
        let wanted = RwSignal::new(look.unwrap_or_else(|| Look::first(&plan)));
        let document = RwSignal::new(Document::new(plan));
        let visited = RwSignal::new(None::<Document>);
        let wanted_there = RwSignal::new(wanted.get_untracked());
        let table = Memo::new(move |_| document.with(|d| Arc::clone(d.plan())));
        let table_look = Memo::new(move |_| table.with(|p| wanted.with(|l| l.settled(p))));
        let plan = Memo::new(move |_| {
            let there = visited.with(|v| v.as_ref().map(|d| Arc::clone(d.plan())));
            there.unwrap_or_else(|| table.get())
        });
        let look = Memo::new(move |_| {
            if visited.with(Option::is_some) {
                plan.with(|p| wanted_there.with(|l| l.settled(p)))
            } else {
                table_look.get()
            }
        });
        let known = StoredValue::new(Known::default());
        let of = move |pair: &(ScenarioId, ScenarioId)| {
            Impact::of(&mut known.write_value(), plan.get(), pair)
        };
        let impact = Memo::new(move |_| of(&look.with(Look::compared)));
        let own = Memo::new(move |_| {
            let stacked = plan.with(|p| look.with(|l| l.stacked(p)));
            // Mostly a scenario is compared with what it is stacked on: computed once.
            if stacked == look.with(Look::compared) { impact.get() } else { of(&stacked) }
        });
        Self {
            document,
            gesture: StoredValue::new(0),
            is_live: StoredValue::new(false),
            visited,
            held_back: RwSignal::new(0),
            plan,
            table,
            look,
            table_look,
            wanted,
            wanted_there,
            preferences: RwSignal::new(preferences),
            known,
            impact,
            own,
            checked: Checked::memo(impact),
            system_dark: preferences::system_dark(),
            printing: RwSignal::new(false),
            refused: RwSignal::new(None),
        }
    }

    /// Carries out a command as a step of its own.
    pub fn dispatch(self, command: Command) {
        self.end_gesture();
        self.carry_out(command, None);
    }

    /// Carries out a command as a step of its own, and tells the caller instead of the
    /// page where it is refused.
    ///
    /// # Errors
    /// As [`Document::dispatch`].
    pub fn try_dispatch(self, command: Command) -> Result<(), CommandError> {
        self.end_gesture();
        self.refused.set(None);
        self.carry_out_on_what_is_shown(command, None)
    }

    /// Carries out a command as part of the gesture under way (a drag, typing).
    pub fn dispatch_live(self, command: Command) {
        self.is_live.set_value(true);
        self.carry_out(command, Some(Gesture(self.gesture.get_value())));
    }

    /// The gesture is over: what follows is another step.
    pub fn end_gesture(self) {
        self.gesture.update_value(|g| *g += 1);
        self.is_live.set_value(false);
    }

    fn carry_out(self, command: Command, gesture: Option<Gesture>) {
        let done = self.carry_out_on_what_is_shown(command, gesture);
        self.refused.set(done.err());
    }

    fn carry_out_on_what_is_shown(
        self,
        command: Command,
        gesture: Option<Gesture>,
    ) -> Result<(), CommandError> {
        if self.is_visiting_now() {
            self.held_back.update(|times| *times += 1);
            let visited = self.visited.get_untracked();
            return visited.map_or(Ok(()), |mut document| document.dispatch(command, gesture));
        }
        self.document.write().dispatch(command, gesture)
    }

    /// Undoes the last step.
    pub fn undo(self) {
        self.step(Document::undo);
    }

    /// Does the last undone step again.
    pub fn redo(self) {
        self.step(Document::redo);
    }

    fn step(self, step: fn(&mut Document) -> bool) {
        self.end_gesture();
        self.refused.set(None);
        if !self.is_visiting_now() {
            self.document.update(|d| {
                step(d);
            });
        }
    }

    /// Whether there is a step to undo.
    pub fn can_undo(self) -> bool {
        !self.is_visiting() && self.document.with(Document::can_undo)
    }

    /// Whether there is a step to redo.
    pub fn can_redo(self) -> bool {
        !self.is_visiting() && self.document.with(Document::can_redo)
    }

    /// Puts another plan on the table, with a history of its own.
    pub fn open(self, plan: Plan) {
        self.end_visit();
        self.end_gesture();
        self.refused.set(None);
        self.wanted.set(Look::first(&plan));
        self.document.set(Document::new(plan));
    }

    /// Goes on from another state of the plan on the table, as one step; what was looked at stays.
    pub fn go_on_from(self, plan: &Plan) {
        self.end_gesture();
        self.refused.set(None);
        self.document.write().go_on_from(plan.clone());
    }

    /// The outcome of a plan under a scenario, or why it has none.
    ///
    /// # Errors
    /// As [`shapan_engine::evaluate`].
    pub fn outcome(self, plan: &Plan, scenario: &ScenarioId) -> Result<Outcome, EvaluateError> {
        let stack = plan.enabled_measures(scenario)?;
        let unknown = || EvaluateError::UnknownScenario(scenario.clone());
        let found = self.known.try_update_value(|known| known.outcome(plan, &stack));
        found.unwrap_or_else(|| Err(unknown()))
    }

    /// Whether what is looked at has a result: a measure may move a number out of bounds,
    /// and then no figure is better than a wrong one.
    pub fn has_result(self) -> Memo<bool> {
        Memo::new(move |_| self.impact.with(|i| i.get().is_some()))
    }

    /// Looks at something else.
    pub fn look_at(self, change: impl FnOnce(&mut Look)) {
        let mut look = self.look.get_untracked();
        change(&mut look);
        if self.is_visiting_now() { self.wanted_there } else { self.wanted }.set(look);
    }

    /// Looks at a scenario, compared with what it is stacked on.
    pub fn look_at_scenario(self, id: &ScenarioId) {
        let plan = self.plan.get_untracked();
        self.look_at(|look| look.choose(&plan, id));
    }

    /// Adds a new scenario on the one looked at, and looks at it.
    pub fn add_scenario(self, name: shapan_engine::Text) {
        let plan = self.plan.get_untracked();
        let Some(id) = shapan_engine::fresh_id::<ScenarioId>("scenario", |id| {
            plan.scenarios.iter().any(|s| s.id == *id)
        }) else {
            return;
        };
        let scenario = Scenario {
            id: id.clone(),
            name,
            parent: Some(self.look.with_untracked(|l| l.scenario.clone())),
            measures: Vec::new(),
            adopted: None,
            extra: shapan_engine::Extra::default(),
        };
        self.dispatch(Command::AddScenarios(vec![scenario]));
        self.look_at_scenario(&id);
    }

    /// The reader's language.
    pub fn lang(self) -> Lang {
        self.preferences.with(|p| p.lang)
    }

    /// What was typed, as words in the reader's language; `None` where nothing is left
    /// once control characters, which only pasting brings, are dropped.
    pub fn typed(self, words: &str) -> Option<Text> {
        self.retyped(None, words)
    }

    /// As [`Session::typed`], in place of what there was: other languages keep their words.
    pub fn retyped(self, before: Option<&Text>, words: &str) -> Option<Text> {
        let allowed = words.chars().filter(|c| Text::allows(*c));
        let words: String = allowed.take(Text::MOST_CHARS).collect();
        let lang = self.lang();
        before.map_or_else(|| Text::new(lang, &words), |b| b.with(lang, &words)).ok()
    }

    /// Puts what was typed in place of a name, which stays as it is where nothing is left.
    pub fn retype(self, name: &mut Text, words: &str) {
        if let Some(text) = self.retyped(Some(name), words) {
            *name = text;
        }
    }

    /// Whether the page is dark right now.
    pub fn is_dark(self) -> bool {
        if self.printing.get() {
            return false;
        }
        match self.preferences.with(|p| p.theme) {
            Theme::System => self.system_dark.get(),
            Theme::Light => false,
            Theme::Dark => true,
        }
    }

    /// As [`Session::lang`], where nothing is drawn anew.
    pub fn lang_now(self) -> Lang {
        self.preferences.with_untracked(|p| p.lang)
    }

    /// The page's words in the reader's language.
    pub fn words(self) -> &'static Words {
        words(self.lang())
    }

    /// As [`Session::words`], where nothing is drawn anew: once a file or a worker has answered.
    pub fn words_now(self) -> &'static Words {
        words(self.preferences.with_untracked(|p| p.lang))
    }

    /// One of the page's words, in the reader's language. A signal of one type for all of
    /// them: a closure of its own for each would be compiled into the page each time.
    pub fn t(self, pick: fn(&'static Words) -> &'static str) -> Signal<&'static str> {
        Signal::derive(move || pick(self.words()))
    }

    /// The scenario looked at.
    pub fn scenario(self) -> Option<Scenario> {
        self.plan
            .with(|p| self.look.with(|l| p.scenarios.iter().find(|s| s.id == l.scenario).cloned()))
    }

    /// A scenario's name in the reader's language.
    pub fn scenario_name(self, id: &ScenarioId) -> String {
        let lang = self.lang();
        self.plan.with(|p| {
            let found = p.scenarios.iter().find(|s| s.id == *id);
            found.map(|s| s.name.get(lang).to_owned()).unwrap_or_default()
        })
    }

    /// The plan's title in the reader's language.
    pub fn plan_title(self) -> Memo<String> {
        Memo::new(move |_| self.plan.with(|p| p.title.get(self.lang()).to_owned()))
    }

    /// Chooses the measure to edit.
    pub fn select_measure(self, id: Option<MeasureId>) {
        self.look_at(|look| look.measure = id);
    }
}
