//! Owns how a grid is drawn: its head, its rows and its totals.
//!
//! Invariant: a step from cell to cell draws only the rows it leaves and enters; where there are
//! very many rows only those near the ones in view are there.

use super::desk::{Desk, ROW, not_taken};
use super::range::{At, Range};
use super::sheet::{Sheet, State};
use crate::numbers;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::Element;

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
        // A browser prints what is there: on paper all of them are.
        if count <= ALL || desk.session.printing.get() {
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
    let total = Memo::new(move |_| {
        desk.sheet.with(|sheet| {
            sheet.row_total.as_ref()?;
            let power = sheet.columns.iter().find(|c| c.adds).map_or(0, |c| c.measure.power);
            let total = sheet.row_total(row);
            Some(total.map_or_else(String::new, |total| numbers::exact(total, power)))
        })
    });
    let line = NodeRef::<html::Tr>::new();
    // Painted by hand: drawn anew, a cell would lose the focus, and the field that is in it.
    Effect::new(move |_| {
        let Some(line) = line.get() else { return };
        let (selected, head) = here.get();
        let mut before: Option<Element> = line.first_element_child();
        for (col, cell) in cells.get().iter().enumerate() {
            let at = At { row, col };
            let is_selected = selected.as_ref().is_some_and(|cols| cols.contains(&col));
            let marks = (is_selected, head == Some(col));
            before =
                painted_after(before.as_ref(), at).inspect(|td| paint(desk, td, at, cell, marks));
        }
        if let Some(total) = total.get() {
            before = painted_after(before.as_ref(), At { row, col: usize::MAX });
            if let Some(td) = &before {
                td.set_class_name("num total");
                let _ = td.remove_attribute("data-at");
                td.set_text_content(Some(&total));
            }
        }
        while let Some(more) = before.as_ref().and_then(Element::next_element_sibling) {
            more.remove();
        }
    });
    view! {
        <tr node_ref=line aria-rowindex=place + 2 class:apart=move || name.with(|(_, apart)| *apart)>
            <th scope="row" title=move || name.get().0>{move || name.get().0}</th>
        </tr>
    }
    .into_any()
}

/// The cell that comes after another, made where it is not there yet.
fn painted_after(before: Option<&Element>, at: At) -> Option<Element> {
    let before = before?;
    let name = format!("{}-{}", at.row, at.col);
    let next = before.next_element_sibling();
    // What was a total is no cell.
    let next = next.filter(|td| td.class_name() != "num total" || at.col == usize::MAX);
    if let Some(next) = next {
        return Some(next);
    }
    let td = document().create_element("td").ok()?;
    let _ = td.append_child(&document().create_text_node(""));
    let _ = td.set_attribute("data-at", &name);
    before.after_with_node_1(&td).ok()?;
    Some(td)
}

/// Shows a cell as it is: its text, and whether it is selected and has the focus.
fn paint(desk: Desk, td: &Element, at: At, cell: &Shown, (is_selected, is_head): (bool, bool)) {
    let w = desk.session.words().data;
    let set = |name: &str, value: Option<&str>| {
        if td.get_attribute(name).as_deref() != value {
            let _ = match value {
                Some(value) => td.set_attribute(name, value),
                None => td.remove_attribute(name),
            };
        }
    };
    let class = match (cell.wrong.is_some(), cell.state) {
        (true, _) => "num wrong",
        (_, State::Own) => "num own",
        (_, State::Followed) => "num followed",
        (_, State::Halves) => "num own halves",
        (_, State::Computed) => "num computed",
        (_, State::Nothing) => "num nothing",
    };
    let title = cell.wrong.as_deref().or(match cell.state {
        State::Followed => Some(w.grid_followed),
        State::Halves => Some(w.grid_halves),
        State::Computed => Some(w.grid_is_computed),
        State::Own | State::Nothing => None,
    });
    let is_fixed = matches!(cell.state, State::Computed | State::Nothing);
    let why = cell.wrong.is_some().then(|| format!("{}-{}-{}", desk.id(), at.row, at.col));
    set("class", Some(class));
    set("title", title);
    set("tabindex", Some(if is_head { "0" } else { "-1" }));
    set("aria-selected", Some(if is_selected { "true" } else { "false" }));
    set("aria-readonly", is_fixed.then_some("true"));
    set("aria-invalid", cell.wrong.is_some().then_some("true"));
    set("aria-describedby", why.as_deref());
    if let Some(text) =
        td.first_child().filter(|text| text.node_value().as_deref() != Some(&cell.text))
    {
        text.set_node_value(Some(&cell.text));
    }
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
