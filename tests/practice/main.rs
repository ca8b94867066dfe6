//! What the practice room keeps, in a browser's own database.
#![cfg(target_arch = "wasm32")]

mod decks;
mod store;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
