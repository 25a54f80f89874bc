//! Owns what keys, pointer and clipboard do in a grid.
//!
//! Invariant: Tab leaves the grid unless one is typing, so nobody is caught in it; while one
//! types, keys that edit text are the browser's.

use super::desk::{Desk, Note};
use super::paste::Typed;
use super::range::{At, Move, Range};
use super::sheet::State;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, EventTarget, KeyboardEvent, MouseEvent, PointerEvent};

/// Rows a page of keys moves by.
const PAGE: usize = 20;

pub(super) fn pressed(desk: Desk, event: &KeyboardEvent) {
    if event.is_composing() {
        return;
    }
    let done = if desk.editing.get_untracked().is_some() {
        pressed_in_field(desk, event)
    } else if cell_of(event.target().as_ref()).is_some() {
        pressed_in_cell(desk, event)
    } else {
        false
    };
    if done {
        event.prevent_default();
    }
}

fn pressed_in_field(desk: Desk, event: &KeyboardEvent) -> bool {
    let back = event.shift_key();
    match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => {
            let range = desk.range_untracked();
            if let Some((_, typed)) = desk.leave_field() {
                let sheet = desk.sheet.get_untracked();
                let open = range.cells().filter(|at| sheet.cell(*at).state != State::Nothing);
                desk.take(open.map(|at| Typed::plain(at, &typed)).collect(), Note::default());
            }
        }
        "Enter" => {
            desk.commit();
            desk.step(if back { Move::Up } else { Move::Down }, false);
        }
        "Tab" => {
            desk.commit();
            let (At { row, col }, size) = (desk.range_untracked().head, desk.size());
            match (back, col) {
                (false, _) if col + 1 < size.cols => desk.step(Move::Right, false),
                (false, _) if row + 1 < size.rows => desk.go_to(At { row: row + 1, col: 0 }),
                (true, 1..) => desk.step(Move::Left, false),
                (true, 0) if row > 0 => desk.go_to(At { row: row - 1, col: size.cols - 1 }),
                _ => return false, // the end: on to what comes after the grid
            }
        }
        "Escape" => {
            desk.leave_field();
        }
        "ArrowUp" => {
            desk.commit();
            desk.step(Move::Up, false);
        }
        "ArrowDown" => {
            desk.commit();
            desk.step(Move::Down, false);
        }
        _ => return false,
    }
    true
}

fn pressed_in_cell(desk: Desk, event: &KeyboardEvent) -> bool {
    let (key, extends) = (event.key(), event.shift_key());
    let far = event.ctrl_key() || event.meta_key();
    let rows = desk.size().rows;
    let step = match (key.as_str(), far) {
        ("ArrowUp", false) => Move::Up,
        ("ArrowDown", false) => Move::Down,
        ("ArrowLeft", false) => Move::Left,
        ("ArrowRight", false) => Move::Right,
        ("ArrowUp", true) => Move::Back(rows),
        ("ArrowDown", true) => Move::On(rows),
        ("ArrowLeft", true) | ("Home", false) => Move::RowStart,
        ("ArrowRight", true) | ("End", false) => Move::RowEnd,
        ("Home", true) => Move::Start,
        ("End", true) => Move::End,
        ("PageUp", false) => Move::Back(PAGE),
        ("PageDown", false) => Move::On(PAGE),
        ("Enter", false) => {
            desk.step(if extends { Move::Up } else { Move::Down }, false);
            return true;
        }
        ("a", true) => {
            desk.select(Range::all(desk.size()));
            desk.focus();
            return true;
        }
        ("Delete" | "Backspace", false) => {
            desk.clear();
            return true;
        }
        ("Escape", false) => {
            desk.select(Range::one(desk.range_untracked().head));
            return true;
        }
        ("F2", false) => {
            desk.edit(None);
            return true;
        }
        // What is typed goes into the field, which has the focus by then; an input method's first
        // key too.
        (typed, false)
            if !event.alt_key() && (typed.chars().count() == 1 || typed == "Process") =>
        {
            desk.edit(Some(""));
            return typed == " ";
        }
        _ => return false,
    };
    desk.step(step, extends);
    true
}

pub(super) fn copied(desk: Desk, event: &ClipboardEvent, cuts: bool) {
    if desk.editing.get_untracked().is_some() || cell_of(event.target().as_ref()).is_none() {
        return;
    }
    let Some(board) = event.clipboard_data() else { return };
    let text = desk.sheet.with_untracked(|sheet| sheet.copied(desk.range_untracked()));
    if board.set_data("text/plain", &text).is_ok() {
        event.prevent_default();
        if cuts {
            desk.clear();
        }
    }
}

pub(super) fn pasted(desk: Desk, event: &ClipboardEvent) {
    let text = event.clipboard_data().and_then(|board| board.get_data("text/plain").ok());
    let Some(text) = text else { return };
    let is_block = text.trim_end_matches(['\r', '\n']).contains(['\t', '\n']);
    if desk.editing.get_untracked().is_some() {
        if !is_block {
            return;
        }
        desk.leave_field();
    } else if cell_of(event.target().as_ref()).is_none() {
        return;
    }
    event.prevent_default();
    desk.paste(&text);
}

pub(super) fn pointed(desk: Desk, event: &PointerEvent) {
    let is_in_field = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let is_in_field = is_in_field.is_some_and(|e| e.tag_name() == "INPUT");
    let Some(at) = cell_of(event.target().as_ref()).filter(|_| !is_in_field) else { return };
    if event.pointer_type() == "touch" || event.button() != 0 {
        return;
    }
    desk.commit();
    let anchor = if event.shift_key() { desk.range_untracked().anchor } else { at };
    desk.select(Range { anchor, head: at });
    desk.drawing.set_value(true);
}

pub(super) fn drawn(desk: Desk, event: &PointerEvent) {
    if !desk.drawing.get_value() {
        return;
    }
    if event.buttons() & 1 == 0 {
        return desk.drawing.set_value(false);
    }
    if let Some(head) = cell_of(event.target().as_ref()) {
        desk.select(Range { anchor: desk.range_untracked().anchor, head });
    }
}

pub(super) fn released(desk: Desk) {
    if desk.drawing.get_value() {
        desk.drawing.set_value(false);
        desk.focus();
    }
}

/// A tap types at once: a phone has no other keys.
pub(super) fn tapped(desk: Desk, event: &MouseEvent) {
    let touch = event.dyn_ref::<PointerEvent>().is_some_and(|e| e.pointer_type() == "touch");
    if touch {
        edit_at(desk, event.target().as_ref());
    }
}

pub(super) fn edit_at(desk: Desk, target: Option<&EventTarget>) {
    if let Some(at) = cell_of(target).filter(|at| desk.editing.get_untracked() != Some(*at)) {
        desk.commit();
        desk.go_to(at);
        desk.edit(None);
    }
}

/// The cell something stands in.
fn cell_of(target: Option<&EventTarget>) -> Option<At> {
    let cell = target?.dyn_ref::<Element>()?.closest("td[data-at]").ok()??;
    let place = cell.get_attribute("data-at")?;
    let (row, col) = place.split_once('-')?;
    Some(At { row: row.parse().ok()?, col: col.parse().ok()? })
}
