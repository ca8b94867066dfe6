//! The relational store in a web worker. Nothing is decided here: text in, bytes out.

#[cfg(target_arch = "wasm32")]
mod tasks {
    use interleave_kernel::Request;
    use interleave_sql::dialogue;
    use interleave_sql::lab::scene::Census;
    use interleave_sql::lab::{self, Isolation, Scenario};
    use interleave_sql::workload::{self, Workload};
    use serde::Deserialize;
    use std::ops::ControlFlow;
    use wasm_bindgen::prelude::*;

    /// Steps that the exploring of one level may take before it is cut short.
    const STEPS: u64 = 20_000_000;

    /// Runs a scenario of the locking lab; the answer is its tape.
    #[wasm_bindgen]
    pub fn record(scenario: &str) -> Result<Vec<u8>, String> {
        interleave_engine_glue::task(scenario, |scenario: Scenario| lab::record(&scenario))
    }

    /// What is asked about every order.
    #[derive(Deserialize)]
    struct Question {
        scenario: Scenario,
        isolation: Isolation,
    }

    /// Tries every order of a scenario's statements at one level; the answer is how many end in which way. Tells the page how many
    /// orders it has tried. A scenario that cannot run has no orders: its tape says why.
    #[wasm_bindgen]
    pub fn census(question: &str, page: &js_sys::Function) -> Result<Vec<u8>, String> {
        let mut tell = interleave_engine_glue::teller(page);
        interleave_engine_glue::task(question, |Question { scenario, isolation }: Question| {
            let told = |orders: u64| {
                tell(&orders);
                ControlFlow::Continue(())
            };
            lab::census(&scenario, isolation, STEPS, told).unwrap_or(Census { isolation, ..Census::default() })
        })
    }

    /// Asks databases that another engine's model keeps its rows in, each by a script of its own; the answer is what they answer.
    #[wasm_bindgen]
    pub fn answers(scripts: &str) -> Result<Vec<u8>, String> {
        interleave_engine_glue::task(scripts, |scripts: Vec<Vec<Request>>| dialogue::answers(&scripts))
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
