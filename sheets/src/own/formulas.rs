//! Owns formulas of a workbook that were overwritten or written anew: told, and taken only where
//! they carried on a number of the plan (`carried`).
//!
//! They can be told only where the plan at hand still makes the same workbook. Programs write
//! formulas in their own way, so what is compared is without quotes, signs and spaces.

use super::book::{At, Book, Hidden};
use super::carried::Rows;
use super::{Cell as Stood, LeftOut, Reason, Returned, Since};
use crate::book::{Content, Number};
use crate::import::sheet::Cell;
use crate::own::number::input;
use crate::workbook::origin::NAME;
use crate::workbook::{Wanted, workbook};
use shapan_engine::{Lang, Plan};
use std::collections::HashMap;

/// A formula so long may have been cut where it was read.
const LONGEST: usize = 8_000;

/// Lists cells whose formula is gone or another.
pub(crate) fn check(plan: &Plan, book: &mut Book, hidden: &Hidden, returned: &mut Returned) {
    let origin = &hidden.origin;
    let id = |id: &str| plan.scenarios.iter().map(|s| &s.id).find(|s| s.as_str() == id);
    let (Some(scenario), Some(base)) = (id(&origin.scenario), id(&origin.base)) else { return };
    let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == origin.lang);
    let (Some(lang), Since::Same, false) = (lang, returned.since, hidden.is_recorded) else {
        return;
    };
    let wanted = Wanted { scenario, base, lang, unit: origin.unit, saved_at: "" };
    let Ok(known) = workbook(plan, &wanted) else { return };
    let places = known.inputs.iter().zip(&origin.inputs).all(|(input, written)| {
        let place = hidden.places.get(&written.row);
        place.is_some_and(|(sheet, at)| {
            *sheet == input.sheet && *at == place_of(input.row, input.col)
        }) && written.of.as_ref() == Some(&input.of)
            && written.value == input.value
    });
    if !places || known.inputs.len() != origin.inputs.len() {
        return; // rows came in, or measures changed: formulas stand elsewhere
    }
    let rows = Rows::new(plan, &known.inputs);
    let sheets = known.book.sheets.iter().filter(|s| s.name != NAME);
    for sheet in sheets {
        // What cannot be read again has been told, or has no input.
        if !book.has(&sheet.name) || book.read(&sheet.name).is_err() {
            continue;
        }
        let formulas = sheet.cells.iter().filter_map(|cell| match &cell.content {
            Content::Formula(formula, value) => {
                Some((place_of(cell.row, cell.col), (plain(formula), *value)))
            }
            _ => None,
        });
        let formulas: HashMap<At, (String, Option<Number>)> = formulas.collect();
        let mut kept: HashMap<At, bool> = HashMap::new();
        let read = book.formulas(&sheet.name, &mut |at, formula| {
            if let Some((known, _)) = formulas.get(&at) {
                // Of one that several cells share, only the first says what it is.
                let is_same = formula.moved != (0, 0)
                    || formula.text.len() >= LONGEST
                    || *known == plain(&formula.text);
                kept.insert(at, is_same);
            }
        });
        if read.is_err() {
            continue;
        }
        let mut told: Vec<(At, Option<Number>)> = Vec::new();
        for (at, (_, value)) in &formulas {
            match (kept.get(at), book.cell(&sheet.name, *at)) {
                (Some(true), _) | (None, Cell::Empty) => {}
                (None, found) if is_value(found, *value) => {}
                (None, _) => told.push((*at, *value)),
                (Some(false), _) => told.push((*at, None)),
            }
        }
        told.sort_unstable_by_key(|(at, _)| *at);
        for (at, value) in told {
            let (_, of) = book.called(&sheet.name, at);
            let cell = Stood { sheet: sheet.name.clone(), row: at.0, column: at.1 };
            let found = book.cell(&sheet.name, at);
            let offer = match value {
                Some(known) => rows.offer(&cell, &of, found, known.value),
                None => Err(Reason::Formula),
            };
            match offer {
                Ok(offer) => returned.add(offer, &found.words()),
                Err(reason) => {
                    let found = found.words();
                    returned.left_out.push(LeftOut { reason, cell, of, found });
                }
            }
        }
    }
}

fn place_of(row: u32, col: u16) -> At {
    (usize::try_from(row).unwrap_or(usize::MAX), col.into())
}

/// A formula without what programs write in their own way.
fn plain(formula: &str) -> String {
    let kept = formula.chars().filter(|c| !matches!(c, '\'' | '$' | ' ' | '='));
    kept.flat_map(char::to_uppercase).collect()
}

/// Whether what stands in the place of a formula is what it came to.
fn is_value(found: &Cell, value: Option<Number>) -> bool {
    value.is_some_and(|value| input(found, value.decimals) == Ok(value.value))
}
