//! Owns what may follow a frame later: the session as it stands once the page comes to rest.
//!
//! While a lever moves, the answer belongs into the frame and all that is told beside it into
//! the next. Invariant: plan, look and results of a calm session belong together; only while a
//! gesture is under way are they older than what is on the table.

use super::{Checked, Impact, Look, Session, Shown};
use leptos::prelude::*;
use shapan_engine::Plan;
use std::sync::Arc;
use std::time::Duration;

/// All that is shown, at one moment.
struct Moment {
    plan: Arc<Plan>,
    look: Look,
    impact: Shown<Impact>,
    own: Shown<Impact>,
}

impl Moment {
    fn now(session: Session) -> Self {
        Self {
            plan: session.plan.get_untracked(),
            look: session.look.get_untracked(),
            impact: session.impact.get_untracked(),
            own: session.own.get_untracked(),
        }
    }
}

impl Session {
    /// The same session for what need not move with the lever, but soon after it.
    pub fn calm(self) -> Self {
        let moment = RwSignal::new(Moment::now(self));
        let is_waiting = StoredValue::new(false);
        let follow = move || {
            let _ = is_waiting.try_set_value(false);
            let _ = moment.try_set(Moment::now(self));
        };
        Effect::new(move |_| {
            self.plan.track();
            self.look.track();
            if !self.is_live.get_value() {
                follow();
            } else if !is_waiting.get_value() {
                is_waiting.set_value(true);
                // A task asked for ahead of painting runs after it.
                request_animation_frame(move || set_timeout(follow, Duration::ZERO));
            }
        });
        let impact = Memo::new(move |_| moment.with(|m| m.impact.clone()));
        Self {
            plan: Memo::new(move |_| moment.with(|m| Arc::clone(&m.plan))),
            look: Memo::new(move |_| moment.with(|m| m.look.clone())),
            impact,
            own: Memo::new(move |_| moment.with(|m| m.own.clone())),
            checked: Checked::memo(impact),
            ..self
        }
    }
}
