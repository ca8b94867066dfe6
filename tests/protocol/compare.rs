use crate::answers::{show, until};
use crate::hands::Hands;
use interleave::labs::protocol::catalogue::offer;
use interleave::labs::protocol::compare::{Compare, Props};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

async fn panel(lab: &str) -> Hands {
    show::<Compare>(Props { sides: &offer(lab).sides }).await.0
}

fn texts(hands: &Hands, selector: &str) -> Vec<String> {
    hands.all(selector).iter().map(|element| element.text_content().unwrap_or_default()).collect()
}

#[wasm_bindgen_test]
async fn a_lab_offers_what_suits_it_and_faults_that_happen_to_both() {
    let hands = panel("saga").await;
    assert_eq!(
        texts(&hands, "select:last-of-type option"),
        ["Saga of 4 steps, orchestrated", "Two-phase commit, 4 participants", "Saga, choreographed"]
    );
    assert_eq!(texts(&hands, ".faults .stepper-name").len(), 7);
}

#[wasm_bindgen_test]
async fn both_numbers_of_a_measure_stand_side_by_side() {
    let hands = panel("outbox").await;
    assert!(hands.find("table").is_none());
    hands.press_button("Compare").await;
    until("a table", || hands.find("table").is_some()).await;
    assert_eq!(texts(&hands, "thead th"), ["Outbox, polling relay", "Dual write, database first"]);
    let rows = texts(&hands, "tbody tr");
    assert_eq!(rows[..3], ["The run of seed 1", "messages128", "round trips3.53.5"]);
    assert_eq!(
        rows[5..8],
        ["endedIt took 12.It took 8.", "200 runs, each of another seed: the mean", "messages12.28.25"]
    );
    assert_eq!(rows[12..], ["a rule was broken031", "no end00"]);
    let bars = hands.root.query_selector_all("tbody tr:nth-child(2) rect").unwrap();
    let length = |at| bars.get(at)?.dyn_into::<Element>().ok()?.get_attribute("width");
    assert_eq!([length(0), length(1)], [Some("100.0".into()), Some("66.7".into())]);
}

#[wasm_bindgen_test]
async fn whoever_looks_at_a_comparison_goes_on_to_the_next_seed() {
    let hands = panel("outbox").await;
    hands.press_button("Seed: next").await;
    assert!(hands.find("table").is_none(), "nobody has asked yet");
    hands.press_button("Compare").await;
    until("a table", || hands.find("table").is_some()).await;
    assert_eq!(hands.text("tbody tr"), "The run of seed 2");
    hands.press_button("Seed: next").await;
    until("the next", || hands.text("tbody tr") == "The run of seed 3").await;
}
