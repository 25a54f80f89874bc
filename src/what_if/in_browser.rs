//! The lever in a browser: slider and field move one value, a drag is one step.

use super::editor::measure;
use super::lever::Lever;
use crate::session::Session;
use crate::stage::Stage;
use leptos::prelude::*;
use shapan_engine::ChangeValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The lever of the sample's proposal: 250 yuan more for boarders of two stages.
async fn lever() -> Stage {
    Stage::with(|_| view! { <Lever group=StoredValue::new(vec![0, 1]) /> }).await
}

/// What the measure adds to each standard, in fen.
fn added(session: Session) -> Vec<i64> {
    let changes = untrack(|| measure(session)).unwrap().changes;
    let value = |value: &ChangeValue| match value {
        ChangeValue::One(value) => *value,
        ChangeValue::ByRegion(_) => unreachable!("one for all"),
    };
    changes.iter().map(|change| value(&change.value)).collect()
}

#[wasm_bindgen_test]
async fn a_drag_moves_every_change_of_the_group_and_is_undone_as_one_step() {
    let stage = lever().await;
    let slider = stage.field("input[type=range]");
    for value in [26_000, 27_000, 31_000] {
        stage.drag_to(&slider, value).await;
    }
    assert_eq!(added(stage.session), [31_000, 31_000]);
    assert_eq!(stage.field("input[type=text]").value(), "310");
    stage.session.undo();
    stage.settles().await;
    assert_eq!(added(stage.session), [25_000, 25_000]);
    assert_eq!(slider.value(), "25000");
    assert!(!untrack(|| stage.session.can_undo()));
}

#[wasm_bindgen_test]
async fn a_typed_value_is_taken_and_what_is_no_number_says_so_and_moves_nothing() {
    let stage = lever().await;
    let field = stage.field("input[type=text]");
    stage.type_into(&field, "300.5").await;
    assert_eq!(added(stage.session), [30_050, 30_050]);
    stage.type_into(&field, "三百").await;
    assert_eq!(stage.alerts().len(), 1);
    assert_eq!(added(stage.session), [30_050, 30_050]);
    stage.type_into(&field, "310").await;
    assert_eq!(stage.alerts(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_value_without_a_result_is_taken_back_with_its_bounds() {
    let stage = lever().await;
    let field = stage.field("input[type=text]");
    stage.type_into(&field, "-99999").await;
    assert_eq!(stage.alerts().len(), 1, "a standard below nothing has no result");
    assert_eq!(added(stage.session), [25_000, 25_000]);
}
