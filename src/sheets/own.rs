//! Owns what is shown of a file that the app itself exported and that came back: what was changed
//! in it, old → new, each with a tick; and what differs and is not taken, with the reason.
//!
//! Invariant: a file that nobody changed brings nothing; what the plan has changed too is only
//! taken where it is ticked. Deliberately absent: telling such a file (the program's affair).

use super::preview::changes::cell_name;
use super::preview::naming::{place_name, target_name, value, when_name};
use super::slices::Slices;
use super::tables::Tables;
use crate::numbers;
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_sheets::import::Change;
use shapan_sheets::own::{Cell, Kind, LeftOut, Offer, Reason, Returned, Since};
use std::sync::Arc;

/// A cell as spreadsheets name it, with its sheet.
fn at(cell: &Cell) -> String {
    let name = cell_name((cell.row, cell.column));
    if cell.sheet.is_empty() { name } else { format!("{} {name}", cell.sheet) }
}

fn why(w: &Words, reason: Reason) -> &'static str {
    let t = w.tables;
    match reason {
        Reason::ComputedHeads => t.own_computed,
        Reason::GrowthUnderMeasures => t.own_growth,
        Reason::OldCensus => t.own_old_census,
        Reason::Formula => t.own_formula,
        Reason::NotANumber => t.not_a_number,
        Reason::TooFine => t.own_too_fine,
        Reason::OutOfBounds => t.out_of_bounds,
        Reason::Moved => t.own_moved,
        Reason::Gone => t.own_gone,
        Reason::NotInPlan => t.own_not_in_plan,
        Reason::Ambiguous => t.own_ambiguous,
        Reason::Twice => t.own_twice,
        Reason::Adopted => t.own_adopted,
        Reason::Several => t.own_several,
        Reason::YearShare => t.own_year_share,
        Reason::Pupils => t.own_pupils,
    }
}

/// The file, and the button that takes over what is ticked.
#[component]
pub(super) fn OwnFile(own: Arc<Returned>) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let (kind, since, is_unchanged) = (own.kind, own.since, own.is_unchanged());
    let sentence = move || {
        let t = session.words().tables;
        let what = match kind {
            Kind::People => t.own_people,
            Kind::Results => t.own_results,
            Kind::Workbook => t.own_workbook,
        };
        let since = match since {
            Since::Same => "",
            Since::Changed => t.own_since_changed,
            Since::Unknown => t.own_since_unknown,
        };
        let unchanged = if is_unchanged && kind != Kind::Results { t.own_unchanged } else { "" };
        format!("{what} {unchanged} {since}")
    };
    let of_conflicts = match since {
        Since::Unknown => session.t(|w| w.tables.differences),
        Since::Same | Since::Changed => session.t(|w| w.tables.conflicts),
    };
    let offered = own.offers.len();
    let conflicts = own.conflicts.clone();
    let left = own.left_out.clone();
    let offers = own.offers.clone();
    let all = StoredValue::new(own);
    let is_ticked =
        move |place: usize| tables.turned.with(|t| t.contains(&place)) != (place < offered);
    let ticked = move || {
        all.with_value(|own| {
            let each = own.offers.iter().chain(&own.conflicts).enumerate();
            let ticked = each.filter(|(place, _)| is_ticked(*place));
            ticked.map(|(_, offer)| offer.change.clone()).collect::<Vec<Change>>()
        })
    };
    let count = Memo::new(move |_| ticked().len());
    let label = move || {
        let t = session.words().tables;
        match count.get() {
            0 => t.take_nothing.to_owned(),
            some => fill(t.take, &[&numbers::whole(i64::try_from(some).unwrap_or(i64::MAX))]),
        }
    };
    view! {
        <div class="table-preview">
            <p>{sentence}</p>
            <Offers offers first=0 title=session.t(|w| w.tables.offers) />
            <Offers offers=conflicts first=offered title=of_conflicts />
            <LeftCells left />
        </div>
        <footer class="row">
            <button type="button" class="primary" disabled=move || count.get() == 0
                on:click=move |_| tables.finish(&untrack(ticked), None)>{label}</button>
        </footer>
    }
    .into_any()
}

