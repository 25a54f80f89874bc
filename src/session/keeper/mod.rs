//! Owns keeping: what is on the table is saved on this machine soon after it moves.
//!
//! Invariant: a plan that fails to be saved stays on the table and the reader is told. What is
//! written where, and what becomes of it beside other tabs, is `shapan_keep`'s `OpenPlan`; here is
//! when, and what the page does then.
//! `found` is the start, `tabs` other tabs, `plans` the shelf, `versions` the way back.

mod found;
mod plans;
mod tabs;
mod versions;

pub use found::{Found, Trouble, find};
pub use plans::{Removed, SwitchError};
pub use shapan_keep::Choice;
pub use versions::State;

use super::Session;
use crate::clock;
use crate::storage::{Browser, Setting};
use leptos::prelude::*;
use shapan_engine::files::{self, Contents, ReadError, Stamp};
use shapan_engine::merge::three_way;
use shapan_engine::{Plan, ScenarioId};
use shapan_keep::{Base, Documents, Entry, KeepError, Next, OpenPlan, Reason, Saved, Shelf, Usage};
use std::sync::Arc;
use std::time::Duration;

/// How long after the last change a plan is written: longer than a drag's pauses,
/// shorter than anybody needs to close a tab (closing writes at once anyway).
const PAUSE: Duration = Duration::from_millis(250);

/// Whether what is on the table is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Changed since it was last written.
    Pending,
    /// Written, at this time of day.
    Saved {
        /// `HH:MM`
        at: String,
    },
    /// Could not be written.
    Failed(KeepError),
}

/// Plans as they are kept: titled in the reader's language, put together item by item.
#[derive(Clone, Copy)]
struct Plans(Session);

impl Documents for Plans {
    type Document = Arc<Plan>;

    fn title(&self, plan: &Arc<Plan>) -> String {
        plan.title.get(self.0.lang_now()).to_owned()
    }

    fn body(&self, plan: &Arc<Plan>) -> String {
        body_of(plan)
    }

    fn read(&self, body: &str) -> Option<Arc<Plan>> {
        read_plan(body).ok().map(Arc::new)
    }

    fn merge(&self, base: &Arc<Plan>, ours: &Arc<Plan>, theirs: &Arc<Plan>) -> (Arc<Plan>, usize) {
        let merged = three_way(base, ours, theirs);
        (Arc::new(merged.plan), merged.conflicts.len())
    }
}

/// The plan as another tab has saved it, while there are other changes here.
pub type Elsewhere = shapan_keep::Elsewhere<Arc<Plan>>;

/// Keeps the session's plan.
#[derive(Clone, Copy)]
pub struct Keeper {
    session: Session,
    open: StoredValue<OpenPlan<Browser, Plans>>,
    /// The number of the plan on the table; 0 before it has a place on the shelf.
    current: RwSignal<u32>,
    plans: RwSignal<Vec<Entry>>,
    /// Storage could not be looked at when the page began: what was on the table comes there once
    /// it can, unless the reader went on with something else.
    is_missed: StoredValue<bool>,
    /// The sample as it was laid out for a reader who came to look at something else: not kept.
    unasked: StoredValue<Option<Arc<Plan>>>,
    /// Whether what is on the table is safe.
    pub state: RwSignal<SaveState>,
    /// What was not as it should be at the start.
    pub troubles: RwSignal<Vec<Trouble>>,
    /// The same plan as another tab has saved it, when both have changes: saving waits
    /// until the reader chooses.
    pub elsewhere: RwSignal<Option<Elsewhere>>,
    /// What went wrong with what the reader asked for last, in their words.
    pub trouble: RwSignal<Option<String>>,
}

fn read_plan(body: &str) -> Result<Plan, ReadError> {
    match files::read(body)?.0 {
        Contents::Plan(plan) => Ok(*plan),
        Contents::Scenario(_) => Err(ReadError::NotOurs { format: "shapan/scenario".to_owned() }),
    }
}

