//! Owns tables that are broader than a sheet of paper: they go on on further sheets, with the
//! columns that name the rows repeated.
//!
//! Invariant: a table is set smaller before it is split, within what can be read. It stays
//! untouched itself; copies stand beside it while the browser prints, for either way the paper may
//! lie, and go afterwards. Every cell comes with a column it stands over. What is measured is
//! measured beside the table, in a box that looks as paper does.

use super::columns::sheets;
use leptos::prelude::document;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTableCellElement, HtmlTableElement, HtmlTableRowElement};

/// What A4 has room for within a card, in CSS pixels: upright and across.
const PAPER: [(&str, i32); 2] = [("upright", 680), ("across", 1008)];

/// A cell and where it stands.
struct Cell {
    element: Element,
    cols: Range<usize>,
}

/// A row and its cells.
type Row = (Element, Vec<Cell>);

/// A table's rows, by section.
struct Grid {
    /// `thead`, `tbody` or `tfoot`, each with its rows.
    sections: Vec<(Element, Vec<Row>)>,
    cols: usize,
    /// Columns that name the rows.
    naming: usize,
}

/// Lays out every table of the page that is broader than paper.
pub fn split_wide() {
    for table in all("#main table") {
        let Ok(table) = table.dyn_into::<HtmlTableElement>() else { continue };
        for (way, room) in PAPER {
            lay_out(&table, way, room);
        }
    }
}

/// Takes away what printing has put there.
pub fn join() {
    all(".on-paper").iter().for_each(Element::remove);
    for (way, _) in PAPER {
        for class in [format!("not-{way}"), format!("small-{way}")] {
            for element in all(&format!(".{class}")) {
                let _ = element.class_list().remove_1(&class);
            }
        }
    }
}

fn all(selectors: &str) -> Vec<Element> {
    let Ok(found) = document().query_selector_all(selectors) else { return Vec::new() };
    let each = (0..found.length()).filter_map(|n| found.get(n));
    each.filter_map(|node| node.dyn_into().ok()).collect()
}

fn measure_box(beside: &HtmlTableElement, room: i32) -> Option<HtmlElement> {
    let measure = document().create_element("div").ok()?.dyn_into::<HtmlElement>().ok()?;
    measure.set_class_name("paper-measure");
    let _ = measure.set_attribute("aria-hidden", "true");
    let _ = measure.style().set_property("width", &format!("{room}px"));
    beside.after_with_node_1(&measure).ok()?;
    Some(measure)
}

fn lay_out(table: &HtmlTableElement, way: &str, room: i32) {
    let Some(copy) = bare_copy(table) else { return };
    let Some(measure) = measure_box(table, room) else { return };
    let is_there = measure.append_child(&copy).is_ok();
    if !is_there || copy.offset_width() <= room {
        measure.remove();
        return;
    }
    let _ = copy.class_list().add_1("small");
    if copy.offset_width() <= room {
        measure.remove();
        let _ = table.class_list().add_1(&format!("small-{way}"));
        return;
    }
    let _ = copy.class_list().remove_1("small");
    let widths = widths(&copy);
    measure.remove();
    let grid = Grid::of(table);
    let parts = sheets(&widths, grid.naming, room);
    if parts.len() < 2 {
        return;
    }
    let Ok(paper) = document().create_element("div") else { return };
    paper.set_class_name(&format!("on-paper {way}"));
    let _ = paper.set_attribute("aria-hidden", "true");
    for cols in parts {
        if let Some(part) = grid.part(table, &cols) {
            let _ = paper.append_child(&part);
        }
    }
    if table.after_with_node_1(&paper).is_ok() {
        let _ = table.class_list().add_1(&format!("not-{way}"));
    }
}

/// A copy that can be measured: without what only paper of the other way has.
fn bare_copy(table: &HtmlTableElement) -> Option<HtmlElement> {
    let copy = table.clone_node_with_deep(true).ok()?.dyn_into::<HtmlElement>().ok()?;
    for (way, _) in PAPER {
        let list = copy.class_list();
        let _ = list.remove_2(&format!("not-{way}"), &format!("small-{way}"));
    }
    Some(copy)
}

