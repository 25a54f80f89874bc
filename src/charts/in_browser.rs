//! Spots over a chart in a browser: one stop of the tab key, arrows within, a tip that goes away.

use super::{Line, Spot, Spots, Tip};
use crate::stage::Stage;
use leptos::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn spots() -> Stage {
    Stage::with(|_| {
        let spot = |n: i32| Spot {
            left: n * 3_000,
            width: 2_000,
            height: 10_000,
            tip: Tip {
                title: format!("{} 年", 2012 + n),
                lines: vec![Line {
                    color: None, name: "县级".into(), figure: "84.21 万元".into()
                }],
            },
            ..Spot::default()
        };
        let spots = Memo::new(move |_| (0..3).map(spot).collect::<Vec<_>>());
        view! { <Spots label=Signal::stored("逐年".to_owned()) spots /> }
    })
    .await
}

fn stops(stage: &Stage) -> Vec<String> {
    stage
        .all(".spot[tabindex='0']")
        .iter()
        .map(|s| s.get_attribute("aria-label").unwrap())
        .collect()
}

#[wasm_bindgen_test]
async fn arrows_walk_among_spots_and_each_says_all_that_its_tip_shows() {
    let stage = spots().await;
    assert_eq!(stops(&stage).len(), 1, "one stop for the whole chart");
    stage.all(".spot")[0].focus().unwrap();
    stage.key("ArrowRight").await;
    let [label] = stops(&stage).try_into().unwrap();
    for words in ["2013 年", "县级", "84.21 万元"] {
        assert!(label.contains(words), "{label}");
    }
    let tip = stage.find(".tip").inner_text();
    assert!(tip.contains("2013 年") && tip.contains("84.21 万元"), "{tip}");
    stage.key("End").await;
    assert!(stops(&stage)[0].contains("2014 年"));
}

#[wasm_bindgen_test]
async fn escape_takes_the_tip_away_and_the_pointer_brings_it() {
    let stage = spots().await;
    stage.point_at(&stage.all(".spot")[2]).await;
    assert!(stage.find(".tip").inner_text().contains("2014 年"));
    stage.key("Escape").await;
    assert_eq!(stage.all(".tip").len(), 0);
}
