use crate::page::Page;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_frame_has_one_picture_however_it_is_reached() {
    let (stepped, sought) = (Page::open().await, Page::open().await);
    stepped.key("Home").await;
    let mut pictures = vec![stepped.picture()];
    for _ in 1..21 {
        stepped.key("ArrowRight").await;
        pictures.push(stepped.picture());
    }
    sought.key("End").await;
    for step in [21, 3, 12, 1, 18, 7, 20, 2] {
        sought.drag_to(step).await;
        assert!(sought.picture().is_equal_node(Some(&pictures[step - 1])), "sought step {step}");
    }
    for step in (1..21).rev() {
        stepped.key("ArrowLeft").await;
        assert!(stepped.picture().is_equal_node(Some(&pictures[step - 1])), "stepped back to {step}");
    }
}

#[wasm_bindgen_test]
async fn a_callback_is_the_same_thing_in_every_place() {
    let page = Page::open().await;
    page.key("Home").await;
    // `tick` waits, then runs: one thing that moves from the queue to the stack, and leaves a shadow.
    page.drag_to(7).await;
    assert_eq!(page.text(".lane.role-tick [data-move='3'] .chip-name"), "tick");
    page.drag_to(8).await;
    assert_eq!(page.text(".stack [data-move='3'] .chip-name"), "tick");
    assert_eq!(page.all("[data-move='3']").len(), 1);
    assert_eq!(page.text(".lane.role-tick .ghost .chip-name"), "tick");
    // `found` is on a thread, then in poll.
    assert_eq!(page.text(".thread [data-move='4'] .chip-name"), "stat notes.txt");
    page.drag_to(18).await;
    assert_eq!(page.text(".lane.role-poll [data-move='4'] .chip-name"), "found");
}

#[wasm_bindgen_test]
async fn the_phase_and_the_line_are_marked() {
    let page = Page::open().await;
    page.key("Home").await;
    page.drag_to(15).await;
    assert_eq!(page.text(".phases .lane.on .cap"), "Timers current phase");
    assert_eq!(page.text(".line[aria-current] .line-number"), "2");
    assert_eq!(page.text(".transport-clock"), "Virtual time 1.1 ms");
}

#[wasm_bindgen_test]
async fn nothing_carries_a_style_attribute() {
    // Of its own: what is set through the object model is what a strict content policy allows, and it is not in the picture.
    let page = Page::open().await;
    page.key("End").await;
    assert!(page.all(".event-loop [style]").is_empty());
}
