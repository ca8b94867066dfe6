use crate::fixture;
use crate::page::{Heard, Page};
use interleave_protocols::diagram::{Deed, Place};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn what_may_happen_next_stands_below_its_lane() {
    let page = Page::of(fixture::charged_twice()).await;
    assert_eq!(
        page.texts(".seq-offers:nth-of-type(1) .seq-offer"),
        [
            "Deliver “charged” from Payments to Orchestratornext",
            "Lose “charged” from Payments to Orchestrator",
            "Double “charged” from Payments to Orchestrator",
            "Hold the link from Payments to Orchestrator",
            "Crash Orchestrator",
            "Time out now, Orchestrator",
        ]
    );
    assert_eq!(page.texts(".seq-offers:nth-of-type(2) .seq-offer"), ["Crash Stock"]);
    assert_eq!(page.names(".seq-letter"), ["Payments → Orchestrator: charged", "Orchestrator → Payments: charge A"]);
    assert_eq!(page.all(".seq-offer.next").len(), 1);
}

#[wasm_bindgen_test]
async fn what_is_chosen_is_told_by_its_number() {
    let page = Page::of(fixture::charged_twice()).await;
    page.press_button("Lose “charged” from Payments to Orchestrator").await;
    page.press_button("Crash Shipping").await;
    assert_eq!(page.heard(), [Heard::Choose(1), Heard::Choose(9)]);
}

#[wasm_bindgen_test]
async fn nothing_is_chosen_in_a_run_of_what_was_edited_since() {
    let page = Page::stale(fixture::charged_twice()).await;
    assert_eq!(page.all(".seq-offer").len(), page.all(".seq-offer[aria-disabled=true]").len());
    page.press_button("Crash Shipping").await;
    assert!(page.heard().is_empty());
}

#[wasm_bindgen_test]
async fn a_message_that_is_held_up_says_so() {
    let page = Page::of(fixture::in_doubt()).await;
    assert_eq!(page.texts(".seq-letter.held .seq-sender"), ["from Participant 3held up"]);
    assert_eq!(page.texts(".seq-letter.held .seq-offer"), ["Release the link from Participant 3 to Coordinator"]);
}

#[wasm_bindgen_test]
async fn one_message_behind_another_waits_for_it() {
    let mut run = fixture::Run::of(&["A", "B"]);
    let first = run.sends(0, 1, "one");
    let second = run.sends(0, 1, "two");
    run.offers(Deed::Deliver, Place::Arrow(first), "");
    run.offers(Deed::Overtake, Place::Arrow(second), "");
    let page = Page::of(run.0).await;
    assert_eq!(page.texts(".seq-sender"), ["from A", "from A, behind another"]);
    assert_eq!(page.texts(".seq-letter:last-child .seq-offer"), ["Overtake with “two” from A to B"]);
}

#[wasm_bindgen_test]
async fn where_nothing_can_happen_it_is_said_once() {
    let mut run = fixture::Run::of(&["A", "B"]);
    run.acts(0, "stop");
    let page = Page::of(run.0.clone()).await;
    assert_eq!(page.text(".seq-over"), "Nothing more can happen.");
    run.rests();
    page.show(run.0).await;
    assert!(page.find(".seq-over").is_none());
    assert_eq!(page.texts(".seq-row.now .seq-across"), ["nothing more happens"]);
}

#[wasm_bindgen_test]
async fn many_messages_are_folded_away() {
    let mut run = fixture::Run::of(&["A", "B"]);
    for n in 0..8 {
        run.sends(0, 1, &format!("message {n}"));
    }
    run.offers_faults();
    let page = Page::of(run.0).await;
    assert_eq!(page.all(".seq-offers > .seq-letter").len(), 5);
    assert_eq!(page.text(".seq-more summary"), "3 more on the way");
}
