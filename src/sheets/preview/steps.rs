//! Owns the first steps of reading a file, each shown and to be chosen otherwise: encoding, sheet,
//! table, head rows, year, what becomes of what the plan has, hidden rows, a remembered layout.
//!
//! Deliberately absent: columns and rows, which are corrected where they stand (`rows`).

use super::super::encoding_name;
use super::naming::{ENCODINGS, kind_name, line};
use super::{Read, of};
use crate::parts::{Choice, Segments};
use crate::session::Session;
use crate::sheets::tables::Tables;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::Year;
use shapan_sheets::import::{FoundTable, Mode};

/// The steps.
#[component]
pub(super) fn Steps(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let overview = tables.overview;
    let kind = move || {
        let w = session.words();
        overview.with(|file| file.as_ref().map(|file| kind_name(w, file.kind)))
    };
    let encoding = Memo::new(move |_| {
        let told = overview.with(|file| file.as_ref().and_then(|file| file.encoding))?;
        Some(encoding_name(tables.encoding.get().unwrap_or(told)))
    });
    let sheets = Memo::new(move |_| {
        let t = session.words().tables;
        let names = overview.with(|file| file.as_ref().map(|file| file.sheets.clone()));
        let named = names.unwrap_or_default().into_iter().enumerate().map(|(n, sheet)| {
            let name = if sheet.name.is_empty() { line(n) } else { sheet.name };
            let name = if sheet.hidden { fill(t.hidden_sheet, &[&name]) } else { name };
            (n.to_string(), name)
        });
        named.collect::<Vec<_>>()
    });
    view! {
        <section class="how-read" role="group" aria-label=session.t(|w| w.tables.steps)>
            <span class="kind">{kind}</span>
            <Show when=move || encoding.get().is_some()><EncodingChoice encoding /></Show>
            <Show when=move || sheets.with(|sheets| sheets.len() > 1)>
                <Choice
                    label=session.t(|w| w.tables.sheet)
                    options=sheets.into()
                    value=Signal::derive(move || tables.sheet.get().to_string())
                    on_choose=Callback::new(move |chosen: String| {
                        if let Ok(sheet) = chosen.parse() {
                            tables.choose_sheet(sheet);
                        }
                    })
                />
            </Show>
            <WhichTable read />
            <Head read />
            <Year read />
            <ModeOf read />
            <Hidden />
            <Remembered read />
        </section>
    }
    .into_any()
}

/// How a text is encoded, to be chosen otherwise.
#[component]
pub(in crate::sheets) fn EncodingChoice(encoding: Memo<Option<&'static str>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    // Where none is known, none is shown as chosen.
    let options = move || {
        let none = encoding.get().is_none();
        let none = none.then(|| (String::new(), session.words().tables.choose.to_owned()));
        let named = ENCODINGS.map(encoding_name).map(|name| (name.to_owned(), name.to_owned()));
        none.into_iter().chain(named).collect()
    };
    view! {
        <Choice
            label=session.t(|w| w.tables.encoding)
            options=Signal::derive(options)
            value=Signal::derive(move || encoding.get().unwrap_or_default().to_owned())
            on_choose=Callback::new(move |chosen: String| {
                if let Some(encoding) = ENCODINGS.into_iter().find(|e| encoding_name(*e) == chosen) {
                    tables.encode(encoding);
                }
            })
        />
    }
    .into_any()
}

/// Which of several tables in the sheet.
#[component]
fn WhichTable(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let found = of(read, |read| read.tables.clone());
    let named = move |table: &FoundTable| {
        let t = session.words().tables;
        let (first, last) = (line(table.head.0), line(table.last));
        match table.titles.iter().find(|title| !title.trim().is_empty()) {
            Some(title) => {
                let title: String = title.trim().chars().take(24).collect();
                fill(t.table_named, &[&title, &first, &last])
            }
            None => fill(t.table_at, &[&first, &last]),
        }
    };
    let options = move || {
        found.with(|found| {
            let each = found.iter().enumerate();
            each.map(|(n, table)| (n.to_string(), named(table))).collect()
        })
    };
    let chosen = of(read, |read| read.table.map(|table| table.to_string()).unwrap_or_default());
    view! {
        <Show when=move || found.with(|found| found.len() > 1)>
            <Choice
                label=session.t(|w| w.tables.table)
                options=Signal::derive(options)
                value=chosen.into()
                on_choose=Callback::new(move |chosen: String| {
                    let table = chosen.parse().ok();
                    tables.choose(|choices| choices.choose_table(table));
                })
            />
        </Show>
    }
    .into_any()
}

