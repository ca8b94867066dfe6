//! The simulated Node in a web worker. Nothing is decided here: text in, tape out.

#[cfg(target_arch = "wasm32")]
mod glue {
    use interleave_node::{Options, Scenario};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// Of `loader.js`: keeps the words of a fault of ours until the trap arrives that follows it.
        #[wasm_bindgen(js_namespace = globalThis, js_name = interleaveReport)]
        fn report(words: &str);
    }

    /// Called once, when the module starts.
    pub fn start() {
        std::panic::set_hook(Box::new(|info| report(&info.to_string())));
    }

    /// Runs a scenario, given as JSON; the tape comes back in postcard's encoding.
    #[wasm_bindgen]
    pub fn record(scenario: &str) -> Result<Vec<u8>, String> {
        let scenario: Scenario = serde_json::from_str(scenario).map_err(|error| error.to_string())?;
        let options = Options { memory_gauge: Some(memory), ..Options::default() };
        postcard::to_allocvec(&interleave_node::record(&scenario, &options)).map_err(|error| error.to_string())
    }

    /// Bytes of linear memory. It never shrinks, so this is the most that was ever in use.
    fn memory() -> usize {
        core::arch::wasm32::memory_size(0) * 65_536
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    glue::start();
}
