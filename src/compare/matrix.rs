//! Owns the matrix: a row a figure, a column a scenario, with what each adds to the reference.

use super::figures::{Beside, Cell, Group, Row};
use super::{Compared, Sides};
use crate::checks::verdict_mark;
use crate::files;
use crate::numbers;
use crate::overview::{IllustrativeMark, unit};
use crate::parts::{Money, measured};
use crate::rounding;
use crate::session::Session;
use crate::why::{Ask, Question};
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::{Fen, ScenarioId, Unit};
use std::collections::HashMap;

/// Rows above which only those that differ are shown at first.
const MANY: usize = 40;
/// Rows of a group above which it is closed at first.
const LONG: usize = 16;

#[component]
pub fn Matrix(compared: Compared) -> impl IntoView {
    let session = expect_context::<Session>();
    let only = RwSignal::new(None::<bool>);
    let folded = RwSignal::new(HashMap::<&'static str, bool>::new());
    let groups = Memo::new(move |_| {
        let chosen = compared.chosen.get();
        compared
            .sides
            .with(|sides| {
                let sides = sides.get().filter(|s| s.ids == chosen.with)?;
                let (against, year) = (chosen.against, chosen.year);
                let beside = Beside { plan: &sides.plan, columns: &sides.columns, against, year };
                Some(beside.groups(session))
            })
            .unwrap_or_default()
    });
    let rounded = move || {
        let chosen = compared.chosen.get();
        compared.sides.with(|sides| {
            let sides = sides.get().filter(|s| s.ids == chosen.with)?;
            let (against, year) = (chosen.against, chosen.year);
            let beside = Beside { plan: &sides.plan, columns: &sides.columns, against, year };
            rounding::note(session, &beside.shown_sums())
        })
    };
    let rows = Memo::new(move |_| groups.with(|g| g.iter().map(|g| g.rows.len()).sum::<usize>()));
    let is_only = Memo::new(move |_| only.get().unwrap_or(rows.get() > MANY));
    let alike = Memo::new(move |_| {
        let rows = |g: &Group| g.rows.iter().filter(|r| !r.differs()).count();
        groups.with(|g| g.iter().map(rows).sum::<usize>())
    });
    let body = move || {
        let chosen = compared.chosen.get();
        let asked =
            Asked { against: chosen.against, ids: chosen.with, years: compared.years(session) };
        let only = is_only.get();
        groups.with(|groups| {
            let shown = |g: &Group| {
                let rows: Vec<Row> =
                    g.rows.iter().filter(|r| !only || r.differs()).cloned().collect();
                (!rows.is_empty()).then(|| group(session, g, rows, &asked, folded))
            };
            groups.iter().filter_map(shown).collect_view()
        })
    };
    let head = move || {
        let chosen = compared.chosen.get();
        compared.sides.with(|sides| {
            let sides = sides.get()?;
            Some(
                chosen
                    .with
                    .iter()
                    .enumerate()
                    .map(|(n, id)| head(session, sides, id, n == chosen.against))
                    .collect_view(),
            )
        })
    };
    let second = move || {
        let against = compared.chosen.with(|c| c.against);
        let columns = compared.chosen.with(|c| c.with.len());
        let w = session.words().compare;
        (0..columns)
            .map(|n| {
                view! {
                    <th scope="col" class="num">{w.amount}</th>
                    {(n != against).then(|| view! { <th scope="col" class="num">{w.against_reference}</th> })}
                }
            })
            .collect_view()
    };
    let none = move || is_only.get() && rows.get() == alike.get();
    view! {
        <section class="card matrix">
            <header class="card-head">
                <h2>{session.t(|w| w.compare.key_figures)}</h2>
                <p>{move || format!("{} · {}", compared.years(session), unit(session))}" "<IllustrativeMark /></p>
            </header>
            <p class="only">
                <label>
                    <input type="checkbox" prop:checked=move || is_only.get()
                        on:change:target=move |e| only.set(Some(e.target().checked())) />
                    {session.t(|w| w.compare.only_differences)}
                </label>
                <span role="status">{move || {
                    let hidden = is_only.get() && alike.get() > 0;
                    hidden.then(|| fill(session.words().compare.hidden_rows, &[&alike.get().to_string()]))
                }}</span>
            </p>
            <Show when=move || !none() fallback=move || view! {
                <p class="empty">{session.t(|w| w.compare.all_alike)}</p>
            }>
                <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.compare.key_figures)>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col" rowspan="2">{session.t(|w| w.compare.figure)}</th>
                                {head}
                            </tr>
                            <tr>{second}</tr>
                        </thead>
                        {body}
                    </table>
                </div>
                {rounded}
            </Show>
        </section>
    }
}

/// A scenario's name over its columns, and why it has no figures where it has none.
fn head(session: Session, sides: &Sides, id: &ScenarioId, is_reference: bool) -> AnyView {
    let w = session.words().compare;
    let name = session.scenario_name(id);
    let place = sides.ids.iter().position(|other| other == id);
    let error = place.and_then(|n| sides.errors.get(n)?.as_ref());
    let why = error.map(|error| files::evaluate_error(session, &sides.plan, error));
    view! {
        <th scope="colgroup" class="num of" colspan=if is_reference { "1" } else { "2" }>
            <span class="name">{name}</span>
            {is_reference.then(|| view! { <small>{w.reference}</small> })}
            {why.map(|why| view! { <small class="short">{why}</small> })}
        </th>
    }
    .into_any()
}

