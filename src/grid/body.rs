//! Owns how a grid is drawn: its head, its rows and its totals.
//!
//! Invariant: a step from cell to cell draws only the rows it leaves and enters; where there are
//! very many rows only those near the ones in view are there.

use super::desk::{Desk, ROW, not_taken};
use super::range::{At, Range};
use super::sheet::{Sheet, State};
use crate::numbers;
use leptos::prelude::*;
use std::sync::Arc;

/// Up to so many lines all are there; beyond, those in view and some around them.
const ALL: usize = 300;
const AROUND: usize = 40;

/// A line of the body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Line {
    Group(String),
    Row(usize),
}

fn lines(sheet: &Sheet) -> Vec<Line> {
    let mut lines = Vec::with_capacity(sheet.rows.len());
    let mut group = "";
    for (place, row) in sheet.rows.iter().enumerate() {
        if row.group != group {
            group = &row.group;
            lines.push(Line::Group(group.to_owned()));
        }
        lines.push(Line::Row(place));
    }
    lines
}

/// Bands over columns, then the columns with their units.
pub(super) fn head(desk: Desk) -> AnyView {
    let head = move || {
        let sheet = desk.sheet.get();
        let has_bands = sheet.columns.iter().any(|column| !column.band.is_empty());
        let rows = if has_bands { "2" } else { "1" };
        let bands = has_bands.then(|| {
            let bands = sheet.columns.chunk_by(|a, b| a.band == b.band).map(|columns| {
                let (name, count) = (columns[0].band.clone(), columns.len().to_string());
                view! { <th scope="colgroup" class="band" colspan=count>{name}</th> }
            });
            bands.collect_view()
        });
        let columns = sheet.columns.iter().map(|column| {
            let (name, unit) = (column.name.clone(), column.measure.name.clone());
            view! { <th scope="col" class="num">{name}<small>{unit}</small></th> }
        });
        let columns = columns.collect_view();
        let corner = sheet.corner.clone();
        let total = sheet.row_total.clone().map(|name| {
            let unit = sheet.columns.iter().find(|c| c.adds).map(|c| c.measure.name.clone());
            view! { <th scope="col" class="num total" rowspan=rows>{name}<small>{unit}</small></th> }
        });
        let corner = view! { <th scope="col" class="corner" rowspan=rows>{corner}</th> };
        if has_bands {
            view! { <tr>{corner}{bands}{total}</tr><tr>{columns}</tr> }.into_any()
        } else {
            view! { <tr>{corner}{columns}{total}</tr> }.into_any()
        }
    };
    view! { <thead>{head}</thead> }.into_any()
}

/// The rows that are there.
pub(super) fn rows(desk: Desk) -> AnyView {
    let lines = Memo::new(move |_| Arc::new(desk.sheet.with(|sheet| lines(sheet))));
    let window = move || {
        let count = lines.with(|lines| lines.len());
        if count <= ALL {
            return 0..count;
        }
        let first = desk.first.get().min(count);
        first.saturating_sub(AROUND)..(first + 2 * AROUND).min(count)
    };
    let window = Memo::new(move |_| window());
    let there = move || {
        let window = window.get();
        lines.with(|lines| {
            let there = window.clone().zip(lines.get(window).unwrap_or_default().iter().cloned());
            there.collect::<Vec<_>>()
        })
    };
    let space = move |lines: usize| {
        (lines > 0).then(|| {
            let height = format!("{}px", lines.saturating_mul(usize::try_from(ROW).unwrap_or(0)));
            view! { <tr aria-hidden="true" class="space"><td style:height=height></td></tr> }
        })
    };
    view! {
        <tbody>
            {move || space(window.get().start)}
            <For each=there key=Clone::clone let((place, line))>
                {match line {
                    Line::Row(row) => drawn_row(desk, row, place),
                    Line::Group(name) => view! {
                        <tr class="group"><th scope="rowgroup" colspan="99">{name}</th></tr>
                    }.into_any(),
                }}
            </For>
            {move || space(lines.with(|l| l.len()) - window.get().end)}
        </tbody>
    }
    .into_any()
}

/// A cell as it is shown.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    text: String,
    state: State,
    /// Why it was not taken.
    wrong: Option<String>,
}

