use crate::page::Page;
use interleave::player::address;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_lab_waits_to_be_touched() {
    let page = Page::open().await;
    assert_eq!(page.step(), "not run yet");
    page.key("ArrowRight").await;
    assert_eq!(page.step(), "step 2 of 21");
}

#[wasm_bindgen_test]
async fn what_is_pressed_while_it_records_is_obeyed_in_order() {
    let page = Page::open().await;
    for _ in 0..3 {
        page.find("[aria-label='Next step']").unwrap().click();
    }
    page.press_button("Step back").await;
    assert_eq!(page.step(), "step 3 of 21");
}

#[wasm_bindgen_test]
async fn a_seek_before_the_first_run_leads_there() {
    let page = Page::open().await;
    page.find(".transport-slider").unwrap().set_attribute("max", "21").unwrap();
    page.drag_to(9).await;
    assert_eq!(page.step(), "step 9 of 21");
}

#[wasm_bindgen_test]
async fn buttons_step_back_and_forth() {
    let page = Page::open().await;
    page.press_button("Next step").await;
    page.press_button("Next step").await;
    assert_eq!(page.step(), "step 3 of 21");
    assert_eq!(page.text(".note"), "late waits for its time. It is due in 1 ms.");
    page.press_button("Step back").await;
    assert_eq!(page.step(), "step 2 of 21");
    page.press_button("Over this callback").await;
    assert_eq!(page.step(), "step 7 of 21");
    page.press_button("Next phase").await;
    assert_eq!(page.step(), "step 14 of 21");
    page.press_button("Last step").await;
    assert_eq!(page.step(), "step 21 of 21");
    page.press_button("First step").await;
    assert_eq!(page.step(), "step 1 of 21");
}

#[wasm_bindgen_test]
async fn keys_do_what_the_buttons_do() {
    let page = Page::open().await;
    for (key, shift, step) in [
        ("End", false, 21),
        ("Home", false, 1),
        ("ArrowRight", false, 2),
        ("ArrowRight", true, 7),
        ("]", false, 14),
        ("PageDown", false, 17),
        ("ArrowLeft", false, 16),
        ("ArrowLeft", true, 15),
        ("PageUp", false, 14),
    ] {
        page.key_with(key, shift).await;
        assert_eq!(page.step(), format!("step {step} of 21"), "after {key}");
    }
    assert!(page.find(".lab-keys").is_none());
    page.key("?").await;
    assert!(page.text(".lab-keys").contains("over the whole callback"));
    page.key("?").await;
    assert!(page.find(".lab-keys").is_none());
}

#[wasm_bindgen_test]
async fn play_is_pause_while_it_plays() {
    let page = Page::open().await;
    page.key(" ").await;
    assert!(page.find("[aria-label=Pause]").is_some());
    page.key(" ").await;
    assert!(page.find("[aria-label=Play]").is_some());
    assert_eq!(page.step(), "step 1 of 21");
}

#[wasm_bindgen_test]
async fn the_slider_seeks_and_says_where() {
    let page = Page::open().await;
    page.key("Home").await;
    page.drag_to(15).await;
    assert_eq!(page.step(), "step 15 of 21");
    let slider = page.find(".transport-slider").unwrap();
    assert_eq!(slider.get_attribute("aria-valuetext").unwrap(), "Step 15 of 21: late is due, so it runs.");
}

#[wasm_bindgen_test]
async fn the_transcript_leads_to_its_frames() {
    let page = Page::open().await;
    page.key("Home").await;
    assert_eq!(page.all(".transcript-row").len(), 20, "what is in sight, and a margin, of 21");
    page.click(".transcript-row:nth-child(11) button").await;
    assert_eq!(page.step(), "step 11 of 21");
    assert!(page.text(".transcript-row [aria-current]").contains("the microtasks run"));
}

#[wasm_bindgen_test]
async fn a_printed_line_leads_to_the_step_that_printed_it() {
    let page = Page::open().await;
    page.key("End").await;
    let printed: Vec<_> = page.all(".console button").iter().map(|line| line.text_content().unwrap()).collect();
    assert_eq!(printed, ["tick", "promise", "timeout", "found"]);
    page.click(".console li:nth-child(2) button").await;
    assert_eq!(page.step(), "step 12 of 21");
}

