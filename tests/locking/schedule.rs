use crate::hands::settle;
use crate::page::Page;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{KeyboardEvent, KeyboardEventInit};

#[wasm_bindgen_test]
async fn next_runs_a_statement_where_the_learner_stands() {
    let page = Page::at(3).await;
    // Both have begun. Planned is Alice; Bob goes first.
    page.press_button("Bob: Next UPDATE accounts SET balance = balance - 20 WHERE id = 2").await;
    assert_eq!(page.recorded().schedule, [0, 1, 1, 0, 0, 0, 1, 0, 1]);
    assert_eq!(page.step(), "step 4 of 13");
    assert!(page.text(".lab-header select").contains("Your own version"));
}

#[wasm_bindgen_test]
async fn a_session_that_cannot_run_is_not_run() {
    let page = Page::at(8).await;
    let before = page.recorded();
    page.press_button("Alice: Next COMMIT").await;
    assert_eq!(page.recorded(), before);
    assert_eq!(page.step(), "step 8 of 13");
}

/// Presses a key on the turn that is chosen.
async fn press(page: &Page, key: &str, alt: bool) {
    let options = KeyboardEventInit::new();
    options.set_key(key);
    options.set_alt_key(alt);
    options.set_bubbles(true);
    options.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap();
    page.find(".turn[tabindex='0']").unwrap().dispatch_event(&event).unwrap();
    settle().await;
}

#[wasm_bindgen_test]
async fn turns_are_chosen_and_moved_by_key() {
    let page = Page::at(1).await;
    press(&page, "ArrowRight", false).await;
    assert_eq!(page.text(".strip-chosen"), "Turn 2: Bob");
    press(&page, "ArrowRight", true).await;
    assert_eq!(page.recorded().schedule, [0, 0, 1, 0, 1, 0, 1, 0, 1]);
    assert_eq!(page.text(".strip-chosen"), "Turn 3: Bob");
    assert_eq!(page.step(), "step 1 of 13");
    press(&page, "Delete", false).await;
    assert_eq!(page.recorded().schedule, [0, 0, 0, 1, 0, 1, 0, 1]);
}

#[wasm_bindgen_test]
async fn the_buttons_do_what_the_keys_do() {
    let page = Page::at(1).await;
    page.press_button("Later →").await;
    assert_eq!(page.recorded().schedule, [1, 0, 0, 0, 1, 0, 1, 0, 1]);
    page.press_button("← Earlier").await;
    assert_eq!(page.recorded().schedule, [0, 1, 0, 0, 1, 0, 1, 0, 1]);
    page.click("[title='Add a turn for Bob']").await;
    assert_eq!(page.recorded().schedule, [0, 1, 0, 0, 1, 0, 1, 0, 1, 1]);
    page.press_button("Clear").await;
    assert!(page.recorded().schedule.is_empty());
    assert_eq!(page.text(".then"), "they take turns");
}

#[wasm_bindgen_test]
async fn turns_that_were_taken_are_told_from_those_to_come() {
    let page = Page::at(6).await;
    assert_eq!(page.all(".turn").len(), 9);
    assert_eq!(page.all(".turn.begun").len(), 5);
    assert_eq!(page.text(".turn"), "Turn 1, Alice, statement A1, has run");
}