fn drawn_row(desk: Desk, row: usize, place: usize) -> AnyView {
    let id = desk.id();
    let name = Memo::new(move |_| {
        desk.sheet.with(|sheet| {
            let row = sheet.rows.get(row);
            (
                row.map_or_else(String::new, |row| row.name.clone()),
                row.is_some_and(|row| row.is_apart),
            )
        })
    });
    let cells = Memo::new(move |_| {
        let sheet = desk.sheet.get();
        let each = (0..sheet.columns.len()).map(|col| {
            let at = At { row, col };
            let wrong = desk.wrong.with(|wrong| wrong.get(&at).cloned());
            let (text, wrong) = match wrong {
                Some((typed, why)) => (typed, Some(not_taken(desk.session.words(), &why))),
                None => (sheet.text(at), None),
            };
            Shown { text, state: sheet.cell(at).state, wrong }
        });
        each.collect::<Vec<_>>()
    });
    // Where the selection is in this row, if it is.
    let here = Memo::new(move |_| {
        let range: Range = desk.range();
        let is_in = range.rows().contains(&row);
        (is_in.then(|| range.cols()), (range.head.row == row).then_some(range.head.col))
    });
    let total = move || {
        desk.sheet.with(|sheet| {
            sheet.row_total.as_ref()?;
            let power = sheet.columns.iter().find(|c| c.adds).map_or(0, |c| c.measure.power);
            Some(total_cell(sheet.row_total(row), power))
        })
    };
    let drawn = move || {
        let (selected, head) = here.get();
        let w = desk.session.words().data;
        let each = cells.get().into_iter().enumerate().map(|(col, cell)| {
            let is_selected = selected.as_ref().is_some_and(|cols| cols.contains(&col));
            let is_head = head == Some(col);
            let class = match (cell.wrong.is_some(), cell.state) {
                (true, _) => "num wrong",
                (_, State::Own) => "num own",
                (_, State::Followed) => "num followed",
                (_, State::Computed) => "num computed",
                (_, State::Nothing) => "num nothing",
            };
            let title = cell.wrong.clone().or(match cell.state {
                State::Followed => Some(w.grid_followed.to_owned()),
                State::Computed => Some(w.grid_is_computed.to_owned()),
                State::Own | State::Nothing => None,
            });
            let is_wrong = cell.wrong.is_some();
            let is_fixed = matches!(cell.state, State::Computed | State::Nothing);
            view! {
                <td class=class data-at=format!("{row}-{col}") title=title
                    tabindex=if is_head { "0" } else { "-1" }
                    aria-selected=if is_selected { "true" } else { "false" }
                    aria-readonly=is_fixed.then_some("true")
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby=is_wrong.then(|| format!("{id}-{row}-{col}"))
                >{cell.text}</td>
            }
        });
        each.collect_view()
    };
    view! {
        <tr aria-rowindex=place + 2 class:apart=move || name.with(|(_, apart)| *apart)>
            <th scope="row" title=move || name.get().0>{move || name.get().0}</th>
            {drawn}
            {total}
        </tr>
    }
    .into_any()
}

fn total_cell(value: Option<i64>, power: u32) -> impl IntoView {
    let text = value.map(|value| numbers::exact(value, power));
    view! {
        <td class="num total">
            {text.map(|text| view! { <data value=value.map(|v| v.to_string())>{text}</data> })}
        </td>
    }
}

/// The row of totals.
pub(super) fn foot(desk: Desk) -> AnyView {
    let foot = move || {
        let sheet = desk.sheet.get();
        let name = sheet.total.clone()?;
        let totals = sheet.columns.iter().enumerate();
        let totals =
            totals.map(|(col, column)| total_cell(sheet.column_total(col), column.measure.power));
        let totals = totals.collect_view();
        let power = sheet.columns.iter().find(|c| c.adds).map_or(0, |c| c.measure.power);
        let all = sheet.row_total.is_some().then(|| total_cell(sheet.grand_total(), power));
        Some(view! { <tr><th scope="row">{name}</th>{totals}{all}</tr> })
    };
    view! { <tfoot>{foot}</tfoot> }.into_any()
}
