//! Owns the dialog through which a table's regions and people come into the plan.

use super::preview::Preview;
use super::{failure, worker};
use crate::session::Session;
use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use shapan_sheets::error::SheetError;
use shapan_sheets::old_import::{MOST_BYTES, Table, Taking, guess};
use shapan_sheets::request::Request;
use wasm_bindgen::JsValue;

/// A table that was read, and how it is to be taken.
#[derive(Clone, Copy)]
pub(super) struct Arrived {
    pub(super) table: RwSignal<Table>,
    pub(super) taking: RwSignal<Taking>,
}

/// A file's bytes, kept to look at its other sheets.
#[derive(Clone)]
struct Chosen {
    name: String,
    bytes: Vec<u8>,
}

/// The button and its dialog.
#[component]
pub fn ImportTable() -> impl IntoView {
    let session = expect_context::<Session>();
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    };
    view! {
        <button type="button" on:click=open>{session.t(|w| w.sheets.import)}</button>
        <ImportDialog dialog />
    }
    .into_any()
}

#[component]
fn ImportDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let session = expect_context::<Session>();
    let chosen = StoredValue::new(None::<Chosen>);
    let arrived = RwSignal::new(None::<Arrived>);
    let told = RwSignal::new(None::<String>);
    let trouble = RwSignal::new(None::<String>);
    let read_sheet = move |sheet: usize| {
        let Some(Chosen { name, bytes }) = chosen.get_value() else { return };
        arrived.set(None);
        trouble.set(None);
        told.set(Some(session.words_now().sheets.reading.to_owned()));
        leptos::task::spawn_local(async move {
            let read = read(&bytes, sheet).await;
            let _ = told.try_set(None);
            match read {
                Ok(table) => {
                    let taking = session.plan.with_untracked(|plan| guess(plan, &table));
                    let (table, taking) = (RwSignal::new(table), RwSignal::new(taking));
                    let _ = arrived.try_set(Some(Arrived { table, taking }));
                }
                Err(error) => {
                    let w = session.words_now();
                    let said = fill(w.sheets.not_read, &[&name, &failure(w, &error)]);
                    let _ = trouble.try_set(Some(said));
                }
            }
        });
    };
    let choose = move |input: web_sys::HtmlInputElement| {
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        let name: String = file.name().chars().take(120).collect();
        leptos::task::spawn_local(async move {
            match bytes_of(&file).await {
                Ok(bytes) => {
                    let _ = chosen.try_set_value(Some(Chosen { name, bytes }));
                    read_sheet(0);
                }
                Err(error) => {
                    let w = session.words_now();
                    let said = fill(w.sheets.not_read, &[&name, &failure(w, &error)]);
                    let _ = trouble.try_set(Some(said));
                    let _ = arrived.try_set(None);
                }
            }
        });
    };
    let on_sheet = Callback::new(read_sheet);
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog class="share table-import" node_ref=dialog aria-labelledby="table-import-title"
            on:close=move |_| {
                arrived.set(None);
                chosen.set_value(None);
                told.set(None);
                trouble.set(None);
            }>
            <header>
                <h2 id="table-import-title">{session.t(|w| w.sheets.import_title)}</h2>
                <button type="button" class="icon" aria-label=session.t(|w| w.close)
                    title=session.t(|w| w.close) on:click=move |_| close()>"×"</button>
            </header>
            <section>
                <p>{session.t(|w| w.sheets.hint)}</p>
                <label class="file">
                    <span>{session.t(|w| w.sheets.choose)}</span>
                    <input type="file" accept=".xlsx,.csv,.txt,text/csv"
                        on:change:target=move |e| choose(e.target()) />
                </label>
                {move || trouble.get().map(|said| view! { <p class="notice" role="alert">{said}</p> })}
            </section>
            {move || arrived.get().map(|arrived| view! {
                <Preview arrived on_sheet on_taken=Callback::new(move |done| told.set(Some(done))) />
            })}
            <p role="status" class="done">{move || told.get()}</p>
        </dialog>
    }
    .into_any()
}

/// A chosen file's bytes; its size is looked at first.
async fn bytes_of(file: &web_sys::File) -> Result<Vec<u8>, worker::Failure> {
    let most = u32::try_from(MOST_BYTES).map_or(f64::INFINITY, f64::from);
    if file.size() > most {
        let megabytes = MOST_BYTES / 1_048_576;
        return Err(worker::Failure::Refused(SheetError::TooLarge { megabytes }));
    }
    let unreadable = |_: JsValue| worker::Failure::Refused(SheetError::Unreadable);
    let buffer = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
    Ok(js_sys::Uint8Array::new(&buffer.map_err(unreadable)?).to_vec())
}

async fn read(bytes: &[u8], sheet: usize) -> Result<Table, worker::Failure> {
    let answer = worker::ask(&Request::Read { sheet }, js_sys::Uint8Array::from(bytes)).await?;
    serde_json::from_slice(&answer.to_vec()).map_err(|_| worker::Failure::Crashed)
}
