//! Owns the table as it stands in the file: every column with what it means, every row with a
//! tick and whose it is, or why it is left out.
//!
//! Invariant: a head and a row stay where they are when they change, so that the keyboard does.

use super::naming::{
    Meanings, column_name, key, line, meanings, place_name, problem, unit_name, units, why_column,
    why_row,
};
use super::steps::year_of;
use super::{Read, of};
use crate::session::Session;
use crate::sheets::slices::Slices;
use crate::sheets::tables::Tables;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::RegionId;
use shapan_sheets::import::{
    ColumnRead, LeftRow, Meaning, Place, Question, RowRead, RowState, Unit,
};
use shapan_sheets::request::{Request, RowShown};

/// Up to so many regions can be chosen from in each row.
const MOST_REGIONS: usize = 40;

/// The table.
#[component]
pub(super) fn Rows(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let rows = of(read, |read| read.rows);
    let slices =
        Slices::<RowShown>::new(tables, rows.into(), |from, count| Request::Rows { from, count });
    let numbers = of(read, |read| read.columns.iter().map(|c| c.column).collect::<Vec<_>>());
    let meanings = meanings(session);
    let body = slices.body(move |place, row| drawn(session, tables, read, place, row));
    view! {
        <Items read meanings />
        <NotInPlan read />
        <div class="scroll table-box" tabindex="0" role="region"
            aria-label=move || fill(session.words().tables.rows, &[&rows.get().to_string()])
            on:scroll:target=move |e| slices.scrolled(e.target().scroll_top())>
            <table class="table-cells" aria-rowcount=move || (rows.get() + 1).to_string()>
                <thead>
                    <tr>
                        <th scope="col" class="row-head">{session.t(|w| w.tables.row)}</th>
                        <th scope="col">{session.t(|w| w.tables.whose)}</th>
                        <For each=move || numbers.get() key=|number| *number let(number)>
                            <Head read meanings number />
                        </For>
                    </tr>
                </thead>
                {body}
            </table>
        </div>
    }
    .into_any()
}

/// Names that the plan does not know: all of them at once, where that is not asked above.
#[component]
fn NotInPlan(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let all_new = Memo::new(move |_| tables.choices.with(|choices| choices.all_new == Some(true)));
    let are_left = of(read, |read| {
        let is_asked = read.questions.iter().any(|q| matches!(q, Question::NewRegions { .. }));
        let is_new = |row: &RowRead| row.state == RowState::Left(LeftRow::NotInPlan);
        !is_asked && read.left.iter().any(is_new)
    });
    view! {
        <Show when=move || are_left.get() || all_new.get()>
            <label class="check">
                <input type="checkbox" prop:checked=all_new on:change:target=move |e| {
                    let all_new = e.target().checked();
                    tables.choose(|choices| choices.all_new = Some(all_new));
                } />
                {session.t(|w| w.tables.new_for_all)}
            </label>
        </Show>
    }
    .into_any()
}

