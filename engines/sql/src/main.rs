//! The relational store in a web worker. Nothing is decided here: text in, bytes out.

#[cfg(target_arch = "wasm32")]
mod tasks {
    use interleave_sql::lab::{LockingTape, Scenario};
    use wasm_bindgen::prelude::*;

    /// Runs a scenario of the locking lab; the answer is its tape.
    #[wasm_bindgen]
    pub fn record(scenario: &str) -> Result<Vec<u8>, String> {
        interleave_engine_glue::task(scenario, |_: Scenario| LockingTape::default())
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    interleave_engine_glue::start();
}