/// Numbers with a tick each; `first` is the place of the first among all.
#[component]
fn Offers(offers: Vec<Offer>, first: usize, title: Signal<&'static str>) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    if offers.is_empty() {
        return ().into_any();
    }
    let rows = (offers.len() + 1).to_string();
    // Offers come, conflicts wait: the first lot stands at the front.
    let is_coming = first == 0;
    let slices = Slices::held(&offers);
    let body = slices.body(move |place, offer: Memo<Option<Offer>>| {
        let is_ticked =
            move || tables.turned.with(|turned| turned.contains(&(first + place))) != is_coming;
        let cell = move || offer.with(|offer| offer.as_ref().map(|offer| at(&offer.cell)));
        let label = move || fill(session.words().tables.take_cell, &[&cell().unwrap_or_default()]);
        view! {
            <tr class:outside=move || !is_ticked() aria-rowindex=place + 2>
                <th scope="row" class="row-head">
                    <label>
                        <input type="checkbox" aria-label=label prop:checked=is_ticked
                            on:change:target=move |e| {
                                let is_turned = e.target().checked() != is_coming;
                                tables.turned.update(|turned| {
                                    if is_turned {
                                        turned.insert(first + place);
                                    } else {
                                        turned.remove(&(first + place));
                                    }
                                });
                            } />
                        {cell}
                    </label>
                </th>
                {move || offer.get().map(|offer| cells(session, &offer))}
            </tr>
        }
        .into_any()
    });
    view! {
        <section>
            <h3>{title}</h3>
            <div class="scroll table-box" tabindex="0" role="region" aria-label=title
                on:scroll:target=move |e| slices.scrolled(e.target().scroll_top())>
                <table class="table-cells changes" aria-rowcount=rows>
                    <thead><tr>
                        <th scope="col" class="row-head">{session.t(|w| w.tables.cell)}</th>
                        <th scope="col">{session.t(|w| w.tables.whose)}</th>
                        <th scope="col">{session.t(|w| w.tables.what)}</th>
                        <th scope="col">{session.t(|w| w.tables.when)}</th>
                        <th scope="col" class="num">{session.t(|w| w.tables.before)}</th>
                        <th scope="col" class="num">{session.t(|w| w.tables.after)}</th>
                    </tr></thead>
                    {body}
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// What an offer changes: whose, what, when, old and new.
fn cells(session: Session, offer: &Offer) -> AnyView {
    let (w, lang) = (session.words(), session.lang());
    let change = &offer.change;
    let (place, target, old, exported, new) = session.plan.with(|plan| {
        let value = |amount| value(w, plan, lang, &change.target, amount);
        (
            place_name(w, plan, lang, &change.place),
            target_name(w, plan, lang, &change.target),
            change.old.map(value),
            offer.exported.filter(|was| Some(*was) != change.old).map(value),
            value(change.new),
        )
    });
    let exported = exported.map(|was| fill(w.tables.exported_as, &[&was]));
    view! {
        <td>{place}</td>
        <td>{target}</td>
        <td>{when_name(w, change.when)}</td>
        <td class="num"><small>{exported}</small>" "{old.unwrap_or_else(|| w.tables.none_before.to_owned())}</td>
        <td class="num">"→ "<b>{new}</b></td>
    }
    .into_any()
}

/// Cells that differ and are not taken.
#[component]
fn LeftCells(left: Vec<LeftOut>) -> impl IntoView {
    const MOST: usize = 200;
    let session = expect_context::<Session>();
    if left.is_empty() {
        return ().into_any();
    }
    let lines = move || {
        let w = session.words();
        let line = |out: &LeftOut| {
            let why = why(w, out.reason);
            fill(w.tables.left_line, &[&at(&out.cell), &out.of, &out.found, why])
        };
        let more = left.len().saturating_sub(MOST);
        let more = (more > 0).then(|| fill(w.tables.and_more, &[&more.to_string()]));
        let lines = left.iter().take(MOST).map(line).chain(more);
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    };
    view! {
        <section>
            <h3>{session.t(|w| w.tables.left_cells)}</h3>
            <ul class="left-out">{lines}</ul>
        </section>
    }
    .into_any()
}
