//! The stage of all protocols with runs made by hand, and the panels beside it with engines whose answers are made by hand, in a browser.

#![cfg(target_arch = "wasm32")]

mod answers;
mod fixture;

#[path = "../hands/mod.rs"]
#[allow(dead_code, reason = "each lab's tests need other hands")]
mod hands;
mod page;

mod beside;
mod compare;
mod diagram;
mod explore;
mod foot;
mod long;
mod storage;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