/// Where the head begins and ends.
#[component]
fn Head(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let head = of(read, |read| read.head);
    let is_there = of(read, |_| true);
    let chosen = move |typed: &str, is_last: bool| {
        let Some(row) = typed.trim().parse::<usize>().ok().and_then(|row| row.checked_sub(1))
        else {
            return;
        };
        let (first, last) = head.get_untracked().unwrap_or((row, row));
        let head = if is_last { (first.min(row), row) } else { (row, last.max(row)) };
        tables.choose(|choices| choices.head = Some(head));
    };
    let field = move |label: Signal<&'static str>, is_last: bool| {
        let shown = move || {
            let row = head.get().map(|(first, last)| if is_last { last } else { first });
            row.map(line).unwrap_or_default()
        };
        view! {
            <label class="field short-field">
                <span>{label}</span>
                <input type="text" inputmode="numeric" maxlength="5" autocomplete="off"
                    prop:value=shown
                    on:change:target=move |e| {
                        chosen(&e.target().value(), is_last);
                        e.target().set_value(&untrack(shown));
                    } />
            </label>
        }
    };
    view! {
        <Show when=move || is_there.get()>
            {field(session.t(|w| w.tables.head_from), false)}
            {field(session.t(|w| w.tables.head_to), true)}
        </Show>
    }
    .into_any()
}

/// The year of numbers that name none.
#[component]
fn Year(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let year = of(read, |read| read.year.map(|year| year.to_string()));
    view! {
        <Show when=move || year.get().is_some()>
            <label class="field short-field">
                <span>{session.t(|w| w.tables.year)}</span>
                <input type="text" inputmode="numeric" maxlength="4" autocomplete="off"
                    prop:value=move || year.get().unwrap_or_default()
                    on:change:target=move |e| {
                        match year_of(&e.target().value()) {
                            Some(year) => tables.choose(|choices| choices.year = Some(year)),
                            None => e.target().set_value(&year.get_untracked().unwrap_or_default()),
                        }
                    } />
            </label>
        </Show>
    }
    .into_any()
}

/// The year that is typed, where it is one a plan may have.
pub(super) fn year_of(typed: &str) -> Option<Year> {
    typed.trim().parse().ok().and_then(Year::new)
}

/// What becomes of numbers the plan has, where that matters or was chosen.
#[component]
fn ModeOf(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let chosen = Memo::new(move |_| tables.choices.with(|choices| choices.mode));
    // What is asked is answered above; here it is changed.
    let is_asked = of(read, |read| read.kept > 0);
    let modes = move || {
        let t = session.words().tables;
        vec![
            ("add".to_owned(), t.mode_add.to_owned()),
            ("replace".to_owned(), t.mode_replace.to_owned()),
        ]
    };
    let mode = move || match chosen.get() {
        Some(Mode::Add) => "add",
        Some(Mode::Replace) => "replace",
        None => "",
    };
    view! {
        <Show when=move || is_asked.get() || chosen.get().is_some()>
            <div class="choice">
                <span aria-hidden="true">{session.t(|w| w.tables.mode)}</span>
                <Segments
                    label=session.t(|w| w.tables.mode)
                    options=Signal::derive(modes)
                    value=Signal::derive(move || mode().to_owned())
                    on_choose=Callback::new(move |chosen: String| {
                        let mode = if chosen == "replace" { Mode::Replace } else { Mode::Add };
                        tables.choose(|choices| choices.mode = Some(mode));
                    })
                />
            </div>
        </Show>
    }
    .into_any()
}

/// Whether what the spreadsheet hides is read too.
#[component]
fn Hidden() -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || tables.choices.with(|c| c.hidden)
                on:change:target=move |e| {
                    let hidden = e.target().checked();
                    tables.choose(|choices| choices.hidden = hidden);
                } />
            {session.t(|w| w.tables.with_hidden)}
        </label>
    }
    .into_any()
}

/// That the layout was met before, and how to forget it.
#[component]
fn Remembered(read: Read) -> impl IntoView {
    let session = expect_context::<Session>();
    let tables = expect_context::<Tables>();
    let remembered = of(read, |read| read.remembered);
    let gone = of(read, |read| read.gone);
    let lost = move || {
        let gone = gone.get();
        (gone > 0).then(|| fill(session.words().tables.remembered_gone, &[&gone.to_string()]))
    };
    view! {
        <Show when=move || remembered.get()>
            <p class="remembered">
                {session.t(|w| w.tables.remembered)}" "{lost}" "
                <button type="button" class="quiet" on:click=move |_| tables.forget()>{session.t(|w| w.tables.forget)}</button>
            </p>
        </Show>
    }
    .into_any()
}