/// A plan as records hold it: who wrote it when is told beside it.
fn body_of(plan: &Plan) -> String {
    files::write_plan(plan, &Stamp::default())
}

impl Keeper {
    /// Starts keeping the session: every change, the look and the preferences.
    pub fn start(session: Session, found: Found) -> Self {
        let Found { plan: _, look: _, base, troubles, state, shelf } = found;
        let plans = shelf.plans().unwrap_or_default();
        let mut open = OpenPlan::new(shelf, Plans(session), clock::APP);
        // The very plan on the table, so that the two are seen to be one at once.
        let document = session.table.get_untracked();
        let base = base.map(|(id, lineage)| Base { id, lineage, document });
        let _ = open.put(base); // nothing is asked yet
        let keeper = Self {
            session,
            plans: RwSignal::new(plans),
            current: RwSignal::new(open.number().unwrap_or(0)),
            open: StoredValue::new(open),
            is_missed: StoredValue::new(matches!(state, SaveState::Failed(_))),
            unasked: StoredValue::new(None),
            state: RwSignal::new(state),
            troubles: RwSignal::new(troubles),
            elsewhere: RwSignal::new(None),
            trouble: RwSignal::new(None),
        };
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            session.table.track();
            session.table_look.track();
            if !matches!(keeper.state.get_untracked(), SaveState::Failed(_)) {
                keeper.state.set(SaveState::Pending);
            }
            if let Some(handle) = waiting.get_value() {
                handle.clear();
            }
            waiting.set_value(set_timeout_with_handle(move || keeper.save(), PAUSE).ok());
        });
        Effect::new(move |was_kept: Option<bool>| {
            session.preferences.track();
            // Who only looks at something leaves nothing behind.
            if was_kept.is_none() && session.is_visiting_now() {
                return false;
            }
            if let Err(error) = session.preferences.with_untracked(super::Preferences::save) {
                keeper.state.set(SaveState::Failed(error.into()));
            }
            true
        });
        keeper.listen_to_other_tabs();
        for leaving in ["pagehide", "visibilitychange"] {
            let handle = window_event_listener_untyped(leaving, move |_| {
                if keeper.elsewhere.with_untracked(Option::is_some) {
                    keeper.keep_ours_beside();
                } else if !matches!(keeper.state.get_untracked(), SaveState::Saved { .. }) {
                    keeper.save();
                }
            });
            on_cleanup(move || handle.remove());
        }
        keeper
    }

    /// Writes what is on the table, now.
    pub fn save(self) {
        if self.elsewhere.with_untracked(Option::is_some) {
            return;
        }
        self.open_what_was_missed();
        let Some(plan) = self.session.table.try_get_untracked() else { return };
        let saved = self.write(&plan);
        if self.elsewhere.with_untracked(Option::is_none) {
            self.tell(saved);
        }
    }

    /// Puts the plan on the table that could not be looked for when the page began.
    fn open_what_was_missed(self) {
        if !self.is_missed.get_value() {
            return;
        }
        let found = find();
        if matches!(found.state, SaveState::Failed(_)) {
            return;
        }
        self.is_missed.set_value(false);
        let (Some(plan), Some((id, lineage))) = (found.plan, found.base) else { return };
        if self.session.can_undo() || self.session.is_visiting_now() {
            return; // it is on the shelf, to be opened there
        }
        self.session.open(plan);
        let document = self.session.table.get_untracked();
        let _ = self.put(Some(Base { id, lineage, document }));
        self.look_at_shelf();
    }

    /// Another plan is on the table, or one without a place on the shelf.
    fn put(self, base: Option<Base<Arc<Plan>>>) -> Result<(), KeepError> {
        let put = self.open.try_update_value(|open| open.put(base)).unwrap_or(Ok(()));
        self.follow();
        put
    }

    /// The page follows where the plan stands, and what another tab made of it.
    fn follow(self) {
        let (number, elsewhere) =
            self.open.with_value(|open| (open.number().unwrap_or(0), open.elsewhere().cloned()));
        if self.current.get_untracked() != number {
            self.current.set(number);
        }
        let is_asked = elsewhere.is_some();
        if is_asked || self.elsewhere.with_untracked(Option::is_some) {
            self.elsewhere.set(elsewhere);
        }
    }

    /// What is on the table goes on as it was put together with what another tab made of it.
    fn go_on(self, next: &Next<Arc<Plan>>) {
        self.follow();
        if let Next::GoOn(plan) = next {
            self.session.go_on_from(plan);
        }
    }

    fn tell(self, saved: Result<(), KeepError>) {
        self.state.set(match saved {
            Ok(()) => SaveState::Saved { at: clock::time_of_day() },
            Err(error) => SaveState::Failed(error),
        });
    }

    /// Keeps the sample off the shelf where nobody asked for it: the reader followed a link to
    /// something else, and no plan of theirs is here.
    pub fn leave_sample_unkept(self) {
        if self.current.get_untracked() == 0
            && self.plans.with_untracked(Vec::is_empty)
            && self.troubles.with_untracked(Vec::is_empty)
            && untrack(|| !self.session.can_undo())
        {
            self.unasked.set_value(Some(self.session.table.get_untracked()));
        }
    }

    /// The reader goes on with what is on the table: it is kept like any plan.
    pub fn keep_table_again(self) {
        if self.unasked.with_value(Option::is_some) {
            self.unasked.set_value(None);
            self.save();
        }
    }

    /// Whether what is on the table is the sample that nobody asked for.
    pub fn has_unasked_sample(self) -> bool {
        self.session.table.with(|plan| self.is_unasked(plan))
    }

    fn is_unasked(self, plan: &Arc<Plan>) -> bool {
        self.unasked.with_value(|sample| sample.as_ref().is_some_and(|s| Arc::ptr_eq(s, plan)))
    }

    fn write(self, plan: &Arc<Plan>) -> Result<(), KeepError> {
        if self.is_unasked(plan) {
            return Ok(());
        }
        // First, for once the plan is written it is adopted already.
        self.keep_adopted(plan)?;
        let saved = self.open.try_update_value(|open| open.save(plan, clock::now()));
        let Some(Saved { next, written }) = saved else { return Ok(()) };
        self.go_on(&next);
        written?;
        self.look_at_shelf();
        let look = self.session.table_look.get_untracked().kept();
        Setting::Look.set(&serde_json::to_string(&look).unwrap_or_default())?;
        Ok(Setting::Current.set(&self.current.get_untracked().to_string())?)
    }

    /// An adopted scenario leaves the plan behind as a version that stays as it was.
    fn keep_adopted(self, plan: &Arc<Plan>) -> Result<(), KeepError> {
        self.open.with_value(|open| {
            let Some(Base { document: before, .. }) = open.base() else { return Ok(()) };
            if Arc::ptr_eq(before, plan) {
                return Ok(());
            }
            let was_adopted = |id: &ScenarioId| {
                let before = before.scenarios.iter().find(|s| s.id == *id);
                before.is_none_or(|s| s.adopted.is_some())
            };
            let newly = plan.scenarios.iter().filter(|s| s.adopted.is_some());
            for scenario in newly.filter(|s| !was_adopted(&s.id)) {
                let name = scenario.name.get(self.session.lang_now());
                open.keep_version(plan, clock::now(), name, Reason::Adopted)?;
            }
            Ok(())
        })
    }

    fn with_shelf<T>(self, look: impl FnOnce(&Shelf<Browser>) -> T) -> T {
        self.open.with_value(|open| look(open.shelf()))
    }

    fn look_at_shelf(self) {
        if let Ok(plans) = self.with_shelf(Shelf::plans)
            && self.plans.with_untracked(|before| *before != plans)
        {
            self.plans.set(plans);
        }
    }

    /// What takes how much room on this machine, in characters.
    pub fn usage(self) -> Usage {
        self.with_shelf(Shelf::usage).unwrap_or_default()
    }
}
