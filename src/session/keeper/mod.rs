//! Owns keeping: what is on the table is saved on this machine soon after it moves.
//!
//! Invariant: a plan that fails to be saved stays on the table and the reader is told. What is
//! written, and how it survives, is `shapan_keep`; here is when, and what the page does then.
//! `found` is the start, `tabs` other tabs, `plans` the shelf, `versions` the way back.

mod found;
mod plans;
mod tabs;
mod versions;

pub use found::{Found, Trouble, find};
pub use plans::{Removed, SwitchError};
pub use tabs::{Choice, Elsewhere};
pub use versions::State;

use super::Session;
use crate::clock;
use crate::storage::{Browser, Setting};
use leptos::prelude::*;
use shapan_engine::files::{self, Contents, ReadError, Stamp};
use shapan_engine::{Plan, ScenarioId};
use shapan_keep::{Draft, Entry, KeepError, Reason, RecordId, Shelf, Usage};
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

/// What the table goes on from.
#[derive(Clone, Debug)]
struct Base {
    id: RecordId,
    plan: Arc<Plan>,
}

/// Keeps the session's plan.
#[derive(Clone, Copy)]
pub struct Keeper {
    session: Session,
    shelf: StoredValue<Shelf<Browser>>,
    /// The number of the plan on the table.
    current: RwSignal<u32>,
    plans: RwSignal<Vec<Entry>>,
    base: StoredValue<Option<Base>>,
    /// What was last kept beside another tab's: once is enough.
    beside: StoredValue<Option<Arc<Plan>>>,
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
        let Found { plan: _, look: _, current, base, troubles, state, shelf } = found;
        let keeper = Self {
            session,
            plans: RwSignal::new(shelf.plans().unwrap_or_default()),
            shelf: StoredValue::new(shelf),
            current: RwSignal::new(current),
            // The very plan on the table, so that the two are seen to be one at once.
            base: StoredValue::new(base.map(|id| Base { id, plan: session.table.get_untracked() })),
            beside: StoredValue::new(None),
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
        let Some(plan) = self.session.table.try_get_untracked() else { return };
        let saved = match self.write(&plan) {
            Err(KeepError::Moved) => match self.catch_up() {
                // What both made of it together is there only once it is written.
                Ok(()) if self.elsewhere.with_untracked(Option::is_none) => {
                    self.write(&self.session.table.get_untracked())
                }
                caught_up => caught_up,
            },
            written => written,
        };
        self.tell(saved);
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
        if self.base.with_value(Option::is_none)
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
        let base = self.base.get_value();
        let is_same = |base: &Base| Arc::ptr_eq(&base.plan, plan) || base.plan == *plan;
        if !base.as_ref().is_some_and(is_same) {
            let body = body_of(plan);
            // First, for once the plan is written it is adopted already.
            self.keep_adopted(base.as_ref().map(|base| &base.plan), plan, &body)?;
            let from = base.as_ref().map(|base| &base.id);
            let id = self.with_draft(plan, &body, &|shelf, draft| shelf.commit(draft, from))?;
            self.base.set_value(Some(Base { id, plan: Arc::clone(plan) }));
            self.look_at_shelf();
        }
        let look = self.session.table_look.get_untracked().kept();
        Setting::Look.set(&serde_json::to_string(&look).unwrap_or_default())?;
        Ok(Setting::Current.set(&self.current.get_untracked().to_string())?)
    }

    /// An adopted scenario leaves the plan behind as a version that stays as it was.
    fn keep_adopted(
        self,
        before: Option<&Arc<Plan>>,
        plan: &Plan,
        body: &str,
    ) -> Result<(), KeepError> {
        let was_adopted = |id: &ScenarioId| {
            let before = before.into_iter().flat_map(|p| &p.scenarios).find(|s| s.id == *id);
            before.is_none_or(|s| s.adopted.is_some())
        };
        let lang = self.session.preferences.with_untracked(|p| p.lang);
        for scenario in plan.scenarios.iter().filter(|s| s.adopted.is_some()) {
            if !was_adopted(&scenario.id) {
                let name = scenario.name.get(lang);
                self.keep_as(plan, body, name, Reason::Adopted)?;
            }
        }
        Ok(())
    }

    /// Keeps a state of the plan on the table as a version.
    fn keep_as(self, plan: &Plan, body: &str, name: &str, reason: Reason) -> Result<(), KeepError> {
        let keep = |shelf: &Shelf<Browser>, draft: Draft<'_>| {
            shelf.keep_version(draft, name, reason).map(|_| ())
        };
        self.with_draft(plan, body, &keep)
    }

    /// Hands the shelf a state of the plan on the table.
    fn with_draft<T>(
        self,
        plan: &Plan,
        body: &str,
        then: &dyn Fn(&Shelf<Browser>, Draft<'_>) -> T,
    ) -> T {
        let title = plan.title.get(self.session.preferences.with_untracked(|p| p.lang));
        let (plan, at) = (self.current.get_untracked(), clock::now());
        let draft = Draft { plan, at, title, app: clock::APP, body };
        self.shelf.with_value(|shelf| then(shelf, draft))
    }

    fn look_at_shelf(self) {
        if let Ok(plans) = self.shelf.with_value(Shelf::plans)
            && self.plans.with_untracked(|before| *before != plans)
        {
            self.plans.set(plans);
        }
    }

    /// What takes how much room on this machine, in characters.
    pub fn usage(self) -> Usage {
        self.shelf.with_value(Shelf::usage).unwrap_or_default()
    }
}
