//! The protocols in a web worker. Nothing is decided here: text in, bytes out.

#[cfg(target_arch = "wasm32")]
mod tasks {
    use interleave_engine_glue::{task, teller, try_task};
    use interleave_kernel::explore::{Limits, Progress, explore};
    use interleave_protocols::play::{self, Comparison, Play, Search};
    use interleave_protocols::two_phase_commit::gray_lamport::TwoPhase;
    use std::ops::ControlFlow;
    use wasm_bindgen::prelude::*;

    /// Plays a history; the answer is its tape.
    #[wasm_bindgen]
    pub fn record(play: &str) -> Result<Vec<u8>, String> {
        task(play, |play: Play| play::record(&play))
    }

    /// Tries every order; the answer is what was found. Tells the page how far it has come, as [`Progress`].
    #[wasm_bindgen]
    pub fn search(search: &str, page: &js_sys::Function) -> Result<Vec<u8>, String> {
        let mut tell = teller(page);
        try_task(search, |search: Search| {
            play::search(&search, |progress: &Progress| {
                tell(progress);
                ControlFlow::Continue(())
            })
        })
    }

    /// Runs two protocols under the same faults, many times; the answer is what each came to. Tells the page how many runs are over.
    #[wasm_bindgen]
    pub fn compare(comparison: &str, page: &js_sys::Function) -> Result<Vec<u8>, String> {
        let mut tell = teller(page);
        try_task(comparison, |comparison: Comparison| play::compare(&comparison, |runs: u16| tell(&runs)))
    }

    /// Tries every order of Gray and Lamport's two-phase commit with so many participants; the answer is how many states it has. Only benchmarks
    /// ask for it: the search and nothing else, neither labels nor schedules.
    #[wasm_bindgen]
    pub fn pace(participants: &str) -> Result<Vec<u8>, String> {
        try_task(participants, |participants: u8| {
            let start = TwoPhase::new(participants).ok_or("the specification takes 1 to 8 participants")?;
            Ok(explore(&start, &Limits::default(), |_| ControlFlow::Continue(())).states)
        })
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    interleave_engine_glue::start();
}