/// The breadth each column wants.
fn widths(copy: &HtmlElement) -> Vec<i32> {
    let Some(table) = copy.dyn_ref::<HtmlTableElement>() else { return Vec::new() };
    let grid = Grid::of(table);
    let mut widths = vec![0; grid.cols];
    // Cells of one column say its breadth; where there are none, what stands over several does.
    for is_single in [true, false] {
        for (_, rows) in &grid.sections {
            for cell in rows.iter().flat_map(|(_, cells)| cells) {
                if (cell.cols.len() == 1) != is_single {
                    continue;
                }
                let Some(element) = cell.element.dyn_ref::<HtmlElement>() else { continue };
                let of = &mut widths[cell.cols.clone()];
                let there: i32 = of.iter().sum();
                if is_single || there == 0 {
                    let each = i32::try_from(of.len()).unwrap_or(1).max(1);
                    let wanted = element.offset_width() / each;
                    of.iter_mut().for_each(|width| *width = (*width).max(wanted));
                }
            }
        }
    }
    widths
}

impl Grid {
    fn of(table: &HtmlTableElement) -> Self {
        let mut grid = Self { sections: Vec::new(), cols: 0, naming: 0 };
        let children = table.children();
        for n in 0..children.length() {
            let Some(section) = children.item(n) else { continue };
            let rows = section.children();
            // How many more rows a cell above reaches down, column by column.
            let mut below: Vec<usize> = Vec::new();
            let mut all = Vec::new();
            for row in (0..rows.length()).filter_map(|n| rows.item(n)) {
                let Some(row) = row.dyn_ref::<HtmlTableRowElement>() else { continue };
                let cells = row.cells();
                let mut placed = Vec::new();
                let mut at = 0;
                for cell in (0..cells.length()).filter_map(|n| cells.item(n)) {
                    let Some(spans) = cell.dyn_ref::<HtmlTableCellElement>() else { continue };
                    while below.get(at).is_some_and(|rows| *rows > 0) {
                        at += 1;
                    }
                    let wide = usize::try_from(spans.col_span()).unwrap_or(1).max(1);
                    let deep = usize::try_from(spans.row_span()).unwrap_or(1).max(1);
                    below.resize(below.len().max(at + wide), 0);
                    below[at..at + wide].iter_mut().for_each(|rows| *rows = deep);
                    placed.push(Cell { element: cell, cols: at..at + wide });
                    at += wide;
                }
                below.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
                all.push((Element::from(row.clone()), placed));
            }
            grid.sections.push((section, all));
        }
        let cells = || grid.sections.iter().flat_map(|(_, rows)| rows).flat_map(|(_, cells)| cells);
        // What reaches over everything says nothing about how many columns there are.
        let single = cells().filter(|cell| cell.cols.len() == 1).map(|cell| cell.cols.end).max();
        let cols = single.unwrap_or_else(|| cells().map(|c| c.cols.end).max().unwrap_or(0));
        let naming = |col: &usize| {
            let mut there =
                grid.sections.iter().filter(|(section, _)| section.tag_name() == "TBODY");
            there.any(|(_, rows)| {
                let mut cells = rows.iter().flat_map(|(_, cells)| cells);
                cells.any(|c| c.cols == (*col..*col + 1) && c.element.tag_name() == "TH")
            })
        };
        let naming = (0..cols).take_while(naming).count().max(1);
        grid.cols = cols;
        grid.naming = naming;
        for cell in grid.sections.iter_mut().flat_map(|(_, rows)| rows).flat_map(|(_, cells)| cells)
        {
            cell.cols.end = cell.cols.end.min(cols).max(cell.cols.start);
        }
        grid
    }

    /// The table with some of its columns, beside those that name the rows.
    fn part(&self, table: &HtmlTableElement, cols: &Range<usize>) -> Option<Element> {
        let part = table.clone_node().ok()?.dyn_into::<Element>().ok()?;
        for (section, rows) in &self.sections {
            let here = section.clone_node().ok()?;
            for (row, cells) in rows {
                let line = row.clone_node().ok()?;
                for cell in cells {
                    let common = |range: &Range<usize>| {
                        let end = cell.cols.end.min(range.end);
                        end.saturating_sub(cell.cols.start.max(range.start))
                    };
                    let spans = common(&(0..self.naming)) + common(cols);
                    if spans == 0 {
                        continue;
                    }
                    let copy = cell.element.clone_node_with_deep(true).ok()?;
                    if cell.cols.len() > 1
                        && let Some(copy) = copy.dyn_ref::<HtmlTableCellElement>()
                    {
                        copy.set_col_span(u32::try_from(spans).unwrap_or(1));
                    }
                    line.append_child(&copy).ok()?;
                }
                here.append_child(&line).ok()?;
            }
            part.append_child(&here).ok()?;
        }
        // One thing has one id, and this is for one way only.
        let _ = part.remove_attribute("id");
        for (way, _) in PAPER {
            let list = part.class_list();
            let _ = list.remove_2(&format!("not-{way}"), &format!("small-{way}"));
        }
        Some(part)
    }
}
