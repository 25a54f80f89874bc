//! Owns the page on paper: what stands on the margins of each sheet, and what has to be other
//! while a browser prints.
//!
//! Invariant: whoever prints chooses the paper and how it lies; both ways are laid out beforehand,
//! and the style sheet picks. Before printing everything is drawn that the screen leaves out (rows
//! of long tables, columns beyond the sheet); afterwards the page is as it was. Deliberately
//! absent: how paper looks, which is the style sheet's.

mod columns;
mod head;
mod tables;

pub use head::{has_margins, line};

use crate::session::{Page, Session};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// So many turns of waiting effects draw what only paper shows.
const TURNS: usize = 12;

/// Gets the page ready for paper whenever the browser is about to print.
pub fn listen(session: Session, page: Memo<Page>) {
    let before = move || {
        if session.printing.get_untracked() {
            return;
        }
        head::put_on(session, page.get_untracked());
        session.printing.set(true);
        // Effects come first, each in its turn; all of it before the browser lays the page out.
        leptos::task::spawn_local(async move {
            for _ in 0..TURNS {
                turn().await;
            }
            if session.printing.try_get_untracked() == Some(true) {
                tables::split_wide();
            }
        });
    };
    let after = move || {
        if session.printing.get_untracked() {
            tables::join();
            head::take_off();
            session.printing.set(false);
        }
    };
    let begun = window_event_listener(ev::beforeprint, move |_| before());
    let ended = window_event_listener(ev::afterprint, move |_| after());
    on_cleanup(move || {
        begun.remove();
        ended.remove();
    });
    // Some browsers only say that the medium is another.
    if let Ok(Some(query)) = window().match_media("print") {
        let watched = query.clone();
        let changed =
            Closure::<dyn Fn()>::new(move || if watched.matches() { before() } else { after() });
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        on_cleanup({
            let kept = StoredValue::new_local((query, changed));
            move || {
                let _ = kept.try_with_value(|(query, _)| query.set_onchange(None));
            }
        });
    }
}

/// Lets what waits for its turn have it.
async fn turn() {
    let nothing = js_sys::Promise::resolve(&wasm_bindgen::JsValue::NULL);
    let _ = wasm_bindgen_futures::JsFuture::from(nothing).await;
}