#[wasm_bindgen_test]
async fn a_prediction_is_asked_answered_and_explained() {
    let page = Page::open().await;
    page.key("Home").await;
    page.key("p").await;
    assert_eq!(page.step(), "step 7 of 21");
    let options: Vec<_> = page.all(".choice-name").iter().map(|option| option.text_content().unwrap()).collect();
    assert_eq!(options, ["late", "settled", "tick", "found"]);
    assert!(page.text(".transcript").ends_with("The rest is hidden while you predict."));

    page.click(".choice:nth-child(1)").await;
    assert_eq!(page.step(), "step 8 of 21");
    assert_eq!(page.text(".wrong .question-words"), "✗ Not that one: tick");
    assert!(page.text(".wrong").contains("The stack is empty, so the ticks run."));

    page.press_button("Next question").await;
    assert_eq!(page.step(), "step 10 of 21");
    page.click(".choice:nth-child(2)").await;
    assert_eq!(page.text(".right .question-words"), "✓ Right: settled");

    // A step forward would give the next answer away: it asks instead.
    page.key("ArrowRight").await;
    page.key("ArrowRight").await;
    assert_eq!(page.step(), "step 13 of 21");
    assert!(page.find(".choice").is_some());
    page.press_button("Show me").await;
    assert_eq!(page.text(".shown .question-words"), "Next: late");
    page.press_button("Stop predicting").await;
    assert!(page.find(".question").is_none());
}

#[wasm_bindgen_test]
async fn a_link_opens_its_preset_at_its_step() {
    let page = Page::follow("?v=1&lab=event-loop&preset=second&at=11").await;
    assert_eq!(page.step(), "step 11 of 21");
    assert_eq!(page.text(".line-text"), "again()");
    assert!(page.find(".lab-message").is_none());
}

#[wasm_bindgen_test]
async fn a_link_that_cannot_be_followed_opens_the_default_and_says_so() {
    for (query, message) in [
        ("?v=7&lab=event-loop", "newer version"),
        ("?preset=nobody", "does not exist"),
        ("?v=1&s=bm9uc2Vuc2U&at=3", "damaged"),
        ("?v=1&s=!!", "damaged"),
        ("?at=x", "damaged"),
    ] {
        let page = Page::follow(query).await;
        assert!(page.text(".lab-message").contains(message), "{query}");
        assert_eq!(page.text(".line-text"), "const fs = require('fs')", "{query}");
    }
}

#[wasm_bindgen_test]
async fn a_step_beyond_the_end_is_the_last_one() {
    let page = Page::follow("?preset=first&at=4000000000").await;
    assert_eq!(page.step(), "step 21 of 21");
}

#[wasm_bindgen_test]
async fn a_run_that_fails_says_so_in_its_own_frame_and_can_be_reset() {
    let page = Page::open().await;
    page.key("Home").await;
    let failing = Page::follow("?preset=fails").await;
    assert!(failing.text("[role=alert]").starts_with("The program was stopped. It did not answer."));
    assert_eq!(page.step(), "step 1 of 21"); // the neighbour is well
    failing.press_button("Reset the lab").await;
    assert_eq!(failing.step(), "step 1 of 21");
    assert!(failing.find("[role=alert]").is_none());
}

#[wasm_bindgen_test]
async fn a_lab_that_died_says_so_and_leads_back() {
    let page = Page::open().await;
    interleave::labs::island::show_fault(&page.root).unwrap();
    assert_eq!(page.text("[role=alert] strong"), "This lab has stopped: a fault in Interleave, not in your program.");
    let links: Vec<_> = page.all("a").iter().map(|link| link.text_content().unwrap()).collect();
    assert_eq!(links, ["Reload", "Reset the lab"]);
}

#[wasm_bindgen_test]
async fn the_note_is_announced_unless_it_plays_too_fast_to_listen() {
    let page = Page::open().await;
    page.key("Home").await;
    let live = || page.find(".words").unwrap().get_attribute("aria-live").unwrap();
    assert_eq!(live(), "polite");
    page.key(" ").await;
    assert_eq!(live(), "off");
    page.key(" ").await;
    assert_eq!(live(), "polite");
}

#[wasm_bindgen_test]
async fn a_long_tape_is_drawn_by_what_is_in_sight() {
    let page = Page::follow("?preset=long&at=5000").await;
    assert_eq!(page.step(), "step 5\u{202f}000 of 10\u{202f}000");
    assert!(page.all(".transcript-row").len() <= 56);
    assert_eq!(page.text(".transcript-row [aria-current] .transcript-words"), "Frame 4999.");
    assert_eq!(page.all(".lane.role-tick .chip").len(), 5);
    assert_eq!(page.text(".lane.role-tick .more"), "+4995 more");
    assert_eq!(page.text(".console .more"), "4900 earlier lines");
}

#[wasm_bindgen_test]
async fn the_lab_last_touched_owns_the_address() {
    let search = || web_sys::window().unwrap().location().search().unwrap();
    let (first, second) = (Page::of("1", "").await, Page::of("2", "").await);
    first.key("End").await;
    address::settle();
    assert_eq!(search(), "?v=1&lab=event-loop&preset=first&at=21");
    second.key("ArrowRight").await;
    address::settle();
    assert_eq!(search(), "?v=1&lab=event-loop&on=2&preset=first&at=2");
    // The address opens the lab it names, and no other.
    assert_eq!(Page::of("2", &search()).await.step(), "step 2 of 21");
    assert_eq!(Page::of("1", &search()).await.step(), "not run yet");
}
