//! The button a figure becomes, and the dialog that answers it, in a browser.

use super::{Ask, Question, WhyDialog, provide_asking};
use crate::stage::Stage;
use leptos::prelude::*;
use shapan_engine::{Cut, What};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlDialogElement;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn a_figure_is_a_button_that_names_itself_and_opens_its_answer() {
    let stage = Stage::with(|_| {
        provide_asking();
        let total = What::Total(Cut::ALL.in_year(0));
        let question = Signal::stored(Question::of("2012 年总额".to_owned(), total));
        view! { <Ask question>"450,300"</Ask><WhyDialog /> }
    })
    .await;
    let button = stage.find("button.figure");
    assert!(button.inner_text().contains("450,300"));
    assert!(button.text_content().unwrap().contains("2012 年总额"), "what is asked is said");
    let dialog: HtmlDialogElement = stage.find("dialog").unchecked_into();
    assert!(!dialog.open());
    button.click();
    stage.settles().await;
    assert!(dialog.open());
    let answer = dialog.inner_text();
    assert!(
        answer.contains("2012 年总额") && answer.contains("22 项相加 = 4,503,842,125 元"),
        "{answer}"
    );
    stage.find("dialog header button").click();
    stage.settles().await;
    assert!(!dialog.open());
}
