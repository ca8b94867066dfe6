//! The simulated Node and the relational store behind it in a web worker. Nothing is decided here: text in, bytes out.

#[cfg(target_arch = "wasm32")]
mod tasks {
    use interleave_engine_glue::{task, teller};
    use interleave_queries::{Runner, Scenario};
    use std::cell::RefCell;
    use wasm_bindgen::prelude::*;

    thread_local! {
        static RUNNER: RefCell<Runner> = RefCell::new(Runner::new(Some(memory)));
    }

    /// Brings up a Node for the next run, while nobody waits.
    #[wasm_bindgen]
    pub fn prepare() {
        RUNNER.with_borrow_mut(Runner::prepare);
    }

    /// Runs a program against the shop; the answer is its tape. Tells the page that it is alive, as often as the database is asked.
    #[wasm_bindgen]
    pub fn record(scenario: &str, page: &js_sys::Function) -> Result<Vec<u8>, String> {
        let mut tell = teller(page);
        task(scenario, |scenario: Scenario| {
            RUNNER.with_borrow_mut(|runner| {
                runner.on_pulse(move || tell(&()));
                runner.record(&scenario)
            })
        })
    }

    /// Runs a program of a page; the answer is the tape of Node's own lab, with its last frame alone.
    #[wasm_bindgen]
    pub fn program(scenario: &str) -> Result<Vec<u8>, String> {
        task(scenario, |scenario: interleave_node::Scenario| RUNNER.with_borrow_mut(|runner| runner.program(&scenario)))
    }

    /// Runs a program beside other ways to write the same. Tells the page each that is done.
    #[wasm_bindgen]
    pub fn compare(scenario: &str, page: &js_sys::Function) -> Result<Vec<u8>, String> {
        let mut tell = teller(page);
        task(scenario, |scenario: Scenario| {
            let mut done = 0_u32;
            RUNNER.with_borrow_mut(|runner| {
                interleave_queries::compare(runner, &scenario, |_| {
                    done += 1;
                    tell(&done);
                })
            })
        })
    }

    /// Runs it with more rows and at longer distances. Tells the page how many runs of how many are done.
    #[wasm_bindgen]
    pub fn sweep(scenario: &str, page: &js_sys::Function) -> Result<Vec<u8>, String> {
        let mut tell = teller(page);
        task(scenario, |scenario: Scenario| {
            RUNNER
                .with_borrow_mut(|runner| interleave_queries::sweep(runner, &scenario, |done, all| tell(&(done, all))))
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
