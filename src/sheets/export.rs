//! Owns the buttons that hand out a plan as spreadsheets.

use super::{failure, worker};
use crate::clock;
use crate::files;
use crate::numbers::MoneyUnit;
use crate::session::Session;
use crate::words::fill;
use leptos::prelude::*;
use shapan_engine::files::write_plan;
use shapan_sheets::request::{self, CsvTable, Request};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv;charset=utf-8";

/// What is handed out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Book,
    Table(CsvTable),
}

/// The section with the buttons.
#[component]
pub fn Exports() -> impl IntoView {
    let session = expect_context::<Session>();
    let busy = RwSignal::new(false);
    let told = RwSignal::new(None::<String>);
    let trouble = RwSignal::new(None::<String>);
    let export = move |what: What| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        told.set(Some(session.words().sheets.working.to_owned()));
        leptos::task::spawn_local(async move {
            let (name, kind, request) = ask(session, what);
            let plan = session.plan.get_untracked();
            let text = write_plan(&plan, &clock::stamp());
            let answer = worker::ask(&request, js_sys::Uint8Array::from(text.as_bytes())).await;
            let w = session.words_now();
            let _ = busy.try_set(false);
            match answer {
                Ok(bytes) => {
                    files::hand_over(&name, &bytes, kind);
                    let _ = told.try_set(Some(fill(w.sheets.done, &[&name])));
                }
                Err(error) => {
                    let _ = told.try_set(None);
                    let said = fill(w.sheets.failed, &[&failure(w, &error)]);
                    let _ = trouble.try_set(Some(said));
                }
            }
        });
    };
    let of = move || {
        let (scenario, base) = session.look.with(|l| (l.scenario.clone(), l.base.clone()));
        let (name, w) = (session.scenario_name(&scenario), session.words());
        if scenario == base {
            fill(w.sheets.of_one, &[&name])
        } else {
            fill(w.sheets.of, &[&name, &session.scenario_name(&base)])
        }
    };
    view! {
        <section class="sheets">
            <h3>{session.t(|w| w.sheets.title)}" "{of}</h3>
            <p>{session.t(|w| w.sheets.lead)}</p>
            <div class="row">
                <button type="button" disabled=busy on:click=move |_| export(What::Book)>
                    {session.t(|w| w.sheets.export_book)}</button>
                <button type="button" disabled=busy
                    on:click=move |_| export(What::Table(CsvTable::Payments))>
                    {session.t(|w| w.sheets.export_csv)}</button>
                <button type="button" disabled=busy
                    on:click=move |_| export(What::Table(CsvTable::People))>
                    {session.t(|w| w.sheets.export_people)}</button>
            </div>
            <p role="status" class="done">{move || told.get()}</p>
            {move || trouble.get().map(|said| view! { <p class="notice" role="alert">{said}</p> })}
        </section>
    }
    .into_any()
}

/// What a file is called, what it is, and what makes it.
fn ask(session: Session, what: What) -> (String, &'static str, Request) {
    let w = session.words_now().sheets;
    let lang = session.preferences.with_untracked(|p| p.lang);
    let (scenario, base) =
        session.look.with_untracked(|l| (l.scenario.to_string(), l.base.to_string()));
    let title = session.plan.with_untracked(|plan| plan.title.get(lang).to_owned());
    let lang = lang.tag().to_owned();
    let name = |what: &str, ending: &str| {
        let name = files::name_of(&format!("{title} {what}"));
        format!("{}.{ending}", name.trim_end_matches(".json"))
    };
    match what {
        What::Book => {
            let unit = match session.preferences.with_untracked(|p| p.unit()) {
                MoneyUnit::Yuan => request::MoneyUnit::Yuan,
                MoneyUnit::Wan | MoneyUnit::Million | MoneyUnit::Yi => request::MoneyUnit::Wan,
            };
            let saved_at = clock::date();
            (name(w.book, "xlsx"), XLSX, Request::Workbook { scenario, base, lang, unit, saved_at })
        }
        What::Table(table) => {
            let what = match table {
                CsvTable::Payments => w.results,
                CsvTable::People => w.people,
            };
            (name(what, "csv"), CSV, Request::Csv { table, scenario, lang })
        }
    }
}
