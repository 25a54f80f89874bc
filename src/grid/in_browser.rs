//! The grid in a browser: walking, typing, pasting, and what is not taken.

use super::sheet::tests::sheet;
use super::{At, Grid, Write};
use crate::stage::Stage;
use leptos::prelude::*;
use std::sync::{Arc, Mutex};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What a grid handed over, step by step.
type Steps = Arc<Mutex<Vec<Vec<Write>>>>;

/// The grid of the tests with the focus on 泰山区 2011, and what it hands over.
async fn grid() -> (Stage, Steps) {
    let steps = Steps::default();
    let taken = Arc::clone(&steps);
    let stage = Stage::with(move |_| {
        let on_write = Callback::new(move |writes: Vec<Write>| {
            taken.lock().unwrap().push(writes);
            Ok::<(), String>(())
        });
        let sheet = Signal::stored(Arc::new(sheet()));
        let at = RwSignal::new(At { row: 1, col: 0 });
        view! { <Grid label=Signal::stored("人数".to_owned()) sheet on_write at /> }
    })
    .await;
    stage.find("td[data-at='1-0']").focus().unwrap();
    (stage, steps)
}

fn written(steps: &Steps) -> Vec<Vec<Write>> {
    steps.lock().unwrap().clone()
}

fn write(row: usize, col: usize, value: i64) -> Write {
    Write { at: At { row, col }, value: Some(value) }
}

#[wasm_bindgen_test]
async fn arrows_walk_from_cell_to_cell_and_one_cell_has_the_focus() {
    let (stage, steps) = grid().await;
    stage.key("ArrowDown").await;
    stage.key("ArrowRight").await;
    let stops = stage.all("td[tabindex='0']");
    let stops: Vec<_> = stops.iter().map(|cell| cell.get_attribute("data-at").unwrap()).collect();
    assert_eq!(stops, ["2-1"]);
    assert_eq!(written(&steps), [[]; 0], "walking writes nothing");
}

#[wasm_bindgen_test]
async fn what_is_typed_is_handed_over_once_it_is_left_and_not_when_it_is_given_up() {
    let (stage, steps) = grid().await;
    stage.key("7").await;
    let field = stage.field("td[data-at='1-0'] .grid-field");
    assert!(!field.hidden(), "the field lies in its cell; a real key goes on into it");
    field.set_value("7,000");
    stage.key("Enter").await;
    assert_eq!(written(&steps), [[write(1, 0, 7_000)]]);
    stage.key("8").await;
    stage.key("Escape").await;
    assert_eq!(written(&steps).len(), 1);
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_stays_with_its_reason_and_writes_nothing() {
    let (stage, steps) = grid().await;
    stage.key("7").await;
    stage.field(".grid-field").set_value("七百");
    stage.key("Enter").await;
    assert_eq!(written(&steps), [[]; 0]);
    let cell = stage.find("td[data-at='1-0']");
    assert_eq!(cell.inner_text(), "七百");
    assert!(cell.get_attribute("title").is_some_and(|why| !why.is_empty()));
}

#[wasm_bindgen_test]
async fn a_pasted_block_is_one_step_and_leaves_out_what_is_computed() {
    let (stage, steps) = grid().await;
    stage.paste("1\t2\n3\t4\n").await;
    assert_eq!(written(&steps), [[write(1, 0, 1), write(1, 1, 2), write(2, 0, 3)]]);
    assert_eq!(stage.find("td[data-at='2-1']").inner_text(), "7", "computed");
}