/// A column's head: its words, what it means, in what it counts, its year.
#[component]
fn Head(read: Read, meanings: Meanings, number: usize) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let own = of(read, move |read| read.columns.iter().find(|c| c.column == number).cloned());
    let name = Memo::new(move |_| {
        own.with(|own| own.as_ref().map(|own| column_name(session.words(), own)))
            .unwrap_or_default()
    });
    let label = move |template: &str| fill(template, &[&name.get()]);
    let meaning = Memo::new(move |_| {
        own.with(|own| own.as_ref().map(|own| own.meaning.clone())).unwrap_or_default()
    });
    let is_of_numbers = move || meaning.with(|meaning| !units(meaning).is_empty());
    let year = move || own.with(|own| own.as_ref().and_then(|own| own.year));
    let year = Memo::new(move |_| year().map(|year| year.to_string()).unwrap_or_default());
    let left = move || {
        let why = own.with(|own| own.as_ref().and_then(|own: &ColumnRead| own.left.clone()))?;
        read.with(|read| read.as_ref().map(|read| why_column(session, read, &why)))
    };
    view! {
        <th scope="col" class:left=move || own.with(|own| own.as_ref().is_some_and(|o| o.left.is_some()))>
            <span class="head-name" title=name>{name}</span>
            <MeaningChoice
                meanings
                label=Signal::derive(move || label(session.words().tables.means))
                value=meaning.into()
                on_choose=Callback::new(move |meaning: Meaning| tables.choose(|choices| {
                    // Only one column names regions, or years, or items.
                    let is_only = matches!(meaning,
                        Meaning::Region | Meaning::Year | Meaning::Item | Meaning::Unit);
                    if is_only {
                        for column in choices.columns.values_mut() {
                            if column.meaning.as_ref() == Some(&meaning) {
                                column.meaning = Some(Meaning::Nothing);
                            }
                        }
                    }
                    choices.columns.entry(number).or_default().meaning = Some(meaning);
                }))
            />
            <Show when=is_of_numbers>
                <span class="row">
                    <UnitChoice
                        label=Signal::derive(move || label(session.words().tables.counted_in))
                        meaning=meaning.into()
                        value=Signal::derive(move || own.with(|own| own.as_ref().and_then(|o| o.unit)))
                        on_choose=Callback::new(move |unit| tables.choose(|choices| {
                            choices.columns.entry(number).or_default().unit = Some(unit);
                        }))
                    />
                    <input type="text" class="year" inputmode="numeric" maxlength="4"
                        autocomplete="off" placeholder=session.t(|w| w.tables.year_column)
                        aria-label=move || label(session.words().tables.year_of)
                        prop:value=year
                        on:change:target=move |e| match year_of(&e.target().value()) {
                            Some(year) => tables.choose(|choices| {
                                choices.columns.entry(number).or_default().year = Some(year);
                            }),
                            None => e.target().set_value(&year.get_untracked()),
                        } />
                </span>
            </Show>
            <small>{left}</small>
        </th>
    }
    .into_any()
}

/// A list of meanings.
#[component]
pub(super) fn MeaningChoice(
    meanings: Meanings,
    label: Signal<String>,
    value: Signal<Meaning>,
    on_choose: Callback<Meaning>,
) -> impl IntoView {
    let now = Memo::new(move |_| value.with(key));
    view! {
        <select aria-label=label prop:value=now on:change:target=move |e| {
            let chosen = e.target().value();
            let found = meanings.with_untracked(|all| {
                all.iter().find(|(key, ..)| *key == chosen).map(|(_, meaning, _)| meaning.clone())
            });
            if let Some(meaning) = found {
                on_choose.run(meaning);
            }
        }>
            {move || meanings.get().into_iter().map(|(option, _, name)| {
                let is_now = { let option = option.clone(); move || now.with(|now| *now == option) };
                view! { <option value=option selected=is_now>{name}</option> }
            }).collect_view()}
        </select>
    }
    .into_any()
}

/// A list of units that fit a meaning.
#[component]
pub(super) fn UnitChoice(
    label: Signal<String>,
    meaning: Signal<Meaning>,
    value: Signal<Option<Unit>>,
    on_choose: Callback<Unit>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let value = Memo::new(move |_| value.get());
    let all = Memo::new(move |_| meaning.with(units));
    let place = move || {
        let place = all.get().iter().position(|unit| Some(*unit) == value.get());
        place.map(|place| place.to_string()).unwrap_or_default()
    };
    view! {
        <select class="unit-of" aria-label=label prop:value=place on:change:target=move |e| {
            let chosen = e.target().value().parse().ok();
            if let Some(unit) = chosen.and_then(|place: usize| all.get_untracked().get(place)) {
                on_choose.run(*unit);
            }
        }>
            {move || value.get().is_none().then(|| view! {
                <option value="" selected>{session.words().tables.unit_unknown}</option>
            })}
            {move || all.get().iter().enumerate().map(|(place, unit)| view! {
                <option value=place.to_string() selected=move || value.get() == Some(*unit)>
                    {unit_name(session.words(), *unit)}
                </option>
            }).collect_view()}
        </select>
    }
    .into_any()
}

