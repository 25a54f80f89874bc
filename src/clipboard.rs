//! Owns putting text on the clipboard: the one door to it, and the text shown for copying by hand
//! where the browser keeps that door shut.
//!
//! Invariant: a text counts as copied only once the clipboard holds it: the browser has answered
//! so, or has asked for the text and taken it. Pages without a certificate and the browsers within
//! chat apps often have no clipboard of their own; what is then copied is the selection, and where
//! a dialog is open nothing outside of it can be selected. Deliberately absent: what a grid copies
//! when its reader presses the keys for it (`grid`), which says nothing of itself.

use crate::session::Session;
use crate::words::Words;
use leptos::html;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;

/// Puts text on the clipboard, and tells whether it is there. To be called while a click is being
/// answered: later the browser may take it for nobody's wish.
pub fn copy(text: String, then: impl FnOnce(bool) + 'static) {
    let Some(writing) = written(&text) else { return then(by_selection(&text) == Some(true)) };
    leptos::task::spawn_local(async move {
        let is_there = JsFuture::from(writing).await.is_ok() || by_selection(&text) == Some(true);
        then(is_there);
    });
}

/// The browser's own way, where it has one: not every browser has it that says it should.
fn written(text: &str) -> Option<js_sys::Promise> {
    let navigator = window().navigator();
    let board = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
    let write = js_sys::Reflect::get(&board, &"writeText".into()).ok()?;
    let write = write.dyn_into::<js_sys::Function>().ok()?;
    write.call1(&board, &text.into()).ok()?.dyn_into().ok()
}

/// Has the browser copy a selection, and hands it the text as it asks for what is selected.
fn by_selection(text: &str) -> Option<bool> {
    let document = document().dyn_into::<web_sys::HtmlDocument>().ok()?;
    let before = document.active_element();
    let area = document.create_element("textarea").ok()?;
    let area = area.dyn_into::<web_sys::HtmlTextAreaElement>().ok()?;
    area.set_class_name("visually-hidden");
    area.set_read_only(true);
    area.set_value(text);
    place_for_selecting(&document, before.as_ref())?.append_child(&area).ok()?;
    let _ = area.focus();
    area.select();

    let is_taken = Rc::new(Cell::new(false));
    let (taken, handed) = (Rc::clone(&is_taken), text.to_owned());
    let hand_over = Closure::<dyn FnMut(web_sys::ClipboardEvent)>::new(
        move |event: web_sys::ClipboardEvent| {
            let board = event.clipboard_data();
            if board.is_some_and(|board| board.set_data("text/plain", &handed).is_ok()) {
                event.prevent_default();
                event.stop_immediate_propagation();
                taken.set(true);
            }
        },
    );
    let hand_over = hand_over.as_ref().unchecked_ref();
    let _ = document.add_event_listener_with_callback_and_bool("copy", hand_over, true);
    let is_done = document.exec_command("copy");
    let _ = document.remove_event_listener_with_callback_and_bool("copy", hand_over, true);
    area.remove();
    if let Some(before) = before.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = before.focus();
    }
    Some(is_done.ok()? && is_taken.get())
}

/// Where something can be selected: in the dialog that is open, else anywhere.
fn place_for_selecting(
    document: &web_sys::HtmlDocument,
    focused: Option<&web_sys::Element>,
) -> Option<web_sys::Element> {
    let around = focused.and_then(|e| e.closest("dialog[open]").ok().flatten());
    let dialogs = || document.query_selector_all("dialog[open]").ok();
    let last = || dialogs().and_then(|all| all.get(all.length().checked_sub(1)?)?.dyn_into().ok());
    around.or_else(last).or_else(|| Some(document.body()?.into()))
}

/// The text to be copied by hand, selected, where the browser did not take it.
#[component]
pub fn ByHand(
    /// What is to be copied; nothing where there is nothing.
    text: RwSignal<Option<String>>,
    /// What its reader is asked to do.
    label: fn(&'static Words) -> &'static str,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        text.track();
        if let Some(field) = field.get() {
            request_animation_frame(move || {
                let _ = field.focus();
                field.select();
            });
        }
    });
    move || {
        text.get().map(|text| {
            view! {
                <label class="by-hand" role="alert">
                    <span>{session.t(label)}</span>
                    <textarea readonly rows="3" node_ref=field prop:value=text
                        on:focus:target=move |e| e.target().select()></textarea>
                </label>
            }
        })
    }
}
