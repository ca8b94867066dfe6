//! The simulated Node in a web worker. Nothing is decided here: text in, tape out.

#[cfg(target_arch = "wasm32")]
mod tasks {
    use interleave_engine_glue::task;
    use interleave_node::{ModuleKind, Options, Scenario, Simulator};
    use std::cell::RefCell;
    use wasm_bindgen::prelude::*;

    thread_local! {
        static SIMULATOR: RefCell<Simulator> =
            RefCell::new(Simulator::new(Options { memory_gauge: Some(memory), ..Options::default() }));
        /// How the last program was loaded: the next one probably is the same way.
        static LAST: RefCell<ModuleKind> = RefCell::default();
    }

    /// Brings up a Node for the next run, while nobody waits.
    #[wasm_bindgen]
    pub fn prepare() {
        SIMULATOR.with_borrow_mut(|simulator| simulator.prepare(LAST.with_borrow(|last| *last)));
    }

    /// Runs a scenario; the answer is its tape.
    #[wasm_bindgen]
    pub fn record(scenario: &str) -> Result<Vec<u8>, String> {
        task(scenario, |scenario: Scenario| {
            LAST.set(scenario.module);
            SIMULATOR.with_borrow_mut(|simulator| simulator.record(&scenario))
        })
    }

    /// Bytes of linear memory. It never shrinks, so this is the most that was ever in use.
    fn memory() -> usize {
        core::arch::wasm32::memory_size(0) * 65_536
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    interleave_engine_glue::start();
}
