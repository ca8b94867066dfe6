//! A program of a guide page, in a browser and with a reader's hands.
#![cfg(target_arch = "wasm32")]

use interleave::pages::islands;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Puts a placeholder on the page and mounts it.
async fn mounted(island: &str, props: &str) -> Element {
    let document = web_sys::window().unwrap().document().unwrap();
    let place = document.create_element("div").unwrap();
    place.set_attribute("data-island", island).unwrap();
    place.set_attribute("data-props", props).unwrap();
    place.set_text_content(Some("printed"));
    document.body().unwrap().append_child(&place).unwrap();
    islands::mount();
    settle().await;
    place
}

/// Lets everything happen that waits for nothing but its turn.
async fn settle() {
    for _ in 0..6 {
        let _ = JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await;
        yew::scheduler::flush().await;
    }
}

fn find(place: &Element, selector: &str) -> HtmlElement {
    place.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}")).dyn_into().unwrap()
}

async fn click(place: &Element, selector: &str) {
    find(place, selector).click();
    settle().await;
}

fn text(place: &Element, selector: &str) -> String {
    find(place, selector).text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_program_that_cannot_be_fetched_says_so() {
    // This page names no engine.
    let place = mounted("run", r#"{"scenario":{"program":"1"},"open":"labs/x/?s=1"}"#).await;
    assert_eq!(find(&place, "a").get_attribute("href").as_deref(), Some("labs/x/?s=1"));
    click(&place, "button").await;
    assert!(text(&place, ".printed").contains("could not be loaded"), "{}", place.inner_html());
    assert_eq!(text(&place, "button"), "Run again");
}

#[wasm_bindgen_test]
async fn a_placeholder_that_cannot_be_read_stays_as_it_was_printed() {
    let place = mounted("run", "{").await;
    assert_eq!(place.text_content().as_deref(), Some("printed"));
}
