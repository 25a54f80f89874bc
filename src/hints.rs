//! Owns the hints a reader is given once: each stays until it is understood, then never comes again.
//!
//! Deliberately absent: where they stand (each page sets its own), and keeping (`preferences`).

use crate::session::Session;
use crate::words::Words;
use leptos::prelude::*;

/// What a reader may not find by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Figures with a dotted line can be asked.
    Ask,
    /// The lever moves the results beside it, and nothing else.
    Lever,
    /// Grids take whole blocks from a spreadsheet.
    Grid,
    /// Scenarios are chosen in the tree.
    Compare,
}

impl Hint {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ask, Self::Lever, Self::Grid, Self::Compare];

    /// Its name in storage.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Lever => "lever",
            Self::Grid => "grid",
            Self::Compare => "compare",
        }
    }

    fn words(self, w: &'static Words) -> &'static str {
        match self {
            Self::Ask => w.craft.hint_ask,
            Self::Lever => w.craft.hint_lever,
            Self::Grid => w.craft.hint_grid,
            Self::Compare => w.craft.hint_compare,
        }
    }
}

/// A hint, unless the reader has had it.
#[component]
pub fn Hinted(hint: Hint) -> impl IntoView {
    let session = expect_context::<Session>();
    let is_new = Memo::new(move |_| session.preferences.with(|p| !p.has_had(hint)));
    view! {
        <Show when=move || is_new.get()>
            <aside class="hint" aria-label=session.t(|w| w.craft.hint)>
                <p>{Signal::derive(move || hint.words(session.words()))}</p>
                <button type="button" class="quiet" on:click=move |_| {
                    session.preferences.update(|p| p.had(hint));
                    // What had the focus is gone: the page itself has it, not nothing.
                    crate::shortcuts::focus_main();
                }>{session.t(|w| w.craft.got_it)}</button>
            </aside>
        </Show>
    }
    .into_any()
}