/// What the items of a long table mean.
#[component]
fn Items(read: Read, meanings: Meanings) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let items = of(read, |read| {
        read.items.iter().map(|item| (item.words.clone(), item.rows)).collect::<Vec<_>>()
    });
    let line = move |(words, rows): (String, usize)| {
        let own = StoredValue::new(words.clone());
        let meaning = of(read, move |read| {
            let found = read.items.iter().find(|item| own.with_value(|own| item.words == *own));
            found.map(|item| item.meaning.clone()).unwrap_or_default()
        });
        view! {
            <li>
                <b>{words}</b>
                " "<span class="aside">{move || fill(session.words().tables.in_rows, &[&rows.to_string()])}</span>
                " "<MeaningChoice
                    meanings
                    label=Signal::derive(move || {
                        own.with_value(|own| fill(session.words().tables.item_means, &[own]))
                    })
                    value=meaning.into()
                    on_choose=Callback::new(move |meaning| tables.choose(|choices| {
                        choices.items.insert(own.get_value(), meaning);
                    }))
                />
            </li>
        }
        .into_any()
    };
    view! {
        <Show when=move || items.with(|items| !items.is_empty())>
            <section class="items-read">
                <h3>{session.t(|w| w.tables.items)}</h3>
                <ul><For each=move || items.get() key=Clone::clone let(item)>{line(item)}</For></ul>
            </section>
        </Show>
    }
    .into_any()
}

/// A row: its tick, whose it is, and its cells.
fn drawn(
    session: Session,
    tables: Tables,
    read: Read,
    place: usize,
    row: Memo<Option<RowShown>>,
) -> AnyView {
    let of_row = move |pick: fn(&RowShown) -> String| {
        row.with(|row| row.as_ref().map(pick).unwrap_or_default())
    };
    let number = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.read.row)));
    let is_taken =
        move || row.with(|row| row.as_ref().is_some_and(|row| row.read.state == RowState::Taken));
    let shown = move || number.get().map(line).unwrap_or_default();
    let label = move || {
        let name = of_row(|row| row.read.name.clone());
        fill(session.words().tables.take_row, &[&shown(), &name])
    };
    let cells = move || {
        let faults = row.with(|row| row.as_ref().map(|row| row.faults.clone())).unwrap_or_default();
        let cells = row.with(|row| row.as_ref().map(|row| row.cells.clone())).unwrap_or_default();
        let numbers = read.with(|read| {
            read.as_ref().map(|r| r.columns.iter().map(|c| c.column).collect::<Vec<_>>())
        });
        let numbers = numbers.unwrap_or_default().into_iter();
        numbers
            .zip(cells)
            .map(|(column, words)| {
                let wrong = faults.iter().find(|fault| fault.column == column);
                let wrong = wrong.map(|fault| problem(session.words(), fault.problem));
                let is_number = words.starts_with(|c: char| c.is_ascii_digit() || c == '-');
                view! {
                    <td class:faulty=wrong.is_some() class:num=is_number title=wrong>
                        {wrong.map(|_| view! { <span aria-hidden="true">"⚠ "</span> })}
                        {words}
                        {wrong.map(|why| view! { <span class="visually-hidden">" "{why}</span> })}
                    </td>
                }
            })
            .collect_view()
    };
    view! {
        <tr class:outside=move || !is_taken() aria-rowindex=place + 2>
            <th scope="row" class="row-head">
                <label>
                    <input type="checkbox" aria-label=label prop:checked=is_taken
                        on:change:target=move |e| {
                            let is_ticked = e.target().checked();
                            let Some(row) = number.get_untracked() else { return };
                            tables.choose(|choices| {
                                choices.rows.insert(row, is_ticked);
                            });
                        } />
                    {shown}
                </label>
            </th>
            <td class="whose"><Whose row /></td>
            {cells}
        </tr>
    }
    .into_any()
}

