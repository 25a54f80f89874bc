//! Owns the chain as a whole: sheet → table → head → columns → rows → numbers → changes.
//!
//! Invariant: the same sheet, plan and choices come to the same reading; what is remembered of a
//! layout stands below what was chosen.

use super::above::{around, section_of_a_part};
use super::changes;
use super::choices::Choices;
use super::columns::columns;
use super::grid::{Grid, words};
use super::held::Held;
use super::layouts;
use super::reading::{FoundTable, Reading};
use super::regions::Regions;
use super::rows;
use super::sheet::Sheet;
use super::tables::{TableAt, find, with_head};
use super::things::Things;
use super::values::Values;
use shapan_engine::Plan;

/// What a sheet is read as by a plan, under what the reader chose.
pub fn read(plan: &Plan, sheet: &Sheet, choices: &Choices) -> Reading {
    let grid = Grid::new(sheet, choices);
    let (held, regions) = (Held::new(plan), Regions::new(plan));
    let things = Things::new(plan, &held, regions.places());
    let mut tables = find(&grid, &regions);
    if let Some(head) = choices.head {
        let chosen = with_head(&grid, head);
        tables.retain(|table| table.last < chosen.head.0);
        tables.push(chosen);
    }
    let mut reading = Reading {
        tables: tables.iter().map(|t| shown(&grid, t)).collect(),
        far: sheet.far.clone(),
        ..Reading::default()
    };
    let columns_of = |table: &TableAt, choices: &Choices| {
        let around = around(&grid, table, &things);
        let columns = columns(&grid, table, &around, &things, &regions, choices);
        (around, columns)
    };
    // The first table with counts, where none is chosen.
    let chosen = match (choices.table, choices.head) {
        (Some(table), _) => Some(table),
        (None, Some(_)) => tables.len().checked_sub(1),
        (None, None) => None,
    };
    let found = match chosen {
        Some(chosen) => tables.get(chosen).map(|table| (chosen, columns_of(table, choices))),
        None => {
            let mut first = None;
            let mut with_counts = None;
            for (n, table) in tables.iter().enumerate() {
                let found = (n, columns_of(table, choices));
                if found.1.1.has_counts() {
                    with_counts = Some(found);
                    break;
                }
                first = first.or(Some(found));
            }
            with_counts.or(first)
        }
    };
    let Some((place, (mut around, mut columns))) = found else { return reading };
    let Some(table) = tables.get(place) else { return reading };
    reading.table = Some(place);
    let fingerprint = layouts::fingerprint(columns.all.iter().map(|c| c.read.head.as_slice()));
    let remembered = layouts::remembered(plan, &fingerprint);
    let says_unit = |column: usize| {
        let said = columns.all.iter().find(|c| c.read.column == column);
        said.is_some_and(|c| !c.said.units().is_empty())
            || !around.units.is_empty()
            || around.unit_is_doubtful
    };
    let merged = remembered.map(|(layout, gone)| {
        reading.gone = gone;
        layouts::below(&layout, choices, table.columns.0, &says_unit)
    });
    let choices = merged.as_ref().unwrap_or(choices);
    if merged.is_some() {
        (around, columns) = columns_of(table, choices);
    }
    reading.remembered = merged.is_some();
    reading.fingerprint = Some(fingerprint);
    reading.head = Some(table.head);
    reading.year = choices.year.or(around.year);
    let section = section_of_a_part(&grid, table, &things, &regions);
    if let Some(words) = around.words_of_a_part(&columns).or(section).filter(|_| !choices.part) {
        columns.ask_part(words);
    }
    let mut values = Values::read(&grid, table, &columns, &things, &around, choices);
    if columns.ask_units(&values) {
        values = Values::read(&grid, table, &columns, &things, &around, choices);
    }
    let with =
        rows::With { plan, grid: &grid, table, columns: &columns, regions: &regions, choices };
    let mut rows = with.rows(&values);
    let end = changes::With {
        plan,
        held: &held,
        values: &values,
        choices,
        year: reading.year,
        likely_year: around.likely_year,
    };
    let end = end.changes(&mut rows);
    reading.questions = columns.questions;
    reading.questions.extend(values.questions);
    reading.questions.extend(rows.questions);
    reading.questions.extend(end.questions);
    reading.faults = rows.faults;
    reading.faults.extend(end.faults);
    for fault in &mut reading.faults {
        fault.found = words(grid.cell(fault.row, fault.column)).into_owned();
    }
    reading.columns = columns.all.into_iter().map(|column| column.read).collect();
    reading.items = values.items;
    reading.rows = rows.all.into_iter().map(|row| row.read).collect();
    reading.changes = end.changes;
    reading.waiting = end.waiting;
    (reading.kept, reading.same, reading.totals) = (end.kept, end.same, end.totals);
    reading
}

fn shown(grid: &Grid<'_>, table: &TableAt) -> FoundTable {
    let lines = table.titles.iter().flat_map(|row| {
        (0..grid.columns(*row)).map(|column| words(grid.cell(*row, column)).into_owned())
    });
    let titles = lines.filter(|line| !line.is_empty()).take(20).collect();
    FoundTable { titles, head: table.head, last: table.last, columns: table.columns }
}
