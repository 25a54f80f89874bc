//! Owns what is shown of a table before it is taken over: what its columns mean, what stands in
//! it, what is wrong where, and what it brings.

use super::import::Arrived;
use crate::data::by_hand;
use crate::files;
use crate::names;
use crate::numbers;
use crate::parts::{Choice, Segments};
use crate::session::Session;
use crate::words::{Words, fill};
use leptos::prelude::*;
use shapan_engine::{Headcount, Lang, Plan, Stage, Year};
use shapan_sheets::old_import::{
    CountUnit, Faulty, Found, Meaning, Mode, Problem, Read, Table, Taking, command, look_through,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rows that are shown, and faults that are listed at a time.
const SHOWN: usize = 12;
const LISTED: usize = 20;

type Looked = Memo<Arc<(Vec<Read>, Vec<Faulty>)>>;

/// Every meaning a column may have, with the key it is chosen by and its name.
fn meanings(w: &Words, plan: &Plan, lang: Lang) -> Vec<(String, Meaning, String)> {
    let s = w.sheets;
    let mut all = vec![
        ("nothing".to_owned(), Meaning::Nothing, s.nothing.to_owned()),
        ("region".to_owned(), Meaning::Region, s.region.to_owned()),
        ("year".to_owned(), Meaning::Year, s.autumn.to_owned()),
    ];
    let counted = plan.populations.iter();
    let counted = counted.filter(|p| matches!(p.headcount, Headcount::Counted { .. }));
    all.extend(counted.map(|p| {
        let name = fill(s.heads, &[p.name.get(lang)]);
        (format!("heads/{}", p.id), Meaning::Heads(p.id.clone()), name)
    }));
    all.extend(Stage::ALL.into_iter().enumerate().map(|(n, stage)| {
        let name = fill(s.new_population, &[names::stage(w, stage)]);
        (format!("new/{n}"), Meaning::NewPopulation(stage), name)
    }));
    all
}

/// What was expected in a cell.
fn problem(w: &Words, problem: &Problem) -> String {
    let s = w.sheets;
    match problem {
        Problem::NoRegion => s.no_region.to_owned(),
        Problem::Twice { row } => fill(s.twice, &[&(row + 1).to_string()]),
        Problem::NotAName => s.not_a_name.to_owned(),
        Problem::NotANumber => s.not_a_number.to_owned(),
        Problem::NotWhole => s.not_whole.to_owned(),
        Problem::OutOfBounds => s.out_of_bounds.to_owned(),
        Problem::NotAYear => s.not_a_year.to_owned(),
    }
}

/// What a column is called: its head, or its number.
fn column_name(table: &Table, taking: &Taking, column: usize) -> String {
    match table.cell(taking.head, column).trim() {
        "" => (column + 1).to_string(),
        name => name.to_owned(),
    }
}

#[component]
pub(super) fn Preview(
    arrived: Arrived,
    on_sheet: Callback<usize>,
    on_taken: Callback<String>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let Arrived { table, taking } = arrived;
    let trouble = RwSignal::new(None::<String>);
    let looked: Looked = Memo::new(move |_| {
        session.plan.with(|plan| {
            table.with(|table| taking.with(|taking| Arc::new(look_through(plan, table, taking))))
        })
    });
    let coming = Memo::new(move |_| {
        let lang = session.lang();
        looked.with(|looked| {
            session.plan.with(|plan| {
                table.with(|table| {
                    taking.with(|taking| command(plan, table, taking, &looked.0, lang, &by_hand))
                })
            })
        })
    });
    let brings = move || {
        let s = session.words().sheets;
        if coming.with(Option::is_none) {
            return s.brings_nothing.to_owned();
        }
        looked.with(|looked| {
            let new = looked.0.iter().filter_map(|read| match &read.region {
                Found::New(name) => Some(name),
                Found::Known(_) => None,
            });
            let new = new.collect::<BTreeSet<_>>().len();
            let counts: usize = looked.0.iter().map(|read| read.heads.len()).sum();
            let numbers = [looked.0.len(), new, counts].map(|n| n.to_string());
            fill(s.brings, &numbers.each_ref().map(String::as_str))
        })
    };
    let take = move |_| {
        let Some(command) = coming.get_untracked() else { return };
        let w = session.words();
        let rows = looked.with_untracked(|looked| looked.0.len()).to_string();
        match session.try_dispatch(command) {
            Ok(()) => {
                trouble.set(None);
                on_taken.run(fill(w.sheets.taken, &[&rows]));
            }
            Err(error) => {
                let said = files::command_error(w, &error);
                trouble.set(Some(fill(w.sheets.not_taken, &[&said])));
            }
        }
    };
    view! {
        <section class="table-preview">
            <How arrived on_sheet />
            <Cells arrived looked />
            <Faults arrived looked />
            <p>{brings}</p>
            {move || trouble.get().map(|said| view! { <p class="notice" role="alert">{said}</p> })}
            <div class="row">
                <button type="button" class="primary" disabled=move || coming.with(Option::is_none)
                    on:click=take>{session.t(|w| w.sheets.take)}</button>
            </div>
        </section>
    }
    .into_any()
}

/// Which sheet, where the names of columns stand, which autumn, and what becomes of what is there.
#[component]
fn How(arrived: Arrived, on_sheet: Callback<usize>) -> impl IntoView {
    let session = expect_context::<Session>();
    let Arrived { table, taking } = arrived;
    let sheets = Memo::new(move |_| table.with(|table| (table.sheets.clone(), table.sheet)));
    let sheet_options = move || {
        let names = sheets.with(|(names, _)| names.clone());
        names.into_iter().enumerate().map(|(n, name)| (n.to_string(), name)).collect::<Vec<_>>()
    };
    let heads = move || {
        let rows = table.with(|table| table.rows.len().min(10));
        (0..rows).map(|n| (n.to_string(), (n + 1).to_string())).collect::<Vec<_>>()
    };
    let modes = move || {
        let s = session.words().sheets;
        vec![
            ("add".to_owned(), s.mode_add.to_owned()),
            ("replace".to_owned(), s.mode_replace.to_owned()),
        ]
    };
    let mode = move || match taking.with(|taking| taking.mode) {
        Mode::Add => "add".to_owned(),
        Mode::Replace => "replace".to_owned(),
    };
    view! {
        <div class="row tools">
            <Show when=move || sheets.with(|(names, _)| names.len() > 1)>
                <Choice
                    label=session.t(|w| w.sheets.sheet)
                    options=Signal::derive(sheet_options)
                    value=Signal::derive(move || sheets.with(|(_, n)| n.to_string()))
                    on_choose=Callback::new(move |chosen: String| {
                        if let Ok(sheet) = chosen.parse() {
                            on_sheet.run(sheet);
                        }
                    })
                />
            </Show>
            <Choice
                label=session.t(|w| w.sheets.head_row)
                options=Signal::derive(heads)
                value=Signal::derive(move || taking.with(|taking| taking.head.to_string()))
                on_choose=Callback::new(move |chosen: String| {
                    if let Ok(head) = chosen.parse() {
                        taking.update(|taking| taking.head = head);
                    }
                })
            />
            <label class="field short-field">
                <span>{session.t(|w| w.sheets.year)}</span>
                <input type="text" inputmode="numeric" maxlength="4" autocomplete="off"
                    prop:value=move || taking.with(|taking| taking.year.to_string())
                    on:change:target=move |e| {
                        let typed = e.target().value().trim().parse().ok().and_then(Year::new);
                        if let Some(year) = typed {
                            taking.update(|taking| taking.year = year);
                        }
                        let year = taking.with_untracked(|taking| taking.year);
                        e.target().set_value(&year.to_string());
                    } />
            </label>
            <Segments
                label=session.t(|w| w.sheets.mode)
                options=Signal::derive(modes)
                value=Signal::derive(mode)
                on_choose=Callback::new(move |chosen: String| {
                    let mode = if chosen == "replace" { Mode::Replace } else { Mode::Add };
                    taking.update(|taking| taking.mode = mode);
                })
            />
        </div>
    }
    .into_any()
}

/// The first rows, below what each column means.
#[component]
fn Cells(arrived: Arrived, looked: Looked) -> impl IntoView {
    let session = expect_context::<Session>();
    let Arrived { table, taking } = arrived;
    let columns = Memo::new(move |_| table.with(Table::columns));
    let head = Memo::new(move |_| taking.with(|taking| taking.head));
    let shown = move || {
        table.with(|table| {
            let last = table.rows.len().min(head.get() + 1 + SHOWN);
            (head.get() + 1..last).collect::<Vec<usize>>()
        })
    };
    let count = move || {
        let all = table.with(|table| table.rows.len().saturating_sub(head.get() + 1));
        let numbers = [SHOWN.min(all), all].map(|n| n.to_string());
        fill(session.words().sheets.first_rows, &[&numbers[0], &numbers[1]])
    };
    let is_faulty = move |row: usize, column: usize| {
        looked.with(|looked| looked.1.iter().any(|f| (f.row, f.column) == (row, column)))
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=session.t(|w| w.sheets.preview)>
            <table class="table-cells">
                <caption>{count}</caption>
                <thead>
                    <tr>
                        <th scope="col">{session.t(|w| w.sheets.row)}</th>
                        {move || (0..columns.get()).map(|n| view! {
                            <th scope="col">{move || table.with(|table| {
                                taking.with(|taking| column_name(table, taking, n))
                            })}</th>
                        }).collect_view()}
                    </tr>
                    <tr>
                        <td></td>
                        {move || (0..columns.get()).map(|n| view! {
                            <td><ColumnMeaning arrived column=n /></td>
                        }).collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {move || shown().into_iter().map(|row| view! {
                        <tr>
                            <th scope="row">{(row + 1).to_string()}</th>
                            {(0..columns.get()).map(|column| {
                                let words = table.with(|table| table.cell(row, column).to_owned());
                                let faulty = is_faulty(row, column);
                                view! {
                                    <td class:faulty=faulty>
                                        {faulty.then(|| view! { <span aria-hidden="true">"⚠ "</span> })}
                                        {words}
                                    </td>
                                }
                            }).collect_view()}
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What a column means and counts in.
#[component]
fn ColumnMeaning(arrived: Arrived, column: usize) -> impl IntoView {
    let session = expect_context::<Session>();
    let taking = arrived.taking;
    let all = Memo::new(move |_| {
        let (w, lang) = (session.words(), session.lang());
        session.plan.with(|plan| meanings(w, plan, lang))
    });
    let own = Memo::new(move |_| {
        taking.with(|taking| taking.columns.get(column).cloned().unwrap_or_default())
    });
    let number = (column + 1).to_string();
    let unit_number = number.clone();
    let key = move || {
        all.with(|all| {
            own.with(|own| {
                let found = all.iter().find(|(_, meaning, _)| *meaning == own.meaning);
                found.map_or_else(|| "nothing".to_owned(), |(key, ..)| key.clone())
            })
        })
    };
    let counts = Memo::new(move |_| {
        own.with(|own| matches!(own.meaning, Meaning::Heads(_) | Meaning::NewPopulation(_)))
    });
    let unit = move || own.with(|own| own.unit == CountUnit::TenThousand);
    let choose = move |chosen: &str| {
        let found = all.with_untracked(|all| {
            all.iter().find(|(key, ..)| key == chosen).map(|(_, meaning, _)| meaning.clone())
        });
        let Some(meaning) = found else { return };
        taking.update(|taking| {
            // Only one column names regions or years.
            if matches!(meaning, Meaning::Region | Meaning::Year) {
                let same = taking.columns.iter_mut().filter(|c| c.meaning == meaning);
                same.for_each(|c| c.meaning = Meaning::Nothing);
            }
            if let Some(own) = taking.columns.get_mut(column) {
                own.meaning = meaning;
            }
        });
    };
    view! {
        <select
            aria-label=move || fill(session.words().sheets.means, &[&number])
            prop:value=key
            on:change:target=move |e| choose(&e.target().value())>
            {move || all.get().into_iter().map(|(option, _, name)| {
                let chosen = { let option = option.clone(); move || key() == option };
                view! { <option value=option selected=chosen>{name}</option> }
            }).collect_view()}
        </select>
        <Show when=move || counts.get()>
            <select
                aria-label={
                    let number = unit_number.clone();
                    move || fill(session.words().sheets.counted_in, &[&number])
                }
                on:change:target=move |e| {
                    let unit = match e.target().value().as_str() {
                        "ten-thousand" => CountUnit::TenThousand,
                        _ => CountUnit::One,
                    };
                    taking.update(|taking| {
                        if let Some(own) = taking.columns.get_mut(column) {
                            own.unit = unit;
                        }
                    });
                }>
                <option value="one" selected=move || !unit()>{session.t(|w| w.sheets.one)}</option>
                <option value="ten-thousand" selected=unit>{session.t(|w| w.sheets.ten_thousand)}</option>
            </select>
        </Show>
    }
    .into_any()
}

/// Every faulty cell: where, what was expected, and the place to mend it.
#[component]
fn Faults(arrived: Arrived, looked: Looked) -> impl IntoView {
    let session = expect_context::<Session>();
    let Arrived { table, taking } = arrived;
    let faults = Memo::new(move |_| {
        looked.with(|looked| looked.1.iter().take(LISTED).cloned().collect::<Vec<_>>())
    });
    let count = Memo::new(move |_| looked.with(|looked| looked.1.len()));
    let mend = move |row: usize, column: usize, words: String| {
        table.update(|table| {
            let Some(cells) = table.rows.get_mut(row) else { return };
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = words;
        });
    };
    let line = move |faulty: Faulty| {
        let Faulty { row, column, found, problem: wrong } = faulty;
        let place = move || {
            let name = table.with(|table| taking.with(|taking| column_name(table, taking, column)));
            fill(session.words().sheets.at, &[&(row + 1).to_string(), &name])
        };
        view! {
            <li>
                <label>
                    <span>{place}</span>
                    <input type="text" maxlength="200" autocomplete="off" prop:value=found
                        on:change:target=move |e| mend(row, column, e.target().value()) />
                </label>
                <span class="wrong">{move || problem(session.words(), &wrong)}</span>
            </li>
        }
        .into_any()
    };
    let title = move || {
        let count = numbers::whole(i64::try_from(count.get()).unwrap_or(i64::MAX));
        fill(session.words().sheets.faults, &[&count])
    };
    let more = move || {
        let more = count.get().saturating_sub(LISTED);
        (more > 0).then(|| fill(session.words().sheets.more_faults, &[&more.to_string()]))
    };
    view! {
        <Show when=move || faults.with(|faults| !faults.is_empty())>
            <div class="faults" role="group" aria-label=title>
                <h3>{title}</h3>
                <ul>
                    <For each=move || faults.get()
                        key=|f| (f.row, f.column, f.found.clone(), format!("{:?}", f.problem))
                        let(faulty)>{line(faulty)}</For>
                </ul>
                <p>{more}</p>
            </div>
        </Show>
    }
    .into_any()
}