/// What figures are of.
struct Asked {
    /// The scenarios.
    ids: Vec<ScenarioId>,
    /// The place of the reference.
    against: usize,
    /// The years the figures are of, in words.
    years: String,
}

fn group(
    session: Session,
    group: &Group,
    rows: Vec<Row>,
    asked: &Asked,
    folded: RwSignal<HashMap<&'static str, bool>>,
) -> AnyView {
    let (key, title) = (group.key, group.title);
    let is_long = rows.len() > LONG;
    let is_folded = move || folded.with(|f| f.get(key).copied().unwrap_or(is_long));
    let count = rows.len().to_string();
    let span = rows.first().map_or(1, |row| row.cells.len() * 2 + 1).to_string();
    let rows = rows.into_iter().map(|row| line(session, &row, asked)).collect_view();
    view! {
        <tbody class:folded=is_folded>
            <tr class="head-row">
                <th scope="rowgroup" colspan=span>
                    <button type="button" aria-expanded=move || (!is_folded()).to_string()
                        on:click=move |_| {
                            let now = untrack(is_folded);
                            folded.update(|f| { f.insert(key, !now); });
                        }>{title}" "<small>{count}</small></button>
                </th>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn line(session: Session, row: &Row, asked: &Asked) -> AnyView {
    let reference = row.cells.get(asked.against).cloned().unwrap_or(Cell::Nothing);
    let cells = row.cells.iter().enumerate().map(|(n, cell)| {
        let question = |is_change: bool| {
            let is_number = matches!(cell, Cell::Number(_) | Cell::Met(Some(_), _));
            let what = row.what.clone().filter(|_| is_number)?;
            let (id, reference) = (asked.ids.get(n)?, asked.ids.get(asked.against)?);
            let name = if row.is_year {
                fill(session.words().tile_total, &[&row.name])
            } else {
                format!("{} · {}", row.name, asked.years)
            };
            // One name a column: whoever cannot see them tells them apart by it.
            let name = format!("{name} · {}", session.scenario_name(id));
            let question = if is_change {
                Question::of_change(format!("{name} · {}", session.words().against_base), what)
            } else {
                Question::of(name, what)
            };
            Some(question.between(id.clone(), reference.clone()))
        };
        let ask = |question: Option<Question>, figure: AnyView| match question {
            Some(question) => view! { <Ask question>{figure}</Ask> }.into_any(),
            None => figure,
        };
        let value = ask(question(false), shown(session, row, cell));
        let change = (n != asked.against).then(|| {
            let change = change(session, row, cell, &reference);
            view! { <td class="num diff">{change.map(|change| ask(question(true), change))}</td> }
        });
        view! { <td class="num of">{value}</td>{change} }
    });
    let cells = cells.collect_view();
    let name = row.name.clone();
    view! {
        <tr class:part=row.is_part><th scope="row">{name}</th>{cells}</tr>
    }
    .into_any()
}

fn shown(session: Session, row: &Row, cell: &Cell) -> AnyView {
    match cell {
        Cell::NoResult | Cell::Nothing => "–".into_any(),
        Cell::Number(value) => measured(*value, row.unit, &row.unit_name),
        Cell::Stands(verdict, years) => {
            let years = years.join(session.words().compare.comma);
            let years =
                (!years.is_empty()).then(|| fill(session.words().compare.fails_in, &[&years]));
            view! {
                {verdict_mark(session, verdict)}
                {years.map(|years| view! { <small>{years}</small> })}
            }
            .into_any()
        }
        Cell::Met(value, is_met) => {
            let goals = session.words().goals;
            let value = value.map(|value| measured(value, row.unit, &row.unit_name));
            let (class, mark, words) = match is_met {
                true => ("verdict pass", "✓", goals.met),
                false => ("verdict fail", "✕", goals.fail),
            };
            view! {
                {value}" "
                <span class=class title=words><span aria-hidden="true">{mark}</span><span class="visually-hidden">{words}</span></span>
            }
            .into_any()
        }
    }
}

/// What a cell adds to the reference's; nothing where they are alike or cannot be subtracted.
fn change(session: Session, row: &Row, cell: &Cell, reference: &Cell) -> Option<AnyView> {
    let w = session.words().compare;
    let (now, before) = match (cell, reference) {
        (Cell::Number(now), Cell::Number(before)) => (*now, *before),
        (Cell::Met(Some(now), _), Cell::Met(Some(before), _)) => (*now, *before),
        (Cell::Stands(..), Cell::Stands(..)) if cell != reference => {
            return Some(w.changed.into_any());
        }
        _ => return None,
    };
    let change = now.checked_sub(before)?;
    if row.unit == Unit::Fen {
        let amount = Signal::derive(move || Fen(change));
        return Some(view! { <Money amount change=true /> }.into_any());
    }
    let plus = if change > 0 { "+" } else { "" };
    let written = numbers::counted(change, row.unit, "");
    Some(match written.strip_suffix('%') {
        Some(points) => fill(w.points, &[&format!("{plus}{points}")]).into_any(),
        None => format!("{plus}{written}").into_any(),
    })
}
