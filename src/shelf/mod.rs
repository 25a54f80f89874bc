//! Owns the page of files: the plans kept on this machine, and the way to a new one.
//!
//! Invariant: what is removed can be put back for as long as the page is open, and every plan
//! can be taken along as a file, also one that can no longer be read.

mod picker;
mod renaming;
mod room;
mod row;
mod versions;

pub use picker::PlanPicker;

use crate::files;
use crate::names;
use crate::numbers;
use crate::parts::focus;
use crate::session::{Keeper, Page, Removed, Session};
use crate::share::{Merging, RollingUp};
use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use renaming::Renaming;
use room::Room;
use row::{Facts, Row};
use versions::Versions;

/// What the page has to say of what was done, and what can be put back.
#[derive(Clone, Copy)]
struct Telling {
    done: RwSignal<Option<String>>,
    removed: RwSignal<Vec<Removed>>,
    is_renaming: RwSignal<bool>,
}

/// Keeps what was removed while the reader looks at other pages.
pub fn provide_telling() {
    let (done, removed) = (RwSignal::new(None), RwSignal::new(Vec::new()));
    provide_context(Telling { done, removed, is_renaming: RwSignal::new(false) });
}

/// The page.
#[component]
pub fn Files(share: NodeRef<html::Dialog>) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let telling = expect_context::<Telling>();
    telling.done.set(None);
    telling.is_renaming.set(false);
    // Read anew when a plan was saved or the shelf moved.
    let rows = Memo::new(move |_| {
        keeper.state.track();
        Facts::of_all(keeper, session)
    });
    view! {
        <div class="sheet shelf">
            <header class="page-head">
                <h2>{session.t(|w| w.shelf.title)}</h2>
                <p>{session.t(|w| w.shelf.lead)}</p>
            </header>
            <div class="row">
                <a class="button primary" href=Page::NewPlan.hash()>{session.t(|w| w.start.my_plan)}</a>
                <button type="button" on:click=move |_| {
                    if let Some(dialog) = share.get_untracked() {
                        let _ = dialog.show_modal();
                    }
                }>{session.t(|w| w.shelf.come_and_go)}</button>
                <button type="button" on:click=move |_| open_sample(session, keeper)>{session.t(|w| w.shelf.sample_copy)}</button>
            </div>
            <Merging />
            <RollingUp />
            <p role="status" class="done">{move || telling.done.get()}</p>
            <For each=move || telling.removed.get() key=|r| r.entry.clone() let(removed)>
                <Removal removed />
            </For>
            <Show when=move || telling.is_renaming.get()><Renaming /></Show>
            <section class="card">
                <header class="card-head">
                    <h2>{session.t(|w| w.shelf.plans)}</h2>
                </header>
                <table class="stacks plans">
                    <thead><tr>
                        <th scope="col">{session.t(|w| w.shelf.plan)}</th>
                        <th scope="col">{session.t(|w| w.shelf.years)}</th>
                        <th scope="col" class="num">{session.t(|w| w.shelf.regions)}</th>
                        <th scope="col" class="num">{session.t(|w| w.shelf.programmes)}</th>
                        <th scope="col" class="num">{session.t(|w| w.shelf.size)}</th>
                        <th scope="col">{session.t(|w| w.shelf.saved)}</th>
                        <th scope="col">{session.t(|w| w.shelf.actions)}</th>
                    </tr></thead>
                    <tbody>
                        <For each=move || rows.get() key=Clone::clone let(facts)><Row facts /></For>
                    </tbody>
                </table>
            </section>
            <Versions />
            <Room />
        </div>
    }
}

/// Puts a fresh copy of the sample beside the plans there are, and on the table.
fn open_sample(session: Session, keeper: Keeper) {
    let Ok(sample) = shapan_engine::taian_2012() else { return };
    match keeper.add(sample) {
        Ok(()) => {
            let _ = location().set_hash(Page::Overview.hash());
        }
        Err(error) => keeper.trouble.set(Some(files::not_added(session.words(), &error))),
    }
}

/// A plan that was removed, and the way back.
#[component]
fn Removal(removed: Removed) -> impl IntoView {
    let session = expect_context::<Session>();
    let keeper = expect_context::<Keeper>();
    let telling = expect_context::<Telling>();
    let removed = StoredValue::new(removed);
    let title = move || removed.with_value(|r| names::kept_plan(session.words(), &r.entry));
    let put_back = move |_| match removed.with_value(|r| keeper.put_back(r)) {
        Ok(()) => {
            let done = fill(session.words().shelf.restored, &[&title()]);
            telling.done.set(Some(done));
            focus("main");
            // Last, for this row goes with it.
            let entry = removed.with_value(|r| r.entry.clone());
            telling.removed.update(|all| all.retain(|r| r.entry != entry));
        }
        Err(error) => {
            keeper.trouble.set(Some(files::storage_error(session.words(), &error)));
        }
    };
    let export = move |_| {
        removed.with_value(|r| files::download(&files::name_of(&title()), &r.body()));
    };
    view! {
        <div class="notice removal" role="alert">
            <p>{move || fill(session.words().shelf.removed, &[&title()])}</p>
            <button type="button" on:click=put_back>{session.t(|w| w.shelf.restore)}</button>
            <button type="button" on:click=export>{session.t(|w| w.shelf.export)}</button>
        </div>
    }
}

/// Bytes in thousands, rounded up: nothing that is there shows as nothing.
fn kilobytes(bytes: usize) -> String {
    numbers::whole(i64::try_from(bytes.div_ceil(1000)).unwrap_or(i64::MAX))
}
