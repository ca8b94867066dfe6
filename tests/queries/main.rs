//! The lab of N+1 queries, with a tape made by hand: in this process what needs no page, in a browser what does.

mod fixture;

#[cfg(not(target_arch = "wasm32"))]
mod predict;

#[cfg(target_arch = "wasm32")]
#[path = "../hands/mod.rs"]
mod hands;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod stage;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
