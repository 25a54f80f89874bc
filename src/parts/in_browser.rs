//! A choice in a browser: what is chosen is told, and what was refused is not shown as chosen.

use super::Choice;
use crate::stage::Stage;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlSelectElement;

wasm_bindgen_test_configure!(run_in_browser);

/// A choice of three, of which the last is refused.
async fn choice() -> (Stage, RwSignal<String>) {
    let (told, holds) = std::sync::mpsc::channel();
    let stage = Stage::with(move |_| {
        let value = RwSignal::new("2012".to_owned());
        told.send(value).unwrap();
        let options = Signal::stored(
            ["2012", "2013", "2014"].map(|y| (y.into(), format!("{y} 年"))).to_vec(),
        );
        let on_choose = Callback::new(move |year: String| {
            if year != "2014" {
                value.set(year);
            }
        });
        view! { <Choice label=Signal::stored("年度") options value=value.into() on_choose /> }
    })
    .await;
    (stage, holds.recv().unwrap())
}

async fn choose(stage: &Stage, value: &str) -> String {
    let list: HtmlSelectElement = stage.find("select").unchecked_into();
    list.set_value(value);
    let event = web_sys::Event::new("change").unwrap();
    list.dispatch_event(&event).unwrap();
    stage.settles().await;
    list.value()
}

#[wasm_bindgen_test]
async fn what_is_chosen_is_told_and_has_its_label() {
    let (stage, holds) = choice().await;
    let list: HtmlSelectElement = stage.find("label select").unchecked_into();
    assert_eq!(list.value(), "2012");
    assert!(stage.find("label").inner_text().starts_with("年度"));
    assert_eq!(choose(&stage, "2013").await, "2013");
    assert_eq!(holds.get_untracked(), "2013");
}

#[wasm_bindgen_test]
async fn what_was_refused_is_not_shown_as_chosen() {
    let (stage, holds) = choice().await;
    assert_eq!(choose(&stage, "2014").await, "2012");
    assert_eq!(holds.get_untracked(), "2012");
    holds.set("2013".to_owned());
    stage.settles().await;
    assert_eq!(stage.find("select").unchecked_into::<HtmlSelectElement>().value(), "2013");
}
