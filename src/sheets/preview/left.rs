//! Owns what stays outside, each with its reason: columns, rows, cells, which can be mended, and
//! cells so far from the others that they belong to no table.

use super::changes::cell_name;
use super::naming::{column_at, column_name, count, line, problem, why_column, why_row};
use super::{Read, left_out, of};
use crate::session::Session;
use crate::sheets::tables::Tables;
use crate::words::fill;
use leptos::prelude::*;
use shapan_sheets::import::{Fault, RowState};

/// The longest words of a cell that are shown, in characters.
const MOST_WORDS: usize = 60;

/// What is left out.
#[component]
pub(super) fn Left(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let is_some = of(read, |read| left_out(read) > 0);
    let columns = move || {
        let w = session.words();
        read.with(|read| {
            let read = read.as_ref()?;
            let left =
                read.columns.iter().filter_map(|column| Some((column, column.left.as_ref()?)));
            let left: Vec<String> = left
                .map(|(column, why)| {
                    format!("{}: {}", column_name(w, column), why_column(session, read, why))
                })
                .collect();
            (!left.is_empty()).then_some(left)
        })
    };
    let rows = move || {
        let w = session.words();
        read.with(|read| {
            let read = read.as_ref()?;
            let left = read.left.iter().filter_map(|row| match row.state {
                RowState::Left(why) => {
                    let named = fill(w.tables.row_named, &[&line(row.row), row.name.trim()]);
                    Some(format!("{named}: {}", why_row(w, why)))
                }
                _ => None,
            });
            let mut left: Vec<String> = left.collect();
            let more = read.left_rows.saturating_sub(read.left.len());
            if more > 0 {
                left.push(fill(w.tables.and_more, &[&count(more)]));
            }
            (!left.is_empty()).then_some(left)
        })
    };
    let far = move || {
        let w = session.words();
        read.with(|read| {
            let read = read.as_ref()?;
            let cells = read.far.iter().map(|far| {
                let words: String = far.cell.words().chars().take(MOST_WORDS).collect();
                fill(w.tables.far_cell, &[&cell_name((far.row, far.column)), &words])
            });
            let mut far: Vec<String> = cells.collect();
            let more = read.far_cells.saturating_sub(read.far.len());
            if more > 0 {
                far.push(fill(w.tables.and_more, &[&count(more)]));
            }
            (!far.is_empty()).then_some(far)
        })
    };
    let part = |title: Signal<&'static str>, lines: Option<Vec<String>>| {
        lines.map(|lines| {
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! { <section><h3>{title}</h3><ul>{lines}</ul></section> }
        })
    };
    view! {
        <div class="left-out" tabindex="0" role="region" aria-label=session.t(|w| w.tables.left_region)>
            <Show when=move || !is_some.get()>
                <p class="aside">{session.t(|w| w.tables.nothing_left)}</p>
            </Show>
            <Faults read />
            {move || part(session.t(|w| w.tables.left_rows), rows())}
            {move || part(session.t(|w| w.tables.left_columns), columns())}
            {move || part(session.t(|w| w.tables.far_cells), far())}
        </div>
    }
    .into_any()
}

/// Every faulty cell: where, what stands there, what is expected, and the place to mend it.
#[component]
fn Faults(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let faults = of(read, |read| read.faults.clone());
    let more = of(read, |read| read.faulty.saturating_sub(read.faults.len()));
    let named = move |column: usize| {
        read.with(|read| {
            let w = session.words();
            read.as_ref().map(|read| column_at(w, read, column)).unwrap_or_default()
        })
    };
    let mend = move |row: usize, column: usize, words: String| {
        tables.choose(|choices| {
            choices.cells.retain(|(r, c, _)| (*r, *c) != (row, column));
            choices.cells.push((row, column, words));
        });
    };
    let drawn = move |fault: Fault| {
        let Fault { row, column, found, problem: wrong } = fault;
        let why = move || {
            let w = session.words();
            fill(w.tables.at, &[&line(row), &named(column), problem(w, wrong)])
        };
        let label = move || fill(session.words().tables.mend_at, &[&line(row), &named(column)]);
        view! {
            <li>
                <span class="wrong">{why}</span>
                <input type="text" maxlength="200" autocomplete="off" aria-label=label
                    prop:value=found
                    on:change:target=move |e| mend(row, column, e.target().value()) />
            </li>
        }
        .into_any()
    };
    view! {
        <Show when=move || faults.with(|faults| !faults.is_empty())>
            <section class="faults">
                <h3>{session.t(|w| w.tables.faulty_cells)}</h3>
                <ul>
                    <For each=move || faults.get()
                        key=|fault| format!("{fault:?}") let(fault)>{drawn(fault)}</For>
                    {move || (more.get() > 0).then(|| view! {
                        <li>{fill(session.words().tables.and_more, &[&count(more.get())])}</li>
                    })}
                </ul>
            </section>
        </Show>
    }
    .into_any()
}
