//! Owns asking the program for spreadsheets, which runs in a worker of its own.
//!
//! Invariant: the worker is started when it is asked, never before, and is gone with its answer:
//! what it used of memory is given back, and one that fell over harms no other. Bytes are handed
//! over, not copied.

use js_sys::{Object, Promise, Reflect, Uint8Array};
use shapan_sheets::error::SheetError;
use shapan_sheets::request::Request;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

/// The worker's script, beside the page.
const SCRIPT: &str = "./sheets.js";

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The program could not be loaded.
    Missing,
    /// It fell over.
    Crashed,
    /// It says what is wrong.
    Refused(SheetError),
}

/// What the program answers to a request with bytes beside it, which go over to it.
pub(super) async fn ask(request: &Request, bytes: Uint8Array) -> Result<Uint8Array, Failure> {
    let request = serde_json::to_string(request).map_err(|_| Failure::Crashed)?;
    let worker = Worker::new(SCRIPT).map_err(|_| Failure::Missing)?;
    let said = said(&worker, request, bytes).await;
    worker.terminate();
    let said = said.map_err(|_| Failure::Missing)?;
    let field = |name: &str| Reflect::get(&said, &name.into()).unwrap_or(JsValue::UNDEFINED);
    if let Ok(answer) = field("answer").dyn_into::<Uint8Array>() {
        return Ok(answer);
    }
    let refused = field("refused").as_string().and_then(|json| serde_json::from_str(&json).ok());
    match refused {
        Some(error) => Err(Failure::Refused(error)),
        None if field("number").is_undefined() => Err(Failure::Missing),
        None => Err(Failure::Crashed),
    }
}

/// The worker's last message: its answer, or that it could not start.
async fn said(worker: &Worker, request: String, bytes: Uint8Array) -> Result<JsValue, JsValue> {
    let mut listeners = None;
    let settled = Promise::new(&mut |resolve, reject| {
        let (to, request, bytes) = (worker.clone(), request.clone(), bytes.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            let is_ready = Reflect::has(&data, &"ready".into()).unwrap_or(false);
            if !is_ready || post(&to, &request, &bytes).is_err() {
                let _ = resolve.call1(&JsValue::NULL, &data);
            }
        });
        let on_error = Closure::<dyn FnMut()>::new(move || {
            let _ = reject.call0(&JsValue::NULL);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        listeners = Some((on_message, on_error));
    });
    let said = JsFuture::from(settled).await;
    worker.set_onmessage(None);
    worker.set_onerror(None);
    drop(listeners);
    said
}

fn post(worker: &Worker, request: &str, bytes: &Uint8Array) -> Result<(), JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"number".into(), &1.into())?;
    Reflect::set(&message, &"request".into(), &request.into())?;
    Reflect::set(&message, &"bytes".into(), bytes)?;
    worker.post_message_with_transfer(&message, &js_sys::Array::of1(&bytes.buffer()))
}
