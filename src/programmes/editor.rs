//! Owns the editor of one programme: what its pieces share, its head, and how they stand.

use super::confirm::Losing;
use super::cost::Cost;
use super::driver::DriverFields;
use super::formula::formula;
use super::general::General;
use super::make::{copy, losing};
use super::split::SplitEditor;
use super::{Desk, go_to};
use crate::names;
use crate::programmes::list::focus;
use crate::session::Session;
use leptos::prelude::*;
use shapan_engine::{Command, ParamPath, Programme, ProgrammeId, ProgrammeRole, Thing, ThingId};

/// The programme being edited; `Copy`, handed to the pieces of its editor.
#[derive(Clone, Copy)]
pub struct Editing {
    /// The session.
    pub session: Session,
    /// Which programme.
    pub id: StoredValue<ProgrammeId>,
    /// As it stands; `None` once it is gone.
    pub programme: Memo<Option<Programme>>,
    /// What it is to become, while the reader is asked about changes that would go along.
    pub losing: RwSignal<Option<Box<Programme>>>,
}

impl Editing {
    /// Puts an edited programme in its place as a step of its own; asks first where changes of
    /// measures would lose their parameter.
    pub fn edit(self, change: &dyn Fn(&mut Programme)) {
        if let Some(after) = self.changed(change) {
            let lost = self.session.plan.with_untracked(|p| losing(p, &after));
            if lost.is_empty() {
                self.session.dispatch(Command::Put(Thing::from(after)));
            } else {
                self.losing.set(Some(Box::new(after)));
            }
        }
    }

    /// Puts an edited programme in its place as part of the gesture under way.
    pub fn edit_live(self, change: &dyn Fn(&mut Programme)) {
        if let Some(after) = self.changed(change) {
            self.session.dispatch_live(Command::Put(Thing::from(after)));
        }
    }

    fn changed(self, change: &dyn Fn(&mut Programme)) -> Option<Programme> {
        let mut after = self.programme.get_untracked()?;
        change(&mut after);
        Some(after)
    }

    /// The path of one of its parameters.
    pub fn path(self, role: ProgrammeRole) -> ParamPath {
        ParamPath::Programme(self.id.get_value(), role)
    }

    /// Something of it, while it is there.
    pub fn map<T>(self, of: impl FnOnce(&Programme) -> T) -> Option<T> {
        self.programme.with(|p| p.as_ref().map(of))
    }
}

#[component]
pub fn Editor(id: ProgrammeId) -> impl IntoView {
    let session = expect_context::<Session>();
    let id = StoredValue::new(id);
    let programme = Memo::new(move |_| {
        session
            .plan
            .with(|p| id.with_value(|id| p.programmes.iter().find(|p| p.id == *id).cloned()))
    });
    let editing = Editing { session, id, programme, losing: RwSignal::new(None) };
    view! {
        <article class="programme-editor" aria-labelledby="programme-title">
            <Head editing />
            <div class="programme-parts">
                <div class="stack">
                    <General editing />
                    <DriverFields editing />
                    <SplitEditor editing />
                </div>
                <Cost editing />
            </div>
            <Losing editing />
        </article>
    }
    .into_any()
}

#[component]
fn Head(editing: Editing) -> impl IntoView {
    let session = editing.session;
    let desk = expect_context::<Desk>();
    let name = move || editing.map(|p| p.name.get(session.lang()).to_owned()).unwrap_or_default();
    let line = move || {
        let (w, lang) = (session.words(), session.lang());
        session.plan.with(|plan| editing.map(|p| formula(w, plan, p, lang)))
    };
    let duplicate = move |_| {
        let Some(of) = editing.programme.get_untracked() else { return };
        let copied = session.plan.with_untracked(|plan| {
            let name = names::worded(&of.name, |w| w.programmes.copy_of);
            let copied = copy(plan, &of, name)?;
            let place = plan.programmes.iter().position(|p| p.id == of.id)?;
            Some((copied, place + 1))
        });
        let Some((copied, to)) = copied else { return };
        let id = copied.id.clone();
        // Beside the one it is a copy of.
        let thing = ThingId::Programme(id.clone());
        let put = Command::Put(Thing::from(copied));
        session.dispatch(Command::Together(vec![put, Command::Move { thing, to }]));
        if session.refused.with_untracked(Option::is_none) {
            go_to(Some(&id));
            focus("programme-title".to_owned());
        }
    };
    view! {
        <header class="programme-head">
            <div>
                <h2 id="programme-title" tabindex="-1">{name}</h2>
                <p class="sense">{line}</p>
            </div>
            <span class="row">
                <button type="button" on:click=duplicate>{session.t(|w| w.programmes.copy)}</button>
                <button type="button" on:click=move |_| desk.removing.set(Some(editing.id.get_value()))>
                    {session.t(|w| w.programmes.remove)}
                </button>
            </span>
        </header>
    }
    .into_any()
}
