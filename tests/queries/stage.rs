use crate::hands::settle;
use crate::page::Page;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, HtmlSelectElement};

/// A step far beyond the last one.
const END: usize = 1_000_000;

fn figures(page: &Page) -> Vec<String> {
    page.texts(".queries-totals div")
}

fn drawn(page: &Page, selector: &str) -> Option<Element> {
    page.root.query_selector(selector).unwrap()
}

#[wasm_bindgen_test]
async fn the_last_frame_is_a_whole() {
    let page = Page::at(END).await;
    assert_eq!(figures(&page)[..4], ["Queries101", "One after the other102", "Round trips102", "Rows400"]);
    assert_eq!(page.texts(".falls-rows .fall-count"), ["line 2", "×100 line 4"]);
    assert_eq!(page.text(".finding-what strong"), "N+1: line 4 ran the same query 100 times");
    assert_eq!(page.all(".line[aria-current]").len(), 0);
    assert!(page.text(".console .ending").contains("exit code 0"));
    // Nothing is covered.
    assert_eq!(drawn(&page, ".curtain").unwrap().get_attribute("width").as_deref(), Some("0.00"));
    assert!(drawn(&page, ".now-line").is_none());
}

#[wasm_bindgen_test]
async fn a_frame_counts_and_shows_what_has_happened() {
    let page = Page::at(END).await;
    page.key("Home").await;
    assert_eq!(figures(&page)[0], "Queries0 of 101");
    assert_eq!(page.text(".findings .empty"), "nothing found so far");
    assert_eq!(page.all(".console li:not(.caret)").len(), 0);
    // The connection is opened and ready, the list is asked for and answered, the first of its things is asked for.
    page.drag_to(6).await;
    assert_eq!(figures(&page)[0], "Queries2 of 101");
    assert_eq!(page.text(".line[aria-current] .line-number"), "4");
    assert_eq!(page.text(".fall.now .fall-count"), "×100 line 4");
    assert!(page.text(".query-details .cap").contains("number 1 of 100"));
    assert_eq!(page.text(".query-details .empty"), "on its way");
    page.drag_to(7).await;
    assert!(page.text(".phase-times").contains("at work0.1 ms"));
}

#[wasm_bindgen_test]
async fn a_frame_moves_the_curtain_and_leaves_the_bars() {
    let page = Page::at(6).await;
    let bars = drawn(&page, ".falls-rows .fall:last-child .at-work").unwrap();
    let before = drawn(&page, ".curtain").unwrap().get_attribute("x");
    page.drag_to(40).await;
    assert_ne!(drawn(&page, ".curtain").unwrap().get_attribute("x"), before);
    assert!(drawn(&page, ".falls-rows .fall:last-child .at-work").unwrap().is_same_node(Some(&bars)));
}

#[wasm_bindgen_test]
async fn a_group_that_is_picked_stays() {
    let page = Page::at(END).await;
    page.click(".fall:first-child button").await;
    assert!(page.text(".query-details .cap").contains("line 2"));
    page.drag_to(7).await;
    assert!(page.text(".query-details .cap").contains("line 2"));
    page.click(".fall:first-child button").await;
    assert!(page.text(".query-details .cap").contains("line 4"), "the one that the frame is about");
}

#[wasm_bindgen_test]
async fn a_finding_leads_to_its_first_query() {
    let page = Page::at(END).await;
    page.press_button("Show line 4").await;
    assert!(page.step().starts_with("step 6 of"), "{}", page.step());
    assert_eq!(page.text(".line[aria-current] .line-number"), "4");
}

#[wasm_bindgen_test]
async fn a_setting_is_run_at_once_and_the_whole_stays_in_sight() {
    let page = Page::at(END).await;
    let select: HtmlSelectElement = page.find("select[aria-label=Products]").unwrap().unchecked_into();
    select.set_selected_index(2);
    select.dispatch_event(&Event::new("change").unwrap()).unwrap();
    settle().await;
    assert_eq!(page.recorded().shop.products, 10);
    assert_eq!(figures(&page)[0], "Queries11");
}

#[wasm_bindgen_test]
async fn nothing_carries_a_style_attribute() {
    let page = Page::at(END).await;
    assert!(page.all(".queries [style]").is_empty());
}
