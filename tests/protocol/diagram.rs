use crate::fixture;
use crate::page::{Heard, Page};
use interleave::labs::protocol::Picture;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

#[wasm_bindgen_test]
async fn a_lane_has_a_head_that_says_how_its_process_stands() {
    let page = Page::of(fixture::in_doubt()).await;
    assert_eq!(page.texts(".seq-head h3"), ["Coordinator", "Participant 1", "Participant 2", "Participant 3"]);
    assert_eq!(page.texts(".seq-head .seq-state"), ["down", "", "lockedwaits", "cut offlockedtime is up"]);
}

#[wasm_bindgen_test]
async fn a_moment_is_a_row_with_a_sentence() {
    let page = Page::of(fixture::charged_twice()).await;
    let rows = page.names(".seq-step");
    assert_eq!(rows.len(), 19);
    assert_eq!(rows[0], "Step 1: Start");
    assert_eq!(rows[1], "Step 2: Orchestrator: start order A, on disk");
    assert_eq!(rows[2], "Step 3: Orchestrator → Stock: reserve A");
    assert_eq!(rows[3], "Step 4: Orchestrator → Stock: reserve A, arrives");
    assert_eq!(rows[12], "Step 13: Payments → Orchestrator: charged, is lost");
    assert_eq!(rows[13], "Step 14: Nothing happens for a while");
    assert_eq!(rows[14], "Step 15: Orchestrator times out → Payments: charge A");
    assert_eq!(rows[15], "Step 16: Orchestrator → Payments: charge A, becomes two");
    assert_eq!(page.texts(".seq-row.now .seq-step"), ["19"]);
}

#[wasm_bindgen_test]
async fn a_row_leads_to_its_frame() {
    let page = Page::of(fixture::charged_twice()).await;
    page.press_button("Step 13: Payments → Orchestrator: charged, is lost").await;
    assert_eq!(page.heard(), [Heard::Go(12)]);
}

#[wasm_bindgen_test]
async fn what_became_of_a_message_is_a_shape() {
    let page = Page::of(fixture::charged_twice()).await;
    assert_eq!(page.count("line.arrived"), 4);
    assert_eq!(page.count(".seq-cross"), 1);
    // The answer, and the other half of what was doubled.
    assert_eq!((page.count("line.flying"), page.count(".seq-tip.open")), (2, 2));
    assert_eq!(page.count(".seq-fork"), 1);
    let doubt = Page::of(fixture::in_doubt()).await;
    assert_eq!((doubt.count("line.nobody"), doubt.count("line.held")), (1, 1));
}

#[wasm_bindgen_test]
async fn a_lane_is_broken_where_its_process_was_down() {
    let page = Page::of(fixture::outbox()).await;
    assert_eq!(page.count(".seq-lane.down"), 1);
    assert_eq!(page.count(".seq-badge.fault"), 1);
    assert_eq!(page.count(".seq-badge.ok"), 1);
    let down = page.root.query_selector(".seq-lane.down").unwrap().unwrap();
    let ends = ["x1", "y1", "y2"].map(|name| down.get_attribute(name).unwrap());
    // The fourth of four lanes, from the middle of row 5 to the middle of row 8.
    assert_eq!(ends, ["87.5%", "198", "306"]);
}

#[wasm_bindgen_test]
async fn what_is_on_disk_is_a_square_and_what_is_not_a_ring() {
    let page = Page::of(fixture::charged_twice()).await;
    assert_eq!(page.count(".seq-disk"), 5);
    assert_eq!(page.count(".seq-dot"), 6);
}

#[wasm_bindgen_test]
async fn a_broken_rule_stands_below_the_row_that_broke_it() {
    let page = Page::of(fixture::charged_twice()).await;
    let band = page.text(".seq-row:has(.seq-broken) .seq-broken");
    assert!(band.starts_with("Broken: No order is charged twice. The card was charged twice."), "{band}");
    assert_eq!(page.texts(".seq-row:has(.seq-broken) .seq-step"), ["18"]);
    let rows = page.all(".seq-row");
    let height = |row: usize| rows[row].get_bounding_client_rect().height();
    // Without the style sheet a row has no height of its own; with it, the two numbers of geometry.rs.
    assert!(height(17) > height(16), "{} {}", height(17), height(16));
}

#[wasm_bindgen_test]
async fn a_message_that_was_long_on_its_way_is_named_where_it_arrives() {
    let page = Page::of(fixture::in_doubt()).await;
    assert_eq!(page.texts(".arrival"), ["prepare", "prepare", "yes", "commit"]);
}

#[wasm_bindgen_test]
async fn a_picture_leads_nowhere() {
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    let props = interleave::labs::protocol::PictureProps { diagram: Rc::new(fixture::charged_twice()) };
    yew::Renderer::<Picture>::with_root_and_props(root.clone(), props).render();
    crate::hands::settle().await;
    let count = |selector| root.query_selector_all(selector).unwrap().length();
    assert_eq!((count(".seq-row"), count("button"), count(".seq-row.now")), (19, 0, 0));
}

#[wasm_bindgen_test]
async fn a_message_that_overtakes_crosses_the_one_before_it() {
    let mut run = fixture::Run::of(&["A", "B"]);
    let first = run.sends(0, 1, "one");
    let second = run.sends(0, 1, "two");
    run.overtakes(second);
    run.arrives(first);
    let page = Page::of(run.0).await;
    assert_eq!(
        page.names(".seq-step")[3..],
        ["Step 4: A → B: two, overtakes those before it", "Step 5: A → B: one, arrives"]
    );
    let lines = page.root.query_selector_all("line.arrived").unwrap();
    let line = |at| lines.get(at).unwrap().dyn_into::<Element>().unwrap();
    let ends = |at| ["y1", "y2"].map(|name| line(at).get_attribute(name).unwrap());
    assert_eq!((ends(0), ends(1)), (["54", "162"].map(String::from), ["90", "126"].map(String::from)));
}
