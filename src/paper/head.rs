//! Owns what stands on the margins of every sheet: place and plan, scenario and what it is
//! compared with, year and unit, the day, the number of the sheet.
//!
//! Invariant: names are quoted as style sheets want it, whatever a plan calls its things. Where a
//! browser knows no margin boxes, the same stands above the first sheet, and in the title, which
//! such browsers print on each.

use crate::clock;
use crate::names;
use crate::overview;
use crate::session::{Look, Page, Session};
use crate::words::fill;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// What the margins say, in the order of [`NAMES`].
fn words(session: Session, page: Page) -> [String; 6] {
    let (w, lang) = (session.words(), session.lang());
    let (title, place) = session.plan.with(|p| {
        let place = p.place.get(lang).to_owned();
        (p.title.get(lang).to_owned(), place)
    });
    let what = if place.is_empty() || title.contains(&place) {
        title
    } else {
        format!("{place} · {title}")
    };
    let (scenario, base) = session.look.with(Look::compared);
    let [scenario, base] = [scenario, base].map(|id| session.scenario_name(&id));
    let year = fill(w.fiscal_year, &[&overview::year(session)]);
    let about = fill(w.paper.year_and_unit, &[&year, overview::unit(session), &clock::date()]);
    let (before, rest) = w.paper.sheet_of.split_once("{0}").unwrap_or(("", ""));
    let (between, after) = rest.split_once("{1}").unwrap_or((rest, ""));
    [
        format!("{what} · {}", names::page(w, page)),
        fill(w.paper.scenario_against, &[&scenario, &base]),
        about,
        before.to_owned(),
        between.to_owned(),
        after.to_owned(),
    ]
}

/// What the style sheet calls them.
const NAMES: [&str; 6] = [
    "--paper-plan",
    "--paper-scenario",
    "--paper-about",
    "--paper-sheet",
    "--paper-of",
    "--paper-sheets",
];

/// What the head of a sheet says, in one line.
pub fn line(session: Session, page: Page) -> String {
    let [what, scenario, about, ..] = words(session, page);
    format!("{what} · {scenario} · {about}")
}

/// Whether the browser prints boxes on the margins.
pub fn has_margins() -> bool {
    js_sys::Reflect::has(&window(), &JsValue::from_str("CSSMarginRule")).unwrap_or(false)
}

/// Puts the words where the style sheet finds them.
pub fn put_on(session: Session, page: Page) {
    let Some(root) = root() else { return };
    for (name, words) in NAMES.iter().zip(untrack(|| words(session, page))) {
        let _ = root.style().set_property(name, &quoted(&words));
    }
    if has_margins() {
        let _ = root.set_attribute("data-margins", "");
    }
}

/// Takes them away again.
pub fn take_off() {
    let Some(root) = root() else { return };
    for name in NAMES {
        let _ = root.style().remove_property(name);
    }
}

fn root() -> Option<web_sys::HtmlElement> {
    document().document_element()?.dyn_into().ok()
}

/// A text as style sheets want it.
fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(quoted("泰安市"), "\"泰安市\"");
        assert_eq!(quoted("a\"; color: red"), "\"a\\\"; color: red\"");
        assert_eq!(quoted("a\\\nb"), "\"a\\\\b\"");
    }
}
