//! Owns how files come in, chosen or dropped: which are documents of ours and which are tables,
//! told by what stands in them, and where each goes on.
//!
//! Invariant: nothing that came in changes anything; it is only shown. Deliberately absent: what a
//! table means (`sheets`), and what a document would do (`preview`).

use super::packets;
use super::{Arrived, Incoming, Travel, Trouble};
use crate::files;
use crate::session::Session;
use crate::sheets::{Source, Tables};
use leptos::ev;
use leptos::prelude::*;
use shapan_engine::Plan;
use shapan_engine::files::Contents;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// So many bytes tell a document from a table.
const LOOKED_AT: i32 = 512;

/// Takes in what was chosen in the field, which forgets it: the same file can be chosen again.
pub(super) fn chosen(
    session: Session,
    travel: Travel,
    tables: Tables,
    input: &web_sys::HtmlInputElement,
) {
    let all = input.files().map(|list| listed(&list)).unwrap_or_default();
    input.set_value("");
    take_in(session, travel, tables, all);
}

fn listed(list: &web_sys::FileList) -> Vec<web_sys::File> {
    (0..list.length()).filter_map(|n| list.get(n)).collect()
}

/// Takes files in: one document is previewed, several are rolled up; tables are looked at one
/// after the other, once documents are done with.
fn take_in(session: Session, travel: Travel, tables: Tables, all: Vec<web_sys::File>) {
    travel.done.set(None);
    leptos::task::spawn_local(async move {
        let (mut documents, mut sources) = (Vec::new(), Vec::new());
        for file in all {
            if is_document(&file).await {
                documents.push(file);
            } else {
                sources.push(Source::of_file(&file).await);
            }
        }
        if documents.is_empty() {
            if !sources.is_empty() {
                travel.close();
                tables.add(sources);
            }
            return;
        }
        travel.later.update(|later| later.extend(sources));
        match read_documents(session, travel, documents).await {
            Some(arrived) => {
                let _ = travel.arrived.try_set(Some(arrived));
                travel.open();
            }
            // No dialog closes here, after which they would have their turn.
            None => tables.add(travel.later.try_update(std::mem::take).unwrap_or_default()),
        }
    });
}

/// Whether a file is one of the app's own documents rather than a table: JSON begins with a brace.
/// A broken one is still told by its name, so that what is wrong with it can be said.
async fn is_document(file: &web_sys::File) -> bool {
    if file.name().to_lowercase().ends_with(".json") {
        return true;
    }
    let head = async {
        let head = file.slice_with_i32_and_i32(0, LOOKED_AT)?;
        let buffer = JsFuture::from(head.array_buffer()).await?;
        Ok::<_, JsValue>(js_sys::Uint8Array::new(&buffer).to_vec())
    };
    head.await.is_ok_and(|head| begins_with_a_brace(&head))
}

fn begins_with_a_brace(head: &[u8]) -> bool {
    let head = head.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(head);
    head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

/// What there is to show of documents; none where several go on to be rolled up.
async fn read_documents(
    session: Session,
    travel: Travel,
    documents: Vec<web_sys::File>,
) -> Option<Result<Arrived, Trouble>> {
    let mut all = Vec::new();
    for file in documents {
        let name: String = file.name().chars().take(120).collect();
        let text = files::text_of(file).await;
        match text.and_then(|text| Ok(shapan_engine::files::open(&text)?)) {
            Ok(opened) => all.push(Arrived { name, opened: Arc::new(opened) }),
            Err(error) => return Some(Err(Trouble::File(name, error))),
        }
    }
    if all.len() == 1 {
        return all.pop().map(Ok);
    }
    let mut plans = Vec::new();
    for Arrived { name, opened } in all {
        let Contents::Plan(plan) = &opened.contents else {
            return Some(Err(Trouble::NotAPlan(name)));
        };
        plans.push(Incoming::plain(name, Arc::new(Plan::clone(plan))));
    }
    // Packets are numbers of regions of one plan; other plans are rolled up to one.
    if plans.iter().any(|incoming| incoming.plan.packet.is_some()) {
        packets::take_all(session, travel, &plans);
        return None;
    }
    travel.merging.set(None);
    travel.rolling.set(Some((plans, false)));
    travel.go_on();
    None
}

/// Lets files be dropped anywhere on the page, and says so while they are above it.
#[component]
pub fn DropVeil() -> impl IntoView {
    let session = expect_context::<Session>();
    let travel = expect_context::<Travel>();
    let tables = expect_context::<Tables>();
    let is_above = RwSignal::new(false);
    let above = window_event_listener(ev::dragover, move |event| {
        if carries_files(&event) {
            event.prevent_default();
            if !is_above.get_untracked() {
                is_above.set(true);
            }
        }
    });
    let gone = window_event_listener(ev::dragleave, move |event| {
        if event.related_target().is_none() {
            is_above.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        is_above.set(false);
        if carries_files(&event) {
            event.prevent_default();
            let list = event.data_transfer().and_then(|carried| carried.files());
            take_in(session, travel, tables, list.map(|list| listed(&list)).unwrap_or_default());
        }
    });
    on_cleanup(move || {
        above.remove();
        gone.remove();
        dropped.remove();
    });
    let veil = NodeRef::<leptos::html::Div>::new();
    // In the top layer, above a dialog that is open; a browser without it shows it below.
    Effect::new(move |_| {
        let Some(veil) = veil.get() else { return };
        let call = if is_above.get() { "showPopover" } else { "hidePopover" };
        let method = js_sys::Reflect::get(&veil, &call.into()).unwrap_or(JsValue::UNDEFINED);
        if let Some(method) = method.dyn_ref::<js_sys::Function>() {
            let _ = method.call0(&veil);
        }
    });
    view! {
        <div class="veil" class:above=move || is_above.get() popover="manual" aria-hidden="true" node_ref=veil>
            <p>{session.t(|w| w.travel.drop_here)}</p>
        </div>
    }
    .into_any()
}

fn carries_files(event: &web_sys::DragEvent) -> bool {
    let kinds = event.data_transfer().map(|carried| carried.types());
    kinds.is_some_and(|kinds| kinds.includes(&"Files".into(), 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_begin_with_a_brace_and_tables_do_not() {
        assert!(begins_with_a_brace(b"{\"format\": 1}"));
        assert!(begins_with_a_brace(b"\xef\xbb\xbf\r\n  {"));
        for table in [&b"PK\x03\x04"[..], b"\xef\xbb\xbf\xe5\x8c\xba,1", b"<html>", b"", b"  "] {
            assert!(!begins_with_a_brace(table));
        }
    }
}
