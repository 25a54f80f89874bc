//! Owns the page of programmes: what money is spent on, and the editor of one.
//!
//! `list` is all of them, `editor` one with its parts in `general`, `driver`, `years`, `split`
//! and `cost`; `create` and `confirm` are how they come and go; `make`, `shares` and `formula`
//! are pure. Invariant: which programme is edited stands in the address (`?of=`), so that it can
//! be linked to and left with the browser's own button.

mod confirm;
mod cost;
mod create;
mod driver;
mod editor;
mod formula;
mod general;
mod list;
mod make;
mod shares;
mod split;
mod years;

use crate::session::{Page, Session};
use crate::start::FromLibrary;
use confirm::Removing;
use create::Create;
use editor::Editor;
use leptos::ev;
use leptos::prelude::*;
use list::{Listed, Names, focus};
use shapan_engine::ProgrammeId;

/// What the pieces of the page share.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The programme being edited; one the plan has.
    pub chosen: Memo<Option<ProgrammeId>>,
    /// The programme to be removed, while the reader is asked.
    pub removing: RwSignal<Option<ProgrammeId>>,
    /// Whether a new one is being made.
    pub is_creating: RwSignal<bool>,
    /// What has just been done.
    pub done: RwSignal<String>,
}

/// The address of a programme's editor.
pub fn address(id: &ProgrammeId) -> String {
    format!("{}?of={id}", Page::Programmes.hash())
}

/// Goes to a programme's editor, or to the list.
pub fn go_to(id: Option<&ProgrammeId>) {
    let to = id.map_or_else(|| Page::Programmes.hash().to_owned(), address);
    let _ = location().set_hash(&to);
}

/// The programme a fragment names.
fn named_in(fragment: &str) -> Option<ProgrammeId> {
    let (_, query) = fragment.split_once('?')?;
    query.split('&').find_map(|part| part.strip_prefix("of="))?.parse().ok()
}

/// The page.
#[component]
pub fn Programmes() -> impl IntoView {
    let session = expect_context::<Session>();
    let read = || named_in(&location().hash().unwrap_or_default());
    let (wanted, set_wanted) = signal(read());
    let chosen = Memo::new(move |_| {
        let wanted = wanted.get()?;
        session.plan.with(|p| p.programmes.iter().any(|p| p.id == wanted)).then_some(wanted)
    });
    let handle = window_event_listener(ev::hashchange, move |_| {
        set_wanted.set(read());
        // What was followed is gone from the page: what it led to is read next.
        let is_one = chosen.with_untracked(Option::is_some);
        let title = if is_one { "programme-title" } else { "programmes-title" };
        focus(title.to_owned());
    });
    on_cleanup(move || handle.remove());
    let desk = Desk {
        chosen,
        removing: RwSignal::new(None),
        is_creating: RwSignal::new(false),
        done: RwSignal::new(String::new()),
    };
    provide_context(desk);
    let is_editing = Memo::new(move |_| chosen.with(Option::is_some));
    view! {
        <div class="sheet programmes">
            <header class="page-head">
                <h2 id="programmes-title" tabindex="-1">{session.t(|w| w.programmes.title)}</h2>
                <p class="done" role="status">{desk.done}</p>
                <span class="gap"></span>
                <button type="button" aria-expanded=move || desk.is_creating.get().to_string()
                    on:click=move |_| desk.is_creating.update(|c| *c = !*c)>
                    {session.t(|w| w.programmes.add)}
                </button>
                <FromLibrary />
            </header>
            {move || desk.is_creating.get().then(|| view! { <Create /> })}
            // The names beside the editor stay, scrolled as they are, from one to the next.
            <Show when=move || is_editing.get() fallback=|| view! { <Listed /> }>
                <div class="programme-desk">
                    <Names />
                    {move || chosen.get().map(|id| view! { <Editor id /> })}
                </div>
            </Show>
            <Removing />
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_names_a_programme_or_none() {
        let named = |text| named_in(text).map(|id| id.to_string());
        assert_eq!(named("#programmes?of=staff"), Some("staff".to_owned()));
        assert_eq!(named("#programmes?x=1&of=staff"), Some("staff".to_owned()));
        for none in
            ["#programmes", "", "#programmes?of=", "#programmes?of=A b", "#programmes?off=a"]
        {
            assert_eq!(named(none), None, "{none}");
        }
        assert_eq!(Page::from_hash("#programmes?of=staff"), Page::Programmes);
    }
}
