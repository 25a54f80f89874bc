//! Owns formulas of a workbook that were overwritten or written anew: told, never taken.
//!
//! They can be told only where the plan at hand still makes the same workbook. Programs write
//! formulas in their own way, so what is compared is without quotes, signs and spaces.

use super::xlsx::{At, Book, Found, Hidden};
use super::{Cell, LeftOut, Reason, Returned, Since};
use crate::book::{Content, Number};
use crate::own::number::exact;
use crate::workbook::origin::NAME;
use crate::workbook::{Wanted, workbook};
use shapan_engine::{Lang, Plan};
use std::collections::HashMap;

/// The most that are told.
const MOST_TOLD: usize = 500;

/// Lists cells whose formula is gone or another.
pub(crate) fn check(plan: &Plan, book: &mut Book, hidden: &Hidden, returned: &mut Returned) {
    let origin = &hidden.origin;
    let id = |id: &str| plan.scenarios.iter().map(|s| &s.id).find(|s| s.as_str() == id);
    let (Some(scenario), Some(base)) = (id(&origin.scenario), id(&origin.base)) else { return };
    let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == origin.lang);
    let (Some(lang), Since::Same) = (lang, returned.since) else { return };
    let wanted = Wanted { scenario, base, lang, unit: origin.unit, saved_at: "" };
    let Ok(known) = workbook(plan, &wanted) else { return };
    let places = known.inputs.iter().zip(&origin.inputs).all(|(input, written)| {
        let place = hidden.places.get(&written.row);
        place.is_some_and(|(sheet, at)| {
            *sheet == input.sheet && *at == (input.row, input.col.into())
        }) && written.of.as_ref() == Some(&input.of)
            && written.value == input.value
    });
    if !places || known.inputs.len() != origin.inputs.len() {
        return; // rows came in, or measures changed: formulas stand elsewhere
    }
    let names = book.names();
    for sheet in known.book.sheets.iter().filter(|s| s.name != NAME && names.contains(&s.name)) {
        let mut formulas: HashMap<At, (String, Option<Number>)> = HashMap::new();
        for cell in &sheet.cells {
            if let Content::Formula(formula, value) = &cell.content {
                formulas.insert((cell.row, cell.col.into()), (plain(formula), *value));
            }
        }
        let mut told: Vec<At> = Vec::new();
        let mut kept: HashMap<At, bool> = HashMap::new();
        let read = book.formulas(&sheet.name, |at, formula| {
            if let Some((known, _)) = formulas.get(&at) {
                kept.insert(at, *known == plain(formula));
            }
        });
        let cells =
            book.cells(&sheet.name, |at| at.0 <= 2 || at.1 < 3 || formulas.contains_key(&at));
        let (Some(()), Some(cells)) = (read, cells) else { continue };
        for (at, (_, value)) in &formulas {
            match (kept.get(at), cells.get(at)) {
                (Some(true), _) | (None, None) => {}
                (None, Some(found)) if is_value(found, *value) => {}
                _ => told.push(*at),
            }
        }
        told.sort_unstable();
        for at in told {
            if returned.left_out.len() >= MOST_TOLD {
                return;
            }
            let words = |at| cells.get(&at).map_or("", Found::words);
            let labels = [(at.0, 0), (at.0, 1), (at.0, 2), (2, at.1)].map(words);
            let of: Vec<&str> = labels.into_iter().filter(|words| !words.is_empty()).collect();
            let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
            let (row, column) = (number(at.0), number(at.1));
            returned.left_out.push(LeftOut {
                reason: Reason::Formula,
                cell: Cell { sheet: sheet.name.clone(), row, column },
                of: of.join(" · "),
                found: words(at).to_owned(),
            });
        }
    }
}

/// A formula without what programs write in their own way.
fn plain(formula: &str) -> String {
    let kept = formula.chars().filter(|c| !matches!(c, '\'' | '$' | ' ' | '='));
    kept.flat_map(char::to_uppercase).collect()
}

/// Whether what stands in the place of a formula is what it came to.
fn is_value(found: &Found, value: Option<Number>) -> bool {
    let (Found::Number(text), Some(value)) = (found, value) else { return false };
    exact(text, value.decimals) == Ok(value.value)
}
