//! Owns what keys do everywhere on the page, and the sheet that lists them.
//!
//! Invariant: whatever a key does stands in the sheet. Single keys can be switched off (they
//! would be set off by speech input), and are never taken where the reader types.

use crate::names;
use crate::session::{Page, Session};
use crate::words::{Words, fill};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The pages that digits lead to: 1 to 9, then 0.
fn numbered() -> impl Iterator<Item = (char, Page)> {
    "1234567890".chars().zip(Page::GROUPS.into_iter().flatten().copied())
}

/// Puts the focus on the page's content.
pub fn focus_main() {
    if let Some(main) = document().get_element_by_id("main") {
        let _ = main.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

/// Listens to keys as long as the page is there.
pub fn listen(session: Session, sheet: NodeRef<html::Dialog>) {
    // Typed and not yet taken: until then the browser undoes letters, from then on the page
    // undoes steps. Letters undone in a field that was taken would be taken once more.
    let is_typing = StoredValue::new(false);
    let typed = window_event_listener(ev::input, move |_| is_typing.set_value(true));
    let taken = window_event_listener(ev::change, move |_| is_typing.set_value(false));
    let left = window_event_listener(ev::focusin, move |_| is_typing.set_value(false));
    let keys = window_event_listener(ev::keydown, move |event| {
        on_key(session, sheet, is_typing.get_value(), &event);
    });
    on_cleanup(move || {
        typed.remove();
        taken.remove();
        left.remove();
        keys.remove();
    });
}

/// Does what a key says, if it says anything here.
fn on_key(
    session: Session,
    sheet: NodeRef<html::Dialog>,
    is_typing: bool,
    event: &web_sys::KeyboardEvent,
) {
    if event.default_prevented() || event.alt_key() {
        return;
    }
    let done = if event.ctrl_key() || event.meta_key() {
        !(is_typing && takes_letters()) && step(session, event)
    } else {
        session.preferences.with_untracked(|p| p.single_keys)
            && is_free()
            && single(session, sheet, event)
    };
    if done {
        event.prevent_default();
    }
}

/// Whether the browser itself undoes what is typed where the focus is.
fn takes_letters() -> bool {
    document().active_element().is_some_and(|e| {
        let kind = e.get_attribute("type").unwrap_or_default();
        e.tag_name() == "TEXTAREA"
            || e.tag_name() == "INPUT" && !matches!(kind.as_str(), "range" | "radio" | "checkbox")
    })
}

/// Whether a single key means nothing to what has the focus.
fn is_free() -> bool {
    let takes_keys =
        "input:not([type=checkbox]):not([type=radio]), textarea, select, dialog, [role=grid]";
    !document().active_element().is_some_and(|e| e.closest(takes_keys).is_ok_and(|e| e.is_some()))
}

fn step(session: Session, event: &web_sys::KeyboardEvent) -> bool {
    match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => session.undo(),
        ("z", true) | ("y", false) => session.redo(),
        _ => return false,
    }
    true
}

fn single(session: Session, sheet: NodeRef<html::Dialog>, event: &web_sys::KeyboardEvent) -> bool {
    let key = event.key();
    match key.as_str() {
        "?" => {
            if let Some(sheet) = sheet.get_untracked() {
                let _ = sheet.show_modal();
            }
        }
        "[" => session.look_at(|look| look.year = look.year.saturating_sub(1)),
        "]" => session.look_at(|look| look.year += 1),
        "\\" => session.look_at(|look| {
            std::mem::swap(&mut look.scenario, &mut look.base);
            look.measure = None;
        }),
        _ => {
            let Some((_, page)) = numbered().find(|(digit, _)| key.chars().eq([*digit])) else {
                return false;
            };
            let _ = location().set_hash(page.hash());
        }
    }
    true
}

/// The sheet: every key and what it does.
#[component]
pub fn ShortcutSheet(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let session = expect_context::<Session>();
    let rows = move || {
        let w: &Words = session.words();
        let c = w.craft;
        let mut rows = vec![
            ("?".to_owned(), c.this_sheet.to_owned()),
            ("Ctrl+Z".to_owned(), w.undo.to_owned()),
            ("Ctrl+Y".to_owned(), w.redo.to_owned()),
            ("[".to_owned(), c.year_before.to_owned()),
            ("]".to_owned(), c.year_after.to_owned()),
            ("\\".to_owned(), c.swap.to_owned()),
        ];
        let to = |(digit, page): (char, Page)| {
            (digit.to_string(), fill(c.to_page, &[names::page(w, page)]))
        };
        rows.extend(numbered().map(to));
        rows.extend([
            (format!("{} · Home · End", c.arrows), c.keys_in_lever.to_owned()),
            (format!("{} · Enter · Tab", c.arrows), c.keys_in_grid.to_owned()),
            ("Esc".to_owned(), c.keys_in_dialog.to_owned()),
        ]);
        rows.into_iter()
            .map(|(key, does)| view! { <tr><th scope="row"><kbd>{key}</kbd></th><td>{does}</td></tr> })
            .collect_view()
    };
    let single = move || session.preferences.with(|p| p.single_keys);
    view! {
        <dialog class="shortcuts" node_ref=dialog aria-labelledby="shortcuts-title">
            <header>
                <h2 id="shortcuts-title">{session.t(|w| w.craft.shortcuts)}</h2>
                <button type="button" class="icon" aria-label=session.t(|w| w.close)
                    title=session.t(|w| w.close) on:click=move |_| {
                        if let Some(dialog) = dialog.get() {
                            dialog.close();
                        }
                    }>"×"</button>
            </header>
            <label class="check">
                <input type="checkbox" prop:checked=single on:change:target=move |e| {
                    let on = e.target().checked();
                    session.preferences.update(|p| p.single_keys = on);
                } />
                {session.t(|w| w.craft.single_keys)}
            </label>
            <p class="aside">{session.t(|w| w.craft.single_keys_hint)}</p>
            <table>
                <thead><tr>
                    <th scope="col">{session.t(|w| w.craft.key)}</th>
                    <th scope="col">{session.t(|w| w.craft.does)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </dialog>
    }
    .into_any()
}
