//! Owns asking the program for spreadsheets, which runs in a worker of its own.
//!
//! Invariant: the worker is started when it is asked, never before, and is gone with its [`Program`]:
//! what it used of memory is given back, one that fell over harms no other, and a reading under
//! way ends with it. Every request gets one answer. Bytes are handed over, not copied.
//! Deliberately absent: what is asked, and which answers still matter.

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use shapan_sheets::error::SheetError;
use shapan_sheets::request::Request;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
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

/// What the program answers to one request with bytes beside it, which go over to it.
pub(super) async fn ask(request: &Request, bytes: Uint8Array) -> Result<Uint8Array, Failure> {
    Program::start()?.ask(request, bytes).await
}

/// A worker that keeps what it was told from one request to the next.
pub(super) struct Program {
    worker: Worker,
    state: Rc<RefCell<State>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut()>,
}

/// Requests that were not answered yet.
#[derive(Default)]
struct State {
    is_ready: bool,
    /// Whether it could not be loaded.
    is_missing: bool,
    last: u32,
    /// What is to be posted once the program is there.
    held: Vec<(u32, String, Uint8Array)>,
    /// Who waits for which answer.
    waiting: BTreeMap<u32, Function>,
}

impl Program {
    /// Starts the worker; it is asked once it is ready.
    pub(super) fn start() -> Result<Self, Failure> {
        let worker = Worker::new(SCRIPT).map_err(|_| Failure::Missing)?;
        let state = Rc::new(RefCell::new(State::default()));
        let (of_message, to) = (Rc::clone(&state), worker.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            met(&of_message, &to, &event.data());
        });
        let of_error = Rc::clone(&state);
        let on_error = Closure::<dyn FnMut()>::new(move || all_answered(&of_error));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { worker, state, _on_message: on_message, _on_error: on_error })
    }

    /// What the program answers to a request with bytes beside it, which go over to it.
    pub(super) async fn ask(
        &self,
        request: &Request,
        bytes: Uint8Array,
    ) -> Result<Uint8Array, Failure> {
        let request = serde_json::to_string(request).map_err(|_| Failure::Crashed)?;
        let answered = Promise::new(&mut |resolve, _| {
            let mut state = self.state.borrow_mut();
            if state.is_missing {
                let _ = resolve.call1(&JsValue::NULL, &Object::new());
                return;
            }
            state.last += 1;
            let number = state.last;
            state.waiting.insert(number, resolve);
            if state.is_ready {
                let _ = post(&self.worker, number, &request, &bytes);
            } else {
                state.held.push((number, request.clone(), bytes.clone()));
            }
        });
        let said = JsFuture::from(answered).await.map_err(|_| Failure::Missing)?;
        let field = |name: &str| Reflect::get(&said, &name.into()).unwrap_or(JsValue::UNDEFINED);
        if let Ok(answer) = field("answer").dyn_into::<Uint8Array>() {
            return Ok(answer);
        }
        let refused = field("refused").as_string();
        match refused.and_then(|json| serde_json::from_str(&json).ok()) {
            Some(error) => Err(Failure::Refused(error)),
            None if field("number").is_undefined() => Err(Failure::Missing),
            None => Err(Failure::Crashed),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        all_answered(&self.state);
    }
}

/// What the worker says: that it is ready, that it cannot start, or an answer.
fn met(state: &Rc<RefCell<State>>, worker: &Worker, said: &JsValue) {
    let number = Reflect::get(said, &"number".into()).ok().and_then(|number| number.as_f64());
    let Some(number) = number else {
        if !Reflect::has(said, &"ready".into()).unwrap_or(false) {
            return all_answered(state);
        }
        let mut state = state.borrow_mut();
        state.is_ready = true;
        for (number, request, bytes) in std::mem::take(&mut state.held) {
            let _ = post(worker, number, &request, &bytes);
        }
        return;
    };
    let mut state = state.borrow_mut();
    let found = state.waiting.keys().copied().find(|waiting| f64::from(*waiting) == number);
    let resolve = found.and_then(|found| state.waiting.remove(&found));
    drop(state);
    if let Some(resolve) = resolve {
        let _ = resolve.call1(&JsValue::NULL, said);
    }
}

/// Nobody waits any longer: there will be no answer.
fn all_answered(state: &Rc<RefCell<State>>) {
    let waiting = {
        let mut state = state.borrow_mut();
        state.is_missing |= !state.is_ready;
        std::mem::take(&mut state.waiting)
    };
    for resolve in waiting.into_values() {
        let _ = resolve.call1(&JsValue::NULL, &Object::new());
    }
}

fn post(worker: &Worker, number: u32, request: &str, bytes: &Uint8Array) -> Result<(), JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"number".into(), &number.into())?;
    Reflect::set(&message, &"request".into(), &request.into())?;
    Reflect::set(&message, &"bytes".into(), bytes)?;
    worker.post_message_with_transfer(&message, &js_sys::Array::of1(&bytes.buffer()))
}
