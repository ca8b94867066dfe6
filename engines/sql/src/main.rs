//! The relational store in a web worker. Nothing is decided here: text in, bytes out.

#[cfg(target_arch = "wasm32")]
mod tasks {
    use interleave_sql::lab::{LockingTape, Scenario};
    use interleave_sql::workload::{self, Workload};
    use wasm_bindgen::prelude::*;

    /// Runs a scenario of the locking lab; the answer is its tape.
    #[wasm_bindgen]
    pub fn record(scenario: &str) -> Result<Vec<u8>, String> {
        interleave_engine_glue::task(scenario, |_: Scenario| LockingTape::default())
    }

    /// Runs so many statements; the answer is how many of them were answered. Only benchmarks ask for it.
    #[wasm_bindgen]
    pub fn pace(statements: &str) -> Result<Vec<u8>, String> {
        interleave_engine_glue::task(statements, workload::pace)
    }

    /// Runs a workload with every strategy; the answer is its tape. Tells the page how much is done, in percent.
    #[wasm_bindgen]
    pub fn contention(workload: &str, page: &js_sys::Function) -> Result<Vec<u8>, String> {
        let mut tell = interleave_engine_glue::teller(page);
        interleave_engine_glue::task(workload, |workload: Workload| {
            workload::record(&workload, |percent| tell(&percent))
        })
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    interleave_engine_glue::start();
}
