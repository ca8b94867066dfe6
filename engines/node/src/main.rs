//! The simulated Node in a web worker. Nothing is decided here: text in, tape out.

#[cfg(target_arch = "wasm32")]
mod glue {
    use interleave_node::{ModuleKind, Options, Scenario, Simulator};
    use std::cell::RefCell;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// Of `loader.js`: keeps the words of a fault of ours until the trap arrives that follows it.
        #[wasm_bindgen(js_namespace = globalThis, js_name = interleaveReport)]
        fn report(words: &str);
    }

    thread_local! {
        static SIMULATOR: RefCell<Simulator> =
            RefCell::new(Simulator::new(Options { memory_gauge: Some(memory), ..Options::default() }));
        /// How the last program was loaded: the next one probably is the same way.
        static LAST: RefCell<ModuleKind> = RefCell::default();
    }

    /// Called once, when the module starts.
    pub fn start() {
        std::panic::set_hook(Box::new(|info| report(&info.to_string())));
    }

    /// Brings up a Node for the next run, while nobody waits.
    #[wasm_bindgen]
    pub fn prepare() {
        SIMULATOR.with_borrow_mut(|simulator| simulator.prepare(LAST.with_borrow(|last| *last)));
    }

    /// Runs a scenario, given as JSON; the tape comes back in postcard's encoding.
    #[wasm_bindgen]
    pub fn record(scenario: &str) -> Result<Vec<u8>, String> {
        let scenario: Scenario = serde_json::from_str(scenario).map_err(|error| error.to_string())?;
        LAST.set(scenario.module);
        let tape = SIMULATOR.with_borrow_mut(|simulator| simulator.record(&scenario));
        postcard::to_allocvec(&tape).map_err(|error| error.to_string())
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
