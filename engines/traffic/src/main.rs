//! Pools and queues in a web worker. Nothing is decided here: text in, bytes out.

#[cfg(target_arch = "wasm32")]
mod tasks {
    use interleave_engine_glue::task;
    use interleave_traffic::pool::{self, Scenario};
    use wasm_bindgen::prelude::*;

    /// Runs a service with a pool of connections; the answer is its tape.
    #[wasm_bindgen]
    pub fn pool(scenario: &str) -> Result<Vec<u8>, String> {
        task(scenario, |scenario: Scenario| pool::record(&scenario))
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    interleave_engine_glue::start();
}
