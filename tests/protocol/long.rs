//! Runs of thousands of steps.

use crate::fixture;
use crate::hands::settle;
use crate::page::{Heard, Page};
use gloo::timers::callback::Timeout;
use interleave_protocols::diagram::{Diagram, End};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, KeyboardEvent, KeyboardEventInit};

/// The run as it was in that row.
fn at(run: &Diagram, row: u32) -> Diagram {
    let mut diagram = run.clone();
    diagram.moments.truncate(row as usize + 1);
    diagram.arrows.retain(|arrow| arrow.sent <= row);
    for arrow in &mut diagram.arrows {
        if arrow.end.row().is_some_and(|end| end > row) {
            arrow.end = End::Flying;
        }
    }
    diagram
}

/// Lets so many milliseconds pass.
async fn pause(milliseconds: u32) {
    let (done, over) = futures::channel::oneshot::channel();
    Timeout::new(milliseconds, move || done.send(()).expect("somebody waits")).forget();
    let _ = over.await;
    settle().await;
}

#[wasm_bindgen_test]
async fn only_the_latest_rows_are_drawn_and_a_button_leads_back() {
    let run = fixture::long(400);
    let page = Page::of(at(&run, 990)).await;
    // Nineteen chunks of ten rows, and one of the next.
    assert_eq!(page.all(".seq-row").len(), 191);
    assert_eq!(page.text(".seq-earlier"), "↑ 800 earlier steps");
    page.click(".seq-earlier").await;
    assert_eq!(page.heard(), [Heard::Go(799)]);
}

#[wasm_bindgen_test]
async fn whoever_rushes_sees_the_last_rows_and_the_others_when_they_rest() {
    let run = fixture::long(400);
    let page = Page::of(at(&run, 990)).await;
    page.show(at(&run, 510)).await;
    assert_eq!(page.all(".seq-row").len(), 11);
    page.show(at(&run, 511)).await;
    assert_eq!(page.all(".seq-row").len(), 12);
    pause(400).await;
    assert_eq!(page.all(".seq-row").len(), 192);
}

#[wasm_bindgen_test]
async fn rows_that_are_past_stay_as_they_are() {
    let run = fixture::long(60);
    let page = Page::of(at(&run, 80)).await;
    let row: HtmlElement = page.find("[aria-label^='Step 30:']").unwrap();
    // Whatever is drawn again loses what nobody knows of.
    row.set_text_content(Some("touched"));
    page.show(at(&run, 81)).await;
    assert_eq!(page.text("[aria-label^='Step 30:']"), "touched");
    assert_eq!(page.texts(".seq-row.now .seq-step"), ["82"]);
}

#[wasm_bindgen_test]
async fn the_focus_goes_on_to_what_may_happen_next() {
    let mut run = fixture::Run::of(&["A", "B"]);
    let sent = run.sends(0, 1, "one");
    run.offers_faults();
    let page = Page::of(run.0.clone()).await;
    let offer = page.find(".seq-letter .seq-offer").unwrap();
    offer.focus().unwrap();
    offer.click();
    run.0.offers.clear();
    run.arrives(sent);
    run.offers_faults();
    page.show(run.0).await;
    pause(100).await;
    let focus = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
    let focus: HtmlElement = focus.dyn_into().unwrap();
    assert_eq!(focus.get_attribute("title").unwrap(), "Crash A: happens next by itself");
}

#[wasm_bindgen_test]
async fn tab_stops_at_one_row_and_the_arrows_lead_to_the_others() {
    let page = Page::of(fixture::outbox()).await;
    assert_eq!(page.texts(".seq-step[tabindex='0']"), ["17"]);
    let row = page.find(".now > .seq-step").unwrap();
    row.focus().unwrap();
    let options = KeyboardEventInit::new();
    options.set_key("ArrowUp");
    options.set_bubbles(true);
    row.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).unwrap()).unwrap();
    let focus = web_sys::window().unwrap().document().unwrap().active_element().unwrap();
    assert_eq!(focus.text_content().unwrap(), "16");
}

#[wasm_bindgen_test]
async fn before_anything_has_run_there_is_no_diagram() {
    let page = Page::of(Diagram::default()).await;
    assert!(page.find(".seq-scroll").is_none());
    assert_eq!(page.texts(".panels"), ["panels"]);
}
