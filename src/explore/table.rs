//! Owns the table on the page: its headers sort, its figures can be asked.

use super::asked::Asked;
use super::pivot::Cell;
use super::reckon::{Figure, Reckoned, Row};
use super::view::{Amounts, Shown, Sort};
use super::{Viewing, dim_name, sum_name};
use crate::numbers::{self, MoneyUnit};
use crate::parts::Money;
use crate::rounding;
use crate::session::Session;
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::Fen;

/// So many figures are put on the page at once: a browser lays out more only slowly.
const MOST_FIGURES: usize = 2_000;

#[component]
pub fn Table(table: Memo<Reckoned>, title: Signal<String>) -> impl IntoView {
    let session = expect_context::<Session>();
    let viewing = expect_context::<Viewing>();
    let asked_for_all = RwSignal::new(false);
    let show_all = Memo::new(move |_| asked_for_all.get() || session.printing.get());
    let body = move || {
        let view = viewing.get();
        let shown = Cells { session, is_change: view.amounts == Amounts::Change, how: view.shown };
        let sum = sum_name(session.words(), &view);
        table.with(|t| {
            let most = if show_all.get() { usize::MAX } else { MOST_FIGURES / (t.cols.len() + 1) };
            let names: Vec<&str> = t.cols.iter().map(|c| c.name.as_str()).chain([sum]).collect();
            let rows = t.rows.iter().take(most.max(20));
            let rows = rows.map(|row| shown.row(row, &names)).collect_view();
            let last = shown.figures(sum, t.sums.iter(), &names);
            view! {
                <tbody>{rows}</tbody>
                <tfoot><tr><th scope="row">{sum}</th>{last}</tr></tfoot>
            }
            .into_any()
        })
    };
    let head = move || {
        let w = session.words();
        let rows = dim_name(w, viewing.with(|v| v.rows));
        let cols = table
            .with(|t| t.cols.iter().map(|c| (c.key.clone(), c.name.clone())).collect::<Vec<_>>());
        let cols = cols
            .into_iter()
            .chain([(Sort::SUM.to_owned(), viewing.with(|v| sum_name(w, v)).to_owned())]);
        let cols =
            cols.map(|(key, name)| sorter(session, viewing, key, name, "num")).collect_view();
        (sorter(session, viewing, Sort::NAME.to_owned(), rows.to_owned(), ""), cols)
    };
    let left = move || {
        table.with(|t| {
            let most = (MOST_FIGURES / (t.cols.len() + 1)).max(20);
            (!show_all.get()).then(|| t.rows.len().saturating_sub(most)).filter(|left| *left > 0)
        })
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=title>
            <table class="pivot"><thead><tr>{head}</tr></thead>{body}</table>
        </div>
        {move || {
            // Amounts for each head and shares are no parts of their sums.
            let adds_up = viewing.with(|v| v.shown == Shown::Money);
            adds_up.then(|| table.with(|t| rounding::note(session, &t.shown_sums())))
        }}
        {move || left().map(|left| view! {
            <p class="sense">
                {fill(session.words().explore.rows_left, &[&left.to_string()])}
                <button type="button" class="quiet" on:click=move |_| asked_for_all.set(true)>{session.words().explore.show_all}</button>
            </p>
        })}
    }
}

/// A header that sorts: first the largest first, then the other way, then in the plan's order.
fn sorter(
    session: Session,
    viewing: Viewing,
    key: String,
    name: String,
    class: &'static str,
) -> AnyView {
    let now = viewing.with(|v| v.sort.clone().filter(|sort| sort.by == key));
    let (order, mark) = match &now {
        Some(Sort { is_descending: true, .. }) => ("descending", " ▼"),
        Some(_) => ("ascending", " ▲"),
        None => ("none", ""),
    };
    let next = move |_| {
        // Names from the first to the last, figures from the largest to the least.
        let first = key != Sort::NAME;
        let next = match &now {
            None => Some(first),
            Some(sort) if sort.is_descending == first => Some(!first),
            Some(_) => None,
        };
        viewing.change(|v| v.sort = next.map(|d| Sort { by: key.clone(), is_descending: d }));
    };
    let hint = fill(session.words().explore.sort_by, &[&name]);
    view! {
        <th scope="col" class=class aria-sort=order>
            <button type="button" class="sorter" title=hint on:click=next>
                {name}<span aria-hidden="true">{mark}</span>
            </button>
        </th>
    }
    .into_any()
}

/// How figures are put on the page.
#[derive(Clone, Copy)]
struct Cells {
    session: Session,
    is_change: bool,
    how: Shown,
}

impl Cells {
    fn row(self, row: &Row, names: &[&str]) -> AnyView {
        let name = row.item.name.clone();
        let figures = self.figures(&name, row.figures.iter().chain([&row.sum]), names);
        view! { <tr><th scope="row" title=row.item.name.clone()>{name}</th>{figures}</tr> }
            .into_any()
    }

    fn figures<'f>(
        self,
        row: &str,
        figures: impl Iterator<Item = &'f Figure>,
        names: &[&str],
    ) -> Vec<AnyView> {
        let named = figures.zip(names);
        named.map(|(figure, name)| self.figure(figure, format!("{row} · {name}"))).collect()
    }

    fn figure(self, figure: &Figure, name: String) -> AnyView {
        let shown = self.cell(figure.cell);
        let shown = match &figure.asked {
            None => shown,
            Some(Asked { what, step }) => {
                let question = Question::of(name, what.clone());
                let question = step.iter().copied().fold(question, Question::in_step);
                view! { <Ask question>{shown}</Ask> }.into_any()
            }
        };
        let is_nil = figure.cell.value().is_none_or(|value| value == 0);
        view! { <td class="num" class:nil=is_nil>{shown}</td> }.into_any()
    }

    fn cell(self, cell: Cell) -> AnyView {
        let exactly = |fen: Fen| {
            let yuan = numbers::money(fen, MoneyUnit::Yuan);
            fill(self.session.words().exact_yuan, &[&yuan])
        };
        match cell {
            Cell::Fen(fen) if self.how == Shown::PerHead => {
                let written = if self.is_change { numbers::signed_money } else { numbers::money };
                let yuan = written(fen, MoneyUnit::Yuan);
                let class = match (self.is_change, fen.0) {
                    (true, 1..) => "money up",
                    (true, ..=-1) => "money down",
                    _ => "money",
                };
                view! { <data class=class value=fen.0.to_string()>{yuan}</data> }.into_any()
            }
            Cell::Fen(fen) => {
                view! { <Money amount=Signal::stored(fen) change=self.is_change /> }.into_any()
            }
            Cell::Share(part, whole) => {
                let title = exactly(part);
                view! { <span title=title>{numbers::percent(part, whole)}</span> }.into_any()
            }
            Cell::Nothing => view! { <span class="sense">"–"</span> }.into_any(),
        }
    }
}
