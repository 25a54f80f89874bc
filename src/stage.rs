//! Owns the stage on which one part of the page is tried in a browser: a session on a plan, the
//! part in a document of its own, and the hands of a reader.
//!
//! Run by `cargo xtask components`. Invariant: what was mounted is gone when the stage is, so that
//! parts tried one after another do not meet.

use crate::session::{Look, Preferences, Session};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use shapan_engine::{Lang, Plan, taian_2012};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// A part of the page on its own.
pub struct Stage {
    place: HtmlElement,
    /// The session it is in.
    pub session: Session,
    _mounted: Box<dyn std::any::Any>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// The sample under the proposal to raise again, with its measure open.
pub fn sample() -> (Plan, Look) {
    let plan = taian_2012().unwrap();
    let mut look = Look::first(&plan);
    look.choose(&plan, &"raise-again".parse().unwrap());
    let raise = plan.scenarios.iter().find(|s| s.id == look.scenario).unwrap();
    look.measure = Some(raise.measures[0].id.clone());
    (plan, look)
}

impl Stage {
    /// A part in a Chinese reader's session on the sample.
    pub async fn with<V: IntoView + 'static>(part: impl FnOnce(Session) -> V + 'static) -> Self
    where
        UnmountHandle<V::State>: 'static,
    {
        let document = web_sys::window().unwrap().document().unwrap();
        let place: HtmlElement = document.create_element("main").unwrap().unchecked_into();
        document.body().unwrap().append_child(&place).unwrap();
        let (told, session) = std::sync::mpsc::channel();
        let mounted = mount_to(place.clone(), move || {
            let (plan, look) = sample();
            let mut preferences = Preferences::load();
            preferences.lang = Lang::ZhHans;
            let session = Session::new(plan, Some(look), preferences);
            provide_context(session);
            told.send(session).unwrap();
            part(session)
        });
        let stage = Self { place, session: session.recv().unwrap(), _mounted: Box::new(mounted) };
        stage.settles().await;
        stage
    }

    /// Waits until all that follows from the last change is drawn: some frames without another.
    pub async fn settles(&self) {
        let script = "return new Promise(done => {
            let still = 0;
            const watch = new MutationObserver(() => { still = 0 });
            watch.observe(document,
                { subtree: true, childList: true, attributes: true, characterData: true });
            const look = () => {
                if (++still < 4) return requestAnimationFrame(() => setTimeout(look));
                watch.disconnect();
                done();
            };
            look();
        })";
        let still = js_sys::Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
        wasm_bindgen_futures::JsFuture::from(js_sys::Promise::from(still)).await.unwrap();
    }

    /// The one element of a selector.
    pub fn find(&self, selector: &str) -> HtmlElement {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector} in {}", self.place.inner_html());
        found[0].clone()
    }

    /// All elements of a selector, in order.
    pub fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let script = "return [...place.querySelectorAll(selector)]";
        let search = js_sys::Function::new_with_args("place, selector", script);
        let found = search.call2(&JsValue::NULL, &self.place, &selector.into()).unwrap();
        js_sys::Array::from(&found).iter().map(JsCast::unchecked_into).collect()
    }

    /// The one field of a selector.
    pub fn field(&self, selector: &str) -> HtmlInputElement {
        self.find(selector).unchecked_into()
    }

    /// Everything that is said with a role of its own.
    pub fn alerts(&self) -> Vec<String> {
        self.all("[role=alert]").iter().map(HtmlElement::inner_text).collect()
    }

    /// Presses a key where the focus is.
    pub async fn key(&self, key: &str) {
        let document = self.place.owner_document().unwrap();
        let at = document.active_element().unwrap();
        send(
            &at,
            "new KeyboardEvent('keydown', { key: data, bubbles: true, cancelable: true })",
            key,
        );
        self.settles().await;
    }

    /// Types into a field in place of what is there, and leaves it.
    pub async fn type_into(&self, field: &HtmlInputElement, words: &str) {
        field.focus().unwrap();
        field.set_value(words);
        send(field, "new Event('input', { bubbles: true })", "");
        send(field, "new Event('change', { bubbles: true })", "");
        self.settles().await;
    }

    /// Moves a slider to a value, as a drag does.
    pub async fn drag_to(&self, slider: &HtmlInputElement, value: i64) {
        slider.set_value(&value.to_string());
        send(slider, "new Event('input', { bubbles: true })", "");
        self.settles().await;
    }

    /// Pastes a text where the focus is.
    pub async fn paste(&self, text: &str) {
        let document = self.place.owner_document().unwrap();
        let at = document.active_element().unwrap();
        let event = "(() => { const board = new DataTransfer(); board.setData('text/plain', data);
            return new ClipboardEvent('paste',
                { clipboardData: board, bubbles: true, cancelable: true }) })()";
        send(&at, event, text);
        self.settles().await;
    }

    /// The pointer comes over something.
    pub async fn point_at(&self, element: &Element) {
        send(element, "new PointerEvent('pointerenter')", "");
        self.settles().await;
    }
}

/// Sends an event to an element; `data` stands for a text in the event's script.
fn send(to: &Element, event: &str, data: &str) {
    let script = format!("to.dispatchEvent({event})");
    let dispatch = js_sys::Function::new_with_args("to, data", &script);
    dispatch.call2(&JsValue::NULL, to, &data.into()).unwrap();
}
