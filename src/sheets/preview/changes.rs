//! Owns what taking the table over changes: totals before and after, and every number old → new.

use super::naming::{place_name, target_name, value, when_name};
use super::{Read, of};
use crate::session::Session;
use crate::sheets::slices::Slices;
use crate::sheets::tables::Tables;
use crate::words::fill;
use leptos::prelude::*;
use shapan_sheets::import::Change;
use shapan_sheets::request::Request;

/// Totals before and after, by what and when.
#[component]
pub(super) fn Totals(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let totals = of(read, |read| read.totals.clone());
    let notes = of(read, |read| (read.same, read.kept));
    let rows = move || {
        let (w, lang) = (session.words(), session.lang());
        let of_total = |total: shapan_sheets::import::Total| {
            let said = session.plan.with(|plan| {
                let value = |amount| value(w, plan, lang, &total.target, amount);
                let difference = total.after.checked_sub(total.before).map(|difference| {
                    let sign = if difference > 0 { "+" } else { "" };
                    format!("{sign}{}", value(difference))
                });
                let name = target_name(w, plan, lang, &total.target);
                (name, value(total.before), value(total.after), difference)
            });
            view! {
                <tr>
                    <th scope="row">{said.0}</th>
                    <td data-label=w.tables.when>{when_name(w, total.when)}</td>
                    <td class="num" data-label=w.tables.before>{said.1}</td>
                    <td class="num" data-label=w.tables.after><b>{said.2}</b></td>
                    <td class="num" data-label=w.tables.difference>{said.3}</td>
                </tr>
            }
        };
        totals.get().into_iter().map(of_total).collect_view()
    };
    let noted = move || {
        let t = session.words().tables;
        let (same, kept) = notes.get();
        let same = (same > 0).then(|| fill(t.same, &[&same.to_string()]));
        let kept = (kept > 0).then(|| fill(t.kept, &[&kept.to_string()]));
        same.into_iter().chain(kept).collect::<Vec<_>>().join(" ")
    };
    view! {
        <section class="table-totals">
            <h3>{session.t(|w| w.tables.totals)}</h3>
            <Show when=move || totals.with(|totals| !totals.is_empty())
                fallback=move || view! { <p class="aside">{session.t(|w| w.tables.nothing_changes)}</p> }>
                <div class="scroll few" tabindex="0" role="region" aria-label=session.t(|w| w.tables.totals)>
                    <table class="stacks">
                        <thead><tr>
                            <th scope="col">{session.t(|w| w.tables.what)}</th>
                            <th scope="col">{session.t(|w| w.tables.when)}</th>
                            <th scope="col" class="num">{session.t(|w| w.tables.before)}</th>
                            <th scope="col" class="num">{session.t(|w| w.tables.after)}</th>
                            <th scope="col" class="num">{session.t(|w| w.tables.difference)}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
            <p class="aside">{noted}</p>
        </section>
    }
    .into_any()
}

/// Every number that changes, and those that wait for a choice.
#[component]
pub(super) fn Changes(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let coming = of(read, |read| read.changes);
    let all = of(read, |read| read.changes + read.waiting);
    let slices =
        Slices::<Change>::new(tables, all.into(), |from, count| Request::Changes { from, count });
    let body = slices.body(move |place, change| {
        view! {
            <tr class:outside=move || coming.get() <= place aria-rowindex=place + 2>
                {move || {
                    let (w, lang) = (session.words(), session.lang());
                    let change = change.get()?;
                    let said = session.plan.with(|plan| {
                        let value = |amount| value(w, plan, lang, &change.target, amount);
                        (
                            place_name(w, plan, lang, &change.place),
                            target_name(w, plan, lang, &change.target),
                            change.old.map(value),
                            value(change.new),
                        )
                    });
                    let waits = (coming.get() <= place).then_some(w.tables.is_waiting);
                    let cell = cell_name(change.cell);
                    Some(view! {
                        <th scope="row">{said.0}</th>
                        <td>{said.1}</td>
                        <td>{when_name(w, change.when)}</td>
                        <td class="num">{said.2.unwrap_or_else(|| w.tables.none_before.to_owned())}</td>
                        <td class="num">"→ "<b>{said.3}</b></td>
                        <td>{cell}" "<small>{waits}</small></td>
                    })
                }}
            </tr>
        }
        .into_any()
    });
    view! {
        <div class="scroll table-box" tabindex="0" role="region"
            aria-label=move || fill(session.words().tables.changes, &[&all.get().to_string()])
            on:scroll:target=move |e| slices.scrolled(e.target().scroll_top())>
            <table class="table-cells changes" aria-rowcount=move || (all.get() + 1).to_string()>
                <thead><tr>
                    <th scope="col">{session.t(|w| w.tables.whose)}</th>
                    <th scope="col">{session.t(|w| w.tables.what)}</th>
                    <th scope="col">{session.t(|w| w.tables.when)}</th>
                    <th scope="col" class="num">{session.t(|w| w.tables.before)}</th>
                    <th scope="col" class="num">{session.t(|w| w.tables.after)}</th>
                    <th scope="col">{session.t(|w| w.tables.cell)}</th>
                </tr></thead>
                {body}
            </table>
        </div>
    }
    .into_any()
}

/// A cell as spreadsheets name it: `B7`.
pub(in crate::sheets) fn cell_name((row, column): (usize, usize)) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        for (cell, name) in
            [((0, 0), "A1"), ((6, 1), "B7"), ((0, 25), "Z1"), ((0, 26), "AA1"), ((9, 255), "IV10")]
        {
            assert_eq!(cell_name(cell), name);
        }
    }
}