/// Whose a row is, to be chosen otherwise; or why it is left out.
#[component]
fn Whose(row: Memo<Option<RowShown>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let name = Memo::new(move |_| {
        row.with(|row| row.as_ref().map(|row| row.read.name.clone())).unwrap_or_default()
    });
    let state = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.read.state.clone())));
    let place =
        Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.read.place.clone())));
    let said = move || {
        let w = session.words();
        match state.get() {
            Some(RowState::Left(why)) => Some(why_row(w, why)),
            Some(RowState::Asked) => Some(w.tables.row_asked.to_owned()),
            Some(RowState::Taken) | None => None,
        }
    };
    let regions = Memo::new(move |_| {
        let lang = session.lang();
        session.plan.with(|plan| {
            let all = plan.regions.iter().map(|r| (r.id.clone(), r.name.get(lang).to_owned()));
            all.take(MOST_REGIONS + 1).collect::<Vec<_>>()
        })
    });
    // What is no region by its nature has its tick alone.
    let can_be = Memo::new(move |_| {
        let is_open = state.with(|state| match state {
            Some(RowState::Taken | RowState::Asked) => true,
            Some(RowState::Left(why)) => matches!(why, LeftRow::NotInPlan | LeftRow::Chosen),
            None => false,
        });
        is_open && name.with(|name| !name.trim().is_empty()) && place.get() != Some(Place::Whole)
    });
    let has_few = move || regions.with(|regions| regions.len() <= MOST_REGIONS);
    let now = move || match place.get() {
        Some(Place::Known(id)) => id.to_string(),
        Some(Place::New(_)) => "+".to_owned(),
        Some(Place::Whole) | None => String::new(),
    };
    let choose = move |chosen: &str| {
        let name = name.get_untracked();
        let chosen = match chosen {
            "" => return,
            "+" => Place::New(name.clone()),
            id => match id.parse::<RegionId>() {
                Ok(id) => Place::Known(id),
                Err(_) => return,
            },
        };
        let number = row.with_untracked(|row| row.as_ref().map(|row| row.read.row));
        tables.choose(|choices| {
            choices.regions.insert(name, chosen);
            // A row that was left out by hand is wanted after all.
            if let Some(number) = number {
                choices.rows.retain(|row, is_taken| *row != number || *is_taken);
            }
        });
    };
    let named = move || {
        let (w, lang) = (session.words(), session.lang());
        let place = place.get()?;
        Some(session.plan.with(|plan| place_name(w, plan, lang, &place)))
    };
    let label = move || fill(session.words().tables.region_of, &[&name.get()]);
    view! {
        <Show when=move || can_be.get() && has_few()
            fallback=move || view! { <span>{named}</span> }>
            <select aria-label=label prop:value=now
                on:change:target=move |e| choose(&e.target().value())>
                {move || place.get().is_none().then(|| view! {
                    <option value="" selected>{session.words().tables.choose}</option>
                })}
                {move || regions.get().into_iter().map(|(id, name)| {
                    let is_now = { let id = id.to_string(); move || now() == id };
                    view! { <option value=id.to_string() selected=is_now>{name}</option> }
                }).collect_view()}
                <option value="+" selected=move || now() == "+">
                    {move || fill(session.words().tables.new_place, &[&name.get()])}
                </option>
            </select>
        </Show>
        <Show when=move || can_be.get() && !has_few() && place.get().is_none()>
            <button type="button" class="quiet"
                aria-label=move || fill(session.words().tables.make_new_named, &[&name.get()])
                on:click=move |_| choose("+")>{session.t(|w| w.tables.make_new)}</button>
        </Show>
        <small>{said}</small>
    }
    .into_any()
}
